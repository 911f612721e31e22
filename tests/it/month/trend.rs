//! Months beside each other, and any two by name.

use patchbook::domain::command::MonthCommand;
use patchbook::domain::month::compare::{Side, compare, side, sides};
use patchbook::domain::month::trend::{Values, trend};
use patchbook::domain::month::{Posture, PostureId, SealedMachine};

use super::rig::{NOVEMBER, Shop};
use crate::compliance::maker::at;

#[test]
fn a_trend_shows_the_first_seal_and_marks_what_was_restated_or_not_sealed() {
    let mut shop = Shop::new().sealed();
    let first = shop.seal().id;
    let asset = shop.book.assets.rows()[3].clone();
    shop.book.assets.put(patchbook::domain::asset::Asset {
        support_end_on: chrono::NaiveDate::from_ymd_opt(2026, 1, 1),
        ..asset
    });
    let mut worse = shop.book.assets.rows()[0].clone();
    worse.support_end_on = chrono::NaiveDate::from_ymd_opt(2026, 1, 1);
    shop.book.assets.put(worse);
    shop.restate(first).expect("a restatement");
    let points = trend(&shop.book, shop.now, 12);
    assert_eq!(points.iter().map(|point| point.month.as_str()).collect::<Vec<_>>(), [NOVEMBER, "2026-12"]);
    let (november, december) = (&points[0], &points[1]);
    assert_eq!(november.seal, Some(first));
    assert_eq!(november.values.segments, [4, 0, 0, 1, 1, 5]);
    assert_eq!(november.restated.as_ref().map(|values| values.segments[1]), Some(1));
    assert!(december.seal.is_none() && december.running && december.restated.is_none());
}

#[test]
fn a_line_breaks_where_the_definitions_changed() {
    let mut shop = Shop::new().sealed();
    let mut old = shop.seal().clone();
    old.definitions = "definitions 0".to_owned();
    shop.book.seals.put(old);
    let points = trend(&shop.book, shop.now, 12);
    assert_eq!(points.iter().map(|point| point.breaks).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn a_register_without_imports_or_seals_has_no_trend() {
    assert!(trend(&Shop::new().book, at(12, 2, 0), 12).is_empty());
}

#[test]
fn values_of_nothing_are_nothing() {
    let values = Values::of(&[], NOVEMBER);
    assert_eq!((values.segments, values.deadline_per_mille(), values.installed_days), ([0; 6], None, None));
    assert_eq!(values.until_95_text, "nothing released");
}

fn machine(name: &str, segment: &str, open: i64, overdue: i64) -> SealedMachine {
    SealedMachine {
        asset: patchbook::domain::asset::AssetId(1),
        name: name.to_owned(),
        segment: segment.to_owned(),
        open,
        overdue,
        waived: 0,
        group: String::new(),
        owner: String::new(),
        silent: Vec::new(),
        outside: String::new(),
        report_at: None,
        installed_age_days: None,
    }
}

fn posture(machines: Vec<SealedMachine>) -> Posture {
    Posture {
        id: PostureId(1),
        name: "P".to_owned(),
        taken_at: 0,
        taken_by: String::new(),
        baseline: false,
        threat: String::new(),
        protection: String::new(),
        environment: String::new(),
        defence: String::new(),
        figures: Vec::new(),
        machines,
        seal: None,
        sha256: String::new(),
    }
}

#[test]
fn two_sides_are_compared_by_name_and_leaving_the_scope_is_not_better() {
    let before = posture(vec![
        machine("up", "overdue", 3, 1),
        machine("fewer", "overdue", 3, 2),
        machine("down", "up_to_date", 0, 0),
        machine("gone", "overdue", 1, 1),
        machine("left", "overdue", 1, 1),
        machine("joined", "", 0, 0),
        machine("SAME", "in_time", 1, 0),
    ]);
    let after = posture(vec![
        machine("UP", "in_time", 1, 0),
        machine("fewer", "overdue", 3, 1),
        machine("down", "unknown", 0, 0),
        machine("left", "", 1, 1),
        machine("joined", "in_time", 1, 0),
        machine("same", "in_time", 1, 0),
        machine("new", "up_to_date", 0, 0),
    ]);
    let found = compare(Side::Posture(&before), Side::Posture(&after));
    let names = |list: &[patchbook::domain::month::compare::Compared<'_>]| {
        list.iter().map(|row| row.name().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&found.better), ["fewer", "UP"]);
    assert_eq!(names(&found.worse), ["down"]);
    assert_eq!(names(&found.gone), ["gone"]);
    assert_eq!(names(&found.left), ["left"]);
    assert_eq!(names(&found.joined), ["joined"]);
    assert_eq!(names(&found.new), ["new"]);
    assert_eq!(names(&found.same), ["same"]);
}

#[test]
fn seals_and_postures_are_found_by_their_keys() {
    let mut shop = Shop::new().sealed();
    shop.month(MonthCommand::Posture {
        name: "Winter".to_owned(),
        parts: ["a", "b", "c", "d"].map(str::to_owned),
        seal: None,
        baseline_instead_of: None,
    })
    .expect("a posture");
    let keys: Vec<String> = sides(&shop.book).into_iter().map(Side::key).collect();
    assert_eq!(keys, [NOVEMBER, "Winter"]);
    assert_eq!(side(&shop.book, "winter").map(Side::at), Some(shop.book.postures.rows()[0].taken_at));
    assert!(side(&shop.book, "summer").is_none());
}
