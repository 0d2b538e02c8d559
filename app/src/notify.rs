//! Notifications while the app is open: what is new among the reminders, outside quiet hours.
//!
//! What asks for a person is computed by [`shared::reminder`]; this file only knocks. A browser
//! without notifications, or one that may not show them, changes nothing else.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::reminder::{Reminder, minute_of_day};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationOptions, NotificationPermission};

use crate::device;
use crate::i18n::{common, today as words};
use crate::session::Session;

/// What the browser says about notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Permission {
    /// It has none, or not at this address.
    Missing,
    /// The person has not been asked.
    Open,
    /// It shows them.
    Granted,
    /// It shows none of this site.
    Denied,
}

/// Asks the browser what it lets us do.
pub(crate) fn permission() -> Permission {
    let known = js_sys::Reflect::has(&window(), &JsValue::from_str("Notification"));
    if !window().is_secure_context() || !known.unwrap_or(false) {
        return Permission::Missing;
    }
    match Notification::permission() {
        NotificationPermission::Granted => Permission::Granted,
        NotificationPermission::Denied => Permission::Denied,
        _ => Permission::Open,
    }
}

/// Asks the person, by the browser's own question, and tells what came of it.
pub(crate) fn ask(then: impl FnOnce(Permission) + 'static) {
    spawn_local(async move {
        if let Ok(asked) = Notification::request_permission() {
            // The answer is read from the browser below, whatever the promise says.
            let _ = JsFuture::from(asked).await;
        }
        then(permission());
    });
}

/// How many things ask for the person. Observed.
pub(crate) fn count(session: Session) -> usize {
    session.ahead().with(|ahead| ahead.reminders.len())
}

/// Knocks when something new asks for the person, for as long as the screen stands.
pub(crate) fn watch(session: Session) {
    Effect::new(move |_| {
        let found = session.ahead().with(|ahead| ahead.reminders.clone());
        let (today, now) = (session.today(), session.now());
        let chosen = device::notify();
        let offset = session.world_untracked().organisation().utc_offset();
        let quiet = chosen.quiet.covers(minute_of_day(now, offset));
        if !chosen.on || quiet || permission() != Permission::Granted {
            return;
        }
        let told = device::told(today);
        let keys: Vec<String> = found.iter().map(|one| key(session, *one)).collect();
        let new = keys.iter().filter(|key| !told.contains(key)).count();
        if new > 0 {
            device::remember_told(today, &keys);
            show(words::told(&keys.len().to_string()));
        }
    });
}

/// What distinguishes a reminder from others on this device, whoever is signed in.
fn key(session: Session, reminder: Reminder) -> String {
    let person = session.person();
    match reminder {
        Reminder::Returned(plan) => format!("{person} returned {plan}"),
        Reminder::ToSign(plan) => format!("{person} to-sign {plan}"),
        Reminder::ToDecide(plan) => format!("{person} to-decide {plan}"),
        Reminder::Overdue(_, _, item) => format!("{person} overdue {item}"),
        Reminder::DueToday(_, item) => format!("{person} due {item}"),
    }
}

/// Shows one; the next takes the place of one that still stands.
fn show(words: String) {
    spawn_local(async move {
        let options = NotificationOptions::new();
        options.set_body(&words);
        options.set_tag("jihe-reminder");
        options.set_icon("/icons/icon-192.png");
        // Phones show only what the service worker shows; where there is none, the page does.
        let workers = window().navigator().service_worker();
        let registered = JsFuture::from(workers.get_registration()).await.ok();
        let worker = registered
            .and_then(|found| found.dyn_into::<web_sys::ServiceWorkerRegistration>().ok());
        // A browser that refuses after all shows nothing; the count on Today stands.
        let _ = match worker {
            Some(worker) => worker
                .show_notification_with_options(common::product(), &options)
                .map(drop),
            None => Notification::new_with_options(common::product(), &options).map(drop),
        };
    });
}
