//! A large register made in memory, for measuring the figures: built straight into the columns of pairs.
//!
//! 70 of 100 pairs are closed, 5 are waived, the rest is open or failed. Every tenth update is superseded by the one released next.

use std::sync::Arc;

use patchbook::domain::asset::{Asset, AssetId, AssetKind, Exposure, Fact, FactId, FactValue};
use patchbook::domain::book::Book;
use patchbook::domain::deadline::{ClockStart, DEFAULT_RULES, DeadlineRule, DeadlineRuleId};
use patchbook::domain::pair::{Block, Pairs, State};
use patchbook::domain::stamp::{Stamp, of_instant};
use patchbook::domain::update::{
    Classification, DeclineReason, ReleaseBasis, Severity, Supersedence, SupersedenceId, Update, UpdateId,
};
use patchbook::domain::waiver::{Waiver, WaiverId};

const DAY: i64 = 86_400;

/// 2026-11-30 23:59:59 UTC: the instant the register is meant to be looked at from.
pub const AS_OF_AT: i64 = 1_796_083_199;

/// A book of so many assets and updates, each pair listed.
pub fn book(assets: u32, updates: u32) -> Book {
    let mut book = Book::default();
    let mut random = Random(7);
    for i in 0..assets {
        put_asset(&mut book, i);
    }
    for (i, &(rank, class, exposure, amount, unit)) in DEFAULT_RULES.iter().enumerate() {
        let id = DeadlineRuleId(i as i64 + 1);
        let (clock, source) = (ClockStart::Release, "default".to_owned());
        let rule = DeadlineRule {
            id,
            rank,
            class,
            exposure,
            amount,
            unit,
            clock,
            from_at: 0,
            until_at: None,
            source,
        };
        book.rules.put(rule);
    }
    let mut blocks = Vec::new();
    for i in 0..updates {
        // Five years of releases.
        let released_at = AS_OF_AT - 3 * DAY - i64::from(i) * 5 * 365 * DAY / i64::from(updates);
        put_update(&mut book, i, released_at);
        blocks.push(Arc::new(block(&mut book, i, assets, released_at, &mut random)));
        if i % 10 == 9 {
            let (newer, older) = (UpdateId(i64::from(i)), UpdateId(i64::from(i) + 1));
            book.supersedences.put(Supersedence { id: SupersedenceId(i64::from(i) + 1), older, newer });
        }
    }
    let first = AS_OF_AT - 5 * 366 * DAY;
    let days: Vec<Stamp> = (0..5 * 366).map(|day| of_instant(first + day * DAY)).collect();
    let days = Arc::new(days);
    let reports = (0..assets).map(|_| Arc::clone(&days)).collect();
    book.pairs = Arc::new(Pairs { blocks, reports });
    book
}

fn put_asset(book: &mut Book, i: u32) {
    let id = AssetId(i64::from(i) + 1);
    let mut asset = Asset::new(id, &format!("M{i:05}"), 0);
    asset.kind = if i.is_multiple_of(3) { AssetKind::Server } else { AssetKind::Laptop };
    book.assets.put(asset);
    let exposure = [Exposure::Internal, Exposure::Internet, Exposure::Unknown][i as usize % 3];
    let (reason, approved_by) = (String::new(), String::new());
    let value = FactValue::Exposure(exposure);
    book.facts.put(Fact { id: FactId(i64::from(i) + 1), asset: id, value, since_at: 0, reason, approved_by });
}

fn put_update(book: &mut Book, i: u32, released_at: i64) {
    let severity = [Severity::Critical, Severity::Important, Severity::Moderate][i as usize % 3];
    book.updates.put(Update {
        id: UpdateId(i64::from(i) + 1),
        vendor: "Microsoft".to_owned(),
        title: format!("Update {i}"),
        kbs: vec![(5_000_000 + i).to_string()],
        guid: String::new(),
        classification: Classification::Security,
        severity,
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
}

fn block(book: &mut Book, update: u32, assets: u32, released_at: i64, random: &mut Random) -> Block {
    let mut block = Block::default();
    let mut push = |at: i64, state: State| {
        block.times.push(of_instant(at));
        block.bytes.push(state as u8);
    };
    let mut starts = Vec::with_capacity(assets as usize + 1);
    let mut length = 0;
    for asset in 0..assets {
        starts.push(length);
        let seen_at = released_at + random.below(DAY);
        let draw = random.below(100);
        push(seen_at, State::NotInstalled);
        length += 1;
        if draw < 70 {
            push((seen_at + 1 + random.below(30 * DAY)).min(AS_OF_AT), State::Installed);
            length += 1;
        } else if draw < 75 {
            put_waiver(book, asset, update, released_at);
        } else if draw < 78 {
            push((seen_at + DAY).min(AS_OF_AT), State::Failed);
            length += 1;
        }
    }
    starts.push(length);
    block.starts = starts;
    block.assets = (0..assets).collect();
    block
}

fn put_waiver(book: &mut Book, asset: u32, update: u32, approved_at: i64) {
    let id = WaiverId(i64::from(asset) * 1_000_000 + i64::from(update) + 1);
    let (asset, update) = (AssetId(i64::from(asset) + 1), UpdateId(i64::from(update) + 1));
    let (reason, approved_by) = ("vendor asks".to_owned(), "Ada".to_owned());
    let until_at = AS_OF_AT + 30 * DAY;
    book.waivers.put(Waiver {
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

/// Knuth's multiplicative generator: the same register every time.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % bound as u64) as i64
    }
}
