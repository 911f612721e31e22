//! Programme: Who, by what rules? Roles, their matrix, the committee, its meetings, and what was agreed.
//!
//! Invariant: one panel at a time; a draft is never lost without being asked about; each form saves as one command.

mod actions;
mod answers;
mod cancel;
mod case;
mod committee;
mod conflict;
mod document;
mod entry;
mod estimate;
mod judging;
mod lists;
mod matrix;
mod meeting;
mod meetings;
mod member;
mod own;
mod role;
mod roles;
mod servicing;
mod support;
mod tab;

use egui::{Key, KeyboardShortcut, Modifiers, Ui};

use super::{Ctx, choose, page_ui, scroll_page_ui, sheet};
use crate::app::session::Notice;
use crate::app::session::look::Looked;
use crate::domain::action::Origin;
use crate::domain::committee::MailingList;
use crate::domain::meeting::{MeetingId, next_monthly_at};
use crate::domain::role::matrix::activities_in_order;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::form::Answer;
use crate::ui::theme::size;
use crate::ui::widget::modal::{Answer as Choice, Question, question_ui};
use crate::ui::widget::page_header::{Chosen, PageAction};
use crate::ui::widget::page_header_ui;

use sheet::{Sheet, Wish, is_dirty, sheet_ui};
use tab::{Tab, tabs_ui};

const SAVE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::S);
const CLOSE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::NONE, Key::Escape);

/// Where the person wants to go while a draft is open.
#[derive(Debug)]
enum Next {
    Sheet(Option<Box<dyn Sheet>>),
    Tab(Tab),
    List,
}

/// What the room remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    tab: Option<Tab>,
    roles: roles::View,
    matrix: matrix::View,
    meetings: meetings::View,
    actions: actions::View,
    cases: case::View,
    documents: document::View,
    lists: lists::View,
    answers: answers::View,
    servicing: servicing::View,
    page: Option<meeting::Page>,
    document: Option<document::Page>,
    sheet: Option<Box<dyn Sheet>>,
    asked: Option<Next>,
    /// Whether the findings beside the matrix were closed.
    no_findings: bool,
}

impl State {
    /// Another register was opened: nothing of the last one stays.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Shows a meeting.
    pub fn open(&mut self, meeting: MeetingId) {
        if self.page.as_ref().is_none_or(|page| !page.is_dirty()) {
            self.page = Some(meeting::Page::new(meeting));
        }
        self.tab = Some(Tab::Meetings);
    }

    /// Shows the open actions.
    pub fn open_actions(&mut self) {
        if self.unsaved().is_none() {
            self.take(Next::Tab(Tab::Actions));
        }
    }

    /// The form that holds unsaved text, by name.
    pub fn unsaved(&self) -> Option<String> {
        if self.sheet.as_deref().is_some_and(is_dirty) {
            return Some("a form of the programme".to_owned());
        }
        if self.document.as_ref().is_some_and(document::Page::is_dirty) {
            return Some("a section of a document".to_owned());
        }
        self.page.as_ref().filter(|page| page.is_dirty()).map(|_| "a meeting".to_owned())
    }

    /// Takes an answer; `true` if it was this room's, so that nobody else shows it.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        if let (Notice::Hashed { name, sha256 }, Some(sheet)) = (notice, &mut self.sheet) {
            return sheet.evidence(name, sha256);
        }
        let mut taken = self.matrix.notice(notice);
        let answer = self
            .sheet
            .as_mut()
            .and_then(|sheet| sheet.frame_mut())
            .map_or(Answer::Foreign, |frame| frame.notice(notice));
        if answer == Answer::Saved {
            self.sheet = None;
        }
        taken |= answer != Answer::Foreign;
        taken |= self.document.as_mut().is_some_and(|page| page.notice(notice));
        taken | self.page.as_mut().is_some_and(|page| page.notice(notice))
    }

    /// Takes what was worked out of the documents.
    pub fn looked(&mut self, looked: Looked) {
        if let Some(reading) = looked.reading {
            if let Some(page) = &mut self.document {
                page.looked(looked.seq, reading);
            }
        } else {
            self.documents.looked(looked);
        }
    }

    /// Goes somewhere, unless a draft would be lost: then it asks.
    fn go(&mut self, next: Next) {
        let leaves_page = !matches!(next, Next::Sheet(_));
        let meeting = self.page.as_ref().is_some_and(meeting::Page::is_dirty);
        let document = self.document.as_ref().is_some_and(document::Page::is_dirty);
        let page_dirty = leaves_page && (meeting || document);
        if self.sheet.as_deref().is_some_and(is_dirty) || page_dirty {
            self.asked = Some(next);
        } else {
            self.take(next);
        }
    }

    fn take(&mut self, next: Next) {
        match next {
            Next::Sheet(sheet) => self.sheet = sheet,
            Next::Tab(tab) => {
                self.tab = Some(tab);
                (self.sheet, self.page, self.document) = (None, None, None);
            }
            Next::List => (self.sheet, self.page, self.document) = (None, None, None),
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

    fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        if let Some(sheet) = &mut self.sheet {
            return sheet::save(sheet.as_mut(), ctx);
        }
        if let Some(page) = self.document.as_mut().filter(|page| page.is_dirty()) {
            return page.save(ctx);
        }
        self.page.as_mut().filter(|page| page.is_dirty()).and_then(|page| page.save(ctx))
    }
}

/// Draws the room.
pub fn room_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    let tab = *state.tab.get_or_insert_with(|| Tab::kept(ctx));
    if ui.input_mut(|input| input.consume_shortcut(&SAVE)) {
        actions.extend(state.save(ctx));
    }
    panel_ui(state, tab, ctx, ui, &mut actions);
    if matches!(tab, Tab::Committee | Tab::Matrix | Tab::Case)
        || (tab == Tab::Meetings && state.page.is_some())
    {
        let name = format!("programme {tab:?}");
        scroll_page_ui(ui, &name, |ui| view_ui(state, tab, ctx, ui, &mut actions));
    } else {
        page_ui(ui, |ui| view_ui(state, tab, ctx, ui, &mut actions));
    }
    // Esc is first whatever has the keyboard's; what is left of it closes the panel.
    if state.sheet.is_some() && state.asked.is_none() && ui.input_mut(|input| input.consume_shortcut(&CLOSE))
    {
        state.go(Next::Sheet(None));
    }
    state.question_ui(ui);
    actions
}

fn panel_ui(state: &mut State, tab: Tab, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    if let Some(sheet) = &mut state.sheet {
        match sheet_ui(sheet.as_mut(), ctx, ui, actions) {
            Some(Wish::Close) => state.go(Next::Sheet(None)),
            Some(Wish::Open(sheet)) => state.go(Next::Sheet(Some(sheet))),
            None => {}
        }
    } else if tab == Tab::Matrix && !state.no_findings {
        let (sheet, close) = conflict::findings_ui(ctx, ui, actions);
        state.no_findings = close;
        if let Some(sheet) = sheet {
            state.go(Next::Sheet(Some(sheet)));
        }
    }
}

fn view_ui(state: &mut State, tab: Tab, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    header_ui(state, tab, ctx, ui);
    if let Some(chosen) = tabs_ui(ui, tab) {
        actions.push(chosen.keep());
        state.go(Next::Tab(chosen));
    }
    ui.add_space(size::GAP);
    let opened = match tab {
        Tab::Roles => state.roles.ui(ctx, ui, actions),
        Tab::Matrix => state.matrix.ui(ctx, ui, actions),
        Tab::Committee => committee::committee_ui(ctx, ui),
        Tab::Actions => state.actions.ui(ctx, ui, actions),
        Tab::Case => state.cases.ui(ctx, ui, actions),
        Tab::Lists => state.lists.ui(ctx, ui, actions),
        Tab::Servicing => state.servicing.ui(ctx, ui, actions),
        Tab::Answers => {
            state.answers.ui(ctx, ui, actions);
            None
        }
        Tab::Meetings => meetings_ui(state, ctx, ui, actions),
        Tab::Documents => documents_ui(state, ctx, ui, actions),
    };
    if let Some(sheet) = opened {
        state.go(Next::Sheet(Some(sheet)));
    }
}

fn meetings_ui(
    state: &mut State,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) -> Option<Box<dyn Sheet>> {
    if let Some(page) = &mut state.page {
        return match page.ui(ctx, ui, actions)? {
            meeting::Wish::Back => {
                state.go(Next::List);
                None
            }
            meeting::Wish::Cancel(id) => Some(Box::new(cancel::CancelMeeting::new(id))),
            meeting::Wish::AddAction(id) => Some(Box::new(actions::ActionSheet::new(Origin::Meeting(id)))),
        };
    }
    match state.meetings.ui(ctx, ui, actions)? {
        meetings::Wish::Open(meeting) => {
            state.page = Some(meeting::Page::new(meeting));
            None
        }
        meetings::Wish::Plan => Some(Box::new(meetings::Plan::new(ctx))),
    }
}

fn documents_ui(
    state: &mut State,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) -> Option<Box<dyn Sheet>> {
    if let Some(page) = &mut state.document {
        return match page.ui(ctx, ui, actions)? {
            document::Wish::Back => {
                state.go(Next::List);
                None
            }
            document::Wish::Sheet(sheet) => Some(sheet),
        };
    }
    match state.documents.ui(ctx, ui, actions)? {
        document::Chosen::Open(id) => {
            state.document = Some(document::Page::new(id));
            None
        }
        document::Chosen::Sheet(sheet) => Some(sheet),
    }
}

fn header_ui(state: &mut State, tab: Tab, ctx: &Ctx<'_>, ui: &mut Ui) {
    let action = |icon, name| PageAction { enabled: ctx.can_write(), ..PageAction::new(Some(icon), name) };
    let ready = !ctx.book().roles.is_empty();
    let (primary, others): (_, &[PageAction<'_>]) = match tab {
        Tab::Roles | Tab::Matrix if !ready => (None, &[]),
        // Beside a panel there is room for one.
        Tab::Roles if state.sheet.is_some() => (Some(action(icon::PLUS, "Assign a role")), &[]),
        Tab::Roles => (
            Some(action(icon::PLUS, "Assign a role")),
            &[
                action(icon::ARROW_RIGHT, "Hand over…"),
                action(icon::LOG_OUT, "Somebody leaves…"),
                action(icon::USER, "Three hats…"),
                action(icon::PLUS, "Add a role…"),
            ],
        ),
        Tab::Matrix if state.no_findings => (
            Some(action(icon::PLUS, "Add an activity")),
            &[
                action(icon::PENCIL, "Change this row…"),
                PageAction::new(Some(icon::PANEL_RIGHT), "Show findings"),
            ],
        ),
        Tab::Matrix => {
            (Some(action(icon::PLUS, "Add an activity")), &[action(icon::PENCIL, "Change this row…")])
        }
        Tab::Committee => (Some(action(icon::PLUS, "Add a member")), &[]),
        Tab::Meetings if state.page.is_some() => (None, &[]),
        Tab::Meetings => (Some(action(icon::PLUS, "Plan a meeting…")), &[]),
        Tab::Actions => (Some(action(icon::PLUS, "Add an action…")), &[]),
        Tab::Case => (Some(action(icon::PLUS, "Write an estimate…")), &[]),
        Tab::Documents | Tab::Answers => (None, &[]),
        Tab::Lists => (Some(action(icon::PLUS, "Add a row…")), &[]),
        Tab::Servicing => (Some(action(icon::PLUS, "Add a row of your own…")), &[]),
    };
    let context = context_words(tab, ctx);
    let Some(chosen) = page_header_ui(ui, "Programme", &context, primary, others) else { return };
    if (tab, chosen) == (Tab::Matrix, Chosen::Other(1)) {
        state.no_findings = false;
        return;
    }
    let sheet: Box<dyn Sheet> = match (tab, chosen) {
        (Tab::Roles, Chosen::Primary) => Box::new(role::Assign::new(ctx, None)),
        (Tab::Roles, Chosen::Other(0)) => Box::new(role::HandOver::new(ctx, None)),
        (Tab::Roles, Chosen::Other(1)) => Box::new(role::Leave::new(ctx)),
        (Tab::Roles, Chosen::Other(3)) => Box::new(own::RoleForm::new()),
        (Tab::Roles, Chosen::Other(_)) => Box::new(role::Hats::new(ctx)),
        (Tab::Matrix, Chosen::Primary) => Box::new(conflict::AddActivity::new(None)),
        (Tab::Matrix, Chosen::Other(_)) => {
            let rows = activities_in_order(ctx.book());
            Box::new(conflict::AddActivity::new(rows.get(state.matrix.row()).copied()))
        }
        (Tab::Committee, _) => Box::new(member::MemberSheet::new(ctx, MailingList::Committee)),
        (Tab::Meetings, _) => Box::new(meetings::Plan::new(ctx)),
        (Tab::Actions, _) => Box::new(actions::ActionSheet::new(Origin::Own)),
        (Tab::Case, _) => Box::new(estimate::Estimate::new(ctx)),
        (Tab::Documents | Tab::Answers, _) => return,
        (Tab::Lists, _) => Box::new(entry::EntrySheet::new(ctx, state.lists.kind(ctx))),
        (Tab::Servicing, _) => Box::new(support::RowSheet::new()),
    };
    state.go(Next::Sheet(Some(sheet)));
}

fn context_words(tab: Tab, ctx: &Ctx<'_>) -> String {
    match tab {
        Tab::Roles => "Who holds each role today. Enter opens one.".to_owned(),
        Tab::Matrix => "One role answers for each activity, at least one does it.".to_owned(),
        Tab::Committee => "Who decides, who is told, and where to call.".to_owned(),
        Tab::Meetings => next_monthly_at(ctx.book(), ctx.now_at).map_or_else(
            || "Agenda, who came, what was decided.".to_owned(),
            |at| format!("The next monthly meeting is proposed for {}.", ctx.time_text(at)),
        ),
        Tab::Actions => "What was agreed and is not done.".to_owned(),
        Tab::Case => "What the promise costs and saves, and who held it for reasonable.".to_owned(),
        Tab::Documents => {
            "What the shop has in writing, filled from this register. Enter opens one.".to_owned()
        }
        Tab::Lists => "What the programme is made of. Enter opens a row.".to_owned(),
        Tab::Answers => "What assessors and insurers ask, counted from this register.".to_owned(),
        Tab::Servicing => "Until when each machine gets security updates. Enter records a proof.".to_owned(),
    }
}
