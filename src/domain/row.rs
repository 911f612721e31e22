//! Rows as the log sees them: a table, an id, the image before and after.
//!
//! Every noun is a serde struct whose JSON object is its row: field names are column names. The store applies and logs
//! these images blindly, so it needs no rule of the domain, and a replay needs none either.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A row as a JSON object in the field order of its struct.
pub type Image = Map<String, Value>;

/// The tables of the register whose rows are kept by the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    /// [`super::shop::Shop`]: one row.
    Shop,
    /// [`super::person::Person`].
    Person,
    /// [`super::group::Group`].
    PatchGroup,
    /// [`super::asset::Asset`].
    Asset,
    /// [`super::asset::Fact`]: dated values of an asset.
    AssetFact,
    /// [`super::update::Update`].
    PatchUpdate,
    /// [`super::update::Supersedence`].
    Supersedence,
    /// [`super::rating::Rating`]: dated ranks of an update.
    Rating,
    /// [`super::deadline::DeadlineRule`].
    DeadlineRule,
    /// [`super::waiver::Waiver`].
    Waiver,
    /// [`super::source::Source`].
    Source,
    /// [`super::source::SourceAsset`].
    SourceAsset,
    /// [`super::source::SourceUpdate`].
    SourceUpdate,
    /// [`super::source::Subscription`].
    Subscription,
    /// [`super::source::Profile`].
    Profile,
    /// [`super::batch::Batch`].
    Batch,
    /// [`super::attestation::Attestation`].
    Attestation,
    /// [`super::practice::Practice`].
    Practice,
    /// [`super::person::Departure`].
    Departure,
    /// [`super::calendar::release::ReleaseRule`].
    ReleaseRule,
    /// [`super::calendar::release::ReleaseOverride`].
    ReleaseOverride,
    /// [`super::calendar::closure::Closure`].
    Closure,
    /// [`super::calendar::window::MaintenanceWindow`].
    MaintenanceWindow,
    /// [`super::cycle::template::CycleTemplate`].
    CycleTemplate,
    /// [`super::cycle::Cycle`].
    Cycle,
    /// [`super::cycle::CycleStep`].
    CycleStep,
    /// [`super::emergency::InterimMeasure`].
    InterimMeasure,
    /// [`super::role::Role`].
    Role,
    /// [`super::role::Assignment`].
    Assignment,
    /// [`super::role::Activity`].
    Activity,
    /// [`super::role::DutyConflict`].
    DutyConflict,
    /// [`super::committee::Member`].
    Member,
    /// [`super::committee::Contact`].
    Contact,
    /// [`super::meeting::Meeting`].
    Meeting,
    /// [`super::action::Action`].
    Action,
    /// [`super::change::template::ChangeTemplate`].
    ChangeTemplate,
    /// [`super::change::ChangeRecord`].
    ChangeRecord,
    /// [`super::change::line::ChangeLine`].
    ChangeLine,
    /// [`super::change::test::TestResult`].
    TestResult,
    /// [`super::approval::Approval`].
    Approval,
    /// [`super::notice::NoticeSent`].
    NoticeSent,
    /// [`super::waiver::request::WaiverRequest`].
    WaiverRequest,
    /// [`super::run::runbook::Runbook`].
    Runbook,
    /// [`super::run::Run`].
    Run,
    /// [`super::run::RunStep`].
    RunStep,
    /// [`super::run::entry::RunEntry`].
    RunEntry,
    /// [`super::threat::Catalogue`].
    Catalogue,
    /// [`super::threat::ThreatFact`].
    ThreatFact,
    /// [`super::threat::Advisory`].
    Advisory,
    /// [`super::threat::Finding`].
    Finding,
    /// [`super::rating::RatingGround`].
    RatingGround,
    /// [`super::gate::TechDomain`].
    TechDomain,
    /// [`super::gate::GoDecision`].
    GoDecision,
    /// [`super::gate::KnownConflict`].
    KnownConflict,
    /// [`super::gate::Prerequisite`].
    Prerequisite,
    /// [`super::case::BusinessCase`].
    BusinessCase,
    /// [`super::document::Document`].
    Document,
    /// [`super::document::DocumentVersion`].
    DocumentVersion,
    /// [`super::ruleset::RuleSet`].
    RuleSet,
    /// [`super::ruleset::SetRule`].
    SetRule,
    /// [`super::ruleset::PendingRule`].
    PendingRule,
    /// [`super::lifecycle::Lifecycle`].
    Lifecycle,
    /// [`super::lifecycle::ExtendedSupport`].
    ExtendedSupport,
    /// [`super::programme::ProgrammeEntry`].
    ProgrammeEntry,
    /// [`super::month::Seal`].
    Seal,
    /// [`super::month::CloseAnswer`].
    CloseAnswer,
    /// [`super::month::Signature`].
    Signature,
    /// [`super::month::Posture`].
    Posture,
    /// [`super::counting::Counting`].
    Counting,
}

impl Table {
    /// Every table, in the order in which a file is written and read.
    pub const ALL: [Self; 69] = [
        Self::Shop,
        Self::Person,
        Self::PatchGroup,
        Self::Asset,
        Self::AssetFact,
        Self::PatchUpdate,
        Self::Supersedence,
        Self::Rating,
        Self::DeadlineRule,
        Self::Waiver,
        Self::Source,
        Self::SourceAsset,
        Self::SourceUpdate,
        Self::Subscription,
        Self::Profile,
        Self::Batch,
        Self::Attestation,
        Self::Practice,
        Self::Departure,
        Self::ReleaseRule,
        Self::ReleaseOverride,
        Self::Closure,
        Self::MaintenanceWindow,
        Self::CycleTemplate,
        Self::Cycle,
        Self::CycleStep,
        Self::InterimMeasure,
        Self::Role,
        Self::Assignment,
        Self::Activity,
        Self::DutyConflict,
        Self::Member,
        Self::Contact,
        Self::Meeting,
        Self::Action,
        Self::ChangeTemplate,
        Self::ChangeRecord,
        Self::ChangeLine,
        Self::TestResult,
        Self::Approval,
        Self::NoticeSent,
        Self::WaiverRequest,
        Self::Runbook,
        Self::Run,
        Self::RunStep,
        Self::RunEntry,
        Self::Catalogue,
        Self::ThreatFact,
        Self::Advisory,
        Self::Finding,
        Self::RatingGround,
        Self::TechDomain,
        Self::GoDecision,
        Self::KnownConflict,
        Self::Prerequisite,
        Self::BusinessCase,
        Self::Document,
        Self::DocumentVersion,
        Self::RuleSet,
        Self::SetRule,
        Self::PendingRule,
        Self::Lifecycle,
        Self::ExtendedSupport,
        Self::ProgrammeEntry,
        Self::Seal,
        Self::CloseAnswer,
        Self::Signature,
        Self::Posture,
        Self::Counting,
    ];

    /// The name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Shop => "shop",
            Self::Person => "person",
            Self::PatchGroup => "patch_group",
            Self::Asset => "asset",
            Self::AssetFact => "asset_fact",
            Self::PatchUpdate => "patch_update",
            Self::Supersedence => "supersedence",
            Self::Rating => "rating",
            Self::DeadlineRule => "deadline_rule",
            Self::Waiver => "waiver",
            Self::Source => "source",
            Self::SourceAsset => "source_asset",
            Self::SourceUpdate => "source_update",
            Self::Subscription => "subscription",
            Self::Profile => "profile",
            Self::Batch => "batch",
            Self::Attestation => "attestation",
            Self::Practice => "practice",
            Self::Departure => "departure",
            Self::ReleaseRule => "release_rule",
            Self::ReleaseOverride => "release_override",
            Self::Closure => "closure",
            Self::MaintenanceWindow => "maintenance_window",
            Self::CycleTemplate => "cycle_template",
            Self::Cycle => "cycle",
            Self::CycleStep => "cycle_step",
            Self::InterimMeasure => "interim_measure",
            Self::Role => "role",
            Self::Assignment => "assignment",
            Self::Activity => "activity",
            Self::DutyConflict => "duty_conflict",
            Self::Member => "member",
            Self::Contact => "contact",
            Self::Meeting => "meeting",
            Self::Action => "action_item",
            Self::ChangeTemplate => "change_template",
            Self::ChangeRecord => "change_record",
            Self::ChangeLine => "change_line",
            Self::TestResult => "test_result",
            Self::Approval => "approval",
            Self::NoticeSent => "notice_sent",
            Self::WaiverRequest => "waiver_request",
            Self::Runbook => "runbook",
            Self::Run => "run",
            Self::RunStep => "run_step",
            Self::RunEntry => "run_entry",
            Self::Catalogue => "catalogue",
            Self::ThreatFact => "threat_fact",
            Self::Advisory => "advisory",
            Self::Finding => "finding",
            Self::RatingGround => "rating_ground",
            Self::TechDomain => "tech_domain",
            Self::GoDecision => "go_decision",
            Self::KnownConflict => "known_conflict",
            Self::Prerequisite => "prerequisite",
            Self::BusinessCase => "business_case",
            Self::Document => "document",
            Self::DocumentVersion => "document_version",
            Self::RuleSet => "rule_set",
            Self::SetRule => "set_rule",
            Self::PendingRule => "pending_rule",
            Self::Lifecycle => "lifecycle",
            Self::ExtendedSupport => "extended_support",
            Self::ProgrammeEntry => "programme_entry",
            Self::Seal => "seal",
            Self::CloseAnswer => "close_answer",
            Self::Signature => "signature",
            Self::Posture => "posture",
            Self::Counting => "counting",
        }
    }

    /// Whether what was recorded here stands for good: no undo takes it back, and nothing changes it but an instant at which it
    /// was voided.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Seal | Self::Signature | Self::Posture)
    }

    /// The table of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.name() == name)
    }
}

/// A noun that is kept as a row.
pub trait Row: Serialize + DeserializeOwned + Clone {
    /// Where it is kept.
    const TABLE: Table;

    /// The row's id.
    fn id(&self) -> i64;

    /// The row as the log keeps it.
    fn image(&self) -> Image {
        match serde_json::to_value(self) {
            Ok(Value::Object(map)) => map,
            // A struct of plain fields always serialises to an object.
            _ => Image::new(),
        }
    }
}

/// One row changed: what the log keeps, what undo turns round.
#[derive(Clone, Debug, PartialEq)]
pub struct RowChange {
    /// Which table.
    pub table: Table,
    /// Which row.
    pub id: i64,
    /// The image before; `None` where the row is new.
    pub before: Option<Image>,
    /// The image after; `None` where the row goes (only undo of a creation does that).
    pub after: Option<Image>,
}

impl RowChange {
    /// A new row.
    pub fn create<R: Row>(row: &R) -> Self {
        Self { table: R::TABLE, id: row.id(), before: None, after: Some(row.image()) }
    }

    /// A changed row; `None` if nothing differs.
    pub fn update<R: Row>(before: &R, after: &R) -> Option<Self> {
        let (old, new) = (before.image(), after.image());
        (old != new).then(|| Self { table: R::TABLE, id: after.id(), before: Some(old), after: Some(new) })
    }

    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(self) -> Self {
        Self { table: self.table, id: self.id, before: self.after, after: self.before }
    }
}

/// Makes an id newtype over the row's positive 63-bit integer.
macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub i64);
    };
}
pub(crate) use id_type;

/// Implements [`Row`] for a struct with an `id` newtype field.
macro_rules! row_of {
    ($type:ty, $table:ident) => {
        impl $crate::domain::row::Row for $type {
            const TABLE: $crate::domain::row::Table = $crate::domain::row::Table::$table;
            fn id(&self) -> i64 {
                self.id.0
            }
        }
    };
}
pub(crate) use row_of;

/// An enumeration kept as a word: serde name, text for people, all values.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal, $text:literal;)+ }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every value, in the order in which it is offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in the file and on the console.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The text that people read.
            pub fn text(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The value of a word or of its text, in any case.
            pub fn of_word(word: &str) -> Option<Self> {
                let word = word.trim();
                Self::ALL
                    .iter()
                    .copied()
                    .find(|v| v.word().eq_ignore_ascii_case(word) || v.text().eq_ignore_ascii_case(word))
            }
        }
    };
}
pub(crate) use words;
