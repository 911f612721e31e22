//! Drawings on paper: the segment bar, stacked bars, bar charts, each with an alternative text. Owns their size and
//! words; `draw` owns their shape.

use super::super::style::{CAPTION, LABEL, SMALL};
use super::{Flow, baseline_of, look};
use crate::draw::{self, Drawing, Ink, Rect, Weight};
use crate::report::layout::{self, BarChart, Direction, SegmentBar, StackedBars, Tone};

const BAR: f32 = 24.0;
const UPRIGHT: f32 = 150.0;

pub(super) fn tone(tone: Tone) -> draw::Tone {
    match tone {
        Tone::Plain | Tone::Weak => draw::Tone::Plain,
        Tone::Accent => draw::Tone::Accent,
        Tone::Good => draw::Tone::Good,
        Tone::Warn => draw::Tone::Warn,
        Tone::Bad => draw::Tone::Bad,
        Tone::Unknown => draw::Tone::Unknown,
    }
}

fn pattern(pattern: layout::Pattern) -> draw::Pattern {
    match pattern {
        layout::Pattern::Solid => draw::Pattern::Solid,
        layout::Pattern::Rising => draw::Pattern::Rising,
        layout::Pattern::Falling => draw::Pattern::Falling,
        layout::Pattern::Cross => draw::Pattern::Cross,
        layout::Pattern::Dots => draw::Pattern::Dots,
        layout::Pattern::Level => draw::Pattern::Level,
        layout::Pattern::Upright => draw::Pattern::Upright,
        layout::Pattern::Hollow => draw::Pattern::Hollow,
    }
}

pub(super) fn segments(segments: &[layout::Segment]) -> Vec<draw::Segment> {
    let segment = |s: &layout::Segment| draw::Segment {
        name: s.name.clone(),
        count: s.count,
        tone: tone(s.tone),
        pattern: pattern(s.pattern),
    };
    segments.iter().map(segment).collect()
}

fn bars(chart: &BarChart) -> Vec<draw::Bar> {
    let bar = |b: &layout::Bar| draw::Bar {
        label: b.label.clone(),
        value: b.value,
        text: b.text.clone(),
        tone: tone(b.tone),
        pattern: pattern(b.pattern),
    };
    chart.bars.iter().map(bar).collect()
}

fn stacks(stacked: &StackedBars) -> Vec<draw::StackedBar> {
    let bar = |(label, counts): &(String, Vec<u64>)| draw::StackedBar {
        label: label.clone(),
        counts: counts.clone(),
    };
    stacked.bars.iter().map(bar).collect()
}

impl Flow<'_> {
    pub(super) fn caption_height(&self, words: &str) -> f32 {
        let wrapped =
            || self.wrap(words, CAPTION, look(Weight::SemiBold, Ink::Text), self.sheet.measure).len();
        if words.is_empty() { 0.0 } else { wrapped() as f32 * CAPTION.lead + 4.0 }
    }

    fn bar_drawing(&self, bar: &SegmentBar, y: f32) -> Drawing {
        let parts = segments(&bar.segments);
        let rect = Rect::new(self.sheet.left, y, self.sheet.measure, BAR);
        let mut marks = draw::segment_bar(self.fonts, rect, &parts);
        let under = Rect { y: y + BAR + 8.0, ..rect };
        let legend = draw::legend(self.fonts, under, &parts, LABEL, true);
        marks.extend(legend.marks);
        Drawing { marks, height: BAR + 8.0 + legend.height }
    }

    pub(super) fn segment_bar_height(&self, bar: &SegmentBar) -> f32 {
        let sum = if bar.sum.is_empty() { 0.0 } else { SMALL.lead + 3.0 };
        self.caption_height(&bar.caption) + self.bar_drawing(bar, 0.0).height + sum
    }

    pub(super) fn segment_bar(&mut self, bar: &SegmentBar) {
        self.leave(10.0);
        self.need(self.segment_bar_height(bar));
        self.caption(&bar.caption, 0.0);
        let parts =
            bar.segments.iter().map(|s| format!("{} {}", s.count, s.name)).collect::<Vec<_>>().join(", ");
        let node = self.figure_node(format!("{}: {parts}. {}", bar.caption, bar.sum));
        let drawing = self.bar_drawing(bar, self.y);
        self.put_marks(node, drawing.marks);
        self.y += drawing.height;
        if !bar.sum.is_empty() {
            let lines = self.wrap(&bar.sum, SMALL, look(Weight::Regular, Ink::Weak), self.sheet.measure);
            self.y += 3.0;
            for line in lines {
                self.need(SMALL.lead);
                self.put_line(node, line, self.sheet.left, self.y + baseline_of(SMALL), SMALL.size);
                self.y += SMALL.lead;
            }
        }
        self.leave(14.0);
    }

    pub(super) fn stacked_bars_height(&self, stacked: &StackedBars) -> f32 {
        let rows = stacked.bars.len() as f32 * LABEL * 2.2;
        self.caption_height(&stacked.caption) + rows + LABEL * 4.0
    }

    /// The key above, then the bars; more than a page holds go on over the next.
    pub(super) fn stacked_bars(&mut self, stacked: &StackedBars) {
        let (keys, all) = (segments(&stacked.keys), stacks(stacked));
        self.leave(10.0);
        self.need(self.stacked_bars_height(stacked).min(self.room_of_page()));
        self.caption(&stacked.caption, LABEL * 8.0);
        let words = |(label, counts): &(String, Vec<u64>)| {
            let parts = stacked.keys.iter().zip(counts).map(|(key, count)| format!("{count} {}", key.name));
            format!("{label}: {}", parts.collect::<Vec<_>>().join(", "))
        };
        let alt = stacked.bars.iter().map(words).collect::<Vec<_>>().join("; ");
        let node = self.figure_node(format!("{}. {alt}", stacked.caption));
        let rect = Rect::new(self.sheet.left, self.y, self.sheet.measure, 0.0);
        let legend = draw::legend(self.fonts, rect, &keys, LABEL, false);
        self.put_marks(node, legend.marks);
        self.y += legend.height + 2.0;
        // Bars of amounts are to scale only together, so the scale of all goes into every part.
        for part in self.parts(&all, LABEL * 2.2) {
            self.need(part.len() as f32 * LABEL * 2.2);
            let rect = Rect::new(self.sheet.left, self.y, self.sheet.measure, 0.0);
            let greatest =
                all.iter().map(|b| b.counts.iter().fold(0_u64, |sum, n| sum.saturating_add(*n))).max();
            let drawing = draw::stacked_bars(self.fonts, rect, &keys, part, stacked.shares, greatest, LABEL);
            self.put_marks(node, drawing.marks);
            self.y += drawing.height;
        }
        self.leave(14.0);
    }

    /// The bars in parts, each as many as a page can hold.
    fn parts<'b, T>(&self, bars: &'b [T], row: f32) -> Vec<&'b [T]> {
        let here = (((self.sheet.bottom - self.y) / row).floor() as usize).clamp(1, bars.len().max(1));
        let page = ((self.room_of_page() / row).floor() as usize).max(1);
        let (first, rest) = bars.split_at(here.min(bars.len()));
        std::iter::once(first).chain(rest.chunks(page)).filter(|part| !part.is_empty()).collect()
    }

    pub(super) fn bar_chart_height(&self, chart: &BarChart) -> f32 {
        let body = match chart.direction {
            Direction::Up => UPRIGHT,
            Direction::Across => chart.bars.len() as f32 * LABEL * 2.0,
        };
        self.caption_height(&chart.caption) + body
    }

    pub(super) fn bar_chart(&mut self, chart: &BarChart) {
        let all = bars(chart);
        self.leave(10.0);
        self.need(self.bar_chart_height(chart).min(self.room_of_page()));
        self.caption(&chart.caption, LABEL * 4.0);
        let words =
            chart.bars.iter().map(|b| format!("{} {}", b.label, b.text)).collect::<Vec<_>>().join(", ");
        let node = self.figure_node(format!("{}: {words}", chart.caption));
        match chart.direction {
            Direction::Up => {
                let rect = Rect::new(self.sheet.left, self.y, self.sheet.measure, UPRIGHT);
                let drawing = draw::bars_up(self.fonts, rect, &all, chart.full, LABEL);
                self.put_marks(node, drawing.marks);
                self.y += drawing.height;
            }
            Direction::Across => {
                let greatest = all.iter().map(|b| b.value).filter(|v| v.is_finite()).fold(0.0, f64::max);
                let full = Some(chart.full.unwrap_or(greatest));
                for part in self.parts(&all, LABEL * 2.0) {
                    self.need(part.len() as f32 * LABEL * 2.0);
                    let rect = Rect::new(self.sheet.left, self.y, self.sheet.measure, 0.0);
                    let drawing = draw::bars_across(self.fonts, rect, part, full, LABEL);
                    self.put_marks(node, drawing.marks);
                    self.y += drawing.height;
                }
            }
        }
        self.leave(14.0);
    }
}
