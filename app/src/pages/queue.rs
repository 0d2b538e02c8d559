//! Queues: the plans in which something waits for this person, each leading to where it is done.
//!
//! Whether an act is this person's is asked of the rule itself, so that a queue and the act behind
//! it cannot disagree.

use leptos::prelude::*;
use shared::change_request::ChangeState;
use shared::plan::PlanState;
use shared::seal::ResultAnswer;
use shared::world::{PlanDocument, World};

use crate::components::Panel;
use crate::i18n::{change, review, seal};
use crate::pages::plan::{deciding, stands_in_for};
use crate::pages::plans::{PlanLine, leading_line, state_badge};
use crate::pages::result::objection;
use crate::pages::tasks;
use crate::route::Route;
use crate::session::Session;

/// What waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Queue {
    /// One's own results to sign or to object to.
    Sign,
    /// Plans to approve.
    Approve,
    /// Change requests to decide about.
    Change,
    /// Objections to decide about.
    Objection,
    /// Plans to judge.
    Judge,
    /// Plans to judge in place of a late superior.
    InPlace,
}

/// What waits for a superior, in the order of how long others wait for it.
pub(crate) const OF_A_SUPERIOR: [Queue; 5] = [
    Queue::Approve,
    Queue::Change,
    Queue::Objection,
    Queue::Judge,
    Queue::InPlace,
];

impl Queue {
    const fn key(self) -> &'static str {
        match self {
            Self::Sign => "to-sign",
            Self::Approve => "to-approve",
            Self::Change => "to-agree",
            Self::Objection => "to-answer",
            Self::Judge => "to-judge",
            Self::InPlace => "to-score-on-behalf",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Sign => seal::to_sign(),
            Self::Approve => review::to_approve(),
            Self::Change => change::to_decide(),
            Self::Objection => seal::to_decide(),
            Self::Judge => review::to_judge(),
            Self::InPlace => seal::to_score_on_behalf(),
        }
    }

    /// Whether it stands in for others, who wait until it is done.
    const fn is_pressing(self) -> bool {
        !matches!(self, Self::Sign | Self::Judge)
    }

    /// The plans in which it waits. Observed.
    pub(crate) fn lines(self, session: Session) -> Vec<PlanLine> {
        let world = session.world();
        let (me, today) = (session.person(), session.today());
        match self {
            Self::Approve => tasks::waiting(&world, me, today, PlanState::Submitted),
            Self::Judge => tasks::waiting(&world, me, today, PlanState::Approved),
            Self::Sign | Self::Change | Self::Objection | Self::InPlace => {
                let waiting = world
                    .documents()
                    .filter(|(_, document)| self.waits(&world, session, document));
                waiting
                    .filter_map(|(_, document)| PlanLine::of(world.organisation(), document))
                    .collect()
            }
        }
    }

    fn waits(self, world: &World, session: Session, document: &PlanDocument) -> bool {
        let Some(plan) = &document.plan else {
            return false;
        };
        let answered = || {
            let version = document.result().map(|result| result.version);
            version.map(|version| (version, document.answers.get(&version)))
        };
        match self {
            Self::Change => {
                let mut requests = document.requests.values();
                plan.state == PlanState::Approved
                    && requests.any(|request| {
                        request.state == ChangeState::Open
                            && session.allows(world, &deciding(plan.id, request.id))
                    })
            }
            Self::Objection => answered().is_some_and(|(version, answer)| {
                let open = answer.is_some_and(|answer| {
                    answer.decided.is_none() && answer.answer != ResultAnswer::Signed
                });
                open && plan.state == PlanState::Published
                    && session.allows(world, &objection(plan.id, version, true, String::new()))
            }),
            Self::Sign => {
                plan.state == PlanState::Published
                    && plan.owner == session.person()
                    && answered().is_some_and(|(_, answer)| answer.is_none())
            }
            Self::InPlace => stands_in_for(world, session, plan).is_some(),
            Self::Approve | Self::Judge => false,
        }
    }

    fn line(self, session: Session, line: PlanLine) -> AnyView {
        let id = line.id;
        match self {
            Self::Approve | Self::Change => {
                leading_line(line, Route::Plan(id), "open-plan").into_any()
            }
            Self::Sign | Self::Objection => {
                leading_line(line, Route::Result(id), "open-result").into_any()
            }
            Self::Judge | Self::InPlace => judge_line(session, line).into_any(),
        }
    }
}

/// How many plans wait for this person and keep others waiting. Observed.
pub(crate) fn pressing_count(session: Session) -> usize {
    let pressing = OF_A_SUPERIOR
        .into_iter()
        .filter(|queue| queue.is_pressing());
    pressing.map(|queue| queue.lines(session).len()).sum()
}

/// The panel of a queue; nothing while nothing waits.
#[component]
pub(crate) fn QueuePanel(queue: Queue) -> impl IntoView {
    let session = Session::here();
    let lines = Memo::new(move |_| queue.lines(session));
    move || {
        let lines = lines.get();
        (!lines.is_empty()).then(|| {
            let lines: Vec<_> = lines
                .into_iter()
                .map(|line| queue.line(session, line))
                .collect();
            view! {
                <Panel title=queue.title()>
                    <ul class="list" data-list=queue.key()>{lines}</ul>
                </Panel>
            }
        })
    }
}

fn judge_line(session: Session, line: PlanLine) -> impl IntoView {
    let world = session.world_untracked();
    let judged = world.document(line.id).map_or(0, |document| {
        shared::result::judged(document, session.person()).len()
    });
    let words = review::items_judged(&judged.to_string(), &line.items.to_string());
    let id = line.id;
    view! {
        <li data-item=id.to_string()>
            <a class="list-line" href=Route::Judging(id).path() data-act="open-judging">
                <span class="stack-tight">
                    <span class="list-title">{line.title}</span>
                    <span class="list-more">
                        <span>{line.of}</span>
                        <span>{line.owner}</span>
                        <span class="figure">{words}</span>
                    </span>
                </span>
                <span class="list-end">
                    {move || session.whereabouts_of_plan(id)}
                    {state_badge(line.state)}
                </span>
            </a>
        </li>
    }
}
