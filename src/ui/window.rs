//! The real window: eframe around [`App`]. Nothing here is reached by tests without a display, so it holds as little as can be.

use std::path::PathBuf;
use std::sync::Arc;

use eframe::{CreationContext, Frame};
use egui::{Context, Ui, Vec2, ViewportBuilder, Visuals, vec2};

use super::app::{App, Start};
use super::picker::Picker;
use crate::app::preferences::{Places, Preferences, guessed_actor, site};
use crate::app::session::{Session, Waker};
use crate::app::{self, Error, ErrorKind};
use crate::util::clock::Clock;
use crate::util::id::Ids;

/// The name the desktop knows the program by.
pub const APP_ID: &str = "org.patchbook.Patchbook";
const ICON: &[u8] = include_bytes!("../../assets/icon/patchbook-256.png");
const SIZE: Vec2 = vec2(1280.0, 800.0);
const SIZE_MIN: Vec2 = vec2(900.0, 560.0);
/// Farther than this from the first screen's corner, a remembered window may be on a screen that is gone.
const REACH: f32 = 8000.0;

/// Who is at work on this machine, and where their things are.
pub fn context(preferences: &Preferences, places: Option<&Places>) -> app::Context {
    let named = Some(preferences.actor.clone()).filter(|name| !name.is_empty());
    app::Context {
        actor: named.unwrap_or_else(guessed_actor),
        site: site(),
        clock: Clock::System,
        ids: Arc::new(Ids::Random),
        backups: places.map(|places| places.backups.clone()),
    }
}

/// Whether there is anything to show a window on; certain only where the answer is no.
pub fn has_display() -> bool {
    if cfg!(any(windows, target_os = "macos")) {
        return true;
    }
    ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Shows the window until it is closed.
pub fn run(start: Start) -> Result<(), Error> {
    let places = Places::of_system();
    let kept_at = places.as_ref().map(|places| places.preferences.clone());
    let (preferences, warning) = kept_at.as_ref().map(|path| Preferences::read(path)).unwrap_or_default();
    let context = context(&preferences, places.as_ref());
    let options =
        eframe::NativeOptions { viewport: viewport(&preferences), ..eframe::NativeOptions::default() };
    let create = move |cc: &CreationContext<'_>| {
        let window = Window::new(cc, context, preferences, kept_at, warning, start)?;
        Ok(Box::new(window) as Box<dyn eframe::App>)
    };
    eframe::run_native("Patchbook", options, Box::new(create)).map_err(|cause| {
        let hint = "patchbook-cli does the same without a window.";
        Error::new(ErrorKind::Machine, format!("no window could be opened: {cause}"), hint)
    })
}

fn viewport(preferences: &Preferences) -> ViewportBuilder {
    let mut viewport = ViewportBuilder::default()
        .with_title("Patchbook")
        .with_app_id(APP_ID)
        .with_inner_size(SIZE)
        .with_min_inner_size(SIZE_MIN)
        .with_clamp_size_to_monitor_size(true)
        .with_drag_and_drop(true);
    if let Ok(icon) = eframe::icon_data::from_png_bytes(ICON) {
        viewport = viewport.with_icon(icon);
    }
    if let Some(place) = preferences.window {
        viewport = viewport.with_inner_size(vec2(place.width, place.height).max(SIZE_MIN));
        if place.x.abs() < REACH && place.y.abs() < REACH {
            viewport = viewport.with_position([place.x, place.y]);
        }
    }
    viewport
}

/// Set by `benches/measure.py`: close as soon as the first frame was presented.
const FIRST_FRAME: &str = "PATCHBOOK_FIRST_FRAME";

struct Window {
    app: App,
    /// Frames drawn so far, counted only while measuring.
    measured: Option<u32>,
}

impl Window {
    fn new(
        cc: &CreationContext<'_>,
        context: app::Context,
        preferences: Preferences,
        kept_at: Option<PathBuf>,
        warning: Option<String>,
        start: Start,
    ) -> Result<Self, Error> {
        let ctx = cc.egui_ctx.clone();
        let wake: Waker = Arc::new(move || ctx.request_repaint());
        let session = Session::threaded(context, Arc::clone(&wake))?;
        let mut app = App::new(session, preferences, kept_at, Picker::of_system(wake), start);
        app.set_up(&cc.egui_ctx);
        if let Some(warning) = warning {
            app.tell(warning);
        }
        Ok(Self { app, measured: std::env::var_os(FIRST_FRAME).map(|_| 0) })
    }
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &Context, _frame: &mut Frame) {
        self.app.logic(ctx);
        if let Some(frames) = &mut self.measured {
            // A second frame begins once the first was presented.
            if *frames > 0 {
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
            *frames += 1;
            ctx.request_repaint();
        }
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut Frame) {
        self.app.ui(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.app.finish();
    }

    fn clear_color(&self, visuals: &Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
