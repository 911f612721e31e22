//! What is worked out of months beside the window, because each needs a pass over all pairs: a trend, and the list of a month.

use std::sync::Arc;

use super::{Notice, Session};
use crate::domain::book::Book;
use crate::domain::month::{close, trend};

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// Months beside each other.
    Trend,
    /// The list before this month is sealed: `2026-11`.
    List(String),
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
}

impl Session {
    /// Works out what is asked for as of now (UTC seconds), beside everything else. The answer is [`Notice::Looked`].
    pub fn look(&mut self, book: Arc<Book>, look: Look, now_at: i64) {
        let outbox = self.outbox.clone();
        let job = move || {
            let mut looked = Looked { seq: book.head.seq, trend: Vec::new(), list: None };
            match look {
                Look::Trend => looked.trend = trend::trend(&book, now_at, trend::MONTHS),
                Look::List(month) => {
                    let points = close::list(&book, &month, now_at);
                    looked.list = Some((month, points));
                }
            }
            outbox.send(Notice::Looked(Box::new(looked)));
        };
        self.start("look", job);
    }
}
