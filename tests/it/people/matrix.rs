//! The roles matrix: the default one, its live rules, and duties in one hand.

use patchbook::domain::command::{Command, Edit, RoleCommand};
use patchbook::domain::role::conflict::conflicts_on;
use patchbook::domain::role::matrix::{Finding, activities_in_order, findings, row_findings};
use patchbook::domain::role::{Activity, DutyConflict, DutyConflictId, DutyRule, Mark, Part};

use super::{NOW, Shop, day, shop};

const TODAY: &str = "2026-11-23";

/// Splits one line of the csv; a quoted field may hold commas.
fn fields(line: &str) -> Vec<String> {
    let (mut found, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => found.push(String::new()),
            c => found.last_mut().unwrap().push(c),
        }
    }
    found
}

#[test]
fn the_default_matrix_is_the_one_of_the_csv() {
    let shop = shop();
    let csv = include_str!("../../../assets/data/raci.csv");
    let mut lines = csv.lines();
    let header = fields(lines.next().unwrap());
    let rows = activities_in_order(&shop.book);
    let mut count = 0;
    for (row, line) in rows.iter().zip(lines.by_ref()) {
        let fields = fields(line);
        assert_eq!(row.name, fields[0]);
        for (code, letter) in header.iter().zip(&fields).skip(1) {
            let mark = row.mark_of(shop.coded(code)).unwrap_or_else(|| panic!("{code} in {}", row.name));
            assert_eq!(mark.word(), letter, "{code} in {}", row.name);
        }
        count += 1;
    }
    assert_eq!((count, rows.len(), lines.next()), (24, 24, None));
}

fn of_row(shop: &Shop) -> Vec<Finding> {
    let found = findings(&shop.book, day(TODAY));
    found.into_iter().filter(|finding| finding.activity().is_some()).collect()
}

#[test]
fn the_default_matrix_breaks_no_rule_and_names_the_vacant_roles() {
    let shop = shop();
    assert_eq!(of_row(&shop), []);
    assert_eq!(findings(&shop.book, day(TODAY)).len(), 9, "nine roles with work and nobody in them");
}

#[test]
fn each_rule_of_a_row_is_found() {
    let shop = shop();
    let row = activities_in_order(&shop.book)[0].clone();
    let (pc, pa) = (shop.coded("PC"), shop.coded("PA"));
    let roles = [pc, pa];
    let with = |marks: &[(patchbook::domain::role::RoleId, Mark)]| {
        let empty = Activity { marks: Vec::new(), ..row.clone() };
        marks.iter().fold(empty, |row, (role, mark)| row.marked(*role, Some(*mark)))
    };
    assert_eq!(row_findings(&with(&[]), &roles), [Finding::Empty(row.id)]);
    assert_eq!(row_findings(&with(&[(pc, Mark::Both)]), &roles), [], "A may equal R");
    assert_eq!(
        row_findings(&with(&[(pc, Mark::Consulted)]), &roles),
        [Finding::NobodyAnswers(row.id), Finding::NobodyDoes(row.id)]
    );
    assert_eq!(
        row_findings(&with(&[(pc, Mark::Accountable), (pa, Mark::Both)]), &roles),
        [Finding::SeveralAnswer(row.id, vec![pc, pa])]
    );
    assert_eq!(
        row_findings(&with(&[(pc, Mark::Accountable), (pa, Mark::Informed)]), &roles),
        [Finding::NobodyDoes(row.id)]
    );
    assert_eq!(row_findings(&with(&[(pc, Mark::Both)]), &[pa]), [Finding::Empty(row.id)], "a role not used");
}

#[test]
fn a_mark_is_one_change_of_its_row_and_the_finding_follows() {
    let mut shop = shop();
    let row = activities_in_order(&shop.book)[7].clone();
    let cleared = row.clone().marked(shop.coded("BA"), None);
    let label = shop.role(RoleCommand::Activity(Box::new(Edit { base: Some(row.clone()), row: cleared })));
    assert_eq!(label, "Mark “Authorise the change and its maintenance window” in the matrix");
    assert_eq!(of_row(&shop), [Finding::NobodyAnswers(row.id), Finding::NobodyDoes(row.id)]);
    let stale = RoleCommand::Activity(Box::new(Edit { base: Some(row.clone()), row }));
    assert!(shop.refused(Command::Role(stale))[0].1.contains("changed meanwhile"));
}

fn accept(rule: DutyRule, person: patchbook::domain::person::PersonId, by: &str, instead: &str) -> Command {
    Command::Role(RoleCommand::AcceptConflict(Box::new(DutyConflict {
        id: DutyConflictId(0),
        rule,
        person,
        change: None,
        accepted_by: by.to_owned(),
        accepted_at: 0,
        instead: instead.to_owned(),
        ended_at: None,
    })))
}

#[test]
fn duties_in_one_hand_are_found_accepted_by_somebody_else_and_ended() {
    let mut shop = shop();
    shop.assign("PC", shop.ines, Part::Holder, "2026-01-01");
    shop.assign("PA", shop.ines, Part::Holder, "2026-01-01");
    shop.assign("BA", shop.ruth, Part::Holder, "2026-01-01");
    assert_eq!(conflicts_on(&shop.book, day(TODAY)), [], "one does, another approves");
    shop.assign("AU", shop.ines, Part::Holder, "2026-06-01");
    let found = conflicts_on(&shop.book, day(TODAY));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].rule, found[0].person), (DutyRule::VerifierImplementer, shop.ines));
    assert_eq!(found[0].roles_text(&shop.book), "Patching auditor and Patching administrator");
    assert_eq!(conflicts_on(&shop.book, day("2026-05-31")), [], "not before");

    let rule = DutyRule::VerifierImplementer;
    let own = shop.refused(accept(rule, shop.ines, "ines hartmann ", "Nothing"));
    assert!(own[0].1.contains("Nobody accepts their own"));
    let bare = shop.refused(accept(rule, shop.ines, "Ruth Okafor", " "));
    assert_eq!(bare[0].0, "instead");
    let none = shop.refused(accept(DutyRule::ApproverRequester, shop.ines, "Ruth Okafor", "A second look"));
    assert!(none[0].1.contains("nothing to accept"));

    shop.run(accept(rule, shop.ines, "Ruth Okafor", "A second look within five days"));
    let accepted = conflicts_on(&shop.book, day(TODAY))[0].accepted.expect("accepted, and still shown");
    assert_eq!(shop.book.duty_conflicts.get(accepted.0).unwrap().accepted_at, NOW);
    assert!(shop.refused(accept(rule, shop.ines, "Ruth Okafor", "Again"))[0].1.contains("already"));
    shop.role(RoleCommand::EndConflict(accepted));
    assert_eq!(conflicts_on(&shop.book, day(TODAY))[0].accepted, None);
}

#[test]
fn three_hats_show_what_they_do_not_separate() {
    let mut shop = shop();
    let (does, approves) = (shop.ines, shop.ruth);
    shop.role(RoleCommand::Hats { does, approves, looks_over: does, on: day(TODAY) });
    let rules: Vec<DutyRule> = conflicts_on(&shop.book, day(TODAY)).iter().map(|c| c.rule).collect();
    assert_eq!(
        rules,
        [DutyRule::TesterImplementer, DutyRule::VerifierImplementer, DutyRule::OwnEmergency],
        "the boss who declares an emergency also authorises it"
    );
}
