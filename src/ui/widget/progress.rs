//! Long work: what is being done, how far it is, how long it may take, and a way to stop it.

use egui::accesskit::Role;
use egui::{Align, Label, Layout, Rect, Sense, Ui, WidgetInfo, vec2};

use super::button::Button;
use crate::ui::theme::{self, Text, size};

/// How far a piece of work is.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// What is being done: "Importing wsus-october.csv".
    pub title: &'a str,
    /// From 0 to 1; nothing while it is not known how much there is.
    pub fraction: Option<f32>,
    /// Counts in words: "3 500 of 50 000 rows".
    pub counts: &'a str,
    /// Time left in words: "about 20 s left"; empty while it cannot be told.
    pub left: &'a str,
    /// Whether it can be stopped.
    pub can_cancel: bool,
}

/// Draws the progress of a piece of work; `true` when it is to be stopped. Asks for no repaint: who reports
/// progress does.
pub fn progress_ui(ui: &mut Ui, progress: &Progress<'_>) -> bool {
    let tokens = theme::tokens(ui);
    let mut cancel = false;
    let room = vec2(ui.available_width(), size::CONTROL);
    ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Min), |ui| {
        if progress.can_cancel {
            cancel = ui.add(Button::secondary("Cancel")).clicked();
            ui.add_space(size::GAP);
        }
        let room = vec2(ui.available_width(), 0.0);
        ui.allocate_ui_with_layout(room, Layout::top_down(Align::Min), |ui| {
            ui.set_width(room.x);
            ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
            ui.add(Label::new(Text::Medium.rich(progress.title)).truncate());
            let (rect, bar) = ui.allocate_exact_size(vec2(room.x, size::PROGRESS), Sense::hover());
            bar_ui(ui, rect, progress.fraction);
            bar.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, progress.title));
            ui.ctx().accesskit_node_builder(bar.id, |node| {
                node.set_description(progress.counts);
                if let Some(fraction) = progress.fraction {
                    node.set_numeric_value(f64::from(fraction));
                    node.set_min_numeric_value(0.0);
                    node.set_max_numeric_value(1.0);
                }
            });
            let words = match (progress.counts, progress.left) {
                (counts, "") => counts.to_owned(),
                ("", left) => left.to_owned(),
                (counts, left) => format!("{counts}, {left}"),
            };
            ui.add(Label::new(Text::SmallNumber.rich(words).color(tokens.weak)).truncate());
        });
    });
    cancel
}

/// Paints the bar itself; without a fraction, only its groove.
fn bar_ui(ui: &Ui, rect: Rect, fraction: Option<f32>) {
    let tokens = theme::tokens(ui);
    let radius = rect.height() / 2.0;
    ui.painter().rect_filled(rect, radius, tokens.neutral_tint);
    if let Some(fraction) = fraction {
        let width = (rect.width() * fraction.clamp(0.0, 1.0)).max(rect.height());
        ui.painter().rect_filled(
            Rect::from_min_size(rect.min, vec2(width, rect.height())),
            radius,
            tokens.accent,
        );
    }
}

/// Draws progress on one line for the status bar; `true` when it is to be stopped.
pub fn progress_line_ui(ui: &mut Ui, progress: &Progress<'_>) -> bool {
    let tokens = theme::tokens(ui);
    ui.label(Text::Small.rich(format!("{}  {}", progress.title, progress.counts)).color(tokens.text));
    let (rect, bar) = ui.allocate_exact_size(vec2(size::FIGURE, size::PROGRESS), Sense::hover());
    bar_ui(ui, rect, progress.fraction);
    bar.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, progress.title));
    if !progress.left.is_empty() {
        ui.label(Text::SmallNumber.rich(progress.left).color(tokens.weak));
    }
    progress.can_cancel && ui.add(Button::quiet("Cancel")).clicked()
}
