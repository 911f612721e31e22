//! Who lets what go: silence, severe updates, decisions with risk and cost, conflicts, releases to expect.

use patchbook::domain::approval::Medium;
use patchbook::domain::book::Book;
use patchbook::domain::calendar::release::Day;
use patchbook::domain::command::{Command, Edit, RiskCommand};
use patchbook::domain::compliance::verdict::Kind;
use patchbook::domain::compliance::view::View;
use patchbook::domain::document::subject::Chosen;
use patchbook::domain::document::{Document, DocumentId, DocumentState, DocumentVersion, DocumentVersionId};
use patchbook::domain::gate::rule::{
    GateState, conflicts_of, covers, domains, domains_of, silence_text, starting, state, upcoming,
};
use patchbook::domain::gate::{Go, GoDecision, GoDecisionId, KnownConflict, KnownConflictId, TechDomain};
use patchbook::domain::person::{Person, PersonId};
use patchbook::domain::rating::Rank;
use patchbook::domain::row::RowChange;
use patchbook::domain::undo::{Reversal, refusals};
use patchbook::domain::update::{Severity, UpdateId};
use patchbook::util::id::Ids;

use super::{Rig, at, day, done, refusal};

/// A Windows server that owes one update, the starting domains, and Ines, who may decide.
fn shop() -> (Book, UpdateId) {
    let mut rig = Rig::new(Severity::Important);
    rig.m.change_asset(rig.asset, |asset| asset.os = "Microsoft Windows Server 2022 Standard".to_owned());
    let update = rig.id_of(rig.update);
    let mut book = rig.m.finish();
    let (name, function) = ("Ines Hartmann".to_owned(), "Head of operations".to_owned());
    book.people.put(Person { id: PersonId(900), name, mail: String::new(), function });
    assert!(book.apply(&starting(&Ids::seeded(5))).expect("rows"));
    policy(&mut book, DocumentState::Ratified);
    (book, update)
}

/// A version of the policy with two sections.
pub(super) fn policy(book: &mut Book, state: DocumentState) {
    book.documents.put(Document {
        id: DocumentId(1),
        key: "policy".to_owned(),
        title: "Patch policy".to_owned(),
        owner: None,
        classification: "Internal".to_owned(),
        review_months: 12,
        own_sections: Vec::new(),
        created_at: 1,
        ended_at: None,
    });
    book.versions.put(DocumentVersion {
        id: DocumentVersionId(2),
        document: DocumentId(1),
        number: 1,
        state,
        template: 1,
        text: "# Go or no-go {#go-no-go}\n\nSilence means go.\n\n# Deadlines {#deadlines}\n\nSoon.\n"
            .to_owned(),
        stated: Vec::new(),
        about: Chosen::default(),
        note: String::new(),
        made_by: "Ada".to_owned(),
        made_at: 1,
        submitted_at: Some(2),
        ratified_by: "Ines Hartmann".to_owned(),
        ratified_function: "Head of operations".to_owned(),
        ratified_medium: Some(Medium::Paper),
        ratified_at: (state == DocumentState::Ratified).then_some(3),
        recorded_at: Some(3),
        recorded_by: String::new(),
        evidence_name: String::new(),
        evidence_sha256: String::new(),
        effective_on: Some(day("2026-01-01")),
        next_review_on: None,
        superseded_at: None,
    });
}

#[test]
fn silence_rests_on_a_section_of_the_policy_in_force_and_on_no_other() {
    let (mut book, _) = shop();
    let mut edit = silent(&book);
    edit.row.section = "Policy 4.2".to_owned();
    let refused = refusal(&book, save(edit), at(11, 1, 0));
    assert!(
        refused.contains("has no section \"Policy 4.2\"") && refused.contains("go-no-go, deadlines"),
        "{refused}"
    );
    for state in [DocumentState::UnderReview, DocumentState::Draft] {
        let mut book = book.clone();
        policy(&mut book, state);
        let edit = silent(&book);
        assert!(refusal(&book, save(edit), at(11, 1, 0)).contains("Have the policy ratified first"));
    }
    let mut edit = silent(&book);
    edit.row.section = "go or no-go".to_owned();
    done(&mut book, save(edit), at(11, 1, 0));
    assert_eq!(windows(&book).section, "go-no-go", "its heading names it too");
}

#[test]
fn a_policy_that_drops_the_section_ends_what_silence_means() {
    let (mut book, update) = shop();
    let edit = silent(&book);
    done(&mut book, save(edit), at(11, 1, 0));
    let row = book.updates.get(update.0).expect("update").clone();
    let standing = |book: &Book| state(book, &windows(book), &row, Rank::High, at(11, 20, 0));
    assert!(matches!(standing(&book), GateState::WentSilently(_)), "{:?}", standing(&book));

    let ratified = book.versions.get(2).expect("version").clone();
    let ended = at(11, 2, 0);
    book.versions.put(DocumentVersion {
        state: DocumentState::Superseded,
        superseded_at: Some(ended),
        ..ratified.clone()
    });
    book.versions.put(DocumentVersion {
        id: DocumentVersionId(3),
        number: 2,
        text: "# Deadlines {#deadlines}\n\nSoon.\n".to_owned(),
        ratified_at: Some(ended),
        recorded_at: Some(ended),
        recorded_by: String::new(),
        ..ratified
    });
    assert_eq!(standing(&book), GateState::Waiting);
    let told = silence_text(&book, &windows(&book), at(11, 20, 0));
    assert!(told.contains("the policy in force has no section go-no-go"), "{told}");
}

fn windows(book: &Book) -> TechDomain {
    domains(book)[0].clone()
}

fn decision(book: &Book, update: UpdateId, go: Go) -> GoDecision {
    GoDecision {
        id: GoDecisionId(0),
        domain: windows(book).id,
        updates: vec![update],
        decision: go,
        reason: "Tested on the ring of the office".to_owned(),
        risk: "Remote code execution stays possible".to_owned(),
        cost_cents: Some(120_000),
        cost_minutes: Some(90),
        outage: false,
        outage_when: String::new(),
        wait_until_on: (go == Go::Wait).then(|| day("2026-11-30")),
        decided_by: "Ines Hartmann".to_owned(),
        function: "Head of operations".to_owned(),
        medium: Medium::Mail,
        decided_at: at(11, 12, 8),
        recorded_at: 0,
        recorded_by: String::new(),
        evidence_name: String::new(),
        evidence_sha256: String::new(),
        voided_at: None,
    }
}

fn decide(row: GoDecision) -> Command {
    Command::Risk(RiskCommand::Decide(Box::new(row)))
}

fn silent(book: &Book) -> Edit<TechDomain> {
    let base = windows(book);
    let mut row = base.clone();
    row.decider = Some(PersonId(900));
    row.section = "go-no-go".to_owned();
    row.silent_go = true;
    Edit { base: Some(base), row }
}

fn save(edit: Edit<TechDomain>) -> Command {
    Command::Risk(RiskCommand::Domain(Box::new(edit)))
}

fn standing(book: &Book, update: UpdateId, at: i64) -> GateState {
    let row = book.updates.get(update.0).expect("an update");
    let rank = View::new(book, at).rank(book.updates.place(update.0).expect("a place"));
    state(book, &windows(book), row, rank, at)
}

#[test]
fn a_machine_falls_into_a_domain_by_its_technology_or_its_operating_system() {
    let (book, update) = shop();
    let names: Vec<&str> = domains_of(&book, update).iter().map(|domain| domain.name.as_str()).collect();
    assert_eq!(names, ["Windows"]);
    // Where nothing is known of the machine, the product speaks for it; what is known comes first.
    for (os, wanted) in [("", &["Windows"][..]), ("Proxmox VE 9", &["Hypervisors"])] {
        let mut book = book.clone();
        let mut asset = book.assets.rows()[0].clone();
        asset.os = os.to_owned();
        book.assets.put(asset);
        let found = domains_of(&book, update).into_iter().map(|domain| domain.name.clone());
        assert_eq!(found.collect::<Vec<_>>(), wanted, "{os}");
    }
}

#[test]
fn only_the_decider_or_the_deputy_decides_for_a_domain_and_nobody_from_outside() {
    let (mut book, update) = shop();
    let by = |book: &Book, name: &str| {
        let row = GoDecision { decided_by: name.to_owned(), ..decision(book, update, Go::Go) };
        decide(row)
    };
    assert!(refusal(&book, by(&book, "Mallory"), at(11, 12, 9)).contains("Mallory is not in the register"));
    let (name, function) = ("Bo Lund".to_owned(), String::new());
    book.people.put(Person { id: PersonId(901), name, mail: String::new(), function });
    // Nobody is named for the domain yet: anybody of the register may, and it is said that no rule made them.
    let mut open = book.clone();
    done(&mut open, by(&book, "bo lund"), at(11, 12, 9));
    let row = open.go_decisions.iter().next().expect("one").clone();
    let told = (row.decided_by.as_str(), row.function.as_str());
    assert_eq!(told, ("Bo Lund", "Head of operations, no such role held"));
    let base = windows(&book);
    let row = TechDomain { decider: Some(PersonId(900)), ..base.clone() };
    done(&mut book, save(Edit { base: Some(base), row }), at(11, 1, 0));
    let refused = refusal(&book, by(&book, "Bo Lund"), at(11, 12, 9));
    assert!(
        refused.contains("Ines Hartmann decides for Windows. Let them decide, or make Bo Lund"),
        "{refused}"
    );
    let base = windows(&book);
    let row = TechDomain { deputy: Some(PersonId(901)), ..base.clone() };
    done(&mut book, save(Edit { base: Some(base), row }), at(11, 2, 0));
    for name in ["Bo Lund", "Ines Hartmann"] {
        let mut decided = book.clone();
        done(&mut decided, by(&book, name), at(11, 12, 9));
    }
}

#[test]
fn silence_means_go_only_under_a_section_of_the_policy_and_where_somebody_could_object() {
    let (mut book, update) = shop();
    let mut edit = silent(&book);
    edit.row.section = " ".to_owned();
    assert!(refusal(&book, save(edit), at(11, 1, 0)).contains("Name the section"));
    let mut edit = silent(&book);
    edit.row.decider = None;
    assert!(refusal(&book, save(edit), at(11, 1, 0)).contains("Name the decider"));
    assert_eq!(standing(&book, update, at(11, 30, 0)), GateState::Waiting);
    let edit = silent(&book);
    done(&mut book, save(edit), at(11, 1, 0));
    // Released on Tuesday the 10th; until Thursday noon.
    let by = at(11, 12, 12);
    assert_eq!(standing(&book, update, at(11, 12, 11)), GateState::GoesUnless(by));
    assert!(!standing(&book, update, at(11, 12, 11)).may_go());
    assert_eq!(standing(&book, update, at(11, 12, 13)), GateState::WentSilently(by));
    assert!(standing(&book, update, at(11, 12, 13)).may_go());
}

#[test]
fn what_could_be_objected_to_before_silence_meant_go_did_not_go_in_silence() {
    let (mut book, update) = shop();
    // Released on Tuesday the 10th, to be objected to by Thursday noon; silence means go since that Friday only.
    let edit = silent(&book);
    done(&mut book, save(edit), at(11, 13, 9));
    assert_eq!(windows(&book).silent_since_at, Some(at(11, 13, 9)));
    assert_eq!(standing(&book, update, at(11, 30, 0)), GateState::Waiting);
    // What comes later goes in silence, also when the domain is saved again for something else.
    let mut row = book.updates.get(update.0).expect("an update").clone();
    row.created_at = at(11, 16, 9);
    book.updates.put(row);
    let base = windows(&book);
    let mut row = base.clone();
    row.deputy = None;
    row.section = "deadlines".to_owned();
    row.silent_since_at = None;
    done(&mut book, save(Edit { base: Some(base), row }), at(11, 20, 0));
    assert_eq!(windows(&book).silent_since_at, Some(at(11, 13, 9)));
    assert_eq!(standing(&book, update, at(11, 20, 0)), GateState::WentSilently(at(11, 19, 12)));
    // A deadline that is moved to the past lets nothing go: nobody could know it.
    let base = windows(&book);
    let row = TechDomain { object_weekday: Day::Wednesday, ..base.clone() };
    done(&mut book, save(Edit { base: Some(base), row }), at(11, 20, 0));
    assert_eq!(standing(&book, update, at(11, 20, 0)), GateState::Waiting);
    // Switched off and on again, it begins anew.
    let base = windows(&book);
    let row = TechDomain { silent_go: false, ..base.clone() };
    done(&mut book, save(Edit { base: Some(base), row }), at(11, 21, 0));
    assert_eq!(windows(&book).silent_since_at, None);
    let edit = silent(&book);
    done(&mut book, save(edit), at(11, 22, 0));
    assert_eq!(windows(&book).silent_since_at, Some(at(11, 22, 0)));
}

#[test]
fn a_word_more_makes_nothing_go_by_a_time_that_has_passed() {
    let (mut book, update) = shop();
    let edit = silent(&book);
    done(&mut book, save(edit), at(11, 1, 0));
    let base = windows(&book);
    let mut row = base.clone();
    row.technologies.push("office".to_owned());
    done(&mut book, save(Edit { base: Some(base), row }), at(11, 20, 0));
    assert_eq!(windows(&book).silent_since_at, Some(at(11, 20, 0)));
    assert_eq!(standing(&book, update, at(11, 21, 0)), GateState::Waiting);
}

#[test]
fn whoever_took_a_decision_back_was_not_silent_and_an_older_go_does_not_overrule_a_later_no() {
    let (mut book, update) = shop();
    let edit = silent(&book);
    done(&mut book, save(edit), at(11, 1, 0));
    let no = GoDecision { decided_at: at(11, 11, 8), ..decision(&book, update, Go::NoGo) };
    done(&mut book, decide(no), at(11, 11, 9));
    // Somebody records a day later what was said before that.
    let go = GoDecision { decided_at: at(11, 10, 20), ..decision(&book, update, Go::Go) };
    done(&mut book, decide(go), at(11, 12, 9));
    let GateState::Decided(held) = standing(&book, update, at(11, 13, 0)) else { panic!("decided") };
    assert_eq!(held.decision, Go::NoGo);
    for row in book.go_decisions.rows().to_vec() {
        done(&mut book, Command::Risk(RiskCommand::VoidDecision(row.id)), at(11, 13, 9));
    }
    assert_eq!(standing(&book, update, at(11, 14, 0)), GateState::Waiting);
}

#[test]
fn no_undo_lets_silence_mean_go_again_from_a_past_day() {
    let (mut book, _) = shop();
    let edit = silent(&book);
    done(&mut book, save(edit), at(11, 1, 0));
    let on = windows(&book);
    let row = TechDomain { silent_go: false, ..on.clone() };
    done(&mut book, save(Edit { base: Some(on.clone()), row }), at(11, 2, 0));
    let off = windows(&book);
    let back: Vec<RowChange> = RowChange::update(&off, &on).into_iter().collect();
    let refused = |now_at| {
        let of = Reversal { changes: &back, recorded_at: at(11, 2, 0), now_at };
        refusals(&book, of)
            .expect("rows")
            .iter()
            .any(|refusal| refusal.text.contains("Silence would mean go"))
    };
    assert!(refused(at(11, 20, 0)) && !refused(at(11, 2, 0) + 60), "a slip may be taken back");
}

#[test]
fn a_word_of_a_domain_is_a_whole_word() {
    let (book, _) = shop();
    let falls = |technology: &str| -> Vec<String> {
        let mut asset = book.assets.rows()[0].clone();
        asset.technology = technology.to_owned();
        let found = domains(&book).into_iter().filter(|domain| covers(domain, &asset));
        found.map(|domain| domain.name.clone()).collect()
    };
    for technology in ["BIOS", "Dell BIOS 1.2", "Firmwarehouse", "NetBSD-like", "Studios 2", "Unixoid"] {
        let wanted: &[&str] = if technology.starts_with("NetBSD") { &["Linux and Unix"] } else { &[] };
        assert_eq!(falls(technology), wanted, "{technology}");
    }
    for technology in ["Cisco IOS 17.9", "ios-xe", "IOS", "BIOS and IOS", "Firmware, BIOS"] {
        assert_eq!(falls(technology), ["Network and appliances"], "{technology}");
    }
    assert_eq!(falls("Red Hat Enterprise Linux 9"), ["Linux and Unix"]);
    assert_eq!(falls("FreeBSD 14"), ["Linux and Unix"]);
    assert_eq!(falls("Microsoft Hyper-V Server 2019"), ["Hypervisors"]);
    assert_eq!(falls("Übermaß-Linux/Windows"), ["Windows", "Linux and Unix"]);
}

#[test]
fn nobody_has_let_go_what_the_register_did_not_show_in_time() {
    let (mut book, update) = shop();
    let edit = silent(&book);
    done(&mut book, save(edit), at(11, 1, 0));
    let mut row = book.updates.get(update.0).expect("an update").clone();
    row.created_at = at(11, 20, 9);
    book.updates.put(row);
    // Friday the 20th it came into the register, so Thursday the 26th.
    assert_eq!(standing(&book, update, at(11, 21, 0)), GateState::GoesUnless(at(11, 26, 12)));
}

#[test]
fn a_severe_update_skips_the_step_also_after_a_no_go_from_before() {
    let (mut book, update) = shop();
    let row = decision(&book, update, Go::NoGo);
    done(&mut book, decide(row), at(11, 12, 9));
    assert!(matches!(standing(&book, update, at(11, 13, 0)), GateState::Decided(_)));
    let rate = Command::SetRank { update, rank: Rank::Severe, reason: "Exploited".to_owned() };
    done(&mut book, rate, at(11, 14, 0));
    assert_eq!(standing(&book, update, at(11, 15, 0)), GateState::Skipped);
    let again = decision(&book, update, Go::NoGo);
    let why = refusal(&book, decide(again), at(11, 15, 0));
    assert!(why.contains("Severe updates skip this step") && why.contains("waiver"), "{why}");
}

#[test]
fn a_decision_says_who_why_and_what_waiting_risks_and_can_be_taken_back() {
    let (mut book, update) = shop();
    let bare = GoDecision {
        reason: String::new(),
        risk: String::new(),
        decided_by: String::new(),
        function: String::new(),
        wait_until_on: None,
        outage: true,
        cost_cents: Some(-1),
        decided_at: at(12, 1, 0),
        ..decision(&book, update, Go::Wait)
    };
    let why = refusal(&book, decide(bare), at(11, 12, 9));
    for field in [
        "reason:",
        "risk:",
        "decided_by:",
        "function:",
        "wait_until_on:",
        "outage_when:",
        "cost_cents:",
        "decided_at:",
    ] {
        assert!(why.contains(field), "{field} is missing in\n{why}");
    }
    let row = decision(&book, update, Go::Go);
    done(&mut book, decide(row), at(11, 12, 9));
    assert!(standing(&book, update, at(11, 13, 0)).may_go());
    let id = book.go_decisions.rows()[0].id;
    done(&mut book, Command::Risk(RiskCommand::VoidDecision(id)), at(11, 13, 0));
    assert_eq!(standing(&book, update, at(11, 14, 0)), GateState::Waiting);
}

#[test]
fn no_decision_makes_anything_green() {
    for go in [Go::NoGo, Go::Wait, Go::Go] {
        let (mut book, update) = shop();
        let row = decision(&book, update, go);
        done(&mut book, decide(row), at(11, 12, 9));
        let verdict = View::new(&book, at(12, 31, 0)).pair(0, 0).expect("a pair");
        assert!(verdict.kind == Kind::Open && verdict.required && !verdict.waived, "{go:?}");
        assert!(verdict.past_due(View::new(&book, at(12, 31, 0)).at), "{go:?}");
    }
}

#[test]
fn a_conflict_warns_on_the_next_months_update_of_the_same_product() {
    let mut rig = Rig::new(Severity::Important);
    let next = rig.m.update(at(12, 8, 18));
    let other = rig.m.update(at(12, 8, 18));
    rig.m.change_update(next, |row| row.products = vec!["Windows Server 2022".to_owned()]);
    rig.m.change_update(other, |row| row.products = vec!["Office 2024".to_owned()]);
    let update = rig.id_of(rig.update);
    let mut book = rig.m.finish();
    let row = KnownConflict {
        id: KnownConflictId(0),
        product: "Oracle Database".to_owned(),
        update: Some(update),
        asset: None,
        what: "The listener does not start".to_owned(),
        remedy: "Start it by hand once".to_owned(),
        solved_by: "Ben".to_owned(),
        seen_on: day("2026-11-12"),
        recorded_at: 0,
        ended_at: None,
    };
    let command = Command::Risk(RiskCommand::Conflict(Box::new(Edit { base: None, row })));
    done(&mut book, command, at(11, 13, 0));
    let found = |place: u32| conflicts_of(&book, &book.updates.rows()[place as usize]).len();
    assert_eq!((found(next), found(other)), (1, 0));
    let id = book.conflicts.rows()[0].id;
    let mut after = book.clone();
    done(&mut after, Command::Risk(RiskCommand::EndConflict(id)), at(12, 1, 0));
    assert!(conflicts_of(&after, &after.updates.rows()[next as usize]).is_empty());
}

#[test]
fn the_releases_to_expect_are_those_of_the_calendar_within_the_days_asked_for() {
    let mut book = Book::default();
    let rows = patchbook::domain::calendar::default::defaults(&Ids::seeded(4));
    for rule in rows.rules {
        book.release_rules.put(rule);
    }
    let from_at = at(12, 1, 0);
    let found = upcoming(&book, from_at, 14);
    assert!(found.iter().any(|release| release.vendor == "Microsoft" && release.at == Some(at(12, 8, 18))));
    assert!(found.iter().all(|release| release.at.is_some_and(|at| at < from_at + 14 * 86_400)));
    assert!(upcoming(&book, from_at, 0).is_empty());
    assert!(upcoming(&book, from_at, 60).len() > found.len());
}
