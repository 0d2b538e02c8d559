//! The picture of a period's progress: what was to be done as a line, what is done as a surface.

use chrono::Datelike as _;
use shared::chart::draw::{Anchor, Area, Drawing};
use shared::chart::progress::{At, Progress};
use shared::chart::scale::{Bands, Scale};

use super::{LEFT, TOP, ZERO, begun};
use crate::components::Shown;
use crate::i18n::{chart as words, format};

/// What it shows, in words.
pub(super) fn shown(progress: &Progress) -> Shown {
    let all = progress.all.to_string();
    let summary = progress.now().map_or_else(
        || words::progress_before(&all),
        |at| {
            let (planned, done) = (at.planned.to_string(), at.done.unwrap_or_default());
            words::progress_now(
                &format::short_day(at.day),
                &planned,
                &done.to_string(),
                &all,
            )
        },
    );
    let missing = match progress.undated {
        0 => words::only_seen().to_owned(),
        count => format!(
            "{}{}",
            words::only_seen(),
            words::undated(&count.to_string())
        ),
    };
    let row = |at: &At| {
        let done = at.done.map(|done| done.to_string()).unwrap_or_default();
        vec![format::short_day(at.day), at.planned.to_string(), done]
    };
    Shown {
        name: "progress",
        title: words::progress().to_owned(),
        summary,
        missing,
        keys: vec![
            ("chart-planned", words::planned().to_owned()),
            ("chart-done", words::done().to_owned()),
        ],
        columns: [words::day(), words::planned(), words::done()]
            .map(str::to_owned)
            .to_vec(),
        rows: progress.days.iter().map(row).collect(),
    }
}

/// Draws it; `of` distinguishes it from the same picture of another period.
pub(super) fn draw(progress: &Progress, of: &str, width: i64) -> String {
    let days = &progress.days;
    let most = days.iter().map(|at| at.planned.max(at.done.unwrap_or(0)));
    let most = most.max().unwrap_or(0);
    let (mut drawing, scale, bands) = begun(&format!("progress-{of}"), width, most, days.len());
    let done: Vec<u32> = days.iter().map_while(|at| at.done).collect();
    if !done.is_empty() {
        let (end, _) = bands.band(done.len());
        let mut surface = vec![(LEFT, ZERO)];
        surface.extend(steps(&done, bands, scale));
        surface.push((end, ZERO));
        drawing.way("chart-done", &surface, true);
        drawing.way("chart-done-line", &steps(&done, bands, scale), false);
        if done.len() < days.len() {
            drawing.line("chart-now", (end, TOP), (end, ZERO));
        }
    }
    let planned: Vec<u32> = days.iter().map(|at| at.planned).collect();
    drawing.way("chart-planned", &steps(&planned, bands, scale), false);
    label_days(&mut drawing, progress, bands);
    for (place, at) in days.iter().enumerate() {
        let (from, to) = bands.band(place);
        let area = Area {
            x: from,
            y: TOP,
            width: to - from,
            height: ZERO - TOP,
        };
        let (day, planned) = (format::short_day(at.day), at.planned.to_string());
        let words = match at.done {
            Some(done) => words::at(&day, &planned, &done.to_string()),
            None => words::ahead(&day, &planned),
        };
        drawing.mark(area, &words);
    }
    drawing.finish(words::progress())
}

/// A line that stays level over each band.
fn steps(counts: &[u32], bands: Bands, scale: Scale) -> Vec<(i64, i64)> {
    let level = |(place, count): (usize, &u32)| {
        let ((from, to), y) = (bands.band(place), scale.at(*count));
        [(from, y), (to, y)]
    };
    counts.iter().enumerate().flat_map(level).collect()
}

/// The days of the month below the axis, as many as have room.
fn label_days(drawing: &mut Drawing, progress: &Progress, bands: Bands) {
    let (from, to) = bands.band(0);
    let apart = usize::try_from(26 / (to - from).max(1)).unwrap_or(0) + 1;
    for (place, at) in progress.days.iter().enumerate().step_by(apart) {
        let point = (bands.middle(place), ZERO + 16);
        drawing.text(
            "chart-word",
            Anchor::Middle,
            point,
            &at.day.day().to_string(),
        );
    }
}
