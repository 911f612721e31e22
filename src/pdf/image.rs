//! The logo as an image of a PDF. Owns its dictionary; reads no files and places nothing.

use std::collections::BTreeMap;

use printpdf::{DictItem, ExternalStream, ExternalXObject};

use super::scene::Picture;

/// The picture as an image that printpdf can use.
pub fn xobject(picture: &Picture) -> ExternalXObject {
    let mut dict = header(picture, "DeviceRGB");
    if let Some(alpha) = &picture.alpha {
        let mask =
            ExternalStream { dict: header(picture, "DeviceGray"), content: alpha.clone(), compress: false };
        dict.insert("SMask".into(), DictItem::Stream { stream: mask });
    }
    let stream = ExternalStream { dict, content: picture.rgb.clone(), compress: false };
    ExternalXObject { stream, width: None, height: None, dpi: None }
}

fn header(picture: &Picture, space: &str) -> BTreeMap<String, DictItem> {
    let name = |value: &str| DictItem::Name(value.as_bytes().to_vec());
    [
        ("Type", name("XObject")),
        ("Subtype", name("Image")),
        ("Width", DictItem::Int(i64::from(picture.width))),
        ("Height", DictItem::Int(i64::from(picture.height))),
        ("ColorSpace", name(space)),
        ("BitsPerComponent", DictItem::Int(8)),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value))
    .collect()
}
