//! Asking for a change of an approved plan: edit, add, cancel and re-weigh in one form.
//!
//! What is typed is kept on the device with each keystroke and becomes a request only when it is
//! sent; the plan itself is not touched.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::change_request::{self, ChangeWindow, ItemChange};
use shared::command::Command;
use shared::command::plan::RequestChange;
use shared::compare;
use shared::id::{ChangeRequestId, ItemId, PlanId};
use shared::item::Item;
use shared::world::Held;

use super::change_choices::Choices;
use super::change_words;
use super::editor::{blank, items_of};
use super::field::Lens;
use super::item_form;
use super::item_rules::{self, Asked};
use super::rules_of;
use super::sums::Sums;
use crate::chance;
use crate::components::{Button, Field, FieldKind, Glyph, Look};
use crate::i18n::{change, common, plan, refusal};
use crate::session::{NotSent, Session};

/// A field with its label and kind.
type AskedField = (Lens, fn() -> &'static str, FieldKind);

/// The fields that can be asked to change.
const FIELDS: [AskedField; 9] = [
    (item_form::TITLE, plan::title, FieldKind::Line),
    (item_form::DUE, plan::due, FieldKind::Day),
    (item_form::VALUE, plan::target, FieldKind::Number),
    (item_form::WEIGHT, plan::weight, FieldKind::Number),
    (item_form::DELIVERABLE, plan::deliverable, FieldKind::Line),
    (item_form::STANDARD, plan::standard, FieldKind::Lines),
    (item_form::RULE, plan::rule, FieldKind::Lines),
    (item_rules::IMPORTANCE, plan::importance, FieldKind::Number),
    (item_rules::SCHEME, plan::scheme, FieldKind::Lines),
];

/// Whether a field is shown: those of some regimes alone stand where the regime asks for them.
fn is_asked(asked: &Asked, lens: &Lens) -> bool {
    match lens.name {
        name if name == item_rules::IMPORTANCE.name => asked.importance.is_some(),
        name if name == item_rules::SCHEME.name => asked.scheme,
        _ => true,
    }
}

/// All that can be asked to change: what is typed, and what is chosen.
fn lenses() -> impl Iterator<Item = Lens> {
    let typed = FIELDS.into_iter().map(|(lens, ..)| lens);
    typed.chain([
        item_form::RESPONSIBLE,
        item_form::SECTION,
        item_rules::CATEGORY,
        item_rules::SOURCE,
    ])
}

/// Under which name the form is kept while it is typed.
pub(super) fn key(plan: PlanId) -> String {
    format!("change/{plan}")
}

/// What is typed, before it is a request.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct Typed {
    /// The text of a field, by item and field name, where it is not what stands.
    texts: Vec<(ItemId, String, String)>,
    /// Items that are given up.
    cancelled: Vec<ItemId>,
    /// Items that are new.
    added: Vec<Item>,
    /// Why.
    reason: String,
    /// What proves it.
    evidence: String,
}

impl Typed {
    /// The text of a field that is not what stands.
    pub(super) fn text(&self, item: ItemId, field: &str) -> Option<&String> {
        let mut texts = self.texts.iter();
        texts.find_map(|(of, name, text)| (*of == item && name == field).then_some(text))
    }

    /// Keeps the text of a field, or forgets it where it is what stands.
    pub(super) fn keep(&mut self, item: ItemId, field: &str, text: String, stands: Option<&str>) {
        self.texts
            .retain(|(of, name, _)| *of != item || name != field);
        if stands != Some(text.as_str()) {
            self.texts.push((item, field.to_owned(), text));
        }
    }

    /// The item with every readable text in it.
    fn applied(&self, item: &Item) -> Item {
        let mut after = item.clone();
        for lens in lenses() {
            if let Some(text) = self.text(item.id, lens.name)
                && let Ok(edit) = (lens.edit)(&after, text)
            {
                edit.put(&mut after);
            }
        }
        after
    }

    /// Whether every text can be read.
    fn is_readable(&self, items: &[Item]) -> bool {
        items.iter().all(|item| {
            lenses().all(|lens| {
                let text = self.text(item.id, lens.name);
                text.is_none_or(|text| (lens.edit)(item, text).is_ok())
            })
        })
    }

    /// The changes that are asked for, over the items as they stand.
    fn changes(&self, items: &[Item]) -> Vec<ItemChange> {
        let standing = items.iter().filter_map(|item| {
            if self.cancelled.contains(&item.id) {
                return Some(ItemChange::Cancel(item.id));
            }
            let edits = compare::edits(item, &self.applied(item));
            (!edits.is_empty()).then_some(ItemChange::Edit(item.id, edits))
        });
        let added = self.added.iter();
        let added = added.map(|item| ItemChange::Add(Box::new(self.applied(item))));
        standing.chain(added).collect()
    }

    /// The items as they would stand.
    fn after(&self, items: &[Item]) -> Vec<Item> {
        let kept = items
            .iter()
            .filter(|item| !self.cancelled.contains(&item.id));
        kept.chain(&self.added)
            .map(|item| self.applied(item))
            .collect()
    }
}

/// The form.
#[component]
pub(super) fn ChangeForm(
    /// The plan.
    id: PlanId,
    /// Tells that it is put away.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let session = Session::here();
    let kept = session.typed(&key(id));
    let kept = kept.and_then(|kept| serde_json::from_str::<Typed>(&kept.text).ok());
    let typed = RwSignal::new(kept.unwrap_or_default());
    Effect::new(move |_| {
        typed.with(|typed| {
            if *typed == Typed::default() {
                session.drop_typed(&key(id));
            } else if let Ok(text) = serde_json::to_string(typed) {
                session.keep_typed(&key(id), "", &text);
            }
        });
    });
    let items = Memo::new(move |_| items_of(&session.world(), id));
    let after = Memo::new(move |_| typed.with(|typed| typed.after(&items.get())));
    let add = move |()| {
        if let Some(item) = blank(session, id) {
            typed.update(|typed| typed.added.push(item));
        }
    };
    let cards = move || {
        let added = typed.with(|typed| typed.added.iter().map(|item| item.id).collect::<Vec<_>>());
        items.with(|items| {
            items
                .iter()
                .map(|item| item.id)
                .chain(added)
                .collect::<Vec<_>>()
        })
    };
    view! {
        <div class="stack" data-part="change-form">
            <h3>{change::ask_title()}</h3>
            <p class="faint">{change::ask_words()}</p>
            <Sums id=id items=after />
            <ol class="stack">
                <For each=cards key=|item| *item let:item>
                    <Card item=item items=items typed=typed />
                </For>
            </ol>
            <div class="row">
                <Button act="add-item" label=plan::add_item() glyph=Glyph::Plus on_press=add />
            </div>
            <Why id=id typed=typed items=items on_done=on_done />
        </div>
    }
}

/// One item with the fields that can be asked to change.
#[component]
fn Card(item: ItemId, items: Memo<Vec<Item>>, typed: RwSignal<Typed>) -> impl IntoView {
    let base = Memo::new(move |_| {
        let standing = items.with(|items| items.iter().find(|one| one.id == item).cloned());
        standing
            .or_else(|| typed.with(|typed| typed.added.iter().find(|one| one.id == item).cloned()))
    });
    let is_new = Memo::new(move |_| items.with(|items| items.iter().all(|one| one.id != item)));
    let is_cancelled = Memo::new(move |_| typed.with(|typed| typed.cancelled.contains(&item)));
    let changes = move || {
        let after = base
            .get()
            .map(|base| typed.with(|typed| (typed.applied(&base), base)));
        after.is_some_and(|(after, base)| after != base)
    };
    let state = move || match (is_new.get(), is_cancelled.get()) {
        (true, _) => "added",
        (_, true) => "cancelled",
        _ if changes() => "changed",
        _ => "kept",
    };
    let title = move || {
        let title = base
            .get()
            .map(|base| typed.with(|typed| typed.applied(&base).title));
        let title = title.unwrap_or_default();
        if title.is_empty() {
            plan::new_item_title().to_owned()
        } else {
            title
        }
    };
    let give_up = move |()| {
        typed.update(|typed| {
            if is_new.get_untracked() {
                typed.added.retain(|one| one.id != item);
            } else if let Some(at) = typed.cancelled.iter().position(|one| *one == item) {
                typed.cancelled.remove(at);
            } else {
                typed.cancelled.push(item);
            }
        });
    };
    let session = Session::here();
    let of = base.with_untracked(|base| base.as_ref().map(|base| base.plan));
    let asked = of.map(|of| Asked::here(session, of)).unwrap_or_default();
    let asked = StoredValue::new(asked);
    let label = Signal::derive(move || {
        match (is_new.get(), is_cancelled.get()) {
            (true, _) => common::remove(),
            (_, true) => change::keep_item(),
            _ => change::cancel_item(),
        }
        .to_owned()
    });
    view! {
        <li class="item item-slim" data-item=item.to_string() data-state=state>
            <div class="row row-apart">
                <p class="item-title">{title}</p>
                <Button act="cancel-item" label=label look=Look::Quiet on_press=give_up />
            </div>
            <Show when=move || !is_cancelled.get()>
                <div class="fields fields-three">
                    {FIELDS
                        .into_iter()
                        .filter(|(lens, ..)| asked.with_value(|asked| is_asked(asked, lens)))
                        .map(|(lens, label, kind)| view! {
                            <FormField
                                base=base
                                typed=typed
                                item=item
                                lens=lens
                                label=label()
                                kind=kind
                            />
                        })
                        .collect_view()}
                    <Choices base=base typed=typed item=item is_new=is_new asked=asked />
                </div>
            </Show>
        </li>
    }
}

#[component]
fn FormField(
    base: Memo<Option<Item>>,
    typed: RwSignal<Typed>,
    item: ItemId,
    lens: Lens,
    label: &'static str,
    kind: FieldKind,
) -> impl IntoView {
    let stands = move || base.with(|base| base.as_ref().map(lens.text).unwrap_or_default());
    let first = typed.with_untracked(|typed| typed.text(item, lens.name).cloned());
    let value = RwSignal::new(first.unwrap_or_else(|| untrack(stands)));
    let error = Signal::derive(move || {
        let base = base.get()?;
        let wrong = (lens.edit)(&base, &value.get()).err()?;
        Some(wrong.to_owned())
    });
    let on_input = move |()| {
        let text = value.get_untracked();
        let stands = untrack(stands);
        typed.update(|typed| typed.keep(item, lens.name, text, Some(&stands)));
    };
    // The old value stands below the field as long as it differs.
    let hint = Signal::derive(move || {
        let old = stands();
        (value.get() != old && !old.is_empty()).then(|| format!("← {old}"))
    });
    view! {
        <Field
            name=lens.name
            label=label
            value=value
            kind=kind
            hint=hint
            error=error
            on_input=on_input
        />
    }
}

/// Reason, evidence, the window, and sending.
#[component]
fn Why(
    id: PlanId,
    typed: RwSignal<Typed>,
    items: Memo<Vec<Item>>,
    on_done: Callback<()>,
) -> impl IntoView {
    let session = Session::here();
    let first = typed.get_untracked();
    let reason = RwSignal::new(first.reason);
    let evidence = RwSignal::new(first.evidence);
    let error = RwSignal::new(None::<String>);
    let changes = Memo::new(move |_| typed.with(|typed| typed.changes(&items.get())));
    let window = Memo::new(move |_| {
        let world = session.world();
        let Held::Present((found, document)) = world.plan(id) else {
            return ChangeWindow::InTime;
        };
        let rules = rules_of(&world, found);
        rules.map_or(ChangeWindow::InTime, |rules| {
            let allowed = &rules.regime.changes;
            change_request::window(allowed, document, &changes.get(), session.today()).0
        })
    });
    let why_not = Signal::derive(move || {
        let readable = typed.with(|typed| typed.is_readable(&items.get()));
        match (readable, changes.with(Vec::is_empty)) {
            (false, _) => Some(change::correct_first().to_owned()),
            (_, true) => Some(change::nothing_asked().to_owned()),
            _ => None,
        }
    });
    let send = move |()| {
        let command = RequestChange {
            request: ChangeRequestId::from_bits(chance::bits()),
            plan: id,
            changes: changes.get_untracked(),
            reason: reason.get_untracked().trim().to_owned(),
            evidence: evidence.get_untracked().trim().to_owned(),
        };
        session.send_then(Command::RequestChange(command), move |sent| match sent {
            Ok(()) => {
                session.drop_typed(&key(id));
                session.say(change::request_sent());
                on_done.run(());
            }
            Err(NotSent::Refused(refused)) => error.set(Some(refusal::words(&refused))),
            Err(NotSent::NotSaved) => {}
        });
    };
    let put_away = move |()| {
        session.drop_typed(&key(id));
        on_done.run(());
    };
    view! {
        // Before anything is asked there is no window to be in.
        <Show when=move || changes.with(|changes| !changes.is_empty())>
            <p data-part="window">
                {move || change_words::badge(change_words::window_badge(window.get()))}
            </p>
        </Show>
        <div class="fields fields-two">
            <Field
                name="reason"
                label=change::reason()
                value=reason
                kind=FieldKind::Lines
                on_input=move |()| typed.update(|typed| typed.reason = reason.get_untracked())
            />
            <Field
                name="evidence"
                label=change::evidence()
                value=evidence
                kind=FieldKind::Lines
                optional=true
                hint=Some(change::evidence_hint().to_owned())
                on_input=move |()| typed.update(|typed| typed.evidence = evidence.get_untracked())
            />
        </div>
        {move || error.get().map(|words| view! {
            <p class="field-error" role="alert" data-part="refusal">{words}</p>
        })}
        <div class="row row-end">
            <Button act="cancel" label=common::cancel() on_press=put_away />
            <Button
                act="request-change"
                label=change::send_request()
                look=Look::Primary
                glyph=Glyph::Forward
                why_not=why_not
                on_press=send
            />
        </div>
    }
}
