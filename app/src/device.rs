//! What this device remembers without a person: language, theme, who was here last.
//!
//! Kept by gloo-storage, because it must be read before anything is drawn. Browsers may lose the
//! last seconds of it, so nothing that a person wrote lives here.

use gloo_storage::{LocalStorage, Storage as _};
use leptos::prelude::{document, window};
use shared::id::PersonId;

use crate::i18n::Language;

const LANGUAGE: &str = "jihe-language";
const THEME: &str = "jihe-theme";
const PERSON: &str = "jihe-person";

/// A choice of light.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system says.
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The form in which it is kept.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads the kept form; anything else is the system's choice.
    pub(crate) fn from_key(key: &str) -> Self {
        match key {
            "light" => Self::Light,
            "dark" => Self::Dark,
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
    let Some(root) = document().document_element() else {
        return;
    };
    let _ = match theme {
        Theme::System => root.remove_attribute("data-theme"),
        Theme::Light | Theme::Dark => root.set_attribute("data-theme", theme.key()),
    };
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
