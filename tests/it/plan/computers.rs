//! What an import may change of an asset.

use patchbook::domain::asset::Asset;
use patchbook::domain::command::{AssetDraft, Command};
use patchbook::domain::standing::FactsByAsset;
use patchbook::import::plan::Verdict;
use patchbook::util::progress::Progress;

use super::rig::{Rig, computers_csv, day, directory_csv, entry, guid, machine};

fn edit(rig: &mut Rig, name: &str, change: impl Fn(&mut Asset)) {
    let base = rig.asset(name).clone();
    let book = rig.engine.book().clone();
    let place = book.assets.place(base.id.0).unwrap();
    let standing = FactsByAsset::new(&book).standing(&base, place, day(90));
    let mut asset = base.clone();
    change(&mut asset);
    let draft =
        AssetDraft { base: Some(base), asset, standing, reason: String::new(), approved_by: String::new() };
    rig.engine.run(Command::SaveAsset(Box::new(draft)), &Progress::default()).unwrap();
}

#[test]
fn own_values_stay_in_front_and_the_plan_says_so() {
    let mut rig = Rig::new();
    rig.at(day(1)).import(&[computers_csv(&[machine(1, "ws-1", day(1))])]);
    edit(&mut rig, "WS-1", |asset| asset.model = "The one by the window".to_owned());
    let mut other = machine(1, "ws-1", day(2));
    other.model = "Latitude 5440".to_owned();
    let plan = rig.at(day(2)).import(&[computers_csv(&[other])]);
    let Verdict::Change(diffs) = &entry(&plan, "ws-1.corp.example").verdict else { panic!("{plan:?}") };
    let model = diffs.iter().find(|d| d.field == "Model").unwrap();
    assert!(model.kept_yours);
    assert_eq!((model.was.as_str(), model.becomes.as_str()), ("The one by the window", "Latitude 5440"));
    assert_eq!(rig.asset("WS-1").model_text(), "The one by the window");
    assert_eq!(rig.asset("WS-1").imported.model.as_deref(), Some("Latitude 5440"));
}

#[test]
fn a_blank_never_erases() {
    let mut rig = Rig::new();
    rig.at(day(1)).import(&[computers_csv(&[machine(1, "ws-1", day(1))])]);
    let mut bare = machine(1, "ws-1", day(2));
    (bare.ip, bare.model, bare.status_at) = (String::new(), String::new(), None);
    let plan = rig.at(day(2)).import(&[computers_csv(&[bare])]);
    assert_eq!(entry(&plan, "ws-1.corp.example").verdict, Verdict::Unchanged);
    let asset = rig.asset("WS-1");
    assert_eq!(asset.imported.ip.as_deref(), Some("10.0.0.1"));
    assert_eq!(asset.imported.model.as_deref(), Some("OptiPlex 7090"));
    assert_eq!(asset.imported.status_at, Some(day(1)));
}

#[test]
fn an_older_list_fills_gaps_and_overwrites_nothing() {
    let mut rig = Rig::new();
    let mut newer = machine(1, "ws-1", day(20));
    newer.model = String::new();
    rig.at(day(20)).import(&[computers_csv(&[newer])]);
    let mut older = machine(1, "ws-1", day(5));
    older.ip = "10.5.5.5".to_owned();
    rig.at(day(21)).import(&[computers_csv(&[older])]);
    let imported = &rig.asset("WS-1").imported;
    assert_eq!(imported.ip.as_deref(), Some("10.0.0.1"));
    assert_eq!(imported.model.as_deref(), Some("OptiPlex 7090"));
    assert_eq!((imported.status_at, imported.contact_at), (Some(day(20)), Some(day(20))));
}

#[test]
fn a_disabled_account_is_left_out_unless_taken() {
    let mut rig = Rig::new();
    let files = directory_csv(&[(100, "WS-1", true), (101, "OLD-PC-3", false)]);
    let plan = rig.at(day(1)).import(&files);
    assert!(matches!(&entry(&plan, "OLD-PC-3").verdict, Verdict::LeftOut(why) if why.contains("disabled")));
    assert_eq!(rig.names(), ["WS-1"]);
    rig.choices.take.insert(format!("ad:{}", guid(101)));
    let again = rig.import(&files);
    assert_eq!(entry(&again, "OLD-PC-3").verdict, Verdict::Create);
    assert_eq!(rig.names(), ["OLD-PC-3", "WS-1"]);
    assert_eq!(rig.asset("OLD-PC-3").imported.disabled, Some(true));
}

#[test]
fn an_account_disabled_later_is_recorded_and_takes_nothing_away() {
    let mut rig = Rig::new();
    rig.at(day(1)).import(&directory_csv(&[(100, "WS-1", true)]));
    rig.at(day(2)).import(&directory_csv(&[(100, "WS-1", false)]));
    assert_eq!(rig.names(), ["WS-1"]);
    assert_eq!(rig.asset("WS-1").imported.disabled, Some(true));
}
