//! Badges: a state in a word with a mark, so that colour is never the only sign.

use leptos::prelude::*;

use super::{Glyph, Icon};
use crate::i18n::work;

/// What a badge says beyond its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Nothing in particular.
    Quiet,
    /// Under way.
    Accent,
    /// Good.
    Good,
    /// Look at it.
    Warn,
    /// Bad.
    Bad,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Quiet => "badge",
            Self::Accent => "badge badge-accent",
            Self::Good => "badge badge-good",
            Self::Warn => "badge badge-warn",
            Self::Bad => "badge badge-bad",
        }
    }
}

/// A badge.
#[component]
pub(crate) fn Badge(
    /// The words.
    #[prop(into)]
    words: String,
    /// What it says.
    tone: Tone,
    /// Its mark.
    #[prop(optional)]
    glyph: Option<Glyph>,
) -> impl IntoView {
    view! {
        <span class=tone.class()>
            {glyph.map(|glyph| view! { <Icon glyph=glyph /> })}
            {words}
        </span>
    }
}

/// Where a piece of work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WorkState {
    /// Kept on this device.
    Kept,
    /// Logged by the server, undecided.
    Received,
    /// Applied and visible to others.
    Accepted,
    /// Refused, with a reason.
    Refused,
    /// Not executed, because what it was built on was refused.
    HeldBack,
}

impl WorkState {
    /// The key for tests and style.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Received => "received",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::HeldBack => "held-back",
        }
    }

    /// The words.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Kept => work::kept(),
            Self::Received => work::received(),
            Self::Accepted => work::accepted(),
            Self::Refused => work::refused(),
            Self::HeldBack => work::held_back(),
        }
    }

    const fn glyph(self) -> Glyph {
        match self {
            Self::Kept => Glyph::Device,
            Self::Received => Glyph::Clock,
            Self::Accepted => Glyph::Tick,
            Self::Refused => Glyph::Warning,
            Self::HeldBack => Glyph::Lock,
        }
    }
}

/// Says where a piece of work is, beside it.
#[component]
pub(crate) fn Whereabouts(
    /// Where it is.
    state: WorkState,
) -> impl IntoView {
    view! {
        <span class="whereabouts" data-state=state.key()>
            <Icon glyph=state.glyph() />
            {state.words()}
        </span>
    }
}
