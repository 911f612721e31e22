//! What may stand in double braces: the catalogue of names beside the text that is edited, folded away until it is asked for.

use egui::{CollapsingHeader, Label, ScrollArea, Ui};

use crate::domain::document::kind::Kind;
use crate::domain::document::name::{self, Name};
use crate::ui::room::form::weak_ui;
use crate::ui::theme::{Text, size};

/// Draws the names as they are typed, each with what it says; to be copied.
pub fn names_ui(ui: &mut Ui) {
    CollapsingHeader::new(Text::Small.rich("What may stand in double braces")).id_salt("names").show(ui, |ui| {
        weak_ui(
            ui,
            "The value is filled in when the document is read. What is a table, a list or lines to sign on stands alone on its \
             line; so do a condition, its {{else}} and its {{end}}. Words in capitals stand for one of several.",
        );
        ScrollArea::vertical().id_salt("names").max_height(size::MONTH).show(ui, |ui| {
            for known in name::all() {
                ui.add(Label::new(Text::SmallMedium.rich(typed(known))).wrap().selectable(true));
                ui.add(Label::new(Text::Small.rich(known.says)).wrap());
            }
        });
    });
}

/// A name as it is typed: `{{text:shop.name}}`.
fn typed(known: &Name) -> String {
    match known.kind {
        Kind::Flag => format!("{{{{if:{}}}}}", known.name),
        kind => format!("{{{{{}:{}}}}}", kind.word(), known.name),
    }
}
