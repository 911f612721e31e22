//! The panels of a document: begin it, change what it is, begin a new version, submit, record the ratification, withdraw.

use egui::Ui;

use crate::domain::approval::Medium;
use crate::domain::command::{Command, DocumentCommand, Edit, Issue, Told};
use crate::domain::document::subject::{Chosen, Subject, options, subjects};
use crate::domain::document::{Document, DocumentId, DocumentVersion, DocumentVersionId, shipped};
use crate::domain::person::PersonId;
use crate::ui::action::{Action, Purpose};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::choose::{Ask, date, person_ui, time, time_text, wrong};
use crate::ui::room::form::{Form, weak_ui};
use crate::ui::room::sheet::{Frame, Sheet};
use crate::ui::widget::{Button, DateField, Dropdown, Field, date_text};

/// What is done when the panel is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Deed {
    Begin(&'static str),
    Change(DocumentId),
    Draft(DocumentId),
    About(DocumentVersionId),
    Submit(DocumentVersionId),
    Ratify(DocumentVersionId),
    Withdraw(DocumentVersionId),
}

/// The texts as typed.
#[derive(Clone, Debug, Default, PartialEq)]
struct Draft {
    title: String,
    owner: Option<PersonId>,
    classification: String,
    review_months: String,
    note: String,
    by: String,
    function: String,
    medium: Option<usize>,
    at: String,
    evidence: Option<(String, String)>,
    effective: String,
    next_review: String,
    /// Place of the choice of each subject; 0 is the current one.
    about: [Option<usize>; 4],
}

/// One of the panels.
#[derive(Debug)]
pub struct DocumentSheet {
    deed: Deed,
    form: Form<Draft>,
}

impl DocumentSheet {
    /// Keep a document from now on.
    pub fn begin(key: &'static str) -> Self {
        Self { deed: Deed::Begin(key), form: Form::new(Draft::default()) }
    }

    /// Change title, owner, classification, months between reviews.
    pub fn change(document: &Document) -> Self {
        let draft = Draft {
            title: document.title.clone(),
            owner: document.owner,
            classification: document.classification.clone(),
            review_months: document.review_months.to_string(),
            ..Draft::default()
        };
        Self { deed: Deed::Change(document.id), form: Form::new(draft) }
    }

    /// Begin a new version; `note` is what changes, as far as it is known.
    pub fn draft(document: DocumentId, note: String) -> Self {
        Self { deed: Deed::Draft(document), form: Form::new(Draft { note, ..Draft::default() }) }
    }

    /// Say what a draft is about.
    pub fn about(ctx: &Ctx<'_>, version: &DocumentVersion) -> Self {
        let about = [0, 1, 2, 3].map(|at| {
            let (subject, chosen) = (Subject::ALL[at], version.about);
            let same = |(_, option): &(String, Chosen)| chosen.with(subject, *option) == chosen;
            let found = options(ctx.book(), subject, ctx.now_at).iter().position(same);
            Some(if chosen.has(subject) { found.map_or(0, |place| place + 1) } else { 0 })
        });
        Self { deed: Deed::About(version.id), form: Form::new(Draft { about, ..Draft::default() }) }
    }

    fn subjects(ctx: &Ctx<'_>, version: DocumentVersionId) -> Vec<Subject> {
        let document =
            ctx.book().versions.get(version.0).and_then(|v| ctx.book().documents.get(v.document.0));
        document.and_then(|document| shipped::template(&document.key)).map(subjects).unwrap_or_default()
    }

    fn about_ui(&mut self, version: DocumentVersionId, ctx: &Ctx<'_>, ui: &mut Ui) {
        for subject in Self::subjects(ctx, version) {
            let found = options(ctx.book(), subject, ctx.now_at);
            let mut names = vec!["The current one"];
            names.extend(found.iter().map(|(name, _)| name.as_str()));
            let issue = self.form.issue(subject.word());
            let chosen = &mut self.form.draft.about[subject as usize];
            Dropdown::new("about", subject.text(), &names, chosen).issue(issue.as_deref()).ui(ui);
        }
        weak_ui(
            ui,
            "The choice is kept with this version. A later version begins with the current ones again.",
        );
    }

    fn chosen(&self, version: DocumentVersionId, ctx: &Ctx<'_>) -> DocumentCommand {
        let mut about = Chosen::default();
        for subject in Self::subjects(ctx, version) {
            let place = self.form.draft.about[subject as usize].unwrap_or_default();
            let found = options(ctx.book(), subject, ctx.now_at);
            if let Some((_, option)) = place.checked_sub(1).and_then(|place| found.get(place)) {
                about = about.with(subject, *option);
            }
        }
        DocumentCommand::Choose { version, about }
    }

    /// Submit the draft.
    pub fn submit(version: DocumentVersionId) -> Self {
        Self { deed: Deed::Submit(version), form: Form::new(Draft::default()) }
    }

    /// Record that somebody ratified a version.
    pub fn ratify(ctx: &Ctx<'_>, version: DocumentVersionId) -> Self {
        let draft = Draft {
            at: time_text(ctx, Some(ctx.now_at)),
            effective: date_text::say(ctx.today),
            ..Draft::default()
        };
        Self { deed: Deed::Ratify(version), form: Form::new(draft) }
    }

    /// Take a version back.
    pub fn withdraw(version: DocumentVersionId) -> Self {
        Self { deed: Deed::Withdraw(version), form: Form::new(Draft::default()) }
    }

    fn change_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) {
        let issues =
            ["title", "owner", "classification", "review_months"].map(|field| self.form.issue(field));
        let draft = &mut self.form.draft;
        let record = "document";
        Field::new(record, "Title", &mut draft.title).required().issue(issues[0].as_deref()).ui(ui);
        let ask = Ask {
            nobody: Some("The role of the template"),
            ..Ask::one("Kept by", ctx.today, issues[1].as_deref())
        };
        person_ui(ui, ctx, record, &mut draft.owner, ask);
        let field = Field::new(record, "Classification", &mut draft.classification).required();
        field.help("Who may read it; printed on every page.").issue(issues[2].as_deref()).ui(ui);
        let field =
            Field::new(record, "Months between reviews", &mut draft.review_months).number().required();
        field.issue(issues[3].as_deref()).ui(ui);
    }

    fn ratify_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
        let fields = ["by", "function", "at", "effective_on", "next_review_on", "evidence", "medium"];
        let issues = fields.map(|field| self.form.issue(field));
        let draft = &mut self.form.draft;
        let record = "ratify";
        weak_ui(ui, "What is recorded here is who told you, not a signature of theirs.");
        Field::new(record, "Ratified by", &mut draft.by).required().issue(issues[0].as_deref()).ui(ui);
        let field = Field::new(record, "As what", &mut draft.function).required();
        field.hint("Managing director").issue(issues[1].as_deref()).ui(ui);
        let names: Vec<&str> = Medium::ALL.iter().map(|medium| medium.text()).collect();
        Dropdown::new(record, "How they told", &names, &mut draft.medium)
            .required()
            .issue(issues[6].as_deref())
            .ui(ui);
        let field = Field::new(record, "When they told", &mut draft.at).required();
        field.issue(issues[2].as_deref()).ui(ui);
        match &draft.evidence {
            Some((name, sha256)) => {
                weak_ui(ui, &format!("Evidence: {name}, SHA-256 {}", sha256.get(..16).unwrap_or(sha256)));
            }
            None => weak_ui(ui, "No evidence. The document will say so."),
        }
        if let Some(issue) = &issues[5] {
            crate::ui::widget::form::note_ui(ui, Some(issue), None);
        }
        ui.horizontal(|ui| {
            let word =
                if draft.evidence.is_some() { "Another file…" } else { "Name a file as evidence…" };
            if ui.add(Button::secondary(word).icon(icon::FILE_CHECK)).clicked() {
                actions.push(Action::Pick(Purpose::Evidence));
            }
            if draft.evidence.is_some() && ui.add(Button::icon_only(icon::X, "No evidence file")).clicked() {
                draft.evidence = None;
            }
        });
        let field = DateField::new(record, "In force from", &mut draft.effective, ctx.today);
        field.required().issue(issues[3].as_deref()).ui(ui);
        let field = DateField::new(record, "Next review by", &mut draft.next_review, ctx.today);
        field.issue(issues[4].as_deref()).ui(ui);
        weak_ui(ui, "Left empty, the next review follows the document's months between reviews.");
    }

    fn ratification(&self, ctx: &Ctx<'_>, version: DocumentVersionId) -> Result<DocumentCommand, Vec<Issue>> {
        let draft = &self.form.draft;
        let mut issues = Vec::new();
        let Some(medium) = draft.medium.and_then(|at| Medium::ALL.get(at).copied()) else {
            return Err(vec![wrong("medium", "Say how they told.")]);
        };
        let at = time(&draft.at, ctx, "at", &mut issues);
        let effective_on = date(&draft.effective, ctx, "effective_on", &mut issues);
        let next_review_on = if draft.next_review.trim().is_empty() {
            None
        } else {
            date(&draft.next_review, ctx, "next_review_on", &mut issues)
        };
        if at.is_none() && issues.is_empty() {
            issues.push(wrong("at", "Say when they told."));
        }
        if effective_on.is_none() && issues.is_empty() {
            issues.push(wrong("effective_on", "Say from which day it is in force."));
        }
        let (Some(at), Some(effective_on), true) = (at, effective_on, issues.is_empty()) else {
            return Err(issues);
        };
        let told = Told {
            by: draft.by.clone(),
            function: draft.function.clone(),
            medium,
            at,
            evidence: draft.evidence.clone(),
        };
        Ok(DocumentCommand::Ratify { version, told, effective_on, next_review_on })
    }

    fn changed(&self, ctx: &Ctx<'_>, id: DocumentId) -> Result<DocumentCommand, Vec<Issue>> {
        let draft = &self.form.draft;
        let Some(base) = ctx.book().documents.get(id.0).cloned() else {
            return Err(vec![wrong("", "The document is no longer in the register. Close this panel.")]);
        };
        let Ok(review_months) = draft.review_months.trim().parse() else {
            return Err(vec![wrong("review_months", "Type a number of months, such as 12.")]);
        };
        let row = Document {
            title: draft.title.clone(),
            owner: draft.owner,
            classification: draft.classification.clone(),
            review_months,
            ..base.clone()
        };
        Ok(DocumentCommand::Save(Box::new(Edit { base: Some(base), row })))
    }
}

impl Sheet for DocumentSheet {
    fn title(&self, ctx: &Ctx<'_>) -> String {
        let document = |id: DocumentId| {
            ctx.book().documents.get(id.0).map(|document| document.title.clone()).unwrap_or_default()
        };
        match &self.deed {
            Deed::Begin(key) => shipped::template(key).map(|t| t.title.clone()).unwrap_or_default(),
            Deed::Change(id) => document(*id),
            Deed::Draft(id) => format!("New version: {}", document(*id)),
            Deed::About(_) => "What this version is about".to_owned(),
            Deed::Submit(_) => "Submit this version".to_owned(),
            Deed::Ratify(_) => "Record the ratification".to_owned(),
            Deed::Withdraw(_) => "Withdraw this version".to_owned(),
        }
    }

    fn verb(&self) -> &'static str {
        match self.deed {
            Deed::Begin(_) => "Keep this document",
            Deed::Change(_) | Deed::About(_) => "Save",
            Deed::Draft(_) => "Begin the version",
            Deed::Submit(_) => "Submit",
            Deed::Ratify(_) => "Record as ratified",
            Deed::Withdraw(_) => "Withdraw",
        }
    }

    fn fields(&self) -> &'static [&'static str] {
        match self.deed {
            Deed::Change(_) => &["title", "owner", "classification", "review_months"],
            Deed::Draft(_) => &["note"],
            Deed::About(_) => &["cycle", "case", "posture", "month"],
            Deed::Ratify(_) => {
                &["by", "function", "at", "effective_on", "next_review_on", "evidence", "medium"]
            }
            Deed::Begin(_) | Deed::Submit(_) | Deed::Withdraw(_) => &[],
        }
    }

    fn frame(&self) -> Option<&dyn Frame> {
        Some(&self.form)
    }

    fn frame_mut(&mut self) -> Option<&mut dyn Frame> {
        Some(&mut self.form)
    }

    fn is_ready(&self) -> bool {
        match &self.deed {
            Deed::Begin(_) | Deed::Submit(_) | Deed::Withdraw(_) => true,
            Deed::Draft(_) => !self.form.draft.note.is_empty(),
            Deed::Change(_) | Deed::About(_) | Deed::Ratify(_) => false,
        }
    }

    fn evidence(&mut self, name: &str, sha256: &str) -> bool {
        if matches!(self.deed, Deed::Ratify(_)) {
            self.form.draft.evidence = Some((name.to_owned(), sha256.to_owned()));
            return true;
        }
        false
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        match &self.deed {
            Deed::Begin(key) => {
                let template = shipped::template(key)?;
                weak_ui(
                    ui,
                    "It begins as a draft with the shipped words, filled from this register. Its sections:",
                );
                for section in &template.sections {
                    ui.label(crate::ui::theme::Text::Body.rich(&section.title));
                }
            }
            Deed::Change(_) => self.change_ui(ctx, ui),
            Deed::Draft(_) => {
                let issue = self.form.issue("note");
                let field =
                    Field::new("draft", "What changes", &mut self.form.draft.note).lines(3).required();
                field.issue(issue.as_deref()).ui(ui);
            }
            Deed::About(version) => {
                let version = *version;
                self.about_ui(version, ctx, ui);
            }
            Deed::Submit(_) => weak_ui(
                ui,
                "The text and every value it states are kept as they are now. A setting that is changed afterwards marks the version \
                 out of date; it does not change its text.",
            ),
            Deed::Ratify(version) => {
                let policy = ctx
                    .book()
                    .versions
                    .get(version.0)
                    .and_then(|version| ctx.book().documents.get(version.document.0))
                    .is_some_and(|document| document.key == shipped::POLICY);
                let waiting = ctx
                    .book()
                    .pending_rules
                    .iter()
                    .filter(|row| row.settled == crate::domain::ruleset::Settled::Open)
                    .count();
                if policy && waiting > 0 {
                    let changes = crate::util::text::counted(waiting as u64, "change", "changes");
                    weak_ui(
                        ui,
                        &format!(
                            "{changes} of the deadlines wait for this version and come into force with it."
                        ),
                    );
                }
                self.ratify_ui(ctx, ui, actions);
            }
            Deed::Withdraw(version) => {
                let number = ctx.book().versions.get(version.0).map_or(0, |version| version.number);
                weak_ui(
                    ui,
                    &format!(
                        "Version {number} stays in the list as withdrawn. The text in own words stays too."
                    ),
                );
            }
        }
        None
    }

    fn command(&self, ctx: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let command = match &self.deed {
            Deed::Begin(key) => DocumentCommand::Begin((*key).to_owned()),
            Deed::Change(id) => self.changed(ctx, *id)?,
            Deed::Draft(document) => {
                DocumentCommand::Draft { document: *document, note: self.form.draft.note.clone() }
            }
            Deed::About(version) => self.chosen(*version, ctx),
            Deed::Submit(version) => DocumentCommand::Submit(*version),
            Deed::Ratify(version) => self.ratification(ctx, *version)?,
            Deed::Withdraw(version) => DocumentCommand::Withdraw(*version),
        };
        Ok(Command::Document(command))
    }
}
