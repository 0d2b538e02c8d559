//! What others than its author fill in a plan: items of a section or a source that the regime gives to
//! somebody, those that a signer adds, what is entered after the fact; and weights that a signer changes
//! while signing.
//!
//! Which of it this person may do is asked of the rule itself, section by section.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::plan::{AddItem, Weigh};
use shared::id::{ItemId, PersonId, PlanId};
use shared::item::{Edit, Item};
use shared::quantity::Points;
use shared::world::{Held, World};

use super::editor::{blank, items_of};
use super::item_form;
use super::item_rules::Asked;
use super::{Turn, rules_of};
use crate::chance;
use crate::components::{Field, FieldKind, Panel, Pick};
use crate::i18n::{names, plan as words, refusal, signing};
use crate::pages::form::{Ask, Entry, Form, Sheet, SheetView};
use crate::session::{NotSent, Session};

/// The sections into which this person may put an item now; with a source behind, where the regime gives
/// the source to this person.
fn openings(world: &World, session: Session, id: PlanId) -> Vec<Pick> {
    let Held::Present((found, _)) = world.plan(id) else {
        return Vec::new();
    };
    let Some(rules) = rules_of(world, found) else {
        return Vec::new();
    };
    let items = &rules.regime.items;
    let may = |section: &str, source: &str| {
        let item = Item {
            section: section.to_owned(),
            source: source.to_owned(),
            ..Item::blank(ItemId::from_bits(0), id)
        };
        let item = Box::new(item);
        let add = Command::AddItem(AddItem { plan: id, item });
        session.refused(world, &add).is_none()
    };
    let mut open = Vec::new();
    for section in &items.sections {
        let name = names::name(&section.name);
        let pick =
            |source: &str, name: String| Pick::new(format!("{}/{source}", section.key), name);
        if may(&section.key, "") {
            open.push(pick("", name.to_owned()));
            continue;
        }
        let sources = items.sources.iter();
        let sources = sources.filter(|source| may(&section.key, &source.key));
        open.extend(sources.map(|source| {
            let words = format!("{name} · {}", names::name(&source.name));
            pick(&source.key, words)
        }));
    }
    open
}

/// The act that adds an item to a plan that this person does not draft, where the regime lets it.
#[component]
pub(super) fn Filling(
    /// The plan.
    id: PlanId,
) -> impl IntoView {
    let session = Session::here();
    let sheet = Sheet::provide();
    let openings = Memo::new(move |_| openings(&session.world(), session, id));
    view! {
        {move || {
            let openings = openings.get();
            (!openings.is_empty()).then(|| sheet.button("fill-item", words::add_item(), move || {
                form(session, id, openings.clone())
            }))
        }}
        <SheetView sheet=sheet />
    }
}

fn form(session: Session, id: PlanId, picks: Vec<Pick>) -> Form {
    let asked = Asked::here(session, id);
    let first = picks.first().map(|pick| pick.key.clone());
    let blank = blank(session, id);
    let due = blank.as_ref().and_then(|item| item.due);
    let owner = blank.as_ref().and_then(|item| item.responsible);
    let owner = owner.map(|owner| owner.to_string()).unwrap_or_default();
    let people = item_form::people(session, id);
    let number = |name, label| Entry::new(name, label, Ask::Text(FieldKind::Number), String::new());
    let mut entries = vec![
        Entry::line("title", words::title(), String::new()),
        Entry::new(
            "section",
            words::section(),
            Ask::List(picks),
            first.unwrap_or_default(),
        ),
        number("weight", words::weight()),
        Entry::day(
            "due",
            words::due(),
            due.map(|due| due.to_string()).unwrap_or_default(),
        ),
        Entry::new(
            "responsible",
            words::responsible(),
            Ask::List(people),
            owner,
        ),
        Entry::lines("standard", words::standard()).optional(),
    ];
    if !asked.categories.is_empty() {
        let picks = Ask::List(asked.categories.clone());
        entries.push(Entry::new("category", words::category(), picks, String::new()).optional());
    }
    if asked.scheme {
        entries.push(Entry::lines("scheme", words::scheme()).optional());
    }
    let fresh = ItemId::from_bits(chance::bits());
    let form = Form::new("save-item", words::add_item(), entries, move |answers| {
        let place = answers.filled("section", words::section())?;
        let (section, source) = place.split_once('/').unwrap_or((&place, ""));
        let responsible: Option<PersonId> = answers.read_if("responsible", words::responsible())?;
        let item = Item {
            id: fresh,
            title: answers.filled("title", words::title())?,
            section: section.to_owned(),
            source: source.to_owned(),
            weight: answers.read::<Points>("weight", words::weight())?,
            due: answers.read_if("due", words::due())?,
            responsible,
            standard: answers.text("standard"),
            category: answers.text("category"),
            scheme: answers.text("scheme"),
            ..blank.clone().unwrap_or_else(|| Item::blank(fresh, id))
        };
        let item = Box::new(item);
        Ok(Command::AddItem(AddItem { plan: id, item }).into())
    });
    form.offline()
}

/// The weights, where the step that waits for this person lets them be changed.
#[component]
pub(super) fn SignerWeighs(
    /// The plan.
    id: PlanId,
    /// The step.
    turn: Option<Turn>,
) -> impl IntoView {
    let session = Session::here();
    turn.filter(|turn| turn.weighs).map(|_| {
        let ids = Memo::new(move |_| {
            let items = items_of(&session.world(), id).into_iter();
            items.map(|item| item.id).collect::<Vec<_>>()
        });
        view! {
            <Panel title=signing::weights()>
                <p class="faint small">{signing::weights_words()}</p>
                <ul class="list list-plain" data-list="signer-weights">
                    <For each=move || ids.get() key=|item| *item let:item>
                        {weight_line(session, id, item)}
                    </For>
                </ul>
            </Panel>
        }
    })
}

fn weight_line(session: Session, plan: PlanId, item: ItemId) -> AnyView {
    let now = Memo::new(move |_| {
        let world = session.world();
        world.document(plan)?.items.get(&item).cloned()
    });
    let value = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        let weight = now.with(|now| now.as_ref().map(|item| item.weight.to_string()));
        value.set(weight.unwrap_or_default());
    });
    let keep = move |()| {
        let Some(old) = now.with_untracked(|now| now.as_ref().map(|item| item.weight)) else {
            return;
        };
        let Ok(new) = value.with_untracked(|text| text.parse::<Points>()) else {
            return error.set(Some(words::weight_unreadable().to_owned()));
        };
        error.set(None);
        let weights = vec![(item, Edit { old, new })];
        session.send_then(Command::Weigh(Weigh { plan, weights }), move |sent| {
            if let Err(NotSent::Refused(refused)) = sent {
                error.set(Some(refusal::words(&refused)));
            }
        });
    };
    let title = move || now.with(|now| now.as_ref().map(|item| item.title.clone()));
    view! {
        <li data-item=item.to_string()>
            <div class="list-line list-line-entry">
                <p class="list-title list-whole">{title}</p>
                <Field
                    name="signer-weight"
                    label=words::weight()
                    value=value
                    kind=FieldKind::Number
                    error=error
                    on_change=keep
                />
            </div>
        </li>
    }
    .into_any()
}
