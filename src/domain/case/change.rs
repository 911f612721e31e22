//! What a change of the deadlines costs: a year as things are against a year as they shall be, and what the one who pays made of it
//! (requirements S3-06 and S3-07). Estimates only, as people wrote them; nothing is worked out from the rules themselves.

use super::money::money;
use super::sum::cost;
use super::{BusinessCase, Judgement};
use crate::domain::book::Book;
use crate::domain::ruleset::{PendingRule, Settled};

/// The estimate of a change; `None` where nobody wrote one.
pub fn estimate_after<'b>(book: &'b Book, change: &PendingRule) -> Option<&'b BusinessCase> {
    book.cases.get(change.case?.0)
}

/// The estimate of what held before a change: that of the change that came into force last before it was proposed; else, of those that
/// were found acceptable before, the newest. Never the change's own.
pub fn estimate_before<'b>(book: &'b Book, change: &PendingRule) -> Option<&'b BusinessCase> {
    let other = |case: &&BusinessCase| Some(case.id) != change.case;
    let earlier = book.pending_rules.iter().filter(|row| {
        row.settled == Settled::InForce && row.settled_at.is_some_and(|at| at <= change.proposed_at)
    });
    let estimated = earlier.filter_map(|row| Some((row.settled_at, row.id, estimate_after(book, row)?)));
    let of_change = estimated.filter(|(.., case)| other(case)).max_by_key(|&(at, id, _)| (at, id));
    let accepted = |case: &&BusinessCase| {
        matches!(case.judged, Judgement::Reasonable | Judgement::WithChanges)
            && case.judged_at.is_some_and(|at| at <= change.proposed_at)
    };
    of_change.map(|(.., case)| case).or_else(|| {
        let cases = book.cases.iter().filter(|case| case.ended_at.is_none()).filter(other);
        cases.filter(accepted).max_by_key(|case| (case.judged_at, case.id))
    })
}

/// A year before and after: `48 000 EUR a year before, 64 188 EUR after: 16 188 EUR more`; empty where nobody estimated it.
pub fn cost_text(book: &Book, change: &PendingRule) -> String {
    let Some(after) = estimate_after(book, change) else { return String::new() };
    let year = |case: &BusinessCase| cost(&case.cost).year_cents;
    let told = |cents: i64| money(cents, &after.currency);
    let sum = year(after);
    let Some(before) = estimate_before(book, change) else {
        return format!("{} a year; nobody estimated what held before", told(sum));
    };
    if before.currency != after.currency {
        let earlier = money(year(before), &before.currency);
        return format!("{earlier} a year before, {} after", told(sum));
    }
    let more = sum.saturating_sub(year(before));
    let difference = match more {
        0 => "no more and no less".to_owned(),
        1.. => format!("{} more", told(more)),
        _ => format!("{} less", told(more.saturating_neg())),
    };
    format!("{} a year before, {} after: {difference}", told(year(before)), told(sum))
}

/// What the one who pays made of it: `Reasonable, judged by Ruth Okafor (CIO)`, `Not judged`; empty where nobody estimated it.
pub fn judgement_text(book: &Book, change: &PendingRule) -> String {
    match estimate_after(book, change) {
        None => String::new(),
        Some(case) if case.judged == Judgement::Open => case.judged.text().to_owned(),
        Some(case) => {
            format!("{}, judged by {} ({})", case.judged.text(), case.judged_by, case.judged_function)
        }
    }
}
