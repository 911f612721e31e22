//! What an asset owes, since when and until when: due dates, supersedence, noise.

use patchbook::domain::asset::{AssetClass, AssetKind, Exposure};
use patchbook::domain::compliance::machine::{Reason, Segment};
use patchbook::domain::compliance::outcome::Period;
use patchbook::domain::compliance::rule::NO_RULE;
use patchbook::domain::compliance::view::View;
use patchbook::domain::deadline::DEFAULT_RULES;
use patchbook::domain::pair::State::{InstalledOrNotApplicable, NotApplicable, NotInstalled, Unknown};
use patchbook::domain::rating::Rank;
use patchbook::domain::row::Table;
use patchbook::domain::source::{SourceId, Subscription, SubscriptionId};
use patchbook::domain::stamp::instant;
use patchbook::domain::update::{Classification, DeclineReason};
use patchbook::util::clock;

use super::maker::{Maker, at};
use super::rules::{counted, due_at, one};

/// When the pair of the first asset and an update is due.
fn due(m: Maker, update: u32, as_of_at: i64) -> i64 {
    let book = m.finish();
    let view = View::new(&book, as_of_at);
    instant(view.pair(0, update).expect("listed").due)
}

#[test]
fn a_deadline_in_days_ends_at_the_last_second_of_the_sites_day() {
    let mut m = Maker::default();
    m.rule_with(Rank::High, |rule| rule.amount = 14);
    let update = m.update(at(10, 13, 18));
    let asset = m.server("DC1");
    m.change_asset(asset, |asset| asset.zone = "Australia/Sydney".to_owned());
    m.saw(asset, update, at(10, 14, 0), NotInstalled);
    let due_at = due(m, update, at(10, 20, 0));
    let sydney = clock::zone("Australia/Sydney");
    // Released on the 13th at 18:00 UTC it is the 14th in Sydney: day 0.
    assert_eq!(clock::text_in(sydney, due_at), "28 Oct 2026 23:59 AEDT");
    assert_eq!(due_at % 60, 59);
}

#[test]
fn a_clock_change_between_release_and_due_date_moves_no_midnight() {
    let mut m = Maker::default();
    m.change_shop(|shop| shop.zone = "Europe/Berlin".to_owned());
    m.rule_with(Rank::High, |rule| rule.amount = 14);
    let update = m.update(at(10, 13, 18));
    let asset = m.server("DC1");
    m.saw(asset, update, at(10, 14, 0), NotInstalled);
    let due_at = due(m, update, at(10, 20, 0));
    assert_eq!(clock::iso(due_at), "2026-10-27T22:59:59Z");
}

#[test]
fn the_earliest_of_all_binding_rules_wins_and_a_specific_one_never_loosens() {
    let mut m = Maker::default();
    let general = m.rule(Rank::High, 24);
    m.rule_with(Rank::High, |rule| (rule.class, rule.amount) = (Some(AssetClass::Server), 30));
    let update = m.update(at(3, 1, 0));
    let asset = m.server("DC1");
    m.saw(asset, update, at(3, 1, 1), NotInstalled);
    let book = m.finish();
    let pair = View::new(&book, at(3, 5, 0)).pair(asset, update).expect("listed");
    assert_eq!((pair.rule, instant(pair.due)), (general, at(3, 2, 0)));
}

#[test]
fn of_one_key_only_the_newest_version_in_force_at_the_clock_start_binds() {
    let mut m = Maker::default();
    m.rule_with(Rank::High, |rule| rule.amount = 3);
    let newer = m.rule_with(Rank::High, |rule| (rule.amount, rule.from_at) = (20, at(2, 1, 0)));
    m.rule_with(Rank::High, |rule| (rule.amount, rule.from_at) = (1, at(3, 2, 0)));
    let update = m.update(at(3, 1, 0));
    let asset = m.server("DC1");
    m.saw(asset, update, at(3, 1, 1), NotInstalled);
    let book = m.finish();
    assert_eq!(View::new(&book, at(3, 5, 0)).pair(asset, update).expect("listed").rule, newer);
}

#[test]
fn unknown_exposure_counts_as_internet_facing() {
    let mut m = Maker::default();
    m.default_rules();
    let update = m.update(at(3, 1, 0));
    let asset = m.server("DC1");
    m.exposure(asset, Exposure::Unknown);
    m.saw(asset, update, at(3, 1, 1), NotInstalled);
    assert_eq!(clock::iso(due(m, update, at(3, 5, 0))), "2026-03-08T23:59:59Z");
    assert!(DEFAULT_RULES.iter().any(|&(rank, _, exposure, amount, _)| {
        rank == Rank::High && exposure == Some(Exposure::Internet) && amount == 7
    }));
}

#[test]
fn a_duty_without_a_rule_has_no_due_date_and_is_counted_apart() {
    let mut m = Maker::default();
    let update = m.update(at(3, 1, 0));
    let asset = m.server("DC1");
    m.saw(asset, update, at(3, 1, 1), NotInstalled).reported(asset, at(6, 9, 0));
    let book = m.finish();
    let figures = counted(&book, at(6, 10, 0));
    assert_eq!((figures.total.no_rule, figures.total.overdue, figures.total.fell_due()), (1, 0, 0));
    assert_eq!(figures.machines[0].segment, Some(Segment::InTime));
    assert_eq!(View::new(&book, at(6, 10, 0)).pair(asset, update).expect("listed").rule, NO_RULE);
}

#[test]
fn an_optional_preview_swallows_no_duty_but_the_chain_runs_on_through_it() {
    let mut one = one();
    let preview = one.m.update(at(3, 3, 0));
    one.m.change_update(preview, |update| update.classification = Classification::Preview);
    one.m.supersedes(preview, one.update);
    one.m.saw(one.asset, preview, at(3, 3, 1), NotInstalled).installed(one.asset, preview, at(3, 4, 0));
    let next = one.m.update(at(3, 6, 0));
    one.m.supersedes(next, preview);
    one.m.saw(one.asset, next, at(3, 6, 1), NotInstalled);
    one.m.installed(one.asset, next, at(3, 14, 0)).reported(one.asset, at(3, 19, 0));
    let book = one.m.finish();
    assert_eq!(
        counted(&book, at(3, 12, 0)).total.overdue,
        2,
        "only the preview is installed; the next one inherits"
    );
    let later = counted(&book, at(3, 20, 0));
    assert_eq!((later.total.satisfied, later.total.superseded), (2, 1));
    assert_eq!(later.machines[0].segment, Some(Segment::UpToDate));
}

#[test]
fn a_superseding_duty_inherits_the_earlier_unmet_due_date() {
    let mut one = one();
    let newer = one.m.update(at(3, 9, 0));
    one.m.supersedes(newer, one.update);
    one.m.saw(one.asset, newer, at(3, 9, 1), NotInstalled);
    // Declined as superseded before it was due: the clock stays at the first obligation.
    one.m.change_update(one.update, |update| {
        (update.declined_at, update.declined_reason) = (Some(at(3, 10, 0)), DeclineReason::Superseded);
    });
    let book = one.m.finish();
    let view = View::new(&book, at(3, 12, 0));
    let pair = view.pair(one.asset, newer).expect("listed");
    assert_eq!((instant(pair.due), pair.inherited_from), (due_at(), Some(one.update)));
    assert_eq!(instant(pair.aged_from), at(3, 1, 0));
    let figures = counted(&book, at(3, 12, 0));
    assert_eq!((figures.total.overdue, figures.total.missed), (1, 1));
}

#[test]
fn a_superseding_duty_closed_after_the_inherited_due_date_is_a_miss() {
    let mut one = one();
    let newer = one.m.update(at(3, 9, 0));
    one.m.supersedes(newer, one.update);
    one.m.saw(one.asset, newer, at(3, 9, 1), NotInstalled).installed(one.asset, newer, at(3, 12, 0));
    one.m.change_update(one.update, |update| {
        (update.declined_at, update.declined_reason) = (Some(at(3, 10, 0)), DeclineReason::Superseded);
    });
    let figures = counted(&one.m.finish(), at(3, 15, 0));
    assert_eq!((figures.total.met, figures.total.missed), (0, 1));
}

#[test]
fn supersedence_in_a_circle_ends() {
    let mut one = one();
    let newer = one.m.update(at(3, 3, 0));
    one.m.supersedes(newer, one.update);
    one.m.supersedes(one.update, newer);
    one.m.supersedes(one.update, one.update);
    one.m.saw(one.asset, newer, at(3, 4, 0), NotInstalled);
    assert_eq!(counted(&one.m.finish(), at(3, 20, 0)).total.overdue, 2);
}

#[test]
fn a_class_that_is_not_covered_is_noise_with_a_count() {
    let mut one = one();
    let driver = one.m.update(at(3, 1, 0));
    one.m.change_update(driver, |update| update.classification = Classification::Driver);
    one.m.saw(one.asset, driver, at(3, 2, 0), NotInstalled);
    let figures = counted(&one.m.finish(), at(3, 5, 0));
    assert_eq!(figures.total.listed, 1);
    assert_eq!(figures.noise.len(), 1);
    assert_eq!((figures.noise[0].class, figures.noise[0].updates), (Classification::Driver, 1));
    assert_eq!((figures.noise[0].pairs, figures.noise[0].open), (1, 1));
}

#[test]
fn an_update_not_yet_released_is_owed_by_nobody() {
    let mut one = one();
    let future = one.m.update(at(4, 1, 0));
    one.m.saw(one.asset, future, at(3, 2, 0), NotInstalled);
    assert_eq!(counted(&one.m.finish(), at(3, 5, 0)).total.open, 1);
}

#[test]
fn states_that_do_not_apply_or_merge_are_no_required_pairs() {
    for state in [NotApplicable, InstalledOrNotApplicable] {
        let mut one = one();
        one.m.saw(one.asset, one.update, at(3, 5, 0), state).reported(one.asset, at(3, 11, 0));
        let figures = counted(&one.m.finish(), at(3, 12, 0));
        assert_eq!((figures.total.applicable(), figures.total.fell_due()), (0, 0));
        assert_eq!(figures.total.merged, u32::from(state == InstalledOrNotApplicable));
    }
}

#[test]
fn unknown_on_a_required_pair_makes_the_machine_unknown() {
    let mut one = one();
    one.m.saw(one.asset, one.update, at(3, 3, 0), Unknown).reported(one.asset, at(3, 11, 0));
    let figures = counted(&one.m.finish(), at(3, 12, 0));
    assert_eq!(figures.machines[0].segment, Some(Segment::Unknown));
    assert_eq!(figures.machines[0].reasons, [Reason::StateUnknown { pairs: 1 }]);
    assert_eq!((figures.total.cannot_tell, figures.total.overdue), (1, 0));
}

#[test]
fn a_machine_is_stale_at_its_limit_and_unseen_since_a_release_five_days_after_it() {
    let mut m = Maker::default();
    m.default_rules();
    let update = m.update(at(3, 10, 18));
    let laptop = m.asset("LT1", AssetKind::Laptop);
    m.saw(laptop, update, at(3, 9, 0), NotApplicable);
    let book = m.finish();
    assert!(counted(&book, at(3, 15, 18)).machines[0].observed());
    let unseen = counted(&book, at(3, 15, 19));
    assert!(
        matches!(unseen.machines[0].reasons[..], [Reason::NotSeenSince { released_at, .. }] if released_at == at(3, 10, 18))
    );
    let stale = counted(&book, at(4, 8, 0));
    assert!(matches!(stale.machines[0].reasons[0], Reason::Stale { limit_days: 30, .. }));
}

#[test]
fn a_product_that_is_owned_but_not_subscribed_makes_the_machine_unknown() {
    let mut one = one();
    one.m.reported(one.asset, at(3, 4, 0));
    one.m.change_asset(one.asset, |asset| {
        asset.products = vec!["Windows Server 2022".into(), "SQL Server".into()];
    });
    let title = "windows server 2022".to_owned();
    let kind = "product".to_owned();
    let row = Subscription { id: SubscriptionId(1), source: SourceId(1), kind, title, ended_at: None };
    one.m.book.subscriptions.put(row);
    let figures = counted(&one.m.finish(), at(3, 5, 0));
    assert_eq!(figures.machines[0].reasons, [Reason::NotSubscribed { products: vec!["SQL Server".into()] }]);
    assert_eq!(figures.machines[0].segment, Some(Segment::Unknown));
}

#[test]
fn past_the_end_of_support_without_proof_is_unsupported() {
    let mut m = Maker::default();
    let (old, proved) = (m.server("OLD1"), m.server("OLD2"));
    let end = chrono::NaiveDate::from_ymd_opt(2026, 3, 1);
    m.change_asset(old, |asset| asset.support_end_on = end);
    m.change_asset(proved, |asset| {
        asset.support_end_on = end;
        asset.support_proof = "contract 7".to_owned();
    });
    m.reported(old, at(3, 1, 9)).reported(proved, at(3, 1, 9));
    let book = m.finish();
    assert_eq!(counted(&book, at(3, 1, 12)).in_segment(Segment::UpToDate), 2, "the last day still counts");
    let figures = counted(&book, at(3, 2, 12));
    assert_eq!(figures.machines_in(Segment::Unsupported), [old]);
    assert_eq!(figures.machines_in(Segment::UpToDate), [proved]);
}

#[test]
fn duties_older_than_the_adoption_are_the_catch_up_campaign() {
    let mut one = one();
    one.m.change_shop(|shop| shop.adoption_on = chrono::NaiveDate::from_ymd_opt(2026, 3, 5));
    let later = one.m.update(at(3, 6, 0));
    one.m.saw(one.asset, later, at(3, 6, 1), NotInstalled);
    let figures = counted(&one.m.finish(), at(3, 12, 0));
    let total = &figures.total;
    assert_eq!((total.catch_up, total.catch_up_open, total.catch_up_overdue), (1, 1, 1));
    assert_eq!((total.open, total.overdue), (2, 1));
    assert_eq!(figures.machines[0].segment, Some(Segment::Overdue), "never hidden");
}

#[test]
fn what_moved_names_the_change_and_who_made_it() {
    let mut one = one();
    one.m.rating(one.update, Rank::Low, at(3, 4, 0));
    one.m.rating(one.update, Rank::Low, at(3, 5, 0));
    one.m.rating(one.update, Rank::High, at(5, 5, 0));
    one.m.exposure(one.asset, Exposure::Internet);
    let book = one.m.finish();
    let view = View::new(&book, at(3, 31, 0));
    let march = Period { from_at: at(3, 1, 0), to_at: at(4, 1, 0) };
    let who = |table, _| (table == Table::Rating).then(|| "Ada".to_owned());
    let list = view.moved(march, &who);
    let texts: Vec<String> = list
        .iter()
        .map(|c| format!("{} {}: {} to {}", c.matter.text(), c.subject, c.before, c.after))
        .collect();
    assert_eq!(texts, ["Rank KB5000002: High to Low"]);
    assert_eq!(list[0].by.as_deref(), Some("Ada"));
    assert_eq!(list[0].reason, "as told");
}

#[test]
fn an_asset_recorded_later_is_in_no_register_of_before_unless_something_tells_of_it() {
    let mut one = one();
    one.m.asset_recorded("WS-NEW", AssetKind::Laptop, at(4, 2, 0));
    let seen = one.m.asset_recorded("WS-SEEN", AssetKind::Laptop, at(4, 2, 0));
    one.m.reported(seen, at(3, 20, 0));
    let book = one.m.finish();
    let at_instant = |as_of_at| {
        let view = View::new(&book, as_of_at);
        let figures = view.figures(Period { from_at: at(3, 1, 0), to_at: at(5, 1, 0) });
        let ledger = figures.ledger(&view);
        assert!(ledger.adds_up() && ledger.outside.is_empty(), "{}", ledger.sum_text());
        (ledger.register, figures.in_scope())
    };
    assert_eq!(at_instant(at(3, 19, 0)), (1, 1), "nobody knew of either");
    assert_eq!(at_instant(at(4, 1, 0)), (2, 2), "a report of March tells of one, recorded late");
    assert_eq!(at_instant(at(4, 3, 0)), (3, 3));
}
