//! The first page: which files.

use std::collections::BTreeMap;

use egui::{Label, ScrollArea, Ui};

use super::State;
use super::choice::failure_ui;
use crate::domain::threat::{Catalogue, CatalogueKind};
use crate::import::Input;
use crate::ui::action::{Action, Purpose};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, size};
use crate::ui::widget::{Button, Field, card_ui, empty_state_ui, page_header_ui};
use crate::util::text::counted;

/// How many of the imports so far are shown.
const SHOWN: usize = 6;

const WORDS: &str = "Drop the files here, choose them, or paste rows from a spreadsheet. Files that belong together go together: \
                     computers, updates and states of one server. Threat data (KEV, EPSS, MSRC, WES-NG, NVD, scans) goes in by \
                     itself. You see what would change before anything is written.";

/// Draws the page.
pub fn choose_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    page_header_ui(ui, "Import", "Bring in what another tool knows", None, &[]);
    super::progress_ui(state, ui);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        if let Some(failure) = &state.failure {
            failure_ui(ui, failure);
        }
        if !ctx.can_write() {
            let tokens = theme::tokens(ui);
            ui.label(
                Text::Body
                    .rich("This register can only be looked at, so nothing can be imported.")
                    .color(tokens.weak),
            );
            return;
        }
        card_ui(ui, None, |ui| {
            let offers = ["Choose files…", "Choose a folder…"];
            match empty_state_ui(ui, icon::UPLOAD, "Which files?", WORDS, &offers) {
                Some(0) => actions.push(Action::Pick(Purpose::ImportFiles)),
                Some(_) => actions.push(Action::Pick(Purpose::ImportFolder)),
                None => {}
            }
        });
        ui.add_space(size::GAP);
        card_ui(ui, Some("Or paste rows"), |ui| {
            Field::new("import", "Rows with their header", &mut state.pasted).lines(4).ui(ui);
            let ready = !state.pasted.trim().is_empty();
            if ui.add(Button::secondary("Read the rows").enabled(ready)).clicked() {
                let rows = std::mem::take(&mut state.pasted);
                actions.extend(state.begin(vec![Input::from_bytes("pasted text", rows.into_bytes())], ctx));
            }
        });
        ui.add_space(size::GAP);
        so_far_ui(ctx, ui);
        threat_ui(ctx, ui);
    });
    actions
}

/// The newest imports so far.
fn so_far_ui(ctx: &Ctx<'_>, ui: &mut Ui) {
    let batches = ctx.book().live_batches();
    if batches.is_empty() {
        return;
    }
    let title = format!("{} so far", counted(batches.len() as u64, "import", "imports"));
    card_ui(ui, Some(&title), |ui| {
        let tokens = theme::tokens(ui);
        for batch in batches.iter().rev().take(SHOWN) {
            let source = ctx.book().sources.get(batch.source.0).map_or("", |source| source.name.as_str());
            let names: Vec<&str> = batch.files.iter().map(|file| file.name.as_str()).collect();
            let words = format!(
                "{source}, data as of {}, recorded {}",
                ctx.day_text(batch.as_of_at),
                ctx.day_text(batch.recorded_at)
            );
            ui.add(Label::new(Text::Body.rich(words)).truncate());
            ui.add(Label::new(Text::Small.rich(names.join(", ")).color(tokens.weak)).truncate());
        }
    });
}

/// The newest file of each kind of threat data.
fn threat_ui(ctx: &Ctx<'_>, ui: &mut Ui) {
    let mut newest: BTreeMap<CatalogueKind, &Catalogue> = BTreeMap::new();
    for catalogue in &ctx.book().catalogues {
        let place = newest.entry(catalogue.kind).or_insert(catalogue);
        if catalogue.recorded_at >= place.recorded_at {
            *place = catalogue;
        }
    }
    if newest.is_empty() {
        return;
    }
    ui.add_space(size::GAP);
    card_ui(ui, Some("Threat data, the newest of each kind"), |ui| {
        let tokens = theme::tokens(ui);
        for catalogue in newest.into_values() {
            let words = format!(
                "{} {}, loaded {}",
                catalogue.kind.text(),
                catalogue.version,
                ctx.day_text(catalogue.recorded_at)
            );
            ui.add(Label::new(Text::Body.rich(words)).truncate());
            ui.add(Label::new(Text::Small.rich(&catalogue.file_name).color(tokens.weak)).truncate());
        }
    });
}
