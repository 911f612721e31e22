//! The view of the committee: its members, the distribution list beside it, and where to call.

use egui::Ui;

use super::member::{ContactSheet, MemberSheet};
use super::sheet::Sheet;
use crate::domain::book::Book;
use crate::domain::committee::{Contact, MailingList, Member, card_of, members_on};
use crate::domain::group::GroupId;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::room::form::{cell_text, row_ui, section_ui, weak_ui};
use crate::ui::theme::{Text, size};
use crate::ui::widget::Button;
use crate::util::clock::day_text;

const MEMBER_SHARES: [f32; 5] = [14.0, 14.0, 12.0, 12.0, 3.0];
const CARD_SHARES: [f32; 5] = [12.0, 14.0, 14.0, 18.0, 3.0];

/// Draws the view; the panel that was asked for.
pub fn committee_ui(ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Box<dyn Sheet>> {
    let mut opened = None;
    ui.spacing_mut().item_spacing.y = size::GAP_LARGE;
    for (list, words, add) in [
        (
            MailingList::Committee,
            "They decide, and own the procedure. Each speaks for a function of the shop.",
            None,
        ),
        (
            MailingList::Distribution,
            "They are told, and decide nothing.",
            Some("Add to the distribution list"),
        ),
    ] {
        opened = opened.or(list_ui(list, words, add, ctx, ui));
    }
    opened.or(cards_ui(ctx, ui))
}

fn list_ui(
    list: MailingList,
    words: &str,
    add: Option<&str>,
    ctx: &Ctx<'_>,
    ui: &mut Ui,
) -> Option<Box<dyn Sheet>> {
    let mut opened: Option<Box<dyn Sheet>> = None;
    let members = members_on(ctx.book(), list, ctx.today);
    section_ui(ui, list.text(), words, false, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if members.is_empty() {
            weak_ui(ui, "Nobody yet.");
        }
        for member in &members {
            if member_ui(member, ctx, ui) {
                opened = Some(Box::new(MemberSheet::change(member)));
            }
        }
        ui.add_space(size::GAP);
        let button = |word| Button::secondary(word).icon(icon::PLUS).enabled(ctx.can_write());
        if add.is_some_and(|word| ui.add(button(word)).clicked()) {
            opened = Some(Box::new(MemberSheet::new(ctx, list)));
        }
    });
    opened
}

fn member_ui(member: &Member, ctx: &Ctx<'_>, ui: &mut Ui) -> bool {
    let book = ctx.book();
    let name = book.person_name(Some(member.person));
    let sent =
        member.nominee_of.map(|id| format!("Sent by {}", group_name(book, Some(id)))).unwrap_or_default();
    let since = match member.until_on {
        Some(until) => format!("Until {}", day_text(until)),
        None => format!("Since {}", day_text(member.from_on)),
    };
    let change = format!("Change {name} on the {}", member.list.text().to_lowercase());
    let mut pressed = false;
    row_ui(ui, &MEMBER_SHARES, |ui, cell| match cell {
        0 => cell_text(ui, Text::Medium, name, false),
        1 => cell_text(ui, Text::Body, &member.represents, false),
        2 => cell_text(ui, Text::Body, &sent, true),
        3 => cell_text(ui, Text::Body, &since, true),
        _ => {
            let button = Button::icon_only(icon::PENCIL, &change).enabled(ctx.can_write());
            pressed = ui.add(button).clicked();
        }
    });
    pressed
}

/// The name of a group, or of the whole shop.
pub fn group_name(book: &Book, group: Option<GroupId>) -> &str {
    match group {
        None => "The whole shop",
        Some(id) => book.groups.get(id.0).map_or("A group that is gone", |group| group.name.as_str()),
    }
}

fn cards_ui(ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Box<dyn Sheet>> {
    let book = ctx.book();
    let mut opened: Option<Box<dyn Sheet>> = None;
    let words = "Bridge, emergency number of security, and who is called in which order. What a group leaves out is that of \
                 the whole shop.";
    let groups = book.groups_in_order().into_iter().map(|group| Some(group.id));
    let cards: Vec<&Contact> = std::iter::once(None).chain(groups).filter_map(|g| card_of(book, g)).collect();
    section_ui(ui, "Where to call", words, false, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if cards.is_empty() {
            weak_ui(ui, "No number yet. On the night, nobody has time to look for one.");
        }
        for card in &cards {
            if card_row_ui(card, ctx, ui) {
                opened = Some(Box::new(ContactSheet::change(card)));
            }
        }
        ui.add_space(size::GAP);
        let button = Button::secondary("Add where to call").icon(icon::PLUS).enabled(ctx.can_write());
        if ui.add(button).clicked() {
            opened = Some(Box::new(ContactSheet::new(ctx)));
        }
    });
    opened
}

fn card_row_ui(card: &Contact, ctx: &Ctx<'_>, ui: &mut Ui) -> bool {
    let book = ctx.book();
    let name = group_name(book, card.group);
    let names: Vec<&str> = card.escalation.iter().map(|rung| book.person_name(Some(rung.person))).collect();
    let change = format!("Change where to call: {}", name.to_lowercase());
    let mut pressed = false;
    row_ui(ui, &CARD_SHARES, |ui, cell| match cell {
        0 => cell_text(ui, Text::Medium, name, false),
        1 => cell_text(ui, Text::Body, &shown("Bridge", &card.bridge), false),
        2 => cell_text(ui, Text::Body, &shown("Emergency", &card.emergency), false),
        3 => cell_text(ui, Text::Body, &shown("Calls", &names.join(", then ")), true),
        _ => {
            let button = Button::icon_only(icon::PENCIL, &change).enabled(ctx.can_write());
            pressed = ui.add(button).clicked();
        }
    });
    pressed
}

fn shown(label: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{label} {text}") }
}
