//! The panels of the committee: a membership, and a contact card with its escalation path.

use egui::Ui;

use super::choose::{Ask, date, group_ui, maybe_date, person_ui, wrong};
use super::sheet::{Frame, Sheet};
use crate::domain::command::{Command, CommitteeCommand, Edit, Issue};
use crate::domain::committee::{Contact, ContactId, Escalation, MailingList, Member, MemberId};
use crate::domain::group::GroupId;
use crate::domain::person::PersonId;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Form, weak_ui};
use crate::ui::theme::{Text, size};
use crate::ui::widget::{Button, DateField, Field, date_text};

#[derive(Clone, Debug, PartialEq)]
struct MemberDraft {
    person: Option<PersonId>,
    represents: String,
    nominee_of: Option<GroupId>,
    from: String,
    until: String,
}

/// Puts somebody on a list, or changes that.
#[derive(Debug)]
pub struct MemberSheet {
    base: Option<Member>,
    list: MailingList,
    form: Form<MemberDraft>,
}

impl MemberSheet {
    /// A new entry on a list, from today.
    pub fn new(ctx: &Ctx<'_>, list: MailingList) -> Self {
        let from = date_text::say(ctx.today);
        let (represents, until) = (String::new(), String::new());
        let draft = MemberDraft { person: None, represents, nominee_of: None, from, until };
        Self { base: None, list, form: Form::new(draft) }
    }

    /// A change of an entry.
    pub fn change(row: &Member) -> Self {
        let draft = MemberDraft {
            person: Some(row.person),
            represents: row.represents.clone(),
            nominee_of: row.nominee_of,
            from: date_text::say(row.from_on),
            until: row.until_on.map(date_text::say).unwrap_or_default(),
        };
        Self { base: Some(row.clone()), list: row.list, form: Form::new(draft) }
    }
}

impl Sheet for MemberSheet {
    fn title(&self, ctx: &Ctx<'_>) -> String {
        match (&self.base, self.list) {
            (Some(base), _) => ctx.book().person_name(Some(base.person)).to_owned(),
            (None, MailingList::Committee) => "Add a member".to_owned(),
            (None, MailingList::Distribution) => "Add to the distribution list".to_owned(),
        }
    }

    fn verb(&self) -> &'static str {
        if self.base.is_some() { "Save" } else { "Add" }
    }

    fn fields(&self) -> &'static [&'static str] {
        &["person", "represents", "nominee_of", "from_on", "until_on"]
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, _: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let issues =
            ["person", "represents", "nominee_of", "from_on", "until_on"].map(|field| self.form.issue(field));
        let record = ("member", self.base.as_ref().map(|base| base.id.0));
        let draft = &mut self.form.draft;
        if self.base.is_none() {
            let on = date_text::read(&draft.from, ctx.today).unwrap_or(ctx.today);
            person_ui(ui, ctx, record, &mut draft.person, Ask::one("Who", on, issues[0].as_deref()));
        }
        let field = Field::new(record, "Speaks for", &mut draft.represents).hint("IT operations");
        let field = if self.list == MailingList::Committee { field.required() } else { field };
        field.issue(issues[1].as_deref()).ui(ui);
        let words = ("Sent by the group", "No group");
        group_ui(ui, ctx, record, words, &mut draft.nominee_of, issues[2].as_deref());
        let field = DateField::new(record, "First day", &mut draft.from, ctx.today);
        field.required().issue(issues[3].as_deref()).ui(ui);
        DateField::new(record, "Last day", &mut draft.until, ctx.today).issue(issues[4].as_deref()).ui(ui);
        None
    }

    fn command(&self, ctx: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let mut issues = Vec::new();
        let draft = &self.form.draft;
        if draft.person.is_none() {
            issues.push(wrong("person", "Choose who."));
        }
        let from = date(&draft.from, ctx, "from_on", &mut issues);
        let until_on = maybe_date(&draft.until, ctx, "until_on", &mut issues);
        let (Some(person), Some(from_on), true) = (draft.person, from, issues.is_empty()) else {
            return Err(issues);
        };
        let row = Member {
            id: self.base.as_ref().map_or(MemberId(0), |base| base.id),
            person,
            list: self.list,
            represents: draft.represents.clone(),
            nominee_of: draft.nominee_of,
            from_on,
            until_on,
        };
        let edit = Box::new(Edit { base: self.base.clone(), row });
        Ok(Command::Committee(CommitteeCommand::Member(edit)))
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Rung {
    person: Option<PersonId>,
    phone: String,
    minutes: String,
}

#[derive(Clone, Debug, PartialEq)]
struct ContactDraft {
    group: Option<GroupId>,
    bridge: String,
    emergency: String,
    rungs: Vec<Rung>,
}

/// Says where to call, for a group or for the whole shop.
#[derive(Debug)]
pub struct ContactSheet {
    base: Option<Contact>,
    form: Form<ContactDraft>,
}

impl ContactSheet {
    /// A new card: of the whole shop first, of a group where that exists.
    pub fn new(ctx: &Ctx<'_>) -> Self {
        let has_shop = crate::domain::committee::card_of(ctx.book(), None).is_some();
        let free = |group: &&crate::domain::group::Group| {
            crate::domain::committee::card_of(ctx.book(), Some(group.id)).is_none()
        };
        let group = ctx.book().groups_in_order().into_iter().find(free).map(|group| group.id);
        let draft = ContactDraft {
            group: group.filter(|_| has_shop),
            bridge: String::new(),
            emergency: String::new(),
            rungs: Vec::new(),
        };
        Self { base: None, form: Form::new(draft) }
    }

    /// A change of a card.
    pub fn change(row: &Contact) -> Self {
        let rung = |rung: &Escalation| Rung {
            person: Some(rung.person),
            phone: rung.phone.clone(),
            minutes: rung.after_minutes.to_string(),
        };
        let draft = ContactDraft {
            group: row.group,
            bridge: row.bridge.clone(),
            emergency: row.emergency.clone(),
            rungs: row.escalation.iter().map(rung).collect(),
        };
        Self { base: Some(row.clone()), form: Form::new(draft) }
    }
}

impl Sheet for ContactSheet {
    fn title(&self, ctx: &Ctx<'_>) -> String {
        match &self.base {
            Some(base) => super::committee::group_name(ctx.book(), base.group).to_owned(),
            None => "Where to call".to_owned(),
        }
    }

    fn verb(&self) -> &'static str {
        if self.base.is_some() { "Save" } else { "Add" }
    }

    fn fields(&self) -> &'static [&'static str] {
        &["group", "bridge"]
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let (group, bridge) = (self.form.issue("group"), self.form.issue("bridge"));
        let id = self.base.as_ref().map(|base| base.id.0);
        let record = ("contact", id);
        let draft = &mut self.form.draft;
        if self.base.is_none() {
            group_ui(ui, ctx, record, ("For", "The whole shop"), &mut draft.group, group.as_deref());
        }
        let field = Field::new(record, "Conference bridge", &mut draft.bridge).hint("Number or link");
        field.issue(bridge.as_deref()).ui(ui);
        Field::new(record, "Emergency number of security", &mut draft.emergency).ui(ui);
        ui.add_space(size::GAP_SMALL);
        ui.label(Text::Medium.rich("Who is called, in order"));
        if draft.rungs.is_empty() {
            weak_ui(ui, "Nobody yet.");
        }
        let mut gone = None;
        for (at, rung) in draft.rungs.iter_mut().enumerate() {
            let (record, place) = (("rung", id, at), at + 1);
            let (who, phone) = (format!("Call {place}"), format!("Number of call {place}"));
            let wait = format!("Minutes before call {place}");
            person_ui(ui, ctx, record, &mut rung.person, Ask::one(&who, ctx.today, None));
            Field::new(record, &phone, &mut rung.phone).ui(ui);
            Field::new(record, &wait, &mut rung.minutes).number().ui(ui);
            let remove = format!("Remove call {place}");
            if ui.add(Button::quiet(&remove).icon(icon::X)).clicked() {
                gone = Some(at);
            }
        }
        if let Some(at) = gone {
            draft.rungs.remove(at);
        }
        if ui.add(Button::secondary("Add a call").icon(icon::PLUS)).clicked() {
            let minutes = draft.rungs.last().map_or("0", |_| "15").to_owned();
            draft.rungs.push(Rung { person: None, phone: String::new(), minutes });
        }
        if let Some(base) = &self.base
            && ui.add(Button::quiet_danger("Use this card no longer").icon(icon::TRASH_2)).clicked()
        {
            let command = Command::Committee(CommitteeCommand::EndContact(base.id));
            actions.push(self.form.send(ctx, command));
        }
        None
    }

    fn command(&self, _: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let mut issues = Vec::new();
        let draft = &self.form.draft;
        let mut escalation = Vec::new();
        for (at, rung) in (1..).zip(&draft.rungs) {
            match (rung.person, rung.minutes.trim().parse::<i64>()) {
                (Some(person), Ok(after_minutes)) => {
                    escalation.push(Escalation { person, phone: rung.phone.clone(), after_minutes });
                }
                (None, _) => {
                    issues.push(wrong("escalation", &format!("Choose who is called as number {at}.")));
                }
                (_, Err(_)) => {
                    issues.push(wrong("escalation", &format!("Write whole minutes before call {at}.")));
                }
            }
        }
        if !issues.is_empty() {
            return Err(issues);
        }
        let row = Contact {
            id: self.base.as_ref().map_or(ContactId(0), |base| base.id),
            group: draft.group,
            bridge: draft.bridge.clone(),
            emergency: draft.emergency.clone(),
            escalation,
            ended_at: None,
        };
        let edit = Box::new(Edit { base: self.base.clone(), row });
        Ok(Command::Committee(CommitteeCommand::Contact(edit)))
    }
}
