//! Signatures on a plan: submitting, approving, returning.
//!
//! Each says in one sentence what it binds and shows what is signed. The digest is taken when the
//! dialog opens, over exactly what it shows: a change meanwhile makes the signature fail.

use std::sync::Arc;

use leptos::prelude::*;
use shared::command::Command;
use shared::command::plan::{ApprovePlan, ReturnPlan, SubmitPlan, WithdrawPlan};
use shared::command::signing::SignPlan;
use shared::digest;
use shared::id::PlanId;
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::world::{Held, World};

use crate::components::{Button, Dialog, Field, FieldKind, Glyph, Look};
use crate::i18n::{change, common, names, plan, refusal, seal, signing};
use crate::pages::plan::items::{ItemFacts, item_view};
use crate::pages::plan::{Standing, rules_of};
use crate::session::{NotSent, Session};

/// What can be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Submit,
    Approve,
    Return,
    Withdraw,
}

/// What the person is shown and signs.
#[derive(Clone)]
struct Shown {
    act: Act,
    digest: String,
    count: usize,
    weight: Points,
    owner: String,
    /// The step that is signed, where it is more than an approval.
    step: Option<(String, String)>,
    world: Arc<World>,
}

impl Shown {
    fn take(session: Session, act: Act, id: PlanId) -> Option<Self> {
        Self::of(&session.world_untracked(), act, id)
    }

    fn of(world: &Arc<World>, act: Act, id: PlanId) -> Option<Self> {
        let Held::Present((found, document)) = world.plan(id) else {
            return None;
        };
        Some(Self {
            act,
            digest: digest::plan_content(found, document),
            count: document.items.len(),
            weight: Points(document.items.values().map(|item| item.weight.0).sum()),
            owner: names::person_of(world.organisation(), found.owner),
            step: None,
            world: Arc::clone(world),
        })
    }

    /// Takes the plan as it stands now, where it can still be seen.
    fn renew(&mut self, session: Session, id: PlanId) {
        if let Some(now) = Self::take(session, self.act, id) {
            let step = self.step.take();
            *self = Self { step, ..now };
        }
    }

    fn command(&self, plan: PlanId, reason: String) -> Command {
        let seen = self.digest.clone();
        match self.act {
            Act::Submit => Command::SubmitPlan(SubmitPlan { plan, seen }),
            Act::Approve => match &self.step {
                Some((step, _)) => {
                    let step = step.clone();
                    Command::SignPlan(SignPlan { plan, step, seen })
                }
                None => Command::ApprovePlan(ApprovePlan { plan, seen }),
            },
            Act::Return => Command::ReturnPlan(ReturnPlan { plan, seen, reason }),
            Act::Withdraw => Command::WithdrawPlan(WithdrawPlan { plan, reason }),
        }
    }

    fn binds(&self, judge: &str) -> String {
        let items = plan::items_count(&self.count.to_string());
        let weight = self.weight.to_string();
        match self.act {
            Act::Submit => plan::submit_binds(judge, &items, &weight),
            Act::Approve => match &self.step {
                Some((_, step)) => signing::step_binds(step, &self.owner, &items, &weight),
                None => plan::approve_binds(&self.owner, &items, &weight),
            },
            Act::Return => plan::return_binds(&self.owner),
            Act::Withdraw => change::withdraw_words().to_owned(),
        }
    }

    /// The items as they are signed.
    fn items(&self, id: PlanId) -> AnyView {
        let Held::Present((found, document)) = self.world.plan(id) else {
            return ().into_any();
        };
        let rules = rules_of(&self.world, found);
        let organisation = self.world.organisation();
        let lines = document
            .items_in_order()
            .into_iter()
            .enumerate()
            .map(|(at, item)| {
                item_view(
                    at + 1,
                    ItemFacts::of(organisation, rules, item),
                    ().into_any(),
                )
            });
        view! { <ol class="stack">{lines.collect_view()}</ol> }.into_any()
    }
}

/// The buttons that may sign now, and the dialog in which they do.
#[component]
pub(crate) fn Signing(
    /// The plan.
    standing: Standing,
) -> impl IntoView {
    let session = Session::here();
    let id = standing.id;
    let open = RwSignal::new(false);
    let shown = RwSignal::new(None::<Shown>);
    let turn = standing.turn.clone();
    let judges = turn.is_some();
    let returns = turn.as_ref().is_some_and(|turn| !turn.approve_only);
    let step_name = turn.as_ref().and_then(|turn| turn.name.clone());
    let step = turn.and_then(|turn| Some((turn.step, turn.name?)));
    let step = StoredValue::new(step);
    // What was typed last is kept while the button is pressed: it belongs to what is signed.
    let ask = move |act: Act| {
        session.once_kept(move || {
            let taken = Shown::take(session, act, id);
            shown.set(taken.map(|shown| Shown {
                step: step.try_get_value().flatten(),
                ..shown
            }));
            open.set(true);
        });
    };
    let withdraws = standing.may_withdraw;
    let no_judge = standing.judge.is_empty();
    // The rule itself says what stands in the way, while one is still writing.
    let refused = move |act: Act| {
        let world = session.world();
        let shown = Shown::of(&world, act, id)?;
        let refused = session.refused(&world, &shown.command(id, String::new()))?;
        let words = refusal::words(&refused);
        // Which item lacks something is said, for there may be many.
        let item = match refused {
            Refusal::FieldMissing { item, .. } => item,
            _ => None,
        };
        let title = item.and_then(|item| Some(world.document(id)?.items.get(&item)?.title.clone()));
        let title = title.filter(|title| !title.is_empty());
        Some(title.map_or(words.clone(), |title| common::named(&title, &words)))
    };
    let why_not = Signal::derive(move || {
        let missing = no_judge.then(|| plan::superior_missing().to_owned());
        missing.or_else(|| refused(Act::Submit))
    });
    let not_approved = Signal::derive(move || refused(Act::Approve));
    let judge = StoredValue::new(standing.judge);
    let title = Signal::derive(move || {
        let act = shown.with(|shown| shown.as_ref().map(|shown| shown.act));
        let named = shown.with(|shown| shown.as_ref().and_then(|shown| shown.step.clone()));
        if let (Some(Act::Approve), Some((_, name))) = (act, named) {
            return name;
        }
        match act {
            Some(Act::Approve) => plan::approve_title(),
            Some(Act::Return) => plan::return_title(),
            Some(Act::Withdraw) => change::withdraw_title(),
            _ => plan::submit_title(),
        }
        .to_owned()
    });
    view! {
        {standing.may_submit.then(|| view! {
            <Button
                act="submit-plan"
                label=plan::submit()
                look=Look::Sign
                glyph=Glyph::Review
                why_not=why_not
                on_press=move |()| ask(Act::Submit)
            />
        })}
        {withdraws.then(|| view! {
            <Button
                act="withdraw-plan"
                label=change::withdraw()
                glyph=Glyph::Return
                on_press=move |()| ask(Act::Withdraw)
            />
        })}
        {returns.then(|| view! {
            <Button
                act="return-plan"
                label=plan::give_back()
                glyph=Glyph::Return
                on_press=move |()| ask(Act::Return)
            />
        })}
        {judges.then(|| view! {
            <Button
                act="approve-plan"
                label=step_name.unwrap_or_else(|| plan::approve().to_owned())
                look=Look::Sign
                glyph=Glyph::Tick
                why_not=not_approved
                on_press=move |()| ask(Act::Approve)
            />
        })}
        <Dialog name="sign" title=title open=open>
            {move || shown.get().map(|shown| view! {
                <Sheet shown=shown id=id judge=judge.get_value() open=open />
            })}
        </Dialog>
    }
}

#[component]
fn Sheet(shown: Shown, id: PlanId, judge: String, open: RwSignal<bool>) -> impl IntoView {
    let session = Session::here();
    let act = shown.act;
    let reason = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let countersigns = shown.step.is_some();
    let shown = RwSignal::new(shown);
    let sign = move |()| {
        let command = shown.with_untracked(|shown| shown.command(id, reason.get_untracked()));
        session.send_then(command, move |sent| match sent {
            Ok(()) => open.set(false),
            Err(NotSent::Refused(refused)) => {
                error.set(Some(refusal::words(&refused)));
                // Who is to read again must be shown what stands there now.
                if matches!(refused, Refusal::ContentChanged { .. }) {
                    shown.update(|shown| shown.renew(session, id));
                }
            }
            Err(NotSent::NotSaved) => {}
        });
    };
    let returns = act == Act::Return;
    let explains = returns || act == Act::Withdraw;
    let (name, words) = match act {
        Act::Submit => ("sign-submit", plan::submit_sign()),
        Act::Approve if countersigns => ("sign-approve", signing::sign_step()),
        Act::Approve => ("sign-approve", plan::approve_sign()),
        Act::Return => ("sign-return", plan::return_sign()),
        Act::Withdraw => ("sign-withdraw", change::withdraw_sign()),
    };
    view! {
        <p class="binds">{move || shown.with(|shown| shown.binds(&judge))}</p>
        {explains.then(|| view! {
            <Field
                name="reason"
                label=if returns { plan::return_reason() } else { seal::reason() }
                value=reason
                kind=FieldKind::Lines
                optional=!returns
                hint=returns.then(|| plan::return_reason_hint().to_owned())
            />
        })}
        {move || error.get().map(|words| view! {
            <p class="field-error" role="alert" data-part="refusal">{words}</p>
        })}
        <div class="row row-end">
            <Button act="cancel" label=common::cancel() on_press=move |()| open.set(false) />
            <Button act=name label=words look=Look::Sign glyph=Glyph::Review on_press=sign />
        </div>
        <h3>{if act == Act::Submit { plan::content_shown() } else { plan::items() }}</h3>
        {move || shown.with(|shown| shown.items(id))}
    }
}
