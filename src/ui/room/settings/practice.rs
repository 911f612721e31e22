//! The card of how the month works: quiet days, reviews, quorum, desktops in one night, and how long a waiver may run.
//!
//! It never folds the roles into hats: that is done in the programme, where who wears them is chosen.

use egui::Ui;

use super::form::{Form, beside_ui, section_ui, weak_ui};
use crate::domain::command::{Command, Edit, Issue, RoleCommand};
use crate::domain::practice::{Practice, WaiverCap};
use crate::domain::rating::Rank;
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::theme::Text;
use crate::ui::widget::{Field, TickBox};

/// The fields that say their own issues.
const FIELDS: [&str; 8] = [
    "quiet_days",
    "review_days",
    "quorum",
    "desktops_per_night",
    "waiver_caps/severe",
    "waiver_caps/high",
    "waiver_caps/medium",
    "waiver_caps/low",
];

/// A cap as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct CapDraft {
    rank: Rank,
    days: String,
    renewals: String,
    /// Who must all accept, for reading.
    approvers: String,
}

/// The texts as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    quiet: String,
    review: String,
    quorum: String,
    desktops: String,
    severe_waivers: bool,
    cyber_essentials: bool,
    caps: Vec<CapDraft>,
}

impl Draft {
    fn of(practice: &Practice) -> Self {
        let cap = |cap: &WaiverCap| CapDraft {
            rank: cap.rank,
            days: cap.days.to_string(),
            renewals: cap.renewals.to_string(),
            approvers: cap.approvers.join(" and "),
        };
        Self {
            quiet: practice.quiet_days.to_string(),
            review: practice.review_days.to_string(),
            quorum: practice.quorum.to_string(),
            desktops: practice.desktops_per_night.to_string(),
            severe_waivers: practice.severe_waivers,
            cyber_essentials: practice.cyber_essentials,
            caps: practice.waiver_caps.iter().map(cap).collect(),
        }
    }
}

/// The card.
#[derive(Debug, Default)]
pub struct Card {
    /// The form, once a frame has read the register.
    pub form: Option<Form<Draft>>,
}

impl Card {
    /// Draws the card.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Action> {
        let now = Draft::of(&ctx.book().practice);
        let form = self.form.get_or_insert_with(|| Form::new(now.clone()));
        form.follow(now);
        let words = "The numbers behind the month. They hold from the moment they are saved; what was decided stays as it is.";
        let mut save = false;
        section_ui(ui, "How the month works", words, form.is_dirty(), |ui| {
            ui.add_enabled_ui(ctx.can_write(), |ui| {
                numbers_ui(form, ui);
                waivers_ui(form, ui);
                save = form.foot_ui(ui, ctx, &FIELDS, "Save how the month works");
            });
        });
        if save { self.save(ctx) } else { None }
    }

    /// Sends the card, or says what is wrong with it.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        let form = self.form.as_mut()?;
        let now = ctx.book().practice.as_ref().clone();
        let mut issues = Vec::new();
        let mut number = |field: &'static str, typed: &str| {
            typed.trim().parse::<i64>().unwrap_or_else(|_| {
                issues.push(Issue { field, text: "Write a whole number, such as 7.".to_owned() });
                0
            })
        };
        let draft = &form.draft;
        let mut row = now.clone();
        row.quiet_days = number("quiet_days", &draft.quiet);
        row.review_days = number("review_days", &draft.review);
        row.quorum = number("quorum", &draft.quorum);
        row.desktops_per_night = number("desktops_per_night", &draft.desktops);
        row.severe_waivers = draft.severe_waivers;
        row.cyber_essentials = draft.cyber_essentials;
        for cap in &mut row.waiver_caps {
            if let Some(typed) = draft.caps.iter().find(|typed| typed.rank == cap.rank) {
                cap.days = number(WaiverCap::field(cap.rank), &typed.days);
                cap.renewals = number(WaiverCap::field(cap.rank), &typed.renewals);
            }
        }
        if !issues.is_empty() {
            form.refuse(issues);
            return None;
        }
        // A file of an older format has no such row yet: it is made by the first save.
        let base = (now.id != 0).then_some(now);
        Some(form.send(ctx, Command::Role(RoleCommand::Practice(Box::new(Edit { base, row })))))
    }
}

fn numbers_ui(form: &mut Form<Draft>, ui: &mut Ui) {
    let issues = ["quiet_days", "review_days", "quorum", "desktops_per_night"].map(|field| form.issue(field));
    let [quiet, review, quorum, desktops] = issues.each_ref().map(Option::as_deref);
    let draft = &mut form.draft;
    beside_ui(ui, &[1.0, 1.0], |ui, _, at| {
        let field = if at == 0 {
            Field::new("practice", "Quiet period", &mut draft.quiet)
                .unit("days")
                .help("Without a reported issue before a change is closed")
                .issue(quiet)
        } else {
            Field::new("practice", "Review due within", &mut draft.review)
                .unit("working days")
                .help("After the last window of a cycle")
                .issue(review)
        };
        field.number().required().ui(ui);
    });
    beside_ui(ui, &[1.0, 1.0], |ui, _, at| {
        let field = if at == 0 {
            Field::new("practice", "Quorum", &mut draft.quorum)
                .unit("members")
                .help("Present before a committee decides; 0 demands none")
                .issue(quorum)
        } else {
            Field::new("practice", "Desktops in one night", &mut draft.desktops)
                .help("More flood the help desk, and the schedule is warned about")
                .issue(desktops)
        };
        field.number().required().ui(ui);
    });
}

fn waivers_ui(form: &mut Form<Draft>, ui: &mut Ui) {
    ui.label(Text::Medium.rich("Waivers"));
    let draft = &mut form.draft;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add(TickBox::new(&mut draft.severe_waivers, "Severe duties may be waived"));
        let words = "The shop answers for Cyber Essentials, which knows no waiver inside its scope";
        ui.add(TickBox::new(&mut draft.cyber_essentials, words));
    });
    for at in 0..form.draft.caps.len() {
        cap_ui(form, at, ui);
    }
}

fn cap_ui(form: &mut Form<Draft>, at: usize, ui: &mut Ui) {
    let Some(rank) = form.draft.caps.get(at).map(|cap| cap.rank) else { return };
    let issue = form.issue(WaiverCap::field(rank));
    let Some(cap) = form.draft.caps.get_mut(at) else { return };
    let (runs, renewed) = (format!("{} runs at most", rank.text()), format!("{} is renewed", rank.text()));
    let (days, renewals) = WaiverCap::most(rank);
    beside_ui(ui, &[1.0, 1.0], |ui, _, at| {
        if at == 0 {
            let help = format!("At most {days}");
            Field::new("practice", &runs, &mut cap.days)
                .number()
                .required()
                .unit("days")
                .help(&help)
                .issue(issue.as_deref())
                .ui(ui);
        } else {
            let help = if renewals == 0 { "Never".to_owned() } else { format!("At most {renewals}") };
            Field::new("practice", &renewed, &mut cap.renewals)
                .number()
                .required()
                .unit("times")
                .help(&help)
                .ui(ui);
        }
    });
    weak_ui(ui, &format!("{}: accepted by {}.", rank.text(), cap.approvers));
}
