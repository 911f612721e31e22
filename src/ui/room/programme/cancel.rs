//! The panel that says a meeting does not take place, and why.

use egui::Ui;

use super::choose::wrong;
use super::sheet::{Frame, Sheet};
use crate::domain::command::{Command, CommitteeCommand, Edit, Issue};
use crate::domain::meeting::{Meeting, MeetingId};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Form, weak_ui};
use crate::ui::widget::Field;

const FIELD: &str = "cancelled_because";

/// Cancels a meeting that was planned.
#[derive(Debug)]
pub struct CancelMeeting {
    meeting: MeetingId,
    form: Form<String>,
}

impl CancelMeeting {
    /// Of a planned meeting.
    pub fn new(meeting: MeetingId) -> Self {
        Self { meeting, form: Form::new(String::new()) }
    }
}

impl Sheet for CancelMeeting {
    fn title(&self, _: &Ctx<'_>) -> String {
        "Cancel a meeting".to_owned()
    }

    fn verb(&self) -> &'static str {
        "Cancel meeting"
    }

    fn fields(&self) -> &'static [&'static str] {
        &[FIELD]
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, _: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let issue = self.form.issue(FIELD);
        let meeting = ctx.book().meetings.get(self.meeting.0)?;
        let planned = ctx.time_text(meeting.planned_at);
        weak_ui(
            ui,
            &format!("{}, planned for {planned}. It stays in the list with the reason.", meeting.title),
        );
        let field = Field::new(("cancel", self.meeting.0), "Why", &mut self.form.draft).lines(3);
        field.required().issue(issue.as_deref()).ui(ui);
        None
    }

    fn command(&self, ctx: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        if self.form.draft.trim().is_empty() {
            return Err(vec![wrong(FIELD, "Say why it does not take place.")]);
        }
        let Some(base) = ctx.book().meetings.get(self.meeting.0).cloned() else {
            return Err(vec![wrong("", "The meeting is no longer in the register. Close this panel.")]);
        };
        let row = Meeting { cancelled_because: self.form.draft.clone(), ..base.clone() };
        let edit = Box::new(Edit { base: Some(base), row });
        Ok(Command::Committee(CommitteeCommand::Meeting(edit)))
    }
}
