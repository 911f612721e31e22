//! The finishing pass over the written PDF: exact text extraction, nested outline, links, information, ids, compact
//! saving. The only file that edits PDF objects; knows nothing of layout.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

use super::Error;
use super::scene::{Bookmark, Place, Scene};
use super::subset::Subset;

/// What the information dictionary says.
pub struct About<'a> {
    /// The title.
    pub title: &'a str,
    /// Whose document it is.
    pub author: &'a str,
    /// What it is about.
    pub subject: &'a str,
    /// Language of the text.
    pub lang: &'a str,
}

/// 128 bits of FNV-1a over the parts: names things, secures nothing.
pub fn fingerprint(parts: &[&[u8]]) -> u128 {
    let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for part in parts {
        for byte in *part {
            hash = (hash ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013B);
        }
    }
    hash
}

/// Completes the document and saves it.
pub fn finish(mut doc: Document, scene: &Scene, subsets: &[Subset], about: &About) -> Result<Vec<u8>, Error> {
    doc.version = "1.7".into();
    let pages: Vec<ObjectId> = doc.page_iter().collect();
    fonts(&mut doc, &pages, subsets)?;
    links(&mut doc, &pages, scene)?;
    let outline = outline(&mut doc, &pages, scene);
    let names = names(&pages, scene);
    let info = doc.add_object(dictionary! {
        "Title" => text(about.title),
        "Author" => text(about.author),
        "Subject" => text(about.subject),
        "Creator" => text("Patchbook"),
        "Producer" => text(concat!("Patchbook ", env!("CARGO_PKG_VERSION"))),
    });
    if let Ok(old) = doc.trailer.get(b"Info").and_then(Object::as_reference) {
        doc.objects.remove(&old);
    }
    doc.trailer.set("Info", info);
    let catalog = doc.catalog_mut()?;
    catalog.set("Lang", text(about.lang));
    catalog.set("PageLayout", "OneColumn");
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("PageMode", if outline.is_some() { "UseOutlines" } else { "UseNone" });
    if !names.is_empty() {
        catalog.set("Names", dictionary! { "Dests" => dictionary! { "Names" => names } });
    }
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
    }
    compress(&mut doc);
    identify(&mut doc);
    let mut bytes = Vec::new();
    doc.save_modern(&mut bytes)?;
    Ok(bytes)
}

/// A text string: plain when it is ASCII, UTF-16 otherwise.
fn text(value: &str) -> Object {
    if value.is_ascii() {
        return Object::String(value.as_bytes().to_vec(), StringFormat::Literal);
    }
    let bytes = [0xFE, 0xFF].into_iter().chain(value.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}

fn fonts(doc: &mut Document, pages: &[ObjectId], subsets: &[Subset]) -> Result<(), Error> {
    let Some(page) = pages.first() else { return Ok(()) };
    let resources = doc.get_dictionary(*page)?.get(b"Resources").and_then(Object::as_reference)?;
    let list = doc.get_dictionary(resources)?.get(b"Font").and_then(Object::as_reference)?;
    for subset in subsets {
        let font = doc.get_dictionary(list)?.get(subset.resource.as_bytes()).and_then(Object::as_reference);
        // A face that was measured but never shown is not in the file.
        let Ok(font) = font else { continue };
        let to_unicode = doc.add_object(Stream::new(Dictionary::new(), subset.to_unicode().into_bytes()));
        let glyphs = doc.add_object(Stream::new(Dictionary::new(), subset.code_to_glyph()));
        let dict = doc.get_dictionary_mut(font)?;
        let old = dict.get(b"ToUnicode").and_then(Object::as_reference).ok();
        dict.set("ToUnicode", to_unicode);
        let descendants = dict.get_mut(b"DescendantFonts").and_then(Object::as_array_mut)?;
        let Some(Object::Dictionary(cid)) = descendants.first_mut() else { continue };
        cid.set("CIDToGIDMap", glyphs);
        let descriptor = cid.get(b"FontDescriptor").and_then(Object::as_reference)?;
        doc.get_dictionary_mut(descriptor)?.set("CapHeight", subset.cap_height());
        if let Some(old) = old {
            doc.objects.remove(&old);
        }
    }
    Ok(())
}

fn destination(pages: &[ObjectId], scene: &Scene, place: Place) -> Object {
    let page = pages.get(place.page).map_or(Object::Null, |id| Object::Reference(*id));
    let top = (scene.height - place.y + 8.0).min(scene.height);
    vec![page, "XYZ".into(), Object::Null, Object::Real(top.round()), Object::Null].into()
}

fn links(doc: &mut Document, pages: &[ObjectId], scene: &Scene) -> Result<(), Error> {
    for (number, page) in pages.iter().enumerate() {
        let mut annotations = Vec::new();
        for link in scene.links.iter().filter(|link| link.page == number) {
            let rect = [
                link.rect.x,
                scene.height - link.rect.bottom(),
                link.rect.right(),
                scene.height - link.rect.y,
            ];
            annotations.push(Object::Reference(doc.add_object(dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "Rect" => rect.iter().map(|v| Object::Real((v * 100.0).round() / 100.0)).collect::<Vec<_>>(),
                "Border" => vec![0.into(), 0.into(), 0.into()],
                "F" => 4,
                "Contents" => text(&link.label),
                "Dest" => destination(pages, scene, link.to),
            })));
        }
        let dict = doc.get_dictionary_mut(*page)?;
        if annotations.is_empty() {
            dict.remove(b"Annots");
        } else {
            dict.set("Annots", annotations);
            dict.set("Tabs", "S");
        }
    }
    Ok(())
}

/// Names and places of the headings that have one, sorted as a name tree must be; the first of equal names counts.
fn names(pages: &[ObjectId], scene: &Scene) -> Vec<Object> {
    let mut named = BTreeMap::new();
    for bookmark in scene.bookmarks.iter().filter(|b| !b.anchor.is_empty()) {
        named.entry(bookmark.anchor.as_bytes()).or_insert(bookmark.place);
    }
    let pair = |(name, place): (&[u8], Place)| {
        [Object::String(name.to_vec(), StringFormat::Literal), destination(pages, scene, place)]
    };
    named.into_iter().flat_map(pair).collect()
}

/// The bookmarks as a nested outline; a level that is skipped hangs under the nearest one above.
fn outline(doc: &mut Document, pages: &[ObjectId], scene: &Scene) -> Option<ObjectId> {
    if scene.bookmarks.is_empty() {
        return None;
    }
    let root = doc.new_object_id();
    let ids: Vec<ObjectId> = scene.bookmarks.iter().map(|_| doc.new_object_id()).collect();
    let mut top = Vec::new();
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); ids.len()];
    for (kid, parent) in parents(&scene.bookmarks).into_iter().enumerate() {
        parent.map_or(&mut top, |p| &mut below[p]).push(kid);
    }
    let families = std::iter::once((root, &top)).chain(ids.iter().copied().zip(&below));
    for (parent, kids) in families {
        for (at, kid) in kids.iter().enumerate() {
            let bookmark = &scene.bookmarks[*kid];
            let mut dict = dictionary! {
                "Title" => text(&bookmark.text),
                "Parent" => parent,
                "Dest" => destination(pages, scene, bookmark.place),
            };
            if at > 0 {
                dict.set("Prev", ids[kids[at - 1]]);
            }
            if let Some(next) = kids.get(at + 1) {
                dict.set("Next", ids[*next]);
            }
            let below = &below[*kid];
            if let (Some(first), Some(last)) = (below.first(), below.last()) {
                dict.set("First", ids[*first]);
                dict.set("Last", ids[*last]);
                // Negative: closed when the document is opened.
                dict.set("Count", -(below.len() as i64));
            }
            doc.set_object(ids[*kid], dict);
        }
    }
    doc.set_object(
        root,
        dictionary! {
            "Type" => "Outlines",
            "First" => ids[top[0]],
            "Last" => ids[top[top.len() - 1]],
            "Count" => top.len() as i64,
        },
    );
    Some(root)
}

fn parents(bookmarks: &[Bookmark]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut out = Vec::with_capacity(bookmarks.len());
    for (i, bookmark) in bookmarks.iter().enumerate() {
        while open.last().is_some_and(|last| bookmarks[*last].level >= bookmark.level) {
            open.pop();
        }
        out.push(open.last().copied());
        open.push(i);
    }
    out
}

fn compress(doc: &mut Document) {
    use std::io::Write as _;
    for object in doc.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        if stream.dict.has(b"Filter") || stream.content.len() < 64 {
            continue;
        }
        // Level 6: lopdf's own takes twice the time for two per cent.
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::new(6));
        if encoder.write_all(&stream.content).is_ok()
            && let Ok(packed) = encoder.finish()
            && packed.len() < stream.content.len()
        {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(packed);
        }
    }
}

/// Both ids from the content: the same document has the same id in every process.
fn identify(doc: &mut Document) {
    let streams: Vec<&[u8]> = doc
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok().map(|stream| stream.content.as_slice()))
        .collect();
    let id = fingerprint(&streams).to_be_bytes().to_vec();
    let id = Object::String(id, StringFormat::Hexadecimal);
    doc.trailer.set("ID", vec![id.clone(), id]);
}
