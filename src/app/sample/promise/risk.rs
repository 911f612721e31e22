//! Threat data, ranks, and who lets updates go out.

use std::path::Path;

use crate::app::error::Error;
use crate::app::sample::build::Teller;
use crate::app::sample::month::Month;
use crate::app::threat;
use crate::domain::approval::Medium;
use crate::domain::change::test::{TestResult, TestResultId, TestStage, TestVerdict};
use crate::domain::change::{ChangeKind, ChangeState};
use crate::domain::command::{ChangeCommand, Command, Edit, RiskCommand};
use crate::domain::compliance::view::View;
use crate::domain::gate::demand::unanswered;
use crate::domain::gate::rule::{domains, domains_of};
use crate::domain::gate::{Go, GoDecision, GoDecisionId, KnownConflict, KnownConflictId, TechDomain};
use crate::domain::rating::Rank;
use crate::domain::risk::{Dossiers, bundles};
use crate::util::progress::Progress;

/// Loads a file of threat data.
pub(in crate::app::sample) fn load(teller: &mut Teller, path: &Path) -> Result<(), Error> {
    let progress = Progress::default();
    let read = threat::read_file(teller.book(), &threat::input(path), &progress)?;
    let plan = threat::plan_load(teller.engine(), &read);
    threat::load(teller.engine_mut(), plan, &progress).map(drop)
}

/// In the first week: who decides for each domain.
pub(in crate::app::sample) fn decide_domains(teller: &mut Teller) -> Result<(), Error> {
    let (tomasz, ines) = (teller.person("Tomasz Lis"), teller.person("Ines Hartmann"));
    let bases: Vec<_> = domains(teller.book()).into_iter().cloned().collect();
    for base in bases {
        let mut row = base.clone();
        row.decider = tomasz;
        row.deputy = ines;
        teller.run(Command::Risk(RiskCommand::Domain(Box::new(Edit { base: Some(base), row }))))?;
    }
    Ok(())
}

/// Before the newer month: the policy is in force by now, and under it silence means go for the Windows machines.
pub(super) fn trust_silence(teller: &mut Teller) -> Result<(), Error> {
    let Some(base) = domains(teller.book()).into_iter().find(|domain| domain.name == "Windows").cloned()
    else {
        return Ok(());
    };
    let row = TechDomain { silent_go: true, section: "go-no-go".to_owned(), ..base.clone() };
    teller.run(Command::Risk(RiskCommand::Domain(Box::new(Edit { base: Some(base), row }))))
}

/// The day after the vendor's guide came: the suggested ranks, bundle by bundle. What is Severe only because exposed machines owe
/// it is set to High, with the reason.
pub(in crate::app::sample) fn rate(teller: &mut Teller, _: &Month) -> Result<(), Error> {
    let found = bundles(&View::new(teller.book(), teller.now()));
    for bundle in found {
        let (updates, bundle, rank) = (bundle.updates, bundle.name, bundle.rank);
        let exploited = {
            let dossiers = Dossiers::new(teller.book(), teller.now());
            let rows = updates.iter().filter_map(|id| teller.book().updates.get(id.0));
            rows.map(|update| dossiers.at(update, teller.now())).any(|dossier| dossier.exploited())
        };
        if rank != Rank::Severe || exploited {
            teller.run(Command::Risk(RiskCommand::Confirm { updates, bundle }))?;
            continue;
        }
        for update in updates {
            let reason =
                "Critical, but only for somebody who is logged on; nobody logs on to the exposed machines";
            let reason = reason.to_owned();
            teller.run(Command::SetRank { update, rank: Rank::High, reason })?;
        }
    }
    Ok(())
}

/// In the older month: a go for everything, and what the label printer taught. In the newer one silence means go.
pub(in crate::app::sample) fn remember(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    if !month.is_past {
        return Ok(());
    }
    let book = teller.book();
    let Some(domain) = domains(book).first().map(|domain| domain.id) else { return Ok(()) };
    let of_month = |at: i64| month.at(-1, 0, 0) <= at && at <= teller.now();
    let concerns = |id| domains_of(book, id).iter().any(|known| known.id == domain);
    let rows = book.updates.iter().filter(|update| of_month(update.released_at) && concerns(update.id));
    let updates: Vec<_> = rows.map(|update| update.id).collect();
    let dotnet =
        book.updates.iter().find(|u| u.title.contains(".NET") && of_month(u.released_at)).map(|u| u.id);
    let asset = teller.asset("SRV-ERP");
    let (now, seen_on) = (teller.now(), month.on(2));
    teller.run(Command::Risk(RiskCommand::Decide(Box::new(GoDecision {
        id: GoDecisionId(0),
        domain,
        updates,
        decision: Go::Go,
        reason: "Nothing came up on the test machines in two days".to_owned(),
        risk: "One of them is exploited; waiting a week leaves every desktop open to it".to_owned(),
        cost_cents: None,
        cost_minutes: Some(540),
        outage: true,
        outage_when: "Friday night, in the agreed windows".to_owned(),
        wait_until_on: None,
        decided_by: "Tomasz Lis".to_owned(),
        function: "Systems administrator".to_owned(),
        medium: Medium::Spoken,
        decided_at: now,
        recorded_at: 0,
        recorded_by: String::new(),
        evidence_name: String::new(),
        evidence_sha256: String::new(),
        voided_at: None,
    }))))?;
    let row = KnownConflict {
        id: KnownConflictId(0),
        product: "Label printing".to_owned(),
        update: dotnet,
        asset,
        what: "Labels came out blank until the print service was restarted".to_owned(),
        remedy: "Restart the print service after the update, before the first shift".to_owned(),
        solved_by: "Milan Dvorak".to_owned(),
        seen_on,
        recorded_at: 0,
        ended_at: None,
    };
    teller.run(Command::Risk(RiskCommand::Conflict(Box::new(Edit { base: None, row }))))?;
    answer(teller, month)
}

/// Label printing was tried again before the night, and the plan of every later record speaks of it.
fn answer(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    let book = teller.book();
    let held: Vec<_> = book.changes.iter().filter(|record| !unanswered(book, record).is_empty()).collect();
    let changes: Vec<_> =
        held.iter().filter(|record| record.state == ChangeState::Approved).map(|record| record.id).collect();
    let bases: Vec<_> =
        book.change_templates.iter().filter(|row| row.kind == ChangeKind::Normal).cloned().collect();
    for change in changes {
        let row = TestResult {
            id: TestResultId(0),
            change,
            line: None,
            stage: TestStage::Before,
            case: "Label printing, with the print service restarted (SRV-TEST)".to_owned(),
            expected: "A label comes out as before".to_owned(),
            found: "As expected".to_owned(),
            verdict: TestVerdict::Passed,
            tested_by: teller.person("Milan Dvorak"),
            tested_at: month.at(2, 13, 30),
            evidence_name: String::new(),
            evidence_sha256: String::new(),
            voided_because: String::new(),
        };
        teller.run(Command::Change(ChangeCommand::Test(Box::new(Edit { base: None, row }))))?;
    }
    for base in bases {
        let mut row = base.clone();
        row.plan.test_plan += " Label printing: restart the print service, print a label.";
        teller.run(Command::Change(ChangeCommand::Template(Box::new(Edit { base: Some(base), row }))))?;
    }
    Ok(())
}
