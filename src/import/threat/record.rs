//! Records of vulnerabilities as the CVE programme publishes them (JSON 5), with CISA's decision points in the container of its
//! Vulnrichment: one record a file, or a list of them.
//!
//! Owns which of it is taken: the decision points and the score, of vulnerabilities that are known. What the record says of
//! CISA's catalogue is left to that catalogue, which has due dates.

use std::marker::PhantomData;

use serde::Deserialize;
use serde_json::Value;

use crate::domain::threat::{CatalogueKind, Threat};
use crate::util::text::line;

use super::nvd::ssvc;
use super::pipe::{Pipe, Watch, json, text_or_nothing};
use super::text::{cve, instant, tenths};
use super::{FactRow, Fault, Hook, Known, Source, ThreatRead};

#[derive(Deserialize)]
#[serde(untagged)]
enum Records {
    Many(Vec<Record>),
    One(Box<Record>),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    cve_metadata: Metadata,
    #[serde(default)]
    containers: Containers,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    cve_id: String,
    #[serde(default, deserialize_with = "text_or_nothing")]
    state: String,
    #[serde(default, deserialize_with = "text_or_nothing")]
    date_updated: String,
}

#[derive(Default, Deserialize)]
struct Containers {
    #[serde(default)]
    cna: Container,
    #[serde(default)]
    adp: Vec<Container>,
}

#[derive(Default, Deserialize)]
struct Container {
    #[serde(default)]
    metrics: Vec<Value>,
}

/// Reads the record or the list of records.
pub(super) fn read(source: Source<'_, '_>, known: &Known, hook: Hook<'_>) -> Result<ThreatRead, Fault> {
    let pipe = Pipe::new(source.feed, hook, Watch::Document);
    let records = match json(pipe, PhantomData::<Records>, "The record")? {
        Records::Many(records) => records,
        Records::One(record) => vec![*record],
    };
    let mut read = ThreatRead::new(CatalogueKind::Record);
    "CVE records".clone_into(&mut read.title);
    if records.is_empty() {
        return Err(Fault::Bad(
            "The list has no records. Download it again; nothing was taken from it.".to_owned(),
        ));
    }
    let mut seen = std::collections::BTreeSet::new();
    for (at, record) in (1_u64..).zip(&records) {
        read.entries += 1;
        let metadata = &record.cve_metadata;
        read.published_at = read.published_at.max(instant(&metadata.date_updated));
        match cve(&metadata.cve_id) {
            None => read.remark("records name no vulnerability that is a CVE", at),
            Some(cve) if !known.cves.contains(&cve) => read.left_aside += 1,
            Some(_) if metadata.state == "REJECTED" => {
                read.remark("records were rejected and say nothing", at);
            }
            Some(cve) if !seen.insert(cve.clone()) => read.remark("records repeat an earlier one", at),
            Some(cve) => {
                let values = facts(&record.containers).into_iter();
                read.facts.extend(values.map(|value| FactRow { cve: cve.clone(), value }));
            }
        }
    }
    read.version = match records.as_slice() {
        [one] => line(&one.cve_metadata.cve_id).into_owned(),
        _ => read
            .published_at
            .map(|at| crate::util::clock::utc(at).format("%Y-%m-%d").to_string())
            .unwrap_or_default(),
    };
    Ok(read)
}

/// The decision points of the newest container that has some, and the score of the body that assigned the number before others'.
fn facts(containers: &Containers) -> Vec<Threat> {
    let added = containers.adp.iter().flat_map(|container| &container.metrics);
    let points = added.clone().filter(|metric| metric["other"]["type"] == "ssvc");
    let points =
        points.max_by_key(|metric| metric["other"]["content"]["timestamp"].as_str().and_then(instant));
    let ssvc = points.and_then(|metric| ssvc(&metric["other"]["content"]));
    let score = containers.cna.metrics.iter().chain(added).find_map(score);
    ssvc.into_iter().chain(score).collect()
}

fn score(metric: &Value) -> Option<Threat> {
    ["cvssV4_0", "cvssV3_1", "cvssV3_0"].iter().find_map(|name| {
        let data = metric.get(*name)?;
        Some(Threat::Scored {
            version: line(data["version"].as_str().unwrap_or_default()).into_owned(),
            score_tenths: data["baseScore"].as_f64().and_then(tenths)?,
            vector: line(data["vectorString"].as_str().unwrap_or_default()).into_owned(),
        })
    })
}
