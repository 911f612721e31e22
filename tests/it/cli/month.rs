//! Months and postures on the console.

use patchbook::util::hash::{hex, sha256};

use crate::desk::{Desk, golden};

const MONTH: &str = "2024-04";

fn desk() -> Desk {
    let desk = Desk::new();
    let (code, _, error) = desk.run(&["import", "shop.patchbook", &golden()]);
    assert_eq!(code, 0, "{error}");
    for name in ["Cleo", "Ben"] {
        desk.ok(&["person", "add", "shop.patchbook", name, "--function", "Auditor"]);
    }
    desk
}

/// Answers every point that stops the seal.
fn answer_all(desk: &Desk) {
    let list = desk.json(&["month", "check", "shop.patchbook", MONTH]);
    for point in list["points"].as_array().expect("points") {
        if point["stops"] == true {
            let word = point["point"].as_str().expect("a word").replace('_', "-");
            let (code, out, error) =
                desk.run(&["month", "answer", "shop.patchbook", MONTH, &word, "Known; in hand"]);
            assert_eq!(code, 0, "{word}: {out}{error}");
        }
    }
}

fn seal(desk: &Desk) -> String {
    answer_all(desk);
    let args = ["month", "seal", "shop.patchbook", MONTH, "--judgement", "A month of learning."];
    let (code, out, error) = desk.run(&args);
    assert!(code == 0 && out.contains("Seal April 2024 as of 30 Apr 2024 23:59 CEST"), "{out}{error}");
    out.rsplit(' ').next().expect("a digest").trim().to_owned()
}

#[test]
fn a_month_is_checked_answered_sealed_signed_and_shown() {
    let desk = desk();
    let (code, out, _) = desk.run(&["month", "check", "shop.patchbook", MONTH]);
    assert!(code == 0 && out.contains("stop the seal"), "{out}");
    let (code, _, error) = desk.run(&["month", "seal", "shop.patchbook", MONTH, "--judgement", "x"]);
    assert!(code != 0 && error.contains("Answer it."), "{error}");
    let (things, hints) = error.split_once("Hint: ").expect("hints");
    assert!(things.starts_with("Error: ") && things.contains("things stand in the way:\n  "), "{error}");
    assert!(
        things.lines().skip(1).all(|line| line.matches("Answer it.").count() == 1),
        "one a line: {error}"
    );
    let answer = format!("patchbook-cli month answer shop.patchbook {MONTH} review \"...\"");
    assert!(hints.contains("month check shop.patchbook") && hints.contains(&answer), "{error}");
    assert!(out.contains("patchbook-cli month answer shop.patchbook"), "the check says how: {out}");
    assert_eq!(desk.run(&["month", "seal", "shop.patchbook", MONTH]).0, 3, "the judgement is asked for");
    let digest = seal(&desk);
    let (_, out, _) = desk.run(&["month", "check", "shop.patchbook", MONTH]);
    assert!(out.contains(" CET, SHA-256 ") || out.contains(" CEST, SHA-256 "), "the shop's own time: {out}");
    let (code, _, error) = desk.run(&["month", "restate", "shop.patchbook", MONTH]);
    assert!(code == 3 && error.contains("--reason, --approved-by, --judgement"), "{error}");
    let (code, _, error) = desk.run(&["month", "sign", "shop.patchbook", MONTH]);
    assert!(code == 3 && error.contains("--meaning, --by, --function, --medium"), "{error}");
    let (code, out, _) = desk.run(&["month", "show", "shop.patchbook", MONTH, "--canonical"]);
    assert_eq!(code, 0);
    assert_eq!(hex(&sha256(out.trim_end_matches('\n').as_bytes())), digest, "anybody can compute it again");
    let sign = |meaning: &str| {
        desk.run(&[
            "month",
            "sign",
            "shop.patchbook",
            MONTH,
            "--meaning",
            meaning,
            "--by",
            "Cleo",
            "--function",
            "Auditor",
            "--medium",
            "paper",
        ])
    };
    let (code, out, error) = sign("Reviewed");
    assert!(code == 0 && out.contains("Sign April 2024 as reviewed"), "{out}{error}");
    assert_ne!(sign("Reviewed").0, 0, "once is enough");
    let (_, out, _) = desk.run(&["month", "show", "shop.patchbook", MONTH]);
    assert!(out.contains("SEALED") && out.contains("Reviewed by Cleo (Auditor) on "), "{out}");
    assert!(out.contains("on paper, recorded by Ann Tester, no evidence"), "{out}");
    let shown = desk.json(&["month", "show", "shop.patchbook", MONTH]);
    assert_eq!(shown["seals"][0]["intact"], true);
    let restate = ["month", "restate", "shop.patchbook", MONTH, "--reason", "x", "--approved-by", "Ben"];
    assert_eq!(desk.run(&restate).0, 3, "the judgement is asked for");
    let (code, _, error) = desk.run(&[&restate[..], &["--judgement", "As before."]].concat());
    assert!(code != 0 && error.contains("nothing to restate"), "{error}");
    let (code, out, error) = desk.run(&["undo", "shop.patchbook"]);
    assert!(
        !out.contains("Seal") && !out.contains("Sign"),
        "what was sealed and signed stays: {code} {out}{error}"
    );
    assert_eq!(desk.json(&["month", "show", "shop.patchbook", MONTH])["sealed"], true);
}

#[test]
fn a_seal_is_also_shown_and_printed_by_its_number() {
    let desk = desk();
    let digest = seal(&desk);
    let first = format!("{MONTH}.1");
    let shown = desk.json(&["month", "show", "shop.patchbook", &first]);
    assert_eq!((&shown["seal"], &shown["month"]), (&1.into(), &MONTH.into()));
    let (_, out, _) = desk.run(&["month", "show", "shop.patchbook", &first, "--canonical"]);
    assert_eq!(hex(&sha256(out.trim_end_matches('\n').as_bytes())), digest);
    let (code, _, error) = desk.run(&["month", "show", "shop.patchbook", "2024-04.2"]);
    assert!(code != 0 && error.contains("There are: 2024-04.1."), "{error}");
    let (code, out, error) = desk.run(&["print", "shop.patchbook", "sealed", "first.pdf", "--of", &first]);
    assert_eq!(code, 0, "{out}{error}");
    assert_eq!(desk.json(&["month", "list", "shop.patchbook"])[0]["intact"], true);
}

#[test]
fn a_posture_is_taken_listed_shown_and_compared_with_a_sealed_month() {
    let desk = desk();
    seal(&desk);
    let take = |name: &str| {
        desk.run(&[
            "posture",
            "take",
            "shop.patchbook",
            name,
            "--threat",
            "Ransomware",
            "--protection",
            "The orders",
            "--environment",
            "One site",
            "--defence",
            "Backups",
        ])
    };
    let (code, _, error) = desk.run(&["posture", "take", "shop.patchbook", "Bare"]);
    assert!(code == 3 && error.contains("--threat, --protection, --environment, --defence"), "{error}");
    let (code, out, error) = take("Today");
    assert!(code == 0 && out.contains("Take the baseline posture Today"), "{out}{error}");
    let list = desk.json(&["posture", "list", "shop.patchbook"]);
    assert_eq!((&list[0]["name"], &list[0]["baseline"]), (&"Today".into(), &true.into()));
    let (_, out, _) = desk.run(&["posture", "show", "shop.patchbook", "today"]);
    assert!(out.contains("Threat model: Ransomware") && out.contains("as it was taken"), "{out}");
    let compared = desk.json(&["month", "compare", "shop.patchbook", MONTH, "Today"]);
    assert!(compared["same"].as_array().is_some() && compared["gone"].as_array().is_some_and(Vec::is_empty));
    let (code, _, error) = desk.run(&["posture", "compare", "shop.patchbook", MONTH, "Nothing"]);
    assert!(code != 0 && error.contains("There are: 2024-04, Today."), "{error}");
}

#[test]
fn the_papers_of_a_sealed_month_are_printed() {
    let desk = desk();
    seal(&desk);
    for paper in ["sealed", "certificate", "trend"] {
        let file = format!("{paper}.pdf");
        let (code, out, error) = desk.run(&["print", "shop.patchbook", paper, &file]);
        assert!(code == 0 && desk.path(&file).exists(), "{paper}: {out}{error}");
    }
    let (code, _, error) = desk.run(&["print", "shop.patchbook", "posture", "posture.pdf"]);
    assert!(code != 0 && error.contains("nothing to print yet"), "{error}");
    let list = desk.json(&["month", "list", "shop.patchbook", "--months", "2"]);
    assert!(list.as_array().is_some_and(|list| list.len() == 2), "{list}");
}
