//! A form's way to the engine and back: the ticket it waits for, and what was wrong with what it sent.

use crate::app::session::Notice;
use crate::domain::command::{Command, Issue};
use crate::ui::action::Action;
use crate::ui::room::Ctx;

/// What a form waits for.
#[derive(Debug, Default)]
pub struct Sent {
    ticket: Option<u64>,
    issues: Vec<Issue>,
}

/// What an answer means for a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is not for this form.
    NotMine,
    /// What was sent is in the register.
    Saved,
    /// It was refused; the draft stays.
    Refused,
}

impl Sent {
    /// Sends a command; while it is on its way nothing else is sent.
    pub fn send(&mut self, ctx: &Ctx<'_>, command: Command) -> Option<Action> {
        if self.ticket.is_some() {
            return None;
        }
        self.issues.clear();
        let ticket = ctx.tickets.take();
        self.ticket = Some(ticket);
        Some(Action::Run { ticket, command: Box::new(command) })
    }

    /// Takes an answer.
    pub fn answer(&mut self, notice: &Notice) -> Answer {
        let (ticket, answer) = match notice {
            Notice::Changed { ticket, .. } | Notice::Unchanged { ticket } => (*ticket, Answer::Saved),
            Notice::Failed { ticket, .. } => (*ticket, Answer::Refused),
            _ => return Answer::NotMine,
        };
        if ticket.is_none() || ticket != self.ticket {
            return Answer::NotMine;
        }
        self.ticket = None;
        if let Notice::Failed { error, .. } = notice {
            self.issues.clone_from(&error.issues);
            if self.issues.is_empty() {
                self.refuse("", error.summary.clone());
            }
        }
        answer
    }

    /// Names something wrong before anything is sent.
    pub fn refuse(&mut self, field: &'static str, text: impl Into<String>) {
        self.issues.push(Issue { field, text: text.into() });
    }

    /// Forgets what was wrong with a field, because it was edited.
    pub fn edited(&mut self, field: &str) {
        self.issues.retain(|issue| issue.field != field && !issue.field.is_empty());
    }

    /// Forgets everything that was wrong.
    pub fn clear(&mut self) {
        self.issues.clear();
    }

    /// Whether something is wrong.
    pub fn is_refused(&self) -> bool {
        !self.issues.is_empty()
    }

    /// What is wrong with a field; the empty name stands for the whole form.
    pub fn issue(&self, field: &str) -> Option<String> {
        self.issues.iter().find(|issue| issue.field == field).map(|issue| issue.text.clone())
    }
}
