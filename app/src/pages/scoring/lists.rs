//! Reasons and decisions that a meeting picks from a list instead of typing them.

use leptos::prelude::*;

use crate::components::{Pick, Select};
use crate::i18n::meeting;

/// Reasons and decisions to pick; what is picked joins the note.
#[component]
pub(super) fn Lists(note: RwSignal<String>, #[prop(into)] on_pick: Callback<()>) -> impl IntoView {
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
