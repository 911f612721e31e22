//! Risk on the console: a real process on a register that was imported.

use serde_json::Value;

use crate::desk::Desk;

impl Desk {
    /// The name of an update that somebody owes.
    fn owed(&self) -> String {
        let list = self.json(&["update", "list", "shop.patchbook"]);
        list[0]["guid"].as_str().expect("an update").to_owned()
    }
}

#[test]
fn updates_are_listed_shown_rated_and_confirmed() {
    let desk = Desk::imported();
    let update = desk.owed();
    let (code, out, _) = desk.run(&["update", "list", "shop.patchbook"]);
    assert!(code == 0 && out.starts_with("Rank") && out.contains("suggested"), "{out}");
    let (code, out, _) = desk.run(&["update", "show", "shop.patchbook", &update]);
    assert!(code == 0 && out.contains("Suggested:") && out.contains("The vendor rates it"), "{out}");
    let (code, _, err) = desk.run(&["update", "rate", "shop.patchbook", &update, "--rank", "low"]);
    assert!(code == 3 && err.contains("--reason TEXT"), "{err}");
    let why = "Not reachable here";
    let (code, out, err) =
        desk.run(&["update", "rate", "shop.patchbook", &update, "--rank", "severe", "--reason", why]);
    assert_eq!(code, 0, "{out}{err}");
    let shown = desk.json(&["update", "show", "shop.patchbook", &update]);
    assert_eq!((&shown[0]["rank"], &shown[0]["basis"]), (&Value::from("severe"), &Value::from("rated")));
    assert_eq!(shown[0]["steps"][0]["reason"], why);

    let bundles = desk.json(&["update", "confirm", "shop.patchbook"]);
    let before = bundles.as_array().expect("bundles").len();
    assert!(before > 0);
    let name = bundles[0]["bundle"].as_str().expect("a name").to_owned();
    let (code, out, err) = desk.run(&["update", "confirm", "shop.patchbook", &name]);
    assert!(code == 0 && out.contains(&name), "{out}{err}");
    let after = desk.json(&["update", "confirm", "shop.patchbook"]);
    assert!(after.as_array().expect("bundles").iter().all(|bundle| bundle["bundle"] != name.as_str()));
    let (code, _, err) = desk.run(&["update", "confirm", "shop.patchbook", &name]);
    assert!(code != 0 && err.contains("nothing is to confirm"), "{err}");
    let (code, _, err) = desk.run(&["update", "show", "shop.patchbook", "KB1"]);
    assert!(code != 0 && err.contains("update list FILE"), "{err}");
}

#[test]
fn decisions_are_recorded_listed_and_taken_back() {
    let desk = Desk::imported();
    let update = desk.owed();
    desk.ok(&["person", "add", "shop.patchbook", "Ines Hartmann", "--function", "Head of IT"]);
    let domains = desk.json(&["domain", "list", "shop.patchbook"]);
    assert_eq!(domains[0]["name"], "Windows");
    let set = ["domain", "set", "shop.patchbook", "Windows"];
    let (code, _, err) = desk.run(&[&set[..], &["--silent-go", "yes"]].concat());
    assert!(code != 0 && err.contains("Name the section"), "{err}");
    let silent = ["--decider", "Ines Hartmann", "--section", "go-no-go", "--silent-go", "yes", "--object-by"];
    let (code, _, err) = desk.run(&[&set[..], &silent[..], &["friday 10:00"]].concat());
    assert!(code == 2 && err.contains("Have the policy ratified first"), "{err}");
    desk.ok(&[&set[..], &["--decider", "Ines Hartmann"]].concat());

    let decide = ["gate", "decide", "shop.patchbook", "Windows", "no-go", &update];
    let (code, _, err) = desk.run(&decide);
    assert!(code == 3 && err.contains("--medium"), "{err}");
    let told = ["--function", "Head of IT", "--medium", "mail", "--reason", "Breaks the label printer"];
    let (code, _, err) = desk.run(&[&decide[..], &told[..]].concat());
    assert!(code != 0 && err.contains("while it is not deployed"), "{err}");
    let more = ["--risk", "Ransom", "--cost", "1200.5", "--work", "90"];
    let (code, out, err) = desk.run(&[&decide[..], &told[..], &more[..]].concat());
    assert_eq!(code, 0, "{out}{err}");
    let rows = desk.json(&["gate", "list", "shop.patchbook", "--decisions"]);
    assert_eq!(
        (&rows[0]["decision"], &rows[0]["cost_cents"]),
        (&Value::from("no_go"), &Value::from(120_050))
    );
    let (_, out, _) = desk.run(&["gate", "list", "shop.patchbook", "--decisions"]);
    assert!(
        out.contains("Decided by Ines Hartmann (Head of IT) on ")
            && out.contains("by e-mail, recorded by Ann Tester, no evidence"),
        "{out}"
    );
    let waiting = desk.json(&["gate", "list", "shop.patchbook", "--waiting", "--domain", "Windows"]);
    assert!(waiting.as_array().expect("rows").iter().any(|row| row["state"] == "no_go"), "{waiting}");
    assert_eq!(desk.run(&["gate", "void", "shop.patchbook", "Windows", &update]).0, 0);
    let rows = desk.json(&["gate", "list", "shop.patchbook", "--decisions"]);
    assert_eq!(rows[0]["voided"], true);
    let (code, _, err) = desk.run(&["gate", "void", "shop.patchbook", "Windows", &update]);
    assert!(code != 0 && err.contains("--decisions"), "{err}");
    assert_eq!(desk.run(&["domain", "end", "shop.patchbook", "Hypervisors"]).0, 0);
    assert_eq!(desk.json(&["domain", "list", "shop.patchbook"]).as_array().expect("rows").len(), 3);
}

#[test]
fn conflicts_and_prerequisites_are_remembered_and_ended() {
    let desk = Desk::imported();
    let update = desk.owed();
    let add = ["conflict", "add", "shop.patchbook", "Oracle", "--update", &update];
    assert_eq!(desk.run(&add).0, 3);
    let (code, out, err) = desk.run(
        &[&add[..], &["--what", "Listener stops", "--remedy", "Start it", "--solved-by", "Ben"]].concat(),
    );
    assert_eq!(code, 0, "{out}{err}");
    let (_, out, _) = desk.run(&["conflict", "list", "shop.patchbook"]);
    assert!(out.contains("Listener stops") && out.contains("Ben"), "{out}");
    let (_, out, _) = desk.run(&["update", "show", "shop.patchbook", &update]);
    assert!(out.contains("Known conflict: Oracle") && out.contains("What helped: Start it (Ben)"), "{out}");
    assert_eq!(desk.run(&["conflict", "end", "shop.patchbook", "1"]).0, 0);
    assert!(desk.json(&["conflict", "list", "shop.patchbook"]).as_array().expect("rows").is_empty());

    let (code, _, err) = desk.run(&["prerequisite", "add", "shop.patchbook", &update]);
    assert!(code != 0 && err.contains("--needs KB, or --what TEXT"), "{err}");
    let (code, out, err) =
        desk.run(&["prerequisite", "add", "shop.patchbook", &update, "--what", "20 GB of free disk"]);
    assert_eq!(code, 0, "{out}{err}");
    let (_, out, _) = desk.run(&["prerequisite", "list", "shop.patchbook"]);
    assert!(out.contains("20 GB of free disk"), "{out}");
    assert_eq!(desk.run(&["prerequisite", "check", "shop.patchbook"]).0, 0);
    assert_ne!(desk.run(&["prerequisite", "check", "shop.patchbook", "CHG-1"]).0, 0);
    assert_eq!(desk.run(&["prerequisite", "end", "shop.patchbook", "1"]).0, 0);
    assert_ne!(desk.run(&["prerequisite", "end", "shop.patchbook", "1"]).0, 0);
    let (code, out, _) = desk.run(&["update", "ahead", "shop.patchbook", "--days", "60"]);
    assert!(code == 0 && out.contains("Microsoft"), "{out}");
    let (code, out, _) = desk.run(&["update", "contradictions", "shop.patchbook"]);
    assert!(code == 0 && out.contains("No scanner contradicts"), "{out}");
}
