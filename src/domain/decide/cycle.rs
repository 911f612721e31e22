//! Cycles and their steps.

use super::super::book::Book;
use super::super::command::{CycleCommand, Decision, Edit, Issues};
use super::super::cycle::generate::{self, Draft, is_patching};
use super::super::cycle::measure::BY_CALENDAR;
use super::super::cycle::progress::{before_close, is_open, settled, steps_of};
use super::super::cycle::template::{CycleTemplate, CycleTemplateId, StepKey};
use super::super::cycle::{Cycle, CycleId, CycleKind, CycleStep, CycleStepId, Point};
use super::super::emergency::standing as emergency;
use super::super::group::GroupId;
use super::super::person::PersonId;
use super::super::row::RowChange;
use super::super::update::UpdateId;
use super::{Findings, Moment, one_change, refused, still_as_read};
use crate::util::clock::{DAY_SECS, text_in, zone};
use crate::util::text::{block, fold, line};

pub(super) fn decide(book: &Book, command: CycleCommand, moment: Moment<'_>) -> Result<Decision, Issues> {
    match command {
        CycleCommand::Begin { template, month } => begin(book, template, &month, moment),
        CycleCommand::BeginCampaign { template, name, anchor_at, updates, reason } => {
            begin_campaign(book, template, &name, anchor_at, updates, &reason, moment)
        }
        CycleCommand::Step(edit) => save_step(book, *edit, moment),
        CycleCommand::StepDone { step, at, by } => step_done(book, step, at, &by, moment),
        CycleCommand::StepReopen(step) => step_reopen(book, step),
        CycleCommand::StepSkip { step, because } => step_skip(book, step, &because),
        CycleCommand::SetPoint { cycle, group, person } => set_point(book, cycle, group, person),
        CycleCommand::Close { cycle, by } => close(book, cycle, &by, moment),
        CycleCommand::Cancel { cycle, because } => cancel(book, cycle, &because),
    }
}

fn template_of(book: &Book, id: CycleTemplateId, kind: CycleKind) -> Result<&CycleTemplate, Issues> {
    let template = book.cycle_templates.get(id.0).filter(|template| template.ended_at.is_none());
    let Some(template) = template else {
        return Err(refused("The cycle template is no longer offered. Choose another."));
    };
    if template.kind != kind {
        return Err(refused(format!(
            "{} is a template for another kind of cycle. Choose one for: {}.",
            template.name,
            kind.text()
        )));
    }
    Ok(template)
}

fn begin(
    book: &Book,
    template: CycleTemplateId,
    month: &str,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let template = template_of(book, template, CycleKind::Monthly)?;
    let draft = generate::month(book, template, month).map_err(refused)?;
    let month = month.trim().to_owned();
    let release_of = |cycle: &Cycle| {
        cycle.template.and_then(|id| book.cycle_templates.get(id.0)).and_then(|template| template.release)
    };
    let same_month = || {
        book.cycles.rows().iter().filter(|cycle| {
            cycle.kind == CycleKind::Monthly && cycle.month == month && cycle.cancelled_because.is_empty()
        })
    };
    if same_month().any(|cycle| release_of(cycle) == template.release) {
        return Err(refused(format!(
            "The cycle of {month} has already begun. Give it up first to begin it anew."
        )));
    }
    // A second vendor's month of the same name says whose it is.
    let name =
        if same_month().next().is_some() { format!("{month} {}", template.name) } else { month.clone() };
    let cycle = new_cycle(CycleKind::Monthly, name, template, &draft, moment);
    Ok(begun(&Cycle { month, ..cycle }, draft, moment))
}

fn begin_campaign(
    book: &Book,
    template: CycleTemplateId,
    name: &str,
    anchor_at: i64,
    updates: Vec<UpdateId>,
    reason: &str,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let template = template_of(book, template, CycleKind::CatchUp)?;
    let name = line(name).into_owned();
    let mut findings = Findings::default();
    findings.demand("name", &name, "Give the campaign a name, such as Catch-up 2026.");
    findings.demand("reason", reason, "Say why the campaign is begun.");
    if book.cycles.rows().iter().any(|cycle| fold(&cycle.name) == fold(&name)) {
        findings.add("name", format!("There is already a cycle called {name}."));
    }
    if (anchor_at - moment.at).abs() > 366 * DAY_SECS {
        findings.add("anchor_at", "A campaign begins within a year of today.");
    }
    if updates.iter().any(|update| book.updates.get(update.0).is_none()) {
        findings.add("updates", "An update is no longer in the register. Choose again.");
    }
    findings.done()?;
    let draft = generate::from(book, template, anchor_at);
    let cycle = new_cycle(CycleKind::CatchUp, name, template, &draft, moment);
    Ok(begun(&Cycle { updates, reason: block(reason), ..cycle }, draft, moment))
}

fn new_cycle(
    kind: CycleKind,
    name: String,
    template: &CycleTemplate,
    draft: &Draft,
    moment: Moment<'_>,
) -> Cycle {
    Cycle {
        id: CycleId(moment.ids.next()),
        kind,
        name,
        month: String::new(),
        template: Some(template.id),
        anchor_at: draft.anchor_at,
        cutoff_at: draft.cutoff_at,
        drill: false,
        updates: Vec::new(),
        points: draft.points.clone(),
        reason: String::new(),
        declared_by: moment.actor.to_owned(),
        approve_by_at: None,
        created_at: moment.at,
        closed_at: None,
        closed_by: String::new(),
        cancelled_because: String::new(),
    }
}

/// The rows of a new cycle: itself and its steps.
fn begun(cycle: &Cycle, draft: Draft, moment: Moment<'_>) -> Decision {
    let mut changes = vec![RowChange::create(cycle)];
    changes.extend(draft.steps.into_iter().map(|step| {
        let id = CycleStepId(moment.ids.next());
        RowChange::create(&CycleStep { id, cycle: cycle.id, ..step.row })
    }));
    Decision { label: format!("Begin cycle {}", cycle.name), changes, batch: None }
}

/// A step and its cycle, which must be open.
fn open_step(book: &Book, id: CycleStepId) -> Result<(&Cycle, &CycleStep), Issues> {
    let Some(step) = book.cycle_steps.get(id.0) else {
        return Err(refused("The step is no longer in the register."));
    };
    Ok((open_cycle(book, step.cycle)?, step))
}

fn open_cycle(book: &Book, id: CycleId) -> Result<&Cycle, Issues> {
    let Some(cycle) = book.cycles.get(id.0) else {
        return Err(refused("The cycle is no longer in the register."));
    };
    if !is_open(cycle) {
        return Err(refused(format!("The cycle {} is over. Its steps stay as they are.", cycle.name)));
    }
    Ok(cycle)
}

fn save_step(book: &Book, edit: Edit<CycleStep>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Edit { base, mut row } = edit;
    if let Some(base) = &base {
        still_as_read(book.cycle_steps.get(base.id.0), base, "The step")?;
    }
    let cycle = open_cycle(book, base.as_ref().map_or(row.cycle, |base| base.cycle))?;
    row.cycle = cycle.id;
    row.title = line(&row.title).into_owned();
    row.document = line(&row.document).into_owned();
    row.shifted_because = line(&row.shifted_because).into_owned();
    row.note = block(&row.note);
    if let Some(base) = &base {
        // What was done is said with its own commands, and where a step came from is not rewritten.
        row = CycleStep {
            id: base.id,
            position: base.position,
            key: base.key,
            planned_at: base.planned_at,
            done_at: base.done_at,
            done_by: base.done_by.clone(),
            recorded_at: base.recorded_at,
            skipped_because: base.skipped_because.clone(),
            ..row
        };
    } else {
        let last = steps_of(book, cycle.id).iter().map(|step| step.position).max().unwrap_or(0);
        row = CycleStep {
            id: CycleStepId(moment.ids.next()),
            position: last + 1,
            planned_at: row.due_at,
            done_at: None,
            done_by: String::new(),
            recorded_at: None,
            skipped_because: String::new(),
            ..row
        };
    }
    check_step(book, cycle, base.as_ref(), &row)?;
    let verb = if base.is_some() { "Change" } else { "Add" };
    let mut decision = one_change(format!("{verb} step {}", row.title), base.as_ref(), &row);
    if row.key == Some(StepKey::CutOff) && !decision.changes.is_empty() {
        let after = Cycle { cutoff_at: Some(row.due_at), ..cycle.clone() };
        decision.changes.extend(RowChange::update(cycle, &after));
    }
    Ok(decision)
}

fn check_step(book: &Book, cycle: &Cycle, base: Option<&CycleStep>, row: &CycleStep) -> Result<(), Issues> {
    let mut findings = Findings::default();
    findings.demand("title", &row.title, "Say what is to be done.");
    let offset = (row.due_at - cycle.anchor_at).div_euclid(DAY_SECS);
    // What a long freeze carried further stays where it is until somebody moves it.
    if base.is_none_or(|base| base.due_at != row.due_at) && !(-32..=46).contains(&offset) {
        findings.add("due_at", "A step lies at most 31 days before and 45 days after day 0 of its cycle.");
    }
    let moved = base.is_some_and(|base| base.due_at != row.due_at);
    let said = !row.shifted_because.is_empty()
        && !BY_CALENDAR.iter().any(|words| row.shifted_because.starts_with(words));
    if moved && row.due_at != row.planned_at && !said {
        findings.add("shifted_because", "Say why the step moves; the date it had stays beside it.");
    }
    if moved && base.is_some_and(settled) {
        findings.add("due_at", "The step is settled. Open it again before its date moves.");
    }
    for (field, person) in [("person", row.person), ("deputy", row.deputy)] {
        if person.is_some_and(|person| book.people.get(person.0).is_none()) {
            findings.add(field, "The person is no longer in the register. Choose again.");
        }
    }
    if row.deputy.is_some() && row.deputy == row.person {
        findings.add("deputy", "A deputy is somebody else. Choose another, or leave it empty.");
    }
    if row.role.is_some_and(|role| book.roles.get(role.0).is_none()) {
        findings.add("role", "The role is no longer in the register. Choose again.");
    }
    check_order(&mut findings, book, cycle, row);
    findings.done()
}

/// Exceptions close before patching begins, and the last window is not before the first.
fn check_order(findings: &mut Findings, book: &Book, cycle: &Cycle, row: &CycleStep) {
    let zone = zone(&book.shop.zone);
    let others: Vec<&CycleStep> = steps_of(book, cycle.id)
        .into_iter()
        .filter(|step| step.id != row.id && step.skipped_because.is_empty())
        .collect();
    let first_night = others.iter().filter(|step| is_patching(step)).map(|step| step.due_at).min();
    let cutoff = others.iter().find(|step| step.key == Some(StepKey::CutOff)).map(|step| step.due_at);
    let nights = others.iter().filter(|step| step.key == Some(StepKey::PatchNight)).map(|step| step.due_at);
    let last_night = nights.max();
    let when = |at: i64| text_in(zone, at);
    match row.key {
        Some(StepKey::CutOff) => {
            if let Some(night) = first_night.filter(|night| row.due_at > *night) {
                findings.add(
                    "due_at",
                    format!("Patching begins on {}. The cut-off comes before it.", when(night)),
                );
            }
        }
        Some(StepKey::PatchNight) => {
            if let Some(cutoff) = cutoff.filter(|cutoff| row.due_at < *cutoff) {
                findings.add(
                    "due_at",
                    format!("Exceptions close on {}. Patching begins after it.", when(cutoff)),
                );
            }
        }
        Some(StepKey::LastWindow) => {
            if let Some(night) = last_night.filter(|night| row.due_at < *night) {
                findings.add(
                    "due_at",
                    format!("There is a patch night on {}. The last window comes after it.", when(night)),
                );
            }
        }
        _ => {}
    }
}

fn step_done(
    book: &Book,
    id: CycleStepId,
    at: i64,
    by: &str,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let (cycle, step) = open_step(book, id)?;
    let by = line(by).into_owned();
    let mut findings = Findings::default();
    findings.demand("by", &by, "Say who did it.");
    if at > moment.at {
        findings.add("at", "A step cannot be done in the future. Give the time at which it was done.");
    }
    if at < cycle.anchor_at - 45 * DAY_SECS {
        findings.add("at", "That is long before the cycle began. Check the date.");
    }
    if settled(step) {
        findings.add("", format!("{} is already settled. Open it again first.", step.title));
    }
    if let Some(why) = emergency::holds(book, step) {
        findings.add("", why);
    }
    findings.done()?;
    let after = CycleStep { done_at: Some(at), done_by: by, recorded_at: Some(moment.at), ..step.clone() };
    Ok(one_change(format!("Done: {}", step.title), Some(step), &after))
}

fn step_reopen(book: &Book, id: CycleStepId) -> Result<Decision, Issues> {
    let (_, step) = open_step(book, id)?;
    if !settled(step) {
        return Err(refused(format!("{} is open already.", step.title)));
    }
    let after = CycleStep {
        done_at: None,
        done_by: String::new(),
        recorded_at: None,
        skipped_because: String::new(),
        ..step.clone()
    };
    Ok(one_change(format!("Open again: {}", step.title), Some(step), &after))
}

fn step_skip(book: &Book, id: CycleStepId, because: &str) -> Result<Decision, Issues> {
    let (_, step) = open_step(book, id)?;
    let because = line(because).into_owned();
    let mut findings = Findings::default();
    findings.demand("because", &because, "Say why the step is left out.");
    if settled(step) {
        findings.add("", format!("{} is already settled. Open it again first.", step.title));
    }
    findings.done()?;
    let after = CycleStep { skipped_because: because, ..step.clone() };
    Ok(one_change(format!("Leave out: {}", step.title), Some(step), &after))
}

fn set_point(book: &Book, id: CycleId, group: GroupId, person: Option<PersonId>) -> Result<Decision, Issues> {
    let cycle = open_cycle(book, id)?;
    let mut findings = Findings::default();
    let name = book.groups.get(group.0).map(|group| group.name.clone());
    if name.is_none() {
        findings.add("group", "The patch group is no longer in the register. Choose again.");
    }
    if person.is_some_and(|person| book.people.get(person.0).is_none()) {
        findings.add("person", "The person is no longer in the register. Choose again.");
    }
    findings.done()?;
    let mut after = cycle.clone();
    after.points.retain(|point| point.group != group);
    after.points.extend(person.map(|person| Point { group, person }));
    after.points.sort_by_key(|point| point.group);
    let label = format!("Name the point person of {} in {}", name.unwrap_or_default(), cycle.name);
    Ok(one_change(label, Some(cycle), &after))
}

fn close(book: &Book, id: CycleId, by: &str, moment: Moment<'_>) -> Result<Decision, Issues> {
    let cycle = open_cycle(book, id)?;
    let by = line(by).into_owned();
    let mut findings = Findings::default();
    findings.demand("by", &by, "Say who closes the cycle.");
    for lack in before_close(book, id, moment.at) {
        findings.add("", lack);
    }
    findings.done()?;
    let after = Cycle { closed_at: Some(moment.at), closed_by: by, ..cycle.clone() };
    Ok(one_change(format!("Close cycle {}", cycle.name), Some(cycle), &after))
}

fn cancel(book: &Book, id: CycleId, because: &str) -> Result<Decision, Issues> {
    let cycle = open_cycle(book, id)?;
    let because = line(because).into_owned();
    let mut findings = Findings::default();
    findings.demand("because", &because, "Say why the cycle is given up.");
    findings.done()?;
    let after = Cycle { cancelled_because: because, ..cycle.clone() };
    Ok(one_change(format!("Give up cycle {}", cycle.name), Some(cycle), &after))
}
