//! Where one can be in the window. Only rooms that work are named here.

use super::icon::{self, Icon};

/// A room of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Room {
    /// No register is open: make one, open one, look at the sample.
    #[default]
    Welcome,
    /// What needs me now?
    Today,
    /// What do we own, and how is each one?
    Assets,
    /// Which fix, how bad, who needs it, by when?
    Updates,
    /// What happens when, and will it meet the promise?
    Calendar,
    /// What may be done, was done, was not done?
    Changes,
    /// The patch night: what is next, and what happened?
    Night,
    /// Who, by what rules?
    Programme,
    /// What do I hand over?
    Reports,
    /// Bring in what another tool knows.
    Import,
    /// Who changed what, and can it be trusted?
    History,
    /// By what rules does this register count?
    Settings,
}

impl Room {
    /// The rooms of the sidebar, in their order: Ctrl+1 leads to the first.
    pub const SIDEBAR: [Self; 11] = [
        Self::Today,
        Self::Assets,
        Self::Updates,
        Self::Calendar,
        Self::Changes,
        Self::Night,
        Self::Programme,
        Self::Reports,
        Self::Import,
        Self::History,
        Self::Settings,
    ];

    /// Its name, as people read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Welcome => "Welcome",
            Self::Today => "Today",
            Self::Assets => "Assets",
            Self::Updates => "Updates",
            Self::Calendar => "Calendar",
            Self::Changes => "Changes",
            Self::Night => "Patch night",
            Self::Programme => "Programme",
            Self::Reports => "Reports",
            Self::Import => "Import",
            Self::History => "History",
            Self::Settings => "Settings",
        }
    }

    /// The word it is remembered by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::Today => "today",
            Self::Assets => "assets",
            Self::Updates => "updates",
            Self::Calendar => "calendar",
            Self::Changes => "changes",
            Self::Night => "night",
            Self::Programme => "programme",
            Self::Reports => "reports",
            Self::Import => "import",
            Self::History => "history",
            Self::Settings => "settings",
        }
    }

    /// The room of a word; Today where the word is unknown.
    pub fn of_word(word: &str) -> Self {
        Self::SIDEBAR.into_iter().find(|room| room.word() == word).unwrap_or(Self::Today)
    }

    /// Its icon.
    pub fn icon(self) -> Icon {
        match self {
            Self::Welcome => icon::HOUSE,
            Self::Today => icon::LAYOUT_DASHBOARD,
            Self::Assets => icon::LAPTOP,
            Self::Updates => icon::PACKAGE,
            Self::Calendar => icon::CALENDAR_DAYS,
            Self::Changes => icon::CLIPBOARD_LIST,
            Self::Night => icon::MOON,
            Self::Programme => icon::USERS,
            Self::Reports => icon::CHART_COLUMN,
            Self::Import => icon::UPLOAD,
            Self::History => icon::HISTORY,
            Self::Settings => icon::SETTINGS,
        }
    }
}
