//! The keys that the program knows, by place.

use leptos::prelude::*;

use crate::components::Facts;
use crate::i18n::keys as words;

/// The list of keys.
#[component]
pub(crate) fn KeysList() -> impl IntoView {
    let groups: [(&str, Vec<(&str, &str)>); 5] = [
        (
            words::everywhere(),
            vec![
                ("/", words::search()),
                ("?", words::help()),
                ("Tab / Shift + Tab", words::tab()),
                ("Esc", words::escape()),
            ],
        ),
        (
            words::tables(),
            vec![
                ("↑ / ↓", words::row()),
                ("Home / End", words::ends()),
                ("Enter", words::open()),
                (words::space(), words::choose()),
                ("Esc", words::clear()),
            ],
        ),
        (
            words::plan(),
            vec![
                ("Ctrl + Z / Ctrl + Y", words::undo()),
                ("Alt + ↑ / ↓", words::carry()),
                ("Ctrl + V", words::paste()),
                (words::arrows(), words::cells()),
                ("Enter / Shift + Enter", words::next_row()),
            ],
        ),
        (words::meeting(), vec![("← / →", words::turn())]),
        (words::charts(), vec![(words::arrows(), words::marks())]),
    ];
    let groups = groups.into_iter().map(|(title, keys)| {
        let keys = keys.into_iter();
        let facts: Vec<_> = keys
            .map(|(key, does)| (key.to_owned(), does.to_owned()))
            .collect();
        view! {
            <section class="stack-tight">
                <h3>{title}</h3>
                <Facts facts=facts />
            </section>
        }
    });
    view! { <div class="stack" data-part="keys">{groups.collect_view()}</div> }
}
