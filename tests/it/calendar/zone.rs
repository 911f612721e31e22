//! The hours that do not exist and those that come twice.

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::{America, Australia, Europe, Pacific, Tz};
use patchbook::domain::calendar::zone::{LocalTime, agreed, local_time, moved, time_of};
use patchbook::util::clock::utc;
use proptest::prelude::*;

fn on(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn clock(text: &str) -> NaiveTime {
    time_of(text).unwrap()
}

fn iso(at: i64) -> String {
    patchbook::util::clock::iso(at)
}

#[test]
fn a_time_that_does_not_exist_is_named_for_a_window_and_moved_for_a_reminder() {
    let (day, time) = (on(2027, 3, 28), clock("02:30"));
    assert_eq!(local_time(Europe::Berlin, day, time), LocalTime::Gap(moved(Europe::Berlin, day, time)));
    assert_eq!(iso(moved(Europe::Berlin, day, time)), "2027-03-28T01:00:00Z");
    let error = agreed(Europe::Berlin, day, time).unwrap_err();
    assert_eq!(
        error.to_string(),
        "02:30 does not exist on Sun 28 Mar 2027 in Europe/Berlin: clocks go forward to 03:00. Choose another time."
    );
    assert!(agreed(Europe::Berlin, day, clock("03:00")).is_ok());
    assert!(agreed(Europe::Berlin, day, clock("01:59")).is_ok());
}

#[test]
fn an_hour_that_comes_twice_means_its_first_pass() {
    let (day, time) = (on(2026, 10, 25), clock("02:30"));
    let LocalTime::Twice(first, second) = local_time(Europe::Berlin, day, time) else { panic!("not twice") };
    assert_eq!((iso(first).as_str(), second - first), ("2026-10-25T00:30:00Z", 3600));
    assert_eq!(agreed(Europe::Berlin, day, time), Ok(first));
    assert_eq!(moved(Europe::Berlin, day, time), first);
}

#[test]
fn gaps_of_other_lengths_and_places_are_found_too() {
    // Lord Howe moves its clocks by half an hour; Samoa left out a whole day.
    let LocalTime::Gap(at) = local_time(Australia::Lord_Howe, on(2026, 10, 4), clock("02:15")) else {
        panic!("no gap")
    };
    assert_eq!(iso(at), "2026-10-03T15:30:00Z");
    let LocalTime::Gap(at) = local_time(Pacific::Apia, on(2011, 12, 30), clock("12:00")) else {
        panic!("no gap")
    };
    assert_eq!(iso(at), "2011-12-30T10:00:00Z");
    let LocalTime::Gap(at) = local_time(America::Los_Angeles, on(2027, 3, 14), clock("02:00")) else {
        panic!("no gap")
    };
    assert_eq!(iso(at), "2027-03-14T10:00:00Z");
}

#[test]
fn a_time_is_written_with_hours_and_minutes() {
    assert_eq!(time_of("9:05"), NaiveTime::from_hms_opt(9, 5, 0));
    for wrong in ["24:00", "12:60", "12", "12:5", "noon", "", "1２:00", "12:00:00", "-1:00"] {
        assert_eq!(time_of(wrong), None, "{wrong}");
    }
}

proptest! {
    #[test]
    fn every_instant_comes_back_from_its_own_local_time(at in 1_000_000_000..2_200_000_000_i64, place in 0..600_usize) {
        let zone: Tz = chrono_tz::TZ_VARIANTS[place % chrono_tz::TZ_VARIANTS.len()];
        let at = at - at % 60;
        let local = utc(at).with_timezone(&zone).naive_local();
        match local_time(zone, local.date(), local.time()) {
            LocalTime::Once(found) => prop_assert_eq!(found, at),
            LocalTime::Twice(first, second) => prop_assert!(first < second && (at == first || at == second)),
            LocalTime::Gap(_) => prop_assert!(false, "an instant that exists lies in no gap"),
        }
    }

    #[test]
    fn what_is_moved_out_of_a_gap_exists_and_lies_within_a_day(hour in 0..24_u32, quarter in 0..4_u32, days in 0..3650_u64, place in 0..600_usize) {
        let zone: Tz = chrono_tz::TZ_VARIANTS[place % chrono_tz::TZ_VARIANTS.len()];
        let day = on(2024, 1, 1) + chrono::Days::new(days);
        let time = NaiveTime::from_hms_opt(hour, quarter * 15, 0).unwrap();
        let local = utc(moved(zone, day, time)).with_timezone(&zone).naive_local();
        let late = (local - day.and_time(time)).num_minutes();
        prop_assert!((0..=24 * 60).contains(&late), "{zone} {day} {time}: {late} minutes late");
        prop_assert_eq!(late > 0, agreed(zone, day, time).is_err());
    }
}
