//! The Book: the register in memory, immutable once shared, rebuilt noun by noun.
//!
//! Everything the program shows is a pure function of a Book and an instant.

use std::collections::HashMap;
use std::sync::Arc;

use super::action::Action;
use super::approval::Approval;
use super::asset::{Asset, AssetId, Fact};
use super::attestation::Attestation;
use super::batch::Batch;
use super::calendar::closure::Closure;
use super::calendar::release::{ReleaseOverride, ReleaseRule};
use super::calendar::window::MaintenanceWindow;
use super::case::BusinessCase;
use super::change::ChangeRecord;
use super::change::line::ChangeLine;
use super::change::template::ChangeTemplate;
use super::change::test::TestResult;
use super::committee::{Contact, Member};
use super::counting::Counting;
use super::cycle::template::CycleTemplate;
use super::cycle::{Cycle, CycleStep};
use super::deadline::DeadlineRule;
use super::document::{Document, DocumentVersion};
use super::emergency::InterimMeasure;
use super::gate::{GoDecision, KnownConflict, Prerequisite, TechDomain};
use super::group::Group;
use super::lifecycle::{ExtendedSupport, Lifecycle};
use super::meeting::Meeting;
use super::month::{CloseAnswer, Posture, Seal, Signature};
use super::notice::NoticeSent;
use super::pair::Pairs;
use super::person::{Departure, Person, PersonId};
use super::practice::Practice;
use super::programme::ProgrammeEntry;
use super::rating::{Rating, RatingGround};
use super::role::{Activity, Assignment, DutyConflict, Role};
use super::row::{Image, Row, RowChange, Table};
use super::ruleset::{PendingRule, RuleSet, SetRule};
use super::run::entry::RunEntry;
use super::run::runbook::Runbook;
use super::run::{Run, RunStep};
use super::shelf::Shelf;
use super::shop::Shop;
use super::source::{Profile, Source, SourceAsset, SourceUpdate, Subscription};
use super::threat::{Advisory, Catalogue, Finding, ThreatFact};
use super::update::{Supersedence, Update};
use super::waiver::Waiver;
use super::waiver::request::WaiverRequest;

/// Where the history stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Number of the last event.
    pub seq: i64,
    /// Its hash.
    pub hash: [u8; 32],
    /// When it was recorded, UTC seconds.
    pub at: i64,
}

/// The register.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// The file's identity, hexadecimal.
    pub file_id: String,
    /// Last event.
    pub head: Head,
    /// Settings.
    pub shop: Arc<Shop>,
    /// People.
    pub people: Shelf<Person>,
    /// Patch groups.
    pub groups: Shelf<Group>,
    /// Assets.
    pub assets: Shelf<Asset>,
    /// Dated values of assets.
    pub facts: Shelf<Fact>,
    /// Updates and other duties.
    pub updates: Shelf<Update>,
    /// Which replaces which.
    pub supersedences: Shelf<Supersedence>,
    /// Ranks that people set.
    pub ratings: Shelf<Rating>,
    /// Deadline rules, every version.
    pub rules: Shelf<DeadlineRule>,
    /// Waivers.
    pub waivers: Shelf<Waiver>,
    /// Sources of imports.
    pub sources: Shelf<Source>,
    /// Assets as sources name them.
    pub source_assets: Shelf<SourceAsset>,
    /// Updates as sources name them.
    pub source_updates: Shelf<SourceUpdate>,
    /// Software subscribed.
    pub subscriptions: Shelf<Subscription>,
    /// Saved answers of imports.
    pub profiles: Shelf<Profile>,
    /// Imports.
    pub batches: Shelf<Batch>,
    /// Pairs attested by hand.
    pub attestations: Shelf<Attestation>,
    /// How the shop works.
    pub practice: Arc<Practice>,
    /// [`Departure`] rows.
    pub departures: Shelf<Departure>,
    /// [`ReleaseRule`] rows.
    pub release_rules: Shelf<ReleaseRule>,
    /// [`ReleaseOverride`] rows.
    pub release_overrides: Shelf<ReleaseOverride>,
    /// [`Closure`] rows.
    pub closures: Shelf<Closure>,
    /// [`MaintenanceWindow`] rows.
    pub windows: Shelf<MaintenanceWindow>,
    /// [`CycleTemplate`] rows.
    pub cycle_templates: Shelf<CycleTemplate>,
    /// [`Cycle`] rows.
    pub cycles: Shelf<Cycle>,
    /// [`CycleStep`] rows.
    pub cycle_steps: Shelf<CycleStep>,
    /// [`InterimMeasure`] rows.
    pub measures: Shelf<InterimMeasure>,
    /// [`Role`] rows.
    pub roles: Shelf<Role>,
    /// [`Assignment`] rows.
    pub assignments: Shelf<Assignment>,
    /// [`Activity`] rows.
    pub activities: Shelf<Activity>,
    /// [`DutyConflict`] rows.
    pub duty_conflicts: Shelf<DutyConflict>,
    /// [`Member`] rows.
    pub members: Shelf<Member>,
    /// [`Contact`] rows.
    pub contacts: Shelf<Contact>,
    /// [`Meeting`] rows.
    pub meetings: Shelf<Meeting>,
    /// [`Action`] rows.
    pub actions: Shelf<Action>,
    /// [`ChangeTemplate`] rows.
    pub change_templates: Shelf<ChangeTemplate>,
    /// [`ChangeRecord`] rows.
    pub changes: Shelf<ChangeRecord>,
    /// [`ChangeLine`] rows.
    pub change_lines: Shelf<ChangeLine>,
    /// [`TestResult`] rows.
    pub tests: Shelf<TestResult>,
    /// [`Approval`] rows.
    pub approvals: Shelf<Approval>,
    /// [`NoticeSent`] rows.
    pub notices: Shelf<NoticeSent>,
    /// [`WaiverRequest`] rows.
    pub waiver_requests: Shelf<WaiverRequest>,
    /// [`Runbook`] rows.
    pub runbooks: Shelf<Runbook>,
    /// [`Run`] rows.
    pub runs: Shelf<Run>,
    /// [`RunStep`] rows.
    pub run_steps: Shelf<RunStep>,
    /// [`RunEntry`] rows.
    pub run_entries: Shelf<RunEntry>,
    /// [`Catalogue`] rows.
    pub catalogues: Shelf<Catalogue>,
    /// [`ThreatFact`] rows.
    pub threats: Shelf<ThreatFact>,
    /// [`Advisory`] rows.
    pub advisories: Shelf<Advisory>,
    /// [`Finding`] rows.
    pub findings: Shelf<Finding>,
    /// [`RatingGround`] rows.
    pub grounds: Shelf<RatingGround>,
    /// [`TechDomain`] rows.
    pub domains: Shelf<TechDomain>,
    /// [`GoDecision`] rows.
    pub go_decisions: Shelf<GoDecision>,
    /// [`KnownConflict`] rows.
    pub conflicts: Shelf<KnownConflict>,
    /// [`Prerequisite`] rows.
    pub prerequisites: Shelf<Prerequisite>,
    /// [`BusinessCase`] rows.
    pub cases: Shelf<BusinessCase>,
    /// [`Document`] rows.
    pub documents: Shelf<Document>,
    /// [`DocumentVersion`] rows.
    pub versions: Shelf<DocumentVersion>,
    /// [`RuleSet`] rows.
    pub rule_sets: Shelf<RuleSet>,
    /// [`SetRule`] rows.
    pub set_rules: Shelf<SetRule>,
    /// [`PendingRule`] rows.
    pub pending_rules: Shelf<PendingRule>,
    /// [`Lifecycle`] rows.
    pub lifecycles: Shelf<Lifecycle>,
    /// [`ExtendedSupport`] rows.
    pub extended_supports: Shelf<ExtendedSupport>,
    /// [`ProgrammeEntry`] rows.
    pub programme: Shelf<ProgrammeEntry>,
    /// [`Seal`] rows.
    pub seals: Shelf<Seal>,
    /// [`CloseAnswer`] rows.
    pub close_answers: Shelf<CloseAnswer>,
    /// [`Signature`] rows.
    pub signatures: Shelf<Signature>,
    /// [`Posture`] rows.
    pub postures: Shelf<Posture>,
    /// [`Counting`] rows.
    pub countings: Shelf<Counting>,
    /// Pair states over time.
    pub pairs: Arc<Pairs>,
}

/// A row image that does not fit its noun.
#[derive(Debug, thiserror::Error)]
#[error("a row of {table} cannot be read: {cause}", table = .table.name())]
pub struct BadRow {
    /// Which table.
    pub table: Table,
    /// What does not fit.
    pub cause: serde_json::Error,
}

impl Book {
    /// Puts a row image into its shelf.
    pub fn put(&mut self, table: Table, image: Image) -> Result<(), BadRow> {
        match table {
            Table::Shop => self.shop = Arc::new(row(image)?),
            Table::Person => self.people.put(row(image)?),
            Table::PatchGroup => self.groups.put(row(image)?),
            Table::Asset => self.assets.put(row(image)?),
            Table::AssetFact => self.facts.put(row(image)?),
            Table::PatchUpdate => self.updates.put(row(image)?),
            Table::Supersedence => self.supersedences.put(row(image)?),
            Table::Rating => self.ratings.put(row(image)?),
            Table::DeadlineRule => self.rules.put(row(image)?),
            Table::Waiver => self.waivers.put(row(image)?),
            Table::Source => self.sources.put(row(image)?),
            Table::SourceAsset => self.source_assets.put(row(image)?),
            Table::SourceUpdate => self.source_updates.put(row(image)?),
            Table::Subscription => self.subscriptions.put(row(image)?),
            Table::Profile => self.profiles.put(row(image)?),
            Table::Batch => self.batches.put(row(image)?),
            Table::Attestation => self.attestations.put(row(image)?),
            Table::Practice => self.practice = Arc::new(row(image)?),
            Table::Departure => self.departures.put(row(image)?),
            Table::ReleaseRule => self.release_rules.put(row(image)?),
            Table::ReleaseOverride => self.release_overrides.put(row(image)?),
            Table::Closure => self.closures.put(row(image)?),
            Table::MaintenanceWindow => self.windows.put(row(image)?),
            Table::CycleTemplate => self.cycle_templates.put(row(image)?),
            Table::Cycle => self.cycles.put(row(image)?),
            Table::CycleStep => self.cycle_steps.put(row(image)?),
            Table::InterimMeasure => self.measures.put(row(image)?),
            Table::Role => self.roles.put(row(image)?),
            Table::Assignment => self.assignments.put(row(image)?),
            Table::Activity => self.activities.put(row(image)?),
            Table::DutyConflict => self.duty_conflicts.put(row(image)?),
            Table::Member => self.members.put(row(image)?),
            Table::Contact => self.contacts.put(row(image)?),
            Table::Meeting => self.meetings.put(row(image)?),
            Table::Action => self.actions.put(row(image)?),
            Table::ChangeTemplate => self.change_templates.put(row(image)?),
            Table::ChangeRecord => self.changes.put(row(image)?),
            Table::ChangeLine => self.change_lines.put(row(image)?),
            Table::TestResult => self.tests.put(row(image)?),
            Table::Approval => self.approvals.put(row(image)?),
            Table::NoticeSent => self.notices.put(row(image)?),
            Table::WaiverRequest => self.waiver_requests.put(row(image)?),
            Table::Runbook => self.runbooks.put(row(image)?),
            Table::Run => self.runs.put(row(image)?),
            Table::RunStep => self.run_steps.put(row(image)?),
            Table::RunEntry => self.run_entries.put(row(image)?),
            Table::Catalogue => self.catalogues.put(row(image)?),
            Table::ThreatFact => self.threats.put(row(image)?),
            Table::Advisory => self.advisories.put(row(image)?),
            Table::Finding => self.findings.put(row(image)?),
            Table::RatingGround => self.grounds.put(row(image)?),
            Table::TechDomain => self.domains.put(row(image)?),
            Table::GoDecision => self.go_decisions.put(row(image)?),
            Table::KnownConflict => self.conflicts.put(row(image)?),
            Table::Prerequisite => self.prerequisites.put(row(image)?),
            Table::BusinessCase => self.cases.put(row(image)?),
            Table::Document => self.documents.put(row(image)?),
            Table::DocumentVersion => self.versions.put(row(image)?),
            Table::RuleSet => self.rule_sets.put(row(image)?),
            Table::SetRule => self.set_rules.put(row(image)?),
            Table::PendingRule => self.pending_rules.put(row(image)?),
            Table::Lifecycle => self.lifecycles.put(row(image)?),
            Table::ExtendedSupport => self.extended_supports.put(row(image)?),
            Table::ProgrammeEntry => self.programme.put(row(image)?),
            Table::Seal => self.seals.put(row(image)?),
            Table::CloseAnswer => self.close_answers.put(row(image)?),
            Table::Signature => self.signatures.put(row(image)?),
            Table::Posture => self.postures.put(row(image)?),
            Table::Counting => self.countings.put(row(image)?),
        }
        Ok(())
    }

    /// Applies changes that only create or update rows. Answers `false`, and changes nothing, if a row would go or if the
    /// meaning of an observation would change: then the whole Book must be read again.
    pub fn apply(&mut self, changes: &[RowChange]) -> Result<bool, BadRow> {
        let moves_observations = |change: &RowChange| {
            change.before.is_some()
                && matches!(change.table, Table::SourceAsset | Table::SourceUpdate | Table::Batch)
        };
        if changes.iter().any(|change| change.after.is_none() || moves_observations(change)) {
            return Ok(false);
        }
        for change in changes {
            if let Some(after) = &change.after {
                self.put(change.table, after.clone())?;
            }
        }
        Ok(true)
    }

    /// An asset by its name or an alias, without regard to case.
    pub fn asset_named(&self, name: &str) -> Option<&Asset> {
        let wanted = crate::util::text::fold(name);
        let named = |asset: &&Asset| crate::util::text::fold(&asset.name) == wanted;
        let known = |asset: &&Asset| asset.aliases.iter().any(|a| crate::util::text::fold(a) == wanted);
        self.assets.rows().iter().find(named).or_else(|| self.assets.rows().iter().find(known))
    }

    /// A person's name, or nothing.
    pub fn person_name(&self, id: Option<PersonId>) -> &str {
        id.and_then(|id| self.people.get(id.0)).map_or("", |person| person.name.as_str())
    }

    /// The place of an asset, by its id.
    pub fn asset_place(&self, id: AssetId) -> Option<u32> {
        self.assets.place(id.0)
    }

    /// Groups in their order.
    pub fn groups_in_order(&self) -> Vec<&Group> {
        let mut groups: Vec<_> = self.groups.rows().iter().collect();
        groups.sort_by(|a, b| (a.position, &a.name).cmp(&(b.position, &b.name)));
        groups
    }

    /// For each source identity of an asset: the asset's place.
    pub fn asset_places_by_source(&self) -> HashMap<i64, u32> {
        let place = |s: &SourceAsset| Some((s.id.0, self.assets.place(s.asset?.0)?));
        self.source_assets.rows().iter().filter_map(place).collect()
    }

    /// For each source identity of an update: the update's place.
    pub fn update_places_by_source(&self) -> HashMap<i64, u32> {
        let place = |s: &SourceUpdate| Some((s.id.0, self.updates.place(s.update?.0)?));
        self.source_updates.rows().iter().filter_map(place).collect()
    }

    /// Batches that count, in order of recording.
    pub fn live_batches(&self) -> Vec<&Batch> {
        let mut batches: Vec<_> = self.batches.rows().iter().filter(|b| b.voided_at.is_none()).collect();
        batches.sort_by_key(|b| b.number);
        batches
    }
}

fn row<R: Row>(image: Image) -> Result<R, BadRow> {
    serde_json::from_value(serde_json::Value::Object(image))
        .map_err(|cause| BadRow { table: R::TABLE, cause })
}
