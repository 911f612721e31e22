//! What updates need: installed, planned in time, or told, by the machines that the record is about.

use patchbook::domain::asset::AssetId;
use patchbook::domain::book::Book;
use patchbook::domain::calendar::release::Day;
use patchbook::domain::change::line::{ChangeLine, ChangeLineId};
use patchbook::domain::change::{ChangeId, ChangeKind, ChangeRecord, ChangeState};
use patchbook::domain::command::{Command, Edit, RiskCommand};
use patchbook::domain::compliance::view::View;
use patchbook::domain::cycle::lint::{Kind, lint};
use patchbook::domain::document::DocumentState;
use patchbook::domain::gate::need::{NeedStanding, needs};
use patchbook::domain::gate::rule::{domains, starting};
use patchbook::domain::gate::{Prerequisite, PrerequisiteId, PrerequisiteKind};
use patchbook::domain::pair::State::{Installed, NotApplicable, NotInstalled};
use patchbook::domain::person::{Person, PersonId};
use patchbook::domain::update::{Severity, UpdateId};
use patchbook::util::id::Ids;

use super::gate::policy;
use super::{Rig, at, refusal};

/// Two updates on one server, the second of which needs the first, and a record for the second on 14 November at 20:00.
struct Needy {
    rig: Rig,
    first: UpdateId,
    second: UpdateId,
}

impl Needy {
    fn new(kind: PrerequisiteKind, installed: bool) -> Self {
        let mut rig = Rig::new(Severity::Important);
        let first = rig.m.update(at(11, 10, 18));
        rig.m.saw(rig.asset, first, at(11, 11, 6), NotInstalled);
        if installed {
            rig.m.saw(rig.asset, first, at(11, 12, 6), Installed);
        }
        let (first, second) = (rig.id_of(first), rig.id_of(rig.update));
        rig.m.book.prerequisites.put(Prerequisite {
            id: PrerequisiteId(1),
            update: second,
            needs: Some(first),
            what: String::new(),
            kind,
            recorded_at: at(11, 11, 0),
            ended_at: None,
        });
        Self { rig, first, second }
    }

    fn record(&mut self, id: i64, update: UpdateId, from_at: i64) -> ChangeRecord {
        let mut row = ChangeRecord::new(ChangeKind::Normal);
        row.id = ChangeId(id);
        row.number = format!("CHG-2026-11-00{id}");
        row.updates = vec![update];
        row.window_from_at = Some(from_at);
        row.window_until_at = Some(from_at + 2 * 3600);
        self.rig.m.book.changes.put(row.clone());
        row
    }

    fn standing(self, record: &ChangeRecord) -> NeedStanding {
        let book = self.rig.m.finish();
        let found = needs(&book, record, at(11, 13, 0));
        assert_eq!(found.len(), 1);
        assert!(found[0].text(&book).contains(" needs KB"), "{}", found[0].text(&book));
        found[0].standing.clone()
    }
}

#[test]
fn what_must_come_first_is_installed_or_scheduled_first_or_it_is_told() {
    let late = at(11, 14, 20);
    let mut alone = Needy::new(PrerequisiteKind::Before, false);
    let record = alone.record(1, alone.second, late);
    assert_eq!(alone.standing(&record), NeedStanding::Missing);

    let mut same = Needy::new(PrerequisiteKind::Before, false);
    let mut record = same.record(1, same.second, late);
    record.updates.push(same.first);
    assert_eq!(same.standing(&record), NeedStanding::Same);

    for (from_at, wanted) in [
        (at(11, 14, 18), NeedStanding::Scheduled("CHG-2026-11-002".to_owned())),
        (at(11, 14, 19), NeedStanding::NotInTime("CHG-2026-11-002".to_owned())),
    ] {
        let mut two = Needy::new(PrerequisiteKind::Before, false);
        let record = two.record(1, two.second, late);
        two.record(2, two.first, from_at);
        assert_eq!(two.standing(&record), wanted);
    }

    let mut given_up = Needy::new(PrerequisiteKind::Before, false);
    let record = given_up.record(1, given_up.second, late);
    let mut other = given_up.record(2, given_up.first, at(11, 14, 10));
    other.state = ChangeState::Cancelled;
    given_up.rig.m.book.changes.put(other);
    assert_eq!(given_up.standing(&record), NeedStanding::Missing, "a cancelled record installs nothing");
}

#[test]
fn what_goes_together_has_the_same_window() {
    for (from_at, met) in [(at(11, 14, 20), true), (at(11, 14, 18), false)] {
        let mut two = Needy::new(PrerequisiteKind::Together, false);
        let record = two.record(1, two.second, at(11, 14, 20));
        two.record(2, two.first, from_at);
        let number = "CHG-2026-11-002".to_owned();
        let wanted = if met { NeedStanding::Scheduled(number) } else { NeedStanding::NotInTime(number) };
        assert_eq!(two.standing(&record), wanted);
    }
}

fn line(change: ChangeId, asset: AssetId) -> ChangeLine {
    ChangeLine::new(ChangeLineId(change.0 * 100_000 + asset.0), change, asset)
}

#[test]
fn what_every_machine_of_the_record_has_needs_no_window() {
    for (installed, wanted) in [(true, NeedStanding::Installed), (false, NeedStanding::Missing)] {
        let mut needy = Needy::new(PrerequisiteKind::Before, installed);
        let record = needy.record(1, needy.second, at(11, 14, 20));
        let asset: AssetId = needy.rig.m.book.assets.rows()[0].id;
        needy.rig.m.book.change_lines.put(line(record.id, asset));
        assert_eq!(needy.standing(&record), wanted);
    }
}

#[test]
fn two_updates_cannot_each_come_first() {
    let mut needy = Needy::new(PrerequisiteKind::Before, false);
    let (first, second) = (needy.first, needy.second);
    needy.rig.m.reported(0, at(11, 11, 6));
    let book = needy.rig.m.finish();
    let row = Prerequisite {
        id: PrerequisiteId(0),
        update: first,
        needs: Some(second),
        what: String::new(),
        kind: PrerequisiteKind::Before,
        recorded_at: 0,
        ended_at: None,
    };
    let command = Command::Risk(RiskCommand::Prerequisite(Box::new(Edit { base: None, row })));
    assert!(refusal(&book, command, at(11, 13, 0)).contains("cannot each come first"));
}

#[test]
fn a_record_of_other_machines_or_one_that_is_over_installs_nothing_here() {
    let scheduled = NeedStanding::Scheduled("CHG-2026-11-002".to_owned());
    for (own, closed, wanted) in [
        (true, false, &scheduled),
        (false, false, &NeedStanding::Missing),
        (true, true, &NeedStanding::Missing),
    ] {
        let mut needy = Needy::new(PrerequisiteKind::Before, false);
        let other_machine = needy.rig.m.server("DC-02");
        let record = needy.record(1, needy.second, at(11, 14, 20));
        let mut other = needy.record(2, needy.first, at(11, 14, 10));
        if closed {
            other.state = ChangeState::Closed;
            needy.rig.m.book.changes.put(other.clone());
        }
        let asset = |place: u32| needy.rig.m.book.assets.rows()[place as usize].id;
        let (mine, theirs) =
            (asset(needy.rig.asset), if own { asset(needy.rig.asset) } else { asset(other_machine) });
        needy.rig.m.book.change_lines.put(line(record.id, mine));
        needy.rig.m.book.change_lines.put(line(other.id, theirs));
        assert_eq!(&needy.standing(&record), wanted, "own {own}, closed {closed}");
    }
}

#[test]
fn two_records_that_reach_every_machine_between_them_are_enough() {
    let mut needy = Needy::new(PrerequisiteKind::Before, false);
    let place = needy.rig.m.server("DC-02");
    for update in [0, 1] {
        needy.rig.m.saw(place, update, at(11, 11, 6), NotInstalled);
    }
    let record = needy.record(1, needy.second, at(11, 14, 20));
    let two = needy.record(2, needy.first, at(11, 14, 10));
    let three = needy.record(3, needy.first, at(11, 14, 12));
    let assets: Vec<AssetId> = needy.rig.m.book.assets.iter().map(|asset| asset.id).collect();
    for (change, asset) in
        [(record.id, assets[0]), (record.id, assets[1]), (two.id, assets[0]), (three.id, assets[1])]
    {
        needy.rig.m.book.change_lines.put(line(change, asset));
    }
    let both = "CHG-2026-11-002, CHG-2026-11-003".to_owned();
    assert_eq!(needy.standing(&record), NeedStanding::Scheduled(both));
}

#[test]
fn a_machine_that_does_not_get_the_update_needs_nothing_and_a_newer_one_does_as_well() {
    let mut needy = Needy::new(PrerequisiteKind::Before, false);
    let place = needy.rig.m.server("DC-02");
    needy.rig.m.saw(place, needy.rig.update, at(11, 11, 6), NotApplicable);
    let record = needy.record(1, needy.second, at(11, 14, 20));
    let other = needy.rig.m.book.assets.rows()[place as usize].id;
    needy.rig.m.book.change_lines.put(line(record.id, other));
    assert_eq!(needy.standing(&record), NeedStanding::Installed);

    let mut needy = Needy::new(PrerequisiteKind::Before, false);
    let newer = needy.rig.m.update(at(11, 11, 0));
    needy.rig.m.supersedes(newer, 1);
    needy.rig.m.saw(needy.rig.asset, newer, at(11, 12, 6), Installed);
    let record = needy.record(1, needy.second, at(11, 14, 20));
    let own = needy.rig.m.book.assets.rows()[0].id;
    needy.rig.m.book.change_lines.put(line(record.id, own));
    assert_eq!(needy.standing(&record), NeedStanding::Installed, "what replaces it is installed");
}

#[test]
fn the_schedule_is_searched_for_an_update_that_comes_before_what_it_needs() {
    for (from_at, wanted) in [(at(11, 14, 10), 0), (at(11, 15, 10), 1)] {
        let mut needy = Needy::new(PrerequisiteKind::Before, false);
        let record = needy.record(1, needy.second, at(11, 14, 20));
        needy.record(2, needy.first, from_at);
        let own = needy.rig.m.book.assets.rows()[0].id;
        needy.rig.m.book.change_lines.put(line(record.id, own));
        let book = needy.rig.m.finish();
        let found = lint(&View::new(&book, at(11, 13, 0)), at(11, 13, 0), at(11, 30, 0));
        let found: Vec<_> = found.iter().filter(|one| one.kind == Kind::PrerequisiteAfter).collect();
        assert_eq!(found.len(), wanted);
        for one in found {
            assert!(
                one.text.starts_with("CHG-2026-11-001: KB") && one.text.contains("Move one of the windows")
            );
            assert_eq!((one.at, one.assets.as_slice()), (Some(at(11, 14, 20)), &[own][..]));
        }
    }
}

#[test]
fn the_schedule_is_searched_for_updates_that_nobody_has_let_go() {
    let mut needy = Needy::new(PrerequisiteKind::Before, true);
    let record = needy.record(1, needy.second, at(11, 14, 20));
    let place = needy.rig.asset;
    needy.rig.m.change_asset(place, |asset| asset.os = "Windows Server 2022".to_owned());
    let own = needy.rig.m.book.assets.rows()[place as usize].id;
    needy.rig.m.book.change_lines.put(line(record.id, own));
    let mut book = needy.rig.m.finish();
    assert!(book.apply(&starting(&Ids::seeded(5))).expect("rows"));
    let found = |book: &Book| -> Vec<String> {
        let all = lint(&View::new(book, at(11, 13, 0)), at(11, 13, 0), at(11, 30, 0));
        all.into_iter().filter(|one| one.kind == Kind::NotDecided).map(|one| one.text).collect()
    };
    assert!(found(&book).is_empty(), "nobody is named who could decide");
    let (name, function) = ("Ines Hartmann".to_owned(), String::new());
    book.people.put(Person { id: PersonId(900), name, mail: String::new(), function });
    let mut domain = domains(&book)[0].clone();
    domain.decider = Some(PersonId(900));
    book.domains.put(domain.clone());
    let told = found(&book);
    assert!(told.len() == 1 && told[0].contains("for Windows by then. Ask Ines Hartmann"), "{told:?}");
    // Silence means go by Thursday the 12th, or only on the day after the window.
    (domain.silent_go, domain.section) = (true, "go-no-go".to_owned());
    policy(&mut book, DocumentState::Ratified);
    for (since_at, weekday, wanted) in
        [(at(11, 1, 0), Day::Thursday, 0), (at(11, 1, 0), Day::Sunday, 1), (at(11, 12, 20), Day::Thursday, 1)]
    {
        domain.silent_since_at = Some(since_at);
        domain.object_weekday = weekday;
        book.domains.put(domain.clone());
        assert_eq!(found(&book).len(), wanted, "{weekday:?}");
    }
}
