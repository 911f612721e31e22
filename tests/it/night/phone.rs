//! Notes typed on a phone: every line is read and shown, none is lost.

use patchbook::domain::command::{Command, RunCommand};
use patchbook::domain::run::entry::EntryKind;
use patchbook::domain::run::phone::{Reading, read};

use super::rig::{BERLIN, Rig, local};

/// The notes, read on Saturday morning.
fn read_all(rig: &mut Rig, text: &str) -> Vec<Reading> {
    rig.asset("DC1");
    rig.asset("WS-014");
    let run = rig.begun();
    rig.now_at = local("2026-12-12 09:00");
    read(&rig.sheet(run), BERLIN, rig.now_at, text)
}

#[test]
fn the_usual_lines_give_time_asset_and_kind() {
    let mut rig = Rig::new();
    let found =
        read_all(&mut rig, "2214 DC1 back\n22:14 WS-014 failed\n0:30 issue printer\n\n1.05 decided to wait");
    let kinds: Vec<EntryKind> = found.iter().map(|reading| reading.draft.kind).collect();
    assert_eq!(kinds, [EntryKind::End, EntryKind::Issue, EntryKind::Issue, EntryKind::Decision]);
    let times: Vec<i64> = found.iter().map(|reading| reading.draft.at).collect();
    let wanted = ["2026-12-11 22:14", "2026-12-11 22:14", "2026-12-12 00:30", "2026-12-12 01:05"].map(local);
    assert_eq!(times, wanted);
    let name =
        |reading: &Reading| reading.draft.asset.map(|id| rig.book.assets.get(id.0).unwrap().name.clone());
    assert_eq!(name(&found[0]).as_deref(), Some("DC1"));
    assert_eq!(name(&found[1]).as_deref(), Some("WS-014"));
    assert_eq!(name(&found[2]), None);
    assert_eq!(found[2].draft.text, "printer", "the word that names the kind says nothing more");
    assert_eq!(found[3].line, 5, "lines are numbered as they were pasted");
    assert!(found.iter().all(|reading| reading.draft.late && reading.remarks.is_empty()));
}

#[test]
fn a_line_that_cannot_be_read_stays_as_a_note_with_a_remark() {
    let mut rig = Rig::new();
    let found = read_all(&mut rig, "22:14 DC1 back\nasdf qwer\n99:99 what\n");
    assert_eq!(found.len(), 3);
    assert_eq!(found[1].draft.kind, EntryKind::Note);
    assert_eq!(found[1].draft.text, "asdf qwer");
    assert_eq!(found[1].draft.at, local("2026-12-11 22:14"), "the time of the line before it");
    assert!(found[1].remarks[0].contains("No time was found"));
    assert_eq!(found[2].draft.text, "99:99 what", "nothing that was typed is dropped");
}

#[test]
fn a_time_that_has_not_come_is_said_and_nothing_lies_in_the_future() {
    let mut rig = Rig::new();
    let run = rig.begun();
    rig.now_at = local("2026-12-11 21:30");
    let found = read(&rig.sheet(run), BERLIN, rig.now_at, "23:10 too soon");
    assert_eq!(found[0].draft.at, rig.now_at);
    assert!(found[0].remarks[0].contains("has not come yet"));
}

#[test]
fn the_name_of_a_group_moves_its_step_and_a_second_end_moves_nothing() {
    let mut rig = Rig::new();
    let found = read_all(
        &mut rig,
        "2105 domain controllers started\n2210 Domain controllers done\n2215 domain controllers done",
    );
    let run = rig.book.runs.rows()[0].id;
    let step = rig.step(run, "Patch domain controllers");
    let steps: Vec<_> = found.iter().map(|reading| reading.draft.step).collect();
    assert_eq!(steps, [Some(step), Some(step), None]);
    let entries = found.into_iter().map(|reading| reading.draft).collect();
    rig.run(Command::Run(RunCommand::Log { run, entries }));
    let sheet = rig.sheet(run);
    let row = sheet.step(step).unwrap();
    assert_eq!(row.begun_at, Some(local("2026-12-11 21:05")));
    assert_eq!(row.ended_at, Some(local("2026-12-11 22:10")));
    assert_eq!(sheet.entries.iter().filter(|entry| entry.late).count(), 3);
}

#[test]
fn notes_pasted_a_second_time_are_known() {
    let mut rig = Rig::new();
    let text = "22:14 DC1 back";
    let found = read_all(&mut rig, text);
    let run = rig.book.runs.rows()[0].id;
    let entries = found.into_iter().map(|reading| reading.draft).collect();
    rig.run(Command::Run(RunCommand::Log { run, entries }));
    let again = read(&rig.sheet(run), BERLIN, rig.now_at, text);
    assert!(again[0].known && again[0].remarks[0].contains("already holds"));
}

#[test]
fn a_hand_over_without_a_receiver_stays_a_note_and_says_so() {
    let mut rig = Rig::new();
    let found = read_all(&mut rig, "0100 handed over");
    assert_eq!(found[0].draft.kind, EntryKind::Note);
    assert!(found[0].remarks[0].contains("needs a receiver"));
}

#[test]
fn whatever_is_pasted_can_be_written() {
    let mut rig = Rig::new();
    let text = "0700 DC1 begin\n2400 x\n\u{202e}2214 reversed\n12:5 y\n: : :\n2214\n2214 -\n💾 22h14 DC1 ROLLED BACK\n0059";
    let found = read_all(&mut rig, text);
    assert_eq!(found.len(), text.lines().count());
    let run = rig.book.runs.rows()[0].id;
    let entries = found.into_iter().map(|reading| reading.draft).collect();
    rig.run(Command::Run(RunCommand::Log { run, entries }));
}
