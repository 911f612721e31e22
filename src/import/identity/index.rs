//! Finding a computer by a name among many, each with all the names it ever had.
//!
//! Owns the rule that a weak agreement counts only where no other machine fits. It never decides about a doubt: it returns
//! all that fit.

use std::collections::HashMap;
use std::hash::Hash;

use super::{Agreement, HostName, agreement};

/// Names of many computers, aliases too.
#[derive(Debug, Clone)]
pub struct NameIndex<K> {
    names: Vec<(HostName, K)>,
    by_short: HashMap<String, Vec<usize>>,
    by_netbios: HashMap<String, Vec<usize>>,
    damaged: Vec<usize>,
}

/// What a name was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found<K> {
    /// Nobody has it.
    Nobody,
    /// One machine has it, so far as the agreement goes.
    One(K, Agreement),
    /// Several machines agree equally well: a person must choose.
    Several(Vec<K>, Agreement),
}

impl<K> Default for NameIndex<K> {
    fn default() -> Self {
        NameIndex {
            names: Vec::new(),
            by_short: HashMap::new(),
            by_netbios: HashMap::new(),
            damaged: Vec::new(),
        }
    }
}

impl<K: Copy + Eq + Hash + Ord> NameIndex<K> {
    /// Adds a name, present or former, of a machine.
    pub fn add(&mut self, name: HostName, key: K) {
        let at = self.names.len();
        self.by_short.entry(name.short.clone()).or_default().push(at);
        self.by_netbios.entry(name.netbios().to_owned()).or_default().push(at);
        if name.damaged {
            self.damaged.push(at);
        }
        self.names.push((name, key));
    }

    /// The machines a name may be. Only the best agreement counts; a damaged name is compared with all.
    pub fn find(&self, wanted: &HostName) -> Found<K> {
        let none = Vec::new();
        let near = self.by_short.get(&wanted.short).unwrap_or(&none).iter();
        let cut = self.by_netbios.get(wanted.netbios()).unwrap_or(&none).iter();
        let all = 0..if wanted.damaged { self.names.len() } else { 0 };
        let mut best = Agreement::None;
        let mut fits: Vec<K> = Vec::new();
        for at in near.chain(cut).chain(&self.damaged).copied().chain(all) {
            let (name, key) = &self.names[at];
            let found = agreement(wanted, name);
            if found > best {
                best = found;
                fits.clear();
            }
            if found == best && found != Agreement::None {
                fits.push(*key);
            }
        }
        fits.sort_unstable();
        fits.dedup();
        match fits.as_slice() {
            [] => Found::Nobody,
            [one] => Found::One(*one, best),
            _ => Found::Several(fits, best),
        }
    }
}
