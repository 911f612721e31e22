//! Which characters the bytes stand for.
//!
//! Owns the guess (BOM, UTF-16 by its NULs, strict UTF-8, then a code page), decoding a stream into UTF-8 where the CSV
//! grammar needs it, and decoding single cells elsewhere. It never re-encodes what is UTF-8 already, and never hides a
//! guess: the encoding is part of every file's report.

mod guess;
mod table;

use std::borrow::Cow;
use std::fmt;

use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};

pub use guess::guess;

/// A code page of one or two bytes a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodePage {
    /// Western Europe, the default of ANSI files.
    #[default]
    Windows1252,
    /// Cyrillic.
    Windows1251,
    /// Japanese.
    Windows932,
    /// Simplified Chinese.
    Windows936,
    /// Western Europe, written by the console.
    Oem850,
    /// United States, written by the console.
    Oem437,
    /// Cyrillic, written by the console.
    Oem866,
}

/// How a file's bytes stand for characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextEncoding {
    /// Nothing but 7-bit characters.
    Ascii,
    /// UTF-8; `bom` says whether the file starts with its mark.
    Utf8 {
        /// Whether the byte order mark is there.
        bom: bool,
    },
    /// UTF-16, little-endian.
    Utf16Le,
    /// UTF-16, big-endian.
    Utf16Be,
    /// A code page, guessed or answered.
    Page(CodePage),
    /// Lines of a code page with lines of UTF-8 appended.
    Mixed(CodePage),
}

impl CodePage {
    fn of_crate(self) -> Option<&'static Encoding> {
        match self {
            CodePage::Windows1252 => Some(encoding_rs::WINDOWS_1252),
            CodePage::Windows1251 => Some(encoding_rs::WINDOWS_1251),
            CodePage::Windows932 => Some(encoding_rs::SHIFT_JIS),
            CodePage::Windows936 => Some(encoding_rs::GBK),
            CodePage::Oem866 => Some(encoding_rs::IBM866),
            CodePage::Oem850 | CodePage::Oem437 => None,
        }
    }

    fn is_double_byte(self) -> bool {
        matches!(self, CodePage::Windows932 | CodePage::Windows936)
    }

    /// The characters of some bytes; what the page does not know becomes U+FFFD.
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        if let Some(encoding) = self.of_crate() {
            return encoding.decode_without_bom_handling(bytes).0;
        }
        let upper = if self == CodePage::Oem437 { table::OEM_437 } else { table::OEM_850 };
        if bytes.is_ascii() {
            return String::from_utf8_lossy(bytes);
        }
        let upper: Vec<char> = upper.chars().collect();
        let text = bytes.iter().map(|&byte| match byte {
            0..=127 => char::from(byte),
            _ => upper.get(usize::from(byte) - 128).copied().unwrap_or('\u{fffd}'),
        });
        Cow::Owned(text.collect())
    }
}

impl fmt::Display for CodePage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CodePage::Windows1252 => "Windows-1252",
            CodePage::Windows1251 => "Windows-1251",
            CodePage::Windows932 => "Windows-932 (Japanese)",
            CodePage::Windows936 => "Windows-936 (Chinese)",
            CodePage::Oem850 => "OEM 850",
            CodePage::Oem437 => "OEM 437",
            CodePage::Oem866 => "OEM 866",
        })
    }
}

impl fmt::Display for TextEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TextEncoding::Ascii => f.write_str("ASCII"),
            TextEncoding::Utf8 { bom: true } => f.write_str("UTF-8 with BOM"),
            TextEncoding::Utf8 { bom: false } => f.write_str("UTF-8"),
            TextEncoding::Utf16Le => f.write_str("UTF-16 LE"),
            TextEncoding::Utf16Be => f.write_str("UTF-16 BE"),
            TextEncoding::Page(page) => page.fmt(f),
            TextEncoding::Mixed(page) => write!(f, "{page} with UTF-8 lines"),
        }
    }
}

impl TextEncoding {
    /// How many bytes at the start are a byte order mark.
    pub(super) fn mark_len(self, head: &[u8]) -> usize {
        match self {
            TextEncoding::Utf8 { bom: true } => 3,
            TextEncoding::Utf16Le if head.starts_with(b"\xff\xfe") => 2,
            TextEncoding::Utf16Be if head.starts_with(b"\xfe\xff") => 2,
            _ => 0,
        }
    }

    /// The whole of some bytes as text, the byte order mark left out.
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        let bytes = &bytes[self.mark_len(bytes)..];
        match self {
            TextEncoding::Utf16Le => encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0,
            TextEncoding::Utf16Be => encoding_rs::UTF_16BE.decode_without_bom_handling(bytes).0,
            TextEncoding::Page(page) => page.decode(bytes),
            TextEncoding::Mixed(page) => {
                let lines = bytes.split_inclusive(|&b| b == b'\n');
                let cell = Cells { page, utf8_first: true };
                Cow::Owned(lines.map(|line| cell.decode(line)).collect())
            }
            TextEncoding::Ascii | TextEncoding::Utf8 { .. } => String::from_utf8_lossy(bytes),
        }
    }

    /// How the cells of its CSV become text after the stream passed [`TextEncoding::transcoder`].
    pub(super) fn cells(self, delimiter: u8) -> Cells {
        match self {
            _ if self.transcoder(delimiter).is_some() => {
                Cells { page: CodePage::Windows1252, utf8_first: true }
            }
            TextEncoding::Page(page) => Cells { page, utf8_first: !page.is_double_byte() },
            TextEncoding::Mixed(page) => Cells { page, utf8_first: true },
            _ => Cells { page: CodePage::Windows1252, utf8_first: true },
        }
    }

    /// What the stream needs before the CSV grammar can be read: nothing where delimiters are plain bytes.
    pub(super) fn transcoder(self, delimiter: u8) -> Option<Transcoder> {
        let encoding = match self {
            TextEncoding::Utf16Le => encoding_rs::UTF_16LE,
            TextEncoding::Utf16Be => encoding_rs::UTF_16BE,
            // The second byte of a double-byte character may be a vertical bar.
            TextEncoding::Page(page) if page.is_double_byte() && delimiter == b'|' => page.of_crate()?,
            _ => return None,
        };
        Some(Transcoder { decoder: encoding.new_decoder_without_bom_handling() })
    }
}

/// How single cells become text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cells {
    page: CodePage,
    utf8_first: bool,
}

impl Cells {
    /// The text of a cell, borrowed where it is UTF-8 already.
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        if self.utf8_first || bytes.is_ascii() {
            match std::str::from_utf8(bytes) {
                Ok(text) => return Cow::Borrowed(text),
                Err(_) => return self.page.decode(bytes),
            }
        }
        self.page.decode(bytes)
    }
}

/// Turns a stream of another encoding into UTF-8, chunk by chunk.
pub(super) struct Transcoder {
    decoder: encoding_rs::Decoder,
}

impl Transcoder {
    /// Appends the UTF-8 of a chunk; `last` ends the stream.
    pub fn push(&mut self, chunk: &[u8], last: bool, out: &mut Vec<u8>) {
        let room = self.decoder.max_utf8_buffer_length(chunk.len()).unwrap_or(chunk.len() * 4 + 16);
        let start = out.len();
        out.resize(start + room, 0);
        let (_, _, written, _) = self.decoder.decode_to_utf8(chunk, &mut out[start..], last);
        out.truncate(start + written);
    }
}
