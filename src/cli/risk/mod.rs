//! `update`, `domain`, `gate`, `conflict`, `prerequisite`: ranks, go/no-go, and what is remembered.

mod gate;
mod update;

use crate::app::{Context, Engine, Error};
use crate::cli::change::value::{unanswered, wrong};
use crate::cli::output::{Output, progress};
use crate::domain::book::Book;
use crate::domain::command::{Command, RiskCommand};
use crate::domain::gate::TechDomain;
use crate::domain::update::Update;
use crate::util::text::fold;

pub use gate::{ConflictAction, DomainAction, GateAction, PrerequisiteAction};
pub(super) use gate::{conflict, domain, gate, prerequisite};
pub use update::UpdateAction;
pub(super) use update::act as update;

/// Runs a command and tells what was recorded.
fn run(engine: &mut Engine, command: RiskCommand, output: &Output) -> Result<(), Error> {
    done(engine, Command::Risk(command), output)
}

fn done(engine: &mut Engine, command: Command, output: &Output) -> Result<(), Error> {
    let done = engine.run(command, &progress())?;
    let text = format!("{}: entry {}.", done.label, done.entry);
    output.result(&text, &serde_json::json!({ "done": done.label, "entry": done.entry }));
    Ok(())
}

/// The one update of a KB; several products of one KB are told apart by the start of the title.
fn update_named<'b>(book: &'b Book, name: &str, product: Option<&str>) -> Result<&'b Update, Error> {
    let bare = name.trim().trim_start_matches(['K', 'k', 'B', 'b']);
    let named =
        |update: &&Update| update.kbs.iter().any(|kb| kb == bare) || fold(&update.title) == fold(name);
    let fits = |update: &&Update| {
        product
            .is_none_or(|wanted| update.products.iter().any(|product| fold(product).contains(&fold(wanted))))
    };
    let found: Vec<&Update> = book.updates.iter().filter(named).filter(fits).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(wrong(
            format!("the register has no update {name}"),
            "Name it by its KB, such as KB5036892. See patchbook-cli update list.",
        )),
        several => {
            let titles: Vec<&str> = several.iter().map(|update| update.title.as_str()).collect();
            Err(unanswered(
                format!("{name} is {} updates: {}", several.len(), titles.join("; ")),
                "Say which with --product WORDS.",
//! Risk on the console: updates with their rank, technology domains, go or no-go, conflicts, prerequisites; what they share: updates
//! and domains by name.

pub mod domain;
pub mod gate;
pub mod list;
pub mod tie;
pub mod update;

use super::people::input;
use crate::app::{Error, ErrorKind};
use crate::domain::book::Book;
use crate::domain::gate::TechDomain;
use crate::domain::gate::rule::domains;
use crate::domain::update::Update;
use crate::util::text::fold;

/// The updates that a name means: a KB, an `UpdateId` of the server, or a title. `product` keeps those of one product.
fn updates<'b>(book: &'b Book, name: &str, product: Option<&str>) -> Result<Vec<&'b Update>, Error> {
    let bare = name.trim().trim_start_matches(['K', 'k', 'B', 'b']);
    let means = |update: &&Update| {
        update.kbs.iter().any(|kb| kb == bare)
            || (!update.guid.is_empty() && update.guid.eq_ignore_ascii_case(name.trim()))
            || fold(&update.title) == fold(name)
    };
    let fits = |update: &&Update| {
        product.is_none_or(|wanted| update.products.iter().any(|known| fold(known).contains(&fold(wanted))))
    };
    let found: Vec<&Update> = book.updates.iter().filter(means).filter(fits).collect();
    if found.is_empty() {
        let of = product.map(|product| format!(" for {product}")).unwrap_or_default();
        let hint = "Name it by its KB, such as KB5036892. See them: patchbook-cli update list FILE.";
        return Err(input(format!("the register has no update {name}{of}"), hint));
    }
    Ok(found)
}

/// The one update that a name means; one KB may be the update of several products.
fn update<'b>(book: &'b Book, name: &str, product: Option<&str>) -> Result<&'b Update, Error> {
    let found = updates(book, name, product)?;
    match found.as_slice() {
        [one] => Ok(one),
        several => {
            let named: Vec<String> =
                several.iter().map(|update| format!("{} ({})", update.title, update.guid)).collect();
            Err(Error::new(
                ErrorKind::Question,
                format!("{name} is {} updates: {}", several.len(), named.join("; ")),
                "Say which: --product TEXT, or its UpdateId in place of the KB.",
            ))
        }
    }
}

fn domain_named<'b>(book: &'b Book, name: &str) -> Result<&'b TechDomain, Error> {
    let used = |row: &&TechDomain| row.ended_at.is_none() && fold(&row.name) == fold(name);
    book.domains.iter().find(used).ok_or_else(|| {
        wrong(format!("there is no technology domain {name}"), "See patchbook-cli domain list.")
    })
}

/// What every action of this room is given.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    context: &'a Context,
    output: &'a Output,
}

impl<'a> At<'a> {
    pub(super) fn new(context: &'a Context, output: &'a Output) -> Self {
        Self { context, output }
    }
}
/// A technology domain in use, by name.
fn tech_domain<'b>(book: &'b Book, name: &str) -> Result<&'b TechDomain, Error> {
    let all = domains(book);
    let found = all.iter().find(|domain| fold(&domain.name) == fold(name));
    found.copied().ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|domain| domain.name.as_str()).collect();
        let hint = "Add one: patchbook-cli domain set FILE NAME.";
        input(format!("{name} is no technology domain in use: {}", names.join(", ")), hint)
    })
}
