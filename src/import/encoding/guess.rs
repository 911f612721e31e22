//! Guessing the encoding from the first bytes of a file.
//!
//! Owns the heuristics. It never fails: the last resort is the Western European page, and the report says so.

use super::{CodePage, TextEncoding};

/// Guesses from the head of a file; `page` is the answer or setting for ANSI files, where there is one.
pub fn guess(head: &[u8], page: Option<CodePage>) -> TextEncoding {
    if head.starts_with(b"\xef\xbb\xbf") {
        return TextEncoding::Utf8 { bom: true };
    }
    if head.starts_with(b"\xff\xfe") {
        return TextEncoding::Utf16Le;
    }
    if head.starts_with(b"\xfe\xff") {
        return TextEncoding::Utf16Be;
    }
    if let Some(wide) = wide_by_nuls(head) {
        return wide;
    }
    if head.is_ascii() {
        return TextEncoding::Ascii;
    }
    match std::str::from_utf8(head) {
        Ok(_) => return TextEncoding::Utf8 { bom: false },
        // A character cut off by the end of the head is no reason to doubt.
        Err(error) if error.error_len().is_none() => return TextEncoding::Utf8 { bom: false },
        Err(_) => {}
    }
    let (utf8_lines, other_lines): (Vec<&[u8]>, Vec<&[u8]>) =
        head.split(|&b| b == b'\n').filter(|l| !l.is_ascii()).partition(|l| std::str::from_utf8(l).is_ok());
    if page.is_none() && is_japanese(head) {
        return TextEncoding::Page(CodePage::Windows932);
    }
    let page = page.unwrap_or_else(|| guess_page(&other_lines));
    if utf8_lines.is_empty() { TextEncoding::Page(page) } else { TextEncoding::Mixed(page) }
}

/// UTF-16 without a mark: more than a fifth of the bytes are NUL, nearly all at even or at odd places.
fn wide_by_nuls(head: &[u8]) -> Option<TextEncoding> {
    let nuls = |start: usize| head.iter().skip(start).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    if head.len() < 4 || (even + odd) * 5 < head.len() {
        return None;
    }
    if odd > even * 10 {
        Some(TextEncoding::Utf16Le)
    } else if even > odd * 10 {
        Some(TextEncoding::Utf16Be)
    } else {
        None
    }
}

/// Decodes as Japanese without an error and shows at least two kana.
fn is_japanese(head: &[u8]) -> bool {
    // The end of the head may cut a character in two.
    let whole = head.iter().rposition(|&b| b == b'\n').map_or(head, |end| &head[..end]);
    let (text, bad) = encoding_rs::SHIFT_JIS.decode_without_bom_handling(whole);
    !bad && text.chars().filter(|c| ('\u{3041}'..='\u{30fe}').contains(c)).take(2).count() == 2
}

/// Letters of one page are rare signs of another: counts which bytes stand inside words.
fn guess_page(lines: &[&[u8]]) -> CodePage {
    let (mut high, mut paired, mut oem_in_word, mut ansi_in_word) = (0_u32, 0_u32, 0_u32, 0_u32);
    let (mut low_third, mut upper_866) = (0_u32, 0_u32);
    for line in lines {
        for (at, &byte) in line.iter().enumerate().filter(|(_, b)| **b >= 128) {
            let before = at.checked_sub(1).and_then(|i| line.get(i)).copied().unwrap_or(b' ');
            let after = line.get(at + 1).copied().unwrap_or(b' ');
            high += 1;
            paired += u32::from(before >= 128 || after >= 128);
            low_third += u32::from((0x80..=0xAF).contains(&byte));
            upper_866 += u32::from((0xC0..=0xDF).contains(&byte) || byte >= 0xF0);
            if before.is_ascii_alphabetic() || after.is_ascii_alphabetic() {
                // 0x92 is the apostrophe of 1252, common inside French words.
                oem_in_word += u32::from((0x80..=0xA7).contains(&byte) && byte != 0x92);
                ansi_in_word += u32::from(byte >= 0xC0);
            }
        }
    }
    if paired * 10 >= high * 8 && high >= 6 {
        return if low_third > upper_866 { CodePage::Oem866 } else { CodePage::Windows1251 };
    }
    if oem_in_word > ansi_in_word { CodePage::Oem850 } else { CodePage::Windows1252 }
}
