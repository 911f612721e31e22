//! Forms: labelled fields in a grid, boxes to tick, lines to sign on. Owns what stands in them; never measures text.

use super::Tone;

/// Labelled fields in a grid, like a printed form: what is known is filled in, what is not is left to write in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form {
    /// Stands above the fields; empty for none.
    pub caption: String,
    /// How many fields stand beside each other, 1 to 4 (others are brought into that range).
    pub columns: u8,
    /// The fields in reading order.
    pub fields: Vec<Field>,
}

/// One field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Field {
    /// What belongs into it.
    pub label: String,
    /// What is in it.
    pub value: Entry,
    /// How many columns it takes; 0 takes the whole row.
    pub span: u8,
    /// `Plain` and `Weak` draw no marker before a text; every other tone has its own shape.
    pub tone: Tone,
}

/// What is in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Words; they may have several lines.
    Text(String),
    /// Nothing yet: room to write so many lines by hand.
    Blank(u8),
    /// Boxes, each ticked or not.
    Boxes(Vec<TickBox>),
}

impl Default for Entry {
    fn default() -> Self {
        Self::Blank(1)
    }
}

/// A box to tick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TickBox {
    /// What it says.
    pub label: String,
    /// Whether it is ticked.
    pub ticked: bool,
}

/// A line to sign on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SignatureLine {
    /// What the signature means: "Approved", "Verified".
    pub meaning: String,
    /// Who, where known.
    pub name: String,
    /// Their function, where known.
    pub function: String,
    /// When, where it was recorded already.
    pub date: String,
}

impl Form {
    /// An empty form of so many columns.
    pub fn new(caption: impl Into<String>, columns: u8) -> Self {
        Self { caption: caption.into(), columns, fields: Vec::new() }
    }

    /// Appends a field of one column; an empty text leaves a line to write on.
    pub fn field(&mut self, label: impl Into<String>, text: impl Into<String>) -> &mut Self {
        self.push(Field { label: label.into(), value: entry(text.into(), 1), span: 1, tone: Tone::Plain })
    }

    /// Appends a field over the whole row; an empty text leaves so many lines to write on.
    pub fn wide(&mut self, label: impl Into<String>, text: impl Into<String>, lines: u8) -> &mut Self {
        self.push(Field { label: label.into(), value: entry(text.into(), lines), span: 0, tone: Tone::Plain })
    }

    /// Appends boxes over the whole row.
    pub fn boxes<'a>(
        &mut self,
        label: impl Into<String>,
        boxes: impl IntoIterator<Item = (&'a str, bool)>,
    ) -> &mut Self {
        let boxes = boxes.into_iter().map(|(label, ticked)| TickBox { label: label.to_owned(), ticked });
        self.push(Field {
            label: label.into(),
            value: Entry::Boxes(boxes.collect()),
            span: 0,
            tone: Tone::Plain,
        })
    }

    /// Appends any field.
    pub fn push(&mut self, field: Field) -> &mut Self {
        self.fields.push(field);
        self
    }

    /// Sets the tone of the last field.
    pub fn tone(&mut self, tone: Tone) -> &mut Self {
        if let Some(last) = self.fields.last_mut() {
            last.tone = tone;
        }
        self
    }

    /// Sets how many columns the last field takes.
    pub fn span(&mut self, span: u8) -> &mut Self {
        if let Some(last) = self.fields.last_mut() {
            last.span = span;
        }
        self
    }
}

fn entry(text: String, lines: u8) -> Entry {
    if text.trim().is_empty() { Entry::Blank(lines) } else { Entry::Text(text) }
}
