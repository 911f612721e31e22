//! Decisions on the console: told by flags, or read off a mail.

use super::args::{Accept, Approval as ApprovalArgs, Decide, Told};
use super::value::{instant, person, record, unanswered, word, wrong};
use crate::app::{Context, Engine, Error, evidence};
use crate::cli::file::open;
use crate::cli::output::{Output, progress};
use crate::cli::told::medium as medium_of;
use crate::domain::approval::{Medium, Subject, Verdict, on_change, sentence};
use crate::domain::book::Book;
use crate::domain::change::{ChangeRecord, fingerprint};
use crate::domain::command::{ApprovalCommand, ApprovalDraft, Command, RoleCommand};
use crate::domain::role::{DutyConflict, DutyConflictId, DutyRule};
use crate::import::Input;
use crate::import::mail::{Mail, read_mail};
use crate::store::Access;
use serde_json::json;

pub(super) fn on_record(
    args: &Decide,
    decision: &str,
    context: &Context,
    output: &Output,
) -> Result<(), Error> {
    let mut engine = open(&args.one.file, Access::Write, context, output)?;
    let mail = mail(&args.told)?;
    tell(&mut engine, &args.one.number, decision, &args.told, mail.as_ref(), output)
}

/// `approval`: records a decision, most often from a mail, or voids the newest one.
pub(in crate::cli) fn approval(args: &ApprovalArgs, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let mail = mail(&args.told)?;
    let number = match (&args.change, &mail) {
        (Some(number), _) => number.clone(),
        (None, Some(mail)) => numbered_in(engine.book(), &mail.subject).ok_or_else(|| {
            let text = format!("the subject \u{201c}{}\u{201d} names no change record", mail.subject);
            unanswered(text, "Name the record with --change.")
        })?,
        (None, None) => return Err(unanswered("no change record is named", "Name it with --change.")),
    };
    if let Some(because) = &args.void {
        let record = record(engine.book(), &number)?;
        let newest = on_change(engine.book(), record.id).into_iter().rev().find(|a| a.voided_at.is_none());
        let id = newest.map(|approval| approval.id);
        let approval = id.ok_or_else(|| wrong(format!("{number} has no decision that stands"), ""))?;
        let command = ApprovalCommand::Void { approval, because: because.clone() };
        engine.run(Command::Approval(command), &progress())?;
        return super::said(&engine, &number, output);
    }
    let decision = args.decision.as_deref();
    let decision = decision.ok_or_else(|| {
        unanswered(
            "it is not said what was decided",
            "Give --decision approve, return, reject, go-ahead or await.",
        )
    })?;
    tell(&mut engine, &number, decision, &args.told, mail.as_ref(), output)
}

/// Accepts two duties in one hand on one record.
pub(super) fn accept(args: &Accept, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.one.file, Access::Write, context, output)?;
    let record = record(engine.book(), &args.one.number)?;
    let number = record.number.clone();
    let rule = DutyRule::of_word(&word(&args.rule)).ok_or_else(|| {
        let all: Vec<&str> = DutyRule::ALL.iter().map(|rule| rule.word()).collect();
        wrong(format!("{} is no separation of duty", args.rule), &format!("They are {}.", all.join(", ")))
    })?;
    let conflict = DutyConflict {
        id: DutyConflictId(0),
        rule,
        person: person(engine.book(), &args.person)?,
        change: Some(record.id),
        accepted_by: args.by.clone(),
        accepted_at: 0,
        instead: args.instead.clone(),
        ended_at: None,
    };
    engine.run(Command::Role(RoleCommand::AcceptConflict(Box::new(conflict))), &progress())?;
    super::said(&engine, &number, output)
}

fn mail(told: &Told) -> Result<Option<Mail>, Error> {
    let read = |path: &std::path::PathBuf| {
        read_mail(&Input::from_path(path)).map_err(|error| wrong(error.to_string(), ""))
    };
    told.eml.as_ref().map(read).transpose()
}

/// The record that a subject line names by its number.
fn numbered_in(book: &Book, subject: &str) -> Option<String> {
    let subject = subject.to_uppercase();
    let mut named = book.changes.iter().filter(|r| {
        subject.match_indices(&r.number).any(|(at, found)| {
            let rest = subject[at + found.len()..].chars().next();
            !rest.is_some_and(|c| c.is_ascii_digit())
        })
    });
    let first = named.next()?.number.clone();
    // A subject that names two records is asked about.
    named.next().is_none().then_some(first)
}

fn tell(
    engine: &mut Engine,
    number: &str,
    decision: &str,
    told: &Told,
    mail: Option<&Mail>,
    output: &Output,
) -> Result<(), Error> {
    let book = engine.book().clone();
    let record = record(&book, number)?;
    let draft = draft(engine, record, decision, told, mail)?;
    engine.run(Command::Approval(ApprovalCommand::Record(Box::new(draft))), &progress())?;
    let book = engine.book();
    let newest = on_change(book, record.id).last().map_or_else(String::new, |a| sentence(book, a));
    let state = super::value::record(book, number)?.state;
    let text = format!("{}: {}\n{newest}", record.number, state.text().to_lowercase());
    output.result(&text, &json!({ "number": record.number, "state": state.word(), "sentence": newest }));
    Ok(())
}

fn draft(
    engine: &Engine,
    record: &ChangeRecord,
    decision: &str,
    told: &Told,
    mail: Option<&Mail>,
) -> Result<ApprovalDraft, Error> {
    let book = engine.book();
    let decision = Verdict::of_word(&word(decision)).ok_or_else(|| {
        wrong(format!("{decision} is no decision"), "Decisions are approve, return, reject, go-ahead, await.")
    })?;
    let who = match (&told.by, mail) {
        (Some(name), _) => person(book, name)?,
        (None, Some(mail)) => person(book, &mail.sender.address).map_err(|_| {
            let text = format!("nobody in the register has the address {}", mail.sender.address);
            unanswered(text, "Add the address to the person, or name who decided with --by.")
        })?,
        (None, None) => return Err(unanswered("it is not said who decided", "Name them with --by.")),
    };
    let own = book.people.get(who.0).map(|person| person.function.clone()).filter(|f| !f.is_empty());
    let function = told.function.clone().or(own).ok_or_else(|| {
        unanswered("it is not said as what they decided", "Give --function, such as \"Business owner\".")
    })?;
    let medium = match (&told.medium, mail) {
        (Some(text), _) => medium_of(text)?,
        (None, Some(_)) => Medium::Mail,
        (None, None) => return Err(unanswered("it is not said how they told", "Give --medium.")),
    };
    let decided_at = match (&told.decided_at, mail) {
        (None, Some(mail)) => mail.sent_at,
        (text, _) => instant(engine, text.as_deref())?,
    };
    let words = mail.map(|mail| mail.text.chars().take(2000).collect::<String>());
    let evidence = match (mail, &told.evidence) {
        (Some(mail), _) => Some((mail.file.clone(), mail.sha256.clone())),
        (None, Some(path)) => Some(evidence::digest(path)?),
        (None, None) => None,
    };
    Ok(ApprovalDraft {
        subject: Subject::Change,
        subject_id: record.id.0,
        decision,
        person: who,
        function,
        medium,
        decided_at,
        comment: told.comment.clone().or(words).unwrap_or_default(),
        evidence,
        shown: fingerprint::fingerprint(book, record),
    })
}
