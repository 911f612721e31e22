//! The shipped documents over the sample register: every name is worked out, in its type.

use patchbook::domain::document::compose::compose;
use patchbook::domain::document::fill::Fill;
use patchbook::domain::document::kind::Kind;
use patchbook::domain::document::{body, name, shipped};

use patchbook::domain::rating::Rank;

use super::life::sample;

#[test]
fn every_name_that_a_shipped_template_uses_is_worked_out_in_its_type() {
    let (book, at) = sample();
    let mut wrong = Vec::new();
    for template in shipped::templates() {
        let fill = Fill::new(&book, at, template);
        for section in &template.sections {
            let nodes = body::parse(&section.text, section.line + 1).expect("read before");
            for (line, kind, name) in body::placeholders(&nodes) {
                if let Err(text) = fill.value(kind, name) {
                    wrong.push(format!("{}.md line {line}: {text}", template.key));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_name_of_the_catalogue_is_worked_out() {
    let (book, at) = sample();
    let fill = Fill::new(&book, at, shipped::template("policy").expect("the policy"));
    let concrete = |known: &name::Name| match known.name {
        "role.CODE" => "role.iso".to_owned(),
        "holder.CODE" => "holder.iso".to_owned(),
        "reference.KEY" => "reference.procedure".to_owned(),
        "figures.mN" => "figures.m3n".to_owned(),
        "has.NAME" => "has.pending-rules".to_owned(),
        name => name.to_owned(),
    };
    let mut wrong = Vec::new();
    for known in name::all() {
        if let Err(text) = fill.value(known.kind, &concrete(known)) {
            wrong.push(text);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(fill.value(Kind::Text, "shop.nmae").is_err());
}

#[test]
fn values_that_are_never_empty_are_never_empty() {
    let (book, at) = sample();
    let fill = Fill::new(&book, at, shipped::template("policy").expect("the policy"));
    for known in name::all() {
        let about_nothing = ["case.", "posture.", "cycle."].iter().any(|p| known.name.starts_with(p));
        let pattern = known.name.contains(|c: char| c.is_ascii_uppercase()) || known.name.ends_with(".mN");
        if known.empty == name::WhenEmpty::Never
            && known.nature != name::Nature::Living
            && !pattern
            && !about_nothing
        {
            let value = fill.value(known.kind, known.name);
            assert!(value.as_ref().is_ok_and(Option::is_some), "{}: {value:?}", known.name);
        }
    }
}

#[test]
fn the_policy_of_the_sample_states_what_the_program_enforces() {
    let (book, at) = sample();
    let template = shipped::template("policy").expect("the policy");
    let composed = compose(&Fill::new(&book, at, template), template, &[]);
    let faults: Vec<String> = composed.faults.iter().map(|fault| fault.sentence()).collect();
    assert!(faults.iter().all(|fault| fault.contains("Set it in")), "{faults:?}");
    let text = composed.text();
    for cap in book.practice.waiver_caps.iter().filter(|cap| cap.rank != Rank::Severe) {
        assert!(text.contains(&cap.approvers.join(" and ")), "{}", cap.rank.text());
    }
    let stated = |name: &str| composed.stated.iter().find(|s| s.name == name).map(|s| s.value.as_str());
    assert_eq!(stated("practice.desktops-per-night"), Some("100"));
    let deadlines = stated("deadlines").expect("the deadlines");
    assert_eq!(deadlines.lines().count(), 1 + book.rules.iter().filter(|r| r.until_at.is_none()).count());
}

/// Words for people: no path, no field, no type of the program.
fn is_plain(text: &str) -> bool {
    let glued =
        text.as_bytes().windows(2).any(|two| two[0].is_ascii_lowercase() && two[1].is_ascii_uppercase());
    !text.contains("::") && !text.contains('_') && !text.contains('.') && !glued
}

#[test]
fn every_setting_has_a_label_without_raw_names_and_a_place_to_set_it() {
    for known in name::all().iter().filter(|known| known.nature == name::Nature::Setting) {
        let label = name::label(known.name);
        assert!(!label.is_empty() && label != known.name, "{}", known.name);
        for text in [label.as_str(), known.place] {
            assert!(is_plain(text), "{}: {text}", known.name);
        }
    }
    for known in name::all() {
        assert!(is_plain(known.place), "{}: {}", known.name, known.place);
    }
    assert_eq!(name::label("practice.quorum"), "the quorum of the committee");
    assert_eq!(name::label("holder.pc"), "who holds a role (PC)");
    assert_eq!(name::label("has.windows"), "whether there is anything to say of the maintenance windows");
}
