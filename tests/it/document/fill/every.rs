//! Every name, on registers that have nothing, what a new one has, and a year of work: an answer in its type, or nothing where the
//! list allows it.

use patchbook::domain::book::Book;
use patchbook::domain::document::fill::{Chosen, Fill};
use patchbook::domain::document::kind::Kind;
use patchbook::domain::document::name::{self, Name, WhenEmpty};
use patchbook::domain::document::shipped;

use super::super::life::sample;
use crate::people::{NOW, shop};

/// What the names that are patterns are asked as.
fn asked(known: &Name) -> Vec<String> {
    match known.name {
        "role.CODE" => vec!["role.iso".to_owned(), "role.zz".to_owned()],
        "holder.CODE" => vec!["holder.pc".to_owned(), "holder.zz".to_owned()],
        "reference.KEY" => shipped::TEXTS.iter().map(|(key, _)| format!("reference.{key}")).collect(),
        "figures.mN" => name::FIGURES.iter().map(|id| format!("figures.{id}")).collect(),
        "has.NAME" => {
            let rows = name::all().iter().filter(|known| matches!(known.kind, Kind::Table | Kind::Bullets));
            rows.map(|known| format!("has.{}", known.name)).collect()
        }
        name => vec![name.to_owned()],
    }
}

/// Names about a thing that there need not be: a cycle, a case, a posture.
fn may_lack(name: &str) -> bool {
    ["cycle.", "case.", "posture."].iter().any(|prefix| name.starts_with(prefix))
}

/// What is wrong with the answers of a register.
fn wrong(book: &Book, now: i64, chosen: Chosen) -> Vec<String> {
    let mut wrong = Vec::new();
    for template in shipped::templates() {
        let fill = Fill::new(book, now, template).about(chosen);
        for known in name::all() {
            for name in asked(known) {
                match fill.value(known.kind, &name) {
                    Err(text) => wrong.push(format!("{}: {name}: {text}", template.key)),
                    Ok(Some(value)) if value.kind() != known.kind => {
                        wrong.push(format!("{name} is a {}", value.kind().word()));
                    }
                    Ok(None) if known.empty == WhenEmpty::Never && !may_lack(&name) => {
                        wrong.push(format!("{}: {name} is never empty, and is", template.key));
                    }
                    Ok(_) => {}
                }
            }
        }
        // The template matters to the document's own names only; one of each owner is enough.
        if template.key == "roles" {
            break;
        }
    }
    wrong
}

#[test]
fn every_name_answers_on_a_register_with_nothing_in_it() {
    let found = wrong(&Book::default(), NOW, Chosen::default());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_name_answers_on_a_new_register() {
    let found = wrong(&shop().book, NOW, Chosen::default());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_name_answers_on_the_worked_example() {
    let book = crate::compliance::example::register();
    let found = wrong(&book, crate::compliance::maker::at(12, 2, 9), Chosen::default());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_name_answers_on_the_sample_about_every_cycle() {
    let (book, now) = sample();
    let mut cycles: Vec<_> = book.cycles.iter().map(|cycle| Some(cycle.id)).collect();
    cycles.truncate(3);
    cycles.push(None);
    for cycle in cycles {
        let found = wrong(&book, now, Chosen { cycle, ..Chosen::default() });
        assert!(found.is_empty(), "{cycle:?}: {}", found.join("\n"));
    }
}

#[test]
fn a_name_that_does_not_exist_and_a_wrong_type_are_errors() {
    let book = Book::default();
    let fill = Fill::new(&book, NOW, shipped::template("policy").expect("the policy"));
    for (kind, name) in [
        (Kind::Text, "shop.nmae"),
        (Kind::Number, "shop.name"),
        (Kind::Percent, "figures.m99"),
        (Kind::Flag, "has.nothing"),
        (Kind::Table, "case.unheard-of"),
    ] {
        assert!(fill.value(kind, name).is_err(), "{name}");
    }
}
