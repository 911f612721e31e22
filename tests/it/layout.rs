//! Layouts as data: building them and the CSV of their tables.

use patchbook::report::layout::{Block, Cell, Column, Layout, RichText, Style, Table};

fn two_columns() -> Table {
    Table::new("Machines", vec![Column::text("Machine"), Column::number("Days")])
}

#[test]
fn blocks_keep_the_order_they_were_added_in() {
    let mut layout = Layout::new("Report");
    layout.heading(1, "One").paragraph("Two").page_break().table(two_columns());
    let kinds: Vec<bool> = layout.blocks.iter().map(|b| matches!(b, Block::PageBreak)).collect();
    assert_eq!(kinds, [false, false, true, false]);
    assert_eq!(layout.lang, "en");
}

#[test]
fn rich_text_remembers_the_style_of_each_run() {
    let text = RichText::new().plain("see ").code("KB1").plain(" and ").strong("act");
    let styles: Vec<Style> = text.0.iter().map(|run| run.style).collect();
    assert_eq!(styles, [Style::Plain, Style::Code, Style::Plain, Style::Strong]);
    assert_eq!(text.text(), "see KB1 and act");
}

#[test]
fn the_csv_of_a_report_holds_every_table_with_caption_titles_rows_and_totals() {
    let mut layout = Layout::new("Report");
    let mut table = two_columns();
    table.row(["SRV-1", "17"]).row(["Zürich, \"main\"", "3"]).total(["2 machines", "20"]);
    layout.table(table).paragraph("not in the CSV").table(two_columns());
    assert_eq!(
        layout.tables_csv(),
        "Machines\r\nMachine,Days\r\nSRV-1,17\r\n\"Zürich, \"\"main\"\"\",3\r\n2 machines,20\r\n\
         \r\nMachines\r\nMachine,Days\r\n"
    );
}

#[test]
fn a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe() {
    let mut table = two_columns();
    for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"] {
        table.row([text, "1"]);
    }
    let csv = table.csv();
    for text in ["'=1+1,1", "'+1,1", "'-1,1", "'@SUM(A1),1", "'\tx,1", "\"'\rx\",1"] {
        assert!(csv.contains(&format!("\r\n{text}\r\n")), "{text:?} in {csv:?}");
    }
}

#[test]
fn a_negative_number_in_a_number_column_stays_a_number() {
    let mut table = two_columns();
    table.row(["a", "-4.5"]).row(["b", "-inf"]).row(["c", "-cmd"]);
    let csv = table.csv();
    assert!(csv.contains("a,-4.5\r\n"));
    assert!(csv.contains("b,'-inf\r\n"));
    assert!(csv.contains("c,'-cmd\r\n"));
}

#[test]
fn short_rows_are_filled_and_long_rows_lose_nothing_in_csv() {
    let mut table = two_columns();
    table.row(["only one"]).row(["a", "b", "c"]);
    assert!(table.csv().ends_with("only one,\r\na,b,c\r\n"));
    assert_eq!(Cell::from("x"), Cell::new("x"));
}
