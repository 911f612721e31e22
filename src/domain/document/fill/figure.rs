//! Figures of a month: from its seal where there is one. Waivers and their figures.

use super::{Fill, nothing, text};
use crate::domain::compliance::machine::Segment;
use crate::domain::document::kind::Kind;
use crate::domain::document::value::{Figure, Grid, Value};
use crate::domain::month::Seal;
use crate::domain::month::canonical::{ALTERED, verify_seal};
use crate::domain::month::name::{name_of, text as month_text};
use crate::domain::month::standing::{MonthFigures, figures_of_month};
use crate::domain::month::trend::trend;
use crate::domain::rating::Rank;
use crate::domain::waiver::debt::{Debt, Owed, debt};
use crate::domain::waiver::rule::is_late;
use crate::domain::waiver::state::{WaiverState, standing};
use crate::util::clock;
use crate::util::text::counted;

pub(super) fn value(fill: &Fill<'_>, kind: Kind, name: &str) -> Option<Value> {
    if let Some(id) = name.strip_prefix("figures.") {
        return figure(fill, id);
    }
    Some(match (kind, name) {
        (_, "report.month") => text(month_text(&month(fill))),
        (_, "report.as-of") => Value::Time(figures(fill)?.as_of_at, fill.zone),
        (_, "report.standing") => match figures(fill)?.seal() {
            None => text("not sealed"),
            Some(seal) => {
                let altered = if verify_seal(seal) { String::new() } else { format!(", {ALTERED}") };
                text(format!(
                    "sealed on {} by {}, SHA-256 {}{altered}",
                    fill.day(seal.sealed_at),
                    seal.sealed_by,
                    seal.sha256
                ))
            }
        },
        (Kind::Figure, "segments-bar") => segments(figures(fill)?),
        (Kind::Figure, "trend") => months(fill),
        (Kind::Table, "waivers") => match sealed(fill) {
            Some(seal) => lines("In force when the month was sealed", parted(seal).1),
            None => waivers(fill, &debt(fill.view(), fill.period())),
        },
        (Kind::Table, "waivers-ended") => match sealed(fill) {
            Some(seal) => lines("Had run out when the month was sealed", parted(seal).0),
            None => ended(fill, &debt(fill.view(), fill.period())),
        },
        (Kind::Table, "waivers-asked") => asked(fill),
        (Kind::Table, "waiver-figures") => match sealed(fill) {
            Some(seal) => sealed_waiver_figures(seal),
            None => waiver_figures(&debt(fill.view(), fill.period())),
        },
        _ => return None,
    })
}

/// `2026-11`.
fn month(fill: &Fill<'_>) -> String {
    use crate::domain::compliance::month::reference_month;
    name_of(fill.chosen.month.unwrap_or_else(|| reference_month(fill.today)))
}

pub(super) fn figures<'f>(fill: &'f Fill<'_>) -> Option<&'f MonthFigures<'f>> {
    fill.month.get_or_init(|| figures_of_month(fill.book, &month(fill), fill.as_of_at)).as_ref()
}

/// The seal of the month that was chosen: beside its figures nothing of now may stand.
fn sealed<'f>(fill: &'f Fill<'_>) -> Option<&'f Seal> {
    fill.chosen.month.and_then(|_| figures(fill)?.seal())
}

/// The waivers of a seal: those that had run out, and those in force. The first are as many as M11x counts.
fn parted(seal: &Seal) -> (&[String], &[String]) {
    let ended = usize::try_from(seal.outputs.part("M11x")).unwrap_or(usize::MAX);
    seal.outputs.waivers.split_at(ended.min(seal.outputs.waivers.len()))
}

fn lines(title: &str, lines: &[String]) -> Value {
    let mut grid = Grid::new(&[title]);
    for line in lines {
        grid.row([line.clone()]);
    }
    Value::Table(grid)
}

fn sealed_waiver_figures(seal: &Seal) -> Value {
    let mut grid = Grid::new(&["Figure", "Value"]);
    for figure in
        seal.outputs.figures.iter().filter(|figure| figure.id.starts_with("M11") && !figure.id.contains('/'))
    {
        grid.row([figure.name.clone(), figure.text.clone()]);
    }
    Value::Table(grid)
}

/// The place of a printed share between its name and the rest: `6/11 = 54.5 %`.
fn figure(fill: &Fill<'_>, id: &str) -> Option<Value> {
    let outputs = &figures(fill)?.outputs;
    let count = |id: &str| Value::Number(outputs.part(id) as i64);
    Some(match id {
        "overdue-pairs" => count("M5"),
        "overdue-machines" => count("M5m"),
        // All of them, also those that are overdue and stand in that segment.
        "unsupported" => count("M16"),
        "oldest-overdue" => text(outputs.text("M5o")),
        "exploited-open" => {
            // Of M5x: what is overdue stands above the line, what is open below it.
            let open = outputs.figure("M5x").and_then(|figure| figure.whole);
            open.map_or_else(nothing, Value::Number)
        }
        id => {
            let (letter, rest) = id.split_at_checked(1)?;
            let id = format!("{}{rest}", letter.to_uppercase());
            let found = outputs.figure(&id).or_else(|| outputs.figures.iter().find(|f| f.id == id));
            found.map_or_else(nothing, |figure| Value::Percent(figure.text.clone()))
        }
    })
}

fn segments(figures: &MonthFigures<'_>) -> Value {
    let counts = figures.outputs.segments();
    let parts = Segment::ALL.iter().map(|s| (s.text().to_owned(), counts[*s as usize])).collect();
    let (scope, all) = (figures.outputs.part("S"), figures.outputs.part("R"));
    let sum =
        format!("{scope} in scope + {} out of scope = {all} in the register", all.saturating_sub(scope));
    Value::Figure(Figure::Bar { parts, sum })
}

fn months(fill: &Fill<'_>) -> Value {
    let points: Vec<_> =
        trend(fill.book, fill.as_of_at, 12).into_iter().filter(|point| point.seal.is_some()).collect();
    let bar = |point: &crate::domain::month::trend::Point| {
        (month_text(&point.month), point.values.segments.to_vec())
    };
    Value::Figure(Figure::Months {
        parts: Segment::ALL.iter().map(|segment| segment.text().to_owned()).collect(),
        bars: points.iter().map(bar).collect(),
        breaks: points.iter().filter(|point| point.breaks).map(|point| month_text(&point.month)).collect(),
    })
}

/// Machines and updates of a waiver: of its request where it has one, else those that are still open.
fn covered(fill: &Fill<'_>, owed: &Owed) -> (String, String) {
    if let Some(request) = owed.request.map(|place| &fill.book.waiver_requests.rows()[place as usize]) {
        let updates = super::change::updates(fill, &request.updates);
        return (super::change::assets(fill, &request.assets), updates);
    }
    let (mut assets, mut updates): (Vec<_>, Vec<_>) = owed
        .open
        .iter()
        .map(|(asset, update)| {
            (fill.book.assets.rows()[*asset as usize].id, fill.book.updates.rows()[*update as usize].id)
        })
        .unzip();
    assets.dedup();
    updates.sort_unstable();
    updates.dedup();
    (super::change::assets(fill, &assets), super::change::updates(fill, &updates))
}

fn waivers(fill: &Fill<'_>, debt: &Debt) -> Value {
    let mut grid =
        Grid::new(&["Waiver", "Machines and updates", "Risk", "Reason and controls", "Accepted by", "Ends"]);
    for owed in &debt.active {
        let request = owed.request.map(|place| &fill.book.waiver_requests.rows()[place as usize]);
        let (assets, updates) = covered(fill, owed);
        let worst = owed.open.iter().map(|(_, update)| fill.view().rank(*update)).min();
        let accepted = request.map(|request| accepted_by(fill, request)).unwrap_or_default();
        let controls: Vec<&str> =
            request.iter().flat_map(|request| &request.controls).map(|c| c.text.as_str()).collect();
        // A day that has begun is left, as everywhere.
        let left = ((owed.until_at - fill.as_of_at).max(0) as u64).div_ceil(clock::DAY_SECS as u64);
        let risk = [
            worst.map(|rank: Rank| format!("updates up to {}", rank.text())),
            request.map(|request| format!("{} stays", request.residual.text())),
        ];
        let mut reason = vec![request.map_or("", |request| request.reason_class.text())];
        reason.extend(controls);
        reason.retain(|words| !words.is_empty());
        let renewed = match owed.renewals {
            0 => String::new(),
            n => format!("; renewed {}", counted(n as u64, "time", "times")),
        };
        grid.row([
            format!("{}, {}", owed.name, owed.state.text().to_lowercase()),
            format!("{assets}: {updates}"),
            risk.into_iter().flatten().collect::<Vec<_>>().join("; "),
            reason.join("; "),
            accepted,
            format!("{}, {} left{renewed}", fill.day(owed.until_at), counted(left, "day", "days")),
        ]);
    }
    Value::Table(grid)
}

fn accepted_by(fill: &Fill<'_>, request: &crate::domain::waiver::request::WaiverRequest) -> String {
    use crate::domain::approval::{Subject, Verdict};
    let given = fill.book.approvals.iter().filter(|a| {
        a.subject == Subject::Waiver
            && a.subject_id == request.id.0
            && a.decision == Verdict::Approve
            && a.voided_at.is_none()
    });
    given.map(|a| format!("{} ({})", fill.person(a.person), a.function)).collect::<Vec<_>>().join(", ")
}

fn ended(fill: &Fill<'_>, debt: &Debt) -> Value {
    let mut grid =
        Grid::new(&["Number", "Ended", "Machines", "Updates", "Still open", "Machine-days", "Owner"]);
    for owed in &debt.expired {
        let (assets, updates) = covered(fill, owed);
        let mut owners: Vec<String> = owed
            .open
            .iter()
            .map(|(asset, _)| fill.person(fill.book.assets.rows()[*asset as usize].owner))
            .filter(|name| !name.is_empty())
            .collect();
        owners.sort_unstable();
        owners.dedup();
        let why: Vec<String> =
            owed.voided.iter().map(crate::domain::waiver::void::VoidReason::text).collect();
        let end = fill.day(owed.until_at);
        grid.row([
            owed.name.clone(),
            if why.is_empty() { end } else { format!("{end}, because {}", why.join(", ")) },
            assets,
            updates,
            owed.open.len().to_string(),
            crate::domain::compliance::ratio::days_begun(owed.machine_secs).to_string(),
            owners.join(", "),
        ]);
    }
    Value::Table(grid)
}

fn asked(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Waiver", "Asked", "Machines", "Updates", "Wanted until"]);
    for request in &fill.book.waiver_requests {
        let state = standing(fill.view(), request).map(|standing| standing.state);
        if !matches!(state, Some(WaiverState::Requested | WaiverState::UnderReview)) {
            continue;
        }
        let on = request.requested_at.map(|at| format!(" on {}", fill.day(at))).unwrap_or_default();
        let late = if is_late(fill.book, request) { ", late" } else { "" };
        grid.row([
            request.number.clone(),
            format!("by {}{on}{late}", fill.person(request.requested_by)),
            super::change::assets(fill, &request.assets),
            super::change::updates(fill, &request.updates),
            super::day_or(request.until_on),
        ]);
    }
    Value::Table(grid)
}

fn waiver_figures(debt: &Debt) -> Value {
    let mut grid = Grid::new(&["Figure", "Value"]);
    let mut line = |name: &str, value: String| grid.row([name.to_owned(), value]);
    line("Active", debt.active.len().to_string());
    line("New in the month", debt.new.to_string());
    for (days, count) in crate::domain::waiver::debt::NOTICE_DAYS.into_iter().zip(debt.expiring) {
        let unit = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
        line(&format!("End within {unit}"), count.to_string());
    }
    line("Ended with something still open", debt.expired.len().to_string());
    line("Renewed twice or more", debt.renewed_twice.to_string());
    let age =
        debt.median_age_days().map_or_else(|| "n/a (0 items)".to_owned(), |days| format!("{days} days"));
    line("Median age", age);
    line("Machine-days", debt.machine_days().to_string());
    Value::Table(grid)
}
