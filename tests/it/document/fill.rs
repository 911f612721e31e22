//! What the names of documents say, by hand: each value written down here from the rules, not from the code that fills it.

mod every;
mod promise;

use std::sync::Arc;

use patchbook::domain::book::Book;
use patchbook::domain::calendar::closure::{Closure, ClosureEffect, ClosureId, ClosureKind};
use patchbook::domain::calendar::release::Day;
use patchbook::domain::calendar::window::{MaintenanceWindow, Recurs, WindowId};
use patchbook::domain::document::fill::{Chosen, Fill};
use patchbook::domain::document::kind::Kind;
use patchbook::domain::document::name::{self, Nature, WhenEmpty};
use patchbook::domain::document::shipped;
use patchbook::domain::document::value::Value;
use patchbook::domain::practice::Practice;
use patchbook::domain::role::Part;

use crate::compliance::maker::{Maker, at};
use crate::people::{NOW, day, shop};

/// What a name says; empty where there is nothing.
fn said(book: &Book, now: i64, kind: Kind, name: &str) -> String {
    let policy = shipped::template("policy").expect("the policy");
    let value = Fill::new(book, now, policy).value(kind, name);
    value.unwrap_or_else(|fault| panic!("{fault}")).map(|value| value.text()).unwrap_or_default()
}

/// The rows of a table below its head.
fn rows(book: &Book, now: i64, name: &str) -> Vec<String> {
    said(book, now, Kind::Table, name).lines().skip(1).map(str::to_owned).collect()
}

fn practice(book: &mut Book, change: impl FnOnce(&mut Practice)) {
    change(Arc::make_mut(&mut book.practice));
}

#[test]
fn the_catalogue_says_type_bearing_and_emptiness_of_every_line_of_the_list() {
    let text = include_str!("../../../assets/documents/NAMES.txt");
    let lines: Vec<Vec<&str>> = text
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| line.split(" | ").map(str::trim).collect())
        .collect();
    assert_eq!(lines.len(), name::all().len());
    for (fields, known) in lines.iter().zip(name::all()) {
        assert_eq!((fields[0], fields[1]), (known.name, known.kind.word()));
        let nature = match fields[2] {
            "S" => Nature::Setting,
            "F" => Nature::Fact,
            "L" => Nature::Living,
            other => panic!("{}: {other}", fields[0]),
        };
        assert_eq!(known.nature, nature, "{}", known.name);
        match known.empty {
            WhenEmpty::Error => assert_eq!(fields[3], "error", "{}", known.name),
            WhenEmpty::Never => assert_eq!(fields[3], "never", "{}", known.name),
            WhenEmpty::Instead(words) => assert_eq!(fields[3].trim_matches('"'), words),
        }
    }
}

#[test]
fn the_shop_says_how_it_counts() {
    let mut shop = shop();
    let mut row = (*shop.book.shop).clone();
    row.name = "Harbour Clinic".to_owned();
    shop.book.shop = Arc::new(row);
    for (kind, name, words) in [
        (Kind::Text, "shop.name", "Harbour Clinic"),
        (Kind::Text, "shop.zone", "UTC"),
        (Kind::Text, "definitions", "definitions 1"),
        (Kind::Number, "assets.registered", "0"),
        (Kind::Number, "freshness.server-days", "14"),
        (Kind::Number, "freshness.other-days", "30"),
        (Kind::Number, "freshness.release-days", "5"),
        (Kind::List, "servicing.notice-days", "365, 180, 90"),
        (
            Kind::List,
            "covered-classes",
            "Security updates, Critical updates, Update rollups, Service packs, Minimum versions, Not classified",
        ),
        (Kind::Number, "backlog.open", "0"),
    ] {
        assert_eq!(said(&shop.book, NOW, kind, name), words, "{name}");
    }
}

#[test]
fn practice_is_stated_as_it_is_enforced() {
    let mut shop = shop();
    for (kind, name, words) in [
        (Kind::Number, "practice.quiet-days", "7"),
        (Kind::Number, "practice.review-days", "5"),
        (Kind::Number, "practice.quorum", "3"),
        (Kind::Number, "practice.desktops-per-night", "100"),
        (Kind::Flag, "practice.severe-waivers", "no"),
        (Kind::Flag, "practice.cyber-essentials", "no"),
        (Kind::Flag, "practice.hats", "no"),
        (Kind::Number, "waiver.expiring-days", "30"),
        (Kind::List, "waiver.notice-days", "30, 14, 7, 1"),
        (Kind::Number, "emergency.approve-within-hours", "48"),
    ] {
        assert_eq!(said(&shop.book, NOW, kind, name), words, "{name}");
    }
    practice(&mut shop.book, |practice| (practice.quorum, practice.hats) = (1_204, true));
    assert_eq!(said(&shop.book, NOW, Kind::Number, "practice.quorum"), "1\u{202f}204");
    assert_eq!(said(&shop.book, NOW, Kind::Flag, "practice.hats"), "yes");
}

#[test]
fn waiver_caps_say_what_a_renewal_takes_and_that_severe_is_not_waived() {
    let mut shop = shop();
    assert_eq!(
        rows(&shop.book, NOW, "waiver-caps"),
        [
            "Severe |  |  | not waived",
            "High | 60 | 1, with the committee | Business owner and Information security officer",
            "Medium | 90 | 1 | Business owner",
            "Low | 180 | 1 | System owner",
        ]
    );
    practice(&mut shop.book, |practice| practice.severe_waivers = true);
    assert_eq!(
        rows(&shop.book, NOW, "waiver-caps")[0],
        "Severe | 30 | 0; more only with a new control | Executive and Information security officer"
    );
}

#[test]
fn the_deadlines_of_the_policy_are_the_rules_of_the_register() {
    let shop = shop();
    let table = rows(&shop.book, NOW, "deadlines");
    assert_eq!(table.len(), 12);
    assert_eq!(table, rows(&shop.book, NOW, "deadlines-in-force"), "nothing waits");
    for line in [
        "Severe | Server | Internet-facing | 48 hours | release | Default table",
        "Severe | Workstation | any | 3 days | release | Default table",
        "High | Server | any | 14 days | release | Default table",
        "Low | Server | any | 90 days | release | Default table",
    ] {
        assert!(table.iter().any(|row| row == line), "{line}: {table:#?}");
    }
    let ranks: Vec<&str> = table.iter().filter_map(|row| row.split(' ').next()).collect();
    let ordered = [["Severe"; 3], ["High"; 3], ["Medium"; 3], ["Low"; 3]].concat();
    assert_eq!(ranks, ordered);
    assert_eq!(said(&shop.book, NOW, Kind::Flag, "has.rule-sets"), "no");
    assert_eq!(said(&shop.book, NOW, Kind::Flag, "has.pending-rules"), "no");
    assert_eq!(said(&shop.book, NOW, Kind::List, "sets-without-waivers"), "");
}

#[test]
fn without_a_rule_set_the_steps_of_the_month_say_how_soon_to_identify_and_report() {
    let shop = shop();
    let table = rows(&shop.book, NOW, "identify-and-report");
    assert!(table[0].ends_with("| step of the cycle: Evaluate each update: does it concern us"), "{table:?}");
    assert!(table[0].contains("| 2 hours after | day 0 of the cycle |"), "{table:?}");
    assert_eq!(table.len(), 2, "{table:?}");
}

#[test]
fn roles_and_their_holders_are_those_of_the_register() {
    let mut shop = shop();
    assert_eq!(said(&shop.book, NOW, Kind::Role, "role.iso"), "Information security officer");
    assert_eq!(said(&shop.book, NOW, Kind::Role, "role.zz"), "");
    assert_eq!(said(&shop.book, NOW, Kind::Person, "holder.pc"), "");
    let (ines, tomasz) = (shop.ines, shop.tomasz);
    shop.assign("PC", ines, Part::Holder, "2026-11-01");
    shop.assign("PC", tomasz, Part::Deputy, "2026-11-01");
    assert_eq!(said(&shop.book, NOW, Kind::Person, "holder.pc"), "Ines Hartmann");
    let table = rows(&shop.book, NOW, "roles");
    assert_eq!(table.len(), 9);
    let pc: Vec<&str> = table[0].split(" | ").collect();
    assert_eq!(pc[0], "Patching coordinator (PC)");
    assert_eq!(pc[3..], ["Ines Hartmann, since Sun 1 Nov 2026", "Tomasz Lis"]);
    let before = said(&shop.book, NOW - 30 * 86_400, Kind::Person, "holder.pc");
    assert_eq!(before, "", "nobody held it on 24 October");
}

#[test]
fn the_matrix_has_an_activity_a_line_and_a_role_a_column() {
    let shop = shop();
    let text = said(&shop.book, NOW, Kind::Table, "matrix");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 25);
    assert!(lines[0].starts_with("Activity | PC | PA | SS | AS | QA | SM | AU | BA | ISO"), "{}", lines[0]);
    assert!(lines[8].starts_with(
        "Authorise the change and its maintenance window | C | C | I | C | C | I | I | A/R | C"
    ));
}

#[test]
fn the_separations_are_the_six_that_are_checked_in_every_change() {
    let shop = shop();
    let text = said(&shop.book, NOW, Kind::Bullets, "separations");
    assert_eq!(text.lines().count(), 6);
    assert_eq!(text.lines().next(), Some("Approver is the requester"));
    assert!(!text.contains("should be apart"), "{text}");
}

#[test]
fn the_agenda_of_the_committee_has_its_twelve_points_in_order() {
    let shop = shop();
    let text = said(&shop.book, NOW, Kind::Bullets, "agenda-topics");
    let topics: Vec<&str> = text.lines().collect();
    assert_eq!(topics.len(), 12);
    assert_eq!(topics[0], "Who is here, quorum, apologies");
    assert_eq!(topics[5], "Waivers: new, expiring, expired");
    assert_eq!(topics[11], "Anything else, and thanks to the teams");
}

#[test]
fn change_records_demand_before_each_move_what_the_form_demands() {
    let shop = shop();
    assert_eq!(
        rows(&shop.book, NOW, "change-states")[1],
        "Normal | Draft, Submitted, Approved, Scheduled, In progress, Implemented, Monitoring, In review, Closed"
    );
    let table = rows(&shop.book, NOW, "change-demands");
    let row = |name: &str| {
        let found = table.iter().find(|row| row.starts_with(&format!("{name} |")));
        found.unwrap_or_else(|| panic!("{name}: {table:#?}")).clone()
    };
    assert_eq!(row("Title"), "Title | before scheduling | before submitting | before declaring");
    assert_eq!(row("Back-out plan"), "Back-out plan | from the template | before submitting | ");
    let material = said(&shop.book, NOW, Kind::List, "change.material-fields");
    assert!(material.contains("Back-out plan") && !material.contains("Title"), "{material}");
}

#[test]
fn what_is_vital_is_tested_rigorously_whatever_the_rank() {
    let shop = shop();
    let table = rows(&shop.book, NOW, "test-depths");
    for line in [
        "Server | 1 vital | Severe, High, Medium, Low | Rigorous, with the data | 5",
        "Server | 2 high | Severe, High | Rigorous, with the data | 5",
        "Server | 2 high | Medium, Low | The everyday functions | 3",
        "Workstation | 4 low | Severe, High, Medium, Low | One or two key functions | 1",
    ] {
        assert!(table.iter().any(|row| row == line), "{line}: {table:#?}");
    }
}

#[test]
fn an_emergency_has_its_fifteen_steps_in_hours() {
    let shop = shop();
    let table = rows(&shop.book, NOW, "emergency-steps");
    assert_eq!(table.len(), 15);
    assert!(table[0].starts_with("1 hour after | Assess | Tell the committee"), "{}", table[0]);
    assert_eq!(
        table[14],
        "120 hours after | Review | Hold the review: lessons, actions, figures (milestone) | Minutes"
    );
}

#[test]
fn the_month_has_its_steps_with_the_days_they_fall_on() {
    let shop = shop();
    let table = rows(&shop.book, NOW, "cycle-steps");
    assert_eq!(
        table[0],
        "Plan | Tell the committee of the coming release (milestone) | first Monday from D\u{2212}9, 09:00 | \
         Patching coordinator | Committee notice"
    );
    assert_eq!(table[4], "Assess | The vendor releases | at once | Patching coordinator | ");
    assert_eq!(table.len(), 18);
}

#[test]
fn releases_are_expected_by_the_rules_in_force() {
    let shop = shop();
    let sources = rows(&shop.book, NOW, "release-sources");
    let microsoft =
        "Microsoft | Security updates (B release) | second Tuesday of every month, 10:00 America/Los_Angeles";
    assert!(sources.iter().any(|row| row.starts_with(microsoft)), "{sources:#?}");
    assert!(!sources.iter().any(|row| row.contains("IOS and IOS XE bundle")), "its last day was 30 June");
    let expected = rows(&shop.book, NOW, "upcoming-releases");
    for line in [
        "Tue 8 Dec 2026 18:00 UTC | Microsoft | Security updates (B release)",
        "Tue 24 Nov 2026 18:00 UTC | Microsoft | Optional previews (D release)",
        "Tue 15 Dec 2026 21:00 UTC | Oracle | Critical Security Patch Update",
    ] {
        assert!(expected.iter().any(|row| row == line), "{line}: {expected:#?}");
    }
    assert!(!expected.iter().any(|row| row.starts_with("Tue 22 Dec") && row.contains("previews")));
}

#[test]
fn windows_and_closures_stand_as_they_were_agreed() {
    let mut shop = shop();
    let web = shop.book.groups.iter().find(|group| group.name == "Web").expect("a group").id;
    shop.book.windows.put(MaintenanceWindow {
        id: WindowId(71),
        group: web,
        name: "Web night".to_owned(),
        recurs: Recurs::Month { nth: 3, weekday: Day::Friday },
        start: "21:00".to_owned(),
        minutes: 240,
        zone: String::new(),
        agreed_by: Some(shop.ruth),
        agreed_on: Some(day("2026-10-05")),
        agreed_until_on: None,
        evidence_name: "mail.eml".to_owned(),
        evidence_sha256: "ab".repeat(32),
        ended_at: None,
    });
    shop.book.closures.put(Closure {
        id: ClosureId(72),
        kind: ClosureKind::Freeze,
        name: "Year end".to_owned(),
        from_on: day("2026-12-18"),
        until_on: day("2027-01-03"),
        yearly: false,
        effect: ClosureEffect::Warn,
        groups: Vec::new(),
        ended_at: None,
    });
    assert_eq!(
        rows(&shop.book, NOW, "windows"),
        [
            "Web | Web night | third Friday of the month, 21:00, 240 minutes | Ruth Okafor, Mon 5 Oct 2026, evidence mail.eml abababababababab | "
        ]
    );
    assert_eq!(
        rows(&shop.book, NOW, "closures"),
        ["Year end | Freeze | Fri 18 Dec 2026 to Sun 3 Jan 2027 | Warn | all"]
    );
    let groups = rows(&shop.book, NOW, "groups");
    assert_eq!(groups[2], "3 | Web | third Friday of the month, 21:00, 240 minutes | ");
    assert_eq!(said(&shop.book, NOW, Kind::Flag, "has.windows"), "yes");
    assert_eq!(said(&shop.book, NOW, Kind::Flag, "has.catch-up-steps"), "yes");
}

#[test]
fn a_document_that_is_not_kept_says_what_its_template_says() {
    let shop = shop();
    assert_eq!(
        said(&shop.book, NOW, Kind::Text, "document.title"),
        shipped::template("policy").expect("it").title
    );
    assert_eq!(said(&shop.book, NOW, Kind::Text, "document.owner"), "Information security officer");
    assert_eq!(said(&shop.book, NOW, Kind::Number, "document.version"), "1");
    assert_eq!(said(&shop.book, NOW, Kind::Text, "document.classification"), "Internal");
    let procedure = shipped::template("procedure").expect("it");
    assert_eq!(said(&shop.book, NOW, Kind::Text, "reference.procedure"), procedure.title);
    assert_eq!(said(&shop.book, NOW, Kind::Text, "reference.nothing"), "");
}

/// The worked example of the definitions, on 2 December 2026: November is the month told of.
#[test]
fn the_figures_of_a_document_are_those_of_the_worked_example() {
    let book = crate::compliance::example::register();
    // The month is told as of its last second, so A7 is silent and A4, A5, A7, A11 are overdue.
    let now = at(12, 2, 9);
    let policy = shipped::template("policy").expect("the policy");
    let fill =
        Fill::new(&book, now, policy).about(Chosen { month: Some(day("2026-11-15")), ..Chosen::default() });
    let said = |kind: Kind, name: &str| {
        fill.value(kind, name).unwrap_or_else(|fault| panic!("{fault}")).expect(name).text()
    };
    assert_eq!(said(Kind::Text, "report.month"), "November 2026");
    assert_eq!(said(Kind::Text, "report.standing"), "not sealed");
    assert_eq!(said(Kind::Number, "assets.registered"), "12");
    assert_eq!(said(Kind::Number, "assets.in-scope"), "11");
    assert!(said(Kind::Percent, "figures.m1").starts_with("6/11 = 54.5\u{a0}%"));
    assert_eq!(said(Kind::Percent, "figures.m1n"), "7/11 = 63.6\u{a0}%");
    assert_eq!(said(Kind::Percent, "figures.m2"), "10/11 = 90.9\u{a0}%");
    assert_eq!(said(Kind::Number, "figures.overdue-machines"), "4");
    assert_eq!(said(Kind::Number, "figures.unsupported"), "0");
    assert!(fill.value(Kind::Percent, "figures.m5").is_err(), "M5 is no share");
    let Some(Value::Figure(bar)) = fill.value(Kind::Figure, "segments-bar").expect("a bar") else {
        panic!("no bar")
    };
    let bar = Value::Figure(bar).text();
    assert!(bar.contains("11 in scope + 1 out of scope = 12 in the register"), "{bar}");
    let waivers = fill.value(Kind::Table, "waivers").expect("waivers").expect("one").text();
    assert_eq!(waivers.lines().count(), 2, "A8 is covered, A11 no longer: {waivers}");
    assert!(waivers.contains("Thu 31 Dec 2026"), "{waivers}");
}

#[test]
fn a_name_inside_another_name_is_not_the_machine_that_an_action_is_about() {
    use patchbook::domain::action::{Action, ActionId, Origin};
    let mut m = Maker::default();
    let one = m.server("DC1");
    m.change_asset(one, |asset| asset.support_end_on = Some(day("2026-06-30")));
    let mut book = m.finish();
    let action = |id, what: &str| Action {
        id: ActionId(id),
        what: what.to_owned(),
        owner: None,
        due_on: None,
        origin: Origin::Own,
        created_at: at(9, 1, 0),
        done_at: None,
        done_by: String::new(),
        result: String::new(),
        dropped_because: String::new(),
    };
    book.actions.put(action(501, "Replace DC10 by a newer machine"));
    let told = rows(&book, at(10, 1, 9), "unsupported");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("DC1 | "), "{told:?}");
    assert!(told[0].contains("| Tue 30 Jun 2026 | no proof |"), "{told:?}");
    assert!(told[0].ends_with("| "), "{told:?}");
    book.actions.put(action(502, "Replace DC1, by the summer"));
    assert!(rows(&book, at(10, 1, 9), "unsupported")[0].ends_with("| Replace DC1, by the summer"));
}

/// A sealed month was chosen: what was waived and exploited then, not now.
#[test]
fn beside_the_figures_of_a_sealed_month_nothing_of_now_stands() {
    let shop = crate::month::rig::Shop::new().sealed();
    let seal = shop.seal().clone();
    let mut book = shop.book.clone();
    let now = shop.now + 200 * 86_400;
    let register = shipped::template("waiver-register").expect("the register of waivers");
    let month = patchbook::domain::month::name::first_day("2026-11");
    let said = |book: &Book, kind: Kind, name: &str| {
        let fill = Fill::new(book, now, register).about(Chosen { month, ..Chosen::default() });
        fill.value(kind, name).expect("a value").map(|value| value.text()).unwrap_or_default()
    };
    let before: Vec<String> = ["waivers", "waivers-ended", "waiver-figures"]
        .map(|name| said(&book, Kind::Table, name))
        .into_iter()
        .chain([said(&book, Kind::Number, "figures.exploited-open")])
        .collect();
    assert!(before[0].contains(&seal.outputs.waivers[1]), "{before:?}");
    assert!(before[1].contains(&seal.outputs.waivers[0]), "{before:?}");
    assert!(before[2].contains(seal.outputs.text("M11")), "{before:?}");
    book.waivers = Default::default();
    let after: Vec<String> = ["waivers", "waivers-ended", "waiver-figures"]
        .map(|name| said(&book, Kind::Table, name))
        .into_iter()
        .chain([said(&book, Kind::Number, "figures.exploited-open")])
        .collect();
    assert_eq!(after, before);
}
