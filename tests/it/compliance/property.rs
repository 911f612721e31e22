//! What must hold of any register, tried on many made at random.

use patchbook::domain::asset::{AssetClass, AssetKind, Exposure, FactValue, Status};
use patchbook::domain::book::Book;
use patchbook::domain::compliance::cut::Cut;
use patchbook::domain::compliance::figures::Figures;
use patchbook::domain::compliance::machine::Segment;
use patchbook::domain::compliance::outcome::Period;
use patchbook::domain::compliance::tally::Tally;
use patchbook::domain::compliance::view::View;
use patchbook::domain::pair::State;
use patchbook::domain::rating::Rank;
use patchbook::domain::stamp::instant;
use patchbook::domain::update::DeclineReason;
use proptest::prelude::*;

use super::maker::{Maker, at};

const HOUR: i64 = 3600;

/// One second past a full hour, so that no due date of whole hours falls on it.
fn as_of_at() -> i64 {
    at(4, 20, 0) + 1
}

#[derive(Clone, Debug)]
struct Seen {
    asset: usize,
    update: usize,
    /// Hours after 1 March and states.
    steps: Vec<(i64, u8, bool)>,
}

#[derive(Clone, Debug)]
struct Register {
    assets: usize,
    releases: Vec<i64>,
    seen: Vec<Seen>,
    reports: Vec<(usize, i64)>,
    edges: Vec<(usize, usize)>,
    waivers: Vec<(usize, usize, i64, i64)>,
    statuses: Vec<(usize, i64, bool)>,
    ratings: Vec<(usize, i64, usize)>,
    hand_checks: Vec<(usize, usize, i64)>,
}

const SPAN: i64 = 50 * 24;

fn registers() -> impl Strategy<Value = Register> {
    let sizes = (1usize..5, 1usize..5);
    sizes.prop_flat_map(|(assets, updates)| {
        let (asset, update, hour) = (0..assets, 0..updates, 0..SPAN);
        let steps = prop::collection::vec((hour.clone(), 0u8..8, any::<bool>()), 1..4);
        let seen = (asset.clone(), update.clone(), steps).prop_map(|(asset, update, steps)| Seen {
            asset,
            update,
            steps,
        });
        (
            prop::collection::vec(hour.clone(), updates),
            prop::collection::vec(seen, 0..12),
            prop::collection::vec((asset.clone(), SPAN - 30 * 24..SPAN), 0..6),
            prop::collection::vec((update.clone(), update.clone()), 0..4),
            prop::collection::vec((asset.clone(), update.clone(), hour.clone(), hour.clone()), 0..3),
            prop::collection::vec((asset.clone(), hour.clone(), any::<bool>()), 0..2),
            prop::collection::vec((update.clone(), hour.clone(), 0usize..4), 0..3),
            prop::collection::vec((asset, update, hour), 0..3),
        )
            .prop_map(
                move |(releases, seen, reports, edges, waivers, statuses, ratings, hand_checks)| Register {
                    assets,
                    releases,
                    seen,
                    reports,
                    edges,
                    waivers,
                    statuses,
                    ratings,
                    hand_checks,
                },
            )
    })
}

fn make(register: &Register) -> Maker {
    let when = |hour: i64| at(3, 1, 0) + hour * HOUR;
    let mut m = Maker::default();
    for (rank, days) in [(Rank::Severe, 2), (Rank::High, 7), (Rank::Medium, 14), (Rank::Low, 30)] {
        m.rule(rank, days * 24);
    }
    m.rule_with(Rank::High, |rule| (rule.exposure, rule.amount) = (Some(Exposure::Internet), 3));
    for &hour in &register.releases {
        m.update(when(hour));
    }
    for i in 0..register.assets {
        let (kind, class) = if i % 2 == 0 {
            (AssetKind::Server, AssetClass::Server)
        } else {
            (AssetKind::Laptop, AssetClass::Workstation)
        };
        let place = m.asset(&format!("M{i}"), kind);
        // Said from the start: the first class that is ever said also holds for the time before.
        m.fact(place, at(1, 1, 0), FactValue::Class(class));
    }
    let mut listed = std::collections::BTreeSet::new();
    for seen in register.seen.iter().filter(|seen| listed.insert((seen.asset, seen.update))) {
        for &(hour, state, exact) in &seen.steps {
            let (asset, update) = (seen.asset as u32, seen.update as u32);
            if exact && state == State::Installed as u8 {
                m.installed(asset, update, when(hour));
            } else {
                m.saw(asset, update, when(hour), State::of_number(state));
            }
        }
    }
    for &(asset, hour) in &register.reports {
        m.reported(asset as u32, when(hour));
    }
    for &(newer, older) in &register.edges {
        m.supersedes(newer as u32, older as u32);
    }
    for &(asset, update, from, until) in &register.waivers {
        m.waiver(asset as u32, update as u32, when(from), when(until));
    }
    for &(asset, hour, stored) in &register.statuses {
        m.status(asset as u32, when(hour), if stored { Status::Stored } else { Status::ColdStandby });
    }
    for &(update, hour, rank) in &register.ratings {
        m.rating(update as u32, Rank::ALL[rank], when(hour));
    }
    for &(asset, update, hour) in &register.hand_checks {
        m.attestation(asset as u32, update as u32, when(hour));
    }
    m
}

fn everything() -> Period {
    Period { from_at: at(1, 1, 0), to_at: at(12, 1, 0) }
}

fn counted(book: &Book) -> Figures {
    View::new(book, as_of_at()).figures(everything())
}

fn green(figures: &Figures) -> u64 {
    figures.within_deadline().part
}

/// Whether one share is at most another; nothing of nothing is at most anything.
fn at_most(part: u32, whole: u32, other: &Tally) -> bool {
    u64::from(part) * u64::from(other.fell_due()) <= u64::from(other.met) * u64::from(whole)
}

/// Bookkeeping that a person can do to one asset and one update now.
fn bookkeeping(m: &mut Maker, what: usize, asset: u32, update: u32) {
    let now = as_of_at();
    match what {
        0 => m.waiver(asset, update, now, now + 30 * 24 * HOUR),
        1 => m.change_update(update, |row| {
            (row.declined_at, row.declined_reason) = (Some(now), DeclineReason::Superseded);
        }),
        2 => m.change_update(update, |row| row.withdrawn_at = Some(now)),
        3 => m.rating(update, Rank::Low, now),
        4 => m.fact(asset, now, FactValue::Exposure(Exposure::Isolated)),
        5 => m.fact(asset, now, FactValue::Class(AssetClass::Workstation)),
        _ => m.status(asset, now, Status::Retired),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, ..ProptestConfig::default() })]

    #[test]
    fn the_segments_and_the_ledger_always_add_up(register in registers()) {
        let book = make(&register).finish();
        let view = View::new(&book, as_of_at());
        let figures = view.figures(everything());
        let ledger = figures.ledger(&view);
        prop_assert!(ledger.adds_up(), "{}", ledger.sum_text());
        prop_assert_eq!(ledger.register, book.assets.len() as u64);
        prop_assert_eq!(figures.in_scope(), Segment::ALL.iter().map(|&s| figures.in_segment(s)).sum::<u64>());
    }

    #[test]
    fn every_figure_opens_into_as_many_pairs_as_it_counts(register in registers()) {
        let book = make(&register).finish();
        let view = View::new(&book, as_of_at());
        let figures = view.figures(everything());
        let total = &figures.total;
        prop_assert_eq!(view.overdue().count(), total.overdue as usize);
        let inside = (0..book.assets.len() as u32).filter(|&a| figures.machines[a as usize].in_scope());
        let open: usize = inside.map(|asset| view.open_pairs(asset).len()).sum();
        prop_assert_eq!(open, (total.open + total.unknown) as usize);
        prop_assert_eq!(total.ages.iter().sum::<u32>(), total.open);
        for &cut in Cut::ALL {
            let mut sum = Tally::default();
            for slice in figures.by(&view, cut) {
                sum.add(&slice.tally);
            }
            prop_assert_eq!(&sum, total);
        }
    }

    #[test]
    fn bookkeeping_done_now_turns_no_red_into_green(
        register in registers(), what in 0usize..7, asset in 0usize..4, update in 0usize..4,
    ) {
        let before = counted(&make(&register).finish());
        let mut m = make(&register);
        let (asset, update) = (asset % register.assets, update % register.releases.len());
        bookkeeping(&mut m, what, asset as u32, update as u32);
        let after = counted(&m.finish());
        prop_assert!(green(&after) <= green(&before), "{:?} to {:?}", before.within_deadline(), after.within_deadline());
        if after.in_scope() == before.in_scope() {
            prop_assert!(after.within_deadline().per_mille() <= before.within_deadline().per_mille());
        }
        prop_assert!(at_most(after.total.met, after.total.fell_due(), &before.total), "{:?} to {:?}", before.total, after.total);
        prop_assert_eq!(after.total.fell_due(), before.total.fell_due());
    }

    #[test]
    fn nothing_nobody_has_looked_at_is_green(register in registers()) {
        let book = make(&register).finish();
        let view = View::new(&book, as_of_at());
        let figures = view.figures(everything());
        for (place, machine) in figures.machines.iter().enumerate() {
            if !matches!(machine.segment, Some(Segment::UpToDate | Segment::InTime | Segment::Waived)) {
                continue;
            }
            prop_assert_eq!(machine.tally.unknown, 0);
            let by_tool = book.pairs.newest_report(place as u32, view.at).map(instant);
            let by_hand = register.hand_checks.iter().any(|&(asset, ..)| asset == place);
            prop_assert!(by_tool.is_some() || by_hand);
            if let Some(report_at) = by_tool {
                let limit = if place % 2 == 0 { 14 } else { 30 };
                prop_assert!(as_of_at() - report_at < limit * 24 * HOUR);
            }
        }
    }
}
