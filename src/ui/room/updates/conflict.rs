//! What updates once broke and what helped, so that next month remembers (requirement S3-17).

use egui::Ui;

use crate::domain::asset::AssetId;
use crate::domain::command::{Command, Edit, Issue, RiskCommand};
use crate::domain::gate::{KnownConflict, KnownConflictId};
use crate::domain::update::{Update, UpdateId};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::choose::date;
use crate::ui::room::form::Form;
use crate::ui::room::listing::{Line, Listing, Look, Value};
use crate::ui::room::sheet::{Frame, Sheet};
use crate::ui::theme::size;
use crate::ui::widget::table::Column;
use crate::ui::widget::{Button, DateField, Dropdown, Field, card_ui, date_text, empty_state_ui};
use crate::util::clock::day_text;
use crate::util::text::{counted, fold};

/// The table's name, by which its columns are kept and the keyboard finds it.
const TABLE: &str = "Known conflicts";

/// The list.
#[derive(Debug)]
pub struct View {
    listing: Listing,
}

impl Default for View {
    fn default() -> Self {
        let column = |key, title, width| (key, Column::new(key, title, width));
        let columns = vec![
            ("product", Column::new("product", "What suffered", size::COLUMN_WIDE).pinned()),
            column("what", "What happened", size::COLUMN_TEXT),
            column("remedy", "What helped", size::FIGURE),
            column("update", "Update", size::COLUMN_STATE),
            column("asset", "Seen on", size::COLUMN_NAME),
            column("on", "Seen", size::NUMBER_FIELD),
            column("by", "Found by", size::COLUMN_WIDE),
        ];
        Self { listing: Listing::new(TABLE, columns) }
    }
}

impl View {
    /// Draws the list; the panel that was asked for.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let held = || ctx.book().conflicts.iter().filter(|conflict| conflict.ended_at.is_none());
        if held().next().is_none() {
            let words = "When an update breaks a product, what happened and what helped stands here, and is shown again beside \
                         the next update of the same product.";
            let offers: &[&str] = if ctx.can_write() { &["Add a conflict"] } else { &[] };
            let chosen = card_ui(ui, None, |ui| {
                empty_state_ui(ui, icon::TRIANGLE_ALERT, "No known conflicts", words, offers)
            });
            return chosen.inner.map(|_| -> Box<dyn Sheet> { Box::new(ConflictSheet::new(ctx, None)) });
        }
        self.listing.refresh(ctx, || {
            let mut rows: Vec<&KnownConflict> = held().collect();
            rows.sort_by_key(|conflict| (std::cmp::Reverse(conflict.seen_on), conflict.id));
            rows.into_iter().map(|conflict| line(ctx, conflict)).collect()
        });
        self.listing.find_ui(ctx, ui, "Search known conflicts", "Search product, what happened, update…");
        let summary = counted(self.listing.shown() as u64, "known conflict", "known conflicts");
        let asked = self.listing.rows_ui(ui, &summary, None);
        actions.extend(asked.actions);
        Some(Box::new(ConflictSheet::change(ctx.book().conflicts.get(asked.opened?)?)))
    }
}

fn line(ctx: &Ctx<'_>, conflict: &KnownConflict) -> Line {
    let book = ctx.book();
    let update = conflict.update.and_then(|id| book.updates.get(id.0)).map(Update::short_name);
    let asset = conflict.asset.and_then(|id| book.assets.get(id.0));
    Line::new(
        conflict.id.0,
        vec![
            Value::new(Look::Strong, &conflict.product),
            Value::new(Look::Text, &conflict.what),
            Value::new(Look::Text, &conflict.remedy),
            Value::new(Look::Text, update.unwrap_or_default()),
            Value::new(Look::Text, asset.map_or("", |asset| asset.name.as_str())),
            Value::by(
                Look::Number,
                day_text(conflict.seen_on),
                Some(i64::from(chrono::Datelike::num_days_from_ce(&conflict.seen_on))),
            ),
            Value::new(Look::Text, &conflict.solved_by),
        ],
    )
}

#[derive(Clone, Debug, PartialEq)]
struct Draft {
    product: String,
    update: Option<UpdateId>,
    asset: Option<AssetId>,
    what: String,
    remedy: String,
    solved_by: String,
    seen_on: String,
}

/// A conflict being added or changed.
#[derive(Debug)]
pub struct ConflictSheet {
    base: Option<KnownConflict>,
    form: Form<Draft>,
}

impl ConflictSheet {
    /// A new one, seen today; of an update where one is named.
    pub fn new(ctx: &Ctx<'_>, update: Option<UpdateId>) -> Self {
        let draft = Draft {
            product: String::new(),
            update,
            asset: None,
            what: String::new(),
            remedy: String::new(),
            solved_by: ctx.preferences.actor.clone(),
            seen_on: date_text::say(ctx.today),
        };
        Self { base: None, form: Form::new(draft) }
    }

    /// A change.
    pub fn change(row: &KnownConflict) -> Self {
        let draft = Draft {
            product: row.product.clone(),
            update: row.update,
            asset: row.asset,
            what: row.what.clone(),
            remedy: row.remedy.clone(),
            solved_by: row.solved_by.clone(),
            seen_on: date_text::say(row.seen_on),
        };
        Self { base: Some(row.clone()), form: Form::new(draft) }
    }
}

const FIELDS: [&str; 7] = ["product", "what", "remedy", "update", "asset", "solved_by", "seen_on"];

impl Sheet for ConflictSheet {
    fn title(&self, _: &Ctx<'_>) -> String {
        self.base.as_ref().map_or_else(|| "Add a conflict".to_owned(), |base| base.product.clone())
    }

    fn verb(&self) -> &'static str {
        if self.base.is_some() { "Save" } else { "Add" }
    }

    fn fields(&self) -> &'static [&'static str] {
        &FIELDS
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let issues = FIELDS.map(|field| self.form.issue(field));
        let record = ("conflict", self.base.as_ref().map(|base| base.id.0));
        let draft = &mut self.form.draft;
        Field::new(record, "What suffered", &mut draft.product)
            .hint("Payroll 9")
            .required()
            .issue(issues[0].as_deref())
            .ui(ui);
        Field::new(record, "What happened", &mut draft.what)
            .lines(3)
            .required()
            .issue(issues[1].as_deref())
            .ui(ui);
        Field::new(record, "What helped", &mut draft.remedy).lines(3).issue(issues[2].as_deref()).ui(ui);
        update_ui(ui, ctx, record, ("Update", "None in particular"), &mut draft.update, issues[3].as_deref());
        let mut assets: Vec<_> = ctx.book().assets.iter().map(|row| (row.id, row.name.as_str())).collect();
        assets.sort_by_cached_key(|(_, name)| fold(name));
        choice_ui(
            ui,
            record,
            ("Seen on", "No asset in particular"),
            &assets,
            &mut draft.asset,
            issues[4].as_deref(),
        );
        Field::new(record, "Found by", &mut draft.solved_by).issue(issues[5].as_deref()).ui(ui);
        DateField::new(record, "Seen", &mut draft.seen_on, ctx.today)
            .required()
            .issue(issues[6].as_deref())
            .ui(ui);
        if let Some(base) = &self.base
            && ui.add(Button::quiet_danger("This is no longer true")).clicked()
        {
            actions.push(self.form.send(ctx, Command::Risk(RiskCommand::EndConflict(base.id))));
        }
        None
    }

    fn command(&self, ctx: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let draft = &self.form.draft;
        let mut issues = Vec::new();
        let Some(seen_on) = date(&draft.seen_on, ctx, "seen_on", &mut issues) else { return Err(issues) };
        let row = KnownConflict {
            id: self.base.as_ref().map_or(KnownConflictId(0), |base| base.id),
            product: draft.product.trim().to_owned(),
            update: draft.update,
            asset: draft.asset,
            what: draft.what.clone(),
            remedy: draft.remedy.clone(),
            solved_by: draft.solved_by.clone(),
            seen_on,
            recorded_at: self.base.as_ref().map_or(0, |base| base.recorded_at),
            ended_at: None,
        };
        Ok(Command::Risk(RiskCommand::Conflict(Box::new(Edit { base: self.base.clone(), row }))))
    }
}

/// Draws a choice of one of several, or of none.
fn choice_ui<I: Copy + PartialEq>(
    ui: &mut Ui,
    record: (&str, Option<i64>),
    (label, none): (&str, &str),
    rows: &[(I, &str)],
    chosen: &mut Option<I>,
    issue: Option<&str>,
) {
    let mut names = vec![none];
    names.extend(rows.iter().map(|(_, name)| *name));
    let mut at = chosen.map_or(Some(0), |id| rows.iter().position(|(row, _)| *row == id).map(|at| at + 1));
    if Dropdown::new(record, label, &names, &mut at).issue(issue).ui(ui).changed() {
        *chosen = at.and_then(|at| at.checked_sub(1)).map(|at| rows[at].0);
    }
}

/// Draws a choice of an update, the newest first, or of none.
pub fn update_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    record: (&str, Option<i64>),
    words: (&str, &str),
    chosen: &mut Option<UpdateId>,
    issue: Option<&str>,
) {
    let mut updates: Vec<&Update> = ctx.book().updates.iter().collect();
    updates.sort_by_key(|update| (std::cmp::Reverse(update.released_at), update.id));
    let names: Vec<(UpdateId, String)> = updates
        .iter()
        .map(|update| {
            let name = update.short_name();
            let title = if update.kbs.is_empty() { String::new() } else { format!(" {}", update.title) };
            (update.id, format!("{name}{title}"))
        })
        .collect();
    let rows: Vec<(UpdateId, &str)> = names.iter().map(|(id, name)| (*id, name.as_str())).collect();
    choice_ui(ui, record, words, &rows, chosen, issue);
}
