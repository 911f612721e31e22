//! Lists of computers: WSUS in its cultures, trimmed selections, and the directory.

use patchbook::import::{Answers, IdSpace, Input, IssueKind, QuestionKind};

use super::{read_fixtures, read_text, read_with};

const US: &str = "wsus/01_Get-WsusComputer_ps51_default_enUS.csv";
const GERMAN: &str = "wsus/02_Get-WsusComputer_deDE_UseCulture_utf8bom.csv";
const BRITISH: &str = "wsus/03_Get-WsusComputer_enGB_NoType_ansi1252.csv";

#[test]
fn the_same_estate_reads_the_same_in_every_culture() {
    let mut texts = Vec::new();
    for name in [US, GERMAN, BRITISH] {
        let mut set = read_fixtures(&[name]);
        assert_eq!(set.questions, [], "{name}");
        for pc in &mut set.computers {
            (pc.line, pc.name_damaged) = (0, false);
            pc.short_name = pc.short_name.replace('?', "ü");
            pc.name = pc.name.replace('?', "ü");
            pc.fqdn = pc.fqdn.replace('?', "ü");
        }
        texts.push(format!("{:#?}", set.computers));
    }
    assert_eq!(texts[0], texts[1]);
    assert_eq!(texts[1], texts[2]);
}

#[test]
fn a_wsus_computer_keeps_its_facts_and_loses_type_names() {
    let set = read_fixtures(&[US]);
    let pc = &set.computers[0];
    assert_eq!(pc.source_id, "56db6148-65be-4294-8ad4-a0db86f66fe6");
    assert_eq!(pc.id_space, IdSpace::Wsus);
    assert_eq!((pc.os.as_str(), pc.client_version.as_str()), ("Windows 10 Pro", "10.0.19041.3636"));
    assert_eq!(pc.groups, ["Workstations"]);
    assert_eq!(pc.last_sync_at, Some(1_712_904_063));
    assert_eq!(pc.last_status_at, Some(1_712_904_291));
    assert_eq!(pc.parent_server, "");
    let never = set.computers.iter().find(|pc| pc.name_damaged).expect("one lost a letter");
    assert_eq!((never.short_name.as_str(), never.last_status_at), ("lap-b?ro-07", None));
    assert_eq!(set.issues.count(IssueKind::DamagedName), 1);
}

#[test]
fn a_nested_value_that_printed_as_a_type_is_remarked_upon() {
    let text = "FullDomainName,IPAddress,LastSyncTime,Groups\n\
                ws-1.corp.local,10.0.0.1,2024-04-12 06:41:03,System.Collections.Specialized.StringCollection\n";
    let set = read_text("a.csv", text);
    assert_eq!(set.computers[0].groups, Vec::<String>::new());
    assert_eq!(set.issues.kept()[0].kind, IssueKind::NestedValueLost);
    assert_eq!(set.issues.kept()[0].column.as_deref(), Some("Groups"));
}

#[test]
fn trimmed_selections_are_recognised() {
    for header in [
        "FullDomainName,IPAddress,OSFamily,OSDescription,ClientVersion,ComputerRole,LastSyncTime,LastReportedStatusTime",
        "FullDomainName,IPAddress,Make,Model,OSArchitecture,ClientVersion,OSDescription,LastReportedStatusTime",
    ] {
        let cells = header.split(',').map(|name| match name {
            "FullDomainName" => "ws-1.corp.local",
            "IPAddress" => "10.0.0.1",
            "ComputerRole" => "Server",
            name if name.ends_with("Time") => "2024-04-12 06:41:03",
            _ => "x",
        });
        let set = read_text("a.csv", &format!("{header}\n{}\n", cells.collect::<Vec<_>>().join(",")));
        assert_eq!(set.files[0].recognised.kind.name(), "list of WSUS computers");
        assert_eq!(set.computers[0].last_status_at, Some(1_712_904_063));
        assert_eq!(set.computers[0].key.0, "name:ws-1.corp.local");
    }
}

#[test]
fn the_none_address_is_no_address() {
    let set =
        read_text("a.csv", "FullDomainName,IPAddress,LastSyncTime\nws-1,255.255.255.255,\nws-2,fe80::1,\n");
    assert_eq!((set.computers[0].ip.as_str(), set.computers[1].ip.as_str()), ("", "fe80::1"));
}

#[test]
fn the_directory_gives_both_names_the_unit_and_the_account() {
    let set = read_fixtures(&["wsus/22_Get-ADComputer_ps51.csv"]);
    assert_eq!(set.computers.len(), 3);
    let pc = &set.computers[0];
    assert_eq!((pc.short_name.as_str(), pc.fqdn.as_str()), ("ws-acc-014", "ws-acc-014.corp.example.com"));
    assert_eq!(pc.id_space, IdSpace::Directory);
    assert_eq!(pc.source_id, "828306a3-8ccd-410e-9537-e6616662c0b0");
    assert_eq!(pc.key.0, "ad:828306a3-8ccd-410e-9537-e6616662c0b0");
    assert_eq!(pc.sid, "S-1-5-21-41432690-3719764436-1984117282-1130");
    assert_eq!(pc.enabled, Some(true));
    assert_eq!(pc.distinguished_name, "CN=WS-ACC-014,OU=Workstations,DC=corp,DC=example,DC=com");
    let old = &set.computers[2];
    assert_eq!((old.short_name.as_str(), old.fqdn.as_str(), old.enabled), ("old-pc-3", "", Some(false)));
}

#[test]
fn extra_directory_properties_are_kept() {
    let text = "\"DistinguishedName\",\"DNSHostName\",\"Enabled\",\"Name\",\"OperatingSystem\",\"OperatingSystemVersion\",\"LastLogonDate\",\"IPv4Address\",\"Description\",\"Location\",\"ManagedBy\"\r\n\
                \"CN=WS-1,DC=corp\",,\"True\",\"WS-1\",\"Windows 11 Pro\",\"10.0 (22631)\",\"12.04.2024 06:41:03\",\"10.0.0.1\",\"Front desk\",\"Bonn\",\"CN=Eva,DC=corp\"\r\n";
    let set = read_text("ad.csv", text);
    let pc = &set.computers[0];
    assert_eq!((pc.os.as_str(), pc.os_version.as_str()), ("Windows 11 Pro", "10.0 (22631)"));
    assert_eq!((pc.description.as_str(), pc.location.as_str()), ("Front desk", "Bonn"));
    assert_eq!(pc.managed_by, "CN=Eva,DC=corp");
    assert_eq!(pc.last_logon_at, Some(1_712_904_063));
    assert_eq!((pc.last_sync_at, pc.last_status_at), (None, None));
}

#[test]
fn the_order_of_day_and_month_is_asked_once_when_no_value_shows_it() {
    let text = "FullDomainName,LastSyncTime\nws-1,04/03/2024\nws-2,05/03/2024\n";
    let inputs = [Input::from_bytes("a.csv", text)];
    let set = read_with(&inputs, &Answers::default());
    let asked = &set.questions[0];
    let QuestionKind::DateOrder { column, samples } = &asked.kind else { panic!("{asked:?}") };
    assert_eq!((column.as_str(), samples.len()), ("LastSyncTime", 2));
    assert_eq!(set.computers[0].last_sync_at, None);
    for (order, at) in [
        (patchbook::import::date::DateOrder::DayFirst, 1_709_510_400),
        (patchbook::import::date::DateOrder::MonthFirst, 1_712_102_400),
    ] {
        let mut answers = Answers::default();
        answers.profile_mut(&asked.fingerprint).date_order = Some(order);
        let set = read_with(&inputs, &answers);
        assert!(set.is_clear());
        assert_eq!(set.computers[0].last_sync_at, Some(at));
    }
}

#[test]
fn a_date_that_the_answered_order_makes_impossible_is_named() {
    let inputs =
        [Input::from_bytes("a.csv", "FullDomainName,LastSyncTime\nws-1,27/02/2024\nws-2,02/27/2024\n")];
    let set = read_with(&inputs, &Answers::default());
    assert_eq!(set.questions[0].kind.name(), "date-order");
    let mut answers = Answers::default();
    answers.for_all.date_order = Some(patchbook::import::date::DateOrder::DayFirst);
    let set = read_with(&inputs, &answers);
    assert_eq!(set.computers.iter().filter(|pc| pc.last_sync_at.is_some()).count(), 1);
    assert_eq!((set.issues.kept()[0].kind, set.issues.kept()[0].line), (IssueKind::BadDate, 3));
    assert_eq!(set.files[0].issues, 1);
}

#[test]
fn no_date_is_later_than_its_file() {
    let mut input = Input::from_bytes("a.csv", "FullDomainName,LastSyncTime\nws-1,04/03/2024 10:00:00\n");
    input.modified_at = Some(1_709_553_600); // 4 March 2024
    let set = read_with(&[input], &Answers::default());
    assert_eq!(set.questions, []);
    assert_eq!(set.computers[0].last_sync_at, Some(1_709_546_400));
}

#[test]
fn a_source_that_prints_local_time_is_moved_by_its_offset() {
    let inputs = [Input::from_bytes("a.csv", "FullDomainName,LastSyncTime\nws-1,2024-04-12 08:41:03\n")];
    let mut answers = Answers::default();
    answers.for_all.zone_offset_minutes = Some(120);
    assert_eq!(read_with(&inputs, &answers).computers[0].last_sync_at, Some(1_712_904_063));
}

#[test]
fn a_bad_date_is_named_by_line_and_column_and_the_row_is_kept() {
    let set = read_text("a.csv", "FullDomainName,LastSyncTime\nws-1,yesterday\nws-2,2024-02-30\n");
    assert_eq!((set.computers.len(), set.issues.count(IssueKind::BadDate)), (2, 2));
    let issue = &set.issues.kept()[0];
    assert_eq!((issue.line, issue.column.as_deref()), (2, Some("LastSyncTime")));
}

#[test]
fn a_database_view_of_computers_is_read_past_its_rule_of_dashes() {
    let text = "ComputerTargetId                     ,Name           ,IPAddress,LastSyncTime           ,LastReportedStatusTime\r\n\
                -------------------------------------,---------------,---------,-----------------------,----------------------\r\n\
                56DB6148-65BE-4294-8AD4-A0DB86F66FE6 ,ws-1.corp.local,10.0.0.1 ,2024-04-12 06:41:03.117,NULL                  \r\n\
                \r\n(1 rows affected)\r\n";
    let set = read_text("sqlcmd.csv", text);
    assert_eq!((set.computers.len(), set.files[0].rows, set.files[0].skipped), (1, 1, 0));
    assert_eq!(set.computers[0].key.0, "id:56db6148-65be-4294-8ad4-a0db86f66fe6");
    assert_eq!((set.computers[0].last_sync_at, set.computers[0].last_status_at), (Some(1_712_904_063), None));
}

#[test]
fn an_appended_export_repeats_its_header_and_that_is_no_row() {
    let text = "FullDomainName,LastSyncTime\nws-1,2024-04-12 06:41:03\nFullDomainName,LastSyncTime\nws-2,2024-04-12 06:41:03\n";
    let set = read_text("a.csv", text);
    assert_eq!((set.computers.len(), set.files[0].rows), (2, 2));
}

#[test]
fn a_separator_line_of_excel_names_the_delimiter() {
    let set = read_text(
        "a.csv",
        "sep=;\r\nFullDomainName;IPAddress;LastSyncTime\r\nws-1;10.0.0.1;12.04.2024 06:41:03\r\n",
    );
    assert_eq!(set.files[0].recognised.delimiter, Some(';'));
    assert_eq!(set.computers[0].last_sync_at, Some(1_712_904_063));
}

#[test]
fn a_header_below_a_preamble_is_found() {
    let text = "Report of WSUS01\r\nwritten 12.04.2024\r\n\r\nFullDomainName,IPAddress,LastSyncTime\r\nws-1,10.0.0.1,2024-04-12\r\n";
    let set = read_text("a.csv", text);
    assert_eq!((set.files[0].recognised.header_row, set.computers.len()), (Some(2), 1));
    assert_eq!(set.computers[0].line, 5);
}
