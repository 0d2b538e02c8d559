//! The assessment form 考核表: what was reported, both scores, the points, and who signs.

use leptos::prelude::*;
use shared::id::PlanId;
use shared::organisation::Organisation;
use shared::plan::{Plan, PlanState};
use shared::quantity::{BasisPoints, Points};
use shared::regime::Regime;
use shared::result::PlanResult;
use shared::seal::{Assessment, ResultAnswer, SealedResult};
use shared::world::{PlanDocument, World};

use super::{
    Column, Line, PaperFacts, PaperHead, PaperTable, Place, Signatures, plan_office, post_of,
    short, when,
};
use crate::components::Empty;
use crate::i18n::{
    cohort, common, format, names, paper as words, plan as plan_words, review, seal,
};
use crate::pages::NotFound;
use crate::pages::derivation::millionths;
use crate::pages::order;
use crate::pages::plan::rules_of;
use crate::pages::result::{kept_until, parts_of};
use crate::pages::scoring::{judged_words, judgement_words};
use crate::route::Route;
use crate::session::Session;

/// The page.
#[component]
pub(super) fn ResultForm(id: PlanId) -> impl IntoView {
    let session = Session::here();
    move || {
        let world = session.world();
        if world
            .document(id)
            .is_none_or(|document| document.plan.is_none())
        {
            return view! { <NotFound /> }.into_any();
        }
        let back = Route::Result(id).path();
        let sheet = sheet(session, &world, id).unwrap_or_else(|| none(&world, id));
        view! {
            <div class="page" data-page="result-form">
                <PaperHead title=words::result_form().to_owned() back=back />
                {sheet}
            </div>
        }
        .into_any()
    }
}

/// Why there is no form: nothing is published, or not for this reader.
fn none(world: &World, id: PlanId) -> AnyView {
    let plan = world.document(id).and_then(|found| found.plan.as_ref());
    let published = |plan: &Plan| matches!(plan.state, PlanState::Published | PlanState::Sealed);
    let (title, more) = if plan.is_some_and(published) {
        (review::result_hidden(), review::result_hidden_words())
    } else {
        (words::not_published(), words::not_published_words())
    };
    view! { <Empty title=title words=more /> }.into_any()
}

/// The form of a plan's result; none where nothing is published, or not for this reader.
pub(super) fn sheet(session: Session, world: &World, id: PlanId) -> Option<AnyView> {
    let document = world.document(id)?;
    let plan = document.plan.as_ref()?;
    let (result, rules) = document.result().zip(rules_of(world, plan))?;
    let organisation = world.organisation();
    let whose = names::plan_of(organisation, plan);
    let period = names::period_of(organisation, plan.period);
    let title = format!("{whose} {period} {}", words::result_form());
    let foot = words::page_foot(&title, &short(&shared::digest::result(result)));
    let graded = (
        Some(result.total),
        result.grade(rules.regime),
        result.coefficient,
    );
    let sealed = document.sealed.last_key_value().map(|(_, sealed)| {
        let kept = kept_until(organisation, sealed);
        view! {
            {ended(world, sealed, &graded, rules.regime)}
            <p data-part="kept-until">{common::named(seal::kept_until(), &kept)}</p>
        }
    });
    Some(
        view! {
            <article class="paper" data-item=id.to_string()>
                <h1>{title}</h1>
                <PaperFacts facts=facts(organisation, plan, result, rules.regime) />
                <PaperTable
                    columns=columns()
                    lines=lines(world, document, result, rules.regime)
                    foot=foot
                />
                {result_line(None, &graded, rules.regime)}
                {sealed}
                <Signatures places=places(session, organisation, plan, document, result) />
            </article>
        }
        .into_any(),
    )
}

/// A total, where there is one, the key of its grade, and a coefficient.
type Ended = (Option<Points>, Option<String>, BasisPoints);

/// What a form ends with.
fn result_line(said: Option<&str>, ended: &Ended, regime: &Regime) -> AnyView {
    let (total, grade, coefficient) = ended;
    let total = total.map(
        |total| view! { <span>{review::total()}" "<strong>{total.to_string()}</strong></span> },
    );
    let grade = grade.as_ref().map(|key| {
        let grade = names::grade(regime, key);
        view! { <span>{cohort::grade()}" "<strong>{grade}</strong></span> }
    });
    view! {
        <p class="paper-result">
            {said.map(|said| view! { <span>{said.to_owned()}</span> })}
            {total}
            {grade}
            <span>{review::coefficient()}" "<strong>{coefficient.to_string()}</strong></span>
        </p>
    }
    .into_any()
}

/// What was sealed, where parts elsewhere or the cohort made it another than what was published.
fn ended(
    world: &World,
    sealed: &SealedResult,
    published: &Ended,
    regime: &Regime,
) -> Option<AnyView> {
    let judged = sealed.assessment == Assessment::Assessed;
    let grade = sealed.grade(regime, &parts_of(world, sealed));
    let ended = (judged.then_some(sealed.total), grade, sealed.coefficient);
    (ended != *published).then(|| result_line(Some(seal::sealed()), &ended, regime))
}

fn facts(
    organisation: &Organisation,
    plan: &Plan,
    result: &PlanResult,
    regime: &Regime,
) -> Vec<(&'static str, String)> {
    vec![
        (words::unit(), names::unit_of(organisation, plan.unit)),
        (
            words::person(),
            names::person_of(organisation, result.owner),
        ),
        (words::post(), post_of(organisation, result.owner, plan)),
        (words::period(), names::period_of(organisation, plan.period)),
        (words::regime(), names::name(&regime.name).to_owned()),
        (words::superior(), names::person_of(organisation, result.by)),
        (words::version(), result.version.to_string()),
    ]
}

fn columns() -> Vec<Column> {
    [
        (words::number(), "paper-tiny"),
        (plan_words::title(), "paper-broad"),
        (plan_words::weight(), "paper-figure"),
        (words::completed(), "paper-broad"),
        (review::self_score(), ""),
        (review::superior_score(), ""),
        (words::points(), "paper-figure"),
        (words::reason(), ""),
    ]
    .map(|(words, class)| (words.to_owned(), class))
    .to_vec()
}

fn lines(
    world: &World,
    document: &PlanDocument,
    result: &PlanResult,
    regime: &Regime,
) -> Vec<Line> {
    let counted = judged_words(world, result);
    let lines = result
        .figures()
        .into_iter()
        .enumerate()
        .map(|(place, input)| {
            let reports = order::reports(document, input.item);
            let newest = reports.into_iter().find(|report| report.stands());
            let item = document.items.get(&input.item);
            let measure = item.map_or("", |item| item.target.measure.as_str());
            let reported = newest.map_or_else(String::new, |report| {
                let words = [
                    format!("{}%", report.percent),
                    report
                        .quantity
                        .map_or_else(String::new, |one| format!("{one}{measure}")),
                    format::short_day(report.happened),
                    report.note.clone(),
                ];
                let words = words.into_iter().filter(|words| !words.is_empty());
                words.collect::<Vec<_>>().join(" · ")
            });
            let own = document.self_scores.get(&input.item);
            let own = own.map(|score| judgement_words(&regime.judging.methods, &score.judgement));
            let judged = document.superior_scores.get(&(input.item, result.by));
            let note = judged.map(|score| score.note.clone());
            let stated = counted.get(&input.item).cloned();
            let stated = stated.or_else(|| {
                let judged = judged.map(|score| &score.judgement);
                judged.map(|one| judgement_words(&regime.judging.methods, one))
            });
            let cells = vec![
                (place + 1).to_string(),
                input.title.clone(),
                input.weight.to_string(),
                reported,
                own.unwrap_or_default(),
                stated.unwrap_or_default(),
                input.earned.map(millionths).unwrap_or_default(),
                note.unwrap_or_default(),
            ];
            Line { cells, sum: false }
        });
    lines.collect()
}

fn places(
    session: Session,
    organisation: &Organisation,
    plan: &Plan,
    document: &PlanDocument,
    result: &PlanResult,
) -> Vec<Place> {
    let answer = document.answers.get(&result.version);
    let answered = answer
        .filter(|answer| answer.answer == ResultAnswer::Signed)
        .map(|answer| when(organisation, answer.times.claimed));
    let sealed = document.sealed.last_key_value().map(|(_, sealed)| sealed);
    let office = plan_office(session, organisation);
    let office = sealed.map_or(office, |sealed| Place {
        role: words::plan_office(),
        name: names::person_of(organisation, sealed.by),
        post: String::new(),
        signed: Some(when(organisation, sealed.times.claimed)),
    });
    vec![
        Place {
            role: words::assessed(),
            name: names::person_of(organisation, result.owner),
            post: post_of(organisation, result.owner, plan),
            signed: answered,
        },
        Place {
            role: words::judged_by(),
            name: names::person_of(organisation, result.by),
            post: post_of(organisation, result.by, plan),
            signed: Some(when(organisation, result.times.claimed)),
        },
        office,
    ]
}
