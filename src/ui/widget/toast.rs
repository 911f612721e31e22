//! Toasts at the bottom right, with an action such as Undo, and their history for the bell.
//!
//! A toast asks for exactly one repaint: when it is due to go. While the pointer or the keyboard is on it, it stays.

use std::collections::VecDeque;
use std::time::Duration;

use egui::accesskit::{Live, Role};
use egui::{Align2, Area, Context, Id, Label, Layout, Margin, Order, Sense, Ui, Vec2, vec2};

use super::button::{Button, Link};
use crate::ui::icon;
use crate::ui::theme::{self, Text, Tone, paint, size};

/// How many toasts the bell remembers.
const HISTORY: usize = 100;

/// A short message about something that happened. `A` is what its action asks for.
#[derive(Clone, Debug)]
pub struct Toast<A> {
    /// How it went.
    pub tone: Tone,
    /// What happened: "Saved LAP-014".
    pub title: String,
    /// More about it; may be empty.
    pub body: String,
    /// A verb and what it asks for: ("Undo", …).
    pub action: Option<(String, A)>,
    /// When it happened, in words, for the history.
    pub at: String,
}

impl<A> Toast<A> {
    /// A toast without an action.
    pub fn new(tone: Tone, title: impl Into<String>) -> Self {
        Self { tone, title: title.into(), body: String::new(), action: None, at: String::new() }
    }

    /// Says more.
    #[must_use]
    pub fn body(mut self, body: impl Into<String>) -> Self {
        self.body = body.into();
        self
    }

    /// Offers an action.
    #[must_use]
    pub fn action(mut self, verb: impl Into<String>, action: A) -> Self {
        self.action = Some((verb.into(), action));
        self
    }

    /// Says when, for the history.
    #[must_use]
    pub fn at(mut self, at: impl Into<String>) -> Self {
        self.at = at.into();
        self
    }

    /// How long it stays; a failure stays until it is read.
    fn seconds(&self) -> Option<f64> {
        match (self.tone, &self.action) {
            (Tone::Bad, _) => None,
            (_, Some(_)) => Some(size::TOAST_ACTION_SECS),
            (_, None) => Some(size::TOAST_SECS),
        }
    }
}

/// A toast on screen.
#[derive(Clone, Debug)]
struct OnScreen<A> {
    id: u64,
    toast: Toast<A>,
    /// The context's time at which it goes; set when it is first drawn.
    until: Option<f64>,
}

/// The toasts on screen and those that were.
#[derive(Clone, Debug)]
pub struct Toasts<A> {
    shown: Vec<OnScreen<A>>,
    history: VecDeque<Toast<A>>,
    next: u64,
    unread: usize,
}

impl<A> Default for Toasts<A> {
    fn default() -> Self {
        Self { shown: Vec::new(), history: VecDeque::new(), next: 0, unread: 0 }
    }
}

/// Asks toasts to leave this much free at the bottom right in this frame: what stands there must stay in reach.
pub fn keep_clear(ctx: &Context, height: f32) {
    ctx.data_mut(|data| data.insert_temp(clear_id(), height));
}

fn clear_id() -> Id {
    Id::unique("toasts keep clear")
}

impl<A: Clone> Toasts<A> {
    /// Shows a toast and remembers it.
    pub fn push(&mut self, toast: Toast<A>) {
        self.history.push_front(toast.clone());
        self.history.truncate(HISTORY);
        self.unread += 1;
        self.shown.push(OnScreen { id: self.next, toast, until: None });
        self.next += 1;
    }

    /// The toasts so far, the newest first.
    pub fn history(&self) -> impl Iterator<Item = &Toast<A>> {
        self.history.iter()
    }

    /// How many came since the bell was last opened.
    pub fn unread(&self) -> usize {
        self.unread
    }

    /// Notes that the history was read.
    pub fn mark_read(&mut self) {
        self.unread = 0;
    }

    /// How many are on screen.
    pub fn on_screen(&self) -> usize {
        self.shown.len()
    }

    /// Draws the toasts over everything and returns the action that was chosen. Call it last in a frame.
    pub fn toasts_ui(&mut self, ctx: &Context) -> Option<A> {
        if self.shown.is_empty() {
            return None;
        }
        let mut chosen = None;
        let mut gone = Vec::new();
        let clear = ctx.data_mut(|data| data.remove_temp::<f32>(clear_id())).unwrap_or_default();
        let area = Area::new(Id::unique("toasts"))
            .order(Order::Foreground)
            .anchor(Align2::RIGHT_BOTTOM, vec2(-size::MARGIN, -size::MARGIN - size::STATUS_BAR - clear))
            .interactable(true)
            .show(ctx, |ui| {
                ui.set_width(size::TOAST);
                ui.spacing_mut().item_spacing.y = size::GAP;
                for live in &self.shown {
                    let (action, close) = ui.push_id(live.id, |ui| toast_ui(ui, &live.toast)).inner;
                    if action {
                        chosen = live.toast.action.as_ref().map(|(_, action)| action.clone());
                    }
                    if action || close {
                        gone.push(live.id);
                    }
                }
            });
        self.shown.retain(|live| !gone.contains(&live.id));
        let held = area.response.contains_pointer();
        self.age(ctx, held);
        chosen
    }

    /// Lets toasts go when they are due and asks for the one repaint at which the next one is.
    fn age(&mut self, ctx: &Context, held: bool) {
        let now = ctx.input(|input| input.time);
        for live in &mut self.shown {
            if held || live.until.is_none() {
                live.until = live.toast.seconds().map(|seconds| now + seconds);
            }
        }
        let before = self.shown.len();
        self.shown.retain(|live| live.until.is_none_or(|until| until > now));
        if self.shown.len() < before {
            ctx.request_repaint();
        }
        // Under the pointer nothing goes, and moving it away is a frame of its own.
        if !held && let Some(next) = self.shown.iter().filter_map(|live| live.until).reduce(f64::min) {
            ctx.request_repaint_after(Duration::from_secs_f64((next - now).max(0.0)));
        }
    }
}

/// Draws one toast: whether its action was chosen, and whether it was sent away.
fn toast_ui<A>(ui: &mut Ui, toast: &Toast<A>) -> (bool, bool) {
    let tokens = theme::tokens(ui);
    let (mut action, mut close) = (false, false);
    let frame = egui::Frame::popup(ui.style()).inner_margin(Margin {
        left: size::CELL_PAD as i8,
        right: size::GAP_SMALL as i8,
        top: size::GAP_SMALL as i8,
        bottom: size::GAP as i8,
    });
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.allocate_ui_with_layout(
            vec2(ui.available_width(), size::CONTROL),
            Layout::right_to_left(egui::Align::Center),
            |ui| {
                close = ui.add(Button::icon_only(icon::X, "Dismiss")).clicked();
                if let Some((verb, _)) = &toast.action {
                    action = ui.add(Link::new(verb)).clicked();
                    ui.add_space(size::GAP_SMALL);
                }
                ui.with_layout(Layout::left_to_right(egui::Align::Center), |ui| {
                    let (rect, _) = ui.allocate_exact_size(Vec2::splat(size::ICON), Sense::hover());
                    let glyph = match toast.tone {
                        Tone::Good => icon::CIRCLE_CHECK,
                        Tone::Bad => icon::CIRCLE_X,
                        Tone::Warn => icon::TRIANGLE_ALERT,
                        Tone::Neutral | Tone::Info => icon::INFO,
                    };
                    paint::icon(ui.painter(), rect.center(), glyph, Text::Icon, tokens.tone(toast.tone));
                    ui.add(Label::new(Text::Medium.rich(&toast.title)).truncate());
                });
            },
        );
        if !toast.body.is_empty() {
            let lead = size::ICON + size::GAP;
            let margin = Margin { left: lead as i8, right: size::GAP as i8, ..Margin::ZERO };
            egui::Frame::new().inner_margin(margin).show(ui, |ui| {
                ui.add(Label::new(Text::Small.rich(&toast.body).color(tokens.weak)).wrap());
            });
        }
    });
    ui.ctx().accesskit_node_builder(shown.response.id, |node| {
        node.set_role(if toast.tone == Tone::Bad { Role::Alert } else { Role::Status });
        node.set_label(toast.title.as_str());
        node.set_live(Live::Polite);
    });
    (action, close)
}

/// Draws the bell and, when open, the history of toasts. The number beside it is what came since.
pub fn bell_ui<A: Clone>(ui: &mut Ui, toasts: &mut Toasts<A>) {
    let unread = toasts.unread();
    let name = if unread == 0 { "Notifications".to_owned() } else { format!("Notifications, {unread} new") };
    let button = ui.add(Button::icon_only(icon::BELL, &name));
    let tokens = theme::tokens(ui);
    if unread > 0 {
        let dot = button.rect.center() + vec2(size::BELL_DOT, -size::BELL_DOT);
        ui.painter().circle_filled(dot, size::GAP_SMALL, tokens.accent_text);
    }
    let popup = egui::Popup::from_toggle_button_response(&button)
        .id(Id::unique("bell"))
        .align(egui::RectAlign::TOP_END)
        .accessible_name("Notifications")
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
    let shown = popup.show(|ui| {
        ui.set_width(size::TOAST);
        if toasts.history.is_empty() {
            ui.label(Text::Body.rich("Nothing yet").color(tokens.weak));
        }
        egui::ScrollArea::vertical().max_height(size::PALETTE_LIST).show(ui, |ui| {
            for toast in &toasts.history {
                ui.add(Label::new(Text::Medium.rich(&toast.title)).wrap());
                let more = [toast.body.as_str(), toast.at.as_str()];
                let more: Vec<&str> = more.into_iter().filter(|text| !text.is_empty()).collect();
                if !more.is_empty() {
                    ui.add(Label::new(Text::Small.rich(more.join(" - ")).color(tokens.weak)).wrap());
                }
                ui.add_space(size::GAP_SMALL);
            }
        });
    });
    if shown.is_some() {
        toasts.mark_read();
    }
}
