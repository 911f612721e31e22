//! Evidence files: their name and SHA-256 go into the register, the file itself stays where it is.

use std::io::Read as _;
use std::path::Path;

use crate::util::hash::{FileHasher, hex};

use super::error::Error;

/// Name without folder, and SHA-256 (hexadecimal), of a file read in chunks.
pub fn digest(path: &Path) -> Result<(String, String), Error> {
    let failed = |e: std::io::Error| Error::io("cannot read the evidence", path, &e);
    let mut file = std::fs::File::open(path).map_err(failed)?;
    let mut hasher = FileHasher::default();
    let mut chunk = vec![0; 64 * 1024];
    loop {
        let n = file.read(&mut chunk).map_err(failed)?;
        if n == 0 {
            break;
        }
        hasher.add(&chunk[..n]);
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok((name, hex(&hasher.finish())))
}
