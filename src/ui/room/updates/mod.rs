//! Updates: which fix, how bad, who needs it, by when?
//!
//! Invariant: nothing changes but through a command; a draft is never lost without being asked about.

mod ahead;
mod bundle;
mod conflict;
mod decide;
mod domain;
mod known;
mod list;
mod need;
mod page;
mod rate;
mod tab;
mod threat;

use egui::{Key, KeyboardShortcut, Modifiers, Popup, Ui};

use super::sheet::{Sheet, Wish, is_dirty, save, sheet_ui};
use super::{Ctx, page_ui};
use crate::app::session::Notice;
use crate::app::session::look::Looked;
use crate::domain::compliance::machine::Segment;
use crate::domain::update::UpdateId;
use crate::ui::action::{Action, Purpose};
use crate::ui::icon;
use crate::ui::room::form::Answer;
use crate::ui::theme::{Tone, size};
use crate::ui::widget::modal::{Answer as Choice, Question, question_ui};
use crate::ui::widget::{PageAction, number, page_header_ui};
use crate::util::text::counted;

use known::Known;
use list::{Chip, List};
use page::Page;
use tab::{Tab, tabs_ui};

const SAVE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::S);
const CLOSE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::NONE, Key::Escape);

/// Where the person wants to go while a draft is open.
#[derive(Debug)]
enum Next {
    Sheet(Option<Box<dyn Sheet>>),
    Tab(Tab),
    Update(UpdateId),
    Back,
}

/// What the room remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    tab: Option<Tab>,
    /// What is known of each update, and of which entry and instant.
    known: Option<((i64, i64), Vec<Known>)>,
    list: List,
    to_rate: bundle::View,
    domains: domain::View,
    conflicts: conflict::View,
    threats: threat::View,
    ahead: ahead::View,
    page: Option<Page>,
    sheet: Option<Box<dyn Sheet>>,
    asked: Option<Next>,
    /// An update another room wants open, once a frame can read it.
    wanted: Option<UpdateId>,
    /// The rows want the keyboard again: a page was left.
    to_rows: bool,
}

impl State {
    /// Another register was opened: nothing of the last one stays.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Shows one update.
    pub fn open(&mut self, update: UpdateId) {
        self.wanted = Some(update);
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
        answer != Answer::Foreign || self.to_rate.notice(notice)
    }

    /// Takes what was worked out to be rated.
    pub fn looked(&mut self, looked: Looked) {
        self.to_rate.looked(looked);
    }

    /// What would be lost by leaving, in words.
    pub fn unsaved(&self) -> Option<String> {
        self.sheet.as_deref().is_some_and(is_dirty).then(|| "a form about updates".to_owned())
    }

    /// Goes somewhere, unless a draft would be lost: then it asks.
    fn go(&mut self, next: Next) {
        if self.sheet.as_deref().is_some_and(is_dirty) {
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
            Next::Update(update) => {
                self.list.listing.selection.select(update.0 as u64);
                self.page = Some(Page::new(update));
            }
            Next::Back => {
                self.page = None;
                self.to_rows = true;
            }
        }
    }

    fn refresh(&mut self, ctx: &Ctx<'_>) {
        let now = (ctx.book().head.seq, ctx.shown.as_of_at);
        if self.known.as_ref().is_none_or(|(then, _)| *then != now) {
            self.known = Some((now, known::read(ctx)));
        }
        let known = self.known.as_ref().map_or(&[][..], |(_, known)| known.as_slice());
        self.list.refresh(ctx, known);
    }

    fn known_of(&self, ctx: &Ctx<'_>, update: UpdateId) -> Option<&Known> {
        let place = ctx.book().updates.place(update.0)? as usize;
        self.known.as_ref()?.1.get(place)
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
}

/// Draws the room.
pub fn room_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    let tab = *state.tab.get_or_insert_with(|| Tab::kept(ctx));
    state.refresh(ctx);
    if let Some(update) = state.wanted.take() {
        state.go(Next::Update(update));
    }
    if ui.input_mut(|input| input.consume_shortcut(&SAVE))
        && let Some(sheet) = &mut state.sheet
    {
        actions.extend(save(sheet.as_mut(), ctx));
    }
    panel_ui(state, ctx, ui, &mut actions);
    page_ui(ui, |ui| {
        if state.page.is_some() {
            update_ui(state, ctx, ui, &mut actions);
        } else {
            view_ui(state, tab, ctx, ui, &mut actions);
        }
    });
    escape(state, ui);
    state.question_ui(ui);
    actions
}

fn panel_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let Some(sheet) = &mut state.sheet else { return };
    match sheet_ui(sheet.as_mut(), ctx, ui, actions) {
        Some(Wish::Close) => state.go(Next::Sheet(None)),
        Some(Wish::Open(sheet)) => state.go(Next::Sheet(Some(sheet))),
        None => {}
    }
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

fn update_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let Some(mut page) = state.page.take() else { return };
    let wish = match state.known_of(ctx, page.update()) {
        Some(known) => page::page_ui(&mut page, known, ctx, ui, actions),
        // It was undone away.
        None => Some(page::Wish::Back),
    };
    state.page = Some(page);
    match wish {
        Some(page::Wish::Back) => state.go(Next::Back),
        Some(page::Wish::Open(sheet)) => state.go(Next::Sheet(Some(sheet))),
        Some(page::Wish::Update(update)) => state.go(Next::Update(update)),
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
    let opened = match tab {
        Tab::All => {
            if std::mem::take(&mut state.to_rows) {
                state.list.listing.focus(ui);
            }
            state.list.ui(ctx, ui, actions).and_then(|wish| match wish {
                list::Wish::Update(update) => Some(Next::Update(update)),
                list::Wish::Decide(domain, updates) => {
                    let domain = ctx.book().domains.get(domain.0)?;
                    let sheet = decide::DecideSheet::new(ctx, domain, updates);
                    Some(Next::Sheet(Some(Box::new(sheet))))
                }
            })
        }
        Tab::ToRate => state.to_rate.ui(ctx, ui, actions).map(|wish| match wish {
            bundle::Wish::Open(sheet) => Next::Sheet(Some(sheet)),
            bundle::Wish::Update(update) => Next::Update(update),
        }),
        Tab::Domains => state.domains.ui(ctx, ui, actions).map(|sheet| Next::Sheet(Some(sheet))),
        Tab::Conflicts => state.conflicts.ui(ctx, ui, actions).map(|sheet| Next::Sheet(Some(sheet))),
        Tab::Threats => {
            state.threats.ui(ctx, ui, actions);
            None
        }
        Tab::Ahead => {
            state.ahead.ui(ctx, ui, actions);
            None
        }
    };
    if let Some(next) = opened {
        state.go(next);
    }
}

fn header_ui(state: &mut State, tab: Tab, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let context = context_words(state, tab, ctx);
    let book = ctx.book();
    let action = |icon, name| PageAction { enabled: ctx.can_write(), ..PageAction::new(Some(icon), name) };
    // An empty list offers its way in below, and one primary action is enough.
    let primary = match tab {
        Tab::All | Tab::ToRate => (!book.updates.is_empty()).then(|| action(icon::UPLOAD, "Import…")),
        Tab::Domains => {
            let any = book.domains.iter().any(|domain| domain.ended_at.is_none());
            any.then(|| action(icon::PLUS, "Add a domain"))
        }
        Tab::Conflicts => {
            let any = book.conflicts.iter().any(|conflict| conflict.ended_at.is_none());
            any.then(|| action(icon::PLUS, "Add a conflict"))
        }
        Tab::Ahead => None,
        Tab::Threats => (!book.catalogues.is_empty()).then(|| action(icon::UPLOAD, "Import…")),
    };
    if page_header_ui(ui, "Updates", &context, primary, &[]).is_none() {
        return;
    }
    match tab {
        Tab::Domains => state.go(Next::Sheet(Some(Box::new(domain::DomainSheet::new(ctx))))),
        Tab::Conflicts => state.go(Next::Sheet(Some(Box::new(conflict::ConflictSheet::new(ctx, None))))),
        Tab::All | Tab::ToRate | Tab::Threats | Tab::Ahead => {
            actions.push(Action::Pick(Purpose::ImportFiles));
        }
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

fn context_words(state: &State, tab: Tab, ctx: &Ctx<'_>) -> String {
    match tab {
        Tab::All => format!(
            "{}, {} to rate, as of {}",
            counted(ctx.book().updates.len() as u64, "update", "updates"),
            number(state.list.count(Chip::ToRate)),
            ctx.time_text(ctx.shown.as_of_at)
        ),
        Tab::ToRate => "What nobody has rated yet, by product and month.".to_owned(),
        Tab::Domains => "Who says go or no-go for which technology.".to_owned(),
        Tab::Conflicts => "What updates once broke, so that next month remembers.".to_owned(),
        Tab::Ahead => "Which releases to expect, by the calendar and by loaded advisories.".to_owned(),
        Tab::Threats => "What is known of vulnerabilities, and from which files.".to_owned(),
    }
}
