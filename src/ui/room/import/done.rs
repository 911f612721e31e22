//! The last page: what changed, the way back, and where to go next.

use egui::{Label, Ui};

use super::State;
use crate::app::engine::Done;
use crate::domain::asset::AssetId;
use crate::import::Input;
use crate::import::plan::ImportPlan;
use crate::ui::action::{Action, AssetFilter};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::route::Room;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::page_header::{Chosen, PageAction};
use crate::ui::widget::{Button, card_ui, page_header_ui};
use crate::util::text::{count, counted};

use super::choice::{notice_ui, sentence};

/// What became of an import.
#[derive(Clone, Debug)]
pub struct Result {
    op_id: Option<i64>,
    label: String,
    summary: String,
    entry: i64,
    left_out: u64,
    new: Vec<AssetId>,
    /// Files of threat data that wait for their turn.
    rest: Vec<Input>,
}

impl Result {
    /// What a plan did.
    pub fn new(plan: &ImportPlan, done: &Done, new: Vec<AssetId>) -> Self {
        use crate::import::plan::Verdict;
        let left_out = plan.count(|verdict| matches!(verdict, Verdict::Ask(_) | Verdict::LeftOut(_))) as u64;
        Self {
            op_id: done.op_id,
            label: done.label.clone(),
            summary: plan.summary(),
            entry: done.entry,
            left_out,
            new,
            rest: Vec::new(),
        }
    }

    /// What a file of threat data or a table of support ends brought, in words, and the files that wait.
    pub fn loaded(summary: String, rest: Vec<Input>, done: &Done) -> Self {
        Self {
            op_id: done.op_id,
            label: done.label.clone(),
            summary,
            entry: done.entry,
            left_out: 0,
            new: Vec::new(),
            rest,
        }
    }

    /// Nothing differed.
    pub fn nothing() -> Self {
        Self {
            op_id: None,
            label: String::new(),
            summary: "nothing new".to_owned(),
            entry: 0,
            left_out: 0,
            new: Vec::new(),
            rest: Vec::new(),
        }
    }

    /// Whether a step taken back was this import.
    pub fn is_of(&self, undone: &Done) -> bool {
        self.op_id.is_some() && self.label == undone.label
    }
}

/// Draws the page.
pub fn done_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    let Some(done) = state.done.clone() else {
        state.leave();
        return actions;
    };
    let today = PageAction::new(Some(icon::LAYOUT_DASHBOARD), "Go to Today");
    let rest = match done.rest.first() {
        Some(next) => format!("Read {} next", next.name),
        None => String::new(),
    };
    let more = [PageAction::new(Some(icon::UPLOAD), "Import more")];
    let chosen = page_header_ui(ui, "Imported", &done.label, Some(today), &more);
    super::progress_ui(state, ui);
    let title = sentence(&done.summary);
    if done.op_id.is_some() {
        let words = format!("Recorded as one step, up to entry {}.", count(done.entry.unsigned_abs()));
        notice_ui(ui, Tone::Good, icon::CIRCLE_CHECK, &title, &words);
    } else {
        notice_ui(ui, Tone::Neutral, icon::INFO, &title, "Nothing was recorded.");
    }
    ui.add_space(size::GAP);
    if done.left_out > 0 || !done.new.is_empty() || done.op_id.is_some() {
        card_ui(ui, Some("What next"), |ui| {
            let tokens = theme::tokens(ui);
            if done.left_out > 0 {
                let words = format!("{} left out.", counted(done.left_out, "computer was", "computers were"));
                ui.add(Label::new(Text::Body.rich(words).color(tokens.weak)).wrap());
            }
            ui.horizontal_wrapped(|ui| {
                if !rest.is_empty() && ui.add(Button::secondary(&rest).icon(icon::UPLOAD)).clicked() {
                    actions.extend(state.begin(done.rest.clone(), ctx));
                }
                if !done.new.is_empty() {
                    let name =
                        format!("Show {}", counted(done.new.len() as u64, "new machine", "new machines"));
                    if ui.add(Button::secondary(&name).icon(icon::LAPTOP)).clicked() {
                        let filter = AssetFilter::only("New in this import", done.new.clone());
                        actions.push(Action::ShowAssets(filter));
                    }
                }
                if done.op_id.is_some()
                    && ui.add(Button::secondary("Undo the import").icon(icon::UNDO_2)).clicked()
                {
                    actions.push(Action::Undo);
                }
            });
        });
    }
    match chosen {
        Some(Chosen::Primary) => {
            state.leave();
            actions.push(Action::Go(Room::Today));
        }
        Some(Chosen::Other(_)) => state.leave(),
        None => {}
    }
    actions
}
