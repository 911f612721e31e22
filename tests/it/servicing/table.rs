//! A newer table from a file: what it changes, what it leaves, and what is refused.

use patchbook::domain::book::Book;
use patchbook::domain::command::{Command, ThreatCommand};
use patchbook::domain::lifecycle::{Fit, Lifecycle, LifecycleId, SHIPPED};
use patchbook::import::lifecycle::{LifecyclePlan, plan, read};
use proptest::prelude::*;

use super::{at, day, done, with_table};

fn planned(book: &Book, text: &str) -> LifecyclePlan {
    plan(book, &read("ends.csv", text.as_bytes()).expect("a table"))
}

fn load(book: &mut Book, text: &str, at: i64) -> String {
    let plan = planned(book, text);
    done(book, Command::Threat(ThreatCommand::Load(Box::new(plan.rows))), at)
}

fn live(book: &Book) -> Vec<&Lifecycle> {
    book.lifecycles.iter().filter(|row| row.ended_at.is_none()).collect()
}

#[test]
fn the_shipped_table_reads_as_the_rows_a_register_starts_with() {
    let book = with_table(Book::default());
    let file = read("end_of_servicing.csv", SHIPPED.as_bytes()).expect("a table");
    assert_eq!(file.issues, []);
    let read: Vec<_> = file
        .rows
        .iter()
        .map(|row| (row.product.clone(), row.edition.clone(), row.security_end_on, row.extended_end_on))
        .collect();
    let started: Vec<_> = book
        .lifecycles
        .iter()
        .map(|row| (row.product.clone(), row.edition.clone(), row.security_end_on, row.extended_end_on))
        .collect();
    assert_eq!(read, started);
    let plan = plan(&book, &file);
    assert_eq!((plan.added, plan.replaced, plan.same, plan.older), (0, 0, 49, 0));
}

#[test]
fn a_newer_table_adds_replaces_and_leaves_what_it_does_not_name() {
    let mut book = with_table(Book::default());
    let text = "product;edition;security_updates_end;esu_end;source;as_of\n\
                Windows 11 26H2;W;2028-10-10;;vendor;2026-11-01\n\
                windows 11 24H2;w;2026-12-08;;vendor;2026-11-01\n\
                Windows 11 25H2;W;2027-10-12;;vendor;2026-11-01\n\
                Windows Server 2016;LTSC;2020-01-01;;vendor;2019-01-01\n";
    let plan = planned(&book, text);
    assert_eq!((plan.added, plan.replaced, plan.same, plan.older), (1, 1, 1, 1));
    let label = load(&mut book, text, at(11, 22, 0));
    assert_eq!(label, "Load the support ends of ends.csv (2 new)");
    assert_eq!(live(&book).len(), 50);
    assert_eq!(book.lifecycles.len(), 51, "the replaced row is kept");
    let ended: Vec<_> = book.lifecycles.iter().filter(|row| row.ended_at.is_some()).collect();
    assert_eq!((ended.len(), ended[0].name().as_str()), (1, "Windows 11 24H2, Home and Pro"));
    let catalogue = &book.catalogues.rows()[0];
    assert_eq!((catalogue.entries, catalogue.kept, catalogue.version.as_str()), (4, 2, "2026-11-01"));
    let again = planned(&book, text);
    assert_eq!((again.added, again.replaced, again.same, again.older), (0, 0, 3, 1));
}

#[test]
fn a_row_of_ones_own_is_not_touched_by_a_table() {
    let mut book = with_table(Book::default());
    book.lifecycles.put(Lifecycle {
        id: LifecycleId(1),
        product: "Ubuntu 22.04".to_owned(),
        edition: String::new(),
        security_end_on: Some(day("2027-04-01")),
        extended_end_on: None,
        source: "ubuntu.com".to_owned(),
        as_of_on: None,
        own: true,
        recorded_at: 0,
        ended_at: None,
    });
    load(
        &mut book,
        "product,edition,security_updates_end,esu_end\nUbuntu 22.04,,2027-06-01,\n",
        at(11, 22, 0),
    );
    assert_eq!(live(&book).iter().filter(|row| row.product == "Ubuntu 22.04").count(), 2);
}

#[test]
fn a_table_that_was_cut_is_refused_and_one_without_a_last_line_end_is_not() {
    let head = "product,edition,security_updates_end,esu_end,source\nWindows 11,Pro,2027-10-12,,vendor\n";
    let cut = format!("{head}Windows 10,Pro,2025-10-1");
    let said = read("ends.csv", cut.as_bytes()).expect_err("refused");
    assert!(said.contains("ends in the middle of line 3") && said.contains("Fetch it again"), "{said}");
    let whole = format!("{head}Windows 10,Pro,2025-10-14,,vendor");
    assert_eq!(read("ends.csv", whole.as_bytes()).expect("a table").rows.len(), 2);
}

#[test]
fn bad_rows_are_left_out_with_their_line_and_a_file_of_nothing_else_is_refused() {
    let text = "product,edition,security_updates_end,esu_end\n\
                Good,,2027-01-01,\n\
                ,W,2027-01-01,\n\
                Odd,,13.10.2026,\n\
                Blank,,,\n\
                Early,,2027-01-01,2026-01-01\n\
                Never,,none set,\n";
    let file = read("ends.csv", text.as_bytes()).expect("a table");
    assert_eq!(file.rows.len(), 2);
    assert_eq!(file.issues.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 4, 5, 6]);
    for (text, said) in [
        ("", "no text"),
        ("computer,kb\nPC1,5036892\n", "first line must name"),
        ("product,security_updates_end\n", "no row"),
        ("product,security_updates_end\nX,soon\n", "Line 2"),
        ("product,security_updates_end\n\"X,2027-01-01\n", "quote"),
    ] {
        let why = read("ends.csv", text.as_bytes()).expect_err(text);
        assert!(why.contains(said), "{text:?}: {why}");
    }
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain("product\tsecurity_updates_end\r\nX\t2027-01-01\r\n".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_eq!(read("ends.txt", &utf16).expect("a table").rows[0].product, "X");
    let zip = b"PK\x03\x04rest of an archive";
    assert!(read("ends.zip", zip).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn any_bytes_give_a_table_or_a_sentence(bytes in proptest::collection::vec(any::<u8>(), 0..400), head in any::<bool>()) {
        let mut file = if head { b"product,edition,security_updates_end,esu_end\n".to_vec() } else { Vec::new() };
        file.extend(bytes);
        match read("x.csv", &file) {
            Ok(file) => prop_assert!(!file.rows.is_empty()),
            Err(sentence) => prop_assert!(!sentence.is_empty()),
        }
    }

    #[test]
    fn any_name_of_a_system_is_a_row_or_a_reason(os in "[ -~]{0,40}", version in "[0-9. ()]{0,20}") {
        let book = with_table(Book::default());
        let rows = patchbook::domain::lifecycle::Rows::new(&book, 0);
        for fit in [rows.os(&os, &version), rows.software(&os)] {
            prop_assert!(match &fit {
                Fit::Row(row) => !row.product.is_empty(),
                Fit::OneOf(rows, why) => rows.len() > 1 && !why.is_empty(),
                Fit::None(why) => why.ends_with('.'),
            }, "{fit:?}");
        }
    }
}

#[test]
fn a_table_of_countless_rows_is_planned_without_comparing_each_with_each() {
    let book = with_table(Book::default());
    let rows: Vec<String> =
        (0..60_000).map(|row| format!("Product {};;2030-01-01;\n", row % 40_000)).collect();
    let rows = rows.concat();
    let began = std::time::Instant::now();
    let plan = planned(&book, &format!("product;edition;security_updates_end;esu_end\n{rows}"));
    assert_eq!((plan.added, plan.same), (40_000, 20_000));
    assert!(began.elapsed() < std::time::Duration::from_secs(30), "{:?}", began.elapsed());
}
