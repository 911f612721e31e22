//! What the updates of the records need, and what they are known to break.

use super::time::window;
use super::{Finding, Kind, Scene};
use crate::domain::change::line::ChangeLine;
use crate::domain::change::state::has_begun;
use crate::domain::change::{ChangeKind, ChangeRecord};
use crate::domain::gate::demand::unanswered;
use crate::domain::gate::need::{NeedStanding, needs_by};

pub(super) fn findings(scene: &Scene<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for change in scene.changes.iter().filter(|change| !has_begun(change.state)) {
        found.extend(order(scene, change));
        // The plan of a standard change is its template's: it is spoken of there.
        if change.kind != ChangeKind::Standard {
            let texts = unanswered(scene.book, change).into_iter();
            found.extend(texts.map(|text| about(scene, change, Kind::KnownConflict, &text)));
        }
    }
    found
}

/// Updates that come before what they need, by the windows that the records have or will get.
fn order(scene: &Scene<'_>, change: &ChangeRecord) -> Vec<Finding> {
    let planned = |row: &ChangeRecord| window(scene, row).map(|turn| (turn.from_at, turn.until_at));
    let needs = needs_by(scene.book, change, scene.view.as_of_at, &planned);
    let open = needs
        .into_iter()
        .filter(|need| matches!(need.standing, NeedStanding::NotInTime(_) | NeedStanding::Missing));
    open.map(|need| about(scene, change, Kind::PrerequisiteAfter, &need.text(scene.book))).collect()
}

fn about(scene: &Scene<'_>, change: &ChangeRecord, kind: Kind, text: &str) -> Finding {
    let assets = scene.lines(change).map(|line: &ChangeLine| line.asset);
    let finding =
        Finding::new(kind, format!("{}: {text}", change.number)).groups(change.group).assets(assets);
    Finding { at: window(scene, change).map(|turn| turn.from_at), ..finding }
}
