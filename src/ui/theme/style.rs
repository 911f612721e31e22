//! egui's own style made out of the tokens: the cures for everything that makes it look cheap.

use std::collections::BTreeMap;

use egui::style::{
    HandleShape, Interaction, ScrollAnimation, ScrollStyle, Selection, Spacing, TextCursorStyle,
    WidgetVisuals, Widgets,
};
use egui::{Color32, CornerRadius, FontFamily, Margin, Shadow, Stroke, Style, TextStyle, Visuals, vec2};

use super::color::Tokens;
use super::font::Text;
use super::size;

/// egui's style in one look.
pub(super) fn style(tokens: &Tokens) -> Style {
    Style {
        text_styles: BTreeMap::from([
            (TextStyle::Body, Text::Body.font()),
            (TextStyle::Button, Text::Medium.font()),
            (TextStyle::Small, Text::Small.font()),
            (TextStyle::Heading, Text::Heading.font()),
            (TextStyle::Monospace, egui::FontId::new(13.0, FontFamily::Monospace)),
        ]),
        spacing: spacing(),
        interaction: Interaction {
            selectable_labels: false,
            tooltip_delay: size::TOOLTIP_SECS,
            ..Interaction::default()
        },
        visuals: visuals(tokens),
        #[cfg(debug_assertions)]
        debug: egui::style::DebugOptions {
            // Fields change their ids with the record on purpose.
            warn_if_rect_changes_id: false,
            ..egui::style::DebugOptions::default()
        },
        animation_time: size::ANIMATION_SECS,
        scroll_animation: ScrollAnimation::none(),
        ..Style::default()
    }
}

fn spacing() -> Spacing {
    Spacing {
        item_spacing: vec2(size::GAP, size::GAP),
        window_margin: Margin::same(size::MARGIN as i8),
        button_padding: vec2(size::BUTTON_PAD_X, size::BUTTON_PAD_Y),
        menu_margin: Margin::same(6),
        indent: 20.0,
        interact_size: vec2(40.0, size::CONTROL),
        combo_width: 160.0,
        text_edit_width: 240.0,
        icon_width: size::TICK,
        icon_width_inner: 10.0,
        icon_spacing: size::ICON_GAP,
        tooltip_width: 360.0,
        scroll: ScrollStyle {
            floating: true,
            bar_width: 10.0,
            floating_width: 6.0,
            floating_allocated_width: 14.0,
            bar_inner_margin: 4.0,
            bar_outer_margin: 3.0,
            handle_min_length: 32.0,
            foreground_color: true,
            dormant_background_opacity: 0.0,
            active_background_opacity: 0.0,
            interact_background_opacity: 0.0,
            dormant_handle_opacity: 0.25,
            active_handle_opacity: 0.35,
            interact_handle_opacity: 0.55,
            fade: egui::style::ScrollFadeStyle { strength: 0.0, ..Default::default() },
            ..ScrollStyle::solid()
        },
        ..Spacing::default()
    }
}

fn visuals(tokens: &Tokens) -> Visuals {
    let base = if tokens.dark { Visuals::dark() } else { Visuals::light() };
    let shadow = |offset: i8, blur: u8| Shadow { offset: [0, offset], blur, spread: 0, color: tokens.shadow };
    Visuals {
        widgets: widgets(tokens),
        selection: Selection { bg_fill: tokens.selection, stroke: Stroke::new(size::RING, tokens.accent) },
        weak_text_color: Some(tokens.weak),
        hyperlink_color: tokens.accent_text,
        faint_bg_color: tokens.stripe,
        extreme_bg_color: tokens.surface,
        text_edit_bg_color: Some(tokens.surface),
        code_bg_color: tokens.neutral_tint,
        warn_fg_color: tokens.warn,
        error_fg_color: tokens.bad,
        window_corner_radius: CornerRadius::same(size::RADIUS_WINDOW as u8),
        window_shadow: shadow(8, 28),
        window_fill: tokens.surface,
        window_stroke: Stroke::new(size::LINE, tokens.border),
        menu_corner_radius: CornerRadius::same(size::RADIUS_CARD as u8),
        panel_fill: tokens.page,
        popup_shadow: shadow(4, 14),
        text_cursor: TextCursorStyle {
            stroke: Stroke::new(size::RING, tokens.text),
            blink: false,
            ..TextCursorStyle::default()
        },
        indent_has_left_vline: false,
        striped: false,
        slider_trailing_fill: true,
        handle_shape: HandleShape::Circle,
        ..base
    }
}

fn widgets(tokens: &Tokens) -> Widgets {
    let state = |fill: Color32, stroke: Stroke, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: stroke,
        corner_radius: CornerRadius::same(size::RADIUS as u8),
        fg_stroke: Stroke::new(size::RING, text),
        // A widget that grows under the pointer makes the page wobble.
        expansion: 0.0,
    };
    let line = |color| Stroke::new(size::LINE, color);
    Widgets {
        noninteractive: state(tokens.surface, line(tokens.border), tokens.text),
        inactive: state(tokens.surface, line(tokens.control_border), tokens.text),
        hovered: state(tokens.hover, line(tokens.control_border), tokens.text),
        active: state(tokens.hover, Stroke::new(size::RING, tokens.accent), tokens.text),
        open: state(tokens.hover, line(tokens.control_border), tokens.text),
    }
}
