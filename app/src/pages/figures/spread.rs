//! The picture of how results spread over the bands of the regime.

use shared::chart::draw::{Anchor, Area};
use shared::chart::spread::{Bar, Spread};

use super::{TOP, ZERO, begun};
use crate::components::Shown;
use crate::i18n::chart as words;

/// A figure without needless decimals.
fn plain(figure: &str) -> String {
    figure.strip_suffix(".00").unwrap_or(figure).to_owned()
}

fn band(bar: &Bar) -> String {
    bar.from.map_or_else(
        || words::below_bands().to_owned(),
        |from| words::band_from(&plain(&from.to_string())),
    )
}

/// What it shows, in words.
pub(super) fn shown(spread: &Spread) -> Shown {
    let most = spread.bars.iter().max_by_key(|bar| bar.people);
    let summary = match most.filter(|bar| bar.people > 0) {
        Some(bar) => words::spread_now(
            &spread.judged.to_string(),
            &band(bar),
            &bar.people.to_string(),
        ),
        None => words::no_results().to_owned(),
    };
    let counted = |count: u32, words: fn(&str) -> String| {
        if count > 0 {
            words(&count.to_string())
        } else {
            String::new()
        }
    };
    let unjudged = counted(spread.unjudged, words::spread_unjudged);
    let missing = counted(spread.missing, words::spread_missing);
    let row = |bar: &Bar| {
        vec![
            band(bar),
            bar.coefficient.to_string(),
            bar.people.to_string(),
        ]
    };
    Shown {
        name: "spread",
        title: words::spread().to_owned(),
        summary,
        missing: format!("{unjudged} {missing}").trim().to_owned(),
        keys: Vec::new(),
        columns: [words::band(), words::coefficient(), words::people()]
            .map(str::to_owned)
            .to_vec(),
        rows: spread.bars.iter().map(row).collect(),
    }
}

/// Draws it; `of` distinguishes it from the same picture of another period.
pub(super) fn draw(spread: &Spread, of: &str, width: i64) -> String {
    let most = spread.bars.iter().map(|bar| bar.people).max();
    let (name, count) = (format!("spread-{of}"), spread.bars.len());
    let (mut drawing, scale, bands) = begun(&name, width, most.unwrap_or(0), count);
    let area = |place: usize, people: u32| {
        let ((from, to), y) = (bands.band(place), scale.at(people));
        let gap = (to - from) / 6;
        Area {
            x: from + gap,
            y,
            width: to - from - 2 * gap,
            height: ZERO - y,
        }
    };
    for (place, bar) in spread.bars.iter().enumerate() {
        let middle = bands.middle(place);
        drawing.area("chart-bar", area(place, bar.people), Some("wide"));
        let label = match bar.from {
            Some(from) => format!("{}+", plain(&from.to_string())),
            None => "–".to_owned(),
        };
        drawing.text("chart-word", Anchor::Middle, (middle, ZERO + 16), &label);
        if bar.people > 0 {
            let point = (middle, scale.at(bar.people) - 4);
            drawing.text(
                "chart-figure",
                Anchor::Middle,
                point,
                &bar.people.to_string(),
            );
        }
    }
    for (place, bar) in spread.bars.iter().enumerate() {
        let words = words::bar(
            &band(bar),
            &bar.coefficient.to_string(),
            &bar.people.to_string(),
        );
        let (from, to) = bands.band(place);
        let whole = Area {
            x: from,
            y: TOP,
            width: to - from,
            height: ZERO - TOP,
        };
        drawing.mark(whole, &words);
    }
    drawing.finish(words::spread())
}
