//! The month as a grid. The arrows move the day, Page keys the month, Home goes to today, Enter opens the day.

use chrono::{Days, Months, NaiveDate};
use egui::accesskit::Role;
use egui::{EventFilter, Id, Key, Modifiers, Sense, Ui, WidgetInfo, vec2};

use super::entry::{Entry, weeks};
use crate::draw::{self, MonthEntry, MonthGrid};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::heading_ui;
use crate::ui::theme::{self, Text, paint, size};
use crate::ui::widget::Button;
use crate::ui::widget::drawing::{Pen, marks_ui, place, rect_of};
use crate::util::clock::day_text;
use crate::util::text::counted;

/// What the grid remembers.
#[derive(Debug, Default)]
pub struct Month {
    /// The day the keyboard is on; its month is the one shown.
    day: Option<NaiveDate>,
}

impl Month {
    /// The day the keyboard is on.
    pub fn day(&self, ctx: &Ctx<'_>) -> NaiveDate {
        self.day.unwrap_or(ctx.today)
    }

    /// The days that are in sight.
    pub fn span(&self, ctx: &Ctx<'_>) -> (NaiveDate, NaiveDate) {
        weeks(self.day(ctx))
    }

    fn step_month(&mut self, ctx: &Ctx<'_>, by: i32) {
        let day = self.day(ctx);
        let months = Months::new(by.unsigned_abs());
        let moved = if by < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) };
        self.day = Some(moved.unwrap_or(day));
    }

    /// Moves with the keys; `true` when the day is to be opened.
    fn keys(&mut self, ctx: &Ctx<'_>, ui: &Ui) -> bool {
        let take = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let days = [(Key::ArrowLeft, -1), (Key::ArrowRight, 1), (Key::ArrowUp, -7), (Key::ArrowDown, 7)];
        for (key, by) in days {
            if take(key) {
                let (day, days) = (self.day(ctx), Days::new(i64::from(by).unsigned_abs()));
                let moved = if by < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) };
                self.day = Some(moved.unwrap_or(day));
            }
        }
        if take(Key::PageUp) {
            self.step_month(ctx, -1);
        }
        if take(Key::PageDown) {
            self.step_month(ctx, 1);
        }
        if take(Key::Home) {
            self.day = Some(ctx.today);
        }
        take(Key::Enter)
    }

    /// Draws the month's name and the way to its neighbours.
    pub fn head_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) {
        ui.horizontal(|ui| {
            let previous =
                Button::icon_only(icon::CHEVRON_LEFT, "Previous month").shortcut("Page Up").outlined();
            if ui.add(previous).clicked() {
                self.step_month(ctx, -1);
            }
            let next = Button::icon_only(icon::CHEVRON_RIGHT, "Next month").shortcut("Page Down").outlined();
            if ui.add(next).clicked() {
                self.step_month(ctx, 1);
            }
            if ui.add(Button::secondary("Go to today").shortcut("Home")).clicked() {
                self.day = Some(ctx.today);
            }
            ui.add_space(size::GAP);
            heading_ui(ui, &self.day(ctx).format("%B %Y").to_string());
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), legend_ui);
        });
    }

    /// Draws the grid over these lines; the day that was opened.
    pub fn grid_ui(&mut self, ctx: &Ctx<'_>, lines: &[Entry], ui: &mut Ui) -> Option<NaiveDate> {
        let id = Id::unique("month grid");
        let tokens = theme::tokens(ui);
        let mut opened = None;
        if ui.memory(|memory| memory.has_focus(id)) && self.keys(ctx, ui) {
            opened = Some(self.day(ctx));
        }
        let day = self.day(ctx);
        let room = vec2(ui.available_width(), ui.available_height().max(size::MONTH));
        let (_, rect) = ui.allocate_space(room);
        let grid = grid(ctx, day, lines);
        let drawing = draw::month_grid(&Pen(ui.painter()), place(rect), &grid, size::DRAWING_TEXT);
        let focus = ui.interact(rect, id, Sense::focusable_noninteractive());
        if ui.memory(|memory| memory.focused().is_none()) {
            // Nobody else has the keyboard: the arrows move the day at once.
            focus.request_focus();
        }
        if focus.has_focus() {
            let filter =
                EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        }
        marks_ui(ui.painter(), tokens, &drawing.head);
        for cell in &drawing.days {
            let area = rect_of(cell.rect);
            let response = ui.interact(area, id.with(cell.on), Sense::CLICK);
            let (on, current) = (cell.on, cell.on == day);
            response.widget_info(|| WidgetInfo::selected(Role::Cell, true, current, day_words(on, lines)));
            marks_ui(ui.painter(), tokens, &cell.ground);
            if response.hovered() {
                ui.painter().rect_filled(area.shrink(size::LINE), 0.0, tokens.hover);
            }
            marks_ui(ui.painter(), tokens, &cell.marks);
            if current {
                paint::focus_ring_inside(ui.painter(), tokens, area.shrink(size::LINE), size::LINE);
            }
            if response.clicked() {
                self.day = Some(on);
                focus.request_focus();
                opened = Some(on);
            }
        }
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::Grid);
            node.set_label(day.format("%B %Y").to_string());
            node.set_description(day_words(day, lines));
            node.set_active_descendant(id.with(day).accesskit_id());
        });
        if focus.has_focus() {
            paint::focus_ring_inside(ui.painter(), tokens, rect, size::RADIUS_TICK);
        }
        opened
    }
}

/// `Tue 8 Dec 2026, 2 entries: 19:00 Microsoft Security updates; ...`.
pub fn day_words(on: NaiveDate, lines: &[Entry]) -> String {
    let here: Vec<&Entry> = lines.iter().filter(|line| line.is_on(on)).collect();
    let day = day_text(on);
    if here.is_empty() {
        return format!("{day}, nothing");
    }
    let words: Vec<String> =
        here.iter().map(|line| format!("{} {}", line.time, line.title).trim().to_owned()).collect();
    format!("{day}, {}: {}", counted(here.len() as u64, "entry", "entries"), words.join("; "))
}

fn grid(ctx: &Ctx<'_>, month_on: NaiveDate, lines: &[Entry]) -> MonthGrid {
    let (mut entries, mut apart) = (Vec::new(), Vec::new());
    for line in lines {
        for on in line.from_on.iter_days().take_while(|on| *on <= line.until_on).take(100) {
            if line.apart {
                apart.push((on, line.title.clone()));
            } else {
                let (time, text) = (line.time.clone(), line.title.clone());
                entries.push(MonthEntry { on, time, text, tone: line.tone });
            }
        }
    }
    MonthGrid { month_on, today: Some(ctx.today), entries, apart }
}

/// What the shapes in the grid mean, from the right.
fn legend_ui(ui: &mut Ui) {
    let tokens = theme::tokens(ui);
    let kinds = [
        (draw::Tone::Warn, "End of servicing"),
        (draw::Tone::Bad, "Deadline"),
        (draw::Tone::Plain, "Step"),
        (draw::Tone::Good, "Window"),
        (draw::Tone::Accent, "Release"),
    ];
    for (tone, word) in kinds {
        ui.label(Text::Small.rich(word).color(tokens.weak));
        let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(size::ICON_SMALL), Sense::hover());
        let side = size::ICON_SMALL * 0.75;
        let marks = draw::marker(tone, rect.center().x - side / 2.0, rect.center().y, side);
        marks_ui(ui.painter(), tokens, &marks);
    }
}
