//! Months beside each other: machines by segment with the deadline rate, days to 95 of 100, and the age of what is installed
//! (requirement S0-04). Drawn with the same marks as on paper.

use egui::{Sense, Ui, WidgetInfo, vec2};

use crate::app::session::look::{Look, Looked};
use crate::domain::compliance::machine::Segment;
use crate::domain::month::name;
use crate::domain::month::trend::{Point, Values};
use crate::draw::{self, Bar, Drawing, Pattern, Tone as DrawTone, Trend, TrendMonth};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{heading_ui, weak_ui};
use crate::ui::room::listing::{Line, Listing, Look as Style, Value};
use crate::ui::theme::{self, size};
use crate::ui::widget::drawing::{Pen, marks_ui, place};
use crate::ui::widget::table::Column;
use crate::ui::widget::{card_ui, empty_state_ui};
use crate::util::clock::DAY_SECS;
use crate::util::text::counted;

/// The view and what was worked out for it.
#[derive(Debug)]
pub struct View {
    points: Option<Vec<Point>>,
    table: Listing,
    /// The entry of the history and the day that were asked for.
    asked: Option<(i64, chrono::NaiveDate)>,
}

impl Default for View {
    fn default() -> Self {
        let column = |key, title, width| (key, Column::new(key, title, width).unsortable());
        let columns = vec![
            ("month", Column::new("month", "Month", size::NUMBER_FIELD).pinned().unsortable()),
            column("state", "Figures", size::NUMBER_FIELD),
            column("deadline", "In time (M3)", size::COLUMN_WIDE),
            column("until95", "Until 95 %", size::COLUMN_NAME),
            column("age", "Age, days", size::COLUMN_COUNT),
            column("segments", "Machines", size::FIGURE),
        ];
        Self { points: None, table: Listing::new("Months beside each other", columns), asked: None }
    }
}

impl View {
    /// Takes what was worked out.
    pub fn looked(&mut self, looked: Looked) {
        if self.asked.is_some_and(|(seq, _)| seq == looked.seq) {
            self.points = Some(looked.trend);
            self.table.forget();
        }
    }

    /// Draws the charts; asks for the figures where those there are older than the register or the day.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
        let key = (ctx.book().head.seq, ctx.today);
        if self.asked != Some(key) {
            self.asked = Some(key);
            actions.push(Action::Look(Look::Trend));
        }
        match &self.points {
            None => {
                card_ui(ui, None, |ui| weak_ui(ui, "The months are being counted. This takes a moment."));
            }
            Some(points) if points.is_empty() => {
                let words = "Machines by segment, month by month, with the share of what was installed in time. The first month \
                             begins with the first import.";
                card_ui(ui, None, |ui| {
                    empty_state_ui(ui, icon::TRENDING_UP, "No months to compare yet", words, &[])
                });
            }
            Some(points) => {
                charts_ui(points, ui);
                self.table.refresh(ctx, || points.iter().rev().map(row).collect());
                self.table.arrange(ctx, &|_| true);
                let height = size::HEADER + size::STATUS_BAR + size::ROW * (points.len() as f32 + 1.0);
                let summary = counted(points.len() as u64, "month", "months");
                actions.extend(self.table.rows_ui(ui, &summary, Some(height)).actions);
            }
        }
    }
}

fn row(point: &Point) -> Line {
    let state = match (point.seal, point.running, &point.first) {
        (Some(_), _, Some(_)) => "Sealed, restated",
        (Some(_), _, None) => "Sealed",
        (None, true, _) => "Running",
        (None, false, _) => "Not sealed",
    };
    let counts = Segment::ALL.iter().zip(point.values.segments).filter(|(_, count)| *count > 0);
    let words: Vec<String> = counts
        .map(|(segment, count)| {
            format!("{} {}", crate::util::text::count(count), segment.text().to_lowercase())
        })
        .collect();
    let age = point.values.installed_days.map(|days| days.to_string()).unwrap_or_default();
    let values = vec![
        Value::new(Style::Strong, name::text(&point.month)),
        Value::new(Style::Text, state),
        Value::new(Style::Number, &point.values.deadline_text),
        Value::new(Style::Number, &point.values.until_95_text),
        Value::new(Style::Number, age),
        Value::new(Style::Text, words.join(", ")),
    ];
    let id = name::first_day(&point.month).map_or(0, |day| chrono::Datelike::num_days_from_ce(&day).into());
    Line::new(id, values)
}

/// How each segment looks, in the order of [`Segment::ALL`]; the patterns of the bar of Today, and the same as on paper.
fn keys() -> Vec<draw::Segment> {
    let look = |segment: Segment| match segment {
        Segment::Overdue => (DrawTone::Bad, Pattern::Rising),
        Segment::Unsupported => (DrawTone::Bad, Pattern::Cross),
        Segment::Unknown => (DrawTone::Unknown, Pattern::Dots),
        Segment::Waived => (DrawTone::Warn, Pattern::Upright),
        Segment::InTime => (DrawTone::Accent, Pattern::Level),
        Segment::UpToDate => (DrawTone::Good, Pattern::Solid),
    };
    let key = |segment: &Segment| {
        let (tone, pattern) = look(*segment);
        draw::Segment { name: segment.text().to_owned(), count: 0, tone, pattern }
    };
    Segment::ALL.iter().map(key).collect()
}

/// `Nov 26`.
fn label(month: &str) -> String {
    name::first_day(month).map_or_else(|| month.to_owned(), |day| day.format("%b %y").to_string())
}

fn charts_ui(points: &[Point], ui: &mut Ui) {
    ui.spacing_mut().item_spacing.y = size::GAP_LARGE;
    let chart = Trend {
        keys: keys(),
        months: points
            .iter()
            .map(|point| TrendMonth {
                label: label(&point.month),
                counts: point.values.segments.to_vec(),
                per_mille: point.values.deadline_per_mille(),
                first: point.first.as_ref().and_then(Values::deadline_per_mille),
                sealed: point.seal.is_some(),
                breaks: point.breaks,
            })
            .collect(),
    };
    card_ui(ui, None, |ui| {
        heading_ui(ui, "Machines by segment, and the deadline rate");
        weak_ui(
            ui,
            "Bars count machines, the line is the share installed in time. A month in brackets is not sealed; a diamond is \
             what was sealed before a restatement; the line breaks where the definitions changed.",
        );
        let words = draw::trend_text(&chart);
        drawn_ui(ui, &words, size::MONTH * 0.7, |pen, rect| {
            draw::trend(pen, rect, &chart, size::DRAWING_TEXT)
        });
        drawn_ui(ui, "Legend", size::ROW, |pen, rect| {
            draw::legend(pen, rect, &chart.keys, size::DRAWING_TEXT, false)
        });
    });
    bars_ui(ui, points, "Days from release until 95 of 100 were installed", |values| {
        let days = values.until_95_secs.map(|secs| secs as f64 / DAY_SECS as f64);
        (days.unwrap_or_default(), days.map_or_else(|| "–".to_owned(), |days| format!("{days:.1}")))
    });
    bars_ui(ui, points, "Median age of what is installed, in days", |values| {
        let days = values.installed_days;
        (days.unwrap_or_default() as f64, days.map_or_else(|| "–".to_owned(), |days| days.to_string()))
    });
}

fn bars_ui(ui: &mut Ui, points: &[Point], title: &str, of: impl Fn(&Values) -> (f64, String)) {
    let bars: Vec<Bar> = points
        .iter()
        .map(|point| {
            let (value, text) = of(&point.values);
            let pattern = if point.seal.is_some() { Pattern::Solid } else { Pattern::Rising };
            Bar { label: label(&point.month), value, text, tone: DrawTone::Accent, pattern }
        })
        .collect();
    card_ui(ui, None, |ui| {
        heading_ui(ui, title);
        let words: Vec<String> = bars.iter().map(|bar| format!("{} {}", bar.label, bar.text)).collect();
        let words = format!("{title}: {}", words.join("; "));
        drawn_ui(ui, &words, size::BURNDOWN, |pen, rect| {
            draw::bars_up(pen, rect, &bars, None, size::DRAWING_TEXT)
        });
    });
}

/// Draws marks into a place of their own, named in words for a screen reader.
fn drawn_ui(ui: &mut Ui, words: &str, height: f32, draw: impl FnOnce(&Pen<'_>, draw::Rect) -> Drawing) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Image, true, words));
    let drawing = draw(&Pen(ui.painter()), place(rect));
    marks_ui(ui.painter(), theme::tokens(ui), &drawing.marks);
}
