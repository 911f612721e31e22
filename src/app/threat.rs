//! Loading threat data: read a file, plan, show, record as one operation.

use std::path::Path;

use crate::domain::book::Book;
use crate::domain::command::{Command, ThreatCommand};
use crate::import::threat::plan::{ThreatPlan, plan};
use crate::import::threat::{Known, ThreatRead, ThreatRefused, read};
use crate::import::{Control, FileKind, Input, sniff};
use crate::util::progress::Progress;

use super::engine::{Done, Engine};
use super::error::{Error, ErrorKind};

/// Whether a file is threat data, by its head. A file that cannot be opened is not: the import says why.
pub fn is_threat(input: &Input) -> bool {
    sniff::of_input(input).is_some_and(|found| match found.kind {
        FileKind::Foreign(foreign) => crate::import::threat::is_threat(foreign),
        _ => false,
    })
}

/// What a file says, as far as it concerns a register. Nothing of the register is touched.
pub fn read_file(book: &Book, input: &Input, progress: &Progress) -> Result<ThreatRead, Error> {
    let title = format!("Reading {}", input.name);
    let mut hook = |step: crate::import::Progress| match progress.report(&title, step.bytes, step.bytes_total)
    {
        Ok(()) => Control::Continue,
        Err(_) => Control::Cancel,
    };
    read(input, &Known::of(book), &mut hook).map_err(|refused| match refused {
        ThreatRefused::Cancelled => {
            Error::new(ErrorKind::Cancelled, "the reading was stopped; nothing was changed", "")
        }
        other => Error::new(ErrorKind::Input, other.to_string(), ""),
    })
}

/// What a load would write into the register as it stands.
pub fn plan_load(engine: &Engine, read: &ThreatRead) -> ThreatPlan {
    plan(engine.book(), read, engine.context().clock.now_at())
}

/// Records what a file says that is new, as one operation.
pub fn load(engine: &mut Engine, plan: ThreatPlan, progress: &Progress) -> Result<Done, Error> {
    if plan.is_nothing_new() {
        let label = format!("Load {}", plan.rows.catalogue.kind.text());
        return Ok(Done { label, op_id: None, entry: engine.book().head.seq });
    }
    engine.run(Command::Threat(ThreatCommand::Load(Box::new(plan.rows))), progress)
}

/// The input of a path.
pub fn input(path: &Path) -> Input {
    Input::from_path(path)
}
