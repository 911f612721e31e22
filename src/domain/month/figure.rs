//! The figures M1 to M17 as they are kept in a seal: id, name, parts and the printed text, whole and cut.
//!
//! Ids: `R`, `S`, `O` are register, scope and observed; `M3` a figure of `metrics.md`, `M3n` its net form; `segment/overdue` the
//! machines of a segment; `M7/2026-11` a month of release; `M8/0-30 days` a bucket; `M1/group/Servers` a slice of a cut. Counts
//! nothing itself: it reads what `compliance` and the other rooms of the domain counted.

use super::SealedFigure;
use crate::domain::change::figure as change;
use crate::domain::change::orphan::orphans;
use crate::domain::compliance::cut::{Cut, Slice};
use crate::domain::compliance::figures::{Cohort, Figures};
use crate::domain::compliance::machine::Segment;
use crate::domain::compliance::outcome::Period;
use crate::domain::compliance::ratio::{Ratio, days_begun, days_text};
use crate::domain::compliance::servicing::AHEAD_DAYS;
use crate::domain::compliance::view::View;
use crate::domain::cycle::measure::kept;
use crate::domain::rating::Rank;
use crate::domain::stamp::instant;
use crate::domain::waiver::debt::debt;
use crate::util::text::count;

/// The cuts of a sealed month (requirement S1-12, `standards.md` 3.9).
pub const CUTS: [Cut; 6] = [Cut::Group, Cut::Rank, Cut::Exposure, Cut::Site, Cut::Owner, Cut::Class];

/// Names of the age buckets.
pub const BUCKETS: [&str; 4] = ["0-30 days", "31-60 days", "61-90 days", "over 90 days"];

/// How many months of release are kept for M6 and M7.
const COHORTS: usize = 12;

/// The list in the making.
#[derive(Default)]
struct List(Vec<SealedFigure>);

impl List {
    fn put(&mut self, id: impl Into<String>, name: &str, parts: [Option<u64>; 2], text: String) {
        let [part, whole] = parts.map(|n| n.map(|n| i64::try_from(n).unwrap_or(i64::MAX)));
        self.0.push(SealedFigure { id: id.into(), name: name.to_owned(), part, whole, text });
    }

    fn ratio(&mut self, id: impl Into<String>, name: &str, ratio: Ratio, more: &str) {
        let text = format!("{}{more}", ratio.with_counts());
        self.put(id, name, [Some(ratio.part), Some(ratio.whole)], text);
    }

    fn count(&mut self, id: impl Into<String>, name: &str, n: u64) {
        self.put(id, name, [Some(n), None], count(n));
    }

    /// A length of time, its part in seconds.
    fn days(&mut self, id: impl Into<String>, name: &str, secs: Option<u32>, missing: &str) {
        let text = secs.map_or_else(|| missing.to_owned(), |s| format!("{} days", days_text(f64::from(s))));
        self.put(id, name, [secs.map(u64::from), None], text);
    }
}

/// Every figure of a view, over a period. `figures` are those of the same view and period.
pub fn list(view: &View<'_>, figures: &Figures, period: Period) -> Vec<SealedFigure> {
    let mut list = List::default();
    machines(figures, &mut list);
    pairs(view, figures, &mut list);
    times(figures, &mut list);
    ages(view, figures, &mut list);
    work(view, period, &mut list);
    list.ratio("M9", "Unpatched three months after release", view.unpatched(period).ratio(), &{
        let unpatched = view.unpatched(period);
        format!(
            " (cannot tell {}, first seen later {})",
            count(unpatched.cannot_tell),
            count(unpatched.unseen)
        )
    });
    servicing(view, figures, &mut list);
    for cut in CUTS {
        for slice in figures.by(view, cut) {
            self::slice(cut, &slice, &mut list);
        }
    }
    list.0
}

fn machines(figures: &Figures, list: &mut List) {
    let register = figures.machines.len() as u64;
    list.count("R", "Register", register);
    list.count("S", "In scope", figures.in_scope());
    list.count("O", "Observed", figures.observed());
    for &segment in Segment::ALL {
        let n = figures.in_segment(segment);
        let id = format!("segment/{}", segment.word());
        list.put(id, segment.text(), [Some(n), Some(figures.in_scope())], count(n));
    }
    let not_due = format!(" (of which not yet due {})", count(figures.not_yet_due()));
    list.ratio("M1", "Machines within deadline, gross", figures.within_deadline(), &not_due);
    list.ratio("M1n", "Machines within deadline or waived, net", figures.within_deadline_or_waived(), "");
    list.ratio("M2", "Reporting coverage", figures.coverage(), "");
}

fn pairs(view: &View<'_>, figures: &Figures, list: &mut List) {
    let total = &figures.total;
    let n = |n: u32| count(u64::from(n));
    let three =
        format!(" (met {}, missed {}, cannot tell {})", n(total.met), n(total.missed), n(total.cannot_tell));
    list.ratio("M3", "Deadline rate, gross", total.deadline_gross(), &three);
    list.ratio("M3n", "Deadline rate, net", total.deadline_net(), "");
    list.ratio("M3m", "Machines without a miss", figures.deadline_by_machine(), "");
    list.ratio("M4", "State coverage, gross", total.state_gross(), "");
    list.ratio("M4n", "State coverage, net", total.state_net(), "");
    list.ratio("M4o", "State coverage, observed", figures.state_observed(), "");
    list.count("open", "Open items", total.open.into());
    list.count("waived", "Open items validly waived", total.waived.into());
    list.count("failed", "Open items that failed", total.failed.into());
    list.count("pending", "Open items waiting for a restart", total.pending.into());
    let overdue_machines =
        figures.machines.iter().filter(|m| m.in_scope() && m.tally.overdue > 0).count() as u64;
    let by_rank: Vec<String> = Rank::ALL
        .iter()
        .map(|&rank| {
            let overdue: u64 = figures.tallies[rank as usize].iter().map(|t| u64::from(t.overdue)).sum();
            format!("{} {}", rank.text(), count(overdue))
        })
        .collect();
    let text = format!(
        "{} items on {} machines, {} machine-days ({})",
        n(total.overdue),
        count(overdue_machines),
        count(figures.machine_days().unsigned_abs()),
        by_rank.join(", ")
    );
    list.put("M5", "Overdue", [Some(total.overdue.into()), None], text);
    exploited(view, figures, list);
    list.count("M5m", "Overdue machines", overdue_machines);
    list.count("M5s", "Overdue machines that are silent", figures.overdue_silent());
    list.count("M5d", "Machine-days overdue", figures.machine_days().unsigned_abs());
    let oldest = figures.oldest.map(|(asset, update, due)| {
        let days = days_begun(view.as_of_at - instant(due));
        let machine = &view.book.assets.rows()[asset as usize].name;
        let update = view.book.updates.rows()[update as usize].short_name();
        (days.unsigned_abs(), format!("{update} on {machine}, {days} days past its due date"))
    });
    let (days, text) = oldest.unzip();
    list.put("M5o", "The oldest overdue item", [days, None], text.unwrap_or_else(|| "none".to_owned()));
}

/// Items of updates that were known to be exploited at the instant.
fn exploited(view: &View<'_>, figures: &Figures, list: &mut List) {
    let dossiers = &view.dossiers;
    let (mut open, mut overdue) = (0, 0);
    for (update, counts) in view.book.updates.iter().zip(&figures.updates) {
        if counts.open > 0 && dossiers.at(update, view.as_of_at).exploited() {
            open += u64::from(counts.open);
            overdue += u64::from(counts.overdue);
        }
    }
    let text = format!("{} overdue of {} open", count(overdue), count(open));
    list.put("M5x", "Overdue items known to be exploited", [Some(overdue), Some(open)], text);
}

fn times(figures: &Figures, list: &mut List) {
    let all = figures.all_times();
    let days = |secs: Option<f64>| {
        secs.map_or_else(|| "n/a (0 items)".to_owned(), |s| format!("{} days", days_text(s)))
    };
    let n = all.closed.len() as u64;
    let open_aware = if n == 0 && all.open.is_empty() {
        "n/a (0 items)".to_owned()
    } else {
        all.open_aware_median()
            .map_or_else(|| "not reached".to_owned(), |secs| format!("{} days", days_text(f64::from(secs))))
    };
    let text = format!(
        "mean {}, median {}, 90th percentile {}, n {}; open-aware median {open_aware}",
        days(all.mean()),
        days(all.median()),
        days(all.ninetieth().map(f64::from)),
        count(n)
    );
    list.put("M6", "Time to patch", [Some(n), None], text);
    let newest = figures.cohorts.len().saturating_sub(COHORTS);
    for cohort in &figures.cohorts[newest..] {
        let month = cohort_name(cohort);
        let median = cohort.times.median().map(|secs| secs as u32);
        list.days(format!("M6/{month}"), "Median of what was closed", median, "n/a (0 items)");
        let (id, name) = (format!("M6k/{month}"), "Open-aware median");
        list.days(id, name, cohort.times.open_aware_median(), "not reached");
        let name = "Days until 95 % were satisfied";
        list.days(format!("M7/{month}"), name, cohort.until_95, "not reached");
    }
}

/// The name of a cohort's month: `2026-11`.
pub fn cohort_name(cohort: &Cohort) -> String {
    format!("{:04}-{:02}", cohort.month.div_euclid(12), cohort.month.rem_euclid(12) + 1)
}

fn ages(view: &View<'_>, figures: &Figures, list: &mut List) {
    let total = &figures.total;
    for (id, name, ages) in [
        ("M8", "Open items by age from clock start", total.ages),
        ("M8d", "Open items past due by age from due date", total.due_ages),
    ] {
        for (bucket, n) in BUCKETS.iter().zip(ages) {
            list.count(format!("{id}/{bucket}"), name, n.into());
        }
    }
    let installed = view.installed_age();
    let median = installed.median_days().map(i64::unsigned_abs);
    let text = match (median, installed.oldest_days()) {
        (Some(median), Some(oldest)) => format!("median {median} days, the oldest {oldest} days"),
        _ => "n/a (0 machines)".to_owned(),
    };
    list.put("age", "Age of what is installed", [median, None], text);
    for (bucket, n) in BUCKETS.iter().zip(installed.buckets) {
        list.count(format!("age/{bucket}"), "Machines by age of what is installed", n);
    }
    list.count("age/none", "Machines that show nothing installed", installed.none);
}

fn work(view: &View<'_>, period: Period, list: &mut List) {
    let operation = view.operation(period);
    let told = format!(" (cannot tell {})", count(operation.cannot_tell.len() as u64));
    list.ratio("M10", "First attempts that failed", operation.first_failure(), &told);
    list.ratio("M10f", "Attempted and failed as it stands", operation.final_failure(), "");
    waivers(view, period, list);
    let changes = change::changes(view.book, period, view.as_of_at);
    let orphans = orphans(view, period);
    let validated = change::validated(view.book, period);
    let ended = changes.ended.len() as u64;
    for (id, name, text) in change::named(view, period) {
        let parts = match id {
            "M12" => [changes.successful.len() as u64, ended],
            "M12e" => [changes.evidenced.len() as u64, ended],
            "M12a" => [changes.approved_before.len() as u64, ended],
            "M13" => [orphans.outside().count() as u64, orphans.installs.len() as u64],
            _ => [validated.by_tool.len() as u64, validated.reported.len() as u64],
        };
        list.put(id, name, parts.map(Some), text);
    }
    let below = operation.machines_below().len() as u64;
    let more = format!("; {} below their group's baseline", count(below));
    list.ratio("M14", "Drift: installed before, open now", operation.drift(), &more);
    list.count("M14b", "Machines below their group's baseline", below);
    let kept = kept(view.book, period, view.as_of_at);
    let parts = [[kept.cycles_on_time, kept.cycles_due], [kept.milestones_on_time, kept.milestones_due]];
    for ((id, name, text), parts) in kept.named().into_iter().zip(parts) {
        list.put(id, name, parts.map(Some), text);
    }
}

fn waivers(view: &View<'_>, period: Period, list: &mut List) {
    let debt = debt(view, period);
    let active = debt.active.len() as u64;
    let expired = debt.expired.len() as u64;
    let age = debt.median_age_days().map_or_else(|| "n/a".to_owned(), |days| format!("{days} days"));
    let text = format!(
        "{} in force (ending within 30 days {}), {} ran out and still open, {} new, {} renewed twice or more; median age {age}; \
         {} machine-days exposed",
        count(active),
        count(debt.expiring[0]),
        count(expired),
        count(debt.new),
        count(debt.renewed_twice),
        count(debt.machine_days().unsigned_abs()),
    );
    list.put("M11", "Waivers", [Some(active), None], text);
    list.count("M11e", "Waivers that end within 30 days", debt.expiring[0]);
    list.count("M11x", "Waivers that ran out with something open", expired);
    list.count("M11w", "New waivers", debt.new);
    list.count("M11r", "Waivers renewed twice or more", debt.renewed_twice);
    list.count("M11d", "Machine-days under waivers", debt.machine_days().unsigned_abs());
}

fn servicing(view: &View<'_>, figures: &Figures, list: &mut List) {
    let found = view.servicing(figures);
    let past = Ratio::bad(found.past.len() as u64, figures.in_scope());
    let ahead: Vec<String> = AHEAD_DAYS
        .iter()
        .zip(&found.within)
        .map(|(days, list)| format!("{} within {days} days", count(list.len() as u64)))
        .collect();
    let unknown = count(found.unknown.len() as u64);
    let more = format!("; {}; no end known {unknown}", ahead.join(", "));
    list.ratio("M16", "Past the end of servicing, without proof", past, &more);
    for (days, places) in AHEAD_DAYS.iter().zip(&found.within) {
        list.count(format!("M16/{days}"), "End of servicing ahead", places.len() as u64);
    }
}

fn slice(cut: Cut, slice: &Slice, list: &mut List) {
    let id = |figure: &str| format!("{figure}/{}/{}", cut.word(), slice.name);
    let tally = &slice.tally;
    if slice.in_scope() > 0 {
        list.count(id("S"), "In scope", slice.in_scope());
        for &segment in Segment::ALL {
            let n = slice.count(segment);
            let parts = [Some(n), Some(slice.in_scope())];
            list.put(id(&format!("segment.{}", segment.word())), segment.text(), parts, count(n));
        }
        list.ratio(id("M1"), "Machines within deadline, gross", slice.within_deadline(), "");
        list.ratio(
            id("M1n"),
            "Machines within deadline or waived, net",
            slice.within_deadline_or_waived(),
            "",
        );
        list.ratio(id("M2"), "Reporting coverage", slice.coverage(), "");
    }
    list.ratio(id("M3"), "Deadline rate, gross", tally.deadline_gross(), "");
    list.ratio(id("M3n"), "Deadline rate, net", tally.deadline_net(), "");
    list.ratio(id("M4"), "State coverage, gross", tally.state_gross(), "");
    list.count(id("open"), "Open items", tally.open.into());
    list.count(id("M5"), "Overdue items", tally.overdue.into());
    list.count(id("M5m"), "Overdue machines", slice.overdue_machines);
}

/// The slice of a cut that an id names: figure, cut, slice; `None` for a whole figure.
pub fn parts_of(id: &str) -> Option<(&str, Cut, &str)> {
    let (figure, rest) = id.split_once('/')?;
    let (word, name) = rest.split_once('/')?;
    Some((figure, Cut::of_word(word)?, name))
}
