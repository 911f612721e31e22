//! The fields of each list, in the order of form and paper. The one table that form, console, paper and validation work by.

use std::sync::LazyLock;

use super::ProgrammeKind;
use super::field::FieldKind::{Choice, Date, Figures, Lines, Money, Number, Person, Text};
use super::field::{Field, FieldKind};

const MARK: FieldKind = Choice(&["verify", "confirmed"]);
const APPLIES: FieldKind = Choice(&["yes", "no", "open"]);
const MARK_HINT: &str = "Verify until somebody has read the publisher's own text";

/// The fields of a list.
pub fn fields(kind: ProgrammeKind) -> &'static [Field] {
    match kind {
        ProgrammeKind::Step => STEP,
        ProgrammeKind::Control => CONTROL,
        ProgrammeKind::ScopePhase => SCOPE_PHASE,
        ProgrammeKind::Integration => INTEGRATION,
        ProgrammeKind::Maturity => MATURITY,
        ProgrammeKind::Tool => TOOL,
        ProgrammeKind::Permission => PERMISSION,
        ProgrammeKind::Law => LAW,
        ProgrammeKind::Training => TRAINING,
        ProgrammeKind::Breach => BREACH,
        ProgrammeKind::Stakeholder => STAKEHOLDER,
    }
}

/// A field by its name.
pub fn field(kind: ProgrammeKind, name: &str) -> Option<&'static Field> {
    fields(kind).iter().find(|field| field.name.eq_ignore_ascii_case(name))
}

/// The fields a row is called by, the first filled one.
pub fn naming(kind: ProgrammeKind) -> &'static [&'static str] {
    match kind {
        ProgrammeKind::Control => &["code", "title"],
        ProgrammeKind::Integration => &["process"],
        ProgrammeKind::Maturity => &["step"],
        ProgrammeKind::Tool => &["product"],
        ProgrammeKind::Permission | ProgrammeKind::Breach => &["who"],
        ProgrammeKind::Training => &["topic"],
        ProgrammeKind::Stakeholder => &["name", "function"],
        _ => &["name"],
    }
}

/// The fields that together may stand only once among the rows that hold; empty where rows may repeat.
pub fn unique(kind: ProgrammeKind) -> &'static [&'static str] {
    match kind {
        ProgrammeKind::Step | ProgrammeKind::ScopePhase => &["name"],
        ProgrammeKind::Control => &["framework", "code"],
        ProgrammeKind::Integration => &["process"],
        ProgrammeKind::Maturity => &["step"],
        ProgrammeKind::Tool => &["product", "covers"],
        ProgrammeKind::Law => &["name", "clause"],
        _ => &[],
    }
}

/// The columns of a short list: what tells its rows apart and where they stand.
pub fn columns(kind: ProgrammeKind) -> &'static [&'static str] {
    match kind {
        ProgrammeKind::Step => &["name", "phase", "owner", "status", "checked_on"],
        ProgrammeKind::Control => &["code", "framework", "title", "applies", "implemented", "gap_status"],
        ProgrammeKind::ScopePhase => &["name", "from_on", "until_on", "status"],
        ProgrammeKind::Integration => &["process", "inputs", "outputs", "owner"],
        ProgrammeKind::Maturity => &["step", "stage", "aim", "by_on"],
        ProgrammeKind::Tool => &["product", "vendor", "class", "covers", "cost_year"],
        ProgrammeKind::Permission => &["who", "where", "may", "control"],
        ProgrammeKind::Law => &["name", "clause", "applies", "keep_years", "mark"],
        ProgrammeKind::Training => &["topic", "audience", "next_on", "held_on", "trainer"],
        ProgrammeKind::Breach => &["happened", "who", "loss", "source", "mark"],
        ProgrammeKind::Stakeholder => &["name", "function", "stands", "objection", "next_on"],
    }
}

/// What a list is for, in a sentence.
pub fn purpose(kind: ProgrammeKind) -> &'static str {
    match kind {
        ProgrammeKind::Step => {
            "The twelve steps from the first reason to the yearly review, each with its owner and what shows it is done."
        }
        ProgrammeKind::Control => {
            "Every control that somebody may ask for: whether it applies, why, how far it is carried out, and what is missing."
        }
        ProgrammeKind::ScopePhase => {
            "Where patching begins, and when the rest follows: one vendor's main systems first."
        }
        ProgrammeKind::Integration => {
            "What patching gets from other processes, such as change, incident and monitoring, and what it gives them."
        }
        ProgrammeKind::Maturity => {
            "How each step is done today, by habit, by the book or by machine, and how it shall be done."
        }
        ProgrammeKind::Tool => {
            "What updates are deployed with, what each tool covers and costs. Work by hand is a tool."
        }
        ProgrammeKind::Permission => "Who may install updates where, and what keeps everybody else from it.",
        ProgrammeKind::Law => "The laws and standards the shop is under, and what answers them here.",
        ProgrammeKind::Training => {
            "Who is to be told what and how often, and what was held: each session is a row of its own."
        }
        ProgrammeKind::Breach => {
            "What happened elsewhere for want of an update, with source and loss, to be quoted to management."
        }
        ProgrammeKind::Stakeholder => {
            "Who stands where, what they object, and which figures of your own answer it."
        }
    }
}

const STEP: &[Field] = &[
    Field::demanded("name", "Step", Text, ""),
    Field::demanded("phase", "Phase", Choice(&["plan", "do", "check", "act"]), ""),
    Field::demanded("what", "What is done", Lines, ""),
    Field::new("artefact", "What comes of it", Text, "The document or register that shows the step"),
    Field::new("clause", "Clause", Text, "Where the subject is found in a standard"),
    Field::new("mark", "Clause checked", MARK, MARK_HINT),
    Field::new("owner", "Owner", Person, ""),
    Field::demanded("status", "Status", Choice(&["not started", "under way", "done", "repeats"]), ""),
    Field::new("evidence", "Evidence", Text, "Document, minutes or record that shows it"),
    Field::new("checked_on", "Date", Date, "When the status was looked at last"),
];

const CONTROL: &[Field] = &[
    Field::demanded("code", "Code", Text, "As its publisher numbers it: A.8.8"),
    Field::demanded("framework", "Framework", Text, "ISO/IEC 27001:2022"),
    Field::demanded("title", "Title in own words", Text, "Not the publisher's wording"),
    Field::new("mark", "Clause checked", MARK, MARK_HINT),
    Field::demanded("applies", "Applies", APPLIES, ""),
    Field::new("reason_in", "Reason for including", Text, "Law, contract, risk or practice"),
    Field::new("reason_out", "Reason for excluding", Text, "Why it does not apply here"),
    Field::demanded("implemented", "Implemented", Choice(&["yes", "partly", "no", "not checked"]), ""),
    Field::new("how", "How", Lines, "What is done here"),
    Field::new("owner", "Owner", Person, ""),
    Field::new("evidence", "Evidence", Text, ""),
    Field::new("checked_on", "Checked on", Date, ""),
    Field::new("required", "What is required", Lines, "In own words"),
    Field::new("today", "As it is today", Lines, ""),
    Field::new("gap", "Gap", Lines, "What is missing"),
    Field::new("likelihood", "Likelihood", Choice(&["low", "medium", "high"]), ""),
    Field::new("impact", "Impact", Choice(&["low", "medium", "high"]), ""),
    Field::new("action", "Action", Lines, ""),
    Field::new("action_owner", "Who acts", Person, ""),
    Field::new("due_on", "Due", Date, ""),
    Field::new("cost", "Cost", Money, ""),
    Field::new("gap_status", "Gap status", Choice(&["open", "under way", "closed"]), ""),
    Field::new("tested_on", "Tested again on", Date, ""),
    Field::new("test_result", "Result of the test", Text, ""),
];

const SCOPE_PHASE: &[Field] = &[
    Field::demanded("name", "Phase", Text, ""),
    Field::demanded("what", "What comes into scope", Lines, ""),
    Field::new("from_on", "Begins", Date, ""),
    Field::new("until_on", "Ends", Date, ""),
    Field::demanded("status", "Status", Choice(&["planned", "runs", "complete"]), ""),
];

const INTEGRATION: &[Field] = &[
    Field::demanded("process", "Process", Text, "Change, incident, monitoring, acceptance"),
    Field::demanded("inputs", "What patching gets", Lines, ""),
    Field::demanded("outputs", "What patching gives", Lines, ""),
    Field::new("how", "How", Lines, "Ticket, mail, meeting, interface"),
    Field::new("owner", "Owner", Person, ""),
];

const MATURITY: &[Field] = &[
    Field::demanded("step", "Step", Text, ""),
    Field::demanded("stage", "Stage", Choice(&["not assessed", "ad hoc", "documented", "automated"]), ""),
    Field::new("today", "As it is today", Lines, ""),
    Field::new("aim", "Aim", Choice(&["ad hoc", "documented", "automated"]), ""),
    Field::new("next", "Next", Lines, "What brings it there"),
    Field::new("by_on", "By when", Date, ""),
];

const TOOL: &[Field] = &[
    Field::demanded("product", "Product", Text, ""),
    Field::new("vendor", "Vendor", Text, ""),
    Field::demanded(
        "class",
        "Class",
        Choice(&["patch tool", "server automation", "software distribution", "by hand"]),
        "",
    ),
    Field::demanded("covers", "Covers", Lines, "Which machines and which software"),
    Field::new("licence", "Licence", Text, ""),
    Field::new("cost_year", "Cost a year", Money, ""),
    Field::new("owner", "Owner", Person, ""),
    Field::new("note", "Note", Lines, ""),
];

const PERMISSION: &[Field] = &[
    Field::demanded("who", "Who", Text, "A role, a group, a tool, everybody else"),
    Field::demanded("where", "Where", Text, "Which machines"),
    Field::demanded("may", "May", Lines, "Install, restart, only ask, nothing"),
    Field::demanded("control", "By what control", Lines, "Policy text, window, group policy, rights"),
    Field::new("evidence", "Evidence", Text, ""),
];

const LAW: &[Field] = &[
    Field::demanded("name", "Law or standard", Text, ""),
    Field::new("clause", "Clause", Text, ""),
    Field::demanded("asks", "What it asks for", Lines, "In own words"),
    Field::new("answered_by", "Answered here by", Lines, "Document, list or figure"),
    Field::demanded("applies", "Applies", APPLIES, ""),
    Field::new("keep_years", "Keep records, years", Number, ""),
    Field::new("mark", "Clause checked", MARK, MARK_HINT),
    Field::new("note", "Note", Lines, ""),
];

const TRAINING: &[Field] = &[
    Field::demanded("audience", "Audience", Choice(&["management", "staff", "maintenance", "owners"]), ""),
    Field::demanded("topic", "Topic", Text, ""),
    Field::new("every_months", "Every so many months", Number, ""),
    Field::new("trainer", "Trainer", Person, ""),
    Field::new("next_on", "Planned for", Date, ""),
    Field::new("held_on", "Held on", Date, "A session that was held is a row of its own"),
    Field::new("attended", "Who attended", Lines, "One name a line"),
    Field::new("evidence", "Evidence", Text, "List of signatures, certificate"),
    Field::new("result", "Result", Lines, "Test, questions, what changes"),
];

const BREACH: &[Field] = &[
    Field::demanded("happened", "When", Text, "The year or the month will do"),
    Field::demanded("who", "Who", Text, ""),
    Field::new("line", "Line of business", Text, ""),
    Field::demanded("what", "What happened", Lines, ""),
    Field::new("cause", "Cause", Lines, ""),
    Field::new("update_known", "The update was known", Text, "For how long"),
    Field::demanded("loss", "Loss", Text, "With its currency and what is counted"),
    Field::demanded("source", "Source", Text, "Who says so, and when"),
    Field::new("source_on", "Date of the source", Date, ""),
    Field::new("mark", "Source checked", MARK, "Verify until somebody has read the source itself"),
    Field::new("quote", "Quote it", Choice(&["yes", "no"]), "The one that the business case quotes"),
];

const STAKEHOLDER: &[Field] = &[
    Field::new("name", "Name", Text, ""),
    Field::new("function", "Function", Text, ""),
    Field::demanded("stands", "Stands", Choice(&["ally", "open", "against"]), ""),
    Field::new("objection", "Objection", Lines, "In their words"),
    Field::new(
        "figures",
        "Figures that answer",
        Figures,
        "Their values are worked out from your own records",
    ),
    Field::new("answer", "Answer", Lines, ""),
    Field::new("next_on", "Next conversation", Date, ""),
    Field::new("owner", "Who talks to them", Person, ""),
    Field::new("said", "What was said", Lines, ""),
];

/// The names of a list's fields, each said under its own field by a form.
pub fn names(kind: ProgrammeKind) -> &'static [&'static str] {
    static NAMES: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
        ProgrammeKind::ALL.iter().map(|kind| fields(*kind).iter().map(|field| field.name).collect()).collect()
    });
    let place = ProgrammeKind::ALL.iter().position(|other| *other == kind);
    place.and_then(|place| NAMES.get(place)).map_or(&[], Vec::as_slice)
}
