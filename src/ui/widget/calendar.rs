//! One month of days to pick from.

use chrono::{Datelike, Days, Months, NaiveDate};
use egui::accesskit::Role;
use egui::{Align2, Key, Modifiers, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, vec2};

use super::button::Button;
use super::date_text;
use crate::ui::icon;
use crate::ui::theme::{self, Text, size};

/// Where the picking stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The day the keyboard is on; its month is the one shown.
    pub at: NaiveDate,
}

impl Calendar {
    /// A calendar opened on a day.
    pub fn new(at: NaiveDate) -> Self {
        Self { at }
    }

    /// Moves with the arrows (a day, a week), Page keys (a month), Home and End (the month's ends).
    pub fn keys(&mut self, ui: &Ui) {
        let take = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let days = [(Key::ArrowLeft, -1), (Key::ArrowRight, 1), (Key::ArrowUp, -7), (Key::ArrowDown, 7)];
        for (key, by) in days {
            if take(key) {
                self.by_days(by);
            }
        }
        if take(Key::PageUp) {
            self.by_months(-1);
        }
        if take(Key::PageDown) {
            self.by_months(1);
        }
        if take(Key::Home) {
            self.at = first_of(self.at);
        }
        if take(Key::End) {
            self.at = first_of(self.at);
            self.by_months(1);
            self.by_days(-1);
        }
    }

    fn by_days(&mut self, by: i64) {
        let days = Days::new(by.unsigned_abs());
        let to = if by < 0 { self.at.checked_sub_days(days) } else { self.at.checked_add_days(days) };
        self.at = to.unwrap_or(self.at);
    }

    fn by_months(&mut self, by: i32) {
        let months = Months::new(by.unsigned_abs());
        let to = if by < 0 { self.at.checked_sub_months(months) } else { self.at.checked_add_months(months) };
        self.at = to.unwrap_or(self.at);
    }
}

fn first_of(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

/// Draws the month and returns the day that was clicked.
pub fn calendar_ui(
    ui: &mut Ui,
    calendar: &mut Calendar,
    chosen: Option<NaiveDate>,
    today: NaiveDate,
) -> Option<NaiveDate> {
    let tokens = theme::tokens(ui);
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    ui.set_width(7.0 * size::DAY);
    ui.horizontal(|ui| {
        if ui.add(Button::icon_only(icon::CHEVRON_LEFT, "Previous month")).clicked() {
            calendar.by_months(-1);
        }
        let title = calendar.at.format("%B %Y").to_string();
        let room = vec2(ui.available_width() - size::CONTROL, size::CONTROL);
        let (rect, label) = ui.allocate_exact_size(room, Sense::hover());
        label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &title));
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, &title, Text::Strong.font(), tokens.text);
        if ui.add(Button::icon_only(icon::CHEVRON_RIGHT, "Next month")).clicked() {
            calendar.by_months(1);
        }
    });
    ui.horizontal(|ui| {
        for day in ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"] {
            let (rect, _) = ui.allocate_exact_size(vec2(size::DAY, size::STEP), Sense::hover());
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, day, Text::Small.font(), tokens.weak);
        }
    });
    let first = first_of(calendar.at);
    let lead = Days::new(u64::from(first.weekday().num_days_from_monday()));
    let mut day = first.checked_sub_days(lead).unwrap_or(first);
    let mut clicked = None;
    for _week in 0..6 {
        ui.horizontal(|ui| {
            for _ in 0..7 {
                if day_ui(ui, day, calendar.at, chosen, today) {
                    clicked = Some(day);
                }
                day = day.succ_opt().unwrap_or(day);
            }
        });
    }
    clicked
}

fn day_ui(ui: &mut Ui, day: NaiveDate, at: NaiveDate, chosen: Option<NaiveDate>, today: NaiveDate) -> bool {
    let tokens = theme::tokens(ui);
    // Not focusable: the keyboard stays on the button that opened the calendar.
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size::DAY), Sense::CLICK);
    let is_chosen = chosen == Some(day);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, date_text::say(day)));
    let cell = rect.shrink(size::LINE);
    let painter = ui.painter();
    let mut color = if day.month() == at.month() { tokens.text } else { tokens.weak };
    if is_chosen {
        painter.rect_filled(cell, size::RADIUS, tokens.accent);
        color = tokens.on_accent;
    } else if response.hovered() {
        painter.rect_filled(cell, size::RADIUS, tokens.hover);
    }
    if day == at && !is_chosen {
        let stroke = Stroke::new(size::RING, tokens.accent_text);
        painter.rect_stroke(cell, size::RADIUS, stroke, StrokeKind::Inside);
    }
    let style = if day == today { Text::Strong } else { Text::Number };
    painter.text(rect.center(), Align2::CENTER_CENTER, day.day(), style.font(), color);
    if day == today {
        let dot = rect.center_bottom() - vec2(0.0, size::GAP_SMALL + size::LINE);
        let color = if is_chosen { tokens.on_accent } else { tokens.accent_text };
        painter.circle_filled(dot, size::RING, color);
    }
    response.clicked()
}
