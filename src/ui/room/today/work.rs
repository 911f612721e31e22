//! The counted work of a register: what waits, how much of it, and the machines behind it. Pure; draws nothing.

use std::collections::BTreeMap;

use crate::domain::asset::{Asset, AssetId};
use crate::domain::change::ChangeId;
use crate::domain::compliance::machine::{Machine, Segment};
use crate::domain::cycle::CycleId;
use crate::domain::person::PersonId;
use crate::domain::stamp::instant;
use crate::domain::waiver::request::WaiverRequestId;
use crate::ui::action::AssetFilter;
use crate::ui::icon::{self, Icon};
use crate::ui::room::Ctx;
use crate::ui::route::Room;
use crate::ui::theme::Tone;
use crate::util::clock::{DAY_SECS, day_text};
use crate::util::text::{count, counted};

/// An import older than this many days is due again.
const IMPORT_DAYS: i64 = 7;
/// A source that has not synchronised with its vendor for this many days misses the newest updates (`metrics.md`).
const SYNC_DAYS: i64 = 3;
/// How many owners get a drawer of their own.
const OWNERS: usize = 5;

/// One kind of work.
#[derive(Clone, Debug)]
pub struct Work {
    /// Its icon.
    pub icon: Icon,
    /// How urgent it is.
    pub tone: Tone,
    /// How many.
    pub count: u64,
    /// What it is.
    pub title: String,
    /// More about it.
    pub note: String,
    /// What it opens.
    pub opens: Opens,
}

/// Where a drawer leads.
#[derive(Clone, Debug)]
pub enum Opens {
    /// These machines.
    Machines(AssetFilter),
    /// The files to import.
    Import,
    /// The settings.
    Settings,
    /// A room.
    Room(Room),
    /// A cycle.
    Cycle(CycleId),
    /// A change record.
    Change(ChangeId),
    /// A waiver request.
    Waiver(WaiverRequestId),
    /// The checks of the schedule.
    Schedule,
}

/// Everything that waits, the worst first.
pub fn work(ctx: &Ctx<'_>) -> Vec<Work> {
    let mut all = overdue(ctx);
    all.extend(unsupported(ctx));
    all.extend(unknown(ctx));
    all.extend(by_state(ctx));
    all.extend(imports(ctx));
    all.extend(away(ctx));
    all
}

/// Assets with their machines.
fn machines<'a>(ctx: &Ctx<'a>) -> impl Iterator<Item = (&'a Asset, &'a Machine)> {
    ctx.book().assets.rows().iter().zip(&ctx.figures().machines)
}

fn only(title: &str, assets: &[&Asset]) -> Opens {
    let ids: Vec<AssetId> = assets.iter().map(|asset| asset.id).collect();
    Opens::Machines(AssetFilter::only(title, ids))
}

/// Names of the first few, for the line below a title.
fn names(assets: &[&Asset]) -> String {
    let mut text = assets.iter().take(3).map(|asset| asset.name.as_str()).collect::<Vec<_>>().join(", ");
    if assets.len() > 3 {
        text = format!("{text} and {} more", count(assets.len() as u64 - 3));
    }
    text
}

fn overdue(ctx: &Ctx<'_>) -> Vec<Work> {
    let mut by_owner: BTreeMap<Option<PersonId>, Vec<(&Asset, &Machine)>> = BTreeMap::new();
    for (asset, machine) in machines(ctx).filter(|(_, m)| m.segment == Some(Segment::Overdue)) {
        by_owner.entry(asset.owner).or_default().push((asset, machine));
    }
    let mut owners: Vec<_> = by_owner.into_iter().collect();
    owners.sort_by_key(|(owner, list)| (owner.is_none(), std::cmp::Reverse(list.len())));
    let rest: Vec<_> =
        owners.split_off(owners.len().min(OWNERS)).into_iter().flat_map(|(_, list)| list).collect();
    let mut all: Vec<Work> = owners
        .into_iter()
        .map(|(owner, list)| {
            let title = match owner {
                Some(_) => format!("Overdue, owned by {}", ctx.book().person_name(owner)),
                None => "Overdue, owned by nobody".to_owned(),
            };
            overdue_work(ctx, title, &list)
        })
        .collect();
    if !rest.is_empty() {
        all.push(overdue_work(ctx, "Overdue, owned by others".to_owned(), &rest));
    }
    all
}

fn overdue_work(ctx: &Ctx<'_>, title: String, list: &[(&Asset, &Machine)]) -> Work {
    let updates: u64 = list.iter().map(|(_, machine)| u64::from(machine.tally.overdue)).sum();
    let oldest = list.iter().min_by_key(|(_, machine)| machine.tally.oldest_due);
    let oldest = oldest.map_or_else(String::new, |(asset, machine)| {
        format!(", the oldest since {} on {}", ctx.day_text(instant(machine.tally.oldest_due)), asset.name)
    });
    let assets: Vec<&Asset> = list.iter().map(|(asset, _)| *asset).collect();
    Work {
        icon: icon::TRIANGLE_ALERT,
        tone: Tone::Bad,
        count: list.len() as u64,
        note: format!(
            "{}{oldest}",
            counted(updates, "open update past its deadline", "open updates past their deadline")
        ),
        opens: only(&title, &assets),
        title,
    }
}

fn unsupported(ctx: &Ctx<'_>) -> Option<Work> {
    let found: Vec<&Asset> =
        machines(ctx).filter(|(_, m)| m.segment == Some(Segment::Unsupported)).map(|(a, _)| a).collect();
    (!found.is_empty()).then(|| Work {
        icon: icon::SHIELD_ALERT,
        tone: Tone::Bad,
        count: found.len() as u64,
        title: "Without security updates".to_owned(),
        note: format!("Past the end of support, no proof of extended support: {}", names(&found)),
        opens: Opens::Machines(AssetFilter::segment(Segment::Unsupported)),
    })
}

/// Machines that are not observed, by reason; one machine may stand under several.
fn unknown(ctx: &Ctx<'_>) -> Vec<Work> {
    let mut by_reason: BTreeMap<&'static str, Vec<&Asset>> = BTreeMap::new();
    for (asset, machine) in machines(ctx) {
        for reason in &machine.reasons {
            let list = by_reason.entry(reason.name()).or_default();
            if list.last().is_none_or(|last| last.id != asset.id) {
                list.push(asset);
            }
        }
    }
    let mut all: Vec<_> = by_reason.into_iter().collect();
    all.sort_by_key(|(_, list)| std::cmp::Reverse(list.len()));
    all.into_iter()
        .map(|(reason, list)| Work {
            icon: icon::CIRCLE_QUESTION_MARK,
            tone: Tone::Warn,
            count: list.len() as u64,
            title: format!("Not known: {}", lower_first(reason)),
            note: names(&list),
            opens: only(reason, &list),
        })
        .collect()
}

fn by_state(ctx: &Ctx<'_>) -> Vec<Work> {
    type Counter = fn(&Machine) -> u32;
    let kinds: [(&str, Icon, Tone, Counter); 3] = [
        ("Failed to install", icon::CIRCLE_X, Tone::Bad, |m| m.tally.failed),
        ("Waiting for a restart", icon::ROTATE_CCW, Tone::Warn, |m| m.tally.pending),
        ("Without a deadline", icon::CALENDAR_X, Tone::Warn, |m| m.tally.no_rule),
    ];
    let mut all = Vec::new();
    for (title, icon, tone, counter) in kinds {
        let found: Vec<(&Asset, u32)> = machines(ctx)
            .filter(|(_, machine)| machine.in_scope())
            .map(|(asset, machine)| (asset, counter(machine)))
            .filter(|(_, n)| *n > 0)
            .collect();
        if found.is_empty() {
            continue;
        }
        let updates: u64 = found.iter().map(|(_, n)| u64::from(*n)).sum();
        let assets: Vec<&Asset> = found.into_iter().map(|(asset, _)| asset).collect();
        all.push(Work {
            icon,
            tone,
            count: assets.len() as u64,
            title: title.to_owned(),
            note: format!("{}: {}", counted(updates, "update", "updates"), names(&assets)),
            opens: only(title, &assets),
        });
    }
    all
}

/// Sources whose newest data is old, and servers that do not synchronise.
fn imports(ctx: &Ctx<'_>) -> Vec<Work> {
    let book = ctx.book();
    let mut all = Vec::new();
    for source in book.sources.rows() {
        let newest = book.live_batches().iter().filter(|b| b.source == source.id).map(|b| b.as_of_at).max();
        if let Some(at) = newest.filter(|at| ctx.now_at - at > IMPORT_DAYS * DAY_SECS) {
            let days = (ctx.now_at - at) / DAY_SECS;
            all.push(Work {
                icon: icon::UPLOAD,
                tone: Tone::Warn,
                count: days.unsigned_abs(),
                title: format!("Import due from {}", source.name),
                note: format!("Days since its newest data, {}", ctx.day_text(at)),
                opens: Opens::Import,
            });
        }
        if let Some(at) = source.synced_at.filter(|at| ctx.now_at - at > SYNC_DAYS * DAY_SECS) {
            all.push(Work {
                icon: icon::REFRESH_CW,
                tone: Tone::Warn,
                count: ((ctx.now_at - at) / DAY_SECS).unsigned_abs(),
                title: format!("{} has not synchronised", source.name),
                note: format!("Days since {}: newer updates cannot show", ctx.day_text(at)),
                opens: Opens::Import,
            });
        }
    }
    if ctx.book().rules.rows().iter().all(|rule| rule.until_at.is_some()) {
        all.push(Work {
            icon: icon::CALENDAR_X,
            tone: Tone::Bad,
            count: 0,
            title: "No deadline rule is in force".to_owned(),
            note: "Nothing can become overdue".to_owned(),
            opens: Opens::Settings,
        });
    }
    all
}

fn away(ctx: &Ctx<'_>) -> Option<Work> {
    let found: Vec<&Asset> =
        machines(ctx).map(|(asset, _)| asset).filter(|asset| asset.away.is_some()).collect();
    let late = found
        .iter()
        .filter_map(|asset| asset.away.as_ref()?.expected_on)
        .filter(|day| *day < ctx.today)
        .count();
    let next = found.iter().filter_map(|asset| asset.away.as_ref()?.expected_on).min();
    let note = match (late, next) {
        (0, Some(day)) => format!("The next is expected back {}", day_text(day)),
        (0, None) => names(&found),
        (late, _) => format!("{} expected back by now", count(late as u64)),
    };
    (!found.is_empty()).then(|| Work {
        icon: icon::MAP_PIN,
        tone: if late > 0 { Tone::Warn } else { Tone::Neutral },
        count: found.len() as u64,
        title: "Away".to_owned(),
        note,
        opens: only("Away", &found),
    })
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
