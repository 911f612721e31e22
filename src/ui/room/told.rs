//! Who decided outside this program, as what, how they told, when, and what shows it: the same fields wherever that is recorded.
//! A draft holds the words as typed; a file's name and SHA-256 come from the engine.

use egui::{Label, Ui};

use super::Ctx;
use super::choose::{time, time_text, wrong};
use crate::domain::approval::Medium;
use crate::domain::command::{Issue, Told};
use crate::ui::action::{Action, Purpose};
use crate::ui::icon;
use crate::ui::theme::{self, Text};
use crate::ui::widget::{Button, Dropdown, Field};

/// The fields that show their own issues.
pub const FIELDS: [&str; 5] = ["by", "function", "medium", "at", "evidence"];

/// What was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct ToldDraft {
    /// Who decided.
    pub by: String,
    /// As what.
    pub function: String,
    /// Index into [`Medium::ALL`].
    medium: Option<usize>,
    /// `8 Dec 2026 10:00`.
    at: String,
    /// Name and SHA-256 of the evidence file.
    pub evidence: Option<(String, String)>,
}

impl ToldDraft {
    /// Nobody yet, now.
    pub fn new(ctx: &Ctx<'_>) -> Self {
        Self {
            by: String::new(),
            function: String::new(),
            medium: None,
            at: time_text(ctx, Some(ctx.now_at)),
            evidence: None,
        }
    }

    /// This person now; a function where they have one.
    pub fn by(ctx: &Ctx<'_>, name: &str) -> Self {
        let person = ctx.book().people.iter().find(|person| person.name == name);
        let function = person.map(|person| person.function.clone()).unwrap_or_default();
        Self { by: name.to_owned(), function, ..Self::new(ctx) }
    }

    /// Draws the fields. `who` is the label of the first: "Decided by". `issue` tells what is wrong with a field.
    pub fn ui(
        &mut self,
        ctx: &Ctx<'_>,
        ui: &mut Ui,
        who: &str,
        issue: &dyn Fn(&str) -> Option<String>,
        actions: &mut Vec<Action>,
    ) {
        let issues = FIELDS.map(issue);
        Field::new("told", who, &mut self.by).required().issue(issues[0].as_deref()).ui(ui);
        Field::new("told", "As", &mut self.function).hint("Head of IT").issue(issues[1].as_deref()).ui(ui);
        let words: Vec<&str> = Medium::ALL.iter().map(|medium| medium.text()).collect();
        Dropdown::new("told", "How they told", &words, &mut self.medium)
            .required()
            .issue(issues[2].as_deref())
            .ui(ui);
        let zone = ctx.zone.name();
        Field::new("told", "When", &mut self.at)
            .help(&format!("Day and time, {zone}"))
            .required()
            .issue(issues[3].as_deref())
            .ui(ui);
        self.evidence_ui(ui, actions);
    }

    fn evidence_ui(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let tokens = theme::tokens(ui);
        match &self.evidence {
            None => {
                let words = "No evidence: a mail or a scan shows that it was said";
                ui.add(Label::new(Text::Small.rich(words).color(tokens.weak)).wrap());
                if ui.add(Button::secondary("Attach evidence…").icon(icon::LINK)).clicked() {
                    actions.push(Action::Pick(Purpose::Evidence));
                }
            }
            Some((name, sha256)) => {
                ui.add(Label::new(Text::Body.rich(name)).wrap());
                let words = format!("SHA-256 {sha256}");
                ui.add(Label::new(Text::Small.rich(words).color(tokens.weak)).wrap().selectable(true));
                if ui.add(Button::quiet("Take the evidence off")).clicked() {
                    self.evidence = None;
                }
            }
        }
    }

    /// What was told, or what is wrong with it.
    pub fn read(&self, ctx: &Ctx<'_>, issues: &mut Vec<Issue>) -> Option<Told> {
        if self.by.trim().is_empty() {
            issues.push(wrong("by", "Say who decided."));
        }
        let medium = self.medium.and_then(|at| Medium::ALL.get(at)).copied();
        if medium.is_none() {
            issues.push(wrong("medium", "Choose how they told."));
        }
        // What was not touched means now, to the second.
        let at = if self.at == time_text(ctx, Some(ctx.now_at)) {
            Some(ctx.now_at)
        } else {
            time(&self.at, ctx, "at", issues)
        };
        if at.is_none() && self.at.trim().is_empty() {
            issues.push(wrong("at", "Say when."));
        }
        Some(Told {
            by: self.by.trim().to_owned(),
            function: self.function.trim().to_owned(),
            medium: medium?,
            at: at?,
            evidence: self.evidence.clone(),
        })
        .filter(|told| !told.by.is_empty())
    }
}
