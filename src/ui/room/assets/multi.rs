//! Changing several assets at once: what they have in common, and why they leave the scope if they do.

use egui::{Label, Ui};

use super::fields::{group_options, people_options, pick_ui, words};
use crate::app::error::Error;
use crate::app::session::Notice;
use crate::domain::asset::{AssetClass, AssetId, Exposure, Status};
use crate::domain::command::{Command, Issue, StandingEdit};
use crate::domain::group::GroupId;
use crate::domain::person::PersonId;
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, size};
use crate::ui::widget::{Button, Field, number, side_panel_with_foot_ui};

/// The word of "leave as it is".
const KEEP: &str = "keep";
/// The word of "in scope".
const IN: &str = "in";
/// The word of "out of scope".
const OUT: &str = "out";

/// The panel over ticked rows. Every choice starts at "Leave as it is".
#[derive(Clone, Debug)]
pub struct Multi {
    owner: String,
    group: String,
    exposure: String,
    class: String,
    status: String,
    scope: String,
    reason: String,
    approved_by: String,
    issues: Vec<Issue>,
    failure: Option<Error>,
    waiting: Option<u64>,
}

impl Default for Multi {
    fn default() -> Self {
        let keep = || KEEP.to_owned();
        Self {
            owner: keep(),
            group: keep(),
            exposure: keep(),
            class: keep(),
            status: keep(),
            scope: keep(),
            reason: String::new(),
            approved_by: String::new(),
            issues: Vec::new(),
            failure: None,
            waiting: None,
        }
    }
}

impl Multi {
    /// Takes an answer: whether it was this panel's, and whether it is done.
    pub fn notice(&mut self, notice: &Notice) -> (bool, bool) {
        match notice {
            Notice::Changed { ticket, .. } if ticket.is_some() && *ticket == self.waiting => (false, true),
            Notice::Unchanged { ticket } if ticket.is_some() && *ticket == self.waiting => (false, true),
            Notice::Failed { error, ticket } if ticket.is_some() && *ticket == self.waiting => {
                self.waiting = None;
                self.issues.clone_from(&error.issues);
                self.failure = error.issues.is_empty().then(|| error.clone());
                (true, false)
            }
            _ => (false, false),
        }
    }

    /// Whether something was chosen.
    pub fn is_dirty(&self) -> bool {
        [&self.owner, &self.group, &self.exposure, &self.class, &self.status, &self.scope]
            .into_iter()
            .any(|choice| choice != KEEP)
    }

    fn leaves(&self) -> bool {
        self.scope == OUT || matches!(Status::of_word(&self.status), Some(Status::Retired | Status::Stored))
    }

    fn edit(&self, assets: Vec<AssetId>) -> StandingEdit {
        let chosen = |choice: &str| (choice != KEEP).then(|| choice.to_owned());
        StandingEdit {
            assets,
            scope: chosen(&self.scope).map(|word| word == IN),
            status: Status::of_word(&self.status),
            exposure: Exposure::of_word(&self.exposure),
            class: AssetClass::of_word(&self.class),
            group: chosen(&self.group).map(|id| id.parse().ok().map(GroupId)),
            owner: chosen(&self.owner).map(|id| id.parse().ok().map(PersonId)),
            reason: self.reason.clone(),
            approved_by: self.approved_by.clone(),
        }
    }

    /// Saves what was chosen for these assets.
    pub fn save(&mut self, ctx: &Ctx<'_>, assets: Vec<AssetId>) -> Option<Action> {
        if self.waiting.is_some() || !self.is_dirty() {
            return None;
        }
        self.issues.clear();
        self.failure = None;
        let ticket = ctx.tickets.take();
        self.waiting = Some(ticket);
        Some(Action::Run { ticket, command: Box::new(Command::SetStanding(self.edit(assets))) })
    }

    fn issue(&self, field: &str) -> Option<String> {
        self.issues.iter().find(|issue| issue.field == field).map(|issue| issue.text.clone())
    }
}

/// Draws the panel over `assets`; `true` when it is to be closed.
pub fn multi_ui(multi: &mut Multi, assets: &[AssetId], ctx: &Ctx<'_>, ui: &mut Ui) -> (Vec<Action>, bool) {
    let title = format!("{} assets", number(assets.len()));
    let (mut save, mut leave) = (false, false);
    let ready = multi.is_dirty() && ctx.can_write() && multi.waiting.is_none() && !assets.is_empty();
    let mut foot = |ui: &mut Ui| {
        let button = Button::primary("Apply to all").enabled(ready).shortcut("Ctrl+S");
        save = ui.add(button).clicked();
        leave = ui.add(Button::secondary("Cancel")).clicked();
    };
    let ((), close) = side_panel_with_foot_ui(ui, "asset", &title, None, &mut foot, |ui| {
        fields_ui(multi, ctx, ui);
    });
    let actions = if save { multi.save(ctx, assets.to_vec()) } else { None };
    (actions.into_iter().collect(), close || leave)
}

fn fields_ui(multi: &mut Multi, ctx: &Ctx<'_>, ui: &mut Ui) {
    let tokens = theme::tokens(ui);
    ui.spacing_mut().item_spacing.y = size::CELL_PAD;
    let words_above = "What you choose here is set on every ticked asset, as one step that can be undone.";
    ui.add(Label::new(Text::Body.rich(words_above).color(tokens.weak)).wrap());
    let whole = multi.issue("").or_else(|| multi.failure.as_ref().map(|error| error.summary.clone()));
    if let Some(issue) = whole {
        ui.add(Label::new(Text::Body.rich(issue).color(tokens.bad)).wrap());
    }
    let scope = vec![(IN.to_owned(), "In scope".to_owned()), (OUT.to_owned(), "Out of scope".to_owned())];
    choice_ui(ui, "Owner", people_options(ctx), &mut multi.owner);
    choice_ui(ui, "Patch group", group_options(ctx), &mut multi.group);
    choice_ui(ui, "Exposure", words(Exposure::ALL, Exposure::word, Exposure::text), &mut multi.exposure);
    choice_ui(ui, "Class", words(AssetClass::ALL, AssetClass::word, AssetClass::text), &mut multi.class);
    choice_ui(ui, "Status", words(Status::ALL, Status::word, Status::text), &mut multi.status);
    choice_ui(ui, "Scope", scope, &mut multi.scope);
    if multi.leaves() {
        let (reason, approved) = (multi.issue("reason"), multi.issue("approved_by"));
        Field::new("several", "Reason", &mut multi.reason)
            .required()
            .help("Printed in the report beside each machine")
            .issue(reason.as_deref())
            .ui(ui);
        if multi.scope == OUT {
            Field::new("several", "Approved by", &mut multi.approved_by)
                .required()
                .hint("Who decided it")
                .issue(approved.as_deref())
                .ui(ui);
        }
    }
}

fn choice_ui(ui: &mut Ui, label: &str, mut options: Vec<(String, String)>, value: &mut String) {
    options.insert(0, (KEEP.to_owned(), "Leave as it is".to_owned()));
    pick_ui(ui, "several", label, &options, value, None, None);
}
