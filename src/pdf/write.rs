//! Page content through printpdf: glyphs, shapes, the logo. The only file that names printpdf's page operators; knows
//! nothing of outlines, links or ids, which `archive` adds.

use printpdf::{
    Color, CurTransMat, ExtendedGraphicsState, ExtendedGraphicsStateId, FontId, Line, LinePoint, Op,
    PaintMode, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Polygon, PolygonRing, Pt, Rgb,
    TextItem, TextMatrix, WindingOrder, XObject, XObjectId, XObjectTransform,
};

use super::font::{self, Piece};
use super::scene::{Content, Glyphs, Page, Scene};
use super::style::rgb;
use super::subset::Subset;
use crate::draw::{Ink, Mark, Point, Rect};

/// The resource name of the pale state of the stamp.
const PALE: &str = "Pale";
const LOGO: &str = "Logo";

/// The pages as a PDF in memory, fonts embedded, without outline, links and ids; and what printpdf had to say.
pub fn write(scene: &Scene, subsets: &[Subset]) -> (lopdf::Document, Vec<String>) {
    let mut pdf = PdfDocument::new("");
    for subset in subsets {
        let font = PdfFont::new(subset.parsed_font());
        pdf.resources.fonts.map.insert(FontId(subset.resource.clone()), font);
    }
    let stamped = scene.pages.iter().any(|p| p.items.iter().any(|i| matches!(i.content, Content::Stamp(..))));
    if stamped {
        let pale = ExtendedGraphicsState::default().with_current_fill_alpha(0.075);
        pdf.resources.extgstates.map.insert(ExtendedGraphicsStateId(PALE.into()), pale);
    }
    if let Some(logo) = &scene.logo {
        pdf.resources
            .xobjects
            .map
            .insert(XObjectId(LOGO.into()), XObject::External(super::image::xobject(logo)));
    }
    let fonts: Vec<PdfFontHandle> =
        (0..4).map(|i| PdfFontHandle::External(FontId(super::subset::resource_name(i)))).collect();
    for page in &scene.pages {
        let mut pen = Pen {
            height: scene.height,
            fonts: &fonts,
            ops: Vec::new(),
            text: None,
            fill: None,
            stroke: None,
        };
        pen.page(page);
        let (width, height) = (Pt(scene.width), Pt(scene.height));
        pdf.pages.push(PdfPage::new(width.into(), height.into(), pen.ops));
    }
    let options =
        PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    let mut warnings = Vec::new();
    let doc = printpdf::serialize::to_lopdf_doc(&pdf, &options, &mut warnings);
    (doc, warnings.into_iter().map(|warning| warning.msg).collect())
}

/// Where the open text section stands, in hundredths of a point, and its font.
struct Section {
    x: i64,
    y: i64,
    font: Option<(usize, f32)>,
}

struct Pen<'a> {
    height: f32,
    fonts: &'a [PdfFontHandle],
    ops: Vec<Op>,
    text: Option<Section>,
    fill: Option<Ink>,
    stroke: Option<Ink>,
}

fn hundredths(value: f32) -> i64 {
    (f64::from(value) * 100.0).round() as i64
}

fn exact(hundredths: i64) -> Pt {
    Pt((hundredths as f64 / 100.0) as f32)
}

fn colour(ink: Ink) -> Color {
    let part = |byte: u8| (f32::from(byte) / 255.0 * 1000.0).round() / 1000.0;
    let [r, g, b] = rgb(ink);
    Color::Rgb(Rgb::new(part(r), part(g), part(b), None))
}

impl Pen<'_> {
    fn page(&mut self, page: &Page) {
        for item in &page.items {
            match &item.content {
                Content::Glyphs(glyphs) => self.glyphs(glyphs),
                Content::Shape(mark) => {
                    self.end_text();
                    self.shape(mark);
                }
                Content::Logo(rect) => {
                    self.end_text();
                    self.logo(*rect);
                }
                Content::Turned(glyphs, degrees) => {
                    self.end_text();
                    self.ops.push(Op::SaveGraphicsState);
                    self.turned(glyphs, *degrees);
                    self.ops.push(Op::RestoreGraphicsState);
                }
                Content::Stamp(glyphs, degrees) => {
                    self.end_text();
                    self.stamp(glyphs, *degrees);
                }
            }
        }
        self.end_text();
    }

    fn point(&self, p: Point) -> printpdf::Point {
        printpdf::Point { x: exact(hundredths(p.x)), y: exact(hundredths(self.height - p.y)) }
    }

    fn use_fill(&mut self, ink: Ink) {
        if self.fill != Some(ink) {
            self.ops.push(Op::SetFillColor { col: colour(ink) });
            self.fill = Some(ink);
        }
    }

    fn use_stroke(&mut self, ink: Ink, width: f32) {
        if self.stroke != Some(ink) {
            self.ops.push(Op::SetOutlineColor { col: colour(ink) });
            self.stroke = Some(ink);
        }
        self.ops.push(Op::SetOutlineThickness { pt: Pt(width) });
    }

    fn end_text(&mut self) {
        if self.text.take().is_some() {
            self.ops.push(Op::EndTextSection);
        }
    }

    fn glyphs(&mut self, glyphs: &Glyphs) {
        self.use_fill(glyphs.look.ink);
        if self.text.is_none() {
            self.ops.push(Op::StartTextSection);
        }
        let mut section = self.text.take().unwrap_or(Section { x: 0, y: 0, font: None });
        let font = (font::index(glyphs.look.face.weight), glyphs.size);
        if section.font != Some(font) {
            self.ops.push(Op::SetFont { font: self.fonts[font.0].clone(), size: Pt(glyphs.size) });
            section.font = Some(font);
        }
        // Td moves relative to the last one, so the sum is kept in whole hundredths and cannot drift.
        let (x, y) = (hundredths(glyphs.x), hundredths(self.height - glyphs.y));
        let pos = printpdf::Point { x: exact(x - section.x), y: exact(y - section.y) };
        self.ops.push(Op::SetTextCursor { pos });
        self.ops.push(Op::ShowText { items: items(&glyphs.pieces) });
        self.text = Some(Section { x, y, font: section.font });
    }

    fn stamp(&mut self, glyphs: &Glyphs, degrees: f32) {
        self.ops.push(Op::SaveGraphicsState);
        self.ops.push(Op::LoadGraphicsState { gs: ExtendedGraphicsStateId(PALE.into()) });
        self.turned(glyphs, degrees);
        self.ops.push(Op::RestoreGraphicsState);
    }

    /// Turned text; the colour it sets holds until the caller restores the graphics state.
    fn turned(&mut self, glyphs: &Glyphs, degrees: f32) {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let matrix = TextMatrix::Raw([cos, sin, -sin, cos, glyphs.x, self.height - glyphs.y]);
        self.ops.push(Op::SetFillColor { col: colour(glyphs.look.ink) });
        self.ops.push(Op::StartTextSection);
        let font = self.fonts[font::index(glyphs.look.face.weight)].clone();
        self.ops.push(Op::SetFont { font, size: Pt(glyphs.size) });
        self.ops.push(Op::SetTextMatrix { matrix });
        self.ops.push(Op::ShowText { items: items(&glyphs.pieces) });
        self.ops.push(Op::EndTextSection);
    }

    fn logo(&mut self, rect: Rect) {
        let low = self.point(Point { x: rect.x, y: rect.bottom() });
        let matrix = CurTransMat::Raw([rect.w, 0.0, 0.0, rect.h, low.x.0, low.y.0]);
        self.ops.push(Op::SaveGraphicsState);
        self.ops.push(Op::SetTransformationMatrix { matrix });
        let transform = XObjectTransform { no_auto_scale: true, ..XObjectTransform::default() };
        self.ops.push(Op::UseXobject { id: XObjectId(LOGO.into()), transform });
        self.ops.push(Op::RestoreGraphicsState);
    }

    fn shape(&mut self, mark: &Mark) {
        match mark {
            Mark::Text { .. } => {}
            Mark::Line { from, to, width, ink } => {
                self.use_stroke(*ink, *width);
                let points = [from, to].map(|p| LinePoint { p: self.point(*p), bezier: false }).to_vec();
                self.ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
            }
            Mark::Rect { rect, fill, stroke } => {
                if let Some(ink) = fill {
                    self.use_fill(*ink);
                    self.rect(*rect, PaintMode::Fill);
                }
                if let Some((width, ink)) = stroke {
                    self.use_stroke(*ink, *width);
                    self.rect(*rect, PaintMode::Stroke);
                }
            }
            Mark::Polygon { points, fill } => {
                self.use_fill(*fill);
                let points = points.iter().map(|p| LinePoint { p: self.point(*p), bezier: false }).collect();
                let polygon = Polygon {
                    rings: vec![PolygonRing { points }],
                    mode: PaintMode::Fill,
                    winding_order: WindingOrder::NonZero,
                };
                self.ops.push(Op::DrawPolygon { polygon });
            }
        }
    }

    fn rect(&mut self, rect: Rect, mode: PaintMode) {
        let low = self.point(Point { x: rect.x, y: rect.bottom() });
        let (width, height) = (exact(hundredths(rect.w)), exact(hundredths(rect.h)));
        let rectangle =
            printpdf::Rect { x: low.x, y: low.y, width, height, mode: Some(mode), winding_order: None };
        self.ops.push(Op::DrawRectangle { rectangle });
    }
}

/// Glyphs as text with moves; printpdf looks every code up in the font it was given.
fn items(pieces: &[Piece]) -> Vec<TextItem> {
    let mut out = Vec::with_capacity(pieces.len() * 2);
    for (i, piece) in pieces.iter().enumerate() {
        if !piece.codes.is_empty() {
            out.push(TextItem::Text(piece.codes.clone()));
        }
        if piece.after != 0 && i + 1 < pieces.len() {
            out.push(TextItem::Offset(-piece.after as f32));
        }
    }
    out
}
