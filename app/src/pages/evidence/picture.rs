//! One file as it is seen: the picture itself, or what kind of file it is; fetched when it is shown.

use std::sync::Arc;

use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::evidence::MediaType;
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag, Url};

use crate::components::{Glyph, Icon};
use crate::i18n::evidence as words;
use crate::session::Session;
use crate::session::evidence::{NotHere, Piece};

/// Where a file is on its way to the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    /// Being read or fetched.
    Fetching,
    /// At an address of this page.
    At(String),
    /// Not to be had now.
    Not(NotHere),
}

/// Gets a file to the screen; its address is given back when whoever asked goes.
pub(super) fn shown(evidence: Arc<Piece>) -> RwSignal<Shown> {
    let session = Session::here();
    let shown = RwSignal::new(Shown::Fetching);
    let keeper = session.keeper();
    spawn_local(async move {
        let Some(keeper) = keeper else { return };
        let next = match keeper.file(&evidence).await {
            Ok(bytes) => address(&bytes, evidence.media)
                .map_or_else(|_| Shown::Not(NotHere::Offline), Shown::At),
            Err(not) => Shown::Not(not),
        };
        let address = match &next {
            Shown::At(address) => Some(address.clone()),
            _ => None,
        };
        // Whoever asked may be gone by now.
        if let (Some(_), Some(address)) = (shown.try_set(next), address) {
            forget(&address);
        }
    });
    on_cleanup(move || {
        if let Some(Shown::At(address)) = shown.try_get_untracked() {
            forget(&address);
        }
    });
    shown
}

fn address(bytes: &Uint8Array, media: MediaType) -> Result<String, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media.mime());
    let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(bytes), &options)?;
    Url::create_object_url_with_blob(&blob)
}

fn forget(address: &str) {
    // An address that is unknown by now is forgotten already.
    let _ = Url::revoke_object_url(address);
}

/// What is told of a file that cannot be shown.
pub(super) fn told(not: &NotHere) -> String {
    match not {
        NotHere::Offline => words::offline().to_owned(),
        NotHere::OnItsWay => words::on_its_way().to_owned(),
        NotHere::Told(words) => words.clone(),
    }
}

/// A picture in its place, small; a sign for any other file, which is not fetched before it is
/// opened.
#[component]
pub(super) fn Picture(evidence: Arc<Piece>) -> impl IntoView {
    if !evidence.media.is_image() {
        let extension = evidence.media.extension().to_uppercase();
        return view! {
            <span class="evidence-kind"><Icon glyph=Glyph::File /><span>{extension}</span></span>
        }
        .into_any();
    }
    let shown = shown(evidence);
    (move || match shown.get() {
        Shown::At(address) => {
            view! { <img class="evidence-small" src=address alt="" /> }.into_any()
        }
        Shown::Fetching => view! { <span class="evidence-wait"></span> }.into_any(),
        Shown::Not(not) => {
            let glyph = match not {
                NotHere::Offline => Glyph::CloudOff,
                NotHere::OnItsWay => Glyph::Clock,
                NotHere::Told(_) => Glyph::Warning,
            };
            view! { <span title=told(&not)><Icon glyph=glyph /></span> }.into_any()
        }
    })
    .into_any()
}
