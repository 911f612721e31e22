//! Who is unsupported at an instant, who soon will be, and what is known of whom.

use patchbook::domain::book::Book;
use patchbook::domain::compliance::machine::Segment;
use patchbook::domain::compliance::outcome::Period;
use patchbook::domain::compliance::servicing::Servicing;
use patchbook::domain::compliance::view::View;
use patchbook::domain::lifecycle::{
    ExtendedSupport, ExtendedSupportId, Lifecycle, LifecycleId, Support, Supports,
};

use super::{Maker, at, day, with_table};

/// Servers of these systems, all of them seen on 20 November, and the shipped table.
fn shop(systems: &[(&str, &str)]) -> Book {
    let mut m = Maker::default();
    for (i, (os, version)) in systems.iter().enumerate() {
        let place = m.server(&format!("M{i}"));
        m.change_asset(place, |asset| {
            asset.os = (*os).to_owned();
            asset.os_version = (*version).to_owned();
        });
        m.reported(place, at(11, 20, 0));
    }
    with_table(m.finish())
}

fn change(book: &mut Book, place: usize, change: impl FnOnce(&mut patchbook::domain::asset::Asset)) {
    let mut asset = book.assets.rows()[place].clone();
    change(&mut asset);
    book.assets.put(asset);
}

fn prove(book: &mut Book, place: usize, product: &str, until: &str, recorded_at: i64) -> i64 {
    let id = book.extended_supports.len() as i64 + 1;
    let asset = book.assets.rows()[place].id;
    book.extended_supports.put(ExtendedSupport {
        id: ExtendedSupportId(id),
        asset,
        product: product.to_owned(),
        until_on: day(until),
        reference: "order 7".to_owned(),
        evidence_name: String::new(),
        evidence_sha256: String::new(),
        recorded_at,
        voided_at: None,
    });
    id
}

fn m16(book: &Book, at: i64) -> Servicing {
    let view = View::new(book, at);
    let figures = view.figures(everything());
    let servicing = view.servicing(&figures);
    let unsupported: Vec<u32> =
        (0_u32..).zip(&figures.machines).filter(|(_, m)| m.unsupported).map(|(place, _)| place).collect();
    assert_eq!(servicing.past, unsupported, "M16 and the segment are about the same machines");
    servicing
}

fn support(book: &Book, place: usize, at: i64) -> Support {
    Supports::new(book, at).of(&book.assets.rows()[place])
}

fn everything() -> Period {
    Period { from_at: at(11, 1, 0), to_at: at(12, 1, 0) }
}

const NOW: (u32, u32, u32) = (11, 22, 12);

fn now() -> i64 {
    at(NOW.0, NOW.1, NOW.2)
}

#[test]
fn the_table_says_who_is_past_the_end_and_who_soon_will_be() {
    let book = shop(&[
        ("Windows 11 Pro", "10.0.26100.1"),             // ended 13 Oct 2026
        ("Windows Server 2016 Standard", "10.0.14393"), // 12 Jan 2027: 51 days
        ("Windows 11 Pro", "10.0.26200.1"),             // 12 Oct 2027: 324 days
        ("Windows Server 2022 Standard", "10.0.20348"), // mainstream ended on 13 Oct 2026, updates until 2031
        ("Windows Server 2019 Standard", "10.0.17763"), // 2029
        ("Plan 9", ""),
    ]);
    let found = m16(&book, now());
    assert_eq!(found.past, [0]);
    assert_eq!(found.within, [vec![1], vec![1], vec![1, 2]]);
    assert_eq!(found.unknown, [5]);
    assert_eq!(support(&book, 0, now()).past().unwrap().name, "Windows 11 24H2, Home and Pro");
    let figures = View::new(&book, now()).figures(everything());
    assert_eq!(figures.machines_in(Segment::Unsupported), [0]);
}

#[test]
fn the_last_day_still_counts_where_the_machine_stands() {
    let mut book = shop(&[("Windows 11 Pro", "10.0.26100.1"), ("Windows 11 Pro", "10.0.26100.1")]);
    change(&mut book, 1, |asset| asset.zone = "Pacific/Auckland".to_owned());
    // 13 October, 12:00 UTC: in Auckland the 14th has begun.
    assert_eq!(m16(&book, at(10, 13, 12)).past, [1]);
    assert_eq!(m16(&book, at(10, 14, 12)).past, [0, 1]);
}

#[test]
fn proof_of_extended_support_counts_only_where_the_vendor_sells_it_and_until_its_day() {
    let mut book = shop(&[
        ("Windows 10 Pro", "10.0.19045.1"), // sold until 10 Oct 2028
        ("Windows 11 Pro", "10.0.26100.1"), // not sold
        ("Windows 10 Pro", "10.0.19045.1"),
        ("Windows 10 Pro", "10.0.19045.1"),
        ("Windows Server 2012 R2 Standard", "6.3.9600"), // sold until 13 Oct 2026
    ]);
    for place in [0, 1, 4] {
        change(&mut book, place, |asset| asset.support_proof = "contract 7".to_owned());
    }
    prove(&mut book, 2, "", "2026-11-21", at(1, 2, 0));
    prove(&mut book, 3, "", "2027-10-12", at(1, 2, 0));
    assert_eq!(m16(&book, now()).past, [1, 2, 4]);
    assert_eq!(m16(&book, at(11, 21, 12)).past, [1, 4], "the last day of the proof still counts");
    assert_eq!(m16(&book, now()).within[2], [3], "a proof that runs out is announced like an end");
}

#[test]
fn a_proof_holds_from_when_it_was_recorded_until_it_was_taken_back() {
    let mut book = shop(&[("Windows 10 Pro", "10.0.19045.1")]);
    let id = prove(&mut book, 0, "", "2027-10-12", at(6, 1, 0));
    assert_eq!(m16(&book, at(5, 31, 0)).past, [0], "nothing is proved backwards");
    assert!(m16(&book, at(6, 2, 0)).past.is_empty());
    let proof = book.extended_supports.get(id).cloned().unwrap();
    book.extended_supports.put(ExtendedSupport { voided_at: Some(at(8, 1, 0)), ..proof });
    assert!(m16(&book, at(7, 1, 0)).past.is_empty(), "what was known in July stands");
    assert_eq!(m16(&book, at(8, 2, 0)).past, [0]);
}

#[test]
fn a_product_past_its_end_makes_the_machine_unsupported_and_each_product_needs_its_own_proof() {
    let mut book = shop(&[("Windows Server 2022 Standard", "10.0.20348")]);
    change(&mut book, 0, |asset| {
        asset.products =
            vec!["SQL Server 2016".to_owned(), "Windows Server 2022".to_owned(), "7-Zip".to_owned()];
    });
    let known = support(&book, 0, now());
    assert_eq!(known.past().map(|end| end.product.as_str()), Some("SQL Server 2016"));
    assert_eq!(known.unfit.iter().map(|gap| gap.product.as_str()).collect::<Vec<_>>(), ["7-Zip"]);
    assert!(!known.is_unknown(), "the end of its operating system is known");
    prove(&mut book, 0, "", "2029-07-17", at(1, 2, 0));
    assert_eq!(m16(&book, now()).past, [0], "proof for the operating system is none for the product");
    prove(&mut book, 0, "sql server 2016", "2029-07-17", at(1, 2, 0));
    assert!(m16(&book, now()).past.is_empty());
}

#[test]
fn a_day_of_the_asset_may_be_earlier_than_the_table_and_never_later() {
    let mut book = shop(&[
        ("Windows 11 Pro", "10.0.26100.1"),
        ("Windows Server 2022 Standard", "10.0.20348"),
        ("AIX 7.2", ""),
    ]);
    change(&mut book, 0, |asset| asset.support_end_on = Some(day("2027-01-31")));
    change(&mut book, 1, |asset| asset.support_end_on = Some(day("2026-11-21")));
    change(&mut book, 2, |asset| asset.support_end_on = Some(day("2027-01-31")));
    let found = m16(&book, now());
    assert_eq!(found.past, [0, 1], "a typed day gives no more time than the vendor does");
    assert_eq!(found.within[0], [2], "nothing of the table speaks against it");
    change(&mut book, 1, |asset| asset.support_proof = "the vendor's letter".to_owned());
    assert_eq!(m16(&book, now()).past, [0], "its owner shows more time");
}

#[test]
fn an_own_day_of_the_operating_system_does_not_hide_a_product_that_has_ended() {
    let mut book = shop(&[("Windows Server 2022 Standard", "10.0.20348")]);
    change(&mut book, 0, |asset| {
        asset.support_end_on = Some(day("2035-01-31"));
        asset.products = vec!["SQL Server 2012".to_owned()];
    });
    assert_eq!(m16(&book, now()).past, [0]);
    change(&mut book, 0, |asset| asset.products.clear());
    assert!(m16(&book, now()).past.is_empty());
}

#[test]
fn an_unknown_release_or_edition_is_told_unless_every_candidate_has_ended() {
    let book = shop(&[
        ("Windows 11", "10.0.22631.1"), // Pro ended in 2025, Enterprise on 10 Nov 2026: ended either way
        ("Windows 11", "10.0.26100.1"), // Pro ended, Enterprise not
        ("Windows 10 Pro", ""),         // no release of it is left, but extended support is sold for the last
        ("Windows 11 Pro", ""),
        ("", ""),
    ]);
    let found = m16(&book, now());
    assert_eq!(found.past, [0, 2]);
    assert_eq!(found.unknown, [1, 3, 4]);
    let why = |place| support(&book, place, now()).unfit[0].why.clone();
    assert!(why(1).contains("which edition"), "{}", why(1));
    assert!(why(3).contains("which release"), "{}", why(3));
    assert!(why(4).contains("No operating system"), "{}", why(4));
}

#[test]
fn the_first_row_about_a_product_holds_for_all_time_before_and_a_newer_one_only_from_its_day() {
    let mut book = shop(&[("Windows 11 Pro", "10.0.26200.1")]);
    let first =
        book.lifecycles.iter().find(|row| row.name() == "Windows 11 25H2, Home and Pro").cloned().unwrap();
    // The vendor moves the end forward, and the table of 1 June says so.
    book.lifecycles.put(Lifecycle { ended_at: Some(at(6, 1, 0)), ..first.clone() });
    let moved = day("2026-03-31");
    let newer =
        Lifecycle { id: LifecycleId(900), security_end_on: Some(moved), recorded_at: at(6, 1, 0), ..first };
    book.lifecycles.put(newer);
    assert!(m16(&book, at(5, 1, 0)).past.is_empty(), "in May nobody knew");
    assert_eq!(m16(&book, at(6, 2, 0)).past, [0]);
    // The table was recorded on 1 January 2026, yet Windows 7 had ended before.
    let old = shop(&[("Windows 7 Professional", "6.1.7601")]);
    let in_2025 = day("2025-06-01").and_hms_opt(0, 0, 0).unwrap().and_utc().timestamp();
    let rows = Supports::new(&old, in_2025).of(&old.assets.rows()[0]);
    assert_eq!(rows.past().map(|end| end.name.as_str()), Some("Windows 7 SP1"));
}

#[test]
fn a_product_without_a_set_end_is_supported() {
    let mut book = shop(&[("Windows Server 2022 Standard", "10.0.20348")]);
    change(&mut book, 0, |asset| asset.products = vec!["Exchange Server SE".to_owned()]);
    assert!(m16(&book, now()).past.is_empty());
    assert_eq!(support(&book, 0, now()).ends.len(), 2);
}
