//! The page of all assets: header, filters, table.

use egui::Ui;

use super::bar::bar_ui;
use super::column::{Col, Line};
use super::filter::Filter;
use super::{Next, State};
use crate::domain::asset::AssetId;
use crate::ui::action::{Action, Purpose};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::size;
use crate::ui::widget::page_header::{Chosen, PageAction};
use crate::ui::widget::{Table, TableState, card_ui, empty_state_ui, number, page_header_ui};
use crate::util::text::counted;

/// The table's name, by which its columns are kept and the keyboard finds it.
pub const TABLE: &str = "Assets";

/// The columns and order as they were left, or those of a fresh table.
pub fn remembered(ctx: &Ctx<'_>) -> TableState {
    let mut state = ctx.table(TABLE);
    if !ctx.preferences.tables.contains_key(TABLE) {
        state.hidden.extend(Col::hidden_at_first());
    }
    state
}

/// Draws the page.
pub fn list_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    let sort = state.table.as_ref().and_then(|table| table.sort.as_ref());
    state.index.refresh(ctx, &state.filter, sort);
    let all = ctx.book().assets.len();
    header_ui(state, ctx, ui, &mut actions);
    if all == 0 {
        return empty_ui(state, ctx, ui, actions);
    }
    let (asked, to_rows) = bar_ui(&mut state.filter, &mut state.naming, &state.index, ctx, ui);
    actions.extend(asked);
    ui.add_space(size::GAP_SMALL);
    // Typing or choosing in the bar counts in this very frame.
    let sort = state.table.as_ref().and_then(|table| table.sort.as_ref());
    state.index.refresh(ctx, &state.filter, sort);
    if to_rows {
        to_first_row(state, ctx, ui);
    }
    if state.index.order().is_empty() {
        nothing_ui(state, ctx, ui);
    } else {
        rows_ui(state, ctx, ui, &mut actions);
    }
    actions
}

fn header_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let ticked = state.selection.ticked.len();
    let context = context_words(state, ctx);
    let new = PageAction {
        enabled: ctx.can_write(),
        tooltip: Some("Ctrl+N"),
        ..PageAction::new(Some(icon::PLUS), "New asset")
    };
    let import = PageAction { enabled: ctx.can_write(), ..PageAction::new(Some(icon::UPLOAD), "Import…") };
    let edit = format!("Edit {} ticked…", number(ticked));
    let edit = PageAction { enabled: ctx.can_write(), ..PageAction::new(Some(icon::LIST_CHECKS), &edit) };
    let waive = PageAction {
        enabled: ctx.can_write(),
        tooltip: Some("Leave updates open on the ticked machines until a day, by somebody's decision"),
        ..PageAction::new(Some(icon::SHIELD_ALERT), "Ask for a waiver…")
    };
    let others: &[PageAction<'_>] = if ticked > 0 { &[edit, waive, import] } else { &[import] };
    // An empty register offers both ways in below, and one primary action is enough.
    let (new, others) = if ctx.book().assets.is_empty() { (None, &[][..]) } else { (Some(new), others) };
    match page_header_ui(ui, "Assets", &context, new, others) {
        Some(Chosen::Primary) => state.ask(Next::New, ctx),
        Some(Chosen::Other(0)) if ticked > 0 => state.ask(Next::Several, ctx),
        Some(Chosen::Other(1)) => {
            actions.push(Action::AskWaiver { assets: state.ticked(ctx), updates: Vec::new() });
        }
        Some(Chosen::Other(_)) => actions.push(Action::Pick(Purpose::ImportFiles)),
        None => {}
    }
}

fn context_words(state: &State, ctx: &Ctx<'_>) -> String {
    let (shown, all) = (state.index.order().len(), ctx.book().assets.len());
    let count = if shown == all {
        counted(all as u64, "asset", "assets")
    } else {
        format!("{} of {} assets", number(shown), number(all))
    };
    format!("{count}, as of {}", ctx.time_text(ctx.shown.as_of_at))
}

fn empty_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui, mut actions: Vec<Action>) -> Vec<Action> {
    let words = "Everything the shop owns stands here, with what each machine still owes. Import an export of your update \
                 server, or put in an asset by hand.";
    let offers: &[&str] = if ctx.can_write() { &["Import…", "New asset by hand"] } else { &[] };
    card_ui(ui, None, |ui| match empty_state_ui(ui, icon::LAPTOP, "No assets yet", words, offers) {
        Some(0) => actions.push(Action::Pick(Purpose::ImportFiles)),
        Some(_) => state.ask(Next::New, ctx),
        None => {}
    });
    actions
}

fn nothing_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) {
    let words =
        format!("None of {} assets: {}.", number(ctx.book().assets.len()), state.filter.words(ctx.book()));
    card_ui(ui, None, |ui| {
        if empty_state_ui(ui, icon::FUNNEL, "Nothing matches", &words, &["Show all assets"]).is_some() {
            state.filter = Filter::default();
        }
    });
}

fn to_first_row(state: &mut State, ctx: &Ctx<'_>, ui: &Ui) {
    let first = state.index.order().first().and_then(|place| ctx.book().assets.rows().get(*place as usize));
    if let Some(asset) = first {
        state.selection.select(asset.id.0 as u64);
        ui.memory_mut(|memory| memory.request_focus(Table::id_of(TABLE)));
    }
}

fn rows_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let rows = ctx.book().assets.rows();
    let id_of = |place: u32| rows[place as usize].id.0 as u64;
    let (shown, all) = (state.index.order().len(), rows.len());
    let words = state.filter.words(ctx.book());
    let summary = if words.is_empty() {
        format!("All {}", counted(all as u64, "asset", "assets"))
    } else {
        format!("{} of {} assets: {words}", number(shown), number(all))
    };
    let Some(table) = &mut state.table else { return };
    let output = Table::new(TABLE, &state.columns, state.index.order(), &id_of)
        .tickable()
        .summary(&summary)
        .ui(ui, table, &mut state.selection, |cell, place, column| {
            if let Some(line) = Line::at(ctx, place) {
                line.cell(cell, Col::ALL[column]);
            }
        });
    if output.sort_changed || output.columns_changed {
        actions.push(Action::KeepTable { name: TABLE, state: table.clone() });
    }
    let asset_at = |place: u32| rows.get(place as usize).map(|asset| asset.id);
    if let Some(asset) = output.opened.and_then(asset_at) {
        state.ask(Next::Open(asset), ctx);
    } else if output.current_changed
        && let (Some(current), Some(form)) = (state.selection.current, &state.form)
        && form.asset().is_some()
        && !form.is_dirty()
    {
        // The panel follows the row, but never away from a draft.
        state.go(Next::Open(AssetId(current as i64)), ctx);
    }
}
