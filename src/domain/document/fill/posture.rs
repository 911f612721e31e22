//! A posture, and how it compares with the baseline.

use super::{Fill, nothing, text};
use crate::domain::book::Book;
use crate::domain::document::kind::Kind;
use crate::domain::document::value::{Grid, Value};
use crate::domain::month::compare::{Side, by_name, compare, segment_text};
use crate::domain::month::standing::baseline;
use crate::domain::month::way::is_better;
use crate::domain::month::{Posture, SealedMachine};

pub(super) fn value(fill: &Fill<'_>, kind: Kind, name: &str) -> Option<Value> {
    let name = name.strip_prefix("posture.")?;
    let newest = || fill.book.postures.iter().max_by_key(|posture| (posture.taken_at, posture.id));
    let Some(posture) = fill.chosen.posture.and_then(|id| fill.book.postures.get(id.0)).or_else(newest)
    else {
        return Some(if kind == Kind::Flag { Value::Flag(false) } else { nothing() });
    };
    let earlier =
        baseline(fill.book).filter(|base| base.id != posture.id && base.taken_at <= posture.taken_at);
    Some(match name {
        "name" => text(&posture.name),
        "taken-at" => Value::Time(posture.taken_at, fill.zone),
        "taken-by" => text(&posture.taken_by),
        "threat" => text(&posture.threat),
        "protection" => text(&posture.protection),
        "environment" => text(&posture.environment),
        "defence" => text(&posture.defence),
        "is-baseline" => Value::Flag(posture.baseline),
        "has-baseline" => Value::Flag(earlier.is_some()),
        "baseline-name" => earlier.map_or_else(nothing, |base| text(&base.name)),
        "figures" => figures(posture),
        "compared" => earlier.map_or_else(nothing, |base| compared(base, posture, fill.book)),
        "machines-compared" => earlier.map_or_else(nothing, |base| machines(base, posture)),
        "sha256" => text(&posture.sha256),
        _ => return None,
    })
}

fn figures(posture: &Posture) -> Value {
    let mut grid = Grid::new(&["Figure", "Value"]);
    for figure in posture.figures.iter().filter(|figure| !figure.id.contains('/')) {
        grid.row([figure.name.clone(), figure.text.clone()]);
    }
    Value::Table(grid)
}

fn compared(base: &Posture, posture: &Posture, book: &Book) -> Value {
    let mut grid = Grid::new(&["Figure", "Baseline", "Now", "Standing"]);
    let figure = |of: &Posture, id: &str| of.figures.iter().find(|figure| figure.id == id).cloned();
    // Only a posture that goes with a sealed month knows by which definitions it was counted.
    let definitions = |of: &Posture| Some(book.seals.get(of.seal?.0)?.definitions.clone());
    let changed = definitions(base).zip(definitions(posture)).is_some_and(|(old, new)| old != new);
    for row in compare(Side::Posture(base), Side::Posture(posture)).figures {
        let better =
            figure(base, &row.id).zip(figure(posture, &row.id)).map(|(old, new)| is_better(&old, &new));
        let standing = match better.flatten() {
            _ if changed => "definitions changed",
            _ if row.before == row.after => "same",
            Some(true) => "better",
            Some(false) => "worse",
            None => "",
        };
        grid.row([row.name, row.before, row.after, standing.to_owned()]);
    }
    Value::Table(grid)
}

fn machines(base: &Posture, posture: &Posture) -> Value {
    let mut grid = Grid::new(&["Machine", "Segment then", "Segment now"]);
    for (then, now) in by_name(&base.machines, &posture.machines) {
        let segment = |machine: Option<&SealedMachine>| {
            machine.map_or("not in the register", |machine| segment_text(&machine.segment)).to_owned()
        };
        let (was, is) = (segment(then), segment(now));
        if was != is {
            let name = now.or(then).map(|machine| machine.name.clone()).unwrap_or_default();
            grid.row([name, was, is]);
        }
    }
    Value::Table(grid)
}
