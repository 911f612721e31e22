//! One day beside the month: everything on it, each line leading to what it is about.

use chrono::NaiveDate;
use egui::Ui;

use super::entry::{Entry, Opens};
use crate::draw;
use crate::ui::icon::{self, Icon};
use crate::ui::room::form::weak_ui;
use crate::ui::theme::{Text, size};
use crate::ui::widget::{Chip, Link, side_panel_ui};
use crate::util::clock::day_text;

/// Draws the day; the line that was opened, and whether the panel is to be closed.
pub fn day_ui(on: NaiveDate, lines: &[Entry], ui: &mut Ui) -> (Option<Opens>, bool) {
    let here: Vec<&Entry> = lines.iter().filter(|line| line.is_on(on)).collect();
    side_panel_ui(ui, "calendar day", &day_text(on), None, |ui| {
        let mut opened = None;
        ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
        if here.is_empty() {
            weak_ui(ui, "Nothing happens on this day.");
        }
        for (at, line) in here.iter().enumerate() {
            if at > 0 {
                ui.add_space(size::GAP);
            }
            if line_ui(line, ui) {
                opened = Some(line.opens.clone());
            }
        }
        opened
    })
}

fn line_ui(line: &Entry, ui: &mut Ui) -> bool {
    let mut clicked = false;
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = size::CHIP;
        ui.label(Text::SmallMedium.rich(line.kind));
        ui.add(Chip::new(line.state.0, &line.state.1));
    });
    let title = format!("{} {}", line.time, line.title);
    let width = ui.available_width();
    ui.scope(|ui| {
        ui.set_max_width(width);
        clicked = ui.add(Link::new(title.trim())).on_hover_text(&line.title).clicked();
    });
    let mut notes = line.notes.clone();
    if !line.who.is_empty() && !notes.iter().any(|note| note.contains(&line.who)) {
        notes.insert(0, line.who.clone());
    }
    for note in notes {
        weak_ui(ui, &note);
    }
    clicked
}

/// The icon of a kind, for lists.
pub fn icon_of(line: &Entry) -> Icon {
    match line.tone {
        draw::Tone::Accent => icon::PACKAGE,
        draw::Tone::Good => icon::WRENCH,
        draw::Tone::Bad => icon::HOURGLASS,
        draw::Tone::Warn => icon::CALENDAR_X,
        draw::Tone::Plain | draw::Tone::Unknown => icon::LIST_CHECKS,
    }
}
