//! Documents on the console.

use crate::desk::Desk;

const FILE: &str = "shop.patchbook";

fn charter() -> Desk {
    let desk = Desk::new();
    let (code, out, error) = desk.run(&["document", "new", FILE, "charter"]);
    assert!(code == 0 && out.contains("Begin the document"), "{out}{error}");
    desk.ok(&["person", "add", FILE, "Ruth Okafor", "--function", "Managing director"]);
    desk
}

#[test]
fn a_document_goes_from_draft_to_ratified_and_prints() {
    let desk = charter();
    let (code, out, error) = desk.run(&["document", "show", FILE, "charter"]);
    assert!(code == 0 && out.contains("# Purpose {#purpose}") && error.is_empty(), "{out}{error}");
    assert_eq!(desk.run(&["document", "submit", FILE, "charter"]).0, 0);
    let (code, _, error) = desk.run(&["document", "ratify", FILE, "charter"]);
    assert!(code == 3 && error.contains("--by"), "{error}");
    super::write(desk.path("mail.eml"), "From: Ruth").unwrap();
    let args =
        ["document", "ratify", FILE, "charter", "--by", "Ruth Okafor", "--function", "Managing director"];
    let (code, out, error) = desk.run(&[&args[..], &["--medium", "mail", "--evidence", "mail.eml"]].concat());
    assert!(code == 0 && out.contains("ratified by Ruth Okafor"), "{out}{error}");
    let list = desk.json(&["document", "list", FILE]);
    let mine = list["documents"].as_array().unwrap().iter().find(|d| d["key"] == "charter").unwrap();
    assert_eq!((&mine["state"], &mine["version"]), (&"ratified".into(), &1.into()));
    let (code, out, error) = desk.run(&["print", FILE, "document", "charter.pdf", "--of", "charter"]);
    assert!(code == 0 && out.contains("pages"), "{out}{error}");
    assert!(std::fs::read(desk.path("charter.pdf")).unwrap().starts_with(b"%PDF-1."));
}

#[test]
fn a_section_is_set_refused_shown_and_taken_back() {
    let desk = charter();
    let set =
        |text: &str| desk.run(&["document", "set", FILE, "charter", "--section", "purpose", "--text", text]);
    let (code, _, error) = set("Of {{text:shop.nmae}}");
    assert!(code == 2 && error.contains("line 1: There is no name \"shop.nmae\""), "{error}");
    let (code, _, error) = set(" ");
    assert!(code == 2 && error.contains("a section without words says nothing"), "{error}");
    assert_eq!(set("We meet at {{text:shop.name}}.").0, 0);
    let (_, out, _) = desk.run(&["document", "show", FILE, "charter"]);
    assert!(out.contains("We meet at Test shop."), "{out}");
    let section = desk.json(&["document", "show", FILE, "charter", "--section", "purpose"]);
    assert_eq!((&section["own"], &section["shipped_changed"]), (&true.into(), &false.into()));
    assert_eq!(desk.run(&["document", "set", FILE, "charter", "--section", "purpose", "--shipped"]).0, 0);
    assert!(!desk.run(&["document", "show", FILE, "charter"]).1.contains("We meet at Test shop."));
}

#[test]
fn a_changed_setting_is_told_and_drafted() {
    let desk = charter();
    desk.run(&["document", "submit", FILE, "charter"]);
    let (code, out, _) = desk.run(&["document", "stale", FILE]);
    assert!(code == 0 && out.contains("Every document says what is set now"), "{out}");
    let (code, out, error) = desk.run(&["practice", "set", FILE, "--quorum", "4"]);
    assert_eq!(code, 0, "{out}{error}");
    let (code, out, error) = desk.run(&["document", "stale", FILE]);
    assert!(
        code == 7
            && out.contains("the quorum of the committee (set in: Settings, Practice)")
            && out.contains("3 → 4"),
        "{out}{error}"
    );
    let (code, out, _) = desk.run(&["document", "diff", FILE, "charter"]);
    assert!(code == 0 && out.contains("[-3-]{+4+}"), "{out}");
    desk.run(&["document", "withdraw", FILE, "charter"]);
    let (code, _, error) = desk.run(&["document", "new", FILE, "charter"]);
    assert!(code == 3 && error.contains("--note"), "{error}");
    let (code, out, _) = desk.run(&["document", "new", FILE, "charter", "--note", "Another quorum"]);
    assert!(code == 0 && out.contains("Begin version 2"), "{out}");
}

#[test]
fn a_draft_is_about_a_cycle_that_is_there() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["document", "new", FILE, "timeline"]).0, 0);
    assert_eq!(desk.run(&["cycle", "plan", FILE, "2026-12", "--apply"]).0, 0);
    let (code, _, error) = desk.run(&["document", "about", FILE, "timeline"]);
    assert!(code == 3 && error.contains("--cycle"), "{error}");
    let (code, _, error) = desk.run(&["document", "about", FILE, "timeline", "--cycle", "2030-01"]);
    assert!(code == 2 && error.contains("no cycle called 2030-01") && error.contains("2026-12"), "{error}");
    let (code, out, error) = desk.run(&["document", "about", FILE, "timeline", "--cycle", "2026-12"]);
    assert!(code == 0 && out.contains("is about"), "{out}{error}");
    let (code, out, error) = desk.run(&["document", "about", FILE, "timeline", "--cycle", "-"]);
    assert!(code == 0, "{out}{error}");
    let (code, _, error) = desk.run(&["document", "about", FILE, "timeline", "--month", "2026-11"]);
    assert!(code == 2 && error.contains("is not about a month"), "{error}");
}
