//! One file: recognise, ask, read, report.
//!
//! Owns the steps and the sentences about a file as a whole. It never sees another file.

use crate::import::csv::{Feed, Records, Stop};
use crate::import::date::Verdict;
use crate::import::encoding::TextEncoding;
use crate::import::mapping::{Mapping, fingerprint};
use crate::import::question::{Answers, Profile, Question, QuestionKind};
use crate::import::report::{Control, FileReport, Outcome, Refused};
use crate::import::row::{Manifest, State};
use crate::import::scope::{FileScope, suggest};
use crate::import::sniff::{self, FileKind, HEAD, Recognised, SURE};
use crate::import::source::{CHUNK, Input, MAX_BYTES, Stream};
use crate::import::table::update::kb_numbers;
use crate::import::table::{Setup, Shape, Table};
use crate::import::{manifest, sniff::Foreign};

/// How many rows a preview shows.
const SAMPLE_ROWS: usize = 8;

/// What one file delivers.
pub(super) struct FileRead {
    /// What became of it.
    pub report: FileReport,
    /// Its rows.
    pub table: Option<Table>,
    /// It is the manifest of a set.
    pub manifest: Option<Manifest>,
    /// What it leaves open.
    pub questions: Vec<Question>,
}

/// Reads one file.
pub(super) fn read_file(
    file: u16,
    input: &Input,
    answers: &Answers,
    hook: &mut dyn FnMut(u64, u64) -> Control,
) -> Result<FileRead, Refused> {
    let mut read =
        FileRead { report: blank(&input.name), table: None, manifest: None, questions: Vec::new() };
    let size = match input.size() {
        Ok(size) => size,
        Err(error) => return Ok(read.unreadable(format!("The file cannot be opened: {error}."))),
    };
    read.report.bytes = size;
    if size > MAX_BYTES {
        let sentence =
            format!("The file has {} MB; more than 512 MB is not read. Export fewer computers.", size >> 20);
        return Ok(read.unreadable(sentence));
    }
    let mut stream = match input.open() {
        Ok(stream) => stream,
        Err(error) => return Ok(read.unreadable(format!("The file cannot be opened: {error}."))),
    };
    let mut head = vec![0; HEAD];
    match stream.fill(&mut head) {
        Ok(filled) => head.truncate(filled),
        Err(error) => return Ok(read.unreadable(format!("The file cannot be read: {error}."))),
    }
    let whole = head.len() < HEAD;
    let (recognised, profile) = recognise(&head, whole, answers);
    read.report.fingerprint =
        if recognised.columns.is_empty() { String::new() } else { fingerprint(&recognised.columns) };
    read.report.samples = sniff::sample_rows(&head, &recognised, SAMPLE_ROWS);
    read.report.recognised = recognised;
    // A person's own mapping of this very header wins over a name for the file.
    let mapped = answers.profiles.get(&read.report.fingerprint).is_some_and(|own| own.mapping.is_some());
    let result = match &read.report.recognised.kind {
        FileKind::Foreign(foreign) if !mapped => {
            read.report.outcome = not_imported(*foreign);
            Ok(())
        }
        FileKind::Manifest => {
            read.read_manifest(&head, whole);
            Ok(())
        }
        _ => read.read_table(file, input, answers, &profile, head, (!whole).then_some(&mut stream), hook),
    };
    match result.and_then(|()| drain(&mut stream, read.report.rows, hook)) {
        Ok(()) => {
            read.report.bytes = stream.bytes();
            read.report.sha256 = stream.digest();
            Ok(read)
        }
        Err(Stop::Cancelled) => Err(Refused::Cancelled),
        Err(stop) => Ok(read.unreadable(sentence_of(&stop))),
    }
}

/// Recognises, and again under the code page that was answered for this header.
fn recognise(head: &[u8], whole: bool, answers: &Answers) -> (Recognised, Profile) {
    let page = answers.for_all.code_page;
    let recognised = sniff::recognise(head, whole, page);
    let profile = answers.profile(&fingerprint(&recognised.columns));
    if profile.code_page != page
        && matches!(recognised.encoding, Some(TextEncoding::Page(_) | TextEncoding::Mixed(_)))
    {
        return (sniff::recognise(head, whole, profile.code_page), profile);
    }
    (recognised, profile)
}

impl FileRead {
    fn unreadable(mut self, sentence: String) -> FileRead {
        self.report.outcome = Outcome::Unreadable { sentence };
        self.table = None;
        self.questions.clear();
        self
    }

    fn ask(&mut self, file: u16, kind: QuestionKind) {
        if kind.is_required() {
            self.report.outcome = Outcome::Waiting;
        }
        self.questions.push(Question { file, fingerprint: self.report.fingerprint.clone(), kind });
    }

    fn encoding(&self) -> TextEncoding {
        self.report.recognised.encoding.unwrap_or(TextEncoding::Ascii)
    }

    fn read_manifest(&mut self, head: &[u8], whole: bool) {
        let read = if whole {
            manifest::read(&self.encoding().decode(head))
        } else {
            Err("The manifest of the export is far too long to be one.".to_owned())
        };
        match read {
            Ok(manifest) => self.manifest = Some(manifest),
            Err(sentence) => self.report.outcome = Outcome::Unreadable { sentence },
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the steps of one file share what was found so far")]
    fn read_table(
        &mut self,
        file: u16,
        input: &Input,
        answers: &Answers,
        profile: &Profile,
        mut head: Vec<u8>,
        stream: Option<&mut Stream<'_>>,
        hook: &mut dyn FnMut(u64, u64) -> Control,
    ) -> Result<(), Stop> {
        let columns = self.report.recognised.columns.clone();
        if let Some(mapping) = &profile.mapping {
            let (kind, _, _) = sniff::kind_of_mapping(&columns, mapping);
            self.report.recognised.kind = kind;
            self.report.mapping = Some(mapping.clone());
        } else {
            self.report.mapping = Some(Mapping::guess(&columns));
        }
        let mapping = self.report.mapping.clone().unwrap_or_default();
        let kind = self.report.recognised.kind.clone();
        let unsure = profile.mapping.is_none() && self.report.recognised.confidence < SURE;
        let Some(shape) = shape_of(&kind).filter(|_| !unsure) else {
            let samples = self.report.samples.clone();
            self.ask(file, QuestionKind::Mapping { header: columns, samples, guess: mapping });
            return Ok(());
        };
        let one_update = if kind == FileKind::OneUpdate { kb_of_file(input, answers) } else { None };
        if kind == FileKind::OneUpdate && one_update.is_none() {
            self.ask(file, QuestionKind::UpdateOfFile { name: input.name.clone() });
            return Ok(());
        }
        if kind == FileKind::PairList && profile.every_state.is_none() {
            // The one list of this shape seen in the wild names the server, and lists what failed.
            let failed = mapping.index_in(&columns, crate::import::Role::LastSync).is_some();
            self.ask(file, QuestionKind::StateOfFile { suggested: failed.then_some(State::Failed) });
            return Ok(());
        }
        let encoding = self.encoding();
        let delimiter = self.report.recognised.delimiter.unwrap_or(',') as u8;
        let mut table = Table::new(&Setup {
            file,
            header: &columns,
            mapping: &mapping,
            shape,
            cells: encoding.cells(delimiter),
            profile,
            one_update: one_update.clone(),
            every_state: if kind == FileKind::PairList { profile.every_state } else { None },
        });
        head.drain(..encoding.mark_len(&head));
        let mut records = Records::new(Feed::new(head, stream, encoding.transcoder(delimiter)), delimiter);
        for _ in 0..=self.report.recognised.header_row.unwrap_or(0) {
            records.next(hook)?;
        }
        while let Some(record) = records.next(hook)? {
            table.push(&record);
        }
        self.settle(file, input, profile, &kind, one_update, table);
        Ok(())
    }

    /// What only the whole file can show: the order of its dates, its words, its scope.
    fn settle(
        &mut self,
        file: u16,
        input: &Input,
        profile: &Profile,
        kind: &FileKind,
        one_update: Option<String>,
        mut table: Table,
    ) {
        self.report.rows = table.rows;
        self.report.skipped = table.skipped;
        if table.has_flag_digits() {
            self.report.outcome = Outcome::Unreadable {
                sentence: "The states are numbers of the flags enumeration (8, 16, 32, 64), which share digits with \
                           the plain states; export the names of the states instead."
                    .to_owned(),
            };
            return;
        }
        let (evidence, column) = table.dates();
        let order = match (profile.date_order, evidence.verdict(input.modified_at)) {
            (Some(order), _) | (None, Verdict::Known(order)) => Some(order),
            (None, Verdict::Ask { samples }) => {
                let column = column.unwrap_or_default().to_owned();
                self.ask(file, QuestionKind::DateOrder { column, samples });
                None
            }
        };
        table.settle_dates(order, profile.zone_offset_minutes.unwrap_or(0));
        self.report.issues = table.issues.total();
        let words: Vec<_> =
            table.unknown_words().map(|(word, count, line)| (word.to_owned(), count, line)).collect();
        for (word, count, line) in words {
            self.ask(file, QuestionKind::StateWord { word, count, line });
        }
        if shape_of(kind).is_some_and(|shape| shape.state) {
            match (one_update, &profile.scope) {
                (Some(kb), _) => self.report.scope = FileScope::OneUpdate(kb),
                (None, Some(scope)) => self.report.scope = scope.clone(),
                (None, None) => self.ask(file, QuestionKind::Scope { suggested: suggest(&table.states) }),
            }
        }
        self.table = Some(table);
    }
}

/// What the rows of a kind of table are about; nothing for kinds without rows.
fn shape_of(kind: &FileKind) -> Option<Shape> {
    let none = Shape { computer: false, update: false, state: false, edge: false, directory: false };
    Some(match kind {
        FileKind::Computers => Shape { computer: true, ..none },
        FileKind::Directory => Shape { computer: true, directory: true, ..none },
        FileKind::Updates => Shape { update: true, ..none },
        FileKind::Supersedence => Shape { edge: true, ..none },
        FileKind::States | FileKind::StateIds | FileKind::PairList => {
            Shape { computer: true, update: true, state: true, ..none }
        }
        FileKind::OneUpdate => Shape { computer: true, state: true, ..none },
        FileKind::Manifest | FileKind::Table | FileKind::Foreign(_) => return None,
    })
}

/// The KB number a whole file is about: answered, or in its name (`ComputerDetail-WSUS01-KB5036892-2024-04-12.csv`).
fn kb_of_file(input: &Input, answers: &Answers) -> Option<String> {
    if let Some(answer) = answers.update_of_file.get(&input.name) {
        return kb_numbers(answer).into_iter().next();
    }
    let upper = input.name.to_uppercase();
    let at = upper.find("KB")?;
    let digits: String = upper[at + 2..].chars().take_while(char::is_ascii_digit).collect();
    (6..=7).contains(&digits.len()).then_some(digits)
}

fn blank(name: &str) -> FileReport {
    FileReport {
        name: name.to_owned(),
        sha256: String::new(),
        bytes: 0,
        recognised: sniff::nothing(),
        mapping: None,
        fingerprint: String::new(),
        samples: Vec::new(),
        scope: FileScope::Unknown,
        rows: 0,
        skipped: 0,
        issues: 0,
        outcome: Outcome::Imported,
    }
}

fn not_imported(foreign: Foreign) -> Outcome {
    Outcome::NotImported { name: foreign.name().to_owned(), sentence: foreign.sentence().to_owned() }
}

/// Reads the rest for its hash.
fn drain(stream: &mut Stream<'_>, rows: u64, hook: &mut dyn FnMut(u64, u64) -> Control) -> Result<(), Stop> {
    let mut buffer = vec![0; CHUNK];
    loop {
        let filled = stream.fill(&mut buffer).map_err(|error| Stop::Io(error.to_string()))?;
        if filled < buffer.len() {
            return Ok(());
        }
        if hook(stream.bytes(), rows) == Control::Cancel {
            return Err(Stop::Cancelled);
        }
    }
}

fn sentence_of(stop: &Stop) -> String {
    match stop {
        Stop::Cancelled => "The import was stopped.".to_owned(),
        Stop::Io(error) => format!("The file cannot be read: {error}."),
        Stop::OpenQuote { line } => {
            format!("A quote that opens in line {line} never closes; nothing was taken from this file.")
        }
        Stop::TooLong { line } => {
            format!(
                "The row that starts in line {line} is longer than 1 MB; nothing was taken from this file."
            )
        }
        Stop::TooWide { line } => {
            format!("The row in line {line} has more than 1000 columns; nothing was taken from this file.")
        }
    }
}
