//! Buttons: primary, secondary, quiet, danger, and the button that is only an icon.
//!
//! A button always has a name. The icon's glyph is painted and never part of it.

use egui::accesskit::Role;
use egui::{Color32, Response, Sense, Ui, Vec2, Widget, WidgetInfo, vec2};

use crate::ui::icon::Icon;
use crate::ui::theme::{self, Text, Tokens, paint, size};

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    Primary,
    #[default]
    Secondary,
    Quiet,
    Danger,
    QuietDanger,
}

/// A button with a word, optionally an icon in front of it. `ui.add(Button::primary("Import"))`.
#[must_use = "a button does nothing until it is added to a ui"]
pub struct Button<'a> {
    name: &'a str,
    icon: Option<Icon>,
    kind: Kind,
    enabled: bool,
    tooltip: Option<&'a str>,
    shortcut: Option<String>,
    width: Option<f32>,
    only_icon: bool,
    selected: bool,
}

impl<'a> Button<'a> {
    fn new(name: &'a str, kind: Kind) -> Self {
        Self {
            name,
            icon: None,
            kind,
            enabled: true,
            tooltip: None,
            shortcut: None,
            width: None,
            only_icon: false,
            selected: false,
        }
    }

    /// The one thing this page is for.
    pub fn primary(name: &'a str) -> Self {
        Self::new(name, Kind::Primary)
    }

    /// Everything else.
    pub fn secondary(name: &'a str) -> Self {
        Self::new(name, Kind::Secondary)
    }

    /// Without an outline, for what is repeated or rarely used.
    pub fn quiet(name: &'a str) -> Self {
        Self::new(name, Kind::Quiet)
    }

    /// The primary action of a dialog when it takes something away.
    pub fn danger(name: &'a str) -> Self {
        Self::new(name, Kind::Danger)
    }

    /// A quiet button whose word is in the colour of danger.
    pub fn quiet_danger(name: &'a str) -> Self {
        Self::new(name, Kind::QuietDanger)
    }

    /// A square button with an icon. Its name is read aloud and shown as tooltip.
    pub fn icon_only(icon: Icon, name: &'a str) -> Self {
        Self { icon: Some(icon), only_icon: true, ..Self::new(name, Kind::Quiet) }
    }

    /// Puts an icon in front of the word.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Gives an icon button the outline of a secondary button, to stand beside a field.
    pub fn outlined(mut self) -> Self {
        self.kind = Kind::Secondary;
        self
    }

    /// Whether it can be pressed now.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// Words shown when the pointer rests on it; on a disabled button, why it is disabled.
    pub fn tooltip(mut self, text: &'a str) -> Self {
        self.tooltip = Some(text);
        self
    }

    /// The key that does the same, shown in the tooltip.
    pub fn shortcut(mut self, text: impl Into<String>) -> Self {
        self.shortcut = Some(text.into());
        self
    }

    /// A fixed width instead of that of the words, in points.
    pub fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// Shows the button as switched on.
    pub fn selected(mut self, selected: bool) -> Self {
        self.selected = selected;
        self
    }

    fn hint(&self) -> Option<String> {
        let word = self.tooltip.or(self.only_icon.then_some(self.name));
        match (word, &self.shortcut) {
            (Some(word), Some(key)) => Some(format!("{word}  ({key})")),
            (Some(word), None) => Some(word.to_owned()),
            (None, key) => key.clone(),
        }
    }

    fn colors(&self, tokens: &Tokens, over: bool) -> (Color32, Option<Color32>, Color32) {
        let rest = if self.selected { tokens.selection } else { Color32::TRANSPARENT };
        match self.kind {
            Kind::Primary if over => (tokens.accent_hover, None, tokens.on_accent),
            Kind::Primary => (tokens.accent, None, tokens.on_accent),
            Kind::Danger if over => (tokens.bad_fill_hover, None, tokens.on_accent),
            Kind::Danger => (tokens.bad_fill, None, tokens.on_accent),
            Kind::Secondary if over => (tokens.hover, Some(tokens.control_border), tokens.text),
            Kind::Secondary if self.selected => (rest, Some(tokens.accent_text), tokens.text),
            Kind::Secondary => (tokens.surface, Some(tokens.control_border), tokens.text),
            Kind::Quiet if over => (tokens.hover, None, tokens.text),
            Kind::Quiet => (rest, None, tokens.text),
            Kind::QuietDanger if over => (tokens.bad_tint, None, tokens.bad),
            Kind::QuietDanger => (rest, None, tokens.bad),
        }
    }
}

impl Widget for Button<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        ui.add_enabled_ui(self.enabled, |ui| self.show(ui)).inner
    }
}

impl Button<'_> {
    /// How wide it is when all of its words are shown, in points.
    pub fn needs(&self, ui: &Ui) -> f32 {
        let words = paint::line(ui.painter(), self.name, Text::Medium, Color32::PLACEHOLDER, f32::INFINITY);
        let icon = if self.icon.is_some() { size::ICON + size::ICON_GAP } else { 0.0 };
        self.width.unwrap_or(words.size().x + icon + 2.0 * size::BUTTON_PAD_X)
    }

    fn show(self, ui: &mut Ui) -> Response {
        let tokens = theme::tokens(ui);
        let galley = (!self.only_icon).then(|| {
            let room = self.width.unwrap_or_else(|| ui.available_width().max(size::DIALOG))
                - 2.0 * size::BUTTON_PAD_X;
            paint::line(ui.painter(), self.name, Text::Medium, Color32::PLACEHOLDER, room)
        });
        let words = galley.as_ref().map_or(0.0, |galley| galley.size().x);
        let icon = if self.icon.is_some() { size::ICON } else { 0.0 };
        let gap = if words > 0.0 && icon > 0.0 { size::ICON_GAP } else { 0.0 };
        let inner = icon + gap + words;
        let wanted = if self.only_icon {
            Vec2::splat(size::CONTROL)
        } else {
            vec2(self.width.unwrap_or(inner + 2.0 * size::BUTTON_PAD_X), size::CONTROL)
        };
        let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
        let (name, enabled, selected) = (self.name, ui.is_enabled(), self.selected);
        response.widget_info(|| {
            if selected {
                WidgetInfo::selected(Role::Button, enabled, true, name)
            } else {
                WidgetInfo::labeled(Role::Button, enabled, name)
            }
        });
        if ui.is_rect_visible(rect) {
            let over = response.hovered() || response.is_pointer_button_down_on();
            let (fill, outline, color) = self.colors(tokens, over && enabled);
            let painter = ui.painter();
            paint::filled(painter, rect, size::RADIUS, fill, outline);
            let mut left = rect.center().x - inner / 2.0;
            if let Some(glyph) = self.icon {
                let center = egui::pos2(left + size::ICON / 2.0, rect.center().y);
                let color = if self.kind == Kind::Quiet && !over { tokens.weak } else { color };
                paint::icon(painter, center, glyph, Text::Icon, color);
                left += icon + gap;
            }
            if let Some(galley) = galley {
                paint::line_at(painter, rect, left, galley, color);
            }
            paint::focus_ring(ui, &response, size::RADIUS);
        }
        match self.hint() {
            Some(hint) => response.on_hover_text(&hint).on_disabled_hover_text(hint),
            None => response,
        }
    }
}

/// Words that lead somewhere, in the middle of a text or a card.
#[must_use = "a link does nothing until it is added to a ui"]
pub struct Link<'a> {
    text: &'a str,
}

impl<'a> Link<'a> {
    /// A link with these words.
    pub fn new(text: &'a str) -> Self {
        Self { text }
    }
}

impl Widget for Link<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let tokens = theme::tokens(ui);
        let galley =
            paint::line(ui.painter(), self.text, Text::Body, tokens.accent_text, ui.available_width());
        let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::click());
        let enabled = ui.is_enabled();
        response.widget_info(|| WidgetInfo::labeled(Role::Link, enabled, self.text));
        let painter = ui.painter();
        painter.galley(rect.min, galley, tokens.accent_text);
        if response.hovered() {
            painter.hline(rect.x_range(), rect.bottom(), egui::Stroke::new(size::LINE, tokens.accent_text));
        }
        paint::focus_ring(ui, &response, size::RADIUS_TICK);
        response.on_hover_cursor(egui::CursorIcon::PointingHand)
    }
}
