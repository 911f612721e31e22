//! The card of the person at this machine: name, look, zoom. Kept on this machine, not in the register.

use egui::{Label, Ui};

use super::form::section_ui;
use crate::app::preferences::Theme;
use crate::ui::action::Action;
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{Text, size};
use crate::ui::widget::{Button, Field, choice_ui, form};
use crate::util::text::line;

/// One step of zoom.
const STEP: f32 = 0.1;

/// The card.
#[derive(Debug, Default)]
pub struct Card {
    /// The name as read and as typed.
    actor: Option<(String, String)>,
}

impl Card {
    /// Whether a name was typed and not used.
    pub fn is_dirty(&self) -> bool {
        self.actor.as_ref().is_some_and(|(read, typed)| read != typed)
    }

    /// Draws the card.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
        let now = &ctx.preferences.actor;
        let (read, typed) = self.actor.get_or_insert_with(|| (now.clone(), now.clone()));
        if read != now {
            if typed == read {
                typed.clone_from(now);
            }
            read.clone_from(now);
        }
        let dirty = read != typed;
        let mut actions = Vec::new();
        let words = "Kept on this machine for you alone.";
        section_ui(ui, "You", words, dirty, |ui| {
            let help = "Stands beside everything you record from now on; it is not a password";
            let blank = typed.trim().is_empty() && dirty;
            let issue = blank.then_some("Give a name; it goes into every entry of the history");
            Field::new("you", "Your name", typed).required().help(help).issue(issue).ui(ui);
            let button =
                if dirty { Button::primary("Use this name") } else { Button::secondary("Use this name") };
            if ui.add(button.enabled(dirty && !blank)).clicked() {
                let name = line(typed).into_owned();
                typed.clone_from(&name);
                actions.push(Action::SetActor(name));
            }
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = size::GAP_SECTION;
                theme_ui(ctx, ui, &mut actions);
                zoom_ui(ctx, ui, &mut actions);
            });
        });
        actions
    }
}

fn theme_ui(ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    const THEMES: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
        form::label_ui(ui, "Look", false);
        let mut chosen = THEMES.iter().position(|theme| *theme == ctx.preferences.theme).unwrap_or_default();
        if choice_ui(ui, "Look", &["As the system", "Light", "Dark"], &mut chosen).changed() {
            actions.push(Action::SetTheme(THEMES[chosen]));
        }
    });
}

fn zoom_ui(ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let zoom = ctx.preferences.zoom;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
        form::label_ui(ui, "Size of everything", false);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = size::GAP_SMALL;
            let smaller = Button::icon_only(icon::MINUS, "Smaller").outlined().shortcut("Ctrl+−");
            if ui.add(smaller).clicked() {
                actions.push(Action::SetZoom(zoom - STEP));
            }
            let words = format!("{:.0}\u{202f}%", zoom * 100.0);
            ui.add_sized(
                egui::vec2(size::COLUMN_MIN, size::CONTROL),
                Label::new(Text::Number.rich(words)).halign(egui::Align::Center),
            );
            if ui.add(Button::icon_only(icon::PLUS, "Larger").outlined().shortcut("Ctrl++")).clicked() {
                actions.push(Action::SetZoom(zoom + STEP));
            }
            if (zoom - 1.0).abs() > STEP / 2.0 && ui.add(Button::quiet("As made")).clicked() {
                actions.push(Action::SetZoom(1.0));
            }
        });
    });
}
