//! The foot of a table: what is shown in words, how many rows are ticked, and which columns there are.

use egui::accesskit::Role;
use egui::{Align, Layout, Popup, PopupCloseBehavior, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::header::tick;
use super::{Selection, Table, TableOutput, TableState};
use crate::ui::icon;
use crate::ui::theme::{self, Text, paint, size};
use crate::ui::widget::button::Button;
use crate::ui::widget::number;

pub(super) fn foot_ui(
    ui: &mut Ui,
    table: &Table<'_>,
    rect: Rect,
    state: &mut TableState,
    selection: &mut Selection,
    output: &mut TableOutput,
) {
    let tokens = theme::tokens(ui);
    ui.painter().hline(rect.x_range(), rect.top() + size::LINE / 2.0, Stroke::new(size::LINE, tokens.border));
    let inner = rect.shrink2(vec2(size::CELL_PAD, 0.0)).with_max_x(rect.right() - size::GAP_SMALL);
    let mut ui = ui.new_child(
        egui::UiBuilder::new().max_rect(inner).id_salt("foot").layout(Layout::right_to_left(Align::Center)),
    );
    ui.spacing_mut().item_spacing.x = size::GAP;
    columns_ui(&mut ui, table, state, output);
    if !selection.ticked.is_empty() {
        if ui.add(Button::quiet("Clear")).clicked() {
            selection.ticked.clear();
            output.ticks_changed = true;
        }
        let words = format!("{} ticked", number(selection.ticked.len()));
        ui.label(Text::SmallNumber.rich(words).color(tokens.text));
    }
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        let words = Text::SmallNumber.rich(table.summary).color(tokens.weak);
        ui.add(egui::Label::new(words).truncate());
    });
}

fn columns_ui(ui: &mut Ui, table: &Table<'_>, state: &mut TableState, output: &mut TableOutput) {
    let button = ui.add(Button::icon_only(icon::COLUMNS_3, "Columns"));
    Popup::from_toggle_button_response(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .align(egui::RectAlign::TOP_END)
        .accessible_name("Columns")
        .show(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_width(size::FIGURE);
            for column in table.columns {
                let shown = !state.hidden.contains(column.key);
                if column_ui(ui, column.title, shown, column.can_hide) {
                    if shown {
                        state.hidden.insert(column.key.to_owned());
                    } else {
                        state.hidden.remove(column.key);
                    }
                    output.columns_changed = true;
                }
            }
            let changed = !state.hidden.is_empty() || !state.widths.is_empty();
            let reset = Button::quiet("Reset columns").icon(icon::ROTATE_CCW).enabled(changed);
            if ui.add(reset.width(ui.available_width())).clicked() {
                state.hidden.clear();
                state.widths.clear();
                output.columns_changed = true;
            }
        });
}

fn column_ui(ui: &mut Ui, title: &str, shown: bool, can_hide: bool) -> bool {
    ui.add_enabled_ui(can_hide, |ui| {
        let tokens = theme::tokens(ui);
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), size::CONTROL), Sense::click());
        let name = format!("Show column {title}");
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, can_hide, shown, &name));
        if response.hovered() {
            ui.painter().rect_filled(rect, size::RADIUS, tokens.hover);
        }
        let place =
            Rect::from_min_size(pos2(rect.left(), rect.top()), vec2(size::TICK_COLUMN, rect.height()));
        tick(ui.painter(), tokens, place, shown.then_some(icon::CHECK));
        let galley =
            paint::line(ui.painter(), title, Text::Body, tokens.text, rect.width() - size::TICK_COLUMN);
        paint::line_at(ui.painter(), rect, rect.left() + size::TICK_COLUMN, galley, tokens.text);
        if response.has_focus() {
            paint::focus_ring_inside(ui.painter(), tokens, rect, size::RADIUS);
        }
        response.clicked()
    })
    .inner
}
