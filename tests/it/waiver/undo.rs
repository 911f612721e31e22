//! No undo lays a waiver over the past: what it did not cover an hour ago it does not cover now.

use patchbook::domain::asset::{Exposure, Fact, FactId, FactValue};
use patchbook::domain::command::{Command, WaiverCommand};
use patchbook::domain::rating::Rank;
use patchbook::domain::row::RowChange;
use patchbook::domain::undo::{Reversal, SLIP_SECS, refusals};

use super::rig::{OFFICER, OWNER, Shop};

const DAYS_10: i64 = 10 * 86_400;

fn inverse(changes: &[RowChange]) -> Vec<RowChange> {
    changes.iter().rev().cloned().map(RowChange::inverse).collect()
}

/// Why rows are not turned round so long after they were recorded; empty where they are.
fn refused(shop: &Shop, changes: &[RowChange], recorded_at: i64, after: i64) -> String {
    let of = Reversal { changes, recorded_at, now_at: recorded_at + after };
    let found = refusals(&shop.book, of).expect("rows");
    found.iter().map(|refusal| format!("{}: {}", refusal.text, refusal.hint)).collect::<Vec<_>>().join("\n")
}

/// A waiver that is granted; and the rows that granted it.
fn granted(shop: &mut Shop) -> (patchbook::domain::waiver::request::WaiverRequestId, Vec<RowChange>) {
    let id = shop.write(shop.draft());
    shop.waiver(WaiverCommand::Request(id)).expect("a request");
    shop.approve(id, OWNER, "Business owner").expect("a signature");
    let last = shop.approve(id, OFFICER, "Information security officer").expect("a signature");
    (id, last.changes)
}

fn is_refused(said: &str) {
    assert!(said.contains("a waiver would cover") && said.contains("Ask for the waiver anew"), "{said}");
}

#[test]
fn a_control_seen_failing_is_unseen_within_the_hour_and_not_later() {
    let mut shop = Shop::new();
    let (id, _) = granted(&mut shop);
    shop.now += DAYS_10;
    let at = shop.now;
    let failed = shop.change(id, |row| row.controls[0].failed_at = Some(at)).expect("seen failing");
    let back = inverse(&failed.changes);
    assert_eq!(refused(&shop, &back, at, SLIP_SECS), "");
    is_refused(&refused(&shop, &back, at, SLIP_SECS + 1));
}

#[test]
fn a_grant_that_was_undone_is_brought_back_within_the_hour_however_old_it_is() {
    let mut shop = Shop::new();
    let before = shop.book.clone();
    let (_, grant) = granted(&mut shop);
    let at = shop.now + DAYS_10;
    let said = refused(&shop, &inverse(&grant), shop.now, DAYS_10);
    assert_eq!(said, "", "taking a waiver away is no gain");
    // As if it had been undone: the register without it.
    shop.book = before;
    assert_eq!(refused(&shop, &grant, at, 60), "");
    is_refused(&refused(&shop, &grant, at, DAYS_10));
}

#[test]
fn a_revocation_and_a_rating_that_ended_a_waiver_stay() {
    let mut shop = Shop::new();
    let (id, _) = granted(&mut shop);
    let (at, update) = (shop.now, shop.update(0));
    let severe = Command::SetRank { update, rank: Rank::Severe, reason: "told by the vendor".to_owned() };
    let back = inverse(&shop.run(severe).expect("a rank").changes);
    assert_eq!(refused(&shop, &back, at, 60), "");
    is_refused(&refused(&shop, &back, at, DAYS_10));

    let mut shop = Shop::new();
    let (other, _) = granted(&mut shop);
    assert_eq!(other, id);
    let at = shop.now;
    let revoke = WaiverCommand::Revoke { request: other, because: "patched by hand".to_owned() };
    let back = inverse(&shop.waiver(revoke).expect("an end").changes);
    assert_eq!(refused(&shop, &back, at, 60), "");
    is_refused(&refused(&shop, &back, at, DAYS_10));
}

#[test]
fn an_exposure_that_ended_a_waiver_stays_and_one_that_did_not_is_undone() {
    let mut shop = Shop::new();
    granted(&mut shop);
    let at = shop.now;
    for (id, exposure, stays) in [(1, Exposure::Isolated, false), (2, Exposure::Internet, true)] {
        let (asset, value) = (shop.asset(0), FactValue::Exposure(exposure));
        let (reason, approved_by) = (String::new(), String::new());
        let fact = Fact { id: FactId(id), asset, value, since_at: at + id, reason, approved_by };
        shop.book.facts.put(fact.clone());
        let said = refused(&shop, &inverse(&[RowChange::create(&fact)]), at, DAYS_10);
        assert_eq!(said.contains("a waiver would cover"), stays, "{said}");
    }
}
