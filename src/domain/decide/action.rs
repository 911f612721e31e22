//! Action items: agreed with an owner and a date, then done, or given up with a reason.

use super::super::action::{Action, ActionId, Origin};
use super::super::book::Book;
use super::super::command::{Decision, Edit, Issues};
use super::super::person::why_absent;
use super::{Findings, Moment, one_change, refused, still_as_read, today};
use crate::util::text::line;

/// The most of an action that its label repeats, in characters.
const LABEL_MAX: usize = 60;

fn short(text: &str) -> String {
    if text.chars().count() <= LABEL_MAX {
        return text.to_owned();
    }
    text.chars().take(LABEL_MAX).chain(['…']).collect()
}

pub(super) fn save(book: &Book, edit: Edit<Action>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Edit { base, mut row } = edit;
    if let Some(base) = &base {
        still_as_read(book.actions.get(base.id.0), base, "The action")?;
        open(book, base.id)?;
    }
    row.id = base.as_ref().map_or_else(|| ActionId(moment.ids.next()), |base| base.id);
    row.created_at = base.as_ref().map_or(moment.at, |base| base.created_at);
    (row.done_at, row.done_by, row.result) = (None, String::new(), String::new());
    row.dropped_because = String::new();
    row.what = line(&row.what).into_owned();
    let mut findings = Findings::default();
    findings.demand("what", &row.what, "Say what is to be done.");
    let today = today(book, moment);
    // An issue of the night becomes an action while there is no time to think; its owner and date come later.
    let in_a_hurry = matches!(row.origin, Origin::Entry(_)) && base.is_none();
    match row.owner {
        None if !in_a_hurry => findings.add("owner", "Say who does it."),
        Some(owner) if base.as_ref().is_none_or(|base| base.owner != row.owner) => {
            if let Some(why) = why_absent(book, owner, row.due_on.map_or(today, |due| due.max(today))) {
                findings.add("owner", why);
            }
        }
        _ => {}
    }
    match row.due_on {
        None if !in_a_hurry => findings.add("due_on", "Say by when."),
        Some(due) if due < today && base.as_ref().is_none_or(|base| base.due_on != row.due_on) => {
            findings.add("due_on", "That day has passed. Choose today or later.");
        }
        _ => {}
    }
    if !origin_exists(book, row.origin) {
        findings.add("origin", "What it comes from is no longer in the register. Choose another origin.");
    }
    findings.done()?;
    let label = format!("{} action “{}”", if base.is_some() { "Change" } else { "Add" }, short(&row.what));
    Ok(one_change(label, base.as_ref(), &row))
}

fn origin_exists(book: &Book, origin: Origin) -> bool {
    match origin {
        Origin::Own => true,
        Origin::Meeting(id) => book.meetings.get(id.0).is_some(),
        Origin::Cycle(id) => book.cycles.get(id.0).is_some(),
        Origin::Change(id) => book.changes.get(id.0).is_some(),
        Origin::Entry(id) => book.run_entries.get(id.0).is_some(),
    }
}

/// An action somebody still has to do.
fn open(book: &Book, id: ActionId) -> Result<&Action, Issues> {
    match book.actions.get(id.0) {
        Some(action) if action.is_open() => Ok(action),
        Some(action) if action.done_at.is_some() => Err(refused(format!(
            "It is done already, by {}. Take that back with Undo first.",
            action.done_by
        ))),
        Some(_) => Err(refused("It was given up. Take that back with Undo, or add it anew.")),
        None => Err(refused("The action is no longer in the register.")),
    }
}

pub(super) fn done(
    book: &Book,
    id: ActionId,
    by: &str,
    result: &str,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let action = open(book, id)?;
    let mut findings = Findings::default();
    findings.demand("by", by, "Say who did it.");
    findings.done()?;
    let after = Action {
        done_at: Some(moment.at),
        done_by: line(by).into_owned(),
        result: line(result).into_owned(),
        ..action.clone()
    };
    Ok(one_change(format!("Done: “{}”", short(&action.what)), Some(action), &after))
}

pub(super) fn give_up(book: &Book, id: ActionId, because: &str) -> Result<Decision, Issues> {
    let action = open(book, id)?;
    let mut findings = Findings::default();
    findings.demand("because", because, "Say why it is given up.");
    findings.done()?;
    let after = Action { dropped_because: line(because).into_owned(), ..action.clone() };
    Ok(one_change(format!("Give up “{}”", short(&action.what)), Some(action), &after))
}
