//! The worked example of the definitions, figure by figure.

use patchbook::domain::asset::{AssetClass, AssetKind, Status};
use patchbook::domain::book::Book;
use patchbook::domain::compliance::figures::Figures;
use patchbook::domain::compliance::machine::Segment;
use patchbook::domain::compliance::outcome::Period;
use patchbook::domain::compliance::ratio::Ratio;
use patchbook::domain::compliance::view::View;
use patchbook::domain::deadline::{ClockStart, TimeUnit};
use patchbook::domain::pair::State;
use patchbook::domain::rating::Rank;

use super::maker::{Maker, at};

const DAY: f64 = 86_400.0;

/// 2026-11-30 23:59:59 UTC.
fn as_of_at() -> i64 {
    at(12, 1, 0) - 1
}

fn november() -> Period {
    Period { from_at: at(11, 1, 0), to_at: at(12, 1, 0) }
}

pub fn register() -> Book {
    use State::{Failed, NotApplicable, NotInstalled, PendingReboot};
    let mut m = Maker::default();
    m.rule_with(Rank::High, |rule| {
        rule.class = Some(AssetClass::Server);
        (rule.amount, rule.unit) = (14 * 24, TimeUnit::Hours);
    });
    m.rule_with(Rank::High, |rule| {
        rule.class = Some(AssetClass::Workstation);
        (rule.amount, rule.unit, rule.clock) = (14 * 24, TimeUnit::Hours, ClockStart::FirstSeen);
    });
    let update = m.update(at(11, 10, 18));
    let newer = m.update(at(11, 17, 18));
    m.supersedes(newer, update);
    let a: Vec<u32> = (1..=11).map(|n| m.server(&format!("A{n}"))).collect();
    let a12 = m.asset("A12", AssetKind::Laptop);
    for &asset in &a {
        m.saw(asset, update, at(11, 10, 20), if asset == a[5] { NotApplicable } else { NotInstalled });
        if asset != a[6] {
            m.reported(asset, at(11, 29, 6));
        }
    }
    m.installed(a[0], update, at(11, 12, 6));
    m.installed(a[1], update, at(11, 20, 18));
    m.installed(a[2], update, at(11, 26, 18));
    m.saw(a[3], update, at(11, 20, 6), PendingReboot);
    m.saw(a[4], update, at(11, 20, 6), Failed);
    m.waiver(a[7], update, at(11, 20, 0), at(12, 31, 0));
    m.saw(a[8], newer, at(11, 17, 20), NotInstalled).installed(a[8], newer, at(11, 18, 18));
    m.status(a[9], at(11, 15, 9), Status::Retired);
    m.waiver(a[10], update, at(11, 12, 0), at(11, 20, 0));
    m.saw(a12, update, at(11, 22, 18), NotInstalled).reported(a12, at(11, 29, 6));
    m.finish()
}

/// Figures of the whole register, and of the one update.
fn counted(book: &Book) -> (Figures, Figures) {
    let view = View::new(book, as_of_at());
    (view.figures(november()), view.figures_of(0, november()))
}

fn names(book: &Book, figures: &Figures, segment: Segment) -> String {
    let machines = figures.machines.iter().zip(book.assets.rows());
    let inside = machines.filter(|(machine, _)| machine.segment == Some(segment));
    inside.map(|(_, asset)| asset.name.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_register_of_twelve_has_eleven_in_scope_and_ten_observed() {
    let book = register();
    let (all, _) = counted(&book);
    assert_eq!(book.assets.len(), 12);
    assert_eq!((all.in_scope(), all.observed()), (11, 10));
    assert_eq!(all.coverage().with_counts(), "10/11 = 90.9\u{a0}%");
    assert!(!all.machines[9].in_scope(), "A10 is retired");
    assert!(!all.machines[6].observed(), "A7 is silent");
}

#[test]
fn its_six_segments_add_up() {
    let book = register();
    let (all, _) = counted(&book);
    assert_eq!(names(&book, &all, Segment::Overdue), "A4 A5 A7 A11");
    assert_eq!(all.overdue_silent(), 1);
    assert_eq!(names(&book, &all, Segment::Unsupported), "");
    assert_eq!(names(&book, &all, Segment::Unknown), "");
    assert_eq!(names(&book, &all, Segment::Waived), "A8");
    assert_eq!(names(&book, &all, Segment::InTime), "A12");
    assert_eq!(names(&book, &all, Segment::UpToDate), "A1 A2 A3 A6 A9");
    assert_eq!(Segment::ALL.iter().map(|&s| all.in_segment(s)).sum::<u64>(), 11);
}

#[test]
fn its_machines_within_deadline_are_six_gross_and_seven_net() {
    let (all, _) = counted(&register());
    assert_eq!(all.within_deadline().with_counts(), "6/11 = 54.5\u{a0}%");
    assert_eq!(all.not_yet_due(), 1);
    assert_eq!(all.within_deadline_or_waived().with_counts(), "7/11 = 63.6\u{a0}%");
}

#[test]
fn its_pairs_are_twelve_listed_ten_applicable_nine_due() {
    let (_, one) = counted(&register());
    assert_eq!((one.total.listed, one.total.applicable(), one.total.fell_due()), (12, 10, 9));
}

#[test]
fn its_deadline_rate_is_three_of_nine_gross_and_three_of_eight_net() {
    let (_, one) = counted(&register());
    assert_eq!((one.total.met, one.total.missed, one.total.cannot_tell), (3, 6, 0));
    assert_eq!(one.total.deadline_gross().with_counts(), "3/9 = 33.3\u{a0}%");
    assert_eq!(one.total.deadline_net().with_counts(), "3/8 = 37.5\u{a0}%");
}

#[test]
fn its_state_coverage_is_four_of_ten_gross_and_four_of_nine_net_and_observed() {
    let (_, one) = counted(&register());
    assert_eq!(one.total.state_gross().with_counts(), "4/10 = 40.0\u{a0}%");
    assert_eq!(one.total.state_net().with_counts(), "4/9 = 44.4\u{a0}%");
    // Seen alone, the update is what the machines owe; A7 is the one that is not observed.
    assert_eq!(one.state_observed().with_counts(), "4/9 = 44.4\u{a0}%");
}

#[test]
fn its_days_to_close_have_mean_8_875_and_median_9() {
    let (_, one) = counted(&register());
    let times = &one.cohorts[0].times;
    let days: Vec<f64> = times.closed.iter().map(|&secs| f64::from(secs) / DAY).collect();
    assert_eq!(days, [1.5, 8.0, 10.0, 16.0]);
    assert_eq!(times.mean(), Some(8.875 * DAY));
    assert_eq!(times.median(), Some(9.0 * DAY));
    assert_eq!(times.ninetieth(), Some((16.0 * DAY) as u32));
}

#[test]
fn its_open_aware_median_is_not_reached() {
    let (_, one) = counted(&register());
    let times = &one.cohorts[0].times;
    let curve: Vec<(f64, String)> =
        times.curve().iter().map(|&(secs, share)| (f64::from(secs) / DAY, format!("{share:.4}"))).collect();
    let expected = [(1.5, "0.9000"), (8.0, "0.8000"), (10.0, "0.6857"), (16.0, "0.5714")];
    assert_eq!(curve, expected.map(|(days, share)| (days, share.to_owned())));
    assert_eq!(times.open_aware_median(), None);
    assert_eq!(one.cohorts[0].until_95, None, "M7 is not reached either");
}

#[test]
fn its_open_pairs_are_20_and_a_quarter_and_8_and_a_quarter_days_old() {
    let book = register();
    let view = View::new(&book, as_of_at());
    let block = view.block(0).expect("the update is listed");
    let mut ages = Vec::new();
    for position in 0..block.len() {
        let verdict = view.judge(0, block, position).expect("listed");
        if view.subjects.list[verdict.asset as usize].counts && verdict.closed == u32::MAX && verdict.required
        {
            let days = f64::from(view.at - verdict.aged_from) / DAY;
            ages.push((
                book.assets.rows()[verdict.asset as usize].name.clone(),
                (days * 100.0).ceil() / 100.0,
            ));
        }
    }
    let expected =
        [("A4", 20.25), ("A5", 20.25), ("A7", 20.25), ("A8", 20.25), ("A11", 20.25), ("A12", 8.25)];
    assert_eq!(ages, expected.map(|(name, days)| (name.to_owned(), days)));
}

#[test]
fn a_naive_tool_would_print_half() {
    let (_, one) = counted(&register());
    let pending = u64::from(one.updates[0].by_state[State::PendingReboot as usize]);
    let absent = u64::from(one.updates[0].by_state[State::NotApplicable as usize]);
    let naive = u64::from(one.total.satisfied) + pending + absent;
    assert_eq!(Ratio::good(naive, one.total.listed.into()).with_counts(), "6/12 = 50.0\u{a0}%");
}
