//! The panels of a role: who has it, assigning it, handing it over; somebody who leaves; the three hats.

use egui::Ui;

use super::choose::{Ask, date, maybe_date, person_ui, wrong};
use super::own::{EndRole, Return, RoleForm, gone};
use super::sheet::{Frame, Sheet};
use crate::domain::command::{Command, Edit, Issue, RoleCommand};
use crate::domain::person::PersonId;
use crate::domain::role::holder::roles_in_order;
use crate::domain::role::leaving::left_behind;
use crate::domain::role::{Assignment, AssignmentId, Part, RoleId};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Form, weak_ui};
use crate::ui::theme::{Text, Tone};
use crate::ui::widget::{Banner, Button, DateField, Dropdown, Field, date_text};
use crate::util::clock::day_text;

fn role_name(ctx: &Ctx<'_>, role: RoleId) -> String {
    ctx.book().roles.get(role.0).map_or_else(|| "a role that is gone".to_owned(), |role| role.name.clone())
}

/// One role: what it answers for, and everybody who had, has or will have it.
#[derive(Debug)]
pub struct RoleSheet {
    /// Which role.
    pub role: RoleId,
}

impl Sheet for RoleSheet {
    fn title(&self, ctx: &Ctx<'_>) -> String {
        role_name(ctx, self.role)
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, _: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let book = ctx.book();
        let role = book.roles.get(self.role.0)?;
        weak_ui(ui, &format!("{}.", role.responsibility));
        weak_ui(ui, &format!("Usually: {}. Hat: {}.", role.job_title, role.hat.text().to_lowercase()));
        let mut held: Vec<&Assignment> =
            book.assignments.rows().iter().filter(|a| a.role == self.role).collect();
        held.retain(|a| a.until_on.is_none_or(|until| until >= a.from_on));
        held.sort_by_key(|a| (std::cmp::Reverse(a.from_on), a.id));
        let mut opened: Option<Box<dyn Sheet>> = None;
        if held.is_empty() {
            ui.label("Nobody has held it yet.");
        }
        for row in held {
            let name = book.person_name(Some(row.person));
            ui.label(Text::Medium.rich(format!("{name}, {}", row.part.text().to_lowercase())));
            let until = row
                .until_on
                .map_or_else(|| "until further notice".to_owned(), |on| format!("to {}", day_text(on)));
            let reason = if row.reason.is_empty() { String::new() } else { format!(". {}", row.reason) };
            weak_ui(ui, &format!("{} {until}{reason}", day_text(row.from_on)));
            let change = format!("Change {name}, {}", row.part.text().to_lowercase());
            if ui.add(Button::quiet("Change or end").icon(icon::PENCIL).tooltip(&change)).clicked() {
                opened = Some(Box::new(Assign::change(row)));
            }
        }
        ui.horizontal(|ui| {
            if ui.add(Button::secondary("Assign").icon(icon::PLUS)).clicked() {
                opened = Some(Box::new(Assign::new(ctx, Some(self.role))));
            }
            if ui.add(Button::secondary("Hand over").icon(icon::ARROW_RIGHT)).clicked() {
                opened = Some(Box::new(HandOver::new(ctx, Some(self.role))));
            }
        });
        if role.ended_at.is_none() {
            ui.horizontal(|ui| {
                if ui.add(Button::secondary("Change this role").icon(icon::PENCIL)).clicked() {
                    opened = Some(Box::new(RoleForm::change(role)));
                }
                if ui.add(Button::quiet_danger("Use it no longer…")).clicked() {
                    opened = Some(Box::new(EndRole::new(self.role)));
                }
            });
        }
        opened
    }
}

/// The choice of a role.
fn role_ui(ui: &mut Ui, ctx: &Ctx<'_>, record: &str, chosen: &mut Option<RoleId>, issue: Option<&str>) {
    let roles = roles_in_order(ctx.book());
    let names: Vec<&str> = roles.iter().map(|role| role.name.as_str()).collect();
    let mut at = chosen.and_then(|id| roles.iter().position(|role| role.id == id));
    let dropdown = Dropdown::new(record, "Role", &names, &mut at).required().issue(issue);
    if dropdown.ui(ui).changed() {
        *chosen = at.map(|at| roles[at].id);
    }
}

#[derive(Clone, Debug, PartialEq)]
struct AssignDraft {
    role: Option<RoleId>,
    person: Option<PersonId>,
    part: Option<usize>,
    from: String,
    until: String,
    reason: String,
}

/// Gives somebody a role, or changes what they have.
#[derive(Debug)]
pub struct Assign {
    base: Option<Assignment>,
    form: Form<AssignDraft>,
}

impl Assign {
    /// A new assignment, of a role where one is given.
    pub fn new(ctx: &Ctx<'_>, role: Option<RoleId>) -> Self {
        let from = date_text::say(ctx.today);
        let (until, reason) = (String::new(), String::new());
        let draft = AssignDraft { role, person: None, part: Some(0), from, until, reason };
        Self { base: None, form: Form::new(draft) }
    }

    fn change(row: &Assignment) -> Self {
        let draft = AssignDraft {
            role: Some(row.role),
            person: Some(row.person),
            part: Part::ALL.iter().position(|part| *part == row.part),
            from: date_text::say(row.from_on),
            until: row.until_on.map(date_text::say).unwrap_or_default(),
            reason: row.reason.clone(),
        };
        Self { base: Some(row.clone()), form: Form::new(draft) }
    }
}

impl Sheet for Assign {
    fn title(&self, ctx: &Ctx<'_>) -> String {
        let change = |row: &Assignment| format!("Change {}", role_name(ctx, row.role));
        self.base.as_ref().map_or_else(|| "Assign a role".to_owned(), change)
    }

    fn verb(&self) -> &'static str {
        if self.base.is_some() { "Save" } else { "Assign" }
    }

    fn fields(&self) -> &'static [&'static str] {
        &["role", "person", "from_on", "until_on", "reason"]
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, _: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let issues = ["role", "person", "from_on", "until_on", "reason"].map(|field| self.form.issue(field));
        let [role, person, from, until, reason] = &issues;
        let record = ("assign", self.base.as_ref().map(|base| base.id.0));
        let draft = &mut self.form.draft;
        if self.base.is_none() {
            role_ui(ui, ctx, "assign", &mut draft.role, role.as_deref());
            let on = date_text::read(&draft.from, ctx.today).unwrap_or(ctx.today);
            person_ui(ui, ctx, record, &mut draft.person, Ask::one("Who", on, person.as_deref()));
            let parts: Vec<&str> = Part::ALL.iter().map(|part| part.text()).collect();
            Dropdown::new(record, "As", &parts, &mut draft.part).ui(ui);
        } else {
            ui.label(Text::Medium.rich(ctx.book().person_name(draft.person)));
        }
        DateField::new(record, "First day", &mut draft.from, ctx.today)
            .required()
            .issue(from.as_deref())
            .ui(ui);
        DateField::new(record, "Last day", &mut draft.until, ctx.today).issue(until.as_deref()).ui(ui);
        Field::new(record, "Reason", &mut draft.reason).issue(reason.as_deref()).ui(ui);
        None
    }

    fn command(&self, ctx: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let mut issues = Vec::new();
        let draft = &self.form.draft;
        if draft.role.is_none() {
            issues.push(wrong("role", "Choose a role."));
        }
        if draft.person.is_none() {
            issues.push(wrong("person", "Choose who."));
        }
        let from = date(&draft.from, ctx, "from_on", &mut issues);
        let until_on = maybe_date(&draft.until, ctx, "until_on", &mut issues);
        let (Some(role), Some(person), Some(from_on), true) =
            (draft.role, draft.person, from, issues.is_empty())
        else {
            return Err(issues);
        };
        let row = Assignment {
            id: self.base.as_ref().map_or(AssignmentId(0), |base| base.id),
            role,
            person,
            part: draft.part.and_then(|at| Part::ALL.get(at)).copied().unwrap_or(Part::Holder),
            from_on,
            until_on,
            reason: draft.reason.clone(),
        };
        Ok(Command::Role(RoleCommand::Assign(Box::new(Edit { base: self.base.clone(), row }))))
    }
}

#[derive(Clone, Debug, PartialEq)]
struct HandOverDraft {
    role: Option<RoleId>,
    to: Option<PersonId>,
    on: String,
    reason: String,
}

/// Hands a role over.
#[derive(Debug)]
pub struct HandOver {
    form: Form<HandOverDraft>,
}

impl HandOver {
    /// A hand-over from tomorrow, of a role where one is given.
    pub fn new(ctx: &Ctx<'_>, role: Option<RoleId>) -> Self {
        let on = date_text::say(ctx.today.succ_opt().unwrap_or(ctx.today));
        Self { form: Form::new(HandOverDraft { role, to: None, on, reason: String::new() }) }
    }
}

impl Sheet for HandOver {
    fn title(&self, _: &Ctx<'_>) -> String {
        "Hand a role over".to_owned()
    }

    fn verb(&self) -> &'static str {
        "Hand over"
    }

    fn fields(&self) -> &'static [&'static str] {
        &["role", "to", "on"]
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, _: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let issues = ["role", "to", "on"].map(|field| self.form.issue(field));
        let draft = &mut self.form.draft;
        weak_ui(ui, "Ends what the holder has on the day before, and begins the next one, in one step.");
        role_ui(ui, ctx, "hand over", &mut draft.role, issues[0].as_deref());
        let on = date_text::read(&draft.on, ctx.today).unwrap_or(ctx.today);
        person_ui(ui, ctx, "hand over", &mut draft.to, Ask::one("To", on, issues[1].as_deref()));
        let field = DateField::new("hand over", "From", &mut draft.on, ctx.today);
        field.required().issue(issues[2].as_deref()).ui(ui);
        Field::new("hand over", "Reason", &mut draft.reason).hint("Now with operations").ui(ui);
        None
    }

    fn command(&self, ctx: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let mut issues = Vec::new();
        let draft = &self.form.draft;
        if draft.role.is_none() {
            issues.push(wrong("role", "Choose a role."));
        }
        if draft.to.is_none() {
            issues.push(wrong("to", "Choose who takes it."));
        }
        let on = date(&draft.on, ctx, "on", &mut issues);
        match (draft.role, draft.to, on) {
            (Some(role), Some(to), Some(on)) => {
                Ok(Command::Role(RoleCommand::HandOver { role, to, on, reason: draft.reason.clone() }))
            }
            _ => Err(issues),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
struct LeaveDraft {
    person: Option<PersonId>,
    on: String,
}

/// Somebody leaves: says first what will be without anybody.
#[derive(Debug)]
pub struct Leave {
    form: Form<LeaveDraft>,
}

impl Leave {
    /// Nobody in particular, today.
    pub fn new(ctx: &Ctx<'_>) -> Self {
        Self { form: Form::new(LeaveDraft { person: None, on: date_text::say(ctx.today) }) }
    }
}

impl Sheet for Leave {
    fn title(&self, _: &Ctx<'_>) -> String {
        "Somebody leaves".to_owned()
    }

    fn verb(&self) -> &'static str {
        "Record leaving"
    }

    fn fields(&self) -> &'static [&'static str] {
        &["person", "on"]
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, _: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let (person, on) = (self.form.issue("person"), self.form.issue("on"));
        let draft = &mut self.form.draft;
        weak_ui(ui, "Ends every role and membership on the last day. After it they cannot be named again.");
        person_ui(ui, ctx, "leave", &mut draft.person, Ask::one("Who", ctx.today, person.as_deref()));
        DateField::new("leave", "Last day", &mut draft.on, ctx.today).required().issue(on.as_deref()).ui(ui);
        if let (Some(who), Some(on)) = (draft.person, date_text::read(&draft.on, ctx.today)) {
            let lines = left_behind(ctx.book(), who, on).lines(ctx.book());
            let words = lines.join("\n");
            if lines.is_empty() {
                weak_ui(ui, "Nothing is left without anybody.");
            } else {
                Banner::new(Tone::Warn, "Left without anybody").words(&words).ui(ui);
            }
        }
        let back = !gone(ctx).is_empty() && ui.add(Button::quiet("Somebody is back…")).clicked();
        back.then(|| Box::new(Return::new()) as Box<dyn Sheet>)
    }

    fn command(&self, ctx: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let mut issues = Vec::new();
        if self.form.draft.person.is_none() {
            issues.push(wrong("person", "Choose who."));
        }
        let on = date(&self.form.draft.on, ctx, "on", &mut issues);
        match (self.form.draft.person, on) {
            (Some(person), Some(on)) => Ok(Command::Role(RoleCommand::Leave { person, on })),
            _ => Err(issues),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
struct HatsDraft {
    does: Option<PersonId>,
    approves: Option<PersonId>,
    looks_over: Option<PersonId>,
    on: String,
}

/// Folds every role into three hats.
#[derive(Debug)]
pub struct Hats {
    form: Form<HatsDraft>,
}

impl Hats {
    /// Three hats from today.
    pub fn new(ctx: &Ctx<'_>) -> Self {
        let on = date_text::say(ctx.today);
        Self { form: Form::new(HatsDraft { does: None, approves: None, looks_over: None, on }) }
    }
}

impl Sheet for Hats {
    fn title(&self, _: &Ctx<'_>) -> String {
        "Just me and a boss".to_owned()
    }

    fn verb(&self) -> &'static str {
        "Fold the roles"
    }

    fn fields(&self) -> &'static [&'static str] {
        &["does", "approves", "looks_over", "on"]
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, _: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let issues = ["does", "approves", "looks_over", "on"].map(|field| self.form.issue(field));
        let draft = &mut self.form.draft;
        weak_ui(
            ui,
            "Every role goes to one of three people. Duties that then lie in one hand are shown in Matrix.",
        );
        let on = date_text::read(&draft.on, ctx.today).unwrap_or(ctx.today);
        for (label, chosen, issue) in [
            ("Does the work", &mut draft.does, &issues[0]),
            ("Approves it", &mut draft.approves, &issues[1]),
            ("Looks over it", &mut draft.looks_over, &issues[2]),
        ] {
            person_ui(ui, ctx, "hats", chosen, Ask::one(label, on, issue.as_deref()));
        }
        let field = DateField::new("hats", "From", &mut draft.on, ctx.today);
        field.required().issue(issues[3].as_deref()).ui(ui);
        None
    }

    fn command(&self, ctx: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let mut issues = Vec::new();
        let draft = &self.form.draft;
        for (field, chosen) in
            [("does", draft.does), ("approves", draft.approves), ("looks_over", draft.looks_over)]
        {
            if chosen.is_none() {
                issues.push(wrong(field, "Choose who."));
            }
        }
        let on = date(&draft.on, ctx, "on", &mut issues);
        match (draft.does, draft.approves, draft.looks_over, on) {
            (Some(does), Some(approves), Some(looks_over), Some(on)) => {
                Ok(Command::Role(RoleCommand::Hats { does, approves, looks_over, on }))
            }
            _ => Err(issues),
        }
    }
}
