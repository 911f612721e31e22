//! A folder with a register in which the console runs as its user runs it: a real process, its output, its exit code, the file
//! afterwards. What only one topic asks of it stands in that topic's file.

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

pub struct Desk {
    folder: tempfile::TempDir,
    actor: &'static str,
}

impl Desk {
    /// An empty register, `shop.patchbook`.
    pub fn new() -> Self {
        Self::of("Ann Tester")
    }

    /// The same, used by somebody else.
    pub fn of(actor: &'static str) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap(), actor };
        desk.ok(&["new", "shop.patchbook", "--name", "Test shop", "--zone", "Europe/Berlin"]);
        desk
    }

    /// A register with the golden import.
    pub fn imported() -> Self {
        let desk = Self::new();
        desk.import();
        desk
    }

    pub fn import(&self) {
        self.ok(&["import", "shop.patchbook", &golden()]);
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn output(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_patchbook-cli"));
        command.env("PATCHBOOK_HOME", self.path("home")).current_dir(self.folder.path());
        command.args(args).args(["--actor", self.actor]).output().unwrap()
    }

    /// Exit code, standard output, standard error.
    pub fn run(&self, args: &[&str]) -> (i32, String, String) {
        let output = self.output(args);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
    }

    /// Standard output of what must succeed.
    pub fn ok(&self, args: &[&str]) -> String {
        let (code, out, error) = self.run(args);
        assert_eq!(code, 0, "{args:?}: {out}{error}");
        out
    }

    pub fn json(&self, args: &[&str]) -> Value {
        let mut all = args.to_vec();
        all.push("--json");
        let (_, out, _) = self.run(&all);
        serde_json::from_str(&out).unwrap_or_else(|e| panic!("{args:?} gave no JSON ({e}): {out}"))
    }

    pub fn bytes(&self) -> Vec<u8> {
        std::fs::read(self.path("shop.patchbook")).unwrap()
    }
}

pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

pub fn golden() -> String {
    fixtures().join("golden").to_string_lossy().into_owned()
}
