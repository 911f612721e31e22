//! The form that says what an update needs: another one before it or together with it, or something in words (requirement S3-12).

use egui::Ui;

use super::conflict::update_ui;
use crate::domain::command::{Command, Edit, Issue, RiskCommand};
use crate::domain::gate::{Prerequisite, PrerequisiteId, PrerequisiteKind};
use crate::domain::update::{Update, UpdateId};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::choose::wrong;
use crate::ui::room::form::Form;
use crate::ui::room::sheet::{Frame, Sheet};
use crate::ui::widget::{Button, Dropdown, Field};

#[derive(Clone, Debug, PartialEq)]
struct Draft {
    kind: Option<usize>,
    needs: Option<UpdateId>,
    what: String,
}

/// A prerequisite being added or changed.
#[derive(Debug)]
pub struct NeedSheet {
    update: UpdateId,
    base: Option<Prerequisite>,
    form: Form<Draft>,
}

impl NeedSheet {
    /// A new one of an update.
    pub fn new(update: UpdateId) -> Self {
        Self {
            update,
            base: None,
            form: Form::new(Draft { kind: Some(0), needs: None, what: String::new() }),
        }
    }

    /// A change.
    pub fn change(row: &Prerequisite) -> Self {
        let kind = PrerequisiteKind::ALL.iter().position(|kind| *kind == row.kind);
        let draft = Draft { kind, needs: row.needs, what: row.what.clone() };
        Self { update: row.update, base: Some(row.clone()), form: Form::new(draft) }
    }
}

impl Sheet for NeedSheet {
    fn title(&self, ctx: &Ctx<'_>) -> String {
        let name = ctx.book().updates.get(self.update.0).map_or_else(String::new, Update::short_name);
        format!("What {name} needs")
    }

    fn verb(&self) -> &'static str {
        if self.base.is_some() { "Save" } else { "Add" }
    }

    fn fields(&self) -> &'static [&'static str] {
        &["kind", "needs", "what"]
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let issues = ["kind", "needs", "what"].map(|field| self.form.issue(field));
        let record = ("need", self.base.as_ref().map(|base| base.id.0));
        let draft = &mut self.form.draft;
        let kinds: Vec<&str> = PrerequisiteKind::ALL.iter().map(|kind| kind.text()).collect();
        Dropdown::new(record, "How", &kinds, &mut draft.kind).issue(issues[0].as_deref()).ui(ui);
        update_ui(
            ui,
            ctx,
            record,
            ("It needs", "No update: something else"),
            &mut draft.needs,
            issues[1].as_deref(),
        );
        Field::new(record, "What it needs", &mut draft.what)
            .lines(2)
            .help("In words, where it is no update: 20 GB of free disk")
            .issue(issues[2].as_deref())
            .ui(ui);
        if let Some(base) = &self.base
            && ui.add(Button::quiet_danger("This is no longer needed")).clicked()
        {
            actions.push(self.form.send(ctx, Command::Risk(RiskCommand::EndPrerequisite(base.id))));
        }
        None
    }

    fn command(&self, _: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let draft = &self.form.draft;
        let Some(kind) = draft.kind.and_then(|at| PrerequisiteKind::ALL.get(at)).copied() else {
            return Err(vec![wrong("kind", "Choose how they depend.")]);
        };
        let row = Prerequisite {
            id: self.base.as_ref().map_or(PrerequisiteId(0), |base| base.id),
            update: self.update,
            needs: draft.needs,
            what: draft.what.clone(),
            kind,
            recorded_at: self.base.as_ref().map_or(0, |base| base.recorded_at),
            ended_at: None,
        };
        Ok(Command::Risk(RiskCommand::Prerequisite(Box::new(Edit { base: self.base.clone(), row }))))
    }
}
