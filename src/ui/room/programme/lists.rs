//! The view of the programme's lists: one list at a time as a table, with what it is for and what it comes to.
//!
//! It knows no list by name: columns, purpose and form come from the table of fields.

use egui::Ui;

use super::entry::EntrySheet;
use super::sheet::Sheet;
use crate::domain::command::{Command, ProgrammeCommand};
use crate::domain::programme::applicability::{counts, is_gap, lacking};
use crate::domain::programme::list::{columns, field, purpose};
use crate::domain::programme::progress::{coverage, step_lacks, steps_complete};
use crate::domain::programme::table::{entries, shown};
use crate::domain::programme::{ProgrammeEntry, ProgrammeEntryId, ProgrammeKind};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::weak_ui;
use crate::ui::theme::{Tone, size};
use crate::ui::widget::table::{Cell, Column};
use crate::ui::widget::{Button, Dropdown, Selection, Table, TableState, card_ui, empty_state_ui};
use crate::util::text::counted;

/// The table's name, by which its columns are kept and the keyboard finds it.
pub const TABLE: &str = "List";
/// The name by which the list is remembered.
const KEPT: &str = "programme list";

/// What the view remembers.
#[derive(Debug, Default)]
pub struct View {
    kind: Option<ProgrammeKind>,
    table: Option<TableState>,
    selection: Selection,
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
        let shown_columns: Vec<_> = columns(kind).iter().filter_map(|name| field(kind, name)).collect();
        let mut headers: Vec<Column<'_>> = shown_columns
            .iter()
            .enumerate()
            .map(|(at, field)| {
                let width = if at == 0 { size::COLUMN_TEXT / 2.0 } else { size::COLUMN_WIDE };
                let column = Column::new(field.name, field.label, width).unsortable();
                if at == 0 { column.pinned() } else { column }
            })
            .collect();
        headers.push(Column::new("state", "Standing", size::COLUMN_TEXT).unsortable());
        let order: Vec<u32> = (0..rows.len() as u32).collect();
        let id_of = |place: u32| rows[place as usize].id.0 as u64;
        let summary = counted(rows.len() as u64, "row", "rows");
        let table = self.table.get_or_insert_with(|| ctx.table(TABLE));
        let output = Table::new(TABLE, &headers, &order, &id_of).summary(&summary).ui(
            ui,
            table,
            &mut self.selection,
            |cell, place, column| {
                let Some(row) = rows.get(place as usize) else { return };
                match shown_columns.get(column) {
                    Some(field) => {
                        let text =
                            shown(ctx.book(), field, row.get(field.name), ctx.today).replace('\n', " ");
                        if column == 0 { cell.strong(&text) } else { cell.text(&text) }
                    }
                    None => state_ui(cell, row),
                }
            },
        );
        if output.columns_changed {
            actions.push(Action::KeepTable { name: TABLE, state: table.clone() });
        }
        let row = rows.get(output.opened? as usize)?;
        Some(Box::new(EntrySheet::change(row)))
    }

    /// Which list, and where the row in hand stands in it.
    fn head_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, rows: &[&ProgrammeEntry], actions: &mut Vec<Action>) {
        let words: Vec<&str> = ProgrammeKind::ALL.iter().map(|kind| kind.text()).collect();
        let kind = self.kind(ctx);
        let mut chosen = ProgrammeKind::ALL.iter().position(|other| *other == kind);
        if Dropdown::new("programme", "List", &words, &mut chosen).ui(ui).changed() {
            let picked = chosen.and_then(|at| ProgrammeKind::ALL.get(at)).copied().unwrap_or(kind);
            self.kind = Some(picked);
            self.selection = Selection::default();
            actions.push(Action::Keep { name: KEPT, value: picked.word().into() });
        }
        weak_ui(ui, purpose(kind));
        if rows.len() < 2 || !ctx.can_write() {
            return;
        }
        let at = self.selection.current.and_then(|id| rows.iter().position(|row| row.id.0 as u64 == id));
        ui.horizontal(|ui| {
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
fn state_ui(cell: &mut Cell<'_>, row: &ProgrammeEntry) {
    match row.kind {
        ProgrammeKind::Control if !lacking(row).is_empty() => cell.chip(Tone::Warn, "Not answered"),
        ProgrammeKind::Control if is_gap(row) => cell.chip(Tone::Bad, "Gap"),
        ProgrammeKind::Control => cell.chip(Tone::Good, "Answered"),
        ProgrammeKind::Step if step_lacks(row).is_empty() => cell.chip(Tone::Good, "Complete"),
        ProgrammeKind::Step => cell.weak(&format!("Lacks {}", step_lacks(row).join(", "))),
        ProgrammeKind::Training if row.get("held_on").is_empty() => cell.weak("Planned"),
        ProgrammeKind::Training => cell.chip(Tone::Good, "Held"),
        _ if row.says("mark", "verify") => cell.chip(Tone::Warn, "To be checked"),
        _ => cell.weak(""),
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
