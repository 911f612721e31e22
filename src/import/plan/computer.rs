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

use super::super::identity::{Agreement, agreement, fold_host};
use super::super::{ComputerRow, IdSpace, ReadSet};
use super::Choices;
use super::field::{FieldDiff, differences, imported};
use super::name::{Found, Names};

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
            _ => planner.plan_one(row, choices),
        };
        computers.plans.push(plan);
        computers.identities.push(identity);
    }
    planner.finish(changes);
    computers
}

/// Rows of one file set with the same full name but different ids of one server: a re-imaged machine. Index of the older row to
/// the line of the newer one. Rows without an id, or with one of the directory, describe the same machine and are joined.
fn superseded_records(read: &ReadSet) -> HashMap<usize, u32> {
    let mut newest: HashMap<(IdSpace, String), usize> = HashMap::new();
    let mut older = HashMap::new();
    for (index, row) in read.computers.iter().enumerate() {
        if row.name.is_empty() || row.name_damaged || row.id_space == IdSpace::None {
            continue;
        }
        let name = (row.id_space, fold_host(&row.name).full());
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

/// An asset as this import leaves it: several rows may describe one.
struct Draft<'a> {
    /// As the register has it; `None` for a new one.
    before: Option<&'a Asset>,
    asset: Asset,
    standing: Standing,
}

struct Planner<'a> {
    book: &'a Book,
    source: SourceId,
    moment: Moment<'a>,
    by_key: HashMap<&'a str, &'a SourceAsset>,
    names: Names,
    groups: HashMap<String, GroupId>,
    drafts: Vec<Draft<'a>>,
    /// Index into `drafts`.
    places: HashMap<AssetId, usize>,
    mappings: Vec<RowChange>,
}

impl<'a> Planner<'a> {
    fn new(book: &'a Book, source: SourceId, moment: Moment<'a>) -> Self {
        let of_source = book.source_assets.rows().iter().filter(|s| s.source == source);
        let mut names = Names::default();
        for asset in &book.assets {
            names.know(asset);
        }
        Self {
            book,
            source,
            moment,
            by_key: of_source.map(|s| (s.key.as_str(), s)).collect(),
            names,
            groups: book.groups.rows().iter().map(|g| (fold(&g.name), g.id)).collect(),
            drafts: Vec::new(),
            places: HashMap::new(),
            mappings: Vec::new(),
        }
    }

    fn finish(self, changes: &mut Vec<RowChange>) {
        for draft in self.drafts {
            match draft.before {
                Some(before) => changes.extend(RowChange::update(before, &draft.asset)),
                None => changes.extend(new_asset_rows(&draft.asset, draft.standing, self.moment)),
            }
        }
        changes.extend(self.mappings);
    }

    /// The place of an asset's draft, begun where there is none.
    fn draft(&mut self, id: AssetId) -> Option<usize> {
        if let Some(&place) = self.places.get(&id) {
            return Some(place);
        }
        let before = self.book.assets.get(id.0)?;
        let standing = Standing::of_kind(before.kind);
        self.places.insert(id, self.drafts.len());
        self.drafts.push(Draft { before: Some(before), asset: before.clone(), standing });
        Some(self.drafts.len() - 1)
    }

    fn plan_one(&mut self, row: &ComputerRow, choices: &Choices) -> (ComputerPlan, Option<SourceAssetId>) {
        let key = row.key.0.as_str();
        if choices.leave_out.contains(key) {
            return (entry(row, None, Verdict::LeftOut("You chose to leave it out.".to_owned())), None);
        }
        let known = self.by_key.get(key).copied();
        let chosen = choices.take_as.get(key).copied();
        if let Some(place) = chosen.or_else(|| known.and_then(|k| k.asset)).and_then(|id| self.draft(id)) {
            return self.update(row, place, known);
        }
        if row.placeholder || row.name.is_empty() {
            let identity = known.map_or_else(|| self.identify(row, None), |k| k.id);
            return (entry(row, None, Verdict::Placeholder), Some(identity));
        }
        let taken = choices.take.contains(key);
        match self.names.find(&fold_host(&row.name)) {
            Found::One(id) => match self.draft(id) {
                Some(place) => self.update(row, place, known),
                None => self.create(row, known),
            },
            Found::None if row.name_damaged && !taken => {
                let text = "A letter of its name was lost in the export. Export with -Encoding UTF8, or choose the asset.";
                (entry(row, None, Verdict::Ask(text.to_owned())), None)
            }
            Found::None if row.enabled == Some(false) && !taken => {
                let text = "Its account is disabled in the directory. Tick it to add it all the same.";
                (entry(row, None, Verdict::LeftOut(text.to_owned())), None)
            }
            Found::Several(ids) if !taken => {
                let names: Vec<&str> = ids.iter().map(|id| self.name_of(*id)).collect();
                let text = format!("It could be {}. Choose which, or tick it as new.", names.join(" or "));
                (entry(row, None, Verdict::Ask(text)), None)
            }
            Found::None | Found::Several(_) => self.create(row, known),
        }
    }

    fn name_of(&self, id: AssetId) -> &str {
        let drafted = self.places.get(&id).map(|&place| self.drafts[place].asset.name.as_str());
        drafted.or_else(|| self.book.assets.get(id.0).map(|a| a.name.as_str())).unwrap_or_default()
    }

    fn create(
        &mut self,
        row: &ComputerRow,
        known: Option<&SourceAsset>,
    ) -> (ComputerPlan, Option<SourceAssetId>) {
        let short = fold_host(&row.name).short.to_uppercase();
        let name = if self.names.is_free(&short) { short } else { row.name.clone() };
        let mut asset = Asset::new(AssetId(self.moment.ids.next()), &line(&name), self.moment.at);
        asset.kind = kind_of(row);
        if fold(&row.name) != fold(&asset.name) {
            asset.aliases.push(line(&row.name).into_owned());
        }
        asset.imported = imported(row, &Imported::default());
        let mut standing = Standing::of_kind(asset.kind);
        standing.group = self.group_of(row, standing);
        self.names.know(&asset);
        let id = asset.id;
        self.places.insert(id, self.drafts.len());
        self.drafts.push(Draft { before: None, asset, standing });
        let identity = self.map(row, id, known);
        (entry(row, Some(id), Verdict::Create), Some(identity))
    }

    fn update(
        &mut self,
        row: &ComputerRow,
        place: usize,
        known: Option<&SourceAsset>,
    ) -> (ComputerPlan, Option<SourceAssetId>) {
        let before = self.drafts[place].asset.clone();
        let is_new = self.drafts[place].before.is_none();
        let mut after = before.clone();
        after.imported = imported(row, &before.imported);
        let mut remark = String::new();
        let host = fold_host(&row.name);
        let agrees = |name: &String| agreement(&fold_host(name), &host) >= Agreement::Cut;
        let known_name = agrees(&before.name) || before.aliases.iter().any(agrees);
        if !row.name.is_empty() && !known_name && !row.name_damaged {
            let by_key = known.is_some_and(|k| k.asset == Some(before.id));
            if by_key && is_another_box(row, &before.imported) {
                after = before.clone();
                remark = format!(
                    "The key of {} now carries the name {}, another address and another model: a cloned machine? \
                     Nothing of it was taken over.",
                    before.name, row.name
                );
            } else {
                after.aliases.push(line(&row.name).into_owned());
                remark = format!("Now called {}; kept as another name.", row.name);
            }
        }
        let diffs = differences(&before, &after);
        if after.aliases.len() > before.aliases.len() || after.imported.fqdn != before.imported.fqdn {
            self.names.know(&after);
        }
        let id = after.id;
        let name = after.name.clone();
        self.drafts[place].asset = after;
        let identity = self.map(row, id, known);
        let verdict = if diffs.is_empty() || is_new { Verdict::Unchanged } else { Verdict::Change(diffs) };
        let mut plan = entry(row, Some(id), verdict);
        if row.name.is_empty() {
            plan.name = name;
        }
        plan.remark = remark;
        (plan, Some(identity))
    }

    /// The row's identity, pointing at an asset.
    fn map(&mut self, row: &ComputerRow, asset: AssetId, known: Option<&SourceAsset>) -> SourceAssetId {
        let Some(known) = known else { return self.identify(row, Some(asset)) };
        let after = SourceAsset { asset: Some(asset), ..known.clone() };
        self.mappings.extend(RowChange::update(known, &after));
        known.id
    }

    fn identify(&mut self, row: &ComputerRow, asset: Option<AssetId>) -> SourceAssetId {
        let identity = SourceAsset {
            id: SourceAssetId(self.moment.ids.next()),
            source: self.source,
            key: row.key.0.clone(),
            name: line(&row.name).into_owned(),
            asset,
        };
        self.mappings.push(RowChange::create(&identity));
        identity.id
    }

    /// The patch group with the name of one of its source groups; workstations go to the group of that name.
    fn group_of(&self, row: &ComputerRow, standing: Standing) -> Option<GroupId> {
        let named = row.groups.iter().find_map(|group| self.groups.get(&fold(group)).copied());
        let workstation = standing.class == crate::domain::asset::AssetClass::Workstation;
        named.or_else(|| workstation.then(|| self.groups.get("workstations").copied()).flatten())
    }
}

/// Another address and another model; what either side does not say is no difference.
fn is_another_box(row: &ComputerRow, before: &Imported) -> bool {
    let differs = |new: &str, old: Option<&String>| !new.is_empty() && old.is_some_and(|old| old != new);
    differs(&row.ip, before.ip.as_ref()) && differs(&row.model, before.model.as_ref())
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
