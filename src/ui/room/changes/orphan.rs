//! Orphans, both ways: installs that no change covers, changes that no install shows, and of what nobody can tell. Every figure
//! opens its machines.

use chrono::{Datelike as _, Months, NaiveDate};
use egui::{Ui, vec2};

use super::super::later::{Later, Seen};
use super::listing::{Line, Listing, Look, Value, to_search};
use crate::domain::asset::AssetId;
use crate::domain::change::ChangeId;
use crate::domain::change::orphan::{Cover, Orphans, orphans};
use crate::domain::compliance::outcome::Period;
use crate::domain::compliance::view::View;
use crate::domain::stamp::instant;
use crate::domain::update::Update;
use crate::ui::action::{Action, AssetFilter};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{Tone, size};
use crate::ui::widget::table::Column;
use crate::ui::widget::{Dropdown, Figure, FilterChip, card_ui, empty_state_ui, figures_ui, number};
use crate::util::clock;
use crate::util::text::counted;

/// The name of the search box.
pub const SEARCH: &str = "Search orphans";
const TABLE: &str = "Orphans";
/// How many months back can be chosen.
const MONTHS: u32 = 12;

const KINDS: [(&str, Tone); 4] = [
    ("No change covers it", Tone::Bad),
    ("No install shows it", Tone::Bad),
    ("Cannot tell whether covered", Tone::Warn),
    ("Cannot tell whether installed", Tone::Warn),
];

/// One orphan as it was found: its kind, machine, and change where there is one.
#[derive(Clone, Copy, Debug)]
struct Found {
    kind: usize,
    asset: AssetId,
    change: Option<ChangeId>,
}

/// The tab.
#[derive(Debug)]
pub struct Tab {
    listing: Listing,
    /// How many months back.
    month: Option<usize>,
    kind: Option<usize>,
    /// What was worked out for so many months back.
    worked: Later<usize, Worked>,
}

/// What was worked out of a month.
#[derive(Debug)]
struct Worked {
    found: Vec<Found>,
    lines: Vec<Line>,
    /// Installs of the period in all.
    installs: usize,
}

impl Default for Tab {
    fn default() -> Self {
        let column = |key, title, width| (key, Column::new(key, title, width));
        let columns = vec![
            ("asset", Column::new("asset", "Asset", size::COLUMN_NAME).pinned()),
            column("kind", "Orphan", size::FIGURE),
            column("update", "Update", size::COLUMN_NAME),
            column("when", "Installed", size::FIGURE),
            column("change", "Change", size::COLUMN_WIDE),
            column("title", "Title of the update", size::COLUMN_TEXT),
        ];
        Self { listing: Listing::new(TABLE, columns), month: Some(0), kind: None, worked: Later::default() }
    }
}

fn first_of(month: NaiveDate) -> NaiveDate {
    month.with_day(1).unwrap_or(month)
}

/// The first day of the month so many months back.
fn month_back(ctx: &Ctx<'_>, back: usize) -> NaiveDate {
    let first = first_of(ctx.today);
    first.checked_sub_months(Months::new(back as u32)).unwrap_or(first)
}

fn period(ctx: &Ctx<'_>, back: usize) -> Period {
    let from = month_back(ctx, back);
    let to = from.checked_add_months(Months::new(1)).unwrap_or(from);
    let at = |day: NaiveDate| clock::instant_of(ctx.zone, day.and_time(chrono::NaiveTime::MIN));
    Period { from_at: at(from), to_at: at(to) }
}

/// When something was installed: the true time, or between which two reports.
fn when(on: &Seen, install: crate::domain::change::install::Install) -> (String, i64) {
    let by = instant(install.by);
    if install.exact {
        return (on.time_text(by), by);
    }
    (format!("Between {} and {}", on.day_text(instant(install.after)), on.day_text(by)), by)
}

fn rows(on: &Seen, found: &Orphans) -> (Vec<Found>, Vec<Line>) {
    let book = on.book();
    let (mut kept, mut lines) = (Vec::new(), Vec::new());
    let number = |id: Option<ChangeId>| {
        id.and_then(|id| book.changes.get(id.0)).map_or_else(String::new, |record| record.number.clone())
    };
    let mut add =
        |kind: usize, asset: u32, change: Option<ChangeId>, update: Option<&Update>, when: (String, i64)| {
            let machine = &book.assets.rows()[asset as usize];
            let (word, tone) = KINDS[kind];
            let mut line = Line::new(
                kept.len() as i64 + 1,
                vec![
                    Value::new(Look::Strong, &machine.name),
                    Value::by(Look::Chip(tone), word, Some(kind as i64)),
                    Value::new(Look::Text, update.map(Update::short_name).unwrap_or_default()),
                    Value::by(Look::Number, when.0, (when.1 != 0).then_some(when.1)),
                    Value::new(Look::Text, number(change)),
                    Value::new(Look::Weak, update.map_or("", |update| update.title.as_str())),
                ],
            );
            line.mark = kind as u64;
            kept.push(Found { kind, asset: machine.id, change });
            lines.push(line);
        };
    for covered in &found.installs {
        let update = book.updates.rows().get(covered.install.update as usize);
        match covered.cover {
            Cover::Nothing => add(0, covered.asset, None, update, when(on, covered.install)),
            Cover::CannotTell(change) => {
                add(2, covered.asset, Some(change), update, when(on, covered.install));
            }
            Cover::Change(_) | Cover::Template(_) => {}
        }
    }
    for row in &found.unshown {
        let kind = if row.cannot_tell { 3 } else { 1 };
        let update = book.updates.get(row.update.0);
        add(kind, row.asset, Some(row.change), update, (String::new(), 0));
    }
    (kept, lines)
}

impl Tab {
    fn refresh(&mut self, ctx: &Ctx<'_>, actions: &mut Vec<Action>) {
        let back = self.month.unwrap_or_default();
        let month = period(ctx, back);
        let work = move |on: &Seen| {
            let orphans = orphans(&View::new(on.book(), on.as_of_at), month);
            let (found, lines) = rows(on, &orphans);
            Worked { found, lines, installs: orphans.installs.len() }
        };
        if self.worked.ask(back, ctx, actions, work) {
            self.listing.forget();
        }
    }

    fn found(&self) -> &[Found] {
        self.worked.value().map_or(&[], |worked| worked.found.as_slice())
    }

    /// Gives the search box the keyboard.
    pub fn find(&self, ui: &Ui) {
        to_search(ui, SEARCH, &self.listing.search);
    }

    /// Draws the tab.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
        let mut actions = Vec::new();
        let months: Vec<String> =
            (0..MONTHS as usize).map(|back| month_back(ctx, back).format("%B %Y").to_string()).collect();
        let names: Vec<&str> = months.iter().map(String::as_str).collect();
        let mut to_rows = false;
        self.listing.type_to_search(ui, SEARCH);
        self.refresh(ctx, &mut actions);
        self.figures_ui(ctx, ui, &mut actions);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(size::GAP, size::GAP);
            to_rows = self.listing.search_ui(ui, SEARCH, "Search asset, update, change…");
            Dropdown::filter("Month", &names, &mut self.month).width(size::FIGURE).ui(ui);
            for (kind, (word, _)) in KINDS.iter().enumerate() {
                let count = self.found().iter().filter(|found| found.kind == kind).count();
                let on = self.kind == Some(kind);
                if (count > 0 || on) && ui.add(FilterChip::new(word, on).count(number(count))).clicked() {
                    self.kind = (!on).then_some(kind);
                }
            }
        });
        ui.add_space(size::GAP_SMALL);
        self.refresh(ctx, &mut actions);
        let Some(worked) = self.worked.value() else {
            self.worked.wait_ui(ui);
            return actions;
        };
        let installs = worked.installs;
        self.listing.refresh(ctx, || worked.lines.clone());
        if worked.found.is_empty() {
            let month = names.get(self.month.unwrap_or_default()).copied().unwrap_or_default();
            let words = format!(
                "In {month} every one of {} is covered by a change, and every change that was reported done shows its installs.",
                counted(installs as u64, "install", "installs")
            );
            let words = if installs == 0 {
                format!("No import shows an install in {month}, and no change of it waits for one.")
            } else {
                words
            };
            card_ui(ui, None, |ui| {
                empty_state_ui(ui, icon::CIRCLE_CHECK, "No orphans", &words, &[]);
            });
            return actions;
        }
        let kind = self.kind;
        self.listing.arrange(ctx, &|line| kind.is_none_or(|kind| line.mark == kind as u64));
        if to_rows {
            self.listing.focus(ui);
        }
        let summary = format!(
            "{} of {}; {} in the month. Enter opens the change, or the asset where there is none",
            number(self.listing.shown()),
            counted(self.found().len() as u64, "orphan", "orphans"),
            counted(installs as u64, "install", "installs"),
        );
        let asked = self.listing.rows_ui(ui, &summary, None);
        actions.extend(asked.actions);
        let opened = asked.opened.and_then(|id| self.found().get(usize::try_from(id - 1).ok()?));
        actions.extend(opened.map(|found| match found.change {
            Some(change) => Action::OpenChange(change),
            None => Action::OpenAsset(found.asset),
        }));
        actions
    }

    /// Four figures; a click opens the machines of one.
    fn figures_ui(&self, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
        let count = |kind: usize| self.found().iter().filter(|found| found.kind == kind).count();
        let counts: Vec<String> = (0..KINDS.len()).map(|kind| number(count(kind))).collect();
        let installs = self.worked.value().map_or(0, |worked| worked.installs);
        let of = format!("of {}", counted(installs as u64, "install", "installs"));
        let figures = KINDS.iter().zip(&counts).enumerate().map(|(kind, ((word, _), count))| {
            let figure = Figure::new(word, count);
            if kind % 2 == 0 { figure.out_of(&of) } else { figure }
        });
        if self.found().is_empty() {
            return;
        }
        if let Some(kind) = figures_ui(ui, figures.collect()) {
            let mut assets: Vec<AssetId> =
                self.found().iter().filter(|found| found.kind == kind).map(|found| found.asset).collect();
            assets.sort_unstable();
            assets.dedup();
            let month = month_back(ctx, self.month.unwrap_or_default()).format("%B %Y");
            let title = format!("{}, {month}", KINDS[kind].0);
            actions.push(Action::ShowAssets(AssetFilter::only(title, assets)));
        }
        ui.add_space(size::GAP);
    }
}
