//! Threat data from files: what catalogues, advisories and scanners say, read without looking at the register.
//!
//! Owns which reader a file goes to, the caps, and the shape of what they deliver ([`ThreatRead`]). It never writes, never
//! sees a Book, and asks nothing: a file is read whole or refused with a sentence that says what to do. Large lists are
//! streamed, and only what [`Known`] names is kept of them (`formats.md` section 3).

mod article;
mod csaf;
mod cvrf;
mod epss;
mod guide;
mod kev;
mod nvd;
mod pipe;
pub mod plan;
mod record;
mod scan;
mod sheet;
mod text;
mod wes_ng;

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime};
use thiserror::Error;

use super::csv::{Feed, Stop};
use super::encoding::TextEncoding;
use super::report::{Control, Progress};
use super::sniff::{self, FileKind, Foreign, HEAD};
use super::source::{CHUNK, Input, MAX_BYTES, Stream};
use crate::domain::threat::{CatalogueKind, FixedBuild, Threat};
use crate::domain::update::Severity;

/// The most bytes, unpacked, of what is read as one document: the largest month of Microsoft's has 4 MB.
const MAX_DOCUMENT: u64 = 32 * 1024 * 1024;

/// Which articles and vulnerabilities matter: those of the register and of the advisories it holds. Of the large lists
/// only these are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Digits of articles.
    pub kbs: BTreeSet<String>,
    /// Vulnerabilities, `CVE-2024-21392`, upper case.
    pub cves: BTreeSet<String>,
}

/// What a file says about one vulnerability.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactRow {
    /// `CVE-2024-21392`, upper case.
    pub cve: String,
    /// What it says.
    pub value: Threat,
}

/// What a file says about one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdvisoryRow {
    /// Digits of the article.
    pub kb: String,
    /// Its title; empty where the file has none.
    pub title: String,
    /// Release.
    pub released_on: Option<NaiveDate>,
    /// The vulnerabilities it fixes, sorted.
    pub cves: Vec<String>,
    /// The worst severity.
    pub severity: Severity,
    /// The products it is for, sorted.
    pub products: Vec<String>,
    /// From which build each product is fixed, sorted.
    pub fixes: Vec<FixedBuild>,
    /// Articles that it replaces, digits, sorted.
    pub supersedes: Vec<String>,
    /// Whether it needs a restart, in the vendor's word; empty where the file is silent.
    pub restart: String,
}

/// A machine that a scan looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScanHost {
    /// Its names, the most telling first; possibly none.
    pub names: Vec<String>,
    /// Its address; empty where the file has none.
    pub address: String,
    /// When it was looked at, UTC seconds; `None` where the file does not say.
    pub seen_at: Option<i64>,
    /// The same as the clock on the wall had it where the file names no offset; the zone of the shop tells which instant that was.
    pub seen_local: Option<NaiveDateTime>,
    /// Whether the scan says that it logged in; `None` where it does not say. What is missing proves something only where it did
    /// (`metrics.md`, rule 10).
    pub with_login: Option<bool>,
    /// The line that names it first.
    pub line: u32,
}

/// One check of a scanner on one machine that speaks of an article or a vulnerability.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScanRow {
    /// Index into [`ThreatRead::hosts`].
    pub host: usize,
    /// Digits of the articles it names, the one in its title first.
    pub kbs: Vec<String>,
    /// Vulnerabilities it names, sorted.
    pub cves: Vec<String>,
    /// Number of the check.
    pub plugin: String,
    /// Name of the check.
    pub name: String,
    /// The scanner's own word.
    pub severity: String,
}

/// Something about many rows, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// What, for people.
    pub text: String,
    /// How many rows or entries.
    pub count: u64,
    /// The line of the first, or its number among the entries; 0 where there is neither.
    pub first: u64,
}

/// Everything one file of threat data says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreatRead {
    /// What kind of file.
    pub kind: CatalogueKind,
    /// Its own title.
    pub title: String,
    /// Its own version, or the date it bears.
    pub version: String,
    /// Version of the model behind likelihoods; empty for none.
    pub model: String,
    /// When it was published by its own word, UTC seconds.
    pub published_at: Option<i64>,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// When the file was last changed, UTC seconds; none for bytes from memory.
    pub modified_at: Option<i64>,
    /// Entries in the file.
    pub entries: u64,
    /// Entries that concern nothing known and were left aside.
    pub left_aside: u64,
    /// The file has as many entries as it says, so that what is missing was removed.
    pub complete: bool,
    /// What it says about vulnerabilities, in the order of the file, each thing about each once.
    pub facts: Vec<FactRow>,
    /// What it says about articles, by number.
    pub advisories: Vec<AdvisoryRow>,
    /// The machines a scan looked at.
    pub hosts: Vec<ScanHost>,
    /// What a scan found.
    pub findings: Vec<ScanRow>,
    /// What is worth telling.
    pub remarks: Vec<Remark>,
}

impl ThreatRead {
    fn new(kind: CatalogueKind) -> ThreatRead {
        ThreatRead {
            kind,
            title: String::new(),
            version: String::new(),
            model: String::new(),
            published_at: None,
            file_name: String::new(),
            sha256: String::new(),
            modified_at: None,
            entries: 0,
            left_aside: 0,
            complete: true,
            facts: Vec::new(),
            advisories: Vec::new(),
            hosts: Vec::new(),
            findings: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// Notes one row or entry of a kind; the first is named.
    fn remark(&mut self, text: &str, first: u64) {
        match self.remarks.iter_mut().find(|remark| remark.text == text) {
            Some(remark) => remark.count += 1,
            None => self.remarks.push(Remark { text: text.to_owned(), count: 1, first }),
        }
    }
}

/// Why a file was not taken. Nothing of it was.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ThreatRefused {
    /// The hook said so.
    #[error("the reading was stopped; nothing was changed")]
    Cancelled,
    /// It is something else.
    #[error("{file} is recognised as {name}, which is not threat data. {sentence}")]
    Other {
        /// The file.
        file: String,
        /// What it is.
        name: String,
        /// Why not, and what to do.
        sentence: String,
    },
    /// It should have been readable and is not.
    #[error("{file}: {sentence}")]
    Unreadable {
        /// The file.
        file: String,
        /// What is wrong, and what to do.
        sentence: String,
    },
}

/// What stops a reader.
enum Fault {
    Cancelled,
    /// What is wrong, and what to do.
    Bad(String),
}

impl From<Stop> for Fault {
    fn from(stop: Stop) -> Fault {
        let again = "Download it again; nothing was taken from it.";
        Fault::Bad(match stop {
            Stop::Cancelled => return Fault::Cancelled,
            Stop::Io(error) => format!("The file cannot be read: {error}. {again}"),
            Stop::OpenQuote { line } => {
                format!(
                    "A quote that opens in line {line} never closes, so the file is cut off or damaged. {again}"
                )
            }
            Stop::TooLong { line } => {
                format!("The row that starts in line {line} is longer than 1 MB. {again}")
            }
            Stop::TooWide { line } => format!("The row in line {line} has more than 1000 columns. {again}"),
        })
    }
}

/// The hook as readers see it: bytes of the file and entries so far.
type Hook<'h> = &'h mut dyn FnMut(u64, u64) -> Control;

/// One file on its way to its reader.
struct Source<'s, 'i> {
    feed: Feed<'s, 'i>,
    encoding: TextEncoding,
    delimiter: u8,
    name: &'s str,
}

/// Whether a file is threat data, by its content. Reads no more than its head.
pub fn is_threat(foreign: Foreign) -> bool {
    kind_of(foreign).is_some()
}

/// What kind of threat data a recognised file is; nothing for all others.
fn kind_of(foreign: Foreign) -> Option<CatalogueKind> {
    Some(match foreign {
        Foreign::Kev => CatalogueKind::Kev,
        Foreign::Epss => CatalogueKind::Epss,
        Foreign::Cvrf => CatalogueKind::Cvrf,
        Foreign::Csaf => CatalogueKind::Csaf,
        Foreign::MsrcGuide => CatalogueKind::Guide,
        Foreign::WesNg => CatalogueKind::WesNg,
        Foreign::Nvd => CatalogueKind::Nvd,
        Foreign::CveRecord => CatalogueKind::Record,
        Foreign::Nessus => CatalogueKind::Nessus,
        Foreign::OpenVas => CatalogueKind::OpenVas,
        _ => return None,
    })
}

/// Reads one file of threat data. `hook` is told how far the reading is and may stop it.
///
/// # Errors
/// A file that is something else, is damaged, or is larger than any list; nothing of it is taken.
pub fn read(
    input: &Input,
    known: &Known,
    hook: &mut dyn FnMut(Progress) -> Control,
) -> Result<ThreatRead, ThreatRefused> {
    let bytes_total = input.size().unwrap_or(0);
    let mut on = |bytes: u64, rows: u64| hook(Progress { file: 0, files: 1, bytes, bytes_total, rows });
    read_one(input, known, &mut on)
}

fn read_one(input: &Input, known: &Known, hook: Hook<'_>) -> Result<ThreatRead, ThreatRefused> {
    let unreadable = |sentence: String| ThreatRefused::Unreadable { file: input.name.clone(), sentence };
    let closed = |error: std::io::Error| {
        unreadable(format!("The file cannot be read: {error}. Download it again; nothing was taken from it."))
    };
    let size = input.size().map_err(closed)?;
    if size > MAX_BYTES {
        return Err(unreadable(format!(
            "The file has {} MB; more than 512 MB is not read. Choose a smaller extract.",
            size >> 20
        )));
    }
    let mut stream = input.open().map_err(closed)?;
    let mut head = head_of(&mut stream).map_err(closed)?;
    if head.starts_with(b"\x1f\x8b") {
        stream = input.open_unpacked().map_err(closed)?;
        head = head_of(&mut stream).map_err(closed)?;
    }
    let whole = head.len() < HEAD;
    let recognised = sniff::recognise(&head, whole, None);
    let (kind, encoding) = match (&recognised.kind, recognised.encoding) {
        (FileKind::Foreign(foreign), Some(encoding)) if is_threat(*foreign) => {
            (kind_of(*foreign).unwrap_or(CatalogueKind::Kev), encoding)
        }
        (found, _) => return Err(another(&input.name, found)),
    };
    head.drain(..encoding.mark_len(&head));
    let first = encoding.decode(&head).trim_start().chars().next();
    let delimiter = recognised.delimiter.unwrap_or(',') as u8;
    let document = matches!(first, Some('{' | '[' | '<')) && kind != CatalogueKind::Nvd;
    if document && size > MAX_DOCUMENT {
        return Err(unreadable(too_large(size)));
    }
    let feed = Feed::new(head, (!whole).then_some(&mut stream), encoding.transcoder(delimiter));
    let source = Source { feed, encoding, delimiter, name: &input.name };
    let read = match (kind, first) {
        (CatalogueKind::Kev, Some('{')) => kev::read_json(source, hook),
        (CatalogueKind::Kev, _) => kev::read_csv(source, hook),
        (CatalogueKind::Epss, _) => epss::read(source, known, hook),
        (CatalogueKind::Cvrf, Some('<')) => cvrf::read_xml(source, hook),
        (CatalogueKind::Cvrf, _) => cvrf::read_json(source, hook),
        (CatalogueKind::Csaf, _) => csaf::read(source, hook),
        (CatalogueKind::Guide, _) => guide::read(source, hook),
        (CatalogueKind::WesNg, _) => wes_ng::read(source, known, hook),
        (CatalogueKind::Nvd, _) => nvd::read(source, known, hook),
        (CatalogueKind::Record, _) => record::read(source, known, hook),
        (CatalogueKind::OpenVas | CatalogueKind::Nessus, Some('<')) => Err(Fault::Bad(
            "The XML of a scan is not read. Export the scan as CSV and choose that file.".to_owned(),
        )),
        (CatalogueKind::OpenVas, _) => scan::read_openvas(source, hook),
        (CatalogueKind::Nessus | CatalogueKind::Lifecycle, _) => scan::read_nessus(source, hook),
    };
    let done = read.and_then(|read| drain(&mut stream, hook).map(|()| read));
    match done {
        Ok(read) => Ok(ThreatRead {
            file_name: input.name.clone(),
            modified_at: input.modified_at,
            sha256: stream.digest(),
            ..read
        }),
        Err(Fault::Cancelled) => Err(ThreatRefused::Cancelled),
        Err(Fault::Bad(sentence)) => Err(unreadable(sentence)),
    }
}

/// What is said of a document of so many bytes, packed or not.
fn too_large(bytes: u64) -> String {
    format!(
        "It has {} MB or more, and no such document has more than 32 MB; nothing was taken from it.",
        bytes >> 20
    )
}

/// The refusal of a file that is no threat data.
fn another(file: &str, found: &FileKind) -> ThreatRefused {
    let sentence = match found {
        FileKind::Foreign(Foreign::Zip) => {
            "Unpack it first, then choose the file inside, such as CVEs_20260626.csv.".to_owned()
        }
        FileKind::Foreign(Foreign::Gzip) => {
            "Unpack it first; only lists packed with gzip are read as they are.".to_owned()
        }
        FileKind::Foreign(foreign) => foreign.sentence().to_owned(),
        _ => "It belongs into an ordinary import.".to_owned(),
    };
    ThreatRefused::Other { file: file.to_owned(), name: found.name().to_owned(), sentence }
}

fn head_of(stream: &mut Stream<'_>) -> std::io::Result<Vec<u8>> {
    let mut head = vec![0; HEAD];
    let filled = stream.fill(&mut head)?;
    head.truncate(filled);
    Ok(head)
}

/// Reads the rest for its hash.
fn drain(stream: &mut Stream<'_>, hook: Hook<'_>) -> Result<(), Fault> {
    let mut buffer = vec![0; CHUNK];
    loop {
        let filled = stream.fill(&mut buffer).map_err(|error| Stop::Io(error.to_string()))?;
        if filled < buffer.len() {
            return Ok(());
        }
        if hook(stream.bytes(), 0) == Control::Cancel {
            return Err(Fault::Cancelled);
        }
    }
}
