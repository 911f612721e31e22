//! A check by hand: who looked, how, when, and the file that proves it.

use egui::{Context, Id, Ui};

use super::pair::Line;
use crate::app::error::Error;
use crate::app::session::Notice;
use crate::domain::asset::AssetId;
use crate::domain::command::{Attest, Command, Issue};
use crate::domain::update::UpdateId;
use crate::ui::action::{Action, Purpose};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, size};
use crate::ui::widget::{Button, DateField, Field, date_text, modal};
use crate::util::clock;

/// A check being written down.
#[derive(Clone, Debug)]
pub struct Check {
    asset: AssetId,
    machine: String,
    update: UpdateId,
    name: String,
    by: String,
    how: String,
    on: String,
    /// Name and SHA-256 of the evidence file.
    evidence: Option<(String, String)>,
    issues: Vec<Issue>,
    failure: Option<Error>,
    waiting: Option<u64>,
}

impl Check {
    /// A check of a pair by the person at work, today.
    pub fn new(ctx: &Ctx<'_>, asset: AssetId, line: &Line) -> Self {
        Self {
            asset,
            machine: ctx.book().assets.get(asset.0).map_or_else(String::new, |a| a.name.clone()),
            update: line.update,
            name: line.short.clone(),
            by: ctx.preferences.actor.clone(),
            how: String::new(),
            on: date_text::say(ctx.today),
            evidence: None,
            issues: Vec::new(),
            failure: None,
            waiting: None,
        }
    }

    /// The evidence file that was named, with its SHA-256.
    pub fn evidence(&mut self, name: String, sha256: String) {
        self.evidence = Some((name, sha256));
    }

    /// Takes an answer: whether it was this check's, and whether it is done.
    pub fn notice(&mut self, notice: &Notice) -> (bool, bool) {
        match notice {
            Notice::Changed { ticket, .. } if ticket.is_some() && *ticket == self.waiting => (false, true),
            Notice::Failed { error, ticket } if ticket.is_some() && *ticket == self.waiting => {
                self.waiting = None;
                self.issues.clone_from(&error.issues);
                self.failure = error.issues.is_empty().then(|| error.clone());
                (true, false)
            }
            _ => (false, false),
        }
    }

    fn issue(&self, field: &str) -> Option<String> {
        self.issues.iter().find(|issue| issue.field == field).map(|issue| issue.text.clone())
    }

    fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        self.issues.clear();
        let Some(day) = date_text::read(&self.on, ctx.today) else {
            self.issues.push(Issue { field: "checked_at", text: "Say when it was checked.".to_owned() });
            return None;
        };
        let noon = day.and_hms_opt(12, 0, 0).map_or(ctx.now_at, |noon| clock::instant_of(ctx.zone, noon));
        let ticket = ctx.tickets.take();
        self.waiting = Some(ticket);
        let attest = Attest {
            asset: self.asset,
            update: self.update,
            // A check of today was made by now, whatever the hour.
            checked_at: if day == ctx.today { ctx.now_at } else { noon },
            checked_by: self.by.clone(),
            how: self.how.clone(),
            evidence: self.evidence.clone(),
        };
        Some(Action::Run { ticket, command: Box::new(Command::Attest(attest)) })
    }
}

/// Draws the dialog; `true` when it is to be left.
pub fn check_ui(check: &mut Check, ctx: &Ctx<'_>, egui: &Context) -> (Vec<Action>, bool) {
    let mut actions = Vec::new();
    let mut leave = false;
    let title = format!("Check {} on {} by hand", check.name, check.machine);
    leave |= modal::dialog_ui(egui, Id::unique("attest"), &title, |ui| {
        ui.spacing_mut().item_spacing.y = size::CELL_PAD;
        fields_ui(check, ctx, ui, &mut actions);
        let row = egui::vec2(ui.available_width(), size::CONTROL);
        ui.allocate_ui_with_layout(row, egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.add(Button::primary("Record the check").enabled(check.waiting.is_none())).clicked() {
                actions.extend(check.save(ctx));
            }
            leave |= ui.add(Button::secondary("Cancel")).clicked();
        });
    });
    (actions, leave)
}

fn fields_ui(check: &mut Check, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    let words = "It satisfies a pair for which no source has an answer, and is counted apart. Where a source says open, \
                 the source wins.";
    ui.add(egui::Label::new(Text::Body.rich(words).color(tokens.weak)).wrap());
    if let Some(failure) = &check.failure {
        ui.add(egui::Label::new(Text::Body.rich(&failure.summary).color(tokens.bad)).wrap());
    }
    let record = (check.asset.0, check.update.0, "attest");
    let issue = check.issue("checked_by");
    Field::new(record, "Who checked", &mut check.by).required().issue(issue.as_deref()).ui(ui);
    let issue = check.issue("how");
    Field::new(record, "How", &mut check.how)
        .required()
        .hint("Installed updates on its screen")
        .issue(issue.as_deref())
        .ui(ui);
    let issue = check.issue("checked_at");
    DateField::new(record, "When", &mut check.on, ctx.today).required().issue(issue.as_deref()).ui(ui);
    ui.horizontal(|ui| {
        let word = if check.evidence.is_some() { "Another file…" } else { "Name a file as evidence…" };
        if ui.add(Button::secondary(word).icon(icon::FILE_CHECK)).clicked() {
            actions.push(Action::Pick(Purpose::Evidence));
        }
        if check.evidence.is_some() && ui.add(Button::icon_only(icon::X, "No evidence file")).clicked() {
            check.evidence = None;
        }
    });
    if let Some((name, sha256)) = &check.evidence {
        let words = format!("{name}\nSHA-256 {sha256}");
        ui.add(egui::Label::new(Text::Small.rich(words).color(tokens.weak)).wrap().selectable(true));
        let help = "Only its name and its SHA-256 are recorded. Keep the file itself.";
        ui.add(egui::Label::new(Text::Small.rich(help).color(tokens.weak)).wrap());
    }
}
