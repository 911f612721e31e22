//! Dates as people type them, and the one way they are written. No clock: "today" is an argument.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// Writes a date the way every screen does: "Tue 8 Dec 2026".
pub fn say(date: NaiveDate) -> String {
    date.format("%a %-d %b %Y").to_string()
}

/// Reads a date in any of the ways people write one; nothing when it is not a date.
///
/// Understood are 2026-12-08, 8.12.2026, 8/12/26 (day first), 20261208, 8 Dec 2026, Dec 8 2026, 8 December, 8.12.
/// (the year of `today`), today, tomorrow, yesterday, a weekday (the next one), +10, -3, +2w, +1m.
pub fn read(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let text = text.trim().to_lowercase();
    match text.as_str() {
        "" => return None,
        "today" | "now" => return Some(today),
        "tomorrow" => return today.succ_opt(),
        "yesterday" => return today.pred_opt(),
        _ => {}
    }
    offset(&text, today)
        .or_else(|| weekday(&text, today))
        .or_else(|| numbers(&text, today))
        .or_else(|| words(&text, today))
}

/// "+10", "-3d", "+2w", "+1m", "+1y".
fn offset(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let forward = match text.chars().next()? {
        '+' => true,
        '-' => false,
        _ => return None,
    };
    let rest = text[1..].trim();
    let digits = rest.trim_end_matches(|letter: char| letter.is_alphabetic()).trim();
    let count: u32 = digits.parse().ok()?;
    let unit = rest[digits.len()..].trim();
    let months = match unit {
        "m" | "month" | "months" => Some(count),
        "y" | "year" | "years" => Some(count.checked_mul(12)?),
        _ => None,
    };
    if let Some(months) = months {
        let months = Months::new(months);
        return if forward { today.checked_add_months(months) } else { today.checked_sub_months(months) };
    }
    let days = match unit {
        "" | "d" | "day" | "days" => u64::from(count),
        "w" | "week" | "weeks" => u64::from(count) * 7,
        _ => return None,
    };
    if forward { today.checked_add_days(Days::new(days)) } else { today.checked_sub_days(Days::new(days)) }
}

/// "fri", "next friday": the next such day after today.
fn weekday(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let day: Weekday = text.trim_start_matches("next ").trim().parse().ok()?;
    let ahead = (7 + day.num_days_from_monday() - today.weekday().num_days_from_monday()) % 7;
    today.checked_add_days(Days::new(u64::from(if ahead == 0 { 7 } else { ahead })))
}

/// Dates made of numbers only.
fn numbers(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let parts: Vec<&str> = text.split(['-', '.', '/', ' ']).filter(|part| !part.is_empty()).collect();
    if !parts.iter().all(|part| part.len() <= 8 && part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    match parts.as_slice() {
        [one] if one.len() == 8 => NaiveDate::parse_from_str(one, "%Y%m%d").ok(),
        [day, month] => NaiveDate::from_ymd_opt(today.year(), month.parse().ok()?, day.parse().ok()?),
        [first, month, last] if first.len() == 4 => {
            NaiveDate::from_ymd_opt(first.parse().ok()?, month.parse().ok()?, last.parse().ok()?)
        }
        [day, month, year] => {
            NaiveDate::from_ymd_opt(full_year(year)?, month.parse().ok()?, day.parse().ok()?)
        }
        _ => None,
    }
}

/// Dates with the month in letters, day and month in either order.
fn words(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let parts: Vec<&str> = text.split([' ', '-', '.', '/', ',']).filter(|part| !part.is_empty()).collect();
    // "Tue 8 Dec 2026", as we write it ourselves.
    let parts = match parts.split_first() {
        Some((first, rest)) if rest.len() >= 2 && first.parse::<Weekday>().is_ok() => rest,
        _ => parts.as_slice(),
    };
    let at = parts.iter().position(|part| month_of(part).is_some())?;
    let month = month_of(parts[at])?;
    let day = |word: &str| -> Option<u32> {
        word.trim_end_matches("st")
            .trim_end_matches("nd")
            .trim_end_matches("rd")
            .trim_end_matches("th")
            .parse()
            .ok()
    };
    let (day, year) = match (parts, at) {
        ([_, one], 0) | ([one, _], 1) if one.len() == 4 => (1, full_year(one)?),
        ([_, one], 0) | ([one, _], 1) => (day(one)?, today.year()),
        ([year, _, one], 1) if year.len() == 4 => (day(one)?, full_year(year)?),
        ([_, one, year], 0) | ([one, _, year], 1) => (day(one)?, full_year(year)?),
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year, month, day)
}

fn month_of(word: &str) -> Option<u32> {
    word.parse::<chrono::Month>().ok().map(|month| month.number_from_month())
}

fn full_year(word: &str) -> Option<i32> {
    let year: i32 = word.parse().ok()?;
    match word.len() {
        4 => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}
