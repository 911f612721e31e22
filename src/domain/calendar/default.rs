//! The release rules a new file starts with, each with its source and its dates (`standards.md` 2.1).
//!
//! Rolling releases (browsers, Linux distributions) follow no weekday of a month and are not here.

use chrono::NaiveDate;

use super::release::{Day, ReleaseOverride, ReleaseOverrideId, ReleaseRule, ReleaseRuleId};
use crate::util::clock::utc;
use crate::util::id::Ids;

const QUARTERLY: [u32; 4] = [1, 4, 7, 10];
const BETWEEN_QUARTERS: [u32; 8] = [2, 3, 5, 6, 8, 9, 11, 12];
const ALL_YEAR: [u32; 12] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const ALL_BUT_DECEMBER: [u32; 11] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const PACIFIC: &str = "America/Los_Angeles";

/// Rules and the one-off releases that left them.
#[derive(Clone, Debug)]
pub struct Defaults {
    /// Rules; the first is the one that months count from, Microsoft's security release.
    pub rules: Vec<ReleaseRule>,
    /// One-off releases.
    pub overrides: Vec<ReleaseOverride>,
}

struct Short {
    vendor: &'static str,
    title: &'static str,
    nth: i64,
    weekday: Day,
    months: &'static [u32],
    time: &'static str,
    zone: &'static str,
    from: Option<(i32, u32, u32)>,
    until: Option<(i32, u32, u32)>,
    source: &'static str,
    unconfirmed: bool,
}

const RULES: [Short; 9] = [
    Short {
        vendor: "Microsoft",
        title: "Security updates (B release)",
        nth: 2,
        weekday: Day::Tuesday,
        months: &ALL_YEAR,
        time: "10:00",
        zone: PACIFIC,
        from: Some((2003, 10, 1)),
        until: None,
        source: "Microsoft documentation of March 2023: second Tuesday, typically 10:00 Pacific time",
        unconfirmed: false,
    },
    Short {
        vendor: "Microsoft",
        title: "Optional previews (D release)",
        nth: 4,
        weekday: Day::Tuesday,
        months: &ALL_BUT_DECEMBER,
        time: "10:00",
        zone: PACIFIC,
        from: Some((2023, 4, 1)),
        until: None,
        source: "Microsoft documentation: fourth Tuesday; that December has none is habit, not rule",
        unconfirmed: false,
    },
    Short {
        vendor: "Oracle",
        title: "Critical Patch Update",
        nth: 3,
        weekday: Day::Tuesday,
        months: &QUARTERLY,
        time: "13:00",
        zone: PACIFIC,
        from: None,
        until: None,
        source: "oracle.com: third Tuesday of January, April, July, October; the hour is assumed",
        unconfirmed: false,
    },
    Short {
        vendor: "Oracle",
        title: "Critical Security Patch Update",
        nth: 3,
        weekday: Day::Tuesday,
        months: &BETWEEN_QUARTERS,
        time: "13:00",
        zone: PACIFIC,
        from: Some((2026, 5, 1)),
        until: None,
        source: "Several reports of 2026: critical fixes in the months between; the hour is assumed",
        unconfirmed: false,
    },
    Short {
        vendor: "Adobe",
        title: "Security bulletins",
        nth: 2,
        weekday: Day::Tuesday,
        months: &ALL_YEAR,
        time: "09:00",
        zone: PACIFIC,
        from: None,
        until: None,
        source: "Second Tuesday, before and after the change of July 2026; the hour is assumed",
        unconfirmed: false,
    },
    Short {
        vendor: "Adobe",
        title: "Security bulletins (second of the month)",
        nth: 4,
        weekday: Day::Tuesday,
        months: &ALL_YEAR,
        time: "09:00",
        zone: PACIFIC,
        from: Some((2026, 7, 14)),
        until: None,
        source: "CSO, 2026: also on the fourth Tuesday since 14 July 2026; the hour is assumed",
        unconfirmed: true,
    },
    Short {
        vendor: "SAP",
        title: "Security Patch Day",
        nth: 2,
        weekday: Day::Tuesday,
        months: &ALL_YEAR,
        time: "08:00",
        zone: "Europe/Berlin",
        from: Some((2010, 9, 1)),
        until: None,
        source: "SAP Press: second Tuesday since September 2010; the hour is assumed",
        unconfirmed: true,
    },
    Short {
        vendor: "Cisco",
        title: "IOS and IOS XE bundle",
        nth: 4,
        weekday: Day::Wednesday,
        months: &[3, 9],
        time: "16:00",
        zone: "UTC",
        from: Some((2008, 3, 1)),
        until: Some((2026, 6, 30)),
        source: "Cisco blog of 2009: fourth Wednesday of March and September; the hour is assumed",
        unconfirmed: false,
    },
    Short {
        vendor: "Cisco",
        title: "Security advisories (first of the month)",
        nth: 1,
        weekday: Day::Wednesday,
        months: &ALL_YEAR,
        time: "16:00",
        zone: "UTC",
        from: Some((2026, 7, 1)),
        until: None,
        source: "One page quoting Cisco's blog: first and third Wednesday from July 2026; the hour is assumed",
        unconfirmed: true,
    },
];

/// Makes the rows, each with an id of its own.
pub fn defaults(ids: &Ids) -> Defaults {
    let mut rules: Vec<ReleaseRule> = RULES.iter().map(|short| rule(short, ids)).collect();
    // The third Wednesday differs from the first in nothing but its place.
    if let Some(first) = rules.last().cloned() {
        rules.push(ReleaseRule {
            id: ReleaseRuleId(ids.next()),
            nth: 3,
            title: "Security advisories (second of the month)".to_owned(),
            ..first
        });
    }
    let off_rule = [
        ("Oracle", "Critical Security Patch Update", (2026, 5, 28), "The first one came on a Thursday"),
        (
            "Adobe",
            "Security bulletins (second of the month)",
            (2026, 6, 30),
            "Came off its rule, before the change of July",
        ),
    ];
    let overrides = off_rule.into_iter().filter_map(|(vendor, title, day, reason)| {
        let rule = rules.iter().find(|rule| rule.vendor == vendor && rule.title == title)?;
        let time = super::zone::time_of(&rule.time)?;
        let at = super::zone::moved(crate::util::clock::zone(&rule.zone), date(day)?, time);
        Some(ReleaseOverride {
            id: ReleaseOverrideId(ids.next()),
            rule: rule.id,
            month: utc(at).format("%Y-%m").to_string(),
            at: Some(at),
            reason: reason.to_owned(),
            ended_at: None,
        })
    });
    let overrides = overrides.collect();
    Defaults { rules, overrides }
}

fn rule(short: &Short, ids: &Ids) -> ReleaseRule {
    ReleaseRule {
        id: ReleaseRuleId(ids.next()),
        vendor: short.vendor.to_owned(),
        title: short.title.to_owned(),
        nth: short.nth,
        weekday: short.weekday,
        months: short.months.to_vec(),
        time: short.time.to_owned(),
        zone: short.zone.to_owned(),
        from_on: short.from.and_then(date),
        until_on: short.until.and_then(date),
        source: short.source.to_owned(),
        unconfirmed: short.unconfirmed,
        ended_at: None,
    }
}

fn date((year, month, day): (i32, u32, u32)) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}
