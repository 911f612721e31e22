//! The words of `cycle`. Doc comments here are the help text.

use std::path::PathBuf;

use clap::Subcommand;

/// What can be done with a cycle.
#[derive(Debug, Subcommand)]
pub enum CycleAction {
    /// Show the steps a month would have, or begin it with --apply
    Plan(Plan),
    /// Begin a catch-up campaign
    Campaign(Campaign),
    /// Show where a cycle stands: this month's if none is named
    Show(Show),
    /// Say that a step was done
    Done(Done),
    /// Leave a step out, with a reason
    Skip(Skip),
    /// Open a step again
    Reopen(StepArgs),
    /// Close a cycle whose steps are all settled
    Close(Close),
    /// Give a cycle up, with a reason
    Cancel(Cancel),
}

/// Arguments of `cycle plan`.
#[derive(Debug, clap::Args)]
pub struct Plan {
    /// The register
    pub file: PathBuf,
    /// The month, such as 2026-12
    pub month: String,
    /// Template, by its name; the first one for months if absent
    #[arg(long, value_name = "NAME")]
    pub template: Option<String>,
    /// Begin the cycle
    #[arg(long)]
    pub apply: bool,
}

/// Arguments of `cycle campaign`.
#[derive(Debug, clap::Args)]
pub struct Campaign {
    /// The register
    pub file: PathBuf,
    /// What people call it, such as Catch-up 2026
    pub name: String,
    /// Why it is begun
    #[arg(long)]
    pub reason: String,
    /// Day 0 and time in the shop's zone, such as 2026-12-01T09:00
    #[arg(long, value_name = "TIME")]
    pub from: String,
    /// Template, by its name; the first one for campaigns if absent
    #[arg(long, value_name = "NAME")]
    pub template: Option<String>,
}

/// Arguments of `cycle show`.
#[derive(Debug, clap::Args)]
pub struct Show {
    /// The register
    pub file: PathBuf,
    /// The cycle's name
    pub cycle: Option<String>,
}

/// Which step of which cycle.
#[derive(Debug, clap::Args)]
pub struct StepArgs {
    /// The register
    pub file: PathBuf,
    /// The step's number as `cycle show` prints it, or a part of its title that no other step has
    pub step: String,
    /// The cycle's name; this month's if absent
    #[arg(long, value_name = "NAME")]
    pub cycle: Option<String>,
}

/// Arguments of `cycle done`.
#[derive(Debug, clap::Args)]
pub struct Done {
    /// Which step
    #[command(flatten)]
    pub step: StepArgs,
    /// When it was done, in the shop's zone, such as 2026-12-11T21:30; now if absent
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// Who did it; you if absent
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// Arguments of `cycle skip`.
#[derive(Debug, clap::Args)]
pub struct Skip {
    /// Which step
    #[command(flatten)]
    pub step: StepArgs,
    /// Why it is left out
    #[arg(long)]
    pub because: String,
}

/// Arguments of `cycle close`.
#[derive(Debug, clap::Args)]
pub struct Close {
    /// The register
    pub file: PathBuf,
    /// The cycle's name
    pub cycle: String,
}

/// Arguments of `cycle cancel`.
#[derive(Debug, clap::Args)]
pub struct Cancel {
    /// The register
    pub file: PathBuf,
    /// The cycle's name
    pub cycle: String,
    /// Why it is given up
    #[arg(long)]
    pub because: String,
}
