//! Pairs: (asset, update) with a state and its history, in compact columns.
//!
//! One [`Block`] per update; within it pairs are sorted by asset place, and each pair's transitions by time. A pair with two
//! transitions takes 18 bytes. Unknown to a block means that no source ever listed the pair.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::stamp::Stamp;

/// State of a pair, numbered as WSUS numbers it (`metrics.md`, state).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum State {
    /// The source has no answer.
    Unknown = 0,
    /// Does not concern the asset.
    NotApplicable = 1,
    /// Needed.
    NotInstalled = 2,
    /// Needed, already on the disk.
    Downloaded = 3,
    /// Installed.
    Installed = 4,
    /// The installation failed.
    Failed = 5,
    /// Installed, a restart is missing: still open.
    PendingReboot = 6,
    /// A source that merges installed and not applicable: its own line, outside M3 and M4.
    InstalledOrNotApplicable = 7,
}

impl State {
    /// Every state in the order of its number.
    pub const ALL: [Self; 8] = [
        Self::Unknown,
        Self::NotApplicable,
        Self::NotInstalled,
        Self::Downloaded,
        Self::Installed,
        Self::Failed,
        Self::PendingReboot,
        Self::InstalledOrNotApplicable,
    ];

    /// The state of a number; unknown for anything else.
    pub fn of_number(n: u8) -> Self {
        Self::ALL.get(usize::from(n)).copied().unwrap_or(Self::Unknown)
    }

    /// Still owed: 2, 3, 5, 6.
    pub fn is_open(self) -> bool {
        matches!(self, Self::NotInstalled | Self::Downloaded | Self::Failed | Self::PendingReboot)
    }

    /// What people read.
    pub fn text(self) -> &'static str {
        match self {
            Self::Unknown => "Unknown",
            Self::NotApplicable => "Not applicable",
            Self::NotInstalled => "Not installed",
            Self::Downloaded => "Downloaded",
            Self::Installed => "Installed",
            Self::Failed => "Failed",
            Self::PendingReboot => "Pending reboot",
            Self::InstalledOrNotApplicable => "Installed or not applicable",
        }
    }
}

/// Bit of a transition's byte: the time is the true install time, not a report time.
pub const EXACT: u8 = 0x10;
/// Bits of a transition's byte that hold the state's number.
pub const STATE_MASK: u8 = 0x0f;

/// One change of a pair's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    /// When: the asset's report time, or the install time where [`EXACT`] is set.
    pub at: Stamp,
    /// State number and flags.
    pub byte: u8,
}

impl Transition {
    /// The new state.
    pub fn state(self) -> State {
        State::of_number(self.byte & STATE_MASK)
    }
}

/// All pairs of one update.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// Places of the assets, ascending.
    pub assets: Vec<u32>,
    /// Where each pair's transitions begin; one more than there are pairs.
    pub starts: Vec<u32>,
    /// When each transition was.
    pub times: Vec<Stamp>,
    /// State number and flags of each transition.
    pub bytes: Vec<u8>,
}

impl Block {
    /// How many pairs.
    pub fn len(&self) -> usize {
        self.assets.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.assets.is_empty()
    }

    /// The transitions of the pair at a position in this block.
    pub fn transitions(&self, position: usize) -> impl DoubleEndedIterator<Item = Transition> + '_ {
        let range = self.starts[position] as usize..self.starts[position + 1] as usize;
        self.times[range.clone()].iter().zip(&self.bytes[range]).map(|(&at, &byte)| Transition { at, byte })
    }

    /// The position of an asset's pair.
    pub fn find(&self, asset: u32) -> Option<usize> {
        // A block often holds every asset, so the place itself is the best first guess.
        if self.assets.get(asset as usize) == Some(&asset) {
            return Some(asset as usize);
        }
        self.assets.binary_search(&asset).ok()
    }

    /// The last transition at or before an instant.
    pub fn at(&self, position: usize, at: Stamp) -> Option<Transition> {
        self.transitions(position).rev().find(|t| t.at <= at)
    }
}

/// All pairs of the register, one block per update place.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    /// Index: place of the update.
    pub blocks: Vec<Arc<Block>>,
    /// Index: place of the asset. When it sent whole patch-state reports, ascending.
    pub reports: Vec<Arc<Vec<Stamp>>>,
}

impl Pairs {
    /// Makes room for rows that came without pairs: every place has a block, every asset a list of reports.
    pub fn fit(&mut self, assets: usize, updates: usize) {
        self.blocks.resize_with(self.blocks.len().max(updates), Arc::default);
        self.reports.resize_with(self.reports.len().max(assets), Arc::default);
    }

    /// How many pairs in all.
    pub fn len(&self) -> usize {
        self.blocks.iter().map(|block| block.len()).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.blocks.iter().all(|block| block.is_empty())
    }

    /// The asset's last report before an instant: the low end of an interval in which a pair closed.
    pub fn report_before(&self, asset: u32, at: Stamp) -> Option<Stamp> {
        let reports = self.reports.get(asset as usize)?;
        let next = reports.partition_point(|&t| t < at);
        next.checked_sub(1).map(|i| reports[i])
    }

    /// The asset's newest report at or before an instant.
    pub fn newest_report(&self, asset: u32, at: Stamp) -> Option<Stamp> {
        let reports = self.reports.get(asset as usize)?;
        let next = reports.partition_point(|&t| t <= at);
        next.checked_sub(1).map(|i| reports[i])
    }
}
