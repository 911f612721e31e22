//! The roles matrix on a lying sheet, with the roles and who holds them, and the duties that lie in one hand.

use chrono::NaiveDate;

use super::layout::{Block, Cell, Column, Layout, Matrix, MatrixColumn, MatrixRow, Table, Tone};
use super::sheet::{Source, Spec, day};
use crate::domain::book::Book;
use crate::domain::role::conflict::conflicts_on;
use crate::domain::role::holder::{assigned_on, roles_in_order};
use crate::domain::role::matrix::{activities_in_order, findings};
use crate::domain::role::{Mark, Part, Role};

/// Matrix, roles and holders as of a day.
pub fn build(book: &Book, spec: Spec, on: NaiveDate) -> Layout {
    let source = Source::new(book, spec);
    let mut layout = source.landscape("Roles in patching");
    layout.subtitle = format!("As of {}", day(on));
    let roles = roles_in_order(book);
    matrix(&source, &roles, on, &mut layout);
    layout.page_break();
    holders(&source, &roles, on, &mut layout);
    conflicts(&source, on, &mut layout);
    layout.signature_lines([("Accepted", "", ""), ("Looked over", "", "")]);
    layout
}

fn names(source: &Source<'_>, role: &Role, part: Part, on: NaiveDate) -> String {
    let held = assigned_on(source.book, role.id, part, on);
    held.iter().map(|a| source.person(Some(a.person))).collect::<Vec<_>>().join(", ")
}

fn matrix(source: &Source<'_>, roles: &[&Role], on: NaiveDate, layout: &mut Layout) {
    let wrong = findings(source.book, on);
    let activities = activities_in_order(source.book);
    if activities.is_empty() {
        layout.paragraph("The roles matrix is empty.");
        return;
    }
    let columns = roles
        .iter()
        .map(|role| MatrixColumn { title: role.name.clone(), under: names(source, role, Part::Holder, on) });
    let rows = activities.iter().map(|activity| {
        let mine = wrong.iter().filter(|f| f.activity() == Some(activity.id));
        let words: Vec<String> = mine.map(|finding| finding.text(source.book)).collect();
        MatrixRow {
            title: activity.name.clone(),
            cells: roles
                .iter()
                .map(|role| activity.mark_of(role.id).map_or("", Mark::word).to_owned())
                .collect(),
            remark: (!words.is_empty()).then(|| (Tone::Bad, words.join(" "))),
        }
    });
    layout.push(Block::Matrix(Matrix {
        caption: String::new(),
        corner: "Activity".to_owned(),
        columns: columns.collect(),
        rows: rows.collect(),
        remark: "Breaks a rule".to_owned(),
    }));
    let open = wrong.iter().filter(|finding| finding.activity().is_none());
    let open: Vec<String> = open.map(|finding| finding.text(source.book)).collect();
    if open.is_empty() && wrong.is_empty() {
        layout.paragraph(
            "R responsible: does it. A accountable: answers for it, exactly one in a row. C consulted before. I informed after. \
             No row breaks a rule.",
        );
    } else {
        layout.paragraph(
            "R responsible: does it. A accountable: answers for it, exactly one in a row. C consulted before. I informed after.",
        );
        layout.bullets(open);
    }
}

fn holders(source: &Source<'_>, roles: &[&Role], on: NaiveDate, layout: &mut Layout) {
    layout.heading_at(1, "Roles and holders", "holders");
    let columns = vec![
        Column::text("Role"),
        Column::text("Holder"),
        Column::text("Since"),
        Column::text("Deputy"),
        Column::text("Hat"),
        Column::text("Responsibility").weight(3.0),
        Column::text("Usual job").weight(1.4),
    ];
    let mut table = Table::new("", columns).when_empty("No role is recorded.");
    for role in roles {
        let held = assigned_on(source.book, role.id, Part::Holder, on);
        let since: Vec<String> = held.iter().map(|a| day(a.from_on)).collect();
        let holder = names(source, role, Part::Holder, on);
        let holder =
            if holder.is_empty() { Cell::new("nobody").tone(Tone::Warn) } else { Cell::new(holder).strong() };
        table.row([
            Cell::new(format!("{} ({})", role.name, role.code)),
            holder,
            Cell::new(since.join(", ")),
            Cell::new(names(source, role, Part::Deputy, on)),
            Cell::new(role.hat.text()),
            Cell::new(role.responsibility.clone()),
            Cell::new(role.job_title.clone()),
        ]);
    }
    layout.table(table);
}

fn conflicts(source: &Source<'_>, on: NaiveDate, layout: &mut Layout) {
    layout.heading_at(1, "Duties in one hand", "conflicts");
    let columns = vec![
        Column::text("Separation that is missing").weight(1.5),
        Column::text("Person"),
        Column::text("Through").weight(1.5),
        Column::text("Standing"),
        Column::text("What takes its place").weight(2.0),
    ];
    let mut table = Table::new("", columns).when_empty("No duties that should be apart lie in one hand.");
    for conflict in conflicts_on(source.book, on) {
        let row = conflict.accepted.and_then(|id| source.book.duty_conflicts.get(id.0));
        let (standing, tone) = match row {
            Some(row) => {
                let when = source.day(row.accepted_at);
                (format!("accepted by {} on {when}", row.accepted_by), Tone::Plain)
            }
            None => ("not accepted by anybody".to_owned(), Tone::Bad),
        };
        table.row([
            Cell::new(conflict.rule.text()),
            Cell::new(source.person(Some(conflict.person))),
            Cell::new(conflict.roles_text(source.book)),
            Cell::new(standing).tone(tone),
            Cell::new(row.map(|row| row.instead.clone()).unwrap_or_default()),
        ]);
    }
    layout.table(table);
}
