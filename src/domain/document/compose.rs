//! A template, the shop's own sections and the register become the text of a document.

use super::body::{self, Node, Part};
use super::fill::Fill;
use super::kind::Kind;
use super::name::{self, Nature, WhenEmpty};
use super::template::{Fault, Section, Template};
use super::value::Value;
use super::{OwnSection, Stated};

/// A section with its placeholders filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// Its key.
    pub key: String,
    /// Level of its heading.
    pub level: u8,
    /// Its heading.
    pub title: String,
    /// Its Markdown. What could not be filled stands in it in bold brackets.
    pub text: String,
    /// It is in the shop's own words.
    pub own: bool,
}

/// A document as it would read now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Composed {
    /// Its sections.
    pub sections: Vec<Filled>,
    /// The settings it states, by name.
    pub stated: Vec<Stated>,
    /// What cannot be printed, and where to set it. A document with any is not submitted.
    pub faults: Vec<Fault>,
}

impl Composed {
    /// The whole text, headings with their keys.
    pub fn text(&self) -> String {
        let section = |s: &Filled| {
            let marks = "#".repeat(usize::from(s.level));
            format!("{marks} {} {{#{}}}\n\n{}\n", s.title, s.key, s.text.trim_matches('\n'))
        };
        self.sections.iter().map(section).collect::<Vec<_>>().join("\n")
    }
}

/// A section of the kept text of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept<'a> {
    /// Its key; empty where the text has none.
    pub key: &'a str,
    /// Level of its heading.
    pub level: u8,
    /// Its heading.
    pub title: &'a str,
    /// Its Markdown.
    pub text: &'a str,
}

/// The sections of a kept text again.
pub fn kept(text: &str) -> Vec<Kept<'_>> {
    let mut sections: Vec<(usize, Kept<'_>)> = Vec::new();
    let mut at = 0;
    let mut fenced = false;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        let heading =
            bare.strip_prefix("## ").map(|t| (2, t)).or_else(|| bare.strip_prefix("# ").map(|t| (1, t)));
        if let Some((level, title)) = heading.filter(|_| !fenced) {
            if let Some((begin, section)) = sections.last_mut() {
                section.text = text[*begin..at].trim_matches('\n');
            }
            let (title, key) =
                title.strip_suffix('}').and_then(|t| t.rsplit_once(" {#")).unwrap_or((title, ""));
            sections.push((at + line.len(), Kept { key, level, title, text: "" }));
        }
        at += line.len();
    }
    if let Some((begin, section)) = sections.last_mut() {
        section.text = text[*begin..].trim_matches('\n');
    }
    sections.into_iter().map(|(_, section)| section).collect()
}

/// Fills a template, with own sections in the place of shipped ones.
pub fn compose(fill: &Fill<'_>, template: &Template, own: &[OwnSection]) -> Composed {
    let mut composed = Composed::default();
    for section in &template.sections {
        let mine = own.iter().find(|mine| mine.key == section.key);
        let (text, first) =
            mine.map_or((section.text.as_str(), section.line + 1), |mine| (mine.text.as_str(), 1));
        add_section(fill, section, text, first, mine.is_some(), &mut composed);
    }
    composed.stated.sort_by(|a, b| a.name.cmp(&b.name));
    composed.stated.dedup();
    composed
}

fn add_section(
    fill: &Fill<'_>,
    section: &Section,
    text: &str,
    first: usize,
    own: bool,
    composed: &mut Composed,
) {
    let mut work = Work { fill, lines: Vec::new(), stated: &mut composed.stated, faults: Vec::new() };
    match body::parse(text, first) {
        Ok(nodes) => work.nodes(&nodes),
        Err(faults) => {
            work.faults = faults;
            work.lines.extend(text.lines().map(str::to_owned));
        }
    }
    let (lines, faults) = (work.lines, work.faults);
    composed.faults.extend(faults.into_iter().map(|fault| Fault { section: section.key.clone(), ..fault }));
    composed.sections.push(Filled {
        key: section.key.clone(),
        level: section.level,
        title: section.title.clone(),
        text: lines.join("\n").trim_matches('\n').to_owned(),
        own,
    });
}

struct Work<'w, 'a> {
    fill: &'w Fill<'a>,
    lines: Vec<String>,
    stated: &'w mut Vec<Stated>,
    faults: Vec<Fault>,
}

impl Work<'_, '_> {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Line(line, parts) => {
                    let text = parts.iter().map(|part| match part {
                        Part::Words(words) => words.clone(),
                        Part::Value(kind, name) => self.placeholder(*line, *kind, name),
                    });
                    let text: String = text.collect();
                    self.lines.push(text);
                }
                Node::Block(line, kind, name) => {
                    let text = self.placeholder(*line, *kind, name);
                    self.lines.push(text);
                }
                Node::If(line, name, then, other) => match self.ask(*line, Kind::Flag, name) {
                    Some(Value::Flag(true)) => self.nodes(then),
                    Some(_) => self.nodes(other.as_deref().unwrap_or_default()),
                    None => {}
                },
            }
        }
    }

    /// The text in the place of a placeholder.
    fn placeholder(&mut self, line: usize, kind: Kind, name: &str) -> String {
        if let Ok(known) = name::find(kind, name) {
            if known.nature == Nature::Living {
                return format!("{{{{{}:{name}}}}}", kind.word());
            }
            if let WhenEmpty::Instead(words) = known.empty
                && self.fill.value(kind, name).is_ok_and(|value| value.is_none_or(|value| value.is_empty()))
            {
                self.state(known.nature, name, words.to_owned());
                return words.to_owned();
            }
        }
        match self.ask(line, kind, name) {
            Some(value) => value.markdown(),
            None => format!("**\\[{name}\\]**"),
        }
    }

    fn ask(&mut self, line: usize, kind: Kind, name: &str) -> Option<Value> {
        let fault = match name::find(kind, name) {
            Err(text) => text,
            Ok(known) => match self.fill.value(kind, name) {
                Ok(Some(value)) if !value.is_empty() => {
                    self.state(known.nature, name, value.text());
                    return Some(value);
                }
                Ok(_) => format!("{name} is empty ({}). Set it in: {}.", known.says, known.place),
                Err(text) => text,
            },
        };
        self.faults.push(Fault::new(line, &fault));
        None
    }

    fn state(&mut self, nature: Nature, name: &str, value: String) {
        if nature == Nature::Setting {
            self.stated.push(Stated { name: name.to_owned(), value });
        }
    }
}
