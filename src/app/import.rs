//! Importing: read the files, plan, show, record as one operation.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::domain::book::Book;
use crate::domain::command::Command;
use crate::domain::decide::Moment;
use crate::domain::row::RowChange;
use crate::domain::source::{Profile as ProfileRow, ProfileId};
use crate::import::plan::{Choices, ImportPlan, plan};
use crate::import::{Answers, Control, Input, Outcome, QuestionKind, ReadSet, Refused, read};
use crate::util::hash::{FileHasher, hex};
use crate::util::progress::Progress;

use super::engine::{Done, Engine};
use super::error::{Error, ErrorKind};

/// The inputs of dropped or named paths; a folder stands for the files directly in it.
pub fn inputs(paths: &[PathBuf]) -> Result<Vec<Input>, Error> {
    Input::from_paths(paths).map_err(|cause| {
        let named = paths.first().cloned().unwrap_or_default();
        Error::io("cannot read the file", &named, &cause)
    })
}

/// SHA-256 of a file, hexadecimal; read in chunks.
pub fn sha256_of(path: &Path) -> std::io::Result<String> {
    let mut file = std::fs::File::open(path)?;
    let mut hasher = FileHasher::default();
    let mut chunk = vec![0; 256 * 1024];
    loop {
        match file.read(&mut chunk)? {
            0 => return Ok(hex(&hasher.finish())),
            read => hasher.add(&chunk[..read]),
        }
    }
}

/// Answers saved with the register, under the fingerprints of the headers they were given for.
pub fn saved_answers(book: &Book) -> Answers {
    let saved = |row: &ProfileRow| Some((row.fingerprint.clone(), serde_json::from_str(&row.answers).ok()?));
    let profiles: BTreeMap<_, _> = book.profiles.rows().iter().filter_map(saved).collect();
    Answers { profiles, ..Answers::default() }
}

/// Reads files, reporting progress. Nothing of the register is touched.
pub fn read_files(inputs: &[Input], answers: &Answers, progress: &Progress) -> Result<ReadSet, Error> {
    let mut hook = |step: crate::import::Progress| {
        let title = format!("Reading file {} of {}", step.file + 1, step.files);
        match progress.report(&title, step.bytes, step.bytes_total) {
            Ok(()) => Control::Continue,
            Err(_) => Control::Cancel,
        }
    };
    read(inputs, answers, &mut hook).map_err(|refused| match refused {
        Refused::Cancelled => {
            Error::new(ErrorKind::Cancelled, "the import was stopped; nothing was changed", "")
        }
        other => Error::new(ErrorKind::Input, other.to_string(), "Choose the files to import."),
    })
}

/// Why these files cannot be imported as they are, if so: nothing importable, or a question that must be answered.
pub fn obstacle(read: &ReadSet) -> Option<Error> {
    if let Some(question) = read.questions.iter().find(|q| q.kind.is_required()) {
        let file = read.files.get(usize::from(question.file)).map_or("", |f| f.name.as_str());
        let (summary, hint) = question_text(&question.kind, file);
        return Some(Error::new(ErrorKind::Question, summary, hint));
    }
    if read.files.iter().any(|file| file.outcome == Outcome::Imported) {
        return None;
    }
    let sentence = read.files.iter().find_map(|file| match &file.outcome {
        Outcome::NotImported { name, sentence } => {
            Some(format!("{} is recognised as {name}. {sentence}", file.name))
        }
        Outcome::Unreadable { sentence } => Some(format!("{}: {sentence}", file.name)),
        _ => None,
    });
    let summary = sentence.unwrap_or_else(|| "there is nothing to import in these files".to_owned());
    Some(Error::new(ErrorKind::Input, summary, ""))
}

/// A question in words, and the console's way to answer it.
pub fn question_text(kind: &QuestionKind, file: &str) -> (String, String) {
    match kind {
        QuestionKind::DateOrder { column, samples, .. } => (
            format!("{file}: is the day or the month first in the column {column} ({})?", samples.join(", ")),
            "Answer with --date-order day-first or --date-order month-first.".to_owned(),
        ),
        QuestionKind::StateWord { word, count, line } => (
            format!("{file}: what does the state \"{word}\" mean ({count} times, first in line {line})?"),
            format!("Answer with --state \"{word}=installed\" (or not-installed, failed, ... or skip)."),
        ),
        QuestionKind::Scope { .. } => (
            format!("{file}: does it list every update of each computer, or only some?"),
            "Answer with --scope all-but-not-applicable, all, needed-only or some.".to_owned(),
        ),
        QuestionKind::StateOfFile { .. } => (
            format!("{file}: which state does each of its rows stand for?"),
            "Answer with --every-state failed (or not-installed, installed, ...).".to_owned(),
        ),
        QuestionKind::UpdateOfFile { name } => (
            format!("{name}: which update is this file about?"),
            format!("Answer with --update-of-file \"{name}=KB5036892\"."),
        ),
        QuestionKind::Mapping { header, .. } => (
            format!("{file}: which column means what? The header is: {}", header.join(", ")),
            "Answer with --column computer=NAME --column kb=NAME --column state=NAME.".to_owned(),
        ),
    }
}

/// Plans what was read against the register.
pub fn plan_import(engine: &Engine, read: &ReadSet, choices: &Choices) -> ImportPlan {
    let context = engine.context();
    plan(
        engine.book(),
        read,
        choices,
        Moment { at: context.clock.now_at(), actor: &context.actor, ids: &context.ids },
    )
}

/// Records a plan, with the answers it took, as one operation.
pub fn accept(
    engine: &mut Engine,
    mut plan: ImportPlan,
    read: &ReadSet,
    answers: &Answers,
    progress: &Progress,
) -> Result<Done, Error> {
    if plan.is_nothing_new() {
        return Ok(Done { label: plan.rows.label, op_id: None, entry: engine.book().head.seq });
    }
    plan.rows.changes.extend(profile_rows(engine, read, answers));
    engine.run(Command::Import(Box::new(plan.rows)), progress)
}

/// Answers worth keeping: those of this import's files that differ from what is saved.
fn profile_rows(engine: &Engine, read: &ReadSet, answers: &Answers) -> Vec<RowChange> {
    let book = engine.book();
    let mut rows = Vec::new();
    for file in read.files.iter().filter(|f| f.outcome == Outcome::Imported && !f.fingerprint.is_empty()) {
        let Some(profile) = answers.profiles.get(&file.fingerprint) else { continue };
        let Ok(text) = serde_json::to_string(profile) else { continue };
        let known = book.profiles.rows().iter().find(|row| row.fingerprint == file.fingerprint);
        let row = ProfileRow {
            id: known.map_or_else(|| ProfileId(engine.context().ids.next()), |k| k.id),
            fingerprint: file.fingerprint.clone(),
            name: file.recognised.kind.name().to_owned(),
            answers: text,
        };
        match known {
            Some(known) => rows.extend(RowChange::update(known, &row)),
            None if !rows.iter().any(|r: &RowChange| {
                r.after.as_ref().is_some_and(|a| a["fingerprint"] == row.fingerprint)
            }) =>
            {
                rows.push(RowChange::create(&row));
            }
            None => {}
        }
    }
    rows
}
