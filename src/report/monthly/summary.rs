//! One page for whoever reads one page: the bar, the key figures with their counts, three sentences.

use crate::domain::compliance::machine::Segment;
use crate::domain::compliance::ratio::days_begun;
use crate::domain::month::name;
use crate::domain::stamp::instant;
use crate::report::layout::{KeyFigure, Layout, SegmentBar, Tone};
use crate::util::text::{count, counted};

use super::Source;
use super::words::{parts, since};

pub(super) fn summary(source: &Source<'_>, layout: &mut Layout) {
    let ledger = source.figures.ledger(&source.view);
    layout.heading_at(1, "Summary", "summary");
    layout.segment_bar(SegmentBar {
        caption: "Machines in scope".to_owned(),
        segments: parts(ledger.segments),
        sum: ledger.sum_text(),
    });
    layout.key_figures(machine_figures(source));
    layout.key_figures(pair_figures(source));
    layout.paragraph(within(source));
    layout.paragraph(late(source));
    layout.paragraph(seen(source));
    super::ask::asks(source, layout);
}

/// How a figure stands against the month before; nothing where the register knows nothing of that month.
fn moved(source: &Source<'_>, id: &str) -> String {
    let new = source.measured.iter().find(|figure| figure.id == id);
    let known = source.former.as_ref().filter(|former| former.outputs.part("S") > 0);
    let old = known.and_then(|former| Some((former.outputs.figure(id)?, name::text(&former.month))));
    new.zip(old).map(|(new, (old, month))| since(new, old, &month)).unwrap_or_default()
}

fn machine_figures(source: &Source<'_>) -> Vec<KeyFigure> {
    let figures = &source.figures;
    let (gross, net, seen) =
        (figures.within_deadline(), figures.within_deadline_or_waived(), figures.coverage());
    let tone = if gross.part == gross.whole && gross.whole > 0 { Tone::Good } else { Tone::Plain };
    let gross_detail = format!(
        "{} of {}, of which {} not yet due; with waived ones {} = {net}",
        count(gross.part),
        counted(gross.whole, "machine", "machines"),
        count(figures.not_yet_due()),
        count(net.part),
    );
    let overdue = figures.in_segment(Segment::Overdue);
    let silent = format!(
        "of which {} silent; {} overdue",
        count(figures.overdue_silent()),
        counted(figures.machine_days().unsigned_abs(), "machine-day", "machine-days")
    );
    let seen_detail = format!("{} of {}", count(seen.part), counted(seen.whole, "machine", "machines"));
    vec![
        KeyFigure::new("M1 Within deadline", gross.to_string(), gross_detail + &moved(source, "M1"))
            .tone(tone),
        KeyFigure::new("M5 Overdue machines", count(overdue), silent + &moved(source, "M5m"))
            .tone(alarm(overdue)),
        KeyFigure::new("M2 Reporting", seen.to_string(), seen_detail + &moved(source, "M2")),
    ]
}

fn pair_figures(source: &Source<'_>) -> Vec<KeyFigure> {
    let total = &source.figures.total;
    let rate = format!(
        "{} met, {} missed, {} cannot tell; without waived ones {}",
        count(total.met.into()),
        count(total.missed.into()),
        count(total.cannot_tell.into()),
        total.deadline_net().with_counts()
    );
    let coverage = format!(
        "{} of {} required; without waived {}; observed only {}",
        count(total.satisfied.into()),
        count(total.applicable().into()),
        total.state_net(),
        source.figures.state_observed()
    );
    let overdue = format!(
        "{} open, {} waived, {} failed, {} pending reboot",
        count(total.open.into()),
        count(total.waived.into()),
        count(total.failed.into()),
        count(total.pending.into())
    );
    vec![
        KeyFigure::new("M3 Deadline rate", total.deadline_gross().to_string(), rate + &moved(source, "M3")),
        KeyFigure::new("M4 State coverage", total.state_gross().to_string(), coverage + &moved(source, "M4")),
        KeyFigure::new("M5 Overdue items", count(total.overdue.into()), overdue + &moved(source, "M5"))
            .tone(alarm(total.overdue.into())),
    ]
}

fn alarm(n: u64) -> Tone {
    if n == 0 { Tone::Plain } else { Tone::Bad }
}

fn within(source: &Source<'_>) -> String {
    let figures = &source.figures;
    let gross = figures.within_deadline();
    if gross.whole == 0 {
        return "No machine is in scope, so there is nothing to judge.".to_owned();
    }
    let machines = counted(gross.whole, "machine", "machines");
    let owing = counted(figures.not_yet_due(), "owes an update that is", "owe updates that are");
    format!("Of {machines} in scope {} within deadline ({gross}); {owing} not yet due.", are(gross.part))
}

fn late(source: &Source<'_>) -> String {
    let figures = &source.figures;
    let machines = figures.in_segment(Segment::Overdue);
    let Some((asset, update, due)) = figures.oldest else {
        return "No machine is overdue.".to_owned();
    };
    let due_at = instant(due);
    let days = days_begun(source.spec.as_of_at - due_at).unsigned_abs();
    let owner = source.book.person_name(source.book.assets.rows()[asset as usize].owner);
    let owner = if owner.is_empty() {
        "nobody is named as its owner".to_owned()
    } else {
        format!("its owner is {owner}")
    };
    format!(
        "{} overdue; the oldest item is {} on {}, {} past its due date of {}, and {owner}.",
        capital(&format!(
            "{} {}",
            counted(machines, "machine", "machines"),
            if machines == 1 { "is" } else { "are" }
        )),
        source.update(update),
        source.asset(asset),
        counted(days, "day", "days"),
        source.day(due_at),
    )
}

fn seen(source: &Source<'_>) -> String {
    let figures = &source.figures;
    let silent = figures.in_scope() - figures.observed();
    let eyes = if silent == 0 {
        "Every machine in scope reported recently and fully enough to be judged".to_owned()
    } else {
        let machines = counted(silent, "machine", "machines");
        format!("{machines} in scope did not report recently or fully enough to be judged")
    };
    let unsupported = figures.machines.iter().filter(|machine| machine.unsupported).count() as u64;
    format!(
        "{eyes}; {} past the end of security updates.",
        counted(unsupported, "machine is", "machines are")
    )
}

fn are(n: u64) -> String {
    counted(n, "is", "are")
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
