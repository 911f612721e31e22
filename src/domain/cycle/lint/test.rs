//! How deep to test, and how long: by rank and platform, against the days of exposure (requirements S1-54, S3-11).

use super::{Finding, Kind, Scene, list};
use crate::domain::asset::{AssetClass, Criticality};
use crate::domain::book::Book;
use crate::domain::change::test::{TestStage, TestVerdict};
use crate::domain::change::{ChangeRecord, ChangeState};
use crate::domain::cycle::generate::is_patching;
use crate::domain::cycle::progress::{is_open, steps_of};
use crate::domain::cycle::template::StepKey;
use crate::domain::cycle::{Cycle, CycleId, CycleKind};
use crate::domain::rating::Rank;
use crate::domain::row::words;
use crate::util::clock::DAY_SECS;
use crate::util::text::counted;

words!(
    /// How deep a test goes (requirement S3-11).
    Depth {
        /// A desktop: one or two key functions.
        Light = "light", "One or two key functions";
        /// The functions people use every day.
        Standard = "standard", "The everyday functions";
        /// Mission-critical: rigorous, data included.
        Rigorous = "rigorous", "Rigorous, with the data";
    }
);

impl Depth {
    /// How many test cases must have passed before production is patched: 1, 3 or 5. The shop's tests may be more; fewer are
    /// found by the lint.
    pub fn cases(self) -> usize {
        match self {
            Self::Light => 1,
            Self::Standard => 3,
            Self::Rigorous => 5,
        }
    }
}

/// How deep to test an asset for a rank: what is vital always rigorously, desktops lightly unless much hangs on them, the rest
/// deeper the worse the weakness is, because a bad patch must not be rushed onto it.
pub fn depth(rank: Rank, class: AssetClass, criticality: Criticality) -> Depth {
    let urgent = matches!(rank, Rank::Severe | Rank::High);
    match (class, criticality) {
        (AssetClass::Server, Criticality::One) => Depth::Rigorous,
        (AssetClass::Server, Criticality::Two) if urgent => Depth::Rigorous,
        (AssetClass::Server, Criticality::Two)
        | (AssetClass::Workstation, Criticality::One | Criticality::Two) => Depth::Standard,
        (AssetClass::Server, _) if urgent => Depth::Standard,
        _ => Depth::Light,
    }
}

/// The test period of a cycle against its exposure (requirement S1-54).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TestPeriod {
    /// From the first deployment to test systems to the first patch night, seconds; negative where the night comes first.
    pub test_secs: i64,
    /// From the release to the first patch night, seconds: every asset is exposed at least so long.
    pub first_exposed_secs: i64,
    /// From the release to the last window, seconds: the last ones are exposed so long.
    pub last_exposed_secs: i64,
}

impl TestPeriod {
    /// `tested for 3.0 days, exposed for 3.1 to 11.0 days`.
    pub fn text(&self) -> String {
        let days = |secs: i64| format!("{:.1}", secs as f64 / DAY_SECS as f64);
        format!(
            "tested for {} days, exposed for {} to {} days",
            days(self.test_secs),
            days(self.first_exposed_secs),
            days(self.last_exposed_secs)
        )
    }
}

/// Test period and exposure of a cycle; nothing where it has no test step or no patch night.
pub fn test_period(book: &Book, cycle: &Cycle) -> Option<TestPeriod> {
    let steps = steps_of(book, cycle.id);
    let begins =
        steps.iter().filter(|step| step.key == Some(StepKey::TestBegins)).map(|step| step.due_at).min()?;
    let nights = || steps.iter().filter(|step| is_patching(step) && step.skipped_because.is_empty());
    let (first, last) = (nights().map(|s| s.due_at).min()?, nights().map(|s| s.due_at).max()?);
    Some(TestPeriod {
        test_secs: first - begins,
        first_exposed_secs: first - cycle.anchor_at,
        last_exposed_secs: last - cycle.anchor_at,
    })
}

pub(super) fn findings(scene: &Scene<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = scene.changes.iter().filter_map(|change| shallow(scene, change)).collect();
    let open =
        scene.book.cycles.rows().iter().filter(|cycle| is_open(cycle) && cycle.kind != CycleKind::Emergency);
    found.extend(open.filter_map(|cycle| period(scene, cycle)));
    found
}

fn shallow(scene: &Scene<'_>, change: &ChangeRecord) -> Option<Finding> {
    let decided =
        [ChangeState::Approved, ChangeState::Scheduled, ChangeState::GoAhead, ChangeState::InProgress];
    // Before the approval tests are still to come; a reason not to test is looked at by whoever approves.
    if !decided.contains(&change.state) || !change.untested_because.is_empty() {
        return None;
    }
    let rank = change.rank.unwrap_or_else(|| worst(scene, change));
    let lines = scene.lines(change).filter_map(|line| {
        let place = scene.book.asset_place(line.asset)?;
        let asset = &scene.book.assets.rows()[place as usize];
        let class = scene.view.subjects.standings[place as usize].class;
        Some((depth(rank, class, asset.criticality), asset))
    });
    let lines: Vec<_> = lines.collect();
    let wanted = lines.iter().map(|(depth, _)| *depth).max()?;
    let tests = scene.book.tests.rows().iter().filter(|test| {
        test.change == change.id
            && test.stage == TestStage::Before
            && test.verdict == TestVerdict::Passed
            && test.voided_because.is_empty()
    });
    let mut cases: Vec<String> = tests.map(|test| crate::util::text::fold(&test.case)).collect();
    cases.sort_unstable();
    cases.dedup();
    if cases.len() >= wanted.cases() {
        return None;
    }
    let deepest: Vec<_> =
        lines.iter().filter(|(depth, _)| *depth == wanted).map(|(_, asset)| *asset).collect();
    let text = format!(
        "{} shows {} passed on a test system. {} at rank {} ask for {}: at least {}.",
        change.number,
        counted(cases.len() as u64, "test", "tests"),
        list(deepest.iter().map(|asset| asset.name.as_str())),
        rank.text(),
        wanted.text().to_lowercase(),
        wanted.cases()
    );
    let finding = Finding::new(Kind::ShallowTest, text).assets(deepest.iter().map(|asset| asset.id));
    Some(Finding { at: change.window_from_at, ..finding })
}

/// The worst rank of a change's updates; High where it names none, as for anything unrated.
fn worst(scene: &Scene<'_>, change: &ChangeRecord) -> Rank {
    let places = change.updates.iter().filter_map(|update| scene.book.updates.place(update.0));
    places.map(|place| scene.view.rank(place)).min().unwrap_or(Rank::High)
}

fn period(scene: &Scene<'_>, cycle: &Cycle) -> Option<Finding> {
    let period = test_period(scene.book, cycle)?;
    let first_night = cycle.anchor_at + period.first_exposed_secs;
    if !(scene.from_at..scene.to_at).contains(&first_night) {
        return None;
    }
    let text = if period.test_secs < 0 {
        format!(
            "{}: production is patched before the test systems. Move the patch night or the test.",
            cycle.name
        )
    } else if period.test_secs < DAY_SECS / 2 {
        format!(
            "{}: less than half a day lies between test and production ({}). Nothing can have shown.",
            cycle.name,
            period.text()
        )
    } else if 2 * period.test_secs > period.last_exposed_secs && period.test_secs > 7 * DAY_SECS {
        format!(
            "{}: testing takes more than half of the exposure ({}). Shorten the test, or patch a pilot first.",
            cycle.name,
            period.text()
        )
    } else {
        return None;
    };
    Some(Finding::new(Kind::TestPeriod, text).at(first_night))
}

/// Where the tests of a cycle stand, for its page: demanded depth and passed cases of each change record.
pub fn depths(
    view: &crate::domain::compliance::view::View<'_>,
    cycle: CycleId,
) -> Vec<(crate::domain::change::ChangeId, Depth)> {
    let book = view.book;
    let records = book.changes.rows().iter().filter(|change| change.cycle == Some(cycle));
    let deepest = records.filter_map(|change| {
        let places = change.updates.iter().filter_map(|update| book.updates.place(update.0));
        let rank = change.rank.or_else(|| places.map(|place| view.rank(place)).min()).unwrap_or(Rank::High);
        let lines =
            book.change_lines.rows().iter().filter(|l| l.change == change.id && l.removed_because.is_empty());
        let depths = lines.filter_map(|line| {
            let place = book.asset_place(line.asset)? as usize;
            Some(depth(rank, view.subjects.standings[place].class, book.assets.rows()[place].criticality))
        });
        Some((change.id, depths.max()?))
    });
    deepest.collect()
}
