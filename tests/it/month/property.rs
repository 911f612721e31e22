//! Whatever is done later, a sealed month stays as it was sealed: its row, its digest, its figures, the numbers on its paper.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use patchbook::app::{Context, Engine, import, paper};
use patchbook::domain::asset::{AssetClass, Exposure, Fact, FactId, FactValue, Status};
use patchbook::domain::command::{AssetDraft, Attest, Command, ImportRows, MonthCommand, StandingEdit};
use patchbook::domain::deadline::{ClockStart, DeadlineRule, DeadlineRuleId, TimeUnit};
use patchbook::domain::month::canonical::verify_seal;
use patchbook::domain::month::close;
use patchbook::domain::month::standing::{figures_of_month, seals_of};
use patchbook::domain::month::{Seal, name};
use patchbook::domain::rating::{Rank, Rating, RatingId};
use patchbook::domain::row::{Row, RowChange};
use patchbook::domain::shop::Shop;
use patchbook::domain::standing::standings;
use patchbook::domain::threat::{Catalogue, CatalogueId, CatalogueKind, Threat, ThreatFact, ThreatFactId};
use patchbook::domain::update::DeclineReason;
use patchbook::domain::waiver::{Waiver, WaiverId};
use patchbook::report::layout::Block;
use patchbook::report::{sealed, sheet};
use patchbook::store::Access;
use patchbook::util::clock::{Clock, DAY_SECS};
use patchbook::util::id::Ids;
use patchbook::util::progress::Progress;
use proptest::prelude::*;

/// 2024-04-20 12:00 UTC: after the newest report of the fixture.
const NOW: i64 = 1_713_614_400;

fn context(now: i64, seed: u64) -> Context {
    Context {
        actor: "Ada".to_owned(),
        site: "test".to_owned(),
        clock: Clock::Fixed(now),
        ids: Arc::new(Ids::seeded(seed)),
        backups: None,
    }
}

fn shop(name: &str) -> Shop {
    Shop { name: name.to_owned(), ..Shop::default() }
}

/// A register with an import and a sealed month, made once.
struct Base {
    _folder: tempfile::TempDir,
    path: PathBuf,
    month: String,
    now: i64,
}

static BASE: LazyLock<Base> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.patchbook");
    let mut engine = Engine::create(&path, shop("Example"), context(NOW, 1)).expect("a register");
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/golden");
    let inputs = import::inputs(&[fixture]).expect("the fixture");
    let answers = import::saved_answers(engine.book());
    let read = import::read_files(&inputs, &answers, &Progress::default()).expect("files");
    let plan = import::plan_import(&engine, &read, &Default::default());
    import::accept(&mut engine, plan, &read, &answers, &Progress::default()).expect("an import");
    let data_at = engine.book().live_batches().last().expect("a batch").as_of_at;
    let month = name::month_at(engine.book(), data_at);
    let now = name::end_at(engine.book(), &month).expect("a month") + 2 * DAY_SECS;
    engine.context_mut().clock = Clock::Fixed(now);
    let points = close::list(engine.book(), &month, now).expect("a list");
    for point in close::stopping(&points) {
        run(
            &mut engine,
            MonthCommand::Answer {
                month: month.clone(),
                item: point.item.word().to_owned(),
                answer: "Known".to_owned(),
            },
        );
    }
    run(
        &mut engine,
        MonthCommand::Seal {
            month: month.clone(),
            judgement: "It was a month.".to_owned(),
            recorded_by: Vec::new(),
        },
    );
    Base { _folder: folder, path, month, now }
});

fn run(engine: &mut Engine, command: MonthCommand) {
    engine.run(Command::Month(command), &Progress::default()).expect("it is allowed");
}

/// What must stay.
#[derive(Debug, PartialEq)]
struct Kept {
    seals: Vec<Seal>,
    paper: Vec<Block>,
    facts: Vec<(String, String)>,
    figures: String,
}

fn kept(engine: &Engine, month: &str) -> Kept {
    let book = engine.book();
    let seals: Vec<Seal> = seals_of(book, month).into_iter().cloned().collect();
    for seal in &seals {
        assert!(verify_seal(seal), "the digest of a seal must fit");
    }
    let spec = sheet::Spec { printed_at: NOW, program: "Patchbook 0" };
    let layout = sealed::build(book, spec, seals[0].id).expect("a paper");
    let now = engine.context().clock.now_at();
    let figures = figures_of_month(book, month, now).expect("a month");
    Kept {
        figures: format!("{:?}", (&figures.outputs, figures.as_of_at, figures.mark())),
        paper: layout.blocks,
        facts: layout.facts,
        seals,
    }
}

#[derive(Clone, Debug)]
enum Step {
    Rename(usize),
    Retire(usize),
    Expose(usize, usize),
    Exclude(usize),
    Loosen(usize),
    EndRule(usize),
    Rank(usize, usize),
    Attest(usize, usize, i64),
    Decline(usize),
    Shop(usize),
    BackdatedFact(usize, i64),
    BackdatedRating(usize, i64),
    Threat(usize, i64),
    Waive(usize, usize, i64),
    Undo(usize),
    Redo,
    UndoLast,
    Reopen,
    Wait(i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let which = 0usize..6;
    let step = prop_oneof![
        1 => which.clone().prop_map(Step::Rename),
        1 => which.clone().prop_map(Step::Retire),
        1 => (which.clone(), 0usize..3).prop_map(|(a, e)| Step::Expose(a, e)),
        1 => which.clone().prop_map(Step::Exclude),
        1 => (0usize..4).prop_map(Step::Loosen),
        1 => which.clone().prop_map(Step::EndRule),
        1 => (which.clone(), 0usize..4).prop_map(|(u, r)| Step::Rank(u, r)),
        1 => (which.clone(), which.clone(), 0i64..60).prop_map(|(a, u, d)| Step::Attest(a, u, d)),
        1 => which.clone().prop_map(Step::Decline),
        1 => (0usize..4).prop_map(Step::Shop),
        1 => (which.clone(), 0i64..60).prop_map(|(a, d)| Step::BackdatedFact(a, d)),
        1 => (which.clone(), 0i64..60).prop_map(|(u, d)| Step::BackdatedRating(u, d)),
        1 => (which.clone(), 0i64..60).prop_map(|(u, d)| Step::Threat(u, d)),
        1 => (which.clone(), which.clone(), -60i64..2).prop_map(|(a, u, d)| Step::Waive(a, u, d)),
        2 => (0usize..12).prop_map(Step::Undo),
        1 => Just(Step::Redo),
        2 => Just(Step::UndoLast),
        1 => Just(Step::Reopen),
        1 => (0i64..40).prop_map(Step::Wait),
    ];
    prop::collection::vec(step, 1..14)
}

fn rows(label: &str, changes: Vec<RowChange>) -> Command {
    Command::Import(Box::new(ImportRows { label: label.to_owned(), changes, batch: None }))
}

fn command(engine: &Engine, step: &Step) -> Option<Command> {
    let book = engine.book();
    let (now, ids) = (engine.context().clock.now_at(), &engine.context().ids);
    let asset = |n: usize| book.assets.rows().get(n % book.assets.len().max(1));
    let update = |n: usize| book.updates.rows().get(n % book.updates.len().max(1));
    let edit = |n: usize| StandingEdit {
        assets: asset(n).map(|asset| asset.id).into_iter().collect(),
        reason: "as told".to_owned(),
        approved_by: "Ben".to_owned(),
        ..StandingEdit::default()
    };
    Some(match *step {
        Step::Rename(n) => {
            let base = asset(n)?.clone();
            let standing = standings(book, now)[n % book.assets.len()];
            let mut row = base.clone();
            row.name = format!("RENAMED-{now}");
            row.support_end_on = chrono::NaiveDate::from_ymd_opt(2020, 1, 1);
            let (reason, approved_by) = (String::new(), String::new());
            Command::SaveAsset(Box::new(AssetDraft {
                base: Some(base),
                asset: row,
                standing,
                reason,
                approved_by,
            }))
        }
        Step::Retire(n) => Command::SetStanding(StandingEdit { status: Some(Status::Retired), ..edit(n) }),
        Step::Expose(n, e) => {
            let exposure = Some(Exposure::ALL[e]);
            Command::SetStanding(StandingEdit { exposure, class: Some(AssetClass::Workstation), ..edit(n) })
        }
        Step::Exclude(n) => Command::SetStanding(StandingEdit { scope: Some(false), ..edit(n) }),
        Step::Loosen(rank) => Command::SaveRule {
            replaces: None,
            rule: DeadlineRule {
                id: DeadlineRuleId(0),
                rank: Rank::ALL[rank],
                class: None,
                exposure: None,
                amount: 1,
                unit: TimeUnit::Days,
                clock: ClockStart::Release,
                from_at: 0,
                until_at: None,
                source: "own".to_owned(),
            },
        },
        Step::EndRule(n) => Command::EndRule(book.rules.rows().get(n % book.rules.len().max(1))?.id),
        Step::Rank(u, r) => {
            Command::SetRank { update: update(u)?.id, rank: Rank::ALL[r], reason: "told".to_owned() }
        }
        Step::Attest(a, u, days) => Command::Attest(Attest {
            asset: asset(a)?.id,
            update: update(u)?.id,
            checked_at: now - days * DAY_SECS,
            checked_by: "Ada".to_owned(),
            how: "looked".to_owned(),
            evidence: None,
        }),
        Step::Decline(u) => {
            Command::SetDeclineReason { update: update(u)?.id, reason: DeclineReason::ALL[0] }
        }
        Step::Shop(n) => {
            let base = book.shop.as_ref().clone();
            let mut shop = base.clone();
            match n {
                0 => shop.zone = "Pacific/Auckland".to_owned(),
                1 => shop.fresh_server_days += 100,
                2 => shop.covered.truncate(1),
                _ => shop.name = "Another name".to_owned(),
            }
            Command::SaveShop {
                base: Box::new(base),
                shop: Box::new(shop),
                reason: "another rule".to_owned(),
            }
        }
        Step::BackdatedFact(n, days) => {
            let (id, asset) = (FactId(ids.next()), asset(n)?.id);
            let (since_at, value) = (now - days * DAY_SECS, FactValue::Status(Status::Retired));
            let fact = Fact { id, asset, value, since_at, reason: String::new(), approved_by: String::new() };
            rows("Import facts", vec![RowChange::create(&fact)])
        }
        Step::BackdatedRating(u, days) => {
            let (id, update) = (RatingId(ids.next()), update(u)?.id);
            let since_at = now - days * DAY_SECS;
            let rating = Rating { id, update, rank: Rank::Low, reason: String::new(), since_at };
            rows("Import ratings", vec![RowChange::create(&rating)])
        }
        Step::Threat(u, days) => {
            let recorded_at = now - days * DAY_SECS;
            let catalogue = Catalogue {
                id: CatalogueId(ids.next()),
                kind: CatalogueKind::ALL[0],
                title: "Listed".to_owned(),
                version: format!("{now}.{u}"),
                model: String::new(),
                published_at: Some(recorded_at),
                file_name: "kev.json".to_owned(),
                sha256: "0".repeat(64),
                entries: 1,
                kept: 1,
                looked: Vec::new(),
                recorded_at,
            };
            let fact = ThreatFact {
                id: ThreatFactId(ids.next()),
                cve: format!("CVE-2024-{u:05}"),
                catalogue: catalogue.id,
                value: Threat::Unlisted,
                recorded_at,
            };
            rows("Import threats", vec![RowChange::create(&catalogue), RowChange::create(&fact)])
        }
        Step::Waive(a, u, days) => {
            let waiver = Waiver {
                id: WaiverId(ids.next()),
                asset: asset(a)?.id,
                update: update(u)?.id,
                approved_at: now + days * DAY_SECS,
                until_at: now + 90 * DAY_SECS,
                voided_at: None,
                reason: "later".to_owned(),
                approved_by: "Ben".to_owned(),
            };
            rows("Import waivers", vec![RowChange::create(&waiver)])
        }
        Step::Undo(_) | Step::Redo | Step::UndoLast | Step::Reopen | Step::Wait(_) => return None,
    })
}

/// Does a step; what is refused is refused, which is the other half of the point.
fn take(engine: &mut Engine, path: &Path, step: &Step, seed: u64) {
    let _refused = match step {
        Step::Undo(n) => {
            let operations = engine.operations().expect("a history");
            let op_id = operations[n % operations.len()].op_id;
            engine.undo_operation(op_id).map(|_| ())
        }
        Step::Redo => engine.redo().map(|_| ()),
        Step::UndoLast => engine.undo().map(|_| ()),
        Step::Wait(days) => {
            let now = engine.context().clock.now_at() + days * DAY_SECS + 60;
            engine.context_mut().clock = Clock::Fixed(now);
            Ok(())
        }
        Step::Reopen => {
            let now = engine.context().clock.now_at();
            let elsewhere = path.with_file_name("other.patchbook");
            // The lock goes with the old engine, so another one takes its place first.
            let other =
                Engine::create(&elsewhere, shop("Other"), context(now, seed + 500)).expect("a register");
            drop(std::mem::replace(engine, other));
            *engine =
                Engine::open(path, Access::Write, context(now, seed + 1_000)).expect("the register again");
            std::fs::remove_file(&elsewhere).ok();
            Ok(())
        }
        other => match command(engine, other) {
            Some(command) => engine.run(command, &Progress::default()).map(|_| ()),
            None => Ok(()),
        },
    };
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_recorded_or_undone_later_moves_a_sealed_month(steps in steps(), seed in 10u64..10_000) {
        let base = &*BASE;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("shop.patchbook");
        std::fs::copy(&base.path, &path).expect("a copy");
        let mut engine = Engine::open(&path, Access::Write, context(base.now, seed)).expect("the register");
        let before = kept(&engine, &base.month);
        for step in &steps {
            take(&mut engine, &path, step, seed);
            prop_assert_eq!(&kept(&engine, &base.month), &before, "after {:?}", step);
        }
        prop_assert!(engine.verify(&Progress::default()).expect("a verification").is_sound());
    }
}

/// A writable copy of the sealed register.
fn copy(folder: &Path, now: i64) -> Engine {
    let path = folder.join("shop.patchbook");
    std::fs::copy(&BASE.path, &path).expect("a copy");
    Engine::open(&path, Access::Write, context(now, 77)).expect("the register")
}

#[test]
fn the_steps_of_the_property_do_move_the_figures_of_a_month_that_is_not_sealed() {
    let base = &*BASE;
    let folder = tempfile::tempdir().expect("a folder");
    let mut engine = copy(folder.path(), base.now);
    let as_of_at = name::end_at(engine.book(), &base.month).expect("a month");
    let before = format!("{:?}", paper::figures(engine.book(), as_of_at).machines);
    let step = Step::BackdatedFact(1, 5);
    let command = command(&engine, &step).expect("a command");
    engine.run(command, &Progress::default()).expect("it is allowed");
    assert_ne!(format!("{:?}", paper::figures(engine.book(), as_of_at).machines), before);
}

#[test]
fn a_seal_a_signature_and_a_posture_cannot_be_undone() {
    let base = &*BASE;
    let folder = tempfile::tempdir().expect("a folder");
    let mut engine = copy(folder.path(), base.now);
    run(
        &mut engine,
        MonthCommand::Posture {
            name: "Spring".to_owned(),
            parts: ["a", "b", "c", "d"].map(str::to_owned),
            seal: None,
            baseline_instead_of: None,
        },
    );
    for op in engine.operations().expect("a history") {
        if op.label.starts_with("Seal") || op.label.starts_with("Take") {
            let refused = engine.undo_operation(op.op_id).expect_err("it must be refused");
            assert!(refused.to_string().contains("cannot be undone"), "{refused}");
        }
    }
    assert!(!engine.steps().undo.as_deref().unwrap_or_default().starts_with("Take"));
    assert_eq!((engine.book().seals.len(), engine.book().postures.len()), (1, 1));
}

#[test]
fn a_waiver_that_would_cover_a_sealed_month_again_is_not_brought_back() {
    let base = &*BASE;
    let folder = tempfile::tempdir().expect("a folder");
    // Before the month ends: a waiver is granted and undone; then the month is sealed.
    let path = folder.path().join("shop.patchbook");
    let as_of_at = base.now - 2 * DAY_SECS;
    let mut engine =
        Engine::create(&path, shop("Example"), context(as_of_at - 5 * DAY_SECS, 3)).expect("a register");
    let asset = patchbook::domain::asset::Asset::new(patchbook::domain::asset::AssetId(51), "A", NOW);
    let update = update_row();
    engine
        .run(
            rows("Import rows", vec![RowChange::create(&asset), RowChange::create(&update)]),
            &Progress::default(),
        )
        .expect("rows");
    let now = engine.context().clock.now_at();
    let waiver = Waiver {
        id: WaiverId(53),
        asset: asset.id,
        update: update.id,
        approved_at: now,
        until_at: now + 60 * DAY_SECS,
        voided_at: None,
        reason: "as told".to_owned(),
        approved_by: "Ben".to_owned(),
    };
    let done =
        engine.run(rows("Grant", vec![RowChange::create(&waiver)]), &Progress::default()).expect("a waiver");
    let undone = engine.undo_operation(done.op_id.expect("an operation")).expect("an undo");
    engine.context_mut().clock = Clock::Fixed(base.now);
    let points = close::list(engine.book(), &base.month, base.now).expect("a list");
    for point in close::stopping(&points) {
        let item = point.item.word().to_owned();
        run(
            &mut engine,
            MonthCommand::Answer { month: base.month.clone(), item, answer: "Known".to_owned() },
        );
    }
    run(
        &mut engine,
        MonthCommand::Seal {
            month: base.month.clone(),
            judgement: "A month.".to_owned(),
            recorded_by: Vec::new(),
        },
    );
    let refused = engine.undo_operation(undone.op_id.expect("an operation")).expect_err("it must be refused");
    assert!(refused.to_string().contains("sealed month"), "{refused}");
    assert_eq!(engine.book().waivers.len(), 0);
}

fn update_row() -> patchbook::domain::update::Update {
    let book = copy(tempfile::tempdir().expect("a folder").path(), BASE.now).book().clone();
    let mut update = book.updates.rows()[0].clone();
    update.id = patchbook::domain::update::UpdateId(52);
    assert_eq!(update.id(), 52);
    update
}

#[test]
fn a_waiver_is_never_recorded_for_the_past_nor_inside_a_sealed_month() {
    let base = &*BASE;
    let folder = tempfile::tempdir().expect("a folder");
    let mut engine = copy(folder.path(), base.now);
    let try_it = |engine: &mut Engine, days| {
        let command = command(engine, &Step::Waive(0, 0, days)).expect("a command");
        engine.run(command, &Progress::default()).map(|done| done.label).map_err(|error| error.to_string())
    };
    assert!(try_it(&mut engine, -1).expect_err("refused").contains("never from before"));
    assert!(try_it(&mut engine, 0).is_ok());
    // A clock that stands inside a sealed month would backdate by itself.
    engine.context_mut().clock = Clock::Fixed(base.now - 5 * DAY_SECS);
    assert!(try_it(&mut engine, 0).expect_err("refused").contains("set the clock right"));
}

#[test]
fn the_report_as_of_a_sealed_month_is_printed_from_its_seal() {
    let base = &*BASE;
    let folder = tempfile::tempdir().expect("a folder");
    let engine = copy(folder.path(), base.now);
    let as_of_at = name::end_at(engine.book(), &base.month);
    let spec = paper::Spec { as_of_at, ..paper::Spec::default() };
    let layout = paper::layout(&engine, &spec, base.now).expect("a paper");
    assert!(layout.notice.starts_with("SEALED"), "{}", layout.notice);
    let live = paper::layout(&engine, &paper::Spec::default(), base.now).expect("a paper");
    assert!(live.facts.iter().any(|(label, value)| label == "Seal" && value.starts_with("not sealed")));
    for paper in [paper::PaperKind::Sealed, paper::PaperKind::Certificate, paper::PaperKind::Trend] {
        let subject = paper::choice::subjects(engine.book(), paper, base.now).remove(0);
        let spec = paper::Spec { paper: subject.paper, as_of_at: None };
        let rendered = paper::render(&engine, &spec, base.now).expect("pages");
        assert!(rendered.pages > 0 && rendered.warnings.is_empty(), "{paper:?} {:?}", rendered.warnings);
    }
}
