//! The frame of a form that asks the server at once: its fields, what is wrong, and its one act.

use leptos::prelude::*;
use shared::command::Command;

use crate::components::{Button, Look};
use crate::i18n::organisation as words;
use crate::session::Session;

/// A form.
#[component]
pub(super) fn OnlineForm(
    /// The name of its act.
    act: &'static str,
    /// The words of its act.
    label: &'static str,
    /// Closed when the act is done.
    open: RwSignal<bool>,
    /// Reads the fields; says what is wrong with them.
    read: fn(Fields) -> Result<Command, String>,
    /// The fields that it reads.
    fields: Fields,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let session = Session::here();
    let error = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let command = match read(fields) {
            Ok(command) => command,
            Err(words) => return error.set(Some(words)),
        };
        busy.set(true);
        session.send_online(command, move |done| {
            // The dialog may have been closed while the server was asked.
            busy.try_set(false);
            match done {
                Ok(()) => {
                    open.try_set(false);
                    session.say(words::saved());
                }
                Err(words) => drop(error.try_set(Some(words))),
            }
        });
    };
    let why_not = Signal::derive(move || busy.get().then(String::new));
    view! {
        <form class="stack" on:submit=send>
            {children()}
            {move || error.get().map(|words| view! {
                <p class="field-error" role="alert" data-part="refusal">{words}</p>
            })}
            <div class="row row-end">
                <Button act=act label=label look=Look::Primary why_not=why_not />
            </div>
        </form>
    }
}

/// Texts by place; each form names its own.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    /// The texts.
    pub(super) texts: [RwSignal<String>; 6],
}

impl Fields {
    /// Makes fields with these texts.
    pub(super) fn of(texts: [String; 6]) -> Self {
        Self {
            texts: texts.map(RwSignal::new),
        }
    }

    /// A field.
    pub(super) const fn at(self, place: usize) -> RwSignal<String> {
        self.texts[place]
    }

    /// The text of a field, without the spaces around it.
    pub(super) fn text(self, place: usize) -> String {
        self.at(place).get_untracked().trim().to_owned()
    }

    /// A field that was chosen or typed and must be readable.
    pub(super) fn read<T: std::str::FromStr>(self, place: usize, label: &str) -> Result<T, String> {
        let missing = || crate::i18n::refusal::field_missing(label);
        self.text(place).parse().map_err(|_| missing())
    }

    /// A text that may not be empty.
    pub(super) fn filled(self, place: usize, label: &str) -> Result<String, String> {
        let text = self.text(place);
        if text.is_empty() {
            return Err(crate::i18n::refusal::field_missing(label));
        }
        Ok(text)
    }
}
