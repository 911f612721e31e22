//! Will the calendar meet the promise? Every rank, class and exposure over the coming months, and each month that fails with its
//! reason.

use chrono::NaiveDate;
use egui::{Label, Ui};

use super::rule::Target;
use crate::domain::asset::AssetId;
use crate::domain::cycle::forecast::{Cell, Forecast, Outcome, forecast};
use crate::domain::group::GroupId;
use crate::ui::action::{Action, AssetFilter};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::table::{self, Column};
use crate::ui::widget::{Banner, Button, Link, Selection, Table, TableState, card_ui, empty_state_ui};
use crate::util::text::{count, counted};

const TABLE: &str = "Promises by month";
const FAILURES: &str = "Months that fail";
/// Keys of the columns of months, by their place.
const KEYS: [&str; 24] = [
    "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "m10", "m11", "m12", "m13", "m14", "m15", "m16",
    "m17", "m18", "m19", "m20", "m21", "m22", "m23", "m24",
];

/// The forecast, worked out once for each state of the register.
#[derive(Debug, Default)]
pub struct Outlook {
    seen: Option<((i64, NaiveDate), Forecast)>,
    table: Option<TableState>,
    selection: Selection,
    failures: Option<TableState>,
    failing: Selection,
}

impl Outlook {
    /// Draws the view; a rule that is to be shown.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) -> Option<Target> {
        let key = (ctx.book().head.seq, ctx.today);
        if self.seen.as_ref().is_none_or(|(of, _)| *of != key) {
            self.seen = Some((key, forecast(ctx.book(), ctx.now_at)));
        }
        let (_, seen) = self.seen.take()?;
        let target = self.seen_ui(&seen, ctx, ui, actions);
        self.seen = Some((key, seen));
        target
    }

    fn seen_ui(
        &mut self,
        seen: &Forecast,
        ctx: &Ctx<'_>,
        ui: &mut Ui,
        actions: &mut Vec<Action>,
    ) -> Option<Target> {
        if seen.no_release || seen.months.is_empty() || seen.lines.is_empty() {
            return empty_ui(seen, ui);
        }
        let mut target = None;
        ui.spacing_mut().item_spacing.y = size::CELL_PAD;
        let (tone, words) = verdict(seen);
        let why = seen.failures.first().map(|failure| failure.text.clone()).unwrap_or_default();
        Banner::new(tone, &words).words(&why).ui(ui);
        if seen.without_group > 0 {
            ui.horizontal_wrapped(|ui| {
                let words = counted(
                    seen.without_group,
                    "machine in scope is in no patch group",
                    "machines in scope are in no patch group",
                );
                ui.label(Text::Body.rich(format!("{words}, so no window is theirs.")));
                if ui.add(Link::new("Show them")).clicked() {
                    actions.push(Action::ShowAssets(without_group(ctx)));
                }
            });
        }
        self.lines_ui(seen, ctx, ui, actions);
        let tokens = theme::tokens(ui);
        let words = "A tick: patched before it is due; otherwise by how many days the last window is late. A group whose windows come back \
                     by themselves is patched in the first one after the release.";
        ui.add(Label::new(Text::Small.rich(words).color(tokens.weak)).wrap());
        if !seen.failures.is_empty() {
            target = self.failures_ui(seen, ctx, ui, actions);
            ui.horizontal(|ui| {
                if ui.add(Button::secondary("Change the windows")).clicked() {
                    target = Some(Target::NewWindow);
                }
                if ui.add(Button::secondary("Look at the deadlines")).clicked() {
                    actions.push(Action::Go(crate::ui::route::Room::Settings));
                }
            });
        }
        target
    }

    fn lines_ui(&mut self, seen: &Forecast, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
        let titles: Vec<String> =
            seen.months.iter().map(|month| month.first.format("%b %y").to_string()).collect();
        let mut columns = vec![
            Column::new("promise", "Promise", size::SEARCH).unsortable().pinned(),
            Column::new("machines", "Machines", size::COLUMN_COUNT).unsortable().right(),
            Column::new("kept", "In time", size::COLUMN_COUNT).unsortable(),
        ];
        let months = titles.iter().zip(KEYS);
        columns.extend(months.map(|(title, key)| Column::new(key, title, size::FORECAST_MONTH).unsortable()));
        let order: Vec<u32> = (0..seen.lines.len() as u32).collect();
        let height = size::HEADER + size::ROW * order.len() as f32 + size::STATUS_BAR + size::GAP_LARGE;
        let table = self.table.get_or_insert_with(|| ctx.table(TABLE));
        let summary = format!(
            "{} over {}",
            counted(order.len() as u64, "promise", "promises"),
            counted(seen.months.len() as u64, "month", "months")
        );
        let id_of = |place: u32| u64::from(place);
        let output = Table::new(TABLE, &columns, &order, &id_of).summary(&summary).height(height).ui(
            ui,
            table,
            &mut self.selection,
            |cell, place, column| {
                let Some(line) = seen.lines.get(place as usize) else { return };
                match column {
                    0 => cell.strong(&line.name()),
                    1 => cell.number(&count(line.assets)),
                    2 => cell.number(&format!("{} of {}", line.kept(), line.cells.len())),
                    at => {
                        if let Some(month) = line.cells.get(at - 3) {
                            month_cell(cell, month);
                        }
                    }
                }
            },
        );
        if output.columns_changed {
            actions.push(Action::KeepTable { name: TABLE, state: table.clone() });
        }
    }

    fn failures_ui(
        &mut self,
        seen: &Forecast,
        ctx: &Ctx<'_>,
        ui: &mut Ui,
        actions: &mut Vec<Action>,
    ) -> Option<Target> {
        let columns = [
            Column::new("month", "Month", size::COLUMN_NAME).unsortable().pinned(),
            Column::new("why", "Which promise, and why it fails", size::FORM_COLUMN).unsortable().pinned(),
        ];
        let order: Vec<u32> = (0..seen.failures.len() as u32).collect();
        let rows = (order.len() as f32).clamp(3.0, 14.0);
        let height = size::HEADER + size::ROW * rows + size::STATUS_BAR + size::GAP_LARGE;
        let table = self.failures.get_or_insert_with(|| ctx.table(FAILURES));
        let failing = seen.failing_months().len() as u64;
        let summary = format!(
            "{} in {}; Enter opens the windows of the group",
            counted(order.len() as u64, "promise fails", "promises fail"),
            counted(failing, "month", "months")
        );
        let id_of = |place: u32| u64::from(place);
        let output = Table::new(FAILURES, &columns, &order, &id_of).summary(&summary).height(height).ui(
            ui,
            table,
            &mut self.failing,
            |cell, place, column| {
                let Some(failure) = seen.failures.get(place as usize) else { return };
                match column {
                    0 => cell.number(&month_words(seen, failure.month)),
                    _ => cell.text(&failure.text),
                }
            },
        );
        if output.columns_changed {
            actions.push(Action::KeepTable { name: FAILURES, state: table.clone() });
        }
        let failure = seen.failures.get(output.opened? as usize)?;
        let group = seen.lines.get(failure.line)?.cells.get(failure.month)?.group;
        Some(group.map_or(Target::NewWindow, |group| window_of(ctx, group)))
    }
}

/// The window of a group, or a new one where it has none.
pub fn window_of(ctx: &Ctx<'_>, group: GroupId) -> Target {
    let own = ctx.book().windows.rows().iter().find(|row| row.group == group && row.ended_at.is_none());
    own.map_or(Target::NewWindow, |row| Target::Window(row.id))
}

fn without_group(ctx: &Ctx<'_>) -> AssetFilter {
    let rows = ctx.book().assets.rows().iter().zip(ctx.standings);
    let alone = rows.filter(|(_, standing)| standing.counts() && standing.group.is_none());
    let ids: Vec<AssetId> = alone.map(|(asset, _)| asset.id).collect();
    AssetFilter::only("In scope, in no patch group", ids)
}

fn month_words(seen: &Forecast, month: usize) -> String {
    seen.months.get(month).map_or_else(String::new, |month| month.first.format("%B %Y").to_string())
}

/// The promise met or not, in one sentence.
fn verdict(seen: &Forecast) -> (Tone, String) {
    let months = seen.months.len() as u64;
    if seen.holds() {
        let words = format!("The calendar meets the promise in all {}.", counted(months, "month", "months"));
        return (Tone::Good, words);
    }
    if seen.failures.is_empty() {
        return (
            Tone::Warn,
            "The windows there are meet the promise, but not every machine has one.".to_owned(),
        );
    }
    let failing = seen.failing_months();
    let first = failing.first().map_or_else(String::new, |month| month.format("%B %Y").to_string());
    let words = format!(
        "The calendar does not meet the promise in {} of {months} months; the first is {first}.",
        failing.len()
    );
    (Tone::Bad, words)
}

fn month_cell(cell: &mut table::Cell<'_>, month: &Cell) {
    match month.outcome {
        Outcome::Kept => cell.icon(icon::CHECK, "in time"),
        Outcome::Late => cell.tone(Tone::Bad, &format!("{} d late", month.days_late.max(1))),
        Outcome::NoWindow => cell.tone(Tone::Bad, "no window"),
        Outcome::Emergency => cell.tone(Tone::Warn, "emergency"),
        Outcome::NoRule => cell.weak("-"),
    }
}

fn empty_ui(seen: &Forecast, ui: &mut Ui) -> Option<Target> {
    let mut target = None;
    card_ui(ui, None, |ui| {
        let (words, offer) = if seen.no_release || seen.months.is_empty() {
            (
                "The forecast counts from a vendor's release. Say under Rules which release a monthly template counts from.",
                "Go to the rules",
            )
        } else {
            (
                "The forecast needs machines in scope: import them or type them in, put them into patch groups, and give each group a window.",
                "Add a window",
            )
        };
        if empty_state_ui(ui, icon::TRENDING_UP, "Nothing to forecast yet", words, &[offer]).is_some() {
            target = Some(Target::NewWindow);
        }
    });
    target
}
