//! The logo: from a file into the row of the shop, and from the row onto the screen. Never a picture that paper would refuse.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use egui::ColorImage;

/// The largest file taken, in bytes; more does not belong into every copy of the register.
const BYTES_MAX: u64 = 512 * 1024;

/// The most pixels shown: a few bytes of PNG can claim billions.
const PIXELS_MAX: u64 = 16_000_000;

/// The file as the shop keeps it, or what is wrong with it in words.
pub fn read(path: &Path) -> Result<String, String> {
    let failed = |cause: std::io::Error| format!("The picture cannot be read: {cause}.");
    if std::fs::metadata(path).map_err(failed)?.len() > BYTES_MAX {
        return Err("The logo is larger than 512 KB. Choose a smaller PNG.".to_owned());
    }
    let bytes = std::fs::read(path).map_err(failed)?;
    decoded(&bytes)?;
    Ok(STANDARD.encode(bytes))
}

/// The picture of a logo as the shop keeps it: PNG, base64. `None` where it cannot be read.
pub fn logo_image(base64: &str) -> Option<ColorImage> {
    decoded(&STANDARD.decode(base64).ok()?).ok()
}

fn decoded(bytes: &[u8]) -> Result<ColorImage, String> {
    let number = |at: usize| {
        let four = bytes.get(at..at + 4)?;
        four.iter().try_fold(0_u64, |sum, byte| sum.checked_mul(256)?.checked_add(u64::from(*byte)))
    };
    if !bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Err("This is not a PNG. Choose a picture whose name ends in .png.".to_owned());
    }
    let damaged = || "The PNG is damaged. Save the picture again, then choose it.".to_owned();
    let pixels = number(16).zip(number(20)).map(|(width, height)| width * height).ok_or_else(damaged)?;
    if pixels > PIXELS_MAX {
        return Err("The picture has too many pixels. Save it smaller, then choose it.".to_owned());
    }
    if bytes.get(28) == Some(&1) {
        return Err("The PNG is interlaced, which cannot be printed. Save it without interlacing.".to_owned());
    }
    let icon = eframe::icon_data::from_png_bytes(bytes).map_err(|_| damaged())?;
    let size = [icon.width as usize, icon.height as usize];
    if size[0] * size[1] == 0 || icon.rgba.len() != size[0] * size[1] * 4 {
        return Err(damaged());
    }
    Ok(ColorImage::from_rgba_unmultiplied(size, &icon.rgba))
}
