//! Months beside each other, and any two by name.

use patchbook::app::paper::choice::{subject_named, subjects};
use patchbook::app::paper::{Paper, PaperKind, SideId};
use patchbook::domain::command::MonthCommand;
use patchbook::domain::compliance::DEFINITIONS;
use patchbook::domain::month::canonical::{ALTERED, digest};
use patchbook::domain::month::compare::{Side, compare, side, sides};
use patchbook::domain::month::standing::{broken, figures_of_month, figures_of_seal, seal_named};
use patchbook::domain::month::trend::{Values, trend};
use patchbook::domain::month::way::{is_better, way};
use patchbook::domain::month::{Posture, PostureId, Seal, SealId, SealedFigure, SealedMachine};
use patchbook::report::sheet::Spec;
use patchbook::report::{self, certificate, comparison, sealed};

use super::rig::{NOVEMBER, Shop};
use crate::compliance::maker::at;
use crate::paper::words::text;

#[test]
fn a_trend_shows_the_newest_seal_and_marks_what_was_sealed_first_or_not_at_all() {
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
    assert_eq!(november.seal, Some(shop.seal().id));
    assert_eq!(november.values.segments[1], 1);
    assert_eq!(november.first.as_ref().map(|values| values.segments), Some([4, 0, 0, 1, 1, 5]));
    assert!(december.seal.is_none() && december.running && december.first.is_none());
    assert!(november.intact && december.intact);
}

/// November restated because a machine lost its support; the first seal.
fn restated() -> (Shop, Seal) {
    let mut shop = Shop::new().sealed();
    let first = shop.seal().clone();
    let mut asset = shop.book.assets.rows()[0].clone();
    asset.support_end_on = chrono::NaiveDate::from_ymd_opt(2026, 1, 1);
    shop.book.assets.put(asset);
    shop.restate(first.id).expect("a restatement");
    (shop, first)
}

#[test]
fn a_month_by_its_plain_name_is_its_newest_seal_everywhere_and_each_seal_has_a_number() {
    let (shop, first) = restated();
    let newest = shop.seal().clone();
    assert_ne!(first.sha256, newest.sha256);
    let of = |name: &str| seal_named(&shop.book, name).map(|seal| seal.number);
    assert_eq!(
        [NOVEMBER, "2026-11.1", "2026-11.2", "2026-11.3", "2026-10"].map(of),
        [Some(2), Some(1), Some(2), None, None]
    );
    let beside = |name: &str| side(&shop.book, name).map(|side| side.sha256().to_owned());
    assert_eq!(beside(NOVEMBER).as_ref(), Some(&newest.sha256));
    assert_eq!(beside("2026-11.1").as_ref(), Some(&first.sha256));
    assert_eq!(beside("2026-11.2").as_ref(), Some(&newest.sha256));
    let shown = figures_of_month(&shop.book, NOVEMBER, shop.now).expect("a month");
    assert_eq!(shown.seal(), Some(&newest));
    let old = figures_of_seal(&shop.book, &first).expect("a seal");
    assert_eq!((old.seal(), old.outputs.as_ref()), (Some(&first), &first.outputs));
    let papers = |name: &str| subject_named(&shop.book, PaperKind::Sealed, name).map(|s| s.paper);
    assert_eq!(papers(NOVEMBER), Some(Paper::Sealed(newest.id)));
    assert_eq!(papers("2026-11.1"), Some(Paper::Sealed(first.id)));
    let names: Vec<String> =
        subjects(&shop.book, PaperKind::Sealed, shop.now).into_iter().map(|subject| subject.name).collect();
    assert_eq!(names, [NOVEMBER, "2026-11.1"]);
    let two = subject_named(&shop.book, PaperKind::Comparison, "2026-11.1 and 2026-11").map(|s| s.paper);
    assert_eq!(two, Some(Paper::Comparison(SideId::Seal(first.id), SideId::Seal(newest.id))));
}

#[test]
fn a_certificate_names_the_number_of_its_own_seal() {
    let (shop, first) = restated();
    let spec = Spec { printed_at: shop.now, program: "Patchbook 0" };
    for (seal, command) in [(first.id, "2026-11.1 --canonical"), (shop.seal().id, "2026-11.2 --canonical")] {
        let said = text(&certificate::build(&shop.book, spec, seal).expect("a paper"));
        let alone = format!("\npatchbook-cli month show REGISTER {command}\n");
        assert!(said.contains(&alone), "the command has a line to itself: {said}");
    }
}

#[test]
fn a_seal_that_was_altered_is_marked_on_every_paper_and_in_every_list() {
    let (mut shop, first) = restated();
    let spec = Spec { printed_at: shop.now, program: "Patchbook 0" };
    let sealed_paper = |shop: &Shop| sealed::build(&shop.book, spec, first.id).expect("a paper");
    let beside = |shop: &Shop| {
        let [before, after] = ["2026-11.1", "2026-11.2"].map(|name| side(&shop.book, name).expect("a side"));
        text(&comparison::build(&shop.book, spec, before, after))
    };
    let papers = |shop: &Shop| {
        [text(&sealed_paper(shop)), beside(shop), text(&report::trend::build(&shop.book, spec))]
    };
    for paper in papers(&shop) {
        assert!(!paper.contains(ALTERED), "{paper}");
    }
    let mut forged = first.clone();
    forged.outputs.figures[0].text = "150".to_owned();
    shop.book.seals.put(forged.clone());
    for paper in papers(&shop) {
        assert!(paper.contains(ALTERED), "{paper}");
    }
    let notice = sealed_paper(&shop).notice;
    assert!(notice.contains(ALTERED) && !notice.contains("SEALED"), "{notice}");
    assert!(!trend(&shop.book, shop.now, 12)[0].intact);
    assert!(figures_of_seal(&shop.book, &forged).expect("a seal").mark().contains(ALTERED));
    assert_eq!(broken(&shop.book), ["seal 1 of November 2026"]);
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

/// November, and December as it would be sealed by newer definitions.
fn by_two_definitions() -> Shop {
    let mut shop = Shop::new().sealed();
    let november = shop.seal().clone();
    let december = Seal {
        id: SealId(november.id.0 + 1),
        month: "2026-12".to_owned(),
        as_of_at: november.as_of_at + 31 * 86_400,
        sealed_at: november.sealed_at + 31 * 86_400,
        definitions: "definitions 99".to_owned(),
        ..november
    };
    shop.book.seals.put(Seal { sha256: digest(&december), ..december });
    shop.now = at(12, 31, 12) + 5 * 86_400;
    shop
}

#[test]
fn two_sealed_months_of_different_definitions_are_marked_in_the_line_on_paper_and_beside_each_other() {
    let shop = by_two_definitions();
    let points = trend(&shop.book, shop.now, 12);
    let sealed: Vec<(&str, bool)> = points
        .iter()
        .filter(|point| point.seal.is_some())
        .map(|point| (point.definitions.as_str(), point.breaks))
        .collect();
    assert_eq!(sealed, [(DEFINITIONS, false), ("definitions 99", true)]);
    let spec = Spec { printed_at: shop.now, program: "Patchbook 0" };
    assert!(text(&report::trend::build(&shop.book, spec)).contains("definitions 99 (new)"));
    let both = ["2026-11", "2026-12"].map(|name| side(&shop.book, name).expect("a side"));
    let paper = text(&report::comparison::build(&shop.book, spec, both[0], both[1]));
    assert!(paper.contains("The definitions changed between the two"), "{paper}");
    assert!(paper.contains("Counted by"), "{paper}");
    let same = text(&report::comparison::build(&shop.book, spec, both[0], both[0]));
    assert!(!same.contains("The definitions changed"), "{same}");
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
        definitions: String::new(),
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
fn a_move_among_overdue_unsupported_and_unknown_is_never_better() {
    for (was, is) in [
        (machine("m", "overdue", 2, 2), machine("m", "unsupported", 4, 0)),
        (machine("m", "overdue", 2, 2), machine("m", "unknown", 0, 0)),
        (machine("m", "unsupported", 2, 0), machine("m", "unknown", 2, 0)),
        (machine("m", "unknown", 2, 0), machine("m", "overdue", 2, 1)),
    ] {
        let (before, after) = (posture(vec![was]), posture(vec![is]));
        let found = compare(Side::Posture(&before), Side::Posture(&after));
        assert_eq!((found.better.len(), found.worse.len()), (0, 1), "{:?}", found.worse);
    }
}

fn sealed_figure(id: &str, part: i64, whole: Option<i64>) -> SealedFigure {
    SealedFigure { id: id.to_owned(), name: id.to_owned(), part: Some(part), whole, text: String::new() }
}

#[test]
fn every_whole_figure_of_a_seal_knows_which_way_is_better() {
    let shop = Shop::new().sealed();
    let figures = &shop.seal().outputs.figures;
    for figure in figures.iter().filter(|figure| !figure.id.contains('/')) {
        assert!(way(&figure.id).is_some(), "{} ({}) is not in the table", figure.id, figure.name);
    }
}

#[test]
fn what_got_worse_is_never_called_better() {
    let better = |id: &str, old: (i64, Option<i64>), new: (i64, Option<i64>)| {
        is_better(&sealed_figure(id, old.0, old.1), &sealed_figure(id, new.0, new.1))
    };
    assert_eq!(better("M16", (2, Some(100)), (10, Some(100))), Some(false));
    assert_eq!(better("M5x", (1, Some(1)), (9, Some(100))), Some(false), "nine are more than one");
    assert_eq!(better("M1", (1, Some(2)), (3, Some(4))), Some(true));
    assert_eq!(better("M10f", (1, Some(9)), (2, Some(9))), Some(false));
    assert_eq!(better("waived", (4, None), (1, None)), Some(true));
    assert_eq!(better("age", (30, None), (60, None)), Some(false));
    assert_eq!(better("R", (10, None), (12, None)), None, "a larger register is neither");
    assert_eq!(better("M3", (0, Some(0)), (1, Some(2))), None, "nothing was due before");
    assert_eq!(better("M3", (1, Some(2)), (2, Some(4))), None, "the same share");
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
    assert_eq!(keys, ["2026-11.1", "Winter"]);
    assert_eq!(side(&shop.book, "winter").map(Side::at), Some(shop.book.postures.rows()[0].taken_at));
    assert!(side(&shop.book, "summer").is_none());
}
