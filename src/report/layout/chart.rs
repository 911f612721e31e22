//! Figures as data: segment bars, stacked bars, bar charts. Owns their counts and words; never draws.

use super::Tone;

/// How an area is filled so that it is told apart without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pattern {
    /// The full tint.
    #[default]
    Solid,
    /// Lines rising to the right.
    Rising,
    /// Lines falling to the right.
    Falling,
    /// Both at once.
    Cross,
    /// Dots.
    Dots,
    /// Level lines.
    Level,
    /// Upright lines.
    Upright,
    /// Only an outline.
    Hollow,
}

/// One part of a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Its name, as the legend prints it.
    pub name: String,
    /// How many.
    pub count: u64,
    /// Its tint.
    pub tone: Tone,
    /// Its filling.
    pub pattern: Pattern,
}

impl Segment {
    /// One part of a whole.
    pub fn new(name: impl Into<String>, count: u64, tone: Tone, pattern: Pattern) -> Self {
        Self { name: name.into(), count, tone, pattern }
    }
}

/// One bar of segments that add up to a total.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SegmentBar {
    /// Stands above the bar; empty for none.
    pub caption: String,
    /// The parts, left to right; empty parts keep their place in the legend.
    pub segments: Vec<Segment>,
    /// The sentence under the bar, such as "11 in scope + 1 out of scope = 12 in the register".
    pub sum: String,
}

/// Several bars over the same parts, each as long as its total.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StackedBars {
    /// Stands above the bars; empty for none.
    pub caption: String,
    /// Name and filling of each part; their counts are ignored.
    pub keys: Vec<Segment>,
    /// One bar each: its label and one count per key.
    pub bars: Vec<(String, Vec<u64>)>,
    /// True when every bar has the full length (shares), false when length is the total (amounts).
    pub shares: bool,
}

/// Which way the bars of a chart go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// Labels at the left, bars to the right: groups, owners.
    #[default]
    Across,
    /// Labels below, bars upward: ages, months.
    Up,
}

/// One bar of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it counts.
    pub label: String,
    /// Its length; negative and not-a-number count as 0.
    pub value: f64,
    /// The value as printed.
    pub text: String,
    /// Its tint.
    pub tone: Tone,
    /// Its filling.
    pub pattern: Pattern,
}

impl Bar {
    /// A bar in the accent tint.
    pub fn new(label: impl Into<String>, value: f64, text: impl Into<String>) -> Self {
        let (label, text) = (label.into(), text.into());
        Self { label, value, text, tone: Tone::Accent, pattern: Pattern::Solid }
    }

    /// Another tint and filling.
    #[must_use]
    pub fn filled(mut self, tone: Tone, pattern: Pattern) -> Self {
        (self.tone, self.pattern) = (tone, pattern);
        self
    }
}

/// Bars with one value each.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BarChart {
    /// Stands above the chart; empty for none.
    pub caption: String,
    /// Which way the bars go.
    pub direction: Direction,
    /// The bars in order.
    pub bars: Vec<Bar>,
    /// The value of a full-length bar; `None` takes the greatest.
    pub full: Option<f64>,
}

/// One month of a trend.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrendMonth {
    /// Its name: `Nov 26`.
    pub label: String,
    /// One count per key.
    pub counts: Vec<u64>,
    /// The share, in tenths of a percent; `None` where there is none.
    pub per_mille: Option<u64>,
    /// The share as it was sealed first, where it was restated.
    pub first: Option<u64>,
    /// Sealed; else its name stands in brackets.
    pub sealed: bool,
    /// The definitions changed in front of it.
    pub breaks: bool,
}

/// Months beside each other: stacked bars with a line of shares.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trend {
    /// Stands above the chart; empty for none.
    pub caption: String,
    /// Name and filling of each part, from the top of a bar down; their counts are ignored.
    pub keys: Vec<Segment>,
    /// The months, oldest first.
    pub months: Vec<TrendMonth>,
}
