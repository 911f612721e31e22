//! The definitions of WES-NG: one table of article, vulnerability, product, severity, supersedence and public exploits.
//!
//! Owns its columns and the volume rule: of 600,000 rows only those of known articles are kept, and of the others the chain
//! of supersedence between known ones. Memory follows what is kept, never the length of the file.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::domain::threat::{CatalogueKind, Threat};
use crate::util::clock::utc;
use crate::util::text::line;

use super::article::Articles;
use super::sheet::Sheet;
use super::text::{cve, instant, kb, kbs, severity};
use super::{FactRow, Fault, Hook, Known, Source, ThreatRead};

/// The most edges of supersedence; the real file has some 40,000.
const MAX_EDGES: usize = 2_000_000;

/// The most addresses of exploits for one vulnerability that are kept.
const EXPLOITS_KEPT: usize = 5;

/// Reads the table.
pub(super) fn read(source: Source<'_, '_>, known: &Known, hook: Hook<'_>) -> Result<ThreatRead, Fault> {
    let mut sheet = Sheet::open(source, &[&["cve", "bulletinkb", "supersedes"]], hook)?;
    let names =
        ["dateposted", "cve", "bulletinkb", "title", "affectedproduct", "severity", "supersedes", "exploits"];
    let [at_day, at_cve, at_kb, at_title, at_product, at_severity, at_old, at_exploit] =
        names.map(|name| sheet.column(&[name]));
    let mut read = ThreatRead::new(CatalogueKind::WesNg);
    "WES-NG definitions".clone_into(&mut read.title);
    let mut articles = Articles::default();
    let mut edges = Edges::default();
    let mut exploits: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut newest = None;
    while let Some(row) = sheet.next(hook)? {
        read.entries += 1;
        let at = u64::from(row.line());
        let posted = instant(&row.text(at_day));
        newest = newest.max(posted);
        let Some(number) = kb(&row.text(at_kb)) else {
            let text = if row.text(at_kb).is_empty() {
                "rows name no article"
            } else {
                "rows name an article by something else than a number"
            };
            read.remark(text, at);
            read.left_aside += 1;
            continue;
        };
        let older = kbs(&row.text(at_old));
        if !edges.add(&number, &older) {
            return Err(Fault::Bad(
                "The table links more than two million articles, as no such table does. Download it again; nothing was \
                 taken from it."
                    .to_owned(),
            ));
        }
        if !known.kbs.contains(&number) {
            read.left_aside += 1;
            continue;
        }
        let article = articles.of(&number);
        article.title(&row.text(at_title));
        article.released(posted.map(|at| utc(at).date_naive()));
        article.product(&row.text(at_product));
        let word = row.text(at_severity);
        article.severity(severity(&word));
        if word.contains("System.Object") {
            read.remark("rows have a severity that the tool lost; it counts as not given", at);
        }
        for old in older {
            article.supersedes(old);
        }
        match cve(&row.text(at_cve)) {
            Some(cve) => {
                article.fixes_cve(&cve);
                let kept = exploits.entry(cve).or_default();
                for address in addresses(&row.text(at_exploit)) {
                    if kept.len() < EXPLOITS_KEPT {
                        kept.insert(address);
                    }
                }
            }
            None => read.remark("rows name no vulnerability that is a CVE", at),
        }
    }
    if read.entries == 0 {
        return Err(Fault::Bad(
            "The table has no rows. Download it again; nothing was taken from it.".to_owned(),
        ));
    }
    for (newer, older) in edges.between(&known.kbs) {
        let article = articles.of(&newer);
        if !known.kbs.contains(&newer) {
            article.title("A link between two articles of the register");
        }
        article.supersedes(older);
    }
    for (cve, addresses) in exploits {
        let exploit = |reference| FactRow { cve: cve.clone(), value: Threat::Exploit { reference } };
        read.facts.extend(addresses.into_iter().map(exploit));
    }
    read.advisories = articles.rows()?;
    read.published_at = newest;
    read.version = newest.map(|at| utc(at).format("%Y-%m-%d").to_string()).unwrap_or_default();
    Ok(read)
}

/// The addresses in a cell.
fn addresses(cell: &str) -> Vec<String> {
    let parts = cell.split([';', ',', ' ', '\n', '|']).map(str::trim);
    parts.filter(|part| part.starts_with("http")).map(|part| line(part).into_owned()).collect()
}

/// Which article replaces which, over the whole table.
#[derive(Default)]
struct Edges {
    numbers: HashMap<String, u32>,
    texts: Vec<String>,
    /// (newer, older)
    all: BTreeSet<(u32, u32)>,
}

impl Edges {
    /// Notes what an article replaces; false when there are too many.
    fn add(&mut self, newer: &str, older: &[String]) -> bool {
        if older.is_empty() {
            return true;
        }
        let newer = self.number(newer);
        for old in older {
            let old = self.number(old);
            if old != newer {
                self.all.insert((newer, old));
            }
        }
        self.all.len() <= MAX_EDGES
    }

    fn number(&mut self, kb: &str) -> u32 {
        if let Some(&number) = self.numbers.get(kb) {
            return number;
        }
        let number = self.texts.len() as u32;
        self.numbers.insert(kb.to_owned(), number);
        self.texts.push(kb.to_owned());
        number
    }

    /// The edges on a way from a known article to a known one.
    fn between(&self, known: &BTreeSet<String>) -> Vec<(String, String)> {
        let start: Vec<u32> = known.iter().filter_map(|kb| self.numbers.get(kb).copied()).collect();
        let down = self.reached(&start, false);
        let up = self.reached(&start, true);
        let on_way = |&&(newer, older): &&(u32, u32)| down.contains(&newer) && up.contains(&older);
        let text = |number: u32| self.texts[number as usize].clone();
        self.all.iter().filter(on_way).map(|&(newer, older)| (text(newer), text(older))).collect()
    }

    /// Every article that these replace, themselves included; or, upwards, that replace these.
    fn reached(&self, start: &[u32], upwards: bool) -> BTreeSet<u32> {
        let mut next: HashMap<u32, Vec<u32>> = HashMap::new();
        for &(newer, older) in &self.all {
            let (from, to) = if upwards { (older, newer) } else { (newer, older) };
            next.entry(from).or_default().push(to);
        }
        let mut seen: BTreeSet<u32> = start.iter().copied().collect();
        let mut open = start.to_vec();
        while let Some(at) = open.pop() {
            for &to in next.get(&at).into_iter().flatten() {
                if seen.insert(to) {
                    open.push(to);
                }
            }
        }
        seen
    }
}
