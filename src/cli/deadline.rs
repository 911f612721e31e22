//! Deadlines on the console: the own table, what others offer, what is adopted, what waits for the policy, why a duty is due when it is.

mod own;
mod view;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::file::open;
use super::output::Output;
use super::people::{all_needed, input, needed, run, run_and_tell};
use crate::app::{Context, Error};
use crate::domain::asset::{AssetClass, Exposure};
use crate::domain::book::Book;
use crate::domain::case::BusinessCaseId;
use crate::domain::command::{Command, DeadlineCommand};
use crate::domain::group::GroupId;
use crate::domain::ruleset::idle::set_reasons;
use crate::domain::ruleset::preset::{Preset, preset};
use crate::domain::ruleset::standing::{policy_ratified, set_binds_text};
use crate::domain::ruleset::{Amount, Filled, OwnTime, PendingRuleId, RuleSet, SetClock, SetScope, Stage};
use crate::store::Access;
use crate::util::clock::{day_in, day_text, zone};
use crate::util::text::fold;

/// What can be done with deadlines.
#[derive(Debug, Subcommand)]
pub enum DeadlineAction {
    /// List the deadlines in force: the own table, then the rule sets
    List {
        /// The register
        file: PathBuf,
    },
    /// List the rule sets of others that can be adopted
    Presets,
    /// Show a rule set of others, rule by rule
    Show {
        /// Its key, such as ce-3.3
        key: String,
    },
    /// Adopt a rule set; it waits for the policy once a policy was ratified
    Adopt(Box<Adopt>),
    /// Leave a rule set, under the same terms
    Drop(Leave),
    /// List what waits for the policy
    Pending {
        /// The register
        file: PathBuf,
        /// Those that came into force or were withdrawn too
        #[arg(long)]
        all: bool,
    },
    /// Set a deadline of the own table; it waits for the policy once a policy was ratified
    Set(own::Set),
    /// End a deadline of the own table, under the same terms
    End(own::End),
    /// Take back a change that waits
    Withdraw {
        /// The register
        file: PathBuf,
        /// Its number, as `deadline pending` shows it
        #[arg(value_parser = number)]
        number: i64,
    },
    /// Say which estimate belongs to a change that waits
    Estimate {
        /// The register
        file: PathBuf,
        /// Its number, as `deadline pending` shows it
        #[arg(value_parser = number)]
        number: i64,
        /// Name of the estimate
        case: String,
    },
    /// Say why an update is due on an asset: every rule that binds, earliest first
    Explain {
        /// The register
        file: PathBuf,
        /// The update, such as KB5036892
        update: String,
        /// The asset
        asset: String,
        /// As of this time, such as 2026-12-07T10:00; now if absent
        #[arg(long, value_name = "TIME")]
        as_of: Option<String>,
    },
    /// List updates whose time to assess or to report has passed
    Late {
        /// The register
        file: PathBuf,
    },
}

/// Arguments of `deadline adopt`.
#[derive(Debug, Args)]
pub struct Adopt {
    /// The register
    pub file: PathBuf,
    /// Its key, such as ce-3.3
    pub key: String,
    /// Why
    #[arg(long)]
    pub because: Option<String>,
    /// Only assets of this group; may be given several times
    #[arg(long, value_name = "GROUP")]
    pub group: Vec<String>,
    /// Only assets of this class: server or workstation
    #[arg(long, value_name = "CLASS")]
    pub class: Vec<String>,
    /// Only assets of this exposure: internet, internal or isolated
    #[arg(long, value_name = "EXPOSURE")]
    pub exposure: Vec<String>,
    /// What starts its clocks, where its source does not say: release, listed or detected
    #[arg(long, value_name = "CLOCK")]
    pub clock: Option<String>,
    /// The time to identify, where the source leaves it to you, such as 7d, 48h, 2w or 1m
    #[arg(long, value_name = "TIME")]
    pub identify: Option<String>,
    /// The time to report, where the source leaves it to you
    #[arg(long, value_name = "TIME")]
    pub report: Option<String>,
    /// The time to correct, where the source leaves it to you
    #[arg(long, value_name = "TIME")]
    pub correct: Option<String>,
    /// Name of the estimate of what it costs
    #[arg(long, value_name = "NAME")]
    pub case: Option<String>,
}

/// Arguments of `deadline drop`.
#[derive(Debug, Args)]
pub struct Leave {
    /// The register
    pub file: PathBuf,
    /// Its key, such as ce-3.3
    pub key: String,
    /// Why
    #[arg(long)]
    pub because: Option<String>,
}

pub(super) fn act(action: &DeadlineAction, context: &Context, output: &Output) -> Result<(), Error> {
    match action {
        DeadlineAction::List { file } => view::list(file, context, output),
        DeadlineAction::Presets => {
            view::offered(output);
            Ok(())
        }
        DeadlineAction::Show { key } => view::show(key, output),
        DeadlineAction::Adopt(args) => adopt(args, context, output),
        DeadlineAction::Drop(args) => leave(args, context, output),
        DeadlineAction::Pending { file, all } => view::waiting(file, *all, context, output),
        DeadlineAction::Set(args) => own::set(args, context, output),
        DeadlineAction::End(args) => own::end(args, context, output),
        DeadlineAction::Withdraw { file, number } => {
            let mut engine = open(file, Access::Write, context, output)?;
            let id = change_of(engine.book(), *number)?;
            run(&mut engine, Command::Deadline(DeadlineCommand::Withdraw(id)), output)
        }
        DeadlineAction::Estimate { file, number, case } => {
            let mut engine = open(file, Access::Write, context, output)?;
            let pending = change_of(engine.book(), *number)?;
            let case = super::case::find(engine.book(), case)?.id;
            run(&mut engine, Command::Deadline(DeadlineCommand::Estimate { pending, case }), output)
        }
        DeadlineAction::Explain { file, update, asset, as_of } => {
            view::told(file, update, asset, as_of.as_deref(), context, output)
        }
        DeadlineAction::Late { file } => view::late(file, context, output),
    }
}

fn known(key: &str) -> Result<Preset, Error> {
    preset(key).ok_or_else(|| {
        input(format!("there is no rule set {key}"), "See which there are: patchbook-cli deadline presets.")
    })
}

/// `7d`, `48h`, `2w`, `1m`.
fn own_time(stage: Stage, text: &str) -> Result<OwnTime, Error> {
    let units = [('h', Amount::Hours), ('d', Amount::Days), ('w', Amount::Weeks), ('m', Amount::Months)];
    let read = units.into_iter().find_map(|(letter, unit)| {
        let count = text.trim().strip_suffix(letter)?.parse().ok()?;
        Some(OwnTime { stage, count, unit })
    });
    read.ok_or_else(|| {
        input(format!("{text} is no time"), "Write it like 48h, 7d, 2w or 1m: hours, days, weeks, months.")
    })
}

fn words<T: Copy>(texts: &[String], all: &[T], word: impl Fn(T) -> &'static str) -> Result<Vec<T>, Error> {
    let find = |text: &String| {
        all.iter().copied().find(|value| word(*value) == text.to_lowercase()).ok_or_else(|| {
            let known: Vec<&str> = all.iter().map(|value| word(*value)).collect();
            input(format!("{text} is none of {}", known.join(", ")), "")
        })
    };
    texts.iter().map(find).collect()
}

fn adopt(args: &Adopt, context: &Context, output: &Output) -> Result<(), Error> {
    let preset = known(&args.key)?;
    let mut times = Vec::new();
    let given = [
        (Stage::Identify, &args.identify, "--identify"),
        (Stage::Report, &args.report, "--report"),
        (Stage::Correct, &args.correct, "--correct"),
    ];
    let why = "why the rule set shall bind";
    let left = |stage: Stage| format!("{} leaves the time to {} to you", preset.name, stage.text());
    let questions = given.map(|(stage, text, flag)| {
        let fits = text.is_some() || !preset.own_times().contains(&stage);
        (fits, format!("{flag} 7d"), left(stage))
    });
    let mut asked = vec![(args.because.is_some(), "--because", why)];
    asked.extend(questions.iter().map(|(fits, flag, question)| (*fits, flag.as_str(), question.as_str())));
    all_needed(&asked)?;
    for (stage, text, _) in given {
        if let Some(text) = text {
            times.push(own_time(stage, text)?);
        }
    }
    let reason = needed(args.because.as_deref(), "--because", why)?.to_owned();
    let clock = words(args.clock.as_slice(), SetClock::ALL, SetClock::word)?.first().copied();
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let book = engine.book();
    let groups = args.group.iter().map(|name| group(book, name)).collect::<Result<_, _>>()?;
    let binds = SetScope {
        classes: words(&args.class, AssetClass::ALL, AssetClass::word)?,
        exposures: words(&args.exposure, Exposure::ALL, Exposure::word)?,
        groups,
    };
    let case: Option<BusinessCaseId> =
        args.case.as_deref().map(|name| super::case::find(book, name).map(|case| case.id)).transpose()?;
    if !preset.waivers {
        output.note(&format!(
            "{} knows no waivers: every waiver will say that it does not satisfy it.",
            preset.name
        ));
    }
    let (key, filled) = (args.key.clone(), Filled { clock, times });
    let wanted = binds.clone();
    let command = Command::Deadline(DeadlineCommand::Adopt { key, binds, filled, reason, case });
    run_and_tell(&mut engine, command, output, |book, at| {
        let is_new = |set: &&RuleSet| set.key == args.key && set.ended_at.is_none() && set.binds == wanted;
        let Some(set) = book.rule_sets.iter().find(is_new) else { return Vec::new() };
        let releases = set_binds_text(book, set).map(|text| format!("releases {text}"));
        let binds = match set.until_on {
            Some(until) if until < day_in(zone(&book.shop.zone), at) => {
                format!(
                    "Its source ended on {}: it binds what was released before then only.",
                    day_text(until)
                )
            }
            _ => format!(
                "Binds {}; what came before keeps its due date.",
                releases.unwrap_or_else(|| ONCE_RATIFIED.to_owned())
            ),
        };
        let idle = set_reasons(book, at, set);
        let idle =
            idle.iter().map(|(rule, reason)| format!("Never decides: {}, because {reason}.", rule.label));
        std::iter::once(binds).chain(idle).collect()
    })
}

fn group(book: &Book, name: &str) -> Result<GroupId, Error> {
    let named = book.groups.iter().find(|group| fold(&group.name) == fold(name));
    named.map(|group| group.id).ok_or_else(|| {
        let all: Vec<&str> = book.groups_in_order().iter().map(|group| group.name.as_str()).collect();
        input(format!("{name} is no patch group: {}", all.join(", ")), "")
    })
}

fn leave(args: &Leave, context: &Context, output: &Output) -> Result<(), Error> {
    let reason =
        needed(args.because.as_deref(), "--because", "why the rule set shall bind no more")?.to_owned();
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let live = engine.book().rule_sets.iter().filter(|set| set.key == args.key && set.ended_at.is_none());
    let found: Vec<&RuleSet> = live.collect();
    let set = match found.as_slice() {
        [one] => one.id,
        [] => {
            let hint = "See which are: patchbook-cli deadline list.";
            return Err(input(format!("{} is not adopted", args.key), hint));
        }
        several => several[0].id,
    };
    let waits = policy_ratified(engine.book());
    let command = Command::Deadline(DeadlineCommand::Drop { set, reason });
    run_and_tell(&mut engine, command, output, |_, _| vec![ended_text(waits)])
}

/// What a change binds that waits.
const ONCE_RATIFIED: &str = "releases from the day the policy that states it is ratified";

/// What a rule or a set that ends leaves behind.
fn ended_text(waits: bool) -> String {
    let from = if waits { "the day the policy that states it is ratified" } else { "now" };
    format!("Binds nothing that is released from {from} on; what came before keeps its due date.")
}

/// The number of a change as typed.
fn number(text: &str) -> Result<i64, String> {
    text.parse().map_err(|_| {
        "a change that waits is named by its number; a rule set is left with: patchbook-cli deadline drop FILE KEY. See the numbers: \
         patchbook-cli deadline pending FILE"
            .to_owned()
    })
}

/// The change of a number: its place among all changes, from 1.
fn change_of(book: &Book, number: i64) -> Result<PendingRuleId, Error> {
    let place = usize::try_from(number - 1).ok();
    let row = place.and_then(|place| book.pending_rules.rows().get(place));
    row.map(|row| row.id).ok_or_else(|| {
        input(format!("there is no change {number}"), "See which there are: patchbook-cli deadline pending.")
    })
}
