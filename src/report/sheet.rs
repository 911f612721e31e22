//! What the papers of the month have in common: names for ids, instants in words, the dress of a sheet. Decides nothing.

use base64::Engine as _;
use chrono::NaiveDate;
use chrono_tz::Tz;

use super::layout::{self, Layout, Mark};
use crate::domain::asset::AssetId;
use crate::domain::book::Book;
use crate::domain::cycle::CycleId;
use crate::domain::group::GroupId;
use crate::domain::person::PersonId;
use crate::domain::shop::Paper;
use crate::domain::update::{Update, UpdateId};
use crate::util::clock;
use crate::util::hash::hex;

/// What every drill says at the upper edge of every page.
pub const DRILL: &str =
    "DRILL: an exercise. Nothing on this page happened to production; it counts in no figure.";
/// What minutes and summaries say that nobody has accepted.
pub const DRAFT: &str = "DRAFT: not accepted by anybody.";

/// When and by what a paper is printed.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// When it is printed, UTC seconds.
    pub printed_at: i64,
    /// Program and version.
    pub program: &'static str,
}

/// A register and how its papers write things.
pub(super) struct Source<'a> {
    /// The register.
    pub book: &'a Book,
    /// When and by what it is printed.
    pub spec: Spec,
    /// The shop's zone.
    pub zone: Tz,
}

impl<'a> Source<'a> {
    pub(super) fn new(book: &'a Book, spec: Spec) -> Self {
        Self { book, spec, zone: clock::zone(&book.shop.zone) }
    }

    /// A sheet that stands, dressed.
    pub(super) fn sheet(&self, title: impl Into<String>) -> Layout {
        self.dressed(Layout::sheet(title))
    }

    /// A sheet that lies, dressed.
    pub(super) fn landscape(&self, title: impl Into<String>) -> Layout {
        self.dressed(Layout::landscape(title))
    }

    fn dressed(&self, mut layout: Layout) -> Layout {
        let shop = &self.book.shop;
        layout.shop.clone_from(&shop.name);
        layout.logo = base64::engine::general_purpose::STANDARD
            .decode(shop.logo.trim())
            .ok()
            .filter(|bytes| !bytes.is_empty());
        self.spec.program.clone_into(&mut layout.version_line);
        layout.head_hash = hex(&self.book.head.hash);
        layout.event_no = u64::try_from(self.book.head.seq).unwrap_or_default();
        layout.printed_at = clock::text_in(self.zone, self.spec.printed_at);
        layout.mark = if shop.sample { Mark::Sample } else { Mark::None };
        layout.paper = match shop.paper {
            Paper::A4 => layout::Paper::A4,
            Paper::Letter => layout::Paper::Letter,
        };
        layout
    }

    /// The day of printing in the shop's zone.
    pub(super) fn today(&self) -> NaiveDate {
        clock::day_in(self.zone, self.spec.printed_at)
    }

    /// `Tue 8 Dec 2026`, kept on one line.
    pub(super) fn day(&self, at: i64) -> String {
        day(clock::day_in(self.zone, at))
    }

    /// `Tue 8 Dec 2026 18:00`, kept on one line.
    pub(super) fn minute(&self, at: i64) -> String {
        format!("{}\u{a0}{}", self.day(at), self.time(at))
    }

    /// The same, with nothing for nothing.
    pub(super) fn minute_or(&self, at: Option<i64>) -> String {
        at.map(|at| self.minute(at)).unwrap_or_default()
    }

    /// `18:00`.
    pub(super) fn time(&self, at: i64) -> String {
        clock::utc(at).with_timezone(&self.zone).format("%H:%M").to_string()
    }

    /// With the zone: `8 Dec 2026 18:00 CET`.
    pub(super) fn instant(&self, at: i64) -> String {
        clock::text_in(self.zone, at)
    }

    /// `Fri 11 Dec 2026 21:00 to Sat 12 Dec 2026 03:00 CET`, the second day only where it is another.
    pub(super) fn span(&self, from_at: Option<i64>, until_at: Option<i64>) -> String {
        let zone = |at| clock::utc(at).with_timezone(&self.zone).format("%Z").to_string();
        match (from_at, until_at) {
            (Some(from), Some(until)) => {
                let same = clock::day_in(self.zone, from) == clock::day_in(self.zone, until);
                let end = if same { self.time(until) } else { self.minute(until) };
                format!("{} to {end} {}", self.minute(from), zone(until))
            }
            (Some(at), None) => format!("from {} {}", self.minute(at), zone(at)),
            (None, Some(at)) => format!("until {} {}", self.minute(at), zone(at)),
            (None, None) => String::new(),
        }
    }

    /// A person's name; empty for nobody.
    pub(super) fn person(&self, id: Option<PersonId>) -> String {
        self.book.person_name(id).to_owned()
    }

    /// What a person is in the shop; empty where nobody says.
    pub(super) fn function(&self, id: Option<PersonId>) -> String {
        id.and_then(|id| self.book.people.get(id.0)).map(|p| p.function.clone()).unwrap_or_default()
    }

    /// A group's name; empty for none.
    pub(super) fn group(&self, id: Option<GroupId>) -> String {
        id.and_then(|id| self.book.groups.get(id.0)).map(|group| group.name.clone()).unwrap_or_default()
    }

    /// A cycle's name; empty for none.
    pub(super) fn cycle(&self, id: Option<CycleId>) -> String {
        id.and_then(|id| self.book.cycles.get(id.0)).map(|cycle| cycle.name.clone()).unwrap_or_default()
    }

    /// Whether a cycle is a rehearsal.
    pub(super) fn is_drill(&self, id: Option<CycleId>) -> bool {
        id.and_then(|id| self.book.cycles.get(id.0)).is_some_and(|cycle| cycle.drill)
    }

    /// An asset's name.
    pub(super) fn asset(&self, id: AssetId) -> String {
        self.book.assets.get(id.0).map_or_else(|| "an asset that is gone".into(), |asset| asset.name.clone())
    }

    /// An update's KB or the start of its title.
    pub(super) fn update(&self, id: UpdateId) -> String {
        self.book.updates.get(id.0).map_or_else(|| "an update that is gone".into(), Update::short_name)
    }

    /// Names of updates, joined by commas.
    pub(super) fn updates(&self, ids: &[UpdateId]) -> String {
        ids.iter().map(|id| self.update(*id)).collect::<Vec<_>>().join(", ")
    }
}

/// Marks every page of a layout as a rehearsal.
pub(super) fn mark_drill(layout: &mut Layout) {
    DRILL.clone_into(&mut layout.notice);
    if layout.mark == Mark::None {
        layout.mark = Mark::Drill;
    }
}

/// Marks every page of a layout as not accepted; what a drill says stays beside it.
pub(super) fn mark_draft(layout: &mut Layout) {
    if layout.notice.is_empty() {
        DRAFT.clone_into(&mut layout.notice);
    } else {
        layout.notice = format!("{DRAFT} {}", layout.notice);
    }
    if layout.mark == Mark::None {
        layout.mark = Mark::Draft;
    }
}

/// `Tue 8 Dec 2026`, kept on one line.
pub(super) fn day(on: NaiveDate) -> String {
    clock::day_text(on).replace(' ', "\u{a0}")
}

/// The same, with nothing for nothing.
pub(super) fn day_or(on: Option<NaiveDate>) -> String {
    on.map(day).unwrap_or_default()
}

/// Parts that say something, joined.
pub(super) fn joined(parts: &[String], with: &str) -> String {
    parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(with)
}
