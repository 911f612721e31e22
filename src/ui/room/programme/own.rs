//! The panels that change what roles there are: add one, change one, use one no longer; and who came back.
//!
//! They never assign a role: who holds it is said in the panels of `role`.

use egui::Ui;

use super::choose::wrong;
use super::sheet::{Frame, Sheet};
use crate::domain::command::{Command, Edit, Issue, RoleCommand};
use crate::domain::person::{Person, PersonId, last_day};
use crate::domain::role::{Assignment, Hat, Role, RoleId};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Form, weak_ui};
use crate::ui::widget::{Dropdown, Field};
use crate::util::clock::day_text;
use crate::util::text::fold;

#[derive(Clone, Debug, PartialEq)]
struct RoleDraft {
    code: String,
    name: String,
    responsibility: String,
    job_title: String,
    hat: Option<usize>,
}

/// Adds a role of the shop's own, or changes one.
#[derive(Debug)]
pub struct RoleForm {
    base: Option<Role>,
    form: Form<RoleDraft>,
}

impl RoleForm {
    /// A new role.
    pub fn new() -> Self {
        let empty = String::new;
        let (code, name, responsibility, job_title) = (empty(), empty(), empty(), empty());
        let draft = RoleDraft { code, name, responsibility, job_title, hat: Some(0) };
        Self { base: None, form: Form::new(draft) }
    }

    /// A role that is used.
    pub fn change(role: &Role) -> Self {
        let draft = RoleDraft {
            code: role.code.clone(),
            name: role.name.clone(),
            responsibility: role.responsibility.clone(),
            job_title: role.job_title.clone(),
            hat: Hat::ALL.iter().position(|hat| *hat == role.hat),
        };
        Self { base: Some(role.clone()), form: Form::new(draft) }
    }
}

impl Sheet for RoleForm {
    fn title(&self, _: &Ctx<'_>) -> String {
        self.base.as_ref().map_or_else(|| "Add a role".to_owned(), |role| format!("Change {}", role.name))
    }

    fn verb(&self) -> &'static str {
        if self.base.is_some() { "Save role" } else { "Add role" }
    }

    fn fields(&self) -> &'static [&'static str] {
        &["code", "name"]
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn inside_ui(&mut self, _: &Ctx<'_>, ui: &mut Ui, _: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let (code, name) = (self.form.issue("code"), self.form.issue("name"));
        let record = ("role", self.base.as_ref().map(|base| base.id.0));
        let draft = &mut self.form.draft;
        let field = Field::new(record, "Short form", &mut draft.code).help("Heads its column in the matrix");
        field.required().issue(code.as_deref()).ui(ui);
        Field::new(record, "Role name", &mut draft.name).required().issue(name.as_deref()).ui(ui);
        Field::new(record, "Answers for", &mut draft.responsibility).ui(ui);
        Field::new(record, "Usually the job of", &mut draft.job_title).ui(ui);
        let hats: Vec<&str> = Hat::ALL.iter().map(|hat| hat.text()).collect();
        Dropdown::new(record, "Hat", &hats, &mut draft.hat).ui(ui);
        None
    }

    fn command(&self, _: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let draft = &self.form.draft;
        let base = self.base.as_ref();
        let row = Role {
            id: base.map_or(RoleId(0), |base| base.id),
            code: draft.code.clone(),
            name: draft.name.clone(),
            responsibility: draft.responsibility.clone(),
            job_title: draft.job_title.clone(),
            hat: draft.hat.and_then(|at| Hat::ALL.get(at)).copied().unwrap_or(Hat::Does),
            position: base.map_or(0, |base| base.position),
            ended_at: None,
        };
        Ok(Command::Role(RoleCommand::Role(Box::new(Edit { base: self.base.clone(), row }))))
    }
}

/// Uses a role no longer: says first whom it is taken from.
#[derive(Debug)]
pub struct EndRole {
    role: RoleId,
    form: Form<()>,
}

impl EndRole {
    /// Of a role that is used.
    pub fn new(role: RoleId) -> Self {
        Self { role, form: Form::new(()) }
    }
}

impl Sheet for EndRole {
    fn title(&self, ctx: &Ctx<'_>) -> String {
        let name = ctx.book().roles.get(self.role.0).map_or("this role", |role| role.name.as_str());
        format!("Use {name} no longer")
    }

    fn verb(&self) -> &'static str {
        "End role"
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn is_ready(&self) -> bool {
        true
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, _: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let book = ctx.book();
        let running =
            |a: &&Assignment| a.role == self.role && a.until_on.is_none_or(|until| until > ctx.today);
        let mut names: Vec<&str> = book
            .assignments
            .rows()
            .iter()
            .filter(running)
            .map(|row| book.person_name(Some(row.person)))
            .collect();
        names.sort_unstable();
        names.dedup();
        weak_ui(ui, "Its column leaves the matrix. Who held it, and when, stays in the register.");
        let words = if names.is_empty() {
            "Nobody holds it.".to_owned()
        } else {
            format!("It ends today for {}.", names.join(", "))
        };
        weak_ui(ui, &words);
        None
    }

    fn command(&self, _: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        Ok(Command::Role(RoleCommand::EndRole(self.role)))
    }
}

/// Everybody who left and did not come back, by name.
pub fn gone<'a>(ctx: &Ctx<'a>) -> Vec<&'a Person> {
    let book = ctx.book();
    let mut people: Vec<&Person> = book.people.rows().iter().collect();
    people.retain(|person| last_day(book, person.id).is_some());
    people.sort_by_cached_key(|person| fold(&person.name));
    people
}

/// Somebody who left is there again.
#[derive(Debug)]
pub struct Return {
    form: Form<Option<PersonId>>,
}

impl Return {
    /// Nobody in particular.
    pub fn new() -> Self {
        Self { form: Form::new(None) }
    }
}

impl Sheet for Return {
    fn title(&self, _: &Ctx<'_>) -> String {
        "Somebody is back".to_owned()
    }

    fn verb(&self) -> &'static str {
        "Record return"
    }

    fn fields(&self) -> &'static [&'static str] {
        &["person"]
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, _: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let issue = self.form.issue("person");
        weak_ui(ui, "They can be named again from now on. What they held before is assigned anew.");
        let people = gone(ctx);
        let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
        let chosen = &mut self.form.draft;
        let mut at = chosen.and_then(|id| people.iter().position(|person| person.id == id));
        let dropdown = Dropdown::new("return", "Who", &names, &mut at).required().issue(issue.as_deref());
        if dropdown.ui(ui).changed() {
            *chosen = at.map(|at| people[at].id);
        }
        if let Some(on) = chosen.and_then(|id| last_day(ctx.book(), id)) {
            weak_ui(ui, &format!("Their last day was {}.", day_text(on)));
        }
        None
    }

    fn command(&self, _: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let who = self.form.draft.ok_or_else(|| vec![wrong("person", "Choose who.")])?;
        Ok(Command::Role(RoleCommand::Return(who)))
    }
}
