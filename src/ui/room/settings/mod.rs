//! Settings: by what rules does this register count, and who is at work. Rules, people and groups open beside the page.

pub mod people;
pub mod rule;
pub mod sent;
pub mod shop;

use std::path::Path;

use egui::{Key, Modifiers, Ui};

use super::{Ctx, scroll_page_ui};
use crate::app::preferences::Theme;
use crate::app::session::Notice;
use crate::ui::action::Action;
use crate::ui::theme::{self, Text, size};
use crate::ui::widget::choice::choice_ui;
use crate::ui::widget::modal::{Answer as Said, Question, question_ui};
use crate::ui::widget::{Button, Field, card_ui, page_header_ui, side_panel_ui};

use people::{GroupForm, PersonForm};
use sent::Answer;

pub use shop::logo_image;

/// What the room remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    shop: Option<shop::Form>,
    panel: Option<Panel>,
    /// The person at work as typed; nothing until it is edited.
    actor: Option<String>,
    asking: bool,
}

/// What is open beside the page.
#[derive(Debug)]
pub enum Panel {
    /// A deadline rule.
    Rule(rule::Form),
    /// A person.
    Person(PersonForm),
    /// A patch group.
    Group(GroupForm),
}

impl Panel {
    fn title(&self) -> &str {
        match self {
            Self::Rule(form) => form.title(),
            Self::Person(form) => form.title(),
            Self::Group(form) => form.title(),
        }
    }

    fn is_changed(&self) -> bool {
        match self {
            Self::Rule(form) => form.is_changed(),
            Self::Person(form) => form.is_changed(),
            Self::Group(form) => form.is_changed(),
        }
    }

    fn notice(&mut self, notice: &Notice) -> Answer {
        match self {
            Self::Rule(form) => form.notice(notice),
            Self::Person(form) => form.notice(notice),
            Self::Group(form) => form.notice(notice),
        }
    }

    fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        match self {
            Self::Rule(form) => form.save(ctx),
            Self::Person(form) => form.save(ctx),
            Self::Group(form) => form.save(ctx),
        }
    }
}

impl State {
    /// Another register was opened: nothing of the last one stays.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// The form that holds unsaved text, by name.
    pub fn unsaved(&self) -> Option<String> {
        let panel = self.panel.as_ref().filter(|panel| panel.is_changed()).map(|panel| panel.title().to_owned());
        let shop = || self.shop.as_ref().is_some_and(shop::Form::is_changed).then(|| "the settings".to_owned());
        panel.or_else(shop)
    }

    /// Takes the picture that was picked as the logo.
    pub fn logo(&mut self, path: &Path) {
        if let Some(form) = &mut self.shop {
            form.take_logo(path);
        }
    }

    /// Takes an answer; `true` if it was this room's, so that nobody else shows it.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let answer = self.panel.as_mut().map_or(Answer::NotMine, |panel| panel.notice(notice));
        if answer == Answer::Saved {
            self.panel = None;
        }
        let shop = self.shop.as_mut().is_some_and(|form| form.notice(notice));
        shop || answer != Answer::NotMine
    }

    /// Opens a panel unless another one holds words that would be lost.
    fn want(&mut self, panel: Panel) {
        if self.panel.as_ref().is_some_and(Panel::is_changed) {
            self.asking = true;
        } else {
            self.panel = Some(panel);
        }
    }
}

/// Draws the room.
pub fn room_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    if ctx.can_write() && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::S)) {
        actions.extend(match (&mut state.panel, &mut state.shop) {
            (Some(panel), _) => panel.save(ctx),
            (None, Some(form)) if form.is_changed() => form.save(ctx),
            _ => None,
        });
    }
    actions.extend(panel_ui(state, ctx, ui));
    scroll_page_ui(ui, "settings", |ui| {
        page_header_ui(ui, "Settings", "Every change is an entry in the history and can be undone", None, &[]);
        ui.spacing_mut().item_spacing.y = size::GAP_LARGE;
        you_ui(state, ctx, ui, &mut actions);
        let mut wanted = None;
        let form = state.shop.get_or_insert_with(|| shop::Form::new(&ctx.book().shop));
        form.follow(&ctx.book().shop);
        ui.add_enabled_ui(ctx.can_write(), |ui| {
            ui.spacing_mut().item_spacing.y = size::GAP_LARGE;
            actions.extend(shop::shop_ui(form, ctx, ui));
        });
        wanted = rule::table_ui(ctx, ui).or(wanted);
        wanted = people::people_ui(ctx, ui).or(wanted);
        wanted = people::groups_ui(ctx, ui).or(wanted);
        if let Some(panel) = wanted {
            state.want(panel);
        }
    });
    asking_ui(state, ui);
    actions
}

fn panel_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let Some(panel) = &mut state.panel else { return Vec::new() };
    let title = panel.title().to_owned();
    let (actions, mut close) = side_panel_ui(ui, "settings", &title, None, |ui| {
        ui.spacing_mut().item_spacing.y = size::CELL_PAD;
        match panel {
            Panel::Rule(form) => rule::form_ui(form, ctx, ui),
            Panel::Person(form) => people::person_ui(form, ctx, ui),
            Panel::Group(form) => people::group_ui(form, ctx, ui),
        }
    });
    close |= !state.asking && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    if close {
        if panel.is_changed() {
            state.asking = true;
        } else {
            state.panel = None;
        }
    }
    actions
}

fn asking_ui(state: &mut State, ui: &Ui) {
    if !state.asking {
        return;
    }
    let name = state.panel.as_ref().map_or("", Panel::title);
    let title = format!("Discard what you typed in {name}?");
    let question = Question { title: &title, body: "It is not in the register yet.", yes: "Discard", other: None, danger: true };
    if let Some(said) = question_ui(ui.ctx(), &question) {
        state.asking = false;
        if said == Said::Yes {
            state.panel = None;
        }
    }
}

fn you_ui(state: &mut State, ctx: &Ctx<'_>, ui: &mut Ui, actions: &mut Vec<Action>) {
    card_ui(ui, Some("You"), |ui| {
        let kept = &ctx.preferences.actor;
        let text = state.actor.get_or_insert_with(|| kept.clone());
        let mut save = false;
        ui.horizontal_top(|ui| {
            let field = Field::new("you", "Your name", text).width(size::SEARCH);
            let field = field.help("Goes into every entry of the history; nobody checks it");
            let typed = field.ui(ui);
            save = typed.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            ui.vertical(|ui| {
                ui.add_space(size::STEP);
                let changed = text.trim() != kept && !text.trim().is_empty();
                save |= ui.add(Button::secondary("Use this name").enabled(changed)).clicked();
            });
            ui.add_space(size::GAP_SECTION);
            ui.vertical(|ui| {
                ui.label(Text::Medium.rich("Look").color(theme::tokens(ui).text));
                let themes = [Theme::System, Theme::Light, Theme::Dark];
                let mut at = themes.iter().position(|theme| *theme == ctx.preferences.theme).unwrap_or(0);
                if choice_ui(ui, "Look", &["System", "Light", "Dark"], &mut at).changed() {
                    actions.push(Action::SetTheme(themes[at]));
                }
            });
        });
        if save && !text.trim().is_empty() && text.trim() != kept {
            actions.push(Action::SetActor(text.trim().to_owned()));
        }
    });
}

/// Where a value stands among its kind.
fn choice_of<T: PartialEq>(all: &[T], value: T) -> usize {
    all.iter().position(|other| *other == value).unwrap_or(0)
}
