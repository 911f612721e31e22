//! One reading of one set of files.
//!
//! Owns the order of the steps for each file and what becomes of it. Joining the files is [`join`]'s work. It never writes and
//! never decides what a person must decide: open points become questions, and the rows wait.

mod file;
mod join;

use super::question::Answers;
use super::report::{Control, MAX_FILES, Progress, ReadSet, Refused};
use super::source::Input;
use join::Joined;

/// Reads a set of files as one import.
///
/// The files may come in any order; rows that name each other by identifier are joined, and what no file describes stays a
/// placeholder. `hook` is told how far the reading is and may stop it.
///
/// # Errors
/// Only when there is nothing to read, too much of it, or the hook stopped it. Files that cannot be read say so in their report.
pub fn read(
    inputs: &[Input],
    answers: &Answers,
    hook: &mut dyn FnMut(Progress) -> Control,
) -> Result<ReadSet, Refused> {
    if inputs.is_empty() {
        return Err(Refused::Nothing);
    }
    if inputs.len() > MAX_FILES {
        return Err(Refused::TooMany(inputs.len()));
    }
    let bytes_total = inputs.iter().map(|input| input.size().unwrap_or(0)).sum();
    let (mut bytes_before, mut rows_before) = (0, 0);
    let mut joined = Joined::default();
    for (file, input) in inputs.iter().enumerate() {
        let mut on = |bytes: u64, rows: u64| {
            hook(Progress {
                file,
                files: inputs.len(),
                bytes: bytes_before + bytes,
                bytes_total,
                rows: rows_before + rows,
            })
        };
        let read = file::read_file(file as u16, input, answers, &mut on)?;
        bytes_before += read.report.bytes;
        rows_before += read.report.rows;
        joined.add(read)?;
    }
    Ok(joined.finish(answers))
}
