//! A form's field: label above, input, and the issue below it in words.
//!
//! The id of the input contains the record it belongs to, so that undoing text never brings one record's words
//! into another. A field never validates: it shows the issue it is given.

use std::fmt::Debug;
use std::hash::Hash;

use egui::{Id, Response, Ui};

use super::form::{self, Input};
use crate::ui::theme::size;

/// One labelled input over a text as typed.
#[must_use = "a field does nothing until it is shown"]
pub struct Field<'a> {
    id: Id,
    label: &'a str,
    text: &'a mut String,
    rows: usize,
    figures: bool,
    unit: Option<&'a str>,
    hint: Option<&'a str>,
    help: Option<&'a str>,
    issue: Option<&'a str>,
    required: bool,
    read_only: bool,
    width: Option<f32>,
}

impl<'a> Field<'a> {
    /// A line of text. `record` is the identity of what is being edited (an id, or a word for a new draft).
    pub fn new(record: impl Hash + Debug, label: &'a str, text: &'a mut String) -> Self {
        Self {
            id: Id::unique(("field", &record, label)),
            label,
            text,
            rows: 1,
            figures: false,
            unit: None,
            hint: None,
            help: None,
            issue: None,
            required: false,
            read_only: false,
            width: None,
        }
    }

    /// Several lines, `rows` high at least.
    pub fn lines(mut self, rows: usize) -> Self {
        self.rows = rows.max(2);
        self
    }

    /// A number as typed: figures of one width. What it means is the caller's to say.
    pub fn number(mut self) -> Self {
        self.figures = true;
        self
    }

    /// The unit, shown in the label: "Cost (£)".
    pub fn unit(mut self, unit: &'a str) -> Self {
        self.unit = Some(unit);
        self
    }

    /// An example, shown while the field is empty.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// A line of explanation below the field, replaced by the issue when there is one.
    pub fn help(mut self, help: &'a str) -> Self {
        self.help = Some(help);
        self
    }

    /// What is wrong with the text, in words; nothing when all is well.
    pub fn issue(mut self, issue: Option<&'a str>) -> Self {
        self.issue = issue;
        self
    }

    /// Marks the field as one that must be filled.
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Shows the text for reading and copying only.
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.read_only = read_only;
        self
    }

    /// A fixed width instead of all there is, in points.
    pub fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// The id of the input, for giving it the keyboard.
    pub fn id(&self) -> Id {
        self.id
    }

    /// Draws the field and returns the response of its input.
    pub fn ui(self, ui: &mut Ui) -> Response {
        let width = self.width.unwrap_or_else(|| ui.available_width());
        let name = match self.unit {
            Some(unit) => format!("{} ({unit})", self.label),
            None => self.label.to_owned(),
        };
        column_ui(ui, width, |ui| {
            let label = form::label_ui(ui, &name, self.required);
            let input = Input {
                hint: self.hint,
                rows: self.rows,
                figures: self.figures,
                wrong: self.issue.is_some(),
                read_only: self.read_only,
                ..Input::line(self.id, width)
            };
            let response = input.ui(ui, self.text).labelled_by(label.id);
            form::describe(&response, self.required, self.issue.or(self.help), self.issue.is_some());
            form::note_ui(ui, self.issue, self.help);
            response
        })
    }
}

/// The column in which a field stands: label, input and note close together, never wider than `width` points.
pub(super) fn column_ui<R>(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui) -> R) -> R {
    let layout = egui::Layout::top_down(egui::Align::Min);
    ui.allocate_ui_with_layout(egui::vec2(width, 0.0), layout, |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
        content(ui)
    })
    .inner
}
