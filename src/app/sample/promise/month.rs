//! The frozen month: its list answered, sealed, signed, and the posture that goes with it.

use crate::app::error::Error;
use crate::app::sample::build::Teller;
use crate::app::sample::month::Month;
use crate::domain::approval::Medium;
use crate::domain::command::{Command, MonthCommand};
use crate::domain::month::close;
use crate::domain::month::{Signature, SignatureId};

/// At the beginning of the newer month: the month before is closed.
pub(in crate::app::sample) fn freeze(teller: &mut Teller, month: &Month) -> Result<(), Error> {
    let Some(before) = month.release_on.checked_sub_months(chrono::Months::new(1)).filter(|_| !month.is_past)
    else {
        return Ok(());
    };
    let name = before.format("%Y-%m").to_string();
    let points = close::list(teller.book(), &name, teller.now()).unwrap_or_default();
    for point in close::stopping(&points) {
        let (month, item) = (name.clone(), point.item.word().to_owned());
        let answer = "Looked at one by one with Aoife; each is on the action list or has a waiver".to_owned();
        teller.run(Command::Month(MonthCommand::Answer { month, item, answer }))?;
    }
    let judgement = "The month was patched in its windows. One hole was exploited before the desktops were done; the \
                     payment server, whose system gets no updates any more, is the largest risk that stays. Next month begins a day earlier.";
    teller.run(Command::Month(MonthCommand::Seal {
        month: name.clone(),
        judgement: judgement.to_owned(),
        recorded_by: Vec::new(),
    }))?;
    let Some(seal) = teller.book().seals.iter().find(|seal| seal.month == name).map(|seal| seal.id) else {
        return Ok(());
    };
    for (meaning, who, function) in [
        ("Prepared", "Ines Hartmann", "IT manager"),
        ("Reviewed", "Aoife Byrne", "Office manager"),
        ("Accepted", "Ruth Okafor", "Head of finance"),
    ] {
        let signed_at = teller.now();
        teller.run(Command::Month(MonthCommand::Sign(Box::new(Signature {
            id: SignatureId(0),
            seal,
            meaning: meaning.to_owned(),
            name: who.to_owned(),
            function: function.to_owned(),
            medium: Medium::Paper,
            signed_at,
            recorded_at: 0,
            recorded_by: String::new(),
            evidence_name: String::new(),
            evidence_sha256: String::new(),
            voided_at: None,
        }))))?;
    }
    super::programme::sealed(teller, month)?;
    teller.run(Command::Month(MonthCommand::Posture {
        name: "First closed month".to_owned(),
        parts: [
            "Ransom by e-mail and by the remote access of suppliers; theft of a portable computer.".to_owned(),
            "Orders and stock must be right and at hand in every shift; pay and customers' data must stay secret.".to_owned(),
            "Two sites, one server room, about fifty computers, one web shop.".to_owned(),
            "Updates from one server, backups every night and tried each quarter, one firewall, no second look at logs."
                .to_owned(),
        ],
        seal: Some(seal),
        baseline_instead_of: None,
    }))
}
