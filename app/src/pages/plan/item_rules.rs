//! What a regime asks of an item: which fields must be filled, and the fields that only some regimes
//! have: category, source, implementing scheme, importance coefficient, and whether it must be done.
//!
//! A regime that names none shows none.

use leptos::prelude::*;
use shared::id::PlanId;
use shared::item::{Edit, Item, ItemEdit};
use shared::regime::Rules;
use shared::regime::grades::Condition;
use shared::regime::items::RequiredField;
use shared::regime::weights::Importance;

use super::field::{ItemField, Lens, Place};
use super::item_form::{chosen, listed, text_edit};
use super::sums;
use crate::components::{Choice, FieldKind, Pick};
use crate::i18n::{common, names, plan};
use crate::session::Session;

/// Chosen from the regime's categories; the text is the key.
pub(super) const CATEGORY: Lens = Lens {
    name: "category",
    text: |item| item.category.clone(),
    edit: |item, text| Ok(ItemEdit::Category(text_edit(&item.category, text))),
};
/// Chosen from the regime's sources; the text is the key.
pub(super) const SOURCE: Lens = Lens {
    name: "source",
    text: |item| item.source.clone(),
    edit: |item, text| Ok(ItemEdit::Source(text_edit(&item.source, text))),
};
pub(super) const SCHEME: Lens = Lens {
    name: "scheme",
    text: |item| item.scheme.clone(),
    edit: |item, text| Ok(ItemEdit::Scheme(text_edit(&item.scheme, text))),
};
pub(super) const IMPORTANCE: Lens = Lens {
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

/// What a regime asks of an item.
#[derive(Clone, Default)]
pub(super) struct Asked {
    required: Vec<RequiredField>,
    /// The categories, none chosen first; empty where there are none.
    pub(super) categories: Vec<Pick>,
    /// The sources, likewise.
    pub(super) sources: Vec<Pick>,
    /// Whether a scheme is asked for.
    pub(super) scheme: bool,
    /// Least and most of a coefficient that is typed.
    pub(super) importance: Option<(String, String)>,
    must: bool,
}

impl Asked {
    /// Reads what the regime of a plan asks.
    pub(super) fn here(session: Session, plan: PlanId) -> Self {
        let world = session.world_untracked();
        sums::rules(&world, plan).map(Self::of).unwrap_or_default()
    }

    fn of(rules: Rules<'_>) -> Self {
        let items = &rules.regime.items;
        let among = |picks: Vec<Pick>| {
            if picks.is_empty() {
                return picks;
            }
            let none = Pick::new("", common::not_chosen());
            std::iter::once(none).chain(picks).collect()
        };
        let categories = items.categories.iter();
        let categories = categories.map(|one| Pick::new(one.key.clone(), names::name(&one.name)));
        let sources = items.sources.iter();
        let sources = sources.map(|one| Pick::new(one.key.clone(), names::name(&one.name)));
        let gates = &rules.regime.grades.gates;
        let gate = gates
            .iter()
            .any(|gate| matches!(gate.when, Condition::MustUndone { .. }));
        let mut groups = rules.item_scores().into_iter().flat_map(|one| &one.groups);
        Self {
            categories: among(categories.collect()),
            sources: among(sources.collect()),
            scheme: items.required.contains(&RequiredField::Scheme) || !items.categories.is_empty(),
            importance: match rules.cycle.weights.importance {
                Some(Importance::Typed { least, most }) => {
                    Some((least.to_string(), most.to_string()))
                }
                _ => None,
            },
            must: gate || groups.any(|group| group.of.must.is_some()),
            required: items.required.clone(),
        }
    }

    /// Whether a field must be filled.
    pub(super) fn requires(&self, field: RequiredField) -> bool {
        self.required.contains(&field)
    }
}

/// The fields that only some regimes have.
pub(super) fn regime_fields(
    session: Session,
    place: Place,
    asked: &Asked,
) -> impl IntoView + use<> {
    let list = |lens, label, picks: &[Pick], field| {
        let picks = Signal::stored(picks.to_vec());
        let required = asked.requires(field);
        picks
            .with_untracked(|picks| !picks.is_empty())
            .then(|| listed(place, lens, label, picks, Some(required)))
    };
    let choose = move |key: String| {
        if let Some(item) = place.now.get_untracked() {
            let (old, new) = (item.must, key == "yes");
            place.choose(session, ItemEdit::Must(Edit { old, new }));
        }
    };
    let key_of = |item: &Item| if item.must { "yes" } else { "no" }.to_owned();
    let importance = asked.importance.clone();
    let must_have = asked.requires(RequiredField::Importance);
    let scheme = asked.requires(RequiredField::Scheme);
    view! {
        {list(CATEGORY, plan::category(), &asked.categories, RequiredField::Category)}
        {list(SOURCE, plan::source(), &asked.sources, RequiredField::Source)}
        {importance.map(|(least, most)| view! {
            <ItemField
                place=place
                lens=IMPORTANCE
                label=plan::importance()
                kind=FieldKind::Number
                affix=Signal::stored(Some(format!("{least}–{most}")))
                required=Some(must_have)
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
        {asked.scheme.then(|| view! {
            <div class="fields-whole">
                <ItemField
                    place=place
                    lens=SCHEME
                    label=plan::scheme()
                    kind=FieldKind::Lines
                    required=Some(scheme)
                />
            </div>
        })}
    }
}
