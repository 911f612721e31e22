//! Markdown into blocks. Knows paragraphs, lists, tables, emphasis, code and quotations; raw HTML is printed as the words it is, never
//! read.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::domain::compliance::machine::Segment;
use crate::domain::document::value::{FIGURE_FENCE, Figure};
use crate::report::layout::{
    self, Block, CalloutKind, Cell, Column, Layout, Milestone, Phase, RichText, SegmentBar, StackedBars,
    Standing, Style, Table, Timeline, Tone,
};
use crate::report::monthly::words::look;

/// Appends what a text says.
pub(super) fn blocks(text: &str, layout: &mut Layout) {
    if text.trim().is_empty() {
        return;
    }
    let mut reader = Reader::default();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        reader.take(event, layout);
    }
    reader.end_paragraph(layout);
}

#[derive(Default)]
struct Reader {
    words: RichText,
    strong: usize,
    emphasis: usize,
    heading: Option<u8>,
    quoted: usize,
    lists: Vec<List>,
    table: Option<Table>,
    row: Vec<Cell>,
    code: Option<(String, String)>,
}

struct List {
    ordered: bool,
    items: Vec<RichText>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>, layout: &mut Layout) {
        match event {
            Event::Start(tag) => self.start(tag, layout),
            Event::End(tag) => self.end(tag, layout),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.words(&text),
            Event::Code(text) => self.run(&text, Style::Code),
            Event::SoftBreak | Event::HardBreak => self.words(" "),
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        if let Some((_, code)) = &mut self.code {
            code.push_str(text);
            return;
        }
        let style = match (self.strong, self.emphasis) {
            (1.., _) => Style::Strong,
            (0, 1..) => Style::Emphasis,
            _ => Style::Plain,
        };
        self.run(text, style);
    }

    fn run(&mut self, text: &str, style: Style) {
        match self.words.0.last_mut() {
            Some(last) if last.style == style => last.text.push_str(text),
            _ => self.words.0.push(layout::Run { text: text.to_owned(), style }),
        }
    }

    fn start(&mut self, tag: Tag<'_>, layout: &mut Layout) {
        match tag {
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.emphasis += 1,
            Tag::Heading { .. } => self.heading = Some(3),
            Tag::BlockQuote(_) => self.quoted += 1,
            Tag::List(first) => {
                self.end_item();
                if self.lists.is_empty() {
                    self.end_paragraph(layout);
                }
                self.lists.push(List { ordered: first.is_some(), items: Vec::new() });
            }
            Tag::Table(_) => self.table = Some(Table::new("", Vec::new())),
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((info, String::new()));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, layout: &mut Layout) {
        match tag {
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::HtmlBlock => self.end_paragraph(layout),
            TagEnd::BlockQuote(_) => self.quoted = self.quoted.saturating_sub(1),
            TagEnd::Item => self.end_item(),
            TagEnd::List(_) => self.end_list(layout),
            TagEnd::TableCell => {
                let text = std::mem::take(&mut self.words);
                let strong = text.0.iter().any(|run| run.style == Style::Strong);
                let cell = Cell::new(text.text());
                self.row.push(if strong { cell.strong() } else { cell });
            }
            TagEnd::TableHead => {
                let row = std::mem::take(&mut self.row);
                if let Some(table) = &mut self.table {
                    table.columns = row.into_iter().map(|cell| Column::text(cell.text)).collect();
                }
            }
            TagEnd::TableRow => {
                let row = std::mem::take(&mut self.row);
                if let Some(table) = &mut self.table {
                    table.rows.push(row);
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    layout.table(aligned(table));
                }
            }
            TagEnd::CodeBlock => self.end_code(layout),
            _ => {}
        }
    }

    fn end_paragraph(&mut self, layout: &mut Layout) {
        if !self.lists.is_empty() {
            // Paragraphs of one item stay one item.
            if !self.words.0.is_empty() {
                self.words(" ");
            }
            return;
        }
        let text = trimmed(std::mem::take(&mut self.words));
        let heading = self.heading.take();
        if text.0.is_empty() {
            return;
        }
        match heading {
            Some(level) => layout.heading(level, text.text()),
            None if self.quoted > 0 => layout.push(Block::Callout { kind: CalloutKind::Note, text }),
            None => layout.paragraph(text),
        };
    }

    fn end_item(&mut self) {
        let text = trimmed(std::mem::take(&mut self.words));
        if let (Some(list), false) = (self.lists.last_mut(), text.0.is_empty()) {
            list.items.push(text);
        } else if !text.0.is_empty() {
            self.words = text;
        }
    }

    fn end_list(&mut self, layout: &mut Layout) {
        let Some(list) = self.lists.pop() else { return };
        match self.lists.last_mut() {
            // A list within an item stands under it, marked by a dash.
            Some(outer) => outer.items.extend(list.items.into_iter().map(|item| {
                let mut nested = RichText::new().plain("\u{2013} ");
                nested.0.extend(item.0);
                nested
            })),
            None if list.items.is_empty() => {}
            None => {
                layout.push(Block::List { ordered: list.ordered, items: list.items });
            }
        }
    }

    fn end_code(&mut self, layout: &mut Layout) {
        let Some((info, code)) = self.code.take() else { return };
        if info == FIGURE_FENCE
            && let Ok(figure) = serde_json::from_str::<Figure>(&code)
        {
            layout.push(drawing(figure));
            return;
        }
        for line in code.lines() {
            layout.paragraph(RichText::new().code(line));
        }
    }
}

fn trimmed(mut text: RichText) -> RichText {
    if let Some(last) = text.0.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
    text.0.retain(|run| !run.text.is_empty());
    text
}

/// A cell longer than this, in characters, makes its column one that shares the width.
const LONG: usize = 16;

/// Columns of numbers stand to the right, columns of marks in the middle, columns of long texts share what the others leave.
fn aligned(mut table: Table) -> Table {
    for (at, column) in table.columns.iter_mut().enumerate() {
        let cells: Vec<&str> =
            table.rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.text.as_str()).collect();
        let filled: Vec<&&str> = cells.iter().filter(|text| !text.is_empty()).collect();
        let number = |text: &str| text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-'));
        if !filled.is_empty() && filled.iter().all(|text| number(text)) {
            *column = Column::number(column.title.clone());
        } else if !filled.is_empty() && filled.iter().all(|text| text.len() <= 3) && column.title.len() <= 4 {
            *column = Column::centre(column.title.clone());
        } else if filled.iter().any(|text| text.chars().count() > LONG) {
            let all: usize = filled.iter().map(|text| text.chars().count()).sum();
            // Twice the text in a column makes it higher and wider in equal parts.
            column.weight = (all as f32 / filled.len() as f32).max(12.0).sqrt();
        }
    }
    table
}

/// A drawing as the other papers draw it.
fn drawing(figure: Figure) -> Block {
    let part = |name: &String, count: u64| {
        let (tone, pattern) = Segment::of_word(name).map_or((Tone::Accent, layout::Pattern::Solid), look);
        layout::Segment::new(name.clone(), count, tone, pattern)
    };
    match figure {
        Figure::Bar { parts, sum } => Block::SegmentBar(SegmentBar {
            caption: "Machines".to_owned(),
            segments: parts.iter().map(|(name, count)| part(name, *count)).collect(),
            sum,
        }),
        Figure::Months { parts, bars, breaks } => {
            let marked = |month: String| if breaks.contains(&month) { format!("{month} *") } else { month };
            let caption = if breaks.is_empty() {
                "Machines by segment"
            } else {
                "Machines by segment; from a month with * on, the definitions were other ones"
            };
            Block::StackedBars(StackedBars {
                caption: caption.to_owned(),
                keys: parts.iter().map(|name| part(name, 0)).collect(),
                bars: bars.into_iter().map(|(month, counts)| (marked(month), counts)).collect(),
                shares: false,
            })
        }
        Figure::Strip { phases, milestones } => {
            let days = || phases.iter().flat_map(|(_, from, to, _)| [*from, *to]);
            let stones = || milestones.iter().map(|(on, _)| *on);
            let from_on = days().chain(stones()).min().unwrap_or_default();
            let to_on = days().chain(stones()).max().unwrap_or_default();
            let standing = |word: &str| match word {
                "past" => Standing::Past,
                "current" => Standing::Current,
                _ => Standing::Ahead,
            };
            Block::Timeline(Timeline {
                caption: "Phases and milestones".to_owned(),
                from_on,
                to_on,
                today: None,
                phases: phases
                    .iter()
                    .map(|(name, from, to, word)| Phase {
                        name: name.clone(),
                        from_on: *from,
                        to_on: *to,
                        standing: standing(word),
                    })
                    .collect(),
                milestones: milestones
                    .into_iter()
                    .map(|(on, text)| Milestone { on, text, tone: Tone::Plain })
                    .collect(),
            })
        }
    }
}
