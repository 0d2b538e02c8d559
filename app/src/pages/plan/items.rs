//! The items of a plan as they read: for those who look, and for what is signed.

use leptos::prelude::*;
use shared::id::{ItemId, PlanId};
use shared::item::Item;
use shared::organisation::Organisation;
use shared::permission;
use shared::plan::{Plan, PlanState};
use shared::regime::total::Full;
use shared::regime::{Regime, Rules};
use shared::report::Report;
use shared::rollup::Drawn;
use shared::world::Held;

use super::editor::items_of;
use super::lineage::lineage;
use super::sums::Sums;
use crate::components::{Empty, Facts, Glyph, Icon};
use crate::i18n::{change, common, format, import, names, plan, review, seal};
use crate::pages::help::answers;
use crate::pages::plan::rules_of;
use crate::pages::report::enters_for;
use crate::route::Route;
use crate::session::Session;

/// An item in words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ItemFacts {
    /// Which.
    pub(crate) id: ItemId,
    /// What is to be done.
    pub(crate) title: String,
    /// What it weighs, in words: its points, or its coefficient where the regime counts by that.
    pub(crate) stake: String,
    /// Section, target, due, responsible: what one reads first.
    pub(crate) line: Vec<String>,
    /// The rest, by name.
    pub(crate) facts: Vec<(String, String)>,
}

impl ItemFacts {
    /// Puts an item into words.
    pub(crate) fn of(organisation: &Organisation, rules: Option<Rules<'_>>, item: &Item) -> Self {
        // Who holds the item without its plan knows no name for the section.
        let section = rules.map(|rules| names::section(rules.regime, &item.section));
        let named = |key: &String, name: fn(&Regime, &str) -> String| {
            let rules = rules.filter(|_| !key.is_empty());
            rules.map(|rules| name(rules.regime, key))
        };
        let importance = item.importance.map(|one| one.to_string());
        // Where no part of the total counts by weights, none is shown.
        let by_weight = rules.is_none_or(|rules| {
            let scores = rules.item_scores();
            scores.is_empty() || scores.iter().any(|scores| scores.full == Full::Weight)
        });
        let coefficient = item.importance.filter(|_| !by_weight);
        let stake = match coefficient {
            Some(importance) => common::named(plan::importance(), &importance.to_string()),
            None if by_weight => common::points_of(&item.weight.to_string()),
            None => String::new(),
        };
        let target = item
            .target
            .value
            .map(|value| review::target_line(&value.to_string(), &item.target.measure));
        let due = item.due.map(|due| plan::due_by(&format::short_day(due)));
        let responsible = names::responsible(organisation, item);
        let helpers = names::units_of(organisation, &item.helpers);
        let rhythm = item.rhythm.map(|rhythm| names::rhythm(rhythm).to_owned());
        let lineage = item.lineage.as_ref().map(|lineage| {
            let kind = names::lineage(lineage);
            if lineage.rolled > 1 {
                format!("{kind} · {}", change::rolled(&lineage.rolled.to_string()))
            } else {
                kind.to_owned()
            }
        });
        let deduction = item.deduction.as_ref().map(names::deduction);
        let baseline = item
            .target
            .baseline
            .map(|baseline| format!("{baseline}{}", item.target.measure));
        let fact = |name: &str, value: String| (name.to_owned(), value);
        Self {
            id: item.id,
            title: item.title.clone(),
            stake,
            line: [
                section,
                named(&item.category, names::category),
                item.must.then(|| plan::must().to_owned()),
                target,
                due,
                rhythm,
                Some(responsible),
                lineage,
                item.bonus.then(|| plan::bonus().to_owned()),
                (by_weight && item.weight.0 == 0).then(|| plan::tracked().to_owned()),
            ]
            .into_iter()
            .flatten()
            .collect(),
            facts: vec![
                fact(
                    plan::source(),
                    named(&item.source, names::source).unwrap_or_default(),
                ),
                fact(
                    plan::importance(),
                    importance.filter(|_| by_weight).unwrap_or_default(),
                ),
                fact(plan::scheme(), item.scheme.clone()),
                fact(
                    plan::target_kind(),
                    names::target_kind(item.target.kind).to_owned(),
                ),
                fact(plan::baseline(), baseline.unwrap_or_default()),
                fact(plan::helper(), helpers),
                fact(plan::deliverable(), item.deliverable.clone()),
                fact(plan::standard(), item.standard.clone()),
                fact(plan::rule(), item.rule.clone()),
                fact(plan::deduction(), deduction.unwrap_or_default()),
            ]
            .into_iter()
            .chain(item.extra.iter().map(beside))
            .collect(),
        }
    }
}

/// A cell that is kept beside an item.
fn beside((heading, text): &(String, String)) -> (String, String) {
    (import::heading(heading).to_owned(), text.clone())
}

/// Draws an item with its number; `more` stands at its end.
pub(crate) fn item_view(number: usize, facts: ItemFacts, more: AnyView) -> impl IntoView {
    let line = facts
        .line
        .into_iter()
        .map(|words| view! { <span>{words}</span> })
        .collect_view();
    view! {
        <li class="item" data-item=facts.id.to_string()>
            <div class="item-head">
                <span class="item-number figure">{number}</span>
                <div class="stack-tight">
                    <p class="item-title">{facts.title}</p>
                    <p class="list-more">{line}</p>
                </div>
                <span class="item-weight figure">{facts.stake}</span>
            </div>
            <Facts facts=facts.facts />
            {more}
        </li>
    }
}

/// The newest report in words.
pub(crate) fn newest_report<'d>(reports: impl Iterator<Item = &'d Report>) -> Option<(u8, String)> {
    use shared::report::ReportKind;
    // What was denied or taken back says nothing of the item.
    let standing = reports.filter(|report| report.stands());
    let newest = standing.max_by_key(|report| (report.kind, report.times.recorded, report.id))?;
    let kind = match newest.kind {
        ReportKind::Progress => review::progress(),
        ReportKind::Completion => review::completion(),
    };
    let day = format::short_day(newest.happened);
    Some((
        newest.percent,
        review::reported_line(kind, &newest.percent.to_string(), &day),
    ))
}

fn standing_of(
    session: Session,
    organisation: &Organisation,
    found: &Plan,
    item: &Item,
    report: Option<(u8, String)>,
) -> AnyView {
    let runs = found.state == PlanState::Approved;
    let reports = runs && permission::may_report(session.person(), found, item);
    let enters = enters_for(session, organisation, found, item).is_some();
    let id = item.id;
    let href = Route::Report(found.id, id).path();
    view! {
        <div class="row row-apart">
            <span class="list-more">
                {report.map(|(_, words)| view! {
                    <span class="row"><Icon glyph=Glyph::Report />{words}</span>
                })}
                {move || session.whereabouts_of_item(id)}
            </span>
            {reports.then(|| view! {
                <a class="button" href=href.clone() data-act="open-report">{plan::to_report()}</a>
            })}
            {enters.then(|| view! {
                <a class="button button-quiet" href=href data-act="open-entry">
                    {seal::entry_send()}
                </a>
            })}
        </div>
    }
    .into_any()
}

/// The items of a plan that cannot be changed now.
#[component]
pub(crate) fn ItemList(
    /// Which plan.
    id: PlanId,
) -> impl IntoView {
    let session = Session::here();
    let items = move || {
        let world = session.world();
        let Held::Present((found, document)) = world.plan(id) else {
            return ().into_any();
        };
        if document.items.is_empty() {
            return view! { <Empty glyph=Glyph::Plan title=plan::no_items() /> }.into_any();
        }
        let rules = rules_of(&world, found);
        let drawn = Drawn::of(&world);
        let lines = document
            .items_in_order()
            .into_iter()
            .enumerate()
            .map(|(at, item)| {
                let reports = document
                    .reports
                    .values()
                    .filter(|report| report.item == item.id);
                let facts = ItemFacts::of(world.organisation(), rules, item);
                let answers = answers(world.organisation(), document, item);
                let standing = standing_of(
                    session,
                    world.organisation(),
                    found,
                    item,
                    newest_report(reports),
                );
                let lineage = lineage(&world, &drawn, item);
                let more = view! { {lineage} {answers} {standing} }.into_any();
                item_view(at + 1, facts, more)
            });
        view! { <ol class="stack" data-list="items">{lines.collect_view()}</ol> }.into_any()
    };
    let all = Memo::new(move |_| items_of(&session.world(), id));
    view! {
        <h2>{plan::items()}</h2>
        <Sums id=id items=all />
        {items}
    }
}
