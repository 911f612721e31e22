//! A document that shows every kind of block, for looking at and for testing.

use patchbook::report::layout::{
    Bar, BarChart, Cell, Column, Direction, KeyFigure, Layout, Mark, Pattern, RichText, Segment, SegmentBar,
    StackedBars, Table, Tone,
};

pub const HASH: &str = "9f2c4b7e1a6d8035c4f1e2b3a49586770918273645546372819a0b1c2d3e4f50";

/// The six segments of a register, in their order.
pub fn segments(counts: [u64; 6]) -> Vec<Segment> {
    let kinds = [
        ("overdue", Tone::Bad, Pattern::Solid),
        ("unsupported", Tone::Bad, Pattern::Cross),
        ("unknown", Tone::Unknown, Pattern::Dots),
        ("waived", Tone::Warn, Pattern::Level),
        ("in time", Tone::Good, Pattern::Rising),
        ("up to date", Tone::Good, Pattern::Solid),
    ];
    kinds
        .into_iter()
        .zip(counts)
        .map(|((name, tone, pattern), n)| Segment::new(name, n, tone, pattern))
        .collect()
}

pub fn every_block() -> Layout {
    let mut layout = Layout::new("Monthly compliance report");
    layout.subtitle = "October 2026 · Zürich, Łódź, Αθήνα, Санкт-Петербург".into();
    layout.shop = "Example Instruments Ltd".into();
    layout.classification = "Internal".into();
    layout.version_line = "Definitions 1".into();
    layout.head_hash = HASH.into();
    layout.event_no = 12_345;
    layout.printed_at = "2026-11-22 14:26 CET".into();
    layout.mark = Mark::Sample;
    layout.fact("As of", "Sat 31 Oct 2026 23:59:59 CET");
    layout.fact("Scope", "412 machines in the register, 389 in scope, 23 out of scope by name");
    layout.fact("Review", "Not independently reviewed");
    layout.limit("The last WSUS synchronisation was 4 days before the as-of date; updates released since are not counted.");
    layout.contents(3);
    layout.page_break();
    layout.heading(1, "Summary");
    prose(&mut layout);
    figures(&mut layout);
    tables(&mut layout);
    layout.heading(1, "Signatures");
    layout.paragraph("Signed after reading, on paper or by a qualified electronic signature.");
    layout.signatures([
        ("Prepared by", "Jürgen Müller"),
        ("Reviewed by", ""),
        ("Approved by", "Zoë O’Neill"),
    ]);
    layout
}

fn prose(layout: &mut Layout) {
    let long = "Security updates shall be evaluated, prioritised, tested and deployed within the time limits of this \
                policy. The service owner remains accountable for compliance even where installation is delegated to a \
                managed-service provider; exceptions require documented compensating controls and the written \
                approval of the risk owner before the remediation deadline expires. ";
    layout.paragraph(
        RichText::new()
            .plain(long)
            .strong("Mandatory: ")
            .plain("critical vulnerabilities with known exploitation are remediated within ")
            .emphasis("48 hours")
            .plain(" of vendor release; see ")
            .code("KB5044273")
            .plain(" and error ")
            .code("0x80070643")
            .plain(". ")
            .plain(long),
    );
    layout.key_figures(vec![
        KeyFigure::new("Within deadline, gross", "54.5 %", "6 of 11 machines, of which not yet due 1"),
        KeyFigure::new("Reporting coverage", "90.9 %", "10 of 11 machines").tone(Tone::Good),
        KeyFigure::new("Overdue", "4", "machines, of which silent 1").tone(Tone::Bad),
        KeyFigure::new("Deadline rate", "33.3 %", "3 of 9 pairs; net 3 of 8").tone(Tone::Warn),
    ]);
    layout.segment_bar(SegmentBar {
        caption: "Machines in scope".into(),
        segments: segments([37, 4, 21, 9, 68, 250]),
        sum: "37 + 4 + 21 + 9 + 68 + 250 = 389 in scope; 389 + 23 out of scope = 412 in the register".into(),
    });
    layout.heading(2, "In scope");
    layout.bullets([
        RichText::new().strong("Servers").plain(
            " – physical and virtual, on premises and in the cloud, including \
            hypervisors and container hosts whose images are rebuilt from patched bases.",
        ),
        RichText::new()
            .strong("Endpoints")
            .plain(" – laptops, desktops and shared kiosks in Zürich, Łódź and Αθήνα."),
    ]);
    layout.heading(3, "Time limits");
    layout.numbered([
        "Critical: 48 hours; emergency change.",
        "High: 7 days.",
        "Medium: 30 days. Low: 90 days.",
    ]);
    layout.note("Times count from vendor release in the time zone of the site.");
    layout.warn("Three machines have never reported; they are counted as unknown, not as compliant.");
}

fn figures(layout: &mut Layout) {
    layout.heading(1, "Groups and ages");
    layout.stacked_bars(StackedBars {
        caption: "By group".into(),
        keys: segments([0; 6]),
        bars: vec![
            ("Domain controllers".into(), vec![0, 0, 0, 1, 2, 7]),
            ("Application servers".into(), vec![8, 2, 3, 4, 20, 60]),
            ("Office computers of the administration in Zürich".into(), vec![25, 2, 14, 4, 40, 160]),
            ("Kiosks".into(), vec![4, 0, 4, 0, 6, 23]),
            ("Printers".into(), vec![0, 0, 0, 0, 0, 0]),
        ],
        shares: false,
    });
    layout.bar_chart(BarChart {
        caption: "Age of open pairs, from clock start".into(),
        direction: Direction::Up,
        bars: vec![
            Bar::new("0–30 days", 214.0, "214"),
            Bar::new("31–60 days", 97.0, "97").filled(Tone::Accent, Pattern::Rising),
            Bar::new("61–90 days", 31.0, "31").filled(Tone::Warn, Pattern::Rising),
            Bar::new("over 90 days", 12.0, "12").filled(Tone::Bad, Pattern::Solid),
        ],
        full: None,
    });
    layout.bar_chart(BarChart {
        caption: "Overdue by owner".into(),
        direction: Direction::Across,
        bars: vec![
            Bar::new("Jürgen Müller", 17.0, "17 machines"),
            Bar::new("Σοφία Παπαδοπούλου", 9.0, "9 machines"),
            Bar::new("Дмитрий Иванов", 8.0, "8 machines"),
            Bar::new("nobody", 3.0, "3 machines").filled(Tone::Bad, Pattern::Cross),
        ],
        full: None,
    });
}

fn tables(layout: &mut Layout) {
    layout.heading(1, "Machines");
    layout.heading(2, "Overdue, with owner");
    let mut table = Table::new(
        "Overdue machines",
        vec![
            Column::text("Machine"),
            Column::text("Group"),
            Column::text("Oldest open update").weight(1.0),
            Column::text("Owner"),
            Column::number("Days over"),
            Column::text("State"),
        ],
    );
    let states = [
        ("failed", Tone::Bad),
        ("pending reboot", Tone::Warn),
        ("not installed", Tone::Plain),
        ("installed", Tone::Good),
        ("unknown", Tone::Unknown),
        ("waived", Tone::Accent),
        ("away", Tone::Weak),
    ];
    for i in 0..61_usize {
        let (state, tone) = states[i % states.len()];
        let update = match i % 3 {
            0 => "2026-10 Cumulative Update for Windows Server 2022 for x64-based Systems (KB5044281)",
            1 => "Security Update for SQL Server 2019 RTM CU (KB5046860)",
            _ => "Firefox 131.0.2",
        };
        table.row([
            Cell::new(format!("SRV-APP-{i:03}")).strong(),
            Cell::new(if i % 2 == 0 { "Application servers" } else { "Kiosks" }),
            Cell::new(update),
            Cell::new(if i % 4 == 0 { "Zoë O’Neill" } else { "Jürgen Müller" }),
            Cell::new(format!("{}", 1 + i * 37 % 119)),
            Cell::new(state).tone(tone),
        ]);
    }
    table.total(["61 machines", "", "", "", "3,172", ""]);
    layout.table(table);
    layout.heading(2, "Seen for the first time");
    layout.table(
        Table::new("New machines", vec![Column::text("Machine"), Column::text("Since")])
            .when_empty("No machine was seen for the first time in this month."),
    );
}
