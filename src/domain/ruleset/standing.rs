//! What holds of the deadlines, and what waits: whether a policy was ever ratified, which sets bind, what is proposed, and what a policy
//! that is submitted now would state. Words for all of it, the same in window, console and paper.

use crate::domain::asset::{AssetClass, Exposure};
use crate::domain::book::Book;
use crate::domain::compliance::moved::rule_text;
use crate::domain::deadline::{ClockStart, DeadlineRule};
use crate::domain::document::DocumentVersion;
use crate::util::clock::{day_in, day_text, zone};
use crate::util::text::counted;

use super::{
    Amount, Condition, PendingKind, PendingRule, RuleSet, SetClock, SetRule, SetScope, Settled, Trigger,
};

/// The key of the document that states the deadlines.
pub const POLICY: &str = "policy";

/// Whether a version of the policy was ever ratified. From then on every change of a deadline waits for the next one.
pub fn policy_ratified(book: &Book) -> bool {
    let is_policy = |version: &DocumentVersion| {
        book.documents.get(version.document.0).is_some_and(|document| document.key == POLICY)
    };
    book.versions.iter().any(|version| version.ratified_at.is_some() && is_policy(version))
}

/// One sentence on what the deadlines rest on.
pub fn ratification_text(book: &Book) -> &'static str {
    if policy_ratified(book) {
        "Stated by a ratified policy; a change waits until the policy that states it is ratified."
    } else {
        "Not ratified: no policy that states these deadlines was ever ratified, so a change holds at once."
    }
}

/// The sets that bind what starts at an instant (UTC seconds), in the order in which they were adopted.
pub fn in_force(book: &Book, at: i64) -> Vec<&RuleSet> {
    let holds = |set: &&RuleSet| {
        set.adopted_at.is_some_and(|adopted| adopted <= at) && set.ended_at.is_none_or(|ended| ended > at)
    };
    let mut sets: Vec<&RuleSet> = book.rule_sets.iter().filter(holds).collect();
    sets.sort_by_key(|set| (set.adopted_at, set.id));
    sets
}

/// The rules of a set, in their order.
pub fn rules_of<'b>(book: &'b Book, set: &RuleSet) -> Vec<&'b SetRule> {
    let mut rules: Vec<&SetRule> = book.set_rules.iter().filter(|rule| rule.set == set.id).collect();
    rules.sort_by_key(|rule| (rule.position, rule.id));
    rules
}

/// Changes that wait for the policy, oldest first.
pub fn pending(book: &Book) -> Vec<&PendingRule> {
    let mut open: Vec<&PendingRule> =
        book.pending_rules.iter().filter(|row| row.settled == Settled::Open).collect();
    open.sort_by_key(|row| (row.proposed_at, row.id));
    open
}

/// The own rules as a policy that is submitted at an instant would state them: those in force, with what waits done to them.
pub fn proposed_rules(book: &Book, at: i64) -> Vec<DeadlineRule> {
    let holds = |rule: &&DeadlineRule| rule.from_at <= at && rule.until_at.is_none_or(|until| until > at);
    let mut rules: Vec<DeadlineRule> = book.rules.iter().filter(holds).cloned().collect();
    for change in pending(book) {
        if let Some(replaced) = change.replaces {
            rules.retain(|rule| rule.id != replaced);
        }
        rules.extend(change.shall_be.clone());
    }
    rules.sort_by_key(|rule| {
        (rule.rank, rule.class.is_none(), rule.class, rule.exposure.is_none(), rule.exposure)
    });
    rules
}

/// The sets that a policy submitted at an instant would name: those in force, with what waits done to them.
pub fn proposed_sets(book: &Book, at: i64) -> Vec<&RuleSet> {
    let mut sets = in_force(book, at);
    for change in pending(book) {
        let Some(set) = change.set.and_then(|id| book.rule_sets.get(id.0)) else { continue };
        match change.kind {
            PendingKind::Adopt => sets.push(set),
            PendingKind::Drop => sets.retain(|known| known.id != set.id),
            PendingKind::Add | PendingKind::Change | PendingKind::End => {}
        }
    }
    sets
}

/// The names of the adopted sets that know no waivers, each once.
pub fn without_waivers(book: &Book) -> Vec<&str> {
    let strict = book
        .rule_sets
        .iter()
        .filter(|set| !set.waivers && set.adopted_at.is_some() && set.ended_at.is_none());
    let mut names: Vec<&str> = strict.map(|set| set.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// What a change does: `Change a deadline: High, server: 14 days -> High, server: 7 days`.
pub fn change_text(book: &Book, change: &PendingRule) -> String {
    let old = change.replaces.and_then(|id| book.rules.get(id.0)).map(rule_text);
    let new = change.shall_be.as_ref().map(rule_text);
    let set = change.set.and_then(|id| book.rule_sets.get(id.0)).map(|set| set.name.clone());
    let what = match (old, new, set) {
        (Some(old), Some(new), _) => format!("{old} becomes {new}"),
        (Some(one), None, _) | (None, Some(one), _) | (None, None, Some(one)) => one,
        (None, None, None) => String::new(),
    };
    format!("{}: {what}", change.kind.text())
}

/// How long a rule of a set gives: `14 days from release`.
pub fn time_text(amount: i64, unit: Amount, clock: SetClock) -> String {
    let plural = |one, many| counted(amount.unsigned_abs(), one, many);
    let time = match unit {
        Amount::Hours => plural("hour", "hours"),
        Amount::Days => plural("day", "days"),
        Amount::Weeks => plural("week", "weeks"),
        Amount::Months => plural("month", "months"),
        Amount::Listed | Amount::Upgrade => return unit.text().to_owned(),
    };
    format!("{time} from {}", clock.text())
}

/// Whom and what a rule of a set binds: `server, internet-facing; operating system; listed as exploited`.
pub fn condition_text(condition: &Condition) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut list = |words: Vec<&str>| {
        if !words.is_empty() {
            parts.push(words.join(" or ").to_lowercase());
        }
    };
    list(condition.ranks.iter().map(|rank| rank.text()).collect());
    list(condition.classes.iter().map(|class| class.text()).collect());
    list(condition.exposures.iter().map(|exposure| exposure.text()).collect());
    list(condition.software.iter().map(|kind| kind.text()).collect());
    if condition.trigger != Trigger::Any {
        parts.push(condition.trigger.text().to_owned());
    }
    let answer = |yes, one: &str, other: &str| if yes { one.to_owned() } else { other.to_owned() };
    parts.extend(condition.automatable.map(|yes| answer(yes, "automatable", "not automatable")));
    parts.extend(condition.total_impact.map(|yes| answer(yes, "total impact", "partial impact")));
    parts.extend(condition.unassessed.then(|| "automatable or impact not known".to_owned()));
    if parts.is_empty() { "every update".to_owned() } else { parts.join("; ") }
}

/// From which releases on an own rule binds: `every release`, or `releases from Mon 23 Nov 2026`. One that starts when a machine first
/// shows the update says so.
pub fn rule_binds_text(book: &Book, rule: &DeadlineRule) -> String {
    match (rule.from_at, rule.clock) {
        (0, _) => "every release".to_owned(),
        (at, ClockStart::Release) => format!("releases {}", from_text(book, at)),
        (at, ClockStart::FirstSeen) => format!("what is first seen {}", from_text(book, at)),
    }
}

/// From which releases on a set binds that is adopted: it dates nothing that was released before it was taken on, but for a source
/// that had ended by then. `None` for a set that waits.
pub fn set_binds_text(book: &Book, set: &RuleSet) -> Option<String> {
    let adopted_at = set.adopted_at?;
    let adopted_on = day_in(zone(&book.shop.zone), adopted_at);
    Some(match (set.from_on, set.until_on) {
        (_, Some(until)) if until < adopted_on => "while its source was in force".to_owned(),
        (Some(from), _) if from > adopted_on => format!("from {}", day_text(from)),
        _ => from_text(book, adopted_at),
    })
}

fn from_text(book: &Book, at: i64) -> String {
    format!("from {}", day_text(day_in(zone(&book.shop.zone), at)))
}

/// Which assets a set binds: `every asset`, or `servers; groups Web, E-mail`.
pub fn scope_text(book: &Book, scope: &SetScope) -> String {
    let mut parts: Vec<String> = Vec::new();
    if !scope.classes.is_empty() {
        parts.push(
            scope.classes.iter().map(|class| AssetClass::text(*class)).collect::<Vec<_>>().join(" or "),
        );
    }
    if !scope.exposures.is_empty() {
        parts.push(scope.exposures.iter().map(|e| Exposure::text(*e)).collect::<Vec<_>>().join(" or "));
    }
    if !scope.groups.is_empty() {
        let names =
            scope.groups.iter().filter_map(|id| book.groups.get(id.0)).map(|group| group.name.as_str());
        parts.push(format!("group {}", names.collect::<Vec<_>>().join(" or ")));
    }
    if parts.is_empty() { "every asset".to_owned() } else { parts.join("; ") }
}
