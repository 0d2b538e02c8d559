//! Oneself and this device: posts, language, light, signing out.

use leptos::prelude::*;

use crate::app::Reader;
use crate::components::{Banner, Button, Choice, Glyph, Icon, PageHead, Panel, Person, Pick};
use crate::device::{self, Theme};
use crate::i18n::{self, Language, common, names, session as words, work};
use crate::inside::SignOut;
use crate::route::Route;
use crate::session::Session;

/// The page.
#[component]
pub(crate) fn Me() -> impl IntoView {
    let session = Session::here();
    let sign_out = expect_context::<SignOut>();
    let me = session.person();
    let name = move || names::person_of(session.world().organisation(), me);
    let posts = move || {
        let world = session.world();
        let organisation = world.organisation();
        let today = session.today();
        let lines: Vec<_> = organisation
            .assignments_of(me, today)
            .map(|post| {
                let unit = names::unit_of(organisation, post.unit);
                let words = format!("{unit} · {} · {}", post.post, names::tenure(post.tenure));
                view! { <li>{words}</li> }
            })
            .collect();
        if lines.is_empty() {
            view! { <p class="faint">{words::no_posts()}</p> }.into_any()
        } else {
            view! { <ul>{lines}</ul> }.into_any()
        }
    };
    let unsent = move || session.unsent() > 0;
    view! {
        <div class="page" data-page="me">
            <PageHead title=common::me() />
            <div class="columns columns-two">
                <Panel title=words::signed_in_as()>
                    {move || view! { <Person name=name() /> }}
                    {posts}
                    <Show when=unsent>
                        <Banner state="warn" words=words::sign_out_unsent() />
                    </Show>
                    <div class="row">
                        <Button
                            act="sign-out"
                            label=words::sign_out()
                            on_press=move |()| sign_out.run(session)
                        />
                    </div>
                </Panel>
                <Settings />
            </div>
            <Panel title=words::administration()>
                <ul class="list">
                    {link(Route::Organisation, Glyph::Organisation, common::organisation())}
                    {link(Route::Import, Glyph::Import, common::import())}
                    {link(Route::Sync, Glyph::Cloud, work::sync_centre())}
                </ul>
            </Panel>
        </div>
    }
}

fn link(route: Route, glyph: Glyph, words: &'static str) -> impl IntoView {
    view! {
        <li>
            <a class="list-line" href=route.path()>
                <span class="row"><Icon glyph=glyph />{words}</span>
                <Icon glyph=Glyph::Forward />
            </a>
        </li>
    }
}

#[component]
fn Settings() -> impl IntoView {
    let reader = expect_context::<Reader>();
    let theme = RwSignal::new(device::theme().key().to_owned());
    let themes = vec![
        Pick::new(Theme::System.key(), common::theme_system()),
        Pick::new(Theme::Light.key(), common::theme_light()),
        Pick::new(Theme::Dark.key(), common::theme_dark()),
    ];
    let languages = vec![
        Pick::new(Language::Chinese.key(), words::chinese()),
        Pick::new(Language::English.key(), words::english()),
    ];
    let language = i18n::language().key().to_owned();
    let choose_theme = move |key: String| {
        device::choose_theme(Theme::from_key(&key));
        theme.set(key);
    };
    view! {
        <Panel title=words::this_device()>
            <Choice
                name="language"
                label=words::language()
                picks=languages
                value=Signal::stored(language.clone())
                on_choose=move |key| if key != language { reader.switch() }
            />
            <Choice
                name="theme"
                label=common::theme()
                picks=themes
                value=theme
                on_choose=choose_theme
            />
        </Panel>
    }
}
