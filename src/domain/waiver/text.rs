//! A waiver request as text: what somebody decided on, kept with the decision, and the fingerprint that tells a stale screen.
//!
//! Only what matters to the decision is in it: a control seen working again changes nothing that was decided.

use std::fmt::Write as _;

use crate::domain::book::Book;
use crate::util::clock::day_text;
use crate::util::hash::{hex, sha256};

use super::request::WaiverRequest;
use super::rule;

/// What is decided on, one fact a line. `at`: the instant whose rank binds, UTC seconds.
pub fn decided_text(book: &Book, request: &WaiverRequest, at: i64) -> String {
    let day = |on: Option<chrono::NaiveDate>| on.map_or_else(|| "not given".to_owned(), day_text);
    let updates: Vec<String> = request
        .updates
        .iter()
        .map(|id| {
            book.updates.get(id.0).map_or_else(|| id.0.to_string(), super::super::update::Update::short_name)
        })
        .collect();
    let assets: Vec<&str> = request
        .assets
        .iter()
        .map(|id| book.assets.get(id.0).map_or("an asset that is gone", |asset| asset.name.as_str()))
        .collect();
    let mut text = format!(
        "Waiver {}\nUpdates: {}\nAssets: {}\nReason: {}: {}\nAdvice of security: {}\nRisk that stays: {} (cap of {})\n\
         Until: {}\nExit: {} by {}\nRequested by: {}\n",
        request.number,
        updates.join(", "),
        assets.join(", "),
        request.reason_class.text(),
        request.reason,
        request.recommendation,
        request.residual.text(),
        rule::binding_rank(book, request, at).text(),
        day(request.until_on),
        request.exit_plan,
        day(request.exit_on),
        book.person_name(request.requested_by),
    );
    for control in &request.controls {
        // Writing into a String cannot fail.
        let _infallible = writeln!(
            text,
            "Control: {}; owner {}; in force since {}; proof: {}",
            control.text,
            book.person_name(control.owner),
            day(control.since_on),
            control.proof
        );
    }
    let yes = |is: bool| if is { "yes" } else { "no" };
    let _infallible = writeln!(
        text,
        "Ends when newly exploited: {}; when exposed further: {}",
        yes(request.void_if_exploited),
        yes(request.void_if_exposed)
    );
    if let Some(earlier) = request.renews.and_then(|id| book.waiver_requests.get(id.0)) {
        let _infallible = writeln!(text, "Follows {}", earlier.number);
    }
    text
}

/// SHA-256 over [`decided_text`], hexadecimal.
pub fn fingerprint(book: &Book, request: &WaiverRequest, at: i64) -> String {
    hex(&sha256(decided_text(book, request, at).as_bytes()))
}
