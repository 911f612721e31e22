//! Answers with their machines, and the figures that answer an objection.

use patchbook::domain::asset::AssetKind;
use patchbook::domain::compliance::view::View;
use patchbook::domain::lifecycle::starting;
use patchbook::domain::pair::State;
use patchbook::domain::person::PersonId;
use patchbook::domain::programme::ProgrammeKind;
use patchbook::domain::programme::objection::{FIGURES, answering, own_figures};
use patchbook::domain::programme::questionnaire::{
    ClassShare, deployers, devices, end_of_life, in_time, within,
};
use patchbook::domain::update::{Classification, Severity};
use patchbook::util::id::Ids;

use super::super::compliance::maker::{Maker, at};
use super::row;

#[test]
fn what_mattered_is_counted_with_the_machines_that_were_late() {
    let mut m = Maker::default();
    m.default_rules();
    let (quick, slow, open, late_report, silent) =
        (m.server("A"), m.server("B"), m.server("C"), m.server("D"), m.server("E"));
    let critical = m.update(at(6, 9, 17));
    for asset in [quick, slow, open] {
        m.saw(asset, critical, at(6, 10, 0), State::NotInstalled);
    }
    m.installed(quick, critical, at(6, 23, 20));
    m.installed(slow, critical, at(6, 24, 1));
    // Satisfied when first seen, long after: nobody can tell when.
    m.saw(late_report, critical, at(7, 30, 0), State::Installed);
    m.saw(silent, critical, at(6, 10, 0), State::Unknown);
    let minor = m.update(at(6, 9, 17));
    m.change_update(minor, |update| update.severity = Severity::Low);
    m.saw(open, minor, at(6, 10, 0), State::NotInstalled);
    let driver = m.update(at(6, 9, 17));
    m.change_update(driver, |update| update.classification = Classification::Driver);
    m.saw(open, driver, at(6, 10, 0), State::NotInstalled);
    let recent = m.update(at(11, 10, 17));
    m.saw(open, recent, at(11, 11, 0), State::NotInstalled);
    let book = m.finish();
    let view = View::new(&book, at(11, 20, 0));
    let found = in_time(&view, 14);
    // Release day is day 0, so day 14 is 23 June until midnight; the shop is in UTC.
    assert_eq!((found.all, found.in_time, found.cannot_tell), (5, 1, 1));
    assert_eq!(found.ratio().with_counts(), "1/5 = 20.0\u{a0}%");
    assert_eq!(found.late.keys().copied().collect::<Vec<_>>(), [slow, open, late_report, silent]);
    assert_eq!(found.open.iter().copied().collect::<Vec<_>>(), [open, silent]);
    assert_eq!(
        (found.from_on.to_string().as_str(), found.until_on.to_string().as_str()),
        ("2025-11-06", "2026-11-05")
    );
    assert_eq!(in_time(&view, 15).in_time, 2, "a day more is enough for the second");
    let counted: Vec<_> = found.classes.iter().filter(|(_, share)| share.all > 0).collect();
    let security = ClassShare { all: 5, in_time: 1, waived: 0, open: 2 };
    assert_eq!(counted, [&(Classification::Security, security)], "no policy covers a driver");
    // All that is covered, whatever its severity: the minor one is in the whole, and the driver is not.
    let shares = within(&view, 14, &[14, 15, 60]).into_iter();
    let shares: Vec<String> =
        shares.map(|(days, share)| format!("{days}: {}", share.with_counts())).collect();
    assert_eq!(shares, ["14: 1/6 = 16.6\u{a0}%", "15: 2/6 = 33.3\u{a0}%", "60: 3/6 = 50.0\u{a0}%"]);
    let much_later = View::new(&book, at(11, 20, 0) + 365 * 86_400);
    assert_eq!(
        in_time(&much_later, 14).ratio().with_counts(),
        "0/1 = 0.0\u{a0}%",
        "last year's are asked no more"
    );
}

#[test]
fn devices_ends_and_deployers_are_told_with_their_machines() {
    let mut m = Maker::default();
    let mut pc = |name: &str, os: &str, version: &str| {
        let place = m.asset(name, AssetKind::Workstation);
        m.change_asset(place, |asset| {
            (asset.os, asset.os_version) = (os.to_owned(), version.to_owned());
        });
        place
    };
    let (a, b, c, gone) = (
        pc("A", "Windows 11 Pro", "10.0.26200.1"),
        pc("B", "Windows 11 Pro", "10.0.26200.1"),
        pc("C", "Windows 11 Pro", "10.0.22631.1"),
        pc("D", "Windows 11 Pro", "10.0.22631.1"),
    );
    m.change_asset(a, |asset| asset.deploy_admin = Some(PersonId(4)));
    m.status(gone, at(2, 1, 0), patchbook::domain::asset::Status::Retired);
    let mut book = m.finish();
    assert!(book.apply(&starting(&Ids::seeded(1), 0)).expect("rows"));
    let view = View::new(&book, at(11, 20, 0));
    let list = devices(&view);
    let told: Vec<(&str, usize)> = list.iter().map(|one| (one.system.as_str(), one.machines.len())).collect();
    assert_eq!(told, [("Windows 11 Pro 10.0.22631.1", 1), ("Windows 11 Pro 10.0.26200.1", 2)]);
    assert_eq!(list[1].until_on.map(|day| day.to_string()).as_deref(), Some("2027-10-12"));
    let past = end_of_life(&view);
    assert_eq!(past.len(), 1);
    assert_eq!((past[0].machine, past[0].product.as_str()), (c, "Windows 11 23H2, Home and Pro"));
    assert_eq!(deployers(&view), (vec![(PersonId(4), vec![a])], vec![b, c]));
}

#[test]
fn an_objection_is_answered_by_own_figures_and_what_was_not_recorded_is_said_to_be_so() {
    let mut m = Maker::default();
    m.default_rules();
    let (good, bad) = (m.server("A"), m.server("B"));
    let update = m.update(at(10, 13, 17));
    for asset in [good, bad] {
        m.saw(asset, update, at(10, 14, 0), State::NotInstalled);
    }
    m.installed(good, update, at(10, 15, 0));
    m.saw(bad, update, at(10, 15, 0), State::Failed);
    let book = m.finish();
    let figures = own_figures(&View::new(&book, at(11, 20, 0)), None);
    assert_eq!(figures.iter().map(|figure| figure.id).collect::<Vec<_>>(), FIGURES.map(|(id, _)| id));
    let value = |id: &str| figures.iter().find(|figure| figure.id == id).expect(id).value.clone();
    assert_eq!(value("failed-first"), "1/2 = 50.0\u{a0}%");
    assert_eq!(value("backed-out"), "n/a (0 items)");
    assert_eq!(value("hours"), "not recorded in any change");
    assert_eq!(value("machine-cost"), "no business case was made");
    let said = row(ProgrammeKind::Stakeholder, &[("figures", "hours, failed-first, unheard-of")]);
    let ids: Vec<&str> = answering(&said, &figures).iter().map(|figure| figure.id).collect();
    assert_eq!(ids, ["hours", "failed-first"]);
}
