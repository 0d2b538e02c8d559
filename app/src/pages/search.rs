//! Search over everything that this device holds, as one types: by characters, by pinyin initials
//! and in English, without a network.
//!
//! The words that were searched for stay on this device, for their author alone.

use std::ops::Range;
use std::sync::Arc;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::search::{self, Group, Initials, Kind, Query, Target};
use wasm_bindgen::JsCast as _;

use crate::components::{Banner, Button, Empty, Glyph, Icon, Look, PageHead, Panel};
use crate::fetch;
use crate::i18n::search as words;
use crate::navigation::Navigation;
use crate::route::Route;
use crate::session::Session;
use crate::timer;

mod line;
mod recent;

use line::{Line, line};
use recent::Recent;

/// How many of each kind are shown.
const MOST: usize = 20;

/// Where the table of initials is.
const TABLE: &str = "/data/pinyin.bin";

/// What is searched for while one looks at what was found and comes back.
#[derive(Clone, Copy)]
pub(crate) struct Searching {
    text: RwSignal<String>,
    initials: RwSignal<Option<Arc<Initials>>>,
}

impl Searching {
    /// Nothing is searched for yet.
    pub(crate) fn nothing() -> Self {
        Self {
            text: RwSignal::new(String::new()),
            initials: RwSignal::new(None),
        }
    }

    /// The table of initials, once it is there.
    pub(crate) fn initials(self) -> Signal<Option<Arc<Initials>>> {
        self.fetch(RwSignal::new(false));
        self.initials.into()
    }

    /// Fetches the table once; the service worker keeps it with the program.
    fn fetch(self, missing: RwSignal<bool>) {
        if self.initials.with_untracked(Option::is_some) {
            return;
        }
        spawn_local(async move {
            let bytes = fetch::part(TABLE).await;
            let table = bytes.ok().and_then(|bytes| Initials::read(&bytes).ok());
            missing.try_set(table.is_none());
            self.initials.try_set(table.map(Arc::new));
        });
    }
}

/// The screen.
#[component]
pub(crate) fn SearchPage() -> impl IntoView {
    let session = Session::here();
    let state: Searching = expect_context();
    let recent = Recent::of(session.person());
    let missing = RwSignal::new(false);
    state.fetch(missing);
    let query = Memo::new(move |_| state.text.with(|text| Query::read(text)));
    let found = Memo::new(move |_| {
        let world = session.world();
        let initials = state.initials.get();
        query.with(|query| search::search(&world, query, initials.as_deref(), MOST))
    });
    let total = move || found.with(|groups| groups.iter().map(|group| group.total).sum::<usize>());
    let said = move || {
        let some = query.with(|query| !query.is_empty());
        some.then(|| words::found(&total().to_string()))
    };
    view! {
        <div class="page" data-page="search" on:keydown=walk>
            <PageHead title=words::search() lead=words::here_only().to_owned() />
            <SearchField text=state.text recent=recent />
            <Show when=move || missing.get()>
                <Banner state="warn" words=words::no_initials() />
            </Show>
            <p class="faint small" role="status" data-part="found">{said}</p>
            <Show
                when=move || query.with(|query| !query.is_empty())
                fallback=move || view! { <Teaching text=state.text recent=recent /> }
            >
                <Show when=move || found.with(Vec::is_empty)>
                    <Empty
                        glyph=Glyph::Search
                        title=words::nothing()
                        words=words::nothing_words()
                    />
                </Show>
                {move || {
                    let initials = state.initials.get();
                    let groups = found.get().into_iter();
                    let query = query.get();
                    let mark = Marking { query, initials };
                    groups.map(move |group| group_view(session, &mark, group, recent)).collect_view()
                }}
            </Show>
        </div>
    }
}

#[component]
fn SearchField(text: RwSignal<String>, recent: Recent) -> impl IntoView {
    let navigation: Navigation = expect_context();
    let node = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = node.get() {
            // The words of before stand there at once, so that they are what typing replaces.
            input.set_value(&text.get_untracked());
            let _ = input.focus();
            input.select();
        }
    });
    let keys = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            recent.keep(&text.get_untracked());
            if let Some(first) = hits().first() {
                first.click();
            }
        }
        "Escape" if text.with_untracked(String::is_empty) => navigation.go(Route::Home),
        "Escape" => {
            event.prevent_default();
            text.set(String::new());
        }
        _ => {}
    };
    view! {
        <div role="search">
        <label class="field search-field">
            <span class="field-label">{words::field()}</span>
            <input
                node_ref=node
                class="input"
                type="search"
                enterkeyhint="search"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                data-field="find"
                prop:value=text
                on:input=move |event| text.set(event_target_value(&event))
                on:keydown=keys
            />
            <span class="field-hint">{words::hint()}</span>
        </label>
        </div>
    }
}

/// The links to what was found, in order.
fn hits() -> Vec<web_sys::HtmlElement> {
    let Ok(found) = document().query_selector_all("[data-page=search] [data-hit]") else {
        return Vec::new();
    };
    let nodes = (0..found.length()).filter_map(|at| found.item(at));
    nodes.filter_map(|node| node.dyn_into().ok()).collect()
}

/// Goes from the field to the hits and from hit to hit with the arrows; Escape goes back.
fn walk(event: ev::KeyboardEvent) {
    let hits = hits();
    let active = document().active_element();
    let at = hits.iter().position(|hit| {
        let hit: &web_sys::Element = hit;
        active.as_ref() == Some(hit)
    });
    let field = || {
        let found = document()
            .query_selector("[data-field=find]")
            .ok()
            .flatten();
        found.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok())
    };
    let next = match (event.key().as_str(), at) {
        ("ArrowDown", None) => hits.first().cloned(),
        ("ArrowDown", Some(at)) => hits.get(at + 1).cloned(),
        ("ArrowUp", Some(0)) | ("Escape", Some(_)) => field(),
        ("ArrowUp", Some(at)) => hits.get(at - 1).cloned(),
        _ => return,
    };
    event.prevent_default();
    if let Some(next) = next {
        let _ = next.focus();
    }
}

/// What one sees before one has typed anything.
#[component]
fn Teaching(text: RwSignal<String>, recent: Recent) -> impl IntoView {
    let example = move |query: &'static str, finds: &'static str| {
        view! {
            <li>
                <button
                    class="list-line"
                    type="button"
                    data-act="try-search"
                    on:click=move |_| text.set(query.to_owned())
                >
                    <kbd class="key">{query}</kbd>
                    <span>{finds}</span>
                </button>
            </li>
        }
    };
    let kept = recent.all();
    let again = move || {
        let kept = kept.get();
        (!kept.is_empty()).then(move || {
            let line = move |words: String| {
                let query = words.clone();
                view! {
                    <li>
                        <button
                            class="list-line"
                            type="button"
                            data-act="search-again"
                            on:click=move |_| text.set(query.clone())
                        >
                            <Icon glyph=Glyph::Clock />
                            <span>{words}</span>
                        </button>
                    </li>
                }
            };
            view! {
                <Panel title=words::recent()>
                    <ul class="list" data-list="recent">
                        {kept.into_iter().map(line).collect_view()}
                    </ul>
                    <Button
                        act="forget-searches"
                        label=words::forget_recent()
                        look=Look::Quiet
                        glyph=Glyph::Bin
                        on_press=move |()| recent.forget()
                    />
                </Panel>
            }
        })
    };
    view! {
        {again}
        <Panel title=words::teaches()>
            <ul class="list" data-list="examples">
                {example(words::try_initials(), words::teach_work())}
                {example(words::try_mixed(), words::teach_mixed())}
                {example(words::try_month(), words::teach_plan())}
            </ul>
        </Panel>
    }
}

/// What is marked in a text.
#[derive(Clone)]
struct Marking {
    query: Query,
    initials: Option<Arc<Initials>>,
}

impl Marking {
    /// The text with what was searched for marked.
    fn mark(&self, text: &str) -> AnyView {
        let marks = search::marks(&self.query, text, self.initials.as_deref());
        let mut views = Vec::new();
        let mut from = 0;
        for Range { start, end } in marks {
            views.push(text[from..start].to_owned().into_any());
            views.push(view! { <mark>{text[start..end].to_owned()}</mark> }.into_any());
            from = end;
        }
        views.push(text[from..].to_owned().into_any());
        views.collect_view().into_any()
    }
}

fn group_view(
    session: Session,
    mark: &Marking,
    group: Group,
    recent: Recent,
) -> impl IntoView + use<> {
    let (title, key, glyph) = match group.kind {
        Kind::Item => (words::items(), "items", Glyph::Tick),
        Kind::Plan => (words::plans(), "plans", Glyph::Plan),
        Kind::Person => (words::people(), "people", Glyph::Me),
        Kind::Unit => (words::units(), "units", Glyph::Organisation),
        Kind::Request => (words::requests(), "requests", Glyph::Turning),
    };
    let world = session.world_untracked();
    let today = session.today_untracked();
    let cut = (group.total > group.hits.len())
        .then(|| words::shown_of(&group.hits.len().to_string(), &group.total.to_string()));
    let lines = group.hits.into_iter().filter_map(|hit| {
        let line = line(&world, today, &hit)?;
        Some(hit_view(mark, glyph, hit.target, line, recent))
    });
    let lines = lines.collect_view();
    view! {
        <Panel title=title>
            <ul class="list" data-list=key>{lines}</ul>
            {cut.map(|words| view! { <p class="faint small">{words}</p> })}
        </Panel>
    }
}

fn hit_view(
    mark: &Marking,
    glyph: Glyph,
    target: Target,
    line: Line,
    recent: Recent,
) -> impl IntoView + use<> {
    let state: Searching = expect_context();
    let beside = line.beside.as_ref().map(|text| mark.mark(text));
    let go = move |_| {
        recent.keep(&state.text.get_untracked());
        if let Target::Item(_, item) = target {
            spawn_local(show(item.to_string()));
        }
    };
    view! {
        <li>
            <a class="list-line" href=line.route.path() data-hit=line.route.path() on:click=go>
                <Icon glyph=glyph />
                <span class="stack-tight list-whole">
                    <span class="list-title">{mark.mark(&line.title)}</span>
                    {beside.map(|text| view! {
                        <span class="list-more"><span>{text}</span></span>
                    })}
                    <span class="list-more">
                        {line.more.iter().map(|text| view! { <span>{mark.mark(text)}</span> }).collect_view()}
                    </span>
                </span>
            </a>
        </li>
    }
}

/// Brings an item into sight once its plan is on the screen.
async fn show(item: String) {
    const TRIES: u32 = 40;
    for _ in 0..TRIES {
        timer::sleep(50).await;
        let selector = format!("[data-page=plan] [data-item='{item}']");
        if let Ok(Some(place)) = document().query_selector(&selector) {
            place.scroll_into_view();
            let _ = place.set_attribute("data-sought", "true");
            return;
        }
    }
}
