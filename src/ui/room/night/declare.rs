//! An emergency is declared, or a drill: from here the clock runs.

use egui::Ui;

use super::Page;
use super::part::{Answer, Sending, column_ui, weak_ui};
use crate::app::session::Notice;
use crate::domain::command::{Command, EmergencyCommand};
use crate::domain::cycle::{CycleId, CycleKind};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::size;
use crate::ui::widget::{Button, Field, PageAction, TickBox, page_header_ui};

const FIELDS: [&str; 3] = ["reason", "updates", "by"];

/// The texts as typed.
#[derive(Debug, Default)]
pub struct Draft {
    reason: String,
    updates: String,
    by: String,
    drill: bool,
    sending: Sending,
}

impl Draft {
    /// Whether something typed would be lost.
    pub fn is_dirty(&self) -> bool {
        !self.reason.is_empty() || !self.updates.is_empty()
    }

    /// Takes an answer: `Some` if it was this form's, with the emergency where one was made.
    #[expect(clippy::option_option, reason = "whether it was ours, and what it made, are two questions")]
    pub fn notice(&mut self, notice: &Notice) -> Option<Option<CycleId>> {
        match self.sending.notice(notice) {
            Answer::Foreign => None,
            Answer::Failed => Some(None),
            Answer::Saved => {
                *self = Self::default();
                let Notice::Changed { shown, .. } = notice else { return Some(None) };
                let of_kind = |cycle: &&crate::domain::cycle::Cycle| cycle.kind == CycleKind::Emergency;
                Some(shown.book.cycles.rows().iter().rev().find(of_kind).map(|cycle| cycle.id))
            }
        }
    }
}

/// Draws the form; the page to go to, if one was chosen.
pub fn page_ui(draft: &mut Draft, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Page> {
    let back = PageAction::new(Some(icon::CHEVRON_LEFT), "All nights");
    let words =
        "The clock runs from the declaration. The steps, the number and one change record are made with it.";
    let mut next =
        page_header_ui(ui, "Declare an emergency", words, None, &[back]).is_some().then_some(Page::List);
    column_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = size::CELL_PAD;
        let issues = FIELDS.map(|field| draft.sending.issue(field));
        Field::new("declare", "What it is about", &mut draft.reason)
            .required()
            .hint("A flaw in the mail server that is being used")
            .issue(issues[0].as_deref())
            .ui(ui);
        Field::new("declare", "Updates, as far as known", &mut draft.updates)
            .hint("KB5036892, KB5036893")
            .issue(issues[1].as_deref())
            .ui(ui);
        Field::new("declare", "Declared by", &mut draft.by).required().issue(issues[2].as_deref()).ui(ui);
        ui.add(TickBox::new(&mut draft.drill, "This is a drill, outside every figure"));
        weak_ui(ui, "Patching waits for the evidence and for a decision to go, in a drill as well.");
        draft.sending.general_ui(ui, &FIELDS);
        ui.horizontal(|ui| {
            let verb = if draft.drill { "Declare the drill" } else { "Declare the emergency" };
            let can = ctx.can_write() && !draft.sending.is_waiting();
            if ui.add(Button::danger(verb).enabled(can)).clicked() {
                actions.extend(declare(draft, ctx));
            }
            if ui.add(Button::secondary("Cancel")).clicked() {
                next = Some(Page::List);
            }
        });
    });
    next
}

fn declare(draft: &mut Draft, ctx: &Ctx<'_>) -> Option<Action> {
    let mut updates = Vec::new();
    for name in draft.updates.split([',', ';', ' ']).map(str::trim).filter(|name| !name.is_empty()) {
        let named = ctx.book().updates.iter().find(|update| update.short_name().eq_ignore_ascii_case(name));
        if let Some(update) = named {
            updates.push(update.id);
        } else {
            let text = format!("{name} is not in the register. Leave it out, or import it first.");
            draft.sending.refuse("updates", &text);
            return None;
        }
    }
    let command = EmergencyCommand::Declare {
        reason: draft.reason.clone(),
        updates,
        drill: draft.drill,
        by: draft.by.clone(),
        at: ctx.now_at,
    };
    Some(draft.sending.send(ctx, Command::Emergency(command)))
}
