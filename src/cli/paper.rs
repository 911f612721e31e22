//! Papers on the console: which one, about what, where to.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::output::Output;
use crate::app::paper::choice::{Subject, subject_named, subjects};
use crate::app::paper::{self, PaperKind, Spec};
use crate::app::{Context, Engine, Error, ErrorKind};
use crate::store::Access;
use crate::util::text::fold;

/// Arguments of `print`.
#[derive(Debug, clap::Args)]
pub struct Print {
    /// The register
    pub file: PathBuf,
    /// Which paper: report, calendar, timeline, run-sheet, night, roles, change, change-line, changes, status, waiver,
    /// waivers, agenda, minutes, review, actions, document, sealed, certificate, posture, comparison or trend
    #[arg(value_parser = kind_of)]
    pub paper: PaperKind,
    /// The PDF to write
    pub output: PathBuf,
    /// What it is about: a month or cycle (2026-12), a change (CHG-2026-12-001), a machine of it (CHG-2026-12-001/DC-01), a
    /// waiver, a meeting or a night by its name, a document (policy) or a version of it (policy/2), a sealed month (2026-11,
    /// its first seal 2026-11.1) or posture, or two of them ("2026-10 and 2026-11"); the newest if absent
    #[arg(long, value_name = "NAME")]
    pub of: Option<String>,
    /// Replace the PDF if it exists
    #[arg(long)]
    pub overwrite: bool,
}

/// So many names are offered where none fits.
const SHOWN: usize = 12;

fn kind_of(word: &str) -> Result<PaperKind, String> {
    PaperKind::of_word(word).ok_or_else(|| {
        let words: Vec<&str> = PaperKind::ALL.iter().map(|kind| kind.word()).collect();
        format!("there is no such paper; there are {}", words.join(", "))
    })
}

/// Prints a paper and notes it in the history.
pub(super) fn print(args: &Print, context: &Context, output: &Output) -> Result<(), Error> {
    may_write(&args.output, args.overwrite)?;
    // Printing is noted in the history where the register may be written.
    let mut engine = Engine::open(&args.file, Access::Write, context.clone())?;
    let known = subjects(engine.book(), args.paper, context.clock.now_at());
    let named = args.of.as_deref().and_then(|name| subject_named(engine.book(), args.paper, name));
    let subject = match &named {
        Some(subject) => subject,
        None => chosen(args, &known)?,
    };
    let spec = Spec { paper: subject.paper, ..Spec::default() };
    write(&mut engine, &spec, &args.output, output)
}

fn chosen<'s>(args: &Print, known: &'s [Subject]) -> Result<&'s Subject, Error> {
    let Some(wanted) = &args.of else {
        return known.first().ok_or_else(|| {
            let text = format!("there is nothing to print yet: {}", args.paper.text());
            Error::new(ErrorKind::Input, text, "Make what it is about first.")
        });
    };
    known.iter().find(|subject| fold(&subject.name) == fold(wanted)).ok_or_else(|| {
        let names: Vec<&str> =
            known.iter().map(|s| s.name.as_str()).filter(|name| !name.is_empty()).collect();
        let more = names.len().saturating_sub(SHOWN) as u64;
        let hint = match (known.is_empty(), names.as_slice()) {
            (true, _) => "There is nothing for this paper yet: make what it is about first.".to_owned(),
            (_, []) if args.paper == PaperKind::Monthly => {
                "This paper is of now: leave --of out. Of another day: patchbook-cli report FILE PDF --as-of 2026-10-31.".to_owned()
            }
            (_, []) => "This paper is about the whole register: leave --of out.".to_owned(),
            _ if more > 0 => {
                format!("Choose one with --of: {}, and {more} more.", names[..SHOWN].join(", "))
            }
            _ => format!("Choose one with --of: {}.", names.join(", ")),
        };
        Error::new(ErrorKind::Input, format!("{} is not known for: {}", wanted, args.paper.text()), hint)
    })
}

/// Says what to do where a file would be replaced.
pub(super) fn may_write(path: &Path, overwrite: bool) -> Result<(), Error> {
    if path.exists() && !overwrite {
        let text = format!("there is already a file of this name: {}", path.display());
        return Err(Error::new(ErrorKind::Input, text, "Choose another name, or add --overwrite."));
    }
    Ok(())
}

/// Prints and tells of pages, warnings and hash.
pub(super) fn write(engine: &mut Engine, spec: &Spec, path: &Path, output: &Output) -> Result<(), Error> {
    let printed = paper::print(engine, spec, path)?;
    for warning in &printed.warnings {
        output.note(warning);
    }
    let text = format!("Printed {} pages: {}\nSHA-256 {}", printed.pages, path.display(), printed.sha256);
    output.result(&text, &json!({ "file": path, "pages": printed.pages, "sha256": printed.sha256 }));
    Ok(())
}
