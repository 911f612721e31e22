//! Instants in four bytes, for the columns of pairs.

/// Seconds since 2000-01-01 00:00 UTC; 0 stands for "before or at the start", which no report has.
pub type Stamp = u32;

/// 2000-01-01 00:00 UTC in seconds since 1970.
pub const BASE_AT: i64 = 946_684_800;

/// An instant as a stamp; instants outside 2000 to 2136 go to the nearest end.
pub fn of_instant(at: i64) -> Stamp {
    u32::try_from((at - BASE_AT).clamp(0, i64::from(u32::MAX))).unwrap_or(u32::MAX)
}

/// A stamp as an instant.
pub fn instant(stamp: Stamp) -> i64 {
    i64::from(stamp) + BASE_AT
}
