//! The head of a wizard: which steps there are, which are done, which one this is.

use egui::accesskit::Role;
use egui::{Align2, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::ui::icon;
use crate::ui::theme::{self, Text, paint, size};

/// Draws the steps of a wizard and returns a finished one that was clicked, to go back to.
pub fn steps_ui(ui: &mut Ui, steps: &[&str], current: usize) -> Option<usize> {
    let tokens = theme::tokens(ui);
    let mut back = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size::GAP;
        for (at, word) in steps.iter().enumerate() {
            if at > 0 {
                let (rect, _) =
                    ui.allocate_exact_size(vec2(size::GAP_SECTION, size::CONTROL), Sense::hover());
                ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(size::LINE, tokens.border));
            }
            let done = at < current;
            let (style, color) =
                if at == current { (Text::Strong, tokens.text) } else { (Text::Body, tokens.weak) };
            let galley = paint::line(ui.painter(), word, style, color, size::DIALOG);
            let wanted = vec2(size::STEP + size::GAP + galley.size().x, size::CONTROL);
            let sense = if done { Sense::click() } else { Sense::hover() };
            let (rect, response) = ui.allocate_exact_size(wanted, sense);
            let state = if done {
                "done"
            } else if at == current {
                "current step"
            } else {
                "to come"
            };
            response.widget_info(|| {
                let role = if done { Role::Button } else { Role::Label };
                WidgetInfo::labeled(role, true, format!("{}. {word}, {state}", at + 1))
            });
            let painter = ui.painter();
            let disc = pos2(rect.left() + size::STEP / 2.0, rect.center().y);
            let radius = size::STEP / 2.0;
            if done {
                painter.circle_filled(disc, radius, tokens.good_tint);
                paint::icon(painter, disc, icon::CHECK, Text::IconSmall, tokens.good);
            } else {
                let (fill, ink) = if at == current {
                    (tokens.accent, tokens.on_accent)
                } else {
                    (tokens.neutral_tint, tokens.weak)
                };
                painter.circle_filled(disc, radius, fill);
                painter.text(disc, Align2::CENTER_CENTER, at + 1, Text::SmallMedium.font(), ink);
            }
            paint::line_at(painter, rect, rect.left() + size::STEP + size::GAP, galley, color);
            if response.hovered() && done {
                let under = rect.with_min_x(rect.left() + size::STEP + size::GAP);
                painter.hline(under.x_range(), rect.center().y + size::GAP, Stroke::new(size::LINE, color));
            }
            if response.has_focus() {
                painter.rect_stroke(
                    rect,
                    size::RADIUS,
                    Stroke::new(size::RING, tokens.accent_text),
                    StrokeKind::Outside,
                );
            }
            if response.clicked() {
                back = Some(at);
            }
        }
    });
    back
}
