//! The look: every colour, size, font and stroke of the window. Nothing outside this folder writes a colour or
//! a size as a literal.
//!
//! Rooms and widgets ask [`tokens`] for colours and take lengths from [`size`]. This folder knows nothing of
//! patching, keeps no state and draws nothing but focus rings and their kin in [`paint`].

pub mod color;
pub mod font;
pub mod paint;
pub mod size;
mod style;

pub use color::{Tokens, Tone, contrast};
pub use font::Text;

/// Which of the two looks to use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// As the desktop says, light where it says nothing.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// Sets fonts, both styles and the chosen mode on a context. Call it once at start; calling it again with
/// another mode only changes the mode and costs a font atlas.
pub fn apply(ctx: &egui::Context, mode: Mode) {
    ctx.set_fonts(font::definitions());
    ctx.set_style_of(egui::Theme::Light, style::style(&color::LIGHT));
    ctx.set_style_of(egui::Theme::Dark, style::style(&color::DARK));
    ctx.options_mut(|options| {
        options.fallback_theme = egui::Theme::Light;
        // Ctrl and plus or minus are the app's own commands, because the zoom is remembered.
        options.zoom_with_keyboard = false;
    });
    set_mode(ctx, mode);
}

/// Switches between light, dark and following the system, without touching fonts or styles.
pub fn set_mode(ctx: &egui::Context, mode: Mode) {
    ctx.set_theme(match mode {
        Mode::System => egui::ThemePreference::System,
        Mode::Light => egui::ThemePreference::Light,
        Mode::Dark => egui::ThemePreference::Dark,
    });
}

/// The colours of the look that `ui` is drawn in.
pub fn tokens(ui: &egui::Ui) -> &'static Tokens {
    of(ui.visuals().dark_mode)
}

/// The colours of the look that a context is in, for what floats above every `Ui`.
pub fn tokens_of(ctx: &egui::Context) -> &'static Tokens {
    of(ctx.theme() == egui::Theme::Dark)
}

fn of(dark: bool) -> &'static Tokens {
    if dark { &color::DARK } else { &color::LIGHT }
}
