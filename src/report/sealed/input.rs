//! What went into a sealed month: what moved it, what was answered, and the rules, settings, data and documents in force.

use super::Source;
use crate::domain::compliance::moved::Matter;
use crate::domain::document::shipped::template;
use crate::domain::month::{SealInputs, SealedCatalogue};
use crate::report::layout::{Column, Layout, Table};
use crate::util::text::count;

pub(super) fn moved(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "What moved the figures besides patching", "moved");
    let lines = &source.seal.outputs.moved;
    if lines.is_empty() {
        layout.paragraph("Nothing but patching moved them.");
    } else {
        layout.bullets(alike(lines));
    }
}

/// Lines that differ in nothing but what they are of, as one with how many it stands for and every name.
fn alike(lines: &[String]) -> Vec<String> {
    // What comes before the name, what comes after it, and the lines with their names.
    let mut groups: Vec<(&str, &str, Vec<&str>, &str)> = Vec::new();
    for line in lines {
        let (head, of, tail) = parted(line).unwrap_or((line, "", ""));
        let same = |group: &&mut (&str, &str, Vec<&str>, &str)| {
            !of.is_empty() && (group.0, group.1) == (head, tail) && !group.2[0].is_empty()
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.2.push(of),
            None => groups.push((head, tail, vec![of], line)),
        }
    }
    let told = |(head, tail, names, line): (&str, &str, Vec<&str>, &str)| match names.len() {
        1 => line.to_owned(),
        n => format!("{head} of {} alike ({}): {tail}", count(n as u64), names.join("; ")),
    };
    groups.into_iter().map(told).collect()
}

/// A sealed line, `INSTANT: MATTER of NAME: REST`, in head, name and rest; nothing where it is not written so.
fn parted(line: &str) -> Option<(&str, &str, &str)> {
    let (at, rest) = line.split_once(": ")?;
    let matter = Matter::ALL.iter().find_map(|matter| {
        rest.strip_prefix(matter.text()).and_then(|rest| rest.strip_prefix(" of ")).map(|_| matter.text())
    })?;
    let head = &line[..at.len() + 2 + matter.len()];
    let (name, tail) = rest[matter.len() + " of ".len()..].split_once(": ")?;
    Some((head, name, tail))
}

pub(super) fn answered(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "The list before the month was sealed", "answered");
    let columns = vec![Column::text("Point").weight(1.4), Column::text("Found and answered").weight(5.0)];
    let mut table = Table::new("", columns).when_empty("No list was kept.");
    for (point, text) in &source.seal.answered {
        table.row([point.clone(), text.clone()]);
    }
    layout.table(table);
}

pub(super) fn in_force(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(1, "Rules, data and documents in force", "force");
    let inputs = &source.seal.inputs;
    layout.heading(2, "Deadline rules and presets");
    if inputs.rules.is_empty() {
        layout.paragraph("No deadline rule was recorded, so nothing could fall due.");
    } else {
        layout.bullets(inputs.rules.clone());
    }
    layout.heading(2, "Settings");
    layout.bullets(inputs.settings.clone());
    layout.table(catalogues(&inputs.catalogues));
    layout.table(documents(&inputs.documents));
}

/// Threat data as it was sealed.
pub(in crate::report) fn catalogues(rows: &[SealedCatalogue]) -> Table {
    let columns = vec![
        Column::text("Threat data").weight(1.4),
        Column::text("Version").weight(2.0),
        Column::text("SHA-256").weight(4.0),
    ];
    let mut table = Table::new("Threat data", columns).when_empty("No threat data had been loaded by then.");
    for row in rows {
        table.row([row.kind.as_str(), row.version.as_str(), row.sha256.as_str()]);
    }
    table
}

/// Documents in force as they were sealed.
pub(in crate::report) fn documents(rows: &[(String, i64)]) -> Table {
    let columns = vec![Column::text("Document").weight(4.0), Column::number("Version")];
    let mut table = Table::new("Documents in force", columns).when_empty("No document was in force by then.");
    for (key, number) in rows {
        let title = template(key).map_or_else(|| key.clone(), |template| template.title.clone());
        table.row([title, number.to_string()]);
    }
    table
}

/// Tables of the register as they were sealed.
pub(in crate::report) fn tables(inputs: &SealInputs) -> Table {
    let columns = vec![
        Column::text("Table or import").weight(1.6),
        Column::number("Rows"),
        Column::text("SHA-256").weight(4.4),
    ];
    let mut table = Table::new("What the figures were counted from", columns).when_empty("Nothing.");
    for row in &inputs.tables {
        table.row([row.name.clone(), count(row.rows.unsigned_abs()), row.sha256.clone()]);
    }
    table
}
