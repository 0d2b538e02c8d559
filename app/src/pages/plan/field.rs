//! One field of an item being edited.
//!
//! The text belongs to the person until it is accepted: what others change meanwhile does not
//! overwrite it, and each keystroke is kept on the device, so that a killed browser loses none. An
//! edit carries the value that the person saw when the typing began.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::plan::EditItem;
use shared::id::{ItemId, PlanId};
use shared::item::{Item, ItemEdit};

use super::live::Live;
use crate::components::{Field, FieldKind};
use crate::i18n::{plan, refusal};
use crate::session::{NotSent, Session};

/// How a field of an item is read and changed.
#[derive(Clone, Copy)]
pub(super) struct Lens {
    /// The field's name.
    pub(super) name: &'static str,
    /// Its text.
    pub(super) text: fn(&Item) -> String,
    /// The edit from the item as it was seen to the text; `Err` says what is wrong with the text.
    pub(super) edit: fn(&Item, &str) -> Result<ItemEdit, &'static str>,
}

/// The place of a form: which item of which plan.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// The plan.
    pub(super) plan: PlanId,
    /// The item.
    pub(super) item: ItemId,
    /// The item as it stands now; `None` when it is gone.
    pub(super) now: Memo<Option<Item>>,
}

impl Place {
    /// Sends a field that is chosen and not typed; a refusal is told in a toast.
    pub(super) fn choose(self, session: Session, edit: ItemEdit) {
        let command = EditItem {
            plan: self.plan,
            item: self.item,
            edits: vec![edit],
        };
        session.send(Command::EditItem(command));
    }
}

/// A text field of an item.
#[component]
pub(super) fn ItemField(
    /// The item.
    place: Place,
    /// The field.
    lens: Lens,
    /// Its label.
    label: &'static str,
    /// What kind of text.
    #[prop(optional)]
    kind: FieldKind,
    /// Whether the regime asks for it, which is said while it is empty, or it may stay empty; none
    /// where neither is said.
    #[prop(optional_no_strip)]
    required: Option<bool>,
    /// Shown behind the input.
    #[prop(optional, into)]
    affix: Signal<Option<String>>,
) -> impl IntoView {
    let session = Session::here();
    let key = StoredValue::new(format!("item/{}/{}", place.item, lens.name));
    let kept = key.with_value(|key| session.typed(key));
    let first = place.now.get_untracked();
    let standing = first.as_ref().map(lens.text).unwrap_or_default();
    let kept = kept.filter(|kept| kept.text != standing);
    let dirty = RwSignal::new(kept.is_some());
    let seen = StoredValue::new(first);
    // What was typed before the browser died goes on from there, if nobody changed it meanwhile.
    let resumes = kept.as_ref().is_some_and(|kept| kept.seen == standing);
    let value = RwSignal::new(kept.map_or_else(|| standing.clone(), |kept| kept.text));
    let stale = dirty.get_untracked() && !resumes;
    let error = RwSignal::new(stale.then(|| refusal::changed_meanwhile(label, &standing)));
    // While the person does not type, the field follows the item.
    Effect::new(move |_| {
        let now = place.now.get();
        if !dirty.get() {
            value.set(now.as_ref().map(lens.text).unwrap_or_default());
            seen.set_value(now);
        }
    });
    let live = Live::here();
    let note = move |text: Option<&str>| {
        let edit = text.and_then(|text| {
            let item = seen.get_value()?;
            (lens.edit)(&item, text).ok()
        });
        if let Some(live) = live {
            live.note(place.item, lens.name, edit);
        }
    };
    let on_input = move |()| {
        dirty.set(true);
        error.set(None);
        note(Some(&value.get_untracked()));
        let saw = seen
            .with_value(|seen| seen.as_ref().map(lens.text))
            .unwrap_or_default();
        key.with_value(|key| session.keep_typed(key, &saw, &value.get_untracked()));
    };
    let settle = move || {
        dirty.set(false);
        note(None);
        key.with_value(|key| session.drop_typed(key));
    };
    // Giving up what was typed brings back what stands.
    let on_escape = move |()| {
        let was = dirty.get_untracked();
        if was {
            error.set(None);
            settle();
        }
        was
    };
    let on_change = move |()| {
        let text = value.get_untracked();
        let Some(item) = seen.get_value() else { return };
        if (lens.text)(&item) == text {
            return settle();
        }
        let edit = match (lens.edit)(&item, &text) {
            Ok(edit) => edit,
            Err(words) => return error.set(Some(words.to_owned())),
        };
        let command = EditItem {
            plan: place.plan,
            item: place.item,
            edits: vec![edit],
        };
        session.send_then(Command::EditItem(command), move |sent| match sent {
            Ok(()) => {
                // Typed on meanwhile: that text is not sent yet.
                if value.get_untracked() == text {
                    settle();
                }
            }
            Err(NotSent::Refused(refused)) => error.set(Some(refusal::words(&refused))),
            Err(NotSent::NotSaved) => {}
        });
    };
    if resumes {
        on_change(());
    }
    let hint = Signal::derive(move || {
        let empty = required == Some(true) && value.with(|text| text.trim().is_empty());
        empty.then(|| plan::required().to_owned())
    });
    view! {
        <Field
            name=lens.name
            label=label
            value=value
            kind=kind
            optional=required == Some(false)
            hint=hint
            error=error
            affix=affix
            on_input=on_input
            on_change=on_change
            on_escape=on_escape
        />
    }
}
