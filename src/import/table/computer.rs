//! The computer part of a row.
//!
//! Owns the source identity of computers and which cell fills which field. It never decides that two identities are one
//! machine.

use super::{Table, shorten};
use crate::import::csv::Record;
use crate::import::date::RawDate;
use crate::import::identity::{fold_guid, fold_host, fold_ip};
use crate::import::mapping::{Role, fold_header};
use crate::import::row::{ComputerRow, IdSpace, IssueKind, SourceKey};
use crate::import::state::yes_or_no;

impl Table {
    /// The index of the row's computer; the first row that names one describes it.
    pub(super) fn computer(&mut self, record: &Record<'_>) -> Option<u32> {
        let cell = |role: Role| self.columns[role as usize].map_or(&[][..], |i| record.cell(i));
        let (id, mut name) = (cell(Role::ComputerId), cell(Role::Host));
        if name.is_empty() {
            name = cell(Role::Fqdn);
        }
        let raw = if id.is_empty() { name } else { id };
        // Tables of computers describe one in every row; tables of states repeat a name thousands of times.
        if self.shape.state {
            if !raw.is_empty() && self.last_computer.0 == raw {
                return Some(self.last_computer.1);
            }
            if let Some(&index) = self.computer_cache.get(raw) {
                self.last_computer.0.clear();
                self.last_computer.0.extend_from_slice(raw);
                self.last_computer.1 = index;
                return Some(index);
            }
        }
        let raw = raw.to_vec();
        let row = self.describe_computer(record)?;
        let index = self.intern_computer(row);
        if self.shape.state {
            self.computer_cache.insert(raw, index);
        }
        Some(index)
    }

    /// Only columns that hold lists are divided at commas; the name of a single group may have one.
    fn groups(&mut self, record: &Record<'_>) -> Vec<String> {
        let text = self.text(record, Role::Groups);
        let single = self.column_name(Role::Groups).is_some_and(|name| {
            matches!(fold_header(&name).as_str(), "targetgroup" | "requestedtargetgroupname")
        });
        if single && !text.contains(['|', ';']) && !text.is_empty() { vec![text] } else { split_list(&text) }
    }

    fn intern_computer(&mut self, row: ComputerRow) -> u32 {
        if let Some(&index) = self.computer_keys.get(&row.key.0) {
            merge_computer(&mut self.computers[index as usize], row);
            return index;
        }
        let index = self.computers.len() as u32;
        self.computer_keys.insert(row.key.0.clone(), index);
        self.computers.push(row);
        index
    }

    fn describe_computer(&mut self, record: &Record<'_>) -> Option<ComputerRow> {
        let line = record.line;
        let id_text = self.text(record, Role::ComputerId);
        let id = fold_guid(&id_text);
        let host = self.text(record, Role::Host);
        let fqdn = self.text(record, Role::Fqdn);
        let name = if host.is_empty() { &fqdn } else { &host };
        if id.is_none() && name.is_empty() {
            let column = self.column_name(Role::Host).or_else(|| self.column_name(Role::ComputerId));
            return self.skip(line, column, IssueKind::NoComputer, || {
                if id_text.is_empty() {
                    "the row names no computer".to_owned()
                } else {
                    format!("“{}” is no identifier of a computer", shorten(&id_text))
                }
            });
        }
        let folded = fold_host(name);
        let full = if fqdn.is_empty() { folded.clone() } else { fold_host(&fqdn) };
        if folded.damaged {
            let (text, column) = (shorten(name), self.column_name(Role::Host));
            self.remark(line, column, IssueKind::DamagedName, || {
                format!("“{text}” lost a letter: export again with -Encoding UTF8")
            });
        }
        let key = match &id {
            Some(id) if self.shape.directory => format!("ad:{id}"),
            Some(id) => format!("id:{id}"),
            None => format!("name:{}", full.full()),
        };
        let id_space = match (&id, self.shape.directory) {
            (None, _) => IdSpace::None,
            (_, true) => IdSpace::Directory,
            (_, false) => IdSpace::Wsus,
        };
        let dated = |date: Option<RawDate>| date.map(RawDate::packed);
        Some(ComputerRow {
            key: SourceKey(key),
            placeholder: name.is_empty(),
            source_id: id.unwrap_or_default(),
            id_space,
            name: name.clone(),
            fqdn: if full.domain.is_empty() { String::new() } else { full.full() },
            short_name: folded.short,
            name_damaged: folded.damaged,
            ip: fold_ip(&self.text(record, Role::Ip)).unwrap_or_default(),
            make: self.text(record, Role::Make),
            model: self.text(record, Role::Model),
            os: self.text(record, Role::Os),
            os_version: self.text(record, Role::OsVersion),
            architecture: self.text(record, Role::Architecture),
            role: known_role(self.text(record, Role::ComputerRole)),
            client_version: self.text(record, Role::ClientVersion),
            groups: self.groups(record),
            last_sync_at: dated(self.date(record, Role::LastSync)),
            last_status_at: dated(self.date(record, Role::LastStatus)),
            last_logon_at: dated(self.date(record, Role::LastLogon)),
            sid: self.text(record, Role::Sid),
            enabled: yes_or_no(&self.text(record, Role::Enabled)),
            distinguished_name: self.text(record, Role::DistinguishedName),
            parent_server: parent_server(self.text(record, Role::ParentServer)),
            serial: self.text(record, Role::Serial),
            description: self.text(record, Role::Description),
            location: self.text(record, Role::Location),
            managed_by: self.text(record, Role::ManagedBy),
            file: self.file,
            line,
        })
    }
}

/// Fills what is blank; names and times of a later row win over those of an earlier one, and a blank never erases.
pub(in crate::import) fn merge_computer(old: &mut ComputerRow, new: ComputerRow) {
    let take = |into: &mut String, from: String| {
        if into.is_empty() {
            *into = from;
        }
    };
    if old.placeholder && !new.placeholder {
        (old.placeholder, old.file, old.line) = (false, new.file, new.line);
        (old.name, old.fqdn, old.short_name) = (new.name, new.fqdn, new.short_name);
        old.name_damaged = new.name_damaged;
    }
    take(&mut old.ip, new.ip);
    take(&mut old.make, new.make);
    take(&mut old.model, new.model);
    take(&mut old.os, new.os);
    take(&mut old.os_version, new.os_version);
    take(&mut old.architecture, new.architecture);
    take(&mut old.role, new.role);
    take(&mut old.client_version, new.client_version);
    take(&mut old.sid, new.sid);
    take(&mut old.distinguished_name, new.distinguished_name);
    take(&mut old.parent_server, new.parent_server);
    take(&mut old.serial, new.serial);
    take(&mut old.description, new.description);
    take(&mut old.location, new.location);
    take(&mut old.managed_by, new.managed_by);
    for group in new.groups {
        if !old.groups.contains(&group) {
            old.groups.push(group);
        }
    }
    old.last_sync_at = old.last_sync_at.max(new.last_sync_at);
    old.last_status_at = old.last_status_at.max(new.last_status_at);
    old.last_logon_at = old.last_logon_at.max(new.last_logon_at);
    old.enabled = old.enabled.or(new.enabled);
}

/// A list in one cell: our own export joins with `|`, scripts join with commas or semicolons.
pub(in crate::import) fn split_list(text: &str) -> Vec<String> {
    let separator = if text.contains('|') {
        '|'
    } else if text.contains(';') {
        ';'
    } else {
        ','
    };
    let mut parts: Vec<String> = Vec::new();
    for part in text.split(separator).map(str::trim).filter(|part| !part.is_empty()) {
        if !parts.iter().any(|known| known == part) {
            parts.push(part.to_owned());
        }
    }
    parts
}

fn known_role(text: String) -> String {
    if text == "Unknown" { String::new() } else { text }
}

/// The empty GUID says "this server itself".
fn parent_server(text: String) -> String {
    if text.bytes().all(|b| b == b'0' || b == b'-') { String::new() } else { text }
}
