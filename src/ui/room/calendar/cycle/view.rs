//! One cycle as it is drawn: which one, its phases, what is next, its strip of days, its steps, its point persons, its end.

use egui::{Align, Id, Layout, Ui, vec2};

use super::Cycles;
use crate::app::session::Notice;
use crate::domain::command::{Command, CycleCommand};
use crate::domain::cycle::progress::{
    PhaseState, Progress, before_close, countdown, current, is_open, progress,
};
use crate::domain::cycle::{Cycle, CycleId};
use crate::draw;
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::form::weak_ui;
use crate::ui::room::strip::{cycle_name, month_words, next_words, phases};
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::drawing::{Pen, marks_ui, place};
use crate::ui::widget::modal::{Answer, Question, dialog_ui, question_ui};
use crate::ui::widget::{Button, Chip, Dropdown, Field, card_ui, form, phase_strip_ui};
use crate::util::clock::day_in;
use crate::util::text::counted;

/// The way out of a cycle.
#[derive(Debug, Default)]
pub struct Leave {
    closing: Option<CycleId>,
    giving_up: Option<(CycleId, String)>,
    waiting: Option<u64>,
    issue: Option<String>,
}

impl Leave {
    /// Takes an answer; `true` if it was this question's.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let (Notice::Changed { ticket, .. } | Notice::Unchanged { ticket } | Notice::Failed { ticket, .. }) =
            notice
        else {
            return false;
        };
        if self.waiting.take_if(|mine| *ticket == Some(*mine)).is_none() {
            return false;
        }
        match notice {
            Notice::Failed { error, .. } => self.issue = Some(error.summary.clone()),
            _ => *self = Self::default(),
        }
        true
    }

    fn send(&mut self, ctx: &Ctx<'_>, command: CycleCommand) -> Action {
        let ticket = ctx.tickets.take();
        self.waiting = Some(ticket);
        self.issue = None;
        Action::Run { ticket, command: Box::new(Command::Cycle(command)) }
    }

    fn ui(&mut self, cycle: &Cycle, ctx: &Ctx<'_>, ui: &Ui) -> Option<Action> {
        if self.closing == Some(cycle.id) {
            let title = format!("Close the cycle {}?", cycle.name);
            let body = "Every step is done or left out with a reason, every change record finished. Afterwards nothing of it can be \
                 changed.";
            let question = Question { title: &title, body, yes: "Close cycle", other: None, danger: false };
            let answer = question_ui(ui.ctx(), &question)?;
            self.closing = None;
            let by = ctx.preferences.actor.clone();
            return (answer == Answer::Yes)
                .then(|| self.send(ctx, CycleCommand::Close { cycle: cycle.id, by }));
        }
        let (id, mut because) = self.giving_up.clone().filter(|(id, _)| *id == cycle.id)?;
        let (mut action, mut leave) = (None, false);
        let title = format!("Give up the cycle {}", cycle.name);
        leave |= dialog_ui(ui.ctx(), Id::unique("give up cycle"), &title, |ui| {
            ui.spacing_mut().item_spacing.y = size::CELL_PAD;
            weak_ui(
                ui,
                "It stays in the history with its steps and this reason. The month can then be begun anew.",
            );
            let issue = self.issue.clone();
            let field = Field::new((id.0, "give up"), "Why it is given up", &mut because).required();
            field.issue(issue.as_deref()).ui(ui);
            let row = vec2(ui.available_width(), size::CONTROL);
            ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
                if ui.add(Button::danger("Give up").enabled(self.waiting.is_none())).clicked() {
                    let because = because.clone();
                    action = Some(self.send(ctx, CycleCommand::Cancel { cycle: id, because }));
                }
                leave |= ui.add(Button::secondary("Cancel")).clicked();
            });
        });
        self.giving_up = if leave { None } else { Some((id, because)) };
        action
    }
}

/// One line for the head of the page: the cycle that matters now, and what comes next in it.
pub fn context(ctx: &Ctx<'_>) -> String {
    let Some(cycle) = current(ctx.book(), ctx.now_at) else {
        return "No cycle is under way".to_owned();
    };
    let now = progress(ctx.book(), cycle, ctx.now_at);
    let phase = now.lit.map_or_else(String::new, |phase| format!(", phase {}", phase.text().to_lowercase()));
    let next = now.next.map_or_else(String::new, |step| {
        format!(". Next: {}, {}", step.title, countdown(step.due_at - ctx.now_at))
    });
    format!("Cycle {}{phase}{next}", month_words(&cycle.name))
}

fn state_chip(cycle: &Cycle) -> (Tone, &'static str) {
    match (cycle.closed_at, cycle.cancelled_because.is_empty(), cycle.drill) {
        (_, false, _) => (Tone::Neutral, "Given up"),
        (Some(_), ..) => (Tone::Good, "Closed"),
        (None, true, true) => (Tone::Warn, "DRILL"),
        (None, true, false) => (Tone::Info, "Open"),
    }
}

impl Cycles {
    /// Draws one cycle.
    pub(super) fn cycle_ui(&mut self, cycle: &Cycle, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
        let now = progress(ctx.book(), cycle, ctx.now_at);
        let open = is_open(cycle);
        ui.spacing_mut().item_spacing.y = size::CELL_PAD;
        self.top_ui(cycle, open, ctx, ui);
        card_ui(ui, None, |ui| {
            ui.spacing_mut().item_spacing.y = size::CELL_PAD;
            phase_strip_ui(ui, &phases(&now));
            if open {
                let (next, late) = next_words(&now, ctx);
                ui.add(egui::Label::new(Text::Medium.rich(next)).wrap());
                if let Some(late) = late {
                    let tokens = theme::tokens(ui);
                    ui.add(egui::Label::new(Text::Body.rich(late).color(tokens.bad)).wrap());
                }
            } else {
                weak_ui(ui, &over_words(cycle, ctx));
            }
            self.burn.ui(cycle, ctx, ui);
        });
        if let Some((step, opened)) = self.steps.ui(&now.steps, ctx, ui, actions)
            && (opened || self.panel.is_open())
        {
            self.panel.open(ctx, step);
        }
        card_ui(ui, Some("Days and milestones"), |ui| strip_ui(&now, ctx, ui));
        actions.extend(self.points.ui(cycle, open, ctx, ui));
        if let Some(action) = self.leave.ui(cycle, ctx, ui) {
            actions.push(action);
        }
    }

    fn top_ui(&mut self, cycle: &Cycle, open: bool, ctx: &Ctx<'_>, ui: &mut Ui) {
        let mut rows: Vec<&Cycle> = ctx.book().cycles.rows().iter().collect();
        rows.sort_by_key(|row| std::cmp::Reverse((row.anchor_at, row.id)));
        let names: Vec<String> = rows.iter().map(|row| cycle_name(row)).collect();
        let words: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut chosen = rows.iter().position(|row| row.id == cycle.id);
        ui.horizontal(|ui| {
            let dropdown = Dropdown::bare("cycle", "Cycle shown", &words, &mut chosen).width(size::SEARCH);
            if dropdown.ui(ui).changed()
                && let Some(row) = chosen.and_then(|at| rows.get(at))
            {
                self.open(row.id);
            }
            let (tone, word) = state_chip(cycle);
            ui.add(Chip::new(tone, word));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_enabled_ui(ctx.can_write(), |ui| {
                    if open {
                        if ui.add(Button::quiet_danger("Give up…")).clicked() {
                            self.leave.giving_up = Some((cycle.id, String::new()));
                        }
                        let lacks = before_close(ctx.book(), cycle.id, ctx.now_at);
                        let why = lacks.first().map_or("Close the cycle", String::as_str);
                        let button =
                            Button::secondary("Close the cycle…").enabled(lacks.is_empty()).tooltip(why);
                        if ui.add(button).clicked() {
                            self.leave.closing = Some(cycle.id);
                        }
                    }
                    if ui.add(Button::secondary("Catch-up campaign…")).clicked() {
                        self.begin_campaign(ctx);
                    }
                });
            });
        });
        if let (Some(issue), None) = (&self.leave.issue, &self.leave.giving_up) {
            form::note_ui(ui, Some(issue), None);
        }
    }
}

fn over_words(cycle: &Cycle, ctx: &Ctx<'_>) -> String {
    if !cycle.cancelled_because.is_empty() {
        return format!("Given up: {}", cycle.cancelled_because);
    }
    cycle
        .closed_at
        .map_or_else(String::new, |at| format!("Closed {} by {}", ctx.time_text(at), cycle.closed_by))
}

/// The days of the cycle with its phases and milestones.
fn strip_ui(now: &Progress<'_>, ctx: &Ctx<'_>, ui: &mut Ui) {
    let day = |at: i64| day_in(ctx.zone, at);
    let (Some(first), Some(last)) = (now.steps.first(), now.steps.last()) else { return };
    let phases = now.phases.iter().filter_map(|view| {
        let mut own = now.steps.iter().filter(|step| step.phase == view.phase).map(|step| day(step.due_at));
        let from_on = own.next()?;
        let standing = match view.state {
            _ if now.lit == Some(view.phase) => draw::Standing::Current,
            PhaseState::Done => draw::Standing::Past,
            _ => draw::Standing::Ahead,
        };
        let to_on = own.next_back().unwrap_or(from_on);
        Some(draw::Phase { name: view.phase.text().to_owned(), from_on, to_on, standing })
    });
    let milestones = now.steps.iter().filter(|step| step.milestone).map(|step| {
        let tone = match super::super::step_state(ctx, step).0 {
            Tone::Good => draw::Tone::Good,
            Tone::Bad => draw::Tone::Bad,
            Tone::Neutral => draw::Tone::Unknown,
            Tone::Info | Tone::Warn => draw::Tone::Accent,
        };
        draw::Milestone { on: day(step.due_at), text: step.title.clone(), tone }
    });
    let strip = draw::Timeline {
        from_on: day(first.due_at),
        to_on: day(last.due_at),
        today: Some(ctx.today),
        phases: phases.collect(),
        milestones: milestones.collect(),
    };
    let at = ui.available_rect_before_wrap();
    let drawing = draw::timeline(&Pen(ui.painter()), place(at), &strip, size::DRAWING_TEXT);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), drawing.height));
    let response = ui.interact(rect, ui.unique_id().with("strip"), egui::Sense::hover());
    let words = format!(
        "Strip of the cycle, {} to {}, {}",
        ctx.day_text(first.due_at),
        ctx.day_text(last.due_at),
        counted(strip.milestones.len() as u64, "milestone", "milestones")
    );
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, &words));
    marks_ui(ui.painter(), theme::tokens(ui), &drawing.marks);
}
