//! A message that stays where it is: what could not be done, why, and what to do. Its details fold and can be copied.

use egui::accesskit::Role;
use egui::{Frame, Id, Label, Margin, Sense, Ui, Vec2};

use super::button::Button;
use crate::ui::icon;
use crate::ui::theme::{self, Text, Tone, paint, size};

/// A message in the page.
#[must_use = "a banner does nothing until it is shown"]
pub struct Banner<'a> {
    tone: Tone,
    title: &'a str,
    words: &'a str,
    details: &'a str,
    actions: &'a [&'a str],
}

impl<'a> Banner<'a> {
    /// A message with its tone and what it says first.
    pub fn new(tone: Tone, title: &'a str) -> Self {
        Self { tone, title, words: "", details: "", actions: &[] }
    }

    /// Why, and what to do.
    pub fn words(mut self, words: &'a str) -> Self {
        self.words = words;
        self
    }

    /// What helps whoever is asked for help; folded away at first.
    pub fn details(mut self, details: &'a str) -> Self {
        self.details = details;
        self
    }

    /// Verbs that lead out of it.
    pub fn actions(mut self, actions: &'a [&'a str]) -> Self {
        self.actions = actions;
        self
    }

    /// Draws the message as wide as there is room and tells which of its actions was chosen.
    pub fn ui(self, ui: &mut Ui) -> Option<usize> {
        let tokens = theme::tokens(ui);
        let id = Id::unique(("banner", self.title));
        let mut open: bool = ui.data(|data| data.get_temp(id)).unwrap_or_default();
        let mut chosen = None;
        let frame = Frame::new()
            .fill(tokens.tint(self.tone))
            .corner_radius(size::RADIUS_CARD)
            .inner_margin(Margin::same(size::CELL_PAD as i8));
        let shown = frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
            super::form::text_row_ui(ui, |ui| {
                ui.spacing_mut().item_spacing.x = size::GAP;
                let (rect, _) = ui.allocate_exact_size(Vec2::splat(size::ICON), Sense::hover());
                let glyph = match self.tone {
                    Tone::Good => icon::CIRCLE_CHECK,
                    Tone::Bad => icon::CIRCLE_X,
                    Tone::Warn => icon::TRIANGLE_ALERT,
                    Tone::Neutral | Tone::Info => icon::INFO,
                };
                paint::icon(ui.painter(), rect.center(), glyph, Text::Icon, tokens.tone(self.tone));
                ui.add(Label::new(Text::Medium.rich(self.title)).wrap());
            });
            let lead = Margin { left: (size::ICON + size::GAP) as i8, ..Margin::ZERO };
            Frame::new().inner_margin(lead).show(ui, |ui| {
                if !self.words.is_empty() {
                    ui.add(Label::new(Text::Body.rich(self.words)).wrap());
                }
                chosen = self.row_ui(ui, &mut open);
                if open && !self.details.is_empty() {
                    ui.add(Label::new(Text::Small.rich(self.details)).wrap().selectable(true));
                }
            });
        });
        ui.ctx().accesskit_node_builder(shown.response.id, |node| {
            node.set_role(if self.tone == Tone::Bad { Role::Alert } else { Role::Status });
            node.set_label(self.title);
        });
        ui.data_mut(|data| data.insert_temp(id, open));
        chosen
    }

    fn row_ui(&self, ui: &mut Ui, open: &mut bool) -> Option<usize> {
        let mut chosen = None;
        if self.actions.is_empty() && self.details.is_empty() {
            return None;
        }
        ui.horizontal(|ui| {
            for (at, verb) in self.actions.iter().enumerate() {
                if ui.add(Button::secondary(verb)).clicked() {
                    chosen = Some(at);
                }
            }
            if !self.details.is_empty() {
                let fold = if *open { icon::CHEVRON_UP } else { icon::CHEVRON_DOWN };
                if ui.add(Button::quiet("Details").icon(fold)).clicked() {
                    *open = !*open;
                }
                if ui.add(Button::quiet("Copy").icon(icon::COPY)).clicked() {
                    let text = [self.title, self.words, self.details].join("\n");
                    ui.ctx().copy_text(text.trim().to_owned());
                }
            }
        });
        chosen
    }
}
