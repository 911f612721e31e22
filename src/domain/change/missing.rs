//! What a record still lacks for a move: the hard stops, each with the reason and what to do (standards.md 3.6).
//!
//! Pure questions about a Book and an instant. The window shows the answers beside the button, and the decision asks the same
//! function, so neither can promise what the other refuses.

use super::line::{ChangeLine, LineResult};
use super::state::{demanded, moves};
use super::template::ChangeTemplate;
use super::test::{TestResult, TestStage, TestVerdict};
use super::{ChangeKind, ChangeRecord, ChangeState, backup_of, lines, window_of};
use crate::domain::approval;
use crate::domain::asset::AssetClass;
use crate::domain::book::Book;
use crate::domain::command::Issue;
use crate::domain::gate::demand;
use crate::domain::pair::State;
use crate::domain::stamp::of_instant;
use crate::domain::standing::FactsByAsset;
use crate::util::clock::{day_in, day_text, text_in, zone};

/// Collects issues.
struct Gaps<'b> {
    book: &'b Book,
    record: &'b ChangeRecord,
    lines: Vec<&'b ChangeLine>,
    at: i64,
    found: Vec<Issue>,
}

/// Everything that stands between a record and a move at an instant (UTC seconds): empty where it may be made now.
///
/// A move that needs a decision is asked for here as if the decision had been made.
pub fn missing(book: &Book, record: &ChangeRecord, to: ChangeState, at: i64) -> Vec<Issue> {
    use ChangeState as S;
    let mut gaps = Gaps { book, record, lines: lines(book, record.id), at, found: Vec::new() };
    if !moves(record.kind, record.state).contains(&to) {
        let text = match moves(record.kind, record.state) {
            [] => format!("{} is {}; nothing follows.", record.number, record.state.text().to_lowercase()),
            next => format!(
                "A {} change that is {} cannot become {}. Next is: {}.",
                record.kind.text().to_lowercase(),
                record.state.text().to_lowercase(),
                to.text().to_lowercase(),
                next.iter().map(|s| s.text().to_lowercase()).collect::<Vec<_>>().join(", ")
            ),
        };
        gaps.add("state", text);
        return gaps.found;
    }
    if matches!(to, S::Cancelled | S::Draft | S::Returned | S::Rejected) {
        return gaps.found;
    }
    gaps.fields();
    match to {
        S::Submitted | S::Declared => {
            gaps.plan();
            gaps.remembered();
        }
        S::Approved => {
            gaps.plan();
            gaps.remembered();
            gaps.approvable();
        }
        S::GoAhead => {
            gaps.plan();
            if record.approve_by_at.is_some_and(|by| by <= at) {
                gaps.add("approve_by_at", "The approval must follow later than now. Name a later time.");
            }
        }
        S::Scheduled => {
            gaps.plan();
            gaps.remembered();
            gaps.let_go();
            gaps.authorised();
        }
        S::InProgress => {
            gaps.plan();
            gaps.remembered();
            gaps.let_go();
            gaps.authorised();
            gaps.backups();
        }
        S::Implemented | S::Partly | S::RolledBack | S::Failed => gaps.ended(to),
        S::Review if record.state == S::Monitoring => gaps.quiet(),
        S::Closed => gaps.closable(),
        _ => {}
    }
    gaps.found
}

/// What stands between a record and an approval that is given when the work has begun: its plan, back-out and tests.
pub fn missing_for_late_approval(book: &Book, record: &ChangeRecord, at: i64) -> Vec<Issue> {
    let mut gaps = Gaps { book, record, lines: lines(book, record.id), at, found: Vec::new() };
    gaps.approvable();
    gaps.found
}

/// The test evidence of a record from test systems: newest first, void ones left out.
pub fn tests_before<'b>(book: &'b Book, record: &ChangeRecord) -> Vec<&'b TestResult> {
    let counts = |test: &&TestResult| {
        test.change == record.id && test.stage == TestStage::Before && test.voided_because.is_empty()
    };
    let mut tests: Vec<&TestResult> = book.tests.iter().filter(counts).collect();
    tests.sort_by_key(|test| std::cmp::Reverse((test.tested_at, test.id)));
    tests
}

/// Why a template cannot carry a standard change at an instant; `None`: it can.
pub fn template_gap(book: &Book, template: &ChangeTemplate, at: i64) -> Option<String> {
    let name = &template.name;
    let today = day_in(zone(&book.shop.zone), at);
    if let Some(since) = template.revoked_at {
        let when = day_text(day_in(zone(&book.shop.zone), since));
        let why = &template.revoked_because;
        return Some(format!(
            "The template {name} was withdrawn on {when} ({why}). Ratify it again, or make a normal change."
        ));
    }
    if template.ratified_at.is_none_or(|ratified| ratified > at) || template.ratified_by.is_none() {
        return Some(format!(
            "The template {name} is not ratified. Have it ratified, or make a normal change."
        ));
    }
    let expired = template.expires_on.filter(|last| *last < today)?;
    Some(format!(
        "The template {name} expired on {}. Have it ratified again, or make a normal change.",
        day_text(expired)
    ))
}

/// Whether a line needs no more looking at: a result that was found, or a waiver for every update it still owes.
pub fn is_settled(book: &Book, record: &ChangeRecord, line: &ChangeLine, at: i64) -> bool {
    let found = matches!(
        line.result,
        Some(LineResult::Done | LineResult::Failed | LineResult::RolledBack | LineResult::NotDone)
    );
    found && line.proof.is_some() || is_waived(book, record, line, at)
}

/// Whether a valid waiver covers every update of the record that the line's asset still owes, and there is one.
pub fn is_waived(book: &Book, record: &ChangeRecord, line: &ChangeLine, at: i64) -> bool {
    let mut waivers = book.waivers.iter().filter(|w| w.asset == line.asset && w.valid_at(at)).peekable();
    if waivers.peek().is_none() {
        return false;
    }
    let waived: Vec<crate::domain::update::UpdateId> = waivers.map(|waiver| waiver.update).collect();
    let covered = |update| waived.contains(&update);
    let met = |update: crate::domain::update::UpdateId| {
        let places = book.updates.place(update.0).zip(book.assets.place(line.asset.0));
        let state = places.and_then(|(update, asset)| {
            let block = book.pairs.blocks.get(update as usize)?;
            Some(block.at(block.find(asset)?, of_instant(at))?.state())
        });
        matches!(state, Some(State::Installed | State::NotApplicable))
    };
    let any = record.updates.iter().any(|update| covered(*update));
    any && record.updates.iter().all(|&update| covered(update) || met(update))
}

impl Gaps<'_> {
    fn add(&mut self, field: &'static str, text: impl Into<String>) {
        self.found.push(Issue { field, text: text.into() });
    }

    fn when(&self, at: i64) -> String {
        text_in(zone(&self.book.shop.zone), at)
    }

    fn asset_name(&self, line: &ChangeLine) -> String {
        self.book.assets.get(line.asset.0).map_or_else(String::new, |asset| asset.name.clone())
    }

    /// The fields that this state and every one before it demand.
    fn fields(&mut self) {
        for field in demanded(self.record.kind, self.record.state) {
            if !field.is_filled(self.record, &self.lines) {
                self.add(field.word(), format!("{} is missing. Fill it in.", field.text()));
            }
        }
    }

    /// The plan holds together: windows are windows, people are there, a standard change has a template that carries it.
    fn plan(&mut self) {
        let record = self.record;
        if let (Some(from), Some(until)) = (record.window_from_at, record.window_until_at)
            && until <= from
        {
            self.add("window_until_at", "The window ends before it begins. Put its end after its begin.");
        }
        for line in self.lines.clone() {
            if let (Some(from), Some(until)) = window_of(record, line)
                && until <= from
                && (line.window_from_at.is_some() || line.window_until_at.is_some())
            {
                let name = self.asset_name(line);
                self.add(
                    "lines",
                    format!("The window of {name} ends before it begins. Put its end after its begin."),
                );
            }
        }
        for (field, person, last) in super::duty::left_people(self.book, record, self.at) {
            let name = self.book.person_name(Some(person));
            self.add(
                field.word(),
                format!(
                    "{name} left on {}. Name somebody else as {}.",
                    day_text(last),
                    field.text().to_lowercase()
                ),
            );
        }
        if record.kind == ChangeKind::Standard {
            self.template();
        }
    }

    /// What its updates need comes first, and what they are known to break is spoken of. An emergency is not held up while it is
    /// decided; before it begins, what it needs must be there.
    fn remembered(&mut self) {
        let record = self.record;
        let begins =
            !matches!(record.state, ChangeState::Draft | ChangeState::Returned | ChangeState::Declared);
        if record.kind != ChangeKind::Emergency || begins {
            for (field, text) in demand::open_needs(self.book, record, self.at) {
                self.add(field, text);
            }
        }
        // The plan of a standard change is its template's, and an emergency may complete its plan afterwards.
        if record.kind == ChangeKind::Normal {
            for text in demand::unanswered(self.book, record) {
                self.add("risk_of_applying", text);
            }
        }
    }

    /// Nobody who decides for a technology has said no, or not yet.
    fn let_go(&mut self) {
        for text in demand::held_back(self.book, self.record, self.at) {
            self.add("updates", text);
        }
    }

    fn template(&mut self) {
        let Some(id) = self.record.template else { return };
        match self.book.change_templates.get(id.0) {
            Some(template) if template.kind != ChangeKind::Standard => {
                let text = format!("The template {} is not one of a standard change.", template.name);
                self.add("template", format!("{text} Choose another, or make a normal change."));
            }
            Some(template) => {
                if let Some(text) = template_gap(self.book, template, self.at) {
                    self.add("template", text);
                }
                if template.plan != self.record.plan {
                    let text = format!("The plan of {} changed since this record was made.", template.name);
                    self.add("template", format!("{text} Make a new record from it."));
                }
            }
            None => self.add("template", "The template is no longer in the register. Choose another."),
        }
    }

    /// No back-out plan or no test evidence, no approval.
    fn approvable(&mut self) {
        let record = self.record;
        if record.plan.backout_plan.trim().is_empty() {
            let known = self.found.iter().any(|issue| issue.field == "backout_plan");
            if !known {
                self.add("backout_plan", "There is no back-out plan. Write how the change is taken back.");
            }
        }
        if !record.untested_because.trim().is_empty() {
            return;
        }
        let tests = tests_before(self.book, record);
        if tests.is_empty() {
            self.add(
                "tests",
                "There is no test evidence. Record a test on test systems, or say why there is none.",
            );
        }
        let mut seen = Vec::new();
        for test in tests {
            // The newest run of a case counts.
            let case = crate::util::text::fold(&test.case);
            if !seen.contains(&case) {
                if test.verdict == TestVerdict::Failed {
                    let text = format!("The test \u{201c}{}\u{201d} failed.", test.case);
                    self.add("tests", format!("{text} Run it again, or say why the change goes on."));
                }
                seen.push(case);
            }
        }
    }

    /// Somebody allowed it, recorded before it begins.
    fn authorised(&mut self) {
        let record = self.record;
        match record.kind {
            // The ratified template is the approval; `plan` has looked at it.
            ChangeKind::Standard => {}
            ChangeKind::Emergency if record.state == ChangeState::GoAhead => {
                if record.go_ahead_because.trim().is_empty() {
                    self.add("go_ahead_because", "Say why the work begins before the approval.");
                }
            }
            _ => match approval::standing(self.book, record) {
                None => self.add(
                    "approval",
                    "There is no approval for the record as it stands. Have it approved before the work begins.",
                ),
                Some(approval) if approval.recorded_at > self.at && !record.after_the_fact => {
                    let when = self.when(approval.recorded_at);
                    self.add(
                        "started_at",
                        format!("The approval was recorded on {when}; the work cannot begin before it."),
                    );
                }
                Some(_) => {}
            },
        }
    }

    /// A verified backup for every server, before the work begins (requirement S2-09).
    fn backups(&mut self) {
        if self.record.kind == ChangeKind::Emergency {
            return;
        }
        let in_time = |backup: &super::Backup| {
            backup.is_verified()
                && (self.record.after_the_fact || backup.verified_at.is_some_and(|at| at <= self.at))
        };
        let facts = FactsByAsset::new(self.book);
        let bare: Vec<String> = self
            .lines
            .iter()
            .filter(|line| !backup_of(self.record, line).is_some_and(in_time))
            .filter_map(|line| {
                let place = self.book.assets.place(line.asset.0)?;
                let asset = self.book.assets.get(line.asset.0)?;
                let class = facts.standing(asset, place, self.at).class;
                (class == AssetClass::Server).then(|| asset.name.clone())
            })
            .collect();
        if !bare.is_empty() {
            let names = bare.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
            let more = bare.len().saturating_sub(5);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            self.add(
                "backup",
                format!(
                    "No verified backup for {names}{more}. Record the job report as a file, with who verified it and when."
                ),
            );
        }
    }

    fn ended(&mut self, to: ChangeState) {
        if self.record.started_at.is_some_and(|started| self.at < started) {
            self.add("ended_at", "The work ends before it began. Put its end after its begin.");
        }
        let bad = |line: &&&ChangeLine| {
            matches!(line.result, Some(LineResult::Failed | LineResult::RolledBack | LineResult::NotDone))
        };
        let names: Vec<String> =
            self.lines.iter().filter(bad).map(|line| self.asset_name(line)).take(5).collect();
        if to == ChangeState::Implemented && !names.is_empty() {
            self.add(
                "lines",
                format!("Not everything was done ({}). Finish the change in part.", names.join(", ")),
            );
        }
    }

    fn quiet(&mut self) {
        if let Some(until) = self.record.monitor_until_at.filter(|until| *until > self.at) {
            let when = self.when(until);
            self.add(
                "monitor_until_at",
                format!("The quiet period runs until {when}. Review the change after it."),
            );
        }
    }

    /// Nothing closes while an asset is unverified and not waived, or without the approval it needs.
    fn closable(&mut self) {
        self.quiet();
        let record = self.record;
        let open: Vec<String> = self
            .lines
            .iter()
            .filter(|line| !is_settled(self.book, record, line, self.at))
            .map(|line| self.asset_name(line))
            .collect();
        if !open.is_empty() {
            let names = open.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
            let more = open.len().saturating_sub(5);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            self.add(
                "lines",
                format!(
                    "Nobody has verified {names}{more}. Import a report, attest by hand, or have it waived."
                ),
            );
        }
        if record.kind != ChangeKind::Standard && approval::standing(self.book, record).is_none() {
            self.add(
                "approval",
                "There is no approval for the record as it stands. Record the approval before it closes.",
            );
        }
    }
}
