//! The business case: the worked example, the edges, the judgement.

use patchbook::domain::approval::Medium;
use patchbook::domain::case::change::{cost_text, judgement_text};
use patchbook::domain::case::money::{amount, cents, hours, hours_text, money, permille, times_a_year};
use patchbook::domain::case::prefill;
use patchbook::domain::case::sum::{cost, gain};
use patchbook::domain::case::{
    BusinessCase, BusinessCaseId, CostGroup, CostInput, Judgement, LossInput, Range,
};
use patchbook::domain::command::{CaseCommand, Command, DeadlineCommand, Edit, Told};
use patchbook::domain::compliance::view::View;
use patchbook::domain::ruleset::standing::pending;

use super::rig::{Rig, two};
use crate::compliance::maker::at;

fn one(likely: i64) -> Range {
    Range { low: likely, likely, high: likely }
}

/// 40 servers and 260 PCs at 55 an hour: 26.4 h fixed, 20 h and 2 h on servers, 13 h and 10.4 h on PCs, two hours of outage.
pub fn firm() -> CostInput {
    let servers = CostGroup {
        name: "Servers".to_owned(),
        machines: 40,
        touch_minutes: 30,
        automated_permille: 0,
        failed_permille: 50,
        retry_minutes: 60,
        outage_minutes: 120,
        outage_cents_an_hour: 45_000,
    };
    let desktops = CostGroup {
        name: "Workstations".to_owned(),
        machines: 260,
        touch_minutes: 30,
        automated_permille: 900,
        failed_permille: 50,
        retry_minutes: 48,
        ..CostGroup::default()
    };
    CostInput {
        hour_cents: 5_500,
        fixed_minutes: 1_584,
        groups: vec![servers, desktops],
        tool_cents: 600_000,
        ..CostInput::default()
    }
}

pub fn firm_loss() -> LossInput {
    LossInput {
        loss_cents: one(35_000_000),
        before_permille: one(200),
        after_permille: one(80),
        grounds: "invented".to_owned(),
    }
}

#[test]
fn the_worked_example_comes_out_to_the_cent_and_stays_negative() {
    let sums = cost(&firm());
    assert_eq!(sums.cycle.hours_tenths, 718);
    assert_eq!(sums.cycle.labour_cents, 394_900);
    assert_eq!(sums.cycle.outage_cents, 90_000);
    assert_eq!(sums.cycle.total_cents, 484_900);
    assert_eq!(sums.year_cents, 6_418_800);
    let gain = gain(&firm_loss(), sums.year_cents);
    assert_eq!((gain.before_cents, gain.after_cents), (7_000_000, 2_800_000));
    assert_eq!(gain.benefit_cents, one(4_200_000));
    assert_eq!(gain.net_cents, one(-2_218_800));
    assert_eq!(gain.return_percent, Some(one(-35)));
    assert_eq!(gain.break_even_cents, Some(53_490_000));
    assert_eq!(money(gain.net_cents.likely, "EUR"), "-22\u{202f}188 EUR");
    assert_eq!(money(sums.cycle.total_cents, "EUR"), "4\u{202f}849 EUR");
}

#[test]
fn everything_is_rounded_against_ourselves() {
    let group = CostGroup { machines: 1, touch_minutes: 1, ..CostGroup::default() };
    let input = CostInput { hour_cents: 100, groups: vec![group], ..CostInput::default() };
    let sums = cost(&input);
    assert_eq!(sums.cycle.labour_cents, 2, "1.67 goes up");
    assert_eq!(sums.cycle.hours_tenths, 1, "0.017 h is not nothing");
    let loss = LossInput {
        loss_cents: one(999),
        before_permille: one(3),
        after_permille: one(2),
        grounds: String::new(),
    };
    let gain = gain(&loss, 7);
    assert_eq!(gain.benefit_cents.likely, 0, "0.999 goes down");
    assert_eq!(gain.return_percent.map(|percent| percent.likely), Some(-100));
    assert_eq!(gain.break_even_cents, Some(7_000));
}

#[test]
fn a_programme_that_makes_losses_no_rarer_never_pays_for_itself() {
    let loss = LossInput { after_permille: one(200), ..firm_loss() };
    assert_eq!(gain(&loss, 100).break_even_cents, None);
    let worse = gain(&LossInput { after_permille: one(300), ..firm_loss() }, 100);
    assert_eq!(worse.benefit_cents.likely, -3_500_000);
    assert_eq!(worse.break_even_cents, None);
    assert_eq!(gain(&firm_loss(), 0).return_percent, None);
}

#[test]
fn the_low_end_takes_the_guesses_that_are_worst_for_the_programme() {
    let loss = LossInput {
        loss_cents: Range { low: 100_000, likely: 200_000, high: 400_000 },
        before_permille: Range { low: 100, likely: 200, high: 400 },
        after_permille: Range { low: 50, likely: 100, high: 150 },
        grounds: String::new(),
    };
    let gain = gain(&loss, 0);
    // 4,000 x (0.1 - 0.15), 2,000 x (0.2 - 0.1), 4,000 x (0.4 - 0.05).
    assert_eq!(gain.benefit_cents, Range { low: -20_000, likely: 20_000, high: 140_000 });
}

#[test]
fn rework_emergencies_and_training_count_and_hostile_numbers_do_not_overflow() {
    let input = CostInput {
        hour_cents: 6_000,
        rework_permille: 200,
        rework_minutes: 600,
        prerequisite_cents: 1_000,
        emergencies: 3,
        emergency_cents: 50_000,
        tool_cents: 10,
        training_cents: 20,
        ..CostInput::default()
    };
    let sums = cost(&input);
    assert_eq!(sums.cycle.rework_cents, 12_000);
    assert_eq!(sums.cycle.total_cents, 13_000);
    assert_eq!(sums.year_cents, 12 * 13_000 + 150_000 + 30);
    assert_eq!(sums.machine_cycle_cents, None);
    let most = i64::MAX;
    let group = CostGroup { machines: most, touch_minutes: most, ..CostGroup::default() };
    let wild = CostInput { hour_cents: 1, groups: vec![group.clone(), group], tool_cents: most, ..input };
    assert!(cost(&wild).year_cents > 0);
    let loss = LossInput {
        loss_cents: one(most),
        before_permille: one(1000),
        after_permille: one(0),
        grounds: String::new(),
    };
    assert!(gain(&loss, most).break_even_cents.is_some());
}

#[test]
fn amounts_are_read_exactly_or_not_at_all() {
    assert_eq!(cents("4,849.50"), Ok(484_950));
    assert_eq!(cents(&amount(484_950)), Ok(484_950), "what is shown can be typed");
    assert_eq!(cents("-12.5"), Ok(-1_250));
    assert_eq!(cents("4849"), Ok(484_900));
    for wrong in ["", "4.849,50", "1.234", "12 EUR", "1e3", ",5", "--1", "9999999999999999999999"] {
        assert!(cents(wrong).is_err(), "{wrong}");
    }
    assert_eq!(permille("12.5 %"), Ok(125));
    assert!(permille("101").is_err());
    assert_eq!(times_a_year("0.08"), Ok(80));
    assert_eq!(hours("1.5"), Ok(90));
    assert_eq!(hours("26.4"), Ok(1_584));
    assert_eq!(hours_text(1_584), "26.4");
    assert_eq!(amount(-5), "-0.05");
}

#[test]
fn what_hours_say_survives_being_shown_and_read_again() {
    for minutes in 0..=600 {
        let shown = hours_text(minutes);
        let read = hours(&shown).expect("hours");
        assert_eq!(read, minutes, "{shown}");
    }
}

fn rig() -> Rig {
    Rig::new(two(at(11, 10, 18), 14).finish())
}

fn save(rig: &mut Rig, base: Option<BusinessCase>, row: BusinessCase) -> Result<BusinessCaseId, String> {
    let command = Command::Case(CaseCommand::Save(Box::new(Edit { base, row })));
    rig.run(at(11, 1, 0), command).map_err(|issues| issues.to_string())?;
    Ok(rig.book.cases.rows().last().expect("one").id)
}

fn told(by: &str) -> Told {
    Told {
        by: by.to_owned(),
        function: "CIO".to_owned(),
        medium: Medium::Mail,
        at: at(11, 1, 0),
        evidence: None,
    }
}

fn judge(case: BusinessCaseId, judgement: Judgement, comment: &str, by: &str) -> Command {
    let comment = comment.to_owned();
    Command::Case(CaseCommand::Judge { case, judgement, comment, told: told(by) })
}

fn estimate() -> BusinessCase {
    BusinessCase { cost: firm(), loss: Some(firm_loss()), ..BusinessCase::new("Monthly cycle", "EUR") }
}

#[test]
fn an_estimate_that_was_judged_stands() {
    let mut rig = rig();
    let id = save(&mut rig, None, estimate()).expect("written");
    let said =
        rig.run(at(11, 2, 0), judge(id, Judgement::WithChanges, "", "")).expect_err("refused").to_string();
    assert!(said.contains("who judged") && said.contains("which changes"), "{said}");
    rig.run(at(11, 2, 0), judge(id, Judgement::Reasonable, "Go on", "Dora")).expect("judged");
    let row = rig.book.cases.get(id.0).expect("it").clone();
    assert_eq!((row.judged, row.judged_by.as_str()), (Judgement::Reasonable, "Dora"));
    assert_eq!((row.judged_medium, row.judged_at), (Some(Medium::Mail), Some(at(11, 1, 0))));
    let changed = BusinessCase { name: "Another".to_owned(), ..row.clone() };
    assert!(save(&mut rig, Some(row), changed).expect_err("it stands").contains("stands as it is"));
    let again = rig.run(at(11, 3, 0), judge(id, Judgement::Unreasonable, "", "Eve")).expect_err("judged");
    assert!(again.to_string().contains("already"));
}

#[test]
fn saving_an_estimate_judges_nothing() {
    let mut rig = rig();
    let row = BusinessCase {
        judged: Judgement::Reasonable,
        judged_by: "Nobody".to_owned(),
        judged_at: Some(1),
        ..estimate()
    };
    let id = save(&mut rig, None, row).expect("written");
    let row = rig.book.cases.get(id.0).expect("it");
    assert_eq!((row.judged, row.judged_by.as_str(), row.judged_at), (Judgement::Open, "", None));
}

#[test]
fn an_estimate_with_nonsense_hears_of_all_of_it() {
    let mut rig = rig();
    let mut row = estimate();
    (row.name, row.currency) = (String::new(), String::new());
    row.cost.hour_cents = -1;
    row.cost.groups[0].failed_permille = 1_001;
    row.loss = Some(LossInput {
        loss_cents: Range { low: 3, likely: 2, high: 1 },
        grounds: String::new(),
        ..firm_loss()
    });
    let command = Command::Case(CaseCommand::Save(Box::new(Edit { base: None, row })));
    let issues = rig.run(at(11, 1, 0), command).expect_err("refused").0;
    let fields: Vec<&str> = issues.iter().map(|issue| issue.field).collect();
    assert_eq!(fields, ["name", "currency", "hour_cents", "groups", "grounds", "loss"]);
}

#[test]
fn an_estimate_goes_with_a_pending_change() {
    let mut rig = rig();
    rig.ratified_policy(at(10, 1, 0));
    rig.adopt("ce-3.3", at(11, 1, 0));
    let case = save(&mut rig, None, estimate()).expect("written");
    let change = pending(&rig.book)[0].id;
    let command = DeadlineCommand::Estimate { pending: change, case };
    rig.run(at(11, 2, 0), Command::Deadline(command)).expect("attached");
    assert_eq!(pending(&rig.book)[0].case, Some(case));
    rig.run(at(11, 3, 0), Command::Case(CaseCommand::End(case))).expect("given up");
    let command = DeadlineCommand::Estimate { pending: change, case };
    assert!(rig.run(at(11, 4, 0), Command::Deadline(command)).is_err());
}

#[test]
fn a_pending_change_tells_what_a_year_cost_before_and_costs_after() {
    let mut rig = rig();
    let before = save(&mut rig, None, estimate()).expect("written");
    let mut dearer = BusinessCase { name: "Fourteen days".to_owned(), ..estimate() };
    dearer.cost.tool_cents += 100_000;
    let after = save(&mut rig, None, dearer).expect("written");
    rig.ratified_policy(at(10, 1, 0));
    rig.adopt("ce-3.3", at(11, 2, 0));
    let told = |rig: &Rig| {
        let change = pending(&rig.book)[0];
        (cost_text(&rig.book, change), judgement_text(&rig.book, change))
    };
    assert_eq!(told(&rig), (String::new(), String::new()), "nobody estimated it");
    let command = DeadlineCommand::Estimate { pending: pending(&rig.book)[0].id, case: after };
    rig.run(at(11, 3, 0), Command::Deadline(command)).expect("attached");
    let (cost, judged) = told(&rig);
    assert!(cost.ends_with("a year; nobody estimated what held before"), "{cost}");
    assert_eq!(judged, "Not judged");
    // What was found reasonable before the change was proposed is what held.
    rig.run(at(11, 1, 0), judge(before, Judgement::Reasonable, "", "Grace")).expect("judged");
    let (cost, _) = told(&rig);
    let year = |tool: i64| money(sum_of(tool), "EUR");
    assert_eq!(
        cost,
        format!("{} a year before, {} after: {} more", year(0), year(100_000), money(100_000, "EUR"))
    );
    rig.run(at(11, 4, 0), judge(after, Judgement::Unreasonable, "", "Grace")).expect("judged");
    assert_eq!(told(&rig).1, "Not reasonable, judged by Grace (CIO)");
}

/// A year of the firm with so much more for tools.
fn sum_of(tool_cents: i64) -> i64 {
    let mut input = firm();
    input.tool_cents += tool_cents;
    cost(&input).year_cents
}

#[test]
fn an_estimate_begins_with_what_the_register_knows() {
    let rig = rig();
    let view = View::new(&rig.book, at(11, 20, 0));
    let groups = prefill::groups(&view);
    assert_eq!(groups.len(), 1);
    assert_eq!((groups[0].name.as_str(), groups[0].machines), ("No group", 2));
    let mut earlier = firm();
    earlier.groups[0].name = "No group".to_owned();
    let input = prefill::input(&view, Some(&earlier));
    assert_eq!((input.groups.len(), input.hour_cents), (1, 5_500));
    assert_eq!((input.groups[0].machines, input.groups[0].touch_minutes), (2, 30));
    assert_eq!(input.groups[0].failed_permille, 0, "what fails is the register's to say");
}

#[test]
fn a_number_that_the_sum_would_cut_off_is_refused() {
    for field in ["fixed_minutes", "rework_minutes", "emergencies"] {
        let mut row = BusinessCase::new("Monthly cycle", "EUR");
        row.cost = firm();
        let place = match field {
            "fixed_minutes" => &mut row.cost.fixed_minutes,
            "rework_minutes" => &mut row.cost.rework_minutes,
            _ => &mut row.cost.emergencies,
        };
        *place = patchbook::domain::case::sum::MOST + 1;
        let command = Command::Case(CaseCommand::Save(Box::new(Edit { base: None, row })));
        let issues =
            Rig::new(two(at(11, 10, 18), 14).finish()).run(at(11, 1, 0), command).expect_err("refused").0;
        assert_eq!(issues.iter().map(|issue| issue.field).collect::<Vec<_>>(), [field]);
    }
}
