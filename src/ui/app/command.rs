//! Keys, palette, dropped files, closing: what a person does to the window as a whole.

use egui::Context;

use super::App;
use super::over::Dialog;
use crate::app::preferences::{Theme, WindowPlace};
use crate::app::session::Request;
use crate::import::Input;
use crate::store::Access;
use crate::ui::action::{Action, Purpose, export_script};
use crate::ui::keys::{self, Command, Needs};
use crate::ui::route::Room;
use crate::util::clock::Clock;

/// How much one step of zoom is, and how far it goes.
const ZOOM: (f32, f32, f32) = (0.1, 0.5, 3.0);

impl App {
    pub(super) fn answer_keys(&mut self, ctx: &Context) -> Vec<Action> {
        let mut actions = self.dropped(ctx);
        // A dialog is decided before anything else is done.
        if self.over.is_busy() {
            return actions;
        }
        if let Some(command) = keys::pressed(ctx)
            && self.can(command)
        {
            actions.extend(self.command(command, ctx));
        }
        actions
    }

    /// Whether a command can be done now.
    pub(super) fn can(&self, command: Command) -> bool {
        let shown = self.file.shown();
        let fits = match command.needs() {
            Needs::Nothing => true,
            Needs::File => shown.is_some(),
            Needs::Write => shown.is_some_and(|shown| shown.access == Access::Write),
        };
        fits && match command {
            Command::Undo => shown.is_some_and(|shown| shown.steps.undo.is_some()),
            Command::Redo => shown.is_some_and(|shown| shown.steps.redo.is_some()),
            _ => true,
        }
    }

    pub(super) fn command(&mut self, command: Command, ctx: &Context) -> Vec<Action> {
        let action = match command {
            Command::Palette => {
                self.over.open_palette();
                return Vec::new();
            }
            Command::Help => {
                self.over.dialog = Some(Dialog::Help);
                return Vec::new();
            }
            Command::ZoomIn => return self.zoom(ctx, ZOOM.0),
            Command::ZoomOut => return self.zoom(ctx, -ZOOM.0),
            Command::ZoomReset => return self.zoom(ctx, 1.0 - self.keep.preferences.zoom),
            Command::New => {
                self.rooms.welcome.begin_new();
                Action::Go(Room::Welcome)
            }
            Command::Go(room) => Action::Go(room),
            Command::Open => Action::Pick(Purpose::OpenRegister),
            Command::Sample => Action::Pick(Purpose::SampleFolder),
            Command::Close => Action::CloseFile,
            Command::Import => Action::Pick(Purpose::ImportFiles),
            Command::Print => Action::Print,
            Command::SaveCopy => Action::Pick(Purpose::SaveCopy { name: self.copy_name() }),
            Command::SaveScript => export_script(),
            Command::Verify => Action::Send(Request::Verify),
            Command::Undo => Action::Undo,
            Command::Redo => Action::Redo,
            Command::Light => Action::SetTheme(Theme::Light),
            Command::Dark => Action::SetTheme(Theme::Dark),
            Command::System => Action::SetTheme(Theme::System),
            Command::Quit => Action::Quit,
        };
        vec![action]
    }

    fn zoom(&mut self, ctx: &Context, by: f32) -> Vec<Action> {
        self.set_zoom(self.keep.preferences.zoom + by, ctx);
        Vec::new()
    }

    pub(super) fn set_zoom(&mut self, zoom: f32, ctx: &Context) {
        let (_, least, most) = ZOOM;
        // Whole steps, so that up and down meet again.
        self.keep.preferences.zoom = ((zoom * 10.0).round() / 10.0).clamp(least, most);
        ctx.set_zoom_factor(self.keep.preferences.zoom);
    }

    /// `acme-2026-11-22.patchbook`.
    fn copy_name(&self) -> String {
        let stem = self.file.path().and_then(|path| path.file_stem()).unwrap_or_default().to_string_lossy();
        let zone = self.file.shown().map_or(chrono_tz::UTC, |s| crate::util::clock::zone(&s.book.shop.zone));
        let today = crate::util::clock::day_in(zone, self.session.context().clock.now_at());
        format!("{stem}-{today}.patchbook")
    }

    /// A register that is dropped opens; anything else starts an import.
    fn dropped(&mut self, ctx: &Context) -> Vec<Action> {
        let files = ctx.input(|input| input.raw.dropped_files.clone());
        if files.is_empty() {
            return Vec::new();
        }
        let paths: Vec<_> = files.iter().map(|file| file.path().to_owned()).collect();
        let register =
            paths.iter().find(|path| path.extension().is_some_and(|e| e.eq_ignore_ascii_case("patchbook")));
        if self.room == Room::Changes && self.rooms.changes.wants_file() {
            self.picked(Purpose::Evidence, &paths, ctx);
            return Vec::new();
        }
        if let Some(register) = register {
            let (path, access) = (register.clone(), Access::Write);
            return vec![Action::Send(Request::Open { path, access })];
        }
        match Input::from_paths(&paths) {
            Ok(inputs) => vec![Action::Import(inputs)],
            Err(cause) => {
                let error = crate::app::error::Error::io("cannot read the file", &paths[0], &cause);
                self.say_error(&error);
                Vec::new()
            }
        }
    }

    /// What would be lost by leaving, in words.
    pub(super) fn unsaved(&self) -> Option<String> {
        let rooms = &self.rooms;
        let forms = rooms.assets.unsaved().or_else(|| rooms.changes.unsaved());
        let forms = forms.or_else(|| rooms.updates.unsaved()).or_else(|| rooms.reports.unsaved());
        let forms = forms.or_else(|| rooms.calendar.unsaved()).or_else(|| rooms.programme.unsaved());
        let forms = forms.or_else(|| rooms.night.unsaved()).or_else(|| rooms.settings.unsaved());
        forms.or_else(|| rooms.import.unsaved())
    }

    /// Closing asks only if a form holds unsaved words.
    pub(super) fn answer_close(&mut self, ctx: &Context) {
        if !ctx.input(|input| input.viewport().close_requested()) || self.over.may_quit {
            return;
        }
        if let Some(what) = self.unsaved() {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.over.dialog = Some(Dialog::Quit { what });
        }
    }

    /// Remembers where the window is.
    pub(super) fn keep_place(&mut self, ctx: &Context) {
        let place = ctx.input(|input| {
            let view = input.viewport();
            let inner = view.inner_rect?;
            let corner = view.outer_rect.unwrap_or(inner).min;
            let zoom = input.pixels_per_point() / view.native_pixels_per_point?;
            let still = !view.maximized.unwrap_or(false) && !view.minimized.unwrap_or(false);
            still.then_some(WindowPlace {
                x: corner.x * zoom,
                y: corner.y * zoom,
                width: inner.width() * zoom,
                height: inner.height() * zoom,
            })
        });
        if place.is_some() {
            self.keep.preferences.window = place;
        }
        if let Some(failure) = self.keep.write_if_changed() {
            self.tell(failure);
        }
    }

    pub(super) fn compare_with_last_month(&mut self) {
        if let Some((book, at)) = self.file.wants_past() {
            self.session.compare(book, at);
        }
    }

    /// Asks for the next frame only where something will have changed by then: a job that reports progress, or the minute of
    /// an "as of" that is being looked at. Otherwise nothing is painted until somebody does something.
    pub(super) fn schedule(&mut self, ctx: &Context) {
        if self.file.waiting.is_waiting() {
            ctx.request_repaint_after(std::time::Duration::from_millis(100));
            return;
        }
        let context = self.session.context();
        if context.clock != Clock::System || !matches!(self.room, Room::Today | Room::Calendar) {
            return;
        }
        let (now, focused) =
            (context.clock.now_at(), ctx.input(|input| input.viewport().focused.unwrap_or(true)));
        let Some(shown) = self.file.shown() else { return };
        let age = now - shown.as_of_at;
        if self.room == Room::Calendar {
            // Only the countdown moves on; the figures are those of the last look.
            if focused {
                ctx.request_repaint_after(std::time::Duration::from_secs(MINUTE_SECS as u64));
            }
        } else if age >= MINUTE_SECS {
            self.send(Request::Refresh);
        } else if focused {
            let left = (MINUTE_SECS - age).clamp(1, MINUTE_SECS) as u64;
            ctx.request_repaint_after(std::time::Duration::from_secs(left));
        }
    }
}

/// How old an "as of" that is being looked at may become.
const MINUTE_SECS: i64 = 60;
