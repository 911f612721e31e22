//! The form of a waiver request: what stays open, why, what stands in for it, how it ends.

use egui::Ui;
use serde_json::Value;

use super::super::section::{Section, section_ui, title_ui, weak_ui};
use super::super::sheet::field::{Need, words_of};
use super::super::sheet::{Kind, Sheet, Spec, band_ui};
use crate::domain::asset::AssetId;
use crate::domain::command::{Command, WaiverCommand};
use crate::domain::rating::Rank;
use crate::domain::update::UpdateId;
use crate::domain::waiver::request::{Control, ReasonClass, WaiverRequest, WaiverRequestId};
use crate::domain::waiver::rule;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{Text, Tone, size};
use crate::ui::widget::{Button, card_ui};
use crate::util::clock::day_text;
use crate::util::text::fold;

const OPEN: Section = Section {
    title: "What stays open",
    fields: &[Spec::new("assets", "Assets", Kind::Assets), Spec::new("updates", "Updates", Kind::Updates)],
};

const WHY: Section = Section {
    title: "Why",
    fields: &[
        Spec::half("reason_class", "Reason in a word", Kind::Words(words_of!(ReasonClass))),
        Spec::half("requested_by", "Asked for by", Kind::Person),
        Spec::new("reason", "Reason", Kind::Block(3)),
        Spec::new("recommendation", "Advice of security", Kind::Block(2)),
        Spec::half("cycle", "Cycle", Kind::Cycle),
        Spec::half("residual", "Risk that stays", Kind::Words(words_of!(Rank))),
    ],
};

const END: Section = Section {
    title: "How it ends",
    fields: &[
        Spec::new("exit_plan", "Exit plan", Kind::Block(2)).hint("What makes the waiver unnecessary"),
        Spec::half("exit_on", "Exit plan carried out by", Kind::Day),
        Spec::half("until_on", "Waiver ends on", Kind::Day),
        Spec::half("review_on", "Looked at again on", Kind::Day),
        Spec::new("void_if_exploited", "Ends by itself when newly exploited", Kind::Tick),
        Spec::new("void_if_exposed", "Ends by itself when an asset becomes more exposed", Kind::Tick),
    ],
};

const CONTROL: [Spec; 4] = [
    Spec::new("text", "What it is", Kind::Line).hint("Reachable from the management network only"),
    Spec::half("owner", "Owner", Kind::Person),
    Spec::half("since_on", "In force since", Kind::Day),
    Spec::new("proof", "What shows that it works", Kind::Line).hint("Firewall rule 212, tested 3 Dec"),
];

/// A blank request by the person at work.
pub fn blank(ctx: &Ctx<'_>, assets: Vec<AssetId>, updates: Vec<UpdateId>) -> WaiverRequest {
    let actor = fold(&ctx.preferences.actor);
    let by = ctx.book().people.iter().find(|person| fold(&person.name) == actor);
    let mut row = WaiverRequest {
        id: WaiverRequestId(0),
        number: String::new(),
        cycle: None,
        updates,
        assets,
        reason_class: ReasonClass::Compatibility,
        reason: String::new(),
        recommendation: String::new(),
        residual: Rank::Medium,
        controls: Vec::new(),
        exit_plan: String::new(),
        exit_on: None,
        requested_by: by.map(|person| person.id),
        requested_at: None,
        until_on: None,
        review_on: None,
        void_if_exploited: true,
        void_if_exposed: true,
        renews: None,
        reviewed_at: None,
        grants: Vec::new(),
        granted_at: None,
        rejected_because: String::new(),
        revoked_at: None,
        revoked_because: String::new(),
        created_at: ctx.now_at,
    };
    if !row.updates.is_empty() {
        // Until somebody says what stands in, the risk that stays is that of the updates.
        row.residual = rule::worst_rank(ctx.book(), &row, ctx.now_at);
    }
    row
}

/// How much the fields are asked for, as the request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It can be written.
    Writing,
    /// It was granted: only how its controls were found can be said.
    Watching,
    /// It is only read.
    Reading,
}

/// Draws the form.
pub fn form_ui(form: &mut Sheet<WaiverRequest>, ctx: &Ctx<'_>, ui: &mut Ui, stage: Stage) {
    let need = move |path: &str| match (stage, path) {
        (
            Stage::Writing,
            "assets" | "updates" | "reason" | "requested_by" | "exit_plan" | "exit_on" | "until_on"
            | "reason_class" | "residual",
        ) => Need::Demanded,
        (Stage::Writing, _) | (Stage::Watching, "review_on") => Need::Offered,
        _ => Need::Locked,
    };
    section_ui(form, ctx, ui, &OPEN, &need);
    section_ui(form, ctx, ui, &WHY, &need);
    cap_ui(form, ctx, ui, stage);
    controls_ui(form, ctx, ui, stage);
    section_ui(form, ctx, ui, &END, &need);
}

/// Sends the form.
pub fn save(form: &mut Sheet<WaiverRequest>, ctx: &Ctx<'_>) -> Option<Action> {
    form.send(ctx, |edit| Command::Waiver(WaiverCommand::Save(edit)))
}

/// The cap of the rank that binds, and who must approve.
fn cap_ui(form: &Sheet<WaiverRequest>, ctx: &Ctx<'_>, ui: &mut Ui, stage: Stage) {
    let Ok(row) = form.draft.row::<WaiverRequest>(ctx.zone, ctx.today) else { return };
    if stage != Stage::Writing || row.updates.is_empty() {
        return;
    }
    let rank = rule::binding_rank(ctx.book(), &row, ctx.now_at);
    let last = rule::last_day(ctx.book(), rank, ctx.now_at).map(day_text);
    let must = rule::demanded(ctx.book(), &row, ctx.now_at).join(" and ");
    let words = match last {
        Some(last) => {
            format!(
                "As {}: it may run until {last} at the latest, and {must} must approve.",
                rank.text().to_lowercase()
            )
        }
        None => format!("The shop has no cap for {}.", rank.text().to_lowercase()),
    };
    band_ui(ui, Tone::Info, |ui| {
        ui.add(egui::Label::new(Text::Body.rich(words)).wrap());
    });
    ui.add_space(size::GAP_SMALL);
}

fn controls_ui(form: &mut Sheet<WaiverRequest>, ctx: &Ctx<'_>, ui: &mut Ui, stage: Stage) {
    let count = form.draft.len("controls");
    card_ui(ui, None, |ui| {
        title_ui(ui, "What stands in for the update");
        ui.spacing_mut().item_spacing.y = size::CELL_PAD;
        if count == 0 {
            weak_ui(
                ui,
                "No control yet. Each has an owner, a day since when it is in force, and proof that it works.",
            );
        }
        form.says_ui(ui, "controls");
        let mut gone = None;
        for at in 0..count {
            ui.separator();
            let need = if stage == Stage::Writing { Need::Demanded } else { Need::Locked };
            let path = |name: &str| format!("controls/{at}/{name}");
            form.place_ui(ctx, ui, &path("text"), &CONTROL[0], need);
            form.pair_ui(ctx, ui, (&path("owner"), &CONTROL[1]), (&path("since_on"), &CONTROL[2]), need);
            form.place_ui(ctx, ui, &path("proof"), &CONTROL[3], need);
            seen_ui(form, ctx, ui, at, stage);
            if stage == Stage::Writing {
                let name = format!("Take control {} off", at + 1);
                if ui.add(Button::quiet(&name).icon(icon::X)).clicked() {
                    gone = Some(at);
                }
            }
        }
        if let Some(at) = gone {
            form.draft.take("controls", at);
        }
        if stage == Stage::Writing && ui.add(Button::secondary("Add a control").icon(icon::PLUS)).clicked() {
            let control = Control {
                text: String::new(),
                owner: None,
                since_on: Some(ctx.today),
                proof: String::new(),
                verified_at: None,
                failed_at: None,
            };
            form.draft.push("controls", serde_json::to_value(control).unwrap_or(Value::Null));
        }
    });
    ui.add_space(size::GAP_SMALL);
}

/// When a control was last seen working, or failing; while the waiver runs it can be said anew.
fn seen_ui(form: &mut Sheet<WaiverRequest>, ctx: &Ctx<'_>, ui: &mut Ui, at: usize, stage: Stage) {
    let (verified, failed) = (format!("controls/{at}/verified_at"), format!("controls/{at}/failed_at"));
    let seen = |form: &Sheet<WaiverRequest>, path: &str| form.draft.number(path).map(|at| ctx.time_text(at));
    if let Some(when) = seen(form, &failed) {
        band_ui(ui, Tone::Bad, |ui| {
            ui.add(
                egui::Label::new(Text::Body.rich(format!("Seen failing on {when}: the waiver is void")))
                    .wrap(),
            );
        });
        return;
    }
    if let Some(when) = seen(form, &verified) {
        weak_ui(ui, &format!("Last seen working on {when}"));
    }
    if stage == Stage::Watching && ctx.can_write() {
        ui.horizontal(|ui| {
            let works = format!("Control {} was seen working", at + 1);
            if ui.add(Button::secondary(&works).icon(icon::CHECK)).clicked() {
                form.draft.set(&verified, ctx.now_at);
            }
            let fails = format!("Control {} failed", at + 1);
            if ui.add(Button::quiet_danger(&fails)).clicked() {
                form.draft.set(&failed, ctx.now_at);
            }
        });
    }
}
