//! What moved the figures besides patching: every dated change of rank, scope, status, exposure, class, group, rules and declines,
//! and every correction, in a period.
//!
//! A value that was the first of its kind moves nothing: it also holds for all time before.

use crate::domain::asset::FactValue;
use crate::domain::counting;
use crate::domain::deadline::{DeadlineRule, TimeUnit};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::risk::{RankBasis, course, ratings_of};
use crate::domain::row::{Table, words};
use crate::domain::ruleset::PendingKind;
use crate::domain::standing::FactsByAsset;

use crate::util::clock::day_text;

use super::outcome::Period;
use super::view::View;

words!(
    /// What was changed.
    Matter {
        /// Rank of an update.
        Rank = "rank", "Rank";
        /// In or out of scope.
        Scope = "scope", "Scope";
        /// Status of an asset.
        Status = "status", "Status";
        /// Exposure of an asset.
        Exposure = "exposure", "Exposure";
        /// Class of an asset.
        Class = "class", "Class";
        /// Patch group of an asset.
        Group = "group", "Group";
        /// What is counted: covered classes, freshness, adoption day, time zone.
        Counting = "counting", "Counting";
        /// When the security updates of a product end, or proof of extended support.
        Servicing = "servicing", "End of servicing";
        /// A deadline rule.
        Rule = "rule", "Deadline rule";
        /// An update was declined.
        Decline = "decline", "Decline";
        /// An update was withdrawn by its vendor.
        Withdrawal = "withdrawal", "Withdrawn";
        /// A waiver was approved or voided.
        Waiver = "waiver", "Waiver";
        /// An import or a check by hand was taken back.
        Correction = "correction", "Correction";
    }
);

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// When it was recorded, UTC seconds.
    pub at: i64,
    /// What.
    pub matter: Matter,
    /// Of which asset, update or rule.
    pub subject: String,
    /// Before, as people read it.
    pub before: String,
    /// After, as people read it.
    pub after: String,
    /// Why, where a reason was recorded.
    pub reason: String,
    /// Who, as history tells; `None` where it does not.
    pub by: Option<String>,
}

/// Tells who made a row, out of the history.
pub type Who<'w> = &'w dyn Fn(Table, i64) -> Option<String>;

impl View<'_> {
    /// Every change recorded in a period up to the as-of instant, oldest first.
    pub fn moved(&self, period: Period, who: Who<'_>) -> Vec<Change> {
        let mut list = Changes { list: Vec::new(), period, until_at: self.as_of_at, who };
        self.moved_assets(&mut list);
        self.moved_ranks(&mut list);
        self.moved_updates(&mut list);
        for rule in &self.book.rules {
            let (text, source) = (rule_text(rule), rule.source.as_str());
            list.push(rule.from_at, Matter::Rule, source, ["", &text], "", (Table::DeadlineRule, rule.id.0));
            if let Some(until_at) = rule.until_at {
                let states = [text.as_str(), "no longer in force"];
                list.push(until_at, Matter::Rule, source, states, "", (Table::DeadlineRule, rule.id.0));
            }
        }
        self.moved_sets(&mut list);
        self.moved_counting(&mut list);
        self.moved_servicing(&mut list);
        self.moved_waivers(&mut list);
        self.corrections(&mut list);
        list.list.sort_by_key(|change| change.at);
        list.list
    }

    fn moved_sets(&self, list: &mut Changes<'_>) {
        for set in &self.book.rule_sets {
            let why = |kind: PendingKind| {
                let told =
                    self.book.pending_rules.iter().find(|row| row.set == Some(set.id) && row.kind == kind);
                told.map_or("", |row| row.reason.as_str())
            };
            let row = (Table::RuleSet, set.id.0);
            if let Some(at) = set.adopted_at {
                let states = ["", "rule set in force"];
                list.push(at, Matter::Rule, &set.name, states, why(PendingKind::Adopt), row);
            }
            // A set that was withdrawn before it ever bound has moved nothing.
            if let Some(at) = set.ended_at.filter(|_| set.adopted_at.is_some()) {
                let states = ["rule set in force", "no longer in force"];
                list.push(at, Matter::Rule, &set.name, states, why(PendingKind::Drop), row);
            }
        }
    }

    fn moved_counting(&self, list: &mut Changes<'_>) {
        for pair in counting::course(self.book, self.as_of_at).windows(2) {
            let [before, after] = pair else { continue };
            let said = before.parts().into_iter().zip(after.parts());
            for ((subject, before), (_, now)) in said.filter(|(before, now)| before != now) {
                let row = (Table::Counting, after.id.0);
                list.push(after.since_at, Matter::Counting, subject, [&before, &now], &after.reason, row);
            }
        }
    }

    fn moved_servicing(&self, list: &mut Changes<'_>) {
        let until = |row: &Lifecycle| row.security_end_on.map_or_else(|| "no end set".to_owned(), day_text);
        for row in &self.book.lifecycles {
            let key = (Table::Lifecycle, row.id.0);
            let before = self.book.lifecycles.iter().filter(|other| {
                (&other.product, &other.edition, other.own) == (&row.product, &row.edition, row.own)
                    && (other.recorded_at, other.id) < (row.recorded_at, row.id)
            });
            let before = before.max_by_key(|other| (other.recorded_at, other.id)).map(until);
            // The first of the vendor's rows tells what always was; one of the shop's own overrules from when it was recorded.
            if row.own || before.as_ref().is_some_and(|before| *before != until(row)) {
                let states = [before.as_deref().unwrap_or("by the vendor's table"), &until(row)];
                list.push(row.recorded_at, Matter::Servicing, &row.name(), states, &row.source, key);
            }
            if let Some(at) = row.ended_at.filter(|_| row.own) {
                let states = [until(row), "no longer a row of its own".to_owned()];
                list.push(at, Matter::Servicing, &row.name(), [&states[0], &states[1]], &row.source, key);
            }
        }
        for proof in &self.book.extended_supports {
            let asset = self.book.assets.get(proof.asset.0).map_or("?", |asset| asset.name.as_str());
            let (key, until) = ((Table::ExtendedSupport, proof.id.0), day_text(proof.until_on));
            let states = ["no proof", &format!("extended support until {until}")];
            list.push(proof.recorded_at, Matter::Servicing, asset, states, &proof.reference, key);
            if let Some(at) = proof.voided_at {
                let states = [states[1], "proof taken back"];
                list.push(at, Matter::Servicing, asset, states, &proof.reference, key);
            }
        }
    }

    fn moved_assets(&self, list: &mut Changes<'_>) {
        let facts = FactsByAsset::new(self.book);
        for (i, asset) in self.book.assets.rows().iter().enumerate() {
            let rows = facts.of(i as u32);
            for (n, fact) in rows.iter().enumerate() {
                let same_kind = |other: &&&crate::domain::asset::Fact| {
                    std::mem::discriminant(&other.value) == std::mem::discriminant(&fact.value)
                };
                let Some(before) = rows[..n].iter().rev().find(same_kind) else { continue };
                if before.value == fact.value {
                    continue;
                }
                let states = [self.value_text(&before.value), self.value_text(&fact.value)];
                let states = [states[0].as_str(), states[1].as_str()];
                let row = (Table::AssetFact, fact.id.0);
                list.push(fact.since_at, matter_of(&fact.value), &asset.name, states, &fact.reason, row);
            }
        }
    }

    fn value_text(&self, value: &FactValue) -> String {
        match value {
            FactValue::Scope(scope) => if *scope { "in scope" } else { "out of scope" }.to_owned(),
            FactValue::Status(status) => status.text().to_owned(),
            FactValue::Exposure(exposure) => exposure.text().to_owned(),
            FactValue::Class(class) => class.text().to_owned(),
            FactValue::Group(group) => {
                let known = group.and_then(|id| self.book.groups.get(id.0));
                known.map_or_else(|| "no group".to_owned(), |group| group.name.clone())
            }
        }
    }

    fn moved_ranks(&self, list: &mut Changes<'_>) {
        for update in &self.book.updates {
            let steps = course(update, &self.dossiers, &ratings_of(self, update)).steps;
            for pair in steps.windows(2) {
                let [before, after] = pair else { continue };
                if before.rank == after.rank {
                    continue;
                }
                let states = [before.rank.text(), after.rank.text()];
                let (reason, row) = match &after.basis {
                    RankBasis::Rated(rating) => (rating.reason.as_str(), (Table::Rating, rating.id.0)),
                    RankBasis::Raised(reason) => (reason.as_str(), (Table::PatchUpdate, update.id.0)),
                    RankBasis::Suggested => ("", (Table::PatchUpdate, update.id.0)),
                };
                list.push(after.since_at, Matter::Rank, &update.short_name(), states, reason, row);
            }
        }
    }

    fn moved_updates(&self, list: &mut Changes<'_>) {
        for update in &self.book.updates {
            let row = (Table::PatchUpdate, update.id.0);
            if let Some(at) = update.declined_at {
                let after = if update.declined_for_good() { "no longer required" } else { "still required" };
                let reason = update.declined_reason.text();
                list.push(
                    at,
                    Matter::Decline,
                    &update.short_name(),
                    ["approved or undecided", after],
                    reason,
                    row,
                );
            }
            if let Some(at) = update.withdrawn_at {
                list.push(at, Matter::Withdrawal, &update.short_name(), ["offered", "withdrawn"], "", row);
            }
        }
    }

    fn moved_waivers(&self, list: &mut Changes<'_>) {
        for waiver in &self.book.waivers {
            let asset = self.book.assets.get(waiver.asset.0).map_or("?", |asset| asset.name.as_str());
            let update =
                self.book.updates.get(waiver.update.0).map(crate::domain::update::Update::short_name);
            let subject = format!("{asset}, {}", update.unwrap_or_default());
            let row = (Table::Waiver, waiver.id.0);
            list.push(waiver.approved_at, Matter::Waiver, &subject, ["", "waived"], &waiver.reason, row);
            if let Some(at) = waiver.voided_at {
                list.push(at, Matter::Waiver, &subject, ["waived", "voided"], &waiver.reason, row);
            }
        }
    }

    fn corrections(&self, list: &mut Changes<'_>) {
        for batch in &self.book.batches {
            if let Some(at) = batch.voided_at {
                let subject = format!("import {}", batch.number);
                list.push(
                    at,
                    Matter::Correction,
                    &subject,
                    ["counted", "taken back"],
                    "",
                    (Table::Batch, batch.id.0),
                );
            }
        }
        for check in &self.book.attestations {
            if let Some(at) = check.voided_at {
                let asset = self.book.assets.get(check.asset.0).map_or("?", |asset| asset.name.as_str());
                let subject = format!("check by hand of {asset}");
                let row = (Table::Attestation, check.id.0);
                list.push(at, Matter::Correction, &subject, ["counted", "taken back"], "", row);
            }
        }
    }
}

struct Changes<'w> {
    list: Vec<Change>,
    period: Period,
    until_at: i64,
    who: Who<'w>,
}

impl Changes<'_> {
    fn push(
        &mut self,
        at: i64,
        matter: Matter,
        subject: &str,
        states: [&str; 2],
        reason: &str,
        row: (Table, i64),
    ) {
        if !self.period.contains(at) || at > self.until_at {
            return;
        }
        let [before, after] = states.map(str::to_owned);
        let (subject, reason, by) = (subject.to_owned(), reason.to_owned(), (self.who)(row.0, row.1));
        self.list.push(Change { at, matter, subject, before, after, reason, by });
    }
}

fn matter_of(value: &FactValue) -> Matter {
    match value {
        FactValue::Scope(_) => Matter::Scope,
        FactValue::Status(_) => Matter::Status,
        FactValue::Exposure(_) => Matter::Exposure,
        FactValue::Class(_) => Matter::Class,
        FactValue::Group(_) => Matter::Group,
    }
}

/// A rule in one line: `High, Server, Internet-facing: 7 days`.
pub fn rule_text(rule: &DeadlineRule) -> String {
    let class = rule.class.map_or("every class", |class| class.text());
    let exposure = rule.exposure.map_or("every exposure", |exposure| exposure.text());
    let unit = match rule.unit {
        TimeUnit::Days => "days",
        TimeUnit::Hours => "hours",
    };
    let clock = rule.clock.text();
    format!("{}, {class}, {exposure}: {} {unit} from {clock}", rule.rank.text(), rule.amount)
}
