//! The pairs of one asset as lines of text with every rule that binds them, judged once per state of the register, beside the
//! window.

use crate::domain::asset::AssetId;
use crate::domain::attestation::Attestation;
use crate::domain::book::Book;
use crate::domain::compliance::rule::{NEVER, RuleRef, rule_at, text};
use crate::domain::compliance::verdict::{Kind, Proof, Verdict};
use crate::domain::compliance::view::View;
use crate::domain::deadline::{ClockStart, DeadlineRule};
use crate::domain::stamp::instant;
use crate::domain::update::{Update, UpdateId};
use crate::ui::room::binding::{Bound, Late, bound, late};
use crate::ui::room::later::Seen;
use crate::ui::theme::Tone;
use crate::util::clock::DAY_SECS;
use crate::util::text::counted;

/// One pair.
#[derive(Clone, Debug)]
pub struct Line {
    /// Which update.
    pub update: UpdateId,
    /// `KB5036892`.
    pub short: String,
    /// The whole title.
    pub title: String,
    /// Rank by which it is due, and whether it is the strictest two.
    pub rank: &'static str,
    /// State in a word, and its tone.
    pub state: (Tone, String),
    /// Due date in words.
    pub due: String,
    /// Past due and not waived.
    pub overdue: bool,
    /// Days since the clock started.
    pub age: String,
    /// The rule that binds.
    pub rule: String,
    /// Waived, inherited, satisfied by what.
    pub remark: String,
    /// Every rule that binds it, with its date.
    pub bound: Bound,
}

/// The pairs of an asset.
#[derive(Clone, Debug)]
pub struct Pairs {
    /// Required and open, or without an answer: the earliest due first.
    pub owed: Vec<Line>,
    /// Satisfied: the newest first.
    pub met: Vec<Line>,
    /// Listed, and not required: not applicable, merged, or left.
    pub other: usize,
    /// Checks by hand that hold.
    pub attested: Vec<Attestation>,
}

impl Pairs {
    /// Judges every listed pair of an asset. `None` where it is gone.
    pub fn read(on: &Seen, asset: AssetId) -> Option<Self> {
        let book = on.book();
        let place = book.asset_place(asset)?;
        let view = View::new(book, on.as_of_at);
        let late = late(on, &view);
        let mut owed: Vec<(u32, Line)> = Vec::new();
        let mut met: Vec<(u32, Line)> = Vec::new();
        let mut other = 0;
        for update in 0..view.duties.len() as u32 {
            let Some(block) = view.block(update).filter(|_| view.duties[update as usize].counts) else {
                continue;
            };
            let verdict = block.find(place).and_then(|position| view.judge(update, block, position));
            let Some(verdict) = verdict else { continue };
            match verdict.kind {
                Kind::Open | Kind::Unknown if verdict.required => {
                    owed.push((verdict.due, line(on, &view, &late, update, &verdict)));
                }
                Kind::Satisfied(_) if verdict.required => {
                    met.push((u32::MAX - verdict.closed, line(on, &view, &late, update, &verdict)));
                }
                _ => other += 1,
            }
        }
        owed.sort_by_key(|(due, _)| *due);
        met.sort_by_key(|(closed, _)| *closed);
        let holds = |a: &&Attestation| a.asset == asset && a.voided_at.is_none();
        Some(Self {
            owed: owed.into_iter().map(|(_, line)| line).collect(),
            met: met.into_iter().map(|(_, line)| line).collect(),
            other,
            attested: book.attestations.rows().iter().filter(holds).cloned().collect(),
        })
    }
}

fn line(on: &Seen, view: &View<'_>, late: &Late, update: u32, verdict: &Verdict) -> Line {
    let row = &view.book.updates.rows()[update as usize];
    let overdue = verdict.kind == Kind::Open && !verdict.waived && verdict.past_due(view.at);
    let days = |from: u32, to: u32| (i64::from(to) - i64::from(from)).max(0) / DAY_SECS;
    let state = match verdict.kind {
        Kind::Satisfied(_) => (Tone::Good, "Installed".to_owned()),
        Kind::Unknown => (Tone::Warn, "Unknown".to_owned()),
        _ if overdue => (Tone::Bad, verdict.state_text().to_owned()),
        _ => (Tone::Info, verdict.state_text().to_owned()),
    };
    let due = match (verdict.kind, verdict.due) {
        (Kind::Satisfied(_), _) => closed_words(on, verdict),
        (_, NEVER) => "No deadline".to_owned(),
        (_, due) if overdue => {
            let late = counted(days(due, view.at) as u64, "day", "days");
            format!("{}, {late} late", on.day_text(instant(due)))
        }
        (_, due) => on.day_text(instant(due)),
    };
    Line {
        update: row.id,
        short: row.short_name(),
        title: row.title.clone(),
        rank: verdict.rank.text(),
        state,
        due,
        overdue,
        age: counted(days(verdict.aged_from, view.at) as u64, "day", "days"),
        rule: rule_words(view.book, verdict.rule),
        remark: remark(view.book, verdict),
        bound: bound(on, view, late, update, verdict.asset),
    }
}

fn closed_words(on: &Seen, verdict: &Verdict) -> String {
    match verdict.closed {
        NEVER => String::new(),
        closed if verdict.left_censored => format!("By {}", on.day_text(instant(closed))),
        closed => on.day_text(instant(closed)),
    }
}

fn remark(book: &Book, verdict: &Verdict) -> String {
    let name =
        |place: u32| book.updates.rows().get(place as usize).map_or_else(String::new, Update::short_name);
    let mut parts = Vec::new();
    if verdict.waived {
        parts.push("Waived".to_owned());
    }
    if let Some(older) = verdict.inherited_from {
        parts.push(format!("Due date of {}, which it replaces", name(older)));
    }
    match verdict.kind {
        Kind::Satisfied(Proof::Superseding(by)) => parts.push(format!("Through {}", name(by))),
        Kind::Satisfied(Proof::Hand) => parts.push("Checked by hand".to_owned()),
        _ => {}
    }
    parts.join("; ")
}

/// `High, server: 14 days from release (Default table)`.
fn rule_words(book: &Book, rule: u32) -> String {
    match rule_at(book, rule) {
        None => "No rule binds".to_owned(),
        Some(RuleRef::Own(rule)) => words_of(rule),
        Some(RuleRef::Set(_)) => text(book, rule),
    }
}

fn words_of(rule: &DeadlineRule) -> String {
    let class = rule.class.map_or_else(String::new, |class| format!(", {}", class.text().to_lowercase()));
    let exposure = rule.exposure.map_or_else(String::new, |e| format!(", {}", e.text().to_lowercase()));
    let from = match rule.clock {
        ClockStart::Release => "from release",
        ClockStart::FirstSeen => "from first report",
    };
    let (rank, amount, unit) = (rule.rank.text(), rule.amount, rule.unit.text());
    format!("{rank}{class}{exposure}: {amount} {unit} {from} ({})", rule.source)
}
