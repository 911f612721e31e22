//! Every preset against a table written by hand from the fact base, not from the code.

use patchbook::domain::ruleset::preset::{Preset, PresetRule, preset, presets};
use patchbook::domain::ruleset::{Condition, Trigger};

/// One rule in one line: whom and what it binds, then which time, from when, with which marks.
fn line(rule: &PresetRule) -> String {
    let Condition { ranks, classes, exposures, software, trigger, automatable, total_impact, unassessed } =
        &rule.condition;
    let mut when: Vec<String> = Vec::new();
    when.extend(ranks.iter().map(|rank| rank.word().to_owned()));
    when.extend(software.iter().map(|kind| kind.word().to_owned()));
    when.extend(classes.iter().map(|class| class.word().to_owned()));
    when.extend(exposures.iter().map(|exposure| exposure.word().to_owned()));
    if *trigger != Trigger::Any {
        when.push(trigger.word().to_owned());
    }
    when.extend(automatable.map(|yes| if yes { "auto" } else { "not-auto" }.to_owned()));
    when.extend(total_impact.map(|yes| if yes { "total" } else { "partial" }.to_owned()));
    when.extend(unassessed.then(|| "unassessed".to_owned()));
    let mut out = format!(
        "{}: {} {} {} from {}",
        if when.is_empty() { "any".to_owned() } else { when.join(" ") },
        rule.stage.word(),
        rule.count,
        rule.unit.word(),
        rule.clock.word()
    );
    for (holds, word) in [(rule.triage, "triage"), (rule.unconfirmed, "unconfirmed"), (rule.own, "own")] {
        if holds {
            out.push(' ');
            out.push_str(word);
        }
    }
    out
}

fn found(key: &str) -> Preset {
    preset(key).unwrap_or_else(|| panic!("there is no preset {key}"))
}

fn must_be(key: &str, table: &[&str]) {
    let rules: Vec<String> = found(key).rules.iter().map(line).collect();
    assert_eq!(rules, table, "{key}");
}

fn dates(key: &str) -> (String, String) {
    let text = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let of = found(key);
    (text(of.from_on), text(of.until_on))
}

#[test]
fn cyber_essentials_gives_fourteen_days_on_three_grounds_and_knows_no_waiver() {
    must_be(
        "ce-3.3",
        &[
            "system firmware high: correct 14 days from release",
            "system firmware unstated: correct 14 days from release unconfirmed",
            "service office other high: correct 14 days from release",
            "service office other unstated: correct 14 days from release unconfirmed",
        ],
    );
    assert_eq!(dates("ce-3.3"), ("2026-04-27".to_owned(), String::new()));
    assert!(!found("ce-3.3").waivers);
}

#[test]
fn essential_eight_at_level_one_is_the_table_of_the_december_mapping() {
    must_be(
        "e8-ml1",
        &[
            "service internet critical_or_exploit: correct 48 hours from release",
            "service internet no_critical_no_exploit: correct 2 weeks from release",
            "office: correct 2 weeks from release",
            "system server internet critical_or_exploit: correct 48 hours from release",
            "system server internet no_critical_no_exploit: correct 2 weeks from release",
            "system workstation: correct 1 months from release",
            "system server internal isolated: correct 1 months from release",
        ],
    );
    assert_eq!(dates("e8-ml1").0, "2025-12-09");
}

#[test]
fn essential_eight_at_level_two_adds_other_applications() {
    must_be(
        "e8-ml2",
        &[
            "service internet critical_or_exploit: correct 48 hours from release",
            "service internet no_critical_no_exploit: correct 2 weeks from release",
            "office: correct 2 weeks from release",
            "system server internet critical_or_exploit: correct 48 hours from release",
            "system server internet no_critical_no_exploit: correct 2 weeks from release",
            "system workstation: correct 1 months from release",
            "system server internal isolated: correct 1 months from release",
            "other: correct 1 months from release",
            "service internal isolated: correct 1 months from release",
        ],
    );
}

#[test]
fn essential_eight_at_level_three_has_the_fast_lane_everywhere_but_for_other_applications() {
    must_be(
        "e8-ml3",
        &[
            "service internet critical_or_exploit: correct 48 hours from release",
            "service internet no_critical_no_exploit: correct 2 weeks from release",
            "office critical_or_exploit: correct 48 hours from release",
            "office no_critical_no_exploit: correct 2 weeks from release",
            "other: correct 1 months from release",
            "service internal isolated: correct 1 months from release",
            "system server internet critical_or_exploit: correct 48 hours from release",
            "system server internet no_critical_no_exploit: correct 2 weeks from release",
            "system workstation critical_or_exploit: correct 48 hours from release",
            "system server internal isolated critical_or_exploit: correct 48 hours from release",
            "system workstation no_critical_no_exploit: correct 1 months from release",
            "system server internal isolated no_critical_no_exploit: correct 1 months from release",
            "firmware critical_or_exploit: correct 48 hours from release",
            "firmware no_critical_no_exploit: correct 1 months from release",
        ],
    );
    for (key, ids) in [
        ("e8-ml1", &["1876", "1690", "1691", "1877", "1694", "1695"][..]),
        ("e8-ml2", &["1876", "1690", "1691", "1877", "1694", "1695", "1693"]),
        (
            "e8-ml3",
            &[
                "1876", "1690", "1692", "1901", "1693", "1877", "1694", "1696", "1902", "1879", "1903",
                "1697", "1904",
            ],
        ),
    ] {
        let labels: String = found(key).rules.iter().map(|rule| rule.label).collect();
        for id in ids {
            assert!(labels.contains(&format!("ISM-{id}")), "{key} does not name ISM-{id}");
        }
    }
}

#[test]
fn the_sixteen_rows_of_bod_26_04_and_what_holds_where_an_input_is_missing() {
    let inside = "internal isolated";
    must_be(
        "bod-26-04",
        &[
            &format!("{inside} not_listed not-auto partial: correct 0 upgrade from earliest unconfirmed"),
            &format!("{inside} not_listed not-auto total: correct 0 upgrade from earliest unconfirmed"),
            &format!("{inside} not_listed auto partial: correct 60 days from earliest unconfirmed"),
            &format!("{inside} not_listed auto total: correct 60 days from earliest unconfirmed"),
            "internet not_listed not-auto partial: correct 60 days from earliest unconfirmed",
            "internet not_listed not-auto total: correct 14 days from earliest unconfirmed",
            "internet not_listed auto partial: correct 14 days from earliest unconfirmed",
            "internet not_listed auto total: correct 3 days from earliest unconfirmed",
            &format!("{inside} listed not-auto partial: correct 14 days from earliest unconfirmed"),
            &format!("{inside} listed not-auto total: correct 14 days from earliest unconfirmed"),
            &format!("{inside} listed auto partial: correct 14 days from earliest unconfirmed"),
            &format!("{inside} listed auto total: correct 3 days from earliest triage unconfirmed"),
            "internet listed not-auto partial: correct 14 days from earliest unconfirmed",
            "internet listed not-auto total: correct 3 days from earliest triage unconfirmed",
            "internet listed auto partial: correct 3 days from earliest unconfirmed",
            "internet listed auto total: correct 3 days from earliest triage unconfirmed",
            "unassessed: correct 60 days from earliest unconfirmed",
            "listed unassessed: correct 14 days from earliest unconfirmed",
            "internet not_listed auto unassessed: correct 14 days from earliest unconfirmed",
            "internet not_listed total unassessed: correct 14 days from earliest unconfirmed",
            "internet listed auto unassessed: correct 3 days from earliest triage unconfirmed",
            "internet listed total unassessed: correct 3 days from earliest triage unconfirmed",
        ],
    );
    assert!(found("bod-26-04").clock_open);
    assert_eq!(dates("bod-26-04"), ("2026-06-10".to_owned(), String::new()));
}

#[test]
fn the_two_revoked_directives_end_before_the_new_one_begins() {
    must_be("bod-22-01", &["listed: correct 0 listed from listed"]);
    must_be(
        "bod-19-02",
        &[
            "internet critical: correct 15 days from detected unconfirmed",
            "internet high: correct 30 days from detected unconfirmed",
        ],
    );
    for key in ["bod-22-01", "bod-19-02"] {
        assert_eq!(dates(key).1, "2026-06-09", "{key}");
        assert_eq!(found(key).offer.word(), "revoked");
    }
}

#[test]
fn the_date_of_the_catalogue_is_never_computed() {
    must_be("kev-due-date", &["listed: correct 0 listed from listed unconfirmed"]);
}

#[test]
fn card_brands_benchmarks_and_examples() {
    must_be("pci-4.0.1", &["critical: correct 1 months from release"]);
    must_be(
        "cis-8.1",
        &[
            "system: correct 1 months from release unconfirmed",
            "service office other: correct 1 months from release unconfirmed",
            "any: correct 1 months from release unconfirmed",
        ],
    );
    must_be("meta-2003", &["severe server: correct 5 days from release"]);
    assert_eq!(dates("meta-2003").0, "2003-11-19");
    must_be("sans-2007", &["severe: correct 2 days from release", "any: correct 1 months from release"]);
    must_be(
        "peer-defectdojo",
        &[
            "severe: correct 7 days from detected unconfirmed",
            "high: correct 30 days from detected unconfirmed",
            "medium: correct 90 days from detected unconfirmed",
            "low: correct 120 days from detected unconfirmed",
        ],
    );
}

#[test]
fn rules_that_leave_the_time_to_the_shop_say_so() {
    must_be(
        "cmmc-3.14.1",
        &[
            "any: identify 0 days from release own",
            "any: report 0 days from identified own",
            "any: correct 0 days from identified own",
        ],
    );
    assert!(!found("cmmc-3.14.1").waivers);
    must_be("nist-si-2", &["any: correct 0 days from release own"]);
}

#[test]
fn the_power_grid_assesses_and_then_applies() {
    must_be("nerc-cip-007-6", &["any: identify 35 days from checked", "any: correct 35 days from evaluated"]);
}

#[test]
fn the_cloud_rules_old_and_new() {
    must_be(
        "fedramp-rev5",
        &[
            "severe high: correct 30 days from detected unconfirmed",
            "medium: correct 90 days from detected unconfirmed",
            "low: correct 180 days from detected unconfirmed",
        ],
    );
    let tables = [
        (
            "high",
            ["12 hours", "1 days", "8 days", "2 days", "8 days", "32 days"],
            ["8", "16", "64", "24", "96", "192"],
        ),
        (
            "moderate",
            ["2 days", "4 days", "16 days", "4 days", "8 days", "64 days"],
            ["16", "32", "128", "48", "128", "192"],
        ),
        (
            "low",
            ["4 days", "8 days", "32 days", "8 days", "32 days", "64 days"],
            ["32", "64", "192", "96", "160", "192"],
        ),
    ];
    for (level, upper, lower) in tables {
        let mut times: Vec<String> = upper.iter().map(|time| (*time).to_owned()).collect();
        times.extend(lower.iter().map(|days| format!("{days} days")));
        let mut table = Vec::new();
        for (row, rank) in ["severe", "high", "medium", "low"].into_iter().enumerate() {
            for (column, when) in
                ["internet likely", "internal isolated likely", "unlikely"].into_iter().enumerate()
            {
                let time = &times[row * 3 + column];
                table.push(format!("{rank} {when}: correct {time} from evaluated unconfirmed"));
            }
        }
        let table: Vec<&str> = table.iter().map(String::as_str).collect();
        must_be(&format!("fedramp-vdr-{level}"), &table);
    }
    assert_eq!(dates("fedramp-vdr-high").0, "2026-04-08");
}

#[test]
fn a_proposal_is_called_one() {
    must_be(
        "hipaa-proposal",
        &[
            "critical: correct 15 days from release unconfirmed",
            "high: correct 30 days from release unconfirmed",
        ],
    );
    let of = found("hipaa-proposal");
    assert_eq!(of.offer.word(), "proposal");
    assert!(of.name.contains("proposal"));
}

#[test]
fn every_preset_says_where_it_was_read_and_no_key_comes_twice() {
    let all = presets();
    assert_eq!(all.len(), 21);
    let mut keys: Vec<&str> = all.iter().map(|preset| preset.key).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), all.len());
    for preset in &all {
        assert!(preset.source.contains("read") || preset.source.contains("not confirmed"), "{}", preset.key);
        assert!(!preset.rules.is_empty() && !preset.note.is_empty(), "{}", preset.key);
        let mut labels: Vec<&str> = preset.rules.iter().map(|rule| rule.label).collect();
        labels.dedup();
        assert!(labels.iter().all(|label| !label.is_empty()), "{}", preset.key);
    }
}
