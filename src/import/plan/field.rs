//! What a computer's row changes of an asset's imported values, and how that is shown.
//!
//! Own values are never touched here, and a blank never erases.

use crate::domain::asset::{Asset, Imported};
use crate::util::text::line;

use super::super::ComputerRow;

/// One imported value that differs from the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldDiff {
    /// The field in words.
    pub field: &'static str,
    /// What the register shows.
    pub was: String,
    /// What the file says.
    pub becomes: String,
    /// The register's own value stays in front of the imported one.
    pub kept_yours: bool,
}

/// Imported values with what the row says; a blank keeps what was known.
pub(super) fn imported(row: &ComputerRow, before: &Imported) -> Imported {
    // An older report never overwrites a newer one (`metrics.md` rule 9); it may fill a gap.
    let is_older = row.last_status_at.is_some_and(|at| before.status_at.is_some_and(|known| at < known));
    let text = |new: &str, old: &Option<String>| {
        let keep = new.is_empty() || (is_older && old.is_some());
        if keep { old.clone() } else { Some(line(new).into_owned()) }
    };
    // WSUS lists "All Computers" first; the narrowest group comes last.
    let group = row.groups.last().map_or_else(|| ou_of(&row.distinguished_name), Clone::clone);
    Imported {
        fqdn: text(&row.fqdn, &before.fqdn),
        ip: text(&row.ip, &before.ip),
        make: text(&row.make, &before.make),
        model: text(&row.model, &before.model),
        os: text(&row.os, &before.os),
        os_version: text(&row.os_version, &before.os_version),
        source_group: text(&group, &before.source_group),
        description: text(&row.description, &before.description),
        contact_at: row.last_sync_at.max(row.last_logon_at).max(before.contact_at),
        status_at: row.last_status_at.max(before.status_at),
        disabled: row.enabled.map(|enabled| !enabled).or(before.disabled),
    }
}

/// `OU=Servers,OU=HQ,...` as `HQ / Servers`; empty where there is none.
fn ou_of(distinguished_name: &str) -> String {
    let parts = distinguished_name.split(',').filter_map(|part| part.trim().strip_prefix("OU="));
    let mut names: Vec<&str> = parts.collect();
    names.reverse();
    names.join(" / ")
}

/// What a person should see as changed. Contact times move with every import and are no news.
pub(super) fn differences(before: &Asset, after: &Asset) -> Vec<FieldDiff> {
    let (old, new) = (&before.imported, &after.imported);
    let fields = [
        ("Full name", &old.fqdn, &new.fqdn, ""),
        ("Address", &old.ip, &new.ip, before.ip.as_str()),
        ("Make", &old.make, &new.make, before.make.as_str()),
        ("Model", &old.model, &new.model, before.model.as_str()),
        ("Operating system", &old.os, &new.os, before.os.as_str()),
        ("Version", &old.os_version, &new.os_version, before.os_version.as_str()),
        ("Group in the source", &old.source_group, &new.source_group, ""),
        ("Description", &old.description, &new.description, ""),
    ];
    let mut diffs: Vec<FieldDiff> = fields
        .into_iter()
        .filter(|(_, was, becomes, _)| was != becomes)
        .map(|(field, was, becomes, own)| FieldDiff {
            field,
            was: if own.is_empty() { was.clone().unwrap_or_default() } else { own.to_owned() },
            becomes: becomes.clone().unwrap_or_default(),
            kept_yours: !own.is_empty(),
        })
        .collect();
    if before.aliases != after.aliases {
        diffs.push(FieldDiff {
            field: "Other names",
            was: before.aliases.join(", "),
            becomes: after.aliases.join(", "),
            kept_yours: false,
        });
    }
    diffs
}
