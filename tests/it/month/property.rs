//! Whatever is done later, a sealed month stays as it was sealed: its row, its digest, its figures, the numbers on its paper.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use patchbook::app::{Context, Engine, import, paper};
use patchbook::domain::command::{Command, MonthCommand};
use patchbook::domain::month::canonical::verify_seal;
use patchbook::domain::month::close;
use patchbook::domain::month::standing::{figures_of_month, seals_of};
use patchbook::domain::month::trend::trend;
use patchbook::domain::month::{Seal, measure, name};
use patchbook::domain::row::{Row, RowChange};
use patchbook::domain::shop::Shop;
use patchbook::domain::waiver::{Waiver, WaiverId};
use patchbook::report::layout::Block;
use patchbook::report::{sealed, sheet};
use patchbook::store::Access;
use patchbook::util::clock::{Clock, DAY_SECS};
use patchbook::util::id::Ids;
use patchbook::util::progress::Progress;
use proptest::prelude::*;

use super::later::{self, Later};
use super::step::{Step, command, rows, steps};

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

/// What must stay: the rows, what whoever asks for the month is told, and both ways to its report.
#[derive(Debug, PartialEq)]
struct Kept {
    seals: Vec<Seal>,
    notice: String,
    paper: Vec<Block>,
    printed: Vec<Block>,
    facts: Vec<(String, String)>,
    figures: String,
    trend: String,
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
    let end = Some(figures.as_of_at);
    let printed = paper::layout(engine, &paper::Spec { as_of_at: end, ..paper::Spec::default() }, NOW);
    let points = trend(book, now, 24);
    let point = points.iter().find(|point| point.month == month);
    Kept {
        notice: layout.notice,
        printed: printed.expect("a paper").blocks,
        trend: point.map_or_else(String::new, |point| format!("{:?} {:?}", point.values, point.first)),
        figures: format!("{:?}", (&figures.outputs, figures.as_of_at, figures.mark())),
        paper: layout.blocks,
        facts: layout.facts,
        seals,
    }
}

/// Does a step; what is refused is refused, which is the other half of the point.
fn take(engine: &mut Engine, path: &Path, step: &Step, seed: u64) {
    let _refused = match step {
        Step::Later(what) => {
            later::take(engine, &BASE.month, what);
            Ok(())
        }
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

/// The figures of the sealed month as they would come out if they were counted anew.
fn recounted(engine: &Engine, month: &str) -> String {
    let book = engine.book();
    let period = name::period(book, month).expect("a month");
    format!("{:?}", measure::outputs(book, BASE.now - 2 * DAY_SECS, period, &|_, _| None))
}

#[test]
fn nothing_that_is_recorded_or_undone_later_moves_a_sealed_month() {
    let base = &*BASE;
    let config = ProptestConfig {
        cases: 40,
        max_shrink_iters: 60,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let moved = std::cell::Cell::new(0);
    let check = |(steps, seed): (Vec<Step>, u64)| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("shop.patchbook");
        std::fs::copy(&base.path, &path).expect("a copy");
        let mut engine = Engine::open(&path, Access::Write, context(base.now, seed)).expect("the register");
        let before = kept(&engine, &base.month);
        let counted = recounted(&engine, &base.month);
        for step in &steps {
            take(&mut engine, &path, step, seed);
            prop_assert_eq!(&kept(&engine, &base.month), &before, "after {:?}", step);
        }
        if recounted(&engine, &base.month) != counted {
            moved.set(moved.get() + 1);
        }
        prop_assert!(engine.verify(&Progress::default()).expect("a verification").is_sound());
        Ok(())
    };
    let found = proptest::test_runner::TestRunner::new(config).run(&(steps(), 10u64..10_000), check);
    found.unwrap_or_else(|fault| panic!("{fault}"));
    // Else the steps do nothing that a seal would have to withstand, and this test could not fail.
    assert!(moved.get() >= 10, "only {} of 40 runs would have moved a month that is not sealed", moved.get());
}

/// A writable copy of the sealed register.
fn copy(folder: &Path, now: i64) -> Engine {
    let path = folder.join("shop.patchbook");
    std::fs::copy(&BASE.path, &path).expect("a copy");
    Engine::open(&path, Access::Write, context(now, 77)).expect("the register")
}

/// Each kind that is named here is carried out, moves the figures as they would be counted anew, and leaves what was sealed. A reason
/// for a decline is not among them: it moves no past month, sealed or not.
#[test]
fn the_steps_of_the_property_do_move_the_figures_of_a_month_that_is_not_sealed() {
    let base = &*BASE;
    let mut lazy = Vec::new();
    for step in [
        Step::BackdatedFact(1, 5),
        Step::Later(Later::Batch(0, 0, 5, 10)),
        Step::Later(Later::Decline(1, 2, 40)),
        Step::Later(Later::Decline(2, 2, 40)),
        Step::Later(Later::Decline(3, 2, 40)),
        Step::Later(Later::Advise(0, 20)),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut engine = copy(folder.path(), base.now);
        let (before, counted) = (kept(&engine, &base.month), recounted(&engine, &base.month));
        take(&mut engine, &folder.path().join("shop.patchbook"), &step, 1);
        assert_eq!(kept(&engine, &base.month), before, "{step:?}");
        if recounted(&engine, &base.month) == counted {
            lazy.push(format!("{step:?}"));
        }
    }
    // Not every update is owed by somebody.
    let declines = lazy.iter().filter(|step| step.contains("Decline")).count();
    assert!(declines < 3 && lazy.len() == declines, "these moved nothing: {lazy:?}");
}

/// Whatever would be refused would prove nothing.
#[test]
fn the_later_steps_of_the_property_are_carried_out() {
    let base = &*BASE;
    let folder = tempfile::tempdir().expect("a folder");
    let mut engine = copy(folder.path(), base.now);
    let before = kept(&engine, &base.month);
    for (step, at_least) in [
        (Later::Batch(0, 0, 2, 10), 1),
        (Later::Advise(0, 20), 1),
        (Later::Adopt(0), 1),
        (Later::Leave(0), 1),
        (Later::Ratify, 1),
        (Later::Document(10), 1),
        (Later::Ask(0, 0), 1),
        (Later::OtherMonth, 2),
        (Later::Posture, 1),
        (Later::Decline(1, 2, 10), 1),
    ] {
        let done = later::take(&mut engine, &base.month, &step);
        assert!(done >= at_least, "{step:?}: {done} of its commands were carried out");
        assert_eq!(kept(&engine, &base.month), before, "{step:?}");
    }
    assert_eq!(engine.book().seals.len(), 2, "the month before is sealed too");
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
