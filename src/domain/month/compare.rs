//! Any two seals or postures beside each other, machine by machine, by name (requirement S0-04): who is better, worse, new, gone.
//!
//! Leaving the scope is never "better": such machines are a list of their own.

use std::collections::BTreeMap;

use super::canonical::{verify_posture, verify_seal};
use super::standing::seal_of;
use super::{Posture, Seal, SealedFigure, SealedMachine, measure, name};
use crate::domain::book::Book;
use crate::domain::compliance::machine::Segment;
use crate::util::text::fold;

/// What to say where two sides were counted by different definitions; `None` where they were not.
pub fn definitions_text(before: Side<'_>, after: Side<'_>) -> Option<String> {
    let (was, is) = (before.definitions(), after.definitions());
    (was != is).then(|| {
        format!(
            "The definitions changed between the two: {} was counted by {was}, {} by {is}. Figures of one name may not mean the same.",
            before.title(),
            after.title()
        )
    })
}

/// What to say where the side named first is the later one; `None` where time runs forward.
pub fn order_text(before: Side<'_>, after: Side<'_>) -> Option<String> {
    (before.at() > after.at()).then(|| {
        format!(
            "{} is later than {}: better and worse are told against the order of time.",
            before.title(),
            after.title()
        )
    })
}

/// One side of a comparison.
#[derive(Clone, Copy, Debug)]
pub enum Side<'b> {
    /// A sealed month.
    Seal(&'b Seal),
    /// A posture.
    Posture(&'b Posture),
}

impl<'b> Side<'b> {
    /// What people read: `November 2026`, `November 2026, restatement 1`, or the posture's name.
    pub fn title(self) -> String {
        match self {
            Self::Seal(seal) if seal.number > 1 => {
                format!("{}, restatement {}", name::text(&seal.month), seal.number - 1)
            }
            Self::Seal(seal) => name::text(&seal.month),
            Self::Posture(posture) if posture.baseline => format!("{} (baseline)", posture.name),
            Self::Posture(posture) => posture.name.clone(),
        }
    }

    /// What names it for good: `2026-11.1`, `2026-11.2` for its restatement, or the posture's name.
    pub fn key(self) -> String {
        match self {
            Self::Seal(seal) => seal.key(),
            Self::Posture(posture) => posture.name.clone(),
        }
    }

    /// How the console and the window's lists name it: `2026-11` for the newest seal of a month, else its key.
    pub fn name(self, book: &Book) -> String {
        match self {
            Self::Seal(seal) if seal_of(book, &seal.month).is_some_and(|newest| newest.id == seal.id) => {
                seal.month.clone()
            }
            side => side.key(),
        }
    }

    /// The definitions it was counted by.
    pub fn definitions(self) -> &'b str {
        match self {
            Self::Seal(seal) => &seal.definitions,
            Self::Posture(posture) => &posture.definitions,
        }
    }

    /// The instant it is of, UTC seconds.
    pub fn at(self) -> i64 {
        match self {
            Self::Seal(seal) => seal.as_of_at,
            Self::Posture(posture) => posture.taken_at,
        }
    }

    /// Its figures.
    pub fn figures(self) -> &'b [SealedFigure] {
        match self {
            Self::Seal(seal) => &seal.outputs.figures,
            Self::Posture(posture) => &posture.figures,
        }
    }

    /// Its machines.
    pub fn machines(self) -> &'b [SealedMachine] {
        match self {
            Self::Seal(seal) => &seal.outputs.machines,
            Self::Posture(posture) => &posture.machines,
        }
    }

    /// Whether its digest fits what it holds.
    pub fn is_intact(self) -> bool {
        match self {
            Self::Seal(seal) => verify_seal(seal),
            Self::Posture(posture) => verify_posture(posture),
        }
    }

    /// Its digest, hexadecimal.
    pub fn sha256(self) -> &'b str {
        match self {
            Self::Seal(seal) => &seal.sha256,
            Self::Posture(posture) => &posture.sha256,
        }
    }
}

/// Everything that can be compared, oldest first.
pub fn sides(book: &Book) -> Vec<Side<'_>> {
    let mut all: Vec<Side<'_>> = book.seals.iter().map(Side::Seal).collect();
    all.extend(book.postures.iter().map(Side::Posture));
    all.sort_by_cached_key(|side| match side {
        Side::Seal(seal) => (seal.as_of_at, seal.number, String::new()),
        Side::Posture(posture) => (posture.taken_at, i64::MAX, posture.name.clone()),
    });
    all
}

/// One side by its name or its key, in any case: `2026-11` is the newest seal of the month, `2026-11.1` its first.
pub fn side<'b>(book: &'b Book, wanted: &str) -> Option<Side<'b>> {
    let named = |side: &Side<'_>| [side.name(book), side.key()].iter().any(|name| fold(name) == fold(wanted));
    sides(book).into_iter().rev().find(named)
}

/// One machine on both sides.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'b> {
    /// On the earlier side.
    pub before: Option<&'b SealedMachine>,
    /// On the later side.
    pub after: Option<&'b SealedMachine>,
}

impl Compared<'_> {
    /// Its name, the later one where it was renamed in its letter case.
    pub fn name(&self) -> &str {
        self.after.or(self.before).map_or("", |machine| machine.name.as_str())
    }
}

/// A figure on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedFigure {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// On the earlier side; empty where it was not counted.
    pub before: String,
    /// On the later side; empty where it was not counted.
    pub after: String,
}

/// Two sides beside each other. Each machine is in exactly one list.
#[derive(Clone, Debug, Default)]
pub struct Comparison<'b> {
    /// Stand better: a better segment, or the same with less overdue, or less open where nothing differs in that. A move among
    /// overdue, unsupported and unknown is never better.
    pub better: Vec<Compared<'b>>,
    /// Stand worse.
    pub worse: Vec<Compared<'b>>,
    /// In the register on the later side only.
    pub new: Vec<Compared<'b>>,
    /// In the register on the earlier side only.
    pub gone: Vec<Compared<'b>>,
    /// Left the scope.
    pub left: Vec<Compared<'b>>,
    /// Came into the scope.
    pub joined: Vec<Compared<'b>>,
    /// Stand as they stood.
    pub same: Vec<Compared<'b>>,
    /// The whole figures, in their order.
    pub figures: Vec<ComparedFigure>,
    /// Machines by segment, earlier and later.
    pub segments: [[u64; 6]; 2],
}

/// Compares an earlier side with a later one.
pub fn compare<'b>(before: Side<'b>, after: Side<'b>) -> Comparison<'b> {
    let mut found = Comparison {
        figures: figures(before.figures(), after.figures()),
        segments: [measure::segments(before.figures()), measure::segments(after.figures())],
        ..Comparison::default()
    };
    for (old, new) in by_name(before.machines(), after.machines()) {
        let compared = Compared { before: old, after: new };
        let list = match (old, new) {
            (None, _) => &mut found.new,
            (_, None) => &mut found.gone,
            (Some(old), Some(new)) => match (standing(old), standing(new)) {
                (Some(_), None) => &mut found.left,
                (None, Some(_)) => &mut found.joined,
                (Some(was), Some(is)) if was.0 != is.0 && was.0.max(is.0) <= LAST_BAD => &mut found.worse,
                (Some(was), Some(is)) if is > was => &mut found.better,
                (Some(was), Some(is)) if is < was => &mut found.worse,
                _ => &mut found.same,
            },
        };
        list.push(compared);
    }
    found
}

/// Up to this segment nothing is good: who only moves among overdue, unsupported and unknown does not stand better.
const LAST_BAD: usize = Segment::Unknown as usize;

/// Higher is better; nothing out of scope.
fn standing(machine: &SealedMachine) -> Option<(usize, i64, i64)> {
    let segment = Segment::of_word(&machine.segment)?;
    Some((segment as usize, -machine.overdue, -machine.open))
}

/// The machines of two lists, matched by name without regard to case, in the order of their names.
pub fn by_name<'b>(
    before: &'b [SealedMachine],
    after: &'b [SealedMachine],
) -> Vec<(Option<&'b SealedMachine>, Option<&'b SealedMachine>)> {
    let mut pairs: BTreeMap<String, (Option<&SealedMachine>, Option<&SealedMachine>)> = BTreeMap::new();
    for machine in before {
        pairs.entry(fold(&machine.name)).or_default().0 = Some(machine);
    }
    for machine in after {
        pairs.entry(fold(&machine.name)).or_default().1 = Some(machine);
    }
    pairs.into_values().collect()
}

fn figures(before: &[SealedFigure], after: &[SealedFigure]) -> Vec<ComparedFigure> {
    let whole = |figure: &&SealedFigure| !figure.id.contains('/');
    let text = |list: &[SealedFigure], id: &str| {
        list.iter().find(|figure| figure.id == id).map_or_else(String::new, |figure| figure.text.clone())
    };
    let mut found: Vec<ComparedFigure> = after
        .iter()
        .filter(whole)
        .map(|figure| ComparedFigure {
            id: figure.id.clone(),
            name: figure.name.clone(),
            before: text(before, &figure.id),
            after: figure.text.clone(),
        })
        .collect();
    let missing = before.iter().filter(whole).filter(|old| !after.iter().any(|new| new.id == old.id));
    found.extend(missing.map(|figure| ComparedFigure {
        id: figure.id.clone(),
        name: figure.name.clone(),
        before: figure.text.clone(),
        after: String::new(),
    }));
    found
}

/// The text of a sealed segment's word; empty is out of scope.
pub fn segment_text(word: &str) -> &str {
    Segment::of_word(word).map_or("Out of scope", Segment::text)
}
