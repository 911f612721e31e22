//! What every test of the window stands on: a harness with our look, and pictures painted by the CPU.
//!
//! Pictures need no display, no GPU and no GL: the same bytes on every machine.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::PathBuf;
use std::rc::Rc;

use egui::epaint::{ImageData, Primitive, Vertex};
use egui::{ColorImage, Mesh, Pos2, Rect, TextureId, TexturesDelta, Ui, Vec2};
use egui_kittest::{Harness, HarnessBuilder, TestRenderer};
use patchbook::ui::theme::{self, Mode};

/// The size tests are run in unless they say otherwise, in points.
pub const SIZE: Vec2 = Vec2::new(1280.0, 800.0);

/// The textures egui asked for so far, shared between the harness and whoever paints.
type Textures = Rc<RefCell<HashMap<TextureId, ColorImage>>>;

/// A harness together with what is needed to paint it.
pub struct Window<'a, State = ()> {
    /// The harness: find nodes, press keys, run frames.
    pub harness: Harness<'a, State>,
    textures: Textures,
}

/// How a window is opened in a test.
#[derive(Clone, Copy)]
pub struct Setting {
    pub size: Vec2,
    pub mode: Mode,
    pub scale: f32,
}

impl Default for Setting {
    fn default() -> Self {
        Self { size: SIZE, mode: Mode::Light, scale: 1.0 }
    }
}

fn builder<State>(setting: Setting, textures: Textures) -> HarnessBuilder<State> {
    let Setting { size, mode, scale } = setting;
    Harness::builder()
        .with_size(size)
        .with_pixels_per_point(scale)
        .with_theme(if mode == Mode::Dark { egui::Theme::Dark } else { egui::Theme::Light })
        .with_os(egui::os::OperatingSystem::Nix)
        .renderer(Keeper(textures))
        .with_context_setup(move |ctx| theme::apply(ctx, mode))
}

/// A window of the usual size in the light look.
pub fn window<'a>(ui: impl FnMut(&mut Ui) + 'a) -> Window<'a> {
    window_with(Setting::default(), ui)
}

/// A window as described.
pub fn window_with<'a>(setting: Setting, mut ui: impl FnMut(&mut Ui) + 'a) -> Window<'a> {
    let textures = Textures::default();
    let mut harness = builder(setting, Rc::clone(&textures)).build_ui(move |outer| whole(outer, &mut ui));
    harness.run();
    Window { harness, textures }
}

/// A window over a state the test looks into.
pub fn window_over<'a, State>(state: State, ui: impl FnMut(&mut Ui, &mut State) + 'a) -> Window<'a, State> {
    window_over_with(Setting::default(), state, ui)
}

/// The same, as described.
pub fn window_over_with<'a, State>(
    setting: Setting,
    state: State,
    mut ui: impl FnMut(&mut Ui, &mut State) + 'a,
) -> Window<'a, State> {
    let textures = Textures::default();
    let mut harness = builder(setting, Rc::clone(&textures))
        .build_ui_state(move |outer, state| whole(outer, |inner| ui(inner, state)), state);
    harness.run();
    Window { harness, textures }
}

/// The whole window without a margin, on the colour of the page, as the program itself has it.
fn whole(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let all = ui.ctx().content_rect();
    ui.painter().rect_filled(all, 0.0, ui.visuals().panel_fill);
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(all));
    ui.set_clip_rect(all);
    content(&mut ui);
}

/// Keeps textures; painting happens only when a picture is wanted.
struct Keeper(Textures);

impl TestRenderer for Keeper {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        let mut textures = self.0.borrow_mut();
        for (id, deltas) in std::mem::take(&mut delta.set) {
            for delta in deltas {
                let ImageData::Color(patch) = delta.image;
                if let (Some([left, top]), Some(whole)) = (delta.pos, textures.get_mut(&id)) {
                    for row in 0..patch.size[1] {
                        let from = row * patch.size[0];
                        let to = (top + row) * whole.size[0] + left;
                        whole.pixels[to..to + patch.size[0]]
                            .copy_from_slice(&patch.pixels[from..from + patch.size[0]]);
                    }
                } else {
                    textures.insert(id, ColorImage::clone(&patch));
                }
            }
        }
        for id in std::mem::take(&mut delta.free) {
            textures.remove(&id);
        }
    }
}

impl<State> Window<'_, State> {
    /// Paints the window as it stands into `NAME.png` in the test's own folder and returns where.
    pub fn shot(&mut self, name: &str) -> PathBuf {
        let picture = self.paint();
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pictures");
        std::fs::create_dir_all(&folder).expect("a folder for pictures");
        let path = folder.join(format!("{name}.png"));
        let file = std::fs::File::create(&path).expect("a file for the picture");
        let mut encoder = png::Encoder::new(file, picture.width as u32, picture.height as u32);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        let bytes: Vec<u8> = picture.bytes();
        encoder.write_header().expect("a header").write_image_data(&bytes).expect("pixels");
        path
    }

    /// Paints the window as it stands.
    pub fn paint(&mut self) -> Picture {
        let output = self.harness.output();
        let scale = output.pixels_per_point;
        let size = self.harness.ctx.content_rect().size() * scale;
        let mut picture = Picture::new(size.x.round() as usize, size.y.round() as usize);
        let shapes = output.shapes.clone();
        for clipped in self.harness.ctx.tessellate(shapes, scale) {
            if let Primitive::Mesh(mesh) = clipped.primitive {
                let textures = self.textures.borrow();
                let texture = &textures[&mesh.texture_id];
                picture.mesh(&mesh, texture, clipped.clip_rect * scale, scale);
            }
        }
        picture
    }
}

/// Pixels, premultiplied, each channel from 0 to 1.
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pixels: Vec<[f32; 4]>,
}

impl Picture {
    fn new(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![[0.0, 0.0, 0.0, 1.0]; width * height] }
    }

    /// The pixels as bytes, four a pixel.
    pub fn bytes(&self) -> Vec<u8> {
        self.pixels
            .iter()
            .flatten()
            .map(|channel| (channel * 255.0).round().clamp(0.0, 255.0) as u8)
            .collect()
    }

    fn mesh(&mut self, mesh: &Mesh, texture: &ColorImage, clip: Rect, scale: f32) {
        for corners in mesh.indices.chunks_exact(3) {
            let mut corner = [0, 1, 2].map(|at| mesh.vertices[corners[at] as usize]);
            for vertex in &mut corner {
                vertex.pos = (vertex.pos.to_vec2() * scale).to_pos2();
            }
            // One winding for all, so that the rule for shared edges is one rule.
            if area(corner[0].pos, corner[1].pos, corner[2].pos) < 0.0 {
                corner.swap(1, 2);
            }
            self.triangle(&corner, texture, clip);
        }
    }

    fn triangle(&mut self, [a, b, c]: &[Vertex; 3], texture: &ColorImage, clip: Rect) {
        let whole = area(a.pos, b.pos, c.pos);
        if whole <= 0.0 {
            return;
        }
        let bounds = Rect::from_points(&[a.pos, b.pos, c.pos]).intersect(clip);
        let range = |low: f32, high: f32, end: usize| {
            (low.floor().max(0.0) as usize)..(high.ceil().max(0.0) as usize).min(end)
        };
        // Most triangles are of one colour: then the texture is looked at once, not at every pixel.
        let plain = (a.uv == b.uv && b.uv == c.uv).then(|| sample(texture, a.uv.to_vec2()));
        for y in range(bounds.top(), bounds.bottom(), self.height) {
            for x in range(bounds.left(), bounds.right(), self.width) {
                let point = Pos2::new(x as f32 + 0.5, y as f32 + 0.5);
                let weights = [(b, c), (c, a), (a, b)]
                    .map(|(from, to)| (area(from.pos, to.pos, point), from.pos, to.pos));
                if !clip.contains(point)
                    || !weights.iter().all(|(weight, from, to)| inside(*weight, *from, *to))
                {
                    continue;
                }
                let [wa, wb, wc] = weights.map(|(weight, ..)| weight / whole);
                let uv = a.uv.to_vec2() * wa + b.uv.to_vec2() * wb + c.uv.to_vec2() * wc;
                let sample = plain.unwrap_or_else(|| sample(texture, uv));
                let color: [f32; 4] = std::array::from_fn(|channel| {
                    let vertex = |vertex: &Vertex| f32::from(vertex.color.to_array()[channel]) / 255.0;
                    (vertex(a) * wa + vertex(b) * wb + vertex(c) * wc) * sample[channel]
                });
                let under = &mut self.pixels[y * self.width + x];
                *under = std::array::from_fn(|channel| color[channel] + under[channel] * (1.0 - color[3]));
            }
        }
    }
}

/// Twice the signed area of a triangle.
fn area(a: Pos2, b: Pos2, c: Pos2) -> f32 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// Whether a point is inside an edge; on it, exactly one of the two triangles that share it says yes.
fn inside(weight: f32, from: Pos2, to: Pos2) -> bool {
    let edge = to - from;
    weight > 0.0 || (weight == 0.0 && (edge.y < 0.0 || (edge.y == 0.0 && edge.x > 0.0)))
}

/// A texture between its pixels.
fn sample(texture: &ColorImage, uv: Vec2) -> [f32; 4] {
    let [width, height] = texture.size;
    let (x, y) = (uv.x * width as f32 - 0.5, uv.y * height as f32 - 0.5);
    let (left, top) = (x.floor(), y.floor());
    let (right_part, low_part) = (x - left, y - top);
    let at = |x: f32, y: f32| {
        let x = (x.max(0.0) as usize).min(width - 1);
        let y = (y.max(0.0) as usize).min(height - 1);
        texture.pixels[y * width + x].to_array().map(|channel| f32::from(channel) / 255.0)
    };
    let corners = [at(left, top), at(left + 1.0, top), at(left, top + 1.0), at(left + 1.0, top + 1.0)];
    std::array::from_fn(|channel| {
        let mix = |a: f32, b: f32, part: f32| a + (b - a) * part;
        let high = mix(corners[0][channel], corners[1][channel], right_part);
        let low = mix(corners[2][channel], corners[3][channel], right_part);
        mix(high, low, low_part)
    })
}
