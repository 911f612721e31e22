//! The list of months: which is running, which is to be closed, which is sealed or was restated, and who signed it.

use egui::Ui;

use crate::domain::book::Book;
use crate::domain::month::canonical::verify_seal;
use crate::domain::month::close::SIGNERS;
use crate::domain::month::standing::{seals_of, signatures};
use crate::domain::month::trend::oldest_month;
use crate::domain::month::{Seal, name};
use crate::ui::action::{Action, Purpose};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::listing::{Line, Listing, Look, Value};
use crate::ui::theme::{Tone, size};
use crate::ui::widget::table::Column;
use crate::ui::widget::{card_ui, empty_state_ui, number};
use crate::util::text::counted;

/// The table's name, by which its columns are kept and the keyboard finds it.
const TABLE: &str = "Months";

/// Where a month stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is not over.
    Running,
    /// It is over and nobody has sealed it.
    ToClose,
    /// It is sealed.
    Sealed,
    /// It is sealed, and was corrected since.
    Restated,
}

impl Standing {
    /// What people read.
    pub fn text(self) -> &'static str {
        match self {
            Self::Running => "Running",
            Self::ToClose => "To close",
            Self::Sealed => "Sealed",
            Self::Restated => "Restated",
        }
    }

    /// Its tone; the chip has a word and a shape beside the colour.
    pub fn tone(self) -> Tone {
        match self {
            Self::Running => Tone::Info,
            Self::ToClose => Tone::Warn,
            Self::Sealed => Tone::Good,
            Self::Restated => Tone::Neutral,
        }
    }

    /// Where a month stands at an instant, UTC seconds.
    pub fn of(book: &Book, month: &str, now_at: i64) -> Self {
        match seals_of(book, month).len() {
            0 if name::end_at(book, month).is_some_and(|end| now_at <= end) => Self::Running,
            0 => Self::ToClose,
            1 => Self::Sealed,
            _ => Self::Restated,
        }
    }
}

/// Every month since the register knows anything, the newest first.
fn months(ctx: &Ctx<'_>) -> Vec<String> {
    let Some(oldest) = oldest_month(ctx.book()) else { return Vec::new() };
    let mut found = vec![name::month_at(ctx.book(), ctx.now_at)];
    while let Some(before) =
        found.last().and_then(|month| name::before(month)).filter(|month| *month >= oldest)
    {
        found.push(before);
    }
    found
}

/// The list.
#[derive(Debug)]
pub struct View {
    listing: Listing,
    names: Vec<String>,
}

impl Default for View {
    fn default() -> Self {
        let column = |key, title, width| (key, Column::new(key, title, width));
        let columns = vec![
            ("month", Column::new("month", "Month", size::COLUMN_WIDE).pinned()),
            column("state", "State", size::COLUMN_STATE),
            column("m1", "Machines within deadline", size::COLUMN_TEXT),
            column("signed", "Signed", size::COLUMN_WIDE),
            column("sealed", "Sealed", size::FIGURE),
            column("by", "By", size::COLUMN_WIDE),
            column("sha256", "SHA-256", size::COLUMN_TEXT),
        ];
        Self { listing: Listing::new(TABLE, columns), names: Vec::new() }
    }
}

impl View {
    /// The rows are to be made anew, and get the keyboard.
    pub fn focus(&mut self, ui: &Ui) {
        self.listing.focus(ui);
    }

    /// Draws the list; the month that was opened.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<String> {
        if oldest_month(ctx.book()).is_none() {
            let words = "At the end of a month its figures are sealed: they never change again, and a correction stands beside \
                         them. The first month begins with the first import.";
            let offers: &[&str] = if ctx.can_write() { &["Import…"] } else { &[] };
            let chosen = card_ui(ui, None, |ui| {
                empty_state_ui(ui, icon::CHART_COLUMN, "No months yet", words, offers)
            });
            actions.extend(chosen.inner.map(|_| Action::Pick(Purpose::ImportFiles)));
            return None;
        }
        let names = months(ctx);
        if names != self.names {
            self.listing.forget();
            self.names = names;
        }
        let names = &self.names;
        self.listing
            .refresh(ctx, || names.iter().enumerate().map(|(at, month)| line(ctx, at, month)).collect());
        self.listing.arrange(ctx, &|_| true);
        let to_close = self
            .names
            .iter()
            .filter(|month| Standing::of(ctx.book(), month, ctx.now_at) == Standing::ToClose);
        let summary = format!(
            "{}, {} to close",
            counted(self.names.len() as u64, "month", "months"),
            number(to_close.count())
        );
        let asked = self.listing.rows_ui(ui, &summary, None);
        actions.extend(asked.actions);
        self.names.get(usize::try_from(asked.opened?).ok()?.checked_sub(1)?).cloned()
    }
}

/// Which signatures a seal has: `Prepared, Reviewed`; of whom none is missing says so.
fn signed_words(book: &Book, seal: &Seal) -> (Look, String) {
    let given = signatures(book, seal.id);
    let has = |meaning: &str| given.iter().any(|row| row.meaning == meaning);
    let done = SIGNERS.iter().filter(|(meaning, _)| has(meaning)).count();
    match done {
        0 => (Look::Tone(Tone::Warn), "Nobody yet".to_owned()),
        n if n == SIGNERS.len() => (Look::Text, format!("All {n}")),
        n => (Look::Tone(Tone::Warn), format!("{n} of {}", SIGNERS.len())),
    }
}

fn line(ctx: &Ctx<'_>, at: usize, month: &str) -> Line {
    let book = ctx.book();
    let seals = seals_of(book, month);
    let seal = seals.last().copied();
    let standing = Standing::of(book, month, ctx.now_at);
    let (look, signed) = seal.map_or((Look::Weak, String::new()), |seal| signed_words(book, seal));
    let m1 = seal.map_or("", |seal| seal.outputs.text("M1"));
    let altered = seals.iter().any(|seal| !verify_seal(seal));
    let (tone, state) =
        if altered { (Tone::Bad, "Not as sealed") } else { (standing.tone(), standing.text()) };
    let id = at as i64 + 1;
    Line::new(
        id,
        vec![
            Value::by(Look::Strong, name::text(month), Some(-id)),
            Value::new(Look::Chip(tone), state),
            Value::new(Look::Number, m1),
            Value::new(look, signed),
            Value::by(
                Look::Number,
                seal.map(|seal| ctx.time_text(seal.sealed_at)).unwrap_or_default(),
                seal.map(|seal| seal.sealed_at),
            ),
            Value::new(Look::Text, seal.map_or("", |seal| seal.sealed_by.as_str())),
            Value::new(Look::Weak, seal.map_or("", |seal| seal.sha256.as_str())),
        ],
    )
}
