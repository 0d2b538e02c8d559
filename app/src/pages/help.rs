//! Requests for help: what other units ask of one's own, and answering with a part of one's plan.

use leptos::prelude::*;
use shared::carry;
use shared::command::Command;
use shared::command::plan::AnswerHelp;
use shared::id::{ItemId, PlanId, UnitId};
use shared::item::{Item, LineageKind};
use shared::moment::Day;
use shared::organisation::Organisation;
use shared::plan::{PlanState, Scope};
use shared::quantity::Points;
use shared::world::{PlanDocument, World};

use crate::chance;
use crate::components::{
    Badge, Button, Dialog, Facts, Field, FieldKind, Glyph, Look, Panel, Pick, Select, Tone,
};
use crate::i18n::{change, common, names, plan, refusal};
use crate::pages::plan::{ItemFacts, rules_of};
use crate::session::{NotSent, Session};

/// An item with which a unit is asked to help.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    unit: UnitId,
    item: Item,
    facts: ItemFacts,
    of: String,
}

/// What is asked of the units that this person leads and is not answered yet.
fn asked(world: &World, session: Session) -> Vec<Asked> {
    let organisation = world.organisation();
    let (me, today) = (session.person(), session.today());
    let mut asked = Vec::new();
    for (_, document) in world.documents() {
        let found = document.plan.as_ref();
        let stands = |state| matches!(state, PlanState::Submitted | PlanState::Approved);
        // A helper may hold items without their plan.
        if found.is_some_and(|found| !stands(found.state) || !session.looks_at(document)) {
            continue;
        }
        let rules = found.and_then(|found| rules_of(world, found));
        let asks = document.items.values();
        let mut asks: Vec<&Item> = asks.filter(|item| !item.helpers.is_empty()).collect();
        asks.sort_by_key(|item| (item.position, item.id));
        for item in asks {
            let units = item.helpers.iter().copied();
            for unit in units.filter(|unit| organisation.is_head(me, *unit, today)) {
                if document.helps.contains_key(&(item.id, unit)) {
                    continue;
                }
                asked.push(Asked {
                    unit,
                    facts: ItemFacts::of(organisation, rules, item),
                    of: found.map_or_else(
                        || asking(organisation, item, today),
                        |found| names::plan_of(organisation, found),
                    ),
                    item: item.clone(),
                });
            }
        }
    }
    asked
}

/// The unit that asks, of an item whose plan is not held: where its responsible person works.
fn asking(organisation: &Organisation, item: &Item, today: Day) -> String {
    let mut posts = item
        .responsible
        .into_iter()
        .flat_map(|person| organisation.assignments_of(person, today));
    let unit = posts.next().map(|post| post.unit);
    unit.map(|unit| names::unit_of(organisation, unit))
        .unwrap_or_default()
}

/// The panel on Today; nothing where nothing is asked.
#[component]
pub(crate) fn HelpRequests() -> impl IntoView {
    let session = Session::here();
    let asked = Memo::new(move |_| asked(&session.world(), session));
    let open = RwSignal::new(false);
    let chosen = RwSignal::new(None::<(Asked, bool)>);
    let line = move |one: Asked| {
        let (id, kept) = (one.item.id, StoredValue::new(one.clone()));
        let answer = move |agreed: bool| {
            chosen.set(Some((kept.get_value(), agreed)));
            open.set(true);
        };
        view! {
            <li data-item=id.to_string()>
                <div class="list-line">
                    <span class="stack-tight">
                        <span class="list-title">{one.facts.title}</span>
                        <span class="list-more">
                            {(!one.of.is_empty()).then(|| view! { <span>{one.of}</span> })}
                            {one.facts.line.into_iter()
                                .map(|words| view! { <span>{words}</span> }).collect_view()}
                        </span>
                    </span>
                    <span class="list-end list-whole">
                        <Button
                            act="decline-help"
                            label=change::help_decline()
                            on_press=move |()| answer(false)
                        />
                        <Button
                            act="agree-help"
                            label=change::help_agree()
                            look=Look::Primary
                            on_press=move |()| answer(true)
                        />
                    </span>
                </div>
            </li>
        }
    };
    view! {
        <Show when=move || asked.with(|asked| !asked.is_empty())>
            <Panel title=change::help_requests()>
                <ul class="list" data-list="help-requests">
                    {move || asked.get().into_iter().map(line).collect_view()}
                </ul>
            </Panel>
        </Show>
        <Dialog name="help" title=change::help_title() open=open>
            {move || chosen.get().map(|(asked, agreed)| view! {
                <Answering asked=asked agreed=agreed open=open />
            })}
        </Dialog>
    }
}

/// The plans of the helping unit into which its part can go: those that can still be written, of
/// the period of the item where that is known.
fn targets(world: &World, asked: &Asked) -> Vec<Pick> {
    let organisation = world.organisation();
    let source = world
        .document(asked.item.plan)
        .and_then(|found| found.plan.as_ref());
    let fits = |(_, document): &(PlanId, &PlanDocument)| {
        document.plan.as_ref().is_some_and(|found| {
            // The period of a plan that is not held shows in the due day of its item alone.
            let period = organisation.periods.get(&found.period);
            let holds_due = period
                .zip(asked.item.due)
                .is_none_or(|(period, due)| period.from <= due && due <= period.to);
            found.unit == asked.unit
                && found.scope == Scope::Unit
                && found.is_editable()
                && source.map_or(holds_due, |source| source.period == found.period)
        })
    };
    let pick = |(id, document): (PlanId, &PlanDocument)| {
        let found = document.plan.as_ref()?;
        let period = names::period_of(organisation, found.period);
        let title = plan::plan_title(&names::plan_of(organisation, found), &period);
        Some(Pick::new(id.to_string(), title))
    };
    world.documents().filter(fits).filter_map(pick).collect()
}

#[component]
fn Answering(asked: Asked, agreed: bool, open: RwSignal<bool>) -> impl IntoView {
    let session = Session::here();
    let world = session.world_untracked();
    let picks = targets(&world, &asked);
    let none = picks.is_empty();
    let into = RwSignal::new(
        picks
            .first()
            .map(|pick| pick.key.clone())
            .unwrap_or_default(),
    );
    let weight = RwSignal::new("0".to_owned());
    let due = RwSignal::new(
        asked
            .item
            .due
            .map(|due| due.to_string())
            .unwrap_or_default(),
    );
    let reason = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let facts = asked.facts.facts.clone();
    let title = asked.facts.title.clone();
    let kept = StoredValue::new(asked);
    let send = move |()| {
        if !agreed && reason.with_untracked(|reason| reason.trim().is_empty()) {
            return error.set(Some(refusal::field_missing(change::help_decline_reason())));
        }
        let world = session.world_untracked();
        let mirrored = (agreed && !none).then(|| {
            kept.with_value(|asked| {
                mirrored(&world, asked, session, &into.get_untracked(), &weight, &due)
            })
        });
        let mirrored = match mirrored.transpose() {
            Ok(mirrored) => mirrored.map(Box::new),
            Err(words) => return error.set(Some(words.to_owned())),
        };
        let command = kept.with_value(|asked| AnswerHelp {
            plan: asked.item.plan,
            item: asked.item.id,
            unit: asked.unit,
            agreed,
            reason: reason.get_untracked().trim().to_owned(),
            mirrored,
        });
        session.send_then(Command::AnswerHelp(command), move |sent| match sent {
            Ok(()) => {
                open.set(false);
                session.say(change::help_answered());
            }
            Err(NotSent::Refused(refused)) => error.set(Some(refusal::words(&refused))),
            Err(NotSent::NotSaved) => {}
        });
    };
    let part = (agreed && none).then(|| view! { <p class="faint">{change::help_no_plan()}</p> });
    let own = (agreed && !none).then(|| {
        view! {
            <p class="faint">{change::help_agree_words()}</p>
            <Select
                name="into"
                label=change::help_into()
                picks=Signal::stored(picks)
                value=into
                on_choose=move |key| into.set(key)
            />
            <div class="fields fields-two">
                <Field name="weight" label=plan::weight() value=weight kind=FieldKind::Number />
                <Field name="due" label=plan::due() value=due kind=FieldKind::Day />
            </div>
        }
    });
    view! {
        <p class="item-title">{title}</p>
        <Facts facts=facts />
        {part}
        {own}
        <Field
            name="reason"
            label=change::help_decline_reason()
            value=reason
            kind=FieldKind::Lines
            optional=agreed
        />
        {move || error.get().map(|words| view! {
            <p class="field-error" role="alert" data-part="refusal">{words}</p>
        })}
        <div class="row row-end">
            <Button act="cancel" label=common::cancel() on_press=move |()| open.set(false) />
            <Button
                act="send-help"
                label=change::help_send()
                look=Look::Primary
                glyph=Glyph::Tick
                on_press=send
            />
        </div>
    }
}

/// The helper's own part: what it does is the same, weight and due day are its own.
fn mirrored(
    world: &World,
    asked: &Asked,
    session: Session,
    into: &str,
    weight: &RwSignal<String>,
    due: &RwSignal<String>,
) -> Result<Item, &'static str> {
    let into: PlanId = into.parse().map_err(|_| change::help_no_plan())?;
    let document = world.document(into).ok_or_else(change::help_no_plan)?;
    let found = document.plan.as_ref().ok_or_else(change::help_no_plan)?;
    let weight: Points = weight
        .get_untracked()
        .parse()
        .map_err(|_| plan::weight_unreadable())?;
    let day: Day = due
        .get_untracked()
        .parse()
        .map_err(|_| plan::day_unreadable())?;
    let last = document.items.values().map(|item| item.position).max();
    let source = &asked.item;
    let section = rules_of(world, found)
        .filter(|rules| rules.sections().iter().all(|one| one.key != source.section))
        .and_then(|rules| rules.sections().first())
        .map_or_else(|| source.section.clone(), |first| first.key.clone());
    let new = (ItemId::from_bits(chance::bits()), into);
    Ok(Item {
        position: last.unwrap_or(0).saturating_add(1),
        section,
        responsible: Some(session.person()),
        post: String::new(),
        weight,
        due: Some(day),
        bonus: false,
        deduction: None,
        extra: Vec::new(),
        ..carry::continued(LineageKind::Mirrored, source, new, false)
    })
}

/// What the helping units of an item answered, for those who read the item.
pub(crate) fn answers(
    organisation: &Organisation,
    document: &PlanDocument,
    item: &Item,
) -> Option<impl IntoView + use<>> {
    if item.helpers.is_empty() {
        return None;
    }
    let line = |unit: &UnitId| {
        let name = names::unit_of(organisation, *unit);
        let (words, tone, glyph, key) = match document.helps.get(&(item.id, *unit)) {
            None => (change::help_waiting(), Tone::Quiet, Glyph::Clock, "waiting"),
            Some(help) if help.agreed => (change::help_agreed(), Tone::Good, Glyph::Tick, "agreed"),
            Some(_) => (change::help_declined(), Tone::Bad, Glyph::Cross, "declined"),
        };
        let reason = document
            .helps
            .get(&(item.id, *unit))
            .map(|help| help.by.reason.clone());
        view! {
            <li class="row" data-help=key>
                <Badge words=format!("{name} {words}") tone=tone glyph=glyph />
                {reason.filter(|reason| !reason.is_empty()).map(|reason| view! {
                    <span class="faint">{reason}</span>
                })}
            </li>
        }
    };
    let lines = item.helpers.iter().map(line).collect_view();
    Some(view! { <ul class="helps" aria-label=plan::helpers()>{lines}</ul> })
}
