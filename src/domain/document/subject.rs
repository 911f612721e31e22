//! What a document that is about one thing is about: a cycle, a business case, a posture, a month. The choice is kept with the version.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::body;
use super::template::Template;
use crate::domain::book::Book;
use crate::domain::case::BusinessCaseId;
use crate::domain::compliance::month::reference_month;
use crate::domain::cycle::CycleId;
use crate::domain::month::PostureId;
use crate::domain::month::name::{before, first_day, name_of, text as month_text};
use crate::domain::row::words;
use crate::util::clock::{day_in, zone};

/// Months that are offered.
const MONTHS: usize = 24;

words!(
    /// A thing that a document may be about.
    Subject {
        /// A month of patching, a campaign, an emergency.
        Cycle = "cycle", "Cycle";
        /// An estimate of what a promise costs.
        Case = "case", "Business case";
        /// The four parts of a description, with figures.
        Posture = "posture", "Posture";
        /// The month of the figures.
        Month = "month", "Month";
    }
);

/// What is chosen; nothing chosen takes the one that the catalogue of names says: the current cycle, the newest case and posture, the
/// month of the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Chosen {
    /// The cycle of `cycle.*`.
    pub cycle: Option<CycleId>,
    /// The business case of `case.*`.
    pub case: Option<BusinessCaseId>,
    /// The posture of `posture.*`.
    pub posture: Option<PostureId>,
    /// A day in the month of `report.*` and `figures.*`.
    pub month: Option<NaiveDate>,
}

impl Chosen {
    /// This choice with the part of a subject taken from another.
    #[must_use]
    pub fn with(mut self, subject: Subject, other: Self) -> Self {
        match subject {
            Subject::Cycle => self.cycle = other.cycle,
            Subject::Case => self.case = other.case,
            Subject::Posture => self.posture = other.posture,
            Subject::Month => self.month = other.month,
        }
        self
    }

    /// Whether something is chosen of a subject.
    pub fn has(&self, subject: Subject) -> bool {
        match subject {
            Subject::Cycle => self.cycle.is_some(),
            Subject::Case => self.case.is_some(),
            Subject::Posture => self.posture.is_some(),
            Subject::Month => self.month.is_some(),
        }
    }

    /// What is chosen of a subject, in words; nothing where nothing is, or where it is no longer there.
    pub fn text(&self, book: &Book, subject: Subject) -> Option<String> {
        match subject {
            Subject::Cycle => self.cycle.and_then(|id| book.cycles.get(id.0)).map(|row| row.name.clone()),
            Subject::Case => self.case.and_then(|id| book.cases.get(id.0)).map(|row| row.name.clone()),
            Subject::Posture => {
                self.posture.and_then(|id| book.postures.get(id.0)).map(|row| row.name.clone())
            }
            Subject::Month => self.month.map(|day| month_text(&name_of(day))),
        }
    }
}

/// What a template is about, by the names it uses.
pub fn subjects(template: &Template) -> Vec<Subject> {
    let mut found = Vec::new();
    for section in &template.sections {
        let nodes = body::parse(&section.text, 1).unwrap_or_default();
        for (_, _, name) in body::placeholders(&nodes) {
            let name = name.strip_prefix("has.").unwrap_or(name);
            let subject = match name.split('.').next() {
                Some("cycle") => Subject::Cycle,
                Some("case") => Subject::Case,
                Some("posture") => Subject::Posture,
                Some("report" | "figures") => Subject::Month,
                _ => continue,
            };
            if !found.contains(&subject) {
                found.push(subject);
            }
        }
    }
    found
}

/// What there is to choose from, the newest first: its name, and the choice of it.
pub fn options(book: &Book, subject: Subject, as_of_at: i64) -> Vec<(String, Chosen)> {
    let none = Chosen::default();
    match subject {
        Subject::Cycle => {
            let mut rows: Vec<_> = book.cycles.iter().collect();
            rows.sort_by_key(|row| std::cmp::Reverse((row.anchor_at, row.id)));
            rows.into_iter().map(|row| (row.name.clone(), Chosen { cycle: Some(row.id), ..none })).collect()
        }
        Subject::Case => {
            let mut rows: Vec<_> = book.cases.iter().filter(|row| row.ended_at.is_none()).collect();
            rows.sort_by_key(|row| std::cmp::Reverse((row.created_at, row.id)));
            rows.into_iter().map(|row| (row.name.clone(), Chosen { case: Some(row.id), ..none })).collect()
        }
        Subject::Posture => {
            let mut rows: Vec<_> = book.postures.iter().collect();
            rows.sort_by_key(|row| std::cmp::Reverse((row.taken_at, row.id)));
            rows.into_iter().map(|row| (row.name.clone(), Chosen { posture: Some(row.id), ..none })).collect()
        }
        Subject::Month => {
            let today = day_in(zone(&book.shop.zone), as_of_at);
            let newest = name_of(reference_month(today));
            let months = std::iter::successors(Some(newest), |month| before(month)).take(MONTHS);
            let chosen = |month: String| {
                let day = first_day(&month)?;
                Some((month_text(&month), Chosen { month: Some(day), ..none }))
            };
            months.filter_map(chosen).collect()
        }
    }
}
