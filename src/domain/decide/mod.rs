//! Commands into row changes: every rule about what may be done, and none about how it is stored.

mod action;
mod approval;
mod asset;
mod calendar;
mod case;
mod change;
mod committee;
mod cycle;
mod deadline;
mod document;
mod emergency;
mod matrix;
mod meeting;
mod month;
mod people;
mod programme;
mod promise;
mod risk;
mod role;
mod rule;
mod run;
mod seal;
mod servicing;
mod threat;
mod waiver;

use super::approval::Medium;
use super::book::Book;
use super::command::{Command, Decision, Issue, Issues, ThreatCommand};
use super::person::Person;
use super::role::signer::{as_held, signer};
use super::row::{Row, RowChange};
use super::threat::CatalogueKind;
use crate::util::clock::{day_in, iso, zone};
use crate::util::id::Ids;
use crate::util::text::fold;

pub use asset::new_asset_rows;
pub use month::{BEGIN_MONTH, month_rows};
pub use promise::{BEGIN_PROMISE, promise_rows};
pub use rule::starting_rows;

/// What a decision may know of the world.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    /// Now, UTC seconds.
    pub at: i64,
    /// Who does it: the name given once, not authenticated.
    pub actor: &'a str,
    /// Where new ids come from.
    pub ids: &'a Ids,
}

/// Decides a command against the Book as it stands.
pub fn decide(book: &Book, command: Command, moment: Moment<'_>) -> Result<Decision, Issues> {
    let decision = decided(book, command, moment)?;
    seal::backdated(book, &decision.changes, moment)?;
    Ok(decision)
}

fn decided(book: &Book, command: Command, moment: Moment<'_>) -> Result<Decision, Issues> {
    match command {
        Command::SaveAsset(draft) => asset::save(book, *draft, moment),
        Command::SetStanding(edit) => asset::set_standing(book, &edit, moment),
        Command::SavePerson { base, person } => people::save_person(book, base.as_ref(), person, moment),
        Command::SaveGroup { base, group } => people::save_group(book, base.as_ref(), group, moment),
        Command::OrderGroups(order) => people::order_groups(book, &order),
        Command::SaveShop { base, shop, reason } => people::save_shop(book, &base, *shop, &reason, moment),
        Command::SaveRule { replaces, rule } => rule::save(book, replaces, rule, moment),
        Command::EndRule(id) => rule::end(book, id, moment),
        Command::SetRank { update, rank, reason } => rule::set_rank(book, update, rank, &reason, moment),
        Command::SetDeclineReason { update, reason } => {
            rule::set_decline_reason(book, update, reason, moment.at)
        }
        Command::Attest(attest) => rule::attest(book, attest, moment),
        Command::VoidAttestation(id) => rule::void_attestation(book, id, moment),
        Command::MapSourceAsset { source_asset, asset } => asset::map_source(book, source_asset, asset),
        Command::Approval(command) if waiver::is_about_waiver(book, &command) => {
            waiver::decide_approval(book, command, moment)
        }
        Command::Approval(command) => approval::decide(book, command, moment),
        Command::Calendar(command) => calendar::decide(book, command, moment),
        Command::Change(command) => change::decide(book, command, moment),
        Command::Committee(command) => committee::decide(book, command, moment),
        Command::Cycle(command) => cycle::decide(book, command, moment),
        Command::Emergency(command) => emergency::decide(book, command, moment),
        Command::Role(command) => role::decide(book, command, moment),
        Command::Run(command) => run::decide(book, command, moment),
        Command::Waiver(command) => waiver::decide(book, command, moment),
        Command::Case(command) => case::decide(book, command, moment),
        Command::Deadline(command) => deadline::decide(book, command, moment),
        Command::Document(command) => document::decide(book, command, moment),
        Command::Programme(command) => programme::decide(book, command, moment),
        Command::Risk(command) => risk::decide(book, command, moment),
        Command::Month(command) => seal::decide(book, command, moment),
        Command::Servicing(command) => servicing::decide(book, command, moment),
        Command::Threat(ThreatCommand::Load(rows)) if rows.catalogue.kind == CatalogueKind::Lifecycle => {
            servicing::load(book, *rows, moment)
        }
        Command::Threat(command) => threat::decide(book, command, moment),
        Command::Import(rows) => Ok(Decision { label: rows.label, changes: rows.changes, batch: rows.batch }),
    }
}

/// Collects what is wrong, so that a form hears of everything at once.
#[derive(Default)]
struct Findings(Vec<Issue>);

impl Findings {
    fn add(&mut self, field: &'static str, text: impl Into<String>) {
        self.0.push(Issue { field, text: text.into() });
    }

    fn demand(&mut self, field: &'static str, value: &str, text: &str) {
        if value.trim().is_empty() {
            self.add(field, text);
        }
    }

    fn done(self) -> Result<(), Issues> {
        if self.0.is_empty() { Ok(()) } else { Err(Issues(self.0)) }
    }
}

fn refused(text: impl Into<String>) -> Issues {
    Issues(vec![Issue { field: "", text: text.into() }])
}

/// The row must still be as the form read it: another change in between is shown, never overwritten.
fn still_as_read<R: Row>(now: Option<&R>, base: &R, name: &str) -> Result<(), Issues> {
    match now {
        Some(now) if now.image() == base.image() => Ok(()),
        Some(_) => Err(refused(format!(
            "{name} was changed meanwhile. Compare with the new values, then save again."
        ))),
        None => Err(refused(format!("{name} is no longer in the register."))),
    }
}

fn one_change<R: Row>(label: String, before: Option<&R>, after: &R) -> Decision {
    let change = match before {
        Some(before) => RowChange::update(before, after),
        None => Some(RowChange::create(after)),
    };
    Decision { label, changes: change.into_iter().collect(), batch: None }
}

/// The day it is in the shop.
fn today(book: &Book, moment: Moment<'_>) -> chrono::NaiveDate {
    day_in(zone(&book.shop.zone), moment.at)
}

/// Whoever is said to have decided something at an instant, with the function as the register knows it. Says under `field` why they
/// cannot have. An empty name is demanded elsewhere.
fn signed<'b>(
    book: &'b Book,
    (field, name): (&'static str, &str),
    function: &mut String,
    at: i64,
    findings: &mut Findings,
) -> Option<&'b Person> {
    if name.trim().is_empty() {
        return None;
    }
    let on = day_in(zone(&book.shop.zone), at);
    match signer(book, name, on) {
        Ok(person) => {
            if !function.trim().is_empty() {
                *function = as_held(book, person.id, function, on);
            }
            Some(person)
        }
        Err(why) => {
            findings.add(field, why);
            None
        }
    }
}

/// Who is said to have told something in the program must sit at it: anybody else told it some other way.
fn at_the_program(medium: Medium, person: &Person, moment: Moment<'_>, findings: &mut Findings) {
    if medium == Medium::InApp && fold(moment.actor) != fold(&person.name) {
        let text = format!(
            "\"In the program\" is for who sits at it, and that is {}. Say how {} told it: by e-mail, on paper, on the phone or in \
             person. Who sits here is said under Settings, You, or with --actor NAME.",
            moment.actor, person.name
        );
        findings.add("medium", text);
    }
}

/// An instant for a message.
fn on(at: i64) -> String {
    iso(at)
}
