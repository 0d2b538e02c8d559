//! The form of everything but a matrix: a level of a scale, points, or nothing but what was carried
//! out, each less what the method's typed charges take off.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::quantity::Points;
use shared::regime::charge::{Charge, Counted};
use shared::regime::judging::{Method, Scoring};
use shared::score::{Judgement, Proposal, Proposed, Score};

use super::{Foot, Scored, outcomes, proposal_reason};
use crate::components::{Button, Choice, Field, FieldKind, Look, Pick};
use crate::i18n::{names, review, seal};

/// What is asked beside the outcome.
#[derive(Clone, Copy, PartialEq)]
enum Asks {
    Level,
    Points,
    Nothing,
}

/// A typed charge with its field.
#[derive(Clone)]
struct Off {
    key: String,
    name: String,
    most: Points,
    value: RwSignal<String>,
    error: RwSignal<Option<String>>,
}

impl Off {
    fn of(charge: &Charge, stated: Option<&BTreeMap<String, Points>>) -> Self {
        let stated = stated.and_then(|stated| stated.get(&charge.key));
        Self {
            key: charge.key.clone(),
            name: names::name(&charge.name).to_owned(),
            most: charge.most_typed(),
            value: RwSignal::new(stated.map(Points::to_string).unwrap_or_default()),
            error: RwSignal::new(None),
        }
    }

    /// The points that are typed; nothing typed takes nothing off.
    fn read(&self) -> Result<Option<(String, Points)>, Unreadable> {
        let text = self.value.get_untracked();
        if text.trim().is_empty() {
            return Ok(None);
        }
        let read = text.parse::<Points>().ok();
        let read = read.filter(|points| *points >= Points(0) && *points <= self.most);
        let unreadable = || seal::points_unreadable(&self.most.to_string());
        self.error.set(read.is_none().then(unreadable));
        let points = read.ok_or(Unreadable)?;
        Ok((points > Points(0)).then(|| (self.key.clone(), points)))
    }
}

/// A field holds no points.
struct Unreadable;

/// What is typed.
#[derive(Clone, Copy)]
struct Typing {
    asks: Asks,
    most: Points,
    outcome: RwSignal<String>,
    level: RwSignal<String>,
    points: RwSignal<String>,
    error: RwSignal<Option<String>>,
    offs: StoredValue<Vec<Off>>,
}

impl Typing {
    fn of(
        method: &Method,
        weight: Points,
        stated: Option<&Judgement>,
        proposed: Option<&Proposal>,
    ) -> Self {
        let undone = match stated {
            Some(stated) => *stated == Judgement::NotCarriedOut,
            None => proposed.is_some_and(|one| one.proposed == Proposed::NotCarriedOut),
        };
        let outcome = if undone {
            "not-carried-out"
        } else {
            "carried-out"
        };
        let (level, points) = match stated {
            Some(Judgement::Level { level, .. }) => (level.clone(), String::new()),
            Some(Judgement::Points { points, .. }) => (String::new(), points.to_string()),
            _ => (String::new(), String::new()),
        };
        let charges = method.charges.iter();
        let charges = charges.filter(|charge| charge.counted == Counted::Typed {});
        let offs = charges.map(|charge| Off::of(charge, stated.and_then(Judgement::off)));
        Self {
            asks: match &method.scoring {
                Scoring::Levels { .. } => Asks::Level,
                Scoring::Typed {} | Scoring::OwnRule {} => Asks::Points,
                Scoring::Matrix { .. } | Scoring::Whole {} | Scoring::Reached { .. } => {
                    Asks::Nothing
                }
            },
            most: Points(weight.0.saturating_mul(method.cap.0) / 10_000),
            outcome: RwSignal::new(outcome.to_owned()),
            level: RwSignal::new(level),
            points: RwSignal::new(points),
            error: RwSignal::new(None),
            offs: StoredValue::new(offs.collect()),
        }
    }

    /// Observed.
    fn is_carried_out(self) -> bool {
        self.outcome.get() == "carried-out"
    }

    /// What is typed as a judgement; none while something is missing or unreadable.
    fn judgement(self) -> Option<Judgement> {
        if self.outcome.get_untracked() != "carried-out" {
            return Some(Judgement::NotCarriedOut);
        }
        let off = self
            .offs
            .with_value(|offs| offs.iter().map(Off::read).collect::<Result<Vec<_>, _>>());
        let off: BTreeMap<String, Points> = off.ok()?.into_iter().flatten().collect();
        match self.asks {
            Asks::Nothing => Some(Judgement::Whole { off }),
            Asks::Level => {
                let level = self.level.get_untracked();
                (!level.is_empty()).then_some(Judgement::Level { level, off })
            }
            Asks::Points => {
                let text = self.points.get_untracked();
                let read = text.parse::<Points>().ok();
                let read = read.filter(|points| *points >= Points(0) && *points <= self.most);
                let typed = !text.trim().is_empty();
                let unreadable = || seal::points_unreadable(&self.most.to_string());
                self.error.set((typed && read.is_none()).then(unreadable));
                read.map(|points| Judgement::Points { points, off })
            }
        }
    }

    /// Why nothing can be kept yet. Observed.
    fn why_not(self) -> Option<String> {
        let open = match self.asks {
            Asks::Level => self.level.with(String::is_empty),
            Asks::Points => self.points.with(|text| text.trim().is_empty()),
            Asks::Nothing => false,
        };
        (open && self.is_carried_out()).then(|| match self.asks {
            Asks::Level => review::choose_level().to_owned(),
            Asks::Points | Asks::Nothing => review::type_points().to_owned(),
        })
    }
}

/// The form.
#[component]
pub(super) fn GradedForm(
    /// What distinguishes it from other such forms on the page.
    group: String,
    /// How the item is judged.
    method: Method,
    /// The weight of the item.
    weight: Points,
    /// The score that stands, as the person sees it.
    current: Option<Score>,
    /// What the reports suggest.
    proposed: Option<Proposal>,
    /// The points that the responsible person gave, to be taken over with a tap.
    own: Option<Points>,
    /// Whether reasons and decisions can be picked from a list.
    listed: bool,
    /// Hands the score out.
    on_score: Callback<Scored>,
) -> impl IntoView {
    let stated = current.as_ref().map(|score| score.judgement.clone());
    let typing = Typing::of(&method, weight, stated.as_ref(), proposed.as_ref());
    let reason = proposed.as_ref().map(proposal_reason);
    let reason = reason.filter(|reason| !reason.is_empty());
    let note = RwSignal::new(current.map(|score| score.note).unwrap_or_default());
    let old = StoredValue::new(stated);
    let hand_out = move || {
        if let Some(judgement) = typing.judgement() {
            on_score.run(Scored::of(judgement, note, old));
        }
    };
    let take = move |own: Points| {
        typing.outcome.set("carried-out".to_owned());
        typing.points.set(own.to_string());
        hand_out();
    };
    let why_not = Signal::derive(move || typing.why_not());
    let levels: Vec<Pick> = match &method.scoring {
        Scoring::Levels { levels } => levels
            .iter()
            .map(|level| Pick::new(level.key.clone(), names::name(&level.name)))
            .collect(),
        _ => Vec::new(),
    };
    let levels_group = group.clone();
    view! {
        <div class="stack" data-part="score-form">
            <Choice
                name="outcome"
                label=review::outcome()
                group=group
                picks=outcomes()
                value=typing.outcome
                on_choose=move |key| { typing.outcome.set(key); hand_out() }
            />
            {reason.map(|reason| view! { <p class="faint small" data-part="proposal">{reason}</p> })}
            <Show when=move || typing.is_carried_out()>
                <Stated
                    typing=typing
                    group=levels_group.clone()
                    levels=levels.clone()
                    hand_out=move |()| hand_out()
                />
            </Show>
            {own.filter(|_| typing.asks == Asks::Points).map(|own| view! {
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

/// The most that may be typed, behind the field; nothing where nothing bounds it.
fn most(most: Points) -> Option<String> {
    (most < Points(i64::MAX)).then(|| format!("≤ {most}"))
}

/// What is asked of something that was carried out.
#[component]
fn Stated(
    typing: Typing,
    group: String,
    levels: Vec<Pick>,
    #[prop(into)] hand_out: Callback<()>,
) -> impl IntoView {
    let offs = typing.offs.get_value().into_iter();
    let offs: Vec<AnyView> = offs
        .map(|off| {
            view! {
                <Field
                    name="off"
                    label=off.name
                    value=off.value
                    kind=FieldKind::Number
                    affix=most(off.most)
                    optional=true
                    error=off.error
                    on_change=move |()| hand_out.run(())
                />
            }
            .into_any()
        })
        .collect();
    view! {
        {(typing.asks == Asks::Level).then(|| view! {
            <Choice
                name="level"
                label=review::level()
                group=group
                picks=levels
                value=typing.level
                on_choose=move |key| { typing.level.set(key); hand_out.run(()) }
            />
        })}
        {(typing.asks == Asks::Points).then(|| view! {
            <Field
                name="points"
                label=seal::points()
                value=typing.points
                kind=FieldKind::Number
                affix=Some(format!("/ {}", typing.most))
                error=typing.error
                on_change=move |()| hand_out.run(())
            />
        })}
        {offs}
    }
}
