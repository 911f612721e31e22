//! The decisions on a change record in their honest wording, what a void one no longer says, and the duties in one hand.

use egui::{Label, ScrollArea, Ui};

use super::section::{title_ui, weak_ui};
use super::sheet::flaws_ui;
use crate::app::session::Notice;
use crate::domain::approval::{Approval, ApprovalId, Verdict, on_change, sentence, standing};
use crate::domain::change::duty::{Conflict, conflicts};
use crate::domain::change::fingerprint::{Difference, since_approved};
use crate::domain::change::{ChangeKind, ChangeRecord};
use crate::domain::command::{ApprovalCommand, Command, RoleCommand};
use crate::domain::person::PersonId;
use crate::domain::role::{DutyConflict, DutyConflictId, DutyRule};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::{Button, Chip, Field, card_ui, empty_state_ui};

/// What is being typed on the tab.
#[derive(Clone, Debug)]
enum Typing {
    /// A decision was recorded wrongly.
    Void(ApprovalId, String),
    /// A conflict of duty is accepted.
    Accept { rule: DutyRule, person: PersonId, by: String, instead: String },
}

/// The tab of decisions.
#[derive(Debug, Default)]
pub struct Decisions {
    typing: Option<Typing>,
    flaws: Vec<String>,
    waiting: Option<u64>,
    /// Record somebody's decision.
    pub wanted: bool,
}

impl Decisions {
    /// Whether Esc belongs to what is typed here.
    pub fn is_busy(&self) -> bool {
        self.typing.is_some()
    }

    /// Takes an answer; `true` if it needs no other showing.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        match notice {
            Notice::Changed { ticket, .. } if ticket.is_some() && *ticket == self.waiting => {
                self.waiting = None;
                self.typing = None;
                false
            }
            Notice::Failed { error, ticket } if ticket.is_some() && *ticket == self.waiting => {
                self.waiting = None;
                self.flaws = error.issues.iter().map(|issue| issue.text.clone()).collect();
                if self.flaws.is_empty() {
                    self.flaws.push(error.summary.clone());
                }
                true
            }
            _ => false,
        }
    }

    fn send(&mut self, ctx: &Ctx<'_>, command: Command) -> Action {
        let ticket = ctx.tickets.take();
        self.waiting = Some(ticket);
        self.flaws.clear();
        Action::Run { ticket, command: Box::new(command) }
    }

    /// Draws the tab.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, record: &ChangeRecord) -> Vec<Action> {
        let mut actions = Vec::new();
        let given = on_change(ctx.book(), record.id);
        ScrollArea::vertical().id_salt("decisions").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = size::GAP;
            if given.is_empty() {
                let words = "Who decided, as what, by which medium and with which evidence. A decision is kept with the \
                             fingerprint of exactly what was decided on.";
                let can = ctx.can_write() && !super::decide::verdicts(record).is_empty();
                let offers: &[&str] = if can { &["Record a decision…"] } else { &[] };
                card_ui(ui, None, |ui| {
                    let chosen = empty_state_ui(ui, icon::USER_CHECK, "No decisions yet", words, offers);
                    self.wanted |= chosen.is_some();
                });
            } else {
                let can = ctx.can_write() && !super::decide::verdicts(record).is_empty();
                let button = Button::secondary("Record a decision…").icon(icon::USER_CHECK).enabled(can);
                let button = if can { button } else { button.tooltip("Nothing waits for a decision") };
                self.wanted |= ui.add(button).clicked();
            }
            for approval in given.iter().rev() {
                self.approval_ui(ctx, ui, record, approval, &mut actions);
            }
            self.conflicts_ui(ctx, ui, record, &mut actions);
        });
        actions
    }

    fn approval_ui(
        &mut self,
        ctx: &Ctx<'_>,
        ui: &mut Ui,
        record: &ChangeRecord,
        approval: &Approval,
        actions: &mut Vec<Action>,
    ) {
        let tokens = theme::tokens(ui);
        card_ui(ui, None, |ui| {
            ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
            let (tone, word) = chip(ctx, record, approval);
            ui.add(Chip::new(tone, &word));
            ui.add(Label::new(Text::Body.rich(sentence(ctx.book(), approval))).wrap().selectable(true));
            if !approval.comment.is_empty() {
                ui.add(
                    Label::new(Text::Body.rich(format!("“{}”", approval.comment))).wrap().selectable(true),
                );
            }
            let digest = format!("Decided on what has the fingerprint {}", approval.fingerprint);
            ui.add(Label::new(Text::Small.rich(digest).color(tokens.weak)).wrap().selectable(true));
            if approval.decision == Verdict::Approve {
                differences_ui(ui, &since_approved(ctx.book(), record.id, &approval.decided_text));
            }
            if approval.voided_at.is_none() {
                self.void_ui(ctx, ui, approval, actions);
            }
        });
    }

    fn void_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, approval: &Approval, actions: &mut Vec<Action>) {
        let Some(Typing::Void(id, because)) = &mut self.typing else {
            let button = Button::quiet_danger("Recorded wrongly…").enabled(ctx.can_write());
            if ui.add(button).clicked() {
                self.typing = Some(Typing::Void(approval.id, String::new()));
                self.flaws.clear();
            }
            return;
        };
        if *id != approval.id {
            return;
        }
        let record = (approval.id.0, "void");
        Field::new(record, "Why it was recorded wrongly", because).required().ui(ui);
        let because = because.clone();
        if !self.flaws.is_empty() {
            flaws_ui(ui, &self.flaws);
        }
        ui.horizontal(|ui| {
            if ui.add(Button::danger("Void the decision").enabled(self.waiting.is_none())).clicked() {
                let command = Command::Approval(ApprovalCommand::Void { approval: approval.id, because });
                actions.push(self.send(ctx, command));
            }
            if ui.add(Button::secondary("Keep it")).clicked() {
                self.typing = None;
            }
        });
    }

    fn conflicts_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, record: &ChangeRecord, actions: &mut Vec<Action>) {
        let found = conflicts(ctx.book(), record);
        if found.is_empty() {
            return;
        }
        title_ui(ui, "Duties in one hand");
        for conflict in found {
            card_ui(ui, None, |ui| {
                ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
                let (tone, word) = match conflict.accepted {
                    Some(_) => (Tone::Info, "Accepted"),
                    None => (Tone::Warn, "Not accepted"),
                };
                ui.add(Chip::new(tone, word));
                ui.add(Label::new(Text::Body.rich(conflict.text(ctx.book()))).wrap());
                if conflict.accepted.is_none() {
                    self.accept_ui(ctx, ui, record, &conflict, actions);
                }
            });
        }
    }

    fn accept_ui(
        &mut self,
        ctx: &Ctx<'_>,
        ui: &mut Ui,
        record: &ChangeRecord,
        conflict: &Conflict<'_>,
        actions: &mut Vec<Action>,
    ) {
        let mine = |rule: DutyRule, person: PersonId| rule == conflict.rule && person == conflict.person;
        let Some(Typing::Accept { rule, person, by, instead }) = &mut self.typing else {
            if ui.add(Button::secondary("Accept it openly…").enabled(ctx.can_write())).clicked() {
                let (rule, person) = (conflict.rule, conflict.person);
                self.typing =
                    Some(Typing::Accept { rule, person, by: String::new(), instead: String::new() });
                self.flaws.clear();
            }
            return;
        };
        if !mine(*rule, *person) {
            return;
        }
        let id = (record.id.0, rule.word(), person.0);
        Field::new(id, "Accepted by", by).required().hint("Who may accept it").ui(ui);
        Field::new(id, "What takes the place of the separation", instead)
            .required()
            .hint("The committee looks at the log within five days")
            .ui(ui);
        let row = DutyConflict {
            id: DutyConflictId(0),
            rule: conflict.rule,
            person: conflict.person,
            change: Some(record.id),
            accepted_by: by.clone(),
            accepted_at: ctx.now_at,
            instead: instead.clone(),
            ended_at: None,
        };
        if !self.flaws.is_empty() {
            flaws_ui(ui, &self.flaws);
        }
        ui.horizontal(|ui| {
            if ui.add(Button::primary("Accept the conflict").enabled(self.waiting.is_none())).clicked() {
                let command = Command::Role(RoleCommand::AcceptConflict(Box::new(row)));
                actions.push(self.send(ctx, command));
            }
            if ui.add(Button::secondary("Cancel")).clicked() {
                self.typing = None;
            }
        });
    }
}

fn chip(ctx: &Ctx<'_>, record: &ChangeRecord, approval: &Approval) -> (Tone, String) {
    let word = approval.decision.text();
    if approval.voided_at.is_some() {
        return (Tone::Neutral, format!("{word}, void"));
    }
    let stands = standing(ctx.book(), record).is_some_and(|standing| standing.id == approval.id);
    match approval.decision {
        Verdict::Approve if stands => (Tone::Good, format!("{word}, stands")),
        Verdict::Approve => (Tone::Warn, format!("{word}, for something else")),
        Verdict::Reject => (Tone::Bad, word.to_owned()),
        _ => (Tone::Warn, word.to_owned()),
    }
}

/// What was approved and what it is now, side by side.
fn differences_ui(ui: &mut Ui, differences: &[Difference]) {
    if differences.is_empty() {
        return;
    }
    ui.add(Label::new(Text::Medium.rich("What has changed since")).wrap());
    for difference in differences {
        let or_nothing = |text: &str| if text.is_empty() { "nothing".to_owned() } else { text.to_owned() };
        let (was, now) = (or_nothing(&difference.approved), or_nothing(&difference.now));
        let words = format!("{}: was {was}; is {now}", difference.field);
        ui.add(Label::new(Text::Body.rich(words)).wrap().selectable(true));
    }
}

/// The approval at a glance, beside the sections.
pub fn glance_ui(ctx: &Ctx<'_>, ui: &mut Ui, record: &ChangeRecord) {
    let book = ctx.book();
    card_ui(ui, None, |ui| {
        title_ui(ui, "Approval");
        ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
        if record.kind == ChangeKind::Standard {
            let template = record.template.and_then(|id| book.change_templates.get(id.0));
            match template {
                Some(template) => weak_ui(ui, &super::template::standing_words(ctx, template)),
                None => {
                    weak_ui(ui, "A standard change is approved by its ratified template; none is chosen.");
                }
            }
            return;
        }
        let given = on_change(book, record.id);
        let newest = standing(book, record).or_else(|| given.last().copied());
        match newest {
            Some(approval) => {
                let (tone, word) = chip(ctx, record, approval);
                ui.add(Chip::new(tone, &word));
                ui.add(Label::new(Text::Body.rich(sentence(book, approval))).wrap().selectable(true));
                if tone == Tone::Warn || approval.voided_at.is_some() {
                    differences_ui(ui, &since_approved(book, record.id, &approval.decided_text));
                }
            }
            None => weak_ui(ui, "Nobody has decided yet."),
        }
        for conflict in conflicts(book, record) {
            ui.add_space(size::GAP_SMALL);
            ui.add(Label::new(Text::Body.rich(conflict.text(book))).wrap());
        }
    });
}
