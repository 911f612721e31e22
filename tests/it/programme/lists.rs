//! The table of fields, the rows a register starts with, and what a row must hold.

use std::collections::BTreeSet;

use patchbook::domain::book::Book;
use patchbook::domain::command::ProgrammeCommand;
use patchbook::domain::programme::check::check;
use patchbook::domain::programme::field::FieldKind;
use patchbook::domain::programme::list::{columns, field, fields, naming, unique};
use patchbook::domain::programme::objection::name_of_figure;
use patchbook::domain::programme::table::{entries, table};
use patchbook::domain::programme::{ProgrammeEntry, ProgrammeKind, SHIPPED, starting};
use patchbook::util::id::Ids;
use proptest::prelude::*;

use super::{NOW, add, ask, done, faults, row, save, shop};

fn today() -> chrono::NaiveDate {
    "2026-11-23".parse().expect("a date")
}

fn shipped() -> Book {
    let mut book = shop();
    assert!(book.apply(&starting(&Ids::seeded(9), NOW)).expect("rows"));
    book
}

#[test]
fn every_name_in_the_table_of_fields_is_a_field() {
    for &kind in ProgrammeKind::ALL {
        let names: Vec<&str> = fields(kind).iter().map(|field| field.name).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{kind:?} repeats a field");
        for name in columns(kind).iter().chain(naming(kind)).chain(unique(kind)) {
            assert!(field(kind, name).is_some(), "{kind:?} has no {name}");
        }
        for field in fields(kind) {
            assert!(!field.label.is_empty());
            if let FieldKind::Choice(words) = field.kind {
                assert!(words.len() > 1, "{}", field.name);
            }
        }
    }
}

#[test]
fn the_shipped_rows_are_those_of_the_file_as_a_whole_reader_reads_it() {
    let book = shipped();
    let file: toml::Table = SHIPPED.parse().expect("TOML");
    let mut rows = 0;
    for &kind in ProgrammeKind::ALL {
        let listed = file.get(kind.word()).and_then(|list| list.as_array()).map_or(&[][..], Vec::as_slice);
        let held = entries(&book, kind);
        assert_eq!(listed.len(), held.len(), "{kind:?}");
        for ((place, listed), held) in (1_i64..).zip(listed).zip(held) {
            let table = listed.as_table().expect("a table");
            assert_eq!(held.position, place);
            if let Some(position) = table.get("position") {
                assert_eq!(position.as_integer(), Some(place), "{}", held.name());
            }
            let text = |value: &toml::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let wanted: Vec<(String, String)> = table
                .iter()
                .filter(|(key, _)| *key != "position")
                .map(|(key, value)| (key.clone(), text(value)))
                .filter(|(_, value)| !value.is_empty())
                .collect();
            let kept: Vec<(String, String)> = held.fields.clone().into_iter().collect();
            let sorted: BTreeSet<_> = wanted.into_iter().collect();
            assert_eq!(sorted, kept.into_iter().collect(), "{kind:?} {}", held.name());
            rows += 1;
        }
    }
    assert_eq!(rows, file.values().filter_map(|list| list.as_array()).map(Vec::len).sum::<usize>());
    assert_eq!(entries(&book, ProgrammeKind::Step).len(), 12);
    assert!(rows > 100, "{rows}");
}

#[test]
fn every_shipped_row_would_be_taken_as_it_is() {
    let book = shipped();
    for entry in &book.programme {
        let mut copy = entry.clone();
        assert_eq!(check(&book, &mut copy, today()), [], "{:?} {}", entry.kind, entry.name());
        assert_eq!(copy, *entry, "nothing in it is put in another form");
    }
}

#[test]
fn the_controls_that_auditors_ask_for_are_there() {
    let book = shipped();
    let codes: BTreeSet<String> =
        entries(&book, ProgrammeKind::Control).iter().map(|row| row.get("code").to_owned()).collect();
    for code in [
        "A.5.9", "A.5.20", "A.5.21", "A.5.22", "A.5.37", "A.8.7", "A.8.8", "A.8.9", "A.8.15", "A.8.16",
        "A.8.19", "A.8.31", "A.8.32", "1.1", "2.1", "2.2", "7.1", "7.2", "7.3", "7.4", "7.5", "7.6", "7.7",
        "6.3.1", "6.3.2", "6.3.3", "6.5.1", "6.5.2", "11.3", "12.3.4", "SI-2", "SI-2(2)", "CM-3", "RA-5",
        "SA-22",
    ] {
        assert!(codes.contains(code), "{code}");
    }
    for row in entries(&book, ProgrammeKind::Stakeholder) {
        for id in row.get("figures").split(", ") {
            assert!(name_of_figure(id).is_some(), "{id}");
        }
    }
}

#[test]
fn each_kind_of_field_is_brought_into_form_or_refused() {
    let book = shop();
    let tool = |more: &[(&'static str, &'static str)]| {
        let mut all = vec![("product", "WSUS"), ("class", "patch tool"), ("covers", "Windows")];
        all.extend(more);
        all
    };
    for (bad, field) in [
        (("class", "magic"), "class"),
        (("cost_year", "1,200"), "cost_year"),
        (("cost_year", "12.345"), "cost_year"),
        (("cost_year", "."), "cost_year"),
        (("owner", "Nobody At All"), "owner"),
        (("colour", "red"), ""),
    ] {
        assert_eq!(faults(&book, ProgrammeKind::Tool, &tool(&[bad])), [field], "{bad:?}");
    }
    let law = [("name", "L"), ("asks", "x"), ("applies", "open"), ("keep_years", "six")];
    assert_eq!(faults(&book, ProgrammeKind::Law, &law), ["keep_years"]);
    let talk =
        [("name", "A"), ("stands", "ally"), ("next_on", "8.12.2026"), ("figures", "failed-first,luck")];
    assert_eq!(faults(&book, ProgrammeKind::Stakeholder, &talk), ["figures", "next_on"]);
    let mut book = book;
    let kept = add(
        &mut book,
        ProgrammeKind::Tool,
        &tool(&[
            ("class", " Patch Tool "),
            ("owner", "iso"),
            ("cost_year", "1200.50"),
            ("note", "  a\r\nb "),
        ]),
    );
    assert_eq!(
        ["class", "owner", "cost_year", "note", "licence"].map(|name| kept.get(name)),
        ["patch tool", "ISO", "1200.50", "a\nb", ""]
    );
    let other = add(
        &mut book,
        ProgrammeKind::Tool,
        &[("product", "dnf"), ("class", "patch tool"), ("covers", "Linux"), ("owner", "ines hartmann")],
    );
    assert_eq!((other.get("owner"), other.position), ("Ines Hartmann", 2));
}

#[test]
fn a_control_is_included_or_excluded_with_a_reason_and_a_gap_says_what_is_missing() {
    let book = shop();
    let control = |more: &[(&'static str, &'static str)]| {
        let mut all =
            vec![("code", "X.1"), ("framework", "F"), ("title", "T"), ("implemented", "not checked")];
        all.extend(more);
        faults(&book, ProgrammeKind::Control, &all)
    };
    assert_eq!(control(&[("applies", "open")]), [""; 0]);
    assert_eq!(control(&[("applies", "yes")]), ["reason_in"]);
    assert_eq!(control(&[("applies", "no")]), ["reason_out"]);
    let yes = [("applies", "yes"), ("reason_in", "law")];
    let with = |more: &[(&'static str, &'static str)]| control(&[&yes[..], more].concat());
    assert_eq!(with(&[("implemented", "no")]), ["gap"]);
    assert_eq!(with(&[("implemented", "partly")]), ["how", "checked_on", "gap"]);
    let gap = [("implemented", "no"), ("gap", "no list")];
    let gapped = |more: &[(&'static str, &'static str)]| with(&[&gap[..], more].concat());
    assert_eq!(gapped(&[("action", "make one")]), ["action_owner", "due_on"]);
    assert_eq!(gapped(&[("gap_status", "closed")]), ["tested_on", "test_result", "gap_status"]);
    assert_eq!(with(&[("implemented", "yes"), ("how", "so"), ("checked_on", "2026-11-24")]), ["checked_on"]);
    assert_eq!(with(&[("implemented", "yes"), ("how", "so"), ("checked_on", "2026-11-23")]), [""; 0]);
}

#[test]
fn what_is_said_to_be_done_names_who_what_and_when() {
    let book = shop();
    let step = [("name", "S"), ("phase", "plan"), ("what", "w"), ("status", "done")];
    assert_eq!(faults(&book, ProgrammeKind::Step, &step), ["owner", "evidence", "checked_on"]);
    let phase = [
        ("name", "P"),
        ("what", "w"),
        ("status", "complete"),
        ("from_on", "2026-05-01"),
        ("until_on", "2026-04-01"),
    ];
    assert_eq!(faults(&book, ProgrammeKind::ScopePhase, &phase), ["until_on"]);
    assert_eq!(faults(&book, ProgrammeKind::ScopePhase, &phase[..3]), ["from_on", "until_on"]);
    assert_eq!(faults(&book, ProgrammeKind::Maturity, &[("step", "s"), ("stage", "automated")]), ["today"]);
    let law = [("name", "L"), ("asks", "x"), ("applies", "yes")];
    assert_eq!(faults(&book, ProgrammeKind::Law, &law), ["answered_by"]);
    let held = [("audience", "staff"), ("topic", "t"), ("held_on", "2026-11-01")];
    assert_eq!(faults(&book, ProgrammeKind::Training, &held), ["attended"]);
    let future = [("audience", "staff"), ("topic", "t"), ("held_on", "2027-11-01"), ("attended", "all")];
    assert_eq!(faults(&book, ProgrammeKind::Training, &future), ["held_on"]);
    let breach = [("who", "X"), ("what", "w")];
    assert_eq!(faults(&book, ProgrammeKind::Breach, &breach), ["happened", "loss", "source"]);
    assert_eq!(faults(&book, ProgrammeKind::Stakeholder, &[("stands", "against")]), ["name"]);
}

#[test]
fn rows_are_changed_ordered_and_taken_out() {
    let mut book = shop();
    let kind = ProgrammeKind::Integration;
    let one = |name: &'static str| [("process", name), ("inputs", "i"), ("outputs", "o")];
    let (a, b, c) =
        (add(&mut book, kind, &one("A")), add(&mut book, kind, &one("B")), add(&mut book, kind, &one("C")));
    assert_eq!(faults(&book, kind, &one("b")), ["process"], "a second row about the same");
    assert_eq!(
        done(&mut book, ProgrammeCommand::Order(kind, vec![c.id, a.id, b.id])),
        "Order Integration points"
    );
    let order = |book: &Book| entries(book, kind).iter().map(|row| row.name().to_owned()).collect::<String>();
    assert_eq!(order(&book), "CAB");
    assert!(ask(&book, ProgrammeCommand::Order(kind, vec![a.id, b.id])).is_err());
    assert!(ask(&book, ProgrammeCommand::Order(kind, vec![a.id, b.id, b.id])).is_err());
    let stale = row(kind, &one("D"));
    assert!(ask(&book, save(Some(&a), stale.clone())).is_err(), "it was moved meanwhile");
    let a = book.programme.get(a.id.0).cloned().expect("a row");
    assert_eq!(done(&mut book, save(Some(&a), stale)), "Change D in Integration points");
    assert_eq!(order(&book), "CDB", "a changed row keeps its place");
    assert_eq!(done(&mut book, ProgrammeCommand::End(c.id)), "Take C out of Integration points");
    assert_eq!(order(&book), "DB");
    assert!(ask(&book, ProgrammeCommand::End(c.id)).is_err());
    assert_eq!(book.programme.len(), 3, "nothing vanishes");
}

#[test]
fn a_table_shows_days_and_roles_as_people_read_them() {
    let mut book = shop();
    add(
        &mut book,
        ProgrammeKind::Stakeholder,
        &[
            ("name", "Ruth"),
            ("stands", "against"),
            ("next_on", "2026-12-08"),
            ("owner", "ISO"),
            ("figures", "failed-first"),
        ],
    );
    let (head, rows) = table(&book, ProgrammeKind::Stakeholder, today());
    let cell = |label: &str| rows[0][head.iter().position(|head| *head == label).expect(label)].clone();
    assert_eq!(cell("Stands"), "Against");
    assert_eq!(cell("Next conversation"), "Tue 8 Dec 2026");
    assert_eq!(cell("Who talks to them"), "Information security officer (nobody holds it)");
    assert_eq!(cell("Figures that answer"), "Failed at first");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn any_texts_are_taken_in_form_or_refused_and_what_is_taken_is_taken_again(
        which in 0_usize..11, texts in proptest::collection::vec("\\PC{0,30}", 24)
    ) {
        let book = shop();
        let kind = ProgrammeKind::ALL[which];
        let mut entry: ProgrammeEntry = row(kind, &[]);
        for (field, text) in fields(kind).iter().zip(texts) {
            entry.fields.insert(field.name.to_owned(), text);
        }
        if check(&book, &mut entry, today()).is_empty() {
            let kept = entry.clone();
            prop_assert!(check(&book, &mut entry, today()).is_empty());
            prop_assert_eq!(entry, kept);
        }
    }
}
