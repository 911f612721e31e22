//! The table: virtual rows under a header that stays, sorted by its titles, with columns one can drag and hide.
//!
//! Only the rows in sight are ever touched: 100,000 rows cost what 20 do. Sorting and filtering are the caller's;
//! the table is given the order as indexes and says what was asked for. It never owns a row.
//!
//! Keys while it has the keyboard: arrows, Page, Home and End move the current row (with Shift they tick the way),
//! Enter opens, Space ticks, Ctrl+A ticks all, Ctrl+C copies, Left and Right scroll.

mod body;
mod cell;
mod copy;
mod foot;
mod header;
mod keys;
mod state;

use std::hash::Hash;

use egui::accesskit::Role;
use egui::{Id, Rect, Sense, Ui, Vec2, pos2, vec2};

use super::card;
use crate::ui::theme::{self, paint, size};

pub(in crate::ui::widget) use header::tick;

pub use cell::Cell;
pub use state::{Selection, Sort, TableState};

/// At which edge the words of a column stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Words.
    #[default]
    Left,
    /// Counts and amounts.
    Right,
}

/// One column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    key: &'static str,
    title: &'a str,
    width: f32,
    align: Align,
    sortable: bool,
    can_hide: bool,
}

impl<'a> Column<'a> {
    /// A column with the key it is remembered by, its title and its first width in points.
    pub fn new(key: &'static str, title: &'a str, width: f32) -> Self {
        Self { key, title, width, align: Align::Left, sortable: true, can_hide: true }
    }

    /// Aligned at the right, for counts and amounts.
    #[must_use]
    pub fn right(mut self) -> Self {
        self.align = Align::Right;
        self
    }

    /// A column the rows cannot be sorted by.
    #[must_use]
    pub fn unsortable(mut self) -> Self {
        self.sortable = false;
        self
    }

    /// A column that cannot be hidden.
    #[must_use]
    pub fn pinned(mut self) -> Self {
        self.can_hide = false;
        self
    }
}

/// What was done in a table during this frame.
#[expect(clippy::struct_excessive_bools, reason = "several of these can happen in one frame")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableOutput {
    /// Another sort was asked for; it is in the state already.
    pub sort_changed: bool,
    /// Widths or hidden columns changed.
    pub columns_changed: bool,
    /// Another row became the current one.
    pub current_changed: bool,
    /// Ticks changed.
    pub ticks_changed: bool,
    /// This row was opened by Enter or a double click: an index out of the order given.
    pub opened: Option<u32>,
    /// So many rows were copied.
    pub copied: Option<usize>,
}

/// The rows of a table in their order, and what identifies them.
pub(in crate::ui::widget::table) struct Rows<'a> {
    order: &'a [u32],
    id_of: &'a dyn Fn(u32) -> u64,
}

/// A column in sight, with the place it has this frame.
pub(in crate::ui::widget::table) struct Shown<'a> {
    index: usize,
    key: &'static str,
    title: &'a str,
    align: Align,
    sortable: bool,
    /// Distance of its left edge from the table's, unscrolled.
    left: f32,
    width: f32,
}

/// What is kept in the context between two frames.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::ui::widget::table) struct Memory {
    offset: Vec2,
    view: Vec2,
}

/// A table over rows somebody else owns.
#[must_use = "a table does nothing until it is shown"]
pub struct Table<'a> {
    id: Id,
    name: &'a str,
    columns: &'a [Column<'a>],
    rows: Rows<'a>,
    tickable: bool,
    summary: &'a str,
    height: Option<f32>,
}

impl<'a> Table<'a> {
    /// A table by this name over `order`, the rows to show as indexes into what the caller owns. `id_of` gives
    /// the id of a row, by which it stays selected.
    pub fn new(
        name: &'a str,
        columns: &'a [Column<'a>],
        order: &'a [u32],
        id_of: &'a dyn Fn(u32) -> u64,
    ) -> Self {
        Self {
            id: Id::unique(("table", name)),
            name,
            columns,
            rows: Rows { order, id_of },
            tickable: false,
            summary: "",
            height: None,
        }
    }

    /// Gives every row a box to tick.
    pub fn tickable(mut self) -> Self {
        self.tickable = true;
        self
    }

    /// What is shown, in words: the count and the filter. It stands at the foot, always.
    pub fn summary(mut self, summary: &'a str) -> Self {
        self.summary = summary;
        self
    }

    /// A height in points instead of all there is.
    pub fn height(mut self, height: f32) -> Self {
        self.height = Some(height);
        self
    }

    /// The id that has the keyboard while the rows do, for [`egui::Memory::request_focus`].
    pub fn id_of(name: impl AsRef<str> + Hash) -> Id {
        Id::unique(("table", name.as_ref()))
    }

    /// Draws the table in a card. `draw` fills one cell: the row as given in `order`, the column as an index into
    /// the columns given.
    pub fn ui(
        self,
        ui: &mut Ui,
        state: &mut TableState,
        selection: &mut Selection,
        mut draw: impl FnMut(&mut Cell<'_>, u32, usize),
    ) -> TableOutput {
        let height = self.height.unwrap_or_else(|| ui.available_height()).max(size::HEADER + 3.0 * size::ROW);
        let (_, outer) = ui.allocate_space(vec2(ui.available_width(), height));
        ui.painter().add(card::frame(ui).paint(outer.shrink(size::LINE)));
        let mut output = TableOutput::default();
        let inner = outer.shrink(size::LINE);
        let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(inner).id_salt(self.id));
        let ui = &mut ui;
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        let foot = Rect::from_min_max(pos2(inner.left(), inner.bottom() - size::STATUS_BAR), inner.max);
        let head = Rect::from_min_size(inner.min, vec2(inner.width(), size::HEADER));
        let body = Rect::from_min_max(head.left_bottom(), foot.right_top());

        let lane = ui.spacing().scroll.allocated_width();
        let shown = self.layout(state, body.width() - lane);
        let mut memory: Memory = ui.data(|data| data.get_temp(self.id)).unwrap_or_default();
        let before = (selection.current, selection.ticked.len());

        header::interact(ui, &self, head, &shown, memory.offset.x, state, selection, &mut output);
        let focus = ui.interact(body, self.id, Sense::focusable_noninteractive());
        self.describe(ui, selection, &shown);
        let scroll = if focus.has_focus() {
            keys::answer(ui, &self, selection, &shown, memory, &mut draw, &mut output)
        } else {
            None
        };
        let mut view = body::View { rect: body, memory: &mut memory, scroll };
        body::show(ui, &self, &mut view, &shown, selection, &mut draw, &mut output);
        header::paint(ui, &self, head, &shown, memory.offset.x, state, selection);
        foot::foot_ui(ui, &self, foot, state, selection, &mut output);
        if focus.has_focus() {
            paint::focus_ring_inside(
                ui.painter(),
                theme::tokens(ui),
                outer.shrink(size::LINE),
                size::RADIUS_CARD,
            );
        }
        ui.data_mut(|data| data.insert_temp(self.id, memory));
        output.current_changed |= before.0 != selection.current;
        output.ticks_changed |= before.1 != selection.ticked.len();
        output
    }

    /// The columns in sight and their places; the last takes what room is left over.
    fn layout(&self, state: &TableState, room: f32) -> Vec<Shown<'a>> {
        let mut left = if self.tickable { size::TICK_COLUMN } else { 0.0 };
        let mut shown: Vec<Shown<'a>> = Vec::with_capacity(self.columns.len());
        for (index, column) in self.columns.iter().enumerate() {
            if column.can_hide && state.hidden.contains(column.key) {
                continue;
            }
            let width = state.widths.get(column.key).copied().unwrap_or(column.width).max(size::COLUMN_MIN);
            let Column { key, title, align, sortable, .. } = *column;
            shown.push(Shown { index, key, title, align, sortable, left, width });
            left += width;
        }
        if let Some(last) = shown.last_mut() {
            last.width = last.width.max(room - last.left);
        }
        shown
    }

    fn describe(&self, ui: &Ui, selection: &mut Selection, shown: &[Shown<'_>]) {
        let current = selection.current.map(|id| self.row_id(id).accesskit_id());
        let rows = self.rows.order.len();
        ui.ctx().accesskit_node_builder(self.id, |node| {
            node.set_role(Role::Table);
            node.set_label(self.name);
            node.set_description(self.summary);
            node.set_row_count(rows);
            node.set_column_count(shown.len());
            if let Some(current) = current {
                node.set_active_descendant(current);
            }
        });
    }

    /// The id of the row with this id, for a screen reader and for clicks.
    fn row_id(&self, id: u64) -> Id {
        self.id.with(("row", id))
    }
}

/// The right edge of the last column, from the table's left edge, unscrolled.
pub(in crate::ui::widget::table) fn total_width(shown: &[Shown<'_>]) -> f32 {
    shown.last().map_or(0.0, |last| last.left + last.width)
}
