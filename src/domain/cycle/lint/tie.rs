//! What the updates of the records need, who has let them go, and what they are known to break.

use super::time::window;
use super::{Finding, Kind, Scene, list};
use crate::domain::change::line::ChangeLine;
use crate::domain::change::state::has_begun;
use crate::domain::change::{ChangeKind, ChangeRecord};
use crate::domain::gate::demand::unanswered;
use crate::domain::gate::need::{NeedStanding, needs_by};
use crate::domain::gate::rule::{GateState, covers, domains, state};

pub(super) fn findings(scene: &Scene<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for change in scene.changes.iter().filter(|change| !has_begun(change.state)) {
        found.extend(order(scene, change));
        found.extend(undecided(scene, change));
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

/// Updates that nobody who decides for a technology of the record's machines has let go by the time its window begins. A domain
/// without a decider decides nothing.
fn undecided(scene: &Scene<'_>, change: &ChangeRecord) -> Vec<Finding> {
    let book = scene.book;
    let machines: Vec<_> = scene.lines(change).filter_map(|line| book.assets.get(line.asset.0)).collect();
    let begins_at = window(scene, change).map(|turn| turn.from_at);
    let mut found = Vec::new();
    for domain in domains(book) {
        let decider = book.person_name(domain.decider);
        if decider.is_empty() || !machines.iter().any(|asset| covers(domain, asset)) {
            continue;
        }
        let open = change.updates.iter().filter_map(|id| {
            let update = book.updates.get(id.0)?;
            let rank = scene.view.rank(book.updates.place(id.0)?);
            let is_open = match state(book, domain, update, rank, scene.view.as_of_at) {
                GateState::GoesUnless(by) => begins_at.is_some_and(|from| from < by),
                state => !state.may_go(),
            };
            is_open.then(|| update.short_name())
        });
        let open: Vec<String> = open.collect();
        if !open.is_empty() {
            let names = list(open.iter().map(String::as_str));
            let text = format!(
                "{names} will not have been let go for {} by then. Ask {decider}, or leave it out.",
                domain.name
            );
            found.push(about(scene, change, Kind::NotDecided, &text));
        }
    }
    found
}

fn about(scene: &Scene<'_>, change: &ChangeRecord, kind: Kind, text: &str) -> Finding {
    let assets = scene.lines(change).map(|line: &ChangeLine| line.asset);
    let finding =
        Finding::new(kind, format!("{}: {text}", change.number)).groups(change.group).assets(assets);
    Finding { at: window(scene, change).map(|turn| turn.from_at), ..finding }
}
