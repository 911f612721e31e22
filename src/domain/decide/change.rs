//! Change records along their states: which command goes where, and what every one of them has in common.
//!
//! The rules about fields and moves are not here: they are one table in `domain::change::state` and the hard stops in
//! `domain::change::missing`. An edit that changes what was approved voids the approval in the same operation.

pub(super) mod approval;
mod bulk;
mod line;
mod message;
mod save;
mod step;
mod template;
mod test;

use super::super::approval::{Approval, Verdict, on_change};
use super::super::book::Book;
use super::super::change::line::ChangeLine;
use super::super::change::state::without_approval;
use super::super::change::{ChangeId, ChangeRecord, ChangeState, fingerprint};
use super::super::command::{ChangeCommand, Decision, Issues};
use super::super::row::RowChange;
use super::{Moment, refused};

pub(super) fn decide(book: &Book, command: ChangeCommand, moment: Moment<'_>) -> Result<Decision, Issues> {
    match command {
        ChangeCommand::Save(edit) => save::save(book, *edit, moment),
        ChangeCommand::Lines { change, add, remove } => {
            line::put_on_and_take_off(book, change, &add, remove, moment)
        }
        ChangeCommand::Line(edit) => line::save(book, *edit, moment),
        ChangeCommand::Bulk { cycle } => bulk::make(book, cycle, moment),
        ChangeCommand::Move(step) => step::make(book, &step, moment),
        ChangeCommand::Test(edit) => test::save(book, *edit, moment),
        ChangeCommand::VoidTest { test, because } => test::void(book, test, &because),
        ChangeCommand::Verify { change, found } => line::verify(book, change, found, moment),
        ChangeCommand::Template(edit) => template::save(book, *edit, moment),
        ChangeCommand::RatifyTemplate(ratification) => template::ratify(book, &ratification, moment),
        ChangeCommand::RevokeTemplate { template, because } => {
            template::revoke(book, template, &because, moment)
        }
        ChangeCommand::Notice(notice) => message::write(&notice, moment),
        ChangeCommand::Sent { notice, at } => message::sent(book, notice, at, moment),
    }
}

/// The record of an emergency as its declaration makes it; everything but its number and state is for the caller to fill in.
pub(super) fn declared(book: &Book, row: ChangeRecord, moment: Moment<'_>) -> ChangeRecord {
    ChangeRecord {
        state: ChangeState::Declared,
        approve_by_at: row.approve_by_at,
        ..save::prepare(book, row, 1, moment)
    }
}

fn record(book: &Book, change: ChangeId) -> Result<&ChangeRecord, Issues> {
    book.changes.get(change.0).ok_or_else(|| refused("The change record is no longer in the register."))
}

/// The rows that change when a record and some of its lines become what they shall be: an approval that was given for
/// something else is void from here, and before the work has begun the record goes back to where it can be decided on.
fn edited(
    book: &Book,
    before: &ChangeRecord,
    mut after: ChangeRecord,
    lines: &[ChangeLine],
    moment: Moment<'_>,
) -> Vec<RowChange> {
    let text = fingerprint::canonical_of(book, &after, lines);
    let now = fingerprint::of_text(&text);
    let mut changes = Vec::new();
    for approval in standing_rows(book, before.id) {
        if approval.fingerprint != now {
            let fields: Vec<String> = fingerprint::differences(book, &approval.decided_text, &text)
                .into_iter()
                .map(|difference| difference.field)
                .collect();
            let because = format!("changed since: {}", fields.join(", "));
            changes.extend(voided(approval, &because, moment));
            after.state = without_approval(before.kind, before.state);
        }
    }
    changes.extend(RowChange::update(before, &after));
    for line in lines {
        match book.change_lines.get(line.id.0) {
            Some(old) => changes.extend(RowChange::update(old, line)),
            None => changes.push(RowChange::create(line)),
        }
    }
    changes
}

/// The approvals of a record that are not void.
fn standing_rows(book: &Book, change: ChangeId) -> impl Iterator<Item = &Approval> {
    let stands = |a: &&Approval| a.decision == Verdict::Approve && a.voided_at.is_none();
    on_change(book, change).into_iter().filter(stands)
}

fn voided(approval: &Approval, because: &str, moment: Moment<'_>) -> Option<RowChange> {
    let after =
        Approval { voided_at: Some(moment.at), voided_because: because.to_owned(), ..approval.clone() };
    RowChange::update(approval, &after)
}

fn decision(label: impl Into<String>, changes: Vec<RowChange>) -> Decision {
    Decision { label: label.into(), changes, batch: None }
}

/// An evidence file is named by its name and its SHA-256, both or neither.
fn evidence_is_whole(name: &str, sha256: &str) -> bool {
    name.is_empty() && sha256.is_empty()
        || !name.is_empty() && crate::util::hash::digest_of_hex(sha256).is_some()
}
