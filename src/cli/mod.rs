//! The console: the same engine without a window.
//!
//! Invariant: what the window would ask, the console takes as flags; a missing answer ends with exit code 3 and names the flag.
//! Results go to standard output, messages and hints to standard error.

mod args;
mod calendar;
mod case;
mod change;
mod cycle;
mod deadline;
mod document;
mod figures;
mod file;
mod import;
mod month;
mod night;
mod operation;
mod output;
mod paper;
mod people;
mod programme;
mod risk;
mod servicing;
mod threat;
mod told;
mod waiver;

use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;

use crate::app::preferences::{Places, Preferences, guessed_actor, site};
use crate::app::{Context, Error};
use crate::util::clock::Clock;
use crate::util::id::Ids;

use args::{Action, Args};
use output::Output;

/// Runs the console program with the process's arguments.
pub fn main() -> ExitCode {
    let args = Args::parse();
    let output = Output { json: args.json };
    let context = context(args.actor.clone());
    match run(&args.action, &context, &output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output.error(&error);
            ExitCode::from(error.kind.exit_code())
        }
    }
}

/// Who is at work: the flag, else the preferences, else the name the system knows.
fn context(actor: Option<String>) -> Context {
    let places = Places::of_system();
    let preferred = places.as_ref().map(|p| Preferences::read(&p.preferences).0.actor);
    let said = |name: &String| !name.trim().is_empty();
    let actor =
        actor.filter(said).or(preferred.filter(|name| !name.is_empty())).unwrap_or_else(guessed_actor);
    Context {
        actor,
        site: site(),
        clock: Clock::System,
        ids: Arc::new(Ids::Random),
        backups: places.map(|p| p.backups),
    }
}

fn run(action: &Action, context: &Context, output: &Output) -> Result<(), Error> {
    match action {
        Action::New(args) => file::new(args, context, output),
        Action::Import(args) => import::run(args, context, output),
        Action::Assets(args) => figures::assets(args, context, output),
        Action::Compliance(args) => figures::compliance(args, context, output),
        Action::Report(args) => figures::report(args, context, output),
        Action::Print(args) => paper::print(args, context, output),
        Action::Approval(args) => change::approval(args, context, output),
        Action::Calendar(action) => calendar::calendar(action, context, output),
        Action::Change(args) => change::run(args, context, output),
        Action::Cycle(action) => cycle::cycle(action, context, output),
        Action::Forecast(args) => calendar::forecast(args, context, output),
        Action::Night(action) => night::run(action, context, output),
        Action::Emergency(action) => night::emergency::run(action, context, output),
        Action::Lint(args) => calendar::lint(args, context, output),
        Action::Person(action) => people::person::act(action, context, output),
        Action::Role(action) => people::role::act(action, context, output),
        Action::Matrix(args) => people::matrix::act(args, context, output),
        Action::Practice(action) => people::practice::act(action, context, output),
        Action::Committee(action) => people::committee::act(action, context, output),
        Action::Meeting(action) => people::meeting::act(action, context, output),
        Action::Item(action) => people::action::act(action, context, output),
        Action::Programme(action) => programme::act(action, context, output),
        Action::Update(action) => risk::update::act(action, context, output),
        Action::Domain(action) => risk::domain::act(action, context, output),
        Action::Gate(action) => risk::gate::act(action, context, output),
        Action::Conflict(action) => risk::tie::conflict(action, context, output),
        Action::Prerequisite(action) => risk::tie::prerequisite(action, context, output),
        Action::Support(action) => servicing::act(action, context, output),
        Action::Threat(action) => threat::act(action, context, output),
        Action::Deadline(action) => deadline::act(action, context, output),
        Action::Case(action) => case::act(action, context, output),
        Action::Waiver(action) => waiver::act(action, context, output),
        Action::Document(action) => document::act(action, context, output),
        Action::Month(action) => month::act(action, context, output),
        Action::Posture(action) => month::posture(action, context, output),
        Action::Verify(args) => file::verify(args, output),
        Action::Rebuild(args) => file::rebuild(args, context, output),
        Action::Undo(args) => file::undo(args, context, output),
        Action::Backup(args) => file::backup(args, context, output),
        Action::Export(args) => figures::export(args, context, output),
        Action::History(args) => file::history(args, context, output),
    }
}
