//! Dates of every culture the exports come from.

use patchbook::import::date::{Cell, DateOrder, Evidence, Verdict, read};

fn value(text: &str, order: DateOrder) -> Option<i64> {
    match read(text, &mut Evidence::default()) {
        Cell::Date(raw) => raw.resolve(order, 0),
        Cell::Never | Cell::Bad => None,
    }
}

fn verdict(values: &[&str], modified_at: Option<i64>) -> Verdict {
    let mut evidence = Evidence::default();
    for text in values {
        read(text, &mut evidence);
    }
    evidence.verdict(modified_at)
}

const AT: i64 = 1_712_904_291; // 2024-04-12T06:44:51Z

#[test]
fn one_instant_is_understood_in_every_culture() {
    let day_first = [
        "12/04/2024 06:44:51",
        "12.04.2024 06:44:51",
        "12.4.2024 6:44:51",
        "12. 04. 2024 6:44:51",
        "12-4-2024 06:44:51",
        "12.04.2024, 06:44:51",
        "12/04/2024 06.44.51",
    ];
    let either = [
        "2024/04/12 6:44:51",
        "2024-04-12 06:44:51",
        "2024-04-12 06:44:51.430",
        "2024-04-12 06:44:51,430",
        "2024-04-12T06:44:51Z",
        "2024-04-12T08:44:51+02:00",
        "2024-04-12T06:44:51.7562298Z",
        "2024-04-12 01:44:51 -0500",
        "2024/04/12 午前 6:44:51",
        "2024-04-12T06:44:51",
    ];
    let month_first = [
        "4/12/2024 6:44:51 AM",
        "4/12/2024 6:44:51\u{202f}AM",
        "4/12/2024 6:44:51\u{a0}AM",
        "04/12/2024 06:44:51",
        "4/12/24 6:44:51 AM",
    ];
    for text in day_first.iter().chain(&either) {
        assert_eq!(value(text, DateOrder::DayFirst), Some(AT), "{text}");
    }
    for text in month_first.iter().chain(&either) {
        assert_eq!(value(text, DateOrder::MonthFirst), Some(AT), "{text}");
    }
}

#[test]
fn noon_and_midnight_are_where_they_belong() {
    assert_eq!(value("4/12/2024 12:00:00 AM", DateOrder::MonthFirst), Some(1_712_880_000));
    assert_eq!(value("4/12/2024 12:00:00 PM", DateOrder::MonthFirst), Some(1_712_880_000 + 12 * 3600));
    assert_eq!(value("4/12/2024 1:00:00 PM", DateOrder::MonthFirst), Some(1_712_880_000 + 13 * 3600));
    assert_eq!(value("12/04/2024", DateOrder::DayFirst), Some(1_712_880_000));
}

#[test]
fn years_up_to_1753_and_empty_cells_mean_never() {
    for text in
        ["1/1/0001 12:00:00 AM", "01.01.0001 00:00:00", "0001-01-01T00:00:00", "1753-01-01", "", " ", "NULL"]
    {
        assert_eq!(read(text, &mut Evidence::default()), Cell::Never, "{text}");
    }
}

#[test]
fn what_is_no_date_is_bad() {
    for text in [
        "yesterday",
        "2024-13-01",
        "2024-02-30",
        "32/01/2024",
        "12/04/2024 25:00:00",
        "4/12/2024 13:00 PM",
        "2024-04-12 junk",
        "12/04",
        "1.2.3.4",
        "2024-04-12T06:44:51+25:00",
        "99999-01-01",
        "٣/٤/٢٠٢٤",
    ] {
        assert_eq!(read(text, &mut Evidence::default()), Cell::Bad, "{text}");
    }
}

#[test]
fn one_value_over_twelve_decides_for_the_whole_file() {
    let known = |order| Verdict::Known(order);
    assert_eq!(verdict(&["04/03/2024", "27/02/2024"], None), known(DateOrder::DayFirst));
    assert_eq!(verdict(&["04/03/2024", "02/27/2024"], None), known(DateOrder::MonthFirst));
    assert!(matches!(verdict(&["27/02/2024", "02/27/2024"], None), Verdict::Ask { .. }));
}

#[test]
fn the_half_of_the_day_tells_the_cultures_apart() {
    assert_eq!(verdict(&["4/3/2024 6:00:00 AM"], None), Verdict::Known(DateOrder::MonthFirst));
    assert_eq!(verdict(&["4/03/2024 6:00:00 AM"], None), Verdict::Known(DateOrder::DayFirst));
    assert!(
        matches!(verdict(&["04/03/2024 06:00:00"], None), Verdict::Ask { samples } if samples.len() == 1)
    );
}

#[test]
fn a_file_without_open_dates_asks_nothing() {
    assert!(matches!(verdict(&["2024-04-03", "03.04.2024"], None), Verdict::Known(_)));
    assert!(matches!(verdict(&["04/04/2024 10:00"], None), Verdict::Known(_)));
    assert!(matches!(verdict(&["1/1/0001 12:00:00 AM"], None), Verdict::Known(_)));
}
