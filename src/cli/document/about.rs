//! What a draft is about, on the console: which cycle, business case, posture, month.

use std::path::PathBuf;

use clap::Args;

use super::{in_states, keyed};
use crate::app::{Context, Error};
use crate::cli::file::open;
use crate::cli::output::Output;
use crate::cli::people::{input, needed, run};
use crate::domain::command::{Command, DocumentCommand};
use crate::domain::document::DocumentState;
use crate::domain::document::subject::{Chosen, Subject, options};
use crate::domain::month::name::{first_day, text as month_text};
use crate::store::Access;
use crate::util::text::fold;

/// Arguments of `document about`.
#[derive(Debug, Args)]
pub struct About {
    /// The register
    pub file: PathBuf,
    /// Key of the document, such as timeline
    pub key: String,
    /// The cycle it is about, such as 2026-12; - for the current one
    #[arg(long, value_name = "NAME")]
    pub cycle: Option<String>,
    /// The business case it is about; - for the newest one
    #[arg(long, value_name = "NAME")]
    pub case: Option<String>,
    /// The posture it is about; - for the newest one
    #[arg(long, value_name = "NAME")]
    pub posture: Option<String>,
    /// The month of its figures, such as 2026-11; - for the current one
    #[arg(long, value_name = "MONTH")]
    pub month: Option<String>,
}

pub(super) fn about(args: &About, context: &Context, output: &Output) -> Result<(), Error> {
    let asked = [
        (Subject::Cycle, &args.cycle),
        (Subject::Case, &args.case),
        (Subject::Posture, &args.posture),
        (Subject::Month, &args.month),
    ];
    let some = asked.iter().find_map(|(_, name)| name.as_ref());
    needed(some, "--cycle, --case, --posture or --month", "what the document is about")?;
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let now = engine.context().clock.now_at();
    let book = engine.book();
    let version = in_states(book, keyed(book, &args.key)?, &[DocumentState::Draft])?;
    let (id, mut about) = (version.id, version.about);
    for (subject, name) in asked {
        let Some(name) = name.as_deref() else { continue };
        if name == "-" {
            about = about.with(subject, Chosen::default());
            continue;
        }
        // A month is typed as it is named in the file.
        let typed = if subject == Subject::Month && first_day(name).is_some() {
            month_text(name)
        } else {
            name.to_owned()
        };
        let known = options(book, subject, now);
        let Some((_, option)) = known.iter().find(|(known, _)| fold(known) == fold(&typed)) else {
            let names: Vec<&str> = known.iter().take(6).map(|(name, _)| name.as_str()).collect();
            let what = subject.text().to_lowercase();
            let hint = if names.is_empty() {
                format!("There is no {what} in the register yet.")
            } else {
                format!("The newest are: {}.", names.join(", "))
            };
            return Err(input(format!("there is no {what} called {name}"), &hint));
        };
        about = about.with(subject, *option);
    }
    let command = DocumentCommand::Choose { version: id, about };
    run(&mut engine, Command::Document(command), output)
}
