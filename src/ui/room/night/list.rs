//! The nights and emergencies of the register, newest first, and the way to a new one.

use egui::Ui;

use super::Page;
use super::part::weak_ui;
use crate::domain::emergency::standing::{emergencies, standing};
use crate::domain::run::Run;
use crate::domain::run::drift::{drift, drift_text};
use crate::domain::run::entry::EntryKind;
use crate::domain::run::sheet::{Sheet, Stage};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{Tone, size};
use crate::ui::widget::{Banner, Chosen, Drawer, PageAction, card_ui, empty_state_ui, page_header_ui};
use crate::util::text::counted;

/// Draws the list; the page to go to, if one was chosen.
pub fn page_ui(ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Page> {
    let mut next = None;
    let declare = PageAction {
        enabled: ctx.can_write(),
        ..PageAction::new(Some(icon::TRIANGLE_ALERT), "Declare an emergency")
    };
    let plan = PageAction { enabled: ctx.can_write(), ..PageAction::new(Some(icon::MOON), "Plan a night") };
    let words = "Each night is a copy of a runbook with its own times and its own log.";
    match page_header_ui(ui, "Patch night", words, Some(plan), &[declare]) {
        Some(Chosen::Primary) => next = Some(Page::Plan),
        Some(Chosen::Other(_)) => next = Some(Page::Declare),
        None => {}
    }
    ui.spacing_mut().item_spacing.y = size::GAP_LARGE;
    let mut runs: Vec<&Run> = ctx.book().runs.iter().collect();
    runs.sort_by_key(|run| (-run.planned_at, run.id));
    let cycles = emergencies(ctx.book());
    if runs.is_empty() && cycles.is_empty() {
        let words = "The night is led from here: the next step, the clock, one key for each line of the log, and the \
                     summary that writes itself.";
        let offered: &[&str] = if ctx.can_write() { &["Plan the first night"] } else { &[] };
        if empty_state_ui(ui, icon::MOON, "No night yet", words, offered).is_some() {
            next = Some(Page::Plan);
        }
        return next;
    }
    let missed = crate::domain::emergency::standing::approvals_missed(ctx.book(), ctx.now_at);
    if missed > 0 {
        let title =
            counted(missed as u64, "emergency without", "emergencies without") + " its approval in time";
        Banner::new(Tone::Bad, &title)
            .words("The approval had to follow by a deadline that has passed.")
            .ui(ui);
    }
    if !cycles.is_empty() {
        card_ui(ui, Some("Emergencies and drills"), |ui| {
            for cycle in cycles {
                let Some(standing) = standing(ctx.book(), cycle.id, ctx.now_at) else { continue };
                let open = cycle.closed_at.is_none() && cycle.cancelled_because.is_empty();
                let tone = if open && !cycle.drill { Tone::Bad } else { Tone::Neutral };
                let note =
                    format!("{}{}, {}", mark(cycle.drill), ctx.day_text(cycle.anchor_at), cycle.reason);
                let state = if open { standing.decided.text() } else { "Closed" };
                if ui.add(Drawer::new(icon::TRIANGLE_ALERT, tone, state, &cycle.name, &note)).clicked() {
                    next = Some(Page::Emergency(cycle.id));
                }
            }
        });
    }
    card_ui(ui, Some("Nights"), |ui| {
        if runs.is_empty() {
            weak_ui(ui, "No night was planned yet.");
        }
        for run in runs {
            let Some(sheet) = Sheet::of(ctx.book(), run.id) else { continue };
            let (tone, note) = night(&sheet, ctx);
            if ui.add(Drawer::new(icon::MOON, tone, run.stage().text(), &run.title, &note)).clicked() {
                next = Some(Page::Run(run.id));
            }
        }
    });
    next
}

/// How a night stands, in a tone and a line.
fn night(sheet: &Sheet<'_>, ctx: &Ctx<'_>) -> (Tone, String) {
    let run = sheet.run;
    let mark = mark(run.drill);
    match run.stage() {
        Stage::Cancelled => (Tone::Neutral, format!("{mark}{}", run.cancelled_because)),
        Stage::Planned => (Tone::Info, format!("{mark}Begins {}", ctx.time_text(run.planned_at))),
        Stage::UnderWay => {
            (Tone::Info, format!("{mark}Expected to be {}", drift_text(drift(sheet, ctx.now_at).secs())))
        }
        Stage::Ended | Stage::Accepted => {
            let issues = sheet.standing(EntryKind::Issue).len() as u64;
            let tone = if run.stage() == Stage::Ended { Tone::Warn } else { Tone::Good };
            let drift = drift_text(drift(sheet, ctx.now_at).secs());
            (tone, format!("{mark}{}, ended {drift}", counted(issues, "issue", "issues")))
        }
    }
}

fn mark(drill: bool) -> &'static str {
    if drill { "DRILL: " } else { "" }
}
