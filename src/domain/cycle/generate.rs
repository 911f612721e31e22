//! From a template to dated steps: where the calendar puts them, what holidays and freezes move, and who does them.
//!
//! Pure: the same register and template give the same draft. Ids are left at 0; whoever keeps the draft gives them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::template::{CycleTemplate, StepKey, StepWhen, TemplateStep};
use super::{CycleId, CycleKind, CycleStep, CycleStepId, Phase, Point};
use crate::domain::book::Book;
use crate::domain::calendar::closure::ClosureKind;
use crate::domain::calendar::expected::{Expected, month_named, release_in};
use crate::domain::calendar::recurrence::{days_from, weekday_from};
use crate::domain::calendar::shift::{Closures, Shifted};
use crate::domain::calendar::slot::other_releases;
use crate::domain::calendar::zone::{moved, time_of};
use crate::domain::group::GroupId;
use crate::domain::person::PersonId;
use crate::domain::role::holder::assigned_on;
use crate::domain::role::{Part, RoleId};
use crate::domain::standing::standings;
use crate::util::clock::{day_in, utc, zone};

/// A step to be, and what is worth knowing about its date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftStep {
    /// The row, with ids 0.
    pub row: CycleStep,
    /// Holidays and freezes it falls into all the same.
    pub warnings: Vec<String>,
}

/// A cycle to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Day 0, UTC seconds.
    pub anchor_at: i64,
    /// After this a request for an exception is late, UTC seconds.
    pub cutoff_at: Option<i64>,
    /// The steps in the order of the template.
    pub steps: Vec<DraftStep>,
    /// The point person of every group that had one before, or whose assets name one.
    pub points: Vec<Point>,
    /// What other vendors release within the maintenance period, from day 0 to the last patching (requirement S1-52).
    pub others: Vec<Expected>,
}

impl Draft {
    /// From day 0 to the end of the last patching, UTC seconds.
    pub fn period(&self) -> (i64, i64) {
        let patching = self.steps.iter().filter(|step| is_patching(&step.row)).map(|step| step.row.due_at);
        (self.anchor_at, patching.max().unwrap_or(self.anchor_at))
    }
}

/// The draft of a month, `2026-12`; a sentence where it cannot be made.
pub fn month(book: &Book, template: &CycleTemplate, month: &str) -> Result<Draft, String> {
    let first = month_named(month)?;
    let rule = template.release.and_then(|id| book.release_rules.get(id.0));
    let Some(rule) = rule.filter(|rule| rule.ended_at.is_none()) else {
        return Err(format!("The template {} counts from no release. Choose one in it.", template.name));
    };
    let Some(release) = release_in(book, rule, first) else {
        return Err(format!(
            "{} {} does not come in {month} by its rule. Choose another month.",
            rule.vendor, rule.title
        ));
    };
    let Some(anchor_at) = release.at else {
        return Err(format!(
            "{} was dropped in {month}: {}. There is nothing to count from.",
            release.name(),
            release.reason
        ));
    };
    Ok(from(book, template, anchor_at))
}

/// The draft of a cycle that counts from an instant: a campaign, an emergency, or a month whose release is known.
pub fn from(book: &Book, template: &CycleTemplate, anchor_at: i64) -> Draft {
    let closures = Closures::new(book);
    let mut steps: Vec<DraftStep> = (1..)
        .zip(&template.steps)
        .map(|(position, step)| draft(book, &closures, template.kind, anchor_at, position, step))
        .collect();
    keep_cutoff_first(&mut steps);
    let cutoff = steps.iter().find(|step| step.row.key == Some(StepKey::CutOff));
    let mut draft = Draft {
        anchor_at,
        cutoff_at: cutoff.map(|step| step.row.due_at),
        steps,
        points: points(book, anchor_at),
        others: Vec::new(),
    };
    let (begin, end) = draft.period();
    draft.others = other_releases(book, template.release, begin, end);
    draft
}

fn draft(
    book: &Book,
    closures: &Closures<'_>,
    kind: CycleKind,
    anchor_at: i64,
    position: i64,
    step: &TemplateStep,
) -> DraftStep {
    let zone = zone(&book.shop.zone);
    let day_0 = day_in(zone, anchor_at);
    let (planned_at, placed) = match &step.when {
        StepWhen::Hours { hours } => (anchor_at + hours * 3600, None),
        StepWhen::Days { days, time } => placed(zone, days_from(day_0, *days), time),
        StepWhen::Weekday { weekday, from_days, time } => {
            placed(zone, weekday_from(days_from(day_0, *from_days), (*weekday).into()), time)
        }
    };
    let planned_on = day_in(zone, planned_at);
    let kinds = concerning(step);
    // Nobody patches before the release; what lies before it anyway may move freely.
    let floor = if planned_on > day_0 { days_from(day_0, 1) } else { day_0 };
    let not_before = (planned_at >= anchor_at).then_some(floor);
    let mut shifted = closures.shift(planned_on, None, kinds, not_before);
    let fixed = kind == CycleKind::Emergency || step.key == Some(StepKey::Release);
    if fixed && shifted.on != planned_on {
        // A zero-day waits for no holiday, and a vendor asks nobody.
        shifted.warnings.push(shifted.because.replace("shifted by", "in spite of"));
        shifted = Shifted { on: planned_on, because: String::new(), ..shifted };
    }
    let due_at = if shifted.on == planned_on {
        planned_at
    } else {
        let time = placed.unwrap_or_else(|| utc(planned_at).with_timezone(&zone).time());
        moved(zone, shifted.on, time)
    };
    let on = shifted.on;
    let holds = |part| step.role.and_then(|role| holder(book, role, part, on));
    let row = CycleStep {
        id: CycleStepId(0),
        cycle: CycleId(0),
        position,
        key: step.key,
        phase: step.phase,
        title: step.title.clone(),
        role: step.role,
        person: step.person.or_else(|| holds(Part::Holder)),
        deputy: step.deputy.or_else(|| holds(Part::Deputy)),
        document: step.document.clone(),
        milestone: step.milestone,
        planned_at,
        due_at,
        shifted_because: shifted.because,
        done_at: None,
        done_by: String::new(),
        recorded_at: None,
        skipped_because: String::new(),
        note: String::new(),
    };
    DraftStep { row, warnings: shifted.warnings }
}

fn placed(zone: chrono_tz::Tz, on: NaiveDate, time: &str) -> (i64, Option<chrono::NaiveTime>) {
    // Saving a template lets no other time through; noon is what a step without one would mean.
    let time = time_of(time).unwrap_or(chrono::NaiveTime::MIN + chrono::TimeDelta::hours(12));
    (moved(zone, on, time), Some(time))
}

/// People are away from every step; unwanted changes concern only what changes something, and the cut-off that goes with it.
fn concerning(step: &TemplateStep) -> &'static [ClosureKind] {
    if step.phase == Phase::Deploy || step.key == Some(StepKey::CutOff) {
        &[ClosureKind::Holiday, ClosureKind::Freeze]
    } else {
        &[ClosureKind::Holiday]
    }
}

/// Whether a step patches production.
pub fn is_patching(step: &CycleStep) -> bool {
    matches!(step.key, Some(StepKey::PatchNight | StepKey::LastWindow))
}

/// A patch night that moved to an earlier day takes the cut-off with it: exceptions close before patching, or not at all.
fn keep_cutoff_first(steps: &mut [DraftStep]) {
    let first = steps.iter().filter(|step| is_patching(&step.row)).min_by_key(|step| step.row.due_at);
    let Some((night_at, because)) = first.map(|step| (step.row.due_at, step.row.shifted_because.clone()))
    else {
        return;
    };
    for step in steps.iter_mut().filter(|step| step.row.key == Some(StepKey::CutOff)) {
        if step.row.due_at > night_at && !because.is_empty() {
            step.row.due_at = night_at - 9 * 3600;
            step.row.shifted_because = format!("moved before the patch night, {because}");
        }
    }
}

/// Who holds a role on a day, in a part; where several do, whoever has longest.
fn holder(book: &Book, role: RoleId, part: Part, on: NaiveDate) -> Option<PersonId> {
    assigned_on(book, role, part, on).first().map(|assignment| assignment.person)
}

/// The point persons a cycle begins with: those of the cycle before it; where it named none, whoever deploys to most assets of
/// the group (requirement S1-35).
fn points(book: &Book, at: i64) -> Vec<Point> {
    let before = book
        .cycles
        .rows()
        .iter()
        .filter(|cycle| cycle.anchor_at < at && cycle.cancelled_because.is_empty() && !cycle.drill)
        .max_by_key(|cycle| cycle.anchor_at);
    let mut named: BTreeMap<GroupId, PersonId> =
        before.map(|cycle| cycle.points.iter().map(|p| (p.group, p.person)).collect()).unwrap_or_default();
    let mut counts: BTreeMap<GroupId, BTreeMap<PersonId, usize>> = BTreeMap::new();
    for (asset, standing) in book.assets.rows().iter().zip(standings(book, at)) {
        if let (true, Some(group), Some(person)) = (standing.counts(), standing.group, asset.deploy_admin) {
            *counts.entry(group).or_default().entry(person).or_default() += 1;
        }
    }
    for (group, people) in counts {
        let most = people.into_iter().max_by_key(|&(person, n)| (n, std::cmp::Reverse(person)));
        if let Some((person, _)) = most {
            named.entry(group).or_insert(person);
        }
    }
    let known = |group: GroupId, person: PersonId| {
        book.groups.get(group.0).is_some() && book.people.get(person.0).is_some()
    };
    named
        .into_iter()
        .filter(|&(group, person)| known(group, person))
        .map(|(group, person)| Point { group, person })
        .collect()
}
