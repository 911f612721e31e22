//! A table over rows made once per state of the register: search, sort, columns remembered. What a row shows is worked out by
//! whoever owns the list; this file only orders and draws it.

use egui::{Event, Key, KeyboardShortcut, Modifiers, Ui};

use crate::domain::query;
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::{Tone, size};
use crate::ui::widget::table::{Cell, Column};
use crate::ui::widget::{SearchBox, Selection, Table, TableState};
use crate::util::text::fold;

const FIND: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::F);

/// How a value looks in its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// In the usual colour.
    Text,
    /// Stands out.
    Strong,
    /// Stands back.
    Weak,
    /// Figures of one width.
    Number,
    /// A status chip.
    Chip(Tone),
    /// In the colour of a tone.
    Tone(Tone),
}

/// What a value sorts by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// Nothing: at the end, whichever way.
    Blank,
    /// A number.
    Number(i64),
    /// Folded text.
    Text(String),
}

/// One value of a row.
#[derive(Clone, Debug)]
pub struct Value {
    look: Look,
    text: String,
    key: Order,
}

impl Value {
    /// A text that sorts as it reads.
    pub fn new(look: Look, text: impl Into<String>) -> Self {
        let text = text.into();
        let key = if text.is_empty() { Order::Blank } else { Order::Text(fold(&text)) };
        Self { look, text, key }
    }

    /// A text that sorts by a number; nothing sorts last.
    pub fn by(look: Look, text: impl Into<String>, number: Option<i64>) -> Self {
        Self { look, text: text.into(), key: number.map_or(Order::Blank, Order::Number) }
    }

    fn draw(&self, cell: &mut Cell<'_>) {
        match self.look {
            Look::Text => cell.text(&self.text),
            Look::Strong => cell.strong(&self.text),
            Look::Weak => cell.weak(&self.text),
            Look::Number => cell.number(&self.text),
            Look::Chip(tone) if !self.text.is_empty() => cell.chip(tone, &self.text),
            Look::Chip(_) => {}
            Look::Tone(tone) => cell.tone(tone, &self.text),
        }
    }
}

/// One row.
#[derive(Clone, Debug)]
pub struct Line {
    /// The id of the row of the register.
    pub id: i64,
    /// Its values, one a column.
    pub values: Vec<Value>,
    /// What the owner of the list filters by.
    pub mark: u64,
    /// The same, for a second filter.
    pub group: i64,
    search: String,
}

impl Line {
    /// A row with its values; the search looks at all of them.
    pub fn new(id: i64, values: Vec<Value>) -> Self {
        let words: Vec<&str> = values.iter().map(|value| value.text.as_str()).collect();
        let search = fold(&words.join("\n"));
        Self { id, values, mark: 0, group: 0, search }
    }
}

/// The list and what a person did to it.
#[derive(Debug)]
pub struct Listing {
    name: &'static str,
    /// Which state of the register the rows are of.
    made: Option<(i64, i64)>,
    lines: Vec<Line>,
    order: Vec<u32>,
    columns: Vec<Column<'static>>,
    keys: Vec<&'static str>,
    hidden: Vec<&'static str>,
    table: Option<TableState>,
    tickable: bool,
    /// Which row the keyboard is on, and which are ticked.
    pub selection: Selection,
    /// What is searched for.
    pub search: String,
}

/// What was asked for in a frame.
#[derive(Debug, Default)]
pub struct Asked {
    /// This row was opened.
    pub opened: Option<i64>,
    /// What is to be kept.
    pub actions: Vec<Action>,
}

impl Listing {
    /// A list by a name (under which its columns are kept) with its columns: key, column.
    pub fn new(name: &'static str, columns: Vec<(&'static str, Column<'static>)>) -> Self {
        let (keys, columns) = columns.into_iter().unzip();
        Self {
            name,
            made: None,
            lines: Vec::new(),
            order: Vec::new(),
            columns,
            keys,
            hidden: Vec::new(),
            table: None,
            tickable: false,
            selection: Selection::default(),
            search: String::new(),
        }
    }

    /// Columns that a fresh table hides.
    pub fn hiding(mut self, keys: &[&'static str]) -> Self {
        self.hidden = keys.to_vec();
        self
    }

    /// Rows can be ticked.
    pub fn tickable(mut self) -> Self {
        self.tickable = true;
        self
    }

    /// Makes the rows anew where the register or the hour of the figures changed.
    pub fn refresh(&mut self, ctx: &Ctx<'_>, make: impl FnOnce() -> Vec<Line>) {
        let now = (ctx.book().head.seq, ctx.shown.as_of_at);
        if self.made != Some(now) {
            self.lines = make();
            self.made = Some(now);
        }
    }

    /// The rows must be made anew.
    pub fn forget(&mut self) {
        self.made = None;
    }

    /// All rows, unfiltered.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// How many rows are shown.
    pub fn shown(&self) -> usize {
        self.order.len()
    }

    /// The ticked rows that are in the list, by id.
    pub fn ticked(&self) -> Vec<i64> {
        let mut ids: Vec<i64> = self
            .lines
            .iter()
            .map(|line| line.id)
            .filter(|id| self.selection.ticked.contains(&(*id as u64)))
            .collect();
        ids.sort_unstable();
        ids
    }

    /// Filters and sorts.
    pub fn arrange(&mut self, ctx: &Ctx<'_>, passes: &dyn Fn(&Line) -> bool) {
        let (name, hidden) = (self.name, &self.hidden);
        let table = self.table.get_or_insert_with(|| {
            let mut table = ctx.table(name);
            if !ctx.preferences.tables.contains_key(name) {
                table.hidden.extend(hidden.iter().map(|key| (*key).to_owned()));
            }
            table
        });
        let words = query::words(&self.search);
        let lines = &self.lines;
        let fits = |at: &u32| {
            let line = &lines[*at as usize];
            query::matches(&line.search, &words) && passes(line)
        };
        self.order = (0..lines.len() as u32).filter(fits).collect();
        let Some(sort) = &table.sort else { return };
        let Some(column) = self.keys.iter().position(|key| *key == sort.column) else { return };
        let key = |at: u32| lines[at as usize].values.get(column).map(|value| &value.key);
        self.order.sort_by(|a, b| match (key(*a), key(*b)) {
            (Some(Order::Blank), other) | (other, Some(Order::Blank)) if other != Some(&Order::Blank) => {
                // Rows without a value stay at the end.
                (key(*a) == Some(&Order::Blank)).cmp(&(key(*b) == Some(&Order::Blank)))
            }
            (a, b) if sort.descending => b.cmp(&a),
            (a, b) => a.cmp(&b),
        });
    }

    /// Draws the search box of the list; `true` if the rows want the keyboard.
    pub fn search_ui(&mut self, ui: &mut Ui, name: &str, hint: &str) -> bool {
        let search = SearchBox::new(name, hint, &mut self.search).width(size::SEARCH_SHORT).ui(ui);
        let down =
            search.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown));
        down || (search.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)))
    }

    /// Draws the search box above rows that nothing else filters, and arranges them: Ctrl+F, letters typed on the rows, arrow down.
    pub fn find_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, name: &str, hint: &str) {
        if ui.input_mut(|input| input.consume_shortcut(&FIND)) {
            to_search(ui, name, &self.search);
        }
        self.type_to_search(ui, name);
        let to_rows = ui.horizontal(|ui| self.search_ui(ui, name, hint)).inner;
        ui.add_space(size::GAP_SMALL);
        // What was typed counts in this very frame.
        self.arrange(ctx, &|_| true);
        if to_rows {
            self.focus(ui);
        }
    }

    /// Whether the rows are sorted by a column, and so not in their own order.
    pub fn is_sorted(&self) -> bool {
        self.table.as_ref().is_some_and(|table| table.sort.is_some())
    }

    /// Puts the rows back into their own order; what is to be kept.
    pub fn unsort(&mut self) -> Option<Action> {
        let table = self.table.as_mut()?;
        table.sort = None;
        Some(Action::KeepTable { name: self.name, state: table.clone() })
    }

    /// Puts the keyboard on the rows: on the first one where none has it, or where the one that has it is filtered out.
    pub fn focus(&mut self, ui: &Ui) {
        let Some(first) = self.order.first() else { return };
        let is_shown = |id: u64| self.order.iter().any(|at| self.lines[*at as usize].id as u64 == id);
        if !self.selection.current.is_some_and(is_shown) {
            self.selection.select(self.lines[*first as usize].id as u64);
        }
        ui.memory_mut(|memory| memory.request_focus(Table::id_of(self.name)));
    }

    /// Letters typed on the rows go to the search box of this name.
    pub fn type_to_search(&mut self, ui: &Ui, name: &str) {
        if !ui.memory(|memory| memory.has_focus(Table::id_of(self.name))) {
            return;
        }
        let typed: String = ui.input_mut(|input| {
            let mut typed = String::new();
            input.events.retain(|event| match event {
                Event::Text(text) if text != " " => {
                    typed.push_str(text);
                    false
                }
                _ => true,
            });
            typed
        });
        if !typed.is_empty() {
            self.search.push_str(&typed);
            to_search(ui, name, &self.search);
        }
    }

    /// Draws the rows. `summary` says in words what is shown.
    pub fn rows_ui(&mut self, ui: &mut Ui, summary: &str, height: Option<f32>) -> Asked {
        let mut asked = Asked::default();
        let Some(state) = &mut self.table else { return asked };
        let lines = &self.lines;
        let id_of = |at: u32| lines[at as usize].id as u64;
        let mut table = Table::new(self.name, &self.columns, &self.order, &id_of).summary(summary);
        if self.tickable {
            table = table.tickable();
        }
        if let Some(height) = height {
            table = table.height(height);
        }
        let output = table.ui(ui, state, &mut self.selection, |cell, at, column| {
            if let Some(value) = lines[at as usize].values.get(column) {
                value.draw(cell);
            }
        });
        if output.sort_changed || output.columns_changed {
            asked.actions.push(Action::KeepTable { name: self.name, state: state.clone() });
        }
        asked.opened = output.opened.map(|at| lines[at as usize].id);
        asked
    }
}

/// Gives a search box the keyboard, behind its text.
pub fn to_search(ui: &Ui, name: &str, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    let id = SearchBox::id_of(name);
    ui.memory_mut(|memory| memory.request_focus(id));
    let mut state = egui::TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let end = CCursor::new(text.chars().count());
    state.cursor.set_char_range(Some(CCursorRange::one(end)));
    state.store(ui.ctx(), id);
}
