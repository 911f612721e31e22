//! The fields of a form, drawn from a list: what each is called, what is typed into it, and how it reads when it is locked.

use egui::{Label, Ui};

use super::{Sheet, Typed, list};
use crate::domain::book::Book;
use crate::domain::row::Row;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, size};
use crate::ui::widget::{DateField, Dropdown, Field, TickBox};
use crate::util::clock;
use crate::util::text::fold;

/// A value of a list and its text for people.
pub type Word = (&'static str, &'static str);

/// What is typed into a field.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// One line.
    Line,
    /// Several lines.
    Block(usize),
    /// A whole number with its unit.
    Number(&'static str),
    /// A day.
    Day,
    /// A day and a time.
    When,
    /// Yes or no.
    Tick,
    /// A person of the register.
    Person,
    /// A patch group.
    Group,
    /// A cycle.
    Cycle,
    /// A change template.
    Template,
    /// One of several words.
    Words(fn() -> Vec<Word>),
    /// One of several words, or none.
    Maybe(fn() -> Vec<Word>),
    /// Yes, no, or not said.
    YesNo,
    /// Updates of the register.
    Updates,
    /// Assets of the register.
    Assets,
}

/// How much a field is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Not shown.
    Hidden,
    /// May be filled.
    Offered,
    /// Must be filled.
    Demanded,
    /// Can be read only.
    Locked,
}

/// One field.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// Where in the row: `plan/impact`.
    pub path: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What is typed into it.
    pub kind: Kind,
    /// An example.
    pub hint: &'static str,
    /// A line of explanation.
    pub help: &'static str,
    /// Takes half the width, beside the next one of that kind.
    pub half: bool,
    /// What the rules call it, where that is not the last word of its path.
    pub name: &'static str,
}

impl Spec {
    /// A field as wide as the form.
    pub const fn new(path: &'static str, label: &'static str, kind: Kind) -> Self {
        Self { path, label, kind, hint: "", help: "", half: false, name: "" }
    }

    /// A field half as wide as the form.
    pub const fn half(path: &'static str, label: &'static str, kind: Kind) -> Self {
        Self { half: true, ..Self::new(path, label, kind) }
    }

    /// Under another name in the rules.
    pub const fn named(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    /// With an example.
    pub const fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    /// With an explanation.
    pub const fn help(self, help: &'static str) -> Self {
        Self { help, ..self }
    }
}

/// The last word of a path.
pub fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// People by name.
pub fn people(book: &Book) -> Vec<(i64, String)> {
    let mut people: Vec<_> = book.people.rows().iter().map(|p| (p.id.0, p.name.clone())).collect();
    people.sort_by_cached_key(|(_, name)| fold(name));
    people
}

/// Groups in their order.
pub fn groups(book: &Book) -> Vec<(i64, String)> {
    book.groups_in_order().into_iter().map(|group| (group.id.0, group.name.clone())).collect()
}

/// Cycles, the newest first.
pub fn cycles(book: &Book) -> Vec<(i64, String)> {
    let mut cycles: Vec<_> = book.cycles.rows().iter().filter(|c| c.cancelled_because.is_empty()).collect();
    cycles.sort_by_key(|cycle| std::cmp::Reverse((cycle.anchor_at, cycle.id)));
    cycles.into_iter().map(|cycle| (cycle.id.0, cycle.name.clone())).collect()
}

/// Change templates by name.
pub fn templates(book: &Book) -> Vec<(i64, String)> {
    let mut templates: Vec<_> =
        book.change_templates.iter().map(|template| (template.id.0, template.name.clone())).collect();
    templates.sort_by_cached_key(|(_, name)| fold(name));
    templates
}

impl<R: Row + PartialEq> Sheet<R> {
    /// Whether any of these fields would be drawn.
    pub fn shows_any(&self, ctx: &Ctx<'_>, specs: &[Spec], need: &dyn Fn(&str) -> Need) -> bool {
        specs.iter().any(|spec| self.is_shown(ctx, spec, need(spec.path)))
    }

    /// Nothing is shown that can neither be filled nor says anything.
    fn is_shown(&self, ctx: &Ctx<'_>, spec: &Spec, need: Need) -> bool {
        match need {
            Need::Hidden => false,
            Need::Locked => !self.words_at(ctx, spec.path, spec.kind).is_empty(),
            Need::Offered | Need::Demanded => true,
        }
    }

    /// Draws fields, halves side by side. `need` says how much each is asked for. Answers whether any was drawn.
    pub fn fields_ui(
        &mut self,
        ctx: &Ctx<'_>,
        ui: &mut Ui,
        specs: &[Spec],
        need: &dyn Fn(&str) -> Need,
    ) -> bool {
        let wanted: Vec<(&Spec, Need)> = specs
            .iter()
            .map(|spec| (spec, need(spec.path)))
            .filter(|(spec, need)| self.is_shown(ctx, spec, *need))
            .collect();
        let mut at = 0;
        while at < wanted.len() {
            let pair = wanted[at].0.half && wanted.get(at + 1).is_some_and(|(next, _)| next.half);
            let end = if pair { at + 2 } else { at + 1 };
            let gap = size::GAP_LARGE;
            let width =
                if wanted[at].0.half { (ui.available_width() - gap) / 2.0 } else { ui.available_width() };
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = gap;
                for (spec, need) in &wanted[at..end] {
                    let layout = egui::Layout::top_down(egui::Align::Min);
                    ui.allocate_ui_with_layout(egui::vec2(width, 0.0), layout, |ui| {
                        ui.set_width(width);
                        self.field_ui(ctx, ui, spec, *need);
                    });
                }
            });
            at = end;
        }
        !wanted.is_empty()
    }

    /// Draws one field.
    pub fn field_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, spec: &Spec, need: Need) {
        self.place_ui(ctx, ui, spec.path, spec, need);
    }

    /// Draws a field of an entry of a list, at its own path.
    pub fn place_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, path: &str, spec: &Spec, need: Need) {
        let name = if spec.name.is_empty() { last(path) } else { spec.name };
        self.drawn.extend([path.to_owned(), name.to_owned()]);
        if need == Need::Locked {
            fact_ui(ui, spec.label, &self.words_at(ctx, path, spec.kind));
            return;
        }
        let issue = self.flaw(path, name).map(str::to_owned);
        let issue = issue.as_deref();
        let (record, required) = ((self.record(), path.to_owned()), need == Need::Demanded);
        match spec.kind {
            Kind::Line | Kind::Block(_) => {
                let mut text = self.draft.text(path).to_owned();
                let mut field = Field::new(record, spec.label, &mut text).issue(issue);
                if let Kind::Block(rows) = spec.kind {
                    field = field.lines(rows);
                }
                if required {
                    field = field.required();
                }
                if let Some(hint) = some(spec.hint) {
                    field = field.hint(hint);
                }
                if let Some(help) = some(spec.help) {
                    field = field.help(help);
                }
                if field.ui(ui).changed() {
                    self.draft.set(path, text);
                }
            }
            Kind::Number(unit) => {
                self.read.typed_number(path);
                let Typed::Number(text) = self.draft.typed_number(path) else { return };
                let mut field = Field::new(record, spec.label, text).number().issue(issue);
                if required {
                    field = field.required();
                }
                if let Some(unit) = some(unit) {
                    field = field.unit(unit);
                }
                if let Some(help) = some(spec.help) {
                    field = field.help(help);
                }
                field.ui(ui);
            }
            Kind::Day => {
                self.read.typed_day(path);
                let Typed::Day(text) = self.draft.typed_day(path) else { return };
                let mut field = DateField::new(record, spec.label, text, ctx.today).issue(issue);
                if required {
                    field = field.required();
                }
                field.ui(ui);
            }
            Kind::When => {
                self.read.typed_when(path, ctx.zone);
                let Typed::When { day, time } = self.draft.typed_when(path, ctx.zone) else { return };
                when_ui(ctx, ui, &record, spec.label, (day, time), required, issue);
            }
            Kind::Tick => {
                let mut on = self.draft.is_yes(path);
                if ui.add(TickBox::new(&mut on, spec.label)).changed() {
                    self.draft.set(path, on);
                }
                crate::ui::widget::form::note_ui(ui, issue, some(spec.help));
            }
            Kind::Updates | Kind::Assets => {
                let mut ids = self.draft.ids(path);
                let wanted = list::Wanted::of(spec.kind);
                if list::ids_ui(ctx, ui, &record, spec.label, wanted, &mut ids, required, issue) {
                    self.draft.set(path, ids);
                }
            }
            _ => self.choice_ui(ctx, ui, path, spec, required),
        }
    }

    /// Draws two fields of an entry of a list side by side.
    pub fn pair_ui(
        &mut self,
        ctx: &Ctx<'_>,
        ui: &mut Ui,
        left: (&str, &Spec),
        right: (&str, &Spec),
        need: Need,
    ) {
        let width = (ui.available_width() - size::GAP_LARGE) / 2.0;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = size::GAP_LARGE;
            for (path, spec) in [left, right] {
                let layout = egui::Layout::top_down(egui::Align::Min);
                ui.allocate_ui_with_layout(egui::vec2(width, 0.0), layout, |ui| {
                    ui.set_width(width);
                    self.place_ui(ctx, ui, path, spec, need);
                });
            }
        });
    }

    /// Says here what is wrong under this name, for what is drawn by hand.
    pub fn says_ui(&mut self, ui: &mut Ui, name: &str) {
        self.drawn.insert(name.to_owned());
        let flaws: Vec<String> =
            self.flaws.iter().filter(|(named, _)| named == name).map(|(_, text)| text.clone()).collect();
        for flaw in flaws {
            crate::ui::widget::form::note_ui(ui, Some(&flaw), None);
        }
    }

    fn choice_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, path: &str, spec: &Spec, required: bool) {
        use serde_json::Value;
        let issue = self.flaw(path, last(path)).map(str::to_owned);
        let mut options: Vec<(Value, String)> = options(ctx.book(), spec.kind);
        if !matches!(spec.kind, Kind::Words(_)) {
            options.insert(0, (Value::Null, none_word(spec.kind).to_owned()));
        }
        let now = match spec.kind {
            Kind::Words(_) | Kind::Maybe(_) if self.draft.has(path) => Value::from(self.draft.text(path)),
            Kind::YesNo if self.draft.has(path) => Value::from(self.draft.is_yes(path)),
            Kind::Words(_) | Kind::Maybe(_) | Kind::YesNo => Value::Null,
            _ => self.draft.number(path).map_or(Value::Null, Value::from),
        };
        let mut chosen = options.iter().position(|(value, _)| *value == now);
        let words: Vec<&str> = options.iter().map(|(_, text)| text.as_str()).collect();
        let record = (self.record(), path.to_owned());
        let mut dropdown = Dropdown::new(record, spec.label, &words, &mut chosen).issue(issue.as_deref());
        if required {
            dropdown = dropdown.required();
        }
        if let Some(help) = some(spec.help) {
            dropdown = dropdown.help(help);
        }
        if dropdown.ui(ui).changed()
            && let Some((value, _)) = chosen.and_then(|at| options.get(at))
        {
            self.draft.set(path, value.clone());
        }
    }

    /// What stands at a path, for reading; empty for nothing.
    fn words_at(&self, ctx: &Ctx<'_>, path: &str, kind: Kind) -> String {
        let draft = &self.draft;
        match kind {
            Kind::Line | Kind::Block(_) => draft.text(path).to_owned(),
            Kind::Number(unit) => draft.number(path).map(|n| format!("{n} {unit}")).unwrap_or_default(),
            Kind::Day => draft.text(path).parse().map(clock::day_text).unwrap_or_default(),
            Kind::When => draft.number(path).map(|at| ctx.time_text(at)).unwrap_or_default(),
            Kind::Tick if draft.is_yes(path) => "Yes".to_owned(),
            Kind::Tick => "No".to_owned(),
            Kind::YesNo if !draft.has(path) => String::new(),
            Kind::YesNo => if draft.is_yes(path) { "Yes" } else { "No" }.to_owned(),
            Kind::Updates | Kind::Assets => {
                let name = |id| list::Wanted::of(kind).name(ctx.book(), id);
                draft.ids(path).into_iter().map(name).collect::<Vec<_>>().join(", ")
            }
            Kind::Words(words) | Kind::Maybe(words) => {
                let now = draft.text(path);
                let found = words().into_iter().find(|(word, _)| *word == now);
                found.map(|(_, text)| text.to_owned()).unwrap_or_default()
            }
            Kind::Person | Kind::Group | Kind::Cycle | Kind::Template => {
                let id = draft.number(path).map_or(serde_json::Value::Null, serde_json::Value::from);
                let found = options(ctx.book(), kind).into_iter().find(|(value, _)| *value == id);
                found.map(|(_, text)| text).unwrap_or_default()
            }
        }
    }
}

fn options(book: &Book, kind: Kind) -> Vec<(serde_json::Value, String)> {
    use serde_json::Value;
    let ids = |rows: Vec<(i64, String)>| rows.into_iter().map(|(id, text)| (Value::from(id), text)).collect();
    match kind {
        Kind::Person => ids(people(book)),
        Kind::Group => ids(groups(book)),
        Kind::Cycle => ids(cycles(book)),
        Kind::Template => ids(templates(book)),
        Kind::Words(words) | Kind::Maybe(words) => {
            words().into_iter().map(|(word, text)| (Value::from(word), text.to_owned())).collect()
        }
        Kind::YesNo => vec![(Value::from(true), "Yes".to_owned()), (Value::from(false), "No".to_owned())],
        _ => Vec::new(),
    }
}

fn none_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "Nobody yet",
        Kind::Group => "No group",
        Kind::Cycle => "No cycle",
        Kind::Template => "No template",
        _ => "Not said",
    }
}

/// A day and a time side by side, with the zone in the label.
pub fn when_ui(
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    record: &(impl std::hash::Hash + std::fmt::Debug),
    label: &str,
    (day, time): (&mut String, &mut String),
    required: bool,
    issue: Option<&str>,
) {
    let time_width = size::COLUMN_COUNT;
    let room = ui.available_width() - time_width - size::GAP;
    ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = size::GAP;
        let mut field = DateField::new(record, label, day, ctx.today).width(room);
        if required {
            field = field.required();
        }
        field.ui(ui);
        let name = "Time";
        let field = Field::new((record, label), name, time).number().hint("21:00").width(time_width);
        let response = field.ui(ui);
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(format!("{label}, time")));
    });
    let at = super::draft::instant(day, time, ctx.zone, ctx.today);
    let empty = day.trim().is_empty() && time.trim().is_empty();
    let understood = at.as_ref().ok().map(|at| ctx.time_text(*at));
    // A time that does not exist is said at once; a half-typed one only when it is sent.
    let gap = at.err().filter(|flaw| !empty && flaw.contains("does not exist"));
    crate::ui::widget::form::note_ui(ui, issue.or(gap.as_deref()), understood.as_deref());
}

/// A field that can be read only: its label, and what stands there.
pub fn fact_ui(ui: &mut Ui, label: &str, words: &str) {
    let tokens = theme::tokens(ui);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = size::LINE;
        ui.label(Text::SmallMedium.rich(label).color(tokens.weak));
        let words = if words.is_empty() { "Not given" } else { words };
        ui.add(Label::new(Text::Body.rich(words)).wrap().selectable(true));
    });
}

/// The values of one of the register's lists of words.
macro_rules! words_of {
    ($type:ty) => {
        || <$type>::ALL.iter().map(|value| (value.word(), value.text())).collect()
    };
}
pub(in crate::ui::room::changes) use words_of;
