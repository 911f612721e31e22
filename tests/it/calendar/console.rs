//! A month on the console: plan, begin, do, show, close, and the calendar for other programs.

use crate::desk::Desk;

#[test]
fn a_month_is_planned_begun_and_worked_from_the_console() {
    let desk = Desk::new();
    let (code, out, _) = desk.run(&["cycle", "plan", "shop.patchbook", "2030-12"]);
    assert!(
        code == 0 && out.contains("Cut-off for exceptions") && out.contains("Nothing was changed"),
        "{out}"
    );
    assert!(out.contains("13 Dec 2030 21:00 CET") && out.contains("Oracle"), "{out}");
    let (code, _, error) = desk.run(&["cycle", "show", "shop.patchbook"]);
    assert!(code == 2 && error.contains("--apply"), "{error}");
    let (code, out, _) = desk.run(&["cycle", "plan", "shop.patchbook", "2030-12", "--apply"]);
    assert!(code == 0 && out.contains("Begin cycle 2030-12"), "{out}");
    let (code, _, error) = desk.run(&["cycle", "plan", "shop.patchbook", "2030-12", "--apply"]);
    assert!(code == 2 && error.contains("already begun"), "{error}");
    let value = desk.json(&["cycle", "show", "shop.patchbook"]);
    assert_eq!((value["name"].as_str(), value["phase"].as_str()), (Some("2030-12"), Some("plan")));
    assert_eq!(value["steps"].as_array().unwrap().len(), 18);
    let (code, out, _) = desk.run(&["undo", "shop.patchbook"]);
    assert!(code == 0 && out.contains("Begin cycle 2030-12"), "{out}");
    assert_eq!(desk.run(&["verify", "shop.patchbook"]).0, 0);
}

#[test]
fn steps_are_named_by_number_or_title_and_a_title_that_fits_several_is_asked_about() {
    let desk = Desk::new();
    desk.run(&["cycle", "plan", "shop.patchbook", "2026-10", "--apply"]);
    let done =
        |word: &str, at: &str| desk.run(&["cycle", "done", "shop.patchbook", word, "--at", at, "--by", "Bo"]);
    let (code, out, error) = done("1", "2026-10-05T09:30");
    assert!(code == 0 && out.contains("Done: Tell the committee"), "{out}{error}");
    assert_eq!(done("cut-off", "2026-10-16T12:00").0, 0);
    let (code, _, error) = done("patch", "2026-10-16T22:00");
    assert!(code == 3 && error.contains("number"), "{error}");
    let (code, _, error) = done("no such step", "2026-10-16T22:00");
    assert!(code == 2 && error.contains("no step"), "{error}");
    let (code, _, error) = done("2", "16.10.2026");
    assert!(code == 2 && error.contains("2026-12-11T21:30"), "{error}");
    let (code, _, error) = desk.run(&["cycle", "skip", "shop.patchbook", "2", "--because", " "]);
    assert!(code == 2 && error.contains("why"), "{error}");
    assert_eq!(desk.run(&["cycle", "skip", "shop.patchbook", "2", "--because", "No change needed"]).0, 0);
    assert_eq!(desk.run(&["cycle", "reopen", "shop.patchbook", "2"]).0, 0);
    let (code, _, error) = desk.run(&["cycle", "close", "shop.patchbook", "2026-10"]);
    assert!(code == 2 && error.contains("Still open"), "{error}");
    let (_, out, _) = desk.run(&["cycle", "show", "shop.patchbook", "2026-10"]);
    assert!(out.contains("done by Bo") && out.contains("Late: "), "{out}");
    assert_eq!(desk.run(&["cycle", "cancel", "shop.patchbook", "2026-10", "--because", "A rehearsal"]).0, 0);
}

#[test]
fn the_calendar_is_listed_and_written_for_other_programs() {
    let desk = Desk::new();
    let (code, out, _) =
        desk.run(&["calendar", "list", "shop.patchbook", "--from", "2026-12", "--months", "1"]);
    assert!(
        code == 0 && out.contains("8 Dec 2026 19:00 CET") && out.contains("told by one source only"),
        "{out}"
    );
    let value = desk.json(&[
        "calendar",
        "list",
        "shop.patchbook",
        "--from",
        "2026-12",
        "--months",
        "1",
        "--only",
        "release",
    ]);
    assert_eq!(value.as_array().unwrap().len(), 7);
    let (code, _, error) = desk.run(&["calendar", "list", "shop.patchbook", "--from", "Dec"]);
    assert!(code == 2 && error.contains("2026-12"), "{error}");
    let (code, _, error) = desk.run(&["calendar", "list", "shop.patchbook", "--only", "parties"]);
    assert!(code == 2 && error.contains("support_end"), "{error}");
    let (code, out, _) = desk.run(&["calendar", "ics", "shop.patchbook", "--out", "shop.ics"]);
    assert!(code == 0 && out.contains("Wrote"), "{out}");
    let text = std::fs::read_to_string(desk.path("shop.ics")).unwrap();
    let read = calcard::icalendar::ICalendar::parse(&text).unwrap();
    let events = read.components.iter().filter(|part| part.component_type.is_event()).count();
    assert_eq!(
        events,
        desk.json(&["calendar", "ics", "shop.patchbook", "--out", "shop.ics"])["entries"].as_u64().unwrap()
            as usize
    );
    assert!(events > 80, "{events} releases in fifteen months");
}

#[test]
fn lint_and_forecast_answer_for_an_empty_register_too() {
    let desk = Desk::new();
    let (code, out, _) = desk.run(&["lint", "shop.patchbook"]);
    assert!(code == 0 && out.contains("Nothing is wrong"), "{out}");
    let (code, out, _) = desk.run(&["forecast", "shop.patchbook"]);
    assert!(code == 0 && out.contains("The next 24 months"), "{out}");
    assert_eq!(desk.json(&["forecast", "shop.patchbook"])["months"].as_array().unwrap().len(), 24);
}

#[test]
fn a_campaign_begins_on_its_own_day() {
    let desk = Desk::new();
    let soon = chrono::Utc::now().format("%Y-%m-%dT09:00").to_string();
    let begin =
        ["cycle", "campaign", "shop.patchbook", "Catch-up", "--reason", "First import", "--from", &soon];
    assert_eq!(desk.run(&begin).0, 0);
    let value = desk.json(&["cycle", "show", "shop.patchbook", "catch-up"]);
    assert_eq!((value["kind"].as_str(), value["steps"].as_array().unwrap().len()), (Some("catch_up"), 10));
}

#[test]
fn windows_freezes_and_moved_releases_are_put_on_the_calendar_and_taken_off_again() {
    let desk = Desk::new();
    let window = [
        "calendar",
        "window",
        "shop.patchbook",
        "Web",
        "Friday night",
        "--start",
        "21:00",
        "--minutes",
        "300",
    ];
    let with = |more: &[&str]| desk.run(&[&window[..], more].concat());
    assert_eq!(with(&[]).0, 2, "when it opens is demanded");
    let (code, _, error) = with(&["--weekly", "someday"]);
    assert!(code == 2 && error.contains("friday"), "{error}");
    let (code, _, error) = with(&["--after-release", "90"]);
    assert!(code == 2 && error.contains("45 days"), "{error}");
    let (code, out, error) = with(&["--after-release", "3"]);
    assert!(code == 0 && out.contains("Add window Friday night"), "{out}{error}");
    let freeze =
        ["calendar", "closure", "shop.patchbook", "Year end", "--kind", "freeze", "--effect", "later"];
    let (code, _, error) =
        desk.run(&[&freeze[..], &["--from", "2030-12-10", "--until", "2030-12-09"]].concat());
    assert!(code == 2 && error.contains("before the first"), "{error}");
    assert_eq!(desk.run(&[&freeze[..], &["--from", "2030-12-12", "--until", "2030-12-15"]].concat()).0, 0);
    let december =
        ["calendar", "list", "shop.patchbook", "--from", "2030-12", "--months", "1", "--only", "window"];
    let (_, out, _) = desk.run(&december);
    assert!(out.contains("16 Dec 2030 21:00 CET") && out.contains("shifted by freeze Year end"), "{out}");
    let moved = ["calendar", "move", "shop.patchbook", "b release", "2030-12", "--because", "Announced"];
    let (code, out, _) = desk.run(&[&moved[..], &["--to", "2030-12-17T19:00"]].concat());
    assert!(code == 0 && out.contains("Move Microsoft"), "{out}");
    assert_eq!(desk.run(&moved).0, 0, "the same month again changes the one-off, here to dropped");
    let (code, _, error) = desk.run(&["cycle", "plan", "shop.patchbook", "2030-12"]);
    assert!(code == 2 && error.contains("dropped"), "{error}");
    let (code, _, error) =
        desk.run(&["calendar", "move", "shop.patchbook", "cisco", "2030-12", "--because", "x"]);
    assert!(code == 3 && error.contains("several"), "{error}");
    for name in ["Friday night", "year end"] {
        assert_eq!(desk.run(&["calendar", "end", "shop.patchbook", name]).0, 0);
    }
    let (code, _, error) = desk.run(&["calendar", "end", "shop.patchbook", "Friday night"]);
    assert!(code == 2 && error.contains("nothing"), "{error}");
    assert_eq!(desk.run(&["verify", "shop.patchbook"]).0, 0);
}
