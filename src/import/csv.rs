//! Guarded CSV records out of a stream.
//!
//! Owns the record cap, the column cap, line numbers and the open quote. Buffers are reused, no cell is copied into a string
//! of its own. It never interprets a cell, and never buffers more than one record and one chunk.

use super::encoding::Transcoder;
use super::report::Control;
use super::source::{CHUNK, Stream};

/// The longest record, in bytes.
pub(super) const MAX_RECORD: usize = 1024 * 1024;

/// The most columns of a record.
pub(super) const MAX_COLUMNS: usize = 1000;

/// Why records end before the file does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stop {
    /// The hook said so.
    Cancelled,
    /// The operating system said so.
    Io(String),
    /// A quote that never closes, or closes only after the record cap.
    OpenQuote {
        /// The line the record starts on.
        line: u32,
    },
    /// A record over the cap without a quote to blame.
    TooLong {
        /// The line the record starts on.
        line: u32,
    },
    /// More columns than any table has.
    TooWide {
        /// The line the record starts on.
        line: u32,
    },
}

/// The hook that shows progress: bytes and records so far.
pub(super) type Hook<'h> = &'h mut dyn FnMut(u64, u64) -> Control;

/// The chunks of a file as its records need them: the head first, then the rest, decoded where necessary.
pub(super) struct Feed<'s, 'i> {
    head: Vec<u8>,
    head_len: u64,
    head_is_all: bool,
    stream: Option<&'s mut Stream<'i>>,
    transcoder: Option<Transcoder>,
    raw: Vec<u8>,
    done: bool,
}

impl<'s, 'i> Feed<'s, 'i> {
    /// A feed of a head already read (without its mark) and the stream behind it, unless the head is the whole file.
    pub fn new(
        head: Vec<u8>,
        stream: Option<&'s mut Stream<'i>>,
        transcoder: Option<Transcoder>,
    ) -> Feed<'s, 'i> {
        let head_len = head.len() as u64;
        Feed {
            head,
            head_len,
            head_is_all: stream.is_none(),
            stream,
            transcoder,
            raw: Vec::new(),
            done: false,
        }
    }

    /// Replaces `out` with the next bytes; empty at the end.
    pub fn next(&mut self, out: &mut Vec<u8>) -> Result<(), Stop> {
        out.clear();
        while out.is_empty() && !self.done {
            if self.head.is_empty() {
                let Some(stream) = self.stream.as_mut() else {
                    self.done = true;
                    break;
                };
                self.raw.resize(CHUNK, 0);
                let filled = stream.fill(&mut self.raw).map_err(|error| Stop::Io(error.to_string()))?;
                self.raw.truncate(filled);
                self.done = filled < CHUNK;
            } else {
                self.raw = std::mem::take(&mut self.head);
                self.done = self.head_is_all;
            }
            match &mut self.transcoder {
                Some(transcoder) => transcoder.push(&self.raw, self.done, out),
                None => std::mem::swap(&mut self.raw, out),
            }
        }
        Ok(())
    }

    /// Bytes of the file read so far.
    pub fn bytes(&self) -> u64 {
        self.stream.as_ref().map_or(self.head_len, |stream| stream.bytes())
    }
}

/// A stream of records.
pub(super) struct Records<'s, 'i> {
    feed: Feed<'s, 'i>,
    grammar: csv_core::Reader,
    input: Vec<u8>,
    at: usize,
    record: Vec<u8>,
    ends: Vec<usize>,
    line: u32,
    count: u64,
    ended: bool,
    now: Place,
}

/// Where the current record stands in the buffers.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    line: u32,
    last_line: u32,
    cut: bool,
    nul: bool,
    bytes: usize,
    cells: usize,
}

/// One record: the line it starts on and its cells as raw bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'r> {
    /// The line it starts on, 1 for the first.
    pub line: u32,
    /// The line it ends on.
    pub last_line: u32,
    /// Whether the file ends inside one of its quoted cells.
    pub cut: bool,
    /// Whether it holds NUL bytes.
    pub nul: bool,
    bytes: &'r [u8],
    ends: &'r [usize],
}

impl<'r> Record<'r> {
    /// Number of cells.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// A cell without the blanks around it; empty where the record is too short.
    pub fn cell(&self, index: usize) -> &'r [u8] {
        let Some(&end) = self.ends.get(index) else { return &[] };
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        self.bytes[start..end].trim_ascii()
    }
}

/// The grammar of a delimiter; exclamation marks are used by tools that never quote.
pub(super) fn grammar(delimiter: u8) -> csv_core::Reader {
    csv_core::ReaderBuilder::new().delimiter(delimiter).quoting(delimiter != b'!').build()
}

impl<'s, 'i> Records<'s, 'i> {
    /// Records of a feed.
    pub fn new(feed: Feed<'s, 'i>, delimiter: u8) -> Records<'s, 'i> {
        Records {
            feed,
            grammar: grammar(delimiter),
            input: Vec::new(),
            at: 0,
            record: vec![0; MAX_RECORD],
            ends: vec![0; MAX_COLUMNS + 1],
            line: 1,
            count: 0,
            ended: false,
            now: Place::default(),
        }
    }

    /// The next record, or nothing at the end. Blank lines are passed over.
    pub fn next(&mut self, hook: Hook<'_>) -> Result<Option<Record<'_>>, Stop> {
        Ok(if self.advance(hook)? { Some(self.current()) } else { None })
    }

    /// The record that was read last.
    pub fn current(&self) -> Record<'_> {
        let Place { line, last_line, cut, nul, bytes, cells } = self.now;
        Record { line, last_line, cut, nul, bytes: &self.record[..bytes], ends: &self.ends[..cells] }
    }

    /// Reads the next record; false at the end. Blank lines are passed over.
    pub fn advance(&mut self, hook: Hook<'_>) -> Result<bool, Stop> {
        if !self.skip_line_ends(hook)? {
            return Ok(false);
        }
        let line = self.line;
        let (mut bytes, mut cells, mut quotes, mut nul) = (0, 0, 0_usize, false);
        loop {
            let at_end = self.at >= self.input.len() && !self.refill(hook)?;
            let input = if at_end { &[][..] } else { &self.input[self.at..] };
            let (result, read, wrote, ended) =
                self.grammar.read_record(input, &mut self.record[bytes..], &mut self.ends[cells..]);
            let taken = &input[..read];
            self.at += read;
            bytes += wrote;
            cells += ended;
            let lines = count(taken, b'\n') as u32;
            self.line += lines;
            quotes += count(taken, b'"');
            nul |= taken.contains(&0);
            match result {
                csv_core::ReadRecordResult::InputEmpty => {}
                csv_core::ReadRecordResult::OutputFull => {
                    return Err(if quotes % 2 == 1 {
                        Stop::OpenQuote { line }
                    } else {
                        Stop::TooLong { line }
                    });
                }
                csv_core::ReadRecordResult::OutputEndsFull => return Err(Stop::TooWide { line }),
                csv_core::ReadRecordResult::Record => {
                    if cells > MAX_COLUMNS {
                        return Err(Stop::TooWide { line });
                    }
                    self.count += 1;
                    let cut = at_end && quotes % 2 == 1;
                    if cut && self.line > line {
                        return Err(Stop::OpenQuote { line });
                    }
                    // The line end itself may be among the bytes read.
                    let last_line = self.line - u32::from(taken.last() == Some(&b'\n'));
                    self.now = Place { line, last_line, cut, nul, bytes, cells };
                    return Ok(true);
                }
                csv_core::ReadRecordResult::End => {
                    self.ended = true;
                    return Ok(false);
                }
            }
        }
    }

    /// Eats line ends before a record, so that its start line is exact; false at the end of the file.
    fn skip_line_ends(&mut self, hook: Hook<'_>) -> Result<bool, Stop> {
        while !self.ended {
            match self.input.get(self.at) {
                Some(b'\n') => self.line += 1,
                Some(b'\r') => {}
                Some(_) => return Ok(true),
                None => {
                    if self.refill(hook)? {
                        continue;
                    }
                    self.ended = true;
                    break;
                }
            }
            self.at += 1;
        }
        Ok(false)
    }

    /// Fetches the next chunk; false at the end of the file.
    fn refill(&mut self, hook: Hook<'_>) -> Result<bool, Stop> {
        if hook(self.feed.bytes(), self.count) == Control::Cancel {
            return Err(Stop::Cancelled);
        }
        self.feed.next(&mut self.input)?;
        self.at = 0;
        Ok(!self.input.is_empty())
    }
}

#[expect(clippy::naive_bytecount, reason = "a dependency for two counts a record is not worth it")]
fn count(bytes: &[u8], wanted: u8) -> usize {
    bytes.iter().filter(|&&byte| byte == wanted).count()
}
