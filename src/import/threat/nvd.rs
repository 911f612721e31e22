//! NVD's list of vulnerabilities, JSON 2.0, taken entry by entry: a yearly list may have 150 MB.
//!
//! Owns which measures are taken: the newest score that NVD or the assigning body gives, CISA's decision points where they
//! stand, and the date of CISA's listing. It keeps only vulnerabilities that are known.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::domain::threat::{CatalogueKind, Exploitation, Threat};
use crate::util::text::line;

use super::pipe::{Pipe, Watch, json};
use super::text::{cve, day, instant, tenths};
use super::{FactRow, Fault, Hook, Known, Source, ThreatRead};

#[derive(Deserialize)]
struct Entry {
    cve: Cve,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cve {
    id: String,
    #[serde(default)]
    vuln_status: String,
    #[serde(default)]
    metrics: BTreeMap<String, Value>,
    cisa_exploit_add: Option<String>,
    cisa_action_due: Option<String>,
    cisa_vulnerability_name: Option<String>,
}

/// Reads the list.
pub(super) fn read(source: Source<'_, '_>, known: &Known, hook: Hook<'_>) -> Result<ThreatRead, Fault> {
    let mut read = ThreatRead::new(CatalogueKind::Nvd);
    "National Vulnerability Database".clone_into(&mut read.title);
    let pipe = Pipe::new(source.feed, hook, Watch::Entries);
    json(pipe, Document { read: &mut read, known }, "The list")?;
    if read.entries == 0 {
        return Err(Fault::Bad(
            "The list has no entries. Download it again; nothing was taken from it.".to_owned(),
        ));
    }
    Ok(read)
}

/// The document: its head, and the list in it.
struct Document<'r> {
    read: &'r mut ThreatRead,
    known: &'r Known,
}

impl<'de> DeserializeSeed<'de> for Document<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Document<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of NVD")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "vulnerabilities" => map.next_value_seed(List { read: self.read, known: self.known })?,
                "timestamp" => {
                    let at: String = map.next_value()?;
                    self.read.published_at = instant(&at);
                    self.read.version = at.chars().take(10).collect();
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// The list, entry by entry.
struct List<'r> {
    read: &'r mut ThreatRead,
    known: &'r Known,
}

impl<'de> DeserializeSeed<'de> for List<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("vulnerabilities")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut seen = std::collections::BTreeSet::new();
        while let Some(Entry { cve: entry }) = list.next_element::<Entry>()? {
            self.read.entries += 1;
            let at = self.read.entries;
            match cve(&entry.id) {
                None => self.read.remark("entries name no vulnerability that is a CVE", at),
                Some(cve) if !self.known.cves.contains(&cve) => self.read.left_aside += 1,
                Some(_) if entry.vuln_status == "Rejected" => {
                    self.read.remark("entries were rejected by NVD and say nothing", at);
                }
                Some(cve) if !seen.insert(cve.clone()) => {
                    self.read.remark("entries repeat an earlier one", at);
                }
                Some(cve) => {
                    let fact = |value| FactRow { cve: cve.clone(), value };
                    self.read.facts.extend(facts(&entry).into_iter().map(fact));
                }
            }
        }
        Ok(())
    }
}

fn facts(entry: &Cve) -> Vec<Threat> {
    let mut facts = Vec::new();
    if let Some(listed_on) = entry.cisa_exploit_add.as_deref().and_then(day) {
        facts.push(Threat::Listed {
            listed_on,
            due_on: entry.cisa_action_due.as_deref().and_then(day),
            ransomware: false,
            product: String::new(),
            name: line(entry.cisa_vulnerability_name.as_deref().unwrap_or_default()).into_owned(),
        });
    }
    facts.extend(score(&entry.metrics));
    let ssvc =
        entry.metrics.iter().filter(|(name, _)| name.starts_with("ssvc")).find_map(|(_, value)| ssvc(value));
    facts.extend(ssvc);
    facts
}

/// The score of the newest version that is there; the primary source before others.
fn score(metrics: &BTreeMap<String, Value>) -> Option<Threat> {
    ["cvssMetricV40", "cvssMetricV31", "cvssMetricV30", "cvssMetricV2"].iter().find_map(|name| {
        let list = metrics.get(*name)?.as_array()?;
        let primary = list.iter().find(|metric| metric["type"] == "Primary");
        let data = &primary.or(list.first())?["cvssData"];
        Some(Threat::Scored {
            version: line(data["version"].as_str().unwrap_or_default()).into_owned(),
            score_tenths: data["baseScore"].as_f64().and_then(tenths)?,
            vector: line(data["vectorString"].as_str().unwrap_or_default()).into_owned(),
        })
    })
}

/// The decision points, wherever a list of options names them: `[{"exploitation": "active"}, {"automatable": "yes"}]`.
pub(super) fn ssvc(metric: &Value) -> Option<Threat> {
    let options = options(metric, 0)?;
    let mut points: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in options.iter().filter_map(Value::as_object).flatten() {
        let name: String = name.chars().filter(char::is_ascii_alphabetic).collect();
        if let Some(value) = value.as_str() {
            points.insert(name.to_ascii_lowercase(), value.to_ascii_lowercase());
        }
    }
    let exploitation = match points.get("exploitation")?.as_str() {
        "active" => Exploitation::Active,
        "poc" | "public poc" => Exploitation::Public,
        "none" => Exploitation::None,
        _ => return None,
    };
    let is = |name: &str, yes: &str, no: &str| match points.get(name).map(String::as_str) {
        Some(word) if word == yes => Some(true),
        Some(word) if word == no => Some(false),
        _ => None,
    };
    Some(Threat::Ssvc {
        exploitation,
        automatable: is("automatable", "yes", "no"),
        total_impact: is("technicalimpact", "total", "partial"),
    })
}

/// The list of options, at most four levels down.
fn options(value: &Value, level: u8) -> Option<&Vec<Value>> {
    match value {
        Value::Object(map) => match map.get("options").and_then(Value::as_array) {
            Some(found) => Some(found),
            None if level < 4 => map.values().find_map(|inner| options(inner, level + 1)),
            None => None,
        },
        Value::Array(list) if level < 4 => list.iter().find_map(|inner| options(inner, level + 1)),
        _ => None,
    }
}
