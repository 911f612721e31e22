//! What the pages of the room share: one command on its way, places side by side, words.

use egui::{Align, Label, Layout, Ui, vec2};

use crate::app::session::Notice;
use crate::domain::command::{Command, Issue};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::{card_ui, form};

/// What became of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Somebody else's.
    Foreign,
    /// It is in the register.
    Saved,
    /// It is not; what was typed stays, and the issues say why.
    Failed,
}

/// A command on its way, and what was wrong with the last one.
#[derive(Debug, Default)]
pub struct Sending {
    ticket: Option<u64>,
    issues: Vec<Issue>,
}

impl Sending {
    /// Sends a command.
    pub fn send(&mut self, ctx: &Ctx<'_>, command: Command) -> Action {
        let ticket = ctx.tickets.take();
        self.ticket = Some(ticket);
        self.issues.clear();
        Action::Run { ticket, command: Box::new(command) }
    }

    /// Whether an answer is awaited.
    pub fn is_waiting(&self) -> bool {
        self.ticket.is_some()
    }

    /// Says what is wrong before anything was sent.
    pub fn refuse(&mut self, field: &'static str, text: &str) {
        self.issues = vec![Issue { field, text: text.to_owned() }];
    }

    /// Takes an answer.
    pub fn notice(&mut self, notice: &Notice) -> Answer {
        let (Notice::Changed { ticket, .. } | Notice::Unchanged { ticket } | Notice::Failed { ticket, .. }) =
            notice
        else {
            return Answer::Foreign;
        };
        if self.ticket.is_none() || *ticket != self.ticket {
            return Answer::Foreign;
        }
        self.ticket = None;
        let Notice::Failed { error, .. } = notice else { return Answer::Saved };
        self.issues.clone_from(&error.issues);
        if self.issues.is_empty() {
            self.issues.push(Issue { field: "", text: error.summary.clone() });
        }
        Answer::Failed
    }

    /// What is wrong with a field.
    pub fn issue(&self, field: &str) -> Option<String> {
        self.issues.iter().find(|issue| issue.field == field).map(|issue| issue.text.clone())
    }

    /// Says what is wrong with everything that has no field of its own; `fields` are those that have.
    pub fn general_ui(&self, ui: &mut Ui, fields: &[&str]) {
        for issue in self.issues.iter().filter(|issue| !fields.contains(&issue.field)) {
            form::note_ui(ui, Some(&issue.text), None);
        }
    }
}

/// Places side by side, each as wide as its share; `draw` is called with the place of each.
pub fn beside_ui(ui: &mut Ui, shares: &[f32], mut draw: impl FnMut(&mut Ui, usize)) {
    let gaps = size::GAP_LARGE * shares.len().saturating_sub(1) as f32;
    let (room, whole) = (ui.available_width() - gaps, shares.iter().sum::<f32>());
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = size::GAP_LARGE;
        for (at, share) in shares.iter().enumerate() {
            let width = room * share / whole;
            ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing = vec2(size::GAP, size::GAP);
                draw(ui, at);
            });
        }
    });
}

/// A card of fields, no wider than a form is read.
pub fn column_ui<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let room = vec2(ui.available_width().min(size::FORM_COLUMN), 0.0);
    ui.allocate_ui_with_layout(room, Layout::top_down(Align::Min), |ui| card_ui(ui, None, content).inner)
        .inner
}

/// A line of words, cut where it ends.
pub fn words_ui(ui: &mut Ui, text: Text, words: &str) {
    ui.add(Label::new(text.rich(words).color(theme::tokens(ui).text)).truncate());
}

/// A line of weak words, broken where it ends.
pub fn weak_ui(ui: &mut Ui, words: &str) {
    ui.add(Label::new(Text::Body.rich(words).color(theme::tokens(ui).weak)).wrap());
}

/// Running text that may be copied.
pub fn text_ui(ui: &mut Ui, words: &str) {
    ui.add(Label::new(Text::Body.rich(words).color(theme::tokens(ui).text)).wrap().selectable(true));
}

/// The tone of a drift: late is a warning, an hour is bad.
pub fn drift_tone(secs: i64) -> Tone {
    match secs {
        s if s > 3600 => Tone::Bad,
        s if s > crate::domain::run::drift::ON_TIME_SECS => Tone::Warn,
        _ => Tone::Good,
    }
}

/// Asks for the one repaint at which a clock shows its next minute.
pub fn tick(ctx: &Ctx<'_>, ui: &Ui) {
    let left = 60 - ctx.now_at.rem_euclid(60);
    ui.ctx().request_repaint_after(std::time::Duration::from_secs(left.unsigned_abs()));
}
