//! No undo, and no bringing back, takes a miss away: neither by how a machine stood nor by a check by hand.

use patchbook::domain::asset::Status;
use patchbook::domain::attestation::{Attestation, AttestationId};
use patchbook::domain::command::{Command, StandingEdit};
use patchbook::domain::decide::{Moment, decide};
use patchbook::domain::pair::State;
use patchbook::domain::rating::Rank;
use patchbook::domain::row::RowChange;
use patchbook::domain::undo::{Reversal, SLIP_SECS, refusals};
use patchbook::domain::update::{DeclineReason, Update};
use patchbook::util::id::Ids;

use super::maker::{Maker, at};

/// A server that owes one High update within 14 days of 10 November.
fn shop(state: State) -> patchbook::domain::book::Book {
    let mut m = Maker::default();
    m.rule_with(Rank::High, |rule| rule.amount = 14);
    let server = m.server("one");
    let update = m.update(at(11, 10, 18));
    m.saw(server, update, at(11, 11, 0), state);
    m.finish()
}

/// Why rows are not brought back now, a while after they were undone; empty where they are.
fn refused(
    book: &patchbook::domain::book::Book,
    changes: &[RowChange],
    undone_at: i64,
    now_at: i64,
) -> String {
    let found = refusals(book, Reversal { changes, recorded_at: undone_at, now_at }).expect("rows");
    found.iter().map(|refusal| format!("{}: {}", refusal.text, refusal.hint)).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_machine_that_was_retired_by_mistake_is_not_retired_again_over_a_miss() {
    let book = shop(State::NotInstalled);
    let retire = Command::SetStanding(StandingEdit {
        assets: vec![book.assets.rows()[0].id],
        status: Some(Status::Retired),
        reason: "sold".to_owned(),
        approved_by: "Ben".to_owned(),
        ..StandingEdit::default()
    });
    let ids = Ids::seeded(3);
    let moment = Moment { at: at(11, 12, 0), actor: "Ada", ids: &ids };
    let changes = decide(&book, retire, moment).expect("retired").changes;
    let undone_at = at(11, 12, 1);
    assert_eq!(refused(&book, &changes, undone_at, undone_at + SLIP_SECS), "", "a slip is free");
    assert_eq!(refused(&book, &changes, undone_at, at(11, 20, 0)), "", "nothing was missed by then");
    let said = refused(&book, &changes, undone_at, at(11, 26, 0));
    assert!(said.contains("was missed or not shown on one by") && said.contains("Record it anew"), "{said}");
}

#[test]
fn a_check_by_hand_that_was_taken_back_does_not_come_back_over_a_miss() {
    let book = shop(State::Unknown);
    let row = Attestation {
        id: AttestationId(77),
        asset: book.assets.rows()[0].id,
        update: book.updates.rows()[0].id,
        checked_at: at(11, 12, 0),
        checked_by: "Ada".to_owned(),
        how: "Looked at it".to_owned(),
        evidence_name: String::new(),
        evidence_sha256: String::new(),
        voided_at: None,
    };
    let changes = [RowChange::create(&row)];
    let undone_at = at(11, 12, 1);
    assert_eq!(refused(&book, &changes, undone_at, undone_at + 60), "");
    let said = refused(&book, &changes, undone_at, at(11, 26, 0));
    assert!(said.contains("was missed or not shown on one by"), "{said}");
}

#[test]
fn a_decline_that_was_taken_back_does_not_come_back_from_the_day_it_was_first_made() {
    let book = shop(State::NotInstalled);
    let row = &book.updates.rows()[0];
    let declined = Update {
        declined_at: Some(at(11, 12, 0)),
        declined_reason: DeclineReason::ProductAbsent,
        ..row.clone()
    };
    let changes: Vec<RowChange> = RowChange::update(row, &declined).into_iter().collect();
    let undone_at = at(11, 12, 1);
    assert_eq!(refused(&book, &changes, undone_at, undone_at + 60), "", "a slip is free");
    assert_eq!(refused(&book, &changes, undone_at, at(11, 20, 0)), "", "nothing was missed by then");
    let said = refused(&book, &changes, undone_at, at(11, 26, 0));
    assert!(said.contains("was missed or not shown on one by"), "{said}");
    let titled = Update { title: "Another title".to_owned(), ..row.clone() };
    let changes: Vec<RowChange> = RowChange::update(row, &titled).into_iter().collect();
    assert_eq!(refused(&book, &changes, undone_at, at(11, 26, 0)), "", "a title ends no duty");
}
