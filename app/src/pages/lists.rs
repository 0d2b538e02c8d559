//! Public lists: what hangs, for everybody to read and to object to; hanging one out, for the plan
//! office; deciding about objections, for whom the regime names.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::public_list::{DecideListObjection, HangList, ObjectToList};
use shared::id::{ListId, PeriodId, PersonId, PlanId, UnitId};
use shared::organisation::Organisation;
use shared::permission;
use shared::public_list::{self as rule, ListObjection, Named, PublicList, UnitAverage, Waiting};
use shared::refusal::Refusal;
use shared::seal::ObjectionDecision;
use shared::world::{Stop, World};

use crate::chance;
use crate::components::{Badge, Empty, Glyph, Icon, Look, PageHead, Panel, Tone, WayBack};
use crate::i18n::{common, format, lists as words, names};
use crate::pages::form::{Entry, Form, Sheet, SheetView};
use crate::pages::order;
use crate::pages::periods::lacks;
use crate::route::Route;
use crate::session::Session;

/// The most names that stand where a list is signed; all of them stand above.
const MOST_READ: usize = 30;

/// The page.
#[component]
pub(crate) fn ListsPage() -> impl IntoView {
    let session = Session::here();
    let sheet = Sheet::provide();
    let page = Page { session, sheet };
    let back = WayBack {
        href: Route::Me.path(),
        words: common::me().to_owned(),
    };
    view! {
        <div class="page" data-page="lists">
            <PageHead title=words::lists() lead=words::lists_words() back=back />
            {move || page.body(&session.world())}
            <SheetView sheet=sheet />
        </div>
    }
}

/// Leads to the lists that hang, and to objections that wait for this person; nothing where there are
/// none.
#[component]
pub(crate) fn ListsHanging() -> impl IntoView {
    let session = Session::here();
    let counts = Memo::new(move |_| {
        let world = session.world();
        let (organisation, now) = (world.organisation(), session.now());
        let hanging = organisation.lists.values();
        let hanging = hanging
            .filter(|list| rule::hangs(organisation, list, now))
            .count();
        (hanging, waiting(session, &world).len())
    });
    move || {
        let (hanging, waits) = counts.get();
        let said = if waits > 0 {
            words::decide_now(&waits.to_string())
        } else {
            words::hanging_now(&hanging.to_string())
        };
        (hanging + waits > 0).then(|| {
            view! {
                <a class="button" href=Route::Lists.path() data-act="open-lists">
                    <Icon glyph=Glyph::Plan />
                    <span>{said}</span>
                </a>
            }
        })
    }
}

/// The objections about which this person decides.
fn waiting(session: Session, world: &World) -> Vec<(ListObjection, PersonId)> {
    let (organisation, me) = (world.organisation(), session.person());
    let today = session.today();
    let documents = world.documents().map(|(_, document)| document);
    let mut found = Vec::new();
    for document in documents {
        let Some(plan) = &document.plan else { continue };
        let open = document.list_objections.values();
        let open = open.filter(|objection| objection.decided.is_none());
        let mine = open.filter(|one| rule::decides(organisation, (plan, document), one, me, today));
        found.extend(mine.map(|objection| (objection.clone(), plan.owner)));
    }
    found
}

#[derive(Clone, Copy)]
struct Page {
    session: Session,
    sheet: Sheet,
}

impl Page {
    fn body(self, world: &World) -> AnyView {
        let organisation = world.organisation();
        let (me, today) = (self.session.person(), self.session.today());
        let runs = permission::may_run_plans(organisation, me, today);
        let drafts: Vec<AnyView> = order::periods(organisation)
            .into_iter()
            .filter(|_| runs)
            .filter_map(|period| self.draft(world, period.id))
            .collect();
        let waits: Vec<AnyView> = waiting(self.session, world)
            .into_iter()
            .map(|(objection, of)| self.objection(organisation, objection, of))
            .collect();
        let waits = (!waits.is_empty()).then(|| {
            view! {
                <Panel title=words::to_decide()>
                    <ul class="list" data-list="list-objections">{waits}</ul>
                </Panel>
            }
        });
        let mut lists: Vec<&PublicList> = organisation.lists.values().collect();
        lists.sort_by_key(|list| std::cmp::Reverse((list.hung.times.recorded, list.id)));
        let none = (lists.is_empty() && drafts.is_empty()).then(|| {
            let (title, more) = (words::none(), words::none_words());
            view! { <Empty glyph=Glyph::Tray title=title words=more /> }
        });
        let lists: Vec<AnyView> = lists
            .into_iter()
            .map(|list| self.list(world, list))
            .collect();
        view! { {waits}{drafts}{none}{lists} }.into_any()
    }

    /// What can be hung out of a period.
    fn draft(self, world: &World, period: PeriodId) -> Option<AnyView> {
        let now = self.session.now();
        let drafted = match rule::draft(world, period, &[], now) {
            Ok(drafted) => drafted,
            Err(Stop::Refused(Refusal::NoticeOpen { .. })) => {
                let open = rule::waiting(world, period, &[], now).ok()?;
                let title = names::period_of(world.organisation(), period);
                let open = open_of(world, period, &open);
                return Some(view! { <Panel title=title>{open}</Panel> }.into_any());
            }
            Err(_) => return None,
        };
        let organisation = world.organisation();
        let open = open_of(world, period, &drafted.open);
        let body = content(organisation, period, &drafted.named, &drafted.averages);
        let of = names::period_of(organisation, period);
        let seen = drafted.digest.clone();
        let count = words::names(&drafted.named.len().to_string());
        let people = drafted.named.iter().take(MOST_READ);
        let people = people.map(|one| names::person_of(organisation, one.person));
        let people: Vec<String> = people.collect();
        let lead = common::named(&of, &count);
        let lead = if people.is_empty() {
            lead
        } else {
            common::named(&lead, &people.join(common::between()))
        };
        let act = self.sheet.button("hang-list", words::hang(), move || {
            hang(period, &lead, seen.clone())
        });
        Some(
            view! {
                <Panel title=common::with_note(words::would_hang(), &of)>
                    <p class="faint">{words::would_words()}</p>
                    {body}
                    {open}
                    <div class="row row-end">{act}</div>
                </Panel>
            }
            .into_any(),
        )
    }

    /// One list.
    fn list(self, world: &World, list: &PublicList) -> AnyView {
        let organisation = world.organisation();
        let hangs = rule::hangs(organisation, list, self.session.now());
        let until = list.until_all(organisation).map(|until| until.day);
        let until = until.map(|day| words::until(&format::short_day(day)));
        let (state, tone) = if hangs {
            (words::hanging(), Tone::Accent)
        } else {
            (words::over(), Tone::Quiet)
        };
        let who = names::person_of(organisation, list.hung.by);
        let when = format::time(list.hung.times.recorded, organisation.utc_offset());
        let named: Vec<AnyView> = list
            .named
            .iter()
            .map(|named| self.named(world, list, named, hangs))
            .collect();
        let nobody = named.is_empty().then(|| {
            view! { <p class="faint">{words::nobody_named()}</p> }
        });
        let title = names::period_of(organisation, list.period);
        let averages = averages(organisation, &list.averages);
        view! {
            <Panel title=title>
                <p class="list-more" data-part="hanging" data-hangs=hangs.to_string()>
                    <Badge words=state tone=tone glyph=Glyph::Clock />
                    <span>{until}</span>
                    <span>{words::hung_by(&who, &when)}</span>
                </p>
                {nobody}
                <ul class="list" data-list="named">{named}</ul>
                {averages}
            </Panel>
        }
        .into_any()
    }

    /// One name, with the act to object while the list hangs.
    fn named(self, world: &World, list: &PublicList, named: &Named, hangs: bool) -> AnyView {
        let organisation = world.organisation();
        let me = self.session.person();
        let mine = world.document(named.plan).and_then(|document| {
            let mut all = document.list_objections.values();
            all.find(|one| one.list == list.id && one.by == me)
        });
        let state = mine.map(|objection| decided(objection.decided.as_ref()));
        let end = if state.is_some() {
            ().into_any()
        } else if hangs && named.person != me {
            let (id, plan) = (list.id, named.plan);
            let who = names::person_of(organisation, named.person);
            self.sheet
                .small("object-to-list", words::object(), move || {
                    object(id, plan, &who)
                })
        } else {
            ().into_any()
        };
        view! {
            <li data-item=named.person.to_string()>
                <div class="list-line list-line-acts">
                    <span class="stack-tight">{name(organisation, list.period, named)}{state}</span>
                    <span class="list-end">{end}</span>
                </div>
            </li>
        }
        .into_any()
    }

    /// One objection, with both ways to decide about it.
    fn objection(
        self,
        organisation: &Organisation,
        objection: ListObjection,
        of: PersonId,
    ) -> AnyView {
        let title = words::objection_to(&names::person_of(organisation, of));
        let who = names::person_of(organisation, objection.by);
        let when = format::time(objection.times.recorded, organisation.utc_offset());
        let reason = objection.reason.clone();
        let act = |upheld: bool| {
            let (title, objection) = (title.clone(), objection.clone());
            let (act, label) = if upheld {
                ("uphold-list-objection", words::uphold())
            } else {
                ("dismiss-list-objection", words::dismiss())
            };
            self.sheet
                .small(act, label, move || decide(&title, &objection, upheld))
        };
        view! {
            <li data-item=objection.list.to_string()>
                <div class="list-line list-line-acts">
                    <span class="stack-tight">
                        <span class="list-title">{title.clone()}</span>
                        <span class="list-more"><span>{who}</span><span>{when}</span></span>
                        <span class="quote">{reason}</span>
                    </span>
                    <span class="list-end">{act(false)}{act(true)}</span>
                </div>
            </li>
        }
        .into_any()
    }
}

/// Who cannot be named yet: what is missing of those to whom a result was published, each leading to
/// where it is dealt with, and how many are not judged.
fn open_of(world: &World, period: PeriodId, open: &[Waiting]) -> AnyView {
    let organisation = world.organisation();
    let rules = organisation.judged(period).ok();
    let publication = rules.and_then(|(_, _, rules)| rules.regime.after.publication.as_ref());
    let averages = publication.is_some_and(|publication| publication.averages);
    let (told, rest): (Vec<&Waiting>, Vec<&Waiting>) = open.iter().partition(|one| one.is_told());
    let line = |one: &Waiting| {
        let missing = one.missing.iter();
        let missing: Vec<String> = missing.map(|one| lacks(organisation, world, one)).collect();
        view! {
            <li data-item=one.person.to_string()>
                <a class="list-line" href=Route::Result(one.plan).path() data-act="open-result">
                    <span class="stack-tight">
                        <span class="list-title">{names::person_of(organisation, one.person)}</span>
                        <span class="list-more">
                            <span>{names::unit_of(organisation, one.unit)}</span>
                            <span>{missing.join(common::between())}</span>
                        </span>
                    </span>
                </a>
            </li>
        }
    };
    let any = !told.is_empty();
    let lines: Vec<_> = told.into_iter().map(line).collect();
    let told = any.then(|| {
        view! {
            <h3>{words::still_open()}</h3>
            <p class="faint small">{words::still_open_words()}</p>
            <ul class="list" data-list="notice-open">{lines}</ul>
        }
    });
    let count = rest.len();
    let rest = (count > 0)
        .then(|| view! { <p class="faint small">{words::not_judged(&count.to_string())}</p> });
    let later = (averages && !open.is_empty())
        .then(|| view! { <p class="faint small">{words::averages_later()}</p> });
    view! { {told}{rest}{later} }.into_any()
}

/// What became of one's own objection.
fn decided(decision: Option<&ObjectionDecision>) -> AnyView {
    let (words, tone) = match decision {
        None => (words::objected(), Tone::Warn),
        Some(decision) if decision.upheld => (words::upheld(), Tone::Good),
        Some(_) => (words::dismissed(), Tone::Quiet),
    };
    let reason = decision.map(|decision| decision.reason.clone());
    let reason = reason.map(|reason| view! { <span class="quote">{reason}</span> });
    view! {
        <span class="stack-tight"><span class="row"><Badge words=words tone=tone /></span>{reason}</span>
    }
    .into_any()
}

/// Names and averages that are not hung out yet.
fn content(
    organisation: &Organisation,
    period: PeriodId,
    named: &[Named],
    average: &[UnitAverage],
) -> AnyView {
    let lines: Vec<_> = named
        .iter()
        .map(|named| view! { <li><div class="list-line">{name(organisation, period, named)}</div></li> })
        .collect();
    view! { <ul class="list" data-list="would-hang">{lines}</ul>{averages(organisation, average)} }
        .into_any()
}

/// A name with the unit and the grade.
fn name(organisation: &Organisation, period: PeriodId, named: &Named) -> AnyView {
    let period = organisation.periods.get(&period);
    let version = period.and_then(|period| organisation.regimes.get(&period.regime));
    let band = version.map(|version| names::grade(version.regime(), &named.band));
    view! {
        <span class="stack-tight">
            <span class="list-title">{names::person_of(organisation, named.person)}</span>
            <span class="list-more">
                <span>{names::unit_of(organisation, named.unit)}</span>
                {band.map(|band| view! { <span>{band}</span> })}
            </span>
        </span>
    }
    .into_any()
}

fn averages(organisation: &Organisation, averages: &[UnitAverage]) -> Option<AnyView> {
    let line = |one: &UnitAverage| {
        let words = words::average_of(&one.average.to_string(), &one.heads.to_string());
        view! {
            <li data-item=one.unit.to_string()>
                <div class="list-line">
                    <span class="list-title">{names::unit_of(organisation, one.unit)}</span>
                    <span class="figure">{words}</span>
                </div>
            </li>
        }
    };
    (!averages.is_empty()).then(|| {
        let lines: Vec<_> = averages.iter().map(line).collect();
        view! {
            <h3>{words::averages()}</h3>
            <ul class="list" data-list="averages">{lines}</ul>
        }
        .into_any()
    })
}

fn hang(period: PeriodId, lead: &str, seen: String) -> Form {
    let list = ListId::from_bits(chance::bits());
    Form::new("sign-list", words::hang_sign(), Vec::new(), move |_| {
        Ok(Command::HangList(HangList {
            list,
            period,
            units: Vec::<UnitId>::new(),
            seen: seen.clone(),
        })
        .into())
    })
    .titled(words::hang().to_owned())
    .look(Look::Sign)
    .lead("binds", words::hang_binds())
    .lead("quiet", lead.to_owned())
}

fn object(list: ListId, plan: PlanId, who: &str) -> Form {
    let reason = vec![Entry::lines("reason", words::reason())];
    Form::new(
        "save-list-objection",
        words::object(),
        reason,
        move |answers| {
            let reason = answers.filled("reason", words::reason())?;
            Ok(Command::ObjectToList(ObjectToList { list, plan, reason }).into())
        },
    )
    .titled(words::objection_to(who))
    .lead("quiet", words::object_words())
    .offline()
}

fn decide(title: &str, objection: &ListObjection, upheld: bool) -> Form {
    let reason = vec![Entry::lines("reason", words::reason())];
    let (plan, list, by) = (objection.plan, objection.list, objection.by);
    let (label, binds) = if upheld {
        (words::uphold(), words::uphold_binds())
    } else {
        (words::dismiss(), words::dismiss_binds())
    };
    Form::new("save-list-decision", label, reason, move |answers| {
        let reason = answers.filled("reason", words::reason())?;
        Ok(Command::DecideListObjection(DecideListObjection {
            plan,
            list,
            by,
            upheld,
            reason,
        })
        .into())
    })
    .titled(title.to_owned())
    .lead("binds", binds)
    .offline()
}
