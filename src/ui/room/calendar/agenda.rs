//! The agenda: everything with a date as a table, searched and sorted in memory.

use chrono::{Days, Months, NaiveDate};
use egui::{Key, KeyboardShortcut, Modifiers, Ui};

use super::day::icon_of;
use super::entry::{Entry, Opens};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::size;
use crate::ui::widget::table::{Cell, Column};
use crate::ui::widget::{Dropdown, SearchBox, Selection, Table, TableState, card_ui, empty_state_ui};
use crate::util::text::{count, counted, fold};

const TABLE: &str = "Agenda";
const SEARCH: &str = "Search the agenda";
const FIND: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::F);

/// Spans to choose from, in words.
const SPANS: [&str; 4] = ["Next 30 days", "Next 3 months", "Next 12 months", "Last 3 months"];

/// What the agenda remembers.
#[derive(Debug)]
pub struct Agenda {
    search: String,
    span: Option<usize>,
    kind: Option<usize>,
    table: Option<TableState>,
    selection: Selection,
}

impl Default for Agenda {
    fn default() -> Self {
        Self {
            search: String::new(),
            span: Some(1),
            kind: Some(0),
            table: None,
            selection: Selection::default(),
        }
    }
}

impl Agenda {
    /// The days it shows.
    pub fn span(&self, ctx: &Ctx<'_>) -> (NaiveDate, NaiveDate) {
        let today = ctx.today;
        let months = |n| today.checked_add_months(Months::new(n)).unwrap_or(today);
        match self.span {
            Some(0) => (today, today.checked_add_days(Days::new(30)).unwrap_or(today)),
            Some(2) => (today, months(12)),
            Some(3) => (today.checked_sub_months(Months::new(3)).unwrap_or(today), today),
            _ => (today, months(3)),
        }
    }

    /// Draws the table; the line that was opened.
    pub fn ui(
        &mut self,
        ctx: &Ctx<'_>,
        lines: &[Entry],
        ui: &mut Ui,
        actions: &mut Vec<Action>,
    ) -> Option<Opens> {
        if ui.input_mut(|input| input.consume_shortcut(&FIND)) {
            ui.memory_mut(|memory| memory.request_focus(SearchBox::id_of(SEARCH)));
        }
        let kinds = kinds(lines);
        ui.horizontal(|ui| {
            let search = SearchBox::new(SEARCH, "Search what, who or document", &mut self.search);
            search.width(size::SEARCH_SHORT).ui(ui);
            Dropdown::filter("Days", &SPANS, &mut self.span).width(size::SEARCH_SHORT).ui(ui);
            Dropdown::filter("Kind", &kinds, &mut self.kind).width(size::SEARCH_SHORT).ui(ui);
        });
        let kind = self.kind.filter(|at| *at > 0).and_then(|at| kinds.get(at)).copied();
        let wanted: Vec<String> = fold(&self.search).split_whitespace().map(str::to_owned).collect();
        let fits = |line: &Entry| kind.is_none_or(|kind| line.kind == kind) && line.matches(&wanted);
        let places = (0_u32..).zip(lines).filter(|(_, line)| fits(line));
        let mut order: Vec<u32> = places.map(|(place, _)| place).collect();
        if order.is_empty() {
            return self.empty_ui(lines, ui);
        }
        let table = self.table.get_or_insert_with(|| ctx.table(TABLE));
        sort(&mut order, lines, table);
        let columns = [
            Column::new("when", "When", size::FIGURE).pinned(),
            Column::new("kind", "Kind", size::NUMBER_FIELD),
            Column::new("what", "What", size::SEARCH).pinned(),
            Column::new("who", "Who", size::COLUMN_NAME),
            Column::new("document", "Document", size::COLUMN_NAME),
            Column::new("state", "State", size::COLUMN_STATE),
        ];
        let summary = if wanted.is_empty() && kind.is_none() {
            counted(lines.len() as u64, "entry", "entries")
        } else {
            format!("{} of {}", count(order.len() as u64), counted(lines.len() as u64, "entry", "entries"))
        };
        let id_of = |place: u32| u64::from(place);
        let output = Table::new(TABLE, &columns, &order, &id_of).summary(&summary).ui(
            ui,
            table,
            &mut self.selection,
            |cell, place, column| {
                if let Some(line) = lines.get(place as usize) {
                    cell_ui(cell, line, column);
                }
            },
        );
        if output.sort_changed || output.columns_changed {
            actions.push(Action::KeepTable { name: TABLE, state: table.clone() });
        }
        output.opened.and_then(|place| lines.get(place as usize)).map(|line| line.opens.clone())
    }

    fn empty_ui(&mut self, lines: &[Entry], ui: &mut Ui) -> Option<Opens> {
        card_ui(ui, None, |ui| {
            if lines.is_empty() {
                let words = "The agenda lists releases, windows, steps of cycles, deadlines and ends of servicing. Choose more \
                             days, or say under Rules when vendors release and when groups may be patched.";
                empty_state_ui(ui, icon::CALENDAR, "Nothing in these days", words, &[]);
            } else if empty_state_ui(ui, icon::SEARCH, "Nothing matches", "", &["Show all entries"]).is_some()
            {
                self.search.clear();
                self.kind = Some(0);
            }
        });
        None
    }
}

/// The kinds that occur, behind a word for all.
fn kinds(lines: &[Entry]) -> Vec<&'static str> {
    let mut kinds = vec!["any"];
    for line in lines {
        if !kinds.contains(&line.kind) {
            kinds.push(line.kind);
        }
    }
    kinds
}

fn sort(order: &mut [u32], lines: &[Entry], table: &TableState) {
    let Some(sort) = &table.sort else { return };
    let key = |place: &u32| {
        let line = &lines[*place as usize];
        match sort.column.as_str() {
            "kind" => line.kind.to_owned(),
            "what" => fold(&line.title),
            "who" => fold(&line.who),
            "document" => fold(&line.document),
            "state" => line.state.1.clone(),
            _ => format!("{:020}", line.at),
        }
    };
    order.sort_by_cached_key(key);
    if sort.descending {
        order.reverse();
    }
}

fn cell_ui(cell: &mut Cell<'_>, line: &Entry, column: usize) {
    match column {
        0 => cell.number(&line.when_words()),
        1 => {
            cell.icon(icon_of(line), "");
            cell.weak(line.kind);
        }
        2 => {
            cell.strong(&line.title);
            cell.weak(&line.notes.join(", "));
        }
        3 => cell.text(&line.who),
        4 => cell.text(&line.document),
        _ => cell.chip(line.state.0, &line.state.1),
    }
}
