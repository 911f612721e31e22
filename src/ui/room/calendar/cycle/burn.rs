//! How a catch-up campaign burns down, and what older months left beside a month (requirement S1-51).

use chrono::NaiveDate;
use egui::{Ui, vec2};

use crate::domain::compliance::view::View;
use crate::domain::cycle::backlog::{Burndown, backlog, burndown};
use crate::domain::cycle::{Cycle, CycleId, CycleKind};
use crate::draw;
use crate::ui::room::Ctx;
use crate::ui::room::form::weak_ui;
use crate::ui::theme::{self, Text, size};
use crate::ui::widget::drawing::{Pen, marks_ui, place};
use crate::util::clock::day_in;
use crate::util::text::{count, counted};

/// What is counted, once for each state of the register.
#[derive(Debug, Default)]
pub struct Burn {
    seen: Option<(Key, Seen)>,
}

type Key = (i64, NaiveDate, CycleId);

#[derive(Debug)]
enum Seen {
    Campaign(Burndown),
    Month { this: u64, older: u64, oldest: Option<String> },
    Nothing,
}

impl Burn {
    /// Draws the chart of a campaign, or the line of a month.
    pub fn ui(&mut self, cycle: &Cycle, ctx: &Ctx<'_>, ui: &mut Ui) {
        let key = (ctx.book().head.seq, ctx.today, cycle.id);
        if self.seen.as_ref().is_none_or(|(of, _)| *of != key) {
            self.seen = Some((key, look(cycle, ctx)));
        }
        match self.seen.as_ref().map(|(_, seen)| seen) {
            Some(Seen::Campaign(burn)) => chart_ui(cycle, burn, ctx, ui),
            Some(Seen::Month { this, older, oldest }) => {
                let since =
                    oldest.as_ref().map(|month| format!(", the oldest of {month}")).unwrap_or_default();
                let words = format!(
                    "{} of this month and {} of older months{since}; older ones are counted apart.",
                    counted(*this, "open update", "open updates"),
                    count(*older)
                );
                weak_ui(ui, &words);
            }
            Some(Seen::Nothing) | None => {}
        }
    }
}

fn look(cycle: &Cycle, ctx: &Ctx<'_>) -> Seen {
    match cycle.kind {
        CycleKind::CatchUp => {
            burndown(ctx.book(), cycle, ctx.shown.as_of_at).map_or(Seen::Nothing, Seen::Campaign)
        }
        CycleKind::Monthly => {
            let view = View::new(ctx.book(), ctx.shown.as_of_at);
            let left = backlog(&view, cycle.anchor_at);
            let oldest = left.older.iter().rev().find(|month| month.open > 0);
            Seen::Month {
                this: left.this_month.open,
                older: left.older_open(),
                oldest: oldest.map(|month| crate::domain::compliance::month::month_text(month.month)),
            }
        }
        CycleKind::Emergency => Seen::Nothing,
    }
}

fn chart_ui(cycle: &Cycle, burn: &Burndown, ctx: &Ctx<'_>, ui: &mut Ui) {
    let steps = crate::domain::cycle::progress::steps_of(ctx.book(), cycle.id);
    let day = |at: i64| day_in(ctx.zone, at);
    let due_on = steps.last().map_or_else(|| day(cycle.anchor_at), |step| day(step.due_at));
    let chart = draw::Burndown {
        from_on: day(cycle.anchor_at),
        due_on,
        total: burn.began_with,
        open: burn.points.iter().map(|point| (day(point.at), point.open)).collect(),
    };
    let left = burn.points.last().map_or(burn.began_with, |point| point.open);
    let words = format!(
        "Burndown: {} of {} are still open",
        count(left),
        counted(burn.began_with, "update", "updates")
    );
    ui.label(Text::Medium.rich(&words));
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), size::BURNDOWN));
    let response = ui.interact(rect, ui.unique_id().with("burndown"), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, &words));
    let drawing = draw::burndown(&Pen(ui.painter()), place(rect), &chart, size::DRAWING_TEXT);
    marks_ui(ui.painter(), theme::tokens(ui), &drawing.marks);
}
