//! A register from before the month: what its owner meets when they open it with this version.

use std::sync::Arc;

use patchbook::app::{Context, Engine};
use patchbook::store::{Access, Note};
use patchbook::util::clock::Clock;
use patchbook::util::id::Ids;

use crate::store::sample::NOW;
use crate::store::upgrading::old_file;

fn context() -> Context {
    Context {
        actor: "Ada Admin".to_owned(),
        site: "desk".to_owned(),
        clock: Clock::Fixed(NOW + 100_000),
        ids: Arc::new(Ids::seeded(3)),
        backups: None,
    }
}

#[test]
fn an_older_register_gets_what_a_new_one_starts_with_once_and_keeps_its_own_groups() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = old_file(folder.path());
    let mut engine = Engine::open(&path, Access::Write, context()).expect("it opens");
    assert!(matches!(engine.notes(), [Note::Upgraded { from: 1, .. }]), "{:?}", engine.notes());
    let book = Arc::clone(engine.book());
    assert!(!book.roles.is_empty() && !book.activities.is_empty());
    assert_eq!(book.practice.id, 1);
    assert_eq!(book.groups.len(), 2, "no group was invented");
    let groups: Vec<i64> = book.groups.rows().iter().map(|group| group.id.0).collect();
    for step in book.runbooks.rows().iter().flat_map(|runbook| &runbook.steps) {
        assert!(step.group.is_none_or(|id| groups.contains(&id.0)), "a group that is not there");
    }
    assert_eq!(engine.steps().undo.as_deref(), Some("Begin the promise's tables"));
    assert!(!book.lifecycles.is_empty() && !book.programme.is_empty() && !book.domains.is_empty());
    let report = engine.verify(&patchbook::util::progress::Progress::default()).expect("a verification");
    assert!(report.is_sound(), "{:?}", report.problems);

    engine.undo().expect("an undo");
    assert!(engine.book().programme.is_empty());
    engine.undo().expect("an undo");
    assert!(engine.book().roles.is_empty());
    drop(engine);
    let engine = Engine::open(&path, Access::Write, context()).expect("it opens");
    assert!(engine.book().roles.is_empty(), "what was undone does not come back by itself");
    assert!(engine.book().programme.is_empty(), "nor does this");
    assert!(engine.notes().is_empty());
}

#[test]
fn a_new_register_has_nothing_to_begin() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("new.patchbook");
    let shop = patchbook::domain::shop::Shop { name: "Shop".to_owned(), ..Default::default() };
    drop(Engine::create(&path, shop, context()).expect("a register"));
    let engine = Engine::open(&path, Access::Write, context()).expect("it opens");
    assert_eq!(engine.operations().expect("operations").len(), 1);
}
