//! Threat data: what loaded files say about vulnerabilities, articles and machines,
//! as dated rows. What was known at an instant are the rows recorded by then; nothing learnt is ever unlearnt.

mod finding;

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::domain::asset::AssetId;
use crate::domain::row::{id_type, row_of, words};
use crate::domain::update::Severity;
use crate::util::clock;

pub use finding::{Finding, FindingId, standing};

words!(
    /// What kind of file threat data came in.
    CatalogueKind {
        /// The catalogue of known exploited vulnerabilities.
        Kev = "kev", "CISA KEV";
        /// Likelihoods of exploitation.
        Epss = "epss", "FIRST EPSS";
        /// A month of Microsoft's security update guide.
        Cvrf = "cvrf", "MSRC CVRF";
        /// One advisory as CSAF.
        Csaf = "csaf", "CSAF advisory";
        /// The table that the update guide's page offers.
        Guide = "guide", "MSRC update guide";
        /// One table of KB, CVE, severity and supersedence.
        WesNg = "wes_ng", "WES-NG definitions";
        /// Vulnerabilities with their scores.
        Nvd = "nvd", "NVD";
        /// A vulnerability with CISA's decision points.
        Record = "record", "CVE records";
        /// A scanner's findings.
        Nessus = "nessus", "Nessus scan";
        /// A scanner's findings.
        OpenVas = "openvas", "OpenVAS scan";
        /// A table of support ends.
        Lifecycle = "lifecycle", "End of servicing";
    }
);

words!(
    /// How far exploitation has come.
    Exploitation {
        /// Nobody has shown any.
        None = "none", "not known";
        /// The vendor holds it for unlikely.
        Unlikely = "unlikely", "unlikely";
        /// The vendor holds it for less likely.
        LessLikely = "less_likely", "less likely";
        /// The vendor holds it for more likely.
        MoreLikely = "more_likely", "more likely";
        /// A working exploit is public.
        Public = "public", "public exploit";
        /// It is being exploited.
        Active = "active", "exploited";
    }
);

id_type!(
    /// Which loaded file of threat data.
    CatalogueId
);

/// An asset that a scan looked at, whether or not it found anything there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Which asset.
    pub asset: AssetId,
    /// When, UTC seconds.
    pub at: i64,
    /// The scanner could not log in, or does not say that it did: what it did not report proves nothing.
    pub blind: bool,
}

/// One loaded file of threat data: its version is printed with every figure that leans on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogue {
    /// Row id.
    pub id: CatalogueId,
    /// What kind.
    pub kind: CatalogueKind,
    /// Its own title.
    pub title: String,
    /// Its own version, or the date it bears.
    pub version: String,
    /// Version of the model behind it, for likelihoods; empty for none.
    pub model: String,
    /// When it was published by its own word, UTC seconds.
    pub published_at: Option<i64>,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// Entries in the file.
    pub entries: i64,
    /// Entries that say something new about this register.
    pub kept: i64,
    /// The assets that a scan looked at, by id; none for any other file.
    pub looked: Vec<Look>,
    /// Recorded at, UTC seconds.
    pub recorded_at: i64,
}
row_of!(Catalogue, Catalogue);

impl Catalogue {
    /// The day on which it was published. Midnight of Greenwich is how a date without a time of day was read: that day, in every zone.
    pub fn published_on(&self, zone: Tz) -> Option<NaiveDate> {
        let at = self.published_at?;
        Some(if is_day_only(at) { clock::utc(at).date_naive() } else { clock::day_in(zone, at) })
    }

    /// When it was published, in words: with the time of day where it says one.
    pub fn published_text(&self, zone: Tz) -> Option<String> {
        let at = self.published_at?;
        Some(if is_day_only(at) {
            clock::day_text(clock::utc(at).date_naive())
        } else {
            clock::text_in(zone, at)
        })
    }
}

fn is_day_only(at: i64) -> bool {
    at.rem_euclid(clock::DAY_SECS) == 0
}

/// What a file says about one vulnerability.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "says", rename_all = "snake_case")]
pub enum Threat {
    /// It is listed as exploited.
    Listed {
        /// Since when.
        listed_on: NaiveDate,
        /// The catalogue's own due date, never computed.
        due_on: Option<NaiveDate>,
        /// Known to be used for ransom.
        ransomware: bool,
        /// Vendor and product.
        product: String,
        /// Its name.
        name: String,
    },
    /// A newer catalogue lists it no longer. What was known stays known.
    Unlisted,
    /// How likely exploitation is within 30 days.
    Likelihood {
        /// Probability in millionths.
        score_ppm: i64,
        /// Percentile in millionths; the oldest files have none.
        percentile_ppm: Option<i64>,
    },
    /// A CVSS base score.
    Scored {
        /// `3.1`.
        version: String,
        /// Ten times the score: 98 for 9.8.
        score_tenths: i64,
        /// The vector; empty where the file has none.
        vector: String,
    },
    /// The vendor's own word.
    Vendor {
        /// Its severity, the worst over the products.
        severity: Severity,
        /// How far exploitation has come.
        exploited: Exploitation,
        /// Publicly disclosed.
        disclosed: bool,
    },
    /// The decision points of CISA's data.
    Ssvc {
        /// How far exploitation has come.
        exploitation: Exploitation,
        /// Whether exploitation can be automated; `None` where the file is silent.
        automatable: Option<bool>,
        /// Whether the technical impact is total; `None` where the file is silent.
        total_impact: Option<bool>,
    },
    /// A public exploit.
    Exploit {
        /// Where it is described.
        reference: String,
    },
}

id_type!(
    /// Which fact.
    ThreatFactId
);

/// What was learnt of one vulnerability, and when. Only ever added; what was known at an instant are the facts recorded by then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreatFact {
    /// Row id.
    pub id: ThreatFactId,
    /// `CVE-2026-12345`, upper case.
    pub cve: String,
    /// From which file.
    pub catalogue: CatalogueId,
    /// What it says.
    pub value: Threat,
    /// Recorded at, UTC seconds.
    pub recorded_at: i64,
}
row_of!(ThreatFact, ThreatFact);

/// The build of a product from which a vulnerability is fixed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FixedBuild {
    /// The product, as the vendor names it.
    pub product: String,
    /// `10.0.19045.7058`.
    pub build: String,
}

id_type!(
    /// Which advisory.
    AdvisoryId
);

/// What a file says about one article of the knowledge base. A later file that says more adds a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advisory {
    /// Row id.
    pub id: AdvisoryId,
    /// Digits of the article.
    pub kb: String,
    /// From which file.
    pub catalogue: CatalogueId,
    /// Its title; empty where the file has none.
    pub title: String,
    /// Release.
    pub released_on: Option<NaiveDate>,
    /// The vulnerabilities it fixes.
    pub cves: Vec<String>,
    /// The worst severity.
    pub severity: Severity,
    /// The products it is for.
    pub products: Vec<String>,
    /// From which build each product is fixed.
    pub fixes: Vec<FixedBuild>,
    /// Articles that it replaces, digits.
    pub supersedes: Vec<String>,
    /// Whether it needs a restart, in the vendor's word; empty where the file is silent.
    pub restart: String,
    /// Recorded at, UTC seconds.
    pub recorded_at: i64,
}
row_of!(Advisory, Advisory);
