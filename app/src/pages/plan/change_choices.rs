//! The choices of a change request's form: who is responsible, and the section of a new item.

use leptos::prelude::*;
use shared::id::ItemId;
use shared::item::Item;

use super::change_form::Typed;
use super::field::Lens;
use super::item_form::{self, RESPONSIBLE, SECTION};
use super::item_rules::{Asked, CATEGORY, SOURCE};
use crate::components::{Pick, Select};
use crate::i18n::plan;
use crate::session::Session;

/// The choices of one item.
#[component]
pub(super) fn Choices(
    /// The item as it stands, or as it is added.
    base: Memo<Option<Item>>,
    /// What is typed.
    typed: RwSignal<Typed>,
    /// Which item.
    item: ItemId,
    /// Whether it is added by the request.
    is_new: Memo<bool>,
    /// What the regime asks.
    asked: StoredValue<Asked>,
) -> impl IntoView {
    let session = Session::here();
    let of = base.with_untracked(|base| base.as_ref().map(|base| base.plan));
    let people = of.map(|of| item_form::people(session, of));
    let sections = of.map(|of| item_form::sections(session, of));
    let select = move |lens: Lens, label: &'static str, picks: Option<Vec<Pick>>| {
        let value = Signal::derive(move || {
            let chosen = typed.with(|typed| typed.text(item, lens.name).cloned());
            chosen.unwrap_or_else(|| {
                base.with(|base| base.as_ref().map(lens.text).unwrap_or_default())
            })
        });
        let choose = move |key: String| {
            let stands = base.with_untracked(|base| base.as_ref().map(lens.text));
            typed.update(|typed| typed.keep(item, lens.name, key, stands.as_deref()));
        };
        view! {
            <Select
                name=lens.name
                label=label
                picks=Signal::stored(picks.unwrap_or_default())
                value=value
                on_choose=choose
            />
        }
    };
    let sections = StoredValue::new(sections);
    let some = |picks: Vec<Pick>| (!picks.is_empty()).then_some(picks);
    let (categories, sources) =
        asked.with_value(|asked| (some(asked.categories.clone()), some(asked.sources.clone())));
    view! {
        {select(RESPONSIBLE, plan::responsible(), people)}
        {categories.map(|picks| select(CATEGORY, plan::category(), Some(picks)))}
        {sources.map(|picks| select(SOURCE, plan::source(), Some(picks)))}
        <Show when=move || is_new.get()>
            {select(SECTION, plan::section(), sections.get_value())}
        </Show>
    }
}
