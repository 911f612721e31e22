//! What is wrong with a schedule, each finding a kind, a sentence that names everybody, and what to do.
//!
//! Looks at every window, change record and step between two instants. Finds, never repairs. Rules: requirements S1-19, S1-20,
//! S1-22, S1-50, S1-53, S1-54, S3-08, S3-11, S3-12, S3-17, S3-19, S4-02.

pub mod people;
mod place;
pub mod test;
mod tie;
mod time;

use crate::domain::asset::AssetId;
use crate::domain::book::Book;
use crate::domain::calendar::slot::{Slot, slots};
use crate::domain::change::line::ChangeLine;
use crate::domain::change::{ChangeRecord, ChangeState, window_of};
use crate::domain::compliance::view::View;
use crate::domain::group::GroupId;
use crate::domain::person::PersonId;
use crate::domain::row::words;

words!(
    /// What is wrong.
    Kind {
        /// Both nodes of a cluster may be down at once (requirement S1-19).
        ClusterTogether = "cluster_together", "Cluster partners in one slot";
        /// What something depends on is patched after it (requirement S1-20).
        DependencyAfter = "dependency_after", "Dependency after dependent";
        /// A standby shares a slot with its primary (requirement S3-19).
        StandbyTogether = "standby_together", "Standby with its primary";
        /// A standby misses what its primary has (requirement S3-19).
        StandbyBehind = "standby_behind", "Standby behind its primary";
        /// Nobody tests (requirement S1-21).
        NoTester = "no_tester", "No tester";
        /// Nothing mirrors production, and nothing is named as the pilot (requirement S1-22).
        NoTestSystem = "no_test_system", "No test system or pilot";
        /// A block of work does not fit its window.
        BlockTooLong = "block_too_long", "Block longer than its window";
        /// A change lies outside what was agreed with the business (requirement S1-50).
        OutsideWindow = "outside_window", "Change outside its window";
        /// Somebody works the third weekend in a row (requirement S1-53).
        ThirdWeekend = "third_weekend", "Third weekend in a row";
        /// So many desktops in one night flood the help desk (requirement S4-02).
        ManyDesktops = "many_desktops", "Too many desktops in one night";
        /// Tests are thinner than rank and platform demand (requirement S3-11).
        ShallowTest = "shallow_test", "Tests too shallow";
        /// Production is patched before the test can have shown anything, or testing eats the deadline (requirement S1-54).
        TestPeriod = "test_period", "Test period does not fit";
        /// The business agreed until a day that is over (requirement S1-50).
        AgreementLapsed = "agreement_lapsed", "Agreement lapsed";
        /// The business was never asked, as far as the register knows (requirement S1-50).
        NotAgreed = "not_agreed", "Window not agreed";
        /// Assets in scope, and no window in which to patch them.
        NoWindow = "no_window", "Group without a window";
        /// The agreed start does not exist on that day.
        ClockGap = "clock_gap", "Window in the clock change";
        /// It falls into a holiday or freeze that only warns.
        InClosure = "in_closure", "Falls into a holiday or freeze";
        /// An update comes before what it needs (requirement S3-12).
        PrerequisiteAfter = "prerequisite_after", "Prerequisite after what needs it";
        /// Nobody who decides for its technology has let it go by then (requirement S3-08).
        NotDecided = "not_decided", "No decision to deploy";
        /// An update goes out as if it had never broken anything (requirement S3-17).
        KnownConflict = "known_conflict", "Known conflict not spoken of";
        /// Something ends before it starts, or comes before what it follows.
        WrongOrder = "wrong_order", "Ends before it starts";
    }
);

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind.
    pub kind: Kind,
    /// A sentence with the names, and what to do.
    pub text: String,
    /// Which assets.
    pub assets: Vec<AssetId>,
    /// Which people.
    pub people: Vec<PersonId>,
    /// Which groups.
    pub groups: Vec<GroupId>,
    /// When it shows, UTC seconds.
    pub at: Option<i64>,
}

impl Finding {
    fn new(kind: Kind, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { kind, text, assets: Vec::new(), people: Vec::new(), groups: Vec::new(), at: None }
    }

    fn assets(self, assets: impl IntoIterator<Item = AssetId>) -> Self {
        Self { assets: assets.into_iter().collect(), ..self }
    }

    fn groups(self, groups: impl IntoIterator<Item = GroupId>) -> Self {
        Self { groups: groups.into_iter().collect(), ..self }
    }

    fn at(self, at: i64) -> Self {
        Self { at: Some(at), ..self }
    }
}

/// When an asset is patched, UTC seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Turn {
    from_at: i64,
    until_at: i64,
}

impl Turn {
    fn meets(self, other: Self) -> bool {
        self.from_at < other.until_at && other.from_at < self.until_at
    }
}

/// The schedule that is looked at.
struct Scene<'a> {
    view: &'a View<'a>,
    book: &'a Book,
    from_at: i64,
    to_at: i64,
    slots: Vec<Slot>,
    /// Change records that may still happen, with their windows in the span or open.
    changes: Vec<&'a ChangeRecord>,
    /// When each asset in scope is patched, in order. Index: place of the asset.
    turns: Vec<Vec<Turn>>,
}

/// Looks at the schedule between two instants, UTC seconds: kinds in their order, the earliest first.
pub fn lint(view: &View<'_>, from_at: i64, to_at: i64) -> Vec<Finding> {
    let scene = Scene::new(view, from_at, to_at);
    let mut findings = place::findings(&scene);
    findings.extend(people::findings(&scene));
    findings.extend(test::findings(&scene));
    findings.extend(time::findings(&scene));
    findings.extend(tie::findings(&scene));
    findings.sort_by(|a, b| (a.kind, a.at, &a.text).cmp(&(b.kind, b.at, &b.text)));
    findings.dedup();
    findings
}

impl<'a> Scene<'a> {
    fn new(view: &'a View<'a>, from_at: i64, to_at: i64) -> Self {
        let book = view.book;
        let over = [ChangeState::Cancelled, ChangeState::Rejected, ChangeState::Closed];
        let changes: Vec<&ChangeRecord> = book
            .changes
            .rows()
            .iter()
            .filter(|change| !over.contains(&change.state))
            .filter(|change| change.window_from_at.is_none_or(|at| (from_at..to_at).contains(&at)))
            .collect();
        let slots = slots(book, from_at, to_at);
        let mut scene = Self { view, book, from_at, to_at, slots, changes, turns: Vec::new() };
        scene.turns = scene.lay_out();
        scene
    }

    /// A line with a window of its own goes by it, then by that of its record; everything else by the slots of its group.
    fn lay_out(&self) -> Vec<Vec<Turn>> {
        let mut turns: Vec<Vec<Turn>> = vec![Vec::new(); self.book.assets.len()];
        for change in &self.changes {
            for line in self.lines(change) {
                let (from, until) = window_of(change, line);
                if let (Some(from_at), Some(until_at), Some(place)) =
                    (from, until, self.book.asset_place(line.asset))
                    && (self.from_at..self.to_at).contains(&from_at)
                {
                    turns[place as usize].push(Turn { from_at, until_at });
                }
            }
        }
        for (place, standing) in self.view.subjects.standings.iter().enumerate() {
            if !standing.counts() {
                turns[place].clear();
            } else if turns[place].is_empty() {
                let own = self.slots.iter().filter(|slot| Some(slot.group) == standing.group);
                turns[place].extend(own.map(|slot| Turn { from_at: slot.from_at, until_at: slot.until_at }));
            }
            turns[place].sort_unstable();
        }
        turns
    }

    fn lines(&self, change: &ChangeRecord) -> impl Iterator<Item = &'a ChangeLine> {
        let id = change.id;
        self.book
            .change_lines
            .rows()
            .iter()
            .filter(move |line| line.change == id && line.removed_because.is_empty())
    }

    /// The turns of an asset; none where it is out of scope or has no window.
    fn turns_of(&self, asset: AssetId) -> &[Turn] {
        self.book.asset_place(asset).map_or(&[], |place| self.turns[place as usize].as_slice())
    }

    fn asset_name(&self, asset: AssetId) -> &str {
        self.book.assets.get(asset.0).map_or("an asset that is gone", |asset| asset.name.as_str())
    }

    fn group_name(&self, group: GroupId) -> &str {
        self.book.groups.get(group.0).map_or("a group that is gone", |group| group.name.as_str())
    }

    /// Places of the assets in scope.
    fn in_scope(&self) -> impl Iterator<Item = usize> + '_ {
        let all = self.view.subjects.standings.iter().enumerate();
        all.filter(|(_, standing)| standing.counts()).map(|(place, _)| place)
    }

    /// An instant in the shop's zone.
    fn when(&self, at: i64) -> String {
        crate::util::clock::text_in(crate::util::clock::zone(&self.book.shop.zone), at)
    }
}

/// `A, B, C and 4 more`.
fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut names: Vec<&str> = names.into_iter().collect();
    names.sort_unstable();
    names.dedup();
    let more = names.len().saturating_sub(5);
    let shown = names[..names.len() - more].join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}
