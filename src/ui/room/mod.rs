//! The rooms: what a person sees. A room is a `State` and a `room_ui` that draws it from a [`Ctx`] and hands back actions.
//!
//! A room draws into the whole of what the shell leaves, without a margin: first its side panel, then its page in [`page_ui`].
//!
//! Invariant: no room reaches another, keeps a row of the register, or changes anything but its own state.

pub mod assets;
mod binding;
pub mod calendar;
pub mod changes;
mod choose;
mod form;
pub mod history;
pub mod import;
mod later;
mod listing;
pub mod night;
pub mod programme;
pub mod reports;
pub mod settings;
mod sheet;
mod strip;
pub mod today;
mod told;
pub mod updates;
pub mod welcome;

use chrono::NaiveDate;
use chrono_tz::Tz;
use egui::{Frame, Id, Margin, ScrollArea, Ui};

use super::action::Tickets;
use super::theme::size;
use super::widget::TableState;
use crate::app::preferences::Preferences;
use crate::app::session::{Past, Shown};
use crate::domain::book::Book;
use crate::domain::compliance::figures::Figures;
use crate::domain::standing::Standing;
use crate::store::Access;
use crate::util::clock;
use crate::util::progress::Step;

/// What a room may read.
#[derive(Clone, Copy, Debug)]
pub struct Ctx<'a> {
    /// The open register.
    pub shown: &'a Shown,
    /// How each asset stands now. Index: place of the asset.
    pub standings: &'a [Standing],
    /// The figures at the end of the previous month; `None` until they are worked out, or where there was nothing then.
    pub past: Option<&'a Past>,
    /// What the person likes.
    pub preferences: &'a Preferences,
    /// The job that runs, if one does.
    pub job: Option<&'a Step>,
    /// Now, UTC seconds.
    pub now_at: i64,
    /// The shop's zone.
    pub zone: Tz,
    /// Today in the shop's zone.
    pub today: NaiveDate,
    /// Where tickets come from.
    pub tickets: &'a Tickets,
}

impl<'a> Ctx<'a> {
    /// The register.
    pub fn book(&self) -> &'a Book {
        &self.shown.book
    }

    /// Its figures as of `shown.as_of_at`.
    pub fn figures(&self) -> &'a Figures {
        &self.shown.figures
    }

    /// Whether the register may be changed; forms are for reading only where it may not.
    pub fn can_write(&self) -> bool {
        self.shown.access == Access::Write
    }

    /// The remembered state of a table, or a fresh one.
    pub fn table(&self, name: &str) -> TableState {
        let kept = self.preferences.tables.get(name).cloned();
        kept.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default()
    }

    /// An instant in the shop's zone: `8 Dec 2026 18:00 GMT`.
    pub fn time_text(&self, at: i64) -> String {
        clock::text_in(self.zone, at)
    }

    /// The day of an instant in the shop's zone: `Tue 8 Dec 2026`.
    pub fn day_text(&self, at: i64) -> String {
        clock::day_text(clock::day_in(self.zone, at))
    }
}

/// The margin around what a room shows.
pub fn page_ui<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    Frame::new().inner_margin(Margin::same(size::MARGIN as i8)).show(ui, content).inner
}

/// The same for a room that is longer than the window.
pub fn scroll_page_ui<R>(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    let id = Id::unique(("page", name));
    let scrolls = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or_default();
    // The scroll bar's own lane, where there is one, is part of the margin: so every room is equally wide.
    let lane = if scrolls { ui.spacing().scroll.allocated_width() } else { 0.0 };
    let margin = Margin { right: (size::MARGIN - lane).max(0.0) as i8, ..Margin::same(size::MARGIN as i8) };
    let area = ScrollArea::vertical().id_salt(id).auto_shrink(false);
    let shown = area.show(ui, |ui| Frame::new().inner_margin(margin).show(ui, content).inner);
    let scrolls_now = shown.content_size.y > shown.inner_rect.height();
    if scrolls_now != scrolls {
        ui.data_mut(|data| data.insert_temp(id, scrolls_now));
        ui.ctx().request_repaint();
    }
    shown.inner
}
