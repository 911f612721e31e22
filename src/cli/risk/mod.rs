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
