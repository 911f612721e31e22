//! The command palette: everything the program can do, found by a few letters, with its key beside it.

use egui::accesskit::Role;
use egui::{
    Align2, Area, Context, Frame, Id, Key, Margin, Modifiers, Order, Rect, ScrollArea, Sense, Stroke, Ui,
    WidgetInfo, pos2, vec2,
};

use super::form::Input;
use crate::ui::icon;
use crate::ui::theme::{self, Text, paint, size};

/// One thing that can be done.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// What it does: "Import a file…".
    pub name: &'a str,
    /// Where it belongs: "Assets". May be empty.
    pub group: &'a str,
    /// Its key: "Ctrl+I". May be empty.
    pub shortcut: &'a str,
    /// Whether it can be done now.
    pub enabled: bool,
}

/// What is typed and where the arrows are.
#[derive(Clone, Debug, Default)]
pub struct Palette {
    query: String,
    at: usize,
    started: bool,
}

/// What came of the palette in this frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picked {
    /// Do this: an index into the entries.
    Entry(usize),
    /// Nothing after all.
    Closed,
}

impl Palette {
    /// A palette that was just opened.
    pub fn new() -> Self {
        Self::default()
    }

    /// Draws the palette over everything until something is picked or it is left.
    pub fn palette_ui(&mut self, ctx: &Context, entries: &[Entry<'_>]) -> Option<Picked> {
        let id = Id::unique("palette");
        let found = find(&self.query, entries);
        self.at = self.at.min(found.len().saturating_sub(1));
        let mut picked = self.keys(ctx, entries, &found);
        let tokens = theme::tokens_of(ctx);
        let style = ctx.style_of(ctx.theme());
        ctx.memory_mut(|memory| memory.set_modal_layer(egui::LayerId::new(Order::Foreground, id)));
        let top = ctx.content_rect().height() / size::PALETTE_DOWN;
        let area = Area::new(id)
            .order(Order::Foreground)
            .anchor(Align2::CENTER_TOP, vec2(0.0, top))
            .role(Role::Dialog)
            .accessible_name("Commands")
            .show(ctx, |ui| {
                let frame = Frame::new()
                    .fill(tokens.surface)
                    .stroke(Stroke::new(size::LINE, tokens.border))
                    .corner_radius(size::RADIUS_WINDOW)
                    .shadow(style.visuals.window_shadow)
                    .inner_margin(Margin::same(size::GAP as i8));
                frame.show(ui, |ui| {
                    ui.set_width(size::PALETTE);
                    self.query_ui(ui, id);
                    ui.add_space(size::GAP_SMALL);
                    self.list_ui(ui, id, entries, &found, &mut picked);
                });
            });
        self.started = true;
        let outside = area.response.clicked_elsewhere() && ctx.cumulative_pass_nr() > 0;
        if picked.is_none() && outside {
            picked = Some(Picked::Closed);
        }
        picked
    }

    fn keys(&mut self, ctx: &Context, entries: &[Entry<'_>], found: &[usize]) -> Option<Picked> {
        let take = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if take(Key::Escape) {
            return Some(Picked::Closed);
        }
        if take(Key::ArrowDown) {
            self.at = (self.at + 1).min(found.len().saturating_sub(1));
        }
        if take(Key::ArrowUp) {
            self.at = self.at.saturating_sub(1);
        }
        if take(Key::Enter) {
            let entry = found.get(self.at).copied().filter(|entry| entries[*entry].enabled);
            return entry.map(Picked::Entry);
        }
        None
    }

    fn query_ui(&mut self, ui: &mut Ui, id: Id) {
        let tokens = theme::tokens(ui);
        let input = Input {
            hint: Some("Type a command"),
            lead: size::ICON + size::GAP_SMALL,
            keeps_escape: true,
            ..Input::line(id.with("query"), ui.available_width())
        };
        let response = input.ui(ui, &mut self.query).accessible_name("Find a command");
        let glass =
            pos2(response.rect.left() + size::FIELD_PAD_X + size::ICON / 2.0, response.rect.center().y);
        paint::icon(ui.painter(), glass, icon::SEARCH, Text::Icon, tokens.weak);
        if response.changed() {
            self.at = 0;
        }
        // Typing is all there is to do here, so the keyboard never leaves.
        if !response.has_focus() {
            response.request_focus();
        }
    }

    fn list_ui(
        &mut self,
        ui: &mut Ui,
        id: Id,
        entries: &[Entry<'_>],
        found: &[usize],
        picked: &mut Option<Picked>,
    ) {
        let tokens = theme::tokens(ui);
        ui.spacing_mut().item_spacing.y = 0.0;
        if found.is_empty() {
            ui.allocate_ui(vec2(ui.available_width(), size::CONTROL), |ui| {
                ui.label(Text::Body.rich("No such command").color(tokens.weak));
            });
        }
        ScrollArea::vertical().max_height(size::PALETTE_LIST).auto_shrink([false, true]).show(ui, |ui| {
            for (at, entry) in found.iter().enumerate() {
                let (_, rect) = ui.allocate_space(vec2(ui.available_width(), size::CONTROL));
                let response = ui.interact(rect, id.with(("entry", *entry)), Sense::CLICK);
                if response.hovered() && ui.input(|input| input.pointer.is_moving()) {
                    self.at = at;
                }
                let this = &entries[*entry];
                response.widget_info(|| {
                    WidgetInfo::selected(Role::MenuItem, this.enabled, self.at == at, this.name)
                });
                entry_ui(ui, rect, this, self.at == at);
                if self.at == at && !ui.is_rect_visible(rect) {
                    response.scroll_to_me(None);
                }
                if response.clicked() && this.enabled {
                    *picked = Some(Picked::Entry(*entry));
                }
            }
        });
    }
}

fn entry_ui(ui: &Ui, rect: Rect, entry: &Entry<'_>, at: bool) {
    let tokens = theme::tokens(ui);
    let painter = ui.painter();
    if at {
        painter.rect_filled(rect, size::RADIUS, tokens.selection);
    }
    let color = if entry.enabled { tokens.text } else { tokens.weak };
    let mut end = rect.right() - size::GAP;
    if !entry.shortcut.is_empty() {
        let keys = paint::line(painter, entry.shortcut, Text::SmallMedium, tokens.weak, rect.width());
        let place = Rect::from_min_size(
            pos2(end - keys.size().x - 2.0 * size::GAP_SMALL, rect.center().y - size::CHIP / 2.0),
            vec2(keys.size().x + 2.0 * size::GAP_SMALL, size::CHIP),
        );
        paint::filled(painter, place, size::RADIUS_TICK, tokens.surface, Some(tokens.border));
        paint::line_at(painter, rect, place.left() + size::GAP_SMALL, keys, tokens.weak);
        end = place.left() - size::GAP;
    }
    let mut left = rect.left() + size::GAP;
    let name = paint::line(painter, entry.name, Text::Body, color, end - left);
    let width = name.size().x;
    paint::line_at(painter, rect, left, name, color);
    left += width + size::GAP;
    if !entry.group.is_empty() && left < end {
        let group = paint::line(painter, entry.group, Text::Small, tokens.weak, end - left);
        paint::line_at(painter, rect, left, group, tokens.weak);
    }
}

/// The entries that fit what is typed, the best first; all of them, in their order, while nothing is typed.
pub fn find(query: &str, entries: &[Entry<'_>]) -> Vec<usize> {
    let query = query.trim().to_lowercase();
    let mut found: Vec<(u32, usize)> = entries
        .iter()
        .enumerate()
        .filter_map(|(at, entry)| fit(&query, &entry.name.to_lowercase()).map(|cost| (cost, at)))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, at)| at).collect()
}

/// How badly a name fits a query whose letters must come in order: gaps cost, letters at the start of a word do not.
fn fit(query: &str, name: &str) -> Option<u32> {
    if let Some(at) = name.find(query) {
        let inside_word = name[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        return Some(u32::from(inside_word) * 2 + u32::from(at > 0));
    }
    let mut cost = 10;
    let mut letters = name.chars();
    let mut before = ' ';
    for wanted in query.chars().filter(|letter| !letter.is_whitespace()) {
        loop {
            let letter = letters.next()?;
            let starts_word = !before.is_alphanumeric();
            before = letter;
            if letter == wanted {
                cost += u32::from(!starts_word);
                break;
            }
            cost += 1;
        }
    }
    Some(cost)
}
