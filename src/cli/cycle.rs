//! Cycles on the console: plan a month, see where it stands, say what was done.

mod args;
mod step;

use std::fmt::Write as _;

use chrono::NaiveDateTime;
use serde_json::json;

use super::file::open;
use super::output::{Output, progress as quiet};
use crate::app::{Context, Engine, Error, ErrorKind};
use crate::domain::book::Book;
use crate::domain::calendar::zone::moved;
use crate::domain::command::{Command, CycleCommand};
use crate::domain::compliance::view::View;
use crate::domain::cycle::backlog::{backlog, burndown};
use crate::domain::cycle::forecast::release_rule;
use crate::domain::cycle::generate::month as draft_month;
use crate::domain::cycle::lint::test::test_period;
use crate::domain::cycle::progress::{countdown, current, progress};
use crate::domain::cycle::template::{CycleTemplate, CycleTemplateId};
use crate::domain::cycle::{Cycle, CycleKind, CycleStep};
use crate::store::Access;
use crate::util::clock::zone;
use crate::util::text::{count, fold};

pub use args::CycleAction;
use args::{Campaign, Done, Plan, Show, StepArgs};
use step::{step_table, step_value, when};

pub(super) fn cycle(action: &CycleAction, context: &Context, output: &Output) -> Result<(), Error> {
    match action {
        CycleAction::Plan(args) => plan(args, context, output),
        CycleAction::Campaign(args) => campaign(args, context, output),
        CycleAction::Show(args) => show(args, context, output),
        CycleAction::Done(args) => done(args, context, output),
        CycleAction::Skip(args) => {
            let because = args.because.clone();
            with_step(&args.step, context, output, |step| CycleCommand::StepSkip { step, because })
        }
        CycleAction::Reopen(args) => with_step(args, context, output, CycleCommand::StepReopen),
        CycleAction::Close(args) => {
            let mut engine = open(&args.file, Access::Write, context, output)?;
            let cycle = named(engine.book(), &args.cycle)?.id;
            let by = engine.context().actor.clone();
            run(&mut engine, CycleCommand::Close { cycle, by }, output)
        }
        CycleAction::Cancel(args) => {
            let mut engine = open(&args.file, Access::Write, context, output)?;
            let cycle = named(engine.book(), &args.cycle)?.id;
            let because = args.because.clone();
            run(&mut engine, CycleCommand::Cancel { cycle, because }, output)
        }
    }
}

fn input(text: impl Into<String>, hint: &str) -> Error {
    Error::new(ErrorKind::Input, text, hint)
}

fn run(engine: &mut Engine, command: CycleCommand, output: &Output) -> Result<(), Error> {
    let done = engine.run(Command::Cycle(command), &quiet())?;
    let text = format!("{} (entry {})", done.label, done.entry);
    output.result(&text, &json!({ "label": done.label, "entry": done.entry }));
    Ok(())
}

fn template<'a>(book: &'a Book, name: Option<&str>, kind: CycleKind) -> Result<&'a CycleTemplate, Error> {
    let fits = |t: &&CycleTemplate| {
        t.ended_at.is_none() && t.kind == kind && name.is_none_or(|name| fold(&t.name) == fold(name))
    };
    book.cycle_templates.rows().iter().find(fits).ok_or_else(|| match name {
        Some(name) => input(format!("the register has no template of that kind called {name}"), ""),
        None => input("the register has no cycle template of that kind", "Add one in the window's calendar."),
    })
}

fn named<'a>(book: &'a Book, name: &str) -> Result<&'a Cycle, Error> {
    let mut rows = book.cycles.rows().iter().filter(|cycle| fold(&cycle.name) == fold(name));
    let last_given_up = rows.clone().next_back();
    rows.rfind(|cycle| cycle.cancelled_because.is_empty()).or(last_given_up).ok_or_else(|| {
        let known: Vec<&str> = book.cycles.rows().iter().map(|cycle| cycle.name.as_str()).collect();
        input(format!("the register has no cycle {name}; it has: {}", known.join(", ")), "")
    })
}

fn chosen<'a>(book: &'a Book, name: Option<&str>, now: i64) -> Result<&'a Cycle, Error> {
    match name {
        Some(name) => named(book, name),
        None => current(book, now).ok_or_else(|| {
            input("no month is open", "Begin one with: patchbook-cli cycle plan FILE MONTH --apply")
        }),
    }
}

/// A local date and time of the shop, UTC seconds.
fn instant(book: &Book, text: &str) -> Result<i64, Error> {
    let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .ok_or_else(|| input(format!("{text} is no date and time"), "Write it like 2026-12-11T21:30."))?;
    Ok(moved(zone(&book.shop.zone), local.date(), local.time()))
}

fn step_of<'a>(book: &'a Book, cycle: &Cycle, word: &str) -> Result<&'a CycleStep, Error> {
    let own = || book.cycle_steps.rows().iter().filter(|step| step.cycle == cycle.id);
    if let Ok(number) = word.parse::<i64>() {
        return own().find(|step| step.position == number).ok_or_else(|| {
            input(format!("{} has no step {number}", cycle.name), "`cycle show` prints the numbers.")
        });
    }
    let found: Vec<&CycleStep> = own().filter(|step| fold(&step.title).contains(&fold(word))).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(input(
            format!("{} has no step with {word} in its title", cycle.name),
            "`cycle show` prints the steps.",
        )),
        many => Err(Error::new(
            ErrorKind::Question,
            format!("{} steps have {word} in their title", many.len()),
            "Give the step's number as `cycle show` prints it.",
        )),
    }
}

fn with_step(
    args: &StepArgs,
    context: &Context,
    output: &Output,
    command: impl FnOnce(crate::domain::cycle::CycleStepId) -> CycleCommand,
) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let now = engine.context().clock.now_at();
    let cycle = chosen(engine.book(), args.cycle.as_deref(), now)?;
    let step = step_of(engine.book(), cycle, &args.step)?.id;
    run(&mut engine, command(step), output)
}

fn done(args: &Done, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.step.file, Access::ReadOnly, context, output)?;
    let now = engine.context().clock.now_at();
    let at = args.at.as_deref().map_or(Ok(now), |text| instant(engine.book(), text))?;
    let by = args.by.clone().unwrap_or_else(|| engine.context().actor.clone());
    drop(engine);
    with_step(&args.step, context, output, |step| CycleCommand::StepDone { step, at, by })
}

fn plan(args: &Plan, context: &Context, output: &Output) -> Result<(), Error> {
    let access = if args.apply { Access::Write } else { Access::ReadOnly };
    let mut engine = open(&args.file, access, context, output)?;
    let book = engine.book();
    let template = template(book, args.template.as_deref(), CycleKind::Monthly)?;
    if args.apply {
        let (template, month) = (template.id, args.month.clone());
        return run(&mut engine, CycleCommand::Begin { template, month }, output);
    }
    let draft = draft_month(book, template, &args.month).map_err(|text| input(text, ""))?;
    let steps: Vec<&CycleStep> = draft.steps.iter().map(|step| &step.row).collect();
    let mut text = format!("{} by {}, day 0 {}\n\n", args.month, template.name, when(book, draft.anchor_at));
    text.push_str(&step_table(book, &steps));
    for step in draft.steps.iter().filter(|step| !step.warnings.is_empty()) {
        let _infallible = write!(text, "\n{} falls into {}", step.row.title, step.warnings.join(", "));
    }
    if !draft.others.is_empty() {
        text.push_str("\n\nOther releases in the maintenance period");
        for release in &draft.others {
            let at = release.at.map(|at| when(book, at)).unwrap_or_default();
            let _infallible = write!(text, "\n  {at}  {}", release.name());
        }
    }
    text.push_str("\n\nNothing was changed. Add --apply to begin the cycle.");
    let value = json!({
        "month": args.month, "anchor_at": draft.anchor_at, "cutoff_at": draft.cutoff_at,
        "steps": draft.steps.iter().map(|step| {
            let mut value = step_value(book, &step.row);
            value["warnings"] = json!(step.warnings);
            value
        }).collect::<Vec<_>>(),
        "other_releases": draft.others.iter().map(|r| json!({ "name": r.name(), "at": r.at })).collect::<Vec<_>>(),
    });
    output.result(&text, &value);
    Ok(())
}

fn campaign(args: &Campaign, context: &Context, output: &Output) -> Result<(), Error> {
    let mut engine = open(&args.file, Access::Write, context, output)?;
    let book = engine.book();
    let template: CycleTemplateId = template(book, args.template.as_deref(), CycleKind::CatchUp)?.id;
    let anchor_at = instant(book, &args.from)?;
    let (name, reason) = (args.name.clone(), args.reason.clone());
    run(
        &mut engine,
        CycleCommand::BeginCampaign { template, name, anchor_at, updates: Vec::new(), reason },
        output,
    )
}

fn show(args: &Show, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let now = engine.context().clock.now_at();
    let cycle = match &args.cycle {
        None if current(book, now).is_none() => {
            let next = release_rule(book)
                .and_then(|rule| crate::domain::calendar::expected::next_release(book, rule, now));
            let month =
                next.map_or_else(|| "MONTH".to_owned(), |next| next.month.format("%Y-%m").to_string());
            let hint = format!("Begin it with: patchbook-cli cycle plan FILE {month} --apply");
            return Err(input("no month is open", &hint));
        }
        name => chosen(book, name.as_deref(), now)?,
    };
    let seen = progress(book, cycle, now);
    let mut text = format!("{} ({})", cycle.name, cycle.kind.text());
    if cycle.drill {
        text.push_str(", DRILL");
    }
    if !cycle.cancelled_because.is_empty() {
        let _infallible = write!(text, "\nGiven up: {}", cycle.cancelled_because);
    } else if let Some(closed_at) = cycle.closed_at {
        let _infallible = write!(text, "\nClosed {} by {}", when(book, closed_at), cycle.closed_by);
    }
    if let Some(phase) = seen.lit {
        let _infallible = write!(text, "\nPhase: {}", phase.text());
    }
    if let (Some(next), Some(secs)) = (seen.next, seen.next_in_secs) {
        let _infallible =
            write!(text, "\nNext: {}, {} ({})", next.title, countdown(secs), when(book, next.due_at));
    }
    if !seen.late.is_empty() {
        let titles: Vec<&str> = seen.late.iter().map(|step| step.title.as_str()).collect();
        let _infallible = write!(text, "\nLate: {}", titles.join("; "));
    }
    let period = test_period(book, cycle);
    if let Some(period) = period {
        let _infallible = write!(text, "\nThis cycle is {}", period.text());
    }
    let _infallible = write!(text, "\n\n{}", step_table(book, &seen.steps));
    let points: Vec<String> = cycle
        .points
        .iter()
        .filter_map(|point| {
            Some(format!(
                "{}: {}",
                book.groups.get(point.group.0)?.name,
                book.person_name(Some(point.person))
            ))
        })
        .collect();
    if !points.is_empty() {
        let _infallible = write!(text, "\n\nPoint persons: {}", points.join(", "));
    }
    let view = View::new(book, now);
    let left = backlog(&view, cycle.anchor_at);
    if cycle.kind == CycleKind::Monthly {
        let _infallible = write!(
            text,
            "\n\nOpen pairs: {} of this month, {} of older months",
            count(left.this_month.open),
            count(left.older_open())
        );
    }
    let burnt = burndown(book, cycle, now);
    for point in burnt.iter().flat_map(|burnt| &burnt.points) {
        let _infallible = write!(text, "\n{}  {} open", when(book, point.at), count(point.open));
    }
    let value = json!({
        "name": cycle.name, "kind": cycle.kind.word(), "month": cycle.month, "drill": cycle.drill,
        "anchor_at": cycle.anchor_at, "cutoff_at": cycle.cutoff_at, "closed_at": cycle.closed_at,
        "cancelled_because": cycle.cancelled_because,
        "phase": seen.lit.map(super::super::domain::cycle::Phase::word),
        "next": seen.next.map(|step| step.title.clone()), "next_in_secs": seen.next_in_secs,
        "steps": seen.steps.iter().map(|step| step_value(book, step)).collect::<Vec<_>>(),
        "points": points,
        "test_period": period.map(|p| json!({ "test_secs": p.test_secs, "first_exposed_secs": p.first_exposed_secs, "last_exposed_secs": p.last_exposed_secs })),
        "open_this_month": left.this_month.open, "open_older": left.older_open(),
        "burndown": burnt.map(|burnt| burnt.points.iter().map(|p| json!({ "at": p.at, "open": p.open })).collect::<Vec<_>>()),
    });
    output.result(&text, &value);
    Ok(())
}
