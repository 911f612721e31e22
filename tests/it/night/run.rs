//! Begin, end, log, summary: what a night allows and what it refuses by name.

use patchbook::domain::command::{Command, Edit, RunCommand};
use patchbook::domain::run::entry::EntryKind;
use patchbook::domain::run::sheet::Stage;
use patchbook::domain::run::{Run, summary};

use super::rig::{BERLIN, Rig, entry, local};

#[test]
fn a_night_begins_once() {
    let mut rig = Rig::new();
    let run = rig.begun();
    let said = rig.refused(Command::Run(RunCommand::Begin { run, at: rig.now_at }));
    assert!(said.contains("has begun already") && said.contains("11 Dec 2026 08:00"), "{said}");
}

#[test]
fn begin_and_end_of_a_step_write_their_lines() {
    let mut rig = Rig::new();
    let run = rig.begun();
    let step = rig.step(run, "Patch domain controllers");
    rig.begin(step, "2026-12-11 21:05");
    rig.end(step, "2026-12-11 22:10");
    let sheet = rig.sheet(run);
    let kinds: Vec<EntryKind> = sheet.entries.iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, [EntryKind::Begin, EntryKind::Begin, EntryKind::End]);
    assert_eq!(sheet.entries[1].step, Some(step));
    assert_eq!(sheet.entries[1].author, "Ann");
    assert_eq!(sheet.entries[1].group, Some(rig.group("Domain controllers")));
    assert!(!sheet.entries[1].late);
}

#[test]
fn what_is_told_of_later_is_stamped_so() {
    let mut rig = Rig::new();
    let run = rig.begun();
    let step = rig.step(run, "Patch domain controllers");
    rig.now_at = local("2026-12-11 21:30");
    rig.run(Command::Run(RunCommand::BeginStep { step, at: local("2026-12-11 21:05") }));
    let sheet = rig.sheet(run);
    let last = sheet.entries.last().unwrap();
    assert!(last.late);
    assert_eq!((last.at, last.recorded_at), (local("2026-12-11 21:05"), local("2026-12-11 21:30")));
}

#[test]
fn an_end_before_a_begin_and_an_end_earlier_than_the_begin_are_named() {
    let mut rig = Rig::new();
    let run = rig.begun();
    let step = rig.step(run, "Patch domain controllers");
    let said = rig.refused(Command::Run(RunCommand::EndStep { step, at: rig.now_at }));
    assert!(said.contains("has not begun"), "{said}");
    rig.begin(step, "2026-12-11 21:05");
    let said = rig.refused(Command::Run(RunCommand::EndStep { step, at: local("2026-12-11 21:00") }));
    assert!(said.contains("cannot end at 11 Dec 2026 21:00") && said.contains("21:05"), "{said}");
    let said = rig.refused(Command::Run(RunCommand::End { run, at: rig.now_at }));
    assert!(said.contains("still being done"), "{said}");
    rig.end(step, "2026-12-11 22:00");
    let said = rig.refused(Command::Run(RunCommand::End { run, at: local("2026-12-11 07:59") }));
    assert!(said.contains("before it began") && said.contains("before \"Patch domain controllers"), "{said}");
}

#[test]
fn nothing_is_entered_before_it_happened() {
    let mut rig = Rig::new();
    let run = rig.begun();
    let step = rig.step(run, "Patch domain controllers");
    let later = rig.now_at + 60;
    let said = rig.refused(Command::Run(RunCommand::BeginStep { step, at: later }));
    assert!(said.contains("has not come yet"), "{said}");
    let entries = vec![entry(EntryKind::Note, later, "Too soon")];
    assert!(rig.refused(Command::Run(RunCommand::Log { run, entries })).contains("has not come yet"));
}

#[test]
fn a_step_waits_until_the_night_has_begun() {
    let mut rig = Rig::new();
    let run = rig.planned();
    let step = rig.step(run, "Close the list");
    let said = rig.refused(Command::Run(RunCommand::BeginStep { step, at: rig.now_at }));
    assert!(said.contains("Begin the night first"), "{said}");
}

#[test]
fn a_step_is_left_out_with_a_reason_only_and_the_log_says_so() {
    let mut rig = Rig::new();
    let run = rig.begun();
    let step = rig.step(run, "Patch workstations");
    let said = rig.refused(Command::Run(RunCommand::SkipStep { step, because: " ".to_owned() }));
    assert!(said.contains("why the step is left out"), "{said}");
    rig.run(Command::Run(RunCommand::SkipStep { step, because: "Done on Thursday".to_owned() }));
    let sheet = rig.sheet(run);
    assert!(sheet.entries.last().unwrap().text.contains("Done on Thursday"));
    let said = rig.refused(Command::Run(RunCommand::BeginStep { step, at: rig.now_at }));
    assert!(said.contains("was left out"), "{said}");
}

#[test]
fn a_hand_over_names_who_takes_over() {
    let mut rig = Rig::new();
    let run = rig.begun();
    let mut draft = entry(EntryKind::HandOver, rig.now_at, "Servers are patched");
    let said = rig.refused(Command::Run(RunCommand::Log { run, entries: vec![draft.clone()] }));
    assert!(said.contains("who takes over"), "{said}");
    draft.receiver = "Application support".to_owned();
    rig.log(run, draft);
    assert_eq!(rig.sheet(run).entries.last().unwrap().receiver, "Application support");
}

#[test]
fn a_wrong_line_is_put_right_by_a_new_one_and_stays() {
    let mut rig = Rig::new();
    let run = rig.begun();
    let step = rig.step(run, "Patch domain controllers");
    rig.begin(step, "2026-12-11 21:05");
    let old = rig.sheet(run).entries.last().unwrap().id;
    let mut draft = entry(EntryKind::Begin, local("2026-12-11 21:01"), "Patch domain controllers");
    draft.step = Some(step);
    draft.corrects = Some(old);
    rig.log(run, draft.clone());
    let sheet = rig.sheet(run);
    assert_eq!(sheet.step(step).unwrap().begun_at, Some(local("2026-12-11 21:01")));
    assert_eq!(sheet.entry(old).unwrap().at, local("2026-12-11 21:05"), "the old line stays as it is");
    assert!(sheet.correction_of(old).is_some());
    // A line is put right once; then the newer line is the one to put right.
    let said = rig.refused(Command::Run(RunCommand::Log { run, entries: vec![draft] }));
    assert!(said.contains("put right already"), "{said}");
}

#[test]
fn a_correction_moves_no_end_before_its_begin() {
    let mut rig = Rig::new();
    let run = rig.begun();
    let step = rig.step(run, "Patch domain controllers");
    rig.begin(step, "2026-12-11 21:05");
    rig.end(step, "2026-12-11 22:00");
    let old = rig.sheet(run).standing(EntryKind::End).last().unwrap().id;
    let mut draft = entry(EntryKind::End, local("2026-12-11 21:00"), "Patch domain controllers");
    draft.step = Some(step);
    draft.corrects = Some(old);
    let said = rig.refused(Command::Run(RunCommand::Log { run, entries: vec![draft] }));
    assert!(said.contains("cannot end before its begin"), "{said}");
}

#[test]
fn the_end_drafts_a_summary_that_is_accepted_by_name_and_then_locked() {
    let mut rig = Rig::new();
    let run = rig.begun();
    let step = rig.step(run, "Patch workstations");
    rig.begin(step, "2026-12-11 23:00");
    let failed = rig.now_at;
    rig.log(run, entry(EntryKind::Issue, failed, "WS-014 failed"));
    rig.end(step, "2026-12-12 00:30");
    rig.run(Command::Run(RunCommand::End { run, at: rig.now_at }));
    let sheet = rig.sheet(run);
    assert_eq!(sheet.run.stage(), Stage::Ended);
    let text = sheet.run.summary.clone();
    for words in ["13 steps: 1 done, 0 left out, 12 the log says nothing of", "WS-014 failed", "30 min late"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let said = rig.refused(Command::Run(RunCommand::AcceptSummary { run, by: String::new() }));
    assert!(said.contains("who accepts"), "{said}");
    rig.run(Command::Run(RunCommand::AcceptSummary { run, by: "Max Manager".to_owned() }));
    let later = vec![entry(EntryKind::Note, rig.now_at, "One more thing")];
    for command in [
        RunCommand::Summary { run, text: "Everything went well".to_owned() },
        RunCommand::Log { run, entries: later },
        RunCommand::AcceptSummary { run, by: "Ann".to_owned() },
    ] {
        assert!(rig.refused(Command::Run(command)).contains("Max Manager accepted"));
    }
    assert_eq!(rig.sheet(run).run.summary, text);
}

#[test]
fn the_minutes_tell_the_whole_log_in_order_with_what_was_corrected() {
    let mut rig = Rig::new();
    let run = rig.begun();
    let begun_at = rig.now_at;
    rig.log(run, entry(EntryKind::Note, begun_at, "First"));
    rig.now_at += 60;
    let mut draft = entry(EntryKind::Note, begun_at, "First, as it really was");
    draft.corrects = Some(rig.sheet(run).entries.last().unwrap().id);
    rig.log(run, draft);
    let text = summary::minutes(&rig.sheet(run), BERLIN);
    assert!(text.starts_with("Fri 11 Dec 2026"), "{text}");
    assert!(text.contains("08:00 Note: First (Ann, corrected by Ann)"), "{text}");
    assert!(text.contains("corrects 08:00 First"), "{text}");
}

#[test]
fn a_form_changes_of_a_night_only_what_people_decide() {
    let mut rig = Rig::new();
    let run = rig.begun();
    let base = rig.sheet(run).run.clone();
    let row = Run {
        bridge: "+49 30 1234".to_owned(),
        begun_at: None,
        summary: "Forged".to_owned(),
        accepted_by: "Nobody".to_owned(),
        ..base.clone()
    };
    rig.run(Command::Run(RunCommand::Run(Box::new(Edit { base: Some(base.clone()), row: row.clone() }))));
    let now = rig.sheet(run).run.clone();
    assert_eq!(now, Run { bridge: "+49 30 1234".to_owned(), ..base.clone() });
    // A second form that was opened before does not overwrite the first.
    let said = rig.refused(Command::Run(RunCommand::Run(Box::new(Edit { base: Some(base), row }))));
    assert!(said.contains("changed meanwhile"), "{said}");
}

#[test]
fn a_night_under_way_is_ended_and_not_cancelled() {
    let mut rig = Rig::new();
    let run = rig.begun();
    let because = "Too much snow".to_owned();
    let said = rig.refused(Command::Run(RunCommand::Cancel { run, because: because.clone() }));
    assert!(said.contains("under way"), "{said}");
    let other = rig.plan_on("2026-12-18");
    rig.run(Command::Run(RunCommand::Cancel { run: other, because }));
    let said = rig.refused(Command::Run(RunCommand::Begin { run: other, at: rig.now_at }));
    assert!(said.contains("was cancelled"), "{said}");
}
