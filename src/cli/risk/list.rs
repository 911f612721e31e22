//! What the register says of its updates: the list, one update in full, and where a scanner contradicts a source.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::update::{List, Show, rank_of, view};
use crate::app::{Context, Error};
use crate::cli::file::open;
use crate::cli::output::{Output, columns};
use crate::domain::book::Book;
use crate::domain::compliance::rule::NEVER;
use crate::domain::compliance::verdict::{Kind, Verdict};
use crate::domain::compliance::view::View;
use crate::domain::gate::need::needs_of;
use crate::domain::gate::rule::{conflicts_of, domains_of, state};
use crate::domain::pair::State;
use crate::domain::risk::{Dossiers, RankBasis, RankStep, course, ratings_of, suggestion};
use crate::domain::stamp::instant;
use crate::domain::update::Update;
use crate::store::Access;
use crate::util::clock::{day_in, day_text, iso, text_in, zone};
use crate::util::text::{count, counted, fold};

pub(super) fn list(args: &List, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let wanted = args.rank.as_deref().map(rank_of).transpose()?;
    let search = fold(&args.search);
    let (view, zone) = (view(&engine), zone(&book.shop.zone));
    let dossiers = Dossiers::new(book, view.as_of_at);
    let (mut found, mut values) = (Vec::new(), Vec::new());
    for (place, update) in book.updates.rows().iter().enumerate() {
        let duty = &view.duties[place];
        let names = std::iter::once(&update.title).chain(&update.products).chain(&update.kbs);
        let says = search.is_empty()
            || fold(&update.short_name()).contains(&search)
            || names.into_iter().any(|name| fold(name).contains(&search));
        if !says || wanted.is_some_and(|rank| rank != duty.rank) {
            continue;
        }
        let owing = owing(&view, place as u32);
        if owing == 0 && !args.all {
            continue;
        }
        let known = dossiers.at(update, view.as_of_at);
        let exploited = if known.exploited() { "exploited" } else { "" };
        let basis = basis_word(&course(update, &dossiers, &ratings_of(&view, update)).steps);
        values.push(json!({
            "name": update.short_name(), "guid": update.guid, "title": update.title,
            "products": update.products, "released_at": iso(update.released_at), "rank": duty.rank.word(),
            "basis": basis, "exploited": known.exploited(), "cves": known.cves.len(),
            "severity": known.severity.word(), "owing": owing, "counts": duty.counts,
            "left": duty.left != NEVER,
        }));
        let row = vec![
            duty.rank.text().to_owned(),
            basis.to_owned(),
            update.short_name(),
            day_text(day_in(zone, update.released_at)),
            count(owing),
            count(known.cves.len() as u64),
            exploited.to_owned(),
            update.title.clone(),
        ];
        found.push(((duty.rank, std::cmp::Reverse(update.released_at)), row));
    }
    found.sort_by_key(|(key, _)| *key);
    let rows: Vec<Vec<String>> = found.into_iter().map(|(_, row)| row).collect();
    let header = ["Rank", "By", "Update", "Released", "#Machines", "#CVEs", "", "Title"];
    let text = if rows.is_empty() {
        "No update fits. See also those that no machine owes: --all.".to_owned()
    } else {
        columns(&header, &rows)
    };
    output.result(&text, &json!(values));
    Ok(())
}

/// Machines in scope that owe an update.
fn owing(view: &View<'_>, update: u32) -> u64 {
    let owes = |verdict: &&Verdict| verdict.kind == Kind::Open && verdict.required;
    view.pairs_of(update).iter().filter(owes).count() as u64
}

fn basis_word(steps: &[RankStep]) -> &'static str {
    match steps.last().map(|step| &step.basis) {
        Some(RankBasis::Rated(_)) => "rated",
        Some(RankBasis::Raised(_)) => "raised",
        _ => "suggested",
    }
}

pub(super) fn show(args: &Show, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(&args.file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let view = view(&engine);
    let dossiers = Dossiers::new(book, view.as_of_at);
    let found = super::updates(book, &args.update, args.product.as_deref())?;
    let (mut texts, mut values) = (Vec::new(), Vec::new());
    for update in found {
        let Some(place) = book.updates.place(update.id.0) else { continue };
        let (text, value) = one(&view, &dossiers, place, update);
        texts.push(text);
        values.push(value);
    }
    output.result(&texts.join("\n\n"), &json!(values));
    Ok(())
}

fn one(view: &View<'_>, dossiers: &Dossiers<'_>, place: u32, update: &Update) -> (String, Value) {
    let (book, duty) = (view.book, &view.duties[place as usize]);
    let zone = zone(&book.shop.zone);
    let course = course(update, dossiers, &ratings_of(view, update));
    let suggested = suggestion(view, dossiers, place);
    let known = dossiers.at(update, view.as_of_at);
    let owing = owing(view, place);
    let mut text = format!(
        "{}: {}\nReleased {} ({}), {}",
        update.short_name(),
        update.title,
        day_text(day_in(zone, update.released_at)),
        update.release_basis.text(),
        counted(owing, "machine owes it", "machines owe it"),
    );
    let mut say = |line: String| {
        let _infallible = write!(text, "\n{line}");
    };
    let basis = match basis_word(&course.steps) {
        "suggested" if duty.rank != suggested.rank => {
            "by the facts without exposure, which counts once somebody rates it"
        }
        word => word,
    };
    say(format!("Rank: {} ({basis})", duty.rank.text()));
    say(format!("Suggested: {}", suggested.rank.text()));
    suggested.texts().into_iter().for_each(|reason| say(format!("  {reason}")));
    if known.cves.len() > 1 {
        say(format!("Vulnerabilities: {}", known.cves.len()));
    }
    let mut steps = Vec::new();
    for step in course.steps.iter().skip(1) {
        let (word, why) = match &step.basis {
            RankBasis::Rated(rating) => ("rated", rating.reason.as_str()),
            RankBasis::Raised(reason) => ("raised", reason.as_str()),
            RankBasis::Suggested => ("suggested", ""),
        };
        say(format!("{}: {word} {}: {why}", text_in(zone, step.since_at), step.rank.text()));
        steps.push(
            json!({ "at": iso(step.since_at), "rank": step.rank.word(), "basis": word, "reason": why }),
        );
    }
    let mut gates = Vec::new();
    for domain in domains_of(book, update.id) {
        let standing = state(book, domain, update, duty.rank, view.as_of_at);
        say(format!("{}: {}", domain.name, standing.text(zone)));
        gates.push(json!({ "domain": domain.name, "state": standing.word(), "may_go": standing.may_go() }));
    }
    let needs: Vec<String> = needs_of(book, update.id).into_iter().map(|row| need(book, row)).collect();
    for need in &needs {
        say(format!("Needs {need}"));
    }
    let mut conflicts = Vec::new();
    for row in conflicts_of(book, update) {
        let by = if row.solved_by.is_empty() { String::new() } else { format!(" ({})", row.solved_by) };
        let remedy =
            if row.remedy.is_empty() { String::new() } else { format!(" What helped: {}{by}", row.remedy) };
        let line = format!("{}, {}: {}.{remedy}", row.product, day_text(row.seen_on), row.what);
        say(format!("Known conflict: {line}"));
        conflicts.push(line);
    }
    let value = json!({
        "name": update.short_name(), "guid": update.guid, "title": update.title, "products": update.products,
        "rank": duty.rank.word(), "basis": basis_word(&course.steps), "suggested": suggested.rank.word(),
        "reasons": suggested.texts(), "cves": known.cves, "exploited": known.exploited(),
        "contradicted_by_vendor": known.vendor_denies, "owing": owing, "steps": steps, "gates": gates,
        "needs": needs, "conflicts": conflicts,
    });
    (text, value)
}

fn need(book: &Book, row: &crate::domain::gate::Prerequisite) -> String {
    let other = row.needs.and_then(|id| book.updates.get(id.0)).map(Update::short_name);
    let what = other.unwrap_or_else(|| row.what.clone());
    format!("{what}: {}", row.kind.text().to_lowercase())
}

pub(super) fn contradictory(file: &std::path::Path, context: &Context, output: &Output) -> Result<(), Error> {
    let engine = open(file, Access::ReadOnly, context, output)?;
    let book = engine.book();
    let (view, zone) = (view(&engine), zone(&book.shop.zone));
    let (mut rows, mut values) = (Vec::new(), Vec::new());
    for found in view.contradictions() {
        let asset = &book.assets.rows()[found.asset as usize].name;
        let update = book.updates.rows()[found.update as usize].short_name();
        let finding = &book.findings.rows()[found.finding as usize];
        let since_at = instant(found.since);
        let says = match found.state {
            State::Unknown => "Checked by hand",
            state => state.text(),
        };
        values.push(json!({ "asset": asset, "update": update, "source": says, "since_at": iso(since_at),
                            "plugin": finding.plugin, "says": finding.name, "seen_at": iso(finding.seen_at) }));
        rows.push(vec![
            asset.clone(),
            update,
            format!("{says}, {}", text_in(zone, since_at)),
            format!("{} {}", finding.plugin, finding.name).trim().to_owned(),
            text_in(zone, finding.seen_at),
        ]);
    }
    let text = if rows.is_empty() {
        "No scanner contradicts a source.".to_owned()
    } else {
        let header = ["Asset", "Update", "By the source", "Missing by the scanner", "Last shown"];
        format!("{}\nBoth are kept; the worse counts.", columns(&header, &rows))
    };
    output.result(&text, &json!(values));
    Ok(())
}
