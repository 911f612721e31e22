//! What is kept between two runs: written when it changes, read at start. A failure to write is told once and never fatal.

use std::path::PathBuf;

use crate::app::preferences::{Preferences, Theme};
use crate::ui::theme::Mode;

/// The preferences and where they are kept.
pub(super) struct Keep {
    pub(super) preferences: Preferences,
    written: Preferences,
    path: Option<PathBuf>,
}

impl Keep {
    pub(super) fn new(preferences: Preferences, path: Option<PathBuf>) -> Self {
        Self { written: preferences.clone(), preferences, path }
    }

    /// Writes if something but the window's place changed; the place is written at the end. Answers what went wrong, once.
    pub(super) fn write_if_changed(&mut self) -> Option<String> {
        let place = self.preferences.window;
        let was = std::mem::replace(&mut self.written.window, place);
        let changed = self.written != self.preferences;
        self.written.window = was;
        if changed { self.write() } else { None }
    }

    /// Writes now.
    pub(super) fn write(&mut self) -> Option<String> {
        if self.written == self.preferences {
            return None;
        }
        // Also after a failure: a full disk is told once, not with every frame.
        self.written = self.preferences.clone();
        self.preferences.write(self.path.as_ref()?).err().map(|error| error.summary)
    }
}

/// The look of a preference.
pub fn mode(theme: Theme) -> Mode {
    match theme {
        Theme::System => Mode::System,
        Theme::Light => Mode::Light,
        Theme::Dark => Mode::Dark,
    }
}
