//! The update part of a row.
//!
//! Owns the source identity of updates, KB numbers in all their spellings, and which cell fills which field. It never decides
//! that two identities are one update.

use super::Table;
use super::computer::split_list;
use crate::import::csv::Record;
use crate::import::date::RawDate;
use crate::import::identity::fold_guid;
use crate::import::mapping::Role;
use crate::import::row::{IssueKind, SourceKey, UpdateRow};
use crate::import::state::yes_or_no;

impl Table {
    /// The index of the row's update; the first row that names one describes it.
    pub(super) fn update(&mut self, record: &Record<'_>) -> Option<u32> {
        let mut raw = std::mem::take(&mut self.scratch);
        raw.clear();
        let cell = |role: Role| self.columns[role as usize].map_or(&[][..], |i| record.cell(i));
        raw.extend_from_slice(cell(Role::UpdateId));
        if raw.is_empty() {
            raw.extend_from_slice(cell(Role::Kb));
            raw.push(0x1F);
            raw.extend_from_slice(cell(Role::Title));
        }
        let known = if self.shape.state { self.update_cache.get(&raw).copied() } else { None };
        let index = known.or_else(|| {
            let row = self.describe_update(record)?;
            let index = self.intern_update(row);
            if self.shape.state {
                self.update_cache.insert(raw.clone(), index);
            }
            Some(index)
        });
        self.scratch = raw;
        index
    }

    fn intern_update(&mut self, row: UpdateRow) -> u32 {
        if let Some(&index) = self.update_keys.get(&row.key.0) {
            merge_update(&mut self.updates[index as usize], row);
            return index;
        }
        let index = self.updates.len() as u32;
        self.update_keys.insert(row.key.0.clone(), index);
        self.updates.push(row);
        index
    }

    /// The index of an update of which only the GUID is known.
    pub(super) fn update_of_id(&mut self, id: &str) -> u32 {
        self.intern_update(UpdateRow {
            key: SourceKey(format!("id:{id}")),
            placeholder: true,
            source_id: id.to_owned(),
            file: self.file,
            ..UpdateRow::default()
        })
    }

    /// The index of an update of which only the KB number is known.
    pub(super) fn update_of_kb(&mut self, kb: &str) -> u32 {
        self.intern_update(UpdateRow {
            key: SourceKey(format!("kb:{kb}")),
            kbs: vec![kb.to_owned()],
            file: self.file,
            ..UpdateRow::default()
        })
    }

    fn describe_update(&mut self, record: &Record<'_>) -> Option<UpdateRow> {
        let id = fold_guid(&self.text(record, Role::UpdateId));
        let title = self.text(record, Role::Title);
        let mut kbs = kb_numbers(&self.text(record, Role::Kb));
        if kbs.is_empty() {
            kbs = kbs_in_title(&title);
        }
        let key = match (&id, kbs.first(), title.is_empty()) {
            (Some(id), _, _) => format!("id:{id}"),
            (None, Some(kb), false) => format!("kb:{kb}|{title}"),
            (None, Some(kb), true) => format!("kb:{kb}"),
            (None, None, false) => format!("title:{title}"),
            (None, None, true) => {
                let column = self.column_name(Role::UpdateId).or_else(|| self.column_name(Role::Kb));
                return self
                    .skip(record.line, column, IssueKind::NoUpdate, || "the row names no update".to_owned());
            }
        };
        let severity = self.text(record, Role::Severity);
        let publication = self.text(record, Role::Publication);
        let dated = |date: Option<RawDate>| date.map(RawDate::packed);
        Some(UpdateRow {
            key: SourceKey(key),
            placeholder: title.is_empty() && kbs.is_empty(),
            source_id: id.unwrap_or_default(),
            revision: self.text(record, Role::Revision).parse().ok(),
            kbs,
            title,
            severity: if severity == "Unspecified" { String::new() } else { severity },
            classification: self.text(record, Role::Classification),
            products: split_products(&self.text(record, Role::Products)),
            created_at: dated(self.date(record, Role::Created)),
            arrived_at: dated(self.date(record, Role::Arrived)),
            approved: yes_or_no(&self.text(record, Role::IsApproved)),
            declined: yes_or_no(&self.text(record, Role::IsDeclined)),
            superseded: yes_or_no(&self.text(record, Role::IsSuperseded)),
            expired: if publication.is_empty() { None } else { Some(publication == "Expired") },
            file: self.file,
            line: record.line,
        })
    }
}

/// Fills what is blank; a blank never erases.
pub(in crate::import) fn merge_update(old: &mut UpdateRow, new: UpdateRow) {
    if old.placeholder && !new.placeholder {
        (old.placeholder, old.file, old.line) = (false, new.file, new.line);
    }
    for (into, from) in [
        (&mut old.title, new.title),
        (&mut old.severity, new.severity),
        (&mut old.classification, new.classification),
    ] {
        if into.is_empty() {
            *into = from;
        }
    }
    for kb in new.kbs {
        if !old.kbs.contains(&kb) {
            old.kbs.push(kb);
        }
    }
    if old.products.is_empty() {
        old.products = new.products;
    }
    old.revision = old.revision.max(new.revision);
    old.created_at = old.created_at.or(new.created_at);
    old.arrived_at = old.arrived_at.or(new.arrived_at);
    old.approved = old.approved.or(new.approved);
    old.declined = old.declined.or(new.declined);
    old.superseded = old.superseded.or(new.superseded);
    old.expired = old.expired.or(new.expired);
}

/// Products contain commas and semicolons; only our own `|` separates them.
fn split_products(text: &str) -> Vec<String> {
    if text.contains('|') {
        split_list(text)
    } else {
        Some(text).filter(|t| !t.is_empty()).map(str::to_owned).into_iter().collect()
    }
}

/// KB numbers of a cell: `5036892`, `KB5036892`, `{3160005}`, `5036892|5036893`.
pub(in crate::import) fn kb_numbers(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for run in text.split(|c: char| !c.is_ascii_digit()) {
        if (6..=7).contains(&run.len()) && !found.iter().any(|known| known == run) {
            found.push(run.to_owned());
        }
    }
    found
}

/// The KB number a title ends with in brackets.
pub(in crate::import) fn kbs_in_title(title: &str) -> Vec<String> {
    let Some(at) = title.rfind("(KB") else { return Vec::new() };
    let digits: String = title[at + 3..].chars().take_while(char::is_ascii_digit).collect();
    if (6..=7).contains(&digits.len()) { vec![digits] } else { Vec::new() }
}
