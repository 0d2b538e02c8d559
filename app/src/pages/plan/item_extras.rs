//! The parts of an item's form that not every item needs: helpers, rhythm, bonus, and the scoring
//! rule in figures beside the one in words.

use leptos::prelude::*;
use shared::item::{Deduction, Edit, Item, ItemEdit};
use shared::quantity::{Points, Quantity};

use super::field::{ItemField, Lens, Place};
use super::item_form::{chosen, quantity, with_plan};
use crate::components::{Button, Choice, FieldKind, Glyph, Look, Pick, Select};
use crate::i18n::{common, names, plan};
use crate::pages::order;
use crate::session::Session;

/// The helping units: each with a way out, and a list to add from.
#[component]
pub(super) fn Helpers(
    /// The item.
    place: Place,
    /// Whether the regime asks for one.
    required: bool,
) -> impl IntoView {
    let session = Session::here();
    let picks = with_plan(session, place, |organisation, found| {
        let units = organisation
            .units
            .values()
            .filter(|unit| unit.id != found.unit);
        units
            .map(|unit| Pick::new(unit.id.to_string(), names::unit(unit)))
            .collect()
    });
    let picks = StoredValue::new(order::picks(picks));
    let helpers = Memo::new(move |_| {
        place.now.with(|item| {
            item.as_ref()
                .map(|item| item.helpers.clone())
                .unwrap_or_default()
        })
    });
    let left = Signal::derive(move || {
        let taken: Vec<String> =
            helpers.with(|helpers| helpers.iter().map(ToString::to_string).collect());
        let left = picks.with_value(|picks| {
            picks
                .iter()
                .filter(|pick| !taken.contains(&pick.key))
                .cloned()
                .collect::<Vec<_>>()
        });
        std::iter::once(Pick::new("", plan::add_helper()))
            .chain(left)
            .collect::<Vec<_>>()
    });
    let change = move |edit: &dyn Fn(&mut Vec<shared::id::UnitId>)| {
        if let Some(item) = place.now.get_untracked() {
            let mut new = item.helpers.clone();
            edit(&mut new);
            let old = item.helpers;
            place.choose(session, ItemEdit::Helpers(Edit { old, new }));
        }
    };
    let add = move |key: String| {
        if let Ok(unit) = key.parse() {
            change(&|helpers| helpers.push(unit));
        }
    };
    let chips = move || {
        let world = session.world_untracked();
        let chips = helpers.get().into_iter().map(|unit| {
            let name = names::unit_of(world.organisation(), unit);
            let remove = move |()| change(&|helpers| helpers.retain(|one| *one != unit));
            view! {
                <li class="chip">
                    <span>{name.clone()}</span>
                    <Button
                        act="remove-helper"
                        label=format!("{} {name}", common::remove())
                        look=Look::Quiet
                        glyph=Glyph::Cross
                        picture_only=true
                        on_press=remove
                    />
                </li>
            }
        });
        chips.collect_view()
    };
    let hint = Signal::derive(move || {
        let empty = required && helpers.with(Vec::is_empty);
        empty.then(|| plan::required().to_owned())
    });
    view! {
        <div class="stack-tight">
            <Select
                name="helper"
                label=plan::helpers()
                picks=left
                value=Signal::stored(String::new())
                optional=!required
                hint=hint
                on_choose=add
            />
            <ul class="chips" data-list="helpers">{chips}</ul>
        </div>
    }
}

/// How often it recurs.
#[component]
pub(super) fn RhythmChoice(place: Place) -> impl IntoView {
    let session = Session::here();
    let rhythms = names::RHYTHMS.iter();
    let picks: Vec<Pick> = std::iter::once(Pick::new("", plan::rhythm_none()))
        .chain(rhythms.map(|(rhythm, key)| Pick::new(*key, names::rhythm(*rhythm))))
        .collect();
    let key_of = |item: &Item| {
        let found = names::RHYTHMS
            .iter()
            .find(|(rhythm, _)| Some(*rhythm) == item.rhythm);
        found.map(|(_, key)| (*key).to_owned()).unwrap_or_default()
    };
    let choose = move |key: String| {
        let found = names::RHYTHMS.iter().find(|(_, word)| *word == key);
        if let Some(item) = place.now.get_untracked() {
            let (old, new) = (item.rhythm, found.map(|(rhythm, _)| *rhythm));
            place.choose(session, ItemEdit::Rhythm(Edit { old, new }));
        }
    };
    view! {
        <Select
            name="rhythm"
            label=plan::rhythm()
            picks=Signal::stored(picks)
            value=chosen(place, key_of)
            on_choose=choose
        />
    }
}

/// Whether its weight stands outside the sum.
#[component]
pub(super) fn BonusChoice(place: Place) -> impl IntoView {
    let session = Session::here();
    let choose = move |key: String| {
        if let Some(item) = place.now.get_untracked() {
            let (old, new) = (item.bonus, key == "yes");
            place.choose(session, ItemEdit::Bonus(Edit { old, new }));
        }
    };
    let key_of = |item: &Item| if item.bonus { "yes" } else { "no" }.to_owned();
    view! {
        <Choice
            name="bonus"
            label=plan::bonus()
            group=place.item.to_string()
            picks=vec![Pick::new("no", common::no()), Pick::new("yes", common::yes())]
            value=chosen(place, key_of)
            on_choose=choose
        />
    }
}

fn figures(item: &Item) -> Deduction {
    item.deduction.clone().unwrap_or(Deduction {
        // One unit of measure, in ten thousandths.
        per: Quantity(10_000),
        points: Points(100),
        started: true,
        floor: Points(0),
    })
}

fn deducted(item: &Item, change: impl FnOnce(&mut Deduction)) -> ItemEdit {
    let mut new = figures(item);
    change(&mut new);
    ItemEdit::Deduction(Edit {
        old: item.deduction.clone(),
        new: Some(new),
    })
}

const PER: Lens = Lens {
    name: "deduction-per",
    text: |item| figures(item).per.to_string(),
    edit: |item, text| {
        let per = quantity(text)?.ok_or_else(plan::number_unreadable)?;
        Ok(deducted(item, |deduction| deduction.per = per))
    },
};
const OFF: Lens = Lens {
    name: "deduction-points",
    text: |item| figures(item).points.to_string(),
    edit: |item, text| {
        let points = text.parse().map_err(|_| plan::weight_unreadable())?;
        Ok(deducted(item, |deduction| deduction.points = points))
    },
};
const FLOOR: Lens = Lens {
    name: "deduction-floor",
    text: |item| figures(item).floor.to_string(),
    edit: |item, text| {
        let floor = text.parse().map_err(|_| plan::weight_unreadable())?;
        Ok(deducted(item, |deduction| deduction.floor = floor))
    },
};

/// The scoring rule in figures, in fields that read as its sentence.
#[component]
pub(super) fn DeductionFields(place: Place) -> impl IntoView {
    let session = Session::here();
    let has = Memo::new(move |_| {
        place
            .now
            .with(|item| item.as_ref().is_some_and(|item| item.deduction.is_some()))
    });
    let send = move |new: Option<Deduction>| {
        if let Some(item) = place.now.get_untracked() {
            let old = item.deduction;
            place.choose(session, ItemEdit::Deduction(Edit { old, new }));
        }
    };
    let begin = move |()| send(place.now.get_untracked().as_ref().map(figures));
    let measure = Signal::derive(move || {
        place
            .now
            .with(|item| item.as_ref().map(|item| item.target.measure.clone()))
    });
    let sentence = move || {
        place.now.with(|item| {
            let deduction = item.as_ref()?.deduction.as_ref()?;
            Some(names::deduction(deduction))
        })
    };
    let step = move |key: String| {
        if let Some(item) = place.now.get_untracked() {
            let edit = deducted(&item, |deduction| deduction.started = key == "counts");
            place.choose(session, edit);
        }
    };
    let step_of = |item: &Item| {
        let counts = item
            .deduction
            .as_ref()
            .is_some_and(|deduction| deduction.started);
        if counts { "counts" } else { "free" }.to_owned()
    };
    view! {
        <Show
            when=move || has.get()
            fallback=move || view! {
                <Button
                    act="add-deduction"
                    label=plan::deduction_add()
                    look=Look::Quiet
                    glyph=Glyph::Plus
                    on_press=begin
                />
            }
        >
            <fieldset class="field" data-part="deduction">
                <legend class="field-label">{plan::deduction()}</legend>
                <p class="faint small">{sentence}</p>
                <div class="fields fields-four">
                    <ItemField
                        place=place
                        lens=PER
                        label=plan::deduction_per()
                        kind=FieldKind::Number
                        affix=measure
                    />
                    <ItemField
                        place=place
                        lens=OFF
                        label=plan::deduction_points()
                        kind=FieldKind::Number
                    />
                    <ItemField
                        place=place
                        lens=FLOOR
                        label=plan::deduction_floor()
                        kind=FieldKind::Number
                    />
                    <Select
                        name="deduction-step"
                        label=plan::deduction_step()
                        picks=Signal::stored(vec![
                            Pick::new("counts", plan::deduction_step_counts()),
                            Pick::new("free", plan::deduction_step_free()),
                        ])
                        value=chosen(place, step_of)
                        on_choose=step
                    />
                </div>
                <div class="row">
                    <Button
                        act="remove-deduction"
                        label=plan::deduction_remove()
                        look=Look::Quiet
                        glyph=Glyph::Bin
                        on_press=move |()| send(None)
                    />
                </div>
            </fieldset>
        </Show>
    }
}
