//! A posture on paper: its four parts, its figures, its machines, and how it stands against the baseline (requirements S0-01 to
//! S0-04).

use super::comparison;
use super::layout::{Column, Layout, SegmentBar, Table};
use super::monthly::words::parts;
use super::sheet::{Source, Spec};
use crate::domain::book::Book;
use crate::domain::month::canonical::verify_posture;
use crate::domain::month::compare::{Side, compare, segment_text};
use crate::domain::month::measure::segments;
use crate::domain::month::standing::baseline;
use crate::domain::month::{Posture, PostureId, name};
use crate::util::text::count;

/// A posture; nothing if there is none such.
pub fn build(book: &Book, spec: Spec, posture: PostureId) -> Option<Layout> {
    let source = Source::new(book, spec);
    let posture = book.postures.get(posture.0)?;
    let mut layout = source.sheet(format!("Security posture: {}", posture.name));
    layout.subtitle = format!("As of {}, taken by {}", source.instant(posture.taken_at), posture.taken_by);
    if !verify_posture(posture) {
        layout.warn("The digest does not fit what the posture holds: do not rely on it.");
    }
    layout.fact("SHA-256", posture.sha256.clone());
    layout.fact("Counted by", posture.definitions.clone());
    let known = baseline(book);
    let is_baseline = known.is_some_and(|known| known.id == posture.id);
    layout.fact(
        "Baseline",
        match (is_baseline, known) {
            (true, _) => "this is the baseline".to_owned(),
            (false, Some(known)) => known.name.clone(),
            (false, None) => "none yet".to_owned(),
        },
    );
    if let Some(seal) = posture.seal.and_then(|id| book.seals.get(id.0)) {
        layout.fact("Goes with", format!("seal of {}, {}", name::text(&seal.month), seal.sha256));
    }
    for (title, text) in [
        ("What threatens us", &posture.threat),
        ("What must be protected", &posture.protection),
        ("What is protected", &posture.environment),
        ("The state of the defences", &posture.defence),
    ] {
        layout.heading(1, title);
        for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            layout.paragraph(paragraph.to_owned());
        }
    }
    figures(posture, &mut layout);
    if let Some(known) = known.filter(|known| known.id != posture.id) {
        layout.heading(1, format!("Against the baseline, {}", known.name));
        if !verify_posture(known) {
            layout.warn(comparison::altered(Side::Posture(known)));
        }
        let found = compare(Side::Posture(known), Side::Posture(posture));
        comparison::lists(&found, &mut layout);
    }
    machines(posture, &mut layout);
    Some(layout)
}

fn figures(posture: &Posture, layout: &mut Layout) {
    layout.heading(1, "Figures");
    let counts = segments(&posture.figures);
    let shown: Vec<String> = counts.iter().map(u64::to_string).collect();
    layout.segment_bar(SegmentBar {
        caption: "Machines in scope".to_owned(),
        segments: parts(counts),
        sum: format!("{} = {}", counts.iter().sum::<u64>(), shown.join(" + ")),
    });
    let columns = vec![
        Column::text("Figure").weight(0.6),
        Column::text("Name").weight(2.0),
        Column::text("Value").weight(4.0),
    ];
    let mut table = Table::new("", columns);
    for figure in posture.figures.iter().filter(|figure| !figure.id.contains('/')) {
        table.row([figure.id.as_str(), figure.name.as_str(), figure.text.as_str()]);
    }
    layout.table(table);
}

fn machines(posture: &Posture, layout: &mut Layout) {
    layout.heading(1, "Machines");
    let mut columns = vec![Column::text("Machine").weight(1.4), Column::text("Segment").weight(1.4)];
    columns.extend(["Open", "Overdue", "Installed age, days"].map(Column::number));
    let mut table = Table::new("", columns).when_empty("The register was empty.");
    for machine in &posture.machines {
        let age = machine.installed_age_days.map_or_else(|| "none".to_owned(), |days| days.to_string());
        table.row([
            machine.name.clone(),
            segment_text(&machine.segment).to_owned(),
            count(machine.open.unsigned_abs()),
            count(machine.overdue.unsigned_abs()),
            age,
        ]);
    }
    layout.table(table);
}
