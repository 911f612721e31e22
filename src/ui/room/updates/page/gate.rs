//! Go or no-go on one update: per technology domain who decides, what was decided, with risk and cost beside it.

use egui::{Label, Ui};

use super::super::decide::DecideSheet;
use super::super::known::Known;
use super::Wish;
use crate::domain::command::{Command, RiskCommand};
use crate::domain::gate::rule::{GateState, domains_of, state};
use crate::domain::gate::{Go, GoDecision, TechDomain};
use crate::domain::update::Update;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{heading_ui, weak_ui};
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::{Button, Chip, card_ui, number};
use crate::util::clock::day_text;

/// Draws one card a domain; the form that was asked for.
pub fn gate_ui(
    update: &Update,
    known: &Known,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) -> Option<Wish> {
    let domains = domains_of(ctx.book(), update.id);
    if domains.is_empty() {
        card_ui(ui, None, |ui| {
            weak_ui(
                ui,
                "No technology domain covers a machine that lists this update. Give a domain words of their technology or \
                 operating system, under Domains.",
            );
        });
        return None;
    }
    let mut wish = None;
    for domain in domains {
        let state = state(ctx.book(), domain, update, known.rank, ctx.now_at);
        card_ui(ui, None, |ui| {
            ui.spacing_mut().item_spacing.y = size::GAP;
            if let Some(asked) = domain_ui(update, domain, &state, ctx, ui) {
                wish = Some(asked);
            }
            if let GateState::Decided(decision) = &state {
                decision_ui(decision, ctx, ui, actions);
            }
        });
        ui.add_space(size::GAP);
    }
    wish
}

/// Where an update stands in a domain: a word with its tone, and a sentence.
fn words_of(state: &GateState, ctx: &Ctx<'_>) -> ((Tone, &'static str), String) {
    match state {
        GateState::Skipped => (
            (Tone::Good, "Goes at once"),
            "A severe update skips the step: the policy has decided.".to_owned(),
        ),
        GateState::Decided(decision) => ((tone(decision.decision), decision.decision.text()), String::new()),
        GateState::GoesUnless(by) => {
            ((Tone::Info, "Goes unless"), format!("It goes unless they object by {}.", ctx.time_text(*by)))
        }
        GateState::WentSilently(by) => (
            (Tone::Good, "Went silently"),
            format!("Nobody objected by {}, which means go under the policy.", ctx.time_text(*by)),
        ),
        GateState::Waiting => ((Tone::Warn, "Not decided"), "It waits for an answer.".to_owned()),
    }
}

/// The tone of a decision; its chip has a word and a shape beside the colour.
fn tone(go: Go) -> Tone {
    match go {
        Go::Go => Tone::Good,
        Go::NoGo => Tone::Bad,
        Go::Wait => Tone::Warn,
    }
}

fn domain_ui(
    update: &Update,
    domain: &TechDomain,
    state: &GateState,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
) -> Option<Wish> {
    let mut wish = None;
    let ((tone, word), sentence) = words_of(state, ctx);
    ui.horizontal(|ui| {
        heading_ui(ui, &domain.name);
        ui.add(Chip::new(tone, word));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let name = format!("Decide for {}…", domain.name);
            let button = Button::secondary(&name).icon(icon::USER_CHECK).enabled(ctx.can_write());
            if ui.add(button).clicked() {
                wish = Some(Wish::Open(Box::new(DecideSheet::new(ctx, domain, vec![update.id]))));
            }
        });
    });
    let decider = match ctx.book().person_name(domain.decider) {
        "" => "Nobody decides yet".to_owned(),
        name => format!("{name} decides"),
    };
    weak_ui(ui, format!("{decider}. {sentence}").trim());
    wish
}

/// One decision in words: what, why, with which risk and cost, by whom, and how we know.
fn decision_ui(decision: &GoDecision, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    let line = |ui: &mut Ui, label: &str, words: &str| {
        if !words.trim().is_empty() {
            let words = format!("{label}: {words}");
            ui.add(Label::new(Text::Body.rich(words)).wrap().selectable(true));
        }
    };
    line(ui, decision.decision.text(), &decision.reason);
    if let Some(until) = decision.wait_until_on {
        line(ui, "Waits until", &day_text(until));
    }
    line(ui, "Risk of not deploying", &decision.risk);
    line(ui, "Cost of deploying", &cost_text(ctx, decision));
    if decision.outage {
        let when = if decision.outage_when.is_empty() { "time open" } else { &decision.outage_when };
        line(ui, "Needs an outage", when);
    }
    let function =
        if decision.function.is_empty() { String::new() } else { format!(", {},", decision.function) };
    let words = format!(
        "Decided by {}{function} on {} {}",
        decision.decided_by,
        ctx.time_text(decision.decided_at),
        decision.told_text()
    );
    ui.add(Label::new(Text::Small.rich(words).color(tokens.weak)).wrap().selectable(true));
    let button = Button::quiet_danger("Take this decision back").enabled(ctx.can_write());
    if ui.add(button).clicked() {
        let command = Command::Risk(RiskCommand::VoidDecision(decision.id));
        actions.push(Action::Run { ticket: ctx.tickets.take(), command: Box::new(command) });
    }
}

/// `1 200.00 EUR, 90 minutes of work`.
fn cost_text(ctx: &Ctx<'_>, decision: &GoDecision) -> String {
    let currency = ctx.book().cases.rows().last().map_or("", |case| case.currency.as_str());
    let money = decision.cost_cents.map(|cents| {
        let units = number(usize::try_from(cents / 100).unwrap_or_default());
        format!("{units}.{:02} {currency}", cents % 100).trim_end().to_owned()
    });
    let work = decision.cost_minutes.map(|minutes| format!("{minutes} minutes of work"));
    money.into_iter().chain(work).collect::<Vec<_>>().join(", ")
}
