//! Tables as the report hands them to paper and to CSV. Owns cells and columns; never measures text.

use super::Tone;

/// How the text of a column stands in its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Text, from the left.
    #[default]
    Left,
    /// Numbers, to the right, with figures of one width.
    Right,
    /// Marks and short codes, in the middle.
    Centre,
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The word in the head of the column; repeated on every page.
    pub title: String,
    /// How its cells stand.
    pub align: Align,
    /// Share of the width relative to the other weighted columns; 0 means "as wide as its content needs".
    pub weight: f32,
}

impl Column {
    /// A text column as wide as its content needs.
    pub fn text(title: impl Into<String>) -> Self {
        Self { title: title.into(), align: Align::Left, weight: 0.0 }
    }

    /// A column of numbers.
    pub fn number(title: impl Into<String>) -> Self {
        Self { align: Align::Right, ..Self::text(title) }
    }

    /// A centred column.
    pub fn centre(title: impl Into<String>) -> Self {
        Self { align: Align::Centre, ..Self::text(title) }
    }

    /// Gives the column a share of the width instead of its natural width.
    #[must_use]
    pub fn weight(mut self, weight: f32) -> Self {
        self.weight = weight;
        self
    }
}

/// One cell: a text, perhaps strong, perhaps with the shape and tint of a tone in front of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// The words or the number, already formatted for people.
    pub text: String,
    /// Set in semibold.
    pub strong: bool,
    /// `Plain` and `Weak` draw no marker; every other tone has its own shape, so the page survives black and white.
    pub tone: Tone,
}

impl Cell {
    /// A plain cell.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Sets the text in semibold.
    #[must_use]
    pub fn strong(mut self) -> Self {
        self.strong = true;
        self
    }

    /// Puts the marker of a tone before the text.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

/// A table with a caption, columns, rows and perhaps a row of totals.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Stands above the table; empty for none.
    pub caption: String,
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// The rows; a short row is filled with empty cells, what is too much stands in the last cell.
    pub rows: Vec<Vec<Cell>>,
    /// The last row, set strong under a rule.
    pub totals: Option<Vec<Cell>>,
    /// What is printed instead of rows when there are none.
    pub empty: String,
    /// To be filled in by hand: large type, a box around every cell, room to write.
    pub by_hand: bool,
}

impl Table {
    /// An empty table.
    pub fn new(caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Self { caption: caption.into(), columns, empty: "None.".into(), ..Self::default() }
    }

    /// Appends a row.
    pub fn row<C: Into<Cell>>(&mut self, cells: impl IntoIterator<Item = C>) -> &mut Self {
        self.rows.push(cells.into_iter().map(Into::into).collect());
        self
    }

    /// Sets the row of totals.
    pub fn total<C: Into<Cell>>(&mut self, cells: impl IntoIterator<Item = C>) -> &mut Self {
        self.totals = Some(cells.into_iter().map(Into::into).collect());
        self
    }

    /// Makes it a table to be filled in by hand.
    #[must_use]
    pub fn by_hand(mut self) -> Self {
        self.by_hand = true;
        self
    }

    /// Sets what stands in place of the rows when there are none.
    #[must_use]
    pub fn when_empty(mut self, text: impl Into<String>) -> Self {
        self.empty = text.into();
        self
    }
}
