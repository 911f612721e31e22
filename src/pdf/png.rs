//! Reads a PNG (ISO/IEC 15948) into samples: every colour type and depth, not interlaced. Owns the limits on what is
//! read from an untrusted file; knows nothing of paper.

use std::io::Read as _;

use super::scene::Picture;

/// No logo needs more pixels; a few bytes of PNG can claim billions.
const MOST_PIXELS: u64 = 16_000_000;

struct Header {
    width: u32,
    height: u32,
    depth: u8,
    colour: u8,
}

impl Header {
    fn read(data: &[u8]) -> Result<Self, String> {
        let number = |at: usize| data.get(at..at + 4).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]));
        let (Some(width), Some(height), Some(&[depth, colour, _, _, interlace])) =
            (number(0), number(4), data.get(8..13).and_then(|b| <&[u8; 5]>::try_from(b).ok()))
        else {
            return Err("The logo is a damaged PNG: its header is too short.".into());
        };
        if interlace != 0 {
            return Err("The logo is an interlaced PNG; save it without interlacing.".into());
        }
        let fits = match colour {
            0 => matches!(depth, 1 | 2 | 4 | 8 | 16),
            3 => matches!(depth, 1 | 2 | 4 | 8),
            2 | 4 | 6 => matches!(depth, 8 | 16),
            _ => false,
        };
        let pixels = u64::from(width) * u64::from(height);
        if !fits || pixels == 0 {
            return Err("The logo is a damaged PNG: its header makes no sense.".into());
        }
        if pixels > MOST_PIXELS {
            return Err(format!("The logo has {width} x {height} pixels, too many to print."));
        }
        Ok(Self { width, height, depth, colour })
    }

    fn channels(&self) -> usize {
        match self.colour {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        }
    }

    fn line(&self) -> usize {
        (self.width as usize * self.channels() * usize::from(self.depth)).div_ceil(8)
    }
}

/// Reads a PNG; the error is a sentence for the list of warnings.
pub fn decode(bytes: &[u8]) -> Result<Picture, String> {
    let Some(mut rest) = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n") else {
        return Err("The logo is not a PNG.".into());
    };
    let (mut header, mut palette, mut clear, mut packed) = (None, Vec::new(), Vec::new(), Vec::new());
    while let Some((name, data, after)) = chunk(rest) {
        match name {
            b"IHDR" => header = Some(Header::read(data)?),
            b"PLTE" => palette = data.to_vec(),
            b"tRNS" => clear = data.to_vec(),
            b"IDAT" => packed.extend_from_slice(data),
            _ => {}
        }
        rest = after;
    }
    let header = header.ok_or("The logo is a damaged PNG: it has no header.")?;
    let lines = unpacked(&header, &packed)?;
    Ok(picture(&header, &lines, &palette, &clear))
}

fn chunk(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let length = u32::from_be_bytes(bytes.get(..4)?.try_into().ok()?) as usize;
    let name = bytes.get(4..8)?;
    let data = bytes.get(8..8_usize.checked_add(length)?)?;
    // Four bytes of checksum follow; a damaged picture shows itself.
    Some((name, data, bytes.get(12 + length..).unwrap_or_default()))
}

/// The lines without their filters (section 9).
fn unpacked(header: &Header, packed: &[u8]) -> Result<Vec<u8>, String> {
    let (line, height) = (header.line(), header.height as usize);
    let mut filtered = Vec::new();
    let limit = (line as u64 + 1) * height as u64;
    let read = flate2::read::ZlibDecoder::new(packed).take(limit).read_to_end(&mut filtered);
    if read.is_err() || filtered.len() as u64 != limit {
        return Err("The logo is a damaged PNG: its picture is not complete.".into());
    }
    let step = (header.channels() * usize::from(header.depth)).div_ceil(8);
    let mut out: Vec<u8> = Vec::with_capacity(line * height);
    for row in filtered.chunks_exact(line + 1) {
        let start = out.len();
        for (i, byte) in row[1..].iter().enumerate() {
            let left = if i >= step { out[start + i - step] } else { 0 };
            let up = if start > 0 { out[start + i - line] } else { 0 };
            let corner = if start > 0 && i >= step { out[start + i - line - step] } else { 0 };
            let guess = match row[0] {
                1 => left,
                2 => up,
                3 => u8::midpoint(left, up),
                4 => nearest(left, up, corner),
                _ => 0,
            };
            out.push(byte.wrapping_add(guess));
        }
    }
    Ok(out)
}

/// The Paeth predictor (section 9.4).
fn nearest(left: u8, up: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(up), i16::from(corner));
    let away = |v: i16| (a + b - c - v).abs();
    if away(a) <= away(b) && away(a) <= away(c) {
        left
    } else if away(b) <= away(c) {
        up
    } else {
        corner
    }
}

fn picture(header: &Header, lines: &[u8], palette: &[u8], clear: &[u8]) -> Picture {
    let pixels = header.width as usize * header.height as usize;
    let (mut rgb, mut alpha) = (Vec::with_capacity(pixels * 3), Vec::with_capacity(pixels));
    for line in lines.chunks_exact(header.line()) {
        for x in 0..header.width as usize {
            let raw = |channel: usize| sample(header, line, x * header.channels() + channel);
            let byte = |channel: usize| scaled(header, raw(channel));
            match header.colour {
                3 => {
                    let at = usize::from(raw(0));
                    let colour = |i: usize| palette.get(at * 3 + i).copied().unwrap_or(0);
                    rgb.extend([colour(0), colour(1), colour(2)]);
                    alpha.push(clear.get(at).copied().unwrap_or(255));
                }
                2 | 6 => {
                    rgb.extend([byte(0), byte(1), byte(2)]);
                    let hidden = is_clear(&[raw(0), raw(1), raw(2)], clear);
                    alpha.push(if header.colour == 6 { byte(3) } else { opaque(hidden) });
                }
                _ => {
                    rgb.extend([byte(0); 3]);
                    alpha.push(if header.colour == 4 { byte(1) } else { opaque(is_clear(&[raw(0)], clear)) });
                }
            }
        }
    }
    let alpha = Some(alpha).filter(|a| a.iter().any(|v| *v != 255));
    Picture { width: header.width, height: header.height, rgb, alpha }
}

fn opaque(hidden: bool) -> u8 {
    if hidden { 0 } else { 255 }
}

/// Whether these samples are the one colour the file declares to be clear.
fn is_clear(samples: &[u16], clear: &[u8]) -> bool {
    clear.len() >= samples.len() * 2
        && samples.iter().zip(clear.chunks_exact(2)).all(|(s, c)| *s == u16::from_be_bytes([c[0], c[1]]))
}

fn sample(header: &Header, line: &[u8], index: usize) -> u16 {
    let depth = usize::from(header.depth);
    match depth {
        16 => u16::from_be_bytes([line[index * 2], line[index * 2 + 1]]),
        8 => u16::from(line[index]),
        _ => {
            let bit = index * depth;
            u16::from(line[bit / 8] >> (8 - depth - bit % 8)) & ((1 << depth) - 1)
        }
    }
}

fn scaled(header: &Header, sample: u16) -> u8 {
    match header.depth {
        16 => (sample >> 8) as u8,
        8 => sample as u8,
        depth => (u32::from(sample) * 255 / ((1 << depth) - 1)) as u8,
    }
}
