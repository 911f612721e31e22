//! Change records on the console: the same commands as in the window, by number and name.

pub(super) mod args;
mod decision;
mod edit;
mod show;
mod tell;
pub(in crate::cli) mod value;

use serde_json::json;

use super::file::open;
use super::output::{Output, progress};
use crate::app::{Context, Engine, Error};
use crate::domain::change::ChangeState;
use crate::domain::command::{ChangeCommand, Command, Move};
use crate::store::Access;
use args::{Action, Change, Step};

pub(super) use decision::approval;

pub(super) fn run(args: &Change, context: &Context, output: &Output) -> Result<(), Error> {
    use ChangeState as S;
    let to = |args: &Step, state: S| step(args, state, context, output);
    match &args.action {
        Action::New(args) => edit::new(args, context, output),
        Action::Bulk(args) => edit::bulk(args, context, output),
        Action::Set(args) => edit::set(args, context, output),
        Action::Line(args) => edit::line(args, context, output),
        Action::Accept(args) => decision::accept(args, context, output),
        Action::Test(args) => edit::test(args, context, output),
        Action::Verify(args) => edit::verify(args, context, output),
        Action::List(args) => show::list(args, context, output),
        Action::Show(args) => show::one(args, context, output),
        Action::Orphans(args) => show::orphans(args, context, output),
        Action::Status(args) => show::status(args, context, output),
        Action::Submit(args) => to(args, S::Submitted),
        Action::TakeBack(args) => to(args, S::Draft),
        Action::Declare(args) => to(args, S::Declared),
        Action::GoAhead(args) => to(args, S::GoAhead),
        Action::Schedule(args) => to(args, S::Scheduled),
        Action::Start(args) => to(args, S::InProgress),
        Action::Monitor(args) => to(args, S::Monitoring),
        Action::Review(args) => to(args, S::Review),
        Action::Close(args) => to(args, S::Closed),
        Action::Cancel(args) => to(args, S::Cancelled),
        Action::Finish(args) => {
            let ends = [S::Implemented, S::Partly, S::RolledBack, S::Failed];
            let end = S::of_word(&value::word(&args.end)).filter(|end| ends.contains(end));
            let end = end.ok_or_else(|| {
                let text = format!("{} is no end of a change", args.end);
                value::wrong(text, "Ends are implemented, partly, rolled-back and failed.")
            })?;
            to(&args.step, end)
        }
        Action::Approve(args) => decision::on_record(args, "approve", context, output),
        Action::Return(args) => decision::on_record(args, "return", context, output),
        Action::Reject(args) => decision::on_record(args, "reject", context, output),
        Action::Notice(args) => tell::notice(args, context, output),
        Action::Templates(args) => tell::templates(args, context, output),
        Action::Template(args) => tell::template(args, context, output),
        Action::Ratify(args) => tell::ratify(args, context, output),
        Action::Revoke(args) => tell::revoke(args, context, output),
    }
}

fn step(args: &Step, to: ChangeState, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.one.file, Access::Write, context, output)?;
    let base = value::record(engine.book(), &args.one.number)?.clone();
    let number = base.number.clone();
    let at = value::instant(&engine, args.at.as_deref())?;
    let step = Move { base, to, at, by: context.actor.clone(), because: args.because.clone() };
    carry_out(&mut engine, ChangeCommand::Move(Box::new(step)))?;
    said(&engine, &number, output)
}

/// Runs a command of change records.
fn carry_out(engine: &mut Engine, command: ChangeCommand) -> Result<(), Error> {
    engine.run(Command::Change(command), &progress()).map(|_| ())
}

/// Where a record stands now.
fn said(engine: &Engine, number: &str, output: &Output) -> Result<(), Error> {
    let record = value::record(engine.book(), number)?;
    let text = format!("{} {}: {}", record.number, record.title, record.state.text().to_lowercase());
    output.result(&text, &json!({ "number": record.number, "state": record.state.word() }));
    Ok(())
}
