//! What a person likes, kept outside the file: name, theme, recent files, columns, window.
//!
//! Nothing here is fatal: what cannot be read is the default, and a key this version does not know is left alone.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::Error;

/// How many recent files are kept.
const RECENT_MAX: usize = 8;

/// Light, dark, or as the system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Size and place of the window, in points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WindowPlace {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// The preferences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Name of the person at work: goes into every entry of the history.
    pub actor: String,
    /// Theme.
    pub theme: Theme,
    /// Zoom, 1.0 as made.
    pub zoom: f32,
    /// Files opened last, newest first.
    pub recent: Vec<PathBuf>,
    /// The room that was open.
    pub room: String,
    /// Where the window was.
    pub window: Option<WindowPlace>,
    /// State of tables by name, owned by the window.
    pub tables: std::collections::BTreeMap<String, serde_json::Value>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            actor: String::new(),
            theme: Theme::System,
            zoom: 1.0,
            recent: Vec::new(),
            room: String::new(),
            window: None,
            tables: std::collections::BTreeMap::new(),
        }
    }
}

impl Preferences {
    /// Reads them; what is missing or damaged is the default, with a sentence that says so.
    pub fn read(path: &Path) -> (Self, Option<String>) {
        let Ok(text) = std::fs::read_to_string(path) else { return (Self::default(), None) };
        match toml::from_str(&text) {
            Ok(preferences) => (preferences, None),
            Err(error) => (
                Self::default(),
                Some(format!("Your preferences could not be read and start afresh: {}", error.message())),
            ),
        }
    }

    /// Writes them whole.
    pub fn write(&self, path: &Path) -> Result<(), Error> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|e| Error::io("cannot make the folder", folder, &e))?;
        }
        // Plain fields always serialise; an empty text would only lose comfort.
        let text = toml::to_string(self).unwrap_or_default();
        crate::util::file::write_whole(path, text.as_bytes())
            .map_err(|e| Error::io("cannot keep your preferences", path, &e))
    }

    /// Puts a file in front of the recent ones.
    pub fn remember(&mut self, path: &Path) {
        self.recent.retain(|known| known != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(RECENT_MAX);
    }
}

/// Where this person's things are kept on this machine.
#[derive(Clone, Debug)]
pub struct Places {
    /// The preferences.
    pub preferences: PathBuf,
    /// Backups, one folder per register.
    pub backups: PathBuf,
}

impl Places {
    /// The system's usual folders; `PATCHBOOK_HOME` puts everything into one folder instead.
    pub fn of_system() -> Option<Self> {
        if let Some(home) = std::env::var_os("PATCHBOOK_HOME").map(PathBuf::from) {
            return Some(Self { preferences: home.join("preferences.toml"), backups: home.join("backups") });
        }
        let folders = directories::ProjectDirs::from("org", "patchbook", "Patchbook")?;
        Some(Self {
            preferences: folders.config_dir().join("preferences.toml"),
            backups: folders.data_local_dir().join("backups"),
        })
    }
}

/// The name of the person at this machine, until they say otherwise; never empty, for no entry is recorded by nobody.
pub fn guessed_actor() -> String {
    actor_of(&|name| std::env::var(name).ok(), &site())
}

/// Who that is by what the system tells: the user's name, the name of their folder, or that nobody on this machine said.
pub fn actor_of(told: &dyn Fn(&str) -> Option<String>, site: &str) -> String {
    let known = |name: &&str| told(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let folder = |path: String| {
        let last = path.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or_default();
        Some(last.to_owned()).filter(|name| !name.is_empty())
    };
    let user = ["USER", "USERNAME", "LOGNAME"].iter().find_map(&known);
    let home = || ["HOME", "USERPROFILE"].iter().find_map(|name| folder(known(name)?));
    user.or_else(home).unwrap_or_else(|| {
        if site.is_empty() { "unnamed user".to_owned() } else { format!("unnamed user of {site}") }
    })
}

/// The name of this machine.
pub fn site() -> String {
    let named = ["COMPUTERNAME", "HOSTNAME"].iter().find_map(|name| std::env::var(name).ok());
    let read = || std::fs::read_to_string("/etc/hostname").ok().map(|text| text.trim().to_owned());
    named.or_else(read).unwrap_or_default()
}

/// The time zone of this machine, `Europe/Berlin`; UTC where the system does not say.
pub fn guessed_zone() -> String {
    let named = std::env::var("TZ").ok();
    let written = || std::fs::read_to_string("/etc/timezone").ok();
    let linked = || {
        let target = std::fs::read_link("/etc/localtime").ok()?;
        target.to_string_lossy().split_once("zoneinfo/").map(|(_, name)| name.to_owned())
    };
    let known = |name: String| {
        let name = name.trim().trim_start_matches(':').to_owned();
        name.parse::<chrono_tz::Tz>().is_ok().then_some(name)
    };
    let found =
        named.and_then(known).or_else(|| written().and_then(known)).or_else(|| linked().and_then(known));
    found.unwrap_or_else(|| "UTC".to_owned())
}
