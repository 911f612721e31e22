//! The card of cycle templates: what a month, a campaign or an emergency is made of.

use egui::Ui;

use super::card::Noun;
use super::pick::{self, choose_ui};
use super::step::{self, StepDraft};
use crate::domain::calendar::release::ReleaseRuleId;
use crate::domain::command::{CalendarCommand, Edit, Issue};
use crate::domain::cycle::CycleKind;
use crate::domain::cycle::forecast::release_rule;
use crate::domain::cycle::template::{CycleTemplate, CycleTemplateId};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Form, beside_ui};
use crate::ui::widget::Field;
use crate::util::text::counted;

/// The texts as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    name: String,
    kind: CycleKind,
    release: Option<ReleaseRuleId>,
    steps: Vec<StepDraft>,
}

/// Cycle templates.
#[derive(Debug)]
pub struct Templates;

impl Noun for Templates {
    type Row = CycleTemplate;
    type Draft = Draft;
    const TITLE: &'static str = "Cycle templates";
    const WORDS: &'static str = "The steps a cycle is made of. A change holds for cycles that are begun from now on; a cycle that was begun stands for itself.";
    const EMPTY: &'static str =
        "There is no template, so no cycle can be begun. Add one with the steps of your month.";
    const ONE: &'static str = "cycle template";
    const FIELDS: &'static [&'static str] = &["name", "release"];
    const COLUMNS: &'static [(&'static str, f32)] =
        &[("Template", 24.0), ("Makes", 14.0), ("Counts from", 26.0), ("Steps", 12.0)];

    fn rows<'a>(ctx: &Ctx<'a>) -> Vec<&'a CycleTemplate> {
        let rows = ctx.book().cycle_templates.rows().iter().filter(|row| row.ended_at.is_none());
        let mut rows: Vec<_> = rows.collect();
        rows.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
        rows
    }

    fn name(_ctx: &Ctx<'_>, row: &CycleTemplate) -> String {
        row.name.clone()
    }

    fn cell(ctx: &Ctx<'_>, row: &CycleTemplate, column: usize) -> (String, bool) {
        match column {
            0 => (row.name.clone(), false),
            1 => (row.kind.text().to_owned(), false),
            2 => match row.release.and_then(|id| ctx.book().release_rules.get(id.0)) {
                Some(rule) => (pick::rule_name(rule), false),
                None => ("Its declaration".to_owned(), true),
            },
            _ => (counted(row.steps.len() as u64, "step", "steps"), false),
        }
    }

    fn blank(ctx: &Ctx<'_>) -> Draft {
        let rule = release_rule(ctx.book());
        Draft {
            name: String::new(),
            kind: CycleKind::Monthly,
            release: rule.map(|rule| rule.id),
            steps: vec![StepDraft::default()],
        }
    }

    fn draft(_ctx: &Ctx<'_>, row: &CycleTemplate) -> Draft {
        Draft {
            name: row.name.clone(),
            kind: row.kind,
            release: row.release,
            steps: row.steps.iter().map(StepDraft::of).collect(),
        }
    }

    fn fields_ui(
        form: &mut Form<Draft>,
        record: (&'static str, i64),
        ctx: &Ctx<'_>,
        ui: &mut Ui,
    ) -> Option<Action> {
        let [name, release] = ["name", "release"].map(|field| form.issue(field));
        let draft = &mut form.draft;
        let kinds: Vec<_> = CycleKind::ALL.iter().map(|kind| (kind.text().to_owned(), *kind)).collect();
        let mut rules = pick::rules(ctx.book());
        rules.insert(0, ("Its declaration".to_owned(), None));
        beside_ui(ui, &[1.2, 1.0, 1.4], |ui, _, at| match at {
            0 => {
                let field = Field::new(record, "Template name", &mut draft.name).required();
                field.issue(name.as_deref()).ui(ui);
            }
            1 => choose_ui(ui, record, "Makes a", &kinds, &mut draft.kind, None),
            _ => choose_ui(ui, record, "Counts from", &rules, &mut draft.release, release.as_deref()),
        });
        step::steps_ui(&mut draft.steps, record, ctx, ui);
        None
    }

    fn save(
        _ctx: &Ctx<'_>,
        base: Option<CycleTemplate>,
        draft: &Draft,
    ) -> Result<CalendarCommand, Vec<Issue>> {
        let (mut steps, mut wrong) = (Vec::new(), Vec::new());
        for (place, step) in (1..).zip(&draft.steps) {
            match step.step() {
                Ok(step) => steps.push(step),
                Err(text) => wrong.push(Issue { field: "steps", text: format!("Step {place}: {text}") }),
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let row = CycleTemplate {
            id: CycleTemplateId(0),
            name: draft.name.clone(),
            kind: draft.kind,
            release: draft.release,
            steps,
            ended_at: None,
        };
        Ok(CalendarCommand::Template(Box::new(Edit { base, row })))
    }

    fn end(row: &CycleTemplate) -> (&'static str, CalendarCommand) {
        (
            "No cycle can be begun from it any more. Cycles that were begun from it stay.",
            CalendarCommand::EndTemplate(row.id),
        )
    }
}
