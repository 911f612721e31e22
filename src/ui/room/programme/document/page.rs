//! The page of one document: its sections to edit on the left, how it reads on the right, its versions with what differs.

use egui::{Label, ScrollArea, Ui, vec2};

use super::names::names_ui;
use super::preview::blocks_ui;
use super::{DocumentSheet, tone};
use crate::app::paper::Paper;
use crate::app::session::Notice;
use crate::app::session::look::{Look, Reading};
use crate::domain::command::{Command, DocumentCommand, Edit};
use crate::domain::document::compare::{Difference, differences};
use crate::domain::document::standing::Changed;
use crate::domain::document::subject::subjects;
use crate::domain::document::template::{Section, Template};
use crate::domain::document::{
    Document, DocumentId, DocumentState, DocumentVersion, OwnSection, shipped, standing,
};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{Answer, Form, beside_ui, heading_ui, weak_ui};
use crate::ui::room::sheet::Sheet;
use crate::ui::theme::{Text, Tone, size};
use crate::ui::widget::{Button, Chip, Dropdown, Field, card_ui};
use crate::util::clock::day_text;

/// The page.
#[derive(Debug)]
pub struct Page {
    document: DocumentId,
    section: Option<usize>,
    form: Option<Form<String>>,
    /// How it reads, as of which entry of the history.
    reading: Option<(i64, Box<Reading>)>,
    /// What was asked for and has not come yet.
    asked: Option<(i64, Document)>,
    compared: [Option<usize>; 2],
}

/// What was asked for on the page.
#[derive(Debug)]
pub enum Wish {
    /// Back to the list.
    Back,
    /// A form.
    Sheet(Box<dyn Sheet>),
}

impl Page {
    /// The page of a document.
    pub fn new(document: DocumentId) -> Self {
        Self { document, section: Some(0), form: None, reading: None, asked: None, compared: [None, None] }
    }

    /// Whether something typed would be lost.
    pub fn is_dirty(&self) -> bool {
        self.form.as_ref().is_some_and(Form::is_dirty)
    }

    /// Takes what was worked out.
    pub fn looked(&mut self, seq: i64, reading: Box<Reading>) {
        self.asked = None;
        if reading.document.id == self.document {
            self.reading = Some((seq, reading));
        }
    }

    /// Takes an answer; `true` if it was this page's.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        self.form.as_mut().is_some_and(|form| form.notice(notice) != Answer::Foreign)
    }

    /// Sends the section as typed.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        let text = self.form.as_ref()?.draft.clone();
        self.send(ctx, Some(text))
    }

    /// Sends the document with a section in own words, or with the shipped ones.
    fn send(&mut self, ctx: &Ctx<'_>, text: Option<String>) -> Option<Action> {
        let base = ctx.book().documents.get(self.document.0)?.clone();
        let template = shipped::template(&base.key)?;
        let section = template.sections.get(self.section.unwrap_or_default())?;
        let form = self.form.as_mut().filter(|form| !form.is_saving() && ctx.can_write())?;
        let mut row = base.clone();
        row.own_sections.retain(|own| own.key != section.key);
        row.own_sections.extend(text.map(|text| OwnSection {
            key: section.key.clone(),
            text,
            over_sha256: shipped::section_sha256(&section.text),
        }));
        let edit = Box::new(Edit { base: Some(base), row });
        Some(form.send(ctx, Command::Document(DocumentCommand::Save(edit))))
    }

    /// Draws the page.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Wish> {
        let Some(document) = ctx.book().documents.get(self.document.0) else { return Some(Wish::Back) };
        let Some(template) = shipped::template(&document.key) else { return Some(Wish::Back) };
        let versions = standing::versions(ctx.book(), document.id);
        let newest = versions.last().copied();
        ui.spacing_mut().item_spacing.y = size::GAP_LARGE;
        actions.extend(self.read(ctx, document, template));
        let mut wish = self.head_ui((document, template), newest, ctx, ui, actions);
        if let Some((_, reading)) = &self.reading
            && !reading.changed.is_empty()
        {
            stale_ui(ui, &reading.changed);
        }
        let height = (ui.available_height() - size::GAP_SECTION).max(size::FIGURE);
        let mut pressed = None;
        beside_ui(ui, &[1.0, 1.0], |ui, _, place| {
            let room = vec2(ui.available_width(), height);
            ui.set_max_height(room.y);
            let name = if place == 0 { "document text" } else { "document preview" };
            ScrollArea::vertical().id_salt(name).max_height(room.y).auto_shrink(false).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = size::GAP;
                if place == 0 {
                    pressed = self.edit_ui(document, template, ctx, ui);
                    self.versions_ui(&versions, ui);
                } else {
                    heading_ui(ui, "How it reads");
                    match &self.reading {
                        Some((_, reading)) => blocks_ui(ui, &reading.blocks),
                        None => {
                            weak_ui(ui, "The text is being filled from the register. This takes a moment.");
                        }
                    }
                }
            });
        });
        match pressed {
            Some(Pressed::Save) => actions.extend(self.save(ctx)),
            Some(Pressed::Shipped) => actions.extend(self.send(ctx, None)),
            None => {}
        }
        wish.take()
    }

    /// Asks for how it reads, where anything changed and no answer is on its way: at most one is worked out at a time.
    fn read(&mut self, ctx: &Ctx<'_>, document: &Document, template: &'static Template) -> Option<Action> {
        let at = self.section.unwrap_or_default().min(template.sections.len().saturating_sub(1));
        let section = &template.sections[at];
        let kept = own_text(document, section);
        match &mut self.form {
            Some(form) => form.follow(kept),
            None => self.form = Some(Form::new(kept)),
        }
        let text = self.form.as_ref().map(|form| form.draft.clone()).unwrap_or_default();
        let mut row = document.clone();
        row.own_sections.retain(|other| other.key != section.key);
        row.own_sections.push(OwnSection { key: section.key.clone(), text, over_sha256: String::new() });
        let seq = ctx.book().head.seq;
        let known = self.reading.as_ref().is_some_and(|(at, reading)| *at == seq && reading.document == row);
        // An answer about a register that is no longer shown may never come.
        if known || self.asked.as_ref().is_some_and(|(at, _)| *at == seq) {
            return None;
        }
        self.asked = Some((seq, row.clone()));
        Some(Action::Look(Look::Reading(Box::new(row))))
    }

    /// What a new version of a document that is out of date is for.
    fn note(&self) -> String {
        match &self.reading {
            Some((_, reading)) if !reading.changed.is_empty() => {
                format!("Brought up to date: {}", standing::labels(&reading.changed))
            }
            _ => String::new(),
        }
    }

    fn head_ui(
        &self,
        (document, template): (&Document, &Template),
        newest: Option<&DocumentVersion>,
        ctx: &Ctx<'_>,
        ui: &mut Ui,
        actions: &mut Vec<Action>,
    ) -> Option<Wish> {
        let mut wish = None;
        let open = |sheet: DocumentSheet| Some(Wish::Sheet(Box::new(sheet)));
        let may = ctx.can_write() && !self.is_dirty();
        ui.horizontal_wrapped(|ui| {
            if ui.add(Button::quiet("All documents").icon(icon::CHEVRON_LEFT)).clicked() {
                wish = Some(Wish::Back);
            }
            ui.label(Text::Section.rich(&document.title));
            if let Some(version) = newest {
                ui.add(Chip::new(tone(version.state), version.state.text()));
                ui.label(Text::Body.rich(format!("Version {}", version.number)));
                for subject in subjects(template) {
                    if let Some(text) = version.about.text(ctx.book(), subject) {
                        ui.label(Text::Small.rich(format!("{}: {text}", subject.text())));
                    }
                }
            }
            if self.is_dirty() {
                ui.add(Chip::new(Tone::Info, "Not saved"));
            }
        });
        ui.horizontal_wrapped(|ui| {
            match newest.map(|version| (version.id, version.state)) {
                Some((id, DocumentState::Draft)) => {
                    let faults =
                        self.reading.as_ref().map_or(0, |(_, reading)| reading.composed.faults.len());
                    let button = Button::primary("Submit…");
                    let button = if faults > 0 {
                        button.tooltip("Set what is missing first: see the list")
                    } else {
                        button
                    };
                    if ui.add(button.enabled(may && faults == 0 && self.reading.is_some())).clicked() {
                        wish = open(DocumentSheet::submit(id));
                    }
                    if let Some(version) = newest
                        && !subjects(template).is_empty()
                        && ui.add(Button::secondary("What it is about…").enabled(may)).clicked()
                    {
                        wish = open(DocumentSheet::about(ctx, version));
                    }
                    if ui.add(Button::quiet_danger("Withdraw…").enabled(may)).clicked() {
                        wish = open(DocumentSheet::withdraw(id));
                    }
                }
                Some((id, DocumentState::UnderReview)) => {
                    if ui.add(Button::primary("Record the ratification…").enabled(may)).clicked() {
                        wish = open(DocumentSheet::ratify(ctx, id));
                    }
                    if ui.add(Button::quiet_danger("Withdraw…").enabled(may)).clicked() {
                        wish = open(DocumentSheet::withdraw(id));
                    }
                }
                _ => {
                    if ui.add(Button::primary("New version…").enabled(may)).clicked() {
                        wish = open(DocumentSheet::draft(document.id, self.note()));
                    }
                }
            }
            if ui.add(Button::secondary("Title, owner, review…").enabled(may)).clicked() {
                wish = open(DocumentSheet::change(document));
            }
            if let Some(version) = newest
                && ui.add(Button::secondary("Print…").icon(icon::PRINTER)).clicked()
            {
                actions.push(Action::PrintPaper(Paper::Document(version.id)));
            }
        });
        wish
    }

    fn edit_ui(
        &mut self,
        document: &Document,
        template: &Template,
        ctx: &Ctx<'_>,
        ui: &mut Ui,
    ) -> Option<Pressed> {
        let mut pressed = None;
        card_ui(ui, Some("Sections"), |ui| {
            ui.spacing_mut().item_spacing.y = size::CELL_PAD;
            let own = |section: &Section| document.own_sections.iter().any(|own| own.key == section.key);
            let names: Vec<String> = template
                .sections
                .iter()
                .map(|s| if own(s) { format!("{} (own words)", s.title) } else { s.title.clone() })
                .collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let before = self.section;
            // What was typed into one section stays until it is saved or discarded.
            ui.add_enabled_ui(!self.is_dirty(), |ui| {
                Dropdown::new(("section", document.id.0), "Section", &names, &mut self.section).ui(ui);
            });
            if self.section != before {
                self.form = None;
                return;
            }
            let Some(section) = template.sections.get(self.section.unwrap_or_default()) else { return };
            let Some(form) = &mut self.form else { return };
            let issue = form.issue("own_sections");
            let record = ("text", document.id.0, section.key.as_str());
            let field = Field::new(record, "Text", &mut form.draft).lines(size::DOCUMENT_LINES);
            field
                .help("Markdown. What stands in double braces is filled from the register.")
                .issue(issue.as_deref())
                .read_only(!ctx.can_write())
                .ui(ui);
            names_ui(ui);
            if form.foot_ui(ui, ctx, &["own_sections"], "Save section") {
                pressed = Some(Pressed::Save);
            }
            let mine = document.own_sections.iter().find(|own| own.key == section.key);
            if let Some(mine) = mine {
                if mine.over_sha256 != shipped::section_sha256(&section.text) {
                    ui.add(Chip::new(Tone::Warn, "The shipped words have changed since"));
                    ui.add(Label::new(Text::Small.rich(section.text.trim())).wrap());
                }
                let button = Button::secondary("Take the shipped words again");
                if ui.add(button.enabled(ctx.can_write() && !form.is_dirty())).clicked() {
                    pressed = Some(Pressed::Shipped);
                }
            }
        });
        let faults = self.reading.as_ref().map(|(_, reading)| &reading.composed.faults);
        if let Some(faults) = faults.filter(|faults| !faults.is_empty()) {
            card_ui(ui, Some("What stops the submission"), |ui| {
                for fault in faults {
                    ui.add(Label::new(Text::Body.rich(fault.sentence())).wrap());
                }
            });
        }
        pressed
    }

    fn versions_ui(&mut self, versions: &[&DocumentVersion], ui: &mut Ui) {
        card_ui(ui, Some("Versions"), |ui| {
            for version in versions.iter().rev() {
                ui.horizontal_wrapped(|ui| {
                    ui.label(Text::Medium.rich(format!("Version {}", version.number)));
                    ui.add(Chip::new(tone(version.state), version.state.text()));
                    ui.label(Text::Body.rich(&version.note));
                });
                weak_ui(ui, &told(version));
            }
            let fixed: Vec<&&DocumentVersion> = versions.iter().filter(|v| !v.text.is_empty()).collect();
            let Some((_, reading)) = self.reading.as_ref().filter(|_| !fixed.is_empty()) else { return };
            let mut names: Vec<String> = fixed.iter().map(|v| format!("Version {}", v.number)).collect();
            names.push("As it reads now".to_owned());
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let [from, to] = &mut self.compared;
            from.get_or_insert(fixed.len() - 1);
            to.get_or_insert(fixed.len());
            Dropdown::new("from", "Compare", &names, from).ui(ui);
            Dropdown::new("to", "With", &names, to).ui(ui);
            let now = reading.composed.text();
            let text = |at: Option<usize>| {
                at.and_then(|at| fixed.get(at)).map_or(now.as_str(), |version| version.text.as_str())
            };
            differences_ui(ui, &differences(text(*from), text(*to)));
        });
    }
}

#[derive(Clone, Copy, Debug)]
enum Pressed {
    Save,
    Shipped,
}

fn own_text(document: &Document, section: &Section) -> String {
    let own = document.own_sections.iter().find(|own| own.key == section.key);
    own.map_or_else(|| section.text.trim_matches('\n').to_owned(), |own| own.text.clone())
}

/// Who made it, who ratified it, and what shows it.
fn told(version: &DocumentVersion) -> String {
    let mut words = format!("Made by {}.", version.made_by);
    if version.ratified_at.is_some() {
        let (by, function) = (&version.ratified_by, &version.ratified_function);
        let ratified = format!(" Ratified by {by} ({function}) {}.", version.told_text());
        words.push_str(&ratified);
    }
    if let Some(on) = version.effective_on {
        let from = format!(" In force from {}.", day_text(on));
        words.push_str(&from);
    }
    words
}

/// What a version says and what is set now, with the place where it is set.
fn stale_ui(ui: &mut Ui, changed: &[Changed]) {
    ui.horizontal_wrapped(|ui| {
        ui.add(Chip::new(Tone::Warn, "Out of date"));
        let words = format!("Changed since it was submitted: {}.", standing::labels(changed));
        ui.label(Text::Body.rich(words));
    });
    egui::CollapsingHeader::new(Text::Small.rich("Then and now")).id_salt("then and now").show(ui, |ui| {
        for change in changed {
            ui.add(
                Label::new(Text::SmallMedium.rich(format!("{}, set in {}", change.label, change.place)))
                    .wrap(),
            );
            for line in change.lines() {
                ui.add(Label::new(Text::Small.rich(line)).wrap());
            }
        }
    });
}

fn differences_ui(ui: &mut Ui, found: &[Difference]) {
    if found.is_empty() {
        weak_ui(ui, "No difference.");
    }
    for difference in found {
        ui.label(Text::Strong.rich(&difference.title));
        for line in &difference.lines {
            ui.add(Label::new(Text::Small.rich(line.text())).wrap());
        }
    }
}
