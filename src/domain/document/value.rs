//! Values that placeholders stand for, as plain text and as Markdown.

use std::fmt::Write as _;

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::kind::Kind;
use crate::util::clock;
use crate::util::text::count;

/// Rows under a head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// Titles of the columns.
    pub head: Vec<String>,
    /// Rows, each as long as the head.
    pub rows: Vec<Vec<String>>,
}

impl Grid {
    /// A grid without rows.
    pub fn new(head: &[&str]) -> Self {
        Self { head: head.iter().map(|title| (*title).to_owned()).collect(), rows: Vec::new() }
    }

    /// Adds a row.
    pub fn row<T: Into<String>>(&mut self, cells: impl IntoIterator<Item = T>) {
        let mut row: Vec<String> = cells.into_iter().map(Into::into).collect();
        row.resize(self.head.len(), String::new());
        self.rows.push(row);
    }
}

/// A drawing as data. In the kept text it is a fenced block of this as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "figure", rename_all = "snake_case")]
pub enum Figure {
    /// A bar of parts that add up.
    Bar {
        /// Name and count of each part.
        parts: Vec<(String, u64)>,
        /// The sentence under it.
        sum: String,
    },
    /// A bar a month over the same parts.
    Months {
        /// Names of the parts.
        parts: Vec<String>,
        /// Month and one count a part.
        bars: Vec<(String, Vec<u64>)>,
        /// Months from which a definition changed.
        breaks: Vec<String>,
    },
    /// Phases and milestones of a cycle.
    Strip {
        /// Name, first and last day, `past`, `current` or `ahead`.
        phases: Vec<(String, NaiveDate, NaiveDate, String)>,
        /// Day and title.
        milestones: Vec<(NaiveDate, String)>,
    },
}

/// The word behind the backticks of a figure in the kept text.
pub const FIGURE_FENCE: &str = "figure";

/// A line to sign on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignLine {
    /// What the signature means.
    pub meaning: String,
    /// Who, where known.
    pub name: String,
    /// As what, where known.
    pub function: String,
}

/// What a name says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Words.
    Text(String),
    /// A count.
    Number(i64),
    /// A day.
    Date(NaiveDate),
    /// An instant, UTC seconds, in the shop's zone.
    Time(i64, Tz),
    /// Hundredths of a currency.
    Money(i64, String),
    /// A share as it is printed with its counts.
    Percent(String),
    /// A person's name.
    Person(String),
    /// A role's name.
    Role(String),
    /// Words one after the other.
    List(Vec<String>),
    /// Yes or no.
    Flag(bool),
    /// Rows under a head.
    Table(Grid),
    /// Points.
    Bullets(Vec<String>),
    /// A drawing.
    Figure(Figure),
    /// Lines to sign on.
    Signatures(Vec<SignLine>),
}

impl Value {
    /// Its type.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Text(_) => Kind::Text,
            Self::Number(_) => Kind::Number,
            Self::Date(_) => Kind::Date,
            Self::Time(..) => Kind::Time,
            Self::Money(..) => Kind::Money,
            Self::Percent(_) => Kind::Percent,
            Self::Person(_) => Kind::Person,
            Self::Role(_) => Kind::Role,
            Self::List(_) => Kind::List,
            Self::Flag(_) => Kind::Flag,
            Self::Table(_) => Kind::Table,
            Self::Bullets(_) => Kind::Bullets,
            Self::Figure(_) => Kind::Figure,
            Self::Signatures(_) => Kind::Signatures,
        }
    }

    /// There is nothing to print.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) | Self::Percent(text) | Self::Person(text) | Self::Role(text) => {
                text.trim().is_empty()
            }
            Self::List(items) | Self::Bullets(items) => items.is_empty(),
            Self::Table(grid) => grid.rows.is_empty(),
            Self::Signatures(lines) => lines.is_empty(),
            Self::Number(_) | Self::Date(_) | Self::Time(..) | Self::Money(..) | Self::Flag(_) => false,
            Self::Figure(Figure::Bar { parts, .. }) => parts.is_empty(),
            Self::Figure(Figure::Months { bars, .. }) => bars.is_empty(),
            Self::Figure(Figure::Strip { phases, .. }) => phases.is_empty(),
        }
    }

    /// Plain text: what a version says that it stated. Two values that read the same are the same.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Percent(text) | Self::Person(text) | Self::Role(text) => text.clone(),
            Self::Number(number) => number_text(*number),
            Self::Date(day) => clock::day_text(*day),
            Self::Time(at, zone) => time_text(*zone, *at),
            Self::Money(cents, currency) => money_text(*cents, currency),
            Self::List(items) => items.join(", "),
            Self::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
            Self::Table(grid) => {
                let rows = std::iter::once(&grid.head).chain(&grid.rows);
                rows.map(|row| row.join(" | ")).collect::<Vec<_>>().join("\n")
            }
            Self::Bullets(items) => items.join("\n"),
            Self::Figure(figure) => serde_json::to_string(figure).unwrap_or_default(),
            Self::Signatures(lines) => {
                let line = |line: &SignLine| format!("{} | {} | {}", line.meaning, line.name, line.function);
                lines.iter().map(line).collect::<Vec<_>>().join("\n")
            }
        }
    }

    /// As Markdown in the kept text; words of the register never become marks.
    pub fn markdown(&self) -> String {
        match self {
            Self::Table(grid) => table_markdown(grid),
            Self::Bullets(items) => {
                let items = items.iter().map(|item| format!("- {}", escaped(item)));
                items.collect::<Vec<_>>().join("\n")
            }
            Self::Figure(_) => format!("```{FIGURE_FENCE}\n{}\n```", self.text()),
            _ => escaped(&self.text()),
        }
    }
}

/// `1,204`, `-3`.
pub fn number_text(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", count(number.unsigned_abs()))
}

/// `Tue 8 Dec 2026 21:00 CET`.
pub fn time_text(zone: Tz, at: i64) -> String {
    format!("{} {}", clock::day_in(zone, at).format("%a"), clock::text_in(zone, at))
}

/// `4,849.00 EUR`, `-12.50 EUR`.
pub fn money_text(cents: i64, currency: &str) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    format!("{sign}{}.{:02} {currency}", count(cents / 100), cents % 100).trim_end().to_owned()
}

fn table_markdown(grid: &Grid) -> String {
    let line = |cells: &[String]| {
        let mut line = "|".to_owned();
        for cell in cells {
            let _ = write!(line, " {} |", escaped(cell));
        }
        line
    };
    let grid = without_empty_columns(grid);
    let rule = format!("|{}", " --- |".repeat(grid.head.len()));
    let mut lines = vec![line(&grid.head), rule];
    lines.extend(grid.rows.iter().map(|row| line(row)));
    lines.join("\n")
}

/// A column in which no row says anything is not printed; the first one always is.
fn without_empty_columns(grid: &Grid) -> Grid {
    let says =
        |at: usize| at == 0 || grid.rows.iter().any(|row| row.get(at).is_some_and(|c| !c.trim().is_empty()));
    let kept: Vec<usize> = (0..grid.head.len()).filter(|at| says(*at)).collect();
    let of = |row: &Vec<String>| kept.iter().filter_map(|at| row.get(*at).cloned()).collect();
    Grid { head: of(&grid.head), rows: grid.rows.iter().map(of).collect() }
}

/// Words as Markdown that reads as exactly these words, on one line.
pub fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len() + 8);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let numbered = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let list_number = numbered.len() < words.len() && numbered.starts_with(['.', ')']);
    let mut before_number = list_number.then(|| words.len() - numbered.len());
    for (at, character) in words.char_indices() {
        let marks = matches!(
            character,
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '$'
        );
        let begins = at == 0 && matches!(character, '-' | '+' | '=');
        if marks || begins || before_number == Some(at) {
            text.push('\\');
            before_number = None;
        }
        text.push(character);
    }
    text
}
