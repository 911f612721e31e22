//! Forms by keyboard, and the traps of data entry that must never come back.

use chrono::NaiveDate;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patchbook::ui::theme::Tone;
use patchbook::ui::widget::{
    Banner, Button, DateField, Dropdown, Field, FilterChip, GridColumn, PathEvent, SearchBox, TickBox,
    choice_ui, date_text, grid_ui, path_field_ui,
};

use super::gallery::today;
use super::support::{window, window_over};

const KINDS: [&str; 5] = ["Laptop", "Desktop", "Server", "Printer", "Phone"];

#[derive(Default)]
struct Form {
    record: u64,
    text: String,
    chosen: Option<usize>,
    clicks: usize,
    on: bool,
    event: Option<PathEvent>,
}

#[test]
fn a_field_is_named_by_its_label_and_tells_its_issue() {
    let mut window = window_over(Form::default(), |ui, form: &mut Form| {
        Field::new(1, "Cost", &mut form.text).unit("£").required().issue(Some("Not an amount")).ui(ui);
    });
    let harness = &mut window.harness;
    let input = harness.get_by_role_and_label(Role::TextInput, "Cost (£)");
    assert!(input.accesskit_node().is_required());
    assert_eq!(input.accesskit_node().description().as_deref(), Some("Not an amount"));
    input.focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Cost (£)").type_text("12");
    harness.run();
    assert_eq!(harness.state().text, "12");
    harness.get_by_label("Not an amount");
}

#[test]
fn undoing_text_never_brings_one_records_words_into_another() {
    let mut window = window_over(Form { record: 1, text: "Anna".into(), ..Form::default() }, |ui, form| {
        Field::new(form.record, "Owner", &mut form.text).ui(ui);
    });
    let harness = &mut window.harness;
    harness.get_by_role_and_label(Role::TextInput, "Owner").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Owner").type_text(" Berg");
    harness.run_steps(4);
    harness.state_mut().record = 2;
    harness.state_mut().text = "Boris".into();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Owner").focus();
    harness.run();
    for _ in 0..5 {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        harness.run();
    }
    assert_eq!(harness.state().text, "Boris");
}

#[test]
fn undoing_text_never_goes_behind_a_reload_of_the_same_record() {
    let mut window = window_over(Form { record: 1, text: "Anna".into(), ..Form::default() }, |ui, form| {
        Field::new(form.record, "Owner", &mut form.text).ui(ui);
    });
    let harness = &mut window.harness;
    harness.get_by_role_and_label(Role::TextInput, "Owner").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Owner").type_text("x");
    harness.run_steps(4);
    harness.state_mut().text = "Reloaded".into();
    harness.run();
    for _ in 0..5 {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        harness.run();
    }
    assert_eq!(harness.state().text, "Reloaded");
}

#[test]
fn typed_text_can_still_be_undone_within_its_record() {
    let mut window = window_over(Form { text: "Anna".into(), ..Form::default() }, |ui, form| {
        Field::new(1, "Owner", &mut form.text).ui(ui);
    });
    let harness = &mut window.harness;
    harness.get_by_role_and_label(Role::TextInput, "Owner").focus();
    harness.run();
    harness.key_press(Key::End);
    harness.run_steps(90);
    harness.get_by_role_and_label(Role::TextInput, "Owner").type_text(" Berg");
    harness.run_steps(90);
    assert_eq!(harness.state().text, "Anna Berg");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    assert_eq!(harness.state().text, "Anna");
}

fn dropdown_form<'a>() -> super::support::Window<'a, Form> {
    let mut window = window_over(Form::default(), |ui, form: &mut Form| {
        Dropdown::new(1, "Kind", &KINDS, &mut form.chosen).ui(ui);
        if ui.add(Button::secondary("Next")).clicked() {
            form.clicks += 1;
        }
    });
    window.harness.get_by_role_and_label(Role::ComboBox, "Kind").focus();
    window.harness.run();
    window
}

#[test]
fn a_dropdown_is_opened_moved_and_chosen_by_keyboard_and_keeps_it() {
    let mut window = dropdown_form();
    let harness = &mut window.harness;
    harness.key_press(Key::Space);
    harness.run();
    harness.get_by_role_and_label(Role::ListBoxOption, "Server");
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().chosen, Some(2));
    assert!(harness.query_by_role_and_label(Role::ListBoxOption, "Server").is_none(), "the list is closed");
    let button = harness.get_by_role_and_label(Role::ComboBox, "Kind");
    assert!(button.is_focused());
    assert_eq!(button.value().as_deref(), Some("Server"));
}

#[test]
fn escape_leaves_a_dropdown_as_it_was_and_keeps_the_keyboard() {
    let mut window = dropdown_form();
    let harness = &mut window.harness;
    for key in [Key::Enter, Key::ArrowDown, Key::Escape] {
        harness.key_press(key);
        harness.run();
    }
    assert_eq!(harness.state().chosen, None);
    assert!(harness.query_by_role(Role::ListBoxOption).is_none());
    assert!(harness.get_by_role_and_label(Role::ComboBox, "Kind").is_focused());
    harness.key_press(Key::Tab);
    harness.run();
    assert!(harness.get_by_role_and_label(Role::Button, "Next").is_focused());
}

#[test]
fn letters_jump_to_the_option_they_begin() {
    let mut window = dropdown_form();
    let harness = &mut window.harness;
    harness.key_press(Key::Space);
    harness.run();
    harness.get_by_role_and_label(Role::ComboBox, "Kind").type_text("pho");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().chosen, Some(4));
}

#[test]
fn a_click_opens_a_dropdown_and_a_click_chooses() {
    let mut window = dropdown_form();
    let harness = &mut window.harness;
    harness.get_by_role_and_label(Role::ComboBox, "Kind").click();
    harness.run();
    harness.get_by_role_and_label(Role::ListBoxOption, "Printer").click();
    harness.run();
    assert_eq!(harness.state().chosen, Some(3));
    assert!(harness.query_by_role(Role::ListBoxOption).is_none());
    assert!(harness.get_by_role_and_label(Role::ComboBox, "Kind").is_focused());
}

#[test]
fn dates_are_understood_as_people_write_them() {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
    for (text, wanted) in [
        ("2026-12-08", day(2026, 12, 8)),
        ("20261208", day(2026, 12, 8)),
        ("8.12.2026", day(2026, 12, 8)),
        ("8/12/26", day(2026, 12, 8)),
        ("8.12.", day(2026, 12, 8)),
        ("8 Dec 2026", day(2026, 12, 8)),
        ("dec 8, 2026", day(2026, 12, 8)),
        ("8th december", day(2026, 12, 8)),
        ("Tue 8 Dec 2026", day(2026, 12, 8)),
        ("2026 Dec 8", day(2026, 12, 8)),
        ("dec 2026", day(2026, 12, 1)),
        ("today", day(2026, 11, 22)),
        ("Tomorrow", day(2026, 11, 23)),
        ("fri", day(2026, 11, 27)),
        ("next sunday", day(2026, 11, 29)),
        ("+10", day(2026, 12, 2)),
        ("+2w", day(2026, 12, 6)),
        ("-1m", day(2026, 10, 22)),
        ("31.2.2026", None),
        ("soon", None),
        ("", None),
        ("+99999999999", None),
        ("+4000000000y", None),
        ("8.12.2026.1", None),
    ] {
        assert_eq!(date_text::read(text, today()), wanted, "{text:?}");
    }
}

#[test]
fn a_date_as_it_is_written_is_read_again() {
    let date = NaiveDate::from_ymd_opt(2024, 2, 29).expect("a leap day");
    assert_eq!(date_text::say(date), "Thu 29 Feb 2024");
    assert_eq!(date_text::read(&date_text::say(date), today()), Some(date));
}

#[test]
fn a_date_field_echoes_what_it_understood_and_says_what_it_did_not() {
    let mut window = window_over(Form { text: "8.12.26".into(), ..Form::default() }, |ui, form| {
        DateField::new(1, "Warranty ends", &mut form.text, today()).ui(ui);
    });
    let harness = &mut window.harness;
    harness.get_by_label("Tue 8 Dec 2026");
    harness.state_mut().text = "someday".into();
    harness.run();
    assert!(harness.query_by_label_contains("Not a date").is_some());
}

#[test]
fn a_date_is_picked_by_keyboard_and_escape_keeps_it() {
    let mut window = window_over(Form { text: "8.12.26".into(), ..Form::default() }, |ui, form| {
        DateField::new(1, "Warranty ends", &mut form.text, today()).ui(ui);
    });
    let harness = &mut window.harness;
    harness.get_by_role_and_label(Role::Button, "Pick warranty ends").focus();
    harness.run();
    for key in [Key::Space, Key::ArrowRight, Key::ArrowDown, Key::PageDown, Key::Enter] {
        harness.key_press(key);
        harness.run();
    }
    assert_eq!(harness.state().text, "Sat 16 Jan 2027");
    assert!(harness.get_by_role_and_label(Role::Button, "Pick warranty ends").is_focused());
    for key in [Key::Enter, Key::ArrowRight, Key::Escape] {
        harness.key_press(key);
        harness.run();
    }
    assert_eq!(harness.state().text, "Sat 16 Jan 2027");
    assert!(harness.query_by_label("Next month").is_none(), "the calendar is closed");
    assert!(harness.get_by_role_and_label(Role::Button, "Pick warranty ends").is_focused());
}

#[test]
fn a_date_is_picked_by_a_click() {
    let mut window = window_over(Form { text: "8.12.26".into(), ..Form::default() }, |ui, form| {
        DateField::new(1, "Warranty ends", &mut form.text, today()).ui(ui);
    });
    let harness = &mut window.harness;
    harness.get_by_label("Pick warranty ends").click();
    harness.run();
    harness.get_by_label("Next month").click();
    harness.run();
    harness.get_by_label("Fri 15 Jan 2027").click();
    harness.run();
    assert_eq!(harness.state().text, "Fri 15 Jan 2027");
}

#[test]
fn escape_empties_a_search_before_it_gives_the_keyboard_back() {
    let mut window = window_over(Form::default(), |ui, form: &mut Form| {
        if SearchBox::new("Search assets", "Name or owner", &mut form.text).ui(ui).changed() {
            form.clicks += 1;
        }
    });
    let harness = &mut window.harness;
    harness.get_by_role_and_label(Role::SearchInput, "Search assets").focus();
    harness.run();
    harness.get_by_role_and_label(Role::SearchInput, "Search assets").type_text("lap");
    harness.run();
    assert_eq!(harness.state().text, "lap");
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(harness.state().text, "");
    assert!(harness.get_by_role_and_label(Role::SearchInput, "Search assets").is_focused());
    harness.key_press(Key::Escape);
    harness.run();
    assert!(!harness.get_by_role_and_label(Role::SearchInput, "Search assets").is_focused());
    assert!(harness.state().clicks >= 2, "typing and emptying both count as changes");
}

#[test]
fn a_search_is_emptied_by_its_cross() {
    let mut window = window_over(Form { text: "lap".into(), ..Form::default() }, |ui, form| {
        SearchBox::new("Search assets", "Name or owner", &mut form.text).ui(ui);
    });
    window.harness.get_by_label("Clear search assets").click();
    window.harness.run();
    assert_eq!(window.harness.state().text, "");
}

#[test]
fn an_icon_button_has_a_name_and_no_glyph_in_it() {
    let window = window(|ui| {
        ui.add(Button::icon_only(patchbook::ui::icon::X, "Close"));
        ui.add(Button::primary("New asset").icon(patchbook::ui::icon::PLUS));
    });
    for name in ["Close", "New asset"] {
        let node = window.harness.get_by_role_and_label(Role::Button, name);
        assert_eq!(node.accesskit_node().label().as_deref(), Some(name));
    }
}

#[test]
fn a_disabled_button_cannot_be_pressed() {
    let mut window = window_over(Form::default(), |ui, form: &mut Form| {
        if ui.add(Button::primary("Save").enabled(false)).clicked() {
            form.clicks += 1;
        }
    });
    let harness = &mut window.harness;
    assert!(harness.get_by_label("Save").accesskit_node().is_disabled());
    harness.get_by_label("Save").click();
    harness.run();
    assert_eq!(harness.state().clicks, 0);
}

#[test]
fn a_filter_chip_is_switched_by_space() {
    let mut window = window_over(Form::default(), |ui, form: &mut Form| {
        if ui.add(FilterChip::new("Overdue", form.on).count("12")).clicked() {
            form.on = !form.on;
        }
    });
    let harness = &mut window.harness;
    harness.get_by_role_and_label(Role::CheckBox, "Overdue 12").focus();
    harness.run();
    harness.key_press(Key::Space);
    harness.run();
    assert!(harness.state().on);
}

#[test]
fn a_path_can_be_typed_where_there_is_no_dialog() {
    let mut window = window_over(Form::default(), |ui, form: &mut Form| {
        if let Some(event) = path_field_ui(ui, 1, "File", &mut form.text, None, false) {
            form.event = Some(event);
        }
    });
    let harness = &mut window.harness;
    assert!(harness.query_by_label("Browse…").is_none());
    harness.get_by_role_and_label(Role::TextInput, "File").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "File").type_text("/srv/a.csv");
    harness.run();
    assert_eq!(harness.state().event, Some(PathEvent::Changed));
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(
        (harness.state().event, harness.state().text.as_str()),
        (Some(PathEvent::Entered), "/srv/a.csv")
    );
}

#[test]
fn a_tick_box_is_switched_by_space_and_by_click() {
    let mut window = window_over(Form::default(), |ui, form: &mut Form| {
        if ui.add(TickBox::new(&mut form.on, "First row holds titles")).changed() {
            form.clicks += 1;
        }
    });
    let harness = &mut window.harness;
    harness.get_by_role_and_label(Role::CheckBox, "First row holds titles").focus();
    harness.run();
    harness.key_press(Key::Space);
    harness.run();
    assert!(harness.state().on);
    harness.get_by_label("First row holds titles").click();
    harness.run();
    assert!(!harness.state().on);
    assert_eq!(harness.state().clicks, 2);
}

#[test]
fn arrows_choose_between_words_that_are_all_in_sight() {
    let mut window = window_over(0, |ui, chosen: &mut usize| {
        choice_ui(ui, "Theme", &["System", "Light", "Dark"], chosen);
    });
    let harness = &mut window.harness;
    harness.get_by_role_and_label(Role::RadioButton, "System").focus();
    harness.run();
    for (key, wanted) in
        [(Key::ArrowRight, 1), (Key::ArrowRight, 2), (Key::ArrowRight, 2), (Key::ArrowLeft, 1)]
    {
        harness.key_press(key);
        harness.run();
        assert_eq!(*harness.state(), wanted);
    }
    assert!(harness.get_by_role_and_label(Role::RadioButton, "Light").is_focused());
    harness.get_by_role_and_label(Role::RadioButton, "System").click();
    harness.run();
    assert_eq!(*harness.state(), 0);
}

#[test]
fn words_without_room_beside_each_other_go_on_in_another_line() {
    let mut window = window_over(0, |ui, chosen: &mut usize| {
        ui.set_max_width(200.0);
        choice_ui(ui, "View", &["Roles", "Documents", "Business case", "End of servicing"], chosen);
    });
    let harness = &mut window.harness;
    let first = harness.get_by_role_and_label(Role::RadioButton, "Roles").rect();
    let last = harness.get_by_role_and_label(Role::RadioButton, "End of servicing").rect();
    assert!(last.top() >= first.bottom() && last.right() <= first.left() + 200.0, "{last:?} after {first:?}");
    harness.get_by_role_and_label(Role::RadioButton, "End of servicing").click();
    harness.run();
    assert_eq!(*harness.state(), 3);
}

#[test]
fn a_banner_folds_its_details_copies_them_and_hands_back_its_action() {
    let mut window = window_over(None, |ui, chosen: &mut Option<usize>| {
        let banner = Banner::new(Tone::Bad, "The file is read only")
            .words("Its history does not fit together.")
            .details("expected 9f2c, found 11ab")
            .actions(&["Rebuild into a new file"]);
        *chosen = banner.ui(ui).or(*chosen);
    });
    let harness = &mut window.harness;
    assert!(harness.query_by_label("expected 9f2c, found 11ab").is_none());
    harness.get_by_label("Details").click();
    harness.run();
    harness.get_by_label("expected 9f2c, found 11ab");
    harness.get_by_label("Rebuild into a new file").click();
    harness.run();
    assert_eq!(*harness.state(), Some(0));
}

#[test]
fn a_grid_holds_widgets_in_its_cells() {
    let mut window = window_over([false; 3], |ui, ticks: &mut [bool; 3]| {
        let column = |title| GridColumn { title, width: None };
        grid_ui(ui, "mapping", &[column("Column"), column("Use")], 3, 400.0, |ui, row, column| {
            if column == 0 {
                ui.label(["Computer", "State", "Contact"][row]);
            } else {
                ui.add(TickBox::new(&mut ticks[row], ["Use computer", "Use state", "Use contact"][row]));
            }
        });
    });
    let harness = &mut window.harness;
    harness.get_by_role_and_label(Role::CheckBox, "Use state").click();
    harness.run();
    assert_eq!(*harness.state(), [false, true, false]);
}
