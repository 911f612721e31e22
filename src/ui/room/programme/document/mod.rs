//! The view of documents: which are kept, in which version, and what is out of date.

mod names;
mod page;
mod preview;
mod sheet;

use egui::Ui;

use super::sheet::Sheet;
use crate::app::session::look::{Look, Looked};
use crate::domain::document::standing::Changed;
use crate::domain::document::{DocumentId, DocumentState, shipped, standing};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::{Tone, size};
use crate::ui::widget::table::{Cell, Column};
use crate::ui::widget::{Selection, Table, TableState};
use crate::util::clock::day_text;
use crate::util::text::counted;

pub use page::{Page, Wish};
pub use sheet::DocumentSheet;

/// The table's name, by which its columns are kept and the keyboard finds it.
pub const TABLE: &str = "Documents";

/// A line of the list.
#[derive(Debug)]
struct Line {
    key: &'static str,
    title: String,
    document: Option<DocumentId>,
    version: Option<(i64, DocumentState)>,
    next_review_on: Option<chrono::NaiveDate>,
    /// What has changed since, in words; `None` while it is being worked out.
    changed: Option<String>,
}

/// What changed of each document since it was submitted.
type Marks = Vec<(DocumentId, Vec<Changed>)>;

/// What the view remembers.
#[derive(Debug, Default)]
pub struct View {
    table: Option<TableState>,
    selection: Selection,
    lines: Vec<Line>,
    /// The entry of the history that the lines were read at.
    read_at: Option<i64>,
    /// What was found changed, as of which entry of the history.
    marks: Option<(i64, Marks)>,
}

/// What was asked for in the list.
#[derive(Debug)]
pub enum Chosen {
    /// Show a document.
    Open(DocumentId),
    /// A form.
    Sheet(Box<dyn Sheet>),
}

impl View {
    /// Takes what was worked out.
    pub fn looked(&mut self, looked: Looked) {
        self.marks = looked.documents.map(|marks| (looked.seq, marks));
        self.read_at = None;
    }

    /// Draws the view; what was asked for.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Chosen> {
        let seq = ctx.book().head.seq;
        if self.read_at != Some(seq) {
            let marks = self.marks.as_ref().filter(|(at, _)| *at == seq).map(|(_, marks)| marks.as_slice());
            self.lines = lines(ctx, marks);
            self.read_at = Some(seq);
            if marks.is_none() {
                actions.push(Action::Look(Look::Documents));
            }
        }
        let lines = &self.lines;
        let order: Vec<u32> = (0..lines.len() as u32).collect();
        let columns = [
            Column::new("document", "Document", size::COLUMN_TEXT).unsortable().pinned(),
            Column::new("version", "Version", size::COLUMN_COUNT).right().unsortable(),
            Column::new("state", "State", size::COLUMN_NAME).unsortable(),
            Column::new("review", "Next review", size::COLUMN_NAME + size::MARGIN).unsortable(),
            Column::new("standing", "Out of date because of", size::COLUMN_TEXT).unsortable(),
        ];
        let kept = lines.iter().filter(|line| line.document.is_some()).count();
        let stale = lines.iter().filter(|line| line.changed.as_ref().is_some_and(|c| !c.is_empty())).count();
        let waits = lines.iter().any(|line| line.changed.is_none());
        let stale = if waits { "being compared".to_owned() } else { format!("{stale} out of date") };
        let summary = format!(
            "{} kept, {stale}, {} to choose from",
            counted(kept as u64, "document", "documents"),
            lines.len()
        );
        let id_of = |place: u32| u64::from(place);
        let table = self.table.get_or_insert_with(|| ctx.table(TABLE));
        let output = Table::new(TABLE, &columns, &order, &id_of).summary(&summary).ui(
            ui,
            table,
            &mut self.selection,
            |cell, place, column| {
                if let Some(line) = lines.get(place as usize) {
                    cell_ui(cell, line, column, ctx);
                }
            },
        );
        if output.columns_changed {
            actions.push(Action::KeepTable { name: TABLE, state: table.clone() });
        }
        let line = lines.get(output.opened? as usize)?;
        Some(match line.document {
            Some(document) => Chosen::Open(document),
            None => Chosen::Sheet(Box::new(DocumentSheet::begin(line.key))),
        })
    }
}

/// The lines, with what was found changed once that is known.
fn lines(ctx: &Ctx<'_>, marks: Option<&[(DocumentId, Vec<Changed>)]>) -> Vec<Line> {
    let book = ctx.book();
    let line = |template: &'static crate::domain::document::template::Template| {
        let document = standing::keyed(book, &template.key);
        let version = document.and_then(|document| standing::versions(book, document.id).last().copied());
        let mark = |document: DocumentId| {
            let found = marks?.iter().find(|(id, _)| *id == document);
            Some(found.map(|(_, changed)| standing::labels(changed)).unwrap_or_default())
        };
        let changed = document.map_or_else(|| Some(String::new()), |document| mark(document.id));
        Line {
            key: &template.key,
            title: document.map_or(&template.title, |document| &document.title).clone(),
            document: document.map(|document| document.id),
            version: version.map(|version| (version.number, version.state)),
            next_review_on: version.and_then(|version| version.next_review_on),
            changed,
        }
    };
    shipped::templates().iter().map(line).collect()
}

/// The tone of a version's state.
pub(super) fn tone(state: DocumentState) -> Tone {
    match state {
        DocumentState::Draft => Tone::Info,
        DocumentState::UnderReview => Tone::Warn,
        DocumentState::Ratified => Tone::Good,
        DocumentState::Superseded | DocumentState::Withdrawn => Tone::Neutral,
    }
}

fn cell_ui(cell: &mut Cell<'_>, line: &Line, column: usize, ctx: &Ctx<'_>) {
    match (column, line.version) {
        (0, _) if line.document.is_some() => cell.strong(&line.title),
        (0, _) => cell.weak(&line.title),
        (1, Some((number, _))) => cell.number(&number.to_string()),
        (2, Some((_, state))) => cell.chip(tone(state), state.text()),
        (2, None) => cell.weak("Not kept"),
        (3, Some(_)) => {
            let text = line.next_review_on.map(day_text).unwrap_or_default();
            if line.next_review_on.is_some_and(|day| day < ctx.today) {
                cell.chip(Tone::Warn, &text);
            } else {
                cell.number(&text);
            }
        }
        (4, _) => match &line.changed {
            Some(changed) => cell.text(changed),
            None => cell.weak("Being compared"),
        },
        _ => cell.weak(""),
    }
}
