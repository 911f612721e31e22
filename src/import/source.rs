//! Where bytes come from: named inputs, read in chunks, counted, capped and hashed on the way.
//!
//! Owns the raw bytes and their SHA-256. It never interprets them, never writes, and never goes below a folder it was
//! given.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::util::hash::{FileHasher, hex};

/// The most bytes one input may have: a 300,000-row export is 75 MB, 120 MB in UTF-16.
pub const MAX_BYTES: u64 = 512 * 1024 * 1024;

/// How many bytes are read at once.
pub(super) const CHUNK: usize = 256 * 1024;

/// One thing to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Name shown to people; the file name, or a word for pasted text.
    pub name: String,
    /// The bytes.
    pub content: Content,
    /// When the file was last changed, UTC seconds: no date in it can be later. None for pasted text.
    pub modified_at: Option<i64>,
}

/// The bytes of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// In a file.
    Path(PathBuf),
    /// In memory: pasted or dropped.
    Bytes(Vec<u8>),
}

impl Input {
    /// An input from memory.
    pub fn from_bytes(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Input {
        Input { name: name.into(), content: Content::Bytes(bytes.into()), modified_at: None }
    }

    /// An input from a file, named by its file name, with its time of change.
    pub fn from_path(path: impl Into<PathBuf>) -> Input {
        let path = path.into();
        let name = path
            .file_name()
            .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
        let modified_at = fs::metadata(&path)
            .and_then(|meta| meta.modified())
            .ok()
            .map(|time| chrono::DateTime::<chrono::Utc>::from(time).timestamp());
        Input { name, content: Content::Path(path), modified_at }
    }

    /// Inputs from what was dropped or named: files as they are, folders as the files directly in them, by name.
    pub fn from_paths<P: AsRef<Path>>(paths: &[P]) -> io::Result<Vec<Input>> {
        let mut inputs = Vec::new();
        for path in paths {
            let path = path.as_ref();
            if path.is_dir() {
                let mut inside = Vec::new();
                for entry in fs::read_dir(path)? {
                    let entry = entry?.path();
                    if entry.is_file() {
                        inside.push(entry);
                    }
                }
                inside.sort();
                inputs.extend(inside.into_iter().map(Input::from_path));
            } else {
                inputs.push(Input::from_path(path));
            }
        }
        Ok(inputs)
    }

    /// Size in bytes, as far as it can be told.
    pub(super) fn size(&self) -> io::Result<u64> {
        match &self.content {
            Content::Path(path) => {
                let meta = fs::metadata(path)?;
                if meta.is_dir() {
                    return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
                }
                Ok(meta.len())
            }
            Content::Bytes(bytes) => Ok(bytes.len() as u64),
        }
    }

    /// Opens it for one reading.
    pub(super) fn open(&self) -> io::Result<Stream<'_>> {
        let reader = match &self.content {
            Content::Path(path) => Raw::File(File::open(path)?),
            Content::Bytes(bytes) => Raw::Memory(bytes),
        };
        Ok(Stream { reader, hash: FileHasher::default(), bytes: 0 })
    }
}

enum Raw<'a> {
    File(File),
    Memory(&'a [u8]),
}

/// One reading of an input: chunks in, hash and count kept.
pub(super) struct Stream<'a> {
    reader: Raw<'a>,
    hash: FileHasher,
    bytes: u64,
}

impl Stream<'_> {
    /// Fills `buffer` as far as the input goes; fewer bytes than its length mean the end.
    pub fn fill(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            let n = match &mut self.reader {
                Raw::File(file) => match file.read(&mut buffer[filled..]) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    other => other?,
                },
                Raw::Memory(bytes) => bytes.read(&mut buffer[filled..])?,
            };
            if n == 0 {
                break;
            }
            filled += n;
        }
        self.hash.add(&buffer[..filled]);
        self.bytes += filled as u64;
        if self.bytes > MAX_BYTES {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                "it grew beyond 512 MB while it was read",
            ));
        }
        Ok(filled)
    }

    /// Bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// SHA-256 of the bytes read, in lower-case hexadecimal.
    pub fn digest(self) -> String {
        hex(&self.hash.finish())
    }
}
