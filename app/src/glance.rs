//! The picture of Today that the next start shows before the program runs.
//!
//! `glance.js` takes, shows and drops it, and passes on what was tapped meanwhile; this file says
//! when. A picture that could be wrong is worse than none: whatever changes what the person sees
//! drops it, and Today, once it stands still, has a new one taken.

use std::sync::Arc;

use leptos::ev::Custom;
use leptos::prelude::*;
use shared::world::World;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::device;
use crate::i18n::session as words;
use crate::navigation::Navigation;
use crate::route::Route;
use crate::session::Session;
use crate::timer;

#[wasm_bindgen(js_namespace = ["jihe", "glance"])]
extern "C" {
    #[wasm_bindgen(catch, js_name = keep)]
    fn js_keep() -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = forget)]
    fn js_forget() -> Result<(), JsValue>;
}

/// How long Today stands still before its picture is taken, in milliseconds.
const STILL: u32 = 700;
/// What `glance.js` tells when it could not pass a tap on.
const IN_VAIN: &str = "jihe-tapped-in-vain";

/// Has pictures taken for as long as the screen stands.
pub(crate) fn follow(session: Session, navigation: Navigation) {
    let changes = StoredValue::new(0_u32);
    let today = Memo::new(move |_| session.today());
    Effect::new(move |seen: Option<Arc<World>>| {
        let (world, route) = (session.world(), navigation.route());
        // A day that begins asks other things of the person.
        today.track();
        let other = seen.is_none_or(|seen| !Arc::ptr_eq(&seen, &world));
        if other {
            forget();
        }
        changes.update_value(|changes| *changes = changes.wrapping_add(1));
        if route == Route::Home && device::lock_minutes().is_none() {
            let change = changes.get_value();
            timer::after(STILL, move || {
                // Something changed since, or the screen is gone: the next look takes it, or nobody.
                if changes.try_get_value() == Some(change) {
                    // A device that cannot keep it starts as every device once did.
                    let _ = js_keep();
                }
            });
        }
        world
    });
    let in_vain = Custom::<web_sys::Event>::new(IN_VAIN);
    let told = window_event_listener(in_vain, move |_| {
        session.complain(words::tapped_in_vain().to_owned());
    });
    on_cleanup(move || told.remove());
}

/// Drops the picture: what it shows holds no more, or its person leaves this device.
pub(crate) fn forget() {
    // Where there is no storage there is no picture.
    let _ = js_forget();
}
