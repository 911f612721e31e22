//! A move of a change record being made: when, who and why. The draft survives a refusal.

use egui::{Align, Context, Id, Layout, Ui};

use super::section::weak_ui;
use super::sheet::field::when_ui;
use super::sheet::{Typed, draft, flaws_ui};
use crate::app::session::Notice;
use crate::domain::change::{ChangeRecord, ChangeState, state};
use crate::domain::command::{ChangeCommand, Command, Move};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::size;
use crate::ui::widget::{Button, Field, modal};

/// What a move asks for beside a click.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asks {
    /// When it happened.
    when: bool,
    /// Who does it.
    by: bool,
    /// Why, or what came of it.
    because: Option<(&'static str, bool)>,
}

/// What a move of a record asks for; nothing where a click is enough.
pub fn asks(record: &ChangeRecord, to: ChangeState) -> Option<Asks> {
    use ChangeState as S;
    let none = Asks { when: false, by: false, because: None };
    match to {
        S::InProgress => Some(Asks { when: true, ..none }),
        S::Implemented => Some(Asks { when: true, because: Some(("What came of it", false)), ..none }),
        _ if record.state == S::InProgress => {
            Some(Asks { when: true, because: Some(("What was not achieved, and why", true)), ..none })
        }
        S::GoAhead | S::Cancelled => Some(Asks { because: Some(("Reason", true)), ..none }),
        S::Closed => Some(Asks { by: true, ..none }),
        _ => None,
    }
}

/// A move that asks for nothing, by the person at work, now.
pub fn at_once(ctx: &Ctx<'_>, record: &ChangeRecord, to: ChangeState) -> Command {
    Command::Change(ChangeCommand::Move(Box::new(Move {
        base: record.clone(),
        to,
        at: ctx.now_at,
        by: ctx.preferences.actor.clone(),
        because: String::new(),
    })))
}

/// The dialog.
#[derive(Clone, Debug)]
pub struct Step {
    asks: Asks,
    /// The record as the screen showed it when the dialog was opened.
    base: ChangeRecord,
    to: ChangeState,
    when: Typed,
    by: String,
    because: String,
    flaws: Vec<(String, String)>,
    failure: Option<String>,
    waiting: Option<u64>,
}

impl Step {
    /// A move by the person at work, now.
    pub fn new(ctx: &Ctx<'_>, record: &ChangeRecord, to: ChangeState, asks: Asks) -> Self {
        Self {
            asks,
            base: record.clone(),
            to,
            when: Typed::when(ctx.zone, Some(ctx.now_at)),
            by: ctx.preferences.actor.clone(),
            because: String::new(),
            flaws: Vec::new(),
            failure: None,
            waiting: None,
        }
    }

    /// Takes an answer: whether it needs no other showing, and whether the dialog is done.
    pub fn notice(&mut self, notice: &Notice) -> (bool, bool) {
        match notice {
            Notice::Changed { ticket, .. } if ticket.is_some() && *ticket == self.waiting => (false, true),
            Notice::Failed { error, ticket } if ticket.is_some() && *ticket == self.waiting => {
                self.waiting = None;
                self.flaws = error.issues.iter().map(|i| (i.field.to_owned(), i.text.clone())).collect();
                self.failure = error.issues.is_empty().then(|| error.summary.clone());
                (true, false)
            }
            _ => (false, false),
        }
    }

    fn run(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        self.flaws.clear();
        self.failure = None;
        let Typed::When { day, time } = &self.when else { return None };
        // What was not touched means now, to the second.
        let untouched = self.when == Typed::when(ctx.zone, Some(ctx.now_at));
        let at = if untouched { Ok(ctx.now_at) } else { draft::instant(day, time, ctx.zone, ctx.today) };
        match at {
            Ok(at) => {
                let ticket = ctx.tickets.take();
                self.waiting = Some(ticket);
                let step = Move {
                    base: self.base.clone(),
                    to: self.to,
                    at,
                    by: self.by.clone(),
                    because: self.because.clone(),
                };
                let command = Command::Change(ChangeCommand::Move(Box::new(step)));
                Some(Action::Run { ticket, command: Box::new(command) })
            }
            Err(flaw) => {
                self.flaws.push(("at".to_owned(), flaw));
                None
            }
        }
    }

    fn flaw(&self, names: &[&str]) -> Option<String> {
        let mine = |named: &str| names.contains(&named);
        self.flaws.iter().find(|(named, _)| mine(named)).map(|(_, text)| text.clone())
    }

    /// Draws the dialog; `true` when it is to be left.
    pub fn dialog_ui(&mut self, ctx: &Ctx<'_>, egui: &Context, now: &ChangeRecord) -> (Vec<Action>, bool) {
        let (mut actions, mut leave) = (Vec::new(), false);
        let verb = state::verb(self.to);
        let title = format!("{verb}: {}", self.base.number);
        leave |= modal::dialog_ui(egui, Id::unique("move of a change record"), &title, |ui| {
            ui.spacing_mut().item_spacing.y = size::CELL_PAD;
            if self.stale_ui(ui, now) {
                return;
            }
            self.fields_ui(ctx, ui);
            let row = egui::vec2(ui.available_width(), size::CONTROL);
            ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
                let danger = self.to == ChangeState::Cancelled;
                let button = if danger { Button::danger(verb) } else { Button::primary(verb) };
                if ui.add(button.enabled(self.waiting.is_none())).clicked() {
                    actions.extend(self.run(ctx));
                }
                let cancel = if danger { "Keep it" } else { "Cancel" };
                leave |= ui.add(Button::secondary(cancel)).clicked();
            });
        });
        (actions, leave)
    }

    /// The record changed after the dialog was opened: what it says now has to be looked at first.
    fn stale_ui(&mut self, ui: &mut Ui, now: &ChangeRecord) -> bool {
        if *now == self.base || self.waiting.is_some() {
            return false;
        }
        let words =
            "The record was changed after this was opened. Look at it again; what you typed here is kept.";
        flaws_ui(ui, &[words.to_owned()]);
        let row = egui::vec2(ui.available_width(), size::CONTROL);
        let mut looked = false;
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
            looked = ui.add(Button::primary("I have looked")).clicked();
        });
        if looked {
            self.base = now.clone();
        }
        true
    }

    fn fields_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) {
        weak_ui(ui, &format!("{} becomes {}.", self.base.title, self.to.text().to_lowercase()));
        let known =
            ["at", "started_at", "ended_at", "by", "because", "cancelled_because", "go_ahead_because"];
        let general: Vec<String> = self
            .flaws
            .iter()
            .filter(|(named, _)| !known.contains(&named.as_str()))
            .map(|(_, text)| text.clone())
            .chain(self.failure.clone())
            .collect();
        if !general.is_empty() {
            flaws_ui(ui, &general);
        }
        let record = (self.base.id.0, self.to.word(), "move");
        let issue = self.flaw(&["at", "started_at", "ended_at"]);
        if let (true, Typed::When { day, time }) = (self.asks.when, &mut self.when) {
            when_ui(ctx, ui, &record, "When", (day, time), true, issue.as_deref());
        }
        if self.asks.by {
            let issue = self.flaw(&["by"]);
            Field::new(record, "Closed by", &mut self.by).required().issue(issue.as_deref()).ui(ui);
        }
        if let Some((label, demanded)) = self.asks.because {
            let issue = self.flaw(&["because", "cancelled_because", "go_ahead_because"]);
            let mut field = Field::new(record, label, &mut self.because).lines(2).issue(issue.as_deref());
            if demanded {
                field = field.required();
            }
            field.ui(ui);
        }
    }
}
