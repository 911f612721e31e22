//! Recording somebody's decision on a change record or a waiver: who, as what, how they told, when, and what shows it. A mail
//! that is dropped or named fills what it tells. A stale screen and a second approval are named; the draft stays.

use egui::{Align, Context, Id, Layout, Ui};

use super::section::{evidence_ui, weak_ui};
use super::sheet::field::{people, when_ui};
use super::sheet::{Typed, draft, flaws_ui};
use crate::app::session::Notice;
use crate::domain::approval::{Medium, Subject, Verdict};
use crate::domain::change::{ChangeKind, ChangeRecord, ChangeState, fingerprint, state};
use crate::domain::command::{ApprovalCommand, ApprovalDraft, Command};
use crate::domain::person::PersonId;
use crate::domain::waiver::request::WaiverRequest;
use crate::import::mail::{Mail, NoMail};
use crate::ui::action::{Action, Purpose};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::size;
use crate::ui::widget::{Button, Dropdown, Field, modal};
use crate::util::text::fold;

/// The dialog.
#[derive(Clone, Debug)]
pub struct Decide {
    subject: Subject,
    id: i64,
    number: String,
    offered: Vec<Verdict>,
    decision: Option<usize>,
    person: Option<i64>,
    function: String,
    /// Functions that the rules ask for, offered beside the field.
    functions: Vec<String>,
    medium: Option<usize>,
    when: Typed,
    comment: String,
    evidence: Option<(String, String)>,
    /// What a mail said of its sender.
    sender: String,
    /// Fingerprint of what was on the screen.
    shown: String,
    flaws: Vec<(String, String)>,
    failure: Option<String>,
    waiting: Option<u64>,
}

/// The decisions that can be recorded on a record as it stands: those that lead out of its state, and late ones.
pub fn verdicts(record: &ChangeRecord) -> Vec<Verdict> {
    let moves = state::moves(record.kind, record.state);
    let mut found = Vec::new();
    for (to, verdict) in [
        (ChangeState::Approved, Verdict::Approve),
        (ChangeState::Returned, Verdict::Return),
        (ChangeState::Rejected, Verdict::Reject),
        (ChangeState::GoAhead, Verdict::GoAhead),
    ] {
        if moves.contains(&to) {
            found.push(verdict);
        }
    }
    if found.contains(&Verdict::GoAhead) {
        found.push(Verdict::Await);
    }
    let late = state::has_begun(record.state) && state::is_open(record.state);
    if found.is_empty() && late && record.kind != ChangeKind::Standard {
        found = vec![Verdict::Approve, Verdict::Reject];
    }
    found
}

impl Decide {
    /// A decision on a change record.
    pub fn on_change(ctx: &Ctx<'_>, record: &ChangeRecord, verdict: Option<Verdict>) -> Self {
        let offered = verdicts(record);
        let shown = fingerprint::fingerprint(ctx.book(), record);
        Self::new(ctx, Subject::Change, record.id.0, &record.number, offered, verdict, shown)
    }

    /// A decision on a waiver.
    pub fn on_waiver(ctx: &Ctx<'_>, request: &WaiverRequest, verdict: Option<Verdict>) -> Self {
        let shown = super::waiver::fingerprint(ctx, request);
        let offered = vec![Verdict::Approve, Verdict::Return, Verdict::Reject];
        let mut decide =
            Self::new(ctx, Subject::Waiver, request.id.0, &request.number, offered, verdict, shown);
        decide.functions = super::waiver::approvers(ctx, request);
        decide
    }

    fn new(
        ctx: &Ctx<'_>,
        subject: Subject,
        id: i64,
        number: &str,
        offered: Vec<Verdict>,
        verdict: Option<Verdict>,
        shown: String,
    ) -> Self {
        Self {
            subject,
            id,
            number: number.to_owned(),
            decision: verdict.and_then(|verdict| offered.iter().position(|known| *known == verdict)),
            offered,
            person: None,
            function: String::new(),
            functions: Vec::new(),
            medium: None,
            when: Typed::when(ctx.zone, Some(ctx.now_at)),
            comment: String::new(),
            evidence: None,
            sender: String::new(),
            shown,
            flaws: Vec::new(),
            failure: None,
            waiting: None,
        }
    }

    /// Takes an answer: whether it needs no other showing, and whether the dialog is done.
    pub fn notice(&mut self, notice: &Notice) -> (bool, bool) {
        match notice {
            Notice::Hashed { name, sha256 } => {
                self.evidence = Some((name.clone(), sha256.clone()));
                (true, false)
            }
            Notice::Changed { ticket, .. } if ticket.is_some() && *ticket == self.waiting => (false, true),
            Notice::Failed { error, ticket } if ticket.is_some() && *ticket == self.waiting => {
                self.waiting = None;
                self.flaws = error.issues.iter().map(|i| (i.field.to_owned(), i.text.clone())).collect();
                self.failure = error.issues.is_empty().then(|| error.summary.clone());
                (true, false)
            }
            _ => (false, false),
        }
    }

    /// Fills in what a mail tells: who, when, how, and the file itself as evidence.
    pub fn mail(&mut self, ctx: &Ctx<'_>, mail: &Result<Mail, NoMail>) {
        let mail = match mail {
            Ok(mail) => mail,
            Err(why) => {
                self.sender = why.to_string();
                return;
            }
        };
        let known = ctx.book().people.iter().find(|person| {
            let same = |a: &str, b: &str| !a.trim().is_empty() && fold(a) == fold(b);
            same(&person.mail, &mail.sender.address) || same(&person.name, &mail.sender.name)
        });
        self.person = known.map(|person| person.id.0).or(self.person);
        if let Some(person) = known
            && self.function.trim().is_empty()
        {
            self.function.clone_from(&person.function);
        }
        self.medium = Medium::ALL.iter().position(|medium| *medium == Medium::Mail);
        self.when = Typed::when(ctx.zone, Some(mail.sent_at));
        self.evidence = Some((mail.file.clone(), mail.sha256.clone()));
        if self.comment.trim().is_empty() {
            self.comment.clone_from(&mail.subject);
        }
        let who = mail.sender.text();
        self.sender = match known {
            Some(_) => format!("The mail says it is from {who}. That is what it says, not proof."),
            None => {
                format!("The mail says it is from {who}, who is not among the people. Choose who decided.")
            }
        };
    }

    fn flaw(&self, names: &[&str]) -> Option<String> {
        let mine = |named: &str| names.contains(&named);
        self.flaws.iter().find(|(named, _)| mine(named)).map(|(_, text)| text.clone())
    }

    fn run(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        self.flaws.clear();
        self.failure = None;
        let mut flaw = |named: &str, text: &str| self.flaws.push((named.to_owned(), text.to_owned()));
        let decision = self.decision.and_then(|at| self.offered.get(at)).copied();
        let medium = self.medium.and_then(|at| Medium::ALL.get(at)).copied();
        if decision.is_none() {
            flaw("decision", "Choose what was decided.");
        }
        if self.person.is_none() {
            flaw("person", "Choose who decided.");
        }
        if medium.is_none() {
            flaw("medium", "Choose how they told.");
        }
        let at = match &self.when {
            // What was not touched means now, to the second.
            when if *when == Typed::when(ctx.zone, Some(ctx.now_at)) => Ok(ctx.now_at),
            Typed::When { day, time } => draft::instant(day, time, ctx.zone, ctx.today),
            _ => Ok(ctx.now_at),
        };
        if let Err(text) = &at {
            flaw("decided_at", text);
        }
        let (decision, person, medium, decided_at) = (decision?, self.person?, medium?, at.ok()?);
        let ticket = ctx.tickets.take();
        self.waiting = Some(ticket);
        let draft = ApprovalDraft {
            subject: self.subject,
            subject_id: self.id,
            decision,
            person: PersonId(person),
            function: self.function.clone(),
            medium,
            decided_at,
            comment: self.comment.clone(),
            evidence: self.evidence.clone(),
            shown: self.shown.clone(),
        };
        let command = Command::Approval(ApprovalCommand::Record(Box::new(draft)));
        Some(Action::Run { ticket, command: Box::new(command) })
    }

    /// The fingerprint of what is in the register now.
    fn now(&self, ctx: &Ctx<'_>) -> Option<String> {
        match self.subject {
            Subject::Change => {
                let record = ctx.book().changes.get(self.id)?;
                Some(fingerprint::fingerprint(ctx.book(), record))
            }
            _ => Some(super::waiver::fingerprint(ctx, ctx.book().waiver_requests.get(self.id)?)),
        }
    }

    /// Draws the dialog; `true` when it is to be left.
    pub fn dialog_ui(&mut self, ctx: &Ctx<'_>, egui: &Context) -> (Vec<Action>, bool) {
        let (mut actions, mut leave) = (Vec::new(), false);
        let title = format!("Record a decision on {}", self.number);
        leave |= modal::dialog_ui(egui, Id::unique("record a decision"), &title, |ui| {
            ui.spacing_mut().item_spacing.y = size::GAP;
            let now = self.now(ctx);
            let stale = self.waiting.is_none() && now.as_ref().is_some_and(|now| *now != self.shown);
            if stale {
                let words = "It was changed after this dialog was opened. Look at it as it is now; what you typed is kept.";
                flaws_ui(ui, &[words.to_owned()]);
                if ui.add(Button::secondary("I have looked at it")).clicked() {
                    self.shown = now.unwrap_or_default();
                    self.failure = None;
                    self.flaws.clear();
                }
            }
            self.fields_ui(ctx, ui, &mut actions);
            ui.add_space(size::GAP_SMALL);
            let row = egui::vec2(ui.available_width(), size::CONTROL);
            ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
                let can = self.waiting.is_none() && !stale;
                if ui.add(Button::primary("Record the decision").enabled(can)).clicked() {
                    actions.extend(self.run(ctx));
                }
                leave |= ui.add(Button::secondary("Cancel")).clicked();
            });
        });
        (actions, leave)
    }

    fn fields_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
        let known = ["decision", "person", "function", "medium", "decided_at", "comment", "evidence"];
        let general: Vec<String> = self
            .flaws
            .iter()
            .filter(|(named, _)| !known.contains(&named.as_str()))
            .map(|(_, text)| text.clone())
            .chain(self.failure.clone())
            .collect();
        if !general.is_empty() {
            flaws_ui(ui, &general);
        }
        let record = (self.subject.word(), self.id, "decision");
        let half = (ui.available_width() - size::GAP) / 2.0;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = size::GAP;
            let words: Vec<&str> = self.offered.iter().map(|verdict| verdict.text()).collect();
            let issue = self.flaw(&["decision"]);
            Dropdown::new(record, "Decision", &words, &mut self.decision)
                .required()
                .issue(issue.as_deref())
                .width(half)
                .ui(ui);
            let words: Vec<&str> = Medium::ALL.iter().map(|medium| medium.text()).collect();
            let issue = self.flaw(&["medium"]);
            Dropdown::new(record, "Told", &words, &mut self.medium)
                .required()
                .issue(issue.as_deref())
                .width(half)
                .ui(ui);
        });
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = size::GAP;
            self.person_ui(ctx, ui, record, half);
            let issue = self.flaw(&["function"]);
            Field::new(record, "As what", &mut self.function)
                .required()
                .hint("Business owner")
                .issue(issue.as_deref())
                .width(half)
                .ui(ui);
        });
        if !self.functions.is_empty() {
            weak_ui(ui, &format!("All of these must approve: {}.", self.functions.join(", ")));
        }
        let issue = self.flaw(&["decided_at"]);
        if let Typed::When { day, time } = &mut self.when {
            when_ui(ctx, ui, &record, "Decided at", (day, time), true, issue.as_deref());
        }
        let issue = self.flaw(&["comment"]);
        Field::new(record, "What they said", &mut self.comment).issue(issue.as_deref()).ui(ui);
        self.file_ui(ui, actions);
    }

    fn person_ui(
        &mut self,
        ctx: &Ctx<'_>,
        ui: &mut Ui,
        record: (&'static str, i64, &'static str),
        width: f32,
    ) {
        let people = people(ctx.book());
        let names: Vec<&str> = people.iter().map(|(_, name)| name.as_str()).collect();
        let mut chosen = self.person.and_then(|id| people.iter().position(|(known, _)| *known == id));
        let issue = self.flaw(&["person"]);
        let dropdown = Dropdown::new(record, "Decided by", &names, &mut chosen).required();
        if dropdown.issue(issue.as_deref()).width(width).ui(ui).changed() {
            let before = self.person.and_then(|id| ctx.book().people.get(id)).map(|p| p.function.clone());
            self.person = chosen.and_then(|at| people.get(at)).map(|(id, _)| *id);
            let function = self.person.and_then(|id| ctx.book().people.get(id)).map(|p| p.function.clone());
            // What was not typed follows the person.
            if self.function.trim().is_empty() || Some(&self.function) == before.as_ref() {
                self.function = function.unwrap_or_default();
            }
        }
    }

    fn file_ui(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let (name, sha256) = self.evidence.clone().unwrap_or_default();
        evidence_ui(ui, &name, &sha256);
        if !self.sender.is_empty() {
            weak_ui(ui, &self.sender);
        }
        if let Some(issue) = self.flaw(&["evidence"]) {
            crate::ui::widget::form::note_ui(ui, Some(&issue), None);
        }
        ui.horizontal(|ui| {
            let word = if self.evidence.is_some() { "Another file…" } else { "Name a file as evidence…" };
            let button = Button::secondary(word).icon(icon::FILE_CHECK);
            if ui
                .add(button.tooltip("A mail (.eml) fills in who decided and when; it can be dropped here"))
                .clicked()
            {
                actions.push(Action::Pick(Purpose::Evidence));
            }
            if self.evidence.is_some() && ui.add(Button::icon_only(icon::X, "No evidence file")).clicked() {
                self.evidence = None;
                self.sender.clear();
            }
        });
    }
}
