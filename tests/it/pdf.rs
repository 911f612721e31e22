//! Paper, tested from outside: files other programs can read, text that comes out as it went in, same bytes twice.

mod draw;
pub mod extract;
mod hostile;
mod logo;
mod plan;
pub mod read;
mod rules;
mod sample;
mod sheet;
mod tree;

use std::fs::File;
use std::io::Write as _;

use patchbook::pdf::render;

/// With `PATCHBOOK_LOOK=FILE` it also leaves the document there, for people who want to look at it.
#[test]
fn every_kind_of_block_is_printed() {
    let rendered = render(&sample::every_block()).expect("renders");
    assert_eq!(rendered.warnings, Vec::<String>::new());
    assert!(rendered.pages >= 5);
    if let Ok(path) = std::env::var("PATCHBOOK_LOOK") {
        File::create(path).and_then(|mut file| file.write_all(&rendered.bytes)).expect("writes");
    }
}
