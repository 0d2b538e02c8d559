//! The assessment form 考核表: what was reported, both scores, the points, and who signs.

use leptos::prelude::*;
use shared::id::PlanId;
use shared::organisation::Organisation;
use shared::plan::Plan;
use shared::regime::Regime;
use shared::result::PlanResult;
use shared::seal::ResultAnswer;
use shared::world::PlanDocument;

use super::{
    Column, Line, PaperFacts, PaperHead, PaperTable, Place, Signatures, plan_office, post_of,
    short, when,
};
use crate::components::Empty;
use crate::i18n::{common, format, names, paper as words, plan as plan_words, review, seal};
use crate::pages::NotFound;
use crate::pages::derivation::millionths;
use crate::pages::order;
use crate::pages::plan::rules_of;
use crate::pages::result::kept_until;
use crate::pages::scoring::judgement_words;
use crate::route::Route;
use crate::session::Session;

/// The page.
#[component]
pub(super) fn ResultForm(id: PlanId) -> impl IntoView {
    let session = Session::here();
    move || {
        let world = session.world();
        let document = world.document(id);
        let Some((document, plan)) = document.and_then(|document| {
            let plan = document.plan.as_ref()?;
            Some((document, plan))
        }) else {
            return view! { <NotFound /> }.into_any();
        };
        let organisation = world.organisation();
        let back = Route::Result(id).path();
        let head = view! { <PaperHead title=words::result_form().to_owned() back=back /> };
        let Some((result, rules)) = document.result().zip(rules_of(&world, plan)) else {
            return view! {
                <div class="page" data-page="result-form">
                    {head}
                    <Empty title=words::not_published() words=words::not_published_words() />
                </div>
            }
            .into_any();
        };
        let whose = names::plan_of(organisation, plan);
        let period = names::period_of(organisation, plan.period);
        let title = format!("{whose} {period} {}", words::result_form());
        let foot = words::page_foot(&title, &short(&shared::digest::result(result)));
        view! {
            <div class="page" data-page="result-form">
                {head}
                <article class="paper">
                    <h1>{title}</h1>
                    <PaperFacts facts=facts(organisation, plan, result, rules.regime) />
                    <PaperTable
                        columns=columns()
                        lines=lines(document, result, rules.regime)
                        foot=foot
                    />
                    <p class="paper-result">
                        <span>{review::total()}" "<strong>{result.total.to_string()}</strong></span>
                        <span>
                            {review::coefficient()}" "<strong>{result.coefficient.to_string()}</strong>
                        </span>
                    </p>
                    {document.sealed.last_key_value().map(|(_, sealed)| {
                        let kept = kept_until(organisation, sealed);
                        view! { <p data-part="kept-until">{common::named(seal::kept_until(), &kept)}</p> }
                    })}
                    <Signatures places=places(session, organisation, plan, document, result) />
                </article>
            </div>
        }
        .into_any()
    }
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

fn lines(document: &PlanDocument, result: &PlanResult, regime: &Regime) -> Vec<Line> {
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
            let stated = result.inputs.iter().find(|one| one.item == input.item);
            let stated = stated.map(|one| &one.judgement);
            let stated = stated.or_else(|| judged.map(|score| &score.judgement));
            let stated = stated.map(|one| judgement_words(&regime.judging.methods, one));
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
