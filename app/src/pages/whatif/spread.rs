//! The picture of a what-if: how many people have which coefficient, then and now.

use std::collections::BTreeMap;

use shared::chart::draw::{Anchor, Area, Drawing};
use shared::chart::scale::{Bands, Scale, ticks};
use shared::organisation::Organisation;
use shared::quantity::BasisPoints;
use shared::whatif::Outcome;

use crate::components::Shown;
use crate::i18n::{names, whatif as words};

/// Height of the picture, its margins, and where the axis stands.
const HEIGHT: i64 = 200;
const LEFT: i64 = 32;
const TOP: i64 = 18;
const ZERO: i64 = HEIGHT - 24;

/// How many people have each coefficient, then and now.
fn counted(outcome: &Outcome) -> BTreeMap<BasisPoints, (u32, u32)> {
    let mut counted: BTreeMap<BasisPoints, (u32, u32)> = BTreeMap::new();
    for line in &outcome.lines {
        counted.entry(line.then.coefficient).or_default().0 += 1;
        counted.entry(line.now.coefficient).or_default().1 += 1;
    }
    counted
}

/// What it shows, in words.
pub(super) fn shown(organisation: &Organisation, outcome: &Outcome) -> Shown {
    let first = outcome.lines.first().filter(|line| line.is_changed());
    let summary = first.map_or_else(
        || words::no_difference().to_owned(),
        |line| {
            let name = names::person_of(organisation, line.person);
            let [then, now] = [&line.then, &line.now].map(|one| one.coefficient.to_string());
            words::most_changed(&name, &then, &now)
        },
    );
    let row = |(coefficient, (then, now)): (BasisPoints, (u32, u32))| {
        vec![coefficient.to_string(), then.to_string(), now.to_string()]
    };
    Shown {
        name: "what-if",
        title: words::spread().to_owned(),
        summary,
        missing: String::new(),
        keys: vec![
            ("chart-before", words::then().to_owned()),
            ("chart-after", words::now().to_owned()),
        ],
        columns: [words::coefficient(), words::then(), words::now()]
            .map(str::to_owned)
            .to_vec(),
        rows: counted(outcome).into_iter().map(row).collect(),
    }
}

/// Draws it.
pub(super) fn draw(outcome: &Outcome, width: i64) -> String {
    let counted = counted(outcome);
    let most = counted.values().map(|(then, now)| *then.max(now)).max();
    let ticks = ticks(most.unwrap_or(0), 5);
    let scale = Scale {
        most: ticks.last().copied().unwrap_or(1),
        zero: ZERO,
        end: TOP,
    };
    let mut drawing = Drawing::new("what-if", width, HEIGHT);
    for tick in &ticks {
        let y = scale.at(*tick);
        drawing.line("chart-grid", (LEFT, y), (width - 4, y));
        let point = (LEFT - 6, y + 4);
        drawing.text("chart-word", Anchor::End, point, &tick.to_string());
    }
    let bands = Bands {
        from: LEFT,
        to: width - 4,
        count: counted.len(),
    };
    for (place, (coefficient, (then, now))) in counted.iter().enumerate() {
        let (from, to) = bands.band(place);
        let gap = (to - from) / 6;
        let half = (to - from - 2 * gap) / 2;
        for (class, at, people) in [
            ("chart-before", from + gap, *then),
            ("chart-after", from + gap + half, *now),
        ] {
            let y = scale.at(people);
            let area = Area {
                x: at,
                y,
                width: half,
                height: ZERO - y,
            };
            drawing.area(class, area, None);
            if people > 0 {
                let point = (at + half / 2, y - 4);
                drawing.text("chart-figure", Anchor::Middle, point, &people.to_string());
            }
        }
        let label = coefficient.to_string();
        drawing.text(
            "chart-word",
            Anchor::Middle,
            (bands.middle(place), ZERO + 16),
            &label,
        );
    }
    for (place, (coefficient, (then, now))) in counted.iter().enumerate() {
        let (from, to) = bands.band(place);
        let whole = Area {
            x: from,
            y: TOP,
            width: to - from,
            height: ZERO - TOP,
        };
        let said = words::bar(
            &coefficient.to_string(),
            &then.to_string(),
            &now.to_string(),
        );
        drawing.mark(whole, &said);
    }
    drawing.finish(words::spread())
}
