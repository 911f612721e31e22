//! Rows of one's own and proofs: what may be recorded, and what is said where it may not.

use patchbook::domain::asset::AssetId;
use patchbook::domain::book::Book;
use patchbook::domain::command::{Command, Edit, ServicingCommand};
use patchbook::domain::lifecycle::{ExtendedSupport, ExtendedSupportId, Lifecycle, LifecycleId, Supports};

use super::{Maker, ask, at, day, done, refusal, with_table};

fn shop(os: &str, version: &str) -> Book {
    let mut m = Maker::default();
    let place = m.server("PC1");
    m.change_asset(place, |asset| {
        asset.os = os.to_owned();
        asset.os_version = version.to_owned();
    });
    with_table(m.finish())
}

fn row(product: &str, end: &str, source: &str) -> Lifecycle {
    Lifecycle {
        id: LifecycleId(0),
        product: product.to_owned(),
        edition: String::new(),
        security_end_on: Some(day(end)),
        extended_end_on: None,
        source: source.to_owned(),
        as_of_on: None,
        own: false,
        recorded_at: 0,
        ended_at: None,
    }
}

fn save(base: Option<Lifecycle>, row: Lifecycle) -> Command {
    Command::Servicing(ServicingCommand::Row(Box::new(Edit { base, row })))
}

fn proof(book: &Book, until: &str) -> ExtendedSupport {
    ExtendedSupport {
        id: ExtendedSupportId(0),
        asset: book.assets.rows()[0].id,
        product: String::new(),
        until_on: day(until),
        reference: "order 7".to_owned(),
        evidence_name: String::new(),
        evidence_sha256: String::new(),
        recorded_at: 0,
        voided_at: None,
    }
}

fn prove(proof: ExtendedSupport) -> Command {
    Command::Servicing(ServicingCommand::Prove(Box::new(proof)))
}

fn past(book: &Book, at: i64) -> bool {
    Supports::new(book, at).of(&book.assets.rows()[0]).past().is_some()
}

#[test]
fn a_row_of_ones_own_is_dated_changed_by_another_row_and_ended() {
    let mut book = shop("Ubuntu 22.04.3 LTS", "");
    let label = done(&mut book, save(None, row("Ubuntu  22.04 ", "2026-02-28", "ubuntu.com")), at(3, 1, 0));
    assert_eq!(label, "Add the support end of Ubuntu  22.04");
    let first = book.lifecycles.iter().find(|row| row.own).cloned().unwrap();
    assert!(first.own && first.recorded_at == at(3, 1, 0));
    assert!(past(&book, at(3, 2, 0)));
    let text = refusal(&book, save(None, row("ubuntu  22.04", "2027-04-01", "ubuntu.com")), at(3, 3, 0));
    assert!(text.contains("Change that one"), "{text}");
    let longer = Lifecycle { security_end_on: Some(day("2027-04-01")), ..first.clone() };
    done(&mut book, save(Some(first.clone()), longer), at(4, 1, 0));
    assert!(past(&book, at(3, 2, 0)), "what held in March is not rewritten");
    assert!(!past(&book, at(4, 2, 0)));
    assert_eq!(book.lifecycles.get(first.id.0).unwrap().ended_at, Some(at(4, 1, 0)), "ended, not gone");
    let second = book.lifecycles.iter().find(|row| row.own && row.ended_at.is_none()).cloned().unwrap();
    let decision = ask(&book, save(Some(second.clone()), second.clone()), at(4, 2, 0)).unwrap();
    assert!(decision.changes.is_empty(), "nothing differs");
    done(&mut book, Command::Servicing(ServicingCommand::EndRow(second.id)), at(5, 1, 0));
    assert!(Supports::new(&book, at(5, 2, 0)).of(&book.assets.rows()[0]).is_unknown());
    let again = refusal(&book, Command::Servicing(ServicingCommand::EndRow(second.id)), at(5, 2, 0));
    assert!(again.contains("no longer holds"), "{again}");
}

#[test]
fn everything_wrong_with_a_row_is_said_at_once() {
    let book = shop("Windows 10 Pro", "10.0.19045");
    let bad = Lifecycle { extended_end_on: Some(day("2026-01-01")), ..row(" ", "2026-01-01", "") };
    let text = refusal(&book, save(None, bad), at(3, 1, 0));
    for field in ["product:", "source:", "extended_end_on:"] {
        assert!(text.contains(field), "{field} in {text}");
    }
}

#[test]
fn a_row_of_the_vendor_is_neither_changed_nor_taken_away() {
    let book = shop("Windows 11 Pro", "10.0.26100");
    let shipped =
        book.lifecycles.iter().find(|row| row.name() == "Windows 11 24H2, Home and Pro").cloned().unwrap();
    let end = Command::Servicing(ServicingCommand::EndRow(shipped.id));
    assert!(refusal(&book, end, at(3, 1, 0)).contains("Load a newer table"));
    let later = Lifecycle { security_end_on: Some(day("2030-01-01")), ..shipped.clone() };
    assert!(refusal(&book, save(Some(shipped), later), at(3, 1, 0)).contains("Load a newer table"));
}

#[test]
fn a_proof_is_recorded_for_what_can_be_extended_and_taken_back() {
    let mut book = shop("Windows 10 Pro", "10.0.19045");
    assert!(past(&book, at(3, 1, 0)));
    let text = refusal(
        &book,
        prove(ExtendedSupport { reference: " ".into(), ..proof(&book, "2029-01-01") }),
        at(3, 1, 0),
    );
    assert!(text.contains("reference:") && text.contains("Tue 10 Oct 2028"), "{text}");
    let text = refusal(&book, prove(proof(&book, "2025-10-14")), at(3, 1, 0));
    assert!(text.contains("anyway"), "{text}");
    let command = prove(proof(&book, "2026-10-13"));
    let label = done(&mut book, command, at(3, 1, 0));
    assert_eq!(label, "Record extended support of PC1 until Tue 13 Oct 2026");
    assert!(!past(&book, at(3, 2, 0)) && past(&book, at(10, 14, 12)));
    let id = book.extended_supports.rows()[0].id;
    done(&mut book, Command::Servicing(ServicingCommand::VoidProof(id)), at(4, 1, 0));
    assert!(past(&book, at(4, 2, 0)));
    assert!(
        refusal(&book, Command::Servicing(ServicingCommand::VoidProof(id)), at(4, 2, 0)).contains("already")
    );
}

#[test]
fn a_proof_that_can_prove_nothing_is_refused() {
    let book = shop("Windows 11 Pro", "10.0.26100");
    assert!(
        refusal(&book, prove(proof(&book, "2027-01-01")), at(3, 1, 0))
            .contains("No extended support is sold")
    );
    let book = shop("Plan 9", "");
    assert!(refusal(&book, prove(proof(&book, "2027-01-01")), at(3, 1, 0)).contains("No row is about"));
    let book = shop("Windows 10 Pro", "10.0.19045");
    let other = ExtendedSupport { product: "SQL Server 2014".to_owned(), ..proof(&book, "2027-01-01") };
    assert!(refusal(&book, prove(other), at(3, 1, 0)).contains("does not list that product"));
    let gone = ExtendedSupport { asset: AssetId(404), ..proof(&book, "2027-01-01") };
    assert!(refusal(&book, prove(gone), at(3, 1, 0)).contains("Choose another one"));
}
