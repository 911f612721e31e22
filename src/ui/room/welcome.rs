//! Welcome: no register is open. Make one, open one, look at the sample.

use std::path::{Path, PathBuf};

use egui::{Align, Label, Layout, Sense, Ui, WidgetInfo, pos2, vec2};

use super::scroll_page_ui;
use crate::app::preferences::{Preferences, guessed_actor, guessed_zone};
use crate::app::session::{Notice, Request};
use crate::domain::shop::Shop;
use crate::ui::action::{Action, Purpose};
use crate::ui::icon;
use crate::ui::route::Room;
use crate::ui::theme::{self, Text, paint, size};
use crate::ui::widget::{Button, Field, FilterChip, PathEvent, card_ui, path_field_ui};

/// How many zones are offered for what was typed.
const ZONES: usize = 5;

/// The first words stand this fraction of the window's height from the top.
const WELCOME_DOWN: f32 = 8.0;

/// What the room remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    draft: Option<Draft>,
}

/// A new register as it is typed.
#[derive(Debug)]
struct Draft {
    name: String,
    /// Who is at work, asked once for all registers.
    actor: String,
    zone: String,
    path: String,
    /// The path was typed or picked: the name no longer changes it.
    own_path: bool,
    issues: [Option<String>; 4],
    waiting: bool,
}

impl Draft {
    fn new() -> Self {
        let mut draft = Self {
            name: String::new(),
            actor: guessed_actor(),
            zone: guessed_zone(),
            path: String::new(),
            own_path: false,
            issues: Default::default(),
            waiting: false,
        };
        draft.propose();
        draft
    }

    fn propose(&mut self) {
        if self.own_path {
            return;
        }
        let folder = std::env::current_dir().unwrap_or_default();
        self.path = folder.join(self.file_name()).display().to_string();
    }

    /// `tidewater-fittings.patchbook`.
    fn file_name(&self) -> String {
        let letters = self.name.trim().to_lowercase();
        let parts = letters.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
        let stem = parts.collect::<Vec<_>>().join("-");
        format!("{}.patchbook", if stem.is_empty() { "register" } else { &stem })
    }

    /// What to ask for, or nothing with the issues named.
    fn request(&mut self, asks_name: bool) -> Option<Request> {
        let path = PathBuf::from(self.path.trim());
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let said = |wrong: bool, text: &str| wrong.then(|| text.to_owned());
        self.issues = [
            said(self.name.trim().is_empty(), "Type the name that stands on every page"),
            said(
                self.zone.trim().parse::<chrono_tz::Tz>().is_err(),
                "Not a time zone. Write it like Europe/Berlin",
            ),
            said(path.as_os_str().is_empty() || path.is_dir(), "Name a file")
                .or_else(|| {
                    said(path.exists(), "There is already a file of this name; it is never overwritten")
                })
                .or_else(|| {
                    said(folder.is_some_and(|folder| !folder.is_dir()), "There is no folder of this name")
                }),
            said(asks_name && self.actor.trim().is_empty(), "Type your name: it goes into every entry"),
        ];
        if self.issues.iter().any(Option::is_some) {
            return None;
        }
        self.waiting = true;
        let shop =
            Shop { name: self.name.trim().to_owned(), zone: self.zone.trim().to_owned(), ..Shop::default() };
        Some(Request::Create { path, shop: Box::new(shop) })
    }
}

impl State {
    /// Starts with a new register.
    pub fn begin_new(&mut self) {
        self.draft.get_or_insert_with(Draft::new);
    }

    /// Takes the place that was picked for the new register.
    pub fn place(&mut self, path: &Path) {
        let draft = self.draft.get_or_insert_with(Draft::new);
        draft.path = path.display().to_string();
        draft.own_path = true;
        draft.issues[2] = None;
    }

    /// Another register is open: the draft is done with.
    pub fn reset(&mut self) {
        self.draft = None;
    }

    /// Takes an answer; `true` if it was this room's.
    pub fn notice(&mut self, notice: &Notice) -> bool {
        let Some(draft) = self.draft.as_mut().filter(|draft| draft.waiting) else { return false };
        match notice {
            Notice::Failed { error, ticket: None } => {
                draft.waiting = false;
                draft.issues[2] = Some(error.summary.clone());
                true
            }
            _ => false,
        }
    }
}

/// Draws the room. `is_open` says whether a register is open behind it.
pub fn room_ui(
    state: &mut State,
    preferences: &Preferences,
    is_open: bool,
    can_browse: bool,
    ui: &mut Ui,
) -> Vec<Action> {
    let mut actions = Vec::new();
    scroll_page_ui(ui, "welcome", |ui| {
        let top = ui.ctx().content_rect().height() / WELCOME_DOWN;
        let side = ((ui.available_width() - size::PALETTE) / 2.0).max(0.0);
        ui.horizontal_top(|ui| {
            ui.add_space(side);
            ui.allocate_ui_with_layout(
                vec2(size::PALETTE.min(ui.available_width()), 0.0),
                Layout::top_down(Align::Min),
                |ui| {
                    ui.spacing_mut().item_spacing.y = size::GAP;
                    ui.add_space(top);
                    column_ui(state, preferences, is_open, can_browse, ui, &mut actions);
                },
            );
        });
    });
    actions
}

fn column_ui(
    state: &mut State,
    preferences: &Preferences,
    is_open: bool,
    can_browse: bool,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) {
    let tokens = theme::tokens(ui);
    title_ui(ui);
    ui.add_space(size::GAP);
    let asks_name = preferences.actor.trim().is_empty();
    if let Some(draft) = &mut state.draft {
        let done =
            card_ui(ui, Some("New register"), |ui| draft_ui(draft, asks_name, can_browse, ui, actions)).inner;
        if done {
            state.draft = None;
        }
    } else {
        ui.horizontal(|ui| {
            if ui.add(Button::primary("New register").icon(icon::FILE_PLUS)).clicked() {
                state.draft = Some(Draft::new());
            }
            if ui.add(Button::secondary("Open…").icon(icon::FOLDER_OPEN)).clicked() {
                actions.push(Action::Pick(Purpose::OpenRegister));
            }
            if ui.add(Button::secondary("Make the sample…").icon(icon::BOOK_OPEN_CHECK)).clicked() {
                actions.push(Action::Pick(Purpose::SampleFolder));
            }
            if is_open && ui.add(Button::quiet("Back")).clicked() {
                actions.push(Action::Go(Room::Today));
            }
        });
        let words = "The sample is an invented shop with six months of exports: look around in it without risk. \
                     Or drop a register on this window.";
        ui.add(Label::new(Text::Body.rich(words).color(tokens.weak)).wrap());
    }
    if !preferences.recent.is_empty() {
        ui.add_space(size::GAP_LARGE);
        card_ui(ui, Some("Opened last"), |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for path in &preferences.recent {
                if recent_ui(ui, path) {
                    actions.push(Action::Open(path.clone()));
                }
            }
        });
    }
}

fn title_ui(ui: &mut Ui) {
    let tokens = theme::tokens(ui);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(size::PAGE_HEADER), Sense::hover());
        ui.painter().rect_filled(rect, size::RADIUS_WINDOW, tokens.accent);
        paint::icon(ui.painter(), rect.center(), icon::BOOK_OPEN_CHECK, Text::IconLarge, tokens.on_accent);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = size::LINE;
            let heading = ui.label(Text::Figure.rich("Patchbook"));
            ui.ctx().accesskit_node_builder(heading.id, |node| node.set_role(egui::accesskit::Role::Heading));
            let words = "The book of record for patching in a small IT shop";
            ui.label(Text::Body.rich(words).color(tokens.weak));
        });
    });
}

/// Draws the form of a new register; `true` when it is left.
fn draft_ui(
    draft: &mut Draft,
    asks_name: bool,
    can_browse: bool,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) -> bool {
    ui.spacing_mut().item_spacing.y = size::CELL_PAD;
    let Draft { name, actor, zone, path, issues, .. } = draft;
    let [name_issue, zone_issue, path_issue, actor_issue] = issues;
    let named = Field::new("new", "Shop", name)
        .required()
        .hint("Tidewater Fittings")
        .help("Stands on every printed page")
        .issue(name_issue.as_deref())
        .ui(ui);
    if named.changed() {
        *name_issue = None;
    }
    let zoned = Field::new("new", "Time zone", zone)
        .required()
        .hint("Europe/Berlin")
        .help("A deadline of so many days ends at midnight here")
        .issue(zone_issue.as_deref())
        .ui(ui);
    if zoned.changed() {
        *zone_issue = None;
    }
    zones_ui(ui, zone);
    if asks_name {
        let field = Field::new("new", "Your name", actor).required().issue(actor_issue.as_deref());
        if field.help("Goes into every entry of the history; nobody checks it").ui(ui).changed() {
            *actor_issue = None;
        }
    }
    let event = path_field_ui(ui, "new", "File", path, path_issue.as_deref(), can_browse);
    match event {
        Some(PathEvent::Changed) => {
            draft.own_path = true;
            draft.issues[2] = None;
        }
        Some(PathEvent::Browse) => {
            let name = draft.file_name();
            actions.push(Action::Pick(Purpose::NewRegister { name }));
        }
        _ => {}
    }
    if named.changed() {
        draft.propose();
    }
    let entered = ui.input(|input| input.key_pressed(egui::Key::Enter))
        && (named.lost_focus() || zoned.lost_focus() || event == Some(PathEvent::Entered));
    let mut left = false;
    ui.horizontal(|ui| {
        let make = ui.add(Button::primary("Make the register").enabled(!draft.waiting)).clicked() || entered;
        if make && let Some(request) = draft.request(asks_name) {
            if asks_name {
                actions.push(Action::SetActor(draft.actor.trim().to_owned()));
            }
            actions.push(Action::Send(request));
        }
        left = ui.add(Button::secondary("Cancel")).clicked();
    });
    left
}

/// Offers zones that fit what was typed, while it is none yet.
fn zones_ui(ui: &mut Ui, zone: &mut String) {
    let typed = zone.trim().to_lowercase().replace(' ', "_");
    if typed.len() < 2 || zone.trim().parse::<chrono_tz::Tz>().is_ok() {
        return;
    }
    let fits = |name: &&str| name.to_lowercase().contains(&typed);
    let names: Vec<&str> =
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).filter(fits).take(ZONES).collect();
    ui.horizontal_wrapped(|ui| {
        for name in names {
            if ui.add(FilterChip::new(name, false)).clicked() {
                name.clone_into(zone);
            }
        }
    });
}

/// One file opened lately; `true` when it is wanted.
fn recent_ui(ui: &mut Ui, path: &Path) -> bool {
    let tokens = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::DRAWER), Sense::click());
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    response.widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Link, true, format!("Open {name}")));
    let painter = ui.painter();
    if response.hovered() {
        painter.rect_filled(rect, size::RADIUS, tokens.hover);
    }
    let glyph = pos2(rect.left() + size::GAP + size::ICON / 2.0, rect.center().y);
    paint::icon(painter, glyph, icon::DATABASE, Text::Icon, tokens.weak);
    let left = glyph.x + size::ICON / 2.0 + size::CELL_PAD;
    let (top, bottom) = rect.shrink2(vec2(0.0, size::BUTTON_PAD_Y)).split_top_bottom_at_fraction(0.5);
    let room = rect.right() - size::GAP - left;
    let title = paint::line(painter, &name, Text::Medium, tokens.text, room);
    paint::line_at(painter, top, left, title, tokens.text);
    let folder = path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
    let note = paint::line(painter, &folder, Text::Small, tokens.weak, room);
    paint::line_at(painter, bottom, left, note, tokens.weak);
    if response.has_focus() {
        paint::focus_ring_inside(painter, tokens, rect, size::RADIUS);
    }
    response.clicked()
}
