//! The roles matrix on the console: show it, check it, set a mark, accept a conflict of duty.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::{all_needed, input, needed, person, role, run, today};
use crate::app::{Context, Engine, Error, ErrorKind};
use crate::cli::file::open;
use crate::cli::output::{Output, columns};
use crate::domain::book::Book;
use crate::domain::command::{Command, Edit, RoleCommand};
use crate::domain::role::conflict::{Conflict, conflicts_on};
use crate::domain::role::holder::roles_in_order;
use crate::domain::role::matrix::{Finding, activities_in_order, findings};
use crate::domain::role::{Activity, DutyConflict, DutyConflictId, DutyRule, Mark};
use crate::store::Access;

/// Arguments of `matrix`.
#[derive(Debug, clap::Args)]
pub struct Matrix {
    /// The register
    pub file: PathBuf,
    /// End with exit code 7 if a row breaks a rule or a conflict is not accepted
    #[arg(long)]
    pub check: bool,
    /// Set a mark in this row, by its number
    #[arg(long, value_name = "NUMBER")]
    pub row: Option<usize>,
    /// For this role, by its short form
    #[arg(long, value_name = "CODE", requires = "row")]
    pub role: Option<String>,
    /// A, A/R, R, C or I; none clears it
    #[arg(long, value_name = "MARK", requires = "row")]
    pub mark: Option<String>,
    /// Accept this conflict of duty, such as verifier-implementer
    #[arg(long, value_name = "RULE", conflicts_with_all = ["row", "end"])]
    pub accept: Option<String>,
    /// Accept this conflict no longer
    #[arg(long, value_name = "RULE", conflicts_with = "row")]
    pub end: Option<String>,
    /// Whose conflict
    #[arg(long, value_name = "NAME")]
    pub person: Option<String>,
    /// Who accepts it
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// What takes the place of the separation
    #[arg(long, value_name = "TEXT")]
    pub instead: Option<String>,
}

pub(in crate::cli) fn act(args: &Matrix, context: &Context, output: &Output) -> Result<(), Error> {
    if args.row.is_none() && args.accept.is_none() && args.end.is_none() {
        return show(args, context, output);
    }
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let command = if let Some(number) = args.row {
        marking(&engine, args, number)?
    } else if let Some(rule) = &args.accept {
        accepting(engine.book(), args, rule)?
    } else {
        ending(&engine, args, args.end.as_deref().unwrap_or_default())?
    };
    run(&mut engine, Command::Role(command), output)
}

fn marking(engine: &Engine, args: &Matrix, number: usize) -> Result<RoleCommand, Error> {
    let book = engine.book();
    let rows = activities_in_order(book);
    let base = number.checked_sub(1).and_then(|place| rows.get(place)).ok_or_else(|| {
        input(format!("the matrix has no row {number}"), "See the numbers: patchbook-cli matrix FILE.")
    })?;
    all_needed(&[
        (args.role.is_some(), "--role CODE", "for which role"),
        (args.mark.is_some(), "--mark A|A/R|R|C|I|none", "which mark"),
    ])?;
    let role = role(book, needed(args.role.as_ref(), "--role CODE", "for which role")?)?;
    let word = needed(args.mark.as_ref(), "--mark A|A/R|R|C|I|none", "which mark")?;
    let mark = if word.eq_ignore_ascii_case("none") {
        None
    } else {
        Some(
            Mark::of_word(word)
                .ok_or_else(|| input(format!("{word} is no mark"), "Give A, A/R, R, C, I or none."))?,
        )
    };
    let row = Activity::clone(base).marked(role.id, mark);
    Ok(RoleCommand::Activity(Box::new(Edit { base: Some(Activity::clone(base)), row })))
}

fn rule_of(word: &str) -> Result<DutyRule, Error> {
    DutyRule::of_word(&word.replace('-', "_")).ok_or_else(|| {
        let all: Vec<String> = DutyRule::ALL.iter().map(|rule| rule.word().replace('_', "-")).collect();
        input(format!("{word} is no separation of duty: {}", all.join(", ")), "")
    })
}

fn accepting(book: &Book, args: &Matrix, rule: &str) -> Result<RoleCommand, Error> {
    all_needed(&[
        (args.person.is_some(), "--person NAME", "whose conflict"),
        (args.by.is_some(), "--by NAME", "who accepts it"),
        (args.instead.is_some(), "--instead TEXT", "what takes the place of the separation"),
    ])?;
    let who = person(book, needed(args.person.as_ref(), "--person NAME", "whose conflict")?)?;
    let by = needed(args.by.as_ref(), "--by NAME", "who accepts it")?;
    let instead = needed(args.instead.as_ref(), "--instead TEXT", "what takes the place of the separation")?;
    Ok(RoleCommand::AcceptConflict(Box::new(DutyConflict {
        id: DutyConflictId(0),
        rule: rule_of(rule)?,
        person: who,
        change: None,
        accepted_by: by.clone(),
        accepted_at: 0,
        instead: instead.clone(),
        ended_at: None,
    })))
}

fn ending(engine: &Engine, args: &Matrix, rule: &str) -> Result<RoleCommand, Error> {
    let book = engine.book();
    let (rule, name) = (rule_of(rule)?, needed(args.person.as_ref(), "--person NAME", "whose conflict")?);
    let who = person(book, name)?;
    crate::domain::role::conflict::acceptance(book, rule, who).map(RoleCommand::EndConflict).ok_or_else(
        || input(format!("no such conflict of {name} is accepted"), "See them: patchbook-cli matrix FILE."),
    )
}

fn show(args: &Matrix, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let on = today(&engine);
    let roles = roles_in_order(book);
    let activities = activities_in_order(book);
    let found = findings(book, on);
    let conflicts = conflicts_on(book, on);
    let mut header = vec!["#", "Activity"];
    header.extend(roles.iter().map(|role| role.code.as_str()));
    let row = |(number, activity): (usize, &&Activity)| {
        let mut cells = vec![number.to_string(), activity.name.clone()];
        let mark = |id| activity.mark_of(id).map_or("", Mark::word).to_owned();
        cells.extend(roles.iter().map(|role| mark(role.id)));
        cells
    };
    let rows: Vec<Vec<String>> = (1..).zip(&activities).map(row).collect();
    let mut text = columns(&header, &rows);
    let lines = |text: &mut String, heading: &str, lines: &[String]| {
        let _infallible = write!(text, "\n\n{heading}");
        for line in lines {
            let _infallible = write!(text, "\n  {line}");
        }
    };
    let said: Vec<String> = found.iter().map(|finding| finding_text(book, finding)).collect();
    let quiet = ["None.".to_owned()];
    lines(&mut text, "Findings", if said.is_empty() { &quiet } else { &said });
    let told: Vec<String> = conflicts.iter().map(|conflict| conflict_text(book, conflict)).collect();
    lines(&mut text, "Duties in one hand", if told.is_empty() { &quiet } else { &told });
    let value = json!({
        "activities": activities.iter().map(|activity| value_of(book, activity)).collect::<Vec<_>>(),
        "findings": found.iter().zip(&said).map(|(f, text)| json!({ "kind": f.word(), "text": text })).collect::<Vec<_>>(),
        "conflicts": conflicts.iter().map(|c| json!({
            "rule": c.rule.word(), "person": book.person_name(Some(c.person)), "accepted": c.accepted.is_some(),
        })).collect::<Vec<_>>(),
    });
    output.result(&text, &value);
    let open = conflicts.iter().filter(|conflict| conflict.accepted.is_none()).count();
    if args.check && (!found.is_empty() || open > 0) {
        let text =
            format!("the matrix has {} findings and {open} conflicts that nobody accepted", found.len());
        return Err(Error::new(
            ErrorKind::Unsound,
            text,
            "Set marks, assign roles, or accept the conflicts.",
        ));
    }
    Ok(())
}

fn finding_text(book: &Book, finding: &Finding) -> String {
    let row = finding.activity().and_then(|id| book.activities.get(id.0));
    let prefix = row.map(|row| format!("{}: ", row.name)).unwrap_or_default();
    format!("{prefix}{}", finding.text(book))
}

fn conflict_text(book: &Book, conflict: &Conflict) -> String {
    let name = book.person_name(Some(conflict.person));
    let accepted = conflict.accepted.and_then(|id| book.duty_conflicts.get(id.0)).map_or_else(
        || "not accepted".to_owned(),
        |row| format!("accepted by {}, instead: {}", row.accepted_by, row.instead),
    );
    let word = conflict.rule.word().replace('_', "-");
    format!("{name}: {} [{word}] ({}), {accepted}", conflict.rule.text(), conflict.roles_text(book))
}

fn value_of(book: &Book, activity: &Activity) -> Value {
    let mark = |role: &&crate::domain::role::Role| {
        activity.mark_of(role.id).map(|mark| (role.code.clone(), Value::from(mark.word())))
    };
    let marks: serde_json::Map<String, Value> = roles_in_order(book).iter().filter_map(mark).collect();
    json!({ "name": activity.name, "marks": marks })
}
