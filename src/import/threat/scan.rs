//! Scans as CSV: Nessus in its two layouts, and `OpenVAS` (Greenbone). One machine, one check, one finding.
//!
//! Owns their columns, and which rows speak of a patch: those with an article or a vulnerability. It never matches a
//! machine against the register.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDateTime;

use crate::domain::threat::CatalogueKind;
use crate::util::text::line;

use super::sheet::{Row, Sheet};
use super::text::{cves, each_once, instant, kbs, kbs_in_words};
use super::{Fault, Hook, ScanHost, ScanRow, Source, ThreatRead};

/// The most findings of one scan: 2,000 machines with 500 each.
const MAX_FINDINGS: usize = 1_000_000;

/// The most articles or vulnerabilities of one finding; the real record is 88.
const MAX_OF_ONE: usize = 5_000;

/// The check of Nessus that tells how the scan went.
const NESSUS_SCAN: &str = "19506";

/// Which column holds what; a layout lacks some.
#[derive(Default)]
struct Columns {
    plugin: Option<usize>,
    name: Option<usize>,
    severity: Option<usize>,
    /// Names of the machine, the most telling first.
    names: Vec<Option<usize>>,
    address: Option<usize>,
    cves: Option<usize>,
    /// Articles as a list.
    kbs: Option<usize>,
    /// References of many kinds, `MSKB` among them.
    references: Option<usize>,
    output: Option<usize>,
    seen: Option<usize>,
}

/// Reads a scan of Nessus: rows as the scanner itself writes them, or as Tenable.sc does.
pub(super) fn read_nessus(source: Source<'_, '_>, hook: Hook<'_>) -> Result<ThreatRead, Fault> {
    let layouts: [&[&str]; 2] = [&["pluginid", "host"], &["plugin", "pluginname"]];
    let sheet = Sheet::open(source, &layouts, hook)?;
    let columns = Columns {
        plugin: sheet.column(&["pluginid", "plugin"]),
        name: sheet.column(&["name", "pluginname"]),
        severity: sheet.column(&["risk", "severity", "riskfactor"]),
        names: vec![sheet.column(&["dnsname"]), sheet.column(&["netbiosname"]), sheet.column(&["host"])],
        address: sheet.column(&["ipaddress"]),
        cves: sheet.column(&["cve"]),
        kbs: sheet.column(&["mskb"]),
        references: sheet.column(&["crossreferences", "xref"]),
        output: sheet.column(&["pluginoutput", "plugintext"]),
        seen: sheet.column(&["lastobserved"]),
    };
    Scan::new(CatalogueKind::Nessus, "Nessus scan").read(sheet, &columns, hook)
}

/// Reads a scan of `OpenVAS`.
pub(super) fn read_openvas(source: Source<'_, '_>, hook: Hook<'_>) -> Result<ThreatRead, Fault> {
    let sheet = Sheet::open(source, &[&["nvtname", "nvtoid"]], hook)?;
    let columns = Columns {
        plugin: sheet.column(&["nvtoid"]),
        name: sheet.column(&["nvtname"]),
        severity: sheet.column(&["severity"]),
        names: vec![sheet.column(&["hostname"])],
        address: sheet.column(&["ip"]),
        cves: sheet.column(&["cves"]),
        seen: sheet.column(&["timestamp"]),
        ..Columns::default()
    };
    Scan::new(CatalogueKind::OpenVas, "OpenVAS scan").read(sheet, &columns, hook)
}

/// The scan so far.
struct Scan {
    read: ThreatRead,
    hosts: HashMap<String, usize>,
    /// Place of a finding by host and check.
    places: HashMap<(usize, String), usize>,
    cves: Vec<BTreeSet<String>>,
}

impl Scan {
    fn new(kind: CatalogueKind, title: &str) -> Scan {
        let mut read = ThreatRead::new(kind);
        title.clone_into(&mut read.title);
        Scan { read, hosts: HashMap::new(), places: HashMap::new(), cves: Vec::new() }
    }

    fn read(
        mut self,
        mut sheet: Sheet<'_, '_>,
        columns: &Columns,
        hook: Hook<'_>,
    ) -> Result<ThreatRead, Fault> {
        while let Some(row) = sheet.next(hook)? {
            self.read.entries += 1;
            self.add(&row, columns);
            if self.read.findings.len() > MAX_FINDINGS {
                return Err(Fault::Bad(
                    "The scan has more than a million findings. Export fewer machines at once.".to_owned(),
                ));
            }
        }
        if self.read.entries == 0 {
            return Err(Fault::Bad(
                "The scan has no rows. Export it again; nothing was taken from it.".to_owned(),
            ));
        }
        for (finding, cves) in self.read.findings.iter_mut().zip(self.cves) {
            finding.cves = cves.into_iter().collect();
        }
        self.read.published_at = self.read.hosts.iter().filter_map(|host| host.seen_at).max();
        let day = |at| crate::util::clock::utc(at).format("%Y-%m-%d").to_string();
        self.read.version = self.read.published_at.map(day).unwrap_or_default();
        Ok(self.read)
    }

    fn add(&mut self, row: &Row<'_>, columns: &Columns) {
        let at = u64::from(row.line());
        let Some(host) = self.host(row, columns) else {
            self.read.remark("rows name no machine", at);
            return;
        };
        let plugin = line(&row.text(columns.plugin)).into_owned();
        let output = row.text(columns.output);
        if plugin == NESSUS_SCAN {
            self.about_scan(host, &output);
        }
        let seen = row.text(columns.seen);
        match instant(&seen) {
            Some(seen_at) => {
                let known = &mut self.read.hosts[host].seen_at;
                *known = (*known).max(Some(seen_at));
            }
            None if !seen.is_empty() => self.read.remark("rows have a time that is not read", at),
            None => {}
        }
        let name = row.text(columns.name);
        let references = row.text(columns.references);
        let mskb = references.split(',').filter(|part| part.contains("MSKB")).flat_map(kbs);
        let listed = kbs(&row.text(columns.kbs));
        let mut numbers = each_once(kbs_in_words(&name).into_iter().chain(listed).chain(mskb));
        numbers.truncate(MAX_OF_ONE);
        let found = cves(&row.text(columns.cves));
        if numbers.is_empty() && found.is_empty() {
            self.read.left_aside += 1;
            return;
        }
        let place = *self.places.entry((host, plugin.clone())).or_insert_with(|| {
            self.read.findings.push(ScanRow {
                host,
                kbs: Vec::new(),
                cves: Vec::new(),
                plugin,
                name: line(&name).into_owned(),
                severity: line(&row.text(columns.severity)).into_owned(),
            });
            self.cves.push(BTreeSet::new());
            self.read.findings.len() - 1
        });
        // Of the rows of one check the first mostly names all its articles.
        let known = &mut self.read.findings[place].kbs;
        if known.is_empty() {
            *known = numbers;
        } else if *known != numbers {
            let all = std::mem::take(known).into_iter().chain(numbers);
            *known = each_once(all);
            known.truncate(MAX_OF_ONE);
        }
        let all = &mut self.cves[place];
        all.extend(found);
        while all.len() > MAX_OF_ONE {
            all.pop_last();
        }
    }

    /// The machine of a row, by all its names and its address.
    fn host(&mut self, row: &Row<'_>, columns: &Columns) -> Option<usize> {
        let mut address = line(&row.text(columns.address)).into_owned();
        let mut names: Vec<String> = Vec::new();
        for name in &columns.names {
            let name = line(&row.text(*name)).into_owned();
            if name.parse::<std::net::IpAddr>().is_ok() {
                if address.is_empty() {
                    address = name;
                }
            } else if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        if names.is_empty() && address.is_empty() {
            return None;
        }
        let key = format!("{}\n{address}", names.join("\n")).to_lowercase();
        Some(*self.hosts.entry(key).or_insert_with(|| {
            self.read.hosts.push(ScanHost {
                names,
                address,
                seen_at: None,
                seen_local: None,
                with_login: None,
                line: row.line(),
            });
            self.read.hosts.len() - 1
        }))
    }

    /// What the scanner tells of the scan itself: when it began, and whether it could log in.
    fn about_scan(&mut self, host: usize, output: &str) {
        let value = |label: &str| {
            output.lines().find_map(|line| line.split_once(':').filter(|(name, _)| name.trim() == label))
        };
        let host = &mut self.read.hosts[host];
        if let Some((_, login)) = value("Credentialed checks") {
            let yes = login.trim().to_ascii_lowercase().starts_with("yes");
            host.with_login = Some(host.with_login.unwrap_or(true) && yes);
        }
        if let Some((_, began)) = value("Scan Start Date") {
            let words: Vec<&str> = began.split_whitespace().take(2).collect();
            let Ok(time) = NaiveDateTime::parse_from_str(&words.join(" "), "%Y/%m/%d %H:%M") else { return };
            match offset_secs(began) {
                Some(offset) => host.seen_at = host.seen_at.or(Some(time.and_utc().timestamp() - offset)),
                None => host.seen_local = host.seen_local.or(Some(time)),
            }
        }
    }
}

/// How far a scanner's clock is ahead of UTC, seconds: `2026/9/10 12:00 CEST (UTC +02:00)`, `2026/9/10 10:00 UTC`. `None` where the
/// text names a zone by letters that mean several, or none.
fn offset_secs(text: &str) -> Option<i64> {
    let text = text.trim().trim_end_matches(')');
    let Some((_, tail)) = text.rsplit_once("UTC") else { return text.ends_with("GMT").then_some(0) };
    let tail = tail.trim();
    if tail.is_empty() {
        return Some(0);
    }
    let sign = if tail.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = tail.trim_start_matches(['+', '-']).split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}
