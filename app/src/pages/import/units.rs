//! The third step: what the names of departments and helpers mean.
//!
//! A name that is a unit's needs no answer. Any other is asked for: a unit that is there, or one
//! that is made below another, with the person who leads it.

use leptos::prelude::*;
use shared::id::UnitId;
use shared::import::{SheetUnit, UnitChoice};
use shared::permission;

use super::Import;
use crate::chance;
use crate::components::{Button, Glyph, Panel, Pick, Select};
use crate::i18n::{common, import, names};
use crate::pages::order;

/// The key of "make this unit".
const MAKE: &str = "make";

impl Import {
    fn sheet_unit(self, name: &str) -> Option<SheetUnit> {
        self.shown.with(|shown| {
            let mut units = shown.iter().flat_map(|shown| &shown.preview.units);
            units.find(|unit| unit.name == name).cloned()
        })
    }

    fn unit_choice(self, name: &str) -> Option<UnitChoice> {
        self.choices.with(|choices| {
            let mut units = choices.units.iter();
            units.find(|choice| choice.name == name).cloned()
        })
    }

    /// Changes what a name means; `None` takes the choice back.
    fn choose_unit(self, name: &str, choice: Option<UnitChoice>) {
        let name = name.to_owned();
        self.choose(move |choices| {
            choices.units.retain(|choice| choice.name != name);
            choices.units.extend(choice);
        });
    }

    /// Whether a name needs an answer, or has got one.
    fn asks_for(self, unit: &SheetUnit) -> bool {
        let open = unit.unit.is_none() || (unit.rows > 0 && unit.head.is_none());
        open || self.unit_choice(&unit.name).is_some()
    }
}

/// The units that are there, by their words; `first` stands before them.
fn units(state: Import, first: Vec<Pick>) -> Vec<Pick> {
    let world = state.session.world();
    let today = state.session.today();
    let units = world.organisation().units.values();
    let picks = units
        .filter(|unit| unit.in_force.covers(today))
        .map(|unit| Pick::new(unit.id.to_string(), names::unit(unit)))
        .collect();
    first.into_iter().chain(order::picks(picks)).collect()
}

/// Everybody, after "none".
pub(super) fn people(state: Import, none: &str) -> Vec<Pick> {
    let world = state.session.world();
    let people = world.organisation().people.values();
    let picks = people
        .map(|person| Pick::new(person.id.to_string(), person.name.clone()))
        .collect();
    let none = Pick::new("", none);
    std::iter::once(none).chain(order::picks(picks)).collect()
}

fn administers(state: Import) -> bool {
    let world = state.session.world();
    let (me, today) = (state.session.person(), state.session.today());
    permission::may_administer(world.organisation(), me, today)
}

/// The root unit, below which a unit is made unless another is chosen.
fn root(state: Import) -> Option<UnitId> {
    let world = state.session.world_untracked();
    let company = world.organisation().company.as_ref();
    company.map(|company| company.root)
}

/// The step.
#[component]
pub(super) fn Units(state: Import) -> impl IntoView {
    // The list of names is drawn once per file, so that a choice does not take the focus away.
    let asked = Memo::new(move |_| {
        let shown = state.shown.get();
        let units = shown.into_iter().flat_map(|shown| shown.preview.units);
        let asked = units.filter(|unit| state.asks_for(unit));
        asked.map(|unit| unit.name).collect::<Vec<_>>()
    });
    let count = move || {
        state
            .shown
            .with(|shown| shown.as_ref().map_or(0, |shown| shown.preview.units.len()))
    };
    let words = move || {
        if asked.with(Vec::is_empty) {
            return import::units_found().to_owned();
        }
        let others = count().saturating_sub(asked.with(Vec::len));
        if others == 0 {
            import::units_words().to_owned()
        } else {
            let others = import::units_by_name(&others.to_string());
            format!("{} {others}", import::units_words())
        }
    };
    view! {
        <Panel title=import::step_units()>
            <p class="faint small">{words}</p>
            <Show when=move || !asked.with(Vec::is_empty) && !administers(state)>
                <p class="faint small">{import::makes_units_why()}</p>
            </Show>
            <MakeAll state=state />
            <ul class="list" data-list="sheet-units">
                <For each=move || asked.get() key=Clone::clone let:name>
                    <UnitLine state=state name=name />
                </For>
            </ul>
        </Panel>
    }
}

/// Makes all units that are missing, below one unit and led by one person for now.
#[component]
fn MakeAll(state: Import) -> impl IntoView {
    let parent = RwSignal::new(root(state).map(|root| root.to_string()).unwrap_or_default());
    let head = RwSignal::new(String::new());
    let missing = Memo::new(move |_| {
        let shown = state.shown.get();
        let units = shown.into_iter().flat_map(|shown| shown.preview.units);
        let missing = units.filter(|unit| unit.unit.is_none() && unit.rows > 0);
        missing.map(|unit| unit.name).collect::<Vec<_>>()
    });
    let parents = Signal::derive(move || units(state, Vec::new()));
    let heads = Signal::derive(move || people(state, common::choose_one()));
    let label = Signal::derive(move || import::make_all(&missing.with(Vec::len).to_string()));
    let make = move |()| {
        let parent = parent.with_untracked(|key| key.parse().ok());
        let head = head.with_untracked(|key| key.parse().ok());
        let choices = missing.get_untracked().into_iter().map(|name| UnitChoice {
            name,
            unit: UnitId::from_bits(chance::bits()),
            parent,
            head,
        });
        let choices: Vec<_> = choices.collect();
        state.choose(move |all| {
            let fresh = |old: &UnitChoice| choices.iter().all(|new| new.name != old.name);
            all.units.retain(fresh);
            all.units.extend(choices.clone());
        });
    };
    view! {
        <Show when=move || administers(state) && missing.with(|missing| missing.len() > 1)>
            <div class="fields fields-three" data-part="make-all">
                <Select
                    name="parent-of-all"
                    label=import::below()
                    picks=parents
                    value=parent
                    on_choose=move |key| parent.set(key)
                />
                <Select
                    name="head-of-all"
                    label=import::led_by()
                    picks=heads
                    value=head
                    on_choose=move |key| head.set(key)
                />
                <div class="row row-end">
                    <Button act="make-all-units" label=label glyph=Glyph::Plus on_press=make />
                </div>
            </div>
        </Show>
    }
}

#[component]
fn UnitLine(state: Import, name: String) -> impl IntoView {
    let name = StoredValue::new(name);
    let found = Memo::new(move |_| name.with_value(|name| state.sheet_unit(name)));
    let choice = Memo::new(move |_| name.with_value(|name| state.unit_choice(name)));
    let made =
        Memo::new(move |_| choice.with(|choice| matches!(choice, Some(c) if c.parent.is_some())));
    let helps = Memo::new(move |_| found.with(|found| matches!(found, Some(u) if u.rows == 0)));
    let needs_head = Memo::new(move |_| {
        let headless = |unit: &SheetUnit| {
            unit.unit.is_some() && unit.rows > 0 && (unit.head.is_none() || unit.headed)
        };
        administers(state) && found.with(|found| found.as_ref().is_some_and(headless))
    });
    let picks = Signal::derive(move || {
        let words = if helps.get() {
            import::keep_words()
        } else {
            common::choose_one()
        };
        let mut first = vec![Pick::new("", words)];
        if administers(state) {
            first.push(Pick::new(MAKE, import::make_unit()));
        }
        units(state, first)
    });
    let value = Signal::derive(move || match (choice.get(), found.get()) {
        (Some(choice), _) if choice.parent.is_some() => MAKE.to_owned(),
        (Some(choice), _) => choice.unit.to_string(),
        (None, found) => {
            let unit = found.and_then(|found| found.unit);
            unit.map(|unit| unit.to_string()).unwrap_or_default()
        }
    });
    let choose = move |key: String| {
        let name = name.get_value();
        let (unit, parent) = if key == MAKE {
            (Some(UnitId::from_bits(chance::bits())), root(state))
        } else {
            (key.parse().ok(), None)
        };
        let choice = unit.map(|unit| UnitChoice {
            name: name.clone(),
            unit,
            parent,
            head: None,
        });
        state.choose_unit(&name, choice);
    };
    // The choice as it stands; for a unit found by its name there is none yet.
    let current = move || {
        let unit = found.get_untracked().and_then(|found| found.unit)?;
        Some(choice.get_untracked().unwrap_or_else(|| UnitChoice {
            name: name.get_value(),
            unit,
            parent: None,
            head: None,
        }))
    };
    let change = move |change: &dyn Fn(&mut UnitChoice)| {
        if let Some(mut choice) = current() {
            change(&mut choice);
            state.choose_unit(&name.get_value(), Some(choice));
        }
    };
    let text_of = move |read: fn(&UnitChoice) -> Option<String>| {
        Signal::derive(move || {
            choice
                .with(|choice| choice.as_ref().and_then(read))
                .unwrap_or_default()
        })
    };
    let rows = move || {
        let rows = found.with(|found| found.as_ref().map_or(0, |found| found.rows));
        if rows == 0 {
            crate::i18n::plan::helper().to_owned()
        } else {
            import::rows_of(&rows.to_string())
        }
    };
    view! {
        <li data-unit=name.get_value()>
            <div class="list-line list-line-tall">
                <div class="list-whole">
                    <span class="list-title">{name.get_value()}</span>
                    " "
                    <span class="faint small">{rows}</span>
                </div>
                <div class="fields fields-three list-whole">
                    <Select
                        name="sheet-unit"
                        label=import::means_unit()
                        picks=picks
                        value=value
                        on_choose=choose
                    />
                    <Show when=move || made.get()>
                        <Select
                            name="unit-parent"
                            label=import::below()
                            picks=Signal::derive(move || units(state, Vec::new()))
                            value=text_of(|choice| choice.parent.map(|parent| parent.to_string()))
                            on_choose=move |key: String| {
                                if let Ok(parent) = key.parse() {
                                    change(&|choice| choice.parent = Some(parent));
                                }
                            }
                        />
                    </Show>
                    <Show when=move || needs_head.get()>
                        <Select
                            name="unit-head"
                            label=import::led_by()
                            picks=Signal::derive(move || people(state, common::choose_one()))
                            value=text_of(|choice| choice.head.map(|head| head.to_string()))
                            on_choose=move |key: String| {
                                let head = key.parse().ok();
                                change(&|choice| choice.head = head);
                            }
                        />
                    </Show>
                </div>
            </div>
        </li>
    }
}
