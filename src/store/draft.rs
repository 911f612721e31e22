//! Owns files that are complete before they get their name, so that nobody ever finds half of one.
//! Never opens what it names: the database does that, and is done with it before the name is given.

use std::path::Path;

use tempfile::TempPath;

use super::error::Error;

/// An empty file beside the place where it shall be; removed again if it never gets its name.
pub(super) fn begin(path: &Path) -> Result<TempPath, Error> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".draft-").suffix(".patchbook");
    // Temporary files are for their maker only; this one will be a document, open to whom the system's own rule says.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder(path)).map_err(|cause| Error::io(path, cause))?;
    Ok(file.into_temp_path())
}

/// Gives the file its name once its bytes are safely on the disk. Replaces what is there only if `replace` says so.
pub(super) fn keep(draft: TempPath, path: &Path, replace: bool) -> Result<(), Error> {
    let io = |cause: std::io::Error| match cause.kind() {
        std::io::ErrorKind::AlreadyExists => Error::Exists { path: path.to_owned() },
        _ => Error::io(path, cause),
    };
    std::fs::OpenOptions::new().write(true).open(&draft).and_then(|file| file.sync_all()).map_err(io)?;
    let kept = if replace { draft.persist(path) } else { draft.persist_noclobber(path) };
    kept.map_err(|error| io(error.error))?;
    // The name itself must survive a power cut; folders cannot be synced on Windows.
    #[cfg(unix)]
    std::fs::File::open(folder(path)).and_then(|folder| folder.sync_all()).map_err(io)?;
    Ok(())
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}
