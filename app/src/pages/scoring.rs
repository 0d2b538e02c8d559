//! Scoring one item: by the regime's levels, or by points from 0 to its weight.
//!
//! The levels are the regime's; the form knows none by name. What is proposed says why.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::command::Command;
use shared::command::review::ScoreItem;
use shared::id::{ItemId, PlanId};
use shared::item::{Edit, Item};
use shared::moment::Day;
use shared::organisation::Organisation;
use shared::quantity::Points;
use shared::regime::judging::{Level, Method, Scoring};
use shared::result::PlanResult;
use shared::score::{Judgement, Proposal, Proposed, Score, propose};
use shared::world::{PlanDocument, World};

use crate::components::{Button, Choice, Field, FieldKind, Look, Pick};
use crate::i18n::{format, names, refusal, review, seal};
use crate::session::{NotSent, Session};

mod echo;
mod foot;
mod graded;

pub(crate) use echo::Echo;
use foot::Foot;
use graded::GradedForm;

/// What was judged of the items of a published result, in words.
pub(crate) fn judged_words(world: &World, result: &PlanResult) -> BTreeMap<ItemId, String> {
    let organisation = world.organisation();
    let read = || {
        let document = world.document(result.plan)?;
        let period = organisation.periods.get(&result.period)?;
        let rules = organisation
            .regimes
            .get(&result.regime)?
            .rules(period.kind)?;
        let judged = result.judged(rules, document).into_iter();
        let methods = &rules.regime.judging.methods;
        let words = judged.map(|(item, judged)| (item, judgement_words(methods, &judged)));
        Some(words.collect())
    };
    read().unwrap_or_default()
}

/// A judgement in words, for example "on time · good".
pub(crate) fn judgement_words(methods: &[Method], judgement: &Judgement) -> String {
    let matrix = methods.iter().find_map(|method| match &method.scoring {
        Scoring::Matrix {
            efficiency,
            quality,
            ..
        } => Some((efficiency.as_slice(), quality.as_slice())),
        _ => None,
    });
    let (rows, columns) = matrix.unwrap_or_default();
    let name = |levels: &[Level], key: &String| {
        let found = levels.iter().find(|level| level.key == *key);
        found.map_or_else(|| key.clone(), |level| names::name(&level.name).to_owned())
    };
    match judgement {
        Judgement::NotCarriedOut => review::not_carried_out().to_owned(),
        Judgement::CarriedOut {
            efficiency,
            quality,
        } => {
            format!("{} · {}", name(rows, efficiency), name(columns, quality))
        }
        Judgement::Points { points, off } => less(methods, points.to_string(), off),
        Judgement::Level { level, off } => {
            let mut scales = methods.iter().filter_map(|method| match &method.scoring {
                Scoring::Levels { levels } => levels.iter().find(|one| one.key == *level),
                _ => None,
            });
            let name = scales.next().map(|one| names::name(&one.name).to_owned());
            less(methods, name.unwrap_or_else(|| level.clone()), off)
        }
        Judgement::Whole { off } => less(methods, review::carried_out().to_owned(), off),
    }
}

/// What was stated, less what typed charges take off.
fn less(methods: &[Method], stated: String, off: &BTreeMap<String, Points>) -> String {
    let name = |key: &String| {
        let mut charges = methods.iter().flat_map(|method| &method.charges);
        let charge = charges.find(|charge| charge.key == *key);
        charge.map_or_else(|| key.clone(), |one| names::name(&one.name).to_owned())
    };
    let off = off
        .iter()
        .map(|(key, points)| format!("{} −{points}", name(key)));
    let said: Vec<String> = std::iter::once(stated).chain(off).collect();
    said.join(" · ")
}

/// What the form hands out. The form goes on from what it handed out, and need not be drawn again
/// for it.
#[derive(Clone)]
pub(crate) struct Scored {
    /// The edit of the judgement.
    pub(crate) judgement: Edit<Option<Judgement>>,
    /// What is said of it.
    pub(crate) note: String,
    /// What the form takes for standing.
    stands: StoredValue<Option<Judgement>>,
}

impl Scored {
    fn of(new: Judgement, note: RwSignal<String>, stands: StoredValue<Option<Judgement>>) -> Self {
        let old = stands.get_value();
        stands.set_value(Some(new.clone()));
        let new = Some(new);
        Self {
            judgement: Edit { old, new },
            note: note.get_untracked().trim().to_owned(),
            stands,
        }
    }

    /// Keeps the score of an item; where that fails, what stood before stands for the form again.
    pub(crate) fn keep(
        self,
        session: Session,
        (plan, item): (PlanId, ItemId),
        act: impl FnOnce(ScoreItem) -> Command,
    ) {
        let Self {
            judgement,
            note,
            stands,
        } = self;
        let Edit { old, new } = judgement.clone();
        let score = ScoreItem {
            plan,
            item,
            judgement,
            note,
        };
        session.send_then(act(score), move |sent| {
            if sent.is_err() && stands.try_get_value().as_ref() == Some(&new) {
                let _ = stands.try_set_value(old);
            }
            if let Err(NotSent::Refused(refused)) = sent {
                session.complain(refusal::words(&refused));
            }
        });
    }
}

fn picks(levels: &[Level]) -> Vec<Pick> {
    levels
        .iter()
        .map(|level| Pick::new(level.key.clone(), names::name(&level.name)))
        .collect()
}

fn outcomes() -> Vec<Pick> {
    vec![
        Pick::new("carried-out", review::carried_out()),
        Pick::new("not-carried-out", review::not_carried_out()),
    ]
}

/// What is proposed of an item; its due day only where leave moved it, for the item's own stands
/// above the form.
pub(crate) fn proposal(
    organisation: &Organisation,
    document: &PlanDocument,
    item: &Item,
    today: Day,
) -> Option<Proposal> {
    let proposal = propose(organisation, document, item, today)?;
    let due = proposal.due.filter(|due| Some(*due) != item.due);
    Some(Proposal { due, ..proposal })
}

/// How a proposal comes about, in words: due day, what was to be reached, what was, and how far off.
pub(crate) fn proposal_reason(proposal: &Proposal) -> String {
    let facts = [
        proposal
            .due
            .map(|due| seal::proposal_due(&format::short_day(due))),
        proposal
            .expected
            .map(|value| seal::proposal_expected(&value.to_string())),
        proposal
            .reached
            .map(|value| seal::proposal_reached(&value.to_string())),
        (proposal.steps > 0).then(|| seal::proposal_steps(&proposal.steps.to_string())),
    ];
    facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The form.
#[component]
pub(crate) fn ScoreForm(
    /// What distinguishes it from other such forms on the page.
    group: String,
    /// How the item is judged; none where it is not.
    #[prop(optional_no_strip)]
    method: Option<Method>,
    /// The full score of the item: the most points that it can get.
    weight: Points,
    /// The score that stands, as the person sees it.
    current: Option<Score>,
    /// What the reports and the rule suggest.
    proposed: Option<Proposal>,
    /// The points that the responsible person gave, to be taken over with a tap.
    #[prop(optional_no_strip)]
    own: Option<Points>,
    /// Whether reasons and decisions can be picked from a list, as in a meeting.
    #[prop(optional)]
    listed: bool,
    /// Hands the score out.
    #[prop(into)]
    on_score: Callback<Scored>,
) -> impl IntoView {
    let Some(method) = method else {
        return ().into_any();
    };
    let own_rule = method.scoring == Scoring::OwnRule {} && !method.takes_off();
    match method.scoring.clone() {
        Scoring::Matrix {
            efficiency,
            quality,
            ..
        } => view! {
            <MatrixForm
                group=group
                levels=(efficiency, quality)
                current=current
                proposed=proposed
                listed=listed
                on_score=on_score
            />
        }
        .into_any(),
        _ if own_rule => view! {
            <PointsForm
                weight=weight
                current=current
                proposed=proposed
                own=own
                listed=listed
                on_score=on_score
            />
        }
        .into_any(),
        _ if !method.asks() => {
            let reason = proposed.as_ref().map(proposal_reason);
            view! {
                <p class="faint" data-part="score-form">{review::by_facts()}</p>
                <p class="faint small">{reason}</p>
            }
            .into_any()
        }
        _ => view! {
            <GradedForm
                group=group
                method=method
                weight=weight
                current=current
                proposed=proposed
                own=own
                listed=listed
                on_score=on_score
            />
        }
        .into_any(),
    }
}

/// The form of typed points, 0 to the weight.
#[component]
fn PointsForm(
    weight: Points,
    current: Option<Score>,
    proposed: Option<Proposal>,
    own: Option<Points>,
    listed: bool,
    on_score: Callback<Scored>,
) -> impl IntoView {
    let old = current.as_ref().map(|score| score.judgement.clone());
    let first = match &old {
        Some(Judgement::Points { points, .. }) => points.to_string(),
        Some(Judgement::NotCarriedOut) => Points(0).to_string(),
        _ => String::new(),
    };
    let old = StoredValue::new(old);
    let points = RwSignal::new(first);
    let note = RwSignal::new(current.map(|score| score.note).unwrap_or_default());
    let error = RwSignal::new(None::<String>);
    let hand_out = move || {
        let text = points.get_untracked();
        if text.trim().is_empty() {
            return;
        }
        let read = text.parse::<Points>().ok();
        let Some(points) = read.filter(|points| *points >= Points(0) && *points <= weight) else {
            return error.set(Some(seal::points_unreadable(&weight.to_string())));
        };
        error.set(None);
        on_score.run(Scored::of(Judgement::points(points), note, old));
    };
    let take = move |taken: Points| {
        points.set(taken.to_string());
        hand_out();
    };
    let why_not = Signal::derive(move || {
        let empty = points.with(|text| text.trim().is_empty());
        empty.then(|| review::type_points().to_owned())
    });
    let proposal = proposed.and_then(|proposal| {
        let points = match proposal.proposed {
            Proposed::Points(points) => points,
            Proposed::NotCarriedOut => Points(0),
            Proposed::Efficiency(_) | Proposed::Whole => return None,
        };
        Some((points, proposal_reason(&proposal)))
    });
    view! {
        <div class="stack" data-part="score-form">
            <Field
                name="points"
                label=seal::points()
                value=points
                kind=FieldKind::Number
                affix=Some(format!("/ {weight}"))
                error=error
                on_change=move |()| hand_out()
            />
            {proposal.map(|(proposed, reason)| view! {
                <div class="proposal" data-part="proposal">
                    <p>{seal::proposal()}": "<strong class="figure">{proposed.to_string()}</strong></p>
                    <p class="faint small">{reason}</p>
                    <Button
                        act="use-proposal"
                        label=seal::use_proposal()
                        look=Look::Quiet
                        on_press=move |()| take(proposed)
                    />
                </div>
            })}
            {own.map(|own| view! {
                <div class="row">
                    <Button
                        act="take-self-score"
                        label=format!("{} {own}", seal::copy_self())
                        look=Look::Quiet
                        on_press=move |()| take(own)
                    />
                </div>
            })}
            <Foot note=note listed=listed why_not=why_not on_save=move |()| hand_out() />
        </div>
    }
}

/// The form of a matrix: carried out or not, how punctually, how well.
#[component]
fn MatrixForm(
    group: String,
    levels: (Vec<Level>, Vec<Level>),
    current: Option<Score>,
    proposed: Option<Proposal>,
    listed: bool,
    on_score: Callback<Scored>,
) -> impl IntoView {
    let (efficiency, quality) = levels;
    let reason = proposed
        .as_ref()
        .map(proposal_reason)
        .filter(|reason| !reason.is_empty());
    let level = proposed.as_ref().and_then(|proposed| proposed.efficiency());
    let level = level.map(str::to_owned);
    let old = current.as_ref().map(|score| score.judgement.clone());
    let (first_efficiency, first_quality) = match &old {
        Some(Judgement::CarriedOut {
            efficiency,
            quality,
        }) => (efficiency.clone(), quality.clone()),
        _ => (level.unwrap_or_default(), String::new()),
    };
    let first_outcome = match &old {
        Some(Judgement::NotCarriedOut) => "not-carried-out",
        _ => "carried-out",
    };
    let outcome = RwSignal::new(first_outcome.to_owned());
    let chosen_efficiency = RwSignal::new(first_efficiency);
    let chosen_quality = RwSignal::new(first_quality);
    let note = RwSignal::new(current.map(|score| score.note).unwrap_or_default());
    let old = StoredValue::new(old);
    let carried = move || outcome.get() == "carried-out";
    let judgement = move || {
        if !carried() {
            return Some(Judgement::NotCarriedOut);
        }
        let (efficiency, quality) = (chosen_efficiency.get(), chosen_quality.get());
        let whole = !efficiency.is_empty() && !quality.is_empty();
        whole.then_some(Judgement::CarriedOut {
            efficiency,
            quality,
        })
    };
    // A whole choice is a score: no second tap is needed, only a changed note asks for one.
    let hand_out = move || {
        if let Some(judgement) = judgement() {
            on_score.run(Scored::of(judgement, note, old));
        }
    };
    let (efficiency, quality) = (picks(&efficiency), picks(&quality));
    let levels_group = group.clone();
    let why_not = Signal::derive(move || {
        let open = judgement().is_none();
        open.then(|| review::choose_levels().to_owned())
    });
    view! {
        <div class="stack" data-part="score-form">
            <Choice
                name="outcome"
                label=review::outcome()
                group=group
                picks=outcomes()
                value=outcome
                on_choose=move |key| { outcome.set(key); hand_out() }
            />
            {reason.map(|reason| view! { <p class="faint small" data-part="proposal">{reason}</p> })}
            <Show when=carried>
                <Choice
                    name="efficiency"
                    label=review::efficiency()
                    group=levels_group.clone()
                    picks=efficiency.clone()
                    value=chosen_efficiency
                    on_choose=move |key| { chosen_efficiency.set(key); hand_out() }
                />
                <Choice
                    name="quality"
                    label=review::quality()
                    group=levels_group.clone()
                    picks=quality.clone()
                    value=chosen_quality
                    on_choose=move |key| { chosen_quality.set(key); hand_out() }
                />
            </Show>
            <Foot note=note listed=listed why_not=why_not on_save=move |()| hand_out() />
        </div>
    }
}
