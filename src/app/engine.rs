//! The engine: one open file, its Book, and everything that can be done to it.
//!
//! Invariant: the Book shown is always what the file holds; an operation that fails changes neither.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::domain::book::Book;
use crate::domain::command::{Command, MonthCommand};
use crate::domain::compliance::view::View;
use crate::domain::decide::{
    BEGIN_MONTH, BEGIN_PROMISE, Moment, decide, month_rows, promise_rows, starting_rows,
};
use crate::domain::month::name;
use crate::domain::row::RowChange;
use crate::domain::shop::Shop;
use crate::domain::undo;
use crate::store::backup::Keep;
use crate::store::history::{HeadCheck, HistoryFilter, OperationView};
use crate::store::rebuild::{self, RebuildReport};
use crate::store::verify::VerifyReport;
use crate::store::{self, Access, Author, Committed, Holder, NewFile, Note, Operation, Printed, Store};
use crate::util::clock::{Clock, day_in, zone};
use crate::util::id::Ids;
use crate::util::progress::Progress;

use super::error::{Error, ErrorKind};

/// Who is at work, and where time and ids come from.
#[derive(Clone, Debug)]
pub struct Context {
    /// Name of the person; given once, not authenticated.
    pub actor: String,
    /// Name of the machine.
    pub site: String,
    /// Time.
    pub clock: Clock,
    /// Ids.
    pub ids: Arc<Ids>,
    /// Folder for backups, one subfolder per file; `None` for none.
    pub backups: Option<PathBuf>,
}

impl Context {
    fn author(&self) -> Author {
        Author { actor: self.actor.clone(), site: self.site.clone(), at: self.clock.now_at() }
    }
}

/// What an operation did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The name in the history.
    pub label: String,
    /// The operation; `None` where nothing differed.
    pub op_id: Option<i64>,
    /// Number of the newest entry.
    pub entry: i64,
}

/// The next steps of undo and redo, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    /// What Undo would take back.
    pub undo: Option<String>,
    /// What Redo would bring back.
    pub redo: Option<String>,
}

/// One open file.
#[derive(Debug)]
pub struct Engine {
    context: Context,
    store: Store,
    book: Arc<Book>,
    notes: Vec<Note>,
    steps: Steps,
}

impl Engine {
    /// Makes a new file with the default groups and deadline rules, and opens it. Never overwrites.
    pub fn create(path: &Path, shop: Shop, context: Context) -> Result<Self, Error> {
        let new = NewFile { author: context.author(), shop, rows: starting_rows(&context.ids) };
        let opened = Store::create(path, &new, Arc::clone(&context.ids))?;
        Self::loaded(opened.store, opened.notes, context)
    }

    /// Opens a file and reads its register.
    pub fn open(path: &Path, access: Access, context: Context) -> Result<Self, Error> {
        let author = context.author();
        let me = Holder { who: author.actor, host: author.site, since_at: author.at };
        let backups = context.backups.as_deref();
        let opened = Store::open_keeping(path, access, &me, backups, Arc::clone(&context.ids))?;
        let mut engine = Self::loaded(opened.store, opened.notes, context)?;
        // What could not be written now is tried at the next opening; looking at the register must not hang on it.
        let _later =
            engine.begin(BEGIN_MONTH, month_rows).and_then(|()| engine.begin(BEGIN_PROMISE, promise_rows));
        Ok(engine)
    }

    /// Gives a register from before a format's tables what a new one starts with: once, as an operation like any other, so that it
    /// can be undone and does not come back.
    fn begin(&mut self, label: &str, rows: fn(&Book, &Ids) -> Vec<RowChange>) -> Result<(), Error> {
        if self.store.access() == Access::ReadOnly {
            return Ok(());
        }
        let changes = rows(&self.book, &self.context.ids);
        if changes.is_empty() || self.store.operations()?.iter().any(|operation| operation.label == label) {
            return Ok(());
        }
        let author = self.context.author();
        let operation = Operation { label: label.to_owned(), author, changes, ..Operation::default() };
        let committed = self.store.commit(operation, self.book.head)?;
        self.take(&committed, false)
    }

    fn loaded(mut store: Store, notes: Vec<Note>, context: Context) -> Result<Self, Error> {
        let book = Arc::new(store.load()?);
        let mut engine = Self { context, store, book, notes, steps: Steps::default() };
        engine.read_steps()?;
        Ok(engine)
    }

    /// The register as it stands.
    pub fn book(&self) -> &Arc<Book> {
        &self.book
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        self.store.path()
    }

    /// Whether it may be changed.
    pub fn access(&self) -> Access {
        self.store.access()
    }

    /// What was worth telling when it was opened.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// What undo and redo would do.
    pub fn steps(&self) -> &Steps {
        &self.steps
    }

    /// Who is at work, and what time it is.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Changes who is at work, or sets the clock for a sample.
    pub fn context_mut(&mut self) -> &mut Context {
        &mut self.context
    }

    /// Decides a command against the register and records it as one operation.
    pub fn run(&mut self, command: Command, progress: &Progress) -> Result<Done, Error> {
        let at = self.context.clock.now_at();
        let command = self.told(command);
        let decision =
            decide(&self.book, command, Moment { at, actor: &self.context.actor, ids: &self.context.ids })?;
        if decision.changes.is_empty() && decision.batch.is_none() {
            return Ok(Done { label: decision.label, op_id: None, entry: self.book.head.seq });
        }
        self.back_up(decision.batch.is_some())?;
        let has_batch = decision.batch.is_some();
        let operation = Operation {
            fixed: undo::stands(&self.book, &decision.changes),
            label: decision.label.clone(),
            note: String::new(),
            author: self.context.author(),
            changes: decision.changes,
            batches: decision.batch.into_iter().collect(),
        };
        let committed = self.store.commit_watched(operation, self.book.head, progress)?;
        self.take(&committed, has_batch)?;
        Ok(Done { label: decision.label, op_id: Some(committed.op_id), entry: committed.head.seq })
    }

    /// A seal names who recorded what moved its figures; only the history knows.
    fn told(&self, mut command: Command) -> Command {
        let book = &self.book;
        let (month, recorded_by) = match &mut command {
            Command::Month(MonthCommand::Seal { month, recorded_by, .. }) => (month.clone(), recorded_by),
            Command::Month(MonthCommand::Restate { seal, recorded_by, .. }) => {
                (book.seals.get(seal.0).map(|seal| seal.month.clone()).unwrap_or_default(), recorded_by)
            }
            _ => return command,
        };
        if let Some(period) = name::period(book, &month) {
            let found = RefCell::new(Vec::new());
            let who = |table, id| {
                let by = self.recorded_by(table, id)?;
                found.borrow_mut().push((table, id, by));
                None
            };
            View::new(book, period.to_at - 1).moved(period, &who);
            *recorded_by = found.into_inner();
        }
        command
    }

    /// Takes back the newest operation that can be taken back.
    pub fn undo(&mut self) -> Result<Done, Error> {
        let stacks = self.store.stacks()?;
        let Some(last) = stacks.undo.last() else {
            return Err(Error::new(ErrorKind::Input, "there is nothing to undo", ""));
        };
        self.revert(last.op_id, &last.label)
    }

    /// Brings back what was undone last.
    pub fn redo(&mut self) -> Result<Done, Error> {
        let stacks = self.store.stacks()?;
        let Some(last) = stacks.redo.last() else {
            return Err(Error::new(ErrorKind::Input, "there is nothing to redo", ""));
        };
        self.revert(last.op_id, &last.label)
    }

    /// Takes back one operation by its id.
    pub fn undo_operation(&mut self, op_id: i64) -> Result<Done, Error> {
        let operations = self.store.operations()?;
        let label =
            operations.iter().find(|op| op.op_id == op_id).map(|op| op.label.clone()).unwrap_or_default();
        self.revert(op_id, &label)
    }

    fn revert(&mut self, op_id: i64, label: &str) -> Result<Done, Error> {
        let author = self.context.author();
        let reversal = self.store.reversal(op_id, author.at)?;
        let (changes, recorded_at) = (reversal.changes.as_slice(), reversal.recorded_at);
        let of = undo::Reversal { changes, recorded_at, now_at: author.at };
        let refusals = undo::refusals(&self.book, of).map_err(store::Error::from)?;
        if !refusals.is_empty() {
            return Err(refused(label, &refusals));
        }
        let committed = self.store.revert(reversal, &author)?;
        self.take(&committed, true)?;
        Ok(Done { label: label.to_owned(), op_id: Some(committed.op_id), entry: committed.head.seq })
    }

    /// Brings the Book up to what was recorded.
    fn take(&mut self, committed: &Committed, observations_moved: bool) -> Result<(), Error> {
        let book = Arc::make_mut(&mut self.book);
        let applied = !observations_moved && book.apply(&committed.changes).unwrap_or(false);
        book.head = committed.head;
        if !applied {
            self.book = Arc::new(self.store.load()?);
        } else if self.book.pairs.blocks.len() < self.book.updates.len()
            || self.book.pairs.reports.len() < self.book.assets.len()
        {
            let book = Arc::make_mut(&mut self.book);
            let (assets, updates) = (book.assets.len(), book.updates.len());
            Arc::make_mut(&mut book.pairs).fit(assets, updates);
        }
        self.read_steps()
    }

    fn read_steps(&mut self) -> Result<(), Error> {
        let stacks = self.store.stacks()?;
        let label = |list: &[OperationView]| list.last().map(|op| op.label.clone());
        self.steps = Steps { undo: label(&stacks.undo), redo: label(&stacks.redo) };
        Ok(())
    }

    /// Backs up before an import and at the first change of a day.
    fn back_up(&mut self, import: bool) -> Result<(), Error> {
        let now = self.context.clock.now_at();
        let zone = zone(&self.book.shop.zone);
        let first_today = day_in(zone, self.book.head.at) != day_in(zone, now);
        let has_content = !self.book.assets.is_empty();
        match &self.context.backups {
            Some(folder) if has_content && (import || first_today) => {
                self.store.backup(folder, now, Keep::default())?;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Backs up now; answers where.
    pub fn backup_to(&mut self, folder: &Path) -> Result<PathBuf, Error> {
        Ok(self.store.backup(folder, self.context.clock.now_at(), Keep::default())?.path)
    }

    /// Writes a whole, verified copy under a new name.
    pub fn save_copy(&mut self, path: &Path) -> Result<(), Error> {
        Ok(self.store.save_copy(path, false)?)
    }

    /// Verifies the whole file.
    pub fn verify(&mut self, progress: &Progress) -> Result<VerifyReport, Error> {
        Ok(self.store.verify(progress)?)
    }

    /// The operations of the history, oldest first.
    pub fn operations(&self) -> Result<Vec<OperationView>, Error> {
        Ok(self.store.operations()?)
    }

    /// Single entries of the history.
    pub fn history(&self, filter: &HistoryFilter) -> Result<Vec<crate::store::history::EventView>, Error> {
        Ok(self.store.history(filter)?)
    }

    /// Whether a head on paper is in the file.
    pub fn check_head(&self, seq: i64, groups: &str) -> Result<HeadCheck, Error> {
        Ok(self.store.check_head(seq, groups)?)
    }

    /// Notes in the history that a document was printed.
    pub fn record_printed(&mut self, printed: &Printed) -> Result<(), Error> {
        if self.store.access() == Access::ReadOnly {
            return Ok(());
        }
        let author = self.context.author();
        let committed = self.store.record_printed(printed, &author)?;
        self.take(&committed, false)
    }

    /// Who recorded the newest change of a row, for "what moved the figures".
    pub fn recorded_by(&self, table: crate::domain::row::Table, id: i64) -> Option<String> {
        let filter = HistoryFilter { row: Some((table, id)), limit: 1, ..HistoryFilter::default() };
        self.store.history(&filter).ok()?.first().map(|event| event.actor.clone())
    }
}

/// Why an operation is not taken back, with what to do instead.
fn refused(label: &str, refusals: &[undo::Refusal]) -> Error {
    let why: Vec<&str> = refusals.iter().map(|refusal| refusal.text.as_str()).collect();
    let mut error = Error::new(ErrorKind::Conflict, format!("\"{label}\" stands: {}", why.join("; ")), "");
    for refusal in refusals {
        if !error.hints.iter().any(|hint| hint == refusal.hint) {
            error.hints.push(refusal.hint.to_owned());
        }
    }
    error
}

/// Rebuilds a damaged file from its history into a new one; the damaged file stays as it is.
pub fn rebuild(damaged: &Path, new: &Path, context: &Context) -> Result<RebuildReport, Error> {
    Ok(rebuild::into_new_file(damaged, new, &context.author(), &context.ids)?)
}
