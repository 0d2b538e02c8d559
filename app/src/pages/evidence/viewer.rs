//! Looking at evidence: one file over the page, larger and smaller, to the next and back, by touch
//! and by keys.

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::EvidenceId;

use super::picture::{Shown, shown, told};
use crate::components::{Banner, Button, Dialog, Glyph, Icon};
use crate::i18n::{evidence as words, format, names};
use crate::session::Session;
use crate::session::evidence::Piece;

/// How large a picture can be shown: so many times the width of the dialog.
const LARGEST: u32 = 4;

/// The dialog; `opened` says which file it shows.
#[component]
pub(super) fn Viewer(
    /// The evidence, in its order.
    shown: Memo<Vec<Piece>>,
    /// Which of it is opened.
    opened: RwSignal<Option<EvidenceId>>,
) -> impl IntoView {
    let session = Session::here();
    let open = RwSignal::new(false);
    let zoom = RwSignal::new(1_u32);
    let openable = Memo::new(move |_| {
        let mut shown = shown.get();
        shown.retain(|evidence| evidence.may_open(session.person()));
        shown
    });
    let current = Memo::new(move |_| {
        let id = opened.get()?;
        openable.with(|all| all.iter().position(|one| one.id == id))
    });
    Effect::new(move |_| open.set(current.get().is_some()));
    Effect::new(move |_| {
        if !open.get() {
            opened.set(None);
            zoom.set(1);
        }
    });
    let turn = move |by: isize| {
        let at = current.get_untracked();
        let next = at.and_then(|at| at.checked_add_signed(by));
        let next = openable.with_untracked(|all| next.and_then(|next| Some(all.get(next)?.id)));
        if next.is_some() {
            zoom.set(1);
            opened.set(next);
        }
    };
    let keys = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "+" | "=" => magnify(zoom, 1),
        "-" => magnify(zoom, -1),
        "0" => zoom.set(1),
        "ArrowLeft" if zoom.get_untracked() == 1 => turn(-1),
        "ArrowRight" if zoom.get_untracked() == 1 => turn(1),
        _ => {}
    };
    let evidence = Memo::new(move |_| {
        let at = current.get()?;
        openable.with(|all| all.get(at).cloned())
    });
    let title = Signal::derive(move || evidence.get().map(|one| one.name).unwrap_or_default());
    let more = move || {
        let evidence = evidence.get()?;
        let world = session.world();
        let who = names::person_of(world.organisation(), evidence.by);
        let when = format::time(evidence.claimed, world.organisation().utc_offset());
        let place = current.get().unwrap_or(0) + 1;
        let all = openable.with(Vec::len).to_string();
        Some(view! {
            <p class="list-more">
                <span>{words::size(evidence.bytes)}</span>
                <span>{who}</span>
                <span>{when}</span>
                <span>{words::place_of(&place.to_string(), &all)}</span>
            </p>
        })
    };
    let end = move |by: isize| {
        let next = current.get().and_then(|at| at.checked_add_signed(by));
        let there = openable.with(|all| next.is_some_and(|next| next < all.len()));
        (!there).then(String::new)
    };
    view! {
        <div on:keydown=keys>
            <Dialog name="evidence" title=title open=open>
                <div class="evidence-head">
                    {more}
                    <div class="row">
                        <Button
                            act="previous-evidence"
                            label=words::previous()
                            glyph=Glyph::Back
                            picture_only=true
                            why_not=Signal::derive(move || end(-1))
                            on_press=move |()| turn(-1)
                        />
                        <Button
                            act="next-evidence"
                            label=words::next()
                            glyph=Glyph::Forward
                            picture_only=true
                            why_not=Signal::derive(move || end(1))
                            on_press=move |()| turn(1)
                        />
                    </div>
                </div>
                {move || evidence.get().map(|evidence| view! {
                    <File evidence=Arc::new(evidence) zoom=zoom />
                })}
            </Dialog>
        </div>
    }
}

fn magnify(zoom: RwSignal<u32>, by: i32) {
    zoom.update(|zoom| *zoom = zoom.saturating_add_signed(by).clamp(1, LARGEST));
}

/// One file with what can be done to it.
#[component]
fn File(evidence: Arc<Piece>, zoom: RwSignal<u32>) -> impl IntoView {
    let image = evidence.media.is_image();
    let name = StoredValue::new(evidence.name.clone());
    let shown = shown(evidence);
    let frame = move |address: String| {
        view! {
            <div class="evidence-frame" data-zoom=move || zoom.get().to_string() tabindex="0">
                <img
                    class="evidence-large"
                    src=address
                    alt=name.get_value()
                    data-part="picture"
                    on:dblclick=move |_| zoom.update(|zoom| *zoom = if *zoom > 1 { 1 } else { 2 })
                />
            </div>
        }
    };
    let acts = move |address: String| {
        let zooms = image.then(|| {
            view! {
                <Button
                    act="zoom-out"
                    label=words::zoom_out()
                    glyph=Glyph::Minus
                    picture_only=true
                    why_not=Signal::derive(move || (zoom.get() == 1).then(String::new))
                    on_press=move |()| magnify(zoom, -1)
                />
                <Button
                    act="zoom-in"
                    label=words::zoom_in()
                    glyph=Glyph::Plus
                    picture_only=true
                    why_not=Signal::derive(move || (zoom.get() == LARGEST).then(String::new))
                    on_press=move |()| magnify(zoom, 1)
                />
            }
        });
        view! {
            <div class="row">
                {zooms}
                <a class="button" href=address download=name.get_value() data-act="save-evidence">
                    <Icon glyph=Glyph::Download />
                    <span>{words::save()}</span>
                </a>
            </div>
        }
    };
    move || match shown.get() {
        Shown::Fetching => {
            view! { <p class="faint" role="status">{words::fetching()}</p> }.into_any()
        }
        Shown::Not(not) => view! { <Banner state="warn" words=told(&not) /> }.into_any(),
        Shown::At(address) if image => view! {
            {frame(address.clone())}
            {acts(address)}
        }
        .into_any(),
        Shown::At(address) => view! {
            <p>{words::not_a_picture()}</p>
            {acts(address)}
        }
        .into_any(),
    }
}
