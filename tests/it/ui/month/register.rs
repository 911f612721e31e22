//! The register the walk begins with: three people, a server and a workstation that owe an update each, and two exports.

use std::fmt::Write as _;
use std::path::PathBuf;

use patchbook::app::Engine;
use patchbook::domain::command::{AssetDraft, CalendarCommand, Command, Edit};
use patchbook::domain::compliance::outcome::Period;
use patchbook::domain::cycle::CycleKind;
use patchbook::domain::cycle::template::CycleTemplate;
use patchbook::domain::person::{Person, PersonId};
use patchbook::domain::standing::standings;

use super::super::desk::{Desk, NOW, fixture, import, light, run};

/// The group of the server.
pub const SERVERS: &str = "Domain controllers";
/// Fri 19 Apr 2024 21:05 in Berlin, in the window.
pub const NIGHT: i64 = 1_713_553_500;
/// Two hours later.
pub const NIGHT_ENDS: i64 = NIGHT + 2 * 3600;
/// Mon 22 Apr 2024 10:00 in Berlin.
pub const MONDAY: i64 = 1_713_772_800;
/// Mon 29 Apr 2024 10:00 in Berlin, after the quiet period.
pub const QUIET: i64 = MONDAY + 7 * 86_400;
/// How many steps a cycle has here: the milestones that mean something.
pub const STEPS: usize = 6;
/// The place of the last window among them.
pub const LAST_WINDOW: usize = 4;
/// April 2024, generously.
pub const APRIL: Period = Period { from_at: 1_711_922_400, to_at: 1_714_600_800 };

const SERVER: &str = "0f4a3f0c-5b0a-4a4e-9d0e-7b6a1d2c3e4f";
const DESKTOP: &str = "56db6148-65be-4294-8ad4-a0db86f66fe6";

/// Two exports of the same machines: before the night and after it.
pub struct Export(tempfile::TempDir);

impl Export {
    /// Writes both.
    pub fn new() -> Self {
        let made = Self(tempfile::tempdir().expect("a folder"));
        made.write("before", "2024-04-15", "NotInstalled", "");
        made.write("after", "2024-04-22", "Installed", "2024-04-19T20:10:00Z");
        made
    }

    /// One of them.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, day: &str, state: &str, installed: &str) {
        let folder = self.path(name);
        std::fs::create_dir(&folder).expect("a folder");
        let read = |file: &str| std::fs::read_to_string(fixture("golden").join(file)).expect("a fixture");
        let computers: Vec<String> = read("computers.csv").lines().take(3).map(str::to_owned).collect();
        let computers = computers.join("\r\n").replace("2024-04-12", day);
        let mut states =
            "\"ComputerTargetId\",\"UpdateId\",\"State\",\"Approval\",\"InstalledAt\"\r\n".to_owned();
        for (computer, update) in [(SERVER, 2), (DESKTOP, 1)] {
            let update = format!("b7d8f9a0-3a5e-4b52-9c0a-4f1a4a4a000{update}");
            let _ = write!(states, "\"{computer}\",\"{update}\",\"{state}\",\"Install\",\"{installed}\"\r\n");
        }
        let manifest = read("manifest.json")
            .replace("2024-04-12", day)
            .replace("\"computers.csv\": 4", "\"computers.csv\": 2")
            .replace("\"states.csv\": 6", "\"states.csv\": 2");
        for (file, text) in [
            ("computers.csv", computers),
            ("states.csv", states),
            ("manifest.json", manifest),
            ("updates.csv", read("updates.csv")),
            ("supersedence.csv", read("supersedence.csv")),
        ] {
            std::fs::write(folder.join(file), text).expect("a file");
        }
    }
}

/// The window over the register as the month begins.
pub fn shop(export: &Export) -> Desk<'static> {
    let before = export.path("before");
    let mut desk = light(|engine| {
        hire(engine, "Ada Admin", "ada@corner.example", "Administrator");
        hire(engine, "Priya Baker", "priya@corner.example", "Business owner");
        hire(engine, "Iso Stern", "iso@corner.example", "Information security officer");
        import(engine, &[before.to_str().expect("a path")]);
        place(engine);
        shorten(engine);
    });
    desk.settle();
    desk
}

fn hire(engine: &mut Engine, name: &str, mail: &str, function: &str) {
    let (name, mail, function) = (name.to_owned(), mail.to_owned(), function.to_owned());
    let person = Person { id: PersonId(0), name, mail, function };
    run(engine, Command::SavePerson { base: None, person });
}

/// The server into its group; the workstation is no part of this month.
fn place(engine: &mut Engine) {
    let group = engine.book().groups.iter().find(|group| group.name == SERVERS).map(|group| group.id);
    let found =
        engine.book().assets.iter().position(|asset| asset.name.contains("FILE01")).expect("the server");
    let base = engine.book().assets.rows()[found].clone();
    let mut standing = standings(engine.book(), NOW)[found];
    standing.group = group;
    let (reason, approved_by) = (String::new(), String::new());
    let draft = AssetDraft { base: Some(base.clone()), asset: base, standing, reason, approved_by };
    run(engine, Command::SaveAsset(Box::new(draft)));
}

/// The template of the month to the milestones that mean something: each of its steps is a walk of its own.
fn shorten(engine: &mut Engine) {
    let monthly = |template: &&CycleTemplate| template.kind == CycleKind::Monthly;
    let base = engine.book().cycle_templates.iter().find(monthly).cloned().expect("the template");
    let mut row = base.clone();
    row.steps.retain(|step| step.milestone && step.key.is_some());
    assert_eq!(row.steps.len(), STEPS);
    run(engine, Command::Calendar(CalendarCommand::Template(Box::new(Edit { base: Some(base), row }))));
}
