//! The plans that this person sees, by kind of period and newest period first; and beginning a new
//! one.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::carry;
use shared::id::{PeriodId, PlanId};
use shared::organisation::Organisation;
use shared::period::PeriodKind;
use shared::permission;
use shared::plan::{Plan, PlanState};
use shared::quantity::Points;
use shared::world::{PlanDocument, World};

use crate::components::{
    Badge, Button, Dialog, Empty, Glyph, Look, Meter, PageHead, Panel, Person, Pick, Select, Tone,
};
use crate::device;
use crate::i18n::{common, import, names, plan, refusal};
use crate::pages::chunks::PlansTablePart;
use crate::pages::order;
use crate::route::Route;
use crate::session::Session;

mod new_plan;
mod table;

use new_plan::NewPlan;
pub(crate) use new_plan::{BeginPlan, not_yet};
pub(crate) use table::PlansTable;

/// A plan as a line of a list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlanLine {
    /// Which.
    pub(crate) id: PlanId,
    /// Its period.
    pub(crate) period: PeriodId,
    /// The period in words.
    pub(crate) of: String,
    /// Whose.
    pub(crate) title: String,
    /// Who answers for it.
    pub(crate) owner: String,
    /// Unit plan or personal plan.
    pub(crate) scope: &'static str,
    /// Where it stands.
    pub(crate) state: PlanState,
    /// How many items.
    pub(crate) items: usize,
    /// How many of them are finished; `None` while it is not under way.
    pub(crate) finished: Option<usize>,
    /// What they weigh.
    pub(crate) weight: Points,
    /// What else is said of it, where it waits for somebody.
    pub(crate) notes: Vec<String>,
}

impl PlanLine {
    /// Makes the line; `None` for a document of which only items are held.
    pub(crate) fn of(organisation: &Organisation, document: &PlanDocument) -> Option<Self> {
        let found = document.plan.as_ref()?;
        let title = names::plan_of(organisation, found);
        let owner = names::person_of(organisation, found.owner);
        Some(Self {
            id: found.id,
            period: found.period,
            of: names::period_of(organisation, found.period),
            scope: names::scope(found.scope),
            state: found.state,
            items: document.items.len(),
            finished: (found.state == PlanState::Approved).then(|| {
                let items = document.items.keys();
                items
                    .filter(|item| carry::finished(document, **item))
                    .count()
            }),
            weight: Points(document.items.values().map(|item| item.weight.0).sum()),
            title,
            owner,
            notes: Vec::new(),
        })
    }

    /// Says whether a text in lower case stands in its words or in a title of its items.
    fn tells(&self, world: &World, needle: &str) -> bool {
        let items = world.document(self.id).map(|document| &document.items);
        let titles = items.into_iter().flat_map(|items| items.values());
        let titles = titles.map(|item| item.title.as_str());
        let mut words = titles.chain([self.title.as_str(), self.owner.as_str()]);
        words.any(|words| words.to_lowercase().contains(needle))
    }
}

/// The badge of a state.
pub(crate) fn state_badge(state: PlanState) -> impl IntoView {
    let (tone, glyph) = match state {
        PlanState::Draft => (Tone::Quiet, Glyph::Report),
        PlanState::Submitted => (Tone::Warn, Glyph::Clock),
        PlanState::Returned => (Tone::Bad, Glyph::Return),
        PlanState::Approved => (Tone::Accent, Glyph::Forward),
        PlanState::Published | PlanState::Sealed => (Tone::Good, Glyph::Tick),
    };
    view! { <Badge words=refusal::state_word(state) tone=tone glyph=glyph /> }
}

/// All plans held, newest period first, then by name.
pub(crate) fn lines(world: &World) -> Vec<PlanLine> {
    lines_of(world, |_| true)
}

/// Those plans, newest period first, then by name.
pub(crate) fn lines_of(world: &World, wanted: impl Fn(&Plan) -> bool) -> Vec<PlanLine> {
    let organisation = world.organisation();
    let from = |period: &PeriodId| organisation.periods.get(period).map(|found| found.from);
    let mut lines: Vec<PlanLine> = world
        .documents()
        .filter(|(_, document)| document.plan.as_ref().is_some_and(&wanted))
        .filter_map(|(_, document)| PlanLine::of(organisation, document))
        .collect();
    lines.sort_unstable_by(|a, b| {
        from(&b.period)
            .cmp(&from(&a.period))
            .then_with(|| a.title.cmp(&b.title))
    });
    lines
}

/// Draws a line that leads to the plan; `data-item` names it.
pub(crate) fn plan_line(line: PlanLine) -> impl IntoView {
    let to = Route::Plan(line.id);
    leading_line(line, to, "open-plan")
}

/// Draws the line of a plan that leads to where one deals with it.
pub(crate) fn leading_line(line: PlanLine, to: Route, act: &'static str) -> impl IntoView {
    let session = Session::here();
    let id = line.id;
    // A personal plan goes by its owner's name already.
    let other_owner = (line.owner != line.title).then_some(line.owner);
    view! {
        <li data-item=id.to_string() data-state=names::state_key(line.state)>
            <a class="list-line" href=to.path() data-act=act>
                <span class="stack-tight">
                    <span class="list-title">{line.title}</span>
                    <span class="list-more">
                        {(!line.of.is_empty()).then(|| view! { <span>{line.of}</span> })}
                        <span>{line.scope}</span>
                        {other_owner.map(|owner| view! { <Person name=owner /> })}
                        <span class="figure">{plan::items_count(&line.items.to_string())}</span>
                        <span class="figure">{common::points_of(&line.weight.to_string())}</span>
                    </span>
                    {line
                        .notes
                        .into_iter()
                        .map(|note| view! { <span class="faint small" data-part="note">{note}</span> })
                        .collect_view()}
                    {line.finished.map(|finished| progress(finished, line.items))}
                </span>
                <span class="list-end">
                    {move || session.whereabouts_of_plan(id)}
                    {state_badge(line.state)}
                </span>
            </a>
        </li>
    }
}

/// How far a plan that is under way has come.
fn progress(finished: usize, items: usize) -> impl IntoView {
    let percent = u32::try_from(finished * 100 / items.max(1)).unwrap_or(100);
    let state = if finished == items { "full" } else { "under" };
    let words = plan::finished_of(&finished.to_string(), &items.to_string());
    view! {
        <Meter
            label=words.clone()
            percent=Signal::stored(percent)
            state=Signal::stored(state)
            words=Signal::stored(words)
        />
    }
}

/// The list.
#[component]
pub(crate) fn Plans() -> impl IntoView {
    let session = Session::here();
    let search = RwSignal::new(String::new());
    let chosen = RwSignal::new(String::new());
    let drafting = RwSignal::new(false);
    let imports = Memo::new(move |_| {
        let world = session.world();
        permission::may_run_plans(world.organisation(), session.person(), session.today())
    });
    let desk = device::is_desk();
    let tabular = RwSignal::new(device::wants_tables());
    let found = Memo::new(move |_| {
        let needle = search.get().trim().to_lowercase();
        let period = chosen.get();
        let world = session.world();
        let mut lines = lines(&world);
        lines.retain(|line| {
            (period.is_empty() || line.period.to_string() == period)
                && (needle.is_empty() || line.tells(&world, &needle))
        });
        lines
    });
    let any = Memo::new(move |_| found.with(|found| !found.is_empty()));
    let turn = move |()| {
        tabular.update(|tabular| *tabular = !*tabular);
        device::choose_tables(tabular.get_untracked());
    };
    let other = Signal::derive(move || {
        if tabular.get() {
            plan::show_list().to_owned()
        } else {
            plan::show_table().to_owned()
        }
    });
    view! {
        <div class="page">
            <PageHead title=common::plans()>
                <Button
                    act="new-plan"
                    label=plan::new_plan()
                    look=Look::Primary
                    glyph=Glyph::Plus
                    on_press=move |()| drafting.set(true)
                />
                <Show when=move || desk.get()>
                    <Button act="show-otherwise" label=other look=Look::Quiet on_press=turn />
                </Show>
                <Show when=move || imports.get()>
                    <a class="button" href=Route::Import.path() data-act="open-import">
                        {import::import_title()}
                    </a>
                </Show>
            </PageHead>
            <Finder search=search chosen=chosen />
            {move || {
                let filtered = !search.with(String::is_empty) || !chosen.with(String::is_empty);
                if any.get() && desk.get() && tabular.get() {
                    return view! { <PlansTablePart lines=found.into() /> }.into_any();
                }
                if any.get() {
                    return grouped(&session.world(), found.get(), !filtered);
                }
                if filtered {
                    return view! { <Empty glyph=Glyph::Search title=plan::nothing_found() /> }
                        .into_any();
                }
                none(session, imports.get(), drafting)
            }}
            <Dialog name="new-plan" title=plan::new_plan() open=drafting>
                <NewPlan />
            </Dialog>
        </div>
    }
}

#[component]
fn Finder(search: RwSignal<String>, chosen: RwSignal<String>) -> impl IntoView {
    let session = Session::here();
    let periods = Signal::derive(move || {
        let world = session.world();
        let organisation = world.organisation();
        let picks = order::periods(organisation).into_iter().map(|period| {
            Pick::new(
                period.id.to_string(),
                names::period_of(organisation, period.id),
            )
        });
        std::iter::once(Pick::new("", plan::all_periods()))
            .chain(picks)
            .collect::<Vec<_>>()
    });
    view! {
        <div class="fields fields-two" role="search">
            <label class="field">
                <span class="field-label">{plan::search()}</span>
                <input
                    class="input"
                    type="search"
                    data-field="search"
                    prop:value=search
                    on:input=move |event| search.set(event_target_value(&event))
                />
            </label>
            <Select
                name="period"
                label=plan::filter_period()
                picks=periods
                value=chosen
                on_choose=move |key| chosen.set(key)
            />
        </div>
    }
}

/// No plan: because none can be begun yet, or with the act that begins one.
fn none(session: Session, imports: bool, drafting: RwSignal<bool>) -> AnyView {
    not_yet(session).unwrap_or_else(|| {
        let words = if imports {
            plan::no_plans_words()
        } else {
            plan::no_plans_yet_words()
        };
        view! {
            <Empty glyph=Glyph::Plan title=plan::no_plans() words=words>
                <Button
                    act="draft-first-plan"
                    label=plan::new_plan()
                    on_press=move |()| drafting.set(true)
                />
            </Empty>
        }
        .into_any()
    })
}

/// The periods of a kind whose plans are in sight at once; older ones are one tap away.
const IN_SIGHT: usize = 4;

/// One panel per period; where periods of several kinds run, those of a kind stand together, the
/// shortest kind first.
fn grouped(world: &World, lines: Vec<PlanLine>, folds: bool) -> AnyView {
    let organisation = world.organisation();
    let kind = |period: &PeriodId| organisation.periods.get(period).map(|found| found.kind);
    let mut kinds: BTreeMap<Option<PeriodKind>, Vec<(PeriodId, Vec<PlanLine>)>> = BTreeMap::new();
    for line in lines {
        let groups = kinds.entry(kind(&line.period)).or_default();
        match groups.last_mut() {
            Some((period, group)) if *period == line.period => group.push(line),
            _ => groups.push((line.period, vec![line])),
        }
    }
    let many = kinds.len() > 1;
    // Under several regimes the same month runs twice: then its panel says under which.
    let spans = kinds.values().flatten().map(|(period, _)| *period);
    let spans: Vec<String> = spans.map(|id| names::period_of(organisation, id)).collect();
    let title = |id: PeriodId| {
        let words = names::period_of(organisation, id);
        if spans.iter().filter(|other| **other == words).count() < 2 {
            return words;
        }
        let period = organisation.periods.get(&id);
        let rules = period.and_then(|period| organisation.rules(period));
        rules.map_or(words.clone(), |rules| {
            common::with_note(&words, names::name(&rules.regime.name))
        })
    };
    let panel = |(period, lines): (PeriodId, Vec<PlanLine>)| {
        // The panel's title says the period.
        let lines = lines.into_iter();
        let lines = lines.map(|line| {
            let line = PlanLine {
                of: String::new(),
                ..line
            };
            plan_line(line).into_any()
        });
        let lines: Vec<AnyView> = lines.collect();
        view! {
            <Panel title=title(period)>
                <ul class="list" data-list="plans">{lines}</ul>
            </Panel>
        }
        .into_any()
    };
    let kinds = kinds.into_iter().map(|(kind, mut groups)| {
        let older = if many && folds && groups.len() > IN_SIGHT {
            groups.split_off(IN_SIGHT)
        } else {
            Vec::new()
        };
        let count: usize = older.iter().map(|(_, lines)| lines.len()).sum();
        let head = kind.filter(|_| many).map(|kind| {
            view! { <h2 class="group-head">{import::period_kind(kind)}</h2> }
        });
        let older: Vec<AnyView> = older.into_iter().map(panel).collect();
        let older = (count > 0).then(|| {
            view! {
                <details data-part="older">
                    <summary>{plan::older(&count.to_string())}</summary>
                    <div class="stack">{older}</div>
                </details>
            }
        });
        let groups: Vec<AnyView> = groups.into_iter().map(panel).collect();
        view! { {head}{groups}{older} }.into_any()
    });
    kinds.collect::<Vec<AnyView>>().into_any()
}
