//! The set of files our own export script writes.

use patchbook::import::{
    Answers, Approval, Control, FileScope, IdSpace, Input, IssueKind, Outcome, QuestionKind, Refused, State,
    SubscriptionKind, read,
};

use super::{inputs, read_fixtures, read_with};

const REPORTED: i64 = 1_712_904_291; // 2024-04-12T06:44:51Z

#[test]
fn the_whole_set_is_one_import_without_a_question() {
    let set = read_fixtures(&["golden"]);
    assert_eq!(set.questions, []);
    assert!(set.is_clear());
    assert!(set.files.iter().all(|file| file.outcome == Outcome::Imported), "{:#?}", set.files);
    assert_eq!((set.computers.len(), set.updates.len(), set.states.len()), (4, 4, 6));
    assert_eq!(set.issues.total(), 0, "{:?}", set.issues);
    let manifest = set.manifest.expect("a manifest");
    assert_eq!(manifest.server, "wsus01.corp.example.com");
    assert_eq!(manifest.scope, FileScope::AllButNotApplicable);
    assert_eq!(manifest.last_sync_at, Some(1_712_887_210));
    assert_eq!(manifest.last_sync_result, "Succeeded");
    assert_eq!(set.subscriptions.iter().filter(|s| s.kind == SubscriptionKind::Product).count(), 2);
    assert_eq!(set.subscriptions.len(), 4);
}

#[test]
fn computers_carry_what_the_script_wrote() {
    let set = read_fixtures(&["golden"]);
    let pc = &set.computers[0];
    assert_eq!(pc.key.0, "id:56db6148-65be-4294-8ad4-a0db86f66fe6");
    assert_eq!((pc.id_space, pc.placeholder), (IdSpace::Wsus, false));
    assert_eq!((pc.fqdn.as_str(), pc.short_name.as_str()), ("ws-acc-014.corp.example.com", "ws-acc-014"));
    assert_eq!(pc.groups, ["All Computers", "Workstations"]);
    assert_eq!((pc.last_status_at, pc.line), (Some(REPORTED), 2));
    let laptop = &set.computers[2];
    assert_eq!(laptop.short_name, "lap-büro-07");
    assert_eq!((laptop.last_status_at, laptop.name_damaged), (None, false));
    let branch = &set.computers[3];
    assert_eq!((branch.ip.as_str(), branch.role.as_str()), ("", ""));
    assert_eq!(branch.parent_server, "branch-wsus.branch.example.com");
}

#[test]
fn updates_and_states_join_by_identifier_and_supersedence_is_kept() {
    let set = read_fixtures(&["golden"]);
    let update = set.updates.iter().find(|u| u.source_id.ends_with("0002")).expect("described");
    assert_eq!((update.kbs.as_slice(), update.revision), (&["5036909".to_owned()][..], Some(200)));
    assert_eq!(update.products, ["Microsoft Server operating system-21H2", "Windows Server 2022"]);
    assert_eq!(update.created_at, Some(1_712_682_000));
    assert_eq!((update.expired, update.declined, update.superseded), (Some(false), Some(false), Some(false)));
    let tool = set.updates.iter().find(|u| u.kbs == ["890830"]).expect("described");
    assert_eq!((tool.expired, tool.severity.as_str()), (Some(true), ""));
    let kb = |index: u32| set.updates[index as usize].kbs[0].as_str();
    let states: Vec<(u32, &str, State, Approval)> =
        set.states.iter().map(|row| (row.computer, kb(row.update), row.state, row.approval)).collect();
    assert_eq!(
        states,
        [
            (0, "5036892", State::NotInstalled, Approval::Install),
            (0, "5035845", State::Installed, Approval::Install),
            (1, "5036909", State::PendingReboot, Approval::Install),
            (1, "890830", State::Failed, Approval::NotApproved),
            (2, "5036892", State::Unknown, Approval::Install),
            (3, "5036892", State::Downloaded, Approval::Install),
        ]
    );
    assert_eq!(set.states[1].installed_at(), Some(1_710_415_205));
    assert_eq!(set.reported_at(&set.states[0]), Some(REPORTED));
    assert_eq!(set.scope_of(&set.states[0]), &FileScope::AllButNotApplicable);
    assert_eq!(
        set.supersedes.iter().map(|e| (kb(e.newer), kb(e.older))).collect::<Vec<_>>(),
        [("5036892", "5035845")]
    );
}

#[test]
fn the_order_of_the_files_does_not_matter() {
    let forward = inputs(&["golden"]);
    let mut backward = forward.clone();
    backward.reverse();
    let (a, b) = (read_with(&forward, &Answers::default()), read_with(&backward, &Answers::default()));
    let named = |set: &patchbook::import::ReadSet| {
        let mut rows: Vec<_> = set
            .states
            .iter()
            .map(|s| {
                (
                    set.computers[s.computer as usize].fqdn.clone(),
                    set.updates[s.update as usize].kbs.clone(),
                    s.state,
                )
            })
            .collect();
        rows.sort();
        rows
    };
    assert_eq!(named(&a), named(&b));
    assert_eq!(b.questions, []);
    assert!(b.computers.iter().all(|pc| !pc.placeholder));
}

#[test]
fn states_alone_keep_placeholders_and_ask_what_they_list() {
    let set = read_fixtures(&["golden/states.csv"]);
    assert_eq!((set.computers.len(), set.updates.len()), (4, 4));
    assert!(
        set.computers.iter().all(|pc| pc.placeholder) && set.updates.iter().all(|update| update.placeholder)
    );
    assert_eq!(set.questions.len(), 1);
    assert_eq!(set.questions[0].kind, QuestionKind::Scope { suggested: FileScope::AllButNotApplicable });
    assert!(set.is_clear(), "a scope may stay open");
    assert_eq!(set.scope_of(&set.states[0]), &FileScope::Unknown);
}

#[test]
fn a_set_that_lost_rows_is_not_believed_about_its_scope() {
    let mut files = inputs(&["golden"]);
    let states = files.iter_mut().find(|f| f.name == "states.csv").expect("states");
    let whole = std::fs::read(super::fixture("golden/states.csv")).expect("readable");
    let cut = whole.len() - 120;
    *states = Input::from_bytes("states.csv", &whole[..cut]);
    let set = read_with(&files, &Answers::default());
    assert_eq!(set.issues.count(IssueKind::CountMismatch), 1, "{:?}", set.issues);
    assert_eq!(set.manifest.as_ref().map(|m| m.scope.clone()), Some(FileScope::Unknown));
    assert_eq!(set.scope_of(&set.states[0]), &FileScope::Unknown);
}

#[test]
fn a_set_without_one_of_its_files_is_not_believed_about_its_scope() {
    let mut files = inputs(&["golden"]);
    files.retain(|file| file.name != "computers.csv");
    let set = read_with(&files, &Answers::default());
    assert_eq!(set.issues.count(IssueKind::CountMismatch), 1);
    assert_eq!(set.scope_of(&set.states[0]), &FileScope::Unknown);
}

#[test]
fn two_manifests_are_two_imports() {
    let mut files = inputs(&["golden"]);
    files.extend(inputs(&["golden/manifest.json"]));
    let refused =
        read(&files, &Answers::default(), &mut |_| Control::Continue).expect_err("their times would mix");
    assert_eq!(refused, Refused::TwoExports);
}

/// The names after a file's name in the script's description of the format.
fn described(script: &str, file: &str) -> Vec<String> {
    let head = script.split("#>").next().unwrap_or_default();
    let at = head.find(&format!("\n  {file} ")).expect("the format names the file") + 3 + file.len();
    let text: Vec<&str> = head[at..]
        .lines()
        .enumerate()
        .map_while(|(n, line)| {
            let more = n == 0
                || (line.starts_with("      ") && line.trim_start().starts_with(|c: char| c.is_uppercase()));
            more.then(|| line.trim())
        })
        .collect();
    text.join(" ").split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

#[test]
fn the_script_describes_and_writes_the_columns_of_the_fixtures() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/scripts/Export-Patchbook.ps1");
    let script = std::fs::read_to_string(path).expect("the script is there");
    let code: String = script.split("#>").nth(1).expect("code").split_whitespace().collect();
    for file in ["computers.csv", "updates.csv", "states.csv", "supersedence.csv"] {
        let header: Vec<String> =
            read_fixtures(&[&format!("golden/{file}")]).files[0].recognised.columns.clone();
        assert_eq!(described(&script, file), header, "{file}");
        let quoted: Vec<String> = header.iter().map(|name| format!("'{name}'")).collect();
        assert!(code.contains(&format!("@({})", quoted.join(","))), "{file}");
    }
    let manifest =
        std::fs::read_to_string(super::fixture("golden/manifest.json")).expect("the manifest is there");
    for key in manifest
        .lines()
        .filter_map(|line| line.trim().strip_prefix('"')?.split_once("\":").map(|(key, _)| key))
    {
        assert!(code.contains(&format!("{key}=")) || code.contains(&format!("'{key}'=")), "{key}");
    }
}

#[test]
fn the_script_says_that_it_is_untried_and_is_safe_for_old_shells() {
    let script = include_str!("../../../assets/scripts/Export-Patchbook.ps1");
    assert!(script.starts_with("<#") && script.contains("NOT YET RUN ON A REAL WSUS SERVER"));
    assert!(script.is_ascii(), "a shell that reads ANSI would spoil anything else");
    for newer in ["??", "?.", "-UseQuotes", "ForEach-Object -Parallel", "&&", "||"] {
        assert!(!script.contains(newer), "{newer} needs a newer shell than 5.1");
    }
}
