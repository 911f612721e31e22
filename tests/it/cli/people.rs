//! People, roles, matrix, committee, meetings and actions as a script drives them.

use crate::desk::Desk;

fn staffed() -> Desk {
    let desk = Desk::new();
    for name in ["Ines Hartmann", "Ruth Okafor", "Tomasz Lis"] {
        assert_eq!(desk.run(&["person", "add", "shop.patchbook", name]).0, 0);
    }
    desk
}

#[test]
fn roles_are_assigned_handed_over_and_left_from_a_script() {
    let desk = staffed();
    let (code, out, _) = desk.run(&["role", "assign", "shop.patchbook", "PC", "--to", "Ines Hartmann"]);
    assert!(code == 0 && out.contains("Make Ines Hartmann Patching coordinator"), "{out}");
    let hand = ["role", "hand-over", "shop.patchbook", "PC", "--to", "Tomasz Lis", "--on", "2099-01-01"];
    assert_eq!(desk.run(&hand).0, 0);
    let roles = desk.json(&["role", "list", "shop.patchbook", "--on", "2099-01-01"]);
    assert_eq!(roles["roles"][0]["holders"][0]["person"], "Tomasz Lis");
    let leave = ["role", "leave", "shop.patchbook", "Tomasz Lis", "--on", "2099-06-30"];
    let left = desk.json(&leave);
    assert_eq!(left["left"][0], "1 role without a holder: Patching coordinator");
    let late = ["role", "assign", "shop.patchbook", "QA", "--to", "Tomasz Lis", "--from", "2099-07-01"];
    let (code, _, said) = desk.run(&late);
    assert!(code == 2 && said.contains("left on Tue 30 Jun 2099"), "{said}");
}

#[test]
fn a_missing_answer_ends_with_three_and_names_its_flag() {
    let desk = staffed();
    let before = desk.bytes();
    for (args, flag) in [
        (&["role", "assign", "shop.patchbook", "PC"][..], "--to NAME"),
        (&["role", "hand-over", "shop.patchbook", "PC", "--to", "Tomasz Lis"], "--on DATE"),
        (&["role", "hats", "shop.patchbook", "--does", "Tomasz Lis"], "--approves NAME"),
        (&["role", "leave", "shop.patchbook", "Tomasz Lis"], "--on DATE"),
        (&["matrix", "shop.patchbook", "--row", "1"], "--role CODE"),
        (&["matrix", "shop.patchbook", "--accept", "verifier-implementer"], "--person NAME"),
        (&["committee", "add", "shop.patchbook", "Tomasz Lis"], "--represents TEXT"),
        (&["meeting", "plan", "shop.patchbook", "--kind", "review"], "--cycle NAME"),
        (&["action", "add", "shop.patchbook", "Look again"], "--owner NAME"),
    ] {
        let (code, _, said) = desk.run(args);
        assert!(code == 3 && said.contains(flag), "{args:?}: {code} {said}");
    }
    assert_eq!(desk.bytes(), before, "a question changes nothing");
}

#[test]
fn the_matrix_is_shown_marked_and_checked() {
    let desk = staffed();
    let (does, approves) = ("Ines Hartmann", "Ruth Okafor");
    let hats =
        ["role", "hats", "shop.patchbook", "--does", does, "--approves", approves, "--looks-over", approves];
    assert_eq!(desk.run(&hats).0, 0);
    let shown = desk.json(&["matrix", "shop.patchbook"]);
    assert_eq!(shown["activities"].as_array().map(Vec::len), Some(24));
    assert_eq!(shown["activities"][0]["marks"]["ISO"], "A");
    assert_eq!(shown["findings"].as_array().map(Vec::len), Some(0));
    let open = shown["conflicts"].as_array().unwrap().clone();
    assert!(!open.is_empty() && open.iter().all(|conflict| conflict["accepted"] == false));
    assert_eq!(desk.run(&["matrix", "shop.patchbook", "--check"]).0, 7);
    for conflict in &open {
        let by = if conflict["person"] == does { approves } else { does };
        let (rule, person) = (conflict["rule"].as_str().unwrap(), conflict["person"].as_str().unwrap());
        let accept = ["matrix", "shop.patchbook", "--accept", rule, "--person", person, "--by", by];
        let all = [&accept[..], &["--instead", "A second look"]].concat();
        let (code, _, said) = desk.run(&all);
        assert_eq!(code, 0, "{said}");
    }
    assert_eq!(desk.run(&["matrix", "shop.patchbook", "--check"]).0, 0);
    let clear = ["matrix", "shop.patchbook", "--row", "1", "--role", "ISO", "--mark", "none"];
    assert_eq!(desk.run(&clear).0, 0);
    let (code, out, _) = desk.run(&["matrix", "shop.patchbook", "--check"]);
    assert!(code == 7 && out.contains("Nobody answers for it"), "{out}");
}

#[test]
fn a_meeting_goes_from_plan_to_accepted_minutes() {
    let desk = staffed();
    for name in ["Ines Hartmann", "Ruth Okafor", "Tomasz Lis"] {
        let add =
            ["committee", "add", "shop.patchbook", name, "--represents", "Something", "--from", "2020-01-01"];
        assert_eq!(desk.run(&add).0, 0);
    }
    let contact = ["committee", "contact", "shop.patchbook", "--bridge", "+49 30 901820"];
    let call = ["--call", "Ruth Okafor=+49 170 1234567@15"];
    assert_eq!(desk.run(&[&contact[..], &call[..]].concat()).0, 0);
    let (_, out, _) = desk.run(&["committee", "list", "shop.patchbook"]);
    assert!(out.contains("after 15 min: Ruth Okafor, +49 170 1234567"), "{out}");
    let (code, _, said) = desk.run(&["meeting", "plan", "shop.patchbook", "--at", "2024-04-08T10:00"]);
    assert_eq!(code, 0, "{said}");
    let minutes = ["meeting", "minutes", "shop.patchbook", "1", "--begun", "2024-04-08T10:02"];
    let came = ["--present", "Ines Hartmann", "--present", "Ruth Okafor", "--apologies", "Tomasz Lis"];
    let decided = ["--decision", "8=Sundays it is", "--thanks", "To all"];
    let (code, _, said) = desk.run(&[&minutes[..], &came[..], &decided[..]].concat());
    assert_eq!(code, 0, "{said}");
    let shown = desk.json(&["meeting", "show", "shop.patchbook", "1"]);
    assert_eq!((&shown["paper"], &shown["state"]), (&"Decision note".into(), &"draft".into()));
    assert_eq!(shown["items"][7]["evidence"], false, "nobody is named as decider");
    let by = ["meeting", "minutes", "shop.patchbook", "1", "--decided-by", "8=Ruth Okafor"];
    assert_eq!(desk.run(&by).0, 0);
    assert_eq!(desk.json(&["meeting", "show", "shop.patchbook", "1"])["items"][7]["evidence"], true);
    let owner = ["--owner", "Tomasz Lis", "--due", "2099-01-01", "--meeting", "1"];
    assert_eq!(
        desk.run(&[&["action", "add", "shop.patchbook", "Move the window"][..], &owner[..]].concat()).0,
        0
    );
    let accept = ["meeting", "accept", "shop.patchbook", "1", "--by", "Ruth Okafor"];
    assert_eq!(desk.run(&accept).0, 0);
    let (code, _, said) = desk.run(&by);
    assert!(code == 2 && said.contains("no longer change"), "{said}");
    let actions = desk.json(&["action", "list", "shop.patchbook"]);
    assert_eq!((&actions[0]["owner"], &actions[0]["number"]), (&"Tomasz Lis".into(), &1.into()));
    assert_eq!(desk.run(&["action", "done", "shop.patchbook", "1", "--by", "Tomasz Lis"]).0, 0);
    assert_eq!(desk.json(&["action", "list", "shop.patchbook"]).as_array().map(Vec::len), Some(0));
    assert_eq!(desk.json(&["action", "list", "shop.patchbook", "--all"])[0]["state"], "done");
}

#[test]
fn how_the_shop_works_is_shown_and_set_from_a_script() {
    let desk = Desk::new();
    let shown = desk.json(&["practice", "show", "shop.patchbook"]);
    assert_eq!((&shown["quiet_days"], &shown["severe_waivers"]), (&7.into(), &false.into()));
    let set = ["practice", "set", "shop.patchbook", "--quiet-days", "10", "--severe-waivers", "yes"];
    let caps = ["--cap", "high=45", "--cap", "low=90", "--renewals", "low=0"];
    let (code, out, said) = desk.run(&[&set[..], &caps[..]].concat());
    assert!(code == 0 && out.contains("Change how the shop works"), "{out} {said}");
    let shown = desk.json(&["practice", "show", "shop.patchbook"]);
    assert_eq!((&shown["quiet_days"], &shown["severe_waivers"]), (&10.into(), &true.into()));
    assert_eq!((&shown["quorum"], &shown["cyber_essentials"]), (&3.into(), &false.into()));
    let cap = |rank: &str| {
        let caps = shown["waiver_caps"].as_array().expect("caps");
        caps.iter().find(|cap| cap["rank"] == rank).expect("a cap").clone()
    };
    assert_eq!(
        (&cap("high")["days"], &cap("low")["days"], &cap("low")["renewals"]),
        (&45.into(), &90.into(), &0.into())
    );
    let before = desk.bytes();
    for (args, words) in [
        (&["--quiet-days", "0"][..], "The quiet period is between 1 and 90 days"),
        (&["--quorum", "-1"], "A quorum is between 0 and 50 members"),
        (&["--review-days", "0"], "A review is due within 1 to 60 working days"),
        (&["--desktops-per-night", "-5"], "Desktops in one night are between 1 and 100 000"),
        (&["--cap", "severe=31"], "A waiver of severe risk runs between 1 and 30 days"),
        (&["--renewals", "severe=1"], "A waiver of severe risk is never renewed"),
        (&["--cap", "dire=5"], "dire=5 is not a rank and a whole number"),
        (&["--severe-waivers", "perhaps"], "write yes or no"),
    ] {
        let (code, _, said) = desk.run(&[&["practice", "set", "shop.patchbook"], args].concat());
        assert!(code == 2 && said.contains(words), "{args:?}: {code} {said}");
    }
    assert_eq!(desk.bytes(), before, "what is refused changes nothing");
}

#[test]
fn a_role_of_its_own_is_added_changed_and_dropped_from_a_script() {
    let desk = Desk::new();
    let add = ["role", "add", "shop.patchbook", "TS"];
    let (code, _, said) = desk.run(&add);
    assert!(code == 3 && said.contains("--name TEXT"), "{said}");
    let named = [&add[..], &["--name", "Till support", "--hat", "looks-over"]].concat();
    assert_eq!(desk.run(&named).0, 0);
    let (code, _, said) = desk.run(&named);
    assert!(code == 2 && said.contains("TS is the short form of Till support"), "{said}");
    let change = ["role", "change", "shop.patchbook", "TS", "--name", "Support of the tills"];
    assert_eq!(desk.run(&change).0, 0);
    let listed = || desk.json(&["role", "list", "shop.patchbook"]).to_string();
    assert!(listed().contains("Support of the tills"));
    assert_eq!(desk.run(&["role", "drop", "shop.patchbook", "TS"]).0, 0);
    assert!(!listed().contains("Support of the tills"));
    let (code, _, said) = desk.run(&change);
    assert!(code == 2 && said.contains("Support of the tills is no longer used"), "{said}");
}
