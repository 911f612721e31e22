//! What messages about a change say (requirement S1-33): subject line, text and readers, ready to be sent.
//!
//! Texts say what the record says and nothing else. They are a proposal: whoever writes the message may change them.

use std::fmt::Write as _;

use super::line::ChangeLine;
use super::{ChangeRecord, lines, window_of};
use crate::domain::approval::Subject;
use crate::domain::book::Book;
use crate::domain::committee::{Contact, MailingList};
use crate::domain::notice::{NoticeId, NoticeKind, NoticeSent};
use crate::util::clock::{day_in, text_in, zone};
use crate::util::text::counted;

/// A message about a change as it would be written at an instant (UTC seconds).
pub fn draft(book: &Book, record: &ChangeRecord, kind: NoticeKind, at: i64) -> NoticeSent {
    let what = &record.title;
    let number = &record.number;
    let title = match kind {
        NoticeKind::Upcoming => format!("Upcoming patching: {what} ({number})"),
        NoticeKind::Schedule => format!("Patching schedule: {what} ({number})"),
        NoticeKind::Announcement => format!("Maintenance: {what} ({number})"),
        NoticeKind::Begins => format!("Begins: {what} ({number})"),
        NoticeKind::Ends => format!("Ended: {what} ({number})"),
        NoticeKind::Issue => format!("Issue: {what} ({number})"),
        NoticeKind::Summary => format!("Summary: {what} ({number})"),
        NoticeKind::Emergency => format!("Emergency patching: {what} ({number})"),
    };
    NoticeSent {
        id: NoticeId(0),
        kind,
        subject: Subject::Change,
        subject_id: record.id.0,
        recipients: recipients(book, record, kind, at),
        title,
        text: text(book, record, kind, at),
        created_at: at,
        sent_at: None,
        sent_by: String::new(),
    }
}

/// The addresses on the distribution list that day, and for an emergency those of the committee too; each once.
fn recipients(book: &Book, record: &ChangeRecord, kind: NoticeKind, at: i64) -> String {
    let day = day_in(zone(&book.shop.zone), at);
    let on_list = |member: &&crate::domain::committee::Member| {
        let told = member.list == MailingList::Distribution || kind == NoticeKind::Emergency;
        told && member.from_on <= day && member.until_on.is_none_or(|until| day <= until)
    };
    let listed = book.members.iter().filter(on_list).map(|member| member.person);
    let own = [record.coordinator, record.implementer, record.monitor].into_iter().flatten();
    let mut addresses: Vec<&str> = Vec::new();
    for person in listed.chain(own).filter_map(|id| book.people.get(id.0)) {
        if !person.mail.is_empty() && !addresses.contains(&person.mail.as_str()) {
            addresses.push(&person.mail);
        }
    }
    addresses.join(", ")
}

fn text(book: &Book, record: &ChangeRecord, kind: NoticeKind, at: i64) -> String {
    let when = |at: i64| text_in(zone(&book.shop.zone), at);
    let rows = lines(book, record.id);
    let mut out = String::new();
    let opening = match kind {
        NoticeKind::Upcoming => {
            "These systems will be patched. Please tell the coordinator of anything against it."
        }
        NoticeKind::Schedule => "This is when each system is patched.",
        NoticeKind::Announcement => "Services of these systems may be interrupted during the window below.",
        NoticeKind::Begins => "Patching begins now.",
        NoticeKind::Ends => "Patching has ended.",
        NoticeKind::Issue => "There is an issue with this change.",
        NoticeKind::Summary => "This is how it went.",
        NoticeKind::Emergency => {
            "A weakness is patched outside the usual rhythm. Services of these systems may be interrupted."
        }
    };
    let _infallible = writeln!(out, "{opening}\n");
    let mut say = |label: &str, value: &str| {
        if !value.trim().is_empty() {
            let _infallible = writeln!(out, "{label}: {value}");
        }
    };
    say("Change", &format!("{} {}", record.number, record.title));
    if let (Some(from), Some(until)) = (record.window_from_at, record.window_until_at) {
        say("Window", &format!("{} to {}", when(from), when(until)));
    }
    let before = matches!(kind, NoticeKind::Upcoming | NoticeKind::Schedule | NoticeKind::Announcement);
    if before || kind == NoticeKind::Emergency {
        say("Impact", &record.plan.impact);
        if record.plan.outage {
            let minutes = record.plan.downtime_minutes;
            say("Outage", &minutes.map_or_else(|| "yes".to_owned(), |m| format!("about {m} minutes")));
        }
        say("Reason", &record.reason);
    }
    match kind {
        NoticeKind::Begins => say("Begun", &record.started_at.map_or_else(|| when(at), when)),
        NoticeKind::Ends | NoticeKind::Summary => {
            say("Begun", &record.started_at.map_or_else(String::new, when));
            say("Ended", &record.ended_at.map_or_else(String::new, when));
            say("Outcome", &record.outcome);
            say("Issues", &record.issues);
        }
        NoticeKind::Issue => say("Issue", &record.issues),
        _ => {}
    }
    say("Coordinator", book.person_name(record.coordinator));
    if let Some(contact) = contact(book, record) {
        say("Bridge", &contact.bridge);
        say("Emergency number", &contact.emergency);
    }
    let _infallible = writeln!(out, "\n{}:", counted(rows.len() as u64, "system", "systems"));
    for line in rows {
        let _infallible = writeln!(out, "- {}", system(book, record, line, kind));
    }
    out.trim_end().to_owned()
}

fn system(book: &Book, record: &ChangeRecord, line: &ChangeLine, kind: NoticeKind) -> String {
    let name = book.assets.get(line.asset.0).map_or("", |asset| asset.name.as_str());
    let zone = zone(&book.shop.zone);
    match (kind, window_of(record, line), line.result) {
        (NoticeKind::Schedule, (Some(from), Some(until)), _) => {
            format!("{name}: ring {}, {} to {}", line.ring, text_in(zone, from), text_in(zone, until))
        }
        (NoticeKind::Ends | NoticeKind::Summary, _, Some(result)) => {
            format!("{name}: {}", result.text().to_lowercase())
        }
        (NoticeKind::Summary, _, None) => format!("{name}: not verified yet"),
        _ => name.to_owned(),
    }
}

/// The contact card of the record's group, else of the whole shop.
fn contact<'b>(book: &'b Book, record: &ChangeRecord) -> Option<&'b Contact> {
    let valid = |contact: &&Contact| contact.ended_at.is_none();
    let of = |group| book.contacts.iter().filter(valid).find(|contact| contact.group == group);
    record.group.and_then(|group| of(Some(group))).or_else(|| of(None))
}
