//! The used part of each face: cut out, named with a tag, with its widths and its way back to characters. Owns code and
//! glyph tables; draws nothing.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use printpdf::{FontMetrics, FontType, ParsedFont, PdfFontMetricsStub};
use subsetter::GlyphRemapper;

use super::Error;
use super::font::{CODE_BASE, Program};

/// The name of the face at this index in the resources of a page.
pub fn resource_name(index: usize) -> String {
    format!("Face{index}")
}

/// One face reduced to what is used of it.
pub struct Subset {
    /// Its name in the resources.
    pub resource: String,
    /// The reduced font file.
    pub bytes: Vec<u8>,
    /// `ABCDEF+Name`, the tag made from the bytes.
    pub base_font: String,
    /// Glyph in the reduced file for each code.
    pub glyphs: Vec<u16>,
    program: Program,
}

impl Subset {
    /// Cuts the used glyphs out of a face; `None` when nothing of it was used.
    pub fn cut(index: usize, program: Program) -> Result<Option<Self>, Error> {
        if program.coded.len() < 2 {
            return Ok(None);
        }
        let mut remapper = GlyphRemapper::new();
        let glyphs: Vec<u16> = program.coded.iter().map(|coded| remapper.remap(coded.glyph)).collect();
        let bytes = subsetter::subset(program.bytes, 0, &remapper).map_err(|_| Error::Font(program.name))?;
        let base_font = format!("{}+{}", tag(&bytes), program.name);
        Ok(Some(Self { resource: resource_name(index), bytes, base_font, glyphs, program }))
    }

    /// The face as printpdf wants it. It is filled by hand: what printpdf reads from the file itself would be keyed by
    /// glyph, and codes here are finer (one glyph may stand for several characters).
    pub fn parsed_font(&self) -> ParsedFont {
        let face = &self.program.face;
        let codes = 0..self.program.coded.len() as u16;
        let upm = face.units_per_em() as u16;
        let bbox = face.global_bounding_box();
        // printpdf derives the slant from the caret; the italic angle is what the face says.
        let slant = face.italic_angle();
        ParsedFont {
            original_bytes: self.bytes.clone(),
            font_index: 0,
            font_name: Some(self.base_font.clone()),
            codepoint_to_glyph: codes.clone().map(|code| (CODE_BASE + u32::from(code), code)).collect(),
            glyph_widths: codes.zip(self.program.coded.iter().map(|c| c.advance)).collect(),
            units_per_em: upm,
            font_metrics: FontMetrics { ascent: face.ascender(), descent: face.descender() },
            font_type: FontType::TrueType,
            pdf_font_metrics: PdfFontMetricsStub {
                units_per_em: upm,
                x_min: bbox.x_min,
                y_min: bbox.y_min,
                x_max: bbox.x_max,
                y_max: bbox.y_max,
                caret_slope_rise: 1000,
                caret_slope_run: (-slant.to_radians().tan() * 1000.0) as i16,
                us_weight_class: face.weight().to_number(),
            },
        }
    }

    /// Cap height in thousandths of the size.
    pub fn cap_height(&self) -> i64 {
        let units = self.program.face.capital_height().unwrap_or_default();
        i64::from(units) * 1000 / i64::from(self.program.face.units_per_em().max(1))
    }

    /// The map from codes to characters, as a `CMap`.
    pub fn to_unicode(&self) -> String {
        let mut out = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) \
             /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 \
             begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        );
        let shown: BTreeMap<usize, &str> = self
            .program
            .coded
            .iter()
            .map(|c| &*c.text)
            .enumerate()
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let entries: Vec<_> = shown.into_iter().collect();
        for chunk in entries.chunks(100) {
            let _ = writeln!(out, "{} beginbfchar", chunk.len());
            for (code, text) in chunk {
                let _ = write!(out, "<{code:04X}> <");
                for unit in text.encode_utf16() {
                    let _ = write!(out, "{unit:04X}");
                }
                out.push_str(">\n");
            }
            out.push_str("endbfchar\n");
        }
        out.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        out
    }

    /// The map from codes to glyphs of the reduced file, two bytes each.
    pub fn code_to_glyph(&self) -> Vec<u8> {
        self.glyphs.iter().flat_map(|glyph| glyph.to_be_bytes()).collect()
    }
}

/// Six letters from the bytes, so that the same subset has the same name everywhere.
fn tag(bytes: &[u8]) -> String {
    let mut hash = super::archive::fingerprint(&[bytes]);
    let mut letters = String::with_capacity(6);
    for _ in 0..6 {
        letters.push(char::from(b'A' + (hash % 26) as u8));
        hash /= 26;
    }
    letters
}
