//! The monthly report: goldens of the worked example and of an empty register, and what every report must say.

use patchbook::domain::asset::{AssetKind, Exposure, FactValue};
use patchbook::domain::batch::{Batch, BatchFile, BatchId, Scope};
use patchbook::domain::book::Book;
use patchbook::domain::compliance::outcome::Period;
use patchbook::domain::pair::State;
use patchbook::domain::person::{Person, PersonId};
use patchbook::domain::rating::Rank;
use patchbook::domain::row::Table as Rows;
use patchbook::domain::source::{Source, SourceId};
use patchbook::domain::update::Classification;
use patchbook::report::layout::{Block, Layout};
use patchbook::report::monthly::{Spec, build};

use super::example;
use super::maker::{Maker, at};
use super::rules::one;
use crate::paper::words::text;

fn who(table: Rows, _: i64) -> Option<String> {
    (table == Rows::Rating).then(|| "Ada Byron".to_owned())
}

fn report(book: &Book, as_of_at: i64, period: Period) -> Layout {
    let printed_at = as_of_at + 7200;
    build(book, &Spec { as_of_at, period, printed_at, program: "Patchbook 0", recorded_by: &who })
}

fn november() -> Period {
    Period { from_at: at(11, 1, 0), to_at: at(12, 1, 0) }
}

fn golden(name: &str, layout: &Layout) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| insta::assert_snapshot!(name, text(layout)));
}

#[test]
fn the_report_of_the_worked_example_reads_as_it_should() {
    golden("monthly_worked_example", &report(&example::register(), at(12, 1, 0) - 1, november()));
}

#[test]
fn the_report_of_an_empty_register_says_so_and_shows_no_hundred_per_cent() {
    let layout = report(&Book::default(), at(12, 1, 0) - 1, november());
    golden("monthly_empty", &layout);
    assert!(!text(&layout).contains("100.0\u{a0}%"));
}

/// A register in which everything that is counted apart happens once.
fn busy() -> Book {
    let mut one = one();
    let m = &mut one.m;
    m.change_shop(|shop| {
        "Example Works".clone_into(&mut shop.name);
        "Europe/Berlin".clone_into(&mut shop.zone);
        shop.adoption_on = chrono::NaiveDate::from_ymd_opt(2026, 3, 4);
    });
    m.book.people.put(Person {
        id: PersonId(9),
        name: "Grace".into(),
        mail: String::new(),
        function: String::new(),
    });
    m.change_asset(one.asset, |asset| asset.owner = Some(PersonId(9)));
    m.rating(one.update, Rank::Severe, at(3, 20, 0));
    m.rule(Rank::Severe, 48);
    let laptop = m.asset("LT7", AssetKind::Laptop);
    m.change_asset(laptop, |asset| {
        asset.away = Some(patchbook::domain::asset::Away {
            holder: "Linus".to_owned(),
            since_on: chrono::NaiveDate::from_ymd_opt(2026, 2, 1),
            expected_on: None,
        });
    });
    m.saw(laptop, one.update, at(3, 2, 0), State::Unknown);
    m.fact(laptop, at(3, 9, 0), FactValue::Exposure(Exposure::Isolated));
    m.attestation(one.asset, one.update, at(3, 6, 0));
    let driver = m.update(at(3, 1, 0));
    m.change_update(driver, |update| update.classification = Classification::Driver);
    m.saw(one.asset, driver, at(3, 2, 0), State::NotInstalled);
    let source = SourceId(5);
    let (kind, name) = ("wsus".to_owned(), "WSUS01".to_owned());
    m.book.sources.put(Source {
        id: source,
        kind,
        name,
        synced_at: Some(at(3, 20, 0)),
        sync_result: String::new(),
    });
    let (name, sha256, kind) = ("states.csv".to_owned(), "ab".repeat(32), "state table".to_owned());
    let files = vec![BatchFile { name, sha256, kind, rows: 3, skipped: 1 }];
    let (scope, as_of_at, recorded_at) = (Scope::All, at(3, 2, 0), at(3, 2, 1));
    let (id, number, digest) = (BatchId(6), 1, String::new());
    m.book.batches.put(Batch {
        id,
        source,
        number,
        files,
        scope,
        as_of_at,
        recorded_at,
        observations: 3,
        digest,
        voided_at: None,
    });
    one.m.finish()
}

fn march() -> Period {
    Period { from_at: at(3, 1, 0) - 3600, to_at: at(4, 1, 0) - 7200 }
}

#[test]
fn the_report_of_a_busy_month_names_everything_that_is_counted_apart() {
    golden("monthly_busy", &report(&busy(), at(4, 1, 0) - 7201, march()));
}

#[test]
fn the_same_book_gives_the_same_report_twice() {
    let book = busy();
    assert_eq!(report(&book, at(4, 1, 0), march()), report(&book, at(4, 1, 0), march()));
}

#[test]
fn every_heading_that_others_point_to_has_its_own_anchor() {
    let layout = report(&busy(), at(4, 1, 0), march());
    let anchors: Vec<&str> = layout
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading(heading) if !heading.anchor.is_empty() => Some(heading.anchor.as_str()),
            _ => None,
        })
        .collect();
    let mut distinct = anchors.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), anchors.len());
    for wanted in [
        "limits",
        "summary",
        "ledger",
        "overdue",
        "unknown",
        "ages",
        "moved",
        "provenance",
        "method",
        "machines",
    ] {
        assert!(anchors.contains(&wanted), "{wanted}");
    }
}

#[test]
fn a_long_overdue_list_prints_the_oldest_and_says_how_many_there_are() {
    let mut m = Maker::default();
    m.rule(Rank::High, 24);
    let assets: Vec<u32> = (0..50).map(|i| m.server(&format!("S{i:02}"))).collect();
    for day in 1..=50 {
        let update = m.update(at(1, 1, 0) + day * 86_400);
        for &asset in &assets {
            m.saw(asset, update, at(3, 1, 0), State::NotInstalled);
        }
    }
    let layout = report(&m.finish(), at(3, 5, 0), march());
    let text = text(&layout);
    assert!(text.contains("No owner: 2\u{202f}500 items"));
    assert!(text.contains("The 2\u{202f}000 oldest of 2\u{202f}500 are printed"));
    assert!(
        text.contains("| 2\u{a0}Jan\u{a0}2026") || text.contains("| 3\u{a0}Jan\u{a0}2026"),
        "the oldest is among them"
    );
}
