//! Programme: roles, matrix, committee, meetings and actions, by keyboard and by name.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patchbook::app::Engine;
use patchbook::domain::action::Origin;
use patchbook::domain::book::Book;
use patchbook::domain::command::{Command, CommitteeCommand, Edit, RoleCommand};
use patchbook::domain::committee::{MailingList, Member, MemberId, reach_of};
use patchbook::domain::meeting::{MeetingKind, Presence, Standing};
use patchbook::domain::person::{PersonId, last_day};
use patchbook::domain::role::conflict::conflicts_on;
use patchbook::domain::role::matrix::activities_in_order;
use patchbook::domain::role::{Assignment, AssignmentId, Mark, Part, holders_on, role_coded};
use patchbook::ui::route::Room;
use patchbook::ui::theme::Mode;

use super::desk::{Desk, NOW, desk, hire, light, run};
use crate::widgets::support::Setting;

/// The day the desk is used, in Berlin.
fn today() -> chrono::NaiveDate {
    "2024-04-15".parse().expect("a date")
}

fn person(book: &Book, name: &str) -> PersonId {
    book.people.rows().iter().find(|person| person.name == name).expect("a person").id
}

/// Two people, one of them coordinator and administrator, the other on the committee with her.
fn staffed(engine: &mut Engine) {
    for name in ["Ines Hartmann", "Ruth Okafor", "Tomasz Lis"] {
        hire(engine, name);
    }
    let ines = person(engine.book(), "Ines Hartmann");
    let ruth = person(engine.book(), "Ruth Okafor");
    for (code, person) in [("PC", ines), ("PA", ines), ("AU", ines), ("BA", ruth)] {
        let row = Assignment {
            id: AssignmentId(0),
            role: role_coded(engine.book(), code).expect("a role").id,
            person,
            part: Part::Holder,
            from_on: "2024-01-01".parse().expect("a date"),
            until_on: None,
            reason: String::new(),
        };
        run(engine, Command::Role(RoleCommand::Assign(Box::new(Edit { base: None, row }))));
    }
    for (person, represents) in [(ines, "Information security"), (ruth, "Business")] {
        let row = Member {
            id: MemberId(0),
            person,
            list: MailingList::Committee,
            represents: represents.to_owned(),
            nominee_of: None,
            from_on: "2024-01-01".parse().expect("a date"),
            until_on: None,
        };
        run(engine, Command::Committee(CommitteeCommand::Member(Box::new(Edit { base: None, row }))));
    }
}

fn programme(fill: impl FnOnce(&mut Engine)) -> Desk<'static> {
    at(light(fill), "Roles")
}

/// Goes to the room and to one of its views.
fn at<'a>(mut desk: Desk<'a>, view: &str) -> Desk<'a> {
    desk.go(Room::Programme);
    desk.answer(view);
    desk
}

/// Presses a button wherever the page is scrolled to.
fn press(desk: &mut Desk<'_>, label: &str) {
    desk.window.harness.get_by_role_and_label(Role::Button, label).click_accesskit();
    desk.settle();
}

/// Empties an input of several lines and types into it.
fn rewrite(desk: &mut Desk<'_>, label: &str, text: &str) {
    desk.window.harness.get_by_role_and_label(Role::MultilineTextInput, label).focus();
    desk.settle();
    desk.press(Modifiers::COMMAND, Key::A);
    desk.window.harness.event(egui::Event::Text(text.to_owned()));
    desk.settle();
}

/// Opens the row of a table by keyboard: down so often, then Enter.
fn open_row(desk: &mut Desk<'_>, table: &str, row: usize) {
    desk.window.harness.get_by_role_and_label(Role::Table, table).focus();
    desk.settle();
    desk.press(Modifiers::NONE, Key::Home);
    for _ in 0..row {
        desk.press(Modifiers::NONE, Key::ArrowDown);
    }
    desk.press(Modifiers::NONE, Key::Enter);
}

#[test]
fn a_role_is_assigned_in_the_panel_and_taken_back_by_undo() {
    let mut desk = programme(staffed);
    assert!(desk.mentions("5 of 9 roles without a holder"));
    press(&mut desk, "Assign a role");
    desk.choose("Role", "Quality assurance");
    desk.choose("Who", "Tomasz Lis");
    press(&mut desk, "Assign");
    let book = desk.book();
    assert_eq!(holders_on(&book, "QA", today()), [person(&book, "Tomasz Lis")]);
    assert!(!desk.shows("First day"), "the panel is closed");
    desk.press(Modifiers::COMMAND, Key::Z);
    assert!(holders_on(&desk.book(), "QA", today()).is_empty());
}

#[test]
fn what_is_missing_is_said_under_its_field_and_what_was_typed_stays() {
    let mut desk = programme(staffed);
    press(&mut desk, "Assign a role");
    desk.retype("Reason", "Because");
    press(&mut desk, "Assign");
    assert!(desk.shows("Choose a role.") && desk.shows("Choose who."));
    desk.choose("Role", "Business approval");
    desk.choose("Who", "Tomasz Lis");
    desk.retype("Reason", "x");
    desk.press(Modifiers::NONE, Key::Backspace);
    press(&mut desk, "Assign");
    assert!(desk.mentions("Ruth Okafor holds Business approval from"));
    desk.retype("Reason", "One each for shop and warehouse");
    desk.press(Modifiers::COMMAND, Key::S);
    assert_eq!(holders_on(&desk.book(), "BA", today()).len(), 2);
}

#[test]
fn a_role_is_handed_over_from_its_own_panel() {
    let mut desk = programme(staffed);
    open_row(&mut desk, "Roles", 0);
    assert!(desk.shows("Ines Hartmann, holder"));
    press(&mut desk, "Hand over");
    desk.choose("To", "Tomasz Lis");
    press(&mut desk, "Hand over");
    let book = desk.book();
    assert_eq!(holders_on(&book, "PC", today()), [person(&book, "Ines Hartmann")]);
    assert_eq!(holders_on(&book, "PC", today().succ_opt().unwrap()), [person(&book, "Tomasz Lis")]);
}

#[test]
fn who_leaves_is_told_before_what_is_left_behind() {
    let mut desk = programme(staffed);
    press(&mut desk, "Somebody leaves…");
    desk.choose("Who", "Ines Hartmann");
    assert!(desk.mentions("3 roles without a holder"));
    press(&mut desk, "Record leaving");
    let book = desk.book();
    assert_eq!(last_day(&book, person(&book, "Ines Hartmann")), Some(today()));
}

#[test]
fn a_role_of_the_shops_own_is_added_changed_and_ended() {
    let mut desk = programme(staffed);
    press(&mut desk, "Add a role…");
    desk.retype("Short form", "PC");
    desk.retype("Role name", "Till support");
    press(&mut desk, "Add role");
    assert!(desk.mentions("PC is the short form of Patching coordinator"));
    desk.retype("Short form", "TS");
    press(&mut desk, "Add role");
    assert_eq!(role_coded(&desk.book(), "TS").expect("a role").name, "Till support");
    open_row(&mut desk, "Roles", 0);
    press(&mut desk, "Change this role");
    desk.retype("Role name", "Lead of the month");
    press(&mut desk, "Save role");
    assert_eq!(role_coded(&desk.book(), "PC").expect("a role").name, "Lead of the month");
    open_row(&mut desk, "Roles", 0);
    press(&mut desk, "Use it no longer…");
    assert!(desk.shows("It ends today for Ines Hartmann."));
    press(&mut desk, "End role");
    assert!(role_coded(&desk.book(), "PC").expect("the row stays").ended_at.is_some());
    desk.press(Modifiers::COMMAND, Key::Z);
    assert!(role_coded(&desk.book(), "PC").expect("a role").ended_at.is_none(), "undo brings it back");
}

#[test]
fn who_left_is_recorded_as_back() {
    let mut desk = programme(staffed);
    press(&mut desk, "Somebody leaves…");
    assert!(!desk.shows("Somebody is back…"), "nobody left yet");
    desk.choose("Who", "Tomasz Lis");
    press(&mut desk, "Record leaving");
    let tomasz = person(&desk.book(), "Tomasz Lis");
    assert_eq!(last_day(&desk.book(), tomasz), Some(today()));
    press(&mut desk, "Somebody leaves…");
    press(&mut desk, "Somebody is back…");
    desk.choose("Who", "Tomasz Lis");
    press(&mut desk, "Record return");
    assert_eq!(last_day(&desk.book(), tomasz), None);
}

#[test]
fn a_meeting_is_cancelled_only_with_a_reason() {
    let mut desk = at(light(staffed), "Meetings");
    press(&mut desk, "Plan a meeting…");
    press(&mut desk, "Plan meeting");
    open_row(&mut desk, "Meetings", 0);
    press(&mut desk, "Cancel this meeting…");
    rewrite(&mut desk, "Why", " ");
    press(&mut desk, "Cancel meeting");
    assert!(desk.shows("Say why it does not take place."));
    assert_eq!(desk.book().meetings.rows()[0].standing(), Standing::Planned);
    rewrite(&mut desk, "Why", "No release this month");
    press(&mut desk, "Cancel meeting");
    assert_eq!(desk.book().meetings.rows()[0].standing(), Standing::Cancelled);
    assert!(desk.shows("Cancelled: No release this month"));
}

#[test]
fn three_hats_take_three_choices() {
    let mut desk = programme(staffed);
    press(&mut desk, "Three hats…");
    desk.choose("Does the work", "Ines Hartmann");
    desk.choose("Approves it", "Ines Hartmann");
    desk.choose("Looks over it", "Ruth Okafor");
    press(&mut desk, "Fold the roles");
    assert!(desk.mentions("cannot approve it too"));
    desk.choose("Approves it", "Ruth Okafor");
    press(&mut desk, "Fold the roles");
    assert!(desk.book().practice.hats);
    assert!(desk.mentions("All 9 roles are held"));
}

#[test]
fn leaving_a_form_with_words_in_it_asks_first() {
    let mut desk = programme(staffed);
    press(&mut desk, "Assign a role");
    desk.retype("Reason", "Half a thought");
    press(&mut desk, "Cancel");
    assert!(desk.shows("Discard what you typed?"));
    desk.press(Modifiers::NONE, Key::Escape);
    assert_eq!(desk.value("Reason"), "Half a thought");
    desk.answer("Matrix");
    assert!(desk.shows("Discard what you typed?"));
    press(&mut desk, "Discard");
    assert!(desk.shows("Roles matrix"));
}

#[test]
fn the_matrix_is_marked_by_letters_and_each_mark_is_undone_alone() {
    let mut desk = at(light(staffed), "Matrix");
    desk.window.harness.get_by_role_and_label(Role::Grid, "Roles matrix").focus();
    desk.settle();
    let first = |desk: &Desk<'_>| activities_in_order(&desk.book())[0].clone();
    let pc = role_coded(&desk.book(), "PC").unwrap().id;
    for (modifiers, key, mark) in [
        (Modifiers::NONE, Key::C, Some(Mark::Consulted)),
        (Modifiers::NONE, Key::Delete, None),
        (Modifiers::NONE, Key::I, Some(Mark::Informed)),
        (Modifiers::SHIFT, Key::A, Some(Mark::Both)),
        (Modifiers::NONE, Key::R, Some(Mark::Responsible)),
        (Modifiers::NONE, Key::A, Some(Mark::Accountable)),
    ] {
        desk.press(modifiers, key);
        assert_eq!(first(&desk).mark_of(pc), mark, "{key:?}");
    }
    assert!(desk.mentions("PC and ISO answer for it"), "the rule speaks at once");
    desk.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(first(&desk).mark_of(pc), Some(Mark::Responsible));
    desk.window.harness.get_by_role_and_label(Role::Grid, "Roles matrix").focus();
    desk.settle();
    desk.press(Modifiers::NONE, Key::ArrowRight);
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::I);
    let pa = role_coded(&desk.book(), "PA").unwrap().id;
    assert_eq!(activities_in_order(&desk.book())[1].mark_of(pa), Some(Mark::Informed));
    let name = "Keep the procedure and the implementation details current, Patching administrator: Informed";
    assert!(desk.shows(name), "a cell says what it means");
}

#[test]
fn a_conflict_is_accepted_by_somebody_else_and_ended() {
    let mut desk = at(light(staffed), "Matrix");
    assert!(desk.shows("Ines Hartmann: verifier is the implementer"));
    press(&mut desk, "Accept…");
    desk.retype("Accepted by", "Ines Hartmann");
    rewrite(&mut desk, "What takes its place", "A second look within five days");
    press(&mut desk, "Accept");
    assert!(desk.mentions("Nobody accepts their own"));
    desk.retype("Accepted by", "Ruth Okafor");
    press(&mut desk, "Accept");
    assert!(conflicts_on(&desk.book(), today())[0].accepted.is_some());
    assert!(desk.mentions("Instead: A second look"));
    press(&mut desk, "Close panel");
    assert!(!desk.mentions("Instead: A second look"));
    press(&mut desk, "Show findings");
    press(&mut desk, "End acceptance");
    assert!(conflicts_on(&desk.book(), today())[0].accepted.is_none());
}

#[test]
fn members_and_numbers_are_kept_in_the_committee() {
    let mut desk = at(light(staffed), "Committee");
    press(&mut desk, "Add a member");
    desk.choose("Who", "Tomasz Lis");
    press(&mut desk, "Add");
    assert!(desk.mentions("Say which function they speak for"));
    desk.retype("Speaks for", "IT operations");
    press(&mut desk, "Add");
    assert_eq!(desk.book().members.len(), 3);
    press(&mut desk, "Add where to call");
    desk.retype("Conference bridge", "+49 30 901820");
    press(&mut desk, "Add a call");
    desk.choose("Call 1", "Ruth Okafor");
    press(&mut desk, "Add");
    assert!(desk.mentions("Give a number on which Ruth Okafor is called"));
    desk.retype("Number of call 1", "+49 170 1234567");
    press(&mut desk, "Add");
    let reach = reach_of(&desk.book(), None);
    assert_eq!((reach.bridge.as_str(), reach.escalation.len()), ("+49 30 901820", 1));
}

#[test]
fn a_meeting_is_planned_held_and_accepted() {
    let mut desk = at(light(staffed), "Meetings");
    assert!(desk.mentions("proposed for 13 May 2024 10:00"), "the eve of the next second Tuesday");
    press(&mut desk, "Plan a meeting…");
    desk.retype("When (Europe/Berlin)", "15 Apr 2024 09:00");
    press(&mut desk, "Plan meeting");
    open_row(&mut desk, "Meetings", 0);
    assert!(desk.shows("2 members asked, 3 needed for a quorum."));
    desk.retype("Begun", "15 Apr 2024 09:05");
    desk.choose("Presence of Ines Hartmann", "Present");
    desk.choose("Presence of Ruth Okafor", "Present");
    assert!(desk.mentions("2 of 2 voting members present, 3 needed: no quorum"));
    rewrite(&mut desk, "Decision 8", "The database window moves to Sundays");
    assert!(desk.shows("Not evidence: nobody is named as decider"));
    desk.choose("Decided by 8", "Ruth Okafor");
    press(&mut desk, "Save meeting");
    let book = desk.book();
    let meeting = &book.meetings.rows()[0];
    assert_eq!((meeting.standing(), meeting.paper_name()), (Standing::Draft, "Decision note"));
    assert!(meeting.attendance.iter().all(|one| one.presence == Presence::Present));
    assert_eq!(meeting.items[7].decided_by, Some(person(&book, "Ruth Okafor")));
    desk.choose("Accepted by", "Ruth Okafor");
    press(&mut desk, "Accept the minutes");
    assert_eq!(desk.book().meetings.rows()[0].standing(), Standing::Accepted);
    assert!(desk.mentions("The minutes no longer change"));
    let begun = desk.window.harness.get_by_role_and_label(Role::TextInput, "Begun");
    assert!(begun.accesskit_node().is_disabled());
    desk.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.book().meetings.rows()[0].standing(), Standing::Draft, "undo takes the acceptance back");
}

#[test]
fn a_meeting_that_begins_in_the_future_keeps_what_was_typed() {
    let mut desk = at(light(staffed), "Meetings");
    press(&mut desk, "Plan a meeting…");
    press(&mut desk, "Plan meeting");
    open_row(&mut desk, "Meetings", 0);
    desk.retype("Begun", "14 May 2024 10:00");
    press(&mut desk, "Save meeting");
    assert!(desk.mentions("It cannot have begun in the future"));
    assert_eq!(desk.value("Begun"), "14 May 2024 10:00");
    desk.retype("Begun", "half past nine");
    press(&mut desk, "Save meeting");
    assert!(desk.shows("Give a day and a time, such as 8 Dec 2026 10:00."));
}

#[test]
fn an_action_is_added_finished_and_given_up() {
    let mut desk = at(light(staffed), "Actions");
    press(&mut desk, "Add an action");
    desk.retype("What", "Ask the vendor for a fix");
    desk.choose("Owner", "Tomasz Lis");
    desk.retype("Due", "30 Apr 2024");
    press(&mut desk, "Add action");
    let book = desk.book();
    let action = &book.actions.rows()[0];
    assert_eq!((action.origin, action.owner), (Origin::Own, Some(person(&book, "Tomasz Lis"))));
    open_row(&mut desk, "Actions", 0);
    press(&mut desk, "Give up…");
    rewrite(&mut desk, "Why", " ");
    press(&mut desk, "Give up");
    assert!(desk.shows("Say why it is given up."));
    press(&mut desk, "Cancel");
    press(&mut desk, "Discard");
    open_row(&mut desk, "Actions", 0);
    press(&mut desk, "Done…");
    assert_eq!(desk.value("Done by"), "Tomasz Lis");
    press(&mut desk, "Record as done");
    assert!(desk.book().actions.rows()[0].done_at.is_some());
    desk.press(Modifiers::COMMAND, Key::Z);
    assert!(desk.book().actions.rows()[0].is_open(), "undo opens it again");
}

/// Everything a picture needs.
fn full(engine: &mut Engine) {
    staffed(engine);
    let at = NOW - 3600;
    run(engine, Command::Committee(CommitteeCommand::Plan { kind: MeetingKind::Committee, cycle: None, at }));
    let owner = Some(person(engine.book(), "Tomasz Lis"));
    for (what, due) in
        [("Ask the vendor of the till software for a fix", "2024-04-16"), ("Replace WEB-02", "2024-05-02")]
    {
        let row = patchbook::domain::action::Action {
            id: patchbook::domain::action::ActionId(0),
            what: what.to_owned(),
            owner,
            due_on: Some(due.parse().expect("a date")),
            origin: Origin::Own,
            created_at: 0,
            done_at: None,
            done_by: String::new(),
            result: String::new(),
            dropped_because: String::new(),
        };
        run(engine, Command::Committee(CommitteeCommand::Action(Box::new(Edit { base: None, row }))));
    }
}

#[test]
fn every_view_can_be_painted_in_both_looks() {
    for (look, mode) in [("light", Mode::Light), ("dark", Mode::Dark)] {
        let mut desk = at(desk(Setting { mode, ..Setting::default() }, full), "Roles");
        open_row(&mut desk, "Roles", 0);
        desk.window.shot(&format!("programme-roles-{look}"));
        press(&mut desk, "Assign");
        desk.window.shot(&format!("programme-assign-{look}"));
        for view in ["Matrix", "Committee", "Meetings", "Actions"] {
            desk.answer(view);
            if view == "Matrix" {
                desk.window.harness.get_by_role_and_label(Role::Grid, "Roles matrix").focus();
                desk.settle();
            }
            let path = desk.window.shot(&format!("programme-{}-{look}", view.to_lowercase()));
            assert!(std::fs::metadata(path).expect("a picture").len() > 10_000);
        }
        desk.answer("Meetings");
        open_row(&mut desk, "Meetings", 0);
        desk.window.shot(&format!("programme-meeting-{look}"));
    }
}
