//! Change templates: written by anybody, ratified by somebody named, withdrawn with a reason.

use chrono::Days;

use super::super::super::book::Book;
use super::super::super::change::ChangeKind;
use super::super::super::change::duty::left_on;
use super::super::super::change::template::{ChangeTemplate, ChangeTemplateId};
use super::super::super::command::{Decision, Edit, Issues, Ratification};
use super::super::super::row::RowChange;
use super::super::{Findings, Moment, one_change, refused, still_as_read};
use super::{decision, evidence_is_whole};
use crate::util::clock::{day_in, day_text, zone};
use crate::util::text::{block, fold, line};

pub(super) fn save(book: &Book, edit: Edit<ChangeTemplate>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Edit { base, mut row } = edit;
    if let Some(base) = &base {
        still_as_read(book.change_templates.get(base.id.0), base, &base.name)?;
    }
    row.id = base.as_ref().map_or_else(|| ChangeTemplateId(moment.ids.next()), |base| base.id);
    row.name = line(&row.name).into_owned();
    row.reason = block(&row.reason);
    let mut findings = Findings::default();
    findings.demand("name", &row.name, "Give the template a name.");
    let same = |other: &&ChangeTemplate| other.id != row.id && fold(&other.name) == fold(&row.name);
    if let Some(other) = book.change_templates.iter().find(same) {
        findings.add("name", format!("There is already a template called {}.", other.name));
    }
    if row.kind == ChangeKind::Emergency {
        findings.add("kind", "An emergency is not made from a template. Choose standard or normal.");
    }
    if !(0..=60 * 24 * 7).contains(&row.window_minutes) {
        findings.add("window_minutes", "A window is at most a week long.");
    }
    if row.plan.quiet_days.is_some_and(|days| !(0..=90).contains(&days)) {
        findings.add("quiet_days", "A quiet period is between 0 and 90 days.");
    }
    findings.done()?;
    // What was ratified is this very plan: another one has to be ratified again.
    let kept = base.as_ref().filter(|b| (b.kind, &b.plan) == (row.kind, &row.plan));
    row.ratified_by = kept.and_then(|b| b.ratified_by);
    row.ratified_function = kept.map_or_else(String::new, |b| b.ratified_function.clone());
    row.ratified_at = kept.and_then(|b| b.ratified_at);
    row.evidence_name = kept.map_or_else(String::new, |b| b.evidence_name.clone());
    row.evidence_sha256 = kept.map_or_else(String::new, |b| b.evidence_sha256.clone());
    row.expires_on = kept.and_then(|b| b.expires_on);
    row.revoked_at = base.as_ref().and_then(|b| b.revoked_at);
    row.revoked_because = base.as_ref().map_or_else(String::new, |b| b.revoked_because.clone());
    let what = if base.is_some() { "Change" } else { "Add" };
    Ok(one_change(format!("{what} template {}", row.name), base.as_ref(), &row))
}

pub(super) fn ratify(book: &Book, given: &Ratification, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Some(template) = book.change_templates.get(given.template.0) else {
        return Err(refused("The template is no longer in the register."));
    };
    let mut findings = Findings::default();
    if template.plan.backout_plan.trim().is_empty() {
        findings.add("backout_plan", "The template has no back-out plan. Write one before it is ratified.");
    }
    let function = line(&given.function).into_owned();
    findings.demand("function", &function, "Say as what they ratify it.");
    let today = day_in(zone(&book.shop.zone), moment.at);
    match book.people.get(given.person.0) {
        None => findings.add("person", "Name somebody who is in the register."),
        Some(person) => {
            let then = day_in(zone(&book.shop.zone), given.at);
            if let Some(last) = left_on(book, given.person, then) {
                let text = format!("{} left on {}. Name somebody else.", person.name, day_text(last));
                findings.add("person", text);
            }
        }
    }
    if given.at > moment.at {
        findings.add("at", "It was ratified in the future. Give the time at which it was decided.");
    }
    let longest = today.checked_add_days(Days::new(366)).unwrap_or(today);
    if given.expires_on <= today || given.expires_on > longest {
        findings.add("expires_on", "A ratification holds for at most a year from today.");
    }
    let (name, sha256) = given.evidence.clone().unwrap_or_default();
    if !evidence_is_whole(&name, &sha256) {
        findings.add("evidence", "The evidence needs its name and its SHA-256. Choose the file again.");
    }
    findings.done()?;
    let after = ChangeTemplate {
        ratified_by: Some(given.person),
        ratified_function: function,
        ratified_at: Some(given.at),
        evidence_name: line(&name).into_owned(),
        evidence_sha256: sha256,
        expires_on: Some(given.expires_on),
        revoked_at: None,
        revoked_because: String::new(),
        ..template.clone()
    };
    let label = format!("Ratify template {}", template.name);
    Ok(decision(label, RowChange::update(template, &after).into_iter().collect()))
}

pub(super) fn revoke(
    book: &Book,
    template: ChangeTemplateId,
    because: &str,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let Some(template) = book.change_templates.get(template.0) else {
        return Err(refused("The template is no longer in the register."));
    };
    let because = line(because).into_owned();
    let mut findings = Findings::default();
    findings.demand("because", &because, "Say why the template is withdrawn.");
    if template.revoked_at.is_some() {
        findings.add("", format!("The template {} was withdrawn already.", template.name));
    }
    findings.done()?;
    let after = ChangeTemplate { revoked_at: Some(moment.at), revoked_because: because, ..template.clone() };
    let label = format!("Withdraw template {}", template.name);
    Ok(decision(label, RowChange::update(template, &after).into_iter().collect()))
}
