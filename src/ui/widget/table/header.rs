//! The header row: titles that sort, edges that resize. It stays while the rows scroll under it.
//!
//! Interaction comes before the rows, so that Tab reaches the titles first; painting comes after them, so that it
//! knows how far they were scrolled in this frame.

use egui::accesskit::{Role, SortDirection};
use egui::{
    Align2, CursorIcon, Event, EventFilter, Id, Key, Modifiers, Rect, Sense, Stroke, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};

use super::{Align, Selection, Shown, Table, TableOutput, TableState};
use crate::ui::icon;
use crate::ui::theme::{self, Text, Tokens, paint, size};

fn title_id(table: &Table<'_>, key: &str) -> Id {
    table.id.with(("title", key))
}

fn title_rect(head: Rect, column: &Shown<'_>, scrolled: f32) -> Rect {
    Rect::from_min_size(
        pos2(head.left() + column.left - scrolled, head.top()),
        vec2(column.width, head.height()),
    )
}

fn tick_rect(head: Rect, scrolled: f32) -> Rect {
    Rect::from_min_size(pos2(head.left() - scrolled, head.top()), vec2(size::TICK_COLUMN, head.height()))
}

#[expect(
    clippy::too_many_arguments,
    reason = "one call, from the table itself; a struct would only rename them"
)]
pub(super) fn interact(
    ui: &mut Ui,
    table: &Table<'_>,
    head: Rect,
    shown: &[Shown<'_>],
    scrolled: f32,
    state: &mut TableState,
    selection: &mut Selection,
    output: &mut TableOutput,
) {
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(head).id_salt("header"));
    ui.set_clip_rect(ui.clip_rect().intersect(head));
    if table.tickable {
        tick_all(&ui, table, tick_rect(head, scrolled), selection, output);
    }
    for (at, column) in shown.iter().enumerate() {
        let rect = title_rect(head, column, scrolled);
        let id = title_id(table, column.key);
        let response = ui.interact(rect.shrink2(vec2(size::GRIP, 0.0)), id, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, column.title));
        let sorted = state.sort.as_ref().filter(|sort| sort.column == column.key);
        if let Some(sort) = sorted {
            let way = if sort.descending { SortDirection::Descending } else { SortDirection::Ascending };
            ui.ctx().accesskit_node_builder(id, |node| node.set_sort_direction(way));
        }
        if response.clicked() && column.sortable {
            state.sort_by(column.key);
            output.sort_changed = true;
        }
        if response.has_focus() {
            title_keys(&ui, table, shown, at, id, state, output);
        }
        grip(&ui, table, rect, column, state, output);
    }
}

fn tick_all(ui: &Ui, table: &Table<'_>, rect: Rect, selection: &mut Selection, output: &mut TableOutput) {
    let response = ui.interact(rect, table.id.with("tick all"), Sense::click());
    let all = all_ticked(table, selection);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, all, "Tick all rows"));
    if response.clicked() {
        if all {
            selection.ticked.clear();
        } else {
            selection.ticked.extend(table.rows.order.iter().map(|row| (table.rows.id_of)(*row)));
        }
        output.ticks_changed = true;
    }
}

/// Whether there is nothing left to tick. Counting suffices: ticks outside the filter only make this say no early.
fn all_ticked(table: &Table<'_>, selection: &Selection) -> bool {
    !table.rows.order.is_empty()
        && selection.ticked.len() >= table.rows.order.len()
        && table.rows.order.iter().all(|row| selection.ticked.contains(&(table.rows.id_of)(*row)))
}

/// Arrows walk the titles, with Shift they widen and narrow the column.
fn title_keys(
    ui: &Ui,
    table: &Table<'_>,
    shown: &[Shown<'_>],
    at: usize,
    id: Id,
    state: &mut TableState,
    output: &mut TableOutput,
) {
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let take = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    for (key, by) in [(Key::ArrowLeft, -1.0), (Key::ArrowRight, 1.0)] {
        if take(Modifiers::SHIFT, key) {
            let width = (shown[at].width + by * size::ROW / 2.0).max(size::COLUMN_MIN);
            state.widths.insert(shown[at].key.to_owned(), width);
            output.columns_changed = true;
        } else if take(Modifiers::NONE, key) {
            let to = at.saturating_add_signed(if by < 0.0 { -1 } else { 1 }).min(shown.len() - 1);
            ui.memory_mut(|memory| memory.request_focus(title_id(table, shown[to].key)));
        }
    }
    if ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Copy))) {
        // Copying means the rows; say so by handing the keyboard to them.
        ui.memory_mut(|memory| memory.request_focus(table.id));
    }
}

fn grip(
    ui: &Ui,
    table: &Table<'_>,
    rect: Rect,
    column: &Shown<'_>,
    state: &mut TableState,
    output: &mut TableOutput,
) {
    let place = Rect::from_center_size(rect.right_center(), vec2(2.0 * size::GRIP, rect.height()));
    let response = ui.interact(place, table.id.with(("grip", column.key)), Sense::DRAG);
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(CursorIcon::ResizeColumn);
    }
    if response.dragged()
        && let Some(pointer) = response.interact_pointer_pos()
    {
        let width = (pointer.x - rect.left()).max(size::COLUMN_MIN).round();
        state.widths.insert(column.key.to_owned(), width);
        output.columns_changed = true;
    }
}

pub(super) fn paint(
    ui: &Ui,
    table: &Table<'_>,
    head: Rect,
    shown: &[Shown<'_>],
    scrolled: f32,
    state: &TableState,
    selection: &Selection,
) {
    let tokens = theme::tokens(ui);
    let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(head));
    if table.tickable {
        let rect = tick_rect(head, scrolled);
        let some = !selection.ticked.is_empty();
        let mark = if all_ticked(table, selection) {
            Some(icon::CHECK)
        } else if some {
            Some(icon::MINUS)
        } else {
            None
        };
        tick(&painter, tokens, rect, mark);
        if ui.memory(|memory| memory.has_focus(table.id.with("tick all"))) {
            paint::focus_ring_inside(&painter, tokens, rect.shrink(2.0), size::RADIUS_TICK);
        }
    }
    for (at, column) in shown.iter().enumerate() {
        let rect = title_rect(head, column, scrolled);
        let inner = rect.shrink2(vec2(size::CELL_PAD, 0.0));
        let sorted = state.sort.as_ref().filter(|sort| sort.column == column.key);
        let id = title_id(table, column.key);
        let over = ui.ctx().read_response(id).is_some_and(|response| response.hovered());
        let color = if sorted.is_some() || (over && column.sortable) { tokens.text } else { tokens.weak };
        let arrow = if sorted.is_some() { size::ICON_SMALL + size::GAP_SMALL } else { 0.0 };
        let galley = paint::line(&painter, column.title, Text::SmallMedium, color, inner.width() - arrow);
        let width = galley.size().x;
        let left = match column.align {
            Align::Left => inner.left(),
            Align::Right => inner.right() - width,
        };
        paint::line_at(&painter, rect, left, galley, color);
        if let Some(sort) = sorted {
            let glyph = if sort.descending { icon::ARROW_DOWN } else { icon::ARROW_UP };
            let x = match column.align {
                Align::Left => left + width + size::GAP_SMALL + size::ICON_SMALL / 2.0,
                Align::Right => left - size::GAP_SMALL - size::ICON_SMALL / 2.0,
            };
            paint::icon(&painter, pos2(x, rect.center().y), glyph, Text::IconSmall, tokens.accent_text);
        }
        let handle = ui.ctx().read_response(table.id.with(("grip", column.key)));
        let grabbed = handle.is_some_and(|grip| grip.hovered() || grip.dragged());
        if grabbed || at + 1 < shown.len() {
            let color = if grabbed { tokens.accent_text } else { tokens.border };
            let range = if grabbed { rect.y_range() } else { rect.shrink2(vec2(0.0, size::GAP)).y_range() };
            painter.vline(rect.right() - size::LINE / 2.0, range, Stroke::new(size::LINE, color));
        }
        if ui.memory(|memory| memory.has_focus(id)) {
            paint::focus_ring_inside(&painter, tokens, rect.shrink(2.0), size::RADIUS);
        }
    }
    painter.hline(head.x_range(), head.bottom() - size::LINE / 2.0, Stroke::new(size::LINE, tokens.border));
}

/// Paints a box to tick in the middle of a rectangle, with a mark if it is ticked.
pub(in crate::ui::widget) fn tick(
    painter: &egui::Painter,
    tokens: &Tokens,
    rect: Rect,
    mark: Option<icon::Icon>,
) {
    let place = Rect::from_center_size(rect.center(), Vec2::splat(size::TICK - 2.0 * size::LINE));
    if let Some(mark) = mark {
        painter.rect_filled(place, size::RADIUS_TICK, tokens.accent);
        let mut font = Text::IconSmall.font();
        font.size = size::TICK_MARK;
        painter.text(place.center(), Align2::CENTER_CENTER, mark.glyph(), font, tokens.on_accent);
    } else {
        // The glyph of a box costs one quad where a rounded outline costs a mesh, and there is one in every row.
        let mut font = Text::Icon.font();
        font.size = size::TICK_BOX;
        let color = tokens.control_border;
        painter.text(place.center(), Align2::CENTER_CENTER, icon::SQUARE.glyph(), font, color);
    }
}
