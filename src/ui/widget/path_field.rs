//! A path typed by hand or picked in the system's dialog, for where a dialog may not exist.

use std::fmt::Debug;
use std::hash::Hash;

use egui::{Id, Ui};

use super::button::Button;
use super::field::column_ui;
use super::form::{self, Input};
use crate::ui::icon;
use crate::ui::theme::size;

/// What happened to a path field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathEvent {
    /// The text was edited.
    Changed,
    /// Enter was pressed in the text.
    Entered,
    /// The system's dialog is wanted.
    Browse,
}

/// Draws a labelled path with a Browse button beside it. `can_browse` is false where no dialog can be shown.
pub fn path_field_ui(
    ui: &mut Ui,
    record: impl Hash + Debug,
    label: &str,
    path: &mut String,
    issue: Option<&str>,
    can_browse: bool,
) -> Option<PathEvent> {
    let width = ui.available_width();
    let id = Id::unique(("path", &record, label));
    column_ui(ui, width, |ui| {
        let name = form::label_ui(ui, label, false);
        let mut event = None;
        ui.horizontal(|ui| {
            let browse = if can_browse { size::CONTROL + size::GAP } else { 0.0 };
            let input = Input { wrong: issue.is_some(), ..Input::line(id, width - browse) };
            let response = input.ui(ui, path).labelled_by(name.id);
            form::describe(&response, false, issue, issue.is_some());
            if response.changed() {
                event = Some(PathEvent::Changed);
            }
            if response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
                event = Some(PathEvent::Entered);
            }
            let button = Button::icon_only(icon::FOLDER_OPEN, "Browse…").outlined();
            if can_browse && ui.add(button).clicked() {
                event = Some(PathEvent::Browse);
            }
        });
        form::note_ui(ui, issue, None);
        event
    })
}
