//! The month on one lying sheet, with the agenda of all its entries below: what finds no room in a cell stands there.

use chrono::{Datelike as _, NaiveDate};

use super::layout::{Block, Cell, Column, Layout, Month, MonthEntry, Table, Tone};
use super::sheet::{Source, Spec, day, joined};
use crate::domain::book::Book;
use crate::domain::calendar::agenda::{self, Item, What};
use crate::util::clock;

/// The month of a day.
pub fn build(book: &Book, spec: Spec, month_on: NaiveDate) -> Layout {
    let source = Source::new(book, spec);
    let first = month_on.with_day(1).unwrap_or(month_on);
    let mut layout = source.landscape(format!("Patching in {}", first.format("%B %Y")));
    let (from_on, until_on) = whole_weeks(first);
    let midnight = |on: NaiveDate| clock::instant_of(source.zone, on.and_time(chrono::NaiveTime::MIN));
    let mut items = agenda::agenda(book, midnight(from_on), midnight(until_on));
    items.extend(others(&source, midnight(from_on), midnight(until_on)));
    items.sort_by(|a, b| (a.from_at, a.what, &a.title).cmp(&(b.from_at, b.what, &b.title)));
    layout.subtitle = subtitle(&source, &items, first);
    layout.push(Block::Month(month(&source, first, &items)));
    layout.page_break();
    layout.heading_at(1, "Agenda", "agenda");
    layout.table(table(&source, &items));
    layout
}

/// The first Monday shown and the day after the last Sunday.
fn whole_weeks(first: NaiveDate) -> (NaiveDate, NaiveDate) {
    let back = i64::from(first.weekday().num_days_from_monday());
    let from_on = first - chrono::TimeDelta::days(back);
    let next = first.checked_add_months(chrono::Months::new(1)).unwrap_or(first);
    let weeks = ((next - from_on).num_days() + 6) / 7;
    (from_on, from_on + chrono::TimeDelta::days(weeks * 7))
}

fn subtitle(source: &Source<'_>, items: &[Item], first: NaiveDate) -> String {
    let inside = |item: &&Item| {
        let on = clock::day_in(source.zone, item.from_at);
        item.what == What::Release && !item.over && on.month() == first.month() && on.year() == first.year()
    };
    let releases: Vec<String> = items
        .iter()
        .filter(inside)
        .map(|item| format!("{} {}", item.title, source.instant(item.from_at)))
        .collect();
    match releases.len() {
        0 => format!("No release is on the calendar; times are local, {}", source.zone.name()),
        1..=2 => format!("{}; times are local, {}", releases.join("; "), source.zone.name()),
        n => format!("{n} releases, in the agenda; times are local, {}", source.zone.name()),
    }
}

/// What the calendar of rows does not know: meetings and ends of waivers.
fn others(source: &Source<'_>, from_at: i64, to_at: i64) -> Vec<Item> {
    let book = source.book;
    let item = |what, at, title: String, notes: Vec<String>, over, row| Item {
        key: String::new(),
        what,
        from_at: at,
        until_at: at,
        days: None,
        title,
        notes,
        over,
        row,
    };
    let meetings = book.meetings.iter().filter(|m| (from_at..to_at).contains(&m.planned_at)).map(|meeting| {
        let title =
            if meeting.title.is_empty() { meeting.kind.text().to_owned() } else { meeting.title.clone() };
        let over = meeting.held_at.is_some() || !meeting.cancelled_because.is_empty();
        let gone = if meeting.cancelled_because.is_empty() { "" } else { "cancelled" };
        let notes = [meeting.place.clone(), gone.to_owned()].into_iter().filter(|n| !n.is_empty()).collect();
        item(What::Step, meeting.planned_at, title, notes, over, meeting.id.0)
    });
    let ends = |request: &&crate::domain::waiver::request::WaiverRequest| {
        request.granted_at.is_some() && request.revoked_at.is_none()
    };
    let waivers = book.waiver_requests.iter().filter(ends).filter_map(|request| {
        let grants = request.grants.iter().filter_map(|id| book.waivers.get(id.0));
        let at = grants.map(|waiver| waiver.until_at).max()?;
        let title = format!("Waiver {} ends", request.number);
        let owner = source.person(request.requested_by);
        (from_at..to_at)
            .contains(&at)
            .then(|| item(What::SupportEnd, at, title, vec![owner], false, request.id.0))
    });
    meetings.chain(waivers).collect()
}

fn month(source: &Source<'_>, first: NaiveDate, items: &[Item]) -> Month {
    let mut month = Month { month_on: first, today: Some(source.today()), ..Month::default() };
    for item in items {
        match item.days {
            Some((from_on, until_on)) if item.what == What::Closure => {
                let days = from_on.iter_days().take_while(|on| *on <= until_on).take(400);
                month.apart.extend(days.map(|on| (on, name_of(item))));
            }
            _ => month.entries.push(MonthEntry {
                on: clock::day_in(source.zone, item.from_at),
                time: if item.days.is_some() { String::new() } else { source.time(item.from_at) },
                text: short(item),
                tone: tone(source, item),
            }),
        }
    }
    month
}

/// A closure by its own name: the hatching already says what it is.
fn name_of(item: &Item) -> String {
    item.title.trim_start_matches("Holiday ").trim_start_matches("Freeze ").to_owned()
}

/// A step without the name of its cycle: the sheet is that month's.
fn short(item: &Item) -> String {
    match item.title.split_once(": ") {
        Some((cycle, step)) if item.what == What::Step => {
            if cycle.starts_with("DRILL ") {
                format!("DRILL {step}")
            } else {
                step.to_owned()
            }
        }
        _ => item.title.clone(),
    }
}

fn tone(source: &Source<'_>, item: &Item) -> Tone {
    match item.what {
        _ if item.over => Tone::Good,
        What::Step if item.from_at < source.spec.printed_at => Tone::Bad,
        What::Window => Tone::Accent,
        What::SupportEnd | What::Closure => Tone::Warn,
        What::Release | What::Step => Tone::Unknown,
    }
}

fn word(source: &Source<'_>, item: &Item) -> &'static str {
    match item.what {
        What::Step if item.over => "done",
        What::Release if item.over => "dropped",
        What::Step if item.from_at < source.spec.printed_at => "late",
        What::Window => "window",
        What::Release => "release",
        What::Closure => "closed",
        What::SupportEnd => "ends",
        What::Step => "to do",
    }
}

fn table(source: &Source<'_>, items: &[Item]) -> Table {
    let columns = vec![
        Column::text("Day"),
        Column::text("Time"),
        Column::text("Sort"),
        Column::text("What").weight(3.0),
        Column::text("Remarks").weight(3.0),
    ];
    let mut table = Table::new("", columns).when_empty("Nothing is on the calendar of this month.");
    let mut before = None;
    for item in items {
        let on = clock::day_in(source.zone, item.from_at);
        let label = if before == Some(on) { String::new() } else { day(on) };
        before = Some(on);
        let time = match item.days {
            Some((from, until)) if from != until => format!("to {}", day(until)),
            Some(_) => "all day".to_owned(),
            None if item.until_at > item.from_at => {
                format!("{}–{}", source.time(item.from_at), source.time(item.until_at))
            }
            None => source.time(item.from_at),
        };
        table.row([
            Cell::new(label).strong(),
            Cell::new(time),
            Cell::new(word(source, item)).tone(tone(source, item)),
            Cell::new(item.title.clone()),
            Cell::new(joined(&item.notes, "; ")),
        ]);
    }
    table
}
