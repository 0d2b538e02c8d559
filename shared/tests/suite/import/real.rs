//! Real plans: forty-two items of thirteen departments come in whole, cell by cell.

use std::collections::BTreeMap;

use shared::command::Command;
use shared::id::UnitId;
use shared::import::{
    Choices, ImportRefusal, Note, Options, PostChoice, Preview, UnitChoice, preview, write,
};
use shared::item::{Item, Rhythm};
use shared::moment::Day;
use shared::organisation::Tenure;
use shared::period::PeriodKind;
use shared::plan::Plan;
use shared::quantity::{Points, Quantity};

use super::{minted, pools};
use crate::prelude::*;

const REAL: &str = include_str!("../../data/real-plans.csv");

/// The rows as cells by column, read by nothing of the product's own.
fn rows() -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(REAL.as_bytes());
    let header = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        let cells = header.iter().map(str::to_owned);
        cells.zip(record.iter().map(str::to_owned)).collect()
    };
    reader
        .records()
        .map(|record| row(record.unwrap()))
        .collect()
}

/// The departments in the sheet's order, none twice.
fn departments() -> Vec<String> {
    let mut names = Vec::new();
    for row in rows() {
        if !names.contains(&row["department_zh"]) {
            names.push(row["department_zh"].clone());
        }
    }
    names
}

/// November 2026; every department is made below the root and led by the head of the line; the
/// attendants' post of the first department is held by the worker.
fn choices() -> Choices {
    let unit = |(n, name): (u128, String)| UnitChoice {
        name,
        unit: UnitId::from_bits(500 + n),
        parent: Some(ROOT),
        head: Some(LINE_HEAD),
    };
    Choices {
        year: 2026,
        month: 11,
        units: (0..).zip(departments()).map(unit).collect(),
        posts: vec![PostChoice {
            department: "客房部".into(),
            post: "领班".into(),
            person: Some(WORKER),
        }],
        ..Choices::default()
    }
}

fn options(story: &Story, actor: shared::id::PersonId) -> Options<'_> {
    let options = Options::of(&story.world, choices(), actor, story.moment.today()).unwrap();
    options.offering(pools())
}

fn imported() -> (Story, Preview) {
    let mut story = Story::founded();
    let options = options(&story, ADMINISTRATOR);
    let shown = preview(REAL, &options);
    let commands = minted(&shown, &options);
    drop(options);
    for command in commands {
        story.must(ADMINISTRATOR, command);
    }
    (story, shown)
}

/// The item of a row, with its plan: by the names of its department and of itself.
fn found<'s>(story: &'s Story, row: &BTreeMap<String, String>) -> (&'s Plan, &'s Item) {
    let units = &story.world.organisation().units;
    let mut items = story.world.documents().flat_map(|(_, document)| {
        let plan = document.plan.as_ref().unwrap();
        document.items.values().map(move |item| (plan, item))
    });
    let wanted = |(plan, item): &(&Plan, &Item)| {
        units[&plan.unit].name == row["department_zh"] && item.title == row["title_zh"]
    };
    let one = items.find(wanted).unwrap();
    assert!(items.all(|other| !wanted(&other)), "{row:?}");
    one
}

#[test]
fn every_cell_is_found_again() {
    let (story, shown) = imported();
    assert_eq!(shown.refused, []);
    let rows = rows();
    assert_eq!((rows.len(), shown.accepted.len()), (42, 42));
    let all = story.world.documents();
    assert_eq!(all.map(|(_, d)| d.items.len()).sum::<usize>(), 42);
    for row in &rows {
        let (plan, item) = found(&story, row);
        let mut left = row.clone();
        left.retain(|_, cell| !cell.is_empty());
        let mut same = |column: &str, kept: &str| {
            assert_eq!(
                left.remove(column).unwrap_or_default(),
                kept,
                "{column} of {row:?}"
            );
        };
        let organisation = story.world.organisation();
        let unit = &organisation.units[&plan.unit];
        let period = &organisation.periods[&plan.period];
        let regime = organisation.regimes[&period.regime].regime();
        let section = regime.items.sections.iter().find(|s| s.key == item.section);
        let number = |value: Option<Quantity>| value.map_or(String::new(), |v| v.to_string());
        same("department_zh", &unit.name);
        same("department_en", &unit.name_en);
        same("period", &word(period.kind).replace('_', "-"));
        same("section", &section.unwrap().name.zh);
        same("title_zh", &item.title);
        same("target_kind", &word(item.target.kind));
        same("baseline", &number(item.target.baseline));
        same("target", &number(item.target.value));
        same("unit", &item.target.measure);
        same("deliverable_zh", &item.deliverable);
        same("weight", item.weight.to_string().trim_end_matches(".00"));
        same("owner_zh", &item.post);
        same("standard_zh", &item.standard);
        same("scoring_rule_zh", &item.rule);
        assert_eq!(
            due(&left.remove("due").unwrap(), period.to),
            (item.due, item.rhythm)
        );
        for helper in &item.helpers {
            let name = organisation.units[helper].name.clone();
            assert_eq!(left.remove("helper_zh"), Some(name));
        }
        // Whatever has no field is kept beside, word for word.
        let mut beside: BTreeMap<String, String> = item.extra.iter().cloned().collect();
        assert_eq!(beside.remove("department_en"), Some(unit.name_en.clone()));
        assert_eq!(beside, left);
    }
}

fn word<T: serde::Serialize>(value: T) -> String {
    let word = serde_json::to_value(value).unwrap();
    word.as_str().unwrap().to_owned()
}

/// What the words of the sheet mean in November 2026: its half ends as its year does.
fn due(words: &str, last: Day) -> (Option<Day>, Option<Rhythm>) {
    let rhythm = match words {
        "daily" => Some(Rhythm::Daily),
        "weekly" => Some(Rhythm::Weekly),
        "monthly" => Some(Rhythm::Monthly),
        "on-request" => Some(Rhythm::OnRequest),
        _ => None,
    };
    let due = match words {
        _ if rhythm.is_some() => last,
        "month-end" => day(2026, 11, 30),
        "half-year-end" | "year-end" => day(2026, 12, 31),
        date => {
            let (month, of_month) = date.split_once('-').unwrap();
            day(2026, month.parse().unwrap(), of_month.parse().unwrap())
        }
    };
    (Some(due), rhythm)
}

#[test]
fn months_are_drafted_and_longer_rows_become_pools() {
    let (story, shown) = imported();
    let organisation = story.world.organisation();
    let kinds: Vec<_> = shown
        .periods
        .iter()
        .map(|period| (period.kind, period.rows, period.pool, period.adopts))
        .collect();
    // 6 of S58, 3 of S70, 3 of S53, 2 of S54, 2 of S43, 3 of S27: 19 for the month; 4 of S77 for
    // the half; 2 of S77, 5 of S62, 6 of S64, 2 of S67, 4 of S72: 19 for the year.
    assert_eq!(
        kinds,
        [
            (PeriodKind::Month, 19, false, false),
            (PeriodKind::HalfYear, 4, true, true),
            (PeriodKind::Year, 19, true, true),
        ]
    );
    let half = organisation
        .periods
        .values()
        .find(|p| p.kind == PeriodKind::HalfYear);
    let half = half.unwrap();
    assert_eq!((half.from, half.to), (day(2026, 7, 1), day(2026, 12, 31)));
    // Thirteen departments; operations has a plan for the half and one for the year.
    assert_eq!(shown.plans.len(), 14);
    assert_eq!(story.world.documents().count(), 14);
    for (_, document) in story.world.documents() {
        let plan = document.plan.as_ref().unwrap();
        assert_eq!((plan.owner, plan.submitted.as_ref()), (LINE_HEAD, None));
    }
    // 6 items of S58: 30 + 15 + 15 + 15 + 15 + 10 = 100 points.
    assert_eq!(
        (shown.plans[0].items, shown.plans[0].weight),
        (6, Points(10_000))
    );
}

#[test]
fn heads_posts_and_helpers_are_as_chosen() {
    let (story, shown) = imported();
    let organisation = story.world.organisation();
    let heads: Vec<_> = organisation
        .assignments
        .values()
        .filter(|assignment| assignment.unit.bits() >= 500)
        .collect();
    assert_eq!(heads.len(), 13);
    // The head of the line has a main post there.
    let additional = |a: &&shared::organisation::Assignment| {
        a.heads && a.person == LINE_HEAD && a.tenure == Tenure::Additional
    };
    assert!(heads.iter().all(additional));
    let row = |title: &str| {
        shown
            .accepted
            .iter()
            .find(|row| row.item.title.contains(title))
    };
    let leader = &row("领班").unwrap().item;
    assert_eq!(
        (leader.post.as_str(), leader.responsible),
        ("领班", Some(WORKER))
    );
    let manager = row("迷你吧").unwrap();
    assert_eq!(manager.item.responsible, None);
    let post = "客房部经理".to_owned();
    assert_eq!(manager.notes, [Note::PostUnfilled { post }]);
    // No unit is called 物控部; 品管部 is made by the same act.
    let material = row("日物料追踪表").unwrap();
    assert_eq!(material.item.helpers, []);
    let given = "物控部".to_owned();
    assert!(material.notes.contains(&Note::HelperInWords { given }));
    let quality = row("供应商开发").unwrap().item.helpers[0];
    assert_eq!(organisation.units[&quality].name, "品管部");
    // By hand: 3, 3, 3, 2, 2, 1, 2, 1, 2, 1, 1, 1, 1 posts of the thirteen; 物控部 is a name too.
    assert_eq!(shown.posts.len(), 23);
    assert_eq!(shown.units.len(), 14);
}

#[test]
fn rules_that_can_be_said_in_figures_are() {
    let (_, shown) = imported();
    let figures = |rule: &str| -> Vec<_> {
        let ruled = shown.accepted.iter().filter(|row| row.item.rule == rule);
        ruled
            .map(|row| row.item.deduction.clone())
            .map(|d| d.map(|d| (d.per.0 / 10_000, d.points.0 / 100, d.started)))
            .collect()
    };
    assert_eq!(figures("每差500元扣2分、扣完为止"), [Some((500, 2, false))]);
    assert_eq!(figures("缺一次扣4分"), [Some((1, 4, false)); 3]);
    assert_eq!(figures("每低1个百分点扣2分"), [Some((1, 2, false)); 4]);
    assert_eq!(figures("逾期不得分"), [Some((1, 100, true)); 5]);
    assert_eq!(figures("未完成不得分"), [Some((1, 100, true))]);
    // The target is a percentage, the step a document: how many documents is not said.
    assert_eq!(figures("每逾期一份扣2分"), [None, None]);
    assert_eq!(figures("完成率计分"), [None, None]);
    let read = shown
        .accepted
        .iter()
        .filter(|row| row.item.deduction.is_some());
    // 14 with steps, 8 all or nothing; the other 20 say so in a note.
    assert_eq!(read.count(), 22);
    let in_words = |note: &Note| matches!(note, Note::RuleInWords { .. });
    let noted = shown
        .accepted
        .iter()
        .filter(|row| row.notes.iter().any(in_words));
    assert_eq!(noted.count(), 20);
}

#[test]
fn importing_it_again_adds_nothing() {
    let (story, _) = imported();
    let again = preview(REAL, &options(&story, ADMINISTRATOR));
    assert_eq!((again.refused.len(), again.accepted.len()), (0, 0));
    assert_eq!(again.existing.len(), 42);
    assert!(
        again.existing.iter().all(|row| row.differs.is_empty()),
        "{again:#?}"
    );
    let documents = story.world.documents().map(|(_, document)| document);
    let written = write(story.world.organisation(), documents);
    let read = preview(&written, &options(&story, ADMINISTRATOR));
    assert_eq!((read.refused.len(), read.existing.len()), (0, 42));
    assert!(read.existing.iter().all(|row| row.differs.is_empty()));
    assert!(read.is_done());
}

#[test]
fn nothing_is_guessed_where_nothing_was_chosen() {
    let story = Story::founded();
    let today = story.moment.today();
    let blank = Choices {
        year: 2026,
        month: 11,
        ..Choices::default()
    };
    let options = Options::of(&story.world, blank, ADMINISTRATOR, today).unwrap();
    let options = options.offering(pools());
    let shown = preview(REAL, &options);
    assert_eq!(shown.accepted, []);
    assert_eq!(shown.refused.len(), 42);
    let cells: Vec<_> = shown.refused[..2].iter().map(|r| r.cell.as_str()).collect();
    assert_eq!(cells, ["B2", "B3"]);
    assert_eq!(minted(&shown, &options), [] as [Command; 0]);
}

#[test]
fn the_plan_office_opens_periods_but_makes_no_units() {
    let story = Story::founded();
    let shown = preview(REAL, &options(&story, PLAN_OFFICE));
    let administrator =
        |r: &&shared::import::Refused| r.refusal == ImportRefusal::NeedsAdministrator;
    assert_eq!(shown.refused.iter().filter(administrator).count(), 42);
    // With the units there, the plan office opens the half and the year by itself.
    let mut story = Story::founded();
    let all_of = |story: &Story| -> Vec<Command> {
        let options = options(story, ADMINISTRATOR);
        minted(&preview(REAL, &options), &options)
    };
    for command in all_of(&story) {
        if matches!(command, Command::AddUnit(_) | Command::Assign(_)) {
            story.must(ADMINISTRATOR, command);
        }
    }
    let shown = preview(REAL, &options(&story, PLAN_OFFICE));
    assert_eq!(shown.refused, []);
    let commands = minted(&shown, &options(&story, PLAN_OFFICE));
    // Two presets, two periods, fourteen plans, forty-two items.
    assert_eq!(commands.len(), 60);
    for command in commands {
        story.must(PLAN_OFFICE, command);
    }
}
