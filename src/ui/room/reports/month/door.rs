//! From a line of the list of a month to what it names: an asset, a change record, a waiver, an action, a cycle.

use crate::domain::month::close::Item;
use crate::ui::action::Action;
use crate::ui::room::Ctx;
use crate::ui::route::Room;

/// Where a line leads; nothing where it names nothing of the register.
pub fn door(ctx: &Ctx<'_>, month: &str, item: Item, line: &str) -> Option<Action> {
    let book = ctx.book();
    let before = |mark: &str| line.split_once(mark).map_or(line, |(before, _)| before);
    match item {
        Item::Import | Item::Unmatched => Some(Action::Go(Room::Import)),
        Item::Stale => book.asset_named(before(": ")).map(|asset| Action::OpenAsset(asset.id)),
        Item::Failures => pair(ctx, before(": ")),
        Item::Orphans => {
            let named = before(": ");
            let record = book.changes.iter().find(|record| record.number == named);
            record.map(|record| Action::OpenChange(record.id)).or_else(|| pair(ctx, named))
        }
        Item::WaiversExpired | Item::WaiversExpiring => {
            let named = before(", until ");
            let request = book.waiver_requests.iter().find(|request| request.number == named);
            request.map(|request| Action::OpenWaiver(request.id)).or_else(|| pair(ctx, named))
        }
        Item::Review => {
            let cycle = book.cycles.iter().find(|cycle| cycle.month == month && !cycle.drill);
            Some(cycle.map_or(Action::Go(Room::Calendar), |cycle| Action::OpenCycle(cycle.id)))
        }
        Item::Actions => Some(Action::OpenActions),
        Item::Signatures => Some(Action::Go(Room::Programme)),
    }
}

/// `KB5036892 on WS-014`: leads to the machine.
fn pair(ctx: &Ctx<'_>, words: &str) -> Option<Action> {
    let (_, machine) = words.rsplit_once(" on ")?;
    ctx.book().asset_named(machine).map(|asset| Action::OpenAsset(asset.id))
}
