//! Today: what needs me now? The compliance bar, the figures, and drawers of counted work that open into named machines.

pub mod month;
mod strip;
pub mod summary;
pub mod work;

use egui::{Label, Ui};

use super::{Ctx, scroll_page_ui};
use crate::app::session::Notice;
use crate::domain::asset::AssetId;
use crate::domain::compliance::machine::Segment;
use crate::ui::action::{Action, AssetFilter, Purpose, export_script};
use crate::ui::icon;
use crate::ui::route::Room;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::{
    Chosen, Drawer, Figure, Link, PageAction, card_ui, empty_state_ui, figures_ui, page_header_ui,
    segment_bar_ui,
};
use crate::util::text::{count, counted};

use month::Counted;
use summary::Card;
use work::{Opens, Work};

/// What the room remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    seen: Option<Seen>,
    counted: Counted,
}

/// Everything the room shows, worked out once for each register and instant.
#[derive(Debug)]
struct Seen {
    key: (i64, i64, Option<i64>),
    bar: [usize; 6],
    cards: Vec<Card>,
    small_print: String,
    last_month: Option<String>,
    work: Vec<Work>,
    context: String,
    outside: Vec<AssetId>,
}

impl Seen {
    fn key(ctx: &Ctx<'_>) -> (i64, i64, Option<i64>) {
        (ctx.book().head.seq, ctx.shown.as_of_at, ctx.past.map(|past| past.as_of_at))
    }

    fn new(ctx: &Ctx<'_>, counted: &Counted) -> Self {
        let figures = ctx.figures();
        let rows = ctx.book().assets.rows().iter().zip(&figures.machines);
        let newest = ctx.book().live_batches().iter().map(|batch| batch.as_of_at).max();
        let data = newest.map_or_else(
            || "nothing imported yet".to_owned(),
            |at| format!("newest data of {}", ctx.day_text(at)),
        );
        let (mut work, rest) = counted.work(ctx);
        work.extend(work::work(ctx));
        work.extend(rest);
        let sample = if ctx.book().shop.sample { "Sample. " } else { "" };
        Self {
            key: Self::key(ctx),
            bar: summary::segments(figures),
            cards: summary::cards(ctx),
            small_print: summary::small_print(ctx),
            last_month: summary::last_month(ctx),
            work,
            context: format!("{sample}As of {}, {data}", ctx.time_text(ctx.shown.as_of_at)),
            outside: rows.filter(|(_, machine)| !machine.in_scope()).map(|(asset, _)| asset.id).collect(),
        }
    }

    /// Whether something should be imported before anything is printed.
    fn import_first(&self) -> bool {
        self.work.iter().any(|work| matches!(work.opens, Opens::Import))
    }
}

impl State {
    /// Another register was opened: nothing of the last one stays.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Takes an answer; `true` if it was this room's, so that nobody else shows it.
    pub fn notice(&mut self, _notice: &Notice) -> bool {
        false
    }
}

/// Draws the room.
pub fn room_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    if ctx.book().assets.is_empty() {
        scroll_page_ui(ui, "today", |ui| empty_ui(ctx, ui, &mut actions));
        return actions;
    }
    if state.seen.as_ref().is_none_or(|seen| seen.key != Seen::key(ctx)) {
        state.counted.refresh(ctx);
        state.seen = Some(Seen::new(ctx, &state.counted));
    }
    if let Some(seen) = &state.seen {
        scroll_page_ui(ui, "today", |ui| page_ui(seen, ctx, ui, &mut actions));
    }
    actions
}

fn empty_ui(ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let context = format!("As of {}", ctx.time_text(ctx.shown.as_of_at));
    page_header_ui(ui, "Today", &context, None, &[]);
    card_ui(ui, None, |ui| {
        let words = "Machines and their patch states come from your update server. Save the export script, run it there, \
                     then import its files. You can also type machines in by hand, under Assets.";
        let mut offers = vec!["Import files…", "Save the export script…", "Go to Assets"];
        if !ctx.can_write() {
            offers.remove(0);
        }
        let chosen = empty_state_ui(ui, icon::UPLOAD, "Nothing is imported yet", words, &offers);
        match chosen.map(|at| offers[at]) {
            Some("Import files…") => actions.push(Action::Pick(Purpose::ImportFiles)),
            Some("Save the export script…") => actions.push(export_script()),
            Some(_) => actions.push(Action::Go(Room::Assets)),
            None => {}
        }
    });
}

fn page_ui(seen: &Seen, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    header_ui(seen, ctx, ui, actions);
    ui.spacing_mut().item_spacing.y = size::GAP_LARGE;
    strip::strip_ui(ctx, ui, actions);
    card_ui(ui, Some("Compliance"), |ui| bar_ui(seen, ctx, ui, actions));
    let figures = seen.cards.iter().map(figure).collect();
    if let Some(at) = figures_ui(ui, figures) {
        actions.push(Action::ShowAssets(seen.cards[at].opens.clone()));
    }
    let tokens = theme::tokens(ui);
    ui.add(Label::new(Text::Small.rich(&seen.small_print).color(tokens.weak)).wrap());
    card_ui(ui, Some("Waiting for you"), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if seen.work.is_empty() {
            ui.label(Text::Body.rich("Nothing waits for you").color(tokens.weak));
        }
        for work in &seen.work {
            let number = if work.count == 0 { String::new() } else { count(work.count) };
            if ui.add(Drawer::new(work.icon, work.tone, &number, &work.title, &work.note)).clicked() {
                actions.push(match &work.opens {
                    Opens::Machines(filter) => Action::ShowAssets(filter.clone()),
                    Opens::Import => Action::Pick(Purpose::ImportFiles),
                    Opens::Settings => Action::Go(Room::Settings),
                    Opens::Room(room) => Action::Go(*room),
                    Opens::Cycle(cycle) => Action::OpenCycle(*cycle),
                    Opens::Change(change) => Action::OpenChange(*change),
                    Opens::Waiver(request) => Action::OpenWaiver(*request),
                    Opens::Schedule => Action::OpenSchedule,
                });
            }
        }
    });
}

fn header_ui(seen: &Seen, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let mut import = PageAction::new(Some(icon::UPLOAD), "Import…");
    import.enabled = ctx.can_write();
    let print = PageAction::new(Some(icon::PRINTER), "Print report…");
    let first = seen.import_first() && ctx.can_write();
    let (primary, other) = if first { (import, print) } else { (print, import) };
    let chosen = page_header_ui(ui, "Today", &seen.context, Some(primary), &[other]);
    match (chosen, first) {
        (None, _) => {}
        (Some(Chosen::Primary), true) | (Some(Chosen::Other(_)), false) => {
            actions.push(Action::Pick(Purpose::ImportFiles));
        }
        (Some(_), _) => actions.push(Action::Print),
    }
}

fn bar_ui(seen: &Seen, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    ui.spacing_mut().item_spacing.y = size::GAP;
    if let Some(opened) = segment_bar_ui(ui, seen.bar, "machines") {
        actions.push(Action::ShowAssets(AssetFilter::segment(Segment::ALL[opened as usize])));
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        ui.spacing_mut().item_spacing.x = size::GAP_SMALL;
        let weak = |ui: &mut Ui, words: &str| {
            ui.label(Text::Body.rich(words).color(tokens.weak));
        };
        weak(ui, &counted(ctx.figures().in_scope(), "machine in scope", "machines in scope"));
        if !seen.outside.is_empty() {
            weak(ui, "+");
        }
        if !seen.outside.is_empty() {
            let words = format!("{} out of scope", count(seen.outside.len() as u64));
            if ui.add(Link::new(&words)).clicked() {
                let filter = AssetFilter::only("Out of scope", seen.outside.clone());
                actions.push(Action::ShowAssets(filter));
            }
        }
        weak(ui, &format!("= {} in the register", count(ctx.book().assets.len() as u64)));
    });
    if let Some(words) = &seen.last_month {
        ui.add(Label::new(Text::Small.rich(words).color(tokens.weak)).wrap());
    }
}

fn figure(card: &Card) -> Figure<'_> {
    let figure = Figure::new(card.title, &card.number).out_of(&card.counts);
    match &card.trend {
        Some((way, tone, words)) => figure.trend(*way, *tone, words),
        None => figure.note(Tone::Neutral, &card.note),
    }
}
