//! Text as people type it and as other tools write it: one form to keep, one form to compare.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// The longest one-line text that is kept, in characters.
pub const LINE_MAX: usize = 200;

/// One line as it is stored: trimmed, in Unicode form NFC, at most [`LINE_MAX`] characters, and with every control, bidi,
/// zero-width or tag character made visible as `⟨U+202E⟩` rather than dropped or obeyed.
pub fn line(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.len() <= LINE_MAX && text.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        return Cow::Borrowed(text);
    }
    let normal: Cow<'_, str> = if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    };
    Cow::Owned(visible(&normal, false).chars().take(LINE_MAX).collect())
}

/// Many lines as they are stored: like [`line()`], but line breaks and tabs stay and the length is not cut.
pub fn block(text: &str) -> String {
    let normal: String = text.trim().replace("\r\n", "\n").nfc().collect();
    visible(&normal, true)
}

fn visible(text: &str, many_lines: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if (many_lines && (c == '\n' || c == '\t')) || !is_hidden(c) {
            out.push(c);
        } else {
            let _infallible = write!(out, "⟨U+{:04X}⟩", u32::from(c));
        }
    }
    out
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0x00ad | 0x061c | 0x180e | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff
            | 0xfff9..=0xfffb | 0xe0000..=0xe007f)
}

/// The form in which names are compared: trimmed and lower-case.
pub fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

/// A count with thin spaces between thousands: `1 234`.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(c);
    }
    out
}

/// `1 machine`, `2 machines`.
pub fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}
