//! The head of a page: its title, one line of context, its actions at the right with exactly one primary.

use egui::{Align, Label, Layout, Ui, vec2};

use super::button::Button;
use crate::ui::icon::Icon;
use crate::ui::theme::{self, Text, size};

/// One action of a page.
#[derive(Clone, Copy, Debug)]
pub struct PageAction<'a> {
    /// The verb on the button.
    pub name: &'a str,
    /// The icon in front of it.
    pub icon: Option<Icon>,
    /// Whether it can be done now.
    pub enabled: bool,
    /// Why not, or the key that does the same.
    pub tooltip: Option<&'a str>,
}

impl<'a> PageAction<'a> {
    /// An action that can be done.
    pub fn new(icon: Option<Icon>, name: &'a str) -> Self {
        Self { name, icon, enabled: true, tooltip: None }
    }

    fn button(self, primary: bool) -> Button<'a> {
        let mut button = if primary { Button::primary(self.name) } else { Button::secondary(self.name) };
        if let Some(icon) = self.icon {
            button = button.icon(icon);
        }
        if let Some(tooltip) = self.tooltip {
            button = button.tooltip(tooltip);
        }
        button.enabled(self.enabled)
    }
}

/// Which action of a page header was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// The one primary action.
    Primary,
    /// One of the others, counted as given.
    Other(usize),
}

/// Draws the head of a page and tells which action was chosen. `context` is one line: what is shown, as of when.
pub fn page_header_ui(
    ui: &mut Ui,
    title: &str,
    context: &str,
    primary: Option<PageAction<'_>>,
    others: &[PageAction<'_>],
) -> Option<Chosen> {
    let mut all: Vec<Offered<'_>> = primary.map(|action| (Chosen::Primary, action)).into_iter().collect();
    all.extend(others.iter().enumerate().rev().map(|(at, action)| (Chosen::Other(at), *action)));
    let gap = ui.spacing().item_spacing.x;
    let widths: Vec<f32> = all.iter().map(|offered| button(offered).needs(ui) + gap).collect();
    let chosen = if widths.iter().sum::<f32>() + size::DIALOG / 2.0 <= ui.available_width() {
        let room = vec2(ui.available_width(), size::PAGE_HEADER);
        ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
            ui.set_min_height(size::PAGE_HEADER);
            let chosen = actions_ui(ui, &all);
            ui.with_layout(Layout::top_down(Align::Min), |ui| words_ui(ui, title, context));
            chosen
        })
        .inner
    } else {
        // Where the actions leave the title no room they stand below it, in as many rows as they need.
        ui.scope(|ui| words_ui(ui, title, context));
        let (room, mut chosen, mut from) = (ui.available_width(), None, 0);
        while from < all.len() {
            let mut used = 0.0;
            let fits = |width: &&f32| {
                used += **width;
                used <= room + gap
            };
            let row = widths[from..].iter().take_while(fits).count().max(1);
            chosen = ui.horizontal(|ui| actions_ui(ui, &all[from..from + row])).inner.or(chosen);
            from += row;
        }
        chosen
    };
    ui.add_space(size::GAP);
    chosen
}

/// The title and the line below it.
fn words_ui(ui: &mut Ui, title: &str, context: &str) {
    let tokens = theme::tokens(ui);
    ui.spacing_mut().item_spacing.y = size::LINE;
    let heading = ui.add(Label::new(Text::Heading.rich(title)).truncate());
    ui.ctx().accesskit_node_builder(heading.id, |node| node.set_role(egui::accesskit::Role::Heading));
    ui.add(Label::new(Text::Body.rich(context).color(tokens.weak)).truncate());
}

/// An action, and what choosing it means.
type Offered<'a> = (Chosen, PageAction<'a>);

fn button<'a>((chosen, action): &Offered<'a>) -> Button<'a> {
    action.button(*chosen == Chosen::Primary)
}

/// The buttons, the primary one first: it stands at the edge from which the layout begins.
fn actions_ui(ui: &mut Ui, offered: &[Offered<'_>]) -> Option<Chosen> {
    let mut chosen = None;
    for one in offered {
        if ui.add(button(one)).clicked() {
            chosen = Some(one.0);
        }
    }
    chosen
}
