//! What every form of a room shares: a draft as typed, what became of saving it, and the row of buttons below.
//!
//! Invariant: a draft is given up only by the person: neither a failed save nor a change of the register takes it.

use egui::{Label, Ui};

use crate::app::session::Notice;
use crate::domain::command::{Command, Issue};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::{Banner, Button, Chip, card_ui, form};

/// What a notice was for a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Not for this form.
    Foreign,
    /// The draft is in the register.
    Saved,
    /// It is not; the form says why.
    Failed,
}

/// A draft and what was read.
#[derive(Clone, Debug)]
pub struct Form<D> {
    read: D,
    /// What it shows now.
    pub draft: D,
    sent: Option<(u64, D)>,
    issues: Vec<Issue>,
    failure: Option<String>,
    /// What the issues are about; an issue is told only as long as that stands there.
    judged: Option<D>,
    meanwhile: bool,
}

impl<D: Clone + PartialEq> Form<D> {
    /// A form that shows what was read.
    pub fn new(read: D) -> Self {
        Self {
            draft: read.clone(),
            read,
            sent: None,
            issues: Vec::new(),
            failure: None,
            judged: None,
            meanwhile: false,
        }
    }

    /// Whether anything would be lost by leaving.
    pub fn is_dirty(&self) -> bool {
        self.draft != self.read
    }

    /// Whether the answer to a save is awaited.
    pub fn is_saving(&self) -> bool {
        self.sent.is_some()
    }

    /// Follows the register: a draft nobody typed into shows what is there now, any other is kept and says so.
    pub fn follow(&mut self, now: D) {
        if now == self.read {
            return;
        }
        if self.draft == self.read || self.draft == now {
            *self = Self { sent: self.sent.take(), ..Self::new(now) };
        } else {
            self.read = now;
            self.meanwhile = true;
        }
    }

    /// Back to what was read.
    pub fn revert(&mut self) {
        *self = Self::new(self.read.clone());
    }

    /// Sends the draft as one command.
    pub fn send(&mut self, ctx: &Ctx<'_>, command: Command) -> Action {
        let ticket = ctx.tickets.take();
        self.sent = Some((ticket, self.draft.clone()));
        self.issues.clear();
        self.failure = None;
        Action::Run { ticket, command: Box::new(command) }
    }

    /// Says what is wrong before anything was sent.
    pub fn refuse(&mut self, issues: Vec<Issue>) {
        self.issues = issues;
        self.failure = None;
        self.judged = Some(self.draft.clone());
    }

    /// Whether the draft was changed since it was found wrong: what was said of it then may be true no longer.
    pub fn is_amended(&self) -> bool {
        self.judged.as_ref().is_some_and(|judged| *judged != self.draft)
    }

    /// Keeps of what was said the fields that are still wrong, in the words of `found`. A field that nothing was said of
    /// stays without an issue until the draft is sent again.
    pub fn rejudge(&mut self, found: Vec<Issue>) {
        let said: Vec<&str> = self.issues.iter().map(|issue| issue.field).collect();
        let still = found.into_iter().filter(|issue| said.contains(&issue.field)).collect();
        self.refuse(still);
    }

    /// What is wrong, as long as the draft is what was found wrong.
    fn told(&self) -> &[Issue] {
        if self.is_amended() { &[] } else { &self.issues }
    }

    /// What is wrong with a field.
    pub fn issue(&self, field: &str) -> Option<String> {
        self.told().iter().find(|issue| issue.field == field).map(|issue| issue.text.clone())
    }

    /// What is wrong with the whole; `fields` are those that say their own.
    fn general(&self, fields: &[&str]) -> Option<&str> {
        let unplaced = |issue: &&Issue| !fields.contains(&issue.field);
        let failure = self.failure.as_deref().filter(|_| !self.is_amended());
        self.told().iter().find(unplaced).map(|issue| issue.text.as_str()).or(failure)
    }

    /// Takes an answer.
    pub fn notice(&mut self, notice: &Notice) -> Answer {
        let (Notice::Changed { ticket, .. } | Notice::Unchanged { ticket } | Notice::Failed { ticket, .. }) =
            notice
        else {
            return Answer::Foreign;
        };
        let Some((_, sent)) = self.sent.take_if(|(mine, _)| *ticket == Some(*mine)) else {
            return Answer::Foreign;
        };
        if let Notice::Failed { error, .. } = notice {
            self.issues.clone_from(&error.issues);
            self.failure = error.issues.is_empty().then(|| error.summary.clone());
            self.judged = Some(sent);
            return Answer::Failed;
        }
        self.read = sent;
        self.meanwhile = false;
        Answer::Saved
    }

    /// What is said above the buttons: a change meanwhile, or what is wrong with the whole.
    pub fn words_ui(&self, ui: &mut Ui, fields: &[&str]) {
        if self.meanwhile {
            let words = "What you typed is kept. Saving it replaces what is there now.";
            Banner::new(Tone::Warn, "This was changed meanwhile").words(words).ui(ui);
        }
        if let Some(issue) = self.general(fields) {
            form::note_ui(ui, Some(issue), None);
        }
    }

    /// The buttons of a card that is always open; `true` to save.
    pub fn foot_ui(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, fields: &[&str], save: &str) -> bool {
        self.words_ui(ui, fields);
        let (dirty, can) = (self.is_dirty(), ctx.can_write() && !self.is_saving());
        let mut wanted = false;
        ui.horizontal(|ui| {
            // One look that asks to be pressed, and only while there is something to save.
            let button = if dirty { Button::primary(save) } else { Button::secondary(save) };
            wanted = ui.add(button.enabled(dirty && can)).clicked();
            if dirty && ui.add(Button::quiet("Revert")).clicked() {
                self.revert();
                wanted = false;
            }
        });
        wanted
    }
}

/// What was pressed below an entry that is open for change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// Save it.
    Save,
    /// Close it as it was.
    Cancel,
}

/// The buttons of an entry that is open for change.
pub fn entry_foot_ui<D: Clone + PartialEq>(
    form: &Form<D>,
    ui: &mut Ui,
    fields: &[&str],
    save: &str,
) -> Option<Pressed> {
    form.words_ui(ui, fields);
    let mut pressed = None;
    ui.horizontal(|ui| {
        let can = form.is_dirty() && !form.is_saving();
        if ui.add(Button::primary(save).enabled(can)).clicked() {
            pressed = Some(Pressed::Save);
        }
        if ui.add(Button::secondary("Cancel")).clicked() {
            pressed = Some(Pressed::Cancel);
        }
    });
    pressed
}

/// A card with its title, whether it holds something unsaved, and a line that says what it is for.
pub fn section_ui(ui: &mut Ui, title: &str, words: &str, dirty: bool, content: impl FnOnce(&mut Ui)) {
    card_ui(ui, None, |ui| {
        ui.spacing_mut().item_spacing.y = size::CELL_PAD;
        ui.scope(|ui| {
            // As high as the chip, so that nothing moves when it appears.
            ui.spacing_mut().interact_size.y = size::CHIP;
            ui.horizontal(|ui| {
                let heading = ui.label(Text::Section.rich(title));
                let role = |node: &mut egui::accesskit::Node| node.set_role(egui::accesskit::Role::Heading);
                ui.ctx().accesskit_node_builder(heading.id, role);
                if dirty {
                    ui.add(Chip::new(Tone::Info, "Not saved"));
                }
            });
        });
        if !words.is_empty() {
            weak_ui(ui, words);
        }
        content(ui);
    });
}

/// The title of a part of a page, named as such for a screen reader.
pub fn heading_ui(ui: &mut Ui, title: &str) {
    let heading = ui.add(Label::new(Text::Section.rich(title)).wrap());
    ui.ctx().accesskit_node_builder(heading.id, |node| {
        node.set_role(egui::accesskit::Role::Heading);
        node.set_label(title);
    });
}

/// An explanation in running text.
pub fn weak_ui(ui: &mut Ui, words: &str) {
    let tokens = theme::tokens(ui);
    ui.add(Label::new(Text::Body.rich(words).color(tokens.weak)).wrap());
}

/// Places side by side, each as wide as its share; `draw` is called with the width and the place of each.
pub fn beside_ui(ui: &mut Ui, shares: &[f32], mut draw: impl FnMut(&mut Ui, f32, usize)) {
    let gaps = size::GAP * shares.len().saturating_sub(1) as f32;
    let (room, whole) = (ui.available_width() - gaps, shares.iter().sum::<f32>());
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = size::GAP;
        for (at, share) in shares.iter().enumerate() {
            let width = room * share / whole;
            ui.allocate_ui_with_layout(
                egui::vec2(width, 0.0),
                egui::Layout::top_down(egui::Align::Min),
                |ui| {
                    ui.set_width(width);
                    draw(ui, width, at);
                },
            );
        }
    });
}

/// One row of a short list: cells side by side, each cut at its share of the width.
pub fn row_ui(ui: &mut Ui, shares: &[f32], mut cell: impl FnMut(&mut Ui, usize)) {
    let gaps = size::GAP * shares.len().saturating_sub(1) as f32;
    let (room, whole) = (ui.available_width() - gaps, shares.iter().sum::<f32>());
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        ui.spacing_mut().item_spacing.x = size::GAP;
        for (at, share) in shares.iter().enumerate() {
            let width = room * share / whole;
            let layout = egui::Layout::left_to_right(egui::Align::Center);
            ui.allocate_ui_with_layout(egui::vec2(width, size::CONTROL), layout, |ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.x = size::GAP_SMALL;
                cell(ui, at);
            });
        }
    });
}

/// A text in a cell, cut where it ends.
pub fn cell_text(ui: &mut Ui, text: Text, words: &str, weak: bool) {
    let tokens = theme::tokens(ui);
    let color = if weak { tokens.weak } else { tokens.text };
    ui.add(Label::new(text.rich(words).color(color)).truncate());
}

/// The surface of an entry that is open for change.
pub fn open_ui<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let tokens = theme::tokens(ui);
    egui::Frame::new()
        .fill(tokens.page)
        .stroke(egui::Stroke::new(size::LINE, tokens.border))
        .corner_radius(size::RADIUS)
        .inner_margin(egui::Margin::same(size::CELL_PAD as i8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            content(ui)
        })
        .inner
}
