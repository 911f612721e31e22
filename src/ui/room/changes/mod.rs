//! Changes: What may be done, was done, was not done?
//!
//! The list of records, of waivers and of templates, and the page of each. What a form shows and which moves there are is asked
//! of the domain's tables; this room repeats none of it.
//!
//! Invariant: a draft is never lost without being asked about; nothing changes but through a command.

mod create;
mod decide;
mod decision;
mod line_act;
mod line_list;
mod lists;
mod message;
mod orphan;
mod page;
mod record_list;
mod section;
mod sheet;
mod step;
mod template;
mod trial;
mod waiver;

use egui::{Key, KeyboardShortcut, Modifiers, Popup, Ui};

use super::{Ctx, listing, page_ui};
use crate::app::session::Notice;
use crate::domain::approval::Verdict;
use crate::domain::asset::AssetId;
use crate::domain::change::ChangeId;
use crate::domain::update::UpdateId;
use crate::domain::waiver::request::WaiverRequestId;
use crate::import::mail::{Mail, NoMail};
use crate::ui::action::Action;
use crate::ui::widget::modal::{Answer as Decided, Question, question_ui};

use create::{Bulk, Create};
use decide::Decide;
use page::Page;
use record_list::List;
use template::Templates;

/// Which list is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Tab {
    #[default]
    Records,
    Waivers,
    Templates,
    Orphans,
}

/// Where a step would lead that leaves a draft behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// Back to the lists.
    Back,
    /// To a record.
    Record(ChangeId),
    /// To a waiver.
    Waiver(WaiverRequestId),
    /// To a new waiver.
    NewWaiver,
    /// To another list.
    Tab(Tab),
}

/// What the room remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    tab: Tab,
    records: List,
    waivers: waiver::list::List,
    templates: Templates,
    orphans: orphan::Tab,
    page: Option<Page>,
    waiver: Option<waiver::page::Page>,
    create: Option<Create>,
    bulk: Option<Bulk>,
    decide: Option<Decide>,
    /// A record another room wants open, once a frame can read it.
    wanted: Option<Next>,
    /// What waits for the answer whether a draft may be lost.
    next: Option<Next>,
    /// The pairs a waiver is asked for, once a frame can read them.
    pairs: (Vec<AssetId>, Vec<UpdateId>),
    /// The rows want the keyboard again: a page was left.
    to_rows: bool,
    /// A mail that was read, for the dialog that is open.
    mail: Option<Result<Mail, NoMail>>,
}

const SAVE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::S);
const NEW: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::N);

impl State {
    /// Another register was opened: nothing of the last one stays.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Shows a change record.
    pub fn open(&mut self, change: ChangeId) {
        self.wanted = Some(Next::Record(change));
    }

    /// Shows a waiver request.
    pub fn open_waiver(&mut self, waiver: WaiverRequestId) {
        self.wanted = Some(Next::Waiver(waiver));
    }

    /// Begins a waiver of these updates on these assets.
    pub fn ask_waiver(&mut self, assets: Vec<AssetId>, updates: Vec<UpdateId>) {
        self.pairs = (assets, updates);
        self.wanted = Some(Next::NewWaiver);
    }

    /// The form that holds unsaved text, by name.
    pub fn unsaved(&self) -> Option<String> {
        let open = self.open_draft();
        let made =
            self.create.as_ref().filter(|create| create.is_dirty()).map(|_| "a new change record".to_owned());
        open.or(made)
    }

    /// What is typed on the page that is open, by name.
    fn open_draft(&self) -> Option<String> {
        let record = self.page.as_ref().and_then(Page::unsaved);
        let waiver = || self.waiver.as_ref().and_then(waiver::page::Page::unsaved);
        record.or_else(waiver).or_else(|| self.templates.unsaved())
    }

    /// Whether a file that is dropped belongs to a dialog of this room.
    pub fn wants_file(&self) -> bool {
        self.decide.is_some()
    }

    /// Takes a mail that was read as evidence, or why it does not serve as such.
    pub fn mail(&mut self, mail: Result<Mail, NoMail>) {
        if self.decide.is_some() {
            self.mail = Some(mail);
        }
    }

    /// Takes an answer; `true` if it was this room's, so that nobody else shows it.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let mut taken = false;
        if let Some((mine, done)) = self.decide.as_mut().map(|decide| decide.notice(notice)) {
            taken |= mine;
            if done {
                self.decide = None;
            }
            if matches!(notice, Notice::Hashed { .. }) {
                return taken;
            }
        }
        if let Some((mine, made)) = self.create.as_mut().map(|create| create.notice(notice)) {
            taken |= mine;
            if let Some(made) = made {
                self.create = None;
                self.wanted = Some(Next::Record(made));
            }
        }
        if let Some((mine, done)) = self.bulk.as_mut().map(|bulk| bulk.notice(notice)) {
            taken |= mine;
            if done {
                self.bulk = None;
            }
        }
        taken |= self.page.as_mut().is_some_and(|page| page.notice(notice));
        if let Some((mine, shown)) = self.waiver.as_mut().map(|page| page.notice(notice)) {
            taken |= mine;
            if let Some(shown) = shown {
                // The draft that was saved, or the request that was renewed, makes way for the new one.
                self.waiver = None;
                self.wanted = Some(Next::Waiver(shown));
            }
        }
        taken | self.templates.notice(notice)
    }

    /// Whether something over the page wants the keyboard.
    fn is_busy(&self) -> bool {
        self.create.is_some()
            || self.bulk.is_some()
            || self.decide.is_some()
            || self.next.is_some()
            || self.templates.is_busy()
            || self.page.as_ref().is_some_and(Page::is_busy)
            || self.waiver.as_ref().is_some_and(waiver::page::Page::is_busy)
    }

    /// Does what was asked for at once, or asks first if a draft would be lost.
    fn ask(&mut self, next: Next, ctx: &Ctx<'_>) {
        if self.open_draft().is_some() {
            self.next = Some(next);
        } else {
            self.go(next, ctx);
        }
    }

    fn go(&mut self, next: Next, ctx: &Ctx<'_>) {
        self.templates.close();
        self.waiver = None;
        match next {
            Next::Back => {
                self.page = None;
                self.to_rows = true;
            }
            Next::Record(change) => {
                if self.page.as_ref().is_none_or(|page| page.change() != change) {
                    self.page = Some(Page::new(change));
                }
                self.tab = Tab::Records;
            }
            Next::Waiver(waiver) => {
                self.page = None;
                self.waiver = ctx.book().waiver_requests.get(waiver.0).map(waiver::page::Page::open);
                self.tab = Tab::Waivers;
            }
            Next::NewWaiver => {
                let (assets, updates) = std::mem::take(&mut self.pairs);
                self.page = None;
                self.waiver = Some(waiver::page::Page::new(ctx, assets, updates));
                self.tab = Tab::Waivers;
            }
            Next::Tab(tab) => {
                self.page = None;
                self.tab = tab;
            }
        }
    }

    fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        if let Some(create) = &mut self.create {
            return create.save(ctx);
        }
        match (&mut self.page, &mut self.waiver) {
            (Some(page), _) => page.save(ctx),
            (_, Some(waiver)) => waiver.save(ctx),
            _ => self.templates.save(ctx),
        }
    }
}

/// Draws the room.
pub fn room_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    if let Some(wanted) = state.wanted.take() {
        state.ask(wanted, ctx);
    }
    if let (Some(mail), Some(decide)) = (state.mail.take(), &mut state.decide) {
        decide.mail(ctx, &mail);
    }
    if ctx.can_write() {
        if ui.input_mut(|input| input.consume_shortcut(&SAVE)) {
            actions.extend(state.save(ctx));
        }
        if !state.is_busy() && ui.input_mut(|input| input.consume_shortcut(&NEW)) {
            lists::begin(state, ctx);
        }
    }
    page_ui(ui, |ui| {
        if state.page.is_some() {
            record_ui(state, ctx, ui, &mut actions);
        } else if state.waiver.is_some() {
            waiver_ui(state, ctx, ui, &mut actions);
        } else if state.templates.is_open() {
            let (asked, back) = state.templates.page_ui(ctx, ui);
            actions.extend(asked);
            if back {
                state.ask(Next::Back, ctx);
            }
        } else {
            lists::lists_ui(state, ctx, ui, &mut actions);
        }
    });
    dialogs_ui(state, ctx, ui, &mut actions);
    escape(state, ctx, ui);
    actions
}

fn record_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let Some(page) = &mut state.page else { return };
    let change = page.change();
    let asked = page::page_ui(page, ctx, ui);
    actions.extend(asked.actions);
    if let (Some(wanted), Some(record)) = (asked.decide, ctx.book().changes.get(change.0)) {
        let verdict: Option<Verdict> = wanted;
        state.decide = Some(Decide::on_change(ctx, record, verdict));
    }
    if asked.back {
        state.ask(Next::Back, ctx);
    }
}

fn waiver_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let Some(page) = &mut state.waiver else { return };
    let asked = waiver::page::page_ui(page, ctx, ui);
    actions.extend(asked.actions);
    let request = page.waiver().and_then(|id| ctx.book().waiver_requests.get(id.0));
    if let (Some(verdict), Some(request)) = (asked.decide, request) {
        state.decide = Some(Decide::on_waiver(ctx, request, Some(verdict)));
    }
    if asked.back {
        state.ask(Next::Back, ctx);
    }
}

fn dialogs_ui(state: &mut State, ctx: &Ctx<'_>, ui: &Ui, actions: &mut Vec<Action>) {
    if let Some(create) = &mut state.create {
        let (asked, leave) = create.dialog_ui(ctx, ui.ctx());
        actions.extend(asked);
        if leave {
            state.create = None;
        }
    }
    if let Some(bulk) = &mut state.bulk {
        let (asked, leave) = bulk.dialog_ui(ctx, ui.ctx());
        actions.extend(asked);
        if leave {
            state.bulk = None;
        }
    }
    if let Some(decide) = &mut state.decide {
        let (asked, leave) = decide.dialog_ui(ctx, ui.ctx());
        actions.extend(asked);
        if leave {
            state.decide = None;
        }
    }
    actions.extend(state.templates.dialog_ui(ctx, ui.ctx()));
    if let Some(next) = state.next {
        actions.extend(unsaved_ui(state, next, ctx, ui));
    }
}

/// Asks what becomes of a draft.
fn unsaved_ui(state: &mut State, next: Next, ctx: &Ctx<'_>, ui: &Ui) -> Option<Action> {
    let title = format!("Save the changes to {}?", state.unsaved().unwrap_or_default());
    let question = Question {
        title: &title,
        body: "What you typed is not in the register yet.",
        yes: "Save",
        other: Some("Discard"),
        danger: false,
    };
    let answer = question_ui(ui.ctx(), &question)?;
    state.next = None;
    match answer {
        // What was asked for is not done: whether the save works is not known yet.
        Decided::Yes => state.save(ctx),
        Decided::Other => {
            if let Some(page) = &mut state.page {
                page.discard();
            }
            if let Some(waiver) = &mut state.waiver {
                waiver.discard();
            }
            state.go(next, ctx);
            None
        }
        Decided::Cancel => None,
    }
}

/// Esc closes the page, unless something in it answers it first.
fn escape(state: &mut State, ctx: &Ctx<'_>, ui: &Ui) {
    let open = state.page.is_some() || state.waiver.is_some() || state.templates.is_open();
    if state.is_busy() || !open || Popup::is_any_open(ui.ctx()) {
        return;
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        state.ask(Next::Back, ctx);
    }
}
