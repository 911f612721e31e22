//! What the facts suggest: the table, and every reason in words.

use patchbook::domain::asset::Exposure;
use patchbook::domain::compliance::view::View;
use patchbook::domain::rating::{Rank, suggested};
use patchbook::domain::risk::{Dossiers, Suggestion, suggestion};
use patchbook::domain::threat::{CatalogueKind, Exploitation, Threat};
use patchbook::domain::update::{Classification, Severity};

use super::{CVE, Rig, at, catalogue, likely, listed, scored, vendor};

fn suggestion_of(rig: Rig) -> Suggestion {
    let update = rig.update;
    let book = rig.m.finish();
    let view = View::new(&book, at(11, 20, 0));
    suggestion(&view, &Dossiers::new(&book, view.as_of_at), update)
}

fn says(suggestion: &Suggestion, words: &str) -> bool {
    suggestion.texts().iter().any(|text| text.contains(words))
}

#[test]
fn without_threat_data_the_servers_severity_alone_suggests() {
    for severity in Severity::ALL {
        for class in [Classification::Security, Classification::Rollup, Classification::Definition] {
            let mut rig = Rig::new(*severity);
            rig.m.change_update(rig.update, |row| row.classification = class);
            let update = rig.m.book.updates.rows()[0].clone();
            let book = rig.m.finish();
            let view = View::new(&book, at(11, 20, 0));
            let found = suggestion(&view, &Dossiers::new(&book, view.as_of_at), 0).rank;
            assert_eq!(found, suggested(&update), "{severity:?} {class:?}");
            assert_eq!(view.rank(0), suggested(&update));
        }
    }
}

#[test]
fn the_table_of_ranks_holds_row_by_row() {
    let none = Exploitation::None;
    let exploit = || Threat::Exploit { reference: "EDB-1".to_owned() };
    let ssvc = |exploitation| Threat::Ssvc { exploitation, automatable: None, total_impact: None };
    let rows: Vec<(&str, Severity, Vec<Threat>, Rank)> = vec![
        ("listed", Severity::Low, vec![listed("2026-11-10")], Rank::Severe),
        ("index 0", Severity::Low, vec![vendor(Severity::Low, Exploitation::Active)], Rank::Severe),
        ("active by SSVC", Severity::Low, vec![ssvc(Exploitation::Active)], Rank::Severe),
        ("vendor critical", Severity::Low, vec![vendor(Severity::Critical, none)], Rank::High),
        ("7.0 and likely", Severity::Low, vec![scored(70), likely(100_000)], Rank::High),
        ("7.0, public exploit", Severity::Low, vec![scored(70), exploit()], Rank::High),
        ("7.0, public by SSVC", Severity::Low, vec![scored(70), ssvc(Exploitation::Public)], Rank::High),
        ("7.0, not likely", Severity::Low, vec![scored(70), likely(99_999)], Rank::Medium),
        ("6.9 and likely", Severity::Low, vec![scored(69), likely(900_000)], Rank::Low),
        ("important", Severity::Important, vec![scored(50)], Rank::Medium),
        ("moderate", Severity::Moderate, vec![scored(50)], Rank::Low),
        ("unrated security", Severity::Unspecified, vec![scored(20)], Rank::High),
    ];
    for (name, severity, facts, rank) in rows {
        let mut rig = Rig::known(severity);
        for fact in facts {
            rig.says(fact);
        }
        let found = suggestion_of(rig);
        assert_eq!(found.rank, rank, "{name}: {:?}", found.reasons);
        assert!(found.reasons.iter().any(|reason| reason.rank == Some(rank)), "{name} names its reason");
    }
}

#[test]
fn vendor_critical_is_severe_where_an_exposed_machine_owes_it() {
    let mut inside = Rig::known(Severity::Critical);
    inside.m.exposure(inside.asset, Exposure::Internal);
    assert_eq!(suggestion_of(inside).rank, Rank::High);
    let mut outside = Rig::known(Severity::Critical);
    outside.m.exposure(outside.asset, Exposure::Internet);
    let found = suggestion_of(outside);
    assert_eq!(found.rank, Rank::Severe);
    assert!(says(&found, "Owed by 1 machine that the internet can reach"), "{:?}", found.texts());
}

#[test]
fn exploited_no_but_listed_ranks_as_exploited_and_says_that_they_contradict() {
    let mut rig = Rig::known(Severity::Important);
    rig.says(vendor(Severity::Important, Exploitation::None)).says(listed("2026-11-10"));
    let found = suggestion_of(rig);
    assert_eq!(found.rank, Rank::Severe);
    assert!(
        says(&found, "Contradiction: the vendor says not exploited, KEV lists it"),
        "{:?}",
        found.texts()
    );
    assert!(says(&found, "CVE-2026-1000 is listed in KEV since Tue 10 Nov 2026, used for ransom"));
}

#[test]
fn what_a_catalogue_dropped_stays_known() {
    let mut rig = Rig::known(Severity::Low);
    rig.says(listed("2026-11-10"));
    rig.fact(CVE, at(11, 14, 0), Threat::Unlisted);
    let found = suggestion_of(rig);
    assert_eq!(found.rank, Rank::Severe);
    assert!(says(&found, "a newer catalogue lists it no longer"), "{:?}", found.texts());
}

#[test]
fn one_article_with_88_vulnerabilities_is_ranked_by_the_worst() {
    let mut rig = Rig::new(Severity::Low);
    let cves: Vec<String> = (0..88).map(|n| format!("CVE-2026-{}", 2000 + n)).collect();
    let names: Vec<&str> = cves.iter().map(String::as_str).collect();
    rig.advisory(rig.update, &names, |_| ());
    for (n, cve) in names.iter().enumerate() {
        rig.fact(cve, at(11, 11, 8), scored(30 + n as i64 % 45));
    }
    rig.fact(names[70], at(11, 12, 8), listed("2026-11-12"));
    let book = rig.m.finish();
    let update = &book.updates.rows()[0];
    let dossiers = Dossiers::new(&book, at(11, 20, 0));
    let known = dossiers.at(update, at(11, 20, 0));
    assert_eq!(known.cves.len(), 88);
    assert_eq!(known.score.expect("a score").tenths, 74);
    assert_eq!(known.listing.expect("listed").cve, "CVE-2026-2070");
    assert!(!dossiers.at(update, at(11, 12, 7)).exploited(), "nobody knew before the file was loaded");
    assert!(dossiers.at(update, at(11, 12, 8)).exploited());
}

#[test]
fn a_likelihood_names_its_model_and_its_day() {
    let mut rig = Rig::known(Severity::Low);
    rig.m.book.catalogues.put(catalogue(CatalogueKind::Epss, 1, at(11, 11, 0)));
    rig.says(likely(123_400));
    let found = suggestion_of(rig);
    let wanted = "EPSS 12.34 % (CVE-2026-1000), model v2026.06.15, Wed 11 Nov 2026: likely within 30 days";
    assert!(says(&found, wanted), "{:?}", found.texts());
}
