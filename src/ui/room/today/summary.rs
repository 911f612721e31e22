//! The figures of Today in words, with last month beside them. Pure; draws nothing.

use crate::app::session::Past;
use crate::domain::asset::AssetId;
use crate::domain::compliance::figures::Figures;
use crate::domain::compliance::machine::{Machine, Segment};
use crate::domain::compliance::ratio::Ratio;
use crate::domain::month::SealOutputs;
use crate::domain::month::name::month_at;
use crate::domain::month::standing::seal_of;
use crate::ui::action::AssetFilter;
use crate::ui::room::Ctx;
use crate::ui::theme::Tone;
use crate::ui::widget::Way;
use crate::util::text::{count, counted};

/// One figure, written out.
#[derive(Clone, Debug)]
pub struct Card {
    /// Its title.
    pub title: &'static str,
    /// The number, large.
    pub number: String,
    /// The counts behind it.
    pub counts: String,
    /// The line below, where it has no trend.
    pub note: String,
    /// How it moved since last month.
    pub trend: Option<(Way, Tone, String)>,
    /// The machines behind it.
    pub opens: AssetFilter,
}

/// Machines in each of the six segments, in their order.
pub fn segments(figures: &Figures) -> [usize; 6] {
    std::array::from_fn(|at| figures.in_segment(Segment::ALL[at]) as usize)
}

/// The four headline figures: M1 with what is not yet due, M2, M3 with its parts, M5.
pub fn cards(ctx: &Ctx<'_>) -> Vec<Card> {
    let now = ctx.figures();
    let past = ctx.past;
    let then = past.map(|past| past_day(ctx, past)).unwrap_or_default();
    let sealed = past.and_then(|past| sealed(ctx, past));
    let ratio_trend = |now: Ratio, was: fn(&Figures) -> Ratio| {
        let was =
            past.map(|past| sealed.map_or_else(|| was(&past.figures), |seal| sealed_ratio(seal, "M2")))?;
        let (before, after) = (was.per_mille()?, now.per_mille()?);
        Some(trend(after.cmp(&before), true, format!("was {was} on {then}")))
    };
    let within = now.within_deadline();
    let coverage = now.coverage();
    let rate = now.total.deadline_gross();
    let total = &now.total;
    let overdue = u64::from(total.overdue);
    let late = |m: &Machine| m.in_scope() && m.tally.overdue > 0;
    let late_machines = now.machines.iter().filter(|m| late(m)).count() as u64;
    vec![
        Card {
            title: "Within deadline",
            number: within.to_string(),
            counts: of(within),
            note: format!("of which not yet due {}", count(now.not_yet_due())),
            trend: None,
            opens: select(ctx, "Within deadline", |m| {
                matches!(m.segment, Some(Segment::UpToDate | Segment::InTime))
            }),
        },
        Card {
            title: "Reporting as they should",
            number: coverage.to_string(),
            counts: of(coverage),
            note: "machines we know the state of".to_owned(),
            trend: ratio_trend(coverage, Figures::coverage),
            opens: select(ctx, "Not reporting as they should", |m| m.in_scope() && !m.observed()),
        },
        Card {
            title: "Deadlines met this month",
            number: rate.to_string(),
            counts: of(rate),
            note: format!(
                "met {}, missed {}, cannot tell {}",
                count(total.met.into()),
                count(total.missed.into()),
                count(total.cannot_tell.into())
            ),
            trend: None,
            opens: select(ctx, "Missed a deadline this month", |m| {
                m.in_scope() && m.tally.missed + m.tally.cannot_tell > 0
            }),
        },
        Card {
            title: "Updates overdue",
            number: count(overdue),
            counts: format!("on {}", counted(late_machines, "machine", "machines")),
            note: format!("{} machine-days", count(now.machine_days().unsigned_abs())),
            trend: past.map(|past| {
                let was = sealed.map_or_else(|| past.figures.total.overdue.into(), |seal| seal.part("M5"));
                let words = format!("was {} on {then}", count(was));
                trend(overdue.cmp(&was), false, words)
            }),
            opens: AssetFilter::segment(Segment::Overdue),
        },
    ]
}

/// What stands below the figures, smaller: never alone, never larger than the gross figure.
pub fn small_print(ctx: &Ctx<'_>) -> String {
    let figures = ctx.figures();
    let days = count(figures.machine_days().unsigned_abs());
    let waived = figures.within_deadline_or_waived();
    let met = figures.deadline_by_machine();
    format!(
        "With waived machines counted as good: {}.  Machines without a missed deadline: {}.  Machine-days overdue: {days}.",
        waived.with_counts(),
        met.with_counts()
    )
}

/// The bar of last month in words: from its seal where it was sealed, whatever was recorded since.
pub fn last_month(ctx: &Ctx<'_>) -> Option<String> {
    let past = ctx.past?;
    let sealed = sealed(ctx, past);
    let counts = sealed.map_or_else(
        || Segment::ALL.iter().map(|segment| past.figures.in_segment(*segment)).collect(),
        |seal| seal.segments().to_vec(),
    );
    let parts: Vec<String> = Segment::ALL
        .iter()
        .map(|segment| format!("{} {}", count(counts[*segment as usize]), segment.text().to_lowercase()))
        .collect();
    let within = sealed.map_or_else(|| past.figures.within_deadline(), |seal| sealed_ratio(seal, "M1"));
    let mark = if sealed.is_some() { ", as sealed" } else { "" };
    Some(format!("On {}: {}; within deadline {within}{mark}", past_day(ctx, past), parts.join(", ")))
}

/// What was sealed of the month that the past figures are of; nothing where they are not of a month's end.
fn sealed<'a>(ctx: &Ctx<'a>, past: &Past) -> Option<&'a SealOutputs> {
    let book = &ctx.shown.book;
    let seal = seal_of(book, &month_at(book, past.as_of_at))?;
    (seal.as_of_at == past.as_of_at).then_some(&seal.outputs)
}

/// A share of a seal, good where it is high.
fn sealed_ratio(seal: &SealOutputs, id: &str) -> Ratio {
    let whole = seal.figure(id).and_then(|figure| figure.whole).map_or(0, i64::unsigned_abs);
    Ratio::good(seal.part(id), whole)
}

fn past_day(ctx: &Ctx<'_>, past: &Past) -> String {
    crate::util::clock::day_in(ctx.zone, past.as_of_at).format("%-d %b").to_string()
}

fn of(ratio: Ratio) -> String {
    format!("{} of {}", count(ratio.part), count(ratio.whole))
}

fn trend(order: std::cmp::Ordering, more_is_good: bool, words: String) -> (Way, Tone, String) {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let (way, good) = match order {
        Equal => return (Way::Same, Tone::Neutral, words),
        Greater => (Way::Up, more_is_good),
        Less => (Way::Down, !more_is_good),
    };
    (way, if good { Tone::Good } else { Tone::Bad }, words)
}

fn select(ctx: &Ctx<'_>, title: &str, fits: impl Fn(&Machine) -> bool) -> AssetFilter {
    let rows = ctx.book().assets.rows().iter().zip(&ctx.figures().machines);
    let ids: Vec<AssetId> = rows.filter(|(_, machine)| fits(machine)).map(|(asset, _)| asset.id).collect();
    AssetFilter::only(title, ids)
}
