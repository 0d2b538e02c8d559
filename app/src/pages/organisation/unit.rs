//! One unit on a day: who leads it, who belongs to it, what it was called, and what can be done.

use leptos::prelude::*;
use shared::id::{PersonId, UnitId};
use shared::moment::Day;
use shared::organisation::{Assignment, Organisation, Tenure, Unit};
use shared::permission;

use super::as_of::{AsOf, AsOfField};
use super::{administers, classify, forms, head_view};
use crate::components::{
    Badge, Banner, Empty, Facts, Glyph, PageHead, Panel, Person, Table, Tone, WayBack,
};
use crate::i18n::{common, coverage, format, joining, names, organisation as words};
use crate::pages::form::{Sheet, SheetView};
use crate::pages::{absence, calendars};
use crate::route::Route;
use crate::session::Session;

/// The page.
#[component]
pub(crate) fn UnitPage(
    /// Which unit.
    id: UnitId,
) -> impl IntoView {
    let session = Session::here();
    let sheet = Sheet::provide();
    let as_of = AsOf::here();
    let found = Memo::new(move |_| session.world().organisation().units.get(&id).cloned());
    let title = Signal::derive(move || {
        let day = as_of.day_in(session);
        found
            .with(|unit| {
                unit.as_ref()
                    .map(|unit| names::unit_on(unit, day).to_owned())
            })
            .unwrap_or_default()
    });
    let back = WayBack {
        href: Route::Organisation.path(),
        words: common::organisation().to_owned(),
    };
    let may = administers(session);
    view! {
        <div class="page" data-page="unit">
            <PageHead title=title back=back>
                <AsOfField />
            </PageHead>
            {move || found.get().map_or_else(
                || view! { <p>{common::not_found_words()}</p> }.into_any(),
                |unit| content(session, sheet, &unit, as_of.day_in(session), may.get()),
            )}
            <SheetView sheet=sheet />
        </div>
    }
}

fn content(session: Session, sheet: Sheet, unit: &Unit, day: Day, may: bool) -> AnyView {
    let world = session.world();
    let organisation = world.organisation();
    let ended = unit.in_force.to.filter(|to| *to < day).map(|to| {
        let words = format!("{} · {}", words::unit_ended(), format::day(to));
        view! { <Banner state="warn" words=words /> }
    });
    let not_yet = (unit.in_force.from > day).then(|| {
        let words = format!("{} · {}", words::not_yet(), format::day(unit.in_force.from));
        view! { <Banner state="quiet" words=words /> }
    });
    let acts = may.then(|| acts(session, sheet, unit.id));
    let (head, below) = (
        head_view(organisation, unit.id, day),
        below(organisation, unit.id, day),
    );
    let id = unit.id;
    let add_person = may.then(|| {
        sheet.button("add-person", words::add_person(), move || {
            forms::add_person(session, Some(id))
        })
    });
    let members = members(organisation, id, day, add_person);
    let facts = facts(organisation, unit, day);
    let calendar = calendars::of_unit(session, organisation, sheet, id, day, may);
    let add = ViewFn::from(move || {
        may.then(|| {
            sheet.button("add-unit", words::add_unit(), move || {
                forms::add_unit(session, Some(id))
            })
        })
    });
    let leads = leads(organisation, session.person(), id, session.today());
    let assign = ViewFn::from(move || {
        let assign = may.then(|| {
            sheet.button("assign", words::assign(), move || {
                let world = session.world_untracked();
                forms::assign_here(world.organisation(), session.today_untracked(), id)
            })
        });
        let invite = (may || leads).then(|| {
            view! {
                <a class="button" href=Route::Invitations(id).path() data-act="open-invitations">
                    {joining::invitations()}
                </a>
            }
        });
        view! { {assign}{invite} }
    });
    view! {
        {ended}
        {not_yet}
        <div class="columns columns-aside">
            <div class="stack">
                <Panel title=words::members() beside=assign>
                    {members}
                </Panel>
                <Panel title=words::units_below() beside=add>{below}</Panel>
            </div>
            <div class="stack aside">
                <Panel title=words::head()>
                    {head}
                    <Facts facts=facts />
                    {acts}
                </Panel>
                {calendar}
            </div>
        </div>
    }
    .into_any()
}

/// Says whether somebody may ask a member of the unit in.
fn leads(organisation: &Organisation, person: PersonId, unit: UnitId, day: Day) -> bool {
    let mut posts = organisation.assignments.values();
    posts.any(|post| {
        post.unit == unit
            && post.in_force.covers(day)
            && permission::may_invite(organisation, person, post.person, day)
    })
}

fn facts(organisation: &Organisation, unit: &Unit, day: Day) -> Vec<(String, String)> {
    let parent = unit
        .parent
        .and_then(|parent| organisation.units.get(&parent));
    let parent = parent.map(|parent| names::unit_on(parent, day).to_owned());
    let former: Vec<String> = unit
        .former
        .iter()
        .map(|former| words::used_to_be(names::former(former), &format::day(former.until)))
        .collect();
    let successors: Vec<String> = unit
        .successors
        .iter()
        .map(|unit| names::unit_of(organisation, *unit))
        .collect();
    let to = unit.in_force.to.map(format::day).unwrap_or_default();
    let centre = organisation.centre(unit.id, day).map(coverage::centre_word);
    [
        (words::parent(), parent.unwrap_or_default()),
        (words::since(), format::day(unit.in_force.from)),
        (words::last_day(), to),
        (coverage::centre(), centre.unwrap_or_default().to_owned()),
        (words::former_names(), former.join(common::between())),
        (words::successors(), successors.join(common::between())),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}

fn acts(session: Session, sheet: Sheet, id: UnitId) -> AnyView {
    let rename = sheet.small("rename-unit", words::rename_unit(), move || {
        let world = session.world_untracked();
        forms::rename(&world.organisation().units[&id], session.today_untracked())
    });
    let end = sheet.small("end-unit", words::end_unit(), move || {
        let world = session.world_untracked();
        let organisation = world.organisation();
        forms::end_unit(
            organisation,
            &organisation.units[&id],
            session.today_untracked(),
        )
    });
    let centre = sheet.small("state-centre", coverage::state_centre(), move || {
        let world = session.world_untracked();
        classify::centre(world.organisation(), session.today_untracked(), id)
    });
    view! { <div class="row">{rename}{centre}{end}</div> }.into_any()
}

fn members(
    organisation: &Organisation,
    unit: UnitId,
    day: Day,
    add_person: Option<AnyView>,
) -> AnyView {
    let mut posts: Vec<&Assignment> = organisation
        .assignments
        .values()
        .filter(|post| post.unit == unit && post.in_force.covers(day))
        .collect();
    if posts.is_empty() {
        return view! {
            <Empty glyph=Glyph::Me title=words::no_members() words=words::no_members_words()>
                {add_person}
            </Empty>
        }
        .into_any();
    }
    posts.sort_by_key(|post| (!post.heads, post.tenure, post.post.clone(), post.person));
    let rows = posts.into_iter();
    let rows: Vec<_> = rows.map(|post| member(organisation, post, day)).collect();
    let columns = [
        words::person_name(),
        words::post(),
        words::tenure(),
        words::since(),
    ];
    let columns: Vec<_> = columns.map(|words| (words.to_owned(), false)).to_vec();
    view! {
        <Table caption=words::members() columns=columns>
            <tbody data-list="members">{rows}</tbody>
        </Table>
    }
    .into_any()
}

fn member(organisation: &Organisation, post: &Assignment, day: Day) -> impl IntoView + use<> {
    let name = names::person_of(organisation, post.person);
    let href = Route::Person(post.person).path();
    let heads = post.heads.then(|| {
        view! { <Badge words=words::head() tone=Tone::Accent glyph=Glyph::Me /> }
    });
    let acting = (post.tenure == Tenure::Acting).then(|| {
        view! { <Badge words=words::acting() tone=Tone::Warn /> }
    });
    view! {
        <tr data-item=post.person.to_string()>
            <th scope="row"><a href=href><Person name=name /></a></th>
            <td data-label=words::post()>
                <span class="row">{post.post.clone()}{heads}{acting}</span>
            </td>
            <td data-label=words::tenure()>
                <span class="row">
                    {names::tenure(post.tenure)}
                    {absence::badge(organisation, post.person, day)}
                </span>
            </td>
            <td data-label=words::since()>{format::day(post.in_force.from)}</td>
        </tr>
    }
}

fn below(organisation: &Organisation, unit: UnitId, day: Day) -> AnyView {
    let mut below: Vec<&Unit> = organisation
        .units
        .values()
        .filter(|other| other.parent == Some(unit) && other.in_force.covers(day))
        .collect();
    if below.is_empty() {
        return view! { <p class="faint">{common::none()}</p> }.into_any();
    }
    below.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    let lines = below.into_iter().map(|unit| {
        let head = head_view(organisation, unit.id, day);
        view! {
            <li data-item=unit.id.to_string()>
                <a class="list-line" href=Route::Unit(unit.id).path()>
                    <span class="list-title">{names::unit_on(unit, day).to_owned()}</span>
                    {head}
                </a>
            </li>
        }
    });
    view! { <ul class="list" data-list="units">{lines.collect_view()}</ul> }.into_any()
}
