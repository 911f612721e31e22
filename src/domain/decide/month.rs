//! What a register that was begun before the month's tables is given when they come: the rows a new one starts with.

use std::collections::HashMap;

use serde_json::Value;

use super::super::book::Book;
use super::super::group::Group;
use super::super::row::{Image, Row as _, RowChange, Table};
use super::rule::starting_rows;
use crate::util::id::Ids;
use crate::util::text::fold;

/// The name of the operation that brings them.
pub const BEGIN_MONTH: &str = "Begin the month's tables";

/// The rows of the month's tables that a new register starts with, for a register that has no row in any of them; else nothing.
/// Groups are meant by their names: one that this register does not have is left out.
pub fn month_rows(book: &Book, ids: &Ids) -> Vec<RowChange> {
    let practice = usize::from(book.practice.id != 0);
    let begun = [
        practice,
        book.roles.len(),
        book.activities.len(),
        book.release_rules.len(),
        book.closures.len(),
        book.cycle_templates.len(),
        book.cycles.len(),
        book.change_templates.len(),
        book.changes.len(),
        book.runbooks.len(),
        book.waiver_requests.len(),
    ];
    if begun.into_iter().any(|rows| rows > 0) {
        return Vec::new();
    }
    let of_the_month = starting_rows(ids).into_iter().filter(|row| row.table <= Table::RunEntry);
    let (old, mut new): (Vec<_>, Vec<_>) = of_the_month.partition(|row| row.table <= Table::Attestation);
    let mut own: HashMap<i64, Option<i64>> = HashMap::new();
    for row in old.iter().filter(|row| row.table == Group::TABLE) {
        let name = row.after.as_ref().and_then(|image| image.get("name")?.as_str()).unwrap_or_default();
        let known = book.groups.rows().iter().find(|group| fold(&group.name) == fold(name));
        own.insert(row.id, known.map(|group| group.id.0));
    }
    for image in new.iter_mut().filter_map(|row| row.after.as_mut()) {
        point_at_own_groups(image, &own);
    }
    new
}

/// Puts the register's own groups in the place of a new one's, wherever a row or a part of it names one.
fn point_at_own_groups(image: &mut Image, own: &HashMap<i64, Option<i64>>) {
    for (key, value) in image.iter_mut() {
        let meant = value.as_i64().and_then(|id| own.get(&id));
        match (key.as_str(), meant) {
            ("group", Some(id)) => *value = Value::from(*id),
            _ => point_in(value, own),
        }
    }
}

fn point_in(value: &mut Value, own: &HashMap<i64, Option<i64>>) {
    match value {
        Value::Array(parts) => parts.iter_mut().for_each(|part| point_in(part, own)),
        Value::Object(image) => point_at_own_groups(image, own),
        _ => {}
    }
}
