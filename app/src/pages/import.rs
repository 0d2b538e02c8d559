//! Bringing a sheet in: file, year, units, posts, preview, and one confirmation for all of it.
//!
//! The server previews, because it sees all plans and decides again at confirmation; without it the
//! same code previews on the device, and only the confirmation has to wait. Each choice is followed
//! by a new preview, so what is confirmed is always what is shown.

use chrono::Datelike as _;
use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::import::{self as sheets, Choices, Options, Preview};
use shared::permission;
use wasm_bindgen_futures::JsFuture;

use crate::api;
use crate::components::{Banner, Empty, PageHead, Panel, WayBack};
use crate::fetch::FetchError;
use crate::i18n::{common, import, refusal};
use crate::route::Route;
use crate::session::Session;

mod posts;
mod shown;
mod source;
mod units;

use posts::Posts;
use shown::ShownPreview;
use source::{Source, YearAndMonth};
use units::Units;

/// A preview, and whether the server made it, so that it can be confirmed.
#[derive(Clone, PartialEq)]
struct Shown {
    preview: Preview,
    confirmable: bool,
}

/// The import that the page is about.
#[derive(Clone, Copy)]
struct Import {
    session: Session,
    choices: RwSignal<Choices>,
    /// The name of the file; empty until there is one.
    name: RwSignal<String>,
    bytes: RwSignal<Option<Uint8Array>, LocalStorage>,
    shown: RwSignal<Option<Shown>>,
    error: RwSignal<Option<String>>,
    done: RwSignal<Option<u64>>,
    busy: RwSignal<bool>,
    /// Counts previews that were asked for: an answer to an older question is dropped.
    asked: StoredValue<u32>,
}

impl Import {
    fn begin(session: Session) -> Self {
        let today = session.today_untracked();
        let choices = Choices {
            year: today.year(),
            month: today.month(),
            ..Choices::default()
        };
        Self {
            session,
            choices: RwSignal::new(choices),
            name: RwSignal::new(String::new()),
            bytes: RwSignal::new_local(None),
            shown: RwSignal::new(None),
            error: RwSignal::new(None),
            done: RwSignal::new(None),
            busy: RwSignal::new(false),
            asked: StoredValue::new(0),
        }
    }

    /// Takes a file; choices about names belong to the file before it.
    fn read(self, file: web_sys::File) {
        self.shown.set(None);
        self.choices.update(|choices| {
            choices.units.clear();
            choices.posts.clear();
            choices.keep = false;
        });
        spawn_local(async move {
            let Ok(buffer) = JsFuture::from(file.array_buffer()).await else {
                return;
            };
            self.bytes.set(Some(Uint8Array::new(&buffer)));
            self.name.set(file.name());
            self.look();
        });
    }

    /// Changes the choices and looks what the sheet would do now.
    fn choose(self, change: impl FnOnce(&mut Choices)) {
        self.choices.update(change);
        self.look();
    }

    fn look(self) {
        self.error.set(None);
        self.done.set(None);
        let Some(sheet) = self.bytes.get_untracked() else {
            return;
        };
        let turn = self.asked.get_value().wrapping_add(1);
        self.asked.set_value(turn);
        spawn_local(async move {
            let found = self.previewed(&sheet).await;
            // Another choice was made meanwhile, or the page is gone.
            if self.asked.try_get_value() != Some(turn) {
                return;
            }
            match found {
                Ok(shown) => self.shown.set(Some(shown)),
                Err(words) => self.error.set(Some(words)),
            }
        });
    }

    /// Previews at the server, or on this device when it is out of reach.
    async fn previewed(self, sheet: &Uint8Array) -> Result<Shown, String> {
        let choices = self.choices.get_untracked();
        match api::preview_import(&choices, sheet).await {
            Ok(preview) => Ok(Shown {
                preview,
                confirmable: true,
            }),
            Err(FetchError::Unreachable | FetchError::Garbled) => {
                let world = self.session.world_untracked();
                let (me, today) = (self.session.person(), self.session.today_untracked());
                let options = Options::of(&world, choices, me, today);
                let options = options.map_err(|refused| refusal::words(&refused))?;
                let text = decoded(sheet).ok_or_else(|| import::unreadable().to_owned())?;
                Ok(Shown {
                    preview: sheets::preview(&text, &options),
                    confirmable: false,
                })
            }
            Err(told) => Err(told.words()),
        }
    }

    fn confirm(self) {
        let (Some(shown), Some(sheet)) = (self.shown.get_untracked(), self.bytes.get_untracked())
        else {
            return;
        };
        self.busy.set(true);
        spawn_local(async move {
            let choices = self.choices.get_untracked();
            let answer = api::confirm_import(&choices, &shown.preview.digest, &sheet).await;
            // The page may have been left while the server was asked.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(answer) => {
                    self.shown.set(None);
                    self.name.set(String::new());
                    self.bytes.set(None);
                    self.done.set(Some(answer.items));
                    self.session.looping().poke(self.session);
                }
                Err(failed) => self.error.set(Some(failed.words())),
            }
        });
    }
}

/// The page.
#[component]
pub(crate) fn Import() -> impl IntoView {
    let session = Session::here();
    let state = Import::begin(session);
    let may = Memo::new(move |_| {
        let world = session.world();
        permission::may_run_plans(world.organisation(), session.person(), session.today())
    });
    let has_file = Memo::new(move |_| state.shown.with(Option::is_some));
    view! {
        <div class="page" data-page="import">
            <PageHead
                title=import::import_title()
                lead=import::import_words().to_owned()
                back=WayBack { href: Route::Plans.path(), words: common::plans().to_owned() }
            />
            <Show
                when=move || may.get()
                fallback=|| view! { <Empty title=import::import_title() words=import::not_allowed() /> }
            >
                <Panel title=import::step_file()>
                    <Source state=state />
                </Panel>
                <Panel title=import::step_period()>
                    <YearAndMonth state=state />
                </Panel>
                {move || state.error.get().map(|words| view! { <Banner state="bad" words=words /> })}
                {move || state.done.get().map(|count| view! {
                    <Banner state="good" words=import::imported(&count.to_string())>
                        <a class="button" href=Route::Plans.path()>{import::to_plans()}</a>
                    </Banner>
                })}
                <Show when=move || has_file.get()>
                    <Units state=state />
                    <Posts state=state />
                    <ShownPreview state=state />
                </Show>
            </Show>
        </div>
    }
}

/// Reads UTF-8, or GBK, in which Excel saves on a Chinese system.
fn decoded(sheet: &Uint8Array) -> Option<String> {
    let fatal = web_sys::TextDecoderOptions::new();
    fatal.set_fatal(true);
    ["utf-8", "gbk"].into_iter().find_map(|label| {
        let decoder = web_sys::TextDecoder::new_with_label_and_options(label, &fatal).ok()?;
        decoder.decode_with_buffer_source(sheet).ok()
    })
}
