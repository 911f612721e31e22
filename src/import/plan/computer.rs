//! Which asset each computer of the files is.
//!
//! Keys first, then full names, then short names where nothing else fits (`formats.md` section 7). A name with lost letters
//! or two records that could both be meant is asked, never guessed.

use std::collections::HashMap;

use crate::domain::asset::{Asset, AssetId, AssetKind, Imported};
use crate::domain::book::Book;
use crate::domain::decide::{Moment, new_asset_rows};
use crate::domain::group::GroupId;
use crate::domain::row::RowChange;
use crate::domain::source::{SourceAsset, SourceAssetId, SourceId};
use crate::domain::standing::Standing;
use crate::util::text::{fold, line};

use super::super::identity::{Agreement, HostName, agreement, fold_host};
use super::super::{ComputerRow, ReadSet};
use super::Choices;

/// One imported value that differs from the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldDiff {
    /// The field in words.
    pub field: &'static str,
    /// What the register shows.
    pub was: String,
    /// What the file says.
    pub becomes: String,
    /// The register's own value stays in front of the imported one.
    pub kept_yours: bool,
}

/// What would happen to a computer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A new asset.
    Create,
    /// A known asset with new values.
    Change(Vec<FieldDiff>),
    /// A known asset, nothing new.
    Unchanged,
    /// Known only by its key so far: kept until a file names it.
    Placeholder,
    /// A person must say which asset it is, or that it is a new one.
    Ask(String),
    /// Left out, with the reason.
    LeftOut(String),
}

/// What would happen to one computer of the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComputerPlan {
    /// Its source key: what choices refer to.
    pub key: String,
    /// Its name in the file.
    pub name: String,
    /// Where it stands in the file; 0 where no row describes it.
    pub line: u32,
    /// The asset it is, once known.
    pub asset: Option<AssetId>,
    /// What would happen.
    pub verdict: Verdict,
    /// A remark that changes nothing: a renamed machine, a cloned key.
    pub remark: String,
}

pub(super) struct Computers {
    pub(super) plans: Vec<ComputerPlan>,
    /// Index as in `ReadSet::computers`: the identity observations hang on; `None` where it is left out.
    pub(super) identities: Vec<Option<SourceAssetId>>,
}

pub(super) fn plan(
    book: &Book,
    read: &ReadSet,
    choices: &Choices,
    source: SourceId,
    moment: Moment<'_>,
    changes: &mut Vec<RowChange>,
) -> Computers {
    let mut planner = Planner::new(book, source, moment);
    let superseded = superseded_records(read);
    let mut computers = Computers { plans: Vec::new(), identities: Vec::new() };
    for (index, row) in read.computers.iter().enumerate() {
        let (plan, identity) = match superseded.get(&index) {
            Some(newer) if !choices.take.contains(&row.key.0) => {
                let why =
                    format!("An older record of the same computer; the one in line {newer} reported later.");
                (entry(row, None, Verdict::LeftOut(why)), None)
            }
            _ => planner.plan_one(row, choices, changes),
        };
        computers.plans.push(plan);
        computers.identities.push(identity);
    }
    computers
}

/// Rows of one file set with the same full name but different keys: a re-imaged machine. Index of the older row to the line of
/// the newer one.
fn superseded_records(read: &ReadSet) -> HashMap<usize, u32> {
    let mut newest: HashMap<String, usize> = HashMap::new();
    let mut older = HashMap::new();
    for (index, row) in read.computers.iter().enumerate() {
        if row.name.is_empty() || row.name_damaged {
            continue;
        }
        let name = fold_host(&row.name).full();
        match newest.get(&name) {
            None => {
                newest.insert(name, index);
            }
            Some(&other) => {
                let reported =
                    |i: usize| read.computers[i].last_status_at.max(read.computers[i].last_sync_at);
                let (keep, leave) =
                    if reported(index) > reported(other) { (index, other) } else { (other, index) };
                older.insert(leave, read.computers[keep].line);
                newest.insert(name, keep);
            }
        }
    }
    older
}

fn entry(row: &ComputerRow, asset: Option<AssetId>, verdict: Verdict) -> ComputerPlan {
    let name = if row.name.is_empty() { row.key.0.clone() } else { row.name.clone() };
    ComputerPlan { key: row.key.0.clone(), name, line: row.line, asset, verdict, remark: String::new() }
}

struct Planner<'a> {
    book: &'a Book,
    source: SourceId,
    moment: Moment<'a>,
    by_key: HashMap<&'a str, &'a SourceAsset>,
    /// Folded names of every asset, with the asset's id.
    names: Vec<(HostName, AssetId)>,
    /// Index into `names` by short name.
    by_short: HashMap<String, Vec<usize>>,
    groups: HashMap<String, GroupId>,
}

impl<'a> Planner<'a> {
    fn new(book: &'a Book, source: SourceId, moment: Moment<'a>) -> Self {
        let by_key = book
            .source_assets
            .rows()
            .iter()
            .filter(|s| s.source == source)
            .map(|s| (s.key.as_str(), s))
            .collect();
        let groups = book.groups.rows().iter().map(|g| (fold(&g.name), g.id)).collect();
        let mut planner =
            Self { book, source, moment, by_key, names: Vec::new(), by_short: HashMap::new(), groups };
        for asset in &book.assets {
            planner.know(asset);
        }
        planner
    }

    fn know(&mut self, asset: &Asset) {
        let fqdn = asset.imported.fqdn.iter();
        for name in std::iter::once(&asset.name).chain(&asset.aliases).chain(fqdn) {
            let host = fold_host(name);
            self.by_short.entry(host.short.clone()).or_default().push(self.names.len());
            self.names.push((host, asset.id));
        }
    }

    fn plan_one(
        &mut self,
        row: &ComputerRow,
        choices: &Choices,
        changes: &mut Vec<RowChange>,
    ) -> (ComputerPlan, Option<SourceAssetId>) {
        let key = row.key.0.as_str();
        if choices.leave_out.contains(key) {
            return (entry(row, None, Verdict::LeftOut("You chose to leave it out.".to_owned())), None);
        }
        let known = self.by_key.get(key).copied();
        let chosen = choices.take_as.get(key).copied();
        if let Some(asset) =
            chosen.or_else(|| known.and_then(|k| k.asset)).and_then(|id| self.book.assets.get(id.0))
        {
            return self.update(row, asset, known, changes);
        }
        if row.placeholder || row.name.is_empty() {
            let identity = known.map_or_else(|| self.identify(row, None, changes), |k| k.id);
            return (entry(row, None, Verdict::Placeholder), Some(identity));
        }
        match self.find(&fold_host(&row.name)) {
            Found::One(id) => match self.book.assets.get(id.0) {
                Some(asset) => self.update(row, asset, known, changes),
                // It was created by an earlier row of this very import: the same machine under a second key.
                None => {
                    let identity = self.identify(row, Some(id), changes);
                    (entry(row, Some(id), Verdict::Unchanged), Some(identity))
                }
            },
            Found::None if row.name_damaged && !choices.take.contains(key) => {
                let text = "A letter of its name was lost in the export. Export with -Encoding UTF8, or choose the asset.";
                (entry(row, None, Verdict::Ask(text.to_owned())), None)
            }
            Found::None if row.enabled == Some(false) && !choices.take.contains(key) => {
                let text = "Its account is disabled in the directory. Tick it to add it all the same.";
                (entry(row, None, Verdict::LeftOut(text.to_owned())), None)
            }
            Found::None => self.create(row, known, changes),
            Found::Several(_) if choices.take.contains(key) => self.create(row, known, changes),
            Found::Several(names) => {
                let text = format!("It could be {}. Choose which, or tick it as new.", names.join(" or "));
                (entry(row, None, Verdict::Ask(text)), None)
            }
        }
    }

    fn find(&self, host: &HostName) -> Found {
        let near: Vec<usize> =
            if host.damaged || host.short.chars().count() >= super::super::identity::NETBIOS_LEN {
                (0..self.names.len()).collect()
            } else {
                self.by_short.get(&host.short).cloned().unwrap_or_default()
            };
        let mut best: Vec<(Agreement, AssetId)> = Vec::new();
        for index in near {
            let (name, id) = &self.names[index];
            let how = agreement(host, name);
            if how != Agreement::None {
                best.push((how, *id));
            }
        }
        let Some(strongest) = best.iter().map(|(how, _)| *how).max() else { return Found::None };
        let mut ids: Vec<AssetId> =
            best.iter().filter(|(how, _)| *how == strongest).map(|(_, id)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        match ids.as_slice() {
            [one] if strongest != Agreement::Pattern => Found::One(*one),
            several => {
                let name =
                    |id: &AssetId| self.book.assets.get(id.0).map_or_else(String::new, |a| a.name.clone());
                Found::Several(several.iter().map(name).collect())
            }
        }
    }

    fn create(
        &mut self,
        row: &ComputerRow,
        known: Option<&SourceAsset>,
        changes: &mut Vec<RowChange>,
    ) -> (ComputerPlan, Option<SourceAssetId>) {
        let host = fold_host(&row.name);
        let short = host.short.to_uppercase();
        let name = if self.name_is_free(&short) { short } else { row.name.clone() };
        let mut asset = Asset::new(AssetId(self.moment.ids.next()), &line(&name), self.moment.at);
        asset.kind = kind_of(row);
        if fold(&row.name) != fold(&asset.name) {
            asset.aliases.push(line(&row.name).into_owned());
        }
        asset.imported = imported(row, &Imported::default());
        let mut standing = Standing::of_kind(asset.kind);
        standing.group = self.group_of(row, standing);
        changes.extend(new_asset_rows(&asset, standing, self.moment));
        self.know(&asset);
        let identity = match known {
            Some(known) => map(known, asset.id, changes),
            None => self.identify(row, Some(asset.id), changes),
        };
        (entry(row, Some(asset.id), Verdict::Create), Some(identity))
    }

    fn update(
        &mut self,
        row: &ComputerRow,
        asset: &Asset,
        known: Option<&SourceAsset>,
        changes: &mut Vec<RowChange>,
    ) -> (ComputerPlan, Option<SourceAssetId>) {
        let mut after = asset.clone();
        after.imported = imported(row, &asset.imported);
        let mut remark = String::new();
        let host = fold_host(&row.name);
        let agrees = |name: &String| agreement(&fold_host(name), &host) >= Agreement::Cut;
        let known_name = agrees(&asset.name) || asset.aliases.iter().any(agrees);
        if !row.name.is_empty() && !known_name && !row.name_damaged {
            let other_box =
                !row.ip.is_empty() && row.ip != asset.ip_text() && row.model != asset.model_text();
            if known.is_some_and(|k| k.asset == Some(asset.id)) && other_box {
                remark = format!(
                    "The key of {} now carries the name {}, another address and another model: a cloned machine? \
                     The name was not taken over.",
                    asset.name, row.name
                );
            } else {
                after.aliases.push(line(&row.name).into_owned());
                remark = format!("Now called {}; kept as another name.", row.name);
            }
        }
        let diffs = differences(asset, &after);
        changes.extend(RowChange::update(asset, &after));
        let identity = match known {
            Some(known) if known.asset == Some(asset.id) => known.id,
            Some(known) => map(known, asset.id, changes),
            None => self.identify(row, Some(asset.id), changes),
        };
        let verdict = if diffs.is_empty() { Verdict::Unchanged } else { Verdict::Change(diffs) };
        let mut plan = entry(row, Some(asset.id), verdict);
        if row.name.is_empty() {
            plan.name.clone_from(&asset.name);
        }
        plan.remark = remark;
        (plan, Some(identity))
    }

    fn identify(
        &self,
        row: &ComputerRow,
        asset: Option<AssetId>,
        changes: &mut Vec<RowChange>,
    ) -> SourceAssetId {
        let identity = SourceAsset {
            id: SourceAssetId(self.moment.ids.next()),
            source: self.source,
            key: row.key.0.clone(),
            name: line(&row.name).into_owned(),
            asset,
        };
        changes.push(RowChange::create(&identity));
        identity.id
    }

    fn name_is_free(&self, name: &str) -> bool {
        let wanted = fold_host(name).short;
        self.by_short.get(&wanted).is_none_or(Vec::is_empty)
    }

    /// The patch group with the name of one of its source groups; workstations go to the group of that name.
    fn group_of(&self, row: &ComputerRow, standing: Standing) -> Option<GroupId> {
        let named = row.groups.iter().find_map(|group| self.groups.get(&fold(group)).copied());
        let workstation = standing.class == crate::domain::asset::AssetClass::Workstation;
        named.or_else(|| workstation.then(|| self.groups.get("workstations").copied()).flatten())
    }
}

enum Found {
    None,
    One(AssetId),
    Several(Vec<String>),
}

fn map(known: &SourceAsset, asset: AssetId, changes: &mut Vec<RowChange>) -> SourceAssetId {
    let after = SourceAsset { asset: Some(asset), ..known.clone() };
    changes.extend(RowChange::update(known, &after));
    known.id
}

fn kind_of(row: &ComputerRow) -> AssetKind {
    let server = row.role.eq_ignore_ascii_case("server") || row.os.to_lowercase().contains("server");
    let known = server || !row.role.is_empty() || !row.os.is_empty();
    if server {
        AssetKind::Server
    } else if known {
        AssetKind::Workstation
    } else {
        AssetKind::Other
    }
}

/// Imported values with what the row says; a blank keeps what was known.
fn imported(row: &ComputerRow, before: &Imported) -> Imported {
    let text = |new: &str, old: &Option<String>| {
        if new.is_empty() { old.clone() } else { Some(line(new).into_owned()) }
    };
    // WSUS lists "All Computers" first; the narrowest group comes last.
    let group = row.groups.last().map_or_else(|| ou_of(&row.distinguished_name), Clone::clone);
    Imported {
        fqdn: text(&row.fqdn, &before.fqdn),
        ip: text(&row.ip, &before.ip),
        make: text(&row.make, &before.make),
        model: text(&row.model, &before.model),
        os: text(&row.os, &before.os),
        os_version: text(&row.os_version, &before.os_version),
        source_group: text(&group, &before.source_group),
        description: text(&row.description, &before.description),
        contact_at: row.last_sync_at.max(row.last_logon_at).max(before.contact_at),
        status_at: row.last_status_at.max(before.status_at),
        disabled: row.enabled.map(|enabled| !enabled).or(before.disabled),
    }
}

/// `OU=Servers,OU=HQ,...` as `HQ / Servers`; empty where there is none.
fn ou_of(distinguished_name: &str) -> String {
    let parts = distinguished_name.split(',').filter_map(|part| part.trim().strip_prefix("OU="));
    let mut names: Vec<&str> = parts.collect();
    names.reverse();
    names.join(" / ")
}

/// What a person should see as changed. Contact times move with every import and are no news.
fn differences(before: &Asset, after: &Asset) -> Vec<FieldDiff> {
    let (old, new) = (&before.imported, &after.imported);
    let fields = [
        ("Full name", &old.fqdn, &new.fqdn, ""),
        ("Address", &old.ip, &new.ip, before.ip.as_str()),
        ("Make", &old.make, &new.make, before.make.as_str()),
        ("Model", &old.model, &new.model, before.model.as_str()),
        ("Operating system", &old.os, &new.os, before.os.as_str()),
        ("Version", &old.os_version, &new.os_version, before.os_version.as_str()),
        ("Group in the source", &old.source_group, &new.source_group, ""),
        ("Description", &old.description, &new.description, ""),
    ];
    let mut diffs: Vec<FieldDiff> = fields
        .into_iter()
        .filter(|(_, was, becomes, _)| was != becomes)
        .map(|(field, was, becomes, own)| FieldDiff {
            field,
            was: if own.is_empty() { was.clone().unwrap_or_default() } else { own.to_owned() },
            becomes: becomes.clone().unwrap_or_default(),
            kept_yours: !own.is_empty(),
        })
        .collect();
    if before.aliases != after.aliases {
        diffs.push(FieldDiff {
            field: "Other names",
            was: before.aliases.join(", "),
            becomes: after.aliases.join(", "),
            kept_yours: false,
        });
    }
    diffs
}
