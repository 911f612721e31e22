//! A cycle from its template to its close.

use patchbook::domain::calendar::closure::{ClosureEffect, ClosureKind};
use patchbook::domain::command::{CycleCommand, Edit};
use patchbook::domain::compliance::outcome::Period;
use patchbook::domain::cycle::generate::{self, is_patching};
use patchbook::domain::cycle::measure::kept;
use patchbook::domain::cycle::progress::{PhaseState, current, progress, settled};
use patchbook::domain::cycle::template::StepKey;
use patchbook::domain::cycle::{CycleKind, CycleStep, Phase};
use patchbook::domain::role::{Assignment, AssignmentId, Hat, Part, Role, RoleId};
use proptest::prelude::*;

use super::desk::{Desk, at, fields, on};

#[test]
fn december_follows_figure_4_around_the_eighth() {
    let mut desk = Desk::new("Europe/Berlin");
    assert_eq!(desk.begin("2026-12").unwrap(), "Begin cycle 2026-12");
    assert_eq!(desk.cycle().anchor_at, at("2026-12-08 18:00"));
    for (part, when) in [
        ("Tell the committee", "Mon 30 Nov 09:00"),
        ("business approval", "Fri 4 Dec 17:00"),
        ("Change-management meeting", "Mon 7 Dec 10:00"),
        ("vendor releases", "Tue 8 Dec 19:00"),
        ("Evaluate", "Tue 8 Dec 21:00"),
        ("Watch the test systems", "Wed 9 Dec 16:00"),
        ("weekend schedule", "Thu 10 Dec 14:00"),
        ("Cut-off", "Fri 11 Dec 12:00"),
        ("Patch servers and workstations", "Fri 11 Dec 21:00"),
        ("missed on the first night", "Sat 12 Dec 21:00"),
        ("patching is complete", "Sun 13 Dec 18:00"),
        ("Import the patch states", "Mon 14 Dec 09:00"),
        ("exceptions and failures", "Sat 19 Dec 20:00"),
        ("Review", "Wed 23 Dec 14:00"),
    ] {
        assert_eq!(desk.local(part), when, "{part}");
    }
    assert_eq!(desk.cycle().cutoff_at, Some(at("2026-12-11 11:00")));
}

#[test]
fn east_of_the_date_line_the_release_is_a_wednesday_and_the_night_still_a_friday() {
    let mut desk = Desk::new("Pacific/Auckland");
    desk.begin("2026-12").unwrap();
    for (part, when) in [
        ("Tell the committee", "Mon 30 Nov 09:00"),
        ("Change-management meeting", "Mon 7 Dec 10:00"),
        ("vendor releases", "Wed 9 Dec 07:00"),
        ("weekend schedule", "Thu 10 Dec 14:00"),
        ("Cut-off", "Fri 11 Dec 12:00"),
        ("Patch servers and workstations", "Fri 11 Dec 21:00"),
        ("exceptions and failures", "Sat 19 Dec 20:00"),
    ] {
        assert_eq!(desk.local(part), when, "{part}");
    }
}

#[test]
fn a_month_begins_once_and_again_after_it_was_given_up() {
    let mut desk = Desk::new("Europe/Berlin");
    desk.begin("2026-12").unwrap();
    assert!(desk.begin("2026-12").unwrap_err().to_string().contains("already begun"));
    let cycle = desk.cycle().id;
    let empty = desk.cycle_command(CycleCommand::Cancel { cycle, because: " ".to_owned() }).unwrap_err();
    assert_eq!(fields(&empty), ["because"]);
    desk.cycle_command(CycleCommand::Cancel { cycle, because: "Wrong template".to_owned() }).unwrap();
    assert!(desk.begin("2026-12").is_ok());
    assert!(desk.begin("December").unwrap_err().to_string().contains("2026-12"));
}

#[test]
fn a_freeze_moves_the_night_and_its_cut_off_and_the_first_date_stays_visible() {
    let mut desk = Desk::new("Europe/Berlin");
    desk.closure(ClosureKind::Freeze, ClosureEffect::Earlier, "2026-12-11", "2027-01-03").unwrap();
    desk.begin("2026-12").unwrap();
    let night = desk.step("Patch servers and workstations");
    assert_eq!(desk.local("Patch servers and workstations"), "Thu 10 Dec 21:00");
    assert_eq!(
        (night.planned_at, night.shifted_because.as_str()),
        (at("2026-12-11 20:00"), "shifted by freeze Year end")
    );
    assert_eq!(desk.local("Cut-off"), "Thu 10 Dec 12:00");
    // Nobody is away: the meeting and the review stay where they are.
    assert_eq!(desk.local("Review"), "Wed 23 Dec 14:00");
    assert!(desk.step("Review").shifted_because.is_empty());
}

#[test]
fn nobody_patches_before_the_release_whatever_a_freeze_says() {
    let mut desk = Desk::new("Europe/Berlin");
    desk.closure(ClosureKind::Freeze, ClosureEffect::Earlier, "2026-12-07", "2026-12-20").unwrap();
    desk.begin("2026-12").unwrap();
    assert_eq!(desk.local("Patch servers and workstations"), "Mon 21 Dec 21:00");
    assert_eq!(desk.local("vendor releases"), "Tue 8 Dec 19:00");
}

#[test]
fn a_holiday_that_only_warns_moves_nothing() {
    let mut desk = Desk::new("Europe/Berlin");
    desk.closure(ClosureKind::Holiday, ClosureEffect::Warn, "2026-12-12", "2026-12-12").unwrap();
    let draft = generate::month(&desk.book, desk.template(CycleKind::Monthly), "2026-12").unwrap();
    let night = draft.steps.iter().find(|step| step.row.title.contains("missed on the first")).unwrap();
    assert_eq!(night.warnings, ["holiday Year end on Sat 12 Dec 2026"]);
    assert_eq!(night.row.due_at, night.row.planned_at);
}

#[test]
fn other_vendors_within_the_maintenance_period_are_listed() {
    let desk = Desk::new("Europe/Berlin");
    let draft = generate::month(&desk.book, desk.template(CycleKind::Monthly), "2026-12").unwrap();
    let names: Vec<String> = draft.others.iter().map(|release| release.vendor.clone()).collect();
    assert!(names.contains(&"Oracle".to_owned()) && names.contains(&"Cisco".to_owned()), "{names:?}");
    assert!(!draft.others.iter().any(|release| release.title.contains("preview")), "none in December");
    let (from_at, until_at) = draft.period();
    assert_eq!((from_at, until_at), (at("2026-12-08 18:00"), at("2026-12-19 19:00")));
    assert!(draft.others.iter().all(|release| (from_at..until_at).contains(&release.at.unwrap())));
}

#[test]
fn steps_name_who_holds_the_role_on_their_day_and_who_stands_in() {
    let mut desk = Desk::new("Europe/Berlin");
    let (old, new, deputy) = (desk.person("Old Hand"), desk.person("New Hand"), desk.person("Stand In"));
    let role = RoleId(99);
    desk.book.roles.put(Role {
        id: role,
        code: "PA".to_owned(),
        name: "Patching Administrator".to_owned(),
        responsibility: String::new(),
        job_title: String::new(),
        hat: Hat::Does,
        position: 1,
        ended_at: None,
    });
    for (id, person, part, from, until) in [
        (1, old, Part::Holder, "2026-01-01", Some("2026-12-11")),
        (2, new, Part::Holder, "2026-12-12", None),
        (3, deputy, Part::Deputy, "2026-01-01", None),
    ] {
        desk.book.assignments.put(Assignment {
            id: AssignmentId(id),
            role,
            person,
            part,
            from_on: on(from),
            until_on: until.map(on),
            reason: String::new(),
        });
    }
    let mut template = desk.template(CycleKind::Monthly).clone();
    for step in &mut template.steps {
        step.role = Some(role);
    }
    let draft = generate::month(&desk.book, &template, "2026-12").unwrap();
    let of = |part: &str| draft.steps.iter().find(|step| step.row.title.contains(part)).unwrap().row.clone();
    assert_eq!(of("Patch servers and workstations").person, Some(old));
    assert_eq!(of("missed on the first night").person, Some(new));
    assert_eq!(of("missed on the first night").deputy, Some(deputy));
}

#[test]
fn the_light_follows_what_was_done_and_what_is_due() {
    let mut desk = Desk::new("Europe/Berlin");
    desk.begin("2026-12").unwrap();
    let lit = |desk: &Desk, text: &str| progress(&desk.book, desk.cycle(), at(text)).lit;
    assert_eq!(lit(&desk, "2026-11-22 12:00"), Some(Phase::Plan));
    assert_eq!(current(&desk.book, at("2026-11-22 12:00")).map(|c| c.id), Some(desk.cycle().id));
    desk.now = at("2026-12-09 18:00");
    for part in
        ["Tell the committee", "Open the change", "business approval", "Change-management", "vendor releases"]
    {
        let due = desk.step(part).due_at;
        desk.done(part, due).unwrap();
    }
    assert_eq!(lit(&desk, "2026-12-08 18:30"), Some(Phase::Assess));
    desk.done("Evaluate", at("2026-12-08 19:30")).unwrap();
    assert_eq!(lit(&desk, "2026-12-08 20:00"), Some(Phase::Test));
    let seen = progress(&desk.book, desk.cycle(), at("2026-12-09 18:00"));
    assert_eq!(seen.late.len(), 2, "both test steps came due and are open");
    let test = seen.phases.iter().find(|phase| phase.phase == Phase::Test).unwrap();
    assert_eq!((test.state, test.late, test.settled, test.steps), (PhaseState::Under, 2, 0, 2));
    assert!(seen.next.unwrap().title.contains("weekend schedule"));
    assert_eq!(seen.next_in_secs, Some(at("2026-12-10 13:00") - at("2026-12-09 18:00")));
    assert_eq!(lit(&desk, "2026-12-12 01:00"), Some(Phase::Deploy));
}

#[test]
fn the_cut_off_of_a_cycle_follows_its_step() {
    let mut desk = Desk::new("Europe/Berlin");
    desk.begin("2026-12").unwrap();
    assert_eq!(desk.cycle().cutoff_at, Some(at("2026-12-11 11:00")));
    let base = desk.step("Cut-off");
    let row = CycleStep {
        due_at: at("2026-12-10 11:00"),
        shifted_because: "Short week".to_owned(),
        ..base.clone()
    };
    desk.cycle_command(CycleCommand::Step(Box::new(Edit { base: Some(base), row }))).unwrap();
    assert_eq!(desk.cycle().cutoff_at, Some(at("2026-12-10 11:00")));
}

#[test]
fn a_step_moves_with_a_reason_and_never_across_what_it_depends_on() {
    let mut desk = Desk::new("Europe/Berlin");
    desk.begin("2026-12").unwrap();
    let mut change = |part: &str, due: &str, because: &str| {
        let base = desk.step(part);
        let row = CycleStep { due_at: at(due), shifted_because: because.to_owned(), ..base.clone() };
        desk.cycle_command(CycleCommand::Step(Box::new(Edit { base: Some(base), row })))
    };
    assert_eq!(fields(&change("Review", "2026-12-22 13:00", "").unwrap_err()), ["shifted_because"]);
    assert_eq!(fields(&change("Cut-off", "2026-12-12 11:00", "late").unwrap_err()), ["due_at"]);
    assert_eq!(fields(&change("Patch servers and", "2026-12-11 09:00", "early").unwrap_err()), ["due_at"]);
    assert_eq!(
        fields(&change("exceptions and failures", "2026-12-12 19:00", "early").unwrap_err()),
        ["due_at"]
    );
    assert_eq!(fields(&change("Review", "2027-02-22 13:00", "much later").unwrap_err()), ["due_at"]);
    assert!(change("Review", "2026-12-22 13:00", "Room taken").is_ok());
}

#[test]
fn a_stale_form_is_refused_and_what_was_done_is_not_written_by_it() {
    let mut desk = Desk::new("Europe/Berlin");
    desk.begin("2026-12").unwrap();
    let read = desk.step("Tell the committee");
    let edit = |note: &str| {
        let row = CycleStep {
            note: note.to_owned(),
            done_at: Some(1),
            done_by: "forged".to_owned(),
            ..read.clone()
        };
        CycleCommand::Step(Box::new(Edit { base: Some(read.clone()), row }))
    };
    desk.cycle_command(edit("first")).unwrap();
    assert!(desk.step("Tell the committee").done_at.is_none(), "done is said with its own command");
    assert!(desk.cycle_command(edit("second")).unwrap_err().to_string().contains("changed meanwhile"));
}

#[test]
fn a_step_is_not_done_tomorrow_nor_by_nobody_nor_twice() {
    let mut desk = Desk::new("Europe/Berlin");
    desk.begin("2026-12").unwrap();
    let (step, now) = (desk.step("Tell the committee").id, desk.now);
    let wrong = CycleCommand::StepDone { step, at: now + 60, by: String::new() };
    assert_eq!(fields(&desk.cycle_command(wrong).unwrap_err()), ["by", "at"]);
    desk.done("Tell the committee", now).unwrap();
    assert_eq!(desk.step("Tell the committee").recorded_at, Some(now));
    assert!(desk.done("Tell the committee", now).unwrap_err().to_string().contains("already settled"));
    desk.cycle_command(CycleCommand::StepReopen(step)).unwrap();
    let skip = |because: &str| CycleCommand::StepSkip { step, because: because.to_owned() };
    assert_eq!(fields(&desk.cycle_command(skip("")).unwrap_err()), ["because"]);
    desk.cycle_command(skip("Nobody to tell")).unwrap();
    assert!(settled(&desk.step("Tell the committee")));
}

#[test]
fn a_cycle_closes_when_every_step_is_settled_and_then_rests() {
    let mut desk = Desk::new("Europe/Berlin");
    desk.begin("2026-12").unwrap();
    let cycle = desk.cycle().id;
    desk.now = at("2026-12-23 15:00");
    let close = || CycleCommand::Close { cycle, by: "Ann".to_owned() };
    assert!(desk.cycle_command(close()).unwrap_err().to_string().contains("Still open: Tell the committee"));
    let titles: Vec<String> = desk.book.cycle_steps.rows().iter().map(|step| step.title.clone()).collect();
    for title in &titles {
        let due = desk.step(title).due_at.min(desk.now);
        desk.done(title, due).unwrap();
    }
    desk.cycle_command(close()).unwrap();
    assert!(desk.done("Review", desk.now).unwrap_err().to_string().contains("is over"));
    let year = Period { from_at: at("2026-01-01 00:00"), to_at: at("2027-01-01 00:00") };
    let found = kept(&desk.book, year, at("2026-12-24 00:00"));
    assert_eq!((found.cycles_due, found.cycles_on_time), (1, 1));
    assert_eq!((found.milestones_due, found.milestones_on_time), (12, 12));
    assert_eq!(kept(&desk.book, year, at("2026-12-01 00:00")).milestones_due, 1, "only what fell due counts");
}

#[test]
fn a_milestone_moved_by_hand_is_measured_by_its_first_date_and_a_skipped_one_is_not_on_time() {
    let mut desk = Desk::new("Europe/Berlin");
    desk.begin("2026-12").unwrap();
    let base = desk.step("Tell the committee");
    let row =
        CycleStep { due_at: at("2026-12-02 09:00"), shifted_because: "Busy".to_owned(), ..base.clone() };
    desk.cycle_command(CycleCommand::Step(Box::new(Edit { base: Some(base), row }))).unwrap();
    desk.now = at("2026-12-05 12:00");
    desk.done("Tell the committee", at("2026-12-02 08:00")).unwrap();
    let step = desk.step("business approval").id;
    desk.cycle_command(CycleCommand::StepSkip { step, because: "No changes".to_owned() }).unwrap();
    let year = Period { from_at: at("2026-01-01 00:00"), to_at: at("2027-01-01 00:00") };
    let found = kept(&desk.book, year, desk.now);
    assert_eq!((found.milestones_due, found.milestones_on_time), (2, 0));
    assert_eq!((found.milestones_moved, found.milestones_skipped), (1, 1));
}

#[test]
fn a_campaign_counts_from_its_own_day() {
    let mut desk = Desk::new("Europe/Berlin");
    let template = desk.template(CycleKind::CatchUp).id;
    let month = desk.template(CycleKind::Monthly).id;
    let begin = |template, name: &str, reason: &str| CycleCommand::BeginCampaign {
        template,
        name: name.to_owned(),
        anchor_at: at("2026-12-01 08:00"),
        updates: Vec::new(),
        reason: reason.to_owned(),
    };
    assert!(
        desk.cycle_command(begin(month, "Catch-up", "old")).unwrap_err().to_string().contains("another kind")
    );
    assert_eq!(fields(&desk.cycle_command(begin(template, "", "")).unwrap_err()), ["name", "reason"]);
    desk.cycle_command(begin(template, "Catch-up 2026", "First import showed old ones")).unwrap();
    assert_eq!(desk.local("First catch-up night"), "Sat 12 Dec 20:00");
    assert!(desk.cycle_command(begin(template, "catch-UP 2026", "again")).is_err());
}

proptest! {
    #[test]
    fn whatever_is_closed_patching_follows_the_release_and_the_cut_off_comes_first(
        first in 0..60_i64, length in 0..40_i64, earlier in any::<bool>(), holiday in any::<bool>(),
        second in 0..60_i64, month in 1..=12_u32, place in 0..4_usize,
    ) {
        let zone = ["Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata"][place];
        let mut desk = Desk::new(zone);
        let start = chrono::NaiveDate::from_ymd_opt(2027, month, 1).unwrap() - chrono::Days::new(15);
        let days = |n: i64| (start + chrono::TimeDelta::days(n)).to_string();
        let kind = if holiday { ClosureKind::Holiday } else { ClosureKind::Freeze };
        let (one, other) = if earlier { (ClosureEffect::Earlier, ClosureEffect::Later) } else { (ClosureEffect::Later, ClosureEffect::Earlier) };
        desk.closure(kind, one, &days(first), &days(first + length)).unwrap();
        desk.closure(ClosureKind::Freeze, other, &days(second), &days(second + 3)).unwrap();
        desk.begin(&format!("2027-{month:02}")).unwrap();
        let cycle = desk.cycle().clone();
        let mut first_night = i64::MAX;
        for step in desk.book.cycle_steps.rows() {
            prop_assert_eq!(step.due_at != step.planned_at, !step.shifted_because.is_empty(), "{}", step.title);
            if step.planned_at >= cycle.anchor_at {
                prop_assert!(step.due_at >= cycle.anchor_at - 86_400, "{} before the release", step.title);
            }
            if is_patching(step) {
                prop_assert!(step.due_at > cycle.anchor_at);
                first_night = first_night.min(step.due_at);
            }
            if step.key == Some(StepKey::Release) {
                prop_assert_eq!(step.due_at, cycle.anchor_at);
            }
        }
        prop_assert!(cycle.cutoff_at.unwrap() <= first_night, "cut-off {} after {first_night}", cycle.cutoff_at.unwrap());
    }
}
