//! What the people of the sample entered into the programme's lists before their documents were written.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::app::error::Error;
use crate::app::sample::build::Teller;
use crate::app::sample::month::Month;
use crate::domain::command::{Command, Edit, ProgrammeCommand};
use crate::domain::programme::table::entries;
use crate::domain::programme::{ProgrammeEntry, ProgrammeEntryId, ProgrammeKind};

/// Fields with their values.
type Fields<'f> = &'f [(&'f str, &'f str)];

/// Fills the lists. `month` is the older one.
pub(super) fn write(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    let checked_on = month.on(-8).to_string();
    let began_on = month.on(-98).to_string();
    lists(teller, &checked_on, &began_on)?;
    steps(teller, &checked_on)?;
    controls(teller, &checked_on, &month.on(80).to_string())
}

/// Changes the row of a list that says this in a field.
fn change(
    teller: &mut Teller,
    kind: ProgrammeKind,
    (field, word): (&str, &str),
    set: Fields<'_>,
) -> Result<(), Error> {
    let found = entries(teller.book(), kind).into_iter().find(|row| row.get(field) == word).cloned();
    let Some(base) = found else { return Ok(()) };
    let mut row = base.clone();
    row.fields.extend(set.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    teller.run(Command::Programme(ProgrammeCommand::Save(Box::new(Edit { base: Some(base), row }))))
}

fn add(teller: &mut Teller, kind: ProgrammeKind, set: Fields<'_>) -> Result<(), Error> {
    let fields: BTreeMap<String, String> =
        set.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let row =
        ProgrammeEntry { id: ProgrammeEntryId(0), kind, position: 0, fields, created_at: 0, ended_at: None };
    teller.run(Command::Programme(ProgrammeCommand::Save(Box::new(Edit { base: None, row }))))
}

fn lists(teller: &mut Teller, checked_on: &str, began_on: &str) -> Result<(), Error> {
    use ProgrammeKind as P;
    add(
        teller,
        P::Tool,
        &[
            ("product", "Windows Server Update Services"),
            ("vendor", "Microsoft"),
            ("class", "patch tool"),
            ("covers", "Windows servers and workstations at both sites"),
            ("licence", "Part of the server licence"),
            ("cost_year", "0"),
            ("owner", "Tomasz Lis"),
        ],
    )?;
    change(teller, P::Tool, ("product", "Work by hand"), &[("cost_year", "2400"), ("owner", "PA")])?;
    for (law, years) in [("GDPR (EU, personal data)", ""), ("Cyber Essentials (United Kingdom)", "6")] {
        change(teller, P::Law, ("name", law), &[("applies", "yes"), ("keep_years", years)])?;
    }
    let runs = [("status", "runs"), ("from_on", began_on)];
    change(teller, P::ScopePhase, ("name", "First vendor"), &runs)?;
    for (step, stage, today) in [
        ("Knowing what we own", "documented", "The update server and the directory are imported each month"),
        ("Testing", "documented", "One test server, cases in the change record"),
        ("Patching workstations", "automated", "Rings in the update server, under a standard change"),
        ("Patching servers", "documented", "By hand in the window, after the runbook"),
        ("Reporting", "automated", "Printed from the register"),
    ] {
        change(teller, P::Maturity, ("step", step), &[("stage", stage), ("today", today)])?;
    }
    let held = [
        ("audience", "maintenance"),
        ("topic", "The night: bridge, log, hand-over, point of no return"),
        ("held_on", checked_on),
        ("attended", "Ines Hartmann, Tomasz Lis, Milan Dvorak"),
        ("trainer", "Ines Hartmann"),
        ("evidence", "Attendance list, on paper"),
        ("result", "All three led a dry run"),
    ];
    add(teller, P::Training, &held)?;
    add(
        teller,
        P::Stakeholder,
        &[
            ("name", "Ruth Okafor"),
            ("function", "Head of finance"),
            ("stands", "ally"),
            ("said", "Wants one page a month and no surprise in the shift"),
            ("owner", "Ines Hartmann"),
        ],
    )?;
    let quoted = [("quote", "yes")];
    change(teller, P::Breach, ("who", "Anchorage Community Mental Health Services, USA"), &quoted)
}

/// Once the policy is ratified and everybody was trained.
pub(super) fn ratified(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    step(teller, month.on(-5), "Policy", ("done", "Policy, version 1, ratified on paper"))?;
    step(teller, month.on(-5), "Training", ("repeats", "Training log, attendance list"))
}

/// Once a month is sealed. `month` is the one that begins.
pub(super) fn sealed(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    step(teller, month.on(-5), "Watching", ("repeats", "Sealed report of each month, signed"))
}

fn step(
    teller: &mut Teller,
    checked_on: NaiveDate,
    name: &str,
    (status, evidence): (&str, &str),
) -> Result<(), Error> {
    let checked_on = checked_on.to_string();
    let set = [("status", status), ("evidence", evidence), ("checked_on", checked_on.as_str())];
    change(teller, ProgrammeKind::Step, ("name", name), &set)
}

fn steps(teller: &mut Teller, checked_on: &str) -> Result<(), Error> {
    for (step, status, evidence) in [
        ("Importance", "done", "Business case, judged"),
        ("Scope", "done", "Asset register, scope phases"),
        ("Policy", "under way", ""),
        ("Organisation", "done", "Roles matrix, committee"),
        ("Assets", "repeats", "Import of each month"),
        ("Risks", "repeats", "Ranks with reasons"),
    ] {
        let mut set = vec![("status", status)];
        if !evidence.is_empty() {
            set.extend([("evidence", evidence), ("checked_on", checked_on)]);
        }
        change(teller, ProgrammeKind::Step, ("name", step), &set)?;
    }
    Ok(())
}

/// The clauses on weaknesses and changes were gone through; the rest is still open.
fn controls(teller: &mut Teller, checked_on: &str, due_on: &str) -> Result<(), Error> {
    let found = |evidence: &'static str| {
        [("applies", "yes"), ("implemented", "yes"), ("evidence", evidence), ("checked_on", checked_on)]
    };
    for (code, evidence) in [
        ("A.5.9", "Asset register, 48 machines with owners"),
        ("A.8.32", "Change records of the month"),
        ("7.1", "Patch procedure"),
        ("7.2", "Ranks and waivers of the month"),
    ] {
        change(teller, ProgrammeKind::Control, ("code", code), &found(evidence))?;
    }
    let gap = [
        ("applies", "yes"),
        ("implemented", "partly"),
        ("evidence", "Report of the month"),
        ("checked_on", checked_on),
        ("today", "Windows is patched from one server; network devices by hand"),
        ("gap", "Nobody looks for firmware of the network devices"),
        ("likelihood", "medium"),
        ("impact", "high"),
        ("action", "Subscribe to the vendor's notices and add firmware to the month"),
        ("action_owner", "Tomasz Lis"),
        ("due_on", due_on),
        ("gap_status", "under way"),
    ];
    change(teller, ProgrammeKind::Control, ("code", "A.8.8"), &gap)?;
    let out = [("applies", "no"), ("reason_out", "No supplier works on a machine in scope")];
    change(teller, ProgrammeKind::Control, ("code", "A.5.20"), &out)
}
