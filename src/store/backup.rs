//! Owns copies of the file: backups that are thinned, and copies to a place the user chose.
//! Never copies by reading the file: only the database may, and a copy counts once it has been verified.

use std::path::{Path, PathBuf};

use chrono::{Datelike as _, NaiveDateTime};

use super::error::Error;
use super::{Store, draft, verify};
use crate::util::clock;
use crate::util::progress::Progress;

/// Extension of the file and of its copies.
pub const EXTENSION: &str = "patchbook";
/// In the name of a backup made before an upgrade, followed by the format that the file was upgraded to.
const BEFORE: &str = "before-format-";
/// How the time is written in the name of a backup.
const NAME_TIME: &str = "%Y%m%dT%H%M%SZ";

/// How many backups are kept: the newest, then the newest of each day, week and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// The newest ones, whatever their day.
    pub newest: usize,
    /// Days of which one is kept.
    pub days: usize,
    /// Weeks of which one is kept.
    pub weeks: usize,
    /// Months of which one is kept.
    pub months: usize,
}

impl Default for Keep {
    fn default() -> Self {
        Self { newest: 5, days: 14, weeks: 8, months: 24 }
    }
}

/// A backup that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Where it is.
    pub path: PathBuf,
    /// Older ones that were thinned out.
    pub removed: Vec<PathBuf>,
}

impl Store {
    /// Makes a verified backup in a folder of its own below `folder` (named by the file's identity), then thins the older
    /// ones. `at` is now, UTC seconds.
    pub fn backup(&self, folder: &Path, at: i64, keep: Keep) -> Result<Backup, Error> {
        let folder = folder.join(&self.file_id);
        std::fs::create_dir_all(&folder).map_err(|cause| Error::io(&folder, cause))?;
        let name = format!("{}-{:08}.{EXTENSION}", clock::utc(at).format(NAME_TIME), self.head.seq);
        let path = folder.join(name);
        self.copy_to(&path, true)?;
        let removed = thin(&folder, &path, keep).map_err(|cause| Error::io(&folder, cause))?;
        Ok(Backup { path, removed })
    }

    /// Makes a verified backup before the file is upgraded to a format. Its name says so, and thinning never takes it: in the
    /// folder of backups, or beside the file where there is none.
    pub(super) fn backup_before(&self, to: u32, folder: Option<&Path>, at: i64) -> Result<PathBuf, Error> {
        let time = clock::utc(at).format(NAME_TIME);
        let path = if let Some(folder) = folder {
            let folder = folder.join(&self.file_id);
            std::fs::create_dir_all(&folder).map_err(|cause| Error::io(&folder, cause))?;
            folder.join(format!("{time}-{:08}-{BEFORE}{to}.{EXTENSION}", self.head.seq))
        } else {
            let stem = self.path.file_stem().unwrap_or_default().to_string_lossy();
            self.path.with_file_name(format!("{stem}-{time}-{BEFORE}{to}.{EXTENSION}"))
        };
        self.copy_to(&path, true)?;
        Ok(path)
    }

    /// Saves a verified copy under a name the user chose. Replaces what is there only if `replace` says so.
    pub fn save_copy(&self, path: &Path, replace: bool) -> Result<(), Error> {
        let same = |other: &Path| other.canonicalize().ok();
        if path == self.path || (path.exists() && same(path) == same(&self.path)) {
            return Err(Error::Exists { path: path.to_owned() });
        }
        self.copy_to(path, replace)
    }

    fn copy_to(&self, path: &Path, replace: bool) -> Result<(), Error> {
        if !replace && path.exists() {
            return Err(Error::Exists { path: path.to_owned() });
        }
        let draft = draft::begin(path)?;
        let target = draft.to_string_lossy().into_owned();
        self.connection.execute("VACUUM INTO ?1", [target]).map_err(|error| {
            match Error::of(path, error) {
                // A full disk is the copy's; damage is the original's.
                Error::Damaged { what, .. } => Error::Damaged { path: self.path.clone(), what },
                other => other,
            }
        })?;
        let report = verify::file(&draft, &Progress::default())?;
        if !report.is_sound() || report.head.hash != self.head_now()?.hash {
            return Err(Error::BadCopy { path: path.to_owned() });
        }
        draft::keep(draft, path, replace)
    }

    fn head_now(&self) -> Result<crate::domain::book::Head, Error> {
        super::event::read_head(&self.connection, &self.file_id).map_err(|error| self.named(error))
    }
}

/// The backups in a folder with the time in their names, newest first.
fn backups(folder: &Path) -> std::io::Result<Vec<(NaiveDateTime, PathBuf)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let time =
            name.split('-').next().and_then(|time| NaiveDateTime::parse_from_str(time, NAME_TIME).ok());
        if let Some(time) = time.filter(|_| path.extension().is_some_and(|e| e == EXTENSION)) {
            found.push((time, path));
        }
    }
    found.sort_unstable_by(|a, b| b.cmp(a));
    Ok(found)
}

/// Removes what the rule does not keep; never the one just made, and none that was made before an upgrade.
fn thin(folder: &Path, made: &Path, keep: Keep) -> std::io::Result<Vec<PathBuf>> {
    let mut all = backups(folder)?;
    all.retain(|(_, path)| !path.file_name().unwrap_or_default().to_string_lossy().contains(BEFORE));
    let mut kept = vec![false; all.len()];
    for (i, (_, path)) in all.iter().enumerate() {
        kept[i] = i < keep.newest || path == made;
    }
    let day = |time: &NaiveDateTime| i64::from(time.num_days_from_ce());
    let week = |time: &NaiveDateTime| (i64::from(time.num_days_from_ce()) - 1).div_euclid(7);
    let month = |time: &NaiveDateTime| i64::from(time.year()) * 12 + i64::from(time.month());
    keep_one_of_each(&all, &mut kept, keep.days, day);
    keep_one_of_each(&all, &mut kept, keep.weeks, week);
    keep_one_of_each(&all, &mut kept, keep.months, month);
    let mut removed = Vec::new();
    for ((_, path), _) in all.into_iter().zip(kept).filter(|(_, kept)| !kept) {
        std::fs::remove_file(&path)?;
        removed.push(path);
    }
    Ok(removed)
}

fn keep_one_of_each(
    all: &[(NaiveDateTime, PathBuf)],
    kept: &mut [bool],
    most: usize,
    period: impl Fn(&NaiveDateTime) -> i64,
) {
    let mut last = None;
    let mut count = 0;
    for (i, (time, _)) in all.iter().enumerate() {
        let this = Some(period(time));
        if this != last && count < most {
            kept[i] = true;
            count += 1;
            last = this;
        }
    }
}
