//! Reports: what do I hand over?
//!
//! Invariant: a sealed figure comes from its seal; nothing changes but through a command; a draft is never lost without being
//! asked about.

mod month;
mod months;
mod papers;
mod posture;
mod seal;
mod sign;
mod tab;
mod take;
mod trend;

use egui::{Key, KeyboardShortcut, Modifiers, Popup, Ui};

use super::sheet::{Sheet, Wish, is_dirty, save, sheet_ui};
use super::{Ctx, page_ui, scroll_page_ui};
use crate::app::session::Notice;
use crate::app::session::look::Looked;
use crate::domain::compliance::machine::Segment;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::form::Answer;
use crate::ui::theme::{Tone, size};
use crate::ui::widget::modal::{Answer as Choice, Question, question_ui};
use crate::ui::widget::{PageAction, page_header_ui};

use month::Page;
use tab::{Tab, tabs_ui};

const SAVE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::S);
const CLOSE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::NONE, Key::Escape);

/// Where the person wants to go while a draft is open.
#[derive(Debug)]
enum Next {
    Sheet(Option<Box<dyn Sheet>>),
    Tab(Tab),
    Month(String),
    Back,
}

/// What the room remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    tab: Option<Tab>,
    months: months::View,
    page: Option<Page>,
    trends: trend::View,
    postures: posture::View,
    papers: papers::View,
    sheet: Option<Box<dyn Sheet>>,
    asked: Option<Next>,
    /// The rows want the keyboard again: a page was left.
    to_rows: bool,
}

impl State {
    /// Another register was opened: nothing of the last one stays.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Shows a month: `2026-11`.
    pub fn open(&mut self, month: &str) {
        self.tab = Some(Tab::Months);
        self.go(Next::Month(month.to_owned()));
    }

    /// Takes what was worked out of months.
    pub fn looked(&mut self, looked: Looked) {
        match looked.list {
            None => self.trends.looked(looked),
            Some((month, points)) => {
                if let Some(page) = self.page.as_mut().filter(|page| page.month() == month) {
                    page.looked(looked.seq, points.unwrap_or_default());
                }
            }
        }
    }

    /// Takes an answer; `true` if it was this room's, so that nobody else shows it.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        if let (Notice::Hashed { name, sha256 }, Some(sheet)) = (notice, &mut self.sheet) {
            return sheet.evidence(name, sha256);
        }
        let frame = self.sheet.as_mut().and_then(|sheet| sheet.frame_mut());
        let answer = frame.map_or(Answer::Foreign, |frame| frame.notice(notice));
        if answer == Answer::Saved {
            self.sheet = None;
        }
        let page = self.page.as_mut().is_some_and(|page| page.notice(notice));
        answer != Answer::Foreign || page
    }

    /// What would be lost by leaving, in words.
    pub fn unsaved(&self) -> Option<String> {
        if self.sheet.as_deref().is_some_and(is_dirty) {
            return Some("a form of the reports".to_owned());
        }
        self.page
            .as_ref()
            .filter(|page| page.is_dirty())
            .map(|_| "an answer to the list of a month".to_owned())
    }

    /// Goes somewhere, unless a draft would be lost: then it asks.
    fn go(&mut self, next: Next) {
        let leaves_page = !matches!(next, Next::Sheet(_)) && self.page.as_ref().is_some_and(Page::is_dirty);
        if self.sheet.as_deref().is_some_and(is_dirty) || leaves_page {
            self.asked = Some(next);
        } else {
            self.take(next);
        }
    }

    fn take(&mut self, next: Next) {
        self.sheet = None;
        match next {
            Next::Sheet(sheet) => self.sheet = sheet,
            Next::Tab(tab) => {
                self.tab = Some(tab);
                self.page = None;
            }
            Next::Month(month) => self.page = Some(Page::new(&month)),
            Next::Back => {
                self.page = None;
                self.to_rows = true;
            }
        }
    }

    fn question_ui(&mut self, ui: &Ui) {
        if self.asked.is_none() {
            return;
        }
        let question = Question {
            title: "Discard what you typed?",
            body: "What you typed is not saved. Nothing else is lost.",
            yes: "Discard",
            other: None,
            danger: true,
        };
        match question_ui(ui.ctx(), &question) {
            Some(Choice::Yes) => {
                if let Some(next) = self.asked.take() {
                    self.take(next);
                }
            }
            Some(_) => self.asked = None,
            None => {}
        }
    }

    fn save(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        if let Some(sheet) = &mut self.sheet {
            return save(sheet.as_mut(), ctx).into_iter().collect();
        }
        let page = self.page.as_mut().filter(|page| page.is_dirty() && ctx.can_write());
        page.map(|page| page.save(ctx)).unwrap_or_default()
    }
}

/// The tone of where a machine stands.
fn segment_tone(segment: Segment) -> Tone {
    match segment {
        Segment::Overdue | Segment::Unsupported => Tone::Bad,
        Segment::Unknown => Tone::Warn,
        Segment::Waived => Tone::Neutral,
        Segment::InTime => Tone::Info,
        Segment::UpToDate => Tone::Good,
    }
}

/// Draws the room.
pub fn room_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    if state.tab.is_none() {
        // Whoever comes to the room for the first time stands on its rows.
        state.to_rows = true;
    }
    let tab = *state.tab.get_or_insert_with(|| Tab::kept(ctx));
    if ui.input_mut(|input| input.consume_shortcut(&SAVE)) {
        actions.extend(state.save(ctx));
    }
    if let Some(sheet) = &mut state.sheet {
        match sheet_ui(sheet.as_mut(), ctx, ui, &mut actions) {
            Some(Wish::Close) => state.go(Next::Sheet(None)),
            Some(Wish::Open(sheet)) => state.go(Next::Sheet(Some(sheet))),
            None => {}
        }
    }
    if state.page.is_some() {
        page_ui(ui, |ui| month_ui(state, ctx, ui, &mut actions));
    } else if tab == Tab::Trends {
        scroll_page_ui(ui, "trends", |ui| view_ui(state, tab, ctx, ui, &mut actions));
    } else {
        page_ui(ui, |ui| view_ui(state, tab, ctx, ui, &mut actions));
    }
    escape(state, ui);
    state.question_ui(ui);
    actions
}

/// Esc closes the panel, then the page, unless something in them answers it first.
fn escape(state: &mut State, ui: &Ui) {
    let open = state.sheet.is_some() || state.page.is_some();
    if !open || state.asked.is_some() || Popup::is_any_open(ui.ctx()) {
        return;
    }
    if ui.input_mut(|input| input.consume_shortcut(&CLOSE)) {
        state.go(if state.sheet.is_some() { Next::Sheet(None) } else { Next::Back });
    }
}

fn month_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let narrow = state.sheet.is_some();
    let Some(page) = &mut state.page else { return };
    match month::page_ui(page, narrow, ctx, ui, actions) {
        Some(month::Wish::Back) => state.go(Next::Back),
        Some(month::Wish::Open(sheet)) => state.go(Next::Sheet(Some(sheet))),
        None => {}
    }
}

fn view_ui(state: &mut State, tab: Tab, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    header_ui(state, tab, ctx, ui, actions);
    if let Some(chosen) = tabs_ui(ui, tab) {
        actions.push(chosen.keep());
        state.go(Next::Tab(chosen));
    }
    ui.add_space(size::GAP);
    let next = match tab {
        Tab::Months => {
            let opened = state.months.ui(ctx, ui, actions);
            if std::mem::take(&mut state.to_rows) {
                state.months.focus(ui);
            }
            opened.map(Next::Month)
        }
        Tab::Trends => {
            state.trends.ui(ctx, ui, actions);
            None
        }
        Tab::Postures => state.postures.ui(ctx, ui, actions).map(|sheet| Next::Sheet(Some(sheet))),
        Tab::Papers => {
            state.papers.ui(ctx, ui, actions);
            None
        }
    };
    if let Some(next) = next {
        state.go(next);
    }
}

fn header_ui(state: &mut State, tab: Tab, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let context = match tab {
        Tab::Months => "Each month is closed by a list and sealed. Enter opens one.".to_owned(),
        Tab::Trends => format!("Months beside each other, as of {}", ctx.time_text(ctx.now_at)),
        Tab::Postures => {
            "How the shop stood, in four parts, and what changed between two of them.".to_owned()
        }
        Tab::Papers => "Everything that can be printed.".to_owned(),
    };
    let none = ctx.book().postures.is_empty() && ctx.book().seals.is_empty();
    let take = PageAction { enabled: ctx.can_write(), ..PageAction::new(Some(icon::PLUS), "Take a posture") };
    let print = PageAction::new(Some(icon::PRINTER), "Print report…");
    let primary = match tab {
        Tab::Postures if none => None,
        Tab::Postures => Some(take),
        Tab::Months | Tab::Trends => Some(print),
        Tab::Papers => None,
    };
    if page_header_ui(ui, "Reports", &context, primary, &[]).is_none() {
        return;
    }
    if tab == Tab::Postures {
        state.go(Next::Sheet(Some(Box::new(take::TakeSheet::new(ctx)))));
    } else {
        actions.push(Action::Print);
    }
}
