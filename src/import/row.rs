//! The source-neutral rows every reader delivers, and what can be wrong with one.
//!
//! Owns the shapes only. Nothing here knows a file format, a register or a clock; matching these rows against the
//! register is the plan's work. All instants are UTC seconds since 1970.

use serde::{Deserialize, Serialize};

pub use crate::domain::pair::State;

use super::scope::FileScope;

/// What the server's administrator decided about an update, as far as the row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Approval {
    /// The source does not say.
    #[default]
    Unsaid = 0,
    /// Approved for installation.
    Install = 1,
    /// Approved for removal.
    Uninstall = 2,
    /// Not approved.
    NotApproved = 3,
    /// Declined.
    Declined = 4,
}

/// How a source names a computer or an update: the identity observations hang on.
///
/// As text it is `id:<guid>` (WSUS), `ad:<guid>` (the directory) or `name:<folded name>`, and for updates without a GUID
/// `kb:<digits>|<title>`, `kb:<digits>` or `title:<title>`. Two rows with the same text are the same thing to that source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct SourceKey(pub String);

/// One computer as one source describes it. Every field but the key may be empty: a blank never erases anything.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ComputerRow {
    /// The source's own identity for it.
    pub key: SourceKey,
    /// Only its GUID is known: a state row named it, no file of this import describes it.
    pub placeholder: bool,
    /// `ComputerTargetId` of WSUS (or `ObjectGUID` of the directory), lower case, without braces.
    pub source_id: String,
    /// Which family of identifiers `source_id` belongs to.
    pub id_space: IdSpace,
    /// The name as the source writes it, trimmed.
    pub name: String,
    /// The full domain name in lower case, where the name has a domain part.
    pub fqdn: String,
    /// The name before the first dot, in lower case, without a trailing `$`.
    pub short_name: String,
    /// A `?` stands for a letter the export lost; `short_name` is then a pattern, not a name.
    pub name_damaged: bool,
    /// IP address as text; never the "none" address.
    pub ip: String,
    /// Maker of the hardware.
    pub make: String,
    /// Model of the hardware.
    pub model: String,
    /// Operating system in words.
    pub os: String,
    /// Operating system version, dotted (`10.0.19045.4291`) or as the directory writes it (`10.0 (19045)`).
    pub os_version: String,
    /// Processor architecture (`AMD64`, `ARM64`, `x86`).
    pub architecture: String,
    /// `Workstation` or `Server` where the source says so.
    pub role: String,
    /// Version of the Windows Update Agent.
    pub client_version: String,
    /// Groups it is in, on that server.
    pub groups: Vec<String>,
    /// Last contact with the server. No evidence of any patch state.
    pub last_sync_at: Option<i64>,
    /// Last status report: the time its states were true.
    pub last_status_at: Option<i64>,
    /// Last logon to the directory.
    pub last_logon_at: Option<i64>,
    /// Security identifier of the directory.
    pub sid: String,
    /// Whether the directory account is enabled.
    pub enabled: Option<bool>,
    /// Distinguished name in the directory.
    pub distinguished_name: String,
    /// The downstream server it reports to, where it is not the exporting one.
    pub parent_server: String,
    /// Serial number of the hardware.
    pub serial: String,
    /// Free text of the source.
    pub description: String,
    /// Place, as the source writes it.
    pub location: String,
    /// Who manages it, as the source writes it.
    pub managed_by: String,
    /// Where the row stands: index into [`super::ReadSet::files`].
    pub file: u16,
    /// Line the row starts on, 1 for the first; 0 for a placeholder.
    pub line: u32,
}

/// Which family of identifiers a computer's `source_id` belongs to; ids of different families never match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdSpace {
    /// No identifier, only a name.
    #[default]
    None,
    /// `ComputerTargetId` of a WSUS server.
    Wsus,
    /// `ObjectGUID` of Active Directory.
    Directory,
}

/// One update as one source describes it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct UpdateRow {
    /// The source's own identity for it.
    pub key: SourceKey,
    /// Only its GUID is known: a state row named it, no file of this import describes it.
    pub placeholder: bool,
    /// `UpdateId`, lower case, without braces; empty where the source has none.
    pub source_id: String,
    /// Revision number of the update.
    pub revision: Option<u32>,
    /// KB numbers, digits only, in the order given, each once.
    pub kbs: Vec<String>,
    /// Title as the source writes it.
    pub title: String,
    /// Severity word of the vendor (`Critical`, `Important`, ...), empty for `Unspecified`.
    pub severity: String,
    /// Classification in words, possibly in the server's language.
    pub classification: String,
    /// Products it is for.
    pub products: Vec<String>,
    /// When the vendor published it.
    pub created_at: Option<i64>,
    /// When it arrived on the server.
    pub arrived_at: Option<i64>,
    /// Approved for any group.
    pub approved: Option<bool>,
    /// Declined.
    pub declined: Option<bool>,
    /// Superseded by another update.
    pub superseded: Option<bool>,
    /// Expired by the vendor.
    pub expired: Option<bool>,
    /// Where the row stands: index into [`super::ReadSet::files`].
    pub file: u16,
    /// Line the row starts on, 1 for the first; 0 for a placeholder.
    pub line: u32,
}

/// One state of one update on one computer, 32 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateRow {
    /// Index into [`super::ReadSet::computers`].
    pub computer: u32,
    /// Index into [`super::ReadSet::updates`].
    pub update: u32,
    /// Line the row starts on, 1 for the first.
    pub line: u32,
    /// Index into [`super::ReadSet::files`].
    pub file: u16,
    /// The state.
    pub state: State,
    /// The decision of the server's administrator for this computer's group.
    pub approval: Approval,
    pub(super) reported: i64,
    pub(super) installed: i64,
}

/// Stands for "no time" inside a [`StateRow`].
pub(super) const NO_TIME: i64 = i64::MIN;

impl StateRow {
    /// When the computer reported this state, if the row itself says so.
    /// [`super::ReadSet::reported_at`] falls back on the computer's last status report.
    pub fn reported_at(&self) -> Option<i64> {
        (self.reported != NO_TIME).then_some(self.reported)
    }

    /// When the update was installed, if the source says so.
    pub fn installed_at(&self) -> Option<i64> {
        (self.installed != NO_TIME).then_some(self.installed)
    }
}

/// One edge of supersedence: `newer` replaces `older`. Both index [`super::ReadSet::updates`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SupersedesRow {
    /// The replacing update.
    pub newer: u32,
    /// The replaced update.
    pub older: u32,
}

/// One product or classification a server subscribes to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SubscriptionRow {
    /// Product or classification.
    pub kind: SubscriptionKind,
    /// Its title on the server.
    pub title: String,
}

/// What a subscription is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubscriptionKind {
    /// A product.
    Product,
    /// A classification of updates.
    Classification,
}

/// What our own export script says about its set of files.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the script that wrote the set.
    pub script_version: String,
    /// Name of the WSUS server.
    pub server: String,
    /// Culture of the exporting session (`en-US`).
    pub culture: String,
    /// When the export began.
    pub started_at: Option<i64>,
    /// When the export ended; none if it never did.
    pub finished_at: Option<i64>,
    /// What the states file lists.
    pub scope: FileScope,
    /// Whether every computer could be asked.
    pub complete: bool,
    /// Rows written per file name, in lower case.
    pub counts: Vec<(String, u64)>,
    /// Last synchronisation of the server with its source.
    pub last_sync_at: Option<i64>,
    /// Its result in the server's words (`Succeeded`).
    pub last_sync_result: String,
    /// Subscribed products and classifications.
    pub subscriptions: Vec<SubscriptionRow>,
}

/// What is wrong with one row; the row was left out unless the kind says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IssueKind {
    /// More or fewer fields than the header names.
    Ragged,
    /// The row names no computer.
    NoComputer,
    /// The row names no update.
    NoUpdate,
    /// The row's state is empty.
    NoState,
    /// A state word nobody has explained yet.
    UnknownState,
    /// NUL bytes in the row.
    Nul,
    /// A date that fits no format; the row is kept without it.
    BadDate,
    /// A `?` where the export lost a letter of the computer's name; the row is kept.
    DamagedName,
    /// A cell that holds the name of a .NET type instead of its value; the row is kept without it.
    NestedValueLost,
    /// The same computer and update twice with different states; both rows are kept.
    Contradiction,
    /// Counts in the manifest that the files do not bear out; the rows are kept, the scope is not believed.
    CountMismatch,
    /// An identifier that is no GUID.
    BadId,
}

/// One remark about one row. Never fatal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowIssue {
    /// Index into [`super::ReadSet::files`].
    pub file: u16,
    /// Line the row starts on, 1 for the first; 0 when the remark is about the whole file.
    pub line: u32,
    /// Column by its header, where one is to blame.
    pub column: Option<String>,
    /// What is wrong.
    pub kind: IssueKind,
    /// The same in a sentence for people.
    pub text: String,
}
