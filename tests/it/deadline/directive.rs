//! CISA's directives: the sixteen rows, what is missing, and the two that were revoked.

use patchbook::domain::asset::Exposure;
use patchbook::domain::command::{Command, DeadlineCommand};
use patchbook::domain::ruleset::{Filled, SetClock, SetScope};
use patchbook::domain::threat::{Exploitation, Threat};

use super::rig::{Rig, day, end};
use crate::compliance::maker::at;

const ADOPTED: (u32, u32) = (11, 1);

fn adopted() -> i64 {
    at(ADOPTED.0, ADOPTED.1, 0)
}

/// A server under BOD 26-04 with one update released on 2 November 2026 that fixes one vulnerability.
fn rig(exposure: Exposure, listed: bool, known: Option<(bool, bool)>) -> Rig {
    let mut rig = Rig::one(at(11, 2, 18), exposure);
    rig.fixes(0, &["CVE-2026-1"], at(11, 1, 0));
    if listed {
        rig.listed("CVE-2026-1", day(11, 2), None, at(11, 2, 20));
    }
    if let Some((automatable, total)) = known {
        rig.ssvc("CVE-2026-1", automatable, total, at(11, 2, 20));
    }
    rig.adopt("bod-26-04", adopted());
    rig
}

/// Listed, exposed, automatable, total impact: days from 2 November (none: the next scheduled upgrade), evidence first. Written by
/// hand from the directive's table.
const ROWS: [(u8, Option<u32>, bool); 16] = [
    (0b0000, None, false),
    (0b0001, None, false),
    (0b0010, Some(60), false),
    (0b0011, Some(60), false),
    (0b0100, Some(60), false),
    (0b0101, Some(14), false),
    (0b0110, Some(14), false),
    (0b0111, Some(3), false),
    (0b1000, Some(14), false),
    (0b1001, Some(14), false),
    (0b1010, Some(14), false),
    (0b1011, Some(3), true),
    (0b1100, Some(14), false),
    (0b1101, Some(3), true),
    (0b1110, Some(3), false),
    (0b1111, Some(3), true),
];

fn days_later(days: u32) -> i64 {
    end(11, 2) + i64::from(days) * 86_400
}

#[test]
fn a_flaw_listed_before_the_directive_was_adopted_binds_once_its_update_is_out() {
    let mut rig = Rig::one(at(11, 10, 18), Exposure::Internet);
    rig.fixes(0, &["CVE-2026-1"], at(11, 10, 19));
    rig.listed("CVE-2026-1", day(10, 28), None, at(10, 28, 20));
    rig.ssvc("CVE-2026-1", true, true, at(10, 28, 20));
    rig.adopt("bod-26-04", adopted());
    let (due_at, rule) = rig.due(at(11, 12, 0));
    assert_eq!(due_at, Some(end(10, 31)), "{rule}");
}

#[test]
fn every_row_of_bod_26_04_binds_as_its_table_says() {
    for (bits, days, triage) in ROWS {
        let [listed, exposed, automatable, total] = [8, 4, 2, 1].map(|bit| bits & bit != 0);
        let exposures: &[Exposure] = if exposed {
            &[Exposure::Internet, Exposure::Unknown]
        } else {
            &[Exposure::Internal, Exposure::Isolated]
        };
        for &exposure in exposures {
            let rig = rig(exposure, listed, Some((automatable, total)));
            let all = rig.explained(at(11, 4, 0), 0, 0);
            assert_eq!(all.len(), 1, "{bits:04b} {exposure:?}: {all:?}");
            assert_eq!(all[0].due_at, days.map(days_later), "{bits:04b} {exposure:?}");
            assert_eq!(all[0].triage, triage, "{bits:04b}");
            assert!(all[0].unconfirmed && all[0].text.ends_with("(unconfirmed)"), "{}", all[0].text);
            assert_eq!(all[0].no_date.is_empty(), days.is_some());
            let (due, text) = rig.due(at(11, 4, 0));
            assert_eq!(due, days.map(days_later));
            assert_eq!(text.contains("CISA BOD 26-04, row"), days.is_some(), "{text}");
        }
    }
}

#[test]
fn where_an_input_is_missing_sixty_days_hold_and_fourteen_for_a_listed_one() {
    for exposure in [Exposure::Internet, Exposure::Unknown, Exposure::Internal] {
        let (due, text) = rig(exposure, false, None).due(at(11, 4, 0));
        assert_eq!(due, Some(days_later(60)), "{exposure:?}");
        assert!(text.contains("not known"), "{text}");
        assert_eq!(rig(exposure, true, None).due(at(11, 4, 0)).0, Some(days_later(14)), "{exposure:?}");
    }
}

/// For every pair of answers of which one is missing: the loosest day among the rows of the table that are still possible, but 60 days
/// where one of those is the next scheduled upgrade.
#[test]
fn where_one_input_is_missing_the_other_still_counts() {
    let possible = |listed: bool, exposed: bool, automatable: Option<bool>, total: Option<bool>| {
        let fits = |bits: u8| {
            let [l, e, a, t] = [8, 4, 2, 1].map(|bit| bits & bit != 0);
            l == listed
                && e == exposed
                && automatable.is_none_or(|known| known == a)
                && total.is_none_or(|known| known == t)
        };
        ROWS.iter().filter(|row| fits(row.0)).map(|row| row.1.unwrap_or(60)).max().expect("rows")
    };
    for (listed, exposed) in [(false, false), (false, true), (true, false), (true, true)] {
        for known in [true, false] {
            for (automatable, total) in [(Some(known), None), (None, Some(known))] {
                let exposure = if exposed { Exposure::Internet } else { Exposure::Internal };
                let mut rig = rig(exposure, listed, None);
                let value =
                    Threat::Ssvc { exploitation: Exploitation::None, automatable, total_impact: total };
                rig.learn("CVE-2026-1", value, at(11, 2, 20));
                let (due, text) = rig.due(at(11, 4, 0));
                let days = possible(listed, exposed, automatable, total);
                assert_eq!(
                    due,
                    Some(days_later(days)),
                    "{listed} {exposed} {automatable:?} {total:?}: {text}"
                );
                assert!(text.contains("not known"), "{text}");
            }
        }
    }
}

#[test]
fn an_entry_that_was_listed_before_its_due_date_was_adopted_binds_once_its_update_is_out() {
    for (released, expected) in [(at(11, 10, 18), Some(end(11, 20))), (at(10, 29, 18), None)] {
        let mut rig = Rig::one(released, Exposure::Internet);
        rig.fixes(0, &["CVE-2026-1"], at(11, 10, 19));
        rig.listed("CVE-2026-1", day(10, 28), Some(day(11, 20)), at(10, 28, 20));
        rig.adopt("kev-due-date", adopted());
        assert_eq!(rig.due(at(11, 12, 0)).0, expected);
    }
}

#[test]
fn an_entry_listed_before_the_set_was_left_binds_no_update_that_came_after() {
    for (released, expected) in [(at(11, 10, 18), Some(end(11, 20))), (at(11, 13, 18), None)] {
        let mut rig = Rig::one(released, Exposure::Internet);
        rig.fixes(0, &["CVE-2026-1"], at(11, 5, 19));
        rig.listed("CVE-2026-1", day(11, 4), Some(day(11, 20)), at(11, 4, 20));
        let set = rig.adopt("kev-due-date", adopted());
        let reason = "Another rule is used from now on".to_owned();
        rig.run(at(11, 12, 0), Command::Deadline(DeadlineCommand::Drop { set, reason })).expect("left");
        assert_eq!(rig.due(at(11, 16, 0)).0, expected);
    }
}

#[test]
fn an_update_of_which_no_vulnerability_is_known_gets_sixty_days() {
    let mut rig = Rig::one(at(11, 2, 18), Exposure::Internet);
    rig.adopt("bod-26-04", adopted());
    assert_eq!(rig.due(at(11, 4, 0)).0, Some(days_later(60)));
}

#[test]
fn two_vulnerabilities_of_one_update_are_judged_one_by_one() {
    // Taken together they would be listed, automatable and exposed: three days. Neither of them is all of it.
    let mut rig = Rig::one(at(11, 2, 18), Exposure::Internet);
    rig.fixes(0, &["CVE-2026-1", "CVE-2026-2"], at(11, 1, 0));
    rig.ssvc("CVE-2026-1", true, false, at(11, 1, 0));
    rig.listed("CVE-2026-2", day(11, 2), None, at(11, 1, 0));
    rig.ssvc("CVE-2026-2", false, false, at(11, 1, 0));
    rig.adopt("bod-26-04", adopted());
    let all = rig.explained(at(11, 4, 0), 0, 0);
    assert_eq!(all.len(), 2, "{all:?}");
    assert_eq!(rig.due(at(11, 4, 0)).0, Some(days_later(14)));
}

#[test]
fn the_earlier_of_release_and_listing_starts_the_clock_unless_the_shop_chooses() {
    let listed_early = |clock: Option<SetClock>| {
        let mut rig = Rig::one(at(11, 6, 18), Exposure::Internal);
        rig.fixes(0, &["CVE-2026-1"], at(11, 1, 0));
        rig.listed("CVE-2026-1", day(11, 3), None, at(11, 4, 0));
        rig.ssvc("CVE-2026-1", false, false, at(11, 4, 0));
        let filled = Filled { clock, ..Filled::default() };
        rig.adopt_with("bod-26-04", adopted(), SetScope::default(), filled).expect("adopted");
        rig.due(at(11, 8, 0)).0
    };
    assert_eq!(listed_early(None), Some(end(11, 17)));
    assert_eq!(listed_early(Some(SetClock::Listed)), Some(end(11, 17)));
    assert_eq!(listed_early(Some(SetClock::Release)), Some(end(11, 20)));
    assert_eq!(listed_early(Some(SetClock::Detected)), Some(end(11, 21)));
}

#[test]
fn a_revoked_directive_binds_only_what_began_while_it_was_in_force() {
    // First seen a day after release: 8 June is before the end, 10 June is not.
    for (released, expected) in [(at(6, 7, 12), Some(end(6, 23))), (at(6, 9, 12), None)] {
        let mut rig = Rig::one(released, Exposure::Internet);
        rig.adopt("bod-19-02", at(11, 1, 0));
        assert_eq!(rig.due(at(11, 2, 0)).0, expected);
    }
    let mut rig = Rig::one(at(11, 2, 0), Exposure::Internet);
    rig.fixes(0, &["CVE-2026-1"], at(11, 1, 0));
    rig.listed("CVE-2026-1", day(11, 2), Some(day(11, 5)), at(11, 2, 0));
    rig.adopt("bod-22-01", at(11, 1, 0));
    assert_eq!(rig.due(at(11, 20, 0)), (None, "no rule".to_owned()));
}

#[test]
fn a_past_directive_keeps_judging_the_past_by_the_dates_of_the_catalogue() {
    let mut rig = Rig::one(at(5, 12, 18), Exposure::Internet);
    rig.fixes(0, &["CVE-2026-1"], at(5, 13, 0));
    rig.listed("CVE-2026-1", day(5, 14), Some(day(6, 4)), at(5, 15, 0));
    rig.adopt("bod-22-01", at(11, 1, 0));
    let (due, text) = rig.due(at(11, 20, 0));
    assert_eq!(due, Some(end(6, 4)));
    assert!(text.starts_with("CISA BOD 22-01"), "{text}");
}

#[test]
fn the_due_date_of_the_catalogue_is_never_computed() {
    for (due_on, expected) in [(Some(day(11, 9)), Some(end(11, 9))), (None, None)] {
        let mut rig = Rig::one(at(11, 2, 18), Exposure::Internal);
        rig.fixes(0, &["CVE-2026-1"], at(11, 1, 0));
        rig.listed("CVE-2026-1", day(11, 4), due_on, at(11, 5, 0));
        rig.adopt("kev-due-date", adopted());
        assert_eq!(rig.due(at(11, 20, 0)).0, expected);
        assert_eq!(rig.explained(at(11, 20, 0), 0, 0).len(), 1, "it binds, with or without a date");
    }
}

#[test]
fn a_listing_counts_from_when_it_was_recorded_and_an_entry_taken_back_stays_known() {
    let mut rig = Rig::one(at(11, 2, 18), Exposure::Internal);
    rig.fixes(0, &["CVE-2026-1"], at(11, 1, 0));
    rig.listed("CVE-2026-1", day(11, 4), Some(day(11, 18)), at(11, 8, 0));
    rig.learn("CVE-2026-1", patchbook::domain::threat::Threat::Unlisted, at(11, 10, 0));
    rig.adopt("kev-due-date", adopted());
    assert_eq!(rig.due(at(11, 7, 0)).0, None, "nobody knew");
    assert_eq!(rig.due(at(11, 9, 0)).0, Some(end(11, 18)));
    assert_eq!(rig.due(at(11, 12, 0)).0, Some(end(11, 18)));
}
