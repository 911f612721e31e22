//! Ratings over time: facts raise and never lower, people confirm in bundles, every rating keeps what was known.

use patchbook::domain::command::{Command, RiskCommand};
use patchbook::domain::compliance::moved::Matter;
use patchbook::domain::compliance::outcome::Period;
use patchbook::domain::compliance::view::View;
use patchbook::domain::pair::State::NotInstalled;
use patchbook::domain::rating::Rank;
use patchbook::domain::risk::{bundles, changed_since_rated};
use patchbook::domain::update::Severity;

use super::{CVE, RANKS, Rig, ask, at, done, likely, listed, refusal, scored};

#[test]
fn a_fact_raises_from_the_instant_it_was_recorded_and_a_dropped_one_lowers_nothing() {
    let mut rig = Rig::known(Severity::Important);
    rig.fact(CVE, at(11, 15, 9), scored(80));
    rig.fact(CVE, at(11, 15, 10), likely(200_000));
    rig.fact(CVE, at(11, 18, 10), likely(10_000));
    let book = rig.m.finish();
    let rank = |at| View::new(&book, at).rank(0);
    assert_eq!(rank(at(11, 15, 9)), Rank::Medium);
    assert_eq!(rank(at(11, 15, 10)), Rank::High);
    assert_eq!(rank(at(11, 20, 0)), Rank::High, "a fading likelihood lowers nothing");
    let view = View::new(&book, at(11, 20, 0));
    let bundle = &bundles(&view)[0];
    assert_eq!(bundle.rank, Rank::High, "what is offered to confirm is never below what counts");
    assert!(bundle.reasons.iter().any(|reason| reason.contains("only a person lowers it")), "{bundle:?}");
}

#[test]
fn a_persons_rating_holds_until_a_later_fact_raises_the_suggestion_above_it() {
    let mut rig = Rig::known(Severity::Important);
    rig.m.rating(rig.update, Rank::Low, at(11, 12, 0));
    rig.fact(CVE, at(11, 13, 0), scored(75));
    rig.fact(CVE, at(11, 16, 0), listed("2026-11-16"));
    let mut book = rig.m.finish();
    let rank = |book: &_, at| View::new(book, at).rank(0);
    assert_eq!(rank(&book, at(11, 13, 1)), Rank::Low, "the suggestion did not rise above what it was");
    assert_eq!(rank(&book, at(11, 16, 0)), Rank::Severe);
    let update = book.updates.rows()[0].clone();
    assert_eq!(changed_since_rated(&View::new(&book, at(11, 15, 0)), &update), None);
    let (raised, why) = changed_since_rated(&View::new(&book, at(11, 17, 0)), &update).expect("raised");
    assert!(raised == Rank::Severe && why.contains("listed in KEV"), "{why}");
    let view = View::new(&book, at(11, 20, 0));
    let moved = view.moved(Period { from_at: at(11, 1, 0), to_at: at(12, 1, 0) }, &|_, _| None);
    let ranks: Vec<_> = moved.iter().filter(|change| change.matter == Matter::Rank).collect();
    assert_eq!(ranks.len(), 2, "{ranks:?}");
    assert_eq!((ranks[1].at, ranks[1].after.as_str()), (at(11, 16, 0), "Severe"));
    assert!(ranks[1].reason.contains("listed in KEV"), "{}", ranks[1].reason);
    // A person may lower it again, with a reason, and the same fact does not raise it twice.
    let lower =
        |reason: &str| Command::SetRank { update: update.id, rank: Rank::Medium, reason: reason.to_owned() };
    assert!(refusal(&book, lower(""), at(11, 21, 0)).contains("reason"));
    done(&mut book, lower("The feature is not installed"), at(11, 21, 0));
    assert_eq!(rank(&book, at(11, 22, 0)), Rank::Medium);
    let ground = book.grounds.rows().last().expect("a ground");
    assert_eq!(ground.suggested, Rank::Severe);
    assert!(ground.reasons.iter().any(|reason| reason.contains("KEV")), "{:?}", ground.reasons);
}

#[test]
fn facts_never_lower_whatever_order_they_come_in() {
    for first in [scored(80), listed("2026-11-12"), likely(500_000)] {
        for second in [scored(10), likely(1), patchbook::domain::threat::Threat::Unlisted] {
            let mut rig = Rig::known(Severity::Low);
            rig.fact(CVE, at(11, 13, 0), first.clone());
            rig.fact(CVE, at(11, 14, 0), second.clone());
            let book = rig.m.finish();
            let ranks: Vec<Rank> = (11..20).map(|day| View::new(&book, at(11, day, 12)).rank(0)).collect();
            assert!(ranks.windows(2).all(|pair| pair[1] <= pair[0]), "{first:?} {second:?}: {ranks:?}");
        }
    }
}

/// Two updates of one product and month that agree, one that does not, and one of another product.
fn month() -> Rig {
    let mut rig = Rig::known(Severity::Important);
    for (severity, product) in [
        (Severity::Important, "Windows Server 2022"),
        (Severity::Low, "Windows Server 2022"),
        (Severity::Important, "Office 2024"),
    ] {
        let update = rig.m.update(at(11, 10, 18));
        rig.m.change_update(update, |row| {
            row.severity = severity;
            row.products = vec![product.to_owned()];
        });
        rig.m.saw(rig.asset, update, at(11, 11, 6), NotInstalled);
    }
    rig
}

#[test]
fn what_agrees_is_confirmed_in_one_bundle_by_product_and_month_and_keeps_its_ground() {
    let mut book = month().m.finish();
    let view = View::new(&book, at(11, 20, 0));
    let found = bundles(&view);
    let seen: Vec<_> = found.iter().map(|b| (b.name.as_str(), b.rank, b.updates.len())).collect();
    assert_eq!(
        seen,
        [
            ("Office 2024, November 2026", Rank::Medium, 1),
            ("Windows Server 2022, November 2026", Rank::Medium, 2),
            ("Windows Server 2022, November 2026", Rank::Low, 1),
        ]
    );
    let (updates, bundle) = (found[1].updates.clone(), found[1].name.clone());
    let twice = [updates.clone(), updates.clone()].concat();
    let command = Command::Risk(RiskCommand::Confirm { updates: twice, bundle: bundle.clone() });
    let label = done(&mut book, command, at(11, 20, 0));
    assert_eq!(label, "Confirm the suggested rank of Windows Server 2022, November 2026");
    assert_eq!((book.ratings.len(), book.grounds.len()), (2, 2));
    for (rating, ground) in book.ratings.rows().iter().zip(book.grounds.rows()) {
        assert!(rating.id == ground.id && rating.rank == ground.suggested && ground.bundle == bundle);
        assert!(!ground.reasons.is_empty());
    }
    let left = bundles(&View::new(&book, at(11, 21, 0)));
    assert_eq!(left.iter().map(|bundle| bundle.updates.len()).sum::<usize>(), 2);
}

#[test]
fn a_fact_after_the_confirmation_brings_the_update_back_to_be_confirmed() {
    let mut rig = Rig::known(Severity::Important);
    rig.m.rating(rig.update, Rank::Medium, at(11, 12, 0));
    rig.fact(CVE, at(11, 16, 0), listed("2026-11-16"));
    let book = rig.m.finish();
    assert!(bundles(&View::new(&book, at(11, 15, 0))).is_empty());
    let found = bundles(&View::new(&book, at(11, 17, 0)));
    assert_eq!((found.len(), found[0].rank), (1, Rank::Severe));
}

#[test]
fn a_confirmation_never_lowers_what_a_person_ranked_higher() {
    for held in RANKS {
        let mut rig = Rig::known(Severity::Important);
        let id = rig.id_of(rig.update);
        rig.m.rating(rig.update, held, at(11, 12, 0));
        let book = rig.m.finish();
        let command = Command::Risk(RiskCommand::Confirm { updates: vec![id], bundle: String::new() });
        let answer = ask(&book, command.clone(), at(11, 20, 0));
        assert_eq!(answer.is_ok(), held >= Rank::Medium, "{held:?}");
        if held < Rank::Medium {
            assert!(refusal(&book, command, at(11, 20, 0)).contains("Rate it by itself"));
        }
    }
}
