//! The business case: an estimate is changed until the one who pays has judged it; from there it stands, and a newer one is written
//! beside it.

use super::super::book::Book;
use super::super::case::sum::{MOST, MOST_CENTS};
use super::super::case::{BusinessCase, BusinessCaseId, Judgement, Range};
use super::super::command::{CaseCommand, Decision, Edit, Issues, Told};
use super::{Findings, Moment, at_the_program, one_change, refused, signed, still_as_read};
use crate::util::hash::digest_of_hex;
use crate::util::text::{block, fold, line};

pub(super) fn decide(book: &Book, command: CaseCommand, moment: Moment<'_>) -> Result<Decision, Issues> {
    match command {
        CaseCommand::Save(edit) => save(book, *edit, moment),
        CaseCommand::Judge { case, judgement, comment, told } => {
            judge(book, case, judgement, &comment, &told, moment)
        }
        CaseCommand::End(id) => end(book, id, moment),
    }
}

fn save(book: &Book, edit: Edit<BusinessCase>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Edit { base, mut row } = edit;
    if let Some(base) = &base {
        still_as_read(book.cases.get(base.id.0), base, &base.name)?;
        if base.judged != Judgement::Open {
            return Err(refused(format!(
                "{} was judged by {}. It stands as it is; write a new estimate beside it.",
                base.name, base.judged_by
            )));
        }
    }
    row.name = line(&row.name).into_owned();
    row.currency = line(&row.currency).into_owned();
    row.ask = line(&row.ask).into_owned();
    row.other_side = block(&row.other_side);
    let mut findings = Findings::default();
    findings.demand("name", &row.name, "Give the estimate a name.");
    findings.demand("currency", &row.currency, "Say in which currency, such as EUR.");
    let same = |other: &&BusinessCase| {
        other.ended_at.is_none()
            && Some(other.id) != base.as_ref().map(|b| b.id)
            && fold(&other.name) == fold(&row.name)
    };
    if let Some(other) = book.cases.iter().find(same) {
        findings.add("name", format!("There is already an estimate called {}.", other.name));
    }
    check_cost(&row, &mut findings);
    if let Some(loss) = &mut row.loss {
        loss.grounds = block(&loss.grounds);
        findings.demand(
            "grounds",
            &loss.grounds,
            "Say where the guesses come from; a loss without a source persuades nobody.",
        );
        for (field, range, what) in [
            ("loss", loss.loss_cents, "what is lost once"),
            ("before", loss.before_permille, "how often without the programme"),
            ("after", loss.after_permille, "how often with it"),
        ] {
            check_range(field, range, what, &mut findings);
        }
    }
    findings.done()?;
    row.id = base.as_ref().map_or_else(|| BusinessCaseId(moment.ids.next()), |base| base.id);
    row.created_at = base.as_ref().map_or(moment.at, |base| base.created_at);
    row.ended_at = None;
    // Only a judgement judges.
    let open = BusinessCase::new("", "");
    row.judged = open.judged;
    (row.judged_by, row.judged_function) = (open.judged_by, open.judged_function);
    (row.judged_medium, row.judged_at) = (open.judged_medium, open.judged_at);
    row.recorded_by = open.recorded_by;
    (row.comment, row.evidence_name, row.evidence_sha256) =
        (open.comment, open.evidence_name, open.evidence_sha256);
    let label = format!("{} estimate {}", if base.is_some() { "Change" } else { "Add" }, row.name);
    Ok(one_change(label, base.as_ref(), &row))
}

fn check_cost(row: &BusinessCase, findings: &mut Findings) {
    let cost = &row.cost;
    let amounts = [
        ("hour_cents", cost.hour_cents),
        ("prerequisite_cents", cost.prerequisite_cents),
        ("emergency_cents", cost.emergency_cents),
        ("tool_cents", cost.tool_cents),
        ("training_cents", cost.training_cents),
    ];
    for (field, value) in [
        ("fixed_minutes", cost.fixed_minutes),
        ("rework_minutes", cost.rework_minutes),
        ("emergencies", cost.emergencies),
    ] {
        if !(0..=MOST).contains(&value) {
            findings.add(field, "A number is nothing or more, and at most a thousand millions.");
        }
    }
    for (field, _) in amounts.into_iter().filter(|&(_, value)| !(0..=MOST_CENTS).contains(&value)) {
        findings.add(field, "A cost is nothing or more, and less than ten thousand millions.");
    }
    if !(0..=1000).contains(&cost.rework_permille) {
        findings.add("rework_permille", "A probability is between 0 and 100 %.");
    }
    for group in &cost.groups {
        let shares = [group.automated_permille, group.failed_permille];
        let sizes = [
            group.machines,
            group.touch_minutes,
            group.retry_minutes,
            group.outage_minutes,
            group.outage_cents_an_hour,
        ];
        if shares.iter().any(|share| !(0..=1000).contains(share))
            || sizes.iter().any(|size| !(0..=MOST).contains(size))
        {
            let text = format!(
                "{}: shares are between 0 and 100 %, everything else is nothing or more, below a thousand millions.",
                group.name
            );
            findings.add("groups", text);
        }
    }
}

fn check_range(field: &'static str, range: Range, what: &str, findings: &mut Findings) {
    if range.low < 0 || range.high > MOST_CENTS || range.low > range.likely || range.likely > range.high {
        findings.add(
            field,
            format!("Say {what}: low is at most likely, likely at most high, none below nothing."),
        );
    }
}

fn judge(
    book: &Book,
    id: BusinessCaseId,
    judgement: Judgement,
    comment: &str,
    told: &Told,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let Some(before) = book.cases.get(id.0).filter(|case| case.ended_at.is_none()) else {
        return Err(refused("The estimate is no longer in the register."));
    };
    if before.judged != Judgement::Open {
        return Err(refused(format!(
            "{} was judged by {} already. Write a new estimate for another judgement.",
            before.name, before.judged_by
        )));
    }
    let (mut by, mut function) = (line(&told.by).into_owned(), line(&told.function).into_owned());
    let comment = block(comment);
    let mut findings = Findings::default();
    if judgement == Judgement::Open {
        findings.add(
            "judgement",
            "Say what was made of it: reasonable, reasonable with changes, not reasonable.",
        );
    }
    findings.demand("by", &by, "Say who judged it.");
    findings.demand("function", &function, "Say as what, such as CIO.");
    if let Some(person) = signed(book, ("by", &told.by), &mut function, told.at, &mut findings) {
        at_the_program(told.medium, person, moment, &mut findings);
        by.clone_from(&person.name);
    }
    if judgement == Judgement::WithChanges {
        findings.demand("comment", &comment, "Say which changes.");
    }
    if told.at > moment.at {
        findings.add("at", "A judgement cannot lie in the future.");
    }
    if told.evidence.as_ref().is_some_and(|(_, sha256)| digest_of_hex(sha256).is_none()) {
        findings.add("evidence", "The SHA-256 of the evidence is not 64 hexadecimal digits.");
    }
    findings.done()?;
    let (name, sha256) = told.evidence.clone().unwrap_or_default();
    let after = BusinessCase {
        judged: judgement,
        judged_by: by,
        judged_function: function,
        judged_medium: Some(told.medium),
        judged_at: Some(told.at),
        recorded_by: moment.actor.to_owned(),
        comment,
        evidence_name: line(&name).into_owned(),
        evidence_sha256: sha256,
        ..before.clone()
    };
    Ok(one_change(format!("Judge estimate {}", before.name), Some(before), &after))
}

fn end(book: &Book, id: BusinessCaseId, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Some(before) = book.cases.get(id.0).filter(|case| case.ended_at.is_none()) else {
        return Err(refused("The estimate is no longer in the register."));
    };
    let after = BusinessCase { ended_at: Some(moment.at), ..before.clone() };
    Ok(one_change(format!("Give up estimate {}", before.name), Some(before), &after))
}
