//! One person: posts, lines, offices and absences, each with its days, and what can be done.
//!
//! What was in force stays in sight: an end is a date, not a removal.

use leptos::prelude::*;
use shared::id::{PersonId, PlanId};
use shared::moment::{Day, InForce};
use shared::organisation::Organisation;
use shared::permission;
use shared::plan::PlanState;
use shared::report::ReportKind;
use shared::world::World;

use super::as_of::{AsOf, AsOfField};
use super::{administers, classify, forms, roles};
use crate::components::{Badge, Glyph, PageHead, Panel, Tone, WayBack};
use crate::i18n::{
    absence as away, common, coverage, format, names, organisation as words, signing,
};
use crate::pages::form::{Form, Sheet, SheetView};
use crate::pages::{AccountPanel, Delegations, absence};
use crate::route::Route;
use crate::session::Session;

/// The page.
#[component]
pub(crate) fn PersonPage(
    /// Whose page.
    id: PersonId,
) -> impl IntoView {
    let session = Session::here();
    let sheet = Sheet::provide();
    let as_of = AsOf::here();
    let title = Signal::derive(move || names::person_of(session.world().organisation(), id));
    let back = WayBack {
        href: Route::Organisation.path(),
        words: common::organisation().to_owned(),
    };
    let may = administers(session);
    let page = Page { session, sheet, id };
    view! {
        <div class="page" data-page="person">
            <PageHead title=title back=back>
                {move || {
                    let (world, day) = (session.world(), as_of.day_in(session));
                    let organisation = world.organisation();
                    let left = has_left(organisation, id, day).then(|| {
                        view! { <Badge words=words::left_company() tone=Tone::Quiet /> }
                    });
                    view! { {left} {absence::badge(organisation, id, day)} }
                }}
                <AsOfField />
            </PageHead>
            {move || {
                let world = session.world();
                let organisation = world.organisation();
                if !organisation.people.contains_key(&id) {
                    return view! { <p>{common::not_found_words()}</p> }.into_any();
                }
                page.content(organisation, as_of.day_in(session), may.get())
            }}
            <Show when=move || is_known(session, id)>
                <Delegations person=id />
            </Show>
            <Show when=move || may.get() && is_known(session, id)>
                <AccountPanel person=id sheet=sheet />
            </Show>
            <SheetView sheet=sheet />
        </div>
    }
}

/// Whether there is such a person. Observed.
fn is_known(session: Session, person: PersonId) -> bool {
    session.world().organisation().people.contains_key(&person)
}

/// Says whether a person had posts, and has none on a day or later.
fn has_left(organisation: &Organisation, person: PersonId, day: Day) -> bool {
    let mut posts = organisation
        .assignments
        .values()
        .filter(|post| post.person == person);
    posts.next().is_some_and(|first| {
        let mut all = posts.chain([first]);
        all.all(|post| post.in_force.to.is_some_and(|to| to < day))
    })
}

/// One dated line of the page.
pub(super) struct Dated {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) more: Vec<String>,
    pub(super) badge: Option<(&'static str, Tone)>,
    pub(super) in_force: InForce,
    pub(super) acts: Vec<AnyView>,
}

#[derive(Clone, Copy)]
struct Page {
    session: Session,
    sheet: Sheet,
    id: PersonId,
}

impl Page {
    /// A button of the page, for who may press it.
    fn act(
        self,
        may: bool,
        act: &'static str,
        label: &'static str,
        form: fn(&Organisation, Day, PersonId) -> Form,
    ) -> ViewFn {
        let Self { session, sheet, id } = self;
        ViewFn::from(move || {
            may.then(|| {
                sheet.button(act, label, move || {
                    let world = session.world_untracked();
                    form(world.organisation(), session.today_untracked(), id)
                })
            })
        })
    }

    /// A small act on a line.
    fn small(
        self,
        act: &'static str,
        label: &'static str,
        form: impl Fn(&Organisation, Day) -> Form + Send + Sync + 'static,
    ) -> AnyView {
        let session = self.session;
        self.sheet.small(act, label, move || {
            let world = session.world_untracked();
            form(world.organisation(), session.today_untracked())
        })
    }

    fn content(self, organisation: &Organisation, day: Day, may: bool) -> AnyView {
        let actor = self.session.person();
        let today = self.session.today();
        let may_note = permission::may_note_absence(organisation, actor, self.id, today);
        let superior = organisation.superior_by_line(self.id, day);
        let by = if superior.is_some() {
            words::by_line()
        } else {
            words::by_head()
        };
        let superior = superior.or_else(|| {
            let post = organisation.assignments_of(self.id, day).next()?;
            organisation.superior(self.id, post.unit, day)
        });
        let superior = superior.map(|superior| {
            let name = names::person_of(organisation, superior);
            let name = common::with_note(&name, by);
            view! { <p>{common::named(words::superior(), &name)}</p> }
        });
        let note = self.act(
            may_note,
            "note-absence",
            away::note(),
            |organisation, day, id| absence::note(organisation, day, &[id]),
        );
        let posts = dated(
            "assignments",
            self.posts(organisation, day, may),
            day,
            words::no_posts(),
        );
        let absences = dated(
            "absences",
            self.absences(organisation, may_note),
            day,
            away::no_absences(),
        );
        let lines = dated(
            "lines",
            self.lines(organisation, may),
            day,
            words::no_lines(),
        );
        let offices = dated(
            "offices",
            self.offices(organisation, may),
            day,
            common::none(),
        );
        let runs = permission::may_run_plans(organisation, actor, today);
        let roles = dated(
            "roles",
            roles::held(self.sheet, organisation, self.id, runs, today),
            day,
            signing::no_roles(),
        );
        let role = self.act(runs, "hold-role", signing::give_role(), roles::hold);
        let assign = self.act(may, "assign", words::assign(), forms::assign);
        let line = self.act(may, "draw-line", words::draw_line(), forms::draw_line);
        let appoint = self.act(may, "appoint", words::appoint(), forms::appoint);
        let employment = self.employment(organisation, day, may);
        view! {
            <div class="columns columns-two">
                <Panel title=words::assignments() beside=assign>
                    {posts}
                    {employment}
                </Panel>
                <Panel title=away::absences() beside=note>
                    {absences}
                </Panel>
                <Panel title=words::lines() beside=line>
                    {superior}
                    {lines}
                </Panel>
                <Panel title=signing::roles() beside=role>
                    {roles}
                </Panel>
                <Panel title=words::offices() beside=appoint>
                    {offices}
                </Panel>
            </div>
            {self.handing_over(organisation, day)}
        }
        .into_any()
    }

    fn posts(self, organisation: &Organisation, day: Day, may: bool) -> Vec<Dated> {
        let posts = organisation.assignments.values();
        posts
            .filter(|post| post.person == self.id)
            .map(|post| {
                let unit = names::unit_of(organisation, post.unit);
                let title = format!("{unit} · {}", post.post);
                let (held, on, assignment) = (post.clone(), title.clone(), post.id);
                let classed = post.clone();
                let level = organisation.level(post.id, day);
                let level = level.map(|level| coverage::level_of(&level.to_string()));
                let tenure = names::tenure(post.tenure).to_owned();
                let open = may && post.in_force.to.is_none();
                let acts = open.then(|| {
                    vec![
                        self.small("transfer", words::transfer(), move |organisation, day| {
                            forms::transfer(organisation, day, &held)
                        }),
                        self.small(
                            "state-level",
                            coverage::level(),
                            move |organisation, day| classify::level(organisation, day, &classed),
                        ),
                        self.small("end-assignment", words::end(), move |_, day| {
                            forms::end_assignment(&on, day, assignment)
                        }),
                    ]
                });
                Dated {
                    id: post.id.to_string(),
                    title,
                    more: std::iter::once(tenure).chain(level).collect(),
                    badge: post.heads.then(|| (words::head(), Tone::Accent)),
                    in_force: post.in_force,
                    acts: acts.unwrap_or_default(),
                }
            })
            .collect()
    }

    /// How the person is employed, with the act that states it.
    fn employment(self, organisation: &Organisation, day: Day, may: bool) -> AnyView {
        let id = self.id;
        let now = coverage::employed(organisation.employment(id, day));
        let state = may.then(|| {
            self.small(
                "state-employment",
                coverage::state_employment(),
                move |organisation, day| classify::employment(organisation, day, id),
            )
        });
        let words = common::named(coverage::employment(), now);
        view! { <div class="row" data-part="employment"><span>{words}</span>{state}</div> }
            .into_any()
    }

    fn lines(self, organisation: &Organisation, may: bool) -> Vec<Dated> {
        let lines = organisation.lines.values();
        lines
            .filter(|line| line.person == self.id)
            .map(|line| {
                let title = names::person_of(organisation, line.superior);
                let (on, id) = (title.clone(), line.id);
                let open = may && line.in_force.to.is_none();
                let end = open.then(|| {
                    self.small("end-line", words::end(), move |_, day| {
                        forms::end_line(&on, day, id)
                    })
                });
                Dated {
                    id: line.id.to_string(),
                    title,
                    more: vec![names::line(line.line).to_owned()],
                    badge: None,
                    in_force: line.in_force,
                    acts: end.into_iter().collect(),
                }
            })
            .collect()
    }

    fn offices(self, organisation: &Organisation, may: bool) -> Vec<Dated> {
        let offices = organisation.appointments.values();
        offices
            .filter(|office| office.person == self.id)
            .map(|office| {
                let (title, id) = (names::office(office.office), office.id);
                let open = may && office.in_force.to.is_none();
                let end = open.then(|| {
                    self.small("end-appointment", words::end(), move |_, day| {
                        forms::end_appointment(title, day, id)
                    })
                });
                Dated {
                    id: office.id.to_string(),
                    title: title.to_owned(),
                    more: Vec::new(),
                    badge: None,
                    in_force: office.in_force,
                    acts: end.into_iter().collect(),
                }
            })
            .collect()
    }

    fn absences(self, organisation: &Organisation, may: bool) -> Vec<Dated> {
        let absences = organisation.absences.values();
        absences
            .filter(|absence| absence.person == self.id)
            .map(|found| {
                let kept = found.clone();
                let end = may.then(|| {
                    self.small("end-absence", words::end(), move |organisation, day| {
                        absence::end(organisation, day, &kept)
                    })
                });
                Dated {
                    id: found.id.to_string(),
                    // Its days stand below, as those of everything that is dated.
                    title: absence::basis(found.basis).to_owned(),
                    more: Vec::new(),
                    badge: None,
                    in_force: found.in_force,
                    acts: end.into_iter().collect(),
                }
            })
            .collect()
    }

    /// What somebody who leaves, or has left, leaves open; each leads to the plan where it is handed
    /// over.
    fn handing_over(self, organisation: &Organisation, day: Day) -> Option<AnyView> {
        let mut posts = organisation.assignments_of(self.id, day);
        let leaving = posts.all(|post| post.in_force.to.is_some());
        let open = left_open(&self.session.world(), self.id);
        if !leaving || open.is_empty() {
            return None;
        }
        let lines: Vec<_> = open
            .into_iter()
            .map(|(plan, words)| view! { <li><a href=Route::Plan(plan).path()>{words}</a></li> })
            .collect();
        Some(
            view! {
                <Panel title=words::open_items()>
                    <p class="faint">{words::open_items_words()}</p>
                    <ul class="reading" data-list="left-open">{lines}</ul>
                </Panel>
            }
            .into_any(),
        )
    }
}

/// The form by which a person leaves.
pub(in crate::pages) fn leave(session: Session, person: PersonId) -> Form {
    let world = session.world_untracked();
    let open = left_open(&world, person);
    let open: Vec<String> = open.into_iter().map(|(_, words)| words).collect();
    let day = session.today_untracked();
    forms::leave(world.organisation(), day, person, &open)
}

/// Items that a person answers for and has not completed, in words with their plan.
fn left_open(world: &World, person: PersonId) -> Vec<(PlanId, String)> {
    let organisation = world.organisation();
    let mut open = Vec::new();
    for (_, document) in world.documents() {
        let Some(plan) = &document.plan else { continue };
        if matches!(plan.state, PlanState::Published | PlanState::Sealed) {
            continue;
        }
        for item in document.items_in_order() {
            let done = document
                .reports
                .values()
                .any(|report| report.item == item.id && report.kind == ReportKind::Completion);
            if permission::may_report(person, plan, item) && !done {
                let of = names::plan_of(organisation, plan);
                open.push((plan.id, common::with_note(&item.title, &of)));
            }
        }
    }
    open
}

/// Dated lines: those of the day first, then the others, faint.
fn dated(list: &'static str, mut lines: Vec<Dated>, day: Day, none: &'static str) -> AnyView {
    lines.sort_by_key(|line| {
        (
            !line.in_force.covers(day),
            std::cmp::Reverse(line.in_force.from),
        )
    });
    if lines.is_empty() {
        return view! { <p class="faint">{none}</p> }.into_any();
    }
    let lines = lines.into_iter().map(|line| {
        let from = format::day(line.in_force.from);
        let days = match line.in_force.to {
            Some(to) => format!("{from} – {}", format::day(to)),
            None => format!("{} {from}", words::since()),
        };
        let state = if line.in_force.covers(day) {
            "now"
        } else {
            "other"
        };
        let badge = line.badge.map(|(words, tone)| {
            view! { <Badge words=words tone=tone glyph=Glyph::Me /> }
        });
        let more: Vec<_> = line
            .more
            .into_iter()
            .map(|words| view! { <span>{words}</span> })
            .collect();
        view! {
            <li class="dated" data-item=line.id data-state=state>
                <div class="list-line list-line-acts">
                    <span class="stack-tight">
                        <span class="list-title">{line.title}</span>
                        <span class="list-more"><span>{days}</span>{more}{badge}</span>
                    </span>
                    <span class="list-end">{line.acts}</span>
                </div>
            </li>
        }
    });
    view! { <ul class="list" data-list=list>{lines.collect_view()}</ul> }.into_any()
}
