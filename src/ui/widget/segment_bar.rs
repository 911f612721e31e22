//! The compliance bar: one bar in six segments that add up to the register, each with a pattern, a count and a word.

use egui::accesskit::Role;
use egui::{Frame, Margin, Painter, Rect, Response, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::number;
use crate::ui::theme::{self, Text, Tokens, paint, size};

/// The segments, in the order they stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Segment {
    /// Past its deadline.
    Overdue,
    /// No fix will come.
    Unsupported,
    /// Nobody knows.
    Unknown,
    /// Accepted for a time.
    Waived,
    /// Open, and the deadline is ahead.
    InTime,
    /// Done.
    UpToDate,
}

impl Segment {
    /// All of them, in their order.
    pub const ALL: [Self; 6] =
        [Self::Overdue, Self::Unsupported, Self::Unknown, Self::Waived, Self::InTime, Self::UpToDate];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Overdue => "Overdue",
            Self::Unsupported => "Unsupported",
            Self::Unknown => "Unknown",
            Self::Waived => "Waived",
            Self::InTime => "In time",
            Self::UpToDate => "Up to date",
        }
    }
}

/// Draws the bar with its legend below, as wide as there is room. `counts` are in the order of [`Segment::ALL`],
/// `noun` says what is counted ("machines"). Returns the segment that was opened.
pub fn segment_bar_ui(ui: &mut Ui, counts: [usize; 6], noun: &str) -> Option<Segment> {
    let tokens = theme::tokens(ui);
    let mut opened = None;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = size::CELL_PAD;
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::SEGMENT_BAR), Sense::hover());
        for (at, place) in places(rect, counts).into_iter().enumerate() {
            let Some(place) = place else { continue };
            let id = ui.unique_id().with(("segment", at));
            // The legend below is the way in by keyboard; the bar itself is for the pointer.
            let response = ui.interact(place, id, Sense::CLICK);
            paint_segment(ui.painter(), tokens, place, at);
            if response.hovered() {
                let stroke = Stroke::new(2.0 * size::LINE, tokens.text);
                ui.painter().rect_stroke(place, size::RADIUS_TICK, stroke, egui::StrokeKind::Inside);
            }
            if response.clicked() {
                opened = Some(Segment::ALL[at]);
            }
            response.on_hover_text(format!("{}: {} {noun}", Segment::ALL[at].word(), number(counts[at])));
        }
        // Pulled out by the space inside a legend's outline, so that its sample stands under the bar's edge.
        let pull = Margin { left: -(size::GAP as i8), ..Margin::ZERO };
        Frame::new().outer_margin(pull).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(size::GAP_SMALL, size::GAP_SMALL);
                for (at, segment) in Segment::ALL.into_iter().enumerate() {
                    if legend_ui(ui, at, counts, noun).clicked() {
                        opened = Some(segment);
                    }
                }
            })
        });
    });
    opened
}

/// Where each segment stands; none for what counts nothing. Every one that counts something can be seen and hit.
fn places(rect: Rect, counts: [usize; 6]) -> [Option<Rect>; 6] {
    let total: usize = counts.iter().sum();
    let filled = counts.iter().filter(|count| **count > 0).count();
    let mut places = [None; 6];
    if total == 0 {
        return places;
    }
    let gaps = size::SEGMENT_GAP * (filled.saturating_sub(1)) as f32;
    let share = |count: usize| (rect.width() - gaps) * (count as f64 / total as f64) as f32;
    let small: f32 = counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| (size::SEGMENT_MIN - share(*count)).max(0.0))
        .sum();
    let surplus: f32 = counts.iter().map(|count| (share(*count) - size::SEGMENT_MIN).max(0.0)).sum();
    let mut left = rect.left();
    for (place, count) in places.iter_mut().zip(counts) {
        if count == 0 {
            continue;
        }
        let own = share(count);
        let taken = if surplus > 0.0 { (own - size::SEGMENT_MIN).max(0.0) / surplus * small } else { 0.0 };
        let width = own.max(size::SEGMENT_MIN) - taken;
        *place = Some(Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height())));
        left += width + size::SEGMENT_GAP;
    }
    places
}

fn legend_ui(ui: &mut Ui, at: usize, counts: [usize; 6], noun: &str) -> Response {
    let tokens = theme::tokens(ui);
    let segment = Segment::ALL[at];
    let count = paint::line(ui.painter(), &number(counts[at]), Text::Number, tokens.text, size::FIGURE);
    let word = paint::line(ui.painter(), segment.word(), Text::Body, tokens.weak, size::FIGURE);
    let (swatch, gap) = (size::SWATCH, size::GAP_SMALL + size::LINE);
    let width = size::GAP + swatch + gap + count.size().x + gap + word.size().x + size::GAP;
    let (rect, response) = ui.allocate_exact_size(vec2(width, size::FILTER_CHIP), Sense::click());
    let share = 100.0 * counts[at] as f64 / counts.iter().sum::<usize>().max(1) as f64;
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, true, format!("{}: {} {noun}", segment.word(), counts[at]))
    });
    let painter = ui.painter();
    if response.hovered() {
        painter.rect_filled(rect, size::RADIUS, tokens.hover);
    }
    let place = Rect::from_center_size(
        pos2(rect.left() + size::GAP + swatch / 2.0, rect.center().y),
        Vec2::splat(swatch),
    );
    paint_segment(painter, tokens, place, at);
    let mut left = place.right() + gap;
    let count_width = count.size().x;
    paint::line_at(painter, rect, left, count, tokens.text);
    left += count_width + gap;
    paint::line_at(painter, rect, left, word, tokens.weak);
    paint::focus_ring(ui, &response, size::RADIUS);
    response.on_hover_text(format!("{share:.1} % of the register"))
}

/// Paints one segment: its fill and the pattern that tells it apart without colour.
fn paint_segment(painter: &Painter, tokens: &Tokens, rect: Rect, at: usize) {
    painter.rect_filled(rect, size::RADIUS_TICK, tokens.segments[at]);
    let inner = painter.with_clip_rect(painter.clip_rect().intersect(rect.shrink(size::LINE)));
    let stroke = Stroke::new(size::PATTERN_LINE, tokens.segment_marks[at]);
    let step = size::PATTERN_STEP;
    let (height, width) = (rect.height(), rect.width());
    let marks = |reach: f32| (0..=((width + reach) / step) as usize).map(move |mark| mark as f32 * step);
    match Segment::ALL[at] {
        // Rising lines, as on a warning tape.
        Segment::Overdue => {
            for x in marks(height) {
                inner.line_segment(
                    [pos2(rect.left() + x - height, rect.bottom()), pos2(rect.left() + x, rect.top())],
                    stroke,
                );
            }
        }
        // Crossed lines.
        Segment::Unsupported => {
            for x in marks(height) {
                let (low, high) = (rect.left() + x - height, rect.left() + x);
                inner.line_segment([pos2(low, rect.bottom()), pos2(high, rect.top())], stroke);
                inner.line_segment([pos2(low, rect.top()), pos2(high, rect.bottom())], stroke);
            }
        }
        // Dots.
        Segment::Unknown => {
            let rows = (height / step) as usize;
            for (column, x) in marks(0.0).enumerate() {
                for row in 0..=rows {
                    let shift = if column % 2 == 0 { 0.0 } else { step / 2.0 };
                    let center = pos2(rect.left() + x + step / 2.0, rect.top() + row as f32 * step + shift);
                    inner.circle_filled(center, size::PATTERN_LINE, stroke.color);
                }
            }
        }
        // Upright lines.
        Segment::Waived => {
            for x in marks(0.0) {
                inner.vline(rect.left() + x + step / 2.0, rect.y_range(), stroke);
            }
        }
        // Level lines.
        Segment::InTime => {
            for row in 0..=(height / step) as usize {
                inner.hline(rect.x_range(), rect.top() + row as f32 * step + step / 2.0, stroke);
            }
        }
        // Plain.
        Segment::UpToDate => {}
    }
}
