//! The phases of a cycle side by side, with the current one lit. Says nothing by colour alone.

use egui::accesskit::Role;
use egui::{Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::ui::icon;
use crate::ui::theme::{self, Text, paint, size};

/// Where a phase stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// All its steps are done or left out.
    Over,
    /// The one the cycle is in.
    Current,
    /// Still to come.
    #[default]
    Ahead,
    /// It has steps that should be done by now.
    Late,
}

impl Stage {
    fn words(self) -> &'static str {
        match self {
            Self::Over => "done",
            Self::Current => "current phase",
            Self::Ahead => "to come",
            Self::Late => "overdue",
        }
    }
}

/// One phase as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhaseMark {
    /// Its name.
    pub name: &'static str,
    /// Where it stands.
    pub stage: Stage,
    /// What is done of it, written out: `2 of 3`; empty where it has no steps.
    pub count: String,
}

/// Draws the phases across the width.
pub fn phase_strip_ui(ui: &mut Ui, phases: &[PhaseMark]) {
    let tokens = theme::tokens(ui);
    let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::PHASE), Sense::hover());
    let gaps = size::GAP_SMALL * phases.len().saturating_sub(1) as f32;
    let width = (whole.width() - gaps) / phases.len().max(1) as f32;
    for (at, phase) in phases.iter().enumerate() {
        let left = whole.left() + at as f32 * (width + size::GAP_SMALL);
        let rect = Rect::from_min_size(pos2(left, whole.top()), vec2(width, whole.height()));
        let response = ui.interact(rect, ui.unique_id().with(("phase", at)), Sense::hover());
        let count = if phase.count.is_empty() { "no steps" } else { &phase.count };
        let name = format!("{}, {}, {count}", phase.name, phase.stage.words());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
        let (fill, ink, outline) = match phase.stage {
            Stage::Over => (tokens.good_tint, tokens.good, None),
            Stage::Current => (tokens.accent, tokens.on_accent, None),
            Stage::Ahead => (tokens.surface, tokens.weak, Some(tokens.border)),
            Stage::Late => (tokens.bad_tint, tokens.bad, None),
        };
        let painter = ui.painter();
        paint::filled(painter, rect, size::RADIUS, fill, outline);
        let glyph = match phase.stage {
            Stage::Over => Some(icon::CHECK),
            Stage::Current => Some(icon::CIRCLE_DOT),
            Stage::Ahead => None,
            Stage::Late => Some(icon::TRIANGLE_ALERT),
        };
        let mut left = rect.left() + size::FIELD_PAD_X;
        if let Some(glyph) = glyph {
            let center = pos2(left + size::ICON / 2.0, rect.center().y);
            paint::icon(painter, center, glyph, Text::Icon, ink);
            left += size::ICON + size::GAP_SMALL;
        }
        let right = rect.right() - size::FIELD_PAD_X;
        let counted = paint::line(painter, &phase.count, Text::SmallNumber, ink, right - left);
        let end = right - counted.size().x;
        let style = if phase.stage == Stage::Current { Text::Strong } else { Text::Medium };
        let word = paint::line(painter, phase.name, style, ink, end - size::GAP_SMALL - left);
        paint::line_at(painter, rect, left, word, ink);
        paint::line_at(painter, rect, end, counted, ink);
    }
}
