//! Meetings: planned with their agenda, held, and accepted, after which their minutes no longer change.

use std::collections::BTreeSet;

use super::super::book::Book;
use super::super::command::{Decision, Edit, Issues};
use super::super::cycle::{Cycle, CycleId, CycleKind};
use super::super::meeting::{
    Attendance, Meeting, MeetingId, MeetingItem, MeetingKind, Presence, Standing, agenda, last_held,
    next_number, review,
};
use super::super::person::{is_there, why_absent};
use super::super::review::{Prefilled, prefilled};
use super::{Findings, Moment, one_change, refused, still_as_read, today};
use crate::util::clock::{DAY_SECS, day_in, day_text, zone};
use crate::util::text::{block, fold, line};

/// How far ahead a meeting may be planned, in seconds.
const AHEAD_SECS: i64 = 400 * DAY_SECS;

pub(super) fn plan(
    book: &Book,
    kind: MeetingKind,
    cycle: Option<CycleId>,
    at: i64,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let on = day_in(zone(&book.shop.zone), at);
    let mut findings = Findings::default();
    let about = match (kind, cycle) {
        (MeetingKind::Committee, None) => None,
        (_, Some(id)) => match book.cycles.get(id.0) {
            Some(cycle) => Some(cycle),
            None => return Err(refused("The cycle is no longer in the register. Choose another one.")),
        },
        (_, None) => {
            findings.add("cycle", "Choose the cycle that is reviewed.");
            None
        }
    };
    if at > moment.at + AHEAD_SECS {
        findings.add("at", "That is more than a year ahead. Choose an earlier day.");
    }
    if let Some(cycle) = about {
        check_cycle(book, kind, cycle, &mut findings);
    } else if let Some(other) = book.meetings.rows().iter().find(|other| {
        other.kind == kind
            && other.standing() != Standing::Cancelled
            && day_in(zone(&book.shop.zone), other.planned_at) == on
    }) {
        findings
            .add("at", format!("{} is on that day already. Open it, or choose another day.", other.title));
    }
    findings.done()?;
    let number = next_number(book, kind);
    let last = last_held(book, kind, i64::MAX);
    let keeps = |person| is_there(book, person, on);
    let (title, items, attendance) = match (kind, about) {
        (MeetingKind::Emergency, Some(cycle)) => (
            format!("Review of the emergency {}", cycle.name),
            review::emergency(book, cycle, moment.at),
            review::invited(book, cycle),
        ),
        (MeetingKind::Review, Some(cycle)) => (
            format!("Review of {}", cycle.name),
            review::cycle(book, cycle, moment.at),
            review::invited(book, cycle),
        ),
        _ => (
            format!("Committee meeting {number}"),
            agenda::committee(book, on, moment.at),
            agenda::invited(book, on),
        ),
    };
    let known = match (kind, about) {
        (MeetingKind::Review | MeetingKind::Emergency, Some(cycle)) => {
            prefilled(book, cycle, zone(&book.shop.zone), moment.at)
        }
        _ => Prefilled::default(),
    };
    let row = Meeting {
        id: MeetingId(moment.ids.next()),
        kind,
        number,
        cycle,
        title,
        planned_at: at,
        held_at: None,
        ended_at: None,
        place: last.map(|last| last.place.clone()).unwrap_or_default(),
        chair: last.and_then(|last| last.chair).filter(|person| keeps(*person)),
        taker: last.and_then(|last| last.taker).filter(|person| keeps(*person)),
        attendance,
        quorum: if kind == MeetingKind::Committee { book.practice.quorum } else { 0 },
        items,
        good: known.good,
        improve: known.improve,
        solutions: String::new(),
        thanks: String::new(),
        accepted_by: String::new(),
        accepted_at: None,
        cancelled_because: String::new(),
    };
    Ok(one_change(format!("Plan {} for {}", row.title, day_text(on)), None, &row))
}

fn check_cycle(book: &Book, kind: MeetingKind, cycle: &Cycle, findings: &mut Findings) {
    if kind == MeetingKind::Emergency && cycle.kind != CycleKind::Emergency {
        findings.add("cycle", format!("{} is no emergency. Plan a cycle review instead.", cycle.name));
    }
    let same = |other: &&Meeting| {
        other.kind == kind && other.cycle == Some(cycle.id) && other.standing() != Standing::Cancelled
    };
    if kind != MeetingKind::Committee
        && let Some(other) = book.meetings.rows().iter().find(same)
    {
        findings.add("cycle", format!("{} exists already. Open it instead.", other.title));
    }
}

/// The minutes that no longer change.
fn locked(book: &Book, meeting: &Meeting) -> Option<Issues> {
    let at = meeting.accepted_at?;
    let on = day_text(day_in(zone(&book.shop.zone), at));
    Some(refused(format!(
        "The minutes were accepted by {} on {on} and no longer change. Raise it in the next meeting.",
        meeting.accepted_by
    )))
}

pub(super) fn save(book: &Book, edit: Edit<Meeting>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Edit { base, mut row } = edit;
    let Some(base) = base else {
        return Err(refused("A meeting begins with its agenda: plan it first."));
    };
    if let Some(now) = book.meetings.get(base.id.0)
        && let Some(issues) = locked(book, now)
    {
        return Err(issues);
    }
    still_as_read(book.meetings.get(base.id.0), &base, &base.title)?;
    (row.id, row.kind, row.number, row.cycle) = (base.id, base.kind, base.number, base.cycle);
    (row.accepted_at, row.accepted_by) = (None, String::new());
    tidy(&mut row);
    let mut findings = Findings::default();
    check_times(&row, moment, &mut findings);
    let on = day_in(zone(&book.shop.zone), row.at());
    check_people(book, &row, on, &mut findings);
    for item in &row.items {
        findings.demand(
            "items",
            &item.topic,
            "Each point of the agenda needs a topic. Name it, or take it out.",
        );
        if let Some(why) = item.decided_by.and_then(|person| why_absent(book, person, on)) {
            findings.add("items", format!("{}: {why}", item.topic));
        }
    }
    findings.done()?;
    let label = if !row.cancelled_because.is_empty() && base.cancelled_because.is_empty() {
        format!("Cancel {}", row.title)
    } else if row.held_at.is_some() && base.held_at.is_none() {
        format!("Hold {}", row.title)
    } else if row.held_at.is_some() {
        format!("Change the minutes of {}", row.title)
    } else {
        format!("Change {}", row.title)
    };
    Ok(one_change(label, Some(&base), &row))
}

fn tidy(row: &mut Meeting) {
    for text in [&mut row.title, &mut row.place, &mut row.cancelled_because] {
        *text = line(text).into_owned();
    }
    for text in [&mut row.good, &mut row.improve, &mut row.solutions, &mut row.thanks] {
        block(text).trim().clone_into(text);
    }
    for MeetingItem { topic, brief, discussion, decision, dissent, .. } in &mut row.items {
        *topic = line(topic).into_owned();
        for text in [brief, discussion, decision, dissent] {
            block(text).trim().clone_into(text);
        }
    }
    for one in &mut row.attendance {
        if one.presence != Presence::Deputised {
            one.deputy = None;
        }
    }
}

fn check_times(row: &Meeting, moment: Moment<'_>, findings: &mut Findings) {
    findings.demand("title", &row.title, "Give the meeting a title.");
    if row.held_at.is_some_and(|at| at > moment.at) {
        findings.add("held_at", "It cannot have begun in the future. Give the time at which it began.");
    }
    match (row.held_at, row.ended_at) {
        (Some(begun), Some(ended)) if ended < begun => {
            findings.add("ended_at", "The end lies before the begin. Give a later end.");
        }
        (None, Some(_)) => findings.add("held_at", "Give the time at which it began, too."),
        (_, Some(ended)) if ended > moment.at => {
            findings.add("ended_at", "It cannot have ended in the future. Leave the end out until it has.");
        }
        _ => {}
    }
    if row.held_at.is_some() && !row.cancelled_because.is_empty() {
        findings.add("cancelled_because", "It was held. A meeting that was held is not cancelled.");
    }
    if !(0..=50).contains(&row.quorum) {
        findings.add("quorum", "A quorum is between 0 and 50 members; 0 demands none.");
    }
}

fn check_people(book: &Book, row: &Meeting, on: chrono::NaiveDate, findings: &mut Findings) {
    for (field, person) in [("chair", row.chair), ("taker", row.taker)] {
        if let Some(why) = person.and_then(|person| why_absent(book, person, on)) {
            findings.add(field, why);
        }
    }
    let mut seats = BTreeSet::new();
    for Attendance { person, presence, deputy, .. } in &row.attendance {
        let name = book.person_name(Some(*person));
        if !seats.insert(*person) {
            findings.add("attendance", format!("{name} is named twice. Leave one."));
        }
        if *presence == Presence::Present
            && let Some(why) = why_absent(book, *person, on)
        {
            findings.add("attendance", why);
        }
        match (presence, deputy) {
            (Presence::Deputised, None) => {
                findings.add("attendance", format!("Say who came for {name}."));
            }
            (Presence::Deputised, Some(deputy)) if deputy == person => {
                findings.add("attendance", format!("{name} cannot come for themselves. Mark them present."));
            }
            (Presence::Deputised, Some(deputy)) => {
                if let Some(why) = why_absent(book, *deputy, on) {
                    findings.add("attendance", why);
                }
            }
            _ => {}
        }
    }
    let stood_in = row.attendance.iter().filter_map(|one| one.deputy.filter(|_| one.votes));
    let mut counted = BTreeSet::new();
    for deputy in stood_in {
        let own = row
            .attendance
            .iter()
            .any(|one| one.votes && one.person == deputy && one.presence == Presence::Present);
        if own || !counted.insert(deputy) {
            let name = book.person_name(Some(deputy));
            findings.add(
                "attendance",
                format!("{name} would count twice towards the quorum. Name another deputy."),
            );
        }
    }
}

pub(super) fn accept(book: &Book, id: MeetingId, by: &str, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Some(meeting) = book.meetings.get(id.0) else {
        return Err(refused("The meeting is no longer in the register."));
    };
    if let Some(issues) = locked(book, meeting) {
        return Err(issues);
    }
    if meeting.standing() != Standing::Draft {
        return Err(refused(
            "It was not held: there are no minutes to accept. Give the time at which it began.",
        ));
    }
    let by = line(by).into_owned();
    let mut findings = Findings::default();
    findings.demand("by", &by, "Name who accepts the minutes.");
    let named = book.people.rows().iter().find(|person| fold(&person.name) == fold(&by));
    match named {
        None if !by.is_empty() => {
            findings.add("by", format!("{by} is not in the register: choose somebody who is."));
        }
        Some(person) => {
            if let Some(why) = why_absent(book, person.id, today(book, moment)) {
                findings.add("by", why);
            }
        }
        None => {}
    }
    if !meeting.attendance.iter().any(Attendance::is_filled) {
        findings.add("attendance", "Say who was there before the minutes are accepted.");
    }
    findings.done()?;
    let accepted_by = named.map_or(by, |person| person.name.clone());
    let label = format!("{accepted_by} accepts the minutes of {}", meeting.title);
    let after = Meeting { accepted_by, accepted_at: Some(moment.at), ..meeting.clone() };
    Ok(one_change(label, Some(meeting), &after))
}
