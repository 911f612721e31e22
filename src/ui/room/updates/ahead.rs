//! What is expected next (requirement S3-21): the releases by the calendar's rules, and articles that loaded advisories announce for a
//! day to come.

use egui::Ui;

use crate::domain::book::Book;
use crate::domain::calendar::expected::Expected;
use crate::domain::gate::rule::upcoming;
use crate::domain::threat::Advisory;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::listing::{Line, Listing, Look, Value};
use crate::ui::route::Room;
use crate::ui::theme::{Tone, size};
use crate::ui::widget::table::Column;
use crate::ui::widget::{card_ui, empty_state_ui};
use crate::util::clock::{DAY_SECS, day_in, day_text};
use crate::util::text::counted;

/// The table's name, by which its columns are kept and the keyboard finds it.
const TABLE: &str = "Upcoming releases";
/// The name of the search box.
const SEARCH: &str = "Search upcoming releases";
/// So many days are looked ahead.
const DAYS: i64 = 92;

/// The list.
#[derive(Debug)]
pub struct View {
    listing: Listing,
}

impl Default for View {
    fn default() -> Self {
        let column = |key, title, width| (key, Column::new(key, title, width));
        let columns = vec![
            ("when", Column::new("when", "Expected", size::FIGURE).pinned()),
            column("ahead", "In", size::COLUMN_STATE),
            column("vendor", "Vendor", size::COLUMN_NAME),
            column("what", "What", size::COLUMN_TEXT),
            column("from", "Known from", size::FIGURE),
            column("reason", "Off its rule because", size::COLUMN_WIDE),
        ];
        Self { listing: Listing::new(TABLE, columns) }
    }
}

impl View {
    /// Draws the list.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
        self.listing.refresh(ctx, || lines(ctx));
        if self.listing.lines().is_empty() {
            let words = format!(
                "No rule of the calendar expects a release within {DAYS} days, and no advisory announces one. Rules such as \
                 “second Tuesday of the month” stand in the calendar."
            );
            let chosen = card_ui(ui, None, |ui| {
                empty_state_ui(ui, icon::CALENDAR_DAYS, "Nothing is expected", &words, &["Open the calendar"])
            });
            actions.extend(chosen.inner.map(|_| Action::Go(Room::Calendar)));
            return;
        }
        self.listing.find_ui(ctx, ui, SEARCH, "Search vendor or what…");
        let summary = format!(
            "{} within {DAYS} days",
            counted(self.listing.shown() as u64, "release is expected", "releases are expected")
        );
        let asked = self.listing.rows_ui(ui, &summary, None);
        actions.extend(asked.actions);
        if asked.opened.is_some() {
            actions.push(Action::Go(Room::Calendar));
        }
    }
}

/// Articles that are announced for a day ahead of today within the same time, and that no update of the register is.
fn announced<'b>(book: &'b Book, ctx: &Ctx<'_>) -> Vec<&'b Advisory> {
    let known = |kb: &String| book.updates.rows().iter().any(|update| update.kbs.contains(kb));
    let ahead = |row: &&Advisory| {
        row.released_on.is_some_and(|day| day > ctx.today && (day - ctx.today).num_days() <= DAYS)
    };
    let mut found: Vec<&Advisory> =
        book.advisories.iter().filter(ahead).filter(|row| !known(&row.kb)).collect();
    found.sort_by_key(|row| (row.released_on, row.id));
    let mut seen = std::collections::HashSet::new();
    found.retain(|row| seen.insert(row.kb.as_str()));
    found
}

fn lines(ctx: &Ctx<'_>) -> Vec<Line> {
    let book = ctx.book();
    let expected = upcoming(book, ctx.now_at, DAYS);
    let told = announced(book, ctx);
    let mut lines: Vec<Line> = Vec::new();
    for release in &expected {
        let Some(at) = release.at else { continue };
        lines.push(release_line(ctx, lines.len() as i64 + 1, release, at));
    }
    for row in told {
        let Some(day) = row.released_on else { continue };
        let days = (day - ctx.today).num_days();
        let order = ctx.now_at + days * DAY_SECS;
        let file = book.catalogues.get(row.catalogue.0).map_or("", |catalogue| catalogue.kind.text());
        let values = vec![
            Value::by(Look::Strong, day_text(day), Some(order)),
            in_days(days),
            Value::new(Look::Text, row.products.first().map_or("", String::as_str)),
            Value::new(Look::Text, format!("KB{} {}", row.kb, row.title).trim()),
            Value::new(Look::Text, format!("Advisory: {file}")),
            Value::new(Look::Text, ""),
        ];
        lines.push(Line::new(lines.len() as i64 + 1, values));
    }
    lines
}

fn in_days(days: i64) -> Value {
    let words = match days {
        0 => "Today".to_owned(),
        days => counted(days.unsigned_abs(), "day", "days"),
    };
    Value::by(Look::Number, words, Some(days))
}

fn release_line(ctx: &Ctx<'_>, id: i64, release: &Expected, at: i64) -> Line {
    let days = (day_in(ctx.zone, at) - ctx.today).num_days();
    let source = if release.unconfirmed {
        Value::new(Look::Tone(Tone::Warn), "Calendar, unconfirmed")
    } else {
        Value::new(Look::Text, "Calendar")
    };
    let values = vec![
        Value::by(Look::Strong, ctx.time_text(at), Some(at)),
        in_days(days),
        Value::new(Look::Text, &release.vendor),
        Value::new(Look::Text, &release.title),
        source,
        Value::new(Look::Text, &release.reason),
    ];
    Line::new(id, values)
}
