//! The rounding law: how a share and a length of time are printed (`metrics.md`, rules 1 and 2).
//!
//! Rounds against the shop, always. Never decides what is counted.

use std::fmt;

use crate::util::clock::DAY_SECS;

/// Which way a figure is good, and so which way it is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// More is better: truncated.
    GoodIsHigh,
    /// More is worse: rounded up.
    BadIsHigh,
}

/// A share with its absolute counts. Displayed as `54.5 %` with a space that does not break, or as `n/a (0 items)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    /// How many of them.
    pub part: u64,
    /// Out of how many.
    pub whole: u64,
    /// Which way it is rounded.
    pub sense: Sense,
}

impl Ratio {
    /// A share of which more is better.
    pub fn good(part: u64, whole: u64) -> Self {
        Self { part, whole, sense: Sense::GoodIsHigh }
    }

    /// A share of which more is worse.
    pub fn bad(part: u64, whole: u64) -> Self {
        Self { part, whole, sense: Sense::BadIsHigh }
    }

    /// In tenths of a percent, rounded against the shop; nothing where there are no items.
    pub fn per_mille(self) -> Option<u64> {
        if self.whole == 0 {
            return None;
        }
        let (scaled, whole) = (u128::from(self.part) * 1000, u128::from(self.whole));
        let rounded = match self.sense {
            Sense::GoodIsHigh => scaled / whole,
            Sense::BadIsHigh => scaled.div_ceil(whole),
        };
        Some(u64::try_from(rounded).unwrap_or(u64::MAX))
    }

    /// `6/11 = 54.5 %`; the counts are never left out.
    pub fn with_counts(self) -> String {
        if self.whole == 0 {
            return self.to_string();
        }
        let count = crate::util::text::count;
        format!("{}/{} = {self}", count(self.part), count(self.whole))
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.per_mille() {
            None => f.write_str("n/a (0 items)"),
            // Some, but truncated to nothing: to print a bare nought would deny them.
            Some(0) if self.part > 0 => f.write_str("under 0.1\u{a0}%"),
            Some(n) => write!(f, "{}.{}\u{a0}%", n / 10, n % 10),
        }
    }
}

/// A length of time in days, rounded up to tenths: `8.9`. Times are bad when high.
pub fn days_text(secs: f64) -> String {
    // The small allowance keeps an exact tenth from being lifted by binary fractions.
    let tenths = (secs * 10.0 / DAY_SECS as f64 - 1e-9).ceil() as i64;
    format!("{}.{}", tenths.max(0) / 10, tenths.max(0) % 10)
}

/// Whole days that have begun: 20 days and 6 hours are 21.
pub fn days_begun(secs: i64) -> i64 {
    secs.max(0).div_euclid(DAY_SECS) + i64::from(secs.max(0) % DAY_SECS != 0)
}
