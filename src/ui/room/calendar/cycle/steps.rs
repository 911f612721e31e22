//! The steps of a cycle as a table: when each was planned and is due, who does it, what it produces, how it stands.

use egui::Ui;

use super::super::step_state;
use crate::domain::cycle::{CycleStep, CycleStepId};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::strip::time_words;
use crate::ui::theme::{Tone, size};
use crate::ui::widget::table::{Cell, Column};
use crate::ui::widget::{Selection, Table, TableState};
use crate::util::text::{counted, fold};

const TABLE: &str = "Steps of the cycle";

/// What the table remembers.
#[derive(Debug, Default)]
pub struct Steps {
    table: Option<TableState>,
    selection: Selection,
}

impl Steps {
    /// Makes a step the current row.
    pub fn select(&mut self, step: CycleStepId) {
        self.selection.select(step.0 as u64);
    }

    /// Draws the steps; the one that was opened or moved to, and whether it was opened.
    pub fn ui(
        &mut self,
        steps: &[&CycleStep],
        ctx: &Ctx<'_>,
        ui: &mut Ui,
        actions: &mut Vec<Action>,
    ) -> Option<(CycleStepId, bool)> {
        let columns = [
            Column::new("due", "Due", size::FIGURE).pinned(),
            Column::new("step", "Step", size::SEARCH).pinned(),
            Column::new("state", "State", size::COLUMN_STATE),
            Column::new("person", "Person", size::COLUMN_NAME),
            Column::new("deputy", "Deputy", size::COLUMN_NAME),
            Column::new("role", "Role", size::COLUMN_NAME),
            Column::new("document", "Document", size::COLUMN_NAME),
            Column::new("phase", "Phase", size::COLUMN_COUNT),
            Column::new("planned", "Planned, and why it moved", size::COLUMN_TEXT),
        ];
        let table = self.table.get_or_insert_with(|| ctx.table(TABLE));
        let order = order(steps, table, ctx);
        let height = size::HEADER + size::ROW * steps.len() as f32 + size::STATUS_BAR + size::GAP_LARGE;
        let id_of = |place: u32| steps[place as usize].id.0 as u64;
        let summary = counted(steps.len() as u64, "step", "steps");
        let output = Table::new(TABLE, &columns, &order, &id_of).summary(&summary).height(height).ui(
            ui,
            table,
            &mut self.selection,
            |cell, place, column| {
                if let Some(step) = steps.get(place as usize) {
                    cell_ui(cell, step, column, ctx);
                }
            },
        );
        if output.sort_changed || output.columns_changed {
            actions.push(Action::KeepTable { name: TABLE, state: table.clone() });
        }
        let opened = output.opened.and_then(|place| steps.get(place as usize)).map(|step| (step.id, true));
        let moved = || {
            let current = self.selection.current.filter(|_| output.current_changed)?;
            Some((CycleStepId(current as i64), false))
        };
        opened.or_else(moved)
    }
}

fn order(steps: &[&CycleStep], table: &TableState, ctx: &Ctx<'_>) -> Vec<u32> {
    let mut order: Vec<u32> = (0..steps.len() as u32).collect();
    let Some(sort) = &table.sort else { return order };
    let name = |person| fold(ctx.book().person_name(person));
    order.sort_by_cached_key(|place| {
        let step = steps[*place as usize];
        match sort.column.as_str() {
            "step" => fold(&step.title),
            "state" => step_state(ctx, step).1,
            "person" => name(step.person),
            "deputy" => name(step.deputy),
            "role" => role_name(ctx, step).to_owned(),
            "document" => fold(&step.document),
            "phase" => {
                format!("{:?}", crate::domain::cycle::Phase::ALL.iter().position(|p| *p == step.phase))
            }
            "planned" => format!("{:020}", step.planned_at),
            _ => format!("{:020}", step.due_at),
        }
    });
    if sort.descending {
        order.reverse();
    }
    order
}

/// The name of the role that does a step.
pub fn role_name<'a>(ctx: &Ctx<'a>, step: &CycleStep) -> &'a str {
    step.role.and_then(|role| ctx.book().roles.get(role.0)).map_or("", |role| role.name.as_str())
}

fn cell_ui(cell: &mut Cell<'_>, step: &CycleStep, column: usize, ctx: &Ctx<'_>) {
    match column {
        0 => cell.number(&time_words(ctx, step.due_at)),
        1 => {
            if step.milestone {
                cell.icon(icon::STAR, "milestone");
            }
            if step.due_at != step.planned_at {
                cell.icon(icon::CALENDAR_CLOCK, "moved");
            }
            cell.strong(&step.title);
        }
        2 => {
            let (tone, word) = step_state(ctx, step);
            cell.chip(tone, &word);
        }
        3 if step.person.is_none() => cell.weak("Nobody"),
        3 => cell.text(ctx.book().person_name(step.person)),
        4 => cell.text(ctx.book().person_name(step.deputy)),
        5 => cell.text(role_name(ctx, step)),
        6 => cell.text(&step.document),
        7 => cell.text(step.phase.text()),
        _ if step.planned_at != step.due_at || !step.shifted_because.is_empty() => {
            let planned = time_words(ctx, step.planned_at);
            cell.tone(Tone::Warn, &format!("{planned}, {}", step.shifted_because));
        }
        _ => cell.weak("As planned"),
    }
}
