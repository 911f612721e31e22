//! A month as a grid: weeks are rows, Monday first, several entries a day. Owns the geometry of the grid; what it is
//! handed is already words. An entry that finds no room is counted on its day and never silently lost.

use chrono::{Datelike as _, Days, NaiveDate};

use super::mark::{cut, text};
use super::marker::marker;
use super::{Anchor, Ink, Mark, Measure, Pattern, Rect, Tone, Weight, fill};

/// One thing on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthEntry {
    /// The day.
    pub on: NaiveDate,
    /// When on that day, as people read it; empty for the whole day.
    pub time: String,
    /// What.
    pub text: String,
    /// Its tone, shown by a shape.
    pub tone: Tone,
}

/// A month and what happens in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MonthGrid {
    /// Any day of the month; the grid shows the whole weeks it touches.
    pub month_on: NaiveDate,
    /// The current day, if it is to be marked.
    pub today: Option<NaiveDate>,
    /// The entries; those of one day stay in this order.
    pub entries: Vec<MonthEntry>,
    /// Days set apart by hatching and a word: holidays, freezes.
    pub apart: Vec<(NaiveDate, String)>,
}

/// One day as drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthDay {
    /// The day.
    pub on: NaiveDate,
    /// Its cell.
    pub rect: Rect,
    /// Ground, rules and hatching: what says nothing.
    pub ground: Vec<Mark>,
    /// The number of the day, its word and its entries.
    pub marks: Vec<Mark>,
    /// Where each shown entry stands, with its place in [`MonthGrid::entries`].
    pub places: Vec<(usize, Rect)>,
    /// How many entries found no room; the cell says so.
    pub hidden: usize,
}

/// A month as drawn: the names of the weekdays and the days, week by week.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MonthDrawing {
    /// One text for each weekday, Monday first.
    pub head: Vec<Mark>,
    /// The days, seven to a week.
    pub days: Vec<MonthDay>,
}

const NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The first Monday shown and the number of weeks for the month of a day.
pub fn weeks_of(month_on: NaiveDate) -> (NaiveDate, usize) {
    let first = month_on.with_day(1).unwrap_or(month_on);
    let before = u64::from(first.weekday().num_days_from_monday());
    let start = first.checked_sub_days(Days::new(before)).unwrap_or(first);
    let next = first.checked_add_months(chrono::Months::new(1)).unwrap_or(first);
    let days = u64::try_from((next - start).num_days()).unwrap_or(35);
    (start, days.div_ceil(7) as usize)
}

/// The grid, filling `rect`; `size` is the size of the entries' text.
pub fn month_grid(measure: &dyn Measure, rect: Rect, grid: &MonthGrid, size: f32) -> MonthDrawing {
    let (start, weeks) = weeks_of(grid.month_on);
    let head = size * 2.2;
    let (w, h) = (rect.w / 7.0, (rect.h - head).max(0.0) / weeks as f32);
    let mut out = MonthDrawing::default();
    for (i, name) in NAMES.iter().enumerate() {
        let x = rect.x + i as f32 * w + size * 0.6;
        let name = cut(measure, name, size, Weight::SemiBold, w - size);
        out.head.push(text(x, rect.y + size * 1.5, &name, size, Weight::SemiBold, Ink::Head, Anchor::Start));
    }
    for (i, on) in start.iter_days().take(weeks * 7).enumerate() {
        let cell = Rect::new(rect.x + (i % 7) as f32 * w, rect.y + head + (i / 7) as f32 * h, w, h);
        out.days.push(day(measure, cell, grid, on, size));
    }
    out
}

fn day(measure: &dyn Measure, rect: Rect, grid: &MonthGrid, on: NaiveDate, size: f32) -> MonthDay {
    let inside = on.month() == grid.month_on.month();
    let mut cell =
        MonthDay { on, rect, ground: Vec::new(), marks: Vec::new(), places: Vec::new(), hidden: 0 };
    let weekend = on.weekday().num_days_from_monday() >= 5;
    let ground = if weekend || !inside { Ink::Stripe } else { Ink::Ground };
    cell.ground.push(Mark::Rect { rect, fill: Some(ground), stroke: None });
    let top = rect.y + size * 2.1;
    let mut at = top;
    if let Some(word) = apart_word(grid, on) {
        let strip = Rect::new(rect.x, at - size * 0.25, rect.w, size * 1.5);
        cell.ground.extend(fill(strip, Tone::Warn, Pattern::Rising));
        let word = cut(measure, &word, size * 0.95, Weight::Medium, rect.w - size * 1.6);
        let wide = measure.width(&word, size * 0.95, Weight::Medium);
        let plate = Rect::new(rect.x + size * 0.4, strip.y, wide + size * 0.6, strip.h);
        cell.ground.push(Mark::Rect { rect: plate.shrink(0.8), fill: Some(Ink::Ground), stroke: None });
        let (x, y) = (rect.x + size * 0.7, at + size * 0.85);
        cell.marks.push(text(x, y, &word, size * 0.95, Weight::Medium, Ink::Text, Anchor::Start));
        at += size * 1.7;
    }
    number(&mut cell, grid, on, inside, size);
    entries(measure, &mut cell, grid, at, size);
    cell.ground.push(Mark::Rect { rect, fill: None, stroke: Some((0.6, Ink::Rule)) });
    if grid.today == Some(on) {
        cell.ground.push(Mark::Rect {
            rect: rect.shrink(1.0),
            fill: None,
            stroke: Some((1.6, Ink::Full(Tone::Accent))),
        });
    }
    cell
}

fn apart_word(grid: &MonthGrid, on: NaiveDate) -> Option<String> {
    let words: Vec<&str> =
        grid.apart.iter().filter(|(day, _)| *day == on).map(|(_, word)| word.as_str()).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// The number of the day, with the month where it changes and the word where it is today.
fn number(cell: &mut MonthDay, grid: &MonthGrid, on: NaiveDate, inside: bool, size: f32) {
    let first = on.day() == 1 || on == weeks_of(grid.month_on).0;
    let label = if first { on.format("%-d %b").to_string() } else { on.day().to_string() };
    let ink = if inside { Ink::Text } else { Ink::Weak };
    let big = size * 1.25;
    let (x, y) = (cell.rect.x + size * 0.6, cell.rect.y + size * 1.55);
    cell.marks.push(text(x, y, &label, big, Weight::SemiBold, ink, Anchor::Start));
    if grid.today == Some(on) {
        let right = cell.rect.right() - size * 0.6;
        let ink = Ink::Full(Tone::Accent);
        cell.marks.push(text(right, y, "today", size, Weight::SemiBold, ink, Anchor::End));
    }
}

/// As many entries as fit from `at` on, at most two lines each; the last line is the count of the others.
fn entries(measure: &dyn Measure, cell: &mut MonthDay, grid: &MonthGrid, at: f32, size: f32) {
    let line = size * 1.3;
    let indent = size * 1.1;
    let (left, room) = (cell.rect.x + size * 0.5, cell.rect.w - size - indent);
    let mine: Vec<(usize, &MonthEntry)> =
        grid.entries.iter().enumerate().filter(|(_, entry)| entry.on == cell.on).collect();
    let mut y = at;
    for (done, (index, entry)) in mine.iter().enumerate() {
        let others = mine.len() - done - 1;
        let words =
            if entry.time.is_empty() { entry.text.clone() } else { format!("{} {}", entry.time, entry.text) };
        let mut lines = two_lines(measure, &words, size, room);
        let bottom = cell.rect.bottom() - size * 0.3 - if others > 0 { line } else { 0.0 };
        if y + lines.len() as f32 * line > bottom && lines.len() > 1 {
            lines = vec![cut(measure, &words, size, Weight::Regular, room)];
        }
        if y + lines.len() as f32 * line > bottom {
            cell.hidden = mine.len() - done;
            let more = format!("+{} more", cell.hidden);
            let more = cut(measure, &more, size, Weight::SemiBold, cell.rect.w - size);
            // Without any room for it the count stands beside the number of the day.
            let last = cell.rect.bottom() - size * 0.3 - line;
            let (x, baseline, anchor) = if last + 0.01 >= at {
                (left, y.min(last) + size * 0.95, Anchor::Start)
            } else {
                (cell.rect.right() - size * 0.5, cell.rect.y + size * 1.55, Anchor::End)
            };
            cell.marks.push(text(x, baseline, &more, size, Weight::SemiBold, Ink::Text, anchor));
            return;
        }
        let place = Rect::new(cell.rect.x, y, cell.rect.w, lines.len() as f32 * line);
        cell.marks.extend(marker(entry.tone, left, y + line * 0.48, size * 0.75));
        for words in lines {
            cell.marks.push(text(
                left + indent,
                y + size * 0.95,
                &words,
                size,
                Weight::Regular,
                Ink::Text,
                Anchor::Start,
            ));
            y += line;
        }
        cell.places.push((*index, place));
    }
}

/// The words on one or two lines; what does not fit is cut with an ellipsis.
fn two_lines(measure: &dyn Measure, words: &str, size: f32, room: f32) -> Vec<String> {
    let fits = |text: &str| measure.width(text, size, Weight::Regular) <= room;
    if fits(words) {
        return vec![words.to_owned()];
    }
    let mut breaks = words.match_indices(' ').map(|(at, _)| at).filter(|at| fits(&words[..*at]));
    match breaks.next_back() {
        Some(at) => {
            vec![words[..at].to_owned(), cut(measure, &words[at + 1..], size, Weight::Regular, room)]
        }
        None => vec![cut(measure, words, size, Weight::Regular, room)],
    }
}
