//! Which row of the table holds for a product at an instant.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::book::Book;

use super::Lifecycle;
use super::product::{Edition, Identity, of_row, os, software, words};

/// What the table says about a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fit<'a> {
    /// This row holds.
    Row(&'a Lifecycle),
    /// One of these holds; what is known of the product does not tell which.
    OneOf(Vec<&'a Lifecycle>, String),
    /// None fits: why, and what to do.
    None(String),
}

impl Fit<'_> {
    /// Whether security updates end before a day whichever of the rows holds.
    pub fn ends_before(&self, on: NaiveDate) -> bool {
        let before = |row: &Lifecycle| row.security_end_on.is_some_and(|end| end < on);
        match self {
            Self::Row(row) => before(row),
            Self::OneOf(rows, _) => !rows.is_empty() && rows.iter().all(|row| before(row)),
            Self::None(_) => false,
        }
    }
}

/// The rows that hold at an instant.
#[derive(Debug)]
pub struct Rows<'a> {
    live: Vec<Live<'a>>,
}

#[derive(Debug)]
struct Live<'a> {
    row: &'a Lifecycle,
    identity: Option<Identity>,
    words: Vec<String>,
}

impl<'a> Rows<'a> {
    /// The rows that hold at an instant (UTC seconds): of each product and edition the one recorded by then and not ended, and
    /// before the first was recorded that first one, for the end of a product is a fact of its vendor. A row of the shop's own holds
    /// from when it was recorded: it makes no past machine supported.
    pub fn new(book: &'a Book, at: i64) -> Self {
        let mut by_key: HashMap<(String, String, bool), Vec<&'a Lifecycle>> = HashMap::new();
        for row in &book.lifecycles {
            let key = (row.product.to_lowercase(), row.edition.to_lowercase(), row.own);
            by_key.entry(key).or_default().push(row);
        }
        let mut live: Vec<Live<'a>> = Vec::with_capacity(by_key.len());
        for rows in by_key.values_mut() {
            rows.sort_by_key(|row| (row.recorded_at, row.id));
            let known = rows.iter().rev().find(|row| row.recorded_at <= at);
            let Some(row) = known.or_else(|| rows.first().filter(|row| !row.own)) else { continue };
            if row.ended_at.is_none_or(|ended| ended > at) {
                let words = words(&row.product);
                live.push(Live { row, identity: of_row(&row.product, &row.edition), words });
            }
        }
        live.sort_by_key(|live| live.row.id);
        Self { live }
    }

    /// The same without the rows of the shop's own: what the vendors say.
    pub fn of_vendors(book: &'a Book, at: i64) -> Self {
        let mut rows = Self::new(book, at);
        rows.live.retain(|live| !live.row.own);
        rows
    }

    /// Every row that holds.
    pub fn all(&self) -> impl Iterator<Item = &'a Lifecycle> {
        self.live.iter().map(|live| live.row)
    }

    /// The row of an operating system, as a machine names it and its version.
    pub fn os(&self, text: &str, version: &str) -> Fit<'a> {
        if text.trim().is_empty() {
            return Fit::None(
                "No operating system is recorded. Give it in the form of the asset.".to_owned(),
            );
        }
        let identity = os(text, version);
        let named = format!("{text} {version}");
        self.find(identity.as_ref(), &words(&named), text)
    }

    /// The row of a product that an asset lists.
    pub fn software(&self, text: &str) -> Fit<'a> {
        self.find(software(text).as_ref(), &words(text), text)
    }

    fn find(&self, identity: Option<&Identity>, said: &[String], text: &str) -> Fit<'a> {
        let own = self.live.iter().filter(|live| live.row.own && live.holds(identity, said));
        // The row that says most, and of two that say as much the earlier end.
        let own = own.min_by_key(|live| {
            let end = live.row.security_end_on.unwrap_or(chrono::NaiveDate::MAX);
            (std::cmp::Reverse(live.words.len()), end, live.row.id)
        });
        if let Some(own) = own {
            return Fit::Row(own.row);
        }
        let Some(identity) = identity else {
            return Fit::None(format!("No row is about “{text}”. Add one of your own, with its source."));
        };
        self.shipped(identity, text)
    }

    fn shipped(&self, identity: &Identity, text: &str) -> Fit<'a> {
        let shipped = self.live.iter().filter(|live| !live.row.own);
        let fitting: Vec<&Lifecycle> = shipped
            .filter(|live| live.identity.as_ref().is_some_and(|row| may_be(row, identity)))
            .map(|live| live.row)
            .collect();
        if identity.release.is_none() && !identity.family.is_finished() {
            return Fit::None(format!(
                "“{text}” does not say which release it is. Give its version, such as 10.0.26100 or the year."
            ));
        }
        match fitting.as_slice() {
            [] => Fit::None(format!(
                "No row is about {}. Add one of your own, with its source.",
                identity.text()
            )),
            [row] => Fit::Row(row),
            [first, rest @ ..] if rest.iter().all(|row| same_end(row, first)) => Fit::Row(first),
            _ => {
                let what = if identity.release.is_none() { "release" } else { "edition" };
                let why =
                    format!("“{text}” does not say which {what} it is, and they end on different days.");
                Fit::OneOf(fitting, why)
            }
        }
    }
}

impl Live<'_> {
    /// Whether a row of the shop's own is about a product: by what it is where both are of a kind the table knows, else by its
    /// words, all of which the text must say in their order.
    fn holds(&self, identity: Option<&Identity>, said: &[String]) -> bool {
        match (&self.identity, identity) {
            (Some(row), Some(identity)) => row.release == identity.release && may_be(row, identity),
            (None, _) => in_order(&self.words, said) && edition_said(&self.row.edition, said),
            (Some(_), None) => false,
        }
    }
}

/// Whether a row may be about a product, as far as what is known of it tells.
fn may_be(row: &Identity, known: &Identity) -> bool {
    let edition = match (row.edition, known.edition) {
        (Edition::Every, _) | (_, Edition::Every) => true,
        // Nobody calls long-term servicing by another name.
        (row, Edition::Unknown) => matches!(row, Edition::HomePro | Edition::Enterprise),
        (row, known) => row == known,
    };
    let release = known.release.is_none() || row.release == known.release;
    let pack = known.pack.is_none() || row.pack.is_none() || row.pack == known.pack;
    row.family == known.family && edition && release && pack
}

fn same_end(one: &Lifecycle, other: &Lifecycle) -> bool {
    (one.security_end_on, one.extended_end_on) == (other.security_end_on, other.extended_end_on)
}

/// Whether the words of a row come in a text in their order. A version may go on: `22.04` is said by `22.04.3`, `12` by `12.5`.
fn in_order(row: &[String], said: &[String]) -> bool {
    let mut said = said.iter();
    !row.is_empty() && row.iter().all(|word| said.any(|other| says(other, word)))
}

fn says(said: &str, word: &str) -> bool {
    match said.strip_prefix(word) {
        Some("") => true,
        Some(rest) => word.bytes().any(|byte| byte.is_ascii_digit()) && rest.starts_with(['.', '-', '_']),
        None => false,
    }
}

fn edition_said(edition: &str, said: &[String]) -> bool {
    words(edition).iter().all(|word| said.iter().any(|other| says(other, word)))
}
