//! Plans on paper: months as real tables of days, strips of cycles and burndowns as figures with an alternative text.
//! Owns their size; `draw` owns their shape.

use super::super::scene::{ROOT, Role};
use super::super::style::LABEL;
use super::Flow;
use super::figure::tone;
use crate::draw::{self, Drawing, Rect};
use crate::report::layout::{Burndown, Month, Standing, Timeline};
use crate::util::clock::day_text;

/// What a month needs at least; it takes what is left of the page.
pub(super) const MONTH_LEAST: f32 = 360.0;
const ENTRY: f32 = 7.0;
const BURNDOWN: f32 = 170.0;

fn strip_of(strip: &Timeline) -> draw::Timeline {
    let phase = |p: &crate::report::layout::Phase| draw::Phase {
        name: p.name.clone(),
        from_on: p.from_on,
        to_on: p.to_on,
        standing: match p.standing {
            Standing::Past => draw::Standing::Past,
            Standing::Current => draw::Standing::Current,
            Standing::Ahead => draw::Standing::Ahead,
        },
    };
    let milestone = |m: &crate::report::layout::Milestone| draw::Milestone {
        on: m.on,
        text: m.text.clone(),
        tone: tone(m.tone),
    };
    draw::Timeline {
        from_on: strip.from_on,
        to_on: strip.to_on,
        today: strip.today,
        phases: strip.phases.iter().map(phase).collect(),
        milestones: strip.milestones.iter().map(milestone).collect(),
    }
}

impl Flow<'_> {
    /// A month over the rest of the page, its days in a table of weeks.
    pub(super) fn month(&mut self, month: &Month) {
        let entry = |e: &crate::report::layout::MonthEntry| draw::MonthEntry {
            on: e.on,
            time: e.time.clone(),
            text: e.text.clone(),
            tone: tone(e.tone),
        };
        let grid = draw::MonthGrid {
            month_on: month.month_on,
            today: month.today,
            entries: month.entries.iter().map(entry).collect(),
            apart: month.apart.clone(),
        };
        self.leave(8.0);
        self.need((self.caption_height(&month.caption) + MONTH_LEAST).min(self.room_of_page()));
        self.caption(&month.caption, 0.0);
        let rect =
            Rect::new(self.sheet.left, self.y, self.sheet.measure, (self.sheet.bottom - self.y).min(460.0));
        let drawing = draw::month_grid(self.fonts, rect, &grid, ENTRY);
        let table = self.node(Role::Table, ROOT);
        let mut row = self.node(Role::Row, table);
        for mark in drawing.head {
            let cell = self.node(Role::HeadCell, row);
            self.put_marks(cell, vec![mark]);
        }
        // Grounds first: a frame drawn later would cover a neighbour's edge.
        for day in &drawing.days {
            for mark in &day.ground {
                self.put_shape(mark.clone());
            }
        }
        for (i, day) in drawing.days.into_iter().enumerate() {
            if i % 7 == 0 {
                row = self.node(Role::Row, table);
            }
            let cell = self.node(Role::Cell, row);
            self.put_marks(cell, day.marks);
        }
        self.y = rect.bottom();
        self.leave(14.0);
    }

    fn strip_drawing(&self, strip: &Timeline, y: f32) -> Drawing {
        let rect = Rect::new(self.sheet.left, y, self.sheet.measure, 0.0);
        draw::timeline(self.fonts, rect, &strip_of(strip), LABEL)
    }

    pub(super) fn timeline_height(&self, strip: &Timeline) -> f32 {
        self.caption_height(&strip.caption) + self.strip_drawing(strip, 0.0).height
    }

    /// The strip of a cycle; never torn.
    pub(super) fn timeline(&mut self, strip: &Timeline) {
        self.leave(10.0);
        self.need(self.timeline_height(strip).min(self.room_of_page()));
        self.caption(&strip.caption, 0.0);
        let node = self.figure_node(strip_words(strip));
        let drawing = self.strip_drawing(strip, self.y);
        self.put_marks(node, drawing.marks);
        self.y += drawing.height;
        self.leave(14.0);
    }

    pub(super) fn burndown_height(&self, chart: &Burndown) -> f32 {
        self.caption_height(&chart.caption) + BURNDOWN
    }

    /// A burndown; never torn.
    pub(super) fn burndown(&mut self, chart: &Burndown) {
        self.leave(10.0);
        self.need(self.burndown_height(chart).min(self.room_of_page()));
        self.caption(&chart.caption, 0.0);
        let counts: Vec<String> =
            chart.open.iter().map(|(on, n)| format!("{} {n} open", day_text(*on))).collect();
        let (from, due) = (day_text(chart.from_on), day_text(chart.due_on));
        let node = self.figure_node(format!(
            "{}: {} at the beginning on {from}, due {due}; {}",
            chart.caption,
            chart.total,
            counts.join(", ")
        ));
        let rect = Rect::new(self.sheet.left, self.y, self.sheet.measure, BURNDOWN);
        let data = draw::Burndown {
            from_on: chart.from_on,
            due_on: chart.due_on,
            total: chart.total,
            open: chart.open.clone(),
        };
        let drawing = draw::burndown(self.fonts, rect, &data, LABEL);
        self.put_marks(node, drawing.marks);
        self.y += drawing.height;
        self.leave(14.0);
    }
}

/// The strip in words.
fn strip_words(strip: &Timeline) -> String {
    let standing = |standing: Standing| match standing {
        Standing::Past => "past",
        Standing::Current => "current",
        Standing::Ahead => "ahead",
    };
    let phases = strip.phases.iter().map(|p| {
        format!("{} {} to {}, {}", p.name, day_text(p.from_on), day_text(p.to_on), standing(p.standing))
    });
    let days = strip.milestones.iter().map(|m| format!("{} {}", day_text(m.on), m.text));
    let words: Vec<String> = phases.chain(days).collect();
    format!("{}: {}", strip.caption, words.join("; "))
}
