//! The steps of the property: what people, files, undo and time may do to a register whose month is sealed.

use patchbook::app::Engine;
use patchbook::domain::asset::{AssetClass, Exposure, Fact, FactId, FactValue, Status};
use patchbook::domain::command::{AssetDraft, Attest, Command, ImportRows, StandingEdit};
use patchbook::domain::deadline::{ClockStart, DeadlineRule, DeadlineRuleId, TimeUnit};
use patchbook::domain::rating::{Rank, Rating, RatingId};
use patchbook::domain::row::RowChange;
use patchbook::domain::standing::standings;
use patchbook::domain::threat::{Catalogue, CatalogueId, CatalogueKind, Threat, ThreatFact, ThreatFactId};
use patchbook::domain::waiver::{Waiver, WaiverId};
use patchbook::util::clock::DAY_SECS;
use proptest::prelude::*;

use super::later::{Later, later};

/// One step.
#[derive(Clone, Debug)]
pub enum Step {
    Rename(usize),
    Retire(usize),
    Expose(usize, usize),
    Exclude(usize),
    Loosen(usize),
    EndRule(usize),
    Rank(usize, usize),
    Attest(usize, usize, i64),
    Shop(usize),
    BackdatedFact(usize, i64),
    BackdatedRating(usize, i64),
    Threat(usize, i64),
    Waive(usize, usize, i64),
    Undo(usize),
    Redo,
    UndoLast,
    Reopen,
    Wait(i64),
    Later(Later),
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let which = 0usize..6;
    let step = prop_oneof![
        1 => which.clone().prop_map(Step::Rename),
        1 => which.clone().prop_map(Step::Retire),
        1 => (which.clone(), 0usize..3).prop_map(|(a, e)| Step::Expose(a, e)),
        1 => which.clone().prop_map(Step::Exclude),
        1 => (0usize..4).prop_map(Step::Loosen),
        1 => which.clone().prop_map(Step::EndRule),
        1 => (which.clone(), 0usize..4).prop_map(|(u, r)| Step::Rank(u, r)),
        1 => (which.clone(), which.clone(), 0i64..60).prop_map(|(a, u, d)| Step::Attest(a, u, d)),
        6 => later().prop_map(Step::Later),
        1 => (0usize..4).prop_map(Step::Shop),
        1 => (which.clone(), 0i64..60).prop_map(|(a, d)| Step::BackdatedFact(a, d)),
        1 => (which.clone(), 0i64..60).prop_map(|(u, d)| Step::BackdatedRating(u, d)),
        1 => (which.clone(), 0i64..60).prop_map(|(u, d)| Step::Threat(u, d)),
        1 => (which.clone(), which.clone(), -60i64..2).prop_map(|(a, u, d)| Step::Waive(a, u, d)),
        2 => (0usize..12).prop_map(Step::Undo),
        1 => Just(Step::Redo),
        2 => Just(Step::UndoLast),
        1 => Just(Step::Reopen),
        1 => (0i64..40).prop_map(Step::Wait),
    ];
    prop::collection::vec(step, 1..14)
}

pub fn rows(label: &str, changes: Vec<RowChange>) -> Command {
    Command::Import(Box::new(ImportRows { label: label.to_owned(), changes, batch: None }))
}

pub fn command(engine: &Engine, step: &Step) -> Option<Command> {
    let book = engine.book();
    let (now, ids) = (engine.context().clock.now_at(), &engine.context().ids);
    let asset = |n: usize| book.assets.rows().get(n % book.assets.len().max(1));
    let update = |n: usize| book.updates.rows().get(n % book.updates.len().max(1));
    let edit = |n: usize| StandingEdit {
        assets: asset(n).map(|asset| asset.id).into_iter().collect(),
        reason: "as told".to_owned(),
        approved_by: "Ben".to_owned(),
        ..StandingEdit::default()
    };
    Some(match *step {
        Step::Rename(n) => {
            let base = asset(n)?.clone();
            let standing = standings(book, now)[n % book.assets.len()];
            let mut row = base.clone();
            row.name = format!("RENAMED-{now}");
            row.support_end_on = chrono::NaiveDate::from_ymd_opt(2020, 1, 1);
            let (reason, approved_by) = (String::new(), String::new());
            Command::SaveAsset(Box::new(AssetDraft {
                base: Some(base),
                asset: row,
                standing,
                reason,
                approved_by,
            }))
        }
        Step::Retire(n) => Command::SetStanding(StandingEdit { status: Some(Status::Retired), ..edit(n) }),
        Step::Expose(n, e) => {
            let exposure = Some(Exposure::ALL[e]);
            Command::SetStanding(StandingEdit { exposure, class: Some(AssetClass::Workstation), ..edit(n) })
        }
        Step::Exclude(n) => Command::SetStanding(StandingEdit { scope: Some(false), ..edit(n) }),
        Step::Loosen(rank) => Command::SaveRule {
            replaces: None,
            rule: DeadlineRule {
                id: DeadlineRuleId(0),
                rank: Rank::ALL[rank],
                class: None,
                exposure: None,
                amount: 1,
                unit: TimeUnit::Days,
                clock: ClockStart::Release,
                from_at: 0,
                until_at: None,
                source: "own".to_owned(),
            },
        },
        Step::EndRule(n) => Command::EndRule(book.rules.rows().get(n % book.rules.len().max(1))?.id),
        Step::Rank(u, r) => {
            Command::SetRank { update: update(u)?.id, rank: Rank::ALL[r], reason: "told".to_owned() }
        }
        Step::Attest(a, u, days) => Command::Attest(Attest {
            asset: asset(a)?.id,
            update: update(u)?.id,
            checked_at: now - days * DAY_SECS,
            checked_by: "Ada".to_owned(),
            how: "looked".to_owned(),
            evidence: None,
        }),
        Step::Shop(n) => {
            let base = book.shop.as_ref().clone();
            let mut shop = base.clone();
            match n {
                0 => shop.zone = "Pacific/Auckland".to_owned(),
                1 => shop.fresh_server_days += 100,
                2 => shop.covered.truncate(1),
                _ => shop.name = "Another name".to_owned(),
            }
            Command::SaveShop {
                base: Box::new(base),
                shop: Box::new(shop),
                reason: "another rule".to_owned(),
            }
        }
        Step::BackdatedFact(n, days) => {
            let (id, asset) = (FactId(ids.next()), asset(n)?.id);
            let (since_at, value) = (now - days * DAY_SECS, FactValue::Status(Status::Retired));
            let fact = Fact { id, asset, value, since_at, reason: String::new(), approved_by: String::new() };
            rows("Import facts", vec![RowChange::create(&fact)])
        }
        Step::BackdatedRating(u, days) => {
            let (id, update) = (RatingId(ids.next()), update(u)?.id);
            let since_at = now - days * DAY_SECS;
            let rating = Rating { id, update, rank: Rank::Low, reason: String::new(), since_at };
            rows("Import ratings", vec![RowChange::create(&rating)])
        }
        Step::Threat(u, days) => {
            let recorded_at = now - days * DAY_SECS;
            let catalogue = Catalogue {
                id: CatalogueId(ids.next()),
                kind: CatalogueKind::ALL[0],
                title: "Listed".to_owned(),
                version: format!("{now}.{u}"),
                model: String::new(),
                published_at: Some(recorded_at),
                file_name: "kev.json".to_owned(),
                sha256: "0".repeat(64),
                entries: 1,
                kept: 1,
                looked: Vec::new(),
                recorded_at,
            };
            let fact = ThreatFact {
                id: ThreatFactId(ids.next()),
                cve: format!("CVE-2024-{u:05}"),
                catalogue: catalogue.id,
                value: Threat::Unlisted,
                recorded_at,
            };
            rows("Import threats", vec![RowChange::create(&catalogue), RowChange::create(&fact)])
        }
        Step::Waive(a, u, days) => {
            let waiver = Waiver {
                id: WaiverId(ids.next()),
                asset: asset(a)?.id,
                update: update(u)?.id,
                approved_at: now + days * DAY_SECS,
                until_at: now + 90 * DAY_SECS,
                voided_at: None,
                reason: "later".to_owned(),
                approved_by: "Ben".to_owned(),
            };
            rows("Import waivers", vec![RowChange::create(&waiver)])
        }
        Step::Undo(_) | Step::Redo | Step::UndoLast | Step::Reopen | Step::Wait(_) | Step::Later(_) => {
            return None;
        }
    })
}
