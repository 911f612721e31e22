//! The numbered rules of the definitions, each as a sentence.

use patchbook::domain::asset::{AssetClass, AssetKind, FactValue, Status};
use patchbook::domain::batch::{Batch, BatchId, Scope};
use patchbook::domain::book::Book;
use patchbook::domain::command::{Command, Issues};
use patchbook::domain::compliance::figures::{ByHand, Figures, figures};
use patchbook::domain::compliance::machine::{Reason, Segment};
use patchbook::domain::compliance::month::{month_period, month_text, reference_month};
use patchbook::domain::compliance::outcome::Period;
use patchbook::domain::compliance::ratio::{Ratio, days_begun, days_text};
use patchbook::domain::compliance::view::View;
use patchbook::domain::deadline::ClockStart;
use patchbook::domain::decide::{Moment, decide};
use patchbook::domain::pair::State::{self, Failed, Installed, NotApplicable, NotInstalled, PendingReboot};
use patchbook::domain::rating::Rank;
use patchbook::domain::row::RowChange;
use patchbook::domain::shop::Shop;
use patchbook::domain::source::SourceId;
use patchbook::domain::undo::{Reversal, refusals};
use patchbook::domain::update::{Classification, DeclineReason};
use patchbook::util::id::Ids;

use super::maker::{Maker, at};

const HOUR: i64 = 3600;

/// One server that owes one update of 1 March, due 11 March 00:00 (240 exact hours).
pub struct One {
    pub m: Maker,
    pub asset: u32,
    pub update: u32,
}

pub fn one() -> One {
    let mut m = Maker::default();
    m.rule(Rank::High, 240);
    let update = m.update(at(3, 1, 0));
    let asset = m.server("DC1");
    m.saw(asset, update, at(3, 2, 0), NotInstalled);
    One { m, asset, update }
}

pub fn due_at() -> i64 {
    at(3, 11, 0)
}

/// Everything as of an instant; every due date falls in the period.
pub fn counted(book: &Book, as_of_at: i64) -> Figures {
    figures(book, as_of_at, Period { from_at: at(1, 1, 0), to_at: at(12, 31, 0) })
}

fn segment(book: &Book, as_of_at: i64) -> Segment {
    counted(book, as_of_at).machines[0].segment.expect("in scope")
}

#[test]
fn rule_1_nothing_of_nothing_is_not_a_hundred_per_cent() {
    assert_eq!(Ratio::good(0, 0).to_string(), "n/a (0 items)");
    assert_eq!(Ratio::bad(0, 0).with_counts(), "n/a (0 items)");
    let empty = counted(&Book::default(), at(3, 1, 0));
    assert_eq!(empty.within_deadline().to_string(), "n/a (0 items)");
    assert_eq!(empty.total.deadline_gross().to_string(), "n/a (0 items)");
}

#[test]
fn rule_2_figures_are_rounded_against_the_shop() {
    assert_eq!(Ratio::good(9_996, 10_000).to_string(), "99.9\u{a0}%");
    assert_eq!(Ratio::bad(491, 10_000).to_string(), "5.0\u{a0}%");
    assert_eq!(Ratio::good(10_000, 10_000).to_string(), "100.0\u{a0}%");
    assert_eq!(Ratio::bad(1, 1_000_000).to_string(), "0.1\u{a0}%");
    assert_eq!(Ratio::good(1, 1_000_000).to_string(), "under 0.1\u{a0}%");
    assert_eq!(Ratio::good(0, 1_000_000).to_string(), "0.0\u{a0}%");
    assert_eq!(days_text(8.875 * 86_400.0), "8.9");
    assert_eq!(days_text(9.0 * 86_400.0), "9.0");
    assert_eq!(days_text(0.0), "0.0");
    assert_eq!((days_begun(0), days_begun(1), days_begun(86_400), days_begun(86_401)), (0, 1, 1, 2));
}

#[test]
fn rule_3_pending_reboot_and_failed_are_open() {
    for state in [PendingReboot, Failed] {
        let mut one = one();
        one.m.saw(one.asset, one.update, at(3, 5, 0), state);
        let figures = counted(&one.m.finish(), at(3, 12, 0));
        assert_eq!(figures.machines[0].segment, Some(Segment::Overdue));
        let tally = &figures.total;
        assert_eq!(
            (tally.pending, tally.failed),
            (u32::from(state == PendingReboot), u32::from(state == Failed))
        );
    }
}

#[test]
fn rule_3_what_is_rolled_back_reopens_with_the_first_due_date() {
    let mut one = one();
    one.m.installed(one.asset, one.update, at(3, 5, 0)).saw(
        one.asset,
        one.update,
        at(3, 20, 0),
        NotInstalled,
    );
    let book = one.m.finish();
    let view = View::new(&book, at(3, 21, 0));
    let pair = view.pair(one.asset, one.update).expect("listed");
    assert_eq!(patchbook::domain::stamp::instant(pair.due), due_at());
    let figures = counted(&book, at(3, 21, 0));
    assert_eq!(figures.machines[0].segment, Some(Segment::Overdue));
    assert_eq!((figures.total.met, figures.total.missed), (1, 0), "on its due date it was installed");
}

#[test]
fn rule_4_a_waiver_never_turns_red_into_green() {
    let mut one = one();
    one.m.reported(one.asset, at(3, 19, 0));
    one.m.waiver(one.asset, one.update, at(3, 12, 0), at(4, 1, 0));
    let book = one.m.finish();
    let figures = counted(&book, at(3, 20, 0));
    assert_eq!(figures.machines[0].segment, Some(Segment::Waived));
    assert_eq!(figures.within_deadline().with_counts(), "0/1 = 0.0\u{a0}%");
    assert_eq!(figures.within_deadline_or_waived().with_counts(), "1/1 = 100.0\u{a0}%");
    assert_eq!((figures.total.missed, figures.total.waived_at_due), (1, 0), "approved after the due date");
    assert_eq!(segment(&book, at(4, 2, 0)), Segment::Overdue, "the clock never stopped");
}

#[test]
fn rule_5_an_asset_that_joins_late_gets_its_own_clock_only_under_a_rule_that_says_so() {
    for (clock, expected) in
        [(ClockStart::Release, Segment::Overdue), (ClockStart::FirstSeen, Segment::InTime)]
    {
        let mut m = Maker::default();
        m.rule_with(Rank::High, |rule| rule.clock = clock);
        let update = m.update(at(3, 1, 0));
        let asset = m.server("NEW1");
        m.saw(asset, update, at(4, 1, 0), NotInstalled);
        assert_eq!(segment(&m.finish(), at(4, 2, 0)), expected);
    }
}

#[test]
fn rule_6_a_machine_retired_after_a_miss_leaves_the_future_only() {
    let mut one = one();
    one.m.status(one.asset, at(3, 15, 0), Status::Retired);
    let figures = counted(&one.m.finish(), at(3, 20, 0));
    assert_eq!(figures.in_scope(), 0);
    assert_eq!((figures.total.missed, figures.total.overdue), (1, 0));
}

#[test]
fn rule_6_leaving_the_scope_is_never_backdated_even_as_the_first_word_on_it() {
    for value in [FactValue::Scope(false), FactValue::Status(Status::Stored)] {
        let mut one = one();
        one.m.fact(one.asset, at(3, 15, 0), value);
        let book = one.m.finish();
        assert_eq!(counted(&book, at(3, 14, 0)).in_scope(), 1);
        let figures = counted(&book, at(3, 20, 0));
        assert_eq!((figures.in_scope(), figures.total.missed), (0, 1));
    }
}

#[test]
fn rule_6_a_change_of_class_freshens_no_stale_machine() {
    let mut m = Maker::default();
    let asset = m.server("DC1");
    m.fact(asset, at(1, 1, 0), FactValue::Class(AssetClass::Server));
    m.fact(asset, at(3, 20, 0), FactValue::Class(AssetClass::Workstation));
    m.reported(asset, at(3, 1, 0));
    assert_eq!(segment(&m.finish(), at(3, 21, 0)), Segment::Unknown);
}

#[test]
fn rule_6_a_machine_retired_before_the_due_date_owes_nothing() {
    let mut one = one();
    one.m.status(one.asset, at(3, 10, 0), Status::Retired);
    assert_eq!(counted(&one.m.finish(), at(3, 20, 0)).total.fell_due(), 0);
}

#[test]
fn rule_6_what_is_declined_or_withdrawn_past_due_stays_open() {
    for declined in [true, false] {
        for (left_at, expected) in [(at(3, 15, 0), Segment::Overdue), (at(3, 10, 0), Segment::UpToDate)] {
            let mut one = one();
            one.m.reported(one.asset, at(3, 19, 0));
            one.m.change_update(one.update, |update| {
                if declined {
                    update.declined_at = Some(left_at);
                    update.declined_reason = DeclineReason::Superseded;
                } else {
                    update.withdrawn_at = Some(left_at);
                }
            });
            let figures = counted(&one.m.finish(), at(3, 20, 0));
            assert_eq!(figures.machines[0].segment, Some(expected));
            assert_eq!(figures.total.missed, u32::from(expected == Segment::Overdue));
        }
    }
}

#[test]
fn rule_6_a_decline_without_a_reason_that_ends_the_duty_changes_nothing() {
    let mut one = one();
    one.m.change_update(one.update, |update| update.declined_at = Some(at(3, 2, 0)));
    assert_eq!(segment(&one.m.finish(), at(3, 20, 0)), Segment::Overdue);
}

#[test]
fn rule_6_a_rank_lowered_after_the_due_date_saves_nothing() {
    for (since_at, expected) in [(at(3, 12, 0), Segment::Overdue), (at(3, 9, 0), Segment::InTime)] {
        let mut one = one();
        one.m.rule(Rank::Low, 90 * 24);
        one.m.rating(one.update, Rank::Low, since_at);
        let figures = counted(&one.m.finish(), at(3, 13, 0));
        assert_eq!(figures.machines[0].segment, Some(expected));
        assert_eq!(figures.tallies[Rank::High as usize][0].missed, u32::from(expected == Segment::Overdue));
    }
}

#[test]
fn rule_6_a_pair_made_stricter_than_its_time_is_a_miss_of_that_moment_and_not_of_no_month() {
    let mut one = one();
    one.m.rule(Rank::Severe, 48);
    one.m.rating(one.update, Rank::Severe, at(3, 9, 0));
    let book = one.m.finish();
    let missed = |from_at, to_at| {
        let figures = figures(&book, at(3, 20, 0), Period { from_at, to_at });
        figures.tallies[Rank::Severe as usize][0].missed
    };
    assert_eq!(missed(at(3, 1, 0), at(3, 9, 0)), 0, "nobody knew then that it was due");
    assert_eq!(missed(at(3, 9, 0), at(3, 10, 0)), 1);
    assert_eq!(missed(at(3, 10, 0), at(3, 20, 0)), 0, "its first due date no longer binds");
}

#[test]
fn rule_6_a_reason_given_after_the_due_date_ends_no_duty_of_before() {
    let mut one = one();
    one.m.change_update(one.update, |update| update.declined_at = Some(at(3, 9, 0)));
    let mut book = one.m.finish();
    let (ids, update) = (Ids::seeded(1), book.updates.rows()[one.update as usize].id);
    let moment = Moment { at: at(3, 20, 0), actor: "Ada", ids: &ids };
    let reason = DeclineReason::ProductAbsent;
    let decision = decide(&book, Command::SetDeclineReason { update, reason }, moment).expect("decided");
    assert!(book.apply(&decision.changes).expect("rows"), "no row may go");
    assert_eq!(segment(&book, at(3, 21, 0)), Segment::Overdue);
    assert_eq!(counted(&book, at(3, 21, 0)).tallies[Rank::High as usize][0].missed, 1);
}

/// Saves the settings as a person would.
fn count_by(book: &mut Book, now: i64, reason: &str, change: impl FnOnce(&mut Shop)) -> Result<(), Issues> {
    let ids = Ids::seeded(now.unsigned_abs());
    let base = book.shop.as_ref().clone();
    let mut shop = Shop { name: "Example".to_owned(), ..base.clone() };
    change(&mut shop);
    let (base, shop, reason) = (Box::new(base), Box::new(shop), reason.to_owned());
    let moment = Moment { at: now, actor: "Ada", ids: &ids };
    let decision = decide(book, Command::SaveShop { base, shop, reason }, moment)?;
    assert!(book.apply(&decision.changes).expect("rows"), "no row may go");
    Ok(())
}

fn imported(book: &mut Book) {
    let batch = Batch {
        id: BatchId(1),
        source: SourceId(1),
        number: 1,
        files: Vec::new(),
        scope: Scope::AllButNotApplicable,
        as_of_at: at(3, 2, 0),
        recorded_at: at(3, 2, 0),
        observations: 0,
        digest: String::new(),
        voided_at: None,
    };
    book.batches.put(batch);
}

#[test]
fn rule_6_a_class_that_is_no_longer_covered_leaves_the_future_only() {
    for (dropped_at, expected) in [(at(3, 12, 0), Segment::Overdue), (at(3, 9, 0), Segment::UpToDate)] {
        let mut book = one().m.finish();
        imported(&mut book);
        let drop = |shop: &mut Shop| shop.covered.retain(|class| *class != Classification::Security);
        let refused = count_by(&mut book, dropped_at, " ", drop).expect_err("no reason");
        assert!(refused.to_string().contains("Say why"), "{refused}");
        count_by(&mut book, dropped_at, "We follow another rule", drop).expect("saved");
        assert_eq!(segment(&book, at(3, 15, 0)), expected);
        assert_eq!(segment(&book, at(3, 8, 0)), Segment::InTime, "before, it was covered");
        let missed = counted(&book, at(3, 20, 0)).tallies[Rank::High as usize][0].missed;
        assert_eq!(missed, u32::from(expected == Segment::Overdue));
        let period = Period { from_at: at(3, 1, 0), to_at: at(4, 1, 0) };
        let moved = View::new(&book, at(3, 20, 0)).moved(period, &|_, _| None);
        assert!(moved.iter().any(|change| change.subject == "Covered classes"), "{moved:?}");
    }
}

#[test]
fn rule_6_a_class_that_comes_to_be_covered_is_a_miss_of_no_earlier_month() {
    let mut one = one();
    one.m.change_shop(|shop| shop.covered = vec![Classification::Critical]);
    one.m.reported(one.asset, at(4, 1, 0));
    let mut book = one.m.finish();
    imported(&mut book);
    let cover = |shop: &mut Shop| shop.covered.push(Classification::Security);
    count_by(&mut book, at(4, 3, 0), "The auditor asked for it", cover).expect("saved");
    assert_eq!(segment(&book, at(4, 2, 0)), Segment::UpToDate);
    assert_eq!(segment(&book, at(4, 4, 0)), Segment::Overdue);
    let missed = |from_at, to_at| {
        figures(&book, at(4, 20, 0), Period { from_at, to_at }).tallies[Rank::High as usize][0].missed
    };
    assert_eq!((missed(at(3, 1, 0), at(4, 1, 0)), missed(at(4, 1, 0), at(5, 1, 0))), (0, 1));
}

#[test]
fn a_change_of_what_is_counted_is_taken_back_only_while_it_is_a_slip() {
    let mut book = one().m.finish();
    imported(&mut book);
    let before = book.shop.as_ref().clone();
    count_by(&mut book, at(3, 9, 0), "Fewer reports", |shop| shop.fresh_server_days = 365).expect("saved");
    let gone = |row| {
        let RowChange { before, after, .. } = RowChange::create(row);
        RowChange { before: after, after: before, ..RowChange::create(row) }
    };
    let mut changes: Vec<RowChange> = book.countings.iter().map(gone).collect();
    changes.extend(RowChange::update(book.shop.as_ref(), &before));
    let refused = |now_at| {
        let of = Reversal { changes: &changes, recorded_at: at(3, 9, 0), now_at };
        refusals(&book, of).expect("rows").len()
    };
    assert_eq!((refused(at(3, 9, 1)), refused(at(3, 9, 2))), (0, 1));
}

#[test]
fn a_longer_freshness_limit_makes_no_silent_machine_observed() {
    let mut book = one().m.finish();
    imported(&mut book);
    let longer = |shop: &mut Shop| shop.fresh_server_days = 365;
    count_by(&mut book, at(3, 25, 0), "Fewer reports", longer).expect("saved");
    let observed = |as_of_at| counted(&book, as_of_at).machines[0].observed();
    assert!(observed(at(3, 10, 0)) && !observed(at(3, 20, 0)));
    assert!(!observed(at(3, 26, 0)), "its report had outlived the limit of then");
}

#[test]
fn rule_6_a_class_or_exposure_changed_after_the_due_date_saves_nothing() {
    use patchbook::domain::asset::Exposure;
    for (since_at, expected) in [(at(3, 4, 0), Segment::Overdue), (at(3, 2, 0), Segment::InTime)] {
        let mut one = one();
        one.m.rule_with(Rank::High, |rule| {
            (rule.amount, rule.exposure) = (2, Some(Exposure::Internet));
        });
        let web = one.m.server("WEB1");
        one.m.saw(web, one.update, at(3, 2, 0), NotInstalled);
        one.m.fact(web, at(1, 2, 0), FactValue::Exposure(Exposure::Internet));
        one.m.fact(web, since_at, FactValue::Exposure(Exposure::Internal));
        let figures = counted(&one.m.finish(), at(3, 5, 0));
        assert_eq!(figures.machines[web as usize].segment, Some(expected));
    }
}

#[test]
fn rule_7_until_patch_tuesday_the_month_before_is_the_reference_month() {
    let day = |month, day| chrono::NaiveDate::from_ymd_opt(2026, month, day).expect("a date");
    assert_eq!(reference_month(day(12, 7)), day(11, 1));
    assert_eq!(reference_month(day(12, 8)), day(12, 1), "Patch Tuesday itself");
    assert_eq!(reference_month(day(1, 2)), chrono::NaiveDate::from_ymd_opt(2025, 12, 1).expect("a date"));
    let berlin = patchbook::util::clock::zone("Europe/Berlin");
    let october = month_period(berlin, day(10, 15));
    assert_eq!((october.to_at - october.from_at) / HOUR, 31 * 24 + 1, "the month with the longer night");
    assert_eq!(month_text(2026 * 12 + 10), "November 2026");
}

#[test]
fn rule_8_what_is_recorded_later_does_not_change_a_past_instant() {
    let mut one = one();
    one.m.installed(one.asset, one.update, at(3, 15, 0));
    one.m.waiver(one.asset, one.update, at(3, 14, 0), at(5, 1, 0));
    one.m.status(one.asset, at(3, 16, 0), Status::Retired);
    one.m.rating(one.update, Rank::Low, at(3, 13, 0));
    let book = one.m.finish();
    let then = counted(&book, at(3, 12, 0));
    assert_eq!((then.in_scope(), then.total.overdue, then.total.missed), (1, 1, 1));
}

#[test]
fn rule_9_where_a_check_by_hand_and_a_source_disagree_the_worse_counts() {
    let mut one = one();
    one.m.attestation(one.asset, one.update, at(3, 5, 0));
    let book = one.m.finish();
    let view = View::new(&book, at(3, 12, 0));
    let checks = view.hand_checks();
    assert_eq!(checks[0].amounts_to, ByHand::Contradicted);
    assert_eq!(segment(&book, at(3, 12, 0)), Segment::Overdue);
}

#[test]
fn rule_9_a_check_by_hand_satisfies_what_no_source_can_answer() {
    let mut one = one();
    one.m.saw(one.asset, one.update, at(3, 3, 0), State::Unknown).reported(one.asset, at(3, 11, 0));
    one.m.attestation(one.asset, one.update, at(3, 5, 0));
    let figures = counted(&one.m.finish(), at(3, 12, 0));
    assert_eq!((figures.total.satisfied, figures.total.by_hand, figures.total.met), (1, 1, 1));
    assert_eq!(figures.machines[0].segment, Some(Segment::UpToDate));
}

#[test]
fn rule_9_a_check_of_a_pair_that_no_source_lists_raises_no_figure() {
    let mut one = one();
    let printer = one.m.asset("PRN1", AssetKind::Printer);
    one.m.attestation(printer, one.update, at(3, 5, 0));
    let book = one.m.finish();
    assert_eq!(View::new(&book, at(3, 6, 0)).hand_checks()[0].amounts_to, ByHand::Unlisted);
    let figures = counted(&book, at(3, 6, 0));
    assert_eq!((figures.total.applicable(), figures.total.satisfied), (1, 0));
    assert!(figures.machines[printer as usize].observed(), "somebody looked");
    assert_eq!(figures.machines[printer as usize].segment, Some(Segment::UpToDate));
}

#[test]
fn rule_10_a_row_that_vanishes_once_its_update_was_declined_proves_nothing() {
    let mut one = one();
    one.m.saw(one.asset, one.update, at(3, 14, 0), NotApplicable);
    one.m.change_update(one.update, |update| {
        update.declined_at = Some(at(3, 13, 0));
        update.declined_reason = DeclineReason::Superseded;
    });
    assert_eq!(segment(&one.m.finish(), at(3, 20, 0)), Segment::Overdue);
}

#[test]
fn rule_10_a_row_that_vanishes_while_its_update_is_offered_is_not_applicable_but_the_miss_stays() {
    let mut one = one();
    one.m.saw(one.asset, one.update, at(3, 14, 0), NotApplicable).reported(one.asset, at(3, 19, 0));
    let figures = counted(&one.m.finish(), at(3, 20, 0));
    assert_eq!(figures.machines[0].segment, Some(Segment::UpToDate));
    assert_eq!((figures.total.missed, figures.total.applicable()), (1, 0));
}

#[test]
fn rule_11_a_contact_time_or_a_register_row_is_not_a_patch_state_report() {
    let mut m = Maker::default();
    let asset = m.server("DC1");
    m.change_asset(asset, |asset| asset.imported.contact_at = Some(at(3, 19, 0)));
    let figures = counted(&m.finish(), at(3, 20, 0));
    assert_eq!(figures.machines[0].segment, Some(Segment::Unknown));
    assert_eq!(figures.machines[0].reasons, [Reason::NoStateSource]);
}

#[test]
fn a_pair_that_closed_between_two_reports_around_its_due_date_cannot_be_told() {
    let mut one = one();
    one.m.reported(one.asset, at(3, 9, 0)).saw(one.asset, one.update, at(3, 13, 0), Installed);
    let figures = counted(&one.m.finish(), at(3, 20, 0));
    assert_eq!((figures.total.met, figures.total.missed, figures.total.cannot_tell), (0, 0, 1));
    assert_eq!(figures.total.deadline_gross().with_counts(), "0/1 = 0.0\u{a0}%");
    assert_eq!(figures.deadline_by_machine().with_counts(), "0/1 = 0.0\u{a0}%");
}

#[test]
fn a_report_after_the_due_date_that_still_shows_it_open_makes_a_miss_of_it() {
    let mut one = one();
    one.m.reported(one.asset, at(3, 12, 0)).saw(one.asset, one.update, at(3, 13, 0), Installed);
    let figures = counted(&one.m.finish(), at(3, 20, 0));
    assert_eq!((figures.total.missed, figures.total.cannot_tell), (1, 0));
}

#[test]
fn what_is_satisfied_when_first_seen_is_left_censored_unless_the_install_time_is_known() {
    let mut m = Maker::default();
    m.rule(Rank::High, 240);
    let update = m.update(at(3, 1, 0));
    let (first, second) = (m.server("DC1"), m.server("DC2"));
    m.saw(first, update, at(3, 5, 0), Installed);
    m.installed(second, update, at(3, 5, 0));
    let figures = counted(&m.finish(), at(3, 20, 0));
    assert_eq!((figures.total.satisfied, figures.total.left_censored, figures.total.met), (2, 1, 1));
    assert_eq!(figures.cohorts[0].times.closed.len(), 1);
}
