//! The words of the console. Doc comments here are the help text.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use super::calendar::{CalendarAction, ForecastArgs, Lint};
use super::cycle::CycleAction;
use super::document::DocumentAction;
use super::month::{MonthAction, PostureAction};
use super::people::action::ActionAction;
use super::people::committee::CommitteeAction;
use super::people::matrix::Matrix;
use super::people::meeting::MeetingAction;
use super::people::person::PersonAction;
use super::people::practice::PracticeAction;
use super::people::role::RoleAction;
use super::programme::ProgrammeAction;
use super::risk::domain::DomainAction;
use super::risk::gate::GateAction;
use super::risk::tie::{ConflictAction, PrerequisiteAction};
use super::risk::update::UpdateAction;
use super::servicing::SupportAction;
use super::threat::ThreatAction;
use super::waiver::WaiverAction;

/// The book of record for patching, on the console
#[derive(Debug, Parser)]
#[command(name = "patchbook-cli", version, max_term_width = 100)]
pub struct Args {
    /// Print one JSON document instead of text
    #[arg(long, global = true)]
    pub json: bool,
    /// Who is at work; goes into the history, is not authenticated
    #[arg(long, global = true, value_name = "NAME")]
    pub actor: Option<String>,
    /// What to do
    #[command(subcommand)]
    pub action: Action,
}

/// What the console can do.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Make a new register
    New(New),
    /// Import export files; a folder stands for the files in it
    Import(Box<Import>),
    /// List the assets with their segment
    Assets(Assets),
    /// Print the compliance figures
    Compliance(Compliance),
    /// Print the monthly compliance report as PDF
    Report(Report),
    /// Print a paper of the month as PDF: calendar, change, waiver, minutes and others
    Print(super::paper::Print),
    /// Change records: write, decide, carry out, verify, close
    Change(Box<super::change::args::Change>),
    /// Record a decision on a change record, most often from a mail
    Approval(Box<super::change::args::Approval>),
    /// See releases, windows, freezes and steps; write them for calendar programs
    #[command(subcommand)]
    Calendar(CalendarAction),
    /// Plan a month, see where it stands, say what was done
    #[command(subcommand)]
    Cycle(CycleAction),
    /// Lead a patch night: plan, begin, steps, log, end, summary
    #[command(subcommand)]
    Night(super::night::args::Night),
    /// Lead an emergency, or a drill of one
    #[command(subcommand)]
    Emergency(super::night::args::Emergency),
    /// Look for what is wrong with the schedule
    Lint(Lint),
    /// Look 24 months ahead: will the calendar meet the deadlines
    Forecast(ForecastArgs),
    /// The people the register names
    #[command(subcommand)]
    Person(PersonAction),
    /// Roles: who holds them, hand-overs, leaving, the three hats
    #[command(subcommand)]
    Role(RoleAction),
    /// The roles matrix: show it, check it, set a mark, accept a conflict
    Matrix(Box<Matrix>),
    /// How the shop works: quiet days, quorum, how long a waiver may run
    #[command(subcommand)]
    Practice(PracticeAction),
    /// The committee, the distribution list and where to call
    #[command(subcommand)]
    Committee(CommitteeAction),
    /// Meetings and reviews: agenda, who came, decisions, minutes
    #[command(subcommand)]
    Meeting(MeetingAction),
    /// Action items, carried forward until they are done
    #[command(subcommand)]
    #[command(name = "action")]
    Item(ActionAction),
    /// The programme's lists: steps, controls, tools, laws, training, breaches, stakeholders and others
    #[command(subcommand)]
    Programme(Box<ProgrammeAction>),
    /// End of servicing: what ends when, rows of one's own, proof of extended support, a newer table
    #[command(subcommand)]
    Support(SupportAction),
    /// Threat data: load files, list them, show a vulnerability or an article
    #[command(subcommand)]
    Threat(ThreatAction),
    /// Documents: policy, procedure and their companions, from draft to ratified
    #[command(subcommand)]
    Document(DocumentAction),
    /// Updates: list them with their rank and reasons, rate one, confirm suggested ranks
    #[command(subcommand)]
    Update(UpdateAction),
    /// Technology domains: who decides, when silence means go
    #[command(subcommand)]
    Domain(DomainAction),
    /// Go or no-go: where updates stand, record a decision, take one back
    #[command(subcommand)]
    Gate(GateAction),
    /// Known conflicts, remembered for the next month
    #[command(subcommand)]
    Conflict(ConflictAction),
    /// What updates need, and whether it comes first
    #[command(subcommand)]
    Prerequisite(PrerequisiteAction),
    /// Deadlines: the own table, rule sets of others, what waits for the policy, why something is due
    #[command(subcommand)]
    Deadline(super::deadline::DeadlineAction),
    /// Business cases: what a promise costs and saves, and whether it is held for reasonable
    #[command(subcommand)]
    Case(super::case::CaseAction),
    /// Waivers: request, list, show, decide, renew, revoke
    #[command(subcommand)]
    Waiver(WaiverAction),
    /// Months: the list before the seal, seals, restatements, signatures, comparisons
    #[command(subcommand)]
    Month(MonthAction),
    /// Postures: take one, show them, compare them
    #[command(subcommand)]
    Posture(PostureAction),
    /// Check history, rows and observations of a register
    Verify(Verify),
    /// Rebuild a damaged register from its history into a new file
    Rebuild(Rebuild),
    /// Take back the last operation, or one by its number
    Undo(Undo),
    /// Write a verified copy
    Backup(Backup),
    /// Write the register as CSV files into a new folder
    Export(Export),
    /// List what was done
    History(History),
}

/// Arguments of `new`.
#[derive(Debug, clap::Args)]
pub struct New {
    /// The file to make; never overwritten
    pub file: PathBuf,
    /// Name of the shop, printed on every page
    #[arg(long)]
    pub name: String,
    /// Time zone of the shop, such as Europe/Berlin
    #[arg(long, default_value = "UTC")]
    pub zone: String,
}

/// Arguments of `import`.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// The register
    pub file: PathBuf,
    /// Files or folders to import as one set
    #[arg(required = true)]
    pub inputs: Vec<PathBuf>,
    /// Show what would happen and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Name of the server where the files do not say
    #[arg(long, value_name = "NAME", default_value = "")]
    pub source: String,
    /// What the states list: all-but-not-applicable, all, needed-only or some
    #[arg(long)]
    pub scope: Option<String>,
    /// day-first or month-first
    #[arg(long)]
    pub date_order: Option<String>,
    /// Minutes the source's clock is ahead of UTC
    #[arg(long, value_name = "MINUTES", allow_hyphen_values = true)]
    pub zone_offset: Option<i32>,
    /// Meaning of a state word: WORD=installed, or WORD=skip
    #[arg(long, value_name = "WORD=STATE")]
    pub state: Vec<String>,
    /// The state each row stands for, in a file that names none
    #[arg(long, value_name = "STATE")]
    pub every_state: Option<String>,
    /// Which update a file is about: FILE=KB5036892
    #[arg(long, value_name = "FILE=KB")]
    pub update_of_file: Vec<String>,
    /// Which column means what: computer=Host, kb=Article, state=Status, ...
    #[arg(long, value_name = "ROLE=HEADER")]
    pub column: Vec<String>,
    /// Add this computer although the plan would leave it out
    #[arg(long, value_name = "NAME")]
    pub take: Vec<String>,
    /// Leave this computer out
    #[arg(long, value_name = "NAME")]
    pub leave_out: Vec<String>,
    /// This computer is that asset
    #[arg(long, value_name = "NAME=ASSET")]
    pub take_as: Vec<String>,
}

/// Arguments of `assets`.
#[derive(Debug, clap::Args)]
pub struct Assets {
    /// The register
    pub file: PathBuf,
    /// Only assets whose name, function, owner, site or system holds this text
    #[arg(long, default_value = "")]
    pub search: String,
    /// Only one segment: overdue, unsupported, unknown, waived, in-time, up-to-date, out-of-scope
    #[arg(long)]
    pub segment: Option<String>,
}

/// Arguments of `compliance`.
#[derive(Debug, clap::Args)]
pub struct Compliance {
    /// The register
    pub file: PathBuf,
    /// As of this day (end of day in the shop's zone), such as 2026-10-31
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Cut by group, rank, site, owner, class or exposure
    #[arg(long, value_name = "CUT")]
    pub by: Option<String>,
    /// List the open pairs of one asset
    #[arg(long, value_name = "ASSET")]
    pub open: Option<String>,
}

/// Arguments of `report`.
#[derive(Debug, clap::Args)]
pub struct Report {
    /// The register
    pub file: PathBuf,
    /// The PDF to write
    pub output: PathBuf,
    /// As of this day (end of day in the shop's zone), such as 2026-10-31
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Replace the PDF if it exists
    #[arg(long)]
    pub overwrite: bool,
}

/// Arguments of `verify`.
#[derive(Debug, clap::Args)]
pub struct Verify {
    /// The register
    pub file: PathBuf,
    /// A head printed on paper: ENTRY:HASH, at least eight digits of the hash
    #[arg(long, value_name = "ENTRY:HASH")]
    pub head: Option<String>,
}

/// Arguments of `rebuild`.
#[derive(Debug, clap::Args)]
pub struct Rebuild {
    /// The damaged register; stays as it is
    pub file: PathBuf,
    /// The new file; never overwritten
    pub new: PathBuf,
}

/// Arguments of `undo`.
#[derive(Debug, clap::Args)]
pub struct Undo {
    /// The register
    pub file: PathBuf,
    /// The operation's number as `history` shows it; the last one if absent
    pub operation: Option<i64>,
    /// Bring back what was undone last
    #[arg(long, conflicts_with = "operation")]
    pub redo: bool,
}

/// Arguments of `backup`.
#[derive(Debug, clap::Args)]
pub struct Backup {
    /// The register
    pub file: PathBuf,
    /// The folder for backups; your own backup folder if absent
    pub folder: Option<PathBuf>,
}

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// The register
    pub file: PathBuf,
    /// The folder to make; never overwritten
    pub folder: PathBuf,
}

/// Arguments of `history`.
#[derive(Debug, clap::Args)]
pub struct History {
    /// The register
    pub file: PathBuf,
    /// At most so many operations, newest first; 0 for all
    #[arg(long, default_value_t = 20)]
    pub limit: usize,
    /// The entries of one operation, by its number
    #[arg(long, value_name = "NUMBER")]
    pub operation: Option<i64>,
}
