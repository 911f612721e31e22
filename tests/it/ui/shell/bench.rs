//! A window in a folder of its own, started from nothing: preferences, registers and exports all lie below it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patchbook::app::preferences::Preferences;
use patchbook::app::session::Session;
use patchbook::app::{Context, sample};
use patchbook::ui::App;
use patchbook::ui::app::Start;
use patchbook::ui::picker::Picker;
use patchbook::ui::route::Room;
use patchbook::ui::theme::Mode;
use patchbook::util::clock::Clock;
use patchbook::util::id::Ids;
use patchbook::util::progress::Progress;

use crate::widgets::support::{SIZE, Setting, Window, window_over_with};

/// Sunday 22 November 2026, 12:00 UTC.
pub const NOW: i64 = 1_795_348_800;

pub fn context() -> Context {
    Context {
        actor: "Ines Hartmann".to_owned(),
        site: "desk".to_owned(),
        clock: Clock::Fixed(NOW),
        ids: Arc::new(Ids::seeded(7)),
        backups: None,
    }
}

/// The window and its folder.
pub struct Bench {
    pub window: Window<'static, App>,
    pub folder: PathBuf,
    _kept: Option<tempfile::TempDir>,
}

/// A window that starts with nothing open.
pub fn bench(mode: Mode) -> Bench {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_owned();
    open(mode, path, Start::Welcome, Some(folder))
}

/// A window on the sample register, built by the real importers.
pub fn sample(mode: Mode) -> Bench {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_owned();
    let built = sample::build(&path.join("sample"), &context(), &Progress::default()).expect("the sample");
    open(mode, path, Start::Open(built.register), Some(folder))
}

/// A window that starts with a register, in a folder somebody else keeps.
pub fn open(mode: Mode, folder: PathBuf, start: Start, kept: Option<tempfile::TempDir>) -> Bench {
    let kept_at = folder.join("preferences.toml");
    let (mut preferences, _) = Preferences::read(&kept_at);
    preferences.actor = "Ines Hartmann".to_owned();
    let app = App::new(Session::inline(context()), preferences, Some(kept_at), Picker::none(), start);
    let setting = Setting { size: SIZE, mode, scale: 1.0 };
    let window = window_over_with(setting, app, |ui, app: &mut App| {
        let ctx = ui.ctx().clone();
        app.logic(&ctx);
        app.ui(ui);
    });
    let mut bench = Bench { window, folder, _kept: kept };
    bench.settle();
    bench
}

impl Bench {
    pub fn settle(&mut self) {
        self.window.harness.run_steps(4);
    }

    pub fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.window.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    pub fn ctrl(&mut self, key: Key) {
        self.press(Modifiers::COMMAND, key);
    }

    pub fn click(&mut self, role: Role, label: &str) {
        self.window.harness.get_by_role_and_label(role, label).click();
        self.settle();
    }

    pub fn button(&mut self, label: &str) {
        self.click(Role::Button, label);
    }

    /// Goes to a room by its key.
    pub fn go(&mut self, room: Room) {
        let keys = patchbook::ui::keys::Command::Go(room).shortcuts()[0];
        self.press(keys.modifiers, keys.logical_key);
    }

    /// Presses the first button whose words begin so.
    pub fn button_like(&mut self, words: &str) {
        let node = self
            .window
            .harness
            .get_all_by_role(Role::Button)
            .find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with(words)));
        node.unwrap_or_else(|| panic!("a button that begins with {words}")).click_accesskit();
        self.settle();
    }

    /// Empties an input and types into it.
    pub fn retype(&mut self, label: &str, text: &str) {
        self.window.harness.get_by_role_and_label(Role::TextInput, label).focus();
        self.settle();
        self.ctrl(Key::A);
        self.type_text(text);
    }

    pub fn type_text(&mut self, text: &str) {
        self.window.harness.event(Event::Text(text.to_owned()));
        self.settle();
    }

    pub fn value(&self, label: &str) -> String {
        let node = self.window.harness.get_by_role_and_label(Role::TextInput, label);
        node.accesskit_node().value().unwrap_or_default()
    }

    pub fn shows(&self, label: &str) -> bool {
        self.window.harness.query_all_by_label(label).next().is_some()
    }

    pub fn mentions(&self, words: &str) -> bool {
        self.window.harness.query_all_by_label_contains(words).next().is_some()
    }

    /// Makes a register by the form on Welcome and opens it.
    pub fn make(&mut self, name: &str) -> PathBuf {
        let path = self.folder.join("shop.patchbook");
        self.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::N);
        self.retype("Shop", name);
        self.retype("Time zone", "Europe/Berlin");
        self.retype("File", &path.display().to_string());
        self.button("Make the register");
        path
    }

    /// Answers the dialog for a path.
    pub fn name_path(&mut self, path: &Path, yes: &str) {
        self.retype("Path", &path.display().to_string());
        self.button(yes);
    }

    /// The window manager asks the window to close.
    pub fn close(&mut self) {
        let root = egui::ViewportId::ROOT;
        let viewports = &mut self.window.harness.input_mut().viewports;
        viewports.entry(root).or_default().events.push(egui::ViewportEvent::Close);
        self.window.harness.step();
        if let Some(viewport) = self.window.harness.input_mut().viewports.get_mut(&root) {
            viewport.events.clear();
        }
        self.settle();
    }

    /// A file is dropped on the window.
    pub fn drop_file(&mut self, path: &Path) {
        self.window.harness.input_mut().dropped_files.push(Arc::new(Dropped(path.to_owned())));
        self.window.harness.step();
        self.window.harness.input_mut().dropped_files.clear();
        self.settle();
    }

    pub fn app(&self) -> &App {
        self.window.harness.state()
    }
}

/// A file as the window system hands it over.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|cause| cause.to_string())
    }
}
