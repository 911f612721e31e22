//! What was answered about a file is known for the next one with the same header.

use patchbook::domain::batch::Scope;
use patchbook::domain::pair::State;
use patchbook::import::{FileScope, Profile};

use super::rig::{Files, Rig, day, named_csv};

fn list(word: &str) -> Files {
    named_csv("list.csv", &[("ws-1", "5000001", "Security update (KB5000001)", word)])
}

#[test]
fn answers_are_remembered_for_the_next_file_with_the_same_header() {
    let mut rig = Rig::new();
    let open = rig.read(&list("fehlt"));
    assert_eq!(open.questions.len(), 2, "{:?}", open.questions);
    let mut profile = Profile { scope: Some(FileScope::AllButNotApplicable), ..Profile::default() };
    profile.state_words.insert("fehlt".to_owned(), Some(State::NotInstalled));
    rig.answers.profiles.insert(open.files[0].fingerprint.clone(), profile);
    rig.at(day(1)).import(&list("fehlt"));
    assert_eq!(rig.state("WS-1", "5000001"), Some(State::NotInstalled));
    assert_eq!(rig.engine.book().profiles.len(), 1);

    rig.answers.profiles.clear();
    let next = rig.read(&list("fehlt"));
    assert!(next.questions.is_empty(), "{:?}", next.questions);
    let plan = rig.at(day(8)).plan(&list("Installed"));
    assert_eq!(plan.scope, Scope::AllButNotApplicable);
}

#[test]
fn answers_go_with_the_import_when_it_is_undone() {
    let mut rig = Rig::new();
    let fingerprint = rig.read(&list("Installed")).files[0].fingerprint.clone();
    let profile = Profile { scope: Some(FileScope::All), ..Profile::default() };
    rig.answers.profiles.insert(fingerprint, profile);
    rig.at(day(1)).import(&list("Installed"));
    rig.engine.undo().unwrap();
    assert!(rig.engine.book().profiles.is_empty());
}

#[test]
fn nothing_is_written_when_the_plan_is_nothing_new() {
    let mut rig = Rig::new();
    rig.scope(FileScope::All);
    rig.at(day(1)).import(&list("Installed"));
    let operations = rig.engine.operations().unwrap().len();
    assert!(rig.at(day(2)).import(&list("Installed")).is_nothing_new());
    assert_eq!(rig.engine.operations().unwrap().len(), operations);
}
