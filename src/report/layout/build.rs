//! The pleasant way to write a layout: small methods that append blocks. Owns no data of its own.

use super::{
    BarChart, Block, CalloutKind, Form, Heading, KeyFigure, Layout, Opening, Orientation, RichText, Run,
    SegmentBar, SignatureBox, SignatureLine, StackedBars, Style, Table, Tone,
};

impl Layout {
    /// An empty document with a title, in English, on A4.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), lang: "en".into(), ..Self::default() }
    }

    /// An empty document that begins with a head of a few lines instead of a cover.
    pub fn sheet(title: impl Into<String>) -> Self {
        Self { opening: Opening::Head, ..Self::new(title) }
    }

    /// The same on a sheet that lies.
    pub fn landscape(title: impl Into<String>) -> Self {
        Self { orientation: Orientation::Landscape, ..Self::sheet(title) }
    }

    /// Adds a label and value line to the cover.
    pub fn fact(&mut self, label: impl Into<String>, value: impl Into<String>) -> &mut Self {
        self.facts.push((label.into(), value.into()));
        self
    }

    /// Appends any block.
    pub fn push(&mut self, block: Block) -> &mut Self {
        self.blocks.push(block);
        self
    }

    /// Appends a heading without an anchor.
    pub fn heading(&mut self, level: u8, text: impl Into<String>) -> &mut Self {
        self.push(Block::Heading(Heading { level, text: text.into(), anchor: String::new() }))
    }

    /// Appends a heading that others can point to.
    pub fn heading_at(&mut self, level: u8, text: impl Into<String>, anchor: impl Into<String>) -> &mut Self {
        self.push(Block::Heading(Heading { level, text: text.into(), anchor: anchor.into() }))
    }

    /// Appends a paragraph.
    pub fn paragraph(&mut self, text: impl Into<RichText>) -> &mut Self {
        self.push(Block::Paragraph(text.into()))
    }

    /// Appends a list with bullets.
    pub fn bullets<T: Into<RichText>>(&mut self, items: impl IntoIterator<Item = T>) -> &mut Self {
        self.push(Block::List { ordered: false, items: items.into_iter().map(Into::into).collect() })
    }

    /// Appends a numbered list.
    pub fn numbered<T: Into<RichText>>(&mut self, items: impl IntoIterator<Item = T>) -> &mut Self {
        self.push(Block::List { ordered: true, items: items.into_iter().map(Into::into).collect() })
    }

    /// Appends a note.
    pub fn note(&mut self, text: impl Into<RichText>) -> &mut Self {
        self.push(Block::Callout { kind: CalloutKind::Note, text: text.into() })
    }

    /// Appends a limit of the figures.
    pub fn limit(&mut self, text: impl Into<RichText>) -> &mut Self {
        self.push(Block::Callout { kind: CalloutKind::Limit, text: text.into() })
    }

    /// Appends a warning.
    pub fn warn(&mut self, text: impl Into<RichText>) -> &mut Self {
        self.push(Block::Callout { kind: CalloutKind::Warn, text: text.into() })
    }

    /// Appends a table.
    pub fn table(&mut self, table: Table) -> &mut Self {
        self.push(Block::Table(table))
    }

    /// Appends a row of large numbers.
    pub fn key_figures(&mut self, figures: Vec<KeyFigure>) -> &mut Self {
        self.push(Block::KeyFigures(figures))
    }

    /// Appends a bar of parts.
    pub fn segment_bar(&mut self, bar: SegmentBar) -> &mut Self {
        self.push(Block::SegmentBar(bar))
    }

    /// Appends stacked bars.
    pub fn stacked_bars(&mut self, bars: StackedBars) -> &mut Self {
        self.push(Block::StackedBars(bars))
    }

    /// Appends a bar chart.
    pub fn bar_chart(&mut self, chart: BarChart) -> &mut Self {
        self.push(Block::BarChart(chart))
    }

    /// Appends boxes to sign in, one per role, with the name where it is known.
    pub fn signatures<'a>(&mut self, boxes: impl IntoIterator<Item = (&'a str, &'a str)>) -> &mut Self {
        let boxes =
            boxes.into_iter().map(|(role, name)| SignatureBox { role: role.into(), name: name.into() });
        self.push(Block::SignatureBoxes(boxes.collect()))
    }

    /// Appends a form.
    pub fn form(&mut self, form: Form) -> &mut Self {
        self.push(Block::Form(form))
    }

    /// Appends lines to sign on: meaning, name, function; unknown ones stay empty.
    pub fn signature_lines<'a>(
        &mut self,
        lines: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>,
    ) -> &mut Self {
        let line = |(meaning, name, function): (&str, &str, &str)| SignatureLine {
            meaning: meaning.into(),
            name: name.into(),
            function: function.into(),
            date: String::new(),
        };
        self.push(Block::SignatureLines(lines.into_iter().map(line).collect()))
    }

    /// What follows begins on a new page.
    pub fn page_break(&mut self) -> &mut Self {
        self.push(Block::PageBreak)
    }

    /// Appends the contents, headings down to `depth`.
    pub fn contents(&mut self, depth: u8) -> &mut Self {
        self.push(Block::Contents { depth })
    }
}

impl KeyFigure {
    /// A number in the text colour.
    pub fn new(label: impl Into<String>, value: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), detail: detail.into(), tone: Tone::Plain }
    }

    /// Another tint.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}

impl RichText {
    /// Empty text to add runs to.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds plain text.
    #[must_use]
    pub fn plain(self, text: impl Into<String>) -> Self {
        self.run(text, Style::Plain)
    }

    /// Adds strong text.
    #[must_use]
    pub fn strong(self, text: impl Into<String>) -> Self {
        self.run(text, Style::Strong)
    }

    /// Adds emphasised text.
    #[must_use]
    pub fn emphasis(self, text: impl Into<String>) -> Self {
        self.run(text, Style::Emphasis)
    }

    /// Adds a name, command or hash.
    #[must_use]
    pub fn code(self, text: impl Into<String>) -> Self {
        self.run(text, Style::Code)
    }

    /// The characters without their styles.
    pub fn text(&self) -> String {
        self.0.iter().map(|run| run.text.as_str()).collect()
    }

    fn run(mut self, text: impl Into<String>, style: Style) -> Self {
        self.0.push(Run { text: text.into(), style });
        self
    }
}

impl From<&str> for RichText {
    fn from(text: &str) -> Self {
        Self::new().plain(text)
    }
}

impl From<String> for RichText {
    fn from(text: String) -> Self {
        Self::new().plain(text)
    }
}
