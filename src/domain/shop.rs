//! The settings of the shop that change what is counted or printed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::row::{Row, Table, words};
use super::update::Classification;

words!(
    /// Paper that documents are laid out for.
    Paper {
        /// 210 x 297 mm.
        A4 = "a4", "A4";
        /// 8.5 x 11 inches.
        Letter = "letter", "Letter";
    }
);

/// The shop: one row, id 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shop {
    /// Always 1.
    pub id: i64,
    /// Printed on every page.
    pub name: String,
    /// PNG, base64; empty for none.
    pub logo: String,
    /// Time zone of the shop, `Europe/Berlin`.
    pub zone: String,
    /// Paper size.
    pub paper: Paper,
    /// A server's newest patch-state report must be younger than this (`metrics.md`: 14).
    pub fresh_server_days: i64,
    /// Any other asset's newest patch-state report must be younger than this (`metrics.md`: 30).
    pub fresh_other_days: i64,
    /// Classes of update the policy covers; everything else is noise with a count.
    pub covered: Vec<Classification>,
    /// The day the shop began with Patchbook: older duties are the catch-up campaign.
    pub adoption_on: Option<NaiveDate>,
    /// The sample register: every page says SAMPLE.
    pub sample: bool,
}

impl Row for Shop {
    const TABLE: Table = Table::Shop;
    fn id(&self) -> i64 {
        self.id
    }
}

impl Default for Shop {
    fn default() -> Self {
        Self {
            id: 1,
            name: String::new(),
            logo: String::new(),
            zone: "UTC".to_owned(),
            paper: Paper::A4,
            fresh_server_days: 14,
            fresh_other_days: 30,
            covered: Classification::ALL.iter().copied().filter(|c| c.covered_by_default()).collect(),
            adoption_on: None,
            sample: false,
        }
    }
}
