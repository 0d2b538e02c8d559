//! The plan form 计划表: every item with all that practice asks of it, and who signs.

use chrono::Datelike as _;
use leptos::prelude::*;
use shared::digest;
use shared::id::PlanId;
use shared::item::Item;
use shared::organisation::Organisation;
use shared::permission;
use shared::plan::Plan;
use shared::regime::weights::Importance;
use shared::regime::{Regime, Rules};
use shared::weight;
use shared::world::{Held, PlanDocument, World};

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
        let Some(sheet) = sheet(session, &session.world(), id) else {
            return view! { <NotFound /> }.into_any();
        };
        view! {
            <div class="page" data-page="plan-form">
                <PaperHead title=words::plan_form().to_owned() back=back_to(id) />
                {sheet}
            </div>
        }
        .into_any()
    }
}

/// The form of a plan; none where this device does not hold it.
pub(super) fn sheet(session: Session, world: &World, id: PlanId) -> Option<AnyView> {
    let Held::Present((plan, document)) = world.plan(id) else {
        return None;
    };
    let organisation = world.organisation();
    let rules = rules_of(world, plan);
    let whose = names::plan_of(organisation, plan);
    let period = names::period_of(organisation, plan.period);
    let title = format!(
        "{} {}",
        plan_words::plan_title(&whose, &period),
        words::plan_form()
    );
    let content = short(&digest::plan_content(plan, document));
    let foot = words::page_foot(&title, &content);
    let mark = (!plan.binds()).then(|| view! { <p class="paper-mark">{words::draft_mark()}</p> });
    Some(
        view! {
            <article class="paper paper-wide" data-item=id.to_string()>
                <h1>{title}</h1>
                {mark}
                <PaperFacts facts=facts(organisation, plan, document, rules) />
                <PaperTable
                    columns=columns(document, rules)
                    lines=lines(organisation, document, rules)
                    foot=foot
                />
                <Signatures places=places(session, organisation, plan) />
            </article>
        }
        .into_any(),
    )
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

/// The columns; a scheme and a coefficient have one where the plan has any.
fn columns(document: &PlanDocument, rules: Option<Rules<'_>>) -> Vec<Column> {
    let (scheme, importance) = further(document, rules);
    [
        Some((words::number(), "paper-tiny")),
        Some((plan_words::section(), "paper-narrow")),
        Some((plan_words::title(), "paper-broad")),
        Some((plan_words::target(), "paper-narrow")),
        Some((plan_words::standard(), "paper-broad")),
        scheme.then(|| (plan_words::scheme(), "paper-broad")),
        Some((plan_words::rule(), "paper-broad")),
        Some((plan_words::due(), "paper-narrow")),
        Some((plan_words::deliverable(), "paper-middle")),
        Some((plan_words::responsible(), "paper-narrow")),
        Some((plan_words::helper(), "paper-middle")),
        importance.then(|| (plan_words::importance(), "paper-figure")),
        Some((plan_words::weight(), "paper-figure")),
    ]
    .into_iter()
    .flatten()
    .map(|(words, class)| (words.to_owned(), class))
    .collect()
}

/// Whether any item has a scheme, and whether coefficients are typed.
fn further(document: &PlanDocument, rules: Option<Rules<'_>>) -> (bool, bool) {
    let mut items = document.items.values();
    let typed = rules.and_then(|rules| rules.cycle.weights.importance.as_ref());
    let importance = matches!(typed, Some(Importance::Typed { .. }));
    (items.any(|item| !item.scheme.is_empty()), importance)
}

fn lines(
    organisation: &Organisation,
    document: &PlanDocument,
    rules: Option<Rules<'_>>,
) -> Vec<Line> {
    let items = document.items_in_order();
    let (further, count) = (further(document, rules), columns(document, rules).len());
    let mut lines: Vec<Line> = items
        .iter()
        .enumerate()
        .map(|(place, item)| line(organisation, (rules, further), place + 1, item))
        .collect();
    // As the regime sums them: of the plan, of each section, or not at all.
    let sums = |rules: Rules<'_>| weight::sums(rules, items.iter().copied());
    let name = |section: &str| {
        rules.map_or_else(String::new, |rules| names::section(rules.regime, section))
    };
    for sum in rules.into_iter().flat_map(sums) {
        let mut cells = vec![String::new(); count];
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

fn line(
    organisation: &Organisation,
    (rules, (scheme, importance)): (Option<Rules<'_>>, (bool, bool)),
    number: usize,
    item: &Item,
) -> Line {
    let target = item
        .target
        .value
        .map(|value| format!("{value}{}", item.target.measure));
    let due = item
        .due
        .map(|due| format!("{:02}-{:02}", due.month(), due.day()))
        .or_else(|| item.rhythm.map(|rhythm| names::rhythm(rhythm).to_owned()));
    // What else classes an item stands under its section.
    let classes = rules.map(|rules| {
        let regime = rules.regime;
        let more = [
            (
                &item.category,
                names::category as fn(&Regime, &str) -> String,
            ),
            (&item.source, names::source),
        ];
        let more = more.into_iter().filter(|(key, _)| !key.is_empty());
        let section = names::section(regime, &item.section);
        let all = std::iter::once(section).chain(more.map(|(key, name)| name(regime, key)));
        all.collect::<Vec<_>>().join(" · ")
    });
    let marks = [
        item.bonus.then(plan_words::bonus),
        item.must.then(plan_words::must),
    ];
    let marks: Vec<&str> = marks.into_iter().flatten().collect();
    let title = if marks.is_empty() {
        item.title.clone()
    } else {
        common::with_note(&item.title, &marks.join(common::between()))
    };
    let coefficient = item.importance.map(|one| one.to_string());
    let cells = [
        Some(number.to_string()),
        Some(classes.unwrap_or_default()),
        Some(title),
        Some(target.unwrap_or_default()),
        Some(item.standard.clone()),
        scheme.then(|| item.scheme.clone()),
        Some(item.rule.clone()),
        Some(due.unwrap_or_default()),
        Some(item.deliverable.clone()),
        Some(names::responsible(organisation, item)),
        Some(names::units_of(organisation, &item.helpers)),
        importance.then(|| coefficient.unwrap_or_default()),
        Some(item.weight.to_string()),
    ];
    let cells = cells.into_iter().flatten().collect();
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
