//! Beside the matrix: what breaks its rules, duties in one hand, and the panels that accept a conflict or change a row.

use egui::Ui;

use super::choose::wrong;
use super::sheet::{Frame, Sheet};
use crate::domain::command::{Command, Edit, Issue, RoleCommand};
use crate::domain::person::PersonId;
use crate::domain::role::conflict::{Conflict, conflicts_on};
use crate::domain::role::matrix::findings;
use crate::domain::role::{Activity, ActivityId, Duty, DutyConflict, DutyConflictId, DutyRule};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Form, weak_ui};
use crate::ui::theme::{Text, Tone, size};
use crate::ui::widget::{Button, Chip, Dropdown, Field, side_panel_ui};
use crate::util::clock::day_text;
use crate::util::text::counted;

/// Draws what is wrong with the matrix at its right; the panel that was asked for, and whether this one is to be closed.
pub fn findings_ui(ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> (Option<Box<dyn Sheet>>, bool) {
    let book = ctx.book();
    let found = findings(book, ctx.today);
    let conflicts = conflicts_on(book, ctx.today);
    let open = conflicts.iter().filter(|conflict| conflict.accepted.is_none()).count();
    let chip = match found.len() + open {
        0 => (Tone::Good, "In order".to_owned()),
        all => (Tone::Warn, counted(all as u64, "finding", "findings")),
    };
    let mut opened: Option<Box<dyn Sheet>> = None;
    let content = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = size::GAP;
        ui.label(Text::Section.rich("Rules of the matrix"));
        if found.is_empty() {
            weak_ui(ui, "Every row has one role that answers and one that does it, and every role is held.");
        }
        for finding in &found {
            if let Some(row) = finding.activity().and_then(|id| book.activities.get(id.0)) {
                ui.add(egui::Label::new(Text::Medium.rich(&row.name)).wrap());
            }
            weak_ui(ui, &finding.text(book));
        }
        ui.add_space(size::GAP);
        ui.label(Text::Section.rich("Duties in one hand"));
        if conflicts.is_empty() {
            weak_ui(ui, "Nobody holds duties that should be apart.");
        }
        for conflict in &conflicts {
            opened = opened.take().or(conflict_ui(conflict, ctx, ui, actions));
        }
        ui.add_space(size::GAP);
        ui.label(Text::Section.rich("Keys"));
        weak_ui(
            ui,
            "Arrows move. A answers, R does, B or Shift+A both, C is asked, I is told, Delete clears.",
        );
    };
    let chip = Some((chip.0, chip.1.as_str()));
    let ((), close) = side_panel_ui(ui, "matrix findings", "Findings", chip, content);
    (opened, close)
}

fn conflict_ui(
    conflict: &Conflict,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) -> Option<Box<dyn Sheet>> {
    let book = ctx.book();
    let name = book.person_name(Some(conflict.person));
    ui.add(
        egui::Label::new(Text::Medium.rich(format!("{name}: {}", conflict.rule.text().to_lowercase())))
            .wrap(),
    );
    weak_ui(ui, &format!("{}.", conflict.roles_text(book)));
    let mut opened: Option<Box<dyn Sheet>> = None;
    if let Some(row) = conflict.accepted.and_then(|id| book.duty_conflicts.get(id.0)) {
        ui.add(Chip::new(Tone::Info, "Accepted"));
        let on = day_text(crate::util::clock::day_in(ctx.zone, row.accepted_at));
        weak_ui(ui, &format!("By {} on {on}. Instead: {}", row.accepted_by, row.instead));
        let words = format!("End acceptance for {name}: {}", conflict.rule.text().to_lowercase());
        let end = Button::quiet("End acceptance").tooltip(&words).enabled(ctx.can_write());
        if ui.add(end).clicked() {
            let command = Command::Role(RoleCommand::EndConflict(row.id));
            actions.push(Action::Run { ticket: 0, command: Box::new(command) });
        }
    } else {
        ui.add(Chip::new(Tone::Warn, "Not accepted"));
        if ui.add(Button::secondary("Accept…").enabled(ctx.can_write())).clicked() {
            opened = Some(Box::new(Accept::new(conflict)));
        }
    }
    ui.add_space(size::GAP_SMALL);
    opened
}

#[derive(Clone, Debug, PartialEq)]
struct AcceptDraft {
    by: String,
    instead: String,
}

/// Accepts a conflict of duty in the open.
#[derive(Debug)]
pub struct Accept {
    rule: DutyRule,
    person: PersonId,
    form: Form<AcceptDraft>,
}

impl Accept {
    fn new(conflict: &Conflict) -> Self {
        let draft = AcceptDraft { by: String::new(), instead: String::new() };
        Self { rule: conflict.rule, person: conflict.person, form: Form::new(draft) }
    }
}

impl Sheet for Accept {
    fn title(&self, _: &Ctx<'_>) -> String {
        "Accept a conflict".to_owned()
    }

    fn verb(&self) -> &'static str {
        "Accept"
    }

    fn fields(&self) -> &'static [&'static str] {
        &["accepted_by", "instead"]
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, _: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let (by, instead) = (self.form.issue("accepted_by"), self.form.issue("instead"));
        let name = ctx.book().person_name(Some(self.person));
        ui.add(
            egui::Label::new(Text::Medium.rich(format!("{name}: {}", self.rule.text().to_lowercase())))
                .wrap(),
        );
        weak_ui(ui, "It stays visible, is counted, and can be ended. Somebody else accepts it.");
        let record = ("accept", self.rule.word(), self.person.0);
        let draft = &mut self.form.draft;
        Field::new(record, "Accepted by", &mut draft.by).required().issue(by.as_deref()).ui(ui);
        let field = Field::new(record, "What takes its place", &mut draft.instead).lines(3);
        field.required().hint("A second look within five days").issue(instead.as_deref()).ui(ui);
        None
    }

    fn command(&self, _: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        Ok(Command::Role(RoleCommand::AcceptConflict(Box::new(DutyConflict {
            id: DutyConflictId(0),
            rule: self.rule,
            person: self.person,
            change: None,
            accepted_by: self.form.draft.by.clone(),
            accepted_at: 0,
            instead: self.form.draft.instead.clone(),
            ended_at: None,
        }))))
    }
}

#[derive(Clone, Debug, PartialEq)]
struct ActivityDraft {
    name: String,
    duty: Option<usize>,
}

/// Adds a row to the matrix, or changes its words.
#[derive(Debug)]
pub struct AddActivity {
    base: Option<Activity>,
    form: Form<ActivityDraft>,
}

impl AddActivity {
    /// A new row, or a change of one.
    pub fn new(base: Option<&Activity>) -> Self {
        let place = |duty: Duty| Duty::ALL.iter().position(|other| *other == duty).map(|at| at + 1);
        let draft = ActivityDraft {
            name: base.map(|row| row.name.clone()).unwrap_or_default(),
            duty: base.and_then(|row| row.duty).map_or(Some(0), place),
        };
        Self { base: base.cloned(), form: Form::new(draft) }
    }
}

impl Sheet for AddActivity {
    fn title(&self, _: &Ctx<'_>) -> String {
        if self.base.is_some() { "Change an activity".to_owned() } else { "Add an activity".to_owned() }
    }

    fn verb(&self) -> &'static str {
        if self.base.is_some() { "Save" } else { "Add activity" }
    }

    fn fields(&self) -> &'static [&'static str] {
        &["name"]
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let issue = self.form.issue("name");
        let record = ("activity", self.base.as_ref().map(|base| base.id.0));
        let draft = &mut self.form.draft;
        Field::new(record, "Activity", &mut draft.name).required().issue(issue.as_deref()).ui(ui);
        let mut words = vec!["Nothing special"];
        words.extend(Duty::ALL.iter().map(|duty| duty.text()));
        let dropdown = Dropdown::new(record, "Means to the program", &words, &mut draft.duty);
        dropdown.help("Decides which duties in one hand are found.").ui(ui);
        if let Some(base) = &self.base
            && ui.add(Button::quiet_danger("Take out of the matrix").icon(icon::TRASH_2)).clicked()
        {
            let id: ActivityId = base.id;
            let command = Command::Role(RoleCommand::EndActivity(id));
            actions.push(self.form.send(ctx, command));
        }
        None
    }

    fn command(&self, _: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let draft = &self.form.draft;
        if draft.name.trim().is_empty() {
            return Err(vec![wrong("name", "Say what is done.")]);
        }
        let duty = draft.duty.and_then(|at| at.checked_sub(1)).and_then(|at| Duty::ALL.get(at)).copied();
        let blank = Activity {
            id: ActivityId(0),
            position: 0,
            name: String::new(),
            duty: None,
            marks: Vec::new(),
            ended_at: None,
        };
        let base = self.base.clone();
        let row = Activity { name: draft.name.clone(), duty, ..base.clone().unwrap_or(blank) };
        Ok(Command::Role(RoleCommand::Activity(Box::new(Edit { base, row }))))
    }
}
