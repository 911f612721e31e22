//! What every file must be, checked on the objects of the file itself.

use lopdf::{Dictionary, Document, Object};
use patchbook::pdf::render;
use patchbook::report::layout::Layout;

use super::read::{entry, fonts, open, pages, stream, to_unicode};
use super::sample::{HASH, every_block};

fn catalog(doc: &Document) -> &Dictionary {
    doc.catalog().expect("catalogue")
}

fn every_block_open() -> (Vec<u8>, Document) {
    let bytes = render(&every_block()).expect("renders").bytes;
    let doc = open(&bytes);
    (bytes, doc)
}

#[test]
fn the_file_says_what_it_is() {
    let (bytes, doc) = every_block_open();
    assert!(bytes.starts_with(b"%PDF-1.7\n%"));
    assert!(bytes.ends_with(b"%%EOF"));
    assert_eq!(catalog(&doc).get(b"Lang").expect("Lang").as_str().expect("text"), b"en");
    assert_eq!(catalog(&doc).get(b"PageMode").expect("PageMode").as_name().expect("a name"), b"UseOutlines");
    let info = entry(&doc, &doc.trailer, "Info").as_dict().expect("Info");
    assert_eq!(info.get(b"Title").expect("Title").as_str().expect("text"), b"Monthly compliance report");
    for key in ["GTS_PDFXVersion", "Identifier", "CreationDate", "ModDate", "Trapped"] {
        assert!(!info.has(key.as_bytes()), "{key} would be empty or a clock");
    }
}

#[test]
fn both_ids_come_from_the_content() {
    let ids = |layout: &Layout| {
        let doc = open(&render(layout).expect("renders").bytes);
        let ids = doc.trailer.get(b"ID").expect("ID").as_array().expect("array").clone();
        assert_eq!(ids[0], ids[1]);
        ids[0].as_str().expect("bytes").to_vec()
    };
    let (first, mut other) = (every_block(), every_block());
    other.title.push('.');
    assert_eq!(ids(&first).len(), 16);
    assert_eq!(ids(&first), ids(&every_block()));
    assert_ne!(ids(&first), ids(&other));
}

#[test]
fn the_same_layout_gives_the_same_bytes() {
    let first = render(&every_block()).expect("renders").bytes;
    // A document in between moves every process-wide counter.
    let _ = render(&Layout::new("Between")).expect("renders");
    assert!(first == render(&every_block()).expect("renders").bytes);
}

#[test]
fn another_process_writes_the_same_bytes() {
    let file = tempfile::NamedTempFile::new().expect("temporary file");
    let status = std::process::Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "pdf::every_kind_of_block_is_printed"])
        .env("PATCHBOOK_LOOK", file.path())
        .stdout(std::process::Stdio::null())
        .status()
        .expect("runs");
    assert!(status.success());
    let other = std::fs::read(file.path()).expect("written by the other process");
    assert!(other == render(&every_block()).expect("renders").bytes);
}

#[test]
fn every_font_is_embedded_in_part_and_can_be_read_back() {
    let (_, doc) = every_block_open();
    let page = pages(&doc)[0];
    let list = fonts(&doc, page);
    assert_eq!(list.len(), 4, "Regular, Medium, SemiBold, Italic");
    for (_, font) in list {
        let name = String::from_utf8(font.get(b"BaseFont").expect("name").as_name().expect("name").to_vec())
            .expect("ASCII");
        let (tag, rest) = name.split_once('+').expect("a subset has a tag");
        assert!(tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()), "{name}");
        assert!(rest.starts_with("Inter-"), "{name}");
        let cid =
            entry(&doc, &font, "DescendantFonts").as_array().expect("array")[0].as_dict().expect("CID font");
        let descriptor = entry(&doc, cid, "FontDescriptor").as_dict().expect("descriptor");
        assert_eq!(descriptor.get(b"FontName").expect("name"), font.get(b"BaseFont").expect("name"));
        let program = stream(&doc, descriptor, "FontFile2");
        assert!(program.len() < 80_000, "{name} has {} bytes: not a subset", program.len());
        check_widths_and_text(&doc, &font, cid, &program);
    }
}

/// Every code with a width leads to a glyph of the file with that width, and to characters.
fn check_widths_and_text(doc: &Document, font: &Dictionary, cid: &Dictionary, program: &[u8]) {
    let face = rustybuzz::ttf_parser::Face::parse(program, 0).expect("the subset is a font");
    let glyphs = stream(doc, cid, "CIDToGIDMap");
    let characters = to_unicode(&stream(doc, font, "ToUnicode"));
    let widths = entry(doc, cid, "W").as_array().expect("W");
    let mut seen = 0;
    for group in widths.chunks(2) {
        let first = group[0].as_i64().expect("code") as usize;
        for (i, width) in group[1].as_array().expect("widths").iter().enumerate() {
            let code = first + i;
            let glyph = u16::from_be_bytes([glyphs[2 * code], glyphs[2 * code + 1]]);
            let advance =
                face.glyph_hor_advance(rustybuzz::ttf_parser::GlyphId(glyph)).expect("glyph is in the file");
            let thousandths = f64::from(advance) * 1000.0 / f64::from(face.units_per_em());
            assert!((thousandths - width.as_i64().expect("width") as f64).abs() <= 1.0, "code {code}");
            assert!(characters.contains_key(&(code as u16)), "code {code} has characters");
            seen += 1;
        }
    }
    assert!(seen > 2, "a font without glyphs should not be there");
}

#[test]
fn the_outline_is_nested_like_the_headings() {
    let (_, doc) = every_block_open();
    let outlines = entry(&doc, catalog(&doc), "Outlines").as_dict().expect("outlines");
    let mut titles = Vec::new();
    walk(&doc, outlines, 0, &mut titles);
    let expected = [
        (0, "Summary"),
        (1, "In scope"),
        (2, "Time limits"),
        (0, "Groups and ages"),
        (0, "Machines"),
        (1, "Overdue, with owner"),
        (1, "Seen for the first time"),
        (0, "Signatures"),
    ];
    let titles: Vec<(usize, &str)> = titles.iter().map(|(depth, title)| (*depth, title.as_str())).collect();
    assert_eq!(titles, expected);
}

fn walk(doc: &Document, parent: &Dictionary, depth: usize, titles: &mut Vec<(usize, String)>) {
    let mut next = parent.get(b"First").ok().cloned();
    while let Some(reference) = next {
        let item = doc.dereference(&reference).expect("item").1.as_dict().expect("item");
        titles.push((
            depth,
            String::from_utf8_lossy(item.get(b"Title").expect("title").as_str().expect("text")).into(),
        ));
        let to = item.get(b"Dest").expect("destination").as_array().expect("array");
        assert!(doc.get_dictionary(to[0].as_reference().expect("page")).is_ok());
        walk(doc, item, depth + 1, titles);
        next = item.get(b"Next").ok().cloned();
    }
}

#[test]
fn headings_with_an_anchor_are_named_places() {
    let mut layout = Layout::new("Places");
    layout.heading_at(1, "Overdue", "overdue").heading(2, "Nameless").heading_at(2, "Ages", "ages");
    layout.heading_at(1, "Again", "ages");
    let doc = open(&render(&layout).expect("renders").bytes);
    let names = entry(&doc, catalog(&doc), "Names").as_dict().expect("names");
    let places = entry(&doc, entry(&doc, names, "Dests").as_dict().expect("places"), "Names");
    let places = places.as_array().expect("array");
    let words: Vec<&[u8]> = places.iter().step_by(2).map(|name| name.as_str().expect("text")).collect();
    assert_eq!(words, [&b"ages"[..], b"overdue"], "sorted, the first of equal names");
}

#[test]
fn every_line_of_the_contents_is_a_link_without_a_border() {
    let (_, doc) = every_block_open();
    let first = doc.get_dictionary(pages(&doc)[0]).expect("page");
    let links = entry(&doc, first, "Annots").as_array().expect("links");
    assert_eq!(links.len(), 8);
    for link in links {
        let link = doc.dereference(link).expect("link").1.as_dict().expect("link");
        assert_eq!(link.get(b"Subtype").expect("kind").as_name().expect("name"), b"Link");
        assert_eq!(link.get(b"F").expect("flags"), &Object::Integer(4));
        assert_eq!(link.get(b"Border").expect("border").as_array().expect("array").len(), 3);
    }
}

#[test]
fn the_head_of_the_record_stands_whole_on_the_first_and_last_page_and_short_on_every_page() {
    let rendered = render(&every_block()).expect("renders");
    let doc = open(&rendered.bytes);
    let texts: Vec<String> = pages(&doc).into_iter().map(|page| super::read::text(&doc, page)).collect();
    assert_eq!(texts.len(), rendered.pages);
    for (i, text) in texts.iter().enumerate() {
        assert!(text.contains(&format!("Page {} of {}", i + 1, texts.len())), "page {i}");
        assert!(text.contains(&format!("Record {}, entry 12,345", &HASH[..16])), "page {i}");
        assert!(text.contains("Printed 2026-11-22 14:26 CET"), "page {i}");
        assert!(text.contains("SAMPLE"), "page {i}");
        assert_eq!(text.contains(HASH), i == 0 || i + 1 == texts.len(), "page {i}");
    }
}
