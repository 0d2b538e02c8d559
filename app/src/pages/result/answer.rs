//! After publication: delivery by opening, signature or objection, and its decision.
//!
//! Opening a result under one's own sign-in is its proven delivery; the window to object begins
//! there, and its end stands beside the acts.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::seal::{AnswerResult, DecideObjection, DeliverResult};
use shared::digest;
use shared::hearing::Hearing;
use shared::id::PlanId;
use shared::moment::{Day, Times};
use shared::plan::{Plan, PlanState};
use shared::result::PlanResult;
use shared::seal::{self as sealing, Answer, Delivery, DeliveryKind, ResultAnswer};
use shared::world::{Held, World};

use super::delivering::Delivering;
use super::hearing::{notes, waiting};
use crate::components::{Badge, Button, Dialog, Field, FieldKind, Glyph, Look, Panel, Tone};
use crate::i18n::{common, format, names, refusal, seal};
use crate::pages::plan::rules_of;
use crate::session::{NotSent, Session};

/// Where the result stands with its person.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an act that stands on the page or does not"
)]
#[derive(Debug, Clone, PartialEq)]
struct Standing {
    plan: Plan,
    delivery: Option<Delivery>,
    /// The delivery as it is shown: where opening is the delivery, it stands at once, so that nothing
    /// on the page moves when it is kept.
    stated: Option<Delivery>,
    answer: Option<Answer>,
    /// Who decides about an objection, until when, and whether that is over.
    waits: Option<(Vec<String>, bool)>,
    until: Option<Day>,
    mine: bool,
    decides: bool,
    dismisses: bool,
    delivers: bool,
}

fn standing(world: &World, session: Session, id: PlanId, version: u32) -> Option<Standing> {
    let Held::Present((found, document)) = world.plan(id) else {
        return None;
    };
    let organisation = world.organisation();
    let me = session.person();
    let rules = rules_of(world, found);
    let delivery = document.deliveries.get(&version).cloned();
    let published = found.state == PlanState::Published;
    let opens = published && found.owner == me;
    let opened = || {
        let now = untrack(|| session.now());
        Delivery {
            plan: id,
            version,
            how: DeliveryKind::Opened,
            by: me,
            times: Times {
                claimed: now,
                received: now,
                recorded: now,
            },
        }
    };
    let stated = delivery.clone().or_else(|| opens.then(opened));
    Some(Standing {
        until: stated.as_ref().zip(rules).map(|(delivery, rules)| {
            sealing::window(organisation, rules.regime, found, delivery).day
        }),
        answer: document.answers.get(&version).cloned(),
        waits: super::hearing::open(world, session, (found, document))
            .filter(|open| open.hearing == Hearing::Objection)
            .map(|open| (notes(organisation, &open), open.overdue)),
        mine: found.owner == me,
        dismisses: session.allows(world, &objection(id, version, false, String::new())),
        decides: published && session.allows(world, &objection(id, version, true, String::new())),
        delivers: published
            && found.owner != me
            && delivery.is_none()
            && session.allows(world, &handed_over(id, version)),
        delivery,
        stated,
        plan: found.clone(),
    })
}

/// A decision about an objection.
pub(crate) fn objection(plan: PlanId, version: u32, upheld: bool, reason: String) -> Command {
    Command::DecideObjection(DecideObjection {
        plan,
        version,
        upheld,
        reason,
    })
}

fn handed_over(plan: PlanId, version: u32) -> Command {
    delivered_by(plan, version, DeliveryKind::Paper)
}

fn delivered_by(plan: PlanId, version: u32, how: DeliveryKind) -> Command {
    Command::DeliverResult(DeliverResult { plan, version, how })
}

/// What follows the publication of a version.
#[component]
pub(super) fn Afterwards(
    /// The plan.
    id: PlanId,
    /// The person's name.
    whose: String,
    /// The latest version.
    result: PlanResult,
) -> impl IntoView {
    let session = Session::here();
    let version = result.version;
    let standing = Memo::new(move |_| standing(&session.world(), session, id, version));
    delivers_by_opening(session, standing, id, version);
    let result = StoredValue::new(result);
    let whose = StoredValue::new(whose);
    let body = move || {
        let now = standing.get()?;
        let world = session.world_untracked();
        let organisation = world.organisation();
        let offset = organisation.utc_offset();
        let delivered = now.stated.as_ref().map_or_else(
            || seal::not_delivered().to_owned(),
            |delivery| {
                let who = names::person_of(organisation, delivery.by);
                let when = format::time(delivery.times.recorded, offset);
                seal::delivered_line(delivery_words(&delivery.how), &who, &when)
            },
        );
        let until = now.until.filter(|_| now.answer.is_none());
        let until = until.map(|day| {
            if day < session.today() {
                seal::window_passed().to_owned()
            } else {
                seal::window_until(&format::short_day(day))
            }
        });
        Some(view! {
            <p data-part="delivery" data-delivered=now.delivery.is_some().to_string()>
                {common::named(seal::delivered(), &delivered)}
            </p>
            {until.map(|words| view! { <p data-part="window">{words}</p> })}
            {now.answer.clone().map(|answer| answer_view(&world, answer))}
            {now.waits.clone().map(|(notes, overdue)| waiting(notes, overdue))}
        })
    };
    let acts =
        Memo::new(move |_| standing.with(|now| now.as_ref().map(|now| Acts::of(session, now))));
    // A dialog or a reason that is being written outlives a delivery that comes back meanwhile.
    let acts = move || {
        let acts = acts.get()?;
        Some(view! {
            {acts.answers.map(|may_object| view! {
                <Answering
                    id=id
                    result=result.get_value()
                    whose=whose.get_value()
                    may_object=may_object
                />
            })}
            {acts.delivers.then(|| view! {
                <Delivering
                    label=seal::deliver()
                    make=Callback::new(move |how| delivered_by(id, version, how))
                />
            })}
            {acts.decides.map(|dismisses| view! {
                <Objection id=id version=version dismisses=dismisses />
            })}
        })
    };
    let mine = standing.with_untracked(|now| now.as_ref().is_some_and(|now| now.mine));
    let title = if mine {
        seal::answer_title()
    } else {
        seal::answer_title_of()
    };
    view! { <Panel title=title>{body}{acts}</Panel> }
}

/// The acts that stand on the page; they are drawn anew only where one comes or goes.
#[derive(Clone, Copy, PartialEq)]
struct Acts {
    /// Whether the person may still object, where there is something to answer.
    answers: Option<bool>,
    delivers: bool,
    /// Whether this person may let the result stand, where an objection waits for a decision.
    decides: Option<bool>,
}

impl Acts {
    fn of(session: Session, now: &Standing) -> Self {
        let open = now.mine && now.answer.is_none() && now.plan.state == PlanState::Published;
        let passed = now.until.is_some_and(|day| day < session.today());
        Self {
            answers: open.then_some(!passed),
            delivers: now.delivers,
            decides: objected(now).then_some(now.dismisses),
        }
    }
}

/// Whether an objection waits for this person's decision.
fn objected(now: &Standing) -> bool {
    let open = now.answer.as_ref().is_some_and(|answer| {
        answer.decided.is_none() && matches!(answer.answer, ResultAnswer::Objected(_))
    });
    open && now.decides
}

/// Opening under one's own sign-in is the proven delivery; it is stated once.
fn delivers_by_opening(
    session: Session,
    standing: Memo<Option<Standing>>,
    id: PlanId,
    version: u32,
) {
    let stated = StoredValue::new(false);
    Effect::new(move |_| {
        let due = standing.with(|now| {
            now.as_ref().is_some_and(|now| {
                now.mine && now.delivery.is_none() && now.plan.state == PlanState::Published
            })
        });
        if due && !stated.get_value() {
            stated.set_value(true);
            let command = delivered_by(id, version, DeliveryKind::Opened);
            // Somebody else may have noted the delivery meanwhile: nothing is lost then.
            session.send_then(command, |_| {});
        }
    });
}

pub(super) fn delivery_words(how: &DeliveryKind) -> &'static str {
    match how {
        DeliveryKind::Opened => seal::delivered_opened(),
        DeliveryKind::Pin => seal::delivered_pin(),
        DeliveryKind::Paper => seal::delivered_paper(),
        DeliveryKind::Refused(_) => seal::delivered_refused(),
    }
}

fn answer_view(world: &World, answer: Answer) -> impl IntoView + use<> {
    let organisation = world.organisation();
    let offset = organisation.utc_offset();
    let when = format::time(answer.times.recorded, offset);
    let (words, tone, glyph, key, reason) = match answer.answer {
        ResultAnswer::Signed => (seal::signed(), Tone::Good, Glyph::Tick, "signed", None),
        ResultAnswer::Objected(reason) => {
            let (glyph, key) = (Glyph::Warning, "objected");
            (seal::objected(), Tone::Warn, glyph, key, Some(reason))
        }
    };
    let decided = answer.decided.map(|decided| {
        let what = if decided.upheld {
            seal::upheld()
        } else {
            seal::dismissed()
        };
        let who = names::person_of(organisation, decided.by);
        let when = format::time(decided.times.recorded, offset);
        let line = seal::delivered_line(what, &who, &when);
        let said = common::named(&line, &decided.reason);
        view! { <p data-part="objection-decision">{said}</p> }
    });
    view! {
        <div class="stack-tight" data-part="answer" data-answer=key>
            <p class="row">
                <Badge words=words tone=tone glyph=glyph />
                <span class="faint">{when}</span>
            </p>
            {reason.map(|reason| view! { <p class="quote">{reason}</p> })}
            {decided}
        </div>
    }
}

/// The person's two acts: sign, or object with a reason.
#[component]
fn Answering(id: PlanId, result: PlanResult, whose: String, may_object: bool) -> impl IntoView {
    let session = Session::here();
    let open = RwSignal::new(false);
    let objects = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    // What is signed is what this page showed when the dialog was opened.
    let (version, seen) = (result.version, digest::result(&result));
    let seen = StoredValue::new(seen);
    let figures = format!("{whose} · {} · {}", result.total, result.coefficient);
    let ask = move |objecting: bool| {
        objects.set(objecting);
        error.set(None);
        open.set(true);
    };
    let send = move |()| {
        let answer = if objects.get_untracked() {
            ResultAnswer::Objected(reason.get_untracked().trim().to_owned())
        } else {
            ResultAnswer::Signed
        };
        let command = AnswerResult {
            plan: id,
            version,
            seen: seen.get_value(),
            answer,
        };
        session.send_then(Command::AnswerResult(command), move |sent| match sent {
            Ok(()) => open.set(false),
            Err(NotSent::Refused(refused)) => error.set(Some(refusal::words(&refused))),
            Err(NotSent::NotSaved) => {}
        });
    };
    let pick = move |object: &'static str, sign: &'static str| {
        Signal::derive(move || if objects.get() { object } else { sign }.to_owned())
    };
    let title = pick(seal::object_title(), seal::sign_title());
    let words = pick(seal::object_words(), seal::sign_binds());
    let label = pick(seal::object_send(), seal::sign_confirm());
    let why_not = Signal::stored((!may_object).then(|| seal::window_passed().to_owned()));
    view! {
        <div class="row">
            <Button
                act="object"
                label=seal::object()
                glyph=Glyph::Warning
                why_not=why_not
                on_press=move |()| ask(true)
            />
            <Button
                act="sign-result"
                label=seal::sign_result()
                look=Look::Sign
                glyph=Glyph::Review
                on_press=move |()| ask(false)
            />
        </div>
        <Dialog name="answer" title=title open=open>
            <p class="binds">{words}</p>
            <p class="figure strong">{figures.clone()}</p>
            <Show when=move || objects.get()>
                <Field name="reason" label=seal::reason() value=reason kind=FieldKind::Lines />
            </Show>
            {move || error.get().map(|words| view! {
                <p class="field-error" role="alert" data-part="refusal">{words}</p>
            })}
            <div class="row row-end">
                <Button act="cancel" label=common::cancel() on_press=move |()| open.set(false) />
                <Button
                    act="send-answer"
                    label=label
                    look=Look::Sign
                    glyph=Glyph::Review
                    on_press=send
                />
            </div>
        </Dialog>
    }
}

/// Deciding about an objection.
#[component]
fn Objection(id: PlanId, version: u32, dismisses: bool) -> impl IntoView {
    let session = Session::here();
    let reason = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let unreasoned = move || {
        let none = reason.with(|reason| reason.trim().is_empty());
        none.then(|| seal::reason_first().to_owned())
    };
    let may_dismiss = Signal::derive(move || {
        if dismisses {
            unreasoned()
        } else {
            Some(seal::dismiss_by_above().to_owned())
        }
    });
    let decide = move |upheld: bool| {
        let reason = reason.get_untracked().trim().to_owned();
        session.send_then(objection(id, version, upheld, reason), move |sent| {
            if let Err(NotSent::Refused(refused)) = sent {
                error.set(Some(refusal::words(&refused)));
            }
        });
    };
    view! {
        <div class="stack-tight" data-part="decide-objection">
            <h3>{seal::decide_objection()}</h3>
            <Field name="reason" label=seal::reason() value=reason kind=FieldKind::Lines />
            {move || error.get().map(|words| view! {
                <p class="field-error" role="alert" data-part="refusal">{words}</p>
            })}
            <div class="row">
                <Button
                    act="dismiss-objection"
                    label=seal::dismiss()
                    why_not=may_dismiss
                    on_press=move |()| decide(false)
                />
                <Button
                    act="uphold-objection"
                    label=seal::uphold()
                    look=Look::Primary
                    why_not=Signal::derive(unreasoned)
                    on_press=move |()| decide(true)
                />
            </div>
        </div>
    }
}
