//! The view of the end of servicing: machines past their end or soon there, machines that no row of the table fits, and the table.

use chrono::NaiveDate;
use egui::Ui;

use super::sheet::Sheet;
use super::support::{ProofSheet, RowSheet};
use crate::domain::asset::AssetId;
use crate::domain::compliance::servicing::AHEAD_DAYS;
use crate::domain::lifecycle::{LifecycleId, Proof, Supports};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::weak_ui;
use crate::ui::theme::{Tone, size};
use crate::ui::widget::table::{Cell, Column};
use crate::ui::widget::{Selection, Table, TableState, card_ui, choice_ui, empty_state_ui};
use crate::util::clock::day_text;
use crate::util::text::counted;

/// The name of the table of machines, by which its columns are kept and the keyboard finds it.
pub const MACHINES: &str = "Ends of servicing";
/// The name of the table of products.
pub const PRODUCTS: &str = "Products";

/// What is shown, in the order of the choice.
const SHOWN: [&str; 5] = ["Ended", "Within 90 days", "Within 180 days", "Within 365 days", "No row fits"];

/// One product of a machine, or one thing that no row fits.
#[derive(Debug)]
struct Line {
    asset: AssetId,
    name: String,
    /// As the asset lists it; empty: its operating system.
    product: String,
    row: String,
    security_on: Option<NaiveDate>,
    extended_on: Option<NaiveDate>,
    proof: String,
    /// Days left; `None`: no row fits.
    left: Option<i64>,
}

/// A row of the table that holds.
#[derive(Debug)]
struct Product {
    id: LifecycleId,
    cells: [String; 5],
    own: bool,
    ended: bool,
}

#[derive(Debug)]
struct Known {
    made: (i64, i64),
    lines: Vec<Line>,
    products: Vec<Product>,
}

/// What the view remembers.
#[derive(Debug, Default)]
pub struct View {
    shown: usize,
    products_shown: bool,
    machines: Option<TableState>,
    products: Option<TableState>,
    machine: Selection,
    product: Selection,
    known: Option<Known>,
}

impl View {
    /// Draws the view; the panel that was asked for.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Box<dyn Sheet>> {
        let made = (ctx.book().head.seq, ctx.shown.as_of_at);
        if self.known.as_ref().is_none_or(|known| known.made != made) {
            self.known = Some(worked_out(ctx, made));
        }
        let mut part = usize::from(self.products_shown);
        if choice_ui(ui, "Show", &["Machines", "Table"], &mut part).changed() {
            self.products_shown = part == 1;
        }
        if self.products_shown {
            self.products_ui(ctx, ui, actions)
        } else {
            self.machines_ui(ctx, ui, actions)
        }
    }

    fn machines_ui(
        &mut self,
        ctx: &Ctx<'_>,
        ui: &mut Ui,
        actions: &mut Vec<Action>,
    ) -> Option<Box<dyn Sheet>> {
        choice_ui(ui, "Horizon", &SHOWN, &mut self.shown);
        let lines = self.known.as_ref().map_or(&[][..], |known| known.lines.as_slice());
        let wanted = |line: &Line| match (self.shown, line.left) {
            (4, left) => left.is_none(),
            (0, Some(left)) => left < 0,
            (at, Some(left)) => (0..=AHEAD_DAYS[at - 1]).contains(&left),
            (_, None) => false,
        };
        let mut order: Vec<u32> = (0..lines.len() as u32).filter(|at| wanted(&lines[*at as usize])).collect();
        order.sort_by_key(|at| (lines[*at as usize].left, *at));
        if order.is_empty() {
            let (title, words) = empty_words(self.shown);
            card_ui(ui, None, |ui| empty_state_ui(ui, icon::SHIELD_CHECK, title, words, &[]));
            return None;
        }
        let columns = [
            Column::new("machine", "Machine", size::COLUMN_NAME).unsortable().pinned(),
            Column::new("product", "Product", size::COLUMN_TEXT).unsortable(),
            Column::new("security", "Security updates end", size::COLUMN_WIDE).unsortable(),
            Column::new("extended", "Extended support ends", size::COLUMN_WIDE).unsortable(),
            Column::new("proof", "Proof", size::COLUMN_WIDE).unsortable(),
            Column::new("state", "Standing", size::COLUMN_NAME).unsortable(),
        ];
        let id_of = |place: u32| u64::from(place);
        let summary = counted(order.len() as u64, "end", "ends");
        let table = self.machines.get_or_insert_with(|| ctx.table(MACHINES));
        let output = Table::new(MACHINES, &columns, &order, &id_of).summary(&summary).ui(
            ui,
            table,
            &mut self.machine,
            |cell, place, column| {
                if let Some(line) = lines.get(place as usize) {
                    line_ui(cell, line, column);
                }
            },
        );
        if output.columns_changed {
            actions.push(Action::KeepTable { name: MACHINES, state: table.clone() });
        }
        let line = lines.get(output.opened? as usize)?;
        Some(Box::new(ProofSheet::new(line.asset, &line.product)))
    }

    fn products_ui(
        &mut self,
        ctx: &Ctx<'_>,
        ui: &mut Ui,
        actions: &mut Vec<Action>,
    ) -> Option<Box<dyn Sheet>> {
        let rows = self.known.as_ref().map_or(&[][..], |known| known.products.as_slice());
        if rows.is_empty() {
            let words = "Until when each product gets security updates. Machines are matched to it by their operating system, its \
                         version and their products. A row of your own wins over the vendor's.";
            let offers: &[&str] = if ctx.can_write() { &["Add a row"] } else { &[] };
            let chosen =
                card_ui(ui, None, |ui| empty_state_ui(ui, icon::LIST, "The table is empty", words, offers));
            return chosen.inner.map(|_| -> Box<dyn Sheet> { Box::new(RowSheet::new()) });
        }
        weak_ui(ui, "Rows of your own are found by their words and win over the vendor's. Enter opens one.");
        let order: Vec<u32> = (0..rows.len() as u32).collect();
        let columns = [
            Column::new("product", "Product", size::COLUMN_WIDE).unsortable().pinned(),
            Column::new("edition", "Edition", size::COLUMN_WIDE).unsortable(),
            Column::new("security", "Security updates end", size::COLUMN_WIDE).unsortable(),
            Column::new("extended", "Extended support ends", size::COLUMN_WIDE).unsortable(),
            Column::new("source", "Source", size::COLUMN_TEXT).unsortable(),
        ];
        let id_of = |place: u32| rows[place as usize].id.0 as u64;
        let summary = counted(rows.len() as u64, "row", "rows");
        let table = self.products.get_or_insert_with(|| ctx.table(PRODUCTS));
        let output = Table::new(PRODUCTS, &columns, &order, &id_of).summary(&summary).ui(
            ui,
            table,
            &mut self.product,
            |cell, place, column| {
                let Some(row) = rows.get(place as usize) else { return };
                let text = row.cells.get(column).map_or("", String::as_str);
                match column {
                    0 => cell.strong(text),
                    2 if row.ended => cell.tone(Tone::Bad, text),
                    2 | 3 => cell.number(text),
                    4 if row.own => cell.text(text),
                    4 => cell.weak(text),
                    _ => cell.text(text),
                }
            },
        );
        if output.columns_changed {
            actions.push(Action::KeepTable { name: PRODUCTS, state: table.clone() });
        }
        let row = rows.get(output.opened? as usize)?;
        Some(Box::new(RowSheet::of(ctx.book().lifecycles.get(row.id.0)?)))
    }
}

fn empty_words(shown: usize) -> (&'static str, &'static str) {
    match shown {
        0 => (
            "Nothing has ended",
            "Machines whose products get no security updates any more, and for which no extended support is proved.",
        ),
        4 => (
            "Every machine fits a row",
            "Machines whose operating system or product no row of the table is about.",
        ),
        _ => ("Nothing ends in this time", "Machines whose products get their last security updates soon."),
    }
}

fn line_ui(cell: &mut Cell<'_>, line: &Line, column: usize) {
    let day = |day: Option<NaiveDate>| day.map(day_text).unwrap_or_default();
    match (column, line.left) {
        (0, _) => cell.strong(&line.name),
        (1, _) => cell.text(&line.row),
        (2, _) => cell.number(&day(line.security_on)),
        (3, _) => cell.number(&day(line.extended_on)),
        (4, _) => cell.text(&line.proof),
        (_, None) => cell.chip(Tone::Warn, "No row fits"),
        (_, Some(left)) if left < 0 => cell.chip(Tone::Bad, "Ended"),
        (_, Some(left)) => cell.chip(Tone::Warn, &counted(left.unsigned_abs(), "day", "days")),
    }
}

fn worked_out(ctx: &Ctx<'_>, made: (i64, i64)) -> Known {
    let supports = Supports::new(ctx.book(), ctx.shown.as_of_at);
    let mut lines = Vec::new();
    for (asset, standing) in ctx.book().assets.iter().zip(ctx.standings) {
        if !standing.counts() {
            continue;
        }
        let support = supports.of(asset);
        for end in &support.ends {
            let Some(until) = end.until() else { continue };
            let proof = match &end.proof {
                Proof::None => String::new(),
                Proof::Named(text) => text.clone(),
                Proof::Until(day, reference) => format!("{reference}, until {}", day_text(*day)),
            };
            lines.push(Line {
                asset: asset.id,
                name: asset.name.clone(),
                product: end.product.clone(),
                row: end.name.clone(),
                security_on: end.security_end_on,
                extended_on: end.extended_end_on,
                proof,
                left: Some((until - support.today).num_days()),
            });
        }
        for gap in support.unfit {
            let system = format!("{} {}", asset.os_text(), asset.os_version_text());
            let named = if gap.product.is_empty() { system.trim().to_owned() } else { gap.product.clone() };
            lines.push(Line {
                asset: asset.id,
                name: asset.name.clone(),
                product: gap.product,
                row: if named.is_empty() { "not recorded".to_owned() } else { named },
                security_on: None,
                extended_on: None,
                proof: gap.why,
                left: None,
            });
        }
    }
    let mut products: Vec<_> = supports.rows().all().collect();
    products.sort_by_key(|row| (!row.own, row.product.to_lowercase(), row.edition.to_lowercase()));
    let product = |row: &crate::domain::lifecycle::Lifecycle| Product {
        id: row.id,
        cells: [
            row.product.clone(),
            row.edition_text().to_owned(),
            row.security_end_on.map_or_else(|| "None set".to_owned(), day_text),
            row.extended_end_on.map(day_text).unwrap_or_default(),
            if row.own { format!("Own: {}", row.source) } else { row.source.clone() },
        ],
        own: row.own,
        ended: row.security_end_on.is_some_and(|end| end < ctx.today),
    };
    Known { made, lines, products: products.into_iter().map(product).collect() }
}
