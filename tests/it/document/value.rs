//! Values as text and as Markdown.

use patchbook::domain::document::compare::{differences, texts};
use patchbook::domain::document::compose::kept;
use patchbook::domain::document::value::{Grid, Value, escaped, money_text, number_text};
use proptest::prelude::*;

#[test]
fn numbers_and_money_read_as_people_write_them() {
    assert_eq!(number_text(1204), "1\u{202f}204");
    assert_eq!(money_text(484_900, "EUR"), "4\u{202f}849.00 EUR");
    assert_eq!(money_text(-1_250, "EUR"), "-12.50 EUR");
}

#[test]
fn words_of_the_register_never_become_marks() {
    assert_eq!(escaped("a*b|c <script> {{text:x}}"), "a\\*b\\|c \\<script\\> \\{\\{text:x\\}\\}");
    assert_eq!(escaped("- not a list"), "\\- not a list");
    assert_eq!(escaped("12. not a list"), "12\\. not a list");
    assert_eq!(escaped("3.1 stays"), "3\\.1 stays");
    assert_eq!(escaped("two\nlines"), "two lines");
}

#[test]
fn a_table_is_markdown_with_its_head() {
    let mut grid = Grid::new(&["A", "B"]);
    grid.row(["1", "x|y"]);
    assert_eq!(Value::Table(grid).markdown(), "| A | B |\n| --- | --- |\n| 1 | x\\|y |");
}

#[test]
fn kept_text_falls_into_its_sections_again() {
    let text = "# One {#one}\n\nWords.\n\n## Two {#two}\n\nMore.\n";
    let sections = kept(text);
    assert_eq!((sections[0].key, sections[0].text), ("one", "Words."));
    assert_eq!((sections[1].key, sections[1].level, sections[1].text), ("two", 2, "More."));
}

#[test]
fn differences_are_told_by_section_line_and_word() {
    let old = "# One {#one}\n\nThe quorum is 3 members.\n\n# Two {#two}\n\nSame.\n";
    let new = "# One {#one}\n\nThe quorum is 4 members.\n\nNew line.\n\n# Two {#two}\n\nSame.\n";
    let found = differences(old, new);
    assert_eq!(found.len(), 1, "{found:?}");
    let lines: Vec<String> = found[0].lines.iter().map(|line| line.text()).collect();
    assert_eq!(lines, ["  The quorum is [-3-]{+4+} members.", "+ New line."]);
    assert!(differences(new, new).is_empty());
    assert_eq!(texts("gone", "")[0].text(), "- gone");
}

proptest! {
    #[test]
    fn arbitrary_texts_differ_from_others_and_never_from_themselves(
        a in "[a-c \\n\u{fc}]{0,40}", b in "[a-c \\n\u{fc}]{0,40}", any in "\\PC{0,80}"
    ) {
        prop_assert!(differences(&a, &a).is_empty() && texts(&any, &any).is_empty());
        let said = |text: &str| text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        prop_assert!(said(&a) == said(&b) || !texts(&a, &b).is_empty());
        prop_assert!(!escaped(&any).contains("{{"), "no placeholder comes out of a value");
    }
}
