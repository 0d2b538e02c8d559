//! How an act stands to its deadline, in a word with a mark.

use leptos::prelude::*;
use shared::deadline::{Timed, Timeliness};
use shared::organisation::Organisation;

use crate::components::{Badge, Glyph, Tone};
use crate::i18n::{format, names, seal};

/// The label in words, its tone and its mark.
fn label(timed: &Timed) -> (&'static str, Tone, Glyph) {
    match (timed.label, timed.in_time()) {
        (Timeliness::OnTime, _) => (seal::on_time(), Tone::Good, Glyph::Tick),
        (Timeliness::Late, _) => (seal::late(), Tone::Bad, Glyph::Clock),
        (_, None) => (seal::late_claimed(), Tone::Warn, Glyph::Clock),
        (_, Some(true)) => (seal::late_accepted(), Tone::Good, Glyph::Tick),
        (_, Some(false)) => (seal::late_refused(), Tone::Bad, Glyph::Clock),
    }
}

/// The badge with its deadline; nothing where no deadline applies.
pub(crate) fn timeliness(
    organisation: &Organisation,
    timed: Option<&Timed>,
) -> Option<impl IntoView + use<>> {
    let timed = timed?;
    let (words, tone, glyph) = label(timed);
    let at = format::time(timed.deadline.at, organisation.utc_offset());
    let mut more = seal::deadline_was(&at);
    if !timed.deadline.announced {
        more = format!("{more} · {}", seal::not_announced());
    }
    if let Some(decided) = &timed.decided {
        let who = names::person_of(organisation, decided.by);
        more = format!("{more} · {who}: {}", decided.reason);
    }
    let key = match timed.label {
        Timeliness::OnTime => "on-time",
        Timeliness::LateClaimedOnTime => "late-claimed",
        Timeliness::Late => "late",
    };
    Some(view! {
        <span class="row timeliness" data-timeliness=key>
            <Badge words=words tone=tone glyph=glyph />
            <span class="faint small">{more}</span>
        </span>
    })
}
