//! How the shop works, on the console: show the numbers behind the month's rules, change some of them.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Value, json};

use super::{input, run};
use crate::app::{Context, Error};
use crate::cli::file::open;
use crate::cli::output::{Output, columns};
use crate::domain::command::{Command, Edit, RoleCommand};
use crate::domain::practice::{Practice, WaiverCap};
use crate::domain::rating::Rank;
use crate::store::Access;
use crate::util::text::counted;

/// What can be done with how the shop works.
#[derive(Debug, Subcommand)]
pub enum PracticeAction {
    /// Show the numbers behind the month's rules
    Show {
        /// The register
        file: PathBuf,
    },
    /// Change some of them; what is not named stays
    Set(Box<Set>),
}

/// Arguments of `practice set`.
#[derive(Debug, clap::Args)]
pub struct Set {
    /// The register
    pub file: PathBuf,
    /// Days without a reported issue before a change is closed
    #[arg(long, value_name = "DAYS", allow_negative_numbers = true)]
    pub quiet_days: Option<i64>,
    /// Working days after the last window of a cycle in which its review is due
    #[arg(long, value_name = "DAYS", allow_negative_numbers = true)]
    pub review_days: Option<i64>,
    /// Members present before a committee decides; 0 demands none
    #[arg(long, value_name = "MEMBERS", allow_negative_numbers = true)]
    pub quorum: Option<i64>,
    /// More desktops than this in one night are warned about
    #[arg(long, value_name = "COUNT", allow_negative_numbers = true)]
    pub desktops_per_night: Option<i64>,
    /// Whether severe duties may be waived: yes or no
    #[arg(long, value_name = "YES|NO", value_parser = yes_or_no)]
    pub severe_waivers: Option<bool>,
    /// Whether the shop answers for Cyber Essentials, which knows no waiver inside its scope: yes or no
    #[arg(long, value_name = "YES|NO", value_parser = yes_or_no)]
    pub cyber_essentials: Option<bool>,
    /// Longest run of a waiver of a rank, such as high=45; may be given for each rank
    #[arg(long, value_name = "RANK=DAYS")]
    pub cap: Vec<String>,
    /// How often a waiver of a rank is renewed, such as low=0; may be given for each rank
    #[arg(long, value_name = "RANK=TIMES")]
    pub renewals: Vec<String>,
}

fn yes_or_no(word: &str) -> Result<bool, String> {
    match word {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("write yes or no".to_owned()),
    }
}

pub(in crate::cli) fn act(action: &PracticeAction, context: &Context, output: &Output) -> Result<(), Error> {
    match action {
        PracticeAction::Show { file } => {
            let engine = open(file, Access::ReadOnly, context, output)?;
            show(&engine.book().practice, output);
            Ok(())
        }
        PracticeAction::Set(args) => {
            let mut engine = open(&args.file, Access::Write, context, output)?;
            let now = engine.book().practice.as_ref().clone();
            let row = changed(args, now.clone())?;
            // A file of an older format has no such row yet: it is made by the first change.
            let base = (now.id != 0).then_some(now);
            let command = RoleCommand::Practice(Box::new(Edit { base, row }));
            run(&mut engine, Command::Role(command), output)
        }
    }
}

fn changed(args: &Set, mut row: Practice) -> Result<Practice, Error> {
    row.quiet_days = args.quiet_days.unwrap_or(row.quiet_days);
    row.review_days = args.review_days.unwrap_or(row.review_days);
    row.quorum = args.quorum.unwrap_or(row.quorum);
    row.desktops_per_night = args.desktops_per_night.unwrap_or(row.desktops_per_night);
    row.severe_waivers = args.severe_waivers.unwrap_or(row.severe_waivers);
    row.cyber_essentials = args.cyber_essentials.unwrap_or(row.cyber_essentials);
    for text in &args.cap {
        let (rank, days) = pair(text, "high=45")?;
        cap_of(&mut row, rank)?.days = days;
    }
    for text in &args.renewals {
        let (rank, times) = pair(text, "low=0")?;
        cap_of(&mut row, rank)?.renewals = times;
    }
    Ok(row)
}

/// A rank and its number.
fn pair(text: &str, example: &str) -> Result<(Rank, i64), Error> {
    let read = text.split_once('=').and_then(|(word, number)| {
        let rank = Rank::of_word(&word.trim().to_lowercase())?;
        Some((rank, number.trim().parse().ok()?))
    });
    read.ok_or_else(|| {
        let all: Vec<&str> = Rank::ALL.iter().map(|rank| rank.word()).collect();
        let hint = format!("Write it like {example}. The ranks are {}.", all.join(", "));
        input(format!("{text} is not a rank and a whole number"), &hint)
    })
}

fn cap_of(row: &mut Practice, rank: Rank) -> Result<&mut WaiverCap, Error> {
    row.waiver_caps
        .iter_mut()
        .find(|cap| cap.rank == rank)
        .ok_or_else(|| input(format!("this register has no cap for waivers of {} risk", rank.word()), ""))
}

fn show(practice: &Practice, output: &Output) {
    let yes = |on| if on { "yes" } else { "no" }.to_owned();
    let days = |count: i64, one, many| counted(count.unsigned_abs(), one, many);
    let mut rows = vec![
        vec!["Quiet period".to_owned(), days(practice.quiet_days, "day", "days")],
        vec!["Review due within".to_owned(), days(practice.review_days, "working day", "working days")],
        vec!["Quorum".to_owned(), days(practice.quorum, "member", "members")],
        vec!["Desktops in one night".to_owned(), practice.desktops_per_night.to_string()],
        vec!["Severe duties may be waived".to_owned(), yes(practice.severe_waivers)],
        vec!["Cyber Essentials".to_owned(), yes(practice.cyber_essentials)],
        vec!["Roles folded into three hats".to_owned(), yes(practice.hats)],
    ];
    for cap in &practice.waiver_caps {
        let renewed = if cap.renewals == 0 {
            "never renewed".to_owned()
        } else {
            format!("renewed {}", days(cap.renewals, "time", "times"))
        };
        let runs = days(cap.days, "day", "days");
        let text = format!("{runs}, {renewed}, accepted by {}", cap.approvers.join(" and "));
        rows.push(vec![format!("Waiver of {} risk", cap.rank.word()), text]);
    }
    let cap = |cap: &WaiverCap| json!({ "rank": cap.rank.word(), "days": cap.days, "renewals": cap.renewals, "approvers": cap.approvers });
    let caps: Vec<Value> = practice.waiver_caps.iter().map(cap).collect();
    let value = json!({
        "hats": practice.hats, "quiet_days": practice.quiet_days, "review_days": practice.review_days,
        "quorum": practice.quorum, "desktops_per_night": practice.desktops_per_night,
        "severe_waivers": practice.severe_waivers, "cyber_essentials": practice.cyber_essentials,
        "waiver_caps": caps,
    });
    output.result(&columns(&["What", "How"], &rows), &value);
}
