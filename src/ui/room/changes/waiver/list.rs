//! The list of waivers, and above it the debt: what ran out unsolved comes first.

use egui::{Ui, vec2};

use super::super::listing::{Line, Listing, Look, Value};
use super::super::sheet::band_ui;
use super::tone;
use crate::domain::book::Book;
use crate::domain::compliance::outcome::Period;
use crate::domain::compliance::view::View;
use crate::domain::update::{Update, UpdateId};
use crate::domain::waiver::debt::{Debt, debt};
use crate::domain::waiver::request::WaiverRequest;
use crate::domain::waiver::rule;
use crate::domain::waiver::state::{Standing, WaiverState, standing};
use crate::ui::action::{Action, AssetFilter};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{Text, Tone, size};
use crate::ui::widget::table::Column;
use crate::ui::widget::{Figure, FilterChip, card_ui, empty_state_ui, figures_ui, number};
use crate::util::clock::{DAY_SECS, day_in, day_text};
use crate::util::text::{count, counted};

/// The name of the search box.
pub const SEARCH: &str = "Search waivers";
const TABLE: &str = "Waivers";

/// The list and what was counted for it.
#[derive(Debug)]
pub struct List {
    /// Its rows.
    pub listing: Listing,
    state: Option<WaiverState>,
    debt: Option<((i64, i64), Debt)>,
}

impl Default for List {
    fn default() -> Self {
        let column = |key, title, width| (key, Column::new(key, title, width));
        let columns = vec![
            ("number", Column::new("number", "Number", size::COLUMN_WIDE).pinned()),
            column("state", "State", size::COLUMN_WIDE),
            column("assets", "Assets", size::FIGURE),
            column("updates", "Updates", size::FIGURE),
            column("reason", "Reason", size::COLUMN_NAME),
            column("until", "Ends", size::FIGURE),
            column("rank", "Risk that stays", size::COLUMN_NAME),
            ("open", Column::new("open", "Still open", size::COLUMN_COUNT).right()),
            ("days", Column::new("days", "Machine-days", size::COLUMN_NAME).right()),
            ("renewals", Column::new("renewals", "Renewals", size::COLUMN_COUNT).right()),
            column("late", "Asked late", size::COLUMN_COUNT),
        ];
        Self { listing: Listing::new(TABLE, columns), state: None, debt: None }
    }
}

fn names(ids: impl Iterator<Item = String>, all: usize) -> String {
    let first: Vec<String> = ids.take(3).collect();
    let more = all.saturating_sub(first.len());
    if more > 0 { format!("{} and {more} more", first.join(", ")) } else { first.join(", ") }
}

/// The names of assets of a request, the first few.
pub fn asset_names(book: &Book, request: &WaiverRequest) -> String {
    let name = |id: &crate::domain::asset::AssetId| book.assets.get(id.0).map(|asset| asset.name.clone());
    names(request.assets.iter().filter_map(name), request.assets.len())
}

/// The names of updates of a request, the first few.
pub fn update_names(book: &Book, request: &WaiverRequest) -> String {
    let name = |id: &UpdateId| book.updates.get(id.0).map(Update::short_name);
    names(request.updates.iter().filter_map(name), request.updates.len())
}

fn row(ctx: &Ctx<'_>, request: &WaiverRequest, stands: &Standing) -> Line {
    let book = ctx.book();
    let until = stands.until_at.map(|at| (day_text(day_in(ctx.zone, at)), at));
    let ends = match (until, stands.days_left(ctx.shown.as_of_at)) {
        (Some((day, at)), Some(left)) => Value::by(
            Look::Number,
            format!("{day}, {}", counted(left.unsigned_abs(), "day", "days")),
            Some(at),
        ),
        (Some((day, at)), None) => Value::by(Look::Number, day, Some(at)),
        (None, _) => match request.until_on {
            Some(day) => Value::by(Look::Weak, format!("Asked until {}", day_text(day)), None),
            None => Value::new(Look::Weak, ""),
        },
    };
    let days = stands.machine_secs.div_euclid(DAY_SECS) + i64::from(stands.machine_secs % DAY_SECS != 0);
    let renewals = rule::forebears(book, request).len();
    let late = rule::is_late(book, request);
    let mut line = Line::new(
        request.id.0,
        vec![
            Value::new(Look::Strong, &request.number),
            Value::by(Look::Chip(tone(stands.state)), stands.state.text(), Some(stands.state as i64)),
            Value::new(Look::Text, asset_names(book, request)),
            Value::new(Look::Text, update_names(book, request)),
            Value::new(Look::Text, request.reason_class.text()),
            ends,
            Value::by(Look::Text, request.residual.text(), Some(request.residual as i64)),
            Value::by(Look::Number, stands.open().to_string(), Some(stands.open() as i64)),
            Value::by(Look::Number, count(days.unsigned_abs()), Some(days)),
            Value::by(Look::Number, renewals.to_string(), Some(renewals as i64)),
            Value::new(
                if late { Look::Tone(Tone::Warn) } else { Look::Weak },
                if late { "Late" } else { "In time" },
            ),
        ],
    );
    line.mark = stands.state as u64;
    line
}

/// What was asked for.
#[derive(Debug, Default)]
pub struct Asked {
    /// This waiver was opened.
    pub opened: Option<i64>,
    /// A new one is wanted.
    pub new: bool,
    /// Anything else.
    pub actions: Vec<Action>,
}

impl List {
    fn refresh(&mut self, ctx: &Ctx<'_>) {
        let now = (ctx.book().head.seq, ctx.shown.as_of_at);
        if self.debt.as_ref().is_some_and(|(made, _)| *made == now) {
            return;
        }
        let view = View::new(ctx.book(), ctx.shown.as_of_at);
        let period = Period { from_at: ctx.shown.as_of_at - 30 * DAY_SECS, to_at: ctx.shown.as_of_at + 1 };
        self.debt = Some((now, debt(&view, period)));
        self.listing.refresh(ctx, || {
            let mut rows: Vec<(&WaiverRequest, Standing)> = ctx
                .book()
                .waiver_requests
                .iter()
                .filter_map(|request| Some((request, standing(&view, request)?)))
                .collect();
            // Debt first, then what ends first.
            rows.sort_by_key(|(request, stands)| {
                (
                    !stands.state.is_debt(),
                    !stands.state.is_live(),
                    stands.until_at,
                    std::cmp::Reverse(request.id),
                )
            });
            rows.iter().map(|(request, stands)| row(ctx, request, stands)).collect()
        });
    }

    /// Draws the debt, the bar and the rows.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) -> Asked {
        let mut asked = Asked::default();
        self.refresh(ctx);
        if let Some(words) = rule::preset_warning(ctx.book()) {
            band_ui(ui, Tone::Warn, |ui| {
                ui.add(egui::Label::new(Text::Body.rich(words)).wrap());
            });
            ui.add_space(size::GAP_SMALL);
        }
        self.debt_ui(ctx, ui, &mut asked);
        if ctx.book().waiver_requests.is_empty() {
            let words = "A waiver leaves a duty open until a day, with somebody's name under it, something that stands in, and \
                         a way out. It never turns red into green, and it ends by itself.";
            let offers: &[&str] = if ctx.can_write() { &["New waiver"] } else { &[] };
            card_ui(ui, None, |ui| {
                asked.new |=
                    empty_state_ui(ui, icon::SHIELD_ALERT, "No waivers yet", words, offers).is_some();
            });
            return asked;
        }
        let mut to_rows = false;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(size::GAP, size::GAP);
            to_rows = self.listing.search_ui(ui, SEARCH, "Search number, asset, update…");
            for state in WaiverState::ALL {
                let lines = self.listing.lines();
                let count = lines.iter().filter(|line| line.mark == *state as u64).count();
                let on = self.state == Some(*state);
                if (count > 0 || on)
                    && ui.add(FilterChip::new(state.text(), on).count(number(count))).clicked()
                {
                    self.state = (!on).then_some(*state);
                }
            }
        });
        ui.add_space(size::GAP_SMALL);
        let state = self.state;
        self.listing.arrange(ctx, &|line| state.is_none_or(|state| line.mark == state as u64));
        if to_rows {
            self.listing.focus(ui);
        }
        let all = self.listing.lines().len();
        let summary = if self.listing.shown() == all {
            format!("All {}", counted(all as u64, "waiver", "waivers"))
        } else {
            format!("{} of {} waivers", number(self.listing.shown()), number(all))
        };
        let rows = self.listing.rows_ui(ui, &summary, None);
        asked.opened = rows.opened;
        asked.actions.extend(rows.actions);
        asked
    }

    /// Four figures; a click opens the machines behind one.
    fn debt_ui(&self, ctx: &Ctx<'_>, ui: &mut Ui, asked: &mut Asked) {
        let Some((_, debt)) = &self.debt else { return };
        if debt.expired.is_empty() && debt.active.is_empty() {
            return;
        }
        let soon = debt.expiring.first().copied().unwrap_or_default();
        let [expired, expiring, active] =
            [debt.expired.len() as u64, soon, debt.active.len() as u64].map(count);
        let days = count(debt.machine_days().unsigned_abs());
        let pairs: usize = debt.expired.iter().map(|owed| owed.open.len()).sum();
        let still = format!("{} still open", counted(pairs as u64, "pair", "pairs"));
        let twice = format!("{} renewed twice or more", count(debt.renewed_twice));
        let tone = if debt.expired.is_empty() { Tone::Neutral } else { Tone::Bad };
        let clicked = figures_ui(
            ui,
            vec![
                Figure::new("Expired, still open", &expired).note(tone, &still),
                Figure::new("Expiring within 30 days", &expiring),
                Figure::new("Active", &active).note(Tone::Neutral, &twice),
                Figure::new("Machine-days exposed", &days),
            ],
        );
        ui.add_space(size::GAP);
        let Some(clicked) = clicked else { return };
        let (title, owed): (&str, Vec<_>) = match clicked {
            0 => ("Waiver expired, still open", debt.expired.iter().collect()),
            1 => {
                let ends = ctx.shown.as_of_at + 30 * DAY_SECS;
                ("Waiver expiring", debt.active.iter().filter(|owed| owed.until_at <= ends).collect())
            }
            2 => ("Waived", debt.active.iter().collect()),
            _ => ("Exposed under a waiver", debt.active.iter().chain(&debt.expired).collect()),
        };
        let rows = ctx.book().assets.rows();
        let mut assets: Vec<_> =
            owed.iter().flat_map(|owed| &owed.open).map(|(asset, _)| rows[*asset as usize].id).collect();
        assets.sort_unstable();
        assets.dedup();
        asked.actions.push(Action::ShowAssets(AssetFilter::only(title, assets)));
    }
}
