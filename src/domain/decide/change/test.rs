//! Tests of a change: before it on test systems, smoke tests after it on production.

use super::super::super::book::Book;
use super::super::super::change::state::{has_begun, is_open};
use super::super::super::change::test::{TestResult, TestResultId, TestStage};
use super::super::super::command::{Decision, Edit, Issues};
use super::super::{Findings, Moment, one_change, refused, still_as_read};
use super::{decision, evidence_is_whole, record};
use crate::domain::row::RowChange;
use crate::util::text::{block, line};

pub(super) fn save(book: &Book, edit: Edit<TestResult>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Edit { base, mut row } = edit;
    if let Some(base) = &base {
        still_as_read(book.tests.get(base.id.0), base, "The test")?;
        if !base.voided_because.is_empty() {
            return Err(refused("The test no longer counts. Record a new one."));
        }
        (row.id, row.change) = (base.id, base.change);
    } else {
        row.id = TestResultId(moment.ids.next());
    }
    row.voided_because.clear();
    let record = record(book, row.change)?;
    if !is_open(record.state) {
        return Err(refused(format!("{} is finished; it takes no more tests.", record.number)));
    }
    row.case = line(&row.case).into_owned();
    row.evidence_name = line(&row.evidence_name).into_owned();
    for text in [&mut row.expected, &mut row.found] {
        *text = block(text);
    }
    let mut findings = Findings::default();
    findings.demand("case", &row.case, "Say what was tried.");
    if row.tested_by.is_none() {
        findings.add("tested_by", "Say who ran the test.");
    }
    if row.tested_at > moment.at {
        findings.add("tested_at", "The test lies in the future. Record it when it was run.");
    }
    if row.stage != TestStage::Before && !has_begun(record.state) {
        findings.add("stage", "The work has not begun. Before it, tests are run on test systems.");
    }
    let is_on = |id: &super::super::super::change::line::ChangeLineId| {
        book.change_lines.get(id.0).is_some_and(|line| line.change == record.id)
    };
    if row.line.as_ref().is_some_and(|id| !is_on(id)) {
        findings.add("line", "The asset is not on this record. Choose one of its assets.");
    }
    if !evidence_is_whole(&row.evidence_name, &row.evidence_sha256) {
        findings.add("evidence_name", "The evidence needs its name and its SHA-256. Choose the file again.");
    }
    findings.done()?;
    let what = if base.is_some() { "Change" } else { "Add" };
    Ok(one_change(format!("{what} test {} of {}", row.case, record.number), base.as_ref(), &row))
}

pub(super) fn void(book: &Book, test: TestResultId, because: &str) -> Result<Decision, Issues> {
    let Some(row) = book.tests.get(test.0) else {
        return Err(refused("The test is no longer in the register."));
    };
    let record = record(book, row.change)?;
    if !is_open(record.state) {
        return Err(refused(format!("{} is finished; its tests stay as they are.", record.number)));
    }
    let because = line(because).into_owned();
    let mut findings = Findings::default();
    findings.demand("because", &because, "Say why the test no longer counts.");
    findings.done()?;
    let after = TestResult { voided_because: because, ..row.clone() };
    let label = format!("Void test {} of {}", row.case, record.number);
    Ok(decision(label, RowChange::update(row, &after).into_iter().collect()))
}
