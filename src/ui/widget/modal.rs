//! Dialogs, for what must be decided now and for nothing else. Esc is Cancel, Enter is the action.

use egui::accesskit::Role;
use egui::{Align, Context, Frame, Id, Key, Label, Layout, Margin, Modal, Modifiers, Stroke, Ui, vec2};

use super::button::Button;
use crate::ui::theme::{self, Text, size};

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Do it.
    Yes,
    /// The third way, where there is one: "Discard".
    Other,
    /// Leave everything as it is.
    Cancel,
}

/// A question with at most three answers.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// What is asked: "Discard the changes to LAP-014?".
    pub title: &'a str,
    /// What follows from it.
    pub body: &'a str,
    /// The verb that does it.
    pub yes: &'a str,
    /// Another verb; none for most questions.
    pub other: Option<&'a str>,
    /// Whether `yes` takes something away; then the keyboard starts on Cancel.
    pub danger: bool,
}

/// Draws a question over everything until it is answered.
pub fn question_ui(ctx: &Context, question: &Question<'_>) -> Option<Answer> {
    let id = Id::unique(("question", question.title));
    let mut answer = None;
    let cancelled = dialog_ui(ctx, id, question.title, |ui| {
        let tokens = theme::tokens(ui);
        if !question.body.is_empty() {
            ui.add(Label::new(Text::Body.rich(question.body).color(tokens.weak)).wrap());
        }
        answer = answers_ui(ui, id, question);
    });
    if cancelled { Some(Answer::Cancel) } else { answer }
}

fn answers_ui(ui: &mut Ui, id: Id, question: &Question<'_>) -> Option<Answer> {
    let mut answer = None;
    ui.add_space(size::GAP);
    let room = vec2(ui.available_width(), size::CONTROL);
    ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
        let button =
            if question.danger { Button::danger(question.yes) } else { Button::primary(question.yes) };
        let yes = ui.add(button);
        let cancel = ui.add(Button::secondary("Cancel"));
        let other = question.other.map(|word| {
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| ui.add(Button::quiet_danger(word)))
                .inner
        });
        // The keyboard starts where Enter does the least harm.
        let first = if question.danger { &cancel } else { &yes };
        if !ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default::<bool>(id), true)) {
            first.request_focus();
        }
        if yes.clicked() {
            answer = Some(Answer::Yes);
        }
        if cancel.clicked() {
            answer = Some(Answer::Cancel);
        }
        if other.is_some_and(|other| other.clicked()) {
            answer = Some(Answer::Other);
        }
    });
    if answer.is_some() {
        ui.data_mut(|data| data.remove::<bool>(id));
    }
    answer
}

/// Draws a dialog with a title and any content; `true` when it is to be left as it was (Esc, or a click beside it).
pub fn dialog_ui(ctx: &Context, id: Id, title: &str, content: impl FnOnce(&mut Ui)) -> bool {
    let tokens = theme::tokens_of(ctx);
    let style = ctx.style_of(ctx.theme());
    let frame = Frame::new()
        .fill(tokens.surface)
        .stroke(Stroke::new(size::LINE, tokens.border))
        .corner_radius(size::RADIUS_WINDOW)
        .shadow(style.visuals.window_shadow)
        .inner_margin(Margin::same(size::MARGIN as i8));
    let shown = Modal::new(id.with("modal")).frame(frame).backdrop_color(tokens.backdrop).show(ctx, |ui| {
        ui.set_width(size::DIALOG - 2.0 * size::MARGIN);
        let heading = ui.add(Label::new(Text::Section.rich(title)).wrap());
        ui.ctx().accesskit_node_builder(heading.id, |node| node.set_role(Role::Heading));
        ui.add_space(size::GAP_SMALL);
        content(ui);
    });
    ctx.accesskit_node_builder(shown.response.id, |node| {
        node.set_role(Role::Dialog);
        node.set_label(title);
        node.set_modal();
    });
    let escape = shown.is_top_modal
        && !shown.any_popup_open
        && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    let left = shown.backdrop_response.clicked() || escape;
    if left {
        ctx.data_mut(|data| data.remove::<bool>(id));
    }
    left
}
