//! The emergency drill of the sample: the same steps as in earnest, marked, and outside every figure.

use super::diary::Month;
use crate::app::error::Error;
use crate::app::sample::build::Teller;
use crate::domain::approval::{Medium, Subject, Verdict};
use crate::domain::change::fingerprint::of_text;
use crate::domain::command::{ApprovalCommand, ApprovalDraft, Command, CycleCommand, EmergencyCommand};
use crate::domain::cycle::{CycleKind, CycleStep};
use crate::domain::emergency::standing::decided_on;

/// In the older month: an afternoon's rehearsal with the officer's go.
pub(super) fn rehearse(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    if !month.is_past {
        return Ok(());
    }
    let at = month.at(8, 14, 0);
    teller.at(at);
    teller.run(Command::Emergency(EmergencyCommand::Declare {
        reason: "Rehearsal: a hole in the mail server is being used, a fix is out".to_owned(),
        updates: Vec::new(),
        drill: true,
        by: "Ines Hartmann".to_owned(),
        at,
    }))?;
    let cycle = teller.book().cycles.iter().find(|cycle| cycle.kind == CycleKind::Emergency).cloned();
    let (Some(cycle), Some(ruth)) = (cycle, teller.person("Ruth Okafor")) else { return Ok(()) };
    teller.at(at + 1500);
    let draft = ApprovalDraft {
        subject: Subject::Cycle,
        subject_id: cycle.id.0,
        decision: Verdict::GoAhead,
        person: ruth,
        function: "Information security officer".to_owned(),
        medium: Medium::Phone,
        decided_at: at + 1200,
        comment: "Go at once, tell the directors in the morning".to_owned(),
        evidence: None,
        shown: of_text(&decided_on(teller.book(), &cycle)),
    };
    teller.run(Command::Approval(ApprovalCommand::Record(Box::new(draft))))?;
    let mut steps: Vec<CycleStep> =
        teller.book().cycle_steps.iter().filter(|step| step.cycle == cycle.id).cloned().collect();
    steps.sort_by_key(|step| step.position);
    for (place, step) in (1_i64..).zip(steps) {
        let done_at = at + place * 900;
        if step.done_at.is_some() {
            continue;
        }
        teller.at(done_at.max(at + 1600));
        let (step, by) = (step.id, "Tomasz Lis".to_owned());
        teller.run(Command::Cycle(CycleCommand::StepDone { step, at: done_at, by }))?;
    }
    Ok(())
}
