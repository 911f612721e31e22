//! The waivers of the sample: one asked for in time and granted, one asked for too late.

use chrono::Days;

use super::cycle;
use super::diary::Month;
use crate::app::error::Error;
use crate::app::sample::build::Teller;
use crate::domain::approval::{Medium, Subject, Verdict};
use crate::domain::asset::AssetId;
use crate::domain::command::{ApprovalCommand, ApprovalDraft, Command, Edit, WaiverCommand};
use crate::domain::compliance::view::View;
use crate::domain::pair::Block;
use crate::domain::rating::Rank;
use crate::domain::stamp::of_instant;
use crate::domain::update::UpdateId;
use crate::domain::waiver::request::{Control, ReasonClass, WaiverRequest, WaiverRequestId};
use crate::domain::waiver::text::fingerprint;
use crate::util::hash::{hex, sha256};

/// The open updates of an asset that came out by the end of a month's first week. Severe ones are left out: the shop waives none.
fn open_updates(teller: &Teller, asset: AssetId, month: &Month) -> Vec<UpdateId> {
    let until = month.at(8, 0, 0);
    let book = teller.book();
    let Some(place) = book.assets.place(asset.0) else { return Vec::new() };
    let now = of_instant(teller.now());
    let is_open = |block: &Block| {
        block.find(place).and_then(|at| block.at(at, now)).is_some_and(|last| last.state().is_open())
    };
    let view = View::new(book, teller.now());
    let rows = book.updates.iter().zip(&book.pairs.blocks).zip(0_u32..);
    let wanted = rows.filter(|((update, block), place)| {
        update.released_at < until && is_open(block) && view.rank(*place) != Rank::Severe
    });
    wanted.map(|((update, _), _)| update.id).collect()
}

fn numbered(teller: &Teller, id_before: usize) -> Option<WaiverRequest> {
    teller.book().waiver_requests.rows().get(id_before).cloned()
}

struct Wish<'a> {
    asset: &'a str,
    class: ReasonClass,
    reason: &'a str,
    control: &'a str,
    exit: &'a str,
    days: u64,
}

fn ask(teller: &mut Teller, month: &Month, wish: &Wish<'_>) -> Result<Option<WaiverRequest>, Error> {
    let Some(asset) = teller.asset(wish.asset) else { return Ok(None) };
    let updates = open_updates(teller, asset, month);
    if updates.is_empty() {
        return Ok(None);
    }
    let (tomasz, ines) = (teller.person("Tomasz Lis"), teller.person("Ines Hartmann"));
    let today = crate::util::clock::day_in(crate::app::sample::ZONE, teller.now());
    let row = WaiverRequest {
        id: WaiverRequestId(0),
        number: String::new(),
        cycle: cycle::of(teller, month).map(|cycle| cycle.id),
        updates,
        assets: vec![asset],
        reason_class: wish.class,
        reason: wish.reason.to_owned(),
        recommendation: "Acceptable for a short time with the control in place".to_owned(),
        residual: Rank::Medium,
        controls: vec![Control {
            text: wish.control.to_owned(),
            owner: tomasz,
            since_on: Some(today),
            proof: "Tried from a workstation: no answer".to_owned(),
            verified_at: Some(teller.now()),
            failed_at: None,
        }],
        exit_plan: wish.exit.to_owned(),
        exit_on: Some(today + Days::new(wish.days)),
        requested_by: ines,
        requested_at: None,
        until_on: Some(today + Days::new(wish.days)),
        review_on: Some(today + Days::new(wish.days / 2)),
        void_if_exploited: true,
        void_if_exposed: true,
        renews: None,
        reviewed_at: None,
        grants: Vec::new(),
        granted_at: None,
        rejected_because: String::new(),
        revoked_at: None,
        revoked_because: String::new(),
        created_at: 0,
    };
    let place = teller.book().waiver_requests.len();
    teller.run(Command::Waiver(WaiverCommand::Save(Box::new(Edit { base: None, row }))))?;
    let Some(request) = numbered(teller, place) else { return Ok(None) };
    teller.run(Command::Waiver(WaiverCommand::Request(request.id)))?;
    teller.run(Command::Waiver(WaiverCommand::Review(request.id)))?;
    Ok(numbered(teller, place))
}

/// Before the cut-off: granted by the business owner, on paper.
pub(super) fn ask_in_time(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    // The older one has run out by the time the story ends, and nobody renewed it.
    let wish = if month.is_past {
        Wish {
            asset: "WS-011",
            class: ReasonClass::Compatibility,
            reason: "The scanner software of the accounts desk stops after the update",
            control: "No mail and no browser on this machine until it is replaced",
            exit: "New scanner software is ordered",
            days: 21,
        }
    } else {
        Wish {
            asset: "WS-019",
            class: ReasonClass::NoWindow,
            reason: "Year-end closing runs on this machine until the end of the month",
            control: "Restart and update on the first free evening; internet access blocked until then",
            exit: "Update on the first evening of next month",
            days: 30,
        }
    };
    let Some(request) = ask(teller, month, &wish)? else { return Ok(()) };
    let Some(ruth) = teller.person("Ruth Okafor") else { return Ok(()) };
    let draft = ApprovalDraft {
        subject: Subject::Waiver,
        subject_id: request.id.0,
        decision: Verdict::Approve,
        person: ruth,
        function: "Business owner".to_owned(),
        medium: Medium::Paper,
        decided_at: teller.now() - 600,
        comment: "Only as long as needed".to_owned(),
        evidence: Some((format!("{} signed.pdf", request.number), hex(&sha256(request.number.as_bytes())))),
        shown: fingerprint(teller.book(), &request, teller.now()),
    };
    teller.run(Command::Approval(ApprovalCommand::Record(Box::new(draft))))
}

/// After the cut-off of the newest month: late by itself, still waiting for an answer.
pub(super) fn ask_late(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    if month.is_past {
        return Ok(());
    }
    let wish = Wish {
        asset: "LAP-05",
        class: ReasonClass::NotReachable,
        reason: "On a customer's site without a line until the week after next",
        control: "Firewall on the laptop allows nothing from outside",
        exit: "Update on return to the office",
        days: 14,
    };
    ask(teller, month, &wish).map(drop)
}
