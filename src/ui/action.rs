//! What a room may ask for. A room changes nothing itself: it hands back actions, and the app carries them out after drawing.

use std::cell::Cell;
use std::path::PathBuf;
use std::sync::Arc;

use super::route::Room;
use super::widget::{TableState, Toast};
use crate::app::preferences::Theme;
use crate::app::session::Request;
use crate::app::session::look::{Job, Look};
use crate::domain::asset::AssetId;
use crate::domain::change::ChangeId;
use crate::domain::command::Command;
use crate::domain::compliance::machine::Segment;
use crate::domain::cycle::CycleId;
use crate::domain::group::GroupId;
use crate::domain::meeting::MeetingId;
use crate::domain::person::PersonId;
use crate::domain::run::RunId;
use crate::domain::update::UpdateId;
use crate::domain::waiver::request::WaiverRequestId;
use crate::import::plan::Choices;
use crate::import::{Answers, Input, ReadSet};

/// One thing a room asks for.
#[derive(Debug)]
pub enum Action {
    /// Go to a room.
    Go(Room),
    /// Open Assets on these machines: every number leads here.
    ShowAssets(AssetFilter),
    /// Open one asset.
    OpenAsset(AssetId),
    /// Open one update.
    OpenUpdate(UpdateId),
    /// Open a cycle in Calendar.
    OpenCycle(CycleId),
    /// Open the preview of the next cycle in Calendar.
    BeginCycle,
    /// Open the checks of the schedule in Calendar.
    OpenSchedule,
    /// Open a change record in Changes.
    OpenChange(ChangeId),
    /// Open a waiver request in Changes.
    OpenWaiver(WaiverRequestId),
    /// Begin a waiver of these updates on these assets, in Changes.
    AskWaiver {
        /// The assets.
        assets: Vec<AssetId>,
        /// The updates; none where they are chosen there.
        updates: Vec<UpdateId>,
    },
    /// Open a run in Patch night.
    OpenRun(RunId),
    /// Open the open actions in Programme.
    OpenActions,
    /// Open a meeting in Programme.
    OpenMeeting(MeetingId),
    /// Ask the engine for something; the answer comes as a notice.
    Send(Request),
    /// Do something to the register. Take the ticket from [`Tickets::take`] to recognise the answer.
    Run {
        /// Comes back with the answer.
        ticket: u64,
        /// What to do.
        command: Box<Command>,
    },
    /// Read files and plan them; the answer is `Notice::Planned`.
    ReadFiles {
        /// What to read.
        inputs: Vec<Input>,
        /// The answers so far.
        answers: Box<Answers>,
        /// The choices so far.
        choices: Box<Choices>,
    },
    /// Plan again what was read, after a choice.
    PlanAgain {
        /// What was read.
        read: Arc<ReadSet>,
        /// The choices so far.
        choices: Box<Choices>,
    },
    /// Open a register for writing.
    Open(PathBuf),
    /// Let a person name a file or folder; the answer goes to where the purpose says.
    Pick(Purpose),
    /// Start an import of these, in the Import room.
    Import(Vec<Input>),
    /// Write a text to a place the person names.
    SaveText {
        /// The name proposed.
        name: String,
        /// The text.
        text: String,
    },
    /// Say something at the bottom right.
    Toast(Toast<Verb>),
    /// Put a text on the clipboard.
    Copy(String),
    /// Open the dialog for printing.
    Print,
    /// Ask where a paper goes, then print it.
    PrintPaper(crate::app::paper::Paper),
    /// Work out something about months, beside the window.
    Look(Look),
    /// Do this beside the window; whoever asked has kept the other end of it.
    Work(Job),
    /// Open the dialog for printing the compliance report as of the end of this day.
    PrintReportOf(chrono::NaiveDate),
    /// Take back the last step.
    Undo,
    /// Bring back the last step taken back.
    Redo,
    /// Stop the job that runs.
    CancelJob,
    /// Keep the columns and order of a table.
    KeepTable {
        /// Its name.
        name: &'static str,
        /// Its state.
        state: TableState,
    },
    /// Keep a value of a room among the preferences. No part of it may be null: TOML has no word for that.
    Keep {
        /// Its name.
        name: &'static str,
        /// The value.
        value: serde_json::Value,
    },
    /// Another look.
    SetTheme(Theme),
    /// Everything larger or smaller; 1.0 as made.
    SetZoom(f32),
    /// Another person is at work.
    SetActor(String),
    /// Open a file or folder with the system's own program.
    OpenPath(PathBuf),
    /// Close the register and go to Welcome.
    CloseFile,
    /// Leave the program; asks first if a form holds unsaved text.
    Quit,
}

/// What a toast offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Take back the last step.
    Undo,
    /// Open a file or folder with the system's own program.
    Open(PathBuf),
    /// Go to a room.
    Go(Room),
}

/// Which machines Assets shows. Every part that is set narrows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssetFilter {
    /// What is shown, in words, where `only` is set: "Not seen since a release".
    pub title: String,
    /// Machines in this segment.
    pub segment: Option<Segment>,
    /// Machines of this group.
    pub group: Option<GroupId>,
    /// Machines of this owner.
    pub owner: Option<PersonId>,
    /// What is searched for.
    pub text: String,
    /// Exactly these, by id so that a change of the register does not move them.
    pub only: Option<Vec<AssetId>>,
}

impl AssetFilter {
    /// The machines of a segment.
    pub fn segment(segment: Segment) -> Self {
        Self { segment: Some(segment), ..Self::default() }
    }

    /// Exactly these machines, under a title.
    pub fn only(title: impl Into<String>, assets: Vec<AssetId>) -> Self {
        Self { title: title.into(), only: Some(assets), ..Self::default() }
    }
}

/// What a file or folder is named for; decides the kind of dialog and who gets the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A register to open.
    OpenRegister,
    /// Where a new register goes.
    NewRegister {
        /// The name proposed.
        name: String,
    },
    /// The folder below which the sample is made.
    SampleFolder,
    /// Files to import.
    ImportFiles,
    /// A folder whose files are imported.
    ImportFolder,
    /// Where the report goes.
    PrintTo {
        /// The name proposed.
        name: String,
    },
    /// Where a copy of the register goes.
    SaveCopy {
        /// The name proposed.
        name: String,
    },
    /// Where a text goes.
    SaveText {
        /// The name proposed.
        name: String,
        /// The text.
        text: String,
    },
    /// The shop's logo.
    Logo,
    /// The file that proves a check by hand: its name and SHA-256 go to Assets.
    Evidence,
}

/// Hands out tickets by which answers are recognised.
#[derive(Debug, Default)]
pub struct Tickets(Cell<u64>);

impl Tickets {
    /// The next ticket, never zero.
    pub fn take(&self) -> u64 {
        self.0.set(self.0.get() + 1);
        self.0.get()
    }
}

/// The script that exports from WSUS, to run on the server.
const EXPORT_SCRIPT: &str = include_str!("../../assets/scripts/Export-Patchbook.ps1");

/// Saves the script that exports from WSUS where the person wants it.
pub fn export_script() -> Action {
    Action::SaveText { name: "Export-Patchbook.ps1".to_owned(), text: EXPORT_SCRIPT.to_owned() }
}
