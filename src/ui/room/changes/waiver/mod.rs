//! Waivers: the debt and the list, and the page of one request with its form, its states and its decisions.
//!
//! What may be done to a request is asked of the decision itself, tried and thrown away; no rule of it is repeated here.

mod beside;
pub mod form;
pub mod list;
pub mod page;

use crate::domain::command::{Command, Issues, WaiverCommand};
use crate::domain::decide::{Moment, decide};
use crate::domain::waiver::request::WaiverRequest;
use crate::domain::waiver::{rule, text};
use crate::ui::room::Ctx;
use crate::ui::theme::Tone;
use crate::util::id::Ids;

use crate::domain::waiver::state::WaiverState;

/// The fingerprint of what a decision on a request would be about now.
pub fn fingerprint(ctx: &Ctx<'_>, request: &WaiverRequest) -> String {
    text::fingerprint(ctx.book(), request, ctx.now_at)
}

/// The functions that must all approve a request.
pub fn approvers(ctx: &Ctx<'_>, request: &WaiverRequest) -> Vec<String> {
    rule::demanded(ctx.book(), request, ctx.now_at)
}

/// The tone of a state; its chip has a word and a shape beside the colour.
pub fn tone(state: WaiverState) -> Tone {
    use WaiverState as S;
    match state {
        S::Draft | S::Revoked => Tone::Neutral,
        S::Requested | S::UnderReview | S::Expiring => Tone::Warn,
        S::Rejected | S::Expired | S::Voided => Tone::Bad,
        S::Active => Tone::Info,
        S::Closed => Tone::Good,
    }
}

/// Whether a command could be carried out now. `None`: it is not for a request like this; else what stands in its way.
pub fn tried(ctx: &Ctx<'_>, command: WaiverCommand) -> Option<Vec<String>> {
    let ids = Ids::seeded(0);
    let moment = Moment { at: ctx.now_at, actor: &ctx.preferences.actor, ids: &ids };
    match decide(ctx.book(), Command::Waiver(command), moment) {
        Ok(_) => Some(Vec::new()),
        Err(Issues(issues)) if issues.iter().all(|issue| issue.field.is_empty()) => None,
        Err(Issues(issues)) => Some(issues.into_iter().map(|issue| issue.text).collect()),
    }
}
