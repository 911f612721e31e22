//! The card of the shop: name, logo, zone, paper.

use chrono_tz::TZ_VARIANTS;
use egui::{Image, TextureHandle, TextureOptions, Ui, Vec2};

use super::counting::why_ui;
use super::form::{Form, beside_ui, section_ui};
use super::logo;
use crate::domain::command::Command;
use crate::domain::shop::{Paper, Shop};
use crate::ui::action::{Action, Purpose};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, paint, size};
use crate::ui::widget::{Button, Field, FilterChip, choice_ui, form};

/// The fields that say their own issues.
const FIELDS: [&str; 4] = ["name", "zone", "logo", "reason"];

/// How many zones are offered for what was typed.
const OFFERED: usize = 6;

/// The texts as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    name: String,
    zone: String,
    logo: String,
    /// Index into [`Paper::ALL`].
    paper: usize,
    /// Why the zone is changed.
    reason: String,
}

impl Draft {
    fn of(shop: &Shop) -> Self {
        let paper = Paper::ALL.iter().position(|paper| *paper == shop.paper).unwrap_or_default();
        let (name, zone, logo) = (shop.name.clone(), shop.zone.clone(), shop.logo.clone());
        Self { name, zone, logo, paper, reason: String::new() }
    }
}

/// The card.
#[derive(Default)]
pub struct Card {
    /// The form, once a frame has read the register.
    pub form: Option<Form<Draft>>,
    /// A picture that was picked, or what is wrong with it.
    pub picked: Option<Result<String, String>>,
    issue: Option<String>,
    /// The picture as drawn, and the text it was made of.
    shown: Option<(String, Option<TextureHandle>)>,
}

impl std::fmt::Debug for Card {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Card").field("form", &self.form).finish_non_exhaustive()
    }
}

impl Card {
    /// Draws the card.
    pub fn ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Action> {
        let now = Draft::of(&ctx.book().shop);
        let form = self.form.get_or_insert_with(|| Form::new(now.clone()));
        form.follow(now);
        match self.picked.take() {
            Some(Ok(picture)) => {
                form.draft.logo = picture;
                self.issue = None;
            }
            Some(Err(issue)) => self.issue = Some(issue),
            None => {}
        }
        let dirty = form.is_dirty();
        let words = "Printed on every page. Days and deadlines end at midnight in the zone.";
        let mut action = None;
        section_ui(ui, "Shop", words, dirty, |ui| {
            ui.add_enabled_ui(ctx.can_write(), |ui| action = self.inside_ui(ctx, ui));
        });
        action
    }

    fn inside_ui(&mut self, ctx: &Ctx<'_>, ui: &mut Ui) -> Option<Action> {
        let mut action = self.logo_ui(ui);
        let form = self.form.as_mut()?;
        let (name, zone) = (form.issue("name"), form.issue("zone"));
        Field::new("shop", "Shop name", &mut form.draft.name).required().issue(name.as_deref()).ui(ui);
        beside_ui(ui, &[2.0, 1.0], |ui, _, at| {
            if at == 0 {
                zone_ui(&mut form.draft.zone, zone.as_deref(), ui);
            } else {
                let words: Vec<&str> = Paper::ALL.iter().map(|paper| paper.text()).collect();
                ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
                form::label_ui(ui, "Paper", false);
                choice_ui(ui, "Paper", &words, &mut form.draft.paper);
            }
        });
        if form.draft.zone.trim() != ctx.book().shop.zone && !ctx.book().batches.is_empty() {
            let issue = form.issue("reason");
            why_ui(&mut form.draft.reason, issue.as_deref(), ui);
        }
        if form.foot_ui(ui, ctx, &FIELDS, "Save shop") {
            action = self.save(ctx);
        }
        action
    }

    /// Sends the card.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        let form = self.form.as_mut()?;
        let base = ctx.book().shop.as_ref().clone();
        let draft = form.draft.clone();
        let zone = draft.zone.trim().to_owned();
        let paper = Paper::ALL.get(draft.paper).copied().unwrap_or(base.paper);
        let shop = Shop { name: draft.name, zone, logo: draft.logo, paper, ..base.clone() };
        let reason = draft.reason;
        Some(form.send(ctx, Command::SaveShop { base: Box::new(base), shop: Box::new(shop), reason }))
    }

    fn logo_ui(&mut self, ui: &mut Ui) -> Option<Action> {
        let form = self.form.as_mut()?;
        let issue = self.issue.clone().or(form.issue("logo"));
        if self.shown.as_ref().is_none_or(|(of, _)| *of != form.draft.logo) {
            let image = logo::logo_image(&form.draft.logo);
            let load = |image| ui.ctx().load_texture("logo draft", image, TextureOptions::LINEAR);
            self.shown = Some((form.draft.logo.clone(), image.map(load)));
        }
        let texture = self.shown.as_ref().and_then(|(_, texture)| texture.as_ref());
        let tokens = theme::tokens(ui);
        let mut action = None;
        ui.horizontal(|ui| {
            let (rect, response) = ui.allocate_exact_size(Vec2::splat(size::LOGO), egui::Sense::hover());
            paint::filled(ui.painter(), rect, size::RADIUS, tokens.page, Some(tokens.border));
            if let Some(texture) = texture {
                let inner = rect.shrink(size::GAP_SMALL);
                let fitted = Image::new(texture).calc_size(inner.size(), Some(texture.size_vec2()));
                Image::new(texture).paint_at(ui, egui::Rect::from_center_size(rect.center(), fitted));
            } else {
                paint::icon(ui.painter(), rect.center(), icon::BUILDING_2, Text::IconLarge, tokens.weak);
            }
            response.widget_info(|| {
                let words = if texture.is_some() { "The logo" } else { "No logo" };
                egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, words)
            });
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = size::GAP_SMALL;
                ui.horizontal(|ui| {
                    if ui.add(Button::secondary("Choose a logo…").icon(icon::UPLOAD)).clicked() {
                        action = Some(Action::Pick(Purpose::Logo));
                    }
                    let remove = Button::quiet_danger("Remove logo");
                    if !form.draft.logo.is_empty() && ui.add(remove).clicked() {
                        form.draft.logo.clear();
                        self.issue = None;
                    }
                });
                form::note_ui(ui, issue.as_deref(), Some("A PNG of at most 512 KB"));
            });
        });
        action
    }
}

/// A zone by typing a part of its name and choosing from what fits.
fn zone_ui(zone: &mut String, issue: Option<&str>, ui: &mut Ui) {
    let known = zone.trim().parse::<chrono_tz::Tz>().is_ok();
    let unknown = (!known).then_some("Not a zone yet. Choose one below, or type more of a city");
    let help = "Type a city or a region";
    Field::new("shop", "Time zone", zone).required().help(help).issue(issue.or(unknown)).ui(ui);
    if known {
        return;
    }
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        for name in zones_like(zone) {
            if ui.add(FilterChip::new(name, false)).clicked() {
                chosen = Some(name);
            }
        }
    });
    if let Some(name) = chosen {
        name.clone_into(zone);
    }
}

/// The zones that fit what was typed; those whose city begins with it come first.
fn zones_like(typed: &str) -> Vec<&'static str> {
    let wanted = typed.trim().to_lowercase().replace(' ', "_");
    if wanted.is_empty() {
        return Vec::new();
    }
    let names = TZ_VARIANTS.iter().map(|zone| zone.name());
    let mut found: Vec<(bool, &str)> = names
        .filter_map(|name| {
            let folded = name.to_lowercase();
            let city = folded.rsplit('/').next().unwrap_or_default();
            folded.contains(&wanted).then_some((!city.starts_with(&wanted), name))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, name)| name).take(OFFERED).collect()
}
