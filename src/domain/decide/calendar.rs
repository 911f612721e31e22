//! Release rules, one-off releases, holidays and freezes, maintenance windows, cycle templates.

use std::collections::BTreeSet;

use chrono_tz::Tz;

use super::super::book::Book;
use super::super::calendar::closure::{Closure, ClosureId};
use super::super::calendar::expected::month_named;
use super::super::calendar::release::{ReleaseOverride, ReleaseOverrideId, ReleaseRule, ReleaseRuleId};
use super::super::calendar::shift::{Closures, name as closure_name};
use super::super::calendar::slot::slots_of;
use super::super::calendar::window::{MaintenanceWindow, Recurs, WindowId};
use super::super::calendar::zone::time_of;
use super::super::command::{CalendarCommand, Decision, Edit, Issues};
use super::super::cycle::CycleKind;
use super::super::cycle::template::{CycleTemplate, CycleTemplateId, StepWhen, TemplateStep};
use super::super::row::Row;
use super::super::shelf::Shelf;
use super::{Findings, Moment, one_change, refused, still_as_read};
use crate::util::clock::{DAY_SECS, day_in, zone};
use crate::util::text::{fold, line};

/// How far a step or a window may lie from its release, in days (issue 3: -31 to +45).
pub(super) const OFFSET_DAYS: std::ops::RangeInclusive<i64> = -31..=45;

/// How far ahead a new window is tried out, in days.
const TRY_DAYS: i64 = 731;

pub(super) fn decide(book: &Book, command: CalendarCommand, moment: Moment<'_>) -> Result<Decision, Issues> {
    match command {
        CalendarCommand::Release(edit) => save_release(book, *edit, moment),
        CalendarCommand::EndRelease(id) => end_release(book, id, moment),
        CalendarCommand::Override(edit) => save_override(book, *edit, moment),
        CalendarCommand::EndOverride(id) => end_override(book, id, moment),
        CalendarCommand::Closure(edit) => save_closure(book, *edit, moment),
        CalendarCommand::EndClosure(id) => end_closure(book, id, moment),
        CalendarCommand::Window(edit) => save_window(book, *edit, moment),
        CalendarCommand::EndWindow(id) => end_window(book, id, moment),
        CalendarCommand::Template(edit) => save_template(book, *edit, moment),
        CalendarCommand::EndTemplate(id) => end_template(book, id, moment),
    }
}

/// The row of a form, its id set; the row below must still be as the form read it.
fn row_of<R: Row>(shelf: &Shelf<R>, edit: Edit<R>, name: &str) -> Result<(Option<R>, R), Issues> {
    if let Some(base) = &edit.base {
        still_as_read(shelf.get(base.id()), base, name)?;
    }
    Ok((edit.base, edit.row))
}

fn verb<R>(base: Option<&R>) -> &'static str {
    if base.is_some() { "Change" } else { "Add" }
}

fn standing<'a, R: Row>(
    shelf: &'a Shelf<R>,
    id: i64,
    ended: impl Fn(&R) -> Option<i64>,
    name: &str,
) -> Result<&'a R, Issues> {
    let Some(row) = shelf.get(id) else {
        return Err(refused(format!("{name} is no longer in the register.")));
    };
    if ended(row).is_some() {
        return Err(refused(format!("{name} was already taken off the calendar.")));
    }
    Ok(row)
}

fn save_release(book: &Book, edit: Edit<ReleaseRule>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let (base, mut rule) = row_of(&book.release_rules, edit, "The release rule")?;
    rule.id = base.as_ref().map_or_else(|| ReleaseRuleId(moment.ids.next()), |base| base.id);
    for text in [&mut rule.vendor, &mut rule.title, &mut rule.time, &mut rule.zone, &mut rule.source] {
        *text = line(text).into_owned();
    }
    rule.months.sort_unstable();
    rule.months.dedup();
    let mut findings = Findings::default();
    findings.demand("vendor", &rule.vendor, "Say who releases.");
    findings.demand("title", &rule.title, "Say what is released, such as Security updates.");
    findings.demand("source", &rule.source, "Say where the rule is from, so that it can be checked again.");
    check_nth(&mut findings, rule.nth);
    if rule.months.is_empty() || rule.months.iter().any(|month| !(1..=12).contains(month)) {
        findings.add("months", "Choose the months in which the rule holds.");
    }
    check_time(&mut findings, "time", &rule.time);
    if rule.zone.parse::<Tz>().is_err() {
        findings.add("zone", "This time zone is not known. Write it like America/Los_Angeles.");
    }
    if let (Some(from), Some(until)) = (rule.from_on, rule.until_on)
        && until < from
    {
        findings.add("until_on", "The last day lies before the first. Choose a later one.");
    }
    findings.done()?;
    let label = format!("{} release rule {} {}", verb(base.as_ref()), rule.vendor, rule.title);
    Ok(one_change(label, base.as_ref(), &rule))
}

fn end_release(book: &Book, id: ReleaseRuleId, moment: Moment<'_>) -> Result<Decision, Issues> {
    let before = standing(&book.release_rules, id.0, |r| r.ended_at, "The release rule")?;
    let follows = |w: &&MaintenanceWindow| {
        w.ended_at.is_none() && matches!(w.recurs, Recurs::Release { rule, .. } if rule == id)
    };
    let windows = book.windows.rows().iter().filter(follows).map(|w| format!("window {}", w.name));
    let counts = |t: &&CycleTemplate| t.ended_at.is_none() && t.release == Some(id);
    let templates = book.cycle_templates.rows().iter().filter(counts).map(|t| format!("template {}", t.name));
    let users: Vec<String> = windows.chain(templates).collect();
    if !users.is_empty() {
        return Err(refused(format!(
            "{} {} is counted from by {}. Let them follow another release first.",
            before.vendor,
            before.title,
            users.join(", ")
        )));
    }
    let after = ReleaseRule { ended_at: Some(moment.at), ..before.clone() };
    Ok(one_change(format!("End release rule {} {}", before.vendor, before.title), Some(before), &after))
}

fn save_override(book: &Book, edit: Edit<ReleaseOverride>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let (base, mut row) = row_of(&book.release_overrides, edit, "The one-off release")?;
    row.id = base.as_ref().map_or_else(|| ReleaseOverrideId(moment.ids.next()), |base| base.id);
    row.reason = line(&row.reason).into_owned();
    row.month = line(&row.month).into_owned();
    let mut findings = Findings::default();
    let rule = book.release_rules.get(row.rule.0).filter(|rule| rule.ended_at.is_none());
    if rule.is_none() {
        findings.add("rule", "Choose a release rule that is on the calendar.");
    }
    findings.demand("reason", &row.reason, "Say why the release leaves its rule.");
    match month_named(&row.month) {
        Err(text) => findings.add("month", text),
        Ok(first) => {
            let far = |at: i64| (day_in(chrono_tz::UTC, at) - first).num_days();
            if row.at.is_some_and(|at| !(-31..=76).contains(&far(at))) {
                findings.add(
                    "at",
                    format!("A release for {} cannot lie so far from it. Choose its own month.", row.month),
                );
            }
        }
    }
    let same = |o: &&ReleaseOverride| {
        o.id != row.id && o.ended_at.is_none() && o.rule == row.rule && o.month == row.month
    };
    if book.release_overrides.rows().iter().any(|o| same(&o)) {
        findings.add("month", format!("{} already has a one-off release. Change that one.", row.month));
    }
    findings.done()?;
    let name = rule.map(|rule| format!("{} {}", rule.vendor, rule.title)).unwrap_or_default();
    let what = if row.at.is_some() { "Move" } else { "Drop" };
    Ok(one_change(format!("{what} {name} in {}", row.month), base.as_ref(), &row))
}

fn end_override(book: &Book, id: ReleaseOverrideId, moment: Moment<'_>) -> Result<Decision, Issues> {
    let before = standing(&book.release_overrides, id.0, |o| o.ended_at, "The one-off release")?;
    let after = ReleaseOverride { ended_at: Some(moment.at), ..before.clone() };
    Ok(one_change(format!("Take back the one-off release of {}", before.month), Some(before), &after))
}

fn save_closure(book: &Book, edit: Edit<Closure>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let (base, mut row) = row_of(&book.closures, edit, "The holiday or freeze")?;
    row.id = base.as_ref().map_or_else(|| ClosureId(moment.ids.next()), |base| base.id);
    row.name = line(&row.name).into_owned();
    row.groups.sort_unstable();
    row.groups.dedup();
    let mut findings = Findings::default();
    findings.demand("name", &row.name, "Give it a name; steps that shift will print it.");
    let days = (row.until_on - row.from_on).num_days();
    if days < 0 {
        findings.add("until_on", "The last day lies before the first. Choose a later one.");
    } else if days > 62 {
        findings.add(
            "until_on",
            "It is longer than two months. Nothing would be patched in time; end it earlier.",
        );
    }
    if row.groups.iter().any(|group| book.groups.get(group.0).is_none()) {
        findings.add("groups", "A patch group is no longer in the register. Choose again.");
    }
    findings.done()?;
    Ok(one_change(format!("{} {}", verb(base.as_ref()), closure_name(&row)), base.as_ref(), &row))
}

fn end_closure(book: &Book, id: ClosureId, moment: Moment<'_>) -> Result<Decision, Issues> {
    let before = standing(&book.closures, id.0, |c| c.ended_at, "The holiday or freeze")?;
    let after = Closure { ended_at: Some(moment.at), ..before.clone() };
    Ok(one_change(format!("End {}", closure_name(before)), Some(before), &after))
}

fn save_window(book: &Book, edit: Edit<MaintenanceWindow>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let (base, mut row) = row_of(&book.windows, edit, "The maintenance window")?;
    row.id = base.as_ref().map_or_else(|| WindowId(moment.ids.next()), |base| base.id);
    for text in [&mut row.name, &mut row.start, &mut row.zone, &mut row.evidence_name] {
        *text = line(text).into_owned();
    }
    let mut findings = Findings::default();
    findings.demand("name", &row.name, "Give the window a name, such as Servers Friday night.");
    if book.groups.get(row.group.0).is_none() {
        findings.add("group", "Choose the patch group that may be patched in it.");
    }
    check_time(&mut findings, "start", &row.start);
    if !(15..=4 * 24 * 60).contains(&row.minutes) {
        findings.add("minutes", "A window ends after it begins: between 15 minutes and 4 days later.");
    }
    if !row.zone.is_empty() && row.zone.parse::<Tz>().is_err() {
        findings.add(
            "zone",
            "This time zone is not known. Write it like Europe/Berlin, or leave it empty for the shop's.",
        );
    }
    check_recurs(&mut findings, book, &row);
    check_agreement(&mut findings, book, &row, moment);
    // The gap is looked for last: it needs a window that can be laid out.
    if findings.0.is_empty() {
        let closures = Closures::new(book);
        let ahead = slots_of(book, &closures, &row, moment.at, moment.at + TRY_DAYS * DAY_SECS);
        if let Some(gap) = ahead.into_iter().find_map(|slot| slot.gap) {
            findings.add("start", gap.to_string());
        }
    }
    findings.done()?;
    Ok(one_change(format!("{} window {}", verb(base.as_ref()), row.name), base.as_ref(), &row))
}

fn check_recurs(findings: &mut Findings, book: &Book, row: &MaintenanceWindow) {
    match &row.recurs {
        Recurs::Release { rule, days } => {
            if book.release_rules.get(rule.0).is_none_or(|rule| rule.ended_at.is_some()) {
                findings.add("recurs", "Choose a release rule that is on the calendar.");
            }
            if !OFFSET_DAYS.contains(days) {
                findings.add("recurs", "A window lies at most 31 days before and 45 days after its release.");
            }
        }
        Recurs::Month { nth, .. } => check_nth(findings, *nth),
        Recurs::Week { .. } | Recurs::Once { .. } => {}
    }
}

fn check_agreement(findings: &mut Findings, book: &Book, row: &MaintenanceWindow, moment: Moment<'_>) {
    match (row.agreed_by, row.agreed_on) {
        (Some(person), _) if book.people.get(person.0).is_none() => {
            findings.add("agreed_by", "The business owner is no longer in the register. Choose again.");
        }
        (Some(_), None) => findings.add("agreed_on", "Say when the business owner agreed."),
        (None, Some(_)) => findings.add("agreed_by", "Say which business owner agreed."),
        _ => {}
    }
    let today = day_in(zone(&book.shop.zone), moment.at);
    if row.agreed_on.is_some_and(|on| on > today) {
        findings
            .add("agreed_on", "An agreement cannot lie in the future. Leave it empty until it was given.");
    }
    if let Some(until) = row.agreed_until_on
        && row.agreed_on.is_none_or(|on| until < on)
    {
        findings.add("agreed_until_on", "The agreement ends before it was given. Choose a later day.");
    }
    let sound = row.evidence_sha256.len() == 64 && row.evidence_sha256.bytes().all(|b| b.is_ascii_hexdigit());
    if row.evidence_name.is_empty() != row.evidence_sha256.is_empty()
        || (!row.evidence_sha256.is_empty() && !sound)
    {
        findings
            .add("evidence_name", "Evidence needs its file and that file's SHA-256. Choose the file again.");
    }
}

fn end_window(book: &Book, id: WindowId, moment: Moment<'_>) -> Result<Decision, Issues> {
    let before = standing(&book.windows, id.0, |w| w.ended_at, "The maintenance window")?;
    let after = MaintenanceWindow { ended_at: Some(moment.at), ..before.clone() };
    Ok(one_change(format!("End window {}", before.name), Some(before), &after))
}

fn save_template(book: &Book, edit: Edit<CycleTemplate>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let (base, mut row) = row_of(&book.cycle_templates, edit, "The cycle template")?;
    row.id = base.as_ref().map_or_else(|| CycleTemplateId(moment.ids.next()), |base| base.id);
    row.name = line(&row.name).into_owned();
    for step in &mut row.steps {
        step.title = line(&step.title).into_owned();
        step.document = line(&step.document).into_owned();
    }
    let mut findings = Findings::default();
    findings.demand("name", &row.name, "Give the template a name.");
    let same =
        |o: &&CycleTemplate| o.id != row.id && o.ended_at.is_none() && fold(&o.name) == fold(&row.name);
    if book.cycle_templates.rows().iter().any(|o| same(&o)) {
        findings.add("name", format!("There is already a template called {}.", row.name));
    }
    match (row.kind, row.release) {
        (CycleKind::Monthly, None) => {
            findings.add("release", "Choose the release that the month counts from.");
        }
        (_, Some(rule)) if book.release_rules.get(rule.0).is_none_or(|rule| rule.ended_at.is_some()) => {
            findings.add("release", "Choose a release rule that is on the calendar.");
        }
        _ => {}
    }
    if row.steps.is_empty() {
        findings.add("steps", "A template needs at least one step.");
    }
    let mut wrong = BTreeSet::new();
    for (place, step) in (1..).zip(&row.steps) {
        wrong.extend(check_step(book, place, step));
    }
    for text in wrong {
        findings.add("steps", text);
    }
    findings.done()?;
    Ok(one_change(format!("{} cycle template {}", verb(base.as_ref()), row.name), base.as_ref(), &row))
}

fn check_step(book: &Book, place: usize, step: &TemplateStep) -> Vec<String> {
    let mut wrong = Vec::new();
    if step.title.is_empty() {
        wrong.push(format!("Step {place}: say what is to be done."));
    }
    let (offset_fits, time) = match &step.when {
        StepWhen::Days { days, time } => (OFFSET_DAYS.contains(days), Some(time)),
        StepWhen::Weekday { from_days, time, .. } => (OFFSET_DAYS.contains(from_days), Some(time)),
        StepWhen::Hours { hours } => ((0..=45 * 24).contains(hours), None),
    };
    if !offset_fits {
        wrong.push(format!("Step {place}: it lies at most 31 days before and 45 days after day 0."));
    }
    if time.is_some_and(|time| time_of(time).is_none()) {
        wrong.push(format!("Step {place}: write the time like 21:00."));
    }
    if step.role.is_some_and(|role| book.roles.get(role.0).is_none_or(|role| role.ended_at.is_some())) {
        wrong.push(format!("Step {place}: its role is no longer used. Choose another."));
    }
    if [step.person, step.deputy].into_iter().flatten().any(|person| book.people.get(person.0).is_none()) {
        wrong.push(format!("Step {place}: a person is no longer in the register. Choose again."));
    }
    wrong
}

fn end_template(book: &Book, id: CycleTemplateId, moment: Moment<'_>) -> Result<Decision, Issues> {
    let before = standing(&book.cycle_templates, id.0, |t| t.ended_at, "The cycle template")?;
    let after = CycleTemplate { ended_at: Some(moment.at), ..before.clone() };
    Ok(one_change(format!("End cycle template {}", before.name), Some(before), &after))
}

fn check_nth(findings: &mut Findings, nth: i64) {
    if !matches!(nth, -1 | 1..=5) {
        findings.add("nth", "Choose the first to the fifth, or the last.");
    }
}

fn check_time(findings: &mut Findings, field: &'static str, time: &str) {
    if time_of(time).is_none() {
        findings.add(field, "Write the time like 21:00.");
    }
}
