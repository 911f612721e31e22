//! Rule sets, and changes of deadlines that wait for the policy.
//!
//! Before any policy was ever ratified a change holds at once, and is called "not ratified". From then on a change waits until the
//! version of the policy that states it is ratified: what was proposed before that version was submitted is what it states.

use super::super::asset::{AssetClass, Exposure};
use super::super::book::Book;
use super::super::case::{BusinessCase, BusinessCaseId};
use super::super::command::{DeadlineCommand, Decision, Issues};
use super::super::deadline::{DeadlineRule, DeadlineRuleId};
use super::super::document::DocumentVersion;
use super::super::rating::Rank;
use super::super::row::RowChange;
use super::super::ruleset::preset::{Preset, preset};
use super::super::ruleset::standing::{POLICY, change_text, pending, policy_ratified};
use super::super::ruleset::{
    Amount, Filled, PendingKind, PendingRule, PendingRuleId, RuleSet, RuleSetId, SetClock, SetRule,
    SetRuleId, SetScope, Settled,
};
use super::{Findings, Moment, one_change, refused};
use crate::util::clock::{day_text, end_of_day, zone};
use crate::util::text::line;

pub(super) fn decide(book: &Book, command: DeadlineCommand, moment: Moment<'_>) -> Result<Decision, Issues> {
    match command {
        DeadlineCommand::Adopt { key, binds, filled, reason, case } => {
            adopt(book, &key, binds, &filled, (reason, case), moment)
        }
        DeadlineCommand::Drop { set, reason } => leave(book, set, &reason, moment),
        DeadlineCommand::Withdraw(id) => withdraw(book, id, moment),
        DeadlineCommand::Estimate { pending, case } => estimate(book, pending, case),
    }
}

/// A proposal without its subject.
fn proposal(kind: PendingKind, reason: &str, moment: Moment<'_>) -> PendingRule {
    PendingRule {
        id: PendingRuleId(moment.ids.next()),
        kind,
        replaces: None,
        shall_be: None,
        set: None,
        reason: line(reason).into_owned(),
        proposed_by: moment.actor.to_owned(),
        proposed_at: moment.at,
        case: None,
        settled: Settled::Open,
        settled_at: None,
        version: None,
    }
}

/// Lets a change of the own table wait. `shall_be` is as it was checked; its id and dates are set when it comes into force.
pub(super) fn propose(
    book: &Book,
    replaces: Option<DeadlineRuleId>,
    shall_be: Option<DeadlineRule>,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    if let Some(replaces) = replaces {
        not_yet_proposed(book, |row| row.replaces == Some(replaces))?;
    }
    let kind = match (replaces, &shall_be) {
        (None, _) => PendingKind::Add,
        (Some(_), Some(_)) => PendingKind::Change,
        (Some(_), None) => PendingKind::End,
    };
    let reason = shall_be.as_ref().map(|rule| rule.source.clone()).unwrap_or_default();
    let row = PendingRule { replaces, shall_be, ..proposal(kind, &reason, moment) };
    let label = format!("Propose: {}", change_text(book, &row));
    Ok(one_change(label, None, &row))
}

/// The rule for the same rank, class and exposure that binds, or would once what waits is ratified: only the newest of one key
/// binds, so there is never a second. `replaces`: the rule that goes.
pub(super) fn live_twin<'b>(
    book: &'b Book,
    rule: &DeadlineRule,
    replaces: Option<DeadlineRuleId>,
) -> Option<&'b DeadlineRule> {
    let waiting = pending(book);
    let goes = |id| Some(id) == replaces || waiting.iter().any(|change| change.replaces == Some(id));
    let live = book.rules.iter().filter(|row| row.until_at.is_none() && !goes(row.id));
    let shall_be = waiting.iter().filter_map(|change| change.shall_be.as_ref());
    live.chain(shall_be).find(|row| key(row) == key(rule))
}

fn key(rule: &DeadlineRule) -> (Rank, Option<AssetClass>, Option<Exposure>) {
    (rule.rank, rule.class, rule.exposure)
}

fn not_yet_proposed(book: &Book, same: impl Fn(&PendingRule) -> bool) -> Result<(), Issues> {
    match pending(book).into_iter().find(|row| same(row)) {
        None => Ok(()),
        Some(row) => Err(refused(format!(
            "{} waits for the policy already. Withdraw that change first.",
            change_text(book, row)
        ))),
    }
}

fn adopt(
    book: &Book,
    key: &str,
    binds: SetScope,
    filled: &Filled,
    (reason, case): (String, Option<BusinessCaseId>),
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let Some(preset) = preset(key) else {
        return Err(refused(format!("There is no preset {key}. See which there are.")));
    };
    let mut findings = Findings::default();
    findings.demand("reason", &reason, "Say why the rule set shall bind; it is kept with the change.");
    if binds.groups.iter().any(|id| book.groups.get(id.0).is_none()) {
        findings.add("binds", "A group of the scope is no longer in the register.");
    }
    if case.is_some_and(|id| open_case(book, id).is_none()) {
        findings.add("case", "The estimate is no longer in the register.");
    }
    let twin = |set: &&RuleSet| set.key == key && set.ended_at.is_none() && set.binds == binds;
    if let Some(twin) = book.rule_sets.iter().find(twin) {
        let state = if twin.adopted_at.is_some() { "in force" } else { "pending" };
        findings.add("binds", format!("{} is {state} for these assets already.", preset.name));
    }
    check_filled(&preset, filled, &mut findings);
    findings.done()?;

    let waits = policy_ratified(book);
    let set = RuleSet {
        id: RuleSetId(moment.ids.next()),
        key: preset.key.to_owned(),
        name: preset.name.to_owned(),
        source: preset.source.to_owned(),
        note: preset.note.to_owned(),
        from_on: preset.from_on,
        until_on: preset.until_on,
        binds,
        waivers: preset.waivers,
        unconfirmed: preset.unconfirmed(),
        adopted_at: (!waits).then_some(moment.at),
        ended_at: None,
    };
    let mut changes = vec![RowChange::create(&set)];
    changes.extend(set_rules(&preset, set.id, filled, moment).iter().map(RowChange::create));
    let mut row = PendingRule { set: Some(set.id), case, ..proposal(PendingKind::Adopt, &reason, moment) };
    if !waits {
        (row.settled, row.settled_at) = (Settled::InForce, Some(moment.at));
    }
    changes.push(RowChange::create(&row));
    let label = if waits { "Propose to adopt" } else { "Adopt" };
    Ok(Decision { label: format!("{label} {}", set.name), changes, batch: None })
}

fn check_filled(preset: &Preset, filled: &Filled, findings: &mut Findings) {
    if filled.clock.is_some() && !preset.clock_open {
        findings.add("clock", format!("{} says itself what starts its clocks.", preset.name));
    }
    let asked = preset.own_times();
    for stage in &asked {
        let given = filled.times.iter().find(|time| time.stage == *stage);
        let fits = given.is_some_and(|time| {
            (1..=1000).contains(&time.count) && !matches!(time.unit, Amount::Listed | Amount::Upgrade)
        });
        if !fits {
            let text = format!(
                "{} leaves this time to you: say in how many hours, days, weeks or months you {} (1 to 1,000).",
                preset.name,
                stage.text()
            );
            findings.add("times", text);
        }
    }
    if filled.times.iter().any(|time| !asked.contains(&time.stage)) {
        findings.add("times", format!("{} sets its own times; leave them as they are.", preset.name));
    }
}

fn set_rules(preset: &Preset, set: RuleSetId, filled: &Filled, moment: Moment<'_>) -> Vec<SetRule> {
    let rules = preset.rules.iter().enumerate().map(|(position, rule)| {
        let own = filled.times.iter().find(|time| rule.own && time.stage == rule.stage);
        let chosen = filled.clock.filter(|_| rule.clock == SetClock::Earliest);
        SetRule {
            id: SetRuleId(moment.ids.next()),
            set,
            position: position as i64 + 1,
            label: rule.label.to_owned(),
            condition: rule.condition.clone(),
            stage: rule.stage,
            count: own.map_or(rule.count, |time| time.count),
            unit: own.map_or(rule.unit, |time| time.unit),
            clock: chosen.unwrap_or(rule.clock),
            triage: rule.triage,
            unconfirmed: rule.unconfirmed,
        }
    });
    rules.collect()
}

fn leave(book: &Book, id: RuleSetId, reason: &str, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Some(before) = book.rule_sets.get(id.0).filter(|set| set.ended_at.is_none()) else {
        return Err(refused("The rule set binds no more."));
    };
    let Some(adopted_at) = before.adopted_at else {
        return Err(refused(format!("{} is still pending. Withdraw that change instead.", before.name)));
    };
    let shop = zone(&book.shop.zone);
    if let Some(until) = before.until_on.filter(|&until| end_of_day(shop, until) < adopted_at) {
        return Err(refused(format!(
            "{} ended on {} by itself: it binds past periods only, and there is nothing to leave. Undo its adoption if it was a \
             mistake.",
            before.name,
            day_text(until)
        )));
    }
    let mut findings = Findings::default();
    findings.demand("reason", reason, "Say why the rule set shall bind no more; it is kept with the change.");
    findings.done()?;
    not_yet_proposed(book, |row| row.kind == PendingKind::Drop && row.set == Some(id))?;
    let mut row = PendingRule { set: Some(id), ..proposal(PendingKind::Drop, reason, moment) };
    if policy_ratified(book) {
        return Ok(one_change(format!("Propose to leave {}", before.name), None, &row));
    }
    (row.settled, row.settled_at) = (Settled::InForce, Some(moment.at));
    let after = RuleSet { ended_at: Some(moment.at), ..before.clone() };
    let mut decision = one_change(format!("Leave {}", before.name), Some(before), &after);
    decision.changes.push(RowChange::create(&row));
    Ok(decision)
}

fn open(book: &Book, id: PendingRuleId) -> Result<&PendingRule, Issues> {
    let row = book.pending_rules.get(id.0).filter(|row| row.settled == Settled::Open);
    row.ok_or_else(|| refused("This change waits no more."))
}

fn withdraw(book: &Book, id: PendingRuleId, moment: Moment<'_>) -> Result<Decision, Issues> {
    let before = open(book, id)?;
    let stays = before.replaces.and_then(|id| book.rules.get(id.0));
    let mut others = pending(book).into_iter().filter(|row| row.id != id);
    let takes = |row: &&PendingRule| row.shall_be.as_ref().zip(stays).is_some_and(|(a, b)| key(a) == key(b));
    if let Some(other) = others.find(takes) {
        let text = format!(
            "{} waits too, and takes its place. Withdraw that change first.",
            change_text(book, other)
        );
        return Err(refused(text));
    }
    let after = PendingRule { settled: Settled::Withdrawn, settled_at: Some(moment.at), ..before.clone() };
    let label = format!("Withdraw: {}", change_text(book, before));
    let mut decision = one_change(label, Some(before), &after);
    if before.kind == PendingKind::Adopt
        && let Some(set) = before.set.and_then(|id| book.rule_sets.get(id.0))
    {
        let ended = RuleSet { ended_at: Some(moment.at), ..set.clone() };
        decision.changes.extend(RowChange::update(set, &ended));
    }
    Ok(decision)
}

fn open_case(book: &Book, id: BusinessCaseId) -> Option<&BusinessCase> {
    book.cases.get(id.0).filter(|case| case.ended_at.is_none())
}

fn estimate(book: &Book, id: PendingRuleId, case: BusinessCaseId) -> Result<Decision, Issues> {
    let before = open(book, id)?;
    let Some(row) = open_case(book, case) else {
        return Err(refused("The estimate is no longer in the register."));
    };
    let after = PendingRule { case: Some(case), ..before.clone() };
    let label = format!("Estimate {} by {}", change_text(book, before), row.name);
    Ok(one_change(label, Some(before), &after))
}

/// What a version of the policy brings into force when it is ratified: everything proposed before it was submitted, if its text states
/// the table that it belongs to. Nothing reaches back: the changes hold from now on. A version of another document brings nothing.
pub(super) fn come_into_force(book: &Book, version: &DocumentVersion, moment: Moment<'_>) -> Vec<RowChange> {
    let document = book.documents.get(version.document.0);
    let Some(submitted_at) =
        version.submitted_at.filter(|_| document.is_some_and(|document| document.key == POLICY))
    else {
        return Vec::new();
    };
    let effective_at = moment.at;
    let mut changes = Vec::new();
    let brought = |row: &&PendingRule| row.proposed_at <= submitted_at && states(version, row);
    for row in pending(book).into_iter().filter(brought) {
        let after = PendingRule {
            settled: Settled::InForce,
            settled_at: Some(effective_at),
            version: Some(version.id),
            ..row.clone()
        };
        changes.extend(RowChange::update(row, &after));
        if let Some(before) = row.replaces.and_then(|id| book.rules.get(id.0))
            && before.until_at.is_none()
        {
            let ended = DeadlineRule { until_at: Some(effective_at), ..before.clone() };
            changes.extend(RowChange::update(before, &ended));
        }
        if let Some(shall_be) = &row.shall_be {
            changes.push(RowChange::create(&DeadlineRule {
                id: DeadlineRuleId(moment.ids.next()),
                from_at: effective_at,
                until_at: None,
                ..shall_be.clone()
            }));
        }
        if let Some(before) = row.set.and_then(|id| book.rule_sets.get(id.0)) {
            let after = match row.kind {
                PendingKind::Drop => RuleSet { ended_at: Some(effective_at), ..before.clone() },
                _ => RuleSet { adopted_at: Some(effective_at), ..before.clone() },
            };
            changes.extend(RowChange::update(before, &after));
        }
    }
    changes
}

/// Whether a version states the table that a change belongs to.
fn states(version: &DocumentVersion, change: &PendingRule) -> bool {
    let names: &[&str] = if change.set.is_some() { &["rule-sets", "has.rule-sets"] } else { &["deadlines"] };
    version.stated.iter().any(|stated| names.contains(&stated.name.as_str()))
}

/// The changes that were proposed before a version was submitted and that its text does not state: they would stay behind.
pub(super) fn unstated<'b>(book: &'b Book, version: &DocumentVersion) -> Vec<&'b PendingRule> {
    let before = |row: &&PendingRule| version.submitted_at.is_some_and(|at| row.proposed_at <= at);
    pending(book).into_iter().filter(before).filter(|row| !states(version, row)).collect()
}

/// The register without what was proposed after an instant: that waits for the next version.
pub(super) fn as_proposed_by(book: &Book, at: i64) -> Book {
    let mut then = book.clone();
    for late in pending(book).into_iter().filter(|row| row.proposed_at > at) {
        then.pending_rules.put(PendingRule { settled: Settled::Withdrawn, ..late.clone() });
    }
    then
}
