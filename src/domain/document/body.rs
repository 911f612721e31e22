//! The text of a section: words, placeholders, blocks and conditions. Reads and prints; knows no values.

use super::kind::Kind;
use super::template::Fault;

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// As it stands; `\{{` stays as it was written.
    Words(String),
    /// A placeholder inside the line.
    Value(Kind, String),
}

/// A line, a block or a condition, with the number of its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A line of text.
    Line(usize, Vec<Part>),
    /// A block placeholder.
    Block(usize, Kind, String),
    /// A condition: what holds, and what holds otherwise where there is an `{{else}}`.
    If(usize, String, Vec<Node>, Option<Vec<Node>>),
}

/// What a single line is.
enum Found {
    Text(Vec<Part>),
    Block(Kind, String),
    If(String),
    Else,
    End,
}

/// A condition that is being read.
struct Open {
    line: usize,
    name: String,
    then: Vec<Node>,
    other: Option<Vec<Node>>,
}

/// Reads the text of a section whose first line has the number `first`. Everything that is wrong is said at once.
pub fn parse(text: &str, first: usize) -> Result<Vec<Node>, Vec<Fault>> {
    let mut reader = Reader { nodes: Vec::new(), open: None, faults: Vec::new() };
    let mut fenced = false;
    for (at, line) in lines(text).into_iter().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced && has_html(line) {
            reader.fault(first + at, "HTML is not read. Write it as Markdown, or \\< for the sign itself.");
        }
        match read_line(line, first + at) {
            Ok(found) => reader.take(first + at, found),
            Err(faults) => reader.faults.extend(faults),
        }
    }
    reader.done()
}

/// Whether a line holds a tag or a comment of HTML outside of code. A link in angle brackets is none.
fn has_html(line: &str) -> bool {
    let mut in_code = false;
    let mut before = ' ';
    for (at, character) in line.char_indices() {
        if character == '`' {
            in_code = !in_code;
        }
        if character == '<' && !in_code && before != '\\' {
            let rest = &line[at + 1..];
            let inner = rest.split('>').next().unwrap_or_default();
            let opens = rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
            if opens && !inner.contains("://") {
                return true;
            }
        }
        before = character;
    }
    false
}

/// The lines of a text: printing joins them with LF.
pub(super) fn lines(text: &str) -> Vec<&str> {
    text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect()
}

impl Reader {
    fn take(&mut self, line: usize, found: Found) {
        match found {
            Found::Text(parts) => self.push(Node::Line(line, parts)),
            Found::Block(kind, name) => self.push(Node::Block(line, kind, name)),
            Found::If(_) if self.open.is_some() => {
                self.fault(line, "A condition cannot stand inside another one. End the first with {{end}}.");
            }
            Found::If(name) => self.open = Some(Open { line, name, then: Vec::new(), other: None }),
            Found::Else => match &mut self.open {
                Some(open) if open.other.is_none() => open.other = Some(Vec::new()),
                Some(_) => self.fault(line, "This condition has an {{else}} already. Take one of them out."),
                None => self.fault(line, "There is no {{if:...}} before this {{else}}."),
            },
            Found::End => match self.open.take() {
                Some(open) => self.nodes.push(Node::If(open.line, open.name, open.then, open.other)),
                None => self.fault(line, "There is no {{if:...}} before this {{end}}."),
            },
        }
    }

    fn push(&mut self, node: Node) {
        match &mut self.open {
            Some(Open { other: Some(nodes), .. }) => nodes.push(node),
            Some(open) => open.then.push(node),
            None => self.nodes.push(node),
        }
    }

    fn fault(&mut self, line: usize, text: &str) {
        self.faults.push(Fault::new(line, text));
    }

    fn done(mut self) -> Result<Vec<Node>, Vec<Fault>> {
        if let Some(open) = self.open.take() {
            let text = format!(
                "The condition {{{{if:{}}}}} is not ended in its section. Write {{{{end}}}} on a line of its own.",
                open.name
            );
            self.fault(open.line, &text);
        }
        if self.faults.is_empty() { Ok(self.nodes) } else { Err(self.faults) }
    }
}

struct Reader {
    nodes: Vec<Node>,
    open: Option<Open>,
    faults: Vec<Fault>,
}

fn read_line(line: &str, number: usize) -> Result<Found, Vec<Fault>> {
    let mut parts = Vec::new();
    let mut faults = Vec::new();
    let mut words = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("{{") {
        let (before, after) = (&rest[..at], &rest[at + 2..]);
        words.push_str(before);
        if before.ends_with('\\') {
            words.push_str("{{");
            rest = after;
            continue;
        }
        let Some(end) = after.find("}}") else {
            faults.push(Fault::new(
                number,
                "A placeholder is not closed. Write }} behind it, or \\{{ for two braces as they are.",
            ));
            return Err(faults);
        };
        let inner = &after[..end];
        rest = &after[end + 2..];
        let alone = line.len() == inner.len() + 4;
        match read_placeholder(inner, alone) {
            Ok(Placeholder::Inline(kind, name)) => {
                if !words.is_empty() {
                    parts.push(Part::Words(std::mem::take(&mut words)));
                }
                parts.push(Part::Value(kind, name));
            }
            Ok(Placeholder::Alone(found)) => return Ok(found),
            Err(text) => faults.push(Fault::new(number, &text)),
        }
    }
    words.push_str(rest);
    if !words.is_empty() {
        parts.push(Part::Words(words));
    }
    if faults.is_empty() { Ok(Found::Text(parts)) } else { Err(faults) }
}

enum Placeholder {
    Inline(Kind, String),
    Alone(Found),
}

fn read_placeholder(inner: &str, alone: bool) -> Result<Placeholder, String> {
    let found = match inner {
        "else" => Found::Else,
        "end" => Found::End,
        _ => {
            let Some((word, name)) = inner.split_once(':') else {
                return Err(format!("{{{{{inner}}}}} has no type. Write it as {{{{type:name}}}}."));
            };
            if !is_name(name) {
                return Err(format!(
                    "\"{name}\" is no name. Names are small letters, digits and hyphens in parts set apart by dots."
                ));
            }
            match (word, Kind::written(word)) {
                ("if", _) => Found::If(name.to_owned()),
                (_, Some(Kind::Flag)) => {
                    return Err(format!("A flag is not printed. Ask for it with {{{{if:{name}}}}}."));
                }
                (_, Some(kind)) if kind.is_block() => Found::Block(kind, name.to_owned()),
                (_, Some(kind)) => return Ok(Placeholder::Inline(kind, name.to_owned())),
                (_, None) => {
                    let all = Kind::ALL.iter().filter(|k| **k != Kind::Flag).map(|k| k.word());
                    return Err(format!(
                        "There is no type \"{word}\". Types are: {}.",
                        all.collect::<Vec<_>>().join(", ")
                    ));
                }
            }
        }
    };
    if alone {
        Ok(Placeholder::Alone(found))
    } else {
        Err(format!("{{{{{inner}}}}} must stand alone on its line."))
    }
}

/// Small letters, digits and hyphens, in parts set apart by dots.
pub(super) fn is_name(name: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    name.split('.').all(part)
}

/// The text again, as it was read.
pub fn print(nodes: &[Node]) -> String {
    let mut lines = Vec::new();
    print_into(nodes, &mut lines);
    lines.join("\n")
}

fn print_into(nodes: &[Node], lines: &mut Vec<String>) {
    for node in nodes {
        match node {
            Node::Line(_, parts) => lines.push(parts.iter().map(part_text).collect()),
            Node::Block(_, kind, name) => lines.push(format!("{{{{{}:{name}}}}}", kind.word())),
            Node::If(_, name, then, other) => {
                lines.push(format!("{{{{if:{name}}}}}"));
                print_into(then, lines);
                if let Some(other) = other {
                    lines.push("{{else}}".to_owned());
                    print_into(other, lines);
                }
                lines.push("{{end}}".to_owned());
            }
        }
    }
}

fn part_text(part: &Part) -> String {
    match part {
        Part::Words(words) => words.clone(),
        Part::Value(kind, name) => format!("{{{{{}:{name}}}}}", kind.word()),
    }
}

/// Every placeholder of a text with its line, conditions among them as [`Kind::Flag`].
pub fn placeholders(nodes: &[Node]) -> Vec<(usize, Kind, &str)> {
    let mut found = Vec::new();
    for node in nodes {
        match node {
            Node::Line(line, parts) => found.extend(parts.iter().filter_map(|part| match part {
                Part::Value(kind, name) => Some((*line, *kind, name.as_str())),
                Part::Words(_) => None,
            })),
            Node::Block(line, kind, name) => found.push((*line, *kind, name.as_str())),
            Node::If(line, name, then, other) => {
                found.push((*line, Kind::Flag, name.as_str()));
                found.extend(placeholders(then));
                found.extend(other.iter().flat_map(|other| placeholders(other)));
            }
        }
    }
    found
}
