//! The preview of a file of threat data: what it is, what of it is new, and what to know before it is loaded.

use egui::{Label, ScrollArea, Ui};

use super::choice::{failure_ui, notice_ui, sentence};
use super::{Stage, State};
use crate::app::session::{Request, ThreatPlanned};
use crate::domain::threat::Catalogue;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::page_header::{Chosen, PageAction};
use crate::ui::widget::{card_ui, page_header_ui};
use crate::util::text::{count, counted};

/// How many machines that are left aside are named.
const HOSTS: usize = 100;

/// Draws the page.
pub fn threat_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    let Some(planned) = state.threat.take() else {
        state.leave();
        return actions;
    };
    let ready = !planned.plan.is_nothing_new();
    let load = PageAction {
        enabled: ready && ctx.can_write(),
        tooltip: (!ready).then_some("The very same file is loaded already"),
        ..PageAction::new(Some(icon::DOWNLOAD), "Load")
    };
    let others = [PageAction::new(None, "Cancel")];
    let chosen = page_header_ui(ui, "Threat data", &planned.read.file_name, Some(load), &others);
    super::progress_ui(state, ui);
    // A click on the steps gives up what was read.
    if state.stage != Stage::Threat {
        return actions;
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        if let Some(failure) = &state.failure {
            failure_ui(ui, failure);
        }
        head_ui(&planned, ctx, ui);
        ui.add_space(size::GAP);
        new_ui(&planned, ui);
        told_ui(&planned, ui);
        hosts_ui(&planned, ui);
    });
    match chosen {
        Some(Chosen::Primary) => {
            actions.push(Action::Send(Request::LoadThreat(std::sync::Arc::clone(&planned.read))));
            state.stage = Stage::Writing;
            state.since = None;
            state.failure = None;
            state.threat = Some(planned);
        }
        Some(Chosen::Other(_)) => state.leave(),
        None => state.threat = Some(planned),
    }
    actions
}

/// What the file is, or that it was loaded before.
fn head_ui(planned: &ThreatPlanned, ctx: &Ctx<'_>, ui: &mut Ui) {
    let plan = &planned.plan;
    let title = sentence(&plan.summary());
    match plan.already.and_then(|id| ctx.book().catalogues.get(id.0)) {
        Some(known) => {
            let at = ctx.time_text(known.recorded_at);
            let more = if plan.is_nothing_new() { "" } else { " The register knows more by now." };
            let words = format!("The very same file was recorded on {at}.{more}");
            notice_ui(ui, Tone::Info, icon::INFO, "Already loaded", &words);
        }
        None if plan.tallies.is_empty() => {
            notice_ui(ui, Tone::Neutral, icon::INFO, &title, "Nothing is written before Load.");
        }
        None => notice_ui(ui, Tone::Good, icon::CIRCLE_CHECK, &title, "Nothing is written before Load."),
    }
    ui.add_space(size::GAP);
    card_ui(ui, Some("What it is"), |ui| {
        for words in what(&plan.rows.catalogue, ctx) {
            ui.add(Label::new(Text::Body.rich(words)).wrap());
        }
    });
}

fn what(catalogue: &Catalogue, ctx: &Ctx<'_>) -> Vec<String> {
    let mut lines = vec![format!("Recognised as {}", catalogue.kind.text())];
    let mut add = |label: &str, value: &str| {
        if !value.is_empty() {
            lines.push(format!("{label} {value}"));
        }
    };
    add("Title:", &catalogue.title);
    add("Version", &catalogue.version);
    add("Model", &catalogue.model);
    add("Published", &catalogue.published_at.map(|at| ctx.time_text(at)).unwrap_or_default());
    add("Holds", &counted(catalogue.entries.unsigned_abs(), "entry", "entries"));
    add("SHA-256", catalogue.sha256.get(..8).unwrap_or_default());
    lines
}

fn new_ui(planned: &ThreatPlanned, ui: &mut Ui) {
    let plan = &planned.plan;
    if plan.is_nothing_new() {
        return;
    }
    card_ui(ui, Some("What is new"), |ui| {
        for tally in &plan.tallies {
            let words = format!("{} {}", count(tally.count), tally.what);
            ui.add(Label::new(Text::Body.rich(words)).wrap());
        }
        if plan.tallies.is_empty() {
            let words = "It says nothing new of what the register knows. Loading it records its version.";
            ui.add(Label::new(Text::Body.rich(words)).wrap());
        }
    });
    ui.add_space(size::GAP);
}

fn told_ui(planned: &ThreatPlanned, ui: &mut Ui) {
    let mut lines = planned.plan.warnings.clone();
    if !planned.rest.is_empty() {
        let files = counted(planned.rest.len() as u64, "more file waits", "more files wait");
        lines.push(format!("{files}; each is read by itself, after this one is loaded."));
    }
    if lines.is_empty() {
        return;
    }
    card_ui(ui, Some("Good to know"), |ui| {
        for line in &lines {
            ui.add(Label::new(Text::Body.rich(line)).wrap());
        }
    });
    ui.add_space(size::GAP);
}

fn hosts_ui(planned: &ThreatPlanned, ui: &mut Ui) {
    let hosts = &planned.plan.left_hosts;
    if hosts.is_empty() {
        return;
    }
    let title = counted(hosts.len() as u64, "machine left aside", "machines left aside");
    card_ui(ui, Some(&title), |ui| {
        let tokens = theme::tokens(ui);
        for host in hosts.iter().take(HOSTS) {
            ui.add(Label::new(Text::Medium.rich(&host.name)).wrap());
            ui.add(Label::new(Text::Small.rich(sentence(&host.why)).color(tokens.weak)).wrap());
        }
        if hosts.len() > HOSTS {
            let more = format!("and {} more", count((hosts.len() - HOSTS) as u64));
            ui.label(Text::Small.rich(more).color(tokens.weak));
        }
    });
}
