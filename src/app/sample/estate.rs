//! The machines and the updates of the sample, read out of `assets/sample`.

use crate::domain::asset::{AssetKind, Criticality, Exposure};

const ESTATE: &str = include_str!("../../../assets/sample/estate.csv");
const UPDATES: &str = include_str!("../../../assets/sample/updates.csv");

/// How a machine takes its updates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// The day after release.
    Pilot,
    /// Within a week.
    Prompt,
    /// Within a fortnight.
    Normal,
    /// After the deadline.
    Late,
    /// Weeks after the deadline.
    Laggard,
    /// Fails the newest update.
    Failing,
    /// Waits for a restart.
    Pending,
    /// Stopped reporting.
    Silent,
    /// With somebody, silent.
    Away,
    /// Never reported.
    Never,
    /// A system without security updates.
    EndOfLife,
    /// Left two months before the end.
    Retired,
    /// No server knows it.
    Manual,
}

impl Behaviour {
    fn of_word(word: &str) -> Self {
        match word {
            "pilot" => Self::Pilot,
            "prompt" => Self::Prompt,
            "late" => Self::Late,
            "laggard" => Self::Laggard,
            "failing" => Self::Failing,
            "pending" => Self::Pending,
            "silent" => Self::Silent,
            "away" => Self::Away,
            "never" => Self::Never,
            "eol" => Self::EndOfLife,
            "retired" => Self::Retired,
            "manual" => Self::Manual,
            _ => Self::Normal,
        }
    }
}

/// One machine of the sample.
#[derive(Clone, Debug)]
pub struct Machine {
    /// Its name.
    pub name: String,
    /// What kind of thing.
    pub kind: AssetKind,
    /// Operating system.
    pub os: String,
    /// Its version.
    pub os_version: String,
    /// Maker.
    pub make: String,
    /// Model.
    pub model: String,
    /// Address.
    pub ip: String,
    /// Patch group, which is also its WSUS group.
    pub group: String,
    /// How it takes its updates.
    pub behaviour: Behaviour,
    /// Who answers for it.
    pub owner: String,
    /// Who can reach it.
    pub exposure: Exposure,
    /// How much hangs on it.
    pub criticality: Criticality,
    /// Where it stands.
    pub site: String,
    /// What it is for.
    pub function: String,
}

/// One kind of update that comes back every month.
#[derive(Clone, Debug)]
pub(super) struct Product {
    /// Short name that makes its identifiers.
    pub code: String,
    /// Part of the operating system's name it applies to.
    pub os: String,
    /// Title without month and KB.
    pub title: String,
    /// WSUS classification.
    pub classification: String,
    /// MSRC severity.
    pub severity: String,
    /// Days after the monthly release.
    pub day: i64,
    /// Replaces the month before.
    pub cumulative: bool,
    /// WSUS product.
    pub product: String,
}

/// The machines, in the order of the file.
pub fn machines() -> Vec<Machine> {
    let rows = rows(ESTATE);
    let machine = |r: Vec<String>| {
        let [
            name,
            kind,
            os,
            os_version,
            make,
            model,
            ip,
            group,
            behaviour,
            owner,
            exposure,
            criticality,
            site,
            function,
        ] = <[String; 14]>::try_from(r).ok()?;
        Some(Machine {
            name,
            kind: AssetKind::of_word(&kind)?,
            os,
            os_version,
            make,
            model,
            ip,
            group,
            behaviour: Behaviour::of_word(&behaviour),
            owner,
            exposure: Exposure::of_word(&exposure)?,
            criticality: Criticality::of_word(&criticality)?,
            site,
            function,
        })
    };
    rows.into_iter().filter_map(machine).collect()
}

/// The kinds of update, in the order of the file.
pub(super) fn products() -> Vec<Product> {
    let product = |r: Vec<String>| {
        let [code, os, title, classification, severity, day, cumulative, product] =
            <[String; 8]>::try_from(r).ok()?;
        let (day, cumulative) = (day.parse().ok()?, cumulative == "1");
        Some(Product { code, os, title, classification, severity, day, cumulative, product })
    };
    rows(UPDATES).into_iter().filter_map(product).collect()
}

/// The rows under the header of one of our own two files: commas, and quotes round a cell that holds one.
fn rows(text: &str) -> Vec<Vec<String>> {
    let cells = |line: &str| {
        let mut cells = vec![String::new()];
        let mut quoted = false;
        for c in line.chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                _ => {
                    if let Some(cell) = cells.last_mut() {
                        cell.push(c);
                    }
                }
            }
        }
        cells
    };
    text.lines().skip(1).filter(|line| !line.is_empty()).map(cells).collect()
}
