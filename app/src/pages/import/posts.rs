//! The fourth step: who answers for the items of each post.

use leptos::prelude::*;
use shared::id::PersonId;
use shared::import::{PostChoice, SheetPost};

use super::Import;
use super::units::people;
use crate::components::{Panel, Select};
use crate::i18n::import;

impl Import {
    fn post_choice(self, department: &str, post: &str) -> Option<PostChoice> {
        self.choices.with(|choices| {
            let mut posts = choices.posts.iter();
            posts
                .find(|choice| choice.department == department && choice.post == post)
                .cloned()
        })
    }

    fn choose_person(self, department: &str, post: &str, person: Option<PersonId>) {
        let choice = PostChoice {
            department: department.to_owned(),
            post: post.to_owned(),
            person,
        };
        self.choose(move |choices| {
            let same =
                |old: &PostChoice| old.department == choice.department && old.post == choice.post;
            choices.posts.retain(|old| !same(old));
            choices.posts.push(choice.clone());
        });
    }
}

/// The step.
#[component]
pub(super) fn Posts(state: Import) -> impl IntoView {
    let posts = Memo::new(move |_| {
        let shown = state.shown.get();
        let posts = shown.into_iter().flat_map(|shown| shown.preview.posts);
        posts.collect::<Vec<SheetPost>>()
    });
    // A post whose holder was found needs no answer; one that was answered stays in sight.
    let asked = Memo::new(move |_| {
        let posts = posts.get().into_iter();
        let asked = posts.filter(|post| {
            post.person.is_none() || state.post_choice(&post.department, &post.post).is_some()
        });
        let names = asked.map(|post| (post.department, post.post, post.rows));
        names.collect::<Vec<_>>()
    });
    let words = move || {
        if asked.with(Vec::is_empty) {
            return import::posts_found().to_owned();
        }
        let others = posts.with(Vec::len).saturating_sub(asked.with(Vec::len));
        if others == 0 {
            import::posts_words().to_owned()
        } else {
            let others = import::posts_by_name(&others.to_string());
            format!("{} {others}", import::posts_words())
        }
    };
    view! {
        <Panel title=import::step_posts()>
            <p class="faint small">{words}</p>
            <ul class="list" data-list="sheet-posts">
                <For each=move || asked.get() key=Clone::clone let:post>
                    <PostLine state=state post=post />
                </For>
            </ul>
        </Panel>
    }
}

#[component]
fn PostLine(state: Import, post: (String, String, u32)) -> impl IntoView {
    let (department, post, rows) = post;
    let line = format!("{department} · {}", import::rows_of(&rows.to_string()));
    let key = format!("{department}/{post}");
    let title = post.clone();
    let names = StoredValue::new((department, post));
    let value = Signal::derive(move || {
        let choice = names.with_value(|(department, post)| state.post_choice(department, post));
        let person = choice.and_then(|choice| choice.person);
        person.map(|person| person.to_string()).unwrap_or_default()
    });
    view! {
        <li data-post=key>
            <div class="list-line list-line-tall">
                <div class="fields fields-two list-whole">
                    <div>
                        <div class="list-title">{title.clone()}</div>
                        <div class="faint small">{line}</div>
                    </div>
                    <Select
                        name="post-person"
                        label=format!("{} · {title}", crate::i18n::plan::responsible())
                        picks=Signal::derive(move || people(state, import::nobody_yet()))
                        value=value
                        on_choose=move |key: String| {
                            names.with_value(|(department, post)| {
                                state.choose_person(department, post, key.parse().ok());
                            });
                        }
                    />
                </div>
            </div>
        </li>
    }
}
