//! Which assets a name may mean.
//!
//! Full names first; short and cut names only where a single asset fits; a name with lost letters fits, and is never taken
//! as certain (`formats.md` section 7).

use std::collections::HashMap;

use crate::domain::asset::{Asset, AssetId};

use super::super::identity::{Agreement, HostName, NETBIOS_LEN, agreement, fold_host};

/// Every name of every asset, those of this import included.
#[derive(Default)]
pub(in crate::import) struct Names {
    all: Vec<(HostName, AssetId)>,
    /// Index into `all` by short name.
    by_short: HashMap<String, Vec<usize>>,
}

/// What a name was found to be.
pub(in crate::import) enum Found {
    /// Nobody's.
    None,
    /// This asset's.
    One(AssetId),
    /// A person must say whose; one entry where it only might be that one.
    Several(Vec<AssetId>),
}

impl Names {
    /// Adds the names of an asset.
    pub fn know(&mut self, asset: &Asset) {
        let fqdn = asset.imported.fqdn.iter();
        for name in std::iter::once(&asset.name).chain(&asset.aliases).chain(fqdn) {
            self.add(name, asset.id);
        }
    }

    /// Adds one name of an asset.
    pub fn add(&mut self, name: &str, id: AssetId) {
        let host = fold_host(name);
        self.by_short.entry(host.short.clone()).or_default().push(self.all.len());
        self.all.push((host, id));
    }

    /// Whether no asset has this short name.
    pub fn is_free(&self, name: &str) -> bool {
        self.by_short.get(&fold_host(name).short).is_none_or(Vec::is_empty)
    }

    /// Whose name it is.
    pub fn find(&self, host: &HostName) -> Found {
        let near: Vec<usize> = if host.damaged || host.short.chars().count() >= NETBIOS_LEN {
            (0..self.all.len()).collect()
        } else {
            self.by_short.get(&host.short).cloned().unwrap_or_default()
        };
        let mut best: Vec<(Agreement, AssetId)> = Vec::new();
        for index in near {
            let (name, id) = &self.all[index];
            let mut how = agreement(host, name);
            if how == Agreement::Short && self.is_of_another_domain(host, *id) {
                how = Agreement::None;
            }
            // A bare name says nothing of the domain: it is everybody's who has it.
            if how == Agreement::Full && host.domain.is_empty() {
                how = Agreement::Short;
            }
            if how != Agreement::None {
                best.push((how, *id));
            }
        }
        let Some(strongest) = best.iter().map(|(how, _)| *how).max() else { return Found::None };
        let mut ids: Vec<AssetId> =
            best.iter().filter(|(how, _)| *how == strongest).map(|(_, id)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        match ids.as_slice() {
            [one] if strongest != Agreement::Pattern => Found::One(*one),
            _ => Found::Several(ids),
        }
    }

    /// Whether the asset of that short name is known to be in another domain than the name says.
    fn is_of_another_domain(&self, host: &HostName, id: AssetId) -> bool {
        if host.domain.is_empty() {
            return false;
        }
        let places = self.by_short.get(&host.short).into_iter().flatten();
        let mut domains = places
            .map(|&at| &self.all[at])
            .filter(|(n, owner)| *owner == id && !n.domain.is_empty())
            .peekable();
        domains.peek().is_some() && domains.all(|(n, _)| n.domain != host.domain)
    }
}
