//! The page of one update: how bad and why, who says go, what it needs and breaks, and each machine that owes it by when.

mod gate;
mod machine;
mod tie;
mod why;

use egui::{ScrollArea, Ui};

use super::known::Known;
use super::list::{rank_tone, rated_tone};
use super::rate::RateSheet;
use crate::domain::compliance::machine::Segment;
use crate::domain::update::{Update, UpdateId};
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::later::Later;
use crate::ui::room::sheet::Sheet;
use crate::ui::theme::{Text, size};
use crate::ui::widget::page_header::{Chosen, PageAction};
use crate::ui::widget::{Chip, choice_ui, number, page_header_ui};

use machine::Machines;
use why::Why;

/// The page.
#[derive(Debug)]
pub struct Page {
    update: UpdateId,
    view: View,
    machines: Machines,
    why: Why,
    chain: Later<UpdateId, tie::Chain>,
}

/// What the page shows below its head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum View {
    #[default]
    Machines,
    Why,
    Gate,
    Ties,
}

const VIEWS: [(View, &str); 4] = [
    (View::Machines, "Machines"),
    (View::Why, "Why this rank"),
    (View::Gate, "Go or no-go"),
    (View::Ties, "Needs and conflicts"),
];

/// What was asked for on the page.
#[derive(Debug)]
pub enum Wish {
    /// Back to the table of all.
    Back,
    /// Open a form.
    Open(Box<dyn Sheet>),
    /// Another update.
    Update(UpdateId),
}

impl Page {
    /// The page of an update.
    pub fn new(update: UpdateId) -> Self {
        Self {
            update,
            view: View::default(),
            machines: Machines::new(update),
            why: Why::new(update),
            chain: Later::default(),
        }
    }

    /// Whose page it is.
    pub fn update(&self) -> UpdateId {
        self.update
    }
}

/// Draws the page.
pub fn page_ui(
    page: &mut Page,
    known: &Known,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) -> Option<Wish> {
    let Some(update) = ctx.book().updates.get(page.update.0) else { return Some(Wish::Back) };
    let wish = header_ui(update, ctx, ui);
    standing_ui(update, known, ctx, ui);
    ui.add_space(size::GAP);
    let words = VIEWS.map(|(_, word)| word);
    let mut at = VIEWS.iter().position(|(view, _)| *view == page.view).unwrap_or_default();
    if choice_ui(ui, "Part of the page", &words, &mut at).changed() {
        page.view = VIEWS[at].0;
    }
    ui.add_space(size::GAP);
    let scrolled = |ui: &mut Ui, content: &mut dyn FnMut(&mut Ui) -> Option<Wish>| {
        let area = ScrollArea::vertical().id_salt(("update", VIEWS[at].1)).auto_shrink(false);
        area.show(ui, |ui| {
            ui.set_max_width(size::RULE_COLUMN.min(ui.available_width()));
            content(ui)
        })
        .inner
    };
    let asked = match page.view {
        View::Machines => {
            let opened = page.machines.ui(ctx, ui, actions);
            actions.extend(opened.map(Action::OpenAsset));
            None
        }
        View::Why => scrolled(ui, &mut |ui| {
            page.why.ui(known, ctx, ui, actions);
            None
        }),
        View::Gate => scrolled(ui, &mut |ui| gate::gate_ui(update, known, ctx, ui, actions)),
        View::Ties => scrolled(ui, &mut |ui| tie::ties_ui(&mut page.chain, update, ctx, ui, actions)),
    };
    wish.or(asked)
}

fn header_ui(update: &Update, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Wish> {
    let rate =
        PageAction { enabled: ctx.can_write(), ..PageAction::new(Some(icon::SHIELD_CHECK), "Rate it…") };
    let others = [PageAction::new(Some(icon::CHEVRON_LEFT), "All updates")];
    match page_header_ui(ui, &update.short_name(), &update.title, Some(rate), &others) {
        Some(Chosen::Primary) => Some(Wish::Open(Box::new(RateSheet::new(ctx, update.id)))),
        Some(Chosen::Other(_)) => Some(Wish::Back),
        None => None,
    }
}

/// Its rank, and by how many machines it is owed.
fn standing_ui(update: &Update, known: &Known, ctx: &Ctx<'_>, ui: &mut Ui) {
    let place = ctx.book().updates.place(update.id.0).unwrap_or_default() as usize;
    let counts = ctx.figures().updates.get(place).copied().unwrap_or_default();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(size::GAP, size::GAP_SMALL);
        ui.add(Chip::new(rank_tone(known.rank), known.rank.text()));
        ui.add(Chip::new(rated_tone(known.rated), known.rated.text()));
        let parts: Vec<String> = Segment::ALL
            .iter()
            .filter(|segment| counts.owed_by[**segment as usize] > 0)
            .map(|segment| {
                format!(
                    "{} {}",
                    number(counts.owed_by[*segment as usize] as usize),
                    segment.text().to_lowercase()
                )
            })
            .collect();
        let words = if parts.is_empty() {
            "No machine owes it".to_owned()
        } else {
            format!(
                "Owed by {} of {} machines that it concerns, overdue on {}. By all that they owe these machines are: {}",
                number(counts.owed() as usize),
                number(counts.required as usize),
                number(counts.overdue as usize),
                parts.join(", ")
            )
        };
        ui.label(Text::Body.rich(words));
    });
}
