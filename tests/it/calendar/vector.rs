//! Release days 2024 to 2030, checked against what is known of the calendar and not against the code that made them.

use chrono::{Datelike as _, NaiveDate, NaiveTime, Timelike as _, Weekday};
use chrono_tz::Tz;
use patchbook::domain::calendar::recurrence::{Recurrence, month_of, nth_weekday, weekday_from};
use patchbook::util::clock::{day_in, utc};
use proptest::prelude::*;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn every_month(nth: i64, weekday: Weekday) -> Recurrence {
    Recurrence {
        nth,
        weekday,
        months: (1..=12).collect(),
        time: NaiveTime::from_hms_opt(10, 0, 0).unwrap(),
        zone: chrono_tz::America::Los_Angeles,
        from_on: None,
        until_on: None,
    }
}

fn months() -> impl Iterator<Item = (i32, u32)> {
    (2024..=2030).flat_map(|year| (1..=12).map(move |month| (year, month)))
}

#[test]
fn patch_tuesday_is_a_tuesday_from_the_8th_to_the_14th_at_ten_in_redmond() {
    let rule = every_month(2, Weekday::Tue);
    let mut instants = Vec::new();
    for (year, month) in months() {
        let on = rule.day_in_month(year, month).unwrap();
        assert!(on.weekday() == Weekday::Tue && (8..=14).contains(&on.day()), "{on}");
        let at = rule.at_in_month(year, month).unwrap();
        // Daylight time in the United States: second Sunday of March to first Sunday of November.
        let begins = (8..=14).map(|d| day(year, 3, d)).find(|d| d.weekday() == Weekday::Sun).unwrap();
        let ends = (1..=7).map(|d| day(year, 11, d)).find(|d| d.weekday() == Weekday::Sun).unwrap();
        let hour = if begins <= on && on < ends { 17 } else { 18 };
        assert_eq!((utc(at).hour(), utc(at).minute(), utc(at).date_naive()), (hour, 0, on), "{on}");
        instants.push(at);
    }
    assert_eq!(instants.len(), 84);
    for pair in instants.windows(2) {
        let days = (utc(pair[1]).date_naive() - utc(pair[0]).date_naive()).num_days();
        assert!(days == 28 || days == 35, "{days} days between {} and {}", utc(pair[0]), utc(pair[1]));
    }
}

#[test]
fn the_dates_that_are_known_come_out() {
    let tuesdays = every_month(2, Weekday::Tue);
    for (y, m, d) in [
        (2024, 1, 9),
        (2025, 10, 14),
        (2026, 9, 8),
        (2026, 12, 8),
        (2027, 1, 12),
        (2027, 4, 13),
        (2030, 12, 10),
    ] {
        assert_eq!(tuesdays.day_in_month(y, m), Some(day(y, m, d)));
    }
    let previews = every_month(4, Weekday::Tue);
    for (y, m, d) in [(2026, 9, 22), (2026, 12, 22), (2027, 1, 26)] {
        assert_eq!(previews.day_in_month(y, m), Some(day(y, m, d)));
    }
    let oracle = every_month(3, Weekday::Tue);
    for (y, m, d) in [(2026, 7, 21), (2026, 12, 15), (2027, 1, 19), (2026, 6, 16), (2026, 8, 18)] {
        assert_eq!(oracle.day_in_month(y, m), Some(day(y, m, d)));
    }
    assert_eq!(every_month(1, Weekday::Wed).day_in_month(2026, 12), Some(day(2026, 12, 2)));
    assert_eq!(every_month(3, Weekday::Wed).day_in_month(2026, 12), Some(day(2026, 12, 16)));
}

#[test]
fn the_third_tuesday_is_patch_tuesday_and_a_week_and_the_fourth_two() {
    for (year, month) in months() {
        let second = nth_weekday(year, month, Weekday::Tue, 2).unwrap();
        assert_eq!((nth_weekday(year, month, Weekday::Tue, 3).unwrap() - second).num_days(), 7);
        assert_eq!((nth_weekday(year, month, Weekday::Tue, 4).unwrap() - second).num_days(), 14);
    }
}

#[test]
fn a_release_seen_from_asia_and_oceania_falls_on_the_next_day() {
    let rule = every_month(2, Weekday::Tue);
    let seen = |zone: Tz, year, month| {
        let local = utc(rule.at_in_month(year, month).unwrap()).with_timezone(&zone);
        (local.day(), local.hour(), local.minute())
    };
    // Release day, and local day, hour and minute of: Tokyo (no daylight time), Sydney, Auckland (southern daylight time), Kolkata.
    let table = [
        (2026, 1, 13, (14, 3, 0), (14, 5, 0), (14, 7, 0), (13, 23, 30)),
        (2026, 3, 10, (11, 2, 0), (11, 4, 0), (11, 6, 0), (10, 22, 30)),
        (2026, 7, 14, (15, 2, 0), (15, 3, 0), (15, 5, 0), (14, 22, 30)),
        (2026, 10, 13, (14, 2, 0), (14, 4, 0), (14, 6, 0), (13, 22, 30)),
        (2026, 11, 10, (11, 3, 0), (11, 5, 0), (11, 7, 0), (10, 23, 30)),
        (2026, 12, 8, (9, 3, 0), (9, 5, 0), (9, 7, 0), (8, 23, 30)),
    ];
    for (year, month, on, tokyo, sydney, auckland, kolkata) in table {
        assert_eq!(rule.day_in_month(year, month), Some(day(year, month, on)));
        assert_eq!(seen(chrono_tz::Asia::Tokyo, year, month), tokyo);
        assert_eq!(seen(chrono_tz::Australia::Sydney, year, month), sydney);
        assert_eq!(seen(chrono_tz::Pacific::Auckland, year, month), auckland);
        assert_eq!(seen(chrono_tz::Asia::Kolkata, year, month), kolkata);
    }
}

#[test]
fn a_rule_holds_in_its_months_and_between_its_days_only() {
    let mut rule = every_month(4, Weekday::Tue);
    rule.months = (1..=11).collect();
    rule.from_on = Some(day(2026, 7, 14));
    rule.until_on = Some(day(2027, 1, 31));
    assert_eq!(rule.day_in_month(2026, 6), None);
    assert_eq!(rule.day_in_month(2026, 7), Some(day(2026, 7, 28)));
    assert_eq!(rule.day_in_month(2026, 12), None);
    assert_eq!(rule.day_in_month(2027, 1), Some(day(2027, 1, 26)));
    assert_eq!(rule.day_in_month(2027, 2), None);
    let from_at = day(2026, 1, 1).and_time(NaiveTime::MIN).and_utc().timestamp();
    let to_at = day(2028, 1, 1).and_time(NaiveTime::MIN).and_utc().timestamp();
    assert_eq!(rule.between(from_at, to_at).len(), 6);
    assert!(rule.between(to_at, from_at).is_empty(), "a span that ends before it begins holds nothing");
}

#[test]
fn a_month_is_written_one_way() {
    assert_eq!(month_of("2026-12"), Some(day(2026, 12, 1)));
    for wrong in ["2026-13", "2026-1", "26-12", "2026/12", "", "2026-12-01", "+026-12", "２０２６-12"] {
        assert_eq!(month_of(wrong), None, "{wrong}");
    }
}

proptest! {
    #[test]
    fn the_nth_weekday_is_found_by_walking_the_month_too(year in 1990..2100_i32, month in 1..=12_u32, nth in -3..8_i64, weekday in 0..7_u8) {
        let weekday = Weekday::try_from(weekday).unwrap();
        let all: Vec<NaiveDate> = (1..=31)
            .filter_map(|d| NaiveDate::from_ymd_opt(year, month, d))
            .filter(|d| d.weekday() == weekday)
            .collect();
        let walked = match nth {
            -1 => all.last().copied(),
            1.. => all.get(nth as usize - 1).copied(),
            _ => None,
        };
        prop_assert_eq!(nth_weekday(year, month, weekday, nth), walked);
    }

    #[test]
    fn instants_come_in_order_and_inside_their_span(start in 0..2_000_000_000_i64, days in 0..900_i64, nth in 1..=4_i64) {
        let rule = every_month(nth, Weekday::Wed);
        let end = start + days * 86_400;
        let found = rule.between(start, end);
        prop_assert!(found.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(found.iter().all(|at| (start..end).contains(at)));
        prop_assert!(found.iter().all(|at| day_in(rule.zone, *at).weekday() == Weekday::Wed));
        prop_assert!((found.len() as i64 - days / 30).abs() <= 2 + days / 300);
    }

    #[test]
    fn the_next_weekday_lies_within_a_week(offset in 0..30_000_u64, weekday in 0..7_u8) {
        let weekday = Weekday::try_from(weekday).unwrap();
        let from = day(1990, 1, 1) + chrono::Days::new(offset);
        let found = weekday_from(from, weekday);
        prop_assert!(found.weekday() == weekday && (0..7).contains(&(found - from).num_days()));
    }
}
