//! The rows in sight: painted, clicked, ticked, and named for a screen reader. No row out of sight is touched.

use egui::accesskit::Role;
use egui::{Id, Modifiers, Rect, ScrollArea, Sense, Ui, Vec2, pos2, vec2};

use super::cell::Cell;
use super::keys::Scroll;
use super::{Memory, Selection, Shown, Table, TableOutput, header, total_width};
use crate::ui::icon;
use crate::ui::theme::{self, size};

/// Where the rows are seen through.
pub(super) struct View<'a> {
    pub rect: Rect,
    pub memory: &'a mut Memory,
    pub scroll: Option<Scroll>,
}

/// One row while it is drawn.
struct Row {
    /// Its place in the order.
    at: usize,
    /// The caller's index of it.
    index: u32,
    id: u64,
    rect: Rect,
}

pub(super) fn show(
    ui: &mut Ui,
    table: &Table<'_>,
    view: &mut View<'_>,
    shown: &[Shown<'_>],
    selection: &mut Selection,
    draw: &mut dyn FnMut(&mut Cell<'_>, u32, usize),
    output: &mut TableOutput,
) {
    let mut area = ScrollArea::both().id_salt("rows").auto_shrink(false);
    if let Some(scroll) = view.scroll {
        if let Some(y) = scroll.y {
            area = area.vertical_scroll_offset(y);
        }
        if let Some(x) = scroll.x {
            area = area.horizontal_scroll_offset(x);
        }
    }
    let window = ui.clip_rect();
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(view.rect).id_salt("body"));
    let rows = table.rows.order.len();
    let wide = total_width(shown);
    let scrolled = area.show_viewport(&mut ui, |ui, port| {
        ui.set_min_size(vec2(wide, rows as f32 * size::ROW));
        let clip = ui.clip_rect();
        let first = (port.top() / size::ROW).floor().max(0.0) as usize;
        let end = ((port.bottom() / size::ROW).ceil().max(0.0) as usize).min(rows);
        let left = clip.left() - port.left();
        // Rows run under the scroll bar's lane, to the edge of the card. One clip for all of them, because every
        // change of it starts another mesh; words are cut to their cells when they are laid out.
        let strip = view.rect.with_max_y(clip.bottom()).intersect(window);
        ui.set_clip_rect(strip);
        let width = wide.max(strip.width());
        for at in first..end {
            // Measured from the edge in sight: far down, points from the top are too coarse for a pixel.
            let top = clip.top() + (at as f64 * f64::from(size::ROW) - f64::from(port.top())) as f32;
            let index = table.rows.order[at];
            let id = (table.rows.id_of)(index);
            let rect = Rect::from_min_size(pos2(left, top), vec2(width, size::ROW));
            row_ui(ui, table, &Row { at, index, id, rect }, shown, selection, draw, output);
        }
    });
    view.memory.offset = scrolled.state.clamped_offset();
    view.memory.view = scrolled.inner_rect.size();
}

fn row_ui(
    ui: &Ui,
    table: &Table<'_>,
    row: &Row,
    shown: &[Shown<'_>],
    selection: &mut Selection,
    draw: &mut dyn FnMut(&mut Cell<'_>, u32, usize),
    output: &mut TableOutput,
) {
    let tokens = theme::tokens(ui);
    // Not focusable: the table has the keyboard, the row is its active descendant.
    let node = table.row_id(row.id);
    let response = ui.interact(row.rect, node, Sense::CLICK);
    if response.clicked() {
        click(ui, table, row, selection, output);
    }
    if response.double_clicked() {
        output.opened = Some(row.index);
    }
    let current = selection.current == Some(row.id);
    let ticked = selection.ticked.contains(&row.id);
    let fill = if current {
        Some(tokens.selection)
    } else if response.hovered() {
        Some(tokens.hover)
    } else if row.at % 2 == 1 {
        Some(tokens.stripe)
    } else {
        None
    };
    let painter = ui.painter();
    if let Some(fill) = fill {
        painter.rect_filled(row.rect, 0.0, fill);
    }
    let heard = ui
        .ctx()
        .accesskit_node_builder(node, |access| {
            access.set_role(Role::Row);
            access.set_row_index(row.at);
            access.set_selected(current);
            access.set_bounds(bounds(row.rect));
            access.add_action(egui::accesskit::Action::Click);
        })
        .is_some();
    if table.tickable {
        tick_ui(ui, table, row, ticked, selection, output);
    }
    let mut said = String::new();
    for column in shown {
        let rect = Rect::from_min_size(
            pos2(row.rect.left() + column.left, row.rect.top()),
            vec2(column.width, size::ROW),
        );
        let inner = rect.shrink2(vec2(size::CELL_PAD, 0.0));
        if !inner.intersects(ui.clip_rect()) && !heard {
            continue;
        }
        let mut cell = Cell::painted(painter, tokens, inner, column.align, heard, String::new());
        draw(&mut cell, row.index, column.index);
        let words = cell.into_words();
        if heard && !words.is_empty() {
            if !said.is_empty() {
                said.push_str(", ");
            }
            said.push_str(&words);
        }
    }
    if heard {
        ui.ctx().accesskit_node_builder(node, |access| access.set_label(said));
    }
}

fn click(ui: &Ui, table: &Table<'_>, row: &Row, selection: &mut Selection, output: &mut TableOutput) {
    let Modifiers { shift, command, .. } = ui.input(|input| input.modifiers);
    ui.memory_mut(|memory| memory.request_focus(table.id));
    if table.tickable && shift {
        if selection.anchor.is_none() {
            selection.anchor = selection.current;
        }
        selection.tick_range(table.rows.order, table.rows.id_of, row.at);
        output.ticks_changed = true;
    } else if table.tickable && command {
        selection.toggle(row.id);
        output.ticks_changed = true;
    } else {
        selection.anchor = Some(row.id);
    }
    output.current_changed |= selection.current != Some(row.id);
    selection.current = Some(row.id);
    selection.guess = row.at;
}

fn tick_ui(
    ui: &Ui,
    table: &Table<'_>,
    row: &Row,
    ticked: bool,
    selection: &mut Selection,
    output: &mut TableOutput,
) {
    let rect = Rect::from_min_size(row.rect.min, vec2(size::TICK_COLUMN, size::ROW));
    let id: Id = table.id.with(("tick", row.id));
    let response = ui.interact(rect, id, Sense::CLICK);
    header::tick(ui.painter(), theme::tokens(ui), rect, ticked.then_some(icon::CHECK));
    if response.clicked() {
        if ui.input(|input| input.modifiers.shift) {
            selection.tick_range(table.rows.order, table.rows.id_of, row.at);
        } else {
            selection.toggle(row.id);
        }
        output.ticks_changed = true;
        ui.memory_mut(|memory| memory.request_focus(table.id));
    }
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::CheckBox);
        node.set_label(format!("Tick row {}", row.at + 1));
        node.set_toggled(if ticked {
            egui::accesskit::Toggled::True
        } else {
            egui::accesskit::Toggled::False
        });
        node.set_bounds(bounds(rect));
        node.add_action(egui::accesskit::Action::Click);
    });
}

fn bounds(rect: Rect) -> egui::accesskit::Rect {
    let Vec2 { x, y } = rect.min.to_vec2();
    egui::accesskit::Rect {
        x0: f64::from(x),
        y0: f64::from(y),
        x1: f64::from(rect.right()),
        y1: f64::from(rect.bottom()),
    }
}
