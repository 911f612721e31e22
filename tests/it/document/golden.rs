//! Every shipped document, filled from the sample register and printed, as the text that comes out of its pages: compared with what was
//! read page by page and found right. Regenerate with `INSTA_UPDATE=always`, then read what changed.

use patchbook::domain::command::DocumentCommand;
use patchbook::domain::document::shipped;
use patchbook::report::document::build;
use patchbook::report::sheet::Spec;

use super::life::Desk;
use crate::pdf::read::all_text;

/// What is another one in every build of the sample: digests.
fn steady(text: &str) -> String {
    let mut steady = String::with_capacity(text.len());
    let mut word = String::new();
    let is_hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    for character in text.chars().chain(['\n']) {
        if is_hex(character) {
            word.push(character);
            continue;
        }
        // The head's digest stands on the pages whole or as its first 16 digits.
        let is_digest = matches!(word.len(), 16 | 64) && word.chars().any(|c| c.is_ascii_digit());
        steady.push_str(if is_digest { "<digest>" } else { &word });
        word.clear();
        steady.push(character);
    }
    let lines = steady.trim_end().replace('\u{AD}', "-");
    lines.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// With `PATCHBOOK_LOOK_PAPERS=FOLDER` it also leaves the documents there, for people who want to look at them.
#[test]
fn every_shipped_document_says_on_paper_what_was_read_and_found_right() {
    let mut desk = Desk::new();
    let kept: Vec<String> = desk.book.documents.iter().map(|document| document.key.clone()).collect();
    for (key, _) in shipped::TEXTS.iter().filter(|(key, _)| !kept.iter().any(|known| known == key)) {
        desk.run(DocumentCommand::Begin((*key).to_owned()));
    }
    let spec = Spec { printed_at: desk.at, program: "Patchbook 0" };
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        for (key, _) in shipped::TEXTS {
            let layout = build(&desk.book, spec, desk.newest(key).id).expect("a layout");
            let rendered = patchbook::pdf::render(&layout).expect("pages");
            if let Ok(folder) = std::env::var("PATCHBOOK_LOOK_PAPERS") {
                std::fs::write(format!("{folder}/{key}.pdf"), &rendered.bytes).expect("writes");
            }
            assert!(rendered.warnings.is_empty(), "{key}: {:?}", rendered.warnings);
            let text = all_text(&rendered.bytes);
            insta::assert_snapshot!(format!("document_{key}"), steady(&text));
        }
    });
}
