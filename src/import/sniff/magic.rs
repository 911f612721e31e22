//! Files known by their first bytes.
//!
//! Owns the signatures of binary formats. It unpacks a few kilobytes of a gzip to say what is inside, and nothing else.

use std::io::Read;

use super::Foreign;

/// The format the first bytes name, and what gave it away.
pub(super) fn recognise(head: &[u8]) -> Option<(Foreign, &'static str)> {
    let starts = |magic: &[u8]| head.starts_with(magic);
    if head.is_empty() {
        return Some((Foreign::Empty, "it has no bytes"));
    }
    if starts(b"SQLite format 3\0") {
        // Bytes 68 to 71 hold the application id.
        return Some(if head.get(68..72) == Some(&[0x50, 0x42, 0x4B, 0x31]) {
            (Foreign::Patchbook, "the application id of Patchbook")
        } else {
            (Foreign::Sqlite, "the header of SQLite")
        });
    }
    if starts(b"\x1f\x8b") {
        return Some((inside_gzip(head), "the magic bytes of gzip"));
    }
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        return Some(if contains(head, b"xl/w") || contains(head, b"xl/styles") {
            (Foreign::Xlsx, "a zip with a workbook inside")
        } else if contains(head, b"word/") {
            (Foreign::Document, "a zip with a text document inside")
        } else {
            (Foreign::Zip, "the magic bytes of zip")
        });
    }
    let table: &[(&[u8], Foreign, &str)] = &[
        (b"\xd0\xcf\x11\xe0", Foreign::Xls, "the magic bytes of an OLE file"),
        (b"MSCF", Foreign::Cab, "the magic bytes of a cabinet"),
        (b"%PDF", Foreign::Pdf, "the magic bytes of PDF"),
        (b"\x89PNG", Foreign::Image, "the magic bytes of PNG"),
        (b"\xff\xd8\xff", Foreign::Image, "the magic bytes of JPEG"),
        (b"GIF8", Foreign::Image, "the magic bytes of GIF"),
        (b"\x7fELF", Foreign::Executable, "the magic bytes of a Linux program"),
        (b"7z\xbc\xaf", Foreign::Zip, "the magic bytes of 7-Zip"),
        (b"Rar!", Foreign::Zip, "the magic bytes of RAR"),
        (b"{\\rtf", Foreign::Document, "the magic bytes of RTF"),
        (b"ElfFile\0", Foreign::EventLog, "the magic bytes of a Windows event log"),
        (b"regf", Foreign::Binary, "the magic bytes of a registry hive"),
    ];
    if let Some((_, foreign, why)) = table.iter().find(|(magic, _, _)| starts(magic)) {
        return Some((*foreign, why));
    }
    if starts(b"MZ") && head.iter().take(512).filter(|&&b| b == 0).count() > 16 {
        return Some((Foreign::Executable, "the magic bytes of a Windows program"));
    }
    None
}

/// What a gzip holds, by the first kilobytes of it.
fn inside_gzip(head: &[u8]) -> Foreign {
    const LOOK: usize = 16 * 1024;
    let mut inside = vec![0; LOOK];
    let mut reader = flate2::read::GzDecoder::new(head);
    let mut filled = 0;
    while filled < LOOK {
        match reader.read(&mut inside[filled..]) {
            Ok(0) | Err(_) => break,
            Ok(n) => filled += n,
        }
    }
    let text = String::from_utf8_lossy(&inside[..filled]);
    match super::inside(&text) {
        Some(Foreign::WsusExport) => Foreign::WsusExport,
        Some(foreign) if crate::import::threat::is_threat(foreign) => foreign,
        _ => Foreign::Gzip,
    }
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
