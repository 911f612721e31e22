//! The documents: written from the templates, ratified by the one who answers for them, and a change that waits for the next
//! version.

use super::{case, programme, risk};
use crate::app::error::Error;
use crate::app::sample::build::Teller;
use crate::app::sample::month::Month;
use crate::domain::approval::Medium;
use crate::domain::asset::AssetClass;
use crate::domain::command::{Command, DeadlineCommand, DocumentCommand, Told};
use crate::domain::document::DocumentState;
use crate::domain::ruleset::SetScope;

/// What the shop keeps from the older month on.
const KEPT: [&str; 5] = ["policy", "procedure", "roles", "emergency-procedure", "training"];

/// In the older month, when everything is agreed: the documents are written, and ratified on paper. In the newer one silence rests on
/// them.
pub(in crate::app::sample) fn publish(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    if !month.is_past {
        return risk::trust_silence(teller);
    }
    programme::write(teller, month)?;
    promise_servers(teller)?;
    for key in KEPT {
        teller.run(Command::Document(DocumentCommand::Begin(key.to_owned())))?;
    }
    for key in KEPT {
        let Some(version) = newest(teller, key) else { continue };
        teller.run(Command::Document(DocumentCommand::Submit(version)))?;
        let told = Told {
            by: "Ruth Okafor".to_owned(),
            function: "Head of finance, for the directors".to_owned(),
            medium: Medium::Paper,
            at: teller.now(),
            evidence: None,
        };
        let effective_on = month.on(-5);
        teller.run(Command::Document(DocumentCommand::Ratify {
            version,
            told,
            effective_on,
            next_review_on: None,
        }))?;
    }
    programme::ratified(teller, month)
}

/// Before the first policy: what the insurer asks for on the servers, with what it costs and what the directors made of that.
fn promise_servers(teller: &mut Teller) -> Result<(), Error> {
    let case = case::cycle(teller)?;
    if let Some(case) = case {
        case::judge(teller, case)?;
    }
    teller.run(Command::Deadline(DeadlineCommand::Adopt {
        key: "ce-3.3".to_owned(),
        binds: SetScope { classes: vec![AssetClass::Server], ..SetScope::default() },
        reason: "The insurer asks for updates within 14 days on the servers".to_owned(),
        case,
        filled: crate::domain::ruleset::Filled::default(),
    }))
}

fn newest(teller: &Teller, key: &str) -> Option<crate::domain::document::DocumentVersionId> {
    let document = teller.book().documents.iter().find(|document| document.key == key)?.id;
    let of_it = teller.book().versions.iter().filter(|row| row.document == document);
    of_it.filter(|row| row.state == DocumentState::Draft).max_by_key(|row| row.number).map(|row| row.id)
}

/// In the newer month: a customer asks for Cyber Essentials. The change waits for the next version of the policy.
pub(in crate::app::sample) fn reconsider(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    if month.is_past {
        return Ok(());
    }
    let case = case::certificate(teller)?;
    teller.run(Command::Deadline(DeadlineCommand::Adopt {
        key: "ce-3.3".to_owned(),
        binds: SetScope::default(),
        reason: "A customer asks for the certificate from spring on".to_owned(),
        case,
        filled: crate::domain::ruleset::Filled::default(),
    }))
}
