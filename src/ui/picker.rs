//! The system's file dialogs, each on a thread of its own, and whether there are any.
//!
//! Where none can be shown (no portal, no zenity, a test) the app shows a field for the path instead: a dialog that cannot come
//! up answers the same as Cancel, and nobody would see why.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::action::Purpose;
use crate::app::session::Waker;

/// What a person named.
#[derive(Debug)]
pub struct Picked {
    /// What for.
    pub purpose: Purpose,
    /// The files or the folder; empty for Cancel.
    pub paths: Vec<PathBuf>,
}

/// Shows the system's dialogs.
pub struct Picker {
    native: bool,
    wake: Waker,
    sender: SyncSender<Picked>,
    picked: Receiver<Picked>,
    open: bool,
}

impl Picker {
    /// The system's dialogs where there are any; `wake` is called when an answer waits.
    pub fn of_system(wake: Waker) -> Self {
        Self { native: system_has_dialogs(), ..Self::none_waking(wake) }
    }

    /// No dialogs: every path is typed.
    pub fn none() -> Self {
        Self::none_waking(std::sync::Arc::new(|| ()))
    }

    fn none_waking(wake: Waker) -> Self {
        // One dialog at a time, so one answer at a time.
        let (sender, picked) = sync_channel(1);
        Self { native: false, wake, sender, picked, open: false }
    }

    /// Whether the system has dialogs.
    pub fn is_native(&self) -> bool {
        self.native
    }

    /// Shows a dialog beside everything else; `false` if none can be shown. While one is open, another is not opened.
    pub fn pick(&mut self, purpose: Purpose) -> bool {
        if !self.native {
            return false;
        }
        if self.open {
            return true;
        }
        let (sender, wake) = (self.sender.clone(), std::sync::Arc::clone(&self.wake));
        let work = move || {
            let paths = ask(&purpose);
            // The window is gone: nobody is left to tell.
            sender.send(Picked { purpose, paths }).ok();
            wake();
        };
        self.open = std::thread::Builder::new().name("dialog".to_owned()).spawn(work).is_ok();
        self.open
    }

    /// What was named since the last call.
    pub fn drain(&mut self) -> Option<Picked> {
        let picked = self.picked.try_recv().ok()?;
        self.open = false;
        Some(picked)
    }
}

fn ask(purpose: &Purpose) -> Vec<PathBuf> {
    let dialog = rfd::FileDialog::new().set_title(title(purpose));
    let registers = ["patchbook"];
    let one = |path: Option<PathBuf>| path.into_iter().collect();
    match purpose {
        Purpose::OpenRegister => one(dialog.add_filter("Patchbook register", &registers).pick_file()),
        Purpose::NewRegister { name } | Purpose::SaveCopy { name } => {
            one(dialog.add_filter("Patchbook register", &registers).set_file_name(name).save_file())
        }
        Purpose::SampleFolder | Purpose::ImportFolder => one(dialog.pick_folder()),
        Purpose::ImportFiles => dialog.pick_files().unwrap_or_default(),
        Purpose::PrintTo { name } => one(dialog.add_filter("PDF", &["pdf"]).set_file_name(name).save_file()),
        Purpose::SaveText { name, .. } => one(dialog.set_file_name(name).save_file()),
        Purpose::Evidence => one(dialog.pick_file()),
        Purpose::Logo => one(dialog.add_filter("PNG picture", &["png"]).pick_file()),
    }
}

/// What a dialog for this is called.
pub fn title(purpose: &Purpose) -> &'static str {
    match purpose {
        Purpose::OpenRegister => "Open a register",
        Purpose::NewRegister { .. } => "Where the register goes",
        Purpose::SampleFolder => "The folder for the sample",
        Purpose::ImportFiles => "Files to import",
        Purpose::ImportFolder => "The folder to import",
        Purpose::PrintTo { .. } => "Where the report goes",
        Purpose::SaveCopy { .. } => "Where the copy goes",
        Purpose::SaveText { .. } => "Where the file goes",
        Purpose::Logo => "The logo, a PNG picture",
        Purpose::Evidence => "The file that proves the check",
    }
}

#[cfg(not(target_os = "linux"))]
fn system_has_dialogs() -> bool {
    true
}

/// A portal with a file chooser that the session bus can start, or zenity.
#[cfg(target_os = "linux")]
fn system_has_dialogs() -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    if std::env::split_paths(&paths).any(|folder| folder.join("zenity").is_file()) {
        return true;
    }
    let bus = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some()
        || std::env::var_os("XDG_RUNTIME_DIR").is_some_and(|folder| Path::new(&folder).join("bus").exists());
    bus && data_folders().iter().any(|folder| has_file_chooser(folder))
}

#[cfg(target_os = "linux")]
fn data_folders() -> Vec<PathBuf> {
    let named = std::env::var_os("XDG_DATA_DIRS").filter(|folders| !folders.is_empty());
    let folders = named.unwrap_or_else(|| "/usr/local/share:/usr/share".into());
    std::env::split_paths(&folders).collect()
}

#[cfg(target_os = "linux")]
fn has_file_chooser(data: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(data.join("xdg-desktop-portal/portals")) else { return false };
    entries.flatten().any(|entry| {
        std::fs::read_to_string(entry.path())
            .is_ok_and(|text| text.contains("org.freedesktop.impl.portal.FileChooser"))
    })
}
