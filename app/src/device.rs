//! What this device remembers without a person: language, theme, size of text, who was here last.
//!
//! Kept by gloo-storage, because it must be read before anything is drawn. Browsers may lose the
//! last seconds of it, so nothing that a person wrote lives here.

use gloo_storage::{LocalStorage, Storage as _};
use leptos::ev;
use leptos::prelude::{
    RwSignal, Set as _, Signal, document, on_cleanup, window, window_event_listener,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::id::PersonId;
use shared::moment::Day;
use shared::reminder::Quiet;

use crate::i18n::Language;

const LANGUAGE: &str = "jihe-language";
const THEME: &str = "jihe-theme";
const TABLES: &str = "jihe-tables";
const SIZE: &str = "jihe-size";
const NOTIFY: &str = "jihe-notify";
const TOLD: &str = "jihe-told";
const PERSON: &str = "jihe-person";
/// Where [`crate::operators`] keeps who takes turns here.
pub(crate) const OPERATORS: &str = "jihe-operators";
const LOCK: &str = "jihe-lock-minutes";

/// After how many idle minutes a shared device locks, unless somebody chose otherwise.
pub(crate) const LOCK_MINUTES: u32 = 5;

/// A choice of light.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system says.
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
    /// High contrast, light or dark as the system says.
    Contrast,
}

impl Theme {
    /// The form in which it is kept.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }

    /// Reads the kept form; anything else is the system's choice.
    pub(crate) fn from_key(key: &str) -> Self {
        match key {
            "light" => Self::Light,
            "dark" => Self::Dark,
            "contrast" => Self::Contrast,
            _ => Self::System,
        }
    }
}

/// The chosen language, or the browser's.
pub(crate) fn language() -> Language {
    let kept: Option<String> = LocalStorage::get(LANGUAGE).ok();
    let tag = kept
        .or_else(|| window().navigator().language())
        .unwrap_or_default();
    Language::from_tag(&tag)
}

/// Keeps the language and tells the page, which picks the glyphs by it.
pub(crate) fn choose_language(language: Language) {
    // A device that cannot keep the setting still shows the language until it is closed.
    let _ = LocalStorage::set(LANGUAGE, language.key());
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", language.tag());
    }
}

/// The chosen theme.
pub(crate) fn theme() -> Theme {
    LocalStorage::get::<String>(THEME).map_or(Theme::System, |key| Theme::from_key(&key))
}

/// Keeps the theme and shows it.
pub(crate) fn choose_theme(theme: Theme) {
    let _ = LocalStorage::set(THEME, theme.key());
    let chosen = (theme != Theme::System).then_some(theme.key());
    mark_root("data-theme", chosen);
}

/// The sizes of text that can be chosen, in percent of the browser's own.
pub(crate) const SIZES: [&str; 4] = ["100", "125", "150", "200"];

/// The chosen size of text, one of [`SIZES`].
pub(crate) fn size() -> &'static str {
    let kept: String = LocalStorage::get(SIZE).unwrap_or_default();
    let known = SIZES.into_iter().find(|size| *size == kept);
    known.unwrap_or(SIZES[0])
}

/// Keeps the size of text and shows it.
pub(crate) fn choose_size(size: &str) {
    let _ = LocalStorage::set(SIZE, size);
    mark_root("data-size", (size != SIZES[0]).then_some(size));
}

/// Tells the style about a choice; the page's first script does the same before the first paint.
fn mark_root(name: &str, value: Option<&str>) {
    let Some(root) = document().document_element() else {
        return;
    };
    let _ = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
}

/// After how many idle minutes this device locks; `None` where it is not shared.
pub(crate) fn lock_minutes() -> Option<u32> {
    LocalStorage::get(LOCK).ok()
}

/// Says whether anybody is kept here behind a PIN.
pub(crate) fn has_operators() -> bool {
    window()
        .local_storage()
        .ok()
        .flatten()
        .is_some_and(|kept| kept.get_item(OPERATORS).is_ok_and(|found| found.is_some()))
}

/// Makes this a shared device that locks after so many minutes, or one person's own.
pub(crate) fn choose_lock_minutes(minutes: Option<u32>) {
    match minutes {
        Some(minutes) => {
            let _ = LocalStorage::set(LOCK, minutes);
        }
        None => LocalStorage::delete(LOCK),
    }
}

/// Who was here last and did not sign out.
pub(crate) fn last_person() -> Option<PersonId> {
    LocalStorage::get(PERSON).ok()
}

/// Keeps who is here, so that the next start needs no server.
pub(crate) fn remember_person(person: PersonId) {
    // A device that cannot keep it asks the server at the next start.
    let _ = LocalStorage::set(PERSON, person);
}

/// Forgets who was here.
pub(crate) fn forget_person() {
    LocalStorage::delete(PERSON);
}

/// Whether this device notifies its person, and when it stays quiet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Notify {
    /// Whether the person asked for notifications.
    pub(crate) on: bool,
    /// The hours in which none is shown.
    pub(crate) quiet: Quiet,
}

/// What was chosen about notifications; none until a person asks for them.
pub(crate) fn notify() -> Notify {
    let kept: Option<(bool, u32, u32)> = LocalStorage::get(NOTIFY).ok();
    kept.map_or_else(Notify::default, |(on, from, to)| Notify {
        on,
        quiet: Quiet { from, to },
    })
}

/// Keeps what was chosen about notifications.
pub(crate) fn choose_notify(notify: Notify) {
    let Notify { on, quiet } = notify;
    let _ = LocalStorage::set(NOTIFY, (on, quiet.from, quiet.to));
}

/// What this device has told its person on a day.
pub(crate) fn told(day: Day) -> Vec<String> {
    let kept: Option<(Day, Vec<String>)> = LocalStorage::get(TOLD).ok();
    let of_day = kept.filter(|(of, _)| *of == day);
    of_day.map(|(_, told)| told).unwrap_or_default()
}

/// Keeps what this device has told; a device that forgets it tells again.
pub(crate) fn remember_told(day: Day, told: &[String]) {
    let _ = LocalStorage::set(TOLD, (day, told));
}

/// Whether a desk shows lists as tables.
pub(crate) fn wants_tables() -> bool {
    LocalStorage::get(TABLES).unwrap_or(true)
}

/// Keeps whether a desk shows lists as tables.
pub(crate) fn choose_tables(wanted: bool) {
    let _ = LocalStorage::set(TABLES, wanted);
}

/// How somebody wanted a table on this device.
pub(crate) fn table<T: DeserializeOwned + Default>(name: &str) -> T {
    LocalStorage::get(table_key(name)).unwrap_or_default()
}

/// Keeps how somebody wants a table; a device without room forgets it with the page.
pub(crate) fn keep_table<T: Serialize>(name: &str, wanted: &T) {
    let _ = LocalStorage::set(table_key(name), wanted);
}

fn table_key(name: &str) -> String {
    format!("jihe-table-{name}")
}

/// From this width on a screen is a desk's.
const DESK: &str = "(min-width: 64rem)";

/// Says whether the screen is as wide as a desk's; it tells when that changes. Observed.
pub(crate) fn is_desk() -> Signal<bool> {
    let matches = || {
        let found = window().match_media(DESK).ok().flatten();
        found.is_some_and(|query| query.matches())
    };
    let wide = RwSignal::new(matches());
    let resized = window_event_listener(ev::resize, move |_| wide.set(matches()));
    on_cleanup(move || resized.remove());
    wide.into()
}
