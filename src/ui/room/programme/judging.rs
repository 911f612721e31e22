//! The panel in which is written down what the one who pays made of an estimate.

use egui::Ui;

use super::choose::wrong;
use super::estimate::sums_ui;
use super::sheet::{Frame, Sheet};
use crate::domain::case::{BusinessCase, BusinessCaseId, Judgement};
use crate::domain::command::{CaseCommand, Command, Issue};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Form, weak_ui};
use crate::ui::room::told::{self, ToldDraft};
use crate::ui::widget::{Dropdown, Field};

#[derive(Clone, Debug, PartialEq)]
struct Draft {
    judgement: Option<usize>,
    comment: String,
    told: ToldDraft,
}

const JUDGEMENTS: [Judgement; 3] = [Judgement::Reasonable, Judgement::WithChanges, Judgement::Unreasonable];
const FIELDS: [&str; 7] = [
    "judgement",
    "comment",
    told::FIELDS[0],
    told::FIELDS[1],
    told::FIELDS[2],
    told::FIELDS[3],
    told::FIELDS[4],
];

/// What the one who pays made of an estimate.
#[derive(Debug)]
pub struct Judging {
    case: BusinessCaseId,
    form: Form<Draft>,
}

impl Judging {
    /// Of an estimate that nobody has judged.
    pub fn new(ctx: &Ctx<'_>, case: &BusinessCase) -> Self {
        let draft = Draft { judgement: None, comment: String::new(), told: ToldDraft::new(ctx) };
        Self { case: case.id, form: Form::new(draft) }
    }
}

impl Sheet for Judging {
    fn title(&self, ctx: &Ctx<'_>) -> String {
        let name = ctx.book().cases.get(self.case.0).map_or("the estimate", |case| case.name.as_str());
        format!("Judgement of {name}")
    }

    fn verb(&self) -> &'static str {
        "Record judgement"
    }

    fn fields(&self) -> &'static [&'static str] {
        &FIELDS
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn evidence(&mut self, name: &str, sha256: &str) -> bool {
        self.form.draft.told.evidence = Some((name.to_owned(), sha256.to_owned()));
        true
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let issues = FIELDS.map(|field| self.form.issue(field));
        let issue =
            |field: &str| FIELDS.iter().position(|known| *known == field).and_then(|at| issues[at].clone());
        if let Some(case) = ctx.book().cases.get(self.case.0) {
            sums_ui(ui, &case.cost, case.loss.as_ref(), &case.currency);
        }
        let record = ("judge", self.case.0);
        let draft = &mut self.form.draft;
        let words: Vec<&str> = JUDGEMENTS.iter().map(|judgement| judgement.text()).collect();
        let dropdown = Dropdown::new(record, "What was made of it", &words, &mut draft.judgement).required();
        dropdown.issue(issues[0].as_deref()).ui(ui);
        let field = Field::new(record, "In their words", &mut draft.comment).lines(2);
        field.issue(issues[1].as_deref()).ui(ui);
        draft.told.ui(ctx, ui, "Judged by", &issue, actions);
        weak_ui(ui, "From here the estimate stands as it is; a newer one is written beside it.");
        None
    }

    fn command(&self, ctx: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let draft = &self.form.draft;
        let mut issues = Vec::new();
        let judgement = draft.judgement.and_then(|at| JUDGEMENTS.get(at)).copied();
        if judgement.is_none() {
            issues.push(wrong("judgement", "Choose what was made of it."));
        }
        let told = draft.told.read(ctx, &mut issues);
        match (judgement, told) {
            (Some(judgement), Some(told)) if issues.is_empty() => {
                let comment = draft.comment.clone();
                Ok(Command::Case(CaseCommand::Judge { case: self.case, judgement, comment, told }))
            }
            _ => Err(issues),
        }
    }
}
