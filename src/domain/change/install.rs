//! When a pair was installed, as far as the sources tell: at a true time, or between two reports.
//!
//! One reading for outcomes, orphans and figures. It never takes the time of a report for the time of an install.

use crate::domain::compliance::verdict::{Kind, Proof};
use crate::domain::compliance::view::View;
use crate::domain::pair::{EXACT, STATE_MASK, State};
use crate::domain::stamp::{Stamp, of_instant};

/// An install and what is known of its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Install {
    /// Place of the update that was installed: the pair's own, or the superseding one that satisfies it.
    pub update: u32,
    /// The last instant at which it was certainly not installed; 0 where nobody looked before. The true time where `exact`.
    pub after: Stamp,
    /// The first instant at which it was certainly installed; the true time where `exact`.
    pub by: Stamp,
    /// The source gave the true time.
    pub exact: bool,
}

/// A stretch of time in which work was done, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// First second.
    pub from: Stamp,
    /// Last second.
    pub until: Stamp,
}

/// Where an install lies against a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lies {
    /// In it, certainly.
    Inside,
    /// Before or after it, certainly.
    Outside,
    /// The interval reaches across an end of it.
    CannotTell,
}

impl Stretch {
    /// Of instants, UTC seconds.
    pub fn of(from_at: i64, until_at: i64) -> Self {
        Self { from: of_instant(from_at), until: of_instant(until_at) }
    }

    /// Where an install lies.
    pub fn lies(self, install: Install) -> Lies {
        if install.exact {
            let inside = self.from <= install.by && install.by <= self.until;
            return if inside { Lies::Inside } else { Lies::Outside };
        }
        // The install lies in (after, by].
        if install.by < self.from || install.after >= self.until {
            Lies::Outside
        } else if install.after >= self.from && install.by <= self.until {
            Lies::Inside
        } else {
            Lies::CannotTell
        }
    }
}

/// How a pair came to be satisfied by an install, as of the view; `None` where no source shows one.
pub fn install_of(view: &View<'_>, asset: u32, update: u32) -> Option<Install> {
    match view.pair(asset, update)?.kind {
        Kind::Satisfied(Proof::Itself) => own_install(view, asset, update),
        Kind::Satisfied(Proof::Superseding(by)) => own_install(view, asset, by),
        _ => None,
    }
}

/// The install of an update itself.
pub fn own_install(view: &View<'_>, asset: u32, update: u32) -> Option<Install> {
    let block = view.block(update)?;
    let position = block.find(asset)?;
    let span = view.span(update, block, position, view.at)?;
    let installed = |i: usize| block.bytes[i] & STATE_MASK == State::Installed as u8;
    if !installed(span.last) {
        return None;
    }
    let mut start = span.last;
    while start > span.first && installed(start - 1) {
        start -= 1;
    }
    let by = block.times[start];
    if block.bytes[start] & EXACT != 0 {
        return Some(Install { update, after: by, by, exact: true });
    }
    let before = start.checked_sub(1).filter(|i| *i >= span.first).map(|i| block.times[i]);
    // Every whole report between the last open transition and this one still showed it open.
    let after = before.map_or(0, |open| open.max(view.book.pairs.report_before(asset, by).unwrap_or(0)));
    Some(Install { update, after, by, exact: false })
}
