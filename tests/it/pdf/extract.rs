//! Text comes out of the file as it went in, with our own reader always and with pdftotext where it is installed.

use std::io::Write as _;
use std::process::{Command, Stdio};

use patchbook::pdf::render;
use patchbook::report::layout::{Column, Layout, Table};

use super::read::all_text;

/// Texts that go wrong when a font is cut down carelessly.
const TEXTS: [&str; 12] = [
    "Grüße aus Zürich, ÄÖÜß",
    "Łódź, Příbram, Győr, İzmir",
    "Αθήνα και Θεσσαλονίκη",
    "Санкт-Петербург, Київ",
    "office affluent waffle difficult",
    "“quotes” ‘single’ „low“ «guillemets» – dash — long…",
    "0x80070643 -> 0x1F x 3",
    "AVATAR Tolkien WAVE Yo. LT",
    "e\u{301}le\u{300}ve decomposed",
    "1,234.50 € 99.9 % ±3 ≥ 5 → ok",
    "C:\\Windows\\System32 (x86) <tag> & %PATH%",
    "KB5044273; CVE-2026-12345",
];

fn layout() -> Layout {
    let mut layout = Layout::new("Extraction");
    for text in TEXTS {
        layout.paragraph(text);
    }
    let mut table = Table::new("", vec![Column::text("Text"), Column::number("Number")]);
    for (i, text) in TEXTS.iter().enumerate() {
        table.row([(*text).to_owned(), format!("{}", i * 1_111)]);
    }
    layout.table(table);
    layout
}

#[test]
fn text_extracts_exactly() {
    let text = all_text(&render(&layout()).expect("renders").bytes);
    for expected in TEXTS {
        assert_eq!(text.matches(&format!("{expected}\n")).count(), 2, "{expected:?} in {text}");
    }
}

#[test]
fn a_broken_word_ends_in_a_soft_hyphen_and_nothing_is_lost() {
    let mut layout = Layout::new("Hyphens");
    let words =
        "By responsibilities notwithstanding, organisational accountability characterises Featherstonehaugh. "
            .repeat(9);
    layout.paragraph(words.as_str());
    let text = all_text(&render(&layout).expect("renders").bytes);
    let body: String =
        text.lines().filter(|l| !l.starts_with("Page ") && *l != "Hyphens").collect::<Vec<_>>().join("\n");
    assert!(body.contains("\u{AD}\n"), "no word was broken: {body}");
    assert_eq!(body.matches("Featherstonehaugh").count(), 9, "a name stays whole: {body}");
    let joined = body.replace("\u{AD}\n", "").replace('\n', " ");
    assert_eq!(joined.trim(), words.trim());
}

/// Runs a program over the bytes; `None` when it is not installed.
pub fn piped(program: &str, args: &[&str], bytes: &[u8]) -> Option<(bool, String)> {
    let mut file = tempfile::NamedTempFile::new().expect("temporary file");
    file.write_all(bytes).expect("writes");
    let args = args.iter().map(|a| if *a == "FILE" { file.path().as_os_str() } else { a.as_ref() });
    match Command::new(program).args(args).stdin(Stdio::null()).output() {
        Ok(out) => {
            let text =
                String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
            Some((out.status.success(), text))
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            eprintln!("skipped: {program} is not installed");
            None
        }
        Err(e) => panic!("{program}: {e}"),
    }
}

#[test]
fn pdftotext_finds_the_same_text() {
    let bytes = render(&layout()).expect("renders").bytes;
    let Some((ok, text)) = piped("pdftotext", &["-layout", "-enc", "UTF-8", "FILE", "-"], &bytes) else {
        return;
    };
    assert!(ok, "{text}");
    for expected in TEXTS {
        assert_eq!(text.matches(expected).count(), 2, "{expected:?} in {text}");
    }
}

#[test]
fn qpdf_finds_no_fault() {
    let bytes = render(&super::sample::every_block()).expect("renders").bytes;
    let Some((ok, text)) = piped("qpdf", &["--check", "FILE"], &bytes) else { return };
    assert!(ok && text.contains("No syntax or stream encoding errors found"), "{text}");
}
