//! The organisation: units with their heads, people with their posts, offices, and periods.
//!
//! Everybody may read it; changing it is the administrator's, and asks the server at once.

use leptos::prelude::*;
use shared::id::UnitId;
use shared::organisation::Organisation;
use shared::permission;

use crate::components::{
    Badge, Banner, Button, Dialog, Glyph, PageHead, Panel, Person, Table, Tone,
};
use crate::i18n::{common, format, names, organisation as words};
use crate::session::Session;

mod form;
mod forms;
mod periods;

use forms::{AccountForm, AppointForm, AssignForm, LineForm, PersonForm, UnitForm};
use periods::Periods;

/// What can be added here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Adding {
    Unit,
    Person,
    Assignment,
    Line,
    Account,
    Appointment,
}

impl Adding {
    fn words(self) -> &'static str {
        match self {
            Self::Unit => words::add_unit(),
            Self::Person => words::add_person(),
            Self::Assignment => words::assign(),
            Self::Line => words::draw_line(),
            Self::Account => words::give_account(),
            Self::Appointment => words::appoint(),
        }
    }

    const fn act(self) -> &'static str {
        match self {
            Self::Unit => "add-unit",
            Self::Person => "add-person",
            Self::Assignment => "assign",
            Self::Line => "draw-line",
            Self::Account => "give-account",
            Self::Appointment => "appoint",
        }
    }
}

/// The page.
#[component]
pub(crate) fn OrganisationPage() -> impl IntoView {
    let session = Session::here();
    let adding = RwSignal::new(None::<Adding>);
    let open = RwSignal::new(false);
    let ask = move |what: Adding| {
        adding.set(Some(what));
        open.set(true);
    };
    let administers = Memo::new(move |_| {
        let world = session.world();
        permission::may_administer(world.organisation(), session.person(), session.today())
    });
    let button = move |what: Adding| {
        view! { <Button act=what.act() label=what.words() on_press=move |()| ask(what) /> }
    };
    let acts = move |all: &'static [Adding]| {
        ViewFn::from(move || {
            administers
                .get()
                .then(|| all.iter().map(|what| button(*what)).collect_view())
        })
    };
    let title = Signal::derive(move || {
        adding
            .get()
            .map(Adding::words)
            .unwrap_or_default()
            .to_owned()
    });
    view! {
        <div class="page" data-page="organisation">
            <PageHead title=common::organisation() />
            <Show when=move || !administers.get()>
                <Banner state="quiet" words=words::may_not() />
            </Show>
            <Periods />
            <Panel title=words::units() beside=acts(&[Adding::Unit])>
                {move || units(session.world().organisation(), session)}
            </Panel>
            <Panel
                title=words::people()
                beside=acts(&[
                    Adding::Person,
                    Adding::Assignment,
                    Adding::Line,
                    Adding::Account,
                    Adding::Appointment,
                ])
            >
                {move || people(session.world().organisation(), session)}
            </Panel>
            <Dialog name="organisation" title=title open=open>
                {move || adding.get().map(|what| match what {
                    Adding::Unit => view! { <UnitForm open=open /> }.into_any(),
                    Adding::Person => view! { <PersonForm open=open /> }.into_any(),
                    Adding::Assignment => view! { <AssignForm open=open /> }.into_any(),
                    Adding::Line => view! { <LineForm open=open /> }.into_any(),
                    Adding::Account => view! { <AccountForm open=open /> }.into_any(),
                    Adding::Appointment => view! { <AppointForm open=open /> }.into_any(),
                })}
            </Dialog>
        </div>
    }
}

/// Units in the order of the tree, with how deep each stands.
fn tree(organisation: &Organisation) -> Vec<(UnitId, usize)> {
    let mut ordered = Vec::new();
    let roots = organisation
        .units
        .values()
        .filter(|unit| unit.parent.is_none());
    let mut waiting: Vec<(UnitId, usize)> = roots.map(|unit| (unit.id, 0)).collect();
    while let Some((unit, depth)) = waiting.pop() {
        ordered.push((unit, depth));
        let below = organisation
            .units
            .values()
            .filter(|other| other.parent == Some(unit));
        let mut below: Vec<_> = below.collect();
        below.sort_unstable_by(|a, b| b.name.cmp(&a.name));
        waiting.extend(below.into_iter().map(|unit| (unit.id, depth + 1)));
    }
    ordered
}

fn units(organisation: &Organisation, session: Session) -> impl IntoView + use<> {
    let today = session.today();
    let rows = tree(organisation)
        .into_iter()
        .filter_map(|(id, depth)| {
            let unit = organisation.units.get(&id)?;
            let head = organisation.head(id, today);
            let head = head.map(|head| names::person_of(organisation, head));
            let head = match head {
                Some(name) => view! { <Person name=name /> }.into_any(),
                None => view! { <Badge words=words::vacant() tone=Tone::Warn /> }.into_any(),
            };
            let parent = unit
                .parent
                .map(|parent| names::unit_of(organisation, parent));
            Some(view! {
                <tr data-item=id.to_string()>
                    <th scope="row" data-depth=depth.min(4).to_string()>
                        {names::unit(unit).to_owned()}
                    </th>
                    <td data-label=words::parent()>{parent}</td>
                    <td data-label=words::head()>{head}</td>
                    <td data-label=words::since()>{format::day(unit.in_force.from)}</td>
                </tr>
            })
        })
        .collect_view();
    let columns = vec![
        (words::unit_name().to_owned(), false),
        (words::parent().to_owned(), false),
        (words::head().to_owned(), false),
        (words::since().to_owned(), false),
    ];
    view! {
        <Table caption=words::units() columns=columns><tbody data-list="units">{rows}</tbody></Table>
    }
}

fn people(organisation: &Organisation, session: Session) -> impl IntoView + use<> {
    let today = session.today();
    let mut people: Vec<_> = organisation.people.values().collect();
    people.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    let rows = people
        .into_iter()
        .map(|person| {
            let posts: Vec<_> = organisation.assignments_of(person.id, today).collect();
            let post = posts.iter().map(|post| {
                let unit = names::unit_of(organisation, post.unit);
                view! { <div>{format!("{unit} · {}", post.post)}</div> }
            });
            let superior = posts
                .first()
                .and_then(|post| organisation.superior(person.id, post.unit, today))
                .map(|superior| names::person_of(organisation, superior));
            let offices = organisation
                .appointments
                .values()
                .filter(|office| office.person == person.id && office.in_force.covers(today))
                .map(|office| {
                    view! { <Badge words=names::office(office.office) tone=Tone::Accent glyph=Glyph::Lock /> }
                });
            view! {
                <tr data-item=person.id.to_string()>
                    <th scope="row"><Person name=person.name.clone() /></th>
                    <td data-label=words::assignments()><div>{post.collect_view()}</div></td>
                    <td data-label=words::superior()>{superior}</td>
                    <td data-label=words::offices()>{offices.collect_view()}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![
        (words::person_name().to_owned(), false),
        (words::assignments().to_owned(), false),
        (words::superior().to_owned(), false),
        (words::offices().to_owned(), false),
    ];
    view! {
        <Table caption=words::people() columns=columns><tbody data-list="people">{rows}</tbody></Table>
    }
}
