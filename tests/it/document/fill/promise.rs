//! What the programme's lists and the business case say on paper, by hand.

use patchbook::domain::case::{BusinessCase, BusinessCaseId};
use patchbook::domain::document::kind::Kind;
use patchbook::domain::programme::ProgrammeKind;

use super::{rows, said};
use crate::deadline::case::{firm, firm_loss};
use crate::programme::{NOW, add, shop};

#[test]
fn the_worked_example_of_the_business_case_reads_to_the_cent() {
    let mut book = shop();
    let mut case = BusinessCase::new("Monthly cycle", "EUR");
    (case.id, case.cost, case.loss) = (BusinessCaseId(1), firm(), Some(firm_loss()));
    book.cases.put(case);
    for (kind, name, words) in [
        (Kind::Text, "case.cycle-hours", "71.8"),
        (Kind::Number, "case.machines", "300"),
        (Kind::Money, "case.cycle-labour", "3\u{202f}949.00 EUR"),
        (Kind::Money, "case.cycle-outage", "900.00 EUR"),
        (Kind::Money, "case.cycle-cost", "4\u{202f}849.00 EUR"),
        (Kind::Money, "case.year-cost", "64\u{202f}188.00 EUR"),
        (Kind::Money, "case.machine-cost", "213.96 EUR"),
        (Kind::Money, "case.benefit", "42\u{202f}000.00 EUR"),
        (Kind::Money, "case.net", "-22\u{202f}188.00 EUR"),
        (Kind::Text, "case.return", "-35 %"),
        (Kind::Money, "case.break-even", "534\u{202f}900.00 EUR"),
        (Kind::Flag, "case.is-negative", "yes"),
        (Kind::Flag, "case.has-break-even", "yes"),
        (Kind::Flag, "case.has-other-side", "no"),
        (Kind::Text, "case.judgement", "Not judged"),
    ] {
        assert_eq!(said(&book, NOW, kind, name), words, "{name}");
    }
    // By hand the PCs take 260 x 30 minutes instead of a tenth of that: 117 hours more at 55, twelve times.
    let by_hand = said(&book, NOW, Kind::Money, "case.by-hand-cost");
    assert_eq!(by_hand, "141\u{202f}408.00 EUR");
    let losses = rows(&book, NOW, "case.losses");
    assert_eq!(
        losses[3],
        "Expected loss a year before | 70\u{202f}000.00 EUR | 70\u{202f}000.00 EUR | 70\u{202f}000.00 EUR"
    );
    assert_eq!(losses[7], "Return | -35 % | -35 % | -35 %");
    let options = rows(&book, NOW, "case.options");
    assert!(options[0].starts_with("Do nothing | 0.00 EUR | 70\u{202f}000.00 EUR | "), "{options:?}");
    assert!(
        options[1].starts_with("Monthly cycle | 64\u{202f}188.00 EUR | 28\u{202f}000.00 EUR | "),
        "{options:?}"
    );
}

#[test]
fn without_a_case_nothing_is_claimed_of_one() {
    let book = shop();
    assert_eq!(said(&book, NOW, Kind::Text, "case.name"), "");
    assert_eq!(said(&book, NOW, Kind::Flag, "case.has-loss"), "no");
    assert!(
        rows(&book, NOW, "own-figures")
            .iter()
            .any(|row| row == "Cost of a machine a year | no business case was made")
    );
}

#[test]
fn controls_are_counted_with_those_nobody_decided_on() {
    let mut book = shop();
    assert_eq!(rows(&book, NOW, "control-counts"), ["No control is entered | 0 | 0 | 0 | 0 | 0 | 0 | 0"]);
    let control = |code: &'static str, applies: &'static str, implemented: &'static str| {
        vec![
            ("code", code),
            ("framework", "ISO/IEC 27001:2022"),
            ("title", "Weaknesses"),
            ("applies", applies),
            ("implemented", implemented),
            ("reason_in", "Practice"),
            ("reason_out", "Not here"),
            ("how", "By the monthly cycle"),
            ("checked_on", "2026-11-02"),
            ("gap", "No proof for the appliances"),
        ]
    };
    for (code, applies, implemented) in [
        ("A.8.8", "yes", "partly"),
        ("A.8.32", "yes", "yes"),
        ("A.5.7", "open", "not checked"),
        ("A.8.9", "no", "no"),
    ] {
        add(&mut book, ProgrammeKind::Control, &control(code, applies, implemented));
    }
    assert_eq!(rows(&book, NOW, "control-counts"), ["ISO/IEC 27001:2022 | 4 | 2 | 1 | 1 | 1 | 0 | 0"]);
    let controls = rows(&book, NOW, "controls");
    assert!(
        controls[0].starts_with(
            "ISO/IEC 27001:2022 A.8.8 (verify) | Weaknesses | Yes: Practice | By the monthly cycle |"
        ),
        "{controls:?}"
    );
    assert!(
        controls[3].contains(" | No: Not here | ")
            && controls[3].ends_with("No; no evidence, checked Mon 2 Nov 2026"),
        "{controls:?}"
    );
    let gaps = rows(&book, NOW, "gaps");
    assert_eq!(gaps.len(), 1, "only what applies and is not there is a gap: {gaps:?}");
    assert!(gaps[0].starts_with("ISO/IEC 27001:2022 A.8.8 (verify) | "));
}

#[test]
fn a_training_is_due_until_it_was_held_or_a_day_to_come_is_planned() {
    let mut book = shop();
    let plan = |topic: &'static str, next: &'static str| {
        vec![("audience", "staff"), ("topic", topic), ("every_months", "12"), ("next_on", next)]
    };
    add(&mut book, ProgrammeKind::Training, &plan("Restarts", ""));
    add(&mut book, ProgrammeKind::Training, &plan("Mail", "2026-12-01"));
    add(&mut book, ProgrammeKind::Training, &plan("Reports", ""));
    add(&mut book, ProgrammeKind::Training, &plan("Old", ""));
    let held = |topic: &'static str, on: &'static str| {
        vec![("audience", "staff"), ("topic", topic), ("held_on", on), ("attended", "Ines Hartmann")]
    };
    add(&mut book, ProgrammeKind::Training, &held("Reports", "2026-06-01"));
    add(&mut book, ProgrammeKind::Training, &held("Old", "2025-10-01"));
    assert_eq!(
        rows(&book, NOW, "training-due"),
        ["Staff | Restarts | never | now", "Staff | Old | Wed 1 Oct 2025 | Thu 1 Oct 2026"]
    );
    assert_eq!(rows(&book, NOW, "training-plan").len(), 4);
    let log = rows(&book, NOW, "training-log");
    assert_eq!(log.len(), 2);
    assert!(log[0].starts_with("Wed 1 Oct 2025 | Staff: Old | Ines Hartmann"), "{log:?}");
}

#[test]
fn records_are_kept_as_long_as_the_law_that_asks_the_most() {
    let mut book = shop();
    assert_eq!(said(&book, NOW, Kind::Flag, "has.keep-years"), "no");
    for (name, applies, years) in [("One", "yes", "6"), ("Two", "yes", "10"), ("Three", "no", "30")] {
        let fields = [
            ("name", name),
            ("asks", "Records"),
            ("answered_by", "This register"),
            ("applies", applies),
            ("keep_years", years),
        ];
        add(&mut book, ProgrammeKind::Law, &fields);
    }
    assert_eq!(said(&book, NOW, Kind::Flag, "has.keep-years"), "yes");
    assert_eq!(said(&book, NOW, Kind::Number, "records.keep-years"), "10");
    assert_eq!(rows(&book, NOW, "laws").len(), 2);
}

#[test]
fn a_breach_is_quoted_with_its_source_and_says_whether_it_was_checked() {
    let mut book = shop();
    assert_eq!(said(&book, NOW, Kind::Flag, "breach.is-quoted"), "no");
    let fields = [
        ("happened", "2017"),
        ("who", "A carrier"),
        ("what", "Ships waited for weeks."),
        ("loss", "300 million USD"),
        ("source", "Its yearly report"),
        ("source_on", "2018-02-09"),
        ("mark", "verify"),
        ("quote", "yes"),
    ];
    add(&mut book, ProgrammeKind::Breach, &fields);
    assert_eq!(
        said(&book, NOW, Kind::Text, "breach.quoted"),
        "2017, A carrier: Ships waited for weeks. Loss: 300 million USD. Source: Its yearly report, Fri 9 Feb 2018; verify."
    );
}
