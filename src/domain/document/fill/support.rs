//! What is installed and until when it gets security updates.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::machine::in_scope;
use super::{Fill, day_or};
use crate::domain::asset::Asset;
use crate::domain::compliance::servicing::AHEAD_DAYS;
use crate::domain::document::kind::Kind;
use crate::domain::document::value::{Grid, Value};

pub(super) fn value(fill: &Fill<'_>, kind: Kind, name: &str) -> Option<Value> {
    Some(match (kind, name) {
        (_, "servicing.notice-days") => {
            let mut days = AHEAD_DAYS;
            days.reverse();
            Value::List(days.iter().map(ToString::to_string).collect())
        }
        (Kind::Table, "end-of-servicing") => ends(fill),
        (Kind::Table, "unsupported") => unsupported(fill),
        (Kind::Table, "devices") => devices(fill),
        (Kind::Table, "software") => software(fill),
        _ => return None,
    })
}

fn product(asset: &Asset) -> String {
    let words = [asset.os_text(), asset.os_version_text()];
    let name = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if name.is_empty() { "not recorded".to_owned() } else { name }
}

/// Where an end stands on the day, in words.
fn standing(fill: &Fill<'_>, end_on: Option<NaiveDate>) -> String {
    let Some(end_on) = end_on else { return "no end is known".to_owned() };
    let left = (end_on - fill.today).num_days();
    if left < 0 {
        return "ended".to_owned();
    }
    match AHEAD_DAYS.into_iter().find(|days| left <= *days) {
        Some(days) => format!("ends within {days} days"),
        None => "supported".to_owned(),
    }
}

/// A machine's product has proof of extended support beyond the end.
fn has_proof(fill: &Fill<'_>, asset: &Asset) -> bool {
    let mut proofs = fill.book.extended_supports.iter();
    let row = proofs.any(|p| p.asset == asset.id && p.voided_at.is_none() && p.until_on >= fill.today);
    row || !asset.support_proof.trim().is_empty()
}

fn ends(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Product", "Machines", "Security updates end", "Proof held by", "Standing"]);
    let mut products: BTreeMap<(NaiveDate, String), (u64, u64)> = BTreeMap::new();
    for (_, asset) in in_scope(fill) {
        let Some(end_on) = fill.view().support_end(asset) else { continue };
        if (end_on - fill.today).num_days() > AHEAD_DAYS[2] {
            continue;
        }
        let row = products.entry((end_on, product(asset))).or_default();
        row.0 += 1;
        row.1 += u64::from(has_proof(fill, asset));
    }
    for ((end_on, product), (machines, proofs)) in products {
        grid.row([
            product,
            machines.to_string(),
            crate::util::clock::day_text(end_on),
            proofs.to_string(),
            standing(fill, Some(end_on)),
        ]);
    }
    Value::Table(grid)
}

fn unsupported(fill: &Fill<'_>) -> Value {
    let mut grid =
        Grid::new(&["Machine", "Product", "Ended on", "Extended support", "Owner", "Action or waiver"]);
    for place in fill.view().servicing(fill.figures()).past {
        let asset = &fill.book.assets.rows()[place as usize];
        let actions =
            fill.book.actions.iter().filter(|a| a.done_at.is_none() && a.what.contains(&asset.name));
        let waivers = fill
            .book
            .waiver_requests
            .iter()
            .filter(|r| r.assets.contains(&asset.id) && r.granted_at.is_some() && r.revoked_at.is_none());
        let what: Vec<String> =
            actions.map(|a| a.what.clone()).chain(waivers.map(|request| request.number.clone())).collect();
        grid.row([
            asset.name.clone(),
            product(asset),
            day_or(fill.view().support_end(asset)),
            if has_proof(fill, asset) { "proof" } else { "no proof" }.to_owned(),
            fill.person(asset.owner),
            what.join("; "),
        ]);
    }
    Value::Table(grid)
}

fn devices(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&[
        "Kind",
        "Product and version",
        "Machines",
        "Security updates end",
        "Standing",
        "Automatic updates by",
    ]);
    let mut rows: BTreeMap<(String, String, Option<NaiveDate>), (u64, u64)> = BTreeMap::new();
    for (_, asset) in in_scope(fill) {
        let key = (asset.kind.text().to_owned(), product(asset), fill.view().support_end(asset));
        let row = rows.entry(key).or_default();
        row.0 += 1;
        row.1 += u64::from(asset.manual_only);
    }
    let sources: Vec<&str> = fill.book.sources.iter().map(|source| source.name.as_str()).collect();
    for ((kind, product, end_on), (machines, by_hand)) in rows {
        let tool = match by_hand {
            n if n == machines => "by hand".to_owned(),
            0 => sources.join(", "),
            n => format!("{} ({n} by hand)", sources.join(", ")),
        };
        grid.row([kind, product, machines.to_string(), day_or(end_on), standing(fill, end_on), tool]);
    }
    Value::Table(grid)
}

fn software(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Product", "Machines", "Security updates end", "Standing"]);
    let mut rows: BTreeMap<&str, u64> = BTreeMap::new();
    for (_, asset) in in_scope(fill) {
        for product in &asset.products {
            *rows.entry(product).or_default() += 1;
        }
    }
    for (product, machines) in rows {
        let known = fill.book.lifecycles.iter().filter(|row| row.ended_at.is_none());
        let row = known
            .filter(|row| row.product.eq_ignore_ascii_case(product))
            .max_by_key(|row| row.security_end_on);
        let end_on = row.and_then(|row| row.security_end_on);
        grid.row([product.to_owned(), machines.to_string(), day_or(end_on), standing(fill, end_on)]);
    }
    Value::Table(grid)
}
