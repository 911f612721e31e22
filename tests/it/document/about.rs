//! A document that is about one cycle, business case, posture or month: the choice is kept with its version.

use patchbook::domain::command::DocumentCommand;
use patchbook::domain::document::shipped;
use patchbook::domain::document::subject::{Chosen, Subject, options, subjects};
use patchbook::report::document::build;
use patchbook::report::sheet::Spec;

use super::life::Desk;

fn option(desk: &Desk, subject: Subject, name: &str) -> Chosen {
    let found = options(&desk.book, subject, desk.at);
    let names: Vec<&String> = found.iter().map(|(name, _)| name).collect();
    let place = found.iter().position(|(known, _)| known == name);
    found[place.unwrap_or_else(|| panic!("{name} is none of {names:?}"))].1
}

fn printed(desk: &Desk, key: &str) -> (String, String) {
    let layout = build(&desk.book, Spec { printed_at: desk.at, program: "Patchbook 0" }, desk.newest(key).id)
        .expect("a layout");
    (format!("{:?}", layout.facts), format!("{:?}", layout.blocks))
}

#[test]
fn templates_are_about_what_their_names_say() {
    let of = |key: &str| subjects(shipped::template(key).expect("a template"));
    assert_eq!(of("timeline"), [Subject::Cycle]);
    assert_eq!(of("business-case"), [Subject::Case, Subject::Month]);
    assert_eq!(of("posture"), [Subject::Posture]);
    assert_eq!(of("change-list"), [Subject::Month]);
    assert_eq!(of("charter"), []);
}

#[test]
fn a_timeline_is_about_the_cycle_that_was_chosen_for_it_and_stays_so() {
    let mut desk = Desk::new();
    desk.run(DocumentCommand::Begin("timeline".into()));
    assert!(printed(&desk, "timeline").1.contains("in 2026-11, who does it"));
    let about = option(&desk, Subject::Cycle, "2026-10");
    let version = desk.newest("timeline").id;
    let label = desk.run(DocumentCommand::Choose { version, about });
    assert_eq!(label, "Say what version 1 of Timeline of the cycle is about");
    let (facts, text) = printed(&desk, "timeline");
    assert!(text.contains("in 2026-10, who does it"), "{text}");
    assert!(facts.contains("(\"Cycle\", \"2026-10\")"), "{facts}");
    desk.submit_now("timeline");
    assert!(
        desk.newest("timeline").text.contains("in 2026\\-10")
            || desk.newest("timeline").text.contains("2026-10")
    );
    assert!(printed(&desk, "timeline").1.contains("in 2026-10, who does it"));
    let refused =
        desk.ask(DocumentCommand::Choose { version, about: Chosen::default() }).expect_err("submitted");
    assert!(refused.to_string().contains("is under review. Begin a new version."), "{refused}");
    desk.ratify_now("timeline");
    desk.draft_now("timeline");
    assert_eq!(desk.newest("timeline").about, Chosen::default(), "a new version is about the current one");
}

#[test]
fn a_list_of_changes_is_of_the_month_that_was_chosen() {
    let mut desk = Desk::new();
    desk.run(DocumentCommand::Begin("change-list".into()));
    let about = option(&desk, Subject::Month, "October 2026");
    let version = desk.newest("change-list").id;
    desk.run(DocumentCommand::Choose { version, about });
    let (_, text) = printed(&desk, "change-list");
    assert!(text.contains("records of October 2026") && text.contains("CHG-2026-10-001"), "{text}");
    assert!(!text.contains("CHG-2026-11-001"));
}

#[test]
fn what_is_not_there_or_not_meant_is_refused_with_what_to_do() {
    let mut desk = Desk::new();
    desk.run(DocumentCommand::Begin("timeline".into()));
    let version = desk.newest("timeline").id;
    let case = option(&desk, Subject::Case, "Monthly cycle");
    let gone = Chosen { cycle: Some(patchbook::domain::cycle::CycleId(987_654)), ..case };
    let refused =
        desk.ask(DocumentCommand::Choose { version, about: gone }).expect_err("refused").to_string();
    assert!(refused.contains("This cycle is not in the register. Choose one that is."), "{refused}");
    assert!(
        refused.contains("Timeline of the cycle is not about a business case. Leave it out."),
        "{refused}"
    );
    desk.run(DocumentCommand::Begin("change-list".into()));
    let version = desk.newest("change-list").id;
    let ahead = Chosen { month: chrono::NaiveDate::from_ymd_opt(2031, 5, 1), ..Chosen::default() };
    let refused =
        desk.ask(DocumentCommand::Choose { version, about: ahead }).expect_err("refused").to_string();
    assert!(refused.contains("That month has not begun"), "{refused}");
}
