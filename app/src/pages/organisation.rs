//! The organisation as of a day: the tree of units with their heads, and the people.
//!
//! Everybody may read it; changing it is the administrator's, and asks the server at once.

use leptos::prelude::*;
use shared::id::{PersonId, UnitId};
use shared::moment::Day;
use shared::organisation::{Organisation, Tenure};
use shared::permission;

use crate::components::{Badge, Banner, Field, Glyph, Icon, PageHead, Panel, Person, Table, Tone};
use crate::i18n::{calendar, common, names, organisation as words, period};
use crate::pages::absence;
use crate::pages::form::{Form, Sheet, SheetView};
use crate::route::Route;
use crate::session::Session;

mod as_of;
mod classify;
mod forms;
mod person;
pub(crate) mod picks;
mod roles;
mod unit;

pub(crate) use as_of::AsOf;
use as_of::AsOfField;
pub(crate) use person::PersonPage;
pub(super) use person::leave;
pub(crate) use unit::UnitPage;

/// Whether this person may shape the organisation today. Observed.
pub(super) fn administers(session: Session) -> Memo<bool> {
    Memo::new(move |_| {
        let world = session.world();
        permission::may_administer(world.organisation(), session.person(), session.today())
    })
}

/// The form that gives a person a sign-in.
pub(super) fn give_account(session: Session, person: PersonId) -> Form {
    let world = session.world_untracked();
    let name = names::person_of(world.organisation(), person);
    forms::give_account(&name, person)
}

/// The page.
#[component]
pub(crate) fn OrganisationPage() -> impl IntoView {
    let session = Session::here();
    let sheet = Sheet::provide();
    let as_of = AsOf::here();
    let may = administers(session);
    let search = RwSignal::new(String::new());
    let add_unit = ViewFn::from(move || {
        may.get().then(|| {
            sheet.button("add-unit", words::add_unit(), move || {
                forms::add_unit(session, None)
            })
        })
    });
    let add_person = ViewFn::from(move || {
        may.get().then(|| {
            sheet.button("add-person", words::add_person(), move || {
                forms::add_person(session, None)
            })
        })
    });
    view! {
        <div class="page" data-page="organisation">
            <PageHead title=common::organisation()>
                <AsOfField />
            </PageHead>
            <Show when=move || !may.get()>
                <Banner state="quiet" words=words::may_not() />
            </Show>
            <nav class="places" aria-label=common::organisation()>
                {place(Route::Periods, Glyph::Plan, period::periods())}
                {place(Route::Calendars, Glyph::Today, calendar::calendars())}
                {place(Route::Lateness, Glyph::Clock, period::lateness())}
            </nav>
            <Panel title=words::units() beside=add_unit>
                {move || units(session.world().organisation(), as_of.day_in(session))}
            </Panel>
            <Panel title=words::people() beside=add_person>
                <Field name="search-people" label=words::search_people() value=search />
                {move || {
                    let wanted = search.with(|text| text.trim().to_lowercase());
                    people(session.world().organisation(), as_of.day_in(session), &wanted)
                }}
            </Panel>
            {move || roles::holders(session.world().organisation(), as_of.day_in(session))}
            <SheetView sheet=sheet />
        </div>
    }
}

fn place(route: Route, glyph: Glyph, words: &'static str) -> impl IntoView {
    view! { <a class="button" href=route.path()><Icon glyph=glyph /><span>{words}</span></a> }
}

/// Who leads a unit on a day, or who stands in for a head who is missing.
pub(super) fn head_view(organisation: &Organisation, unit: UnitId, day: Day) -> AnyView {
    if let Some(head) = organisation.head(unit, day) {
        let acting = organisation.assignments_of(head, day);
        let acting = acting
            .filter(|post| post.unit == unit && post.heads)
            .any(|post| post.tenure == Tenure::Acting);
        let acting = acting.then(|| view! { <Badge words=words::acting() tone=Tone::Warn /> });
        return view! {
            <span class="row">
                <Person name=names::person_of(organisation, head) />
                {acting}
                {absence::badge(organisation, head, day)}
            </span>
        }
        .into_any();
    }
    let mut above = organisation.upwards(unit).skip(1);
    let stands_in = above.find_map(|unit| organisation.head(unit, day));
    let words = match stands_in {
        Some(person) => words::stands_in(&names::person_of(organisation, person)),
        None => format!("{} · {}", words::vacant(), words::nobody_stands_in()),
    };
    view! { <Badge words=words tone=Tone::Warn glyph=Glyph::Warning /> }.into_any()
}

/// Units of a day in the order of the tree, with how deep each stands.
fn tree(organisation: &Organisation, day: Day) -> Vec<(UnitId, usize)> {
    let there = |parent: Option<UnitId>| {
        let units = organisation.units.values();
        let mut units: Vec<_> = units
            .filter(|unit| unit.parent == parent && unit.in_force.covers(day))
            .collect();
        units.sort_unstable_by(|a, b| b.name.cmp(&a.name));
        units.into_iter().map(|unit| unit.id).collect::<Vec<_>>()
    };
    let mut ordered = Vec::new();
    let mut waiting: Vec<(UnitId, usize)> = there(None).into_iter().map(|unit| (unit, 0)).collect();
    while let Some((unit, depth)) = waiting.pop() {
        ordered.push((unit, depth));
        waiting.extend(there(Some(unit)).into_iter().map(|unit| (unit, depth + 1)));
    }
    ordered
}

fn units(organisation: &Organisation, day: Day) -> impl IntoView + use<> {
    let tree = tree(organisation, day).into_iter();
    let rows: Vec<_> = tree
        .filter_map(|(id, depth)| {
            let unit = organisation.units.get(&id)?;
            let posts = organisation.assignments.values();
            let members = posts
                .filter(|post| post.unit == id && post.in_force.covers(day))
                .count();
            Some(view! {
                <tr data-item=id.to_string()>
                    <th scope="row" data-depth=depth.min(4).to_string()>
                        <a href=Route::Unit(id).path()>{names::unit_on(unit, day).to_owned()}</a>
                    </th>
                    <td data-label=words::head()>{head_view(organisation, id, day)}</td>
                    <td class="cell-figure" data-label=words::members()>{members}</td>
                </tr>
            })
        })
        .collect();
    let columns = vec![
        (words::unit().to_owned(), false),
        (words::head().to_owned(), false),
        (words::members().to_owned(), true),
    ];
    view! {
        <Table caption=words::units() columns=columns>
            <tbody data-list="units">{rows}</tbody>
        </Table>
    }
}

/// A person as a line of the table.
struct Line {
    id: PersonId,
    name: String,
    posts: Vec<String>,
    offices: Vec<&'static str>,
}

impl Line {
    fn of(organisation: &Organisation, id: PersonId, day: Day) -> Self {
        let posts = organisation.assignments_of(id, day);
        let offices = organisation.appointments.values();
        Self {
            id,
            name: names::person_of(organisation, id),
            posts: posts
                .map(|post| {
                    let unit = names::unit_of(organisation, post.unit);
                    format!("{unit} · {}", post.post)
                })
                .collect(),
            offices: offices
                .filter(|office| office.person == id && office.in_force.covers(day))
                .map(|office| names::office(office.office))
                .collect(),
        }
    }

    fn holds(&self, wanted: &str) -> bool {
        let words = format!("{}\n{}", self.name, self.posts.join("\n"));
        words.to_lowercase().contains(wanted)
    }
}

fn people(organisation: &Organisation, day: Day, wanted: &str) -> AnyView {
    let people = organisation.people.keys();
    let mut lines: Vec<Line> = people
        .map(|id| Line::of(organisation, *id, day))
        .filter(|line| line.holds(wanted))
        .collect();
    if lines.is_empty() {
        return view! { <p class="faint">{words::nobody_found()}</p> }.into_any();
    }
    lines
        .sort_unstable_by(|a, b| (a.posts.is_empty(), &a.name).cmp(&(b.posts.is_empty(), &b.name)));
    let rows = lines.into_iter();
    let rows: Vec<_> = rows.map(|line| {
        let superior = organisation.assignments_of(line.id, day).next();
        let superior = superior
            .and_then(|post| organisation.superior(line.id, post.unit, day))
            .map(|superior| names::person_of(organisation, superior));
        let posts: Vec<_> = line.posts.into_iter().map(|post| view! { <div>{post}</div> }).collect();
        let offices: Vec<_> = line
            .offices
            .into_iter()
            .map(|office| view! { <Badge words=office tone=Tone::Accent glyph=Glyph::Lock /> })
            .collect();
        view! {
            <tr data-item=line.id.to_string()>
                <th scope="row">
                    <a href=Route::Person(line.id).path()><Person name=line.name /></a>
                </th>
                <td data-label=words::assignments()><div>{posts}</div></td>
                <td data-label=words::superior()>{superior}</td>
                <td data-label=words::offices()>
                    <span class="row">{offices}{absence::badge(organisation, line.id, day)}</span>
                </td>
            </tr>
        }
    }).collect();
    let columns = [
        words::person_name(),
        words::assignments(),
        words::superior(),
        words::offices(),
    ];
    let columns: Vec<_> = columns.map(|words| (words.to_owned(), false)).to_vec();
    view! {
        <Table caption=words::people() columns=columns>
            <tbody data-list="people">{rows}</tbody>
        </Table>
    }
    .into_any()
}
