//! What no sequence of commands may bring about.

use patchbook::domain::approval::Verdict;
use patchbook::domain::command::{ApprovalCommand, Command, WaiverCommand};
use patchbook::domain::compliance::cover::Covers;
use patchbook::domain::rating::Rank;
use patchbook::domain::stamp::of_instant;
use patchbook::domain::waiver::request::WaiverRequestId;
use patchbook::domain::waiver::rule;
use patchbook::util::clock::{day_in, end_of_day};
use patchbook::util::text::fold;
use proptest::prelude::*;

use super::rig::{ASKER, BOSS, NOBODY, OFFICER, OWNER, Shop, control};

#[derive(Clone, Debug)]
enum Step {
    Write(usize, i64),
    Request(usize),
    Review(usize),
    Decide(usize, usize, usize, usize),
    Renew(usize),
    Revoke(usize),
    Extend(usize, i64),
    Fail(usize, i64),
    Mend(usize),
    TakeBack(usize),
    Rate(usize, usize),
    Wait(i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let which = 0usize..4;
    let step = prop_oneof![
        2 => (0usize..4, 0i64..100).prop_map(|(rank, days)| Step::Write(rank, days)),
        4 => which.clone().prop_map(Step::Request),
        1 => which.clone().prop_map(Step::Review),
        8 => (which.clone(), 0usize..5, 0usize..12, 0usize..9).prop_map(|(w, p, f, d)| Step::Decide(w, p, f, d)),
        1 => which.clone().prop_map(Step::Renew),
        1 => which.clone().prop_map(Step::Revoke),
        2 => (which.clone(), 0i64..300).prop_map(|(w, days)| Step::Extend(w, days)),
        1 => (which.clone(), -30i64..3).prop_map(|(w, days)| Step::Fail(w, days)),
        1 => which.clone().prop_map(Step::Mend),
        1 => (0usize..6).prop_map(Step::TakeBack),
        1 => (0usize..2, 0usize..4).prop_map(|(update, rank)| Step::Rate(update, rank)),
        2 => (0i64..20).prop_map(Step::Wait),
    ];
    // One request is under way from the start, or nearly so: else hardly anything is ever granted.
    let begun = (1usize..3, 0i64..70).prop_map(|(rank, days)| {
        vec![Step::Write(rank, days), Step::Request(0), Step::Decide(0, 1, 9, 0), Step::Decide(0, 2, 9, 0)]
    });
    (begun, 0usize..5, prop::collection::vec(step, 1..40))
        .prop_map(|(begun, kept, more)| begun.into_iter().take(kept).chain(more).collect())
}

fn ids(shop: &Shop) -> Vec<WaiverRequestId> {
    shop.book.waiver_requests.rows().iter().map(|request| request.id).collect()
}

const DAY: i64 = 86_400;
const PEOPLE: [patchbook::domain::person::PersonId; 5] = [ASKER, OWNER, OFFICER, BOSS, NOBODY];
/// What each of them is, of the functions below.
const OWN: [usize; 5] = [4, 0, 1, 2, 4];
const FUNCTIONS: [&str; 5] =
    ["Business owner", "Information security officer", "Executive", "System owner", "Clerk"];

/// Does a step; most are refused, which is the point. Answers the waiver that was touched.
fn take(shop: &mut Shop, step: &Step) {
    let all = ids(shop);
    let of = |which: usize| all.get(which % all.len().max(1)).copied();
    let today = day_in(chrono_tz::UTC, shop.now);
    let _refused = match *step {
        Step::Write(rank, days) => {
            let mut draft = shop.draft();
            draft.residual = Rank::ALL[rank];
            draft.until_on = Some(today + chrono::Days::new(days as u64));
            if all.len() < 4 {
                shop.write(draft);
            }
            return;
        }
        Step::Wait(days) => {
            shop.now += days * DAY;
            return;
        }
        Step::Rate(update, rank) => {
            let (update, rank) = (shop.update(update), Rank::ALL[rank]);
            shop.run(Command::SetRank { update, rank, reason: "told".to_owned() })
        }
        Step::TakeBack(which) => {
            let Some(approval) = shop.book.approvals.rows().get(which).map(|row| row.id) else { return };
            shop.run(Command::Approval(ApprovalCommand::Void { approval, because: "wrong".to_owned() }))
        }
        Step::Request(which) => of(which).map_or_else(skip, |id| shop.waiver(WaiverCommand::Request(id))),
        Step::Review(which) => of(which).map_or_else(skip, |id| shop.waiver(WaiverCommand::Review(id))),
        Step::Renew(which) => of(which).map_or_else(skip, |id| shop.waiver(WaiverCommand::Renew(id))),
        Step::Revoke(which) => of(which).map_or_else(skip, |request| {
            shop.waiver(WaiverCommand::Revoke { request, because: "no longer".to_owned() })
        }),
        Step::Decide(which, person, function, decision) => of(which).map_or_else(skip, |id| {
            // Mostly approvals: else nothing is ever granted.
            let decision = Verdict::ALL.get(decision.saturating_sub(2)).copied().unwrap_or(Verdict::Approve);
            // Mostly what somebody is: else hardly anything is ever granted.
            let function = FUNCTIONS.get(function).copied().unwrap_or(FUNCTIONS[OWN[person]]);
            shop.decide(id, decision, PEOPLE[person], function)
        }),
        Step::Extend(which, days) => of(which).map_or_else(skip, |id| {
            shop.change(id, |row| {
                row.until_on = Some(today + chrono::Days::new(days as u64));
                row.reason.push('!');
                row.controls.push(control(&format!("control {days}")));
            })
        }),
        Step::Fail(which, days) => of(which).map_or_else(skip, |id| {
            let at = shop.now + days * DAY;
            shop.change(id, |row| row.controls.iter_mut().for_each(|control| control.failed_at = Some(at)))
        }),
        Step::Mend(which) => of(which).map_or_else(skip, |id| {
            shop.change(id, |row| row.controls.iter_mut().for_each(|control| control.failed_at = None))
        }),
    };
}

fn skip() -> Result<patchbook::domain::command::Decision, patchbook::domain::command::Issues> {
    Err(patchbook::domain::command::Issues(Vec::new()))
}

/// Every valid waiver rests on a recorded, standing approval of each demanded function, by somebody of it, and ends in time.
fn each_rests_on_approvals(shop: &Shop) -> Result<(), TestCaseError> {
    let book = &shop.book;
    for waiver in book.waivers.rows().iter().filter(|waiver| waiver.valid_at(shop.now)) {
        let request = book.waiver_requests.rows().iter().find(|r| r.grants.contains(&waiver.id));
        let request = request.expect("a waiver has its request");
        let granted_at = request.granted_at.expect("it was granted");
        prop_assert!(waiver.approved_at >= granted_at, "backdated");
        let demanded = rule::demanded(book, request, granted_at);
        prop_assert!(!demanded.is_empty());
        let mut signers = Vec::new();
        for function in &demanded {
            let signed = book.approvals.rows().iter().find(|row| {
                row.subject_id == request.id.0
                    && row.decision == Verdict::Approve
                    && row.voided_at.is_none()
                    && row.recorded_at <= waiver.approved_at
                    && fold(&row.function) == fold(function)
            });
            prop_assert!(signed.is_some(), "{function} did not sign {}", request.number);
            let Some(row) = signed else { continue };
            let person = row.person.expect("somebody signed");
            let on = day_in(chrono_tz::UTC, row.decided_at);
            prop_assert!(rule::is_of(book, person, function, &request.assets, on));
            prop_assert!(Some(person) != request.requested_by, "they accepted their own risk");
            signers.push(person);
        }
        signers.sort_unstable();
        signers.dedup();
        prop_assert_eq!(signers.len(), demanded.len(), "each signature is another's");
        let rank = rule::binding_rank(book, request, granted_at);
        prop_assert!(rank != Rank::Severe, "severe waivers are off in this shop");
        let cap = rule::cap(book, rank).expect("a cap");
        let last = day_in(chrono_tz::UTC, granted_at) + chrono::Days::new(cap.days as u64);
        prop_assert!(waiver.until_at <= end_of_day(chrono_tz::UTC, last), "it outlives its cap");
        prop_assert!(rule::forebears(book, request).len() as i64 <= cap.renewals);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_commands_grants_a_waiver_without_its_signatures_beyond_its_cap_or_into_the_past(
        steps in steps(),
    ) {
        let mut shop = Shop::new();
        for step in &steps {
            let before = shop.book.clone();
            let now = shop.now;
            take(&mut shop, step);
            // Instants before this step, from long ago until the second before it.
            let (was, is) = (Covers::new(&before), Covers::new(&shop.book));
            for back in [1, 30, 3_600, DAY, 9 * DAY, 40 * DAY] {
                let then = of_instant(now - back);
                for (asset, update) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                    let green = is.find(update, asset, then).is_some() && was.find(update, asset, then).is_none();
                    prop_assert!(!green, "{step:?} made the past green");
                }
            }
            each_rests_on_approvals(&shop)?;
        }
    }
}

#[test]
fn the_sequences_that_are_tried_do_grant_waivers() {
    let mut shop = Shop::new();
    for step in [Step::Write(1, 40), Step::Request(0), Step::Decide(0, 1, 0, 0), Step::Decide(0, 2, 1, 0)] {
        take(&mut shop, &step);
    }
    assert_eq!(shop.book.waivers.len(), 2);
}
