//! Assets: creating, changing, and their dated values.

use super::super::asset::{Asset, AssetId, Fact, FactId, FactValue, Status};
use super::super::book::Book;
use super::super::command::{AssetDraft, Decision, Issues, StandingEdit};
use super::super::row::RowChange;
use super::super::source::SourceAssetId;
use super::super::standing::{FactsByAsset, Standing};
use super::{Findings, Moment, refused, still_as_read};
use crate::util::text::{block, fold, line};

pub(super) fn save(book: &Book, draft: AssetDraft, moment: Moment<'_>) -> Result<Decision, Issues> {
    let AssetDraft { base, mut asset, standing, reason, approved_by } = draft;
    if let Some(base) = &base {
        still_as_read(book.assets.get(base.id.0), base, &base.name)?;
        asset.id = base.id;
        asset.created_at = base.created_at;
    } else {
        asset.id = AssetId(moment.ids.next());
        asset.created_at = moment.at;
    }
    tidy(&mut asset);
    let mut findings = Findings::default();
    check(book, &asset, &mut findings);
    let was = base.as_ref().map(|base| current(book, base, moment.at));
    check_leaving(was, standing, &reason, &approved_by, &mut findings);
    if let Some(group) = standing.group
        && book.groups.get(group.0).is_none()
    {
        findings.add("group", "This patch group is not in the register.");
    }
    findings.done()?;

    let label = if base.is_some() { format!("Change {}", asset.name) } else { format!("Add {}", asset.name) };
    let mut changes = Vec::new();
    match &base {
        Some(base) => changes.extend(RowChange::update(base, &asset)),
        None => changes.push(RowChange::create(&asset)),
    }
    let earlier = book.facts.rows().iter().filter(|fact| fact.asset == asset.id);
    let turn = Turn::after(earlier, moment.at);
    push_facts(&mut changes, asset.id, was, standing, (&reason, &approved_by), (turn, moment));
    Ok(Decision { label, changes, batch: None })
}

pub(super) fn set_standing(book: &Book, edit: &StandingEdit, moment: Moment<'_>) -> Result<Decision, Issues> {
    if edit.assets.is_empty() {
        return Err(refused("No asset is selected."));
    }
    let mut findings = Findings::default();
    let mut changes = Vec::new();
    let facts = FactsByAsset::new(book);
    for id in &edit.assets {
        let (Some(asset), Some(place)) = (book.assets.get(id.0), book.assets.place(id.0)) else {
            return Err(refused("An asset of the selection is no longer in the register."));
        };
        let was = facts.standing(asset, place, moment.at);
        let becomes = Standing {
            scope: edit.scope.unwrap_or(was.scope),
            status: edit.status.unwrap_or(was.status),
            exposure: edit.exposure.unwrap_or(was.exposure),
            class: edit.class.unwrap_or(was.class),
            group: edit.group.unwrap_or(was.group),
        };
        if findings.0.is_empty() {
            check_leaving(Some(was), becomes, &edit.reason, &edit.approved_by, &mut findings);
        }
        let said = (edit.reason.as_str(), edit.approved_by.as_str());
        let turn = Turn::after(facts.of(place).iter().copied(), moment.at);
        push_facts(&mut changes, *id, Some(was), becomes, said, (turn, moment));
        if let Some(owner) = edit.owner {
            changes.extend(RowChange::update(asset, &Asset { owner, ..asset.clone() }));
        }
    }
    findings.done()?;
    let label = match edit.assets.as_slice() {
        [one] => format!("Change {}", book.assets.get(one.0).map_or("", |a| a.name.as_str())),
        many => format!("Change {} assets", many.len()),
    };
    Ok(Decision { label, changes, batch: None })
}

pub(super) fn map_source(book: &Book, source: SourceAssetId, asset: AssetId) -> Result<Decision, Issues> {
    let Some(before) = book.source_assets.get(source.0) else {
        return Err(refused("This computer of a source is not in the register."));
    };
    let Some(target) = book.assets.get(asset.0) else {
        return Err(refused("The asset is no longer in the register."));
    };
    let mut after = before.clone();
    after.asset = Some(asset);
    let label = format!("Take {} as {}", before.name, target.name);
    Ok(Decision { label, changes: RowChange::update(before, &after).into_iter().collect(), batch: None })
}

/// The rows of an asset that an import creates: the asset and all its dated values.
pub fn new_asset_rows(asset: &Asset, standing: Standing, moment: Moment<'_>) -> Vec<RowChange> {
    let mut changes = vec![RowChange::create(asset)];
    let turn = Turn::after(std::iter::empty(), moment.at);
    push_facts(&mut changes, asset.id, None, standing, ("", ""), (turn, moment));
    changes
}

/// The dated values as they stand.
fn current(book: &Book, asset: &Asset, at: i64) -> Standing {
    book.assets.place(asset.id.0).map_or_else(
        || Standing::of_kind(asset.kind),
        |place| FactsByAsset::new(book).standing(asset, place, at),
    )
}

/// Where a new dated value stands among the earlier ones of its asset: at now or later, and with a higher id, so that what is
/// recorded later wins even within one second or after the clock stepped back.
#[derive(Clone, Copy)]
struct Turn {
    since_at: i64,
    above: i64,
}

impl Turn {
    fn after<'a>(earlier: impl Iterator<Item = &'a Fact>, at: i64) -> Self {
        let first = Self { since_at: at, above: 0 };
        earlier.fold(first, |turn, fact| Self {
            since_at: turn.since_at.max(fact.since_at),
            above: turn.above.max(fact.id.0),
        })
    }

    fn id(self, ids: &crate::util::id::Ids) -> FactId {
        FactId(above(self.above, ids.next()))
    }
}

/// A new id above another one.
pub(super) fn above(newest: i64, random: i64) -> i64 {
    if random > newest { random } else { newest + 1 + (random & 0xffff) }
}

/// Dated rows for what differs. A new asset gets all of them, so that a later change of its kind moves no old figure.
fn push_facts(
    changes: &mut Vec<RowChange>,
    asset: AssetId,
    was: Option<Standing>,
    becomes: Standing,
    (reason, approved_by): (&str, &str),
    (turn, moment): (Turn, Moment<'_>),
) {
    let mut push = |differs: bool, value: FactValue| {
        if differs {
            changes.push(RowChange::create(&Fact {
                id: turn.id(moment.ids),
                asset,
                value,
                since_at: turn.since_at,
                reason: line(reason).into_owned(),
                approved_by: line(approved_by).into_owned(),
            }));
        }
    };
    let new = was.is_none();
    let was = was.unwrap_or(becomes);
    push(new || was.scope != becomes.scope, FactValue::Scope(becomes.scope));
    push(new || was.status != becomes.status, FactValue::Status(becomes.status));
    push(new || was.exposure != becomes.exposure, FactValue::Exposure(becomes.exposure));
    push(new || was.class != becomes.class, FactValue::Class(becomes.class));
    push(was.group != becomes.group || (new && becomes.group.is_some()), FactValue::Group(becomes.group));
}

/// Whatever leaves the denominator leaves with a reason and an approver.
fn check_leaving(
    was: Option<Standing>,
    becomes: Standing,
    reason: &str,
    approved_by: &str,
    findings: &mut Findings,
) {
    let leaves_scope = !becomes.scope && was.is_none_or(|was| was.scope);
    if leaves_scope {
        findings.demand("reason", reason, "Say why it leaves the scope; the report prints it.");
        findings.demand("approved_by", approved_by, "Name who approved that it leaves the scope.");
    }
    let retires = matches!(becomes.status, Status::Retired | Status::Stored)
        && was.is_some_and(|was| was.status != becomes.status);
    if retires {
        findings.demand("reason", reason, "Say why it is retired or stored; the report prints it.");
    }
}

fn tidy(asset: &mut Asset) {
    for text in [
        &mut asset.name,
        &mut asset.function,
        &mut asset.environment,
        &mut asset.os,
        &mut asset.os_version,
        &mut asset.technology,
        &mut asset.make,
        &mut asset.model,
        &mut asset.serial,
        &mut asset.ip,
        &mut asset.site,
        &mut asset.zone,
        &mut asset.support_proof,
    ] {
        *text = line(text).into_owned();
    }
    asset.restart_procedure = block(&asset.restart_procedure);
    asset.note = block(&asset.note);
    for list in [&mut asset.aliases, &mut asset.products] {
        let mut seen = std::collections::HashSet::new();
        *list = list.iter().map(|text| line(text).into_owned()).filter(|t| !t.is_empty()).collect();
        list.retain(|text| seen.insert(fold(text)));
    }
    if let Some(away) = &mut asset.away {
        away.holder = line(&away.holder).into_owned();
    }
}

fn check(book: &Book, asset: &Asset, findings: &mut Findings) {
    findings.demand("name", &asset.name, "Give the asset a name.");
    if !asset.name.is_empty()
        && let Some(other) = book.asset_named(&asset.name)
        && other.id != asset.id
    {
        let also = if fold(&other.name) == fold(&asset.name) { "" } else { " (one of its other names)" };
        findings
            .add("name", format!("{} is already in the register{also}. Choose another name.", other.name));
    }
    for alias in &asset.aliases {
        if let Some(other) = book.asset_named(alias)
            && other.id != asset.id
        {
            findings.add("aliases", format!("{alias} already belongs to {}.", other.name));
        }
    }
    if !asset.zone.is_empty() && asset.zone.parse::<chrono_tz::Tz>().is_err() {
        findings.add("zone", "This time zone is not known. Write it like Europe/Berlin.");
    }
    if let Some(away) = &asset.away {
        findings.demand("away", &away.holder, "Say who has it with them.");
        if let (Some(since), Some(back)) = (away.since_on, away.expected_on)
            && back < since
        {
            findings.add("away", "It cannot come back before it left.");
        }
    }
    if asset.partner == Some(asset.id) {
        findings.add("partner", "An asset cannot be its own cluster partner.");
    }
    if asset.standby_of == Some(asset.id) {
        findings.add("standby_of", "An asset cannot stand by for itself.");
    }
    for (field, person) in [
        ("owner", asset.owner),
        ("deploy_admin", asset.deploy_admin),
        ("app_support", asset.app_support),
        ("tester", asset.tester),
    ] {
        if person.is_some_and(|id| book.people.get(id.0).is_none()) {
            findings.add(field, "This person is not in the register.");
        }
    }
}
