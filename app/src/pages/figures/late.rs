//! The heat map of who is late: a row per person or unit, a cell per working day.

use chrono::Datelike as _;
use shared::chart::draw::{Anchor, Area, Drawing};
use shared::chart::late::{Late, Who};
use shared::organisation::Organisation;

use super::RIGHT;
use crate::components::Shown;
use crate::i18n::{chart as words, format, names};

/// Room for the names, height of a row and of the head, and the least width of a cell.
const NAMES: i64 = 96;
const ROW: i64 = 26;
const HEAD: i64 = 20;
const CELL: i64 = 20;

/// The most rows of the picture; the table has all.
const MOST_ROWS: usize = 15;

fn name(organisation: &Organisation, who: Who) -> String {
    match who {
        Who::Person(person) => names::person_of(organisation, person),
        Who::Unit(unit) => names::unit_of(organisation, unit),
    }
}

/// What it shows, in words.
pub(super) fn shown(organisation: &Organisation, late: &Late, by_unit: bool) -> Shown {
    let counted = |count: usize| {
        let count = count.to_string();
        if by_unit {
            words::units_count(&count)
        } else {
            words::people_count(&count)
        }
    };
    let count = counted(late.rows.len());
    let now = |overdue: &[u32]| overdue.last().copied().unwrap_or(0);
    let summary = match late.rows.first() {
        None => words::nobody_late().to_owned(),
        Some(first) if now(&first.overdue) == 0 => words::late_past(&count),
        Some(first) => {
            let overdue = now(&first.overdue).to_string();
            words::late_now(&count, &name(organisation, first.who), &overdue)
        }
    };
    let in_time = match late.in_time {
        0 => String::new(),
        count => words::in_time(&counted(count)),
    };
    let hidden = match late.rows.len().saturating_sub(MOST_ROWS) {
        0 => String::new(),
        count => words::more_rows(&count.to_string()),
    };
    let mut columns = vec![words::name().to_owned()];
    columns.extend(late.days.iter().map(|day| format::short_day(*day)));
    let rows = late.rows.iter().map(|row| {
        let cells = row.overdue.iter().map(u32::to_string);
        std::iter::once(name(organisation, row.who))
            .chain(cells)
            .collect()
    });
    Shown {
        name: "late",
        title: words::late().to_owned(),
        summary: format!("{summary} {in_time}").trim().to_owned(),
        missing: format!("{} {hidden}", words::only_seen()).trim().to_owned(),
        keys: [
            ("chart-heat-0", words::overdue_0()),
            ("chart-heat-1", words::overdue_1()),
            ("chart-heat-2", words::overdue_2()),
            ("chart-heat-3", words::overdue_3()),
        ]
        .map(|(class, words)| (class, words.to_owned()))
        .to_vec(),
        columns,
        rows: rows.collect(),
    }
}

/// Draws it (`of` distinguishes it from that of another period): the last working days that have room.
pub(super) fn draw(organisation: &Organisation, late: &Late, of: &str, width: i64) -> String {
    let rows = &late.rows[..late.rows.len().min(MOST_ROWS)];
    let room = usize::try_from((width - NAMES - RIGHT) / CELL).unwrap_or(0);
    let first = late.days.len().saturating_sub(room.max(1));
    let days = &late.days[first..];
    let count = i64::try_from(days.len()).unwrap_or(1).max(1);
    let cell = ((width - NAMES - RIGHT) / count).clamp(CELL, 44);
    let height = HEAD + ROW * i64::try_from(rows.len()).unwrap_or(0) + 6;
    let mut drawing = Drawing::new(&format!("late-{of}"), width, height);
    let x = |place: usize| NAMES + cell * i64::try_from(place).unwrap_or(0);
    let y = |row: usize| HEAD + ROW * i64::try_from(row).unwrap_or(0);
    for (place, day) in days.iter().enumerate() {
        let point = (x(place) + cell / 2, HEAD - 6);
        drawing.text("chart-word", Anchor::Middle, point, &day.day().to_string());
    }
    let area = |row: usize, place: usize| Area {
        x: x(place),
        y: y(row),
        width: cell,
        height: ROW,
    };
    for (at, row) in rows.iter().enumerate() {
        let name = fitting(&name(organisation, row.who), NAMES - 8);
        drawing.text("chart-word", Anchor::Start, (0, y(at) + 17), &name);
        for (place, count) in row.overdue[first..].iter().enumerate() {
            heat(&mut drawing, area(at, place), *count);
        }
    }
    for (at, row) in rows.iter().enumerate() {
        let name = name(organisation, row.who);
        for (place, (day, count)) in days.iter().zip(&row.overdue[first..]).enumerate() {
            let words = words::cell(&name, &format::short_day(*day), &count.to_string());
            drawing.mark(area(at, place), &words);
        }
    }
    drawing.finish(words::late())
}

/// One cell; the figure in it says what the colour says.
fn heat(drawing: &mut Drawing, area: Area, count: u32) {
    let class = match count {
        0 => "chart-heat-0",
        1 => "chart-heat-1",
        2 => "chart-heat-2",
        _ => "chart-heat-3",
    };
    let inner = Area {
        x: area.x + 1,
        y: area.y + 1,
        width: area.width - 2,
        height: area.height - 2,
    };
    drawing.area(class, inner, None);
    if count > 0 {
        let point = (area.x + area.width / 2, area.y + 18);
        let class = if count > 2 {
            "chart-figure-on"
        } else {
            "chart-figure"
        };
        drawing.text(class, Anchor::Middle, point, &count.to_string());
    }
}

/// As much of a name as has room: a Chinese letter takes twelve units, a Latin one seven.
fn fitting(name: &str, room: i64) -> String {
    let wide = |letter: char| if letter.is_ascii() { 7 } else { 12 };
    if name.chars().map(wide).sum::<i64>() <= room {
        return name.to_owned();
    }
    let mut left = room - 8;
    let kept = name.chars().take_while(|letter| {
        left -= wide(*letter);
        left >= 0
    });
    kept.chain(std::iter::once('…')).collect()
}
