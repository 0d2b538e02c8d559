//! Adding evidence: the camera or a file, each a large place to press; several files at once.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast as _;

use super::photo;
use crate::components::{Glyph, Icon};
use crate::i18n::{common, evidence as words};
use crate::session::Session;
use crate::session::evidence::Place;

/// What a picker offers; the content decides, not the name.
const PICTURES: &str = "image/*";
const FILES: &str = "image/*,.pdf,.xlsx,.docx";

/// The two places to press.
#[component]
pub(super) fn Add(
    /// Where what is chosen goes.
    place: impl Fn() -> Place + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let session = Session::here();
    let busy = RwSignal::new(false);
    let errors = RwSignal::new(Vec::<String>::new());
    let add = move |files: Vec<web_sys::File>| {
        busy.set(true);
        errors.set(Vec::new());
        let place = place();
        spawn_local(async move {
            let failed = move |words: String| errors.update(|errors| errors.push(words));
            for file in files {
                let name = file.name();
                let chosen = match photo::ready(file).await {
                    Ok(chosen) => chosen,
                    Err(words) => {
                        failed(common::named(&name, &words));
                        continue;
                    }
                };
                let Some(keeper) = session.keeper() else {
                    failed(words::not_kept().to_owned());
                    break;
                };
                let then = move |done: Result<(), String>| match done {
                    Ok(()) => session.say(words::attached()),
                    Err(words) => failed(words),
                };
                keeper.attach(chosen, place, then).await;
            }
            busy.set(false);
        });
    };
    view! {
        <div class="evidence-add">
            {picker("photo", Glyph::Camera, words::take_photo(), PICTURES, true, busy, add)}
            {picker("file", Glyph::Clip, words::choose_file(), FILES, false, busy, add)}
        </div>
        <p class="faint small">
            {move || if busy.get() { words::preparing() } else { words::kinds() }}
        </p>
        {move || {
            let errors = errors.get();
            (!errors.is_empty()).then(|| view! {
                <p class="field-error" role="alert" data-part="refusal">
                    {errors.join(" ")}
                </p>
            })
        }}
    }
}

/// One place to press; on a phone the first opens the camera at once.
fn picker(
    field: &'static str,
    glyph: Glyph,
    label: &'static str,
    accept: &'static str,
    camera: bool,
    busy: RwSignal<bool>,
    add: impl Fn(Vec<web_sys::File>) + Copy + 'static,
) -> impl IntoView {
    let chosen = move |event: web_sys::Event| {
        let input: web_sys::HtmlInputElement = event.target()?.dyn_into().ok()?;
        let files = input.files()?;
        let files: Vec<_> = (0..files.length()).filter_map(|at| files.get(at)).collect();
        // The same file can be chosen again after it was refused.
        input.set_value("");
        if !files.is_empty() {
            add(files);
        }
        Some(())
    };
    view! {
        <label class="button evidence-picker">
            <Icon glyph=glyph />
            <span>{label}</span>
            <input
                class="heard-only"
                type="file"
                accept=accept
                capture=camera.then_some("environment")
                multiple=!camera
                disabled=move || busy.get()
                data-field=field
                on:change=move |event| { chosen(event); }
            />
        </label>
    }
}
