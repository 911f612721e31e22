//! Frozen months and postures: answering the list, sealing, restating, signing, taking a posture.
//!
//! What is sealed is computed here, once, from the register as it stands; nothing here ever changes a row that was sealed.

use super::super::book::Book;
use super::super::command::{Decision, Issues, MonthCommand};
use super::super::compliance::DEFINITIONS;
use super::super::cycle::CycleKind;
use super::super::month::canonical::digest;
use super::super::month::standing::{baseline, differences, seal_of, sealed_until, seals_of};
use super::super::month::{
    CloseAnswer, CloseAnswerId, Posture, PostureId, Seal, SealId, Signature, SignatureId, close, input,
    measure, name,
};
use super::super::role::signer::{signer, with_function};
use super::super::row::{RowChange, Table};
use super::{Findings, Moment, at_the_program, one_change, refused, signed};
use crate::util::clock::{day_in, text_in, zone};
use crate::util::hash::digest_of_hex;
use crate::util::text::{block, fold, line};

/// The program and its version, as every seal names it.
const PROGRAM: &str = concat!("Patchbook ", env!("CARGO_PKG_VERSION"));

/// An instant in the shop's zone, in words.
fn local(book: &Book, at: i64) -> String {
    text_in(zone(&book.shop.zone), at)
}

pub(super) fn decide(book: &Book, command: MonthCommand, moment: Moment<'_>) -> Result<Decision, Issues> {
    match command {
        MonthCommand::Answer { month, item, answer } => self::answer(book, &month, &item, &answer, moment),
        MonthCommand::Seal { month, judgement, recorded_by } => {
            seal(book, &month, &judgement, &recorded_by, moment)
        }
        MonthCommand::Restate { seal, reason, approved_by, judgement, recorded_by } => {
            restate(book, seal, [&reason, &approved_by, &judgement], &recorded_by, moment)
        }
        MonthCommand::Sign(signature) => sign(book, *signature, moment),
        MonthCommand::VoidSignature(id) => void_signature(book, id, moment),
        MonthCommand::Posture { name, parts, seal, baseline_instead_of } => {
            posture(book, &name, &parts, seal, baseline_instead_of, moment)
        }
    }
}

fn answer(
    book: &Book,
    month: &str,
    item: &str,
    answer: &str,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let Some(points) = close::list(book, month, moment.at) else {
        return Err(refused(format!("{month} is no month that has begun. Write it like 2026-11.")));
    };
    if seal_of(book, month).is_some() {
        return Err(refused(format!("{} is sealed; its list stands as it was answered.", name::text(month))));
    }
    let Some(point) = points.into_iter().find(|point| fold(point.item.word()) == fold(item)) else {
        let words: Vec<String> = close::Item::ALL.iter().map(|item| item.word().replace('_', "-")).collect();
        return Err(refused(format!("{item} is no point of the list. There are {}.", words.join(", "))));
    };
    if !point.exception && !answer.trim().is_empty() {
        return Err(refused(format!("{}: {} There is nothing to answer.", point.item.text(), point.summary)));
    }
    let known = book.close_answers.iter().filter(|row| row.month == month && row.item == point.item.word());
    let known = known.max_by_key(|row| (row.answered_at, row.id));
    if known.is_none() && answer.trim().is_empty() {
        return Err(refused("Say what is known about it and what is done."));
    }
    let row = CloseAnswer {
        id: known.map_or_else(|| CloseAnswerId(moment.ids.next()), |row| row.id),
        month: month.to_owned(),
        item: point.item.word().to_owned(),
        answer: block(answer),
        found: point.found_sha256(),
        answered_by: moment.actor.to_owned(),
        answered_at: moment.at,
    };
    let verb = if row.answer.is_empty() { "Take back the answer to" } else { "Answer" };
    Ok(one_change(
        format!("{verb} {} of {}", point.item.text().to_lowercase(), name::text(month)),
        known,
        &row,
    ))
}

/// Who recorded the rows that moved the figures, as the history told.
type RecordedBy = [(Table, i64, String)];

fn told(recorded_by: &RecordedBy) -> impl Fn(Table, i64) -> Option<String> + '_ {
    move |table, id| {
        recorded_by.iter().find(|(t, i, _)| (*t, *i) == (table, id)).map(|(_, _, who)| who.clone())
    }
}

fn seal(
    book: &Book,
    month: &str,
    judgement: &str,
    recorded_by: &RecordedBy,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let Some(as_of_at) = name::end_at(book, month) else {
        return Err(refused(format!("{month} is no month. Write it like 2026-11.")));
    };
    let title = name::text(month);
    if let Some(known) = seal_of(book, month) {
        return Err(refused(format!(
            "{title} was sealed on {} and stays as it is. Restate it if it was wrong.",
            local(book, known.sealed_at)
        )));
    }
    if moment.at <= as_of_at {
        return Err(refused(format!(
            "{title} can be sealed after {}, when it is over.",
            local(book, as_of_at)
        )));
    }
    let points = close::list(book, month, moment.at).unwrap_or_default();
    let mut findings = Findings::default();
    for point in close::stopping(&points) {
        let why = if point.outdated {
            "The answer was given to other findings. Answer again."
        } else {
            "Answer it."
        };
        findings.add("answered", format!("{}: {} {why}", point.item.text(), point.summary));
    }
    findings.demand("judgement", judgement, "Judge the month in three sentences.");
    findings.done()?;
    let row = frozen(book, month, as_of_at, recorded_by, moment);
    let row = Seal { judgement: block(judgement), answered: answered(&points), ..row };
    let row = Seal { sha256: digest(&row), ..row };
    Ok(one_change(format!("Seal {title}"), None, &row))
}

fn answered(points: &[close::Point]) -> Vec<(String, String)> {
    let text = |point: &close::Point| match &point.answer {
        Some(answer) => format!("{} {} (answered by {})", point.summary, answer.answer, answer.answered_by),
        // Only a restatement comes this far with an exception that nobody answered: the list of a sealed month takes no answers.
        None if point.outdated => {
            format!(
                "{} Nobody answered this: the answer that was given is about other findings.",
                point.summary
            )
        }
        None if point.exception => format!("{} Nobody answered this.", point.summary),
        None => point.summary.clone(),
    };
    points.iter().map(|point| (point.item.text().to_owned(), text(point))).collect()
}

/// A seal without judgement, answers and digest: what goes in and what comes out.
fn frozen(book: &Book, month: &str, as_of_at: i64, recorded_by: &RecordedBy, moment: Moment<'_>) -> Seal {
    let outputs = name::period(book, month)
        .map(|period| measure::outputs(book, as_of_at, period, &told(recorded_by)))
        .unwrap_or_default();
    Seal {
        id: SealId(moment.ids.next()),
        month: month.to_owned(),
        number: 1,
        as_of_at,
        sealed_at: moment.at,
        sealed_by: moment.actor.to_owned(),
        definitions: DEFINITIONS.to_owned(),
        program: PROGRAM.to_owned(),
        inputs: input::inputs(book, as_of_at),
        outputs,
        answered: Vec::new(),
        judgement: String::new(),
        restates: None,
        reason: String::new(),
        approved_by: String::new(),
        sha256: String::new(),
    }
}

fn restate(
    book: &Book,
    id: SealId,
    [reason, approved_by, judgement]: [&str; 3],
    recorded_by: &RecordedBy,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let Some(former) = book.seals.get(id.0) else {
        return Err(refused("The seal is not in the register. Choose a sealed month."));
    };
    let seals = seals_of(book, &former.month);
    let title = name::text(&former.month);
    let newest = seals.last().copied().unwrap_or(former);
    let mut findings = Findings::default();
    if newest.id != former.id {
        findings.add(
            "seal",
            format!("{title} was restated already. Restate its newest seal, number {}.", newest.number),
        );
    }
    findings.demand("reason", reason, "Say what was wrong with the sealed figures.");
    findings.demand("approved_by", approved_by, "Say who approved the restatement.");
    let on = day_in(zone(&book.shop.zone), moment.at);
    let mut approved = String::new();
    if !approved_by.trim().is_empty() {
        match signer(book, approved_by, on) {
            Ok(person) => approved = with_function(book, person, on),
            Err(why) => findings.add("approved_by", why),
        }
    }
    findings.demand(
        "judgement",
        judgement,
        "Judge the month as it comes out now, in three sentences. The former judgement was about other figures.",
    );
    let row = frozen(book, &former.month, former.as_of_at, recorded_by, moment);
    if differences(&newest.outputs, &row.outputs).is_empty() {
        findings.add(
            "seal",
            format!("The figures of {title} come out as they were sealed: there is nothing to restate."),
        );
    }
    findings.done()?;
    let row = Seal {
        number: newest.number + 1,
        answered: answered(&close::list_as_of(book, &former.month, former.as_of_at).unwrap_or_default()),
        judgement: block(judgement),
        restates: Some(former.id),
        reason: block(reason),
        approved_by: approved,
        ..row
    };
    let row = Seal { sha256: digest(&row), ..row };
    Ok(one_change(format!("Restate {title}"), None, &row))
}

fn sign(book: &Book, mut draft: Signature, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Some(seal) = book.seals.get(draft.seal.0) else {
        return Err(refused("The seal is not in the register. Choose a sealed month."));
    };
    let mut findings = Findings::default();
    findings.demand(
        "meaning",
        &draft.meaning,
        "Say what the signature means: Prepared, Reviewed or Accepted.",
    );
    findings.demand("name", &draft.name, "Say who signed.");
    findings.demand("function", &draft.function, "Say as what they signed.");
    let signer = ("name", draft.name.as_str());
    if let Some(person) = signed(book, signer, &mut draft.function, draft.signed_at, &mut findings) {
        at_the_program(draft.medium, person, moment, &mut findings);
        draft.name.clone_from(&person.name);
    }
    if draft.signed_at > moment.at {
        findings.add("signed_at", "A signature cannot lie in the future.");
    }
    // Times are typed to the minute.
    if draft.signed_at / 60 < seal.sealed_at / 60 {
        let text =
            format!("Nobody can have signed it before it was sealed on {}.", local(book, seal.sealed_at));
        findings.add("signed_at", text);
    }
    if !draft.evidence_sha256.is_empty() && digest_of_hex(&draft.evidence_sha256).is_none() {
        findings.add("evidence", "The evidence has no SHA-256. Choose the file again.");
    }
    let same = |row: &&Signature| {
        row.seal == draft.seal
            && row.voided_at.is_none()
            && fold(&row.meaning) == fold(&draft.meaning)
            && fold(&row.name) == fold(&draft.name)
    };
    if book.signatures.iter().any(|row| same(&row)) {
        findings.add("name", format!("{} has signed this already.", draft.name.trim()));
    }
    findings.done()?;
    let row = Signature {
        id: SignatureId(moment.ids.next()),
        meaning: line(&draft.meaning).into_owned(),
        name: line(&draft.name).into_owned(),
        function: line(&draft.function).into_owned(),
        recorded_at: moment.at,
        recorded_by: moment.actor.to_owned(),
        evidence_name: line(&draft.evidence_name).into_owned(),
        voided_at: None,
        ..draft
    };
    let label = format!("Sign {} as {}", name::text(&seal.month), row.meaning.to_lowercase());
    Ok(one_change(label, None, &row))
}

fn void_signature(book: &Book, id: SignatureId, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Some(before) = book.signatures.get(id.0) else {
        return Err(refused("The signature is not in the register."));
    };
    if before.voided_at.is_some() {
        return Err(refused("The signature was taken back already."));
    }
    let after = Signature { voided_at: Some(moment.at), ..before.clone() };
    Ok(one_change(format!("Take back the signature of {}", before.name), Some(before), &after))
}

fn posture(
    book: &Book,
    name: &str,
    parts: &[String; 4],
    seal: Option<SealId>,
    instead_of: Option<PostureId>,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let mut findings = Findings::default();
    let name = line(name).into_owned();
    findings.demand("name", &name, "Give the posture a name, such as Spring 2027.");
    if book.postures.iter().any(|row| fold(&row.name) == fold(&name)) {
        findings.add("name", "There is a posture of this name already. Choose another.");
    }
    let asked = [
        ("threat", "Say what threatens the shop: who, by which ways."),
        ("protection", "Say what must be protected, and how well."),
        ("environment", "Say what is protected: sites, systems, people."),
        ("defence", "Say which defences there are and in what state."),
    ];
    for ((field, text), part) in asked.into_iter().zip(parts) {
        findings.demand(field, part, text);
    }
    let sealed = seal.map(|id| book.seals.get(id.0));
    if sealed == Some(None) {
        findings.add("seal", "The seal is not in the register. Choose a sealed month, or none.");
    }
    let known = baseline(book);
    if instead_of.is_some() && instead_of != known.map(|row| row.id) {
        findings.add("baseline_instead_of", "This posture is not the baseline. Look which one is.");
    }
    findings.done()?;
    let (taken_at, definitions, outputs) = match sealed.flatten() {
        Some(seal) => (seal.as_of_at, seal.definitions.as_str(), seal.outputs.clone()),
        None => (moment.at, DEFINITIONS, now(book, moment)),
    };
    let [threat, protection, environment, defence] = parts.clone().map(|part| block(&part));
    let row = Posture {
        id: PostureId(moment.ids.next()),
        name,
        taken_at,
        taken_by: moment.actor.to_owned(),
        baseline: instead_of.is_some() || (known.is_none() && caught_up(book, taken_at)),
        threat,
        protection,
        environment,
        defence,
        definitions: definitions.to_owned(),
        figures: outputs.figures,
        machines: outputs.machines,
        seal,
        sha256: String::new(),
    };
    let row = Posture { sha256: digest(&row), ..row };
    let label = if row.baseline { "Take the baseline posture" } else { "Take posture" };
    Ok(one_change(format!("{label} {}", row.name), None, &row))
}

/// The figures of now, over the month that runs.
fn now(book: &Book, moment: Moment<'_>) -> super::super::month::SealOutputs {
    let period = name::period(book, &name::month_at(book, moment.at));
    period.map(|period| measure::outputs(book, moment.at, period, &|_, _| None)).unwrap_or_default()
}

/// Whether the catch-up lies behind by an instant: a campaign was closed, or there was nothing to catch up with.
fn caught_up(book: &Book, at: i64) -> bool {
    let mut campaigns = book
        .cycles
        .iter()
        .filter(|cycle| {
            cycle.kind == CycleKind::CatchUp && !cycle.drill && cycle.cancelled_because.is_empty()
        })
        .peekable();
    if campaigns.peek().is_none() {
        return book.shop.adoption_on.is_none();
    }
    campaigns.all(|cycle| cycle.closed_at.is_some_and(|closed| closed <= at))
}

/// What a waiver that would be granted now runs into: an instant that lies in a sealed month.
pub(super) fn inside_sealed(book: &Book, at: i64) -> Option<String> {
    let until = sealed_until(book).filter(|&until| at <= until)?;
    Some(format!(
        "The clock of this machine stands at {}, and the months until {} are sealed. A waiver never covers a sealed month: set the \
         clock right.",
        local(book, at),
        local(book, until)
    ))
}

/// Rows of a decision that would cover the past by a waiver: none may.
pub(super) fn backdated(book: &Book, changes: &[RowChange], moment: Moment<'_>) -> Result<(), Issues> {
    let new = changes.iter().filter(|change| change.table == Table::Waiver && change.before.is_none());
    for change in new {
        let from = change.after.as_ref().and_then(|image| image.get("approved_at")?.as_i64());
        if from.is_none_or(|from| from < moment.at) {
            return Err(refused(
                "A waiver holds from the instant at which it is recorded, never from before.",
            ));
        }
        if let Some(text) = inside_sealed(book, moment.at) {
            return Err(refused(text));
        }
    }
    Ok(())
}
