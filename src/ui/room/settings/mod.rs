//! Settings: the rules by which this register counts, the names it knows, and what the person at this machine likes.
//!
//! Invariant: a draft is never lost without being asked about; each card saves as one command, so that undo takes back one card.

mod counting;
mod group;
mod logo;
mod person;
mod practice;
mod rule;
mod ruleset;
mod shop;
mod you;

use std::collections::HashMap;
use std::path::Path;

use egui::{Key, KeyboardShortcut, Modifiers, Ui};

use super::{Ctx, form, scroll_page_ui};
use crate::app::session::Notice;
use crate::domain::group::GroupId;
use crate::domain::update::Classification;
use crate::ui::action::Action;
use crate::ui::theme::size;
use crate::ui::widget::page_header_ui;

use form::{Answer, Form};

pub use logo::logo_image;

const SAVE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::S);

/// What the cards say beside their settings, counted once for each state of the register.
#[derive(Debug, Default)]
pub struct Counts {
    /// The entry they were counted at.
    at: i64,
    /// Updates of each class.
    updates: HashMap<Classification, u64>,
    /// Machines of each group.
    groups: HashMap<GroupId, u64>,
}

impl Counts {
    fn of(ctx: &Ctx<'_>) -> Self {
        let mut counts = Self { at: ctx.book().head.seq, ..Self::default() };
        for update in ctx.book().updates.rows() {
            *counts.updates.entry(update.classification).or_default() += 1;
        }
        for group in ctx.standings.iter().filter_map(|standing| standing.group) {
            *counts.groups.entry(group).or_default() += 1;
        }
        counts
    }
}

/// What the room remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    counts: Option<Counts>,
    shop: shop::Card,
    counting: counting::Card,
    practice: practice::Card,
    rules: rule::Card,
    sets: ruleset::Card,
    groups: group::Card,
    people: person::Card,
    you: you::Card,
}

fn is_dirty<D: Clone + PartialEq>(form: Option<&Form<D>>) -> bool {
    form.is_some_and(Form::is_dirty)
}

impl State {
    /// Another register was opened: nothing of the last one stays.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// The form that holds unsaved text, by name.
    pub fn unsaved(&self) -> Option<String> {
        let cards = [
            (is_dirty(self.shop.form.as_ref()), "the shop"),
            (is_dirty(self.counting.form.as_ref()), "counting"),
            (is_dirty(self.practice.form.as_ref()), "how the month works"),
            (self.rules.is_dirty(), "a deadline"),
            (self.sets.is_dirty(), "a rule set"),
            (self.groups.is_dirty(), "a patch group"),
            (self.people.is_dirty(), "a person"),
            (self.you.is_dirty(), "your name"),
        ];
        cards.into_iter().find(|(dirty, _)| *dirty).map(|(_, name)| name.to_owned())
    }

    /// Takes the picture that was picked as the logo.
    pub fn logo(&mut self, path: &Path) {
        self.shop.picked = Some(logo::read(path));
    }

    /// Takes an answer; `true` if it was this room's, so that nobody else shows it.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let mut taken = false;
        if let Some(form) = &mut self.shop.form {
            taken |= form.notice(notice) != Answer::Foreign;
        }
        if let Some(form) = &mut self.counting.form {
            taken |= form.notice(notice) != Answer::Foreign;
        }
        if let Some(form) = &mut self.practice.form {
            taken |= form.notice(notice) != Answer::Foreign;
        }
        taken |= self.rules.notice(notice);
        taken |= self.sets.notice(notice);
        taken |= self.groups.notice(notice);
        taken | self.people.notice(notice)
    }

    /// Saves the first card that holds something unsaved.
    fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        if is_dirty(self.shop.form.as_ref()) {
            self.shop.save(ctx)
        } else if is_dirty(self.counting.form.as_ref()) {
            self.counting.save(ctx)
        } else if is_dirty(self.practice.form.as_ref()) {
            self.practice.save(ctx)
        } else if self.rules.is_dirty() {
            self.rules.save(ctx)
        } else if self.sets.is_dirty() {
            self.sets.save(ctx)
        } else if self.groups.is_dirty() {
            self.groups.save(ctx)
        } else if self.people.is_dirty() {
            self.people.save(ctx)
        } else {
            None
        }
    }
}

/// Draws the room.
pub fn room_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    if ctx.can_write() && ui.input_mut(|input| input.consume_shortcut(&SAVE)) {
        actions.extend(state.save(ctx));
    }
    if state.counts.as_ref().is_none_or(|counts| counts.at != ctx.book().head.seq) {
        state.counts = Some(Counts::of(ctx));
    }
    scroll_page_ui(ui, "settings", |ui| {
        let context = if ctx.can_write() {
            "By what rules this register counts. Every change is one step in the history."
        } else {
            "By what rules this register counts. It is open for reading only."
        };
        page_header_ui(ui, "Settings", context, None, &[]);
        let column = egui::vec2(ui.available_width().min(size::FORM_COLUMN), 0.0);
        ui.allocate_ui_with_layout(column, egui::Layout::top_down(egui::Align::Min), |ui| {
            ui.spacing_mut().item_spacing.y = size::GAP_LARGE;
            cards_ui(state, ctx, ui, &mut actions);
        });
    });
    actions
}

fn cards_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let Some(counts) = &state.counts else { return };
    actions.extend(state.shop.ui(ctx, ui));
    actions.extend(state.counting.ui(counts, ctx, ui));
    actions.extend(state.practice.ui(ctx, ui));
    actions.extend(state.rules.ui(ctx, ui));
    actions.extend(state.sets.ui(ctx, ui));
    actions.extend(state.groups.ui(counts, ctx, ui));
    actions.extend(state.people.ui(ctx, ui));
    actions.extend(state.you.ui(ctx, ui));
}
