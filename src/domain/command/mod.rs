//! What a person can do to the register, in the imperative.
//!
//! A command is data. [`super::decide::decide`] turns it into row changes or says what is wrong with it; the store applies
//! those blindly. Window and console speak the same commands.

mod calendar;
mod change;
mod people;
mod promise;
mod risk;
mod run;

use super::asset::{Asset, AssetId};
use super::attestation::AttestationId;
use super::batch::{Batch, Observation, Report};
use super::deadline::{DeadlineRule, DeadlineRuleId};
use super::group::{Group, GroupId};
use super::person::{Person, PersonId};
use super::rating::Rank;
use super::row::RowChange;
use super::shop::Shop;
use super::source::SourceAssetId;
use super::standing::Standing;
use super::update::{DeclineReason, UpdateId};

pub use calendar::{CalendarCommand, CycleCommand, EmergencyCommand};
pub use change::{
    ApprovalCommand, ApprovalDraft, ChangeCommand, LineFound, Move, Ratification, WaiverCommand,
};
pub use people::{CommitteeCommand, RoleCommand};
pub use promise::{CaseCommand, DocumentCommand, MonthCommand, ProgrammeCommand, Told};
pub use risk::{CatalogueRows, DeadlineCommand, RiskCommand, ServicingCommand, ThreatCommand};
pub use run::{EntryDraft, RunCommand};

/// A row as a form holds it. A form never overwrites what was changed meanwhile: `base` must still be the row.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit<R> {
    /// The row as it was read; `None` for a new one, whose id is set by the decision.
    pub base: Option<R>,
    /// The row as it shall be.
    pub row: R,
}

/// One thing done to the register: one operation, one transaction, one step of undo.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Create an asset, or change one. For a new one the draft's id is ignored.
    SaveAsset(Box<AssetDraft>),
    /// Put the same dated values on several assets.
    SetStanding(StandingEdit),
    /// Create a person (`base` absent) or change one.
    SavePerson {
        /// The row as it was read; `None` for a new one.
        base: Option<Person>,
        /// The row as it shall be.
        person: Person,
    },
    /// Create a group (`base` absent) or change one.
    SaveGroup {
        /// The row as it was read; `None` for a new one.
        base: Option<Group>,
        /// The row as it shall be.
        group: Group,
    },
    /// Put the groups into this order; every group is named once.
    OrderGroups(Vec<GroupId>),
    /// Change the settings of the shop.
    SaveShop {
        /// Why; demanded where it changes what is counted once anything was imported.
        reason: String,
        /// The settings as they were read.
        base: Box<Shop>,
        /// The settings as they shall be.
        shop: Box<Shop>,
    },
    /// Put a new version of a deadline rule in force from now on.
    SaveRule {
        /// Which rule is replaced; `None` adds one.
        replaces: Option<DeadlineRuleId>,
        /// The new version; its id and its dates are set here.
        rule: DeadlineRule,
    },
    /// End a deadline rule from now on.
    EndRule(DeadlineRuleId),
    /// Override the suggested rank of an update.
    SetRank {
        /// Which update.
        update: UpdateId,
        /// The rank.
        rank: Rank,
        /// Why; demanded.
        reason: String,
    },
    /// Say why an update was declined in the source.
    SetDeclineReason {
        /// Which update.
        update: UpdateId,
        /// The reason.
        reason: DeclineReason,
    },
    /// Vouch for a pair that no source shows.
    Attest(Attest),
    /// Take an attestation back.
    VoidAttestation(AttestationId),
    /// Point a source's computer at an asset: merges two records, or parts them.
    MapSourceAsset {
        /// The computer in the source.
        source_asset: SourceAssetId,
        /// The asset it is.
        asset: AssetId,
    },
    /// Releases, closures, windows, templates.
    Calendar(CalendarCommand),
    /// Cycles and their steps.
    Cycle(CycleCommand),
    /// Emergencies.
    Emergency(EmergencyCommand),
    /// Roles and the matrix.
    Role(RoleCommand),
    /// Committee, contacts, meetings, actions.
    Committee(CommitteeCommand),
    /// Change records.
    Change(ChangeCommand),
    /// Approvals.
    Approval(ApprovalCommand),
    /// Waivers.
    Waiver(WaiverCommand),
    /// Patch nights.
    Run(RunCommand),
    /// Threat data.
    Threat(ThreatCommand),
    /// Ratings, go/no-go, conflicts, prerequisites.
    Risk(RiskCommand),
    /// Rule sets and pending changes.
    Deadline(DeadlineCommand),
    /// End of servicing.
    Servicing(ServicingCommand),
    /// Documents.
    Document(DocumentCommand),
    /// The programme's lists.
    Programme(ProgrammeCommand),
    /// The business case.
    Case(CaseCommand),
    /// Frozen months and postures.
    Month(MonthCommand),
    /// Write an import plan, as it was shown.
    Import(Box<ImportRows>),
}

/// An asset as a form holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct AssetDraft {
    /// The row as it was read; `None` for a new one.
    pub base: Option<Asset>,
    /// The row as it shall be.
    pub asset: Asset,
    /// The dated values as they shall be.
    pub standing: Standing,
    /// Why, where the asset leaves the scope.
    pub reason: String,
    /// Who approved it, where the asset leaves the scope.
    pub approved_by: String,
}

/// The same dated values for several assets; absent ones stay.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StandingEdit {
    /// Which assets.
    pub assets: Vec<AssetId>,
    /// Scope.
    pub scope: Option<bool>,
    /// Status.
    pub status: Option<super::asset::Status>,
    /// Exposure.
    pub exposure: Option<super::asset::Exposure>,
    /// Class.
    pub class: Option<super::asset::AssetClass>,
    /// Group; the inner `None` takes them out of any.
    pub group: Option<Option<GroupId>>,
    /// Owner; the inner `None` takes it away.
    pub owner: Option<Option<PersonId>>,
    /// Why, where assets leave the scope.
    pub reason: String,
    /// Who approved it, where assets leave the scope.
    pub approved_by: String,
}

/// An attestation as it is given.
#[derive(Clone, Debug, PartialEq)]
pub struct Attest {
    /// Which asset.
    pub asset: AssetId,
    /// Which update.
    pub update: UpdateId,
    /// Checked at, UTC seconds.
    pub checked_at: i64,
    /// Who checked.
    pub checked_by: String,
    /// How.
    pub how: String,
    /// Name and SHA-256 (hexadecimal) of the evidence file.
    pub evidence: Option<(String, String)>,
}

/// What an accepted import plan writes.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportRows {
    /// `Import 412 rows from states.csv`.
    pub label: String,
    /// Rows of the register that are created or changed.
    pub changes: Vec<RowChange>,
    /// The batch with its observations; `None` for files without states.
    pub batch: Option<BatchRows>,
}

/// A batch and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchRows {
    /// The batch row; the store fills in its digest.
    pub batch: Batch,
    /// Transitions, sorted by computer and update.
    pub observations: Vec<Observation>,
    /// Which computers reported, sorted by computer.
    pub reports: Vec<Report>,
}

/// What is wrong with one field of a command, in words for the person at the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The field's name in its struct; empty for the whole.
    pub field: &'static str,
    /// What is wrong and what to do.
    pub text: String,
}

/// Why a command was refused: never empty.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(|i| i.text.as_str()).collect::<Vec<_>>().join("; "))]
pub struct Issues(pub Vec<Issue>);

/// What a command does, ready to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The name in the history and behind "Undo": `Change WS-014`.
    pub label: String,
    /// The rows that change; empty when nothing differs.
    pub changes: Vec<RowChange>,
    /// The batch, for an import.
    pub batch: Option<BatchRows>,
}
