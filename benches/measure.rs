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
use patchbook::domain::command::{BatchRows, Command, DeadlineCommand, ImportRows};
use patchbook::domain::compliance::view::View;
use patchbook::domain::pair::State;
use patchbook::domain::row::RowChange;
use patchbook::domain::ruleset::{Filled, SetScope};
use patchbook::domain::shop::Shop;
use patchbook::domain::source::{Source, SourceAsset, SourceAssetId, SourceId, SourceUpdate, SourceUpdateId};
use patchbook::domain::stamp::instant;
use patchbook::domain::threat::{
    Advisory, AdvisoryId, Catalogue, CatalogueId, CatalogueKind, Exploitation, Threat, ThreatFact,
    ThreatFactId,
};
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
        ["promise", file] => promise(Path::new(file)),
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

/// A register with nothing in it.
fn empty(path: &Path) -> Engine {
    let shop = Shop { name: "Measured".to_owned(), ..Shop::default() };
    Engine::create(path, shop, context(FIRST_AT - DAY_SECS)).expect("a new register")
}

/// The rows of an update that a source knows.
fn known(update: &Update, source: SourceId) -> [RowChange; 2] {
    let (id, key) = (SourceUpdateId(update.id.0), format!("update-{}", update.id.0));
    [RowChange::create(update), RowChange::create(&SourceUpdate { id, source, key, update: Some(update.id) })]
}

/// The one source, and the rows of it and of so many machines that it knows.
fn owned(machines: i64) -> (SourceId, Vec<RowChange>) {
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
    (source.id, changes)
}

/// A register of so many machines and months, each month with so many updates and two transitions a pair.
fn register(path: &Path, machines: i64, months: i64, updates: i64) {
    let mut engine = empty(path);
    let (source, mut changes) = owned(machines);
    for month in 0..months {
        let released_at = FIRST_AT + month * 30 * DAY_SECS;
        for u in 0..updates {
            let id = month * updates + u + 1;
            changes.extend(known(&update(id, released_at), source));
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
                source,
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

/// A register of 1,000 machines that owe 300 updates each, every one open: with an advisory and three vulnerabilities an update, a
/// listing for each tenth, scores and likelihoods for all, and a rule set beside the shop's own table.
fn promise(path: &Path) {
    let (machines, updates) = (1000, 300);
    let end_at = FIRST_AT + 400 * DAY_SECS;
    let mut engine = empty(path);
    let (source, mut changes) = owned(machines);
    let (catalogue, mut facts) = (catalogue(), 0);
    changes.push(RowChange::create(&catalogue));
    for u in 1..=updates {
        let row = update(u, FIRST_AT + (u - 1) / 25 * 30 * DAY_SECS);
        changes.extend(known(&row, source));
        let cves: Vec<String> = (0..3).map(|n| format!("CVE-2026-9{u:04}{n}")).collect();
        for (n, cve) in (0..).zip(&cves) {
            for value in threats(u, n) {
                facts += 1;
                changes.push(RowChange::create(&ThreatFact {
                    id: ThreatFactId(facts),
                    cve: cve.clone(),
                    catalogue: catalogue.id,
                    value,
                    recorded_at: row.released_at + DAY_SECS,
                }));
            }
        }
        changes.push(RowChange::create(&Advisory {
            id: AdvisoryId(u),
            kb: row.kbs[0].clone(),
            catalogue: catalogue.id,
            title: row.title,
            released_on: None,
            cves,
            severity: Severity::Critical,
            products: row.products,
            fixes: Vec::new(),
            supersedes: Vec::new(),
            restart: String::new(),
            recorded_at: row.released_at + DAY_SECS,
        }));
    }
    let adopt = DeadlineCommand::Adopt {
        key: "ce-3.3".to_owned(),
        binds: SetScope::default(),
        filled: Filled::default(),
        reason: "measured".to_owned(),
        case: None,
    };
    engine.run(Command::Deadline(adopt), &Progress::default()).expect("a rule set");
    engine.context_mut().clock = Clock::Fixed(end_at);
    let mut observations = Vec::new();
    for machine in 1..=machines {
        for u in 1..=updates {
            let (asset, update) = (SourceAssetId(machine), SourceUpdateId(u));
            let state = State::NotInstalled as u8;
            observations.push(Observation { asset, update, state, reported_at: end_at, installed_at: None });
        }
    }
    let reports = (1..=machines).map(|m| Report { asset: SourceAssetId(m), reported_at: end_at }).collect();
    let batch = Batch {
        id: BatchId(1),
        source,
        number: 1,
        files: Vec::new(),
        scope: Scope::AllButNotApplicable,
        as_of_at: end_at,
        recorded_at: end_at,
        observations: observations.len() as i64,
        digest: String::new(),
        voided_at: None,
    };
    let batch = Some(BatchRows { batch, observations, reports });
    let rows = ImportRows { label: "Import 1".to_owned(), changes, batch };
    engine.run(Command::Import(Box::new(rows)), &Progress::default()).expect("recorded");
}

fn catalogue() -> Catalogue {
    Catalogue {
        id: CatalogueId(1),
        kind: CatalogueKind::Cvrf,
        title: "Measured".to_owned(),
        version: "1".to_owned(),
        model: String::new(),
        published_at: None,
        file_name: "measured.xml".to_owned(),
        sha256: String::new(),
        entries: 1,
        kept: 1,
        looked: Vec::new(),
        recorded_at: FIRST_AT,
    }
}

fn threats(update: i64, n: i64) -> Vec<Threat> {
    let mut all = vec![
        Threat::Scored {
            version: "3.1".to_owned(),
            score_tenths: 60 + (update + n) % 40,
            vector: String::new(),
        },
        Threat::Likelihood { score_ppm: (update * 7919 + n * 104_729) % 200_000, percentile_ppm: None },
        Threat::Vendor {
            severity: Severity::Important,
            exploited: Exploitation::LessLikely,
            disclosed: false,
        },
    ];
    if update % 10 == 0 && n == 0 {
        all.push(Threat::Listed {
            listed_on: chrono::NaiveDate::default(),
            due_on: None,
            ransomware: false,
            product: "Windows".to_owned(),
            name: "Measured".to_owned(),
        });
    }
    all
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
