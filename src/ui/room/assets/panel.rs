//! The panel beside the table: one asset's form, or the changes to several.

use egui::{Frame, Id, Label, Margin, Ui};

use super::draft::Part;
use super::fields::fields_ui;
use super::form::Form;
use super::page::Page;
use super::retire::Retire;
use super::{Next, State, multi};
use crate::domain::asset::Status;
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::{Button, Field, Link, side_panel_with_foot_ui};
use crate::util::text::counted;

/// The field a new asset starts in.
pub fn name_id(form: &Form) -> Id {
    Field::new(form.record(), Part::Name.text(), &mut String::new()).id()
}

/// What was asked for in the foot of the form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Foot {
    Save,
    Revert,
    Retire,
    Close,
}

/// Draws the panel, if one is open.
pub fn panel_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    if state.multi.is_some() {
        let assets = state.ticked(ctx);
        let Some(multi) = &mut state.multi else { return Vec::new() };
        let (actions, close) = multi::multi_ui(multi, &assets, ctx, ui);
        if close {
            state.multi = None;
        }
        return actions;
    }
    let Some(mut form) = state.form.take() else { return Vec::new() };
    let changed = form.follow(ctx);
    let mut foot = None;
    let title = form.title();
    let ((mut actions, page), close) = {
        let (dirty, new, saving) = (form.is_dirty(), form.asset().is_none(), form.is_saving());
        let retired = form.base_standing().is_some_and(|standing| standing.status == Status::Retired);
        let mut draw_foot = |ui: &mut Ui| foot_ui(ui, ctx, &mut foot, (dirty, new, saving, retired));
        let chip = dirty.then_some((Tone::Info, "Not saved"));
        side_panel_with_foot_ui(ui, "asset", &title, chip, &mut draw_foot, |ui| {
            form_ui(&mut form, ctx, ui, &changed)
        })
    };
    if page && let Some(asset) = form.asset() {
        state.page = Some(Page::new(asset));
    }
    if foot == Some(Foot::Save) {
        actions.extend(form.save(ctx));
    }
    if foot == Some(Foot::Revert) {
        form.revert();
    }
    if foot == Some(Foot::Retire)
        && let Some(asset) = form.asset()
    {
        state.retire = Some(Retire::new(asset, form.title()));
    }
    state.form = Some(form);
    if close || foot == Some(Foot::Close) {
        state.ask(Next::Close, ctx);
    }
    actions
}

fn foot_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    foot: &mut Option<Foot>,
    (dirty, new, saving, retired): (bool, bool, bool, bool),
) {
    let can = ctx.can_write();
    let word = if new { "Add asset" } else { "Save" };
    let save = Button::primary(word).enabled(can && dirty && !saving).shortcut("Ctrl+S");
    if ui.add(save).clicked() {
        *foot = Some(Foot::Save);
    }
    if new {
        if ui.add(Button::secondary("Cancel")).clicked() {
            *foot = Some(Foot::Close);
        }
        return;
    }
    if ui.add(Button::secondary("Revert").enabled(dirty)).clicked() {
        *foot = Some(Foot::Revert);
    }
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let retire = Button::quiet_danger("Retire…").enabled(can && !dirty && !retired);
        if ui.add(retire).clicked() {
            *foot = Some(Foot::Retire);
        }
    });
}

/// Draws the form; answers what was asked for, and whether the page of the asset is wanted.
fn form_ui(form: &mut Form, ctx: &Ctx<'_>, ui: &mut Ui, changed: &[Part]) -> (Vec<Action>, bool) {
    let mut page = false;
    if let Some(asset) = form.asset()
        && let Some(place) = ctx.book().asset_place(asset)
        && let Some(machine) = ctx.figures().machines.get(place as usize)
    {
        let tally = &machine.tally;
        let words = match (tally.overdue, tally.open + tally.unknown) {
            (0, 0) => "Show its updates".to_owned(),
            (0, owed) => format!("Show {}", counted(u64::from(owed), "owed update", "owed updates")),
            (late, owed) => {
                format!("Show {}, {late} overdue", counted(u64::from(owed), "owed update", "owed updates"))
            }
        };
        page = ui.add(Link::new(&words)).clicked();
    }
    if !changed.is_empty() {
        meanwhile_ui(form, ctx, ui, changed);
    }
    if let Some(issue) = form.general_issue().map(str::to_owned) {
        // A conflict is told by the banner above, with what to do about it.
        if changed.is_empty() {
            banner_ui(ui, Tone::Bad, |ui| {
                ui.add(Label::new(Text::Body.rich(issue)).wrap());
            });
        }
    }
    (fields_ui(form, ctx, ui), page)
}

/// Somebody, or an import, changed the asset while it was being edited.
fn meanwhile_ui(form: &mut Form, ctx: &Ctx<'_>, ui: &mut Ui, changed: &[Part]) {
    let theirs = form.theirs(ctx);
    let (mut keep, mut take) = (false, false);
    banner_ui(ui, Tone::Warn, |ui| {
        let words = format!("{} was changed meanwhile. What you typed is kept.", form.title());
        ui.add(Label::new(Text::Medium.rich(words)).wrap());
        for part in changed {
            let now = theirs.as_ref().map(|draft| draft[*part].as_str()).unwrap_or_default();
            let now = if now.is_empty() { "empty" } else { now };
            ui.add(Label::new(Text::Small.rich(format!("{} is now: {now}", part.text()))).wrap());
        }
        ui.horizontal(|ui| {
            keep = ui.add(Button::secondary("Keep what I typed")).clicked();
            take = ui.add(Button::quiet("Discard mine")).clicked();
        });
    });
    if keep {
        form.rebase(ctx);
    }
    if take {
        form.revert();
        form.follow(ctx);
    }
}

fn banner_ui(ui: &mut Ui, tone: Tone, content: impl FnOnce(&mut Ui)) {
    let tokens = theme::tokens(ui);
    Frame::new()
        .fill(tokens.tint(tone))
        .corner_radius(size::RADIUS)
        .inner_margin(Margin::same(size::CELL_PAD as i8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
            content(ui);
        });
}
