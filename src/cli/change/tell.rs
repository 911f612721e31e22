//! Messages about records, and templates.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::args::{File, Notice, Ratify, Revoke, Template};
use super::value::{date, instant, person, record, set, template as named, wrong};
use super::{carry_out, said};
use crate::app::{Context, Error, evidence, mail};
use crate::cli::file::open;
use crate::cli::output::{Output, columns};
use crate::domain::approval::Subject;
use crate::domain::change::missing::template_gap;
use crate::domain::change::template::{ChangeTemplate, ChangeTemplateId};
use crate::domain::change::{ChangeKind, ChangeRecord, message};
use crate::domain::command::{ChangeCommand, Edit, Ratification};
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
        let _infallible = write!(text, "\n\nMail draft: {}", path.display());
    }
    let value =
        json!({ "to": draft.recipients, "subject": draft.title, "text": draft.text, "file": args.output });
    output.result(&text, &value);
    Ok(())
}

pub(super) fn templates(args: &File, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let (book, now) = (engine.book(), engine.context().clock.now_at());
    let standing = |t: &ChangeTemplate| {
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

pub(super) fn template(args: &Template, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let book = engine.book();
    let base = named(book, &args.name).cloned();
    let mut row = base.clone().unwrap_or_else(|| ChangeTemplate {
        id: ChangeTemplateId(0),
        name: args.name.clone(),
        kind: ChangeKind::Normal,
        reason: String::new(),
        plan: crate::domain::change::ChangePlan::default(),
        window_minutes: 0,
        ratified_by: None,
        ratified_function: String::new(),
        ratified_at: None,
        evidence_name: String::new(),
        evidence_sha256: String::new(),
        expires_on: None,
        revoked_at: None,
        revoked_because: String::new(),
    });
    if let Some(kind) = &args.kind {
        row.kind = ChangeKind::of_word(kind)
            .ok_or_else(|| wrong(format!("{kind} is no type"), "Templates are standard or normal."))?;
    }
    row.window_minutes = args.window.unwrap_or(row.window_minutes);
    // A record takes the fields, so that a template knows the same words; only reason and plan are the template's.
    let mut fields = ChangeRecord::new(row.kind);
    (fields.reason, fields.plan) = (row.reason.clone(), row.plan.clone());
    let before = ChangeRecord {
        reason: String::new(),
        plan: crate::domain::change::ChangePlan::default(),
        ..fields.clone()
    };
    for text in &args.fields {
        set(book, &mut fields, text)?;
    }
    let rest = ChangeRecord {
        reason: String::new(),
        plan: crate::domain::change::ChangePlan::default(),
        ..fields.clone()
    };
    if rest != before {
        return Err(wrong(
            "a template holds a reason and a plan only",
            "Leave the other fields to the record.",
        ));
    }
    (row.reason, row.plan) = (fields.reason, fields.plan);
    let text = format!("Wrote template {}; it is not ratified.", row.name);
    let kept = base.as_ref().is_some_and(|base| (base.kind, &base.plan) == (row.kind, &row.plan));
    let text = if kept { format!("Wrote template {}.", row.name) } else { text };
    let value = json!({ "name": row.name, "kind": row.kind.word() });
    carry_out(&mut engine, ChangeCommand::Template(Box::new(Edit { base, row })))?;
    output.result(&text, &value);
    Ok(())
}

pub(super) fn ratify(args: &Ratify, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let book = engine.book();
    let known = named(book, &args.template);
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
    let known = named(engine.book(), &args.template);
    let known = known.ok_or_else(|| wrong(format!("the register has no template {}", args.template), ""))?;
    let (id, name) = (known.id, known.name.clone());
    carry_out(&mut engine, ChangeCommand::RevokeTemplate { template: id, because: args.because.clone() })?;
    output.result(&format!("Withdrew {name}."), &json!({ "name": name }));
    Ok(())
}
