//! The views of the calendar and which of them is shown.

use egui::Ui;

use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::widget::choice_ui;

/// The name by which the view is remembered.
const KEPT: &str = "calendar view";

/// A view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The month as a grid.
    #[default]
    Month,
    /// Everything with a date, as a table.
    Agenda,
    /// The cycle with its steps.
    Cycle,
    /// Will the calendar meet the promise?
    Forecast,
    /// What is wrong with the schedule.
    Checks,
    /// The rules behind it all.
    Rules,
}

impl Tab {
    /// Every view, in their order.
    pub const ALL: [Self; 6] =
        [Self::Month, Self::Agenda, Self::Cycle, Self::Forecast, Self::Checks, Self::Rules];

    fn word(self) -> &'static str {
        match self {
            Self::Month => "Month",
            Self::Agenda => "Agenda",
            Self::Cycle => "Cycle",
            Self::Forecast => "Forecast",
            Self::Checks => "Schedule checks",
            Self::Rules => "Rules",
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
