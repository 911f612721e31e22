//! Technology domains: who says go or no-go for which technology, and when silence means go.

use egui::Ui;

use crate::domain::calendar::release::Day;
use crate::domain::command::{Command, Edit, Issue, RiskCommand};
use crate::domain::document::shipped;
use crate::domain::gate::rule::silence_text;
use crate::domain::gate::{TechDomain, TechDomainId};
use crate::domain::person::PersonId;
use crate::domain::ruleset::standing::POLICY;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::choose::{Ask, person_ui};
use crate::ui::room::form::{Form, weak_ui};
use crate::ui::room::listing::{Line, Listing, Look, Value};
use crate::ui::room::sheet::{Frame, Sheet};
use crate::ui::theme::{Tone, size};
use crate::ui::widget::table::Column;
use crate::ui::widget::{Button, Dropdown, Field, TickBox, card_ui, empty_state_ui};
use crate::util::text::counted;

/// The table's name, by which its columns are kept and the keyboard finds it.
const TABLE: &str = "Technology domains";

/// The list.
#[derive(Debug)]
pub struct View {
    listing: Listing,
}

impl Default for View {
    fn default() -> Self {
        let column = |key, title, width| (key, Column::new(key, title, width));
        let columns = vec![
            ("name", Column::new("name", "Domain", size::COLUMN_WIDE).pinned()),
            column("technologies", "Covers", size::COLUMN_WIDE),
            column("decider", "Decides", size::COLUMN_NAME),
            column("deputy", "In their absence", size::COLUMN_NAME),
            column("silent", "Silence", size::COLUMN_TEXT),
            column("section", "Under the policy", size::COLUMN_WIDE),
        ];
        Self { listing: Listing::new(TABLE, columns) }
    }
}

impl View {
    /// Draws the list; the panel that was asked for.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let in_use = || ctx.book().domains.iter().filter(|domain| domain.ended_at.is_none());
        if in_use().next().is_none() {
            let words = "A technology domain has one person who says go or no-go for its updates, and a deputy. Silence can \
                         mean go where the policy says so.";
            let offers: &[&str] = if ctx.can_write() { &["Add a domain"] } else { &[] };
            let chosen = card_ui(ui, None, |ui| {
                empty_state_ui(ui, icon::USER_CHECK, "No technology domains yet", words, offers)
            });
            return chosen.inner.map(|_| -> Box<dyn Sheet> { Box::new(DomainSheet::new(ctx)) });
        }
        self.listing.refresh(ctx, || {
            let mut rows: Vec<&TechDomain> = in_use().collect();
            rows.sort_by_key(|domain| (domain.position, domain.id));
            rows.into_iter().map(|domain| line(ctx, domain)).collect()
        });
        self.listing.find_ui(ctx, ui, "Search technology domains", "Search domain, technology, person…");
        let summary = counted(self.listing.shown() as u64, "technology domain", "technology domains");
        let asked = self.listing.rows_ui(ui, &summary, None);
        actions.extend(asked.actions);
        let domain = ctx.book().domains.get(asked.opened?)?;
        Some(Box::new(DomainSheet::change(domain)))
    }
}

/// A section of the policy by its heading where it was given by its key, else as it was written.
fn section_text(section: &str) -> &str {
    let sections = shipped::template(POLICY).map_or(&[][..], |template| template.sections.as_slice());
    sections.iter().find(|known| known.key == section).map_or(section, |known| known.title.as_str())
}

fn line(ctx: &Ctx<'_>, domain: &TechDomain) -> Line {
    let decider = ctx.book().person_name(domain.decider);
    let decides = if decider.is_empty() {
        Value::new(Look::Chip(Tone::Warn), "Nobody")
    } else {
        Value::new(Look::Text, decider)
    };
    Line::new(
        domain.id.0,
        vec![
            Value::new(Look::Strong, &domain.name),
            Value::new(Look::Text, domain.technologies.join(", ")),
            decides,
            Value::new(Look::Text, ctx.book().person_name(domain.deputy)),
            Value::new(Look::Text, silence_text(ctx.book(), domain, ctx.now_at)),
            Value::new(Look::Text, section_text(&domain.section)),
        ],
    )
}

#[derive(Clone, Debug, PartialEq)]
struct Draft {
    name: String,
    technologies: String,
    decider: Option<PersonId>,
    deputy: Option<PersonId>,
    section: String,
    silent_go: bool,
    weekday: Option<usize>,
    time: String,
}

/// A domain being added or changed.
#[derive(Debug)]
pub struct DomainSheet {
    base: Option<TechDomain>,
    position: i64,
    form: Form<Draft>,
}

impl DomainSheet {
    /// A new one, at the end of the list.
    pub fn new(ctx: &Ctx<'_>) -> Self {
        let position = ctx.book().domains.iter().map(|domain| domain.position + 1).max().unwrap_or(1);
        let draft = Draft {
            name: String::new(),
            technologies: String::new(),
            decider: None,
            deputy: None,
            section: String::new(),
            silent_go: false,
            weekday: Day::ALL.iter().position(|day| *day == Day::Thursday),
            time: "12:00".to_owned(),
        };
        Self { base: None, position, form: Form::new(draft) }
    }

    /// A change.
    pub fn change(row: &TechDomain) -> Self {
        let draft = Draft {
            name: row.name.clone(),
            technologies: row.technologies.join(", "),
            decider: row.decider,
            deputy: row.deputy,
            section: row.section.clone(),
            silent_go: row.silent_go,
            weekday: Day::ALL.iter().position(|day| *day == row.object_weekday),
            time: row.object_time.clone(),
        };
        Self { base: Some(row.clone()), position: row.position, form: Form::new(draft) }
    }
}

const FIELDS: [&str; 7] =
    ["name", "technologies", "decider", "deputy", "section", "object_weekday", "object_time"];

impl Sheet for DomainSheet {
    fn title(&self, _: &Ctx<'_>) -> String {
        self.base.as_ref().map_or_else(|| "Add a domain".to_owned(), |base| base.name.clone())
    }

    fn verb(&self) -> &'static str {
        if self.base.is_some() { "Save" } else { "Add" }
    }

    fn fields(&self) -> &'static [&'static str] {
        &FIELDS
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let issues = FIELDS.map(|field| self.form.issue(field));
        let record = ("domain", self.base.as_ref().map(|base| base.id.0));
        let draft = &mut self.form.draft;
        Field::new(record, "Name", &mut draft.name)
            .hint("Windows")
            .required()
            .issue(issues[0].as_deref())
            .ui(ui);
        Field::new(record, "Covers", &mut draft.technologies)
            .lines(2)
            .help("Words of a technology or operating system, with commas: Windows, Office, Edge")
            .issue(issues[1].as_deref())
            .ui(ui);
        let nobody = |label, issue| Ask { nobody: Some("Nobody"), ..Ask::one(label, ctx.today, issue) };
        let who = nobody("Decides", issues[2].as_deref());
        person_ui(ui, ctx, (record, "decider"), &mut draft.decider, who);
        let who = nobody("In their absence", issues[3].as_deref());
        person_ui(ui, ctx, (record, "deputy"), &mut draft.deputy, who);
        ui.add(TickBox::new(&mut draft.silent_go, "Silence means go"));
        if draft.silent_go {
            weak_ui(ui, "Go unless they object in time. The policy must say so, and where.");
            let days: Vec<&str> = Day::ALL.iter().map(|day| day.text()).collect();
            Dropdown::new(record, "Object by", &days, &mut draft.weekday).issue(issues[5].as_deref()).ui(ui);
            Field::new(record, "Until", &mut draft.time).hint("12:00").issue(issues[6].as_deref()).ui(ui);
        }
        Field::new(record, "Section of the policy", &mut draft.section)
            .hint("Go or no-go")
            .issue(issues[4].as_deref())
            .ui(ui);
        if let Some(base) = &self.base
            && ui.add(Button::quiet_danger("Use this domain no longer")).clicked()
        {
            actions.push(self.form.send(ctx, Command::Risk(RiskCommand::EndDomain(base.id))));
        }
        None
    }

    fn command(&self, _: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let draft = &self.form.draft;
        let weekday = draft.weekday.and_then(|at| Day::ALL.get(at)).copied().unwrap_or(Day::Thursday);
        let row = TechDomain {
            id: self.base.as_ref().map_or(TechDomainId(0), |base| base.id),
            name: draft.name.trim().to_owned(),
            technologies: words(&draft.technologies),
            decider: draft.decider,
            deputy: draft.deputy,
            section: draft.section.clone(),
            silent_go: draft.silent_go,
            silent_since_at: self.base.as_ref().and_then(|base| base.silent_since_at),
            object_weekday: weekday,
            object_time: draft.time.trim().to_owned(),
            position: self.position,
            ended_at: None,
        };
        Ok(Command::Risk(RiskCommand::Domain(Box::new(Edit { base: self.base.clone(), row }))))
    }
}

/// Words with commas or line breaks between them.
fn words(text: &str) -> Vec<String> {
    text.split([',', ';', '\n']).map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
