//! The view of meetings: the list, the next one proposed, and planning one.

use egui::Ui;

use super::choose::{time, time_text, wrong};
use super::sheet::{Frame, Sheet};
use crate::domain::command::{Command, CommitteeCommand, Issue};
use crate::domain::cycle::{Cycle, CycleId, CycleKind};
use crate::domain::meeting::review::due_on;
use crate::domain::meeting::{Meeting, MeetingId, MeetingKind, Standing, next_monthly_at};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Form, weak_ui};
use crate::ui::theme::{Tone, size};
use crate::ui::widget::table::{Cell, Column};
use crate::ui::widget::{Dropdown, Field, Selection, Table, TableState, card_ui, empty_state_ui};
use crate::util::clock::day_text;
use crate::util::text::counted;

/// The table's name, by which its columns are kept and the keyboard finds it.
pub const TABLE: &str = "Meetings";

/// What was asked for in the view.
#[derive(Debug)]
pub enum Wish {
    /// Show a meeting.
    Open(MeetingId),
    /// Plan one.
    Plan,
}

/// What the view remembers.
#[derive(Debug, Default)]
pub struct View {
    table: Option<TableState>,
    selection: Selection,
}

impl View {
    /// Draws the list.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Wish> {
        let meetings = ctx.book().meetings.rows();
        if meetings.is_empty() {
            let words = "The committee meets once a month; each cycle and each emergency is reviewed. The agenda is made from the \
                         register, and minutes are a draft until somebody accepts them.";
            let offers: &[&str] = if ctx.can_write() { &["Plan a meeting"] } else { &[] };
            let chosen =
                card_ui(ui, None, |ui| empty_state_ui(ui, icon::USERS, "No meetings yet", words, offers));
            return chosen.inner.map(|_| Wish::Plan);
        }
        let mut order: Vec<u32> = (0..meetings.len() as u32).collect();
        order.sort_by_key(|at| std::cmp::Reverse((meetings[*at as usize].at(), meetings[*at as usize].id)));
        let columns = [
            Column::new("title", "Meeting", size::FIGURE).unsortable().pinned(),
            Column::new("when", "When", size::COLUMN_WIDE).unsortable(),
            Column::new("state", "State", size::COLUMN_WIDE).unsortable(),
            Column::new("came", "Voting present", size::COLUMN_NAME).unsortable(),
            Column::new("kind", "Kind", size::COLUMN_WIDE).unsortable(),
        ];
        let drafts = meetings.iter().filter(|meeting| meeting.standing() == Standing::Draft).count();
        let all = counted(meetings.len() as u64, "meeting", "meetings");
        let summary = format!("{all}, {drafts} with minutes in draft");
        let id_of = |place: u32| meetings[place as usize].id.0 as u64;
        let table = self.table.get_or_insert_with(|| ctx.table(TABLE));
        let output = Table::new(TABLE, &columns, &order, &id_of).summary(&summary).ui(
            ui,
            table,
            &mut self.selection,
            |cell, place, column| {
                if let Some(meeting) = meetings.get(place as usize) {
                    cell_ui(cell, meeting, column, ctx);
                }
            },
        );
        if output.columns_changed {
            actions.push(Action::KeepTable { name: TABLE, state: table.clone() });
        }
        meetings.get(output.opened? as usize).map(|meeting| Wish::Open(meeting.id))
    }
}

/// How a meeting's standing looks.
pub fn tone(standing: Standing) -> Tone {
    match standing {
        Standing::Planned => Tone::Info,
        Standing::Draft => Tone::Warn,
        Standing::Accepted => Tone::Good,
        Standing::Cancelled => Tone::Neutral,
    }
}

fn cell_ui(cell: &mut Cell<'_>, meeting: &Meeting, column: usize, ctx: &Ctx<'_>) {
    let quorum = meeting.quorum_found();
    match column {
        0 => cell.strong(&meeting.title),
        1 => cell.number(&ctx.time_text(meeting.at())),
        2 => cell.chip(tone(meeting.standing()), meeting.standing().text()),
        3 if meeting.held_at.is_none() || quorum.members == 0 => cell.weak(""),
        3 if quorum.is_met() => cell.number(&format!("{} of {}", quorum.present, quorum.members)),
        3 => cell.tone(Tone::Warn, &format!("{} of {}, no quorum", quorum.present, quorum.members)),
        _ => cell.weak(meeting.kind.text()),
    }
}

#[derive(Clone, Debug, PartialEq)]
struct PlanDraft {
    kind: Option<usize>,
    cycle: Option<CycleId>,
    at: String,
}

/// Plans a meeting with its agenda.
#[derive(Debug)]
pub struct Plan {
    form: Form<PlanDraft>,
}

impl Plan {
    /// The committee's next monthly meeting, as proposed.
    pub fn new(ctx: &Ctx<'_>) -> Self {
        let at = next_monthly_at(ctx.book(), ctx.now_at);
        Self { form: Form::new(PlanDraft { kind: Some(0), cycle: None, at: time_text(ctx, at) }) }
    }

    fn kind(&self) -> MeetingKind {
        let kind = self.form.draft.kind.and_then(|at| MeetingKind::ALL.get(at));
        kind.copied().unwrap_or(MeetingKind::Committee)
    }
}

impl Sheet for Plan {
    fn title(&self, _: &Ctx<'_>) -> String {
        "Plan a meeting".to_owned()
    }

    fn verb(&self) -> &'static str {
        "Plan meeting"
    }

    fn fields(&self) -> &'static [&'static str] {
        &["cycle", "at"]
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn is_ready(&self) -> bool {
        !self.form.draft.at.is_empty()
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, _: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let (cycle, at) = (self.form.issue("cycle"), self.form.issue("at"));
        let kind = self.kind();
        let kinds: Vec<&str> = MeetingKind::ALL.iter().map(|kind| kind.text()).collect();
        Dropdown::new("plan meeting", "Kind", &kinds, &mut self.form.draft.kind).ui(ui);
        if kind != MeetingKind::Committee {
            let wanted = |c: &&Cycle| kind != MeetingKind::Emergency || c.kind == CycleKind::Emergency;
            let mut cycles: Vec<&Cycle> = ctx.book().cycles.rows().iter().filter(wanted).collect();
            cycles.sort_by_key(|cycle| std::cmp::Reverse((cycle.anchor_at, cycle.id)));
            let names: Vec<&str> = cycles.iter().map(|cycle| cycle.name.as_str()).collect();
            let chosen = self.form.draft.cycle;
            let mut place = chosen.and_then(|id| cycles.iter().position(|cycle| cycle.id == id));
            let dropdown = Dropdown::new("plan meeting", "Cycle", &names, &mut place).required();
            if dropdown.issue(cycle.as_deref()).ui(ui).changed() {
                self.form.draft.cycle = place.map(|place| cycles[place].id);
            }
            let due = self.form.draft.cycle.and_then(|id| due_on(ctx.book(), id));
            if let Some(on) = due.filter(|_| kind == MeetingKind::Review) {
                let days =
                    counted(ctx.book().practice.review_days.unsigned_abs(), "working day", "working days");
                weak_ui(ui, &format!("Its review is due by {}, {days} after its last window.", day_text(on)));
            }
        }
        let label = format!("When ({})", ctx.zone.name());
        let field = Field::new("plan meeting", &label, &mut self.form.draft.at).required();
        field.hint("8 Dec 2026 10:00").issue(at.as_deref()).ui(ui);
        weak_ui(
            ui,
            "The agenda is made from the register as it stands now: open actions, the last cycle's figures, what is \
                     overdue, waivers, the coming release, windows and freezes.",
        );
        None
    }

    fn command(&self, ctx: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let mut issues = Vec::new();
        let kind = self.kind();
        let cycle = self.form.draft.cycle.filter(|_| kind != MeetingKind::Committee);
        if kind != MeetingKind::Committee && cycle.is_none() {
            issues.push(wrong("cycle", "Choose the cycle that is reviewed."));
        }
        let at = time(&self.form.draft.at, ctx, "at", &mut issues);
        if self.form.draft.at.trim().is_empty() {
            issues.push(wrong("at", "Give a day and a time, such as 8 Dec 2026 10:00."));
        }
        match at {
            Some(at) if issues.is_empty() => {
                Ok(Command::Committee(CommitteeCommand::Plan { kind, cycle, at }))
            }
            _ => Err(issues),
        }
    }
}
