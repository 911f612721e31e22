//! Go or no-go on one update: per technology domain who decides, what was decided, with risk and cost beside it.

use egui::{Label, Ui};

use super::super::decide::DecideSheet;
use super::super::domain::silence_text;
use super::Wish;
use crate::domain::command::{Command, RiskCommand};
use crate::domain::gate::{Go, GoDecision, TechDomain};
use crate::domain::update::Update;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{heading_ui, weak_ui};
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::{Button, Chip, card_ui, number};
use crate::util::clock::day_text;

/// The decisions on an update that stand, the newest first.
pub fn standing<'a>(ctx: &Ctx<'a>, update: &Update) -> Vec<&'a GoDecision> {
    let about = |row: &&GoDecision| row.voided_at.is_none() && row.updates.contains(&update.id);
    let mut rows: Vec<&GoDecision> = ctx.book().go_decisions.iter().filter(about).collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.decided_at, row.id)));
    rows
}

/// Draws one card a domain; the form that was asked for.
pub fn gate_ui(update: &Update, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Wish> {
    let mut domains: Vec<&TechDomain> =
        ctx.book().domains.iter().filter(|domain| domain.ended_at.is_none()).collect();
    domains.sort_by_key(|domain| (domain.position, domain.id));
    if domains.is_empty() {
        card_ui(ui, None, |ui| {
            weak_ui(ui, "No technology domain has a decider yet. Add one under Domains.");
        });
        return None;
    }
    let decisions = standing(ctx, update);
    let mut wish = None;
    for domain in domains {
        let mine: Vec<&GoDecision> =
            decisions.iter().copied().filter(|row| row.domain == domain.id).collect();
        card_ui(ui, None, |ui| {
            ui.spacing_mut().item_spacing.y = size::GAP;
            if let Some(asked) = domain_ui(update, domain, mine.first().copied(), ctx, ui) {
                wish = Some(asked);
            }
            for decision in mine {
                decision_ui(decision, ctx, ui, actions);
            }
        });
        ui.add_space(size::GAP);
    }
    wish
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
    now: Option<&GoDecision>,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
) -> Option<Wish> {
    let mut wish = None;
    ui.horizontal(|ui| {
        heading_ui(ui, &domain.name);
        match now {
            Some(decision) => ui.add(Chip::new(tone(decision.decision), decision.decision.text())),
            None => ui.add(Chip::new(Tone::Neutral, "Not decided")),
        };
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let name = format!("Decide for {}…", domain.name);
            let button = if now.is_some() { Button::secondary(&name) } else { Button::primary(&name) };
            if ui.add(button.icon(icon::USER_CHECK).enabled(ctx.can_write())).clicked() {
                wish = Some(Wish::Open(Box::new(DecideSheet::new(ctx, domain, vec![update.id]))));
            }
        });
    });
    let decider = match ctx.book().person_name(domain.decider) {
        "" => "Nobody decides yet".to_owned(),
        name => format!("{name} decides"),
    };
    weak_ui(ui, &format!("{decider}. {}.", silence_text(domain)));
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
    let evidence = if decision.evidence_name.is_empty() {
        "no evidence".to_owned()
    } else {
        let short: String = decision.evidence_sha256.chars().take(12).collect();
        format!("evidence {} ({short}…)", decision.evidence_name)
    };
    let function =
        if decision.function.is_empty() { String::new() } else { format!(", {},", decision.function) };
    let words = format!(
        "Decided by {}{function} {} on {}, {evidence}",
        decision.decided_by,
        decision.medium.phrase(),
        ctx.time_text(decision.decided_at)
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
