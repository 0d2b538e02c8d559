//! Late acts that claim to have been made in time: the evidence, and the decision.
//!
//! A device's clock never decides; the one whom the regime names does, with a reason.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::review::DecideLateness;
use shared::deadline::{LateAct, Timed, Timeliness};
use shared::id::{ItemId, PersonId, PlanId};
use shared::moment::{Day, Times};
use shared::organisation::Organisation;
use shared::permission;
use shared::plan::Plan;
use shared::regime::who::Who;
use shared::world::PlanDocument;

use crate::components::{Badge, Empty, Facts, Glyph, Icon, Look, PageHead, Panel, Tone, WayBack};
use crate::i18n::{common, format, names, period as words};
use crate::pages::form::{Entry, Form, Sheet, SheetView};
use crate::pages::regime;
use crate::route::Route;
use crate::session::Session;

/// A late act with its evidence.
#[derive(Debug, Clone, PartialEq)]
struct Late {
    plan: PlanId,
    act: LateAct,
    who: PersonId,
    on: String,
    times: Times,
    timed: Timed,
    /// The day on which it happened, as its author says; of reports only.
    happened: Option<Day>,
    /// The item, and how many files stand beside it.
    files: Option<(ItemId, usize)>,
    /// Whom the regime names to decide.
    decider: String,
}

/// The page.
#[component]
pub(crate) fn Lateness() -> impl IntoView {
    let session = Session::here();
    let sheet = Sheet::provide();
    let back = WayBack {
        href: Route::Review.path(),
        words: common::review().to_owned(),
    };
    let found = Memo::new(move |_| late(session));
    view! {
        <div class="page" data-page="lateness">
            <PageHead title=words::lateness() lead=words::lateness_words().to_owned() back=back />
            {move || {
                let world = session.world();
                let (open, decided): (Vec<Late>, Vec<Late>) =
                    found.get().into_iter().partition(|late| late.timed.decided.is_none());
                let organisation = world.organisation();
                let cards = |late: Vec<Late>| -> Vec<AnyView> {
                    late.into_iter().map(|late| card(organisation, sheet, late)).collect()
                };
                let (any_open, any_decided) = (!open.is_empty(), !decided.is_empty());
                let (open, decided) = (cards(open), cards(decided));
                let decided = any_decided.then(|| view! {
                    <Panel title=words::decided_before()>
                        <ul class="list" data-list="decided">{decided}</ul>
                    </Panel>
                });
                if !any_open {
                    return view! {
                        <Empty glyph=Glyph::Clock title=words::nothing_late() words=words::nothing_late_words() />
                        {decided}
                    }
                    .into_any();
                }
                view! {
                    <Panel title=words::lateness()>
                        <ul class="list" data-list="late">{open}</ul>
                    </Panel>
                    {decided}
                }
                .into_any()
            }}
            <SheetView sheet=sheet />
        </div>
    }
}

/// The late acts about which a person decides, the oldest first.
fn late(session: Session) -> Vec<Late> {
    let (world, person, day) = (session.world(), session.person(), session.today());
    let organisation = world.organisation();
    let mut found = Vec::new();
    for (_, document) in world.documents() {
        let Some(plan) = document
            .plan
            .as_ref()
            .filter(|_| session.looks_at(document))
        else {
            continue;
        };
        let Some(decider) = decider(organisation, plan) else {
            continue;
        };
        let late = of_document(organisation, plan, document).into_iter();
        found.extend(late.filter(|late| {
            permission::may_decide_lateness(organisation, person, plan, late.who, decider, day)
        }));
    }
    found.sort_by_key(|late| late.times.received);
    found
}

/// Leads on to the late acts that wait for this person; nothing where none do.
#[component]
pub(crate) fn LateWaiting() -> impl IntoView {
    let session = Session::here();
    let count = Memo::new(move |_| waiting(session));
    move || {
        let count = count.get();
        (count > 0).then(|| {
            view! {
                <a class="button" href=Route::Lateness.path() data-act="open-lateness">
                    <Icon glyph=Glyph::Clock />
                    <span>{words::lateness_waits(&count.to_string())}</span>
                </a>
            }
        })
    }
}

/// How many wait for this person. Observed.
fn waiting(session: Session) -> usize {
    late(session)
        .iter()
        .filter(|late| late.timed.decided.is_none())
        .count()
}

/// Whom the plan's regime names to decide about a late act.
fn decider<'o>(organisation: &'o Organisation, plan: &Plan) -> Option<&'o Who> {
    let period = organisation.periods.get(&plan.period)?;
    let version = organisation.regimes.get(&period.regime)?;
    Some(&version.regime().lateness.decider)
}

/// Whom the plan's regime names to decide, in words.
fn names_decider(organisation: &Organisation, plan: &Plan) -> String {
    let period = organisation.periods.get(&plan.period);
    let rules = period.and_then(|period| organisation.rules(period));
    let named = rules.map(|rules| regime::who(rules.regime, &rules.regime.lateness.decider));
    named.unwrap_or_default()
}

fn of_document(organisation: &Organisation, plan: &Plan, document: &PlanDocument) -> Vec<Late> {
    let period = names::period_of(organisation, plan.period);
    let of = format!("{} · {period}", names::plan_of(organisation, plan));
    let mut found = Vec::new();
    let decider = names_decider(organisation, plan);
    let files = |act: &LateAct| {
        let item = match act {
            LateAct::Submission => return None,
            LateAct::Report(item, _) | LateAct::SelfScore(item) => *item,
        };
        let evidence = document.evidence.values();
        let shown = evidence.filter(|one| one.item == item && one.withdrawn.is_none());
        Some((item, shown.count()))
    };
    let mut add = |act, who, on: String, times: Times, timed: &Option<Box<Timed>>| {
        let Some(timed) = timed else { return };
        if timed.label == Timeliness::LateClaimedOnTime {
            let (plan, timed) = (plan.id, (**timed).clone());
            let happened = match act {
                LateAct::Report(_, report) => document.reports.get(&report).map(|r| r.happened),
                LateAct::Submission | LateAct::SelfScore(_) => None,
            };
            found.push(Late {
                plan,
                act,
                who,
                on,
                times,
                timed,
                happened,
                files: files(&act),
                decider: decider.clone(),
            });
        }
    };
    if let Some(signed) = &plan.submitted {
        add(
            LateAct::Submission,
            signed.by,
            of.clone(),
            signed.times,
            &signed.timed,
        );
    }
    let title = |item| {
        let item = document.items.get(&item);
        let title = item.map(|item| item.title.as_str()).unwrap_or_default();
        common::with_note(title, &of)
    };
    for report in document.reports.values() {
        let act = LateAct::Report(report.item, report.id);
        let who = report.of.unwrap_or(report.by);
        add(act, who, title(report.item), report.times, &report.timed);
    }
    for score in document.self_scores.values() {
        let act = LateAct::SelfScore(score.item);
        add(act, score.by, title(score.item), score.times, &score.timed);
    }
    found
}

fn card(organisation: &Organisation, sheet: Sheet, late: Late) -> AnyView {
    let offset = organisation.utc_offset();
    let time = |at| format::time(at, offset);
    let act = match late.act {
        LateAct::Submission => words::act_submission(),
        LateAct::Report(..) => words::act_report(),
        LateAct::SelfScore(_) => words::act_self_score(),
    };
    let minutes = (late.times.received.0 - late.times.claimed.0) / 60_000;
    let hours = (minutes / 60).to_string();
    let apart = match minutes % 60 {
        0 => words::working_hours_left(&hours),
        minutes => words::hours_and_minutes(&hours, &minutes.to_string()),
    };
    let happened = late.happened.map(format::short_day).unwrap_or_default();
    let mut facts = vec![
        (words::deadline().to_owned(), time(late.timed.deadline.at)),
        (words::happened().to_owned(), happened),
        (words::claimed().to_owned(), time(late.times.claimed)),
        (words::received().to_owned(), time(late.times.received)),
        (words::difference().to_owned(), apart),
        (words::decider().to_owned(), late.decider.clone()),
    ];
    if !late.timed.deadline.announced {
        facts.push((
            words::deadline().to_owned(),
            words::deadline_provisional().to_owned(),
        ));
    }
    let foot = match &late.timed.decided {
        None => decide(sheet, &late),
        Some(decided) => {
            let (words, tone) = if decided.accepted {
                (words::accepted(), Tone::Good)
            } else {
                (words::refused(), Tone::Bad)
            };
            let who = names::person_of(organisation, decided.by);
            let by = words::decided_by(&who, &time(decided.times.recorded));
            view! {
                <span class="list-more"><Badge words=words tone=tone />{by}</span>
                <span>{decided.reason.clone()}</span>
            }
            .into_any()
        }
    };
    // The evidence stands with the item, where it can be looked at.
    let files = late.files.map(|(item, count)| {
        let words = common::named(words::evidence(), &words::files(&count.to_string()));
        view! {
            <a class="list-more" href=Route::Report(late.plan, item).path() data-act="open-evidence">
                <span>{words}</span>
                <Icon glyph=Glyph::Forward />
            </a>
        }
    });
    let who = names::person_of(organisation, late.who);
    view! {
        <li data-item=late.plan.to_string()>
            <div class="list-line list-line-tall">
                <span class="stack list-whole">
                    <span class="list-title">{format!("{who} · {act} · {}", late.on)}</span>
                    <Facts facts=facts />
                    {files}
                    {foot}
                </span>
            </div>
        </li>
    }
    .into_any()
}

fn decide(sheet: Sheet, late: &Late) -> AnyView {
    let (plan, act) = (late.plan, late.act);
    let button = move |name, label, accepted| {
        sheet.button(name, label, move || {
            let entries = vec![Entry::lines("reason", words::reason()).hint(words::reason_hint())];
            let form = Form::new("save-decision", label, entries, move |answers| {
                let reason = answers.filled("reason", words::reason())?;
                let decision = DecideLateness {
                    plan,
                    act,
                    accepted,
                    reason,
                };
                Ok(Command::DecideLateness(decision).into())
            });
            let look = if accepted {
                Look::Primary
            } else {
                Look::Danger
            };
            form.look(look).offline()
        })
    };
    view! {
        <div class="row">
            {button("accept-lateness", words::accept(), true)}
            {button("refuse-lateness", words::refuse(), false)}
        </div>
    }
    .into_any()
}
