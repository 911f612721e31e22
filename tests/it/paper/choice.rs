//! Which papers are offered: each sort, with what it can be about.

use std::collections::BTreeSet;

use patchbook::app::paper::PaperKind;
use patchbook::app::paper::choice::subjects;
use patchbook::domain::book::Book;
use patchbook::domain::document::{Document, DocumentId, DocumentState, DocumentVersion, DocumentVersionId};

use super::book::{PRINTED_AT, living};

#[test]
fn a_living_register_has_something_for_every_sort_of_paper_each_by_its_own_name() {
    let mut book = living();
    let mut shop = crate::month::rig::Shop::new().sealed();
    shop.posture("Winter");
    shop.book.seals.iter().for_each(|row| book.seals.put(row.clone()));
    shop.book.postures.iter().for_each(|row| book.postures.put(row.clone()));
    book.documents.put(Document {
        id: DocumentId(1),
        key: "charter".to_owned(),
        title: "Charter".to_owned(),
        owner: None,
        classification: "Internal".to_owned(),
        review_months: 12,
        own_sections: Vec::new(),
        created_at: 0,
        ended_at: None,
    });
    book.versions.put(DocumentVersion {
        id: DocumentVersionId(1),
        document: DocumentId(1),
        number: 1,
        state: DocumentState::Draft,
        template: 1,
        text: String::new(),
        stated: Vec::new(),
        about: patchbook::domain::document::subject::Chosen::default(),
        note: String::new(),
        made_by: "Ada".to_owned(),
        made_at: 0,
        submitted_at: None,
        ratified_by: String::new(),
        ratified_function: String::new(),
        ratified_medium: None,
        ratified_at: None,
        recorded_at: None,
        recorded_by: String::new(),
        evidence_name: String::new(),
        evidence_sha256: String::new(),
        effective_on: None,
        next_review_on: None,
        superseded_at: None,
    });
    for kind in PaperKind::ALL {
        let found = subjects(&book, *kind, PRINTED_AT);
        assert!(!found.is_empty(), "{}", kind.text());
        let names: BTreeSet<&str> = found.iter().map(|subject| subject.name.as_str()).collect();
        assert_eq!(names.len(), found.len(), "{}: {names:?}", kind.text());
        assert!(found.iter().all(|subject| subject.paper.kind() == *kind), "{}", kind.text());
    }
}

#[test]
fn the_newest_record_and_this_month_come_first() {
    let book = living();
    let first = |kind| subjects(&book, kind, PRINTED_AT).swap_remove(0).name;
    assert_eq!(first(PaperKind::Change), "CHG-2026-12-002");
    assert_eq!(first(PaperKind::Calendar), "2026-12");
    assert_eq!(first(PaperKind::ChangeLine), "CHG-2026-12-002/APP-ERP-01");
}

#[test]
fn an_empty_register_offers_only_what_needs_no_row() {
    let book = Book::default();
    let offered: Vec<&str> = PaperKind::ALL
        .iter()
        .filter(|kind| !subjects(&book, **kind, PRINTED_AT).is_empty())
        .map(|kind| kind.word())
        .collect();
    assert_eq!(offered, ["report", "calendar", "roles", "waivers", "actions", "trend"]);
}
