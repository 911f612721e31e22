//! Layouts as plain text, for comparing what a paper says.

use std::fmt::Write as _;

use patchbook::report::layout::{Block, Entry, Form, Layout, RichText, Table};

fn cells(cells: impl IntoIterator<Item = String>) -> String {
    cells.into_iter().collect::<Vec<_>>().join(" | ")
}

fn table_text(table: &Table, out: &mut String) {
    let _ = writeln!(out, "[table] {}", table.caption);
    let _ = writeln!(out, "  {}", cells(table.columns.iter().map(|column| column.title.clone())));
    for row in table.rows.iter().chain(&table.totals) {
        let _ = writeln!(out, "  {}", cells(row.iter().map(|cell| cell.text.clone())));
    }
    if table.rows.is_empty() {
        let _ = writeln!(out, "  ({})", table.empty);
    }
}

fn form_text(form: &Form, out: &mut String) -> std::fmt::Result {
    writeln!(out, "[form] {}", form.caption)?;
    for field in &form.fields {
        let value = match &field.value {
            Entry::Text(text) => text.replace('\n', " / "),
            Entry::Blank(lines) => format!("({lines} to write)"),
            Entry::Boxes(boxes) => {
                cells(boxes.iter().map(|b| format!("[{}] {}", if b.ticked { "x" } else { " " }, b.label)))
            }
        };
        writeln!(out, "  {}: {value}", field.label)?;
    }
    Ok(())
}

/// A layout as plain text, one line for each thing that is printed.
pub fn text(layout: &Layout) -> String {
    let mut out = format!("{}\n{}\n{}\n", layout.title, layout.subtitle, layout.version_line);
    for (label, value) in &layout.facts {
        let _ = writeln!(out, "{label}: {value}");
    }
    for block in &layout.blocks {
        let _ = match block {
            Block::Heading(heading) => {
                writeln!(out, "\n{} {} #{}", "#".repeat(heading.level.into()), heading.text, heading.anchor)
            }
            Block::Paragraph(text) => writeln!(out, "{}", text.text()),
            Block::List { items, .. } => {
                items.iter().map(RichText::text).try_for_each(|item| writeln!(out, "- {item}"))
            }
            Block::Callout { kind, text } => writeln!(out, "[{kind:?}] {}", text.text()),
            Block::Table(table) => {
                table_text(table, &mut out);
                Ok(())
            }
            Block::KeyFigures(figures) => figures.iter().try_for_each(|figure| {
                writeln!(out, "[figure] {}: {} ({})", figure.label, figure.value, figure.detail)
            }),
            Block::SegmentBar(bar) => {
                let parts = bar.segments.iter().map(|segment| format!("{} {}", segment.name, segment.count));
                writeln!(out, "[bar] {}: {}\n  {}", bar.caption, cells(parts), bar.sum)
            }
            Block::StackedBars(bars) => writeln!(out, "[bars] {}: {:?}", bars.caption, bars.bars),
            Block::BarChart(chart) => {
                let bars = chart.bars.iter().map(|bar| format!("{} {}", bar.label, bar.text));
                writeln!(out, "[chart] {}: {}", chart.caption, cells(bars))
            }
            Block::SignatureBoxes(boxes) => {
                writeln!(out, "[sign] {}", cells(boxes.iter().map(|one| one.role.clone())))
            }
            Block::Month(month) => {
                let entries = month.entries.iter().map(|e| format!("{} {} {}", e.on, e.time, e.text));
                let apart = month.apart.iter().map(|(on, word)| format!("{on} {word}"));
                writeln!(out, "[month] {}: {}\n  apart: {}", month.month_on, cells(entries), cells(apart))
            }
            Block::Timeline(strip) => {
                let phases = strip
                    .phases
                    .iter()
                    .map(|p| format!("{} {} to {} {:?}", p.name, p.from_on, p.to_on, p.standing));
                let stones = strip.milestones.iter().map(|m| format!("{} {} {:?}", m.on, m.text, m.tone));
                writeln!(out, "[strip] {}: {}\n  {}", strip.caption, cells(phases), cells(stones))
            }
            Block::Burndown(chart) => writeln!(out, "[burndown] {} {:?}", chart.total, chart.open),
            Block::Trend(chart) => writeln!(out, "[trend] {}: {:?}", chart.caption, chart.months),
            Block::Form(form) => form_text(form, &mut out),
            Block::Matrix(matrix) => {
                let titles =
                    matrix.columns.iter().map(|column| format!("{} ({})", column.title, column.under));
                let _ = writeln!(out, "[matrix] {}\n  {}", matrix.caption, cells(titles));
                matrix.rows.iter().try_for_each(|row| {
                    let remark = row.remark.as_ref().map_or("", |(_, text)| text.as_str());
                    writeln!(out, "  {}: {} {remark}", row.title, cells(row.cells.iter().cloned()))
                })
            }
            Block::SignatureLines(lines) => lines.iter().try_for_each(|line| {
                writeln!(out, "[sign] {} | {} | {} | {}", line.meaning, line.name, line.function, line.date)
            }),
            Block::PageBreak => writeln!(out, "-----"),
            Block::Contents { depth } => writeln!(out, "[contents to {depth}]"),
        };
    }
    out
}
