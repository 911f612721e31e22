//! A search box: an input with a magnifier and, once something is typed, a cross that empties it.

use egui::accesskit::Role;
use egui::{Id, Key, Modifiers, Rect, Response, Ui, pos2};

use super::form::Input;
use crate::ui::icon;
use crate::ui::theme::{self, Text, paint, size};

/// What to search, in a word for the screen reader and a hint for the eye.
#[must_use = "a search box does nothing until it is shown"]
pub struct SearchBox<'a> {
    name: &'a str,
    hint: &'a str,
    text: &'a mut String,
    width: f32,
}

impl<'a> SearchBox<'a> {
    /// A search over `name` ("Search assets"), with a hint ("Search name, owner or site").
    pub fn new(name: &'a str, hint: &'a str, text: &'a mut String) -> Self {
        Self { name, hint, text, width: size::SEARCH }
    }

    /// Another width than usual, in points.
    pub fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    /// The id of the input of a search with this name, to give it the keyboard on Ctrl+F.
    pub fn id_of(name: &str) -> Id {
        Id::unique(("search", name))
    }

    /// Draws the box. `changed()` tells that the text changed, by typing, by Esc or by the cross. Esc empties
    /// the box first and gives the keyboard back only when it is empty.
    pub fn ui(self, ui: &mut Ui) -> Response {
        let id = Self::id_of(self.name);
        let tokens = theme::tokens(ui);
        let mut emptied = false;
        if ui.memory(|memory| memory.has_focus(id)) && !self.text.is_empty() {
            emptied = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        }
        if emptied {
            self.text.clear();
        }
        let had_text = !self.text.is_empty();
        let mut response = Input {
            hint: Some(self.hint),
            keeps_escape: had_text,
            lead: size::ICON + size::GAP_SMALL,
            trail: if had_text { size::CONTROL - size::FIELD_PAD_X } else { 0.0 },
            ..Input::line(id, self.width)
        }
        .ui(ui, self.text)
        .accessible_name(self.name);
        ui.ctx().accesskit_node_builder(id, |node| node.set_role(Role::SearchInput));
        let rect = response.rect;
        let glass = pos2(rect.left() + size::FIELD_PAD_X + size::ICON / 2.0, rect.center().y);
        paint::icon(ui.painter(), glass, icon::SEARCH, Text::Icon, tokens.weak);
        if had_text {
            let place = Rect::from_min_size(
                pos2(rect.right() - size::CONTROL, rect.top()),
                egui::Vec2::splat(size::CONTROL),
            )
            .shrink(size::GAP_SMALL);
            let name = format!("Clear {}", lower_first(self.name));
            if cross_ui(ui, place, &name) {
                self.text.clear();
                response.request_focus();
                emptied = true;
            }
        }
        if emptied {
            response.mark_changed();
        }
        response
    }
}

fn cross_ui(ui: &mut Ui, place: Rect, name: &str) -> bool {
    let child = ui.new_child(egui::UiBuilder::new().max_rect(place).id_salt("clear"));
    let tokens = theme::tokens(ui);
    let response = child.interact(place, child.unique_id().with("cross"), egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Button, true, name));
    if response.hovered() {
        ui.painter().rect_filled(place, size::RADIUS_TICK, tokens.hover);
    }
    paint::icon(ui.painter(), place.center(), icon::X, Text::Icon, tokens.weak);
    paint::focus_ring(ui, &response, size::RADIUS_TICK);
    response.clicked()
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
