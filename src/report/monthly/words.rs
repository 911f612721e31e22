//! How the report writes instants, names and amounts. Decides nothing.

use std::cmp::Ordering;

use crate::domain::compliance::drill::OpenPair;
use crate::domain::compliance::machine::Segment;
use crate::domain::compliance::month::month_text;
use crate::domain::compliance::ratio::Ratio;
use crate::domain::compliance::rule::NEVER;
use crate::domain::month::SealedFigure;
use crate::domain::stamp::{Stamp, instant};
use crate::report::layout::{self, Pattern, Tone};
use crate::util::clock;
use crate::util::text::count;

use super::Source;

impl Source<'_> {
    /// `24 Nov 2026 18:00` in the shop's zone.
    pub(super) fn minute(&self, at: i64) -> String {
        clock::utc(at).with_timezone(&self.zone).format("%-d\u{a0}%b\u{a0}%Y %H:%M").to_string()
    }

    /// The same with the zone's abbreviation.
    pub(super) fn instant(&self, at: i64) -> String {
        clock::text_in(self.zone, at)
    }

    /// `24 Nov 2026` in the shop's zone.
    pub(super) fn day(&self, at: i64) -> String {
        clock::day_in(self.zone, at).format("%-d\u{a0}%b\u{a0}%Y").to_string()
    }

    /// A due date; `no rule` where none binds.
    pub(super) fn due(&self, due: Stamp) -> String {
        if due == NEVER { "no rule".to_owned() } else { self.minute(instant(due)) }
    }

    /// Name of an asset.
    pub(super) fn asset(&self, place: u32) -> &str {
        &self.book.assets.rows()[place as usize].name
    }

    /// Short name of an update.
    pub(super) fn update(&self, place: u32) -> String {
        self.book.updates.rows()[place as usize].short_name()
    }

    /// The name of a pair's update, and whose clock it inherited.
    pub(super) fn duty(&self, pair: &OpenPair) -> String {
        match pair.verdict.inherited_from {
            Some(older) => format!("{} (clock of {})", self.update(pair.update), self.update(older)),
            None => self.update(pair.update),
        }
    }

    /// The period in words: a whole month by its name, otherwise its days.
    pub(super) fn period(&self) -> String {
        use chrono::Datelike as _;
        let period = self.spec.period;
        let first = clock::day_in(self.zone, period.from_at);
        if crate::domain::compliance::month::month_period(self.zone, first) == period {
            return month_text(first.year() * 12 + first.month0() as i32);
        }
        format!("{} to {}", self.day(period.from_at), self.day(period.to_at - 1))
    }
}

/// Tint and filling of a segment, the same in every figure of the report.
pub(in crate::report) fn look(segment: Segment) -> (Tone, Pattern) {
    match segment {
        Segment::Overdue => (Tone::Bad, Pattern::Rising),
        Segment::Unsupported => (Tone::Bad, Pattern::Cross),
        Segment::Unknown => (Tone::Unknown, Pattern::Dots),
        Segment::Waived => (Tone::Warn, Pattern::Upright),
        Segment::InTime => (Tone::Accent, Pattern::Level),
        Segment::UpToDate => (Tone::Good, Pattern::Solid),
    }
}

/// The parts of a bar for counts in the order of [`Segment::ALL`].
pub(in crate::report) fn parts(counts: [u64; 6]) -> Vec<layout::Segment> {
    let part = |&segment: &Segment| {
        let (tone, pattern) = look(segment);
        layout::Segment::new(segment.text(), counts[segment as usize], tone, pattern)
    };
    Segment::ALL.iter().map(part).collect()
}

/// Up to three names and how many more: `DC-01, WEB-1, WEB-2 and 9 more`.
pub(in crate::report) fn few<T: AsRef<str>>(names: &[T]) -> String {
    const SHOWN: usize = 3;
    let shown: Vec<&str> = names.iter().take(SHOWN).map(AsRef::as_ref).collect();
    let more = names.len().saturating_sub(SHOWN);
    let more = if more == 0 { String::new() } else { format!(" and {} more", count(more as u64)) };
    format!("{}{more}", shown.join(", "))
}

/// A share whose counts stand in the same line of a table; nothing to count is a word.
pub(in crate::report) fn share(ratio: Ratio) -> String {
    if ratio.whole == 0 { "n/a".to_owned() } else { ratio.to_string() }
}

/// How a figure stands against an earlier one of the same: `; up from 60.1 % in October 2026`. The same law prints both shares.
pub(in crate::report) fn since(new: &SealedFigure, old: &SealedFigure, month: &str) -> String {
    let [new, old] = [new, old].map(|figure| {
        let part = figure.part.map_or(0, i64::unsigned_abs);
        (part, figure.whole.map(i64::unsigned_abs))
    });
    let (order, was) = match (new.1, old.1) {
        (Some(now), Some(then)) if now > 0 && then > 0 => {
            let wide = u128::from;
            let order = (wide(new.0) * wide(then)).cmp(&(wide(old.0) * wide(now)));
            (order, Ratio::good(old.0, then).to_string())
        }
        (None, None) => (new.0.cmp(&old.0), count(old.0)),
        _ => return format!("; not comparable with {month}"),
    };
    match order {
        Ordering::Less => format!("; down from {was} in {month}"),
        Ordering::Equal => format!("; as in {month}"),
        Ordering::Greater => format!("; up from {was} in {month}"),
    }
}

/// A count for a cell; nought is a word that does not shout.
pub(super) fn number(n: u32) -> String {
    count(n.into())
}
