//! What happens to updates and pairs, in counts with what each means.

use egui::{Align, Label, Layout, Ui, vec2};

use crate::import::plan::ImportPlan;
use crate::ui::theme::{self, Text, size};
use crate::ui::widget::card_ui;
use crate::util::text::count;

/// Draws the counts.
pub fn counts_ui(plan: &ImportPlan, ui: &mut Ui) {
    let states = &plan.states;
    card_ui(ui, Some("Pairs of machine and update"), |ui| {
        rows_ui(
            ui,
            &[
                (states.new, "new", "no source listed them before"),
                (states.changed, "changed", "another state than the known one"),
                (states.same, "the same", "nothing is written for them"),
                (states.vanished, "vanished", "no longer listed, so not applicable now"),
                (states.older, "older", "kept as history; they overwrite nothing"),
                (states.unresolved, "unresolved", "wait for a file that names their computer or update"),
                (states.never_reported, "without a report", "their computer never reported: no data"),
                (states.left_out, "left out", "their computer is left out"),
                (states.not_applicable, "not applicable", "never listed otherwise; not kept"),
            ],
        );
    });
    ui.add_space(size::GAP);
    let updates = &plan.updates;
    card_ui(ui, Some("Updates"), |ui| {
        rows_ui(
            ui,
            &[
                (updates.created, "new", "come into the register"),
                (updates.changed, "changed", "known, with new values"),
                (updates.unchanged, "unchanged", "known, nothing new"),
                (updates.placeholders, "not named yet", "known by an identifier only"),
                (updates.superseded, "supersedences", "newly known: which update replaces which"),
            ],
        );
    });
}

fn rows_ui(ui: &mut Ui, rows: &[(u64, &str, &str)]) {
    let tokens = theme::tokens(ui);
    let mut said = false;
    ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
    for (n, word, meaning) in rows.iter().filter(|(n, ..)| *n > 0) {
        said = true;
        ui.horizontal(|ui| {
            let figure = vec2(size::COLUMN_COUNT, 0.0);
            ui.allocate_ui_with_layout(figure, Layout::right_to_left(Align::Center), |ui| {
                ui.set_min_width(figure.x);
                ui.label(Text::Number.rich(count(*n)).color(tokens.text));
            });
            ui.label(Text::Medium.rich(*word));
            ui.add(Label::new(Text::Body.rich(*meaning).color(tokens.weak)).truncate());
        });
    }
    if !said {
        ui.label(Text::Body.rich("None").color(tokens.weak));
    }
}
