//! What stands beside a month: how far its list is, and of a sealed one its judgement, digest, signatures, inputs, corrections.

use egui::{Label, Ui};

use super::super::sign::SignSheet;
use super::Wish;
use crate::domain::command::{Command, MonthCommand};
use crate::domain::month::canonical::verify_seal;
use crate::domain::month::close::{Point, SIGNERS};
use crate::domain::month::standing::{differences, seals_of, signatures};
use crate::domain::month::{Seal, Signature, name};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::form::{heading_ui, weak_ui};
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::{Banner, Button, Chip, card_ui};
use crate::util::text::counted;

/// A label, and below it what it says.
fn fact_ui(ui: &mut Ui, label: &str, words: &str) {
    let tokens = theme::tokens(ui);
    ui.add(Label::new(Text::Small.rich(label).color(tokens.weak)).wrap());
    ui.add(Label::new(Text::Body.rich(words)).wrap().selectable(true));
}

/// How far the list is.
pub fn open_ui(ui: &mut Ui, points: &[Point], ctx: &Ctx<'_>, month: &str) {
    card_ui(ui, None, |ui| {
        heading_ui(ui, "Before the seal");
        let count = |wanted: &dyn Fn(&&Point) -> bool| points.iter().filter(wanted).count() as u64;
        let fine = count(&|point| !point.exception);
        let answered = count(&|point| point.exception && point.answer.is_some());
        let open = count(&|point| point.stops());
        fact_ui(ui, "In order", &counted(fine, "point", "points"));
        fact_ui(ui, "Exceptions answered", &counted(answered, "point", "points"));
        fact_ui(ui, "Exceptions to answer", &counted(open, "point", "points"));
        let end = name::end_at(ctx.book(), month).map(|at| ctx.time_text(at)).unwrap_or_default();
        fact_ui(ui, "Figures as of", &end);
    });
    card_ui(ui, None, |ui| {
        heading_ui(ui, "What the seal does");
        weak_ui(
            ui,
            "It keeps the figures with everything they were counted from, under one SHA-256 in the history. No later edit \
             changes them; a correction stands beside them as a restatement. It cannot be undone.",
        );
    });
}

/// The judgement, the digest and the signatures of a sealed month.
pub fn sealed_ui(ui: &mut Ui, seal: &Seal, ctx: &Ctx<'_>, actions: &mut Vec<Action>) -> Option<Wish> {
    if !verify_seal(seal) {
        let words =
            "What is kept of this month does not give its SHA-256. Verify the register under History.";
        Banner::new(Tone::Bad, "The seal does not hold").words(words).ui(ui);
    }
    card_ui(ui, None, |ui| {
        heading_ui(ui, "Judgement");
        ui.add(Label::new(Text::Body.rich(&seal.judgement)).wrap().selectable(true));
        if seal.restates.is_some() {
            fact_ui(ui, "Restated because", &seal.reason);
            fact_ui(ui, "Restatement approved by", &seal.approved_by);
        }
        fact_ui(ui, "SHA-256 of the seal", &seal.sha256);
        fact_ui(ui, "Counted by", &format!("{}, {}", seal.definitions, seal.program));
    });
    if !seal.outputs.moved.is_empty() {
        card_ui(ui, None, |ui| {
            heading_ui(ui, "What moved the figures besides patching");
            for line in &seal.outputs.moved {
                ui.add(Label::new(Text::Body.rich(line)).wrap());
            }
        });
    }
    signatures_ui(ui, seal, ctx, actions)
}

fn signatures_ui(ui: &mut Ui, seal: &Seal, ctx: &Ctx<'_>, actions: &mut Vec<Action>) -> Option<Wish> {
    let mut wish = None;
    let given = signatures(ctx.book(), seal.id);
    card_ui(ui, None, |ui| {
        heading_ui(ui, "Signatures");
        for row in &given {
            signature_ui(ui, row, ctx, actions);
        }
        for (meaning, _) in
            SIGNERS.iter().filter(|(meaning, _)| !given.iter().any(|row| row.meaning == *meaning))
        {
            ui.horizontal(|ui| {
                ui.add(Chip::new(Tone::Warn, meaning));
                let name = format!("Sign as {}…", meaning.to_lowercase());
                if ui.add(Button::quiet(&name).enabled(ctx.can_write())).clicked() {
                    wish = Some(Wish::Open(Box::new(SignSheet::meaning(ctx, seal, meaning))));
                }
            });
        }
    });
    wish
}

fn signature_ui(ui: &mut Ui, row: &Signature, ctx: &Ctx<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    ui.add(Chip::new(Tone::Good, &row.meaning));
    ui.add(Label::new(Text::Body.rich(format!("{}, {}", row.name, row.function))).wrap());
    let words = format!("{}, {}", ctx.time_text(row.signed_at), row.told_text());
    ui.add(Label::new(Text::Small.rich(words).color(tokens.weak)).wrap());
    let name = format!("Take back the signature of {}", row.name);
    if ui.add(Button::quiet_danger(&name).enabled(ctx.can_write())).clicked() {
        let command = Command::Month(MonthCommand::VoidSignature(row.id));
        actions.push(Action::Run { ticket: ctx.tickets.take(), command: Box::new(command) });
    }
}

/// What went into a seal.
pub fn inputs_ui(ui: &mut Ui, seal: &Seal, ctx: &Ctx<'_>) {
    card_ui(ui, None, |ui| {
        heading_ui(ui, "What went in");
        let inputs = &seal.inputs;
        fact_ui(ui, "Figures as of", &ctx.time_text(seal.as_of_at));
        fact_ui(ui, "Newest entry of the history", &format!("{}, {}", inputs.head_seq, inputs.head));
        let catalogues: Vec<String> =
            inputs.catalogues.iter().map(|row| format!("{} {}", row.kind, row.version)).collect();
        let catalogues = if catalogues.is_empty() { "none".to_owned() } else { catalogues.join("\n") };
        fact_ui(ui, "Threat data", &catalogues);
        let documents: Vec<String> =
            inputs.documents.iter().map(|(key, number)| format!("{key} version {number}")).collect();
        let documents = if documents.is_empty() { "none in force".to_owned() } else { documents.join("\n") };
        fact_ui(ui, "Documents", &documents);
        let tables: Vec<String> = inputs
            .tables
            .iter()
            .filter(|table| table.rows > 0)
            .map(|table| format!("{}: {}", table.name, counted(table.rows.unsigned_abs(), "row", "rows")))
            .collect();
        fact_ui(ui, "Tables and imports", &tables.join("\n"));
    });
}

/// What each restatement changed.
pub fn corrections_ui(ui: &mut Ui, month: &str, ctx: &Ctx<'_>) {
    let seals = seals_of(ctx.book(), month);
    for pair in seals.windows(2) {
        let [before, after] = pair else { continue };
        card_ui(ui, None, |ui| {
            ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
            heading_ui(ui, &format!("Restatement {}", after.number - 1));
            weak_ui(ui, &format!("{} Approved by {}.", after.reason, after.approved_by));
            for change in differences(&before.outputs, &after.outputs) {
                let words = format!(
                    "{} {}: {} → {}",
                    change.of,
                    change.name,
                    or_nothing(&change.before),
                    or_nothing(&change.after)
                );
                ui.add(Label::new(Text::Body.rich(words)).wrap().selectable(true));
            }
        });
        ui.add_space(size::GAP);
    }
}

fn or_nothing(text: &str) -> &str {
    if text.is_empty() { "nothing" } else { text }
}
