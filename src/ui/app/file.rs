//! The open register as the window has it, and what the window is waiting for. Holds no row of its own.

use std::path::{Path, PathBuf};

use chrono::{Datelike as _, NaiveDate};

use crate::app::preferences::Preferences;
use crate::app::session::{Past, Request, Shown};
use crate::domain::book::Book;
use crate::domain::standing::{Standing, standings};
use crate::store::Note;
use crate::ui::action::Tickets;
use crate::ui::room::Ctx;
use crate::util::clock;
use crate::util::progress::Step;

/// The open register.
#[derive(Default)]
pub(super) struct File {
    shown: Option<Box<Shown>>,
    standings: Vec<Standing>,
    past: Option<Past>,
    /// The entry and the instant for which earlier figures were asked last.
    compared: Option<(i64, i64)>,
    pub(super) logo: Logo,
    pub(super) waiting: Waiting,
}

/// The shop's logo as a texture, made once for each picture.
#[derive(Default)]
pub(super) struct Logo {
    pub(super) of: String,
    pub(super) texture: Option<egui::TextureHandle>,
}

/// What was asked for and has not been answered.
#[derive(Default)]
pub(super) struct Waiting {
    count: u32,
    /// When the first of them was noticed, in the context's seconds.
    since: Option<f64>,
    /// The file that is being opened or made.
    pub(super) opening: Option<PathBuf>,
}

/// How long something may take before the window says so.
const PATIENCE_SECS: f64 = 0.1;

impl Waiting {
    pub(super) fn begin(&mut self, request: &Request) {
        if let Request::Open { path, .. } | Request::Create { path, .. } | Request::Sample { folder: path } =
            request
        {
            self.opening = Some(path.clone());
        }
        self.begin_job();
    }

    pub(super) fn begin_job(&mut self) {
        self.count += 1;
    }

    pub(super) fn end(&mut self) {
        self.count = self.count.saturating_sub(1);
        if self.count == 0 {
            self.since = None;
            self.opening = None;
        }
    }

    pub(super) fn is_waiting(&self) -> bool {
        self.count > 0
    }

    /// Whether it has taken long enough to say so.
    pub(super) fn is_long(&mut self, now: f64) -> bool {
        self.is_waiting() && now - *self.since.get_or_insert(now) >= PATIENCE_SECS
    }
}

impl File {
    pub(super) fn shown(&self) -> Option<&Shown> {
        self.shown.as_deref()
    }

    pub(super) fn path(&self) -> Option<&Path> {
        self.shown.as_ref().map(|shown| shown.path.as_path())
    }

    /// Shows the register as it is now.
    pub(super) fn put(&mut self, shown: Box<Shown>) {
        self.standings = standings(&shown.book, shown.as_of_at);
        self.shown = Some(shown);
    }

    pub(super) fn clear(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        *self = Self { waiting, ..Self::default() };
    }

    pub(super) fn put_past(&mut self, past: Past) {
        // An answer for a register that was closed, or for an older entry, is of no use.
        if self.compared.is_some_and(|(_, at)| at == past.as_of_at) {
            self.past = Some(past);
        }
    }

    /// Makes the shop's logo ready to be drawn; a picture that cannot be read is as none.
    pub(super) fn make_logo(&mut self, ctx: &egui::Context) {
        let now = self.shown.as_ref().map_or("", |shown| shown.book.shop.logo.as_str());
        if self.logo.of == now {
            return;
        }
        let texture = crate::ui::room::settings::logo_image(now)
            .map(|image| ctx.load_texture("logo", image, egui::TextureOptions::LINEAR));
        self.logo = Logo { of: now.to_owned(), texture };
    }

    /// The instant to compare with, where it has not been asked for since the register changed.
    pub(super) fn wants_past(&mut self) -> Option<(std::sync::Arc<Book>, i64)> {
        let shown = self.shown.as_ref()?;
        let zone = clock::zone(&shown.book.shop.zone);
        let at = end_of_last_month(zone, shown.as_of_at);
        let key = (shown.book.head.seq, at);
        if self.compared == Some(key) {
            return None;
        }
        self.compared = Some(key);
        let known_then = shown.book.live_batches().iter().any(|batch| batch.as_of_at <= at);
        if !known_then {
            self.past = None;
            return None;
        }
        Some((std::sync::Arc::clone(&shown.book), at))
    }

    /// What rooms may read.
    pub(super) fn ctx<'a>(
        &'a self,
        preferences: &'a Preferences,
        tickets: &'a Tickets,
        job: Option<&'a Step>,
        now_at: i64,
    ) -> Option<Ctx<'a>> {
        let shown = self.shown.as_deref()?;
        let zone = clock::zone(&shown.book.shop.zone);
        Some(Ctx {
            shown,
            standings: &self.standings,
            past: self.past.as_ref(),
            preferences,
            job,
            now_at,
            zone,
            today: clock::day_in(zone, now_at),
            tickets,
        })
    }
}

/// 23:59:59 of the last day of the month before an instant.
fn end_of_last_month(zone: chrono_tz::Tz, at: i64) -> i64 {
    let today = clock::day_in(zone, at);
    let first = NaiveDate::from_ymd_opt(today.year(), today.month(), 1).unwrap_or(today);
    clock::end_of_day(zone, first.pred_opt().unwrap_or(first))
}

/// Why a register can only be looked at, or what else is worth knowing, in one sentence.
pub(super) fn note_text(note: &Note) -> String {
    match note {
        Note::LockedBy(Some(holder)) => format!("Open for writing by {holder}. You are looking on."),
        Note::LockedBy(None) => "Somebody else has it open for writing. You are looking on.".to_owned(),
        Note::NoLock(why) => format!("This folder allows no lock ({why}). You are looking on."),
        Note::WriteProtected => "The file is write-protected. You are looking on.".to_owned(),
        Note::HistoryBroken(what) => {
            format!("The history does not hold together: {what}. Nothing can be changed in this file.")
        }
        Note::WasWal => {
            "Another program had changed the file's journal; what it wrote last may be missing.".to_owned()
        }
        Note::Upgraded { from, to, backup } => format!(
            "The file was upgraded from format {from} to {to}. As it was before: {}",
            backup.display()
        ),
        Note::NotUpgraded { format, why } => format!(
            "The file has the older format {format} and could not be upgraded; it is as it was. {why} You are looking on."
        ),
        Note::OlderFormat(format) => format!(
            "The file has the older format {format}: opening it for writing upgrades it, after a backup. You are looking on."
        ),
    }
}
