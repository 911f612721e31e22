//! Notes typed on a phone during the night, `2214 DC1 back`, read into lines of the log.
//!
//! Every line gives a reading that is shown before it is written. What cannot be read stays as a note with a remark: nothing
//! that was typed is dropped.

use chrono::{Days, NaiveTime};
use chrono_tz::Tz;

use super::RunStep;
use super::entry::EntryKind;
use super::sheet::Sheet;
use crate::domain::book::Book;
use crate::domain::calendar::zone::moved;
use crate::domain::command::EntryDraft;
use crate::domain::group::Group;
use crate::util::clock::day_in;
use crate::util::text::{fold, line as one_line};

/// A note may lie so far before the night began, seconds.
const EARLY_SECS: i64 = 3600;
/// A line may lie so far before the one above it and still be of the same night, seconds.
const BACKWARDS_SECS: i64 = 2 * 3600;

/// Words that say what a line is; the first that fits wins, so the longer ones come first.
const KINDS: [(EntryKind, &[&str]); 6] = [
    (
        EntryKind::BackOut,
        &["rolled back", "roll back", "rollback", "backed out", "back out", "back-out", "backout"],
    ),
    (EntryKind::HandOver, &["hand-over", "handover", "hand over", "handed over"]),
    (
        EntryKind::Issue,
        &[
            "issue", "problem", "failed", "fails", "fail", "failure", "error", "stuck", "hangs", "hung",
            "down", "broken",
        ],
    ),
    (EntryKind::Decision, &["decision", "decided", "decide", "agreed"]),
    (EntryKind::End, &["end", "ended", "ends", "done", "finished", "complete", "completed", "back", "up"]),
    (EntryKind::Begin, &["begin", "begins", "began", "begun", "start", "started", "starts"]),
];

/// One line of the notes, as it is understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Its number in what was pasted, from 1.
    pub line: usize,
    /// The line as it was typed.
    pub typed: String,
    /// What would be written.
    pub draft: EntryDraft,
    /// What could not be understood, in words; empty where all was.
    pub remarks: Vec<String>,
    /// The log already holds it: left out unless somebody wants it.
    pub known: bool,
}

/// Reads pasted notes. `now_at`: no line lies after it. Empty lines say nothing and are passed over.
pub fn read(sheet: &Sheet<'_>, zone: Tz, now_at: i64, text: &str) -> Vec<Reading> {
    let start_at = sheet.run.begun_at.unwrap_or(sheet.run.planned_at);
    let mut floor_at = start_at - EARLY_SECS;
    let mut before_at = None;
    let mut readings = Vec::new();
    let mut moved_steps: Vec<RunStep> = sheet.steps.iter().map(|step| (*step).clone()).collect();
    for (place, typed) in text.lines().enumerate() {
        let typed = typed.trim();
        if typed.is_empty() {
            continue;
        }
        let mut remarks = Vec::new();
        let (time, rest) = split_time(typed);
        let at = match time.and_then(|time| instant(zone, start_at, floor_at, time)) {
            Some(at) if at <= now_at => at,
            Some(_) => {
                remarks.push("This time has not come yet; the line is placed at the present.".to_owned());
                now_at
            }
            None => {
                remarks.push(match before_at {
                    Some(_) => {
                        "No time was found; the line stands at the time of the line before it.".to_owned()
                    }
                    None => "No time was found; the line is placed at the present.".to_owned(),
                });
                before_at.unwrap_or(now_at)
            }
        };
        if time.is_some() && remarks.is_empty() {
            floor_at = at - BACKWARDS_SECS;
        }
        before_at = Some(at);
        let mut reading = reading(sheet, place + 1, typed, rest, at, remarks);
        moves(sheet, &mut moved_steps, &mut reading.draft);
        readings.push(reading);
    }
    readings
}

fn reading(
    sheet: &Sheet<'_>,
    line: usize,
    typed: &str,
    rest: &str,
    at: i64,
    mut remarks: Vec<String>,
) -> Reading {
    let book = sheet.book;
    let words = words_of(rest);
    let asset = words.iter().find_map(|word| book.asset_named(word));
    let group = group_in(book, &words);
    let found = kind_in(&words);
    let kind = match found {
        Some((EntryKind::HandOver, _)) | None => EntryKind::Note,
        Some((kind, _)) => kind,
    };
    if matches!(found, Some((EntryKind::HandOver, _))) {
        remarks.push(
            "A hand-over needs a receiver; the line stays a note. Enter the hand-over by itself.".to_owned(),
        );
    }
    let text = match found {
        // "issue printer": the word says what the line is, and nothing more.
        Some((kind, 1)) if words.len() > 1 && fold(words[0]) == kind.word() => {
            rest.trim_start().split_once(char::is_whitespace).map_or(rest, |(_, after)| after).trim()
        }
        _ => rest.trim(),
    };
    let text = if text.is_empty() { typed } else { text };
    let text = one_line(text).into_owned();
    let mut of_group = sheet.steps.iter().filter(|step| group.is_some() && step.group == group.map(|g| g.id));
    let step = match (kind, asset, of_group.next(), of_group.next()) {
        (EntryKind::Begin | EntryKind::End, None, Some(only), None) => Some(only.id),
        _ => None,
    };
    let known = sheet.entries.iter().any(|entry| entry.at == at && fold(&entry.text) == fold(&text));
    if known {
        remarks.push("The log already holds this line.".to_owned());
    }
    let draft = EntryDraft {
        at,
        kind,
        text,
        step,
        group: group.map(|g| g.id),
        asset: asset.map(|a| a.id),
        receiver: String::new(),
        late: true,
        corrects: None,
    };
    Reading { line, typed: typed.to_owned(), draft, remarks, known }
}

/// Keeps the step of a begin or end only where that moves it soundly: a second end is a line like any other.
fn moves(sheet: &Sheet<'_>, steps: &mut [RunStep], draft: &mut EntryDraft) {
    let within = sheet.run.begun_at.is_some_and(|begun_at| draft.at >= begun_at)
        && sheet.run.ended_at.is_none_or(|ended_at| draft.at <= ended_at);
    let step = steps.iter_mut().find(|step| within && Some(step.id) == draft.step);
    match (draft.kind, step) {
        (EntryKind::Begin, Some(step)) if step.is_waiting() => step.begun_at = Some(draft.at),
        (EntryKind::End, Some(step))
            if step.is_running() && step.begun_at.is_some_and(|at| draft.at >= at) =>
        {
            step.ended_at = Some(draft.at);
        }
        _ => draft.step = None,
    }
}

/// Whether a line begins with a clock time.
pub fn has_time(text: &str) -> bool {
    split_time(text.trim()).0.is_some()
}

/// A line without the clock time it begins with.
pub fn without_time(text: &str) -> &str {
    split_time(text.trim()).1.trim()
}

/// The clock time at the beginning of a line, and what follows it: `2214`, `22:14`, `22.14`, `22h14`, `9:05`.
fn split_time(text: &str) -> (Option<NaiveTime>, &str) {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    match time_of(word.trim_end_matches([':', ',', ';', '-', '.'])) {
        Some(time) => {
            (Some(time), rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | ':')))
        }
        None => (None, text),
    }
}

fn time_of(word: &str) -> Option<NaiveTime> {
    let parts: Vec<&str> = word.split([':', '.', 'h']).collect();
    let (hour, minute) = match parts.as_slice() {
        [digits] if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        [hour, minute] if (1..=2).contains(&hour.len()) && minute.len() == 2 => (*hour, *minute),
        _ => return None,
    };
    if !hour.bytes().chain(minute.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

/// The first time a clock shows this at or after an instant, counted from the night's first day.
fn instant(zone: Tz, start_at: i64, floor_at: i64, time: NaiveTime) -> Option<i64> {
    let first = day_in(zone, start_at).checked_sub_days(Days::new(1))?;
    (0..=4)
        .filter_map(|days| first.checked_add_days(Days::new(days)))
        .map(|day| moved(zone, day, time))
        .find(|at| *at >= floor_at)
}

fn words_of(text: &str) -> Vec<&str> {
    let edge = |c: char| !c.is_alphanumeric() && c != '-' && c != '_';
    text.split_whitespace().map(|word| word.trim_matches(edge)).filter(|word| !word.is_empty()).collect()
}

/// Which kind the words name, and how many words that took.
fn kind_in(words: &[&str]) -> Option<(EntryKind, usize)> {
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let holds = |name: &str| {
        let parts: Vec<&str> = name.split(' ').collect();
        folded.windows(parts.len()).any(|window| window == parts.as_slice())
    };
    KINDS.iter().find_map(|(kind, names)| {
        let name = names.iter().find(|name| holds(name))?;
        Some((*kind, name.split(' ').count()))
    })
}

/// The patch group whose whole name stands in the words; the longest name where several do.
fn group_in<'a>(book: &'a Book, words: &[&str]) -> Option<&'a Group> {
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let stands = |group: &&Group| {
        let name = fold(&group.name);
        let parts: Vec<&str> = name.split_whitespace().collect();
        !parts.is_empty() && folded.windows(parts.len()).any(|window| window == parts.as_slice())
    };
    book.groups.iter().filter(stands).max_by_key(|group| group.name.len())
}
