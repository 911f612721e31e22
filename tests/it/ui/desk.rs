//! A whole window over a fresh register: the real app, the real engine, no display and no thread.

use std::path::PathBuf;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patchbook::app::preferences::Preferences;
use patchbook::app::session::{Notice, Request, Session};
use patchbook::app::{Context, Engine};
use patchbook::domain::asset::{Asset, AssetId, AssetKind};
use patchbook::domain::book::Book;
use patchbook::domain::command::{AssetDraft, Command};
use patchbook::domain::person::{Person, PersonId};
use patchbook::domain::shop::Shop;
use patchbook::domain::standing::Standing;
use patchbook::store::Access;
use patchbook::ui::App;
use patchbook::ui::app::Start;
use patchbook::ui::picker::Picker;
use patchbook::ui::route::Room;
use patchbook::ui::theme::Mode;
use patchbook::util::clock::Clock;
use patchbook::util::id::Ids;
use patchbook::util::progress::Progress;

use crate::widgets::support::{Setting, Window, window_over_with};

/// Monday 15 April 2024, 12:00 UTC: three days after the fixtures were exported.
pub const NOW: i64 = 1_713_182_400;

/// A file or folder of the fixtures.
pub fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// Who is at work, always the same.
pub fn context() -> Context {
    Context {
        actor: "Ada Admin".to_owned(),
        site: "desk".to_owned(),
        clock: Clock::Fixed(NOW),
        ids: Arc::new(Ids::seeded(1)),
        backups: None,
    }
}

/// The window and the folder its register lies in.
pub struct Desk<'a> {
    pub window: Window<'a, App>,
    folder: tempfile::TempDir,
}

/// Makes a register, fills it, and opens a window on it.
pub fn desk<'a>(setting: Setting, fill: impl FnOnce(&mut Engine)) -> Desk<'a> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("corner.patchbook");
    let shop = Shop { name: "Corner Shop".to_owned(), zone: "Europe/Berlin".to_owned(), ..Shop::default() };
    let mut engine = Engine::create(&path, shop, context()).expect("a register");
    fill(&mut engine);
    drop(engine);
    // Other ids than those the register was made with.
    let window = opened(setting, path, Context { ids: Arc::new(Ids::seeded(2)), ..context() });
    let mut desk = Desk { window, folder };
    desk.settle();
    desk
}

/// A window on a register that exists.
fn opened<'a>(setting: Setting, path: PathBuf, context: Context) -> Window<'a, App> {
    let mut session = Session::inline(context);
    session.send(Request::Open { path, access: Access::Write });
    let preferences = Preferences { actor: "Ada Admin".to_owned(), ..Preferences::default() };
    let app = App::new(session, preferences, None, Picker::none(), Start::Welcome);
    window_over_with(setting, app, |ui, app: &mut App| {
        let ctx = ui.ctx().clone();
        app.logic(&ctx);
        app.ui(ui);
    })
}

/// The usual size in the light look.
pub fn light(fill: impl FnOnce(&mut Engine)) -> Desk<'static> {
    desk(Setting::default(), fill)
}

/// The dark look.
pub fn dark(fill: impl FnOnce(&mut Engine)) -> Desk<'static> {
    desk(Setting { mode: Mode::Dark, ..Setting::default() }, fill)
}

/// Runs a command on the engine.
pub fn run(engine: &mut Engine, command: Command) {
    engine.run(command, &Progress::default()).expect("a sound command");
}

/// Adds an asset.
pub fn add(engine: &mut Engine, name: &str, kind: AssetKind) {
    let mut asset = Asset::new(AssetId(0), name, 0);
    asset.kind = kind;
    asset.site = "Head office".to_owned();
    let draft = AssetDraft {
        base: None,
        asset,
        standing: Standing::of_kind(kind),
        reason: String::new(),
        approved_by: String::new(),
    };
    run(engine, Command::SaveAsset(Box::new(draft)));
}

/// Adds a person.
pub fn hire(engine: &mut Engine, name: &str) {
    let person =
        Person { id: PersonId(0), name: name.to_owned(), mail: String::new(), function: String::new() };
    run(engine, Command::SavePerson { base: None, person });
}

/// Imports fixtures without asking.
pub fn import(engine: &mut Engine, names: &[&str]) {
    use patchbook::import::plan::Choices;
    use patchbook::import::{Answers, Input};
    let paths: Vec<PathBuf> = names.iter().map(|name| fixture(name)).collect();
    let inputs = Input::from_paths(&paths).expect("the fixtures are there");
    let answers = Answers::default();
    let read = patchbook::app::import::read_files(&inputs, &answers, &Progress::default()).expect("read");
    let plan = patchbook::app::import::plan_import(engine, &read, &Choices::default());
    patchbook::app::import::accept(engine, plan, &read, &answers, &Progress::default()).expect("written");
}

impl Desk<'_> {
    /// The program is closed, and opened again on the same register at another time (UTC seconds).
    pub fn reopened_at(self, at: i64) -> Desk<'static> {
        let Desk { window, folder } = self;
        drop(window);
        let context = Context { clock: Clock::Fixed(at), ids: Arc::new(Ids::seeded(at as u64)), ..context() };
        let window = opened(Setting::default(), folder.path().join("corner.patchbook"), context);
        let mut desk = Desk { window, folder };
        desk.settle();
        desk
    }

    /// Runs frames until nothing moves.
    pub fn settle(&mut self) {
        self.window.harness.run_steps(3);
    }

    /// Presses a key.
    pub fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.window.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// Goes to a room by its key.
    pub fn go(&mut self, room: Room) {
        let keys = patchbook::ui::keys::Command::Go(room).shortcuts()[0];
        self.press(keys.modifiers, keys.logical_key);
    }

    /// Clicks what has this role and name.
    pub fn click(&mut self, role: Role, label: &str) {
        self.window.harness.get_by_role_and_label(role, label).click();
        self.settle();
    }

    /// Chooses one of several answers, in sight or not.
    pub fn answer(&mut self, label: &str) {
        self.window.harness.get_by_role_and_label(Role::RadioButton, label).click_accesskit();
        self.settle();
    }

    /// Clicks a button.
    pub fn button(&mut self, label: &str) {
        self.click(Role::Button, label);
    }

    /// Gives an input the keyboard and types into it.
    pub fn type_into(&mut self, label: &str, text: &str) {
        self.window.harness.get_by_role_and_label(Role::TextInput, label).focus();
        self.settle();
        self.window.harness.get_by_role_and_label(Role::TextInput, label).type_text(text);
        self.settle();
    }

    /// Empties an input and types into it.
    pub fn retype(&mut self, label: &str, text: &str) {
        self.window.harness.get_by_role_and_label(Role::TextInput, label).focus();
        self.settle();
        self.press(Modifiers::COMMAND, Key::A);
        self.window.harness.event(Event::Text(text.to_owned()));
        self.settle();
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

    /// Types into an input of several lines.
    pub fn type_lines(&mut self, label: &str, text: &str) {
        self.window.harness.get_by_role_and_label(Role::MultilineTextInput, label).focus();
        self.settle();
        self.window.harness.event(Event::Text(text.to_owned()));
        self.settle();
    }

    /// Chooses an option of a dropdown.
    pub fn choose(&mut self, name: &str, option: &str) {
        // In the panel where one is open: it stands at the right of everything else.
        let right = |a: &egui_kittest::Node<'_>, b: &egui_kittest::Node<'_>| {
            a.rect().left().total_cmp(&b.rect().left())
        };
        let boxes = self.window.harness.get_all_by_role_and_label(Role::ComboBox, name);
        boxes.max_by(right).expect("a dropdown").click_accesskit();
        self.settle();
        // The list may have to scroll to it.
        self.window.harness.get_by_role_and_label(Role::ListBoxOption, option).click_accesskit();
        self.settle();
    }

    /// What an input holds.
    pub fn value(&self, label: &str) -> String {
        let node = self.window.harness.get_by_role_and_label(Role::TextInput, label);
        node.accesskit_node().value().unwrap_or_default()
    }

    /// Whether something with this label is in sight.
    pub fn shows(&self, label: &str) -> bool {
        self.window.harness.query_all_by_label(label).next().is_some()
    }

    /// Whether something whose label holds these words is in sight.
    pub fn mentions(&self, words: &str) -> bool {
        self.window.harness.query_all_by_label_contains(words).next().is_some()
    }

    /// The register as the file holds it now, read by somebody else.
    pub fn book(&self) -> Arc<Book> {
        let path = self.folder.path().join("corner.patchbook");
        let mut session = Session::inline(context());
        session.send(Request::Open { path, access: Access::ReadOnly });
        for notice in session.drain() {
            if let Notice::Opened(shown) = notice {
                return shown.book;
            }
        }
        panic!("the register opens for looking on");
    }

    /// Starts an import by the path dialog, as Ctrl+I does where no system dialog exists.
    pub fn import(&mut self, path: &std::path::Path) {
        self.press(Modifiers::COMMAND, Key::I);
        self.retype("Path", &path.display().to_string());
        self.press(Modifiers::NONE, Key::Enter);
        self.settle();
    }

    /// A file in the test's own folder.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path
    }
}
