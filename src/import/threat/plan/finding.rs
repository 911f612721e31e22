//! A scan as a second opinion: which asset each machine is, what is found there, and what is gone.
//!
//! Owns the match by the rules of names, and by an address only where one asset has it. A machine that may be several, or
//! none, is told and left aside: nothing is guessed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::domain::asset::AssetId;
use crate::domain::book::Book;
use crate::domain::threat::{Catalogue, CatalogueId, Finding, FindingId, Look};
use crate::import::identity::fold_host;
use crate::import::plan::name::{Found, Names};
use crate::util::clock;
use crate::util::text::counted;

use super::super::{ScanHost, ScanRow, ThreatRead};
use super::tie::{Tie, Updates};
use super::{LeftHost, ThreatPlan, findings};

/// What an asset's part of a scan is.
#[derive(Default)]
struct Looked {
    seen_at: i64,
    /// The scan does not say that it logged in: what is missing proves nothing.
    blind: bool,
    rows: Vec<usize>,
}

/// Adds what is new to the plan; `scan_at` is the time of the scan where a machine bears none.
pub(super) fn plan(book: &Book, read: &ThreatRead, scan_at: i64, plan: &mut ThreatPlan) {
    let hosts = Hosts::new(book);
    let zone = clock::zone(&book.shop.zone);
    let seen_at = |host: &ScanHost| {
        host.seen_at.or_else(|| host.seen_local.map(|local| clock::instant_of(zone, local)))
    };
    let mut looked: BTreeMap<AssetId, Looked> = BTreeMap::new();
    let mut asset_of: Vec<Option<AssetId>> = Vec::with_capacity(read.hosts.len());
    let mut by_address = 0;
    for host in &read.hosts {
        let found = hosts.find(host);
        if let Ok((asset, address)) = found {
            by_address += u64::from(address);
            let entry = looked.entry(asset).or_default();
            entry.seen_at = entry.seen_at.max(seen_at(host).unwrap_or(scan_at));
            entry.blind |= host.with_login != Some(true);
        }
        asset_of.push(found.as_ref().ok().map(|(asset, _)| *asset));
        if let Err(why) = found {
            plan.left_hosts.push(LeftHost { name: host_name(host), why });
        }
    }
    if by_address > 0 {
        let machines = counted(by_address, "machine was", "machines were");
        plan.warnings.push(format!("{machines} recognised by an address that one asset alone has."));
    }
    let left = asset_of.iter().filter(|asset| asset.is_none()).count();
    if left > 0 {
        let machines = counted(left as u64, "machine is", "machines are");
        plan.warnings.push(format!("{machines} left aside, each named below with the reason."));
    }
    for (at, row) in read.findings.iter().enumerate() {
        if let Some(looked) = asset_of[row.host].and_then(|asset| looked.get_mut(&asset)) {
            looked.rows.push(at);
        }
    }
    let looks = looked.iter();
    plan.rows.catalogue.looked =
        looks.map(|(&asset, looked)| Look { asset, at: looked.seen_at, blind: looked.blind }).collect();
    let updates = Updates::new(book);
    let scans = book.catalogues.iter().filter(|scan| scan.kind == read.kind);
    let scans: HashMap<CatalogueId, &Catalogue> = scans.map(|scan| (scan.id, scan)).collect();
    let mut known: HashMap<AssetId, Vec<&Finding>> = HashMap::new();
    for finding in book.findings.iter().filter(|finding| scans.contains_key(&finding.catalogue)) {
        known.entry(finding.asset).or_default().push(finding);
    }
    let mut looks: HashMap<AssetId, Vec<i64>> = HashMap::new();
    for look in scans.values().flat_map(|scan| &scan.looked).filter(|look| !look.blind) {
        looks.entry(look.asset).or_default().push(look.at);
    }
    let mut tally = Counts::default();
    for (asset, looked) in looked {
        let known = known.get(&asset).map_or(&[][..], Vec::as_slice);
        let looks = looks.get(&asset).map_or(&[][..], Vec::as_slice);
        let part = Part { read, asset, looked: &looked, known, looks };
        part.plan(&updates, plan, &mut tally);
    }
    plan.tally(tally.new, "new finding", "new findings");
    plan.tally(tally.again, "finding seen again", "findings seen again");
    plan.tally(tally.gone, "finding no longer reported", "findings no longer reported");
    if tally.by_cve > 0 {
        let found = if tally.by_cve == 1 { "finding names" } else { "findings name" };
        plan.warnings.push(format!(
            "{} {found} no article; tied by vulnerability to the newest update that mends it there.",
            tally.by_cve
        ));
    }
    if tally.unclear > 0 {
        plan.warnings.push(format!(
            "{} by vulnerability alone may mean more than one update of the machine, and speak of none.",
            findings(tally.unclear)
        ));
    }
    if tally.older > 0 {
        let are = if tally.older == 1 { "is" } else { "are" };
        plan.warnings.push(format!(
            "{} {are} shown no longer by a newer scan of the machine, and recorded for the time until then.",
            findings(tally.older)
        ));
    }
    if tally.blind > 0 {
        let machines = counted(tally.blind, "machine", "machines");
        plan.warnings.push(format!(
            "The scan does not show that it logged in to {machines}: what it does not report there stays open."
        ));
    }
}

#[derive(Default)]
struct Counts {
    new: usize,
    again: usize,
    gone: usize,
    older: usize,
    by_cve: usize,
    unclear: usize,
    blind: u64,
}

/// One asset's part of the scan.
struct Part<'p> {
    read: &'p ThreatRead,
    asset: AssetId,
    looked: &'p Looked,
    /// What this scanner said of it before.
    known: &'p [&'p Finding],
    /// When this scanner looked at it and could log in, whatever it found.
    looks: &'p [i64],
}

impl Part<'_> {
    fn plan(&self, updates: &Updates<'_>, plan: &mut ThreatPlan, tally: &mut Counts) {
        let seen_at = self.looked.seen_at;
        let mut known: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
        for row in self.known {
            known.entry(&row.plugin).or_default().push(row);
        }
        let mut reported: BTreeSet<&str> = BTreeSet::new();
        for at in &self.looked.rows {
            let row = &self.read.findings[*at];
            if !reported.insert(&row.plugin) {
                continue;
            }
            let before = known.get(row.plugin.as_str()).map_or(&[][..], Vec::as_slice);
            let same = before.iter().copied().find(|before| before.seen_at == seen_at);
            let (finding, tie) = self.finding(row, same, updates);
            // The same scan again says nothing new, unless its update is known by now.
            let is_told = |before: &Finding| {
                (&before.update, &before.kb, &before.cves) == (&finding.update, &finding.kb, &finding.cves)
            };
            if same.is_some_and(is_told) {
                continue;
            }
            let gone_at = same.map_or_else(|| self.end_of(before), |same| same.gone_at);
            let again = before.iter().any(|before| before.shows_at(seen_at));
            tally.by_cve += usize::from(tie == Tie::Vulnerability);
            tally.unclear += usize::from(tie == Tie::Unclear);
            tally.older += usize::from(same.is_none() && gone_at.is_some());
            tally.again += usize::from(again);
            tally.new += usize::from(!again);
            plan.rows.findings.push(Finding { gone_at, ..finding });
        }
        let missing = known.iter().filter(|(plugin, _)| !reported.contains(**plugin));
        let gone: Vec<&Finding> = missing
            .flat_map(|(_, rows)| rows)
            .copied()
            .filter(|row| row.seen_at < seen_at && row.shows_at(seen_at))
            .collect();
        if self.looked.blind {
            tally.blind += u64::from(!gone.is_empty());
            return;
        }
        tally.gone += gone.iter().map(|row| &row.plugin).collect::<BTreeSet<_>>().len();
        let ended = gone.into_iter().map(|row| Finding { gone_at: Some(seen_at), ..row.clone() });
        plan.rows.findings.extend(ended);
    }

    /// A showing; `same` is its row where this very scan was loaded before.
    fn finding(&self, row: &ScanRow, same: Option<&Finding>, updates: &Updates<'_>) -> (Finding, Tie) {
        let (update, kb, tie) = updates.of(self.asset, self.looked.seen_at, row);
        let finding = Finding {
            id: same.map_or(FindingId(0), |same| same.id),
            catalogue: CatalogueId(0),
            asset: self.asset,
            update,
            kb,
            cves: row.cves.clone(),
            plugin: row.plugin.clone(),
            name: row.name.clone(),
            severity: row.severity.clone(),
            seen_at: self.looked.seen_at,
            gone_at: None,
            recorded_at: 0,
        };
        (finding, tie)
    }

    /// Which newer scan ended a showing of this one, where an older scan is loaded late: the first that logged in and did not show
    /// the check, whose other showings these are.
    fn end_of(&self, showings: &[&Finding]) -> Option<i64> {
        let shown = |at: i64| showings.iter().any(|row| row.seen_at == at);
        let later = self.looks.iter().copied().filter(|&at| at > self.looked.seen_at && !shown(at));
        later.min()
    }
}

/// The assets by name and by address.
struct Hosts<'b> {
    book: &'b Book,
    names: Names,
    addresses: HashMap<&'b str, Vec<AssetId>>,
}

impl<'b> Hosts<'b> {
    fn new(book: &'b Book) -> Hosts<'b> {
        let mut names = Names::default();
        let mut addresses: HashMap<&str, Vec<AssetId>> = HashMap::new();
        for asset in &book.assets {
            names.know(asset);
            let texts = [asset.ip.as_str(), asset.imported.ip.as_deref().unwrap_or_default()];
            let texts: BTreeSet<&str> = texts
                .iter()
                .flat_map(|text| text.split([',', ';', '|', ' ']))
                .filter(|text| !text.is_empty())
                .collect();
            for address in texts {
                addresses.entry(address).or_default().push(asset.id);
            }
        }
        Hosts { book, names, addresses }
    }

    /// Which asset a machine is, and whether only its address says so; else why none.
    fn find(&self, host: &ScanHost) -> Result<(AssetId, bool), String> {
        let mut one: BTreeSet<AssetId> = BTreeSet::new();
        for name in &host.names {
            match self.names.find(&fold_host(name)) {
                Found::One(asset) => {
                    one.insert(asset);
                }
                Found::Several(several) => return Err(self.may_be(&several)),
                Found::None => {}
            }
        }
        let one: Vec<AssetId> = one.into_iter().collect();
        match (one.as_slice(), self.addresses.get(host.address.as_str()).map(Vec::as_slice)) {
            ([asset], _) => Ok((*asset, false)),
            ([], Some([asset])) => Ok((*asset, true)),
            ([], None) => {
                Err("no asset has this name or address; add it to the register, then load again".to_owned())
            }
            ([], Some(several)) | (several, _) => Err(self.may_be(several)),
        }
    }

    fn may_be(&self, several: &[AssetId]) -> String {
        let names =
            several.iter().filter_map(|id| self.book.assets.get(id.0)).map(|asset| asset.name.as_str());
        let names: Vec<&str> = names.take(3).collect();
        format!(
            "it may be {}; give the right asset this name as an alias, then load again",
            names.join(" or ")
        )
    }
}

fn host_name(host: &ScanHost) -> String {
    let mut parts: Vec<&str> = host.names.iter().map(String::as_str).collect();
    if !host.address.is_empty() {
        parts.push(&host.address);
    }
    parts.join(", ")
}
