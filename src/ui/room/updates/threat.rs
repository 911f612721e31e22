//! Threat data: which catalogues are loaded, how old each is, and how much of it says something about this register.

use egui::Ui;

use crate::domain::threat::{Catalogue, CatalogueKind, standing};
use crate::ui::action::{Action, Purpose};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::listing::{Line, Listing, Look, Value};
use crate::ui::theme::{Tone, size};
use crate::ui::widget::table::Column;
use crate::ui::widget::{card_ui, empty_state_ui, number};
use crate::util::clock::{DAY_SECS, day_text, zone};
use crate::util::text::counted;

/// The table's name, by which its columns are kept and the keyboard finds it.
const TABLE: &str = "Loaded catalogues";

/// After how many days a catalogue that is published daily or monthly is told as old.
const OLD_DAYS: i64 = 31;

/// The list.
#[derive(Debug)]
pub struct View {
    listing: Listing,
}

impl Default for View {
    fn default() -> Self {
        let column = |key, title, width| (key, Column::new(key, title, width));
        let figure = |key, title| (key, Column::new(key, title, size::COLUMN_COUNT).right());
        let columns = vec![
            ("kind", Column::new("kind", "Catalogue", size::COLUMN_WIDE).pinned()),
            column("version", "Version", size::COLUMN_NAME),
            column("published", "Published", size::NUMBER_FIELD),
            column("age", "Age", size::COLUMN_STATE),
            figure("entries", "In the file"),
            figure("kept", "New facts"),
            column("model", "Model", size::COLUMN_NAME),
            column("recorded", "Loaded", size::FIGURE),
            column("file", "File", size::COLUMN_WIDE),
            column("sha256", "SHA-256", size::COLUMN_TEXT),
            column("title", "Title", size::COLUMN_TEXT),
        ];
        Self { listing: Listing::new(TABLE, columns).hiding(&["title"]) }
    }
}

impl View {
    /// Draws the list.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
        if ctx.book().catalogues.is_empty() {
            let words = "Patchbook asks nobody on the network. Load the files that CISA, FIRST, Microsoft or your scanner \
                         publish: known exploited vulnerabilities, likelihoods, advisories, findings. Ranks then rest on more \
                         than the vendor's severity.";
            let offers: &[&str] = if ctx.can_write() { &["Import…"] } else { &[] };
            let chosen = card_ui(ui, None, |ui| {
                empty_state_ui(ui, icon::SHIELD_ALERT, "No threat data loaded", words, offers)
            });
            actions.extend(chosen.inner.map(|_| Action::Pick(Purpose::ImportFiles)));
            return;
        }
        self.listing.refresh(ctx, || {
            let mut rows: Vec<&Catalogue> = ctx.book().catalogues.iter().collect();
            rows.sort_by_key(|row| (std::cmp::Reverse(row.recorded_at), std::cmp::Reverse(row.id)));
            rows.iter().map(|row| line(ctx, row, newest(&rows, row))).collect()
        });
        self.listing.find_ui(ctx, ui, "Search catalogues", "Search catalogue, version, file…");
        let facts = counted(ctx.book().threats.len() as u64, "fact", "facts");
        let advisories = counted(ctx.book().advisories.len() as u64, "advisory", "advisories");
        let open = standing(ctx.book(), ctx.now_at).len();
        let summary = format!(
            "{}: {facts}, {advisories}, {}",
            counted(self.listing.shown() as u64, "catalogue", "catalogues"),
            counted(open as u64, "open finding", "open findings")
        );
        let asked = self.listing.rows_ui(ui, &summary, None);
        actions.extend(asked.actions);
    }
}

/// Whether no newer file stands in a catalogue's place: `rows` are sorted, the newest first.
fn newest(rows: &[&Catalogue], row: &Catalogue) -> bool {
    rows.iter()
        .find(|other| other.id == row.id || replaces(other, row))
        .is_some_and(|other| other.id == row.id)
}

/// Whether one file holds all that another held: a list that is published whole does, a bulletin only as a later issue of the same
/// one. Bulletins of other months, scans and extracts stand beside each other.
fn replaces(newer: &Catalogue, older: &Catalogue) -> bool {
    let bulletin = |row: &Catalogue| row.version.split(' ').next().unwrap_or_default().to_owned();
    newer.kind == older.kind
        && match newer.kind {
            CatalogueKind::Kev | CatalogueKind::Epss | CatalogueKind::WesNg | CatalogueKind::Lifecycle => {
                true
            }
            CatalogueKind::Cvrf | CatalogueKind::Csaf => bulletin(newer) == bulletin(older),
            _ => false,
        }
}

fn line(ctx: &Ctx<'_>, row: &Catalogue, newest: bool) -> Line {
    let days = row.published_at.map(|at| (ctx.now_at - at).max(0) / DAY_SECS);
    // A scan and an advisory are of their day; only what is published again and again grows old.
    let renewed = matches!(row.kind, CatalogueKind::Kev | CatalogueKind::Epss | CatalogueKind::Nvd);
    let age = match days {
        Some(_) if !newest => Value::by(Look::Weak, "Replaced", days),
        Some(days) if days > OLD_DAYS && renewed => {
            Value::by(Look::Tone(Tone::Warn), counted(days as u64, "day", "days"), Some(days))
        }
        Some(days) => Value::by(Look::Number, counted(days as u64, "day", "days"), Some(days)),
        None => Value::new(Look::Weak, "No date"),
    };
    let published = row.published_on(zone(&ctx.book().shop.zone)).map(day_text).unwrap_or_default();
    let count = |n: i64| Value::by(Look::Number, number(usize::try_from(n).unwrap_or_default()), Some(n));
    Line::new(
        row.id.0,
        vec![
            Value::new(if newest { Look::Strong } else { Look::Weak }, row.kind.text()),
            Value::new(Look::Text, &row.version),
            Value::by(Look::Number, published, row.published_at),
            age,
            count(row.entries),
            count(row.kept),
            Value::new(Look::Text, &row.model),
            Value::by(Look::Number, ctx.time_text(row.recorded_at), Some(row.recorded_at)),
            Value::new(Look::Text, &row.file_name),
            Value::new(Look::Weak, &row.sha256),
            Value::new(Look::Text, &row.title),
        ],
    )
}
