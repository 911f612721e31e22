//! The log of a night, newest first; a line is put right by a new one.

use egui::Ui;

use super::part::{text_ui, weak_ui};
use crate::domain::run::entry::{EntryKind, RunEntryId};
use crate::domain::run::sheet::{Sheet, Stage};
use crate::domain::run::summary::entry_text;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{Tone, size};
use crate::ui::widget::{Button, Chip, card_ui};

/// Draws the log; the line to be put right, if one was chosen.
pub fn log_ui(sheet: &Sheet<'_>, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<RunEntryId> {
    let mut corrects = None;
    let open = ctx.can_write() && !matches!(sheet.run.stage(), Stage::Accepted | Stage::Cancelled);
    card_ui(ui, Some("Log, newest first"), |ui| {
        ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
        if sheet.entries.is_empty() {
            weak_ui(ui, "Nothing was entered yet. Press N for a note, I for an issue, D for a decision.");
        }
        for entry in sheet.entries.iter().rev() {
            let tone = match entry.kind {
                EntryKind::Issue | EntryKind::BackOut => Tone::Bad,
                EntryKind::Decision | EntryKind::HandOver => Tone::Warn,
                EntryKind::Begin | EntryKind::End => Tone::Info,
                EntryKind::Note => Tone::Neutral,
            };
            ui.horizontal_top(|ui| {
                let corrected = sheet.correction_of(entry.id).is_some();
                if open && !corrected {
                    let name = format!("Correct {}", entry.text);
                    if ui.add(Button::icon_only(icon::PENCIL, &name)).clicked() {
                        corrects = Some(entry.id);
                    }
                } else {
                    ui.add_space(size::CONTROL + size::GAP);
                }
                ui.vertical(|ui| {
                    ui.horizontal(|ui| {
                        ui.add(Chip::new(tone, entry.kind.text()));
                        if entry.late {
                            ui.add(Chip::new(Tone::Neutral, "Entered later"));
                        }
                        if corrected {
                            ui.add(Chip::new(Tone::Neutral, "Corrected"));
                        }
                    });
                    text_ui(ui, &entry_text(sheet, ctx.zone, entry));
                });
            });
        }
    });
    corrects
}
