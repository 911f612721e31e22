//! Months beside each other on paper, with an alternative text. Owns their size; `draw` owns their shape.

use super::super::style::LABEL;
use super::Flow;
use super::figure::segments;
use crate::draw::{self, Rect};
use crate::report::layout::{Trend, TrendMonth};

const TREND: f32 = 210.0;

fn data(chart: &Trend) -> draw::Trend {
    let month = |m: &TrendMonth| draw::TrendMonth {
        label: m.label.clone(),
        counts: m.counts.clone(),
        per_mille: m.per_mille,
        first: m.first,
        sealed: m.sealed,
        breaks: m.breaks,
    };
    draw::Trend { keys: segments(&chart.keys), months: chart.months.iter().map(month).collect() }
}

impl Flow<'_> {
    pub(super) fn trend_height(&self, chart: &Trend) -> f32 {
        self.caption_height(&chart.caption) + TREND + 8.0 + LABEL * 4.0
    }

    /// A trend; never torn.
    pub(super) fn trend(&mut self, chart: &Trend) {
        self.leave(10.0);
        self.need(self.trend_height(chart).min(self.room_of_page()));
        self.caption(&chart.caption, 0.0);
        let data = data(chart);
        let node = self.figure_node(format!("{}: {}", chart.caption, draw::trend_text(&data)));
        let rect = Rect::new(self.sheet.left, self.y, self.sheet.measure, TREND);
        let drawing = draw::trend(self.fonts, rect, &data, LABEL);
        self.put_marks(node, drawing.marks);
        let under = Rect { y: self.y + TREND + 8.0, ..rect };
        let legend = draw::legend(self.fonts, under, &data.keys, LABEL, false);
        self.put_marks(node, legend.marks);
        self.y += TREND + 8.0 + legend.height;
        self.leave(14.0);
    }
}
