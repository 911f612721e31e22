//! From characters to lines: cleaning, break opportunities, hyphenation, filling, justifying. Owns lines; knows no pages.

use std::borrow::Cow;
use std::rc::Rc;

use hypher::Lang;
use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::font::{Face, Fonts, Piece, Shaped};
use crate::draw::Ink;

/// How a stretch of text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// Face and figures.
    pub face: Face,
    /// Colour.
    pub ink: Ink,
}

/// Glyphs of one look on a line.
#[derive(Debug, Clone, PartialEq)]
pub struct LineRun {
    /// From the left edge of the line, in points.
    pub x: f32,
    /// How it is set.
    pub look: Look,
    /// Its glyphs.
    pub pieces: Vec<Piece>,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// Its stretches, left to right.
    pub runs: Vec<LineRun>,
    /// Its width in points.
    pub width: f32,
}

/// How lines are filled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fill {
    /// Size of the em.
    pub size: f32,
    /// The room for a line.
    pub width: f32,
    /// Both edges straight.
    pub justify: bool,
    /// Hyphenation, in this language.
    pub lang: Option<Lang>,
}

impl Fill {
    /// Ragged lines without hyphens.
    pub fn ragged(size: f32, width: f32) -> Self {
        Self { size, width, justify: false, lang: None }
    }

    /// The room in thousandths of the size; rounded up, so that a text fits into its own measured width.
    fn room(&self) -> i32 {
        (self.width * 1000.0 / self.size).ceil() as i32
    }
}

/// The language to hyphenate in.
pub fn lang_of(tag: &str) -> Option<Lang> {
    let code: [u8; 2] = tag.as_bytes().get(..2)?.try_into().ok()?;
    if tag.len() > 2 && !tag[2..].starts_with(['-', '_']) {
        return None;
    }
    Lang::from_iso(code.map(|b| b.to_ascii_lowercase()))
}

/// The text without characters that have no place on paper: control characters become spaces (line ends stay), marks
/// without width go. Characters that reorder text stay and will be shown as boxes: they hide what is written.
pub fn clean(text: &str) -> Cow<'_, str> {
    let bad = |c: char| c.is_control() || is_invisible(c);
    if !text.contains(bad) {
        return Cow::Borrowed(text);
    }
    let kept = text.replace("\r\n", "\n");
    let kept = kept.chars().filter(|c| !is_invisible(*c)).map(|c| match c {
        '\n' | '\r' | '\u{85}' => '\n',
        c if c.is_control() => ' ',
        c => c,
    });
    Cow::Owned(kept.collect())
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}')
}

struct Part {
    look: Look,
    text: String,
    shaped: Rc<Shaped>,
}

/// What is not broken unless it must be, with the spaces behind it.
struct Atom {
    parts: Vec<Part>,
    width: i32,
    spaces: i32,
    ends_line: bool,
}

/// Breaks text into lines. There is always at least one line.
pub fn lines(fonts: &Fonts, spans: &[(&str, Look)], fill: Fill) -> Vec<Line> {
    if let [(text, look)] = spans
        && let Some(line) = single(fonts, text, *look, fill)
    {
        return vec![line];
    }
    let room = fill.room();
    let mut out = Vec::new();
    let mut line: Vec<Atom> = Vec::new();
    let mut used = 0;
    let mut queue: std::collections::VecDeque<Atom> = atoms(fonts, spans).into();
    while let Some(atom) = queue.pop_front() {
        let before = line.last().map_or(0, |last| last.spaces * space(fonts, last));
        if used + before + atom.width <= room {
            used += before + atom.width;
            let ends = atom.ends_line;
            line.push(atom);
            if ends {
                out.push(set(fonts, &line, fill, true));
                (line, used) = (Vec::new(), 0);
            }
        } else if let Some((head, tail)) =
            fill.lang.and_then(|lang| hyphenated(fonts, &atom, lang, room - used - before))
        {
            line.push(head);
            out.push(set(fonts, &line, fill, false));
            (line, used) = (Vec::new(), 0);
            queue.push_front(tail);
        } else if line.is_empty() {
            for piece in torn(fonts, atom, room).into_iter().rev() {
                queue.push_front(piece);
            }
        } else {
            out.push(set(fonts, &line, fill, false));
            (line, used) = (Vec::new(), 0);
            queue.push_front(atom);
        }
    }
    if !line.is_empty() || out.is_empty() {
        out.push(set(fonts, &line, fill, true));
    }
    out
}

/// The common case of a table: one look, one line.
fn single(fonts: &Fonts, text: &str, look: Look, fill: Fill) -> Option<Line> {
    if text.contains(|c: char| c.is_control() || is_invisible(c)) {
        return None;
    }
    let mut run = LineRun { x: 0.0, look, pieces: Vec::new() };
    let mut width = 0;
    let room = fill.room();
    for (i, word) in text.trim_end_matches(' ').split(' ').enumerate() {
        if i > 0 {
            width += push(&mut run.pieces, &fonts.shape(look.face, " "));
        }
        if !word.is_empty() {
            width += push(&mut run.pieces, &fonts.shape(look.face, word));
        }
        if width > room {
            return None;
        }
    }
    Some(Line { runs: vec![run], width: width as f32 * fill.size / 1000.0 })
}

fn push(pieces: &mut Vec<Piece>, shaped: &Shaped) -> i32 {
    for piece in &shaped.pieces {
        match pieces.last_mut() {
            Some(last) if last.after == 0 => {
                last.codes.push_str(&piece.codes);
                last.after = piece.after;
            }
            _ => pieces.push(piece.clone()),
        }
    }
    shaped.width
}

fn space(fonts: &Fonts, atom: &Atom) -> i32 {
    atom.parts.last().map_or(0, |part| fonts.shape(part.look.face, " ").width)
}

fn atoms(fonts: &Fonts, spans: &[(&str, Look)]) -> Vec<Atom> {
    let mut whole = String::new();
    let mut ends = Vec::new();
    for (text, look) in spans {
        whole.push_str(&clean(text));
        ends.push((whole.len(), *look));
    }
    let mut out = Vec::new();
    let (mut from, mut span) = (0, 0);
    for (to, kind) in linebreaks(&whole) {
        let piece = &whole[from..to];
        let solid = piece.trim_end_matches([' ', '\n', '\u{2028}', '\u{2029}', '\u{B}', '\u{C}']);
        let spaces = piece[solid.len()..].bytes().filter(|b| *b == b' ').count() as i32;
        let mut atom = Atom { parts: Vec::new(), width: 0, spaces, ends_line: false };
        atom.ends_line = kind == BreakOpportunity::Mandatory && piece.len() > solid.len() + spaces as usize;
        let mut at = from;
        while at < from + solid.len() {
            while ends[span].0 <= at {
                span += 1;
            }
            let end = ends[span].0.min(from + solid.len());
            add(fonts, &mut atom, ends[span].1, &whole[at..end]);
            at = end;
        }
        if !atom.parts.is_empty() || atom.ends_line {
            out.push(atom);
        }
        from = to;
    }
    out
}

fn add(fonts: &Fonts, atom: &mut Atom, look: Look, text: &str) {
    let shaped = fonts.shape(look.face, text);
    atom.width += shaped.width;
    atom.parts.push(Part { look, text: text.to_owned(), shaped });
}

/// The atom as what fits with a hyphen and the rest, if its word may be broken there.
fn hyphenated(fonts: &Fonts, atom: &Atom, lang: Lang, room: i32) -> Option<(Atom, Atom)> {
    let [part] = atom.parts.as_slice() else { return None };
    let start = part.text.find(char::is_alphabetic)?;
    let core: &str = part.text[start..].split(|c: char| !c.is_alphabetic()).next()?;
    // Where nouns are small, a capital mostly begins a name, and names stay whole.
    let is_name = lang == Lang::English && core.starts_with(char::is_uppercase);
    if core.chars().count() < 6 || is_name || core.chars().all(char::is_uppercase) {
        return None;
    }
    let hyphen = fonts.soft_hyphen(part.look.face);
    let mut best = None;
    let mut at = start;
    for syllable in hypher::hyphenate(core, lang) {
        at += syllable.len();
        if at >= start + core.len() {
            break;
        }
        let head = fonts.shape(part.look.face, &part.text[..at]);
        if head.width + hyphen.width > room {
            break;
        }
        best = Some((at, head));
    }
    let (at, head) = best?;
    let mut joined = Shaped::default();
    joined.width = push(&mut joined.pieces, &head) + push(&mut joined.pieces, &hyphen);
    let width = joined.width;
    let first = Part { look: part.look, text: part.text[..at].to_owned(), shaped: Rc::new(joined) };
    let mut rest = Atom { parts: Vec::new(), width: 0, spaces: atom.spaces, ends_line: atom.ends_line };
    add(fonts, &mut rest, part.look, &part.text[at..]);
    Some((Atom { parts: vec![first], width, spaces: 0, ends_line: false }, rest))
}

/// An atom wider than a line, torn between characters into atoms that fit.
fn torn(fonts: &Fonts, atom: Atom, room: i32) -> Vec<Atom> {
    let mut out: Vec<Atom> = Vec::new();
    let mut current = Atom { parts: Vec::new(), width: 0, spaces: 0, ends_line: false };
    for part in atom.parts {
        let mut from = 0;
        let mut width = current.width;
        for (at, c) in part.text.char_indices() {
            let wide = fonts.shape(part.look.face, c.encode_utf8(&mut [0; 4])).width;
            // At least one character stands on a line, however narrow the column.
            let empty = at == from && current.parts.is_empty();
            if width + wide > room && !empty {
                if at > from {
                    add(fonts, &mut current, part.look, &part.text[from..at]);
                }
                // The sum of characters may be a little less than the shaped text.
                current.width = current.width.min(room);
                let next = Atom { parts: Vec::new(), width: 0, spaces: 0, ends_line: false };
                out.push(std::mem::replace(&mut current, next));
                (from, width) = (at, 0);
            }
            width += wide;
        }
        add(fonts, &mut current, part.look, &part.text[from..]);
    }
    current.width = current.width.min(room);
    (current.spaces, current.ends_line) = (atom.spaces, atom.ends_line);
    out.push(current);
    out
}

/// Sets the atoms of one line side by side.
fn set(fonts: &Fonts, atoms: &[Atom], fill: Fill, last: bool) -> Line {
    let scale = fill.size / 1000.0;
    let gaps: i32 = atoms.iter().rev().skip(1).map(|a| a.spaces).sum();
    let natural: i32 = atoms.iter().map(|a| a.width).sum::<i32>()
        + atoms.iter().rev().skip(1).map(|a| a.spaces * space(fonts, a)).sum::<i32>();
    let room = fill.room();
    let stretch = fill.justify && !last && gaps > 0 && natural * 10 > room * 8;
    let extra = if stretch { (room - natural).max(0) / gaps } else { 0 };
    let mut line = Line::default();
    let mut pen = 0;
    for (i, atom) in atoms.iter().enumerate() {
        for part in &atom.parts {
            pen += push(run_of(&mut line, part.look, pen, scale), &part.shaped);
        }
        if i + 1 < atoms.len()
            && let Some(part) = atom.parts.last()
        {
            let blank = fonts.shape(part.look.face, " ");
            for _ in 0..atom.spaces {
                let pieces = run_of(&mut line, part.look, pen, scale);
                pen += push(pieces, &blank) + extra;
                if let Some(piece) = pieces.last_mut() {
                    piece.after += extra;
                }
            }
        }
    }
    line.width = pen as f32 * scale;
    line
}

fn run_of(line: &mut Line, look: Look, pen: i32, scale: f32) -> &mut Vec<Piece> {
    if line.runs.last().is_none_or(|run| run.look != look) {
        line.runs.push(LineRun { x: pen as f32 * scale, look, pieces: Vec::new() });
    }
    let at = line.runs.len() - 1;
    &mut line.runs[at].pieces
}
