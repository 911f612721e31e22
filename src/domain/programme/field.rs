//! What a field of the programme's lists is: its name in the file, its label, what it may hold. The fields themselves are in
//! [`super::list`].

use chrono::NaiveDate;

use super::ProgrammeEntry;

/// What a field may hold. Everything is kept as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines.
    Lines,
    /// A day, `2026-12-08`.
    Date,
    /// An amount in digits, `1200` or `1200.50`.
    Money,
    /// A whole number, not negative.
    Number,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A person of the register, or the short form of a role, which stands for whoever holds it.
    Person,
    /// Ids of own figures with commas between them (see [`super::objection`]).
    Figures,
}

/// One field of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Name in the file and on the console.
    pub name: &'static str,
    /// Name that people read.
    pub label: &'static str,
    /// What it may hold.
    pub kind: FieldKind,
    /// A row without it is refused.
    pub required: bool,
    /// What to write into it; empty where the label says it.
    pub hint: &'static str,
}

impl Field {
    pub(super) const fn new(
        name: &'static str,
        label: &'static str,
        kind: FieldKind,
        hint: &'static str,
    ) -> Self {
        Self { name, label, kind, required: false, hint }
    }

    pub(super) const fn demanded(
        name: &'static str,
        label: &'static str,
        kind: FieldKind,
        hint: &'static str,
    ) -> Self {
        Self { name, label, kind, required: true, hint }
    }
}

impl ProgrammeEntry {
    /// The value of a field; empty where it is not given.
    pub fn get(&self, field: &str) -> &str {
        self.fields.get(field).map_or("", String::as_str)
    }

    /// Whether a field holds this word.
    pub fn says(&self, field: &str, word: &str) -> bool {
        self.get(field) == word
    }

    /// The day in a field.
    pub fn day(&self, field: &str) -> Option<NaiveDate> {
        self.get(field).parse().ok()
    }

    /// The number in a field.
    pub fn number(&self, field: &str) -> Option<i64> {
        self.get(field).parse().ok()
    }

    /// What the row is called in a message or a list: its first filled field of those that name it.
    pub fn name(&self) -> &str {
        let named = super::list::naming(self.kind).iter().map(|field| self.get(field));
        named.into_iter().find(|text| !text.is_empty()).unwrap_or("unnamed row")
    }
}
