//! Messages about records, and templates.

use serde_json::{Value, json};

use super::args::{File, Notice, Ratify, Revoke};
use super::value::{date, instant, person, record, template, wrong};
use super::{carry_out, said};
use crate::app::{Context, Error, evidence, mail};
use crate::cli::file::open;
use crate::cli::output::{Output, columns};
use crate::domain::approval::Subject;
use crate::domain::change::message;
use crate::domain::change::missing::template_gap;
use crate::domain::command::{ChangeCommand, Ratification};
use crate::domain::notice::NoticeKind;
use crate::store::Access;
use crate::util::text::fold;

pub(super) fn notice(args: &Notice, context: &Context, output: &Output) -> Result<(), Error> {
    let kind = NoticeKind::of_word(&args.kind).ok_or_else(|| {
        let all: Vec<&str> = NoticeKind::ALL.iter().map(|kind| kind.word()).collect();
        wrong(format!("{} is no message", args.kind), &format!("Messages are {}.", all.join(", ")))
    })?;
    let mut engine = open(&args.one.file, Access::Write, context, output)?;
    let record = record(engine.book(), &args.one.number)?.clone();
    if args.sent {
        let about = |n: &&crate::domain::notice::NoticeSent| {
            n.subject == Subject::Change
                && n.subject_id == record.id.0
                && n.kind == kind
                && n.sent_at.is_none()
        };
        let newest = engine.book().notices.iter().filter(about).max_by_key(|n| (n.created_at, n.id));
        let id = newest.map(|notice| notice.id).ok_or_else(|| {
            wrong(
                format!("no message of this kind about {} waits to be sent", record.number),
                "Write it first.",
            )
        })?;
        let at = instant(&engine, args.at.as_deref())?;
        carry_out(&mut engine, ChangeCommand::Sent { notice: id, at })?;
        return said(&engine, &record.number, output);
    }
    let now = engine.context().clock.now_at();
    let draft = message::draft(engine.book(), &record, kind, now);
    let from = engine.book().people.iter().find(|person| fold(&person.name) == fold(&context.actor));
    let from = from.map(|person| (person.name.clone(), person.mail.clone())).unwrap_or_default();
    if let Some(path) = &args.output {
        mail::write(engine.book(), &draft, from, path)?;
    }
    carry_out(&mut engine, ChangeCommand::Notice(Box::new(draft.clone())))?;
    let mut text = format!("To: {}\nSubject: {}\n\n{}", draft.recipients, draft.title, draft.text);
    if let Some(path) = &args.output {
        text.push_str(&format!("\n\nMail draft: {}", path.display()));
    }
    let value =
        json!({ "to": draft.recipients, "subject": draft.title, "text": draft.text, "file": args.output });
    output.result(&text, &value);
    Ok(())
}

pub(super) fn templates(args: &File, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let (book, now) = (engine.book(), engine.context().clock.now_at());
    let standing = |t: &crate::domain::change::template::ChangeTemplate| {
        template_gap(book, t, now).map_or_else(
            || format!("ratified by {}", book.person_name(t.ratified_by)),
            |_| {
                let withdrawn = t.revoked_at.is_some();
                let text = if withdrawn { "withdrawn" } else { "not ratified or expired" };
                text.to_owned()
            },
        )
    };
    let rows: Vec<Vec<String>> = book
        .change_templates
        .iter()
        .map(|t| {
            let expires = t.expires_on.map_or_else(String::new, |day| day.to_string());
            vec![t.name.clone(), t.kind.text().to_owned(), standing(t), expires]
        })
        .collect();
    let value: Vec<Value> = book
        .change_templates
        .iter()
        .map(|t| json!({ "name": t.name, "kind": t.kind.word(), "standing": standing(t), "expires_on": t.expires_on }))
        .collect();
    output.result(&columns(&["Template", "Type", "Standing", "Expires"], &rows), &Value::Array(value));
    Ok(())
}

pub(super) fn ratify(args: &Ratify, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let book = engine.book();
    let known = template(book, &args.template);
    let known = known.ok_or_else(|| wrong(format!("the register has no template {}", args.template), ""))?;
    let ratification = Ratification {
        template: known.id,
        person: person(book, &args.by)?,
        function: args.function.clone(),
        at: instant(&engine, args.at.as_deref())?,
        expires_on: date(&args.expires)?,
        evidence: args.evidence.as_deref().map(evidence::digest).transpose()?,
    };
    let text = format!("Ratified {} until {}.", known.name, ratification.expires_on);
    let value = json!({ "name": known.name, "expires_on": ratification.expires_on });
    carry_out(&mut engine, ChangeCommand::RatifyTemplate(Box::new(ratification)))?;
    output.result(&text, &value);
    Ok(())
}

pub(super) fn revoke(args: &Revoke, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let known = template(engine.book(), &args.template);
    let known = known.ok_or_else(|| wrong(format!("the register has no template {}", args.template), ""))?;
    let (id, name) = (known.id, known.name.clone());
    carry_out(&mut engine, ChangeCommand::RevokeTemplate { template: id, because: args.because.clone() })?;
    output.result(&format!("Withdrew {name}."), &json!({ "name": name }));
    Ok(())
}
