//! Lines of a record: which assets are on it, what is special about one, and what came of it.

use super::super::super::asset::AssetId;
use super::super::super::book::Book;
use super::super::super::change::field::Field;
use super::super::super::change::line::{ChangeLine, ChangeLineId, Proof};
use super::super::super::change::state::{Rule, field_rule, has_begun, is_open};
use super::super::super::change::{ChangeId, ChangeRecord};
use super::super::super::command::{Decision, Edit, Issues, LineFound};
use super::super::super::row::RowChange;
use super::super::{Findings, Moment, refused, still_as_read};
use super::{decision, edited, record};
use crate::util::text::{block, counted, line};

fn may_change(record: &ChangeRecord, field: Field) -> Result<(), Issues> {
    match field_rule(record.kind, record.state, field) {
        Rule::Offered | Rule::Demanded => Ok(()),
        Rule::Hidden | Rule::Locked => Err(refused(format!(
            "{} of {} does not change while it is {}.",
            field.text(),
            record.number,
            record.state.text().to_lowercase()
        ))),
    }
}

pub(super) fn put_on_and_take_off(
    book: &Book,
    change: ChangeId,
    add: &[AssetId],
    remove: Vec<(ChangeLineId, String)>,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let record = record(book, change)?;
    may_change(record, Field::Lines)?;
    let mut findings = Findings::default();
    let mut rows: Vec<ChangeLine> = Vec::new();
    for &asset in add {
        let Some(known) = book.assets.get(asset.0) else {
            findings.add("lines", "An asset is no longer in the register. Take it off.");
            continue;
        };
        if rows.iter().any(|row| row.asset == asset) {
            continue;
        }
        match book.change_lines.iter().find(|row| row.change == change && row.asset == asset) {
            Some(row) if row.removed_because.is_empty() => {
                findings.add("lines", format!("{} is on {} already.", known.name, record.number));
            }
            Some(row) => rows.push(ChangeLine { removed_because: String::new(), ..row.clone() }),
            None => rows.push(new_line(change, asset, moment)),
        }
        if let Some(other) = elsewhere(book, record, asset) {
            findings.add(
                "lines",
                format!("{} is on {} of the same cycle. Take it off there first.", known.name, other.number),
            );
        }
    }
    for (id, because) in remove {
        let because = line(&because).into_owned();
        findings.demand("removed_because", &because, "Say why the asset is taken off.");
        match book.change_lines.get(id.0).filter(|row| row.change == change) {
            Some(row) => rows.push(ChangeLine { removed_because: because, ..row.clone() }),
            None => findings.add("lines", "A line is no longer on the record."),
        }
    }
    findings.done()?;
    let label = format!("Change {} of {}", counted(rows.len() as u64, "asset", "assets"), record.number);
    Ok(decision(label, edited(book, record, record.clone(), &rows, moment)))
}

/// A line as it starts: it has everything from its record.
pub(super) fn new_line(change: ChangeId, asset: AssetId, moment: Moment<'_>) -> ChangeLine {
    ChangeLine::new(ChangeLineId(moment.ids.next()), change, asset)
}

/// Another open record of the same cycle that an asset is on.
fn elsewhere<'b>(book: &'b Book, record: &ChangeRecord, asset: AssetId) -> Option<&'b ChangeRecord> {
    record.cycle?;
    let lines = book.change_lines.iter();
    let mut others = lines
        .filter(|row| row.asset == asset && row.change != record.id && row.removed_because.is_empty())
        .filter_map(|row| book.changes.get(row.change.0));
    others.find(|other| other.cycle == record.cycle && is_open(other.state))
}

pub(super) fn save(book: &Book, edit: Edit<ChangeLine>, moment: Moment<'_>) -> Result<Decision, Issues> {
    let Some(base) = edit.base else {
        return Err(refused("A line comes on by putting its asset on the record."));
    };
    let name = book.assets.get(base.asset.0).map_or("The line", |asset| asset.name.as_str());
    still_as_read(book.change_lines.get(base.id.0), &base, name)?;
    let record = record(book, base.change)?;
    if !is_open(record.state) {
        return Err(refused(format!("{} is finished; its lines no longer change.", record.number)));
    }
    let row = edit.row;
    let after = ChangeLine {
        ring: row.ring,
        window_from_at: row.window_from_at,
        window_until_at: row.window_until_at,
        backup: row.backup,
        note: block(&row.note),
        monitored_by: line(&row.monitored_by).into_owned(),
        monitored_at: row.monitored_at,
        ..base.clone()
    };
    let mut findings = Findings::default();
    let planned = |l: &ChangeLine| (l.ring, l.window_from_at, l.window_until_at);
    if planned(&base) != planned(&after) {
        may_change(record, Field::Lines)?;
    }
    if base.backup != after.backup {
        may_change(record, Field::Backup)?;
    }
    if !(1..=99).contains(&after.ring) {
        findings.add("ring", "Rings are numbered from 1 to 99.");
    }
    let window = super::super::super::change::window_of(record, &after);
    if let (Some(from), Some(until)) = window
        && until <= from
    {
        findings.add("window_until_at", "The window ends before it begins. Put its end after its begin.");
    }
    if let Some(backup) = &after.backup {
        super::save::check_backup(backup, moment, &mut findings);
    }
    if after.monitored_by.is_empty() != after.monitored_at.is_none() {
        findings.add("monitored_by", "Say who saw it back and when, both or neither.");
    }
    if let Some(at) = after.monitored_at.filter(|_| base.monitored_at != after.monitored_at) {
        if !has_begun(record.state) {
            findings.add("monitored_at", "The work has not begun. Record it when the system is back.");
        } else if at > moment.at || record.started_at.is_some_and(|started| at < started) {
            findings.add("monitored_at", "It was seen back between the begin of the work and now.");
        }
    }
    findings.done()?;
    Ok(decision(
        format!("Change {name} on {}", record.number),
        edited(book, record, record.clone(), &[after], moment),
    ))
}

pub(super) fn verify(
    book: &Book,
    change: ChangeId,
    found: Vec<LineFound>,
    moment: Moment<'_>,
) -> Result<Decision, Issues> {
    let record = record(book, change)?;
    if !has_begun(record.state) || !is_open(record.state) {
        return Err(refused(format!(
            "{} is {}. Results are recorded once the work has begun and before it is closed.",
            record.number,
            record.state.text().to_lowercase()
        )));
    }
    let mut findings = Findings::default();
    let mut changes = Vec::new();
    let count = found.len() as u64;
    for LineFound { line: id, result, proof, by } in found {
        let by = line(&by).into_owned();
        let whom = if proof == Proof::Tool { "Say which source shows it." } else { "Say who looked." };
        findings.demand("by", &by, whom);
        match book.change_lines.get(id.0).filter(|l| l.change == change && l.removed_because.is_empty()) {
            Some(row) => changes.extend(RowChange::update(
                row,
                &ChangeLine {
                    result: Some(result),
                    result_at: Some(moment.at),
                    result_by: by,
                    proof: Some(proof),
                    ..row.clone()
                },
            )),
            None => findings.add("lines", "A line is no longer on the record."),
        }
    }
    findings.done()?;
    let label = format!("Verify {} of {}", counted(count, "asset", "assets"), record.number);
    Ok(decision(label, changes))
}
