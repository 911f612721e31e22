//! The frame around the rooms: navigation, banner, status bar.

use egui::{Align, CentralPanel, Frame, Layout, Margin, Panel, Sense, Stroke, Ui, Vec2};

use super::App;
use super::file::note_text;
use crate::store::{Access, Note};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::keys::Command;
use crate::ui::room;
use crate::ui::route::Room;
use crate::ui::theme::{self, Text, Tone, paint, size};
use crate::ui::widget::sidebar::{self, Ends, sidebar_ui};
use crate::ui::widget::status_bar::status_bar_ui;
use crate::ui::widget::toast::bell_ui;
use crate::ui::widget::{Button, Progress, progress_line_ui};
use crate::util::text::count;

impl App {
    pub(super) fn shell_ui(&mut self, ui: &mut Ui) -> Vec<Action> {
        let mut actions = Vec::new();
        let opening = self.file.shown().is_none() && self.file.waiting.opening.is_some();
        if self.room != Room::Welcome || opening {
            self.sidebar_ui(ui);
        }
        actions.extend(self.status_ui(ui));
        self.banner_ui(ui);
        let page = Frame::new().fill(theme::tokens(ui).page);
        CentralPanel::default().frame(page).show(ui, |ui| {
            if opening {
                self.opening_ui(ui);
            } else if self.room == Room::Welcome {
                let open = self.file.shown().is_some();
                let (welcome, browse) = (&mut self.rooms.welcome, self.picker.is_native());
                actions.extend(room::welcome::room_ui(welcome, &self.keep.preferences, open, browse, ui));
            } else {
                actions.extend(self.room_ui(ui));
            }
        });
        actions
    }

    fn sidebar_ui(&mut self, ui: &mut Ui) {
        self.file.make_logo(ui.ctx());
        let keys: Vec<String> =
            Room::SIDEBAR.iter().map(|room| Command::Go(*room).key_text(ui.ctx())).collect();
        let shown = self.file.shown();
        let rooms: Vec<sidebar::Room<'_>> = Room::SIDEBAR
            .iter()
            .zip(&keys)
            .map(|(room, key)| sidebar::Room {
                icon: room.icon(),
                name: room.name(),
                shortcut: key,
                count: "",
            })
            .collect();
        let path = self.file.path().or(self.file.waiting.opening.as_deref());
        let file = path.and_then(|path| path.file_name()).unwrap_or_default().to_string_lossy().into_owned();
        let name = shown.map_or("", |shown| shown.book.shop.name.as_str());
        let saved = match shown {
            None => (Tone::Neutral, String::new()),
            Some(shown) if shown.access == Access::ReadOnly => (Tone::Warn, "Looking on".to_owned()),
            Some(shown) => {
                (Tone::Good, format!("Saved - entry {}", count(shown.book.head.seq.unsigned_abs())))
            }
        };
        let ends = Ends {
            shop: if name.is_empty() { "Patchbook" } else { name },
            logo: self.file.logo.texture.as_ref(),
            file: &file,
            saved: (saved.0, &saved.1),
        };
        let current = Room::SIDEBAR.iter().position(|room| *room == self.room).unwrap_or(usize::MAX);
        if let Some(at) = sidebar_ui(ui, &ends, &rooms, current) {
            self.go(Room::SIDEBAR[at]);
        }
    }

    fn status_ui(&mut self, ui: &mut Ui) -> Vec<Action> {
        let mut actions = Vec::new();
        let now = ui.input(|input| input.time);
        let long = self.file.waiting.is_long(now);
        let step = self.session.progress().step();
        let has_file = self.file.shown().is_some();
        let (undo, redo) = (self.name_of(Command::Undo), self.name_of(Command::Redo));
        let (can_undo, can_redo) = (self.can(Command::Undo), self.can(Command::Redo));
        let actor = self.session.context().actor.clone();
        let toasts = &mut self.over.toasts;
        let mut asked = Vec::new();
        status_bar_ui(ui, |ui| {
            let keys = |command: Command| command.key_text(ui.ctx());
            let (undo_keys, redo_keys, help_keys, palette_keys) =
                (keys(Command::Undo), keys(Command::Redo), keys(Command::Help), keys(Command::Palette));
            if has_file {
                let button = Button::icon_only(icon::UNDO_2, "Undo").tooltip(&undo).shortcut(undo_keys);
                if ui.add(button.enabled(can_undo)).clicked() {
                    asked.push(Command::Undo);
                }
                let button = Button::icon_only(icon::REDO_2, "Redo").tooltip(&redo).shortcut(redo_keys);
                if ui.add(button.enabled(can_redo)).clicked() {
                    asked.push(Command::Redo);
                }
            }
            if long {
                actions.extend(job_ui(ui, &step));
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let tokens = theme::tokens(ui);
                bell_ui(ui, toasts);
                let help = Button::icon_only(icon::CIRCLE_QUESTION_MARK, "Help").shortcut(help_keys);
                if ui.add(help).clicked() {
                    asked.push(Command::Help);
                }
                let find = Button::icon_only(icon::SEARCH, "Find a command").shortcut(palette_keys);
                if ui.add(find).clicked() {
                    asked.push(Command::Palette);
                }
                if has_file && !actor.is_empty() {
                    ui.label(Text::Small.rich(&actor).color(tokens.weak));
                    let (rect, _) = ui.allocate_exact_size(Vec2::splat(size::ICON_SMALL), Sense::hover());
                    paint::icon(ui.painter(), rect.center(), icon::USER, Text::IconSmall, tokens.weak);
                }
            });
        });
        let ctx = ui.ctx().clone();
        for command in asked {
            actions.extend(self.command(command, &ctx));
        }
        actions
    }

    /// Says why a register can only be looked at.
    fn banner_ui(&self, ui: &mut Ui) {
        let Some(shown) = self.file.shown() else { return };
        if shown.access == Access::Write || self.room == Room::Welcome {
            return;
        }
        let why = shown.notes.iter().find(|note| note.is_why());
        let words = why.map_or_else(|| "You are looking on.".to_owned(), note_text);
        let broken = shown.notes.iter().any(|note| matches!(note, Note::HistoryBroken(_)));
        let tone = if broken { Tone::Bad } else { Tone::Warn };
        let tokens = theme::tokens(ui);
        let frame =
            Frame::new().fill(tokens.tint(tone)).inner_margin(Margin::symmetric(size::MARGIN as i8, 0));
        Panel::top("banner").exact_size(size::STATUS_BAR).show_separator_line(false).frame(frame).show(
            ui,
            |ui| {
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let (rect, _) = ui.allocate_exact_size(Vec2::splat(size::ICON), Sense::hover());
                    let glyph = if broken { icon::TRIANGLE_ALERT } else { icon::EYE };
                    paint::icon(ui.painter(), rect.center(), glyph, Text::Icon, tokens.tone(tone));
                    ui.add(egui::Label::new(Text::Medium.rich(words).color(tokens.tone(tone))).truncate());
                });
                let edge = ui.max_rect().expand2(egui::vec2(size::MARGIN, 0.0));
                ui.painter().hline(edge.x_range(), edge.bottom(), Stroke::new(size::LINE, tokens.border));
            },
        );
    }

    /// The page while a register is opened: nothing at first, words when it takes long.
    fn opening_ui(&mut self, ui: &mut Ui) {
        let now = ui.input(|input| input.time);
        if !self.file.waiting.is_long(now) {
            return;
        }
        let name = self.file.waiting.opening.as_deref().and_then(|path| path.file_name());
        let name = name.unwrap_or_default().to_string_lossy().into_owned();
        ui.vertical_centered(|ui| {
            ui.add_space(ui.available_height() / 2.0 - size::GAP_SECTION);
            ui.label(Text::Section.rich(format!("Opening {name}…")));
        });
    }
}

/// The job that runs, on one line, with the way to stop it.
fn job_ui(ui: &mut Ui, step: &crate::util::progress::Step) -> Option<Action> {
    let counts = match (step.done, step.total) {
        (_, 0) => String::new(),
        (done, total) => format!("{} of {}", count(done), count(total)),
    };
    let progress = Progress {
        title: if step.title.is_empty() { "Working" } else { &step.title },
        fraction: (step.total > 0).then(|| step.done as f32 / step.total as f32),
        counts: &counts,
        left: "",
        can_cancel: !step.title.is_empty(),
    };
    progress_line_ui(ui, &progress).then_some(Action::CancelJob)
}
