//! The numbers of practice, waivers, emergencies, tests, and what a change record demands.

use super::Fill;
use super::calendar::step_when;
use crate::domain::asset::{AssetClass, Criticality};
use crate::domain::change::field::Field;
use crate::domain::change::state::{Rule, demanded, field_rule, moves};
use crate::domain::change::{ChangeKind, ChangeState};
use crate::domain::cycle::CycleKind;
use crate::domain::cycle::lint::test::depth;
use crate::domain::document::kind::Kind;
use crate::domain::document::value::{Grid, Value};
use crate::domain::emergency::step::{APPROVE_WITHIN_HOURS, starting_steps};
use crate::domain::rating::Rank;
use crate::domain::waiver::debt::NOTICE_DAYS;
use crate::domain::waiver::request::ReasonClass;
use crate::domain::waiver::state::EXPIRING_DAYS;

pub(super) fn value(fill: &Fill<'_>, kind: Kind, name: &str) -> Option<Value> {
    let practice = &fill.book.practice;
    Some(match (kind, name) {
        (_, "practice.quiet-days") => Value::Number(practice.quiet_days),
        (_, "practice.review-days") => Value::Number(practice.review_days),
        (_, "practice.quorum") => Value::Number(practice.quorum),
        (_, "practice.desktops-per-night") => Value::Number(practice.desktops_per_night),
        (_, "practice.severe-waivers") => Value::Flag(practice.severe_waivers),
        (_, "practice.cyber-essentials") => Value::Flag(practice.cyber_essentials),
        (_, "practice.hats") => Value::Flag(practice.hats),
        (Kind::Table, "waiver-caps") => waiver_caps(fill),
        (_, "waiver.reasons") => Value::List(ReasonClass::ALL.iter().map(|r| r.text().to_owned()).collect()),
        (_, "waiver.expiring-days") => Value::Number(EXPIRING_DAYS),
        (_, "waiver.notice-days") => Value::List(NOTICE_DAYS.iter().map(ToString::to_string).collect()),
        (_, "emergency.approve-within-hours") => Value::Number(APPROVE_WITHIN_HOURS),
        (Kind::Table, "emergency-steps") => emergency_steps(fill),
        (Kind::Table, "change-states") => change_states(),
        (Kind::Table, "change-demands") => change_demands(),
        (_, "change.material-fields") => {
            let fields = Field::ALL.iter().filter(|field| field.is_material());
            Value::List(fields.map(|field| field.text().to_owned()).collect())
        }
        (Kind::Table, "change-templates") => change_templates(fill),
        (Kind::Table, "test-depths") => test_depths(),
        _ => return None,
    })
}

fn waiver_caps(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Risk that stays", "Longest run in days", "Renewals", "Accepted by"]);
    for cap in &fill.book.practice.waiver_caps {
        if cap.rank == Rank::Severe && !fill.book.practice.severe_waivers {
            grid.row(["Severe", "", "", "not waived"]);
            continue;
        }
        let renewals = match cap.rank {
            Rank::Severe => format!("{}; more only with a new control", cap.renewals),
            Rank::High => format!("{}, with the committee", cap.renewals),
            Rank::Medium | Rank::Low => cap.renewals.to_string(),
        };
        grid.row([cap.rank.text().to_owned(), cap.days.to_string(), renewals, cap.approvers.join(" and ")]);
    }
    Value::Table(grid)
}

fn emergency_steps(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["When", "Phase", "Step", "Leaves behind"]);
    let own = fill.book.cycle_templates.iter();
    let own = own.filter(|t| t.kind == CycleKind::Emergency && t.ended_at.is_none()).min_by_key(|t| t.id);
    let steps = own.map_or_else(starting_steps, |template| template.steps.clone());
    for step in steps {
        grid.row([
            step_when(&step.when),
            step.phase.text().to_owned(),
            if step.milestone { format!("{} (milestone)", step.title) } else { step.title },
            step.document,
        ]);
    }
    Value::Table(grid)
}

/// The usual way through the states: from each the first move that goes on.
fn way(kind: ChangeKind) -> Vec<ChangeState> {
    let mut way = vec![ChangeState::Draft];
    while let Some(next) = way.last().and_then(|state| moves(kind, *state).first()) {
        if way.contains(next) {
            break;
        }
        way.push(*next);
    }
    way
}

fn change_states() -> Value {
    let mut grid = Grid::new(&["Kind", "Way through the states"]);
    for kind in ChangeKind::ALL {
        let states: Vec<&str> = way(*kind).into_iter().map(ChangeState::text).collect();
        grid.row([kind.text().to_owned(), states.join(", ")]);
    }
    Value::Table(grid)
}

fn change_demands() -> Value {
    let kinds = [ChangeKind::Standard, ChangeKind::Normal, ChangeKind::Emergency];
    let mut grid = Grid::new(&["Field", "Standard", "Normal", "Emergency"]);
    for field in Field::ALL {
        if kinds.iter().all(|kind| demanded_in(*kind, *field).is_none()) {
            continue;
        }
        let cells = kinds.map(|kind| match demanded_in(kind, *field) {
            Some(to) => format!("before {}", doing(to)),
            None if field_rule(kind, ChangeState::Draft, *field) == Rule::Locked && field.is_planned() => {
                "from the template".to_owned()
            }
            None => String::new(),
        });
        grid.row(std::iter::once(field.text().to_owned()).chain(cells));
    }
    Value::Table(grid)
}

/// What leads to a state, as it is said after "before".
fn doing(to: ChangeState) -> &'static str {
    use ChangeState as S;
    match to {
        S::Draft => "taking it back",
        S::Declared => "declaring",
        S::Submitted => "submitting",
        S::Returned => "returning it",
        S::Rejected => "rejecting it",
        S::Approved | S::GoAhead => "approving",
        S::Scheduled => "scheduling",
        S::InProgress => "starting",
        S::Implemented | S::Partly | S::RolledBack | S::Failed => "finishing",
        S::Monitoring => "monitoring",
        S::Review => "the review",
        S::Closed => "closing",
        S::Cancelled => "cancelling",
    }
}

/// The state that a record cannot reach without this field.
fn demanded_in(kind: ChangeKind, field: Field) -> Option<ChangeState> {
    let way = way(kind);
    let asks = |pair: &&[ChangeState]| demanded(kind, pair[0]).any(|wanted| wanted == field);
    way.windows(2).find(asks).map(|pair| pair[1])
}

fn change_templates(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Name", "Kind", "Window in minutes", "Ratified", "Ends"]);
    for template in &fill.book.change_templates {
        let ratified = match (template.ratified_by, template.ratified_at) {
            (Some(person), Some(at)) => {
                let name = fill.person(Some(person));
                format!("by {name} as {} on {}", template.ratified_function, fill.day(at))
            }
            _ => "not ratified".to_owned(),
        };
        grid.row([
            template.name.clone(),
            template.kind.text().to_owned(),
            template.window_minutes.to_string(),
            ratified,
            match template.revoked_because.as_str() {
                "" => super::day_or(template.expires_on),
                because => format!("withdrawn: {because}"),
            },
        ]);
    }
    Value::Table(grid)
}

fn test_depths() -> Value {
    let mut grid = Grid::new(&["Class", "Criticality", "Rank", "Depth", "Test cases"]);
    let ranks = [Rank::Severe, Rank::High, Rank::Medium, Rank::Low];
    for class in AssetClass::ALL {
        for criticality in Criticality::ALL {
            let mut from = 0;
            for until in 1..=ranks.len() {
                let deep = depth(ranks[from], *class, *criticality);
                if until < ranks.len() && depth(ranks[until], *class, *criticality) == deep {
                    continue;
                }
                let names: Vec<&str> = ranks[from..until].iter().map(|rank| rank.text()).collect();
                grid.row([
                    class.text().to_owned(),
                    criticality.text().to_owned(),
                    names.join(", "),
                    deep.text().to_owned(),
                    deep.cases().to_string(),
                ]);
                from = until;
            }
        }
    }
    Value::Table(grid)
}
