//! Supersedence that no import told: what an advisory says it replaces, and fixed builds of one branch of a product. A newer
//! cumulative update satisfies the older one.
//!
//! Only between updates of the register that are for a product in common. Worked out, never stored: what replaces what is a fact
//! of the vendor, whenever it was learnt.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::domain::book::Book;
use crate::domain::update::Update;
use crate::util::text::fold;

/// Pairs of places, older and newer, from the advisories recorded up to an instant (UTC seconds).
pub fn advised_edges(book: &Book, as_of_at: i64) -> BTreeSet<(u32, u32)> {
    let mut edges = BTreeSet::new();
    if book.advisories.is_empty() {
        return edges;
    }
    let mut by_kb: HashMap<&str, Vec<u32>> = HashMap::new();
    for (place, update) in book.updates.rows().iter().enumerate() {
        for kb in &update.kbs {
            by_kb.entry(kb.as_str()).or_default().push(place as u32);
        }
    }
    let places = |kb: &str| by_kb.get(kb).map_or(&[][..], Vec::as_slice);
    let rows = book.updates.rows();
    let mut link = |old: u32, new: u32| {
        let (older, newer) = (&rows[old as usize], &rows[new as usize]);
        if old != new && older.released_at <= newer.released_at && share_product(older, newer) {
            edges.insert((old, new));
        }
    };
    // Per product and branch: builds in order, and the updates that bring each.
    let mut branches: BTreeMap<(String, String), BTreeMap<u64, BTreeSet<u32>>> = BTreeMap::new();
    for advisory in book.advisories.iter().filter(|row| row.recorded_at <= as_of_at) {
        for &new in places(&advisory.kb) {
            for kb in &advisory.supersedes {
                for &old in places(kb) {
                    link(old, new);
                }
            }
            for fix in &advisory.fixes {
                if let Some((branch, revision)) = branch_of(&fix.build) {
                    let key = (fold(&fix.product), branch);
                    branches.entry(key).or_default().entry(revision).or_default().insert(new);
                }
            }
        }
    }
    for ((_, branch), builds) in &branches {
        let whole = |places: &BTreeSet<u32>| {
            let found = places.iter().copied().filter(|&place| is_cumulative(&rows[place as usize], branch));
            found.collect::<Vec<u32>>()
        };
        let steps: Vec<Vec<u32>> = builds.values().map(whole).filter(|places| !places.is_empty()).collect();
        for pair in steps.windows(2) {
            let [older, newer] = pair else { continue };
            for &old in older {
                for &new in newer {
                    link(old, new);
                }
            }
        }
    }
    edges
}

/// Branch and revision of a Windows build: `10.0.19045.7058` is revision 7058 of `10.0.19045`. Builds of other shapes say nothing
/// about what contains what.
fn branch_of(build: &str) -> Option<(String, u64)> {
    let parts: Vec<&str> = build.trim().split('.').collect();
    let [major, minor, number, revision] = parts.as_slice() else { return None };
    if ![major, minor, number].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()) && !part.is_empty())
    {
        return None;
    }
    Some((format!("{major}.{minor}.{number}"), revision.parse().ok()?))
}

/// Whether a higher build of its branch holds everything that a lower one holds. Since version 10.0 every monthly update does;
/// before that only the rollups do, and a Security Only update brings its own month alone.
fn is_cumulative(update: &Update, branch: &str) -> bool {
    let title = fold(&update.title);
    let says = |word: &str| title.contains(word);
    !says("security only") && (branch.starts_with("10.") || says("rollup") || says("cumulative"))
}

fn share_product(one: &Update, other: &Update) -> bool {
    one.products.iter().any(|product| other.products.iter().any(|p| fold(p) == fold(product)))
}
