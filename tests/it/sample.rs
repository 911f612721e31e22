//! The sample register: built through the real importers, the same story on any day.

use std::path::Path;
use std::sync::Arc;

use chrono::{Datelike as _, Weekday};
use patchbook::app::{Context, Engine, paper, sample};
use patchbook::domain::compliance::machine::Segment;
use patchbook::store::Access;
use patchbook::util::clock::{Clock, DAY_SECS, day_in};
use patchbook::util::id::Ids;
use patchbook::util::progress::Progress;

/// 2026-11-22 10:00 UTC, a Sunday.
pub const NOW: i64 = 1_795_341_600;

pub fn context(now: i64) -> Context {
    Context {
        actor: "Ines Hartmann".to_owned(),
        site: "test".to_owned(),
        clock: Clock::Fixed(now),
        ids: Arc::new(Ids::seeded(7)),
        backups: None,
    }
}

fn build(folder: &Path, now: i64) -> (sample::Sample, Engine) {
    let sample = sample::build(folder, &context(now), &Progress::default()).unwrap();
    let engine = Engine::open(&sample.register, Access::ReadOnly, context(now)).unwrap();
    (sample, engine)
}

#[test]
fn the_sample_shows_every_segment_and_adds_up() {
    let folder = tempfile::tempdir().unwrap();
    let (sample, mut engine) = build(&folder.path().join("demo"), NOW);
    let figures = paper::figures(engine.book(), NOW);
    let segments: Vec<(&str, u64)> =
        Segment::ALL.iter().map(|s| (s.text(), figures.in_segment(*s))).collect();
    let total: u64 = segments.iter().map(|(_, n)| n).sum();
    assert_eq!(total, figures.in_scope());
    assert_eq!(engine.book().assets.len(), 48);
    for &segment in Segment::ALL {
        assert!(figures.in_segment(segment) > 0, "no machine is {}: {segments:?}", segment.text());
    }
    assert!(
        figures.within_deadline().part * 2 > figures.in_scope(),
        "most machines are within deadline: {segments:?}"
    );
    assert_eq!(sample.imports, 27);
    assert!(engine.verify(&Progress::default()).unwrap().is_sound());
    insta::assert_debug_snapshot!("sample_segments", segments);
    // To look at the pages: PATCHBOOK_LOOK=folder cargo test --test it sample
    if let Ok(look) = std::env::var("PATCHBOOK_LOOK") {
        std::fs::copy(&sample.report, Path::new(&look).join("monthly-compliance-report.pdf")).unwrap();
        std::fs::copy(&sample.register, Path::new(&look).join("tidewater.patchbook")).unwrap();
    }
}

#[test]
fn the_story_follows_the_real_patch_tuesdays_and_ends_within_the_last_seven_days() {
    for day in 0..400 {
        let now = NOW + day * DAY_SECS;
        let calendar = sample::Calendar::ending(now);
        let exports = calendar.exports_at();
        let end = *exports.last().unwrap();
        assert!(end <= now && now - end < 7 * DAY_SECS, "day {day}: {end} against {now}");
        let releases = calendar.releases_at();
        assert_eq!(releases.len(), 6, "day {day}");
        for at in &releases {
            let on = day_in(chrono_tz::America::Los_Angeles, *at);
            assert!(on.weekday() == Weekday::Tue && (8..=14).contains(&on.day()), "day {day}: {on}");
        }
        assert!(
            exports[0] < releases[0] && releases[5] < end && end - releases[5] < 41 * DAY_SECS,
            "day {day}"
        );
    }
}

#[test]
fn the_sample_never_writes_into_a_folder_that_exists() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("demo")).unwrap();
    let error = sample::build(&folder.path().join("demo"), &context(NOW), &Progress::default()).unwrap_err();
    assert!(error.summary.contains("exists"), "{error}");
    assert_eq!(std::fs::read_dir(folder.path().join("demo")).unwrap().count(), 0);
}
