//! The waiver debt (M11).

use patchbook::domain::compliance::outcome::Period;
use patchbook::domain::compliance::view::View;
use patchbook::domain::waiver::debt::{Debt, debt};
use patchbook::domain::waiver::state::WaiverState;

use super::rig::{Shop, day};
use crate::compliance::maker::{Maker, at};

fn march() -> Period {
    Period { from_at: at(3, 1, 0), to_at: at(4, 1, 0) }
}

fn at_instant(shop: &Shop, at: i64) -> Debt {
    debt(&View::new(&shop.book, at), march())
}

#[test]
fn a_register_without_waivers_owes_none_and_has_no_median() {
    let debt = at_instant(&Shop::new(), at(3, 20, 12));
    assert_eq!((debt.active.len(), debt.expired.len(), debt.new, debt.median_age_days()), (0, 0, 0, None));
}

#[test]
fn the_debt_counts_what_is_active_new_expiring_and_expired() {
    let mut shop = Shop::new();
    shop.granted(shop.draft());
    let mut second = shop.draft();
    (second.updates, second.until_on) = (vec![shop.update(1)], Some(day(4, 2)));
    second.assets = vec![shop.asset(0)];
    shop.granted(second);
    let now = at_instant(&shop, shop.now);
    assert_eq!((now.active.len(), now.expired.len(), now.new), (2, 0, 2));
    assert_eq!(now.active[0].name, "WVR-2026-03-002", "what ends first stands first");
    assert_eq!(now.expiring, [1, 1, 0, 0]);
    let later = at_instant(&shop, at(4, 2, 12));
    assert_eq!(later.expiring, [2, 1, 1, 1]);
    let past = at_instant(&shop, at(4, 3, 0));
    assert_eq!((past.active.len(), past.expired.len()), (1, 1));
    assert_eq!((past.expired[0].state, past.expired[0].open.len()), (WaiverState::Expired, 1));
    // Two machines from 20 March 12:02 until 3 April 0:00, one from 12:06 until 3 April 0:00: 40.5 days, begun ones counted.
    assert_eq!(past.machine_days(), 41);
    assert_eq!(past.median_age_days(), Some(14));
}

#[test]
fn an_expired_waiver_that_was_renewed_in_time_is_the_renewals_debt() {
    let mut m = Maker::default();
    m.rule(patchbook::domain::rating::Rank::High, 24);
    let asset = m.server("one");
    let update = m.update(at(3, 1, 0));
    m.saw(asset, update, at(3, 2, 0), patchbook::domain::pair::State::NotInstalled);
    m.waiver(asset, update, at(3, 3, 0), at(3, 10, 0));
    let book = m.finish();
    let now = debt(&View::new(&book, at(3, 5, 0)), march());
    assert_eq!((now.active.len(), now.expired.len()), (1, 0), "a waiver without a request counts too");
    let later = debt(&View::new(&book, at(3, 11, 0)), march());
    assert_eq!((later.active.len(), later.expired.len()), (0, 1));
    assert_eq!(later.machine_days(), 7, "it stops counting when it ends");
}
