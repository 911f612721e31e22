//! What the officer decided: go out at once, or await the business; and the approval that follows.

use egui::Ui;

use super::part::{Answer, Sending, text_ui, weak_ui};
use crate::app::session::Notice;
use crate::domain::approval::{Medium, Subject, Verdict, sentence};
use crate::domain::command::{ApprovalCommand, ApprovalDraft, Command};
use crate::domain::emergency::standing::{Decided, Standing, decided_on};
use crate::domain::person::Person;
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::size;
use crate::ui::widget::{Button, Dropdown, Field, card_ui as card};
use crate::util::hash::{hex, sha256};

const FIELDS: [&str; 4] = ["person", "function", "comment", "decision"];
const VERDICTS: [Verdict; 4] = [Verdict::GoAhead, Verdict::Await, Verdict::Approve, Verdict::Reject];

/// The choices and texts so far.
#[derive(Debug, Default)]
pub struct Draft {
    open: bool,
    decision: Option<usize>,
    person: Option<usize>,
    medium: Option<usize>,
    function: String,
    comment: String,
    sending: Sending,
}

impl Draft {
    /// Whether something typed would be lost.
    pub fn is_dirty(&self) -> bool {
        self.open && (!self.comment.is_empty() || self.person.is_some())
    }

    /// Takes an answer.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let answer = self.sending.notice(notice);
        if answer == Answer::Saved {
            *self = Self::default();
        }
        answer != Answer::Foreign
    }
}

/// Draws the decisions and the form for another one.
pub fn card_ui(
    draft: &mut Draft,
    standing: &Standing<'_>,
    open: bool,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) {
    card(ui, Some("Decision"), |ui| {
        if standing.decisions.is_empty() {
            weak_ui(ui, "Nobody has decided yet. Patching waits for it.");
        }
        for approval in &standing.decisions {
            text_ui(ui, &sentence(ctx.book(), approval));
            if !approval.comment.is_empty() {
                weak_ui(ui, &approval.comment);
            }
        }
        if !open || !ctx.can_write() {
            return;
        }
        if !draft.open {
            let words = "Record a decision";
            let approved = standing.decided == Decided::Approved;
            let button = if approved { Button::secondary(words) } else { Button::primary(words) };
            if ui.add(button).clicked() {
                draft.open = true;
                "Information security officer".clone_into(&mut draft.function);
            }
            return;
        }
        form_ui(draft, standing, ctx, ui, actions);
    });
}

fn form_ui(
    draft: &mut Draft,
    standing: &Standing<'_>,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) {
    ui.spacing_mut().item_spacing.y = size::GAP;
    let people: Vec<&Person> = ctx.book().people.iter().collect();
    let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    let verdicts = VERDICTS.map(Verdict::text);
    let media: Vec<&str> = Medium::ALL.iter().map(|medium| medium.text()).collect();
    let record = ("verdict", standing.cycle.id.0);
    let issues = FIELDS.map(|field| draft.sending.issue(field));
    Dropdown::new(record, "Decision", &verdicts, &mut draft.decision)
        .required()
        .issue(issues[3].as_deref())
        .ui(ui);
    Dropdown::new(record, "Decided by", &names, &mut draft.person)
        .required()
        .issue(issues[0].as_deref())
        .ui(ui);
    Field::new(record, "As what", &mut draft.function).required().issue(issues[1].as_deref()).ui(ui);
    Dropdown::new(record, "How we know", &media, &mut draft.medium).empty(Medium::Phone.text()).ui(ui);
    Field::new(record, "Reason", &mut draft.comment).issue(issues[2].as_deref()).ui(ui);
    draft.sending.general_ui(ui, &FIELDS);
    ui.horizontal(|ui| {
        if ui.add(Button::primary("Record it").enabled(!draft.sending.is_waiting())).clicked() {
            let Some(decision) = draft.decision.and_then(|at| VERDICTS.get(at).copied()) else {
                draft.sending.refuse("decision", "Choose what was decided.");
                return;
            };
            let Some(person) = draft.person.and_then(|at| people.get(at)) else {
                draft.sending.refuse("person", "Choose who decided. People are added in Settings.");
                return;
            };
            let text = decided_on(ctx.book(), standing.cycle);
            let command = ApprovalCommand::Record(Box::new(ApprovalDraft {
                subject: Subject::Cycle,
                subject_id: standing.cycle.id.0,
                decision,
                person: person.id,
                function: draft.function.clone(),
                medium: draft.medium.and_then(|at| Medium::ALL.get(at).copied()).unwrap_or(Medium::Phone),
                decided_at: ctx.now_at,
                comment: draft.comment.clone(),
                evidence: None,
                shown: hex(&sha256(text.as_bytes())),
            }));
            actions.push(draft.sending.send(ctx, Command::Approval(command)));
        }
        if ui.add(Button::quiet("Cancel")).clicked() {
            *draft = Draft::default();
        }
    });
}
