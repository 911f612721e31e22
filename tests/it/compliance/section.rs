//! The sections of the monthly report that tell what happened: what they count, and that nothing is said where nothing is.

use patchbook::domain::asset::AssetKind;
use patchbook::domain::batch::{Batch, BatchId, Scope};
use patchbook::domain::book::Book;
use patchbook::domain::compliance::figures::figures;
use patchbook::domain::compliance::outcome::Period;
use patchbook::domain::pair::State;
use patchbook::domain::rating::Rank;
use patchbook::domain::source::SourceId;
use patchbook::report::layout::{Block, Layout, Table};
use patchbook::report::monthly::{Spec, build};

use super::example;
use super::maker::{Maker, at};
use crate::paper::words::text;

fn report(book: &Book, as_of_at: i64, period: Period) -> Layout {
    let nobody = |_, _| None;
    build(
        book,
        &Spec { as_of_at, period, printed_at: as_of_at, program: "Patchbook 0", recorded_by: &nobody },
    )
}

fn november() -> Period {
    Period { from_at: at(11, 1, 0), to_at: at(12, 1, 0) }
}

fn march() -> Period {
    Period { from_at: at(3, 1, 0), to_at: at(4, 1, 0) }
}

fn table<'a>(layout: &'a Layout, caption: &str) -> &'a Table {
    let tables = layout.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.into_iter().find(|table| table.caption == caption).unwrap_or_else(|| panic!("no table {caption}"))
}

fn number(text: &str) -> u64 {
    text.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or_default()
}

#[test]
fn every_section_of_an_empty_month_says_that_there_is_nothing() {
    let said = text(&report(&Book::default(), at(12, 1, 0) - 1, november()));
    for wanted in [
        "Nothing: no point that is looked at here waits for a decision of management.",
        "Nothing released in November 2026 is required.",
        "Nothing was missed.",
        "No change began or ended in November 2026.",
        "No patch night was planned for November 2026.",
        "No emergency in November 2026.",
        "No meeting and no review was held or planned in November 2026.",
        "No action is open.",
        "Not recorded: no step of a patch night",
        "Nothing was imported and no month was sealed yet.",
    ] {
        assert!(said.contains(wanted), "{wanted}\n{said}");
    }
}

#[test]
fn the_report_asks_for_what_its_own_figures_show_and_counts_it() {
    let mut m = Maker::default();
    m.rule(Rank::Severe, 48);
    let update = m.update(at(3, 1, 0));
    m.rating(update, Rank::Severe, at(3, 1, 0));
    for name in ["S1", "S2"] {
        let server = m.server(name);
        m.saw(server, update, at(3, 2, 0), State::NotInstalled);
    }
    let _silent = m.asset("LT7", AssetKind::Laptop);
    let said = text(&report(&m.finish(), at(3, 20, 0), march()));
    assert!(said.contains("2 items of rank Severe are overdue on 2 machines (S1, S2)"), "{said}");
    assert!(said.contains("Nobody is named as owner."), "{said}");
    assert!(
        said.contains("Find or retire: 3 machines in scope do not report") || said.contains("(LT7"),
        "{said}"
    );
}

#[test]
fn the_curve_counts_every_timed_item_of_its_months_once() {
    let book = example::register();
    let as_of_at = at(12, 1, 0) - 1;
    let layout = report(&book, as_of_at, november());
    let bars = layout
        .blocks
        .iter()
        .find_map(|block| match block {
            Block::StackedBars(bars) if bars.caption.starts_with("Required items by the time") => Some(bars),
            _ => None,
        })
        .expect("a curve");
    let counted = figures(&book, as_of_at, november());
    let months = counted.cohorts.iter().rev().take(4);
    let timed: u64 = months.map(|cohort| u64::from(cohort.required - cohort.left_censored)).sum();
    assert!(timed > 0);
    assert_eq!(bars.bars.iter().flat_map(|(_, counts)| counts).sum::<u64>(), timed);
}

#[test]
fn the_reasons_of_what_was_missed_add_up_to_the_deadline_rate() {
    let book = example::register();
    let layout = report(&book, at(12, 1, 0) - 1, november());
    let total = figures(&book, at(12, 1, 0) - 1, november()).total;
    let missed: u64 = table(&layout, "Missed, or nobody can tell, by reason")
        .rows
        .iter()
        .map(|row| number(&row[2].text))
        .sum();
    assert!(missed > 0);
    assert_eq!(missed, u64::from(total.missed + total.cannot_tell));
}

#[test]
fn what_was_waived_together_is_one_line_with_its_count() {
    let mut m = Maker::default();
    m.rule(Rank::High, 24);
    let update = m.update(at(3, 1, 0));
    for place in 0..7 {
        let server = m.server(&format!("S{place}"));
        m.saw(server, update, at(3, 2, 0), State::NotInstalled);
        m.waiver(server, update, at(3, 3, 0), at(5, 1, 0));
    }
    let layout = report(&m.finish(), at(3, 20, 0), march());
    let said = text(&layout);
    assert!(said.contains("7 alike: S0, "), "{said}");
    assert!(said.contains("; S2") && said.contains(" and 4 more"), "{said}");
    assert!(said.contains("S0, S1, S2 and 4 more | "), "{said}");
    assert!(said.contains("7 changes of rank, scope"), "the count is of changes, not of lines: {said}");
}

#[test]
fn no_cell_of_the_cuts_holds_a_share_with_its_counts_in_words() {
    let layout = report(&example::register(), at(12, 1, 0) - 1, november());
    for caption in ["Machines by patch group", "Items by patch group", "Items by rank", "Items by owner"] {
        let table = table(&layout, caption);
        for cell in table.rows.iter().flatten().skip(1) {
            assert!(!cell.text.contains(" = "), "{caption}: {}", cell.text);
        }
    }
}

#[test]
fn nights_changes_and_reviews_of_a_month_stand_in_its_report() {
    let book = crate::paper::book::living();
    let night = book.runs.iter().find(|run| !run.drill).expect("a night");
    let name = patchbook::domain::month::name::month_at(&book, night.planned_at);
    let period = patchbook::domain::month::name::period(&book, &name).expect("a month");
    let said = text(&report(&book, period.to_at - 1, period));
    assert!(said.contains(&format!("  {} | ", night.title)), "{said}");
    assert!(!said.contains("No patch night was planned"), "{said}");
}

#[test]
fn the_summary_holds_the_month_against_the_one_before_where_that_was_counted() {
    let alone = text(&report(&example::register(), at(12, 1, 0) - 1, november()));
    assert!(!alone.contains("in October 2026)"), "nothing was known of October: {alone}");
    let december = Period { from_at: at(12, 1, 0), to_at: at(12, 31, 23) };
    let mut book = example::register();
    book.batches.put(Batch {
        id: BatchId(990),
        source: SourceId(990),
        number: 1,
        files: Vec::new(),
        scope: Scope::All,
        as_of_at: at(11, 2, 0),
        recorded_at: at(11, 2, 1),
        observations: 0,
        digest: String::new(),
        voided_at: None,
    });
    let said = text(&report(&book, at(12, 20, 0), december));
    assert!(said.contains("M5 Overdue machines: ") && said.contains("in November 2026)"), "{said}");
}
