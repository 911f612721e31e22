//! The monthly compliance report of a sealed month: printed from its seal alone, so that nothing recorded later can move a number
//! on it. Only signatures and later restatements are added to it. Counts nothing.

mod ask;
mod cut;
pub(super) mod input;
pub(super) mod summary;
mod work;
mod year;

use chrono_tz::Tz;

use super::layout::{Cell, Column, Layout, Mark, SignatureLine, Table};
use super::monthly::words::look;
use super::sheet::Spec;
use crate::domain::book::Book;
use crate::domain::compliance::machine::Segment;
use crate::domain::month::canonical::{ALTERED, verify_seal};
use crate::domain::month::close::SIGNERS;
use crate::domain::month::compare::segment_text;
use crate::domain::month::standing::{differences, seals_of, signatures};
use crate::domain::month::{Seal, SealId, SealedFigure, Signature, name};
use crate::report::layout::Block;
use crate::util::clock;
use crate::util::text::{count, fold};

/// What every page draws from.
struct Source<'a> {
    book: &'a Book,
    seal: &'a Seal,
    /// The shop's zone when the month was sealed.
    zone: Tz,
}

impl Source<'_> {
    fn instant(&self, at: i64) -> String {
        clock::text_in(self.zone, at)
    }

    fn day(&self, at: i64) -> String {
        clock::day_text(clock::day_in(self.zone, at)).replace(' ', "\u{a0}")
    }

    /// `24 Nov 2026`, for narrow places.
    fn date(&self, at: i64) -> String {
        clock::day_in(self.zone, at).format("%-d\u{a0}%b\u{a0}%Y").to_string()
    }

    /// `24 Nov 2026 18:00`, kept on one line, for narrow places.
    fn minute(&self, at: i64) -> String {
        clock::utc(at).with_timezone(&self.zone).format("%-d\u{a0}%b\u{a0}%Y\u{a0}%H:%M").to_string()
    }

    fn figure(&self, id: &str) -> Option<&SealedFigure> {
        self.seal.outputs.figure(id)
    }

    fn text(&self, id: &str) -> String {
        self.figure(id).map_or_else(|| "not counted".to_owned(), |figure| figure.text.clone())
    }

    fn part(&self, id: &str) -> u64 {
        self.seal.outputs.part(id)
    }
}

/// The report of a seal; nothing if there is no such seal.
pub fn build(book: &Book, spec: Spec, seal: SealId) -> Option<Layout> {
    let seal = book.seals.get(seal.0)?;
    let zone = if seal.inputs.zone.is_empty() { &book.shop.zone } else { &seal.inputs.zone };
    let source = Source { book, seal, zone: clock::zone(zone) };
    let mut layout = cover(&source, spec);
    summary::summary(&source, &mut layout);
    summary::ledger(&source, &mut layout);
    cut::cuts(&source, &mut layout);
    work::overdue(&source, &mut layout);
    work::silent(&source, &mut layout);
    work::ages(&source, &mut layout);
    work::pace(&source, &mut layout);
    work::work(&source, &mut layout);
    year::year(&source, &mut layout);
    input::moved(&source, &mut layout);
    input::answered(&source, &mut layout);
    restatements(&source, &mut layout);
    ask::absent(&source, &mut layout);
    super::monthly::formula::formulas(&seal.outputs.figures, &seal.definitions, &mut layout);
    input::in_force(&source, &mut layout);
    machines(&source, &mut layout);
    Some(layout)
}

fn cover(source: &Source<'_>, spec: Spec) -> Layout {
    let (book, seal) = (source.book, source.seal);
    let sheet = super::sheet::Source::new(book, spec);
    let mut layout = sheet.sheet("Monthly compliance report");
    layout.opening = super::layout::Opening::Cover;
    layout.subtitle = name::text(&seal.month);
    if !seal.inputs.shop.is_empty() {
        layout.shop.clone_from(&seal.inputs.shop);
    }
    layout.version_line = format!("{}, {}", seal.definitions, seal.program);
    layout.notice = notice(source);
    layout.mark = if book.shop.sample { Mark::Sample } else { Mark::None };
    layout.fact("As of", source.instant(seal.as_of_at));
    layout.fact("Period", name::text(&seal.month));
    layout.fact("Sealed", format!("{} by {}", source.instant(seal.sealed_at), seal.sealed_by));
    layout.fact("Seal SHA-256", seal.sha256.clone());
    layout.fact("History", format!("entry {}, {}", seal.inputs.head_seq, seal.inputs.head));
    layout.fact("Definitions", seal.definitions.clone());
    layout.fact("Program", seal.program.clone());
    if seal.number > 1 {
        layout.fact("Restates", format!("seal {}: {}", seal.number - 1, seal.reason));
        layout.fact("Approved by", seal.approved_by.clone());
    }
    if !verify_seal(seal) {
        layout.warn(format!(
            "This month is {ALTERED}: the digest does not fit what the seal holds. Do not rely on anything in this report, and look \
             for a copy of the file that was made before."
        ));
    }
    let later = seals_of(book, &seal.month).into_iter().rfind(|other| other.number > seal.number);
    if let Some(later) = later {
        layout.warn(format!(
            "This month was restated: seal {} of {} replaces these figures.",
            later.number,
            source.instant(later.sealed_at)
        ));
    }
    layout.heading(2, "Judgement");
    layout.paragraph(seal.judgement.clone());
    signed(source, &mut layout);
    layout.page_break().contents(2).page_break();
    layout
}

/// `SEALED November 2026, SHA-256 3f2a9c01...`, at the upper edge of every page; that it is not as it was sealed where the digest
/// does not fit.
fn notice(source: &Source<'_>) -> String {
    let seal = source.seal;
    let short: String = seal.sha256.chars().take(16).collect();
    let restated = if seal.number > 1 { format!(", restatement {}", seal.number - 1) } else { String::new() };
    let month = name::text(&seal.month);
    if verify_seal(seal) {
        format!("SEALED {month}{restated}, SHA-256 {short}")
    } else {
        format!("{month}{restated} is {ALTERED}: SHA-256 {short} does not fit")
    }
}

/// What to say where one person signed for several: nobody else has looked.
pub(in crate::report) fn signed_alone(given: &[&Signature]) -> Option<String> {
    let times = |row: &Signature| given.iter().filter(|other| fold(&other.name) == fold(&row.name)).count();
    let row = given.iter().find(|row| times(row) > 1)?;
    let meanings: Vec<String> = given
        .iter()
        .filter(|other| fold(&other.name) == fold(&row.name))
        .map(|other| other.meaning.to_lowercase())
        .collect();
    Some(format!("One person signed as {}: {}.", meanings.join(" and as "), row.name))
}

/// Signatures as recorded; a line to sign on for each that is missing.
fn signed(source: &Source<'_>, layout: &mut Layout) {
    let given = signatures(source.book, source.seal.id);
    let line = |row: &&Signature| SignatureLine {
        meaning: row.meaning.clone(),
        name: row.name.clone(),
        function: row.function.clone(),
        // The line is narrow: the date goes without its weekday.
        date: source.date(row.signed_at),
    };
    let mut lines: Vec<SignatureLine> = given.iter().map(line).collect();
    for (meaning, _) in SIGNERS {
        if !given.iter().any(|row| row.meaning == meaning) {
            lines.push(SignatureLine { meaning: meaning.to_owned(), ..SignatureLine::default() });
        }
    }
    layout.push(Block::SignatureLines(lines));
    if let Some(text) = signed_alone(&given) {
        layout.warn(text);
    }
    for row in given {
        layout.paragraph(format!(
            "{} by {} ({}) on {} {}; recorded on {}.",
            row.meaning,
            row.name,
            row.function,
            source.instant(row.signed_at),
            row.told_text(),
            source.instant(row.recorded_at)
        ));
    }
}

/// What was restated since the seal before, field by field.
fn restatements(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "Restatements", "restatements");
    let seals = seals_of(source.book, &source.seal.month);
    if seals.len() < 2 {
        layout.paragraph("None: these are the figures that were sealed first.");
        return;
    }
    for pair in seals.windows(2) {
        let (old, new) = (pair[0], pair[1]);
        layout.heading(2, format!("Restatement {}", new.number - 1));
        layout.paragraph(format!(
            "Reason: {} (sealed on {} by {}, approved by {}, SHA-256 {})",
            new.reason,
            source.instant(new.sealed_at),
            new.sealed_by,
            new.approved_by,
            new.sha256
        ));
        let columns = vec![
            Column::text("Of").weight(1.4),
            Column::text("Field").weight(2.0),
            Column::text("Sealed before").weight(2.0),
            Column::text("Restated").weight(2.0),
        ];
        let mut table = Table::new("", columns).when_empty("No figure and no machine differs.");
        for found in differences(&old.outputs, &new.outputs) {
            table.row([found.of, found.name, found.before, found.after]);
        }
        layout.table(table);
    }
}

fn machines(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "Machines", "machines");
    let columns = vec![
        Column::text("Machine"),
        Column::text("Group").weight(1.3),
        Column::text("Owner").weight(1.3),
        Column::text("Segment"),
        Column::number("Open"),
        Column::number("Overdue"),
        Column::number("Waived"),
        Column::number("Age, days"),
        Column::text("Last report"),
    ];
    let mut table = Table::new("", columns).when_empty("The register was empty.");
    for machine in &source.seal.outputs.machines {
        let segment = match Segment::of_word(&machine.segment) {
            Some(segment) => Cell::new(segment.text()).tone(look(segment).0),
            None => Cell::new(segment_text(&machine.segment)),
        };
        let n = |n: i64| Cell::new(count(n.unsigned_abs()));
        let age = machine.installed_age_days.map_or_else(|| "none".to_owned(), |days| days.to_string());
        table.row([
            Cell::new(machine.name.clone()),
            Cell::new(machine.group.clone()),
            Cell::new(machine.owner.clone()),
            segment,
            n(machine.open),
            n(machine.overdue),
            n(machine.waived),
            Cell::new(age),
            Cell::new(machine.report_at.map_or_else(|| "never".to_owned(), |at| source.date(at))),
        ]);
    }
    layout.table(table);
    layout.note(format!(
        "Age is that of the newest update a machine showed installed. The history of the file stood at entry {} with hash {}.",
        source.seal.inputs.head_seq, source.seal.inputs.head
    ));
}
