//! The sync light: one sign in the header that says where all of this person's work is.

use leptos::prelude::*;

use super::{Glyph, Icon};
use crate::i18n::work;

/// What the light says; the worst that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Light {
    /// Everything is at the server.
    Synced,
    /// A request is under way.
    Working,
    /// So much is kept here and will be sent.
    Pending(usize),
    /// The server is out of reach; so much waits.
    Offline(usize),
    /// Something was refused and needs the person.
    Attention(usize),
    /// The server wants the person to sign in again.
    SignedOut,
    /// This device cannot keep work.
    Broken,
}

impl Light {
    const fn key(self) -> &'static str {
        match self {
            Self::Synced => "synced",
            Self::Working => "working",
            Self::Pending(_) => "pending",
            Self::Offline(_) => "offline",
            Self::Attention(_) | Self::SignedOut => "attention",
            Self::Broken => "broken",
        }
    }

    const fn glyph(self) -> Glyph {
        match self {
            Self::Synced => Glyph::Cloud,
            Self::Working => Glyph::Turning,
            Self::Pending(_) => Glyph::Device,
            Self::Offline(_) => Glyph::CloudOff,
            Self::Attention(_) | Self::SignedOut | Self::Broken => Glyph::Warning,
        }
    }

    /// The words.
    pub(crate) fn words(self) -> String {
        match self {
            Self::Synced => work::light_synced().to_owned(),
            Self::Working => work::light_working().to_owned(),
            Self::Pending(count) => work::light_pending(&count.to_string()),
            Self::Offline(0) => work::light_offline().to_owned(),
            Self::Offline(count) => work::light_offline_with(&count.to_string()),
            Self::Attention(count) => work::light_attention(&count.to_string()),
            Self::SignedOut => work::light_signed_out().to_owned(),
            Self::Broken => work::light_broken().to_owned(),
        }
    }
}

/// The light, as a link to the sync centre.
#[component]
pub(crate) fn SyncLight(
    /// What it says.
    #[prop(into)]
    light: Signal<Light>,
    /// The address of the sync centre.
    #[prop(into)]
    href: String,
) -> impl IntoView {
    let glyph = Signal::derive(move || light.get().glyph());
    view! {
        <a class="sync-light" href=href data-act="open-sync" data-state=move || light.get().key()>
            <Icon glyph=glyph />
            <span role="status">{move || light.get().words()}</span>
        </a>
    }
}
