//! Documents on the console: listed, begun, shown, edited by section, submitted, ratified, withdrawn, compared, checked against what is
//! set now.

mod about;
mod show;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::file::open;
use super::output::Output;
use super::people::{day, input, needed, person, run};
use super::told::Told;
use crate::app::{Context, Engine, Error, ErrorKind};
use crate::domain::book::Book;
use crate::domain::command::{Command, DocumentCommand, Edit};
use crate::domain::document::{Document, DocumentState, DocumentVersion, OwnSection, shipped, standing};
use crate::store::Access;
use crate::util::clock;

/// What can be done with documents.
#[derive(Debug, Subcommand)]
pub enum DocumentAction {
    /// List the documents with version, state and next review, and the templates that are not kept yet
    List(List),
    /// Show the text of a version as Markdown; what cannot be filled goes to standard error
    Show(Show),
    /// Keep a document from now on, or begin a new version of one that is kept
    New(New),
    /// Change title, owner, classification, months between reviews, or a section
    Set(Box<Set>),
    /// Say what the draft is about: which cycle, business case, posture, month
    About(about::About),
    /// Submit the draft: its text and what it states stand from here
    Submit(One),
    /// Record that somebody ratified the submitted version
    Ratify(Box<Ratify>),
    /// Take the draft or the submitted version back
    Withdraw(One),
    /// Keep a document no longer
    End(One),
    /// Show what differs between two versions, or between the newest fixed one and what it would say now
    Diff(Diff),
    /// List what states a value that has changed since; exit code 7 if anything does
    Stale(Stale),
}

/// Arguments of `document list`.
#[derive(Debug, Args)]
pub struct List {
    /// The register
    pub file: PathBuf,
}

/// Arguments of the verbs about one document.
#[derive(Debug, Args)]
pub struct One {
    /// The register
    pub file: PathBuf,
    /// Key of the document, such as policy
    pub key: String,
}

/// Arguments of `document show`.
#[derive(Debug, Args)]
pub struct Show {
    /// The register
    pub file: PathBuf,
    /// Key of the document; a template that is not kept is shown as it would read
    pub key: String,
    /// Which version; the newest if absent
    #[arg(long, value_name = "NUMBER")]
    pub version: Option<i64>,
    /// Only this section, with its placeholders, as `set --section` takes it
    #[arg(long, value_name = "KEY")]
    pub section: Option<String>,
}

/// Arguments of `document new`.
#[derive(Debug, Args)]
pub struct New {
    /// The register
    pub file: PathBuf,
    /// Key of the template, such as policy
    pub key: String,
    /// What changes; needed from the second version on
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

/// Arguments of `document set`.
#[derive(Debug, Args)]
pub struct Set {
    /// The register
    pub file: PathBuf,
    /// Key of the document
    pub key: String,
    /// Its title
    #[arg(long)]
    pub title: Option<String>,
    /// Who keeps it; - for nobody
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// Who may read it
    #[arg(long, value_name = "WORDS")]
    pub classification: Option<String>,
    /// Months between reviews
    #[arg(long, value_name = "MONTHS")]
    pub review_months: Option<i64>,
    /// Write this section in own words
    #[arg(long, value_name = "KEY")]
    pub section: Option<String>,
    /// Its Markdown, with placeholders
    #[arg(long, requires = "section", conflicts_with_all = ["text_file", "shipped"])]
    pub text: Option<String>,
    /// The file that holds its Markdown
    #[arg(long, value_name = "FILE", requires = "section", conflicts_with = "shipped")]
    pub text_file: Option<PathBuf>,
    /// Take the shipped words of the section again
    #[arg(long, requires = "section")]
    pub shipped: bool,
    /// The own words stay as they are; the newer shipped ones were read
    #[arg(long, requires = "section", conflicts_with_all = ["text", "text_file", "shipped"])]
    pub read: bool,
}

/// Arguments of `document ratify`.
#[derive(Debug, Args)]
#[command(mut_arg("by", |by| by.help("Who ratified it")))]
pub struct Ratify {
    /// The register
    pub file: PathBuf,
    /// Key of the document
    pub key: String,
    /// How it was told
    #[command(flatten)]
    pub told: Told,
    /// In force from this day, such as 2026-12-01; today if absent
    #[arg(long, value_name = "DAY")]
    pub effective: Option<String>,
    /// To be reviewed by this day; after the document's usual time if absent
    #[arg(long, value_name = "DAY")]
    pub next_review: Option<String>,
}

/// Arguments of `document diff`.
#[derive(Debug, Args)]
pub struct Diff {
    /// The register
    pub file: PathBuf,
    /// Key of the document
    pub key: String,
    /// The earlier version; the newest with a fixed text if absent
    #[arg(long, value_name = "NUMBER")]
    pub from: Option<i64>,
    /// The later version; what the document would say now if absent
    #[arg(long, value_name = "NUMBER")]
    pub to: Option<i64>,
}

/// Arguments of `document stale`.
#[derive(Debug, Args)]
pub struct Stale {
    /// The register
    pub file: PathBuf,
    /// Begin a new version of each
    #[arg(long)]
    pub draft: bool,
}

pub(super) fn act(action: &DocumentAction, context: &Context, output: &Output) -> Result<(), Error> {
    match action {
        DocumentAction::List(args) => show::list(args, context, output),
        DocumentAction::Show(args) => show::show(args, context, output),
        DocumentAction::Diff(args) => show::diff(args, context, output),
        DocumentAction::New(args) => new(args, context, output),
        DocumentAction::Set(args) => set(args, context, output),
        DocumentAction::About(args) => about::about(args, context, output),
        DocumentAction::Submit(args) => {
            let states = &[DocumentState::Draft];
            on_version(args, states, DocumentCommand::Submit, context, output)
        }
        DocumentAction::Withdraw(args) => {
            let states = &[DocumentState::Draft, DocumentState::UnderReview];
            on_version(args, states, DocumentCommand::Withdraw, context, output)
        }
        DocumentAction::Ratify(args) => ratify(args, context, output),
        DocumentAction::End(args) => {
            let mut engine = open(&args.file, Access::Write, context, output)?;
            let id = keyed(engine.book(), &args.key)?.id;
            run(&mut engine, Command::Document(DocumentCommand::End(id)), output)
        }
        DocumentAction::Stale(args) => stale(args, context, output),
    }
}

/// The document of a key that is kept.
fn keyed<'b>(book: &'b Book, key: &str) -> Result<&'b Document, Error> {
    standing::keyed(book, key).ok_or_else(|| {
        let kept: Vec<&str> =
            book.documents.iter().filter(|d| d.ended_at.is_none()).map(|d| d.key.as_str()).collect();
        let hint = if kept.is_empty() {
            "No document is kept. Begin one: document new FILE policy.".to_owned()
        } else {
            format!("Kept are: {}. Another one is begun with: document new FILE {key}.", kept.join(", "))
        };
        input(format!("no document \"{key}\" is kept"), &hint)
    })
}

/// The newest version in one of the states.
fn in_states<'b>(
    book: &'b Book,
    document: &Document,
    states: &[DocumentState],
) -> Result<&'b DocumentVersion, Error> {
    let versions = standing::versions(book, document.id);
    versions.iter().rev().find(|version| states.contains(&version.state)).copied().ok_or_else(|| {
        let wanted: Vec<String> = states.iter().map(|state| state.text().to_lowercase()).collect();
        let newest = versions.last().map_or_else(
            || "It has no version.".to_owned(),
            |version| format!("Version {} is {}.", version.number, version.state.text().to_lowercase()),
        );
        let hint = format!("{newest} Begin a version with: document new FILE {}.", document.key);
        input(format!("{} has no version that is {}", document.title, wanted.join(" or ")), &hint)
    })
}

fn on_version(
    args: &One,
    states: &[DocumentState],
    command: fn(crate::domain::document::DocumentVersionId) -> DocumentCommand,
    context: &Context,
    output: &Output,
) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let id = in_states(engine.book(), keyed(engine.book(), &args.key)?, states)?.id;
    run(&mut engine, Command::Document(command(id)), output)
}

fn new(args: &New, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let command = match standing::keyed(engine.book(), &args.key) {
        None => DocumentCommand::Begin(args.key.clone()),
        Some(document) => {
            let note = needed(args.note.as_ref(), "--note", "what changes")?.clone();
            DocumentCommand::Draft { document: document.id, note }
        }
    };
    run(&mut engine, Command::Document(command), output)
}

fn set(args: &Set, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let base = keyed(engine.book(), &args.key)?.clone();
    let mut row = base.clone();
    row.title = args.title.clone().unwrap_or(row.title);
    row.classification = args.classification.clone().unwrap_or(row.classification);
    row.review_months = args.review_months.unwrap_or(row.review_months);
    match args.owner.as_deref() {
        Some("-") => row.owner = None,
        Some(name) => row.owner = Some(person(engine.book(), name)?),
        None => {}
    }
    if let Some(key) = &args.section {
        set_section(args, key, &mut row)?;
    }
    run(
        &mut engine,
        Command::Document(DocumentCommand::Save(Box::new(Edit { base: Some(base), row }))),
        output,
    )
}

fn set_section(args: &Set, key: &str, row: &mut Document) -> Result<(), Error> {
    if args.read {
        let section = shipped::template(&row.key).and_then(|t| t.sections.iter().find(|s| s.key == key));
        let own = row.own_sections.iter_mut().find(|own| own.key == key);
        let (Some(section), Some(own)) = (section, own) else {
            let text = format!("the section {key} is not in own words");
            return Err(input(text, "Write it with --text or --text-file first."));
        };
        own.over_sha256 = shipped::section_sha256(&section.text);
        return Ok(());
    }
    row.own_sections.retain(|own| own.key != key);
    if args.shipped {
        return Ok(());
    }
    let text = match (&args.text, &args.text_file) {
        (Some(text), _) => text.clone(),
        (None, Some(path)) => {
            std::fs::read_to_string(path).map_err(|e| Error::io("cannot read the text", path, &e))?
        }
        (None, None) => {
            needed(None::<&String>, "--text", "the Markdown of the section, or --text-file, or --shipped")?
                .clone()
        }
    };
    row.own_sections.push(OwnSection { key: key.to_owned(), text, over_sha256: String::new() });
    Ok(())
}

fn ratify(args: &Ratify, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let told = args.told.read(&engine, "ratified it")?;
    let version =
        in_states(engine.book(), keyed(engine.book(), &args.key)?, &[DocumentState::UnderReview])?.id;
    let now = engine.context().clock.now_at();
    let today = clock::day_in(clock::zone(&engine.book().shop.zone), now);
    let effective_on = args.effective.as_deref().map(day).transpose()?.unwrap_or(today);
    let next_review_on = args.next_review.as_deref().map(day).transpose()?;
    let command = DocumentCommand::Ratify { version, told, effective_on, next_review_on };
    run(&mut engine, Command::Document(command), output)
}

fn stale(args: &Stale, context: &Context, output: &Output) -> Result<(), Error> {
    let access = if args.draft { Access::Write } else { Access::ReadOnly };
    let mut engine = open(&args.file, access, context, output)?;
    let now = engine.context().clock.now_at();
    let found = show::stale(&engine, now, output);
    if args.draft {
        return draft_all(&mut engine, now, output);
    }
    if found == 0 {
        return Ok(());
    }
    let text =
        format!("{} out of date", crate::util::text::counted(found as u64, "document is", "documents are"));
    Err(Error::new(ErrorKind::Unsound, text, "Begin new versions with: document stale FILE --draft."))
}

/// A new version of every document that is out of date and has none in the making.
fn draft_all(engine: &mut Engine, now: i64, output: &Output) -> Result<(), Error> {
    let wanted: Vec<_> = standing::stale(engine.book(), now)
        .into_iter()
        .filter(|stale| standing::open(engine.book(), stale.document.id).is_none())
        .map(|stale| (stale.document.id, format!("Brought up to date: {}", standing::labels(&stale.changed))))
        .collect();
    for (document, note) in wanted {
        run(engine, Command::Document(DocumentCommand::Draft { document, note }), output)?;
    }
    Ok(())
}
