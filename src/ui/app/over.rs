//! What lies over the rooms: toasts, the palette, one dialog.

use egui::Context;

use super::App;
use crate::ui::action::{Action, Verb};
use crate::ui::dialog::help;
use crate::ui::dialog::path::{Named, PathDialog};
use crate::ui::dialog::print::{PrintDialog, Wanted};
use crate::ui::keys::Command;
use crate::ui::widget::modal::{Answer, Question, question_ui};
use crate::ui::widget::palette::{Entry, Palette, Picked};
use crate::ui::widget::{Toast, Toasts};

/// What must be decided before anything else is done.
#[derive(Debug)]
pub(super) enum Dialog {
    /// Name a file or folder.
    Path(PathDialog),
    /// Print a paper.
    Print(PrintDialog),
    /// The page of help.
    Help,
    /// Leave although this would be lost.
    Quit {
        /// What would be lost.
        what: String,
    },
}

/// What lies over the rooms.
#[derive(Default)]
pub(super) struct Over {
    pub(super) toasts: Toasts<Verb>,
    pub(super) dialog: Option<Dialog>,
    palette: Option<Palette>,
    /// The person said what may be lost may be lost.
    pub(super) may_quit: bool,
}

impl Over {
    pub(super) fn say(&mut self, toast: Toast<Verb>) {
        self.toasts.push(toast);
    }

    pub(super) fn open_palette(&mut self) {
        self.palette = Some(Palette::new());
    }

    /// Whether something must be decided first.
    pub(super) fn is_busy(&self) -> bool {
        self.dialog.is_some() || self.palette.is_some()
    }
}

impl App {
    pub(super) fn over_ui(&mut self, ctx: &Context) -> Vec<Action> {
        if let Some(verb) = self.over.toasts.toasts_ui(ctx) {
            self.verb(verb, ctx);
        }
        let mut actions = self.palette_ui(ctx);
        actions.extend(self.dialog_ui(ctx));
        actions
    }

    fn palette_ui(&mut self, ctx: &Context) -> Vec<Action> {
        let Some(mut palette) = self.over.palette.take() else { return Vec::new() };
        let names: Vec<String> = Command::ALL.into_iter().map(|command| self.name_of(command)).collect();
        let keys: Vec<String> = Command::ALL.into_iter().map(|command| command.key_text(ctx)).collect();
        let entries: Vec<Entry<'_>> = Command::ALL
            .into_iter()
            .enumerate()
            .map(|(at, command)| Entry {
                name: &names[at],
                group: command.group(),
                shortcut: &keys[at],
                enabled: self.can(command),
            })
            .collect();
        match palette.palette_ui(ctx, &entries) {
            None => {
                self.over.palette = Some(palette);
                Vec::new()
            }
            Some(Picked::Closed) => Vec::new(),
            Some(Picked::Entry(at)) => self.command(Command::ALL[at], ctx),
        }
    }

    /// The words of a command; Undo and Redo say what they would do.
    pub(super) fn name_of(&self, command: Command) -> String {
        let steps = self.file.shown().map(|shown| &shown.steps);
        let what = match command {
            Command::Undo => steps.and_then(|steps| steps.undo.as_ref()),
            Command::Redo => steps.and_then(|steps| steps.redo.as_ref()),
            _ => None,
        };
        what.map_or_else(|| command.text().to_owned(), |what| format!("{}: {what}", command.text()))
    }

    fn dialog_ui(&mut self, ctx: &Context) -> Vec<Action> {
        let mut actions = Vec::new();
        let native = self.picker.is_native();
        match self.over.dialog.take() {
            None => {}
            Some(Dialog::Path(mut dialog)) => match dialog.dialog_ui(ctx) {
                None => self.over.dialog = Some(Dialog::Path(dialog)),
                Some(Named::Cancelled) => {}
                Some(Named::Path(purpose, path)) => self.picked(purpose, &[path], ctx),
            },
            Some(Dialog::Print(mut dialog)) => match dialog.dialog_ui(ctx, native) {
                None => self.over.dialog = Some(Dialog::Print(dialog)),
                Some(Wanted::Cancelled) => {}
                Some(Wanted::Print(request)) => actions.push(Action::Send(request)),
                Some(Wanted::Browse(purpose)) => {
                    self.over.dialog = Some(Dialog::Print(dialog));
                    self.pick(purpose);
                }
            },
            Some(Dialog::Help) => self.over.dialog = (!help::help_ui(ctx)).then_some(Dialog::Help),
            Some(Dialog::Quit { what }) => self.quit_ui(ctx, what),
        }
        actions
    }

    fn quit_ui(&mut self, ctx: &Context, what: String) {
        let title = format!("Leave without saving {what}?");
        let question = Question {
            title: &title,
            body: "What you typed there is not in the register yet.",
            yes: "Leave",
            other: None,
            danger: true,
        };
        match question_ui(ctx, &question) {
            None => self.over.dialog = Some(Dialog::Quit { what }),
            Some(Answer::Yes) => {
                self.over.may_quit = true;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
            Some(Answer::Other | Answer::Cancel) => {}
        }
    }
}
