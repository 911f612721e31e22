//! The navigation: the shop's name on top, a row of rooms with icon and word, the file's line at the foot.

use egui::accesskit::Role;
use egui::{Frame, Label, Margin, Panel, Sense, TextureHandle, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::ui::icon::{self, Icon};
use crate::ui::theme::{self, Text, Tone, paint, size};

/// A room one can go to.
#[derive(Clone, Copy, Debug)]
pub struct Room<'a> {
    /// Its icon.
    pub icon: Icon,
    /// Its name.
    pub name: &'a str,
    /// The key that leads there: "Ctrl+1".
    pub shortcut: &'a str,
    /// Work waiting in it, written out; empty for none.
    pub count: &'a str,
}

/// What stands above and below the rooms.
#[derive(Clone, Copy)]
pub struct Ends<'a> {
    /// The name of the shop.
    pub shop: &'a str,
    /// The shop's logo, if it has one.
    pub logo: Option<&'a TextureHandle>,
    /// The name of the file.
    pub file: &'a str,
    /// How the file stands and how well that is: "Saved - entry 1 234".
    pub saved: (Tone, &'a str),
}

/// Draws the navigation at the left of `ui`; call it before the content. Returns the room that was chosen.
pub fn sidebar_ui(ui: &mut Ui, ends: &Ends<'_>, rooms: &[Room<'_>], current: usize) -> Option<usize> {
    let tokens = theme::tokens(ui);
    let margin = Margin::symmetric(size::SIDEBAR_PAD as i8, size::CARD_PAD as i8);
    let panel = Panel::left("navigation")
        .exact_size(size::SIDEBAR)
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::new().fill(tokens.sidebar).inner_margin(margin));
    panel
        .show(ui, |ui| {
            shop_ui(ui, ends);
            ui.add_space(size::CARD_PAD);
            ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
            let mut chosen = None;
            for (at, room) in rooms.iter().enumerate() {
                if room_ui(ui, room, at == current) {
                    chosen = Some(at);
                }
            }
            let all = ui.max_rect();
            let foot = all.with_min_y(all.bottom() - size::CONTROL);
            ui.scope_builder(egui::UiBuilder::new().max_rect(foot), |ui| file_ui(ui, ends));
            chosen
        })
        .inner
}

fn shop_ui(ui: &mut Ui, ends: &Ends<'_>) {
    let tokens = theme::tokens(ui);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(size::SHOP_MARK), Sense::hover());
        if let Some(logo) = ends.logo {
            egui::Image::new(logo).corner_radius(size::RADIUS as u8).paint_at(ui, rect);
        } else {
            ui.painter().rect_filled(rect, size::RADIUS, tokens.accent);
            paint::icon(ui.painter(), rect.center(), icon::BOOK_OPEN_CHECK, Text::Icon, tokens.on_accent);
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add(Label::new(Text::Strong.rich(ends.shop)).truncate());
            ui.add(Label::new(Text::Small.rich("Patchbook").color(tokens.weak)).truncate());
        });
    });
}

fn room_ui(ui: &mut Ui, room: &Room<'_>, current: bool) -> bool {
    let tokens = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::CONTROL), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, room.name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_selected(current);
        if !room.count.is_empty() {
            node.set_description(format!("{} waiting", room.count));
        }
    });
    let painter = ui.painter();
    if current {
        painter.rect_filled(rect, size::RADIUS, tokens.selection);
    } else if response.hovered() {
        painter.rect_filled(rect, size::RADIUS, tokens.hover);
    }
    let (glyph, style) = if current { (tokens.accent_text, Text::Medium) } else { (tokens.weak, Text::Body) };
    let center = pos2(rect.left() + size::FIELD_PAD_X + size::ICON / 2.0, rect.center().y);
    paint::icon(painter, center, room.icon, Text::Icon, glyph);
    let mut end = rect.right() - size::FIELD_PAD_X;
    if !room.count.is_empty() {
        let count = paint::line(painter, room.count, Text::SmallNumber, tokens.weak, rect.width());
        end -= count.size().x;
        paint::line_at(painter, rect, end, count, tokens.weak);
        end -= size::GAP;
    }
    let left = rect.left() + size::FIELD_PAD_X + size::ICON + size::CELL_PAD;
    let word = paint::line(painter, room.name, style, tokens.text, end - left);
    paint::line_at(painter, rect, left, word, tokens.text);
    paint::focus_ring(ui, &response, size::RADIUS);
    let clicked = response.clicked();
    if !room.shortcut.is_empty() {
        response.on_hover_text(room.shortcut);
    }
    clicked
}

fn file_ui(ui: &mut Ui, ends: &Ends<'_>) {
    let tokens = theme::tokens(ui);
    let (tone, words) = ends.saved;
    ui.spacing_mut().item_spacing.y = size::LINE;
    ui.add(Label::new(Text::SmallMedium.rich(ends.file)).truncate());
    super::form::text_row_ui(ui, |ui| {
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(size::ICON_SMALL), Sense::hover());
        let glyph = match tone {
            Tone::Good => icon::CIRCLE_CHECK,
            Tone::Warn | Tone::Bad => icon::TRIANGLE_ALERT,
            Tone::Neutral | Tone::Info => icon::CLOCK,
        };
        paint::icon(ui.painter(), rect.center(), glyph, Text::IconSmall, tokens.tone(tone));
        ui.add(Label::new(Text::SmallNumber.rich(words).color(tokens.weak)).truncate());
    });
}
