//! Every rule that binds a pair, with its date: which one wins, what is inherited, and the times to learn or to tell of the update
//! that have passed. One wording for the page of an asset and the page of an update.

use std::collections::HashMap;

use egui::{Label, ScrollArea, Ui};

use super::form::heading_ui;
use super::later::Seen;
use crate::domain::compliance::explain::{explain, late_stages, standing};
use crate::domain::compliance::view::View;
use crate::domain::ruleset::Stage;
use crate::domain::update::Update;
use crate::ui::theme::{self, Text, size};
use crate::ui::widget::card_ui;

/// So many lines are in sight at once.
const LINES: usize = 5;

/// What binds a pair, in sentences.
#[derive(Clone, Debug, Default)]
pub struct Bound {
    /// What the pair stands as, and what it inherits.
    standing: String,
    /// A sentence a rule, the one that wins first.
    rules: Vec<String>,
    /// Times to learn or to tell of the update that have passed unmet.
    late: Vec<String>,
}

/// Times to learn or to tell of updates that have passed unmet, in sentences. Key: place of the update.
pub type Late = HashMap<u32, Vec<String>>;

/// Reads the times that have passed: once for all pairs.
pub fn late(on: &Seen, view: &View<'_>) -> Late {
    let mut found = Late::new();
    for late in late_stages(view) {
        let what = match late.stage {
            Stage::Report => "tell of it",
            _ => "learn of it and assess it",
        };
        let words = format!("Late: the time to {what} ended {}: {}", on.time_text(late.due_at), late.text);
        found.entry(late.update).or_default().push(words);
    }
    found
}

/// What binds a pair, by the places of its update and its asset.
pub fn bound(on: &Seen, view: &View<'_>, late: &Late, update: u32, asset: u32) -> Bound {
    let (words, inherited) = standing(view, update, asset);
    let mut told = words.to_owned();
    let inherits = inherited.is_some();
    if let Some(older) = inherited {
        let name =
            on.book().updates.rows().get(older.from as usize).map_or_else(String::new, Update::short_name);
        told = format!(
            "{told} Due {}: inherited from {name}, which it replaces and which was not installed ({}).",
            on.time_text(older.due_at),
            older.text
        );
    }
    let rules = explain(view, update, asset).into_iter().enumerate().map(|(at, rule)| {
        let due = rule.due_at.map_or_else(|| capital(rule.no_date), |due| on.time_text(due));
        let wins = if at == 0 && rule.due_at.is_some() && !inherits { ", the earliest, wins" } else { "" };
        let mut words = format!("{due}{wins}: {}, clock from {}", rule.text, on.time_text(rule.start_at));
        let marks = [(rule.triage, "secure evidence first"), (rule.unconfirmed, "unconfirmed")];
        for (_, mark) in marks.into_iter().filter(|(holds, _)| *holds) {
            words = format!("{words}, {mark}");
        }
        if rule.source.is_empty() { words } else { format!("{words} ({})", rule.source) }
    });
    Bound { standing: told, rules: rules.collect(), late: late.get(&update).cloned().unwrap_or_default() }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Bound {
    fn lines(&self) -> usize {
        1 + self.rules.len().max(1) + self.late.len()
    }

    /// How high the card is, with the gap above it.
    pub fn height(&self) -> f32 {
        2.0 * size::CARD_PAD + size::CONTROL + self.lines().min(LINES) as f32 * size::STEP + size::GAP
    }

    /// Draws the card: `KB5036892 on LAP-014`.
    pub fn ui(&self, pair: &str, ui: &mut Ui) {
        ui.add_space(size::GAP);
        card_ui(ui, None, |ui| {
            ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
            heading_ui(ui, &format!("Rules that bind {pair}"));
            let area = ScrollArea::vertical().id_salt("binding rules").max_height(LINES as f32 * size::STEP);
            area.show(ui, |ui| {
                ui.set_width(ui.available_width());
                let tokens = theme::tokens(ui);
                let line = |ui: &mut Ui, words: &str, color| {
                    let text = Text::Body.rich(words).color(color);
                    ui.add(Label::new(text).truncate().selectable(true)).on_hover_text(words);
                };
                line(ui, &self.standing, tokens.weak);
                for words in &self.rules {
                    line(ui, words, tokens.text);
                }
                if self.rules.is_empty() {
                    line(ui, "No rule binds: it has no due date.", tokens.weak);
                }
                for words in &self.late {
                    line(ui, words, tokens.warn);
                }
            });
        });
    }
}
