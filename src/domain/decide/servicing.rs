//! End of servicing and proofs of extended support.
//!
//! Rows of the vendor's table are replaced by a newer file or overruled by a row of the shop's own, never taken away: without them
//! an unsupported machine would look like a supported one.

use chrono::NaiveDate;

use super::super::book::Book;
use super::super::command::{CatalogueRows, Decision, Edit, Issues, ServicingCommand};
use super::super::lifecycle::{
    End, ExtendedSupport, ExtendedSupportId, Fit, Lifecycle, LifecycleId, Rows, Supports,
};
use super::super::row::RowChange;
use super::super::threat::CatalogueId;
use super::{Findings, Moment, one_change, refused, still_as_read};
use crate::util::clock::day_text;
use crate::util::text::{fold, line};

pub(super) fn decide(book: &Book, command: ServicingCommand, moment: Moment<'_>) -> Result<Decision, Issues> {
    match command {
        ServicingCommand::Row(edit) => save(book, *edit, moment),
        ServicingCommand::EndRow(id) => end(book, id, moment),
        ServicingCommand::Prove(proof) => prove(book, *proof, moment),
        ServicingCommand::VoidProof(id) => void(book, id, moment),
    }
}

fn save(book: &Book, edit: Edit<Lifecycle>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Edit { base, mut row } = edit;
    if let Some(base) = &base {
        still_as_read(book.lifecycles.get(base.id.0), base, &base.product)?;
        own_and_live(base)?;
    }
    row.id = LifecycleId(moment.ids.next());
    row.own = true;
    (row.recorded_at, row.ended_at) = (moment.at, None);
    for text in [&mut row.product, &mut row.edition, &mut row.source] {
        *text = line(text).into_owned();
    }
    let mut findings = Findings::default();
    findings.demand("product", &row.product, "Name the product as its machines do: Ubuntu 22.04, ESXi 8.0.");
    findings.demand("source", &row.source, "Say where the day is from: the vendor's page, a contract.");
    let same = |other: &&Lifecycle| {
        other.own
            && other.ended_at.is_none()
            && base.as_ref().is_none_or(|base| base.id != other.id)
            && fold(&other.product) == fold(&row.product)
            && fold(&other.edition) == fold(&row.edition)
    };
    if let Some(other) = book.lifecycles.iter().find(same) {
        findings
            .add("product", format!("There is a row of your own about {}. Change that one.", other.name()));
    }
    if let Some(vendor) = earlier_by_vendor(book, &row, moment.at) {
        let end = vendor.security_end_on.map(day_text).unwrap_or_default();
        findings.add(
            "security_end_on",
            format!(
                "The vendor's table ends the security updates of {} on {end}. A row of your own cannot give more time: record proof of \
                 extended support for the machines that have it, or load a newer table.",
                vendor.name()
            ),
        );
    }
    if let Some(extended) = row.extended_end_on {
        match row.security_end_on {
            Some(security) if extended > security => {}
            Some(_) => findings.add(
                "extended_end_on",
                "Extended support ends after the security updates do. Give a later day, or leave it empty.",
            ),
            None => findings.add("security_end_on", "Give the end of security updates that it extends."),
        }
    }
    findings.done()?;
    let Some(base) = base else {
        return Ok(one_change(format!("Add the support end of {}", row.name()), None, &row));
    };
    let unchanged = Lifecycle { id: base.id, recorded_at: base.recorded_at, ..row.clone() } == base;
    let ended = Lifecycle { ended_at: Some(moment.at), ..base.clone() };
    let changes = RowChange::update(&base, &ended).into_iter().chain([RowChange::create(&row)]);
    Ok(Decision {
        label: format!("Change the support end of {}", row.name()),
        changes: if unchanged { Vec::new() } else { changes.collect() },
        batch: None,
    })
}

/// A row of the vendor's table that speaks of the same product and ends before a row of the shop's own would. Where the table has
/// several that it may mean, the last of them counts.
fn earlier_by_vendor<'b>(book: &'b Book, own: &Lifecycle, at: i64) -> Option<&'b Lifecycle> {
    let rows = Rows::of_vendors(book, at);
    let named = format!("{} {}", own.product, own.edition);
    let fits =
        [rows.os(&named, ""), rows.os(&own.product, ""), rows.software(&named), rows.software(&own.product)];
    let found = fits.into_iter().find_map(|fit| match fit {
        Fit::Row(row) => Some(row),
        Fit::OneOf(rows, _) => {
            rows.into_iter().max_by_key(|row| row.security_end_on.unwrap_or(NaiveDate::MAX))
        }
        Fit::None(_) => None,
    })?;
    let last = |row: &Lifecycle| row.security_end_on.unwrap_or(NaiveDate::MAX);
    (last(found) < last(own)).then_some(found)
}

/// A row that the shop may change: its own, and not replaced already.
fn own_and_live(row: &Lifecycle) -> Result<(), Issues> {
    if !row.own {
        return Err(refused(format!(
            "The row about {} is the vendor's. Load a newer table, or add a row of your own: it is believed before it.",
            row.name()
        )));
    }
    if row.ended_at.is_some() {
        return Err(refused(format!("The row about {} no longer holds. Add it anew.", row.name())));
    }
    Ok(())
}

fn end(book: &Book, id: LifecycleId, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Some(row) = book.lifecycles.get(id.0) else {
        return Err(refused("The row is no longer in the table. Look at it again."));
    };
    own_and_live(row)?;
    let ended = Lifecycle { ended_at: Some(moment.at), ..row.clone() };
    Ok(one_change(format!("End the row about {}", row.name()), Some(row), &ended))
}

fn prove(book: &Book, mut proof: ExtendedSupport, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Some(asset) = book.assets.get(proof.asset.0) else {
        return Err(refused("The asset is no longer in the register. Choose another one."));
    };
    proof.id = ExtendedSupportId(moment.ids.next());
    (proof.recorded_at, proof.voided_at) = (moment.at, None);
    for text in [&mut proof.product, &mut proof.reference, &mut proof.evidence_name] {
        *text = line(text).into_owned();
    }
    let mut findings = Findings::default();
    findings.demand("reference", &proof.reference, "Name the contract, the key or the order that shows it.");
    let supports = Supports::new(book, moment.at);
    let support = supports.of(asset);
    let about = support.ends.iter().find(|end| fold(&end.product) == fold(&proof.product));
    match about {
        None => {
            let unfit = support.unfit.iter().find(|unfit| fold(&unfit.product) == fold(&proof.product));
            let why = unfit.map_or_else(
                || format!("{} does not list that product. Choose one that it lists.", asset.name),
                |unfit| unfit.why.clone(),
            );
            findings.add("product", why);
        }
        Some(end) => check_until(end, proof.until_on, &mut findings),
    }
    if proof.evidence_name.is_empty() != proof.evidence_sha256.is_empty() {
        findings.add("evidence", "Choose the evidence file again: its name or its checksum is missing.");
    }
    findings.done()?;
    let what = if proof.product.is_empty() { String::new() } else { format!(", {}", proof.product) };
    let label = format!("Record extended support of {}{what} until {}", asset.name, day_text(proof.until_on));
    Ok(one_change(label, None, &proof))
}

fn check_until(end: &End, until: NaiveDate, findings: &mut Findings) {
    let Some(security) = end.security_end_on else {
        findings.add("until_on", format!("No end is set for {}. It needs no proof.", end.name));
        return;
    };
    if until <= security {
        let day = day_text(security);
        findings.add("until_on", format!("Security updates come until {day} anyway. Give a later day."));
    }
    match (end.row, end.extended_end_on) {
        (Some(_), None) => {
            let text =
                format!("No extended support is sold for {}, so no proof helps it. Replace it.", end.name);
            findings.add("until_on", text);
        }
        (Some(_), Some(last)) if until > last => findings.add(
            "until_on",
            format!(
                "Extended support of {} ends on {}. Give that day or an earlier one.",
                end.name,
                day_text(last)
            ),
        ),
        _ => {}
    }
}

fn void(book: &Book, id: ExtendedSupportId, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Some(proof) = book.extended_supports.get(id.0).filter(|proof| proof.voided_at.is_none()) else {
        return Err(refused("The proof was taken back already. Look at the list again."));
    };
    let name = book.assets.get(proof.asset.0).map_or("an asset", |asset| asset.name.as_str());
    let voided = ExtendedSupport { voided_at: Some(moment.at), ..proof.clone() };
    Ok(one_change(format!("Take back the proof of extended support of {name}"), Some(proof), &voided))
}

/// Writes what a table of support ends says that is new. A row of the set that is in the register ends now.
pub(super) fn load(book: &Book, rows: CatalogueRows, moment: Moment<'_>) -> Result<Decision, Issues> {
    let CatalogueRows { mut catalogue, lifecycles, .. } = rows;
    let mut findings = Findings::default();
    if catalogue.entries < 1 {
        findings.add("", "The file holds no row of a table of support ends. Choose another one.");
    }
    catalogue.id = CatalogueId(moment.ids.next());
    catalogue.recorded_at = moment.at;
    let mut changes = vec![RowChange::create(&catalogue)];
    let mut added = 0;
    for row in lifecycles {
        if let Some(known) = book.lifecycles.get(row.id.0) {
            if known.own || known.ended_at.is_some() {
                let text =
                    format!("The row about {} was changed meanwhile. Read the file again.", known.name());
                findings.add("", text);
            }
            changes
                .extend(RowChange::update(known, &Lifecycle { ended_at: Some(moment.at), ..known.clone() }));
        } else {
            let id = LifecycleId(moment.ids.next());
            added += 1;
            let new = Lifecycle { id, own: false, recorded_at: moment.at, ended_at: None, ..row };
            changes.push(RowChange::create(&new));
        }
    }
    findings.done()?;
    let label = format!("Load the support ends of {} ({added} new)", catalogue.file_name);
    Ok(Decision { label, changes, batch: None })
}
