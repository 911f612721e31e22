//! Drawings as marks: text, lines, rectangles, polygons in meaning-bearing inks. Screen and paper paint the same marks.
//! Owns the shapes of charts, calendars, strips and of the compliance bar; never names a colour, a font file, egui or a PDF.
//!
//! Coordinates grow to the right and downward; the unit is the caller's (points on paper, logical pixels on screen).

mod bar;
mod burndown;
mod chart;
mod legend;
mod mark;
mod marker;
mod month;
mod pattern;
mod timeline;
mod trend;

pub use bar::{Segment, segment_bar, segment_spans};
pub use burndown::{Burndown, burndown};
pub use chart::{Bar, StackedBar, bars_across, bars_up, stacked_bars};
pub use legend::legend;
pub use mark::{Anchor, Drawing, Ink, Mark, Measure, Point, Rect, Tone, Weight, grouped};
pub use marker::marker;
pub use month::{MonthDay, MonthDrawing, MonthEntry, MonthGrid, month_grid, weeks_of};
pub use pattern::{Pattern, fill};
pub use timeline::{Milestone, Phase, Standing, Timeline, timeline};
pub use trend::{Trend, TrendMonth, trend, trend_text};
