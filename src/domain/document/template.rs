//! Templates: front matter and sections with keys. Reads and prints; fills nothing.
#![doc = include_str!("GRAMMAR.md")]

use std::collections::BTreeSet;

use super::body;

/// What is wrong with a text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Key of the section; empty in the front matter and while the sections are not known.
    pub section: String,
    /// Line, from 1: of the file for a template, of the section's own text for a section in the shop's words.
    pub line: usize,
    /// What is wrong and what to do.
    pub text: String,
}

impl Fault {
    /// A fault in a line.
    pub(super) fn new(line: usize, text: &str) -> Self {
        Self { section: String::new(), line, text: text.to_owned() }
    }

    /// `Line 12: ...`
    pub fn sentence(&self) -> String {
        if self.section.is_empty() {
            format!("Line {}: {}", self.line, self.text)
        } else {
            format!("Section {}, line {}: {}", self.section, self.line, self.text)
        }
    }
}

/// A section of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its key, unique in the template.
    pub key: String,
    /// Level of its heading: 1 or 2.
    pub level: u8,
    /// Its heading.
    pub title: String,
    /// The line of its heading.
    pub line: usize,
    /// Everything between its heading and the next one, as it stands.
    pub text: String,
}

/// A template as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its key: the name of its file.
    pub key: String,
    /// Title of the document.
    pub title: String,
    /// Its version.
    pub version: i64,
    /// Short form of the role that keeps the document.
    pub owner: String,
    /// Months between reviews.
    pub review_months: i64,
    /// Its sections in order.
    pub sections: Vec<Section>,
}

const FRONT: [&str; 5] = ["key", "title", "version", "owner", "review_months"];

/// Reads a template. Everything that is wrong is said at once.
pub fn parse(text: &str) -> Result<Template, Vec<Fault>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = body::lines(text);
    let mut faults = Vec::new();
    let (front, first) = read_front(&lines, &mut faults);
    let sections = read_sections(&lines, first, &mut faults);
    for section in &sections {
        if let Err(found) = body::parse(&section.text, section.line + 1) {
            faults.extend(found.into_iter().map(|fault| Fault { section: section.key.clone(), ..fault }));
        }
    }
    if sections.is_empty() && faults.is_empty() {
        let at = lines.len();
        faults.push(Fault::new(at, "There is no section. Begin one with \"# Title {#key}\"."));
    }
    let number = |name: &str, faults: &mut Vec<Fault>| {
        let (line, value) = front.iter().find(|(_, n, _)| n == name).map_or((1, ""), |(l, _, v)| (*l, v));
        value.parse::<i64>().ok().filter(|n| (1..=1_000_000).contains(n)).unwrap_or_else(|| {
            if !value.is_empty() {
                faults.push(Fault::new(line, &format!("{name} must be a whole number from 1.")));
            }
            0
        })
    };
    let (version, review_months) = (number("version", &mut faults), number("review_months", &mut faults));
    let value =
        |name: &str| front.iter().find(|(_, n, _)| n == name).map_or(String::new(), |(_, _, v)| v.clone());
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Template {
        key: value("key"),
        title: value("title"),
        version,
        owner: value("owner"),
        review_months,
        sections,
    })
}

/// The front matter as (line, name, value), and the index of the line behind it.
fn read_front(lines: &[&str], faults: &mut Vec<Fault>) -> (Vec<(usize, String, String)>, usize) {
    let mut front: Vec<(usize, String, String)> = Vec::new();
    if lines.first().map(|line| line.trim_end()) != Some("---") {
        faults.push(Fault::new(1, "A template begins with a line of three hyphens: ---"));
        return (front, 0);
    }
    let Some(end) = lines.iter().skip(1).position(|line| line.trim_end() == "---").map(|at| at + 1) else {
        faults
            .push(Fault::new(1, "The front matter is not ended. Write --- on a line of its own behind it."));
        return (front, lines.len());
    };
    for (at, line) in lines.iter().enumerate().take(end).skip(1) {
        let number = at + 1;
        match line.split_once(':') {
            Some((name, value)) if FRONT.contains(&name.trim()) => {
                if front.iter().any(|(_, known, _)| known == name.trim()) {
                    faults.push(Fault::new(number, &format!("{} is given twice.", name.trim())));
                }
                front.push((number, name.trim().to_owned(), value.trim().to_owned()));
            }
            _ => faults.push(Fault::new(
                number,
                &format!("The front matter has the lines {} only.", FRONT.join(", ")),
            )),
        }
    }
    for name in FRONT {
        if front.iter().all(|(_, known, value)| known != name || value.is_empty()) {
            faults.push(Fault::new(1, &format!("The front matter does not say \"{name}:\".")));
        }
    }
    if let Some((line, _, key)) = front.iter().find(|(_, name, _)| name == "key")
        && !key.is_empty()
        && !is_key(key)
    {
        faults.push(Fault::new(*line, "A key is small letters, digits and hyphens."));
    }
    (front, end + 1)
}

fn read_sections(lines: &[&str], first: usize, faults: &mut Vec<Fault>) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut text: Vec<&str> = Vec::new();
    let mut keys = BTreeSet::new();
    let mut fenced = false;
    for (at, line) in lines.iter().enumerate().skip(first) {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        let Some((level, title)) = heading(line).filter(|_| !fenced) else {
            if sections.is_empty() && !line.trim().is_empty() {
                faults.push(Fault::new(at + 1, "Text stands before the first section."));
            }
            text.push(line);
            continue;
        };
        if let Some(section) = sections.last_mut() {
            section.text = text.join("\n");
        }
        text.clear();
        let (title, key) = match title.trim_end().strip_suffix('}').and_then(|t| t.rsplit_once(" {#")) {
            Some((title, key)) if is_key(key) => (title.trim(), key),
            _ => {
                let say = "A heading of one or two # needs a key behind it: {#small-letters-and-hyphens}.";
                faults.push(Fault::new(at + 1, say));
                (title.trim(), "")
            }
        };
        if !key.is_empty() && !keys.insert(key.to_owned()) {
            faults.push(Fault::new(at + 1, &format!("There is a section {{#{key}}} already.")));
        }
        if title.contains("{{") {
            faults.push(Fault::new(at + 1, "A heading has no placeholders."));
        }
        sections.push(Section {
            key: key.to_owned(),
            level,
            title: title.to_owned(),
            line: at + 1,
            text: String::new(),
        });
    }
    if let Some(section) = sections.last_mut() {
        section.text = text.join("\n");
    }
    sections
}

fn heading(line: &str) -> Option<(u8, &str)> {
    line.strip_prefix("## ")
        .map(|title| (2, title))
        .or_else(|| line.strip_prefix("# ").map(|title| (1, title)))
}

fn is_key(key: &str) -> bool {
    body::is_name(key) && !key.contains('.')
}

/// The template again, in the one way in which it is written.
pub fn print(template: &Template) -> String {
    let Template { key, title, version, owner, review_months, sections } = template;
    let mut text = format!(
        "---\nkey: {key}\ntitle: {title}\nversion: {version}\nowner: {owner}\nreview_months: {review_months}\n---\n\n"
    );
    let sections: Vec<String> = sections
        .iter()
        .map(|section| {
            let marks = "#".repeat(usize::from(section.level));
            format!("{marks} {} {{#{}}}\n{}", section.title, section.key, section.text)
        })
        .collect();
    text.push_str(&sections.join("\n"));
    text
}
