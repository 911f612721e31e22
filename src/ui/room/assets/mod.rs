//! Assets: the register as a fast table, one asset's form beside it, and the page of what it owes.
//!
//! Invariant: a draft is never lost without being asked about; nothing changes but through a command.

mod attest;
mod bar;
mod column;
mod draft;
mod fields;
mod filter;
mod form;
mod index;
mod keys;
mod multi;
mod page;
mod pair;
mod panel;
mod retire;
mod table;

use egui::{Frame, Margin, Ui};

use super::Ctx;
use crate::app::session::Notice;
use crate::domain::asset::AssetId;
use crate::ui::action::{Action, AssetFilter};
use crate::ui::theme::size;
use crate::ui::widget::modal::{Answer, Question, question_ui};
use crate::ui::widget::table::Column;
use crate::ui::widget::{Selection, TableState};

use attest::Check;
use bar::Naming;
use column::Col;
use filter::Filter;
use form::Form;
use index::Index;
use multi::Multi;
use page::Page;
use retire::Retire;

/// What a step asked for would do to the open form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Close,
    Open(AssetId),
    New,
    Several,
}

/// What the room remembers between frames.
#[derive(Debug)]
pub struct State {
    filter: Filter,
    naming: Naming,
    index: Index,
    columns: Vec<Column<'static>>,
    table: Option<TableState>,
    selection: Selection,
    /// An asset another room wants open, once a frame can read it.
    wanted: Option<AssetId>,
    form: Option<Form>,
    multi: Option<Multi>,
    page: Option<Page>,
    check: Option<Check>,
    retire: Option<Retire>,
    /// What waits for the answer whether a draft may be lost.
    next: Option<Next>,
    /// The field that wants the keyboard in the next frame.
    focus: Option<egui::Id>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            filter: Filter::default(),
            naming: Naming::default(),
            index: Index::default(),
            columns: Col::columns(),
            table: None,
            selection: Selection::default(),
            wanted: None,
            form: None,
            multi: None,
            page: None,
            check: None,
            retire: None,
            next: None,
            focus: None,
        }
    }
}

impl State {
    /// Shows these machines.
    pub fn show(&mut self, filter: AssetFilter) {
        self.filter = filter.into();
        self.page = None;
    }

    /// Opens one asset.
    pub fn open(&mut self, asset: AssetId) {
        self.wanted = Some(asset);
    }

    /// Another register was opened: nothing of the last one stays.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Takes an answer; `true` if it was this room's, so that nobody else shows it.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        if let (Notice::Hashed { name, sha256 }, Some(check)) = (notice, &mut self.check) {
            check.evidence(name.clone(), sha256.clone());
        }
        let mut taken = self.form.as_mut().is_some_and(|form| form.notice(notice));
        if let Some((mine, done)) = self.multi.as_mut().map(|multi| multi.notice(notice)) {
            taken |= mine;
            if done {
                self.multi = None;
            }
        }
        if let Some((mine, done)) = self.check.as_mut().map(|check| check.notice(notice)) {
            taken |= mine;
            if done {
                self.check = None;
            }
        }
        if let Some((mine, done)) = self.retire.as_mut().map(|retire| retire.notice(notice)) {
            taken |= mine;
            if done {
                self.retire = None;
            }
        }
        taken
    }

    /// The form that holds unsaved text, by name: `LAP-014`.
    pub fn unsaved(&self) -> Option<String> {
        self.form.as_ref().filter(|form| form.is_dirty()).map(Form::title)
    }

    /// Does what was asked for at once, or asks first if a draft would be lost.
    fn ask(&mut self, next: Next, ctx: &Ctx<'_>) {
        if self.form.as_ref().is_some_and(Form::is_dirty) {
            self.next = Some(next);
        } else {
            self.go(next, ctx);
        }
    }

    fn go(&mut self, next: Next, ctx: &Ctx<'_>) {
        self.multi = None;
        self.form = match next {
            Next::Close => None,
            Next::Open(asset) => Form::open(ctx, asset),
            Next::New => {
                let form = Form::new(ctx);
                self.focus = Some(panel::name_id(&form));
                Some(form)
            }
            Next::Several => {
                self.multi = Some(Multi::default());
                None
            }
        };
    }

    fn take_wanted(&mut self, ctx: &Ctx<'_>) {
        let Some(asset) = self.wanted.take() else { return };
        self.selection.select(asset.0 as u64);
        self.page = Some(Page::new(asset));
        if self.form.as_ref().is_some_and(|form| form.asset() != Some(asset)) {
            self.ask(Next::Close, ctx);
        }
    }

    /// The ticked assets that are still in the register.
    fn ticked(&self, ctx: &Ctx<'_>) -> Vec<AssetId> {
        let known = |id: &u64| ctx.book().assets.place(*id as i64).is_some();
        let mut ids: Vec<AssetId> =
            self.selection.ticked.iter().filter(|id| known(id)).map(|id| AssetId(*id as i64)).collect();
        ids.sort_unstable();
        ids
    }
}

/// Draws the room.
pub fn room_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    state.take_wanted(ctx);
    state.table.get_or_insert_with(|| table::remembered(ctx));
    actions.extend(keys::answer(state, ctx, ui));
    actions.extend(panel::panel_ui(state, ctx, ui));
    Frame::new().inner_margin(Margin::same(size::MARGIN as i8)).show(ui, |ui| {
        actions.extend(content_ui(state, ctx, ui));
    });
    actions.extend(dialogs_ui(state, ctx, ui));
    keys::escape(state, ctx, ui);
    if let Some(id) = state.focus.take() {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    actions
}

fn content_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let Some(page) = &mut state.page else {
        return table::list_ui(state, ctx, ui);
    };
    let asset = page.asset();
    let asked = page::page_ui(page, ctx, ui);
    if let Some(line) = asked.check {
        state.check = Some(Check::new(ctx, asset, &line));
    }
    if asked.back {
        state.page = None;
    }
    if asked.edit && state.form.as_ref().and_then(Form::asset) != Some(asset) {
        state.ask(Next::Open(asset), ctx);
    }
    asked.actions
}

fn dialogs_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    if let Some(check) = &mut state.check {
        let (asked, leave) = attest::check_ui(check, ctx, ui.ctx());
        actions.extend(asked);
        if leave {
            state.check = None;
        }
    }
    if let Some(retire) = &mut state.retire {
        let (asked, leave) = retire::retire_ui(retire, ctx, ui.ctx());
        actions.extend(asked);
        if leave {
            state.retire = None;
        }
    }
    if let Some(next) = state.next {
        actions.extend(unsaved_ui(state, next, ctx, ui));
    }
    actions
}

/// Asks what becomes of a draft.
fn unsaved_ui(state: &mut State, next: Next, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Action> {
    let title = format!("Save the changes to {}?", state.form.as_ref().map(Form::title).unwrap_or_default());
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
        Answer::Yes => state.form.as_mut().and_then(|form| form.save(ctx)),
        Answer::Other => {
            state.go(next, ctx);
            None
        }
        Answer::Cancel => None,
    }
}

/// Draws only the table with its filters, as a bench measures it: no panel, no dialog, nothing asked for.
pub fn bench_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) {
    state.table.get_or_insert_with(|| table::remembered(ctx));
    table::list_ui(state, ctx, ui);
}
