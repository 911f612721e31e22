//! The fonts: Inter in three weights, its figures at one width, and the icon font behind each.
//!
//! Text is the same on every machine: no system font is ever looked up.

use std::sync::{Arc, LazyLock};

use egui::epaint::text::{FontData, FontDefinitions, FontTweak};
use egui::{FontFamily, FontId, RichText};

const REGULAR: &str = "regular";
const MEDIUM: &str = "medium";
const SEMIBOLD: &str = "semibold";
const REGULAR_FIGURES: &str = "regular-figures";
const ICONS: &str = "icons";

/// What a piece of text is for; decides weight and size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// Running text, 14.
    Body,
    /// Words on what one clicks, and labels above fields, 14 medium.
    Medium,
    /// A word that stands out in running text, 14 semibold.
    Strong,
    /// Explanations, 12.
    Small,
    /// The words of chips and column titles, 12 medium.
    SmallMedium,
    /// The title of a card, 16 semibold.
    Section,
    /// The title of a page, 20 semibold.
    Heading,
    /// The figure of a headline, 26 semibold. It stands alone, so its digits keep their own widths.
    Figure,
    /// The clock of a patch night, read from across the room, 40 semibold.
    Clock,
    /// Numbers that stand under each other, 14, at one width.
    Number,
    /// Small numbers that change in place, 12, at one width.
    SmallNumber,
    /// An icon beside text of 14.
    Icon,
    /// An icon beside text of 12.
    IconSmall,
    /// The icon of an empty state.
    IconLarge,
}

impl Text {
    /// The font for painting.
    pub fn font(self) -> FontId {
        let (size, family) = match self {
            Self::Body => (14.0, REGULAR),
            Self::Medium => (14.0, MEDIUM),
            Self::Strong => (14.0, SEMIBOLD),
            Self::Small => (12.0, REGULAR),
            Self::SmallMedium => (12.0, MEDIUM),
            Self::Section => (16.0, SEMIBOLD),
            Self::Heading => (20.0, SEMIBOLD),
            Self::Figure => (26.0, SEMIBOLD),
            Self::Clock => (40.0, SEMIBOLD),
            Self::Number => (14.0, REGULAR_FIGURES),
            Self::SmallNumber => (12.0, REGULAR_FIGURES),
            Self::Icon => (super::size::ICON, ICONS),
            Self::IconSmall => (super::size::ICON_SMALL, ICONS),
            Self::IconLarge => (super::size::ICON_LARGE, ICONS),
        };
        FontId::new(size, family_of(family))
    }

    /// The text in this style, for a label.
    pub fn rich(self, text: impl Into<String>) -> RichText {
        RichText::new(text).font(self.font())
    }
}

/// The named families, made once: a table asks for a font a hundred times a frame.
static FAMILIES: LazyLock<[(&str, FontFamily); 4]> = LazyLock::new(|| {
    [MEDIUM, SEMIBOLD, REGULAR_FIGURES, ICONS].map(|name| (name, FontFamily::Name(name.into())))
});

fn family_of(name: &'static str) -> FontFamily {
    FAMILIES
        .iter()
        .find(|(known, _)| *known == name)
        .map_or(FontFamily::Proportional, |(_, family)| family.clone())
}

/// The font files and which family falls back to which.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let mut add = |name: &str, bytes: &'static [u8], tweak: FontTweak| {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes).tweak(tweak)));
    };
    let plain = FontTweak::default;
    add(REGULAR, include_bytes!("../../../assets/fonts/Inter-Regular.ttf"), plain());
    add(MEDIUM, include_bytes!("../../../assets/fonts/Inter-Medium.ttf"), plain());
    add(SEMIBOLD, include_bytes!("../../../assets/fonts/Inter-SemiBold.ttf"), plain());
    add(REGULAR_FIGURES, include_bytes!("../../../assets/fonts/Inter-Regular-Tabular.ttf"), plain());
    add(ICONS, include_bytes!("../../../assets/fonts/lucide.ttf"), plain());

    let chain = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let mut family = |family: FontFamily, names: &[&str]| {
        fonts.families.insert(family, chain(names));
    };
    family(FontFamily::Proportional, &[REGULAR, ICONS]);
    family(FontFamily::Monospace, &[REGULAR_FIGURES, REGULAR, ICONS]);
    family(family_of(MEDIUM), &[MEDIUM, ICONS]);
    family(family_of(SEMIBOLD), &[SEMIBOLD, ICONS]);
    family(family_of(REGULAR_FIGURES), &[REGULAR_FIGURES, REGULAR, ICONS]);
    family(family_of(ICONS), &[ICONS]);
    fonts
}
