//! Calendar: the month by keyboard, a cycle begun after it was shown, its steps settled, its rules changed in place.

use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patchbook::app::Engine;
use patchbook::domain::asset::AssetKind;
use patchbook::domain::calendar::window::{MaintenanceWindow, Recurs, WindowId};
use patchbook::domain::command::{CalendarCommand, Command, CycleCommand, Edit};
use patchbook::domain::cycle::CycleKind;
use patchbook::ui::route::Room;
use patchbook::ui::theme::Mode;

use super::desk::{Desk, add, desk, hire, import, light, run};
use crate::widgets::support::Setting;

fn calendar(fill: impl FnOnce(&mut Engine)) -> Desk<'static> {
    let mut desk = light(fill);
    desk.go(Room::Calendar);
    desk
}

/// Presses a button wherever the page is scrolled to.
fn press(desk: &mut Desk<'_>, label: &str) {
    desk.window.harness.get_by_role_and_label(Role::Button, label).click_accesskit();
    desk.settle();
}

/// Begins the cycle of April 2024, in which the tests live.
fn begin_april(engine: &mut Engine) {
    let monthly = |row: &&patchbook::domain::cycle::template::CycleTemplate| row.kind == CycleKind::Monthly;
    let template = engine.book().cycle_templates.rows().iter().find(monthly).expect("a template").id;
    run(engine, Command::Cycle(CycleCommand::Begin { template, month: "2024-04".to_owned() }));
}

/// A window of the first group, the third day after the first release rule.
fn add_window(engine: &mut Engine, name: &str) {
    let book = engine.book();
    let rule = patchbook::domain::cycle::forecast::release_rule(book).expect("a rule").id;
    let group = book.groups_in_order()[0].id;
    let row = MaintenanceWindow {
        id: WindowId(0),
        group,
        name: name.to_owned(),
        recurs: Recurs::Release { rule, days: 3 },
        start: "21:00".to_owned(),
        minutes: 240,
        zone: String::new(),
        agreed_by: None,
        agreed_on: None,
        agreed_until_on: None,
        evidence_name: String::new(),
        evidence_sha256: String::new(),
        ended_at: None,
    };
    run(engine, Command::Calendar(CalendarCommand::Window(Box::new(Edit { base: None, row }))));
}

fn living(engine: &mut Engine) {
    import(engine, &["golden"]);
    add(engine, "WS-900", AssetKind::Workstation);
    for name in ["Bo Berg", "Cy Chen"] {
        hire(engine, name);
    }
    add_window(engine, "Controllers Friday night");
    begin_april(engine);
}

fn view(desk: &mut Desk<'_>, name: &str) {
    desk.answer(name);
}

/// Gives the grid of the month the keyboard.
fn grid(desk: &mut Desk<'_>, month: &str) {
    desk.window.harness.get_by_role_and_label(Role::Grid, month).focus();
    desk.settle();
}

fn day_of(desk: &Desk<'_>) -> String {
    let grid = desk.window.harness.get_by_role(Role::Grid);
    let words = grid.accesskit_node().description().unwrap_or_default();
    words.split(',').next().unwrap_or_default().to_owned()
}

#[test]
fn the_keyboard_moves_the_day_the_month_and_back_to_today() {
    let mut desk = calendar(living);
    grid(&mut desk, "April 2024");
    assert_eq!(day_of(&desk), "Mon 15 Apr 2024");
    desk.press(Modifiers::NONE, Key::ArrowRight);
    desk.press(Modifiers::NONE, Key::ArrowDown);
    assert_eq!(day_of(&desk), "Tue 23 Apr 2024");
    desk.press(Modifiers::NONE, Key::PageDown);
    assert!(desk.shows("May 2024"));
    assert_eq!(day_of(&desk), "Thu 23 May 2024");
    desk.press(Modifiers::NONE, Key::PageUp);
    desk.press(Modifiers::NONE, Key::Home);
    assert_eq!(day_of(&desk), "Mon 15 Apr 2024");
}

#[test]
fn a_day_opens_beside_the_month_and_its_lines_lead_on() {
    let mut desk = calendar(living);
    grid(&mut desk, "April 2024");
    desk.press(Modifiers::NONE, Key::Enter);
    assert!(desk.shows("09:00 Import the patch states"), "the lines of the day");
    desk.window.harness.get_by_role_and_label(Role::Link, "09:00 Import the patch states").click_accesskit();
    desk.settle();
    assert!(desk.shows("Steps of the cycle"), "the step opens in its cycle");
    assert!(desk.shows("Mark as done") || desk.shows("Done…"));
}

#[test]
fn a_day_with_more_than_fits_says_how_many_and_reads_all_of_them() {
    let desk = calendar(living);
    let day = desk.window.harness.get_by_label_contains("Tue 9 Apr 2024, ");
    let words = day.accesskit_node().label().unwrap_or_default();
    for title in ["Microsoft Security updates", "The vendor releases", "Deploy to the test systems"] {
        assert!(words.contains(title), "{title} in {words}");
    }
}

#[test]
fn a_cycle_is_shown_before_it_is_written_and_undone_as_one() {
    let mut desk = calendar(|_| ());
    assert!(desk.shows("Begin the cycle of April 2024…"));
    press(&mut desk, "Begin the cycle of April 2024…");
    assert!(desk.shows("Steps to be written"));
    assert!(desk.mentions("Day 0 is 9 Apr 2024"));
    assert!(desk.book().cycles.is_empty(), "nothing is written by looking");
    press(&mut desk, "Begin cycle");
    let book = desk.book();
    assert_eq!(book.cycles.rows()[0].month, "2024-04");
    assert_eq!(book.cycle_steps.len(), 18);
    assert!(desk.shows("Steps of the cycle"));
    assert!(desk.shows("Begin the cycle of May 2024…"));
    press(&mut desk, "Undo");
    assert!(desk.shows("No cycle has begun yet"));
}

#[test]
fn a_step_is_left_out_with_a_reason_only_and_opened_again() {
    let mut desk = calendar(living);
    grid(&mut desk, "April 2024");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.window.harness.get_by_role_and_label(Role::Link, "09:00 Import the patch states").click_accesskit();
    desk.settle();
    press(&mut desk, "Leave out…");
    press(&mut desk, "Leave out");
    assert!(desk.shows("Say why the step is left out."));
    desk.retype("Why it is left out", "The server was down all week");
    press(&mut desk, "Leave out");
    let step = |desk: &Desk<'_>| {
        let book = desk.book();
        book.cycle_steps
            .rows()
            .iter()
            .find(|row| row.title == "Import the patch states")
            .cloned()
            .expect("a step")
    };
    assert_eq!(step(&desk).skipped_because, "The server was down all week");
    press(&mut desk, "Open again");
    press(&mut desk, "Done…");
    desk.retype("Done by", "  ");
    press(&mut desk, "Mark as done");
    assert!(desk.shows("Say who did it."));
    desk.retype("Done by", "Bo Berg");
    press(&mut desk, "Mark as done");
    assert_eq!(step(&desk).done_by, "Bo Berg");
}

#[test]
fn a_step_moves_with_a_reason_and_the_date_it_had_stays_beside_it() {
    let mut desk = calendar(living);
    grid(&mut desk, "April 2024");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.window.harness.get_by_role_and_label(Role::Link, "09:00 Import the patch states").click_accesskit();
    desk.settle();
    press(&mut desk, "Change…");
    desk.retype("Time", "16:00");
    press(&mut desk, "Save step");
    assert!(desk.shows("Say why the step moves; the date it had stays beside it."));
    assert_eq!(desk.value("Time"), "16:00", "the draft survives");
    desk.retype("Why it moves", "The export runs at noon");
    press(&mut desk, "Save step");
    assert!(desk.shows("Planned"));
    assert!(desk.shows("The export runs at noon"));
    let book = desk.book();
    let step =
        book.cycle_steps.rows().iter().find(|row| row.title == "Import the patch states").expect("a step");
    assert_eq!(step.due_at - step.planned_at, 7 * 3600);
}

#[test]
fn a_window_without_a_name_is_refused_under_the_field_and_the_draft_stays() {
    let mut desk = calendar(|engine| hire(engine, "Bo Berg"));
    view(&mut desk, "Rules");
    assert!(desk.mentions("No group has a window yet"));
    press(&mut desk, "Add a window");
    desk.retype("Begins at", "25:00");
    desk.retype("Length (hours)", "1.5");
    press(&mut desk, "Add window");
    assert!(desk.shows("Give the window a name, such as Servers Friday night."));
    assert!(desk.shows("Write the time like 21:00."));
    assert_eq!(desk.value("Length (hours)"), "1.5");
    desk.retype("Window name", "Controllers");
    desk.retype("Begins at", "22:30");
    desk.choose("Agreed by", "Bo Berg");
    desk.retype("Agreed on", "1 Apr 2024");
    press(&mut desk, "Add window");
    let book = desk.book();
    let row = &book.windows.rows()[0];
    assert_eq!((row.name.as_str(), row.start.as_str(), row.minutes), ("Controllers", "22:30", 90));
    assert_eq!(book.person_name(row.agreed_by), "Bo Berg");
    assert!(desk.shows("Change Controllers"));
}

#[test]
fn a_rule_that_was_taken_off_meanwhile_keeps_what_was_typed() {
    let mut desk = calendar(|engine| add_window(engine, "Controllers"));
    view(&mut desk, "Rules");
    press(&mut desk, "Change Controllers");
    desk.retype("Window name", "Controllers at night");
    press(&mut desk, "Undo");
    assert!(desk.mentions("It was taken off the calendar meanwhile"));
    assert_eq!(desk.value("Window name"), "Controllers at night");
    press(&mut desk, "Save window");
    assert!(desk.mentions("It is no longer on the calendar"));
    assert!(desk.book().windows.is_empty());
}

#[test]
fn a_holiday_is_added_and_shows_in_the_month() {
    let mut desk = calendar(|_| ());
    view(&mut desk, "Rules");
    press(&mut desk, "Add a holiday or freeze");
    desk.retype("Name of it", "May Day");
    desk.retype("First day", "1 May 2024");
    desk.retype("Last day", "30 Apr 2024");
    press(&mut desk, "Add holiday or freeze");
    assert!(desk.shows("The last day lies before the first. Choose a later one."));
    desk.retype("Last day", "1 May 2024");
    press(&mut desk, "Add holiday or freeze");
    view(&mut desk, "Month");
    assert!(desk.mentions("Wed 1 May 2024, 1 entry: Holiday May Day"));
}

#[test]
fn a_step_of_a_template_is_changed_in_place_and_saved_as_one() {
    let mut desk = calendar(|_| ());
    view(&mut desk, "Rules");
    press(&mut desk, "Change The month");
    press(&mut desk, "Change step 1");
    desk.retype("What is to be done", "Write to the committee");
    press(&mut desk, "Fold the step");
    press(&mut desk, "Remove step 2");
    press(&mut desk, "Save cycle template");
    let book = desk.book();
    let row = book.cycle_templates.rows().iter().find(|row| row.name == "The month").expect("the template");
    assert_eq!((row.steps[0].title.as_str(), row.steps.len()), ("Write to the committee", 17));
}

#[test]
fn the_forecast_says_in_one_sentence_whether_the_promise_is_met() {
    let mut desk = calendar(living);
    view(&mut desk, "Forecast");
    assert!(desk.mentions("The calendar does not meet the promise in 24 of 24 months; the first is"));
    assert!(desk.shows("Months that fail"));
    let mut empty = calendar(|_| ());
    view(&mut empty, "Forecast");
    assert!(empty.shows("Nothing to forecast yet"));
}

#[test]
fn a_finding_of_the_schedule_opens_the_window_it_is_about() {
    let mut desk = calendar(living);
    view(&mut desk, "Schedule checks");
    assert!(desk.mentions("Window not agreed: 1"));
    desk.window.harness.get_by_role_and_label(Role::Link, "Window of Domain controllers").click_accesskit();
    desk.settle();
    assert_eq!(desk.value("Window name"), "Controllers Friday night");
}

#[test]
fn the_agenda_is_searched_and_its_lines_open() {
    let mut desk = calendar(living);
    view(&mut desk, "Agenda");
    assert!(desk.shows("Agenda"));
    desk.press(Modifiers::COMMAND, Key::F);
    desk.window.harness.event(egui::Event::Text("review the month".to_owned()));
    desk.settle();
    assert!(desk.mentions("1 of "));
    desk.window.harness.get_by_role_and_label(Role::Table, "Agenda").focus();
    desk.settle();
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::Enter);
    assert!(desk.shows("Steps of the cycle"));
}

#[test]
fn the_calendar_is_saved_for_other_programs() {
    let mut desk = calendar(living);
    let path = desk.file("calendar.ics", "");
    press(&mut desk, "Save as .ics…");
    desk.retype("Path", &path.display().to_string());
    desk.press(Modifiers::NONE, Key::Enter);
    let text = std::fs::read_to_string(path).expect("a calendar");
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.contains("Patch servers and workstations"));
}

#[test]
fn the_view_is_remembered() {
    let mut desk = calendar(living);
    view(&mut desk, "Agenda");
    let kept = &desk.window.harness.state().preferences().tables;
    assert_eq!(kept.get("calendar view").and_then(|value| value.as_str()), Some("Agenda"));
}

#[test]
fn today_shows_the_cycle_and_what_waits_and_leads_to_both() {
    let mut desk = light(living);
    desk.go(Room::Today);
    assert!(desk.shows("Cycle of April 2024"));
    assert!(desk.mentions("Next in 4 days: Monitor in production"));
    assert!(desk.mentions("Steps overdue: 14, The oldest since Mon 1 Apr 2024"));
    assert!(desk.mentions("Schedule findings: "));
    press(&mut desk, "Open the cycle");
    assert!(desk.shows("Steps of the cycle"));
    desk.go(Room::Today);
    desk.window.harness.get_by_label_contains("Schedule findings: ").click_accesskit();
    desk.settle();
    assert!(desk.mentions("Window not agreed: 1"));
}

#[test]
fn a_catch_up_campaign_needs_a_reason_and_burns_down() {
    let mut desk = calendar(living);
    view(&mut desk, "Cycle");
    press(&mut desk, "Catch-up campaign…");
    press(&mut desk, "Begin campaign");
    assert!(desk.shows("Say why the campaign is begun."));
    desk.retype("Reason of the campaign", "Two years of updates on the tills");
    press(&mut desk, "Begin campaign");
    assert!(desk.book().cycles.rows().iter().any(|cycle| cycle.kind == CycleKind::CatchUp));
    assert!(desk.mentions("Burndown: "));
}

#[test]
fn a_cycle_closes_only_when_every_step_is_settled_and_is_given_up_with_a_reason() {
    let mut desk = calendar(living);
    view(&mut desk, "Cycle");
    let close = desk.window.harness.get_by_role_and_label(Role::Button, "Close the cycle…");
    assert!(close.accesskit_node().is_disabled());
    press(&mut desk, "Give up…");
    press(&mut desk, "Give up");
    assert!(desk.mentions("Say why the cycle is given up."));
    desk.retype("Why it is given up", "Begun from the wrong template");
    press(&mut desk, "Give up");
    assert_eq!(desk.book().cycles.rows()[0].cancelled_because, "Begun from the wrong template");
}

#[test]
fn every_view_can_be_painted_in_both_looks() {
    for (look, mode) in [("light", Mode::Light), ("dark", Mode::Dark)] {
        let setting = Setting { mode, ..Setting::default() };
        for name in ["Month", "Agenda", "Cycle", "Forecast", "Schedule checks", "Rules"] {
            let mut page = desk(setting, living);
            page.go(Room::Calendar);
            page.answer(name);
            match name {
                "Month" => {
                    grid(&mut page, "April 2024");
                    page.press(Modifiers::NONE, Key::ArrowLeft);
                    page.press(Modifiers::NONE, Key::Enter);
                }
                "Rules" => {
                    press(&mut page, "Add a window");
                    press(&mut page, "Add window");
                }
                _ => {}
            }
            let view = name.to_lowercase().replace(' ', "-");
            let path = page.window.shot(&format!("calendar-{view}-{look}"));
            assert!(std::fs::metadata(path).expect("a picture").len() > 10_000);
        }
        let mut page = desk(Setting { mode, size: vec2(1280.0, 1500.0), ..Setting::default() }, living);
        page.go(Room::Calendar);
        press(&mut page, "Begin the cycle of May 2024…");
        page.window.shot(&format!("calendar-begin-{look}"));
        page.go(Room::Today);
        page.window.shot(&format!("calendar-today-{look}"));
    }
}
