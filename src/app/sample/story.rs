//! What the server of the sample knew at the time of each export.

use super::estate::{Behaviour, Machine, Product, products};
use super::{Calendar, FETCH_SECS, RECORDED, window_after};
use crate::util::clock::{DAY_SECS, utc};

/// One export: what the four files say.
pub(super) struct Export {
    pub made_at: i64,
    pub computers: Vec<Computer>,
    pub updates: Vec<Released>,
    pub states: Vec<StateLine>,
    /// Index of the older, index of the newer update in `updates`.
    pub supersedes: Vec<(usize, usize)>,
    pub products: Vec<String>,
}

pub(super) struct Computer {
    pub guid: String,
    pub machine: Machine,
    pub sync_at: Option<i64>,
    pub status_at: Option<i64>,
}

#[derive(Clone)]
pub(super) struct Released {
    pub guid: String,
    pub kb: String,
    pub title: String,
    pub product: Product,
    pub released_at: i64,
    /// Which month of the story, from 0.
    pub month: usize,
    pub superseded: bool,
}

pub(super) struct StateLine {
    pub computer: String,
    pub update: String,
    pub state: &'static str,
    pub installed_at: Option<i64>,
}

/// Tells one export.
pub(super) fn export(machines: &[Machine], calendar: &Calendar, made_at: i64) -> Export {
    let mut updates = released(calendar, made_at);
    let mut supersedes = Vec::new();
    for (place, older) in updates.iter().enumerate().filter(|(_, update)| update.product.cumulative) {
        let follows =
            |newer: &Released| newer.product.code == older.product.code && newer.month == older.month + 1;
        if let Some(newer) = updates.iter().position(follows) {
            supersedes.push((place, newer));
        }
    }
    for &(older, _) in &supersedes {
        updates[older].superseded = true;
    }
    let mut computers = Vec::new();
    let mut states = Vec::new();
    for machine in machines {
        if machine.behaviour == Behaviour::Manual
            || (machine.behaviour == Behaviour::Retired && made_at > calendar.retirement_at())
        {
            continue;
        }
        let computer = computer(machine, calendar, made_at);
        if let Some(status_at) = computer.status_at {
            state_lines(&computer, &updates, calendar, status_at, &mut states);
        }
        computers.push(computer);
    }
    let mut names: Vec<String> = products().into_iter().map(|p| p.product).collect();
    names.sort();
    names.dedup();
    Export { made_at, computers, updates, states, supersedes, products: names }
}

/// Everything that was out at the time of the export.
pub(super) fn released(calendar: &Calendar, made_at: i64) -> Vec<Released> {
    let mut out = Vec::new();
    for (month, released_at) in calendar.releases_at().into_iter().enumerate() {
        for (place, product) in products().into_iter().enumerate() {
            let released_at = released_at + product.day * DAY_SECS;
            if released_at + FETCH_SECS > made_at {
                continue;
            }
            let kb = format!("599{}{:03}", month + 1, place * 7 + 101);
            let title = format!("{} {} (KB{kb})", utc(released_at).format("%Y-%m"), product.title);
            let guid = guid(&format!("update {} {month}", product.code));
            out.push(Released { guid, kb, title, product, released_at, month, superseded: false });
        }
    }
    out
}

fn computer(machine: &Machine, calendar: &Calendar, made_at: i64) -> Computer {
    let end = calendar.exports_at().last().copied().unwrap_or(made_at);
    // Machines report in the night before the export, each at its own minute.
    let usual = made_at - 3600 * 3 + i64::from(spread(&machine.name, 9000));
    let silent_from = match machine.behaviour {
        Behaviour::Silent => Some(end - 38 * DAY_SECS),
        Behaviour::Away => Some(end - 33 * DAY_SECS),
        _ => None,
    };
    let status_at = match (machine.behaviour, silent_from) {
        (Behaviour::Never, _) => None,
        (_, Some(from)) => Some(usual.min(from)),
        _ => Some(usual),
    };
    let sync_at = if machine.behaviour == Behaviour::Never { Some(usual) } else { status_at };
    Computer {
        guid: guid(&format!("computer {}", machine.name)),
        machine: machine.clone(),
        sync_at,
        status_at,
    }
}

/// The states one computer reported: everything but "not applicable".
fn state_lines(
    computer: &Computer,
    updates: &[Released],
    calendar: &Calendar,
    status_at: i64,
    out: &mut Vec<StateLine>,
) {
    let machine = &computer.machine;
    let newest = calendar.releases_at().len() - 1;
    let applies =
        |u: &&Released| machine.os.contains(&u.product.os) && u.released_at + FETCH_SECS <= status_at;
    for update in updates.iter().filter(applies) {
        let done_at = installed_at(machine, update, newest);
        let newer_installed = update.superseded
            && updates.iter().any(|n| {
                n.product.code == update.product.code
                    && n.month > update.month
                    && installed_at(machine, n, newest) <= status_at
            });
        let big = update.product.day == 0 && update.product.classification == "Security Updates";
        let (state, at) = if machine.behaviour == Behaviour::Failing && update.month >= newest - 1 && big {
            ("Failed", None)
        } else if machine.behaviour == Behaviour::Pending && update.month == newest && big {
            ("InstalledPendingReboot", None)
        } else if done_at <= status_at {
            ("Installed", Some(done_at))
        } else if newer_installed {
            // Windows calls an older cumulative update not applicable once a newer one is in.
            continue;
        } else if done_at - 2 * DAY_SECS <= status_at {
            ("Downloaded", None)
        } else {
            ("NotInstalled", None)
        };
        out.push(StateLine {
            computer: computer.guid.clone(),
            update: update.guid.clone(),
            state,
            installed_at: at,
        });
    }
}

/// When a machine installs an update, UTC seconds: since there are change records in the window of its group, by those who keep it.
fn installed_at(machine: &Machine, update: &Released, newest: usize) -> i64 {
    let keeps = matches!(
        machine.behaviour,
        Behaviour::Prompt | Behaviour::Normal | Behaviour::Failing | Behaviour::Pending | Behaviour::Silent
    );
    let recorded = update.month + RECORDED > newest && update.product.day == 0;
    let window = window_after(&machine.group, update.released_at).filter(|_| keeps && recorded);
    if let Some((from_at, secs)) = window {
        let share = i64::from(spread(&format!("{} {}", machine.name, update.kb), 600));
        return from_at + secs / 6 + secs * share / 1000;
    }
    let spread = i64::from(spread(&update.guid, 30_000));
    update.released_at + delay_days(machine, update) * DAY_SECS + spread
}

/// How many days after its release a machine installs an update.
fn delay_days(machine: &Machine, update: &Released) -> i64 {
    let jitter = |range: u32| i64::from(spread(&format!("{} {}", machine.name, update.kb), range));
    // The shop is learning: what took three weeks in the first month takes one and a half in the last.
    let learning = 5_i64.saturating_sub(update.month as i64);
    match machine.behaviour {
        Behaviour::Pilot => 1,
        Behaviour::Prompt => 2 + jitter(4),
        Behaviour::Normal | Behaviour::Failing | Behaviour::Pending => 4 + jitter(6) + learning,
        Behaviour::Late | Behaviour::EndOfLife => 15 + jitter(8),
        Behaviour::Laggard => 31 + jitter(20),
        _ => 6 + jitter(8),
    }
}

/// A number below `range`, always the same for the same text.
fn spread(text: &str, range: u32) -> u32 {
    let digest = crate::util::hash::sha256(text.as_bytes());
    u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]) % range
}

/// An identifier, always the same for the same text.
fn guid(text: &str) -> String {
    let hex = crate::util::hash::hex(&crate::util::hash::sha256(text.as_bytes()));
    format!("{}-{}-4{}-8{}-{}", &hex[0..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}
