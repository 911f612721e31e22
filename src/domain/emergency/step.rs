//! The steps of an emergency (standards.md 3.8, figure 6), in our own words, in hours from its declaration.

use crate::domain::cycle::Phase;
use crate::domain::cycle::template::{StepKey, StepWhen, TemplateStep};

/// Hours from declaration, phase, meaning, milestone, what is to be done, document.
type Line = (i64, Phase, Option<StepKey>, bool, &'static str, &'static str);

const LINES: [Line; 15] = [
    (
        1,
        Phase::Assess,
        None,
        true,
        "Tell the committee, with the emergency number, and take the roll",
        "Message",
    ),
    (1, Phase::Plan, None, false, "Open the change record that tracks the emergency", "Change record"),
    (
        2,
        Phase::Assess,
        None,
        false,
        "Find the machines concerned and note how exposed each one is",
        "List of machines",
    ),
    (
        4,
        Phase::Assess,
        Some(StepKey::KeepEvidence),
        true,
        "Keep evidence on exposed or suspect machines, before anything on them is changed",
        "Evidence",
    ),
    (
        6,
        Phase::Plan,
        None,
        false,
        "Take interim measures: block, disable, isolate, each with its way back",
        "Measures",
    ),
    (
        6,
        Phase::Plan,
        Some(StepKey::Decision),
        true,
        "Decide: patch now, or await the approval of the business",
        "Decision",
    ),
    (
        12,
        Phase::Test,
        Some(StepKey::TestBegins),
        false,
        "Test briefly: install, restart, try the three functions that matter most",
        "Test results",
    ),
    (
        24,
        Phase::Deploy,
        Some(StepKey::PatchNight),
        true,
        "Patch the exposed machines, then pause and look",
        "Log",
    ),
    (36, Phase::Deploy, None, false, "Patch the critical machines, then pause and look", "Log"),
    (48, Phase::Deploy, Some(StepKey::LastWindow), true, "Patch all others", "Log"),
    (54, Phase::Verify, None, false, "Verify by import and by hand, and watch for anomalies", "Import"),
    (
        60,
        Phase::Verify,
        None,
        false,
        "Say what the evidence shows: nothing, suspicion or a confirmed attack; an attack goes to incident handling",
        "Finding",
    ),
    (72, Phase::Verify, None, false, "Take the interim measures back, one by one", "Measures"),
    (72, Phase::Review, None, true, "Obtain the approvals that are still missing", "Approval"),
    (
        120,
        Phase::Review,
        Some(StepKey::Review),
        true,
        "Hold the review: lessons, actions, figures",
        "Minutes",
    ),
];

/// Approval after the fact must follow within so many hours of the declaration (standards.md 3.6: 24 to 48).
pub const APPROVE_WITHIN_HOURS: i64 = 48;

/// The steps of an emergency where the shop has no template of its own.
pub fn starting_steps() -> Vec<TemplateStep> {
    LINES
        .iter()
        .map(|(hours, phase, key, milestone, title, document)| TemplateStep {
            key: *key,
            phase: *phase,
            title: (*title).to_owned(),
            when: StepWhen::Hours { hours: *hours },
            role: None,
            person: None,
            deputy: None,
            document: (*document).to_owned(),
            milestone: *milestone,
        })
        .collect()
}
