//! Waivers on the console.

use patchbook::util::clock::{Clock, day_in};

use crate::desk::{Desk, golden};

/// A day from today, as a flag takes it.
fn day(after: u64) -> String {
    (day_in(chrono_tz::UTC, Clock::System.now_at()) + chrono::Days::new(after)).to_string()
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.run(&["import", "shop.patchbook", &golden()]);
    for (name, function) in
        [("Ada", "Administrator"), ("Ben", "Business owner"), ("Cleo", "Information security officer")]
    {
        let (code, _, error) = desk.run(&["person", "add", "shop.patchbook", name, "--function", function]);
        assert_eq!(code, 0, "{error}");
    }
    desk
}

fn asked<'a>(until: &'a str, exit_on: &'a str, control: &'a str) -> Vec<&'a str> {
    vec![
        "waiver",
        "request",
        "shop.patchbook",
        "--asset",
        "WS-ACC-014",
        "--update",
        "KB5036892",
        "--reason-class",
        "vendor-refuses",
        "--reason",
        "The ledger does not start with it",
        "--residual",
        "high",
        "--control",
        control,
        "--exit-plan",
        "The vendor's fix",
        "--exit-on",
        exit_on,
        "--until",
        until,
        "--by",
        "Ada",
    ]
}

#[test]
fn a_waiver_is_asked_for_signed_twice_shown_listed_and_revoked() {
    let desk = desk();
    let (until, control) = (day(20), format!("Firewall rule|Ada|{}|rule 12", day(0)));
    let (code, out, error) = desk.run(&asked(&until, &until, &control));
    assert!(code == 0 && out.contains("Request waiver WVR-"), "{out}{error}");
    let list = desk.json(&["waiver", "list", "shop.patchbook"]);
    let number = list["waivers"][0]["number"].as_str().expect("a number").to_owned();
    assert_eq!(list["waivers"][0]["state"], "requested");

    let decide = |by: &str, function: &str| {
        desk.run(&[
            "waiver",
            "decide",
            "shop.patchbook",
            &number,
            "--decision",
            "approve",
            "--by",
            by,
            "--function",
            function,
            "--medium",
            "mail",
        ])
    };
    assert_eq!(decide("Ada", "Business owner").0, 2, "Ada is not the business owner");
    assert_eq!(decide("Ben", "Business owner").0, 0);
    assert_eq!(decide("Cleo", "Information security officer").0, 0);
    let shown = desk.json(&["waiver", "show", "shop.patchbook", &number]);
    assert_eq!((&shown["state"], &shown["pairs"][0]["covered"]), (&"expiring".into(), &true.into()));
    assert_eq!(shown["decisions"].as_array().map(Vec::len), Some(2));
    let (_, text, _) = desk.run(&["waiver", "show", "shop.patchbook", &number]);
    assert!(text.contains("Approved by Ben as Business owner") && text.contains("no evidence"), "{text}");

    let figures = desk.json(&["compliance", "shop.patchbook"]);
    let ids: Vec<&str> =
        figures["figures"].as_array().expect("figures").iter().filter_map(|f| f["id"].as_str()).collect();
    for id in ["M7", "M9", "M10", "M10f", "M11", "M14", "M15", "M16"] {
        assert!(ids.contains(&id), "{id} is missing in {ids:?}");
    }
    assert_eq!(figures["waivers"]["active"][0], number.as_str());

    let (code, _, error) = desk.run(&["waiver", "revoke", "shop.patchbook", &number]);
    assert!(code == 3 && error.contains("--because"), "{code} {error}");
    assert_eq!(desk.run(&["waiver", "revoke", "shop.patchbook", &number, "--because", "patched"]).0, 0);
    let list = desk.json(&["waiver", "list", "shop.patchbook", "--state", "revoked"]);
    assert_eq!(list["waivers"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_missing_answer_ends_with_exit_code_3_names_the_flag_and_changes_nothing() {
    let desk = desk();
    let (until, control) = (day(20), format!("Firewall rule|Ada|{}|rule 12", day(0)));
    let whole = asked(&until, &until, &control);
    let before = desk.bytes();
    for flag in [
        "--asset",
        "--update",
        "--reason-class",
        "--reason",
        "--residual",
        "--exit-plan",
        "--exit-on",
        "--until",
        "--by",
    ] {
        let mut args = whole.clone();
        let at = args.iter().position(|arg| *arg == flag).expect("the flag");
        args.drain(at..at + 2);
        let (code, _, error) = desk.run(&args);
        assert!(code == 3 && error.contains(flag), "{flag}: {code} {error}");
    }
    assert!(desk.bytes() == before, "nothing may be recorded");
}

#[test]
fn what_cannot_be_asked_for_is_kept_as_a_draft_and_gone_on_with() {
    let desk = desk();
    let (until, control) = (day(100), format!("Firewall rule|Ada|{}|rule 12", day(0)));
    let (code, _, error) = desk.run(&asked(&until, &until, &control));
    assert!(code == 2 && error.contains("at the latest") && error.contains("--of WVR-"), "{code} {error}");
    let list = desk.json(&["waiver", "list", "shop.patchbook", "--state", "draft"]);
    let number = list["waivers"][0]["number"].as_str().expect("a number").to_owned();
    let until = day(30);
    let (code, _, error) =
        desk.run(&["waiver", "request", "shop.patchbook", "--of", &number, "--until", &until]);
    assert_eq!(code, 0, "{error}");
}
