//! The views of the room, and which of them was looked at last.

use egui::Ui;

use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::widget::choice_ui;

/// The name by which the view is remembered.
const KEPT: &str = "updates view";

/// A view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Every update.
    #[default]
    All,
    /// What nobody has rated yet, in bundles.
    ToRate,
    /// Who decides for which technology.
    Domains,
    /// What updates once broke.
    Conflicts,
    /// Which catalogues are loaded.
    Threats,
    /// Which releases are expected next.
    Ahead,
}

impl Tab {
    /// Every view, in their order.
    pub const ALL: [Self; 6] =
        [Self::All, Self::ToRate, Self::Ahead, Self::Domains, Self::Conflicts, Self::Threats];

    fn word(self) -> &'static str {
        match self {
            Self::All => "All updates",
            Self::ToRate => "To rate",
            Self::Domains => "Domains",
            Self::Conflicts => "Conflicts",
            Self::Threats => "Threat data",
            Self::Ahead => "Upcoming releases",
        }
    }

    /// The view that was looked at last.
    pub fn kept(ctx: &Ctx<'_>) -> Self {
        let kept = ctx.preferences.tables.get(KEPT).and_then(|value| value.as_str());
        Self::ALL.into_iter().find(|tab| Some(tab.word()) == kept).unwrap_or_default()
    }

    /// What remembers this view.
    pub fn keep(self) -> Action {
        Action::Keep { name: KEPT, value: self.word().into() }
    }
}

/// Draws the views to choose from; the one that was chosen.
pub fn tabs_ui(ui: &mut Ui, now: Tab) -> Option<Tab> {
    let words = Tab::ALL.map(Tab::word);
    let mut chosen = Tab::ALL.iter().position(|tab| *tab == now).unwrap_or_default();
    choice_ui(ui, "View", &words, &mut chosen).changed().then(|| Tab::ALL[chosen])
}
