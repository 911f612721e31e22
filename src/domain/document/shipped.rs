//! The templates that the program brings with it.

use std::sync::LazyLock;

use super::template::{self, Template};
use crate::util::hash::{hex, sha256};

macro_rules! shipped {
    ($($key:literal),+ $(,)?) => {
        /// Keys and texts of the shipped templates, in the order in which they are offered.
        pub const TEXTS: &[(&str, &str)] =
            &[$(($key, include_str!(concat!("../../../assets/documents/", $key, ".md")))),+];
    };
}

shipped![
    "policy",
    "procedure",
    "implementation-details",
    "roles",
    "emergency-procedure",
    "charter",
    "programme",
    "applicability",
    "training",
    "announcement",
    "schedule-mail",
    "completion-mail",
    "timeline",
    "change-list",
    "waiver-register",
    "posture",
    "business-case",
    "breaches",
    "stakeholders",
    "questionnaire",
];

/// The catalogue of the names that templates may use.
pub(super) const NAMES: &str = include_str!("../../../assets/documents/NAMES.txt");

/// Key of the policy: ratifying it brings the deadlines it states into force.
pub const POLICY: &str = "policy";

static TEMPLATES: LazyLock<Vec<Template>> =
    LazyLock::new(|| TEXTS.iter().filter_map(|(_, text)| template::parse(text).ok()).collect());

/// The shipped templates. A test reads each of them, so that none is left out.
pub fn templates() -> &'static [Template] {
    &TEMPLATES
}

/// The shipped template of a key.
pub fn template(key: &str) -> Option<&'static Template> {
    TEMPLATES.iter().find(|template| template.key == key)
}

/// SHA-256 of a shipped section's text, hexadecimal: own words are written over exactly that text.
pub fn section_sha256(text: &str) -> String {
    hex(&sha256(text.as_bytes()))
}
