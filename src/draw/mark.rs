//! The marks themselves and what is needed to place them. Owns no drawing of anything.

/// A place.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Downward.
    pub y: f32,
}

/// An upright rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width, not negative.
    pub w: f32,
    /// Height, not negative.
    pub h: f32,
}

impl Rect {
    /// A rectangle from its upper left corner and its size.
    pub const fn new(x: f32, y: f32, w: f32, h: f32) -> Self {
        Self { x, y, w, h }
    }

    /// The right edge.
    pub fn right(&self) -> f32 {
        self.x + self.w
    }

    /// The lower edge.
    pub fn bottom(&self) -> f32 {
        self.y + self.h
    }

    /// The same rectangle with `by` less on every side, never smaller than nothing.
    #[must_use]
    pub fn shrink(&self, by: f32) -> Self {
        Self::new(self.x + by, self.y + by, (self.w - 2.0 * by).max(0.0), (self.h - 2.0 * by).max(0.0))
    }
}

/// What a filling means; the backend knows the colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Tone {
    /// Neutral.
    #[default]
    Plain,
    /// The one accent.
    Accent,
    /// As it should be.
    Good,
    /// Look at it.
    Warn,
    /// Wrong.
    Bad,
    /// Not known.
    Unknown,
}

/// A colour by its job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Ink {
    /// Running text.
    #[default]
    Text,
    /// Secondary text.
    Weak,
    /// Headings.
    Head,
    /// The ground: paper, or the surface of the window.
    Ground,
    /// Text on a full tone.
    OnTone,
    /// Thin rules.
    Rule,
    /// Every second row, quiet boxes.
    Stripe,
    /// A full tone.
    Full(Tone),
    /// A tone so light that text stands on it.
    Light(Tone),
}

/// How heavy a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Weight {
    /// Running text.
    #[default]
    Regular,
    /// A little heavier.
    Medium,
    /// Headings and figures.
    SemiBold,
    /// Slanted.
    Italic,
}

/// Which point of a text `Mark::Text::at` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Anchor {
    /// Where it begins.
    #[default]
    Start,
    /// Its middle.
    Middle,
    /// Where it ends.
    End,
}

/// One thing to paint; later marks cover earlier ones.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// One line of text on a baseline.
    Text {
        /// The anchor point, on the baseline.
        at: Point,
        /// The characters.
        text: String,
        /// Size of the em.
        size: f32,
        /// How heavy.
        weight: Weight,
        /// Which colour.
        ink: Ink,
        /// Which point `at` is.
        anchor: Anchor,
    },
    /// A straight line.
    Line {
        /// From here.
        from: Point,
        /// To here.
        to: Point,
        /// Thickness.
        width: f32,
        /// Which colour.
        ink: Ink,
    },
    /// A rectangle, filled, outlined or both.
    Rect {
        /// Where.
        rect: Rect,
        /// The filling.
        fill: Option<Ink>,
        /// The outline's thickness and colour; it stands on the edge.
        stroke: Option<(f32, Ink)>,
    },
    /// A filled polygon.
    Polygon {
        /// Its corners.
        points: Vec<Point>,
        /// The filling.
        fill: Ink,
    },
}

/// Marks and the height they need.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drawing {
    /// What to paint.
    pub marks: Vec<Mark>,
    /// From the upper edge of the given place to the lowest mark.
    pub height: f32,
}

/// Knows how wide a text is; the window asks egui, paper asks the shaper.
pub trait Measure {
    /// The width of one line of text in the unit of `size`.
    fn width(&self, text: &str, size: f32, weight: Weight) -> f32;
}

/// A number with separators, as every count is printed: 1,234,567.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A text mark, for drawings in this module.
pub(super) fn text(x: f32, y: f32, text: &str, size: f32, weight: Weight, ink: Ink, anchor: Anchor) -> Mark {
    Mark::Text { at: Point { x, y }, text: text.to_owned(), size, weight, ink, anchor }
}

/// The text cut with an ellipsis so that it is at most `room` wide.
pub(super) fn cut(measure: &dyn Measure, text: &str, size: f32, weight: Weight, room: f32) -> String {
    if measure.width(text, size, weight) <= room {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().take(200).collect();
    while !kept.is_empty() {
        kept.pop();
        let shorter: String = kept.iter().collect::<String>().trim_end().to_owned() + "…";
        if measure.width(&shorter, size, weight) <= room {
            return shorter;
        }
    }
    String::new()
}
