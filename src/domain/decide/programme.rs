//! The programme's lists: rows are added, changed, ordered and taken out; what they hold is checked by the table of their fields.

use std::collections::BTreeSet;

use super::super::book::Book;
use super::super::command::{Decision, Edit, Issues, ProgrammeCommand};
use super::super::programme::check::check;
use super::super::programme::table::entries;
use super::super::programme::{ProgrammeEntry, ProgrammeEntryId, ProgrammeKind};
use super::super::row::RowChange;
use super::{Findings, Moment, one_change, refused, still_as_read, today};

pub(super) fn decide(book: &Book, command: ProgrammeCommand, moment: Moment<'_>) -> Result<Decision, Issues> {
    match command {
        ProgrammeCommand::Save(edit) => save(book, *edit, moment),
        ProgrammeCommand::Order(kind, order) => place(book, kind, &order),
        ProgrammeCommand::End(id) => end(book, id, moment),
    }
}

fn save(book: &Book, edit: Edit<ProgrammeEntry>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Edit { base, mut row } = edit;
    if let Some(base) = &base {
        still_as_read(book.programme.get(base.id.0), base, base.name())?;
        if base.ended_at.is_some() {
            return Err(refused(format!("{} was taken out of the list. Add it anew.", base.name())));
        }
        (row.id, row.kind, row.position) = (base.id, base.kind, base.position);
        row.created_at = base.created_at;
    } else {
        let last = entries(book, row.kind).last().map_or(0, |row| row.position);
        row.id = ProgrammeEntryId(moment.ids.next());
        row.position = last + 1;
        row.created_at = moment.at;
    }
    row.ended_at = None;
    let mut findings = Findings::default();
    for (field, text) in check(book, &mut row, today(book, moment)) {
        findings.add(field, text);
    }
    findings.done()?;
    let list = row.kind.text();
    let label = format!("{} {} in {list}", if base.is_some() { "Change" } else { "Add" }, row.name());
    Ok(one_change(label, base.as_ref(), &row))
}

fn place(book: &Book, kind: ProgrammeKind, order: &[ProgrammeEntryId]) -> Result<Decision, Issues> {
    let named: BTreeSet<ProgrammeEntryId> = order.iter().copied().collect();
    let known: BTreeSet<ProgrammeEntryId> = entries(book, kind).into_iter().map(|row| row.id).collect();
    if named != known || named.len() != order.len() {
        return Err(refused("The list was changed meanwhile. Look at it, then order it again."));
    }
    let placed = (1_i64..).zip(order).filter_map(|(position, id)| {
        let before = book.programme.get(id.0)?;
        RowChange::update(before, &ProgrammeEntry { position, ..before.clone() })
    });
    Ok(Decision { label: format!("Order {}", kind.text()), changes: placed.collect(), batch: None })
}

fn end(book: &Book, id: ProgrammeEntryId, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Some(row) = book.programme.get(id.0).filter(|row| row.ended_at.is_none()) else {
        return Err(refused("The row was taken out already. Look at the list again."));
    };
    let ended = ProgrammeEntry { ended_at: Some(moment.at), ..row.clone() };
    let label = format!("Take {} out of {}", row.name(), row.kind.text());
    Ok(one_change(label, Some(row), &ended))
}
