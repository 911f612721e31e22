//! CISA's directives and the catalogue of exploited vulnerabilities (standards.md 1.1 and 1.3). BOD 26-04 is a table over four
//! inputs, kept here row by row; two older directives are history and bind only what began while they were in force.

use super::{Amount, Offer, Preset, PresetRule, SetClock, Trigger, on, rule};

pub(super) fn presets() -> [Preset; 4] {
    [bod_26_04(), kev(), bod_22_01(), bod_19_02()]
}

/// One row of the table: listed, exposed, automatable, total impact; the days; evidence first.
type Row = (bool, bool, bool, bool, Option<i64>, bool, &'static str);

/// The table of BOD 26-04; no days stand for the next scheduled upgrade.
const TABLE: [Row; 16] = [
    (
        false,
        false,
        false,
        false,
        None,
        false,
        "row 1, not listed, not exposed, not automatable, partial impact",
    ),
    (false, false, false, true, None, false, "row 2, not listed, not exposed, not automatable, total impact"),
    (
        false,
        false,
        true,
        false,
        Some(60),
        false,
        "row 3, not listed, not exposed, automatable, partial impact",
    ),
    (false, false, true, true, Some(60), false, "row 4, not listed, not exposed, automatable, total impact"),
    (
        false,
        true,
        false,
        false,
        Some(60),
        false,
        "row 5, not listed, exposed, not automatable, partial impact",
    ),
    (false, true, false, true, Some(14), false, "row 6, not listed, exposed, not automatable, total impact"),
    (false, true, true, false, Some(14), false, "row 7, not listed, exposed, automatable, partial impact"),
    (false, true, true, true, Some(3), false, "row 8, not listed, exposed, automatable, total impact"),
    (
        true,
        false,
        false,
        false,
        Some(14),
        false,
        "row 9, listed, not exposed, not automatable, partial impact",
    ),
    (true, false, false, true, Some(14), false, "row 10, listed, not exposed, not automatable, total impact"),
    (true, false, true, false, Some(14), false, "row 11, listed, not exposed, automatable, partial impact"),
    (true, false, true, true, Some(3), true, "row 12, listed, not exposed, automatable, total impact"),
    (true, true, false, false, Some(14), false, "row 13, listed, exposed, not automatable, partial impact"),
    (true, true, false, true, Some(3), true, "row 14, listed, exposed, not automatable, total impact"),
    (true, true, true, false, Some(3), false, "row 15, listed, exposed, automatable, partial impact"),
    (true, true, true, true, Some(3), true, "row 16, listed, exposed, automatable, total impact"),
];

/// Label, listed, automatable, total impact, days, triage: exposed, and one of the two answers missing. Of the other halves the rows
/// left give no less than what holds without any answer.
type Half = (&'static str, bool, Option<bool>, Option<bool>, i64, bool);
const HALF_KNOWN: [Half; 4] = [
    ("rows 7 and 8, not listed, exposed, automatable, impact not known", false, Some(true), None, 14, false),
    (
        "rows 6 and 8, not listed, exposed, total impact, automatable not known",
        false,
        None,
        Some(true),
        14,
        false,
    ),
    ("rows 15 and 16, listed, exposed, automatable, impact not known", true, Some(true), None, 3, true),
    ("rows 14 and 16, listed, exposed, total impact, automatable not known", true, None, Some(true), 3, true),
];

fn bod_26_04() -> Preset {
    let mut rules: Vec<PresetRule> = TABLE.iter().map(table_rule).collect();
    let missing = |label, days| {
        let mut rule = rule(label, days, Amount::Days).from(SetClock::Earliest).unconfirmed();
        rule.condition.unassessed = true;
        rule
    };
    rules.push(missing("automatable or impact not known", 60));
    // Whatever the missing answer is, every row of a listed one gives at most this.
    rules.push(missing("listed, automatable or impact not known", 14).when(Trigger::Listed));
    // With one answer known, what every row that is left gives at most.
    for (label, listed, automatable, total, days, triage) in HALF_KNOWN {
        let trigger = if listed { Trigger::Listed } else { Trigger::NotListed };
        let mut rule = missing(label, days).exposed(true).when(trigger);
        (rule.condition.automatable, rule.condition.total_impact) = (automatable, total);
        rule.triage = triage;
        rules.push(rule);
    }
    Preset {
        key: "bod-26-04",
        name: "CISA BOD 26-04",
        offer: Offer::Live,
        source: "CISA BOD 26-04 of 10 Jun 2026 (table read at CERT/CC SSVC 1.0.0, dates in secondary pages)",
        note: "Binds US federal civilian agencies, others by choice; full timelines about 7 Dec 2026. Unknown exposure counts as \
               exposed. Whether the days run from listing, availability or detection is not confirmed: the earlier of release and \
               listing starts the clock unless you choose. Where an input is not known, what every row that is left gives at \
               most, and never more than 60 days. Triage rows: secure evidence before anything is changed.",
        from_on: on(2026, 6, 10),
        until_on: None,
        waivers: true,
        clock_open: true,
        rules,
    }
}

fn table_rule(row: &Row) -> PresetRule {
    let &(listed, exposed, automatable, total, days, triage, label) = row;
    let unit = if days.is_some() { Amount::Days } else { Amount::Upgrade };
    let mut rule =
        rule(label, days.unwrap_or(0), unit).exposed(exposed).from(SetClock::Earliest).unconfirmed();
    rule.condition.trigger = if listed { Trigger::Listed } else { Trigger::NotListed };
    rule.condition.automatable = Some(automatable);
    rule.condition.total_impact = Some(total);
    rule.triage = triage;
    rule
}

fn catalogue_rule(label: &'static str) -> PresetRule {
    rule(label, 0, Amount::Listed).from(SetClock::Listed).when(Trigger::Listed)
}

fn kev() -> Preset {
    Preset {
        key: "kev-due-date",
        name: "CISA KEV due date",
        offer: Offer::Live,
        source: "CISA catalogue of known exploited vulnerabilities, its own due date (read at the issuer)",
        note: "The date that the entry gives, never computed; an entry without a date sets none. Whether the field outlives \
               BOD 26-04 is not confirmed.",
        from_on: None,
        until_on: None,
        waivers: true,
        clock_open: false,
        rules: vec![catalogue_rule("due date of the entry").unconfirmed()],
    }
}

fn bod_22_01() -> Preset {
    Preset {
        key: "bod-22-01",
        name: "CISA BOD 22-01",
        offer: Offer::Revoked,
        source: "CISA BOD 22-01, revoked on 10 Jun 2026 (read in secondary pages)",
        note: "Revoked by BOD 26-04: binds only what was listed before 10 Jun 2026. The due date of the entry rules; the two weeks \
               of the directive (six months for identifiers before 2021) are already in it.",
        from_on: None,
        until_on: on(2026, 6, 9),
        waivers: true,
        clock_open: false,
        rules: vec![catalogue_rule("due date of the entry")],
    }
}

fn bod_19_02() -> Preset {
    let seen =
        |label, days| rule(label, days, Amount::Days).exposed(true).from(SetClock::Detected).unconfirmed();
    Preset {
        key: "bod-19-02",
        name: "CISA BOD 19-02",
        offer: Offer::Revoked,
        source: "CISA BOD 19-02, revoked on 10 Jun 2026 (read in secondary pages)",
        note: "Revoked by BOD 26-04: binds only what was first seen before 10 Jun 2026. Who missed a date owed a plan within three \
               days, working days as far as known. Severity was that of CISA's own scan; here it is the vendor's or CVSS.",
        from_on: None,
        until_on: on(2026, 6, 9),
        waivers: true,
        clock_open: false,
        rules: vec![
            seen("critical, facing the internet", 15).when(Trigger::Critical),
            seen("high, facing the internet", 30).when(Trigger::High),
        ],
    }
}
