//! Meters: how much of a whole, as a bar with words.

use leptos::prelude::*;

/// A meter. It is drawn in SVG, because the security policy forbids styles in attributes.
#[component]
pub(crate) fn Meter(
    /// Its name, for tests and for those who listen.
    #[prop(into)]
    label: String,
    /// How much, in hundredths of the whole.
    #[prop(into)]
    percent: Signal<u32>,
    /// `under`, `full` or `over`.
    #[prop(into)]
    state: Signal<&'static str>,
    /// The words beside it.
    #[prop(into)]
    words: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="meter" data-state=state>
            <svg
                class="meter-track"
                viewBox="0 0 100 8"
                preserveAspectRatio="none"
                role="img"
                aria-label=label
            >
                <rect
                    class="meter-fill"
                    height="8"
                    width=move || percent.get().min(100).to_string()
                />
            </svg>
            <span class="meter-words figure">{words}</span>
        </div>
    }
}
