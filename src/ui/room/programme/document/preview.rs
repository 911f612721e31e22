//! What a document reads like on paper, as running text in the window: headings, paragraphs, lists and tables of the same blocks.

use egui::{Grid, Label, Ui};

use crate::report::layout::{Block, RichText, Style, Table};
use crate::ui::room::form::weak_ui;
use crate::ui::theme::{Text, size};

/// Draws blocks one below the other.
pub fn blocks_ui(ui: &mut Ui, blocks: &[Block]) {
    ui.spacing_mut().item_spacing.y = size::GAP;
    for (at, block) in blocks.iter().enumerate() {
        match block {
            Block::Heading(heading) => {
                let text = if heading.level == 1 { Text::Section } else { Text::Strong };
                ui.add_space(size::GAP);
                ui.add(Label::new(text.rich(&heading.text)).wrap());
            }
            Block::Paragraph(text) | Block::Callout { text, .. } => words_ui(ui, text, ""),
            Block::List { ordered, items } => {
                for (number, item) in items.iter().enumerate() {
                    let mark = if *ordered { format!("{}. ", number + 1) } else { "\u{2022} ".to_owned() };
                    words_ui(ui, item, &mark);
                }
            }
            Block::Table(table) => table_ui(ui, table, at),
            Block::SegmentBar(bar) => {
                let parts = bar.segments.iter().map(|part| format!("{} {}", part.name, part.count));
                weak_ui(ui, &format!("{}. {}", parts.collect::<Vec<_>>().join(", "), bar.sum));
            }
            Block::StackedBars(bars) => {
                for (month, counts) in &bars.bars {
                    let parts = bars.keys.iter().zip(counts).map(|(key, n)| format!("{} {n}", key.name));
                    weak_ui(ui, &format!("{month}: {}", parts.collect::<Vec<_>>().join(", ")));
                }
            }
            Block::Timeline(strip) => {
                let phase = |phase: &crate::report::layout::Phase| {
                    let day = crate::util::clock::day_text;
                    format!("{}: {} to {}", phase.name, day(phase.from_on), day(phase.to_on))
                };
                weak_ui(ui, &strip.phases.iter().map(phase).collect::<Vec<_>>().join("; "));
            }
            Block::Form(form) => {
                for field in &form.fields {
                    if let crate::report::layout::Entry::Text(value) = &field.value {
                        ui.add(Label::new(Text::Body.rich(format!("{}: {value}", field.label))).wrap());
                    }
                }
            }
            Block::SignatureLines(lines) => {
                for line in lines {
                    weak_ui(ui, &format!("{}: {} {} ____", line.meaning, line.name, line.function));
                }
            }
            _ => {}
        }
    }
}

fn words_ui(ui: &mut Ui, text: &RichText, mark: &str) {
    ui.horizontal_wrapped(|ui| {
        // Else the first line of a paragraph is as high as a button.
        ui.spacing_mut().interact_size.y = 0.0;
        ui.spacing_mut().item_spacing.x = 0.0;
        if !mark.is_empty() {
            ui.label(Text::Body.rich(mark));
        }
        for run in &text.0 {
            let style = match run.style {
                Style::Strong => Text::Strong,
                Style::Emphasis => Text::Medium,
                Style::Code => Text::Number,
                Style::Plain => Text::Body,
            };
            ui.label(style.rich(&run.text));
        }
    });
}

fn table_ui(ui: &mut Ui, table: &Table, at: usize) {
    let id = ui.scope_id().with(("table", at));
    egui::ScrollArea::horizontal().id_salt(id).show(ui, |ui| {
        Grid::new(id).striped(true).max_col_width(size::COLUMN_WIDE).show(ui, |ui| {
            for column in &table.columns {
                ui.add(Label::new(Text::SmallMedium.rich(&column.title)).wrap());
            }
            ui.end_row();
            for row in &table.rows {
                for cell in row {
                    ui.add(Label::new(Text::Small.rich(&cell.text)).wrap());
                }
                ui.end_row();
            }
        });
    });
}
