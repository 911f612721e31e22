//! What an update hangs together with: what it replaces, what it needs, what it once broke.

use std::collections::{HashMap, HashSet};

use egui::{Label, Ui};

use super::super::conflict::ConflictSheet;
use super::super::need::NeedSheet;
use super::Wish;
use crate::domain::compliance::edge::advised_edges;
use crate::domain::gate::Prerequisite;
use crate::domain::gate::rule::conflicts_of;
use crate::domain::update::{Update, UpdateId};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{heading_ui, weak_ui};
use crate::ui::room::later::{Later, Seen};
use crate::ui::theme::{Text, size};
use crate::ui::widget::{Button, Link, card_ui};
use crate::util::clock::day_text;

/// Draws the cards; what was asked for.
pub fn ties_ui(
    chain: &mut Later<UpdateId, Chain>,
    update: &Update,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) -> Option<Wish> {
    let id = update.id;
    chain.ask(id, ctx, actions, move |on| read(on, id));
    let chain = if let Some(chain) = chain.value() {
        card_ui(ui, None, |ui| chain_ui(chain, ctx, ui)).inner
    } else {
        chain.wait_ui(ui);
        None
    };
    ui.add_space(size::GAP);
    let needs = card_ui(ui, None, |ui| needs_ui(update, ctx, ui)).inner;
    ui.add_space(size::GAP);
    let conflicts = card_ui(ui, None, |ui| conflicts_ui(update, ctx, ui)).inner;
    chain.or(needs).or(conflicts)
}

/// The updates that replace an update, and those that it replaces, the nearest first: none is told twice.
#[derive(Debug)]
pub struct Chain {
    newer: Vec<UpdateId>,
    older: Vec<UpdateId>,
}

/// What replaces what by imports and by advisories, as the figures count it.
fn read(on: &Seen, update: UpdateId) -> Chain {
    let book = on.book();
    let told = book.supersedences.rows().iter().map(|edge| (edge.older, edge.newer));
    let rows = book.updates.rows();
    let advised = advised_edges(book, on.as_of_at).into_iter();
    let advised = advised.map(|(old, new)| (rows[old as usize].id, rows[new as usize].id));
    let (mut newer, mut older) = (HashMap::new(), HashMap::new());
    for (old, new) in told.chain(advised) {
        newer.entry(old).or_insert_with(Vec::new).push(new);
        older.entry(new).or_insert_with(Vec::new).push(old);
    }
    Chain { newer: closure(&newer, update), older: closure(&older, update) }
}

fn closure(next: &HashMap<UpdateId, Vec<UpdateId>>, update: UpdateId) -> Vec<UpdateId> {
    let mut seen = HashSet::from([update]);
    let mut found = vec![update];
    let mut at = 0;
    while let Some(from) = found.get(at) {
        let more: Vec<UpdateId> = next.get(from).into_iter().flatten().copied().collect();
        found.extend(more.into_iter().filter(|id| seen.insert(*id)));
        at += 1;
    }
    found.remove(0);
    found
}

fn chain_ui(chain: &Chain, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Wish> {
    heading_ui(ui, "Supersedence");
    let mut wish = None;
    let parts = [("Replaced by", &chain.newer), ("Replaces", &chain.older)];
    if parts.iter().all(|(_, updates)| updates.is_empty()) {
        weak_ui(ui, "It replaces nothing, and nothing replaces it.");
    }
    for (word, updates) in parts {
        if updates.is_empty() {
            continue;
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().interact_size.y = 0.0;
            ui.label(Text::Body.rich(format!("{word}:")));
            for &id in updates {
                let Some(other) = ctx.book().updates.get(id.0) else { continue };
                let name = format!("{}, {}", other.short_name(), ctx.day_text(other.released_at));
                if ui.add(Link::new(&name)).on_hover_text(&other.title).clicked() {
                    wish = Some(Wish::Update(id));
                }
            }
        });
    }
    wish
}

fn needs_ui(update: &Update, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Wish> {
    let mut wish = None;
    heading_ui(ui, "Prerequisites");
    let mine = |row: &&Prerequisite| row.update == update.id && row.ended_at.is_none();
    let rows: Vec<&Prerequisite> = ctx.book().prerequisites.iter().filter(mine).collect();
    if rows.is_empty() {
        weak_ui(ui, "Nothing is known that must be there before it or together with it.");
    }
    for row in rows {
        let other = row.needs.and_then(|id| ctx.book().updates.get(id.0)).map(Update::short_name);
        let what = other.into_iter().chain(Some(row.what.clone())).filter(|part| !part.is_empty());
        let what = what.collect::<Vec<_>>().join(", ");
        ui.horizontal_wrapped(|ui| {
            ui.label(Text::Body.rich(format!("{}: {what}", row.kind.text())));
            let name = format!("Change {what}");
            let button = Button::icon_only(icon::PENCIL, &name).enabled(ctx.can_write());
            if ui.add(button).clicked() {
                wish = Some(Wish::Open(Box::new(NeedSheet::change(row))));
            }
        });
    }
    let add = Button::secondary("Add a prerequisite…").icon(icon::PLUS).enabled(ctx.can_write());
    if ui.add(add).clicked() {
        wish = Some(Wish::Open(Box::new(NeedSheet::new(update.id))));
    }
    wish
}

/// Conflicts of this update, and those of products that it is for.
fn conflicts_ui(update: &Update, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Wish> {
    let mut wish = None;
    heading_ui(ui, "Known conflicts");
    let rows = conflicts_of(ctx.book(), update);
    if rows.is_empty() {
        weak_ui(ui, "Nothing is remembered against it or its products.");
    }
    for row in rows {
        ui.horizontal_wrapped(|ui| {
            let helped =
                if row.remedy.is_empty() { String::new() } else { format!(". What helped: {}", row.remedy) };
            let what = row.what.trim_end_matches('.');
            let words = format!("{}, {}: {what}{helped}", row.product, day_text(row.seen_on));
            ui.add(Label::new(Text::Body.rich(words)).wrap());
            let name = format!("Change the conflict with {}", row.product);
            if ui.add(Button::icon_only(icon::PENCIL, &name).enabled(ctx.can_write())).clicked() {
                wish = Some(Wish::Open(Box::new(ConflictSheet::change(row))));
            }
        });
    }
    let add = Button::secondary("Add a conflict…").icon(icon::PLUS).enabled(ctx.can_write());
    if ui.add(add).clicked() {
        wish = Some(Wish::Open(Box::new(ConflictSheet::new(ctx, Some(update.id)))));
    }
    wish
}
