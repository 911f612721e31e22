//! Calendar: What happens when, and will it meet the promise?
//!
//! Invariant: dates come from the register's rules; nothing here computes one.

mod agenda;
mod check;
mod cycle;
mod day;
mod due;
mod entry;
mod forecast;
mod month;
mod rule;
mod tab;

use chrono::NaiveDate;
use egui::{Key, KeyboardShortcut, Modifiers, Ui};

use super::{Ctx, page_ui, scroll_page_ui};
use crate::app::paper::Paper;
use crate::app::session::Notice;
use crate::domain::cycle::progress::settled;
use crate::domain::cycle::{CycleId, CycleStep};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::theme::{Tone, size};
use crate::ui::widget::page_header::{Chosen, PageAction};
use crate::ui::widget::page_header_ui;

use agenda::Agenda;
use check::Checks;
use cycle::Cycles;
use entry::{Entry, Opens};
use forecast::Outlook;
use month::Month;
use rule::{Rules, Target};
use tab::{Tab, tabs_ui};

const SAVE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::S);

/// Lines of a span of days, read once for each state of the register.
#[derive(Debug)]
struct Lines {
    key: (i64, NaiveDate, NaiveDate, NaiveDate),
    entries: Vec<Entry>,
}

/// What the room remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    tab: Option<Tab>,
    lines: Option<Lines>,
    month: Month,
    /// The day that is open beside the month.
    day: Option<NaiveDate>,
    agenda: Agenda,
    cycles: Cycles,
    outlook: Outlook,
    checks: Checks,
    rules: Rules,
}

impl State {
    /// Another register was opened: nothing of the last one stays.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Shows a cycle.
    pub fn open(&mut self, cycle: CycleId) {
        self.cycles.open(cycle);
        self.tab = Some(Tab::Cycle);
    }

    /// Shows what the next cycle would be.
    pub fn begin(&mut self, ctx: &Ctx<'_>) {
        self.cycles.begin(ctx);
        self.tab = Some(Tab::Cycle);
    }

    /// Shows the checks of the schedule.
    pub fn open_checks(&mut self) {
        self.tab = Some(Tab::Checks);
    }

    /// The form that holds unsaved text, by name.
    pub fn unsaved(&self) -> Option<String> {
        self.rules.unsaved().or_else(|| self.cycles.unsaved())
    }

    /// Takes an answer; `true` if it was this room's, so that nobody else shows it.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let taken = self.rules.notice(notice);
        taken | self.cycles.notice(notice)
    }

    /// The lines of a span, read again when the register or the day moved on.
    fn read(&mut self, ctx: &Ctx<'_>, (from, until): (NaiveDate, NaiveDate)) {
        let key = (ctx.book().head.seq, ctx.today, from, until);
        if self.lines.as_ref().is_none_or(|lines| lines.key != key) {
            self.lines = Some(Lines { key, entries: entry::entries(ctx, from, until) });
        }
    }

    fn go(&mut self, opens: Opens, ctx: &Ctx<'_>, actions: &mut Vec<Action>) {
        match opens {
            Opens::Step(cycle, step) => {
                self.cycles.open_step(ctx, cycle, step);
                self.show(Tab::Cycle, actions);
            }
            Opens::Rule(target) => self.show_rule(target, ctx, actions),
            Opens::Asset(asset) => actions.push(Action::OpenAsset(asset)),
            Opens::Machines(filter) => actions.push(Action::ShowAssets(filter)),
        }
    }

    fn show_rule(&mut self, target: Target, ctx: &Ctx<'_>, actions: &mut Vec<Action>) {
        self.rules.show(ctx, target);
        self.show(Tab::Rules, actions);
    }

    fn show(&mut self, tab: Tab, actions: &mut Vec<Action>) {
        self.tab = Some(tab);
        actions.push(tab.keep());
    }
}

/// Whether Esc was pressed and no dialog over the room answers it.
fn escape(ui: &Ui) -> bool {
    let dialog = ui.memory(|memory| memory.top_modal_layer().is_some());
    !dialog && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
}

/// How a step stands: a word and its tone.
fn step_state(ctx: &Ctx<'_>, step: &CycleStep) -> (Tone, String) {
    if step.done_at.is_some() {
        (Tone::Good, "Done".to_owned())
    } else if settled(step) {
        (Tone::Neutral, "Left out".to_owned())
    } else if step.due_at <= ctx.now_at {
        (Tone::Bad, "Overdue".to_owned())
    } else {
        (Tone::Info, "Open".to_owned())
    }
}

/// Draws the room.
pub fn room_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    let tab = *state.tab.get_or_insert_with(|| Tab::kept(ctx));
    if ctx.can_write() && ui.input_mut(|input| input.consume_shortcut(&SAVE)) {
        let saved = if tab == Tab::Rules { state.rules.save(ctx) } else { state.cycles.save(ctx) };
        actions.extend(saved);
    }
    match tab {
        Tab::Month => month_ui(state, ctx, ui, &mut actions),
        Tab::Agenda => agenda_ui(state, ctx, ui, &mut actions),
        Tab::Cycle => {
            state.cycles.panel_ui(ctx, ui, &mut actions);
            scroll_page_ui(ui, "calendar cycle", |ui| {
                head_ui(state, ctx, ui, &mut actions);
                let opened = state.cycles.ui(ctx, ui, &mut actions);
                if let Some(target) = opened {
                    state.show_rule(target, ctx, &mut actions);
                }
            });
        }
        Tab::Forecast => {
            scroll_page_ui(ui, "calendar forecast", |ui| {
                head_ui(state, ctx, ui, &mut actions);
                if let Some(target) = state.outlook.ui(ctx, ui, &mut actions) {
                    state.show_rule(target, ctx, &mut actions);
                }
            });
        }
        Tab::Checks => {
            scroll_page_ui(ui, "calendar checks", |ui| {
                head_ui(state, ctx, ui, &mut actions);
                if let Some(target) = state.checks.ui(ctx, ui, &mut actions) {
                    state.show_rule(target, ctx, &mut actions);
                }
            });
        }
        Tab::Rules => {
            scroll_page_ui(ui, "calendar rules", |ui| {
                head_ui(state, ctx, ui, &mut actions);
                state.rules.ui(ctx, ui, &mut actions);
            });
        }
    }
    actions
}

fn month_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let span = state.month.span(ctx);
    state.read(ctx, span);
    if let (Some(on), Some(lines)) = (state.day, &state.lines) {
        let (opened, close) = day::day_ui(on, &lines.entries, ui);
        if close || escape(ui) {
            state.day = None;
        }
        if let Some(opens) = opened {
            state.go(opens, ctx, actions);
        }
    }
    page_ui(ui, |ui| {
        head_ui(state, ctx, ui, actions);
        state.month.head_ui(ctx, ui);
        let span = state.month.span(ctx);
        state.read(ctx, span);
        let Some(lines) = &state.lines else { return };
        let opened = state.month.grid_ui(ctx, &lines.entries, ui);
        if opened.is_some() {
            state.day = opened;
        } else if state.day.is_some() {
            // The panel follows the day the keyboard is on.
            state.day = Some(state.month.day(ctx));
        }
    });
}

fn agenda_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let span = state.agenda.span(ctx);
    state.read(ctx, span);
    page_ui(ui, |ui| {
        head_ui(state, ctx, ui, actions);
        let Some(lines) = state.lines.take() else { return };
        let opened = state.agenda.ui(ctx, &lines.entries, ui, actions);
        state.lines = Some(lines);
        if let Some(opens) = opened {
            state.go(opens, ctx, actions);
        }
    });
}

/// The title with what can be done from every view, and the views.
fn head_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let begin = state.cycles.next_words(ctx);
    let primary = begin.as_ref().map(|words| PageAction {
        enabled: ctx.can_write(),
        ..PageAction::new(Some(icon::CALENDAR_CHECK), words)
    });
    let others = [
        PageAction {
            tooltip: Some("Releases, windows, closures and steps of the next 13 months for another calendar"),
            ..PageAction::new(Some(icon::FILE_DOWN), "Save as .ics…")
        },
        PageAction::new(Some(icon::PRINTER), "Print…"),
    ];
    let context = cycle::context(ctx);
    match page_header_ui(ui, "Calendar", &context, primary, &others) {
        Some(Chosen::Primary) => {
            state.cycles.begin(ctx);
            state.show(Tab::Cycle, actions);
        }
        Some(Chosen::Other(0)) => actions.push(save_ics(ctx)),
        Some(Chosen::Other(_)) => {
            actions.push(Action::PrintPaper(Paper::Calendar(state.month.day(ctx))));
        }
        None => {}
    }
    let now = state.tab.unwrap_or_default();
    if let Some(chosen) = tabs_ui(ui, now) {
        state.show(chosen, actions);
    }
    ui.add_space(size::GAP);
}

/// The calendar as a text for other programs, the same as the console writes.
fn save_ics(ctx: &Ctx<'_>) -> Action {
    let (text, _) = crate::app::calendar::ics(ctx.book(), ctx.now_at);
    let stem = ctx.shown.path.file_stem().unwrap_or_default().to_string_lossy();
    Action::SaveText { name: format!("{stem}-calendar.ics"), text }
}
