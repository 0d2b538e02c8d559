//! What every form of a score ends with: the note, and the button that saves.
//!
//! In a meeting, reasons and decisions are picked from a list instead of being typed.

use leptos::prelude::*;

use crate::components::{Button, Field, FieldKind, Glyph, Look, Pick, Select};
use crate::i18n::{meeting, review};

/// The foot of a form.
#[component]
pub(super) fn Foot(
    note: RwSignal<String>,
    /// Whether there are lists to pick from.
    listed: bool,
    #[prop(into)] why_not: Signal<Option<String>>,
    /// Hands the score out.
    #[prop(into)]
    on_save: Callback<()>,
) -> impl IntoView {
    view! {
        <Field
            name="note"
            label=review::score_note()
            value=note
            kind=FieldKind::Lines
            optional=true
            on_change=on_save
        />
        {listed.then(|| view! { <Lists note=note on_pick=on_save /> })}
        <div class="row row-end score-save">
            <Button
                act="save-score"
                label=review::save_score()
                look=Look::Quiet
                glyph=Glyph::Tick
                why_not=why_not
                on_press=on_save
            />
        </div>
    }
}

/// Reasons and decisions to pick; what is picked joins the note.
#[component]
fn Lists(note: RwSignal<String>, #[prop(into)] on_pick: Callback<()>) -> impl IntoView {
    let reasons = [
        meeting::late(),
        meeting::short(),
        meeting::standard(),
        meeting::no_evidence(),
        meeting::redone(),
        meeting::trouble_unsaid(),
        meeting::help_missing(),
    ];
    let decisions = [
        meeting::accepted(),
        meeting::explained(),
        meeting::go_on_next(),
        meeting::put_right(),
        meeting::own_task(),
    ];
    let list = |name: &'static str, label: &'static str, picks: &[&'static str]| {
        let first = std::iter::once(Pick::new("", meeting::pick()));
        let picks: Vec<Pick> = first
            .chain(picks.iter().map(|words| Pick::new(*words, *words)))
            .collect();
        let value = RwSignal::new(String::new());
        let choose = move |words: String| {
            value.set(words.clone());
            // The list shows its first line again, ready for the next.
            value.set(String::new());
            let written = note.get_untracked();
            if words.is_empty() || written.contains(&words) {
                return;
            }
            note.set(match written.trim() {
                "" => words,
                written => [written, &words].join(crate::i18n::common::between()),
            });
            on_pick.run(());
        };
        view! {
            <Select name=name label=label picks=Signal::stored(picks) value=value on_choose=choose />
        }
    };
    view! {
        <div class="fields fields-two">
            {list("reason", meeting::reasons(), &reasons)}
            {list("decision", meeting::decisions(), &decisions)}
        </div>
    }
}
