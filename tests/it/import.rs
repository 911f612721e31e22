//! Readers: what other tools write becomes rows, questions or one clear sentence.

mod computers;
mod dates;
mod encodings;
mod golden;
mod identity;
mod named;
mod states;

use std::path::PathBuf;

use patchbook::import::{Answers, Control, Input, ReadSet, Refused, read};

/// A file or folder of the fixtures.
fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// Inputs of fixtures, without a time of change: a checkout has none worth using.
fn inputs(names: &[&str]) -> Vec<Input> {
    let paths: Vec<PathBuf> = names.iter().map(|name| fixture(name)).collect();
    let mut inputs = Input::from_paths(&paths).expect("the fixtures are there");
    for input in &mut inputs {
        input.modified_at = None;
    }
    inputs
}

fn read_with(inputs: &[Input], answers: &Answers) -> ReadSet {
    read(inputs, answers, &mut |_| Control::Continue).expect("something to read")
}

fn read_fixtures(names: &[&str]) -> ReadSet {
    read_with(&inputs(names), &Answers::default())
}

fn read_text(name: &str, text: &str) -> ReadSet {
    read_with(&[Input::from_bytes(name, text)], &Answers::default())
}

#[test]
fn reading_nothing_is_refused() {
    let refused = read(&[], &Answers::default(), &mut |_| Control::Continue).expect_err("nothing to read");
    assert_eq!(refused, Refused::Nothing);
}
