//! Where bytes come from: named inputs, read in chunks, counted, capped and hashed on the way.
//!
//! Owns the raw bytes and their SHA-256. It never interprets them, never writes, and never goes below a folder it was
//! given.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

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
        Ok(Stream { reader: Reader::Plain(Counted::new(reader)), unpacked: 0 })
    }

    /// Opens a gzip for one reading of what is packed in it. The hash and the count of bytes stay those of the file.
    pub(super) fn open_unpacked(&self) -> io::Result<Stream<'_>> {
        let reader = match &self.content {
            Content::Path(path) => Raw::File(File::open(path)?),
            Content::Bytes(bytes) => Raw::Memory(bytes),
        };
        let reader = Reader::Gzip(Box::new(MultiGzDecoder::new(Counted::new(reader))));
        Ok(Stream { reader, unpacked: 0 })
    }
}

enum Raw<'a> {
    File(File),
    Memory(&'a [u8]),
}

/// Raw bytes, hashed and counted as they are read.
struct Counted<'a> {
    raw: Raw<'a>,
    hash: FileHasher,
    bytes: u64,
}

impl<'a> Counted<'a> {
    fn new(raw: Raw<'a>) -> Counted<'a> {
        Counted { raw, hash: FileHasher::default(), bytes: 0 }
    }
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = match &mut self.raw {
            Raw::File(file) => file.read(buffer)?,
            Raw::Memory(bytes) => bytes.read(buffer)?,
        };
        self.hash.add(&buffer[..n]);
        self.bytes += n as u64;
        Ok(n)
    }
}

enum Reader<'a> {
    Plain(Counted<'a>),
    Gzip(Box<MultiGzDecoder<Counted<'a>>>),
}

/// One reading of an input: chunks in, hash and count kept.
pub(super) struct Stream<'a> {
    reader: Reader<'a>,
    /// Bytes handed out.
    unpacked: u64,
}

/// How many times its size a packed file may unpack to, once it has given [`SMALL`] bytes: text packs to a fifth.
const MAX_RATIO: u64 = 100;

/// What any packed file may give, whatever its ratio, in bytes.
const SMALL: u64 = 16 * 1024 * 1024;

impl Stream<'_> {
    /// Fills `buffer` as far as the input goes; fewer bytes than its length mean the end.
    pub fn fill(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            let read = match &mut self.reader {
                Reader::Plain(raw) => raw.read(&mut buffer[filled..]),
                Reader::Gzip(packed) => packed.read(&mut buffer[filled..]),
            };
            match read {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Ok(0) => break,
                Ok(n) => filled += n,
                Err(error) => return Err(error),
            }
        }
        self.unpacked += filled as u64;
        if self.unpacked > MAX_BYTES {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                "it grew beyond 512 MB while it was read",
            ));
        }
        if self.unpacked > SMALL && self.unpacked / MAX_RATIO > self.bytes() {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                "it unpacks to more than 100 times its size, as no list does",
            ));
        }
        Ok(filled)
    }

    /// Bytes of the file read so far.
    pub fn bytes(&self) -> u64 {
        match &self.reader {
            Reader::Plain(raw) => raw.bytes,
            Reader::Gzip(packed) => packed.get_ref().bytes,
        }
    }

    /// SHA-256 of the bytes of the file read so far, in lower-case hexadecimal.
    pub fn digest(self) -> String {
        let raw = match self.reader {
            Reader::Plain(raw) => raw,
            Reader::Gzip(packed) => packed.into_inner(),
        };
        hex(&raw.hash.finish())
    }
}
