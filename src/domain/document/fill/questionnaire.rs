//! What assessors and insurers ask: how much of what mattered was on the machines in time. Counted in
//! [`crate::domain::programme::questionnaire`]; here are only the words.

use super::Fill;
use crate::domain::compliance::ratio::Ratio;
use crate::domain::compliance::view::View;
use crate::domain::document::kind::Kind;
use crate::domain::document::value::{Grid, Value};
use crate::domain::programme::questionnaire::{InTime, asked_days, in_time, within};
use crate::domain::ruleset::Trigger;

/// Times that are asked for beside the one that counts.
const WITHIN: [i64; 5] = [7, 14, 30, 60, 90];

/// What was counted, once for a document.
pub(super) struct Asked {
    days: i64,
    in_time: InTime,
    within: Vec<(i64, Ratio)>,
}

pub(super) fn value(fill: &Fill<'_>, _: Kind, name: &str) -> Option<Value> {
    let name = name.strip_prefix("questionnaire.")?;
    let asked = || fill.asked.get_or_init(|| count(fill));
    Some(match name {
        "days" => Value::Number(asked().days),
        "criterion" => Value::Text(format!("{}, or {}", Trigger::High.text(), Trigger::Unstated.text())),
        "from-on" => Value::Date(asked().in_time.from_on),
        "until-on" => Value::Date(asked().in_time.until_on),
        "share" => Value::Percent(asked().in_time.ratio().with_counts()),
        "by-class" => by_class(&asked().in_time),
        "within" => {
            let mut grid = Grid::new(&["Days", "Share"]);
            for (days, share) in &asked().within {
                grid.row([days.to_string(), share.with_counts()]);
            }
            Value::Table(grid)
        }
        _ => return None,
    })
}

/// As of the instant that the figures beside it are of: that of the seal where the month has one.
fn count(fill: &Fill<'_>) -> Asked {
    let days = asked_days(fill.book);
    let at = super::figure::figures(fill).map_or(fill.as_of_at, |figures| figures.as_of_at);
    let of =
        |view: &View<'_>| Asked { days, in_time: in_time(view, days), within: within(view, days, &WITHIN) };
    if at == fill.as_of_at { of(fill.view()) } else { of(&View::new(fill.book, at)) }
}

/// Classes with something to count; all together where there is nothing.
fn by_class(found: &InTime) -> Value {
    let mut grid = Grid::new(&["Class", "Within the time", "Within it, waived left out", "Still open"]);
    for (class, share) in found.classes.iter().filter(|(_, share)| share.all > 0) {
        grid.row([
            class.text().to_owned(),
            Ratio::good(share.in_time, share.all).with_counts(),
            Ratio::good(share.in_time, share.all - share.waived).with_counts(),
            share.open.to_string(),
        ]);
    }
    if grid.rows.is_empty() {
        let none = Ratio::good(0, 0).with_counts();
        grid.row(["Every covered class".to_owned(), none.clone(), none, "0".to_owned()]);
    }
    Value::Table(grid)
}
