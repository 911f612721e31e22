//! CPU time of a frame, pass and tessellation, while the wheel turns: the asset table of 100,000 rows, and an empty room.
//!
//! Prints both 99th percentiles in milliseconds.

use std::path::Path;
use std::sync::Arc;

use cpu_time::ThreadTime;
use egui::{Context, Event, Key, Modifiers, MouseWheelUnit, RawInput, Rect, TouchPhase, pos2, vec2};
use patchbook::app::preferences::Preferences;
use patchbook::app::{self, Engine, Session};
use patchbook::domain::asset::{Asset, AssetId, AssetKind};
use patchbook::domain::command::{Command, ImportRows};
use patchbook::domain::decide::{Moment, new_asset_rows};
use patchbook::domain::shop::Shop;
use patchbook::domain::standing::Standing;
use patchbook::ui::app::{App, Start};
use patchbook::ui::picker::Picker;
use patchbook::util::clock::Clock;
use patchbook::util::id::Ids;
use patchbook::util::progress::Progress;

const NOW: i64 = 1_795_341_600;
const FRAMES: usize = 600;

fn context() -> app::Context {
    app::Context {
        actor: "Measure".to_owned(),
        site: "bench".to_owned(),
        clock: Clock::Fixed(NOW),
        ids: Arc::new(Ids::seeded(3)),
        backups: None,
    }
}

fn register(path: &Path, assets: i64) {
    let shop = Shop { name: "Measured".to_owned(), ..Shop::default() };
    let mut engine = Engine::create(path, shop, context()).expect("a new register");
    let ids = Ids::seeded(5);
    let mut changes = Vec::new();
    for n in 1..=assets {
        let mut asset = Asset::new(AssetId(n), &format!("WS-{n:06}"), NOW);
        asset.kind = AssetKind::ALL[n as usize % AssetKind::ALL.len()];
        asset.site = format!("Site {}", n % 17);
        asset.function = format!("desk {}", n % 313);
        changes.extend(new_asset_rows(
            &asset,
            Standing::of_kind(asset.kind),
            Moment { at: NOW, actor: "bench", ids: &ids },
        ));
    }
    if assets > 0 {
        let rows = ImportRows { label: "Fill".to_owned(), changes, batch: None };
        engine.run(Command::Import(Box::new(rows)), &Progress::default()).expect("recorded");
    }
}

/// The 99th percentile of a frame in the Assets room of a register.
fn measure(path: &Path) -> f64 {
    let ctx = Context::default();
    let session = Session::inline(context());
    let mut app =
        App::new(session, Preferences::default(), None, Picker::none(), Start::Open(path.to_owned()));
    app.set_up(&ctx);
    let size = vec2(1280.0, 800.0);
    let middle = pos2(700.0, 500.0);
    let mut frame = |time: f64, events: Vec<Event>| {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), size)),
            time: Some(time),
            events,
            ..RawInput::default()
        };
        let start = ThreadTime::now();
        let output = ctx.run_ui(input, |ui| {
            app.logic(ui.ctx());
            app.ui(ui);
        });
        let shapes = ctx.tessellate(output.shapes, output.pixels_per_point);
        std::hint::black_box(shapes);
        start.elapsed().as_secs_f64() * 1e3
    };
    let key = |key| Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::COMMAND,
    };
    for n in 0..10 {
        frame(f64::from(n) / 60.0, Vec::new());
    }
    frame(0.2, vec![key(Key::Num2)]);
    frame(0.3, vec![Event::PointerMoved(middle)]);
    for n in 0..60 {
        frame(0.4 + f64::from(n) / 60.0, Vec::new());
    }
    let mut times = Vec::with_capacity(FRAMES);
    for n in 0..FRAMES {
        let down = if n / 100 % 2 == 0 { -60.0 } else { 60.0 };
        let wheel = Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, down),
            source: egui::MouseWheelSource::Wheel,
            phase: TouchPhase::Move,
            modifiers: Modifiers::NONE,
        };
        times.push(frame(2.0 + n as f64 / 60.0, vec![wheel]));
    }
    times.sort_by(f64::total_cmp);
    times[FRAMES * 99 / 100]
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let (empty, full) = (folder.path().join("empty.patchbook"), folder.path().join("full.patchbook"));
    register(&empty, 0);
    register(&full, 100_000);
    println!("{} {}", measure(&full), measure(&empty));
}
