//! The worked example of the definitions, as a seal keeps it.

use patchbook::domain::compliance::figures::Figures;
use patchbook::domain::compliance::month::month_period;
use patchbook::domain::compliance::view::View;
use patchbook::domain::month::figure::parts_of;
use patchbook::domain::pair::State;
use patchbook::domain::rating::Rank;

use super::rig::Shop;
use crate::compliance::maker::{Maker, at};

#[test]
fn a_seal_of_the_example_keeps_its_machine_figures() {
    let shop = Shop::new().sealed();
    let outputs = &shop.seal().outputs;
    assert_eq!(outputs.segments(), [4, 0, 0, 1, 1, 5]);
    assert_eq!((outputs.part("R"), outputs.part("S"), outputs.part("O")), (12, 11, 10));
    assert_eq!(outputs.text("M1"), "6/11 = 54.5\u{a0}% (of which not yet due 1)");
    assert_eq!(outputs.text("M1n"), "7/11 = 63.6\u{a0}%");
    assert_eq!(outputs.text("M2"), "10/11 = 90.9\u{a0}%");
    assert_eq!(outputs.part("M5s"), 1, "one of the overdue is silent");
}

#[test]
fn a_seal_names_every_machine_with_its_segment_and_why_it_is_out_of_scope() {
    let shop = Shop::new().sealed();
    let machine =
        |name: &str| shop.seal().outputs.machines.iter().find(|m| m.name == name).expect("a machine");
    assert_eq!(shop.seal().outputs.machines.len(), 12);
    assert_eq!(machine("A4").segment, "overdue");
    assert_eq!(machine("A8").segment, "waived");
    assert_eq!(machine("A12").segment, "in_time");
    assert_eq!(machine("A10").segment, "");
    assert!(
        machine("A10").outside.starts_with("Retired since Sun 15 Nov 2026"),
        "{}",
        machine("A10").outside
    );
    assert!(!machine("A7").silent.is_empty());
}

#[test]
fn the_parts_of_a_cut_add_up_to_the_whole() {
    let shop = Shop::new().sealed();
    let outputs = &shop.seal().outputs;
    for cut in ["group", "exposure", "site", "owner", "class"] {
        let slices = outputs
            .figures
            .iter()
            .filter(|figure| parts_of(&figure.id).is_some_and(|(id, of, _)| id == "M1" && of.word() == cut));
        let sums = slices.fold((0, 0), |(part, whole), figure| {
            (part + figure.part.unwrap_or(0), whole + figure.whole.unwrap_or(0))
        });
        assert_eq!(sums, (6, 11), "{cut}");
    }
    let by_rank = outputs.figures.iter().filter(|figure| figure.id.starts_with("M5/rank/"));
    assert_eq!(by_rank.map(|figure| figure.part.unwrap_or(0)).sum::<i64>(), outputs.part("M5") as i64);
}

fn view_of(book: &patchbook::domain::book::Book, month: u32, day: u32) -> (View<'_>, Figures) {
    let view = View::new(book, at(month, day, 0));
    let on = chrono::NaiveDate::from_ymd_opt(2026, month, day).expect("a date");
    let figures = view.figures(month_period(chrono_tz::UTC, on));
    (view, figures)
}

/// An update of 10 March on five servers: installed in time, installed after three months, still open, first seen satisfied early
/// and first seen satisfied late.
fn three_months() -> Maker {
    let mut m = Maker::default();
    m.rule(Rank::High, 14 * 24);
    let update = m.update(at(3, 10, 18));
    let a: Vec<u32> = (1..=5).map(|n| m.server(&format!("B{n}"))).collect();
    m.saw(a[0], update, at(3, 11, 0), State::NotInstalled).installed(a[0], update, at(3, 20, 0));
    m.saw(a[1], update, at(3, 11, 0), State::NotInstalled).installed(a[1], update, at(6, 20, 0));
    m.saw(a[2], update, at(3, 11, 0), State::NotInstalled);
    m.saw(a[3], update, at(4, 1, 0), State::Installed);
    m.saw(a[4], update, at(6, 25, 0), State::Installed);
    m
}

#[test]
fn what_is_open_ninety_days_after_release_counts_in_the_month_of_that_day_and_stays() {
    let book = three_months().finish();
    let day = |month, day| chrono::NaiveDate::from_ymd_opt(2026, month, day).expect("a date");
    let june = month_period(chrono_tz::UTC, day(6, 1));
    for (month, on) in [(6, 30), (9, 30)] {
        let found = view_of(&book, month, on).0.unpatched(june);
        assert_eq!((found.required, found.open.len(), found.cannot_tell, found.unseen), (4, 2, 0, 1));
        assert_eq!(found.ratio().with_counts(), "2/4 = 50.0\u{a0}%");
    }
    let july = month_period(chrono_tz::UTC, day(7, 1));
    assert_eq!(view_of(&book, 7, 30).0.unpatched(july).ratio().to_string(), "n/a (0 items)");
}

#[test]
fn an_interval_that_spans_the_ninetieth_day_counts_as_open() {
    let mut m = Maker::default();
    m.rule(Rank::High, 14 * 24);
    let update = m.update(at(3, 10, 18));
    let a = m.server("B1");
    m.saw(a, update, at(6, 1, 0), State::NotInstalled).saw(a, update, at(6, 20, 0), State::Installed);
    m.reported(a, at(6, 1, 0)).reported(a, at(6, 20, 0));
    let book = m.finish();
    let june = month_period(chrono_tz::UTC, chrono::NaiveDate::from_ymd_opt(2026, 6, 1).expect("a date"));
    let found = view_of(&book, 6, 30).0.unpatched(june);
    assert_eq!((found.required, found.open.len(), found.cannot_tell), (1, 0, 1));
    assert_eq!(found.ratio().part, 1);
}

#[test]
fn the_age_of_what_is_installed_runs_from_the_release_of_the_newest_installed_update() {
    let mut m = Maker::default();
    m.rule(Rank::High, 14 * 24);
    let (old, new) = (m.update(at(3, 10, 0)), m.update(at(4, 14, 0)));
    let (a, b, c) = (m.server("B1"), m.server("B2"), m.server("B3"));
    for machine in [a, b] {
        m.saw(machine, old, at(3, 11, 0), State::NotInstalled).installed(machine, old, at(3, 12, 0));
    }
    m.saw(a, new, at(4, 15, 0), State::NotInstalled).installed(a, new, at(4, 20, 0));
    m.saw(b, new, at(4, 15, 0), State::Failed);
    m.saw(c, new, at(4, 15, 0), State::NotInstalled);
    let book = m.finish();
    let (view, _) = view_of(&book, 4, 30);
    let age = view.installed_age();
    assert_eq!((age.days_of(a), age.days_of(b), age.days_of(c)), (Some(16), Some(51), None));
    assert_eq!((age.buckets, age.none), ([1, 1, 0, 0], 1));
    assert_eq!((age.median_days(), age.oldest_days()), (Some(51), Some(51)));
}

#[test]
fn the_ends_of_servicing_ahead_hold_the_nearer_ones_too() {
    let mut m = Maker::default();
    m.rule(Rank::High, 14 * 24);
    let on = |month, day| chrono::NaiveDate::from_ymd_opt(2026, month, day);
    for (name, end) in [("past", on(3, 1)), ("soon", on(5, 1)), ("later", on(9, 1)), ("unknown", None)] {
        let place = m.server(name);
        m.change_asset(place, |asset| asset.support_end_on = end);
    }
    let book = m.finish();
    let (view, figures) = view_of(&book, 4, 1);
    let found = view.servicing(&figures);
    assert_eq!((found.past, found.unknown), (vec![0], vec![3]));
    assert_eq!(found.within, [vec![1], vec![1, 2], vec![1, 2]]);
}
