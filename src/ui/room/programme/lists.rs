//! The view of the programme's lists: one list at a time as a table, with what it is for and what it comes to.
//!
//! It knows no list by name: columns, purpose and form come from the table of fields.

use chrono::{Datelike as _, NaiveDate};
use egui::Ui;

use super::entry::EntrySheet;
use super::sheet::Sheet;
use crate::domain::command::{Command, ProgrammeCommand};
use crate::domain::programme::applicability::{counts, is_gap, lacking};
use crate::domain::programme::field::FieldKind;
use crate::domain::programme::list::{columns, field, purpose};
use crate::domain::programme::progress::{coverage, step_lacks, steps_complete};
use crate::domain::programme::table::{entries, shown};
use crate::domain::programme::{ProgrammeEntry, ProgrammeEntryId, ProgrammeKind};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::weak_ui;
use crate::ui::room::listing::{Line, Listing, Look, Value};
use crate::ui::theme::{Tone, size};
use crate::ui::widget::table::Column;
use crate::ui::widget::{Button, Dropdown, card_ui, empty_state_ui, number};
use crate::util::text::counted;

/// The table's name, by which its columns are kept and the keyboard finds it.
pub const TABLE: &str = "List";
/// The name of the search box.
const SEARCH: &str = "Search the list";
/// The name by which the list is remembered.
const KEPT: &str = "programme list";

/// What the view remembers.
#[derive(Debug, Default)]
pub struct View {
    kind: Option<ProgrammeKind>,
    /// The rows of the list that is shown, as of which day.
    listing: Option<(ProgrammeKind, NaiveDate, Listing)>,
}

/// A table with the columns of a list.
fn fresh(kind: ProgrammeKind) -> Listing {
    let fields = columns(kind).iter().filter_map(|name| field(kind, name)).enumerate();
    let mut shown: Vec<_> = fields
        .map(|(at, field)| {
            let width = if at == 0 { size::COLUMN_TEXT / 2.0 } else { size::COLUMN_WIDE };
            let column = Column::new(field.name, field.label, width);
            (field.name, if at == 0 { column.pinned() } else { column })
        })
        .collect();
    shown.push(("state", Column::new("state", "Standing", size::COLUMN_TEXT)));
    Listing::new(TABLE, shown)
}

fn line(ctx: &Ctx<'_>, row: &ProgrammeEntry) -> Line {
    let fields = columns(row.kind).iter().filter_map(|name| field(row.kind, name)).enumerate();
    let mut values: Vec<Value> = fields
        .map(|(at, field)| {
            let value = row.get(field.name);
            let text = shown(ctx.book(), field, value, ctx.today).replace('\n', " ");
            let look = if at == 0 { Look::Strong } else { Look::Text };
            let day = value.parse::<NaiveDate>().ok().filter(|_| field.kind == FieldKind::Date);
            match day {
                Some(day) => Value::by(look, text, Some(day.num_days_from_ce().into())),
                None => Value::new(look, text),
            }
        })
        .collect();
    values.push(state(row));
    Line::new(row.id.0, values)
}

impl View {
    /// The list that is shown.
    pub fn kind(&mut self, ctx: &Ctx<'_>) -> ProgrammeKind {
        let kept =
            || ctx.preferences.tables.get(KEPT).and_then(|value| ProgrammeKind::of_word(value.as_str()?));
        *self.kind.get_or_insert_with(|| kept().unwrap_or(ProgrammeKind::Step))
    }

    /// Draws the view; the panel that was asked for.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let kind = self.kind(ctx);
        let rows = entries(ctx.book(), kind);
        self.head_ui(ctx, ui, &rows, actions);
        for note in notes(ctx, kind) {
            weak_ui(ui, &note);
        }
        if rows.is_empty() {
            let offers: &[&str] = if ctx.can_write() { &["Add a row"] } else { &[] };
            let title = format!("Nothing in “{}” yet", kind.text());
            let chosen =
                card_ui(ui, None, |ui| empty_state_ui(ui, icon::LIST, &title, purpose(kind), offers));
            return chosen.inner.map(|_| -> Box<dyn Sheet> { Box::new(EntrySheet::new(ctx, kind)) });
        }
        let (_, _, listing) = self.listing(ctx, kind);
        listing.refresh(ctx, || rows.iter().map(|row| line(ctx, row)).collect());
        listing.find_ui(ctx, ui, SEARCH, "Search this list…");
        let summary = if listing.shown() == rows.len() {
            counted(rows.len() as u64, "row", "rows")
        } else {
            format!("{} of {}", number(listing.shown()), counted(rows.len() as u64, "row", "rows"))
        };
        let asked = listing.rows_ui(ui, &summary, None);
        actions.extend(asked.actions);
        let opened = asked.opened?;
        rows.iter()
            .find(|row| row.id.0 == opened)
            .map(|row| -> Box<dyn Sheet> { Box::new(EntrySheet::change(row)) })
    }

    fn listing(&mut self, ctx: &Ctx<'_>, kind: ProgrammeKind) -> &mut (ProgrammeKind, NaiveDate, Listing) {
        if self.listing.as_ref().is_some_and(|(of, ..)| *of != kind) {
            self.listing = None;
        }
        let kept = self.listing.get_or_insert_with(|| (kind, ctx.today, fresh(kind)));
        // Who holds a role may be another tomorrow.
        if kept.1 != ctx.today {
            kept.1 = ctx.today;
            kept.2.forget();
        }
        kept
    }

    /// Which list, and where the row in hand stands in it.
    fn head_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, rows: &[&ProgrammeEntry], actions: &mut Vec<Action>) {
        let words: Vec<&str> = ProgrammeKind::ALL.iter().map(|kind| kind.text()).collect();
        let kind = self.kind(ctx);
        let mut chosen = ProgrammeKind::ALL.iter().position(|other| *other == kind);
        if Dropdown::new("programme", "List", &words, &mut chosen).ui(ui).changed() {
            let picked = chosen.and_then(|at| ProgrammeKind::ALL.get(at)).copied().unwrap_or(kind);
            self.kind = Some(picked);
            actions.push(Action::Keep { name: KEPT, value: picked.word().into() });
        }
        weak_ui(ui, purpose(kind));
        if rows.len() < 2 || !ctx.can_write() {
            return;
        }
        let (_, _, listing) = self.listing(ctx, kind);
        let current = listing.selection.current;
        let sorted = listing.is_sorted();
        let at = current.and_then(|id| rows.iter().position(|row| row.id.0 as u64 == id)).filter(|_| !sorted);
        ui.horizontal(|ui| {
            if sorted {
                let back = Button::quiet("Back to its own order").icon(icon::LIST);
                if ui.add(back).clicked() {
                    actions.extend(listing.unsort());
                }
                weak_ui(ui, "Rows are moved in the list's own order only.");
                return;
            }
            let up = Button::quiet("Move up").icon(icon::ARROW_UP).enabled(at.is_some_and(|at| at > 0));
            let down = Button::quiet("Move down")
                .icon(icon::ARROW_DOWN)
                .enabled(at.is_some_and(|at| at + 1 < rows.len()));
            let (up, down) = (ui.add(up).clicked(), ui.add(down).clicked());
            let Some(at) = at.filter(|_| up || down) else { return };
            let mut order: Vec<ProgrammeEntryId> = rows.iter().map(|row| row.id).collect();
            order.swap(at, if up { at - 1 } else { at + 1 });
            let command = Command::Programme(ProgrammeCommand::Order(kind, order));
            actions.push(Action::Run { ticket: ctx.tickets.take(), command: Box::new(command) });
        });
    }
}

/// What a row lacks, as a chip.
fn state(row: &ProgrammeEntry) -> Value {
    let chip = |tone, word: &str| Value::new(Look::Chip(tone), word);
    match row.kind {
        ProgrammeKind::Control if !lacking(row).is_empty() => chip(Tone::Warn, "Not answered"),
        ProgrammeKind::Control if is_gap(row) => chip(Tone::Bad, "Gap"),
        ProgrammeKind::Control => chip(Tone::Good, "Answered"),
        ProgrammeKind::Step if step_lacks(row).is_empty() => chip(Tone::Good, "Complete"),
        ProgrammeKind::Step => Value::new(Look::Weak, format!("Lacks {}", step_lacks(row).join(", "))),
        ProgrammeKind::Training if row.get("held_on").is_empty() => Value::new(Look::Weak, "Planned"),
        ProgrammeKind::Training => chip(Tone::Good, "Held"),
        _ if row.says("mark", "verify") => chip(Tone::Warn, "To be checked"),
        _ => Value::new(Look::Weak, ""),
    }
}

/// What the list comes to, a line each.
fn notes(ctx: &Ctx<'_>, kind: ProgrammeKind) -> Vec<String> {
    let book = ctx.book();
    match kind {
        ProgrammeKind::Step => {
            let (complete, all) = steps_complete(book);
            if all == 0 {
                Vec::new()
            } else {
                vec![format!("{complete} of {all} steps are done with owner, evidence and date.")]
            }
        }
        ProgrammeKind::Control => counts(book)
            .into_iter()
            .map(|(framework, n)| {
                format!(
                    "{framework}: {} of {} answered; {} apply, {} implemented, {} partly, {} not.",
                    n.answered, n.all, n.apply, n.implemented, n.partly, n.not
                )
            })
            .collect(),
        ProgrammeKind::Training => {
            let list = coverage(book, ctx.today);
            let overdue = list.iter().filter(|one| one.overdue).count() as u64;
            if overdue == 0 {
                return Vec::new();
            }
            let of = counted(list.len() as u64, "topic", "topics");
            vec![format!("{overdue} of {of} were never held, or longer ago than planned.")]
        }
        _ => Vec::new(),
    }
}
