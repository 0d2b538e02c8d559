//! Drawing from longer plans: from the unit's pool 任务库, and from plans of longer periods that run,
//! each item with how often it was drawn and how far it is, and the weight that it gets in this plan.

use leptos::prelude::*;
use shared::carry;
use shared::command::Command;
use shared::command::plan::AddItem;
use shared::id::{ItemId, PlanId};
use shared::item::Item;
use shared::moment::Day;
use shared::pool::{self, PoolItem};
use shared::quantity::Points;
use shared::world::{Held, World};

use crate::chance;
use crate::components::{Button, Dialog, Field, FieldKind, Glyph, Look};
use crate::i18n::{format, import, names, plan, pool as words, refusal};
use crate::session::{NotSent, Session};

/// One item of the pool, in words.
#[derive(Clone, PartialEq)]
struct Line {
    item: Item,
    period: String,
    drawn: u32,
    finished: u32,
    percent: Option<u8>,
    /// Whether this plan has drawn it already.
    here: bool,
}

/// What a plan may draw from.
fn lines(world: &World, id: PlanId, today: Day) -> Vec<Line> {
    let organisation = world.organisation();
    let Held::Present((found, document)) = world.plan(id) else {
        return Vec::new();
    };
    let line = |of: PoolItem<'_>| Line {
        period: names::period_of(organisation, of.period.id),
        drawn: of.drawn,
        finished: of.completed,
        percent: of.percent,
        here: carry::continues(document, of.item.plan, of.item.id).is_some(),
        item: of.item.clone(),
    };
    pool::items(world, found, today)
        .into_iter()
        .map(line)
        .collect()
}

/// The act that opens the pool, where the unit has one, and its dialog.
#[component]
pub(super) fn Pool(
    /// The plan into which is drawn.
    id: PlanId,
) -> impl IntoView {
    let session = Session::here();
    let lines = Memo::new(move |_| lines(&session.world(), id, session.today()));
    let open = RwSignal::new(false);
    let keys = move || {
        let keys = lines.get().into_iter().map(|line| line.item.id);
        keys.collect::<Vec<ItemId>>()
    };
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <Button
                act="open-pool"
                label=words::draw_from_pool()
                glyph=Glyph::Import
                on_press=move |()| open.set(true)
            />
        </Show>
        <Dialog name="pool" title=words::pool() open=open>
            <p class="faint small">{words::pool_words()}</p>
            <ul class="list list-plain" data-list="pool">
                <For each=keys key=|key| *key let:key>
                    <PoolLine id=id item=key lines=lines />
                </For>
            </ul>
        </Dialog>
    }
}

#[component]
fn PoolLine(id: PlanId, item: ItemId, lines: Memo<Vec<Line>>) -> impl IntoView {
    let session = Session::here();
    let line =
        Memo::new(move |_| lines.with(|lines| lines.iter().find(|l| l.item.id == item).cloned()));
    let first = line.get_untracked();
    let weight = first.map(|line| line.item.weight.to_string());
    let weight = RwSignal::new(weight.unwrap_or_default());
    let error = RwSignal::new(None::<String>);
    let draw = move |()| {
        let Ok(points) = weight.with_untracked(|text| text.parse::<Points>()) else {
            return error.set(Some(plan::weight_unreadable().to_owned()));
        };
        error.set(None);
        let Some(from) = line.get_untracked() else {
            return;
        };
        let world = session.world_untracked();
        let Held::Present((into, _)) = world.plan(id) else {
            return;
        };
        let fresh = ItemId::from_bits(chance::bits());
        let Some(mut drawn) = pool::draw(&from.item, into, &world, fresh, points) else {
            return;
        };
        // What has a post alone in the pool is answered for by the plan's owner until somebody is named.
        drawn.responsible = drawn.responsible.or(Some(into.owner));
        let item = Box::new(drawn);
        session.send_then(
            Command::AddItem(AddItem { plan: id, item }),
            move |sent| match sent {
                Ok(()) => session.say(words::drawn()),
                Err(NotSent::Refused(refused)) => error.set(Some(refusal::words(&refused))),
                Err(NotSent::NotSaved) => {}
            },
        );
    };
    let title = move || line.with(|line| line.as_ref().map(|line| line.item.title.clone()));
    let facts = move || {
        let facts = line
            .with(|line| line.as_ref().map(facts))
            .unwrap_or_default();
        facts
            .into_iter()
            .map(|words| view! { <span>{words}</span> })
            .collect_view()
    };
    let why_not = Signal::derive(move || {
        let here = line.with(|line| line.as_ref().is_some_and(|line| line.here));
        here.then(|| words::drawn_here().to_owned())
    });
    view! {
        <li data-pool=item.to_string()>
            <div class="list-line list-line-entry">
                <div class="list-whole">
                    <p class="list-title">{title}</p>
                    <p class="list-more">{facts}</p>
                </div>
                <Field
                    name="pool-weight"
                    label=plan::weight()
                    value=weight
                    kind=FieldKind::Number
                    error=error
                    fixed=Signal::derive(move || why_not.with(Option::is_some))
                />
                <Button
                    act="draw-item"
                    label=words::draw()
                    look=Look::Primary
                    glyph=Glyph::Plus
                    why_not=why_not
                    on_press=draw
                />
            </div>
        </li>
    }
}

/// What stands under an item's title.
fn facts(line: &Line) -> Vec<String> {
    let due = match (line.item.rhythm, line.item.due) {
        (Some(rhythm), _) => Some(import::rhythm(rhythm).to_owned()),
        (None, due) => due.map(|day| plan::due_by(&format::short_day(day))),
    };
    let mut facts = vec![line.period.clone()];
    facts.extend(due);
    if line.drawn == 0 {
        facts.push(words::never_drawn().to_owned());
    } else {
        let (drawn, finished) = (line.drawn.to_string(), line.finished.to_string());
        facts.push(words::drawn_times(&drawn, &finished));
    }
    facts.extend(
        line.percent
            .map(|percent| words::percent_done(&percent.to_string())),
    );
    facts
}
