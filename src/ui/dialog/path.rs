//! A path typed by hand, for where the system shows no dialog.

use std::path::{Path, PathBuf};

use egui::{Align, Context, Id, Layout, vec2};

use crate::ui::action::Purpose;
use crate::ui::picker;
use crate::ui::theme::size;
use crate::ui::widget::modal::dialog_ui;
use crate::ui::widget::{Button, PathEvent, path_field_ui};

/// The dialog and what was typed so far.
#[derive(Debug)]
pub struct PathDialog {
    purpose: Purpose,
    text: String,
    issue: Option<String>,
    started: bool,
}

/// What came of it in a frame.
#[derive(Debug)]
pub enum Named {
    /// This path.
    Path(Purpose, PathBuf),
    /// Nothing after all.
    Cancelled,
}

impl PathDialog {
    /// A dialog for a purpose; names are proposed in `folder`, or else where the program was started.
    pub fn new(purpose: Purpose, folder: Option<PathBuf>) -> Self {
        let folder = folder.or_else(|| std::env::current_dir().ok()).unwrap_or_default();
        let proposed = match &purpose {
            Purpose::NewRegister { name }
            | Purpose::PrintTo { name }
            | Purpose::SaveCopy { name }
            | Purpose::SaveText { name, .. } => folder.join(name),
            Purpose::SampleFolder => folder.join("patchbook-sample"),
            Purpose::OpenRegister
            | Purpose::ImportFiles
            | Purpose::ImportFolder
            | Purpose::Logo
            | Purpose::Evidence => folder.join(""),
        };
        Self { purpose, text: proposed.display().to_string(), issue: None, started: false }
    }

    /// Draws the dialog until a path is named or it is left.
    pub fn dialog_ui(&mut self, ctx: &Context) -> Option<Named> {
        let mut accepted = false;
        let mut cancelled = false;
        let title = picker::title(&self.purpose);
        let left = dialog_ui(ctx, Id::unique("path dialog"), title, |ui| {
            let event = path_field_ui(ui, "dialog", "Path", &mut self.text, self.issue.as_deref(), false);
            if !self.started {
                self.started = true;
                ui.memory_mut(|memory| memory.request_focus(Id::unique(("path", &"dialog", "Path"))));
            }
            match event {
                Some(PathEvent::Changed) => self.issue = None,
                Some(PathEvent::Entered) => accepted = true,
                Some(PathEvent::Browse) | None => {}
            }
            ui.add_space(size::GAP);
            let room = vec2(ui.available_width(), size::CONTROL);
            ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
                accepted |= ui.add(Button::primary(self.yes())).clicked();
                cancelled = ui.add(Button::secondary("Cancel")).clicked();
            });
        });
        if accepted {
            let path = PathBuf::from(self.text.trim());
            match self.wrong(&path) {
                Some(issue) => self.issue = Some(issue),
                None => return Some(Named::Path(self.purpose.clone(), path)),
            }
        }
        (left || cancelled).then_some(Named::Cancelled)
    }

    fn yes(&self) -> &'static str {
        match self.purpose {
            Purpose::OpenRegister => "Open",
            Purpose::ImportFiles | Purpose::ImportFolder => "Import",
            Purpose::SampleFolder => "Make the sample",
            Purpose::NewRegister { .. } | Purpose::PrintTo { .. } | Purpose::Logo | Purpose::Evidence => {
                "Choose"
            }
            Purpose::SaveCopy { .. } | Purpose::SaveText { .. } => "Save",
        }
    }

    /// What is wrong with a path, in words.
    fn wrong(&self, path: &Path) -> Option<String> {
        if path.as_os_str().is_empty() {
            return Some("Type a path".to_owned());
        }
        let reads = matches!(self.purpose, Purpose::OpenRegister | Purpose::Logo | Purpose::Evidence);
        if reads && !path.is_file() {
            return Some("There is no file of this name".to_owned());
        }
        if matches!(self.purpose, Purpose::ImportFiles | Purpose::ImportFolder) && !path.exists() {
            return Some("There is no file or folder of this name".to_owned());
        }
        let writes = !reads && !matches!(self.purpose, Purpose::ImportFiles | Purpose::ImportFolder);
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if writes && folder.is_some_and(|folder| !folder.is_dir()) {
            return Some("There is no folder of this name".to_owned());
        }
        let keeps = matches!(self.purpose, Purpose::NewRegister { .. } | Purpose::SaveCopy { .. });
        if keeps && path.exists() {
            return Some("There is already something of this name; it is never overwritten".to_owned());
        }
        if writes && path.is_dir() && self.purpose != Purpose::SampleFolder {
            return Some("This is a folder; add a file name".to_owned());
        }
        None
    }
}
