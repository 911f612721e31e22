//! Where a month stands: sealed, restated, signed, or only counted from what is known now; and what a restatement changed.

use std::borrow::Cow;

use super::{Posture, Seal, SealId, SealOutputs, Signature, canonical, measure, name};
use crate::domain::book::Book;
use crate::domain::compliance::DEFINITIONS;
use crate::domain::compliance::outcome::Period;

/// The figures of a month: from its seal where there is one, else counted from what the register knows now.
#[derive(Clone, Debug)]
pub struct MonthFigures<'b> {
    /// `2026-11`.
    pub month: String,
    /// The instant they are of, UTC seconds: the end of the month, or now while it still runs.
    pub as_of_at: i64,
    /// The period of M3.
    pub period: Period,
    /// Its seals, the first one first; empty: not sealed.
    pub seals: Vec<&'b Seal>,
    /// Version of the definitions they were counted by.
    pub definitions: Cow<'b, str>,
    /// What came out: of the newest seal where there is one.
    pub outputs: Cow<'b, SealOutputs>,
}

impl<'b> MonthFigures<'b> {
    /// The seal that they are from; `None`: not sealed.
    pub fn seal(&self) -> Option<&'b Seal> {
        self.seals.last().copied()
    }

    /// Whether the month was restated.
    pub fn is_restated(&self) -> bool {
        self.seals.len() > 1
    }

    /// `SEALED` or `SEALED, restatement 1` with the digest, or `not sealed`; and [`canonical::ALTERED`] where the digest does not fit.
    pub fn mark(&self) -> String {
        let Some(seal) = self.seal() else { return "not sealed".to_owned() };
        let restated =
            if self.is_restated() { format!(", restatement {}", seal.number - 1) } else { String::new() };
        let altered =
            if canonical::verify_seal(seal) { String::new() } else { format!(", {}", canonical::ALTERED) };
        format!("SEALED{restated}{altered} {}", seal.sha256)
    }
}

/// The figures of a month, as of now (UTC seconds). `None` for a name that is no month, and for a month that has not begun.
pub fn figures_of_month<'b>(book: &'b Book, month: &str, now_at: i64) -> Option<MonthFigures<'b>> {
    let period = name::period(book, month)?;
    let seals = seals_of(book, month);
    if let Some(seal) = seals.last() {
        return Some(MonthFigures { seals: seals.clone(), ..sealed_figures(seal, period) });
    }
    if now_at < period.from_at {
        return None;
    }
    let as_of_at = now_at.min(period.to_at - 1);
    Some(MonthFigures {
        month: month.to_owned(),
        as_of_at,
        period,
        definitions: Cow::Borrowed(DEFINITIONS),
        outputs: Cow::Owned(measure::outputs(book, as_of_at, period, &|_, _| None)),
        seals,
    })
}

/// The seals of a month, the first one first.
pub fn seals_of<'b>(book: &'b Book, month: &str) -> Vec<&'b Seal> {
    let mut seals: Vec<&Seal> = book.seals.iter().filter(|seal| seal.month == month).collect();
    seals.sort_by_key(|seal| seal.number);
    seals
}

/// The seal of a month that counts: the newest.
pub fn seal_of<'b>(book: &'b Book, month: &str) -> Option<&'b Seal> {
    seals_of(book, month).pop()
}

/// The seal that a name stands for: the newest one of `2026-10`, the first one of `2026-10.1`, its restatement of `2026-10.2`.
pub fn seal_named<'b>(book: &'b Book, name: &str) -> Option<&'b Seal> {
    let Some((month, number)) = name.split_once('.') else { return seal_of(book, name) };
    seals_of(book, month).into_iter().find(|seal| seal.number.to_string() == number)
}

/// The figures of one seal of a month, also of one that was restated since: [`MonthFigures::seals`] ends with it.
pub fn figures_of_seal<'b>(book: &'b Book, seal: &'b Seal) -> Option<MonthFigures<'b>> {
    let seals = seals_of(book, &seal.month).into_iter().filter(|other| other.number <= seal.number).collect();
    Some(MonthFigures { seals, ..sealed_figures(seal, name::period(book, &seal.month)?) })
}

fn sealed_figures(seal: &Seal, period: Period) -> MonthFigures<'_> {
    MonthFigures {
        month: seal.month.clone(),
        as_of_at: seal.as_of_at,
        period,
        seals: vec![seal],
        definitions: Cow::Borrowed(&seal.definitions),
        outputs: Cow::Borrowed(&seal.outputs),
    }
}

/// The last second that lies in a sealed month, UTC; nothing may be recorded as of an instant before it.
pub fn sealed_until(book: &Book) -> Option<i64> {
    book.seals.iter().map(|seal| seal.as_of_at).max()
}

/// Signatures under a seal that stand, oldest first.
pub fn signatures(book: &Book, seal: SealId) -> Vec<&Signature> {
    let mut found: Vec<&Signature> =
        book.signatures.iter().filter(|row| row.seal == seal && row.voided_at.is_none()).collect();
    found.sort_by_key(|row| (row.signed_at, row.id));
    found
}

/// Postures, the newest first.
pub fn postures(book: &Book) -> Vec<&Posture> {
    let mut found: Vec<&Posture> = book.postures.iter().collect();
    found.sort_by_key(|row| std::cmp::Reverse((row.taken_at, row.id)));
    found
}

/// The posture that all later ones are compared with: the newest that was made the baseline.
pub fn baseline(book: &Book) -> Option<&Posture> {
    // Replacing a baseline leaves the old row as it was, so the newest row decides, not the instant it is of.
    book.postures.iter().filter(|posture| posture.baseline).max_by_key(|posture| posture.id)
}

/// One value that a restatement changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Id of the figure, or the machine's name.
    pub of: String,
    /// The figure's name, or what of the machine.
    pub name: String,
    /// As it was sealed first; empty where it was not there.
    pub before: String,
    /// As it was sealed later; empty where it is not there.
    pub after: String,
}

/// What differs between two outcomes, field by field: figures by id, machines by name.
pub fn differences(before: &SealOutputs, after: &SealOutputs) -> Vec<Difference> {
    let mut found = Vec::new();
    for figure in &after.figures {
        let old = before.text(&figure.id);
        if old != figure.text {
            let (of, name) = (figure.id.clone(), figure.name.clone());
            found.push(Difference { of, name, before: old.to_owned(), after: figure.text.clone() });
        }
    }
    for figure in before.figures.iter().filter(|figure| after.figure(&figure.id).is_none()) {
        let (of, name) = (figure.id.clone(), figure.name.clone());
        found.push(Difference { of, name, before: figure.text.clone(), after: String::new() });
    }
    let state = |machine: &super::SealedMachine| {
        let segment = super::compare::segment_text(&machine.segment);
        format!("{segment}, {} open, {} overdue", machine.open, machine.overdue)
    };
    let compared = super::compare::by_name(&before.machines, &after.machines);
    for (old, new) in compared {
        let [before, after] = [old, new].map(|machine| machine.map(state).unwrap_or_default());
        if let Some(machine) = new.or(old).filter(|_| before != after) {
            found.push(Difference { of: machine.name.clone(), name: "Machine".to_owned(), before, after });
        }
    }
    found
}

/// Seals and postures whose digest does not fit what they hold: empty where all is as it was sealed.
pub fn broken(book: &Book) -> Vec<String> {
    let seals = book.seals.iter().filter(|seal| !canonical::verify_seal(seal));
    let seals = seals.map(|seal| format!("seal {} of {}", seal.number, name::text(&seal.month)));
    let postures = book.postures.iter().filter(|posture| !canonical::verify_posture(posture));
    seals.chain(postures.map(|posture| format!("posture {}", posture.name))).collect()
}
