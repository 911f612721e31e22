//! Which update a scanner's finding is about: by its article, or, where it names none, by its vulnerabilities.
//!
//! Nothing is guessed: a finding that may mean several updates of its machine is tied to none.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::domain::asset::AssetId;
use crate::domain::book::Book;
use crate::domain::compliance::edge::advised_edges;
use crate::domain::pair::State;
use crate::domain::update::{Update, UpdateId};

use super::super::ScanRow;

/// How a finding was tied to an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tie {
    /// By the article it names, or not at all.
    Article,
    /// By its vulnerabilities.
    Vulnerability,
    /// By nothing: more than one update may be meant.
    Unclear,
}

/// The updates by article and by the vulnerabilities that their advisories name.
pub(super) struct Updates<'b> {
    book: &'b Book,
    by_kb: HashMap<&'b str, Vec<&'b Update>>,
    /// Places of the updates that may be owed.
    by_cve: HashMap<&'b str, BTreeSet<u32>>,
    /// Places of what replaces an update.
    newer: BTreeMap<u32, BTreeSet<u32>>,
}

impl<'b> Updates<'b> {
    pub(super) fn new(book: &'b Book) -> Updates<'b> {
        let mut by_kb: HashMap<&str, Vec<&Update>> = HashMap::new();
        for update in &book.updates {
            for kb in &update.kbs {
                by_kb.entry(kb).or_default().push(update);
            }
        }
        let mut by_cve: HashMap<&str, BTreeSet<u32>> = HashMap::new();
        for advisory in &book.advisories {
            let fixes = by_kb.get(advisory.kb.as_str()).into_iter().flatten();
            let places: Vec<u32> = fixes.filter_map(|update| book.updates.place(update.id.0)).collect();
            for cve in &advisory.cves {
                by_cve.entry(cve.as_str()).or_default().extend(&places);
            }
        }
        let mut newer: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        let told = book
            .supersedences
            .iter()
            .filter_map(|edge| Some((book.updates.place(edge.older.0)?, book.updates.place(edge.newer.0)?)));
        for (old, new) in told.chain(advised_edges(book, i64::MAX)) {
            newer.entry(old).or_default().insert(new);
        }
        Updates { book, by_kb, by_cve, newer }
    }

    /// The one update a finding is about, its article, and how it was tied. Of several with the same article, the one that
    /// concerns the asset; where that leaves more than one, none.
    pub(super) fn of(&self, asset: AssetId, row: &ScanRow) -> (Option<UpdateId>, String, Tie) {
        if row.kbs.is_empty() {
            let (update, tie) = self.by_vulnerability(asset, &row.cves);
            return (update, String::new(), tie);
        }
        let first = row.kbs.first().cloned().unwrap_or_default();
        let all: Vec<(&Update, &String)> = row
            .kbs
            .iter()
            .flat_map(|kb| self.by_kb.get(kb.as_str()).into_iter().flatten().map(move |update| (*update, kb)))
            .collect();
        let own: Vec<&(&Update, &String)> = all
            .iter()
            .filter(|(update, _)| {
                self.state(asset, update).is_some_and(|state| state != State::NotApplicable)
            })
            .collect();
        match (own.as_slice(), all.as_slice()) {
            ([(update, kb)], _) | ([], [(update, kb)]) => (Some(update.id), (*kb).clone(), Tie::Article),
            _ => (None, first, Tie::Article),
        }
    }

    /// The update whose installation the vulnerabilities contradict: of the required updates of the asset that mend one of them, or
    /// replace one that does, the newest that a source calls installed; where none is, the newest that is owed.
    fn by_vulnerability(&self, asset: AssetId, cves: &[String]) -> (Option<UpdateId>, Tie) {
        let listed = cves.iter().filter_map(|cve| self.by_cve.get(cve.as_str())).flatten().copied();
        let all = self.and_newer(listed.collect());
        let rows = self.book.updates.rows();
        let of_asset = |wanted: fn(State) -> bool| -> BTreeSet<u32> {
            let required = |place: &&u32| self.is_required(&rows[**place as usize]);
            let fits = |place: &&u32| self.state(asset, &rows[**place as usize]).is_some_and(wanted);
            all.iter().filter(required).filter(fits).copied().collect()
        };
        let mut pool = of_asset(|state| state == State::Installed);
        if pool.is_empty() {
            pool = of_asset(State::is_open);
        }
        let mut heads = pool.iter().filter(|place| {
            let newer = self.and_newer(BTreeSet::from([**place]));
            newer.iter().all(|other| other == *place || !pool.contains(other))
        });
        match (heads.next(), heads.next()) {
            (Some(place), None) => (Some(rows[*place as usize].id), Tie::Vulnerability),
            (Some(_), Some(_)) => (None, Tie::Unclear),
            (None, _) => (None, Tie::Article),
        }
    }

    /// Some updates and all that replaces them, by place.
    fn and_newer(&self, places: BTreeSet<u32>) -> BTreeSet<u32> {
        let mut ahead: Vec<u32> = places.iter().copied().collect();
        let mut found = places;
        while let Some(place) = ahead.pop() {
            let newer = self.newer.get(&place).into_iter().flatten();
            ahead.extend(newer.filter(|newer| found.insert(**newer)));
        }
        found
    }

    /// Of a class that the policy covers, and neither withdrawn nor declined for good.
    fn is_required(&self, update: &Update) -> bool {
        let left =
            update.withdrawn_at.is_some() || (update.declined_at.is_some() && update.declined_for_good());
        self.book.shop.covered.contains(&update.classification) && !left
    }

    /// The newest state of an update on an asset, where a source lists it there.
    fn state(&self, asset: AssetId, update: &Update) -> Option<State> {
        let block = self.book.pairs.blocks.get(self.book.updates.place(update.id.0)? as usize)?;
        let last = block.transitions(block.find(self.book.assets.place(asset.0)?)?).next_back();
        last.map(|last| last.state())
    }
}
