//! A dropdown: one of several words. The keyboard stays on the button the whole time, so nothing can lose it.
//!
//! Closed: Space, Enter or Down opens. Open: arrows, Home and End move, letters jump, Enter or Space chooses, Esc
//! and Tab leave everything as it was.

use std::fmt::Debug;
use std::hash::Hash;

use egui::accesskit::{HasPopup, Role};
use egui::{
    Event, EventFilter, Id, Key, Modifiers, Popup, PopupCloseBehavior, Rect, Response, ScrollArea, Sense, Ui,
    WidgetInfo, pos2, vec2,
};

use super::field::column_ui;
use super::form;
use crate::ui::icon;
use crate::ui::theme::{self, Text, paint, size};

/// A choice out of a list of words.
#[must_use = "a dropdown does nothing until it is shown"]
pub struct Dropdown<'a> {
    id: Id,
    name: &'a str,
    options: &'a [&'a str],
    chosen: &'a mut Option<usize>,
    empty: &'a str,
    prefix: Option<&'a str>,
    width: Option<f32>,
    label: bool,
    required: bool,
    issue: Option<&'a str>,
    help: Option<&'a str>,
}

/// What a dropdown remembers while it is open.
#[derive(Clone, Debug, Default)]
struct State {
    open: bool,
    /// The option the arrows are on.
    at: usize,
    /// Letters typed lately and when the last one came, in the context's seconds.
    typed: String,
    typed_at: f64,
    /// Whether the list must bring `at` into sight.
    scroll: bool,
}

impl<'a> Dropdown<'a> {
    /// A labelled choice in a form. `record` is the identity of what is being edited.
    pub fn new(
        record: impl Hash + Debug,
        name: &'a str,
        options: &'a [&'a str],
        chosen: &'a mut Option<usize>,
    ) -> Self {
        Self {
            id: Id::unique(("dropdown", &record, name)),
            name,
            options,
            chosen,
            empty: "Choose…",
            prefix: None,
            width: None,
            label: true,
            required: false,
            issue: None,
            help: None,
        }
    }

    /// A choice in a row of a list, without a label of its own; `name` is read aloud.
    pub fn bare(
        record: impl Hash + Debug,
        name: &'a str,
        options: &'a [&'a str],
        chosen: &'a mut Option<usize>,
    ) -> Self {
        Self { label: false, ..Self::new(record, name, options, chosen) }
    }

    /// A choice in a row of filters, with its name inside: "Type: any".
    pub fn filter(name: &'a str, options: &'a [&'a str], chosen: &'a mut Option<usize>) -> Self {
        Self { label: false, prefix: Some(name), empty: "any", ..Self::new("filter", name, options, chosen) }
    }

    /// What stands there while nothing is chosen.
    pub fn empty(mut self, empty: &'a str) -> Self {
        self.empty = empty;
        self
    }

    /// A fixed width in points instead of all there is (in a form) or of the words (in a row of filters).
    pub fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// Marks the choice as one that must be made.
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// What is wrong with the choice, in words.
    pub fn issue(mut self, issue: Option<&'a str>) -> Self {
        self.issue = issue;
        self
    }

    /// A line of explanation below.
    pub fn help(mut self, help: &'a str) -> Self {
        self.help = Some(help);
        self
    }

    /// Draws the dropdown. `changed()` tells that another option was chosen.
    pub fn ui(mut self, ui: &mut Ui) -> Response {
        if !self.label {
            let width = self.width.unwrap_or(ui.spacing().combo_width);
            return self.button_ui(ui, width);
        }
        let width = self.width.unwrap_or_else(|| ui.available_width());
        column_ui(ui, width, |ui| {
            let label = form::label_ui(ui, self.name, self.required);
            let response = self.button_ui(ui, width).labelled_by(label.id);
            form::describe(&response, self.required, self.issue.or(self.help), self.issue.is_some());
            form::note_ui(ui, self.issue, self.help);
            response
        })
    }

    fn button_ui(&mut self, ui: &mut Ui, width: f32) -> Response {
        let id = self.id;
        let mut state: State = ui.data(|data| data.get_temp(id)).unwrap_or_default();
        let before = *self.chosen;
        if ui.memory(|memory| memory.has_focus(id)) && ui.is_enabled() {
            self.keys(ui, &mut state);
        }
        let (_, rect) = ui.allocate_space(vec2(width, size::CONTROL));
        let mut response = ui.interact(rect, id, Sense::click());
        if response.clicked() {
            response.request_focus();
            if state.open { state.open = false } else { self.open(&mut state) }
        }
        if response.has_focus() {
            // Only while open: closed, the arrows may move on to the neighbour, and Esc is the form's.
            let filter = EventFilter {
                tab: false,
                horizontal_arrows: state.open,
                vertical_arrows: true,
                escape: state.open,
            };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        } else if state.open && response.lost_focus() && !pointer_is_at_it(ui) {
            state.open = false;
        }
        self.paint(ui, &response, state.open);
        self.name_it(ui, &response, state.open);
        self.list_ui(&response, &mut state);
        ui.data_mut(|data| data.insert_temp(id, state));
        if *self.chosen != before {
            response.mark_changed();
        }
        response
    }

    fn open(&self, state: &mut State) {
        state.open = true;
        state.at = self.chosen.unwrap_or(0);
        state.typed.clear();
        state.scroll = true;
    }

    /// Answers the keyboard before the button is made, so that Enter and Space never count as a click on it.
    fn keys(&mut self, ui: &Ui, state: &mut State) {
        let take = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if !state.open {
            if take(Key::ArrowDown) || take(Key::ArrowUp) {
                self.open(state);
            }
            return;
        }
        let last = self.options.len().saturating_sub(1);
        let mut to = state.at;
        if take(Key::ArrowDown) {
            to = (to + 1).min(last);
        }
        if take(Key::ArrowUp) {
            to = to.saturating_sub(1);
        }
        if take(Key::Home) {
            to = 0;
        }
        if take(Key::End) {
            to = last;
        }
        let typing =
            ui.input(|input| input.time) - state.typed_at < size::TYPE_AHEAD_SECS && !state.typed.is_empty();
        if take(Key::Enter) || (!typing && take(Key::Space)) {
            self.choose(state, to);
        }
        if take(Key::Escape) {
            state.open = false;
        }
        if ui.input(|input| input.key_pressed(Key::Tab)) {
            state.open = false;
        }
        if let Some(found) = self.type_ahead(ui, state) {
            to = found;
        }
        if to != state.at {
            state.at = to;
            state.scroll = true;
        }
    }

    fn type_ahead(&self, ui: &Ui, state: &mut State) -> Option<usize> {
        let (typed, now) = ui.input(|input| {
            let typed: String = input
                .events
                .iter()
                .filter_map(|event| if let Event::Text(text) = event { Some(text.as_str()) } else { None })
                .collect();
            (typed, input.time)
        });
        if typed.trim().is_empty() {
            return None;
        }
        if now - state.typed_at > size::TYPE_AHEAD_SECS {
            state.typed.clear();
        }
        state.typed.push_str(&typed.to_lowercase());
        state.typed_at = now;
        self.options.iter().position(|option| option.to_lowercase().starts_with(&state.typed))
    }

    fn choose(&mut self, state: &mut State, option: usize) {
        if option < self.options.len() {
            *self.chosen = Some(option);
        }
        state.open = false;
    }

    fn shown(&self) -> &'a str {
        self.chosen.and_then(|at| self.options.get(at)).copied().unwrap_or(self.empty)
    }

    fn paint(&self, ui: &Ui, response: &Response, open: bool) {
        let tokens = theme::tokens(ui);
        let rect = response.rect;
        let painter = ui.painter();
        let outline = if self.issue.is_some() { tokens.bad } else { tokens.control_border };
        let fill = if response.hovered() || open { tokens.hover } else { tokens.surface };
        paint::filled(painter, rect, size::RADIUS, fill, Some(outline));
        let words = match self.prefix {
            Some(prefix) => format!("{prefix}: {}", self.shown()),
            None => self.shown().to_owned(),
        };
        let color = if self.chosen.is_none() && self.prefix.is_none() { tokens.weak } else { tokens.text };
        let room = rect.width() - 2.0 * size::FIELD_PAD_X - size::ICON - size::GAP_SMALL;
        let galley = paint::line(painter, &words, Text::Body, color, room);
        paint::line_at(painter, rect, rect.left() + size::FIELD_PAD_X, galley, color);
        let chevron = pos2(rect.right() - size::FIELD_PAD_X - size::ICON / 2.0, rect.center().y);
        paint::icon(painter, chevron, icon::CHEVRON_DOWN, Text::Icon, tokens.weak);
        paint::focus_ring(ui, response, size::RADIUS);
    }

    fn name_it(&self, ui: &Ui, response: &Response, open: bool) {
        let enabled = ui.is_enabled();
        response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, enabled, self.name));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_value(self.shown());
            node.set_has_popup(HasPopup::Listbox);
            node.set_expanded(open);
        });
    }

    fn list_ui(&mut self, response: &Response, state: &mut State) {
        let mut open = state.open;
        Popup::from_response(response)
            .id(self.id.with("list"))
            .open_bool(&mut open)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .accessible_name(self.name)
            .gap(size::GAP_SMALL)
            .width(response.rect.width() - 2.0 * size::LINE)
            .show(|ui| {
                ui.set_width(response.rect.width() - ui.spacing().menu_margin.sum().x - 2.0 * size::LINE);
                ui.spacing_mut().item_spacing.y = 0.0;
                ScrollArea::vertical().max_height(size::DROPDOWN_LIST).show(ui, |ui| {
                    for (at, option) in self.options.iter().enumerate() {
                        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), size::CONTROL));
                        let id = self.id.with(("option", at));
                        // Not focusable: the keyboard stays on the button.
                        let item = ui.interact(rect, id, Sense::CLICK);
                        if item.hovered() && ui.input(|input| input.pointer.is_moving()) {
                            state.at = at;
                        }
                        option_ui(ui, rect, option, *self.chosen == Some(at), state.at == at);
                        item.widget_info(|| {
                            WidgetInfo::selected(Role::ListBoxOption, true, *self.chosen == Some(at), option)
                        });
                        if state.scroll && state.at == at {
                            item.scroll_to_me(None);
                        }
                        if item.clicked() {
                            *self.chosen = Some(at);
                            state.open = false;
                            response.request_focus();
                        }
                    }
                    state.scroll = false;
                });
            });
        state.open &= open;
    }
}

/// Whether the pointer is pressed, held or let go in this frame. A press takes the keyboard away before it is known
/// what it hits, and what it hits may be the list.
pub(super) fn pointer_is_at_it(ui: &Ui) -> bool {
    ui.input(|input| input.pointer.any_pressed() || input.pointer.any_down() || input.pointer.any_released())
}

fn option_ui(ui: &Ui, rect: Rect, option: &str, chosen: bool, at: bool) {
    let tokens = theme::tokens(ui);
    let painter = ui.painter();
    if at {
        painter.rect_filled(rect, size::RADIUS, tokens.hover);
    }
    let check = size::ICON + size::GAP_SMALL;
    let galley =
        paint::line(painter, option, Text::Body, tokens.text, rect.width() - 2.0 * size::GAP - check);
    paint::line_at(painter, rect, rect.left() + size::GAP, galley, tokens.text);
    if chosen {
        let center = pos2(rect.right() - size::GAP - size::ICON / 2.0, rect.center().y);
        paint::icon(painter, center, icon::CHECK, Text::Icon, tokens.accent_text);
    }
}
