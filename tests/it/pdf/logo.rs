//! The shop's logo: every kind of PNG arrives on paper with its own pixels.

use std::io::Write as _;

use lopdf::Object;
use patchbook::pdf::render;
use patchbook::report::layout::Layout;

use super::read::{entry, open};

fn chunk(out: &mut Vec<u8>, name: &[u8], data: &[u8]) {
    out.extend((data.len() as u32).to_be_bytes());
    out.extend(name);
    out.extend(data);
    // Nobody checks the sum.
    out.extend([0; 4]);
}

fn png(width: u32, height: u32, depth: u8, colour: u8, extra: &[(&[u8], &[u8])], filtered: &[u8]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([depth, colour, 0, 0, 0]);
    chunk(&mut out, b"IHDR", &header);
    for (name, data) in extra {
        chunk(&mut out, name, data);
    }
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(filtered).expect("packs");
    let packed = packed.finish().expect("packs");
    // In two pieces, as large files are.
    let (first, second) = packed.split_at(packed.len() / 2);
    chunk(&mut out, b"IDAT", first);
    chunk(&mut out, b"IDAT", second);
    chunk(&mut out, b"IEND", &[]);
    out
}

/// Colours and opacity of the picture in the printed file.
fn printed(png: Vec<u8>) -> (Vec<u8>, Option<Vec<u8>>) {
    let mut layout = Layout::new("Logo");
    layout.shop = "Shop".into();
    layout.logo = Some(png);
    let rendered = render(&layout).expect("renders");
    assert_eq!(rendered.warnings, Vec::<String>::new());
    let doc = open(&rendered.bytes);
    let samples =
        |stream: &lopdf::Stream| stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
    let is_colour = |object: &&lopdf::Stream| {
        object.dict.get(b"ColorSpace").and_then(Object::as_name).is_ok_and(|name| name == b"DeviceRGB")
    };
    let image = doc.objects.values().filter_map(|o| o.as_stream().ok()).find(is_colour).expect("an image");
    let mask = image
        .dict
        .has(b"SMask")
        .then(|| samples(entry(&doc, &image.dict, "SMask").as_stream().expect("mask")));
    (samples(image), mask)
}

#[test]
fn all_five_line_filters_are_undone() {
    // Two columns of red, green, blue, opacity; each line is written with another filter.
    let lines: [[u8; 8]; 5] = [
        [10, 20, 30, 255, 40, 50, 60, 128],
        [200, 5, 90, 255, 201, 6, 91, 255],
        [7, 7, 7, 0, 250, 250, 250, 255],
        [1, 2, 3, 4, 5, 6, 7, 8],
        [255, 254, 253, 252, 0, 1, 2, 3],
    ];
    let mut filtered = Vec::new();
    for (kind, line) in lines.iter().enumerate() {
        filtered.push(kind as u8);
        for i in 0..8 {
            let left = if i >= 4 { line[i - 4] } else { 0 };
            let up = if kind > 0 { lines[kind - 1][i] } else { 0 };
            let corner = if kind > 0 && i >= 4 { lines[kind - 1][i - 4] } else { 0 };
            let guess = match kind {
                1 => left,
                2 => up,
                3 => u8::midpoint(left, up),
                4 => {
                    let p = i32::from(left) + i32::from(up) - i32::from(corner);
                    let near = [left, up, corner].into_iter().min_by_key(|v| (p - i32::from(*v)).abs());
                    near.expect("three candidates")
                }
                _ => 0,
            };
            filtered.push(line[i].wrapping_sub(guess));
        }
    }
    let (rgb, alpha) = printed(png(2, 5, 8, 6, &[], &filtered));
    let expected: Vec<u8> = lines.iter().flat_map(|l| [l[0], l[1], l[2], l[4], l[5], l[6]]).collect();
    let opacity: Vec<u8> = lines.iter().flat_map(|l| [l[3], l[7]]).collect();
    assert_eq!((rgb, alpha), (expected, Some(opacity)));
}

#[test]
fn palettes_greys_and_deep_colours_are_printed() {
    let palette: &[(&[u8], &[u8])] = &[(b"PLTE", &[255, 0, 0, 0, 255, 0]), (b"tRNS", &[255, 0])];
    // Four pixels of one bit: 0 1 1 0.
    let (rgb, alpha) = printed(png(4, 1, 1, 3, palette, &[0, 0b0110_0000]));
    assert_eq!(rgb, [255, 0, 0, 0, 255, 0, 0, 255, 0, 255, 0, 0]);
    assert_eq!(alpha, Some(vec![255, 0, 0, 255]));
    assert_eq!(printed(png(2, 1, 8, 0, &[], &[0, 0, 128])), (vec![0, 0, 0, 128, 128, 128], None));
    assert_eq!(printed(png(2, 1, 2, 0, &[], &[0, 0b0111_0000])).0, [85, 85, 85, 255, 255, 255]);
    assert_eq!(printed(png(1, 1, 16, 2, &[], &[0, 1, 99, 2, 99, 3, 99])), (vec![1, 2, 3], None));
    assert_eq!(printed(png(1, 1, 8, 4, &[], &[0, 77, 9])), (vec![77; 3], Some(vec![9])));
}

#[test]
fn pictures_that_lie_are_refused_in_words() {
    let good = png(2, 1, 8, 0, &[], &[0, 0, 128]);
    let bad = [
        png(60_000, 60_000, 8, 6, &[], &[0]),
        png(2, 2, 8, 0, &[], &[0, 0, 128]),
        png(2, 1, 7, 0, &[], &[0, 0, 128]),
        png(0, 1, 8, 0, &[], &[]),
        good[..good.len() - 20].to_vec(),
        good[..20].to_vec(),
        Vec::new(),
    ];
    for bytes in bad {
        let mut layout = Layout::new("Logo");
        layout.logo = Some(bytes);
        let warnings = render(&layout).expect("renders").warnings;
        assert!(warnings.len() == 1 && warnings[0].starts_with("The logo "), "{warnings:?}");
    }
}
