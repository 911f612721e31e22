//! What was asked for, carried out after drawing: the only place where the window changes anything.

use std::path::{Path, PathBuf};

use egui::Context;

use super::over::Dialog;
use super::{App, keep};
use crate::app::paper::Paper;
use crate::app::preferences::Theme;
use crate::app::session::Request;
use crate::domain::command::Command;
use crate::import::plan::Choices;
use crate::import::{Answers, Input};
use crate::store::Access;
use crate::ui::action::{Action, Purpose, Verb};
use crate::ui::dialog::{path::PathDialog, print::PrintDialog};
use crate::ui::route::Room;
use crate::ui::theme::{self, Tone};
use crate::ui::widget::{TableState, Toast};

impl App {
    pub(super) fn perform(&mut self, action: Action, ctx: &Context) {
        match action {
            Action::Go(room) => self.go(room),
            Action::ShowAssets(filter) => {
                self.rooms.assets.show(filter);
                self.go(Room::Assets);
            }
            Action::OpenAsset(asset) => {
                self.rooms.assets.open(asset);
                self.go(Room::Assets);
            }
            Action::OpenUpdate(update) => {
                self.rooms.updates.open(update);
                self.go(Room::Updates);
            }
            Action::OpenCycle(cycle) => {
                self.rooms.calendar.open(cycle);
                self.go(Room::Calendar);
            }
            Action::BeginCycle => {
                self.with_room(|rooms, room_ctx| rooms.calendar.begin(room_ctx));
                self.go(Room::Calendar);
            }
            Action::OpenSchedule => {
                self.rooms.calendar.open_checks();
                self.go(Room::Calendar);
            }
            Action::OpenChange(change) => {
                self.rooms.changes.open(change);
                self.go(Room::Changes);
            }
            Action::OpenWaiver(request) => {
                self.rooms.changes.open_waiver(request);
                self.go(Room::Changes);
            }
            Action::AskWaiver { assets, updates } => {
                self.rooms.changes.ask_waiver(assets, updates);
                self.go(Room::Changes);
            }
            Action::OpenRun(run) => {
                self.rooms.night.open(run);
                self.go(Room::Night);
            }
            Action::OpenMeeting(meeting) => {
                self.rooms.programme.open(meeting);
                self.go(Room::Programme);
            }
            Action::OpenActions => {
                self.rooms.programme.open_actions();
                self.go(Room::Programme);
            }
            Action::Send(request) => self.send(request),
            Action::Run { ticket, command } => self.run(ticket, *command),
            Action::ReadFiles { inputs, answers, choices } => self.read(inputs, *answers, *choices),
            Action::PlanAgain { read, choices } => {
                if let Some(shown) = self.file.shown() {
                    let book = std::sync::Arc::clone(&shown.book);
                    self.file.waiting.begin_job();
                    self.session.plan_again(book, read, *choices);
                }
            }
            Action::Open(path) => self.open(path),
            Action::Pick(purpose) => self.pick(purpose),
            Action::Import(inputs) => self.import(inputs, ctx),
            Action::SaveText { name, text } => self.pick(Purpose::SaveText { name, text }),
            Action::Toast(toast) => self.say(toast),
            Action::Copy(text) => ctx.copy_text(text),
            Action::Print => self.open_print(Paper::Monthly),
            Action::PrintPaper(paper) => self.open_print(paper),
            Action::PrintReportOf(day) => {
                self.open_print(Paper::Monthly);
                if let Some(Dialog::Print(dialog)) = &mut self.over.dialog {
                    dialog.as_of(day);
                }
            }
            Action::Look(look) => {
                if let Some(shown) = self.file.shown() {
                    let book = std::sync::Arc::clone(&shown.book);
                    let now_at = self.session.context().clock.now_at();
                    self.session.look(book, look, now_at);
                }
            }
            Action::Work(job) => self.session.work(job),
            Action::Undo => self.send(Request::Undo),
            Action::Redo => self.send(Request::Redo),
            Action::CancelJob => self.session.progress().cancel(),
            Action::KeepTable { name, state } => self.keep_table(name, &state),
            Action::Keep { name, value } => {
                self.keep.preferences.tables.insert(name.to_owned(), value);
            }
            Action::SetTheme(theme) => self.set_theme(theme, ctx),
            Action::SetZoom(zoom) => self.set_zoom(zoom, ctx),
            Action::SetActor(name) => {
                self.keep.preferences.actor.clone_from(&name);
                self.send(Request::SetActor(name));
            }
            Action::OpenPath(path) => self.open_path(&path),
            Action::CloseFile => self.send(Request::Close),
            Action::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
        }
    }

    pub(super) fn verb(&mut self, verb: Verb, ctx: &Context) {
        match verb {
            Verb::Undo => self.perform(Action::Undo, ctx),
            Verb::Open(path) => self.open_path(&path),
            Verb::Go(room) => self.go(room),
        }
    }

    pub(super) fn go(&mut self, room: Room) {
        if self.file.shown().is_none() && room != Room::Welcome {
            return;
        }
        self.room = room;
        if room != Room::Welcome {
            room.word().clone_into(&mut self.keep.preferences.room);
        }
    }

    fn run(&mut self, ticket: u64, command: Command) {
        self.send(Request::Run { ticket, command });
    }

    fn read(&mut self, inputs: Vec<Input>, answers: Answers, choices: Choices) {
        if let Some(shown) = self.file.shown() {
            let book = std::sync::Arc::clone(&shown.book);
            self.file.waiting.begin_job();
            self.session.read_files(book, inputs, answers, choices);
        }
    }

    pub(super) fn import(&mut self, inputs: Vec<Input>, ctx: &Context) {
        let can_write = self.file.shown().is_some_and(|shown| shown.access == Access::Write);
        if !can_write {
            self.say(Toast::new(Tone::Warn, "Open a register for writing before you import"));
            return;
        }
        self.go(Room::Import);
        let actions = self.with_room(|rooms, room_ctx| rooms.import.begin(inputs, room_ctx));
        for action in actions.unwrap_or_default() {
            self.perform(action, ctx);
        }
    }

    pub(super) fn open_print(&mut self, paper: Paper) {
        if let Some(shown) = self.file.shown() {
            let zone = crate::util::clock::zone(&shown.book.shop.zone);
            let now_at = self.session.context().clock.now_at();
            let today = crate::util::clock::day_in(zone, now_at);
            self.over.dialog = Some(Dialog::Print(PrintDialog::new(shown, today, now_at, paper)));
        }
    }

    fn keep_table(&mut self, name: &str, state: &TableState) {
        if let Ok(value) = serde_json::to_value(state) {
            self.keep.preferences.tables.insert(name.to_owned(), value);
        }
    }

    pub(super) fn set_theme(&mut self, theme: Theme, ctx: &Context) {
        self.keep.preferences.theme = theme;
        theme::set_mode(ctx, keep::mode(theme));
    }

    /// Opens a file or folder with the system's own program for it.
    fn open_path(&mut self, path: &Path) {
        #[cfg(target_os = "windows")]
        let program = "explorer";
        #[cfg(target_os = "macos")]
        let program = "open";
        #[cfg(not(any(target_os = "windows", target_os = "macos")))]
        let program = "xdg-open";
        let started = std::process::Command::new(program).arg(path).spawn();
        if started.is_err() {
            self.say(
                Toast::new(Tone::Warn, "No program to open it with was found")
                    .body(path.display().to_string()),
            );
        }
    }

    /// Shows the system's dialog, or a field for the path where there is none.
    pub(super) fn pick(&mut self, purpose: Purpose) {
        if !self.picker.pick(purpose.clone()) {
            let folder = self.file.path().and_then(Path::parent).map(Path::to_owned);
            self.over.dialog = Some(Dialog::Path(PathDialog::new(purpose, folder)));
        }
    }

    /// What a person named goes to where the purpose says.
    pub(super) fn picked(&mut self, purpose: Purpose, paths: &[PathBuf], ctx: &Context) {
        let Some(path) = paths.first().cloned() else { return };
        match purpose {
            Purpose::OpenRegister => self.open(path),
            Purpose::NewRegister { .. } => self.rooms.welcome.place(&with_extension(path, "patchbook")),
            Purpose::SampleFolder => self.send(Request::Sample { folder: free_folder(path) }),
            Purpose::ImportFiles | Purpose::ImportFolder => match Input::from_paths(paths) {
                Ok(inputs) => self.import(inputs, ctx),
                Err(cause) => {
                    let error = crate::app::error::Error::io("cannot read the file", &path, &cause);
                    self.say_error(&error);
                }
            },
            Purpose::PrintTo { .. } => {
                if let Some(Dialog::Print(dialog)) = &mut self.over.dialog {
                    dialog.place(&with_extension(path, "pdf"));
                }
            }
            Purpose::SaveCopy { .. } => self.send(Request::SaveCopy(with_extension(path, "patchbook"))),
            Purpose::SaveText { text, .. } => self.write_text(&path, &text),
            Purpose::Logo => self.rooms.settings.logo(&path),
            Purpose::Evidence => {
                self.file.waiting.begin_job();
                self.session.hash_file(path);
            }
        }
    }

    /// Opens a register for writing.
    pub(super) fn open(&mut self, path: PathBuf) {
        self.send(Request::Open { path, access: Access::Write });
    }

    fn write_text(&mut self, path: &Path, text: &str) {
        match crate::util::file::write_whole(path, text.as_bytes()) {
            Ok(()) => {
                let folder = path.parent().map(Path::to_owned).unwrap_or_default();
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                self.say(
                    Toast::new(Tone::Good, format!("Saved {name}"))
                        .body(path.display().to_string())
                        .action("Open folder", Verb::Open(folder)),
                );
            }
            Err(cause) => {
                self.say_error(&crate::app::error::Error::io("cannot write the file", path, &cause));
            }
        }
    }
}

/// The path with an extension, where the person gave none.
fn with_extension(path: PathBuf, extension: &str) -> PathBuf {
    if path.extension().is_some() { path } else { path.with_extension(extension) }
}

/// A folder that does not exist yet: the one named, or a new one in it.
fn free_folder(named: PathBuf) -> PathBuf {
    if !named.exists() {
        return named;
    }
    let first = named.join("patchbook-sample");
    let mut free = first.clone();
    let mut number = 2;
    while free.exists() {
        free = named.join(format!("patchbook-sample-{number}"));
        number += 1;
    }
    free
}
