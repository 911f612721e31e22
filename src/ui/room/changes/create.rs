//! A new change record: blank or from a template, and a cycle's records in one go after a look at what would be made.

use egui::{Align, Context, Id, Layout, ScrollArea, Ui};

use super::section::{need, weak_ui};
use super::sheet::field::{Need, cycles, words_of};
use super::sheet::{Answer, Kind, Sheet, Spec, flaws_ui};
use crate::app::session::Notice;
use crate::domain::book::Book;
use crate::domain::change::{ChangeId, ChangeKind, ChangeRecord, ChangeState};
use crate::domain::command::{ChangeCommand, Command};
use crate::domain::cycle::CycleId;
use crate::domain::decide::{Moment, decide};
use crate::domain::row::{RowChange, Table};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::{Text, size};
use crate::ui::widget::{Button, Dropdown, modal};
use crate::util::id::Ids;
use crate::util::text::{counted, fold};

const FIELDS: &[Spec] = &[
    Spec::half("kind", "Type", Kind::Words(words_of!(ChangeKind))),
    Spec::half("template", "Template", Kind::Template),
    Spec::new("title", "Title", Kind::Line).hint("December updates, domain controllers"),
    Spec::half("cycle", "Cycle", Kind::Cycle),
    Spec::half("group", "Patch group", Kind::Group),
    Spec::new("window_from_at", "Window begins", Kind::When),
    Spec::new("window_until_at", "Window ends", Kind::When),
    Spec::new("after_the_fact", "Raised after the work was done", Kind::Tick),
];

/// The dialog of a new record.
#[derive(Debug)]
pub struct Create {
    form: Sheet<ChangeRecord>,
}

impl Create {
    /// A new record asked for by the person at work.
    pub fn new(ctx: &Ctx<'_>, cycle: Option<i64>) -> Self {
        let actor = fold(&ctx.preferences.actor);
        let requester = ctx.book().people.iter().find(|person| fold(&person.name) == actor);
        let seed = ChangeRecord {
            requester: requester.map(|person| person.id),
            cycle: cycle.map(CycleId),
            ..ChangeRecord::new(ChangeKind::Normal)
        };
        Self { form: Sheet::new(ctx, &seed) }
    }

    /// Whether something typed would be lost.
    pub fn is_dirty(&self) -> bool {
        self.form.is_dirty()
    }

    /// Takes an answer: whether it needs no other showing, and the record that was made.
    pub fn notice(&mut self, notice: &Notice) -> (bool, Option<ChangeId>) {
        match self.form.notice(notice) {
            Answer::Foreign => (false, None),
            Answer::Failed => (true, None),
            Answer::Saved => {
                let Notice::Changed { shown, .. } = notice else { return (false, None) };
                (false, newest(&shown.book))
            }
        }
    }

    /// Sends the record.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        self.form.send(ctx, |edit| Command::Change(ChangeCommand::Save(edit)))
    }

    /// Draws the dialog; `true` when it is to be left.
    pub fn dialog_ui(&mut self, ctx: &Ctx<'_>, egui: &Context) -> (Vec<Action>, bool) {
        let (mut actions, mut leave) = (Vec::new(), false);
        leave |= modal::dialog_ui(egui, Id::unique("new change record"), "New change record", |ui| {
            ui.spacing_mut().item_spacing.y = size::GAP;
            self.form.words_ui(ui, None, &super::section::label);
            let kind = ChangeKind::of_word(self.form.draft.text("kind")).unwrap_or(ChangeKind::Normal);
            let asked = |path: &str| match path {
                "kind" | "title" => Need::Demanded,
                // The window can be fixed later; here it may stay open.
                _ => match need(kind, ChangeState::Draft, path) {
                    Need::Demanded if path != "template" => Need::Offered,
                    need => need,
                },
            };
            self.form.fields_ui(ctx, ui, FIELDS, &asked);
            weak_ui(ui, "It begins as a draft. Assets, plan and people follow on its page.");
            let row = egui::vec2(ui.available_width(), size::CONTROL);
            ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
                let can = !self.form.is_saving();
                if ui.add(Button::primary("Make the record").enabled(can).shortcut("Ctrl+S")).clicked() {
                    actions.extend(self.save(ctx));
                }
                leave |= ui.add(Button::secondary("Cancel")).clicked();
            });
        });
        (actions, leave)
    }
}

/// The record that was made last.
fn newest(book: &Book) -> Option<ChangeId> {
    book.changes.iter().max_by_key(|record| (record.created_at, &record.number)).map(|record| record.id)
}

/// What would be made, one line a record.
#[derive(Clone, Debug)]
struct Planned {
    title: String,
    about: String,
}

/// The dialog of a cycle's records.
#[derive(Debug)]
pub struct Bulk {
    cycle: Option<usize>,
    /// For which state of the register and which cycle the preview is.
    read: Option<(i64, Option<usize>)>,
    preview: Result<Vec<Planned>, Vec<String>>,
    waiting: Option<u64>,
    flaws: Vec<String>,
}

impl Bulk {
    /// The records of a cycle: the one that is filtered for, else the newest.
    pub fn new(ctx: &Ctx<'_>, cycle: Option<i64>) -> Self {
        let cycles = cycles(ctx.book());
        let at = cycle.and_then(|id| cycles.iter().position(|(known, _)| *known == id));
        let first = (!cycles.is_empty()).then_some(0);
        Self { cycle: at.or(first), read: None, preview: Ok(Vec::new()), waiting: None, flaws: Vec::new() }
    }

    /// Takes an answer: whether it needs no other showing, and whether the dialog is done.
    pub fn notice(&mut self, notice: &Notice) -> (bool, bool) {
        match notice {
            Notice::Changed { ticket, .. } if ticket.is_some() && *ticket == self.waiting => (false, true),
            Notice::Unchanged { ticket } if ticket.is_some() && *ticket == self.waiting => {
                self.waiting = None;
                self.flaws = vec!["Nothing was made: every group has its record already.".to_owned()];
                (true, false)
            }
            Notice::Failed { error, ticket } if ticket.is_some() && *ticket == self.waiting => {
                self.waiting = None;
                self.flaws = vec![error.summary.clone()];
                (true, false)
            }
            _ => (false, false),
        }
    }

    /// Works out what would be made: the very decision, thrown away.
    fn look(&mut self, ctx: &Ctx<'_>, cycle: CycleId) {
        let ids = Ids::seeded(0);
        let moment = Moment { at: ctx.now_at, actor: &ctx.preferences.actor, ids: &ids };
        let command = Command::Change(ChangeCommand::Bulk { cycle });
        self.preview = match decide(ctx.book(), command, moment) {
            Ok(decision) => Ok(planned(ctx.book(), &decision.changes)),
            Err(issues) => Err(issues.0.into_iter().map(|issue| issue.text).collect()),
        };
    }

    /// Draws the dialog; `true` when it is to be left.
    pub fn dialog_ui(&mut self, ctx: &Ctx<'_>, egui: &Context) -> (Vec<Action>, bool) {
        let (mut actions, mut leave) = (Vec::new(), false);
        let cycles = cycles(ctx.book());
        let chosen = self.cycle.and_then(|at| cycles.get(at)).map(|(id, _)| CycleId(*id));
        let now = Some((ctx.book().head.seq, self.cycle));
        if let Some(cycle) = chosen
            && self.read != now
        {
            self.look(ctx, cycle);
            self.read = now;
        }
        leave |=
            modal::dialog_ui(egui, Id::unique("records of a cycle"), "Change records of a cycle", |ui| {
                ui.spacing_mut().item_spacing.y = size::GAP;
                let names: Vec<&str> = cycles.iter().map(|(_, name)| name.as_str()).collect();
                Dropdown::new("records of a cycle", "Cycle", &names, &mut self.cycle).ui(ui);
                if !self.flaws.is_empty() {
                    flaws_ui(ui, &self.flaws);
                }
                let count = self.preview_ui(ui);
                let row = egui::vec2(ui.available_width(), size::CONTROL);
                ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
                    let verb = format!("Make {}", counted(count as u64, "record", "records"));
                    let can = count > 0 && self.waiting.is_none();
                    if ui.add(Button::primary(&verb).enabled(can)).clicked()
                        && let Some(cycle) = chosen
                    {
                        let ticket = ctx.tickets.take();
                        self.waiting = Some(ticket);
                        self.flaws.clear();
                        let command = Command::Change(ChangeCommand::Bulk { cycle });
                        actions.push(Action::Run { ticket, command: Box::new(command) });
                    }
                    leave |= ui.add(Button::secondary("Cancel")).clicked();
                });
            });
        (actions, leave)
    }

    fn preview_ui(&self, ui: &mut Ui) -> usize {
        let planned = match &self.preview {
            Ok(planned) => planned,
            Err(flaws) => {
                flaws_ui(ui, flaws);
                return 0;
            }
        };
        if planned.is_empty() {
            weak_ui(ui, "Nothing to make: no group owes anything of this cycle that has no open record.");
            return 0;
        }
        weak_ui(
            ui,
            "One record for each group that owes something, with its assets as lines. All of it is one step.",
        );
        ScrollArea::vertical().id_salt("preview of records").max_height(size::DROPDOWN_LIST).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
            for record in planned {
                ui.add(egui::Label::new(Text::Medium.rich(&record.title)).wrap());
                weak_ui(ui, &record.about);
            }
        });
        planned.len()
    }
}

fn planned(book: &Book, changes: &[RowChange]) -> Vec<Planned> {
    let image = |change: &RowChange| change.after.clone().map(serde_json::Value::Object);
    let records = changes.iter().filter(|change| change.table == Table::ChangeRecord);
    let of = |id: i64| {
        let lines = changes.iter().filter(|change| change.table == Table::ChangeLine);
        lines.filter_map(image).filter(|line| line["change"].as_i64() == Some(id)).count()
    };
    records
        .filter_map(|change| serde_json::from_value::<ChangeRecord>(image(change)?).ok())
        .map(|record| {
            let template = record.template.and_then(|id| book.change_templates.get(id.0));
            let template =
                template.map_or_else(|| "no template".to_owned(), |t| format!("template {}", t.name));
            let about = format!(
                "{} change, {template}: {}, {}",
                record.kind.text(),
                counted(of(record.id.0) as u64, "asset", "assets"),
                counted(record.updates.len() as u64, "update", "updates"),
            );
            Planned { title: format!("{}  {}", record.number, record.title), about }
        })
        .collect()
}
