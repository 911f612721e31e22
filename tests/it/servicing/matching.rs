//! Operating systems and products against the shipped table, written by hand from it.

use patchbook::domain::book::Book;
use patchbook::domain::lifecycle::{Fit, Lifecycle, LifecycleId, Rows};

use super::{at, day, with_table};

/// What a machine says, and the row it is; the row is empty where none may be taken.
const SYSTEMS: &[(&str, &str, &str)] = &[
    // As WSUS, the directory, systeminfo and people write the same machine.
    ("Windows 10 Pro", "10.0.19045.4291", "Windows 10 22H2, all editions"),
    ("Windows 10 Pro", "10.0 (19045)", "Windows 10 22H2, all editions"),
    ("Microsoft Windows 10 Pro", "10.0.19045 N/A Build 19045", "Windows 10 22H2, all editions"),
    ("Windows 10 Pro 22H2", "", "Windows 10 22H2, all editions"),
    ("Windows 10 Enterprise", "22H2", "Windows 10 22H2, all editions"),
    // An edition that nobody named does not matter where one row is for all.
    ("Windows 10", "10.0.19045", "Windows 10 22H2, all editions"),
    ("Windows 10 Pro", "10.0.19044", "Windows 10 21H2, W"),
    ("Windows 10 Enterprise", "10.0.19044", "Windows 10 21H2, E"),
    ("Microsoft Windows 10 Education", "10.0.19044.2000", "Windows 10 21H2, E"),
    ("Windows 10 Enterprise LTSC", "10.0.19044.5000", "Windows 10 Enterprise LTSC 2021 (21H2), LTSC"),
    ("Windows 10 IoT Enterprise LTSC", "10.0.19044.5000", "Windows 10 IoT Enterprise LTSC 2021, IoT LTSC"),
    ("Windows 10 Enterprise LTSC 2021", "", "Windows 10 Enterprise LTSC 2021 (21H2), LTSC"),
    ("Windows 10 Enterprise LTSC", "10.0.17763.1", "Windows 10 Enterprise LTSC 2019 (1809), LTSC"),
    ("Windows 10 Enterprise 2016 LTSB", "10.0.14393", "Windows 10 Enterprise LTSB 2016 (1607), LTSB"),
    ("Windows 10 Enterprise 2016 LTSB", "", "Windows 10 Enterprise LTSB 2016 (1607), LTSB"),
    ("Windows 10 Enterprise 2015 LTSB", "10.0.10240", "Windows 10 Enterprise LTSB 2015 (1507), LTSB"),
    // The table has no row of these releases, and the long-term one of the same build is another product.
    ("Microsoft Windows 10 Enterprise", "10.0.17134 N/A Build 17134", ""),
    ("Windows 10 Enterprise", "10.0.17763.5", ""),
    ("Windows 10 Pro", "10.0.18363.1", ""),
    ("Windows 11 Pro", "10.0.26100.2033", "Windows 11 24H2, W"),
    ("Windows 11 Home", "10.0.26100.2033", "Windows 11 24H2, W"),
    ("Windows 11 Famille", "10.0.26100.2033", "Windows 11 24H2, W"),
    ("Windows 11 Pro Education", "10.0.26100.2033", "Windows 11 24H2, W"),
    ("Windows 11 Pro for Workstations", "10.0.26100.2033", "Windows 11 24H2, W"),
    ("Microsoft Windows 11 Enterprise", "10.0.22631 N/A Build 22631", "Windows 11 23H2, E"),
    ("Windows 11 Enterprise", "10.0.26100.2033", "Windows 11 24H2, E"),
    ("Windows 11 Enterprise multi-session", "10.0.26200.1", "Windows 11 25H2, E"),
    ("Windows 11 Education", "10.0.28000.1", "Windows 11 26H1, Enterprise/Education (E)"),
    ("Windows 11 Enterprise LTSC", "10.0.26100.1", "Windows 11 Enterprise LTSC 2024 (24H2), LTSC"),
    ("Windows 11 IoT Enterprise LTSC", "10.0.26100.1", "Windows 11 IoT Enterprise LTSC 2024, IoT LTSC"),
    // Some tools call Windows 11 by the name of the version before it.
    ("Windows 10 Pro", "10.0.22631.3447", "Windows 11 23H2, W"),
    ("Windows 11 Pro", "10.0.22000.1", "Windows 11 21H2, W"),
    // A build newer than the table, and a release or an edition that nobody named.
    ("Windows 11 Pro", "10.0.29000.1", ""),
    ("Windows 11 Pro", "", ""),
    ("Windows 11", "10.0.26100.1", ""),
    ("Windows 8.1 Pro", "6.3.9600", "Windows 8.1, all"),
    ("Microsoft Windows 7 Entreprise N", "6.1.7601 Service Pack 1 version 7601", "Windows 7 SP1, all"),
    ("Windows 7 Professional", "6.1.7601", "Windows 7 SP1, all"),
    ("Windows 7 Professional", "6.1.7600", ""),
    ("Windows 8 Pro", "6.2.9200", ""),
    ("Windows XP Professional", "5.1.2600", ""),
    ("Windows Server 2025 Datacenter", "10.0.26100.1", "Windows Server 2025, LTSC"),
    ("Windows Server 2022 Standard", "10.0.20348.2402", "Windows Server 2022, LTSC"),
    ("Windows Server 2022 Datacenter: Azure Edition", "10.0.20348", "Windows Server 2022, LTSC"),
    ("Microsoft Windows Server 2019 Datacenter", "10.0.17763 N/A Build 17763", "Windows Server 2019, LTSC"),
    ("Windows Server 2016 Essentials", "", "Windows Server 2016, LTSC"),
    ("Windows Server Datacenter", "10.0.25398.1", "Windows Server 23H2, Annual Channel"),
    ("Microsoft Windows Server 2012 R2 Standard", "6.3.9600 N/A Build 9600", "Windows Server 2012 R2, LTSC"),
    ("Windows Server 2012 Standard", "6.2.9200", "Windows Server 2012, LTSC"),
    ("Windows Server 2012 R2 Standard", "", "Windows Server 2012 R2, LTSC"),
    ("Microsoft® Windows Server® 2008 R2 Standard", "6.1.7601", "Windows Server 2008 R2 SP1, LTSC"),
    ("Windows Server 2008 R2 Standard", "6.1.7600", ""),
    ("Microsoft Hyper-V Server 2019", "10.0.17763", ""),
    ("Windows Storage Server 2016 Standard", "10.0.14393", ""),
    ("Windows 10 IoT Core", "10.0.17763", ""),
    ("Ubuntu 22.04.4 LTS", "5.15", ""),
    ("VMware ESXi", "8.0.2 build-22380479", ""),
    ("macOS", "14.4", ""),
    ("", "10.0.19045", ""),
];

/// What an asset lists as a product, and the row it is.
const SOFTWARE: &[(&str, &str)] = &[
    ("Office 2016", "Office 2016"),
    ("Microsoft Office Professional Plus 2019", "Office 2019"),
    ("Microsoft Office LTSC Standard 2021", "Office 2021"),
    ("Office LTSC 2024", "Office 2024 / LTSC 2024"),
    ("Microsoft 365 Apps/Office 2019/Office LTSC", ""),
    ("Office 2019 for Mac", ""),
    ("Office Online Server", ""),
    ("Microsoft SQL Server 2022", "SQL Server 2022"),
    ("SQL Server 2016 SP3", "SQL Server 2016 SP3"),
    ("SQL Server 2016", "SQL Server 2016 SP3"),
    ("SQL Server 2016 SP2", ""),
    ("SQL Server 2008 R2", ""),
    ("SQL Server", ""),
    ("SQL Server Management Studio 19", ""),
    ("Exchange Server 2019 CU14", "Exchange Server 2019"),
    ("Microsoft Exchange Server Subscription Edition", "Exchange Server SE"),
    ("SharePoint Server 2019", "SharePoint 2019"),
    ("SharePoint Server Subscription Edition", ""),
    ("7-Zip", ""),
];

fn name(fit: &Fit<'_>) -> String {
    let Fit::Row(row) = fit else { return String::new() };
    if row.edition.is_empty() { row.product.clone() } else { format!("{}, {}", row.product, row.edition) }
}

#[test]
fn every_operating_system_is_the_row_that_was_written_down_or_none() {
    let book = with_table(Book::default());
    let rows = Rows::new(&book, at(11, 22, 0));
    let wrong: Vec<String> = SYSTEMS
        .iter()
        .map(|(os, version, row)| (os, version, row, rows.os(os, version)))
        .filter(|(_, _, row, fit)| name(fit) != **row)
        .map(|(os, version, row, fit)| format!("{os} {version}: {row:?}, not {fit:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(SYSTEMS.len() >= 30);
}

#[test]
fn every_product_is_the_row_that_was_written_down_or_none() {
    let book = with_table(Book::default());
    let rows = Rows::new(&book, at(11, 22, 0));
    for (product, row) in SOFTWARE {
        assert_eq!(name(&rows.software(product)), *row, "{product}");
    }
}

#[test]
fn every_shipped_row_is_one_that_some_machine_or_product_can_be() {
    let book = with_table(Book::default());
    let rows = Rows::new(&book, at(11, 22, 0));
    assert_eq!(book.lifecycles.len(), 49);
    for row in &book.lifecycles {
        let read = patchbook::domain::lifecycle::of_row(&row.product, &row.edition);
        assert!(read.is_some(), "{}", row.name());
        let as_product = rows.software(&row.product);
        let as_system = rows.os(&format!("{} {}", row.product, row.edition), "");
        let found = matches!(as_product, Fit::Row(found) if found.id == row.id)
            || matches!(as_system, Fit::Row(found) if found.id == row.id);
        assert!(found, "{}: {as_system:?} {as_product:?}", row.name());
    }
}

fn own(id: i64, product: &str, edition: &str, end: &str) -> Lifecycle {
    Lifecycle {
        id: LifecycleId(id),
        product: product.to_owned(),
        edition: edition.to_owned(),
        security_end_on: Some(day(end)),
        extended_end_on: None,
        source: "the vendor's page".to_owned(),
        as_of_on: None,
        own: true,
        recorded_at: at(2, 1, 0),
        ended_at: None,
    }
}

#[test]
fn own_rows_are_found_by_their_words_and_win_over_shipped_ones() {
    let mut book = with_table(Book::default());
    for row in [
        own(1, "Ubuntu 22.04", "", "2027-04-01"),
        own(2, "Debian 12", "", "2026-07-11"),
        own(3, "VMware ESXi 8.0", "", "2027-10-11"),
        own(4, "Ubuntu 22.04", "Pro", "2032-04-01"),
        own(5, "Windows 11 24H2", "Pro", "2026-12-31"),
        own(6, "Firefox ESR 140", "", "2026-09-29"),
        own(7, "FortiOS 7.2", "", "2026-09-30"),
    ] {
        book.lifecycles.put(row);
    }
    let rows = Rows::new(&book, at(11, 22, 0));
    let found = |fit: Fit<'_>| if let Fit::Row(row) = fit { row.id.0 } else { 0 };
    assert_eq!(found(rows.os("Ubuntu 22.04.4 LTS", "5.15")), 1);
    assert_eq!(found(rows.os("Ubuntu", "22.04")), 1);
    assert_eq!(found(rows.os("Ubuntu 22.10", "")), 0, "another release");
    assert_eq!(found(rows.os("Ubuntu 22.04 Pro", "")), 1, "of two that say as much the earlier end");
    assert_eq!(found(rows.os("Debian GNU/Linux 12 (bookworm)", "")), 2);
    assert_eq!(found(rows.os("Debian GNU/Linux", "12.5")), 2);
    assert_eq!(found(rows.os("Debian GNU/Linux", "11.12")), 0);
    assert_eq!(found(rows.os("VMware ESXi", "8.0.2 build-22380479")), 3);
    assert_eq!(found(rows.os("Windows 11 Pro", "10.0.26100.1")), 5);
    assert_ne!(found(rows.os("Windows 11 Enterprise", "10.0.26100.1")), 5);
    assert_eq!(found(rows.software("Mozilla Firefox ESR 140.2")), 6);
    assert_eq!(found(rows.os("FortiOS", "v7.2.8")), 0, "a version is not guessed out of another word");
    assert_eq!(found(rows.os("FortiOS 7.2.8", "")), 7);
}

#[test]
fn editions_read_as_people_write_them_and_are_left_out_where_the_product_says_them() {
    let book = with_table(Book::default());
    let name = |product: &str, edition: &str| {
        let row = book.lifecycles.iter().find(|row| row.product == product && row.edition == edition);
        row.unwrap_or_else(|| panic!("{product}, {edition}")).name()
    };
    assert_eq!(name("Windows 11 25H2", "W"), "Windows 11 25H2, Home and Pro");
    assert_eq!(
        name("Windows 11 26H1", "Enterprise/Education (E)"),
        "Windows 11 26H1, Enterprise and Education"
    );
    assert_eq!(name("Windows Server 2019", "LTSC"), "Windows Server 2019");
    assert_eq!(name("Windows Server 23H2", "Annual Channel"), "Windows Server 23H2, Annual Channel");
    assert_eq!(
        name("Windows 10 IoT Enterprise LTSC 2021", "IoT LTSC"),
        "Windows 10 IoT Enterprise LTSC 2021"
    );
    assert_eq!(
        name("Windows 10 Enterprise LTSB 2016 (1607)", "LTSB"),
        "Windows 10 Enterprise LTSB 2016 (1607)"
    );
    assert_eq!(name("Windows 10 22H2", "all editions"), "Windows 10 22H2");
}
