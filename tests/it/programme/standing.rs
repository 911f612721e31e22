//! What is worked out of the lists: steps that are complete, controls that are answered, gaps by risk, training that is overdue.

use patchbook::domain::programme::ProgrammeKind;
use patchbook::domain::programme::applicability::{counts, gaps, lacking, reason, risk};
use patchbook::domain::programme::progress::{coverage, step_lacks, steps_complete};

use super::{add, row, shop};

const CONTROL: [(&str, &str); 3] = [("framework", "F"), ("title", "T"), ("implemented", "not checked")];

#[test]
fn no_control_without_its_reason_and_state_counts_as_answered() {
    let mut book = shop();
    let mut control = |code: &'static str, more: &[(&'static str, &'static str)]| {
        add(&mut book, ProgrammeKind::Control, &[&CONTROL[..], &[("code", code)], more].concat())
    };
    let open = control("1", &[("applies", "open"), ("reason_in", "maybe"), ("reason_out", "maybe not")]);
    let unchecked = control("2", &[("applies", "yes"), ("reason_in", "law")]);
    let out =
        control("3", &[("applies", "no"), ("reason_out", "no such thing here"), ("reason_in", "unused")]);
    let full = control(
        "4",
        &[
            ("applies", "yes"),
            ("reason_in", "risk"),
            ("implemented", "yes"),
            ("how", "so"),
            ("checked_on", "2026-11-01"),
        ],
    );
    let small = control(
        "5",
        &[
            ("applies", "yes"),
            ("reason_in", "risk"),
            ("implemented", "no"),
            ("gap", "g"),
            ("likelihood", "low"),
            ("impact", "high"),
        ],
    );
    let unjudged =
        control("6", &[("applies", "yes"), ("reason_in", "risk"), ("implemented", "no"), ("gap", "g")]);
    assert_eq!(lacking(&open), ["whether it applies"]);
    assert_eq!(lacking(&unchecked), ["how far it is implemented"]);
    assert_eq!((lacking(&out), lacking(&full)), (vec![], vec![]));
    assert_eq!((reason(&open), reason(&out), reason(&full)), ("", "no such thing here", "risk"));
    let [(framework, n)] = counts(&book).try_into().expect("one framework");
    assert_eq!(framework, "F");
    assert_eq!((n.all, n.answered, n.apply), (6, 4, 4));
    assert_eq!((n.implemented, n.partly, n.not, n.unchecked), (1, 0, 2, 1));
    assert_eq!((risk(&small), risk(&unjudged)), (3, 9), "what nobody judged counts as high");
    assert_eq!(gaps(&book).iter().map(|row| row.get("code")).collect::<Vec<_>>(), ["6", "5"]);
    // A file may hold what no form would take: an excluded control without its reason answers nothing.
    let bare = row(ProgrammeKind::Control, &[("applies", "no")]);
    assert_eq!(lacking(&bare), ["the reason for excluding it"]);
}

#[test]
fn a_step_is_complete_with_owner_evidence_and_date() {
    let mut book = shop();
    let base = [("phase", "plan"), ("what", "w")];
    add(
        &mut book,
        ProgrammeKind::Step,
        &[&base[..], &[("name", "1"), ("status", "under way"), ("owner", "ISO")]].concat(),
    );
    let done = [
        ("name", "2"),
        ("status", "done"),
        ("owner", "ISO"),
        ("evidence", "minutes 3"),
        ("checked_on", "2026-10-01"),
    ];
    let complete = add(&mut book, ProgrammeKind::Step, &[&base[..], &done[..]].concat());
    assert_eq!(steps_complete(&book), (1, 2));
    assert_eq!(step_lacks(&complete), Vec::<&str>::new());
    let lacking = step_lacks(&row(ProgrammeKind::Step, &[("status", "done")]));
    assert_eq!(lacking, ["an owner", "evidence", "a date"]);
}

#[test]
fn training_is_overdue_when_never_held_or_held_too_long_ago() {
    let mut book = shop();
    let mut one = |fields: &[(&'static str, &'static str)]| {
        add(&mut book, ProgrammeKind::Training, fields);
    };
    one(&[("audience", "staff"), ("topic", "Restarts"), ("every_months", "12"), ("next_on", "2026-12-08")]);
    one(&[("audience", "staff"), ("topic", "Restarts"), ("held_on", "2025-11-01"), ("attended", "all")]);
    one(&[("audience", "staff"), ("topic", "Restarts"), ("held_on", "2025-12-01"), ("attended", "all")]);
    one(&[("audience", "management"), ("topic", "Why"), ("every_months", "12")]);
    one(&[
        ("audience", "maintenance"),
        ("topic", "Back-out"),
        ("held_on", "2020-01-01"),
        ("attended", "Ines"),
    ]);
    let at = |day: &str| coverage(&book, day.parse().expect("a date"));
    let list = at("2026-11-23");
    assert_eq!(list.len(), 3);
    let staff = &list[0];
    assert_eq!(staff.last_on.map(|day| day.to_string()).as_deref(), Some("2025-12-01"));
    assert_eq!(staff.due_on.map(|day| day.to_string()).as_deref(), Some("2026-12-01"));
    assert_eq!(staff.planned_on.map(|day| day.to_string()).as_deref(), Some("2026-12-08"));
    let overdue = |list: &[patchbook::domain::programme::progress::Coverage]| {
        list.iter().filter(|one| one.overdue).map(|one| one.audience.clone()).collect::<Vec<_>>()
    };
    assert_eq!(overdue(&list), ["management"], "once is enough where nobody said how often");
    assert_eq!(overdue(&at("2026-12-02")), ["staff", "management"]);
}
