//! Random row ids: positive 63-bit integers, so that two files can be merged later.

use std::sync::atomic::{AtomicU64, Ordering};

/// Where new ids come from: the system's randomness, or a counted seed for tests and the sample register.
#[derive(Debug)]
pub enum Ids {
    /// The operating system's random numbers.
    Random,
    /// A repeatable sequence from this state.
    Seeded(AtomicU64),
}

impl Ids {
    /// A repeatable sequence.
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded(AtomicU64::new(seed))
    }

    /// The next id, never zero.
    pub fn next(&self) -> i64 {
        let raw = match self {
            // Without a source of randomness there is no safe way to go on; the counter keeps ids unique in this process.
            Self::Random => getrandom::u64().unwrap_or_else(|_| fallback()),
            Self::Seeded(state) => mix(state.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed)),
        };
        ((raw >> 1).max(1)) as i64
    }
}

fn fallback() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    mix(NEXT.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed) ^ u64::from(std::process::id()))
}

/// The finaliser of `SplitMix64` (public domain, S. Vigna): spreads a counter over all bits.
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
