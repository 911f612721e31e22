//! Tests of a change: before it on test systems, after it on production.

use serde::{Deserialize, Serialize};

use super::ChangeId;
use super::line::ChangeLineId;
use crate::domain::person::PersonId;
use crate::domain::row::{id_type, row_of, words};

id_type!(
    /// Which test.
    TestResultId
);

words!(
    /// When a test is run.
    TestStage {
        /// Before, on test systems.
        Before = "before", "Test system";
        /// After, on production (requirement S1-62).
        Smoke = "smoke", "Smoke test";
        /// After: are the data whole.
        Integrity = "integrity", "Data integrity";
        /// After: is the acceptance met.
        Acceptance = "acceptance", "Acceptance";
    }
);

words!(
    /// What a test says.
    TestVerdict {
        /// As expected.
        Passed = "passed", "Passed";
        /// Not as expected.
        Failed = "failed", "Failed";
    }
);

/// One test of a change: before it, or after it on production.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestResult {
    /// Row id.
    pub id: TestResultId,
    /// Which record.
    pub change: ChangeId,
    /// Which asset of it; nothing: the whole.
    pub line: Option<ChangeLineId>,
    /// When it was run.
    pub stage: TestStage,
    /// What was tried.
    pub case: String,
    /// What should come of it.
    pub expected: String,
    /// What came of it.
    pub found: String,
    /// Passed or failed.
    pub verdict: TestVerdict,
    /// Who ran it.
    pub tested_by: Option<PersonId>,
    /// When, UTC seconds.
    pub tested_at: i64,
    /// Name of the file that shows it.
    pub evidence_name: String,
    /// Its SHA-256, hexadecimal.
    pub evidence_sha256: String,
    /// Why it no longer counts; empty: it does.
    pub voided_because: String,
}
row_of!(TestResult, TestResult);
