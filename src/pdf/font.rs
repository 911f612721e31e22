//! The shipped faces: shaping words and knowing their widths. Owns the cache of shaped words and the codes glyphs get
//! on paper; never breaks a line and never writes a file.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use rustybuzz::ttf_parser::Tag;
use rustybuzz::{BufferClusterLevel, BufferFlags, Direction, Feature, Script, ShapePlan, UnicodeBuffer};

use crate::draw::{Measure, Weight};
use crate::pdf::Error;

/// A face and the kind of its figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Face {
    /// Which of the shipped faces.
    pub weight: Weight,
    /// Figures of one width, for columns of numbers.
    pub tabular: bool,
}

impl Face {
    /// The face with proportional figures.
    pub const fn of(weight: Weight) -> Self {
        Self { weight, tabular: false }
    }

    /// The face with figures of one width.
    pub const fn tabular(weight: Weight) -> Self {
        Self { weight, tabular: true }
    }
}

/// Glyphs shown without a break, then a move.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Piece {
    /// One private-use character per glyph: `CODE_BASE` plus its code.
    pub codes: String,
    /// How far the pen moves on after the last glyph, in thousandths of the size.
    pub after: i32,
}

/// A word as glyphs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shaped {
    /// Its glyphs.
    pub pieces: Vec<Piece>,
    /// Its width in thousandths of the size, moves included.
    pub width: i32,
}

/// Code 0 of a face is this character; the whole plane is private use, so every code has one.
pub const CODE_BASE: u32 = 0xF_0000;

/// What a code of a face stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    /// The glyph in the shipped face.
    pub glyph: u16,
    /// The characters a reader gets when copying it; empty for a later part of a character.
    pub text: Box<str>,
    /// Advance in units of the face.
    pub advance: u16,
}

const FILES: [(Weight, &str, &[u8]); 4] = [
    (Weight::Regular, "Inter-Regular", include_bytes!("../../assets/fonts/Inter-Regular.ttf")),
    (Weight::Medium, "Inter-Medium", include_bytes!("../../assets/fonts/Inter-Medium.ttf")),
    (Weight::SemiBold, "Inter-SemiBold", include_bytes!("../../assets/fonts/Inter-SemiBold.ttf")),
    (Weight::Italic, "Inter-Italic", include_bytes!("../../assets/fonts/Inter-Italic.ttf")),
];

/// One shipped face with what was used of it.
pub struct Program {
    /// Its PostScript name.
    pub name: &'static str,
    /// The whole font file.
    pub bytes: &'static [u8],
    /// The parsed face.
    pub face: rustybuzz::Face<'static>,
    /// What each code stands for, in order of first use; code 0 is the missing glyph.
    pub coded: Vec<Coded>,
    codes: HashMap<(u16, Box<str>), u16>,
    words: [HashMap<Box<str>, Rc<Shaped>>; 2],
    plans: Vec<(Option<Script>, bool, ShapePlan)>,
    box_glyph: u16,
}

/// All shipped faces.
pub struct Fonts {
    programs: Vec<RefCell<Program>>,
    missing: RefCell<BTreeSet<char>>,
    buffer: Cell<Option<UnicodeBuffer>>,
}

impl Fonts {
    /// Reads the shipped faces.
    pub fn new() -> Result<Self, Error> {
        let programs = FILES
            .iter()
            .map(|(_, name, bytes)| Program::new(name, bytes).map(RefCell::new))
            .collect::<Result<_, _>>()?;
        Ok(Self { programs, missing: RefCell::default(), buffer: Cell::new(None) })
    }

    /// The shaped word, from the cache when it was seen before. Spaces are glyphs like others; control characters must
    /// be gone (see `text::clean`).
    pub fn shape(&self, face: Face, word: &str) -> Rc<Shaped> {
        let mut program = self.program(face.weight).borrow_mut();
        if let Some(known) = program.words[usize::from(face.tabular)].get(word) {
            return Rc::clone(known);
        }
        let buffer = self.buffer.take().unwrap_or_default();
        let (shaped, buffer) = program.shape(face.tabular, word, buffer, &mut self.missing.borrow_mut());
        self.buffer.set(Some(buffer));
        let shaped = Rc::new(shaped);
        program.words[usize::from(face.tabular)].insert(word.into(), Rc::clone(&shaped));
        shaped
    }

    /// A hyphen that a reader gets as a soft hyphen, for the end of a broken line.
    pub fn soft_hyphen(&self, face: Face) -> Shaped {
        let mut program = self.program(face.weight).borrow_mut();
        let glyph = program.face.glyph_index('-').map_or(0, |g| g.0);
        let code = program.code(glyph, "\u{AD}");
        let width = program.thousandths(program.coded[usize::from(code)].advance);
        Shaped { pieces: vec![Piece { codes: code_char(code).to_string(), after: 0 }], width }
    }

    /// The characters no shipped face has, in order.
    pub fn missing(&self) -> Vec<char> {
        self.missing.borrow().iter().copied().collect()
    }

    /// The faces with their numbers, for writing.
    pub fn into_programs(self) -> Vec<Program> {
        self.programs.into_iter().map(RefCell::into_inner).collect()
    }

    fn program(&self, weight: Weight) -> &RefCell<Program> {
        &self.programs[index(weight)]
    }
}

/// Where a weight's face stands in the list of programs.
pub fn index(weight: Weight) -> usize {
    match weight {
        Weight::Regular => 0,
        Weight::Medium => 1,
        Weight::SemiBold => 2,
        Weight::Italic => 3,
    }
}

impl Measure for Fonts {
    fn width(&self, text: &str, size: f32, weight: Weight) -> f32 {
        let clean = super::text::clean(text);
        self.shape(Face::of(weight), &clean).width as f32 * size / 1000.0
    }
}

fn code_char(code: u16) -> char {
    char::from_u32(CODE_BASE + u32::from(code)).unwrap_or('\u{FFFD}')
}

impl Program {
    fn new(name: &'static str, bytes: &'static [u8]) -> Result<Self, Error> {
        let face = rustybuzz::Face::from_slice(bytes, 0).ok_or(Error::Font(name))?;
        let box_glyph = face.glyph_index('\u{25A1}').map_or(0, |g| g.0);
        let mut program = Self {
            name,
            bytes,
            face,
            coded: Vec::new(),
            codes: HashMap::new(),
            words: [HashMap::new(), HashMap::new()],
            plans: Vec::new(),
            box_glyph,
        };
        program.code(0, "\u{FFFD}");
        Ok(program)
    }

    /// An advance in thousandths of the size, rounded down as the width table of a PDF holds it.
    pub fn thousandths(&self, advance: u16) -> i32 {
        (f32::from(advance) * 1000.0 / self.face.units_per_em() as f32) as i32
    }

    fn code(&mut self, glyph: u16, text: &str) -> u16 {
        if let Some(code) = self.codes.get(&(glyph, text.into())) {
            return *code;
        }
        // A face has 65,535 codes; a hostile text that uses them up shows missing glyphs from there on.
        let Ok(code) = u16::try_from(self.coded.len()) else { return 0 };
        let advance = self.face.glyph_hor_advance(rustybuzz::ttf_parser::GlyphId(glyph)).unwrap_or(0);
        self.coded.push(Coded { glyph, text: text.into(), advance });
        self.codes.insert((glyph, text.into()), code);
        code
    }

    fn plan(&mut self, script: Option<Script>, tabular: bool) -> usize {
        if let Some(at) = self.plans.iter().position(|(s, t, _)| *s == script && *t == tabular) {
            return at;
        }
        // Contextual alternates would turn "0x80" into a multiplication and "->" into an arrow.
        let mut features = vec![Feature::new(Tag::from_bytes(b"calt"), 0, ..)];
        if tabular {
            features.push(Feature::new(Tag::from_bytes(b"tnum"), 1, ..));
        }
        let plan = ShapePlan::new(&self.face, Direction::LeftToRight, script, None, &features);
        self.plans.push((script, tabular, plan));
        self.plans.len() - 1
    }

    fn shape(
        &mut self,
        tabular: bool,
        word: &str,
        mut buffer: UnicodeBuffer,
        missing: &mut BTreeSet<char>,
    ) -> (Shaped, UnicodeBuffer) {
        buffer.push_str(word);
        buffer.set_direction(Direction::LeftToRight);
        // What hides or reorders text is a missing glyph, and so a visible box.
        buffer.set_flags(BufferFlags::PRESERVE_DEFAULT_IGNORABLES);
        buffer.set_cluster_level(BufferClusterLevel::MonotoneCharacters);
        buffer.guess_segment_properties();
        let script = Some(buffer.script()).filter(|s| *s != rustybuzz::script::UNKNOWN);
        let plan = self.plan(script, tabular);
        let glyphs = rustybuzz::shape_with_plan(&self.face, &self.plans[plan].2, buffer);
        let mut pen = Pen::default();
        let scale = 1000.0 / self.face.units_per_em() as f32;
        let (infos, places) = (glyphs.glyph_infos(), glyphs.glyph_positions());
        for (i, (info, place)) in infos.iter().zip(places).enumerate() {
            let from = info.cluster as usize;
            let to =
                infos[i + 1..].iter().map(|n| n.cluster as usize).find(|c| *c > from).unwrap_or(word.len());
            let first = i == 0 || infos[i - 1].cluster != info.cluster;
            let text = if first { &word[from..to] } else { "" };
            let lost = info.glyph_id == 0;
            if lost {
                missing.extend(text.chars());
            }
            let glyph = if lost { self.box_glyph } else { info.glyph_id as u16 };
            let code = self.code(glyph, text);
            let own = self.thousandths(self.coded[usize::from(code)].advance);
            let advance = if lost { own } else { (place.x_advance as f32 * scale).round() as i32 };
            let shift = (place.x_offset as f32 * scale).round() as i32;
            pen.show(code_char(code), own, advance, shift);
        }
        (pen.shaped, glyphs.clear())
    }
}

/// Moves below this many thousandths are not worth their bytes.
const LEAST_MOVE: i32 = 4;

#[derive(Default)]
struct Pen {
    shaped: Shaped,
}

impl Pen {
    fn show(&mut self, code: char, own: i32, advance: i32, shift: i32) {
        self.move_by(shift);
        match self.shaped.pieces.last_mut() {
            Some(piece) if piece.after == 0 => piece.codes.push(code),
            _ => self.shaped.pieces.push(Piece { codes: code.to_string(), after: 0 }),
        }
        self.shaped.width += own;
        // Advances are rounded down and moves rounded: one thousandth apart is no kerning.
        let kern = advance - own;
        self.move_by(if kern.abs() < LEAST_MOVE { -shift } else { kern - shift });
    }

    fn move_by(&mut self, by: i32) {
        if by == 0 {
            return;
        }
        match self.shaped.pieces.last_mut() {
            Some(piece) => piece.after += by,
            None => self.shaped.pieces.push(Piece { codes: String::new(), after: by }),
        }
        self.shaped.width += by;
    }
}
