//! The form that takes a posture: four parts in words, beside the figures of now or of a sealed month.

use egui::Ui;

use crate::domain::command::{Command, Issue, MonthCommand};
use crate::domain::month::standing::{baseline, postures};
use crate::domain::month::{Seal, name};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Form, weak_ui};
use crate::ui::room::sheet::{Frame, Sheet};
use crate::ui::widget::{Dropdown, Field, TickBox};

#[derive(Clone, Debug, PartialEq)]
struct Draft {
    name: String,
    parts: [String; 4],
    seal: Option<usize>,
    instead: bool,
}

/// A posture being taken.
#[derive(Debug)]
pub struct TakeSheet {
    form: Form<Draft>,
}

impl TakeSheet {
    /// A new one; its parts begin with those of the one before.
    pub fn new(ctx: &Ctx<'_>) -> Self {
        let parts = postures(ctx.book()).first().map_or_else(Default::default, |row| {
            [row.threat.clone(), row.protection.clone(), row.environment.clone(), row.defence.clone()]
        });
        let draft = Draft { name: String::new(), parts, seal: Some(0), instead: false };
        Self { form: Form::new(draft) }
    }
}

/// The sealed months, the newest first.
fn seals<'a>(ctx: &Ctx<'a>) -> Vec<&'a Seal> {
    let mut rows: Vec<&Seal> = ctx.book().seals.iter().collect();
    rows.sort_by_key(|seal| std::cmp::Reverse((seal.as_of_at, seal.number)));
    rows
}

const FIELDS: [&str; 7] =
    ["name", "threat", "protection", "environment", "defence", "seal", "baseline_instead_of"];

impl Sheet for TakeSheet {
    fn title(&self, _: &Ctx<'_>) -> String {
        "Take a posture".to_owned()
    }

    fn verb(&self) -> &'static str {
        "Take the posture"
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

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, _: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let issues = FIELDS.map(|field| self.form.issue(field));
        weak_ui(
            ui,
            "It keeps four parts in words and the figures beside them. It never changes and cannot be undone.",
        );
        let draft = &mut self.form.draft;
        Field::new("posture", "Name", &mut draft.name)
            .hint("Spring 2027")
            .required()
            .issue(issues[0].as_deref())
            .ui(ui);
        let [threat, protection, environment, defence] = &mut draft.parts;
        for (label, help, text, issue) in [
            ("Threats", "Who threatens the shop, by which ways", threat, &issues[1]),
            (
                "What must be protected",
                "What matters most, and how well it must be protected",
                protection,
                &issues[2],
            ),
            ("Environment", "Sites, systems, people", environment, &issues[3]),
            ("Defences", "Which there are, and in what state", defence, &issues[4]),
        ] {
            Field::new("posture", label, text).lines(3).help(help).required().issue(issue.as_deref()).ui(ui);
        }
        let names: Vec<String> = seals(ctx)
            .iter()
            .map(|seal| match seal.number {
                1 => name::text(&seal.month),
                n => format!("{}, restatement {}", name::text(&seal.month), n - 1),
            })
            .collect();
        let mut words = vec!["The figures of now"];
        words.extend(names.iter().map(String::as_str));
        Dropdown::new("posture", "Figures", &words, &mut draft.seal).issue(issues[5].as_deref()).ui(ui);
        if let Some(now) = baseline(ctx.book()) {
            let words = format!("It replaces {} as the baseline", now.name);
            ui.add(TickBox::new(&mut draft.instead, &words));
        }
        None
    }

    fn command(&self, ctx: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let draft = &self.form.draft;
        let seal =
            draft.seal.and_then(|at| at.checked_sub(1)).and_then(|at| seals(ctx).get(at).map(|s| s.id));
        let now = baseline(ctx.book()).map(|row| row.id);
        Ok(Command::Month(MonthCommand::Posture {
            name: draft.name.clone(),
            parts: draft.parts.clone(),
            seal,
            baseline_instead_of: now.filter(|_| draft.instead),
        }))
    }
}
