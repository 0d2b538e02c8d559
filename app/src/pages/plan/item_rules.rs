//! The fields of an item that only some regimes ask for: category, source, implementing scheme,
//! importance coefficient, and whether it must be done. A regime that names none shows none.

use leptos::prelude::*;
use shared::item::{Edit, Item, ItemEdit};
use shared::regime::Rules;
use shared::regime::grades::Condition;
use shared::regime::items::RequiredField;
use shared::regime::weights::Importance;

use super::field::{ItemField, Lens, Place};
use super::item_form::{chosen, listed, text_edit};
use crate::components::{Choice, FieldKind, Pick};
use crate::i18n::{common, names, plan};
use crate::pages::plan::rules_of;
use crate::session::Session;

const CATEGORY: Lens = Lens {
    name: "category",
    text: |item| item.category.clone(),
    edit: |item, text| Ok(ItemEdit::Category(text_edit(&item.category, text))),
};
const SOURCE: Lens = Lens {
    name: "source",
    text: |item| item.source.clone(),
    edit: |item, text| Ok(ItemEdit::Source(text_edit(&item.source, text))),
};
const SCHEME: Lens = Lens {
    name: "scheme",
    text: |item| item.scheme.clone(),
    edit: |item, text| Ok(ItemEdit::Scheme(text_edit(&item.scheme, text))),
};
const IMPORTANCE: Lens = Lens {
    name: "importance",
    text: |item| {
        item.importance
            .map(|typed| typed.to_string())
            .unwrap_or_default()
    },
    edit: |item, text| {
        let new = match text.trim() {
            "" => None,
            text => Some(text.parse().map_err(|_| plan::weight_unreadable())?),
        };
        let old = item.importance;
        Ok(ItemEdit::Importance(Edit { old, new }))
    },
};

/// What a regime asks of an item beside the usual.
struct Asked {
    categories: Vec<Pick>,
    sources: Vec<Pick>,
    /// Whether a scheme is asked for, and then whether it must be there.
    scheme: Option<bool>,
    importance: bool,
    must: bool,
}

impl Asked {
    fn of(rules: Rules<'_>) -> Self {
        let items = &rules.regime.items;
        let none = || Pick::new("", common::not_chosen());
        let among = |picks: Vec<Pick>| {
            if picks.is_empty() {
                picks
            } else {
                std::iter::once(none()).chain(picks).collect()
            }
        };
        let categories = items.categories.iter();
        let categories = categories.map(|one| Pick::new(one.key.clone(), names::name(&one.name)));
        let sources = items.sources.iter();
        let sources = sources.map(|one| Pick::new(one.key.clone(), names::name(&one.name)));
        let required = items.required.contains(&RequiredField::Scheme);
        let gates = &rules.regime.grades.gates;
        let gate = gates
            .iter()
            .any(|gate| matches!(gate.when, Condition::MustUndone { .. }));
        let mut groups = rules.item_scores().into_iter().flat_map(|one| &one.groups);
        Self {
            categories: among(categories.collect()),
            sources: among(sources.collect()),
            scheme: (required || !items.categories.is_empty()).then_some(required),
            importance: matches!(
                rules.cycle.weights.importance,
                Some(Importance::Typed { .. })
            ),
            must: gate || groups.any(|group| group.of.must.is_some()),
        }
    }
}

/// The fields; nothing where the regime asks for none of them.
#[component]
pub(super) fn RegimeFields(
    /// The item.
    place: Place,
) -> impl IntoView {
    let session = Session::here();
    let world = session.world_untracked();
    let found = world
        .document(place.plan)
        .and_then(|document| document.plan.as_ref());
    let asked = found
        .and_then(|found| rules_of(&world, found))
        .map(Asked::of)?;
    let list = |lens, label, picks: Vec<Pick>| {
        (!picks.is_empty()).then(|| listed(place, lens, label, Signal::stored(picks)))
    };
    let choose = move |key: String| {
        if let Some(item) = place.now.get_untracked() {
            let (old, new) = (item.must, key == "yes");
            place.choose(session, ItemEdit::Must(Edit { old, new }));
        }
    };
    let key_of = |item: &Item| if item.must { "yes" } else { "no" }.to_owned();
    Some(view! {
        {list(CATEGORY, plan::category(), asked.categories)}
        {list(SOURCE, plan::source(), asked.sources)}
        {asked.importance.then(|| view! {
            <ItemField
                place=place
                lens=IMPORTANCE
                label=plan::importance()
                kind=FieldKind::Number
                optional=true
            />
        })}
        {asked.must.then(|| view! {
            <Choice
                name="must"
                label=plan::must()
                group=place.item.to_string()
                picks=vec![Pick::new("no", common::no()), Pick::new("yes", common::yes())]
                value=chosen(place, key_of)
                on_choose=choose
            />
        })}
        {asked.scheme.map(|required| view! {
            <div class="fields-whole">
                <ItemField
                    place=place
                    lens=SCHEME
                    label=plan::scheme()
                    kind=FieldKind::Lines
                    optional=!required
                />
            </div>
        })}
    })
}
