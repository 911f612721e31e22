//! What the keyboard does in a table that has it.

use egui::{Event, EventFilter, Key, Modifiers, Ui};

use super::cell::Cell;
use super::{Memory, Selection, Shown, Table, TableOutput, copy};
use crate::ui::theme::size;

/// Where to scroll to, as points from the top and from the left.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scroll {
    pub y: Option<f32>,
    pub x: Option<f32>,
}

/// Answers the keys of this frame and says where to scroll.
pub(super) fn answer(
    ui: &Ui,
    table: &Table<'_>,
    selection: &mut Selection,
    shown: &[Shown<'_>],
    memory: Memory,
    draw: &mut dyn FnMut(&mut Cell<'_>, u32, usize),
    output: &mut TableOutput,
) -> Option<Scroll> {
    let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(table.id, filter));
    let mut scroll = Scroll::default();
    let page = ((memory.view.y / size::ROW).floor() as usize).saturating_sub(1).max(1);
    moves(ui, table, selection, page, memory, &mut scroll, output);
    if table.tickable && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::A)) {
        let all = table.rows.order.iter().map(|row| (table.rows.id_of)(*row));
        selection.ticked.extend(all);
    }
    if table.tickable
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Space))
        && let Some(id) = selection.current
    {
        selection.toggle(id);
        output.ticks_changed = true;
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
        let at = selection.position(table.rows.order, table.rows.id_of);
        output.opened = at.and_then(|at| table.rows.order.get(at)).copied();
    }
    let step = size::ROW * 3.0;
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowLeft)) {
        scroll.x = Some((memory.offset.x - step).max(0.0));
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowRight)) {
        scroll.x = Some(memory.offset.x + step);
    }
    if ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Copy)))
        && let Some((text, count)) = copy::tsv(&table.rows, shown, selection, draw)
    {
        ui.ctx().copy_text(text);
        output.copied = Some(count);
    }
    (scroll.x.is_some() || scroll.y.is_some()).then_some(scroll)
}

fn moves(
    ui: &Ui,
    table: &Table<'_>,
    selection: &mut Selection,
    page: usize,
    memory: Memory,
    scroll: &mut Scroll,
    output: &mut TableOutput,
) {
    let order = table.rows.order;
    let Some(last) = order.len().checked_sub(1) else { return };
    let steps = ui.input_mut(|input| {
        let mut steps = Vec::new();
        // Shift first: without it, a plain press would also match one with Shift.
        for (shift, modifiers) in [(true, Modifiers::SHIFT), (false, Modifiers::NONE)] {
            for (key, by) in [
                (Key::ArrowDown, 1),
                (Key::ArrowUp, -1),
                (Key::PageDown, page as isize),
                (Key::PageUp, -(page as isize)),
                (Key::Home, isize::MIN),
                (Key::End, isize::MAX),
            ] {
                for _ in 0..input.count_and_consume_key(modifiers, key) {
                    steps.push((shift, by));
                }
            }
        }
        steps
    });
    for (shift, by) in steps {
        let from = selection.position(order, table.rows.id_of);
        let to = match from {
            Some(from) => from.saturating_add_signed(by).min(last),
            None if by == isize::MAX => last,
            None => 0,
        };
        let id = (table.rows.id_of)(order[to]);
        if shift && table.tickable {
            if selection.anchor.is_none() {
                selection.anchor = selection.current;
            }
            selection.tick_range(order, table.rows.id_of, to);
            output.ticks_changed = true;
        } else {
            selection.anchor = Some(id);
        }
        selection.current = Some(id);
        selection.guess = to;
        let (top, view) = (scroll.y.unwrap_or(memory.offset.y), memory.view.y);
        scroll.y = Some(bring_into_view(to, top, view));
    }
}

/// The offset that shows a row, changed as little as possible.
fn bring_into_view(row: usize, top: f32, view: f32) -> f32 {
    let (first, end) = (row as f32 * size::ROW, (row + 1) as f32 * size::ROW);
    if first < top {
        first
    } else if end > top + view {
        end - view
    } else {
        top
    }
}
