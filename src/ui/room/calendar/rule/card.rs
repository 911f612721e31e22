//! One card of the rules: the rows in force, one of them open for change in place, an end that is asked about. Every kind of rule
//! is a [`Noun`]; this file knows none of them.
//!
//! Invariant: a draft is given up only by the person.

use std::fmt::Debug;

use egui::Ui;

use crate::app::session::Notice;
use crate::domain::command::{CalendarCommand, Command, Issue};
use crate::domain::row::Row;
use crate::ui::action::{Action, Purpose};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{
    Answer, Form, Pressed, cell_text, entry_foot_ui, open_ui, row_ui, section_ui, weak_ui,
};
use crate::ui::theme::{Text, size};
use crate::ui::widget::Button;
use crate::ui::widget::modal::{Answer as Decided, Question, question_ui};
use crate::util::text::count;

/// How many rows a card shows before it offers the others.
const SHORT: usize = 12;

/// One kind of rule.
pub trait Noun {
    /// Its row.
    type Row: Row + Clone;
    /// The texts as typed.
    type Draft: Clone + PartialEq + Debug;
    /// The title of the card.
    const TITLE: &'static str;
    /// What it is for.
    const WORDS: &'static str;
    /// What to do where there is none.
    const EMPTY: &'static str;
    /// What one is called: `window`.
    const ONE: &'static str;
    /// The fields that say their own issues.
    const FIELDS: &'static [&'static str];
    /// Titles and shares of the columns; a last one for the pencil is added.
    const COLUMNS: &'static [(&'static str, f32)];
    /// The rows in force, in their order.
    fn rows<'a>(ctx: &Ctx<'a>) -> Vec<&'a Self::Row>;
    /// The name of a row.
    fn name(ctx: &Ctx<'_>, row: &Self::Row) -> String;
    /// The words of a cell, and whether they stand back.
    fn cell(ctx: &Ctx<'_>, row: &Self::Row, column: usize) -> (String, bool);
    /// A draft of a new row.
    fn blank(ctx: &Ctx<'_>) -> Self::Draft;
    /// The draft of a row.
    fn draft(ctx: &Ctx<'_>, row: &Self::Row) -> Self::Draft;
    /// Draws the fields.
    fn fields_ui(
        form: &mut Form<Self::Draft>,
        record: (&'static str, i64),
        ctx: &Ctx<'_>,
        ui: &mut Ui,
    ) -> Option<Action>;
    /// The command of a draft, or what is wrong with it.
    fn save(
        ctx: &Ctx<'_>,
        base: Option<Self::Row>,
        draft: &Self::Draft,
    ) -> Result<CalendarCommand, Vec<Issue>>;
    /// What ending a row means, and the command.
    fn end(row: &Self::Row) -> (&'static str, CalendarCommand);
    /// Takes the file that was named as evidence.
    fn hashed(_draft: &mut Self::Draft, _name: &str, _sha256: &str) {}
}

/// The card of a kind of rule.
#[derive(Debug)]
pub struct Card<N: Noun> {
    open: Option<(Option<i64>, Form<N::Draft>)>,
    ending: Option<i64>,
    hashing: bool,
    all: bool,
}

impl<N: Noun> Default for Card<N> {
    fn default() -> Self {
        Self { open: None, ending: None, hashing: false, all: false }
    }
}

impl<N: Noun> Card<N> {
    /// Whether something typed would be lost.
    pub fn is_dirty(&self) -> bool {
        self.open.as_ref().is_some_and(|(_, form)| form.is_dirty())
    }

    /// What would be lost, in words.
    pub fn unsaved(&self) -> Option<String> {
        self.is_dirty().then(|| format!("a {}", N::ONE))
    }

    /// Opens a row for change, unless a draft would be lost.
    pub fn show(&mut self, ctx: &Ctx<'_>, id: i64) {
        if self.is_dirty() {
            return;
        }
        self.all = true;
        self.open = N::rows(ctx)
            .into_iter()
            .find(|row| row.id() == id)
            .map(|row| (Some(id), Form::new(N::draft(ctx, row))));
    }

    /// Opens a new row, unless a draft would be lost.
    pub fn add(&mut self, ctx: &Ctx<'_>) {
        if !self.is_dirty() {
            self.open = Some((None, Form::new(N::blank(ctx))));
        }
    }

    /// Takes an answer; `true` if it was this card's.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        if let (true, Notice::Hashed { name, sha256 }, Some((_, form))) =
            (self.hashing, notice, &mut self.open)
        {
            self.hashing = false;
            N::hashed(&mut form.draft, name, sha256);
            return true;
        }
        let answer = self.open.as_mut().map_or(Answer::Foreign, |(_, form)| form.notice(notice));
        if answer == Answer::Saved {
            self.open = None;
        }
        answer != Answer::Foreign
    }

    /// Draws the card.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Action> {
        let rows = N::rows(ctx);
        let known = |id: i64| rows.iter().any(|row| row.id() == id);
        if self.open.as_ref().is_some_and(|(id, form)| id.is_some_and(|id| !known(id)) && !form.is_dirty()) {
            // Undone, or ended elsewhere: there is nothing left to change.
            self.open = None;
        }
        let mut action = None;
        section_ui(ui, N::TITLE, N::WORDS, self.is_dirty(), |ui| {
            ui.add_enabled_ui(ctx.can_write(), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                if rows.is_empty() {
                    weak_ui(ui, N::EMPTY);
                } else {
                    let shares = shares::<N>();
                    row_ui(ui, &shares, |ui, at| {
                        let title = N::COLUMNS.get(at).map_or("", |(title, _)| title);
                        cell_text(ui, Text::SmallMedium, title, true);
                    });
                }
                let most = if self.all { rows.len() } else { SHORT };
                for row in rows.iter().take(most) {
                    if self.open.as_ref().is_some_and(|(id, _)| *id == Some(row.id())) {
                        action = action.take().or(self.open_ui(Some(row), ctx, ui));
                    } else {
                        self.row_ui(row, ctx, ui);
                    }
                }
                if rows.len() > most {
                    let words = format!("Show all {}", count(rows.len() as u64));
                    self.all |= ui.add(Button::quiet(&words).icon(icon::CHEVRON_DOWN)).clicked();
                }
                if self.open.as_ref().is_some_and(|(id, _)| id.is_some_and(|id| !known(id))) {
                    action = action.take().or(self.open_ui(None, ctx, ui));
                }
                ui.add_space(size::GAP);
                if self.open.as_ref().is_some_and(|(id, _)| id.is_none()) {
                    action = action.take().or(self.open_ui(None, ctx, ui));
                } else {
                    let words = format!("Add a {}", N::ONE);
                    let button = Button::secondary(&words).icon(icon::PLUS).enabled(!self.is_dirty());
                    if ui.add(button.tooltip(why(self.is_dirty(), &words))).clicked() {
                        self.add(ctx);
                    }
                }
            });
        });
        action.or(self.ending_ui(&rows, ctx, ui))
    }

    fn row_ui(&mut self, row: &N::Row, ctx: &Ctx<'_>, ui: &mut Ui) {
        let dirty = self.is_dirty();
        let name = format!("Change {}", N::name(ctx, row));
        let shares = shares::<N>();
        row_ui(ui, &shares, |ui, at| {
            if at < N::COLUMNS.len() {
                let (words, weak) = N::cell(ctx, row, at);
                let text = if at == 0 { Text::Medium } else { Text::Body };
                cell_text(ui, text, &words, weak);
                return;
            }
            let button = Button::icon_only(icon::PENCIL, &name).enabled(!dirty).tooltip(why(dirty, &name));
            if ui.add(button).clicked() {
                self.open = Some((Some(row.id()), Form::new(N::draft(ctx, row))));
            }
        });
    }

    fn open_ui(&mut self, row: Option<&N::Row>, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Action> {
        let (id, form) = self.open.as_mut()?;
        let (id, mut end, mut asked, mut pressed) = (*id, false, None, None);
        if let Some(row) = row {
            form.follow(N::draft(ctx, row));
        }
        let record = (N::ONE, id.unwrap_or_default());
        ui.add_space(size::GAP_SMALL);
        open_ui(ui, |ui| {
            ui.spacing_mut().item_spacing.y = size::CELL_PAD;
            if id.is_some() && row.is_none() {
                weak_ui(ui, "It was taken off the calendar meanwhile. What you typed can still be copied.");
            }
            asked = N::fields_ui(form, record, ctx, ui);
            let save = if id.is_some() { format!("Save {}", N::ONE) } else { format!("Add {}", N::ONE) };
            pressed = entry_foot_ui(form, ui, N::FIELDS, &save);
            if row.is_some() {
                end = ui.add(Button::quiet_danger(&format!("Take this {} off…", N::ONE))).clicked();
            }
        });
        ui.add_space(size::GAP_SMALL);
        if end {
            self.ending = id;
        }
        self.hashing |= matches!(asked, Some(Action::Pick(Purpose::Evidence)));
        match pressed {
            Some(Pressed::Save) => self.save(ctx),
            Some(Pressed::Cancel) => {
                self.open = None;
                None
            }
            None => asked,
        }
    }

    /// Sends the open row, or says what is wrong with it.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        let (id, form) = self.open.as_mut()?;
        let base = id.and_then(|id| N::rows(ctx).into_iter().find(|row| row.id() == id)).cloned();
        if id.is_some() && base.is_none() {
            let text = "It is no longer on the calendar. Cancel, then add it anew.".to_owned();
            form.refuse(vec![Issue { field: "", text }]);
            return None;
        }
        match N::save(ctx, base, &form.draft) {
            Ok(command) => Some(form.send(ctx, Command::Calendar(command))),
            Err(issues) => {
                form.refuse(issues);
                None
            }
        }
    }

    fn ending_ui(&mut self, rows: &[&N::Row], ctx: &Ctx<'_>, ui: &Ui) -> Option<Action> {
        let row = rows.iter().find(|row| Some(row.id()) == self.ending)?;
        let (body, command) = N::end(row);
        let title = format!("Take {} off the calendar?", N::name(ctx, row));
        let question = Question { title: &title, body, yes: "Take off", other: None, danger: true };
        let answer = question_ui(ui.ctx(), &question)?;
        self.ending = None;
        // Ticket 0 is nobody's: a failure is told by the window.
        let run = || Action::Run { ticket: 0, command: Box::new(Command::Calendar(command)) };
        (answer == Decided::Yes).then(run)
    }
}

fn shares<N: Noun>() -> Vec<f32> {
    N::COLUMNS.iter().map(|(_, share)| *share).chain(std::iter::once(4.0)).collect()
}

fn why(dirty: bool, name: &str) -> &str {
    if dirty { "Save or cancel what is open first" } else { name }
}
