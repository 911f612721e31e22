//! The words of `change` and `approval`. Doc comments here are the help text.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Arguments of `change`.
#[derive(Debug, Args)]
pub struct Change {
    /// What to do
    #[command(subcommand)]
    pub action: Action,
}

/// What can be done to change records.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Write a new record
    New(New),
    /// Make a cycle's records: one for each group that owes something
    Bulk(Bulk),
    /// List records
    List(List),
    /// Show one record: fields, assets, decisions, what is missing
    Show(One),
    /// Change fields, assets or the backup of a record
    Set(Box<Set>),
    /// Submit a record for a decision
    Submit(Step),
    /// Take a submitted record back
    TakeBack(Step),
    /// Declare an emergency
    Declare(Step),
    /// Go ahead with an emergency before its approval
    GoAhead(Step),
    /// Fix the window
    Schedule(Step),
    /// Begin the work
    Start(Step),
    /// End the work
    Finish(Finish),
    /// Begin the quiet period
    Monitor(Step),
    /// Begin the review
    Review(Step),
    /// Close a record
    Close(Step),
    /// Give a record up
    Cancel(Step),
    /// Record an approval
    Approve(Decide),
    /// Record that a record was sent back
    Return(Decide),
    /// Record that a record was refused
    Reject(Decide),
    /// Change one asset of a record: ring, own window, note, seen back after its restart
    Line(Line),
    /// Accept two duties in one hand, with what takes the place of the separation
    Accept(Accept),
    /// Record a test
    Test(Test),
    /// Record what came of the assets: from the imports, or attested by hand
    Verify(Verify),
    /// Write a message about a record, as a mail draft; record that one was sent
    Notice(Notice),
    /// List the templates
    Templates(File),
    /// Write a template or change one
    Template(Template),
    /// Ratify a template: from here it makes standard changes
    Ratify(Ratify),
    /// Withdraw a template
    Revoke(Revoke),
    /// Installs without a change, and changes without an install
    Orphans(Month),
    /// Where each update of a month stands, for security
    Status(Month),
}

/// A register.
#[derive(Debug, Args)]
pub struct File {
    /// The register
    pub file: PathBuf,
}

/// A record of a register.
#[derive(Debug, Args)]
pub struct One {
    /// The register
    pub file: PathBuf,
    /// The record, such as CHG-2026-11-003
    pub number: String,
}

/// Arguments of `change new`.
#[derive(Debug, Args)]
pub struct New {
    /// The register
    pub file: PathBuf,
    /// What is changed
    #[arg(long)]
    pub title: Option<String>,
    /// standard, normal or emergency
    #[arg(long, default_value = "normal")]
    pub kind: String,
    /// A field and its value, such as impact=... or implementer=Ada; times like "2026-11-14 21:00"
    #[arg(long = "set", value_name = "FIELD=VALUE")]
    pub fields: Vec<String>,
    /// An asset that comes on
    #[arg(long = "asset", value_name = "ASSET")]
    pub assets: Vec<String>,
}

/// Arguments of `change bulk`.
#[derive(Debug, Args)]
pub struct Bulk {
    /// The register
    pub file: PathBuf,
    /// The cycle, such as 2026-11
    pub cycle: String,
}

/// Arguments of `change list`.
#[derive(Debug, Args)]
pub struct List {
    /// The register
    pub file: PathBuf,
    /// Only of this cycle
    #[arg(long)]
    pub cycle: Option<String>,
    /// Only in this state, such as submitted
    #[arg(long)]
    pub state: Option<String>,
}

/// Arguments of `change set`.
#[derive(Debug, Args)]
pub struct Set {
    /// The record
    #[command(flatten)]
    pub one: One,
    /// A field and its value; an empty value clears it
    #[arg(long = "set", value_name = "FIELD=VALUE")]
    pub fields: Vec<String>,
    /// An asset that comes on
    #[arg(long = "asset", value_name = "ASSET")]
    pub assets: Vec<String>,
    /// An asset that is taken off, and why
    #[arg(long = "remove", value_name = "ASSET=REASON")]
    pub removed: Vec<String>,
    /// The backup job that was verified
    #[arg(long, value_name = "JOB")]
    pub backup: Option<String>,
    /// Who verified the backup
    #[arg(long, value_name = "PERSON", requires = "backup")]
    pub verified_by: Option<String>,
    /// When the backup was verified; now if absent
    #[arg(long, value_name = "TIME", requires = "backup")]
    pub verified_at: Option<String>,
    /// The job report; its name and SHA-256 are kept
    #[arg(long, value_name = "FILE", requires = "backup")]
    pub backup_report: Option<PathBuf>,
    /// A restore was tried
    #[arg(long, requires = "backup")]
    pub restore_tested: bool,
}

/// Arguments of a step along the states.
#[derive(Debug, Args)]
pub struct Step {
    /// The record
    #[command(flatten)]
    pub one: One,
    /// When it happened, in the shop's zone, such as "2026-11-14 21:05"; now if absent
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// Why, where the step demands it
    #[arg(long, default_value = "")]
    pub because: String,
}

/// Arguments of `change finish`.
#[derive(Debug, Args)]
pub struct Finish {
    /// The step
    #[command(flatten)]
    pub step: Step,
    /// implemented, partly, rolled-back or failed
    #[arg(long = "as", value_name = "END", default_value = "implemented")]
    pub end: String,
}

/// How a decision was told.
#[derive(Debug, Args)]
pub struct Told {
    /// Who decided
    #[arg(long, value_name = "PERSON")]
    pub by: Option<String>,
    /// As what they decided; the person's function if absent
    #[arg(long)]
    pub function: Option<String>,
    /// in-app, mail, paper, phone or spoken
    #[arg(long)]
    pub medium: Option<String>,
    /// When they decided, in the shop's zone; now if absent
    #[arg(long, value_name = "TIME")]
    pub decided_at: Option<String>,
    /// What they said
    #[arg(long)]
    pub comment: Option<String>,
    /// A file that shows it; its name and SHA-256 are kept
    #[arg(long, value_name = "FILE", conflicts_with = "eml")]
    pub evidence: Option<PathBuf>,
    /// The mail that says it: gives approver, time, words and evidence
    #[arg(long, value_name = "FILE")]
    pub eml: Option<PathBuf>,
}

/// Arguments of `change approve`, `return` and `reject`.
#[derive(Debug, Args)]
pub struct Decide {
    /// The record
    #[command(flatten)]
    pub one: One,
    /// How it was told
    #[command(flatten)]
    pub told: Told,
}

/// Arguments of `approval`.
#[derive(Debug, Args)]
pub struct Approval {
    /// The register
    pub file: PathBuf,
    /// The record; the number in the mail's subject if absent
    #[arg(long, value_name = "NUMBER")]
    pub change: Option<String>,
    /// approve, return, reject, go-ahead or await
    #[arg(long)]
    pub decision: Option<String>,
    /// How it was told
    #[command(flatten)]
    pub told: Told,
    /// Void the newest decision on the record, for this reason
    #[arg(long, value_name = "REASON", conflicts_with = "decision")]
    pub void: Option<String>,
}

/// Arguments of `change line`.
#[derive(Debug, Args)]
pub struct Line {
    /// The record
    #[command(flatten)]
    pub one: One,
    /// The asset
    pub asset: String,
    /// Which ring it goes in; 1 goes first
    #[arg(long)]
    pub ring: Option<i64>,
    /// Its own begin, in the shop's zone; empty for the record's
    #[arg(long, value_name = "TIME")]
    pub window_from: Option<String>,
    /// Its own end, in the shop's zone; empty for the record's
    #[arg(long, value_name = "TIME")]
    pub window_until: Option<String>,
    /// What is special about it
    #[arg(long)]
    pub note: Option<String>,
    /// Who saw it back after its restart
    #[arg(long, value_name = "NAME")]
    pub seen_by: Option<String>,
    /// When it was seen back, in the shop's zone; now if absent
    #[arg(long, value_name = "TIME", requires = "seen_by")]
    pub seen_at: Option<String>,
}

/// Arguments of `change accept`.
#[derive(Debug, Args)]
pub struct Accept {
    /// The record
    #[command(flatten)]
    pub one: One,
    /// Which separation is missing, such as approver-requester; `change show` names it
    #[arg(long)]
    pub rule: String,
    /// In whose hand
    #[arg(long)]
    pub person: String,
    /// Who accepts it
    #[arg(long, value_name = "NAME")]
    pub by: String,
    /// What takes the place of the separation
    #[arg(long)]
    pub instead: String,
}

/// Arguments of `change template`.
#[derive(Debug, Args)]
pub struct Template {
    /// The register
    pub file: PathBuf,
    /// The template's name
    pub name: String,
    /// standard or normal; normal for a new one
    #[arg(long)]
    pub kind: Option<String>,
    /// Length of the window it proposes, in minutes
    #[arg(long, value_name = "MINUTES")]
    pub window: Option<i64>,
    /// A field of the plan and its value
    #[arg(long = "set", value_name = "FIELD=VALUE")]
    pub fields: Vec<String>,
}

/// Arguments of `change test`.
#[derive(Debug, Args)]
pub struct Test {
    /// The record
    #[command(flatten)]
    pub one: One,
    /// What was tried
    #[arg(long)]
    pub case: String,
    /// passed or failed
    #[arg(long)]
    pub verdict: String,
    /// Who ran it
    #[arg(long, value_name = "PERSON")]
    pub by: String,
    /// before, smoke, integrity or acceptance
    #[arg(long, default_value = "before")]
    pub stage: String,
    /// Which asset of the record; the whole if absent
    #[arg(long)]
    pub asset: Option<String>,
    /// What should come of it
    #[arg(long, default_value = "")]
    pub expected: String,
    /// What came of it
    #[arg(long, default_value = "")]
    pub found: String,
    /// When it was run, in the shop's zone; now if absent
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// A file that shows it
    #[arg(long, value_name = "FILE")]
    pub evidence: Option<PathBuf>,
}

/// Arguments of `change verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The record
    #[command(flatten)]
    pub one: One,
    /// Attest by hand: the asset and what came of it, such as SRV-1=done; without it the imports are asked
    #[arg(long = "line", value_name = "ASSET=RESULT", requires = "by")]
    pub lines: Vec<String>,
    /// Who looked
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Show what the imports say and record nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Arguments of `change notice`.
#[derive(Debug, Args)]
pub struct Notice {
    /// The record
    #[command(flatten)]
    pub one: One,
    /// upcoming, schedule, announcement, begins, ends, issue, summary or emergency
    pub kind: String,
    /// The mail draft to write; never overwritten
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Record that the newest message of this kind was sent
    #[arg(long, conflicts_with = "output")]
    pub sent: bool,
    /// When it was sent, in the shop's zone; now if absent
    #[arg(long, value_name = "TIME", requires = "sent")]
    pub at: Option<String>,
}

/// Arguments of `change ratify`.
#[derive(Debug, Args)]
pub struct Ratify {
    /// The register
    pub file: PathBuf,
    /// The template's name
    pub template: String,
    /// Who ratified it
    #[arg(long, value_name = "PERSON")]
    pub by: String,
    /// As what
    #[arg(long)]
    pub function: String,
    /// Last day on which it may be used, at most a year ahead
    #[arg(long, value_name = "DATE")]
    pub expires: String,
    /// When, in the shop's zone; now if absent
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// A file that shows it
    #[arg(long, value_name = "FILE")]
    pub evidence: Option<PathBuf>,
}

/// Arguments of `change revoke`.
#[derive(Debug, Args)]
pub struct Revoke {
    /// The register
    pub file: PathBuf,
    /// The template's name
    pub template: String,
    /// Why
    #[arg(long)]
    pub because: String,
}

/// A month of a register.
#[derive(Debug, Args)]
pub struct Month {
    /// The register
    pub file: PathBuf,
    /// The month, such as 2026-11; the reference month if absent
    #[arg(long)]
    pub month: Option<String>,
}
