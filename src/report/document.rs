//! Documents on paper: the kept text of a version, or the text a draft has now, with its cover, contents and signature lines. What the
//! text says is settled in [`crate::domain::document`]; this lays it out.

mod markdown;

use super::layout::{Align, Block, Column, Form, Layout, Mark, Opening, Orientation, SignatureLine};
use super::sheet::{Source, Spec, day_or};
use crate::domain::book::Book;
use crate::domain::document::compose::{Composed, compose, kept};
use crate::domain::document::fill::Fill;
use crate::domain::document::kind::Kind;
use crate::domain::document::subject::subjects;
use crate::domain::document::value::{Grid, SignLine, Value};
use crate::domain::document::{Document, DocumentState, DocumentVersion, DocumentVersionId, body, shipped};

/// A table that asks for more than this makes the sheets lie; a column of marks or numbers asks for half of one with words.
const MOST_COLUMNS: f32 = 7.5;
/// What is sent to people who do not read the policy with it.
const MAILS: [&str; 3] = ["announcement", "schedule-mail", "completion-mail"];
/// Lines of a change on the cover.
const MOST_LINES: usize = 4;
/// A document of fewer sections has neither cover nor contents.
const FEWEST_FOR_COVER: usize = 8;
/// More sections than this leave no room for all of the contents on the cover: the text then follows the contents.
const MOST_ON_COVER: usize = 26;

/// A version on paper, about what was chosen for it; nothing if there is no such version, or no template for it.
pub fn build(book: &Book, spec: Spec, version: DocumentVersionId) -> Option<Layout> {
    let version = book.versions.get(version.0)?;
    let document = book.documents.get(version.document.0)?;
    let template = shipped::template(&document.key)?;
    let source = Source::new(book, spec);
    let fill = Fill::new(book, spec.printed_at, template).of(document, Some(version.id));
    let text = if version.text.is_empty() {
        compose(&fill, template, &document.own_sections).text()
    } else {
        version.text.clone()
    };
    let mut layout = source.sheet(document.title.clone());
    let sections = kept(&text).len();
    let controlled = text.contains("{{table:document-control}}") && sections >= FEWEST_FOR_COVER;
    if controlled {
        layout.opening = Opening::Cover;
        cover(&source, document, version, &fill, &mut layout);
    }
    if let Some(standing) = policy_standing(&source, document) {
        layout.fact("Patch policy", standing);
    }
    for subject in subjects(template) {
        if let Some(text) = version.about.text(book, subject) {
            layout.fact(subject.text(), text);
        }
    }
    dress(&source, document, version, &mut layout);
    if controlled {
        layout.contents(2);
        if sections <= MOST_ON_COVER {
            layout.page_break();
        }
    }
    text_blocks(&text, &fill, &mut layout);
    if layout.blocks.iter().any(is_wide) {
        layout.orientation = Orientation::Landscape;
    }
    Some(layout)
}

fn is_wide(block: &Block) -> bool {
    let table = match block {
        Block::Table(table) => table,
        Block::Timeline(_) => return true,
        _ => return false,
    };
    let asks = |column: &Column| if column.align == Align::Left { 1.0 } else { 0.5 };
    table.columns.iter().map(asks).sum::<f32>() > MOST_COLUMNS
}

/// What a text reads like on paper, for the preview beside the editor: no cover, no contents.
pub fn preview(fill: &Fill<'_>, composed: &Composed) -> Vec<Block> {
    let mut layout = Layout::sheet("");
    text_blocks(&composed.text(), fill, &mut layout);
    layout.blocks
}

fn dress(source: &Source<'_>, document: &Document, version: &DocumentVersion, layout: &mut Layout) {
    let state = version.state.text().to_lowercase();
    layout.subtitle = format!("Version {}, {state}", version.number);
    layout.classification.clone_from(&document.classification);
    layout.version_line = format!("Version {} · {}", version.number, layout.version_line);
    let notice = match version.state {
        DocumentState::Ratified => String::new(),
        DocumentState::Draft => "DRAFT: being written, not ratified by anybody.".to_owned(),
        DocumentState::UnderReview => "DRAFT: under review, not ratified by anybody.".to_owned(),
        DocumentState::Superseded => "SUPERSEDED: a later version was ratified.".to_owned(),
        DocumentState::Withdrawn => "WITHDRAWN: never ratified.".to_owned(),
    };
    let is_draft = !matches!(version.state, DocumentState::Ratified | DocumentState::Superseded);
    if is_draft && layout.mark == Mark::None {
        layout.mark = Mark::Draft;
    }
    layout.notice = notice;
    let changed = crate::domain::document::standing::changed(source.book, version, source.spec.printed_at);
    if !changed.is_empty() && layout.notice.is_empty() {
        let count = crate::util::text::counted(changed.len() as u64, "value", "values");
        let list = if layout.opening == Opening::Cover { " Then and now: see the cover." } else { "" };
        layout.notice = format!("OUT OF DATE: {count} stated here changed since it was submitted.{list}");
    }
    for change in changed {
        let lines = change.lines();
        let some = lines.iter().take(MOST_LINES).cloned().collect::<Vec<_>>().join("; ");
        let more = lines.len().saturating_sub(MOST_LINES);
        let rest = if more > 0 { format!("; and {more} more") } else { String::new() };
        layout.fact("Changed since", format!("{}: {some}{rest}", change.label));
    }
}

/// How the policy stands that the document belongs to: nobody is to take for ratified what never was.
fn policy_standing(source: &Source<'_>, document: &Document) -> Option<String> {
    if document.key == shipped::POLICY || MAILS.contains(&document.key.as_str()) {
        return None;
    }
    let ratified =
        crate::domain::document::standing::keyed(source.book, shipped::POLICY).and_then(|policy| {
            crate::domain::document::standing::in_state(source.book, policy.id, DocumentState::Ratified)
        });
    Some(match ratified {
        None => "not ratified, and so are the rules that this document states from it".to_owned(),
        Some(version) => {
            let on = version.ratified_at.map(|at| format!(" on {}", source.day(at))).unwrap_or_default();
            format!("version {}, ratified{on}", version.number)
        }
    })
}

fn cover(
    source: &Source<'_>,
    document: &Document,
    version: &DocumentVersion,
    fill: &Fill<'_>,
    layout: &mut Layout,
) {
    let owner = fill.value(Kind::Text, "document.owner").ok().flatten().map(|value| value.text());
    layout.fact("Version", format!("{}, {}", version.number, version.state.text().to_lowercase()));
    layout.fact("Kept by", owner.unwrap_or_default());
    layout.fact("Classification", document.classification.clone());
    let by = if version.made_by.is_empty() { "no name given" } else { &version.made_by };
    layout.fact("Made by", format!("{by}, {}", source.day(version.made_at)));
    match version.ratified_at {
        Some(at) => {
            layout.fact(
                "Ratified by",
                format!(
                    "{} ({}), {} {}",
                    version.ratified_by,
                    version.ratified_function,
                    source.day(at),
                    version.told_text()
                ),
            );
        }
        None => {
            layout.fact("Ratified by", "nobody");
        }
    }
    layout.fact("In force from", day_or(version.effective_on));
    layout.fact("Next review", day_or(version.next_review_on));
    layout.facts.retain(|(_, value)| !value.is_empty());
}

/// Text and the blocks that are drawn at printing.
fn text_blocks(text: &str, fill: &Fill<'_>, layout: &mut Layout) {
    for section in kept(text) {
        layout.heading_at(section.level, section.title, section.key);
        let mut words = String::new();
        for line in section.text.lines() {
            let Some((kind, name)) = living(line) else {
                words.push_str(line);
                words.push('\n');
                continue;
            };
            markdown::blocks(&words, layout);
            words.clear();
            draw(fill, kind, name, layout);
        }
        markdown::blocks(&words, layout);
    }
}

/// A block placeholder that was kept for printing.
fn living(line: &str) -> Option<(Kind, &str)> {
    let inner = line.strip_prefix("{{")?.strip_suffix("}}")?;
    let (word, name) = inner.split_once(':')?;
    let nodes = body::parse(line, 1).ok()?;
    let is_block = matches!(nodes.as_slice(), [body::Node::Block(..)]);
    Kind::of_word(word).filter(|_| is_block).map(|kind| (kind, name))
}

fn draw(fill: &Fill<'_>, kind: Kind, name: &str, layout: &mut Layout) {
    use crate::domain::document::name::{WhenEmpty, find};
    match fill.value(kind, name) {
        Ok(Some(Value::Signatures(lines))) => {
            layout.push(Block::SignatureLines(lines.into_iter().map(signature).collect()));
        }
        Ok(Some(Value::Table(grid))) if grid.head.iter().all(String::is_empty) => {
            layout.form(form(&grid));
        }
        Ok(Some(value)) => markdown::blocks(&value.markdown(), layout),
        _ => {
            if let Ok(known) = find(kind, name)
                && let WhenEmpty::Instead(words) = known.empty
            {
                layout.paragraph(words);
            }
        }
    }
}

fn signature(line: SignLine) -> SignatureLine {
    SignatureLine { meaning: line.meaning, name: line.name, function: line.function, date: String::new() }
}

/// Two columns without titles are a form.
fn form(grid: &Grid) -> Form {
    let mut form = Form::new("", 2);
    for row in &grid.rows {
        if let [label, value] = row.as_slice() {
            form.field(label.clone(), value.clone());
        }
    }
    form
}
