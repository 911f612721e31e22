//! Orphans, both ways (metrics.md M13): installs that no change covers, and changes that no install shows.
//!
//! Where the sources give an interval only, and it reaches across an end of the work, nobody can tell; that is counted apart
//! and never rounded to either side.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::figure::counts;
use super::install::{Install, Lies, Stretch, own_install};
use super::line::{ChangeLineId, LineResult};
use super::outcome::{leaves_out_what_does_not_apply, worked};
use super::state::has_begun;
use super::template::ChangeTemplateId;
use super::{ChangeId, ChangeKind, ChangeState, lines};
use crate::domain::asset::AssetClass;
use crate::domain::book::Book;
use crate::domain::compliance::outcome::Period;
use crate::domain::compliance::verdict::{Kind, Proof};
use crate::domain::compliance::view::View;
use crate::domain::stamp::{instant, of_instant};
use crate::domain::update::UpdateId;

/// What covers an install.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// A change with this asset and update, while its work went on.
    Change(ChangeId),
    /// A ratified standard template: workstations patch themselves under it.
    Template(ChangeTemplateId),
    /// A change may cover it; the time is known as an interval only.
    CannotTell(ChangeId),
    /// Nothing: an orphan.
    Nothing,
}

/// An install of the period and what covers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Covered {
    /// Place of the asset.
    pub asset: u32,
    /// The install.
    pub install: Install,
    /// What covers it.
    pub cover: Cover,
}

/// A line's update that was reported done without an install to show for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unshown {
    /// Which change.
    pub change: ChangeId,
    /// Which line.
    pub line: ChangeLineId,
    /// Place of the asset.
    pub asset: u32,
    /// Which update.
    pub update: UpdateId,
    /// The reports do not tell; otherwise they show that there was no install during the work.
    pub cannot_tell: bool,
}

/// Orphans of a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Orphans {
    /// Every install of the period.
    pub installs: Vec<Covered>,
    /// Every update that a change of the period reports done and no install shows.
    pub unshown: Vec<Unshown>,
}

impl Orphans {
    /// Installs that nothing covers.
    pub fn outside(&self) -> impl Iterator<Item = &Covered> {
        self.installs.iter().filter(|install| install.cover == Cover::Nothing)
    }

    /// Installs of which nobody can tell.
    pub fn cannot_tell(&self) -> impl Iterator<Item = &Covered> {
        self.installs.iter().filter(|install| matches!(install.cover, Cover::CannotTell(_)))
    }

    /// Changes with an update that no install shows, certainly.
    pub fn unmatched(&self) -> Vec<ChangeId> {
        let mut found: Vec<ChangeId> =
            self.unshown.iter().filter(|row| !row.cannot_tell).map(|row| row.change).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The work of one change on one asset.
struct Work {
    change: ChangeId,
    stretch: Stretch,
    updates: Rc<HashSet<UpdateId>>,
}

/// The orphans of a period as of the view. An install belongs to the period in which it was certainly there.
pub fn orphans(view: &View<'_>, period: Period) -> Orphans {
    let works = works(view);
    let mut found = Orphans::default();
    let (from, until) = (of_instant(period.from_at), of_instant(period.to_at));
    for (place, update) in view.book.updates.iter().enumerate() {
        let place = place as u32;
        let Some(block) = view.block(place).filter(|_| view.duties[place as usize].counts) else { continue };
        for &asset in &block.assets {
            if !view.subjects.list[asset as usize].counts {
                continue;
            }
            let Some(install) = own_install(view, asset, place) else { continue };
            // Nobody looked before: it may be years old, so it is no install of this period.
            let known = install.exact || install.after > 0;
            if known && from <= install.by && install.by < until {
                let cover = cover(view, works.get(&asset), asset, update.id, install);
                found.installs.push(Covered { asset, install, cover });
            }
        }
    }
    found.unshown = unshown(view, period);
    found
}

fn works(view: &View<'_>) -> HashMap<u32, Vec<Work>> {
    let mut works: HashMap<u32, Vec<Work>> = HashMap::new();
    // A rehearsal covers nothing.
    let real = |record: &&super::ChangeRecord| has_begun(record.state) && counts(view.book, record);
    for record in view.book.changes.iter().filter(real) {
        let updates = Rc::new(carried(view.book, &record.updates));
        for line in lines(view.book, record.id) {
            let place = view.book.assets.place(line.asset.0);
            if let (Some(place), Some(stretch)) = (place, worked(record, line, view.as_of_at)) {
                let work = Work { change: record.id, stretch, updates: Rc::clone(&updates) };
                works.entry(place).or_default().push(work);
            }
        }
    }
    works
}

fn cover(
    view: &View<'_>,
    works: Option<&Vec<Work>>,
    asset: u32,
    update: UpdateId,
    install: Install,
) -> Cover {
    let mut maybe = None;
    for work in works.into_iter().flatten().filter(|work| work.updates.contains(&update)) {
        match work.stretch.lies(install) {
            Lies::Inside => return Cover::Change(work.change),
            Lies::CannotTell => maybe = Some(work.change),
            Lies::Outside => {}
        }
    }
    if let Some(template) = standing_template(view, asset, instant(install.by)) {
        return Cover::Template(template);
    }
    maybe.map_or(Cover::Nothing, Cover::CannotTell)
}

/// A change covers the updates it names, and what supersedes them: a newer cumulative update does the same work.
fn carried(book: &Book, named: &[UpdateId]) -> HashSet<UpdateId> {
    let newer = book.supersedences.iter().filter(|edge| named.contains(&edge.older)).map(|edge| edge.newer);
    named.iter().copied().chain(newer).collect()
}

/// The ratified standard template that was in force for a workstation at an instant.
fn standing_template(view: &View<'_>, asset: u32, at: i64) -> Option<ChangeTemplateId> {
    if view.subjects.standings[asset as usize].class != AssetClass::Workstation {
        return None;
    }
    let zone = crate::util::clock::zone(&view.book.shop.zone);
    let day = crate::util::clock::day_in(zone, at);
    let in_force = |t: &&super::template::ChangeTemplate| {
        t.kind == ChangeKind::Standard
            && t.ratified_at.is_some_and(|ratified| ratified <= at)
            && t.revoked_at.is_none_or(|revoked| at < revoked)
            && t.expires_on.is_none_or(|last| day <= last)
    };
    view.book.change_templates.iter().find(in_force).map(|template| template.id)
}

fn unshown(view: &View<'_>, period: Period) -> Vec<Unshown> {
    let mut found = Vec::new();
    let claims = |state| matches!(state, Some(ChangeState::Implemented | ChangeState::Partly));
    let ended = |at: Option<i64>| at.is_some_and(|at| period.contains(at));
    let records = view.book.changes.iter();
    let records = records.filter(|r| claims(r.ended_as) && ended(r.ended_at) && counts(view.book, r));
    for record in records {
        for line in lines(view.book, record.id) {
            let claimed = !matches!(
                line.result,
                Some(LineResult::Failed | LineResult::NotDone | LineResult::RolledBack | LineResult::Pending)
            );
            let place = view.book.assets.place(line.asset.0);
            let (true, Some(asset), Some(work)) = (claimed, place, worked(record, line, view.as_of_at))
            else {
                continue;
            };
            for &update in &record.updates {
                if let Some(cannot_tell) = lacks_install(view, asset, update, work) {
                    found.push(Unshown { change: record.id, line: line.id, asset, update, cannot_tell });
                }
            }
        }
    }
    found
}

/// `None` where an install shows the work, or none was owed; else whether the reports leave it open.
fn lacks_install(view: &View<'_>, asset: u32, update: UpdateId, work: Stretch) -> Option<bool> {
    let Some(place) = view.book.updates.place(update.0) else { return Some(true) };
    let Some(verdict) = view.pair(asset, place) else {
        let reported = view.book.pairs.newest_report(asset, view.at).is_some_and(|at| at >= work.until);
        let elsewhere = view.block(place).is_some();
        let applies_not = reported && elsewhere && leaves_out_what_does_not_apply(view.book, work);
        return (!applies_not).then_some(true);
    };
    match verdict.kind {
        Kind::NotApplicable => None,
        Kind::Satisfied(Proof::Hand) | Kind::Merged | Kind::Unknown => Some(true),
        Kind::Satisfied(_) => {
            let install = super::install::install_of(view, asset, place);
            match install.map(|install| work.lies(install)) {
                Some(Lies::Inside) => None,
                Some(Lies::Outside) => Some(false),
                _ => Some(true),
            }
        }
        Kind::Open => {
            let reported = view.book.pairs.newest_report(asset, view.at).unwrap_or(0);
            Some(reported < work.until)
        }
    }
}
