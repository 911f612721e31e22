//! One record by keyboard and mouse: made, submitted, approved, and what stops it.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patchbook::domain::approval::Medium;
use patchbook::domain::change::ChangeState;

use super::super::desk::Desk;
use super::shop::{changes, open_record, press, record, shop};

fn disabled(desk: &Desk<'_>, label: &str) -> bool {
    desk.window.harness.get_by_role_and_label(Role::Button, label).accesskit_node().is_disabled()
}

#[test]
fn an_empty_list_says_what_a_change_record_is_and_offers_the_way_in() {
    let mut desk = changes(|_| ());
    assert!(desk.shows("No change records yet"));
    press(&mut desk, "New record");
    assert!(desk.shows("New change record"));
}

#[test]
fn a_record_is_made_by_keyboard_and_opens_as_a_draft_that_says_what_is_missing() {
    let mut desk = changes(shop);
    desk.press(Modifiers::COMMAND, Key::N);
    desk.retype("Title", "April updates");
    desk.press(Modifiers::COMMAND, Key::S);
    let book = desk.book();
    let made = book.changes.rows().first().expect("a record");
    assert_eq!((made.title.as_str(), made.state), ("April updates", ChangeState::Draft));
    assert!(desk.mentions(&made.number));
    assert!(desk.shows("What is still missing"));
    assert!(desk.mentions("Back-out plan is missing"));
    assert!(disabled(&desk, "Submit"));
}

#[test]
fn a_record_without_a_title_is_refused_under_the_field_and_the_dialog_stays() {
    let mut desk = changes(shop);
    desk.press(Modifiers::COMMAND, Key::N);
    press(&mut desk, "Make the record");
    assert!(desk.mentions("Give the change a title"));
    assert!(desk.book().changes.is_empty());
    assert!(desk.shows("New change record"));
}

#[test]
fn the_list_states_what_it_shows_and_a_search_narrows_it() {
    let mut desk = changes(record);
    let table = |desk: &Desk<'_>| {
        let table = desk.window.harness.get_by_role_and_label(Role::Table, "Change records");
        table.accesskit_node().description().unwrap_or_default()
    };
    assert_eq!(table(&desk), "All 1 change record");
    desk.press(Modifiers::COMMAND, Key::F);
    desk.window.harness.event(egui::Event::Text("nothing like it".to_owned()));
    desk.settle();
    assert_eq!(table(&desk), "0 of 1 change records: “nothing like it”");
}

#[test]
fn a_field_that_a_state_locks_is_read_only_in_the_window() {
    let mut desk = open_record();
    assert_eq!(lines(&desk, "Back-out plan"), "Remove the update; restore from the backup");
    press(&mut desk, "Submit");
    assert_eq!(desk.book().changes.rows()[0].state, ChangeState::Submitted);
    let fields = desk.window.harness.query_all_by_role_and_label(Role::MultilineTextInput, "Back-out plan");
    assert_eq!(fields.count(), 0);
    assert!(desk.shows("Remove the update; restore from the backup"));
}

#[test]
fn text_typed_into_a_record_survives_a_change_meanwhile_and_both_ways_out_work() {
    let mut desk = open_record();
    desk.retype("Title", "April updates, both controllers");
    desk.press(Modifiers::COMMAND, Key::S);
    desk.retype("Title", "Mine");
    press(&mut desk, "Undo");
    assert!(desk.mentions("This was changed meanwhile. What you typed is kept."));
    assert_eq!(desk.value("Title"), "Mine");
    press(&mut desk, "Keep what I typed");
    desk.press(Modifiers::COMMAND, Key::S);
    assert_eq!(desk.book().changes.rows()[0].title, "Mine");
}

#[test]
fn leaving_a_record_asks_only_if_something_would_be_lost() {
    let mut desk = open_record();
    desk.press(Modifiers::NONE, Key::Escape);
    assert!(desk.shows("Search change records"));
    desk.press(Modifiers::NONE, Key::Enter);
    desk.retype("Title", "Half a thought");
    press(&mut desk, "All records");
    assert!(desk.mentions("Save the changes to CHG-"));
    desk.button("Discard");
    assert!(desk.shows("Search change records"));
    assert_eq!(desk.book().changes.rows()[0].title, "April updates, domain controllers");
}

fn submitted() -> Desk<'static> {
    let mut desk = open_record();
    press(&mut desk, "Submit");
    desk
}

#[test]
fn an_approval_is_recorded_with_who_told_it_and_without_evidence_says_so() {
    let mut desk = submitted();
    press(&mut desk, "Approve");
    desk.choose("Decided by", "Priya Baker");
    assert_eq!(desk.value("As what"), "Business owner");
    desk.choose("Told", "Phone");
    press(&mut desk, "Record the decision");
    let book = desk.book();
    assert_eq!(book.changes.rows()[0].state, ChangeState::Approved);
    assert_eq!(book.approvals.rows()[0].medium, Medium::Phone);
    assert!(desk.mentions("as decided by Priya Baker (Business owner) on the phone, no evidence"));
}

#[test]
fn a_decision_without_a_person_is_refused_under_the_fields_and_nothing_typed_is_lost() {
    let mut desk = submitted();
    press(&mut desk, "Approve");
    desk.retype("What they said", "Go");
    press(&mut desk, "Record the decision");
    assert!(desk.mentions("Choose who decided."));
    assert!(desk.mentions("Choose how they told."));
    assert_eq!(desk.value("What they said"), "Go");
    assert!(desk.book().approvals.is_empty());
}

#[test]
fn a_mail_that_is_dropped_fills_the_approver_the_time_and_the_evidence() {
    let mut desk = submitted();
    press(&mut desk, "Approve");
    let mail = "From: Priya Baker <priya@corner.example>\r\nTo: ada@corner.example\r\nSubject: Re: go ahead\r\n\
                Date: Mon, 15 Apr 2024 10:00:00 +0200\r\nMessage-ID: <1@corner.example>\r\n\
                Content-Type: text/plain\r\n\r\nApproved.\r\n";
    let path = desk.file("approval.eml", mail);
    press(&mut desk, "Name a file as evidence…");
    desk.retype("Path", &path.display().to_string());
    desk.press(Modifiers::NONE, Key::Enter);
    desk.settle();
    assert_eq!(desk.value("As what"), "Business owner");
    assert_eq!(desk.value("What they said"), "Re: go ahead");
    assert!(desk.mentions("That is what it says, not proof"));
    press(&mut desk, "Record the decision");
    let book = desk.book();
    let approval = &book.approvals.rows()[0];
    assert_eq!(approval.evidence_name, "approval.eml");
    assert_eq!(approval.evidence_sha256.len(), 64);
    // Ten o'clock in Berlin's summer time.
    assert_eq!(approval.decided_at, 1_713_168_000);
}

#[test]
fn a_window_that_the_clocks_leave_out_is_named_and_not_moved() {
    let mut desk = open_record();
    desk.retype("Window begins", "31 Mar 2024");
    desk.retype("Window begins, time", "02:30");
    assert!(desk.mentions("does not exist on Sun 31 Mar 2024 in Europe/Berlin"));
    desk.press(Modifiers::COMMAND, Key::S);
    assert_eq!(desk.value("Window begins, time"), "02:30");
    assert_ne!(desk.book().changes.rows()[0].window_from_at, Some(1_711_846_800));
}

#[test]
fn undoing_text_never_brings_words_of_one_record_into_another() {
    let mut desk = changes(|engine| {
        record(engine);
        use patchbook::domain::change::{ChangeKind, ChangeRecord};
        use patchbook::domain::command::{ChangeCommand, Command, Edit};
        let row = ChangeRecord { title: "Second".to_owned(), ..ChangeRecord::new(ChangeKind::Normal) };
        super::super::desk::run(
            engine,
            Command::Change(ChangeCommand::Save(Box::new(Edit { base: None, row }))),
        );
    });
    desk.press(Modifiers::COMMAND, Key::F);
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::Enter);
    let first = desk.value("Title");
    desk.retype("Title", "Typed here");
    press(&mut desk, "All records");
    desk.button("Discard");
    desk.press(Modifiers::COMMAND, Key::F);
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::Enter);
    let second = desk.value("Title");
    assert_ne!(first, second);
    desk.window.harness.get_by_role_and_label(Role::TextInput, "Title").focus();
    desk.settle();
    for _ in 0..4 {
        desk.press(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(desk.value("Title"), second);
}

#[test]
fn assets_are_added_by_typing_and_their_results_recorded_together() {
    let mut desk = open_record();
    press(&mut desk, "Assets 2");
    assert!(desk.mentions("2 assets in the record"));
    desk.window.harness.get_by_role_and_label(Role::Table, "Assets of the record").focus();
    desk.settle();
    desk.press(Modifiers::COMMAND, Key::A);
    press(&mut desk, "Edit 2 ticked…");
    desk.retype("Ring", "2");
    press(&mut desk, "Apply to all");
    assert!(desk.book().change_lines.iter().all(|line| line.ring == 2));
}

/// What an input of several lines holds.
fn lines(desk: &Desk<'_>, label: &str) -> String {
    let node = desk.window.harness.get_by_role_and_label(Role::MultilineTextInput, label);
    node.accesskit_node().value().unwrap_or_default()
}

#[test]
fn a_decision_on_a_record_that_was_taken_back_meanwhile_is_named_and_the_draft_stays() {
    let mut desk = submitted();
    press(&mut desk, "Approve");
    desk.choose("Decided by", "Priya Baker");
    desk.choose("Told", "Phone");
    desk.retype("What they said", "Go ahead");
    // Somebody takes the submission back behind the dialog.
    press(&mut desk, "Undo");
    assert_eq!(desk.book().changes.rows()[0].state, ChangeState::Draft);
    press(&mut desk, "Record the decision");
    assert!(desk.mentions("A normal change that is draft is not approved now. Submit it first."));
    assert_eq!(desk.value("What they said"), "Go ahead");
    assert!(desk.book().approvals.is_empty());
}

#[test]
fn two_duties_in_one_hand_are_named_and_accepted_openly() {
    let mut desk = submitted();
    press(&mut desk, "Approve");
    desk.choose("Decided by", "Ada Admin");
    desk.choose("Told", "In the program");
    press(&mut desk, "Record the decision");
    assert!(desk.mentions("decided on their own request"));
    press(&mut desk, "Decisions 1");
    assert!(desk.mentions("Approver is the requester: Ada Admin. Not accepted by anybody."));
    press(&mut desk, "Accept it openly…");
    desk.retype("Accepted by", "Priya Baker");
    desk.retype("What takes the place of the separation", "The committee reads the log");
    press(&mut desk, "Accept the conflict");
    assert_eq!(desk.book().duty_conflicts.len(), 1);
    assert!(desk.mentions("Accepted by Priya Baker: The committee reads the log"));
}
