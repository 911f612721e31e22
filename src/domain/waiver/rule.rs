//! What a waiver may be at most, and who must accept it: the shop's caps (standards.md 3.7) put to one request.
//!
//! The functions that must sign are words in the shop's settings; here is what makes somebody one of them.

use chrono::{Days, NaiveDate};

use crate::domain::asset::AssetId;
use crate::domain::book::Book;
use crate::domain::committee::MailingList;
use crate::domain::person::{PersonId, is_there};
use crate::domain::practice::WaiverCap;
use crate::domain::rating::Rank;
use crate::domain::risk;
use crate::domain::role::holder::roles_of;
use crate::domain::role::{DutyRule, Hat};
use crate::domain::ruleset::standing::without_waivers;
use crate::util::clock;
use crate::util::text::fold;

use super::request::{Control, WaiverRequest, WaiverRequestId};

/// Who decides beside the others when a High waiver is renewed (standards.md 3.7).
pub const COMMITTEE: &str = "Committee";
/// Whoever owns every asset of the list is this function, whatever else they are.
pub const SYSTEM_OWNER: &str = "System owner";

/// The worst rank of a request's updates at an instant, facts and people together; Severe where it names none.
pub fn worst_rank(book: &Book, request: &WaiverRequest, at: i64) -> Rank {
    risk::worst_rank(book, &request.updates, at).unwrap_or(Rank::Severe)
}

/// The rank whose cap binds: the risk that stays, but Severe wherever an update is.
pub fn binding_rank(book: &Book, request: &WaiverRequest, at: i64) -> Rank {
    let worst = worst_rank(book, request, at);
    if worst == Rank::Severe { worst } else { request.residual }
}

/// The shop's cap for a rank.
pub fn cap(book: &Book, rank: Rank) -> Option<&WaiverCap> {
    book.practice.waiver_caps.iter().find(|cap| cap.rank == rank)
}

/// The last day a waiver of a rank may run to when it begins at an instant: day-counted, in the shop's zone.
pub fn last_day(book: &Book, rank: Rank, begins_at: i64) -> Option<NaiveDate> {
    let days = u64::try_from(cap(book, rank)?.days).ok()?;
    clock::day_in(clock::zone(&book.shop.zone), begins_at).checked_add_days(Days::new(days))
}

/// Whether a control stands: what, who, since when, and what shows it. `on`: today in the shop's zone.
pub fn stands(control: &Control, on: NaiveDate) -> bool {
    !control.text.trim().is_empty()
        && control.owner.is_some()
        && control.since_on.is_some_and(|since| since <= on)
        && !control.proof.trim().is_empty()
        && control.failed_at.is_none()
}

/// The decisions a request follows, the newest first; the request itself left out.
pub fn forebears<'b>(book: &'b Book, request: &WaiverRequest) -> Vec<&'b WaiverRequest> {
    let mut chain: Vec<&WaiverRequest> = Vec::new();
    let mut next = request.renews;
    while let Some(earlier) = next.and_then(|id| book.waiver_requests.get(id.0)) {
        // A chain that bites its own tail was not written by us; it ends here.
        if earlier.id == request.id || chain.iter().any(|known| known.id == earlier.id) {
            break;
        }
        chain.push(earlier);
        next = earlier.renews;
    }
    chain
}

/// The renewal of a request that still stands, if there is one.
pub fn renewal(book: &Book, id: WaiverRequestId) -> Option<&WaiverRequest> {
    let live = |r: &&WaiverRequest| r.revoked_at.is_none() && r.rejected_because.is_empty();
    book.waiver_requests.rows().iter().filter(live).find(|r| r.renews == Some(id))
}

/// The functions that must all approve a request at an instant.
pub fn demanded(book: &Book, request: &WaiverRequest, at: i64) -> Vec<String> {
    let rank = binding_rank(book, request, at);
    let mut functions = cap(book, rank).map(|cap| cap.approvers.clone()).unwrap_or_default();
    if rank == Rank::High && request.renews.is_some() {
        functions.push(COMMITTEE.to_owned());
    }
    functions
}

/// Whether somebody is of a function on a day, or has the approving hat where the roles are folded into hats.
pub fn is_of(book: &Book, person: PersonId, function: &str, assets: &[AssetId], on: NaiveDate) -> bool {
    let approves = || {
        book.practice.hats
            && is_there(book, person, on)
            && roles_of(book, person, on).iter().any(|(role, _)| role.hat == Hat::Approves)
    };
    is_known_as(book, person, function, assets, on) || approves()
}

/// Whether the register knows somebody as a function on a day: by a role of that name or job, by what their own entry says, as owner
/// of every asset, or as a member of the committee.
pub fn is_known_as(book: &Book, person: PersonId, function: &str, assets: &[AssetId], on: NaiveDate) -> bool {
    let wanted = fold(function);
    let Some(row) = book.people.get(person.0).filter(|_| is_there(book, person, on)) else { return false };
    if wanted == fold(COMMITTEE) {
        let member = |m: &&crate::domain::committee::Member| {
            m.person == person
                && m.list == MailingList::Committee
                && m.from_on <= on
                && m.until_on.is_none_or(|until| until >= on)
        };
        return book.members.rows().iter().any(|m| member(&m));
    }
    let owns = |id: &AssetId| book.assets.get(id.0).is_some_and(|asset| asset.owner == Some(person));
    if wanted == fold(SYSTEM_OWNER) && !assets.is_empty() && assets.iter().all(owns) {
        return true;
    }
    names(&row.function, &wanted)
        || roles_of(book, person, on)
            .iter()
            .any(|(role, _)| fold(&role.name) == wanted || names(&role.job_title, &wanted))
}

/// Whether a text that lists functions names one of them whole: who is `Deputy CIO` is no `CIO`. `wanted` is folded.
fn names(functions: &str, wanted: &str) -> bool {
    let functions = fold(functions);
    let parts = functions.split([',', ';', '/', '&']).flat_map(|part| part.split(" and "));
    parts.map(str::trim).any(|part| part == wanted)
}

/// Whether somebody may accept the risk of their own request: accepted in the open, for the matrix.
pub fn may_accept_own(book: &Book, person: PersonId) -> bool {
    let accepted = |c: &&crate::domain::role::DutyConflict| {
        c.rule == DutyRule::AcceptorRequester && c.person == person && c.ended_at.is_none()
    };
    book.duty_conflicts.rows().iter().any(|c| accepted(&c))
}

/// Asked for after the cut-off of its cycle (requirement S1-47).
pub fn is_late(book: &Book, request: &WaiverRequest) -> bool {
    let cutoff = request.cycle.and_then(|id| book.cycles.get(id.0)).and_then(|cycle| cycle.cutoff_at);
    request.requested_at.zip(cutoff).is_some_and(|(asked, cutoff)| asked > cutoff)
}

/// What must be said beside every waiver of a shop that answers for Cyber Essentials, or whose rule sets know no waivers; nothing for
/// another.
pub fn preset_warning(book: &Book) -> Option<String> {
    let essentials = "This does not satisfy Cyber Essentials: inside its scope nothing is waived; remove the asset, segregate it, or fail.";
    if book.practice.cyber_essentials {
        return Some(essentials.to_owned());
    }
    let strict = without_waivers(book);
    if strict.is_empty() {
        return None;
    }
    Some(format!(
        "This does not satisfy {}: inside its scope nothing is waived, and a due date that it sets stays missed. Remove the asset, \
         segregate it, or fail.",
        strict.join(" and ")
    ))
}
