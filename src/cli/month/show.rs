//! What the console shows of months: the list of them, one with its seal, two beside each other.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::{no_month, numbered};
use crate::app::{Context, Error};
use crate::cli::file::open;
use crate::cli::output::{Output, columns};
use crate::cli::people::input;
use crate::domain::book::Book;
use crate::domain::month::canonical::{self, ALTERED, verify_seal};
use crate::domain::month::compare::{
    Compared, Comparison, Side, compare as beside, definitions_text, order_text, segment_text, side, sides,
};
use crate::domain::month::standing::{differences, figures_of_month, figures_of_seal, seal_of, signatures};
use crate::domain::month::trend::{MONTHS, trend};
use crate::domain::month::{Seal, SealedMachine, name};
use crate::domain::row::Row as _;
use crate::store::Access;
use crate::util::clock::{text_in, zone};
use crate::util::text::{count, counted};

/// Arguments of `month list`.
#[derive(Debug, clap::Args)]
pub struct List {
    /// The register
    pub file: PathBuf,
    /// At most so many months, the newest ones
    #[arg(long, default_value_t = MONTHS, value_name = "COUNT")]
    pub months: usize,
}

/// Arguments of `month show`.
#[derive(Debug, clap::Args)]
pub struct Show {
    /// The register
    pub file: PathBuf,
    /// The month, such as 2026-11: its newest seal; 2026-11.1 is its first one
    pub month: String,
    /// Print the canonical text of the seal; its SHA-256 is the digest
    #[arg(long)]
    pub canonical: bool,
    /// The figures of the cuts too
    #[arg(long)]
    pub all: bool,
}

/// Arguments of `month compare` and `posture compare`.
#[derive(Debug, clap::Args)]
pub struct Compare {
    /// The register
    pub file: PathBuf,
    /// The earlier one: a month (2026-10: its newest seal), one of its seals (2026-10.1) or a posture by its name
    pub before: String,
    /// The later one
    pub after: String,
}

pub(super) fn list(args: &List, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let points = trend(book, engine.context().clock.now_at(), args.months);
    let rows: Vec<Vec<String>> = points
        .iter()
        .map(|point| {
            let state = match (point.seal, &point.first) {
                (None, _) if point.running => "running",
                (None, _) => "not sealed",
                (Some(_), None) => "sealed",
                (Some(_), Some(_)) => "sealed, restated",
            };
            let state = if point.intact { state.to_owned() } else { format!("{state}, {ALTERED}") };
            let values = &point.values;
            let days = values.installed_days.map_or_else(|| "n/a".to_owned(), |days| days.to_string());
            let mut row = vec![point.month.clone(), state];
            row.extend(values.segments.iter().map(|n| count(*n)));
            row.extend([
                values.deadline_text.clone(),
                values.until_95_text.clone(),
                days,
                point.definitions.clone(),
            ]);
            row
        })
        .collect();
    let header = [
        "Month",
        "State",
        "#Overdue",
        "#Unsupported",
        "#Unknown",
        "#Waived",
        "#In time",
        "#Up to date",
        "M3",
        "To 95 %",
        "#Age",
        "Definitions",
    ];
    let text = if rows.is_empty() { "No month is known yet.".to_owned() } else { columns(&header, &rows) };
    let value = |point: &crate::domain::month::trend::Point| {
        let values = &point.values;
        json!({
            "month": point.month, "sealed": point.seal.is_some(), "restated": point.first.is_some(),
            "intact": point.intact,
            "segments": values.segments, "met": values.deadline.0, "due": values.deadline.1,
            "until_95_secs": values.until_95_secs, "installed_age_days": values.installed_days,
            "definitions": point.definitions, "breaks": point.breaks,
        })
    };
    output.result(&text, &Value::Array(points.iter().map(value).collect()));
    Ok(())
}

pub(super) fn show(args: &Show, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let now = engine.context().clock.now_at();
    let month = match numbered(book, &args.month)? {
        Some(seal) => figures_of_seal(book, seal),
        None => figures_of_month(book, &args.month, now),
    };
    let month = month.ok_or_else(|| no_month(&args.month))?;
    let title = name::text(&month.month);
    let zone = zone(&book.shop.zone);
    if args.canonical {
        let seal = month
            .seal()
            .ok_or_else(|| input(format!("{title} is not sealed"), "Only a seal has a canonical text."))?;
        let text = canonical::text(&seal.image());
        output.result(&text, &json!({ "canonical": text, "sha256": seal.sha256 }));
        return Ok(());
    }
    let mut text = format!(
        "{title}, as of {}, {}\n{}\n",
        text_in(zone, month.as_of_at),
        month.definitions,
        month.mark()
    );
    if let Some(seal) = month.seal() {
        text.push_str(&seal_text(book, seal));
        if let Some(newest) = seal_of(book, &seal.month).filter(|newest| newest.id != seal.id) {
            let _infallible = writeln!(
                text,
                "The month was restated: seal {} of {} replaces these figures.",
                newest.number,
                text_in(zone, newest.sealed_at)
            );
        }
    }
    let shown = month.outputs.figures.iter().filter(|figure| args.all || !figure.id.contains('/'));
    let rows: Vec<Vec<String>> =
        shown.map(|figure| vec![figure.id.clone(), figure.name.clone(), figure.text.clone()]).collect();
    let _infallible = write!(text, "\n{}", columns(&["Id", "Figure", "Value"], &rows));
    for pair in month.seals.windows(2) {
        let _infallible = write!(
            text,
            "\n\nRestatement {}: {} (approved by {})",
            pair[1].number - 1,
            pair[1].reason,
            pair[1].approved_by
        );
        let found = differences(&pair[0].outputs, &pair[1].outputs);
        let rows: Vec<Vec<String>> =
            found.into_iter().map(|d| vec![d.of, d.name, d.before, d.after]).collect();
        let _infallible = write!(text, "\n{}", columns(&["Of", "Field", "Before", "After"], &rows));
    }
    let value = json!({
        "month": month.month,
        "seal": month.seal().map(|seal| seal.number),
        "as_of": month.as_of_at,
        "sealed": month.seal().is_some(),
        "seals": month.seals.iter().map(|seal| json!({ "number": seal.number, "sha256": seal.sha256,
            "sealed_at": seal.sealed_at, "intact": verify_seal(seal), "reason": seal.reason })).collect::<Vec<_>>(),
        "definitions": month.definitions,
        "figures": month.outputs.figures,
        "machines": month.outputs.machines,
    });
    output.result(&text, &value);
    Ok(())
}

fn seal_text(book: &Book, seal: &Seal) -> String {
    let zone = zone(&book.shop.zone);
    let verdict = if verify_seal(seal) { "as it was sealed" } else { ALTERED };
    let mut text = format!(
        "Sealed on {} by {} with {}; the digest shows it {verdict}\nHistory entry {} {}\n{}\n",
        text_in(zone, seal.sealed_at),
        seal.sealed_by,
        seal.program,
        seal.inputs.head_seq,
        seal.inputs.head,
        seal.judgement
    );
    for (point, answer) in &seal.answered {
        let _infallible = writeln!(text, "  {point}: {answer}");
    }
    let signed = signatures(book, seal.id);
    if signed.is_empty() {
        text.push_str("Nobody has signed it.\n");
    }
    for row in signed {
        let at = text_in(zone, row.signed_at);
        let _infallible =
            writeln!(text, "{} by {} ({}) on {at} {}", row.meaning, row.name, row.function, row.told_text());
    }
    text
}

pub(super) fn compare(args: &Compare, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let (before, after) = (known(book, &args.before)?, known(book, &args.after)?);
    for side in [before, after].into_iter().filter(|side| !side.is_intact()) {
        output.note(&format!(
            "{} is {ALTERED}: the digest does not fit. Do not rely on its figures.",
            side.title()
        ));
    }
    if let Some(text) = order_text(before, after) {
        output.note(&text);
    }
    let changed = definitions_text(before, after);
    if let Some(text) = &changed {
        output.note(text);
    }
    let found = beside(before, after);
    let zone = zone(&book.shop.zone);
    let mut text = format!(
        "{} ({}) and {} ({})\n",
        before.title(),
        text_in(zone, before.at()),
        after.title(),
        text_in(zone, after.at())
    );
    for (title, rows) in lists(&found) {
        let _infallible = writeln!(text, "\n{title}: {}", counted(rows.len() as u64, "machine", "machines"));
        if title != "Same" {
            let rows: Vec<Vec<String>> = rows
                .iter()
                .map(|row| vec![row.name().to_owned(), machine_text(row.before), machine_text(row.after)])
                .collect();
            if !rows.is_empty() {
                let _infallible = writeln!(text, "{}", columns(&["Machine", "Before", "After"], &rows));
            }
        }
    }
    let rows: Vec<Vec<String>> = found
        .figures
        .iter()
        .filter(|figure| figure.before != figure.after)
        .map(|f| vec![f.id.clone(), f.name.clone(), f.before.clone(), f.after.clone()])
        .collect();
    if rows.is_empty() {
        text.push_str("\nNo figure differs.");
    } else {
        let _infallible = write!(text, "\n{}", columns(&["Id", "Figure", "Before", "After"], &rows));
    }
    let names = |rows: &[Compared<'_>]| rows.iter().map(|row| row.name().to_owned()).collect::<Vec<_>>();
    let mut value = json!({ "before": before.key(), "after": after.key(), "intact": [before.is_intact(), after.is_intact()] });
    value["definitions"] = json!([before.definitions(), after.definitions()]);
    for (title, rows) in lists(&found) {
        value[title.to_lowercase().replace(' ', "_")] = json!(names(rows));
    }
    output.result(&text, &value);
    Ok(())
}

fn lists<'f, 'b>(found: &'f Comparison<'b>) -> [(&'static str, &'f [Compared<'b>]); 7] {
    [
        ("Better", &found.better),
        ("Worse", &found.worse),
        ("New", &found.new),
        ("Gone", &found.gone),
        ("Left the scope", &found.left),
        ("Came into the scope", &found.joined),
        ("Same", &found.same),
    ]
}

fn machine_text(machine: Option<&SealedMachine>) -> String {
    machine.map_or_else(String::new, |machine| {
        format!("{}, {} open, {} overdue", segment_text(&machine.segment), machine.open, machine.overdue)
    })
}

fn known<'b>(book: &'b Book, key: &str) -> Result<Side<'b>, Error> {
    side(book, key).ok_or_else(|| {
        let keys: Vec<String> = sides(book).into_iter().map(|side| side.name(book)).collect();
        let hint = if keys.is_empty() {
            "Seal a month or take a posture first.".to_owned()
        } else {
            format!("There are: {}.", keys.join(", "))
        };
        input(format!("{key} is neither a sealed month nor a posture"), &hint)
    })
}
