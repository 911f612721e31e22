//! The settings of the shop as a form: name, logo, zone, paper, freshness, covered classes, the day it began.

use std::collections::BTreeMap;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use egui::{Image, TextureHandle, Ui, vec2};

use super::sent::{Answer, Sent};
use crate::app::session::Notice;
use crate::domain::command::Command;
use crate::domain::shop::{Paper, Shop};
use crate::domain::update::Classification;
use crate::ui::action::{Action, Purpose};
use crate::ui::icon;
use crate::ui::room::Ctx;
use crate::ui::theme::{self, Text, Tone, size};
use crate::ui::widget::banner::Banner;
use crate::ui::widget::tick_box::TickBox;
use crate::ui::widget::{Button, DateField, Dropdown, Field, card_ui, date_text};
use crate::util::text::count;

/// A logo larger than this is refused before it is read, in bytes.
const LOGO_MAX: u64 = 512 * 1024;

/// The form. Texts are as typed.
pub struct Form {
    base: Shop,
    name: String,
    zone: String,
    paper: Option<usize>,
    fresh_server: String,
    fresh_other: String,
    adoption: String,
    covered: Vec<bool>,
    logo: String,
    sent: Sent,
    counts: (i64, BTreeMap<Classification, u64>),
    preview: Option<(String, Option<TextureHandle>)>,
}

impl Form {
    /// A form over the settings as they stand.
    pub fn new(shop: &Shop) -> Self {
        Self {
            base: shop.clone(),
            name: shop.name.clone(),
            zone: shop.zone.clone(),
            paper: Paper::ALL.iter().position(|paper| *paper == shop.paper),
            fresh_server: shop.fresh_server_days.to_string(),
            fresh_other: shop.fresh_other_days.to_string(),
            adoption: shop.adoption_on.map(date_text::say).unwrap_or_default(),
            covered: Classification::ALL.iter().map(|class| shop.covered.contains(class)).collect(),
            logo: shop.logo.clone(),
            sent: Sent::default(),
            counts: (-1, BTreeMap::new()),
            preview: None,
        }
    }

    /// Whether it holds words that are not in the register.
    pub fn is_changed(&self) -> bool {
        let fresh = Self::new(&self.base);
        (&self.name, &self.zone, self.paper, &self.logo) != (&fresh.name, &fresh.zone, fresh.paper, &fresh.logo)
            || (&self.fresh_server, &self.fresh_other) != (&fresh.fresh_server, &fresh.fresh_other)
            || (&self.adoption, &self.covered) != (&fresh.adoption, &fresh.covered)
    }

    /// Follows the register while nothing was typed.
    pub fn follow(&mut self, shop: &Shop) {
        if *shop != self.base && !self.is_changed() {
            *self = Self::new(shop);
        }
    }

    /// Takes the picture that was picked.
    pub fn take_logo(&mut self, path: &Path) {
        self.sent.edited("logo");
        let too_large = std::fs::metadata(path).is_ok_and(|meta| meta.len() > LOGO_MAX);
        let bytes = if too_large { None } else { std::fs::read(path).ok() };
        let encoded = bytes.map(|bytes| STANDARD.encode(bytes));
        match encoded.filter(|text| logo_image(text).is_some()) {
            Some(text) => self.logo = text,
            None if too_large => self.sent.refuse("logo", "The logo is larger than 512 KB. Choose a smaller PNG."),
            None => self.sent.refuse("logo", "This is no PNG picture that can be read."),
        }
    }

    /// Takes an answer; `true` if it was this form's.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        match self.sent.answer(notice) {
            Answer::NotMine => false,
            Answer::Saved => {
                if let Notice::Changed { shown, .. } = notice {
                    *self = Self::new(&shown.book.shop);
                }
                true
            }
            Answer::Refused => true,
        }
    }

    /// Sends the settings, or names what is wrong.
    pub fn save(&mut self, ctx: &Ctx<'_>) -> Option<Action> {
        self.sent.clear();
        let days = |sent: &mut Sent, field: &'static str, text: &str| {
            text.trim().parse::<i64>().unwrap_or_else(|_| {
                sent.refuse(field, "Type a number of days.");
                0
            })
        };
        let adoption_on = date_text::read(&self.adoption, ctx.today);
        if adoption_on.is_none() && !self.adoption.trim().is_empty() {
            self.sent.refuse("adoption_on", "Not a date. Write it like 8 Dec 2026.");
        }
        let chosen = Classification::ALL.iter().zip(&self.covered).filter(|(_, on)| **on);
        let shop = Shop {
            name: self.name.clone(),
            zone: self.zone.trim().to_owned(),
            logo: self.logo.clone(),
            paper: self.paper.and_then(|at| Paper::ALL.get(at).copied()).unwrap_or(self.base.paper),
            fresh_server_days: days(&mut self.sent, "fresh_server_days", &self.fresh_server),
            fresh_other_days: days(&mut self.sent, "fresh_other_days", &self.fresh_other),
            covered: chosen.map(|(class, _)| *class).collect(),
            adoption_on,
            ..self.base.clone()
        };
        if self.sent.is_refused() {
            return None;
        }
        let base = Box::new(self.base.clone());
        self.sent.send(ctx, Command::SaveShop { base, shop: Box::new(shop) })
    }
}

/// Draws the cards of the shop.
pub fn shop_ui(form: &mut Form, ctx: &Ctx<'_>, ui: &mut Ui) -> Vec<Action> {
    let mut actions = Vec::new();
    card_ui(ui, Some("Shop"), |ui| {
        if let Some(issue) = form.sent.issue("") {
            Banner::new(Tone::Bad, "The settings were not saved").words(&issue).ui(ui);
        }
        ui.columns(2, |columns| {
            let [left, right] = columns else { return };
            left.spacing_mut().item_spacing.y = size::CELL_PAD;
            right.spacing_mut().item_spacing.y = size::CELL_PAD;
            names_ui(form, ctx, left);
            counting_ui(form, ctx, right);
        });
        logo_ui(form, ui, &mut actions);
    });
    card_ui(ui, Some("Updates the policy covers"), |ui| covered_ui(form, ctx, ui));
    let changed = form.is_changed();
    ui.horizontal(|ui| {
        let save = Button::primary("Save settings").icon(icon::SAVE).shortcut("Ctrl+S").enabled(changed);
        if ui.add(save).clicked() {
            actions.extend(form.save(ctx));
        }
        if ui.add(Button::secondary("Revert").enabled(changed)).clicked() {
            *form = Form::new(&ctx.book().shop);
        }
    });
    actions
}

fn names_ui(form: &mut Form, ctx: &Ctx<'_>, ui: &mut Ui) {
    let issue = form.sent.issue("name");
    let field = Field::new("shop", "Name", &mut form.name).required().help("Stands on every printed page");
    if field.issue(issue.as_deref()).ui(ui).changed() {
        form.sent.edited("name");
    }
    let issue = form.sent.issue("zone");
    let field = Field::new("shop", "Time zone", &mut form.zone).required().hint("Europe/Berlin");
    let field = field.help("A deadline of so many days ends at midnight here").issue(issue.as_deref());
    if field.ui(ui).changed() {
        form.sent.edited("zone");
    }
    let papers: Vec<&str> = Paper::ALL.iter().map(|paper| paper.text()).collect();
    Dropdown::new("shop", "Paper", &papers, &mut form.paper).ui(ui);
    let issue = form.sent.issue("adoption_on");
    let field = DateField::new("shop", "Began with Patchbook on", &mut form.adoption, ctx.today);
    if field.issue(issue.as_deref()).ui(ui).changed() {
        form.sent.edited("adoption_on");
    }
}

fn counting_ui(form: &mut Form, _ctx: &Ctx<'_>, ui: &mut Ui) {
    let days = [
        ("fresh_server_days", "Servers report within", &mut form.fresh_server),
        ("fresh_other_days", "Other machines report within", &mut form.fresh_other),
    ];
    for (name, label, text) in days {
        let issue = form.sent.issue(name);
        let field = Field::new("shop", label, text).number().unit("days").required();
        let field = field.help("A machine silent for longer counts as unknown").issue(issue.as_deref());
        if field.ui(ui).changed() {
            form.sent.edited(name);
        }
    }
    let tokens = theme::tokens(ui);
    let words = "Updates released before the day the shop began are the catch-up campaign: they count, and are shown apart.";
    ui.add(egui::Label::new(Text::Small.rich(words).color(tokens.weak)).wrap());
}

fn logo_ui(form: &mut Form, ui: &mut Ui, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    if form.preview.as_ref().is_none_or(|(of, _)| *of != form.logo) {
        let texture = logo_image(&form.logo)
            .map(|image| ui.ctx().load_texture("logo preview", image, egui::TextureOptions::LINEAR));
        form.preview = Some((form.logo.clone(), texture));
    }
    ui.add_space(size::GAP_SMALL);
    ui.horizontal(|ui| {
        ui.label(Text::Medium.rich("Logo"));
        if let Some((_, Some(texture))) = &form.preview {
            ui.add(Image::new(texture).max_size(vec2(size::FIGURE, size::CONTROL)).alt_text("The shop's logo"));
        } else {
            ui.label(Text::Body.rich("none").color(tokens.weak));
        }
        if ui.add(Button::secondary("Choose a PNG…")).clicked() {
            actions.push(Action::Pick(Purpose::Logo));
        }
        if !form.logo.is_empty() && ui.add(Button::quiet("Remove logo")).clicked() {
            form.logo.clear();
        }
        if let Some(issue) = form.sent.issue("logo") {
            ui.label(Text::Small.rich(issue).color(tokens.bad));
        }
    });
}

fn covered_ui(form: &mut Form, ctx: &Ctx<'_>, ui: &mut Ui) {
    let tokens = theme::tokens(ui);
    let seq = ctx.book().head.seq;
    if form.counts.0 != seq {
        let mut counts: BTreeMap<Classification, u64> = BTreeMap::new();
        for update in ctx.book().updates.rows() {
            *counts.entry(update.classification).or_default() += 1;
        }
        form.counts = (seq, counts);
    }
    let words = "What is not ticked is noise: it is kept and counted, and is in no figure. The number is how many updates of \
                 the class the register holds.";
    ui.add(egui::Label::new(Text::Small.rich(words).color(tokens.weak)).wrap());
    let mut changed = false;
    ui.columns(3, |columns| {
        for (at, class) in Classification::ALL.iter().enumerate() {
            let n = form.counts.1.get(class).copied().unwrap_or(0);
            let words = format!("{}  {}", class.text(), count(n));
            if let (Some(on), Some(column)) = (form.covered.get_mut(at), columns.get_mut(at % 3)) {
                changed |= column.add(TickBox::new(on, &words)).changed();
            }
        }
    });
    if changed {
        form.sent.edited("covered");
    }
    if let Some(issue) = form.sent.issue("covered") {
        ui.label(Text::Small.rich(issue).color(tokens.bad));
    }
}

/// The picture of a logo as the shop keeps it: PNG, base64. `None` where it cannot be read.
pub fn logo_image(base64: &str) -> Option<egui::ColorImage> {
    let bytes = STANDARD.decode(base64).ok().filter(|bytes| !bytes.is_empty())?;
    // What a picture claims to be is looked at before it is unpacked: width and height stand at this place in every PNG.
    let side = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    if side(16)? > SIDE_MAX || side(20)? > SIDE_MAX {
        return None;
    }
    let image = eframe::icon_data::from_png_bytes(&bytes).ok()?;
    let dims = [image.width as usize, image.height as usize];
    Some(egui::ColorImage::from_rgba_unmultiplied(dims, &image.rgba))
}

/// The most pixels a logo may be wide or high.
const SIDE_MAX: u32 = 4096;

impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Form").field("base", &self.base).field("sent", &self.sent).finish_non_exhaustive()
    }
}
