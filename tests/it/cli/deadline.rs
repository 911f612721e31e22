//! Deadlines and business cases on the console.

use crate::desk::{Desk, golden};

fn desk() -> Desk {
    let desk = Desk::new();
    desk.run(&["import", "shop.patchbook", &golden()]);
    desk
}

#[test]
fn rule_sets_are_offered_shown_adopted_explained_and_left() {
    let desk = desk();
    let offered = desk.json(&["deadline", "presets"]);
    assert!(offered["presets"].as_array().is_some_and(|all| all.len() > 15));
    let (code, out, _) = desk.run(&["deadline", "show", "bod-26-04"]);
    assert!(code == 0 && out.contains("row 16") && out.contains("evidence first, unconfirmed"), "{out}");
    let (code, _, error) = desk.run(&["deadline", "adopt", "shop.patchbook", "ce-3.3"]);
    assert!(code == 3 && error.contains("--because"), "{error}");
    let (code, _, error) =
        desk.run(&["deadline", "adopt", "shop.patchbook", "cmmc-3.14.1", "--because", "x"]);
    assert!(code == 3 && error.contains("--identify"), "{error}");
    let (code, out, error) =
        desk.run(&["deadline", "adopt", "shop.patchbook", "ce-3.3", "--because", "A customer"]);
    assert!(code == 0 && out.contains("Adopt Cyber Essentials 3.3"), "{out}{error}");
    assert!(error.contains("knows no waivers"), "{error}");
    let list = desk.json(&["deadline", "list", "shop.patchbook"]);
    assert_eq!(list["sets"][0]["key"], "ce-3.3");
    assert!(list["ratification"].as_str().is_some_and(|text| text.starts_with("Not ratified")));
    let why = desk.json(&["deadline", "explain", "shop.patchbook", "KB5036892", "WS-ACC-014"]);
    assert!(!why["rules"].as_array().expect("rules").is_empty(), "{why}");
    let (code, out, _) = desk.run(&["deadline", "pending", "shop.patchbook"]);
    assert!(code == 0 && out.contains("Nothing waits"), "{out}");
    let all = desk.json(&["deadline", "pending", "shop.patchbook", "--all"]);
    assert_eq!(all["changes"][0]["state"], "in_force");
    let (code, out, error) =
        desk.run(&["deadline", "drop", "shop.patchbook", "ce-3.3", "--because", "They left"]);
    assert!(code == 0 && out.contains("Leave Cyber Essentials"), "{out}{error}");
    let (code, _, error) = desk.run(&["deadline", "drop", "shop.patchbook", "ce-3.3", "--because", "Again"]);
    assert!(code != 0 && error.contains("not adopted"), "{error}");
    let (code, _, error) = desk.run(&["deadline", "show", "ce-9"]);
    assert!(code != 0 && error.contains("deadline presets"), "{error}");
    let (code, out, _) = desk.run(&["deadline", "late", "shop.patchbook"]);
    assert!(code == 0 && out.contains("No time"), "{out}");
}

#[test]
fn own_times_are_filled_in_and_kept() {
    let desk = desk();
    let (code, _, error) = desk.run(&[
        "deadline",
        "adopt",
        "shop.patchbook",
        "cmmc-3.14.1",
        "--because",
        "A contract",
        "--identify",
        "7d",
        "--report",
        "48h",
        "--correct",
        "1m",
        "--class",
        "server",
    ]);
    assert_eq!(code, 0, "{error}");
    let list = desk.json(&["deadline", "list", "shop.patchbook"]);
    assert_eq!(list["sets"][0]["binds"], "Server");
    let (code, _, error) = desk.run(&[
        "deadline",
        "adopt",
        "shop.patchbook",
        "nist-si-2",
        "--because",
        "x",
        "--correct",
        "soon",
    ]);
    assert!(code != 0 && error.contains("48h, 7d, 2w or 1m"), "{error}");
}

#[test]
fn an_own_deadline_is_set_listed_and_ended_with_where_it_comes_from() {
    let desk = desk();
    let set = ["deadline", "set", "shop.patchbook", "low", "--class", "server"];
    let (code, _, error) = desk.run(&set);
    assert!(code == 3 && error.contains("--time"), "{error}");
    let (code, _, error) = desk.run(&[&set[..], &["--time", "60d"]].concat());
    assert!(code == 3 && error.contains("--source"), "{error}");
    let (code, _, error) = desk.run(&[&set[..], &["--time", "soon", "--source", "x"]].concat());
    assert!(code == 2 && error.contains("14d or 48h"), "{error}");
    let out = desk.ok(&[&set[..], &["--time", "60d", "--source", "The insurer asks"]].concat());
    assert!(out.contains("Binds releases from ") && out.contains("keeps the rule of its day"), "{out}");
    assert!(!out.contains("Never decides"), "60 days are less than the 90 that were: {out}");
    let of = |desk: &Desk| {
        let list = desk.json(&["deadline", "list", "shop.patchbook"]);
        list["own"].as_array().expect("rules").iter().filter(|r| r["source"] == "The insurer asks").count()
    };
    assert_eq!(of(&desk), 1);
    desk.ok(&["deadline", "end", "shop.patchbook", "low", "--class", "server"]);
    assert_eq!(of(&desk), 0);
    let (code, _, error) = desk.run(&["deadline", "end", "shop.patchbook", "low", "--class", "server"]);
    assert!(code == 2 && error.contains("no such deadline"), "{error}");
    let (code, _, error) = desk.run(&["deadline", "withdraw", "shop.patchbook", "ce-3.3"]);
    assert!(code == 2 && error.contains("named by its number") && error.contains("deadline drop"), "{error}");
}

#[test]
fn a_deadline_that_can_never_decide_is_taken_and_called_so() {
    let desk = desk();
    let set = ["deadline", "set", "shop.patchbook", "high", "--class", "server", "--exposure", "internal"];
    let long = desk.json(&[&set[..], &["--time", "30d", "--source", "A customer"]].concat());
    let remarks = long["remarks"].to_string();
    assert!(remarks.contains("Never decides") && remarks.contains("14 days from release"), "{remarks}");
    let list = desk.ok(&["deadline", "list", "shop.patchbook"]);
    assert!(
        list.contains("Never decide:\n  High, Server, Internal: 30 days from release, because another rule"),
        "{list}"
    );
    assert!(list.contains("every release") && list.contains("releases from "), "{list}");
    let short = desk.ok(&[&set[..], &["--time", "5d", "--source", "A customer"]].concat());
    assert!(!short.contains("Never decides"), "{short}");
    assert!(!desk.ok(&["deadline", "list", "shop.patchbook"]).contains("ever decide"));
    let why = desk.ok(&["deadline", "explain", "shop.patchbook", "KB5036892", "WS-ACC-014"]);
    assert!(why.contains("every release"), "{why}");
    let high = ["deadline", "set", "shop.patchbook", "high", "--class", "workstation", "--time", "7d"];
    desk.ok(&[&high[..], &["--source", "A customer"]].concat());
    let why = desk.json(&["deadline", "explain", "shop.patchbook", "KB5036892", "WS-ACC-014"]);
    let late = why["not_yet"].to_string();
    assert!(
        late.contains("7 days") && late.contains("binds releases from"),
        "an old release keeps its rule: {why}"
    );
}

#[test]
fn a_rule_of_a_set_that_can_never_decide_is_named_when_the_set_is_adopted() {
    let desk = desk();
    let times = ["--identify", "7d", "--report", "48h", "--because", "A contract", "--class", "server"];
    let adopt = ["deadline", "adopt", "shop.patchbook", "cmmc-3.14.1", "--correct"];
    let out = desk.ok(&[&adopt[..], &["120d"], &times[..]].concat());
    assert!(
        out.contains("Never decides: 3.14.1 e and f, correct, because")
            && out.contains("Binds releases from "),
        "{out}"
    );
    desk.ok(&["deadline", "drop", "shop.patchbook", "cmmc-3.14.1", "--because", "x"]);
    let out = desk.ok(&[&adopt[..], &["1d"], &times[..]].concat());
    assert!(!out.contains("ever decides"), "{out}");
}

#[test]
fn an_estimate_is_written_summed_judged_and_stands() {
    let desk = desk();
    let new = [
        "case",
        "new",
        "shop.patchbook",
        "Monthly cycle",
        "--currency",
        "EUR",
        "--rate",
        "55",
        "--fixed-hours",
        "26.4",
        "--tools",
        "6000",
        "--loss",
        "350000",
        "--before",
        "0.2",
        "--after",
        "0.08",
        "--grounds",
        "invented",
    ];
    let (code, out, error) = desk.run(&new);
    assert!(code == 0 && out.contains("Add estimate Monthly cycle"), "{out}{error}");
    let shown = desk.json(&["case", "show", "shop.patchbook", "monthly cycle", "--month", "2026-11"]);
    assert_eq!(shown["cycle_cents"], 145_200, "26.4 h at 55");
    assert_eq!(shown["year_cents"], 12 * 145_200 + 600_000);
    assert_eq!(shown["gain"]["benefit_cents"]["likely"], 4_200_000);
    let (code, _, error) = desk.run(&["case", "judge", "shop.patchbook", "Monthly cycle"]);
    assert!(code == 3 && error.contains("--judgement"), "{error}");
    let judge = [
        "case",
        "judge",
        "shop.patchbook",
        "Monthly cycle",
        "--judgement",
        "unreasonable",
        "--by",
        "Dora",
        "--function",
        "CIO",
        "--medium",
        "mail",
    ];
    let (code, _, error) = desk.run(&judge);
    assert!(code == 2 && error.contains("Dora is not in the register"), "{error}");
    desk.ok(&["person", "add", "shop.patchbook", "Dora", "--function", "CIO"]);
    let (code, _, error) = desk.run(&judge);
    assert_eq!(code, 0, "{error}");
    let (_, out, _) = desk.run(&["case", "show", "shop.patchbook", "Monthly cycle"]);
    assert!(out.contains("Not reasonable by Dora, CIO") && out.contains("no evidence"), "{out}");
    let (code, _, error) = desk.run(&["case", "set", "shop.patchbook", "Monthly cycle", "--rate", "1"]);
    assert!(code != 0 && error.contains("stands as it is"), "{error}");
    let (code, _, error) =
        desk.run(&["case", "new", "shop.patchbook", "Second", "--currency", "EUR", "--rate", "a lot"]);
    assert!(code != 0 && error.contains("--rate"), "{error}");
    let (code, out, _) = desk.run(&["case", "list", "shop.patchbook"]);
    assert!(code == 0 && out.contains("Monthly cycle") && !out.contains("Second"), "{out}");
}
