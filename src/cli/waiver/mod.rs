//! Waivers on the console: asked for, listed, shown, decided, renewed, revoked, their controls watched.

mod form;
mod view;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::file::open;
use super::output::{Output, progress};
use super::people::{all_needed, input, instant, needed, person, run};
use super::told::Told;
use crate::app::{Context, Engine, Error};
use crate::domain::approval::{Subject, Verdict};
use crate::domain::book::Book;
use crate::domain::command::{ApprovalCommand, ApprovalDraft, Command, Edit, WaiverCommand};
use crate::domain::waiver::request::{WaiverRequest, WaiverRequestId};
use crate::domain::waiver::{rule, text};
use crate::store::Access;
use crate::util::text::fold;

use form::Form;
pub(super) use view::{debt_text, debt_value};

/// What can be done with waivers.
#[derive(Debug, Subcommand)]
pub enum WaiverAction {
    /// Write a request and ask for it; with --draft only write it
    Request(Box<RequestArgs>),
    /// List waivers, what expired first; the debt below
    List(List),
    /// Show one waiver: its pairs, its decisions, what ends it
    Show(Show),
    /// Record a decision: approve, return or reject
    Decide(Box<Decide>),
    /// End a waiver early
    Revoke(Revoke),
    /// Write a new request that follows a granted one, and ask for it; with --draft only write it
    Renew(Box<Renew>),
    /// Say how a control of a granted waiver was found: working, or failed
    Check(Check),
}

/// Arguments of `waiver request`.
#[derive(Debug, Args)]
pub struct RequestArgs {
    /// The register
    pub file: PathBuf,
    /// Go on with this draft instead of a new one: its number
    #[arg(long, value_name = "NUMBER")]
    pub of: Option<String>,
    /// What is asked for
    #[command(flatten)]
    pub form: Form,
    /// Only write it; ask for it later
    #[arg(long)]
    pub draft: bool,
}

/// Arguments of `waiver renew`.
#[derive(Debug, Args)]
pub struct Renew {
    /// The register
    pub file: PathBuf,
    /// The waiver that runs out: its number
    pub number: String,
    /// What is different; everything else is taken over
    #[command(flatten)]
    pub form: Form,
    /// Only write it; ask for it later
    #[arg(long)]
    pub draft: bool,
}

/// Arguments of `waiver list`.
#[derive(Debug, Args)]
pub struct List {
    /// The register
    pub file: PathBuf,
    /// Only those in this state: draft, requested, under-review, active, expiring, expired, voided, closed, revoked, rejected
    #[arg(long)]
    pub state: Option<String>,
}

/// Arguments of `waiver show`.
#[derive(Debug, Args)]
pub struct Show {
    /// The register
    pub file: PathBuf,
    /// Its number, such as WVR-2026-11-002
    pub number: String,
}

/// Arguments of `waiver decide`.
#[derive(Debug, Args)]
pub struct Decide {
    /// The register
    pub file: PathBuf,
    /// Its number
    pub number: String,
    /// approve, return or reject
    #[arg(long)]
    pub decision: Option<String>,
    /// How it was told
    #[command(flatten)]
    pub told: Told,
    /// What they said
    #[arg(long, default_value = "")]
    pub comment: String,
}

/// Arguments of `waiver revoke`.
#[derive(Debug, Args)]
pub struct Revoke {
    /// The register
    pub file: PathBuf,
    /// Its number
    pub number: String,
    /// Why
    #[arg(long)]
    pub because: Option<String>,
}

/// Arguments of `waiver check`.
#[derive(Debug, Args)]
pub struct Check {
    /// The register
    pub file: PathBuf,
    /// Its number
    pub number: String,
    /// The control, as it is written
    #[arg(long)]
    pub control: Option<String>,
    /// It was seen failing: the waiver ends
    #[arg(long)]
    pub failed: bool,
    /// When it was seen, such as 2026-12-07T10:00; now if absent
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
}

pub(super) fn act(action: &WaiverAction, context: &Context, output: &Output) -> Result<(), Error> {
    match action {
        WaiverAction::Request(args) => request(args, context, output),
        WaiverAction::List(args) => view::list(args, context, output),
        WaiverAction::Show(args) => view::show(args, context, output),
        WaiverAction::Decide(args) => decide(args, context, output),
        WaiverAction::Revoke(args) => revoke(args, context, output),
        WaiverAction::Renew(args) => renew(args, context, output),
        WaiverAction::Check(args) => check(args, context, output),
    }
}

fn find<'b>(book: &'b Book, number: &str) -> Result<&'b WaiverRequest, Error> {
    let named = book.waiver_requests.rows().iter().find(|request| fold(&request.number) == fold(number));
    named.ok_or_else(|| {
        input(format!("there is no waiver {number}"), "See which there are: patchbook-cli waiver list.")
    })
}

fn newest(engine: &Engine) -> Option<WaiverRequestId> {
    let requests = engine.book().waiver_requests.rows().iter();
    requests.max_by_key(|request| (request.created_at, &request.number)).map(|request| request.id)
}

fn request(args: &RequestArgs, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let base = args.of.as_deref().map(|number| find(engine.book(), number).cloned()).transpose()?;
    if base.is_none() && !args.draft {
        args.form.must_be_whole()?;
    }
    let mut row = base.clone().unwrap_or_else(|| form::empty(engine.context().clock.now_at()));
    args.form.put(engine.book(), &mut row)?;
    let id = base.as_ref().map(|base| base.id);
    write(&mut engine, base, row, id, args.draft, output)
}

fn renew(args: &Renew, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let earlier = find(engine.book(), &args.number)?.id;
    if !args.draft {
        all_needed(&[
            (args.form.reason.is_some(), "--reason", "what is different from the last decision"),
            (args.form.until.is_some(), "--until", "on which day the waiver ends"),
        ])?;
    }
    // Said wrongly, nothing must be left behind.
    args.form.put(engine.book(), &mut form::empty(0))?;
    engine.run(Command::Waiver(WaiverCommand::Renew(earlier)), &progress())?;
    let base = rule::renewal(engine.book(), earlier).cloned();
    let Some(base) = base else { return Err(input("the renewal was not written".to_owned(), "Try again.")) };
    let mut row = base.clone();
    args.form.put(engine.book(), &mut row)?;
    let id = Some(base.id);
    write(&mut engine, Some(base), row, id, args.draft, output)
}

/// Writes a draft, and asks for it unless it shall stay one. What cannot be asked for stays as a draft.
fn write(
    engine: &mut Engine,
    base: Option<WaiverRequest>,
    row: WaiverRequest,
    id: Option<WaiverRequestId>,
    draft: bool,
    output: &Output,
) -> Result<(), Error> {
    let save = Command::Waiver(WaiverCommand::Save(Box::new(Edit { base, row })));
    if draft {
        return run(engine, save, output);
    }
    engine.run(save, &progress())?;
    let Some(id) = id.or_else(|| newest(engine)) else {
        return Err(input("the waiver was not written".to_owned(), "Try again."));
    };
    if let Some(warning) = rule::preset_warning(engine.book()) {
        output.note(&warning);
    }
    let number = engine.book().waiver_requests.get(id.0).map(|r| r.number.clone()).unwrap_or_default();
    run(engine, Command::Waiver(WaiverCommand::Request(id)), output).map_err(|mut error| {
        error.hints.push(format!(
            "It is kept as the draft {number}. Go on with: patchbook-cli waiver request FILE --of {number}."
        ));
        error
    })
}

fn decide(args: &Decide, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let book = engine.book();
    let now = engine.context().clock.now_at();
    let request = find(book, &args.number)?;
    let (flag, question) = ("--decision approve, return or reject", "what was decided");
    args.told.whole(&[(args.decision.is_some(), flag, question)], "decided")?;
    let word = needed(args.decision.as_deref(), flag, question)?;
    let decision = Verdict::of_word(word)
        .filter(|verdict| matches!(verdict, Verdict::Approve | Verdict::Return | Verdict::Reject))
        .ok_or_else(|| input(format!("{word} is no decision"), "Give approve, return or reject."))?;
    let demanded = rule::demanded(book, request, now).join(", ");
    let told = args.told.read(&engine, &format!("decided; this risk is accepted by: {demanded}"))?;
    let draft = ApprovalDraft {
        subject: Subject::Waiver,
        subject_id: request.id.0,
        decision,
        person: person(book, &told.by)?,
        function: told.function,
        medium: told.medium,
        decided_at: told.at,
        comment: args.comment.clone(),
        evidence: told.evidence,
        shown: text::fingerprint(book, request, now),
    };
    if let Some(warning) = rule::preset_warning(book) {
        output.note(&warning);
    }
    run(&mut engine, Command::Approval(ApprovalCommand::Record(Box::new(draft))), output)
}

fn revoke(args: &Revoke, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let request = find(engine.book(), &args.number)?.id;
    let because = needed(args.because.as_deref(), "--because", "why the waiver ends")?.to_owned();
    run(&mut engine, Command::Waiver(WaiverCommand::Revoke { request, because }), output)
}

fn check(args: &Check, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let base = find(engine.book(), &args.number)?.clone();
    let all: Vec<&str> = base.controls.iter().map(|control| control.text.as_str()).collect();
    let question = format!("which control; there are: {}", all.join("; "));
    let wanted = needed(args.control.as_deref(), "--control", &question)?;
    let now = engine.context().clock.now_at();
    let seen = args.at.as_deref().map_or(Ok(now), |at| instant(engine.book(), at))?;
    let mut row = base.clone();
    let control = row.controls.iter_mut().find(|control| fold(&control.text) == fold(wanted));
    let control = control.ok_or_else(|| input(format!("there is no control {wanted}"), &question))?;
    if args.failed {
        control.failed_at = Some(seen);
    } else {
        control.verified_at = Some(seen);
    }
    run(&mut engine, Command::Waiver(WaiverCommand::Save(Box::new(Edit { base: Some(base), row }))), output)
}
