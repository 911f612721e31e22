//! Script-made tables of states: header variants, vocabularies, scopes.

use patchbook::import::{
    Answers, Approval, FileScope, IdSpace, Input, IssueKind, Outcome, QuestionKind, State,
};

use super::{read_fixtures, read_text, read_with};

/// One line per state: short name, KB number, state.
fn rows(set: &patchbook::import::ReadSet) -> Vec<(String, String, State)> {
    set.states
        .iter()
        .map(|row| {
            let update = &set.updates[row.update as usize];
            let kb = update.kbs.first().cloned().unwrap_or_default();
            (set.computers[row.computer as usize].short_name.clone(), kb, row.state)
        })
        .collect()
}

fn row(host: &str, kb: &str, state: State) -> (String, String, State) {
    (host.to_owned(), kb.to_owned(), state)
}

#[test]
fn the_poshwsus_view_is_read_with_groups_and_approvals() {
    let set = read_fixtures(&["wsus/07_PoshWSUS_UpdatePerClient_select.csv"]);
    assert_eq!(
        rows(&set),
        [
            row("ws-acc-014", "5036892", State::NotInstalled),
            row("ws-acc-014", "5035845", State::Installed),
            row("ws-acc-014", "890830", State::NotApplicable),
            row("srv-file01", "5036909", State::PendingReboot),
            row("srv-file01", "890830", State::Failed),
            row("lap-b?ro-07", "5036892", State::Unknown),
            row("ws-acc-014", "5036892", State::Downloaded),
            row("ws-acc-014", "5035845", State::NotInstalled),
        ]
    );
    assert_eq!(set.states[2].approval, Approval::NotApproved);
    assert_eq!(set.computers[0].groups, ["Workstations"]);
    // The full name and the bare one stay two identities: only the plan may join them.
    assert_eq!(set.computers.len(), 4);
    assert_eq!(
        (set.computers[3].key.0.as_str(), set.computers[3].id_space),
        ("name:ws-acc-014", IdSpace::None)
    );
    assert!(set.computers[2].name_damaged);
    assert_eq!(set.issues.count(IssueKind::DamagedName), 1);
    assert_eq!(set.updates[0].key.0, format!("kb:5036892|{}", set.updates[0].title));
}

#[test]
fn raw_identifiers_join_with_computers_in_any_order() {
    let names = [
        "wsus/06_UpdateInstallationInfo_raw_guids_ps51.csv",
        "wsus/01_Get-WsusComputer_ps51_default_enUS.csv",
    ];
    for names in [names, [names[1], names[0]]] {
        let set = read_fixtures(&names);
        assert_eq!((set.computers.len(), set.states.len()), (4, 8));
        assert!(set.computers.iter().all(|pc| !pc.placeholder), "{:#?}", set.computers);
        assert!(set.updates.iter().all(|update| update.placeholder && update.source_id.len() == 36));
        let pc = set
            .states
            .iter()
            .map(|s| &set.computers[s.computer as usize].short_name)
            .filter(|n| *n == "srv-file01");
        assert_eq!(pc.count(), 2);
    }
}

#[test]
fn sqlcmd_rules_and_trailers_are_no_rows_and_its_digits_are_states() {
    let set = read_fixtures(&["wsus/12_sqlcmd_vUpdateInstallationInfo_W_s_comma.csv"]);
    let file = &set.files[0];
    assert_eq!((file.rows, file.skipped), (8, 0));
    assert_eq!(rows(&set)[0], row("ws-acc-014", "5036892", State::NotInstalled));
    assert_eq!(set.states[0].reported_at(), Some(1_712_904_291));
    let never = set.states.iter().find(|s| s.state == State::Unknown).expect("one never reported");
    assert_eq!(set.reported_at(never), None);
    assert_eq!(set.computers.iter().filter(|pc| pc.short_name == "lap-büro-07").count(), 1);
}

#[test]
fn a_file_about_one_update_takes_its_number_from_the_name_or_asks() {
    let bytes = std::fs::read(super::fixture("wsus/17_ComputerDetail_jaJP_cp932_translated_states.csv"))
        .expect("there");
    let named = Input::from_bytes("ComputerDetail-WSUS01-KB5036892-2024-04-12.csv", bytes.clone());
    let set = read_with(&[named], &Answers::default());
    assert_eq!(
        rows(&set),
        [
            row("ws-acc-014", "5036892", State::NotInstalled),
            row("srv-file01", "5036892", State::PendingReboot)
        ]
    );
    assert_eq!(set.files[0].scope, FileScope::OneUpdate("5036892".to_owned()));
    assert_eq!(set.computers[0].groups, ["すべてのコンピューター", "Workstations"]);
    assert_eq!(set.states[0].reported_at(), Some(1_712_904_291));

    let unnamed = [Input::from_bytes("detail.csv", bytes)];
    let set = read_with(&unnamed, &Answers::default());
    assert_eq!(set.questions[0].kind, QuestionKind::UpdateOfFile { name: "detail.csv".to_owned() });
    assert_eq!((set.files[0].outcome.clone(), set.states.len()), (Outcome::Waiting, 0));
    let mut answers = Answers::default();
    answers.update_of_file.insert("detail.csv".to_owned(), "KB5036892".to_owned());
    let set = read_with(&unnamed, &answers);
    assert_eq!((set.states.len(), set.is_clear()), (2, true));
}

#[test]
fn exclamation_marks_divide_cells_after_a_line_about_the_host() {
    let text = "ws-1!OsVersion=10.0.19045!Model=OptiPlex!\r\n\
                Device!Status!FixNumber!InstallDate!Title!ChangeTicket\r\n\
                ws-1!I!KB5036892!2024-04-10!2024-04 \"Cumulative\" Update (KB5036892)!CHG1\r\n\
                ws-1!NA!KB890830!!Malicious Software Removal Tool!\r\n\
                ws-1!*!KB5035845!!2024-03 Cumulative Update (KB5035845)!\r\n";
    let set = read_text("detail.txt", text);
    assert_eq!(set.files[0].recognised.delimiter, Some('!'));
    assert_eq!(
        rows(&set),
        [row("ws-1", "5036892", State::Installed), row("ws-1", "890830", State::NotApplicable)]
    );
    assert_eq!(set.states[0].installed_at(), Some(1_712_707_200));
    let asked = set.questions.iter().find(|q| q.kind.name() == "state-word").expect("the star is unknown");
    assert_eq!(asked.kind, QuestionKind::StateWord { word: "*".to_owned(), count: 1, line: 5 });
    assert_eq!((set.files[0].outcome.clone(), set.files[0].skipped), (Outcome::Waiting, 1));

    let mut answers = Answers::default();
    let fingerprint = set.files[0].fingerprint.clone();
    answers.profile_mut(&fingerprint).state_words.insert("*".to_owned(), Some(State::NotInstalled));
    let set = read_with(&[Input::from_bytes("detail.txt", text)], &answers);
    assert_eq!((set.states.len(), set.is_clear()), (3, true));
}

#[test]
fn spanish_states_are_known_and_a_merged_state_stays_merged() {
    let text = "Equipo;KB;Nombre KB;Criticidad;Estado\r\n\
                pc-1;KB5036892;Actualización acumulativa;Crítica;Pendiente de reinicio\r\n\
                pc-2;KB5036892;Actualización acumulativa;Crítica;Error\r\n\
                pc-3;KB5036892;Actualización acumulativa;Crítica;Instalado / No aplicable\r\n\
                pc-4;KB5036892;Actualización acumulativa;Crítica;No Instalado\r\n\
                pc-5;KB5036892;Actualización acumulativa;Crítica;Necesario\r\n";
    let set = read_text("wsus.csv", text);
    let states: Vec<State> = set.states.iter().map(|row| row.state).collect();
    assert_eq!(
        states,
        [
            State::PendingReboot,
            State::Failed,
            State::InstalledOrNotApplicable,
            State::NotInstalled,
            State::NotInstalled
        ]
    );
    assert_eq!(set.updates.len(), 1);
    assert_eq!(set.updates[0].severity, "Crítica");
}

#[test]
fn the_columns_of_poshwsusreporting_are_read_by_name() {
    let text = "UpdateInstallationState,Title,UpdateID,FullDomainName,UpdateClassificationTitle,UpdateApprovalAction,KnowledgebaseArticles,HasSupersededUpdates,IsSuperseded,SecurityBulletins\r\n\
                Failed,Some update,b7d8f9a0-3a5e-4b52-9c0a-4f1a4a4a0001,WS-1.Corp.Example.com,Security Updates,Install,{3160005},True,False,\r\n";
    let set = read_text("report.csv", text);
    assert_eq!(rows(&set), [row("ws-1", "3160005", State::Failed)]);
    assert_eq!(set.updates[0].key.0, "id:b7d8f9a0-3a5e-4b52-9c0a-4f1a4a4a0001");
    assert_eq!(set.updates[0].classification, "Security Updates");
    assert_eq!(set.computers[0].fqdn, "ws-1.corp.example.com");
}

#[test]
fn a_list_of_failures_asks_what_its_rows_mean() {
    let text = "Server,Computer,IPAddress,LastContact,KB\r\n\
                wsus01:8530,ws-1.corp.example.com,10.0.0.1,2024-04-12 06:44:51,5036892\r\n";
    let set = read_text("failed.csv", text);
    assert_eq!(set.questions[0].kind, QuestionKind::StateOfFile { suggested: Some(State::Failed) });
    assert_eq!(set.states.len(), 0);
    let mut answers = Answers::default();
    answers.profile_mut(&set.files[0].fingerprint).every_state = Some(State::Failed);
    let set = read_with(&[Input::from_bytes("failed.csv", text)], &answers);
    assert_eq!(rows(&set), [row("ws-1", "5036892", State::Failed)]);
    assert_eq!(set.computers[0].ip, "10.0.0.1");
}

#[test]
fn every_word_of_the_vocabulary_is_understood() {
    let cases: [(&str, State); 34] = [
        ("Unknown", State::Unknown),
        ("No Status", State::Unknown),
        ("NoStatus", State::Unknown),
        ("不明", State::Unknown),
        ("NotApplicable", State::NotApplicable),
        ("not applicable", State::NotApplicable),
        ("NA", State::NotApplicable),
        ("適用なし", State::NotApplicable),
        ("No aplicable", State::NotApplicable),
        ("NotInstalled", State::NotInstalled),
        ("Not Installed", State::NotInstalled),
        ("Needed", State::NotInstalled),
        ("Required", State::NotInstalled),
        ("Missing", State::NotInstalled),
        ("インストールされていません", State::NotInstalled),
        ("No Instalado", State::NotInstalled),
        ("Downloaded", State::Downloaded),
        ("ダウンロード済み", State::Downloaded),
        ("Installed", State::Installed),
        ("I", State::Installed),
        ("インストール済み", State::Installed),
        ("Failed", State::Failed),
        ("Error", State::Failed),
        ("失敗", State::Failed),
        ("InstalledPendingReboot", State::PendingReboot),
        ("Requires Reboot", State::PendingReboot),
        ("Reboot Required", State::PendingReboot),
        ("Pending Reboot", State::PendingReboot),
        ("再起動の保留中", State::PendingReboot),
        ("Pendiente de reinicio", State::PendingReboot),
        ("Instalado / No aplicable", State::InstalledOrNotApplicable),
        ("Installed/Not Applicable", State::InstalledOrNotApplicable),
        ("4", State::Installed),
        ("6", State::PendingReboot),
    ];
    for (word, expected) in cases {
        let set = read_text("a.csv", &format!("Computer,KB,State\nws-1,5036892,{word}\n"));
        assert_eq!(set.states.first().map(|row| row.state), Some(expected), "{word}");
    }
}

#[test]
fn digits_are_states_only_in_columns_that_hold_the_plain_enumeration() {
    let set = read_text("a.csv", "Computer,KB,Status\nws-1,5036892,2\n");
    assert_eq!(set.questions[0].kind, QuestionKind::StateWord { word: "2".to_owned(), count: 1, line: 2 });
    let set = read_text("a.csv", "Computer,KB,SummarizationState\nws-1,5036892,2\n");
    assert_eq!(set.states[0].state, State::NotInstalled);
}

#[test]
fn digits_of_the_flags_enumeration_are_never_guessed() {
    let set = read_text("a.csv", "Computer,KB,State\nws-1,5036892,2\nws-2,5036892,32\n");
    assert!(matches!(&set.files[0].outcome, Outcome::Unreadable { sentence } if sentence.contains("flags")));
    assert_eq!(set.states.len(), 0);
}

#[test]
fn the_same_pair_twice_counts_once_and_a_contradiction_is_said() {
    let text = "Computer,KB,State\nws-1,5036892,Installed\nws-1,5036892,Installed\nWS-1,KB5036892,Failed\n";
    let set = read_text("a.csv", text);
    assert_eq!((set.states.len(), set.repeated), (2, 1));
    assert_eq!(set.issues.count(IssueKind::Contradiction), 1);
    assert_eq!(set.issues.kept()[0].line, 4);
}

#[test]
fn states_of_one_pair_at_two_times_are_history_and_no_contradiction() {
    let text = "Computer,KB,State,LastReportedStatusTime\n\
                ws-1,5036892,Installed,2024-04-19 06:00:00\n\
                ws-1,5036892,NotInstalled,2024-04-12 06:00:00\n\
                ws-1,5036892,Installed,2024-04-26 06:00:00\n";
    let set = read_text("weekly.csv", text);
    let states: Vec<State> = set.states.iter().map(|row| row.state).collect();
    assert_eq!(states, [State::NotInstalled, State::Installed, State::Installed]);
    assert_eq!((set.issues.total(), set.repeated), (0, 0));
}

#[test]
fn a_bare_name_beside_a_kb_number_is_asked_about() {
    let set = read_text("a.csv", "Name;KB;Status\n2024-04 Cumulative Update;5036892;Installed\n");
    assert_eq!(set.questions[0].kind.name(), "mapping");
    assert_eq!(set.states.len(), 0);
}

#[test]
fn a_description_beside_an_update_is_not_the_computers() {
    let set =
        read_text("a.csv", "Computer,KB,Title,Description,State\nws-1,5036892,x,Fixes things,Installed\n");
    assert_eq!(set.computers[0].description, "");
}

#[test]
fn a_group_name_keeps_its_comma_where_the_column_holds_one_group() {
    let set = read_text(
        "a.csv",
        "Computername,TargetGroup,UpdateKB,State\nws-1,\"Servers, Berlin\",5036892,Installed\n",
    );
    assert_eq!(set.computers[0].groups, ["Servers, Berlin"]);
}

#[test]
fn a_mapping_of_ones_own_wins_over_a_name_for_the_file() {
    let text = "Computer,HotFixID,InstalledOn,Verdict\nws-1,KB5036892,2024-04-10,Installed\n";
    let inputs = [Input::from_bytes("a.csv", text)];
    let set = read_with(&inputs, &Answers::default());
    assert!(matches!(set.files[0].outcome, Outcome::NotImported { .. }));
    let mut mapping = patchbook::import::Mapping::guess(&set.files[0].recognised.columns);
    mapping.set(patchbook::import::Role::State, "Verdict");
    let mut answers = Answers::default();
    answers.profile_mut(&set.files[0].fingerprint).mapping = Some(mapping);
    let set = read_with(&inputs, &answers);
    assert_eq!(rows(&set), [row("ws-1", "5036892", State::Installed)]);
    assert_eq!(set.states[0].installed_at(), Some(1_712_707_200));
}

#[test]
fn a_scope_answered_once_is_remembered_by_the_header() {
    let text = "Computer,KB,State\nws-1,5036892,Failed\n";
    let set = read_text("a.csv", text);
    let asked = &set.questions[0];
    assert_eq!(asked.kind, QuestionKind::Scope { suggested: FileScope::NeededOnly });
    let mut answers = Answers::default();
    answers.profile_mut(&asked.fingerprint).scope = Some(FileScope::NeededOnly);
    let shuffled = "State,KB,Computer\nInstalled,5036909,ws-2\n";
    let set = read_with(&[Input::from_bytes("b.csv", shuffled)], &answers);
    assert_eq!(set.questions, []);
    assert_eq!(set.files[0].scope, FileScope::NeededOnly);
}

#[test]
fn answers_survive_being_written_down() {
    let mut answers = Answers::default();
    let profile = answers.profile_mut("0123456789abcdef");
    profile.state_words.insert("*".to_owned(), None);
    profile.scope = Some(FileScope::OneUpdate("5036892".to_owned()));
    profile.zone_offset_minutes = Some(120);
    let mut mapping = patchbook::import::Mapping::default();
    mapping.set(patchbook::import::Role::Host, "Rechner");
    profile.mapping = Some(mapping);
    let text = serde_json::to_string(&answers).expect("serialisable");
    assert_eq!(serde_json::from_str::<Answers>(&text).expect("readable"), answers);
    assert!(text.contains("\"host\":\"Rechner\""), "{text}");
}

#[test]
fn a_table_nobody_knows_asks_which_column_means_what() {
    let text = "Rechner;Artikel;Lage\nws-1;5036892;Installed\nws-2;5036892;Failed\n";
    let inputs = [Input::from_bytes("liste.csv", text)];
    let set = read_with(&inputs, &Answers::default());
    let QuestionKind::Mapping { header, samples, guess } = &set.questions[0].kind else {
        panic!("{:?}", set.questions)
    };
    assert_eq!((header.len(), samples.len()), (3, 2));
    assert_eq!(&set.files[0].samples, samples);
    let mut mapping = guess.clone();
    mapping.set(patchbook::import::Role::Host, "Rechner");
    mapping.set(patchbook::import::Role::Kb, "Artikel");
    mapping.set(patchbook::import::Role::State, "Lage");
    let mut answers = Answers::default();
    answers.profile_mut(&set.questions[0].fingerprint).mapping = Some(mapping);
    let set = read_with(&inputs, &answers);
    assert_eq!(rows(&set), [row("ws-1", "5036892", State::Installed), row("ws-2", "5036892", State::Failed)]);
}
