//! Values that stand in documents: their types, and the question that a placeholder asks of the register.

use chrono::NaiveDate;

use super::{Document, DocumentVersion};
use crate::domain::book::Book;
use crate::domain::case::BusinessCaseId;
use crate::domain::cycle::CycleId;
use crate::domain::month::PostureId;
use crate::domain::row::words;

words!(
    /// The type of a placeholder, as it is written before the colon.
    ValueType {
        /// Text that stands in a sentence.
        Text = "text", "text";
        /// A whole number.
        Number = "number", "number";
        /// A date.
        Date = "date", "date";
        /// An instant in the shop's zone.
        Time = "time", "time";
        /// An amount.
        Money = "money", "money";
        /// A share with its counts.
        Percent = "percent", "percent";
        /// A person's name.
        Person = "person", "person";
        /// A role's name.
        Role = "role", "role";
        /// Words joined by commas.
        List = "list", "list";
        /// True or false, for conditions.
        Flag = "flag", "flag";
        /// Rows and columns.
        Table = "table", "table";
        /// One line each.
        Bullets = "bullets", "bullets";
        /// A drawing.
        Figure = "figure", "figure";
        /// Lines to sign on.
        Signatures = "signatures", "signatures";
    }
);

words!(
    /// What a change of a value means for a version that states it.
    Bearing {
        /// A setting: a change makes the version out of date.
        Setting = "s", "setting";
        /// A fact of the day: changes make nothing out of date.
        Fact = "f", "fact of the day";
        /// Drawn at printing, from the version's own row.
        Late = "l", "drawn at printing";
    }
);

/// A value of the register, ready to be written into a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text, a person's or a role's name.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A date.
    Date(NaiveDate),
    /// An instant, UTC seconds.
    Time(i64),
    /// Hundredths of a currency.
    Money(i64, String),
    /// Part and whole.
    Percent(i64, i64),
    /// Words.
    List(Vec<String>),
    /// True or false.
    Flag(bool),
    /// A head and rows as wide.
    Table {
        /// The columns' names.
        head: Vec<String>,
        /// The rows.
        rows: Vec<Vec<String>>,
    },
    /// Lines.
    Bullets(Vec<String>),
    /// The name of a drawing.
    Figure(String),
    /// Lines to sign on: meaning, name, function.
    Signatures(Vec<(String, String, String)>),
    /// There is nothing, and that is an answer: this sentence stands in its place.
    Nothing(String),
    /// There is nothing, and the document cannot do without: where to set it.
    Missing(String),
}

/// What a placeholder asks of: the register at an instant, and what was chosen for printing.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    /// The register.
    pub book: &'a Book,
    /// The instant, UTC seconds.
    pub as_of_at: i64,
    /// The document that is made, where there is one.
    pub document: Option<&'a Document>,
    /// Its version.
    pub version: Option<&'a DocumentVersion>,
    /// The chosen cycle; else the current one, else the next.
    pub cycle: Option<CycleId>,
    /// The chosen business case; else the newest.
    pub case: Option<BusinessCaseId>,
    /// The chosen posture; else the newest.
    pub posture: Option<PostureId>,
    /// The chosen month, `2026-11`; else the reference month.
    pub month: Option<&'a str>,
}
