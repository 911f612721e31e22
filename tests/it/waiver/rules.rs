//! Each rule of a waiver as a sentence.

use patchbook::domain::approval::Verdict;
use patchbook::domain::asset::{Exposure, Fact, FactId, FactValue};
use patchbook::domain::change::{ChangeKind, ChangeRecord};
use patchbook::domain::command::{ApprovalCommand, ChangeCommand, Command, Edit, WaiverCommand};
use patchbook::domain::compliance::view::View;
use patchbook::domain::cycle::Cycle;
use patchbook::domain::rating::Rank;
use patchbook::domain::role::{DutyConflict, DutyConflictId, DutyRule};
use patchbook::domain::update::UpdateId;
use patchbook::domain::waiver::rule;
use patchbook::domain::waiver::state::{WaiverState, standing};
use serde_json::json;

use super::rig::{ASKER, BOSS, NOBODY, OFFICER, OWNER, Shop, control, day, said};
use crate::compliance::maker::at;

const DAY: i64 = 86_400;

#[test]
fn a_waiver_goes_from_draft_over_two_signatures_to_active_expiring_and_expired() {
    let mut shop = Shop::new();
    let id = shop.write(shop.draft());
    assert_eq!(shop.request(id).number, "WVR-2026-03-001");
    assert_eq!(shop.state(id), WaiverState::Draft);
    shop.waiver(WaiverCommand::Request(id)).expect("a request");
    assert_eq!(shop.state(id), WaiverState::Requested);
    shop.waiver(WaiverCommand::Review(id)).expect("a review");
    shop.approve(id, OWNER, "Business owner").expect("the first signature");
    assert_eq!(shop.state(id), WaiverState::UnderReview, "the second signature is missing");
    assert!(!shop.covered(0, 0, shop.now));
    let before = shop.now;
    shop.approve(id, OFFICER, "information security OFFICER").expect("the second signature");
    assert_eq!(shop.state(id), WaiverState::Active);
    assert!(shop.covered(0, 0, shop.now) && shop.covered(1, 0, shop.now));
    assert!(!shop.covered(0, 1, shop.now), "only the updates that were named");
    assert!(
        !shop.covered(0, 0, before - 1),
        "never before it was recorded, although decided an hour earlier"
    );
    let waiver = &shop.book.waivers.rows()[0];
    assert_eq!(waiver.approved_by, "Ben (Business owner), Cleo (Information security officer)");
    assert_eq!(waiver.until_at, at(5, 2, 0) - 1, "the day typed is the day kept");
    assert_eq!(shop.state_at(id, at(4, 2, 0)), Some(WaiverState::Expiring));
    assert_eq!(shop.state_at(id, at(5, 1, 23)), Some(WaiverState::Expiring));
    assert_eq!(shop.state_at(id, at(5, 2, 0)), Some(WaiverState::Expired));
    assert!(!shop.covered(0, 0, at(5, 2, 0)), "overdue again by itself");
}

#[test]
fn everything_that_a_request_lacks_is_said_at_once() {
    let mut shop = Shop::new();
    let mut draft = shop.draft();
    draft.updates.clear();
    draft.assets.clear();
    draft.reason.clear();
    draft.exit_plan.clear();
    draft.exit_on = None;
    draft.until_on = None;
    draft.requested_by = None;
    draft.controls = vec![control("")];
    draft.controls[0].owner = None;
    let id = shop.write(draft);
    let issues = shop.waiver(WaiverCommand::Request(id)).expect_err("it lacks a lot");
    let mut fields: Vec<&str> = issues.0.iter().map(|issue| issue.field).collect();
    fields.dedup();
    for field in
        ["updates", "assets", "reason", "exit_plan", "requested_by", "exit_on", "until_on", "controls"]
    {
        assert!(fields.contains(&field), "{field} is missing in {issues}");
    }
}

#[test]
fn a_waiver_cannot_be_asked_for_longer_than_its_rank_allows() {
    let mut shop = Shop::new();
    for (residual, last) in [(Rank::High, day(5, 19)), (Rank::Medium, day(6, 18)), (Rank::Low, day(9, 16))] {
        let mut draft = shop.draft();
        (draft.residual, draft.until_on) = (residual, last.succ_opt());
        let id = shop.write(draft);
        let text = said(shop.waiver(WaiverCommand::Request(id)));
        assert!(text.contains("at the latest"), "{text}");
        shop.change(id, |row| row.until_on = Some(last)).expect("a change");
        shop.waiver(WaiverCommand::Request(id)).expect("the last day is allowed");
    }
}

#[test]
fn a_severe_update_is_not_waived_unless_the_shop_turns_it_on_and_then_by_the_executive() {
    let mut shop = Shop::new();
    rate(&mut shop, 0, Rank::Severe);
    let mut draft = shop.draft();
    (draft.residual, draft.until_on) = (Rank::Low, Some(day(4, 10)));
    let id = shop.write(draft);
    let text = said(shop.waiver(WaiverCommand::Request(id)));
    assert!(text.contains("not waived in this shop"), "{text}");
    shop.practice(|practice| practice.severe_waivers = true);
    shop.waiver(WaiverCommand::Request(id)).expect("a request");
    let text = said(shop.approve(id, OWNER, "Business owner"));
    assert!(text.contains("Executive, Information security officer"), "{text}");
    shop.approve(id, BOSS, "Executive").expect("a signature");
    shop.approve(id, OFFICER, "Information security officer").expect("a signature");
    let id = shop.request(id).id;
    shop.waiver(WaiverCommand::Renew(id)).expect("a renewal");
    let renewal = rule::renewal(&shop.book, id).expect("it").id;
    let dated = |row: &mut patchbook::domain::waiver::request::WaiverRequest| {
        row.until_on = Some(day(4, 15));
        row.reason.push_str("The fix is late");
    };
    shop.change(renewal, dated).expect("a change");
    let text = said(shop.waiver(WaiverCommand::Request(renewal)));
    assert!(text.contains("a control that it did not have before"), "{text}");
    shop.change(renewal, |row| row.controls.push(control("Detection on the segment"))).expect("a change");
    shop.waiver(WaiverCommand::Request(renewal)).expect("a request");
}

#[test]
fn a_high_risk_or_a_lowered_one_needs_a_control_that_stands() {
    let mut shop = Shop::new();
    for residual in [Rank::High, Rank::Medium] {
        let mut draft = shop.draft();
        draft.residual = residual;
        draft.controls.clear();
        let id = shop.write(draft);
        let text = said(shop.waiver(WaiverCommand::Request(id)));
        assert!(text.contains("name a control that stands in"), "{text}");
    }
}

#[test]
fn only_those_who_are_of_the_function_sign_and_nobody_signs_twice_or_for_themselves() {
    let mut shop = Shop::new();
    let id = shop.write(shop.draft());
    let text = said(shop.approve(id, OWNER, "Business owner"));
    assert!(text.contains("is a draft"), "{text}");
    shop.waiver(WaiverCommand::Request(id)).expect("a request");
    let text = said(shop.approve(id, NOBODY, "Business owner"));
    assert!(text.contains("Eve is not Business owner"), "{text}");
    let text = said(shop.approve(id, NOBODY, "Clerk"));
    assert!(text.contains("accepted by: Business owner, Information security officer"), "{text}");
    let mut ben = shop.book.people.get(OWNER.0).expect("Ben").clone();
    ben.function = "Business owner and information security officer".to_owned();
    shop.book.people.put(ben);
    shop.approve(id, OWNER, "Business owner").expect("a signature");
    let text = said(shop.approve(id, OWNER, "Information security officer"));
    assert!(text.contains("second signature"), "{text}");

    let mut ada = shop.book.people.get(ASKER.0).expect("Ada").clone();
    ada.function = "Information security officer".to_owned();
    shop.book.people.put(ada);
    let text = said(shop.approve(id, ASKER, "Information security officer"));
    assert!(text.contains("asks for this waiver"), "{text}");
    shop.book.duty_conflicts.put(DutyConflict {
        id: DutyConflictId(1),
        rule: DutyRule::AcceptorRequester,
        person: ASKER,
        change: None,
        accepted_by: "Dora".to_owned(),
        accepted_at: shop.now,
        instead: "the auditor looks over it".to_owned(),
        ended_at: None,
    });
    shop.approve(id, ASKER, "Information security officer").expect("accepted in the open");
    assert!(shop.book.approvals.rows().iter().any(|row| row.own), "counted apart");
}

#[test]
fn a_decision_on_a_stale_screen_or_in_the_future_is_refused_and_one_asked_for_is_not_edited() {
    let mut shop = Shop::new();
    let id = shop.write(shop.draft());
    shop.waiver(WaiverCommand::Request(id)).expect("a request");
    let text = said(shop.change(id, |row| row.reason.push('x')));
    assert!(text.contains("Have it returned first"), "{text}");
    shop.decide(id, Verdict::Return, OWNER, "Business owner").expect("a return");
    assert_eq!(shop.state(id), WaiverState::Draft);
    shop.change(id, |row| row.until_on = Some(day(4, 25))).expect("a change");
    shop.waiver(WaiverCommand::Request(id)).expect("a request");
    shop.approve(id, OWNER, "Business owner").expect("a signature");
    rate(&mut shop, 1, Rank::Low);
    let mut one = shop.book.assets.rows()[0].clone();
    one.name = "renamed".to_owned();
    shop.book.assets.put(one);
    shop.approve(id, OFFICER, "Information security officer").expect("a signature");
    assert!(shop.request(id).granted_at.is_none(), "the first signature was for another text");
    shop.approve(id, OWNER, "Business owner").expect("a fresh signature");
    assert!(shop.request(id).granted_at.is_some());
    let text = said(shop.approve(id, OWNER, "Business owner"));
    assert!(text.contains("was decided already"), "{text}");
}

#[test]
fn a_rejection_ends_it_and_says_why() {
    let mut shop = Shop::new();
    let id = shop.write(shop.draft());
    shop.waiver(WaiverCommand::Request(id)).expect("a request");
    shop.decide(id, Verdict::Reject, OWNER, "Business owner").expect("a rejection");
    assert_eq!(shop.state(id), WaiverState::Rejected);
    assert_eq!(shop.request(id).rejected_because, "As discussed");
    assert!(shop.book.waivers.is_empty());
}

fn rate(shop: &mut Shop, update: usize, rank: Rank) {
    let update: UpdateId = shop.update(update);
    let reason = "told by the vendor".to_owned();
    shop.run(Command::SetRank { update, rank, reason }).expect("a rank");
}

#[test]
fn a_waiver_ends_by_itself_when_its_update_is_newly_exploited() {
    let mut shop = Shop::new();
    let id = shop.granted(shop.draft());
    let before = shop.now - 1;
    rate(&mut shop, 0, Rank::Severe);
    assert_eq!(shop.state(id), WaiverState::Voided);
    assert!(shop.covered(0, 0, before) && !shop.covered(0, 0, shop.now));
    rate(&mut shop, 0, Rank::Low);
    assert!(!shop.covered(0, 0, shop.now), "it does not come back");
}

#[test]
fn a_waiver_ends_by_itself_when_a_loaded_fact_says_exploited_and_nobody_rates() {
    let mut shop = Shop::new();
    let id = shop.granted(shop.draft());
    let mut kept = shop.draft();
    (kept.updates, kept.void_if_exploited) = (vec![shop.update(1)], false);
    let kept = shop.granted(kept);
    let before = shop.now - 1;
    let (first, second) = (shop.learn_listed(0), shop.learn_listed(1));
    assert_eq!(shop.state(id), WaiverState::Voided);
    assert!(shop.covered(0, 0, before) && shop.covered(0, 0, first - 1) && !shop.covered(0, 0, first));
    let stands = standing(&View::new(&shop.book, shop.now), shop.request(id)).expect("a standing");
    let why = stands.pairs[0].void.as_ref().expect("an end").why.text();
    assert!(why.contains("became Severe") && why.contains("listed in KEV"), "{why}");
    assert_eq!(shop.state(kept), WaiverState::Active, "its ticks say that it stays");
    assert!(shop.covered(0, 1, second));
    shop.now += DAY;
    rate(&mut shop, 0, Rank::High);
    assert!(!shop.covered(0, 0, shop.now), "a person who lowers the rank does not bring it back");
}

#[test]
fn what_a_fact_made_severe_is_asked_for_under_the_cap_of_severe() {
    let mut shop = Shop::new();
    shop.learn_listed(0);
    let id = shop.write(shop.draft());
    let text = said(shop.waiver(WaiverCommand::Request(id)));
    assert!(text.contains("not waived in this shop") && text.contains("rank Severe ends on"), "{text}");
    shop.practice(|practice| practice.severe_waivers = true);
    let signers = rule::demanded(&shop.book, shop.request(id), shop.now);
    assert_eq!(signers, ["Executive", "Information security officer"]);
    assert_eq!(rule::worst_rank(&shop.book, shop.request(id), at(3, 1, 0)), Rank::High, "as it was known");
}

#[test]
fn a_change_of_what_a_fact_made_severe_is_severe_by_itself() {
    let mut shop = Shop::new();
    shop.learn_listed(0);
    let mut row = ChangeRecord::new(ChangeKind::Normal);
    (row.title, row.updates) = ("March".to_owned(), vec![shop.update(0), shop.update(1)]);
    shop.run(Command::Change(ChangeCommand::Save(Box::new(Edit { base: None, row })))).expect("a change");
    assert_eq!(shop.book.changes.rows()[0].rank, Some(Rank::Severe));
}

#[test]
fn a_waiver_of_a_severe_update_ends_when_it_becomes_known_as_exploited() {
    let mut shop = Shop::new();
    rate(&mut shop, 0, Rank::Severe);
    shop.practice(|practice| practice.severe_waivers = true);
    let mut draft = shop.draft();
    draft.until_on = Some(day(4, 10));
    let id = shop.write(draft);
    shop.waiver(WaiverCommand::Request(id)).expect("a request");
    shop.approve(id, BOSS, "Executive").expect("a signature");
    shop.approve(id, OFFICER, "Information security officer").expect("a signature");
    rate(&mut shop, 0, Rank::Severe);
    assert!(shop.covered(0, 0, shop.now), "rated Severe again is nothing new");
    let listed = shop.learn_listed(0);
    assert!(shop.covered(0, 0, listed - 1) && !shop.covered(0, 0, listed));
}

#[test]
fn a_waiver_ends_by_itself_for_the_asset_that_became_exposed() {
    let mut shop = Shop::new();
    let id = shop.granted(shop.draft());
    let expose = |shop: &mut Shop, exposure| {
        shop.book.facts.put(Fact {
            id: FactId(70_000 + shop.now),
            asset: shop.asset(0),
            value: FactValue::Exposure(exposure),
            since_at: shop.now,
            reason: String::new(),
            approved_by: String::new(),
        });
        shop.now += 60;
    };
    expose(&mut shop, Exposure::Isolated);
    assert!(shop.covered(0, 0, shop.now), "less exposed is no reason");
    expose(&mut shop, Exposure::Unknown);
    assert!(!shop.covered(0, 0, shop.now) && shop.covered(1, 0, shop.now));
    assert_eq!(shop.state(id), WaiverState::Active, "the other asset is still covered");
}

#[test]
fn a_control_that_was_seen_failing_ends_the_waiver_and_stays_failed() {
    let mut shop = Shop::new();
    let id = shop.granted(shop.draft());
    let now = shop.now;
    shop.change(id, |row| row.controls[0].verified_at = Some(now)).expect("seen working");
    assert!(shop.covered(0, 0, shop.now));
    let text = said(shop.change(id, |row| row.until_on = Some(day(5, 2))));
    assert!(text.contains("Renew it to change"), "{text}");
    shop.change(id, |row| row.controls[0].failed_at = Some(now)).expect("seen failing");
    assert_eq!(shop.state(id), WaiverState::Voided);
    let text = said(shop.change(id, |row| row.controls[0].failed_at = None));
    assert!(text.contains("that stays"), "{text}");
}

#[test]
fn a_renewal_is_a_new_decision_with_a_fresh_reason_and_is_not_repeated_for_ever() {
    let mut shop = Shop::new();
    let first = shop.granted(shop.draft());
    shop.waiver(WaiverCommand::Renew(first)).expect("a renewal");
    let second = rule::renewal(&shop.book, first).expect("it").id;
    assert_eq!(shop.request(second).number, "WVR-2026-03-002");
    assert!(said(shop.waiver(WaiverCommand::Renew(first))).contains("already"));
    shop.change(second, |row| {
        row.until_on = Some(day(5, 10));
        row.reason = "The payroll does not start with it".to_owned();
    })
    .expect("a change");
    assert!(said(shop.waiver(WaiverCommand::Request(second))).contains("fresh reason"));
    shop.change(second, |row| row.reason = "The fix came late".to_owned()).expect("a change");
    shop.waiver(WaiverCommand::Request(second)).expect("a request");
    shop.approve(second, OWNER, "Business owner").expect("a signature");
    shop.approve(second, OFFICER, "Information security officer").expect("a signature");
    assert!(shop.request(second).granted_at.is_none(), "a High renewal goes to the committee");
    let member =
        json!({ "id": 1, "person": BOSS, "list": "committee", "represents": "all", "from_on": "2026-01-01" });
    shop.book.members.put(serde_json::from_value(member).expect("a member"));
    shop.approve(second, BOSS, "Committee").expect("the committee");
    assert_eq!(shop.request(first).until_on, Some(day(5, 1)), "the old decision is not edited");
    shop.waiver(WaiverCommand::Renew(second)).expect("a draft");
    let third = rule::renewal(&shop.book, second).expect("it").id;
    shop.change(third, |row| {
        row.until_on = Some(day(5, 12));
        row.reason = "Later still".to_owned();
    })
    .expect("a change");
    assert!(said(shop.waiver(WaiverCommand::Request(third))).contains("at most 1 times"));
}

#[test]
fn a_request_after_the_cut_off_of_its_cycle_is_late_by_itself() {
    let mut shop = Shop::new();
    let cycle = |cutoff_at: i64| -> Cycle {
        serde_json::from_value(json!({
            "id": 1, "kind": "monthly", "name": "2026-03", "month": "2026-03", "anchor_at": at(3, 10, 0),
            "cutoff_at": cutoff_at, "drill": false, "updates": [], "points": [], "reason": "", "declared_by": "",
            "created_at": at(3, 1, 0), "closed_by": "", "cancelled_because": "",
        }))
        .expect("a cycle")
    };
    shop.book.cycles.put(cycle(shop.now + DAY));
    let first = shop.write(shop.draft());
    shop.waiver(WaiverCommand::Request(first)).expect("a request");
    assert!(shop.request(first).cycle.is_some() && !rule::is_late(&shop.book, shop.request(first)));
    shop.now += 2 * DAY;
    let second = shop.write(shop.draft());
    shop.waiver(WaiverCommand::Request(second)).expect("a request");
    assert!(rule::is_late(&shop.book, shop.request(second)));
}

#[test]
fn a_revoked_waiver_and_one_whose_decision_was_wrong_cover_nothing_from_then_on() {
    let mut shop = Shop::new();
    let id = shop.granted(shop.draft());
    let while_it_held = shop.now - 1;
    assert!(
        said(shop.waiver(WaiverCommand::Revoke { request: id, because: " ".to_owned() })).contains("why")
    );
    shop.waiver(WaiverCommand::Revoke { request: id, because: "patched by hand".to_owned() })
        .expect("an end");
    assert_eq!(shop.state(id), WaiverState::Revoked);
    assert!(shop.covered(0, 0, while_it_held) && !shop.covered(0, 0, shop.now));
    let second = shop.granted(shop.draft());
    let approval = shop.book.approvals.rows().iter().rfind(|row| row.subject_id == second.0).expect("one").id;
    let because = "that was about another system".to_owned();
    shop.run(Command::Approval(ApprovalCommand::Void { approval, because })).expect("taken back");
    assert_eq!(shop.state(second), WaiverState::Revoked);
    assert!(!shop.covered(0, 0, shop.now));
}

#[test]
fn a_request_for_what_is_not_open_is_refused() {
    let mut shop = Shop::new();
    let mut draft = shop.draft();
    draft.updates = vec![UpdateId(123_456)];
    let id = shop.write(draft);
    assert!(said(shop.waiver(WaiverCommand::Request(id))).contains("no longer in the register"));
}

#[test]
fn a_shop_under_cyber_essentials_is_told_that_a_waiver_does_not_satisfy_it() {
    let mut shop = Shop::new();
    assert_eq!(rule::preset_warning(&shop.book), None);
    shop.practice(|practice| practice.cyber_essentials = true);
    assert!(
        rule::preset_warning(&shop.book)
            .is_some_and(|text| text.contains("does not satisfy Cyber Essentials"))
    );
}
