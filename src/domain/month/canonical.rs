//! The canonical text of a seal or a posture and its SHA-256, so that anybody can compute it again without this program.
//!
//! The canonical text is the row as JSON without its field `sha256`: UTF-8, the keys of every object sorted by their bytes, no
//! space between anything, whole numbers in decimal, strings escaped as JSON demands and no further.

use serde_json::{Map, Value};

use super::{Posture, Seal};
use crate::domain::row::{Image, Row};
use crate::util::hash::{hex, sha256};

/// The canonical text of a row, its own digest left out.
pub fn text(image: &Image) -> String {
    let mut image = image.clone();
    image.remove("sha256");
    // A tree of maps with string keys always serialises.
    serde_json::to_string(&sorted(Value::Object(image))).unwrap_or_default()
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(String, Value)> = map.into_iter().collect();
            entries.sort_by(|a, b| a.0.as_bytes().cmp(b.0.as_bytes()));
            Value::Object(entries.into_iter().map(|(key, value)| (key, sorted(value))).collect::<Map<_, _>>())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(sorted).collect()),
        other => other,
    }
}

/// SHA-256 over the canonical text of a row, hexadecimal.
pub fn digest<R: Row>(row: &R) -> String {
    hex(&sha256(text(&row.image()).as_bytes()))
}

/// What everybody says of a seal or a posture whose digest does not fit what it holds.
pub const ALTERED: &str = "NOT as it was sealed";

/// Whether a seal is what its digest was made of.
pub fn verify_seal(seal: &Seal) -> bool {
    digest(seal) == seal.sha256
}

/// Whether a posture is what its digest was made of.
pub fn verify_posture(posture: &Posture) -> bool {
    digest(posture) == posture.sha256
}
