//! The Essential Eight, maturity levels 1 to 3, as the ISM of December 2025 maps them (standards.md 1.4). The fast lane is an OR:
//! the vendor says critical, or a working exploit exists. Unsupported software is M16's business, not a deadline.

use super::{Amount, Offer, Preset, PresetRule, Software, Trigger, on, rule};
use crate::domain::asset::AssetClass;

const SOURCE: &str =
    "ASD Essential Eight, ISM December 2025 mapping (ISM OSCAL 2025.12.9, read at the issuer)";
const NOTE: &str = "ASD said on 24 June 2026 that it will deprecate the Essential Eight in about 12 months and retire it in about 24 \
                    (read in secondary pages). A month is the earlier of the same day of the next month and 30 days. Network \
                    devices count with the servers.";

use Trigger::{CriticalOrExploit as Fast, NoCriticalNoExploit as Slow};

pub(super) fn levels() -> [Preset; 3] {
    [
        level("e8-ml1", "Essential Eight, maturity level 1", first()),
        level("e8-ml2", "Essential Eight, maturity level 2", second()),
        level("e8-ml3", "Essential Eight, maturity level 3", third()),
    ]
}

fn level(key: &'static str, name: &'static str, rules: Vec<PresetRule>) -> Preset {
    Preset {
        key,
        name,
        offer: Offer::Leaving,
        source: SOURCE,
        note: NOTE,
        from_on: on(2025, 12, 9),
        until_on: None,
        waivers: true,
        clock_open: false,
        rules,
    }
}

fn service(label: &'static str, count: i64, unit: Amount) -> PresetRule {
    rule(label, count, unit).software(&[Software::Service]).exposed(true)
}

fn office(label: &'static str, count: i64, unit: Amount) -> PresetRule {
    rule(label, count, unit).software(&[Software::Office])
}

/// The system of a server or network device that the internet reaches.
fn outside(label: &'static str, count: i64, unit: Amount) -> PresetRule {
    rule(label, count, unit).software(&[Software::System]).class(AssetClass::Server).exposed(true)
}

/// The system of a workstation, and of a server or network device inside.
fn inside(label: &'static str, count: i64, unit: Amount) -> [PresetRule; 2] {
    let of = || rule(label, count, unit).software(&[Software::System]);
    [of().class(AssetClass::Workstation), of().class(AssetClass::Server).exposed(false)]
}

/// Other applications, and what would be an online service if the internet reached it.
fn other() -> [PresetRule; 2] {
    let of = || rule("ISM-1693, other applications", 1, Amount::Months);
    [of().software(&[Software::Other]), of().software(&[Software::Service]).exposed(false)]
}

fn services() -> [PresetRule; 2] {
    [
        service("ISM-1876, online services, critical or exploited", 48, Amount::Hours).when(Fast),
        service("ISM-1690, online services, otherwise", 2, Amount::Weeks).when(Slow),
    ]
}

fn outsides() -> [PresetRule; 2] {
    [
        outside("ISM-1877, systems facing the internet, critical or exploited", 48, Amount::Hours).when(Fast),
        outside("ISM-1694, systems facing the internet, otherwise", 2, Amount::Weeks).when(Slow),
    ]
}

fn first() -> Vec<PresetRule> {
    let mut rules = services().to_vec();
    rules.push(office("ISM-1691, office, browser, mail, PDF and security software", 2, Amount::Weeks));
    rules.extend(outsides());
    rules.extend(inside("ISM-1695, other systems", 1, Amount::Months));
    rules
}

fn second() -> Vec<PresetRule> {
    let mut rules = first();
    rules.extend(other());
    rules
}

fn third() -> Vec<PresetRule> {
    let mut rules = services().to_vec();
    let label = "ISM-1692, office, browser, mail, PDF and security software, critical or exploited";
    rules.push(office(label, 48, Amount::Hours).when(Fast));
    let label = "ISM-1901, office, browser, mail, PDF and security software, otherwise";
    rules.push(office(label, 2, Amount::Weeks).when(Slow));
    rules.extend(other());
    rules.extend(outsides());
    let fast = inside("ISM-1696, other systems, critical or exploited", 48, Amount::Hours);
    rules.extend(fast.map(|rule| rule.when(Fast)));
    let slow = inside("ISM-1902, other systems, otherwise", 1, Amount::Months);
    rules.extend(slow.map(|rule| rule.when(Slow)));
    let firmware = |label, count, unit| rule(label, count, unit).software(&[Software::Firmware]);
    let label = "ISM-1879 and ISM-1903, drivers and firmware, critical or exploited";
    rules.push(firmware(label, 48, Amount::Hours).when(Fast));
    let label = "ISM-1697 and ISM-1904, drivers and firmware, otherwise";
    rules.push(firmware(label, 1, Amount::Months).when(Slow));
    rules
}
