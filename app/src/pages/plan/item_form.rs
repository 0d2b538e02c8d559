//! The form of one item: every field that practice asks for, each saved when the person is done
//! with it.

use leptos::prelude::*;
use shared::id::PlanId;
use shared::item::{Edit, Item, ItemEdit, Target};
use shared::moment::Day;
use shared::organisation::Organisation;
use shared::plan::Plan;
use shared::quantity::Quantity;
use shared::regime::items::RequiredField;

use super::field::{ItemField, Lens, Place};
use super::item_extras::{BonusChoice, DeductionFields, Helpers, RhythmChoice};
use super::item_rules::{Asked, regime_fields};
use crate::components::{FieldKind, Pick, Select};
use crate::i18n::{common, names, plan};
use crate::pages::order;
use crate::pages::plan::rules_of;
use crate::session::Session;

pub(super) fn text_edit(old: &str, new: &str) -> Edit<String> {
    Edit {
        old: old.to_owned(),
        new: new.trim().to_owned(),
    }
}

fn target_edit(item: &Item, change: impl FnOnce(&mut Target)) -> ItemEdit {
    let mut new = item.target.clone();
    change(&mut new);
    ItemEdit::Target(Edit {
        old: item.target.clone(),
        new,
    })
}

pub(super) fn quantity(text: &str) -> Result<Option<Quantity>, &'static str> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    text.parse()
        .map(Some)
        .map_err(|_| plan::number_unreadable())
}

fn shown(quantity: Option<Quantity>) -> String {
    quantity
        .map(|quantity| quantity.to_string())
        .unwrap_or_default()
}

pub(super) const TITLE: Lens = Lens {
    name: "title",
    text: |item| item.title.clone(),
    edit: |item, text| Ok(ItemEdit::Title(text_edit(&item.title, text))),
};
pub(super) const DELIVERABLE: Lens = Lens {
    name: "deliverable",
    text: |item| item.deliverable.clone(),
    edit: |item, text| Ok(ItemEdit::Deliverable(text_edit(&item.deliverable, text))),
};
pub(super) const STANDARD: Lens = Lens {
    name: "standard",
    text: |item| item.standard.clone(),
    edit: |item, text| Ok(ItemEdit::Standard(text_edit(&item.standard, text))),
};
pub(super) const RULE: Lens = Lens {
    name: "rule",
    text: |item| item.rule.clone(),
    edit: |item, text| Ok(ItemEdit::Rule(text_edit(&item.rule, text))),
};
pub(super) const DUE: Lens = Lens {
    name: "due",
    text: |item| item.due.map(|due| due.to_string()).unwrap_or_default(),
    edit: |item, text| {
        let new = match text {
            "" => None,
            text => Some(text.parse::<Day>().map_err(|_| plan::day_unreadable())?),
        };
        Ok(ItemEdit::Due(Edit { old: item.due, new }))
    },
};
const BASELINE: Lens = Lens {
    name: "baseline",
    text: |item| shown(item.target.baseline),
    edit: |item, text| {
        let baseline = quantity(text)?;
        Ok(target_edit(item, |target| target.baseline = baseline))
    },
};
pub(super) const VALUE: Lens = Lens {
    name: "target",
    text: |item| shown(item.target.value),
    edit: |item, text| {
        let value = quantity(text)?;
        Ok(target_edit(item, |target| target.value = value))
    },
};
const MEASURE: Lens = Lens {
    name: "measure",
    text: |item| item.target.measure.clone(),
    edit: |item, text| {
        Ok(target_edit(item, |target| {
            text.trim().clone_into(&mut target.measure);
        }))
    },
};
/// The weight stands beside the title, so that it can be changed without opening the form.
pub(super) const WEIGHT: Lens = Lens {
    name: "weight",
    text: |item| item.weight.to_string(),
    edit: |item, text| {
        let new = text.parse().map_err(|_| plan::weight_unreadable())?;
        Ok(ItemEdit::Weight(Edit {
            old: item.weight,
            new,
        }))
    },
};

/// Chosen from the regime's sections; the text is the key.
pub(super) const SECTION: Lens = Lens {
    name: "section",
    text: |item| item.section.clone(),
    edit: |item, text| Ok(ItemEdit::Section(text_edit(&item.section, text))),
};
/// Chosen from the people; the text is the identity.
pub(super) const RESPONSIBLE: Lens = Lens {
    name: "responsible",
    text: |item| {
        item.responsible
            .map(|person| person.to_string())
            .unwrap_or_default()
    },
    edit: |item, text| {
        let (old, new) = (item.responsible, text.parse().ok());
        Ok(ItemEdit::Responsible(Edit { old, new }))
    },
};

/// All fields of one item but its weight.
#[component]
pub(super) fn ItemForm(
    /// The item.
    place: Place,
    /// Whether what the table's row shows already is left out.
    #[prop(optional)]
    rest: bool,
) -> impl IntoView {
    let session = Session::here();
    let asked = Asked::here(session, place.plan);
    let measure = Signal::derive(move || {
        place
            .now
            .with(|item| item.as_ref().map(|item| item.target.measure.clone()))
    });
    let text = |lens: Lens, label, kind, field| {
        let required = asked.requires(field);
        view! {
            <ItemField place=place lens=lens label=label kind=kind required=Some(required) />
        }
    };
    view! {
        <div class="fields fields-three" data-part="item-form">
            {(!rest).then(|| view! {
                <div class="fields-whole">
                    <ItemField place=place lens=TITLE label=plan::title() required=Some(true) />
                </div>
                {listed(
                    place,
                    SECTION,
                    plan::section(),
                    Signal::stored(sections(session, place.plan)),
                    None,
                )}
            })}
            {regime_fields(session, place, &asked)}
            <KindChoice place=place />
            {(!rest).then(|| text(DUE, plan::due(), FieldKind::Day, RequiredField::Due))}
            <ItemField
                place=place
                lens=BASELINE
                label=plan::baseline()
                kind=FieldKind::Number
                required=Some(false)
                affix=measure
            />
            {(!rest).then(|| {
                let required = asked.requires(RequiredField::Target);
                view! {
                    <ItemField
                        place=place
                        lens=VALUE
                        label=plan::target()
                        kind=FieldKind::Number
                        affix=measure
                        required=Some(required)
                    />
                }
            })}
            <ItemField place=place lens=MEASURE label=plan::measure() required=Some(false) />
            {(!rest).then(|| {
                listed(
                    place,
                    RESPONSIBLE,
                    plan::responsible(),
                    Signal::stored(people(session, place.plan)),
                    Some(asked.requires(RequiredField::Responsible)),
                )
            })}
            {text(DELIVERABLE, plan::deliverable(), FieldKind::Line, RequiredField::Deliverable)}
            <RhythmChoice place=place />
            <BonusChoice place=place />
            <div class="fields-whole">
                <Helpers place=place required=asked.requires(RequiredField::Helpers) />
            </div>
            <div class="fields-whole fields fields-two">
                {text(STANDARD, plan::standard(), FieldKind::Lines, RequiredField::Standard)}
                {text(RULE, plan::rule(), FieldKind::Lines, RequiredField::Rule)}
            </div>
            <div class="fields-whole">
                <DeductionFields place=place />
            </div>
        </div>
    }
}

pub(super) fn chosen(place: Place, key: fn(&Item) -> String) -> Signal<String> {
    Signal::derive(move || {
        place
            .now
            .with(|item| item.as_ref().map(key).unwrap_or_default())
    })
}

pub(super) fn with_plan(
    session: Session,
    place: Place,
    picks: fn(&Organisation, &Plan) -> Vec<Pick>,
) -> Vec<Pick> {
    let world = session.world_untracked();
    let found = world
        .document(place.plan)
        .and_then(|document| document.plan.as_ref());
    found
        .map(|found| picks(world.organisation(), found))
        .unwrap_or_default()
}

/// The sections of a plan's regime.
pub(super) fn sections(session: Session, plan: PlanId) -> Vec<Pick> {
    let world = session.world_untracked();
    let found = world
        .document(plan)
        .and_then(|document| document.plan.as_ref());
    let rules = found.and_then(|found| rules_of(&world, found));
    rules
        .into_iter()
        .flat_map(|rules| rules.sections().iter())
        .map(|section| Pick::new(section.key.clone(), names::name(&section.name)))
        .collect()
}

/// Everybody, the people of the plan's unit first: they are asked for most often.
pub(super) fn people(session: Session, plan: PlanId) -> Vec<Pick> {
    let world = session.world_untracked();
    let (organisation, today) = (world.organisation(), session.today_untracked());
    let found = world
        .document(plan)
        .and_then(|document| document.plan.as_ref());
    let unit = found.map(|found| found.unit);
    let people = organisation.people.values();
    let picks = people.map(|person| Pick::new(person.id.to_string(), person.name.clone()));
    let is_near = |pick: &Pick| {
        let person = pick.key.parse().ok().zip(unit);
        person.is_some_and(|(person, unit)| organisation.is_member(person, unit, today))
    };
    let (mut picks, far): (Vec<Pick>, Vec<Pick>) =
        order::picks(picks.collect()).into_iter().partition(is_near);
    picks.extend(far);
    picks.insert(0, Pick::new("", common::not_chosen()));
    picks
}

/// A field that is chosen from a list; `required` says whether the regime asks for it, where that is
/// marked.
pub(super) fn listed(
    place: Place,
    lens: Lens,
    label: &'static str,
    picks: Signal<Vec<Pick>>,
    required: Option<bool>,
) -> impl IntoView {
    let session = Session::here();
    let value = chosen(place, lens.text);
    let hint = Signal::derive(move || {
        let empty = required == Some(true) && value.with(String::is_empty);
        empty.then(|| plan::required().to_owned())
    });
    let choose = move |key: String| {
        let edit = place.now.with_untracked(|item| {
            let item = item.as_ref()?;
            (lens.edit)(item, &key).ok()
        });
        if let Some(edit) = edit {
            place.choose(session, edit);
        }
    };
    view! {
        <Select
            name=lens.name
            label=label
            picks=picks
            value=value
            optional=required == Some(false)
            hint=hint
            on_choose=choose
        />
    }
}

#[component]
fn KindChoice(place: Place) -> impl IntoView {
    let session = Session::here();
    let picks: Vec<Pick> = names::TARGET_KINDS
        .iter()
        .map(|(kind, key)| Pick::new(*key, names::target_kind(*kind)))
        .collect();
    let key_of = |item: &Item| {
        let found = names::TARGET_KINDS
            .iter()
            .find(|(kind, _)| *kind == item.target.kind);
        found.map(|(_, key)| (*key).to_owned()).unwrap_or_default()
    };
    let choose = move |key: String| {
        let found = names::TARGET_KINDS.iter().find(|(_, word)| *word == key);
        if let (Some(item), Some((kind, _))) = (place.now.get_untracked(), found) {
            place.choose(session, target_edit(&item, |target| target.kind = *kind));
        }
    };
    view! {
        <Select
            name="target-kind"
            label=plan::target_kind()
            picks=picks
            value=chosen(place, key_of)
            on_choose=choose
        />
    }
}
