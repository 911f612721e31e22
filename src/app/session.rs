//! The window's side of the engine: requests go in, notices come out, and the window never waits.
//!
//! The engine lives on a thread named `store`; reading foreign files runs on a thread named `import`, with an `Arc` of the Book
//! and no connection. In tests both run inline, so that nothing sleeps and every run is the same. A panic in a job is an error
//! of that job.

mod job;
pub mod look;
mod message;
mod planned;

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use crate::domain::book::Book;
use crate::domain::command::{Command, ThreatCommand};
use crate::import::plan::Choices;
use crate::import::{Answers, Input, ReadSet};
use crate::store::Access;
use crate::store::history::HistoryFilter;
use crate::util::progress::Progress;

use super::engine::{Context, Done, Engine};
use super::error::{Error, ErrorKind};
use super::paper;
use job::{broken, spawn};
pub use message::{Accepted, How, Notice, Past, Request, Shown};
use planned::planned;
pub use planned::{Planned, ServicingPlanned, ThreatPlanned};

/// How many requests and notices may wait; beyond that the sender does.
const QUEUE: usize = 256;

/// Wakes the window when a notice waits.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

#[derive(Clone)]
struct Outbox {
    sender: SyncSender<Notice>,
    wake: Waker,
}

impl Outbox {
    fn send(&self, notice: Notice) {
        // The window is gone: nobody is left to tell.
        self.sender.send(notice).ok();
        (self.wake)();
    }
}

enum Inner {
    Inline(Box<Desk>),
    Threaded(SyncSender<(Request, Progress)>),
}

/// The window's handle on the engine.
pub struct Session {
    inner: Inner,
    outbox: Outbox,
    notices: Receiver<Notice>,
    context: Context,
    progress: Progress,
}

impl Session {
    /// Everything on the caller's thread: for tests.
    pub fn inline(context: Context) -> Self {
        let (outbox, notices) = outbox(Arc::new(|| ()));
        let desk = Desk { engine: None, context: context.clone(), outbox: outbox.clone() };
        Self { inner: Inner::Inline(Box::new(desk)), outbox, notices, context, progress: Progress::default() }
    }

    /// The engine on a thread of its own; `wake` is called whenever a notice waits.
    pub fn threaded(context: Context, wake: Waker) -> Result<Self, Error> {
        let (outbox, notices) = outbox(wake);
        let (sender, requests) = sync_channel::<(Request, Progress)>(QUEUE);
        let mut desk = Desk { engine: None, context: context.clone(), outbox: outbox.clone() };
        let work = move || {
            while let Ok((request, progress)) = requests.recv() {
                desk.answer(request, &progress);
            }
        };
        spawn("store", work)?;
        Ok(Self { inner: Inner::Threaded(sender), outbox, notices, context, progress: Progress::default() })
    }

    /// Asks for something; the answer comes as a notice.
    pub fn send(&mut self, request: Request) {
        if let Request::SetActor(name) = &request {
            self.context.actor.clone_from(name);
        }
        self.progress = Progress::default();
        match &mut self.inner {
            Inner::Inline(desk) => desk.answer(request, &self.progress),
            Inner::Threaded(sender) => {
                if sender.send((request, self.progress.clone())).is_err() {
                    let error =
                        Error::new(ErrorKind::Machine, "the store has stopped", "Start Patchbook again.");
                    self.outbox.send(Notice::Failed { error, ticket: None });
                }
            }
        }
    }

    /// Reads files and plans them against a Book, beside everything else. The answer is [`Notice::Planned`], or
    /// [`Notice::ThreatPlanned`] for one file of threat data, [`Notice::ServicingPlanned`] for a table of support ends.
    pub fn read_files(&mut self, book: Arc<Book>, inputs: Vec<Input>, answers: Answers, choices: Choices) {
        self.progress = Progress::default();
        let (progress, outbox, context) = (self.progress.clone(), self.outbox.clone(), self.context.clone());
        let job = move || {
            let read = planned::read(&book, &inputs, &answers, &choices, &context, &progress);
            outbox.send(read.unwrap_or_else(|error| Notice::Failed { error, ticket: None }));
        };
        self.start("import", job);
    }

    /// Plans again what was read, after a choice.
    pub fn plan_again(&mut self, book: Arc<Book>, read: Arc<ReadSet>, choices: Choices) {
        let (outbox, context) = (self.outbox.clone(), self.context.clone());
        self.start("import", move || outbox.send(planned(&book, read, &choices, &context)));
    }

    /// Works out the figures of an earlier instant, beside everything else. The answer is [`Notice::Compared`].
    pub fn compare(&mut self, book: Arc<Book>, as_of_at: i64) {
        let outbox = self.outbox.clone();
        let job = move || {
            let figures = Arc::new(paper::figures(&book, as_of_at));
            outbox.send(Notice::Compared(Box::new(Past { as_of_at, figures })));
        };
        self.start("compare", job);
    }

    fn start(&mut self, name: &str, job: impl FnOnce() + Send + 'static) {
        let outbox = self.outbox.clone();
        let guarded = move || {
            if std::panic::catch_unwind(std::panic::AssertUnwindSafe(job)).is_err() {
                outbox.send(Notice::Failed { error: broken(), ticket: None });
            }
        };
        match self.inner {
            Inner::Inline(_) => guarded(),
            Inner::Threaded(_) => {
                if let Err(error) = spawn(name, guarded) {
                    self.outbox.send(Notice::Failed { error, ticket: None });
                }
            }
        }
    }

    /// What came in since the last call.
    pub fn drain(&mut self) -> Vec<Notice> {
        self.notices.try_iter().collect()
    }

    /// The job asked for last: its progress, and the way to stop it.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Who is at work, and what time it is.
    pub fn context(&self) -> &Context {
        &self.context
    }
}

fn outbox(wake: Waker) -> (Outbox, Receiver<Notice>) {
    let (sender, notices) = sync_channel(QUEUE);
    (Outbox { sender, wake }, notices)
}

/// Where requests are answered.
struct Desk {
    engine: Option<Engine>,
    context: Context,
    outbox: Outbox,
}

impl Desk {
    fn answer(&mut self, request: Request, progress: &Progress) {
        let ticket = match &request {
            Request::Run { ticket, .. } => Some(*ticket),
            _ => None,
        };
        let answered =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.carry_out(request, progress)));
        let notice = match answered {
            Ok(Ok(notice)) => notice,
            Ok(Err(error)) => Notice::Failed { error, ticket },
            Err(_) => Notice::Failed { error: broken(), ticket },
        };
        self.outbox.send(notice);
    }

    fn carry_out(&mut self, request: Request, progress: &Progress) -> Result<Notice, Error> {
        match request {
            Request::Create { path, shop } => {
                self.engine = Some(Engine::create(&path, *shop, self.context.clone())?);
                Ok(Notice::Opened(Box::new(self.shown()?)))
            }
            Request::Open { path, access } => {
                // Opening the open file again must not drop the lock before the new one is taken.
                let engine = Engine::open(&path, access, self.context.clone())?;
                self.engine = Some(engine);
                Ok(Notice::Opened(Box::new(self.shown()?)))
            }
            Request::Sample { folder } => {
                let sample = super::sample::build(&folder, &self.context, progress)?;
                self.engine = Some(Engine::open(&sample.register, Access::Write, self.context.clone())?);
                Ok(Notice::Opened(Box::new(self.shown()?)))
            }
            Request::Close => {
                self.engine = None;
                Ok(Notice::Closed)
            }
            Request::Run { ticket, command } => {
                let done = self.engine()?.run(command, progress)?;
                self.changed(done, Some(ticket), How::Done)
            }
            Request::Undo => {
                let done = self.engine()?.undo()?;
                self.changed(done, None, How::Undone)
            }
            Request::Redo => {
                let done = self.engine()?.redo()?;
                self.changed(done, None, How::Redone)
            }
            Request::Accept(accepted) => {
                let Accepted { read, answers, choices } = *accepted;
                let engine = self.engine()?;
                // Planned again on the register as it is now, so that what is written is never stale.
                let plan = super::import::plan_import(engine, &read, &choices);
                let done = super::import::accept(engine, plan, &read, &answers, progress)?;
                self.changed(done, None, How::Done)
            }
            Request::LoadThreat(read) => {
                let engine = self.engine()?;
                let plan = super::threat::plan_load(engine, &read);
                let done = super::threat::load(engine, plan, progress)?;
                self.changed(done, None, How::Done)
            }
            Request::LoadServicing(file) => {
                let engine = self.engine()?;
                let plan = crate::import::lifecycle::plan(engine.book(), &file);
                let rows = Box::new(plan.rows);
                let done = engine.run(Command::Threat(ThreatCommand::Load(rows)), progress)?;
                self.changed(done, None, How::Done)
            }
            Request::Print { spec, path } => {
                let printed = paper::print(self.engine()?, &spec, &path)?;
                Ok(Notice::Printed { path, pages: printed.pages, warnings: printed.warnings })
            }
            Request::Verify => Ok(Notice::Verified(Box::new(self.engine()?.verify(progress)?))),
            Request::History { op_id } => {
                let engine = self.engine()?;
                let filter = HistoryFilter { op_id, limit: 500, ..HistoryFilter::default() };
                let entries = if op_id.is_some() { engine.history(&filter)? } else { Vec::new() };
                Ok(Notice::HistoryRead { operations: engine.operations()?, op_id, entries })
            }
            Request::CheckHead { seq, groups } => {
                Ok(Notice::HeadChecked(self.engine()?.check_head(seq, &groups)?))
            }
            Request::SaveCopy(path) => {
                self.engine()?.save_copy(&path)?;
                Ok(Notice::CopySaved(path))
            }
            Request::SetActor(name) => {
                self.context.actor.clone_from(&name);
                if let Some(engine) = &mut self.engine {
                    engine.context_mut().actor = name;
                }
                Ok(Notice::Unchanged { ticket: None })
            }
            Request::Refresh => Ok(Notice::Refreshed(Box::new(self.shown()?))),
        }
    }

    fn engine(&mut self) -> Result<&mut Engine, Error> {
        self.engine
            .as_mut()
            .ok_or_else(|| Error::new(ErrorKind::Input, "no register is open", "Open one first."))
    }

    fn changed(&mut self, done: Done, ticket: Option<u64>, how: How) -> Result<Notice, Error> {
        if done.op_id.is_none() {
            return Ok(Notice::Unchanged { ticket });
        }
        Ok(Notice::Changed { shown: Box::new(self.shown()?), done, ticket, how })
    }

    fn shown(&mut self) -> Result<Shown, Error> {
        let as_of_at = self.context.clock.now_at();
        let engine = self.engine()?;
        let book = Arc::clone(engine.book());
        let figures = Arc::new(paper::figures(&book, as_of_at));
        Ok(Shown {
            figures,
            as_of_at,
            path: engine.path().to_owned(),
            access: engine.access(),
            notes: engine.notes().to_vec(),
            steps: engine.steps().clone(),
            book,
        })
    }
}
