//! What may be recorded after a month was sealed, kind by kind: imports, advisories, rule sets, documents, waivers, other months,
//! reasons that end a duty. Each as it would come from the window, the console or a file.

use std::cell::RefCell;

use patchbook::app::Engine;
use patchbook::domain::batch::{Batch, BatchFile, BatchId, Observation, Report, Scope};
use patchbook::domain::command::{
    BatchRows, Command, DeadlineCommand, DocumentCommand, Edit, ImportRows, MonthCommand, WaiverCommand,
};
use patchbook::domain::document::subject::Chosen;
use patchbook::domain::document::{DocumentState, DocumentVersion, DocumentVersionId};
use patchbook::domain::month::close;
use patchbook::domain::month::{name, standing};
use patchbook::domain::rating::Rank;
use patchbook::domain::row::RowChange;
use patchbook::domain::ruleset::{Filled, SetScope};
use patchbook::domain::threat::{
    Advisory, AdvisoryId, Catalogue, CatalogueId, CatalogueKind, Threat, ThreatFact, ThreatFactId,
};
use patchbook::domain::update::{DeclineReason, Severity};
use patchbook::domain::waiver::request::{ReasonClass, WaiverRequest, WaiverRequestId};
use patchbook::util::clock::{DAY_SECS, day_in, zone};
use patchbook::util::progress::Progress;
use proptest::prelude::*;

/// One thing recorded later; `i64`: how many days before now it is said to have been.
#[derive(Clone, Debug)]
pub enum Later {
    /// An import whose newest report lies back: machine, update, state as its number.
    Batch(usize, usize, u8, i64),
    /// An advisory of an update with a vulnerability that is listed as exploited.
    Advise(usize, i64),
    /// A rule set is adopted.
    Adopt(usize),
    /// A rule set is left.
    Leave(usize),
    /// A document is begun, submitted and ratified, as far as the register allows.
    Ratify,
    /// A ratified version comes in with a file.
    Document(i64),
    /// A waiver is written and asked for.
    Ask(usize, usize),
    /// A waiver is reviewed, renewed or revoked.
    Waiver(usize),
    /// The month before is answered, sealed, restated.
    OtherMonth,
    /// A posture of a name of its own is taken.
    Posture,
    /// An update was declined for one of the reasons.
    Decline(usize, usize, i64),
}

pub fn later() -> impl Strategy<Value = Later> {
    let which = 0usize..6;
    let days = 0i64..60;
    prop_oneof![
        3 => (which.clone(), which.clone(), 2u8..7, days.clone()).prop_map(|(a, u, s, d)| Later::Batch(a, u, s, d)),
        2 => (which.clone(), days.clone()).prop_map(|(u, d)| Later::Advise(u, d)),
        1 => (0usize..3).prop_map(Later::Adopt),
        1 => which.clone().prop_map(Later::Leave),
        1 => Just(Later::Ratify),
        1 => days.clone().prop_map(Later::Document),
        1 => (which.clone(), which.clone()).prop_map(|(a, u)| Later::Ask(a, u)),
        1 => which.clone().prop_map(Later::Waiver),
        1 => Just(Later::OtherMonth),
        1 => Just(Later::Posture),
        2 => (which, 0usize..4, days).prop_map(|(u, r, d)| Later::Decline(u, r, d)),
    ]
}

/// Does it to the register whose sealed month is given; how many of its commands were carried out.
pub fn take(engine: &mut Engine, month: &str, later: &Later) -> usize {
    let done = RefCell::new(0);
    let run = |engine: &mut Engine, command: Option<Command>| {
        let carried = command.is_some_and(|command| engine.run(command, &Progress::default()).is_ok());
        *done.borrow_mut() += usize::from(carried);
    };
    let now = engine.context().clock.now_at();
    match *later {
        Later::Batch(a, u, state, days) => {
            let command = batch(engine, a, u, state, now - days * DAY_SECS);
            run(engine, command);
        }
        Later::Advise(u, days) => {
            let command = advise(engine, u, now - days * DAY_SECS);
            run(engine, command);
        }
        Later::Adopt(n) => {
            let key = ["ce-3.3", "bod-22-01", "kev-due-date"][n % 3].to_owned();
            let adopt = DeadlineCommand::Adopt {
                key,
                binds: SetScope::default(),
                filled: Filled::default(),
                reason: "A customer asks".to_owned(),
                case: None,
            };
            run(engine, Some(Command::Deadline(adopt)));
        }
        Later::Leave(n) => {
            let sets = engine.book().rule_sets.rows();
            let set = sets.get(n % sets.len().max(1)).map(|set| set.id);
            let leave = |set| DeadlineCommand::Drop { set, reason: "No more".to_owned() };
            run(engine, set.map(|set| Command::Deadline(leave(set))));
        }
        Later::Ratify => {
            run(engine, Some(Command::Document(DocumentCommand::Begin("charter".to_owned()))));
            let version = engine.book().versions.rows().last().map(|version| version.id);
            run(engine, version.map(|id| Command::Document(DocumentCommand::Submit(id))));
        }
        Later::Document(days) => {
            let command = document(engine, now - days * DAY_SECS);
            run(engine, command);
        }
        Later::Ask(a, u) => {
            let command = ask(engine, a, u);
            run(engine, command);
            let request = engine.book().waiver_requests.rows().last().map(|row| row.id);
            run(engine, request.map(|id| Command::Waiver(WaiverCommand::Request(id))));
        }
        Later::Waiver(n) => {
            let requests = engine.book().waiver_requests.rows();
            let id = requests.get(n % requests.len().max(1)).map(|row| row.id);
            let command = id.map(|request| match n % 3 {
                0 => WaiverCommand::Review(request),
                1 => WaiverCommand::Renew(request),
                _ => WaiverCommand::Revoke { request, because: "no longer".to_owned() },
            });
            run(engine, command.map(Command::Waiver));
        }
        Later::OtherMonth => {
            let month = name::before(month).expect("a month");
            let points = close::list(engine.book(), &month, now).unwrap_or_default();
            for point in close::stopping(&points) {
                let (item, answer) = (point.item.word().to_owned(), "Known".to_owned());
                let command = MonthCommand::Answer { month: month.clone(), item, answer };
                run(engine, Some(Command::Month(command)));
            }
            let judgement = "It was the month before.".to_owned();
            let command = MonthCommand::Seal {
                month: month.clone(),
                judgement: judgement.clone(),
                recorded_by: Vec::new(),
            };
            run(engine, Some(Command::Month(command)));
            let seal = standing::seal_of(engine.book(), &month).map(|seal| seal.id);
            let (reason, approved_by) = ("It was wrong".to_owned(), "Ben".to_owned());
            let restate = seal.map(|seal| MonthCommand::Restate {
                seal,
                reason,
                approved_by,
                judgement,
                recorded_by: Vec::new(),
            });
            run(engine, restate.map(Command::Month));
        }
        Later::Posture => {
            let command = MonthCommand::Posture {
                name: format!("At entry {}", engine.book().head.seq),
                parts: ["a", "b", "c", "d"].map(str::to_owned),
                seal: None,
                baseline_instead_of: None,
            };
            run(engine, Some(Command::Month(command)));
        }
        Later::Decline(u, reason, days) => {
            let updates = engine.book().updates.rows();
            let change = updates.get(u % updates.len().max(1)).and_then(|update| {
                let mut declined = update.clone();
                declined.declined_at = Some(now - days * DAY_SECS);
                declined.declined_reason = DeclineReason::ALL[reason % DeclineReason::ALL.len()];
                RowChange::update(update, &declined)
            });
            run(engine, change.map(|change| rows("Import declines", vec![change])));
        }
    }
    done.into_inner()
}

fn rows(label: &str, changes: Vec<RowChange>) -> Command {
    Command::Import(Box::new(ImportRows { label: label.to_owned(), changes, batch: None }))
}

fn batch(engine: &Engine, a: usize, u: usize, state: u8, reported_at: i64) -> Option<Command> {
    let book = engine.book();
    let source = book.live_batches().first()?.source;
    let machines: Vec<_> =
        book.source_assets.iter().filter(|row| row.source == source && row.asset.is_some()).collect();
    let updates: Vec<_> =
        book.source_updates.iter().filter(|row| row.source == source && row.update.is_some()).collect();
    let asset = machines.get(a % machines.len().max(1))?.id;
    let update = updates.get(u % updates.len().max(1))?.id;
    let number = book.batches.iter().map(|batch| batch.number).max()? + 1;
    let batch = Batch {
        id: BatchId(engine.context().ids.next()),
        source,
        number,
        files: vec![BatchFile {
            name: "states.csv".to_owned(),
            sha256: format!("{number:064}"),
            kind: "states".to_owned(),
            rows: 1,
            skipped: 0,
        }],
        scope: Scope::All,
        as_of_at: reported_at,
        recorded_at: engine.context().clock.now_at(),
        observations: 0,
        digest: String::new(),
        voided_at: None,
    };
    let observations = vec![Observation { asset, update, state, reported_at, installed_at: None }];
    let reports = vec![Report { asset, reported_at }];
    let batch = Some(BatchRows { batch, observations, reports });
    Some(Command::Import(Box::new(ImportRows {
        label: format!("Import {number}"),
        changes: Vec::new(),
        batch,
    })))
}

fn advise(engine: &Engine, u: usize, recorded_at: i64) -> Option<Command> {
    let (book, ids) = (engine.book(), &engine.context().ids);
    let kb = book.updates.iter().filter_map(|update| update.kbs.first()).nth(u)?.clone();
    let cve = format!("CVE-2024-{:05}", engine.book().head.seq);
    let catalogue = Catalogue {
        id: CatalogueId(ids.next()),
        kind: CatalogueKind::ALL[0],
        title: "Listed".to_owned(),
        version: format!("{recorded_at}.{u}"),
        model: String::new(),
        published_at: Some(recorded_at),
        file_name: "kev.json".to_owned(),
        sha256: "0".repeat(64),
        entries: 1,
        kept: 1,
        looked: Vec::new(),
        recorded_at,
    };
    let advisory = Advisory {
        id: AdvisoryId(ids.next()),
        kb,
        catalogue: catalogue.id,
        title: String::new(),
        released_on: None,
        cves: vec![cve.clone()],
        severity: Severity::Critical,
        products: Vec::new(),
        fixes: Vec::new(),
        supersedes: Vec::new(),
        restart: String::new(),
        recorded_at,
    };
    let day = day_in(zone(&book.shop.zone), recorded_at);
    let value = Threat::Listed {
        listed_on: day,
        due_on: Some(day),
        ransomware: true,
        product: String::new(),
        name: String::new(),
    };
    let fact = ThreatFact { id: ThreatFactId(ids.next()), cve, catalogue: catalogue.id, value, recorded_at };
    let changes = vec![RowChange::create(&catalogue), RowChange::create(&advisory), RowChange::create(&fact)];
    Some(rows("Import threats", changes))
}

fn document(engine: &Engine, recorded_at: i64) -> Option<Command> {
    let book = engine.book();
    let document = book.documents.rows().first()?.id;
    let number = book.versions.iter().map(|version| version.number).max().unwrap_or(0) + 1;
    let version = DocumentVersion {
        id: DocumentVersionId(engine.context().ids.next()),
        document,
        number,
        state: DocumentState::Ratified,
        template: 1,
        about: Chosen::default(),
        text: "# Text".to_owned(),
        stated: Vec::new(),
        note: String::new(),
        made_by: "Ada".to_owned(),
        made_at: recorded_at,
        submitted_at: Some(recorded_at),
        ratified_by: "Ruth".to_owned(),
        ratified_function: "Managing director".to_owned(),
        ratified_medium: None,
        ratified_at: Some(recorded_at),
        recorded_at: Some(recorded_at),
        recorded_by: String::new(),
        evidence_name: String::new(),
        evidence_sha256: String::new(),
        effective_on: None,
        next_review_on: None,
        superseded_at: None,
    };
    Some(rows("Import documents", vec![RowChange::create(&version)]))
}

fn ask(engine: &Engine, a: usize, u: usize) -> Option<Command> {
    let book = engine.book();
    let today = day_in(zone(&book.shop.zone), engine.context().clock.now_at());
    let row = WaiverRequest {
        id: WaiverRequestId(0),
        number: String::new(),
        cycle: None,
        updates: vec![book.updates.rows().get(u)?.id],
        assets: vec![book.assets.rows().get(a)?.id],
        reason_class: ReasonClass::Compatibility,
        reason: "The payroll does not start with it".to_owned(),
        recommendation: "Wait".to_owned(),
        residual: Rank::High,
        controls: Vec::new(),
        exit_plan: "A fix is due".to_owned(),
        exit_on: None,
        requested_by: book.people.iter().next().map(|person| person.id),
        requested_at: None,
        until_on: Some(today + chrono::Days::new(20)),
        review_on: None,
        void_if_exploited: true,
        void_if_exposed: true,
        renews: None,
        reviewed_at: None,
        grants: Vec::new(),
        granted_at: None,
        rejected_because: String::new(),
        revoked_at: None,
        revoked_because: String::new(),
        created_at: 0,
    };
    Some(Command::Waiver(WaiverCommand::Save(Box::new(Edit { base: None, row }))))
}
