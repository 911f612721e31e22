//! The short page of help: what the rooms are for, and every key.

use egui::{Context, Id, Label, ScrollArea, Ui};

use crate::ui::keys::Command;
use crate::ui::theme::{self, Text, size};
use crate::ui::widget::Button;
use crate::ui::widget::modal::dialog_ui;

/// What the program is, in the order in which one meets it.
const PARTS: [(&str, &str); 4] = [
    (
        "Where the numbers come from",
        "Patchbook counts what your update server exported. Run the export script on the server, then import its files: \
         drop them on the window, or choose Import.",
    ),
    (
        "What they mean",
        "A machine is overdue when one of its open updates is past the deadline of your rules. A machine that has not reported \
         is unknown, never compliant. Every number opens into the machines behind it.",
    ),
    (
        "Nothing is lost",
        "Every change is an entry in the history and most can be undone, an import as one step; what cannot says why. \
         There is no Save for the file: what you save in a form is on the disk.",
    ),
    (
        "Handing over",
        "One file holds everything. Each printed page names the newest entry and its hash; History checks a page against the file.",
    ),
];

/// Draws the page; `true` when it is to be closed.
pub fn help_ui(ctx: &Context) -> bool {
    let mut close = false;
    let left = dialog_ui(ctx, Id::unique("help"), "Help", |ui| {
        ScrollArea::vertical().max_height(ctx.content_rect().height() * 0.6).show(ui, |ui| {
            for (title, words) in PARTS {
                ui.label(Text::Strong.rich(title));
                ui.add(Label::new(Text::Body.rich(words)).wrap());
                ui.add_space(size::GAP);
            }
            ui.label(Text::Strong.rich("Keys"));
            keys_ui(ui);
        });
        ui.add_space(size::GAP);
        let button = ui.add(Button::primary("Close"));
        if ctx.memory(|memory| memory.focused().is_none()) {
            button.request_focus();
        }
        close = button.clicked();
    });
    close || left
}

fn keys_ui(ui: &mut Ui) {
    let tokens = theme::tokens(ui);
    let ctx = ui.ctx().clone();
    let in_tables = [
        ("Find in a table", "Ctrl+F"),
        ("Save a form", "Ctrl+S"),
        ("Copy the rows of a table", "Ctrl+C"),
        ("Leave a dialog or panel", "Esc"),
    ];
    // A row is as high as its words, not as high as a button.
    ui.spacing_mut().interact_size.y = 0.0;
    ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
    let commands = Command::ALL.into_iter().map(|command| (command.text(), command.key_text(&ctx)));
    let rest = in_tables.into_iter().map(|(text, keys)| (text, keys.to_owned()));
    for (text, keys) in commands.chain(rest).filter(|(_, keys)| !keys.is_empty()) {
        ui.horizontal(|ui| {
            ui.scope(|ui| {
                ui.set_width(size::FIGURE);
                ui.label(Text::Small.rich(text.trim_end_matches('…')).color(tokens.text));
            });
            ui.label(Text::SmallMedium.rich(keys).color(tokens.weak));
        });
    }
}
