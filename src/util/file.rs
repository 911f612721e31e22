//! Writing whole files so that a reader sees the old one or the new one, never half of one.

use std::io::{self, Write as _};
use std::path::Path;

/// Writes beside the target, syncs, then renames over it. Where the folder refuses the rename (some sync folders do),
/// writes in place.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let mut builder = tempfile::Builder::new();
    // Temporary files are for their maker only; this one will be a document, open to whom the system's own rule says.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut temp = builder.tempfile_in(folder)?;
    temp.write_all(bytes)?;
    temp.as_file().sync_all()?;
    match temp.persist(path) {
        Ok(_) => {}
        Err(refused) => {
            let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).open(path)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            drop(refused);
        }
    }
    // The rename itself must survive a power cut; folders cannot be synced on Windows.
    #[cfg(unix)]
    std::fs::File::open(folder)?.sync_all()?;
    Ok(())
}
