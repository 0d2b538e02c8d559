//! The organisation as of a day: the tree of units with their heads, and the people.
//!
//! Everybody may read it; changing it is the administrator's, and asks the server at once.

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::{PersonId, UnitId};
use shared::moment::Day;
use shared::organisation::{Organisation, Tenure};
use shared::permission;
use shared::world::World;

use crate::components::{
    Badge, Banner, Cell, Column, DeskTable, Glyph, Icon, PageHead, Panel, Person, Row, Table, Tone,
};
use crate::i18n::{calendar, common, names, organisation as words, period};
use crate::pages::Searching;
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
                <People as_of=as_of />
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

/// The people of a day.
#[component]
fn People(as_of: AsOf) -> impl IntoView {
    let session = Session::here();
    let searching: Searching = expect_context();
    let rows = Signal::derive(move || {
        let world = session.world();
        let organisation = world.organisation();
        let day = as_of.day_in(session);
        let mut people: Vec<_> = organisation.people.keys().copied().collect();
        // Who holds no post stands last.
        people.sort_by_cached_key(|id| {
            let posts = organisation.assignments_of(*id, day).next().is_none();
            (posts, names::person_of(organisation, *id))
        });
        let people = people.into_iter();
        people.map(|id| row(&world, id, day)).collect::<Vec<_>>()
    });
    let columns = vec![
        Column::words("name", words::person_name()),
        Column::words("posts", words::assignments()),
        Column::words("superior", words::superior()),
        Column::words("offices", words::offices()),
    ];
    view! {
        <DeskTable
            name="people"
            caption=words::people()
            columns=columns
            rows=rows
            initials=searching.initials()
        />
    }
}

/// A person as a row.
fn row(world: &Arc<World>, id: PersonId, day: Day) -> Row {
    let organisation = world.organisation();
    let name = names::person_of(organisation, id);
    let posts: Vec<String> = organisation
        .assignments_of(id, day)
        .map(|post| {
            let unit = names::unit_of(organisation, post.unit);
            format!("{unit} · {}", post.post)
        })
        .collect();
    let superior = organisation.assignments_of(id, day).next();
    let superior = superior
        .and_then(|post| organisation.superior(id, post.unit, day))
        .map(|superior| names::person_of(organisation, superior));
    let offices = organisation.appointments.values();
    let offices: Vec<&str> = offices
        .filter(|office| office.person == id && office.in_force.covers(day))
        .map(|office| names::office(office.office))
        .collect();
    let away = absence::said(organisation, id, day);
    let said: Vec<String> = offices
        .iter()
        .map(|office| (*office).to_owned())
        .chain(away)
        .collect();
    let said = said.join(common::between());
    let (drawn, lines, kept) = (name.clone(), posts.clone(), Arc::clone(world));
    Row {
        key: id.to_string(),
        href: Route::Person(id).path(),
        act: "open-person",
        state: "",
        cells: vec![
            Cell::words(name).drawn(move || view! { <Person name=drawn.clone() /> }.into_any()),
            Cell::words(posts.join(common::between())).drawn(move || {
                let lines = lines.iter().map(|post| view! { <div>{post.clone()}</div> });
                view! { <div>{lines.collect_view()}</div> }.into_any()
            }),
            Cell::words(superior.unwrap_or_default()),
            Cell::words(said).drawn(move || {
                let badges = offices.iter().map(|office| {
                    view! { <Badge words=*office tone=Tone::Accent glyph=Glyph::Lock /> }
                });
                let away = absence::badge(kept.organisation(), id, day);
                view! { <span class="row">{badges.collect_view()}{away}</span> }.into_any()
            }),
        ],
    }
}
