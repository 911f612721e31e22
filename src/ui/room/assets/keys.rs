//! The keys of the room: search, new, save, paste, and Esc, which asks only if something would be lost.

use egui::text::{CCursor, CCursorRange};
use egui::{Context, Event, Key, Modifiers, Popup, TextEdit, Ui};

use super::bar::SEARCH;
use super::table::TABLE;
use super::{Next, State};
use crate::import::Input;
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::widget::{SearchBox, Table};

/// Answers the keys of this frame, before anything is drawn.
pub fn answer(state: &mut State, ctx: &Ctx<'_>, ui: &Ui) -> Vec<Action> {
    if state.check.is_some() || state.retire.is_some() || state.next.is_some() {
        return Vec::new();
    }
    let mut actions = Vec::new();
    let take = |key| ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, key));
    if take(Key::F) && state.page.is_none() {
        to_search(ui.ctx(), &state.filter.text);
    }
    if take(Key::N) && ctx.can_write() {
        state.page = None;
        state.ask(Next::New, ctx);
    }
    if take(Key::S) && ctx.can_write() {
        let ticked = state.ticked(ctx);
        if let Some(multi) = &mut state.multi {
            actions.extend(multi.save(ctx, ticked));
        } else if let Some(form) = state.form.as_mut().filter(|form| form.is_dirty()) {
            actions.extend(form.save(ctx));
        }
    }
    if !ui.ctx().text_edit_focused() && ctx.can_write() {
        actions.extend(pasted(ui));
    }
    if state.page.is_none() && ui.memory(|memory| memory.has_focus(Table::id_of(TABLE))) {
        type_to_search(state, ui);
    }
    actions
}

/// Esc closes the panel, then the page, unless something in them answers it first.
pub fn escape(state: &mut State, ctx: &Ctx<'_>, ui: &Ui) {
    let busy = state.check.is_some() || state.retire.is_some() || state.next.is_some();
    let open = state.form.is_some() || state.multi.is_some() || state.page.is_some();
    if busy || !open || Popup::is_any_open(ui.ctx()) {
        return;
    }
    if !ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        return;
    }
    if state.form.is_some() || state.multi.is_some() {
        state.ask(Next::Close, ctx);
        if state.page.is_none() && state.next.is_none() {
            state.focus = Some(Table::id_of(TABLE));
        }
    } else {
        state.page = None;
    }
}

/// Rows pasted from elsewhere offer an import; nothing is written before it is agreed to.
fn pasted(ui: &Ui) -> Option<Action> {
    let text = ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Paste(text) if text.contains('\n') => Some(text.clone()),
            _ => None,
        })
    })?;
    Some(Action::Import(vec![Input::from_bytes("pasted text", text.into_bytes())]))
}

/// Letters typed on the rows go to the search box.
fn type_to_search(state: &mut State, ui: &Ui) {
    let typed: String = ui.input_mut(|input| {
        let mut typed = String::new();
        input.events.retain(|event| match event {
            // Space ticks.
            Event::Text(text) if !text.trim().is_empty() => {
                typed.push_str(text);
                false
            }
            _ => true,
        });
        typed
    });
    if !typed.is_empty() {
        state.filter.text.push_str(&typed);
        to_search(ui.ctx(), &state.filter.text);
    }
}

fn to_search(ctx: &Context, text: &str) {
    let id = SearchBox::id_of(SEARCH);
    ctx.memory_mut(|memory| memory.request_focus(id));
    // Behind what is there, so that the next letter continues it.
    let mut edit = TextEdit::load_state(ctx, id).unwrap_or_default();
    edit.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(text.chars().count()))));
    edit.store(ctx, id);
}
