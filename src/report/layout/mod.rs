//! Paper as meaning: headings, paragraphs, tables, figures. Plain data that `pdf` lays out, the window previews and
//! `tables_csv` exports. Knows no fonts, no points and no clock: the print time is a text it is given.

mod build;
mod chart;
mod csv_text;
mod form;
mod matrix;
mod plan;
mod table;

pub use chart::{Bar, BarChart, Direction, Pattern, Segment, SegmentBar, StackedBars, Trend, TrendMonth};
pub use csv_text::sheet_csv;
pub use form::{Entry, Field, Form, SignatureLine, TickBox};
pub use matrix::{Matrix, MatrixColumn, MatrixRow};
pub use plan::{Burndown, Milestone, Month, MonthEntry, Phase, Standing, Timeline};
pub use table::{Align, Cell, Column, Table};

/// A whole document before it has pages.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layout {
    /// The title on the cover and in the running head.
    pub title: String,
    /// The line under the title; empty for none.
    pub subtitle: String,
    /// Whose document this is.
    pub shop: String,
    /// The shop's logo as PNG bytes; one that cannot be read becomes a warning, not an error.
    pub logo: Option<Vec<u8>>,
    /// Such as "Internal"; stands in the running head.
    pub classification: String,
    /// Such as "Version 3.2, effective 1 November 2026".
    pub version_line: String,
    /// BCP 47 language of the text, for hyphenation and readers; empty means `en`.
    pub lang: String,
    /// All 64 hex digits of the file's head hash; printed whole on the cover and the last page, 16 on every page.
    pub head_hash: String,
    /// Number of the event that hash belongs to.
    pub event_no: u64,
    /// When it was printed, with the zone: "2026-11-22 14:26 CET". An argument of the report, never a clock.
    pub printed_at: String,
    /// What is written across every page.
    pub mark: Mark,
    /// What stands in a frame at the upper edge of every page, such as that this is a drill; empty for nothing.
    pub notice: String,
    /// The sheet.
    pub paper: Paper,
    /// Which way the sheet lies.
    pub orientation: Orientation,
    /// How the document begins.
    pub opening: Opening,
    /// Label and value lines on the cover: "As of", "Definitions", ...
    pub facts: Vec<(String, String)>,
    /// The content in order. It begins under the facts on the cover; a `PageBreak` leaves the cover.
    pub blocks: Vec<Block>,
}

/// What is written across every page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mark {
    /// Nothing.
    #[default]
    None,
    /// DRAFT: not ratified.
    Draft,
    /// SAMPLE: made from the sample register.
    Sample,
    /// DRILL: an exercise.
    Drill,
}

/// Which way a sheet lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Orientation {
    /// Higher than wide.
    #[default]
    Portrait,
    /// Wider than high.
    Landscape,
}

/// How a document begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Opening {
    /// With a large title and its facts under each other.
    #[default]
    Cover,
    /// With a head of a few lines: forms, lists and calendars whose content belongs on the first page.
    Head,
}

/// The sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 210 x 297 mm.
    #[default]
    A4,
    /// 8.5 x 11 inches.
    Letter,
}

/// What a figure, marker or cell means; each backend gives it a colour, paper also a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// No meaning: text colour, no marker.
    #[default]
    Plain,
    /// Less important.
    Weak,
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

/// One piece of content.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading; it gets a bookmark and a line in the contents.
    Heading(Heading),
    /// Running text.
    Paragraph(RichText),
    /// Items with bullets, or numbers when `ordered`.
    List {
        /// Numbers instead of bullets.
        ordered: bool,
        /// The items.
        items: Vec<RichText>,
    },
    /// A text set apart.
    Callout {
        /// What sort.
        kind: CalloutKind,
        /// The text.
        text: RichText,
    },
    /// A table.
    Table(Table),
    /// A row of large numbers.
    KeyFigures(Vec<KeyFigure>),
    /// One bar of parts that add up.
    SegmentBar(SegmentBar),
    /// Several such bars.
    StackedBars(StackedBars),
    /// Bars with one value each.
    BarChart(BarChart),
    /// A month of days.
    Month(Month),
    /// The strip of a cycle.
    Timeline(Timeline),
    /// What is open against a straight line.
    Burndown(Burndown),
    /// Months beside each other.
    Trend(Trend),
    /// Labelled fields.
    Form(Form),
    /// Rows against narrow columns.
    Matrix(Matrix),
    /// Lines to sign on, with name, function and date.
    SignatureLines(Vec<SignatureLine>),
    /// Boxes to sign in; never torn across pages.
    SignatureBoxes(Vec<SignatureBox>),
    /// What follows begins on a new page.
    PageBreak,
    /// The clickable contents: headings down to this level.
    Contents {
        /// 1 to 3.
        depth: u8,
    },
}

/// A heading of level 1 to 3 (others are brought into that range).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 is the highest.
    pub level: u8,
    /// Its words.
    pub text: String,
    /// A name others can point to, as in `report.pdf#overdue`; empty for none.
    pub anchor: String,
}

/// What a callout is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalloutKind {
    /// Good to know.
    Note,
    /// Why these figures cannot say more.
    Limit,
    /// Something is wrong.
    Warn,
}

/// One large number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFigure {
    /// What it is.
    pub label: String,
    /// The number as printed: "54.5 %".
    pub value: String,
    /// Counts behind it: "6 of 11 machines".
    pub detail: String,
    /// Its tint.
    pub tone: Tone,
}

/// A box to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureBox {
    /// "Approved by"
    pub role: String,
    /// The name when known; empty leaves a line.
    pub name: String,
}

/// How a run of text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// As the block has it.
    #[default]
    Plain,
    /// Semibold.
    Strong,
    /// Italic.
    Emphasis,
    /// A name, command or hash.
    Code,
}

/// Text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The characters; control characters become spaces on paper.
    pub text: String,
    /// How they are set.
    pub style: Style,
}

/// Text in runs of different styles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RichText(pub Vec<Run>);
