//! Beginning a month: everything that will be written is shown first - dates, names, shifts, warnings.

use chrono::Months;
use egui::Ui;

use super::super::rule::pick::choose_ui;
use crate::app::session::Notice;
use crate::domain::command::{Command, CycleCommand};
use crate::domain::cycle::CycleId;
use crate::domain::cycle::generate::{self, Draft};
use crate::domain::cycle::template::CycleTemplateId;
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::form::{heading_ui, weak_ui};
use crate::ui::room::strip::{month_before, month_words, monthly, time_words};
use crate::ui::theme::{Tone, size};
use crate::ui::widget::table::{Cell, Column};
use crate::ui::widget::{Banner, Button, Selection, Table, TableState, card_ui, form};
use crate::util::text::counted;

/// What a draft was made for: entry of the history, template, month.
type Key = (i64, CycleTemplateId, String);

/// How many months ahead can be chosen.
const AHEAD: u32 = 6;

/// The preview of a month.
#[derive(Debug)]
pub struct Begin {
    template: CycleTemplateId,
    month: String,
    waiting: Option<u64>,
    issue: Option<String>,
    draft: Option<(Key, Result<Draft, String>)>,
    table: TableState,
    selection: Selection,
}

impl Begin {
    /// The preview of a month from a template.
    pub fn new(template: CycleTemplateId, month: String) -> Self {
        Self {
            template,
            month,
            waiting: None,
            issue: None,
            draft: None,
            table: TableState::default(),
            selection: Selection::default(),
        }
    }

    /// Takes an answer: whether it was this form's, and the cycle that was begun.
    pub fn notice(&mut self, notice: &Notice) -> (bool, Option<CycleId>) {
        match notice {
            Notice::Changed { ticket, shown, .. } if ticket.is_some() && *ticket == self.waiting => {
                (false, newest(&shown.book))
            }
            Notice::Failed { error, ticket } if ticket.is_some() && *ticket == self.waiting => {
                self.waiting = None;
                self.issue = Some(error.summary.clone());
                (true, None)
            }
            _ => (false, None),
        }
    }

    /// Draws the preview; `true` when it is to be left.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> bool {
        let key = (ctx.book().head.seq, self.template, self.month.clone());
        if self.draft.as_ref().is_none_or(|(of, _)| *of != key) {
            let template = ctx.book().cycle_templates.get(self.template.0);
            let none = || Err("The template is no longer in the register. Choose another.".to_owned());
            let draft = template.map_or_else(none, |row| generate::month(ctx.book(), row, &self.month));
            self.draft = Some((key, draft));
        }
        let mut leave = false;
        card_ui(ui, None, |ui| {
            ui.spacing_mut().item_spacing.y = size::CELL_PAD;
            let title = format!("Begin the cycle of {}", month_words(&self.month));
            heading_ui(ui, &title);
            weak_ui(
                ui,
                "This is what will be written. Nothing is in the register yet; afterwards one undo takes it back.",
            );
            self.choice_ui(ctx, ui);
            let Some((_, draft)) = &self.draft else { return };
            match draft {
                Ok(draft) => {
                    preview_ui(draft, ctx, ui, &mut self.table, &mut self.selection);
                }
                Err(why) => {
                    Banner::new(Tone::Warn, "This month cannot be begun").words(why).ui(ui);
                }
            }
            let can = draft.is_ok() && self.waiting.is_none() && ctx.can_write();
            if let Some(issue) = &self.issue {
                form::note_ui(ui, Some(issue), None);
            }
            ui.horizontal(|ui| {
                if ui.add(Button::primary("Begin cycle").enabled(can)).clicked() {
                    let ticket = ctx.tickets.take();
                    self.waiting = Some(ticket);
                    self.issue = None;
                    let (template, month) = (self.template, self.month.clone());
                    let command = Command::Cycle(CycleCommand::Begin { template, month });
                    actions.push(Action::Run { ticket, command: Box::new(command) });
                }
                leave = ui.add(Button::secondary("Cancel")).clicked();
            });
        });
        leave
    }

    fn choice_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) {
        let templates: Vec<_> = monthly(ctx).map(|row| (row.name.clone(), row.id)).collect();
        let first = month_before(ctx.today);
        let months: Vec<_> = (0..=AHEAD)
            .filter_map(|n| first.checked_add_months(Months::new(n)))
            .map(|month| (month.format("%B %Y").to_string(), month.format("%Y-%m").to_string()))
            .collect();
        crate::ui::room::form::beside_ui(ui, &[1.0, 1.0, 1.0], |ui, _, at| match at {
            0 => choose_ui(ui, "begin", "Cycle of", &months, &mut self.month, None),
            1 => choose_ui(ui, "begin", "Template", &templates, &mut self.template, None),
            _ => {}
        });
    }
}

/// The newest cycle of a register: the one that was just begun.
pub fn newest(book: &crate::domain::book::Book) -> Option<CycleId> {
    book.cycles.rows().iter().max_by_key(|cycle| (cycle.created_at, cycle.id)).map(|cycle| cycle.id)
}

/// Draws what a draft will write.
pub fn preview_ui(
    draft: &Draft,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    table: &mut TableState,
    selection: &mut Selection,
) {
    let shifted = draft.steps.iter().filter(|step| !step.row.shifted_because.is_empty()).count();
    let warned = draft.steps.iter().filter(|step| !step.warnings.is_empty()).count();
    let nobody = draft.steps.iter().filter(|step| step.row.person.is_none()).count();
    let mut words = vec![format!("Day 0 is {}", ctx.time_text(draft.anchor_at))];
    words.push(counted(draft.steps.len() as u64, "step", "steps"));
    words.push(format!("{shifted} shifted by holidays or freezes"));
    weak_ui(ui, &words.join(", "));
    if warned > 0 {
        let words = format!(
            "{} in spite of a holiday or freeze; see the notes.",
            counted(warned as u64, "step stands", "steps stand")
        );
        Banner::new(Tone::Warn, "Some dates need a look").words(&words).ui(ui);
    }
    if nobody > 0 {
        let words = format!(
            "{} has nobody: its role is held by no one on that day. Name somebody here afterwards, or assign the role under Programme first.",
            counted(nobody as u64, "step", "steps")
        );
        Banner::new(Tone::Info, "Steps without a person")
            .words(&words.replace("steps has", "steps have").replace("its role is", "their role is"))
            .ui(ui);
    }
    let columns = [
        Column::new("due", "Due", size::FIGURE).unsortable(),
        Column::new("step", "Step", size::SEARCH).unsortable(),
        Column::new("note", "Shifts and warnings", size::SEARCH_SHORT).unsortable(),
        Column::new("person", "Person", size::COLUMN_NAME).unsortable(),
        Column::new("deputy", "Deputy", size::COLUMN_NAME).unsortable(),
        Column::new("phase", "Phase", size::COLUMN_COUNT).unsortable(),
    ];
    let order: Vec<u32> = (0..draft.steps.len() as u32).collect();
    let height = size::HEADER + size::ROW * order.len() as f32 + size::STATUS_BAR + size::GAP_LARGE;
    let id_of = |place: u32| u64::from(place);
    let summary = "In the order of the template";
    Table::new("Steps to be written", &columns, &order, &id_of).summary(summary).height(height).ui(
        ui,
        table,
        selection,
        |cell, place, column| {
            if let Some(step) = draft.steps.get(place as usize) {
                cell_ui(cell, step, column, ctx);
            }
        },
    );
    others_ui(draft, ctx, ui);
}

fn cell_ui(cell: &mut Cell<'_>, step: &generate::DraftStep, column: usize, ctx: &Ctx<'_>) {
    let row = &step.row;
    match column {
        0 => cell.number(&time_words(ctx, row.due_at)),
        1 => cell.strong(&row.title),
        3 if row.person.is_none() => cell.weak("Nobody"),
        3 => cell.text(ctx.book().person_name(row.person)),
        4 => cell.text(ctx.book().person_name(row.deputy)),
        5 => cell.text(row.phase.text()),
        _ => {
            if !row.shifted_because.is_empty() {
                let planned = time_words(ctx, row.planned_at);
                cell.tone(Tone::Warn, &format!("{}, planned for {planned}", row.shifted_because));
            }
            for warning in &step.warnings {
                cell.tone(Tone::Warn, warning);
            }
        }
    }
}

/// What else comes within the period, and who answers for which group.
fn others_ui(draft: &Draft, ctx: &Ctx<'_>, ui: &mut Ui) {
    if !draft.others.is_empty() {
        let names: Vec<String> = draft
            .others
            .iter()
            .filter_map(|other| Some(format!("{} on {}", other.name(), ctx.day_text(other.at?))))
            .collect();
        weak_ui(ui, &format!("Also released within the period: {}.", names.join("; ")));
    }
    let named: Vec<String> = draft
        .points
        .iter()
        .filter_map(|point| {
            let group = ctx.book().groups.get(point.group.0)?;
            Some(format!("{} for {}", ctx.book().person_name(Some(point.person)), group.name))
        })
        .collect();
    let words = if named.is_empty() {
        "No group has a point person yet; name them once the cycle has begun.".to_owned()
    } else {
        format!("Point persons: {}.", named.join(", "))
    };
    weak_ui(ui, &words);
}
