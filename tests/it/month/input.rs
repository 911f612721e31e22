//! What a seal says of what went in: only what was known and in force at its own instant.

use chrono::NaiveDate;
use patchbook::domain::document::subject::Chosen;
use patchbook::domain::document::{Document, DocumentId, DocumentState, DocumentVersion, DocumentVersionId};
use patchbook::domain::month::input;
use patchbook::domain::ruleset::{RuleSet, RuleSetId, SetScope};
use patchbook::domain::threat::CatalogueKind;

use super::rig::Shop;
use crate::compliance::maker::at;
use crate::risk::catalogue;

fn version(number: i64, state: DocumentState, recorded_at: i64) -> DocumentVersion {
    DocumentVersion {
        id: DocumentVersionId(number),
        document: DocumentId(900),
        number,
        state,
        template: 1,
        about: Chosen::default(),
        text: String::new(),
        stated: Vec::new(),
        note: String::new(),
        made_by: "Ada".to_owned(),
        made_at: recorded_at,
        submitted_at: Some(recorded_at),
        ratified_by: "Ruth".to_owned(),
        ratified_function: "Managing director".to_owned(),
        ratified_medium: None,
        ratified_at: Some(recorded_at),
        recorded_at: Some(recorded_at),
        recorded_by: String::new(),
        evidence_name: String::new(),
        evidence_sha256: String::new(),
        effective_on: NaiveDate::from_ymd_opt(2026, 11, 2),
        next_review_on: None,
        superseded_at: None,
    }
}

#[test]
fn documents_in_force_are_those_of_the_seals_own_instant() {
    let mut shop = Shop::new();
    let end = at(12, 1, 0) - 1;
    shop.book.documents.put(Document {
        id: DocumentId(900),
        key: "policy".to_owned(),
        title: "Policy".to_owned(),
        owner: None,
        classification: String::new(),
        review_months: 12,
        own_sections: Vec::new(),
        created_at: at(11, 1, 0),
        ended_at: None,
    });
    let first = version(1, DocumentState::Superseded, at(11, 1, 8));
    shop.book.versions.put(DocumentVersion { superseded_at: Some(at(12, 4, 8)), ..first });
    shop.book.versions.put(version(2, DocumentState::Ratified, at(12, 4, 8)));
    let later = version(3, DocumentState::Ratified, at(11, 5, 8));
    shop.book.versions.put(DocumentVersion { effective_on: NaiveDate::from_ymd_opt(2026, 12, 24), ..later });
    let draft = version(4, DocumentState::Draft, at(11, 5, 8));
    shop.book.versions.put(DocumentVersion { recorded_at: None, ratified_at: None, ..draft });
    assert_eq!(input::documents(&shop.book, end), [("policy".to_owned(), 1)]);
    assert_eq!(input::documents(&shop.book, at(12, 5, 8)), [("policy".to_owned(), 2)]);
}

#[test]
fn threat_data_that_was_loaded_after_the_month_is_not_listed() {
    let mut shop = Shop::new();
    shop.book.catalogues.put(catalogue(CatalogueKind::ALL[0], 1, at(11, 20, 8)));
    shop.book.catalogues.put(catalogue(CatalogueKind::ALL[0], 2, at(12, 5, 8)));
    assert_eq!(input::catalogues(&shop.book, at(12, 1, 0) - 1).len(), 1);
    assert_eq!(input::catalogues(&shop.book, at(12, 6, 0)).len(), 2);
}

#[test]
fn a_preset_whose_source_had_ended_is_not_said_to_be_in_force() {
    let mut shop = Shop::new();
    let set = |id: i64, until_on| RuleSet {
        id: RuleSetId(id),
        key: format!("directive-{id}"),
        name: format!("Directive {id}"),
        source: "an agency".to_owned(),
        note: String::new(),
        from_on: NaiveDate::from_ymd_opt(2022, 1, 1),
        until_on,
        binds: SetScope::default(),
        waivers: true,
        unconfirmed: false,
        adopted_at: Some(at(11, 1, 8)),
        ended_at: None,
    };
    shop.book.rule_sets.put(set(1, NaiveDate::from_ymd_opt(2025, 1, 31)));
    shop.book.rule_sets.put(set(2, None));
    let rules = input::rules(&shop.book, at(12, 1, 0) - 1);
    let said = |name: &str| rules.iter().find(|line| line.starts_with(name)).expect("a line");
    assert!(said("Directive 1").contains("not in force since Fri 31 Jan 2025"), "{rules:?}");
    assert!(!said("Directive 1").contains(", in force"), "{rules:?}");
    assert!(said("Directive 2").contains(", in force from Sat 1 Jan 2022"), "{rules:?}");
}
