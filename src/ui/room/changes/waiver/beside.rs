//! What stands beside the form of a waiver: what is missing, who signed, what it covers, what it follows.

use egui::{Label, Ui};

use super::super::section::{title_ui, weak_ui};
use super::super::sheet::field::fact_ui;
use crate::domain::approval::{Approval, Subject, Verdict, sentence};
use crate::domain::waiver::request::WaiverRequest;
use crate::domain::waiver::rule;
use crate::domain::waiver::state::Standing;
use crate::ui::action::{Action, AssetFilter};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::{Button, Chip, card_ui};
use crate::util::clock::{DAY_SECS, day_in, day_text};
use crate::util::text::counted;

/// Draws what stands beside the form. `next`: the next step, and what stands in its way.
pub fn beside_ui(
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    request: Option<(&WaiverRequest, &Standing)>,
    next: Option<(&str, &[String])>,
    actions: &mut Vec<Action>,
) {
    if let Some(words) = rule::preset_warning(ctx.book()) {
        card_ui(ui, None, |ui| weak_ui(ui, &words));
    }
    let Some((request, stands)) = request else {
        card_ui(ui, None, |ui| {
            title_ui(ui, "How it goes on");
            weak_ui(
                ui,
                "Save it as a draft, ask for it, and record who approves. It covers its pairs from then on.",
            );
        });
        return;
    };
    if let Some((verb, missing)) = next.filter(|(_, missing)| !missing.is_empty()) {
        card_ui(ui, None, |ui| {
            title_ui(ui, "What is still missing");
            weak_ui(ui, &format!("Before the next step, {}:", verb.to_lowercase()));
            let tokens = theme::tokens(ui);
            for text in missing {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = size::GAP_SMALL;
                    ui.label(Text::Body.rich("○").color(tokens.warn));
                    ui.add(Label::new(Text::Body.rich(text)).wrap().selectable(true));
                });
            }
        });
    }
    signatures_ui(ctx, ui, request);
    pairs_ui(ctx, ui, request, stands, actions);
    chain_ui(ctx, ui, request, actions);
}

/// Who signed, and whose signature is still missing.
fn signatures_ui(ctx: &Ctx<'_>, ui: &mut Ui, request: &WaiverRequest) {
    let book = ctx.book();
    let about = |a: &&Approval| a.subject == Subject::Waiver && a.subject_id == request.id.0;
    let mut given: Vec<&Approval> = book.approvals.iter().filter(about).collect();
    given.sort_by_key(|approval| (approval.recorded_at, approval.id));
    card_ui(ui, None, |ui| {
        title_ui(ui, "Decisions");
        ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
        if request.granted_at.is_none() {
            let must = rule::demanded(book, request, ctx.now_at).join(" and ");
            weak_ui(ui, &format!("{must} must approve."));
        }
        if given.is_empty() {
            weak_ui(ui, "Nobody has decided yet.");
        }
        for approval in given {
            let (tone, word) = match (approval.voided_at, approval.decision) {
                (Some(_), verdict) => (Tone::Neutral, format!("{}, void", verdict.text())),
                (None, Verdict::Approve) => (Tone::Good, Verdict::Approve.text().to_owned()),
                (None, Verdict::Reject) => (Tone::Bad, Verdict::Reject.text().to_owned()),
                (None, verdict) => (Tone::Warn, verdict.text().to_owned()),
            };
            ui.add(Chip::new(tone, &word));
            ui.add(Label::new(Text::Body.rich(sentence(book, approval))).wrap().selectable(true));
            if !approval.comment.is_empty() {
                ui.add(Label::new(Text::Body.rich(format!("“{}”", approval.comment))).wrap());
            }
        }
        for (label, because) in
            [("Rejected because", &request.rejected_because), ("Revoked because", &request.revoked_because)]
        {
            if !because.is_empty() {
                fact_ui(ui, label, because);
            }
        }
    });
}

/// What it covers, and why a pair is covered no longer.
fn pairs_ui(
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    request: &WaiverRequest,
    stands: &Standing,
    actions: &mut Vec<Action>,
) {
    if stands.pairs.is_empty() {
        return;
    }
    let book = ctx.book();
    card_ui(ui, None, |ui| {
        title_ui(ui, "What it covers");
        ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
        let days = stands.machine_secs.div_euclid(DAY_SECS) + i64::from(stands.machine_secs % DAY_SECS != 0);
        let pairs = counted(stands.pairs.len() as u64, "pair", "pairs");
        weak_ui(
            ui,
            &format!(
                "{pairs}, {} still open; {} exposed so far",
                stands.open(),
                counted(days.unsigned_abs(), "machine-day", "machine-days")
            ),
        );
        if let Some(until) = stands.until_at {
            fact_ui(ui, "Ends", &day_text(day_in(ctx.zone, until)));
        }
        for pair in stands.pairs.iter().filter(|pair| pair.void.is_some()).take(6) {
            let (asset, update) = (
                &book.assets.rows()[pair.asset as usize].name,
                book.updates.rows()[pair.update as usize].short_name(),
            );
            let why = pair.void.as_ref().map(|void| void.why.text()).unwrap_or_default();
            ui.add(Label::new(Text::Body.rich(format!("{update} on {asset}: {why}"))).wrap());
        }
        if ui.add(Button::secondary("Show its machines").icon(icon::LAPTOP)).clicked() {
            let filter = AssetFilter::only(request.number.clone(), request.assets.clone());
            actions.push(Action::ShowAssets(filter));
        }
    });
}

/// The decisions it follows, and the one that follows it.
fn chain_ui(ctx: &Ctx<'_>, ui: &mut Ui, request: &WaiverRequest, actions: &mut Vec<Action>) {
    let earlier = rule::forebears(ctx.book(), request);
    let later = rule::renewal(ctx.book(), request.id);
    if earlier.is_empty() && later.is_none() {
        return;
    }
    card_ui(ui, None, |ui| {
        title_ui(ui, "Renewals");
        for (word, other) in
            later.iter().map(|r| ("Followed by", *r)).chain(earlier.iter().map(|r| ("Follows", *r)))
        {
            let name = format!("{word} {}", other.number);
            if ui.add(Button::quiet(&name)).clicked() {
                actions.push(Action::OpenWaiver(other.id));
            }
        }
    });
}
