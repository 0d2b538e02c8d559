//! The shipped regimes: listed when somebody asks for them, read, and adopted with a choice of readings.
//!
//! The server holds them; a device has those alone that the company adopted.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::command::Command;
use shared::command::organisation::AdoptRegime;
use shared::id::RegimeId;
use shared::organisation::Organisation;
use shared::regime::preset::Preset;
use shared::regime::{Document, Regime};

use crate::api::{self, Offered};
use crate::chance;
use crate::components::{Badge, Banner, Button, Glyph, Look, Many, Panel, Pick, Tone};
use crate::i18n::{common, names, organisation, period as words};
use crate::pages::regime;
use crate::session::Session;

/// What was fetched.
#[derive(Clone, Copy)]
struct Shelf {
    session: Session,
    list: RwSignal<Option<Vec<Offered>>>,
    /// The one that is looked at.
    open: RwSignal<Option<Preset>>,
    error: RwSignal<Option<String>>,
}

impl Shelf {
    fn fetch(self) {
        self.error.set(None);
        spawn_local(async move {
            match api::presets().await {
                Ok(list) => drop(self.list.try_set(Some(list))),
                Err(failed) => drop(self.error.try_set(Some(failed.words()))),
            }
        });
    }

    /// Looks at one; the one that is looked at is closed.
    fn look(self, key: String) {
        let is_open =
            |open: &Option<Preset>| open.as_ref().is_some_and(|one| one.regime.key == key);
        if self.open.with_untracked(is_open) {
            self.open.set(None);
            return;
        }
        self.error.set(None);
        spawn_local(async move {
            match api::preset(&key).await {
                Ok(preset) => drop(self.open.try_set(Some(preset))),
                Err(failed) => drop(self.error.try_set(Some(failed.words()))),
            }
        });
    }

    fn adopt(self, regime: Regime) {
        let id = RegimeId::from_bits(chance::bits());
        let regime = Document::from(regime);
        let command = Command::AdoptRegime(AdoptRegime { id, regime });
        let session = self.session;
        session.send_online(command, move |done| match done {
            Ok(()) => {
                session.say(organisation::saved());
                self.open.try_set(None);
            }
            Err(told) => session.complain(told.words),
        });
    }
}

/// The panel.
#[component]
pub(super) fn Presets() -> impl IntoView {
    let shelf = Shelf {
        session: Session::here(),
        list: RwSignal::new(None),
        open: RwSignal::new(None),
        error: RwSignal::new(None),
    };
    let list = move || {
        let Some(list) = shelf.list.get() else {
            return view! {
                <Button
                    act="list-presets"
                    label=words::list_presets()
                    glyph=Glyph::Plan
                    on_press=move |()| shelf.fetch()
                />
            }
            .into_any();
        };
        let lines = list.into_iter().map(|one| line(shelf, one)).collect_view();
        view! { <ul class="list" data-list="presets">{lines}</ul> }.into_any()
    };
    view! {
        <Panel title=words::presets()>
            <p class="faint">{words::presets_words()}</p>
            {move || shelf.error.get().map(|words| view! { <Banner state="bad" words=words /> })}
            {list}
        </Panel>
    }
}

/// Whether a regime of a key was adopted.
fn is_adopted(organisation: &Organisation, key: &str) -> bool {
    let mut versions = organisation.regimes.values();
    versions.any(|version| version.regime().key == key)
}

fn line(shelf: Shelf, offered: Offered) -> impl IntoView {
    let Offered {
        key,
        name,
        source,
        kinds,
    } = offered;
    let kinds: Vec<_> = kinds.into_iter().map(regime::kind).collect();
    let more = format!("{} · {source}", kinds.join(common::between()));
    let more = more.trim_end_matches([' ', '·']).to_owned();
    let key = StoredValue::new(key);
    let is_open = move || {
        let of_key = |one: &Preset| key.with_value(|key| one.regime.key == *key);
        shelf.open.with(|open| open.as_ref().is_some_and(of_key))
    };
    let is_open = Memo::new(move |_| is_open());
    let adopted = move || {
        let world = shelf.session.world();
        key.with_value(|key| is_adopted(world.organisation(), key))
    };
    let label = Signal::derive(move || {
        if is_open.get() {
            common::close().to_owned()
        } else {
            words::look_at().to_owned()
        }
    });
    view! {
        <li data-item=key.get_value()>
            <div class="list-line">
                <span class="stack-tight">
                    <span class="list-title">{names::name(&name).to_owned()}</span>
                    <span class="list-more"><span>{more}</span></span>
                </span>
                <span class="list-end">
                    {move || adopted().then(|| view! { <Badge words=words::adopted() tone=Tone::Good /> })}
                    <Button
                        act="look-at-preset"
                        label=label
                        look=Look::Plain
                        on_press=move |()| shelf.look(key.get_value())
                    />
                </span>
            </div>
            {move || is_open.get().then(|| looked_at(shelf))}
        </li>
    }
}

/// What a preset says in short, the readings that can be chosen, and its adoption.
fn looked_at(shelf: Shelf) -> Option<impl IntoView> {
    let preset = StoredValue::new(shelf.open.get_untracked()?);
    let chosen = RwSignal::new(String::new());
    let picks: Vec<Pick> = preset.with_value(|preset| {
        let alternatives = preset.alternatives.iter();
        let pick = |one: &shared::regime::preset::Alternative| {
            Pick::new(one.key.clone(), names::name(&one.name))
        };
        alternatives.map(pick).collect()
    });
    let chosen_regime = Memo::new(move |_| {
        chosen.with(|chosen| {
            let keys: Vec<&str> = chosen.split(' ').filter(|key| !key.is_empty()).collect();
            preset.with_value(|preset| preset.with(&keys))
        })
    });
    let reading = move || chosen_regime.with(|regime| regime.as_ref().map(regime::reading));
    let why_not = Signal::derive(move || {
        let unfit = chosen_regime.with(Option::is_none);
        unfit.then(|| words::readings_exclude().to_owned())
    });
    let adopt = move |()| {
        if let Some(regime) = chosen_regime.get_untracked() {
            shelf.adopt(regime);
        }
    };
    Some(view! {
        <div class="stack" data-part="preset">
            {reading}
            {(!picks.is_empty())
                .then(|| view! {
                    <Many name="alternatives" label=words::other_readings() picks=picks value=chosen />
                })}
            <div class="row">
                <Button
                    act="adopt-regime"
                    label=words::adopt_regime()
                    look=Look::Primary
                    why_not=why_not
                    on_press=adopt
                />
            </div>
        </div>
    })
}
