//! The programme's lists: steps, controls, phases, tools, laws, training, breaches, stakeholders. One kind of row, and one table of
//! fields per kind, so that form, console and paper are one each.

pub mod applicability;
pub mod check;
pub mod field;
pub mod list;
pub mod objection;
pub mod progress;
pub mod questionnaire;
pub mod shipped;
pub mod table;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::row::{id_type, row_of, words};

pub use shipped::{SHIPPED, starting};

words!(
    /// What a row of the programme is.
    ProgrammeKind {
        /// A step of the programme (requirement S1-03).
        Step = "step", "Programme steps";
        /// A control with its gap (requirement S1-09).
        Control = "control", "Statement of applicability";
        /// A phase of the scope (requirement S1-11).
        ScopePhase = "scope_phase", "Scope phases";
        /// Another process, its inputs and outputs (requirement S3-23).
        Integration = "integration", "Integration points";
        /// How far a step is automated (requirement S3-24).
        Maturity = "maturity", "Maturity";
        /// A tool in use (requirement S1-39).
        Tool = "tool", "Deployment tools";
        /// Who may apply patches, and by what control (requirement S4-05).
        Permission = "permission", "Who may patch";
        /// A law or standard the shop is under (requirement S4-08).
        Law = "law", "Laws and standards";
        /// A training planned or held (requirement S1-10).
        Training = "training", "Training";
        /// A reference breach with source and loss (requirement S1-05).
        Breach = "breach", "Breaches elsewhere";
        /// An ally or an opponent (requirement S0-06).
        Stakeholder = "stakeholder", "Stakeholders";
    }
);

id_type!(
    /// Which row of the programme.
    ProgrammeEntryId
);

/// A row of one of the lists of the programme. Which fields a kind has, and what they must hold, is one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeEntry {
    /// Row id.
    pub id: ProgrammeEntryId,
    /// Which list.
    pub kind: ProgrammeKind,
    /// Place in the list.
    pub position: i64,
    /// Values by field, as texts.
    pub fields: BTreeMap<String, String>,
    /// Recorded at, UTC seconds.
    pub created_at: i64,
    /// Taken out at, UTC seconds.
    pub ended_at: Option<i64>,
}
row_of!(ProgrammeEntry, ProgrammeEntry);
