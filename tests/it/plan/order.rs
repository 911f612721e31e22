//! The order in which exports are imported does not matter for where the register ends.

use proptest::prelude::*;

use patchbook::domain::pair::State;

use super::rig::{Files, Rig, day, export, machine, patch};

const WORDS: [&str; 5] = ["", "NotInstalled", "Installed", "Failed", "InstalledPendingReboot"];

/// One export per day; per computer and update a word, the first of which stands for "not listed".
fn file_of(number: usize, words: &[usize]) -> Files {
    let at = day(number as i64 + 1);
    let machines = [machine(1, "ws-1", at), machine(2, "ws-2", at)];
    let pairs = [(1, 1), (1, 2), (2, 1), (2, 2)];
    let states: Vec<(u32, u32, &str)> =
        pairs.iter().zip(words).filter(|(_, w)| **w > 0).map(|(&(c, u), &w)| (c, u, WORDS[w])).collect();
    export(at, &machines, &[patch(1, "5000001"), patch(2, "5000002")], &states)
}

/// The states now and at each report. Not applicable and never listed are one and the same to a reader.
fn ends(exports: &[Files]) -> Vec<(State, Vec<State>, Vec<i64>)> {
    let mut rig = Rig::new();
    rig.at(day(100));
    for files in exports {
        rig.import(files);
    }
    let mut ends = Vec::new();
    for asset in ["WS-1", "WS-2"] {
        for kb in ["5000001", "5000002"] {
            let state = rig.state(asset, kb).unwrap_or(State::NotApplicable);
            let reports = rig.reports(asset);
            let then = reports.iter().map(|&at| rig.state_at(asset, kb, at).unwrap_or(State::NotApplicable));
            ends.push((state, then.collect(), reports.clone()));
        }
    }
    ends
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn exports_in_any_order_end_where_they_end_in_the_order_of_their_reports(
        story in prop::collection::vec(prop::collection::vec(0..WORDS.len(), 4), 2..5),
        shuffle in any::<u64>(),
    ) {
        let sorted: Vec<Files> = story.iter().enumerate().map(|(n, words)| file_of(n, words)).collect();
        let mut shuffled = sorted.clone();
        let mut seed = shuffle;
        for place in (1..shuffled.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(place, (seed >> 33) as usize % (place + 1));
        }
        prop_assert_eq!(ends(&sorted), ends(&shuffled));
    }
}
