//! A cycle of working days, as one toggle for each day, a week to a row.
//!
//! The value holds one sign for each day: `1` for a working day, `0` for a day off.

use leptos::prelude::*;
use shared::calendar::MOST_CYCLE;
use shared::moment::Day;

use super::{Button, Glyph, Look};
use crate::i18n::{calendar as words, format};

/// The toggles.
#[component]
pub(crate) fn Cycle(
    /// The field's name.
    name: &'static str,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// The days.
    value: RwSignal<String>,
    /// The day on which the cycle begins, as text.
    anchor: RwSignal<String>,
    /// What is wrong.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let length = Memo::new(move |_| value.with(String::len));
    let grow = move |by: usize| {
        value.update(|days| {
            let week = days.clone();
            days.extend(week.chars().cycle().take(by));
        });
    };
    let days = move || {
        let first = anchor.with(|text| text.parse::<Day>().ok());
        (0..length.get())
            .map(|place| {
                let day = first.and_then(|day| {
                    day.checked_add_days(chrono::Days::new(u64::try_from(place).ok()?))
                });
                let words = day.map_or_else(|| (place + 1).to_string(), format::weekday);
                let at_work = move || value.with(|days| days.as_bytes().get(place) == Some(&b'1'));
                let turn = move |_| {
                    let sign = if untrack(at_work) { "0" } else { "1" };
                    value.update(|days| days.replace_range(place..=place, sign));
                };
                view! {
                    <label class="cycle-day">
                        <input type="checkbox" prop:checked=at_work on:change=turn />
                        <span>{words}</span>
                    </label>
                }
            })
            .collect_view()
    };
    let too_long = move |by: usize| (length.get() + by > MOST_CYCLE).then(String::new);
    view! {
        <fieldset class="field fields-whole" data-field=name>
            <legend class="field-label">{label}</legend>
            <div class="cycle">{days}</div>
            <div class="row">
                <Button
                    act="longer-by-a-day"
                    label=words::longer_by_a_day()
                    look=Look::Quiet
                    glyph=Glyph::Plus
                    why_not=Signal::derive(move || too_long(1))
                    on_press=move |()| grow(1)
                />
                <Button
                    act="longer-by-a-week"
                    label=words::longer_by_a_week()
                    look=Look::Quiet
                    glyph=Glyph::Plus
                    why_not=Signal::derive(move || too_long(7))
                    on_press=move |()| grow(7)
                />
                <Button
                    act="shorter"
                    label=words::shorter()
                    look=Look::Quiet
                    glyph=Glyph::Cross
                    why_not=Signal::derive(move || (length.get() <= 1).then(String::new))
                    on_press=move |()| value.update(|days| days.truncate(days.len().saturating_sub(1)))
                />
            </div>
            <p class="field-hint">{move || words::cycle_days(&length.get().to_string())}</p>
            {move || {
                error.get().map(|words| view! { <span class="field-error" role="alert">{words}</span> })
            }}
        </fieldset>
    }
}
