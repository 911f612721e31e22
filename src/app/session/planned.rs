//! Foreign files read and planned, for the window: an import, or one file of threat data.

use std::sync::Arc;

use super::super::engine::Context;
use super::super::error::{Error, ErrorKind};
use super::super::{import, threat};
use super::Notice;
use crate::domain::book::Book;
use crate::import::lifecycle::{self, LifecycleFile, LifecyclePlan};
use crate::import::plan::{Choices, ImportPlan, plan};
use crate::import::threat::ThreatRead;
use crate::import::threat::plan::ThreatPlan;
use crate::import::{Answers, Input, ReadSet};
use crate::util::progress::Progress;

/// Files read and planned.
#[derive(Debug)]
pub struct Planned {
    /// What was read.
    pub read: Arc<ReadSet>,
    /// What it would do; `None` while something stands in the way.
    pub plan: Option<ImportPlan>,
    /// What stands in the way.
    pub obstacle: Option<Error>,
}

/// A file of threat data read and planned.
#[derive(Debug)]
pub struct ThreatPlanned {
    /// What was read.
    pub read: Arc<ThreatRead>,
    /// What it would do.
    pub plan: ThreatPlan,
    /// Other files of threat data that were chosen with it; each is read by itself, after this one is loaded.
    pub rest: Vec<Input>,
}

/// A table of support ends read and planned.
#[derive(Debug)]
pub struct ServicingPlanned {
    /// What was read.
    pub file: Arc<LifecycleFile>,
    /// What it would do.
    pub plan: LifecyclePlan,
}

/// A table of support ends, where the one file is such a table.
fn servicing(book: &Book, input: &Input) -> Option<Result<Notice, Error>> {
    let bytes = lifecycle::table_of(input)?;
    Some(match lifecycle::read(&input.name, &bytes) {
        Ok(file) => {
            let plan = lifecycle::plan(book, &file);
            Ok(Notice::ServicingPlanned(Box::new(ServicingPlanned { file: Arc::new(file), plan })))
        }
        Err(sentence) => {
            Err(Error::new(ErrorKind::Input, format!("{} cannot be loaded", input.name), sentence))
        }
    })
}

/// Reads files and plans them. Where every one of them is threat data, the first is read, as far as it concerns the register.
pub(super) fn read(
    book: &Book,
    inputs: &[Input],
    answers: &Answers,
    choices: &Choices,
    context: &Context,
    progress: &Progress,
) -> Result<Notice, Error> {
    if let [first, rest @ ..] = inputs
        && inputs.iter().all(threat::is_threat)
    {
        let read = threat::read_file(book, first, progress)?;
        let plan = crate::import::threat::plan::plan(book, &read, context.clock.now_at());
        let planned = ThreatPlanned { read: Arc::new(read), plan, rest: rest.to_vec() };
        return Ok(Notice::ThreatPlanned(Box::new(planned)));
    }
    if let [input] = inputs
        && let Some(found) = servicing(book, input)
    {
        return found;
    }
    let read = import::read_files(inputs, answers, progress)?;
    Ok(planned(book, Arc::new(read), choices, context))
}

/// Plans what was read.
pub(super) fn planned(book: &Book, read: Arc<ReadSet>, choices: &Choices, context: &Context) -> Notice {
    let obstacle = import::obstacle(&read);
    let moment = crate::domain::decide::Moment {
        at: context.clock.now_at(),
        actor: &context.actor,
        ids: &context.ids,
    };
    let plan = obstacle.is_none().then(|| plan(book, &read, choices, moment));
    Notice::Planned(Box::new(Planned { read, plan, obstacle }))
}
