//! The state of this device's storage, told plainly.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use crate::components::{Badge, Button, Glyph, Insecure, Panel, Tone};
use crate::i18n::work;

/// Asks the browser whether it protects the storage; `None` where it has no such notion.
async fn is_persisted() -> Option<bool> {
    if !window().is_secure_context() {
        return None;
    }
    let asked = window().navigator().storage().persisted().ok()?;
    JsFuture::from(asked).await.ok()?.as_bool()
}

/// Asks the browser to protect the storage.
pub(crate) async fn persist() -> Option<bool> {
    if !window().is_secure_context() {
        return None;
    }
    let asked = window().navigator().storage().persist().ok()?;
    JsFuture::from(asked).await.ok()?.as_bool()
}

/// The panel.
#[component]
pub(super) fn Storage() -> impl IntoView {
    let persisted = RwSignal::new(None::<bool>);
    spawn_local(async move {
        // The page may be left before the browser answers.
        persisted.try_set(is_persisted().await);
    });
    let ask = move |()| {
        spawn_local(async move {
            persisted.try_set(persist().await);
        });
    };
    view! {
        <Panel title=work::storage()>
            <Insecure state="warn" />
            <p class="faint small">{work::storage_plain()}</p>
            // Last, because the browser may take its time, and what stands must not move.
            {move || persisted.get().map(|kept| if kept {
                view! {
                    <div><Badge words=work::storage_persisted() tone=Tone::Good glyph=Glyph::Lock /></div>
                }
                .into_any()
            } else {
                view! {
                    <p>{work::storage_best_effort()}</p>
                    <Button act="persist-storage" label=work::storage_ask() on_press=ask />
                }
                .into_any()
            })}
        </Panel>
    }
}
