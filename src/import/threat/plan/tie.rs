//! Which update a scanner's finding is about: by its article, or, where it names none, by its vulnerabilities. What is missing has not
//! come with a newer update either, so a finding speaks against the newest of the chain that a source calls installed.
//!
//! Nothing is guessed: a finding that may mean several updates of its machine is tied to none.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::domain::asset::AssetId;
use crate::domain::book::Book;
use crate::domain::compliance::edge::advised_edges;
use crate::domain::pair::State;
use crate::domain::stamp::{Stamp, of_instant};
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

/// The newest of some updates.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Head {
    /// There are none.
    None,
    /// None replaces all others.
    Several,
    /// This one.
    One(UpdateId),
}

/// Where a scan looked, and when.
#[derive(Clone, Copy)]
struct On {
    asset: AssetId,
    at: Stamp,
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

    /// The one update that a finding of a scan at an instant is about, its article, and how it was tied. Of several with the same
    /// article, the one that concerns the asset; where that leaves more than one, none.
    pub(super) fn of(&self, asset: AssetId, at: i64, row: &ScanRow) -> (Option<UpdateId>, String, Tie) {
        let on = On { asset, at: of_instant(at) };
        if row.kbs.is_empty() {
            let listed = row.cves.iter().filter_map(|cve| self.by_cve.get(cve.as_str())).flatten();
            let all = self.and_newer(listed.copied().collect());
            let installed = self.newest(on, &all, |state| state == State::Installed);
            let found =
                if installed == Head::None { self.newest(on, &all, State::is_open) } else { installed };
            return match found {
                Head::None => (None, String::new(), Tie::Article),
                Head::Several => (None, String::new(), Tie::Unclear),
                Head::One(update) => (Some(update), String::new(), Tie::Vulnerability),
            };
        }
        let first = row.kbs.first().cloned().unwrap_or_default();
        let all: Vec<(&Update, &String)> = row
            .kbs
            .iter()
            .flat_map(|kb| self.by_kb.get(kb.as_str()).into_iter().flatten().map(move |update| (*update, kb)))
            .collect();
        let concerns =
            |update: &Update| self.state(on, update).is_some_and(|state| state != State::NotApplicable);
        let own: Vec<&(&Update, &String)> = all.iter().filter(|(update, _)| concerns(update)).collect();
        match (own.as_slice(), all.as_slice()) {
            ([(update, kb)], _) | ([], [(update, kb)]) => {
                let chain = self.and_newer(self.book.updates.place(update.id.0).into_iter().collect());
                let claims = match self.newest(on, &chain, |state| state == State::Installed) {
                    Head::One(newest) => newest,
                    Head::None | Head::Several => update.id,
                };
                (Some(claims), (*kb).clone(), Tie::Article)
            }
            _ => (None, first, Tie::Article),
        }
    }

    /// Of some updates, as far as the asset is required to have them and a source shows them in a wanted state, the one that replaces
    /// all others.
    fn newest(&self, on: On, all: &BTreeSet<u32>, wanted: fn(State) -> bool) -> Head {
        let rows = self.book.updates.rows();
        let fits = |update: &Update| self.is_required(update) && self.state(on, update).is_some_and(wanted);
        let pool: BTreeSet<u32> = all.iter().copied().filter(|place| fits(&rows[*place as usize])).collect();
        let is_head = |place: &&u32| {
            let newer = self.and_newer(BTreeSet::from([**place]));
            newer.iter().all(|other| other == *place || !pool.contains(other))
        };
        let mut heads = pool.iter().filter(is_head);
        match (heads.next(), heads.next()) {
            (None, _) => Head::None,
            (Some(head), None) => Head::One(rows[*head as usize].id),
            (Some(_), Some(_)) => Head::Several,
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

    /// The state of an update on an asset as a source showed it by then, or first showed it after, where one lists it there.
    fn state(&self, on: On, update: &Update) -> Option<State> {
        let block = self.book.pairs.blocks.get(self.book.updates.place(update.id.0)? as usize)?;
        let position = block.find(self.book.assets.place(on.asset.0)?)?;
        let known = block.at(position, on.at).or_else(|| block.transitions(position).next());
        known.map(crate::domain::pair::Transition::state)
    }
}
