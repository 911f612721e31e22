//! The calendar file, read back by another program's parser.

use calcard::icalendar::{ICalendar, ICalendarComponent, ICalendarProperty};
use chrono::NaiveDate;
use patchbook::report::ics::{Entry, Head, When, text};
use proptest::prelude::*;

const WRITTEN_AT: i64 = 1_795_000_000;

fn head() -> Head<'static> {
    Head { file_id: "5f00ba", name: "Müller, Sons; & Co \\ patching", written_at: WRITTEN_AT, version: 42 }
}

fn entry(key: &str, title: &str, words: &str, when: When) -> Entry {
    Entry {
        key: key.to_owned(),
        when,
        title: title.to_owned(),
        text: words.to_owned(),
        category: "Maintenance window".to_owned(),
        cancelled: false,
    }
}

fn span(from_at: i64, secs: i64) -> When {
    When::Span { from_at, until_at: from_at + secs }
}

fn value(event: &ICalendarComponent, name: &ICalendarProperty) -> String {
    let entry = event.property(name).unwrap_or_else(|| panic!("no {name:?}"));
    entry.values[0].as_text().unwrap_or_else(|| panic!("{name:?} is no text")).to_owned()
}

fn instant(event: &ICalendarComponent, name: &ICalendarProperty) -> i64 {
    let entry = event.property(name).unwrap();
    entry.values[0].as_partial_date_time().unwrap().to_timestamp().unwrap()
}

fn events(text: &str) -> Vec<ICalendarComponent> {
    let calendar = ICalendar::parse(text).unwrap_or_else(|e| panic!("not readable: {e:?}\n{text}"));
    calendar.components.into_iter().filter(|c| c.component_type.is_event()).collect()
}

#[test]
fn another_parser_reads_what_was_meant() {
    let words = "Bridge: +49 30 1, code 7; back-out in \\\\srv\\plans\nSecond line, with \"quotes\"";
    let made = [
        entry("window-7-2026-12-12", "Patch night, servers; Friday", words, span(1_797_015_600, 4 * 3600)),
        entry("step-9", "最長の題名 ".repeat(18).trim(), "", span(1_797_000_000, 0)),
    ];
    let text = text(head(), &made);
    let read = events(&text);
    assert_eq!(read.len(), 2);
    assert_eq!(value(&read[0], &ICalendarProperty::Uid), "window-7-2026-12-12@5f00ba.patchbook");
    assert_eq!(value(&read[0], &ICalendarProperty::Summary), "Patch night, servers; Friday");
    assert_eq!(value(&read[0], &ICalendarProperty::Description), words);
    assert_eq!(instant(&read[0], &ICalendarProperty::Dtstamp), WRITTEN_AT);
    assert_eq!(instant(&read[0], &ICalendarProperty::Dtstart), 1_797_015_600);
    assert_eq!(instant(&read[0], &ICalendarProperty::Dtend), 1_797_015_600 + 4 * 3600);
    assert_eq!(value(&read[1], &ICalendarProperty::Summary), made[1].title);
    assert!(text.contains("X-WR-CALNAME:Müller\\, Sons\\; & Co \\\\ patching"), "{text}");
}

#[test]
fn whole_days_have_no_time_and_end_on_the_day_after() {
    let day = |d| NaiveDate::from_ymd_opt(2026, 12, d).unwrap();
    let made = [entry("closure-1", "Christmas", "", When::Days { from_on: day(24), until_on: day(26) })];
    let text = text(head(), &made);
    assert!(
        text.contains("DTSTART;VALUE=DATE:20261224\r\n") && text.contains("DTEND;VALUE=DATE:20261227\r\n"),
        "{text}"
    );
    assert_eq!(events(&text).len(), 1);
}

#[test]
fn the_same_register_gives_the_same_bytes_and_identities_are_told_apart() {
    let made = [entry("a-1", "One", "", span(0, 60)), entry("a-2", "Two", "", span(0, 60))];
    assert_eq!(text(head(), &made), text(head(), &made));
    let other = Head { file_id: "another", ..head() };
    let uids: std::collections::BTreeSet<String> = [text(head(), &made), text(other, &made)]
        .iter()
        .flat_map(|text| events(text))
        .map(|event| value(&event, &ICalendarProperty::Uid))
        .collect();
    assert_eq!(uids.len(), 4);
}

#[test]
fn what_was_given_up_says_so() {
    let mut gone = entry("release-1-2026-12", "Previews", "none in December", span(1_797_000_000, 0));
    gone.cancelled = true;
    assert!(text(head(), &[gone]).contains("STATUS:CANCELLED\r\n"));
}

proptest! {
    #[test]
    fn no_text_breaks_out_of_its_line(title in "\\PC{0,120}", words in "[\\PC\n\r\t;,:\\\\\"]{0,200}", from_at in 0..4_000_000_000_i64, secs in 0..900_000_i64) {
        let made = [entry("k-1", &title, &words, span(from_at, secs))];
        let text = text(head(), &made);
        prop_assert!(text.ends_with("END:VCALENDAR\r\n"));
        for part in text.split("\r\n") {
            prop_assert!(part.len() <= 75, "{} octets: {part}", part.len());
            prop_assert!(!part.contains(['\r', '\n']), "a bare line break");
        }
        let read = events(&text);
        prop_assert_eq!(read.len(), 1);
        prop_assert_eq!(instant(&read[0], &ICalendarProperty::Dtstart), from_at);
        prop_assert_eq!(instant(&read[0], &ICalendarProperty::Dtend), from_at + secs);
        let kept = patchbook::util::text::line(&title);
        if !kept.is_empty() {
            prop_assert_eq!(value(&read[0], &ICalendarProperty::Summary), kept.as_ref());
        }
    }
}
