//! Acts on a period: what has happened to it, the longer and the shorter periods it belongs to, and
//! what is still open before the next act.
//!
//! What is open comes from the rule; who acts all the same says why, and how much was open is kept.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::period::MarkPeriod;
use shared::id::{PeriodId, PlanId};
use shared::moment::{Day, UtcMillis};
use shared::organisation::Organisation;
use shared::period::ready::{self, Open};
use shared::period::{Mark, Period, nest, timer};
use shared::permission;
use shared::plan::Signed;
use shared::regime::Rules;
use shared::regime::cycle::PeriodAct;
use shared::world::World;

use super::standing;
use crate::components::{Badge, Banner, Button, Glyph, Icon, Look, Panel, Pick, Select, Tone};
use crate::i18n::{common, coverage, format, lists, names, period as words, spot_check};
use crate::pages::form::{Entry, Form, Sheet, SheetView};
use crate::route::Route;
use crate::session::Session;

/// The most open things that are listed; the rest is counted.
const MOST_SHOWN: usize = 40;

/// The panels: the acts with what is open, and the periods around this one.
#[component]
pub(super) fn PeriodActs(
    /// Which period.
    id: PeriodId,
) -> impl IntoView {
    let session = Session::here();
    let sheet = Sheet::provide();
    let chosen = RwSignal::new(None::<PeriodAct>);
    let may = Memo::new(move |_| {
        let world = session.world();
        permission::may_run_plans(world.organisation(), session.person(), session.today())
    });
    view! {
        {move || {
            let world = session.world();
            let organisation = world.organisation();
            let period = organisation.periods.get(&id)?;
            let rules = organisation.rules(period)?;
            let next = may.get().then(|| {
                next(session, sheet, &world, (period, rules), chosen)
            });
            let done = timeline(organisation, (period, rules), session.now());
            let around = around(organisation, period, session.today());
            Some(view! {
                <div class="columns columns-two">
                    <Panel title=words::acts()>{done}</Panel>
                    {next}
                    {around}
                </div>
            }
            .into_any())
        }}
        <SheetView sheet=sheet />
    }
}

/// The word for an act that is done.
const fn done(act: PeriodAct) -> fn() -> &'static str {
    match act {
        PeriodAct::SubmissionClosed => words::submission_closed,
        PeriodAct::JudgingClosed => words::judging_closed,
        PeriodAct::Settled => words::settled,
        PeriodAct::Published => words::published,
        PeriodAct::Sealed => words::all_sealed,
        PeriodAct::Corrected => words::corrected,
    }
}

/// The acts that a regime has, in their order; what nobody decides from a cohort is not settled.
fn acts(rules: Rules<'_>) -> Vec<PeriodAct> {
    let judged = rules.is_judged();
    let regime = rules.regime;
    [
        (PeriodAct::SubmissionClosed, true),
        (PeriodAct::JudgingClosed, judged),
        (PeriodAct::Settled, judged && regime.cohort.is_some()),
        (
            PeriodAct::Published,
            judged && regime.after.publication.is_some(),
        ),
        (PeriodAct::Sealed, judged),
        (PeriodAct::Corrected, true),
    ]
    .into_iter()
    .filter_map(|(act, has)| has.then_some(act))
    .collect()
}

const fn key(act: PeriodAct) -> &'static str {
    match act {
        PeriodAct::SubmissionClosed => "submission-closed",
        PeriodAct::JudgingClosed => "judging-closed",
        PeriodAct::Settled => "settled",
        PeriodAct::Published => "published",
        PeriodAct::Sealed => "sealed",
        PeriodAct::Corrected => "corrected",
    }
}

/// What has happened, the oldest first; then what a timer will do.
fn timeline(
    organisation: &Organisation,
    (period, rules): (&Period, Rules<'_>),
    now: UtcMillis,
) -> AnyView {
    let line = |key: &'static str, what: &str, more: Vec<String>, signed: &Signed| {
        let who = names::person_of(organisation, signed.by);
        let when = format::time(signed.times.recorded, organisation.utc_offset());
        let reason =
            (!signed.reason.is_empty()).then(|| view! { <span>{signed.reason.clone()}</span> });
        let more: Vec<_> = more
            .into_iter()
            .map(|words| view! { <span>{words}</span> })
            .collect();
        view! {
            <li data-item=key>
                <div class="list-line">
                    <span class="stack-tight">
                        <span class="list-title">{what.to_owned()}</span>
                        <span class="list-more"><span>{who}</span><span>{when}</span>{more}{reason}</span>
                    </span>
                    <Icon glyph=Glyph::Tick />
                </div>
            </li>
        }
    };
    let opened = period
        .opened
        .as_ref()
        .map(|signed| line("opened", words::opened(), Vec::new(), signed));
    let of_mark = |mark: &Mark| {
        let units = names::units_of(organisation, &mark.units);
        let units = (!mark.units.is_empty()).then_some(units);
        let open = (mark.open > 0).then(|| words::were_open(&mark.open.to_string()));
        let more = units.into_iter().chain(open).collect();
        line(key(mark.act), done(mark.act)(), more, &mark.signed)
    };
    let marks: Vec<_> = period.marks.iter().map(of_mark).collect();
    let timers = rules.cycle.timers.iter();
    let timers: Vec<_> = timers
        .filter(|timer| !period.done_for(timer.act, &[]))
        .filter_map(|timer| {
            let off = timer::at(organisation, period, timer)?;
            let at = format::time(off, organisation.utc_offset());
            // One that went off and did nothing had nobody to act for, or waits for a decision.
            let words = if off < now {
                words::timer_waits(done(timer.act)(), &at)
            } else {
                words::timer(done(timer.act)(), &at)
            };
            Some(view! { <li><div class="list-line"><span class="faint">{words}</span><Icon glyph=Glyph::Clock /></div></li> })
        })
        .collect();
    if period.opened.is_none() && marks.is_empty() && timers.is_empty() {
        return view! { <p class="faint">{words::no_acts()}</p> }.into_any();
    }
    view! { <ul class="list" data-list="acts">{opened}{marks}{timers}</ul> }.into_any()
}

/// The next act: what is open before it, and the button.
fn next(
    session: Session,
    sheet: Sheet,
    world: &World,
    (period, rules): (&Period, Rules<'_>),
    chosen: RwSignal<Option<PeriodAct>>,
) -> AnyView {
    let organisation = world.organisation();
    let acts = acts(rules);
    let first = acts
        .iter()
        .copied()
        .find(|act| *act != PeriodAct::Corrected && !period.done_for(*act, &[]));
    let act = chosen.get().or(first).unwrap_or(PeriodAct::Corrected);
    let open = ready::open(world, period, act, &[], session.today());
    let stops = ready::stops(organisation, period, act, &open);
    let picks: Vec<Pick> = acts
        .iter()
        .map(|act| Pick::new(key(*act), done(*act)()))
        .collect();
    let choose = move |word: String| {
        chosen.set(acts.iter().copied().find(|act| key(*act) == word));
    };
    let rest = open.len().saturating_sub(MOST_SHOWN);
    let lines: Vec<_> = open
        .iter()
        .take(MOST_SHOWN)
        .map(|open| open_line(world, period.id, *open))
        .collect();
    let list = if open.is_empty() {
        view! { <Banner state="good" words=words::nothing_open() /> }.into_any()
    } else {
        let rest = (rest > 0).then(|| {
            view! { <p class="faint">{words::and_more(&rest.to_string())}</p> }
        });
        view! { <ul class="list" data-list="open">{lines}</ul>{rest} }.into_any()
    };
    let known = open.iter().filter(|open| open.is_known());
    let (id, count) = (period.id, u32::try_from(known.count()).unwrap_or(u32::MAX));
    let done_already = act != PeriodAct::Corrected && period.done_for(act, &[]);
    let why_not = Signal::stored(if stops {
        Some(words::claims_first().to_owned())
    } else if done_already {
        Some(words::is_done().to_owned())
    } else {
        None
    });
    let listed = act == PeriodAct::Published && rules.regime.after.publication.is_some();
    let button = if listed {
        // What is made public is a list, and it is signed where it can be read.
        view! {
            <a class="button button-primary" href=Route::Lists.path() data-act="open-lists">
                {lists::to_lists()}
            </a>
        }
        .into_any()
    } else {
        view! {
            <Button
                act="mark-period"
                label=done(act)()
                look=Look::Sign
                why_not=why_not
                on_press=move |()| sheet.ask(form(id, act, count))
            />
        }
        .into_any()
    };
    view! {
        <Panel title=words::next_act()>
            <Select
                name="period-act"
                label=words::act()
                picks=Signal::stored(picks)
                value=Signal::stored(key(act).to_owned())
                on_choose=choose
            />
            {list}
            <div class="row row-end">{button}</div>
        </Panel>
    }
    .into_any()
}

fn form(period: PeriodId, act: PeriodAct, open: u32) -> Form {
    let asked = open > 0 || act == PeriodAct::Corrected;
    let reason = Entry::lines("reason", words::reason());
    let reason = if asked { reason } else { reason.optional() };
    let form = Form::new("save-mark", done(act)(), vec![reason], move |answers| {
        let reason = if asked {
            answers.filled("reason", words::reason())?
        } else {
            answers.text("reason")
        };
        let mark = MarkPeriod {
            period,
            act,
            units: Vec::new(),
            open,
            reason,
        };
        Ok(Command::MarkPeriod(mark).into())
    });
    let form = form.look(Look::Sign).lead("binds", binds(act));
    if open > 0 {
        form.lead("warn", words::still_open(&open.to_string()))
    } else {
        form
    }
}

/// What an act binds, in a sentence.
fn binds(act: PeriodAct) -> &'static str {
    match act {
        PeriodAct::SubmissionClosed => words::binds_submission(),
        PeriodAct::JudgingClosed => words::binds_judging(),
        PeriodAct::Corrected => words::binds_correction(),
        PeriodAct::Settled | PeriodAct::Published | PeriodAct::Sealed => words::binds_note(),
    }
}

/// One open thing, leading to where it is settled.
fn open_line(world: &World, period: PeriodId, open: Open) -> AnyView {
    let organisation = world.organisation();
    let plan_line = |plan: PlanId, badge: &'static str, note: Option<String>, tone: Tone| {
        let found = world
            .document(plan)
            .and_then(|document| document.plan.as_ref());
        let title = found.map(|found| names::plan_of(organisation, found));
        let title = title.unwrap_or_default();
        view! {
            <li data-item=plan.to_string()>
                <a class="list-line" href=Route::Plan(plan).path() data-act="open-plan">
                    <span class="stack-tight">
                        <span class="list-title">{title}</span>
                        {note.map(|note| view! { <span class="list-more"><span>{note}</span></span> })}
                    </span>
                    <span class="list-end"><Badge words=badge tone=tone /><Icon glyph=Glyph::Forward /></span>
                </a>
            </li>
        }
        .into_any()
    };
    let bare = |title: String, badge: &'static str, tone: Tone| {
        view! {
            <li>
                <div class="list-line">
                    <span class="list-title">{title}</span>
                    <Badge words=badge tone=tone />
                </div>
            </li>
        }
        .into_any()
    };
    let person_line = |unit, person, badge| {
        let (unit, person) = (
            names::unit_of(organisation, unit),
            names::person_of(organisation, person),
        );
        bare(common::with_note(&person, &unit), badge, Tone::Warn)
    };
    match open {
        Open::Unseen(unit) => bare(
            names::unit_of(organisation, unit),
            words::open_unseen(),
            Tone::Quiet,
        ),
        Open::NoPlan(unit) => bare(
            names::unit_of(organisation, unit),
            words::open_no_plan(),
            Tone::Warn,
        ),
        Open::NoOwnPlan(unit, person) => person_line(unit, person, words::open_no_plan()),
        Open::CountsZero(unit, person) => person_line(unit, person, coverage::counts_zero()),
        Open::Blocks(unit, person) => person_line(unit, person, coverage::blocks()),
        Open::NotHandedIn(plan) => plan_line(plan, words::open_not_handed_in(), None, Tone::Warn),
        Open::NotSigned(plan) => plan_line(plan, words::open_not_signed(), None, Tone::Warn),
        Open::NotSplit(plan, item) => {
            let item = world
                .document(plan)
                .and_then(|document| document.items.get(&item));
            let title = item.map(|item| item.title.clone());
            plan_line(plan, words::open_not_split(), title, Tone::Quiet)
        }
        Open::ChangeOpen(plan) => plan_line(plan, words::open_change(), None, Tone::Warn),
        Open::Undecided(plan) => plan_line(plan, words::open_claim(), None, Tone::Bad),
        Open::NotJudged(plan) => plan_line(plan, words::open_not_judged(), None, Tone::Warn),
        Open::NotAnswered(plan) => plan_line(plan, words::open_not_answered(), None, Tone::Quiet),
        Open::NotSettled(plan) => plan_line(plan, words::open_not_settled(), None, Tone::Warn),
        Open::NotDrawn => bare(
            names::period_of(organisation, period),
            spot_check::open_not_drawn(),
            Tone::Warn,
        ),
        Open::NotChecked(plan) => plan_line(plan, spot_check::open_not_checked(), None, Tone::Warn),
        Open::NotSealed(plan) => plan_line(plan, words::open_not_sealed(), None, Tone::Warn),
    }
}

/// The longer period to which this one belongs, and the shorter ones of it; nothing where there is
/// neither.
fn around(organisation: &Organisation, period: &Period, today: Day) -> Option<AnyView> {
    let line = |period: &Period, what: &'static str| {
        let title = names::period_of(organisation, period.id);
        view! {
            <li data-item=period.id.to_string()>
                <a class="list-line" href=Route::Period(period.id).path() data-act="open-period-page">
                    <span class="stack-tight">
                        <span class="list-title">{title}</span>
                        <span class="list-more"><span>{what}</span></span>
                    </span>
                    <span class="list-end">{standing(period, today)}<Icon glyph=Glyph::Forward /></span>
                </a>
            </li>
        }
    };
    let parent = nest::parent(organisation, period).map(|longer| line(longer, words::belongs_to()));
    let children: Vec<_> = nest::children(organisation, period)
        .into_iter()
        .map(|shorter| line(shorter, words::belongs_here()))
        .collect();
    (parent.is_some() || !children.is_empty()).then(|| {
        view! {
            <Panel title=words::nested()>
                <ul class="list" data-list="nested">{parent}{children}</ul>
            </Panel>
        }
        .into_any()
    })
}
