//! Machines: the list, what hangs on what, restarts, test systems, what is installed.

use std::collections::BTreeMap;

use super::Fill;
use crate::domain::asset::{Asset, AssetKind, Exposure};
use crate::domain::document::kind::Kind;
use crate::domain::document::value::{Grid, Value};
use crate::util::text::fold;

pub(super) fn value(fill: &Fill<'_>, kind: Kind, name: &str) -> Option<Value> {
    if kind != Kind::Table {
        return None;
    }
    Some(match name {
        "machines" => machines(fill),
        "dependencies" => dependencies(fill),
        "restarts" => restarts(fill),
        "test-systems" => test_systems(fill),
        "devices.by-exposure" => by_exposure(fill),
        _ => return None,
    })
}

/// Machines in scope with their places: by order of groups, then what matters most, then by name.
pub(super) fn in_scope<'a>(fill: &Fill<'a>) -> Vec<(usize, &'a Asset)> {
    let order: BTreeMap<i64, usize> =
        fill.book.groups_in_order().iter().enumerate().map(|(at, group)| (group.id.0, at)).collect();
    let mut found: Vec<(usize, &Asset)> =
        fill.book.assets.iter().enumerate().filter(|(place, _)| fill.standings()[*place].counts()).collect();
    found.sort_by_cached_key(|(place, asset)| {
        let group = fill.standings()[*place].group.and_then(|id| order.get(&id.0).copied());
        (group.unwrap_or(usize::MAX), asset.criticality, fold(&asset.name))
    });
    found
}

fn machines(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Group", "Machine", "What and where", "Criticality", "Exposure", "People"]);
    for (place, asset) in in_scope(fill) {
        let standing = &fill.standings()[place];
        let role = |what: &str, id| {
            let name = fill.person(id);
            Some(format!("{what} {name}")).filter(|_| !name.is_empty())
        };
        let people: Vec<String> = [
            role("owner", asset.owner),
            role("deploys", asset.deploy_admin),
            role("supports", asset.app_support),
            role("tests", asset.tester),
        ]
        .into_iter()
        .flatten()
        .collect();
        let hands: Vec<&str> = [(asset.manual_only, "by hand"), (asset.remote_only, "remote only")]
            .into_iter()
            .filter_map(|(is, words)| is.then_some(words))
            .collect();
        let mut what = vec![asset.function.as_str(), &asset.environment, &asset.site];
        what.extend(hands);
        what.retain(|word| !word.is_empty());
        grid.row([
            fill.group(standing.group),
            asset.name.clone(),
            what.join(", "),
            asset.criticality.text().to_owned(),
            standing.exposure.text().to_owned(),
            people.join("; "),
        ]);
    }
    Value::Table(grid)
}

fn dependencies(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Machine", "Depends on", "Cluster partner", "Stands by for"]);
    for (_, asset) in in_scope(fill) {
        if asset.depends_on.is_empty() && asset.partner.is_none() && asset.standby_of.is_none() {
            continue;
        }
        let name = |id| fill.asset(id);
        grid.row([
            asset.name.clone(),
            asset.depends_on.iter().map(|id| name(*id)).collect::<Vec<_>>().join(", "),
            asset.partner.map(name).unwrap_or_default(),
            asset.standby_of.map(name).unwrap_or_default(),
        ]);
    }
    Value::Table(grid)
}

fn restarts(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Machine", "Restart procedure"]);
    for (_, asset) in in_scope(fill).into_iter().filter(|(_, a)| !a.restart_procedure.trim().is_empty()) {
        grid.row([asset.name.clone(), asset.restart_procedure.clone()]);
    }
    Value::Table(grid)
}

fn test_systems(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Machine", "Group", "Mirrors", "Tester"]);
    for (place, asset) in in_scope(fill) {
        if crate::domain::cycle::lint::people::is_test(&asset.environment) {
            let group = fill.group(fill.standings()[place].group);
            grid.row([asset.name.clone(), group, asset.function.clone(), fill.person(asset.tester)]);
        }
    }
    Value::Table(grid)
}

fn by_exposure(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Exposure", "Servers", "Workstations", "Network devices", "Other"]);
    for exposure in Exposure::ALL {
        let mut counts = [0_u64; 4];
        for (place, asset) in in_scope(fill) {
            if fill.standings()[place].exposure == *exposure {
                counts[column(asset.kind)] += 1;
            }
        }
        let cells = counts.map(|count| count.to_string());
        grid.row(std::iter::once(exposure.text().to_owned()).chain(cells));
    }
    Value::Table(grid)
}

fn column(kind: AssetKind) -> usize {
    match kind {
        AssetKind::Server | AssetKind::VmHost | AssetKind::Cloud => 0,
        AssetKind::Workstation | AssetKind::Laptop => 1,
        AssetKind::Network | AssetKind::Appliance => 2,
        _ => 3,
    }
}
