//! What replaces what by advisories and builds, and what a scanner says against a source.

use patchbook::domain::command::Command;
use patchbook::domain::compliance::verdict::{Kind, Proof};
use patchbook::domain::compliance::view::View;
use patchbook::domain::pair::State::{Installed, NotInstalled};
use patchbook::domain::rating::Rank;
use patchbook::domain::threat::{CatalogueId, CatalogueKind, Finding, FindingId};
use patchbook::domain::update::{Classification, Severity};

use super::{Rig, at, build, catalogue};

const PRODUCT: &str = "Windows Server 2022";

/// The October update, open, and the November update, installed on 12 November.
fn two() -> (Rig, u32, u32) {
    let mut rig = Rig::new(Severity::Important);
    let newer = rig.update;
    let older = rig.m.update(at(10, 13, 18));
    rig.m.change_update(older, |row| row.products = vec![PRODUCT.to_owned()]);
    rig.m.saw(rig.asset, older, at(10, 14, 6), NotInstalled);
    rig.m.saw(rig.asset, newer, at(11, 12, 6), Installed);
    (rig, older, newer)
}

fn kb(rig: &Rig, update: u32) -> String {
    rig.m.book.updates.rows()[update as usize].kbs[0].clone()
}

fn kind(rig: Rig, update: u32, as_of_at: i64) -> Kind {
    let asset = rig.asset;
    let book = rig.m.finish();
    View::new(&book, as_of_at).pair(asset, update).expect("a pair").kind
}

#[test]
fn a_newer_update_satisfies_what_its_advisory_says_it_replaces() {
    let (rig, older, _) = two();
    assert_eq!(kind(rig, older, at(11, 20, 0)), Kind::Open, "nobody has told yet");
    let (mut rig, older, newer) = two();
    let old_kb = kb(&rig, older);
    rig.advisory(newer, &[], |row| row.supersedes = vec![old_kb]);
    assert_eq!(kind(rig, older, at(11, 20, 0)), Kind::Satisfied(Proof::Superseding(newer)));
}

#[test]
fn a_higher_build_of_the_same_branch_replaces_the_lower_and_another_branch_does_not() {
    for (high, wanted) in [("10.0.20348.4500", true), ("10.0.26100.4500", false)] {
        let (mut rig, older, newer) = two();
        rig.advisory(older, &[], |row| row.fixes = vec![build(PRODUCT, "10.0.20348.4400")]);
        rig.advisory(newer, &[], |row| row.fixes = vec![build(PRODUCT, high)]);
        let found = kind(rig, older, at(11, 20, 0));
        assert_eq!(found == Kind::Satisfied(Proof::Superseding(newer)), wanted, "{high}: {found:?}");
    }
}

#[test]
fn a_later_security_only_update_does_not_replace_an_older_rollup() {
    for (title, wanted) in [
        ("2026-11 Security Only Quality Update for Windows Server 2012 R2", false),
        ("2026-11 Quality Update of no known kind", false),
        ("2026-11 Security Monthly Quality Rollup for Windows Server 2012 R2", true),
    ] {
        let (mut rig, older, newer) = two();
        rig.m.change_update(older, |row| {
            row.title = "2026-10 Security Monthly Quality Rollup for Windows Server 2012 R2".to_owned();
        });
        rig.m.change_update(newer, |row| row.title = title.to_owned());
        rig.advisory(older, &[], |row| row.fixes = vec![build(PRODUCT, "6.3.9600.22200")]);
        rig.advisory(newer, &[], |row| row.fixes = vec![build(PRODUCT, "6.3.9600.22300")]);
        let found = kind(rig, older, at(11, 20, 0));
        assert_eq!(found == Kind::Satisfied(Proof::Superseding(newer)), wanted, "{title}: {found:?}");
    }
}

#[test]
fn an_advisory_replaces_nothing_of_another_product_and_nothing_newer_than_itself() {
    let (mut rig, older, newer) = two();
    rig.m.change_update(older, |row| row.products = vec!["SQL Server 2022".to_owned()]);
    let old_kb = kb(&rig, older);
    rig.advisory(newer, &[], |row| row.supersedes = vec![old_kb]);
    assert_eq!(kind(rig, older, at(11, 20, 0)), Kind::Open);
    let mut rig = Rig::new(Severity::Important);
    let older = rig.m.update(at(10, 13, 18));
    rig.m.change_update(older, |row| row.products = vec![PRODUCT.to_owned()]);
    rig.m.saw(rig.asset, older, at(11, 12, 6), Installed);
    let new_kb = kb(&rig, rig.update);
    rig.advisory(older, &[], |row| row.supersedes = vec![new_kb]);
    let newest = rig.update;
    assert_eq!(kind(rig, newest, at(11, 20, 0)), Kind::Open, "an older update satisfies no newer one");
}

#[test]
fn an_optional_preview_swallows_no_duty() {
    let (mut rig, older, newer) = two();
    rig.m.change_update(newer, |row| row.classification = Classification::Preview);
    rig.m.change_shop(|shop| {
        shop.covered =
            Classification::ALL.iter().copied().filter(|class| class.covered_by_default()).collect();
    });
    let old_kb = kb(&rig, older);
    rig.advisory(newer, &[], |row| row.supersedes = vec![old_kb]);
    assert_eq!(kind(rig, older, at(11, 20, 0)), Kind::Open);
}

fn finding(rig: &mut Rig, seen_at: i64, gone_at: Option<i64>) {
    let (asset, update) = (rig.m.book.assets.rows()[rig.asset as usize].id, rig.id_of(rig.update));
    rig.m.book.catalogues.put(catalogue(CatalogueKind::Nessus, 9, seen_at));
    rig.m.book.findings.put(Finding {
        id: FindingId(1),
        catalogue: CatalogueId(9),
        asset,
        update: Some(update),
        kb: String::new(),
        cves: Vec::new(),
        plugin: "193091".to_owned(),
        name: "Update is missing".to_owned(),
        severity: "High".to_owned(),
        seen_at,
        gone_at,
        recorded_at: seen_at,
    });
}

#[test]
fn where_a_source_says_installed_and_a_scanner_missing_the_worse_counts_until_it_is_gone() {
    let installed = || {
        let mut rig = Rig::new(Severity::Important);
        rig.m.saw(rig.asset, rig.update, at(11, 12, 6), Installed);
        rig
    };
    let mut rig = installed();
    finding(&mut rig, at(11, 14, 0), Some(at(11, 18, 0)));
    let (asset, update) = (rig.asset, rig.update);
    let book = rig.m.finish();
    let kind = |at| View::new(&book, at).pair(asset, update).expect("a pair").kind;
    assert_eq!(kind(at(11, 13, 0)), Kind::Satisfied(Proof::Itself), "the scan came later");
    assert_eq!(kind(at(11, 15, 0)), Kind::Open);
    assert_eq!(kind(at(11, 18, 1)), Kind::Satisfied(Proof::Itself), "a later scan no longer shows it");
    let view = View::new(&book, at(11, 15, 0));
    let shown = view.contradictions();
    assert_eq!(shown.iter().map(|row| (row.asset, row.update)).collect::<Vec<_>>(), [(asset, update)]);
    assert!(View::new(&book, at(11, 19, 0)).contradictions().is_empty());
    // A scan from before the installation contradicts nothing.
    let mut rig = installed();
    finding(&mut rig, at(11, 11, 12), None);
    assert_eq!(self::kind(rig, update, at(11, 20, 0)), Kind::Satisfied(Proof::Itself));
}

#[test]
fn a_contradicted_update_takes_nothing_over() {
    let (mut rig, older, newer) = two();
    let old_kb = kb(&rig, older);
    rig.advisory(newer, &[], |row| row.supersedes = vec![old_kb]);
    finding(&mut rig, at(11, 14, 0), None);
    assert_eq!(kind(rig, older, at(11, 20, 0)), Kind::Open);
}

#[test]
fn a_duty_that_was_replaced_still_ranks_by_its_own_rating() {
    let (mut rig, older, _) = two();
    let id = rig.id_of(older);
    rig.m.rating(older, Rank::Low, at(10, 15, 0));
    let mut book = rig.m.finish();
    let command = Command::SetRank { update: id, rank: Rank::High, reason: "Seen in the wild".to_owned() };
    super::done(&mut book, command, at(10, 20, 0));
    assert_eq!(View::new(&book, at(10, 19, 0)).rank(older), Rank::Low);
    assert_eq!(View::new(&book, at(10, 21, 0)).rank(older), Rank::High);
}
