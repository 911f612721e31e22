//! Time to patch: mean, median, 90th percentile of closed pairs, and the open-aware (Kaplan-Meier) survival that includes the open.

use crate::domain::stamp::Stamp;

/// Lengths of time of one group of pairs, in seconds.
#[derive(Clone, Debug, Default)]
pub struct Times {
    /// How long each closed pair took. Sorted by [`Times::sort`].
    pub closed: Vec<u32>,
    /// How long open pairs have been open so far, and how many of each.
    pub open: Vec<(u32, u32)>,
}

impl Times {
    /// Puts everything in order; needed before anything is asked.
    pub fn sort(&mut self) {
        radix_sort(&mut self.closed);
        self.open.sort_unstable();
    }

    /// Notes an open pair. Neighbours mostly share their age, so runs are kept rather than pairs.
    #[inline]
    pub fn add_open(&mut self, secs: u32) {
        match self.open.last_mut() {
            Some((age, count)) if *age == secs => *count += 1,
            _ => self.open.push((secs, 1)),
        }
    }

    /// Mean of the closed, seconds.
    pub fn mean(&self) -> Option<f64> {
        let sum: u64 = self.closed.iter().map(|&secs| u64::from(secs)).sum();
        (!self.closed.is_empty()).then(|| sum as f64 / self.closed.len() as f64)
    }

    /// Median of the closed, seconds; of an even number the mean of the middle two.
    pub fn median(&self) -> Option<f64> {
        let n = self.closed.len();
        let upper = *self.closed.get(n / 2)?;
        let lower = if n.is_multiple_of(2) { self.closed[n / 2 - 1] } else { upper };
        Some(f64::midpoint(f64::from(lower), f64::from(upper)))
    }

    /// The time within which 90 of 100 closed pairs closed (nearest rank), seconds.
    pub fn ninetieth(&self) -> Option<u32> {
        let rank = (self.closed.len() * 9).div_ceil(10);
        self.closed.get(rank.checked_sub(1)?).copied()
    }

    /// The survival curve: after each time at which pairs closed, the share still open.
    pub fn curve(&self) -> Vec<(u32, f64)> {
        let mut points = Vec::new();
        self.walk(|secs, share| {
            points.push((secs, share));
            true
        });
        points
    }

    /// Open-aware median, seconds: when half were closed. `None` is "not reached".
    pub fn open_aware_median(&self) -> Option<u32> {
        let mut found = None;
        self.walk(|secs, share| {
            if share <= 0.5 {
                found = Some(secs);
            }
            found.is_none()
        });
        found
    }

    /// Kaplan-Meier: at each closing time the share still open shrinks by closed / at risk. Pairs open for exactly that long are
    /// at risk.
    fn walk(&self, mut point: impl FnMut(u32, f64) -> bool) {
        let open_total: u64 = self.open.iter().map(|&(_, count)| u64::from(count)).sum();
        let mut at_risk = self.closed.len() as u64 + open_total;
        let mut censored = self.open.iter().peekable();
        let mut share = 1.0;
        let mut rest = self.closed.as_slice();
        while let Some(&secs) = rest.first() {
            while let Some(&&(_, count)) = censored.peek().filter(|(age, _)| *age < secs) {
                at_risk -= u64::from(count);
                censored.next();
            }
            let closing = rest.iter().take_while(|&&other| other == secs).count();
            share *= 1.0 - closing as f64 / at_risk as f64;
            at_risk -= closing as u64;
            rest = &rest[closing..];
            if !point(secs, share) {
                return;
            }
        }
    }
}

/// Seconds until a share of all was reached, given when each of `reached` was; `None` is "not reached". Reorders `reached`.
pub fn until_share(reached: &mut [u32], whole: usize, per_cent: usize) -> Option<u32> {
    let rank = (whole * per_cent).div_ceil(100);
    if rank == 0 || rank > reached.len() {
        return None;
    }
    Some(*reached.select_nth_unstable(rank - 1).1)
}

/// How long from one stamp to another, never below nothing.
pub fn length(from: Stamp, to: Stamp) -> u32 {
    to.saturating_sub(from)
}

/// Sorts in a few linear passes: closing times of millions of pairs are the one thing here that must be in order.
fn radix_sort(values: &mut Vec<u32>) {
    const BITS: u32 = 11;
    const SIZE: usize = 1 << BITS;
    if values.len() < 4 * SIZE {
        values.sort_unstable();
        return;
    }
    let most = values.iter().copied().max().unwrap_or(0);
    let mut from = std::mem::take(values);
    let mut to = vec![0; from.len()];
    let mut shift = 0;
    while shift < u32::BITS && most >> shift > 0 {
        let mut places = [0usize; SIZE];
        for &value in &from {
            places[(value >> shift) as usize & (SIZE - 1)] += 1;
        }
        let mut next = 0;
        for place in &mut places {
            next += std::mem::replace(place, next);
        }
        for &value in &from {
            let place = &mut places[(value >> shift) as usize & (SIZE - 1)];
            to[*place] = value;
            *place += 1;
        }
        std::mem::swap(&mut from, &mut to);
        shift += BITS;
    }
    *values = from;
}
