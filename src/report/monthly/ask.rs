//! What is asked of management: what the figures show that nobody below can settle, how many, and who must act. Counts nothing
//! that is not counted elsewhere in the report.

use std::collections::BTreeSet;

use crate::domain::action::Action;
use crate::domain::compliance::drill::OpenPair;
use crate::domain::emergency::standing::{self as emergency, Decided, emergencies};
use crate::domain::rating::Rank;
use crate::domain::role::Part;
use crate::domain::role::holder::{assigned_on, roles_in_order};
use crate::domain::waiver::debt::debt;
use crate::domain::waiver::request::WaiverRequest;
use crate::domain::waiver::rule::demanded;
use crate::domain::waiver::state::{WaiverState, standing};
use crate::report::layout::{Layout, RichText};
use crate::util::clock::day_in;
use crate::util::text::{count, counted};

use super::Source;
use super::words::few;

/// The asks under the summary, the most pressing first; a sentence where there are none.
pub(super) fn asks(source: &Source<'_>, layout: &mut Layout) {
    layout.heading_at(2, "Asks to management", "asks");
    let found =
        [severe(source), others(source), waivers(source), lapsed(source), servicing(source), silent(source)];
    let later = [approvals(source), roles(source), actions(source)];
    let lines: Vec<RichText> = found.into_iter().chain(later).flatten().collect();
    if lines.is_empty() {
        layout.paragraph("Nothing: no point that is looked at here waits for a decision of management.");
    } else {
        layout.bullets(lines);
    }
}

fn line(what: String, who: &str) -> RichText {
    RichText::new().strong(what).plain(format!(" {who}"))
}

/// Who answers for machines: `Owners: Ann, Ben and 2 more.`, and how many machines nobody answers for.
fn owners(source: &Source<'_>, machines: &BTreeSet<u32>) -> String {
    let owner = |place: &u32| source.book.person_name(source.book.assets.rows()[*place as usize].owner);
    let names: BTreeSet<&str> = machines.iter().map(owner).filter(|name| !name.is_empty()).collect();
    let nobodys = machines.iter().filter(|place| owner(place).is_empty()).count() as u64;
    let names: Vec<&str> = names.into_iter().collect();
    match (names.is_empty(), nobodys) {
        (true, _) => "Nobody is named as owner.".to_owned(),
        (false, 0) => format!("To act: {}.", few(&names)),
        (false, n) => {
            format!("To act: {}; {} without an owner.", few(&names), counted(n, "machine is", "machines are"))
        }
    }
}

fn severe(source: &Source<'_>) -> Option<RichText> {
    let late: Vec<OpenPair> =
        source.view.overdue().filter(|pair| source.view.rank(pair.update) == Rank::Severe).collect();
    let machines: BTreeSet<u32> = late.iter().map(|pair| pair.verdict.asset).collect();
    let items = counted(late.len() as u64, "item of rank Severe is", "items of rank Severe are");
    (!late.is_empty()).then(|| {
        let on = counted(machines.len() as u64, "machine", "machines");
        line(
            format!("Give priority: {items} overdue on {on} ({}).", names(source, &machines)),
            &owners(source, &machines),
        )
    })
}

/// Overdue items of every other rank.
fn others(source: &Source<'_>) -> Option<RichText> {
    let late: Vec<OpenPair> =
        source.view.overdue().filter(|pair| source.view.rank(pair.update) != Rank::Severe).collect();
    let machines: BTreeSet<u32> = late.iter().map(|pair| pair.verdict.asset).collect();
    let items = counted(late.len() as u64, "item of another rank is", "items of other ranks are");
    (!late.is_empty()).then(|| {
        let on = counted(machines.len() as u64, "machine", "machines");
        line(
            format!("Have done, or waive: {items} overdue on {on} ({}).", names(source, &machines)),
            &owners(source, &machines),
        )
    })
}

fn names(source: &Source<'_>, machines: &BTreeSet<u32>) -> String {
    let mut names: Vec<&str> = machines.iter().map(|place| source.asset(*place)).collect();
    names.sort_unstable();
    few(&names)
}

/// Waivers that were asked for and that nobody signed or refused.
fn waivers(source: &Source<'_>) -> Option<RichText> {
    let waits = |request: &&WaiverRequest| {
        standing(&source.view, request)
            .is_some_and(|at| matches!(at.state, WaiverState::Requested | WaiverState::UnderReview))
    };
    let open: Vec<&WaiverRequest> = source.book.waiver_requests.iter().filter(waits).collect();
    let functions: BTreeSet<String> = open
        .iter()
        .flat_map(|request| demanded(source.book, request, source.spec.as_of_at))
        .filter(|function| !function.is_empty())
        .collect();
    let (functions, names): (Vec<String>, Vec<&str>) =
        (functions.into_iter().collect(), open.iter().map(|request| request.number.as_str()).collect());
    (!open.is_empty()).then(|| {
        let waiting = counted(open.len() as u64, "waiver is asked for and", "waivers are asked for and");
        let who = if functions.is_empty() {
            "Nobody is named who may approve them.".to_owned()
        } else {
            format!("To act: {}.", functions.join(", "))
        };
        line(format!("Sign or refuse: {waiting} not signed ({}).", few(&names)), &who)
    })
}

/// Waivers that ran out and left something open.
fn lapsed(source: &Source<'_>) -> Option<RichText> {
    let debt = debt(&source.view, source.spec.period);
    let names: Vec<&str> = debt.expired.iter().map(|owed| owed.name.as_str()).collect();
    let machines: BTreeSet<u32> =
        debt.expired.iter().flat_map(|owed| owed.open.iter().map(|(asset, _)| *asset)).collect();
    (!names.is_empty()).then(|| {
        let ended = counted(names.len() as u64, "waiver ran out", "waivers ran out");
        line(
            format!("Renew or patch: {ended} with something still open ({}).", few(&names)),
            &owners(source, &machines),
        )
    })
}

fn servicing(source: &Source<'_>) -> Option<RichText> {
    let past: BTreeSet<u32> = source.view.servicing(&source.figures).past.into_iter().collect();
    (!past.is_empty()).then(|| {
        let machines = counted(past.len() as u64, "machine is", "machines are");
        let names = names(source, &past);
        line(
            format!(
                "Replace, or buy extended support: {machines} past the end of security updates without proof of it ({names})."
            ),
            &owners(source, &past),
        )
    })
}

fn silent(source: &Source<'_>) -> Option<RichText> {
    let machines = source.figures.machines.iter().enumerate();
    let silent: BTreeSet<u32> =
        machines.filter(|(_, m)| m.in_scope() && !m.observed()).map(|(place, _)| place as u32).collect();
    (!silent.is_empty()).then(|| {
        let told = counted(silent.len() as u64, "machine in scope does not", "machines in scope do not");
        let names = names(source, &silent);
        line(
            format!("Find or retire: {told} report recently or fully enough to be judged ({names})."),
            &owners(source, &silent),
        )
    })
}

/// Emergencies whose approval had to follow and has not come; one that came late is no longer asked for.
fn approvals(source: &Source<'_>) -> Option<RichText> {
    let at = source.spec.as_of_at;
    let known = emergencies(source.book).into_iter().filter(|cycle| !cycle.drill && cycle.anchor_at <= at);
    let found = known.filter_map(|cycle| emergency::standing(source.book, cycle.id, at));
    let missed = found.filter(|found| found.approval_missed && found.decided != Decided::Approved);
    let names: Vec<&str> = missed.map(|found| found.cycle.name.as_str()).collect();
    (!names.is_empty()).then(|| {
        let told = counted(names.len() as u64, "emergency lacks", "emergencies lack");
        line(
            format!(
                "Approve after the fact: {told} the approval that had to follow in time ({}).",
                few(&names)
            ),
            "To act: whoever approves for the business.",
        )
    })
}

fn roles(source: &Source<'_>) -> Option<RichText> {
    let on = day_in(source.zone, source.spec.as_of_at);
    let roles = roles_in_order(source.book);
    let open = roles.iter().filter(|role| assigned_on(source.book, role.id, Part::Holder, on).is_empty());
    let names: Vec<&str> = open.map(|role| role.name.as_str()).collect();
    (!names.is_empty()).then(|| {
        let all = counted(roles.len() as u64, "role has", "roles have");
        line(
            format!("Name a holder: {} of {all} none ({}).", count(names.len() as u64), few(&names)),
            "To act: whoever assigns roles.",
        )
    })
}

fn actions(source: &Source<'_>) -> Option<RichText> {
    let today = day_in(source.zone, source.spec.as_of_at);
    let late = |action: &&Action| {
        action.created_at <= source.spec.as_of_at
            && action.dropped_because.is_empty()
            && action.done_at.is_none_or(|done| done > source.spec.as_of_at)
            && action.due_on.is_some_and(|due| due < today)
    };
    let late: Vec<&Action> = source.book.actions.iter().filter(late).collect();
    let who: BTreeSet<&str> = late.iter().map(|action| source.book.person_name(action.owner)).collect();
    let who: Vec<&str> = who.into_iter().filter(|name| !name.is_empty()).collect();
    (!late.is_empty()).then(|| {
        let told = counted(late.len() as u64, "agreed action is", "agreed actions are");
        let who =
            if who.is_empty() { "Nobody is named.".to_owned() } else { format!("To act: {}.", few(&who)) };
        line(format!("Insist: {told} past the agreed date."), &who)
    })
}
