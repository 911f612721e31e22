//! Records become typed rows: one engine for every table, whatever wrote it.
//!
//! Owns one file's rows until the file is read to its end: computers and updates interned by their source identity, states
//! as small records, dates open until the whole file has shown their order. It never sees another file; joining is
//! [`super::read`]'s work.

mod cell;
pub(super) mod computer;
pub(super) mod update;

use std::collections::HashMap;

use super::csv::Record;
use super::date::{self, DateOrder, Evidence, RawDate};
use super::encoding::Cells;
use super::identity::fold_guid;
use super::mapping::{Mapping, Role};
use super::question::Profile;
use super::report::IssueList;
use super::row::{
    Approval, ComputerRow, IssueKind, NO_TIME, RowIssue, State, StateRow, SupersedesRow, UpdateRow,
};
use cell::{Approvals, States, is_type_name};

/// What a table's rows are about.
#[expect(clippy::struct_excessive_bools, reason = "independent facts about a table, read one by one")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    /// Each row names a computer.
    pub computer: bool,
    /// Each row names an update.
    pub update: bool,
    /// Each row is a state.
    pub state: bool,
    /// Each row is an edge of supersedence.
    pub edge: bool,
    /// Identifiers of computers come from the directory, not from WSUS.
    pub directory: bool,
}

/// What holds for every row of a file.
pub(super) struct Setup<'a> {
    /// Index of the file.
    pub file: u16,
    /// Its header.
    pub header: &'a [String],
    /// Which column means what.
    pub mapping: &'a Mapping,
    /// What its rows are about.
    pub shape: Shape,
    /// How its cells become text.
    pub cells: Cells,
    /// What was answered about it.
    pub profile: &'a Profile,
    /// The KB number the whole file is about.
    pub one_update: Option<String>,
    /// The state every row stands for, where no column says it.
    pub every_state: Option<State>,
}

/// The number of roles; [`Role`] is used as an index.
const ROLES: usize = Role::InstalledAt as usize + 1;

/// The rows of one file.
pub(super) struct Table {
    file: u16,
    header: Vec<String>,
    shape: Shape,
    cells: Cells,
    columns: [Option<usize>; ROLES],
    /// Computers in the order first seen.
    pub computers: Vec<ComputerRow>,
    /// Updates in the order first seen.
    pub updates: Vec<UpdateRow>,
    /// States in file order.
    pub states: Vec<StateRow>,
    /// Edges in file order.
    pub supersedes: Vec<SupersedesRow>,
    /// Remarks.
    pub issues: IssueList,
    /// Rows, skipped ones included.
    pub rows: u64,
    /// Rows left out.
    pub skipped: u64,
    computer_cache: HashMap<Vec<u8>, u32>,
    computer_keys: HashMap<String, u32>,
    update_cache: HashMap<Vec<u8>, u32>,
    update_keys: HashMap<String, u32>,
    last_computer: (Vec<u8>, u32),
    scratch: Vec<u8>,
    words: States,
    approvals: Approvals,
    every_state: Option<State>,
    one_update: Option<u32>,
    evidence: Evidence,
    date_column: Option<String>,
    last_date: [(Vec<u8>, i64); 2],
}

impl Table {
    /// An empty table for a file.
    pub fn new(setup: &Setup<'_>) -> Table {
        let mut columns = [None; ROLES];
        for role in setup.mapping.columns.keys() {
            columns[*role as usize] = setup.mapping.index_in(setup.header, *role);
        }
        // Beside an update a description is the update's.
        if setup.shape.update {
            columns[Role::Description as usize] = None;
        }
        let state_header = columns[Role::State as usize].map_or("", |i| &setup.header[i]);
        let mut table = Table {
            file: setup.file,
            header: setup.header.to_vec(),
            shape: setup.shape,
            cells: setup.cells,
            columns,
            computers: Vec::new(),
            updates: Vec::new(),
            states: Vec::new(),
            supersedes: Vec::new(),
            issues: IssueList::default(),
            rows: 0,
            skipped: 0,
            computer_cache: HashMap::new(),
            computer_keys: HashMap::new(),
            update_cache: HashMap::new(),
            update_keys: HashMap::new(),
            last_computer: (Vec::new(), 0),
            scratch: Vec::new(),
            words: States::new(state_header, &setup.profile.state_words),
            approvals: Approvals::default(),
            every_state: setup.every_state,
            one_update: None,
            evidence: Evidence::default(),
            date_column: None,
            last_date: [(Vec::new(), NO_TIME), (Vec::new(), NO_TIME)],
        };
        table.one_update = setup.one_update.as_ref().map(|kb| table.update_of_kb(kb));
        table
    }

    /// Takes one record.
    pub fn push(&mut self, record: &Record<'_>) {
        if self.is_furniture(record) {
            return;
        }
        self.rows += 1;
        if self.read_row(record).is_none() {
            self.skipped += 1;
        }
    }

    /// Lines that tools print around rows: a rule of dashes, a repeated header, "(8 rows affected)", a type line.
    fn is_furniture(&self, record: &Record<'_>) -> bool {
        let first = record.cell(0);
        if record.len() == 1 && self.header.len() > 1 {
            let counted = first.starts_with(b"(")
                && first.ends_with(b")")
                && first[1..].first().is_some_and(u8::is_ascii_digit);
            return counted || first.starts_with(b"#TYPE ");
        }
        if record.len() != self.header.len() {
            return false;
        }
        let dashes = |cell: &[u8]| !cell.is_empty() && cell.iter().all(|&b| b == b'-');
        (first.starts_with(b"--") && (0..record.len()).all(|i| dashes(record.cell(i))))
            || (first == self.header[0].as_bytes()
                && (0..record.len()).all(|i| self.cells.decode(record.cell(i)) == self.header[i].as_str()))
    }

    /// One row; nothing where it was left out.
    fn read_row(&mut self, record: &Record<'_>) -> Option<()> {
        let line = record.line;
        if record.nul {
            return self.skip(line, None, IssueKind::Nul, || "the row holds NUL bytes".to_owned());
        }
        if record.cut {
            return self.skip(line, None, IssueKind::Ragged, || "the file ends inside this row".to_owned());
        }
        let (got, want) = (record.len(), self.header.len());
        if got != want && !(got == want + 1 && record.cell(want).is_empty()) {
            let last = record.last_line;
            return self.skip(line, None, IssueKind::Ragged, || {
                let hint = if last > line {
                    format!(" and runs to line {last}: a quote may be missing")
                } else {
                    String::new()
                };
                format!("the row has {got} fields, the header {want}{hint}")
            });
        }
        if self.shape.edge {
            return self.read_edge(record);
        }
        let computer = if self.shape.computer { Some(self.computer(record)?) } else { None };
        let update = match (self.shape.update, self.one_update) {
            (true, _) => Some(self.update(record)?),
            (false, known) => known,
        };
        if self.shape.state {
            let (Some(computer), Some(update)) = (computer, update) else { return None };
            let state = self.state(record)?;
            let approval = self.approval(record);
            let reported = self.row_date(record, Role::LastStatus, 0);
            let installed = self.row_date(record, Role::InstalledAt, 1);
            let file = self.file;
            self.states.push(StateRow { computer, update, line, file, state, approval, reported, installed });
        }
        Some(())
    }

    fn read_edge(&mut self, record: &Record<'_>) -> Option<()> {
        let mut ends = [0; 2];
        for (end, role) in ends.iter_mut().zip([Role::SupersededBy, Role::UpdateId]) {
            let text = self.text(record, role);
            let Some(id) = fold_guid(&text) else {
                return self.skip(record.line, self.column_name(role), IssueKind::BadId, || {
                    format!("“{}” is no identifier", shorten(&text))
                });
            };
            *end = self.update_of_id(&id);
        }
        self.supersedes.push(SupersedesRow { newer: ends[0], older: ends[1] });
        Some(())
    }

    fn state(&mut self, record: &Record<'_>) -> Option<State> {
        if let Some(state) = self.every_state {
            return Some(state);
        }
        let cell = self.columns[Role::State as usize].map_or(&[][..], |i| record.cell(i));
        if cell.is_empty() {
            let column = self.column_name(Role::State);
            return self.skip(record.line, column, IssueKind::NoState, || "the row has no state".to_owned());
        }
        let known = self.words.state(cell, self.cells, record.line);
        if known.is_none() {
            let column = self.column_name(Role::State);
            let text = self.cells.decode(cell).into_owned();
            return self.skip(record.line, column, IssueKind::UnknownState, || {
                format!("the state “{}” is unknown", shorten(&text))
            });
        }
        known
    }

    fn approval(&mut self, record: &Record<'_>) -> Approval {
        let column = self.columns[Role::Approval as usize].or(self.columns[Role::IsApproved as usize]);
        column.map_or(Approval::Unsaid, |i| self.approvals.approval(record.cell(i), self.cells))
    }

    /// A date of the row itself, packed; the last value of each of the two columns is remembered.
    fn row_date(&mut self, record: &Record<'_>, role: Role, memo: usize) -> i64 {
        let Some(index) = self.columns[role as usize] else { return NO_TIME };
        let cell = record.cell(index);
        if self.last_date[memo].0 != cell {
            let packed = self.date(record, role).map_or(NO_TIME, RawDate::packed);
            self.last_date[memo].0.clear();
            self.last_date[memo].0.extend_from_slice(cell);
            self.last_date[memo].1 = packed;
        }
        self.last_date[memo].1
    }

    /// A date in parts; a bad one is remarked upon and left out.
    fn date(&mut self, record: &Record<'_>, role: Role) -> Option<RawDate> {
        let index = self.columns[role as usize]?;
        let text = self.cells.decode(record.cell(index));
        let open = self.evidence.open();
        let cell = date::read(&text, &mut self.evidence);
        if self.date_column.is_none() && self.evidence.open() > open {
            self.date_column = self.column_name(role);
        }
        match cell {
            date::Cell::Date(raw) => Some(raw),
            date::Cell::Never => None,
            date::Cell::Bad => {
                let text = shorten(&text);
                self.remark(record.line, self.column_name(role), IssueKind::BadDate, || {
                    format!("“{text}” is no date")
                });
                None
            }
        }
    }

    /// A cell's text, empty for "no value": a missing column, `NULL`, or the name of a .NET type in its place.
    fn text(&mut self, record: &Record<'_>, role: Role) -> String {
        let Some(index) = self.columns[role as usize] else { return String::new() };
        let text = self.cells.decode(record.cell(index));
        if is_type_name(&text) {
            let text = shorten(&text);
            self.remark(record.line, self.column_name(role), IssueKind::NestedValueLost, || {
                format!("the cell holds the name of a type ({text}) instead of its value")
            });
            return String::new();
        }
        let text = text.trim();
        if text == "NULL" { String::new() } else { text.to_owned() }
    }

    fn column_name(&self, role: Role) -> Option<String> {
        self.columns[role as usize].map(|i| self.header[i].clone())
    }

    fn remark(&mut self, line: u32, column: Option<String>, kind: IssueKind, text: impl FnOnce() -> String) {
        if self.issues.count_one(kind) {
            self.issues.keep(RowIssue { file: self.file, line, column, kind, text: text() });
        }
    }

    fn skip<T>(
        &mut self,
        line: u32,
        column: Option<String>,
        kind: IssueKind,
        text: impl FnOnce() -> String,
    ) -> Option<T> {
        self.remark(line, column, kind, text);
        None
    }

    /// What the dates of the file show, and the column that showed it first.
    pub fn dates(&self) -> (&Evidence, Option<&str>) {
        (&self.evidence, self.date_column.as_deref())
    }

    /// The state words nobody has explained: folded word, rows, first line.
    pub fn unknown_words(&self) -> impl Iterator<Item = (&str, u64, u32)> {
        self.words.unknown()
    }

    /// Whether its digits are those of the flags enumeration.
    pub fn has_flag_digits(&self) -> bool {
        self.words.has_flag_digits()
    }

    /// Turns every packed date into UTC seconds, or into nothing while the order is open. A date the order makes
    /// impossible is remarked upon.
    pub fn settle_dates(&mut self, order: Option<DateOrder>, zone_minutes: i32) {
        let mut impossible: Vec<u32> = Vec::new();
        let mut settle = |bits: i64, line: u32| {
            let at = RawDate::unpack(bits)?.resolve(order?, zone_minutes);
            if at.is_none() {
                impossible.push(line);
            }
            at
        };
        for row in &mut self.states {
            row.reported = settle(row.reported, row.line).unwrap_or(NO_TIME);
            row.installed = settle(row.installed, row.line).unwrap_or(NO_TIME);
        }
        for row in &mut self.computers {
            for at in [&mut row.last_sync_at, &mut row.last_status_at, &mut row.last_logon_at] {
                *at = at.and_then(|bits| settle(bits, row.line));
            }
        }
        for row in &mut self.updates {
            for at in [&mut row.created_at, &mut row.arrived_at] {
                *at = at.and_then(|bits| settle(bits, row.line));
            }
        }
        for line in impossible {
            self.remark(line, None, IssueKind::BadDate, || {
                "a date in the row does not fit the order of the others".to_owned()
            });
        }
    }
}

/// The start of a text, for a message.
fn shorten(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        text.to_owned()
    } else {
        text.chars().take(MOST).chain(['…']).collect()
    }
}
