//! Deadline rules, ranks, decline reasons and attestations.

use super::super::asset::AssetClass;
use super::super::attestation::{Attestation, AttestationId};
use super::super::book::Book;
use super::super::calendar::default::defaults as release_defaults;
use super::super::change::default::starting_templates;
use super::super::command::{Attest, Decision, Issues};
use super::super::compliance::view::View;
use super::super::cycle::default::templates;
use super::super::deadline::{
    ClockStart, DEFAULT_RULES, DeadlineRule, DeadlineRuleId, TimeUnit, second_text, seconds,
};
use super::super::group::{DEFAULT_ORDER, Group, GroupId};
use super::super::rating::Rank;
use super::super::risk::Dossiers;
use super::super::role::{self, RoleId};
use super::super::row::{RowChange, Table};
use super::super::ruleset::standing::policy_ratified;
use super::super::update::{DeclineReason, UpdateId};
use super::{Findings, Moment, on, one_change, refused};
use crate::util::id::Ids;
use crate::util::text::line;

/// The rows a new file starts with beside its settings: the default groups in their order, the default deadline rules in force
/// for all time, the usual roles and their matrix, the release rules of vendors, the cycle templates, the change templates, a
/// runbook for the patch night, and what the promise starts with.
pub fn starting_rows(ids: &Ids) -> Vec<RowChange> {
    let mut rows = Vec::new();
    let mut groups = Vec::new();
    for (position, name) in DEFAULT_ORDER.into_iter().enumerate() {
        let id = GroupId(ids.next());
        groups.push((id, name));
        rows.push(RowChange::create(&Group {
            id,
            name: name.to_owned(),
            position: position as i64 + 1,
            note: String::new(),
        }));
    }
    for (rank, class, exposure, amount, unit) in DEFAULT_RULES {
        rows.push(RowChange::create(&DeadlineRule {
            id: DeadlineRuleId(ids.next()),
            rank,
            class,
            exposure,
            amount,
            unit,
            clock: ClockStart::Release,
            from_at: 0,
            until_at: None,
            source: "Default table".to_owned(),
        }));
    }
    rows.extend(role::start::starting_rows(ids));
    rows.extend(calendar_rows(ids, &rows));
    rows.extend(starting_templates(ids).iter().map(RowChange::create));
    rows.push(super::run::starting(ids, &groups));
    rows.extend(super::promise::starting_rows(ids));
    rows
}

/// Release rules and cycle templates. Their steps name the roles that are among the rows before them.
fn calendar_rows(ids: &Ids, before: &[RowChange]) -> Vec<RowChange> {
    let calendar = release_defaults(ids);
    let role = |code: &str| {
        let images =
            before.iter().filter(|row| row.table == Table::Role).filter_map(|row| row.after.as_ref());
        let mut named = images.filter(|image| image.get("code").and_then(|c| c.as_str()) == Some(code));
        named.next()?.get("id")?.as_i64().map(RoleId)
    };
    let templates = templates(ids, calendar.rules.first().map(|rule| rule.id), &role);
    let mut rows: Vec<RowChange> = calendar.rules.iter().map(RowChange::create).collect();
    rows.extend(calendar.overrides.iter().map(RowChange::create));
    rows.extend(templates.iter().map(RowChange::create));
    rows
}

pub(super) fn save(
    book: &Book,
    replaces: Option<DeadlineRuleId>,
    mut rule: DeadlineRule,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let mut findings = Findings::default();
    let longest = if rule.unit == TimeUnit::Days { 730 } else { 730 * 24 };
    if !(1..=longest).contains(&rule.amount) {
        findings.add("amount", "A deadline is between one hour and two years.");
    }
    rule.source = line(&rule.source).into_owned();
    findings.demand(
        "source",
        &rule.source,
        "Say where the rule comes from; it is printed with the due date.",
    );
    if let Some(twin) = super::deadline::live_twin(book, &rule, replaces) {
        let text = format!(
            "There is a deadline for {} already: {} {} ({}). Change that one, or end it first.",
            reach(&rule),
            twin.amount,
            twin.unit.text(),
            twin.source
        );
        findings.add("rank", text);
    }
    findings.done()?;
    rule.id = DeadlineRuleId(moment.ids.next());
    rule.from_at = moment.at;
    rule.until_at = None;
    let mut changes = Vec::new();
    if let Some(old) = replaces {
        let before = in_force(book, old, moment)?;
        let same = before.rank == rule.rank
            && (before.class, before.exposure) == (rule.class, rule.exposure)
            && (before.amount, before.unit, before.clock) == (rule.amount, rule.unit, rule.clock)
            && before.source == rule.source;
        if same {
            return Ok(Decision { label: "Change deadline".to_owned(), changes, batch: None });
        }
        if policy_ratified(book) {
            return super::deadline::propose(book, replaces, Some(rule), moment);
        }
        let ended = DeadlineRule { until_at: Some(moment.at), ..before.clone() };
        changes.extend(RowChange::update(before, &ended));
    } else if policy_ratified(book) {
        return super::deadline::propose(book, None, Some(rule), moment);
    }
    changes.push(RowChange::create(&rule));
    Ok(Decision { label: format!("Set deadline for {}", reach(&rule)), changes, batch: None })
}

/// A rule that still binds: to change one that was replaced would move its end.
fn in_force<'b>(book: &'b Book, id: DeadlineRuleId, moment: Moment<'_>) -> Result<&'b DeadlineRule, Issues> {
    let Some(rule) = book.rules.get(id.0) else {
        return Err(refused("The rule is no longer in the register."));
    };
    if rule.until_at.is_some_and(|until| until <= moment.at) {
        return Err(refused("This rule was replaced or ended already. Choose one that is in force."));
    }
    Ok(rule)
}

pub(super) fn end(book: &Book, id: DeadlineRuleId, moment: Moment<'_>) -> Result<Decision, Issues> {
    let before = in_force(book, id, moment)?;
    // The policy names the newer one only; ended alone, it would let the older one bind again without a word.
    if let Some(second) =
        seconds(&book.rules).into_iter().find(|other| other.id != id && other.is_twin(before))
    {
        return Err(refused(second_text(second)));
    }
    if policy_ratified(book) {
        return super::deadline::propose(book, Some(id), None, moment);
    }
    let after = DeadlineRule { until_at: Some(moment.at), ..before.clone() };
    Ok(one_change(format!("End deadline for {}", reach(before)), Some(before), &after))
}

pub(super) fn set_rank(
    book: &Book,
    update: UpdateId,
    rank: Rank,
    reason: &str,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let Some(of) = book.updates.get(update.0) else {
        return Err(refused("The update is no longer in the register."));
    };
    let mut findings = Findings::default();
    findings.demand("reason", reason, "Say why the suggested rank is overridden.");
    findings.done()?;
    let view = View::new(book, moment.at);
    let dossiers = Dossiers::new(book, moment.at);
    let Some(suggestion) = super::risk::suggested_now(&view, &dossiers, update) else {
        return Err(refused("The update is no longer in the register."));
    };
    let changes = super::risk::rate(book, of, rank, reason, (&suggestion, ""), moment).into();
    Ok(Decision { label: format!("Rank {} {}", of.short_name(), rank.text()), changes, batch: None })
}

pub(super) fn set_decline_reason(
    book: &Book,
    update: UpdateId,
    reason: DeclineReason,
    now: i64,
) -> Result<Decision, Issues> {
    let Some(before) = book.updates.get(update.0) else {
        return Err(refused("The update is no longer in the register."));
    };
    let Some(declined_at) = before.declined_at else {
        return Err(refused(format!("{} is not declined in its source.", before.short_name())));
    };
    let mut after = before.clone();
    after.declined_reason = reason;
    if reason != before.declined_reason && reason != DeclineReason::None {
        after.declined_at = Some(now);
    }
    let label = format!("Give the reason why {} was declined on {}", before.short_name(), on(declined_at));
    Ok(one_change(label, Some(before), &after))
}

pub(super) fn attest(book: &Book, attest: Attest, moment: Moment<'_>) -> Result<Decision, Issues> {
    let (Some(asset), Some(update)) = (book.assets.get(attest.asset.0), book.updates.get(attest.update.0))
    else {
        return Err(refused("The asset or the update is no longer in the register."));
    };
    let mut findings = Findings::default();
    findings.demand("checked_by", &attest.checked_by, "Say who checked.");
    findings.demand("how", &attest.how, "Say how it was checked.");
    if attest.checked_at > moment.at {
        findings.add("checked_at", "A check cannot lie in the future.");
    }
    findings.done()?;
    let (evidence_name, evidence_sha256) = attest.evidence.unwrap_or_default();
    let row = Attestation {
        id: AttestationId(moment.ids.next()),
        asset: attest.asset,
        update: attest.update,
        checked_at: attest.checked_at,
        checked_by: line(&attest.checked_by).into_owned(),
        how: line(&attest.how).into_owned(),
        evidence_name: line(&evidence_name).into_owned(),
        evidence_sha256,
        voided_at: None,
    };
    Ok(one_change(format!("Attest {} on {}", update.short_name(), asset.name), None, &row))
}

pub(super) fn void_attestation(
    book: &Book,
    id: AttestationId,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let Some(before) = book.attestations.get(id.0) else {
        return Err(refused("The attestation is no longer in the register."));
    };
    let mut after = before.clone();
    after.voided_at = Some(moment.at);
    Ok(one_change("Take back an attestation".to_owned(), Some(before), &after))
}

/// Whom a rule binds: `High, server, internet-facing`.
fn reach(rule: &DeadlineRule) -> String {
    let class = rule.class.map_or("every class", AssetClass::text);
    let exposure = rule.exposure.map_or("every exposure", |e| e.text());
    format!("{}, {}, {}", rule.rank.text(), class.to_lowercase(), exposure.to_lowercase())
}
