//! Every shipped document on paper, filled from the sample register.

use patchbook::domain::command::DocumentCommand;
use patchbook::domain::document::{DocumentState, shipped};
use patchbook::report::document::build;
use patchbook::report::layout::{Block, Layout, Mark, Opening};
use patchbook::report::sheet::Spec;

use super::life::Desk;

fn paper(desk: &Desk, key: &str) -> Layout {
    let spec = Spec { printed_at: desk.at, program: "Patchbook test" };
    build(&desk.book, spec, desk.newest(key).id).expect("a layout")
}

fn words(layout: &Layout) -> String {
    format!("{:?}", layout.blocks)
}

#[test]
fn every_shipped_document_prints_from_the_sample_without_a_warning() {
    let mut desk = Desk::new();
    let kept: Vec<String> = desk.book.documents.iter().map(|document| document.key.clone()).collect();
    for (key, _) in shipped::TEXTS.iter().filter(|(key, _)| !kept.iter().any(|known| known == key)) {
        desk.run(DocumentCommand::Begin((*key).to_owned()));
    }
    for (key, _) in shipped::TEXTS {
        let layout = paper(&desk, key);
        let text = words(&layout);
        assert!(!text.contains("{{"), "{key}: a placeholder is left");
        let rendered = patchbook::pdf::render(&layout).expect("pages");
        assert!(rendered.warnings.is_empty(), "{key}: {:?}", rendered.warnings);
        assert!(rendered.pages > 0);
        assert_eq!(layout.mark, Mark::Sample, "the sample says so first of all");
        let ratified = kept.iter().any(|known| known == key);
        assert_eq!(layout.notice.contains("DRAFT"), !ratified, "{key}");
    }
}

#[test]
fn a_ratified_document_has_a_cover_and_no_draft_on_it() {
    let mut desk = Desk::new();
    std::sync::Arc::make_mut(&mut desk.book.shop).sample = false;
    desk.run(DocumentCommand::Begin("charter".into()));
    assert_eq!(paper(&desk, "charter").mark, Mark::Draft);
    desk.submit_now("charter");
    desk.ratify_now("charter");
    let layout = paper(&desk, "charter");
    assert_eq!((layout.mark, layout.opening), (Mark::None, Opening::Cover));
    assert!(layout.notice.is_empty(), "{}", layout.notice);
    let fact =
        |name: &str| layout.facts.iter().find(|(label, _)| label == name).map(|(_, value)| value.as_str());
    assert_eq!(fact("Version"), Some("1, ratified"));
    assert!(
        fact("Ratified by").is_some_and(|by| by.contains("Ruth Okafor") && by.contains("evidence mail.eml"))
    );
    assert!(
        layout.blocks.iter().any(|block| matches!(block, Block::SignatureLines(lines) if !lines.is_empty()))
    );
    assert!(layout.blocks.iter().any(|block| matches!(block, Block::Contents { .. })));
    desk.practice(|practice| practice.quorum = 9);
    assert!(paper(&desk, "charter").notice.contains("OUT OF DATE"));
    assert_eq!(desk.newest("charter").state, DocumentState::Ratified);
}

#[test]
fn raw_html_is_printed_as_the_words_it_is() {
    let mut desk = Desk::new();
    desk.run(DocumentCommand::Begin("charter".into()));
    let mut document = desk.document("charter");
    document.own_sections.push(patchbook::domain::document::OwnSection {
        key: "purpose".into(),
        text: "<b>Bold</b> and **strong**\n\n> Quoted\n\n- one\n- two".into(),
        over_sha256: String::new(),
    });
    desk.book.documents.put(document);
    let text = words(&paper(&desk, "charter"));
    assert!(text.contains("<b>Bold</b> and "), "{text}");
    assert!(text.contains("Callout") && text.contains("ordered: false"));
}

#[test]
fn a_document_says_that_the_policy_behind_it_was_never_ratified() {
    let mut desk = Desk::new();
    let fact = |layout: &Layout| {
        let found = layout.facts.iter().find(|(label, _)| label == "Patch policy");
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    for key in ["charter", "questionnaire", "waiver-register", "announcement"] {
        desk.run(DocumentCommand::Begin(key.into()));
    }
    assert_eq!(fact(&paper(&desk, "charter")), "version 1, ratified on Thu\u{a0}8\u{a0}Oct\u{a0}2026");
    assert!(words(&paper(&desk, "questionnaire")).contains("that executive management ratified"));
    for row in desk.book.versions.rows().to_vec() {
        let row = patchbook::domain::document::DocumentVersion {
            state: DocumentState::Withdrawn,
            ratified_at: None,
            ..row
        };
        if desk.document("policy").id == row.document {
            desk.book.versions.put(row);
        }
    }
    for key in ["charter", "questionnaire", "waiver-register"] {
        assert!(fact(&paper(&desk, key)).starts_with("not ratified"), "{key}");
    }
    for key in ["questionnaire", "waiver-register"] {
        assert!(words(&paper(&desk, key)).contains("was ever ratified: they are not ratified"), "{key}");
    }
    assert_eq!(fact(&paper(&desk, "announcement")), "", "a mail is not about the policy");
}
