//! Answers out of the register: to questionnaires, and to what is objected.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::app::{Context, Error};
use crate::cli::file::open;
use crate::cli::output::{Output, columns};
use crate::cli::people::input;
use crate::domain::book::Book;
use crate::domain::case::live;
use crate::domain::compliance::view::View;
use crate::domain::programme::ProgrammeKind;
use crate::domain::programme::objection::{answering, own_figures};
use crate::domain::programme::questionnaire::{DAYS, deployers, devices, end_of_life, in_time};
use crate::domain::programme::table::{entries, table_of};
use crate::store::Access;
use crate::util::clock::{day_in, day_text, zone};
use crate::util::text::{count, counted};

/// Arguments of `programme answers`.
#[derive(Debug, Args)]
pub struct Answers {
    /// The register
    pub file: PathBuf,
    /// Within how many days of its release an update is to be installed
    #[arg(long, value_name = "DAYS", default_value_t = DAYS)]
    pub days: i64,
    /// Name the machines of each answer
    #[arg(long)]
    pub machines: bool,
}

/// Arguments of `programme objections`.
#[derive(Debug, Args)]
pub struct Objections {
    /// The register
    pub file: PathBuf,
}

fn names(book: &Book, places: impl IntoIterator<Item = u32>) -> Vec<String> {
    let mut names: Vec<String> =
        places.into_iter().map(|place| book.assets.rows()[place as usize].name.clone()).collect();
    names.sort();
    names
}

pub(super) fn answers(args: &Answers, context: &Context, output: &Output) -> Result<(), Error> {
    if !(1..=365).contains(&args.days) {
        return Err(input(format!("{} days is out of range", args.days), "Give 1 to 365 days."));
    }
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let at = engine.context().clock.now_at();
    let view = View::new(book, at);
    let mut text = String::new();
    let mut value = json!({});
    let named = |text: &mut String, machines: &[String]| {
        if args.machines && !machines.is_empty() {
            let _infallible = writeln!(text, "  {}", machines.join(", "));
        }
    };

    let _infallible = writeln!(text, "Devices in scope by kind, system and version");
    let mut list = Vec::new();
    for one in devices(&view) {
        let machines = names(book, one.machines.iter().copied());
        let until =
            one.until_on.map_or_else(|| "no end known".to_owned(), |day| format!("until {}", day_text(day)));
        let system = if one.system.is_empty() { "not recorded" } else { &one.system };
        let n = count(machines.len() as u64);
        let _infallible = writeln!(text, "{n}  {}, {system}, security updates {until}", one.kind.text());
        named(&mut text, &machines);
        list.push(json!({ "kind": one.kind.word(), "system": one.system, "count": machines.len(),
                          "until_on": one.until_on, "machines": machines }));
    }
    value["devices"] = Value::Array(list);

    let share = in_time(&view, args.days);
    let late = names(book, share.late.keys().copied());
    let _infallible = writeln!(
        text,
        "\nInstalled within {} days, of what mattered and was released from {} to {}: {}\n\
         Critical, important or without a severity, or scored 7.0 or more. Satisfied when first seen, later than that: {} \
         (counted against it). {} late with something.",
        args.days,
        day_text(share.from_on),
        day_text(share.until_on),
        share.ratio().with_counts(),
        count(share.cannot_tell),
        counted(late.len() as u64, "machine is", "machines are"),
    );
    named(&mut text, &late);
    value["in_time"] = json!({
        "days": args.days, "from_on": share.from_on, "until_on": share.until_on, "all": share.all,
        "in_time": share.in_time, "cannot_tell": share.cannot_tell, "late": late,
        "open": names(book, share.open.iter().copied()),
    });

    let past = end_of_life(&view);
    let _infallible = writeln!(
        text,
        "\nWithout security updates and without proof of extended support: {}",
        counted(past.len() as u64, "machine", "machines")
    );
    let mut list = Vec::new();
    for one in &past {
        let name = &book.assets.rows()[one.machine as usize].name;
        let ended = one.ended_on.map(day_text).unwrap_or_default();
        let _infallible = writeln!(text, "  {name}: {}, ended {ended}", one.product);
        list.push(json!({ "machine": name, "product": one.product, "ended_on": one.ended_on }));
    }
    value["end_of_life"] = Value::Array(list);
    permissions(&view, &mut text, &mut value, args.machines);
    output.result(&text, &value);
    Ok(())
}

/// Who may install, by the list, and who deploys, by the register.
fn permissions(view: &View<'_>, text: &mut String, value: &mut Value, machines: bool) {
    let book = view.book;
    let today = day_in(zone(&book.shop.zone), view.as_of_at);
    let columns_of = ["who", "where", "may", "control", "evidence"];
    let (head, rows) = table_of(book, ProgrammeKind::Permission, &columns_of, today);
    let _infallible = writeln!(text, "\nWho may install updates");
    if rows.is_empty() {
        text.push_str("Nobody has been entered: patchbook-cli programme add FILE permission.\n");
    } else {
        text.push_str(&columns(&head, &rows));
        text.push('\n');
    }
    let (named, nobody) = deployers(view);
    let mut list = Vec::new();
    for (person, places) in named {
        let names = names(book, places);
        let person = book.person_name(Some(person));
        let n = counted(names.len() as u64, "machine", "machines");
        let _infallible = writeln!(text, "{person} deploys to {n}.");
        if machines {
            let _infallible = writeln!(text, "  {}", names.join(", "));
        }
        list.push(json!({ "person": person, "machines": names }));
    }
    let nobody = names(book, nobody);
    if !nobody.is_empty() {
        let n = counted(nobody.len() as u64, "machine", "machines");
        let _infallible = writeln!(text, "Nobody is named to deploy to {n}.");
        if machines {
            let _infallible = writeln!(text, "  {}", nobody.join(", "));
        }
    }
    value["permissions"] = rows.iter().map(|row| json!(row)).collect();
    value["deployers"] = Value::Array(list);
    value["without_deployer"] = json!(nobody);
}

pub(super) fn objections(args: &Objections, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let view = View::new(book, engine.context().clock.now_at());
    let figures = own_figures(&view, live(book).pop());
    let mut text = String::new();
    let mut list = Vec::new();
    for row in entries(book, ProgrammeKind::Stakeholder) {
        let objection = row.get("objection");
        if objection.is_empty() {
            continue;
        }
        let _infallible = writeln!(text, "{} ({}): {objection}", row.name(), row.get("stands"));
        let mut values = Vec::new();
        for figure in answering(row, &figures) {
            let _infallible = writeln!(text, "  {}: {}", figure.name, figure.value);
            values.push(json!({ "id": figure.id, "name": figure.name, "value": figure.value }));
        }
        let _infallible = writeln!(text, "  {}", row.get("answer").replace('\n', " "));
        list.push(json!({ "who": row.name(), "stands": row.get("stands"), "objection": objection,
                          "figures": values, "answer": row.get("answer") }));
    }
    if list.is_empty() {
        text.push_str("Nobody has objected to anything yet.");
    }
    output.result(&text, &Value::Array(list));
    Ok(())
}
