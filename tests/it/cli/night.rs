//! Patch nights and emergencies on the console.

use crate::desk::Desk;

/// The day the machine has, as the console takes it.
fn today() -> String {
    patchbook::util::clock::day_in(chrono_tz::Europe::Berlin, patchbook::util::clock::Clock::System.now_at())
        .to_string()
}

#[test]
fn a_night_is_led_from_plan_to_accepted_summary() {
    let desk = Desk::new();
    let on = today();
    assert_eq!(desk.run(&["night", "plan", "shop.patchbook", "--on", &on]).0, 0);
    let (code, _, error) = desk.run(&["night", "step", "shop.patchbook", "1", "begin"]);
    assert!(code != 0 && error.contains("Begin the night first"), "{error}");
    assert_eq!(desk.run(&["night", "begin", "shop.patchbook"]).0, 0);
    let (code, _, error) = desk.run(&["night", "begin", "shop.patchbook"]);
    assert!(code != 0 && error.contains("has begun already"), "{error}");
    assert_eq!(desk.run(&["night", "step", "shop.patchbook", "1", "begin"]).0, 0);
    let shown = desk.json(&["night", "show", "shop.patchbook"]);
    assert_eq!(shown["steps"][0]["state"], "running");
    assert_eq!(desk.run(&["night", "step", "shop.patchbook", "1", "end"]).0, 0);
    let (code, _, error) = desk.run(&["night", "step", "shop.patchbook", "2", "skip"]);
    assert!(code != 0 && error.contains("why the step is left out"), "{error}");
    assert_eq!(desk.run(&["night", "step", "shop.patchbook", "2", "skip", "--because", "None asked"]).0, 0);
    assert_eq!(desk.run(&["night", "log", "shop.patchbook", "issue", "WS-014 failed"]).0, 0);
    let (code, _, error) = desk.run(&["night", "log", "shop.patchbook", "hand-over", "Done"]);
    assert!(code != 0 && error.contains("who takes over"), "{error}");
    let (code, _, error) = desk.run(&["night", "accept", "shop.patchbook", "--by", "Max"]);
    assert!(code != 0 && error.contains("End the night first"), "{error}");
    assert_eq!(desk.run(&["night", "end", "shop.patchbook"]).0, 0);
    let (_, text, _) = desk.run(&["night", "summary", "shop.patchbook"]);
    assert!(
        text.starts_with("A draft.") && text.contains("WS-014 failed") && text.contains("None asked"),
        "{text}"
    );
    assert_eq!(desk.run(&["night", "accept", "shop.patchbook", "--by", "Max"]).0, 0);
    let shown = desk.json(&["night", "show", "shop.patchbook"]);
    assert_eq!(shown["stage"], "accepted");
    assert_eq!(shown["log"].as_array().map(Vec::len), Some(6));
    assert_eq!(desk.run(&["verify", "shop.patchbook"]).0, 0);
}

#[test]
fn phone_notes_are_read_first_and_written_then() {
    let desk = Desk::new();
    let on = today();
    desk.run(&["night", "plan", "shop.patchbook", "--on", &on]);
    desk.run(&["night", "begin", "shop.patchbook"]);
    let notes = desk.path("notes.txt");
    super::write(&notes, "issue printer\nsomething else\n").unwrap();
    let before = desk.bytes();
    let (code, text, _) = desk.run(&["night", "paste", "shop.patchbook", "notes.txt", "--dry-run"]);
    assert!(
        code == 0 && text.contains("No time was found") && text.contains("Nothing was written"),
        "{text}"
    );
    assert!(desk.bytes() == before);
    let value = desk.json(&["night", "paste", "shop.patchbook", "notes.txt"]);
    assert_eq!((value["written"].as_u64(), value["lines"][0]["kind"].as_str()), (Some(2), Some("issue")));
    let shown = desk.json(&["night", "show", "shop.patchbook"]);
    let late = shown["log"].as_array().unwrap().iter().filter(|line| line["late"] == true).count();
    assert_eq!(late, 2);
}

#[test]
fn an_emergency_is_declared_decided_and_shown() {
    let desk = Desk::new();
    let declare =
        ["emergency", "declare", "shop.patchbook", "--reason", "Mail server attacked", "--by", "Olga"];
    assert_eq!(desk.run(&declare).0, 0);
    let shown = desk.json(&["emergency", "show", "shop.patchbook"]);
    assert_eq!(shown["decided"], "nothing");
    assert_eq!(shown["steps"].as_array().map(Vec::len), Some(15));
    let measure =
        ["emergency", "measure", "shop.patchbook", "--what", "Port 25 blocked", "--undo", "Delete rule 12"];
    let (code, _, error) = desk.run(&measure);
    assert!(code != 0 && error.contains("looked at again"), "{error}");
    let mut whole = measure.to_vec();
    whole.extend(["--review", "2199-01-01"]);
    assert_eq!(desk.run(&whole).0, 0);
    let remove = ["emergency", "measure", "shop.patchbook", "--remove", "port 25", "--because", "Patched"];
    assert_eq!(desk.run(&remove).0, 0);
    let (code, _, error) =
        desk.run(&["emergency", "decide", "shop.patchbook", "--decision", "perhaps", "--person", "Otto"]);
    assert!(code != 0 && error.contains("--decision"), "{error}");
    let mut drill = declare.to_vec();
    drill.push("--drill");
    assert_eq!(desk.run(&drill).0, 0);
    let (_, text, _) = desk.run(&["emergency", "show", "shop.patchbook"]);
    assert!(text.starts_with("DRILL") || text.contains("EMG-"), "{text}");
    let (_, text, _) = desk.run(&["emergency", "show", "shop.patchbook", &drill_name(&desk)]);
    assert!(text.starts_with("DRILL: a rehearsal"), "{text}");
}

fn drill_name(desk: &Desk) -> String {
    let year = &desk.json(&["emergency", "show", "shop.patchbook"])["name"];
    let year: String = year.as_str().unwrap().chars().skip_while(|c| !c.is_ascii_digit()).take(4).collect();
    format!("DRILL-{year}-001")
}
