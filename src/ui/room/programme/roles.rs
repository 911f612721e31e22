//! The view of roles: who holds each of them today, who stands in, since when.

use egui::Ui;

use super::role::RoleSheet;
use super::sheet::Sheet;
use crate::domain::command::{Command, RoleCommand};
use crate::domain::role::holder::{assigned_on, roles_in_order};
use crate::domain::role::{Assignment, Part, Role};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{Tone, size};
use crate::ui::widget::table::{Cell, Column};
use crate::ui::widget::{Selection, Table, TableState, card_ui, empty_state_ui};
use crate::util::clock::day_text;
use crate::util::text::counted;

/// The table's name, by which its columns are kept and the keyboard finds it.
pub const TABLE: &str = "Roles";

/// What the view remembers.
#[derive(Debug, Default)]
pub struct View {
    table: Option<TableState>,
    selection: Selection,
}

impl View {
    /// Draws the view; the panel that was asked for.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let roles = roles_in_order(ctx.book());
        if roles.is_empty() {
            empty_ui(ctx, ui, actions);
            return None;
        }
        let columns = [
            Column::new("code", "Code", size::COLUMN_MIN + size::GAP_LARGE).unsortable(),
            Column::new("role", "Role", size::FIGURE + size::MARGIN).unsortable().pinned(),
            Column::new("holder", "Holder", size::COLUMN_NAME + size::GAP).unsortable(),
            Column::new("deputy", "Deputy", size::COLUMN_NAME + size::GAP).unsortable(),
            Column::new("since", "Since", size::COLUMN_NAME + size::MARGIN).unsortable(),
            Column::new("hat", "Hat", size::COLUMN_STATE).unsortable(),
            Column::new("answers", "Answers for", size::COLUMN_TEXT).unsortable(),
        ];
        let vacant = roles.iter().filter(|role| held(ctx, role, Part::Holder).is_empty()).count();
        let summary = match vacant {
            0 => format!("All {} are held", counted(roles.len() as u64, "role", "roles")),
            vacant => {
                format!("{vacant} of {} without a holder", counted(roles.len() as u64, "role", "roles"))
            }
        };
        let order: Vec<u32> = (0..roles.len() as u32).collect();
        let id_of = |place: u32| roles[place as usize].id.0 as u64;
        let table = self.table.get_or_insert_with(|| ctx.table(TABLE));
        let output = Table::new(TABLE, &columns, &order, &id_of).summary(&summary).ui(
            ui,
            table,
            &mut self.selection,
            |cell, place, column| {
                if let Some(role) = roles.get(place as usize) {
                    cell_ui(cell, role, column, ctx);
                }
            },
        );
        if output.columns_changed {
            actions.push(Action::KeepTable { name: TABLE, state: table.clone() });
        }
        let role = roles.get(output.opened? as usize)?.id;
        Some(Box::new(RoleSheet { role }))
    }
}

fn empty_ui(ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let words = "Who coordinates, deploys, tests, approves and audits, by name and with dates. This register is older than its \
                 roles: set up the usual nine with their matrix, and change what differs here.";
    let offers: &[&str] = if ctx.can_write() { &["Set up the usual roles"] } else { &[] };
    card_ui(ui, None, |ui| {
        if empty_state_ui(ui, icon::USERS, "No roles yet", words, offers).is_some() {
            actions.push(Action::Run { ticket: 0, command: Box::new(Command::Role(RoleCommand::Begin)) });
        }
    });
}

fn held<'a>(ctx: &Ctx<'a>, role: &Role, part: Part) -> Vec<&'a Assignment> {
    assigned_on(ctx.book(), role.id, part, ctx.today)
}

fn cell_ui(cell: &mut Cell<'_>, role: &Role, column: usize, ctx: &Ctx<'_>) {
    let names = |part| {
        let held = held(ctx, role, part);
        let names: Vec<&str> = held.iter().map(|a| ctx.book().person_name(Some(a.person))).collect();
        names.join(", ")
    };
    match column {
        0 => cell.weak(&role.code),
        1 => cell.strong(&role.name),
        2 => match names(Part::Holder) {
            names if names.is_empty() => cell.chip(Tone::Warn, "Nobody"),
            names => cell.text(&names),
        },
        3 => cell.text(&names(Part::Deputy)),
        4 => {
            let since = held(ctx, role, Part::Holder).first().map(|a| day_text(a.from_on));
            cell.number(&since.unwrap_or_default());
        }
        5 => cell.text(role.hat.text()),
        _ => cell.weak(&role.responsibility),
    }
}
