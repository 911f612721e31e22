//! What assessors and insurers ask: how much of what mattered was on the machines in time.

use chrono::{Months, NaiveDate, TimeDelta};

use super::Fill;
use crate::domain::compliance::ratio::Ratio;
use crate::domain::compliance::verdict::{Kind as Pair, Verdict};
use crate::domain::document::kind::Kind;
use crate::domain::document::value::{Grid, Value};
use crate::domain::ruleset::Trigger;
use crate::domain::stamp::{instant, of_instant};
use crate::domain::update::{Severity, Update};
use crate::util::clock::{day_in, end_of_day};

/// Days asked for where no preset says otherwise.
const DAYS: i64 = 14;

pub(super) fn value(fill: &Fill<'_>, kind: Kind, name: &str) -> Option<Value> {
    let name = name.strip_prefix("questionnaire.")?;
    let _ = kind;
    Some(match name {
        "days" => Value::Number(days(fill)),
        "criterion" => Value::Text(format!("{}, or {}", Trigger::High.text(), Trigger::Unstated.text())),
        "from-on" => Value::Date(from_on(fill)),
        "until-on" => Value::Date(until_on(fill)),
        "share" => Value::Percent(count(fill, |_| true).ratio().with_counts()),
        "by-class" => by_class(fill),
        "within" => within(fill),
        _ => return None,
    })
}

/// The days that the adopted rule set for Cyber Essentials asks for, else 14.
fn days(fill: &Fill<'_>) -> i64 {
    let sets = fill.book.rule_sets.iter().filter(|s| s.key.starts_with("ce-") && s.adopted_at.is_some());
    let newest = sets.filter(|set| set.ended_at.is_none()).max_by_key(|set| (set.adopted_at, set.id));
    let rules = newest.and_then(|set| {
        let mine = fill.book.set_rules.iter().filter(|rule| rule.set == set.id);
        mine.filter(|rule| rule.unit == crate::domain::ruleset::Amount::Days).map(|rule| rule.count).min()
    });
    rules.unwrap_or(DAYS)
}

/// The last day of release whose time was over.
fn until_on(fill: &Fill<'_>) -> NaiveDate {
    let at = super::figure::figures(fill).map_or(fill.as_of_at, |figures| figures.as_of_at);
    day_in(fill.zone, at) - TimeDelta::days(days(fill) + 1)
}

fn from_on(fill: &Fill<'_>) -> NaiveDate {
    let until = until_on(fill);
    until.checked_sub_months(Months::new(12)).map_or(until, |day| day + TimeDelta::days(1))
}

/// Vendor-critical or high, or no severity given; a score of 7.0 or more where one was loaded.
fn is_asked(fill: &Fill<'_>, update: &Update) -> bool {
    matches!(update.severity, Severity::Critical | Severity::Important | Severity::Unspecified)
        || scored_high(fill, update)
}

fn scored_high(fill: &Fill<'_>, update: &Update) -> bool {
    use crate::domain::threat::Threat;
    let digits = |kb: &String| kb.chars().filter(char::is_ascii_digit).collect::<String>();
    let kbs: Vec<String> = update.kbs.iter().map(digits).collect();
    let advisories = fill.book.advisories.iter().filter(|advisory| kbs.contains(&advisory.kb));
    let cves: Vec<&String> = advisories.flat_map(|advisory| &advisory.cves).collect();
    let high = |threat: &Threat| matches!(threat, Threat::Scored { score_tenths, .. } if *score_tenths >= 70);
    !cves.is_empty() && fill.book.threats.iter().any(|fact| high(&fact.value) && cves.contains(&&fact.cve))
}

#[derive(Default)]
struct Count {
    all: u64,
    in_time: u64,
    waived: u64,
    in_time_unwaived: u64,
    open: u64,
}

impl Count {
    fn ratio(&self) -> Ratio {
        Ratio::good(self.in_time, self.all)
    }
}

/// The required pairs of the updates asked for, by whether they were satisfied within the days.
fn count(fill: &Fill<'_>, class: impl Fn(&Update) -> bool) -> Count {
    let mut count = Count::default();
    let wanted = |update: &Update| class(update) && is_asked(fill, update);
    each_pair(fill, wanted, |update, verdict| {
        let met = met_within(fill, update, verdict, days(fill));
        count.all += 1;
        count.in_time += u64::from(met);
        count.waived += u64::from(verdict.waived);
        count.in_time_unwaived += u64::from(met && !verdict.waived);
        count.open += u64::from(!matches!(verdict.kind, Pair::Satisfied(_)));
    });
    count
}

fn each_pair(fill: &Fill<'_>, wanted: impl Fn(&Update) -> bool, mut take: impl FnMut(&Update, &Verdict)) {
    let (from, until) = (from_on(fill), until_on(fill));
    for (place, update) in fill.book.updates.iter().enumerate() {
        let released_on = day_in(fill.zone, update.released_at);
        let covered = fill.book.shop.covered.contains(&update.classification);
        if released_on < from || released_on > until || !covered || !wanted(update) {
            continue;
        }
        for verdict in fill.view().pairs_of(place as u32) {
            if verdict.required && fill.standings()[verdict.asset as usize].counts() {
                take(update, &verdict);
            }
        }
    }
}

/// Satisfied by the end of so many days after release, release day being day 0. Unknown is not.
fn met_within(fill: &Fill<'_>, update: &Update, verdict: &Verdict, days: i64) -> bool {
    let last = day_in(fill.zone, update.released_at) + TimeDelta::days(days);
    let end = of_instant(end_of_day(fill.zone, last));
    matches!(verdict.kind, Pair::Satisfied(_)) && verdict.closed <= end && instant(verdict.closed) > 0
}

fn by_class(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Class", "Within the time", "Within it, waived left out", "Still open"]);
    for class in &fill.book.shop.covered {
        let counted = count(fill, |update| update.classification == *class);
        grid.row([
            class.text().to_owned(),
            counted.ratio().with_counts(),
            Ratio::good(counted.in_time_unwaived, counted.all - counted.waived).with_counts(),
            counted.open.to_string(),
        ]);
    }
    Value::Table(grid)
}

fn within(fill: &Fill<'_>) -> Value {
    let mut grid = Grid::new(&["Days", "Share"]);
    for days in [7, 14, 30, 60, 90] {
        let (mut met, mut all) = (0, 0);
        each_pair(
            fill,
            |_| true,
            |update, verdict| {
                all += 1;
                met += u64::from(met_within(fill, update, verdict, days));
            },
        );
        grid.row([days.to_string(), Ratio::good(met, all).with_counts()]);
    }
    Value::Table(grid)
}
