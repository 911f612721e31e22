//! What `measure.py` asks of the program: one phase a run, its CPU time on standard output.
//!
//! Times are CPU seconds of the calling thread.

mod synthetic;

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use cpu_time::ThreadTime;
use patchbook::app::{Context, Engine, paper};
use patchbook::domain::asset::{Asset, AssetId, AssetKind};
use patchbook::domain::batch::{Batch, BatchId, Observation, Report, Scope};
use patchbook::domain::command::{BatchRows, Command, ImportRows};
use patchbook::domain::compliance::view::View;
use patchbook::domain::pair::State;
use patchbook::domain::row::RowChange;
use patchbook::domain::shop::Shop;
use patchbook::domain::source::{Source, SourceAsset, SourceAssetId, SourceId, SourceUpdate, SourceUpdateId};
use patchbook::domain::stamp::instant;
use patchbook::domain::update::{Classification, DeclineReason, ReleaseBasis, Severity, Update, UpdateId};
use patchbook::util::clock::{Clock, DAY_SECS};
use patchbook::util::id::Ids;
use patchbook::util::progress::Progress;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["figures", rows] => figures(Path::new(rows)),
        ["register", file, machines, months, updates] => {
            register(Path::new(file), number(machines), number(months), number(updates));
        }
        ["report", file, pdf, csv] => report(Path::new(file), Path::new(pdf), Path::new(csv)),
        ["load", file] => load(Path::new(file)),
        _ => println!("run benches/measure.py"),
    }
}

fn number(text: &str) -> i64 {
    text.parse().expect("a number")
}

/// Runs something and says how long it took.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = ThreadTime::now();
    let value = work();
    (value, start.elapsed().as_secs_f64())
}

/// All figures for five million pairs, and the same rows as CSV for the database.
fn figures(rows: &Path) {
    let book = synthetic::book(1000, 5000);
    let mut out = std::io::BufWriter::new(std::fs::File::create(rows).expect("a file"));
    for (update, block) in book.pairs.blocks.iter().enumerate() {
        for (position, asset) in block.assets.iter().enumerate() {
            let last = block.transitions(position).last().expect("a transition");
            writeln!(out, "{asset},{update},{},{}", last.state() as u8, instant(last.at)).expect("written");
        }
    }
    out.flush().expect("written");
    let period = paper::period(&book, synthetic::AS_OF_AT);
    let mut best = f64::MAX;
    for _ in 0..5 {
        let (figures, secs) = timed(|| View::new(&book, synthetic::AS_OF_AT).figures(period));
        assert_eq!(figures.machines.len(), 1000);
        best = best.min(secs);
    }
    println!("{best}");
}

fn context(at: i64) -> Context {
    Context {
        actor: "Measure".to_owned(),
        site: "bench".to_owned(),
        clock: Clock::Fixed(at),
        ids: Arc::new(Ids::seeded(1)),
        backups: None,
    }
}

/// 2023-12-12 18:00 UTC: the first release of the register that is measured.
const FIRST_AT: i64 = 1_702_404_000;

/// A register of so many machines and months, each month with so many updates and two transitions a pair.
fn register(path: &Path, machines: i64, months: i64, updates: i64) {
    let mut engine = Engine::create(
        path,
        Shop { name: "Measured".to_owned(), ..Shop::default() },
        context(FIRST_AT - DAY_SECS),
    )
    .expect("a new register");
    let source = Source {
        id: SourceId(1),
        kind: "wsus".to_owned(),
        name: "wsus".to_owned(),
        synced_at: None,
        sync_result: String::new(),
    };
    let mut changes = vec![RowChange::create(&source)];
    for m in 1..=machines {
        let mut asset = Asset::new(AssetId(m), &format!("WS-{m:04}"), FIRST_AT);
        asset.kind = if m % 10 == 0 { AssetKind::Server } else { AssetKind::Workstation };
        changes.push(RowChange::create(&asset));
        let key = format!("machine-{m}");
        changes.push(RowChange::create(&SourceAsset {
            id: SourceAssetId(m),
            source: source.id,
            name: key.clone(),
            key,
            asset: Some(asset.id),
        }));
    }
    for month in 0..months {
        let released_at = FIRST_AT + month * 30 * DAY_SECS;
        for u in 0..updates {
            let id = month * updates + u + 1;
            changes.push(RowChange::create(&update(id, released_at)));
            changes.push(RowChange::create(&SourceUpdate {
                id: SourceUpdateId(id),
                source: source.id,
                key: format!("update-{id}"),
                update: Some(UpdateId(id)),
            }));
        }
        for (half, state, after) in [(0, State::NotInstalled, 2), (1, State::Installed, 12)] {
            let at = released_at + after * DAY_SECS;
            engine.context_mut().clock = Clock::Fixed(at);
            let mut observations = Vec::new();
            for machine in 1..=machines {
                for u in 0..updates {
                    // Three of a hundred stay open.
                    if half == 1 && (machine * 31 + u * 17 + month) % 100 < 3 {
                        continue;
                    }
                    observations.push(Observation {
                        asset: SourceAssetId(machine),
                        update: SourceUpdateId(month * updates + u + 1),
                        state: state as u8,
                        reported_at: at,
                        installed_at: None,
                    });
                }
            }
            let reports =
                (1..=machines).map(|m| Report { asset: SourceAssetId(m), reported_at: at }).collect();
            let number = month * 2 + half + 1;
            let batch = Batch {
                id: BatchId(number),
                source: source.id,
                number,
                files: Vec::new(),
                scope: Scope::AllButNotApplicable,
                as_of_at: at,
                recorded_at: at,
                observations: observations.len() as i64,
                digest: String::new(),
                voided_at: None,
            };
            let rows = ImportRows {
                label: format!("Import {number}"),
                changes: std::mem::take(&mut changes),
                batch: Some(BatchRows { batch, observations, reports }),
            };
            engine.run(Command::Import(Box::new(rows)), &Progress::default()).expect("recorded");
        }
    }
}

fn update(id: i64, released_at: i64) -> Update {
    Update {
        id: UpdateId(id),
        vendor: "Microsoft".to_owned(),
        title: format!("Cumulative Update {id} for Windows (KB{})", 5_000_000 + id),
        kbs: vec![(5_000_000 + id).to_string()],
        guid: format!("update-{id}"),
        classification: Classification::Security,
        severity: Severity::Critical,
        products: vec!["Windows".to_owned()],
        minimum_version: String::new(),
        released_at,
        release_basis: ReleaseBasis::Vendor,
        declined_at: None,
        declined_reason: DeclineReason::None,
        withdrawn_at: None,
        superseded: false,
        created_at: released_at,
    }
}

fn newest_at(engine: &Engine) -> i64 {
    engine.book().batches.rows().iter().map(|b| b.as_of_at).max().unwrap_or(FIRST_AT) + DAY_SECS
}

/// The monthly report of a loaded register: figures, layout, pages, bytes. Its tables go into a CSV for the other program.
fn report(file: &Path, pdf: &Path, csv: &Path) {
    let engine =
        Engine::open(file, patchbook::store::Access::ReadOnly, context(FIRST_AT)).expect("a register");
    let at = newest_at(&engine);
    let spec = paper::Spec { paper: paper::Paper::Monthly, as_of_at: Some(at) };
    let (rendered, secs) = timed(|| paper::render(&engine, &spec, at).expect("pages"));
    let layout = paper::layout(&engine, &spec, at).expect("a layout");
    std::fs::File::create(pdf).and_then(|mut f| f.write_all(&rendered.bytes)).expect("written");
    std::fs::File::create(csv)
        .and_then(|mut f| f.write_all(layout.tables_csv().as_bytes()))
        .expect("written");
    eprintln!("{} pages", rendered.pages);
    println!("{secs}");
}

/// Opening and reading a register.
fn load(file: &Path) {
    let (engine, secs) = timed(|| {
        Engine::open(file, patchbook::store::Access::ReadOnly, context(FIRST_AT)).expect("a register")
    });
    eprintln!("{} pairs", engine.book().pairs.len());
    println!("{secs}");
}
