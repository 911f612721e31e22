//! The form that sets a rank by hand, with the reason.

use egui::Ui;

use crate::domain::command::{Command, Issue};
use crate::domain::rating::Rank;
use crate::domain::update::{Update, UpdateId};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::choose::wrong;
use crate::ui::room::form::{Form, weak_ui};
use crate::ui::room::sheet::{Frame, Sheet};
use crate::ui::widget::{Dropdown, Field};

#[derive(Clone, Debug, PartialEq)]
struct Draft {
    rank: Option<usize>,
    reason: String,
}

/// A rank being set.
#[derive(Debug)]
pub struct RateSheet {
    update: UpdateId,
    form: Form<Draft>,
}

impl RateSheet {
    /// The rank that counts now, to be changed.
    pub fn new(ctx: &Ctx<'_>, update: UpdateId) -> Self {
        let place = ctx.book().updates.place(update.0).unwrap_or_default() as usize;
        let known = super::known::read(ctx);
        let rank = known.get(place).and_then(|known| Rank::ALL.iter().position(|rank| *rank == known.rank));
        Self { update, form: Form::new(Draft { rank, reason: String::new() }) }
    }
}

impl Sheet for RateSheet {
    fn title(&self, ctx: &Ctx<'_>) -> String {
        let name = ctx.book().updates.get(self.update.0).map_or_else(String::new, Update::short_name);
        format!("Rate {name}")
    }

    fn verb(&self) -> &'static str {
        "Save the rank"
    }

    fn fields(&self) -> &'static [&'static str] {
        &["rank", "reason"]
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn inside_ui(&mut self, _: &Ctx<'_>, ui: &mut Ui, _: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let (rank, reason) = (self.form.issue("rank"), self.form.issue("reason"));
        weak_ui(
            ui,
            "A rank set by hand holds until a new fact says worse. A lower one than suggested needs a reason that an \
             auditor can follow.",
        );
        let words: Vec<&str> = Rank::ALL.iter().map(|rank| rank.text()).collect();
        let record = ("rate", self.update.0);
        Dropdown::new(record, "Rank", &words, &mut self.form.draft.rank)
            .required()
            .issue(rank.as_deref())
            .ui(ui);
        Field::new(record, "Reason", &mut self.form.draft.reason)
            .lines(4)
            .required()
            .issue(reason.as_deref())
            .ui(ui);
        None
    }

    fn command(&self, _: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let draft = &self.form.draft;
        let Some(rank) = draft.rank.and_then(|at| Rank::ALL.get(at)) else {
            return Err(vec![wrong("rank", "Choose a rank.")]);
        };
        Ok(Command::SetRank { update: self.update, rank: *rank, reason: draft.reason.clone() })
    }
}
