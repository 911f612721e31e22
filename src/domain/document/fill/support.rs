//! What is installed and until when it gets security updates.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::machine::in_scope;
use super::{Fill, day_or};
use crate::domain::asset::Asset;
use crate::domain::compliance::servicing::AHEAD_DAYS;
use crate::domain::document::kind::Kind;
use crate::domain::document::value::{Grid, Value};
use crate::domain::lifecycle::{End, Fit, Lifecycle, Proof, Supports};
use crate::util::text::fold;

/// End of security updates, product with its edition, end of extended support.
type ProductEnd = (NaiveDate, String, Option<NaiveDate>);

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

/// Products whose security updates ended or end within the longest notice; those that ended first stand first.
fn ends(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&[
        "Product",
        "Machines",
        "Security updates end",
        "Extended support ends",
        "Proof held by",
        "Standing",
    ]);
    let supports = Supports::new(fill.book, fill.as_of_at);
    let mut products: BTreeMap<ProductEnd, (u64, u64)> = BTreeMap::new();
    for (_, asset) in in_scope(fill) {
        let support = supports.of(asset);
        for end in &support.ends {
            let Some(security_end_on) = end.security_end_on else { continue };
            if (security_end_on - support.today).num_days() > AHEAD_DAYS[2] {
                continue;
            }
            let row = end.row.and_then(|id| fill.book.lifecycles.get(id.0));
            let name = row.map_or_else(|| end.name.clone(), Lifecycle::name);
            let counts = products.entry((security_end_on, name, end.extended_end_on)).or_default();
            counts.0 += 1;
            counts.1 += u64::from(end.proof != Proof::None && !end.is_past(support.today));
        }
    }
    for ((security_end_on, product, extended_end_on), (machines, proofs)) in products {
        grid.row([
            product,
            machines.to_string(),
            crate::util::clock::day_text(security_end_on),
            day_or(extended_end_on),
            proofs.to_string(),
            standing(fill, Some(security_end_on)),
        ]);
    }
    Value::Table(grid)
}

fn proof_text(proof: &Proof) -> String {
    match proof {
        Proof::None => "no proof".to_owned(),
        Proof::Named(contract) => contract.clone(),
        Proof::Until(day, reference) => format!("{reference}, until {}", crate::util::clock::day_text(*day)),
    }
}

fn unsupported(fill: &Fill<'_>) -> Value {
    let mut grid =
        Grid::new(&["Machine", "Product", "Ended on", "Extended support", "Owner", "Action or waiver"]);
    let supports = Supports::new(fill.book, fill.as_of_at);
    for place in fill.view().servicing(fill.figures()).past {
        let asset = &fill.book.assets.rows()[place as usize];
        let support = supports.of(asset);
        let past = support.past();
        let actions =
            fill.book.actions.iter().filter(|a| {
                a.done_at.is_none() && a.dropped_because.is_empty() && names(&a.what, &asset.name)
            });
        let waivers = fill
            .book
            .waiver_requests
            .iter()
            .filter(|r| r.assets.contains(&asset.id) && r.granted_at.is_some() && r.revoked_at.is_none());
        let what: Vec<String> =
            actions.map(|a| a.what.clone()).chain(waivers.map(|request| request.number.clone())).collect();
        grid.row([
            asset.name.clone(),
            past.map_or_else(|| product(asset), |end| end.name.clone()),
            day_or(past.and_then(End::until)),
            past.map_or_else(|| proof_text(&Proof::None), |end| proof_text(&end.proof)),
            fill.person(asset.owner),
            what.join("; "),
        ]);
    }
    Value::Table(grid)
}

/// A sentence says this name as a word of its own: `DC1` is not in `DC10 is replaced`.
fn names(sentence: &str, name: &str) -> bool {
    let wanted = fold(name);
    let part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    !wanted.is_empty() && fold(sentence).split(|c| !part(c)).any(|word| word == wanted)
}

/// Machines, those that only people patch, and the sources that show them.
type Row<'a> = (u64, u64, BTreeSet<&'a str>);

fn devices(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&[
        "Kind",
        "Product and version",
        "Machines",
        "Security updates end",
        "Standing",
        "Reports through",
    ]);
    let supports = Supports::new(fill.book, fill.as_of_at);
    let mut rows: BTreeMap<(String, String, Option<NaiveDate>), Row<'_>> = BTreeMap::new();
    for (_, asset) in in_scope(fill) {
        let support = supports.of(asset);
        let end_on =
            support.ends.iter().find(|end| end.product.is_empty()).and_then(|end| end.security_end_on);
        let key = (asset.kind.text().to_owned(), product(asset), end_on);
        let row = rows.entry(key).or_default();
        row.0 += 1;
        row.1 += u64::from(asset.manual_only);
        let known = fill.book.source_assets.iter().filter(|known| known.asset == Some(asset.id));
        let sources = known.filter_map(|known| fill.book.sources.get(known.source.0));
        row.2.extend(sources.map(|source| source.name.as_str()));
    }
    for ((kind, product, end_on), (machines, by_hand, sources)) in rows {
        let mut told: Vec<String> = sources.into_iter().map(str::to_owned).collect();
        if told.is_empty() {
            told.push("nothing".to_owned());
        }
        if by_hand > 0 {
            told.push(format!("{by_hand} patched by hand"));
        }
        let cells = [kind, product, machines.to_string(), day_or(end_on), standing(fill, end_on)];
        grid.row(cells.into_iter().chain([told.join("; ")]));
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
    let supports = Supports::new(fill.book, fill.as_of_at);
    for (product, machines) in rows {
        let end_on = match supports.rows().software(product) {
            Fit::Row(row) => row.security_end_on,
            Fit::OneOf(..) | Fit::None(_) => None,
        };
        grid.row([product.to_owned(), machines.to_string(), day_or(end_on), standing(fill, end_on)]);
    }
    Value::Table(grid)
}
