//! The logo: PNG bytes to samples, samples to a PDF image. Owns the limits on what is read; places nothing.

use std::collections::BTreeMap;

use printpdf::{DictItem, ExternalStream, ExternalXObject};

use super::scene::Picture;

/// No logo needs more pixels; a few bytes of PNG can claim billions.
const MOST_PIXELS: u64 = 16_000_000;

/// Reads a PNG; the error is a sentence for the list of warnings.
pub fn decode(bytes: &[u8]) -> Result<Picture, String> {
    let mut decoder = png::Decoder::new_with_limits(
        std::io::Cursor::new(bytes),
        png::Limits { bytes: MOST_PIXELS as usize * 4 },
    );
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|e| format!("The logo is not a readable PNG: {e}."))?;
    let (width, height) = (reader.info().width, reader.info().height);
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(format!("The logo has {width} x {height} pixels, too many to print."));
    }
    let size = reader.output_buffer_size().ok_or("The logo is too large to print.")?;
    let mut samples = vec![0; size];
    let frame = reader.next_frame(&mut samples).map_err(|e| format!("The logo is a damaged PNG: {e}."))?;
    samples.truncate(frame.buffer_size());
    let (rgb, alpha): (Vec<u8>, Vec<u8>) = match frame.color_type {
        png::ColorType::Grayscale => (samples.iter().flat_map(|g| [*g; 3]).collect(), Vec::new()),
        png::ColorType::GrayscaleAlpha => (
            samples.chunks_exact(2).flat_map(|p| [p[0]; 3]).collect(),
            samples.chunks_exact(2).map(|p| p[1]).collect(),
        ),
        png::ColorType::Rgb => (samples, Vec::new()),
        png::ColorType::Rgba => (
            samples.chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect(),
            samples.chunks_exact(4).map(|p| p[3]).collect(),
        ),
        png::ColorType::Indexed => return Err("The logo is a PNG of a kind that cannot be printed.".into()),
    };
    let alpha = Some(alpha).filter(|a| a.iter().any(|v| *v != 255));
    Ok(Picture { width, height, rgb, alpha })
}

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
