//! The plan form 计划表: every item with all that practice asks of it, and who signs.

use chrono::Datelike as _;
use leptos::prelude::*;
use shared::digest;
use shared::id::PlanId;
use shared::item::Item;
use shared::organisation::Organisation;
use shared::permission;
use shared::plan::Plan;
use shared::regime::Rules;
use shared::weight;
use shared::world::{Held, PlanDocument};

use super::{
    Column, Line, PaperFacts, PaperHead, PaperTable, Place, Signatures, back_to, plan_office,
    post_of, short, signed_at,
};
use crate::i18n::{change, common, names, paper as words, plan as plan_words, refusal};
use crate::pages::NotFound;
use crate::pages::plan::rules_of;
use crate::session::Session;

/// The page.
#[component]
pub(super) fn PlanForm(id: PlanId) -> impl IntoView {
    let session = Session::here();
    move || {
        let world = session.world();
        let Held::Present((plan, document)) = world.plan(id) else {
            return view! { <NotFound /> }.into_any();
        };
        let organisation = world.organisation();
        let rules = rules_of(&world, plan);
        let whose = names::plan_of(organisation, plan);
        let period = names::period_of(organisation, plan.period);
        let title = format!(
            "{} {}",
            plan_words::plan_title(&whose, &period),
            words::plan_form()
        );
        let content = short(&digest::plan_content(plan, document));
        let foot = words::page_foot(&title, &content);
        let mark =
            (!plan.binds()).then(|| view! { <p class="paper-mark">{words::draft_mark()}</p> });
        view! {
            <div class="page" data-page="plan-form">
                <PaperHead title=words::plan_form().to_owned() back=back_to(id) />
                <article class="paper paper-wide">
                    <h1>{title}</h1>
                    {mark}
                    <PaperFacts facts=facts(organisation, plan, document, rules) />
                    <PaperTable
                        columns=columns()
                        lines=lines(organisation, document, rules)
                        foot=foot
                    />
                    <Signatures places=places(session, organisation, plan) />
                </article>
            </div>
        }
        .into_any()
    }
}

fn facts(
    organisation: &Organisation,
    plan: &Plan,
    document: &PlanDocument,
    rules: Option<Rules<'_>>,
) -> Vec<(&'static str, String)> {
    let version = document.baselines.last_key_value();
    let version = version.map(|(number, _)| number.to_string());
    vec![
        (words::unit(), names::unit_of(organisation, plan.unit)),
        (words::person(), names::person_of(organisation, plan.owner)),
        (words::post(), post_of(organisation, plan.owner, plan)),
        (words::period(), names::period_of(organisation, plan.period)),
        (
            words::regime(),
            rules.map_or_else(String::new, |rules| {
                names::name(&rules.regime.name).to_owned()
            }),
        ),
        (words::state(), refusal::state_word(plan.state).to_owned()),
        (words::version(), version.unwrap_or_default()),
    ]
}

fn columns() -> Vec<Column> {
    [
        (words::number(), "paper-tiny"),
        (plan_words::section(), "paper-narrow"),
        (plan_words::title(), "paper-broad"),
        (plan_words::target(), "paper-narrow"),
        (plan_words::standard(), "paper-broad"),
        (plan_words::rule(), "paper-broad"),
        (plan_words::due(), "paper-narrow"),
        (plan_words::deliverable(), "paper-middle"),
        (plan_words::responsible(), "paper-narrow"),
        (plan_words::helper(), "paper-middle"),
        (plan_words::weight(), "paper-figure"),
    ]
    .map(|(words, class)| (words.to_owned(), class))
    .to_vec()
}

fn lines(
    organisation: &Organisation,
    document: &PlanDocument,
    rules: Option<Rules<'_>>,
) -> Vec<Line> {
    let items = document.items_in_order();
    let mut lines: Vec<Line> = items
        .iter()
        .enumerate()
        .map(|(place, item)| line(organisation, rules, place + 1, item))
        .collect();
    // As the regime sums them: of the plan, of each section, or not at all.
    let sums = |rules: Rules<'_>| weight::sums(rules, items.iter().copied());
    let name = |section: &str| {
        rules.map_or_else(String::new, |rules| names::section(rules.regime, section))
    };
    for sum in rules.into_iter().flat_map(sums) {
        let mut cells = vec![String::new(); columns().len()];
        cells[2] = sum.section.map_or_else(
            || words::sum().to_owned(),
            |section| change::weights_of(&name(&section)),
        );
        if let Some(last) = cells.last_mut() {
            *last = sum.is.to_string();
        }
        lines.push(Line { cells, sum: true });
    }
    lines
}

fn line(organisation: &Organisation, rules: Option<Rules<'_>>, number: usize, item: &Item) -> Line {
    let target = item
        .target
        .value
        .map(|value| format!("{value}{}", item.target.measure));
    let due = item
        .due
        .map(|due| format!("{:02}-{:02}", due.month(), due.day()))
        .or_else(|| item.rhythm.map(|rhythm| names::rhythm(rhythm).to_owned()));
    let section = rules.map(|rules| names::section(rules.regime, &item.section));
    let title = if item.bonus {
        common::with_note(&item.title, plan_words::bonus())
    } else {
        item.title.clone()
    };
    let cells = vec![
        number.to_string(),
        section.unwrap_or_default(),
        title,
        target.unwrap_or_default(),
        item.standard.clone(),
        item.rule.clone(),
        due.unwrap_or_default(),
        item.deliverable.clone(),
        names::responsible(organisation, item),
        names::units_of(organisation, &item.helpers),
        item.weight.to_string(),
    ];
    Line { cells, sum: false }
}

fn places(session: Session, organisation: &Organisation, plan: &Plan) -> Vec<Place> {
    let today = session.today_untracked();
    let approved = plan.approved.as_ref();
    let judge = approved
        .map(|signed| signed.by)
        .or_else(|| permission::judge_of(organisation, plan, today));
    let person = |role, person: Option<_>, signed| Place {
        role,
        name: person.map_or_else(String::new, |person| names::person_of(organisation, person)),
        post: person.map_or_else(String::new, |person| post_of(organisation, person, plan)),
        signed,
    };
    vec![
        person(
            words::drafted_by(),
            Some(plan.owner),
            signed_at(organisation, plan.submitted.as_ref()),
        ),
        person(
            words::approved_by(),
            judge,
            signed_at(organisation, approved),
        ),
        plan_office(session, organisation),
    ]
}
