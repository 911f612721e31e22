//! The programme's lists on the console.

use serde_json::Value;

use crate::desk::Desk;

impl Desk {
    fn programme(&self, args: &[&str]) -> (i32, String, String) {
        self.run(&[&["programme", args[0], "shop.patchbook"], &args[1..]].concat())
    }

    fn programme_json(&self, args: &[&str]) -> Value {
        self.json(&[&["programme", args[0], "shop.patchbook"], &args[1..]].concat())
    }
}

#[test]
fn a_list_is_kept_from_the_console() {
    let desk = Desk::new();
    let (code, out, _) = desk.programme(&["list"]);
    assert!(code == 0 && out.contains("scope_phase") && out.contains("Breaches elsewhere"), "{out}");
    let (code, _, error) = desk.programme(&["list", "wishes"]);
    assert!(code == 2 && error.contains("stakeholder"), "{error}");
    let (code, out, _) = desk.programme(&["show", "tool"]);
    assert!(code == 0 && out.contains("patch tool | server automation"), "{out}");

    let (code, _, error) = desk.programme(&["add", "tool", "product=Test tool"]);
    assert!(code == 3 && error.contains("class=VALUE covers=VALUE"), "{error}");
    let before = desk.programme_json(&["list", "tool"]).as_array().unwrap().len();
    let told = ["product=Test tool", "class=patch tool", "covers=Windows"];
    let (code, _, error) = desk.programme(&[&["add", "tool"], &told[..], &["cost_year=much"]].concat());
    assert!(code == 2 && error.contains("1200.50"), "{error}");
    let (code, out, error) =
        desk.programme(&[&["add", "tool"], &told[..], &["note=first\\nsecond"]].concat());
    assert!(code == 0 && out.contains("Add Test tool in Deployment tools"), "{out}{error}");
    let list = desk.programme_json(&["list", "tool"]);
    assert_eq!(list.as_array().unwrap().len(), before + 1);
    assert_eq!(list[before]["note"], "first\nsecond");

    let (code, out, _) = desk.programme(&["set", "tool", "test tool", "cost_year=1200", "note="]);
    assert!(code == 0 && out.contains("Change Test tool"), "{out}");
    let (code, out, _) = desk.programme(&["show", "tool", "Test tool"]);
    assert!(code == 0 && out.contains("1200") && !out.contains("second"), "{out}");
    let other = ["product=Second", "class=by hand", "covers=The rest"];
    assert_eq!(desk.programme(&[&["add", "tool"], &other[..]].concat()).0, 0);
    let (code, out, _) = desk.programme(&["order", "tool", "Second", "--to", "1"]);
    assert!(code == 0 && out.contains("Order Deployment tools"), "{out}");
    assert_eq!(desk.programme_json(&["list", "tool"])[0]["product"], "Second");
    let (code, _, error) = desk.programme(&["order", "tool", "Second", "--to", "99"]);
    assert!(code == 2 && error.contains("no place 99"), "{error}");
    let (code, out, _) = desk.programme(&["end", "tool", "1"]);
    assert!(code == 0 && out.contains("Take Second out"), "{out}");
    let (code, _, error) = desk.programme(&["end", "tool", "Second"]);
    assert!(code == 2 && error.contains("there is no row Second"), "{error}");
    assert_eq!(desk.run(&["undo", "shop.patchbook"]).0, 0);
    assert_eq!(desk.programme_json(&["list", "tool"])[0]["product"], "Second");
    assert_eq!(desk.run(&["verify", "shop.patchbook"]).0, 0);
}

#[test]
fn gaps_answers_and_objections_are_told() {
    let desk = Desk::new();
    let gap = [
        "code=ZZ.1",
        "framework=Own rules",
        "title=T",
        "applies=yes",
        "reason_in=law",
        "implemented=no",
        "gap=all of it",
    ];
    assert_eq!(desk.programme(&[&["add", "control"], &gap[..]].concat()).0, 0);
    let (code, out, _) = desk.programme(&["list", "control", "--gaps"]);
    assert!(code == 0 && out.contains("ZZ.1"), "{out}");
    assert!(
        out.contains(
            "Own rules: 1 of 1 answered; 1 apply, of these 0 implemented, 0 partly, 1 not, 0 not checked."
        ),
        "{out}"
    );
    let (code, _, error) = desk.programme(&["list", "tool", "--gaps"]);
    assert!(code == 2 && error.contains("only controls have gaps"), "{error}");
    let told = [
        "name=Ruth",
        "stands=against",
        "objection=It breaks things",
        "figures=failed-first",
        "answer=See for yourself",
    ];
    assert_eq!(desk.programme(&[&["add", "stakeholder"], &told[..]].concat()).0, 0);
    let (code, out, _) = desk.programme(&["objections"]);
    assert!(
        code == 0
            && out.contains("Ruth (against): It breaks things")
            && out.contains("Failed at first: n/a (0 items)"),
        "{out}"
    );
    let value = desk.programme_json(&["answers", "--machines"]);
    assert_eq!((&value["in_time"]["all"], &value["in_time"]["days"]), (&Value::from(0), &Value::from(14)));
    let (code, out, _) = desk.programme(&["answers"]);
    assert!(code == 0 && out.contains("n/a (0 items)") && out.contains("0 machines"), "{out}");
    let (code, _, error) = desk.programme(&["answers", "--days", "0"]);
    assert!(code == 2 && error.contains("1 to 365"), "{error}");
}

#[test]
fn an_objection_is_answered_with_what_a_machine_costs_by_the_business_case() {
    let desk = Desk::new();
    let told =
        ["name=Ruth", "stands=against", "objection=It costs", "figures=machine-cost", "answer=Here it is"];
    assert_eq!(desk.programme(&[&["add", "stakeholder"], &told[..]].concat()).0, 0);
    let (_, out, _) = desk.programme(&["objections"]);
    assert!(out.contains("Cost of a machine a year: no business case was made"), "{out}");
    let case = ["case", "new", "shop.patchbook", "First", "--currency", "EUR", "--rate", "60"];
    assert_eq!(desk.run(&[&case[..], &["--group", "Web,machines=10,touch=60"]].concat()).0, 0);
    let (_, out, _) = desk.programme(&["objections"]);
    assert!(out.contains("Cost of a machine a year: 720.00 EUR"), "twelve hours at 60: {out}");
    assert_eq!(desk.run(&["case", "end", "shop.patchbook", "First"]).0, 0);
    let (_, out, _) = desk.programme(&["objections"]);
    assert!(out.contains("no business case was made"), "a case that was given up costs nothing: {out}");
}
