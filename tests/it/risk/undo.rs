//! What was loaded is taken back as an import is: the newest of its kind, and as long as nothing stands on it.

use patchbook::domain::command::Command;
use patchbook::domain::rating::Rank;
use patchbook::domain::row::RowChange;
use patchbook::domain::threat::{Catalogue, CatalogueKind};
use patchbook::domain::undo::{Reversal, refusals};
use patchbook::domain::update::Severity;

use super::{CVE, Rig, at, catalogue, done, listed, scored};

const HOUR: i64 = 3_600;

/// The rows that take a load back: the file, and the newest fact.
fn back(rig: &Rig, file: &Catalogue) -> Vec<RowChange> {
    let fact = rig.m.book.threats.rows().last().expect("a fact");
    [RowChange::create(fact), RowChange::create(file)].map(RowChange::inverse).into()
}

/// A high update whose vulnerability was listed on 13 November at 8.
fn loaded() -> (Rig, Vec<RowChange>) {
    let mut rig = Rig::known(Severity::Critical);
    let file = catalogue(CatalogueKind::Kev, 5, at(11, 13, 8));
    rig.m.book.catalogues.put(file.clone());
    rig.fact(CVE, at(11, 13, 8), listed("2026-11-13"));
    let changes = back(&rig, &file);
    (rig, changes)
}

fn refused(rig: &Rig, changes: &[RowChange], after: i64) -> String {
    let recorded_at = at(11, 13, 8);
    let of = Reversal { changes, recorded_at, now_at: recorded_at + after };
    let found = refusals(&rig.m.book, of).expect("rows");
    found.iter().map(|refusal| format!("{}: {}", refusal.text, refusal.hint)).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_file_loaded_by_mistake_is_taken_back_and_one_whose_rank_has_counted_is_not() {
    let (rig, changes) = loaded();
    assert_eq!(refused(&rig, &changes, HOUR), "");
    let said = refused(&rig, &changes, 24 * HOUR);
    assert!(said.contains("moved the rank") && said.contains("Rate it anew"), "{said}");
}

#[test]
fn a_file_that_moved_no_rank_is_taken_back_as_long_as_none_of_its_kind_came_later() {
    let mut rig = Rig::known(Severity::Critical);
    let file = catalogue(CatalogueKind::Nvd, 5, at(11, 13, 8));
    rig.m.book.catalogues.put(file.clone());
    rig.fact(CVE, at(11, 13, 8), scored(41));
    let changes = back(&rig, &file);
    rig.m.book.catalogues.put(catalogue(CatalogueKind::Epss, 6, at(11, 14, 8)));
    assert_eq!(refused(&rig, &changes, 240 * HOUR), "");
    rig.m.book.catalogues.put(catalogue(CatalogueKind::Nvd, 7, at(11, 14, 8)));
    let said = refused(&rig, &changes, 240 * HOUR);
    assert!(said.contains("scan.csv of the same kind was loaded later"), "{said}");
}

#[test]
fn what_somebody_rated_on_is_not_taken_back() {
    let (mut rig, changes) = loaded();
    let update = rig.id_of(rig.update);
    let mut book = rig.m.finish();
    let command = Command::SetRank { update, rank: Rank::Severe, reason: "It is exploited".to_owned() };
    done(&mut book, command, at(11, 13, 8) + 60);
    rig = Rig::new(Severity::Critical);
    rig.m.book = book;
    let said = refused(&rig, &changes, 120);
    assert!(said.contains("was rated since") && said.contains("why the file does not count"), "{said}");
}
