//! CVRF as XML, read event by event. A document type is refused, no entity but the five of XML is known, and depth, elements and texts are capped.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::pipe::{COUNTLESS, ENDLESS, MAX_TEXT, MAX_VALUES, Pipe, Watch};
use super::super::{Fault, Hook, Source, ThreatRead};
use super::{About, Entry, Fix, Month};

/// The deepest nesting; real files have 8.
const MAX_DEPTH: usize = 64;

const AGAIN: &str = "Download it again; nothing was taken from it.";

/// Reads the month.
pub(in crate::import::threat) fn read_xml(
    source: Source<'_, '_>,
    hook: Hook<'_>,
) -> Result<ThreatRead, Fault> {
    let mut pipe = Pipe::new(source.feed, hook, Watch::Xml);
    let mut walk = Walk::default();
    let walked = events(&mut pipe, &mut walk);
    if let Err(sentence) = walked {
        return Err(pipe.fault(|| sentence));
    }
    let mut month = walk.month;
    if walk.entries_before_head > 0 {
        return Err(Fault::Bad(format!("Its vulnerabilities stand before its head. {AGAIN}")));
    }
    month.read.complete = true;
    month.done()
}

fn events(pipe: &mut Pipe<'_, '_, '_>, walk: &mut Walk) -> Result<(), String> {
    let mut reader = Reader::from_reader(pipe);
    reader.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let at = reader.buffer_position();
        let event = reader
            .read_event_into(&mut buffer)
            .map_err(|error| format!("The document is damaged near byte {at}: {error}. {AGAIN}"))?;
        match event {
            Event::Start(start) => {
                if walk.path.len() >= MAX_DEPTH {
                    return Err(
                        "It is nested more than 64 levels deep; nothing was taken from it.".to_owned()
                    );
                }
                walk.elements += 1;
                if walk.elements > MAX_VALUES {
                    return Err(COUNTLESS.to_owned());
                }
                walk.start(&start);
            }
            Event::End(_) => walk.end(),
            Event::Text(text) => walk.text(&text.xml10_content()),
            Event::CData(text) => walk.text(&text.xml10_content()),
            Event::GeneralRef(name) => {
                let known = name.resolve_char_ref().ok().flatten().map(String::from);
                let text = known.or_else(|| {
                    quick_xml::escape::resolve_predefined_entity(&name.xml10_content()).map(str::to_owned)
                });
                let Some(text) = text else {
                    return Err(format!(
                        "It uses an entity of its own near byte {at}; nothing was taken from it."
                    ));
                };
                walk.text(&text);
            }
            Event::DocType(_) => {
                return Err(
                    "It declares a document type, as no release of Microsoft's does; nothing was taken from it."
                        .to_owned(),
                );
            }
            Event::Eof if walk.path.is_empty() => return Ok(()),
            Event::Eof => {
                return Err(format!("The document ends in the middle, so the file is cut off. {AGAIN}"));
            }
            _ => {}
        }
        if walk.text.len() as u64 > MAX_TEXT {
            return Err(ENDLESS.to_owned());
        }
    }
}

/// The document as it passes.
struct Walk {
    month: Month,
    path: Vec<String>,
    elements: u64,
    /// The text of the element that is open.
    text: String,
    title: String,
    id: String,
    first_released: String,
    released: String,
    product: String,
    entry: Entry,
    threat: (Option<About>, String, Vec<String>),
    score: (Option<f64>, String),
    fix: Option<Fix>,
    has_head: bool,
    entries_before_head: u64,
}

impl Default for Walk {
    fn default() -> Self {
        Self {
            month: Month::new(),
            path: Vec::new(),
            elements: 0,
            text: String::new(),
            title: String::new(),
            id: String::new(),
            first_released: String::new(),
            released: String::new(),
            product: String::new(),
            entry: Entry::default(),
            threat: (None, String::new(), Vec::new()),
            score: (None, String::new()),
            fix: None,
            has_head: false,
            entries_before_head: 0,
        }
    }
}

impl Walk {
    fn start(&mut self, start: &BytesStart<'_>) {
        self.text.clear();
        let name = start.local_name();
        match name.as_ref() {
            "FullProductName" => self.product = attribute(start, "ProductID"),
            "Vulnerability" => self.entry = Entry::default(),
            "Threat" => {
                let about = match attribute(start, "Type").as_str() {
                    "Exploit Status" => Some(About::Status),
                    "Severity" => Some(About::Severity),
                    _ => None,
                };
                self.threat = (about, String::new(), Vec::new());
            }
            "ScoreSet" => self.score = (None, String::new()),
            "Remediation" => {
                self.fix = (attribute(start, "Type") == "Vendor Fix").then(Fix::default);
            }
            _ => {}
        }
        self.path.push(name.as_ref().to_owned());
    }

    fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn end(&mut self) {
        let Some(name) = self.path.pop() else { return };
        // Files that were laid out again break their lines anywhere.
        let text = std::mem::take(&mut self.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let text = text.as_str();
        let parent = self.path.last().map_or("", String::as_str);
        match (parent, name.as_str()) {
            ("cvrfdoc", "DocumentTitle") => text.clone_into(&mut self.title),
            ("Identification", "ID") => text.clone_into(&mut self.id),
            ("DocumentTracking", "InitialReleaseDate") => text.clone_into(&mut self.first_released),
            ("DocumentTracking", "CurrentReleaseDate") => text.clone_into(&mut self.released),
            (_, "DocumentTracking") => {
                self.month.head(&self.title, &self.id, &self.first_released, &self.released);
                self.has_head = true;
            }
            (_, "FullProductName") => {
                self.month.products.insert(std::mem::take(&mut self.product), text.to_owned());
            }
            ("Vulnerability", "CVE") => text.clone_into(&mut self.entry.cve),
            ("Revision", "Date")
                if self.path.iter().any(|above| above == "Vulnerability")
                    && (self.entry.first.is_empty() || text < self.entry.first.as_str()) =>
            {
                text.clone_into(&mut self.entry.first);
            }
            ("Threat", "Description") => text.clone_into(&mut self.threat.1),
            ("Threat", "ProductID") => self.threat.2.push(text.to_owned()),
            ("Threats", "Threat") => {
                let threat = std::mem::take(&mut self.threat);
                self.entry.threats.push(threat);
            }
            ("ScoreSet", "BaseScore") => self.score.0 = text.parse().ok(),
            ("ScoreSet", "Vector") => text.clone_into(&mut self.score.1),
            (_, "ScoreSet") => {
                if let (Some(score), vector) = std::mem::take(&mut self.score) {
                    self.entry.scores.push((score, vector));
                }
            }
            ("Remediation", field) => self.fix_field(field, text),
            (_, "Remediation") => self.entry.fixes.extend(self.fix.take()),
            (_, "Vulnerability") => {
                self.entries_before_head += u64::from(!self.has_head);
                self.month.add(&std::mem::take(&mut self.entry));
            }
            _ => {}
        }
    }

    fn fix_field(&mut self, field: &str, text: &str) {
        let Some(fix) = &mut self.fix else { return };
        let into = match field {
            "Description" => &mut fix.description,
            "Date" => &mut fix.date,
            "SubType" => &mut fix.sub_type,
            "Supercedence" => &mut fix.supersedes,
            "RestartRequired" => &mut fix.restart,
            "FixedBuild" => &mut fix.build,
            "ProductID" => {
                fix.products.push(text.to_owned());
                return;
            }
            _ => return,
        };
        text.clone_into(into);
    }
}

/// The value of an attribute; empty where it is missing or damaged.
fn attribute(start: &BytesStart<'_>, name: &str) -> String {
    let found = start.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name);
    found.map(|attribute| attribute.value.to_string()).unwrap_or_default()
}
