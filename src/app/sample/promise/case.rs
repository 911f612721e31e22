//! What the promises of the sample cost, by the numbers of its own register, and what the one who pays made of it.

use crate::app::error::Error;
use crate::app::sample::build::Teller;
use crate::domain::approval::Medium;
use crate::domain::case::{BusinessCase, BusinessCaseId, CostInput, Judgement, LossInput, Range, prefill};
use crate::domain::command::{CaseCommand, Command, Edit, Told};
use crate::domain::compliance::view::View;

/// Hundredths of a pound.
const POUND: i64 = 100;

/// An estimate of the monthly cycle as it is, with a loss that it does not pay for: the sums come out negative, and stand so.
pub(super) fn cycle(teller: &mut Teller) -> Result<Option<BusinessCaseId>, Error> {
    let mut row = BusinessCase::new("Monthly cycle", "GBP");
    row.cost = input(teller, 30);
    "Go on with one night a month and the servers within 14 days".clone_into(&mut row.ask);
    "The insurer asks for updates within 14 days on the servers. Two customers ask for the Cyber Essentials certificate in their \
     tenders."
        .clone_into(&mut row.other_side);
    row.loss = Some(LossInput {
        loss_cents: Range { low: 40_000 * POUND, likely: 120_000 * POUND, high: 400_000 * POUND },
        before_permille: Range { low: 100, likely: 200, high: 400 },
        after_permille: Range { low: 40, likely: 80, high: 150 },
        grounds:
            "Three days without orders, from the accounts of last year; how often is a guess of the directors"
                .to_owned(),
    });
    save(teller, row)
}

/// An estimate of the same promise for everything, with more of it by tools; nobody has judged it.
pub(super) fn certificate(teller: &mut Teller) -> Result<Option<BusinessCaseId>, Error> {
    let mut row = BusinessCase::new("Cyber Essentials for everything", "GBP");
    row.cost = input(teller, 45);
    row.cost.tool_cents += 1_800 * POUND;
    "Promise 14 days for every computer, and buy the tool that reports on the portable ones"
        .clone_into(&mut row.ask);
    save(teller, row)
}

/// Groups, machines and failures as the register knows them; hours and prices as the shop told.
fn input(teller: &Teller, fixed_hours: i64) -> CostInput {
    let view = View::new(teller.book(), teller.now());
    let mut input = prefill::input(&view, None);
    for group in &mut input.groups {
        (group.touch_minutes, group.retry_minutes) = (12, 40);
        group.automated_permille = 700;
        // At night nobody works at the desks; the shop on the web and what stands behind it is missed.
        let missed = ["Web", "Application", "Database"].contains(&group.name.as_str());
        group.outage_cents_an_hour = if missed { 120 * POUND } else { 0 };
    }
    CostInput {
        hour_cents: 48 * POUND,
        fixed_minutes: fixed_hours * 60,
        rework_permille: 100,
        rework_minutes: 8 * 60,
        emergencies: 2,
        emergency_cents: 900 * POUND,
        tool_cents: 2_400 * POUND,
        training_cents: 1_200 * POUND,
        ..input
    }
}

fn save(teller: &mut Teller, row: BusinessCase) -> Result<Option<BusinessCaseId>, Error> {
    let name = row.name.clone();
    teller.run(Command::Case(CaseCommand::Save(Box::new(Edit { base: None, row }))))?;
    Ok(teller.book().cases.iter().find(|case| case.name == name).map(|case| case.id))
}

/// The one who pays read it, and says yes for what the sums leave out.
pub(super) fn judge(teller: &mut Teller, case: BusinessCaseId) -> Result<(), Error> {
    let told = Told {
        by: "Ruth Okafor".to_owned(),
        function: "Head of finance, for the directors".to_owned(),
        medium: Medium::Paper,
        at: teller.now(),
        evidence: None,
    };
    let comment =
        "It costs more than it is likely to save. The insurance and the two customers are worth it."
            .to_owned();
    let judgement = Judgement::Reasonable;
    teller.run(Command::Case(CaseCommand::Judge { case, judgement, comment, told }))
}
