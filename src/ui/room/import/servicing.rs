//! The preview of a table of support ends: how much of it is new, what is left aside, and which lines cannot be read.

use std::sync::Arc;

use egui::{Label, ScrollArea, Ui};

use super::choice::{failure_ui, notice_ui, sentence};
use super::{Stage, State};
use crate::app::session::Request;
use crate::import::lifecycle::LifecyclePlan;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::page_header::{Chosen, PageAction};
use crate::ui::widget::{card_ui, page_header_ui};
use crate::util::text::{count, counted};

/// How many lines that are not taken are named.
const LINES: usize = 100;

/// What the table brings, in words: `3 new rows, 1 changed row`.
pub fn summary(plan: &LifecyclePlan) -> String {
    let parts = [(plan.added, "new row", "new rows"), (plan.replaced, "changed row", "changed rows")];
    let said: Vec<String> = parts
        .into_iter()
        .filter(|(number, ..)| *number > 0)
        .map(|(number, one, many)| counted(number as u64, one, many))
        .collect();
    if said.is_empty() { "nothing new".to_owned() } else { said.join(", ") }
}

/// Draws the page.
pub fn servicing_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    let Some(planned) = state.servicing.take() else {
        state.leave();
        return actions;
    };
    let plan = &planned.plan;
    let ready = plan.added + plan.replaced > 0;
    let load = PageAction {
        enabled: ready && ctx.can_write(),
        tooltip: (!ready).then_some("It says nothing that the register does not know"),
        ..PageAction::new(Some(icon::DOWNLOAD), "Load")
    };
    let others = [PageAction::new(None, "Cancel")];
    let chosen = page_header_ui(ui, "End of servicing", &planned.file.name, Some(load), &others);
    super::progress_ui(state, ui);
    // A click on the steps gives up what was read.
    if state.stage != Stage::Servicing {
        return actions;
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        if let Some(failure) = &state.failure {
            failure_ui(ui, failure);
        }
        let tone = if ready { (Tone::Good, icon::CIRCLE_CHECK) } else { (Tone::Info, icon::INFO) };
        let words = if ready { "Nothing is written before Load." } else { "There is nothing to load." };
        notice_ui(ui, tone.0, tone.1, &sentence(&summary(plan)), words);
        ui.add_space(size::GAP);
        card_ui(ui, Some("What it is"), |ui| {
            let line = |ui: &mut Ui, words: String| ui.add(Label::new(Text::Body.rich(words)).wrap());
            line(ui, "Recognised as a table of support ends".to_owned());
            line(ui, format!("SHA-256 {}", planned.file.sha256.get(..8).unwrap_or_default()));
            line(ui, format!("{} about products that the table does not hold yet", number(plan.added)));
            line(ui, format!("{} that say something else than the table does", number(plan.replaced)));
            line(ui, format!("{} as they are known", number(plan.same)));
            line(ui, format!("{} older than what is known, left aside", number(plan.older)));
            line(ui, "Rows of your own stay as they are.".to_owned());
        });
        ui.add_space(size::GAP);
        issues_ui(&planned.file.issues, ui);
    });
    match chosen {
        Some(Chosen::Primary) => {
            actions.push(Action::Send(Request::LoadServicing(Arc::clone(&planned.file))));
            state.stage = Stage::Writing;
            state.since = None;
            state.failure = None;
            state.servicing = Some(planned);
        }
        Some(Chosen::Other(_)) => state.leave(),
        None => state.servicing = Some(planned),
    }
    actions
}

fn number(rows: usize) -> String {
    counted(rows as u64, "row", "rows")
}

fn issues_ui(issues: &[(u32, String)], ui: &mut Ui) {
    if issues.is_empty() {
        return;
    }
    let title = counted(issues.len() as u64, "line is not taken", "lines are not taken");
    card_ui(ui, Some(&title), |ui| {
        let tokens = theme::tokens(ui);
        for (at, why) in issues.iter().take(LINES) {
            ui.add(Label::new(Text::Body.rich(format!("Line {at}: {why}"))).wrap());
        }
        if issues.len() > LINES {
            let more = format!("and {} more", count((issues.len() - LINES) as u64));
            ui.label(Text::Small.rich(more).color(tokens.weak));
        }
    });
}
