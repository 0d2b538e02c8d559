//! House defaults of format 1 as places of format 2, and those that format 1 leaves unsaid.
//!
//! A place that the new document leaves out because it is empty has no pointer.

use crate::deadline::DeadlineStep;

use super::v1;

/// What format 1 never says: the product's own wherever a document of it is read.
const NEVER_SAID: &[&str] = &[
    "/coverage",
    "/items/consent",
    "/items/carry",
    "/signing",
    "/lateness/counts",
    "/lateness/undecided",
    "/judging/raters",
    "/people/no_plan",
    "/people/group_items",
    "/money/pay_month",
    "/money/cut_off_days",
    "/money/most_deducted",
    "/after/notice",
    "/after/objection/by",
];

const TOTAL: &str = "/cycles/0/total";
const PEOPLE: [&str; 3] = ["absent_share", "least_days", "not_assessed"];

/// Whether the day of handing in stands beside the list of deadlines and not in it.
pub(super) fn submission_is_put_first(old: &v1::Regime) -> bool {
    let mut listed = old.deadlines.iter();
    !listed.any(|rule| rule.step == DeadlineStep::Submission)
}

/// The house defaults of a document of format 1, as places of format 2.
pub(super) fn house_defaults(old: &v1::Regime) -> Vec<String> {
    let mut found: Vec<String> = NEVER_SAID.iter().map(|&place| place.to_owned()).collect();
    if super::advised(old).is_some() {
        found.push("/items/advice".to_owned());
    }
    for (said, pointer) in [
        (old.lateness.is_some(), "/lateness"),
        (old.changes.is_some(), "/changes"),
        (old.part_period.is_some(), "/part_period"),
        (old.provisional.is_some(), "/provisional"),
        (old.objection_days.is_some(), "/objection_days"),
        (old.empty_section.is_some(), "/empty_section"),
    ] {
        if !said {
            places(old, pointer, &mut found);
        }
    }
    for pointer in &old.house_defaults {
        places(old, pointer, &mut found);
    }
    found.sort();
    found.dedup();
    found
}

/// Adds the places of one pointer of format 1.
fn places(old: &v1::Regime, pointer: &str, found: &mut Vec<String>) {
    let path = pointer.trim_start_matches('/');
    let (head, rest) = path.split_once('/').unwrap_or((path, ""));
    let judged = old.judging != v1::Judging::Tracked {};
    let tail = if rest.is_empty() {
        String::new()
    } else {
        format!("/{rest}")
    };
    let mut add = |place: String| found.push(place);
    match head {
        "source" if old.source.is_empty() => {}
        "lateness" if rest == "receipt_only" && !receipt_only(old) => {}
        "key" | "name" | "source" | "lateness" => add(format!("/{head}{tail}")),
        "period" => add("/cycles/0/kind".to_owned()),
        "sections" => section(old, rest, &mut add),
        "weights" if tail == "/per" || tail == "/total" || tail.is_empty() => {
            add(format!("/cycles/0/weights{tail}"));
        }
        "required" if !old.required.is_empty() => add(format!("/items/required{tail}")),
        "submission" if submission_is_put_first(old) => add(match rest {
            "day_of_month" => "/cycles/0/deadlines/0/on/day_of_month/day".to_owned(),
            _ => format!("/cycles/0/deadlines/0{tail}"),
        }),
        "judging" if judged => add(judging(rest)),
        "rounding" if judged => add(format!("{TOTAL}/rounding")),
        "bands" if judged => add(format!("/grades/by/points/bands{tail}")),
        "floating_share" => add("/money/floating_share".to_owned()),
        "deadlines" => deadline(old, rest, &mut add),
        "changes" => add(match rest {
            "free_until_days" => "/changes/window".to_owned(),
            "force_majeure" => "/changes/after_due".to_owned(),
            _ => "/changes".to_owned(),
        }),
        "assessed" if old.assessed.is_some() => add(format!("/cycles/0/assessed{tail}")),
        "empty_section" if judged => {
            for at in parts_of_sections(old) {
                add(format!("{at}/empty"));
            }
        }
        "bonus" if judged => match old.weights.per {
            v1::WeightsPer::Section if old.bonus.is_some() => add(format!("{TOTAL}/parts/list/1")),
            v1::WeightsPer::Section => {}
            _ => add(format!("{TOTAL}/parts/list/0/source/items/outside")),
        },
        "part_period" => match rest {
            "coefficient" => add("/people/not_assessed".to_owned()),
            "" => PEOPLE
                .iter()
                .for_each(|field| add(format!("/people/{field}"))),
            _ => add(format!("/people{tail}")),
        },
        "provisional" => add("/people/provisional".to_owned()),
        "objection_days" => add("/after/objection/days".to_owned()),
        _ => {}
    }
}

fn receipt_only(old: &v1::Regime) -> bool {
    old.lateness.as_ref().is_some_and(|late| late.receipt_only)
}

/// Where the parts of sections stand; none where sections are not totalled apart.
fn parts_of_sections(old: &v1::Regime) -> impl Iterator<Item = String> + use<> {
    let apart = old.weights.per == v1::WeightsPer::Section;
    let many = if apart { old.sections.len() } else { 0 };
    let list = match old.bonus {
        Some(_) => "/parts/list/0/source/parts/list",
        None => "/parts/list",
    };
    (0..many).map(move |at| format!("{TOTAL}{list}/{at}"))
}

fn section(old: &v1::Regime, rest: &str, add: &mut impl FnMut(String)) {
    let (at, field) = rest.split_once('/').unwrap_or((rest, ""));
    let nth = at.parse::<usize>().ok();
    let part = nth.and_then(|nth| parts_of_sections(old).nth(nth));
    match (field, part) {
        ("share", Some(part)) => add(format!("{part}/weight")),
        ("share", None) => {}
        _ if rest.is_empty() => add("/items/sections".to_owned()),
        _ => add(format!("/items/sections/{rest}")),
    }
}

fn judging(rest: &str) -> String {
    let method = "/judging/methods/0";
    match rest {
        "" | "method" => "/judging/methods".to_owned(),
        "not_carried_out" => format!("{method}/undone"),
        _ => format!("{method}/scoring/matrix/{rest}"),
    }
}

fn deadline(old: &v1::Regime, rest: &str, add: &mut impl FnMut(String)) {
    let before = usize::from(submission_is_put_first(old));
    let list = "/cycles/0/deadlines";
    let (at, field) = rest.split_once('/').unwrap_or((rest, ""));
    let Ok(at) = at.parse::<usize>() else {
        return add(list.to_owned());
    };
    let one = format!("{list}/{}", at + before);
    add(match field {
        "" => one,
        "month" => format!("{one}/on/day_of_month/month"),
        "day_of_month" => format!("{one}/on/day_of_month/day"),
        _ => format!("{one}/{field}"),
    });
}
