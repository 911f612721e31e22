//! The views of the programme and which of them is shown.

use egui::Ui;

use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::widget::choice_ui;

/// The name by which the view is remembered.
const KEPT: &str = "programme view";

/// A view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Who holds which role.
    #[default]
    Roles,
    /// Who does what in each activity.
    Matrix,
    /// Committee, distribution list, where to call.
    Committee,
    /// Meetings and reviews.
    Meetings,
    /// What was agreed and is not done.
    Actions,
    /// What it costs and saves.
    Case,
    /// Policy, procedure and their companions.
    Documents,
    /// The programme's lists.
    Lists,
    /// What gets no security updates any more.
    Servicing,
    /// What assessors and insurers ask.
    Answers,
}

impl Tab {
    /// Every view, in their order.
    pub const ALL: [Self; 10] = [
        Self::Roles,
        Self::Matrix,
        Self::Committee,
        Self::Meetings,
        Self::Actions,
        Self::Documents,
        Self::Case,
        Self::Lists,
        Self::Servicing,
        Self::Answers,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Roles => "Roles",
            Self::Matrix => "Matrix",
            Self::Committee => "Committee",
            Self::Meetings => "Meetings",
            Self::Actions => "Actions",
            Self::Case => "Business case",
            Self::Documents => "Documents",
            Self::Lists => "Lists",
            Self::Servicing => "End of servicing",
            Self::Answers => "Answers",
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
