//! CISA's catalogue of known exploited vulnerabilities, as JSON and as CSV (`formats.md` section 3).
//!
//! Owns which fields are taken. Unknown fields are passed over; columns that older files lack stay empty. It never computes
//! a due date.

use std::collections::BTreeSet;
use std::marker::PhantomData;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::threat::{CatalogueKind, Threat};
use crate::util::clock::day_text;
use crate::util::text::line;

use super::pipe::{Pipe, Watch, json, text_or_nothing};
use super::sheet::Sheet;
use super::text::{cve, day, instant};
use super::{FactRow, Fault, Hook, Source, ThreatRead};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    #[serde(default, deserialize_with = "text_or_nothing")]
    title: String,
    #[serde(default, deserialize_with = "text_or_nothing")]
    catalog_version: String,
    #[serde(default, deserialize_with = "text_or_nothing")]
    date_released: String,
    #[serde(default)]
    count: Option<u64>,
    vulnerabilities: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    #[serde(rename = "cveID")]
    cve: String,
    #[serde(default, deserialize_with = "text_or_nothing")]
    vendor_project: String,
    #[serde(default, deserialize_with = "text_or_nothing")]
    product: String,
    #[serde(default, deserialize_with = "text_or_nothing")]
    vulnerability_name: String,
    #[serde(default, deserialize_with = "text_or_nothing")]
    date_added: String,
    #[serde(default, deserialize_with = "text_or_nothing")]
    due_date: String,
    #[serde(default, deserialize_with = "text_or_nothing")]
    known_ransomware_campaign_use: String,
}

/// Reads the catalogue as JSON.
pub(super) fn read_json(source: Source<'_, '_>, hook: Hook<'_>) -> Result<ThreatRead, Fault> {
    let pipe = Pipe::new(source.feed, hook, Watch::Document);
    let document: Document = json(pipe, PhantomData, "The catalogue")?;
    let mut list = List::default();
    for (at, entry) in (1_u64..).zip(&document.vulnerabilities) {
        list.add(entry, at);
    }
    let mut read = list.done()?;
    if let Some(count) = document.count.filter(|count| *count != read.entries) {
        read.complete = false;
        let text = format!("the catalogue says that it has {count} entries; nothing is taken as removed");
        read.remark(&text, 0);
    }
    read.title = line(&document.title).into_owned();
    read.version = line(&document.catalog_version).into_owned();
    read.published_at = instant(&document.date_released);
    Ok(read)
}

/// Reads the catalogue as CSV. It bears no version: the newest day on which something was added stands for it.
pub(super) fn read_csv(source: Source<'_, '_>, hook: Hook<'_>) -> Result<ThreatRead, Fault> {
    let mut sheet = Sheet::open(source, &[&["cveid", "dateadded"]], hook)?;
    let names = [
        "cveid",
        "vendorproject",
        "product",
        "vulnerabilityname",
        "dateadded",
        "duedate",
        "knownransomwarecampaignuse",
    ];
    let columns = names.map(|name| sheet.column(&[name]));
    let mut list = List::default();
    while let Some(row) = sheet.next(hook)? {
        let [cve, vendor_project, product, vulnerability_name, date_added, due_date, ransomware] =
            columns.map(|column| row.text(column).into_owned());
        let known_ransomware_campaign_use = ransomware;
        let entry = Entry {
            cve,
            vendor_project,
            product,
            vulnerability_name,
            date_added,
            due_date,
            known_ransomware_campaign_use,
        };
        list.add(&entry, u64::from(row.line()));
    }
    let newest = list.newest;
    let mut read = list.done()?;
    // A table bears no count, so one that was cut at the end of a row looks whole.
    read.complete = false;
    if let Some(newest) = newest {
        read.version = newest.format("%Y-%m-%d").to_string();
        read.published_at = newest.and_hms_opt(0, 0, 0).map(|time| time.and_utc().timestamp());
        let text = format!(
            "as CSV the catalogue bears no version and no count; {}, the day of its newest entry, stands for it, and \
             nothing counts as no longer listed",
            day_text(newest)
        );
        read.remark(&text, 0);
    }
    Ok(read)
}

/// The entries so far.
struct List {
    read: ThreatRead,
    seen: BTreeSet<String>,
    newest: Option<NaiveDate>,
}

impl Default for List {
    fn default() -> Self {
        Self { read: ThreatRead::new(CatalogueKind::Kev), seen: BTreeSet::new(), newest: None }
    }
}

impl List {
    fn add(&mut self, entry: &Entry, at: u64) {
        self.read.entries += 1;
        let Some(cve) = cve(&entry.cve) else {
            self.read.remark("entries name no vulnerability that is a CVE", at);
            return;
        };
        let Some(listed_on) = day(&entry.date_added) else {
            self.read.remark("entries do not say when they were added", at);
            return;
        };
        if !self.seen.insert(cve.clone()) {
            self.read.remark("entries repeat an earlier one", at);
            return;
        }
        self.newest = self.newest.max(Some(listed_on));
        let (vendor, product) = (line(&entry.vendor_project), line(&entry.product));
        let product = if product.starts_with(vendor.as_ref()) {
            product.into_owned()
        } else {
            format!("{vendor} {product}")
        };
        let value = Threat::Listed {
            listed_on,
            due_on: day(&entry.due_date),
            ransomware: entry.known_ransomware_campaign_use.trim().eq_ignore_ascii_case("known"),
            product: product.trim().to_owned(),
            name: line(&entry.vulnerability_name).into_owned(),
        };
        self.read.facts.push(FactRow { cve, value });
    }

    fn done(mut self) -> Result<ThreatRead, Fault> {
        if self.read.facts.is_empty() {
            return Err(Fault::Bad(
                "The catalogue has no entries. Download it again; nothing was taken from it.".to_owned(),
            ));
        }
        self.read.complete = self.read.facts.len() as u64 == self.read.entries;
        Ok(self.read)
    }
}
