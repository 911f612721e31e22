//! The lists of the room under their tabs, each with its way in where it is empty.

use egui::{Key, KeyboardShortcut, Modifiers, Ui};

use super::create::{Bulk, Create};
use super::template::Templates;
use super::{Next, State, Tab, listing, record_list, waiver};
use crate::app::paper::Paper;
use crate::domain::change::ChangeId;
use crate::domain::cycle::CycleId;
use crate::domain::waiver::request::WaiverRequestId;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::size;
use crate::ui::widget::page_header::{Chosen, PageAction};
use crate::ui::widget::{Button, card_ui, empty_state_ui, number, page_header_ui};

const FIND: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::F);

/// Begins a new one of what the tab lists.
pub fn begin(state: &mut State, ctx: &Ctx<'_>) {
    match state.tab {
        Tab::Templates => state.templates.begin(ctx),
        Tab::Waivers => state.ask(Next::NewWaiver, ctx),
        Tab::Records | Tab::Orphans => state.create = Some(Create::new(ctx, state.records.cycle())),
    }
}

/// Draws the lists under their tabs.
pub fn lists_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let empty = match state.tab {
        Tab::Records => ctx.book().changes.is_empty(),
        Tab::Waivers => ctx.book().waiver_requests.is_empty(),
        Tab::Templates => ctx.book().change_templates.is_empty(),
        Tab::Orphans => false,
    };
    let (name, context) = match state.tab {
        Tab::Records => ("New record", "What may be done, by whom, and what came of it"),
        Tab::Waivers => {
            ("New waiver", "Duties left open until a day, by whose decision, and what stands in for them")
        }
        Tab::Orphans => ("New record", "Installs that no change covers, and changes that no install shows"),
        Tab::Templates => {
            ("New template", "Plans that records are made from; ratified, they make standard changes")
        }
    };
    let new = PageAction {
        enabled: ctx.can_write(),
        tooltip: Some("Ctrl+N"),
        ..PageAction::new(Some(icon::PLUS), name)
    };
    let bulk = PageAction {
        enabled: ctx.can_write() && !ctx.book().cycles.is_empty(),
        tooltip: Some("One record for each group that owes something of a cycle"),
        ..PageAction::new(Some(icon::LAYERS), "Records of a cycle…")
    };
    let print = PageAction::new(Some(icon::PRINTER), "Print the list…");
    let paper = paper(state);
    let others: &[PageAction<'_>] = match (state.tab, paper) {
        (Tab::Records, Some(_)) => &[bulk, print],
        (Tab::Records, None) => &[bulk],
        (_, Some(_)) => &[print],
        _ => &[],
    };
    // An empty list offers its way in below, and one primary action is enough.
    match page_header_ui(ui, "Changes", context, (!empty).then_some(new), others) {
        Some(Chosen::Primary) => begin(state, ctx),
        Some(Chosen::Other(0)) if state.tab == Tab::Records => {
            state.bulk = Some(Bulk::new(ctx, state.records.cycle()));
        }
        Some(Chosen::Other(_)) => actions.extend(paper.map(Action::PrintPaper)),
        None => {}
    }
    tabs_ui(state, ctx, ui);
    ui.add_space(size::GAP);
    rows_ui(state, ctx, ui, actions, empty);
    if std::mem::take(&mut state.to_rows) {
        match state.tab {
            Tab::Records => state.records.listing.focus(ui),
            Tab::Waivers => state.waivers.listing.focus(ui),
            Tab::Templates => state.templates.focus(ui),
            Tab::Orphans => {}
        }
    }
}

fn rows_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>, empty: bool) {
    match state.tab {
        Tab::Records if empty => {
            let words = "A change record says what is done to which assets, why, how it is tested and taken back, who allowed \
                         it and what came of it. Its states cannot be skipped.";
            let offers: &[&str] = if ctx.can_write() { &["New record"] } else { &[] };
            card_ui(ui, None, |ui| {
                if empty_state_ui(ui, icon::CLIPBOARD_LIST, "No change records yet", words, offers).is_some()
                {
                    begin(state, ctx);
                }
            });
        }
        Tab::Records => {
            let listing = &state.records.listing;
            if ui.input_mut(|input| input.consume_shortcut(&FIND)) {
                listing::to_search(ui, record_list::SEARCH, &listing.search);
            }
            state.records.listing.type_to_search(ui, record_list::SEARCH);
            state.records.refresh(ctx);
            let (opened, asked) = state.records.ui(ctx, ui);
            actions.extend(asked);
            if let Some(id) = opened {
                state.ask(Next::Record(ChangeId(id)), ctx);
            }
        }
        Tab::Waivers => {
            let listing = &mut state.waivers.listing;
            if ui.input_mut(|input| input.consume_shortcut(&FIND)) {
                listing::to_search(ui, waiver::list::SEARCH, &listing.search);
            }
            listing.type_to_search(ui, waiver::list::SEARCH);
            let asked = state.waivers.ui(ctx, ui);
            actions.extend(asked.actions);
            if let Some(id) = asked.opened {
                state.ask(Next::Waiver(WaiverRequestId(id)), ctx);
            } else if asked.new {
                begin(state, ctx);
            }
        }
        Tab::Templates => {
            if ui.input_mut(|input| input.consume_shortcut(&FIND)) {
                state.templates.find(ui);
            }
            actions.extend(state.templates.list_ui(ctx, ui));
        }
        Tab::Orphans => {
            if ui.input_mut(|input| input.consume_shortcut(&FIND)) {
                state.orphans.find(ui);
            }
            actions.extend(state.orphans.ui(ctx, ui));
        }
    }
}

/// The list on paper: the changes of the cycle that is filtered for, or all waivers.
fn paper(state: &State) -> Option<Paper> {
    match state.tab {
        Tab::Records => state.records.cycle().map(|cycle| Paper::Changes(CycleId(cycle))),
        Tab::Waivers => Some(Paper::Waivers),
        Tab::Templates | Tab::Orphans => None,
    }
}

fn tabs_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) {
    let tabs = [
        (Tab::Records, "Records", Some(ctx.book().changes.len())),
        (Tab::Waivers, "Waivers", Some(ctx.book().waiver_requests.len())),
        (Tab::Templates, "Templates", Some(Templates::count(ctx))),
        (Tab::Orphans, "Orphans", None),
    ];
    let mut chosen = None;
    ui.horizontal(|ui| {
        for (tab, word, count) in tabs {
            let name = count.map_or_else(|| word.to_owned(), |count| format!("{word} {}", number(count)));
            if ui.add(Button::quiet(&name).selected(state.tab == tab)).clicked() {
                chosen = Some(tab);
            }
        }
    });
    if let Some(tab) = chosen {
        state.ask(Next::Tab(tab), ctx);
    }
}
