//! Deadlines of a period's steps: the clock time, and the working time left until then.

use leptos::prelude::*;
use shared::calendar::WorkDays;
use shared::deadline::{self, Deadline, DeadlineStep, Scene};
use shared::moment::UtcMillis;
use shared::period::Period;
use shared::regime::Rules;
use shared::regime::deadlines::PlanStep;

use crate::components::{Badge, Glyph, Table, Tone};
use crate::i18n::{format, period as words};
use crate::pages::regime;

/// A step in words.
pub(crate) fn step_words(step: DeadlineStep) -> &'static str {
    match step {
        DeadlineStep::Submission => words::step_submission(),
        DeadlineStep::SelfScore => words::step_self_score(),
        DeadlineStep::SuperiorScore => words::step_superior_score(),
        DeadlineStep::Filing => words::step_filing(),
    }
}

/// The working time between now and a deadline, in words; that it has passed, where it has.
pub(crate) fn left(days: &WorkDays<'_>, at: UtcMillis, now: UtcMillis) -> String {
    if at < now {
        return words::passed().to_owned();
    }
    let minutes = days.minutes_between(now, at).value;
    let hours = (minutes / 60).to_string();
    match minutes % 60 {
        0 => words::working_hours_left(&hours),
        minutes => words::working_left(&hours, &minutes.to_string()),
    }
}

/// The table of a period's deadlines by the calendar of a unit.
pub(super) fn table(
    rules: Rules<'_>,
    period: &Period,
    days: &WorkDays<'_>,
    now: UtcMillis,
    utc_offset: i32,
) -> impl IntoView + use<> {
    let scene = Scene {
        period,
        days,
        rules: &rules.cycle.deadlines,
        due: None,
        delivered: None,
    };
    // What counts from something that has not happened has no deadline yet.
    let found = rules.cycle.deadlines.iter();
    let found = found.filter_map(|rule| Some((&rule.step, deadline::at(rule, &scene)?)));
    let mut found: Vec<(&PlanStep, Deadline)> = found.collect();
    found.sort_by_key(|(_, deadline)| deadline.at);
    let rows = found.into_iter();
    let rows: Vec<_> = rows.map(|(step, deadline)| {
        let day = format::short_day(deadline.at.day(utc_offset));
        let time = format::clock(deadline.at, utc_offset);
        let passed = deadline.at < now;
        let left = left(days, deadline.at, now);
        let left = if passed {
            view! { <Badge words=left tone=Tone::Quiet glyph=Glyph::Tick /> }
        } else {
            let soon = deadline.at.0 - now.0 < 48 * 3_600_000;
            let tone = if soon { Tone::Warn } else { Tone::Accent };
            view! { <Badge words=left tone=tone glyph=Glyph::Clock /> }
        };
        let provisional = (!deadline.announced).then(|| {
            view! { <Badge words=words::not_announced() tone=Tone::Warn glyph=Glyph::Hint /> }
        });
        view! {
            <tr data-item=step_key(step).to_owned()>
                <th scope="row">{regime::step(rules.regime, step)}</th>
                <td data-label=words::until()>
                    <span class="row"><span class="figure">{format!("{day} {time}")}</span>{provisional}</span>
                </td>
                <td data-label=words::time_left()>{left}</td>
            </tr>
        }
    }).collect();
    let columns = [words::step(), words::until(), words::time_left()];
    let columns: Vec<_> = columns.map(|words| (words.to_owned(), false)).to_vec();
    view! {
        <Table caption=words::deadlines() columns=columns>
            <tbody data-list="deadlines">{rows}</tbody>
        </Table>
    }
}

fn step_key(step: &PlanStep) -> &str {
    match step {
        PlanStep::Submission => "submission",
        PlanStep::Countersign => "countersign",
        PlanStep::Approval => "approval",
        PlanStep::Issue => "issue",
        PlanStep::SelfReview => "self-review",
        PlanStep::SelfScore => "self-score",
        PlanStep::SuperiorScore => "superior-score",
        PlanStep::Filing => "filing",
        PlanStep::Publication => "publication",
        PlanStep::Payroll => "payroll",
        PlanStep::Sign(key) => key,
    }
}
