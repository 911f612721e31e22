//! Rules for suppliers, clouds, the power grid and health care in the United States (standards.md 1.1 and 1.5).

use super::{Amount, Offer, Preset, PresetRule, SetClock, Stage, Trigger, on, rule};
use crate::domain::rating::Rank;

pub(super) fn presets() -> Vec<Preset> {
    let mut all = vec![nerc(), cmmc(), nist(), rev5()];
    all.extend(vdr());
    all.push(hipaa());
    all
}

fn nerc() -> Preset {
    let assess = rule("R2.2, assess", 35, Amount::Days).stage(Stage::Identify).from(SetClock::Checked);
    let apply = rule("R2.3, apply or plan", 35, Amount::Days).from(SetClock::Evaluated);
    Preset {
        key: "nerc-cip-007-6",
        name: "NERC CIP-007-6 R2",
        offer: Offer::Live,
        source: "NERC CIP-007-6 requirement R2 (read in secondary pages, March 2026)",
        note: "Assess within 35 days of the last check of the source, then apply within 35 more or write a dated mitigation plan. \
               The first rating by a person is taken as the end of the assessment; until then the time to apply runs from release. \
               Bind the groups of the bulk-electric cyber assets.",
        from_on: None,
        until_on: None,
        waivers: true,
        clock_open: false,
        rules: vec![assess, apply],
    }
}

fn cmmc() -> Preset {
    let of = |label, stage, clock| rule(label, 0, Amount::Days).stage(stage).from(clock).own();
    Preset {
        key: "cmmc-3.14.1",
        name: "CMMC / NIST SP 800-171 3.14.1",
        offer: Offer::Live,
        source: "CMMC level 2, practice 3.14.1, objectives a to f (read in secondary pages)",
        note: "Three times of your own: to identify, to report, to correct. Each must be written down and met, and none can be put \
               into a plan of action.",
        from_on: None,
        until_on: None,
        waivers: false,
        clock_open: false,
        rules: vec![
            of("3.14.1 a and b, identify", Stage::Identify, SetClock::Release),
            of("3.14.1 c and d, report", Stage::Report, SetClock::Identified),
            of("3.14.1 e and f, correct", Stage::Correct, SetClock::Identified),
        ],
    }
}

fn nist() -> Preset {
    Preset {
        key: "nist-si-2",
        name: "NIST SP 800-53 SI-2",
        offer: Offer::Live,
        source: "NIST SP 800-53 revision 5, SI-2 c (read at the issuer)",
        note: "Within the time after release that the organisation itself defines. Release 5.2.0 of 27 Aug 2025 added an analysis \
               of root causes (read in secondary pages).",
        from_on: None,
        until_on: None,
        waivers: true,
        clock_open: false,
        rules: vec![rule("SI-2 c, own time", 0, Amount::Days).own()],
    }
}

fn rev5() -> Preset {
    let found = |label, days, ranks: &[Rank]| {
        rule(label, days, Amount::Days).ranks(ranks).from(SetClock::Detected).unconfirmed()
    };
    Preset {
        key: "fedramp-rev5",
        name: "FedRAMP Rev5",
        offer: Offer::Leaving,
        source: "FedRAMP Rev5 continuous monitoring (read in secondary pages)",
        note: "From discovery by a scan; the first report of the machine stands for it, and your ranks stand for the scan's: Severe \
               and High for high, Medium for moderate. Being displaced by vulnerability detection and response.",
        from_on: None,
        until_on: None,
        waivers: true,
        clock_open: false,
        rules: vec![
            found("high", 30, &[Rank::Severe, Rank::High]),
            found("moderate", 90, &[Rank::Medium]),
            found("low", 180, &[Rank::Low]),
        ],
    }
}

/// Half days for: reachable and likely exploitable, likely exploitable, not likely exploitable.
type Halves = [i64; 3];

fn vdr() -> [Preset; 3] {
    let high = [[1, 2, 16], [4, 16, 64], [16, 32, 128], [48, 192, 384]];
    let moderate = [[4, 8, 32], [8, 16, 128], [32, 64, 256], [96, 256, 384]];
    let low = [[8, 16, 64], [16, 64, 128], [64, 128, 384], [192, 320, 384]];
    [
        level("fedramp-vdr-high", "FedRAMP VDR, high", high),
        level("fedramp-vdr-moderate", "FedRAMP VDR, moderate", moderate),
        level("fedramp-vdr-low", "FedRAMP VDR, low", low),
    ]
}

fn level(key: &'static str, name: &'static str, table: [Halves; 4]) -> Preset {
    let labels = [
        (
            Rank::Severe,
            ["N5, reachable, likely exploitable", "N5, likely exploitable", "N5, not likely exploitable"],
        ),
        (
            Rank::High,
            ["N4, reachable, likely exploitable", "N4, likely exploitable", "N4, not likely exploitable"],
        ),
        (
            Rank::Medium,
            ["N3, reachable, likely exploitable", "N3, likely exploitable", "N3, not likely exploitable"],
        ),
        (
            Rank::Low,
            ["N2, reachable, likely exploitable", "N2, likely exploitable", "N2, not likely exploitable"],
        ),
    ];
    let rules = labels.into_iter().zip(table).flat_map(|((rank, labels), halves)| {
        let of = |column: usize| time(labels[column], halves[column]).ranks(&[rank]).unconfirmed();
        [
            of(0).when(Trigger::Likely).exposed(true),
            of(1).when(Trigger::Likely).exposed(false),
            of(2).when(Trigger::Unlikely),
        ]
    });
    Preset {
        key,
        name,
        offer: Offer::Beta,
        source: "FedRAMP vulnerability detection and response 0.9.43-beta of 8 Apr 2026 (read at the issuer)",
        note: "All of it is a should, and partial mitigation to a lower impact satisfies it. Impacts N5 to N2 are read as your ranks \
               Severe to Low, which is our reading. From the first rating by a person, from release where nobody has rated it. \
               Whatever is open at 192 days is to be called an accepted vulnerability.",
        from_on: on(2026, 4, 8),
        until_on: None,
        waivers: true,
        clock_open: false,
        rules: rules.collect(),
    }
}

fn time(label: &'static str, halves: i64) -> PresetRule {
    let whole = halves % 2 == 0;
    let (count, unit) = if whole { (halves / 2, Amount::Days) } else { (halves * 12, Amount::Hours) };
    rule(label, count, unit).from(SetClock::Evaluated)
}

fn hipaa() -> Preset {
    let of = |label, days| rule(label, days, Amount::Days).unconfirmed();
    Preset {
        key: "hipaa-proposal",
        name: "HIPAA Security Rule (proposal)",
        offer: Offer::Proposal,
        source: "HHS proposal of 6 Jan 2025 for the HIPAA Security Rule (15 days read in secondary pages, 30 not confirmed)",
        note: "A proposal, not law in the middle of 2026. Adopt it only to see what it would ask.",
        from_on: None,
        until_on: None,
        waivers: true,
        clock_open: false,
        rules: vec![of("critical", 15).when(Trigger::Critical), of("high", 30).when(Trigger::High)],
    }
}
