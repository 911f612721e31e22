//! Meetings with their generated agenda, minutes that lock, and actions that are carried forward.

use patchbook::domain::action::{Action, ActionId, Origin, Standing as Where, open_actions};
use patchbook::domain::command::{Command, CommitteeCommand, Edit, RoleCommand};
use patchbook::domain::committee::MailingList;
use patchbook::domain::cycle::template::StepKey;
use patchbook::domain::cycle::{Cycle, CycleId, CycleKind, CycleStep, CycleStepId, Phase};
use patchbook::domain::meeting::review::due_on;
use patchbook::domain::meeting::{Attendance, Meeting, MeetingKind, Presence, Standing, next_monthly_at};
use patchbook::domain::person::PersonId;
use patchbook::domain::practice::Practice;
use patchbook::util::clock::{DAY_SECS, iso};

use super::committee::member;
use super::{NOW, Shop, day, shop};

/// A shop with a committee of three.
fn seated() -> Shop {
    let mut shop = shop();
    for (person, function) in [(shop.ines, "Security"), (shop.tomasz, "Operations"), (shop.ruth, "Business")]
    {
        shop.committee(member(person, MailingList::Committee, function));
    }
    shop
}

fn plan(shop: &mut Shop, at: i64) -> Meeting {
    shop.committee(CommitteeCommand::Plan { kind: MeetingKind::Committee, cycle: None, at });
    shop.book.meetings.rows().last().expect("a meeting").clone()
}

fn edit(base: &Meeting, row: Meeting) -> CommitteeCommand {
    CommitteeCommand::Meeting(Box::new(Edit { base: Some(base.clone()), row }))
}

/// Holds a meeting where these came.
fn hold(shop: &mut Shop, meeting: &Meeting, came: &[PersonId]) -> Meeting {
    let mut row = meeting.clone();
    row.held_at = Some(meeting.planned_at);
    for one in &mut row.attendance {
        one.presence = if came.contains(&one.person) { Presence::Present } else { Presence::Apologies };
    }
    shop.at = shop.at.max(meeting.planned_at + 3600);
    shop.committee(edit(meeting, row));
    shop.book.meetings.get(meeting.id.0).expect("the meeting").clone()
}

fn action(shop: &Shop, what: &str, owner: Option<PersonId>, due: Option<&str>) -> CommitteeCommand {
    let row = Action {
        id: ActionId(0),
        what: what.to_owned(),
        owner,
        due_on: due.map(day),
        origin: Origin::Own,
        created_at: shop.at,
        done_at: None,
        done_by: String::new(),
        result: String::new(),
        dropped_because: String::new(),
    };
    CommitteeCommand::Action(Box::new(Edit { base: None, row }))
}

fn brief<'a>(meeting: &'a Meeting, topic: &str) -> &'a str {
    let item = meeting.items.iter().find(|item| item.topic.contains(topic));
    &item.unwrap_or_else(|| panic!("no {topic}")).brief
}

#[test]
fn a_planned_meeting_has_its_agenda_and_its_committee() {
    let mut shop = seated();
    let command = action(&shop, "Ask the vendor for a fix", Some(shop.tomasz), Some("2026-11-30"));
    shop.committee(command);
    let meeting = plan(&mut shop, NOW + 7 * DAY_SECS);
    assert_eq!((meeting.number, meeting.title.as_str(), meeting.quorum), (1, "Committee meeting 1", 3));
    assert_eq!(meeting.items.len(), 12);
    assert_eq!(meeting.attendance.len(), 3);
    assert_eq!(meeting.standing(), Standing::Planned);
    assert_eq!(brief(&meeting, "quorum"), "3 members asked, 3 needed for a quorum.");
    assert!(
        brief(&meeting, "Open actions").contains("Ask the vendor for a fix (Tomasz Lis, by Mon 30 Nov 2026)")
    );
    assert!(brief(&meeting, "last cycle").contains("Within deadline (M1): n/a (0 items)"));
    assert!(brief(&meeting, "Policy").contains("the yearly review is due"));
    assert!(brief(&meeting, "Audit").contains("Patching coordinator has work in"));
    let again = CommitteeCommand::Plan { kind: MeetingKind::Committee, cycle: None, at: NOW + 7 * DAY_SECS };
    assert!(shop.refused(Command::Committee(again))[0].1.contains("on that day already"));
}

#[test]
fn the_next_monthly_meeting_is_proposed_for_the_eve_of_patch_tuesday() {
    let mut shop = seated();
    let proposed = next_monthly_at(&shop.book, NOW).expect("a proposal");
    assert_eq!(iso(proposed), "2026-12-07T10:00:00Z", "the day before Tue 8 Dec 2026");
    plan(&mut shop, proposed);
    assert_eq!(next_monthly_at(&shop.book, NOW), None, "it is planned");
    let after = next_monthly_at(&shop.book, proposed + 2 * DAY_SECS).expect("a proposal");
    assert_eq!(iso(after), "2027-01-11T10:00:00Z");
}

#[test]
fn too_few_make_a_decision_note_and_a_deputy_counts() {
    let mut shop = seated();
    let meeting = plan(&mut shop, NOW + DAY_SECS);
    let two = [shop.ines, shop.tomasz];
    let held = hold(&mut shop, &meeting, &two);
    assert!(!held.quorum_found().is_met());
    assert_eq!(held.paper_name(), "Decision note");
    let mut row = held.clone();
    let seat = row.attendance.iter_mut().find(|one| one.person == shop.ruth).unwrap();
    seat.presence = Presence::Deputised;
    let nobody = shop.refused(Command::Committee(edit(&held, row.clone())));
    assert_eq!(nobody[0].1, "Say who came for Ruth Okafor.");
    let seat = row.attendance.iter_mut().find(|one| one.person == shop.ruth).unwrap();
    seat.deputy = Some(shop.ines);
    let twice = shop.refused(Command::Committee(edit(&held, row.clone())));
    assert!(twice[0].1.contains("Ines Hartmann would count twice"));
    let seat = row.attendance.iter_mut().find(|one| one.person == shop.ruth).unwrap();
    seat.deputy = Some(shop.milan);
    shop.committee(edit(&held, row));
    let held = shop.book.meetings.get(meeting.id.0).unwrap();
    assert_eq!(held.quorum_found().text(), "3 of 3 voting members present, 3 needed: quorum met");
    assert_eq!(held.paper_name(), "Minutes");
}

#[test]
fn minutes_lock_once_a_named_person_accepted_them() {
    let mut shop = seated();
    let meeting = plan(&mut shop, NOW + DAY_SECS);
    let accept = |by: &str| CommitteeCommand::AcceptMinutes { meeting: meeting.id, by: by.to_owned() };
    let early = shop.refused(Command::Committee(accept("Ruth Okafor")));
    assert!(early[0].1.contains("no minutes to accept"));
    let all = [shop.ines, shop.tomasz, shop.ruth];
    let held = hold(&mut shop, &meeting, &all);
    assert_eq!(held.standing(), Standing::Draft);
    assert_eq!(shop.refused(Command::Committee(accept(" ")))[0].0, "by");
    assert!(shop.refused(Command::Committee(accept("A. Stranger")))[0].1.contains("not in the register"));
    let label = shop.committee(accept("ruth okafor"));
    assert_eq!(label, "Ruth Okafor accepts the minutes of Committee meeting 1");
    let accepted = shop.book.meetings.get(meeting.id.0).unwrap().clone();
    assert_eq!(accepted.standing(), Standing::Accepted);
    let mut row = accepted.clone();
    row.items[0].decision = "Something else".to_owned();
    let issues = shop.refused(Command::Committee(edit(&accepted, row)));
    assert!(issues[0].1.starts_with("The minutes were accepted by Ruth Okafor on Tue 24 Nov 2026"));
    assert!(shop.refused(Command::Committee(accept("Ruth Okafor")))[0].1.contains("no longer change"));
}

#[test]
fn a_decision_without_a_decider_is_kept_and_is_no_evidence() {
    let mut shop = seated();
    let meeting = plan(&mut shop, NOW + DAY_SECS);
    let all = [shop.ines, shop.tomasz, shop.ruth];
    let held = hold(&mut shop, &meeting, &all);
    let mut row = held.clone();
    row.items[7].decision = "The database window moves to Sundays".to_owned();
    shop.committee(edit(&held, row));
    let now = shop.book.meetings.get(meeting.id.0).unwrap().clone();
    assert!(now.items[7].lacks_decider());
    let mut row = now.clone();
    row.items[7].decided_by = Some(shop.ruth);
    shop.committee(edit(&now, row));
    assert!(!shop.book.meetings.get(meeting.id.0).unwrap().items[7].lacks_decider());
}

#[test]
fn times_that_cannot_be_are_named() {
    let mut shop = seated();
    let meeting = plan(&mut shop, NOW + DAY_SECS);
    let with = |held: Option<i64>, ended: Option<i64>| {
        let row = Meeting { held_at: held, ended_at: ended, ..meeting.clone() };
        shop.refused(Command::Committee(edit(&meeting, row)))[0].0
    };
    assert_eq!(with(Some(NOW + DAY_SECS), None), "held_at", "in the future");
    assert_eq!(with(Some(NOW - 60), Some(NOW - 120)), "ended_at", "an end before its begin");
    assert_eq!(with(None, Some(NOW - 120)), "held_at", "an end without a begin");
}

fn cycle(shop: &mut Shop, kind: CycleKind) -> CycleId {
    let row = Cycle {
        id: CycleId(77),
        kind,
        name: "2026-11".to_owned(),
        month: "2026-11".to_owned(),
        template: None,
        anchor_at: NOW - 13 * DAY_SECS,
        cutoff_at: None,
        drill: false,
        updates: Vec::new(),
        points: Vec::new(),
        reason: String::new(),
        declared_by: String::new(),
        approve_by_at: None,
        created_at: NOW - 20 * DAY_SECS,
        closed_at: None,
        closed_by: String::new(),
        cancelled_because: String::new(),
    };
    shop.book.cycles.put(row);
    CycleId(77)
}

#[test]
fn a_cycle_is_reviewed_once_and_an_emergency_review_needs_an_emergency() {
    let mut shop = seated();
    let id = cycle(&mut shop, CycleKind::Monthly);
    let review = |kind, cycle| Command::Committee(CommitteeCommand::Plan { kind, cycle, at: NOW });
    assert_eq!(shop.refused(review(MeetingKind::Review, None))[0].1, "Choose the cycle that is reviewed.");
    let wrong = shop.refused(review(MeetingKind::Emergency, Some(id)));
    assert_eq!(wrong[0].1, "2026-11 is no emergency. Plan a cycle review instead.");
    shop.run(review(MeetingKind::Review, Some(id)));
    let meeting = shop.book.meetings.rows().last().unwrap().clone();
    assert_eq!((meeting.title.as_str(), meeting.quorum), ("Review of 2026-11", 0));
    assert!(brief(&meeting, "Issues of the night").contains("No patch night"));
    assert!(shop.refused(review(MeetingKind::Review, Some(id)))[0].1.contains("exists already"));
    let seats = |person| Attendance { person, presence: Presence::Present, deputy: None, votes: false };
    let mut row = meeting.clone();
    row.attendance = vec![seats(shop.ines), seats(shop.tomasz)];
    row.held_at = Some(NOW - 3600);
    row.good = "Nothing broke".to_owned();
    row.thanks = "To everybody who stayed late".to_owned();
    shop.committee(edit(&meeting, row));
    let held = shop.book.meetings.get(meeting.id.0).unwrap();
    assert_eq!((held.good.as_str(), held.paper_name()), ("Nothing broke", "Minutes"));
}

#[test]
fn an_action_has_an_owner_and_a_date_that_can_be_met() {
    let shop = shop();
    let issues = shop.refused(Command::Committee(action(&shop, " ", None, None)));
    let fields: Vec<_> = issues.iter().map(|(field, _)| *field).collect();
    assert_eq!(fields, ["what", "owner", "due_on"], "everything at once");
    let late = action(&shop, "Look again", Some(shop.ines), Some("2026-11-22"));
    assert_eq!(shop.refused(Command::Committee(late))[0].1, "That day has passed. Choose today or later.");
}

#[test]
fn an_open_action_is_carried_forward_through_every_meeting_until_it_is_done() {
    let mut shop = seated();
    let command = action(&shop, "Replace WEB-02", Some(shop.tomasz), Some("2026-12-01"));
    shop.committee(command);
    let id = shop.book.actions.rows()[0].id;
    let carried = |shop: &Shop| shop.book.actions.get(id.0).unwrap().carried(&shop.book);
    assert_eq!(carried(&shop), 0);
    for month in 1..=2 {
        let meeting = plan(&mut shop, NOW + month * 30 * DAY_SECS);
        let came = [shop.ines, shop.tomasz, shop.ruth];
        hold(&mut shop, &meeting, &came);
        assert_eq!(carried(&shop), month as usize);
    }
    let third = plan(&mut shop, NOW + 90 * DAY_SECS);
    let said = brief(&third, "Open actions");
    assert!(said.contains("overdue, carried forward 2 times"), "{said}");
    assert_eq!(shop.book.actions.get(id.0).unwrap().standing(day("2026-12-02")), Where::Overdue);
    let done =
        |by: &str| CommitteeCommand::ActionDone { action: id, by: by.to_owned(), result: String::new() };
    assert_eq!(shop.refused(Command::Committee(done("")))[0].0, "by");
    shop.committee(done("Tomasz Lis"));
    assert!(open_actions(&shop.book).is_empty());
    let came = [shop.ines, shop.tomasz, shop.ruth];
    hold(&mut shop, &third, &came);
    assert_eq!(carried(&shop), 2, "what is done is not carried further");
    assert!(
        shop.refused(Command::Committee(done("Tomasz Lis")))[0].1.contains("done already, by Tomasz Lis")
    );
}

#[test]
fn an_action_is_given_up_only_with_a_reason() {
    let mut shop = shop();
    let command = action(&shop, "Move the printers", Some(shop.milan), Some("2026-12-24"));
    shop.committee(command);
    let action = shop.book.actions.rows()[0].id;
    let drop = |because: &str| CommitteeCommand::DropAction { action, because: because.to_owned() };
    assert_eq!(shop.refused(Command::Committee(drop("  ")))[0].1, "Say why it is given up.");
    shop.committee(drop("The printers are sold"));
    assert_eq!(shop.book.actions.rows()[0].standing(day("2027-01-01")), Where::Dropped);
}

#[test]
fn a_review_is_due_so_many_working_days_after_the_last_window() {
    let mut shop = shop();
    let id = cycle(&mut shop, CycleKind::Monthly);
    assert_eq!(due_on(&shop.book, id), None, "no window yet");
    // A Friday, and the Saturday after it.
    for (step, key, before) in [(1, StepKey::PatchNight, 3), (2, StepKey::LastWindow, 2)] {
        let due_at = NOW - before * DAY_SECS;
        shop.book.cycle_steps.put(CycleStep {
            id: CycleStepId(step),
            cycle: id,
            position: step,
            key: Some(key),
            phase: Phase::Deploy,
            title: "Window".to_owned(),
            role: None,
            person: None,
            deputy: None,
            document: String::new(),
            milestone: false,
            planned_at: due_at,
            due_at,
            shifted_because: String::new(),
            done_at: None,
            done_by: String::new(),
            recorded_at: None,
            skipped_because: String::new(),
            note: String::new(),
        });
    }
    assert_eq!(due_on(&shop.book, id), Some(day("2026-11-27")), "five of them: Monday to Friday");
    let longer = Practice { review_days: 6, ..(*shop.book.practice).clone() };
    let base = (shop.book.practice.id != 0).then(|| (*shop.book.practice).clone());
    shop.role(RoleCommand::Practice(Box::new(Edit { base, row: longer })));
    assert_eq!(due_on(&shop.book, id), Some(day("2026-11-30")), "the sixth is a Monday again");
}
