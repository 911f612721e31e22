//! What no undo may do: move a deadline that a ratified policy states, take away what a rank stood on, lay a waiver over the past,
//! take a miss away.
//!
//! Pure: the register as it is, the rows that would change, and when. The store turns row images round blindly, so whoever asks it
//! to asks here first. Undoing and bringing back are judged alike.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::asset::AssetId;
use super::book::{BadRow, Book};
use super::compliance::verdict::Kind;
use super::compliance::view::View;
use super::month::Seal;
use super::month::name::{before as month_before, end_at, month_at};
use super::risk::{Ranked, ranked};
use super::row::{Image, Row, RowChange, Table};
use super::ruleset::Settled;
use super::ruleset::standing::policy_ratified;
use super::shelf::Shelf;
use super::threat::{Advisory, Catalogue, ThreatFact};
use super::update::UpdateId;
use super::waiver::span::newly_covered;
use crate::util::clock::{day_in, day_text, zone};

/// What was recorded within this time, and no month was sealed since, was a slip: taking it back restores what was a moment ago.
pub const SLIP_SECS: i64 = 3_600;

/// An operation that shall be taken back, or brought back.
#[derive(Clone, Copy, Debug)]
pub struct Reversal<'a> {
    /// The rows as they would change now.
    pub changes: &'a [RowChange],
    /// When what is turned round was recorded, UTC seconds: of a redo, when it was undone.
    pub recorded_at: i64,
    /// Now, UTC seconds.
    pub now_at: i64,
}

/// Why not, and what to do instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Why not.
    pub text: String,
    /// What to do instead, one sentence.
    pub hint: &'static str,
}

/// Everything that speaks against taking an operation back; empty where nothing does.
pub fn refusals(book: &Book, of: Reversal<'_>) -> Result<Vec<Refusal>, BadRow> {
    let mut found = Vec::new();
    let mut add = |text: String, hint| found.push(Refusal { text, hint });
    law(book, of, &mut add);
    files(book, of, &mut add);
    // A clock that was set back makes no slip of what is older.
    let slip = (0..=SLIP_SECS).contains(&(of.now_at - of.recorded_at))
        && sealed_since(book, of.recorded_at).is_none();
    if !slip && of.changes.iter().any(|change| change.table == Table::Counting) {
        add(
            "What is counted has moved figures since: taking the change back would move those of the past too.".to_owned(),
            "Change it again in Settings, with the reason; it then holds from now on.",
        );
    }
    if !slip && of.changes.iter().any(|change| supports(book, change)) {
        add(
            "Until when a product is supported has counted since: turning this round would move figures of the past too."
                .to_owned(),
            "Record the end or the proof anew; it then holds from now on.",
        );
    }
    if !slip && of.changes.iter().any(silence_earlier) {
        add(
            "Silence would mean go again for times to object that have passed.".to_owned(),
            "Change the technology domain instead; silence then counts from now on.",
        );
    }
    if !slip && of.changes.iter().any(|change| counts(change.table)) {
        let after = would_be(book, of.changes)?;
        ranks(book, &after, of, &mut add);
        covers(book, &after, of, &mut add);
        missed(book, &after, of, &mut add);
    }
    Ok(found)
}

/// Whether an operation stands for good once it is recorded, so that no undo is offered: it ratifies a version, or moves a deadline
/// beside a ratified policy. `book`: before it.
pub fn stands(book: &Book, changes: &[RowChange]) -> bool {
    changes.iter().any(is_ratified) || changes.iter().any(is_law) && policy_ratified(book)
}

fn images(change: &RowChange) -> impl Iterator<Item = &Image> {
    change.before.iter().chain(&change.after)
}

/// Of a version that was ratified, now or once.
fn is_ratified(change: &RowChange) -> bool {
    change.table == Table::DocumentVersion
        && images(change).any(|image| image.get("ratified_at").is_some_and(|at| !at.is_null()))
}

/// What a policy states, and what waits for one. Which estimate goes with a change that waits is neither.
fn is_law(change: &RowChange) -> bool {
    let without_case = |image: &Image| {
        let mut image = image.clone();
        image.remove("case");
        image
    };
    match (change.table, &change.before, &change.after) {
        (Table::PendingRule, Some(before), Some(after)) => without_case(before) != without_case(after),
        (Table::DeadlineRule | Table::RuleSet | Table::SetRule | Table::PendingRule, _, _) => true,
        _ => false,
    }
}

/// A row of the shop's own about the end of a product, or a proof of extended support: both count from when they were recorded.
fn supports(book: &Book, change: &RowChange) -> bool {
    let own = || {
        let own =
            images(change).any(|image| image.get("own").and_then(serde_json::Value::as_bool) == Some(true));
        own || book.lifecycles.get(change.id).is_some_and(|row| row.own)
    };
    match change.table {
        Table::ExtendedSupport => true,
        Table::Lifecycle => own(),
        _ => false,
    }
}

/// Makes silence mean go from an earlier instant than it does now, or where it means nothing now.
fn silence_earlier(change: &RowChange) -> bool {
    let since = |image: &Option<Image>| {
        let image = image.as_ref()?;
        let ended = image.get("ended_at").is_some_and(|at| !at.is_null());
        image.get("silent_since_at")?.as_i64().filter(|_| !ended)
    };
    change.table == Table::TechDomain
        && since(&change.after).is_some_and(|after| since(&change.before).is_none_or(|before| after < before))
}

/// The seal that was made at an instant or later.
fn sealed_since(book: &Book, at: i64) -> Option<&Seal> {
    book.seals.iter().find(|seal| seal.sealed_at >= at)
}

fn law(book: &Book, of: Reversal<'_>, add: &mut dyn FnMut(String, &'static str)) {
    if of.changes.iter().any(is_ratified) {
        let text = "a version that somebody ratified stays as it was recorded".to_owned();
        return add(text, "Begin a new version of the document and have it ratified.");
    }
    if !of.changes.iter().any(is_law) {
        return;
    }
    if policy_ratified(book) {
        let settled = |image: &Option<Image>| {
            let image = image.as_ref()?;
            image.get("settled")?.as_str().and_then(Settled::of_word)
        };
        let of_kind = |before, after| {
            let mut waiting = of.changes.iter().filter(|change| change.table == Table::PendingRule);
            waiting.any(|change| (settled(&change.before), settled(&change.after)) == (before, after))
        };
        let hint = if of_kind(Some(Settled::Open), None) {
            "Withdraw the change that waits instead; the history keeps both."
        } else if of_kind(Some(Settled::Withdrawn), Some(Settled::Open)) {
            "Propose the change anew; it waits for the next version of the policy."
        } else {
            "Propose the change of the deadline; it holds once a version of the policy that states it is ratified."
        };
        let text = "a policy that states the deadlines was ratified, and no undo moves them".to_owned();
        return add(text, hint);
    }
    if let Some(seal) = sealed_since(book, of.recorded_at) {
        let text = format!("{} was sealed under these deadlines", seal.month);
        add(text, "Set the deadline anew; it holds for what is released from now on.");
    }
}

/// Threat data comes back only as imports do: the newest of its kind, and as long as nothing stands on it.
fn files(book: &Book, of: Reversal<'_>, add: &mut dyn FnMut(String, &'static str)) {
    let rows = of.changes.iter().filter(|change| change.table == Table::Catalogue);
    let loads: Vec<Catalogue> = rows.flat_map(images).filter_map(read).collect();
    let Some(first) = loads.first() else { return };
    for load in &loads {
        let later = book
            .catalogues
            .iter()
            .find(|row| row.kind == load.kind && (row.recorded_at, row.id) > (load.recorded_at, load.id));
        if let Some(later) = later {
            let text = format!("{} of the same kind was loaded later", later.file_name);
            add(text, "Undo that one first, or leave both: the newer file counts.");
        }
    }
    if let Some(seal) = sealed_since(book, of.recorded_at) {
        let text = format!("{} was sealed with what {} says", seal.month, first.file_name);
        add(text, "Leave it; load a newer file, or rate what it says anew, with a reason.");
    }
    let updates: HashSet<UpdateId> = told_of(book, of.changes).into_iter().collect();
    let mut rated = book.ratings.iter().filter(|row| updates.contains(&row.update));
    if let Some(rating) = rated.find(|row| row.since_at >= of.recorded_at) {
        let text = format!("{} was rated since, knowing what was loaded then", name(book, rating.update));
        add(text, "Rate it anew, with the reason why the file does not count.");
    }
}

/// The updates that facts or advisories among the rows speak of.
fn told_of(book: &Book, changes: &[RowChange]) -> Vec<UpdateId> {
    let of = |table| changes.iter().filter(move |change| change.table == table).flat_map(images);
    let cves: HashSet<String> = of(Table::ThreatFact).filter_map(read::<ThreatFact>).map(|f| f.cve).collect();
    let advisories = of(Table::Advisory).filter_map(read::<Advisory>);
    let mut kbs: HashSet<String> = advisories.map(|advisory| advisory.kb).collect();
    let speaks = |advisory: &&Advisory| advisory.cves.iter().any(|cve| cves.contains(cve));
    kbs.extend(book.advisories.iter().filter(speaks).map(|advisory| advisory.kb.clone()));
    let named = book.updates.iter().filter(|update| update.kbs.iter().any(|kb| kbs.contains(kb)));
    named.map(|update| update.id).collect()
}

/// A rank that has counted, and a scan that was believed, are corrected from now on and not in the past.
fn ranks(book: &Book, after: &Book, of: Reversal<'_>, add: &mut dyn FnMut(String, &'static str)) {
    let rate = "Rate it anew, with a reason: that holds from now on.";
    let ratings = of.changes.iter().filter(|change| change.table == Table::Rating);
    let rated = ratings.flat_map(images).find_map(|image| image.get("update")?.as_i64());
    if let Some(update) = rated {
        add(format!("the rank of {} has counted since", name(book, UpdateId(update))), rate);
    }
    let told = told_of(book, of.changes);
    let counted = |book| -> Vec<Vec<(i64, u8)>> {
        let steps = |row: Ranked| {
            let mut steps: Vec<(i64, u8)> =
                row.course.steps.iter().map(|step| (step.since_at, step.rank as u8)).collect();
            steps.dedup_by_key(|step| step.1);
            steps
        };
        ranked(book, &told, of.now_at).into_iter().map(steps).collect()
    };
    let (before, after) = (counted(book), counted(after));
    let moved = told.iter().zip(before.iter().zip(&after)).find(|(_, (before, after))| before != after);
    if let Some((update, _)) = moved {
        add(format!("it moved the rank of {}, and that has counted since", name(book, *update)), rate);
    }
    let mut scans = of.changes.iter().filter(|change| change.table == Table::Finding);
    if scans.any(|change| images(change).any(|image| image.get("update").is_some_and(|u| !u.is_null()))) {
        let text = "what the scanner found has counted since".to_owned();
        add(text, "Load a newer scan: what is mended is gone from it.");
    }
}

fn covers(book: &Book, after: &Book, of: Reversal<'_>, add: &mut dyn FnMut(String, &'static str)) {
    let Some(newly) = newly_covered(book, after, of.now_at) else { return };
    let asset = book.assets.get(newly.asset.0).map_or("an asset", |asset| asset.name.as_str());
    let from = day_text(day_in(zone(&book.shop.zone), newly.from_at));
    let sealed = book.seals.iter().any(|seal| newly.from_at <= seal.as_of_at);
    let sealed = if sealed { ", inside a sealed month" } else { "" };
    let update = name(book, newly.update);
    add(
        format!("a waiver would cover {update} on {asset} from {from} on{sealed}, where none covers it now"),
        "Ask for the waiver anew; it covers from the instant it is granted.",
    );
}

/// What was said of a machine, or vouched for by hand, is corrected from now on: what was missed by then was missed.
fn missed(book: &Book, after: &Book, of: Reversal<'_>, add: &mut dyn FnMut(String, &'static str)) {
    let told = Told { machines: told_machines(of.changes), updates: ended_duties(of.changes) };
    let instants_told = told.machines.values().chain(told.updates.values());
    let Some(from_at) = instants_told.copied().min() else { return };
    for at in instants(book, from_at, of.now_at) {
        let left = misses(after, &told, at);
        let Some((asset, update)) = misses(book, &told, at).into_iter().find(|miss| !left.contains(miss))
        else {
            continue;
        };
        let machine = book.assets.get(asset.0).map_or("an asset", |asset| asset.name.as_str());
        let day = day_text(day_in(zone(&book.shop.zone), at));
        let text = format!(
            "{} was missed or not shown on {machine} by {day}, and that would be gone",
            name(book, update)
        );
        return add(text, "Record it anew as it is now, with the reason; that holds from now on.");
    }
}

/// What an operation speaks of, each with the earliest instant that it speaks of.
struct Told {
    machines: BTreeMap<AssetId, i64>,
    updates: BTreeMap<UpdateId, i64>,
}

/// The updates whose duty the rows end at another instant than before: declined, or taken back by the vendor.
fn ended_duties(changes: &[RowChange]) -> BTreeMap<UpdateId, i64> {
    let mut told = BTreeMap::new();
    for change in changes.iter().filter(|change| change.table == Table::PatchUpdate) {
        let (Some(before), Some(after)) = (&change.before, &change.after) else { continue };
        let fields = ["declined_at", "withdrawn_at", "declined_reason"];
        let same = fields.iter().all(|field| before.get(*field) == after.get(*field));
        let number = |image: &Image, field: &str| image.get(field).and_then(serde_json::Value::as_i64);
        let at = |image| fields[..2].iter().filter_map(|field| number(image, field)).min();
        if let Some(since) = [at(before), at(after)].into_iter().flatten().min().filter(|_| !same) {
            told.insert(UpdateId(change.id), since);
        }
    }
    told
}

/// The machines that dated facts and checks by hand among the rows speak of, with the earliest instant they speak of. A machine that
/// comes or goes whole takes its duties with it and is another matter.
fn told_machines(changes: &[RowChange]) -> BTreeMap<AssetId, i64> {
    let whole = |change: &&RowChange| change.before.is_none() || change.after.is_none();
    let assets = || changes.iter().filter(|change| change.table == Table::Asset);
    let gone: HashSet<i64> = assets().filter(whole).map(|change| change.id).collect();
    let mut told: BTreeMap<AssetId, i64> = BTreeMap::new();
    for change in changes {
        let since = match change.table {
            Table::AssetFact => "since_at",
            Table::Attestation => "checked_at",
            _ => continue,
        };
        for image in images(change) {
            let number = |field: &str| image.get(field).and_then(serde_json::Value::as_i64);
            if let (Some(asset), Some(at)) = (number("asset"), number(since))
                && !gone.contains(&asset)
            {
                let known = told.entry(AssetId(asset)).or_insert(at);
                *known = at.min(*known);
            }
        }
    }
    told
}

/// Now, and the ends of the months that are over since an instant: what is counted there is printed. Two years are enough.
fn instants(book: &Book, from_at: i64, now_at: i64) -> Vec<i64> {
    const MONTHS: usize = 24;
    let mut found = vec![now_at];
    let mut month = month_at(book, now_at);
    while found.len() <= MONTHS {
        let Some(earlier) = month_before(&month) else { break };
        let Some(end) = end_at(book, &earlier).filter(|end| *end >= from_at) else { break };
        found.push(end);
        month = earlier;
    }
    found
}

/// The pairs of machines that are overdue at an instant, were closed late by then, or have no answer past their due date.
fn misses(book: &Book, of: &Told, at: i64) -> BTreeSet<(AssetId, UpdateId)> {
    let view = View::new(book, at);
    let mut found = BTreeSet::new();
    for (place, update) in (0_u32..).zip(book.updates.rows()) {
        for verdict in view.pairs_of(place) {
            let asset = book.assets.rows()[verdict.asset as usize].id;
            let late = match verdict.kind {
                Kind::Satisfied(_) => verdict.required && verdict.closed > verdict.due,
                Kind::Unknown => verdict.required && verdict.due < view.at,
                _ => view.is_overdue(&verdict),
            };
            if late && (of.machines.contains_key(&asset) || of.updates.contains_key(&update.id)) {
                found.insert((asset, update.id));
            }
        }
    }
    found
}

fn name(book: &Book, update: UpdateId) -> String {
    book.updates.get(update.0).map_or_else(|| "an update".to_owned(), super::update::Update::short_name)
}

fn read<R: Row>(image: &Image) -> Option<R> {
    serde_json::from_value(serde_json::Value::Object(image.clone())).ok()
}

/// Tables that ranks, waivers and misses are worked out from.
fn counts(table: Table) -> bool {
    use Table::{
        Advisory, Asset, AssetFact, Attestation, Finding, PatchUpdate, Rating, ThreatFact, Waiver,
        WaiverRequest,
    };
    matches!(
        table,
        Asset
            | AssetFact
            | Attestation
            | PatchUpdate
            | Rating
            | ThreatFact
            | Advisory
            | Finding
            | Waiver
            | WaiverRequest
    )
}

/// The register as it would be, as far as ranks and waivers are worked out from it. What else would go stays.
fn would_be(book: &Book, changes: &[RowChange]) -> Result<Book, BadRow> {
    let mut after = book.clone();
    let gone: HashSet<(Table, i64)> = changes
        .iter()
        .filter(|change| change.after.is_none())
        .map(|change| (change.table, change.id))
        .collect();
    leave(&mut after.waivers, &gone);
    leave(&mut after.waiver_requests, &gone);
    leave(&mut after.ratings, &gone);
    leave(&mut after.facts, &gone);
    leave(&mut after.attestations, &gone);
    leave(&mut after.threats, &gone);
    leave(&mut after.advisories, &gone);
    for change in changes.iter().filter(|change| counts(change.table)) {
        if let Some(image) = &change.after {
            after.put(change.table, image.clone())?;
        }
    }
    Ok(after)
}

/// Takes the rows that go off a shelf.
fn leave<R: Row>(shelf: &mut Shelf<R>, gone: &HashSet<(Table, i64)>) {
    if !gone.iter().any(|(table, _)| *table == R::TABLE) {
        return;
    }
    let mut rest = Shelf::default();
    for row in shelf.iter().filter(|row| !gone.contains(&(R::TABLE, row.id()))) {
        rest.put(row.clone());
    }
    *shelf = rest;
}
