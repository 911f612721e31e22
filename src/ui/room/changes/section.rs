//! The sections of a change record: which fields stand together, what each is called and what is typed into it. Whether a field
//! is shown, asked for or locked is asked of the state table, never decided here.

use egui::Ui;

use super::sheet::field::{Need, words_of};
use super::sheet::{Kind, Sheet, Spec};
use crate::domain::change::field::Field;
use crate::domain::change::state::{Rule, field_rule};
use crate::domain::change::{Backup, ChangeKind, ChangeRecord, ChangeState};
use crate::domain::rating::Rank;
use crate::domain::row::Row;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, size};
use crate::ui::widget::{Button, card_ui};

/// A section and its fields.
pub struct Section {
    /// Its title.
    pub title: &'static str,
    /// Its fields.
    pub fields: &'static [Spec],
}

/// The plan of a record or of a template, in sections; paths are below `plan`.
pub const PLAN: &[Section] = &[
    Section {
        title: "Impact and risks",
        fields: &[
            Spec::new("plan/impact", "Impact on the service", Kind::Block(2))
                .hint("Payroll is not reachable for 20 minutes"),
            Spec::half("plan/risk_of_applying", "Risk of applying", Kind::Block(4)),
            Spec::half("plan/risk_of_waiting", "Risk of not applying", Kind::Block(4)),
            Spec::half("plan/outage", "There is an outage", Kind::Tick),
            Spec::half("plan/downtime_minutes", "Planned downtime", Kind::Number("minutes"))
                .named("planned_downtime"),
        ],
    },
    Section {
        title: "Plan",
        fields: &[
            Spec::new("plan/prerequisites", "Prerequisites", Kind::Block(2)),
            Spec::new("plan/rollout_plan", "Rollout plan", Kind::Block(4)).hint("The steps, one a line"),
            Spec::new("plan/phasing", "Phasing", Kind::Block(2))
                .hint("Ring 1 the pilot group; ring 2 after two days without a call"),
            Spec::new("plan/monitoring_plan", "Monitoring plan", Kind::Block(2)),
            Spec::new("plan/acceptance", "Acceptance criteria", Kind::Block(2))
                .help("Written before the work: what must hold to close the record"),
            Spec::half("plan/quiet_days", "Quiet period", Kind::Number("days")),
            Spec::half("plan/cost_hours", "Estimated work", Kind::Number("hours")),
        ],
    },
    Section {
        title: "Back-out",
        fields: &[
            Spec::new("plan/backout_plan", "Back-out plan", Kind::Block(4))
                .hint("How the change is taken back"),
            Spec::new("plan/backout_trigger", "Back-out trigger", Kind::Block(2))
                .hint("What makes one take it back"),
            Spec::half("plan/backout_minutes", "Point of no return", Kind::Number("minutes after the begin")),
            Spec::half("plan/backout_owner", "Back-out decided by", Kind::Person),
            Spec::half("plan/backout_proven_on", "Back-out last proven on", Kind::Day),
        ],
    },
];

const REQUEST: Section = Section {
    title: "Request",
    fields: &[
        Spec::new("title", "Title", Kind::Line).hint("December updates, domain controllers"),
        Spec::half("cycle", "Cycle", Kind::Cycle),
        Spec::half("group", "Patch group", Kind::Group),
        Spec::new("template", "Template", Kind::Template),
        Spec::new("updates", "Updates", Kind::Updates),
        Spec::half("rank", "Highest rank", Kind::Maybe(words_of!(Rank))),
        Spec::half("approve_by_at", "Approval due", Kind::When),
        Spec::new("reason", "Reason", Kind::Block(2)),
        Spec::new("after_the_fact", "Raised after the work was done", Kind::Tick),
    ],
};

const EVIDENCE: Section = Section {
    title: "Test evidence",
    fields: &[
        Spec::new("plan/test_plan", "Test plan", Kind::Block(3)).hint("What is tested, and on which systems"),
        Spec::new("untested_because", "Reason for no test evidence", Kind::Block(2))
            .help("Only where there is none: it stands in for the tests and is counted"),
    ],
};

const WINDOW: Section = Section {
    title: "Window and people",
    fields: &[
        Spec::half("window_from_at", "Window begins", Kind::When),
        Spec::half("window_until_at", "Window ends", Kind::When),
        Spec::half("requester", "Requester", Kind::Person),
        Spec::half("coordinator", "Coordinator", Kind::Person),
        Spec::half("implementer", "Implementer", Kind::Person),
        Spec::half("tester", "Tester", Kind::Person),
        Spec::half("monitor", "System monitor", Kind::Person),
    ],
};

const NOTIFY: Section = Section {
    title: "Notifications",
    fields: &[Spec::new("plan/notifications", "Who is told, and when", Kind::Block(2))],
};

const EXECUTION: Section = Section {
    title: "Execution",
    fields: &[
        Spec::new("outcome", "Outcome", Kind::Block(2)).hint("What came of it"),
        Spec::new("issues", "Issues", Kind::Block(2)).hint("What went wrong"),
        Spec::half("downtime_minutes", "Actual downtime", Kind::Number("minutes")),
    ],
};

const REVIEW: Section = Section {
    title: "Review",
    fields: &[
        Spec::new("review", "What the review says", Kind::Block(3)),
        Spec::half("criteria_met", "Acceptance criteria met", Kind::YesNo),
    ],
};

const BACKUP: &[Spec] = &[
    Spec::new("backup/job", "Backup job", Kind::Line).hint("Nightly servers, job 4711"),
    Spec::half("backup/verified_by", "Verified by", Kind::Person),
    Spec::half("backup/verified_at", "Verified at", Kind::When),
    Spec::new("backup/restore_tested", "A restore was tried", Kind::Tick),
];

/// The field of the state table at a path. Planned and actual downtime share their name in the row.
fn field_of(path: &str) -> Option<Field> {
    match path.strip_prefix("plan/") {
        Some("downtime_minutes") => Some(Field::PlannedDowntime),
        Some(word) => Field::of_word(word),
        None if path.starts_with("backup") => Some(Field::Backup),
        None => Field::of_word(path),
    }
}

/// How much a record of a type in a state asks for the field at a path.
pub fn need(kind: ChangeKind, state: ChangeState, path: &str) -> Need {
    match field_of(path).map(|field| field_rule(kind, state, field)) {
        Some(Rule::Hidden) => Need::Hidden,
        Some(Rule::Offered) | None => Need::Offered,
        Some(Rule::Demanded) => Need::Demanded,
        Some(Rule::Locked) => Need::Locked,
    }
}

/// The name of the field at a path.
pub fn label(path: &str) -> String {
    field_of(path).map_or_else(|| path.to_owned(), |field| field.text().to_owned())
}

/// What was asked for in the sections.
#[derive(Debug, Default)]
pub struct Asked {
    /// Name a file that shows the backup.
    pub evidence: bool,
}

/// Draws the sections of a record.
pub fn sections_ui(sheet: &mut Sheet<ChangeRecord>, ctx: &Ctx<'_>, ui: &mut Ui) -> Asked {
    let mut asked = Asked::default();
    let Some((kind, state)) = sheet.base().map(|record| (record.kind, record.state)) else { return asked };
    let can = ctx.can_write();
    let need = move |path: &str| match need(kind, state, path) {
        Need::Hidden => Need::Hidden,
        _ if !can => Need::Locked,
        need => need,
    };
    // Late in its life what is being written comes first.
    let ended = !matches!(need("outcome"), Need::Hidden);
    if ended {
        section_ui(sheet, ctx, ui, &EXECUTION, &need);
        section_ui(sheet, ctx, ui, &REVIEW, &need);
    }
    section_ui(sheet, ctx, ui, &REQUEST, &need);
    for section in &PLAN[..2] {
        section_ui(sheet, ctx, ui, section, &need);
    }
    section_ui(sheet, ctx, ui, &PLAN[2], &need);
    section_ui(sheet, ctx, ui, &EVIDENCE, &need);
    backup_ui(sheet, ctx, ui, need("backup"), &mut asked);
    section_ui(sheet, ctx, ui, &WINDOW, &need);
    section_ui(sheet, ctx, ui, &NOTIFY, &need);
    asked
}

/// Draws one section as a card; nothing where none of its fields is shown.
pub fn section_ui<R: Row + PartialEq>(
    sheet: &mut Sheet<R>,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    section: &Section,
    need: &dyn Fn(&str) -> Need,
) {
    if !sheet.shows_any(ctx, section.fields, need) {
        return;
    }
    card_ui(ui, None, |ui| {
        title_ui(ui, section.title);
        ui.spacing_mut().item_spacing.y = size::CELL_PAD;
        sheet.fields_ui(ctx, ui, section.fields, need);
    });
    ui.add_space(size::GAP_SMALL);
}

/// The title of a card, read as a heading.
pub fn title_ui(ui: &mut Ui, title: &str) {
    let heading = ui.label(Text::Section.rich(title));
    ui.ctx().accesskit_node_builder(heading.id, |node| {
        node.set_role(egui::accesskit::Role::Heading);
        node.set_label(title);
    });
    ui.add_space(size::GAP_SMALL);
}

/// The backup: one job report for all lines, or nothing yet.
fn backup_ui(sheet: &mut Sheet<ChangeRecord>, ctx: &Ctx<'_>, ui: &mut Ui, rule: Need, asked: &mut Asked) {
    let has = sheet.draft.has("backup");
    if rule == Need::Hidden || (rule == Need::Locked && !has) {
        return;
    }
    card_ui(ui, None, |ui| {
        title_ui(ui, "Backup");
        ui.spacing_mut().item_spacing.y = size::CELL_PAD;
        if !has {
            weak_ui(ui, "One verified job report covers every asset of this record.");
            if ui.add(Button::secondary("Record the backup").icon(icon::PLUS)).clicked() {
                let backup = serde_json::to_value(Backup::default()).unwrap_or_default();
                sheet.draft.set("backup", backup);
            }
            return;
        }
        sheet.fields_ui(ctx, ui, BACKUP, &|_| rule);
        let (name, hash) =
            (sheet.draft.text("backup/evidence_name"), sheet.draft.text("backup/evidence_sha256"));
        evidence_ui(ui, name, hash);
        let named = !hash.is_empty();
        if rule != Need::Locked {
            ui.horizontal(|ui| {
                let word = if named { "Another report…" } else { "Name the job report…" };
                asked.evidence = ui.add(Button::secondary(word).icon(icon::FILE_CHECK)).clicked();
                if ui.add(Button::quiet("No backup")).clicked() {
                    sheet.draft.set("backup", serde_json::Value::Null);
                }
            });
        }
    });
    ui.add_space(size::GAP_SMALL);
}

/// The name and the hash of a file, or that there is none.
pub fn evidence_ui(ui: &mut Ui, name: &str, sha256: &str) {
    let words = if sha256.is_empty() {
        "No evidence".to_owned()
    } else {
        format!("{name}\nSHA-256 {sha256}\nOnly its name and its SHA-256 are recorded. Keep the file itself.")
    };
    let tokens = theme::tokens(ui);
    ui.add(egui::Label::new(Text::Small.rich(words).color(tokens.weak)).wrap().selectable(true));
}

/// An explanation in running text.
pub fn weak_ui(ui: &mut Ui, words: &str) {
    let tokens = theme::tokens(ui);
    ui.add(egui::Label::new(Text::Body.rich(words).color(tokens.weak)).wrap());
}
