//! The shop, its scope, its groups and what it covers.

use super::{Fill, text};
use crate::domain::asset::{FactValue, Status};
use crate::domain::compliance::DEFINITIONS;
use crate::domain::document::kind::Kind;
use crate::domain::document::value::{Grid, Value};
use crate::domain::standing::FactsByAsset;
use crate::domain::update::Classification;

pub(super) fn value(fill: &Fill<'_>, kind: Kind, name: &str) -> Option<Value> {
    let shop = &fill.book.shop;
    Some(match (kind, name) {
        (_, "shop.name") => text(&shop.name),
        (_, "shop.zone") => text(&shop.zone),
        (_, "assets.registered") => Value::Number(fill.book.assets.len() as i64),
        (_, "assets.in-scope") => {
            Value::Number(fill.standings().iter().filter(|standing| standing.counts()).count() as i64)
        }
        (_, "definitions") => text(DEFINITIONS),
        (_, "covered-classes") => classes(fill, true),
        (_, "uncovered-classes") => match classes(fill, false) {
            Value::List(none) if none.is_empty() => Value::List(vec!["none".to_owned()]),
            list => list,
        },
        (_, "freshness.server-days") => Value::Number(shop.fresh_server_days),
        (_, "freshness.other-days") => Value::Number(shop.fresh_other_days),
        (_, "freshness.release-days") => Value::Number(crate::domain::compliance::machine::SETTLED_DAYS),
        (Kind::Table, "exclusions") => exclusions(fill),
        (Kind::Table, "groups") => groups(fill),
        (_, "backlog.open") => backlog(fill),
        _ => return None,
    })
}

fn classes(fill: &Fill<'_>, covered: bool) -> Value {
    let is = |class: &&Classification| fill.book.shop.covered.contains(class) == covered;
    Value::List(Classification::ALL.iter().filter(is).map(|class| class.text().to_owned()).collect())
}

fn exclusions(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Machine", "Reason", "Approved by", "Recorded on"]);
    let facts = FactsByAsset::new(fill.book);
    for (place, asset) in fill.book.assets.iter().enumerate() {
        if fill.standings()[place].scope {
            continue;
        }
        let out = |fact: &&&crate::domain::asset::Fact| {
            fact.value == FactValue::Scope(false) && fact.since_at <= fill.as_of_at
        };
        let Some(fact) = facts.of(place as u32).iter().rev().find(out) else { continue };
        grid.row([
            asset.name.clone(),
            fact.reason.clone(),
            fact.approved_by.clone(),
            fill.day(fact.since_at),
        ]);
    }
    for status in [Status::Planned, Status::Stored, Status::Retired] {
        let is = |s: &&crate::domain::standing::Standing| s.scope && s.status == status;
        let count = fill.standings().iter().filter(is).count();
        if count > 0 {
            let machines = crate::util::text::counted(count as u64, "machine", "machines");
            grid.row([machines, status.text().to_owned(), String::new(), String::new()]);
        }
    }
    Value::Table(grid)
}

fn groups(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Order", "Group", "Windows", "Note"]);
    for (at, group) in fill.book.groups_in_order().into_iter().enumerate() {
        let windows = fill.book.windows.iter().filter(|w| w.group == group.id && w.ended_at.is_none());
        let windows: Vec<String> = windows.map(|w| super::calendar::window_short(fill, w)).collect();
        grid.row([(at + 1).to_string(), group.name.clone(), windows.join("; "), group.note.clone()]);
    }
    Value::Table(grid)
}

/// Open duties that were released before the day on which the shop began.
fn backlog(fill: &Fill<'_>) -> Value {
    let Some(began_on) = fill.book.shop.adoption_on else { return Value::Number(0) };
    let began_at = crate::util::clock::end_of_day(fill.zone, began_on - chrono::TimeDelta::days(1));
    let counts = fill.figures().updates.iter().zip(fill.book.updates.iter());
    let older = counts.filter(|(_, update)| update.released_at <= began_at);
    Value::Number(older.map(|(count, _)| i64::from(count.open)).sum())
}
