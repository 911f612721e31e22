//! Reads our own files back without other programs: text through `ToUnicode`, tables of the fonts. Deliberately small and
//! written against the PDF standard, not against the writer.

use std::collections::HashMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

pub fn open(bytes: &[u8]) -> Document {
    Document::load_mem(bytes).expect("our own file can be read")
}

pub fn pages(doc: &Document) -> Vec<ObjectId> {
    doc.get_pages().into_values().collect()
}

fn resolved<'a>(doc: &'a Document, object: &'a Object) -> &'a Object {
    doc.dereference(object).expect("reference leads somewhere").1
}

pub fn entry<'a>(doc: &'a Document, dict: &'a Dictionary, key: &str) -> &'a Object {
    resolved(doc, dict.get(key.as_bytes()).unwrap_or_else(|_| panic!("{key} is there")))
}

/// The fonts a page may use, by resource name.
pub fn fonts(doc: &Document, page: ObjectId) -> Vec<(Vec<u8>, Dictionary)> {
    let page = doc.get_dictionary(page).expect("page");
    let resources = entry(doc, page, "Resources").as_dict().expect("resources");
    let fonts = entry(doc, resources, "Font").as_dict().expect("fonts");
    fonts
        .iter()
        .map(|(name, font)| (name.clone(), resolved(doc, font).as_dict().expect("font").clone()))
        .collect()
}

pub fn stream(doc: &Document, dict: &Dictionary, key: &str) -> Vec<u8> {
    let stream = entry(doc, dict, key).as_stream().expect("stream");
    stream.decompressed_content().unwrap_or_else(|_| stream.content.clone())
}

/// Codes to characters, from the `bfchar` lines of a `CMap`.
pub fn to_unicode(cmap: &[u8]) -> HashMap<u16, String> {
    let cmap = std::str::from_utf8(cmap).expect("a CMap is ASCII");
    let mut inside = false;
    let mut out = HashMap::new();
    for line in cmap.lines() {
        inside = (inside || line.ends_with("beginbfchar")) && line != "endbfchar";
        let Some((code, text)) = line.strip_prefix('<').and_then(|l| l.split_once("> <")) else { continue };
        if inside {
            let units: Vec<u16> = text
                .trim_end_matches('>')
                .as_bytes()
                .chunks(4)
                .map(|hex| u16::from_str_radix(std::str::from_utf8(hex).expect("hex"), 16).expect("hex"))
                .collect();
            let code = u16::from_str_radix(code, 16).expect("hex");
            out.insert(code, String::from_utf16(&units).expect("UTF-16"));
        }
    }
    out
}

/// The text of a page in the order it is written, one line per show operator.
pub fn text(doc: &Document, page: ObjectId) -> String {
    let maps: HashMap<Vec<u8>, HashMap<u16, String>> = fonts(doc, page)
        .into_iter()
        .map(|(name, font)| (name, to_unicode(&stream(doc, &font, "ToUnicode"))))
        .collect();
    let content = Content::decode(&doc.get_page_content(page)).expect("operators");
    let mut font = None;
    let mut out = String::new();
    for operation in content.operations {
        match operation.operator.as_str() {
            "Tf" => font = maps.get(operation.operands[0].as_name().expect("name")),
            "Tj" | "TJ" => {
                let map = font.expect("a font is set before text is shown");
                show(&operation.operands[0], map, &mut out);
                out.push('\n');
            }
            _ => {}
        }
    }
    out
}

fn show(object: &Object, map: &HashMap<u16, String>, out: &mut String) {
    match object {
        Object::String(bytes, _) => {
            for pair in bytes.chunks(2) {
                let code = u16::from_be_bytes([pair[0], pair[1]]);
                out.push_str(map.get(&code).unwrap_or_else(|| panic!("code {code} has characters")));
            }
        }
        Object::Array(parts) => parts.iter().for_each(|part| show(part, map, out)),
        _ => {}
    }
}

/// The text of all pages.
pub fn all_text(bytes: &[u8]) -> String {
    let doc = open(bytes);
    pages(&doc).into_iter().map(|page| text(&doc, page)).collect()
}
