//! Will the calendar meet the promise, and what must be imported before it can be proved.

use chrono::NaiveDate;
use patchbook::domain::asset::AssetKind;
use patchbook::domain::calendar::closure::{ClosureEffect, ClosureKind};
use patchbook::domain::calendar::release::Day;
use patchbook::domain::calendar::window::Recurs;
use patchbook::domain::compliance::view::View;
use patchbook::domain::cycle::backlog::{backlog, burndown};
use patchbook::domain::cycle::forecast::{Forecast, Line, Outcome, forecast};
use patchbook::domain::cycle::reminder::{reminder, unproved};
use patchbook::domain::cycle::{Cycle, CycleId, CycleKind};
use patchbook::domain::pair::State;
use patchbook::domain::rating::Rank;

use super::desk::{Desk, at};
use crate::compliance::maker::{Maker, at as in_2026};

fn line(seen: &Forecast, rank: Rank) -> &Line {
    seen.lines.iter().find(|line| line.rank == rank).unwrap()
}

fn outcomes(line: &Line, outcome: Outcome) -> usize {
    line.cells.iter().filter(|cell| cell.outcome == outcome).count()
}

/// Internal servers patched on the Friday after the release.
fn friday() -> Desk {
    let mut desk = Desk::new("Europe/Berlin");
    let friday = desk.after_release(3);
    desk.window("Web", friday, "21:00", 300).unwrap();
    desk.server("WEB1", "Web");
    desk
}

#[test]
fn a_friday_after_the_release_meets_everything_but_the_severe_which_are_emergencies() {
    let desk = friday();
    let seen = forecast(&desk.book, desk.now);
    assert_eq!(seen.months.len(), 24);
    assert_eq!(
        (seen.months[0].first, seen.months[0].release_at),
        (NaiveDate::from_ymd_opt(2026, 12, 1).unwrap(), at("2026-12-08 18:00"))
    );
    for rank in [Rank::High, Rank::Medium, Rank::Low] {
        assert_eq!(line(&seen, rank).kept(), 24, "{rank:?}");
    }
    // Three days after a Tuesday end on Friday at midnight, the window an hour or two later.
    assert_eq!(outcomes(line(&seen, Rank::Severe), Outcome::Emergency), 24);
    assert!(seen.holds() && seen.failures.is_empty());
}

#[test]
fn a_freeze_breaks_the_promise_of_one_month_and_the_reason_names_it() {
    let mut desk = friday();
    desk.closure(ClosureKind::Freeze, ClosureEffect::Later, "2026-12-10", "2027-01-03").unwrap();
    let seen = forecast(&desk.book, desk.now);
    assert_eq!(seen.failing_months(), [NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()]);
    let texts: Vec<&str> = seen.failures.iter().map(|failure| failure.text.as_str()).collect();
    // High is due after 14 days; from Monday 4 January 21:00 the window runs into Tuesday.
    assert_eq!(
        texts,
        [
            "High servers, internal: due Tue 22 Dec 2026, last window of Web ends Tue 5 Jan 2027, 14 days late: shifted by freeze Year end"
        ]
    );
    assert_eq!(line(&seen, Rank::High).kept(), 23);
    assert_eq!(line(&seen, Rank::Medium).kept(), 24, "30 days are enough");
}

#[test]
fn the_last_window_of_a_month_counts_not_the_first() {
    let mut desk = friday();
    let late = desk.after_release(18);
    desk.window("Web", late, "21:00", 120).unwrap();
    let seen = forecast(&desk.book, desk.now);
    assert_eq!(outcomes(line(&seen, Rank::High), Outcome::Late), 24);
    assert_eq!(line(&seen, Rank::Medium).kept(), 24);
}

#[test]
fn a_weekly_window_counts_with_its_first_night_after_the_release() {
    let mut desk = Desk::new("Europe/Berlin");
    desk.window("Web", Recurs::Week { weekday: Day::Wednesday }, "20:00", 120).unwrap();
    desk.server("WEB1", "Web");
    let seen = forecast(&desk.book, desk.now);
    assert_eq!(line(&seen, Rank::Severe).kept(), 24, "a standing weekly window meets three days");
    assert_eq!(seen.lines[0].cells[0].finish_at, Some(at("2026-12-09 21:00")));
}

#[test]
fn a_group_without_a_window_breaks_every_promise() {
    let mut desk = friday();
    desk.server("DB1", "Database");
    let seen = forecast(&desk.book, desk.now);
    assert_eq!(outcomes(line(&seen, Rank::High), Outcome::NoWindow), 24);
    assert!(
        seen.failures[0].text.contains("Database has no window after the release of Tue 8 Dec 2026"),
        "{}",
        seen.failures[0].text
    );
    assert!(!seen.holds());
}

#[test]
fn a_window_that_opens_once_answers_for_one_month_only() {
    let mut desk = Desk::new("Europe/Berlin");
    let on = NaiveDate::from_ymd_opt(2026, 12, 12).unwrap();
    desk.window("Web", Recurs::Once { on }, "20:00", 120).unwrap();
    desk.server("WEB1", "Web");
    let seen = forecast(&desk.book, desk.now);
    assert_eq!(
        (line(&seen, Rank::High).kept(), outcomes(line(&seen, Rank::High), Outcome::NoWindow)),
        (1, 23)
    );
}

#[test]
fn classes_are_judged_apart_and_assets_in_no_group_are_told() {
    let mut desk = friday();
    let friday = desk.after_release(20);
    desk.window("Workstations", friday, "12:00", 120).unwrap();
    desk.asset("WS1", AssetKind::Laptop, "Workstations");
    let seen = forecast(&desk.book, desk.now);
    let medium: Vec<(usize, u64)> = seen
        .lines
        .iter()
        .filter(|line| line.rank == Rank::Medium)
        .map(|line| (line.kept(), line.assets))
        .collect();
    assert_eq!(medium, [(24, 1), (0, 1)], "servers have 30 days, workstations 14");
    assert_eq!(seen.without_group, 0);
}

#[test]
fn an_empty_register_promises_nothing_and_does_not_boast() {
    let mut desk = Desk::new("UTC");
    assert!(forecast(&desk.book, desk.now).lines.is_empty());
    desk.book.cycle_templates = Default::default();
    let seen = forecast(&desk.book, desk.now);
    assert!(seen.no_release && !seen.holds());
}

/// Released on 10 November, due on the 24th at the end of the day; one of three servers shows it installed.
fn november() -> Maker {
    let mut maker = Maker::default();
    maker.default_rules();
    let update = maker.update(in_2026(11, 10, 18));
    for (name, state) in [("A", State::Installed), ("B", State::NotInstalled), ("C", State::Unknown)] {
        let server = maker.server(name);
        maker.saw(server, update, in_2026(11, 12, 6), state);
    }
    maker
}

#[test]
fn on_the_day_before_the_reminder_counts_what_no_import_has_shown() {
    let book = november().finish();
    let view = |day, hour| View::new(&book, in_2026(11, day, hour));
    assert!(reminder(&view(22, 12)).is_none(), "two days before it is quiet");
    let eve = view(23, 12);
    let found = reminder(&eve).unwrap();
    assert_eq!((found.pairs, found.machines), (2, 2));
    assert_eq!(found.text(&eve), "Import today or 2 pairs on 2 machines cannot be proved in time.");
    assert_eq!(found.before_at, in_2026(11, 25, 0) - 1);
    let last_day = view(24, 12);
    assert_eq!(
        reminder(&last_day).unwrap().text(&last_day),
        "Import at once or 2 pairs on 2 machines cannot be proved in time."
    );
    assert!(reminder(&view(25, 12)).is_none(), "now they are overdue, and counted there");
    assert_eq!(unproved(&view(13, 0), in_2026(11, 30, 0)).len(), 1);
}

#[test]
fn what_is_waived_needs_no_import() {
    let mut maker = november();
    maker.waiver(1, 0, in_2026(11, 15, 0), in_2026(12, 15, 0));
    let book = maker.finish();
    let view = View::new(&book, in_2026(11, 23, 12));
    assert_eq!(reminder(&view).unwrap().pairs, 1);
}

#[test]
fn older_months_are_kept_apart_from_this_one() {
    let mut maker = november();
    let old = maker.update(in_2026(9, 8, 17));
    maker.saw(1, old, in_2026(11, 12, 6), State::NotInstalled);
    let book = maker.finish();
    let left = backlog(&View::new(&book, in_2026(11, 20, 0)), in_2026(11, 10, 18));
    assert_eq!((left.this_month.open, left.older_open()), (2, 1));
    assert_eq!((left.older[0].month, left.older[0].overdue), (2026 * 12 + 8, 1));
}

#[test]
fn a_campaign_burns_down_what_was_open_when_it_began_and_nothing_newer() {
    let mut maker = november();
    let old = maker.update(in_2026(9, 8, 17));
    for (server, installed) in [(0, 18), (1, 20)] {
        maker.saw(server, old, in_2026(11, 12, 6), State::NotInstalled);
        maker.saw(server, old, in_2026(11, installed, 6), State::Installed);
    }
    maker.saw(2, old, in_2026(11, 12, 6), State::NotInstalled);
    let newer = maker.update(in_2026(11, 16, 0));
    maker.saw(0, newer, in_2026(11, 17, 6), State::NotInstalled);
    let book = maker.finish();
    let cycle = Cycle {
        id: CycleId(1),
        kind: CycleKind::CatchUp,
        name: "Catch-up".to_owned(),
        month: String::new(),
        template: None,
        anchor_at: in_2026(11, 15, 0),
        cutoff_at: None,
        drill: false,
        updates: vec![book.updates.rows()[old as usize].id],
        points: Vec::new(),
        reason: String::new(),
        declared_by: String::new(),
        approve_by_at: None,
        created_at: in_2026(11, 15, 0),
        closed_at: None,
        closed_by: String::new(),
        cancelled_because: String::new(),
    };
    let burnt = burndown(&book, &cycle, in_2026(11, 22, 0)).unwrap();
    assert_eq!(burnt.began_with, 3);
    let counts: Vec<u64> = burnt.points.iter().map(|point| point.open).collect();
    assert!(counts.windows(2).all(|pair| pair[0] >= pair[1]), "{counts:?}");
    assert_eq!((counts.first(), counts.last()), (Some(&3), Some(&1)));
    let all = Cycle { updates: Vec::new(), ..cycle.clone() };
    let wide = burndown(&book, &all, in_2026(11, 22, 0)).unwrap();
    assert_eq!(wide.began_with, 5, "named none: everything released before it began, the newer one not");
    assert!(burndown(&book, &Cycle { kind: CycleKind::Monthly, ..cycle }, in_2026(11, 22, 0)).is_none());
}
