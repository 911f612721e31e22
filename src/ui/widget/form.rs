//! What every field of a form shares: the label above, the note below, the text input itself, and the guard
//! that keeps text undo inside one record.

use std::hash::{DefaultHasher, Hash, Hasher};

use egui::accesskit::Invalid;
use egui::{Id, Margin, Response, TextEdit, Ui};

use crate::ui::icon;
use crate::ui::theme::{self, Text, paint, size};

/// Draws the label above a field and returns it, for the input to be named by.
pub fn label_ui(ui: &mut Ui, name: &str, required: bool) -> Response {
    let tokens = theme::tokens(ui);
    text_row_ui(ui, |ui| {
        let label = ui.label(Text::Medium.rich(name).color(tokens.text));
        if required {
            let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(size::GAP), egui::Sense::hover());
            let at = rect.center() + egui::vec2(0.0, size::LINE);
            ui.painter().text(at, egui::Align2::CENTER_CENTER, "*", Text::Medium.font(), tokens.bad);
        }
        label
    })
}

/// A row of text and small icons, as high as the text and not as high as a button.
pub(super) fn text_row_ui<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        ui.spacing_mut().item_spacing.x = size::GAP_SMALL;
        ui.horizontal(content).inner
    })
    .inner
}

/// Draws what stands below a field: the issue in words, or else the help.
pub fn note_ui(ui: &mut Ui, issue: Option<&str>, help: Option<&str>) {
    let tokens = theme::tokens(ui);
    if let Some(issue) = issue {
        text_row_ui(ui, |ui| {
            let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(size::ICON_SMALL), egui::Sense::hover());
            paint::icon(ui.painter(), rect.center(), icon::CIRCLE_ALERT, Text::IconSmall, tokens.bad);
            ui.add(egui::Label::new(Text::Small.rich(issue).color(tokens.bad)).wrap());
        });
    } else if let Some(help) = help {
        ui.add(egui::Label::new(Text::Small.rich(help).color(tokens.weak)).wrap());
    }
}

/// Tells a screen reader what the eye sees around a field.
pub fn describe(response: &Response, required: bool, note: Option<&str>, invalid: bool) {
    response.ctx.accesskit_node_builder(response.id, |node| {
        if required {
            node.set_required();
        }
        if let Some(note) = note {
            node.set_description(note);
        }
        if invalid {
            node.set_invalid(Invalid::True);
        }
    });
}

/// How a text input looks and behaves.
#[expect(clippy::struct_excessive_bools, reason = "four independent yes-or-no properties of one input")]
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The identity of the input, with the record in it.
    pub id: Id,
    /// Shown while the input is empty.
    pub hint: Option<&'a str>,
    /// Rows of text; more than one makes Enter start a line.
    pub rows: usize,
    /// Width in points.
    pub width: f32,
    /// Whether figures stand at one width.
    pub figures: bool,
    /// Whether the outline says that something is wrong.
    pub wrong: bool,
    /// Whether the text can only be read and copied.
    pub read_only: bool,
    /// Whether Esc is the caller's to answer instead of giving the keyboard back.
    pub keeps_escape: bool,
    /// Space kept free at the left, for an icon, in points.
    pub lead: f32,
    /// Space kept free at the right, in points.
    pub trail: f32,
}

impl Input<'_> {
    /// A line of text, `width` points wide.
    pub fn line(id: Id, width: f32) -> Self {
        Self {
            id,
            hint: None,
            rows: 1,
            width,
            figures: false,
            wrong: false,
            read_only: false,
            keeps_escape: false,
            lead: 0.0,
            trail: 0.0,
        }
    }

    /// Draws the input. Text undo never reaches back past a change that was not typed here.
    pub fn ui(self, ui: &mut Ui, text: &mut String) -> Response {
        forget_foreign_undo(ui, self.id, text);
        let tokens = theme::tokens(ui);
        let response = ui
            .scope(|ui| {
                if self.wrong {
                    let widgets = &mut ui.visuals_mut().widgets;
                    widgets.inactive.bg_stroke.color = tokens.bad;
                    widgets.hovered.bg_stroke.color = tokens.bad;
                    ui.visuals_mut().selection.stroke.color = tokens.bad;
                }
                // The style's colour of selected text's outline is the ring of a focused input.
                ui.visuals_mut().widgets.hovered.weak_bg_fill = tokens.surface;
                let font = if self.figures { Text::Number } else { Text::Body };
                let mut readable = text.as_str();
                let mut edit = match (self.rows > 1, self.read_only) {
                    (true, true) => TextEdit::multiline(&mut readable),
                    (true, false) => TextEdit::multiline(text),
                    (false, true) => TextEdit::singleline(&mut readable),
                    (false, false) => TextEdit::singleline(text),
                }
                .id(self.id)
                .font(font.font())
                .desired_width(self.width)
                .desired_rows(self.rows)
                .margin(Margin {
                    left: (size::FIELD_PAD_X + self.lead) as i8,
                    right: (size::FIELD_PAD_X + self.trail) as i8,
                    top: size::BUTTON_PAD_Y as i8,
                    bottom: size::BUTTON_PAD_Y as i8,
                });
                edit = edit.event_filter(egui::EventFilter {
                    horizontal_arrows: true,
                    vertical_arrows: true,
                    escape: self.keeps_escape,
                    tab: false,
                });
                if self.rows == 1 {
                    edit = edit.align(egui::Align2::LEFT_CENTER);
                }
                if let Some(hint) = self.hint {
                    edit = edit.hint_text(Text::Body.rich(hint));
                }
                ui.add(edit)
            })
            .inner;
        remember(ui, self.id, text);
        response
    }
}

/// Words typed into one record stay in its undo list only: if the text is not what this input left behind,
/// somebody else put it there and the list is dropped.
fn forget_foreign_undo(ui: &Ui, id: Id, text: &str) {
    let left_behind = ui.data(|data| data.get_temp::<u64>(id.with("left")));
    if left_behind.is_some_and(|hash| hash != hash_of(text))
        && let Some(mut state) = TextEdit::load_state(ui.ctx(), id)
    {
        state.clear_undoer();
        state.store(ui.ctx(), id);
    }
}

fn remember(ui: &Ui, id: Id, text: &str) {
    ui.data_mut(|data| data.insert_temp(id.with("left"), hash_of(text)));
}

fn hash_of(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
