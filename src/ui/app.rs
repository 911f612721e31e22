//! The window's state and its two halves of a frame: [`App::logic`] takes what came in, [`App::ui`] draws and then applies what
//! was asked for. It never waits, never blocks and draws only from the Book it was given last.

mod command;
mod file;
mod keep;
mod notice;
mod over;
mod perform;
mod shell;

use std::path::PathBuf;

use egui::{Context, Ui};

use super::action::{Action, Tickets};
use super::picker::Picker;
use super::room::{self, Ctx};
use super::route::Room;
use super::theme;
use crate::app::preferences::Preferences;
use crate::app::session::{Request, Session};
use crate::store::Access;
use crate::util::progress::Step;

use file::File;
use keep::Keep;
use over::Over;

pub use keep::mode;

/// What the window starts with.
#[derive(Debug, Default)]
pub enum Start {
    /// The Welcome room.
    #[default]
    Welcome,
    /// This register.
    Open(PathBuf),
}

/// The state of every room.
#[derive(Debug, Default)]
struct Rooms {
    welcome: room::welcome::State,
    today: room::today::State,
    assets: room::assets::State,
    updates: room::updates::State,
    calendar: room::calendar::State,
    changes: room::changes::State,
    night: room::night::State,
    programme: room::programme::State,
    reports: room::reports::State,
    import: room::import::State,
    history: room::history::State,
    settings: room::settings::State,
}

/// The window.
pub struct App {
    session: Session,
    keep: Keep,
    file: File,
    room: Room,
    rooms: Rooms,
    over: Over,
    picker: Picker,
    tickets: Tickets,
}

impl App {
    /// A window over an engine. `kept_at` is where the preferences are written; `None` keeps nothing.
    pub fn new(
        session: Session,
        preferences: Preferences,
        kept_at: Option<PathBuf>,
        picker: Picker,
        start: Start,
    ) -> Self {
        let mut app = Self {
            session,
            keep: Keep::new(preferences, kept_at),
            file: File::default(),
            room: Room::Welcome,
            rooms: Rooms::default(),
            over: Over::default(),
            picker,
            tickets: Tickets::default(),
        };
        if let Start::Open(path) = start {
            app.send(Request::Open { path, access: Access::Write });
        }
        app
    }

    /// Sets the look and the zoom of a context, as the preferences have them. Call it once, before the first frame.
    pub fn set_up(&self, ctx: &Context) {
        theme::apply(ctx, mode(self.keep.preferences.theme));
        ctx.set_zoom_factor(self.keep.preferences.zoom);
    }

    /// Says something the person should know about the start, such as preferences that could not be read.
    pub fn tell(&mut self, text: impl Into<String>) {
        self.over.say(super::widget::Toast::new(theme::Tone::Warn, text));
    }

    /// Takes what came in since the last frame.
    pub fn logic(&mut self, ctx: &Context) {
        for notice in self.session.drain() {
            self.take(notice, ctx);
        }
        while let Some(picked) = self.picker.drain() {
            self.picked(picked.purpose, &picked.paths, ctx);
        }
        self.compare_with_last_month();
    }

    /// Draws the window and applies what was asked for.
    pub fn ui(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let mut actions = self.answer_keys(&ctx);
        actions.extend(self.shell_ui(ui));
        actions.extend(self.over_ui(&ctx));
        for action in actions {
            self.perform(action, &ctx);
        }
        self.answer_close(&ctx);
        self.keep_place(&ctx);
        self.schedule(&ctx);
    }

    /// The room that is shown.
    pub fn room(&self) -> Room {
        self.room
    }

    /// Keeps what the person likes, one last time.
    pub fn finish(&mut self) {
        self.keep.write();
    }

    /// The preferences as they stand.
    pub fn preferences(&self) -> &Preferences {
        &self.keep.preferences
    }

    fn send(&mut self, request: Request) {
        self.file.waiting.begin(&request);
        self.session.send(request);
    }

    /// Runs a room's code with what it may read and its own state. `None` while no register is open.
    fn with_room<R>(&mut self, work: impl FnOnce(&mut Rooms, &Ctx<'_>) -> R) -> Option<R> {
        let step: Step = self.session.progress().step();
        let job = (self.file.waiting.is_waiting() && !step.title.is_empty()).then_some(&step);
        let now_at = self.session.context().clock.now_at();
        let ctx = self.file.ctx(&self.keep.preferences, &self.tickets, job, now_at)?;
        Some(work(&mut self.rooms, &ctx))
    }

    fn room_ui(&mut self, ui: &mut Ui) -> Vec<Action> {
        let room = self.room;
        let drawn = self.with_room(|rooms, ctx| match room {
            Room::Welcome => Vec::new(),
            Room::Today => room::today::room_ui(&mut rooms.today, ctx, ui),
            Room::Assets => room::assets::room_ui(&mut rooms.assets, ctx, ui),
            Room::Updates => room::updates::room_ui(&mut rooms.updates, ctx, ui),
            Room::Calendar => room::calendar::room_ui(&mut rooms.calendar, ctx, ui),
            Room::Changes => room::changes::room_ui(&mut rooms.changes, ctx, ui),
            Room::Night => room::night::room_ui(&mut rooms.night, ctx, ui),
            Room::Programme => room::programme::room_ui(&mut rooms.programme, ctx, ui),
            Room::Reports => room::reports::room_ui(&mut rooms.reports, ctx, ui),
            Room::Import => room::import::room_ui(&mut rooms.import, ctx, ui),
            Room::History => room::history::room_ui(&mut rooms.history, ctx, ui),
            Room::Settings => room::settings::room_ui(&mut rooms.settings, ctx, ui),
        });
        drawn.unwrap_or_default()
    }
}
