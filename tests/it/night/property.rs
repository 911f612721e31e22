//! Whatever is done in whatever order: a night's log only grows, its times stay in order, what was accepted stays.

use patchbook::domain::command::{Command, RunCommand};
use patchbook::domain::run::RunStepId;
use patchbook::domain::run::entry::{EntryKind, RunEntry};
use patchbook::domain::run::sheet::Stage;
use proptest::prelude::*;

use super::rig::{Rig, entry};

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn no_sequence_of_commands_changes_a_line_or_turns_time_round(
        steps in prop::collection::vec((0..9_u8, 0..13_usize, -4000..4000_i64), 1..60),
    ) {
        let mut rig = Rig::new();
        let run = rig.planned();
        let ids: Vec<RunStepId> = rig.sheet(run).steps.iter().map(|step| step.id).collect();
        let mut known: Vec<RunEntry> = Vec::new();
        let mut accepted: Option<String> = None;
        for (what, which, shift) in steps {
            rig.now_at += 600;
            let (step, at) = (ids[which], rig.now_at + shift);
            let command = match what {
                0 => RunCommand::Begin { run, at },
                1 | 2 => RunCommand::BeginStep { step, at },
                3 | 4 => RunCommand::EndStep { step, at },
                5 => RunCommand::SkipStep { step, because: "No need".to_owned() },
                6 => {
                    let mut draft = entry(if shift > 0 { EntryKind::Begin } else { EntryKind::End }, at, "Told");
                    draft.step = Some(step);
                    draft.corrects = known.get(which).map(|entry| entry.id);
                    RunCommand::Log { run, entries: vec![draft] }
                }
                7 => RunCommand::End { run, at },
                _ => RunCommand::AcceptSummary { run, by: "Max".to_owned() },
            };
            let answer = rig.try_run(Command::Run(command));
            let sheet = rig.sheet(run);
            for old in &known {
                prop_assert_eq!(sheet.entry(old.id), Some(old), "a line of the log never changes");
            }
            if answer.is_ok() && what != 8 {
                prop_assert!(sheet.entries.len() > known.len(), "what is done is told");
            }
            for step in &sheet.steps {
                if let Some(ended_at) = step.ended_at {
                    prop_assert!(step.begun_at.is_some_and(|begun_at| begun_at <= ended_at));
                    prop_assert!(!step.is_skipped());
                }
                prop_assert!(step.begun_at.is_none_or(|at| at <= rig.now_at));
            }
            if let Some(ended_at) = sheet.run.ended_at {
                prop_assert!(sheet.run.begun_at.is_some_and(|begun_at| begun_at <= ended_at));
            }
            if sheet.run.stage() == Stage::Accepted {
                let text = accepted.get_or_insert_with(|| sheet.run.summary.clone());
                prop_assert_eq!(&*text, &sheet.run.summary);
            }
            known = sheet.entries.iter().map(|entry| (*entry).clone()).collect();
        }
    }
}
