//! `domain`: technology domains, who decides for them, and when silence means go.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::json;

use super::tech_domain;
use crate::app::{Context, Error};
use crate::cli::file::open;
use crate::cli::output::{Output, columns};
use crate::cli::people::{input, person, run};
use crate::domain::book::Book;
use crate::domain::calendar::release::Day;
use crate::domain::command::{Command, Edit, RiskCommand};
use crate::domain::gate::rule::{covers, domains, silence_text};
use crate::domain::gate::{TechDomain, TechDomainId};
use crate::domain::person::PersonId;
use crate::store::Access;
use crate::util::text::fold;

/// What can be done with technology domains.
#[derive(Debug, Subcommand)]
pub enum DomainAction {
    /// List the technology domains with who decides
    List {
        /// The register
        file: PathBuf,
    },
    /// Add a technology domain, or change what is named
    Set(Set),
    /// Use a technology domain no longer
    End {
        /// The register
        file: PathBuf,
        /// Its name
        name: String,
    },
}

/// Arguments of `domain set`.
#[derive(Debug, clap::Args)]
pub struct Set {
    /// The register
    pub file: PathBuf,
    /// Its name, such as Windows
    pub name: String,
    /// A word of the technology or the operating system of its machines; may be given more than once, replaces those before
    #[arg(long, value_name = "WORD")]
    pub word: Vec<String>,
    /// Who decides, or nobody
    #[arg(long, value_name = "NAME")]
    pub decider: Option<String>,
    /// Who decides in their absence, or nobody
    #[arg(long, value_name = "NAME")]
    pub deputy: Option<String>,
    /// The section of the policy that lets silence mean go
    #[arg(long, value_name = "TEXT")]
    pub section: Option<String>,
    /// Whether it goes unless the decider objects in time: yes or no
    #[arg(long, value_name = "YES|NO")]
    pub silent_go: Option<String>,
    /// Until when to object after a release: "thursday 12:00"
    #[arg(long, value_name = "DAY TIME")]
    pub object_by: Option<String>,
}

pub(in crate::cli) fn act(action: &DomainAction, context: &Context, output: &Output) -> Result<(), Error> {
    match action {
        DomainAction::List { file } => list(file, context, output),
        DomainAction::Set(args) => set(args, context, output),
        DomainAction::End { file, name } => {
            let mut engine = open(file, Access::Write, context, output)?;
            let id = tech_domain(engine.book(), name)?.id;
            run(&mut engine, Command::Risk(RiskCommand::EndDomain(id)), output)
        }
    }
}

fn list(file: &std::path::Path, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let (mut rows, mut values) = (Vec::new(), Vec::new());
    for domain in domains(book) {
        let machines = book.assets.iter().filter(|asset| covers(domain, asset)).count();
        let decider = book.person_name(domain.decider);
        let silence = silence_text(book, domain, context.clock.now_at());
        values.push(json!({
            "name": domain.name, "words": domain.technologies, "decider": decider,
            "deputy": book.person_name(domain.deputy), "section": domain.section, "silent_go": domain.silent_go,
            "object_weekday": domain.object_weekday.word(), "object_time": domain.object_time,
            "machines": machines,
        }));
        rows.push(vec![
            domain.name.clone(),
            if decider.is_empty() { "nobody".to_owned() } else { decider.to_owned() },
            book.person_name(domain.deputy).to_owned(),
            machines.to_string(),
            silence,
        ]);
    }
    let text = if rows.is_empty() {
        "No technology domain is in use. Add one: patchbook-cli domain set FILE NAME --word WORD.".to_owned()
    } else {
        columns(&["Domain", "Decides", "Deputy", "#Machines", "Silence"], &rows)
    };
    output.result(&text, &json!(values));
    Ok(())
}

fn set(args: &Set, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let book = engine.book();
    let base = domains(book).into_iter().find(|domain| fold(&domain.name) == fold(&args.name)).cloned();
    let mut row = base.clone().unwrap_or_else(|| fresh(&args.name));
    if !args.word.is_empty() {
        row.technologies.clone_from(&args.word);
    }
    if let Some(name) = &args.decider {
        row.decider = somebody(book, name)?;
    }
    if let Some(name) = &args.deputy {
        row.deputy = somebody(book, name)?;
    }
    if let Some(section) = &args.section {
        row.section.clone_from(section);
    }
    if let Some(answer) = &args.silent_go {
        row.silent_go = match fold(answer).as_str() {
            "yes" => true,
            "no" => false,
            _ => return Err(input(format!("{answer} is neither yes nor no"), "Write yes or no.")),
        };
    }
    if let Some(text) = &args.object_by {
        let wrong =
            || input(format!("{text} is no weekday with a time"), "Write it like \"thursday 12:00\".");
        let (day, time) = text.trim().split_once(' ').ok_or_else(wrong)?;
        row.object_weekday = Day::of_word(&fold(day)).ok_or_else(wrong)?;
        time.trim().clone_into(&mut row.object_time);
    }
    run(&mut engine, Command::Risk(RiskCommand::Domain(Box::new(Edit { base, row }))), output)
}

fn somebody(book: &Book, name: &str) -> Result<Option<PersonId>, Error> {
    if fold(name) == "nobody" { Ok(None) } else { person(book, name).map(Some) }
}

fn fresh(name: &str) -> TechDomain {
    TechDomain {
        id: TechDomainId(0),
        name: name.to_owned(),
        technologies: Vec::new(),
        decider: None,
        deputy: None,
        section: String::new(),
        silent_go: false,
        silent_since_at: None,
        object_weekday: Day::Thursday,
        object_time: "12:00".to_owned(),
        position: 0,
        ended_at: None,
    }
}
