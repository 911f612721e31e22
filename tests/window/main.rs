//! The shipped programs in a real window: X keys in, pictures and the file's own content out.
//!
//! Needs an X display with a window manager, xdotool and `ImageMagick`'s `import`; `.ci/window` starts and installs them. What was
//! typed is proved by the console program reading the file, not by the picture; the pictures are kept for people to look at.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(40);

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn program(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env("PATCHBOOK_HOME", self.path("home"))
            .env_remove("WAYLAND_DISPLAY")
            .current_dir(self.folder.path());
        command
    }

    fn cli(&self, args: &[&str]) -> (bool, String) {
        let output = self.program(env!("CARGO_BIN_EXE_patchbook-cli")).args(args).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn window(&self, args: &[&str]) -> Window {
        let mut command = self.program(env!("CARGO_BIN_EXE_patchbook"));
        let child = command.args(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let mut window = Window { child, id: String::new() };
        let pid = window.child.id().to_string();
        eventually("the window opens", || {
            let found = run("xdotool", &["search", "--onlyvisible", "--pid", &pid, "--name", "Patchbook"]);
            found.lines().last().unwrap_or_default().clone_into(&mut window.id);
            !window.id.is_empty()
        });
        run("xdotool", &["windowactivate", "--sync", &window.id]);
        window
    }
}

struct Window {
    child: Child,
    id: String,
}

impl Window {
    fn keys(&self, keys: &str) {
        run("xdotool", &["windowactivate", "--sync", &self.id]);
        run("xdotool", &["key", "--delay", "60", keys]);
        // A frame of the software renderer takes its time; what follows is checked, not assumed.
        run("sleep", &["0.7"]);
    }

    fn words(&self, words: &str) {
        run("xdotool", &["windowactivate", "--sync", &self.id]);
        run("xdotool", &["type", "--delay", "25", words]);
        run("sleep", &["0.5"]);
    }

    fn picture(&self, name: &str) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("window");
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join(format!("{name}.png"));
        run("import", &["-window", &self.id, file.to_str().unwrap()]);
        assert!(file.metadata().unwrap().len() > 10_000, "{name} shows nothing");
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn run(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).output().unwrap_or_else(|e| panic!("{program}: {e}"));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < PATIENCE, "in vain: {what}");
        run("sleep", &["0.3"]);
    }
}

#[test]
fn an_asset_typed_by_keyboard_is_in_the_file_and_undo_takes_it_out_again() {
    let desk = Desk::new();
    assert!(desk.cli(&["new", "shop.patchbook", "--name", "Window shop"]).0);
    let window = desk.window(&["shop.patchbook"]);
    let has_asset = || desk.cli(&["assets", "shop.patchbook", "--json"]).1.contains("WS-TYPED");
    run("sleep", &["2"]);
    window.picture("today-empty");
    window.keys("ctrl+2");
    window.keys("ctrl+n");
    window.words("WS-TYPED");
    window.picture("asset-form");
    window.keys("ctrl+s");
    eventually("the asset is in the file", has_asset);
    window.picture("asset-saved");
    window.keys("Escape");
    window.keys("ctrl+z");
    eventually("undo takes it out", || !has_asset());
    window.keys("ctrl+shift+z");
    eventually("redo brings it back", has_asset);
    window.kill();
    assert!(desk.cli(&["verify", "shop.patchbook"]).0, "the file is sound after the window was killed");
}

#[test]
fn the_demo_opens_on_its_own_register_and_every_room_can_be_reached() {
    let desk = Desk::new();
    let window = desk.window(&["demo", "sample"]);
    eventually("the register is there", || desk.path("sample/tidewater.patchbook").exists());
    run("sleep", &["3"]);
    window.picture("today");
    for (key, room) in [
        ("ctrl+2", "assets"),
        ("ctrl+3", "updates"),
        ("ctrl+8", "reports"),
        ("ctrl+9", "import"),
        ("ctrl+0", "history"),
        ("ctrl+comma", "settings"),
    ] {
        window.keys(key);
        window.picture(room);
    }
    window.keys("ctrl+k");
    window.picture("palette");
    window.keys("Escape");
    window.kill();
    assert!(desk.path("sample/monthly-compliance-report.pdf").exists());
    assert!(desk.cli(&["verify", "sample/tidewater.patchbook"]).0);
}

#[test]
fn a_night_goes_on_where_it_was_after_the_program_was_killed() {
    let desk = Desk::new();
    assert!(desk.cli(&["new", "shop.patchbook", "--name", "Window shop"]).0);
    let today = run("date", &["-u", "+%Y-%m-%d"]);
    assert!(desk.cli(&["night", "plan", "shop.patchbook", "--on", today.trim()]).0);
    assert!(desk.cli(&["night", "begin", "shop.patchbook"]).0);
    let shows = |words: &str| desk.cli(&["night", "show", "shop.patchbook", "--json"]).1.contains(words);
    let window = desk.window(&["shop.patchbook"]);
    run("sleep", &["2"]);
    window.keys("ctrl+6");
    window.keys("i");
    window.words("WS-014 failed");
    window.keys("Return");
    eventually("the issue is in the file", || shows("WS-014 failed"));
    window.keys("b");
    window.keys("Return");
    eventually("the step has begun", || shows("running"));
    window.picture("night-before");
    window.keys("n");
    window.words("half a line");
    window.kill();
    assert!(desk.cli(&["verify", "shop.patchbook"]).0, "the file is sound after the window was killed");
    let window = desk.window(&["shop.patchbook"]);
    run("sleep", &["2"]);
    window.keys("ctrl+6");
    window.picture("night-again");
    assert!(shows("WS-014 failed") && shows("running"), "what was written is there");
    assert!(!shows("half a line"), "what was not written is not claimed");
    window.keys("d");
    window.words("Leave it for Saturday");
    window.keys("Return");
    eventually("the night goes on", || shows("Leave it for Saturday"));
    window.keys("e");
    window.keys("Return");
    eventually("the step ends", || !shows("running"));
    window.kill();
    assert!(desk.cli(&["verify", "shop.patchbook"]).0);
}
