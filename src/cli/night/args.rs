//! The arguments of `night` and `emergency`.

use std::path::PathBuf;

use clap::Subcommand;

/// The register, and which night of it.
#[derive(Debug, clap::Args)]
pub struct Which {
    /// The register
    pub file: PathBuf,
    /// The night's date, such as 2026-12-11; the one under way if absent, else the next one, else the last one
    #[arg(long, value_name = "DATE")]
    pub night: Option<String>,
}

/// What can be done with a patch night.
#[derive(Debug, Subcommand)]
pub enum Night {
    /// Copy a runbook into a night
    Plan {
        /// The register
        file: PathBuf,
        /// The evening's date, such as 2026-12-11
        #[arg(long, value_name = "DATE")]
        on: String,
        /// Name of the runbook; the only one if absent
        #[arg(long, value_name = "NAME")]
        runbook: Option<String>,
        /// Name of the cycle, such as 2026-12
        #[arg(long, value_name = "NAME")]
        cycle: Option<String>,
        /// A rehearsal, outside every figure
        #[arg(long)]
        drill: bool,
    },
    /// Show a night: steps, drift, log
    Show(Which),
    /// The night begins
    Begin(Which),
    /// A step begins, ends or is left out
    Step {
        /// Which night
        #[command(flatten)]
        which: Which,
        /// Number of the step, as `night show` counts them
        number: usize,
        /// begin, end or skip
        what: String,
        /// When, such as 22:14; now if absent
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        /// Why it is left out
        #[arg(long, default_value = "")]
        because: String,
    },
    /// Write a line into the log
    Log {
        /// Which night
        #[command(flatten)]
        which: Which,
        /// begin, end, issue, decision, note, hand-over or back-out
        kind: String,
        /// What happened
        text: String,
        /// When, such as 22:14; now if absent
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        /// Who takes over, for a hand-over
        #[arg(long, default_value = "")]
        receiver: String,
    },
    /// Read notes typed on a phone, one line each: 2214 DC1 back
    Paste {
        /// Which night
        #[command(flatten)]
        which: Which,
        /// The text file with the notes
        notes: PathBuf,
        /// Show how each line is understood and write nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// The night ends; its summary is drafted
    End(Which),
    /// Print the summary, or write it
    Summary {
        /// Which night
        #[command(flatten)]
        which: Which,
        /// The text to put in its place
        #[arg(long)]
        text: Option<String>,
    },
    /// Accept the summary: from here the night is locked
    Accept {
        /// Which night
        #[command(flatten)]
        which: Which,
        /// Who accepts it
        #[arg(long, value_name = "NAME")]
        by: String,
    },
}

/// What can be done in an emergency.
#[derive(Debug, Subcommand)]
pub enum Emergency {
    /// Start the clock: makes the steps, the number and one change record
    Declare {
        /// The register
        file: PathBuf,
        /// What it is about
        #[arg(long)]
        reason: String,
        /// Who declares it
        #[arg(long, value_name = "NAME")]
        by: String,
        /// An update it is about, such as KB5036892; repeat for several
        #[arg(long, value_name = "KB")]
        update: Vec<String>,
        /// A rehearsal, outside every figure
        #[arg(long)]
        drill: bool,
    },
    /// Show an emergency: clock, steps, decision, measures
    Show {
        /// The register
        file: PathBuf,
        /// Its number, such as EMG-2026-001; the newest if absent
        name: Option<String>,
    },
    /// Record what the officer decided
    Decide {
        /// The register
        file: PathBuf,
        /// Its number, such as EMG-2026-001; the newest if absent
        name: Option<String>,
        /// go-ahead, await, approve or reject
        #[arg(long)]
        decision: String,
        /// Who decided; a person of the register
        #[arg(long, value_name = "NAME")]
        person: String,
        /// As what
        #[arg(long, default_value = "Information security officer")]
        function: String,
        /// in-app, mail, paper, phone or spoken
        #[arg(long, default_value = "phone")]
        medium: String,
        /// Why
        #[arg(long, default_value = "")]
        comment: String,
    },
    /// Add an interim measure, or take one back
    Measure {
        /// The register
        file: PathBuf,
        /// Its number, such as EMG-2026-001; the newest if absent
        name: Option<String>,
        /// What is blocked, disabled or isolated
        #[arg(long, default_value = "")]
        what: String,
        /// How it is taken back
        #[arg(long, default_value = "")]
        undo: String,
        /// When it is looked at again, such as 2026-12-14
        #[arg(long, value_name = "DATE")]
        review: Option<String>,
        /// Take back the measure with these words
        #[arg(long, value_name = "WHAT", conflicts_with_all = ["what", "undo", "review"])]
        remove: Option<String>,
        /// Why it is taken back
        #[arg(long, default_value = "")]
        because: String,
    },
}
