//! Dates as other tools print them: in the exporting user's culture, without a zone, in UTC.
//!
//! Owns reading one value into its parts, the evidence a whole file gives about day and month order, and turning parts into
//! UTC seconds. It never guesses an order the values leave open: the file then asks. Years up to 1753 mean "never".

use serde::{Deserialize, Serialize};

use super::row::NO_TIME;

/// Which part of a date such as `4/3/2024` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 4 March.
    DayFirst,
    /// April 3rd.
    MonthFirst,
}

/// A date and time read into parts, its day and month possibly still open; packed into 8 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawDate(i64);

/// What a cell of a date column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// Empty, `NULL`, or the "never" of .NET.
    Never,
    /// A date.
    Date(RawDate),
    /// Something that is no date.
    Bad,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    YearFirst = 0,
    DayFirst = 1,
    Open = 2,
}

/// The parts of one value.
struct Parts {
    first: u32,
    second: u32,
    year: u32,
    shape: Shape,
    seconds: u32,
    offset_minutes: Option<i32>,
    half_day: bool,
    padding: Padding,
}

/// Leading zeros of the first two parts: a hint of the culture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Padding {
    /// `4/3/2024`
    Neither,
    /// `4/03/2024`
    SecondOnly,
    /// Anything else.
    Other,
}

/// The latest year that means "never" (`DateTime.MinValue`, the floor of SQL's `datetime`).
const NEVER_YEAR: u32 = 1753;

/// Reads one value and adds what it shows to the evidence of its file.
pub fn read(text: &str, evidence: &mut Evidence) -> Cell {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{200e}');
    if text.is_empty() || text.eq_ignore_ascii_case("null") || matches!(text, "-" | "N/A" | "n/a") {
        return Cell::Never;
    }
    let Some(parts) = split(text) else { return Cell::Bad };
    if parts.year <= NEVER_YEAR {
        return Cell::Never;
    }
    let raw = pack(&parts);
    if parts.shape == Shape::Open {
        evidence.add(text, &parts, raw);
        if raw.resolve(DateOrder::DayFirst, 0).is_none() && raw.resolve(DateOrder::MonthFirst, 0).is_none() {
            return Cell::Bad;
        }
    } else if raw.resolve(DateOrder::DayFirst, 0).is_none() {
        return Cell::Bad;
    }
    Cell::Date(raw)
}

impl RawDate {
    /// UTC seconds under an order; none where the order makes it no date. `zone_minutes` is how far the source's
    /// clock is ahead of UTC, used only where the value itself has no offset.
    pub fn resolve(self, order: DateOrder, zone_minutes: i32) -> Option<i64> {
        let bits = self.0;
        let year = (bits & 0x3FFF) as i32;
        let first = (bits >> 14 & 0x3F) as u32;
        let second = (bits >> 20 & 0x3F) as u32;
        let seconds = bits >> 26 & 0x1_FFFF;
        let offset = (bits >> 43 & 0xFFF) as i32;
        let (month, day) = match bits >> 55 & 3 {
            0 => (first, second),
            1 => (second, first),
            _ if order == DateOrder::DayFirst => (second, first),
            _ => (first, second),
        };
        let date = chrono::NaiveDate::from_ymd_opt(year, month, day)?;
        let zone = if offset == 0 { zone_minutes } else { offset - 2048 };
        let midnight = date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
        Some(midnight + seconds - i64::from(zone) * 60)
    }

    /// The packed form, to wait inside an instant's place until the order is known.
    pub(super) fn packed(self) -> i64 {
        self.0
    }

    /// Takes a packed form out of an instant's place again.
    pub(super) fn unpack(bits: i64) -> Option<RawDate> {
        (bits != NO_TIME).then_some(RawDate(bits))
    }
}

fn pack(parts: &Parts) -> RawDate {
    let offset = parts.offset_minutes.map_or(0, |minutes| i64::from(minutes + 2048));
    RawDate(
        i64::from(parts.year)
            | i64::from(parts.first) << 14
            | i64::from(parts.second) << 20
            | i64::from(parts.seconds) << 26
            | offset << 43
            | (parts.shape as i64) << 55,
    )
}

/// How many samples an open order shows.
const SAMPLES: usize = 5;

/// What the dates of one file show about their order.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    open: u64,
    day_first_only: u64,
    month_first_only: u64,
    latest_day_first: Option<i64>,
    latest_month_first: Option<i64>,
    half_day: bool,
    unpadded: bool,
    second_padded_only: bool,
    samples: Vec<String>,
}

/// What the evidence comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The order to use; any order where no value needs one.
    Known(DateOrder),
    /// The values leave it open.
    Ask {
        /// A few values.
        samples: Vec<String>,
    },
}

impl Evidence {
    /// How many values were open.
    pub(super) fn open(&self) -> u64 {
        self.open
    }

    fn add(&mut self, text: &str, parts: &Parts, raw: RawDate) {
        self.open += 1;
        self.half_day |= parts.half_day;
        self.unpadded |= parts.padding == Padding::Neither;
        self.second_padded_only |= parts.padding == Padding::SecondOnly;
        let day_first = raw.resolve(DateOrder::DayFirst, 0);
        let month_first = raw.resolve(DateOrder::MonthFirst, 0);
        match (day_first, month_first) {
            (Some(_), None) => self.day_first_only += 1,
            (None, Some(_)) => self.month_first_only += 1,
            _ => {}
        }
        self.latest_day_first = self.latest_day_first.max(day_first);
        self.latest_month_first = self.latest_month_first.max(month_first);
        if self.samples.len() < SAMPLES && !self.samples.iter().any(|s| s == text) {
            self.samples.push(text.to_owned());
        }
    }

    /// Decides by the values, then by "no date is later than the file", then by the culture that prints AM and PM.
    pub fn verdict(&self, modified_at: Option<i64>) -> Verdict {
        let ask = || Verdict::Ask { samples: self.samples.clone() };
        match (self.open, self.day_first_only, self.month_first_only) {
            (0, _, _) | (_, 1.., 0) => return Verdict::Known(DateOrder::DayFirst),
            (_, 0, 1..) => return Verdict::Known(DateOrder::MonthFirst),
            (_, 1.., 1..) => return ask(),
            _ => {}
        }
        if self.latest_day_first == self.latest_month_first && self.samples.iter().all(|s| same_both_ways(s))
        {
            return Verdict::Known(DateOrder::DayFirst);
        }
        if let Some(limit) = modified_at.map(|at| at + 26 * 3600) {
            match (self.latest_day_first > Some(limit), self.latest_month_first > Some(limit)) {
                (true, false) => return Verdict::Known(DateOrder::MonthFirst),
                (false, true) => return Verdict::Known(DateOrder::DayFirst),
                _ => {}
            }
        }
        match (self.half_day, self.unpadded, self.second_padded_only) {
            // en-US prints `4/3/2024 1:00:00 PM`; en-AU and en-NZ print `4/03/2024 1:00:00 PM`.
            (true, true, false) => Verdict::Known(DateOrder::MonthFirst),
            (true, false, true) => Verdict::Known(DateOrder::DayFirst),
            _ => ask(),
        }
    }
}

fn same_both_ways(text: &str) -> bool {
    split(text).is_some_and(|parts| parts.first == parts.second)
}

/// A walk over the characters of one value.
struct Walk<'a> {
    rest: &'a str,
}

impl Walk<'_> {
    fn spaces(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '\u{3000}', '\t']);
    }

    /// A run of digits: its value and its length.
    fn number(&mut self, most: usize) -> Option<(u32, usize)> {
        let len = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if len == 0 || len > most {
            return None;
        }
        let value = self.rest[..len].parse().ok()?;
        self.rest = &self.rest[len..];
        Some((value, len))
    }

    fn one_of(&mut self, wanted: &[char]) -> Option<char> {
        let c = self.rest.chars().next().filter(|c| wanted.contains(c))?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    fn word(&mut self, word: &str) -> bool {
        let Some(head) = self.rest.get(..word.len()) else { return false };
        let found = head.eq_ignore_ascii_case(word);
        if found {
            self.rest = &self.rest[word.len()..];
        }
        found
    }

    /// The half of the day: true for the afternoon.
    fn half(&mut self) -> Option<bool> {
        const HALVES: &[(&str, bool)] = &[
            ("AM", false),
            ("PM", true),
            ("a. m.", false),
            ("p. m.", true),
            ("a.m.", false),
            ("p.m.", true),
            ("a.\u{a0}m.", false),
            ("p.\u{a0}m.", true),
            ("午前", false),
            ("午後", true),
            ("上午", false),
            ("下午", true),
        ];
        HALVES.iter().find(|(word, _)| self.word(word)).map(|(_, afternoon)| *afternoon)
    }
}

/// Splits a value into its parts, or nothing if it is no date.
fn split(text: &str) -> Option<Parts> {
    let mut walk = Walk { rest: text };
    let (a, a_len) = walk.number(4)?;
    let separator = walk.one_of(&['/', '.', '-'])?;
    walk.spaces();
    let (b, b_len) = walk.number(2)?;
    walk.spaces();
    if walk.one_of(&['/', '.', '-'])? != separator {
        return None;
    }
    walk.spaces();
    let (c, c_len) = walk.number(4)?;
    let (first, second, year, shape) = match (a_len, c_len) {
        (4, 1..=2) => (b, c, a, Shape::YearFirst),
        (1..=2, 4) => (a, b, c, if separator == '/' { Shape::Open } else { Shape::DayFirst }),
        (1..=2, 2) if separator == '/' => (a, b, 2000 + c, Shape::Open),
        (1..=2, 2) if separator == '.' => (a, b, 2000 + c, Shape::DayFirst),
        _ => return None,
    };
    if first > 31 || second > 31 {
        return None;
    }
    let padding = match (a_len, b_len) {
        (1, 1) => Padding::Neither,
        (1, 2) if b < 10 => Padding::SecondOnly,
        _ => Padding::Other,
    };
    let (seconds, half_day) = time_of_day(&mut walk)?;
    let offset_minutes = offset(&mut walk)?;
    walk.spaces();
    walk.rest.is_empty().then_some(Parts {
        first,
        second,
        year,
        shape,
        seconds,
        offset_minutes,
        half_day,
        padding,
    })
}

/// Seconds since midnight, and whether the clock counts to twelve. A missing time is midnight.
fn time_of_day(walk: &mut Walk<'_>) -> Option<(u32, bool)> {
    walk.one_of(&['.', ',', 'T']);
    walk.spaces();
    let before = walk.half();
    walk.spaces();
    if walk.rest.is_empty() {
        return before.is_none().then_some((0, false));
    }
    let (mut hour, _) = walk.number(2)?;
    walk.one_of(&[':', '.'])?;
    let (minute, _) = walk.number(2)?;
    let mut second = 0;
    if walk.one_of(&[':', '.']).is_some() {
        second = walk.number(2)?.0;
        if walk.one_of(&['.', ',']).is_some() {
            walk.number(9)?;
        }
    }
    walk.spaces();
    let half = before.or_else(|| walk.half());
    if let Some(afternoon) = half {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + if afternoon { 12 } else { 0 };
    }
    (hour < 24 && minute < 60 && second < 60).then_some((hour * 3600 + minute * 60 + second, half.is_some()))
}

/// Minutes ahead of UTC where the value says so; nothing at all if what follows is no offset.
#[expect(clippy::option_option, reason = "no offset and a bad offset are different")]
fn offset(walk: &mut Walk<'_>) -> Option<Option<i32>> {
    walk.spaces();
    if walk.one_of(&['Z', 'z']).is_some() {
        return Some(Some(0));
    }
    let Some(sign) = walk.one_of(&['+', '-']) else { return Some(None) };
    let (value, len) = walk.number(4)?;
    let minutes = match len {
        4 => value / 100 * 60 + value % 100,
        1 | 2 => {
            walk.one_of(&[':']);
            value * 60 + if walk.rest.is_empty() { 0 } else { walk.number(2)?.0 }
        }
        _ => return None,
    };
    if minutes > 14 * 60 {
        return None;
    }
    Some(Some(if sign == '-' { -(minutes as i32) } else { minutes as i32 }))
}
