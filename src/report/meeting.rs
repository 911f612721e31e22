//! Meetings on paper: the agenda with room for notes, the minutes (a decision note where too few came), the review of a cycle.
//! Minutes are a draft until a named person accepts them.

use super::actions;
use super::layout::{Cell, Column, Form, Layout, Table, Tone};
use super::sheet::{Source, Spec, mark_draft, mark_drill};
use crate::domain::action::{Action, Origin, open_actions};
use crate::domain::book::Book;
use crate::domain::meeting::{Meeting, MeetingId, MeetingItem, MeetingKind, Presence};

/// The agenda of a meeting; nothing if there is no such meeting.
pub fn build_agenda(book: &Book, spec: Spec, meeting: MeetingId) -> Option<Layout> {
    let source = Source::new(book, spec);
    let meeting = book.meetings.get(meeting.0)?;
    let mut layout = source.sheet(format!("Agenda: {}", name(meeting)));
    layout.subtitle = joined(&source.instant(meeting.planned_at), &meeting.place);
    drill(&source, meeting, &mut layout);
    if !meeting.cancelled_because.is_empty() {
        layout.warn(format!("Cancelled: {}", meeting.cancelled_because));
    }
    layout.form(head(&source, meeting, false));
    attendance(&source, meeting, false, &mut layout);
    for (i, item) in meeting.items.iter().enumerate() {
        layout.heading(3, format!("{}. {}", i + 1, item.topic));
        brief(item, &mut layout);
        let mut form = Form::new("", 2);
        form.wide("Notes", "", 2);
        form.field("Decision", "").field("Decided by", "");
        layout.form(form);
    }
    if meeting.items.is_empty() {
        layout.paragraph("The agenda is empty.");
    }
    let open: Vec<&Action> = open_actions(book);
    layout.table(actions::table(&source, "Open actions", &open, "Nothing is open.", false));
    Some(layout)
}

/// The minutes of a meeting, or its decision note; nothing if there is no such meeting.
pub fn build_minutes(book: &Book, spec: Spec, meeting: MeetingId) -> Option<Layout> {
    let source = Source::new(book, spec);
    let meeting = book.meetings.get(meeting.0)?;
    let mut layout = source.sheet(format!("{}: {}", paper(meeting), name(meeting)));
    layout.subtitle = when(&source, meeting);
    drill(&source, meeting, &mut layout);
    if meeting.accepted_at.is_none() {
        mark_draft(&mut layout);
    }
    standing(&source, meeting, &mut layout);
    layout.form(head(&source, meeting, true));
    attendance(&source, meeting, true, &mut layout);
    if meeting.kind != MeetingKind::Committee {
        layout.form(review(meeting));
    }
    for (i, item) in meeting.items.iter().enumerate() {
        items(&source, i + 1, item, &mut layout);
    }
    agreed(&source, meeting, &mut layout);
    signatures(&source, meeting, &mut layout);
    Some(layout)
}

/// `Committee meeting 4`, or its own title.
fn name(meeting: &Meeting) -> String {
    let kind = format!("{} {}", meeting.kind.text(), meeting.number);
    if meeting.title.is_empty() || meeting.title == kind {
        kind
    } else {
        format!("{kind}, {}", meeting.title)
    }
}

fn joined(a: &str, b: &str) -> String {
    if b.is_empty() { a.to_owned() } else { format!("{a}, {b}") }
}

fn when(source: &Source<'_>, meeting: &Meeting) -> String {
    match meeting.held_at {
        Some(_) => joined(&source.span(meeting.held_at, meeting.ended_at), &meeting.place),
        None => format!("Planned for {}, not held", source.instant(meeting.planned_at)),
    }
}

fn drill(source: &Source<'_>, meeting: &Meeting, layout: &mut Layout) {
    if source.is_drill(meeting.cycle) {
        mark_drill(layout);
    }
}

/// Minutes bind; where too few came there are none, only a note of who decided what.
fn paper(meeting: &Meeting) -> &'static str {
    match meeting.kind {
        MeetingKind::Committee if !meeting.quorum_found().is_met() => "Decision note",
        MeetingKind::Committee => "Minutes",
        MeetingKind::Review | MeetingKind::Emergency => "Review",
    }
}

fn standing(source: &Source<'_>, meeting: &Meeting, layout: &mut Layout) {
    if !meeting.cancelled_because.is_empty() {
        layout.warn(format!("Did not take place: {}", meeting.cancelled_because));
    }
    if meeting.held_at.is_some() && !meeting.quorum_found().is_met() {
        layout.limit(
            "Too few members came for a quorum. These are no minutes of the committee: each decision below is that of the person \
             named with it.",
        );
    }
    if let Some(at) = meeting.accepted_at {
        layout.note(format!("Accepted by {} on {}.", meeting.accepted_by, source.instant(at)));
    }
}

fn head(source: &Source<'_>, meeting: &Meeting, held: bool) -> Form {
    let mut form = Form::new("", 3);
    form.field("Number", meeting.number.to_string());
    form.field("Chair", source.person(meeting.chair));
    form.field("Minutes taken by", source.person(meeting.taker));
    form.field("Begun", source.minute_or(meeting.held_at));
    form.field("Ended", source.minute_or(meeting.ended_at));
    form.field("Cycle", source.cycle(meeting.cycle));
    let found = meeting.quorum_found();
    let quorum = match (held, found.needed) {
        (true, _) => found.text(),
        (false, 0) => "none demanded".to_owned(),
        (false, needed) => format!("{needed} of {} voting members needed", found.members),
    };
    form.wide("Quorum", quorum, 1);
    form
}

fn attendance(source: &Source<'_>, meeting: &Meeting, held: bool, layout: &mut Layout) {
    let columns = vec![
        Column::text("Who").weight(1.4),
        Column::text("Function").weight(1.4),
        Column::text("Votes"),
        Column::text(if held { "Came" } else { "Comes" }),
        Column::text("Deputy").weight(1.2),
        Column::text("Signature").weight(1.6),
    ];
    let mut table = Table::new("Attendance", columns).when_empty("Nobody is named.");
    for one in &meeting.attendance {
        let came = if held { one.presence.text() } else { "" };
        let tone = match one.presence {
            _ if !held => Tone::Plain,
            Presence::Present | Presence::Deputised => Tone::Good,
            Presence::Apologies => Tone::Unknown,
            Presence::Absent => Tone::Warn,
        };
        table.row([
            Cell::new(source.person(Some(one.person))),
            Cell::new(source.function(Some(one.person))),
            Cell::new(if one.votes { "yes" } else { "no" }),
            Cell::new(came).tone(tone),
            Cell::new(source.person(one.deputy)),
            Cell::new(""),
        ]);
    }
    layout.table(table);
}

fn brief(item: &MeetingItem, layout: &mut Layout) {
    for line in item.brief.lines().filter(|line| !line.trim().is_empty()) {
        layout.paragraph(line);
    }
}

fn items(source: &Source<'_>, number: usize, item: &MeetingItem, layout: &mut Layout) {
    layout.heading(3, format!("{number}. {}", item.topic));
    brief(item, layout);
    let mut form = Form::new("", 2);
    let said = |text: &str| !text.trim().is_empty();
    if said(&item.discussion) {
        form.wide("Discussion", item.discussion.clone(), 1);
    }
    if said(&item.decision) {
        form.wide("Decision", item.decision.clone(), 1);
        let by = source.person(item.decided_by);
        if by.is_empty() {
            form.wide("Decided by", "nobody named: this is no evidence of a decision", 1).tone(Tone::Warn);
        } else {
            form.wide("Decided by", by, 1);
        }
    }
    if said(&item.dissent) {
        form.wide("Dissent", item.dissent.clone(), 1);
    }
    if form.fields.is_empty() {
        layout.paragraph("Nothing was noted.");
    } else {
        layout.form(form);
    }
}

fn review(meeting: &Meeting) -> Form {
    let mut form = Form::new("Review", 1);
    form.wide("What went well", meeting.good.clone(), 3);
    form.wide("What to improve", meeting.improve.clone(), 3);
    form.wide("Solutions", meeting.solutions.clone(), 3);
    form.wide("Thanks", meeting.thanks.clone(), 1);
    form
}

/// What was agreed here, and what was carried forward from before.
fn agreed(source: &Source<'_>, meeting: &Meeting, layout: &mut Layout) {
    let here = |action: &&Action| action.origin == Origin::Meeting(meeting.id);
    let agreed: Vec<&Action> = source.book.actions.iter().filter(here).collect();
    layout.table(actions::table(source, "Actions agreed here", &agreed, "No action was agreed.", false));
    let at = meeting.held_at.unwrap_or(meeting.planned_at);
    let carried = |action: &&Action| {
        !here(action)
            && action.created_at < at
            && action.done_at.is_none_or(|done| done >= at)
            && action.dropped_because.is_empty()
    };
    let carried: Vec<&Action> = source.book.actions.iter().filter(carried).collect();
    layout.table(actions::table(source, "Actions carried forward", &carried, "None.", false));
}

fn signatures(source: &Source<'_>, meeting: &Meeting, layout: &mut Layout) {
    let book = source.book;
    layout.signature_lines([
        ("Minutes taken", book.person_name(meeting.taker), ""),
        ("Chair", book.person_name(meeting.chair), ""),
        ("Accepted", meeting.accepted_by.as_str(), ""),
    ]);
}
