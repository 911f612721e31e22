//! Threat data: what files say, what of it is new, and how it is loaded.

mod cut;
mod files;
mod hostile;
mod load;
mod opinion;
mod record;
mod scan;
mod tie;
mod volume;

use std::path::PathBuf;

use patchbook::domain::threat::Threat;
use patchbook::import::threat::{Known, ThreatRead, ThreatRefused, read};
use patchbook::import::{Control, Input};

/// A file of the fixtures, without a time of change: a checkout has none worth using.
fn fixture(name: &str) -> Input {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    Input { modified_at: None, ..Input::from_path(path) }
}

fn known(kbs: &[&str], cves: &[&str]) -> Known {
    let set = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
    Known { kbs: set(kbs), cves: set(cves) }
}

fn read_known(input: &Input, known: &Known) -> Result<ThreatRead, ThreatRefused> {
    read(input, known, &mut |_| Control::Continue)
}

fn read_file(name: &str) -> ThreatRead {
    read_known(&fixture(name), &Known::default()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn read_text(name: &str, text: &str, known: &Known) -> Result<ThreatRead, ThreatRefused> {
    read_known(&Input::from_bytes(name, text), known)
}

fn facts<'r>(read: &'r ThreatRead, cve: &str) -> Vec<&'r Threat> {
    read.facts.iter().filter(|fact| fact.cve == cve).map(|fact| &fact.value).collect()
}

/// The sentence of a refusal, which must say what to do.
fn refusal(result: Result<ThreatRead, ThreatRefused>) -> String {
    let error = result.expect_err("it is refused").to_string();
    let tells =
        ["again", "Choose", "Unpack", "Export", "nothing was taken", "ordinary import", "choose", "export"];
    assert!(error.ends_with('.') && tells.iter().any(|word| error.contains(word)), "{error}");
    error
}
