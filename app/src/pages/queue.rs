//! Queues: the plans in which something waits for this person, each leading to where it is done.
//!
//! Whether an act is this person's is asked of the rule itself, so that a queue and the act behind
//! it cannot disagree.

use leptos::prelude::*;
use shared::appeal::Heard;
use shared::change_request::ChangeState;
use shared::plan::{Plan, PlanState};
use shared::rating::{self, HandedIn};
use shared::regime::signing::SignKind;
use shared::seal::ResultAnswer;
use shared::signing;
use shared::world::{PlanDocument, World};

use crate::components::Panel;
use crate::i18n::{appeal, change, period, review, seal, spot_check};
use crate::pages::plan::{deciding, stands_in_for};
use crate::pages::plans::{PlanLine, leading_line, state_badge};
use crate::pages::result::{
    checks, deciding_appeal, heard, hearing_notes, objection, open_hearing,
};
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
    /// Appeals to decide about.
    Appeal,
    /// Results that were drawn to be checked.
    Check,
    /// Decisions about one's own objection or appeal.
    Answered,
    /// One's own objection or appeal, while others decide.
    Waiting,
    /// Plans to judge.
    Judge,
    /// Plans to judge in place of a late superior.
    InPlace,
    /// Plans to rate as somebody whom a regime names beside the superior.
    Rate,
    /// Filed copies to read.
    Copy,
}

/// What waits for a superior, in the order of how long others wait for it.
pub(crate) const OF_A_SUPERIOR: [Queue; 9] = [
    Queue::Approve,
    Queue::Change,
    Queue::Objection,
    Queue::Appeal,
    Queue::Judge,
    Queue::Rate,
    Queue::InPlace,
    Queue::Check,
    Queue::Copy,
];

/// What waits for somebody who leads nobody: a regime may name anybody to sign, to rate, to hear, or to
/// get a copy, and signatures are delegated to anybody.
pub(crate) const OF_ANYBODY: [Queue; 6] = [
    Queue::Approve,
    Queue::Objection,
    Queue::Appeal,
    Queue::Rate,
    Queue::Check,
    Queue::Copy,
];

/// The most copies in sight; who files a company's plans has hundreds.
const MOST_COPIES: usize = 8;

impl Queue {
    const fn key(self) -> &'static str {
        match self {
            Self::Sign => "to-sign",
            Self::Approve => "to-approve",
            Self::Change => "to-agree",
            Self::Objection => "to-answer",
            Self::Appeal => "to-hear",
            Self::Check => "to-check",
            Self::Answered => "answered",
            Self::Waiting => "waiting",
            Self::Judge => "to-judge",
            Self::InPlace => "to-score-on-behalf",
            Self::Rate => "to-rate",
            Self::Copy => "to-acknowledge",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Sign => seal::to_sign(),
            Self::Approve => review::to_approve(),
            Self::Change => change::to_decide(),
            Self::Objection => seal::to_decide(),
            Self::Appeal => appeal::to_decide(),
            Self::Check => spot_check::to_check(),
            Self::Answered => appeal::to_answer(),
            Self::Waiting => appeal::to_wait(),
            Self::Judge => review::to_judge(),
            Self::InPlace => seal::to_score_on_behalf(),
            Self::Rate => review::to_rate(),
            Self::Copy => review::to_acknowledge(),
        }
    }

    /// Whether it stands in for others, who wait until it is done.
    const fn is_pressing(self) -> bool {
        !matches!(
            self,
            Self::Sign | Self::Answered | Self::Waiting | Self::Judge | Self::Copy
        )
    }

    /// The plans in which it waits. Observed.
    pub(crate) fn lines(self, session: Session) -> Vec<PlanLine> {
        let world = session.world();
        let (me, today) = (session.person(), session.today());
        let wanted = |document: &_| session.looks_at(document);
        match self {
            Self::Approve => tasks::waiting(&world, me, today, PlanState::Submitted, wanted),
            Self::Judge => tasks::waiting(&world, me, today, PlanState::Approved, wanted),
            Self::Sign
            | Self::Change
            | Self::Objection
            | Self::Appeal
            | Self::Answered
            | Self::Waiting
            | Self::Check
            | Self::InPlace
            | Self::Rate
            | Self::Copy => {
                let waiting = world
                    .documents()
                    .filter(|(_, document)| wanted(document))
                    .filter(|(_, document)| self.waits(&world, session, document));
                waiting
                    .filter_map(|(_, document)| self.noted(&world, session, document))
                    .collect()
            }
        }
    }

    /// The line of a plan, with who decides until when where something is heard.
    fn noted(self, world: &World, session: Session, document: &PlanDocument) -> Option<PlanLine> {
        let organisation = world.organisation();
        let mut line = PlanLine::of(organisation, document)?;
        if matches!(self, Self::Objection | Self::Appeal | Self::Waiting) {
            let open = open_hearing(world, session, (document.plan.as_ref()?, document));
            line.notes = open.map_or_else(Vec::new, |open| hearing_notes(organisation, &open));
        }
        Some(line)
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
            Self::Appeal => {
                let mut open = document.appeals.values();
                plan.state == PlanState::Published
                    && open.any(|one| {
                        one.decided.is_none() && {
                            let command = deciding_appeal(plan.id, one.version, one.level, true);
                            session.allows(world, &command)
                        }
                    })
            }
            Self::Answered => {
                plan.owner == session.person()
                    && document.result().is_some_and(|result| {
                        let heard = heard(world, session, (plan, document), result.version);
                        matches!(heard, Some(Heard::Undelivered(_) | Heard::Window(..)))
                    })
            }
            Self::Check => checks(world, session, (plan, document)),
            Self::Waiting => {
                plan.owner == session.person()
                    && open_hearing(world, session, (plan, document)).is_some()
            }
            Self::Sign => {
                plan.state == PlanState::Published
                    && plan.owner == session.person()
                    && answered().is_some_and(|(_, answer)| answer.is_none())
            }
            Self::InPlace => stands_in_for(world, session, plan).is_some(),
            Self::Rate => {
                let share = share(world, session, plan, document);
                share.is_some_and(|share| share.done < share.all)
            }
            Self::Copy => files(world, session, plan, document),
            Self::Approve | Self::Judge => false,
        }
    }

    fn line(self, session: Session, line: PlanLine) -> AnyView {
        let id = line.id;
        match self {
            Self::Approve | Self::Change | Self::Copy => {
                leading_line(line, Route::Plan(id), "open-plan").into_any()
            }
            Self::Sign
            | Self::Objection
            | Self::Appeal
            | Self::Answered
            | Self::Check
            | Self::Waiting => leading_line(line, Route::Result(id), "open-result").into_any(),
            Self::Judge | Self::InPlace | Self::Rate => judge_line(self, session, line).into_any(),
        }
    }
}

/// What this person has handed in of a plan that is judged, as a rater beside the superior.
fn share(
    world: &World,
    session: Session,
    plan: &Plan,
    document: &PlanDocument,
) -> Option<HandedIn> {
    if plan.state != PlanState::Approved {
        return None;
    }
    let organisation = world.organisation();
    let period = organisation.periods.get(&plan.period)?;
    let rules = organisation.rules(period)?;
    let (me, today) = (session.person(), session.today());
    rating::of(organisation, (rules, period), (plan, document), me, today)
}

/// Whether a copy of a plan was filed with this person, and is not acknowledged.
fn files(world: &World, session: Session, plan: &Plan, document: &PlanDocument) -> bool {
    let handed_in = [
        PlanState::Submitted,
        PlanState::Approved,
        PlanState::Published,
    ];
    let organisation = world.organisation();
    let period = organisation.periods.get(&plan.period);
    let Some(rules) = period.and_then(|period| organisation.rules(period)) else {
        return false;
    };
    let mut steps = rules.regime.signing.plan.iter();
    handed_in.contains(&plan.state) && steps.any(|step| step.kind == SignKind::File) && {
        let items = document.items.values();
        let today = session.today();
        let standing = signing::of_plan(organisation, rules, plan, items, today);
        standing.copies(session.person()).next().is_some()
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
        let mut lines = lines.get();
        let rest = match queue {
            Queue::Copy => lines.split_off(lines.len().min(MOST_COPIES)).len(),
            _ => 0,
        };
        (!lines.is_empty()).then(|| {
            let lines: Vec<_> = lines
                .into_iter()
                .map(|line| queue.line(session, line))
                .collect();
            let rest = (rest > 0).then(|| {
                view! { <p class="faint">{period::and_more(&rest.to_string())}</p> }
            });
            view! {
                <Panel title=queue.title()>
                    <ul class="list" data-list=queue.key()>{lines}</ul>
                    {rest}
                </Panel>
            }
        })
    }
}

fn judge_line(queue: Queue, session: Session, line: PlanLine) -> impl IntoView {
    let world = session.world_untracked();
    let document = world.document(line.id);
    let share = || {
        let document = document.filter(|_| queue == Queue::Rate)?;
        untrack(|| share(&world, session, document.plan.as_ref()?, document))
    };
    let (judged, all) = share().map_or_else(
        || {
            let own = document.map(|of| shared::result::judged(of, session.person()).len());
            (own.unwrap_or_default(), line.items)
        },
        |share| (share.done, share.all),
    );
    let words = review::items_judged(&judged.to_string(), &all.to_string());
    // A personal plan goes by its owner's name already.
    let other_owner = (line.owner != line.title).then_some(line.owner);
    let id = line.id;
    view! {
        <li data-item=id.to_string()>
            <a class="list-line" href=Route::Judging(id).path() data-act="open-judging">
                <span class="stack-tight">
                    <span class="list-title">{line.title}</span>
                    <span class="list-more">
                        <span>{line.of}</span>
                        {other_owner.map(|owner| view! { <span>{owner}</span> })}
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
