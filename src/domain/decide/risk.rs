//! Ratings, go/no-go decisions, known conflicts, prerequisites.

use std::collections::BTreeSet;

use chrono::NaiveTime;

use super::super::book::Book;
use super::super::command::{Decision, Edit, Issues, RiskCommand};
use super::super::compliance::view::View;
use super::super::document::compose::{Kept, kept};
use super::super::document::{DocumentState, shipped, standing};
use super::super::gate::{
    Go, GoDecision, GoDecisionId, KnownConflict, KnownConflictId, Prerequisite, PrerequisiteId, TechDomain,
    TechDomainId,
};
use super::super::person::{PersonId, why_absent};
use super::super::rating::{Rank, Rating, RatingGround, RatingId};
use super::super::risk::{Dossiers, Suggestion, suggestion};
use super::super::row::RowChange;
use super::super::update::{Update, UpdateId};
use super::{Findings, Moment, at_the_program, one_change, refused, signed, still_as_read, today};
use crate::util::clock::DAY_SECS;
use crate::util::text::{counted, fold, line};

pub(super) fn decide(book: &Book, command: RiskCommand, moment: Moment<'_>) -> Result<Decision, Issues> {
    match command {
        RiskCommand::Confirm { updates, bundle } => confirm(book, &updates, &bundle, moment),
        RiskCommand::Domain(edit) => save_domain(book, *edit, moment),
        RiskCommand::EndDomain(id) => end_domain(book, id, moment),
        RiskCommand::Decide(row) => record(book, *row, moment),
        RiskCommand::VoidDecision(id) => void(book, id, moment),
        RiskCommand::Conflict(edit) => save_conflict(book, *edit, moment),
        RiskCommand::EndConflict(id) => end_conflict(book, id, moment),
        RiskCommand::Prerequisite(edit) => save_prerequisite(book, *edit, moment),
        RiskCommand::EndPrerequisite(id) => end_prerequisite(book, id, moment),
    }
}

/// What the facts suggest of an update now.
pub(super) fn suggested_now(
    view: &View<'_>,
    dossiers: &Dossiers<'_>,
    update: UpdateId,
) -> Option<Suggestion> {
    Some(suggestion(view, dossiers, view.book.updates.place(update.0)?))
}

/// A rating with what was known when it was made.
pub(super) fn rate(
    book: &Book,
    update: &Update,
    rank: Rank,
    reason: &str,
    grounds: (&Suggestion, &str),
    moment: Moment<'_>,
) -> [RowChange; 2] {
    let earlier = || book.ratings.rows().iter().filter(|earlier| earlier.update == update.id);
    // What is recorded later wins even within one second or after the clock stepped back.
    let since_at = earlier().map(|e| e.since_at).fold(moment.at, i64::max);
    let newest = earlier().map(|e| e.id.0).max().unwrap_or(0);
    let id = RatingId(super::asset::above(newest, moment.ids.next()));
    let (suggestion, bundle) = grounds;
    let rating = Rating { id, update: update.id, rank, reason: line(reason).into_owned(), since_at };
    let ground = RatingGround {
        id,
        suggested: suggestion.rank,
        reasons: suggestion.texts(),
        bundle: line(bundle).into_owned(),
        recorded_at: moment.at,
    };
    [RowChange::create(&rating), RowChange::create(&ground)]
}

fn confirm(book: &Book, updates: &[UpdateId], bundle: &str, moment: Moment<'_>) -> Result<Decision, Issues> {
    if updates.is_empty() {
        return Err(refused("Choose the updates whose suggested rank is confirmed."));
    }
    let view = View::new(book, moment.at);
    let mut changes = Vec::new();
    let mut findings = Findings::default();
    let updates: BTreeSet<UpdateId> = updates.iter().copied().collect();
    for id in &updates {
        let (Some(place), Some(update)) = (book.updates.place(id.0), book.updates.get(id.0)) else {
            return Err(refused("An update is no longer in the register. Look at the list again."));
        };
        let suggestion = suggestion(&view, &view.dossiers, place);
        // To lower a rank takes a person's own reason, which a bundle has not.
        if suggestion.rank > view.rank(place) {
            let (name, held) = (update.short_name(), view.rank(place).text());
            findings.add(
                "updates",
                format!(
                    "{name} is ranked {held}, and the facts now suggest {}. Rate it by itself, with the reason for the lower rank.",
                    suggestion.rank.text()
                ),
            );
            continue;
        }
        let reason = if bundle.trim().is_empty() {
            "Suggested rank confirmed".to_owned()
        } else {
            format!("Suggested rank confirmed in the bundle {}", line(bundle))
        };
        changes.extend(rate(book, update, suggestion.rank, &reason, (&suggestion, bundle), moment));
    }
    findings.done()?;
    let what = if bundle.trim().is_empty() {
        counted(updates.len() as u64, "update", "updates")
    } else {
        line(bundle).into_owned()
    };
    Ok(Decision { label: format!("Confirm the suggested rank of {what}"), changes, batch: None })
}

fn save_domain(book: &Book, edit: Edit<TechDomain>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Edit { base, mut row } = edit;
    if let Some(base) = &base {
        still_as_read(book.domains.get(base.id.0), base, "The technology domain")?;
    }
    row.id = base.as_ref().map_or_else(|| TechDomainId(moment.ids.next()), |base| base.id);
    row.ended_at = None;
    for text in [&mut row.name, &mut row.section, &mut row.object_time] {
        *text = line(text).into_owned();
    }
    row.technologies =
        row.technologies.iter().map(|word| line(word).into_owned()).filter(|w| !w.is_empty()).collect();
    if base.is_none() {
        row.position = book.domains.iter().map(|domain| domain.position).max().unwrap_or(0) + 1;
    }
    let mut findings = Findings::default();
    findings.demand("name", &row.name, "Give the technology domain a name, such as Windows.");
    let taken = |other: &TechDomain| {
        other.id != row.id && other.ended_at.is_none() && other.name.eq_ignore_ascii_case(&row.name)
    };
    if book.domains.iter().any(taken) {
        findings.add("name", format!("There is a technology domain {} already. Change that one.", row.name));
    }
    if row.technologies.is_empty() {
        findings.add(
            "technologies",
            "Give at least one word that is in the technology or the operating system of its machines.",
        );
    }
    for (field, person) in [("decider", row.decider), ("deputy", row.deputy)] {
        if let Some(why) = person.and_then(|person| why_absent(book, person, today(book, moment))) {
            findings.add(field, why);
        }
    }
    if row.decider.is_some() && row.decider == row.deputy {
        findings.add("deputy", "The deputy is the decider. Choose somebody else, or nobody.");
    }
    if row.silent_go {
        findings.demand(
            "section",
            &row.section,
            "Silence means go only under a section of the policy. Name the section, or let silence mean nothing.",
        );
        if !row.section.is_empty() {
            match section_in_force(book, &row.section) {
                Ok(key) => row.section = key,
                Err(why) => findings.add("section", why),
            }
        }
        if row.decider.is_none() {
            findings.add("decider", "Silence means go only where somebody could object. Name the decider.");
        }
        if NaiveTime::parse_from_str(&row.object_time, "%H:%M").is_err() {
            findings
                .add("object_time", "Give the time by which to object as hours and minutes, such as 12:00.");
        }
    }
    findings.done()?;
    row.silent_since_at = silent_since(base.as_ref(), &row, moment.at);
    let verb = if base.is_some() { "Change" } else { "Add" };
    Ok(one_change(format!("{verb} the technology domain {}", row.name), base.as_ref(), &row))
}

/// The key of a section of the policy in force, given by its key or its heading; else why silence cannot rest on it.
fn section_in_force(book: &Book, named: &str) -> Result<String, String> {
    let policy = standing::keyed(book, shipped::POLICY);
    let version = policy.and_then(|policy| standing::in_state(book, policy.id, DocumentState::Ratified));
    let Some(version) = version else {
        return Err("Silence means go only under a policy that is in force, and none was ratified. Have the policy ratified \
                    first, or let silence mean nothing."
            .to_owned());
    };
    let sections = kept(&version.text);
    let same = |section: &&Kept<'_>| {
        !section.key.is_empty() && (section.key == named || fold(section.title) == fold(named))
    };
    if let Some(section) = sections.iter().find(same) {
        return Ok(section.key.to_owned());
    }
    let keys: Vec<&str> = sections.iter().map(|section| section.key).filter(|key| !key.is_empty()).collect();
    Err(format!(
        "Version {} of the policy, which is in force, has no section \"{named}\". Name one of these: {}.",
        version.number,
        keys.join(", ")
    ))
}

/// Since when silence means go as the row says. It begins anew where the time to object was moved or a word was added: else what is
/// undecided, or was not of the domain, would have gone by a time that nobody was told.
fn silent_since(base: Option<&TechDomain>, row: &TechDomain, at: i64) -> Option<i64> {
    let deadline = |domain: &TechDomain| (domain.object_weekday, domain.object_time.clone());
    let known = |base: &TechDomain| row.technologies.iter().all(|word| base.technologies.contains(word));
    let same = base.filter(|base| base.silent_go && deadline(base) == deadline(row) && known(base));
    row.silent_go.then(|| same.and_then(|base| base.silent_since_at).unwrap_or(at))
}

fn end_domain(book: &Book, id: TechDomainId, moment: Moment<'_>) -> Result<Decision, Issues> {
    match book.domains.get(id.0) {
        Some(row) if row.ended_at.is_none() => {
            let after = TechDomain { ended_at: Some(moment.at), ..row.clone() };
            Ok(one_change(format!("Use the technology domain {} no longer", row.name), Some(row), &after))
        }
        _ => Err(refused("This technology domain is not used any more.")),
    }
}

fn record(book: &Book, mut row: GoDecision, moment: Moment<'_>) -> Result<Decision, Issues> {
    row.id = GoDecisionId(moment.ids.next());
    row.recorded_at = moment.at;
    moment.actor.clone_into(&mut row.recorded_by);
    row.voided_at = None;
    for text in [&mut row.reason, &mut row.risk, &mut row.outage_when, &mut row.decided_by, &mut row.function]
    {
        *text = line(text).into_owned();
    }
    let mut findings = Findings::default();
    let Some(domain) = book.domains.get(row.domain.0).filter(|domain| domain.ended_at.is_none()) else {
        return Err(refused("This technology domain is not used any more. Choose one that is."));
    };
    let view = View::new(book, moment.at);
    row.updates.sort_unstable();
    row.updates.dedup();
    if row.updates.is_empty() {
        findings.add("updates", "Choose the updates that the decision is about.");
    } else if row.updates.iter().any(|id| book.updates.get(id.0).is_none()) {
        findings.add("updates", "An update is no longer in the register. Choose again.");
    }
    findings.demand("reason", &row.reason, "Say why: a decision without a reason is no evidence.");
    findings.demand("decided_by", &row.decided_by, "Say who decided.");
    findings.demand("function", &row.function, "Say as what they decided.");
    decider(book, domain, &mut row, moment, &mut findings);
    let severe =
        |id: &UpdateId| book.updates.place(id.0).is_some_and(|place| view.rank(place) == Rank::Severe);
    if row.decision != Go::Go && row.updates.iter().any(severe) {
        findings.add(
            "updates",
            "Severe updates skip this step: the policy has decided that they go. Leave them out, or ask for a waiver.",
        );
    }
    if row.decision != Go::Go {
        findings.demand("risk", &row.risk, "Say what may happen while it is not deployed.");
    }
    if row.decided_at > moment.at {
        findings.add("decided_at", "A decision cannot lie in the future.");
    }
    let unreleased = |id: &UpdateId| {
        book.updates
            .get(id.0)
            .is_some_and(|update| row.decided_at < update.released_at.min(update.created_at) - DAY_SECS)
    };
    if row.updates.iter().any(unreleased) {
        findings.add(
            "decided_at",
            "Nobody can have decided on an update before it was released. Look at the day.",
        );
    }
    match (row.decision, row.wait_until_on) {
        (Go::Wait, None) => {
            findings.add("wait_until_on", "Say until when to wait: then it is decided again.");
        }
        (Go::Wait, Some(day)) if day < today(book, moment) => {
            findings.add("wait_until_on", "This day has passed. Choose a later one.");
        }
        (Go::Wait, _) => {}
        _ => row.wait_until_on = None,
    }
    if row.outage {
        findings.demand("outage_when", &row.outage_when, "Say when the outage is best taken.");
    }
    if row.cost_cents.is_some_and(|cents| cents < 0) {
        findings.add("cost_cents", "A cost is 0 or more.");
    }
    if row.cost_minutes.is_some_and(|minutes| minutes < 0) {
        findings.add("cost_minutes", "Work is 0 minutes or more.");
    }
    findings.done()?;
    let updates = counted(row.updates.len() as u64, "update", "updates");
    let label = format!("{} for {updates} on {}", row.decision.text(), domain.name);
    Ok(one_change(label, None, &row))
}

/// Whoever is said to have decided must be in the register, and must be who decides for the domain where somebody is named.
fn decider(
    book: &Book,
    domain: &TechDomain,
    row: &mut GoDecision,
    moment: Moment<'_>,
    findings: &mut Findings,
) {
    let named = ("decided_by", row.decided_by.as_str());
    let Some(person) = signed(book, named, &mut row.function, row.decided_at, findings) else { return };
    at_the_program(row.medium, person, moment, findings);
    let may: Vec<PersonId> = domain.decider.into_iter().chain(domain.deputy).collect();
    if !may.is_empty() && !may.contains(&person.id) {
        let names: Vec<&str> = may.iter().map(|id| book.person_name(Some(*id))).collect();
        let text = format!(
            "{} decides for {}. Let them decide, or make {} the decider or the deputy first.",
            names.join(" or "),
            domain.name,
            person.name
        );
        findings.add("decided_by", text);
    }
    row.decided_by.clone_from(&person.name);
}

fn void(book: &Book, id: GoDecisionId, moment: Moment<'_>) -> Result<Decision, Issues> {
    match book.go_decisions.get(id.0) {
        Some(row) if row.voided_at.is_none() => {
            let after = GoDecision { voided_at: Some(moment.at), ..row.clone() };
            let label = format!("Take back the decision \"{}\" of {}", row.decision.text(), row.decided_by);
            Ok(one_change(label, Some(row), &after))
        }
        _ => Err(refused("This decision was taken back already.")),
    }
}

fn save_conflict(book: &Book, edit: Edit<KnownConflict>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Edit { base, mut row } = edit;
    if let Some(base) = &base {
        still_as_read(book.conflicts.get(base.id.0), base, "The known conflict")?;
    }
    row.id = base.as_ref().map_or_else(|| KnownConflictId(moment.ids.next()), |base| base.id);
    row.recorded_at = base.as_ref().map_or(moment.at, |base| base.recorded_at);
    row.ended_at = None;
    for text in [&mut row.product, &mut row.what, &mut row.remedy, &mut row.solved_by] {
        *text = line(text).into_owned();
    }
    let mut findings = Findings::default();
    findings.demand("product", &row.product, "Say which product or application suffered.");
    findings.demand("what", &row.what, "Say what happened.");
    if row.update.is_some_and(|id| book.updates.get(id.0).is_none()) {
        findings.add("update", "This update is not in the register. Choose one that is, or none.");
    }
    if row.asset.is_some_and(|id| book.assets.get(id.0).is_none()) {
        findings.add("asset", "This asset is not in the register. Choose one that is, or none.");
    }
    if row.seen_on > today(book, moment) {
        findings.add("seen_on", "It cannot have been seen in the future.");
    }
    findings.done()?;
    let verb = if base.is_some() { "Change" } else { "Remember" };
    Ok(one_change(format!("{verb} the conflict with {}", row.product), base.as_ref(), &row))
}

fn end_conflict(book: &Book, id: KnownConflictId, moment: Moment<'_>) -> Result<Decision, Issues> {
    match book.conflicts.get(id.0) {
        Some(row) if row.ended_at.is_none() => {
            let after = KnownConflict { ended_at: Some(moment.at), ..row.clone() };
            Ok(one_change(format!("The conflict with {} is no longer true", row.product), Some(row), &after))
        }
        _ => Err(refused("This conflict is not true any more.")),
    }
}

fn save_prerequisite(book: &Book, edit: Edit<Prerequisite>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Edit { base, mut row } = edit;
    if let Some(base) = &base {
        still_as_read(book.prerequisites.get(base.id.0), base, "The prerequisite")?;
    }
    row.id = base.as_ref().map_or_else(|| PrerequisiteId(moment.ids.next()), |base| base.id);
    row.recorded_at = base.as_ref().map_or(moment.at, |base| base.recorded_at);
    row.ended_at = None;
    row.what = line(&row.what).into_owned();
    let mut findings = Findings::default();
    let update = book.updates.get(row.update.0);
    if update.is_none() {
        findings.add("update", "This update is not in the register.");
    }
    match row.needs {
        Some(needs) if needs == row.update => findings.add("needs", "An update cannot need itself."),
        Some(needs) if book.updates.get(needs.0).is_none() => {
            findings
                .add("needs", "The update it needs is not in the register. Describe it in words instead.");
        }
        None => {
            findings.demand("what", &row.what, "Choose the update it needs, or say in words what it needs.");
        }
        Some(_) => {}
    }
    let circle = |other: &Prerequisite| {
        other.ended_at.is_none() && Some(other.update) == row.needs && other.needs == Some(row.update)
    };
    if book.prerequisites.iter().any(circle) {
        findings.add("needs", "That one needs this one already: two updates cannot each come first.");
    }
    findings.done()?;
    let name = update.map(Update::short_name).unwrap_or_default();
    Ok(one_change(format!("Say what {name} needs"), base.as_ref(), &row))
}

fn end_prerequisite(book: &Book, id: PrerequisiteId, moment: Moment<'_>) -> Result<Decision, Issues> {
    match book.prerequisites.get(id.0) {
        Some(row) if row.ended_at.is_none() => {
            let after = Prerequisite { ended_at: Some(moment.at), ..row.clone() };
            Ok(one_change("A prerequisite is no longer needed".to_owned(), Some(row), &after))
        }
        _ => Err(refused("This prerequisite is not needed any more.")),
    }
}
