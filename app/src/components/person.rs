//! A person: the name, with its first character as a face.

use leptos::prelude::*;

/// A person's name, and the post where it helps.
#[component]
pub(crate) fn Person(
    /// The name.
    #[prop(into)]
    name: String,
    /// The post.
    #[prop(optional, into)]
    post: String,
) -> impl IntoView {
    let face = name.chars().next().map(String::from).unwrap_or_default();
    view! {
        <span class="person">
            <span class="person-face" aria-hidden="true">{face}</span>
            <span>{name}</span>
            {(!post.is_empty()).then(|| view! { <span class="person-post">{post}</span> })}
        </span>
    }
}
