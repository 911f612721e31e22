//! One screen with everything on it, for pictures and for the test that an idle window asks for nothing.

use chrono::NaiveDate;
use egui::{Frame, Margin, ScrollArea, Ui};
use patchbook::ui::icon;
use patchbook::ui::theme::{Tone, size};
use patchbook::ui::widget::page_header::PageAction;
use patchbook::ui::widget::sidebar::{self, Ends, Room};
use patchbook::ui::widget::table::{self, Cell};
use patchbook::ui::widget::{
    Banner, Button, Chip, DateField, Drawer, Dropdown, Field, Figure, FilterChip, GridColumn, Link, Progress,
    SearchBox, Selection, Table, TableState, TickBox, Toast, Toasts, Way, card_ui, choice_ui, empty_state_ui,
    figures_ui, grid_ui, number, page_header_ui, path_field_ui, progress_ui, segment_bar_ui, side_panel_ui,
    status_bar, steps_ui, toast,
};

/// The day the tests take for today.
pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day")
}

/// A made-up machine.
pub struct Machine {
    pub id: u64,
    pub name: String,
    pub owner: &'static str,
    pub kind: &'static str,
    pub open: usize,
    pub state: (Tone, &'static str),
}

/// As many made-up machines as wanted, the same every time.
pub fn machines(count: usize) -> Vec<Machine> {
    let owners = ["Joanna Rahman", "Priya Baker", "Hana Mensah", "Farah Rhys", "Owen Shah", "Dmitri Dubois"];
    let kinds = [("Laptop", "LAP"), ("Desktop", "DSK"), ("Server", "SRV"), ("Printer", "PRN")];
    let states = [
        (Tone::Good, "Up to date"),
        (Tone::Warn, "Due soon"),
        (Tone::Bad, "Overdue"),
        (Tone::Neutral, "Retired"),
    ];
    (0..count)
        .map(|at| {
            let (kind, short) = kinds[at % kinds.len()];
            Machine {
                id: (at as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 1,
                name: format!("{short}-{at:06}"),
                owner: owners[(at * 7) % owners.len()],
                kind,
                open: (at * 31) % 1400,
                state: states[(at * 3) % states.len()],
            }
        })
        .collect()
}

/// The columns of the table of machines.
pub fn columns() -> Vec<table::Column<'static>> {
    vec![
        table::Column::new("name", "Name", 130.0).pinned(),
        table::Column::new("kind", "Kind", 110.0),
        table::Column::new("state", "Status", 130.0),
        table::Column::new("open", "Open updates", 120.0).right(),
        table::Column::new("owner", "Owner", 160.0),
        table::Column::new("site", "Site", 240.0),
    ]
}

/// Draws one cell of that table.
pub fn machine_cell(machine: &Machine, cell: &mut Cell<'_>, column: usize) {
    match column {
        0 => cell.strong(&machine.name),
        1 => cell.text(machine.kind),
        2 => cell.chip(machine.state.0, machine.state.1),
        3 => cell.number(&number(machine.open)),
        4 => cell.text(machine.owner),
        _ => cell.weak("Head office, second floor, server room"),
    }
}

/// What the gallery's widgets hold.
pub struct Gallery {
    pub machines: Vec<Machine>,
    pub order: Vec<u32>,
    pub table: TableState,
    pub selection: Selection,
    pub name: String,
    pub cost: String,
    pub notes: String,
    pub date: String,
    pub path: String,
    pub search: String,
    pub kind: Option<usize>,
    pub filter: Option<usize>,
    pub toasts: Toasts<&'static str>,
    pub choice: usize,
    pub on: bool,
}

impl Default for Gallery {
    fn default() -> Self {
        let machines = machines(1000);
        Self {
            order: (0..machines.len() as u32).collect(),
            machines,
            table: TableState::default(),
            selection: Selection::default(),
            name: "LAP-000004".to_owned(),
            cost: "53x".to_owned(),
            notes: String::new(),
            date: "8.12.26".to_owned(),
            path: "/srv/exports/wsus".to_owned(),
            search: String::new(),
            kind: Some(0),
            filter: None,
            toasts: Toasts::default(),
            choice: 1,
            on: true,
        }
    }
}

const KINDS: [&str; 5] = ["Laptop", "Desktop", "Server", "Printer", "Phone"];

/// The shell: navigation, status bar and whatever stands between.
pub fn shell_ui(
    ui: &mut Ui,
    current: usize,
    toasts: &mut Toasts<&'static str>,
    content: impl FnOnce(&mut Ui),
) {
    let ends = Ends {
        shop: "Acme Ltd",
        logo: None,
        file: "acme.patchbook",
        saved: (Tone::Good, "Saved - entry 1\u{202f}234"),
    };
    let rooms = [
        Room { icon: icon::LAYOUT_DASHBOARD, name: "Today", shortcut: "Ctrl+1", count: "12" },
        Room { icon: icon::LAPTOP, name: "Assets", shortcut: "Ctrl+2", count: "" },
        Room { icon: icon::UPLOAD, name: "Import", shortcut: "Ctrl+3", count: "" },
        Room { icon: icon::HISTORY, name: "History", shortcut: "Ctrl+4", count: "" },
        Room { icon: icon::SETTINGS, name: "Settings", shortcut: "Ctrl+5", count: "" },
    ];
    sidebar::sidebar_ui(ui, &ends, &rooms, current);
    status_bar::status_bar_ui(ui, |ui| {
        toast::bell_ui(ui, toasts);
        ui.label("All changes saved");
    });
    content(ui);
}

/// The page's own margin.
pub fn page_ui(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    Frame::new().inner_margin(Margin::same(size::MARGIN as i8)).show(ui, content);
}

/// A table with a form beside it.
pub fn table_room_ui(ui: &mut Ui, gallery: &mut Gallery) {
    shell_ui(ui, 1, &mut gallery.toasts, |ui| {
        side_panel_ui(ui, "asset", "LAP-000004", Some((Tone::Warn, "Due soon")), |ui| {
            ui.spacing_mut().item_spacing.y = size::CELL_PAD;
            Field::new(4, "Name", &mut gallery.name).required().ui(ui);
            Dropdown::new(4, "Kind", &KINDS, &mut gallery.kind).ui(ui);
            Field::new(4, "Cost", &mut gallery.cost)
                .number()
                .unit("£")
                .issue(Some("Not an amount. Write it like 533.87"))
                .ui(ui);
            DateField::new(4, "Warranty ends", &mut gallery.date, today()).ui(ui);
            Field::new(4, "Notes", &mut gallery.notes)
                .lines(3)
                .hint("What the next person should know")
                .ui(ui);
            ui.horizontal(|ui| {
                ui.add(Button::primary("Save").icon(icon::SAVE));
                ui.add(Button::secondary("Revert").enabled(false));
                ui.add(Button::quiet_danger("Retire").icon(icon::ARCHIVE));
            });
        });
        page_ui(ui, |ui| {
            page_header_ui(
                ui,
                "Assets",
                "As of Sun 22 Nov 2026",
                Some(PageAction::new(Some(icon::PLUS), "New asset")),
                &[PageAction::new(Some(icon::UPLOAD), "Import…")],
            );
            ui.horizontal(|ui| {
                SearchBox::new("Search assets", "Search name, owner or site", &mut gallery.search)
                    .width(220.0)
                    .ui(ui);
                Dropdown::filter("Type", &KINDS, &mut gallery.filter).width(120.0).ui(ui);
                ui.add(FilterChip::new("Overdue", true).count("12"));
                ui.add(FilterChip::new("Servers", false));
            });
            ui.add_space(size::GAP_SMALL);
            let columns = columns();
            let machines = &gallery.machines;
            let id_of = |row: u32| machines[row as usize].id;
            Table::new("Assets", &columns, &gallery.order, &id_of)
                .tickable()
                .summary("1 000 of 1 000 machines, no filter")
                .ui(ui, &mut gallery.table, &mut gallery.selection, |cell, row, column| {
                    machine_cell(&machines[row as usize], cell, column);
                });
        });
    });
    gallery.toasts.toasts_ui(ui.ctx());
}

/// Figures, the bar, drawers, chips, buttons.
pub fn today_room_ui(ui: &mut Ui, gallery: &mut Gallery) {
    shell_ui(ui, 0, &mut gallery.toasts, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            page_ui(ui, |ui| {
                page_header_ui(
                    ui,
                    "Today",
                    "Sunday 22 November 2026, as of the import of 08:15",
                    Some(PageAction::new(Some(icon::FILE_TEXT), "Print the report")),
                    &[],
                );
                let figures = vec![
                    Figure::new("Overdue", "148").out_of("of 3\u{202f}410").trend(
                        Way::Up,
                        Tone::Bad,
                        "12 more than in October",
                    ),
                    Figure::new("Unknown", "37").out_of("of 3\u{202f}410").trend(
                        Way::Down,
                        Tone::Good,
                        "5 fewer than in October",
                    ),
                    Figure::new("Machines", "1\u{202f}204").note(Tone::Neutral, "31 added this month"),
                ];
                figures_ui(ui, figures);
                ui.add_space(size::GAP);
                card_ui(ui, Some("Compliance"), |ui| {
                    segment_bar_ui(ui, [148, 61, 37, 22, 604, 2538], "machine and update pairs")
                });
                ui.add_space(size::GAP);
                card_ui(ui, Some("Waiting for you"), |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    ui.add(Drawer::new(
                        icon::TRIANGLE_ALERT,
                        Tone::Bad,
                        "12",
                        "Machines past their deadline",
                        "Oldest: 41 days, SRV-000002",
                    ));
                    ui.add(Drawer::new(
                        icon::CIRCLE_QUESTION_MARK,
                        Tone::Warn,
                        "37",
                        "Machines that have not reported",
                        "Silent for more than 14 days",
                    ));
                });
            });
        });
    });
    gallery.toasts.toasts_ui(ui.ctx());
}

/// Everything else: buttons, chips, steps, progress, a path, an empty state.
pub fn parts_room_ui(ui: &mut Ui, gallery: &mut Gallery) {
    shell_ui(ui, 2, &mut gallery.toasts, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            page_ui(ui, |ui| {
                page_header_ui(ui, "Import", "wsus-october.csv, 50 000 rows", None, &[]);
                steps_ui(ui, &["File", "Columns", "Plan", "Done"], 1);
                ui.horizontal(|ui| {
                    ui.add(Button::primary("Import").icon(icon::DOWNLOAD));
                    ui.add(Button::secondary("Back"));
                    ui.add(Button::quiet("Skip"));
                    ui.add(Button::danger("Retire 12 machines"));
                    ui.add(Button::primary("Not yet").enabled(false).tooltip("Choose a file first"));
                    ui.add(Button::icon_only(icon::REFRESH_CW, "Read again"));
                    ui.add(Button::secondary("On").selected(true));
                    ui.add(Link::new("What is this"));
                });
                ui.horizontal(|ui| {
                    for (tone, word) in [(Tone::Good, "Up to date"), (Tone::Info, "In stock"), (Tone::Warn, "Due soon"), (Tone::Bad, "Overdue"), (Tone::Neutral, "Retired")] {
                        ui.add(Chip::new(tone, word));
                    }
                    ui.add(FilterChip::new("Owner: Priya Baker", true).removable());
                });
                card_ui(ui, Some("Reading"), |ui| {
                    progress_ui(ui, &Progress { title: "Importing wsus-october.csv", fraction: Some(0.31), counts: "15 500 of 50 000 rows", left: "about 20 s left", can_cancel: true });
                    path_field_ui(ui, 1, "File", &mut gallery.path, Some("There is no file of this name"), true);
                });
                Banner::new(Tone::Bad, "The file is read only")
                    .words("Entry 1 204 of its history does not fit the one before it. Nothing was changed.")
                    .details("expected 9f2c…, found 11ab…")
                    .actions(&["Rebuild into a new file"])
                    .ui(ui);
                card_ui(ui, Some("Columns"), |ui| {
                    ui.horizontal(|ui| {
                        choice_ui(ui, "Theme", &["System", "Light", "Dark"], &mut gallery.choice);
                        ui.add(TickBox::new(&mut gallery.on, "First row holds titles"));
                    });
                    let columns = [
                        GridColumn { title: "Column in the file", width: Some(size::FIGURE) },
                        GridColumn { title: "Field", width: Some(size::FIGURE) },
                        GridColumn { title: "First values", width: None },
                    ];
                    grid_ui(ui, "mapping", &columns, 3, size::PALETTE_LIST, |ui, row, column| match column {
                        0 => {
                            ui.label(["Computer", "State", "Last contact"][row]);
                        }
                        1 => {
                            let mut kind = Some(row);
                            Dropdown::filter(["a", "b", "c"][row], &KINDS, &mut kind).width(ui.available_width() - size::GAP).ui(ui);
                        }
                        _ => {
                            ui.label("LAP-000001, LAP-000002");
                        }
                    });
                });
                card_ui(ui, None, |ui| {
                    empty_state_ui(ui, icon::BOOK_OPEN_CHECK, "No machines yet", "Machines come from an export of your update server. Import one, or add a machine by hand.", &["Import a file…", "New asset"]);
                });
            });
        });
    });
    gallery.toasts.toasts_ui(ui.ctx());
}

/// Shows two toasts that stay.
pub fn toast_up(gallery: &mut Gallery) {
    gallery.toasts.push(Toast::new(Tone::Good, "Saved LAP-000004").action("Undo", "undo").at("08:15"));
    gallery.toasts.push(
        Toast::new(Tone::Bad, "The report was not written")
            .body("The folder /srv/reports cannot be written to. Choose another one.")
            .at("08:16"),
    );
}
