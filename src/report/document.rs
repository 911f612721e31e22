//! Documents on paper: the kept text of a version, or the text a draft has now, with its cover, contents and signature lines. What the
//! text says is settled in [`crate::domain::document`]; this lays it out.

mod markdown;

use super::layout::{Block, Form, Layout, Mark, Opening, Orientation, SignatureLine};
use super::sheet::{Source, Spec, day_or};
use crate::domain::book::Book;
use crate::domain::document::compose::{Composed, compose, kept};
use crate::domain::document::fill::{Chosen, Fill};
use crate::domain::document::kind::Kind;
use crate::domain::document::template::Template;
use crate::domain::document::value::{Grid, SignLine, Value};
use crate::domain::document::{Document, DocumentState, DocumentVersion, DocumentVersionId, body, shipped};

/// More columns than this make the sheets lie.
const MOST_COLUMNS: usize = 8;

/// A version on paper; nothing if there is no such version, or no template for it.
pub fn build(book: &Book, spec: Spec, version: DocumentVersionId) -> Option<Layout> {
    let version = book.versions.get(version.0)?;
    let document = book.documents.get(version.document.0)?;
    let template = shipped::template(&document.key)?;
    Some(build_about(book, spec, (document, version), template, Chosen::default()))
}

/// A version on paper, about a chosen cycle, case, posture or month.
pub fn build_about(
    book: &Book,
    spec: Spec,
    (document, version): (&Document, &DocumentVersion),
    template: &Template,
    chosen: Chosen,
) -> Layout {
    let source = Source::new(book, spec);
    let fill = Fill::new(book, spec.printed_at, template).of(document, Some(version.id)).about(chosen);
    let text = if version.text.is_empty() {
        compose(&fill, template, &document.own_sections).text()
    } else {
        version.text.clone()
    };
    let mut layout = source.sheet(document.title.clone());
    dress(&source, document, version, &mut layout);
    let controlled = text.contains("{{table:document-control}}");
    if controlled {
        layout.opening = Opening::Cover;
        cover(&source, document, version, &fill, &mut layout);
        layout.contents(2);
        layout.page_break();
    }
    text_blocks(&text, &fill, &mut layout);
    let wide = |block: &Block| matches!(block, Block::Table(table) if table.columns.len() > MOST_COLUMNS);
    if layout.blocks.iter().any(wide) {
        layout.orientation = Orientation::Landscape;
    }
    layout
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
    layout.version_line = format!("{} version {} · {}", document.key, version.number, layout.version_line);
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
        let names: Vec<&str> = changed.iter().map(|change| change.name.as_str()).collect();
        layout.notice = format!("OUT OF DATE: what is set now differs in {}.", names.join(", "));
    }
}

fn cover(
    source: &Source<'_>,
    document: &Document,
    version: &DocumentVersion,
    fill: &Fill<'_>,
    layout: &mut Layout,
) {
    let owner = fill.value(Kind::Text, "document.owner").ok().flatten().map(|value| value.text());
    layout.fact("Document", document.key.clone());
    layout.fact("Version", format!("{}, {}", version.number, version.state.text().to_lowercase()));
    layout.fact("Kept by", owner.unwrap_or_default());
    layout.fact("Classification", document.classification.clone());
    layout.fact("Made by", format!("{}, {}", version.made_by, source.day(version.made_at)));
    match version.ratified_at {
        Some(at) => {
            let how = version.ratified_medium.map_or("", |medium| medium.phrase());
            let evidence = super::sheet::evidence(&version.evidence_name, &version.evidence_sha256);
            layout.fact(
                "Ratified by",
                format!(
                    "{} ({}), {} {how}, {evidence}",
                    version.ratified_by,
                    version.ratified_function,
                    source.day(at)
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
