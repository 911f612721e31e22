//! The forms that seal a month and that restate a sealed one. Neither can be undone, and both say so.

use egui::Ui;

use crate::domain::command::{Command, Issue, MonthCommand};
use crate::domain::month::{Seal, SealId, name};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Form, weak_ui};
use crate::ui::room::sheet::{Frame, Sheet};
use crate::ui::widget::Field;

/// The judgement of a month before it is sealed.
#[derive(Debug)]
pub struct SealSheet {
    month: String,
    form: Form<String>,
}

impl SealSheet {
    /// Of a month: `2026-11`.
    pub fn new(month: &str) -> Self {
        Self { month: month.to_owned(), form: Form::new(String::new()) }
    }
}

impl Sheet for SealSheet {
    fn title(&self, _: &Ctx<'_>) -> String {
        format!("Seal {}", name::text(&self.month))
    }

    fn verb(&self) -> &'static str {
        "Seal the month"
    }

    fn fields(&self) -> &'static [&'static str] {
        &["judgement"]
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn inside_ui(&mut self, _: &Ctx<'_>, ui: &mut Ui, _: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let issue = self.form.issue("judgement");
        weak_ui(ui, "The figures of this month never change again. A seal cannot be undone, only restated.");
        Field::new(("seal", &self.month), "Judgement of the month", &mut self.form.draft)
            .lines(6)
            .help("Three sentences: how it went, what was left, what comes next")
            .required()
            .issue(issue.as_deref())
            .ui(ui);
        None
    }

    fn command(&self, _: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        Ok(Command::Month(MonthCommand::Seal {
            month: self.month.clone(),
            judgement: self.form.draft.clone(),
            // The engine reads it from the history.
            recorded_by: Vec::new(),
        }))
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Draft {
    reason: String,
    approved_by: String,
    judgement: String,
}

/// A correction of a sealed month.
#[derive(Debug)]
pub struct RestateSheet {
    seal: SealId,
    month: String,
    form: Form<Draft>,
}

impl RestateSheet {
    /// Of the newest seal of a month.
    pub fn new(seal: &Seal) -> Self {
        let judgement = seal.judgement.clone();
        let draft = Draft { reason: String::new(), approved_by: String::new(), judgement };
        Self { seal: seal.id, month: seal.month.clone(), form: Form::new(draft) }
    }
}

impl Sheet for RestateSheet {
    fn title(&self, _: &Ctx<'_>) -> String {
        format!("Restate {}", name::text(&self.month))
    }

    fn verb(&self) -> &'static str {
        "Restate the month"
    }

    fn fields(&self) -> &'static [&'static str] {
        &["reason", "approved_by", "judgement"]
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn inside_ui(&mut self, _: &Ctx<'_>, ui: &mut Ui, _: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let (reason, by) = (self.form.issue("reason"), self.form.issue("approved_by"));
        let judgement = self.form.issue("judgement");
        weak_ui(
            ui,
            "The figures are counted anew from what is known now and stand beside the sealed ones, which stay as they are. It \
             cannot be undone.",
        );
        let record = ("restate", self.seal.0);
        Field::new(record, "What was wrong", &mut self.form.draft.reason)
            .lines(4)
            .required()
            .issue(reason.as_deref())
            .ui(ui);
        Field::new(record, "Approved by", &mut self.form.draft.approved_by)
            .required()
            .issue(by.as_deref())
            .ui(ui);
        Field::new(record, "Judgement of the month", &mut self.form.draft.judgement)
            .lines(6)
            .help("As it comes out now; the former one is written here")
            .required()
            .issue(judgement.as_deref())
            .ui(ui);
        None
    }

    fn command(&self, _: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        Ok(Command::Month(MonthCommand::Restate {
            seal: self.seal,
            reason: self.form.draft.reason.clone(),
            approved_by: self.form.draft.approved_by.clone(),
            judgement: self.form.draft.judgement.clone(),
            recorded_by: Vec::new(),
        }))
    }
}
