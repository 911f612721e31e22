//! A file as one stream of UTF-8 for the readers of JSON and XML, guarded on the way.
//!
//! Owns the caps on size, on depth, on the length of one text and on the number of values, and asking the hook. It never interprets
//! what passes.

use std::io::{self, BufRead, Read};

use crate::import::csv::Feed;
use crate::import::report::Control;

use super::{Fault, Hook, MAX_DOCUMENT, too_large};

/// The deepest nesting; real files have less than 20.
const MAX_DEPTH: u32 = 64;

/// The longest text in quotes, in bytes; release notes of a month have 100 kB.
pub(super) const MAX_TEXT: u64 = 4 * 1024 * 1024;

/// The most values of a document, or of one entry of a streamed list; the largest month of Microsoft's has 200,000.
pub(super) const MAX_VALUES: u64 = 2_000_000;

/// A text over [`MAX_TEXT`], in words.
pub(super) const ENDLESS: &str = "It holds a text of more than 4 MB; nothing was taken from it.";

/// Values over [`MAX_VALUES`], in words.
pub(super) const COUNTLESS: &str = "One entry holds more than two million values; nothing was taken from it.";

/// The depth at which the entries of a list stand.
const ENTRY_DEPTH: u32 = 2;

/// What is watched in passing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Watch {
    /// A document that is held whole.
    Document,
    /// A list whose entries are taken one by one.
    Entries,
    /// A document as XML: its reader watches depth, elements and texts itself.
    Xml,
}

/// The stream.
pub(super) struct Pipe<'p, 's, 'i> {
    feed: Feed<'s, 'i>,
    hook: Hook<'p>,
    buffer: Vec<u8>,
    at: usize,
    watch: Watch,
    depth: u32,
    in_text: bool,
    escaped: bool,
    text: u64,
    values: u64,
    /// Bytes that have passed, unpacked and as UTF-8.
    passed: u64,
    stop: Option<Fault>,
}

impl<'p, 's, 'i> Pipe<'p, 's, 'i> {
    /// A stream of what a file feeds.
    pub fn new(feed: Feed<'s, 'i>, hook: Hook<'p>, watch: Watch) -> Pipe<'p, 's, 'i> {
        Pipe {
            feed,
            hook,
            buffer: Vec::new(),
            at: 0,
            watch,
            depth: 0,
            in_text: false,
            escaped: false,
            text: 0,
            values: 0,
            passed: 0,
            stop: None,
        }
    }

    /// Why the stream ended early, in place of what the parser makes of it.
    pub fn fault(self, otherwise: impl FnOnce() -> String) -> Fault {
        self.stop.unwrap_or_else(|| Fault::Bad(otherwise()))
    }

    fn refill(&mut self) -> io::Result<()> {
        if (self.hook)(self.feed.bytes(), 0) == Control::Cancel {
            return Err(self.end(Fault::Cancelled));
        }
        self.at = 0;
        if let Err(stop) = self.feed.next(&mut self.buffer) {
            return Err(self.end(stop.into()));
        }
        self.passed += self.buffer.len() as u64;
        if self.watch != Watch::Entries && self.passed > MAX_DOCUMENT {
            return Err(self.end(Fault::Bad(too_large(self.passed))));
        }
        if self.watch != Watch::Xml
            && let Some(sentence) = self.watch_json()
        {
            return Err(self.end(Fault::Bad(sentence)));
        }
        Ok(())
    }

    fn end(&mut self, fault: Fault) -> io::Error {
        self.stop = Some(fault);
        self.buffer.clear();
        io::Error::other("stopped")
    }

    fn watch_json(&mut self) -> Option<String> {
        for &byte in &self.buffer {
            if self.in_text {
                self.text += 1;
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.in_text = false,
                    _ => {}
                }
                if self.text > MAX_TEXT {
                    return Some(ENDLESS.to_owned());
                }
                continue;
            }
            match byte {
                b'"' => (self.in_text, self.text) = (true, 0),
                b'{' | b'[' => {
                    self.depth += 1;
                    self.values += 1;
                }
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.watch == Watch::Entries && self.depth <= ENTRY_DEPTH {
                        self.values = 0;
                    }
                }
                b',' => self.values += 1,
                _ => {}
            }
            if self.depth > MAX_DEPTH {
                return Some("It is nested more than 64 levels deep; nothing was taken from it.".to_owned());
            }
            if self.values > MAX_VALUES {
                return Some(COUNTLESS.to_owned());
            }
        }
        None
    }
}

impl Read for Pipe<'_, '_, '_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let n = ready.len().min(out.len());
        out[..n].copy_from_slice(&ready[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Pipe<'_, '_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.stop.is_some() {
            return Err(io::Error::other("stopped"));
        }
        if self.at >= self.buffer.len() {
            self.refill()?;
        }
        Ok(&self.buffer[self.at..])
    }

    fn consume(&mut self, n: usize) {
        self.at += n;
    }
}

/// Reads one JSON document out of a stream; `what` names it in the sentence of a failure.
pub(super) fn json<'de, T, S>(mut pipe: Pipe<'_, '_, '_>, seed: S, what: &str) -> Result<T, Fault>
where
    S: serde::de::DeserializeSeed<'de, Value = T>,
{
    let mut reader = serde_json::Deserializer::from_reader(&mut pipe);
    let read = seed.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    read.map_err(|error| {
        pipe.fault(|| {
            if error.is_eof() {
                format!("{what} ends in the middle, so the file is cut off. Download it again; nothing was taken from it.")
            } else {
                format!(
                    "{what} cannot be read at line {}, column {}: {}. Download it again; nothing was taken from it.",
                    error.line(),
                    error.column(),
                    reason(&error)
                )
            }
        })
    })
}

/// The parser's reason without its place, which the sentence already has.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let end = text.rfind(" at line ").unwrap_or(text.len());
    crate::util::text::line(&text[..end]).into_owned()
}

/// A text, or nothing where the file writes `null`.
pub(super) fn text_or_nothing<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    use serde::Deserialize as _;
    Ok(Option::<String>::deserialize(deserializer)?.unwrap_or_default())
}
