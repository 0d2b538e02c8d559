//! Deadlines of a period's steps: the clock time, and the working time left until then.

use leptos::prelude::*;
use shared::calendar::WorkDays;
use shared::deadline::{Deadline, DeadlineStep, of_step};
use shared::moment::UtcMillis;
use shared::period::Period;
use shared::regime::Rules;

use crate::components::{Badge, Glyph, Table, Tone};
use crate::i18n::{format, period as words};

/// The steps in the order in which they come.
const STEPS: [DeadlineStep; 4] = [
    DeadlineStep::Submission,
    DeadlineStep::SelfScore,
    DeadlineStep::SuperiorScore,
    DeadlineStep::Filing,
];

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
    words::working_left(&(minutes / 60).to_string(), &(minutes % 60).to_string())
}

/// The table of a period's deadlines by the calendar of a unit.
pub(super) fn table(
    rules: Rules<'_>,
    period: &Period,
    days: &WorkDays<'_>,
    now: UtcMillis,
    utc_offset: i32,
) -> impl IntoView + use<> {
    let mut found: Vec<(DeadlineStep, Deadline)> = STEPS
        .into_iter()
        .filter_map(|step| Some((step, of_step(rules, step, period, days)?)))
        .collect();
    found.sort_by_key(|(_, deadline)| deadline.at);
    let rows = found.into_iter();
    let rows: Vec<_> = rows.map(|(step, deadline)| {
        let time = format::time(deadline.at, utc_offset);
        let weekday = format::weekday(deadline.day);
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
            <tr data-item=step_key(step)>
                <th scope="row">{step_words(step)}</th>
                <td data-label=words::until()>
                    <span class="row"><span class="figure">{format!("{time} {weekday}")}</span>{provisional}</span>
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

const fn step_key(step: DeadlineStep) -> &'static str {
    match step {
        DeadlineStep::Submission => "submission",
        DeadlineStep::SelfScore => "self-score",
        DeadlineStep::SuperiorScore => "superior-score",
        DeadlineStep::Filing => "filing",
    }
}
