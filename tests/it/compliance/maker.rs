//! Makes small registers by hand: assets, updates, pairs with their transitions.

use std::collections::BTreeMap;
use std::sync::Arc;

use patchbook::domain::asset::{Asset, AssetId, AssetKind, Exposure, Fact, FactId, FactValue, Status};
use patchbook::domain::attestation::{Attestation, AttestationId};
use patchbook::domain::book::Book;
use patchbook::domain::deadline::{ClockStart, DEFAULT_RULES, DeadlineRule, DeadlineRuleId, TimeUnit};
use patchbook::domain::pair::{Block, EXACT, Pairs, State};
use patchbook::domain::rating::{Rank, Rating, RatingId};
use patchbook::domain::shop::Shop;
use patchbook::domain::stamp::of_instant;
use patchbook::domain::update::{
    Classification, DeclineReason, ReleaseBasis, Severity, Supersedence, SupersedenceId, Update, UpdateId,
};
use patchbook::domain::waiver::{Waiver, WaiverId};

/// An instant of 2026 in UTC: month, day, hour.
pub fn at(month: u32, day: u32, hour: u32) -> i64 {
    let day = chrono::NaiveDate::from_ymd_opt(2026, month, day).expect("a date");
    day.and_hms_opt(hour, 0, 0).expect("a time").and_utc().timestamp()
}

/// A register in the making.
#[derive(Default)]
pub struct Maker {
    pub book: Book,
    pairs: BTreeMap<(u32, u32), Vec<(i64, u8)>>,
    reports: BTreeMap<u32, Vec<i64>>,
    next: i64,
}

impl Maker {
    fn id(&mut self) -> i64 {
        self.next += 1;
        self.next
    }

    /// An internal server in scope; answers its place.
    pub fn server(&mut self, name: &str) -> u32 {
        self.asset(name, AssetKind::Server)
    }

    pub fn asset(&mut self, name: &str, kind: AssetKind) -> u32 {
        self.asset_recorded(name, kind, at(1, 1, 0))
    }

    /// An asset that was put into the register at an instant.
    pub fn asset_recorded(&mut self, name: &str, kind: AssetKind, created_at: i64) -> u32 {
        let id = AssetId(self.id());
        let mut asset = Asset::new(id, name, created_at);
        asset.kind = kind;
        self.book.assets.put(asset);
        let place = self.book.assets.len() as u32 - 1;
        self.fact(place, created_at, FactValue::Exposure(Exposure::Internal));
        place
    }

    pub fn change_asset(&mut self, place: u32, change: impl FnOnce(&mut Asset)) {
        let mut asset = self.book.assets.rows()[place as usize].clone();
        change(&mut asset);
        self.book.assets.put(asset);
    }

    pub fn change_update(&mut self, place: u32, change: impl FnOnce(&mut Update)) {
        let mut update = self.book.updates.rows()[place as usize].clone();
        change(&mut update);
        self.book.updates.put(update);
    }

    pub fn fact(&mut self, place: u32, since_at: i64, value: FactValue) {
        let id = FactId(self.id());
        let asset = self.book.assets.rows()[place as usize].id;
        let (reason, approved_by) = ("as told".to_owned(), "Ada".to_owned());
        self.book.facts.put(Fact { id, asset, value, since_at, reason, approved_by });
    }

    pub fn change_shop(&mut self, change: impl FnOnce(&mut Shop)) {
        change(Arc::make_mut(&mut self.book.shop));
    }

    pub fn exposure(&mut self, place: u32, exposure: Exposure) {
        self.fact(place, at(1, 2, 0), FactValue::Exposure(exposure));
    }

    pub fn default_rules(&mut self) {
        for (rank, class, exposure, amount, unit) in DEFAULT_RULES {
            self.rule_with(rank, |rule| {
                (rule.class, rule.exposure, rule.amount, rule.unit) = (class, exposure, amount, unit);
            });
        }
    }

    /// In use before, something else from an instant on.
    pub fn status(&mut self, place: u32, since_at: i64, status: Status) {
        self.fact(place, at(1, 1, 0), FactValue::Status(Status::InUse));
        self.fact(place, since_at, FactValue::Status(status));
    }

    /// A critical security update, rank High; answers its place.
    pub fn update(&mut self, released_at: i64) -> u32 {
        let id = UpdateId(self.id());
        self.book.updates.put(Update {
            id,
            vendor: "Microsoft".to_owned(),
            title: format!("Update {}", id.0),
            kbs: vec![format!("50{:05}", id.0)],
            guid: String::new(),
            classification: Classification::Security,
            severity: Severity::Critical,
            products: Vec::new(),
            minimum_version: String::new(),
            released_at,
            release_basis: ReleaseBasis::Vendor,
            declined_at: None,
            declined_reason: DeclineReason::None,
            withdrawn_at: None,
            superseded: false,
            created_at: released_at,
        });
        self.book.updates.len() as u32 - 1
    }

    pub fn supersedes(&mut self, newer: u32, older: u32) {
        let id = SupersedenceId(self.id());
        let rows = self.book.updates.rows();
        let (older, newer) = (rows[older as usize].id, rows[newer as usize].id);
        self.book.supersedences.put(Supersedence { id, older, newer });
    }

    /// A rule for every class and exposure, in exact hours; answers its place.
    pub fn rule(&mut self, rank: Rank, hours: i64) -> u32 {
        self.rule_with(rank, |rule| {
            rule.amount = hours;
            rule.unit = TimeUnit::Hours;
        })
    }

    pub fn rule_with(&mut self, rank: Rank, change: impl FnOnce(&mut DeadlineRule)) -> u32 {
        let id = DeadlineRuleId(self.id());
        let mut rule = DeadlineRule {
            id,
            rank,
            class: None,
            exposure: None,
            amount: 14,
            unit: TimeUnit::Days,
            clock: ClockStart::Release,
            from_at: 0,
            until_at: None,
            source: "policy".to_owned(),
        };
        change(&mut rule);
        self.book.rules.put(rule);
        self.book.rules.len() as u32 - 1
    }

    pub fn rating(&mut self, update: u32, rank: Rank, since_at: i64) {
        let id = RatingId(self.id());
        let update = self.book.updates.rows()[update as usize].id;
        self.book.ratings.put(Rating { id, update, rank, reason: "as told".to_owned(), since_at });
    }

    pub fn waiver(&mut self, asset: u32, update: u32, approved_at: i64, until_at: i64) {
        let id = WaiverId(self.id());
        let (asset, update) = self.ids(asset, update);
        let (reason, approved_by) = ("vendor asks".to_owned(), "Ada".to_owned());
        self.book.waivers.put(Waiver {
            id,
            asset,
            update,
            approved_at,
            until_at,
            voided_at: None,
            reason,
            approved_by,
        });
    }

    pub fn attestation(&mut self, asset: u32, update: u32, checked_at: i64) {
        let id = AttestationId(self.id());
        let (asset, update) = self.ids(asset, update);
        self.book.attestations.put(Attestation {
            id,
            asset,
            update,
            checked_at,
            checked_by: "Ada".to_owned(),
            how: "looked".to_owned(),
            evidence_name: String::new(),
            evidence_sha256: String::new(),
            voided_at: None,
        });
    }

    fn ids(&self, asset: u32, update: u32) -> (AssetId, UpdateId) {
        (self.book.assets.rows()[asset as usize].id, self.book.updates.rows()[update as usize].id)
    }

    /// A report shows the pair in a state.
    pub fn saw(&mut self, asset: u32, update: u32, at: i64, state: State) -> &mut Self {
        self.pairs.entry((update, asset)).or_default().push((at, state as u8));
        self.reported(asset, at)
    }

    /// A source gives the true install time.
    pub fn installed(&mut self, asset: u32, update: u32, at: i64) -> &mut Self {
        self.pairs.entry((update, asset)).or_default().push((at, State::Installed as u8 | EXACT));
        self
    }

    /// A whole patch-state report, whatever it showed.
    pub fn reported(&mut self, asset: u32, at: i64) -> &mut Self {
        self.reports.entry(asset).or_default().push(at);
        self
    }

    /// The register with its columns.
    pub fn finish(mut self) -> Book {
        let mut blocks = vec![Block::default(); self.book.updates.len()];
        for ((update, asset), mut transitions) in self.pairs {
            transitions.sort_by_key(|&(at, _)| at);
            let block = &mut blocks[update as usize];
            block.assets.push(asset);
            block.starts.push(block.times.len() as u32);
            for (at, byte) in transitions {
                block.times.push(of_instant(at));
                block.bytes.push(byte);
            }
        }
        for block in blocks.iter_mut().filter(|block| !block.assets.is_empty()) {
            block.starts.push(block.times.len() as u32);
        }
        let reports = (0..self.book.assets.len() as u32).map(|asset| {
            let mut times = self.reports.remove(&asset).unwrap_or_default();
            times.sort_unstable();
            times.dedup();
            Arc::new(times.into_iter().map(of_instant).collect())
        });
        let reports = reports.collect();
        self.book.pairs = Arc::new(Pairs { blocks: blocks.into_iter().map(Arc::new).collect(), reports });
        self.book
    }
}
