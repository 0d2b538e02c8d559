//! Files of evidence that have not reached the server: each with its age and, where it was not
//! taken, why; and each can be saved.

use js_sys::Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Blob;

use crate::components::{Button, Glyph, Look, Whereabouts, WorkState};
use crate::file;
use crate::i18n::{evidence as words, format};
use crate::session::Session;
use crate::store::evidence::Held;

/// The list; nothing where there are none.
#[component]
pub(super) fn Files() -> impl IntoView {
    let session = Session::here();
    let unsent = Memo::new(move |_| {
        let files = session.files();
        let unsent = files.iter().filter(|held| held.is_unsent());
        unsent.cloned().collect::<Vec<_>>()
    });
    let retry = move |()| {
        if let Some(keeper) = session.keeper() {
            keeper.retry();
        }
    };
    view! {
        <Show when=move || unsent.with(|unsent| !unsent.is_empty())>
            <h3>{words::files()}</h3>
            <ul class="list" data-list="files">
                {move || unsent.get().into_iter().map(|held| line(session, held)).collect_view()}
            </ul>
            <div class="row">
                <Button
                    act="retry-files"
                    label=words::retry()
                    look=Look::Plain
                    glyph=Glyph::Turning
                    on_press=retry
                />
            </div>
        </Show>
    }
}

fn line(session: Session, held: Held) -> impl IntoView {
    let kept = held.kept;
    let age = move || format::ago(kept, session.now());
    let reason = held.refused.as_deref().map(words::why_not_taken);
    let state = if reason.is_some() {
        WorkState::Refused
    } else {
        WorkState::Kept
    };
    let (hash, name) = (held.hash, held.name.clone());
    let save = move |()| {
        let name = name.clone();
        spawn_local(async move {
            let Some(keeper) = session.keeper() else {
                return;
            };
            if let Some(bytes) = keeper.here(hash).await {
                // Where the browser allows no download, the file is still in this list.
                let blob = Blob::new_with_u8_array_sequence(&Array::of1(&bytes));
                let _ = blob.and_then(|blob| file::save(&blob, &name));
            }
        });
    };
    view! {
        <li data-item=held.hash.to_string() data-state=state.key()>
            <div class="list-line">
                <span class="stack-tight">
                    <span class="list-title">{held.name}</span>
                    <span class="list-more">
                        <span>{words::size(held.bytes)}</span>
                        <span>{age}</span>
                    </span>
                </span>
                <span class="list-end">
                    <Whereabouts state=state />
                    <Button
                        act="save-file"
                        label=words::save()
                        look=Look::Quiet
                        glyph=Glyph::Download
                        picture_only=true
                        on_press=save
                    />
                </span>
                {reason.map(|words| view! { <p class="list-whole field-error">{words}</p> })}
            </div>
        </li>
    }
}
