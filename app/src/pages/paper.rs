//! Paper forms: what a clerk files, A4, black on white, with page numbers and lines to sign on.
//!
//! A form shows what the screens show and adds nothing; its foot carries the digest of its content,
//! so that a sheet can be told from one of another version. Page numbers stand in the margin where
//! the browser prints there (`@page`), else its own head and foot have them.

use leptos::prelude::*;
use shared::id::{PersonId, PlanId};
use shared::moment::UtcMillis;
use shared::organisation::Organisation;
use shared::plan::{Plan, Signed};

use crate::components::{Button, Glyph, Look, PageHead, WayBack};
use crate::i18n::{common, format, names, paper as words};
use crate::route::Route;
use crate::session::Session;

mod pile;
mod plan_form;
mod result_form;

pub(crate) use pile::choose_forms;

/// The page of a form.
#[component]
pub(crate) fn PaperPage(
    /// The form: [`Route::PlanForm`], [`Route::ResultForm`] or [`Route::Forms`].
    route: Route,
) -> impl IntoView {
    match route {
        Route::PlanForm(id) => view! { <plan_form::PlanForm id=id /> }.into_any(),
        Route::ResultForm(id) => view! { <result_form::ResultForm id=id /> }.into_any(),
        Route::Forms => view! { <pile::Pile /> }.into_any(),
        _ => ().into_any(),
    }
}

/// What stands above every form, on the screen alone.
#[component]
fn PaperHead(title: String, back: String) -> impl IntoView {
    view! {
        <div class="no-print">
            <PageHead title=title lead=words::print_words() back=WayBack {
                href: back,
                words: common::back().to_owned(),
            }>
                <Button
                    act="print"
                    label=words::print()
                    look=Look::Primary
                    glyph=Glyph::Print
                    // A browser that cannot print has no such button in its menu either.
                    on_press=move |()| drop(window().print())
                />
            </PageHead>
        </div>
    }
}

/// A column: its words, and the class that gives its width.
type Column = (String, &'static str);

/// A row: its cells, and whether it is the sum.
struct Line {
    cells: Vec<String>,
    sum: bool,
}

/// The table of a form; its head and foot stand on every page.
#[component]
fn PaperTable(columns: Vec<Column>, lines: Vec<Line>, foot: String) -> impl IntoView {
    let (count, label) = (columns.len().to_string(), foot.clone());
    let classes: Vec<&'static str> = columns.iter().map(|(_, class)| *class).collect();
    let head: Vec<_> = columns
        .into_iter()
        .map(|(words, class)| view! { <th scope="col" class=class>{words}</th> })
        .collect();
    let rows: Vec<_> = lines
        .into_iter()
        .map(|line| {
            let cells: Vec<_> = line
                .cells
                .into_iter()
                .zip(&classes)
                .map(|(cell, class)| view! { <td class=*class>{cell}</td> })
                .collect();
            view! { <tr class:paper-sum=line.sum>{cells}</tr> }
        })
        .collect();
    view! {
        <div class="paper-frame" tabindex="0" role="region" aria-label=label>
            <table class="paper-table">
                <thead><tr>{head}</tr></thead>
                <tfoot><tr><td colspan=count>{foot}</td></tr></tfoot>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// A place to sign: in what role, who, and what the system already holds of it.
struct Place {
    role: &'static str,
    name: String,
    post: String,
    /// When it was signed here; `None` where it was not.
    signed: Option<String>,
}

#[component]
fn Signatures(places: Vec<Place>) -> impl IntoView {
    let places: Vec<_> = places
        .into_iter()
        .map(|place| {
            let signed = place.signed.map_or_else(
                || words::not_signed().to_owned(),
                |when| words::signed(&when),
            );
            view! {
                <li class="paper-place">
                    <span class="strong">{place.role}</span>
                    <span>{place.name}" "{place.post}</span>
                    <span class="paper-line">{words::signature()}</span>
                    <span class="paper-line">{words::date()}</span>
                    <span class="small">{signed}</span>
                </li>
            }
        })
        .collect();
    view! { <ul class="paper-places">{places}</ul> }
}

/// Names and values above the table.
#[component]
fn PaperFacts(facts: Vec<(&'static str, String)>) -> impl IntoView {
    let facts: Vec<_> = facts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
        .collect();
    view! { <dl class="paper-facts">{facts}</dl> }
}

/// When something was signed in the system.
fn signed_at(organisation: &Organisation, signed: Option<&Signed>) -> Option<String> {
    signed.map(|signed| when(organisation, signed.times.claimed))
}

/// A moment with its year: paper is read years later.
fn when(organisation: &Organisation, at: UtcMillis) -> String {
    let offset = organisation.utc_offset();
    format!(
        "{} {}",
        format::day(at.day(offset)),
        format::clock(at, offset)
    )
}

/// The post that a person held in the unit of a plan.
fn post_of(organisation: &Organisation, person: PersonId, plan: &Plan) -> String {
    let day = organisation
        .periods
        .get(&plan.period)
        .map(|period| period.to);
    let mut posts = organisation
        .assignments
        .values()
        .filter(|post| post.person == person && day.is_none_or(|day| post.in_force.covers(day)));
    let in_unit = posts.clone().find(|post| post.unit == plan.unit);
    in_unit
        .or_else(|| posts.next())
        .map(|post| post.post.clone())
        .unwrap_or_default()
}

/// Who keeps the plan office, for the line to sign on.
fn plan_office(session: Session, organisation: &Organisation) -> Place {
    use shared::organisation::Office;
    let today = session.today_untracked();
    let mut holders = organisation
        .appointments
        .values()
        .filter(|held| held.office == Office::PlanOffice && held.in_force.covers(today));
    let name = holders
        .next()
        .map(|held| names::person_of(organisation, held.person));
    Place {
        role: words::plan_office(),
        name: name.unwrap_or_default(),
        post: String::new(),
        signed: None,
    }
}

/// The first letters of a digest.
fn short(digest: &str) -> String {
    digest.chars().take(12).collect()
}

/// The way back to a plan.
fn back_to(id: PlanId) -> String {
    Route::Plan(id).path()
}
