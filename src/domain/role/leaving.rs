//! What is left without anybody when somebody leaves: shown before it is recorded, and listed after.

use chrono::NaiveDate;

use super::holder::{assigned_on, roles_in_order};
use super::{Part, RoleId};
use crate::domain::action::ActionId;
use crate::domain::asset::AssetId;
use crate::domain::book::Book;
use crate::domain::change::{ChangeId, ChangeRecord, ChangeState};
use crate::domain::cycle::CycleStepId;
use crate::domain::group::GroupId;
use crate::domain::person::PersonId;
use crate::util::text::counted;

/// What somebody leaves behind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftBehind {
    /// Roles that nobody holds on the day after.
    pub vacant: Vec<RoleId>,
    /// Open steps of cycles that name them.
    pub steps: Vec<CycleStepId>,
    /// Open actions they own.
    pub actions: Vec<ActionId>,
    /// Changes that are not finished and name them.
    pub changes: Vec<ChangeId>,
    /// Groups whose point person they are in an open cycle.
    pub points: Vec<GroupId>,
    /// Escalation paths they stand on: the group, or nothing for the shop's.
    pub escalations: Vec<Option<GroupId>>,
    /// Assets they own.
    pub assets: Vec<AssetId>,
}

impl LeftBehind {
    /// One line for each kind, with names where there are few.
    pub fn lines(&self, book: &Book) -> Vec<String> {
        let mut lines = Vec::new();
        let mut say = |names: Vec<String>, one: &str, many: &str| {
            if names.is_empty() {
                return;
            }
            let count = counted(names.len() as u64, one, many);
            let shown = names.iter().take(4).cloned().collect::<Vec<_>>().join("; ");
            let more = if names.len() > 4 { "; …" } else { "" };
            lines.push(format!("{count}: {shown}{more}"));
        };
        let name = |id: &RoleId| book.roles.get(id.0).map(|row| row.name.clone());
        say(self.vacant.iter().filter_map(name).collect(), "role without a holder", "roles without a holder");
        let step = |id: &CycleStepId| book.cycle_steps.get(id.0).map(|row| row.title.clone());
        say(self.steps.iter().filter_map(step).collect(), "open step", "open steps");
        let action = |id: &ActionId| book.actions.get(id.0).map(|row| row.what.clone());
        say(self.actions.iter().filter_map(action).collect(), "open action", "open actions");
        let change = |id: &ChangeId| book.changes.get(id.0).map(|row| row.number.clone());
        say(self.changes.iter().filter_map(change).collect(), "unfinished change", "unfinished changes");
        let group = |id: &GroupId| book.groups.get(id.0).map(|row| row.name.clone());
        say(
            self.points.iter().filter_map(group).collect(),
            "group without its point person",
            "groups without their point person",
        );
        let path = |id: &Option<GroupId>| match id {
            Some(id) => group(id),
            None => Some("the whole shop".to_owned()),
        };
        say(self.escalations.iter().filter_map(path).collect(), "escalation path", "escalation paths");
        let asset = |id: &AssetId| book.assets.get(id.0).map(|row| row.name.clone());
        say(self.assets.iter().filter_map(asset).collect(), "asset", "assets");
        lines
    }
}

/// What is without anybody once somebody has left; `on` is their last day.
pub fn left_behind(book: &Book, person: PersonId, on: NaiveDate) -> LeftBehind {
    let after = on.succ_opt().unwrap_or(on);
    let mine = |named: Option<PersonId>| named == Some(person);
    let mut left = LeftBehind::default();
    for role in roles_in_order(book) {
        let held = book.assignments.rows().iter();
        let mut held = held.filter(|a| a.role == role.id && a.part == Part::Holder && a.person == person);
        let others = assigned_on(book, role.id, Part::Holder, after);
        if held.any(|a| a.until_on.is_none_or(|until| until >= on))
            && others.iter().all(|a| a.person == person)
        {
            left.vacant.push(role.id);
        }
    }
    let open = |id: i64| {
        book.cycles.get(id).is_some_and(|c| c.closed_at.is_none() && c.cancelled_because.is_empty())
    };
    for step in book.cycle_steps.rows() {
        let undone = step.done_at.is_none() && step.skipped_because.is_empty();
        if undone && open(step.cycle.0) && (mine(step.person) || mine(step.deputy)) {
            left.steps.push(step.id);
        }
    }
    let actions = book.actions.rows().iter();
    left.actions =
        actions.filter(|action| action.is_open() && mine(action.owner)).map(|action| action.id).collect();
    let changes = book.changes.rows().iter();
    left.changes = changes
        .filter(|change| unfinished(change) && names(change, person))
        .map(|change| change.id)
        .collect();
    for cycle in book.cycles.rows().iter().filter(|cycle| open(cycle.id.0)) {
        let points = cycle.points.iter().filter(|point| point.person == person);
        left.points.extend(points.map(|point| point.group));
    }
    left.points.sort_unstable();
    left.points.dedup();
    for contact in book.contacts.rows().iter().filter(|contact| contact.ended_at.is_none()) {
        if contact.escalation.iter().any(|rung| rung.person == person) {
            left.escalations.push(contact.group);
        }
    }
    left.assets = book.assets.rows().iter().filter(|a| mine(a.owner)).map(|a| a.id).collect();
    left
}

fn unfinished(change: &ChangeRecord) -> bool {
    !matches!(change.state, ChangeState::Closed | ChangeState::Cancelled | ChangeState::Rejected)
}

fn names(change: &ChangeRecord, person: PersonId) -> bool {
    let named = [change.requester, change.coordinator, change.implementer, change.tester, change.monitor];
    named.contains(&Some(person)) || change.plan.backout_owner == Some(person)
}
