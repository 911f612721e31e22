//! Schemes that customers, insurers and card brands ask for, and the examples of the trade (standards.md 1.1, peers.md E3).

use super::{Amount, Offer, Preset, SetClock, Software, Trigger, on, rule};
use crate::domain::asset::AssetClass;
use crate::domain::rating::Rank;

const SYSTEMS: [Software; 2] = [Software::System, Software::Firmware];
const APPLICATIONS: [Software; 3] = [Software::Service, Software::Office, Software::Other];

pub(super) fn cyber_essentials() -> Preset {
    let of = |label, kinds: &[Software], trigger| rule(label, 14, Amount::Days).software(kinds).when(trigger);
    Preset {
        key: "ce-3.3",
        name: "Cyber Essentials 3.3",
        offer: Offer::Live,
        source: "UK Cyber Essentials, requirements 3.3, question set Danzell, from 27 Apr 2026 (3.2 read at IASME, 3.3 in secondary \
                 pages)",
        note: "Fourteen days for every device in scope where the vendor says critical or high, where CVSS is 7.0 or more, or where \
               the vendor gives no severity; the last is not confirmed. A6.4 and A6.5 fail by themselves. Nothing inside the scope \
               is waived: remove the asset, segregate it, or fail.",
        from_on: on(2026, 4, 27),
        until_on: None,
        waivers: false,
        clock_open: false,
        rules: vec![
            of("A6.4, operating systems and firmware, critical or high", &SYSTEMS, Trigger::High),
            of("A6.4, operating systems and firmware, no severity given", &SYSTEMS, Trigger::Unstated)
                .unconfirmed(),
            of("A6.5, applications, critical or high", &APPLICATIONS, Trigger::High),
            of("A6.5, applications, no severity given", &APPLICATIONS, Trigger::Unstated).unconfirmed(),
        ],
    }
}

pub(super) fn pci() -> Preset {
    Preset {
        key: "pci-4.0.1",
        name: "PCI DSS 4.0.1",
        offer: Offer::Live,
        source: "PCI DSS 4.0.1 of June 2024, requirements 6.3.1 and 6.3.3 (read in secondary pages)",
        note: "Critical within one month; the rest by your own ranking, which is the own table. A month is the earlier of the same \
               day of the next month and 30 days; the standard's own words on months could not be confirmed. Bind the groups of the \
               cardholder environment.",
        from_on: None,
        until_on: None,
        waivers: true,
        clock_open: false,
        rules: vec![rule("6.3.3, critical", 1, Amount::Months).when(Trigger::Critical)],
    }
}

pub(super) fn cis() -> Preset {
    let monthly = |label, kinds: &[Software]| rule(label, 1, Amount::Months).software(kinds).unconfirmed();
    Preset {
        key: "cis-8.1",
        name: "CIS Controls 8.1",
        offer: Offer::Live,
        source: "CIS Controls 8.1 of June 2024, safeguards 7.3, 7.4 and 7.7 (not confirmed)",
        note: "Speaks of a monthly cycle, not of single updates: counted here as one month from release, the earlier of the same \
               day of the next month and 30 days.",
        from_on: None,
        until_on: None,
        waivers: true,
        clock_open: false,
        rules: vec![
            monthly("7.3, operating systems, monthly", &[Software::System]),
            monthly("7.4, applications, monthly", &APPLICATIONS),
            monthly("7.7, remediation, monthly", &[]),
        ],
    }
}

pub(super) fn meta() -> Preset {
    let severe =
        rule("severe, all servers", 5, Amount::Days).ranks(&[Rank::Severe]).class(AssetClass::Server);
    Preset {
        key: "meta-2003",
        name: "META Group 2003",
        offer: Offer::Example,
        source: "META Group, 19 Nov 2003 (read in the article)",
        note: "An example, not a rule of anybody: severe updates are on all servers in five days. The other ranks are negotiated \
               between security and operations, which is the own table.",
        from_on: on(2003, 11, 19),
        until_on: None,
        waivers: true,
        clock_open: false,
        rules: vec![severe],
    }
}

pub(super) fn sans() -> Preset {
    Preset {
        key: "sans-2007",
        name: "SANS cycle 2007",
        offer: Offer::Example,
        source: "SANS reading room, February 2007 (read in the article)",
        note: "A monthly cycle from Patch Tuesday; what failed or was excepted follows on the next weekend, an emergency in two \
               days. Counted here from the release of each update.",
        from_on: on(2007, 2, 1),
        until_on: None,
        waivers: true,
        clock_open: false,
        rules: vec![
            rule("emergency", 2, Amount::Days).ranks(&[Rank::Severe]),
            rule("monthly cycle", 1, Amount::Months),
        ],
    }
}

pub(super) fn peer() -> Preset {
    let found = |label, days, rank| {
        rule(label, days, Amount::Days).ranks(&[rank]).from(SetClock::Detected).unconfirmed()
    };
    Preset {
        key: "peer-defectdojo",
        name: "DefectDojo defaults",
        offer: Offer::Example,
        source: "Defaults of the open-source tool DefectDojo (read in its source; nobody's law)",
        note: "What one widely used tool starts with, for comparison. Its ranks are critical, high, medium, low; here Severe, High, \
               Medium, Low stand for them.",
        from_on: None,
        until_on: None,
        waivers: true,
        clock_open: false,
        rules: vec![
            found("critical", 7, Rank::Severe),
            found("high", 30, Rank::High),
            found("medium", 90, Rank::Medium),
            found("low", 120, Rank::Low),
        ],
    }
}
