//! The list before a month is sealed.

use patchbook::domain::batch::{Batch, BatchId, Scope};
use patchbook::domain::book::Book;
use patchbook::domain::month::close::{Item, stopping};
use patchbook::domain::pair::State;
use patchbook::domain::source::SourceId;

use super::rig::{NOVEMBER, Shop, said};
use crate::compliance::maker::at;

fn point(shop: &Shop, item: Item) -> patchbook::domain::month::close::Point {
    shop.points().into_iter().find(|point| point.item == item).expect("a point")
}

#[test]
fn the_list_names_who_is_silent_what_failed_and_which_waiver_ran_out() {
    let shop = Shop::new();
    assert_eq!(point(&shop, Item::Stale).found, ["A7: stale, not seen since a release"]);
    let failures = point(&shop, Item::Failures).found;
    assert_eq!(failures.len(), 2, "{failures:?}");
    assert!(failures.iter().any(|line| line.contains("on A4: pending reboot")), "{failures:?}");
    assert!(failures.iter().any(|line| line.contains("on A5: failed")), "{failures:?}");
    let expired = point(&shop, Item::WaiversExpired).found;
    assert!(expired.len() == 1 && expired[0].contains("A11"), "{expired:?}");
}

#[test]
fn a_point_without_an_exception_asks_for_nothing_and_takes_no_answer() {
    let mut shop = Shop::new();
    let fine = point(&shop, Item::Unmatched);
    assert!(!fine.exception && !fine.stops());
    assert!(said(shop.answer("unmatched", "fine")).contains("nothing to answer"));
}

#[test]
fn an_open_exception_stops_the_seal_and_an_answer_lets_it_through() {
    let mut shop = Shop::new();
    let refused = said(shop.try_seal());
    for point in stopping(&shop.points()) {
        assert!(refused.contains(point.item.text()), "{refused}");
    }
    shop.answer_all();
    assert!(stopping(&shop.points()).is_empty());
    shop.try_seal().expect("a seal");
    let answered = &shop.seal().answered;
    assert_eq!(answered.len(), Item::ALL.len());
    assert!(
        answered.iter().any(|(_, text)| text.contains("Known; in hand (answered by Ada)")),
        "{answered:?}"
    );
}

#[test]
fn an_answer_holds_only_for_what_was_found_when_it_was_given() {
    let mut shop = Shop::new();
    shop.answer("failures", "Both restart tonight").expect("an answer");
    assert!(point(&shop, Item::Failures).answer.is_some());
    let pairs = std::sync::Arc::make_mut(&mut shop.book.pairs);
    let block = std::sync::Arc::make_mut(&mut pairs.blocks[0]);
    let position = block.find(6).expect("A7");
    block.bytes[block.starts[position + 1] as usize - 1] = State::Failed as u8;
    let now = point(&shop, Item::Failures);
    assert!(now.outdated && now.stops());
    assert!(said(shop.try_seal()).contains("The answer was given to other findings"));
}

#[test]
fn an_empty_answer_takes_the_answer_back() {
    let mut shop = Shop::new();
    shop.answer("stale", "On a ship").expect("an answer");
    shop.answer("stale", "").expect("taken back");
    assert!(point(&shop, Item::Stale).stops());
    assert!(said(shop.answer("review", " ")).contains("Say what is known"));
}

fn import(shop: &mut Shop, number: i64, as_of_at: i64) {
    shop.book.batches.put(Batch {
        id: BatchId(number),
        source: SourceId(1),
        number,
        files: Vec::new(),
        scope: Scope::All,
        as_of_at,
        recorded_at: as_of_at,
        observations: 0,
        digest: String::new(),
        voided_at: None,
    });
}

#[test]
fn an_import_of_another_month_does_not_stand_for_this_one() {
    let mut shop = Shop::new();
    shop.now = at(12, 21, 9);
    import(&mut shop, 1, at(11, 5, 6));
    import(&mut shop, 2, at(12, 20, 6));
    let found = point(&shop, Item::Import);
    assert!(found.exception, "{}", found.summary);
    assert!(
        found.summary.starts_with("No import shows the patch state within 3 days of "),
        "{}",
        found.summary
    );
    import(&mut shop, 3, at(11, 28, 6));
    let found = point(&shop, Item::Import);
    assert!(!found.exception && found.found[0].starts_with("import 3 "), "{found:?}");
}

#[test]
fn a_missing_signer_is_said_to_have_been_missing_on_the_months_last_day() {
    let found = point(&Shop::new(), Item::Signatures).found;
    assert!(found.iter().any(|line| line.starts_with("Prepared: nobody held the role ")), "{found:?}");
    assert!(found.iter().all(|line| line.ends_with(" on Mon 30 Nov 2026")), "{found:?}");
}

#[test]
fn an_unknown_point_or_month_is_refused_by_name() {
    let mut shop = Shop::new();
    assert!(said(shop.answer("weather", "fine")).contains("no point of the list"));
    for month in ["2026-13", "November", "2027-05", "2026-1é"] {
        let answer = patchbook::domain::command::MonthCommand::Answer {
            month: month.to_owned(),
            item: "stale".to_owned(),
            answer: "x".to_owned(),
        };
        assert!(said(shop.month(answer)).contains("no month"), "{month}");
    }
    assert_ne!(NOVEMBER, "2026-13");
}

#[test]
fn where_no_machine_was_in_scope_nothing_is_in_order() {
    let points =
        patchbook::domain::month::close::list(&Book::default(), "2026-10", at(11, 5, 0)).expect("a list");
    let stale = points.into_iter().find(|point| point.item == Item::Stale).expect("a point");
    assert!(stale.exception && stale.summary.contains("No machine was in scope"), "{}", stale.summary);
}
