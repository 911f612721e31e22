//! Deadlines of the own table on the console: set and ended under the same rules as in the window. Decides nothing itself.

use std::path::PathBuf;

use clap::Args;

use super::super::file::open;
use super::super::output::Output;
use super::super::people::{all_needed, input, needed, run_and_tell};
use crate::app::{Context, Error};
use crate::domain::asset::{AssetClass, Exposure};
use crate::domain::book::Book;
use crate::domain::command::Command;
use crate::domain::compliance::moved::rule_text;
use crate::domain::deadline::{ClockStart, DeadlineRule, DeadlineRuleId, TimeUnit};
use crate::domain::rating::Rank;
use crate::domain::ruleset::idle::own_reason;
use crate::domain::ruleset::standing::{pending, policy_ratified, rule_binds_text};
use crate::store::Access;
use crate::util::text::fold;

/// Which deadline of the own table.
#[derive(Debug, Args)]
pub struct Of {
    /// The register
    pub file: PathBuf,
    /// The rank: severe, high, medium or low
    pub rank: String,
    /// Only assets of this class: server or workstation; any if absent
    #[arg(long, value_name = "CLASS")]
    pub class: Option<String>,
    /// Only assets of this exposure: internet, internal or isolated; any if absent
    #[arg(long, value_name = "EXPOSURE")]
    pub exposure: Option<String>,
}

/// Arguments of `deadline set`.
#[derive(Debug, Args)]
pub struct Set {
    /// Which one
    #[command(flatten)]
    pub of: Of,
    /// How much time, such as 14d or 48h
    #[arg(long, value_name = "TIME")]
    pub time: Option<String>,
    /// What starts the clock: release or `first_seen`; as before if absent
    #[arg(long, value_name = "CLOCK")]
    pub clock: Option<String>,
    /// Where it comes from and why; printed with every due date it sets
    #[arg(long, value_name = "TEXT")]
    pub source: Option<String>,
}

/// Arguments of `deadline end`.
#[derive(Debug, Args)]
pub struct End {
    /// Which one
    #[command(flatten)]
    pub of: Of,
    /// Its source, where two of this rank, class and exposure are live
    #[arg(long, value_name = "TEXT")]
    pub source: Option<String>,
}

/// Rank, class and exposure as typed.
type Key = (Rank, Option<AssetClass>, Option<Exposure>);

fn word<T: Copy>(text: &str, all: &[T], of: impl Fn(T) -> &'static str) -> Result<T, Error> {
    let typed = fold(text).replace('-', "_");
    all.iter().copied().find(|value| of(*value) == typed).ok_or_else(|| {
        let known: Vec<&str> = all.iter().map(|value| of(*value)).collect();
        input(format!("{text} is none of {}", known.join(", ")), "")
    })
}

fn key(of: &Of) -> Result<Key, Error> {
    let class = of.class.as_deref().map(|text| word(text, AssetClass::ALL, AssetClass::word));
    let exposure = of.exposure.as_deref().map(|text| word(text, Exposure::ALL, Exposure::word));
    Ok((word(&of.rank, Rank::ALL, Rank::word)?, class.transpose()?, exposure.transpose()?))
}

/// The live rules of a key, the newest first.
fn live(book: &Book, key: Key) -> Vec<&DeadlineRule> {
    let of = |rule: &&DeadlineRule| rule.until_at.is_none() && (rule.rank, rule.class, rule.exposure) == key;
    let mut found: Vec<&DeadlineRule> = book.rules.iter().filter(of).collect();
    found.sort_by_key(|rule| std::cmp::Reverse((rule.from_at, rule.id)));
    found
}

/// `14d`, `48h`.
fn time(text: &str) -> Result<(i64, TimeUnit), Error> {
    let units = [('d', TimeUnit::Days), ('h', TimeUnit::Hours)];
    let read =
        units.into_iter().find_map(|(end, unit)| Some((text.trim().strip_suffix(end)?.parse().ok()?, unit)));
    read.ok_or_else(|| input(format!("{text} is no time"), "Write it like 14d or 48h: days or hours."))
}

pub(super) fn set(args: &Set, context: &Context, output: &Output) -> Result<(), Error> {
    let (rank, class, exposure) = key(&args.of)?;
    all_needed(&[
        (args.time.is_some(), "--time 14d", "how much time there is"),
        (args.source.is_some(), "--source", "where it comes from and why"),
    ])?;
    let text = needed(args.time.as_deref(), "--time 14d", "how much time there is")?;
    let (amount, unit) = time(text)?;
    let source = needed(args.source.as_deref(), "--source", "where it comes from and why")?.to_owned();
    let clock =
        args.clock.as_deref().map(|text| word(text, ClockStart::ALL, ClockStart::word)).transpose()?;
    let mut engine = open(&args.of.file, Access::Write, context, output)?;
    let old = live(engine.book(), (rank, class, exposure)).first().map(|rule| (rule.id, rule.clock));
    let rule = DeadlineRule {
        id: DeadlineRuleId(0),
        rank,
        class,
        exposure,
        amount,
        unit,
        clock: clock.or(old.map(|(_, clock)| clock)).unwrap_or(ClockStart::Release),
        from_at: 0,
        until_at: None,
        source,
    };
    let waits = policy_ratified(engine.book());
    let command = Command::SaveRule { replaces: old.map(|(id, _)| id), rule };
    run_and_tell(&mut engine, command, output, |book, at| {
        let of_key = |rule: &&DeadlineRule| (rule.rank, rule.class, rule.exposure) == (rank, class, exposure);
        let proposed = pending(book).into_iter().filter_map(|row| row.shall_be.as_ref()).find(of_key);
        let found = if waits { proposed } else { live(book, (rank, class, exposure)).first().copied() };
        let Some(rule) = found else { return Vec::new() };
        let releases = if waits { super::ONCE_RATIFIED.to_owned() } else { rule_binds_text(book, rule) };
        let binds = format!("Binds {releases}; what came before keeps the rule of its day.");
        let idle = own_reason(book, at, rule).map(|reason| format!("Never decides, because {reason}."));
        std::iter::once(binds).chain(idle).collect()
    })
}

pub(super) fn end(args: &End, context: &Context, output: &Output) -> Result<(), Error> {
    let wanted = key(&args.of)?;
    let mut engine = open(&args.of.file, Access::Write, context, output)?;
    let found: Vec<&DeadlineRule> = live(engine.book(), wanted)
        .into_iter()
        .filter(|rule| args.source.as_deref().is_none_or(|source| fold(&rule.source) == fold(source)))
        .collect();
    let id = match found.as_slice() {
        [one] => one.id,
        [] => {
            let (rank, class, exposure) = wanted;
            let text = format!(
                "there is no such deadline: {}, {}, {}",
                rank.text(),
                class.map_or("every class", AssetClass::text),
                exposure.map_or("every exposure", Exposure::text)
            );
            let hint = "See which there are, and name class and exposure as they are there: patchbook-cli deadline list FILE.";
            return Err(input(text, hint));
        }
        [_, .., oldest] if args.source.is_some() => oldest.id,
        several => {
            let list: Vec<String> =
                several.iter().map(|rule| format!("{} ({})", rule_text(rule), rule.source)).collect();
            let text = format!("several deadlines are meant: {}", list.join("; "));
            return Err(input(text, "Say which with --source; the newest binds, the others bind nothing."));
        }
    };
    let waits = policy_ratified(engine.book());
    run_and_tell(&mut engine, Command::EndRule(id), output, |_, _| vec![super::ended_text(waits)])
}
