//! What the register shows: assets, compliance, report, export.

use std::fmt::Write as _;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::args::{Assets, Compliance, Export, Report};
use super::file::open;
use super::output::{Output, columns};
use crate::app::{Context, Engine, Error, ErrorKind, export as exporting, paper};
use crate::domain::compliance::cut::Cut;
use crate::domain::compliance::drill::OpenPair;
use crate::domain::compliance::figures::Figures;
use crate::domain::compliance::machine::Segment;
use crate::domain::compliance::ratio::{Ratio, days_text};
use crate::domain::compliance::rule::NEVER;
use crate::domain::compliance::view::View;
use crate::domain::query;
use crate::domain::rating::Rank;
use crate::domain::stamp::instant;
use crate::domain::standing::standings;
use crate::store::Access;
use crate::util::clock::{day_in, end_of_day, text_in, zone};
use crate::util::text::count;

/// The instant a day ends in the shop's zone; now if no day is named.
fn as_of(engine: &Engine, day: Option<&str>) -> Result<i64, Error> {
    let Some(text) = day else { return Ok(engine.context().clock.now_at()) };
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| {
        Error::new(ErrorKind::Input, format!("{text} is no date"), "Write it like 2026-10-31.")
    })?;
    let zone = zone(&engine.book().shop.zone);
    let today = day_in(zone, engine.context().clock.now_at());
    if day > today {
        let text = format!("{text} lies in the future: nothing is known of it yet");
        return Err(Error::new(ErrorKind::Input, text, "Name a day until today."));
    }
    Ok(end_of_day(zone, day))
}

pub(super) fn assets(args: &Assets, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let now = engine.context().clock.now_at();
    let figures = paper::figures(book, now);
    let standings = standings(book, now);
    let wanted = args.segment.as_deref().map(segment_of).transpose()?;
    let mut rows = Vec::new();
    let mut values = Vec::new();
    for place in query::assets_matching(book, &standings, &args.search) {
        let machine = &figures.machines[place as usize];
        if wanted.is_some_and(|wanted| wanted != machine.segment) {
            continue;
        }
        let asset = &book.assets.rows()[place as usize];
        let standing = standings[place as usize];
        let group = standing.group.and_then(|id| book.groups.get(id.0)).map_or("", |g| g.name.as_str());
        let segment = machine.segment.map_or("Out of scope", Segment::text);
        let report =
            machine.report_at.map_or_else(|| "never".to_owned(), |at| text_in(zone(&book.shop.zone), at));
        rows.push(vec![
            asset.name.clone(),
            asset.kind.text().to_owned(),
            group.to_owned(),
            book.person_name(asset.owner).to_owned(),
            segment.to_owned(),
            count(u64::from(machine.tally.open)),
            count(u64::from(machine.tally.overdue)),
            report,
        ]);
        values.push(json!({
            "name": asset.name, "kind": asset.kind.word(), "group": group, "owner": book.person_name(asset.owner),
            "segment": machine.segment.map_or("out_of_scope", Segment::word), "open": machine.tally.open,
            "overdue": machine.tally.overdue, "reported_at": machine.report_at, "os": asset.os_text(),
        }));
    }
    let header =
        ["Name", "Kind", "Group", "Owner", "Segment", "#Open", "#Overdue", "Last patch-state report"];
    let text = format!(
        "{}\n{} of {} assets",
        columns(&header, &rows),
        count(rows.len() as u64),
        count(book.assets.len() as u64)
    );
    output.result(&text, &Value::Array(values));
    Ok(())
}

fn segment_of(word: &str) -> Result<Option<Segment>, Error> {
    let word = word.replace('-', "_");
    if word == "out_of_scope" {
        return Ok(None);
    }
    Segment::of_word(&word).map(Some).ok_or_else(|| {
        let all: Vec<String> = Segment::ALL.iter().map(|s| s.word().replace('_', "-")).collect();
        Error::new(ErrorKind::Input, format!("{word} is no segment: {}, out-of-scope", all.join(", ")), "")
    })
}

pub(super) fn compliance(args: &Compliance, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let at = as_of(&engine, args.as_of.as_deref())?;
    if let Some(name) = &args.open {
        return open_pairs(&engine, name, at, output);
    }
    let figures = paper::figures(book, at);
    let mut text = format!(
        "As of {}, {}\n\n",
        text_in(zone(&book.shop.zone), at),
        crate::domain::compliance::DEFINITIONS
    );
    text.push_str(&segments_text(&figures));
    let mut named = named_figures(&figures);
    let (view, period) = (View::new(book, at), paper::period(book, at));
    named.extend(crate::domain::change::figure::named(&view, period));
    named.extend(super::operation::named(&view, &figures, period));
    named.sort_by_key(|(id, _, _)| super::operation::place_of(id));
    let rows: Vec<Vec<String>> = named
        .iter()
        .map(|(id, name, value)| vec![(*id).to_owned(), (*name).to_owned(), value.clone()])
        .collect();
    let _infallible = write!(text, "\n{}", columns(&["Id", "Figure", "Value"], &rows));
    let mut value = json!({
        "as_of": at,
        "definitions": crate::domain::compliance::DEFINITIONS,
        "register": figures.machines.len(),
        "in_scope": figures.in_scope(),
        "observed": figures.observed(),
        "segments": Segment::ALL.iter().map(|s| (s.word().to_owned(), figures.in_segment(*s).into())).collect::<serde_json::Map<String, Value>>(),
        "waivers": super::waiver::debt_value(&crate::domain::waiver::debt::debt(&view, period)),
        "figures": named.iter().map(|(id, name, value)| json!({ "id": id, "name": name, "value": value })).collect::<Vec<_>>(),
    });
    if let Some(word) = &args.by {
        let cut = Cut::of_word(word).ok_or_else(|| {
            let all: Vec<&str> = Cut::ALL.iter().map(|c| c.word()).collect();
            Error::new(ErrorKind::Input, format!("{word} is no cut: {}", all.join(", ")), "")
        })?;
        let slices = figures.by(&View::new(book, at), cut);
        let rows: Vec<Vec<String>> = slices
            .iter()
            .map(|slice| {
                let mut row = vec![slice.name.clone(), count(slice.in_scope())];
                row.extend(slice.segments.iter().map(|n| count(*n)));
                row.push(slice.within_deadline().with_counts());
                row.push(count(u64::from(slice.tally.open)));
                row.push(count(u64::from(slice.tally.overdue)));
                row
            })
            .collect();
        let mut header = vec![cut.text(), "#Machines"];
        header.extend(["#Overdue", "#Unsupported", "#Unknown", "#Waived", "#In time", "#Up to date"]);
        header.extend(["Within deadline (M1)", "#Open pairs", "#Overdue pairs"]);
        let _infallible = write!(text, "\n\n{}", columns(&header, &rows));
        let slice_value = |slice: &crate::domain::compliance::cut::Slice| {
            json!({ "name": slice.name, "machines": slice.in_scope(), "segments": slice.segments,
                    "within_deadline": slice.within_deadline().part, "open": slice.tally.open,
                    "overdue": slice.tally.overdue })
        };
        value["by"] = slices.iter().map(slice_value).collect();
    }
    output.result(&text, &value);
    Ok(())
}

fn segments_text(figures: &Figures) -> String {
    let mut text = String::new();
    let register = figures.machines.len() as u64;
    for segment in Segment::ALL {
        let n = figures.in_segment(*segment);
        let silent = figures.overdue_silent();
        let remark = if *segment == Segment::Overdue && silent > 0 {
            format!("  of which silent {}", count(silent))
        } else {
            String::new()
        };
        let _infallible = writeln!(text, "{:<14}{:>7}{remark}", segment.text(), count(n));
    }
    let _infallible = writeln!(text, "{:<14}{:>7}", "In scope", count(figures.in_scope()));
    let _infallible = writeln!(text, "{:<14}{:>7}", "Out of scope", count(register - figures.in_scope()));
    let _infallible = writeln!(text, "{:<14}{:>7}", "Register", count(register));
    text
}

/// The figures with their ids, names and values, as they are printed.
fn named_figures(figures: &Figures) -> Vec<(&'static str, &'static str, String)> {
    let counts = |ratio: Ratio| ratio.with_counts();
    let total = &figures.total;
    let times = figures.all_times();
    let days = |secs: Option<f64>| {
        secs.map_or_else(|| "n/a (0 items)".to_owned(), |s| format!("{} days", days_text(s)))
    };
    let by_rank: Vec<String> = Rank::ALL
        .iter()
        .enumerate()
        .map(|(i, rank)| {
            format!(
                "{} {}",
                rank.text(),
                count(figures.tallies[i].iter().map(|t| u64::from(t.overdue)).sum())
            )
        })
        .collect();
    let overdue_machines =
        figures.machines.iter().filter(|m| m.in_scope() && m.tally.overdue > 0).count() as u64;
    let ages = |ages: [u32; 4]| ages.iter().map(|n| count(u64::from(*n))).collect::<Vec<_>>().join(" / ");
    vec![
        (
            "M1",
            "Machines within deadline, gross",
            format!(
                "{} (of which not yet due {})",
                counts(figures.within_deadline()),
                count(figures.not_yet_due())
            ),
        ),
        ("M1n", "The same or waived, net", counts(figures.within_deadline_or_waived())),
        ("M2", "Reporting coverage", counts(figures.coverage())),
        (
            "M3",
            "Deadline rate, gross",
            format!(
                "{} (met {}, missed {}, cannot tell {})",
                counts(total.deadline_gross()),
                count(u64::from(total.met)),
                count(u64::from(total.missed)),
                count(u64::from(total.cannot_tell))
            ),
        ),
        ("M3n", "Deadline rate, net", counts(total.deadline_net())),
        ("M3m", "Machines without a miss", counts(figures.deadline_by_machine())),
        ("M4", "State coverage, gross", counts(total.state_gross())),
        ("M4n", "State coverage, net", counts(total.state_net())),
        ("M4o", "State coverage, observed", counts(figures.state_observed())),
        (
            "M5",
            "Overdue",
            format!(
                "{} pairs on {} machines, {} machine-days ({})",
                count(u64::from(total.overdue)),
                count(overdue_machines),
                count(figures.machine_days().unsigned_abs()),
                by_rank.join(", ")
            ),
        ),
        (
            "M6",
            "Time to patch",
            format!(
                "mean {}, median {}, n {}",
                days(times.mean()),
                days(times.median()),
                count(times.closed.len() as u64)
            ),
        ),
        ("M8", "Open pairs by age in days (0-30 / 31-60 / 61-90 / over 90)", ages(total.ages)),
    ]
}

fn open_pairs(engine: &Engine, name: &str, at: i64, output: &Output) -> Result<(), Error> {
    let book = engine.book();
    let asset = book
        .asset_named(name)
        .ok_or_else(|| Error::new(ErrorKind::Input, format!("the register has no asset {name}"), ""))?;
    let place = book.asset_place(asset.id).unwrap_or_default();
    let zone = zone(&book.shop.zone);
    let view = View::new(book, at);
    let pairs = view.open_pairs(place);
    let due = |p: &OpenPair| (p.verdict.due != NEVER).then(|| instant(p.verdict.due));
    let rows: Vec<Vec<String>> = pairs
        .iter()
        .map(|p| {
            let update = &book.updates.rows()[p.update as usize];
            vec![
                update.short_name(),
                p.verdict.state.text().to_owned(),
                p.verdict.rank.text().to_owned(),
                due(p).map_or_else(|| "no rule".to_owned(), |due| text_in(zone, due)),
                view.rule_text(p.verdict.rule),
                update.title.clone(),
            ]
        })
        .collect();
    let values: Vec<Value> = pairs
        .iter()
        .map(|p| {
            let update = &book.updates.rows()[p.update as usize];
            json!({ "update": update.short_name(), "title": update.title, "state": p.verdict.state.text(),
                    "rank": p.verdict.rank.word(), "due_at": due(p), "rule": view.rule_text(p.verdict.rule),
                    "waived": p.verdict.waived })
        })
        .collect();
    let text = if rows.is_empty() {
        format!("{} has no open required pair.", asset.name)
    } else {
        columns(&["Update", "State", "Rank", "Due", "Rule", "Title"], &rows)
    };
    output.result(&text, &Value::Array(values));
    Ok(())
}

pub(super) fn report(args: &Report, context: &Context, output: &Output) -> Result<(), Error> {
    super::paper::may_write(&args.output, args.overwrite)?;
    // Printing is noted in the history where the register may be written.
    let mut engine = Engine::open(&args.file, Access::Write, context.clone())?;
    let as_of_at = args.as_of.as_deref().map(|day| as_of(&engine, Some(day))).transpose()?;
    let spec = paper::Spec { as_of_at, ..paper::Spec::default() };
    super::paper::write(&mut engine, &spec, &args.output, output)
}

pub(super) fn export(args: &Export, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let files = exporting::write(&engine, &args.folder)?;
    let lines: Vec<String> =
        files.iter().map(|f| format!("{} ({} rows)", f.path.display(), count(f.rows))).collect();
    let value: Vec<Value> = files.iter().map(|f| json!({ "file": f.path, "rows": f.rows })).collect();
    output.result(&lines.join("\n"), &Value::Array(value));
    Ok(())
}
