//! The panel of a row of the programme's lists, generated from the table of fields: one control a field, its hint, its issue.

use egui::{Label, Ui};

use super::sheet::{Frame, Sheet};
use crate::domain::case::live;
use crate::domain::command::{Command, Edit, Issue, ProgrammeCommand};
use crate::domain::compliance::view::View;
use crate::domain::programme::applicability::lacking;
use crate::domain::programme::field::{Field as ListField, FieldKind};
use crate::domain::programme::list::{fields, names};
use crate::domain::programme::objection::{FIGURES, OwnFigure, answering, own_figures};
use crate::domain::programme::{ProgrammeEntry, ProgrammeEntryId, ProgrammeKind};
use crate::domain::role::holder::roles_in_order;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Form, heading_ui, weak_ui};
use crate::ui::theme::Text;
use crate::ui::widget::{Button, DateField, Dropdown, Field, TickBox, date_text, form};
use crate::util::text::fold;

/// A row as it is typed: one text a field, in the order of the list.
#[derive(Debug)]
pub struct EntrySheet {
    kind: ProgrammeKind,
    base: Option<ProgrammeEntry>,
    form: Form<Vec<String>>,
    /// Own figures of a stakeholder's row, counted once for the panel.
    figures: Vec<OwnFigure>,
}

impl EntrySheet {
    /// A new row.
    pub fn new(_: &Ctx<'_>, kind: ProgrammeKind) -> Self {
        Self {
            kind,
            base: None,
            form: Form::new(vec![String::new(); fields(kind).len()]),
            figures: Vec::new(),
        }
    }

    /// A row of the register.
    pub fn change(row: &ProgrammeEntry) -> Self {
        let text = |field: &ListField| match (field.kind, row.day(field.name)) {
            (FieldKind::Date, Some(day)) => date_text::say(day),
            _ => row.get(field.name).to_owned(),
        };
        let texts = fields(row.kind).iter().map(text).collect();
        Self { kind: row.kind, base: Some(row.clone()), form: Form::new(texts), figures: Vec::new() }
    }

    /// What own figures say to an objection.
    fn answer_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) {
        let Some(base) = self.base.as_ref().filter(|row| !row.get("figures").is_empty()) else { return };
        if self.figures.is_empty() {
            self.figures = own_figures(&View::new(ctx.book(), ctx.now_at), live(ctx.book()).pop());
        }
        heading_ui(ui, "Your own figures, last 12 months");
        for figure in answering(base, &self.figures) {
            ui.add(Label::new(Text::Body.rich(format!("{}: {}", figure.name, figure.value))).wrap());
        }
    }
}

impl Sheet for EntrySheet {
    fn title(&self, _: &Ctx<'_>) -> String {
        self.base.as_ref().map_or_else(|| format!("Add to {}", self.kind.text()), |row| row.name().to_owned())
    }

    fn verb(&self) -> &'static str {
        if self.base.is_some() { "Save row" } else { "Add row" }
    }

    fn fields(&self) -> &'static [&'static str] {
        names(self.kind)
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        if let Some(row) = self.base.as_ref().filter(|row| row.kind == ProgrammeKind::Control) {
            let lacking = lacking(row);
            if !lacking.is_empty() {
                weak_ui(ui, &format!("Not answered yet: {} is missing.", lacking.join(", ")));
            }
        }
        let record = ("programme", self.kind.word(), self.base.as_ref().map(|base| base.id.0));
        for (at, field) in fields(self.kind).iter().enumerate() {
            let issue = self.form.issue(field.name);
            let Some(text) = self.form.draft.get_mut(at) else { continue };
            field_ui(ui, ctx, record, field, text, issue.as_deref());
        }
        self.answer_ui(ctx, ui);
        let base = self.base.as_ref()?;
        let end = Button::quiet_danger("Take out of the list").icon(icon::X).enabled(!self.form.is_dirty());
        if ui.add(end).clicked() {
            let command = Command::Programme(ProgrammeCommand::End(base.id));
            actions.push(self.form.send(ctx, command));
        }
        None
    }

    fn command(&self, ctx: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let mut row = ProgrammeEntry {
            id: ProgrammeEntryId(0),
            kind: self.kind,
            position: 0,
            fields: std::collections::BTreeMap::new(),
            created_at: 0,
            ended_at: None,
        };
        for (field, text) in fields(self.kind).iter().zip(&self.form.draft) {
            let read = if field.kind == FieldKind::Date { date_text::read(text, ctx.today) } else { None };
            let text = read.map_or_else(|| text.clone(), |day| day.to_string());
            row.fields.insert(field.name.to_owned(), text);
        }
        Ok(Command::Programme(ProgrammeCommand::Save(Box::new(Edit { base: self.base.clone(), row }))))
    }
}

type Record = (&'static str, &'static str, Option<i64>);

fn field_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    record: Record,
    field: &ListField,
    text: &mut String,
    issue: Option<&str>,
) {
    match field.kind {
        FieldKind::Choice(words) => {
            choose_ui(
                ui,
                record,
                field,
                text,
                issue,
                &words.iter().map(|w| ((*w).to_owned(), capital(w))).collect::<Vec<_>>(),
            );
        }
        FieldKind::Person => {
            let book = ctx.book();
            let roles = roles_in_order(book).into_iter().map(|role| (role.code.clone(), role.name.clone()));
            let mut people: Vec<&str> = book.people.iter().map(|person| person.name.as_str()).collect();
            people.sort_by_cached_key(|name| fold(name));
            let people = people.into_iter().map(|name| (name.to_owned(), name.to_owned()));
            choose_ui(ui, record, field, text, issue, &roles.chain(people).collect::<Vec<_>>());
        }
        FieldKind::Date => {
            let control = DateField::new(record, field.label, text, ctx.today).issue(issue);
            let control = if field.required { control.required() } else { control };
            control.ui(ui);
        }
        FieldKind::Figures => figures_ui(ui, field, text, issue),
        FieldKind::Text | FieldKind::Lines | FieldKind::Money | FieldKind::Number => {
            let control = Field::new(record, field.label, text).help(field.hint).issue(issue);
            let control = if field.required { control.required() } else { control };
            let control = match field.kind {
                FieldKind::Lines => control.lines(3),
                FieldKind::Money | FieldKind::Number => control.number(),
                _ => control,
            };
            control.ui(ui);
        }
    }
}

/// A choice among values and the words for them; what is there already stays, even if it is none of them.
fn choose_ui(
    ui: &mut Ui,
    record: Record,
    field: &ListField,
    text: &mut String,
    issue: Option<&str>,
    options: &[(String, String)],
) {
    let other = !text.is_empty() && options.iter().all(|(value, _)| value != text);
    let mut values: Vec<&str> = vec![""];
    let mut words: Vec<&str> = vec!["Not given"];
    for (value, word) in options {
        values.push(value);
        words.push(word);
    }
    let kept = text.clone();
    if other {
        values.push(&kept);
        words.push(&kept);
    }
    let mut chosen = values.iter().position(|value| *value == text.as_str());
    let control = Dropdown::new(record, field.label, &words, &mut chosen).issue(issue).help(field.hint);
    let control = if field.required { control.required() } else { control };
    if control.ui(ui).changed() {
        let picked = chosen.and_then(|at| values.get(at)).copied().unwrap_or_default().to_owned();
        *text = picked;
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The figures that answer, to be ticked.
fn figures_ui(ui: &mut Ui, field: &ListField, text: &mut String, issue: Option<&str>) {
    heading_ui(ui, field.label);
    form::note_ui(ui, issue, None);
    weak_ui(ui, field.hint);
    let named: Vec<String> =
        text.split(',').map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()).collect();
    let mut kept = named.clone();
    for (id, name) in FIGURES {
        let mut on = kept.iter().any(|known| known == id);
        if ui.add(TickBox::new(&mut on, name)).changed() {
            kept.retain(|known| known != id);
            if on {
                kept.push(id.to_owned());
            }
        }
    }
    if kept != named {
        *text = kept.join(", ");
    }
}
