//! The panel beside a table, where the details of one row open. It is always as wide as it is: whatever stands in
//! it is cut, never pushes.

use egui::{Align, Frame, Label, Layout, Margin, Panel, ScrollArea, Stroke, Ui, vec2};

use super::button::Button;
use crate::ui::icon;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::chip::Chip;

/// Draws a panel at the right of `ui` with a title, an optional chip and a cross. Call it before what stands beside
/// it. Returns what `content` returned and whether the panel is to be closed.
pub fn side_panel_ui<R>(
    ui: &mut Ui,
    name: &str,
    title: &str,
    chip: Option<(Tone, &str)>,
    content: impl FnOnce(&mut Ui) -> R,
) -> (R, bool) {
    show(ui, name, title, chip, None, content)
}

/// The same with a foot that stays in sight while the content scrolls: where a form is saved.
pub fn side_panel_with_foot_ui<R>(
    ui: &mut Ui,
    name: &str,
    title: &str,
    chip: Option<(Tone, &str)>,
    foot: &mut dyn FnMut(&mut Ui),
    content: impl FnOnce(&mut Ui) -> R,
) -> (R, bool) {
    show(ui, name, title, chip, Some(foot), content)
}

fn show<R>(
    ui: &mut Ui,
    name: &str,
    title: &str,
    chip: Option<(Tone, &str)>,
    foot: Option<&mut dyn FnMut(&mut Ui)>,
    content: impl FnOnce(&mut Ui) -> R,
) -> (R, bool) {
    let tokens = theme::tokens(ui);
    let frame = Frame::new().fill(tokens.surface).inner_margin(Margin::ZERO);
    let panel = Panel::right(("side panel", name.to_owned()))
        .exact_size(size::SIDE_PANEL)
        .resizable(false)
        .show_separator_line(false)
        .frame(frame);
    let shown = panel.show(ui, |ui| {
        // A child wider than its panel would make it creep; here it cannot report back.
        let whole = ui.max_rect();
        ui.painter().vline(
            whole.left() + size::LINE / 2.0,
            whole.y_range(),
            Stroke::new(size::LINE, tokens.border),
        );
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(whole).id_salt("inside"));
        inner.set_clip_rect(ui.clip_rect().intersect(whole));
        let result = inside_ui(&mut inner, title, chip, foot, content);
        ui.advance_cursor_after_rect(whole);
        result
    });
    shown.inner
}

fn inside_ui<R>(
    ui: &mut Ui,
    title: &str,
    chip: Option<(Tone, &str)>,
    foot: Option<&mut dyn FnMut(&mut Ui)>,
    content: impl FnOnce(&mut Ui) -> R,
) -> (R, bool) {
    let mut close = false;
    Frame::new()
        .inner_margin(Margin { right: size::CELL_PAD as i8, bottom: 0, ..Margin::same(size::MARGIN as i8) })
        .show(ui, |ui| {
            let room = vec2(ui.available_width(), size::CONTROL);
            ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
                close = ui.add(Button::icon_only(icon::X, "Close panel").shortcut("Esc")).clicked();
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let reserve = chip
                        .map_or(0.0, |(tone, word)| Chip::new(tone, word).width(ui.painter()) + size::GAP);
                    ui.scope(|ui| {
                        ui.set_max_width((ui.available_width() - reserve).max(0.0));
                        ui.add(Label::new(Text::Heading.rich(title)).truncate());
                    });
                    if let Some((tone, word)) = chip {
                        ui.add(Chip::new(tone, word));
                    }
                });
            });
        });
    let result = ScrollArea::vertical()
        .max_height(ui.available_height() - if foot.is_some() { FOOT } else { 0.0 })
        .id_salt("panel")
        .auto_shrink(false)
        .show(ui, |ui| {
            let margin = Margin {
                left: size::MARGIN as i8,
                right: 0,
                top: size::GAP as i8,
                bottom: size::MARGIN as i8,
            };
            Frame::new().inner_margin(margin).show(ui, |ui| {
                // The same with and without a scroll bar, so that nothing jumps when one appears.
                ui.set_width(size::SIDE_PANEL - 2.0 * size::MARGIN);
                ui.set_max_width(size::SIDE_PANEL - 2.0 * size::MARGIN);
                content(ui)
            })
        })
        .inner
        .inner;
    if let Some(foot) = foot {
        foot_ui(ui, foot);
    }
    (result, close)
}

/// Height of the foot.
const FOOT: f32 = size::CONTROL + 2.0 * size::CELL_PAD;

fn foot_ui(ui: &mut Ui, foot: &mut dyn FnMut(&mut Ui)) {
    let whole = ui.max_rect();
    let rect = whole.with_min_y(whole.bottom() - FOOT);
    super::toast::keep_clear(ui.ctx(), FOOT);
    let tokens = theme::tokens(ui);
    ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(size::LINE, tokens.border));
    let inner = rect.shrink2(vec2(size::MARGIN, size::CELL_PAD));
    let layout = Layout::left_to_right(Align::Center);
    foot(&mut ui.new_child(egui::UiBuilder::new().max_rect(inner).id_salt("foot").layout(layout)));
}
