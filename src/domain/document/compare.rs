//! What differs between two texts of a document: section by section, line by line, and word by word within a line.

use similar::{ChangeTag, DiffOp, TextDiff};

use super::compose::{Kept, kept};

/// Which side words stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// On both.
    Both,
    /// In the earlier text only.
    Gone,
    /// In the later text only.
    New,
}

/// A line of a comparison: its words one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line(pub Vec<(Side, String)>);

impl Line {
    /// The side of the whole line: `Both` where only words of it differ, or nothing does.
    pub fn side(&self) -> Side {
        match self.0.as_slice() {
            [(side, _)] => *side,
            _ => Side::Both,
        }
    }

    /// `+ new`, `- gone`, or the words with `[-gone-]` and `{+new+}` between those on both sides.
    pub fn text(&self) -> String {
        match self.0.as_slice() {
            [(Side::New, words)] => format!("+ {words}"),
            [(Side::Gone, words)] => format!("- {words}"),
            parts => {
                let words = parts.iter().map(|(side, words)| match side {
                    Side::Both => words.clone(),
                    Side::Gone => format!("[-{words}-]"),
                    Side::New => format!("{{+{words}+}}"),
                });
                format!("  {}", words.collect::<String>())
            }
        }
    }
}

/// A section that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its key.
    pub key: String,
    /// Its heading, the later one.
    pub title: String,
    /// Its lines, those that are the same left out.
    pub lines: Vec<Line>,
}

/// The sections in which two kept texts differ, in the order of the later text; those that are gone at the end.
pub fn differences(earlier: &str, later: &str) -> Vec<Difference> {
    let (old, new) = (kept(earlier), kept(later));
    let mut found = Vec::new();
    for section in &new {
        let before = old.iter().find(|other| other.key == section.key);
        push(section, before.map_or("", |before| before.text), section.text, before, &mut found);
    }
    for section in old.iter().filter(|old| new.iter().all(|new| new.key != old.key)) {
        push(section, section.text, "", None, &mut found);
    }
    found
}

fn push(section: &Kept<'_>, before: &str, after: &str, was: Option<&Kept<'_>>, found: &mut Vec<Difference>) {
    let mut lines = Vec::new();
    if let Some(was) = was.filter(|was| was.title != section.title) {
        lines.push(by_word(was.title, section.title));
    }
    lines.extend(texts(before, after));
    if !lines.is_empty() {
        found.push(Difference { key: section.key.to_owned(), title: section.title.to_owned(), lines });
    }
}

/// The lines in which two texts differ.
pub fn texts(before: &str, after: &str) -> Vec<Line> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let diff = TextDiff::from_slices(&old, &new);
    let mut lines = Vec::new();
    let whole = |side: Side, line: &str| Line(vec![(side, line.to_owned())]);
    for op in diff.ops() {
        match *op {
            DiffOp::Equal { .. } => {}
            DiffOp::Delete { old_index, old_len, .. } => {
                lines.extend(old[old_index..old_index + old_len].iter().map(|l| whole(Side::Gone, l)));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                lines.extend(new[new_index..new_index + new_len].iter().map(|l| whole(Side::New, l)));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                let (gone, come) =
                    (&old[old_index..old_index + old_len], &new[new_index..new_index + new_len]);
                let pairs = gone.len().min(come.len());
                lines.extend((0..pairs).map(|at| by_word(gone[at], come[at])));
                lines.extend(gone[pairs..].iter().map(|l| whole(Side::Gone, l)));
                lines.extend(come[pairs..].iter().map(|l| whole(Side::New, l)));
            }
        }
    }
    lines.retain(|line| line.0.iter().any(|(_, words)| !words.trim().is_empty()));
    lines
}

fn by_word(before: &str, after: &str) -> Line {
    let diff = TextDiff::from_words(before, after);
    let mut parts: Vec<(Side, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        let side = match change.tag() {
            ChangeTag::Equal => Side::Both,
            ChangeTag::Delete => Side::Gone,
            ChangeTag::Insert => Side::New,
        };
        match parts.last_mut() {
            Some((last, words)) if *last == side => words.push_str(change.value()),
            _ => parts.push((side, change.value().to_owned())),
        }
    }
    Line(parts)
}
