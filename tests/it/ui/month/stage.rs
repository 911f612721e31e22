//! The stages of the month, each by keyboard and each with what the register must say after it.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patchbook::domain::approval::Medium;
use patchbook::domain::book::Book;
use patchbook::domain::change::line::ChangeLine;
use patchbook::domain::change::{ChangeRecord, ChangeState};
use patchbook::domain::cycle::progress::before_close;
use patchbook::domain::role::holders_on;
use patchbook::domain::run::entry::EntryKind;
use patchbook::domain::run::sheet::{Sheet, Stage};
use patchbook::ui::route::Room;

use super::super::desk::Desk;
use super::keys::{choose, open_row, press, press_like, view, write};
use super::register::{Export, LAST_WINDOW, SERVERS, STEPS};

/// The record of the server's group.
pub fn record(book: &Book) -> &ChangeRecord {
    let group = book.groups.iter().find(|group| group.name == SERVERS).map(|group| group.id);
    book.changes.iter().find(|change| change.group == group).expect("the record of the group")
}

/// Its lines.
pub fn lines(book: &Book) -> Vec<&ChangeLine> {
    patchbook::domain::change::lines(book, record(book).id)
}

fn state(desk: &Desk<'_>) -> ChangeState {
    record(&desk.book()).state
}

/// Who does, approves and looks over.
pub fn hats(desk: &mut Desk<'_>) {
    desk.go(Room::Programme);
    view(desk, "Roles");
    press(desk, "Three hats…");
    choose(desk, "Does the work", "Ada Admin");
    choose(desk, "Approves it", "Priya Baker");
    choose(desk, "Looks over it", "Iso Stern");
    press(desk, "Fold the roles");
    let book = desk.book();
    let day = "2024-04-15".parse().expect("a date");
    let names =
        |code| holders_on(&book, code, day).into_iter().map(|id| book.person_name(Some(id)).to_owned());
    assert!(book.practice.hats);
    assert!(names("BA").eq(["Priya Baker"]) && names("PA").eq(["Ada Admin"]));
}

/// A window ten days after the release, agreed by the business owner.
pub fn window(desk: &mut Desk<'_>) {
    desk.go(Room::Calendar);
    view(desk, "Rules");
    press(desk, "Add a window");
    choose(desk, "Patch group", SERVERS);
    write(desk, "Window name", "Controllers Friday night");
    write(desk, "Days after it", "10");
    write(desk, "Begins at", "21:00");
    choose(desk, "Agreed by", "Priya Baker");
    write(desk, "Agreed on", "15 Apr 2024");
    press(desk, "Add window");
    let book = desk.book();
    let window = &book.windows.rows()[0];
    assert_eq!(book.person_name(window.agreed_by), "Priya Baker");
    assert_eq!(window.name, "Controllers Friday night");
}

/// The month's cycle.
pub fn cycle(desk: &mut Desk<'_>) {
    desk.go(Room::Calendar);
    press(desk, "Begin the cycle of April 2024…");
    press(desk, "Begin cycle");
    let book = desk.book();
    assert_eq!((book.cycles.rows()[0].month.as_str(), book.cycle_steps.len()), ("2024-04", STEPS));
}

/// The records of the cycle in one go.
pub fn records(desk: &mut Desk<'_>) {
    desk.go(Room::Changes);
    press(desk, "Records of a cycle…");
    press_like(desk, "Make ");
    let book = desk.book();
    assert!(book.changes.iter().all(|change| change.state == ChangeState::Draft && change.cycle.is_some()));
    let record = record(&book);
    assert_eq!(lines(&book).len(), 1);
    // Friday in the agreed window: 21:00 to 01:00 in Berlin.
    assert_eq!((record.window_from_at, record.window_until_at), (Some(1_713_553_200), Some(1_713_567_600)));
}

/// What the bulk could not know.
pub fn fill(desk: &mut Desk<'_>, group: &str) {
    open(desk, group);
    assert!(desk.shows("What is still missing"));
    for (label, text) in [
        ("Impact on the service", "Files cannot be opened for ten minutes"),
        ("Risk of applying", "The server does not come back"),
        ("Risk of not applying", "A known flaw stays open"),
        ("Rollout plan", "Install, restart, look"),
        ("Acceptance criteria", "No calls for a week"),
        ("Back-out plan", "Remove the update; restore from the backup"),
        ("Test plan", "Install on the spare server"),
    ] {
        write(desk, label, text);
    }
    choose(desk, "Requester", "Ada Admin");
    choose(desk, "Implementer", "Ada Admin");
    choose(desk, "Tester", "Iso Stern");
    choose(desk, "System monitor", "Iso Stern");
    desk.press(Modifiers::COMMAND, Key::S);
    let book = desk.book();
    let record = record(&book);
    assert_eq!(record.plan.backout_plan, "Remove the update; restore from the backup");
    assert_eq!(book.person_name(record.implementer), "Ada Admin");
}

/// Opens a record of the list by searching it.
fn open(desk: &mut Desk<'_>, words: &str) {
    desk.go(Room::Changes);
    if desk.shows("All records") {
        desk.press(Modifiers::NONE, Key::Escape);
    }
    // Ctrl+F goes behind what was searched last.
    desk.press(Modifiers::COMMAND, Key::F);
    desk.press(Modifiers::COMMAND, Key::A);
    desk.window.harness.event(Event::Text(words.to_owned()));
    desk.settle();
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::Enter);
    assert!(desk.shows("All records"), "the record is open");
}

/// One test on a test system.
pub fn try_it(desk: &mut Desk<'_>) {
    press_like(desk, "Tests ");
    press(desk, "Add a test");
    write(desk, "What was tried", "Install and restart");
    write(desk, "Expected", "Back within ten minutes");
    write(desk, "Found", "Back after six");
    press(desk, "Save test");
    let book = desk.book();
    let test = book.tests.rows().first().expect("a test");
    assert_eq!((test.case.as_str(), book.person_name(test.tested_by)), ("Install and restart", "Iso Stern"));
}

/// Off to the business.
pub fn submit(desk: &mut Desk<'_>) {
    press(desk, "Submit");
    assert_eq!(state(desk), ChangeState::Submitted);
    assert!(desk.book().approvals.is_empty());
}

/// The answer by e-mail.
pub fn approve(desk: &mut Desk<'_>) {
    let mail = "From: Priya Baker <priya@corner.example>\r\nTo: ada@corner.example\r\nSubject: Re: go ahead\r\n\
                Date: Mon, 15 Apr 2024 10:00:00 +0200\r\nMessage-ID: <1@corner.example>\r\n\
                Content-Type: text/plain\r\n\r\nApproved.\r\n";
    let path = desk.file("approval.eml", mail);
    press(desk, "Approve");
    press(desk, "Name a file as evidence…");
    write(desk, "Path", &path.display().to_string());
    desk.press(Modifiers::NONE, Key::Enter);
    press(desk, "Record the decision");
    let book = desk.book();
    let approval = book.approvals.rows().first().expect("an approval");
    assert_eq!((approval.medium, approval.evidence_name.as_str()), (Medium::Mail, "approval.eml"));
    assert_eq!(
        approval.evidence_sha256,
        patchbook::util::hash::hex(&patchbook::util::hash::sha256(mail.as_bytes()))
    );
    assert_eq!(book.person_name(approval.person), "Priya Baker");
    assert_eq!(record(&book).state, ChangeState::Approved);
}

/// Its place in the schedule.
pub fn schedule(desk: &mut Desk<'_>) {
    press(desk, "Schedule");
    assert_eq!(state(desk), ChangeState::Scheduled);
}

/// The night from the runbook, with the record in it.
pub fn plan_night(desk: &mut Desk<'_>) {
    desk.go(Room::Night);
    press(desk, "Plan the first night");
    choose(desk, "Cycle", "2024-04");
    write(desk, "Evening of", "19 Apr 2024");
    press(desk, "Plan the night");
    let book = desk.book();
    let run = book.runs.rows().first().expect("a night");
    assert_eq!(run.changes, [record(&book).id]);
}

/// The backup is looked at, and the work begins.
pub fn start(desk: &mut Desk<'_>) {
    open(desk, SERVERS);
    assert!(desk.mentions("No verified backup for"), "no start without a backup");
    press(desk, "Record the backup");
    write(desk, "Backup job", "Nightly servers, job 4711");
    choose(desk, "Verified by", "Ada Admin");
    write(desk, "Verified at", "19 Apr 2024");
    write(desk, "Verified at, time", "20:30");
    let report = desk.file("job 4711.txt", "41 of 41 files");
    press(desk, "Name the job report…");
    write(desk, "Path", &report.display().to_string());
    desk.press(Modifiers::NONE, Key::Enter);
    desk.press(Modifiers::COMMAND, Key::S);
    assert_eq!(state(desk), ChangeState::Scheduled);
    press(desk, "Start");
    // The button of the dialog.
    press(desk, "Start");
    let book = desk.book();
    let record = record(&book);
    assert_eq!((record.state, record.started_at), (ChangeState::InProgress, Some(super::register::NIGHT)));
}

/// One step begun and ended, one issue, the end.
pub fn night(desk: &mut Desk<'_>) {
    desk.go(Room::Night);
    press_like(desk, "Patch night Fri 19 Apr 2024: Planned");
    press(desk, "Begin the night");
    for (key, words) in [(Key::B, ""), (Key::I, "The console stood still"), (Key::E, "")] {
        desk.press(Modifiers::NONE, key);
        if !words.is_empty() {
            desk.window.harness.event(Event::Text(words.to_owned()));
            desk.settle();
        }
        desk.press(Modifiers::NONE, Key::Enter);
    }
    let book = desk.book();
    let sheet = Sheet::of(&book, book.runs.rows()[0].id).expect("a night");
    assert!(sheet.steps[0].ended_at.is_some());
    assert!(
        sheet.entries.iter().any(|one| one.kind == EntryKind::Issue && one.text == "The console stood still")
    );
    press(desk, "End the night");
    assert_eq!(desk.book().runs.rows()[0].stage(), Stage::Ended);
}

/// The work is done.
pub fn finish(desk: &mut Desk<'_>) {
    open(desk, SERVERS);
    press(desk, "Finish");
    write(desk, "What came of it", "Installed, back after seven minutes");
    press(desk, "Finish");
    assert_eq!(state(desk), ChangeState::Implemented);
}

/// Monday's export.
pub fn import(desk: &mut Desk<'_>, export: &Export) {
    desk.import(&export.path("after"));
    press(desk, "Import");
    assert_eq!(desk.book().batches.len(), 2);
    assert_eq!(lines(&desk.book())[0].result, None, "an import proposes, it records nothing");
}

/// What the import shows is taken over.
pub fn verify(desk: &mut Desk<'_>) {
    open(desk, SERVERS);
    press_like(desk, "Assets ");
    press_like(desk, "Take over 1 result");
}

/// The quiet period begins.
pub fn monitor(desk: &mut Desk<'_>) {
    press(desk, "Monitor");
    let book = desk.book();
    assert_eq!(record(&book).state, ChangeState::Monitoring);
    assert_eq!(record(&book).monitor_until_at, Some(super::register::NIGHT_ENDS + 7 * 86_400));
    press(desk, "Record");
    assert!(desk.mentions("The quiet period runs until"));
}

/// After the quiet period: the review, and the end.
pub fn close(desk: &mut Desk<'_>) {
    open(desk, SERVERS);
    press(desk, "Review");
    assert_eq!(state(desk), ChangeState::Review);
    write(desk, "What the review says", "Quiet; the console needs a look");
    choose(desk, "Acceptance criteria met", "Yes");
    desk.press(Modifiers::COMMAND, Key::S);
    press(desk, "Close");
    press(desk, "Close");
}

/// The review meeting, and the action that comes of it.
pub fn review(desk: &mut Desk<'_>) {
    desk.go(Room::Programme);
    view(desk, "Meetings");
    press(desk, "Plan a meeting…");
    choose(desk, "Kind", "Cycle review");
    choose(desk, "Cycle", "2024-04");
    write(desk, "When (Europe/Berlin)", "29 Apr 2024 09:00");
    press(desk, "Plan meeting");
    open_row(desk, "Meetings", 0);
    write(desk, "Begun", "29 Apr 2024 09:00");
    write(desk, "What to improve", "Look at the console before the night");
    press(desk, "Save meeting");
    press(desk, "Add an action");
    write(desk, "What", "Replace the console");
    choose(desk, "Owner", "Ada Admin");
    write(desk, "Due", "10 May 2024");
    press(desk, "Add action");
    let book = desk.book();
    let meeting = &book.meetings.rows()[0];
    let action = book.actions.rows().last().expect("an action");
    assert_eq!(action.origin, patchbook::domain::action::Origin::Meeting(meeting.id));
    assert_eq!(
        (meeting.improve.as_str(), action.what.as_str()),
        ("Look at the console before the night", "Replace the console")
    );
}

/// Every step of the cycle is said to be done, one after the other; of one, that it was done when it was due.
pub fn settle_steps(desk: &mut Desk<'_>) {
    desk.go(Room::Calendar);
    view(desk, "Cycle");
    for step in 0..STEPS {
        open_row(desk, "Steps of the cycle", step);
        press(desk, "Done…");
        if step == LAST_WINDOW {
            assert!(desk.mentions("Patch exceptions and failures"));
            write(desk, "Done on", "20 Apr 2024");
        }
        press(desk, "Mark as done");
        desk.press(Modifiers::NONE, Key::Escape);
        let done = desk.book().cycle_steps.iter().filter(|step| step.done_at.is_some()).count();
        assert_eq!(done, step + 1);
    }
}

/// The workstation's record is still a draft: the cycle does not close over it, and says so.
pub fn close_is_refused(desk: &mut Desk<'_>) {
    desk.go(Room::Calendar);
    let close = desk.window.harness.get_by_role_and_label(Role::Button, "Close the cycle…");
    assert!(close.accesskit_node().is_disabled());
    let book = desk.book();
    let lacks = before_close(&book, book.cycles.rows()[0].id, super::register::QUIET);
    assert_eq!(lacks, ["Change records are not finished: CHG-2024-04-002. Close or cancel them first."]);
}

/// It is given up with a reason.
pub fn give_up_the_other(desk: &mut Desk<'_>) {
    open(desk, "CHG-2024-04-002");
    press(desk, "Cancel the change");
    write(desk, "Reason", "The workstation updates itself");
    press(desk, "Cancel the change");
    let book = desk.book();
    let other = book.changes.iter().find(|change| change.number == "CHG-2024-04-002").expect("the other");
    assert_eq!(
        (other.state, other.cancelled_because.as_str()),
        (ChangeState::Cancelled, "The workstation updates itself")
    );
}

/// The month is over.
pub fn close_cycle(desk: &mut Desk<'_>) {
    desk.go(Room::Calendar);
    press(desk, "Close the cycle…");
    press(desk, "Close cycle");
    let book = desk.book();
    assert!(book.cycles.rows()[0].closed_at.is_some());
    assert_eq!(book.cycles.rows()[0].closed_by, "Ada Admin");
}
