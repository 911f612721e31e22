//! Which way is better, figure by figure: for whoever sets two of them beside each other. Counts nothing.

use super::SealedFigure;

/// Which way a figure should go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither: it only says how large something is.
    Neutral,
}

/// What of a figure is set beside another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    /// The share; a share of nothing says nothing.
    Share,
    /// The count above the line: the line below it moves for other reasons.
    Count,
}

/// Every whole figure of [`super::figure::list`].
const WAYS: [(&str, Way, Of); 43] = [
    ("R", Way::Neutral, Of::Count),
    ("S", Way::Neutral, Of::Count),
    ("O", Way::Neutral, Of::Count),
    ("M1", Way::Up, Of::Share),
    ("M1n", Way::Up, Of::Share),
    ("M2", Way::Up, Of::Share),
    ("M3", Way::Up, Of::Share),
    ("M3n", Way::Up, Of::Share),
    ("M3m", Way::Up, Of::Share),
    ("M4", Way::Up, Of::Share),
    ("M4n", Way::Up, Of::Share),
    ("M4o", Way::Up, Of::Share),
    ("open", Way::Down, Of::Count),
    ("waived", Way::Down, Of::Count),
    ("failed", Way::Down, Of::Count),
    ("pending", Way::Down, Of::Count),
    ("M5", Way::Down, Of::Count),
    ("M5x", Way::Down, Of::Count),
    ("M5m", Way::Down, Of::Count),
    ("M5s", Way::Down, Of::Count),
    ("M5d", Way::Down, Of::Count),
    ("M5o", Way::Down, Of::Count),
    // Kept is how many were closed, not how fast.
    ("M6", Way::Neutral, Of::Count),
    // Days; where nothing is installed there is no number.
    ("age", Way::Down, Of::Count),
    ("M9", Way::Down, Of::Share),
    ("M10", Way::Down, Of::Share),
    ("M10f", Way::Down, Of::Share),
    ("M11", Way::Down, Of::Count),
    ("M11e", Way::Down, Of::Count),
    ("M11x", Way::Down, Of::Count),
    ("M11w", Way::Down, Of::Count),
    ("M11r", Way::Down, Of::Count),
    ("M11d", Way::Down, Of::Count),
    ("M12", Way::Up, Of::Share),
    ("M12e", Way::Up, Of::Share),
    ("M12a", Way::Up, Of::Share),
    ("M13", Way::Down, Of::Share),
    ("M14", Way::Down, Of::Share),
    ("M14b", Way::Down, Of::Count),
    ("M15", Way::Up, Of::Share),
    ("M16", Way::Down, Of::Share),
    ("M17", Way::Up, Of::Share),
    ("M17m", Way::Up, Of::Share),
];

/// The way of a whole figure; `None` for an id that is not in the table.
pub fn way(id: &str) -> Option<Way> {
    WAYS.iter().find(|(known, _, _)| *known == id).map(|(_, way, _)| *way)
}

/// Whether a figure stands better (`Some(true)`) or worse than it did; `None` where neither can be said.
pub fn is_better(before: &SealedFigure, after: &SealedFigure) -> Option<bool> {
    let (_, way, of) = *WAYS.iter().find(|(known, _, _)| *known == after.id)?;
    let less = match way {
        Way::Up => false,
        Way::Down => true,
        Way::Neutral => return None,
    };
    let value = |figure: &SealedFigure| match (of, figure.part, figure.whole) {
        (Of::Count, Some(part), _) => Some((i128::from(part), 1)),
        (Of::Share, Some(part), Some(whole)) if whole > 0 => Some((i128::from(part), i128::from(whole))),
        _ => None,
    };
    let ((old, old_of), (new, new_of)) = (value(before)?, value(after)?);
    let (was, is) = (old * new_of, new * old_of);
    (was != is).then_some((is < was) == less)
}
