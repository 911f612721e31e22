//! Duties: what an asset owes. A vendor's update, or a minimum version of a product released on a date.
//!
//! A KB number is an attribute (none or many), never an identity; WSUS's `UpdateId` is (`metrics.md`, terms).

use serde::{Deserialize, Serialize};

use super::row::{id_type, row_of, words};

id_type!(
    /// Which update (duty).
    UpdateId
);

words!(
    /// Class of update as WSUS names them.
    Classification {
        /// Security updates.
        Security = "security", "Security updates";
        /// Critical updates.
        Critical = "critical", "Critical updates";
        /// Update rollups.
        Rollup = "rollup", "Update rollups";
        /// Service packs.
        ServicePack = "service_pack", "Service packs";
        /// Feature packs.
        FeaturePack = "feature_pack", "Feature packs";
        /// Upgrades (feature updates).
        Upgrade = "upgrade", "Upgrades";
        /// Plain updates.
        Update = "update", "Updates";
        /// Tools, such as the malicious software removal tool.
        Tool = "tool", "Tools";
        /// Definition updates.
        Definition = "definition", "Definition updates";
        /// Drivers.
        Driver = "driver", "Drivers";
        /// Optional previews of next month's update.
        Preview = "preview", "Previews";
        /// A minimum version of a product.
        Version = "version", "Minimum versions";
        /// The source does not say.
        Unknown = "unknown", "Not classified";
    }
);

impl Classification {
    /// Covered by a policy unless the shop says otherwise. Definition, driver, feature and preview updates and tools are
    /// noise until asked for (`metrics.md`, required pair); what nobody classified is covered, so that it is looked at.
    pub fn covered_by_default(self) -> bool {
        matches!(
            self,
            Self::Security
                | Self::Critical
                | Self::Rollup
                | Self::ServicePack
                | Self::Version
                | Self::Unknown
        )
    }
}

words!(
    /// MSRC's maximum severity.
    Severity {
        /// Critical.
        Critical = "critical", "Critical";
        /// Important.
        Important = "important", "Important";
        /// Moderate.
        Moderate = "moderate", "Moderate";
        /// Low.
        Low = "low", "Low";
        /// Not given.
        Unspecified = "unspecified", "Unspecified";
    }
);

words!(
    /// Where the release instant comes from. Anything but the vendor prints as "derived".
    ReleaseBasis {
        /// The source gives it.
        Vendor = "vendor", "vendor";
        /// Patch Tuesday of the month in the title.
        Title = "title", "derived from the month in the title";
        /// When it came to the server.
        Arrival = "arrival", "derived from its arrival";
        /// When an import first showed it.
        FirstSeen = "first_seen", "derived from the first import";
    }
);

/// A duty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update {
    /// Row id.
    pub id: UpdateId,
    /// Who makes it: `Microsoft`.
    pub vendor: String,
    /// Title as the source gives it.
    pub title: String,
    /// Knowledge base numbers, digits only.
    pub kbs: Vec<String>,
    /// WSUS `UpdateId`, lower-case; empty where the source has none.
    pub guid: String,
    /// Class of update.
    pub classification: Classification,
    /// MSRC severity.
    pub severity: Severity,
    /// Products it is for.
    pub products: Vec<String>,
    /// For a minimum version: the lowest version that satisfies the duty. Empty for an update.
    pub minimum_version: String,
    /// Release, UTC seconds: the clock start of every deadline that does not say otherwise.
    pub released_at: i64,
    /// Where `released_at` comes from.
    pub release_basis: ReleaseBasis,
    /// Declined in the source, recorded at; `None` while it is not. A reason that came later counts from when it came: this is then
    /// that instant, so that a reason given today ends no duty of yesterday.
    pub declined_at: Option<i64>,
    /// Why it was declined, as derived from data or given: `superseded`, `product absent`, `other architecture`; otherwise the
    /// pair stays required until a waiver exists.
    pub declined_reason: DeclineReason,
    /// Withdrawn by the vendor (expired), recorded at.
    pub withdrawn_at: Option<i64>,
    /// The source says that something supersedes it.
    pub superseded: bool,
    /// When it was put into the register, UTC seconds.
    pub created_at: i64,
}
row_of!(Update, PatchUpdate);

words!(
    /// Why an update was declined.
    DeclineReason {
        /// Nobody has said: the pair stays required.
        None = "none", "no reason";
        /// A newer one replaces it.
        Superseded = "superseded", "superseded";
        /// Nobody has the product.
        ProductAbsent = "product_absent", "product absent";
        /// For another architecture.
        Architecture = "architecture", "other architecture";
    }
);

impl Update {
    /// `KB5036892`, or the start of the title where it has no KB.
    pub fn short_name(&self) -> String {
        match self.kbs.first() {
            Some(kb) => format!("KB{kb}"),
            None => self.title.chars().take(40).collect(),
        }
    }

    /// Declined for a reason that ends the duty.
    pub fn declined_for_good(&self) -> bool {
        self.declined_at.is_some() && self.declined_reason != DeclineReason::None
    }
}

id_type!(
    /// Which edge.
    SupersedenceId
);

/// `newer` replaces `older`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supersedence {
    /// Row id.
    pub id: SupersedenceId,
    /// What is replaced.
    pub older: UpdateId,
    /// What replaces it.
    pub newer: UpdateId,
}
row_of!(Supersedence, Supersedence);
