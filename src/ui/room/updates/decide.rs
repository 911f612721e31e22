//! The form that records a go, a no-go or a wait for one technology domain, with risk and cost beside it (requirement S3-10).

use egui::Ui;

use crate::domain::command::{Command, Issue, RiskCommand};
use crate::domain::gate::{Go, GoDecision, GoDecisionId, TechDomain, TechDomainId};
use crate::domain::update::{Update, UpdateId};
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::room::choose::{maybe_date, wrong};
use crate::ui::room::form::{Form, weak_ui};
use crate::ui::room::sheet::{Frame, Sheet};
use crate::ui::room::told::ToldDraft;
use crate::ui::widget::{DateField, Dropdown, Field, TickBox};

#[derive(Clone, Debug, PartialEq)]
struct Draft {
    decision: Option<usize>,
    reason: String,
    risk: String,
    cost: String,
    minutes: String,
    outage: bool,
    outage_when: String,
    wait_until: String,
    told: ToldDraft,
}

/// A decision being recorded.
#[derive(Debug)]
pub struct DecideSheet {
    domain: TechDomainId,
    updates: Vec<UpdateId>,
    form: Form<Draft>,
}

impl DecideSheet {
    /// A decision of a domain on these updates; who decides there is proposed.
    pub fn new(ctx: &Ctx<'_>, domain: &TechDomain, updates: Vec<UpdateId>) -> Self {
        let decider = ctx.book().person_name(domain.decider);
        let draft = Draft {
            decision: None,
            reason: String::new(),
            risk: String::new(),
            cost: String::new(),
            minutes: String::new(),
            outage: false,
            outage_when: String::new(),
            wait_until: String::new(),
            told: ToldDraft::by(ctx, decider),
        };
        Self { domain: domain.id, updates, form: Form::new(draft) }
    }
}

const FIELDS: [&str; 14] = [
    "decision",
    "reason",
    "risk",
    "cost_cents",
    "cost_minutes",
    "outage_when",
    "wait_until_on",
    "by",
    "function",
    "medium",
    "at",
    "decided_by",
    "decided_at",
    "evidence",
];

impl Sheet for DecideSheet {
    fn title(&self, ctx: &Ctx<'_>) -> String {
        let name = ctx.book().domains.get(self.domain.0).map_or("", |domain| domain.name.as_str());
        format!("Go or no-go: {name}")
    }

    fn verb(&self) -> &'static str {
        "Record the decision"
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

    fn evidence(&mut self, name: &str, sha256: &str) -> bool {
        self.form.draft.told.evidence = Some((name.to_owned(), sha256.to_owned()));
        true
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let issues = FIELDS.map(|field| self.form.issue(field));
        let names: Vec<String> = self
            .updates
            .iter()
            .filter_map(|id| ctx.book().updates.get(id.0))
            .map(Update::short_name)
            .collect();
        weak_ui(ui, &format!("About {}. Severe updates skip this step.", names.join(", ")));
        let record = ("go", self.domain.0, self.updates.first().map(|id| id.0));
        let draft = &mut self.form.draft;
        let words: Vec<&str> = Go::ALL.iter().map(|go| go.text()).collect();
        Dropdown::new(record, "Decision", &words, &mut draft.decision)
            .required()
            .issue(issues[0].as_deref())
            .ui(ui);
        let lines = |label, text, issue: &Option<String>, ui: &mut Ui| {
            Field::new(record, label, text).lines(2).issue(issue.as_deref()).ui(ui);
        };
        lines("Why", &mut draft.reason, &issues[1], ui);
        lines("Risk of not deploying", &mut draft.risk, &issues[2], ui);
        let currency = ctx.book().cases.rows().last().map_or("", |case| case.currency.as_str());
        let mut cost = Field::new(record, "Cost of deploying", &mut draft.cost).number();
        if !currency.is_empty() {
            cost = cost.unit(currency);
        }
        cost.issue(issues[3].as_deref()).ui(ui);
        Field::new(record, "Work", &mut draft.minutes)
            .number()
            .unit("minutes")
            .issue(issues[4].as_deref())
            .ui(ui);
        ui.add(TickBox::new(&mut draft.outage, "It needs an outage"));
        if draft.outage {
            Field::new(record, "Best taken", &mut draft.outage_when)
                .hint("Sunday 06:00 to 08:00")
                .issue(issues[5].as_deref())
                .ui(ui);
        }
        if draft.decision.and_then(|at| Go::ALL.get(at)) == Some(&Go::Wait) {
            DateField::new(record, "Wait until", &mut draft.wait_until, ctx.today)
                .issue(issues[6].as_deref())
                .ui(ui);
        }
        let form = &self.form;
        let issue = |field: &str| {
            let named = match field {
                "by" => "decided_by",
                "at" => "decided_at",
                other => other,
            };
            form.issue(field).or_else(|| form.issue(named))
        };
        let told = FIELDS.map(|field| (field, issue(field)));
        let issue =
            |field: &str| told.iter().find(|(name, _)| *name == field).and_then(|(_, text)| text.clone());
        self.form.draft.told.ui(ctx, ui, "Decided by", &issue, actions);
        None
    }

    fn command(&self, ctx: &Ctx<'_>) -> Result<Command, Vec<Issue>> {
        let draft = &self.form.draft;
        let mut issues = Vec::new();
        let decision = draft.decision.and_then(|at| Go::ALL.get(at)).copied();
        if decision.is_none() {
            issues.push(wrong("decision", "Choose what was decided."));
        }
        let cost_cents = cents(&draft.cost).unwrap_or_else(|| {
            issues.push(wrong("cost_cents", "Give an amount, such as 1200 or 85.50."));
            None
        });
        let cost_minutes = whole(&draft.minutes).unwrap_or_else(|| {
            issues.push(wrong("cost_minutes", "Give whole minutes, such as 90."));
            None
        });
        let waits = decision == Some(Go::Wait);
        let wait_until_on =
            if waits { maybe_date(&draft.wait_until, ctx, "wait_until_on", &mut issues) } else { None };
        let told = draft.told.read(ctx, &mut issues);
        let (Some(decision), Some(told), true) = (decision, told, issues.is_empty()) else {
            return Err(issues);
        };
        let (evidence_name, evidence_sha256) = told.evidence.unwrap_or_default();
        let outage_when = if draft.outage { draft.outage_when.clone() } else { String::new() };
        Ok(Command::Risk(RiskCommand::Decide(Box::new(GoDecision {
            id: GoDecisionId(0),
            domain: self.domain,
            updates: self.updates.clone(),
            decision,
            reason: draft.reason.clone(),
            risk: draft.risk.clone(),
            cost_cents,
            cost_minutes,
            outage: draft.outage,
            outage_when,
            wait_until_on,
            decided_by: told.by,
            function: told.function,
            medium: told.medium,
            decided_at: told.at,
            recorded_at: 0,
            recorded_by: String::new(),
            evidence_name,
            evidence_sha256,
            voided_at: None,
        }))))
    }
}

/// An amount as typed, in hundredths; nothing for an empty field. `None` where it cannot be read.
#[expect(clippy::option_option, reason = "unreadable and empty are two answers")]
fn cents(text: &str) -> Option<Option<i64>> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.is_empty() {
        return Some(None);
    }
    let (units, parts) = text.split_once(['.', ',']).unwrap_or((&text, "00"));
    let digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    if !digits(units) || !digits(parts) || parts.len() > 2 {
        return None;
    }
    let units: i64 = units.parse().ok()?;
    let parts: i64 = format!("{parts:0<2}").parse().ok()?;
    units.checked_mul(100)?.checked_add(parts).map(Some)
}

/// A whole number as typed; nothing for an empty field. `None` where it cannot be read.
#[expect(clippy::option_option, reason = "unreadable and empty are two answers")]
fn whole(text: &str) -> Option<Option<i64>> {
    let text = text.trim();
    if text.is_empty() { Some(None) } else { text.parse().ok().filter(|minutes| *minutes >= 0).map(Some) }
}
