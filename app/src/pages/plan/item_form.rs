//! The form of one item: every field that practice asks for, each saved when the person is done
//! with it.

use leptos::prelude::*;
use shared::item::{Edit, Item, ItemEdit, Target};
use shared::moment::Day;
use shared::organisation::Organisation;
use shared::plan::Plan;
use shared::quantity::Quantity;

use super::field::{ItemField, Lens, Place};
use super::item_extras::{BonusChoice, DeductionFields, Helpers, RhythmChoice};
use crate::components::{FieldKind, Pick, Select};
use crate::i18n::{common, names, plan};
use crate::pages::order;
use crate::pages::plan::regime_of;
use crate::session::Session;

fn text_edit(old: &str, new: &str) -> Edit<String> {
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

/// All fields of one item but its weight.
#[component]
pub(super) fn ItemForm(
    /// The item.
    place: Place,
) -> impl IntoView {
    let session = Session::here();
    let measure = Signal::derive(move || {
        place
            .now
            .with(|item| item.as_ref().map(|item| item.target.measure.clone()))
    });
    view! {
        <div class="fields fields-three" data-part="item-form">
            <div class="fields-whole">
                <ItemField place=place lens=TITLE label=plan::title() />
            </div>
            <SectionChoice place=place />
            <KindChoice place=place />
            <ItemField place=place lens=DUE label=plan::due() kind=FieldKind::Day />
            <ItemField
                place=place
                lens=BASELINE
                label=plan::baseline()
                kind=FieldKind::Number
                optional=true
                affix=measure
            />
            <ItemField
                place=place
                lens=VALUE
                label=plan::target()
                kind=FieldKind::Number
                affix=measure
            />
            <ItemField place=place lens=MEASURE label=plan::measure() optional=true />
            <ResponsibleChoice place=place session=session />
            <ItemField place=place lens=DELIVERABLE label=plan::deliverable() />
            <RhythmChoice place=place />
            <BonusChoice place=place />
            <div class="fields-whole">
                <Helpers place=place />
            </div>
            <div class="fields-whole fields fields-two">
                <ItemField
                    place=place
                    lens=STANDARD
                    label=plan::standard()
                    kind=FieldKind::Lines
                />
                <ItemField
                    place=place
                    lens=RULE
                    label=plan::rule()
                    kind=FieldKind::Lines
                    optional=true
                />
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

#[component]
fn SectionChoice(place: Place) -> impl IntoView {
    let session = Session::here();
    let world = session.world_untracked();
    let found = world
        .document(place.plan)
        .and_then(|document| document.plan.as_ref());
    let regime = found.and_then(|found| regime_of(&world, found));
    let picks: Vec<Pick> = regime
        .into_iter()
        .flat_map(|regime| regime.sections.iter())
        .map(|section| Pick::new(section.key.clone(), names::name(&section.name)))
        .collect();
    let choose = move |key: String| {
        if let Some(item) = place.now.get_untracked() {
            place.choose(
                session,
                ItemEdit::Section(Edit {
                    old: item.section,
                    new: key,
                }),
            );
        }
    };
    view! {
        <Select
            name="section"
            label=plan::section()
            picks=Signal::stored(picks)
            value=chosen(place, |item| item.section.clone())
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
            picks=Signal::stored(picks)
            value=chosen(place, key_of)
            on_choose=choose
        />
    }
}

#[component]
fn ResponsibleChoice(place: Place, session: Session) -> impl IntoView {
    let today = session.today_untracked();
    let picks = with_plan(session, place, |organisation, _| {
        let people = organisation.people.values();
        people
            .map(|person| Pick::new(person.id.to_string(), person.name.clone()))
            .collect()
    });
    // One's own people first: they are asked for most often.
    let world = session.world_untracked();
    let unit = world
        .document(place.plan)
        .and_then(|d| d.plan.as_ref())
        .map(|plan| plan.unit);
    let is_near = |pick: &Pick| {
        pick.key
            .parse()
            .ok()
            .zip(unit)
            .is_some_and(|(person, unit)| world.organisation().is_member(person, unit, today))
    };
    let (mut picks, far): (Vec<Pick>, Vec<Pick>) =
        order::picks(picks).into_iter().partition(is_near);
    picks.extend(far);
    picks.insert(0, Pick::new("", common::not_chosen()));
    let choose = move |key: String| {
        if let Some(item) = place.now.get_untracked() {
            let edit = Edit {
                old: item.responsible,
                new: key.parse().ok(),
            };
            place.choose(session, ItemEdit::Responsible(edit));
        }
    };
    view! {
        <Select
            name="responsible"
            label=plan::responsible()
            picks=Signal::stored(picks)
            value=chosen(place, |item| item.responsible.map(|p| p.to_string()).unwrap_or_default())
            on_choose=choose
        />
    }
}
