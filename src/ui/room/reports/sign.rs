//! The form that records a signature under a sealed month: what it means, who gave it, and what shows it.

use egui::Ui;

use crate::domain::command::{Command, Issue, MonthCommand};
use crate::domain::month::close::SIGNERS;
use crate::domain::month::standing::signatures;
use crate::domain::month::{Seal, SealId, Signature, SignatureId, name};
use crate::domain::role::holder::role_holder_on;
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::choose::wrong;
use crate::ui::room::form::{Form, weak_ui};
use crate::ui::room::sheet::{Frame, Sheet};
use crate::ui::room::told::ToldDraft;
use crate::ui::widget::Dropdown;

#[derive(Clone, Debug, PartialEq)]
struct Draft {
    meaning: Option<usize>,
    told: ToldDraft,
}

/// A signature being recorded.
#[derive(Debug)]
pub struct SignSheet {
    seal: SealId,
    month: String,
    form: Form<Draft>,
}

impl SignSheet {
    /// The first that is missing under a seal.
    pub fn new(ctx: &Ctx<'_>, seal: &Seal) -> Self {
        let given = signatures(ctx.book(), seal.id);
        let missing = SIGNERS.iter().find(|(meaning, _)| !given.iter().any(|row| row.meaning == *meaning));
        Self::meaning(ctx, seal, missing.map_or(SIGNERS[0].0, |(meaning, _)| meaning))
    }

    /// One with this meaning; whoever holds its role is proposed.
    pub fn meaning(ctx: &Ctx<'_>, seal: &Seal, meaning: &str) -> Self {
        let at = SIGNERS.iter().position(|(known, _)| *known == meaning);
        let holder = at.and_then(|at| role_holder_on(ctx.book(), SIGNERS[at].1, ctx.today));
        let told = ToldDraft::by(ctx, ctx.book().person_name(holder));
        Self { seal: seal.id, month: seal.month.clone(), form: Form::new(Draft { meaning: at, told }) }
    }
}

const FIELDS: [&str; 9] =
    ["meaning", "by", "function", "medium", "at", "name", "signed_at", "evidence", "evidence_name"];

impl Sheet for SignSheet {
    fn title(&self, _: &Ctx<'_>) -> String {
        format!("Sign {}", name::text(&self.month))
    }

    fn verb(&self) -> &'static str {
        "Record the signature"
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

    fn is_ready(&self) -> bool {
        true
    }

    fn evidence(&mut self, name: &str, sha256: &str) -> bool {
        self.form.draft.told.evidence = Some((name.to_owned(), sha256.to_owned()));
        true
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        weak_ui(ui, "A signature is recorded as it was given. It proves no more than its evidence shows.");
        let meaning = self.form.issue("meaning");
        let told = FIELDS.map(|field| {
            let named = match field {
                "by" => "name",
                "at" => "signed_at",
                other => other,
            };
            (field, self.form.issue(field).or_else(|| self.form.issue(named)))
        });
        let words = SIGNERS.map(|(meaning, _)| meaning);
        Dropdown::new(("sign", self.seal.0), "It means", &words, &mut self.form.draft.meaning)
            .required()
            .issue(meaning.as_deref())
            .ui(ui);
        let issue =
            |field: &str| told.iter().find(|(name, _)| *name == field).and_then(|(_, text)| text.clone());
        self.form.draft.told.ui(ctx, ui, "Signed by", &issue, actions);
        None
    }

    fn command(&self, ctx: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let mut issues = Vec::new();
        let meaning = self.form.draft.meaning.and_then(|at| SIGNERS.get(at));
        if meaning.is_none() {
            issues.push(wrong("meaning", "Choose what it means."));
        }
        let told = self.form.draft.told.read(ctx, &mut issues);
        let (Some((meaning, _)), Some(told), true) = (meaning, told, issues.is_empty()) else {
            return Err(issues);
        };
        let (evidence_name, evidence_sha256) = told.evidence.unwrap_or_default();
        Ok(Command::Month(MonthCommand::Sign(Box::new(Signature {
            id: SignatureId(0),
            seal: self.seal,
            meaning: (*meaning).to_owned(),
            name: told.by,
            function: told.function,
            medium: told.medium,
            signed_at: told.at,
            recorded_at: 0,
            recorded_by: String::new(),
            evidence_name,
            evidence_sha256,
            voided_at: None,
        }))))
    }
}
