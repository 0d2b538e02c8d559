//! What is judged of one item, and the form of the superior's score beside it, or of another rater's.
//!
//! Judging and meeting mode read and send the same; they differ in how they lay it out.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::review::{ScoreAs, ScoreItem};
use shared::id::{ItemId, PlanId};
use shared::quantity::Points;
use shared::regime::judging::Method;
use shared::result;
use shared::score::{Judgement, Proposal, Score};
use shared::world::World;

use crate::i18n::review;
use crate::pages::plan::{ItemFacts, rules_of};
use crate::pages::scoring::{Echo, ScoreForm, Scored, judgement_words, proposal};
use crate::session::Session;

/// What is judged of one item.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Judged {
    pub(crate) method: Option<Method>,
    pub(crate) facts: ItemFacts,
    pub(crate) own: Option<Score>,
    pub(crate) mine: Option<Score>,
    pub(crate) weight: Points,
    pub(crate) proposed: Option<Proposal>,
}

impl Judged {
    /// The points that the responsible person gave.
    fn own_points(&self) -> Option<Points> {
        match self.own.as_ref()?.judgement {
            Judgement::Points { points, .. } => Some(points),
            _ => None,
        }
    }
}

/// Reads what is judged of one item by this person: as the superior, or as the rater of a key.
pub(crate) fn judged(
    world: &World,
    session: Session,
    (plan, item): (PlanId, ItemId),
    rater: Option<&str>,
) -> Option<Judged> {
    let document = world.document(plan)?;
    let rules = rules_of(world, document.plan.as_ref()?)?;
    let found = document.items.get(&item)?;
    let proposed = proposal(world.organisation(), document, found, session.today());
    let me = session.person();
    let mine = match rater {
        None => result::judged(document, me).remove(&item),
        Some(rater) => {
            let scores = document.rater_scores.values();
            let mut own = scores.filter(|one| (one.score.item, one.score.by) == (item, me));
            own.find(|one| one.rater == rater).map(|one| &one.score)
        }
    };
    Some(Judged {
        facts: ItemFacts::of(world.organisation(), Some(rules), found),
        own: document.self_scores.get(&item).cloned(),
        mine: mine.cloned(),
        weight: rules.full(found),
        proposed,
        method: rules.method(found).cloned(),
    })
}

/// What the responsible person says of it.
pub(crate) fn own(judged: Judged) -> AnyView {
    let Some(score) = judged.own else {
        return view! { <p class="faint">{review::not_scored()}</p> }.into_any();
    };
    view! {
        <p class="strong" data-part="self-score">
            {judgement_words(judged.method.as_slice(), &score.judgement)}
        </p>
        {(!score.note.is_empty()).then(|| view! { <p>{score.note}</p> })}
    }
    .into_any()
}

/// The form of the superior's score, or of the rater of a key.
#[component]
pub(crate) fn Scoring(
    /// The plan.
    plan: PlanId,
    /// The item.
    item: ItemId,
    /// What is judged of it.
    judged: Memo<Option<Judged>>,
    /// Whether reasons and decisions can be picked from a list, as in a meeting.
    #[prop(optional)]
    listed: bool,
    /// As which rater; none for the superior.
    #[prop(optional_no_strip)]
    rater: Option<String>,
) -> impl IntoView {
    let session = Session::here();
    let echo = Echo::new();
    let drawn = echo.drawn(judged, |judged| &mut judged.mine);
    let group = rater
        .as_ref()
        .map_or_else(|| item.to_string(), |rater| format!("{item}-{rater}"));
    let score = move |scored: Scored| {
        echo.says(&scored);
        let rater = rater.clone();
        let act = move |score: ScoreItem| match rater {
            None => Command::ScoreSuperior(score),
            Some(rater) => Command::ScoreAs(ScoreAs {
                plan: score.plan,
                item: score.item,
                rater,
                judgement: score.judgement,
                note: score.note,
            }),
        };
        scored.keep(session, (plan, item), act);
    };
    let score = Callback::new(score);
    move || {
        drawn.get().map(|judged| {
            let own = judged.own_points();
            view! {
                <ScoreForm
                    group=group.clone()
                    weight=judged.weight
                    own=own
                    listed=listed
                    method=judged.method
                    current=judged.mine
                    proposed=judged.proposed
                    on_score=score
                />
            }
        })
    }
}
