//! What is worked out beside the window because it needs a pass over all pairs: a trend, the list of a month, what is to be rated.

use std::sync::Arc;

use super::{Notice, Session};
use crate::domain::book::Book;
use crate::domain::compliance::view::View;
use crate::domain::document::compose::{Composed, compose};
use crate::domain::document::fill::Fill;
use crate::domain::document::standing::Changed;
use crate::domain::document::{Document, DocumentId, shipped, standing};
use crate::domain::month::{close, trend};
use crate::domain::risk::{Bundle, bundles};
use crate::report::document::preview;
use crate::report::layout::Block;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// Months beside each other.
    Trend,
    /// The list before this month is sealed: `2026-11`.
    List(String),
    /// What is to be rated, as of this instant, UTC seconds.
    Bundles(i64),
    /// Which documents state what has changed since.
    Documents,
    /// How a document reads with these own sections, and what its fixed versions state that has changed since.
    Reading(Box<Document>),
}

/// What came of it.
#[derive(Debug)]
pub struct Looked {
    /// Number of the newest entry of the history that was looked at.
    pub seq: i64,
    /// The trend, oldest month first; empty where a list was asked for.
    pub trend: Vec<trend::Point>,
    /// The month and its list; the list is `None` for a month that has not begun.
    pub list: Option<(String, Option<Vec<close::Point>>)>,
    /// What is to be rated, where that was asked for.
    pub bundles: Option<Vec<Bundle>>,
    /// What has changed since the newest version of each document that is kept, where that was asked for.
    pub documents: Option<Vec<(DocumentId, Vec<Changed>)>>,
    /// How a document reads, where that was asked for.
    pub reading: Option<Box<Reading>>,
}

/// How a document reads.
#[derive(Debug)]
pub struct Reading {
    /// The document as it was asked about.
    pub document: Document,
    /// Its text with what is missing.
    pub composed: Composed,
    /// The text as paper lays it out.
    pub blocks: Vec<Block>,
    /// What its fixed versions state that has changed since.
    pub changed: Vec<Changed>,
}

/// Work whose outcome the asker takes by itself: a room that shows what binds a pair, the machines of an update.
pub struct Job(Box<dyn FnOnce() + Send>);

impl Job {
    /// Work to do.
    pub fn new(work: impl FnOnce() + Send + 'static) -> Self {
        Self(Box::new(work))
    }
}

impl std::fmt::Debug for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Job")
    }
}

fn marks(book: &Book, now_at: i64) -> Vec<(DocumentId, Vec<Changed>)> {
    let kept = book.documents.iter().filter(|document| document.ended_at.is_none());
    let newest = kept.filter_map(|document| standing::versions(book, document.id).last().copied());
    newest.map(|version| (version.document, standing::changed(book, version, now_at))).collect()
}

/// Nothing where the program has no template of the document.
fn reading(book: &Book, document: Document, now_at: i64) -> Option<Box<Reading>> {
    let template = shipped::template(&document.key)?;
    let newest = standing::versions(book, document.id).last().map(|version| version.id);
    let fill = Fill::new(book, now_at, template).of(&document, newest);
    let composed = compose(&fill, template, &document.own_sections);
    let blocks = preview(&fill, &composed);
    drop(fill);
    let mine = standing::stale(book, now_at).into_iter().filter(|stale| stale.document.id == document.id);
    let changed = mine.flat_map(|stale| stale.changed).collect();
    Some(Box::new(Reading { document, composed, blocks, changed }))
}

impl Session {
    /// Does work beside everything else and wakes the window when it has ended.
    pub fn work(&mut self, job: Job) {
        let wake = Arc::clone(&self.outbox.wake);
        self.start("work", move || {
            (job.0)();
            wake();
        });
    }

    /// Works out what is asked for as of now (UTC seconds), beside everything else. The answer is [`Notice::Looked`].
    pub fn look(&mut self, book: Arc<Book>, look: Look, now_at: i64) {
        let outbox = self.outbox.clone();
        let job = move || {
            let mut looked = Looked {
                seq: book.head.seq,
                trend: Vec::new(),
                list: None,
                bundles: None,
                documents: None,
                reading: None,
            };
            match look {
                Look::Trend => looked.trend = trend::trend(&book, now_at, trend::MONTHS),
                Look::List(month) => {
                    let points = close::list(&book, &month, now_at);
                    looked.list = Some((month, points));
                }
                Look::Bundles(at) => looked.bundles = Some(bundles(&View::new(&book, at))),
                Look::Documents => looked.documents = Some(marks(&book, now_at)),
                Look::Reading(document) => looked.reading = reading(&book, *document, now_at),
            }
            outbox.send(Notice::Looked(Box::new(looked)));
        };
        self.start("look", job);
    }
}
