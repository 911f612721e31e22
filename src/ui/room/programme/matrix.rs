//! The roles matrix as a grid for the keyboard: arrows move, a letter marks, Delete clears. Every mark is one step.
//!
//! Marks are sent one after the other: the next one waits for the answer, so that quick typing never meets an older row.

use std::collections::VecDeque;

use egui::accesskit::Role as Node;
use egui::{EventFilter, Id, Key, Modifiers, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::conflict::AddActivity;
use super::sheet::Sheet;
use crate::app::session::Notice;
use crate::domain::command::{Command, Edit, RoleCommand};
use crate::domain::role::holder::roles_in_order;
use crate::domain::role::matrix::{activities_in_order, row_findings};
use crate::domain::role::{Activity, ActivityId, Mark, Role, RoleId};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, Tone, paint, size};
use crate::ui::widget::{card_ui, empty_state_ui};

/// A mark that waits to be sent.
type Wanted = (ActivityId, RoleId, Option<Mark>);

/// What the view remembers.
#[derive(Debug, Default)]
pub struct View {
    at: (usize, usize),
    sent: Option<u64>,
    waiting: VecDeque<Wanted>,
}

/// The id that has the keyboard while the grid does.
pub fn grid_id() -> Id {
    Id::unique("roles matrix")
}

impl View {
    /// Takes an answer; `true` if it was this view's.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let (Notice::Changed { ticket, .. } | Notice::Unchanged { ticket } | Notice::Failed { ticket, .. }) =
            notice
        else {
            return false;
        };
        if self.sent.is_none() || self.sent != *ticket {
            return false;
        }
        self.sent = None;
        if matches!(notice, Notice::Failed { .. }) {
            // What follows was typed on a row that is not as it seemed; the window tells why.
            self.waiting.clear();
            return false;
        }
        true
    }

    /// The row the keyboard is on.
    pub fn row(&self) -> usize {
        self.at.0
    }

    /// Draws the grid; the panel that was asked for.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let rows = activities_in_order(ctx.book());
        let roles = roles_in_order(ctx.book());
        if rows.is_empty() || roles.is_empty() {
            let words = "Each activity of the month in a row, each role in a column: who answers, who does it, who is asked, \
                         who is told.";
            let offers: &[&str] =
                if ctx.can_write() && !roles.is_empty() { &["Add an activity"] } else { &[] };
            let chosen =
                card_ui(ui, None, |ui| empty_state_ui(ui, icon::TABLE, "No activities yet", words, offers));
            return chosen.inner.map(|_| -> Box<dyn Sheet> { Box::new(AddActivity::new(None)) });
        }
        self.at = (self.at.0.min(rows.len() - 1), self.at.1.min(roles.len() - 1));
        if ui.memory(|memory| memory.has_focus(grid_id())) {
            self.keys(ctx, ui, &rows, &roles);
        }
        self.grid_ui(ui, &rows, &roles);
        self.send(ctx, actions);
        None
    }

    fn keys(&mut self, ctx: &Ctx<'_>, ui: &Ui, rows: &[&Activity], roles: &[&Role]) {
        let take = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        let (mut row, mut column) = self.at;
        for (key, rows_on, columns_on) in [
            (Key::ArrowUp, -1_i64, 0_i64),
            (Key::ArrowDown, 1, 0),
            (Key::ArrowLeft, 0, -1),
            (Key::ArrowRight, 0, 1),
            (Key::PageUp, -10, 0),
            (Key::PageDown, 10, 0),
            (Key::Home, 0, -100),
            (Key::End, 0, 100),
        ] {
            if take(Modifiers::NONE, key) {
                let moved =
                    |at: usize, by: i64, len: usize| (at as i64 + by).clamp(0, len as i64 - 1) as usize;
                row = moved(row, rows_on, rows.len());
                column = moved(column, columns_on, roles.len());
            }
        }
        self.at = (row, column);
        if !ctx.can_write() {
            return;
        }
        let mark = if take(Modifiers::SHIFT, Key::A) || take(Modifiers::NONE, Key::B) {
            Some(Some(Mark::Both))
        } else if take(Modifiers::NONE, Key::A) {
            Some(Some(Mark::Accountable))
        } else if take(Modifiers::NONE, Key::R) {
            Some(Some(Mark::Responsible))
        } else if take(Modifiers::NONE, Key::C) {
            Some(Some(Mark::Consulted))
        } else if take(Modifiers::NONE, Key::I) {
            Some(Some(Mark::Informed))
        } else if take(Modifiers::NONE, Key::Delete) || take(Modifiers::NONE, Key::Backspace) {
            Some(None)
        } else {
            None
        };
        if let Some(mark) = mark {
            self.waiting.push_back((rows[row].id, roles[column].id, mark));
        }
    }

    fn send(&mut self, ctx: &Ctx<'_>, actions: &mut Vec<Action>) {
        while self.sent.is_none()
            && let Some((activity, role, mark)) = self.waiting.pop_front()
        {
            let Some(base) = ctx.book().activities.get(activity.0) else { continue };
            if base.mark_of(role) == mark {
                continue;
            }
            let row = base.clone().marked(role, mark);
            let ticket = ctx.tickets.take();
            self.sent = Some(ticket);
            let edit = Box::new(Edit { base: Some(base.clone()), row });
            actions
                .push(Action::Run { ticket, command: Box::new(Command::Role(RoleCommand::Activity(edit))) });
        }
    }

    fn grid_ui(&mut self, ui: &mut Ui, rows: &[&Activity], roles: &[&Role]) {
        let tokens = theme::tokens(ui);
        let width = ui.available_width();
        let height = size::HEADER + rows.len() as f32 * size::ROW;
        let (whole, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        paint::filled(ui.painter(), whole, size::RADIUS_CARD, tokens.surface, Some(tokens.border));
        let focus = ui.interact(whole, grid_id(), Sense::focusable_noninteractive());
        if focus.has_focus() {
            let filter =
                EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(grid_id(), filter));
        }
        let enabled = ui.is_enabled();
        focus.widget_info(|| WidgetInfo::labeled(Node::Grid, enabled, "Roles matrix"));
        let cell = size::CONTROL + size::GAP;
        let first = whole.right() - cell * roles.len() as f32;
        for (column, role) in roles.iter().enumerate() {
            let rect = Rect::from_min_size(
                pos2(first + column as f32 * cell, whole.top()),
                vec2(cell, size::HEADER),
            );
            let code = paint::line(ui.painter(), &role.code, Text::SmallMedium, tokens.weak, cell);
            let left = rect.center().x - code.size().x / 2.0;
            paint::line_at(ui.painter(), rect, left, code, tokens.weak);
            let head = ui.interact(rect, grid_id().with(("head", column)), Sense::hover());
            head.widget_info(|| WidgetInfo::labeled(Node::ColumnHeader, enabled, &role.name));
            head.on_hover_text(&role.name);
        }
        let ids: Vec<RoleId> = roles.iter().map(|role| role.id).collect();
        for (row, activity) in rows.iter().enumerate() {
            let top = whole.top() + size::HEADER + row as f32 * size::ROW;
            let line = Rect::from_min_max(pos2(whole.left(), top), pos2(whole.right(), top + size::ROW));
            ui.painter().hline(line.x_range(), top, egui::Stroke::new(size::LINE, tokens.border));
            let broken = !row_findings(activity, &ids).is_empty();
            let room = first - whole.left() - 2.0 * size::CELL_PAD;
            let color = if broken { tokens.tone(Tone::Bad) } else { tokens.text };
            let shape = if broken { "◆ " } else { "" };
            let words = format!("{shape}{}", activity.name);
            let name = paint::line(ui.painter(), &words, Text::Body, color, room);
            paint::line_at(ui.painter(), line, whole.left() + size::CELL_PAD, name, color);
            let named = Rect::from_min_max(line.min, pos2(first, line.bottom()));
            let response = ui.interact(named, grid_id().with(("row", row)), Sense::hover());
            response.on_hover_text(&activity.name);
            for (column, role) in roles.iter().enumerate() {
                let left = first + column as f32 * cell;
                let rect = Rect::from_min_size(pos2(left, top), vec2(cell, size::ROW));
                self.cell_ui(ui, rect, (row, column), activity, role);
            }
        }
        if focus.has_focus() {
            let (row, column) = self.at;
            let min = pos2(first + column as f32 * cell, whole.top() + size::HEADER + row as f32 * size::ROW);
            let rect = Rect::from_min_size(min, vec2(cell, size::ROW));
            paint::focus_ring_inside(ui.painter(), tokens, rect, size::RADIUS_TICK);
            ui.scroll_to_rect(rect, None);
        }
    }

    fn cell_ui(&mut self, ui: &Ui, rect: Rect, at: (usize, usize), activity: &Activity, role: &Role) {
        let tokens = theme::tokens(ui);
        let mark = activity.mark_of(role.id);
        let response = ui.interact(rect, grid_id().with(at), Sense::CLICK);
        if response.clicked() {
            self.at = at;
            ui.memory_mut(|memory| memory.request_focus(grid_id()));
        }
        let letter = mark.map_or("", Mark::word);
        let meaning = mark.map_or("no mark", Mark::text);
        let enabled = ui.is_enabled();
        let name = format!("{}, {}: {meaning}", activity.name, role.name);
        response.widget_info(|| WidgetInfo::selected(Node::GridCell, enabled, at == self.at, &name));
        let inner = rect.shrink(size::GAP_SMALL);
        match mark {
            Some(mark) if mark.answers() => {
                paint::filled(
                    ui.painter(),
                    inner,
                    size::RADIUS_TICK,
                    tokens.selection,
                    Some(tokens.accent_text),
                );
            }
            Some(mark) if mark.does() => {
                paint::filled(ui.painter(), inner, size::RADIUS_TICK, tokens.selection, None);
            }
            _ if response.hovered() => {
                paint::filled(ui.painter(), inner, size::RADIUS_TICK, tokens.hover, None);
            }
            _ => {}
        }
        let strong = mark.is_some_and(|mark| mark.answers() || mark.does());
        let (style, color) = if strong { (Text::Medium, tokens.text) } else { (Text::Body, tokens.weak) };
        let galley = paint::line(ui.painter(), letter, style, color, rect.width());
        let left = rect.center().x - galley.size().x / 2.0;
        paint::line_at(ui.painter(), rect, left, galley, color);
    }
}
