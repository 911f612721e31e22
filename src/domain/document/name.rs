//! The catalogue of names: what a placeholder says, where it is set, and what stands in its place while there is nothing.
//! Read from the one list that the templates are written by, so that the two cannot differ.

use std::sync::LazyLock;

use super::kind::Kind;
use super::shipped;

/// Whether a value may make a document out of date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// A setting: another value makes a version that states it out of date.
    Setting,
    /// A fact of the day, printed as it was when the text was fixed.
    Fact,
    /// Stays a placeholder in the kept text and is drawn at printing.
    Living,
}

/// What happens while there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenEmpty {
    /// An error that says where to set it.
    Error,
    /// It is never empty.
    Never,
    /// These words are printed in its place.
    Instead(&'static str),
}

/// A name of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// `deadlines`, or a pattern: `role.CODE`.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// Whether it may make a document out of date.
    pub nature: Nature,
    /// What happens while there is no value.
    pub empty: WhenEmpty,
    /// What it says.
    pub says: &'static str,
    /// Where it is set.
    pub place: &'static str,
    /// What a setting is called in a sentence: `the table of deadlines`. Empty for what is no setting.
    pub label: &'static str,
}

static CATALOGUE: LazyLock<Vec<Name>> =
    LazyLock::new(|| shipped::NAMES.lines().filter_map(|line| read(line).ok().flatten()).collect());

/// Every name and pattern.
pub fn all() -> &'static [Name] {
    &CATALOGUE
}

/// A line of the list: nothing for a comment or an empty line, an error in words for one that cannot be read.
pub fn read(line: &'static str) -> Result<Option<Name>, String> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let fields: Vec<&str> = line.splitn(7, " | ").map(str::trim).collect();
    let ([name, kind, nature, empty, says, place], label) = match fields[..] {
        [name, kind, nature, empty, says, place] => ([name, kind, nature, empty, says, place], ""),
        [name, kind, nature, empty, says, place, label] => ([name, kind, nature, empty, says, place], label),
        _ => return Err(format!("six fields are needed, seven for a setting: {line}")),
    };
    if (nature == "S") == label.is_empty() {
        return Err(format!("a setting has a label as its seventh field, and nothing else has: {line}"));
    }
    let kind = Kind::written(kind).ok_or_else(|| format!("no type: {line}"))?;
    let nature = match nature {
        "S" => Nature::Setting,
        "F" => Nature::Fact,
        "L" => Nature::Living,
        _ => return Err(format!("S, F or L: {line}")),
    };
    let empty = match empty {
        "error" => WhenEmpty::Error,
        "never" => WhenEmpty::Never,
        words => match words.strip_prefix('"').and_then(|words| words.strip_suffix('"')) {
            Some(words) => WhenEmpty::Instead(words),
            None => return Err(format!("error, never or words in quotation marks: {line}")),
        },
    };
    Ok(Some(Name { name, kind, nature, empty, says, place, label }))
}

/// Figures that `figures.mN` may name.
pub const FIGURES: [&str; 15] =
    ["m1", "m1n", "m2", "m3", "m3n", "m4", "m9", "m10", "m12", "m12a", "m12e", "m13", "m14", "m15", "m17"];

/// The name in the catalogue that a placeholder means, or why there is none.
pub fn find(kind: Kind, name: &str) -> Result<Name, String> {
    let exact = || all().iter().filter(|known| known.name == name);
    if let Some(known) = exact().find(|known| known.kind == kind) {
        return Ok(*known);
    }
    let other = match pattern(name) {
        Some(known) if known.kind == kind => return Ok(known),
        other => other.or_else(|| exact().next().copied()),
    };
    Err(match other {
        Some(known) if known.kind == Kind::Flag => {
            format!("{name} is a flag. Ask for it with {{{{if:{name}}}}}.")
        }
        Some(known) => format!("{name} is of type {0}. Write {{{{{0}:{name}}}}}.", known.kind.word()),
        None => {
            format!("There is no name \"{name}\". The list of names is part of the program's documentation.")
        }
    })
}

fn pattern(name: &str) -> Option<Name> {
    let (head, tail) = name.split_once('.')?;
    let of = |pattern: &str| all().iter().copied().find(|known| known.name == pattern);
    match head {
        "role" => of("role.CODE"),
        "holder" => of("holder.CODE"),
        "reference" => of("reference.KEY"),
        "figures" if FIGURES.contains(&tail) => of("figures.mN"),
        "has" => {
            let rows =
                |known: &&Name| known.name == tail && matches!(known.kind, Kind::Table | Kind::Bullets);
            let known = all().iter().find(rows)?;
            Some(Name { kind: Kind::Flag, empty: WhenEmpty::Never, says: "whether there is a row", ..*known })
        }
        _ => None,
    }
}

/// What a stated name is called in a sentence: `the quorum of the committee`, `who holds a role (ISO)`.
pub fn label(stated: &str) -> String {
    if let Some(known) = all().iter().find(|known| known.name == stated && !known.label.is_empty()) {
        return known.label.to_owned();
    }
    match (stated.split_once('.'), pattern(stated)) {
        (Some(("has", _)), Some(known)) => format!("whether there is anything to say of {}", known.label),
        (Some((_, tail)), Some(known)) if !known.label.is_empty() => {
            let tail =
                if known.name.ends_with("CODE") { tail.to_uppercase() } else { tail.replace('-', " ") };
            format!("{} ({tail})", known.label)
        }
        _ => stated.to_owned(),
    }
}

/// What is wrong with a placeholder's name and type, as a sentence; nothing if it is known.
pub fn fault(kind: Kind, name: &str) -> Option<String> {
    find(kind, name).err()
}
