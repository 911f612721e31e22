//! The register as CSV files, for a spreadsheet or another program.

use std::path::{Path, PathBuf};

use crate::domain::compliance::machine::Segment;
use crate::domain::compliance::rule::NEVER;
use crate::domain::compliance::view::View;
use crate::domain::pair::State;
use crate::domain::stamp::instant;
use crate::domain::standing::standings;
use crate::report::layout::sheet_csv;
use crate::util::clock::iso;
use crate::util::file::write_whole;

use super::engine::Engine;
use super::error::{Error, ErrorKind};
use super::paper;

/// One file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Where.
    pub path: PathBuf,
    /// Rows under the header.
    pub rows: u64,
}

/// Writes assets, updates, pairs, open pairs and the history into a new folder. Texts that a spreadsheet would take for a
/// formula get an apostrophe in front.
pub fn write(engine: &Engine, folder: &Path) -> Result<Vec<Written>, Error> {
    std::fs::create_dir(folder).map_err(|cause| match cause.kind() {
        std::io::ErrorKind::AlreadyExists => Error::new(
            ErrorKind::Input,
            format!("there is already a folder of this name: {}", folder.display()),
            "Name a folder that does not exist.",
        ),
        _ => Error::io("cannot make the folder", folder, &cause),
    })?;
    let sheets = [
        ("assets.csv", assets(engine)),
        ("updates.csv", updates(engine)),
        ("pairs.csv", pairs(engine)),
        ("open-pairs.csv", open_pairs(engine)),
        ("history.csv", history(engine)?),
    ];
    let mut written = Vec::new();
    for (name, (header, rows)) in sheets {
        let path = folder.join(name);
        let text = sheet_csv(header, &rows);
        write_whole(&path, text.as_bytes()).map_err(|e| Error::io("cannot write the file", &path, &e))?;
        written.push(Written { path, rows: rows.len() as u64 });
    }
    Ok(written)
}

type Sheet = (&'static [&'static str], Vec<Vec<String>>);

fn time(at: Option<i64>) -> String {
    at.map(iso).unwrap_or_default()
}

fn assets(engine: &Engine) -> Sheet {
    let book = engine.book();
    let now = engine.context().clock.now_at();
    let figures = paper::figures(book, now);
    let standings = standings(book, now);
    let row = |(place, asset): (usize, &crate::domain::asset::Asset)| {
        let (standing, machine) = (&standings[place], &figures.machines[place]);
        let group = standing.group.and_then(|id| book.groups.get(id.0)).map_or("", |g| g.name.as_str());
        [
            asset.name.as_str(),
            &asset.aliases.join("; "),
            asset.kind.text(),
            standing.class.text(),
            standing.exposure.text(),
            standing.status.text(),
            if standing.counts() { "in scope" } else { "out of scope" },
            group,
            &asset.function,
            &asset.environment,
            asset.criticality.text(),
            asset.os_text(),
            asset.os_version_text(),
            asset.make_text(),
            asset.model_text(),
            &asset.serial,
            asset.ip_text(),
            &asset.site,
            book.person_name(asset.owner),
            machine.segment.map_or("Out of scope", Segment::text),
            &machine.tally.open.to_string(),
            &machine.tally.overdue.to_string(),
            &time(machine.report_at),
            &asset.note,
        ]
        .map(str::to_owned)
        .to_vec()
    };
    let header = &[
        "Name",
        "Other names",
        "Kind",
        "Class",
        "Exposure",
        "Status",
        "Scope",
        "Patch group",
        "Function",
        "Environment",
        "Criticality",
        "Operating system",
        "Version",
        "Make",
        "Model",
        "Serial",
        "Address",
        "Site",
        "Owner",
        "Segment",
        "Open pairs",
        "Overdue pairs",
        "Last patch-state report",
        "Note",
    ];
    (header, book.assets.rows().iter().enumerate().map(row).collect())
}

fn updates(engine: &Engine) -> Sheet {
    let row = |u: &crate::domain::update::Update| {
        vec![
            u.kbs.join("; "),
            u.title.clone(),
            u.vendor.clone(),
            u.classification.text().to_owned(),
            u.severity.text().to_owned(),
            u.products.join("; "),
            iso(u.released_at),
            u.release_basis.text().to_owned(),
            time(u.declined_at),
            time(u.withdrawn_at),
            u.guid.clone(),
        ]
    };
    let header = &[
        "KB",
        "Title",
        "Vendor",
        "Classification",
        "MSRC severity",
        "Products",
        "Released",
        "Release date from",
        "Declined",
        "Withdrawn",
        "UpdateId",
    ];
    (header, engine.book().updates.rows().iter().map(row).collect())
}

fn pairs(engine: &Engine) -> Sheet {
    let book = engine.book();
    let mut rows = Vec::new();
    for (update, block) in book.updates.rows().iter().zip(&book.pairs.blocks) {
        for (position, &asset) in block.assets.iter().enumerate() {
            let Some(last) = block.transitions(position).last() else { continue };
            let state: State = last.state();
            rows.push(vec![
                book.assets.rows()[asset as usize].name.clone(),
                update.short_name(),
                update.title.clone(),
                state.text().to_owned(),
                iso(instant(last.at)),
            ]);
        }
    }
    (&["Asset", "Update", "Title", "State", "Since"], rows)
}

fn open_pairs(engine: &Engine) -> Sheet {
    let book = engine.book();
    let now = engine.context().clock.now_at();
    let standings = standings(book, now);
    let mut rows = Vec::new();
    let view = View::new(book, now);
    for (place, asset) in
        book.assets.rows().iter().enumerate().filter(|(place, _)| standings[*place].counts())
    {
        for pair in view.open_pairs(place as u32) {
            let (verdict, update) = (pair.verdict, &book.updates.rows()[pair.update as usize]);
            rows.push(vec![
                asset.name.clone(),
                book.person_name(asset.owner).to_owned(),
                update.short_name(),
                verdict.state_text().to_owned(),
                verdict.rank.text().to_owned(),
                time((verdict.due != NEVER).then(|| instant(verdict.due))),
                view.rule_text(verdict.rule),
                if verdict.waived { "waived" } else { "" }.to_owned(),
            ]);
        }
    }
    (&["Asset", "Owner", "Update", "State", "Rank", "Due", "Rule", "Waiver"], rows)
}

fn history(engine: &Engine) -> Result<Sheet, Error> {
    let row = |op: crate::store::history::OperationView| {
        let verb = format!("{:?}", op.verb).to_lowercase();
        vec![op.seq.to_string(), iso(op.at), op.actor, op.site, verb, op.label, op.note]
    };
    let rows = engine.operations()?.into_iter().map(row).collect();
    Ok((&["Entry", "Recorded at", "Who", "Machine", "Verb", "What", "Note"], rows))
}
