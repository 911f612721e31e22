//! Pairs and reports: what a file says, what its silence says, and what an older file may not say.

use patchbook::app::paper;
use patchbook::domain::batch::Scope;
use patchbook::domain::compliance::machine::Segment;
use patchbook::domain::pair::State;
use patchbook::import::FileScope;
use patchbook::import::plan::Verdict;

use super::rig::{
    Rig, computers_csv, day, entry, export, export_of, machine, named_csv, patch, states_csv, updates_csv,
};

#[test]
fn the_same_export_twice_is_nothing_new() {
    let mut rig = Rig::new();
    let files =
        export(day(1), &[machine(1, "ws-1", day(1))], &[patch(1, "5000001")], &[(1, 1, "NotInstalled")]);
    let first = rig.at(day(1)).import(&files);
    assert_eq!(first.states.new, 1);
    let head = rig.engine.book().head;
    let again = rig.at(day(9)).import(&files);
    assert!(again.is_nothing_new(), "{:?}", again.rows);
    assert!(again.already.is_some());
    assert_eq!(again.summary(), "nothing new");
    assert_eq!(rig.engine.book().head, head, "nothing is written");
    assert_eq!(rig.engine.book().batches.len(), 1);
}

#[test]
fn the_same_list_of_guids_twice_is_nothing_new() {
    let mut rig = Rig::new();
    rig.scope(FileScope::AllButNotApplicable);
    let files = vec![states_csv(&[(1, 1, "NotInstalled"), (2, 1, "Installed")])];
    assert_eq!(rig.at(day(1)).import(&files).states.unresolved, 2);
    let again = rig.at(day(2)).import(&files);
    assert!(again.is_nothing_new(), "{:?}", again.rows);
}

#[test]
fn the_same_file_without_times_a_month_later_is_nothing_new_and_no_fresh_report() {
    let mut rig = Rig::new();
    rig.scope(FileScope::AllButNotApplicable);
    let files = named_csv(
        "states.csv",
        &[("ws-1.corp.example", "5000001", "Security update (KB5000001)", "NotInstalled")],
    );
    rig.at(day(1)).import(&files);
    let again = rig.at(day(31)).import(&files);
    assert!(again.is_nothing_new(), "{:?}", again.rows);
    assert_eq!(rig.reports("WS-1"), [day(1)]);
}

#[test]
fn an_import_is_one_step_of_undo_and_can_be_imported_again_after_it() {
    let mut rig = Rig::new();
    let files =
        export(day(1), &[machine(1, "ws-1", day(1))], &[patch(1, "5000001")], &[(1, 1, "NotInstalled")]);
    rig.at(day(1)).import(&files);
    rig.engine.undo().unwrap();
    assert!(rig.names().is_empty());
    assert!(rig.engine.book().updates.is_empty());
    assert!(rig.engine.book().live_batches().is_empty());
    let again = rig.import(&files);
    assert_eq!((again.already, again.states.new), (None, 1));
    assert_eq!(rig.state("WS-1", "5000001"), Some(State::NotInstalled));
    assert_eq!(rig.engine.book().live_batches().len(), 1);
}

#[test]
fn an_older_export_is_history_and_overwrites_nothing() {
    let mut rig = Rig::new();
    let patches = [patch(1, "5000001")];
    let newer = export(day(20), &[machine(1, "ws-1", day(20))], &patches, &[(1, 1, "Installed")]);
    let older = export(day(10), &[machine(1, "ws-1", day(10))], &patches, &[(1, 1, "Failed")]);
    rig.at(day(20)).import(&newer);
    let late = rig.at(day(21)).import(&older);
    assert_eq!((late.states.older, late.states.changed), (1, 0));
    assert!(late.warnings.iter().any(|w| w.contains("overwrite nothing")), "{:?}", late.warnings);
    assert_eq!(rig.state("WS-1", "5000001"), Some(State::Installed));
    assert_eq!(rig.state_at("WS-1", "5000001", day(15)), Some(State::Failed));
    assert_eq!(
        rig.state_at("WS-1", "5000001", day(20)),
        Some(State::Installed),
        "resumes at the newer report"
    );
    assert_eq!(rig.reports("WS-1"), [day(10), day(20)]);
}

#[test]
fn an_older_list_under_no_scope_overwrites_nothing_either() {
    let mut rig = Rig::new();
    let list = |at: i64, word: &str| {
        let row = format!(
            "Computer,UpdateKB,State,LastReportedStatusTime\nws-1,5000001,{word},{}\n",
            patchbook::util::clock::iso(at)
        );
        vec![("list.csv".to_owned(), row)]
    };
    rig.at(day(20)).import(&list(day(20), "Installed"));
    let late = rig.at(day(21)).import(&list(day(10), "Failed"));
    assert_eq!(late.scope, Scope::SomeUpdates);
    assert_eq!((late.states.older, late.states.changed), (1, 0));
    assert_eq!(rig.state("WS-1", "5000001"), Some(State::Installed));
    assert_eq!(rig.state_at("WS-1", "5000001", day(15)), Some(State::Failed));
}

#[test]
fn what_an_older_export_carried_on_is_put_back_at_each_newer_report() {
    let mut rig = Rig::new();
    let patches = [patch(1, "5000001")];
    let of = |number: i64, word: &'static str| {
        export(day(number), &[machine(1, "ws-1", day(number))], &patches, &[(1, 1, word)])
    };
    // Recorded in the order 40, 10, 30, 20; the report of day 30 says nothing that was not known, so nothing was kept of it.
    for (number, word) in [(40, "NotInstalled"), (10, "Installed"), (30, "Installed"), (20, "Failed")] {
        rig.at(day(50)).import(&of(number, word));
    }
    let at = |number: i64| rig.state_at("WS-1", "5000001", day(number));
    assert_eq!(at(10), Some(State::Installed));
    assert_eq!(at(20), Some(State::Failed));
    assert_eq!(at(30), Some(State::Installed));
    assert_eq!(at(40), Some(State::NotInstalled));
}

#[test]
fn states_by_guid_count_as_soon_as_files_name_their_computers_and_updates() {
    let machines = [machine(1, "ws-1", day(1))];
    let states = vec![states_csv(&[(1, 1, "NotInstalled")])];
    let computers = vec![computers_csv(&machines)];
    let updates = vec![updates_csv(&[patch(1, "5000001")])];
    let orders: [[&[(String, String)]; 3]; 4] = [
        [&states, &computers, &updates],
        [&states, &updates, &computers],
        [&computers, &states, &updates],
        [&updates, &states, &computers],
    ];
    for (number, order) in orders.into_iter().enumerate() {
        let mut rig = Rig::new();
        rig.scope(FileScope::AllButNotApplicable);
        for files in order {
            let plan = rig.at(day(2)).import(files);
            if plan.states.unresolved > 0 {
                assert!(plan.warnings.iter().any(|w| w.contains("GUID")), "{:?}", plan.warnings);
            }
        }
        assert_eq!(rig.state("WS-1", "5000001"), Some(State::NotInstalled), "order {number}");
        let figures = paper::figures(rig.engine.book(), day(3));
        assert_eq!(figures.in_scope(), 1);
        assert_eq!(figures.in_segment(Segment::Unknown), 0, "order {number}");
    }
}

#[test]
fn a_pair_that_vanishes_does_not_apply_any_more_only_where_the_scope_says_so() {
    for (scope, wanted) in [
        ("all_but_not_applicable", State::NotApplicable),
        ("all", State::NotInstalled),
        ("needed_only", State::NotInstalled),
        ("", State::NotInstalled),
    ] {
        let mut rig = Rig::new();
        let patches = [patch(1, "5000001"), patch(2, "5000002")];
        let set = |number: i64, states: &[(u32, u32, &str)]| {
            export_of(day(number), &[machine(1, "ws-1", day(number))], &patches, states, scope, &[])
        };
        rig.at(day(1)).import(&set(1, &[(1, 1, "NotInstalled"), (1, 2, "NotInstalled")]));
        let plan = rig.at(day(8)).import(&set(8, &[(1, 2, "NotInstalled")]));
        assert_eq!(rig.state("WS-1", "5000001"), Some(wanted), "{scope}");
        assert_eq!(plan.states.vanished, u64::from(wanted == State::NotApplicable), "{scope}");
        assert_eq!(rig.state("WS-1", "5000002"), Some(State::NotInstalled), "{scope}");
    }
}

#[test]
fn a_computer_that_lists_nothing_in_a_complete_set_still_reported() {
    let mut rig = Rig::new();
    let machines = |number| [machine(1, "ws-1", day(number)), machine(2, "ws-2", day(number))];
    let patches = [patch(1, "5000001")];
    rig.at(day(1)).import(&export(
        day(1),
        &machines(1),
        &patches,
        &[(1, 1, "NotInstalled"), (2, 1, "Installed")],
    ));
    rig.at(day(8)).import(&export(day(8), &machines(8), &patches, &[(2, 1, "Installed")]));
    assert_eq!(rig.reports("WS-1"), [day(1), day(8)]);
    assert_eq!(rig.state("WS-1", "5000001"), Some(State::NotApplicable));
    assert_eq!(rig.state("WS-2", "5000001"), Some(State::Installed));
    // Even a set that lists no state at all.
    rig.at(day(15)).import(&export(day(15), &machines(15), &patches, &[]));
    assert_eq!(rig.reports("WS-2"), [day(1), day(8), day(15)]);
    assert_eq!(rig.state("WS-2", "5000001"), Some(State::NotApplicable));
}

#[test]
fn a_late_needed_only_list_is_not_closed_by_a_newer_one_that_proves_nothing() {
    let mut rig = Rig::new();
    let patches = [patch(1, "5000001"), patch(2, "5000002")];
    let set = |number: i64, states: &[(u32, u32, &str)]| {
        export_of(day(number), &[machine(1, "ws-1", day(number))], &patches, states, "needed_only", &[])
    };
    rig.at(day(20)).import(&set(20, &[(1, 2, "NotInstalled")]));
    rig.at(day(21)).import(&set(10, &[(1, 1, "NotInstalled")]));
    assert_eq!(rig.state("WS-1", "5000001"), Some(State::NotInstalled));
}

#[test]
fn a_file_without_report_times_warns_and_takes_the_time_of_the_import() {
    let mut rig = Rig::new();
    rig.scope(FileScope::AllButNotApplicable);
    let files =
        named_csv("states.csv", &[("ws-1", "5000001", "Security update (KB5000001)", "NotInstalled")]);
    let plan = rig.at(day(3)).import(&files);
    assert!(plan.warnings.iter().any(|w| w.contains("do not say when")), "{:?}", plan.warnings);
    assert_eq!(rig.reports("WS-1"), [day(3)]);
}

#[test]
fn a_file_without_report_times_takes_those_of_the_list_of_computers() {
    let list = computers_csv(&[machine(1, "ws-1", day(2))]);
    let states = named_csv(
        "states.csv",
        &[("ws-1.corp.example", "5000001", "Security update (KB5000001)", "NotInstalled")],
    );
    // Beside it in one import, and imported before it.
    for together in [true, false] {
        let mut rig = Rig::new();
        rig.scope(FileScope::AllButNotApplicable).at(day(3));
        let plan = if together {
            let mut files = states.clone();
            files.push(list.clone());
            rig.import(&files)
        } else {
            rig.import(std::slice::from_ref(&list));
            rig.import(&states)
        };
        assert!(!plan.warnings.iter().any(|w| w.contains("do not say when")), "{:?}", plan.warnings);
        assert_eq!(rig.names(), ["WS-1"], "together: {together}");
        assert_eq!(plan.states.left_out, 0);
        assert_eq!(rig.state("WS-1", "5000001"), Some(State::NotInstalled), "together: {together}");
        assert_eq!(rig.reports("WS-1"), [day(2)], "together: {together}");
    }
}

#[test]
fn a_computer_that_never_reported_gives_no_states_and_stays_unknown() {
    let mut never = machine(2, "ws-2", day(1));
    never.status_at = None;
    for machines in [vec![machine(1, "ws-1", day(1)), never.clone()], vec![never]] {
        let mut rig = Rig::new();
        let states = [(2, 1, "NotInstalled")];
        let plan = rig.at(day(1)).import(&export(day(1), &machines, &[patch(1, "5000001")], &states));
        assert_eq!((plan.states.never_reported, plan.states.written()), (1, 0));
        assert_eq!(rig.state("WS-2", "5000001"), None);
        assert!(rig.reports("WS-2").is_empty());
        assert!(paper::figures(rig.engine.book(), day(2)).in_segment(Segment::Unknown) >= 1);
    }
}

#[test]
fn states_of_a_computer_that_is_left_out_are_counted_as_left_out() {
    let mut rig = Rig::new();
    let machines = [machine(1, "ws-1", day(1)), machine(2, "ws-2", day(1))];
    let states = [(1, 1, "NotInstalled"), (2, 1, "NotInstalled")];
    rig.choices.leave_out.insert(format!("id:{}", super::rig::guid(2)));
    let plan = rig.at(day(1)).import(&export(day(1), &machines, &[patch(1, "5000001")], &states));
    assert_eq!((plan.states.left_out, plan.states.new), (1, 1));
    assert!(matches!(entry(&plan, "ws-2.corp.example").verdict, Verdict::LeftOut(_)));
    assert_eq!(rig.names(), ["WS-1"]);
}
