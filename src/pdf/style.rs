//! The look of paper: sizes, margins and the colour of each ink. Owns every number of points; never places anything.

use crate::draw::{Ink, Tone};
use crate::report::layout::{Orientation, Paper};

/// A sheet with its margins, in points from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sheet {
    /// Width of the sheet.
    pub width: f32,
    /// Height of the sheet.
    pub height: f32,
    /// Left edge of the text.
    pub left: f32,
    /// Width of the text.
    pub measure: f32,
    /// Upper edge of the text.
    pub top: f32,
    /// Lower edge of the text.
    pub bottom: f32,
}

impl Sheet {
    /// The sheet for a paper size and the way it lies.
    pub fn new(paper: Paper, orientation: Orientation) -> Self {
        let (short, long) = match paper {
            Paper::A4 => (595.28, 841.89),
            Paper::Letter => (612.0, 792.0),
        };
        let (width, height, side, top, low) = match orientation {
            Orientation::Portrait => (short, long, 60.0, 76.0, 72.0),
            Orientation::Landscape => (long, short, 48.0, 70.0, 66.0),
        };
        Self { width, height, left: side, measure: width - 2.0 * side, top, bottom: height - low }
    }

    /// Right edge of the text.
    pub fn right(&self) -> f32 {
        self.left + self.measure
    }
}

/// Size and distance between baselines of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Type {
    /// Size of the em.
    pub size: f32,
    /// From baseline to baseline.
    pub lead: f32,
}

/// Running text.
pub const BODY: Type = Type { size: 9.5, lead: 14.25 };
/// Tables.
pub const TABLE: Type = Type { size: 8.0, lead: 11.25 };
/// Tables of many columns.
pub const DENSE: Type = Type { size: 7.25, lead: 10.25 };
/// Tables of very many columns.
pub const TINY: Type = Type { size: 6.5, lead: 9.25 };
/// Captions above tables and figures.
pub const CAPTION: Type = Type { size: 9.25, lead: 13.0 };
/// Tables to be filled in by hand, read at night.
pub const LARGE: Type = Type { size: 11.0, lead: 15.0 };
/// What is written in the fields of a form.
pub const FIELD: Type = Type { size: 9.0, lead: 12.5 };
/// The title of a document without a cover.
pub const SHEET_TITLE: Type = Type { size: 18.0, lead: 23.0 };
/// Running head and foot.
pub const SMALL: Type = Type { size: 7.25, lead: 10.0 };
/// Labels in figures.
pub const LABEL: f32 = 8.25;
/// Headings of level 1, 2 and 3.
pub const HEADING: [Type; 3] =
    [Type { size: 19.0, lead: 25.0 }, Type { size: 13.0, lead: 18.0 }, Type { size: 10.5, lead: 15.0 }];
/// The title on the cover.
pub const TITLE: Type = Type { size: 27.0, lead: 34.0 };

/// Red, green, blue from 0 to 255.
pub fn rgb(ink: Ink) -> [u8; 3] {
    match ink {
        Ink::Text => [0x1C, 0x24, 0x30],
        Ink::Weak => [0x5A, 0x66, 0x75],
        Ink::Head => [0x17, 0x3F, 0x75],
        Ink::Ground | Ink::OnTone => [0xFF, 0xFF, 0xFF],
        Ink::Rule => [0xC9, 0xD0, 0xD9],
        Ink::Stripe => [0xF2, 0xF5, 0xF9],
        Ink::Full(tone) => match tone {
            Tone::Plain => [0x5A, 0x66, 0x75],
            Tone::Accent => [0x1F, 0x5F, 0xA8],
            Tone::Good => [0x1E, 0x7B, 0x45],
            Tone::Warn => [0x9A, 0x5B, 0x00],
            Tone::Bad => [0xB3, 0x26, 0x1E],
            Tone::Unknown => [0x4A, 0x54, 0x62],
        },
        Ink::Light(tone) => match tone {
            Tone::Plain => [0xF2, 0xF5, 0xF9],
            Tone::Accent => [0xE6, 0xEF, 0xF9],
            Tone::Good => [0xE3, 0xF2, 0xE9],
            Tone::Warn => [0xFB, 0xF1, 0xDF],
            Tone::Bad => [0xFB, 0xE9, 0xE7],
            Tone::Unknown => [0xEC, 0xEF, 0xF3],
        },
    }
}
