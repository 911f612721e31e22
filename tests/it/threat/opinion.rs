//! What scans say of a pair over time: every showing counts by its own instant, and only a login proves that something is gone.

use patchbook::domain::compliance::outcome::{Outcome, Period};
use patchbook::domain::compliance::verdict::{Kind, Proof};
use patchbook::domain::compliance::view::View;
use patchbook::domain::pair::State::{self, Installed, NotApplicable, NotInstalled, Unknown};
use patchbook::util::id::Ids;

use super::load::Rig;
use super::scan::{open, scan, scan_without_login_row};
use crate::compliance::maker::{Maker, at};

const MISSING: [(&str, &str, &str); 1] = [("193091", "SRV-1", "5036909")];

/// SRV-1 and KB5036909 of 10 November, due on 24 November; the source shows these states.
fn rig(states: &[(i64, State)]) -> Rig {
    attested_rig(states, None)
}

fn attested_rig(states: &[(i64, State)], checked_at: Option<i64>) -> Rig {
    let mut maker = Maker::default();
    maker.default_rules();
    let server = maker.server("SRV-1");
    let update = maker.update(at(11, 10, 18));
    maker.change_update(update, |update| update.kbs = vec!["5036909".to_owned()]);
    for (when, state) in states {
        maker.saw(server, update, *when, *state);
    }
    if let Some(checked_at) = checked_at {
        maker.attestation(server, update, checked_at);
    }
    Rig { book: maker.finish(), ids: Ids::seeded(7), now: at(12, 6, 9) }
}

/// What the pair is as of an instant.
fn kind(rig: &Rig, as_of_at: i64) -> Kind {
    View::new(&rig.book, as_of_at).pair(0, 0).expect("a pair").kind
}

fn november_outcome(rig: &Rig) -> Option<Outcome> {
    let view = View::new(&rig.book, at(12, 1, 0) - 1);
    let verdict = view.pair(0, 0).expect("a pair");
    let block = view.block(0).expect("a block");
    let period = Period { from_at: at(11, 1, 0), to_at: at(12, 1, 0) };
    view.outcome(0, block, 0, &verdict, period).map(|judged| judged.outcome)
}

fn contradictions(rig: &Rig, as_of_at: i64) -> usize {
    View::new(&rig.book, as_of_at).contradictions().len()
}

#[test]
fn a_scan_after_the_month_does_not_take_back_what_a_scan_in_it_showed() {
    let mut rig = rig(&[(at(11, 11, 6), NotInstalled), (at(11, 12, 6), Installed)]);
    rig.load("one.csv", &scan("2026/11/11", &MISSING));
    rig.load("two.csv", &scan("2026/11/25", &MISSING));
    let november = at(12, 1, 0) - 1;
    assert_eq!(kind(&rig, november), Kind::Open, "the scan of 25 November shows it");
    rig.load("three.csv", &scan("2026/12/5", &MISSING));
    assert_eq!(kind(&rig, november), Kind::Open, "a scan that shows it again takes nothing back");
    assert_eq!((contradictions(&rig, november), contradictions(&rig, at(12, 6, 0))), (1, 1));
    assert_eq!(kind(&rig, at(11, 24, 0)), Kind::Satisfied(Proof::Itself), "no scan had looked since");
    let shown: Vec<i64> = rig.book.findings.iter().map(|row| row.seen_at).collect();
    assert_eq!(shown, [at(11, 11, 10) + 300, at(11, 25, 10) + 300, at(12, 5, 10) + 300]);
}

#[test]
fn a_scan_with_a_login_ends_every_showing_from_its_own_instant_on() {
    let mut rig = rig(&[(at(11, 11, 6), NotInstalled), (at(11, 12, 6), Installed)]);
    rig.load("one.csv", &scan("2026/11/20", &MISSING));
    rig.load("two.csv", &scan("2026/11/25", &MISSING));
    rig.load("three.csv", &scan("2026/12/5", &[("5", "SRV-1", "")]));
    assert!(open(&rig).is_empty());
    assert_eq!(kind(&rig, at(12, 4, 0)), Kind::Open);
    assert_eq!(kind(&rig, at(12, 6, 0)), Kind::Satisfied(Proof::Itself));
}

#[test]
fn a_scan_that_does_not_say_it_logged_in_ends_nothing() {
    for login in ["no", "unknown", ""] {
        let mut rig = rig(&[(at(11, 11, 6), NotInstalled), (at(11, 12, 6), Installed)]);
        rig.load("one.csv", &scan("2026/11/20", &MISSING));
        let text = scan("2026/11/25", &[("5", "SRV-1", "5034129")])
            .replace("checks : yes", &format!("checks : {login}"));
        rig.load("two.csv", &text);
        assert_eq!(kind(&rig, at(11, 30, 0)), Kind::Open, "{login}");
    }
    // An export filtered to what is critical lacks the row that tells of the login.
    let mut rig = rig(&[(at(11, 11, 6), NotInstalled), (at(11, 12, 6), Installed)]);
    rig.load("one.csv", &scan("2026/11/20", &MISSING));
    let read = rig.read("two.csv", &scan_without_login_row(&[("5", "SRV-1", "5034129")]));
    let plan = rig.plan(&read);
    assert_eq!(plan.rows.findings.len(), 1, "the new finding alone: {:?}", plan.rows.findings);
    assert!(plan.warnings.iter().any(|told| told.contains("stays open")), "{:?}", plan.warnings);
    rig.try_load(&read).expect("loaded");
    assert_eq!(kind(&rig, at(12, 6, 9)), Kind::Open);
}

#[test]
fn a_scanner_whose_files_never_tell_of_a_login_ends_nothing() {
    let mut rig = rig(&[(at(11, 11, 6), NotInstalled), (at(11, 12, 6), Installed)]);
    let row = |day: &str, name: &str| {
        format!(
            "IP,Hostname,Port,Port Protocol,CVSS,Severity,Solution Type,NVT Name,Summary,Specific Result,NVT OID,CVEs,Task ID,Task Name,Timestamp\n\
             10.0.0.1,SRV-1,445,tcp,7.8,High,VendorFix,{name},s,r,1.3.6.1.{},,t,n,{day}T10:05:00Z\n",
            name.len()
        )
    };
    rig.load("one.csv", &row("2026-11-20", "Microsoft update missing (KB5036909)"));
    assert_eq!(open(&rig).len(), 1);
    rig.load("two.csv", &row("2026-11-25", "Another (KB5034129)"));
    assert_eq!(open(&rig).len(), 2, "a list without the old finding proves nothing");
    assert_eq!(kind(&rig, at(11, 30, 0)), Kind::Open);
}

#[test]
fn a_check_by_hand_and_an_unknown_do_not_beat_a_scan() {
    let unknown = [(at(11, 11, 6), Unknown)];
    let mut checked = attested_rig(&unknown, Some(at(11, 15, 0)));
    assert_eq!(kind(&checked, at(11, 30, 0)), Kind::Satisfied(Proof::Hand), "nobody says otherwise");
    assert_eq!(november_outcome(&checked), Some(Outcome::Met));
    checked.load("scan.csv", &scan("2026/11/20", &MISSING));
    assert_eq!(kind(&checked, at(11, 19, 0)), Kind::Satisfied(Proof::Hand));
    assert_eq!(kind(&checked, at(11, 30, 0)), Kind::Open);
    assert_eq!(november_outcome(&checked), Some(Outcome::CannotTell), "which counts against the rate");
    assert_eq!(contradictions(&checked, at(11, 30, 0)), 1);
    let hand = View::new(&checked.book, at(11, 30, 0)).hand_checks();
    assert_eq!(hand[0].amounts_to, patchbook::domain::compliance::figures::ByHand::Contradicted);
    let mut silent = rig(&unknown);
    assert_eq!(kind(&silent, at(11, 30, 0)), Kind::Unknown);
    silent.load("scan.csv", &scan("2026/11/20", &MISSING));
    let view = View::new(&silent.book, at(11, 30, 0));
    let verdict = view.pair(0, 0).expect("a pair");
    assert_eq!((verdict.kind, verdict.past_due(view.at)), (Kind::Open, true));
    assert_eq!(verdict.state_text(), "Missing by a scan");
}

#[test]
fn a_source_that_calls_it_not_applicable_does_not_beat_a_scan() {
    for state in [NotApplicable, State::InstalledOrNotApplicable] {
        let mut rig = rig(&[(at(11, 12, 6), state)]);
        assert_ne!(kind(&rig, at(11, 30, 0)), Kind::Open);
        rig.load("scan.csv", &scan("2026/11/20", &MISSING));
        let view = View::new(&rig.book, at(11, 30, 0));
        let verdict = view.pair(0, 0).expect("a pair");
        assert_eq!((verdict.kind, verdict.required), (Kind::Open, true), "{state:?}");
        assert_eq!(november_outcome(&rig), Some(Outcome::CannotTell), "{state:?}");
        assert_eq!(contradictions(&rig, at(11, 30, 0)), 1, "{state:?}");
    }
    // The source looked again after the scan, and calls it not applicable since then.
    let mut later = rig(&[(at(11, 12, 6), NotInstalled), (at(11, 25, 6), NotApplicable)]);
    later.load("scan.csv", &scan("2026/11/20", &MISSING));
    assert_eq!(kind(&later, at(11, 30, 0)), Kind::NotApplicable);
}

#[test]
fn a_scan_counts_from_its_own_instant_however_late_it_is_loaded() {
    let mut rig = rig(&[(at(11, 11, 6), NotInstalled), (at(11, 12, 6), Installed)]);
    rig.now = at(12, 1, 9);
    rig.load("scan.csv", &scan("2026/11/28", &MISSING));
    assert_eq!(kind(&rig, at(11, 27, 0)), Kind::Satisfied(Proof::Itself));
    assert_eq!(kind(&rig, at(12, 1, 0) - 1), Kind::Open);
}

#[test]
fn an_older_scan_that_is_loaded_after_a_newer_one_counts_for_its_own_time() {
    let installed = [(at(11, 11, 6), NotInstalled), (at(11, 12, 6), Installed)];
    let november = at(12, 1, 0) - 1;
    let mut shown = rig(&installed);
    shown.load("new.csv", &scan("2026/12/5", &MISSING));
    assert_eq!(kind(&shown, november), Kind::Satisfied(Proof::Itself), "nobody has told of November yet");
    shown.load("old.csv", &scan("2026/11/28", &MISSING));
    assert_eq!(kind(&shown, november), Kind::Open);
    shown.now = at(12, 13, 9);
    shown.load("gone.csv", &scan("2026/12/12", &[("5", "SRV-1", "")]));
    assert!(open(&shown).is_empty());
    // Between two showings it ends with the earlier one, not with the later.
    let mut between = rig(&installed);
    between.load("one.csv", &scan("2026/11/13", &MISSING));
    between.load("gone.csv", &scan("2026/11/20", &[("5", "SRV-1", "")]));
    between.load("back.csv", &scan("2026/12/5", &MISSING));
    between.load("late.csv", &scan("2026/11/16", &MISSING));
    let ends: Vec<Option<i64>> = between.book.findings.iter().map(|row| row.gone_at).collect();
    assert_eq!(ends, [Some(at(11, 20, 10) + 300), None, Some(at(11, 20, 10) + 300)]);
    // An older scan that logged in and shows it no longer tells that it was gone in between.
    let mut gone = rig(&installed);
    gone.load("one.csv", &scan("2026/11/20", &MISSING));
    gone.load("back.csv", &scan("2026/12/5", &MISSING));
    gone.load("late.csv", &scan("2026/11/28", &[("5", "SRV-1", "")]));
    assert_eq!(kind(&gone, november), Kind::Satisfied(Proof::Itself));
    assert_eq!(kind(&gone, at(12, 6, 0)), Kind::Open);
}
