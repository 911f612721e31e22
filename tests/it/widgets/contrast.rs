//! Words can be read in both looks, and every icon and figure is in the fonts.

use egui::Color32;
use patchbook::ui::icon;
use patchbook::ui::theme::color::{DARK, LIGHT};
use patchbook::ui::theme::{Text, Tokens, Tone, contrast};

use super::support::window;

/// The least contrast of text, WCAG 2.2 success criterion 1.4.3.
const TEXT: f64 = 4.5;
/// The least contrast of outlines and focus rings, success criterion 1.4.11.
const OUTLINE: f64 = 3.0;

fn looks() -> [(&'static str, Tokens); 2] {
    [("light", LIGHT), ("dark", DARK)]
}

fn check(look: &str, what: &str, ink: Color32, ground: Color32, least: f64) {
    let ratio = contrast(ink, ground);
    assert!(ratio >= least, "{what} in the {look} look has contrast {ratio:.2}, less than {least}");
}

#[test]
fn black_on_white_has_the_greatest_contrast_there_is() {
    assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 1e-9);
    assert!((contrast(Color32::WHITE, Color32::WHITE) - 1.0).abs() < 1e-9);
}

#[test]
fn text_can_be_read_on_everything_it_stands_on() {
    for (look, tokens) in looks() {
        let grounds = [
            ("page", tokens.page),
            ("sidebar", tokens.sidebar),
            ("surface", tokens.surface),
            ("stripe", tokens.stripe),
            ("selection", tokens.selection),
            ("hover", tokens.hover),
        ];
        for (ground, fill) in grounds {
            check(look, &format!("text on {ground}"), tokens.text, fill, TEXT);
            check(look, &format!("weak text on {ground}"), tokens.weak, fill, TEXT);
        }
        for (ground, fill) in [("page", tokens.page), ("surface", tokens.surface), ("stripe", tokens.stripe)]
        {
            check(look, &format!("link on {ground}"), tokens.accent_text, fill, TEXT);
            for tone in [Tone::Good, Tone::Warn, Tone::Bad] {
                check(look, &format!("{tone:?} on {ground}"), tokens.tone(tone), fill, TEXT);
            }
        }
    }
}

#[test]
fn the_word_of_a_chip_can_be_read_on_its_tint() {
    for (look, tokens) in looks() {
        for tone in [Tone::Neutral, Tone::Info, Tone::Good, Tone::Warn, Tone::Bad] {
            check(look, &format!("{tone:?} chip"), tokens.tone(tone), tokens.tint(tone), TEXT);
        }
    }
}

#[test]
fn the_words_of_filled_buttons_can_be_read_at_rest_and_under_the_pointer() {
    for (look, tokens) in looks() {
        for (what, fill) in [
            ("primary", tokens.accent),
            ("primary under the pointer", tokens.accent_hover),
            ("danger", tokens.bad_fill),
            ("danger under the pointer", tokens.bad_fill_hover),
        ] {
            check(look, what, tokens.on_accent, fill, TEXT);
        }
    }
}

#[test]
fn outlines_rings_and_segments_stand_out_from_the_surface() {
    for (look, tokens) in looks() {
        check(look, "outline", tokens.control_border, tokens.surface, OUTLINE);
        check(look, "focus ring", tokens.accent_text, tokens.surface, OUTLINE);
        check(look, "focus ring on the page", tokens.accent_text, tokens.page, OUTLINE);
    }
}

#[test]
fn the_fonts_hold_every_icon_and_every_figure_at_one_width() {
    let window = window(|ui| {
        ui.label("text");
    });
    window.harness.ctx.fonts_mut(|fonts| {
        for icon in icon::ALL {
            assert!(fonts.has_glyph(&Text::Icon.font(), icon.glyph()), "{icon:?} is not in the font");
        }
        let widths: Vec<f32> =
            ('0'..='9').map(|figure| fonts.glyph_width(&Text::Number.font(), figure)).collect();
        assert!(widths.iter().all(|width| (width - widths[0]).abs() < 0.01), "{widths:?}");
        assert!(fonts.has_glyphs(&Text::Number.font(), "1\u{202f}234"));
        assert!(fonts.has_glyphs(&Text::Body.font(), "Größe Ελλάδα Привет £ € – …"));
    });
}
