//! A month's records in one go, and messages about them.

use patchbook::domain::asset::{AssetKind, FactValue};
use patchbook::domain::change::{ChangeKind, lines, message};
use patchbook::domain::command::ChangeCommand;
use patchbook::domain::committee::{MailingList, Member, MemberId};
use patchbook::domain::cycle::{Cycle, CycleId, CycleKind, Point};
use patchbook::domain::group::{Group, GroupId};
use patchbook::domain::notice::NoticeKind;
use patchbook::domain::pair::State::NotInstalled;
use patchbook::domain::person::{Person, PersonId};

use super::rig::{ADA, BO, Rig, at, said};
use crate::compliance::maker::Maker;

const NOVEMBER: CycleId = CycleId(77);

/// Two groups: databases (two servers that owe, one that does not) and desks (a laptop); one old and one new update.
fn month() -> Rig {
    let mut m = Maker::default();
    m.default_rules();
    let (old, new) = (m.update(at(10, 13, 18)), m.update(at(11, 10, 18)));
    for (name, group) in [("DB-1", 1), ("DB-2", 1), ("DB-3", 1)] {
        let place = m.server(name);
        m.fact(place, at(1, 1, 0), FactValue::Group(Some(GroupId(group))));
    }
    let laptop = m.asset("WS-1", AssetKind::Laptop);
    m.fact(laptop, at(1, 1, 0), FactValue::Group(Some(GroupId(2))));
    for asset in [0, 1, laptop] {
        m.saw(asset, new, at(11, 11, 6), NotInstalled);
    }
    m.saw(2, old, at(11, 11, 6), NotInstalled);
    let mut book = m.finish();
    for (id, name) in [(1, "Databases"), (2, "Desks")] {
        let group = Group { id: GroupId(id), name: name.to_owned(), position: id, note: String::new() };
        book.groups.put(group);
    }
    for (id, name) in [(ADA, "Ada"), (BO, "Bo")] {
        let mail = format!("{}@example.org", name.to_lowercase());
        book.people.put(Person { id, name: name.to_owned(), mail, function: String::new() });
    }
    book.cycles.put(Cycle {
        id: NOVEMBER,
        kind: CycleKind::Monthly,
        name: "2026-11".to_owned(),
        month: "2026-11".to_owned(),
        template: None,
        anchor_at: at(11, 10, 18),
        cutoff_at: None,
        drill: false,
        updates: Vec::new(),
        points: vec![Point { group: GroupId(1), person: BO }],
        reason: String::new(),
        declared_by: String::new(),
        approve_by_at: None,
        created_at: at(11, 1, 0),
        closed_at: None,
        closed_by: String::new(),
        cancelled_because: String::new(),
    });
    Rig { book, ..Rig::default() }
}

#[test]
fn a_cycle_makes_one_record_for_each_group_that_owes() {
    let mut rig = month();
    let template = rig.ratified();
    rig.change(ChangeCommand::Bulk { cycle: NOVEMBER }).unwrap();
    let records = rig.book.changes.rows();
    let told: Vec<(&str, &str, ChangeKind)> =
        records.iter().map(|r| (r.number.as_str(), r.title.as_str(), r.kind)).collect();
    assert_eq!(
        told,
        [
            ("CHG-2026-11-001", "2026-11: Databases", ChangeKind::Normal),
            ("CHG-2026-11-002", "2026-11: Desks", ChangeKind::Standard),
        ]
    );
    let names = |n: usize| -> Vec<&str> {
        let of = |line: &&patchbook::domain::change::line::ChangeLine| line.asset.0;
        let ids = lines(&rig.book, records[n].id);
        ids.iter().map(|l| rig.book.assets.get(of(l)).unwrap().name.as_str()).collect()
    };
    assert_eq!(names(0), ["DB-1", "DB-2"], "the third owes an update of another month");
    assert_eq!(names(1), ["WS-1"]);
    assert_eq!(records[0].updates, [rig.update(1)]);
    assert_eq!(records[0].coordinator, Some(BO), "the group's point person");
    assert_eq!(records[1].template, Some(template));
    assert!(!records[1].plan.backout_plan.is_empty());
}

#[test]
fn a_second_time_makes_nothing_and_workstations_without_a_template_go_the_full_path() {
    let mut rig = month();
    rig.change(ChangeCommand::Bulk { cycle: NOVEMBER }).unwrap();
    assert!(rig.book.changes.iter().all(|record| record.kind == ChangeKind::Normal));
    rig.change(ChangeCommand::Bulk { cycle: NOVEMBER }).unwrap();
    assert_eq!(rig.book.changes.len(), 2);
    let mut cycle = rig.book.cycles.rows()[0].clone();
    cycle.closed_at = Some(rig.now);
    rig.book.cycles.put(cycle);
    assert!(said(rig.change(ChangeCommand::Bulk { cycle: NOVEMBER })).contains("is closed"));
}

#[test]
fn a_message_says_what_the_record_says_and_is_logged_as_sent_once() {
    let mut rig = Rig::default();
    let id = rig.scheduled();
    rig.book.members.put(Member {
        id: MemberId(1),
        person: BO,
        list: MailingList::Distribution,
        represents: String::new(),
        nominee_of: None,
        from_on: chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
        until_on: None,
    });
    let draft = message::draft(&rig.book, rig.record(id), NoticeKind::Announcement, rig.now);
    assert_eq!(draft.recipients, "bo@example.org, ada@example.org");
    assert!(draft.title.contains("CHG-2026-11-001"));
    for part in ["14 Nov 2026 21:00 UTC", "File shares are away", "- SRV-1", "2 systems"] {
        assert!(draft.text.contains(part), "{part} is missing: {}", draft.text);
    }
    rig.change(ChangeCommand::Notice(Box::new(draft))).unwrap();
    let notice = rig.book.notices.rows()[0].id;
    let at = rig.now;
    rig.change(ChangeCommand::Sent { notice, at }).unwrap();
    assert_eq!(rig.book.notices.rows()[0].sent_by, "Ada");
    let at = rig.now;
    assert!(said(rig.change(ChangeCommand::Sent { notice, at })).contains("already"));
    assert_eq!(ADA, PersonId(901));
}
