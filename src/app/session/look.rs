//! What is worked out beside the window because it needs a pass over all pairs: a trend, the list of a month, what is to be rated.

use std::sync::Arc;

use super::{Notice, Session};
use crate::domain::book::Book;
use crate::domain::compliance::view::View;
use crate::domain::month::{close, trend};
use crate::domain::risk::{Bundle, bundles};

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// Months beside each other.
    Trend,
    /// The list before this month is sealed: `2026-11`.
    List(String),
    /// What is to be rated, as of this instant, UTC seconds.
    Bundles(i64),
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
}

impl Session {
    /// Works out what is asked for as of now (UTC seconds), beside everything else. The answer is [`Notice::Looked`].
    pub fn look(&mut self, book: Arc<Book>, look: Look, now_at: i64) {
        let outbox = self.outbox.clone();
        let job = move || {
            let mut looked = Looked { seq: book.head.seq, trend: Vec::new(), list: None, bundles: None };
            match look {
                Look::Trend => looked.trend = trend::trend(&book, now_at, trend::MONTHS),
                Look::List(month) => {
                    let points = close::list(&book, &month, now_at);
                    looked.list = Some((month, points));
                }
                Look::Bundles(at) => looked.bundles = Some(bundles(&View::new(&book, at))),
            }
            outbox.send(Notice::Looked(Box::new(looked)));
        };
        self.start("look", job);
    }
}
