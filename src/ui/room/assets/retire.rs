//! Retiring one asset: it leaves the figures with a reason and stays in the register with its history.

use egui::{Context, Id};

use crate::app::session::Notice;
use crate::domain::asset::{AssetId, Status};
use crate::domain::command::{Command, StandingEdit};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, size};
use crate::ui::widget::{Button, Field, modal};

/// The dialog.
#[derive(Clone, Debug)]
pub struct Retire {
    asset: AssetId,
    name: String,
    reason: String,
    issue: Option<String>,
    waiting: Option<u64>,
}

impl Retire {
    /// Asks why an asset is retired.
    pub fn new(asset: AssetId, name: String) -> Self {
        Self { asset, name, reason: String::new(), issue: None, waiting: None }
    }

    /// Takes an answer: whether it was this dialog's, and whether it is done.
    pub fn notice(&mut self, notice: &Notice) -> (bool, bool) {
        match notice {
            Notice::Changed { ticket, .. } if ticket.is_some() && *ticket == self.waiting => (false, true),
            Notice::Failed { error, ticket } if ticket.is_some() && *ticket == self.waiting => {
                self.waiting = None;
                self.issue = Some(error.summary.clone());
                (true, false)
            }
            _ => (false, false),
        }
    }

    fn run(&mut self, ctx: &Ctx<'_>) -> Action {
        let ticket = ctx.tickets.take();
        self.waiting = Some(ticket);
        let edit = StandingEdit {
            assets: vec![self.asset],
            status: Some(Status::Retired),
            reason: self.reason.clone(),
            ..StandingEdit::default()
        };
        Action::Run { ticket, command: Box::new(Command::SetStanding(edit)) }
    }
}

/// Draws the dialog; `true` when it is to be left.
pub fn retire_ui(retire: &mut Retire, ctx: &Ctx<'_>, egui: &Context) -> (Option<Action>, bool) {
    let (mut action, mut leave) = (None, false);
    let title = format!("Retire {}", retire.name);
    leave |= modal::dialog_ui(egui, Id::unique("retire"), &title, |ui| {
        ui.spacing_mut().item_spacing.y = size::CELL_PAD;
        let words = "It counts no more from now on. It stays in the register with its history, and can be taken back.";
        let tokens = theme::tokens(ui);
        ui.add(egui::Label::new(Text::Body.rich(words).color(tokens.weak)).wrap());
        let issue = retire.issue.clone();
        Field::new((retire.asset.0, "retire"), "Reason", &mut retire.reason)
            .required()
            .hint("Replaced by SRV-FILE02")
            .issue(issue.as_deref())
            .ui(ui);
        let row = egui::vec2(ui.available_width(), size::CONTROL);
        ui.allocate_ui_with_layout(row, egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.add(Button::danger("Retire").enabled(retire.waiting.is_none())).clicked() {
                action = Some(retire.run(ctx));
            }
            leave |= ui.add(Button::secondary("Cancel")).clicked();
        });
    });
    (action, leave)
}
