//! The tests of a change record: before it on test systems, after it on production. One is added in a line of fields; a void one
//! stays with its reason.

use egui::{Label, ScrollArea, Ui};

use super::section::{evidence_ui, title_ui, weak_ui};
use super::sheet::field::{Need, words_of};
use super::sheet::{Answer, Kind, Sheet, Spec};
use crate::app::session::Notice;
use crate::domain::change::line::ChangeLine;
use crate::domain::change::test::{TestResult, TestResultId, TestStage, TestVerdict};
use crate::domain::change::{ChangeRecord, lines};
use crate::domain::command::{ChangeCommand, Command};
use crate::ui::action::{Action, Purpose};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::{Button, Chip, Dropdown, Field, card_ui, empty_state_ui};

const FIELDS: &[Spec] = &[
    Spec::half("stage", "When it is run", Kind::Words(words_of!(TestStage))),
    Spec::half("verdict", "Verdict", Kind::Words(words_of!(TestVerdict))),
    Spec::new("case", "What was tried", Kind::Line).hint("Log on with a smart card"),
    Spec::half("expected", "Expected", Kind::Line),
    Spec::half("found", "Found", Kind::Line),
    Spec::half("tested_by", "Tested by", Kind::Person),
    Spec::half("tested_at", "Tested at", Kind::When),
];

/// The tests of the record that is shown.
#[derive(Debug, Default)]
pub struct Trials {
    form: Option<Sheet<TestResult>>,
    /// Which is being voided, why, and what is wrong with that.
    voiding: Option<(TestResultId, String, Option<String>)>,
    waiting: Option<u64>,
    wants_evidence: bool,
}

/// The name of a test's asset, or the whole.
fn place(ctx: &Ctx<'_>, test: &TestResult) -> String {
    let line = test.line.and_then(|line| ctx.book().change_lines.get(line.0));
    let asset = line.and_then(|line| ctx.book().assets.get(line.asset.0));
    asset.map_or_else(|| "the whole record".to_owned(), |asset| asset.name.clone())
}

fn blank(ctx: &Ctx<'_>, record: &ChangeRecord) -> TestResult {
    let begun = crate::domain::change::state::has_begun(record.state);
    TestResult {
        id: TestResultId(0),
        change: record.id,
        line: None,
        stage: if begun { TestStage::Smoke } else { TestStage::Before },
        case: String::new(),
        expected: String::new(),
        found: String::new(),
        verdict: TestVerdict::Passed,
        tested_by: record.tester,
        tested_at: ctx.now_at,
        evidence_name: String::new(),
        evidence_sha256: String::new(),
        voided_because: String::new(),
    }
}

impl Trials {
    /// What would be lost by leaving, by name.
    pub fn unsaved(&self) -> Option<String> {
        self.form.as_ref().filter(|form| form.is_dirty()).map(|_| "a test".to_owned())
    }

    /// Whether the form is open.
    pub fn is_open(&self) -> bool {
        self.form.is_some() || self.voiding.is_some()
    }

    /// A file was named.
    pub fn hashed(&mut self, name: &str, sha256: &str) {
        if std::mem::take(&mut self.wants_evidence)
            && let Some(form) = &mut self.form
        {
            form.draft.set("evidence_name", name);
            form.draft.set("evidence_sha256", sha256);
        }
    }

    /// Takes an answer; `true` if it needs no other showing.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        match self.form.as_mut().map_or(Answer::Foreign, |form| form.notice(notice)) {
            Answer::Saved => self.form = None,
            Answer::Failed => return true,
            Answer::Foreign => {}
        }
        match notice {
            Notice::Changed { ticket, .. } if ticket.is_some() && *ticket == self.waiting => {
                self.waiting = None;
                self.voiding = None;
                false
            }
            Notice::Failed { error, ticket } if ticket.is_some() && *ticket == self.waiting => {
                self.waiting = None;
                if let Some((_, _, issue)) = &mut self.voiding {
                    *issue = Some(error.summary.clone());
                }
                true
            }
            _ => false,
        }
    }

    /// Saves the open test.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        self.form.as_mut()?.send(ctx, |edit| Command::Change(ChangeCommand::Test(edit)))
    }

    /// Draws the tests of a record.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, record: &ChangeRecord) -> Vec<Action> {
        let mut actions = Vec::new();
        let mut tests: Vec<&TestResult> =
            ctx.book().tests.iter().filter(|test| test.change == record.id).collect();
        tests.sort_by_key(|test| (test.stage, std::cmp::Reverse(test.tested_at), test.id));
        ScrollArea::vertical().id_salt("tests").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = size::GAP;
            if self.form.is_some() {
                self.form_ui(ctx, ui, record, &mut actions);
            } else if tests.is_empty() {
                self.empty_ui(ctx, ui, record);
            } else {
                let add = Button::secondary("Add a test").icon(icon::PLUS).enabled(ctx.can_write());
                if ui.add(add).clicked() {
                    self.form = Some(Sheet::new(ctx, &blank(ctx, record)));
                }
            }
            let mut stage = None;
            for test in tests {
                if stage != Some(test.stage) {
                    stage = Some(test.stage);
                    title_ui(ui, test.stage.text());
                }
                self.test_ui(ctx, ui, test, &mut actions);
            }
        });
        actions
    }

    fn empty_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, record: &ChangeRecord) {
        let words = "What was tried before the change on test systems, and after it on production: case, expected, found. \
                     Without it, or a reason for leaving it out, nothing is approved.";
        let offers: &[&str] = if ctx.can_write() { &["Add a test"] } else { &[] };
        card_ui(ui, None, |ui| {
            if empty_state_ui(ui, icon::LIST_CHECKS, "No tests yet", words, offers).is_some() {
                self.form = Some(Sheet::new(ctx, &blank(ctx, record)));
            }
        });
    }

    fn form_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, record: &ChangeRecord, actions: &mut Vec<Action>) {
        let Some(form) = &mut self.form else { return };
        let now = form.base().and_then(|base| ctx.book().tests.get(base.id.0));
        if let Some(now) = now {
            form.follow(now);
        }
        let (mut save, mut leave, mut evidence) = (false, false, false);
        card_ui(ui, None, |ui| {
            title_ui(ui, if now.is_some() { "Change the test" } else { "New test" });
            ui.spacing_mut().item_spacing.y = size::CELL_PAD;
            form.words_ui(ui, now, &|path| path.replace('_', " "));
            let need = |path: &str| match path {
                "found" | "expected" => Need::Offered,
                _ => Need::Demanded,
            };
            form.fields_ui(ctx, ui, FIELDS, &need);
            line_ui(form, ctx, ui, record);
            evidence_ui(ui, form.draft.text("evidence_name"), form.draft.text("evidence_sha256"));
            ui.horizontal(|ui| {
                save = ui.add(Button::primary("Save test").enabled(!form.is_saving())).clicked();
                evidence =
                    ui.add(Button::secondary("Name a file as evidence…").icon(icon::FILE_CHECK)).clicked();
                leave = ui.add(Button::quiet("Cancel")).clicked();
            });
        });
        if save {
            actions.extend(self.save(ctx));
        }
        if evidence {
            self.wants_evidence = true;
            actions.push(Action::Pick(Purpose::Evidence));
        }
        if leave {
            self.form = None;
        }
    }

    fn test_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, test: &TestResult, actions: &mut Vec<Action>) {
        let void = !test.voided_because.is_empty();
        let tokens = theme::tokens(ui);
        card_ui(ui, None, |ui| {
            ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
            ui.horizontal_wrapped(|ui| {
                let (tone, word) = match (void, test.verdict) {
                    (true, _) => (Tone::Neutral, "Void"),
                    (false, TestVerdict::Passed) => (Tone::Good, test.verdict.text()),
                    (false, TestVerdict::Failed) => (Tone::Bad, test.verdict.text()),
                };
                ui.add(Chip::new(tone, word));
                ui.label(Text::Medium.rich(&test.case));
            });
            let who = ctx.book().person_name(test.tested_by);
            let who = if who.is_empty() { "nobody named" } else { who };
            let about = format!("{}; {who}, {}", place(ctx, test), ctx.time_text(test.tested_at));
            ui.add(Label::new(Text::Small.rich(about).color(tokens.weak)).wrap());
            if !test.expected.is_empty() || !test.found.is_empty() {
                let words =
                    format!("Expected: {}. Found: {}.", or_nothing(&test.expected), or_nothing(&test.found));
                ui.add(Label::new(Text::Body.rich(words)).wrap());
            }
            evidence_ui(ui, &test.evidence_name, &test.evidence_sha256);
            if void {
                weak_ui(ui, &format!("It no longer counts: {}", test.voided_because));
                return;
            }
            self.foot_ui(ctx, ui, test, actions);
        });
    }

    fn foot_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, test: &TestResult, actions: &mut Vec<Action>) {
        if let Some((_, because, issue)) = self.voiding.as_mut().filter(|(id, ..)| *id == test.id) {
            Field::new((test.id.0, "void"), "Why it no longer counts", because)
                .required()
                .issue(issue.as_deref())
                .ui(ui);
            let because = because.clone();
            ui.horizontal(|ui| {
                if ui.add(Button::danger("Void the test").enabled(self.waiting.is_none())).clicked() {
                    let ticket = ctx.tickets.take();
                    self.waiting = Some(ticket);
                    let command = Command::Change(ChangeCommand::VoidTest { test: test.id, because });
                    actions.push(Action::Run { ticket, command: Box::new(command) });
                }
                if ui.add(Button::secondary("Keep it")).clicked() {
                    self.voiding = None;
                }
            });
            return;
        }
        ui.horizontal(|ui| {
            let change = format!("Change the test {}", test.case);
            let can = ctx.can_write() && self.form.is_none();
            if ui.add(Button::icon_only(icon::PENCIL, &change).enabled(can)).clicked() {
                self.form = Some(Sheet::open(test));
            }
            let void = format!("Void the test {}…", test.case);
            if ui.add(Button::icon_only(icon::BAN, &void).enabled(ctx.can_write())).clicked() {
                self.voiding = Some((test.id, String::new(), None));
            }
        });
    }
}

fn or_nothing(text: &str) -> &str {
    if text.trim().is_empty() { "nothing noted" } else { text }
}

/// Which asset of the record the test was run on.
fn line_ui(form: &mut Sheet<TestResult>, ctx: &Ctx<'_>, ui: &mut Ui, record: &ChangeRecord) {
    let name = |line: &&ChangeLine| ctx.book().assets.get(line.asset.0).map_or("", |a| a.name.as_str());
    let rows = lines(ctx.book(), record.id);
    let mut options = vec!["The whole record"];
    options.extend(rows.iter().map(name));
    let now = form.draft.number("line");
    let mut chosen = Some(now.and_then(|id| rows.iter().position(|l| l.id.0 == id)).map_or(0, |at| at + 1));
    if Dropdown::new(form.record(), "Asset", &options, &mut chosen).ui(ui).changed() {
        let line = chosen.and_then(|at| at.checked_sub(1)).and_then(|at| rows.get(at));
        form.draft.set("line", line.map_or(serde_json::Value::Null, |line| line.id.0.into()));
    }
}
