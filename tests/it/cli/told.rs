//! How a decision was told: the same flags wherever one is recorded.

use patchbook::app::preferences::actor_of;

use crate::desk::Desk;

const FILE: &str = "shop.patchbook";

#[test]
fn every_recorded_decision_takes_the_same_flags() {
    let desk = Desk::new();
    let verbs = [
        (["document", "ratify"], "Who ratified it"),
        (["case", "judge"], "Who judged"),
        (["month", "sign"], "Who signed"),
        (["gate", "decide"], "Who decided; who decides for the domain if absent"),
        (["waiver", "decide"], "Who decided"),
    ];
    for (verb, who) in verbs {
        let (code, help, error) = desk.run(&[verb[0], verb[1], "--help"]);
        assert_eq!(code, 0, "{error}");
        for flag in ["--by", "--function", "--medium", "--at", "--evidence"] {
            assert!(help.contains(flag), "{verb:?} lacks {flag}: {help}");
        }
        assert!(help.contains(who), "{verb:?}: {help}");
    }
}

#[test]
fn nobody_records_under_an_empty_name() {
    let told = |pairs: &'static [(&'static str, &'static str)]| {
        move |name: &str| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    };
    assert_eq!(actor_of(&told(&[("USER", " "), ("USERNAME", "ann")]), "pc-7"), "ann");
    assert_eq!(actor_of(&told(&[("HOME", "/home/ben/")]), "pc-7"), "ben");
    assert_eq!(actor_of(&told(&[("USERPROFILE", "C:\\Users\\cleo")]), "pc-7"), "cleo");
    assert_eq!(actor_of(&told(&[]), "pc-7"), "unnamed user of pc-7");
    assert_eq!(actor_of(&told(&[]), ""), "unnamed user");
}

#[test]
fn a_decision_is_told_at_a_time_of_the_shop_by_a_known_medium() {
    let desk = Desk::new();
    desk.ok(&["person", "add", FILE, "Ruth Okafor"]);
    assert_eq!(desk.run(&["document", "new", FILE, "charter"]).0, 0);
    assert_eq!(desk.run(&["document", "submit", FILE, "charter"]).0, 0);
    let ratify = |medium: &str, at: &str| {
        let who = ["document", "ratify", FILE, "charter", "--by", "Ruth Okafor", "--function", "Director"];
        desk.run(&[&who[..], &["--medium", medium, "--at", at]].concat())
    };
    let (code, _, error) = ratify("pigeon", "2024-05-02 09:30");
    assert!(code == 2 && error.contains("in-app, mail, paper, phone, spoken"), "{error}");
    let (code, _, error) = ratify("in-app", "Thursday");
    assert!(code == 2 && error.contains("2026-11-14 21:00"), "{error}");
    let (code, _, error) = ratify("E-Mail", "2024-05-02 09:30");
    assert!(code == 2 && error.contains("Media are"), "{error}");
    let (code, _, error) = ratify("Mail", "2024-05-02 09:30");
    assert!(code == 2 && error.contains("before the version was submitted"), "the time was read: {error}");
    let (code, _, error) = ratify("in-app", "2024-05-02 09:30");
    assert!(
        code == 2 && error.contains("that is Ann Tester. Say how Ruth Okafor told it"),
        "somebody else cannot have decided in the program: {error}"
    );
}

#[test]
fn every_answer_that_is_missing_is_asked_for_at_once() {
    let desk = Desk::imported();
    let adopt = ["deadline", "adopt", FILE, "cmmc-3.14.1"];
    let cases: [(&[&str], &str); 9] = [
        (&["action", "add", FILE, "Call the vendor"], "--owner NAME, --due DATE"),
        (&["role", "hand-over", FILE, "PC"], "--to NAME, --on DATE"),
        (&["role", "hats", FILE], "--does NAME, --approves NAME, --looks-over NAME"),
        (&["support", "set", FILE, "Debian 12"], "--until DATE, --source TEXT"),
        (&["support", "prove", FILE, "WS-ACC-014"], "--until DATE, --reference TEXT"),
        (&["update", "rate", FILE, "KB5036892"], "--rank RANK, --reason TEXT"),
        (&["prerequisite", "add", FILE, "KB5036892"], "--needs KB, or --what TEXT"),
        (&adopt, "--because, --identify 7d, --report 7d, --correct 7d"),
        (&["posture", "take", FILE, "Spring"], "--threat, --protection, --environment, --defence"),
    ];
    for (args, flags) in cases {
        let (code, _, error) = desk.run(args);
        assert!(code == 3 && error.contains(flags), "{args:?}: {error}");
    }
}

#[test]
fn a_fault_in_a_row_of_the_programme_is_told_with_its_field() {
    let desk = Desk::new();
    let (code, _, error) = desk.run(&["programme", "set", FILE, "law", "1", "applies=maybe"]);
    assert!(code == 2 && error.contains("applies: Choose one of yes, no, open"), "{error}");
    let two = ["programme", "set", FILE, "step", "1", "owner=XYZ", "checked_on=soon"];
    let (code, _, error) = desk.run(&two);
    assert!(code == 2 && error.contains("\n  owner: ") && error.contains("\n  checked_on: "), "{error}");
    let (code, _, error) = desk.run(&["programme", "add", FILE, "step"]);
    assert!(code == 3 && error.contains("answers are missing: name, phase, what, status"), "{error}");
    let (code, _, error) = desk.run(&["conflict", "end", FILE, "9"]);
    assert!(code == 2 && error.contains("patchbook-cli conflict list FILE"), "{error}");
}
