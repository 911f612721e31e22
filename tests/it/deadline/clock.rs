//! Clocks, months, changes of the clock, and the times that are not about installing.

use patchbook::domain::asset::Exposure;
use patchbook::domain::compliance::explain::late_stages;
use patchbook::domain::compliance::view::View;
use patchbook::domain::rating::{Rank, Rating, RatingId};
use patchbook::domain::ruleset::{
    Amount, Condition, Filled, OwnTime, SetClock, SetRule, SetRuleId, SetScope, Stage,
};
use patchbook::domain::update::UpdateId;

use super::rig::{Rig, end};
use crate::compliance::maker::at;

/// An internal server, one update, and one adopted set whose only rule is this.
fn under(released_at: i64, count: i64, unit: Amount, clock: SetClock) -> Rig {
    let mut rig = Rig::one(released_at, Exposure::Internal);
    let set = rig.adopt("meta-2003", at(1, 1, 0));
    let id = rig.book.set_rules.rows()[0].id;
    rig.book.set_rules.put(SetRule {
        id,
        set,
        position: 1,
        label: "test".to_owned(),
        condition: Condition::default(),
        stage: Stage::Correct,
        count,
        unit,
        clock,
        triage: false,
        unconfirmed: false,
    });
    rig
}

fn due(rig: &Rig) -> Option<i64> {
    rig.due(at(12, 31, 0)).0
}

#[test]
fn a_month_is_the_earlier_of_the_same_day_and_thirty_days() {
    let after = |released, count| due(&under(released, count, Amount::Months, SetClock::Release));
    // February is shorter than thirty days, and 31 January has no twin in it.
    assert_eq!(after(at(1, 31, 18), 1), Some(end(2, 28)));
    assert_eq!(after(at(2, 10, 18), 1), Some(end(3, 10)));
    // March is longer.
    assert_eq!(after(at(3, 10, 18), 1), Some(end(4, 9)));
    // Thirty days and the same day are the same.
    assert_eq!(after(at(4, 14, 18), 1), Some(end(5, 14)));
    assert_eq!(after(at(1, 31, 18), 2), Some(end(3, 31)));
    assert_eq!(after(at(7, 1, 18), 2), Some(end(8, 30)));
}

#[test]
fn hours_are_exact_and_days_and_weeks_end_with_the_day() {
    let released = at(5, 12, 17) + 61;
    assert_eq!(due(&under(released, 48, Amount::Hours, SetClock::Release)), Some(released + 48 * 3600));
    assert_eq!(due(&under(released, 2, Amount::Weeks, SetClock::Release)), Some(end(5, 26)));
    assert_eq!(due(&under(released, 14, Amount::Days, SetClock::Release)), Some(end(5, 26)));
}

#[test]
fn a_day_ends_in_the_zone_of_the_site_whatever_its_clocks_do() {
    // Berlin goes from +1 to +2 on 29 March 2026.
    let berlin = |unit, count, clock| {
        let mut rig = under(at(3, 20, 18), count, unit, clock);
        let mut asset = rig.book.assets.rows()[0].clone();
        asset.zone = "Europe/Berlin".to_owned();
        rig.book.assets.put(asset);
        due(&rig)
    };
    assert_eq!(berlin(Amount::Weeks, 2, SetClock::Release), Some(end(4, 3) - 2 * 3600));
    assert_eq!(berlin(Amount::Days, 5, SetClock::Release), Some(end(3, 25) - 3600));
    assert_eq!(berlin(Amount::Months, 1, SetClock::Release), Some(end(4, 19) - 2 * 3600));
    assert_eq!(berlin(Amount::Hours, 240, SetClock::Release), Some(at(3, 30, 18)));
    // A release at 18:00 is already the next day in Sydney.
    let mut rig = under(at(12, 8, 18), 14, Amount::Days, SetClock::Release);
    let mut asset = rig.book.assets.rows()[0].clone();
    asset.zone = "Australia/Sydney".to_owned();
    rig.book.assets.put(asset);
    assert_eq!(due(&rig), Some(end(12, 23) - 11 * 3600));
}

#[test]
fn each_clock_starts_at_its_own_event() {
    let released = at(3, 10, 18);
    let of = |clock| under(released, 10, Amount::Days, clock);
    assert_eq!(due(&of(SetClock::Release)), Some(end(3, 20)));
    // The server first showed it a day after its release.
    assert_eq!(due(&of(SetClock::Detected)), Some(end(3, 21)));
    // It came into the register with its release.
    assert_eq!(due(&of(SetClock::Identified)), Some(end(3, 20)));
    // Nobody rated it, nobody listed it, nobody checked the source before.
    assert_eq!(due(&of(SetClock::Evaluated)), Some(end(3, 20)));
    assert_eq!(due(&of(SetClock::Listed)), None);
    assert_eq!(due(&of(SetClock::Checked)), Some(end(3, 20)));

    let mut later = of(SetClock::Identified);
    let mut update = later.book.updates.rows()[0].clone();
    update.created_at = at(3, 15, 0);
    later.book.updates.put(update);
    assert_eq!(due(&later), Some(end(3, 25)));

    let mut joined = of(SetClock::Joined);
    let mut asset = joined.book.assets.rows()[0].clone();
    asset.created_at = at(3, 18, 0);
    joined.book.assets.put(asset);
    assert_eq!(due(&joined), Some(end(3, 28)));

    let mut rated = of(SetClock::Evaluated);
    rate(&mut rated, at(3, 12, 9));
    assert_eq!(due(&rated), Some(end(3, 22)));
    let mut late = of(SetClock::Evaluated);
    rate(&mut late, at(3, 25, 9));
    assert_eq!(due(&late), Some(end(3, 20)), "who rates after the due date does not move it");
}

fn rate(rig: &mut Rig, since_at: i64) {
    let update: UpdateId = rig.book.updates.rows()[0].id;
    let reason = "looked".to_owned();
    rig.book.ratings.put(Rating { id: RatingId(since_at), update, rank: Rank::High, reason, since_at });
}

fn own(stage: Stage, count: i64) -> OwnTime {
    OwnTime { stage, count, unit: Amount::Days }
}

#[test]
fn the_three_times_of_cmmc_must_be_filled_in_and_only_the_third_makes_a_pair_overdue() {
    let mut rig = Rig::one(at(3, 10, 18), Exposure::Internal);
    let refused = rig.adopt_with("cmmc-3.14.1", at(3, 1, 0), SetScope::default(), Filled::default());
    let said = refused.expect_err("nothing filled in").to_string();
    for word in ["identify", "report", "correct"] {
        assert!(said.contains(word), "{said}");
    }
    let times = vec![own(Stage::Identify, 7), own(Stage::Report, 3), own(Stage::Correct, 30)];
    let filled = Filled { clock: None, times };
    rig.adopt_with("cmmc-3.14.1", at(3, 1, 0), SetScope::default(), filled).expect("adopted");
    assert_eq!(due(&rig), Some(end(4, 9)));

    let late = |rig: &Rig, now| late_stages(&View::new(&rig.book, now));
    assert_eq!(late(&rig, at(3, 12, 0)), Vec::new());
    // Known here with its release, so identified; nobody was told within three days.
    let found = late(&rig, at(3, 20, 0));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].stage, found[0].due_at), (Stage::Report, end(3, 13)));
    assert!(found[0].text.contains("report"), "{}", found[0].text);
}

#[test]
fn the_power_grid_assesses_within_thirty_five_days_of_the_last_check_and_applies_within_as_many() {
    let mut rig = Rig::one(at(3, 10, 18), Exposure::Internal);
    rig.adopt("nerc-cip-007-6", at(3, 1, 0));
    let late = |rig: &Rig, now| late_stages(&View::new(&rig.book, now));
    assert_eq!(late(&rig, at(4, 14, 12)), Vec::new());
    let found = late(&rig, at(4, 15, 12));
    assert_eq!((found.len(), found[0].stage, found[0].due_at), (1, Stage::Identify, end(4, 14)));
    rate(&mut rig, at(4, 1, 9));
    assert_eq!(late(&rig, at(4, 15, 12)), Vec::new());
    assert_eq!(rig.due(at(4, 15, 12)).0, Some(end(5, 6)));
    assert!(rig.book.set_rules.rows().iter().all(|rule| rule.id != SetRuleId(0)));
}
