//! Scoring one item: carried out or not, and if so how punctually and how well.
//!
//! The levels are the regime's; the form knows none by name.

use leptos::prelude::*;
use shared::item::Edit;
use shared::regime::{Judging, Level, Regime};
use shared::score::{Judgement, Score};

use crate::components::{Button, Choice, Field, FieldKind, Glyph, Look, Pick};
use crate::i18n::{names, review};

/// A judgement in words, for example "on time · good".
pub(crate) fn judgement_words(regime: &Regime, judgement: &Judgement) -> String {
    let (rows, columns): (&[Level], &[Level]) = match &regime.judging {
        Judging::Matrix {
            efficiency,
            quality,
            ..
        } => (efficiency, quality),
        Judging::Points {} | Judging::Tracked {} => (&[], &[]),
    };
    let name = |levels: &[Level], key: &String| {
        let found = levels.iter().find(|level| level.key == *key);
        found.map_or_else(|| key.clone(), |level| names::name(&level.name).to_owned())
    };
    match judgement {
        Judgement::NotCarriedOut => review::not_carried_out().to_owned(),
        Judgement::CarriedOut {
            efficiency,
            quality,
        } => {
            format!("{} · {}", name(rows, efficiency), name(columns, quality))
        }
        Judgement::Points { points } => points.to_string(),
    }
}

/// What the form hands out: the edit of the judgement, and the note.
pub(crate) type Scored = (Edit<Option<Judgement>>, String);

fn picks(levels: &[Level]) -> Vec<Pick> {
    levels
        .iter()
        .map(|level| Pick::new(level.key.clone(), names::name(&level.name)))
        .collect()
}

fn outcomes() -> Vec<Pick> {
    vec![
        Pick::new("carried-out", review::carried_out()),
        Pick::new("not-carried-out", review::not_carried_out()),
    ]
}

/// The form.
#[component]
pub(crate) fn ScoreForm(
    /// What distinguishes it from other such forms on the page.
    group: String,
    /// The regime.
    regime: Regime,
    /// The score that stands, as the person sees it.
    current: Option<Score>,
    /// The efficiency level that the reports suggest.
    proposed: Option<String>,
    /// Hands the score out.
    #[prop(into)]
    on_score: Callback<Scored>,
) -> impl IntoView {
    let (efficiency, quality) = match regime.judging {
        Judging::Matrix {
            efficiency,
            quality,
            ..
        } => (efficiency, quality),
        Judging::Points {} | Judging::Tracked {} => (Vec::new(), Vec::new()),
    };
    let old = current.as_ref().map(|score| score.judgement.clone());
    let (first_efficiency, first_quality) = match &old {
        Some(Judgement::CarriedOut {
            efficiency,
            quality,
        }) => (efficiency.clone(), quality.clone()),
        _ => (proposed.clone().unwrap_or_default(), String::new()),
    };
    let first_outcome = match &old {
        Some(Judgement::NotCarriedOut) => "not-carried-out",
        _ => "carried-out",
    };
    let outcome = RwSignal::new(first_outcome.to_owned());
    let chosen_efficiency = RwSignal::new(first_efficiency);
    let chosen_quality = RwSignal::new(first_quality);
    let note = RwSignal::new(current.map(|score| score.note).unwrap_or_default());
    let old = StoredValue::new(old);
    let carried = move || outcome.get() == "carried-out";
    let judgement = move || {
        if !carried() {
            return Some(Judgement::NotCarriedOut);
        }
        let (efficiency, quality) = (chosen_efficiency.get(), chosen_quality.get());
        let whole = !efficiency.is_empty() && !quality.is_empty();
        whole.then_some(Judgement::CarriedOut {
            efficiency,
            quality,
        })
    };
    // A whole choice is a score: no second tap is needed, only a changed note asks for one.
    let hand_out = move || {
        if let Some(judgement) = judgement() {
            let edit = Edit {
                old: old.get_value(),
                new: Some(judgement),
            };
            on_score.run((edit, note.get_untracked().trim().to_owned()));
        }
    };
    let (efficiency, quality) = (picks(&efficiency), picks(&quality));
    let levels_group = group.clone();
    let why_not = Signal::derive(move || judgement().is_none().then(String::new));
    view! {
        <div class="stack" data-part="score-form">
            <Choice
                name="outcome"
                label=review::outcome()
                group=group
                picks=outcomes()
                value=outcome
                on_choose=move |key| { outcome.set(key); hand_out() }
            />
            <Show when=carried>
                <Choice
                    name="efficiency"
                    label=review::efficiency()
                    group=levels_group.clone()
                    picks=efficiency.clone()
                    value=chosen_efficiency
                    on_choose=move |key| { chosen_efficiency.set(key); hand_out() }
                />
                <Choice
                    name="quality"
                    label=review::quality()
                    group=levels_group.clone()
                    picks=quality.clone()
                    value=chosen_quality
                    on_choose=move |key| { chosen_quality.set(key); hand_out() }
                />
            </Show>
            <Field
                name="note"
                label=review::score_note()
                value=note
                kind=FieldKind::Lines
                optional=true
                on_change=move |()| hand_out()
            />
            <div class="row row-end">
                <Button
                    act="save-score"
                    label=review::save_score()
                    look=Look::Quiet
                    glyph=Glyph::Tick
                    why_not=why_not
                    on_press=move |()| hand_out()
                />
            </div>
        </div>
    }
}
