//! The register: what the shop owns.
//!
//! Scope, status, exposure, class and group are dated [`Fact`]s, never plain fields: last month's figures need them as they
//! were. Imported and own values are kept apart; own wins, a blank never erases.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::group::GroupId;
use super::person::PersonId;
use super::row::{id_type, row_of, words};

id_type!(
    /// Which asset.
    AssetId
);

words!(
    /// What kind of thing it is (`peers.md` D3, with the kinds a small shop also has).
    AssetKind {
        /// A server, physical or virtual.
        Server = "server", "Server";
        /// A desktop computer.
        Workstation = "workstation", "Workstation";
        /// A portable computer.
        Laptop = "laptop", "Laptop";
        /// A tablet.
        Tablet = "tablet", "Tablet";
        /// A phone.
        Phone = "phone", "Phone";
        /// A printer.
        Printer = "printer", "Printer";
        /// Switch, firewall, access point.
        Network = "network", "Network device";
        /// A closed box with firmware.
        Appliance = "appliance", "Appliance";
        /// A host of virtual machines.
        VmHost = "vm_host", "VM host";
        /// A machine in somebody else's data centre.
        Cloud = "cloud", "Cloud machine";
        /// An image from which machines are made.
        Template = "template", "Template";
        /// Not known yet.
        Other = "other", "Other";
    }
);

words!(
    /// Which deadlines and freshness limit apply.
    AssetClass {
        /// Servers, VM hosts, network devices, appliances.
        Server = "server", "Server";
        /// Everything a person sits at or carries.
        Workstation = "workstation", "Workstation";
    }
);

words!(
    /// Where it stands in its life.
    Status {
        /// Bought or built, not yet in use.
        Planned = "planned", "Planned";
        /// In use.
        InUse = "in_use", "In use";
        /// Switched off, ready to replace another; patched by the same rules.
        ColdStandby = "cold_standby", "Cold standby";
        /// On a shelf: out of scope.
        Stored = "stored", "Stored";
        /// Gone for good, kept for its history: out of scope.
        Retired = "retired", "Retired";
    }
);

words!(
    /// Who can reach it. Unknown counts as exposed.
    Exposure {
        /// Reachable from the internet.
        Internet = "internet", "Internet-facing";
        /// Reachable inside only.
        Internal = "internal", "Internal";
        /// Cut off.
        Isolated = "isolated", "Isolated";
        /// Nobody has said; counts as internet-facing.
        Unknown = "unknown", "Unknown (counts as exposed)";
    }
);

words!(
    /// Who owns the thing itself.
    Ownership {
        /// The shop's own.
        Shop = "shop", "Owned";
        /// Somebody's own device used for work.
        Byod = "byod", "BYOD";
        /// Rented or leased.
        Leased = "leased", "Leased";
    }
);

words!(
    /// How much hangs on it.
    Criticality {
        /// The business stops without it.
        One = "1", "1 vital";
        /// Much work stops.
        Two = "2", "2 high";
        /// Some work is slowed.
        Three = "3", "3 normal";
        /// Hardly noticed.
        Four = "4", "4 low";
    }
);

/// Values that imports bring. Absent means that no source has said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Imported {
    /// Fully qualified name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fqdn: Option<String>,
    /// Address as reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
    /// Manufacturer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub make: Option<String>,
    /// Model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Operating system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub os: Option<String>,
    /// Operating system version or build.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub os_version: Option<String>,
    /// Group in the source: WSUS target group, or the OU.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_group: Option<String>,
    /// Description in the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Last contact with the source, UTC seconds. Not a patch-state report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_at: Option<i64>,
    /// Last status report as a list of computers gives it, UTC seconds: the report time of states that come without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_at: Option<i64>,
    /// The account is disabled in the directory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
}

/// Somebody has it with them. Explains silence, never excludes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Away {
    /// Who holds it.
    pub holder: String,
    /// Since when.
    pub since_on: Option<NaiveDate>,
    /// When it is expected back.
    pub expected_on: Option<NaiveDate>,
}

/// One asset. Texts are one line (see `util::text::line`) except `restart_procedure` and `note`; empty means not given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asset {
    /// Row id.
    pub id: AssetId,
    /// The name people use; unique without regard to case.
    pub name: String,
    /// Other names: fully qualified, WSUS, old ones.
    pub aliases: Vec<String>,
    /// What kind of thing.
    pub kind: AssetKind,
    /// What it is for: `domain controller`, `payroll`.
    pub function: String,
    /// `production`, `test`, ...
    pub environment: String,
    /// How much hangs on it.
    pub criticality: Criticality,
    /// Own value; empty means the imported one holds.
    pub os: String,
    /// Own value; empty means the imported one holds.
    pub os_version: String,
    /// Technology domain (seed S3-08): `Windows`, `Oracle`, ...
    pub technology: String,
    /// Software owned whose updates must come from somewhere, one product each.
    pub products: Vec<String>,
    /// Manufacturer; empty means the imported one holds.
    pub make: String,
    /// Model; empty means the imported one holds.
    pub model: String,
    /// Serial number.
    pub serial: String,
    /// Address; empty means the imported one holds.
    pub ip: String,
    /// Where it stands.
    pub site: String,
    /// Time zone of the site, `Europe/Berlin`; empty means the shop's.
    pub zone: String,
    /// Who answers for it.
    pub owner: Option<PersonId>,
    /// Who deploys to it.
    pub deploy_admin: Option<PersonId>,
    /// Who knows its application.
    pub app_support: Option<PersonId>,
    /// Who tests it.
    pub tester: Option<PersonId>,
    /// Patched by hand.
    pub manual_only: bool,
    /// Nobody can stand in front of it.
    pub remote_only: bool,
    /// How to restart it.
    pub restart_procedure: String,
    /// Own, BYOD, leased.
    pub ownership: Ownership,
    /// End of security updates, where known.
    pub support_end_on: Option<NaiveDate>,
    /// Proof of extended support: contract or licence number.
    pub support_proof: String,
    /// The other node of a cluster.
    pub partner: Option<AssetId>,
    /// It stands by for this one.
    pub standby_of: Option<AssetId>,
    /// What must be up before it.
    pub depends_on: Vec<AssetId>,
    /// Who has it with them.
    pub away: Option<Away>,
    /// Free text.
    pub note: String,
    /// What sources say.
    pub imported: Imported,
    /// When it was put into the register, UTC seconds.
    pub created_at: i64,
}
row_of!(Asset, Asset);

impl Asset {
    /// A new asset with nothing said but its name.
    pub fn new(id: AssetId, name: &str, created_at: i64) -> Self {
        Self {
            id,
            name: name.to_owned(),
            aliases: Vec::new(),
            kind: AssetKind::Other,
            function: String::new(),
            environment: String::new(),
            criticality: Criticality::Three,
            os: String::new(),
            os_version: String::new(),
            technology: String::new(),
            products: Vec::new(),
            make: String::new(),
            model: String::new(),
            serial: String::new(),
            ip: String::new(),
            site: String::new(),
            zone: String::new(),
            owner: None,
            deploy_admin: None,
            app_support: None,
            tester: None,
            manual_only: false,
            remote_only: false,
            restart_procedure: String::new(),
            ownership: Ownership::Shop,
            support_end_on: None,
            support_proof: String::new(),
            partner: None,
            standby_of: None,
            depends_on: Vec::new(),
            away: None,
            note: String::new(),
            imported: Imported::default(),
            created_at,
        }
    }

    /// The operating system: own value, else the imported one.
    pub fn os_text(&self) -> &str {
        own_or(&self.os, self.imported.os.as_deref())
    }

    /// Version of the operating system: own value, else the imported one.
    pub fn os_version_text(&self) -> &str {
        own_or(&self.os_version, self.imported.os_version.as_deref())
    }

    /// Manufacturer: own value, else the imported one.
    pub fn make_text(&self) -> &str {
        own_or(&self.make, self.imported.make.as_deref())
    }

    /// Model: own value, else the imported one.
    pub fn model_text(&self) -> &str {
        own_or(&self.model, self.imported.model.as_deref())
    }

    /// Address: own value, else the imported one.
    pub fn ip_text(&self) -> &str {
        own_or(&self.ip, self.imported.ip.as_deref())
    }
}

fn own_or<'a>(own: &'a str, imported: Option<&'a str>) -> &'a str {
    if own.is_empty() { imported.unwrap_or_default() } else { own }
}

id_type!(
    /// Which dated value.
    FactId
);

/// What a dated row says of an asset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", content = "value", rename_all = "snake_case")]
pub enum FactValue {
    /// In scope (`true`), or out of scope with a reason and an approver.
    Scope(bool),
    /// Where it stands in its life.
    Status(Status),
    /// Who can reach it.
    Exposure(Exposure),
    /// Which deadlines apply.
    Class(AssetClass),
    /// Which patch group.
    Group(Option<GroupId>),
}

/// A dated value of an asset. It holds from the instant it was recorded, never earlier; the first of its kind also holds
/// for all time before (`metrics.md`: out of scope is never backdated).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Row id.
    pub id: FactId,
    /// Whose.
    pub asset: AssetId,
    /// What.
    pub value: FactValue,
    /// Recorded at, UTC seconds.
    pub since_at: i64,
    /// Why; demanded for leaving the scope.
    pub reason: String,
    /// Who approved it; demanded for leaving the scope.
    pub approved_by: String,
}
row_of!(Fact, AssetFact);
