//! After a failed objection: the decision reaches the person, who accepts it, appeals or calls on the
//! second instance; whoever hears that decides here.

use leptos::prelude::*;
use shared::appeal::{self as rule, Appeal, Decided, Heard, Level};
use shared::command::Command;
use shared::command::appeal::{AcceptDecision, AppealResult, DecideAppeal, DeliverDecision};
use shared::id::PlanId;
use shared::plan::{Plan, PlanState};
use shared::seal::DeliveryKind;
use shared::world::{Held, PlanDocument, World};

use super::answer::delivery_words;
use super::delivering::Delivering;
use super::hearing::{notes, waiting};
use crate::components::{Badge, Glyph, Look, Panel, Tone};
use crate::i18n::{appeal as words, common, format, names, seal};
use crate::pages::form::{Entry, Form, Sheet, SheetView};
use crate::pages::plan::rules_of;
use crate::session::Session;

/// A decision about an appeal.
pub(crate) fn deciding(plan: PlanId, version: u32, level: Level, upheld: bool) -> Command {
    Command::DecideAppeal(DecideAppeal {
        plan,
        version,
        level,
        upheld,
        // What is asked is whether this person may decide; the words come later.
        reason: common::none().to_owned(),
    })
}

/// Where a version stands after its objection failed, as the rule says it. Observed.
pub(crate) fn heard(
    world: &World,
    session: Session,
    of: (&Plan, &PlanDocument),
    version: u32,
) -> Option<Heard> {
    let after = &rules_of(world, of.0)?.regime.after;
    rule::heard(world.organisation(), after, of, version, session.now())
}

/// The panel; nothing while no objection failed.
#[component]
pub(super) fn Appeals(
    /// The plan.
    id: PlanId,
    /// The latest version.
    version: u32,
) -> impl IntoView {
    let session = Session::here();
    let sheet = Sheet::provide();
    opens(session, id, version);
    let page = Page {
        session,
        sheet,
        id,
        version,
    };
    let panel = move || {
        let world = session.world();
        let Held::Present((plan, document)) = world.plan(id) else {
            return None;
        };
        let heard = heard(&world, session, (plan, document), version);
        let told = document.decision_deliveries.keys();
        let any = heard.is_some() || told.filter(|(of, _)| *of == version).count() > 0;
        let body = any.then(|| page.body(&world, (plan, document), heard))?;
        Some(view! {
            <Panel title=words::both()>
                {body}
            </Panel>
        })
    };
    // Data that arrive draw the panel anew, and leave alone what is being signed.
    view! {
        {panel}
        <SheetView sheet=sheet />
    }
}

/// Opening a decision under one's own sign-in is its proven delivery; each is stated once.
fn opens(session: Session, id: PlanId, version: u32) {
    let stated = StoredValue::new(Vec::<Decided>::new());
    let due = Memo::new(move |_| {
        let world = session.world();
        let Held::Present((plan, document)) = world.plan(id) else {
            return None;
        };
        let mine = plan.owner == session.person();
        match heard(&world, session, (plan, document), version) {
            Some(Heard::Undelivered(of)) if mine => Some(of),
            _ => None,
        }
    });
    Effect::new(move |_| {
        let Some(of) = due.get() else { return };
        if stated.with_value(|stated| stated.contains(&of)) {
            return;
        }
        stated.update_value(|stated| stated.push(of));
        let deliver = DeliverDecision {
            plan: id,
            version,
            of,
            how: DeliveryKind::Opened,
        };
        // Somebody else may have noted the delivery meanwhile: nothing is lost then.
        session.send_then(Command::DeliverDecision(deliver), |_| {});
    });
}

#[derive(Clone, Copy)]
struct Page {
    session: Session,
    sheet: Sheet,
    id: PlanId,
    version: u32,
}

impl Page {
    fn body(
        self,
        world: &World,
        (plan, document): (&Plan, &PlanDocument),
        heard: Option<Heard>,
    ) -> AnyView {
        let mine = plan.owner == self.session.person();
        let lines: Vec<AnyView> = [Decided::Objection, Decided::Appeal]
            .into_iter()
            .flat_map(|of| {
                let told = told(world, document, (self.version, of));
                let appeal = document.appeals.get(&(self.version, of.next()));
                let appeal = appeal.map(|appeal| self.appeal(world, (plan, document), appeal));
                [told, appeal]
            })
            .flatten()
            .collect();
        let next = match &heard {
            Some(Heard::Window(level, until)) => {
                let day = format::short_day(until.day);
                let words = words::until(words::level(*level), &day);
                view! { <p data-part="appeal-window">{words}</p> }.into_any()
            }
            Some(Heard::Undelivered(_)) if !mine => {
                view! { <p class="faint">{words::not_told()}</p> }.into_any()
            }
            Some(Heard::Final) => view! { <p class="faint">{words::is_final()}</p> }.into_any(),
            _ => ().into_any(),
        };
        let acts = match heard {
            // Opening the page delivers it; with that stated there is something to answer.
            Some(Heard::Window(level, _)) if mine => Some(self.acts(level.after())),
            Some(Heard::Undelivered(of)) if !mine => self.delivers(world, of),
            _ => None,
        };
        view! { <div class="stack-tight" data-part="appeals">{lines}{next}{acts}</div> }.into_any()
    }

    /// The person's two acts after a decision.
    fn acts(self, of: Decided) -> AnyView {
        let level = of.next();
        let (key, label) = match level {
            Level::Appeal => ("appeal", words::ask_appeal()),
            Level::Second => ("second-instance", words::ask_second()),
        };
        let accept = self
            .sheet
            .button("accept-decision", words::accept(), move || self.accept(of));
        let ask = self
            .sheet
            .button(key, label, move || self.ask(level, label));
        view! { <div class="row">{accept}{ask}</div> }.into_any()
    }

    /// Noting a delivery on paper, for who may.
    fn delivers(self, world: &World, of: Decided) -> Option<AnyView> {
        let (id, version) = (self.id, self.version);
        let deliver = move |how: DeliveryKind| {
            Command::DeliverDecision(DeliverDecision {
                plan: id,
                version,
                of,
                how,
            })
        };
        let may = self.session.allows(world, &deliver(DeliveryKind::Paper));
        may.then(|| {
            view! { <Delivering label=words::deliver() make=Callback::new(deliver) /> }.into_any()
        })
    }

    fn accept(self, of: Decided) -> Form {
        let accept = AcceptDecision {
            plan: self.id,
            version: self.version,
            of,
        };
        Form::new("sign-acceptance", words::accept(), Vec::new(), move |_| {
            Ok(Command::AcceptDecision(accept.clone()).into())
        })
        .look(Look::Sign)
        .lead("binds", words::accept_binds())
        .offline()
    }

    fn ask(self, to: Level, label: &'static str) -> Form {
        let (plan, version) = (self.id, self.version);
        let reason = vec![Entry::lines("reason", words::reason())];
        Form::new("save-appeal", label, reason, move |answers| {
            Ok(Command::AppealResult(AppealResult {
                plan,
                version,
                to,
                reason: answers.filled("reason", words::reason())?,
            })
            .into())
        })
        .lead("quiet", words::ask_words())
        .offline()
    }

    /// One instance: what the person says, who decides until when, and what was decided.
    fn appeal(
        self,
        world: &World,
        (plan, document): (&Plan, &PlanDocument),
        appeal: &Appeal,
    ) -> AnyView {
        let organisation = world.organisation();
        let offset = organisation.utc_offset();
        let when = format::time(appeal.times.recorded, offset);
        let level = appeal.level;
        let waits = super::hearing::open(world, self.session, (plan, document));
        let waits = waits.filter(|open| open.hearing == level.into());
        let (more, state): (Vec<String>, _) = if let Some(decided) = &appeal.decided {
            let what = if decided.upheld {
                words::uphold()
            } else {
                words::dismiss()
            };
            let who = names::person_of(organisation, decided.by);
            let when = format::time(decided.times.recorded, offset);
            let line = seal::delivered_line(what, &who, &when);
            (vec![common::named(&line, &decided.reason)], None)
        } else {
            let more = waits.as_ref().map(|open| notes(organisation, open));
            (more.unwrap_or_default(), Some(words::open()))
        };
        let command = deciding(self.id, self.version, level, true);
        let open = appeal.decided.is_none() && plan.state == PlanState::Published;
        let decides = open && self.session.allows(world, &command);
        let acts = decides.then(|| {
            let act = |upheld: bool| {
                let (key, label) = if upheld {
                    ("uphold-appeal", words::uphold())
                } else {
                    ("dismiss-appeal", words::dismiss())
                };
                self.sheet
                    .button(key, label, move || self.decide(level, upheld))
            };
            view! { <div class="row" data-part="decide-appeal">{act(false)}{act(true)}</div> }
        });
        let more = waiting(more, waits.is_some_and(|open| open.overdue));
        view! {
            <div class="stack-tight" data-part="appeal" data-level=key(level)>
                <p class="row">
                    <Badge words=words::level(level) tone=Tone::Warn glyph=Glyph::Warning />
                    <span class="faint">{when}</span>
                    {state.map(|words| view! { <Badge words=words tone=Tone::Quiet /> })}
                </p>
                <p class="quote">{appeal.reason.clone()}</p>
                {more}
                {acts}
            </div>
        }
        .into_any()
    }

    fn decide(self, level: Level, upheld: bool) -> Form {
        let (plan, version) = (self.id, self.version);
        let reason = vec![Entry::lines("reason", words::reason())];
        let (label, binds) = if upheld {
            (words::uphold(), words::uphold_binds())
        } else {
            (words::dismiss(), words::dismiss_binds())
        };
        let title = match level {
            Level::Appeal => words::decide_appeal(),
            Level::Second => words::decide_second(),
        };
        let form = Form::new("save-appeal-decision", label, reason, move |answers| {
            Ok(Command::DecideAppeal(DecideAppeal {
                plan,
                version,
                level,
                upheld,
                reason: answers.filled("reason", words::reason())?,
            })
            .into())
        })
        .titled(title.to_owned())
        .lead("binds", binds)
        .offline();
        if level == Level::Second {
            form.lead("quiet", words::final_binds())
        } else {
            form
        }
    }
}

const fn key(level: Level) -> &'static str {
    match level {
        Level::Appeal => "appeal",
        Level::Second => "second",
    }
}

/// That a decision reached the person, and whether it was accepted.
fn told(world: &World, document: &PlanDocument, of: (u32, Decided)) -> Option<AnyView> {
    let delivery = document.decision_deliveries.get(&of)?;
    let organisation = world.organisation();
    let title = match of.1 {
        Decided::Objection => words::objection_told(),
        Decided::Appeal => words::appeal_told(),
    };
    let who = names::person_of(organisation, delivery.by);
    let when = format::time(delivery.times.recorded, organisation.utc_offset());
    let line = seal::delivered_line(delivery_words(&delivery.how), &who, &when);
    let accepted = delivery.accepted.map(|_| {
        view! { <Badge words=words::accepted() tone=Tone::Good glyph=Glyph::Tick /> }
    });
    Some(
        view! { <p class="row" data-part="decision-told">{common::named(title, &line)}{accepted}</p> }
            .into_any(),
    )
}
