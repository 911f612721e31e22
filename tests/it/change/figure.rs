//! What the reports show of changes: outcomes, orphans both ways, M12, M13, M15, and what nobody can tell.

use std::sync::Arc;

use patchbook::domain::asset::AssetKind;
use patchbook::domain::batch::{Batch, BatchId, Scope};
use patchbook::domain::book::Book;
use patchbook::domain::change::figure::{Approved, approved, changes, named, update_status, validated};
use patchbook::domain::change::line::{ChangeLine, ChangeLineId, LineResult, Proof};
use patchbook::domain::change::orphan::{Cover, orphans};
use patchbook::domain::change::outcome::{Finding, outcomes};
use patchbook::domain::change::template::{ChangeTemplate, ChangeTemplateId};
use patchbook::domain::change::{ChangeId, ChangeKind, ChangeRecord, ChangeState};
use patchbook::domain::compliance::outcome::Period;
use patchbook::domain::compliance::view::View;
use patchbook::domain::pair::Block;
use patchbook::domain::pair::State::{Failed, NotInstalled, PendingReboot};
use patchbook::domain::person::{Person, PersonId};
use patchbook::domain::source::SourceId;
use patchbook::domain::stamp::of_instant;
use patchbook::domain::update::{Update, UpdateId};

use super::rig::plan;
use crate::compliance::maker::{Maker, at};

fn november() -> Period {
    Period { from_at: at(11, 1, 0), to_at: at(12, 1, 0) }
}

/// A change on some assets (by place) for the first update, done on 14 Nov from 21 to 23.
fn done(book: &mut Book, id: i64, kind: ChangeKind, assets: &[u32]) -> ChangeId {
    let mut record = ChangeRecord::new(kind);
    (record.id, record.number) = (ChangeId(id), format!("CHG-2026-11-{id:03}"));
    record.updates = vec![book.updates.rows()[0].id];
    record.plan = plan();
    (record.window_from_at, record.window_until_at) = (Some(at(11, 14, 21)), Some(at(11, 14, 23)));
    (record.started_at, record.ended_at) = (Some(at(11, 14, 21)), Some(at(11, 14, 23)));
    (record.state, record.ended_as) = (ChangeState::Monitoring, Some(ChangeState::Implemented));
    for &place in assets {
        book.change_lines.put(ChangeLine::new(
            ChangeLineId(id * 100 + i64::from(place)),
            record.id,
            book.assets.rows()[place as usize].id,
        ));
    }
    book.changes.put(record);
    ChangeId(id)
}

/// Servers 0 to 8, all open on 11 Nov: 0 installed in the window, 1 before it, 2 somewhere between two reports, 3 failed,
/// 4 pending, 5 still open, 6 silent, 7 between two reports inside the window, 8 attested.
fn after_the_night() -> Book {
    let mut m = Maker::default();
    m.default_rules();
    let update = m.update(at(11, 10, 18));
    for n in 0..9 {
        let asset = m.server(&format!("SRV-{n}"));
        m.saw(asset, update, at(11, 11, 6), NotInstalled);
        if n != 6 {
            m.reported(asset, at(11, 16, 6));
        }
    }
    m.installed(0, update, at(11, 14, 22)).installed(1, update, at(11, 12, 3));
    m.saw(2, update, at(11, 16, 6), patchbook::domain::pair::State::Installed);
    m.saw(3, update, at(11, 16, 6), Failed).saw(4, update, at(11, 16, 6), PendingReboot);
    m.reported(7, at(11, 14, 21)).saw(7, update, at(11, 14, 23), patchbook::domain::pair::State::Installed);
    let mut book = m.finish();
    done(&mut book, 1, ChangeKind::Normal, &[0, 1, 2, 3, 4, 5, 6, 7]);
    book
}

#[test]
fn each_line_is_judged_by_reports_from_after_the_work() {
    let book = after_the_night();
    let view = View::new(&book, at(11, 20, 0));
    let found = outcomes(&view, &book.changes.rows()[0]);
    let results: Vec<(LineResult, Finding)> = found.iter().map(|o| (o.result, o.updates[0].1)).collect();
    assert_eq!(
        results,
        [
            (LineResult::Done, Finding::Installed),
            (LineResult::Done, Finding::InstalledOutside),
            (LineResult::Done, Finding::InstalledSometime),
            (LineResult::Failed, Finding::Failed),
            (LineResult::Pending, Finding::Pending),
            (LineResult::NotDone, Finding::StillOpen),
            (LineResult::CannotTell, Finding::CannotTell),
            (LineResult::Done, Finding::Installed),
        ]
    );
    assert!(found[6].found(&book).is_none(), "what cannot be told is not recorded as a result");
    assert_eq!(found[0].proof, Proof::Tool);
}

#[test]
fn what_an_import_of_all_that_applies_never_lists_on_a_machine_does_not_concern_it() {
    for (scope, listed, result) in [
        (Scope::AllButNotApplicable, true, LineResult::Done),
        (Scope::AllButNotApplicable, false, LineResult::CannotTell),
        (Scope::NeededOnly, true, LineResult::CannotTell),
        (Scope::All, true, LineResult::CannotTell),
    ] {
        let mut book = after_the_night();
        let other = Update { id: UpdateId(777), ..book.updates.rows()[0].clone() };
        book.updates.put(other);
        if listed {
            let times = vec![of_instant(at(11, 11, 6))];
            let (assets, starts, bytes) = (vec![8], vec![0, 1], vec![NotInstalled as u8]);
            let block = Block { assets, starts, times, bytes };
            Arc::make_mut(&mut book.pairs).blocks.push(Arc::new(block));
        }
        let record = ChangeRecord {
            updates: vec![book.updates.rows()[0].id, UpdateId(777)],
            ..book.changes.rows()[0].clone()
        };
        book.changes.put(record);
        book.batches.put(Batch {
            id: BatchId(1),
            source: SourceId(1),
            number: 1,
            files: Vec::new(),
            scope,
            as_of_at: at(11, 16, 6),
            recorded_at: at(11, 16, 7),
            observations: 0,
            digest: String::new(),
            voided_at: None,
        });
        let view = View::new(&book, at(11, 20, 0));
        let found = outcomes(&view, &book.changes.rows()[0]);
        assert_eq!(found[0].result, result, "{scope:?}, listed elsewhere: {listed}");
        assert_eq!(found[6].result, LineResult::CannotTell, "the silent one shows nothing");
    }
}

#[test]
fn before_the_next_import_nothing_is_known() {
    let book = after_the_night();
    let view = View::new(&book, at(11, 15, 0));
    let found = outcomes(&view, &book.changes.rows()[0]);
    assert_eq!((found[3].result, found[5].result), (LineResult::CannotTell, LineResult::CannotTell));
}

#[test]
fn a_check_by_hand_is_told_apart_from_what_a_tool_shows() {
    let mut m = Maker::default();
    m.default_rules();
    let update = m.update(at(11, 10, 18));
    let asset = m.server("SRV-8");
    m.saw(asset, update, at(11, 11, 6), patchbook::domain::pair::State::Unknown);
    m.attestation(asset, update, at(11, 15, 8));
    let mut book = m.finish();
    done(&mut book, 1, ChangeKind::Normal, &[asset]);
    let view = View::new(&book, at(11, 20, 0));
    let found = &outcomes(&view, &book.changes.rows()[0])[0];
    assert_eq!((found.result, found.proof, found.by.as_str()), (LineResult::Done, Proof::ByHand, "Ada"));
}

#[test]
fn installs_that_no_change_covers_are_orphans_and_intervals_cannot_tell() {
    let book = after_the_night();
    let view = View::new(&book, at(11, 20, 0));
    let found = orphans(&view, november());
    let covers: Vec<(u32, Cover)> = found.installs.iter().map(|i| (i.asset, i.cover)).collect();
    assert_eq!(
        covers,
        [
            (0, Cover::Change(ChangeId(1))),
            (1, Cover::Nothing),
            (2, Cover::CannotTell(ChangeId(1))),
            (7, Cover::Change(ChangeId(1))),
        ]
    );
    let unshown: Vec<(u32, bool)> = found.unshown.iter().map(|u| (u.asset, u.cannot_tell)).collect();
    assert_eq!(unshown, [(1, false), (2, true), (3, false), (4, false), (5, false), (6, true)]);
    assert_eq!(found.unmatched(), [ChangeId(1)]);
}

#[test]
fn an_asset_that_is_not_on_the_change_is_an_orphan_although_its_neighbour_is_not() {
    let mut book = after_the_night();
    let mut line = book.change_lines.rows()[0].clone();
    line.removed_because = "Not this time".to_owned();
    book.change_lines.put(line);
    let view = View::new(&book, at(11, 20, 0));
    assert_eq!(orphans(&view, november()).installs[0].cover, Cover::Nothing);
}

#[test]
fn workstations_patch_themselves_under_a_ratified_template_and_servers_do_not() {
    let mut m = Maker::default();
    m.default_rules();
    let update = m.update(at(11, 10, 18));
    let (laptop, server) = (m.asset("WS-1", AssetKind::Laptop), m.server("SRV-1"));
    for asset in [laptop, server] {
        m.saw(asset, update, at(11, 11, 6), NotInstalled).installed(asset, update, at(11, 13, 6));
    }
    let mut book = m.finish();
    let id = ChangeTemplateId(5);
    book.change_templates.put(ChangeTemplate {
        id,
        name: "Workstations".to_owned(),
        kind: ChangeKind::Standard,
        reason: String::new(),
        plan: plan(),
        window_minutes: 0,
        ratified_by: Some(PersonId(1)),
        ratified_function: "Owner".to_owned(),
        ratified_at: Some(at(11, 12, 0)),
        evidence_name: String::new(),
        evidence_sha256: String::new(),
        expires_on: None,
        revoked_at: None,
        revoked_because: String::new(),
    });
    let cover = |book: &Book| -> Vec<Cover> {
        orphans(&View::new(book, at(11, 20, 0)), november()).installs.iter().map(|i| i.cover).collect()
    };
    assert_eq!(cover(&book), [Cover::Template(id), Cover::Nothing]);
    let mut late = book.change_templates.rows()[0].clone();
    late.ratified_at = Some(at(11, 14, 0));
    book.change_templates.put(late);
    assert_eq!(cover(&book), [Cover::Nothing, Cover::Nothing], "ratified after the install");
}

#[test]
fn what_was_there_when_first_seen_is_no_install_of_the_period() {
    let mut m = Maker::default();
    m.default_rules();
    let update = m.update(at(11, 10, 18));
    let asset = m.server("SRV-1");
    m.saw(asset, update, at(11, 13, 6), patchbook::domain::pair::State::Installed);
    let book = m.finish();
    assert!(orphans(&View::new(&book, at(11, 20, 0)), november()).installs.is_empty());
}

#[test]
fn the_figures_of_changes_open_into_their_records() {
    let mut book = after_the_night();
    book.people.put(Person {
        id: PersonId(1),
        name: "Ada".to_owned(),
        mail: String::new(),
        function: String::new(),
    });
    let edit = |book: &mut Book, id: i64, change: &dyn Fn(&mut ChangeRecord)| {
        let mut record = book.changes.get(id).unwrap().clone();
        change(&mut record);
        book.changes.put(record);
    };
    done(&mut book, 2, ChangeKind::Emergency, &[0]);
    edit(&mut book, 2, &|r| r.ended_as = Some(ChangeState::RolledBack));
    done(&mut book, 3, ChangeKind::Normal, &[0]);
    edit(&mut book, 3, &|r| r.issues = "Print service".to_owned());
    done(&mut book, 4, ChangeKind::Normal, &[0]);
    edit(&mut book, 4, &|r| r.after_the_fact = true);
    done(&mut book, 5, ChangeKind::Normal, &[0]);
    edit(&mut book, 5, &|r| r.ended_at = Some(at(12, 2, 0)));
    let found = changes(&book, november(), at(11, 30, 0));
    assert_eq!(found.ended.len(), 4, "the fifth ended in December");
    assert_eq!(found.successful, [ChangeId(1), ChangeId(4)]);
    assert_eq!((found.backed_out, found.emergency), (vec![ChangeId(2)], vec![ChangeId(2)]));
    assert_eq!(found.with_issues, [ChangeId(3)]);
    assert_eq!(found.after_the_fact, [ChangeId(4)]);
    assert_eq!(found.unapproved, [ChangeId(1), ChangeId(2), ChangeId(3)]);
    assert!(found.evidenced.is_empty());
    assert_eq!(approved(&book, book.changes.get(1).unwrap()), Approved::Never);
}

#[test]
fn an_approval_counts_by_the_time_it_was_recorded() {
    let mut rig = super::rig::Rig::default();
    let id = rig.scheduled();
    rig.go(id, ChangeState::InProgress).unwrap();
    assert_eq!(approved(&rig.book, rig.record(id)), Approved::Before);
    let late = rig.draft(ChangeKind::Emergency);
    rig.go(late, ChangeState::Declared).unwrap();
    rig.go(late, ChangeState::GoAhead).unwrap();
    rig.go(late, ChangeState::InProgress).unwrap();
    assert_eq!(approved(&rig.book, rig.record(late)), Approved::Never);
    rig.tested(late, patchbook::domain::change::test::TestVerdict::Passed).unwrap();
    let mut draft = rig.decision(late, patchbook::domain::approval::Verdict::Approve);
    draft.decided_at = rig.now - 3600;
    rig.decide(draft).unwrap();
    assert_eq!(approved(&rig.book, rig.record(late)), Approved::After, "decided before, recorded after");
}

#[test]
fn what_a_tool_proves_is_never_added_to_what_somebody_attested() {
    let mut book = after_the_night();
    book.people.put(Person {
        id: PersonId(1),
        name: "Ada".to_owned(),
        mail: String::new(),
        function: String::new(),
    });
    let mut record = book.changes.rows()[0].clone();
    record.implementer = Some(PersonId(1));
    book.changes.put(record);
    let found = [
        (0, LineResult::Done, Proof::Tool, "import 3"),
        (1, LineResult::Done, Proof::ByHand, "Bo"),
        (2, LineResult::Done, Proof::ByHand, "ada"),
        (3, LineResult::Failed, Proof::Tool, "import 3"),
    ];
    for (place, result, proof, by) in found {
        let mut line = book.change_lines.rows()[place].clone();
        (line.result, line.proof, line.result_by) = (Some(result), Some(proof), by.to_owned());
        book.change_lines.put(line);
    }
    let figure = validated(&book, november());
    assert_eq!((figure.by_tool.len(), figure.by_hand.len(), figure.by_own_hand.len()), (1, 1, 1));
    assert_eq!(figure.ratio().with_counts(), "1/7 = 14.2\u{a0}%");
}

#[test]
fn nothing_done_prints_no_share() {
    let book = Maker::default().finish();
    let view = View::new(&book, at(11, 20, 0));
    for (id, _, value) in named(&view, november()) {
        assert!(value.starts_with("n/a (0 items)"), "{id}: {value}");
    }
}

#[test]
fn security_hears_where_an_update_stands() {
    let book = after_the_night();
    let view = View::new(&book, at(11, 30, 0));
    let status = update_status(&view, book.updates.rows()[0].id);
    assert_eq!((status.required, status.satisfied, status.open), (9, 4, 5));
    assert_eq!((status.failed, status.pending, status.overdue), (1, 1, 5));
    assert_eq!(status.changes, [ChangeId(1)]);
}

#[test]
fn an_emergency_whose_approval_is_overdue_and_tickets_without_one_are_named() {
    use patchbook::domain::change::figure::{overdue_approvals, unready_tickets};
    use patchbook::domain::cycle::CycleId;
    let mut rig = super::rig::Rig::default();
    let id = rig.draft(ChangeKind::Emergency);
    rig.go(id, ChangeState::Declared).unwrap();
    rig.go(id, ChangeState::GoAhead).unwrap();
    rig.go(id, ChangeState::InProgress).unwrap();
    let by = rig.record(id).approve_by_at.unwrap();
    assert!(overdue_approvals(&rig.book, by).is_empty());
    assert_eq!(overdue_approvals(&rig.book, by + 1), [id]);
    let ticket = rig.draft(ChangeKind::Normal);
    let cycle = CycleId(5);
    let mut record = rig.record(ticket).clone();
    record.cycle = Some(cycle);
    rig.book.changes.put(record);
    assert_eq!(unready_tickets(&rig.book, cycle), [ticket]);
    rig.go(ticket, ChangeState::Submitted).unwrap();
    rig.tested(ticket, patchbook::domain::change::test::TestVerdict::Passed).unwrap();
    rig.approve(ticket).unwrap();
    assert!(unready_tickets(&rig.book, cycle).is_empty());
}

#[test]
fn work_that_began_before_its_record_was_written_was_raised_after_the_fact() {
    let mut book = after_the_night();
    let mut record = book.changes.rows()[0].clone();
    record.created_at = at(11, 15, 0);
    book.changes.put(record);
    assert_eq!(changes(&book, november(), at(11, 30, 0)).after_the_fact, [ChangeId(1)]);
}
