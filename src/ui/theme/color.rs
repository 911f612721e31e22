//! The colour tables of the light and the dark look, and the contrast rule they are tested against.
//!
//! Colours are opaque, so that a contrast computed here is the contrast on screen. Never add a colour that
//! carries meaning without a word, a pattern or a shape beside it.

use egui::Color32;

/// The colours of one look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// Whether this is the dark look.
    pub dark: bool,
    /// Behind the content.
    pub page: Color32,
    /// Behind the navigation and the status bar.
    pub sidebar: Color32,
    /// Cards, fields, tables, menus.
    pub surface: Color32,
    /// Every second row.
    pub stripe: Color32,
    /// Lines between things.
    pub border: Color32,
    /// The outline of what can be operated, at least 3:1 on a surface.
    pub control_border: Color32,
    /// Text.
    pub text: Color32,
    /// Text that explains other text.
    pub weak: Color32,
    /// The fill of the one primary action, focus rings, the selected day.
    pub accent: Color32,
    /// The accent under the pointer.
    pub accent_hover: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Links and selected words.
    pub accent_text: Color32,
    /// The fill of what is selected.
    pub selection: Color32,
    /// The fill of what is under the pointer.
    pub hover: Color32,
    /// Words that say all is well.
    pub good: Color32,
    /// Words that ask for attention.
    pub warn: Color32,
    /// Words that say something is wrong.
    pub bad: Color32,
    /// The fill of the danger button; white text stands on it.
    pub bad_fill: Color32,
    /// That fill under the pointer.
    pub bad_fill_hover: Color32,
    /// Behind words in `good`.
    pub good_tint: Color32,
    /// Behind words in `warn`.
    pub warn_tint: Color32,
    /// Behind words in `bad`.
    pub bad_tint: Color32,
    /// Behind words in `accent_text`.
    pub info_tint: Color32,
    /// Behind words in `weak` or `text`.
    pub neutral_tint: Color32,
    /// What floats throws this shadow.
    pub shadow: Color32,
    /// Over the page while something must be decided.
    pub backdrop: Color32,
    /// Fills of the compliance bar: overdue, unsupported, unknown, waived, in time, up to date.
    pub segments: [Color32; 6],
    /// Marks drawn over those fills.
    pub segment_marks: [Color32; 6],
}

const fn hex(rgb: u32) -> Color32 {
    #[allow(clippy::disallowed_methods, reason = "the one place where a colour is made")]
    Color32::from_rgb((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

/// The light look.
pub const LIGHT: Tokens = Tokens {
    dark: false,
    page: hex(0x00F6_F7F9),
    sidebar: hex(0x00EC_EFF3),
    surface: hex(0x00FF_FFFF),
    stripe: hex(0x00FA_FBFC),
    border: hex(0x00D8_DDE4),
    control_border: hex(0x0085_8F9E),
    text: hex(0x001C_2430),
    weak: hex(0x005A_6675),
    accent: hex(0x001F_5FA8),
    accent_hover: hex(0x0019_4F8D),
    on_accent: hex(0x00FF_FFFF),
    accent_text: hex(0x001F_5FA8),
    selection: hex(0x00D6_E6F7),
    hover: hex(0x00E7_EDF4),
    good: hex(0x001A_6B3C),
    warn: hex(0x008A_5100),
    bad: hex(0x00B3_261E),
    bad_fill: hex(0x00B3_261E),
    bad_fill_hover: hex(0x0094_1F18),
    good_tint: hex(0x00DD_F0E4),
    warn_tint: hex(0x00F8_EAD0),
    bad_tint: hex(0x00FA_E1DF),
    info_tint: hex(0x00DC_E9F7),
    neutral_tint: hex(0x00E9_EDF2),
    shadow: Color32::from_black_alpha(36),
    backdrop: Color32::from_black_alpha(96),
    segments: [
        hex(0x00B3_261E),
        hex(0x0074_2A5C),
        hex(0x008A_93A0),
        hex(0x00E0_B45C),
        hex(0x009C_C3EA),
        hex(0x002E_8B57),
    ],
    segment_marks: [
        hex(0x00F6_C9C5),
        hex(0x00DF_B3D0),
        hex(0x00FF_FFFF),
        hex(0x006B_4300),
        hex(0x0056_8FCB),
        hex(0x002E_8B57),
    ],
};

/// The dark look.
pub const DARK: Tokens = Tokens {
    dark: true,
    page: hex(0x0018_1B20),
    sidebar: hex(0x0013_1619),
    surface: hex(0x0020_242A),
    stripe: hex(0x001D_2126),
    border: hex(0x0034_3A43),
    control_border: hex(0x0070_7B8A),
    text: hex(0x00E4_E8ED),
    weak: hex(0x00A5_B0BC),
    accent: hex(0x002F_74BF),
    accent_hover: hex(0x0028_67AC),
    on_accent: hex(0x00FF_FFFF),
    accent_text: hex(0x007D_B7F2),
    selection: hex(0x0024_425F),
    hover: hex(0x002A_3038),
    good: hex(0x005C_C98A),
    warn: hex(0x00E5_B15A),
    bad: hex(0x00F2_877F),
    bad_fill: hex(0x00B8_3A32),
    bad_fill_hover: hex(0x00A3_322B),
    good_tint: hex(0x001D_3A2B),
    warn_tint: hex(0x0040_331C),
    bad_tint: hex(0x0046_2625),
    info_tint: hex(0x0020_3A55),
    neutral_tint: hex(0x0030_3640),
    shadow: Color32::from_black_alpha(120),
    backdrop: Color32::from_black_alpha(140),
    segments: [
        hex(0x00D6_5047),
        hex(0x00A0_5A8A),
        hex(0x006B_7583),
        hex(0x00C9_9A45),
        hex(0x004B_7FB5),
        hex(0x003C_A06B),
    ],
    segment_marks: [
        hex(0x0046_0F0B),
        hex(0x0038_0F2B),
        hex(0x0020_242A),
        hex(0x003A_2600),
        hex(0x00DC_E9F7),
        hex(0x003C_A06B),
    ],
};

/// What a word on a tint means. The tint never carries the meaning alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Nothing to do.
    #[default]
    Neutral,
    /// Worth knowing.
    Info,
    /// As it should be.
    Good,
    /// Soon, or in doubt.
    Warn,
    /// Wrong.
    Bad,
}

impl Tokens {
    /// The colour of words in a tone, on any background of this look.
    pub fn tone(&self, tone: Tone) -> Color32 {
        match tone {
            Tone::Neutral => self.weak,
            Tone::Info => self.accent_text,
            Tone::Good => self.good,
            Tone::Warn => self.warn,
            Tone::Bad => self.bad,
        }
    }

    /// The fill behind words in a tone.
    pub fn tint(&self, tone: Tone) -> Color32 {
        match tone {
            Tone::Neutral => self.neutral_tint,
            Tone::Info => self.info_tint,
            Tone::Good => self.good_tint,
            Tone::Warn => self.warn_tint,
            Tone::Bad => self.bad_tint,
        }
    }
}

/// The contrast ratio of two opaque colours, 1 to 21, after WCAG 2.2 (relative luminance, success criterion
/// 1.4.3).
pub fn contrast(a: Color32, b: Color32) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    let (light, dark) = if a > b { (a, b) } else { (b, a) };
    (light + 0.05) / (dark + 0.05)
}

fn luminance(color: Color32) -> f64 {
    let channel = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(color.r()) + 0.7152 * channel(color.g()) + 0.0722 * channel(color.b())
}
